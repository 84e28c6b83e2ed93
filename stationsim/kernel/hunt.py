"""Where does the air go? Hatches are shut one after another, and the side whose pressure falls is the side that leaks.

With little reserve time nobody searches, and everybody goes to their ship.
"""

import attrs

from stationsim.kernel import answers, hatchwork
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.scenario.model import Hunt
from stationsim.station.air import body_of, breathing, reserve_s
from stationsim.station.hatches import SHIP_HATCH, Door, compartment_of, dividing_door, joined
from stationsim.station.state import Search

DAY_S = 86400


def begin(world: World, incident: str, cause: int) -> None:
    """Begin a hunt with the alarm, at the next waking, or not at all: the reserve time decides."""
    state, hunt = world.state, world.station.mode_of(incident).hunt
    compartment = leaking(world, incident)
    body = body_of(state, compartment)
    if hunt is None or (body is None and not world.station.is_false(incident)):
        return
    suspects = next(part for part in joined(state) if compartment in part) if body is None else body.members
    if _is_rapid(world, compartment):
        _shelter(world, compartment, cause)
        return
    left_s = reserve_s(state, compartment)
    waits = left_s is None or left_s > hunt.waits_above_s
    begun_s = _next_waking(world, incident) if waits else state.now_s
    _look(world, incident, suspects, begun_s=begun_s, due_s=begun_s + hunt.gather_s, cause=cause)


def leaking(world: World, incident: str) -> str:
    """Return the compartment that loses air, or that a sensor says does."""
    gap, node = world.state.holes.get(incident), world.station.incidents[incident].node
    return gap.compartment if gap is not None else compartment_of(world.station, node) or node


def _look(world: World, incident: str, suspects: tuple[str, ...], *, begun_s: int, due_s: int, cause: int) -> int:
    centre = world.station.watchers[world.station.incidents[incident].node]
    return world.record(
        Kind.SEARCHED, incident, view=centre, cause=cause, start_s=begun_s, until_s=due_s, text=",".join(suspects)
    )


def _next_waking(world: World, incident: str) -> int:
    """Return the next wake-up of the people of the centre that watches the node [s]."""
    calendar = world.station.calendar_of(world.station.watchers[world.station.incidents[incident].node])
    start = world.station.scenario.start_utc
    clock_s = start.hour * 3600 + start.minute * 60 + start.second
    return world.state.now_s + (calendar.wake_s - world.state.now_s - clock_s) % DAY_S


def search(world: World, incident: str) -> None:
    """Let a hunt take its next step: shut a hatch, or read which side falls and shut the next one."""
    state = world.state
    found, hunt = state.searches[incident], world.station.mode_of(incident).hunt
    assert hunt is not None
    compartment = leaking(world, incident)
    if _is_rapid(world, compartment):
        _shelter(world, compartment, found.row)
        _end(world, incident, found)
        return
    suspects = found.suspects
    if found.door is not None:
        suspects = _read(world, incident, found)
    if len(suspects) == 1 or (not suspects and world.station.is_false(incident)):
        row = _end(world, incident, attrs.evolve(found, suspects=suspects))
        answers.answer(world, incident, hunt.answers, cause=row)
        return
    door = dividing_door(state, suspects)
    if door is None:
        _end(world, incident, attrs.evolve(found, suspects=suspects))
        return
    _shut(world, incident, door, suspects, hunt)


def _shut(world: World, incident: str, door: Door, suspects: tuple[str, ...], hunt: Hunt) -> None:
    found = world.state.searches[incident]
    centre = world.station.watchers[world.station.incidents[incident].node]
    shut = hatchwork.shut(world, door.id, incident, cause=found.row)
    world.record(
        Kind.SEARCHED,
        incident,
        object=door.id,
        view=centre,
        cause=shut,
        start_s=found.begun_s,
        until_s=world.state.now_s + door.close_s + hunt.test_s,
        text=",".join(suspects),
    )


def _read(world: World, incident: str, found: Search) -> tuple[str, ...]:
    """Read which side of the shut hatch falls, open it again, and return where the leak may still be."""
    state = world.state
    falling = body_of(state, leaking(world, incident))
    members = () if falling is None or not falling.air.leaks else falling.members
    hatchwork.let_go(world, found.door or "", incident, cause=found.row)
    return tuple(suspect for suspect in found.suspects if suspect in members)


def _end(world: World, incident: str, found: Search) -> int:
    centre = world.station.watchers[world.station.incidents[incident].node]
    return world.record(
        Kind.SEARCHED, incident, view=centre, cause=found.row, start_s=found.begun_s, text=",".join(found.suspects)
    )


def watch(world: World, incident: str) -> None:
    """Send people to their ships when the reserve time has run down, whatever the hunt is at."""
    gap, known = world.state.holes[incident], world.state.alarmed[incident]
    _shelter(world, gap.compartment, known)
    found = world.state.searches.get(incident)
    if found is not None:
        _end(world, incident, found)


def _is_rapid(world: World, compartment: str) -> bool:
    normal, left_s = world.station.scenario.air, reserve_s(world.state, compartment)
    is_short = normal is not None and left_s is not None and left_s < normal.rapid_s
    return is_short and bool(breathing(world.state, compartment))


def shut_in(world: World, ship: str) -> None:
    """Shut the hatch of a ship in which people shelter."""
    cause = max(row for where, _, row in world.state.sheltered.values() if where == ship)
    hatchwork.shut(world, ship + SHIP_HATCH, ship, cause=cause)


def _shelter(world: World, compartment: str, cause: int) -> None:
    """Send everybody to their ship; say who cannot be there before the pressure limit."""
    state, normal = world.state, world.station.scenario.air
    left_s = reserve_s(state, compartment)
    assert normal is not None
    for person in breathing(state, compartment):
        ship = state.fit.get(person)
        if ship is None or state.ship_at.get(ship) not in state.station.ports:
            world.record(Kind.CAUGHT, person, cause=cause, text="no ship of their own is docked")
        elif left_s is not None and left_s < normal.egress_s:
            why = f"the way takes {normal.egress_s} s, the reserve time is {left_s} s"
            world.record(Kind.CAUGHT, person, object=ship, cause=cause, text=why)
        else:
            world.record(Kind.SHELTERED, person, object=ship, cause=cause, until_s=state.now_s + normal.egress_s)
