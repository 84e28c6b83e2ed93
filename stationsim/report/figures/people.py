"""Who works when, and who gives up sleep for the response? One row per person around the incidents."""

from collections.abc import Iterable

import attrs
import pandas as pd
import plotly.graph_objects as go

from stationsim.report.dress import LIGHT, Theme, dressed
from stationsim.report.figures._lanes import Bar, View, around, bars, clipped, framed, of_things
from stationsim.report.theme import BLUE, GREY, MIST, ORANGE, PAPER, Style
from stationsim.report.words import DAY_S, Record, Words, integer, label, records

_SLEEP = Style(word="sleep", color="rgba(60,72,120,0.20)", pattern=".")
_WORK = Style(word="working hours", color="rgba(230,200,90,0.22)")
_BEFORE = Style(word="before", color=MIST)
_AFTER = Style(word="after", color=BLUE, ink=PAPER)
_ADDED = Style(word="response work", color=ORANGE, pattern="/")

_LONGEST_S = 30 * DAY_S
_LETTER = 1 / 140
"""Width of a letter as a share of the figure's."""
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def people_figure(hours: pd.DataFrame, cover: pd.DataFrame, words: Words, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw sleep and working hours behind, and what people did before and after the incidents in front.

    Args:
        hours: Who gave time to what.
        cover: Seat cover; whoever has some in these days is aboard and gets a row.
        words: Names and clock of the run.
    """
    lo, hi = around(words, 2 * DAY_S, 10 * DAY_S)
    hi = min(hi, lo + _LONGEST_S)
    aboard = {str(row["person"]) for row in records(cover) if _meets(row, lo, hi)}
    people = [str(person["id"]) for person in words.manifest.people if str(person["id"]) in aboard]
    rows = {person: -(index + 0.42) for index, person in enumerate(people)}
    traces = []
    for style, windows in ((_SLEEP, "sleep"), (_WORK, "work")):
        items = _background(rows, words, windows, (lo, hi))
        if items:
            trace = bars(style.word, items, words, style=style, height=0.54, hoverinfo="skip", marker_line_width=0)
            traces.append(trace | {"hovertemplate": None, "hovertext": None})
    spent = [row for row in records(hours) if str(row["person"]) in rows]
    traces += _foreground(spent, rows, words, (lo, hi))
    names = [(y, f"<b>{label(words.name(person))}</b>") for person, y in rows.items()]
    things = [(y, person) for person, y in rows.items()]
    views = _views(words, lo, hi)
    figure = framed(traces, words, rows=names, bottom=-len(rows) - 0.02, views=views)
    return dressed(of_things(figure, things), theme)


def _meets(row: Record, lo: int, hi: int) -> bool:
    start_s, until_s = integer(row["start_s"]), integer(row["until_s"])
    return start_s is not None and until_s is not None and start_s < hi and until_s > lo


def _views(words: Words, lo: int, hi: int) -> list[View]:
    near_lo, near_hi = around(words, DAY_S, 3 * DAY_S + DAY_S // 2)
    near: list[View] = [("First days", near_lo, min(near_hi, hi))] if words.marks else []
    return [("Two weeks" if words.marks else "First weeks", lo, hi), *near]


def _background(rows: dict[str, float], words: Words, what: str, limits: tuple[int, int]) -> list[Bar]:
    calendars = {str(calendar["id"]): calendar for calendar in words.manifest.calendars}
    found = []
    for person in words.manifest.people:
        calendar = calendars.get(str(person.get("calendar")))
        if calendar is None or str(person["id"]) not in rows:
            continue
        for start_s, until_s in _windows(calendar, what, words, limits):
            found.append(Bar(y=rows[str(person["id"])] - 0.28, start_s=start_s, until_s=until_s))
    return found


def _windows(calendar: Record, what: str, words: Words, limits: tuple[int, int]) -> Iterable[tuple[int, int]]:
    """Yield the windows of a calendar on each day; times of the day are UTC."""
    midnight = -(words.start.hour * 3600 + words.start.minute * 60 + words.start.second)
    first = (limits[0] - midnight) // DAY_S - 1
    last = (limits[1] - midnight) // DAY_S
    for day in range(first, last + 1):
        zero = midnight + day * DAY_S
        name = _DAYS[(words.start.weekday() + day) % 7]
        for lo, hi in _of_day(calendar, what, name):
            span = clipped(zero + lo, zero + hi, *limits)
            if span:
                yield span


def _of_day(calendar: Record, what: str, day: str) -> list[tuple[int, int]]:
    if what == "sleep":
        wake, sleep = integer(calendar["wake_s"]) or 0, integer(calendar["sleep_s"]) or 0
        return [(sleep, wake if wake > sleep else wake + DAY_S)]
    days = calendar.get("days") or _DAYS
    if not isinstance(days, list | tuple) or day not in days:
        return []
    work = calendar.get("work") or []
    return [(int(lo), int(hi)) for lo, hi in work] if isinstance(work, list | tuple) else []


def _foreground(
    spent: list[Record], rows: dict[str, float], words: Words, limits: tuple[int, int]
) -> list[dict[str, object]]:
    lanes = (
        (_BEFORE, -0.09, 0.14, [row for row in spent if row["run"] == "nominal"]),
        (_AFTER, -0.36, 0.36, [row for row in spent if row["run"] == "disrupted" and not row["added"]]),
        (_ADDED, -0.36, 0.36, [row for row in spent if row["run"] == "disrupted" and row["added"]]),
    )
    traces = []
    busy = sorted((str(row["person"]), integer(row["start_s"]) or 0) for _, _, _, mine in lanes[1:] for row in mine)
    for style, offset, height, mine in lanes:
        items: list[Bar] = []
        for row in mine:
            span = clipped(integer(row["start_s"]) or 0, integer(row["until_s"]) or 0, *limits)
            if span:
                bar = _bar(row, rows[str(row["person"])] + offset, span, style, words)
                items.append(bar if _has_room(bar, row, busy, limits) else attrs.evolve(bar, text=""))
        if items:
            trace = bars(style.word, items, words, style=style, height=height) | {
                "textposition": "none" if style is _BEFORE else "auto"
            }
            outline = {"line": {"color": GREY, "width": 1}}
            traces.append(trace | {"marker": trace["marker"] | outline})  # type: ignore[operator]
    return traces


def _has_room(bar: Bar, row: Record, busy: list[tuple[str, int]], limits: tuple[int, int]) -> bool:
    """Tell whether a name fits beside its bar before the next thing that its person does begins."""
    ends_s = bar.until_s + len(bar.text) * _LETTER * (limits[1] - limits[0])
    return not any(person == row["person"] and bar.start_s < start_s < ends_s for person, start_s in busy)


def _bar(row: Record, y: float, span: tuple[int, int], style: Style, words: Words) -> Bar:
    text = label(words.name(row["activity"]))
    role = f", {label(row['role'])}" if row["role"] else ""
    hover = (
        f"<b>{label(words.name(row['person']))}</b>{role}<br>{text} ({style.word})<br>"
        f"{words.lasting(row['start_s'], row['until_s'])}"
    )
    return Bar(y=y, start_s=span[0], until_s=span[1], text=text, hover=hover, thing=str(row["activity"]))
