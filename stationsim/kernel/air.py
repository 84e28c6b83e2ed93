"""How does the cabin's air go? Bodies of air are solved again whenever a hatch, a hole or the gas in them changes."""

import math

from stationsim.kernel import airless
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.physics.air import Air
from stationsim.physics.hole import Hole
from stationsim.scenario.model import Atmosphere
from stationsim.station.air import body_of, crossings, pressure_kpa
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


def settle(world: World, cause: int, *, adds_kpa: float = 0.0, to: str | None = None) -> None:
    """Solve again the bodies of air that are not as they were.

    Args:
        world: The run.
        cause: The row that changed a hatch, a hole or the gas.
        adds_kpa: Pressure added at once to the body of `to` [kPa].
        to: A compartment of the body that gets it.
    """
    state, normal = world.state, world.station.scenario.air
    if normal is None or not (state.holes or state.bodies):
        return
    for members in joined(state):
        body = body_of(state, members[0])
        gaps = tuple(g for g in state.holes.values() if g.compartment in members and g.hole.area_m2 > 0)
        added_kpa = adds_kpa if to in members else 0.0
        known = any(member in other.members for other in state.bodies.values() for member in members)
        whole_m3 = math.fsum(world.station.volume_m3(member) for member in members)
        is_whole = body is not None and body.members == members and body.air.volume_m3 == whole_m3
        is_same = body is not None and is_whole and _leaks_by(body, gaps) and added_kpa == 0
        is_calm = not gaps and added_kpa == 0 and _is_calm(state, members)
        if (gaps or known) and not is_same and not is_calm:
            seq = _aired(world, members, gaps, normal, added_kpa=added_kpa, cause=cause)
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


def _aired(
    world: World, members: tuple[str, ...], gaps: tuple[Gap, ...], normal: Atmosphere, *, added_kpa: float, cause: int
) -> int:
    volumes = {member: world.station.volume_m3(member) for member in members}
    whole_m3 = math.fsum(volumes.values())
    mixed = math.fsum(pressure_kpa(world.state, member) * volume for member, volume in volumes.items()) / whole_m3
    air = Air(
        volume_m3=whole_m3,
        pressure_kpa=mixed + added_kpa,
        temperature_degc=normal.temperature_c,
        leaks=tuple(sorted(gap.hole_at(world.state.now_s) for gap in gaps)),
    )
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
