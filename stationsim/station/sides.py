"""Who is on which side of a cut through the station, who must cross, and who shuts each hatch from where?

A person is where the state last saw them: outside, sheltered, at work, or else on the side where their ship is docked.
"""

from collections.abc import Iterator, Sequence

import networkx as nx
from attrs import evolve, frozen

from stationsim.station.hatches import Door
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
        loses: The ship they lose with the leaking side.
    """

    person: str
    known: str
    at: str | None
    side: str
    must_to: str | None = None
    loses: str | None = None


@frozen(kw_only=True)
class Closing:
    """A hatch to shut, in this order; from `side`, which is safe, by `person`, or by nobody who is or comes there."""

    hatch: str
    between: tuple[str, str]
    side: str
    person: str | None
    close_s: int


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
    sent = tuple(_sent(here, parts))
    return sent, _manned(hatches, parts, sent)


def _stand(state: State, person: str, side: set[str], parts: dict[str, frozenset[str]]) -> Stand:
    known, at = whereabouts(state, person)
    ship = state.fit.get(person)
    where = UNKNOWN if at is None else LEAKING if at in side else APART
    if any(at in part for part in parts.values()):
        where = SAFE
    return Stand(person=person, known=known, at=at, side=where, loses=ship if ship in side else None)


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


def _sent(here: Sequence[Stand], parts: dict[str, frozenset[str]]) -> Iterator[Stand]:
    """Send everybody who may not stay: to a part of the safe side that has nobody yet, else to where most are."""
    counts = {door: sum(stand.at in part for stand in here) for door, part in parts.items()}
    for stand in here:
        if stand.side not in (LEAKING, UNKNOWN) or stand.known == CAUGHT or not parts:
            yield stand
            continue
        empty = [door for door in parts if counts[door] == 0]
        to = min(empty) if empty else max(sorted(counts), key=lambda door: counts[door])
        for door, part in parts.items():
            counts[door] += to in part
        yield evolve(stand, must_to=to)


def _manned(hatches: Sequence[Closing], parts: dict[str, frozenset[str]], here: Sequence[Stand]) -> tuple[Closing, ...]:
    """Name who shuts each hatch: someone who is on its safe side, else who comes there; those crossed come last."""
    found = []
    for hatch in hatches:
        part = parts[hatch.side]
        there = [s.person for s in here if s.side == SAFE and s.at in part and s.known in (SHIP, WORK, SHELTERED)]
        coming = [s.person for s in here if s.must_to in part]
        found.append(evolve(hatch, person=next(iter([*there, *coming]), None)))
    crossed = {stand.must_to for stand in here if stand.must_to is not None}
    return tuple(sorted(found, key=lambda hatch: (hatch.side in crossed, hatch.hatch)))
