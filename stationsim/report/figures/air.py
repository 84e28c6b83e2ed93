"""How long does the air last? Pressure and reserve time of every body of air, on one time axis.

A body of air is what openly connected compartments share. While a hatch is shut there are several: the one that falls
is the one that leaks.
"""

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from stationsim.impact.naming import CABIN, is_air
from stationsim.report.dress import LIGHT, Theme, dressed
from stationsim.report.figures._lanes import Trace, View, box, marks, time_axis
from stationsim.report.theme import BLUE, GREEN, TEMPLATE, VERMILLION, Style
from stationsim.report.words import DAY_S, Record, Words, amount, integer, label, records, sentence, unit
from stationsim.units import format_duration

_PANEL_PX = {"pressure": 300, "reserve_time": 210}
_TITLES = {"pressure": "Pressure", "reserve_time": "Reserve time"}
_FAR = 4.0
"""A limit that would make the axis so many times as long is named, not drawn."""
_SHORT_H, _LONG_H = 2, 72
_SHARE = 4
"""A view of its own for what lasts less than this part of the time of change."""

_ROUNDS_KPA = 1e-6

CABIN_STYLE = Style(word="cabin air", color=BLUE)
FALLS = Style(word="parted off, falls", color=VERMILLION)
HOLDS = Style(word="parted off, holds", color=GREEN)
_DASH = {"cabin air": "solid", FALLS.word: "dot", HOLDS.word: "dash"}


def air_rows(curves: pd.DataFrame, words: Words) -> list[Record]:
    """Return the rows of table `curves` that are about cabin air after the incident."""
    found = records(curves[(curves["run"] == "disrupted") & curves["quantity"].isin(_TITLES)])
    return [row for row in found if is_air(words.manifest, str(row["subject"]), str(row["quantity"]))]


def _range(rows: Sequence[Record], words: Words) -> tuple[int, int]:
    """Return from just before the first hole to where the pressures have come to rest [s]."""
    times = [integer(row["t_s"]) or 0 for row in rows]
    first, last = min(times), min(times)
    for subject in dict.fromkeys(row["subject"] for row in rows):
        curve = _course(rows, "pressure", subject)
        values = [value for _, value in curve if value is not None]
        rest = max((max(values) - min(values)) / 100, 0.02) if values else 0.0
        ends = [t_s for (t_s, value), (_, after) in pairwise(curve) if _moves(value, after, rest)]
        last = max([last, *ends])
    length = max(last - first, 3600)
    return max(0, first - length // 6), min(words.manifest.horizon_s, last + length // 5)


def _moves(value: float | None, after: float | None, rest: float) -> bool:
    return value is not None and after is not None and abs(value - after) > rest / 48


def alarms(events: pd.DataFrame) -> list[Record]:
    """Return the pressures at which the air set off an alarm, as limits like those of the manifest."""
    crossed = events[(events["run"] == "disrupted") & (events["kind"] == "crossed") & (events["text"] == "alarm")]
    found = (row for row in records(crossed[crossed["unit"] == "kPa"]) if row["object"] is None)
    values = dict.fromkeys(round(float(str(row["value"])), 3) for row in found)
    return [{"subject": CABIN, "quantity": "pressure", "value": v, "unit": "kPa", "text": "alarm"} for v in values]


def air_figure(curves: pd.DataFrame, words: Words, more: Sequence[Record] = (), *, theme: Theme = LIGHT) -> go.Figure:
    """Draw the pressure of every body of air, and below it the reserve time where it is limited.

    Args:
        curves: Table `curves`.
        words: Names and times.
        more: Limits beside those of the manifest, `alarms` for instance.
        theme: `light`, `dark`, the name of a template of Plotly, or a template.
    """
    rows = air_rows(curves, words)
    known = [*words.manifest.limits, *more]
    panels = [name for name in _TITLES if any(row["quantity"] == name and row["value"] is not None for row in rows)]
    if not panels:
        return go.Figure()
    lo, hi = _range(rows, words)
    views = air_views(rows, words)
    drawn = sum(_PANEL_PX[name] for name in panels)
    layout: dict[str, object] = {
        "template": TEMPLATE, "height": drawn + 124, "margin": {"l": 8, "r": 8, "t": 78, "b": 46},
        "hovermode": "closest", "showlegend": True, "legend": {"y": 1 + 44 / drawn},
        "xaxis": time_axis(words, *views[0][1:]) | {"anchor": "y" + str(len(panels)) if len(panels) > 1 else "y"},
        "meta": {"views": [[title, words.axis(first), words.axis(last)] for title, first, last in views]},
    }  # fmt: skip
    shapes, notes = marks(words)
    notes = [note | {"yshift": 18} for note in notes]
    traces: list[Trace] = []
    boxes: list[list[object]] = []
    top = 1.0
    for index, name in enumerate(panels):
        axis = "" if index == 0 else str(index + 1)
        bottom = top - _PANEL_PX[name] / drawn
        mine = _readable([row for row in rows if row["quantity"] == name])
        limits = [x for x in known if (x["subject"], x["quantity"]) == (CABIN, name)]
        near, span = _scale(mine, limits, lo, hi)
        layout["yaxis" + axis] = {
            "domain": [bottom + (34 / drawn if index + 1 < len(panels) else 0), top - 26 / drawn],
            "range": span, "title": {"text": label(unit(mine[0]["unit"]))}, "fixedrange": True,
        }  # fmt: skip
        traces += _traces(mine, rows, axis, words)
        boxes += _boxes(mine, "y" + axis, words)
        shapes += [_line(limit, axis) for limit in near]
        notes += [_note(limit, axis, is_near=limit in near) for limit in limits] + [_title(name, axis)]
        top = bottom
    figure = go.Figure({"data": traces, "layout": layout | {"shapes": shapes, "annotations": notes}})
    figure.update_layout(meta={**figure.layout.meta, "boxes": boxes})
    return dressed(figure, theme)


def _boxes(mine: Sequence[Record], axis: str, words: Words) -> list[list[object]]:
    """Return the area of each body that is parted off, of the compartments that it is made of."""
    found = []
    for subject in dict.fromkeys(str(row["subject"]) for row in mine if row["subject"] != CABIN):
        curve = [row for row in mine if row["subject"] == subject and row["value"] is not None]
        times = [integer(row["t_s"]) or 0 for row in curve]
        values = [float(str(row["value"])) for row in curve]
        if curve:
            x = ("x", words.axis(min(times)), words.axis(max(times)))
            found.append(box(subject.split(","), x, (axis, min(values), max(values))))
    return found


def _readable(mine: list[Record]) -> list[Record]:
    """Return reserve times in a unit that people read, and where they have run out only the moment."""
    if mine[0]["unit"] != "h":
        return mine
    longest = max(float(str(row["value"])) for row in mine if row["value"] is not None)
    name, factor = ("min", 60.0) if longest <= _SHORT_H else ("d", 1 / 24) if longest > _LONG_H else ("h", 1.0)
    found: list[Record] = []
    for row in mine:
        value = None if row["value"] is None else factor * float(str(row["value"]))
        if not found or (found[-1]["subject"], found[-1]["value"], value) != (row["subject"], 0.0, 0.0):
            found.append(row | {"unit": name, "value": value})
    return found


def style_of(subject: str, rows: Sequence[Record]) -> Style:
    """Return how a body is drawn: the cabin's air, one that falls, or one that holds its pressure."""
    if subject == CABIN:
        return CABIN_STYLE
    values = [value for _, value in _course(rows, "pressure", subject) if value is not None]
    return FALLS if values and min(values) < values[0] - 1e-9 else HOLDS


def _course(rows: Sequence[Record], quantity: str, subject: object) -> list[tuple[int, float | None]]:
    mine = (row for row in rows if row["quantity"] == quantity and row["subject"] == subject)
    return [(integer(r["t_s"]) or 0, None if r["value"] is None else float(str(r["value"]))) for r in mine]


def air_views(rows: Sequence[Record], words: Words) -> list[View]:
    """Return the time ranges of the figure, the one it opens with first."""
    lo, hi = _range(rows, words)
    spans: list[View] = [("While it changes", lo, hi), ("Whole run", max(0, lo - DAY_S), words.manifest.horizon_s)]
    parted = [integer(row["t_s"]) or 0 for row in rows if row["subject"] != CABIN and row["value"] is not None]
    if parted and max(parted) < hi and max(parted) - min(parted) < (hi - lo) / _SHARE:
        pad = max((max(parted) - min(parted)) // 6, 300)
        spans.insert(1, ("Shut hatches", min(parted) - pad, max(parted) + pad))
    limit_s = _limit_s(rows, words)
    if limit_s is not None and limit_s < (hi - lo) / _SHARE:
        first = min(integer(row["t_s"]) or 0 for row in rows)
        return [("Until the limit", max(0, first - limit_s // 6), first + limit_s + limit_s // 2), *spans]
    fallen_s = _fallen_s(rows)
    if fallen_s is not None and fallen_s < (hi - lo) / _SHARE:
        first = min(integer(row["t_s"]) or 0 for row in rows)
        spans.insert(0, ("While it falls", max(0, first - fallen_s // 6), first + fallen_s + fallen_s // 4))
    return spans


def _limit_s(rows: Sequence[Record], words: Words) -> int | None:
    """Return the time until the cabin's air reaches the pressure limit [s]; None if it never does."""
    limits = [x["value"] for x in words.manifest.limits if (x["subject"], x["quantity"]) == (CABIN, "pressure")]
    curve = [(t_s, value) for t_s, value in _course(rows, "pressure", CABIN) if value is not None]
    low = [t_s for t_s, value in curve if limits and value <= float(str(limits[0])) + _ROUNDS_KPA]
    return low[0] - curve[0][0] if low else None


def _fallen_s(rows: Sequence[Record]) -> int | None:
    """Return the time in which the cabin's air loses nearly all that it loses [s]."""
    curve = [(t_s, value) for t_s, value in _course(rows, "pressure", CABIN) if value is not None]
    if not curve:
        return None
    values = [value for _, value in curve]
    low = min(values) + (values[0] - min(values)) / 100
    return next(t_s for t_s, value in curve if value <= low) - curve[0][0]


def _traces(mine: Sequence[Record], rows: Sequence[Record], axis: str, words: Words) -> list[Trace]:
    """Return a trace per look, in which bodies stand one after another with gaps between them."""
    looks: dict[str, tuple[Style, list[Record | None]]] = {}
    for subject in dict.fromkeys(str(row["subject"]) for row in mine):
        style = style_of(subject, rows)
        bodies = looks.setdefault(style.word, (style, []))[1]
        bodies += [*(row for row in mine if row["subject"] == subject), None]
    return [
        {
            "type": "scatter", "mode": "lines", "name": word, "legendgroup": word, "showlegend": axis == "",
            "line": {"color": style.color, "width": 3, "dash": _DASH[word]}, "connectgaps": False,
            "x": [None if row is None else words.axis(row["t_s"]) for row in bodies],
            "y": [None if row is None else row["value"] for row in bodies],
            "hovertext": ["" if row is None else _hover(row, words) for row in bodies],
            "hovertemplate": "%{hovertext}<extra></extra>", "xaxis": "x", "yaxis": "y" + axis,
        }
        for word, (style, bodies) in looks.items()
    ]  # fmt: skip


def _hover(row: Record, words: Words) -> str:
    if row["value"] is None:
        return ""
    value = f"{_TITLES[str(row['quantity'])]}: {_said(row)}"
    return f"<b>{label(sentence(words.name(row['subject'])), 90)}</b><br>{value}<br>{words.clock(row['t_s'])} UTC"


def _said(row: Record) -> str:
    """Return a pressure with its unit, or a reserve time in words."""
    value = float(str(row["value"]))
    if row["quantity"] == "reserve_time":
        return format_duration(round(value * _SECONDS[str(row["unit"])]))
    return f"{amount(round(value, 2))} {label(unit(row['unit']))}"


_SECONDS = {"min": 60, "h": 3600, "d": DAY_S}


def _scale(mine: Sequence[Record], limits: Sequence[Record], lo: int, hi: int) -> tuple[list[Record], list[float]]:
    """Return the limits that are near enough to be drawn, and the range of the axis."""
    inside = [row for row in mine if row["value"] is not None and lo <= (integer(row["t_s"]) or 0) <= hi]
    values = [float(str(row["value"])) for row in inside or mine if row["value"] is not None]
    span = max(values) - min(values) or 1.0
    near = [x for x in limits if min(values) - _FAR * span < float(str(x["value"])) < max(values) + _FAR * span]
    values += [float(str(limit["value"])) for limit in near]
    if mine[0]["quantity"] == "reserve_time":
        values.append(0.0)
    pad = 0.1 * (max(values) - min(values)) or 1.0
    return near, [min(values) - pad, max(values) + pad]


def _line(limit: Record, axis: str) -> dict[str, object]:
    return {
        "type": "line", "xref": "paper", "yref": "y" + axis, "x0": 0, "x1": 1,
        "y0": limit["value"], "y1": limit["value"], "line": {"color": VERMILLION, "width": 1.5, "dash": "dashdot"},
    }  # fmt: skip


def _note(limit: Record, axis: str, *, is_near: bool) -> dict[str, object]:
    text = f"{label(limit['text'])}: {_said(limit)}"
    place: dict[str, object] = {"yref": "y" + axis, "y": limit["value"], "yanchor": "bottom"}
    if not is_near:
        text, place = f"▼ {text}", {"yref": f"y{axis} domain", "y": 0, "yanchor": "bottom"}
    return {
        "xref": "paper", "x": 1, "xanchor": "right", "showarrow": False, "text": text, "font": {"size": 12}, **place,
    }  # fmt: skip


def _title(name: str, axis: str) -> dict[str, object]:
    return {
        "xref": "paper", "yref": f"y{axis} domain", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "yshift": 2,
        "showarrow": False, "text": f"<b>{_TITLES[name]}</b>", "font": {"size": 13},
    }  # fmt: skip
