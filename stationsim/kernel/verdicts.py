"""What was a number held against? Rows of table `verdicts`: starts, holds, leads and crews with their limits.

A start has passed every window of every rule; how near it came is the nearest window of each rule on either side.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stationsim.kernel.world import World
from stationsim.planning.windows import Placed, Window, load_windows, own_windows, span_of
from stationsim.planning.wishes import lead_s
from stationsim.station.act import Act
from stationsim.station.choice import Choice, cast_of, choose
from stationsim.station.rules import fewest, gaps
from stationsim.station.situation import Situation

__all__ = ["Verdict", "of_date", "of_hold", "of_start"]

Verdict = tuple[str, str, float | None, float | None, str, str, str | None, str | None]
"""A row of table `verdicts` without its `seq`."""

_LONG_AGO_S = -(10**11)
"""A window that ends or begins before is one that was always there [s]."""


def of_start(world: World, id_: str, start_s: int) -> list[Verdict]:
    """Return what the start of an activity was held against, under what the centre that governs it believes now."""
    situation = world.situation_of(id_)
    choice = world.choice(id_, situation)
    found = [*_nearest(id_, start_s, _limits(choice, situation, _placed(world, id_, situation)))]
    return [*found, *_crews(choice, situation, start_s)]


def of_hold(id_: str, windows: tuple[Window, ...], until_s: int) -> Verdict:
    """Return when what forbids a start is expected to be over, against the longest hold."""
    last = max(windows, key=lambda w: (w.hi_s is None, w.hi_s or 0))
    value = None if last.hi_s is None else float(last.hi_s)
    return (id_, "hold", value, float(until_s), "s", "at-most", last.block.rule, last.block.reason)


def of_date(world: World, act: Act, start_s: int | None) -> list[Verdict]:
    """Return a new start against the soonest that the lead of a new date allows; none for a date it had before."""
    if start_s is None or start_s in (act.start_s, act.wish_s):
        return []
    situation = world.situation_of(act.id)
    kind = world.station.kinds[world.state.activity(act.id).kind]
    soonest_s = situation.now_s + max(lead_s(act, kind, situation), act.before_s)
    return [(act.id, "lead", float(start_s), float(soonest_s), "s", "at-least", None, "the lead of a new date")]


def _placed(world: World, id_: str, situation: Situation) -> dict[str, Placed]:
    """Return everything else that has a date: what was done, where it was."""
    found = {}
    for act in world.state.acts.values():
        start_s = act.start_s if act.started_s is None else act.started_s
        if act.id == id_ or start_s is None:
            continue
        took_s = None if act.ended_s is None else max(0, act.ended_s - start_s)
        found[act.id] = Placed(choice=choose(situation, act.id, cast_of(act), took_s), start_s=start_s)
    return found


class _Limit(NamedTuple):
    """A window of forbidden starts: from when to when [s], None for good, by which rule and why."""

    lo_s: int
    hi_s: int | None
    rule: str
    reason: str


def _limits(choice: Choice, situation: Situation, placed: dict[str, Placed]) -> Iterator[_Limit]:
    """Yield what `forbidden` says, in its order."""
    for window in own_windows(choice, situation):
        yield _Limit(window.lo_s, window.hi_s, window.block.rule, window.block.reason)
    for other, gap in gaps(choice, placed.values(), situation):
        yield _Limit(*span_of(gap, other.start_s), gap.rule, gap.reason)
    for window in load_windows(choice, situation, placed.values()):
        yield _Limit(window.lo_s, window.hi_s, window.block.rule, window.block.reason)


def _nearest(id_: str, start_s: int, limits: Iterable[_Limit]) -> Iterator[Verdict]:
    """Yield a start against the nearest window of each rule before and after it, and those it lies in."""
    before: dict[str, _Limit] = {}
    after: dict[str, _Limit] = {}
    for limit in limits:
        rule = limit.rule
        if limit.lo_s > start_s:
            if rule not in after or limit.lo_s < after[rule].lo_s:
                after[rule] = limit
        elif limit.hi_s is None or rule not in before or limit.hi_s > (before[rule].hi_s or limit.hi_s):
            before[rule] = limit
    for rule, limit in before.items():
        if limit.hi_s is None or limit.hi_s > _LONG_AGO_S:
            hi = None if limit.hi_s is None else float(limit.hi_s)
            yield (id_, "start", float(start_s), hi, "s", "at-least", rule, limit.reason)
    for rule, limit in after.items():
        yield (id_, "start", float(start_s), float(limit.lo_s), "s", "below", rule, limit.reason)


def _crews(choice: Choice, situation: Situation, start_s: int) -> Iterator[Verdict]:
    """Yield the fewest people that are left while an activity lasts, against the least number of each rule."""
    until_s = start_s + (1 if choice.kind.effect == "undock" else choice.duration_s + choice.after_s)
    for rule, left in fewest(choice, situation, start_s - choice.before_s, max(until_s, start_s + 1)):
        yield (choice.id, "crew", float(left.number), float(rule.count), "1", "at-least", rule.id, left.who)
