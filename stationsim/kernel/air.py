"""How does the cabin's air go? Bodies of air are solved again whenever a hatch, a hole or the gas in them changes."""

import math

import attrs

from stationsim.kernel import airless
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.physics.air import Air
from stationsim.physics.hole import Hole
from stationsim.station.air import body_of, crossings, mixed, pressure_kpa
from stationsim.station.hatches import joined
from stationsim.station.state import Body, Gap, State


def open_hole(world: World, incident: str, hole: Hole, cause: int) -> None:
    """Let a wall have a hole, and solve the air behind it."""
    _hole_row(world, incident, hole, cause)


def close_hole(world: World, incident: str, cause: int) -> None:
    """Let a hole be closed, and solve the air behind it."""
    discharge = world.station.mode_of(incident).discharge
    _hole_row(world, incident, Hole(area_m2=0.0, discharge_coefficient=discharge), cause)


def _hole_row(world: World, incident: str, hole: Hole, cause: int) -> None:
    node, area_m2 = world.station.incidents[incident].node, hole.area_m2
    rows = [
        (node, "hole", "area_m2", area_m2, "m2"),
        (node, "hole", "growth_m2_per_s", hole.growth_m2_per_s, "m2/s"),
        (node, "hole", "discharge", hole.discharge_coefficient, "1"),
    ]
    seq = world.record(
        Kind.LEAKED, node, object=incident, view=TRUTH, cause=cause, value=area_m2, unit="m2", tables={"physics": rows}
    )
    settle(world, seq)


def feed(world: World, activity: str, compartment: str, adds_kpa: float, cause: int) -> None:
    """Feed so much gas while an activity lasts that the body of a compartment gains a pressure by its end; 0 ends it.

    Args:
        world: The run.
        activity: The activity that feeds.
        compartment: Where the gas goes.
        adds_kpa: Pressure that the compartments which are joined now gain [kPa].
        cause: The row that began or ended it.
    """
    members = next((part for part in joined(world.state) if compartment in part), (compartment,))
    flow_kg_per_s = adds_kpa * mixed(world.state, members).kg_per_kpa / world.state.acts[activity].duration_s
    seq = world.record(
        Kind.FED, compartment, object=activity, view=TRUTH, cause=cause, value=flow_kg_per_s, unit="kg/s"
    )
    settle(world, seq)


def settle(world: World, cause: int) -> None:
    """Solve again the bodies of air that are not as they were; `cause` changed a hatch, a hole or what is fed."""
    state = world.state
    if world.station.scenario.air is None or not (state.holes or state.bodies or state.feeds):
        return
    for members in joined(state):
        body = body_of(state, members[0])
        gaps = tuple(g for g in state.holes.values() if g.compartment in members and g.hole.area_m2 > 0)
        fed_kg_per_s = math.fsum(flow for where, flow in state.feeds.values() if where in members)
        known = any(member in other.members for other in state.bodies.values() for member in members)
        whole_m3 = math.fsum(world.station.volume_m3(member) for member in members)
        is_whole = body is not None and body.members == members and body.air.volume_m3 == whole_m3
        is_fed_so = body is not None and body.air.makeup_kg_per_s == fed_kg_per_s
        is_same = body is not None and is_whole and is_fed_so and _leaks_by(body, gaps)
        is_calm = not gaps and fed_kg_per_s == 0 and _is_calm(state, members)
        if (gaps or known or fed_kg_per_s > 0) and not is_same and not is_calm:
            seq = _aired(world, members, gaps, fed_kg_per_s=fed_kg_per_s, cause=cause)
            airless.update(world, members, seq)


def _is_calm(state: State, members: tuple[str, ...]) -> bool:
    """Tell whether compartments have one pressure that does not change: to join or part them says nothing new."""
    bodies = [body_of(state, member) for member in members]
    still = all(body is not None and body.air.law.decay_per_s == 0 and not body.air.makeup_kg_per_s for body in bodies)
    return still and len({pressure_kpa(state, member) for member in members}) == 1


def _leaks_by(body: Body, gaps: tuple[Gap, ...]) -> bool:
    """Tell whether a body of air was solved with these holes: as they were then, for they may have grown since."""
    was_s = body.since_s
    return all(gap.since_s <= was_s for gap in gaps) and body.air.leaks == tuple(
        sorted(gap.hole_at(was_s) for gap in gaps)
    )


def _aired(world: World, members: tuple[str, ...], gaps: tuple[Gap, ...], *, fed_kg_per_s: float, cause: int) -> int:
    air = attrs.evolve(mixed(world.state, members), makeup_kg_per_s=fed_kg_per_s)
    rows = [(members[0], "air", name, value, unit) for name, value, unit in _law(air)]
    return world.record(
        Kind.AIRED, members[0], view=TRUTH, cause=cause, value=air.pressure_kpa, unit="kPa", text=",".join(members),
        tables={"physics": rows, "causes": [(gap.row,) for gap in gaps if gap.row != cause]},
    )  # fmt: skip


def _law(air: Air) -> tuple[tuple[str, float, str], ...]:
    return (
        ("volume_m3", air.volume_m3, "m3"),
        ("p0_kpa", air.pressure_kpa, "kPa"),
        ("temperature_degc", air.temperature_degc, "degC"),
        ("makeup_kg_per_s", air.makeup_kg_per_s, "kg/s"),
        ("rate_per_s", air.law.decay_per_s, "1/s"),
        ("rate_growth_per_s2", air.law.growth_per_s2, "1/s2"),
        ("kg_per_kpa", air.kg_per_kpa, "kg/kPa"),
    )


def cross(world: World, leader: str) -> None:
    """Let a body of air reach its next threshold; below the limit its compartments are lost."""
    name, _, limit = crossings(world.state, leader)[0]
    found = world.state.bodies[leader]
    seq = world.record(Kind.CROSSED, leader, view=TRUTH, cause=found.row, value=limit, unit="kPa", text=name)
    if name == "limit":
        airless.catch(world, found.members, seq)
        airless.update(world, found.members, seq)
