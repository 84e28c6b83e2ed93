"""Which tasks are looked at together where there are too many for one search? Neighbours in time, the rest as it is.

A part is a problem with the same tasks, in which those of other parts stay where a plan has them. So its plans are
plans of the whole, and cost the same there.
"""

import attrs

from stationsim.planning.problem import Ban, Plan, Problem, Task

_MANY = 200
"""Up to so many tasks are searched as a whole alone."""
_SIZE = 100
"""So many are in a part."""
_NEVER = (Ban(lo_s=None, hi_s=None),)


def share(problem: Problem) -> float:
    """Return how much of its limit the search of the whole has, 0 to 1."""
    return (_MANY / max(_MANY, len(problem.tasks))) ** 2


def members(problem: Problem, plan: Plan) -> tuple[frozenset[str], ...]:
    """Return the tasks by part, the earliest first; without a date a task stands at its wish. No parts of few tasks."""
    if len(problem.tasks) <= _MANY:
        return ()

    def key(task: Task) -> tuple[int, str]:
        spot = plan[task.id]
        if spot is not None:
            return spot.start_s, task.id
        return problem.until_s if task.wish_s is None else task.wish_s, task.id

    ordered = [task.id for task in sorted(problem.tasks, key=key)]
    return tuple(frozenset(ordered[first : first + _SIZE]) for first in range(0, len(ordered), _SIZE))


def part(problem: Problem, plan: Plan, free: frozenset[str]) -> Problem:
    """Return the problem in which only some tasks are free; any other without a date can have none."""
    return attrs.evolve(problem, tasks=tuple(task if task.id in free else _held(task, plan) for task in problem.tasks))


def _held(task: Task, plan: Plan) -> Task:
    spot = plan[task.id]
    if spot is not None:
        return attrs.evolve(task, frozen=spot)
    return attrs.evolve(task, modes=tuple(attrs.evolve(mode, forbidden=_NEVER) for mode in task.modes))
