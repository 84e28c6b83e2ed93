"""How is a planning problem told to CP-SAT? Variables and constraints; nothing here decides anything.

Each task has a literal for having a date, one per mode, and a count of steps of its own grid from its first start on;
every time is an expression of it, in units of what all times have in common. Pairs that can never meet and limits that
can never be reached are left out.
"""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from math import gcd
from typing import TypeVar

from attrs import field, frozen
from ortools.sat.python import cp_model

from stationsim.planning.optimal import starts
from stationsim.planning.optimal.bounds import possible
from stationsim.planning.optimal.starts import Ways
from stationsim.planning.problem import Budget, Gap, Level, Mode, Plan, Problem, Resource, Separation, Task

T = TypeVar("T")
_FAR_S = 10**15


@frozen(eq=False, kw_only=True)
class Item:
    """A task as the model sees it.

    Attributes:
        task: The task.
        is_dated: Literal.
        modes: Each possible mode with its literal.
        step: Variable: steps of `step_s` from `base_s` on.
        start: Its start as an expression [units of the model].
        base_s: First allowed start [s].
        last_s: Last allowed start [s].
        step_s: Length of a step [s].
        rest_s: Where the variable stands without a date, at the wish or near it [s].
    """

    task: Task
    is_dated: cp_model.IntVar
    modes: tuple[tuple[Mode, cp_model.IntVar], ...]
    step: cp_model.IntVar
    start: cp_model.LinearExpr = field(repr=False)
    base_s: int
    last_s: int
    step_s: int
    rest_s: int

    def literals(self, modes: Collection[str]) -> list[cp_model.IntVar]:
        """Return literals of which one is true if the task is done in one of these modes: one for all, or one each."""
        found = [literal for mode, literal in self.modes if mode.id in modes]
        return [self.is_dated] if len(found) == len(self.modes) else found

    def of_mode(self, mode: str | None) -> list[cp_model.IntVar]:
        """Return the literal of a mode, of having a date for None, or nothing if the mode is impossible."""
        return [self.is_dated] if mode is None else self.literals({mode})

    def by(self, key: Callable[[Mode], T]) -> dict[T, list[cp_model.IntVar]]:
        """Return the literals of modes that have something in common."""
        found: dict[T, set[str]] = {}
        for mode, _ in self.modes:
            found.setdefault(key(mode), set()).add(mode.id)
        return {value: self.literals(ids) for value, ids in found.items()}

    def start_s(self, plan: Plan) -> int:
        """Return where a plan has the task, or where the variable stands without a date [s]."""
        spot = plan[self.task.id]
        return self.rest_s if spot is None else spot.start_s


class Encoding:
    """Variables and constraints of a problem. `hints` holds each variable with what it is in a plan."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cp = cp_model.CpModel()
        self.hints: list[tuple[cp_model.IntVar, Callable[[Plan], int]]] = []
        ways = {task.id: found for task in problem.tasks if (found := possible(problem, task))}
        self.origin_s, self.unit_s = _common(problem, ways)
        self.items = {task.id: self._item(task, ways[task.id]) for task in problem.tasks if task.id in ways}
        self._day: dict[tuple[str, int, int], cp_model.IntVar] = {}
        for resource in problem.resources:
            self._resource(resource)
        for budget in problem.budgets:
            self._budget(budget)
        for level in problem.levels:
            self._level(level)
        for gap in problem.gaps:
            self._gap(gap)
        for apart in problem.separations:
            self._separation(apart)

    def new_bool(self, value: Callable[[Plan], bool]) -> cp_model.IntVar:
        """Return a new literal, with what it is in a plan."""
        return self.new_int(0, 1, value)

    def new_int(self, lo: int, hi: int, value: Callable[[Plan], int]) -> cp_model.IntVar:
        """Return a new variable, with what it is in a plan."""
        made = self.cp.new_int_var(lo, hi, "")
        self.hints.append((made, value))
        return made

    def _item(self, task: Task, ways: Ways) -> Item:
        base_s = min(domain.bounds[0] for _, domain in ways if domain.bounds)
        last_s = max(domain.bounds[1] for _, domain in ways if domain.bounds)
        step_s = starts.step_s(ways, base_s) or self.unit_s
        rest_s = starts.rest_s(task, ways)
        is_dated = self.new_bool(lambda plan: plan[task.id] is not None)
        modes = tuple(self._mode(task, mode, is_dated, len(ways)) for mode, _ in ways)
        if len(modes) > 1:
            self.cp.add(sum(literal for _, literal in modes) == is_dated)
        step = self.cp.new_int_var(0, (last_s - base_s) // step_s, "")
        if last_s > base_s:
            self.cp.add(step == (rest_s - base_s) // step_s).only_enforce_if(~is_dated)
        item = Item(
            task=task,
            is_dated=is_dated,
            modes=modes,
            step=step,
            start=step * (step_s // self.unit_s) + (base_s - self.origin_s) // self.unit_s,
            base_s=base_s,
            last_s=last_s,
            step_s=step_s,
            rest_s=rest_s,
        )
        self.hints.append((step, lambda plan: (item.start_s(plan) - base_s) // step_s))
        grid = starts.grid_of(ways, step_s)
        if grid is None:
            on = tuple(starts.stretches(domain, base_s, step_s) for _, domain in ways)
            self._within(step, on, [[literal] for _, literal in modes])
        else:
            self._beside(item, grid)
        return item

    def _within(
        self, variable: cp_model.IntVar, domains: tuple[cp_model.Domain, ...], ifs: list[list[cp_model.LiteralT]]
    ) -> None:
        """Hold a variable in each of some domains, if all literals beside it are true; and in any of them, always."""
        every = starts.union(domains)
        self.cp.add_linear_expression_in_domain(variable, every)
        for one, if_ in zip(domains, ifs, strict=True):
            if one.flattened_intervals() != every.flattened_intervals():
                self.cp.add_linear_expression_in_domain(variable, one).only_enforce_if(if_)

    def _beside(self, item: Item, grid: starts.Grid) -> None:
        """Hold a task on its grid or at one of its starts beside it, a literal each."""
        ends = starts.union(grid.on).flattened_intervals()
        points = grid.points
        on_grid = self.new_int(ends[0], ends[-1], lambda plan: grid.near(item.start_s(plan)))
        start_s = on_grid * grid.step_s + grid.first_s
        is_at = {point: self.new_bool(partial(_is_at, item, point)) for point in points}
        self.cp.add_at_most_one(is_at.values())
        for point, literal in is_at.items():
            near = grid.near(point)
            self.cp.add(on_grid == near).only_enforce_if(literal)
            start_s += literal * (point - grid.first_s - near * grid.step_s)
        self.cp.add(item.step * item.step_s + item.base_s == start_s)
        for beside, (_, literal) in zip(grid.beside, item.modes, strict=True):
            for point in sorted(is_at.keys() - beside):
                self.cp.add_implication(literal, ~is_at[point])
        is_on = [~literal for literal in is_at.values()]
        self._within(on_grid, grid.on, [[literal, *is_on] for _, literal in item.modes])

    def _mode(self, task: Task, mode: Mode, is_dated: cp_model.IntVar, count: int) -> tuple[Mode, cp_model.IntVar]:
        if count == 1:
            return mode, is_dated
        return mode, self.new_bool(lambda plan: (spot := plan[task.id]) is not None and spot.mode == mode.id)

    def _taken(self, resource: Resource) -> Iterator[tuple[Item, int, int, int, cp_model.IntVar]]:
        """Yield who occupies a resource: amount, seconds before the start, seconds altogether, literal."""
        for item in self.items.values():
            for (amount, before_s, length_s), literals in item.by(lambda mode: _use(mode, resource)).items():
                for literal in literals if amount and length_s else ():
                    yield item, amount, before_s, length_s, literal

    def _resource(self, resource: Resource) -> None:
        taken = list(self._taken(resource))
        most: dict[str, int] = {}
        for item, amount, _, _, _ in taken:
            most[item.task.id] = max(most.get(item.task.id, 0), amount)
        if sum(most.values()) <= resource.capacity:
            return
        intervals = [
            self.cp.new_optional_fixed_size_interval_var(
                item.start - before_s // self.unit_s, length_s // self.unit_s, literal, ""
            )
            for item, _, before_s, length_s, literal in taken
        ]
        amounts = [amount for _, amount, _, _, _ in taken]
        if min(amounts) * 2 > resource.capacity:
            self.cp.add_no_overlap(intervals)
        else:
            self.cp.add_cumulative(intervals, amounts, resource.capacity)

    def _budget(self, budget: Budget) -> None:
        """Charge the hours of each day as if days were moments."""
        charged = []
        for item in self.items.values():
            for amount, literals in item.by(lambda mode: dict(mode.hours).get(budget.id, 0)).items():
                charged += [(item, amount, literal) for literal in literals if amount]
        if sum(amount for _, amount, _ in charged) <= budget.capacity_s:
            return
        intervals = [
            self.cp.new_optional_fixed_size_interval_var(self._day_of(item, budget), 1, literal, "")
            for item, _, literal in charged
        ]
        self.cp.add_cumulative(intervals, [amount for _, amount, _ in charged], budget.capacity_s)

    def _day_of(self, item: Item, budget: Budget) -> cp_model.IntVar:
        key = (item.task.id, budget.day_s, budget.offset_s)
        if key not in self._day:
            day_s, offset_s = budget.day_s, budget.offset_s
            lo, hi = (item.base_s - offset_s) // day_s, (item.last_s - offset_s) // day_s
            made = self.new_int(lo, hi, lambda plan: (item.start_s(plan) - offset_s) // day_s)
            after = item.start * self.unit_s + self.origin_s - offset_s - made * day_s
            if lo < hi:
                self.cp.add_linear_constraint(after, 0, day_s - 1)
            self._day[key] = made
        return self._day[key]

    def _level(self, level: Level) -> None:
        events = []
        room = [0, 0]
        for item in self.items.values():
            moves = {mode.id: _moves(mode, level) for mode, _ in item.modes}
            for move in sorted({move for found in moves.values() for move in found}):
                if item.base_s + move[0] >= self.problem.now_s:
                    literals = item.literals({id_ for id_, found in moves.items() if move in found})
                    events += [(item, move, literal) for literal in literals]
            room[0] += min([0, *(sum(min(0, delta) for _, delta in found) for found in moves.values())])
            room[1] += max([0, *(sum(max(0, delta) for _, delta in found) for found in moves.values())])
        least = room[0] if level.least is None else level.least - level.initial
        most = room[1] if level.most is None else level.most - level.initial
        if events and (room[0] < least or room[1] > most):
            self.cp.add_reservoir_constraint_with_active(
                [item.start + after_s // self.unit_s for item, (after_s, _), _ in events],
                [delta for _, (_, delta), _ in events],
                [literal for _, _, literal in events],
                min(0, least),
                max(0, most),
            )

    def _gap(self, gap: Gap) -> None:
        first, then = self.items.get(gap.first), self.items.get(gap.then)
        if then is None:
            return
        if first is None:
            if gap.needs_first:
                self.cp.add(then.is_dated == 0)
            return
        if gap.needs_first:
            self.cp.add_implication(then.is_dated, first.is_dated)
        for duration_s, literals in first.by(lambda mode: mode.duration_s if gap.from_end else 0).items():
            lo_s = -_FAR_S if gap.min_s is None else gap.min_s + duration_s
            hi_s = _FAR_S if gap.max_s is None else gap.max_s + duration_s
            for literal in literals:
                self._apart(then, first, [then.is_dated, literal], lo_s, hi_s)

    def _apart(self, a: Item, b: Item, if_: list[cp_model.LiteralT], lo_s: int, hi_s: int) -> None:
        """Hold start_a - start_b in [lo_s, hi_s], if all of some literals are true."""
        least_s, most_s = a.base_s - b.last_s, a.last_s - b.base_s
        if lo_s > most_s or hi_s < least_s:
            self.cp.add_bool_or([~literal for literal in if_])
        elif lo_s > least_s or hi_s < most_s:
            lo, hi = -(-max(lo_s, least_s) // self.unit_s), min(hi_s, most_s) // self.unit_s
            self.cp.add_linear_constraint(a.start - b.start, lo, hi).only_enforce_if(if_)

    def _separation(self, apart: Separation) -> None:
        a, b = self.items.get(apart.a), self.items.get(apart.b)
        if a is None or b is None:
            return
        lo_s = -_FAR_S if apart.lo_s is None else apart.lo_s
        hi_s = _FAR_S if apart.hi_s is None else apart.hi_s
        least_s, most_s = a.base_s - b.last_s, a.last_s - b.base_s
        if hi_s - lo_s <= 1 or most_s <= lo_s or least_s >= hi_s:
            return
        for literal_a, literal_b in ((x, y) for x in a.of_mode(apart.mode_a) for y in b.of_mode(apart.mode_b)):
            both: list[cp_model.LiteralT] = [literal_a, literal_b]
            if least_s > lo_s or most_s < hi_s:
                self._apart(a, b, both, *((hi_s, _FAR_S) if least_s > lo_s else (-_FAR_S, lo_s)))
                continue
            is_after = self.new_bool(lambda plan: _is_after(plan, apart, hi_s))
            self._apart(a, b, [*both, is_after], hi_s, _FAR_S)
            self._apart(a, b, [*both, ~is_after], -_FAR_S, lo_s)


def _use(mode: Mode, resource: Resource) -> tuple[int, int, int]:
    """Return what a mode takes of a resource: amount, seconds before the start, seconds altogether."""
    amount = dict(mode.needs).get(resource.id, resource.capacity if resource.id in mode.uses else 0)
    return amount, mode.before_s, mode.before_s + mode.duration_s + mode.after_s


def _is_after(plan: Plan, apart: Separation, hi_s: int) -> bool:
    a, b = plan[apart.a], plan[apart.b]
    return a is not None and b is not None and a.start_s - b.start_s >= hi_s


def _moves(mode: Mode, level: Level) -> tuple[tuple[int, int], ...]:
    """Return what a mode does to a level: (seconds after the start, delta)."""
    found: dict[int, int] = {}
    for shift in mode.shifts:
        if shift.level == level.id:
            after_s = mode.duration_s if shift.at == "end" else 0
            found[after_s] = found.get(after_s, 0) + shift.delta
    return tuple((after_s, delta) for after_s, delta in sorted(found.items()) if delta)


def _common(problem: Problem, ways: dict[str, Ways]) -> tuple[int, int]:
    """Return one start and what all differences of starts and all lengths are multiples of [s]."""
    bases = [domain.bounds[0] for found in ways.values() for _, domain in found if domain.bounds]
    origin_s = min(bases, default=problem.now_s)
    unit_s = 0
    for found in ways.values():
        unit_s = gcd(unit_s, starts.step_s(found, origin_s))
        for mode, _ in found:
            unit_s = gcd(unit_s, mode.before_s, mode.duration_s, mode.after_s)
    return origin_s, unit_s or 1


def _is_at(item: Item, point_s: int, plan: Plan) -> bool:
    return item.start_s(plan) == point_s
