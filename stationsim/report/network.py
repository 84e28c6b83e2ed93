"""What depends on what, and how did failure go through it? The part of the dependency graph that the run moved.

Drawn are the nodes whose health changed or is believed to have, what they need, what needs them, and the people whose
seat hangs on them. The page colours it for one moment and one view; a change of state names the event behind it.
"""

from collections.abc import Iterable, Sequence

import networkx as nx
from attrs import field, frozen

from stationsim.impact.impact import Impact
from stationsim.log.kinds import Kind
from stationsim.report.layers import Edge, Layout, layered
from stationsim.report.theme import LEVELS
from stationsim.report.told import Told
from stationsim.report.words import Record, Words, clean, integer, records

MOST_NODES = 60
"""So many boxes are drawn at most, of 2 kB each with its arrows; the scenarios of the package need 32 or fewer."""
MOST_MOMENTS = 300
BOX, GAP, ROW, HIGH, EDGE_PX = 186, 44, 52, 42, 12
"""Width of a node, room between layers, between rows, height of a node, margin [px]."""
_LINE, _LINES = 23, 3
TRUTH = "truth"
_NOMINAL = "nominal"
_SEAT = "seat:"
STATES = {"nominal": "", "degraded": "≈", "unknown": "?", "failed": "✕"}
_LEVEL_STATES = ("nominal", "degraded", "degraded", "unknown", "failed")


@frozen(kw_only=True)
class Network:
    """The drawn part of the graph: nodes, edges, size [px], moments and what the page needs to colour it.

    `left_out` nodes are neither moved nor beside what moved, `cut` ones belong to it and have no room.
    """

    nodes: list[dict[str, object]] = field(repr=False)
    edges: list[dict[str, object]] = field(repr=False)
    width: int
    height: int
    views: list[tuple[str, str]]
    moments: list[dict[str, object]] = field(repr=False)
    left_out: int
    cut: int = 0

    @property
    def worst(self) -> int:
        """Return the first moment at which most of what is true is not nominal."""
        counts = [sum(_truly(node, int(str(moment["t_s"]))) for node in self.nodes) for moment in self.moments]
        return counts.index(max(counts))

    @property
    def data(self) -> dict[str, object]:
        """Return the states over time, as plain values for the script of the page."""
        return {
            "moments": [moment["t_s"] for moment in self.moments],
            "states": {str(node["id"]): node["states"] for node in self.nodes},
        }


def network(impact: Impact, words: Words, told: Told) -> Network | None:
    """Return the part of the graph that the disrupted run moved; None where nothing moved."""
    graph = impact.manifest.graph
    types = {str(node["id"]): str(node.get("type", "")) for node in graph.get("nodes", [])}
    edges: list[Edge] = [(str(e["source"]), str(e["target"])) for e in graph.get("edges", [])]
    strengths = {(str(e["source"]), str(e["target"])): str(e.get("strength", "")) for e in graph.get("edges", [])}
    states = _states(impact, told, types)
    core = [node for node in types if node in states or node in _struck(impact)]
    if not core:
        return None
    seats = _seats(impact, told, set(core))
    near = [node for node in _near(core, edges) if node in types]
    room = max(0, MOST_NODES - len(core) - len(seats))
    shown = [*core[:MOST_NODES], *near[:room], *seats]
    known = set(shown)
    held = _reduced([edge for edge in edges if edge[0] in known and edge[1] in known])
    held += [(capability, seat) for seat, (capability, _) in seats.items() if capability in known]
    states |= {seat: {TRUTH: spans} for seat, (_, spans) in seats.items()}
    layout = layered(shown, held)
    views = [TRUTH, *sorted({view for of in states.values() for view in of} - {TRUTH})]
    return Network(
        nodes=[_node(node, layout, states.get(node, {}), types, words) for node in shown],
        edges=[_edge(edge, layout, strengths.get(edge, "seat"), words) for edge in held],
        width=_x(max((at for at, _ in layout.places.values()), default=0)) + BOX + EDGE_PX,
        height=_y(max((y for y in _rows(layout)), default=0.0)) + HIGH + EDGE_PX,
        views=[(view, "What is true" if view == TRUTH else f"What {words.name(view)} holds true") for view in views],
        moments=_moments(states, words, told),
        left_out=len(types) - len(core) - len(near),
        cut=len(core) + len(near) + len(seats) - len(shown),
    )


def _truly(node: dict[str, object], t_s: int) -> bool:
    """Is a node not nominal in truth?"""
    states: dict[str, list[tuple[int, str, int]]] = node["states"]  # type: ignore[assignment]
    held = [state for since, state, _ in states.get(TRUTH, []) if since <= t_s]
    return bool(held) and not held[-1].startswith(_NOMINAL)


def _struck(impact: Impact) -> set[str]:
    return {str(incident["node"]) for incident in impact.manifest.incidents if not incident.get("background")}


def _states(impact: Impact, told: Told, types: dict[str, str]) -> dict[str, dict[str, list[tuple[int, str, int]]]]:
    """Return node -> view -> (since, health, event or -1), of nodes that are ever otherwise than nominal."""
    behind = {
        (str(row["subject"]), str(row["view"]), integer(row["t_s"])): seq
        for seq, row in told.events.items()
        if row["kind"] == Kind.HEALTH_CHANGED
    }
    found: dict[str, dict[str, list[tuple[int, str, int]]]] = {}
    table = impact.beliefs[(impact.beliefs["run"] == "disrupted") & (impact.beliefs["what"] == "health")]
    for row in records(table):
        node, view, start_s = str(row["subject"]), str(row["view"]), integer(row["start_s"]) or 0
        if node in types:
            spans = found.setdefault(node, {}).setdefault(view, [])
            spans.append((start_s, str(row["value"]), behind.get((node, view, start_s), -1)))
    return {
        node: of
        for node, of in found.items()
        if any(health != _NOMINAL for spans in of.values() for _, health, _ in spans)
    }


def _seats(impact: Impact, told: Told, core: set[str]) -> dict[str, tuple[str, list[tuple[int, str, int]]]]:
    """Return seat -> (capability it hangs on, classes over time), of people whose seat gets worse."""
    seated = {
        (str(row["subject"]), integer(row["t_s"])): seq
        for seq, row in told.events.items()
        if row["kind"] == Kind.SEATED
    }
    found: dict[str, tuple[str, list[tuple[int, str, int]]]] = {}
    cover = records(impact.cover[impact.cover["run"] == "disrupted"])
    for person in dict.fromkeys(str(row["person"]) for row in cover):
        mine = [row for row in cover if row["person"] == person]
        ships = [f"{row['ship']}/crewed-return" for row in mine if row["ship"] is not None]
        on = next((capability for capability in ships if capability in core), None)
        if on is not None and any(integer(row["level"]) for row in mine):
            found[_SEAT + person] = (
                on,
                [_class(row, seated.get((person, integer(row["start_s"])), -1)) for row in mine],
            )
    return found


def _class(row: Record, seq: int) -> tuple[int, str, int]:
    level = min(integer(row["level"]) or 0, len(LEVELS) - 1)
    return integer(row["start_s"]) or 0, f"{_LEVEL_STATES[level]}: {LEVELS[level].word}", seq


def _near(core: Sequence[str], edges: Iterable[Edge]) -> list[str]:
    inside = set(core)
    found: dict[str, None] = {}
    pairs = list(edges)
    for source, target in pairs:  # what needs a moved node comes first
        if source in inside and target not in inside:
            found[target] = None
    for source, target in pairs:
        if target in inside and source not in inside:
            found[source] = None
    return list(found)


def _reduced(edges: list[Edge]) -> list[Edge]:
    """Return the edges without those that a longer way says already."""
    kept = set(nx.transitive_reduction(nx.DiGraph(edges)).edges)
    return [edge for edge in dict.fromkeys(edges) if edge in kept]


def _rows(layout: Layout) -> list[float]:
    return [y for route in layout.routes.values() for _, y in route] + [y for _, y in layout.places.values()]


def _x(layer: int) -> int:
    return EDGE_PX + layer * (BOX + GAP)


def _y(row: float) -> int:
    return round(EDGE_PX + row * ROW)


def _node(
    node: str, layout: Layout, states: dict[str, list[tuple[int, str, int]]], types: dict[str, str], words: Words
) -> dict[str, object]:
    at, row = layout.places[node]
    person = node.removeprefix(_SEAT)
    name = f"Seat of {words.name(person)}" if node.startswith(_SEAT) else words.name(node)
    lines = _wrapped(name)
    edges = [edge for edge in layout.routes if node in edge]
    return {
        "id": node, "thing": person, "name": name, "lines": lines, "x": _x(at), "y": _y(row),
        "type": clean(types.get(node, "seat").replace("-", " ")), "states": states,
        "needs": ", ".join(_said(a, words) for a, b in edges if b == node),
        "serves": ", ".join(_said(b, words) for a, b in edges if a == node),
    }  # fmt: skip


def _said(node: str, words: Words) -> str:
    person = node.removeprefix(_SEAT)
    return f"seat of {words.name(person)}" if node.startswith(_SEAT) else words.name(node)


def _wrapped(name: str) -> list[str]:
    """Return a name on at most three lines."""
    lines: list[str] = []
    rest = name
    while rest and len(lines) < _LINES:
        cut = len(rest) if len(rest) <= _LINE else rest.rfind(" ", 0, _LINE + 1)
        cut = cut if cut > 0 else _LINE
        lines.append(rest[:cut])
        rest = rest[cut:].strip()
    return [*lines[:-1], lines[-1][: _LINE - 1] + "…"] if rest else lines


def _edge(edge: Edge, layout: Layout, strength: str, words: Words) -> dict[str, object]:
    """Return a smooth path from the right side of a node to the left side of the next."""
    route = layout.routes[edge]
    x, y = _x(route[0][0]) + BOX, _y(route[0][1]) + HIGH // 2
    path = [f"M{x} {y}"]
    for index, (at, row) in enumerate(route[1:], 1):
        to_x, to_y = _x(at), _y(row) + HIGH // 2
        middle = (x + to_x) // 2
        path.append(f"C{middle} {y} {middle} {to_y} {to_x} {to_y}")
        x, y = to_x, to_y
        if index < len(route) - 1:
            x += BOX
            path.append(f"L{x} {y}")
    text = {"hard": "needs", "soft": "works better with", "some": "needs some of"}.get(strength, "hangs on")
    return {
        "source": edge[0], "target": edge[1], "path": "".join(path),
        "head": f"M{x - 9} {y - 4}L{x} {y}L{x - 9} {y + 4}z",
        "strength": strength,
        "text": f"{_said(edge[1], words)} {text} {_said(edge[0], words)}",
    }  # fmt: skip


def _moments(
    states: dict[str, dict[str, list[tuple[int, str, int]]]], words: Words, told: Told
) -> list[dict[str, object]]:
    """Return the moments at which a state changes, each with the events in words."""
    behind: dict[int, dict[int, None]] = {0: {}}
    for of in states.values():
        for spans in of.values():
            for since, _, seq in spans:
                known = behind.setdefault(since, {})
                if seq >= 0 and since:
                    known[seq] = None
    return [
        {
            "t_s": t_s,
            "utc": f"{words.clock(t_s)} UTC",
            "events": [(seq, told.line(seq)) for seq in sorted(behind[t_s])],
        }
        for t_s in sorted(behind)[:MOST_MOMENTS]
    ]


def why_lines(told: Told, shown: Network) -> dict[str, list[object]]:
    """Return event -> [UTC, words, causes] of every event that changed a drawn state, and of all that led to it."""
    open_ = [seq for node in shown.nodes for spans in node["states"].values() for _, _, seq in spans]  # type: ignore[attr-defined]
    found: dict[str, list[object]] = {}
    while open_:
        seq = open_.pop()
        if seq >= 0 and str(seq) not in found and seq in told.events:
            found[str(seq)] = [told.utc(seq), told.line(seq), told.above[seq]]
            open_.extend(told.above[seq])
    return found
