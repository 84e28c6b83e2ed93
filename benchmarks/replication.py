"""How fast is a replication? Ratios within one run: against bare SimPy, and propagation against nx.descendants.

    python benchmarks/replication.py [SCENARIO] [RUNS]

Medians; absolute times in the first line only. Nothing here is a test: a busy machine changes times, less so ratios.
"""

import statistics
import sys
import time
from collections.abc import Callable

import attrs
import networkx as nx
import simpy

from stationsim.kernel.simulate import simulate
from stationsim.scenario.load import load
from stationsim.station.graph import propagate
from stationsim.station.health import FAILED, NOMINAL
from stationsim.station.station import Station


def median_s(work: Callable[[], object], runs: int) -> float:
    """Return the median time of some runs after one that is not counted [s]."""
    work()
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def bare(steps: int) -> None:
    """Fire as many SimPy timeouts as a run has steps, and nothing else."""
    env = simpy.Environment()
    for second in range(steps):
        env.timeout(second)
    env.run(until=steps)


def main(name: str = "soyuz-ms22", runs: int = 5) -> None:
    """Print the ratios for one scenario."""
    scenario = load(name)
    quiet = attrs.evolve(scenario, incidents=())
    steps = simulate(scenario).rows[-1].step
    nominal_s, disrupted_s = median_s(lambda: simulate(quiet), runs), median_s(lambda: simulate(scenario), runs)
    bare_s = median_s(lambda: bare(steps), runs)
    print(f"{name}: nominal {nominal_s * 1e3:.0f} ms, disrupted {disrupted_s * 1e3:.0f} ms, {steps} steps")
    print(f"disrupted / nominal            {disrupted_s / nominal_s:8.1f}")
    print(f"disrupted / bare SimPy         {disrupted_s / bare_s:8.0f}")
    graph = Station.of(scenario).graph
    node = graph.index[scenario.incidents[0].node] if scenario.incidents else 0
    own = [NOMINAL] * len(graph.ids)
    own[node] = FAILED
    health = [NOMINAL] * len(graph.ids)
    ours_s = median_s(lambda: [propagate(graph, own, health, node) for _ in range(100)], runs)
    theirs_s = median_s(lambda: [nx.descendants(graph.picture, graph.ids[node]) for _ in range(100)], runs)
    print(f"nx.descendants / propagation   {theirs_s / ours_s:8.1f}  ({len(graph.ids)} nodes)")


if __name__ == "__main__":
    main(*sys.argv[1:2], *(int(text) for text in sys.argv[2:3]))
