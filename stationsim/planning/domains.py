"""When may a task start in a mode, whatever else is planned? The starts it may have, in order, without listing them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from attrs import frozen

from stationsim.planning.problem import Ban, Mode, Problem, Task

_FAR_S = 10**15
"""No time of a problem is as far off [s]."""


@frozen(eq=False)
class Domain:
    """The allowed starts of one task in one mode.

    Attributes:
        lo_s: No start on the grid before it [s].
        hi_s: No start on the grid after it [s].
        step_s: Distance of the grid's starts [s].
        offset_s: One start of the grid [s].
        bans_lo: First starts of the windows of forbidden ones, merged and rising [s].
        bans_hi: Their ends [s].
        points: Starts beside the grid, rising, those forbidden left out [s].
    """

    lo_s: int
    hi_s: int
    step_s: int
    offset_s: int
    bans_lo: tuple[int, ...]
    bans_hi: tuple[int, ...]
    points: tuple[int, ...]

    def next(self, from_s: int) -> int | None:
        """Return the first allowed start not before a moment."""
        on_grid = self._next_on_grid(from_s)
        if self.points:
            index = bisect_left(self.points, from_s)
            if index < len(self.points) and (on_grid is None or self.points[index] < on_grid):
                return self.points[index]
        return on_grid

    def _next_on_grid(self, from_s: int) -> int | None:
        start_s = max(from_s, self.lo_s)
        if self.step_s > 1:
            start_s += (self.offset_s - start_s) % self.step_s
        while start_s <= self.hi_s:
            index = bisect_right(self.bans_lo, start_s) - 1
            if index < 0 or self.bans_hi[index] <= start_s:
                return start_s
            start_s = self.bans_hi[index]
            if self.step_s > 1:
                start_s += (self.offset_s - start_s) % self.step_s
        return None

    def runs(self) -> Iterator[tuple[int, int]]:
        """Yield the allowed starts on the grid as (first, last) of stretches without a gap in the grid."""
        start_s = self._next_on_grid(-_FAR_S)
        while start_s is not None:
            index = bisect_right(self.bans_lo, start_s)
            end_s = min(self.hi_s, self.bans_lo[index] - 1) if index < len(self.bans_lo) else self.hi_s
            yield start_s, end_s - (end_s - self.offset_s) % self.step_s
            start_s = self._next_on_grid(end_s + 1)

    def last(self, to_s: int) -> int | None:
        """Return the last allowed start not after a moment."""
        starts = [self.points[index - 1]] if (index := bisect_right(self.points, to_s)) else []
        for first_s, last_s in self.runs():
            if first_s <= to_s:
                end_s = min(last_s, to_s)
                starts.append(end_s - (end_s - first_s) % self.step_s)
        return max(starts, default=None)

    @property
    def bounds(self) -> tuple[int, int] | None:
        """First and last allowed start; None if there is none."""
        ends = [bound for run in self.runs() for bound in run] + [*self.points[:1], *self.points[-1:]]
        return (min(ends), max(ends)) if ends else None


def domain(problem: Problem, task: Task, mode: Mode) -> Domain:
    """Return the allowed starts of a task in a mode."""
    los, his = _merged(mode.forbidden)
    if task.frozen is not None:
        is_it = task.frozen.mode == mode.id and not _banned(los, his, task.frozen.start_s)
        return Domain(0, -1, 1, 0, los, his, (task.frozen.start_s,) if is_it else ())
    lo_s, hi_s = problem.now_s, problem.until_s - 1
    if task.release_s is not None and task.release_s > lo_s:
        lo_s = task.release_s
    if mode.earliest_s is not None and mode.earliest_s > lo_s:
        lo_s = mode.earliest_s
    if task.due_s is not None:
        hi_s = min(hi_s, task.due_s - mode.duration_s)
    new_lo_s = lo_s if task.earliest_s is None else max(lo_s, task.earliest_s)
    new_hi_s = hi_s if task.latest_s is None else min(hi_s, task.latest_s)
    points: tuple[int, ...] = tuple(point for point in _kept(task) if lo_s <= point <= hi_s)
    if task.starts is not None:
        points += tuple(point for point in task.starts if new_lo_s <= point <= new_hi_s)
        new_hi_s = new_lo_s - 1
    if len(points) > 1:
        points = tuple(sorted(set(points)))
    if los:
        points = tuple(point for point in points if not _banned(los, his, point))
    return Domain(new_lo_s, new_hi_s, task.step_s, task.offset_s, los, his, points)


def _kept(task: Task) -> tuple[int, ...]:
    return task.kept if task.wish_s is None else (task.wish_s, *task.kept)


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


def _banned(los: tuple[int, ...], his: tuple[int, ...], start_s: int) -> bool:
    index = bisect_right(los, start_s) - 1
    return index >= 0 and start_s < his[index]


def _merged(bans: tuple[Ban, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if not bans:
        return (), ()
    return merged([(_or(ban.lo_s, -_FAR_S), _or(ban.hi_s, _FAR_S)) for ban in bans])


def merged(windows: list[tuple[int, int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return half-open windows without overlap, as rising beginnings and their ends [s]."""
    los: list[int] = []
    his: list[int] = []
    for lo_s, hi_s in sorted(windows):
        if lo_s >= hi_s:
            continue
        if his and lo_s <= his[-1]:
            his[-1] = max(his[-1], hi_s)
        else:
            los.append(lo_s)
            his.append(hi_s)
    return tuple(los), tuple(his)
