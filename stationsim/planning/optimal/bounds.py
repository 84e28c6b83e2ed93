"""What does each stage cost at least, looking at every task alone? Often greedy costs no more, and that proves it."""

from stationsim.planning.domains import Domain, domain
from stationsim.planning.problem import Mode, Problem, Spot, Stage, Task, of_task, weighed


class Bounds:
    """Least costs per stage, given what the stages before came to."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.ways = {task.id: possible(problem, task) for task in problem.tasks}
        self.must: set[str] = set()

    def least(self, number: int) -> int:
        """Return a lower bound of a stage; number 0 is that of tasks that must have a date."""
        if number == 0:
            return sum(1 for task in self.problem.tasks if not task.is_optional and not self.ways[task.id])
        stage = self.problem.objective[number - 1]
        tasks = weighed(self.problem, stage)
        if stage.measure == "makespan":
            ends = [self._end_s(task) - self.problem.now_s for task, _ in tasks if task.id in self.must]
            return -(-max([0, *ends]) // stage.unit_s)
        return sum(weight * self._of(task, stage) for task, weight in tasks)

    def hold(self, number: int, value: int) -> None:
        """Note what a stage came to: if no task that can have a date is without one, all of them have one."""
        if value != self.least(number):
            return
        if number == 0:
            self.must |= {task.id for task in self.problem.tasks if not task.is_optional and self.ways[task.id]}
        elif self.problem.objective[number - 1].measure == "undated":
            tasks = weighed(self.problem, self.problem.objective[number - 1])
            self.must |= {task.id for task, weight in tasks if weight and self.ways[task.id]}

    def _end_s(self, task: Task) -> int:
        return min((starts.bounds or (0, 0))[0] + mode.duration_s for mode, starts in self.ways[task.id])

    def _of(self, task: Task, stage: Stage) -> int:
        without = of_task(task, None, stage)
        ways = self.ways[task.id]
        if not ways or (without == 0 and task.id not in self.must):
            return without
        least = min(of_task(task, spot, stage) for mode, starts in ways for spot in _near(task, mode, starts))
        return least if task.id in self.must else min(least, without)


def most(problem: Problem, stage: Stage) -> int:
    """Return a number that no plan costs more than in a stage."""
    return sum(weight * _most(problem, task, stage) for task, weight in weighed(problem, stage))


def _most(problem: Problem, task: Task, stage: Stage) -> int:
    if stage.measure in ("undated", "changed"):
        return 1
    if stage.measure == "cost":
        return max(mode.cost for mode in task.modes)
    wished = () if task.wish_s is None else (task.wish_s,)
    fixed = () if task.frozen is None else (task.frozen.start_s,)
    times: tuple[int, ...] = (problem.now_s, problem.until_s, *wished, *fixed)
    return max(times) - min(times) + max(mode.duration_s for mode in task.modes)


def possible(problem: Problem, task: Task) -> tuple[tuple[Mode, Domain], ...]:
    """Return the modes in which a task can have a date at all, beside nothing else, with the starts."""
    capacity = {resource.id: resource.capacity for resource in problem.resources}
    budget = {one.id: one.capacity_s for one in problem.budgets}
    found = []
    for mode in task.modes:
        takes = [*mode.needs, *((name, max(1, capacity[name])) for name in mode.uses)]
        is_short = mode.before_s + mode.duration_s + mode.after_s == 0
        if (is_short or all(capacity[name] >= amount for name, amount in takes)) and all(
            budget[name] >= seconds for name, seconds in mode.hours
        ):
            starts = domain(problem, task, mode)
            if starts.next(-(10**15)) is not None:
                found.append((mode, starts))
    return tuple(found)


def _near(task: Task, mode: Mode, starts: Domain) -> tuple[Spot, ...]:
    """Return the allowed starts next to the wish, or the first where there is no wish."""
    near = {starts.next(-(10**15)) if task.wish_s is None else starts.next(task.wish_s)}
    near |= {starts.last(task.wish_s) if task.wish_s is not None else None}
    return tuple(Spot(start_s=start_s, mode=mode.id) for start_s in near if start_s is not None)
