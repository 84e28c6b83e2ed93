"""What was published about the same time? Crosses on the plan, a sentence that they are no input, and a table.

The table of documented history comes from outside of the run, and nothing of the run has read it.
"""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
from attrs import frozen

from stationsim.errors import ScenarioError
from stationsim.impact.impact import Impact
from stationsim.report.counterparts import Counterpart, counterparts
from stationsim.report.figures._lanes import Spot, points
from stationsim.report.theme import INK, PURPLE, Style, outcome_word
from stationsim.report.words import Record, Words, clean, label, records
from stationsim.units import with_gmt

__all__ = ["LEGEND", "Documented", "documented", "with_documented"]

LEGEND = "documented, not an input"
_STYLE = Style(word=LEGEND, color=PURPLE, symbol="cross")
_BELOW_Y = {"plan": -0.26, "kept": -0.16}
"""How far below the name of its row a cross stands."""
_NOON_S = 43_200
_MOST_SOURCES = 8


@frozen(kw_only=True)
class Documented:
    """What the page says about documented history.

    Attributes:
        name: Of the history.
        drawn: How many of its events are about an activity of the plan.
        total: How many events there are.
        sources: Who says so, each once.
        met: How many have a counterpart in the run, and how many of those are on its day.
        rows: One dict of text per event: `when, name, what, now, days, source, thing`, and `seq` of its counterpart.
        seqs: The counterparts.
    """

    name: str
    drawn: int
    total: int
    sources: str
    met: tuple[int, int]
    rows: list[dict[str, str]]
    seqs: tuple[int, ...]


def documented(history: pd.DataFrame, impact: Impact, words: Words) -> Documented:
    """Return what the page says about documented history.

    Args:
        history: One row per event: `at, subject, what, attributable, conf, source` (`stationsim.read_history`).
        impact: Of the run that it is held against.
        words: Names and times.

    Raises:
        ScenarioError: Columns are missing, or no event is about an activity of the run.
    """
    events = _events(history)
    changes = {str(row["subject"]): row for row in records(impact.changes)}
    drawn = sum(str(event["subject"]) in changes for event in events)
    name = clean(history.attrs.get("history", "documented history"))
    if not drawn:
        some = ", ".join(list(changes)[:4]) or "none"
        raise ScenarioError(
            f"{name}: none of its {len(events)} events is about an activity of {impact.manifest.scenario}. "
            f"Give the history of the same plan. Its activities: {some} ..."
        )
    told = list(dict.fromkeys(clean(event["source"], 80) for event in events))
    more = f" and {len(told) - _MOST_SOURCES} more" if len(told) > _MOST_SOURCES else ""
    beside = counterparts(events, impact, words)
    met = [found for found in beside if found is not None]
    return Documented(
        name=name,
        drawn=drawn,
        total=len(events),
        sources="; ".join(told[:_MOST_SOURCES]) + more,
        met=(len(met), sum(round(found.days) == 0 for found in met)),
        rows=[
            _row(event, found, changes.get(str(event["subject"])), words)
            for event, found in zip(events, beside, strict=True)
        ],
        seqs=tuple(found.seq for found in met),
    )


def with_documented(figure: go.Figure, history: pd.DataFrame, words: Words, place: str = "plan") -> go.Figure:
    """Draw a cross for each documented event in the row of its activity, and return the figure.

    Args:
        figure: Of the plan, or of what stays as planned; it is changed.
        history: One row per event.
        words: Names and times.
        place: Which of the two it is, `plan` or `kept`.
    """
    rows = {str(thing): float(y) for y, thing in figure.layout.meta["things"]}
    spots = [spot for event in _events(history) if (spot := _spot(event, rows, _BELOW_Y[place], words)) is not None]
    if spots:
        trace = points(LEGEND, spots, words, style=_STYLE, size=10, line={"color": INK, "width": 1})
        figure.add_trace(trace)
        figure.update_layout(showlegend=True)
    return figure


def _events(history: pd.DataFrame) -> Sequence[Record]:
    needed = ("at", "subject", "what", "attributable", "source")
    missing = [name for name in needed if name not in history.columns]
    if missing:
        raise ScenarioError(
            f"history: the column {missing[0]!r} is missing. Columns: {', '.join(needed)}. "
            "Read a file with stationsim.read_history."
        )
    return records(history)


def _spot(event: Record, rows: dict[str, float], below: float, words: Words) -> Spot | None:
    y, t_s = rows.get(str(event["subject"])), words.second(event["at"])
    if y is None or t_s is None:
        return None
    hover = (
        f"<b>{label(words.name(event['subject']))}</b><br>Documented, not an input: {_when(event)}<br>"
        f"{label(event['what'], 120)}<br>Source: {label(event['source'], 80)}"
    )
    is_day = "T" not in str(event["at"])
    return t_s + (_NOON_S if is_day else 0), y + below, hover


def _when(event: Record) -> str:
    return with_gmt(clean(event["at"]).replace("T", " ").replace("Z", " UTC"))


def _row(event: Record, found: Counterpart | None, change: Record | None, words: Words) -> dict[str, str]:
    own = "" if event["attributable"] else " (not because of the incident)"
    return {
        "when": _when(event),
        "name": words.name(event["subject"]),
        "what": clean(event["what"]) + own,
        "now": _lacking(event, change, words) if found is None else f"{found.what} {with_gmt(found.at)}",
        "days": "" if found is None else _days(found.days),
        "seq": "" if found is None else str(found.seq),
        "source": clean(event["source"]),
        "thing": "" if change is None else str(event["subject"]),
    }


def _lacking(event: Record, change: Record | None, words: Words) -> str:
    """Say that the run has no counterpart, and what it has of the activity."""
    t_s = words.second(event["at"])
    if t_s is not None and t_s >= words.manifest.horizon_s:
        return "no counterpart: the run is over by then"
    if change is None:
        return "no counterpart"
    date = "" if change["actual_utc"] is None else f", {_when({'at': change['actual_utc']})}"
    return f"no counterpart; here: {outcome_word(change)}{date}"


def _days(days: float) -> str:
    """Return a difference in days as people write it.

    >>> _days(-55.5), _days(0.0), _days(3.0)
    ('−55.5', '0', '+3')
    """
    return f"{days:+.1f}".removesuffix(".0").replace("-", "−") if days else "0"
