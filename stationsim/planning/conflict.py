"""Why can these tasks not all have a date? The fewest of them that exclude each other, and the reasons that do it.

A set is minimal: without any one of its tasks, or of its reasons, the others could be. It need not be the only one.

Source: Junker, QUICKXPLAIN, Proceedings of AAAI 2004, 167-172.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import attrs

from stationsim.errors import ScenarioError
from stationsim.planning.optimal import optimal
from stationsim.planning.problem import Ban, Budget, Gap, Level, Mode, Problem, Resource, Separation, Task
from stationsim.scenario.words import candidates, shorten

T = TypeVar("T")
_URGENT = -(10**6)


@attrs.frozen(kw_only=True)
class Conflict:
    """Tasks that cannot all have a date, and why.

    Attributes:
        tasks: A minimal set, in the order asked.
        reasons: A minimal set of the reasons of bans, resources, budgets, levels, gaps and separations; a constraint
            without a reason is told as "resource anna", "gap a, b" and so on, the limits of a task as "dates of a".
            Where the grid and the span of the problem leave no start at all: "starts of a".
        is_proven: False if the limit left open whether they can; then the sets may be larger than they must be.
    """

    tasks: tuple[str, ...]
    reasons: tuple[Hashable, ...]
    is_proven: bool


def conflict(problem: Problem, tasks: Sequence[str], *, limit: float = 1.0) -> Conflict | None:
    """Return why some tasks cannot all have a date, whatever the others do; None if they can.

    Args:
        problem: What is to be planned; its objective and who is optional there do not matter.
        tasks: Ids of tasks of the problem.
        limit: Deterministic time for each question asked.

    Raises:
        ScenarioError: One of them is not a task.
    """
    tasks = tuple(dict.fromkeys((tasks,) if isinstance(tasks, str) else tasks))
    for task in tasks:
        if task not in problem.by_id:
            advice = candidates("Tasks", problem.by_id, task)
            raise ScenarioError(f"conflict(tasks=...): {shorten(task)} is not a task. {advice}")
    asked = _Question(problem, limit)
    reasons = tuple(dict.fromkeys(_reasons(problem)))
    if not asked.cannot(tasks, reasons):
        return None if asked.is_proven else Conflict(tasks=tuple(tasks), reasons=reasons, is_proven=False)
    few = minimal(tasks, lambda some: asked.cannot(some, reasons))
    why = minimal(reasons, lambda some: asked.cannot(few, some))
    # Without any of them it cannot be either: then the grid and the span of the problem leave no start.
    return Conflict(tasks=few, reasons=why or tuple(f"starts of {task}" for task in few), is_proven=asked.is_proven)


class _Question:
    """Asks whether tasks can have a date under some of the constraints."""

    def __init__(self, problem: Problem, limit: float) -> None:
        self.problem, self.limit = problem, limit
        self.is_proven = True

    def cannot(self, tasks: Iterable[str], reasons: Iterable[Hashable]) -> bool:
        """Tell whether it is proven that they cannot."""
        missing = optimal(_under(_asked(self.problem, tuple(tasks)), frozenset(reasons)), limit=self.limit).stages[0]
        self.is_proven &= missing.value == 0 or missing.bound > 0
        return missing.bound > 0


def minimal(items: Sequence[T], fails: Callable[[tuple[T, ...]], bool]) -> tuple[T, ...]:
    """Return a minimal part of what fails that fails as well, in its order.

    >>> minimal((1, 2, 3, 4, 5), lambda some: 2 in some and 5 in some)
    (2, 5)
    """
    found = () if fails(()) else _halved((), grew=False, items=tuple(items), fails=fails)
    return tuple(item for item in items if item in found)


def _halved(
    given: tuple[T, ...], *, grew: bool, items: tuple[T, ...], fails: Callable[[tuple[T, ...]], bool]
) -> tuple[T, ...]:
    """Return what of the items is needed to fail beside what is given."""
    if grew and fails(given):
        return ()
    if len(items) <= 1:
        return items
    left, right = items[: len(items) // 2], items[len(items) // 2 :]
    of_right = _halved((*given, *left), grew=True, items=right, fails=fails)
    of_left = _halved((*given, *of_right), grew=bool(of_right), items=left, fails=fails)
    return (*of_left, *of_right)


def _asked(problem: Problem, tasks: tuple[str, ...]) -> Problem:
    """Return the problem in which these tasks must have a date, no other must, and nothing else counts."""
    return attrs.evolve(
        problem,
        objective=(),
        tasks=tuple(
            attrs.evolve(task, is_optional=False, priority=_URGENT)
            if task.id in tasks
            else attrs.evolve(task, is_optional=True)
            for task in problem.tasks
        ),
    )


def _reasons(problem: Problem) -> Iterable[Hashable]:
    """Yield the reason of every constraint, or its name."""
    for task in problem.tasks:
        for mode in task.modes:
            yield from (_of_ban(task, ban) for ban in mode.forbidden)
    for constraint in _between(problem):
        yield _of(constraint)
    yield from (_of_dates(task) for task in problem.tasks)


_Constraint = Resource | Budget | Level | Gap | Separation


def _between(problem: Problem) -> tuple[_Constraint, ...]:
    return (*problem.resources, *problem.budgets, *problem.levels, *problem.gaps, *problem.separations)


def _of(constraint: _Constraint) -> Hashable:
    if constraint.reason != "":
        return constraint.reason
    if isinstance(constraint, Gap):
        return f"gap {constraint.first}, {constraint.then}"
    if isinstance(constraint, Separation):
        return f"separation {constraint.a}, {constraint.b}"
    return f"{type(constraint).__name__.lower()} {constraint.id}"


def _of_ban(task: Task, ban: Ban) -> Hashable:
    return f"ban of {task.id}" if ban.reason == "" else ban.reason


def _of_dates(task: Task) -> Hashable:
    return f"dates of {task.id}"


def _under(problem: Problem, reasons: frozenset[Hashable]) -> Problem:
    """Return the problem under these constraints alone."""
    resources = {one.id for one in problem.resources if _of(one) in reasons}
    budgets = {one.id for one in problem.budgets if _of(one) in reasons}
    levels = {one.id for one in problem.levels if _of(one) in reasons}

    def mode(task: Task, one: Mode) -> Mode:
        return attrs.evolve(
            one,
            forbidden=tuple(ban for ban in one.forbidden if _of_ban(task, ban) in reasons),
            uses=tuple(name for name in one.uses if name in resources),
            needs=tuple(pair for pair in one.needs if pair[0] in resources),
            hours=tuple(pair for pair in one.hours if pair[0] in budgets),
            shifts=tuple(shift for shift in one.shifts if shift.level in levels),
            earliest_s=one.earliest_s if _of_dates(task) in reasons else None,
        )

    tasks = (attrs.evolve(task, modes=tuple(mode(task, one) for one in task.modes)) for task in problem.tasks)
    return attrs.evolve(
        problem,
        tasks=tuple(task if _of_dates(task) in reasons else _free(task) for task in tasks),
        gaps=tuple(gap for gap in problem.gaps if _of(gap) in reasons),
        separations=tuple(one for one in problem.separations if _of(one) in reasons),
    )


def _free(task: Task) -> Task:
    """Return a task without limits of its own; the grid stays, so that times remain coarse."""
    return attrs.evolve(
        task,
        release_s=None,
        due_s=None,
        earliest_s=None,
        latest_s=None,
        frozen=None,
        kept=tuple(
            sorted({*task.kept, *(() if task.frozen is None else (task.frozen.start_s,)), *(task.starts or ())})
        ),
        starts=None,
    )
