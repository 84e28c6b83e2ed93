"""How do bars stand in rows on a time axis? Shared by every figure that has one row per thing.

A row's name stands above its bars, at the left edge inside the plot, so that the page needs no wide margin on a phone.
`layout.meta.views` names time ranges that the page offers as buttons; `layout.meta.things` says which row is of what,
and `layout.meta.boxes` which area of a figure without rows, so that the page can mark what was chosen elsewhere. Plotly
uses none of them.
"""

from collections.abc import Iterable, Sequence

import plotly.graph_objects as go
from attrs import frozen

from stationsim.report.theme import CLEAR, GREY, MIST, PAPER, TEMPLATE, VEIL, VERMILLION, Style
from stationsim.report.words import DAY_S, Words, label

Trace = dict[str, object]
View = tuple[str, int, int]
Spot = tuple[int, float, str]
Part = dict[str, object]


_CLOSE_S, _CLOSE_PART = 6 * 3600, 40
"""Incidents nearer to each other than this, or than this part of the run, share one text."""


@frozen(kw_only=True)
class Bar:
    """One bar: row position, time span [s], text inside, text when pointed at, id of what it is of."""

    y: float
    start_s: int
    until_s: int
    text: str = ""
    hover: str = ""
    thing: str = ""


def bars(name: str, items: Sequence[Bar], words: Words, *, style: Style, height: float, **more: object) -> Trace:
    """Return one trace with a horizontal bar per item."""
    marker: dict[str, object] = {"color": style.color, "line": {"color": PAPER, "width": 0.5}}
    if style.pattern:
        ink = "rgba(255,255,255,0.75)" if style.ink == PAPER else "rgba(22,32,43,0.45)"
        ink = GREY if style.color.startswith("rgba") else ink  # the page's own ground shows through, light or dark
        marker["pattern"] = {"shape": style.pattern, "fgcolor": ink, "fillmode": "overlay", "size": 7, "solidity": 0.18}
    trace: Trace = {
        "type": "bar", "orientation": "h", "name": name, "marker": marker, "width": height,
        "base": [words.axis(item.start_s) for item in items],
        "x": [1000 * (item.until_s - item.start_s) for item in items],
        "y": [item.y for item in items],
        "hovertext": [item.hover for item in items], "hovertemplate": "%{hovertext}<extra></extra>",
    }  # fmt: skip
    if any(item.thing for item in items):
        trace["customdata"] = [item.thing for item in items]
    if any(item.text for item in items):
        trace |= {
            "text": [item.text for item in items], "textposition": "inside", "insidetextanchor": "start",
            "textangle": 0, "insidetextfont": {"color": style.ink, "size": 12}, "constraintext": "inside",
        }  # fmt: skip
    return trace | more


def points(name: str, items: Iterable[Spot], words: Words, *, style: Style, **marker: object) -> Trace:
    """Return one trace with a marker per (t_s, y, hover)."""
    line = {"color": style.color, "width": 1}
    listed = list(items)
    return {
        "type": "scatter", "mode": "markers", "name": name,
        "x": [words.axis(t_s) for t_s, _, _ in listed], "y": [y for _, y, _ in listed],
        "hovertext": [hover for _, _, hover in listed], "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"symbol": style.symbol, "color": style.color, "size": 12, "line": line} | marker,
    }  # fmt: skip


def row_names(rows: Iterable[tuple[float, str]]) -> list[dict[str, object]]:
    """Return an annotation per (y, markup) at the left edge inside the plot; the caller has escaped the text."""
    return [
        {"xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "y": y, "yanchor": "bottom", "showarrow": False,
         "align": "left", "text": text, "font": {"size": 13}, "bgcolor": VEIL, "borderpad": 0}
        for y, text in rows
    ]  # fmt: skip


def marks(words: Words, xref: str = "x", yref: str = "paper") -> tuple[list[Part], list[Part]]:
    """Return shapes and annotations that mark the incidents: a line for each, one text for those close together."""
    shapes: list[Part] = []
    for t_s, _ in words.marks:
        at = words.axis(t_s)
        shapes.append({"type": "line", "xref": xref, "yref": yref, "x0": at, "x1": at, "y0": 0, "y1": 1,
                       "line": {"color": VERMILLION, "width": 1.5}, "layer": "below"})  # fmt: skip
    notes: list[Part] = []
    for t_s, text in _mark_texts(words):
        notes.append({"xref": xref, "yref": yref, "x": words.axis(t_s), "y": 1, "yanchor": "bottom", "xanchor": "left",
                      "xshift": -6, "showarrow": False, "font": {"color": VERMILLION, "size": 12},
                      "text": f"▼ {text}"})  # fmt: skip
    return shapes, notes


def _mark_texts(words: Words) -> list[tuple[int, str]]:
    """Return (t_s, text) of the incidents; several whose texts would lie upon each other share one."""
    close_s = max(_CLOSE_S, words.manifest.horizon_s // _CLOSE_PART)
    groups: list[list[tuple[int, str]]] = []
    for mark in words.marks:
        if groups and mark[0] - groups[-1][0][0] < close_s:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    found = []
    for (t_s, name), *others in groups:
        more = f" and {len(others)} more" if others else ""
        found.append((t_s, label(words.incident(name), 44) + more))
    return found


def time_axis(words: Words, lo_s: int, hi_s: int) -> dict[str, object]:
    """Return a date axis from `lo_s` to `hi_s`, labelled UTC."""
    return {
        "type": "date", "range": [words.axis(lo_s), words.axis(hi_s)], "title": {"text": "UTC", "standoff": 4},
        "showgrid": True, "nticks": 9, "tickangle": 0, "minallowed": words.axis(-30 * DAY_S),
        "hoverformat": "%Y-%m-%d %H:%M",
        "tickformatstops": [
            {"dtickrange": [None, 3_600_000], "value": "%H:%M\n%d %b %Y"},
            {"dtickrange": [3_600_000, 43_200_000], "value": "%H:%M\n%d %b %Y"},
            {"dtickrange": [43_200_001, "M1"], "value": "%d %b\n%Y"},
            {"dtickrange": ["M1", None], "value": "%b\n%Y"},
        ],
    }  # fmt: skip


def framed(
    traces: Sequence[Trace],
    words: Words,
    *,
    rows: Sequence[tuple[float, str]],
    bottom: float,
    views: Sequence[View],
    unit_px: float = 56,
    **layout: object,
) -> go.Figure:
    """Return a figure of rows between `bottom` and 0; the first view is what it opens with."""
    shapes, notes = marks(words)
    drawn = max(round(-bottom * unit_px), 40)
    shown = {trace["name"] for trace in traces if trace.get("showlegend", True)}
    top = (28 if len(shown) > 1 else 0) + (28 if notes else 0) + 12
    frame: dict[str, object] = {
        "template": TEMPLATE, "barmode": "overlay", "showlegend": len(shown) > 1, "height": drawn + 46 + top,
        "margin": {"l": 8, "r": 8, "t": top, "b": 46}, "hovermode": "closest",
        "legend": {"y": 1 + (24 if notes else 4) / drawn},
        "xaxis": time_axis(words, views[0][1], views[0][2]),
        "yaxis": {"range": [bottom, 0], "visible": False, "fixedrange": True},
        "shapes": shapes + separators(y for y, _ in rows), "annotations": notes + row_names(rows),
        "uniformtext": {"minsize": 10, "mode": "hide"},
        "meta": {"views": [[title, words.axis(lo), words.axis(hi)] for title, lo, hi in views]},
    }  # fmt: skip
    return go.Figure({"data": list(traces), "layout": frame | layout})


def box(things: Iterable[str], x: tuple[str, object, object], y: tuple[str, object, object]) -> list[object]:
    """Return an entry of `layout.meta.boxes`: what an area is of, and its axes with where it begins and ends."""
    return [list(things), *x, *y]


def of_things(figure: go.Figure, things: Iterable[tuple[float, str]]) -> go.Figure:
    """Say which row of a figure is of what, as (y, id), and return the figure."""
    meta = {**figure.layout.meta, "things": [list(thing) for thing in things]}
    return figure.update_layout(meta=meta)


def separators(ys: Iterable[float]) -> list[dict[str, object]]:
    """Return a thin line above each row name."""
    return [
        {"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": y + 0.42, "y1": y + 0.42,
         "line": {"color": MIST, "width": 1}, "layer": "below"}
        for y in ys
    ]  # fmt: skip


def clipped(start_s: int, until_s: int, lo_s: int, hi_s: int) -> tuple[int, int] | None:
    """Return the part of a span inside a range, or None.

    >>> clipped(0, 10, 5, 20), clipped(0, 4, 5, 20)
    ((5, 10), None)
    """
    lo, hi = max(start_s, lo_s), min(until_s, hi_s)
    return (lo, hi) if hi > lo else None


def around(words: Words, before_s: int, after_s: int) -> tuple[int, int]:
    """Return the time from before the first incident to after the last; the whole run if there is none."""
    horizon_s = words.manifest.horizon_s
    if not words.marks:
        return 0, horizon_s
    return max(0, words.marks[0][0] - before_s), min(horizon_s, words.marks[-1][0] + after_s)


OUTLINE = Style(word="before", color=CLEAR)
BEFORE_LINE = {"color": GREY, "width": 1.5}
