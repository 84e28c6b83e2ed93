"""Who has a way home, and how good is it? A row per person, before above after; colour, pattern and word per level."""

import pandas as pd
import plotly.graph_objects as go

from stationsim.report.dress import LIGHT, Theme, dressed
from stationsim.report.figures._lanes import Bar, View, around, bars, framed, of_things
from stationsim.report.theme import LEVELS
from stationsim.report.words import DAY_S, Record, Words, integer, label, records

_LANES = {"nominal": (-0.08, 0.1), "disrupted": (-0.34, 0.38)}


def seat_figure(cover: pd.DataFrame, words: Words, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw the class of seat of every person over the whole run; who loses one stands on top."""
    spans = records(cover)
    rows = _rows(spans, words)
    traces = []
    for level, style in enumerate(LEVELS):
        for run, (offset, height) in _LANES.items():
            mine = [span for span in spans if span["run"] == run and integer(span["level"]) == level]
            items = [_bar(span, rows[str(span["person"])] + offset, words) for span in mine]
            if items:
                shown = {"showlegend": run == "disrupted", "legendgroup": str(level)}
                more = shown if run == "disrupted" else shown | {"opacity": 0.55, "text": None}
                traces.append(bars(f"{level} {style.word}", items, words, style=style, height=height, **more))
    names = [(y, f"<b>{label(words.name(person))}</b>  {_summary(person, spans)}") for person, y in rows.items()]
    views: list[View] = [("Whole run", 0, words.manifest.horizon_s)]
    if words.marks:
        views.append(("First two weeks", *around(words, DAY_S, 14 * DAY_S)))
    things = [(y, person) for person, y in rows.items()]
    figure = framed(traces, words, rows=names, bottom=-len(rows) - 0.02, views=views)
    return dressed(of_things(figure, things), theme)


def worst_level(person: str, spans: list[Record]) -> int:
    """Return the worst class a person is in after the incidents."""
    return max(
        (integer(s["level"]) or 0 for s in spans if s["person"] == person and s["run"] == "disrupted"), default=0
    )


def _rows(spans: list[Record], words: Words) -> dict[str, float]:
    listed = [str(person["id"]) for person in words.manifest.people]
    people = list(dict.fromkeys([*listed, *(str(span["person"]) for span in spans)]))
    present = [person for person in people if any(span["person"] == person for span in spans)]
    present.sort(key=lambda person: -worst_level(person, spans))
    return {person: -(index + 0.42) for index, person in enumerate(present)}


def _summary(person: str, spans: list[Record]) -> str:
    if not any(span["person"] == person and span["run"] == "disrupted" for span in spans):
        return "not aboard in this run"
    worst = worst_level(person, spans)
    before = max(
        (integer(s["level"]) or 0 for s in spans if s["person"] == person and s["run"] == "nominal"), default=0
    )
    style = LEVELS[min(worst, len(LEVELS) - 1)]
    return style.word if worst == before else f"at worst {style.word}"


def _bar(span: Record, y: float, words: Words) -> Bar:
    ship = label(words.name(span["ship"]))
    start_s, until_s = integer(span["start_s"]) or 0, integer(span["until_s"]) or 0
    said = f"{label(span['name'])}{': ' if ship else ''}{ship}"
    text = label(span["name"]) if integer(span["level"]) else said
    run = "before" if span["run"] == "nominal" else "after"
    hover = f"<b>{label(words.name(span['person']))}</b> ({run})<br>{said}<br>{words.lasting(start_s, until_s)}"
    return Bar(y=y, start_s=start_s, until_s=until_s, text=text, hover=hover)
