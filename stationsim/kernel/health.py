"""How does a change of health spread? A node's own health changes in one view, and with it what hangs on the node."""

from stationsim.kernel.warmth import rewarm
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.station.graph import propagate
from stationsim.station.health import NAMES


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
        rewarm(world, rows)
    return rows
