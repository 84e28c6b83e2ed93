"""Which volumes share one atmosphere, and what could part them? The graph of compartments and hatches."""

from collections.abc import Mapping

import networkx as nx
from attrs import frozen

from stationsim.station.state import State
from stationsim.station.station import Station

SHIP_HATCH = "/hatch"
"""A docked ship's hatch is the node `<ship>/hatch`."""


@frozen(kw_only=True)
class Door:
    """A hatch between two compartments: volumes, or a docked ship and the volume its port is on."""

    id: str
    between: tuple[str, str]
    close_s: int


def doors(state: State) -> tuple[Door, ...]:
    """Return every hatch of the station as it stands, those to docked ships included, in order of id."""
    station = state.station
    found = [Door(id=h.id, between=(h.between[0], h.between[1]), close_s=h.close_s) for h in station.scenario.hatches]
    for ship, port in state.ship_at.items():
        if port in station.ports:
            host = station.ports[port].host
            found.append(Door(id=ship + SHIP_HATCH, between=(ship, host), close_s=station.type_of(ship).hatch_close_s))
    return tuple(sorted(found, key=lambda door: door.id))


def compartments(state: State) -> "nx.Graph[str]":
    """Return the graph whose nodes are volumes and docked ships and whose edges are hatches (`door`), shut ones too."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(volume.id for volume in state.station.scenario.volumes)
    graph.add_nodes_from(ship for ship, port in state.ship_at.items() if port in state.station.ports)
    for door in doors(state):
        graph.add_edge(*door.between, door=door)
    return graph


def joined(state: State, hatches: Mapping[str, str] | None = None) -> tuple[tuple[str, ...], ...]:
    """Return the sets of compartments that open hatches join, each in order of id, in order of their first id.

    Args:
        state: The state.
        hatches: Hatches as they would be, `open` or not; as they are if None.
    """
    graph, stand = compartments(state), state.hatches if hatches is None else hatches
    shut = [(a, b) for a, b, data in graph.edges(data=True) if stand.get(data["door"].id) != "open"]
    graph.remove_edges_from(shut)
    return tuple(sorted(tuple(sorted(part)) for part in nx.connected_components(graph)))


def compartment_of(station: Station, node: str) -> str | None:
    """Return the compartment that a node is, is part of, or stands in; None for what has none."""
    if node in station.volumes:
        return node
    if node in station.ports:
        return station.ports[node].host
    if node in station.airlocks:
        return station.airlocks[node].volume
    return station.ship_of(node)


def kept_by(state: State, reason: str) -> tuple[str, ...]:
    """Return the hatches that stay shut for a reason, in order of id."""
    return tuple(sorted(hatch for hatch, reasons in state.kept_shut.items() if reason in reasons))


def dividing_door(
    state: State, suspects: tuple[str, ...], likely: tuple[str, ...] = (), stuck: tuple[str, ...] = ()
) -> Door | None:
    """Return the open hatch that parts the suspects most evenly; of equal ones the first by id.

    Before all others comes one that parts a single suspect off where a leak is likely; those that are stuck part none.
    """
    graph = compartments(state)
    shut = [(a, b) for a, b, data in graph.edges(data=True) if state.hatches.get(data["door"].id) != "open"]
    graph.remove_edges_from(shut)
    best: tuple[bool, int, str, Door] | None = None
    for a, b, data in sorted(graph.edges(data=True), key=lambda edge: edge[2]["door"].id):
        without = nx.restricted_view(graph, [], [(a, b)])
        side = nx.node_connected_component(without, a)
        here, there = [s for s in suspects if s in side], [s for s in suspects if s not in side]
        if b in side or not here or not there or data["door"].id in stuck:
            continue
        is_first = any(len(part) == 1 and part[0] in likely for part in (here, there))
        rank = (not is_first, abs(len(here) - len(there)), data["door"].id)
        if best is None or rank < best[:3]:
            best = (*rank, data["door"])
    return None if best is None else best[3]
