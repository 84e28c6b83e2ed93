"""Where does each node of a graph stand? Layers from left to right, few crossings, short edges; repeatable.

Edges that skip a layer pass through it in a place of their own, so that no edge crosses a node.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from attrs import field, frozen

_SWEEPS = 12
_ROUNDS = 8
_PASSING = 0.35

Edge = tuple[str, str]
_Knot = str | tuple[str, str, int]


@frozen(kw_only=True)
class Layout:
    """Places of nodes (layer, row; those of a layer are 1 apart or more) and those through which each edge passes."""

    places: dict[str, tuple[int, float]] = field(repr=False)
    routes: dict[Edge, tuple[tuple[int, float], ...]] = field(repr=False)


def layered(nodes: Sequence[str], edges: Sequence[Edge]) -> Layout:
    """Return a layout of a graph without circles.

    >>> layered(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")]).places["c"][0]
    2
    """
    layer = _layers(nodes, edges)
    rows: list[list[_Knot]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for node in nodes:
        rows[layer[node]].append(node)
    paths: dict[Edge, list[_Knot]] = {}
    for source, target in edges:
        between: list[_Knot] = [(source, target, at) for at in range(layer[source] + 1, layer[target])]
        for at, knot in zip(range(layer[source] + 1, layer[target]), between, strict=True):
            rows[at].append(knot)
        paths[source, target] = [source, *between, target]
    links = [(a, b) for path in paths.values() for a, b in pairwise(path)]
    before: dict[_Knot, list[_Knot]] = {knot: [] for row in rows for knot in row}
    after: dict[_Knot, list[_Knot]] = {knot: [] for row in rows for knot in row}
    for a, b in links:
        before[b].append(a)
        after[a].append(b)
    y = _placed(_ordered(rows, before, after), before, after)
    level = {knot: at for at, row in enumerate(rows) for knot in row}
    return Layout(
        places={node: (layer[node], y[node]) for node in nodes},
        routes={edge: tuple((level[knot], y[knot]) for knot in path) for edge, path in paths.items()},
    )


def _layers(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """Put each node behind its inputs, and what has no inputs right before what needs it first."""
    layer = dict.fromkeys(nodes, 0)
    for _ in nodes:
        moved = False
        for source, target in edges:
            if layer[target] <= layer[source]:
                layer[target], moved = layer[source] + 1, True
        if not moved:
            break
    else:
        if edges:
            raise ValueError("the graph has a circle")
    has_input = {target for _, target in edges}
    for node in nodes:
        needed = [layer[target] for source, target in edges if source == node]
        if node not in has_input and needed:
            layer[node] = min(needed) - 1
    return layer


def _ordered(
    rows: list[list[_Knot]], before: dict[_Knot, list[_Knot]], after: dict[_Knot, list[_Knot]]
) -> list[list[_Knot]]:
    """Return the rows in the best order that sweeps by medians find."""
    best, least = [list(row) for row in rows], _crossings(rows, after)
    now = [list(row) for row in rows]
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for at in range(1, len(now)) if down else range(len(now) - 2, -1, -1):
            fixed = {knot: index for index, knot in enumerate(now[at - 1 if down else at + 1])}
            side = before if down else after
            here = {knot: index for index, knot in enumerate(now[at])}
            wish = {
                knot: median([fixed[other] for other in side[knot]]) if side[knot] else float(here[knot])
                for knot in now[at]
            }
            now[at].sort(key=lambda knot, wish=wish, here=here: (wish[knot], here[knot]))  # type: ignore[misc]
        found = _crossings(now, after)
        if found < least:
            best, least = [list(row) for row in now], found
    return best


def _crossings(rows: list[list[_Knot]], after: dict[_Knot, list[_Knot]]) -> int:
    total = 0
    for row, lower in pairwise(rows):
        at = {knot: index for index, knot in enumerate(lower)}
        ends = [index for knot in row for index in sorted(at[other] for other in after[knot])]
        total += sum(a > b for index, a in enumerate(ends) for b in ends[index + 1 :])
    return total


def _placed(
    rows: list[list[_Knot]], before: dict[_Knot, list[_Knot]], after: dict[_Knot, list[_Knot]]
) -> dict[_Knot, float]:
    """Draw each knot towards its neighbours; the order stays, and rows stay 1 apart."""
    y: dict[_Knot, float] = {knot: index - (len(row) - 1) / 2 for row in rows for index, knot in enumerate(row)}
    for turn in range(_ROUNDS):
        for row in rows if turn % 2 == 0 else reversed(rows):
            wish = [_mean([y[other] for other in (*before[knot], *after[knot])], y[knot]) for knot in row]
            y.update(zip(row, _apart(wish, [_size(knot) for knot in row]), strict=True))
    top = min(y.values(), default=0.0)
    return {knot: round(place - top, 3) for knot, place in y.items()}


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _size(knot: _Knot) -> float:
    """Return the room of a knot in its row; an edge that passes through needs less than a node."""
    return 1.0 if isinstance(knot, str) else _PASSING


def _apart(wish: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Return the places nearest to the wishes, in the same order and with room for each size.

    >>> _apart([0, 0, 5], [1, 1, 1])
    [-0.5, 0.5, 5.0]
    """
    steps = [(a + b) / 2 for a, b in pairwise(sizes)]
    offsets = [sum(steps[:index]) for index in range(len(wish))]
    pools: list[tuple[float, int]] = []
    for value, offset in zip(wish, offsets, strict=True):
        pools.append((value - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, n), (b, m) = pools[-2:]
            pools[-2:] = [((a * n + b * m) / (n + m), n + m)]
    flat = [mean for mean, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(flat, offsets, strict=True)]
