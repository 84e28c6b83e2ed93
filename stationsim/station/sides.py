"""Who is on which side of a cut through the station, who must cross, and who shuts each hatch from where?

A person is where the state last saw them: outside, sheltered, at work, or else on the side where their ship is docked.
Everybody goes to the side of their ship while there is a way.
"""

from collections.abc import Iterator, Sequence

import networkx as nx
from attrs import evolve, frozen

from stationsim.station.hatch_beliefs import may_be_open
from stationsim.station.hatches import Door, compartments
from stationsim.station.health import FAILED
from stationsim.station.state import State
from stationsim.station.transitions import RUNNING

OUTSIDE, SHELTERED, CAUGHT = "outside", "sheltered", "caught"
WORK, SHIP, UNKNOWN = "work", "ship", "unknown"
"""Why a person is thought to be somewhere: a sortie, a refuge, the loss of air, the place of their work, the side of
their ship, or not at all."""

LEAKING, SAFE, APART = "leaking", "safe", "apart"
"""Sides: with the leak, beyond the hatches to be shut, or behind hatches that are shut already."""


@frozen(kw_only=True)
class Stand:
    """Where one person is now, and where they must be before the last hatch is shut.

    Attributes:
        person: Who.
        known: Why they are thought to be there: `outside`, `sheltered`, `caught`, `work`, `ship` or `unknown`.
        at: Compartment: their refuge, that behind their airlock, where they work, or that of their ship's port.
        side: Side of `at` now: `leaking`, `safe`, `apart`, or `unknown`.
        must_to: Compartment on the safe side they must have reached before the last hatch is shut; None if they stay.
        loses: The ship they lose: it is on the leaking side, or the leak is between them and it.
    """

    person: str
    known: str
    at: str | None
    side: str
    must_to: str | None = None
    loses: str | None = None


@frozen(kw_only=True)
class Closing:
    """A hatch to shut, in this order, from `side` by `person`, or by nobody who is or comes there.

    The side is the safe one; where nobody stays there it is the leaking one, and who shuts the hatch leaves after that.
    """

    hatch: str
    between: tuple[str, str]
    side: str
    person: str | None
    close_s: int
    from_leak: bool = False


def closings(doors: Sequence[Door], side: set[str]) -> Iterator[Closing]:
    """Yield the hatches to shut with the compartment on the safe side of each."""
    for door in doors:
        safe = next(end for end in door.between if end not in side)
        yield Closing(hatch=door.id, between=door.between, side=safe, person=None, close_s=door.close_s)


def stands(
    state: State, graph: "nx.Graph[str]", side: set[str], doors: Sequence[Door]
) -> tuple[tuple[Stand, ...], tuple[Closing, ...]]:
    """Return where everybody aboard stands, and who shuts which hatch.

    Args:
        state: The station as it stands.
        graph: Its compartments, joined by open hatches alone.
        side: Compartments on the leaking side.
        doors: Open hatches between it and the rest.
    """
    hatches = tuple(closings(doors, side))
    beyond = graph.subgraph([node for node in graph if node not in side])
    parts = {hatch.side: frozenset(nx.node_connected_component(beyond, hatch.side)) for hatch in hatches}
    here = [_stand(state, person, side, parts) for person in state.aboard]
    ways = _passable(state, side)
    sent = tuple(evolve(stand, loses=_lost(state, stand, ways)) for stand in _sent(state, here, parts, ways))
    return sent, _manned(hatches, parts, sent)


def _passable(state: State, side: set[str]) -> "nx.Graph[str]":
    """Return the compartments beyond a leak and the ways between them: a shut hatch is opened again if it can be."""
    graph = compartments(state)
    graph.remove_nodes_from([node for node in graph if node in side])
    doors = [(a, b, data["door"].id) for a, b, data in graph.edges(data=True)]
    graph.remove_edges_from([(a, b) for a, b, door in doors if not may_be_open(state, door) and _is_stuck(state, door)])
    return graph


def _is_stuck(state: State, hatch: str) -> bool:
    return any(state.health(centre, hatch) == FAILED for centre in state.station.centres)


def _lost(state: State, stand: Stand, ways: "nx.Graph[str]") -> str | None:
    """Return the ship that a person loses; where nobody knows where they are, only one on the leaking side counts."""
    ship, at = state.fit.get(stand.person, ""), stand.must_to or stand.at
    if state.ship_at.get(ship) not in state.station.ports:
        return None
    if ship not in ways:
        return ship
    return None if at is None or (at in ways and nx.has_path(ways, at, ship)) else ship


def _stand(state: State, person: str, side: set[str], parts: dict[str, frozenset[str]]) -> Stand:
    known, at = whereabouts(state, person)
    where = UNKNOWN if at is None else LEAKING if at in side else APART
    if any(at in part for part in parts.values()):
        where = SAFE
    return Stand(person=person, known=known, at=at, side=where)


def whereabouts(state: State, person: str) -> tuple[str, str | None]:
    """Return why a person is thought to be in a compartment, and which; None where nothing tells."""
    station = state.station
    if person in state.sheltered:
        place = state.sheltered[person][0]
        return (SHELTERED, place) if place else (CAUGHT, None)
    for act in state.acts.values():
        if act.life in RUNNING and person in _outside(state, act.id):
            airlock = station.airlocks.get(state.activity(act.id).airlock or "")
            return OUTSIDE, None if airlock is None else airlock.volume
        if act.life in RUNNING and person in act.people and state.activity(act.id).place is not None:
            return WORK, state.activity(act.id).place
    port = station.ports.get(state.ship_at.get(state.fit.get(person, ""), ""))
    return (UNKNOWN, None) if port is None else (SHIP, port.host)


def _outside(state: State, activity: str) -> tuple[str, ...]:
    """Return who of an activity is outside while it is under way."""
    kind, act = state.station.kinds[state.activity(activity).kind], state.acts[activity]
    if kind.effect != OUTSIDE:
        return ()
    pairs = zip(act.people, act.roles, strict=True)
    return tuple(person for person, role in pairs if not kind.outside or role in kind.outside)


def _sent(
    state: State, here: Sequence[Stand], parts: dict[str, frozenset[str]], ways: "nx.Graph[str]"
) -> Iterator[Stand]:
    """Send everybody who may not stay, or not with their ship: to the part where it is, else to where most are."""
    own = {stand.person: _way_home(state, stand, parts, ways) for stand in here}
    counts = dict.fromkeys(parts, 0)
    for stand in here:
        for door, part in parts.items():
            counts[door] += (own[stand.person] or stand.at) in part
    for stand in here:
        to = own[stand.person]
        if to is None and stand.side in (LEAKING, UNKNOWN) and stand.known != CAUGHT and parts:
            to = max(sorted(counts), key=lambda door: counts[door])
            for door, part in parts.items():
                counts[door] += to in part
        yield evolve(stand, must_to=to)


def _way_home(state: State, stand: Stand, parts: dict[str, frozenset[str]], ways: "nx.Graph[str]") -> str | None:
    """Return where a person must cross to keep their ship; None for who keeps it where they are, or cannot."""
    ship = state.fit.get(stand.person, "")
    if stand.side not in (LEAKING, SAFE) or ship not in ways:
        return None
    if stand.at is not None and stand.at in ways and nx.has_path(ways, stand.at, ship):
        return None
    return next((door for door in sorted(parts) if nx.has_path(ways, door, ship)), None)


def _manned(hatches: Sequence[Closing], parts: dict[str, frozenset[str]], here: Sequence[Stand]) -> tuple[Closing, ...]:
    """Name who shuts each hatch: someone who is on its safe side, else who comes there, else who leaves the leak last.

    Those shut from the leaking side come first, those that people cross come last.
    """
    inside = [stand for stand in here if stand.known in (SHIP, WORK, SHELTERED)]
    crossing = [stand for stand in here if stand.must_to is not None]
    found = []
    for hatch in hatches:
        part = parts[hatch.side]
        there = [stand.person for stand in inside if stand.must_to is None and stand.side == SAFE and stand.at in part]
        coming = [stand.person for stand in crossing if stand.must_to in part]
        leaving = [stand.person for stand in (*crossing, *inside) if stand.side != APART]
        if there or coming or not leaving:
            found.append(evolve(hatch, person=next(iter([*there, *coming]), None)))
        else:
            leak = next(end for end in hatch.between if end != hatch.side)
            found.append(evolve(hatch, side=leak, person=leaving[0], from_leak=True))
    crossed = {stand.must_to for stand in crossing}
    return tuple(sorted(found, key=lambda hatch: (not hatch.from_leak, hatch.side in crossed, hatch.hatch)))
