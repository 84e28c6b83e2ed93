"""What leaves a loop or a tank? Its law is solved again whenever a hole opens or closes, from what is left by then."""

from stationsim.kernel.due import crossings
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.physics.hole import Hole, hole_area_m2
from stationsim.physics.loop import LoopDrain
from stationsim.station import drains
from stationsim.station.drains import Drain
from stationsim.station.station import Station


def hole_of(station: Station, incident: str) -> Hole:
    """Return the hole that a leak begins with."""
    record, mode = station.incidents[incident], station.mode_of(incident)
    held = None if mode.releases == "air" else station.holds(record.node)
    assert isinstance(record.hole_m, float)
    growth = record.growth_m2_per_s if isinstance(record.growth_m2_per_s, float) else 0.0
    return Hole(
        area_m2=hole_area_m2(record.hole_m),
        discharge_coefficient=mode.discharge if held is None else held.discharge,
        growth_m2_per_s=growth,
    )


def open_hole(world: World, incident: str, cause: int) -> None:
    """Let a loop or tank have one more hole; one that is empty loses nothing more."""
    node = world.station.incidents[incident].node
    known = world.state.releases.get(node)
    if known is None or "empty" not in known.crossed:
        _release_row(world, incident, hole_of(world.station, incident), cause)


def close_hole(world: World, incident: str, cause: int) -> None:
    """Let the hole of an incident be closed; others on the same node stay open."""
    found = world.state.releases.get(world.station.incidents[incident].node)
    if found is not None and incident in dict(found.holes):
        discharge = hole_of(world.station, incident).discharge_coefficient
        _release_row(world, incident, Hole(area_m2=0.0, discharge_coefficient=discharge), cause)


def _release_row(world: World, incident: str, own: Hole, cause: int) -> None:
    """Log the law of a node from now on; `own` is the hole of the incident, the others are as they have grown."""
    node, now_s = world.station.incidents[incident].node, world.state.now_s
    record, found = world.station.holds(node), world.state.releases.get(node)
    assert record is not None
    holes: dict[str, Hole] = {}
    drain: Drain = drains.full(record)
    if found is not None:
        drain = found.drain.after(now_s - found.since_s)
        holes = {name: hole.after(now_s - found.since_s) for name, hole in found.holes}
    holes[incident] = own
    drain = drains.holed(drain, holes.values(), record.discharge)
    model, law = drains.law_of(drain)
    own_rows = (("own_area_m2", own.area_m2, "m2"), ("own_growth_m2_per_s", own.growth_m2_per_s, "m2/s"))
    rows = [(node, model, name, value, unit) for name, value, unit in (*law, *own_rows)]
    world.record(
        Kind.LEAKED,
        node,
        object=incident,
        view=TRUTH,
        cause=cause,
        value=drain.flow_m3_per_s_at(0) if isinstance(drain, LoopDrain) else drain.flow_kg_per_s_at(0),
        unit="m3/s" if isinstance(drain, LoopDrain) else "kg/s",
        text=world.station.fluids[record.fluid].counts_as,
        tables={"physics": rows},
    )


def cross(world: World, incident: str) -> tuple[int, bool]:
    """Let a leaking loop or tank reach its next threshold.

    Returns:
        The row, and whether the node stops working by it.
    """
    node = world.station.incidents[incident].node
    found, record = world.state.releases[node], world.station.holds(node)
    assert record is not None
    name, _ = crossings(world.state, node)[0]
    if name == "empty":
        left_kg = drains.left_kg(drains.emptied(found.drain.after(world.state.now_s - found.since_s)))
        lost_kg = drains.left_kg(drains.full(record)) - left_kg
        seq = world.record(Kind.EMPTIED, node, object=incident, view=TRUTH, cause=found.row, value=lost_kg, unit="kg")
        return seq, "works" not in found.crossed
    limit_kpa = record.alarm_below_kpa if name == "alarm" else record.works_above_kpa
    seq = world.record(
        Kind.CROSSED, node, object=incident, view=TRUTH, cause=found.row, value=limit_kpa, unit="kPa", text=name
    )
    return seq, name == "works"
