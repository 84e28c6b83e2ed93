"""What depends on what? The dependency graph, built once per scenario, compiled to integers, evaluated incrementally.

An arrow u -> v means *v needs u*. A node is as well as the worst of its own health, the gate over its hard inputs, and
`degraded` where a soft input is lost. Where a ship is docked or who sits where is state, not an edge.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import NamedTuple

import attrs
import networkx as nx
from attrs import field, frozen

from stationsim.errors import ScenarioError
from stationsim.scenario.model import NO_NEEDS, Needs, Scenario, Thing, Vehicle, VehicleType
from stationsim.scenario.nodes import SORTIES
from stationsim.station.health import DEGRADED, NOMINAL, is_lost

LAUNCH, LANDING = "/launch", "/landing"
"""What a ship needs on the ground to fly and to come down is the node of its id with this behind it."""


@frozen(kw_only=True)
class Node:
    """A node: what it is, what it hangs on, and where that is said."""

    id: str
    type: str
    name: str
    needs: Needs
    why: str


@frozen(kw_only=True)
class Gate:
    """A node's inputs as indices: all of `hard`, `of` of `some`; `soft` at worst degrade."""

    hard: tuple[int, ...]
    some: tuple[int, ...]
    of: int
    soft: tuple[int, ...]


class Change(NamedTuple):
    """A node whose health changed, and the input that decided (None where its own health did)."""

    node: int
    before: int
    after: int
    decisive: int | None


@frozen(kw_only=True, eq=False, repr=False)
class Graph:
    """The compiled graph; `ids` in topological order, so that an input always has the smaller index."""

    ids: tuple[str, ...]
    index: dict[str, int] = field(repr=False)
    nodes: tuple[Node, ...] = field(repr=False)
    gates: tuple[Gate, ...] = field(repr=False)
    children: tuple[tuple[int, ...], ...] = field(repr=False)
    picture: "nx.DiGraph[str]" = field(repr=False)

    def __repr__(self) -> str:
        return f"<Graph: {len(self.ids)} nodes, {self.picture.number_of_edges()} arrows>"


def graph_of(scenario: Scenario) -> Graph:
    """Build and freeze the graph of a scenario.

    Raises:
        ScenarioError: The needs form a circle.
    """
    nodes = {node.id: node for node in _nodes(scenario)}
    picture: nx.DiGraph[str] = nx.DiGraph()
    for node in nodes.values():
        picture.add_node(node.id, type=node.type, name=node.name)
    for node in nodes.values():
        for strength, inputs in (("hard", node.needs.hard), ("some", node.needs.some), ("soft", node.needs.soft)):
            for source in inputs:
                picture.add_edge(source, node.id, strength=strength, why=node.why)
    try:
        ids = tuple(nx.lexicographical_topological_sort(picture))
    except nx.NetworkXUnfeasible:
        circle = " -> ".join(edge[0] for edge in nx.find_cycle(picture))
        msg = f"needs: {circle} form a circle. A node cannot need itself. Remove one of these needs."
        raise ScenarioError(msg) from None
    index = {id_: i for i, id_ in enumerate(ids)}
    ordered = tuple(nodes[id_] for id_ in ids)
    gates = tuple(_gate(node.needs, index) for node in ordered)
    children = tuple(tuple(sorted(index[child] for child in picture.successors(id_))) for id_ in ids)
    return Graph(ids=ids, index=index, nodes=ordered, gates=gates, children=children, picture=nx.freeze(picture))


def _gate(needs: Needs, index: dict[str, int]) -> Gate:
    def numbers(ids: Iterable[str]) -> tuple[int, ...]:
        return tuple(index[id_] for id_ in ids)

    return Gate(hard=numbers(needs.hard), some=numbers(needs.some), of=needs.of, soft=numbers(needs.soft))


def _nodes(scenario: Scenario) -> Iterator[Node]:
    for volume in scenario.volumes:
        yield Node(id=volume.id, type="volume", name=volume.name, needs=volume.needs, why="needs of the file")
    for port in scenario.ports:
        yield Node(id=port.id, type="port", name=port.name, needs=_with(port.needs, port.host), why="host of the port")
    names = {volume.id: volume.name for volume in scenario.volumes}
    for hatch in scenario.hatches:
        name = f"hatch {' / '.join(names.get(end, end) for end in hatch.between)}"
        yield Node(id=hatch.id, type="hatch", name=name, needs=NO_NEEDS, why="")
    for airlock in scenario.airlocks:
        needs = _with(airlock.needs, airlock.volume)
        yield Node(id=airlock.id, type="airlock", name=airlock.name, needs=needs, why="volume of the airlock")
    for arm in scenario.arms:
        parts = {part.id for part in arm.components}
        yield Node(id=arm.id, type="arm", name=arm.name, needs=_local(arm.needs, arm.id, parts), why="parts of the arm")
        yield from _parts(arm.components, arm.id, arm.name, parts)
    for thing in scenario.things:
        yield Node(
            id=thing.id, type=thing.type, name=thing.name or thing.id, needs=thing.needs, why="needs of the file"
        )
    for person in scenario.people:
        yield Node(id=person.id, type="person", name=person.name, needs=NO_NEEDS, why="")
        own = Needs(hard=(person.id,))
        yield Node(
            id=person.id + SORTIES, type="fitness", name=f"fitness of {person.name} for sorties", needs=own, why=""
        )
    types = {type_.id: type_ for type_ in scenario.types}
    for ship in scenario.vehicles:
        type_ = types[ship.type]
        parts = {part.id for part in (*type_.components, *type_.capabilities)}
        yield Node(id=ship.id, type="vehicle", name=ship.name, needs=NO_NEEDS, why="")
        yield Node(id=f"{ship.id}/hatch", type="hatch", name=f"hatch of {ship.name}", needs=NO_NEEDS, why="")
        for part in _parts((*type_.components, *type_.capabilities), ship.id, ship.name, parts):
            yield attrs.evolve(part, needs=_with(part.needs, ship.id))
        yield from _ground(ship, type_, parts)


def _ground(ship: Vehicle, type_: VehicleType, parts: set[str]) -> Iterator[Node]:
    """Yield what the launch and the coming down of a ship hang on, where it or its type says so."""
    for suffix, noun, own, usual in (
        (LAUNCH, "launcher and site", ship.launches_on, type_.launches_on),
        (LANDING, "landing zone", ship.lands_in, type_.lands_in),
    ):
        needs = _local(usual if own == NO_NEEDS else own, ship.id, parts)
        if needs != NO_NEEDS:
            yield Node(id=ship.id + suffix, type="ground", name=f"{noun} of {ship.name}", needs=needs, why="ground")


def _parts(things: tuple[Thing, ...], owner: str, name: str, parts: set[str]) -> Iterator[Node]:
    for thing in things:
        yield Node(
            id=f"{owner}/{thing.id}",
            type=thing.type,
            name=f"{thing.name or thing.id.replace('-', ' ')} of {name}",
            needs=_local(thing.needs, owner, parts),
            why=f"type of {owner}",
        )


def _local(needs: Needs, owner: str, parts: set[str]) -> Needs:
    def full(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{owner}/{id_}" if id_ in parts else id_ for id_ in ids)

    return Needs(hard=full(needs.hard), some=full(needs.some), of=needs.of, soft=full(needs.soft))


def _with(needs: Needs, host: str) -> Needs:
    hard = needs.hard if host in needs.hard else (host, *needs.hard)
    return Needs(hard=hard, some=needs.some, of=needs.of, soft=needs.soft)


def evaluate(graph: Graph, own: Sequence[int]) -> list[int]:
    """Evaluate every node from its own health: the reference that `propagate` must equal.

    Args:
        graph: The graph.
        own: Own health per node, in the order of `graph.ids`.
    """
    health: list[int] = []
    for node in range(len(graph.ids)):
        health.append(_health(graph.gates[node], own[node], health)[0])
    return health


def propagate(graph: Graph, own: Sequence[int], health: Sequence[int], node: int) -> tuple[Change, ...]:
    """Follow a change of one node's own health through the graph.

    Args:
        graph: The graph.
        own: Own health per node, with the change.
        health: Evaluated health per node before the change; not changed here.
        node: The node whose own health changed.

    Returns:
        The changed nodes, inputs before what needs them.
    """
    now, gates, children = _Overlay(health), graph.gates, graph.children
    changes: list[Change] = []
    waiting, queued = [node], {node}
    while waiting:
        current = heapq.heappop(waiting)
        before = health[current]
        after, decisive = _health(gates[current], own[current], now)
        if after == before:
            continue
        now[current] = after
        changes.append(Change(current, before, after, decisive))
        for child in children[current]:
            if child not in queued:
                queued.add(child)
                heapq.heappush(waiting, child)
    return tuple(changes)


class _Overlay(dict[int, int]):
    """What has changed so far; of all else, the health before."""

    def __init__(self, before: Sequence[int]) -> None:
        super().__init__()
        self._before = before

    def __missing__(self, node: int) -> int:
        return self._before[node]


def _health(gate: Gate, own: int, health: Sequence[int] | _Overlay) -> tuple[int, int | None]:
    """Return a node's health and the input that decided it."""
    worst, decisive = own, None
    for source in gate.hard:
        grade = health[source]
        if grade > worst:
            worst, decisive = grade, source
    if gate.some:
        ranked = sorted(zip(map(health.__getitem__, gate.some), gate.some, strict=True))
        grade, source = ranked[gate.of - 1]
        if grade > worst:
            worst, decisive = grade, source
    if worst < DEGRADED:
        for source in gate.soft:
            if is_lost(health[source]) or health[source] == DEGRADED:
                return DEGRADED, source
    return (worst, decisive) if worst > NOMINAL else (NOMINAL, None)


def upstream(graph: Graph, node: str) -> tuple[str, ...]:
    """Return everything a node needs, directly or not, inputs first.

    Raises:
        ScenarioError: There is no such node.
    """
    _check(graph, node)
    needed = nx.ancestors(graph.picture, node)
    return tuple(id_ for id_ in graph.ids if id_ in needed)


def downstream(graph: Graph, node: str) -> tuple[str, ...]:
    """Return everything a failure of the node would reach if every gate passed it on, inputs first.

    Raises:
        ScenarioError: There is no such node.
    """
    _check(graph, node)
    reached = nx.descendants(graph.picture, node)
    return tuple(id_ for id_ in graph.ids if id_ in reached)


def _check(graph: Graph, node: str) -> None:
    if node not in graph.index:
        near = get_close_matches(node, graph.ids, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        msg = f"{node!r} is not a node of the graph ({len(graph.ids)} nodes).{hint}"
        raise ScenarioError(msg)
