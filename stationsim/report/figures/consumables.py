"""How many days of food and water are there above the reserve? A panel per consumable, before thin and after thick."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import pandas as pd
import plotly.graph_objects as go

from stationsim.impact.consumables import compared, last_d
from stationsim.report.dress import LIGHT, Theme, dressed
from stationsim.report.figures._lanes import Trace, marks, time_axis
from stationsim.report.theme import BLUE, GREY, TEMPLATE, VERMILLION
from stationsim.report.words import Record, Words, amount, integer, label, records

_PANEL_PX, _GAP_PX, _TOP_PX, _FOOT_PX = 150, 40, 80, 46
_MOST_PANELS = 6

Point = tuple[int, float | None]


def consumable_figure(consumables: pd.DataFrame, words: Words, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw the days of margin over the run; the reserve is the line at zero. Those that lose most come first."""
    panels = [one for one in compared(consumables, words.manifest) if _is_used(one)][:_MOST_PANELS]
    drawn = len(panels) * (_PANEL_PX + _GAP_PX) - _GAP_PX
    traces: list[Trace] = []
    shapes: list[dict[str, object]] = []
    notes: list[dict[str, object]] = []
    layout: dict[str, object] = {
        "template": TEMPLATE, "height": max(drawn, 0) + _TOP_PX + _FOOT_PX, "hovermode": "x unified",
        "margin": {"l": 8, "r": 8, "t": _TOP_PX, "b": _FOOT_PX}, "showlegend": True,
        "legend": {"y": 1 + 40 / max(drawn, 1), "traceorder": "reversed"},
    }  # fmt: skip
    for index, one in enumerate(panels):
        axis = "" if index == 0 else str(index + 1)
        mine = records(consumables[consumables["consumable"] == one["consumable"]])
        lines = _traces(mine, float(str(one["reserve_d"])), axis, words)
        traces += lines  # the thin line last, so that it is seen upon the thick one
        top = drawn - index * (_PANEL_PX + _GAP_PX)
        last = index + 1 == len(panels)
        layout["xaxis" + axis] = _time(words, axis, last=last) | {"anchor": "y" + axis}
        layout["yaxis" + axis] = {
            "domain": [(top - _PANEL_PX) / drawn, top / drawn], "anchor": "x" + axis, "range": _range(lines),
            "title": {"text": "d"}, "fixedrange": True,
        }  # fmt: skip
        marked, texts = marks(words, "x" + axis, f"y{axis} domain")
        shapes += [*marked, _reserve_line(axis)]
        notes += [*(texts if index == 0 else []), _reserve_text(one, axis), _title(one, axis)]
    figure = go.Figure({"data": traces, "layout": layout | {"shapes": shapes, "annotations": notes}})
    return dressed(figure, theme)


def _is_used(one: Mapping[str, object]) -> bool:
    return one["nominal_d"] is not None or one["disrupted_d"] is not None


def _time(words: Words, name: str, *, last: bool) -> dict[str, object]:
    """Return a time axis over the whole run; only the lowest has its labels, and all of them move together."""
    axis = time_axis(words, 0, words.manifest.horizon_s) | ({"matches": "x"} if name else {})
    return axis if last else axis | {"showticklabels": False, "title": {"text": ""}}


def _traces(mine: Sequence[Record], reserve_d: float, axis: str, words: Words) -> list[Trace]:
    """Return a line per run through the ends of its spans, broken where nobody is aboard."""
    looks = (("nominal", "before", GREY, 1.5), ("disrupted", "after", BLUE, 3.5))
    found: list[Trace] = []
    for run, name, color, width in reversed(looks):
        points = _points([row for row in mine if row["run"] == run], reserve_d)
        found.append({
            "type": "scatter", "mode": "lines", "name": name, "legendgroup": name, "showlegend": axis == "",
            "line": {"color": color, "width": width}, "xaxis": "x" + axis, "yaxis": "y" + axis,
            "x": [words.axis(t_s) for t_s, _ in points], "y": [None if d is None else round(d, 2) for _, d in points],
            "hovertemplate": f"{name} %{{y:.1f}} d<extra></extra>",
        })  # fmt: skip
    return found


def _points(rows: Sequence[Record], reserve_d: float) -> list[Point]:
    """Return the vertices of a run: both ends of each span, once where they are the same."""
    found: list[Point] = []
    for row in rows:
        for t_s, value in ((row["start_s"], row["margin_d"]), (row["until_s"], last_d(row, reserve_d))):
            found.append((integer(t_s) or 0, None if value is None else float(str(value))))
    return [point for point, _ in groupby(found)]


def _range(lines: Sequence[Trace]) -> list[float]:
    values = [0.0, *(float(str(y)) for line in lines for y in line["y"] if y is not None)]  # type: ignore[attr-defined]
    pad = 0.08 * (max(values) - min(values)) or 1.0
    return [min(values) - pad, max(values) + pad]


def _reserve_line(axis: str) -> dict[str, object]:
    return {
        "type": "line", "xref": f"x{axis} domain", "yref": "y" + axis, "x0": 0, "x1": 1, "y0": 0, "y1": 0,
        "line": {"color": VERMILLION, "width": 1.5, "dash": "dashdot"},
    }  # fmt: skip


def _reserve_text(one: Mapping[str, object], axis: str) -> dict[str, object]:
    return {
        "xref": f"x{axis} domain", "yref": "y" + axis, "x": 1, "xanchor": "right", "y": 0, "yanchor": "bottom",
        "showarrow": False, "text": f"the reserve of {amount(one['reserve_d'])} d begins", "font": {"size": 12},
    }  # fmt: skip


def _title(one: Mapping[str, object], axis: str) -> dict[str, object]:
    return {
        "xref": f"x{axis} domain", "yref": f"y{axis} domain", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom",
        "yshift": 18 if axis == "" else 4, "showarrow": False,
        "text": f"<b>{label(one['name'])}</b>  days above the reserve", "font": {"size": 13},
    }  # fmt: skip
