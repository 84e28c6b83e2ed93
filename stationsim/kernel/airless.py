"""Which compartments are lost with their air? Whatever moves air asks here; gauges read it later.

A compartment whose pressure is below the limit is lost; where it leaks so little that it may be filled and entered at
will, it is only degraded.
"""

from stationsim.kernel.health import set_health
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.station.air import body_of, worth
from stationsim.station.health import NOMINAL, grade
from stationsim.station.readings import believes_otherwise, of_air
from stationsim.station.state import State


def update(world: World, members: tuple[str, ...], cause: int) -> None:
    """Let the compartments of a body of air be worth what its pressure and its holes make of them."""
    state = world.state
    for compartment in members:
        if compartment not in of_air(state):
            continue
        now = max(worth(state, compartment), _left_by_hole(state, compartment))
        if believes_otherwise(state, TRUTH, compartment, now):
            set_health(world, TRUTH, compartment, now, cause=cause, incident=blamed(state, compartment))


def _left_by_hole(state: State, compartment: str) -> int:
    """Return the health of a compartment that was without air because of its own hole, while that is open."""
    sick, index = state.views[TRUTH].sick.get(compartment), state.station.graph.index[compartment]
    gap = None if sick is None else state.holes.get(sick.incident or "")
    if sick is None or gap is None or gap.compartment != compartment or gap.hole.area_m2 == 0:
        return NOMINAL
    mode = state.station.mode_of(sick.incident or "")
    return NOMINAL if state.views[TRUTH].own[index] == NOMINAL else grade(mode.health)


def catch(world: World, members: tuple[str, ...], cause: int) -> None:
    """Say who sits in a ship whose own air has fallen to the limit."""
    for person, (where, _, _) in tuple(world.state.sheltered.items()):
        if where in members and where in world.station.ships:
            world.record(Kind.CAUGHT, person, object=where, cause=cause, text="the air of the ship itself is gone")


def blamed(state: State, compartment: str) -> str | None:
    """Return the incident through whose hole the air of a compartment goes, or went."""
    body = body_of(state, compartment)
    members = () if body is None else body.members
    gaps = [name for name, gap in state.holes.items() if gap.compartment in members]
    open_ = [name for name in gaps if state.holes[name].hole.area_m2 > 0]
    sick = state.views[TRUTH].sick.get(compartment)
    known = [sick.incident] if sick is not None else []
    return next(iter((*open_, *gaps, *known, *state.holes)), None)
