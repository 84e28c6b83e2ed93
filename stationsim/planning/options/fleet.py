"""Which flights are ahead, which ships are here until when? The skeleton of the plan, read from what is believed."""

from collections.abc import Iterator

from attrs import frozen

from stationsim.station.act import Act
from stationsim.station.situation import CERTIFIED, Situation
from stationsim.station.station import Station
from stationsim.station.transitions import AHEAD


@frozen(kw_only=True)
class Flight:
    """A ship that is still on the ground, its launch and its arrival."""

    ship: str
    launch: Act
    arrival: Act
    crew: tuple[str, ...]
    relieves: tuple[str, ...]


@frozen(kw_only=True)
class Presence:
    """When a ship that can carry people home is here: from the end of its arrival to the start of its departure [s]."""

    ship: str
    port: str
    lo_s: int
    hi_s: int | None
    arrival: str | None
    departure: str | None


def flights(situation: Situation) -> tuple[Flight, ...]:
    """Return the flights ahead that bring ships which people may go home in, in order of time."""
    found = []
    for act in situation.acts.values():
        if act.life not in AHEAD or effect_of(situation, act) != "launch" or act.ship is None:
            continue
        arrival = _first(situation, act.ship, "dock")
        if arrival is None or not situation.station.is_crew_ship(act.ship) or situation.status(act.ship) != CERTIFIED:
            continue
        activity = situation.activity(arrival.id)
        found.append(Flight(ship=act.ship, launch=act, arrival=arrival, crew=activity.crew, relieves=activity.relieves))
    return tuple(sorted(found, key=lambda f: (starts_s(f.launch), f.ship)))


def starts_s(act: Act) -> int:
    """Return when an activity begins, or is to begin where it has no date [s]."""
    return act.start_s if act.start_s is not None else (act.goal_s or 0)


def effect_of(situation: Situation, act: Act) -> str:
    """Return what an activity does to the station."""
    return situation.station.kinds[situation.activity(act.id).kind].effect


def _first(situation: Situation, ship: str, effect: str) -> Act | None:
    every = (act for act in situation.acts.values() if act.ship == ship and act.life in AHEAD)
    return next((act for act in every if effect_of(situation, act) == effect), None)


def departure(situation: Situation, ship: str) -> Act | None:
    """Return the departure of a ship that is ahead; None if none stands in the plan."""
    return _first(situation, ship, "undock")


def kind_with(station: Station, effect: str) -> str | None:
    """Return the first kind of activity of the files that has an effect; None if they have none."""
    return next((kind.id for kind in station.scenario.kinds if kind.effect == effect), None)


def fleet(situation: Situation) -> tuple[Presence, ...]:
    """Return every ship that people may go home in, with the time that it is here, in order of time."""
    return tuple(sorted(_fleet(situation), key=lambda found: (found.lo_s, found.ship)))


def _fleet(situation: Situation) -> Iterator[Presence]:
    station = situation.station
    by_ship: dict[str, list[tuple[int, int | None, str]]] = {}
    for stay in situation.stays:
        if station.is_crew_ship(stay.ship):
            by_ship.setdefault(stay.ship, []).append((stay.lo_s, stay.hi_s, stay.port))
    for ship, stays in by_ship.items():
        is_here = situation.ship_at.get(ship) in (*station.ports, "relocating")
        arrival, leaves = (None if is_here else _first(situation, ship, "dock")), departure(situation, ship)
        lo_s = stays[0][0] if arrival is None else (arrival.start_s or 0) + arrival.duration_s
        yield Presence(
            ship=ship,
            port=stays[-1][2],
            lo_s=max(lo_s, situation.now_s) if is_here else lo_s,
            hi_s=None if leaves is None or leaves.start_s is None else leaves.start_s,
            arrival=None if arrival is None else arrival.id,
            departure=None if leaves is None else leaves.id,
        )
