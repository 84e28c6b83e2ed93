"""What becomes true? Incidents strike and end, releases cross thresholds, cabins warm. Nobody knows of it yet."""

import math

from stationsim.kernel.due import crossings
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.physics.hole import hole_area_m2
from stationsim.physics.loop import LoopDrain
from stationsim.physics.thermal import CabinHeat
from stationsim.scenario.model import Cabin
from stationsim.station.graph import propagate
from stationsim.station.health import DEGRADED, NAMES, NOMINAL, grade
from stationsim.station.status import cools_in_truth, docked_cabin


def incident(world: World, id_: str) -> None:
    """Let an incident strike, or end what it made true."""
    record, mode = world.station.incidents[id_], world.station.mode_of(id_)
    if id_ in world.state.struck:
        _end(world, id_)
        return
    hole_m = record.hole_m if isinstance(record.hole_m, float) else None
    unit = None if hole_m is None else "m"
    seq = world.record(Kind.STRUCK, id_, object=record.node, view=TRUTH, value=hole_m, unit=unit, text=mode.id)
    if mode.how == "leak" and hole_m is not None:
        set_health(world, TRUTH, record.node, DEGRADED, cause=seq, incident=id_)
        _open_hole(world, id_, hole_m, seq)
    else:
        set_health(world, TRUTH, record.node, grade(mode.health), cause=seq, incident=id_)


def _end(world: World, id_: str) -> None:
    record = world.station.incidents[id_]
    seq = world.record(Kind.ENDED, id_, object=record.node, view=TRUTH, cause=world.state.struck[id_])
    others = (i for i in world.state.struck if i != id_ and i not in world.state.ended)
    if record.node in world.state.releases:
        found = world.state.releases[record.node]
        drain = found.drain.after(world.state.now_s - found.since_s, hole_area_m2=0.0)
        _release_row(world, record.node, id_, drain, cause=seq)
    elif not any(world.station.incidents[i].node == record.node for i in others):
        set_health(world, TRUTH, record.node, NOMINAL, cause=seq, incident=id_)


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
        lost_kg = found.drain.liquid_m3 * found.drain.density_kg_per_m3
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


def set_health(
    world: World, view: str, node: str, health: int, *, cause: int | None, incident: str | None
) -> dict[str, int]:
    """Set a node's own health in a view and follow the change through the graph.

    Returns:
        The row of each changed node.
    """
    graph, seen = world.station.graph, world.state.views[view]
    index = graph.index[node]
    own = list(seen.own)
    own[index] = health
    changes = propagate(graph, own, seen.health, index)
    rows: dict[str, int] = {}
    if not any(change.node == index for change in changes) and seen.own[index] != health:
        rows[node] = world.record(
            Kind.HEALTH_CHANGED,
            node,
            object=incident,
            view=view,
            cause=cause,
            value=float(health),
            unit="grade",
            text=NAMES[seen.health[index]],
        )
    for change in changes:
        id_ = graph.ids[change.node]
        is_own = change.node == index
        decisive = None if change.decisive is None else rows.get(graph.ids[change.decisive])
        rows[id_] = world.record(
            Kind.HEALTH_CHANGED,
            id_,
            object=incident,
            view=view,
            cause=cause if decisive is None else decisive,
            value=float(health) if is_own else None,
            unit="grade" if is_own else None,
            text=NAMES[change.after],
        )
    if view == TRUTH:
        _rewarm(world, rows)
    return rows


def _rewarm(world: World, rows: dict[str, int]) -> None:
    """Solve again the cabins whose loop came or went."""
    for ship, heat in tuple(world.state.heat.items()):
        cabin = world.station.type_of(ship).cabin
        assert cabin is not None
        has_loop = cools_in_truth(world.state, ship, cabin)
        if has_loop != heat.has_loop:
            cause = rows.get(f"{ship}/{cabin.loop}")
            text = "the loop cools" if has_loop else "the loop cools no longer"
            warm(world, ship, has_hose=heat.has_hose, cause=cause, text=text)


def warm(world: World, ship: str, *, has_hose: bool, cause: int | None, text: str) -> None:
    """Log the heat balance of a docked ship's cabin from now on."""
    cabin = world.station.type_of(ship).cabin
    assert cabin is not None
    known = world.state.heat.get(ship)
    now_c = None if known is None else known.cabin.temperature_degc_at(world.state.now_s - known.since_s)
    has_loop = cools_in_truth(world.state, ship, cabin)
    heat = docked_cabin(cabin, now_c, has_loop=has_loop, has_hose=has_hose)
    rows = [(ship, "cabin", name, value, unit) for name, value, unit in _law(cabin, heat, has_loop, has_hose)]
    world.record(
        Kind.HEATED,
        ship,
        view=TRUTH,
        cause=cause,
        value=heat.temperature_degc,
        unit="degC",
        text=text,
        tables={"physics": rows},
    )


def _law(cabin: Cabin, heat: CabinHeat, has_loop: bool, has_hose: bool) -> tuple[tuple[str, float, str], ...]:  # noqa: FBT001
    sinks_w_per_k = sum(sink.conductance_w_per_k for sink in heat.sinks)
    rate = sinks_w_per_k / heat.heat_capacity_j_per_k
    final_c = heat.final_degc
    return (
        ("t0_c", heat.temperature_degc, "degC"),
        ("target_c", final_c if math.isfinite(final_c) else heat.temperature_degc, "degC"),
        ("rate_per_s", rate, "1/s"),
        ("slope_k_per_s", heat.rate_k_per_s if rate == 0 else 0.0, "K/s"),
        ("capacity_j_per_k", heat.heat_capacity_j_per_k, "J/K"),
        ("people", float(heat.people), "1"),
        ("person_w", heat.person_w, "W"),
        ("equipment_w", heat.equipment_w, "W"),
        ("loop_w_per_k", cabin.loop_w_per_k if has_loop else 0.0, "W/K"),
        ("loop_c", cabin.loop_c, "degC"),
        ("hull_w_per_k", cabin.hull_w_per_k, "W/K"),
        ("hull_c", cabin.hull_c, "degC"),
        ("hose_w_per_k", cabin.hose_w_per_k if has_hose else 0.0, "W/K"),
        ("hose_c", cabin.station_c, "degC"),
    )


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
