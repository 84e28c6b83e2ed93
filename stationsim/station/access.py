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
    lost = frozenset(_lost(state, centre))
    near, start = _near(state, person, ship, lost)
    if near is not None or start is None or _is_way(state, start, ship, lost):
        return near
    return _first(state, start, ship, lost)


def is_cut_off(state: State, centre: str, person: str, to: str | None = None) -> bool:
    """Tell whether something keeps a person from a docked ship; `obstacle` says what."""
    ship = state.fit.get(person, "") if to is None else to
    lost = frozenset(_lost(state, centre))
    near, start = _near(state, person, ship, lost)
    return near is not None or (start is not None and not _is_way(state, start, ship, lost))


def _near(state: State, person: str, ship: str, lost: frozenset[str]) -> tuple[str | None, str | None]:
    """Return what is in the way at the ship's side, and from where a way must be looked for if nothing is."""
    port = state.station.ports.get(state.ship_at.get(ship, ""))
    if port is None or not lost:
        return None, None
    start = whereabouts(state, person)
    if start == ship:
        return (ship if ship in lost else None), None
    return next((node for node in (ship, ship + SHIP_HATCH, port.host) if node in lost), None), start


def _is_way(state: State, start: str, ship: str, lost: frozenset[str]) -> bool:
    """Tell whether a way leads past what is lost; from what is no compartment of the station, there is one."""
    station = state.station
    docked = {one: station.ports[at].host for one, at in state.ship_at.items() if at in station.ports}
    if start not in station.volumes and start not in docked:
        return True
    ways = [(hatch.id, *hatch.between) for hatch in station.scenario.hatches]
    beside: dict[str, list[str]] = {}
    for hatch, a, b in (*ways, *((one + SHIP_HATCH, one, host) for one, host in docked.items())):
        if hatch not in lost:
            beside.setdefault(a, []).append(b)
            beside.setdefault(b, []).append(a)
    reached: dict[str, None] = {start: None}
    waiting = [start]
    while waiting and ship not in reached:
        new = dict.fromkeys(side for side in beside.get(waiting.pop(), ()) if side not in lost and side not in reached)
        reached |= new
        waiting += new
    return ship in reached


def is_any_lost(state: State, centre: str) -> bool:
    """Tell whether a centre believes something lost that could be in somebody's way."""
    return next(_lost(state, centre), None) is not None


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
