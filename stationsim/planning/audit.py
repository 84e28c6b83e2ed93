"""Does a plan keep every constraint of its problem? Plain comparisons of its spots, no code of a planner.

Whatever is occupied, charged or counted is looked at where it can change, and compared with its limit there.
"""

from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from stationsim.planning.problem import Budget, Gap, Level, Mode, Plan, Problem, Resource, Separation, Task


@frozen(kw_only=True)
class Breach:
    """A constraint that a plan breaks.

    Attributes:
        kind: missing, lost, unknown, frozen, start, due, earliest, grid, ban, resource, budget, level, gap, needs or
            separation.
        tasks: Whom it concerns.
        where: The resource, budget, level or field; empty if the kind says it.
        value: What it is [s or units].
        limit: What it may be at most, or at least [s or units]; None if no number says it.
        reason: The reason of the constraint.
        at_s: When [s]; None if it has no time.
    """

    kind: str
    tasks: tuple[str, ...]
    where: str = ""
    value: int | None = None
    limit: int | None = None
    reason: object = ""
    at_s: int | None = None

    def __str__(self) -> str:
        at = "" if self.at_s is None else f" at t={self.at_s} s"
        what = " ".join(part for part in (self.kind, self.where) if part)
        return f"{', '.join(self.tasks)}: {what}{at}: {self.value} is not allowed. Limit: {self.limit}."


@frozen
class _Dated:
    task: Task
    mode: Mode
    start_s: int

    @property
    def end_s(self) -> int:
        return self.start_s + self.mode.duration_s

    @property
    def from_s(self) -> int:
        return self.start_s - self.mode.before_s

    @property
    def to_s(self) -> int:
        return self.end_s + self.mode.after_s


def audit(problem: Problem, plan: Plan) -> tuple[Breach, ...]:
    """Return everything in which a plan breaks its problem; empty for a valid plan in which nothing is missing."""
    return tuple(_breaches(problem, plan))


def _breaches(problem: Problem, plan: Plan) -> Iterator[Breach]:
    yield from _told(problem, plan)
    dated = _dated(problem, plan)
    for one in dated.values():
        yield from _own(problem, one)
    for resource in problem.resources:
        yield from _resource(resource, list(dated.values()))
    for budget in problem.budgets:
        yield from _budget(budget, list(dated.values()))
    for level in problem.levels:
        yield from _level(level, problem.now_s, list(dated.values()))
    for gap in problem.gaps:
        yield from _gap(gap, dated.get(gap.first), dated.get(gap.then))
    for apart in problem.separations:
        yield from _separation(apart, dated.get(apart.a), dated.get(apart.b))


def _told(problem: Problem, plan: Plan) -> Iterator[Breach]:
    """Hold what the plan tells against the tasks there are."""
    ids, told = Counter(task.id for task in problem.tasks), Counter(task for task, _ in plan.spots)
    for name in dict.fromkeys([*ids, *told]):
        if ids[name] != told[name]:
            yield Breach(kind="lost", tasks=(name,), value=told[name], limit=ids[name])
    spots = dict(plan.spots)
    for task in problem.tasks:
        spot = spots.get(task.id)
        if spot is None and not task.is_optional:
            yield Breach(kind="missing", tasks=(task.id,))
        if spot is not None and all(mode.id != spot.mode for mode in task.modes):
            yield Breach(kind="unknown", tasks=(task.id,), where=f"mode {spot.mode}")


def _dated(problem: Problem, plan: Plan) -> dict[str, _Dated]:
    spots = dict(plan.spots)
    found = {}
    for task in problem.tasks:
        spot = spots.get(task.id)
        for mode in task.modes:
            if spot is not None and mode.id == spot.mode:
                found[task.id] = _Dated(task, mode, spot.start_s)
    return found


def _own(problem: Problem, one: _Dated) -> Iterator[Breach]:
    """Compare a start with what its task and mode allow."""
    task, mode, start_s, who = one.task, one.mode, one.start_s, (one.task.id,)
    for ban in mode.forbidden:
        if (ban.lo_s is None or ban.lo_s <= start_s) and (ban.hi_s is None or start_s < ban.hi_s):
            yield Breach(kind="ban", tasks=who, value=start_s, limit=ban.hi_s, reason=ban.reason, at_s=start_s)
    if task.frozen is not None:
        if (start_s, mode.id) != (task.frozen.start_s, task.frozen.mode):
            yield Breach(kind="frozen", tasks=who, where=mode.id, value=start_s, limit=task.frozen.start_s)
        return
    yield from _early("start", who, "now_s", start_s, problem.now_s)
    yield from _early("start", who, "release_s", start_s, task.release_s)
    yield from _early("earliest", who, f"mode {mode.id}", start_s, mode.earliest_s)
    if start_s >= problem.until_s:
        yield Breach(kind="start", tasks=who, where="until_s", value=start_s, limit=problem.until_s)
    if task.due_s is not None and one.end_s > task.due_s:
        yield Breach(kind="due", tasks=who, value=one.end_s, limit=task.due_s)
    if start_s != task.wish_s and start_s not in task.kept:
        yield from _new(task, start_s)


def _early(kind: str, who: tuple[str, ...], where: str, start_s: int, limit: int | None) -> Iterator[Breach]:
    if limit is not None and start_s < limit:
        yield Breach(kind=kind, tasks=who, where=where, value=start_s, limit=limit)


def _new(task: Task, start_s: int) -> Iterator[Breach]:
    """Compare a start that is not kept with what new ones must be."""
    who = (task.id,)
    yield from _early("earliest", who, "", start_s, task.earliest_s)
    if task.latest_s is not None and start_s > task.latest_s:
        yield Breach(kind="start", tasks=who, where="latest_s", value=start_s, limit=task.latest_s)
    if task.starts is not None and start_s not in task.starts:
        yield Breach(kind="grid", tasks=who, where="starts", value=start_s)
    if task.starts is None and (start_s - task.offset_s) % task.step_s:
        yield Breach(kind="grid", tasks=who, where="step_s", value=start_s, limit=task.step_s)


def _taken(resource: Resource, one: _Dated) -> int:
    whole = max(resource.capacity, 1) if resource.id in one.mode.uses else 0
    return whole + sum(amount for name, amount in one.mode.needs if name == resource.id)


def _resource(resource: Resource, dated: list[_Dated]) -> Iterator[Breach]:
    """Add up what is occupied at every moment at which somebody begins to occupy it."""
    users = [one for one in dated if _taken(resource, one)]
    for t_s in sorted({one.from_s for one in users}):
        there = [one for one in users if one.from_s <= t_s < one.to_s]
        value = sum(_taken(resource, one) for one in there)
        if value > resource.capacity:
            yield Breach(
                kind="resource",
                tasks=tuple(one.task.id for one in there),
                where=resource.id,
                value=value,
                limit=resource.capacity,
                reason=resource.reason,
                at_s=t_s,
            )


def _budget(budget: Budget, dated: list[_Dated]) -> Iterator[Breach]:
    charged: dict[int, list[tuple[str, int]]] = {}
    for one in dated:
        day = (one.start_s - budget.offset_s) // budget.day_s
        for name, seconds in one.mode.hours:
            if name == budget.id:
                charged.setdefault(day, []).append((one.task.id, seconds))
    for day, parts in sorted(charged.items()):
        value = sum(seconds for _, seconds in parts)
        if value > budget.capacity_s:
            yield Breach(
                kind="budget",
                tasks=tuple(task for task, _ in parts),
                where=budget.id,
                value=value,
                limit=budget.capacity_s,
                reason=budget.reason,
                at_s=day * budget.day_s + budget.offset_s,
            )


def _level(level: Level, now_s: int, dated: list[_Dated]) -> Iterator[Breach]:
    shifts: dict[int, list[tuple[str, int]]] = {}
    for one in dated:
        for shift in one.mode.shifts:
            at_s = one.start_s if shift.at == "start" else one.end_s
            if shift.level == level.id and at_s >= now_s:
                shifts.setdefault(at_s, []).append((one.task.id, shift.delta))
    value = level.initial
    for at_s, parts in sorted(shifts.items()):
        value += sum(delta for _, delta in parts)
        for limit, is_out in (
            (level.least, level.least is not None and value < level.least),
            (level.most, level.most is not None and value > level.most),
        ):
            if is_out:
                who = tuple(task for task, _ in parts)
                yield Breach(
                    kind="level", tasks=who, where=level.id, value=value, limit=limit, reason=level.reason, at_s=at_s
                )


def _gap(gap: Gap, first: _Dated | None, then: _Dated | None) -> Iterator[Breach]:
    who = (gap.first, gap.then)
    if then is None:
        return
    if first is None:
        if gap.needs_first:
            yield Breach(kind="needs", tasks=who, value=then.start_s, reason=gap.reason)
        return
    value = then.start_s - (first.end_s if gap.from_end else first.start_s)
    if gap.min_s is not None and value < gap.min_s:
        yield Breach(kind="gap", tasks=who, where="min_s", value=value, limit=gap.min_s, reason=gap.reason)
    if gap.max_s is not None and value > gap.max_s:
        yield Breach(kind="gap", tasks=who, where="max_s", value=value, limit=gap.max_s, reason=gap.reason)


def _separation(apart: Separation, a: _Dated | None, b: _Dated | None) -> Iterator[Breach]:
    if a is None or b is None or apart.mode_a not in (None, a.mode.id) or apart.mode_b not in (None, b.mode.id):
        return
    value = a.start_s - b.start_s
    if (apart.lo_s is None or apart.lo_s < value) and (apart.hi_s is None or value < apart.hi_s):
        limit = apart.lo_s if apart.hi_s is None else apart.hi_s
        yield Breach(kind="separation", tasks=(apart.a, apart.b), value=value, limit=limit, reason=apart.reason)
