"""Which plan is best, and is that proven? OR-Tools CP-SAT, stage by stage, beside the serial planner.

The only room that knows OR-Tools, and it loads it when it is first asked. One worker, a fixed seed and a limit in
deterministic time, never on the clock: the same problem has the same answer on a slow machine and on a fast one.
"""

from typing import TYPE_CHECKING

from attrs import frozen

from stationsim.planning.audit import audit
from stationsim.planning.optimal import parts
from stationsim.planning.problem import Plan, Problem, cost
from stationsim.planning.serial import greedy

if TYPE_CHECKING:
    from stationsim.planning.optimal.model import Model

_SUM = 2**62
"""The solver adds up to less than twice that; where a stage may cost as much, nothing is searched."""


@frozen(kw_only=True)
class StageResult:
    """What one stage came to, given the values of those before it.

    Attributes:
        title: Name of the stage; the first is always "missing", tasks without the date they must have.
        value: What the plan costs here [as the stage says].
        bound: No plan with these values in the stages before costs less.
        is_proven: Value and bound are the same.
    """

    title: str
    value: int
    bound: int

    @property
    def is_proven(self) -> bool:
        """Whether no plan does better here."""
        return self.value == self.bound

    @property
    def gap(self) -> float:
        """Share of the value that may yet be saved, 0 to 1."""
        return (self.value - self.bound) / self.value if self.value else 0.0


@frozen(kw_only=True)
class Optimum:
    """The best plan found, and how far from the best possible each stage may be at most."""

    plan: Plan
    stages: tuple[StageResult, ...]

    @property
    def is_proven(self) -> bool:
        """Whether no plan is better."""
        return all(stage.is_proven for stage in self.stages)


def optimal(problem: Problem, *, start: Plan | None = None, limit: float = 1.0) -> Optimum:
    """Return a plan that is never worse than that of `greedy`, nor than a `start` that keeps every constraint.

    Args:
        problem: What is to be planned. Whatever cannot have a date has none; nothing is raised.
        start: A plan to begin with; one that breaks anything is not looked at.
        limit: Deterministic time for each stage. More than 200 tasks are improved in parts of 100 that share it, and
            searched as a whole with the less of it the more they are (by the square: the solver does not count all
            that a large search costs). Seconds of a processor by size: `benchmarks/README.md`.
    """
    best = greedy(problem)
    if start is not None and all(breach.kind == "missing" for breach in audit(problem, start)):
        best = min(start, best, key=lambda plan: cost(problem, plan))
    found = parts.members(problem, best)
    for free in found:
        best = _Search(parts.part(problem, best, free), best, limit / len(found)).run().plan
    return _Search(problem, best, limit * parts.share(problem)).run()


class _Search:
    """One descent through the stages."""

    def __init__(self, problem: Problem, best: Plan, limit: float) -> None:
        self.problem, self.best, self.limit = problem, best, limit
        self.value = cost(problem, best)
        self.model: Model | None = None

    def run(self) -> Optimum:
        """Make one stage after the other small, holding what those before came to."""
        from stationsim.planning.optimal.bounds import Bounds, most

        bounds = Bounds(self.problem)
        is_told = all(most(self.problem, stage) < _SUM for stage in self.problem.objective)
        results = []
        for number in range(len(self.value)):
            least = bounds.least(number)
            if is_told and self.value[number] > least:
                least = max(least, self._descend(number))
            value = self.value[number]
            results.append(StageResult(title=self._title(number), value=value, bound=min(value, least)))
            bounds.hold(number, value)
            if self.model is not None:
                self.model.hold(number, value)
        return Optimum(plan=self.best, stages=tuple(results))

    def _title(self, number: int) -> str:
        return self.problem.objective[number - 1].title if number else "missing"

    def _descend(self, number: int) -> int:
        """Search for a plan that is better in one stage; return a bound for it."""
        from stationsim.planning.optimal.model import Model

        if self.model is None:
            self.model = Model(self.problem)
            for earlier in range(number):
                self.model.hold(earlier, self.value[earlier])
        plan, bound = self.model.solve(number, self.best, self.limit)
        if plan is not None and (value := cost(self.problem, plan)) < self.value:
            self.best, self.value = plan, value
        return bound
