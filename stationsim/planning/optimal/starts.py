"""Which starts may a task have, in numbers that do not grow with how many there are? Stretches of a grid, and points.

Where all allowed starts are near a common grid they are stretches of it. Where a wish lies beside the grid of the task,
the grid stays as it is and the wish is a point of its own.
"""

import math

from attrs import frozen
from ortools.sat.python import cp_model

from stationsim.planning.domains import Domain
from stationsim.planning.problem import Mode, Task

_FAR_S = 10**15

Ways = tuple[tuple[Mode, Domain], ...]


@frozen(eq=False, kw_only=True)
class Grid:
    """The allowed starts of a task as those on a grid and those beside it, by way.

    Attributes:
        first_s: A start on the grid [s].
        step_s: Distance of its starts [s].
        on: The allowed ones of each way, in steps from `first_s`.
        beside: Those of each way that are not on the grid [s].
    """

    first_s: int
    step_s: int
    on: tuple[cp_model.Domain, ...]
    beside: tuple[frozenset[int], ...]

    @property
    def points(self) -> list[int]:
        """Every start beside the grid, rising [s]."""
        return sorted(frozenset().union(*self.beside))

    def near(self, start_s: int) -> int:
        """Return a step of some way, next to a start or the start itself."""
        step = (start_s - self.first_s) // self.step_s
        ends: list[int] = union(self.on).flattened_intervals()
        spans = zip(ends[::2], ends[1::2], strict=True)
        return min((min(max(step, lo), hi) for lo, hi in spans), key=lambda one: (abs(one - step), one))


def grid_of(ways: Ways, step_s: int) -> Grid | None:
    """Return the starts of a task on its grid and beside it; None where steps of `step_s` tell them as well."""
    coarse = [starts for _, starts in ways if starts.step_s > step_s and any(a < b for a, b in starts.runs())]
    if not coarse:
        return None
    first_s, grid_s = coarse[0].offset_s, coarse[0].step_s
    on, beside = [], []
    for _, starts in ways:
        spans = [((lo_s - first_s) // grid_s, (hi_s - first_s) // grid_s) for lo_s, hi_s in starts.runs()]
        steps = [divmod(point - first_s, grid_s) for point in starts.points]
        on.append(cp_model.Domain.from_intervals([*spans, *((step, step) for step, rest in steps if not rest)]))
        beside.append(frozenset(point for point in starts.points if (point - first_s) % grid_s))
    return Grid(first_s=first_s, step_s=grid_s, on=tuple(on), beside=tuple(beside))


def step_s(ways: Ways, origin_s: int) -> int:
    """Return what all starts of a task are multiples of, counted from an origin [s]; 0 if it is the only one."""
    found_s = 0
    for _, starts in ways:
        runs = list(starts.runs())
        found_s = math.gcd(
            found_s, *(first_s - origin_s for first_s, _ in runs), *(point - origin_s for point in starts.points)
        )
        if any(first_s < last_s for first_s, last_s in runs):
            found_s = math.gcd(found_s, starts.step_s)
    return found_s


def stretches(starts: Domain, base_s: int, step_s: int) -> cp_model.Domain:
    """Return the allowed starts in steps from the first one on, if every stretch of several has that step."""
    runs = [((first_s - base_s) // step_s, (last_s - base_s) // step_s) for first_s, last_s in starts.runs()]
    points = [(point - base_s) // step_s for point in starts.points]
    return cp_model.Domain.from_intervals([*runs, *((at, at) for at in points)])


def union(domains: tuple[cp_model.Domain, ...]) -> cp_model.Domain:
    """Return what is in any of some domains, one at least."""
    found = domains[0]
    for one in domains[1:]:
        found = found.union_with(one)
    return found


def rest_s(task: Task, ways: Ways) -> int:
    """Return the allowed start at the wish, or the last before it, or the first [s]."""
    wish_s = _FAR_S if task.wish_s is None else task.wish_s
    before = [at_s for _, starts in ways if (at_s := starts.last(wish_s)) is not None]
    if task.wish_s is None or not before:
        return min(starts.bounds[0] for _, starts in ways if starts.bounds)
    return max(before)
