"""Does a plan keep every rule? An independent look at any plan: rules and plain comparisons, no code of a planner."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from stationsim.station.act import Act
from stationsim.station.choice import Choice, cast_of, choose
from stationsim.station.rules import Block, Separation, blocks, is_limited, loads, reach_s, separations
from stationsim.station.situation import Situation
from stationsim.station.transitions import ATTEMPT, Life


@frozen(kw_only=True)
class Break:
    """A rule that a plan breaks: which, for which activity, beside which other one, and why."""

    rule: str
    activity: str
    other: str | None
    severity: str
    reason: str

    @property
    def key(self) -> tuple[str, str, str | None]:
        """What tells breaks apart, whatever the dates: rule, activity, other."""
        return self.rule, self.activity, self.other


def verify(situations: Mapping[str, Situation]) -> tuple[Break, ...]:
    """Return every rule that the plan breaks from now on, waived ones left out.

    Args:
        situations: What each control centre believes, by centre, over the plan to verify.
    """
    return tuple(_breaks(situations))


def _breaks(situations: Mapping[str, Situation]) -> Iterator[Break]:
    any_ = next(iter(situations.values()))
    dated = [act for act in any_.acts.values() if act.start_s is not None and act.life in (Life.PLANNED, *ATTEMPT)]
    choices = [_choice(act, situations) for act in dated]
    over = _worked(situations)
    for index, near in enumerate(_near(dated, choices, any_)):
        act, choice = dated[index], choices[index]
        situation = situations[choice.activity.centre]
        for block in blocks(choice, situation):
            if act.life is Life.PLANNED and _is_hit(block, choice, act.start_s or 0):
                yield Break(rule=block.rule, activity=act.id, other=None, severity=block.severity, reason=block.reason)
        if act.life is Life.PLANNED and is_limited(choice.activity, situation.station):
            before = [*over, *zip(choices[:index], map(_start_s, dated[:index]), strict=True)]
            for block in loads(choice, before, situation):
                if _is_hit(block, choice, act.start_s or 0):
                    yield Break(
                        rule=block.rule, activity=act.id, other=None, severity=block.severity, reason=block.reason
                    )
        for other, beside in ((dated[number], choices[number]) for number in near):
            for gap in separations(choice, beside, situation):
                if _is_close(gap, (act.start_s or 0) - (other.start_s or 0)):
                    yield Break(
                        rule=gap.rule, activity=act.id, other=other.id, severity=gap.severity, reason=gap.reason
                    )


def _near(dated: list[Act], choices: list[Choice], situation: Situation) -> Iterator[list[int]]:
    """Yield for every activity which of those before it a rule may keep apart from it: those near enough in time."""
    spans = [choice.before_s + choice.duration_s + choice.after_s for choice in choices]
    reaches = [reach_s(choice, situation.station) for choice in choices]
    ordered = sorted(range(len(dated)), key=lambda number: dated[number].start_s or 0)
    starts = [dated[number].start_s or 0 for number in ordered]
    longest_s = max(spans, default=0)
    for index, reach in enumerate(reaches):
        if reach is None:
            yield list(range(index))
            continue
        start_s, own_s = dated[index].start_s or 0, spans[index] + reach
        lo, hi = bisect_left(starts, start_s - own_s - longest_s), bisect_right(starts, start_s + own_s + longest_s)
        found = (number for number in ordered[lo:hi] if number < index)
        yield sorted(n for n in found if abs(start_s - (dated[n].start_s or 0)) <= own_s + spans[n])


def _worked(situations: Mapping[str, Situation]) -> list[tuple[Choice, int]]:
    """Return what is over, as long as it took."""
    done = (act for act in next(iter(situations.values())).acts.values() if act.life is Life.DONE)
    return [(evolve(_choice(act, situations), duration_s=_took_s(act)), _start_s(act)) for act in done]


def _start_s(act: Act) -> int:
    return act.started_s if act.started_s is not None else (act.start_s or 0)


def _took_s(act: Act) -> int:
    return act.duration_s if act.ended_s is None else act.ended_s - _start_s(act)


def _choice(act: Act, situations: Mapping[str, Situation]) -> Choice:
    any_ = next(iter(situations.values()))
    return choose(situations[any_.activity(act.id).centre], act.id, cast_of(act))


def _is_hit(block: Block, choice: Choice, start_s: int) -> bool:
    first_s = start_s if block.mode == "start" else start_s - choice.before_s
    last_s = start_s if block.mode == "start" else start_s + choice.duration_s + choice.after_s - 1
    return last_s >= block.lo_s and (block.hi_s is None or first_s < block.hi_s)


def _is_close(gap: Separation, apart_s: int) -> bool:
    return (gap.lo_s is None or apart_s > gap.lo_s) and (gap.hi_s is None or apart_s < gap.hi_s)
