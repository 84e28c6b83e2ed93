"""How fast and how good are the planners? Random stations of 20 to 1,000 tasks, some months of work after an incident.

    python benchmarks/planning.py [greedy|optimal|all] [LOAD] [LIMIT]

Prints medians of five instances, what a size costs against the one before, and per stage how many of the five are
proven and the gap of the median. Nothing here is a test; absolute times are those of the machine it runs on.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from stationsim.planning.optimal import Optimum, optimal
from stationsim.planning.problem import (
    Ban,
    Budget,
    Gap,
    Level,
    Mode,
    Plan,
    Problem,
    Resource,
    Separation,
    Shift,
    Stage,
    Task,
    cost,
)
from stationsim.planning.serial import greedy

HOUR, DAY = 3600, 86400
SHIP_EVERY, EVA_EVERY = 39, 20
PEOPLE = tuple(f"person-{number}" for number in range(1, 8))
PORTS = tuple(f"port-{number}" for number in range(1, 5))
OBJECTIVE = (
    Stage(measure="undated", upto=1, name="mandatory work undated"),
    Stage(measure="undated", name="work undated"),
    Stage(measure="delay", unit_s=DAY, name="days of delay"),
    Stage(measure="changed"),
    Stage(measure="cost"),
)


class Draw:
    """Draws one instance: people with an eight-hour day, an airlock with suits, ships at ports, some closures."""

    def __init__(self, tasks: int, load: float, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - instances, no secrets
        self.count = tasks
        self.days = max(10, round(tasks * 5 / (len(PEOPLE) * 8 * load)) + 7)
        self.bad = self.random.sample(range(self.days), 2)
        self.gaps: list[Gap] = []
        self.apart: list[Separation] = []

    def day(self) -> int:
        """Return the start of one of the days after the first two [s]."""
        return self.random.randint(2, self.days - 1) * DAY

    def bans(self, chance: float, reason: str) -> tuple[Ban, ...]:
        """Return the window of an incident, perhaps."""
        if self.random.random() > chance:
            return ()
        lo_s = self.random.randint(0, self.days // 2) * DAY
        return (Ban(lo_s=lo_s, hi_s=lo_s + self.random.randint(2, 6) * DAY, reason=reason),)

    def job(self, number: int) -> Task:
        """Return work of one person for some hours, by one of three who can do it, at a time of day."""
        hours = self.random.choice((1, 2, 3, 4, 6))
        able = self.random.sample(PEOPLE, 3)
        modes = tuple(
            Mode(
                id=who,
                duration_s=hours * HOUR,
                uses=(who,),
                hours={who: hours * HOUR},
                cost=rank,
                forbidden=self.bans(0.1, "away"),
            )
            for rank, who in enumerate(able)
        )
        wish_s = self.day() + self.random.randint(7, 18 - hours) * HOUR
        return Task(id=f"job-{number}", modes=modes, wish_s=wish_s, step_s=HOUR // 2, **self.common())

    def eva(self, number: int) -> Task:
        """Return a sortie of two people in suits through the airlock, one start a day."""
        pairs = [self.random.sample(PEOPLE, 2) for _ in range(3)]
        forbidden = self.bans(0.4, "no-eva")
        modes = tuple(
            Mode(
                id=f"{rank}-{one}-{two}",
                duration_s=6 * HOUR,
                before_s=4 * HOUR,
                after_s=3 * HOUR,
                uses=(one, two, "airlock"),
                needs={"suit": 2},
                cost=rank,
                forbidden=forbidden,
            )
            for rank, (one, two) in enumerate(pairs)
        )
        wish_s = self.day() + 9 * HOUR
        return Task(id=f"eva-{number}", modes=modes, wish_s=wish_s, step_s=DAY, offset_s=9 * HOUR, **self.common())

    def ship(self, number: int) -> tuple[Task, Task]:
        """Return the arrival and the departure of a ship with three people at one of two ports."""
        arrive_s = self.day()
        crew = self.random.choice((0, 3))
        ports = self.random.sample(PORTS, 2)
        arrive, leave = f"arrive-{number}", f"leave-{number}"
        shifts = (Shift(level="aboard", delta=crew),) if crew else ()
        away = (Shift(level="aboard", delta=-crew),) if crew else ()
        modes = tuple(
            Mode(
                id=port,
                duration_s=3 * HOUR,
                cost=rank,
                forbidden=self.bans(0.2, "traffic"),
                shifts=(Shift(level=port, delta=1), *shifts),
            )
            for rank, port in enumerate(ports)
        )
        leaving = tuple(
            Mode(id=port, duration_s=3 * HOUR, shifts=(Shift(level=port, delta=-1), *away)) for port in ports
        )
        self.gaps.append(Gap(first=arrive, then=leave, min_s=3 * DAY, reason="stay"))
        for mine, other in (ports, ports[::-1]):
            self.apart.append(Separation(a=arrive, b=leave, lo_s=None, hi_s=None, mode_a=mine, mode_b=other))
        common = {"step_s": DAY // 4, "weight": 5, "is_optional": True, "earliest_s": 2 * DAY}
        return (
            Task(id=arrive, modes=modes, wish_s=arrive_s, **common),
            Task(id=leave, modes=leaving, wish_s=arrive_s + self.random.randint(5, 20) * DAY, **common),
        )

    def common(self) -> dict[str, int | bool]:
        """Return what work has in common: urgency, weight, two days of lead."""
        return {
            "priority": self.random.choice((1, 2, 2, 3)),
            "weight": self.random.randint(1, 3),
            "is_optional": True,
            "earliest_s": 2 * DAY,
        }

    def problem(self) -> Problem:
        """Return the instance: in 40 tasks a ship and two sorties, the rest jobs; some follow each other."""
        tasks: list[Task] = []
        while len(tasks) < self.count:
            number = len(tasks)
            if not (number + 20) % SHIP_EVERY:
                tasks += self.ship(number)
            else:
                tasks.append(self.job(number) if number % EVA_EVERY else self.eva(number))
        tasks = tasks[: self.count]
        names = [task.id for task in tasks]
        evas = [task for task in tasks if task.id.startswith("eva")]
        for one, other in pairwise(evas):
            self.apart.append(Separation(a=one.id, b=other.id, lo_s=-2 * DAY, hi_s=2 * DAY, reason="spacing"))
        for first, then in zip(tasks[::9], tasks[1::9], strict=False):
            if first.id.startswith(("job", "eva")) and then.id.startswith("job"):
                self.gaps.append(Gap(first=first.id, then=then.id, min_s=0, from_end=True, reason="follows"))
        return Problem(
            now_s=0,
            until_s=(self.days + 30) * DAY,
            tasks=tuple(tasks),
            resources=(
                *(Resource(id=who, reason="person") for who in PEOPLE),
                Resource(id="airlock"),
                Resource(id="suit", capacity=3),
            ),
            budgets=tuple(Budget(id=who, capacity_s=8 * HOUR, reason="hours") for who in PEOPLE),
            levels=(
                Level(id="aboard", initial=4, least=2, most=11),
                *(Level(id=port, initial=0, least=0, most=1) for port in PORTS),
            ),
            gaps=tuple(gap for gap in self.gaps if gap.then in names),
            separations=tuple(one for one in self.apart if one.b in names),
            objective=OBJECTIVE,
        )


def instance(tasks: int, load: float = 0.6, seed: int = 1) -> Problem:
    """Return the random instance of a size, a load (hours wanted per hour there is, about) and a seed."""
    return Draw(tasks, load, seed).problem()


def timed_s(work: Callable[[], object]) -> float:
    """Return the time that something takes [s]."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def bench_greedy(load: float) -> None:
    """Print the time of greedy for four sizes."""
    before = None
    for tasks in (20, 50, 200, 1000):
        problems = [instance(tasks, load, seed) for seed in range(5)]
        plans: list[Plan] = [greedy(problem) for problem in problems]
        took_s = statistics.median(min(timed_s(partial(greedy, problem)) for _ in range(3)) for problem in problems)
        moved = statistics.median(cost(problem, plan)[4] for problem, plan in zip(problems, plans, strict=True))
        undated = statistics.median(len(plan.undated) for plan in plans)
        ratio = "" if before is None else f"  {took_s / before[1]:5.1f} x the time of {before[0]}"
        print(f"greedy  {tasks:5} tasks {took_s * 1e3:9.1f} ms, {moved:.0f} changed, {undated:.0f} undated{ratio}")
        before = tasks, took_s


def bench_optimal(load: float, limit: float) -> None:
    """Print the time of optimal for four sizes, and what it proves."""
    before = None
    for tasks in (20, 50, 200, 1000):
        took: list[float] = []
        found: list[Optimum] = []
        better = 0
        for seed in range(5):
            problem = instance(tasks, load, seed)
            begun = time.process_time()
            found.append(optimal(problem, limit=limit))
            took.append(time.process_time() - begun)
            better += cost(problem, found[-1].plan) < cost(problem, greedy(problem))
        took_s = statistics.median(took)
        ratio = "" if before is None else f"  {took_s / before[1]:5.1f} x the time of {before[0]}"
        print(f"optimal {tasks:5} tasks {took_s * 1e3:9.1f} ms, {better} of 5 better than greedy{ratio}")
        for stages in zip(*(one.stages for one in found), strict=True):
            proven = sum(stage.is_proven for stage in stages)
            middle = sorted(stages, key=lambda stage: stage.gap)[2]
            told = f"{middle.value} (bound {middle.bound}, gap {middle.gap:.0%})"
            print(f"    {stages[0].title:24} {proven} of 5 proven, median gap: {told}")
        before = tasks, took_s


def main(what: str = "all", load: float = 0.6, limit: float = 1.0) -> None:
    """Print what was asked for."""
    if what in ("greedy", "all"):
        bench_greedy(load)
    if what in ("optimal", "all"):
        optimal(instance(4))  # loads the solver
        bench_optimal(load, limit)


if __name__ == "__main__":
    main(*sys.argv[1:2], *(float(text) for text in sys.argv[2:4]))
