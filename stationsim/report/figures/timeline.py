"""Which activities move, when, and what made them? The plan before above the plan after, one row per activity."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from stationsim.report.bounds import MOST_KEPT, nearest
from stationsim.report.causes import disrupted_events, parents, sources
from stationsim.report.dress import LIGHT, Theme, dressed
from stationsim.report.figures._activities import Row, activity_rows, row_hover, row_title, span_state, stacked
from stationsim.report.figures._lanes import (
    BEFORE_LINE,
    OUTLINE,
    Bar,
    Trace,
    View,
    bars,
    framed,
    of_things,
    points,
)
from stationsim.report.theme import GREY, INK, MIST, VERMILLION, Style, outcome_style, outcome_word
from stationsim.report.words import DAY_S, Record, Words, integer, label, records

NO_DATE_X = 0.91
"""Where the column of activities without a date begins, as a share of the width."""

MOST_CHANGED = 60
"""Rows of changed activities in the picture; the table under it has all."""
_MOST_KEPT = 8
_EDGE = 40
"""Before the run begins there is room for half a mark, as a part of the view."""
_BEFORE_Y, _AFTER_Y, _THICK = -0.14, -0.38, 0.16


def plan_figure(
    changes: pd.DataFrame,
    spans: pd.DataFrame,
    events: pd.DataFrame,
    causes: pd.DataFrame,
    words: Words,
    *,
    theme: Theme = LIGHT,
) -> go.Figure:
    """Draw what changed and, quietly, what stayed in those days: before above after, arrows from cause to effect."""
    log = disrupted_events(events)
    every = records(changes)
    changed = activity_rows([row for row in every if row["outcome"] != "kept"], spans, log, words)
    views = _views(changed, words)
    near = activity_rows([row for row in every if row["outcome"] == "kept"], spans, log, words)
    near = [row for row in near if row.old_s is not None and views[0][1] <= row.old_s < views[0][2]][:_MOST_KEPT]
    changed = changed[:MOST_CHANGED]
    rows = stacked([*changed, *near], step=1.0)
    changed = rows[: len(changed)]
    traces = [*_kept(rows[len(changed) :], words), *_before(changed, words), *_links(changed, words, views)]
    traces.append(_arrows(changed, log, parents(log, causes), words, shortest_s=(views[0][2] - views[0][1]) // 20))
    traces += [
        trace for outcome in dict.fromkeys(row.outcome for row in changed) for trace in _after(changed, outcome, words)
    ]
    undated = [row for row in changed if row.new_s is None]
    figure = framed(
        [trace for trace in traces if trace["x"]],
        words,
        rows=[(row.y, row_title(row, words)) for row in rows],
        bottom=-len(rows) - 0.05,
        views=views,
    )
    of_things(figure, [(row.y, row.subject) for row in rows])
    if undated:
        _add_no_date_column(figure, undated, words)
    return dressed(figure, theme)


def kept_figure(changes: pd.DataFrame, spans: pd.DataFrame, words: Words, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw what stays as planned, over the whole run; of very many activities those nearest to the incident."""
    rows = activity_rows(records(changes[changes["outcome"] == "kept"]), spans, {}, words)
    inside = [row for row in rows if row.old_s is not None and row.old_s < words.manifest.horizon_s]
    dated = stacked(nearest(inside, [row.old_s or 0 for row in inside], words.first_s, MOST_KEPT), step=0.5)
    half = words.manifest.horizon_s / 2
    spots = [(row.old_s or 0, row.y, row_hover("Stays", row, row.before, row.old_s, words)) for row in dated]
    trace = points("as planned", spots, words, style=Style(word="kept", color=GREY), size=8) | {
        "mode": "markers+text",
        "text": [f"  {label(words.name(row.subject), 40)}  " for row in dated],
        "textposition": ["middle right" if (row.old_s or 0) < half else "middle left" for row in dated],
        "textfont": {"size": 12}, "showlegend": False,
    }  # fmt: skip
    bottom = min((row.y for row in dated), default=0.0) - 0.3
    things = [(row.y, row.subject) for row in dated]
    views: list[View] = [("Whole run", 0, words.manifest.horizon_s)]
    figure = framed([trace] if dated else [], words, rows=[], bottom=bottom, views=views)
    return dressed(of_things(figure, things), theme)


def _views(rows: Sequence[Row], words: Words) -> list[View]:
    """Return the time in which things change, and the whole run."""
    horizon_s = words.manifest.horizon_s
    whole = ("Whole run", 0, horizon_s)
    dates = [row.mark_s for row in rows if row.mark_s is not None and row.mark_s < horizon_s]
    dates += [
        row.old_s for row in rows if row.old_s is not None and row.old_s < horizon_s and row.change["kind"] != "return"
    ]
    dates += [t_s for t_s, _ in words.marks]
    if not dates:
        return [whole]
    pad = max(DAY_S, (max(dates) - min(dates)) // 7)
    hi = min(max(dates) + pad, horizon_s)
    lo = max(min(dates) - pad // 2, -(hi // _EDGE))
    return [("Days of change", lo, hi), whole]


def _before(rows: Sequence[Row], words: Words) -> list[Trace]:
    spans = [
        _bar(span, row.y + _BEFORE_Y, row_hover("Before", row, (span,), row.old_s, words))
        for row in rows
        for span in row.before
    ]
    dots = [
        (row.old_s, row.y + _BEFORE_Y, row_hover("Before", row, row.before, row.old_s, words))
        for row in rows
        if row.old_s is not None
    ]
    style = Style(word="before", color=GREY, symbol="circle-open")
    outline = bars("before", spans, words, style=OUTLINE, height=_THICK, showlegend=False)
    return [
        outline | {"marker": {"color": MIST, "line": BEFORE_LINE}},
        points("before", dots, words, style=style, size=10, line={"color": GREY, "width": 2}),
    ]


def _bar(span: Record, y: float, hover: str) -> Bar:
    """Return the bar of a span; an attempt called off early ends before the start it had been given."""
    times = sorted((integer(span["start_s"]) or 0, integer(span["until_s"]) or 0))
    return Bar(y=y, start_s=times[0], until_s=times[1], hover=hover)


def _after(rows: Sequence[Row], outcome: str, words: Words) -> list[Trace]:
    style = outcome_style(outcome)
    mine = [row for row in rows if row.outcome == outcome]
    spans = [
        _bar(span, row.y + _AFTER_Y, row_hover(span_state(span), row, (span,), None, words))
        for row in mine
        for span in row.after
    ]
    dots = [
        (row.new_s, row.y + _AFTER_Y, row_hover("After", row, (), row.new_s, words))
        for row in mine
        if row.new_s is not None
    ]
    gone = [
        (
            row.mark_s,
            row.y + _AFTER_Y,
            row_hover("Lost" if row.mark_s != row.old_s else "No longer on", row, (), row.mark_s, words),
        )
        for row in mine
        if row.new_s is None and row.mark_s is not None
    ]
    said = {outcome_word(row.change) for row in mine}
    word = said.pop() if len(said) == 1 else style.word  # of returns alone it says what became of their ship
    tries = bars(word, spans, words, style=style, height=_THICK, showlegend=False)
    cross = Style(word="", color=style.color, symbol="x-thin")
    return [
        tries,
        points(word, dots, words, style=style, size=13),
        points(word, gone, words, style=cross, size=10, line={"color": style.color, "width": 2.5})
        | {"showlegend": False},
    ]


def _links(rows: Sequence[Row], words: Words, views: Sequence[View]) -> list[Trace]:
    """Return dotted lines from the old date to the new one, or to the column of those without a date."""
    x: list[str | None] = []
    y: list[float | None] = []
    end_s = max(hi for _, _, hi in views) + 30 * DAY_S
    for row in rows:
        if row.old_s is None or row.mark_s is None or row.old_s == row.new_s:
            continue
        if row.mark_s == row.old_s or row.new_s is not None:
            x.append(words.axis(row.old_s))
            y.append(row.y + _BEFORE_Y)
        x += [words.axis(min(row.old_s, row.mark_s)), words.axis(end_s if row.new_s is None else row.new_s), None]
        y += [row.y + _AFTER_Y, row.y + _AFTER_Y, None]
    line = {"color": GREY, "width": 1.5, "dash": "dot"}
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": y,
            "line": line,
            "hoverinfo": "skip",
            "name": "old to new date",
        }
    ]


def _arrows(
    rows: Sequence[Row], log: dict[int, Record], above: dict[int, list[int]], words: Words, *, shortest_s: int
) -> Trace:
    """Return arrows to each changed activity, from the activity that made it change or from the incident."""
    placed = {row.subject: row for row in rows}
    dated = {row.subject for row in rows if row.new_s is not None}
    x: list[str | None] = []
    y: list[float | None] = []
    for row in rows:
        if row.event is None or row.mark_s is None:
            continue
        low = row.y + _AFTER_Y
        made = sources(row.event, row.subject, dated, log, above)
        from_s = placed[made[0]].new_s if made else _incident_s(row, words)
        if from_s is None or abs(row.mark_s - from_s) < shortest_s:
            continue
        if made:
            x.append(words.axis(from_s))
            y.append(placed[made[0]].y + _AFTER_Y)
        x += [words.axis(from_s), words.axis(row.mark_s), None]
        y += [low, low, None]
    heads = [index + 1 < len(x) and x[index + 1] is None for index in range(len(x))]
    return {
        "type": "scatter", "mode": "lines+markers", "x": x, "y": y, "name": "caused the change", "hoverinfo": "skip",
        "line": {"color": INK, "width": 1.4, "backoff": 0},
        "marker": {"symbol": "arrow", "angleref": "previous", "color": INK, "opacity": 1,
                   "size": [12 if head else 0 for head in heads], "standoff": [8 if head else 0 for head in heads]},
    }  # fmt: skip


def _incident_s(row: Row, words: Words) -> int | None:
    times = [t_s for t_s, name in words.marks if name == row.change["incident"]] or [t_s for t_s, _ in words.marks]
    return times[0] if times else None


def _kept(rows: Sequence[Row], words: Words) -> list[Trace]:
    kept = [row for row in rows if row.outcome == "kept" and row.old_s is not None]
    dots = [(row.old_s or 0, row.y + _BEFORE_Y, row_hover("Stays", row, row.before, row.old_s, words)) for row in kept]
    return [points("stays", dots, words, style=Style(word="stays", color=GREY), size=9)]


def _no_date(rows: Sequence[Row], words: Words) -> Trace:
    styles = [outcome_style(row.outcome) for row in rows]
    return {
        "type": "scatter", "mode": "markers", "xaxis": "x2", "yaxis": "y", "x": [0] * len(rows), "showlegend": False,
        "y": [row.y + _AFTER_Y for row in rows],
        "hovertext": [row_hover("No date", row, (), None, words) for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"symbol": [style.symbol for style in styles], "color": [style.color for style in styles], "size": 14,
                   "line": {"width": 2.5, "color": [style.color for style in styles]}},
    }  # fmt: skip


def _add_no_date_column(figure: go.Figure, rows: Sequence[Row], words: Words) -> None:
    """Make room at the right edge for what has no date."""
    word = "no date" if any(row.outcome == "postponed" for row in rows) else "not flown"
    figure.update_layout(
        xaxis_domain=[0, NO_DATE_X],
        xaxis2={
            "domain": [NO_DATE_X, 1], "range": [-1, 1], "fixedrange": True, "anchor": "y", "showgrid": False,
            "ticks": "", "zeroline": False, "showticklabels": False, "type": "linear",
        },
    )  # fmt: skip
    figure.add_shape(
        xref="paper", yref="paper", x0=NO_DATE_X, x1=1, y0=0, y1=1, fillcolor="rgba(213,94,0,0.08)",
        line_width=0, layer="below",
    )  # fmt: skip
    figure.add_annotation(
        xref="paper", yref="paper", x=1, y=1, xanchor="right", yanchor="bottom", text=word, showarrow=False,
        font={"color": VERMILLION, "size": 12},
    )  # fmt: skip
    figure.add_trace(_no_date(rows, words))
