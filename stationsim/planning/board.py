"""Where does one task fit beside those that are placed? The table at which a serial planner puts tasks down."""

from bisect import bisect_right
from collections.abc import Iterator

from stationsim.planning.domains import Domain, domain, merged
from stationsim.planning.occupancy import Count, Days, Moves, Usage
from stationsim.planning.problem import Gap, Mode, Problem, Separation, Spot, Task

_FAR_S = 10**15


class Way:
    """A mode of a task as the board uses it."""

    __slots__ = ("before_s", "domain", "hours", "index", "is_possible", "length_s", "mode", "shifts", "takes")

    def __init__(self, index: int, mode: Mode, starts: Domain, board: "Board") -> None:
        self.index, self.mode, self.domain = index, mode, starts
        self.before_s = mode.before_s
        self.length_s = mode.before_s + mode.duration_s + mode.after_s
        takes = [(board.usage[name], amount) for name, amount in mode.needs] if mode.needs else []
        takes += [(board.usage[name], max(board.usage[name].capacity, 1)) for name in mode.uses]
        self.takes = takes if self.length_s else []
        self.hours = [(board.days[name], seconds) for name, seconds in mode.hours] if mode.hours else []
        self.shifts = _moves(mode, board.counts) if mode.shifts else []
        self.is_possible = all(usage.capacity >= amount for usage, amount in self.takes)


def _moves(mode: Mode, counts: dict[str, Count]) -> list[tuple[Count, Moves]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for shift in mode.shifts:
        after_s = 0 if shift.at == "start" else mode.duration_s
        found.setdefault(shift.level, []).append((after_s, shift.delta))
    return [(counts[level], tuple(sorted(moves))) for level, moves in found.items()]


class Node:
    """A task as the board uses it: its ways, its neighbours, and where it is placed."""

    __slots__ = ("_board", "_ways", "after", "apart", "before", "start_s", "task", "way")

    def __init__(self, task: Task, board: "Board") -> None:
        self.task, self._board = task, board
        self._ways: list[Way] = []
        self.before: list[tuple[Gap, Node]] = []
        self.after: list[tuple[Gap, Node]] = []
        self.apart: list[tuple[Separation, Node, bool]] = []
        self.way: Way | None = None
        self.start_s = 0

    def ways(self) -> Iterator[Way]:
        """Yield the ways that are possible at all; each is made when it is first asked for."""
        for index, mode in enumerate(self.task.modes):
            if index == len(self._ways):
                self._ways.append(Way(index, mode, domain(self._board.problem, self.task, mode), self._board))
            if self._ways[index].is_possible:
                yield self._ways[index]

    @property
    def wished(self) -> Way | None:
        """The wished way, if its wish is allowed in it or it has none."""
        way = next(self.ways(), None)
        if way is None or way.index:
            return None
        wish_s = self.task.wish_s
        return way if wish_s is None or way.domain.next(wish_s) == wish_s else None

    @property
    def spot(self) -> Spot | None:
        """Where it is placed."""
        return None if self.way is None else Spot(start_s=self.start_s, mode=self.way.mode.id)

    @property
    def is_kept(self) -> bool:
        """Whether it is where it was wished, as it was wished; one without a wish is anywhere."""
        if self.way is None:
            return False
        return self.way.index == 0 and self.task.wish_s in (None, self.start_s)

    @property
    def is_open(self) -> bool:
        """Whether everything without which it has no date has one."""
        return all(first.way is not None for gap, first in self.before if gap.needs_first)


class Board:
    """Tasks that are placed, and what they leave of every resource."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.usage = {resource.id: Usage(resource.capacity) for resource in problem.resources}
        self.days = {one.id: Days(one.capacity_s, one.day_s, one.offset_s) for one in problem.budgets}
        self.counts = {one.id: Count(one.initial, one.least, one.most, problem.now_s) for one in problem.levels}
        self.nodes = {task.id: Node(task, self) for task in problem.tasks}
        for gap in problem.gaps:
            first, then = self.nodes[gap.first], self.nodes[gap.then]
            first.after.append((gap, then))
            then.before.append((gap, first))
        for one in problem.separations:
            self.nodes[one.a].apart.append((one, self.nodes[one.b], True))
            self.nodes[one.b].apart.append((one, self.nodes[one.a], False))

    def put(self, node: Node, way: Way, start_s: int) -> None:
        """Place a task; nothing is checked."""
        node.way, node.start_s = way, start_s
        self._occupy(way, start_s, 1)

    def lift(self, node: Node) -> None:
        """Take a placed task away."""
        assert node.way is not None
        self._occupy(node.way, node.start_s, -1)
        node.way = None

    def _occupy(self, way: Way, start_s: int, sign: int) -> None:
        lo_s = start_s - way.before_s
        for usage, amount in way.takes:
            usage.add(lo_s, lo_s + way.length_s, sign * amount)
        for days, seconds in way.hours:
            days.add(start_s, sign * seconds)
        for count, moves in way.shifts:
            count.add(start_s, moves, sign)

    def first(self, node: Node, way: Way, lo_s: int, hi_s: int, *, without: Gap | None = None) -> int | None:
        """Return the first start in [lo_s, hi_s] that everything placed allows; None for none.

        Args:
            node: A task that is not placed.
            way: One of its ways.
            lo_s: No start before it [s].
            hi_s: No start after it [s].
            without: A gap whose upper bound is not looked at.
        """
        if node.before or node.after:
            lo_s, hi_s = _between(node, way, lo_s, hi_s, without)
        walls_lo, walls_hi = _walls(node, way) if node.apart else ((), ())
        start_s = way.domain.next(lo_s)
        while start_s is not None and start_s <= hi_s:
            next_s = self._room(way, start_s)
            if next_s is None:
                return None
            if walls_lo and (index := bisect_right(walls_lo, next_s) - 1) >= 0:
                next_s = max(next_s, walls_hi[index])
            if next_s == start_s:
                return start_s
            start_s = way.domain.next(next_s)
        return None

    def _room(self, way: Way, start_s: int) -> int | None:
        """Return the start itself if all it takes is free, or else a later one before which it is not."""
        found_s: int | None
        for usage, amount in way.takes:
            start_s = usage.next(start_s - way.before_s, way.length_s, amount) + way.before_s
        for days, seconds in way.hours:
            found_s = days.next(start_s, seconds)
            if found_s is None:
                return None
            start_s = found_s
        for count, moves in way.shifts:
            found_s = count.next(start_s, moves)
            if found_s is None:
                return None
            start_s = found_s
        return start_s


def _between(node: Node, way: Way, lo_s: int, hi_s: int, without: Gap | None) -> tuple[int, int]:
    """Narrow a range of starts to what the gaps to placed tasks leave."""
    for gap, first in node.before:
        if first.way is not None:
            from_s = first.start_s + (first.way.mode.duration_s if gap.from_end else 0)
            lo_s = lo_s if gap.min_s is None else max(lo_s, from_s + gap.min_s)
            hi_s = hi_s if gap.max_s is None or gap is without else min(hi_s, from_s + gap.max_s)
    for gap, then in node.after:
        if then.way is not None:
            to_s = then.start_s - (way.mode.duration_s if gap.from_end else 0)
            hi_s = hi_s if gap.min_s is None else min(hi_s, to_s - gap.min_s)
            lo_s = lo_s if gap.max_s is None else max(lo_s, to_s - gap.max_s)
    return lo_s, hi_s


def _walls(node: Node, way: Way) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the windows of forbidden starts that separations from placed tasks leave."""
    found = []
    for one, other, is_a in node.apart:
        if other.way is None:
            continue
        own, others = (one.mode_a, one.mode_b) if is_a else (one.mode_b, one.mode_a)
        if own not in (None, way.mode.id) or others not in (None, other.way.mode.id):
            continue
        lo_s = -_FAR_S if one.lo_s is None else one.lo_s
        hi_s = _FAR_S if one.hi_s is None else one.hi_s
        lo_s, hi_s = (lo_s, hi_s) if is_a else (-hi_s, -lo_s)
        found.append((other.start_s + lo_s + 1, other.start_s + hi_s))
    return merged(found)
