"""When is there room beside what is placed? Profiles over time that are asked for the next start, not stepped through.

Each answers "not before this start: which is the first that fits?" and takes or gives back what a placed task occupies.
"""

from bisect import bisect_left, bisect_right

_EVER_S = -(10**15)


class Usage:
    """How much of a resource is occupied, as a step function: `used[i]` from `times[i]` up to `times[i + 1]`."""

    __slots__ = ("capacity", "times", "used")

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.times: list[int] = []
        self.used: list[int] = []

    def next(self, from_s: int, length_s: int, amount: int) -> int:
        """Return the first moment not before `from_s` from which `amount` is free for `length_s`; one scan."""
        times, used, room = self.times, self.used, self.capacity - amount
        index = max(bisect_right(times, from_s) - 1, 0)
        count = len(times)
        while index < count and times[index] < from_s + length_s:
            is_full = used[index] > room
            index += 1
            if is_full:
                from_s = times[index]
        return from_s

    def add(self, lo_s: int, hi_s: int, amount: int) -> None:
        """Occupy, or with a negative amount give back, `amount` in [lo_s, hi_s)."""
        for index in range(self._cut(lo_s), self._cut(hi_s)):
            self.used[index] += amount

    def _cut(self, t_s: int) -> int:
        index = bisect_left(self.times, t_s)
        if index == len(self.times) or self.times[index] != t_s:
            self.times.insert(index, t_s)
            self.used.insert(index, self.used[index - 1] if index else 0)
        return index


class Days:
    """What is charged to each day of a budget [s]."""

    __slots__ = ("capacity_s", "charged", "day_s", "offset_s")

    def __init__(self, capacity_s: int, day_s: int, offset_s: int) -> None:
        self.capacity_s, self.day_s, self.offset_s = capacity_s, day_s, offset_s
        self.charged: dict[int, int] = {}

    def next(self, from_s: int, seconds: int) -> int | None:
        """Return the first start not before `from_s` on a day that has so much left; None if no day ever has."""
        room = self.capacity_s - seconds
        if room < 0:
            return None
        day = first = (from_s - self.offset_s) // self.day_s
        while self.charged.get(day, 0) > room:
            day += 1
        return from_s if day == first else day * self.day_s + self.offset_s

    def add(self, start_s: int, seconds: int) -> None:
        """Charge, or with a negative number give back, seconds to the day of a start."""
        day = (start_s - self.offset_s) // self.day_s
        self.charged[day] = self.charged.get(day, 0) + seconds


Moves = tuple[tuple[int, int], ...]
"""Shifts of one level by one task: (seconds after its start, delta), rising."""


class Count:
    """A level over time: `values[i]` from `times[i]` on. What is before `now_s` is in the initial value already."""

    __slots__ = ("least", "most", "now_s", "times", "values")

    def __init__(self, initial: int, least: int | None, most: int | None, now_s: int) -> None:
        self.least, self.most, self.now_s = least, most, now_s
        self.times = [_EVER_S]
        self.values = [initial]

    @property
    def is_within(self) -> bool:
        """Whether the level keeps its bounds as it is."""
        low = self.least is not None and min(self.values) < self.least
        return not low and (self.most is None or max(self.values) <= self.most)

    def next(self, from_s: int, moves: Moves) -> int | None:
        """Return the first start not before `from_s` with which the level keeps its bounds for good; None for none."""
        times = self.times
        while not self._fits(from_s, moves):
            later = []
            for after_s, _ in moves:
                index = bisect_right(times, from_s + after_s)
                if index < len(times):
                    later.append(times[index] - after_s)
                if from_s + after_s < self.now_s:
                    later.append(self.now_s - after_s)
            if not later:
                return None
            from_s = min(later)
        return from_s

    def _fits(self, start_s: int, moves: Moves) -> bool:
        total, count = 0, len(moves)
        for number, (after_s, delta) in enumerate(moves):
            if start_s + after_s < self.now_s:
                continue
            total += delta
            until_s = start_s + moves[number + 1][0] if number + 1 < count else None
            if until_s == start_s + after_s:
                continue
            lo = bisect_right(self.times, start_s + after_s) - 1
            hi = len(self.times) if until_s is None else bisect_left(self.times, until_s)
            values = self.values[lo:hi]
            if self.least is not None and min(values) + total < self.least:
                return False
            if self.most is not None and max(values) + total > self.most:
                return False
        return True

    def add(self, start_s: int, moves: Moves, sign: int) -> None:
        """Shift the level as a task that starts then does (`sign` 1), or take that back (-1)."""
        for after_s, delta in moves:
            t_s = start_s + after_s
            if t_s < self.now_s:
                continue
            index = bisect_left(self.times, t_s)
            if index == len(self.times) or self.times[index] != t_s:
                self.times.insert(index, t_s)
                self.values.insert(index, self.values[index - 1])
            for later in range(index, len(self.values)):
                self.values[later] += sign * delta
