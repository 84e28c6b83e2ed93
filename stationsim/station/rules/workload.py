"""Template of workload: how much somebody may do in a day or a week, in hours or in activities.

It asks about all activities of a person at once, so a choice is seen beside all that has a date. What a waiver drops
the rule for, and what is exempt, counts for nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from attrs import frozen

from stationsim.scenario.model import Rule
from stationsim.station.choice import Choice
from stationsim.station.governs import is_named
from stationsim.station.rules.blocks import Block, Other, block
from stationsim.station.rules.calendar import DAY_S, Span, midnight_s, reach
from stationsim.station.situation import Situation
from stationsim.station.station import Station

_WEEK_S = 7 * DAY_S


@frozen(kw_only=True)
class _Load:
    """What one activity takes of a person: from when to when [s], when it begins, and its id."""

    span: Span
    start_s: int
    id: str


def workload(rule: Rule, choice: Choice, others: Sequence[Other], situation: Situation) -> Iterator[Block]:
    """Forbid a start with which somebody would do more than the rule allows in a day or a week."""
    if choice.activity.kind in rule.exempt:
        return
    for person in choice.in_role(rule.roles):
        found = [_load(other, start_s) for other, start_s in others if counts(rule, person, other, situation.station)]
        if rule.limit_s is not None:
            yield from _hours(rule, choice, person, found, situation)
        if rule.count:
            yield from _numbers(rule, person, found, situation)


def counts(rule: Rule, person: str, other: Choice, station: Station) -> bool:
    """Tell whether an activity is one of those of a person that a rule counts."""
    is_meant = is_named(rule, other.activity, station) and other.activity.kind not in rule.exempt
    is_waived = (rule.id, other.id) in station.waived
    return is_meant and not is_waived and person in other.in_role(rule.roles)


def _load(other: Choice, start_s: int) -> _Load:
    span = (start_s - other.before_s, start_s + other.duration_s + other.after_s)
    return _Load(span=span, start_s=start_s, id=other.id)


def _hours(rule: Rule, choice: Choice, person: str, found: list[_Load], situation: Situation) -> Iterator[Block]:
    """Yield the starts with which the hours of a day or week would be too many."""
    limit_s = rule.limit_s or 0
    is_all = choice.before_s + choice.duration_s + choice.after_s > limit_s
    spans = [reach(situation.station)] if is_all else [load.span for load in found]
    for lo_s, hi_s in periods(rule.per, spans, situation.station):
        taken = [(min(hi_s, load.span[1]) - max(lo_s, load.span[0]), load) for load in found]
        taken = [(part_s, load) for part_s, load in taken if part_s > 0]
        left_s = max(0, limit_s - sum(part_s for part_s, _ in taken))
        starts = too_much(choice, (lo_s, hi_s), left_s)
        if starts is not None:
            name, when = situation.station.name(person), _when(rule, lo_s, situation)
            reason = f"{name} would work more than {limit_s / 3600:g} h {when}"
            cause = _cause([load for _, load in taken], situation)
            yield block(rule, *starts, reason, mode="start", cause=cause)


def _numbers(rule: Rule, person: str, found: list[_Load], situation: Situation) -> Iterator[Block]:
    """Yield the days or weeks in which as many activities begin as the rule allows."""
    for lo_s, hi_s in periods(rule.per, [load.span for load in found], situation.station):
        begun = [load for load in found if lo_s <= load.start_s < hi_s]
        if len(begun) >= rule.count:
            name, when = situation.station.name(person), _when(rule, lo_s, situation)
            reason = f"{name} would take part in more than {rule.count} such activities {when}"
            yield block(rule, lo_s, hi_s, reason, mode="start", cause=_cause(begun, situation))


def too_much(choice: Choice, period: Span, left_s: int) -> Span | None:
    """Return the starts with which a choice would take more of a period than is left; None if there are none.

    In a period [a, b) in which r is left, what lasts L from x on takes too much where x + L - a > r and b - x > r.
    """
    lo_s, hi_s = period
    lasts_s = choice.before_s + choice.duration_s + choice.after_s
    if min(lasts_s, hi_s - lo_s) <= left_s:
        return None
    return lo_s - lasts_s + left_s + 1 + choice.before_s, hi_s - left_s + choice.before_s


def periods(per: str, spans: Iterable[Span], station: Station) -> Iterator[Span]:
    """Yield the days or weeks that spans fall into, in order of time."""
    zero_s, long_s = calendar_of(per, station)
    numbers = {
        number for lo_s, hi_s in spans for number in range((lo_s - zero_s) // long_s, (hi_s - 1 - zero_s) // long_s + 1)
    }
    for number in sorted(numbers):
        yield zero_s + number * long_s, zero_s + (number + 1) * long_s


def calendar_of(per: str, station: Station) -> Span:
    """Return when a day or a week begins (UTC, weeks on Monday) and how long it is [s]."""
    midnight = midnight_s(station)
    if per == "day":
        return midnight, DAY_S
    return midnight - station.scenario.start_utc.weekday() * DAY_S, _WEEK_S


def _when(rule: Rule, lo_s: int, situation: Situation) -> str:
    day = (situation.station.scenario.start_utc + timedelta(seconds=lo_s)).date()
    return f"on {day}" if rule.per == "day" else f"in the week from {day}"


def _cause(loads: list[_Load], situation: Situation) -> int | None:
    """Return the row that gave the last of some activities its date."""
    last = max(loads, key=lambda load: (load.start_s, load.id), default=None)
    return None if last is None else situation.acts[last.id].row
