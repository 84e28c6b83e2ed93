"""Template of what is counted: several alike things, or hours of them, of which activities take some.

It asks about all activities at once, as the template of workload does.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from attrs import frozen

from stationsim.scenario.model import Resource, Rule
from stationsim.station.choice import Choice
from stationsim.station.rules.blocks import FOREVER_AGO, Block, Other, block
from stationsim.station.rules.calendar import Span, reach
from stationsim.station.rules.workload import periods, too_much
from stationsim.station.situation import Situation


@frozen(kw_only=True)
class _Taken:
    """How many of a resource an activity takes, from when to when [s]."""

    id: str
    number: int
    span: Span


def counted(rule: Rule, choice: Choice, others: Sequence[Other], situation: Situation) -> Iterator[Block]:
    """Forbid an activity while others leave less of a resource than it takes."""
    for name, number in choice.activity.takes:
        resource = situation.station.resources[name]
        taken = [_taken(other, start_s, name) for other, start_s in others if dict(other.activity.takes).get(name)]
        if resource.count is not None:
            yield from _at_a_time(rule, resource, number, taken, situation)
        if resource.per_day_s is not None:
            yield from _in_a_day(rule, resource, number, taken, choice, situation)


def _taken(other: Choice, start_s: int, name: str) -> _Taken:
    span = (start_s - other.before_s, start_s + other.duration_s + other.after_s)
    return _Taken(id=other.id, number=dict(other.activity.takes)[name], span=span)


def _at_a_time(
    rule: Rule, resource: Resource, number: int, taken: list[_Taken], situation: Situation
) -> Iterator[Block]:
    """Yield the times in which fewer are left than are needed."""
    count = resource.count or 0
    if number > count:
        reason = f"there are {count} {resource.name}, and it takes {number}"
        yield block(rule, FOREVER_AGO, None, reason)
        return
    for lo_s, hi_s, most in _short(taken, count - number):
        by = [one for one in taken if one.span[0] < hi_s and lo_s < one.span[1]]
        names = ", ".join(situation.name(one.id) for one in by)
        reason = f"{most} of {count} {resource.name} are taken by {names}"
        yield block(rule, lo_s, hi_s, reason, cause=_cause(by, situation))


def _short(taken: list[_Taken], room: int) -> Iterator[tuple[int, int, int]]:
    """Yield the times in which more than `room` are taken, in order, each with the most of it."""
    steps: dict[int, int] = {}
    for one in taken:
        for t_s, step in zip(one.span, (one.number, -one.number), strict=True):
            steps[t_s] = steps.get(t_s, 0) + step
    used, lo_s, most = 0, 0, 0
    for t_s in sorted(steps):
        was, used = used, used + steps[t_s]
        if used > room:
            lo_s = lo_s if was > room else t_s
            most = max(most, used)
        elif was > room:
            yield lo_s, t_s, most
            most = 0


def _in_a_day(
    rule: Rule, resource: Resource, number: int, taken: list[_Taken], choice: Choice, situation: Situation
) -> Iterator[Block]:
    """Yield the starts with which the hours of a day would be too many."""
    per_day_s = resource.per_day_s or 0
    lasts_s = choice.before_s + choice.duration_s + choice.after_s
    is_all = lasts_s * number > per_day_s
    spans = [reach(situation.station)] if is_all else [one.span for one in taken]
    for lo_s, hi_s in periods("day", spans, situation.station):
        parts = [(min(hi_s, one.span[1]) - max(lo_s, one.span[0]), one) for one in taken]
        by = [one for part_s, one in parts if part_s > 0]
        left_s = max(0, per_day_s - sum(part_s * one.number for part_s, one in parts if part_s > 0)) // number
        starts = too_much(choice, (lo_s, hi_s), left_s)
        if starts is not None:
            day = (situation.station.scenario.start_utc + timedelta(seconds=lo_s)).date()
            reason = f"more than {per_day_s / 3600:g} h of {resource.name} would be taken on {day}"
            yield block(rule, *starts, reason, mode="start", cause=_cause(by, situation))


def _cause(taken: list[_Taken], situation: Situation) -> int | None:
    """Return the row that gave the last of some activities its date."""
    last = max(taken, key=lambda one: (one.span, one.id), default=None)
    return None if last is None else situation.acts[last.id].row
