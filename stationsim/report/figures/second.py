"""Which further failure leaves how many without a seat, and when? A row per failure, before above after.

The thin bar is the failure without the incidents, the thick one with them. A bar says in words how many are left; its
colour and pattern say it too.
"""

from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
from attrs import frozen

from stationsim.impact.naming import hatch_name, listed
from stationsim.report.figures._lanes import Bar, View, around, bars, framed, of_things
from stationsim.report.theme import BLACK, GREEN, ORANGE, PALE, PAPER, SKY, VERMILLION, Style
from stationsim.report.words import DAY_S, Record, Words, integer, label, records, sentence
from stationsim.units import format_duration

_MOST_LANES, _LEAST_SHARE = 8, 0.02
"""So many failures are drawn at most, none that does something for less of the time than this; the table has all."""

_STYLES = (
    Style(word="nobody, once they have moved", color=PALE),
    Style(word="people must go into their ship for good", color=GREEN, pattern="|", ink=PAPER),
    Style(word="1 or 2 without a seat", color=SKY, pattern="/"),
    Style(word="3 or 4 without a seat", color=ORANGE, pattern="\\"),
    Style(word="5 or more without a seat", color=VERMILLION, pattern="x"),
    Style(word="everybody must leave", color=BLACK, pattern=".", ink=PAPER),
)
_FEW, _SOME = 2, 4
_ROWS = {"nominal": (-0.08, 0.1), "disrupted": (-0.34, 0.38)}

Weight = tuple[bool, int, int, bool]
"""What a failure does: everybody must leave, how many without a seat, how many into their ship, anything at all."""
Span = tuple[int, int, Weight]
_NONE: Weight = (False, 0, 0, False)


@frozen(kw_only=True)
class Lane:
    """What the failure of one thing, at worst of any part of it, does over time: (start_s, until_s, weight) per run."""

    failures: tuple[str, ...]
    kind: str
    nominal: tuple[Span, ...]
    disrupted: tuple[Span, ...]

    @property
    def lasts_s(self) -> int:
        """How long it does something [s], in the run of the two in which that is longer."""
        return max(sum(hi - lo for lo, hi, _ in spans) for spans in (self.nominal, self.disrupted))

    @property
    def new(self) -> int:
        """Person-seconds without a seat more than without the incidents."""
        return _person_s(self.disrupted) - _person_s(self.nominal)


def lanes(second: pd.DataFrame) -> list[Lane]:
    """Return a lane for each ship, hatch and volume, volumes that do the same together; most that is new first."""
    by_failure: dict[str, list[Record]] = {}
    for row in records(second):
        by_failure.setdefault(str(row["failure"]), []).append(row)
    found: dict[tuple[object, ...], Lane] = {}
    for failure, rows in by_failure.items():
        kind = str(rows[0]["kind"])
        lane = Lane(failures=(failure,), kind=kind, nominal=_course(rows, "nominal_"), disrupted=_course(rows, ""))
        key = (kind, lane.nominal, lane.disrupted) if kind == "volume" else (failure,)
        known = found.get(key)
        found[key] = lane if known is None else _with(known, failure)
    return sorted(found.values(), key=lambda lane: (-_worst(lane)[0], -lane.new, -_person_s(lane.disrupted)))


def drawn_lanes(second: pd.DataFrame) -> list[Lane]:
    """Return the lanes that a figure has room for, and in which something can be seen."""
    found = lanes(second)
    whole_s = int(second["until_s"].max()) - int(second["start_s"].min())
    seen = [lane for lane in found if lane.lasts_s >= _LEAST_SHARE * whole_s]
    return (seen or found)[:_MOST_LANES]


def _with(lane: Lane, failure: str) -> Lane:
    failures = (*lane.failures, failure)
    return Lane(failures=failures, kind=lane.kind, nominal=lane.nominal, disrupted=lane.disrupted)


def _worst(lane: Lane) -> Weight:
    return max((weight for _, _, weight in lane.disrupted), default=_NONE)


def _person_s(spans: tuple[Span, ...]) -> int:
    return sum((hi - lo) * weight[1] for lo, hi, weight in spans)


def _course(rows: list[Record], run: str) -> tuple[Span, ...]:
    """Return the worst that any of some rows does, over time; what does the same without a break is one span."""
    spans = [(integer(row["start_s"]) or 0, integer(row["until_s"]) or 0, _weight(row, run)) for row in rows]
    found: list[Span] = []
    for lo, hi in pairwise(sorted({t_s for start_s, until_s, _ in spans for t_s in (start_s, until_s)})):
        weight = max((weight for start_s, until_s, weight in spans if start_s <= lo < until_s), default=_NONE)
        if weight == _NONE:
            continue
        if found and found[-1][1:] == (lo, weight):
            found[-1] = (found[-1][0], hi, weight)
        else:
            found.append((lo, hi, weight))
    return tuple(found)


def _weight(row: Record, run: str) -> Weight:
    left, leave = integer(row[f"{run}left"]) or 0, integer(row[f"{run}leave"]) or 0
    does = bool(left or leave or row[f"{run}evacuates"] or (not run and row["without"]))
    return bool(row[f"{run}evacuates"]), left, leave, does


def second_figure(second: pd.DataFrame, words: Words) -> go.Figure:
    """Draw what each further failure would do over time, the worst of what is new on top."""
    shown = drawn_lanes(second)
    rows = {-(index + 0.42): lane for index, lane in enumerate(shown)}
    traces = []
    for number, style in enumerate(_STYLES):
        for run, (offset, height) in _ROWS.items():
            items = [
                _bar(span, y + offset, run, lane, words)
                for y, lane in rows.items()
                for span in (lane.disrupted if run == "disrupted" else lane.nominal)
                if _style(span[2]) == number
            ]
            if items:
                more: dict[str, object] = {"showlegend": run == "disrupted", "legendgroup": str(number)}
                more |= {} if run == "disrupted" else {"opacity": 0.55, "text": None}
                traces.append(bars(style.word, items, words, style=style, height=height, **more))
    names = [(y, f"<b>{label(lane_name(lane, words), 90)}</b>  {_summary(lane)}") for y, lane in rows.items()]
    views: list[View] = [("Whole run", int(second["start_s"].min()), words.manifest.horizon_s)]
    if words.marks:
        views.append(("First two weeks", *around(words, DAY_S, 14 * DAY_S)))
    things = [(y, lane.failures[0]) for y, lane in rows.items()]
    return of_things(framed(traces, words, rows=names, bottom=-len(shown) - 0.02, views=views), things)


def lane_name(lane: Lane, words: Words) -> str:
    """Return what fails in a lane."""
    names = [hatch_name(words.manifest.names, one) or words.name(one) for one in lane.failures]
    if lane.kind == "volume":
        return f"Air of {listed(names)}".replace(" and ", " or ")
    return f"{sentence(names[0])} jammed" if lane.kind == "hatch" else names[0]


def _style(weight: Weight) -> int:
    evacuates, left, leave, _ = weight
    if evacuates:
        return 5
    if left:
        return 2 if left <= _FEW else 3 if left <= _SOME else 4
    return 1 if leave else 0


def _summary(lane: Lane) -> str:
    worst, before = _worst(lane), max((weight for _, _, weight in lane.nominal), default=_NONE)
    lasts_s = sum(hi - lo for lo, hi, weight in lane.disrupted if weight == worst)
    said = f"at worst {_done(worst)}" + (f" ({format_duration(lasts_s)})" if lasts_s < lane.lasts_s else "")
    return said if worst[:3] == before[:3] else f"{said}; before: {_done(before)}"


def _done(weight: Weight) -> str:
    evacuates, left, leave, does = weight
    if evacuates:
        return "everybody must leave"
    if left:
        return f"{left} without a seat"
    return f"{leave} into their ship" if leave else "they move" if does else "nothing"


def _bar(span: Span, y: float, run: str, lane: Lane, words: Words) -> Bar:
    start_s, until_s, weight = span
    done, when = _done(weight), "before" if run == "nominal" else "after"
    hover = f"<b>{label(lane_name(lane, words), 90)}</b> ({when})<br>{done}<br>{words.lasting(start_s, until_s)}"
    return Bar(y=y, start_s=start_s, until_s=until_s, text=done, hover=hover)
