"""How fast does it run out, how warm does it get? One panel per quantity, with its limits."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from stationsim.impact.naming import is_air
from stationsim.report.dress import LIGHT, Theme, dressed
from stationsim.report.figures._lanes import Trace, around, box, marks, time_axis
from stationsim.report.kin import owners
from stationsim.report.theme import BLUE, GREY, TEMPLATE, VERMILLION
from stationsim.report.words import DAY_S, Record, Words, amount, integer, label, records, sentence, unit

_PANEL_PX = 230
_MOST_PANELS = 6

Panel = tuple[str, str]


def physics_figure(curves: pd.DataFrame, words: Words, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw every quantity that takes another course: before dashed, after solid, limits as lines."""
    rows = [row for row in records(curves) if not _is_air(row, words)]
    panels = _panels(rows)
    traces: list[Trace] = []
    height = len(panels) * _PANEL_PX + 80
    layout: dict[str, object] = {
        "template": TEMPLATE, "height": height, "margin": {"l": 8, "r": 8, "t": 70, "b": 46},
        "hovermode": "x unified", "showlegend": any(row["run"] == "nominal" for row in rows),
        "legend": {"y": 1 + 30 / (height - 110)},
    }  # fmt: skip
    shapes: list[dict[str, object]] = []
    notes: list[dict[str, object]] = []
    boxes = []
    for index, panel in enumerate(panels):
        axis = "" if index == 0 else str(index + 1)
        mine = [row for row in rows if (row["subject"], row["quantity"]) == panel]
        lo, hi = _range(mine, words)
        boxes.append(box(owners(words.manifest, panel[0]), (f"x{axis} domain", 0, 1), (f"y{axis} domain", 0, 1)))
        traces += _traces(mine, axis, words, first=index == 0)
        top, bottom = 1 - index / len(panels), 1 - (index + 1) / len(panels)
        domain = [bottom + 78 / height if index + 1 < len(panels) else 0, top - 24 / height]
        layout["xaxis" + axis] = time_axis(words, lo, hi) | {"anchor": "y" + axis}
        limits = [limit for limit in words.manifest.limits if (limit["subject"], limit["quantity"]) == panel]
        layout["yaxis" + axis] = {
            "domain": domain, "anchor": "x" + axis, "range": _values(mine, limits),
            "title": {"text": label(unit(mine[0]["unit"]))},
        }  # fmt: skip
        lines, texts = marks(words, "x" + axis, f"y{axis} domain")
        shapes += lines + [_limit_line(limit, axis) for limit in limits]
        notes += (texts if index == 0 else []) + [_limit_text(limit, axis) for limit in limits]
        notes.append(_title(panel, axis, words))
    layout |= {"shapes": shapes, "annotations": notes, "meta": {"boxes": boxes}}
    return dressed(go.Figure({"data": traces, "layout": layout}), theme)


def _is_air(row: Record, words: Words) -> bool:
    """Is the curve one of a body of air, which has a figure of its own?"""
    return is_air(words.manifest, str(row["subject"]), str(row["quantity"]))


def _panels(rows: Sequence[Record]) -> list[Panel]:
    """Return the (subject, quantity) whose disrupted course has values that the nominal one has not."""
    courses: dict[tuple[object, object, object], list[tuple[int, object]]] = {}
    for row in rows:
        key = row["run"], row["subject"], row["quantity"]
        courses.setdefault(key, []).append((integer(row["t_s"]) or 0, row["value"]))
    found = dict.fromkeys((str(row["subject"]), str(row["quantity"])) for row in rows if row["run"] == "disrupted")
    return [
        panel
        for panel in found
        if _shape(courses[("disrupted", *panel)]) != _shape(courses.get(("nominal", *panel), []))
    ][:_MOST_PANELS]


def _shape(course: list[tuple[int, object]]) -> list[float]:
    """Return the values of a course, whatever its times: one that rests and only begins later has the same."""
    return sorted({round(float(str(value)), 6) for _, value in course})


def _traces(mine: Sequence[Record], axis: str, words: Words, *, first: bool) -> list[Trace]:
    looks = (
        ("nominal", "before", {"color": GREY, "dash": "dash", "width": 2}),
        ("disrupted", "after", {"color": BLUE, "width": 3}),
    )
    found: list[Trace] = []
    for run, name, line in looks:
        curve = sorted((row for row in mine if row["run"] == run), key=lambda row: integer(row["t_s"]) or 0)
        if curve:
            found.append({
                "type": "scatter", "mode": "lines", "name": name, "legendgroup": name, "showlegend": first,
                "line": line,
                "x": [words.axis(row["t_s"]) for row in curve], "y": [row["value"] for row in curve],
                "xaxis": "x" + axis, "yaxis": "y" + axis,
                "hovertemplate": f"{name} %{{y:.4~g}} {label(unit(curve[0]['unit']))}<extra></extra>",
            })  # fmt: skip
    return found


def _range(mine: Sequence[Record], words: Words) -> tuple[int, int]:
    """Return from just before the incident to where the curve has come to rest."""
    curve = sorted((integer(row["t_s"]) or 0, float(str(row["value"]))) for row in mine if row["run"] == "disrupted")
    values = [value for _, value in curve]
    rest = (max(values) - min(values)) / 100
    restless = [t_s for t_s, value in curve if abs(value - values[-1]) > rest]
    first = max(around(words, 0, 0)[0], curve[0][0]) if words.marks else curve[0][0]
    last = max(restless, default=first + DAY_S)
    length = max(last - first, 3600)
    return max(0, first - length // 6), min(last + length // 4, words.manifest.horizon_s)


def _values(mine: Sequence[Record], limits: Sequence[Record]) -> list[float]:
    values = [float(str(row["value"])) for row in [*mine, *limits]]
    pad = 0.1 * (max(values) - min(values)) or 1.0
    return [min(values) - pad, max(values) + pad]


def _limit_line(limit: Record, axis: str) -> dict[str, object]:
    return {
        "type": "line", "xref": f"x{axis} domain", "yref": "y" + axis, "x0": 0, "x1": 1,
        "y0": limit["value"], "y1": limit["value"],
        "line": {"color": VERMILLION, "width": 1.5, "dash": "dashdot"},
    }  # fmt: skip


def _limit_text(limit: Record, axis: str) -> dict[str, object]:
    text = f"{label(limit['text'])}: {amount(limit['value'])} {label(unit(limit['unit']))}"
    return {
        "xref": f"x{axis} domain", "yref": "y" + axis, "x": 1, "xanchor": "right",
        "y": limit["value"], "yanchor": "bottom",
        "showarrow": False, "text": text, "font": {"size": 12},
    }  # fmt: skip


def _title(panel: Panel, axis: str, words: Words) -> dict[str, object]:
    subject, quantity = panel
    return {
        "xref": f"x{axis} domain", "yref": f"y{axis} domain", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom",
        "yshift": 18 if axis == "" else 4, "showarrow": False,
        "text": f"<b>{label(sentence(quantity))}</b>  {label(words.name(subject))}", "font": {"size": 13},
    }  # fmt: skip
