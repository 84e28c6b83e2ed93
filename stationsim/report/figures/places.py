"""Which hatch was shut, and where was everybody? A row per hatch that another course took, a row per person."""

from collections.abc import Callable, Sequence

import pandas as pd
import plotly.graph_objects as go

from stationsim.impact.places import ABOARD, CAUGHT, FLIGHT, GROUND, HOME, OUTSIDE, SHELTERED
from stationsim.report.dress import LIGHT, Theme, dressed
from stationsim.report.figures._lanes import Bar, View, around, bars, framed, of_things
from stationsim.report.theme import BLUE, GREEN, MIST, ORANGE, PALE, PAPER, PURPLE, VERMILLION, Style
from stationsim.report.words import DAY_S, Record, Words, integer, label, records, sentence

_OPEN = Style(word="open", color=PALE)
_SHUT = Style(word="shut", color=VERMILLION, pattern="x")
_AT_WORK = Style(word="at work", color=GREEN, pattern="/", ink=PAPER)
_STATES = {
    SHELTERED: Style(word="sheltered", color=ORANGE, pattern="\\"),
    ABOARD: Style(word="aboard the station", color=PALE),
    CAUGHT: Style(word="caught by the loss of air", color=VERMILLION, pattern="x"),
    OUTSIDE: Style(word="outside", color=BLUE, pattern=".", ink=PAPER),
    FLIGHT: Style(word="in flight", color=PURPLE, pattern="-"),
    GROUND: Style(word="on the ground", color=MIST, pattern="."),
    HOME: Style(word="gone home", color=MIST, pattern="/"),
}
_MOST_ROWS = 30

Lane = list[Record]


def hatch_rows(hatches: pd.DataFrame) -> dict[str, Lane]:
    """Return the spans after the incident of every hatch that is not as it would have been, first change first."""
    return _lanes(records(hatches), "hatch", "state")


def place_rows(whereabouts: pd.DataFrame, words: Words) -> dict[str, Lane]:
    """Return the spans after the incident of everybody, if it made anybody be elsewhere.

    Left out is who comes later or has left before, if their course stays as it was.
    """
    lanes: dict[str, dict[str, Lane]] = {"nominal": {}, "disrupted": {}}
    for row in records(whereabouts):
        lanes[str(row["run"])].setdefault(str(row["person"]), []).append(row)
    nominal, disrupted = lanes["nominal"], lanes["disrupted"]
    moved = {name for name, lane in disrupted.items() if _course(lane) != _course(nominal.get(name, []))}
    lo, hi = around(words, 0, 2 * DAY_S)
    here = {name for name, lane in disrupted.items() if any(_is_here(row, lo, hi) for row in lane)}
    return {name: lane for name, lane in disrupted.items() if name in moved | here} if moved else {}


def _course(lane: Lane) -> list[tuple[object, ...]]:
    return [(row["state"], row["place"], row["activity"], row["start_s"], row["until_s"]) for row in lane]


def _is_here(row: Record, lo: int, hi: int) -> bool:
    is_then = (integer(row["start_s"]) or 0) < hi and (integer(row["until_s"]) or 0) > lo
    return is_then and row["state"] not in {GROUND, HOME, FLIGHT}


def is_refuge(row: Record) -> bool:
    """Is somebody sheltered there?"""
    return row["state"] == SHELTERED


def is_busy(row: Record) -> bool:
    """Is somebody at work somewhere, or outside?"""
    return row["activity"] is not None and not is_refuge(row)


def hatch_figure(
    hatches: pd.DataFrame, words: Words, near: tuple[int, int] | None = None, *, theme: Theme = LIGHT
) -> go.Figure:
    """Draw the hatches that are shut or open when they would not have been.

    Args:
        hatches: Table `hatches`.
        words: Names and times.
        near: What the figure opens with [s]: that of the figure of the air, so that both can be compared.
        theme: `light`, `dark`, the name of a template of Plotly, or a template.
    """
    lanes = dict(list(hatch_rows(hatches).items())[:_MOST_ROWS])
    steps = [integer(row["start_s"]) or 0 for lane in lanes.values() for row in lane if integer(row["start_s"])]
    return dressed(_figure(lanes, words, _hatch_style, _hatch_views(steps, near, words)), theme)


def place_figure(whereabouts: pd.DataFrame, words: Words, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw where everybody is: on the ground, in flight, aboard, outside, at work somewhere or in a shelter."""
    lanes = place_rows(whereabouts, words)
    lo, hi = around(words, 1800, 3 * 3600)
    told = [row for lane in lanes.values() for row in lane if is_refuge(row) or is_busy(row)]
    near = [row for row in told if lo <= (integer(row["start_s"]) or 0) < lo + 2 * DAY_S]
    ends = [integer(row["until_s"]) or 0 for row in near]
    starts = [integer(row["start_s"]) or 0 for row in near]
    hi = max([hi, *(t_s + 3600 for t_s in (*starts, *(end_s for end_s in ends if end_s < lo + 2 * DAY_S)))])
    views = [("First hours", lo, hi), ("First two days", max(0, lo - DAY_S // 4), lo + 2 * DAY_S)]
    views.append(("Whole run", 0, words.manifest.horizon_s))
    return dressed(_figure(lanes, words, _place_style, views), theme)


def _hatch_style(row: Record) -> Style:
    return _SHUT if row["state"] == "closed" else _OPEN


def _place_style(row: Record) -> Style:
    return _AT_WORK if row["state"] == ABOARD and row["activity"] is not None else _STATES[str(row["state"])]


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
    lo, hi = max(0, first - pad), min(last + pad, words.manifest.horizon_s)
    views: list[View] = [("Moves of hatches", lo, hi), whole]
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
    things = [(y, name) for name, y in rows.items()]
    return of_things(framed(traces, words, rows=names, bottom=-len(rows) - 0.02, views=views, unit_px=54), things)


def _bar(name: str, row: Record, y: float, style: Style, words: Words) -> Bar:
    text = _text(row, words)
    hover = f"<b>{label(sentence(words.name(name)), 70)}</b><br>{style.word}{f': {text}' if text else ''}<br>"
    start_s, until_s = integer(row["start_s"]) or 0, integer(row["until_s"]) or 0
    return Bar(y=y, start_s=start_s, until_s=until_s, text=text, hover=hover + words.lasting(start_s, until_s))


def _text(row: Record, words: Words) -> str:
    """Return where somebody shelters or flies, or what they are at and where; of a hatch nothing."""
    if row.get("place") is None and row.get("activity") is None:
        return ""
    if row["activity"] is None or is_refuge(row):
        return label(words.name(row["place"]))
    at = f" in {words.name(row['place'])}" if row["place"] is not None else ""
    return label(f"{words.name(row['activity'])}{at}")
