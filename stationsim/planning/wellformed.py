"""Can a planning problem be meant as it stands? Names that are there, values within their range, no circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING

from stationsim.errors import ScenarioError
from stationsim.planning import form

if TYPE_CHECKING:
    from stationsim.planning.problem import Gap, Mode, Problem, Stage, Task

_MEASURES = ("undated", "delay", "shift", "changed", "cost", "makespan")


def check(problem: Problem) -> None:
    """Refuse a problem that cannot be meant.

    Raises:
        ScenarioError: With everything that is wrong, a line each; of values of a wrong sort, with these alone.
    """
    found = list(form.wrong(problem)) or list(_wrong(problem))
    if found:
        raise ScenarioError("\n".join(found))


def _wrong(problem: Problem) -> Iterator[str]:
    if problem.until_s < problem.now_s:
        yield f"until_s: {problem.until_s} is before now_s. Allowed: {problem.now_s} or more."
    for room, ids in _rooms(problem):
        yield from _twice(room, ids)
    for resource in problem.resources:
        yield from _least(f"resources.{resource.id}.capacity", resource.capacity, 0)
    for budget in problem.budgets:
        yield from _least(f"budgets.{budget.id}.capacity_s", budget.capacity_s, 0)
        yield from _least(f"budgets.{budget.id}.day_s", budget.day_s, 1)
    yield from _levels(problem)
    names = _Names(problem)
    for task in problem.tasks:
        yield from _task(task, names)
    for index, gap in enumerate(problem.gaps):
        yield from _gap(f"gaps[{index}]", gap, names)
    for index, apart in enumerate(problem.separations):
        where = f"separations[{index}]"
        yield from names.pair(where, ("a", apart.a), ("b", apart.b))
        yield from names.mode(f"{where}.mode_a", apart.a, apart.mode_a)
        yield from names.mode(f"{where}.mode_b", apart.b, apart.mode_b)
    for index, stage in enumerate(problem.objective):
        yield from _stage(f"objective[{index}]", stage, names)
    yield from _circle(problem)


def _rooms(problem: Problem) -> Iterator[tuple[str, list[str]]]:
    yield "tasks", [task.id for task in problem.tasks]
    yield "resources", [resource.id for resource in problem.resources]
    yield "budgets", [budget.id for budget in problem.budgets]
    yield "levels", [level.id for level in problem.levels]


class _Names:
    """What there is, by room."""

    def __init__(self, problem: Problem) -> None:
        self.tasks = {task.id: frozenset(mode.id for mode in task.modes) for task in problem.tasks}
        self.resources = frozenset(resource.id for resource in problem.resources)
        self.budgets = frozenset(budget.id for budget in problem.budgets)
        self.levels = frozenset(level.id for level in problem.levels)

    def pair(self, where: str, one: tuple[str, str], two: tuple[str, str]) -> Iterator[str]:
        """Tell whether both are tasks and not the same."""
        for field, name in (one, two):
            yield from known(f"{where}.{field}", name, "a task", self.tasks)
        if one[1] == two[1]:
            yield f"{where}.{two[0]}: {two[1]!r} is the same task as {one[0]}. Allowed: another task."

    def mode(self, where: str, task: str, mode: str | None) -> Iterator[str]:
        """Tell whether a task has a mode."""
        if mode is not None and task in self.tasks:
            yield from known(where, mode, f"a mode of {task}", self.tasks[task])


def known(where: str, name: str, what: str, names: Iterable[str]) -> Iterator[str]:
    """Tell whether a name is one of those there are."""
    if name not in (there := sorted(names)):
        allowed = ", ".join(one or "''" for one in there) or "none"
        yield f"{where}: {name!r} is not {what}. Allowed: {allowed}."


def _twice(where: str, ids: list[str]) -> Iterator[str]:
    if len(set(ids)) < len(ids):
        seen: set[str] = set()
        for name in ids:
            if name in seen:
                yield f"{where}: {name!r} is there twice. Allowed: every name once."
            seen.add(name)


def _least(where: str, value: int, least: int) -> Iterator[str]:
    if value < least:
        yield f"{where}: {value} is too small. Allowed: {least} or more."


def _levels(problem: Problem) -> Iterator[str]:
    for level in problem.levels:
        low = level.least is not None and level.initial < level.least
        if low or (level.most is not None and level.initial > level.most):
            yield (
                f"levels.{level.id}.initial: {level.initial} is out of bounds. "
                f"Allowed: {_bound(level.least)} to {_bound(level.most)}."
            )


def _bound(value: int | None) -> str:
    return "any" if value is None else str(value)


def _task(task: Task, names: _Names) -> Iterator[str]:
    where = f"tasks.{task.id}"
    if not task.modes:
        yield f"{where}.modes: () is empty. Allowed: one mode or more."
        return
    if task.weight < 0:
        yield from _least(f"{where}.weight", task.weight, 0)
    if task.step_s < 1:
        yield from _least(f"{where}.step_s", task.step_s, 1)
    for field, starts in (("starts", task.starts or ()), ("kept", task.kept)):
        if any(b <= a for a, b in pairwise(starts)):
            yield f"{where}.{field}: {starts} does not rise. Allowed: every start once, the earliest first."
    yield from _twice(f"{where}.modes", [mode.id for mode in task.modes])
    if task.frozen is not None:
        yield from names.mode(f"{where}.frozen.mode", task.id, task.frozen.mode)
    for mode in task.modes:
        yield from _mode(f"{where}.modes.{mode.id}", mode, names)


def _mode(where: str, mode: Mode, names: _Names) -> Iterator[str]:
    if min(mode.duration_s, mode.before_s, mode.after_s, mode.cost) < 0:
        for field in ("duration_s", "before_s", "after_s", "cost"):
            yield from _least(f"{where}.{field}", getattr(mode, field), 0)
    uses = tuple((name, 1) for name in mode.uses)
    yield from _amounts(f"{where}.uses", uses, "a resource", names.resources)
    yield from _amounts(f"{where}.needs", mode.needs, "a resource", names.resources)
    yield from _amounts(f"{where}.hours", mode.hours, "a budget", names.budgets)
    if uses and mode.needs:
        yield from _twice(f"{where}.uses and needs", [*mode.uses, *(name for name, _ in mode.needs)])
    for shift in mode.shifts:
        yield from known(f"{where}.shifts.level", shift.level, "a level", names.levels)
        yield from known(f"{where}.shifts.at", shift.at, "a moment", ("start", "end"))


def _amounts(where: str, amounts: tuple[tuple[str, int], ...], what: str, names: frozenset[str]) -> Iterator[str]:
    for name, amount in amounts:
        if name not in names:
            yield from known(where, name, what, names)
        if amount < 1:
            yield from _least(f"{where}.{name}", amount, 1)
    if len(amounts) > 1:
        yield from _twice(where, [name for name, _ in amounts])


def _gap(where: str, gap: Gap, names: _Names) -> Iterator[str]:
    yield from names.pair(where, ("first", gap.first), ("then", gap.then))
    if gap.min_s is not None and gap.max_s is not None and gap.max_s < gap.min_s:
        yield f"{where}.max_s: {gap.max_s} is less than min_s. Allowed: {gap.min_s} or more."


def _stage(where: str, stage: Stage, names: _Names) -> Iterator[str]:
    yield from known(f"{where}.measure", stage.measure, "a measure", _MEASURES)
    yield from _least(f"{where}.unit_s", stage.unit_s, 1)
    for name, weight in stage.weights:
        yield from known(f"{where}.weights", name, "a task", names.tasks)
        yield from _least(f"{where}.weights.{name}", weight, 0)
    yield from _twice(f"{where}.weights", [name for name, _ in stage.weights])


def _circle(problem: Problem) -> Iterator[str]:
    """Find tasks that wait for each other's dates: none of them is the one to begin with."""
    needed: dict[str, list[str]] = {}
    for gap in problem.gaps:
        if gap.needs_first:
            needed.setdefault(gap.then, []).append(gap.first)
    try:
        TopologicalSorter(needed).prepare()
    except CycleError as error:
        names = ", ".join(sorted(set(error.args[1])))
        yield f"gaps: {names} need each other's dates first. Allowed: no circle of needs_first."
