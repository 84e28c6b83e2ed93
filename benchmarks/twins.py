"""How fast is a replication? Beside two fixed twins, in one run.

*Bare* is the same number of SimPy timeouts and nothing else, *naive* the same story as a plain script (`naive.py`),
whose dates are asserted equal.

    python benchmarks/twins.py [RUNS]

*Anew* nothing is known of the plan; otherwise its course until the first incident is (`stationsim.kernel.courses`), as
in all but the first replication of an ensemble whose incidents alone differ. Of a nominal run that is all of it.

Medians of processor time; the ratios are of one run of this script, since a busy machine changes times.
"""

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import attrs
import simpy
from naive import Leak, Naive

from stationsim.kernel.simulate import simulate
from stationsim.log.kinds import Kind
from stationsim.log.log import Log
from stationsim.planning.policies import Policy, best_by_lookahead, rules_first
from stationsim.scenario.draw import draw
from stationsim.scenario.load import load
from stationsim.scenario.model import Scenario
from stationsim.station.station import Station

SHIP, PORT = "progress-ms-21", "poisk-zenith"
"""A cargo ship next to the airlock of the next sortie: its leak moves four sorties and asks for no decision."""


def bare(steps: int) -> None:
    """Fire as many SimPy timeouts as a run has steps, and nothing else."""
    env = simpy.Environment()
    for second in range(steps):
        env.timeout(second)
    env.run(until=steps)


def median_s(work: Callable[[], object], runs: int) -> float:
    """Return the median processor time of some runs after one that is not counted [s]."""
    work()
    times = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return statistics.median(times)


def bare_of(steps: int, runs: int) -> float:
    """Return the median time of the bare twin [s], each of many times: it is over too soon to be timed once."""
    times = 50
    return median_s(lambda: [bare(steps) for _ in range(times)], runs) / times


def anew(drawn: Scenario, policy: Policy) -> Log:
    """Simulate a scenario of whose plan no course is known: courses are kept for the very same records."""
    return simulate(attrs.evolve(drawn, activities=(*drawn.activities,)), policy=policy)


def starts_of(log: Log) -> dict[str, int]:
    """Return when everything of the plan began, and the inspection that the leak calls for."""
    began = {row.subject: row.t_s for row in log.rows if row.kind is Kind.STARTED}
    return {id_: t_s for id_, t_s in began.items() if not id_.endswith(("-look", "-safing"))}


def alarm_s(log: Log) -> int:
    """Return when the first alarm came [s]: the naive twin knows no physics."""
    return next(row.t_s for row in log.rows if row.kind is Kind.ALARMED)


def require_equal(ours: dict[str, int], naive: Naive) -> int:
    """Return how many dates are equal.

    Raises:
        AssertionError: One is not.
    """
    theirs = {id_: t_s for id_, t_s in naive.start.items() if t_s is not None}
    wrong = [id_ for id_ in {**ours, **theirs} if ours.get(id_) != theirs.get(id_)]
    if wrong:
        raise AssertionError(f"The twins disagree about {', '.join(wrong)}.")
    return len(ours)


def line(title: str, ours_s: float, bare_s: float, naive_s: float | None, told: str) -> None:
    """Print one line of the table."""
    beside = "       -" if naive_s is None else f"{ours_s / naive_s:8.2f}"
    print(f"{title:34} {ours_s * 1e3:8.1f} ms {ours_s / bare_s:8.0f} {beside}   {told}", flush=True)


def main(runs: int = 5) -> None:
    """Print the table."""
    leaky = draw(load("soyuz-ms22"))
    calm: Scenario = attrs.evolve(leaky, incidents=())
    cargo = attrs.evolve(leaky, incidents=(attrs.evolve(leaky.incidents[0], node=f"{SHIP}/external-loop"),))
    graph = Station.of(calm).graph.picture
    print(f"{'soyuz-ms22, processor time':34} {'median':>11} {'x bare':>8} {'x naive':>8}")
    for title, drawn in (("nominal", calm), ("leak without a decision", cargo)):
        log = simulate(drawn, policy=rules_first)
        leak = None
        if drawn.incidents:
            leak = Leak(node=f"{SHIP}/external-loop", ship=SHIP, port=PORT, alarm_s=alarm_s(log))
        equal = require_equal(starts_of(log), Naive(drawn, graph, leak))
        naive_s = median_s(partial(Naive, drawn, graph, leak), runs)
        bare_s = bare_of(log.rows[-1].step, runs)
        told = f"{len(log.rows)} events, {log.rows[-1].step} steps; {equal} dates equal"
        line(f"{title}, anew", median_s(partial(anew, drawn, rules_first), runs), bare_s, naive_s, told)
        line(title, median_s(partial(simulate, drawn, policy=rules_first), runs), bare_s, naive_s, told)
    for policy in (rules_first, best_by_lookahead):
        log = simulate(leaky, policy=policy)
        bare_s = bare_of(log.rows[-1].step, runs)
        told = f"{len(log.rows)} events, {log.rows[-1].step} steps"
        line(f"decision, {policy.name}, anew", median_s(partial(anew, leaky, policy), runs), bare_s, None, told)
        line(f"decision, {policy.name}", median_s(partial(simulate, leaky, policy=policy), runs), bare_s, None, told)


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:2]))
