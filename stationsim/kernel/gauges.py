"""Who reads that a compartment has lost its air, or has it again? The centre that watches it, and others by report."""

from stationsim.kernel import cover, hatchwork, polls
from stationsim.kernel.airless import blamed
from stationsim.kernel.health import set_health
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.station.air import body_of, is_at_limit, mixed, pressure_kpa
from stationsim.station.hatches import joined, kept_by
from stationsim.station.health import FAILED, NAMES, grade
from stationsim.station.readings import believes_otherwise, place_worth, read_worth
from stationsim.station.state import State


def read(world: World, compartment: str) -> None:
    """Let the centre that watches a compartment read what became of its air."""
    state = world.state
    centre = world.station.watchers[compartment]
    health = read_worth(state, centre, compartment)
    incident = blamed(state, compartment)
    seq = world.record(
        Kind.GAUGED,
        compartment,
        object=incident,
        view=centre,
        cause=_why(state, compartment),
        value=pressure_kpa(state, compartment),
        unit="kPa",
        text=NAMES[health],
    )
    believe(world, centre, compartment, health, seq)
    if health != FAILED and incident is not None:
        _reopen(world, incident, seq)


def _why(state: State, compartment: str) -> int | None:
    """Return the row by which a compartment is lost, given up, or has the air that it has."""
    sick, body = state.views[TRUTH].sick.get(compartment), body_of(state, compartment)
    given_up = next((seal.row for seal in state.seals.values() if seal.place == compartment), None)
    is_lost = state.views[TRUTH].own[state.station.graph.index[compartment]] == FAILED
    if given_up is not None and not is_lost:
        return given_up
    return sick.row if sick is not None else None if body is None else body.row


def believe(world: World, centre: str, compartment: str, health: int, cause: int) -> None:
    """Let a centre count a compartment as what its air makes of it, and draw the consequences."""
    incident = world.log.row(cause).object
    set_health(world, centre, compartment, health, cause=cause, incident=incident)
    cover.update(world, centre, cause)
    polls.poll(world, centre, cause)


def learn(world: World, centre: str, compartment: str, text: str, cause: int) -> None:
    """Let a centre count a compartment as another one reported it."""
    health = max(grade(text), place_worth(world.state, centre, compartment))
    if believes_otherwise(world.state, centre, compartment, health):
        believe(world, centre, compartment, health, cause)
    else:
        polls.poll(world, centre, cause)  # of the air it may have heard something new


def _reopen(world: World, incident: str, cause: int) -> None:
    """Open the hatches that were shut for a leak that no longer leaks, where the air is enough for both sides."""
    state = world.state
    if incident in state.holes and state.holes[incident].hole.area_m2 > 0:
        return
    kept = kept_by(state, incident)
    opened = {**state.hatches, **dict.fromkeys(kept, "open")}
    whole = next((part for part in joined(state, opened) if state.holes[incident].compartment in part), ())
    if whole and not is_at_limit(state, mixed(state, whole).pressure_kpa):
        for hatch in kept:
            hatchwork.let_go(world, hatch, incident, cause=cause)
