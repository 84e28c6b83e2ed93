"""What becomes true? Incidents strike and end, releases cross thresholds, cabins warm. Nobody knows of it yet."""

import math

from stationsim.kernel import air
from stationsim.kernel.due import crossings
from stationsim.kernel.health import set_health
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.physics.hole import hole_area_m2
from stationsim.physics.loop import LoopDrain
from stationsim.station.health import DEGRADED, FAILED, NOMINAL, grade


def incident(world: World, id_: str) -> None:
    """Let an incident strike, or end what it made true."""
    record, mode = world.station.incidents[id_], world.station.mode_of(id_)
    if id_ in world.state.struck:
        end(world, id_, cause=world.state.struck[id_])
        return
    hole_m = record.hole_m if isinstance(record.hole_m, float) else None
    unit = None if hole_m is None else "m"
    seq = world.record(Kind.STRUCK, id_, object=record.node, view=TRUTH, value=hole_m, unit=unit, text=mode.id)
    if mode.how == "reading":
        return
    if mode.how == "leak" and mode.releases == "air" and hole_m is not None:
        air.open_hole(world, id_, hole_m, seq)
    elif mode.how == "leak" and hole_m is not None:
        own = world.state.views[TRUTH].own[world.station.graph.index[record.node]]
        set_health(world, TRUTH, record.node, max(own, DEGRADED), cause=seq, incident=id_)
        _open_hole(world, id_, hole_m, seq)
    else:
        set_health(world, TRUTH, record.node, grade(mode.health), cause=seq, incident=id_)


def end(world: World, id_: str, *, cause: int) -> None:
    """Let what an incident made true be over."""
    record = world.station.incidents[id_]
    seq = world.record(Kind.ENDED, id_, object=record.node, view=TRUTH, cause=cause)
    others = (i for i in world.state.struck if i != id_ and i not in world.state.ended)
    if id_ in world.state.holes:
        air.close_hole(world, id_, seq)
    elif record.node in world.state.releases:
        found = world.state.releases[record.node]
        drain = found.drain.after(world.state.now_s - found.since_s, hole_area_m2=0.0)
        _release_row(world, record.node, id_, drain, cause=seq)
    elif not any(world.station.incidents[i].node == record.node for i in others):
        set_health(world, TRUTH, record.node, NOMINAL, cause=seq, incident=id_)


def body(world: World, leader: str) -> None:
    """Let a body of air reach its next threshold; below the limit the leaking compartment is lost."""
    seq, lost = air.cross(world, leader)
    for incident, compartment in lost:
        set_health(world, TRUTH, compartment, FAILED, cause=seq, incident=incident)


def _open_hole(world: World, id_: str, hole_m: float, cause: int) -> None:
    node = world.station.incidents[id_].node
    loop = world.station.loop(node)
    assert loop is not None
    known = world.state.releases.get(node)
    area_m2 = hole_area_m2(hole_m)
    if known is not None:
        area_m2 += known.drain.hole_area_m2
        drain = known.drain.after(world.state.now_s - known.since_s, hole_area_m2=area_m2)
    else:
        drain = LoopDrain(
            liquid_m3=loop.liquid_m3,
            gas_m3=loop.gas_m3,
            gas_kpa=loop.pressure_kpa,
            density_kg_per_m3=loop.density_kg_m3,
            hole_area_m2=area_m2,
            discharge_coefficient=loop.discharge,
        )
    _release_row(world, node, id_, drain, cause=cause)


def _release_row(world: World, node: str, id_: str, drain: LoopDrain, *, cause: int) -> None:
    flow = drain.flow_m3_per_s_at(0)
    law = (
        ("gas0_m3", drain.gas_m3, "m3"),
        ("pressure0_kpa", drain.gas_kpa, "kPa"),
        ("density_kg_m3", drain.density_kg_per_m3, "kg/m3"),
        ("liquid_m3", drain.liquid_m3, "m3"),
        ("hole_area_m2", drain.hole_area_m2, "m2"),
        ("discharge", drain.discharge_coefficient, "1"),
        ("k", flow * math.sqrt(drain.gas_m3), "m4.5/s"),
    )
    rows = [(node, "loop", name, value, unit) for name, value, unit in law]
    world.record(
        Kind.LEAKED, node, object=id_, view=TRUTH, cause=cause, value=flow, unit="m3/s", tables={"physics": rows}
    )


def release(world: World, id_: str) -> None:
    """Let a leaking loop reach its next threshold."""
    node = world.station.incidents[id_].node
    found, loop = world.state.releases[node], world.station.loop(node)
    assert loop is not None
    name, _ = crossings(world.state, node)[0]
    cause = found.row
    if name == "empty":
        lost_kg = loop.liquid_m3 * loop.density_kg_m3
        seq = world.record(Kind.EMPTIED, node, object=id_, view=TRUTH, cause=cause, value=lost_kg, unit="kg")
        if "works" not in found.crossed:
            lose_loop(world, node, id_, seq)
        return
    limit_kpa = loop.alarm_below_kpa if name == "alarm" else loop.works_above_kpa
    seq = world.record(Kind.CROSSED, node, object=id_, view=TRUTH, cause=cause, value=limit_kpa, unit="kPa", text=name)
    if name == "works":
        lose_loop(world, node, id_, seq)


def lose_loop(world: World, node: str, id_: str, cause: int) -> None:
    """Let a loop stop cooling: its health, what hangs on it, and the cabin it cooled."""
    mode = world.station.mode_of(id_)
    set_health(world, TRUTH, node, grade(mode.health), cause=cause, incident=id_)


def cabin(world: World, ship: str) -> None:
    """Let a cabin reach its limit."""
    heat, record = world.state.heat[ship], world.station.type_of(ship).cabin
    assert record is not None
    world.record(
        Kind.CROSSED,
        ship,
        view=TRUTH,
        cause=heat.row,
        value=record.limit_c,
        unit="degC",
        text="limit for a crewed return",
    )
