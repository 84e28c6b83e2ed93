"""How deep does the station fall, and when is it back? One panel per capability: before, after, and what is missing."""

from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from stationsim.impact.resilience import CAPABILITIES, SHARE
from stationsim.report.dress import LIGHT, Theme, dressed
from stationsim.report.figures._lanes import Trace, marks, time_axis
from stationsim.report.theme import BLUE, GREY, TEMPLATE
from stationsim.report.words import Record, Words, integer, records, sentence, unit

_PANEL_PX, _HEAD_PX, _FOOT_PX, _GAP_PX = 130, 70, 56, 34
_MISSING = "rgba(213,94,0,0.28)"


def resilience_figure(capabilities: pd.DataFrame, words: Words, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw what the station can do over time: before dashed, after solid, and what is missing between them filled."""
    rows = records(capabilities)
    names = list(dict.fromkeys(str(row["capability"]) for row in rows))
    inner = max(len(names) * (_PANEL_PX + _GAP_PX) - _GAP_PX, 1)
    layout: dict[str, object] = {
        "template": TEMPLATE, "height": inner + _HEAD_PX + _FOOT_PX, "hovermode": "x unified",
        "margin": {"l": 8, "r": 8, "t": _HEAD_PX, "b": _FOOT_PX}, "legend": {"y": 1 + 30 / inner},
    }  # fmt: skip
    traces: list[Trace] = []
    shapes: list[dict[str, object]] = []
    notes: list[dict[str, object]] = []
    for index, name in enumerate(names):
        axis = "" if index == 0 else str(index + 1)
        top = 1 - index * (_PANEL_PX + _GAP_PX) / inner
        mine = [row for row in rows if row["capability"] == name]
        traces += _traces(mine, axis, words, is_first=index == 0)
        is_last = index + 1 == len(names)
        layout["xaxis" + axis] = time_axis(words, 0, words.manifest.horizon_s) | {
            "anchor": "y" + axis, "showticklabels": is_last, "title": {"text": "UTC" if is_last else "", "standoff": 4},
            **({"matches": "x"} if axis else {}),
        }  # fmt: skip
        layout["yaxis" + axis] = {
            "domain": [top - _PANEL_PX / inner, top], "anchor": "x" + axis, "rangemode": "tozero",
            "nticks": 5,
            "title": {"text": "" if CAPABILITIES[name][0] == SHARE else unit(CAPABILITIES[name][0])},
            "tickformat": ".0%" if CAPABILITIES[name][0] == SHARE else "",
        }  # fmt: skip
        lines, texts = marks(words, "x" + axis, f"y{axis} domain")
        shapes += lines
        notes += texts if index == 0 else []
        notes.append(_title(name, axis, is_first=index == 0))
    return dressed(go.Figure({"data": traces, "layout": layout | {"shapes": shapes, "annotations": notes}}), theme)


def _traces(mine: list[Record], axis: str, words: Words, *, is_first: bool) -> list[Trace]:
    """Return the line before, the line after, and the area from the line after up to what is missing."""
    runs = {run: [row for row in mine if row["run"] == run] for run in ("nominal", "disrupted")}
    after, best = _corners(runs["disrupted"]), _corners(_greater(runs["nominal"], runs["disrupted"]))
    shared: Trace = {"type": "scatter", "mode": "lines", "xaxis": "x" + axis, "yaxis": "y" + axis}
    looks: tuple[tuple[str, list[tuple[int, float]], Trace], ...] = (
        ("after", after, {"line": {"color": BLUE, "width": 3, "shape": "hv"}}),
        ("missing", best, {"line": {"width": 0, "shape": "hv"}, "fill": "tonexty", "fillcolor": _MISSING,
                           "hoverinfo": "skip"}),
        ("before", _corners(runs["nominal"]), {"line": {"color": GREY, "dash": "dash", "width": 2, "shape": "hv"}}),
    )  # fmt: skip
    return [
        shared
        | {"name": name, "legendgroup": name, "showlegend": is_first}
        | {"x": [words.axis(at_s) for at_s, _ in line], "y": [value for _, value in line]}
        | ({} if name == "missing" else {"hovertemplate": f"{name} %{{y}}<extra></extra>"})
        | look
        for name, line, look in looks
    ]


def _greater(nominal: list[Record], disrupted: list[Record]) -> list[Record]:
    """Return spans of the greater of both runs."""
    edges = sorted({integer(row[edge]) or 0 for row in (*nominal, *disrupted) for edge in ("start_s", "until_s")})
    found: list[Record] = []
    for lo_s, hi_s in pairwise(edges):
        value = max(_at(nominal, lo_s), _at(disrupted, lo_s))
        if found and found[-1]["value"] == value:
            found[-1] = found[-1] | {"until_s": hi_s}
        else:
            found.append({"start_s": lo_s, "until_s": hi_s, "value": value})
    return found


def _at(rows: list[Record], at_s: int) -> float:
    spans = ((integer(row["start_s"]) or 0, integer(row["until_s"]) or 0, row["value"]) for row in rows)
    return next((float(str(value)) for lo_s, hi_s, value in spans if lo_s <= at_s < hi_s), 0.0)


def _corners(rows: list[Record]) -> list[tuple[int, float]]:
    """Return where each span begins, and the end of the last one."""
    found = [(integer(row["start_s"]) or 0, round(float(str(row["value"])), 3)) for row in rows]
    return [*found, (integer(rows[-1]["until_s"]) or 0, found[-1][1])] if rows else []


def _title(name: str, axis: str, *, is_first: bool) -> dict[str, object]:
    return {
        "xref": f"x{axis} domain", "yref": f"y{axis} domain", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom",
        "yshift": 14 if is_first else 4, "showarrow": False, "text": f"<b>{sentence(CAPABILITIES[name][1])}</b>",
        "font": {"size": 13},
    }  # fmt: skip
