"""Templates of the calendar: days of the week, times of the day and dates on which something may, or may not, be.

What a rule names is worked out once per scenario; it hangs on nothing that a centre believes.
"""

from collections.abc import Iterable, Iterator

from stationsim.scenario.model import WEEK, Rule
from stationsim.station.choice import Choice
from stationsim.station.rules.blocks import FOREVER_AGO, Block, block
from stationsim.station.situation import Situation
from stationsim.station.station import Station

DAY_S = 86400
BEYOND_S = 366 * DAY_S
"""So far beyond the horizon days and hours are worked out: work may be given a date there [s]."""

Span = tuple[int, int]
"""A half-open stretch of time [s]."""


def calendar(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid what the rule's calendar names, or all that it does not name."""
    spans = named(rule, situation.station)
    reason = f"{choice.kind.name} {'only' if rule.allowed == 'only' else 'never'} {_said(rule)}"
    yield from forbid(rule, spans, reason, is_endless=bool(rule.dates))


def named(rule: Rule, station: Station) -> tuple[Span, ...]:
    """Return the spans of a rule's hours and days."""
    spans = station.spans.get(rule.id)
    if spans is None:
        spans = station.spans[rule.id] = tuple(_named(rule, station))
    return spans


def opportunities(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid a start outside the opportunities of an activity, if it lists any."""
    listed = choice.activity.opportunities
    if listed:
        yield from without(rule, merged((when.lo_s, when.hi_s) for when in listed), "no opportunity", is_endless=True)


def forbid(rule: Rule, spans: tuple[Span, ...], reason: str, *, is_endless: bool) -> Iterator[Block]:
    """Yield the windows that a rule forbids: the spans it names, or what lies between them.

    Args:
        rule: The rule; `allowed` says which of both, `part` what of an activity it asks about.
        spans: What the rule names, in order of time, apart from each other.
        reason: The reason told.
        is_endless: Whether nothing more comes after the last span.
    """
    if rule.allowed == "only":
        yield from without(rule, spans, reason, is_endless=is_endless)
        return
    for lo_s, hi_s in spans:
        yield block(rule, lo_s, hi_s, reason, mode=_mode(rule))


def without(rule: Rule, spans: tuple[Span, ...], reason: str, *, is_endless: bool) -> Iterator[Block]:
    """Yield what lies before, between and, if nothing more comes, after some spans."""
    before_s = FOREVER_AGO
    for lo_s, hi_s in spans:
        yield block(rule, before_s, lo_s, reason, mode=_mode(rule))
        before_s = hi_s
    if is_endless or not spans:
        yield block(rule, before_s, None, reason, mode=_mode(rule))


def _mode(rule: Rule) -> str:
    return "start" if rule.part == "start" else "overlap"


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order of time, those that touch as one.

    >>> merged([(5, 7), (0, 2), (2, 3)])
    ((0, 3), (5, 7))
    """
    found: list[Span] = []
    for lo_s, hi_s in sorted(spans):
        if found and lo_s <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], hi_s))
        else:
            found.append((lo_s, hi_s))
    return tuple(found)


def reach(station: Station) -> Span:
    """Return the time for which days and hours are worked out: the run, a day before and a year after."""
    return midnight_s(station) - DAY_S, station.scenario.horizon_s + BEYOND_S


def midnight_s(station: Station) -> int:
    """Return the midnight (UTC) on or before the start [s, at most 0]."""
    start = station.scenario.start_utc
    return -(start.hour * 3600 + start.minute * 60 + start.second)


def _named(rule: Rule, station: Station) -> tuple[Span, ...]:
    """Return the spans that a rule names: on its days, at its hours, within its dates; what it leaves out is any."""
    dates = merged((when.lo_s, when.hi_s) for when in rule.dates)
    if not (rule.days or rule.hours):
        return dates
    daily = merged(_daily(rule, station))
    if not rule.dates:
        return daily
    return merged((max(a[0], b[0]), min(a[1], b[1])) for a in dates for b in daily if a[0] < b[1] and b[0] < a[1])


def _daily(rule: Rule, station: Station) -> Iterator[Span]:
    first_s, last_s = reach(station)
    hours = [_interval(text) for text in rule.hours] or [(0, DAY_S)]
    for midnight_s in range(first_s, last_s, DAY_S):
        day = station.scenario.start_utc.weekday() + (midnight_s - first_s) // DAY_S - 1
        weekday = WEEK[day % len(WEEK)]
        if not rule.days or weekday in rule.days:
            yield from ((midnight_s + lo_s, midnight_s + hi_s) for lo_s, hi_s in hours)


def _interval(text: str) -> Span:
    """Return an interval of the day [s after midnight].

    >>> _interval("08:00-12:30")
    (28800, 45000)
    """
    lo, hi = (end.split(":") for end in text.split("-"))
    return (int(lo[0]) * 60 + int(lo[1])) * 60, (int(hi[0]) * 60 + int(hi[1])) * 60


def _said(rule: Rule) -> str:
    """Return what a rule's calendar names, for people."""
    parts = [f"on {', '.join(rule.days)}"] if rule.days else []
    parts += [f"at {', '.join(rule.hours)} UTC"] if rule.hours else []
    parts += ["on the dates of the rule"] if rule.dates else []
    return " ".join(parts)
