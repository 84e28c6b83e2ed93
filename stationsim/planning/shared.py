"""What do tasks share that is counted? Resources and hours as a problem states them, with what constants take of them.

A resource of which there are several is a `Resource`. So many hours of it a day, and how much a rule of workload lets
somebody do in a day or a week, are `Budget`s: whole, for what lies within one day or week at every start it may have.
What reaches into the next one at some start is charged nothing, so that a budget forbids no plan that the rules allow;
`verify` has the last word.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from stationsim.planning.problem import Budget, Mode, Pairs, Resource, Spot, Task
from stationsim.planning.windows import Placed
from stationsim.scenario.model import Rule
from stationsim.station.builtin import COUNTED_RULE
from stationsim.station.choice import Choice
from stationsim.station.rules import governs
from stationsim.station.rules.workload import calendar_of, counts, periods
from stationsim.station.situation import Situation

_FEW = 2
"""Where fewer tasks than so many share something, their bans beside the constants say all."""


@frozen(kw_only=True)
class Asking:
    """A task with its choices, mode by mode, and the starts it may have [s]; None where they are a grid."""

    id: str
    choices: tuple[Choice, ...]
    starts: tuple[int, ...] | None


@frozen(kw_only=True)
class Shared:
    """What a problem holds besides its tasks: resources, budgets, and frozen tasks for what constants take.

    `needs` and `hours` are those of a mode, by task and number of its choice.
    """

    resources: tuple[Resource, ...]
    budgets: tuple[Budget, ...]
    constants: tuple[Task, ...]
    needs: Mapping[tuple[str, int], Pairs]
    hours: Mapping[tuple[str, int], Pairs]


@frozen(kw_only=True)
class _Pot:
    """A budget before anybody has charged it, and what a task or a constant takes of it where it is counted, else 0.

    Attributes:
        budget: With what one day or week holds.
        per: `day` or `week`.
        charge: What a task takes [s, or number of activities].
        taken: The same of a constant, whichever book governs it.
        by_time: Is it time that is counted, wherever it lies? Else it is starts.
    """

    budget: Budget
    per: str
    charge: Callable[[Choice], int]
    taken: Callable[[Choice], int]
    by_time: bool


def shared(asking: Sequence[Asking], constants: Mapping[str, Placed], situation: Situation) -> Shared:
    """Return what the tasks share.

    Args:
        asking: The tasks.
        constants: What stands, by activity.
        situation: What somebody believes, for what the files say.
    """
    needs: dict[tuple[str, int], list[tuple[str, int]]] = {}
    hours: dict[tuple[str, int], list[tuple[str, int]]] = {}
    resources, budgets, frozen_ = [], [], []
    for name, record in situation.station.resources.items():
        takers = [(one.id, n, _number(c, name)) for one in asking for n, c in enumerate(one.choices)]
        takers = [(id_, n, number) for id_, n, number in takers if number]
        if record.count is None or len(dict.fromkeys(id_ for id_, _, _ in takers)) < _FEW:
            continue
        stand = [placed for placed in constants.values() if _number(placed.choice, name)]
        found = [_standing(placed, name) for placed in stand if _ends_s(placed) > situation.now_s]
        resources.append(Resource(id=name, capacity=max(record.count, _most(found)), reason=COUNTED_RULE.id))
        frozen_ += found
        for id_, n, number in takers:
            needs.setdefault((id_, n), []).append((name, number))
    for pot in _pots(asking, situation):
        charged = list(_charged(pot, asking))
        if len(dict.fromkeys(id_ for id_, _, _ in charged)) < _FEW:
            continue
        spent = _spent(pot, constants, situation)
        most = max([pot.budget.capacity_s, *spent.values()])
        budgets.append(evolve(pot.budget, capacity_s=most))
        frozen_ += [_spending(pot.budget.id, lo_s, part_s) for lo_s, part_s in spent.items()]
        for id_, n, part_s in charged:
            hours.setdefault((id_, n), []).append((pot.budget.id, part_s))
    return Shared(
        resources=tuple(resources),
        budgets=tuple(budgets),
        constants=tuple(frozen_),
        needs={key: tuple(found) for key, found in needs.items()},
        hours={key: tuple(found) for key, found in hours.items()},
    )


def _number(choice: Choice, resource: str) -> int:
    return dict(choice.activity.takes).get(resource, 0)


def _lasts_s(choice: Choice) -> int:
    return choice.before_s + choice.duration_s + choice.after_s


def _ends_s(placed: Placed) -> int:
    return placed.start_s + placed.choice.duration_s + placed.choice.after_s


def _standing(placed: Placed, resource: str) -> Task:
    """Return what a constant occupies of a resource, where it stands."""
    choice = placed.choice
    mode = Mode(
        duration_s=choice.duration_s,
        before_s=choice.before_s,
        after_s=choice.after_s,
        needs={resource: _number(choice, resource)},
    )
    return Task(id=f"{choice.id} takes {resource}", modes=(mode,), frozen=Spot(start_s=placed.start_s))


def _most(standing: Sequence[Task]) -> int:
    """Return the most that constants occupy at a time: so much there is, whatever the file says."""
    spans = []
    for task in standing:
        mode, start_s = task.modes[0], 0 if task.frozen is None else task.frozen.start_s
        spans.append((start_s - mode.before_s, start_s + mode.duration_s + mode.after_s, mode.needs[0][1]))
    return max((sum(n for lo_s, hi_s, n in spans if lo_s <= at_s < hi_s) for at_s, _, _ in spans), default=0)


def _pots(asking: Sequence[Asking], situation: Situation) -> Iterator[_Pot]:
    station = situation.station
    for name, record in station.resources.items():
        if record.per_day_s is not None:

            def hours(choice: Choice, name: str = name) -> int:
                return _number(choice, name) * _lasts_s(choice)

            budget = _budget(f"{name} a day", record.per_day_s, "day", COUNTED_RULE.id, situation)
            yield _Pot(budget=budget, per="day", charge=hours, taken=hours, by_time=True)
    people = dict.fromkeys(person for one in asking for choice in one.choices for person in choice.people)
    for rule in station.rules.values():
        if rule.template == "workload":
            for person in people:
                yield from _of_person(rule, person, situation)


def _of_person(rule: Rule, person: str, situation: Situation) -> Iterator[_Pot]:
    """Yield what a rule of workload leaves somebody in a day or week: hours, activities."""
    station = situation.station

    def worked(choice: Choice) -> int:
        return _lasts_s(choice) if counts(rule, person, choice, station) else 0

    def begun(choice: Choice) -> int:
        return int(counts(rule, person, choice, station))

    limits = ((rule.limit_s, "hours", worked), (rule.count or None, "activities", begun))
    for limit, what, taken in limits:
        if limit is not None:

            def charge(choice: Choice, taken: Callable[[Choice], int] = taken) -> int:
                return taken(choice) if governs(rule, choice.activity, station) else 0

            budget = _budget(f"{rule.id}: {what} of {person}", limit, rule.per, rule.id, situation)
            yield _Pot(budget=budget, per=rule.per, charge=charge, taken=taken, by_time=taken is worked)


def _budget(id_: str, holds: int, per: str, rule: str, situation: Situation) -> Budget:
    zero_s, long_s = calendar_of(per, situation.station)
    return Budget(id=id_, capacity_s=holds, day_s=long_s, offset_s=zero_s, reason=rule)


def _charged(pot: _Pot, asking: Sequence[Asking]) -> Iterator[tuple[str, int, int]]:
    """Yield what each mode (task, number) takes, where that is the same at every start."""
    for one in asking:
        for number, choice in enumerate(one.choices):
            part = pot.charge(choice)
            if part and (not pot.by_time or _is_within(choice, one.starts, pot.budget)):
                yield one.id, number, part


def _is_within(choice: Choice, starts: tuple[int, ...] | None, budget: Budget) -> bool:
    """Tell whether a choice lies in one day or week at every start."""

    def day(t_s: int) -> int:
        return (t_s - budget.offset_s) // budget.day_s

    after_s = choice.duration_s + choice.after_s - 1
    return starts is not None and all(day(t_s - choice.before_s) == day(t_s) == day(t_s + after_s) for t_s in starts)


def _spent(pot: _Pot, constants: Mapping[str, Placed], situation: Situation) -> dict[int, int]:
    """Return what constants take of each day or week from the present one on, by when that begins [s]."""
    found: dict[int, int] = {}
    for placed in constants.values():
        choice, start_s = placed.choice, placed.start_s
        took = pot.taken(choice)
        span = (start_s - choice.before_s, _ends_s(placed)) if pot.by_time else (start_s, start_s + 1)
        for lo_s, hi_s in periods(pot.per, [span], situation.station) if took else ():
            part_s = min(hi_s, span[1]) - max(lo_s, span[0])
            if hi_s > situation.now_s and part_s > 0:
                part = took * part_s // (span[1] - span[0])
                found[lo_s] = found.get(lo_s, 0) + part
    return {lo_s: part for lo_s, part in sorted(found.items()) if part}


def _spending(budget: str, lo_s: int, part: int) -> Task:
    """Return what is spent of a day or week, as a task that nobody moves."""
    mode = Mode(duration_s=0, hours={budget: part})
    return Task(id=f"{budget} from {lo_s}", modes=(mode,), frozen=Spot(start_s=lo_s))
