"""Where does the air go? Hatches are shut one after another, and the side whose pressure falls is the side that leaks.

With little reserve time nobody searches, and everybody goes to their ship. What decides is what gauges and eyes say: a
test shows a side (or is read wrong), a look into the last compartment shows the hole or nothing.
"""

import math

import attrs

from stationsim.kernel import answers, hatchwork, responses, sealoff, shelter
from stationsim.kernel.forecasts import questions_of
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.scenario.model import Hunt
from stationsim.station.air import (
    body_of,
    breathing,
    is_at_limit,
    is_inhabited,
    mixed,
    normal_air,
    pressure_kpa,
    reserve_if_open_s,
    reserve_s,
)
from stationsim.station.hatches import Door, compartment_of, dividing_door, doors, joined, kept_by
from stationsim.station.postures import jams
from stationsim.station.state import Search, State

DAY_S = 86400


def begin(world: World, incident: str, cause: int) -> None:
    """Begin a hunt with the alarm, at the next waking, or not at all: the reserve time decides."""
    state, hunt = world.state, world.station.mode_of(incident).hunt
    compartment = leaking(world, incident)
    body = body_of(state, compartment)
    if hunt is None or (body is None and not world.station.is_false(incident)):
        return
    suspects = next(part for part in joined(state) if compartment in part) if body is None else body.members
    if shelter.is_rapid(world, compartment):
        shelter.flee(world, compartment, cause)
        _leave_open(world, incident, hunt, cause)
        return
    left_s = reserve_s(state, compartment)
    waits = left_s is None or left_s > hunt.waits_above_s
    begun_s = _next_waking(world, incident) if waits else state.now_s
    first = Search(
        suspects=suspects, door=None, place=None, tests=0, begun_s=begun_s, due_s=begun_s + hunt.gather_s, row=cause
    )
    _go_on(world, incident, first)


def leaking(world: World, incident: str) -> str:
    """Return the compartment that loses air, or that a sensor says does."""
    gap, node = world.state.holes.get(incident), world.station.incidents[incident].node
    return gap.compartment if gap is not None else compartment_of(world.station, node) or node


def _falling(world: World, incident: str) -> tuple[str, ...]:
    """Return the compartments whose gauges show that the air of an incident goes; none where nothing falls."""
    body = body_of(world.state, leaking(world, incident))
    return () if body is None or not body.air.leaks else body.members


def _go_on(world: World, incident: str, search: Search) -> int:
    """Write where a hunt stands and when it goes on; its row becomes the cause of what comes next."""
    return world.record(
        Kind.SEARCHED,
        incident,
        object=search.door,
        place=search.place,
        view=_centre(world, incident),
        cause=search.row,
        start_s=search.begun_s,
        until_s=search.due_s,
        value=float(search.tests),
        unit="1",
        text=",".join(search.suspects),
    )


def _centre(world: World, incident: str) -> str:
    return world.station.watchers[world.station.incidents[incident].node]


def _next_waking(world: World, incident: str) -> int:
    """Return when the people of the centre that watches the node are up [s]: now, or at their next wake-up."""
    calendar = world.station.calendar_of(_centre(world, incident))
    start = world.station.scenario.start_utc
    clock_s = start.hour * 3600 + start.minute * 60 + start.second
    of_day_s = (world.state.now_s + clock_s) % DAY_S
    is_up = calendar.wake_s <= of_day_s < calendar.sleep_s
    return world.state.now_s if is_up else world.state.now_s + (calendar.wake_s - of_day_s) % DAY_S


def search(world: World, incident: str) -> None:
    """Let a hunt take its next step: read which side falls, look into the last compartment, or shut a hatch."""
    state = world.state
    found, hunt = state.searches[incident], world.station.mode_of(incident).hunt
    assert hunt is not None
    compartment = leaking(world, incident)
    if shelter.is_rapid(world, compartment):
        shelter.flee(world, compartment, found.row)
        give_up(world, incident)
        return
    if found.place is not None:
        _looked(world, incident, found, hunt)
        return
    suspects = found.suspects if found.door is None else _read(world, incident, found, hunt)
    _narrow(world, incident, attrs.evolve(found, suspects=suspects, door=None), hunt)


def _narrow(world: World, incident: str, found: Search, hunt: Hunt) -> None:
    """Look where one compartment is left; otherwise part the suspects by a hatch, if one does."""
    if not found.suspects:
        answers.answer(world, incident, hunt.answers, cause=_end(world, incident, found))
        return
    if len(found.suspects) == 1:
        has_air = not is_at_limit(world.state, pressure_kpa(world.state, found.suspects[0]))
        looks_s = hunt.look_s if found.tests and has_air else 0
        there = attrs.evolve(found, place=found.suspects[0], due_s=world.state.now_s + looks_s)
        if looks_s:
            _go_on(world, incident, there)
        else:
            _looked(world, incident, there, hunt)
        return
    door = dividing_door(world.state, found.suspects, _mended_before(world, incident, hunt), stuck=_stuck(world.state))
    if door is None or not is_inhabited(world.state, door.between[0]):
        give_up(world, incident, found.suspects)
    else:
        _shut(world, incident, door, found, hunt)


def _stuck(state: State) -> tuple[str, ...]:
    """Return the open hatches that do not shut: a test leaves them out."""
    return tuple(door.id for door in doors(state) if state.hatches.get(door.id) == "open" and jams(state, door.id))


def _mended_before(world: World, incident: str, hunt: Hunt) -> tuple[str, ...]:
    """Return where the centre knows of a patch: an old one is looked at before a new place is looked for."""
    state, centre = world.state, _centre(world, incident)
    mended = (name for name in state.holes if name in state.ended or name in state.reopened)
    return tuple(state.holes[name].compartment for name in mended if (centre, name, hunt.answers) in state.answers)


def _shut(world: World, incident: str, door: Door, found: Search, hunt: Hunt) -> None:
    shut = hatchwork.shut(world, door.id, incident, cause=found.row)
    due_s = world.state.now_s + door.close_s + hunt.test_s
    _go_on(world, incident, attrs.evolve(found, door=door.id, tests=found.tests + 1, due_s=due_s, row=shut))


def _read(world: World, incident: str, found: Search, hunt: Hunt) -> tuple[str, ...]:
    """Read which side of the shut hatch falls, move the hatches accordingly, and return where the leak may still be."""
    state, hatch = world.state, found.door or ""
    members = _falling(world, incident)
    is_misread = found.tests in (world.station.incidents[incident].misread_tests or ())
    suspects = tuple(suspect for suspect in found.suspects if (suspect in members) != is_misread)
    if not _stays_shut(state, leaking(world, incident), hatch, suspects, hunt):
        hatchwork.let_go(world, hatch, incident, cause=found.row)
    _open_tight(world, incident, suspects, found.row)
    return suspects


def _stays_shut(state: State, compartment: str, hatch: str, suspects: tuple[str, ...], hunt: Hunt) -> bool:
    """Tell whether a hatch that leads to the leak stays shut, so that the other side keeps its air.

    Where nobody is left on the leaking side to go on, it is opened again as long as there is time to end the hunt.
    """
    left_s = reserve_if_open_s(state, compartment, (hatch,))
    if left_s is None or left_s >= hunt.keeps_shut_below_s:
        return False
    tests = math.ceil(math.log2(max(len(suspects), 1)))
    hunt_s = tests * (max(door.close_s for door in doors(state)) + hunt.test_s) + hunt.look_s
    return bool(breathing(state, compartment)) or left_s < normal_air(state).rapid_s + hunt_s


def _open_tight(world: World, incident: str, suspects: tuple[str, ...], cause: int) -> None:
    """Open the hatches of a hunt between compartments that were both shown tight."""
    ends = {door.id: door.between for door in doors(world.state)}
    for hatch in kept_by(world.state, incident):
        beside = [room for part in joined(world.state) if set(part) & set(ends.get(hatch, suspects)) for room in part]
        if not set(beside) & set(suspects) and not is_at_limit(world.state, mixed(world.state, beside).pressure_kpa):
            hatchwork.let_go(world, hatch, incident, cause=cause)


def _looked(world: World, incident: str, found: Search, hunt: Hunt) -> None:
    """End a hunt where the hole is; where it is not, begin again with all that still falls."""
    state = world.state
    gap = state.holes.get(incident)
    if gap is not None and found.place == gap.compartment:
        row = _end(world, incident, found)
        sealoff.decide(world, incident, row)
        answers.answer(world, incident, hunt.answers, cause=row)
        return
    members = _falling(world, incident)
    row = _go_on(world, incident, attrs.evolve(found, suspects=members, due_s=state.now_s))
    _narrow(world, incident, attrs.evolve(found, suspects=members, place=None, row=row), hunt)


def _end(world: World, incident: str, found: Search) -> int:
    return world.record(
        Kind.SEARCHED,
        incident,
        view=_centre(world, incident),
        cause=found.row,
        start_s=found.begun_s,
        value=float(found.tests),
        unit="1",
        text=",".join(found.suspects),
    )


def give_up(world: World, incident: str, suspects: tuple[str, ...] | None = None) -> None:
    """End a hunt without its place: its people are free, and the question stays open without a date.

    Args:
        world: The run.
        incident: The leak.
        suspects: Where it may be; by default what falls of those who were suspected before.
    """
    found, hunt = world.state.searches[incident], world.station.mode_of(incident).hunt
    assert hunt is not None
    members = _falling(world, incident)
    left = tuple(s for s in found.suspects if s in members) if suspects is None else suspects
    row = _end(world, incident, attrs.evolve(found, suspects=left or found.suspects))
    if kept_by(world.state, incident) and not breathing(world.state, leaking(world, incident)):
        sealoff.abandon(world, incident, members, row)
    _leave_open(world, incident, hunt, row)
    responses.finish_with(world, incident, hunt.answers, row)


def _leave_open(world: World, incident: str, hunt: Hunt, cause: int) -> None:
    """Expect no answer to where the air goes: nobody searches."""
    question = next((q for q in questions_of(world, incident) if q.id == hunt.answers), None)
    if question is not None:
        centre = _centre(world, incident)
        world.record(Kind.ASKED, question.id, object=incident, view=centre, cause=cause, text=question.text)


def watch(world: World, incident: str) -> None:
    """Send people to their ships when the reserve time has run down, whatever the hunt or the patch is at."""
    gap, known = world.state.holes[incident], world.state.alarmed[incident]
    shelter.flee(world, gap.compartment, known)
    if incident in world.state.searches:
        give_up(world, incident)
