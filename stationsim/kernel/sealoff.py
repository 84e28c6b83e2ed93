"""Is a leak whose place is known patched, or sealed off? The reserve time decides, and the loss chooses the hatches."""

from collections.abc import Iterable

from stationsim.kernel import hatchwork
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.scenario.model import Response
from stationsim.station.air import is_inhabited, reserve_if_open_s, reserve_s, station_reserve_s
from stationsim.station.hatches import Door, doors, kept_by
from stationsim.station.isolate import Way, way_of, ways
from stationsim.station.postures import jams
from stationsim.station.state import State


def decide(world: World, incident: str, cause: int) -> None:
    """Open the hatches of a hunt for those who patch, or begin to seal the leak off."""
    state = world.state
    compartment, kept = state.holes[incident].compartment, kept_by(state, incident)
    patch = next((r for r in world.station.mode_of(incident).responses if r.mends), None)
    if patch is None or not is_too_late(state, compartment, patch, kept):
        for hatch in kept:
            hatchwork.let_go(world, hatch, incident, cause=cause)
        return
    way = _best(state, compartment, kept)
    node = world.station.incidents[incident].node
    centre = world.station.watchers[node]
    decided = world.record(
        Kind.DECIDED,
        incident,
        object=node,
        place=compartment,
        view=centre,
        cause=cause,
        text=_said(world, "seal off", way),
    )
    _go_on(world, incident, way.sealed, compartment, decided)


def abandon(world: World, incident: str, members: tuple[str, ...], cause: int) -> None:
    """Leave a leak behind the hatches that part it off already: nobody is on its side to look for it."""
    node = world.station.incidents[incident].node
    centre = world.station.watchers[node]
    text = _said(world, "leave behind shut hatches", way_of(world.state, members))
    decided = world.record(Kind.DECIDED, incident, object=node, place=members[0], view=centre, cause=cause, text=text)
    _go_on(world, incident, members, None, decided)


def _best(state: State, compartment: str, freed: tuple[str, ...]) -> Way:
    """Return the way of the least loss that people have time for; without one the quickest."""
    normal, left_s = state.station.scenario.air, reserve_s(state, compartment)
    assert normal is not None
    found = ways(state, compartment, freed=freed)
    time_s = 0 if left_s is None else left_s - normal.rapid_s
    return next((way for way in found if way.close_s <= time_s), min(found, key=lambda way: way.close_s))


def is_too_late(state: State, compartment: str, patch: Response, hatches: Iterable[str]) -> bool:
    """Tell whether the air runs out before a patch is done, with these hatches open for those who patch.

    Where nobody breathes it is a matter of the whole station: who goes in opens the hatch.
    """
    normal = state.station.scenario.air
    assert normal is not None
    is_empty = not hatches and not is_inhabited(state, compartment)
    left_s = station_reserve_s(state, compartment) if is_empty else reserve_if_open_s(state, compartment, hatches)
    return left_s is not None and left_s < normal.rapid_s + patch.lead_s + patch.duration_s


def _said(world: World, what: str, way: Way) -> str:
    """Say what is sealed off and what is lost by it."""
    name = world.station.name
    lost = [f"the seat of {name(person)}" for person in way.seats]
    lost += [name(node) for node in (*way.airlocks, *way.functions, *way.ports)]
    sealed = ", ".join(name(part) for part in way.sealed)
    return f"{what} {sealed}; lost: {', '.join(lost) or 'nothing else'}"


def _crossing(state: State, sealed: tuple[str, ...]) -> list[Door]:
    """Return the open hatches between what is sealed off and the rest that can be shut, in order of id."""
    return [
        door
        for door in doors(state)
        if (door.between[0] in sealed) != (door.between[1] in sealed)
        and state.hatches.get(door.id) == "open"
        and not jams(state, door.id)
    ]


def _go_on(world: World, incident: str, sealed: tuple[str, ...], place: str | None, cause: int) -> None:
    """Let the next hatch be shut; when all are, open those of the hunt that part nothing from the leak."""
    state = world.state
    centre = world.station.watchers[world.station.incidents[incident].node]
    _hold(world, incident, sealed, cause)
    ahead = _crossing(state, sealed)
    done = world.record(
        Kind.SEALED,
        incident,
        object=ahead[0].id if ahead else None,
        place=place,
        view=centre,
        cause=cause,
        until_s=state.now_s + ahead[0].close_s if ahead else None,
        text=",".join(sealed),
    )
    if ahead:
        return
    ends = {door.id: door.between for door in doors(state)}
    for hatch in kept_by(state, incident):
        if not set(ends.get(hatch, ())) & set(sealed):
            hatchwork.let_go(world, hatch, incident, cause=done)


def _hold(world: World, incident: str, sealed: tuple[str, ...], cause: int) -> None:
    """Keep shut for a leak what is shut around it already for something else, a sortie for instance."""
    state = world.state
    for door in doors(state):
        is_border = (door.between[0] in sealed) != (door.between[1] in sealed)
        if is_border and state.hatches.get(door.id) != "open" and incident not in state.kept_shut.get(door.id, ()):
            hatchwork.shut(world, door.id, incident, cause=cause)


def seal(world: World, incident: str) -> None:
    """Let a hatch that seals a leak off be shut, if anybody is left to shut it."""
    state, found = world.state, world.state.seals[incident]
    if all(person in state.sheltered for person in state.aboard):
        centre = world.station.watchers[world.station.incidents[incident].node]
        world.record(Kind.SEALED, incident, object=found.hatch, view=centre, cause=found.row)
        return
    shut = hatchwork.shut(world, found.hatch or "", incident, cause=found.row)
    _go_on(world, incident, found.sealed, found.place, shut)
