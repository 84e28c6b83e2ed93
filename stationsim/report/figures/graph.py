"""What hangs on what, at one moment? The dependency graph of the page as a figure that stands still.

From left to right: what is needed, then what needs it. A box tells its state by a sign, a word in the legend and a
colour. By default it is the moment at which most of what is true is not nominal.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import plotly.graph_objects as go

from stationsim.report.dress import LIGHT, Theme, dressed
from stationsim.report.network import BOX, EDGE_PX, HIGH, STATES, TRUTH, Network
from stationsim.report.theme import GREY, INK, TEMPLATE, state_style
from stationsim.report.words import Record, integer, label

_TOP_PX, _FOOT_PX, _SIDE_PX = 56, 8, 8
_LEAST_PX = 1200
"""As wide as other figures are where it needs less, so that title and legend have room; boxes keep their size."""
_SIGN_PX = 20
_LETTER_PX, _SMALL_PX = 12, 10
_FEW = 2
"""So many lines of a name have letters of the usual size."""
_STEPS = 8
"""Pieces of which a curve is drawn."""
_DASHES = {"soft": "dot", "some": "dash"}
_NOMINAL = "nominal"
_DRAWN = re.compile(r"([MCL])([^MCL]+)")

Point = tuple[float, float]


def network_figure(
    network: Network, *, moment: int | None = None, view: str = TRUTH, theme: Theme = LIGHT
) -> go.Figure:
    """Draw the graph at one moment, in one view.

    Args:
        network: What `stationsim.report.network.network` found; its sizes are those of the figure [px].
        moment: Number of one of its moments; left out, the one at which most is not nominal.
        view: `truth`, or the control centre whose belief is drawn.
        theme: What it wears.
    """
    at = network.moments[network.worst if moment is None else moment]
    states = {str(node["id"]): _state(node, view, integer(at["t_s"]) or 0) for node in network.nodes}
    traces = [*_edges(network.edges), *_boxes(network.nodes, states), _labels(network.nodes, states)]
    whose = next(text for name, text in network.views if name == view)
    wide, height = max(network.width, _LEAST_PX - 2 * _SIDE_PX), network.height + _TOP_PX + _FOOT_PX
    hidden = {"visible": False, "fixedrange": True}
    figure = go.Figure({
        "data": traces,
        "layout": {
            "template": TEMPLATE, "width": wide + 2 * _SIDE_PX, "height": height, "hovermode": "closest",
            "showlegend": True,
            "margin": {"l": _SIDE_PX, "r": _SIDE_PX, "t": _TOP_PX, "b": _FOOT_PX},
            "xaxis": hidden | {"range": [0, wide]}, "yaxis": hidden | {"range": [network.height, 0]},
            "legend": {
                "title": {"text": f"{label(whose)} at {at['utc']}:  "}, "y": 1 + EDGE_PX / network.height,
                "itemclick": False, "itemdoubleclick": False,
            },
        },
    })  # fmt: skip
    return dressed(figure, theme)


def _state(node: Mapping[str, object], view: str, t_s: int) -> str:
    """Return the health of a node; what was never told of is nominal."""
    told: Mapping[str, Sequence[tuple[int, str, int]]] = node["states"]  # type: ignore[assignment]
    held = [state for since, state, _ in told.get(view, ()) if since <= t_s]
    return held[-1].partition(":")[0] if held else _NOMINAL


def _edges(edges: Sequence[Record]) -> list[dict[str, object]]:
    """Return a trace of lines per strength, and one of arrow heads."""
    traces: list[dict[str, object]] = []
    ends: list[Point] = []
    for strength in dict.fromkeys(str(edge["strength"]) for edge in edges):
        x: list[float | None] = []
        y: list[float | None] = []
        for edge in (edge for edge in edges if edge["strength"] == strength):
            points = _points(str(edge["path"]))
            ends.append(points[-1])
            x += [*(at for at, _ in points), None]
            y += [*(at for _, at in points), None]
        line = {"color": GREY, "width": 1.2, "dash": _DASHES.get(strength, "solid")}
        traces.append({"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, **_SILENT})
    heads = {"symbol": "triangle-right", "size": 9, "color": GREY}
    at = {"x": [x - 4 for x, _ in ends], "y": [y for _, y in ends]}
    return [*traces, {"type": "scatter", "mode": "markers", "marker": heads, **at, **_SILENT}]


_SILENT: dict[str, object] = {"hoverinfo": "skip", "showlegend": False}


def _points(path: str) -> list[Point]:
    """Return points on a path of straight lines and cubic curves, as the page draws it."""
    found: list[Point] = []
    for command, numbers in _DRAWN.findall(path):
        values = [float(number) for number in numbers.split()]
        ends = list(zip(values[::2], values[1::2], strict=True))
        if command == "C":
            start = found[-1]
            found += [_curve((start, *ends), step / _STEPS) for step in range(1, _STEPS + 1)]
        else:
            found += ends
    return found


def _curve(points: Sequence[Point], at: float) -> Point:
    """Return the point of a Bézier curve: halves of halves, as de Casteljau has it.

    >>> _curve([(0, 0), (1, 0), (1, 2), (2, 2)], 0.5)
    (1.0, 1.0)
    """
    while len(points) > 1:
        points = [(a + (c - a) * at, b + (d - b) * at) for (a, b), (c, d) in pairwise(points)]
    return points[0]


def _boxes(nodes: Sequence[Record], states: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the boxes of each state, in the order of the key of the page; every state stands in the legend."""
    traces = []
    for state, sign in STATES.items():
        mine = [node for node in nodes if states[str(node["id"])] == state]
        x: list[float | None] = []
        y: list[float | None] = []
        for node in mine:
            left, top = float(str(node["x"])), float(str(node["y"]))
            x += [left, left + BOX, left + BOX, left, left, None]
            y += [top, top, top + HIGH, top + HIGH, top, None]
        traces.append({
            "type": "scatter", "mode": "lines", "fill": "toself", "x": x or [None], "y": y or [None],
            "fillcolor": state_style(state).color, "line": {"color": INK, "width": 1}, "hoverinfo": "skip",
            "name": f"{sign} {state}".strip(), "showlegend": True,
        })  # fmt: skip
    return traces


def _labels(nodes: Sequence[Record], states: Mapping[str, str]) -> dict[str, object]:
    """Return names and signs; the ink stays dark, since every box is brighter than it."""
    texts, x, y, hovers, sizes = [], [], [], [], []
    for node in nodes:
        left, top = float(str(node["x"])), float(str(node["y"]))
        lines: Sequence[str] = node["lines"]  # type: ignore[assignment]
        state, name = states[str(node["id"])], label(node["name"])
        hover = f"<b>{name}</b> ({label(node['type'])})<br>{state}"
        texts += ["<br>".join(label(line) for line in lines), f"<b>{STATES[state]}</b>"]
        x += [left + (BOX - _SIGN_PX) / 2, left + BOX - _SIGN_PX / 2]
        y += [top + HIGH / 2] * 2
        hovers += [hover] * 2
        sizes += [_LETTER_PX if len(lines) <= _FEW else _SMALL_PX, _LETTER_PX]
    return {
        "type": "scatter", "mode": "text", "x": x, "y": y, "text": texts, "hovertext": hovers, "hoverinfo": "text",
        "textfont": {"size": sizes, "color": INK}, "textposition": "middle center", "showlegend": False,
    }  # fmt: skip
