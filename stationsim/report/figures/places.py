"""Which hatch was shut, and where was everybody? A row per hatch that another course took, a row per person."""

from collections.abc import Callable, Sequence

import pandas as pd
import plotly.graph_objects as go

from stationsim.impact.places import ABOARD, AWAY
from stationsim.report.figures._lanes import Bar, View, around, bars, framed
from stationsim.report.theme import MIST, ORANGE, PALE, VERMILLION, Style
from stationsim.report.words import DAY_S, Record, Words, integer, label, records, sentence

_OPEN = Style(word="open", color=PALE)
_SHUT = Style(word="shut", color=VERMILLION, pattern="x")
_ABOARD = Style(word="aboard the station", color=PALE)
_AWAY = Style(word="away", color=MIST, pattern="/")
_SHELTERED = Style(word="sheltered", color=ORANGE, pattern="\\")
_MOST_ROWS = 30

Lane = list[Record]


def hatch_rows(hatches: pd.DataFrame) -> dict[str, Lane]:
    """Return the spans after the incident of every hatch that is not as it would have been, first change first."""
    return _lanes(records(hatches), "hatch", "state")


def place_rows(whereabouts: pd.DataFrame) -> dict[str, Lane]:
    """Return the spans after the incident of everybody, if somebody sheltered."""
    spans = [row for row in records(whereabouts) if row["run"] == "disrupted"]
    if not any(is_refuge(row) for row in spans):
        return {}
    found: dict[str, Lane] = {}
    for row in spans:
        found.setdefault(str(row["person"]), []).append(row)
    return {person: lane for person, lane in found.items() if any(row["place"] != AWAY for row in lane)}


def is_refuge(row: Record) -> bool:
    """Is somebody sheltered there?"""
    return row["place"] not in {ABOARD, AWAY}


def hatch_figure(hatches: pd.DataFrame, words: Words, near: tuple[int, int] | None = None) -> go.Figure:
    """Draw the hatches that are shut or open when they would not have been.

    Args:
        hatches: Table `hatches`.
        words: Names and times.
        near: What the figure opens with [s]: that of the figure of the air, so that both can be compared.
    """
    lanes = dict(list(hatch_rows(hatches).items())[:_MOST_ROWS])
    steps = [integer(row["start_s"]) or 0 for lane in lanes.values() for row in lane if integer(row["start_s"])]
    return _figure(lanes, words, _hatch_style, _hatch_views(steps, near, words))


def place_figure(whereabouts: pd.DataFrame, words: Words) -> go.Figure:
    """Draw where everybody is: aboard, in the ship in which they shelter, or away."""
    lanes = place_rows(whereabouts)
    steps = [integer(row["start_s"]) or 0 for lane in lanes.values() for row in lane if is_refuge(row)]
    lo, hi = around(words, 1800, 3 * 3600)
    ends = [integer(row["until_s"]) or 0 for lane in lanes.values() for row in lane if is_refuge(row)]
    soon = [end_s for end_s in ends if end_s < lo + 2 * DAY_S]
    lo, hi = min([lo, *steps]), max(hi, *(step_s + 3600 for step_s in (*steps, *soon)))
    views = [("First hours", lo, hi), ("First two days", max(0, lo - DAY_S // 4), lo + 2 * DAY_S)]
    return _figure(lanes, words, _place_style, [*views, ("Whole run", 0, words.manifest.horizon_s)])


def _hatch_style(row: Record) -> Style:
    return _SHUT if row["state"] == "closed" else _OPEN


def _place_style(row: Record) -> Style:
    return _SHELTERED if is_refuge(row) else _ABOARD if row["place"] == ABOARD else _AWAY


def _lanes(rows: Sequence[Record], key: str, what: str) -> dict[str, Lane]:
    runs: dict[str, dict[str, Lane]] = {"nominal": {}, "disrupted": {}}
    for row in rows:
        runs[str(row["run"])].setdefault(str(row[key]), []).append(row)

    def course(lane: Lane) -> list[tuple[object, object, object]]:
        return [(row[what], row["start_s"], row["until_s"]) for row in lane]

    changed = {
        name: lane for name, lane in runs["disrupted"].items() if course(lane) != course(runs["nominal"].get(name, []))
    }
    return dict(sorted(changed.items(), key=lambda item: (_first_change(item[1]), item[0])))


def _first_change(lane: Lane) -> int:
    return min((integer(row["start_s"]) or 0 for row in lane if integer(row["start_s"])), default=0)


def _hatch_views(steps: Sequence[int], near: tuple[int, int] | None, words: Words) -> list[View]:
    whole = ("Whole run", 0, words.manifest.horizon_s)
    if not steps:
        return [whole]
    first, last = min(steps), max(steps)
    pad = max((last - first) // 6, 600)
    views: list[View] = [("Moves of hatches", first - pad, last + pad), whole]
    return views if near is None else [("As above", *near), *views]


def _figure(
    lanes: dict[str, Lane], words: Words, style_of: Callable[[Record], Style], views: Sequence[View]
) -> go.Figure:
    rows = {name: -(index + 0.42) for index, name in enumerate(lanes)}
    grouped: dict[str, tuple[Style, list[Bar]]] = {}
    for name, lane in lanes.items():
        for row in lane:
            style = style_of(row)
            grouped.setdefault(style.word, (style, []))[1].append(_bar(name, row, rows[name] - 0.26, style, words))
    traces = [bars(style.word, items, words, style=style, height=0.44) for style, items in grouped.values()]
    names = [(y, f"<b>{label(sentence(words.name(name)), 70)}</b>") for name, y in rows.items()]
    return framed(traces, words, rows=names, bottom=-len(rows) - 0.02, views=views, unit_px=54)


def _bar(name: str, row: Record, y: float, style: Style, words: Words) -> Bar:
    text = label(words.name(row["place"])) if "place" in row and is_refuge(row) else ""
    hover = f"<b>{label(sentence(words.name(name)), 70)}</b><br>{style.word}{f' in {text}' if text else ''}<br>"
    start_s, until_s = integer(row["start_s"]) or 0, integer(row["until_s"]) or 0
    return Bar(y=y, start_s=start_s, until_s=until_s, text=text, hover=hover + words.lasting(start_s, until_s))
