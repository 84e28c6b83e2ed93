"""Planning problems by number: the same number is the same problem. And the best plan of a small one, by trying all."""

import itertools
import random

import attrs

from stationsim.planning.audit import audit
from stationsim.planning.problem import (
    Ban,
    Budget,
    Gap,
    Level,
    Mode,
    Problem,
    Resource,
    Separation,
    Shift,
    Spot,
    Stage,
    Task,
    cost,
    plan_of,
)

DAY = 86400
WEEK = 7 * DAY
UNDATED = Stage(measure="undated")
OBJECTIVES = (
    (UNDATED, Stage(measure="delay", unit_s=3600), Stage(measure="changed")),
    (Stage(measure="undated", upto=1), UNDATED, Stage(measure="shift"), Stage(measure="cost")),
    (UNDATED, Stage(measure="cost"), Stage(measure="delay", unit_s=7000), Stage(measure="makespan", unit_s=3600)),
    (UNDATED, Stage(measure="makespan")),
    (UNDATED, Stage(measure="changed"), Stage(measure="shift", unit_s=3600)),
)


class Draw:
    """Draws one problem; `steps` is how many starts there are to choose from."""

    def __init__(self, number, *, tasks, steps):
        self.random = random.Random(number)
        self.step_s = self.random.choice((600, 3600, 7200))
        self.now_s = self.random.choice((0, DAY, 90000))
        self.steps = steps
        self.until_s = self.now_s + steps * self.step_s
        self.count = tasks

    def maybe(self, value, chance=0.3):
        return value() if self.random.random() < chance else None

    def start(self, lo=-2, hi=2):
        return self.now_s + self.random.randint(lo, self.steps + hi) * self.step_s

    def span(self, lo=0, hi=4):
        return self.random.randint(lo, hi) * self.step_s

    def ban(self, number):
        lo_s, hi_s = sorted((self.start(), self.start()))
        lo_s = lo_s if self.random.random() < 0.8 else None
        hi_s = min(hi_s, (lo_s or self.now_s) + 4 * self.step_s) if self.random.random() < 0.8 else None
        return Ban(lo_s=lo_s, hi_s=hi_s, reason=f"rule-{number % 3}")

    def mode(self, id_):
        pick = self.random
        uses = tuple(pick.sample(("anna", "boris", "port"), pick.choice((0, 0, 1, 1, 2))))
        return Mode(
            id=id_,
            duration_s=self.span() + pick.choice((0, 0, 0, 700)),
            before_s=self.span(0, 1),
            after_s=self.span(0, 1),
            forbidden=tuple(self.ban(number) for number in range(pick.choice((0, 0, 1, 2)))),
            uses=uses,
            needs={"suit": pick.randint(1, 3)} if pick.random() < 0.4 else {},
            hours={"anna-day": 3600 * pick.randint(1, 3)} if pick.random() < 0.3 else {},
            shifts=self.shifts(),
            cost=pick.choice((0, 0, 1, 5)),
            earliest_s=self.maybe(self.start, 0.15),
        )

    def shifts(self):
        if self.random.random() < 0.6:
            return ()
        delta = self.random.choice((-2, -1, 1, 2))
        shift = Shift(
            level=self.random.choice(("aboard", "docked")), delta=delta, at=self.random.choice(("start", "end"))
        )
        if self.random.random() < 0.4:
            return (attrs.evolve(shift, at="start"), attrs.evolve(shift, at="end", delta=-delta))
        return (shift,)

    def task(self, number):
        pick = self.random
        modes = tuple(self.mode(id_) for id_ in ("one", "two", "three")[: pick.choice((1, 1, 2, 3))])
        starts = {self.start(0, -1) for _ in range(3)}
        frozen = Spot(start_s=self.start(-1, 0), mode=pick.choice(modes).id) if pick.random() < 0.12 else None
        return Task(
            id=f"t{number}",
            modes=modes,
            wish_s=self.maybe(self.start, 0.8),
            kept=tuple(sorted(starts)) if pick.random() < 0.1 else (),
            priority=pick.randint(1, 3),
            weight=pick.choice((1, 1, 2, 5)),
            is_optional=pick.random() < 0.7,
            release_s=self.maybe(self.start, 0.2),
            due_s=self.maybe(self.start, 0.2),
            earliest_s=self.maybe(self.start, 0.3),
            latest_s=self.maybe(self.start, 0.1),
            starts=tuple(sorted(starts)) if pick.random() < 0.2 else None,
            step_s=self.step_s * pick.choice((1, 1, 2)),
            offset_s=pick.choice((0, 0, self.step_s, self.now_s + 100)),
            frozen=frozen,
        )

    def gap(self):
        first, then = sorted(self.random.sample(range(self.count), 2))
        min_s = self.maybe(lambda: self.span(0, 3), 0.7)
        return Gap(
            first=f"t{first}",
            then=f"t{then}",
            min_s=min_s,
            max_s=self.maybe(lambda: (min_s or 0) + self.span(0, 3), 0.4),
            from_end=self.random.random() < 0.4,
            needs_first=self.random.random() < 0.7,
            reason="follows",
        )

    def separation(self):
        a, b = self.random.sample(range(self.count), 2)
        lo_s, hi_s = self.maybe(lambda: -self.span(0, 3) - 1, 0.9), self.maybe(lambda: self.span(0, 3) + 1, 0.9)
        return Separation(
            a=f"t{a}", b=f"t{b}", lo_s=lo_s, hi_s=hi_s, mode_a=self.maybe(lambda: "one", 0.2), reason="apart"
        )

    def problem(self):
        pick = self.random
        several = range(pick.randint(0, self.count) if self.count > 1 else 0)
        return Problem(
            now_s=self.now_s,
            until_s=self.until_s,
            tasks=tuple(self.task(number) for number in range(self.count)),
            resources=(
                Resource(id="anna", reason="person"),
                Resource(id="boris", capacity=pick.choice((0, 1, 1))),
                Resource(id="port", capacity=2),
                Resource(id="suit", capacity=pick.choice((2, 3))),
            ),
            budgets=(Budget(id="anna-day", capacity_s=3600 * pick.randint(2, 5), day_s=pick.choice((DAY, 20000))),),
            levels=(
                Level(id="aboard", initial=2, least=1, most=3, reason="crew"),
                Level(id="docked", initial=1, least=0, most=pick.choice((2, None))),
            ),
            gaps=tuple(self.gap() for _ in several if pick.random() < 0.6),
            separations=tuple(self.separation() for _ in several if pick.random() < 0.6),
            objective=pick.choice(OBJECTIVES),
        )


def numbered(number, *, tasks=8, steps=20):
    """Return the problem of a number."""
    return Draw(number, tasks=tasks, steps=steps).problem()


def best_cost(problem):
    """Return the least cost of all plans that pass the audit, by trying every one."""
    options = []
    for task in problem.tasks:
        times = {task.wish_s, *task.kept, *(task.starts or ()), *range(problem.now_s, problem.until_s)} - {None}
        if task.frozen is not None:
            times = {task.frozen.start_s}
        times = [t for t in times if task.frozen or t in (task.wish_s, *task.kept, *(task.starts or ())) or
                 (task.starts is None and (t - task.offset_s) % task.step_s == 0)]  # fmt: skip
        spots = [Spot(start_s=t, mode=mode.id) for t in sorted(times) for mode in task.modes]
        lone = attrs.evolve(problem, tasks=(task,), gaps=(), separations=(), levels=wide(problem), objective=())
        options.append([None, *(spot for spot in spots if not audit(lone, plan_of(lone, {task.id: spot})))])
    ids = [task.id for task in problem.tasks]
    plans = (plan_of(problem, dict(zip(ids, spots, strict=True))) for spots in itertools.product(*options))
    valid = (plan for plan in plans if all(breach.kind == "missing" for breach in audit(problem, plan)))
    return min(cost(problem, plan) for plan in valid)


def wide(problem):
    """Return the levels without bounds."""
    return tuple(attrs.evolve(level, least=None, most=None) for level in problem.levels)


def shifted(problem, by_s):
    """Return the problem with every time later."""

    def later(value):
        return None if value is None else value + by_s

    def mode(one):
        bans = tuple(attrs.evolve(ban, lo_s=later(ban.lo_s), hi_s=later(ban.hi_s)) for ban in one.forbidden)
        return attrs.evolve(one, forbidden=bans, earliest_s=later(one.earliest_s))

    def task(one):
        names = ("wish_s", "release_s", "due_s", "earliest_s", "latest_s", "offset_s")
        return attrs.evolve(
            one,
            modes=tuple(mode(each) for each in one.modes),
            kept=tuple(t + by_s for t in one.kept),
            starts=None if one.starts is None else tuple(t + by_s for t in one.starts),
            frozen=one.frozen and attrs.evolve(one.frozen, start_s=one.frozen.start_s + by_s),
            **{name: later(getattr(one, name)) for name in names},
        )

    budgets = tuple(attrs.evolve(one, offset_s=one.offset_s + by_s) for one in problem.budgets)
    return attrs.evolve(
        problem,
        now_s=problem.now_s + by_s,
        until_s=problem.until_s + by_s,
        tasks=tuple(task(one) for one in problem.tasks),
        budgets=budgets,
    )
