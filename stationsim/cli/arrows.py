"""What needs what? The dependency graph as lines for a terminal and as data."""

from attrs import frozen

from stationsim.station.graph import Graph, downstream, upstream


@frozen(kw_only=True)
class Arrows:
    """The same arrows twice: as text and as JSON values."""

    text: str
    data: dict[str, object]


def arrows(graph: Graph) -> Arrows:
    """Return every arrow `input -> node (strength, why)`."""
    edges = _edges(graph, graph.ids)
    nodes = [{"id": node.id, "type": node.type, "name": node.name} for node in graph.nodes]
    lines = [f"{source} -> {target} ({strength}, {why})" for source, target, strength, why in edges]
    data: dict[str, object] = {
        "nodes": nodes,
        "edges": [dict(zip(("source", "target", "strength", "why"), e, strict=True)) for e in edges],
    }
    return Arrows(text="\n".join(lines), data=data)


def neighbourhood(graph: Graph, node: str) -> Arrows:
    """Return what a node needs and what a failure of it would reach.

    Raises:
        ScenarioError: There is no such node.
    """
    above, below = upstream(graph, node), downstream(graph, node)
    record = graph.nodes[graph.index[node]]
    lines = [f"{record.name} ({node}, {record.type})", "needs:"]
    lines += [_line(graph, id_) for id_ in above] or ["  nothing"]
    lines += ["is needed by:"]
    lines += [_line(graph, id_) for id_ in below] or ["  nothing"]
    inputs = [
        dict(zip(("source", "strength", "why"), (s, k, w), strict=True))
        for s, t, k, w in _edges(graph, (node,))
        if t == node
    ]
    return Arrows(
        text="\n".join(lines),
        data={"node": node, "type": record.type, "inputs": inputs, "needs": above, "needed_by": below},
    )


def _line(graph: Graph, id_: str) -> str:
    node = graph.nodes[graph.index[id_]]
    return f"  {id_} ({node.type})"


def _edges(graph: Graph, targets: tuple[str, ...]) -> list[tuple[str, str, str, str]]:
    picture = graph.picture
    return [
        (source, target, str(picture.edges[source, target]["strength"]), str(picture.edges[source, target]["why"]))
        for target in targets
        for source in sorted(picture.predecessors(target))
    ]
