"""Can a person reach the ship that would take them home? Where everybody is, and what is in their way, as believed.

A shut hatch is no cut: it is opened again while both sides hold pressure. What is lost cannot be passed: a volume, a
ship, and a hatch that is shut and cannot be moved.
"""

from collections.abc import Iterator
from itertools import pairwise

import networkx as nx

from stationsim.station.hatches import SHIP_HATCH, compartments
from stationsim.station.health import FAILED
from stationsim.station.state import State
from stationsim.station.transitions import RUNNING


def whereabouts(state: State, person: str) -> str | None:
    """Return the compartment in which something keeps a person; None for who is about the station.

    Who shelters is in their ship or refuge; who is outside comes back through the airlock; who works at a place is
    there.
    """
    place = state.sheltered.get(person, ("", 0, 0))[0]
    if place:
        return place
    for act in state.acts.values():
        if act.life not in RUNNING or person not in act.people:
            continue
        activity = state.activity(act.id)
        if activity.airlock is not None and is_outside(state, act.id, person):
            return state.station.airlocks[activity.airlock].volume
        if activity.place is not None:
            return activity.place
    return None


def is_outside(state: State, activity: str, person: str) -> bool:
    """Tell whether the part that a person takes in an activity is outside."""
    act, kind = state.acts[activity], state.station.kinds[state.activity(activity).kind]
    roles = (role for who, role in zip(act.people, act.roles, strict=True) if who == person)
    return kind.effect == "outside" and any(not kind.outside or role in kind.outside for role in roles)


def obstacle(state: State, centre: str, person: str, to: str | None = None) -> str | None:
    """Return what keeps a person from a docked ship, as a centre believes; None if they can reach it.

    Who is about the station goes to their ship's side in time: only its volume, its hatch or the ship itself is in
    their way.

    Args:
        state: The station as it stands.
        centre: Whose belief.
        person: Who.
        to: The ship; their own if None.
    """
    ship = state.fit.get(person, "") if to is None else to
    port = state.station.ports.get(state.ship_at.get(ship, ""))
    lost = frozenset(_lost(state, centre))
    if port is None or not lost:
        return None
    start = whereabouts(state, person)
    if start == ship:
        return ship if ship in lost else None
    near = next((node for node in (ship, ship + SHIP_HATCH, port.host) if node in lost), None)
    if near is not None or start is None:
        return near
    graph = compartments(state)
    walls = [node for node in graph if node in lost and node != start]
    shut = [(a, b) for a, b, data in graph.edges(data=True) if data["door"].id in lost]
    way = nx.restricted_view(graph, walls, shut)
    if start not in way or nx.has_path(way, start, ship):
        return None
    return _first(state, start, ship, lost)


def _lost(state: State, centre: str) -> Iterator[str]:
    """Yield what nobody can pass: lost volumes and ships, and lost hatches that are shut."""
    view, index = state.views[centre], state.station.graph.index
    for node in view.sick:
        is_hatch = node in state.hatches
        if view.health[index[node]] != FAILED:
            continue
        if node in state.station.volumes or node in state.station.ships or (is_hatch and state.hatches[node] != "open"):
            yield node


def _first(state: State, start: str, ship: str, lost: frozenset[str]) -> str:
    """Return the first lost thing on the shortest way."""
    graph = compartments(state)
    way = nx.shortest_path(graph, start, ship)
    for a, b in pairwise(way):
        door = graph.edges[a, b]["door"].id
        if door in lost:
            return str(door)
        if b in lost:
            return b
    return ship
