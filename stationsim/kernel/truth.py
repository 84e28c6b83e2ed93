"""What becomes true? Incidents strike and end, releases cross thresholds, cabins warm. Nobody knows of it yet."""

from stationsim.kernel import air, hatchwork, releases
from stationsim.kernel.health import set_health
from stationsim.kernel.world import World
from stationsim.log.kinds import SENSOR, Kind
from stationsim.log.log import TRUTH
from stationsim.scenario.model import Anchor, Incident
from stationsim.station.hatch_beliefs import believed_state, is_here
from stationsim.station.health import DEGRADED, FAILED, NOMINAL, grade


def incident(world: World, id_: str) -> None:
    """Let an incident strike, end what it made true, or open a hole again."""
    if id_ in world.state.ended:
        _reopen(world, id_)
        return
    if id_ in world.state.struck:
        end(world, id_, cause=world.state.struck[id_])
        return
    strike(world, id_)


def strike(world: World, id_: str) -> int:
    """Let an incident be true; return its row."""
    record, mode = world.station.incidents[id_], world.station.mode_of(id_)
    hole_m = record.hole_m if isinstance(record.hole_m, float) else None
    unit = None if hole_m is None else "m"
    further = {"causes": [(row,) for row in _counted_from(world, record)]}
    if world.station.is_false(id_):
        seq = world.record(Kind.STRUCK, id_, object=record.node, view=TRUTH, by=SENSOR, text=mode.id, tables=further)
        _misreport(world, id_, seq)
        return seq
    seq = world.record(
        Kind.STRUCK, id_, object=record.node, view=TRUTH, value=hole_m, unit=unit, text=mode.id, tables=further
    )
    if mode.how == "leak" and mode.releases == "air":
        air.open_hole(world, id_, releases.hole_of(world.station, id_), seq)
    elif mode.how == "leak":
        own = world.state.views[TRUTH].own[world.station.graph.index[record.node]]
        set_health(world, TRUTH, record.node, max(own, DEGRADED), cause=seq, incident=id_)
        releases.open_hole(world, id_, seq)
    elif mode.how == "change":
        set_health(world, TRUTH, record.node, grade(mode.health), cause=seq, incident=id_)
    return seq


def _counted_from(world: World, record: Incident) -> tuple[int, ...]:
    """Return the row from which the moment of an incident was counted, if it was."""
    at = record.at_s
    if not isinstance(at, Anchor):
        return ()
    if at.activity is None:
        return (world.state.struck[at.incident or ""],)
    return (world.state.phases[(at.activity, at.phase or "")][1],)


def _misreport(world: World, id_: str, cause: int) -> None:
    """Let a centre believe of a hatch what is reported."""
    record = world.station.incidents[id_]
    if record.centre is None or record.state is None or not is_here(world.state, record.node):
        return
    if believed_state(world.state, record.centre, record.node) != record.state:
        world.record(Kind.HATCH_BELIEVED, record.node, object=id_, view=record.centre, cause=cause, text=record.state)


def end(world: World, id_: str, *, cause: int) -> None:
    """Let what an incident made true be over."""
    record = world.station.incidents[id_]
    seq = world.record(Kind.ENDED, id_, object=record.node, view=TRUTH, cause=cause)
    others = (i for i in world.state.struck if i != id_ and i not in world.state.ended)
    if id_ in world.state.holes:
        air.close_hole(world, id_, seq)
    elif world.station.mode_of(id_).how == "leak":
        releases.close_hole(world, id_, seq)
    elif not any(world.station.incidents[i].node == record.node for i in others):
        set_health(world, TRUTH, record.node, _left_by_leaks(world, record.node), cause=seq, incident=id_)
        hatchwork.unjam(world, record.node, cause=seq)


def _left_by_leaks(world: World, node: str) -> int:
    """Return the health that past leaks have left a node in: one that lost liquid or gas is not as new."""
    found = world.state.releases.get(node)
    if found is None:
        return NOMINAL
    return FAILED if {"works", "empty"} & set(found.crossed) else DEGRADED


def _reopen(world: World, id_: str) -> None:
    """Let a hole open again, as large as it was."""
    record = world.station.incidents[id_]
    hole_m = record.hole_m
    assert isinstance(hole_m, float)
    cause = world.state.ended[id_]
    seq = world.record(Kind.REOPENED, id_, object=record.node, view=TRUTH, cause=cause, value=hole_m, unit="m")
    if world.station.mode_of(id_).releases == "air":
        air.open_hole(world, id_, releases.hole_of(world.station, id_), seq)
    else:
        releases.open_hole(world, id_, seq)


def release(world: World, id_: str) -> None:
    """Let a leaking loop or tank reach its next threshold; where it no longer works, so does what hangs on it."""
    seq, is_lost = releases.cross(world, id_)
    if is_lost:
        mode, node = world.station.mode_of(id_), world.station.incidents[id_].node
        set_health(world, TRUTH, node, grade(mode.health), cause=seq, incident=id_)


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
