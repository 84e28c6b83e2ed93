"""Does the cost of a failure depend on the size of the station? Our worklist against `nx.descendants`.

    python benchmarks/propagation.py

Random graphs of 10^2 to 10^5 nodes, in which node 0 fails and the same 30 nodes are lost with it. *Backed up*: what
hangs on these has a second input each (1 of 2), so that the rest of the station could be reached but is not lost: that
is what redundancy is for, and `nx.descendants` cannot see it. *Cut off*: nothing else hangs on these 30, so that both
visit the same nodes: the worst comparison for us, since ours evaluates gates and tells which input decided.
Medians of five of the processor time; the ratio is of one run.
"""

import random
import statistics
import time
from collections.abc import Callable
from functools import partial

import networkx as nx

from stationsim.station.graph import Gate, Graph, propagate
from stationsim.station.health import FAILED, NOMINAL

LOST, EDGE = 30, 20
"""Nodes that are lost with node 0, and nodes with a second input that hang on them."""


def gates_of(nodes: int, *, backed_up: bool, seed: int = 1) -> list[Gate]:
    """Return the gates of so many nodes; inputs have smaller numbers, and the first ones are the same at every size."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    source = LOST + 1  # a second source, which does not fail
    found = [Gate(hard=(), some=(), of=0, soft=())]
    for number in range(1, nodes):
        hard: tuple[int, ...] = ()
        some: tuple[int, ...] = ()
        if number <= LOST:
            hard = (chance.randrange(max(0, number - 4), number),)
        elif number > source + EDGE:
            hard = tuple(sorted({chance.randrange(source, number) for _ in range(3)}))
        elif number > source:
            some = (chance.randrange(1, LOST + 1), source) if backed_up else ()
            hard = () if backed_up else (source,)
        found.append(Gate(hard=hard, some=some, of=1 if some else 0, soft=()))
    return found


def graph_of(gates: list[Gate]) -> Graph:
    """Return the compiled graph, with the picture that `nx.descendants` reads."""
    ids = tuple(str(number) for number in range(len(gates)))
    picture: nx.DiGraph[str] = nx.DiGraph()
    picture.add_nodes_from(ids)
    children: list[list[int]] = [[] for _ in gates]
    for number, gate in enumerate(gates):
        for other in (*gate.hard, *gate.some):
            children[other].append(number)
            picture.add_edge(ids[other], ids[number])
    index = {id_: number for number, id_ in enumerate(ids)}
    below = tuple(tuple(found) for found in children)
    return Graph(ids=ids, index=index, nodes=(), gates=tuple(gates), children=below, picture=nx.freeze(picture))


def median_s(work: Callable[[], object], times: int) -> float:
    """Return the median processor time of five runs of many times each, per time [s]."""
    work()
    found = []
    for _ in range(5):
        begun = time.process_time()
        for _ in range(times):
            work()
        found.append((time.process_time() - begun) / times)
    return statistics.median(found)


def main() -> None:
    """Print one line per size and shape."""
    print(f"{'':10} {'nodes':>7} {'lost':>5} {'reachable':>10} {'ours':>10} {'descendants':>12} {'ratio':>8}")
    for title, backed_up in (("backed up", True), ("cut off", False)):
        for nodes in (100, 1_000, 10_000, 100_000):
            graph = graph_of(gates_of(nodes, backed_up=backed_up))
            own, health = [NOMINAL] * nodes, [NOMINAL] * nodes
            own[0] = FAILED
            lost, reachable = len(propagate(graph, own, health, 0)), len(nx.descendants(graph.picture, "0"))
            ours_s = median_s(partial(propagate, graph, own, health, 0), 200)
            theirs_s = median_s(partial(nx.descendants, graph.picture, "0"), max(1, 100_000 // nodes // 10))
            times = f"{ours_s * 1e6:7.0f} us {theirs_s * 1e6:9.0f} us {theirs_s / ours_s:8.1f}"
            print(f"{title:10} {nodes:7} {lost:5} {reachable:10} {times}", flush=True)


if __name__ == "__main__":
    main()
