"""Who goes to their ship, and who comes out again? The reserve time sends people, steady air lets them back."""

from stationsim.kernel import answers, hatchwork, responses
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.station.air import body_of, breathing, reserve_s
from stationsim.station.hatches import SHIP_HATCH


def is_rapid(world: World, compartment: str) -> bool:
    """Tell whether people breathe air that lasts for less than the time in which nobody searches."""
    normal, left_s = world.station.scenario.air, reserve_s(world.state, compartment)
    is_short = normal is not None and left_s is not None and left_s < normal.rapid_s
    return is_short and bool(breathing(world.state, compartment))


def flee(world: World, compartment: str, cause: int) -> None:
    """Send everybody to their ship; say who cannot be there before the pressure limit."""
    state, normal = world.state, world.station.scenario.air
    left_s, body = reserve_s(state, compartment), body_of(state, compartment)
    assert normal is not None
    further = {"causes": [] if body is None or body.row == cause else [(body.row,)]}
    for person in breathing(state, compartment):
        ship = state.fit.get(person)
        if ship is None or state.ship_at.get(ship) not in state.station.ports:
            world.record(Kind.CAUGHT, person, cause=cause, tables=further, text="no ship of their own is docked")
        elif left_s is not None and left_s < normal.egress_s:
            why = f"the way takes {normal.egress_s} s, the reserve time is {left_s} s"
            world.record(Kind.CAUGHT, person, object=ship, cause=cause, tables=further, text=why)
        else:
            there_s = state.now_s + normal.egress_s
            world.record(Kind.SHELTERED, person, object=ship, cause=cause, until_s=there_s, tables=further)
    responses.leave(world, cause, further)


def shut_in(world: World, ship: str) -> None:
    """Shut the hatch of a ship in which people shelter."""
    cause = max(row for where, _, row in world.state.sheltered.values() if where == ship)
    hatchwork.shut(world, ship + SHIP_HATCH, ship, cause=cause)


def come_back(world: World, ship: str) -> None:
    """Let people out of a ship: the air before it is steady, or the ship itself leaks; then its hatch stays shut."""
    state = world.state
    own, body = body_of(state, ship), body_of(state, state.station.ports[state.ship_at[ship]].host)
    people = [person for person, (where, _, _) in state.sheltered.items() if where == ship]
    leaking = own is not None and own.members == (ship,) and bool(own.air.leaks)
    found = own if leaking else body
    cause = state.sheltered[people[0]][2] if found is None else found.row
    if leaking:
        _leave_leaking(world, ship, cause)
    hatchwork.let_go(world, ship + SHIP_HATCH, ship, cause=cause)
    for person in people:
        world.record(Kind.WENT_BACK, person, object=ship, cause=cause)


def _leave_leaking(world: World, ship: str, cause: int) -> None:
    """Keep the hatch of a ship shut because of the hole in it, whose place is now known."""
    for incident, gap in world.state.holes.items():
        if gap.compartment == ship and gap.hole.area_m2 > 0:
            hatchwork.shut(world, ship + SHIP_HATCH, incident, cause=cause)
            hunt = world.station.mode_of(incident).hunt
            if hunt is not None:
                answers.answer(world, incident, hunt.answers, cause=cause)
