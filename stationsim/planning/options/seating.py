"""Who sits where until when? The seats of people without a certified way home, over all stays at once.

In every span between two arrivals or departures the best places go to as many as there are: a certified seat, an
improvised place in a certified ship, the seat in their own ship, none. Nobody moves without need, and out of a ship
before it leaves, unless it takes them home when their return was promised or later.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from attrs import frozen

from stationsim.planning.options.fleet import Presence, fleet, kind_with
from stationsim.station.promises import promise_s
from stationsim.station.situation import CERTIFIED, EMERGENCY_ONLY, Situation

DAY_S = 86400

NONE = 4
"""The seat class of who has no place."""


@frozen(kw_only=True)
class Place:
    """A place in a ship: its seat class, and whether it is improvised. `ship` None is no place."""

    level: int
    ship: str | None
    improvised: bool = False


@frozen(kw_only=True)
class Stint:
    """A place that is somebody's for a while [s]."""

    lo_s: int
    hi_s: int
    place: Place


@frozen(kw_only=True)
class Move:
    """Somebody's fit items go to another ship.

    Attributes:
        person: Whose.
        from_: The ship that held them.
        to: The ship that holds them then.
        improvised: Is it but a place there?
        from_s: From when on the place is there, or better [s].
        by_s: When the ship that they leave is gone [s]; None where it stays.
    """

    person: str
    from_: str
    to: str
    improvised: bool
    from_s: int
    by_s: int | None


@frozen(kw_only=True)
class Seating:
    """The moves, and for how long people are in each seat class, in person-seconds by class 0 to 4."""

    moves: tuple[Move, ...]
    person_s: tuple[int, int, int, int, int]


def seating(people: Iterable[str], situation: Situation, *, until_s: int, moves: bool = True) -> Seating:
    """Return the best seats of some people over a plan.

    Args:
        people: Who has no certified way home; everybody else keeps their seat.
        situation: What is believed, over the plan with its dates.
        until_s: Up to when [s].
        moves: May they move? Without, the seats are counted that they have, and that the plan gives them.
    """
    ships = fleet(situation)
    stints = _stints(tuple(people), ships, situation, until_s, moves=moves)
    stints = {person: _settled(found, ships, _worth_s(situation)) for person, found in stints.items()}
    person_s = [0] * 5
    for stint in (stint for found in stints.values() for stint in found):
        person_s[stint.place.level] += stint.hi_s - stint.lo_s
    every = [move for person, found in stints.items() for move in _moves(person, found, ships, situation)]
    return Seating(moves=tuple(sorted(every, key=lambda move: move.from_s)), person_s=tuple(person_s))  # type: ignore[arg-type]


def _worth_s(situation: Situation) -> int:
    """Return for how long a better place must be somebody's to be worth the move [s]."""
    kind = kind_with(situation.station, "fit")
    return 0 if kind is None else situation.station.kinds[kind].worth_s


def _stints(
    people: tuple[str, ...], ships: tuple[Presence, ...], situation: Situation, until_s: int, *, moves: bool
) -> dict[str, list[Stint]]:
    """Return where each of the people is from when to when, the best there is in every span."""
    promised = {person: promise_s(person, situation) for person in people}
    edges = {situation.now_s, until_s, *(e for ship in ships for e in (ship.lo_s, ship.hi_s) if e is not None)}
    if not moves:
        edges |= {at_s for person in people for at_s, _ in situation.placed_after(person)}
    spans = pairwise(sorted(edge for edge in edges if situation.now_s <= edge <= until_s))
    now = {person: place_of(person, situation) for person in people}
    found: dict[str, list[Stint]] = {person: [] for person in people}
    home: dict[str, None] = {}
    for lo_s, hi_s in spans:
        here = [ship for ship in ships if ship.lo_s <= lo_s and (ship.hi_s is None or ship.hi_s >= hi_s)]
        gone = {ship.ship: ship.hi_s for ship in ships if ship.hi_s is not None and ship.hi_s <= lo_s}
        taken_home = (p for p in people if now[p].level == 0 and now[p].ship in gone)
        home |= dict.fromkeys(p for p in taken_home if (promised[p] or 0) <= (gone[now[p].ship or ""] or 0) + DAY_S)
        left = tuple(person for person in people if person not in home)
        places = _assigned(left, now, here, situation, promised) if moves else {}
        for person in left:
            planned = None if moves else _planned(person, lo_s, situation)
            stays = Place(level=NONE, ship=None) if now[person].ship in gone else now[person]
            now[person] = places.get(person, planned or stays)
            found[person].append(Stint(lo_s=lo_s, hi_s=hi_s, place=now[person]))
    return found


def _planned(person: str, at_s: int, situation: Situation) -> Place | None:
    """Return the place that the plan gives somebody by a time [s]; None where it gives none, or its ship has left."""
    given = [ship for when_s, ship in situation.placed_after(person) if when_s <= at_s]
    if not given or any(
        stay.ship == given[-1] and stay.hi_s is not None and stay.hi_s <= at_s for stay in situation.stays
    ):
        return None
    has_seat = person in situation.crew_at(given[-1], at_s + 1)
    return Place(level=level_in(given[-1], situation, improvised=not has_seat), ship=given[-1], improvised=not has_seat)


def _settled(stints: list[Stint], ships: tuple[Presence, ...], worth_s: int) -> list[Stint]:
    """Return where somebody is without the moves that are not worth it: the place before would do as long."""
    found: list[Stint] = []
    for stint in stints:
        last = found[-1] if found else None
        if last is not None and _same(last.place, stint.place):
            found[-1] = Stint(lo_s=last.lo_s, hi_s=stint.hi_s, place=stint.place)
        else:
            found.append(stint)
    for before, stint, after in zip(found, found[1:], found[2:], strict=False):
        is_short = stint.hi_s - stint.lo_s < worth_s and after.place.ship is not None
        if is_short and before.place.ship is not None and _is_here(before.place.ship, stint, ships):
            kept = Stint(lo_s=before.lo_s, hi_s=stint.hi_s, place=before.place)
            at = found.index(before)
            return _settled([*found[:at], kept, *found[at + 2 :]], ships, worth_s)
    return found


def _same(one: Place, other: Place) -> bool:
    return (one.ship, one.improvised, one.level) == (other.ship, other.improvised, other.level)


def _is_here(ship: str, stint: Stint, ships: tuple[Presence, ...]) -> bool:
    stays = (found for found in ships if found.ship == ship)
    return any(found.lo_s <= stint.lo_s and (found.hi_s is None or found.hi_s >= stint.hi_s) for found in stays)


def _moves(person: str, stints: list[Stint], ships: tuple[Presence, ...], situation: Situation) -> Iterator[Move]:
    """Yield the moves from one place to the next; the first place is the one that they have."""
    old = place_of(person, situation)
    leaves = {ship.ship: ship.hi_s for ship in ships}
    for stint in stints:
        new = stint.place
        if new.ship is not None and (new.ship, new.improvised) != (old.ship, old.improvised):
            gone_s = leaves.get(old.ship or "")
            yield Move(
                person=person,
                from_=old.ship or "",
                to=new.ship,
                improvised=new.improvised,
                from_s=stint.lo_s,
                by_s=gone_s if gone_s is not None and gone_s <= stint.lo_s else None,
            )
        old = new


def place_of(person: str, situation: Situation) -> Place:
    """Return the place that somebody has now."""
    ship = situation.fit.get(person)
    if ship is None or situation.ship_at.get(ship) not in (*situation.station.ports, "relocating"):
        return Place(level=NONE, ship=None)
    is_improvised = person in situation.improvised
    return Place(level=level_in(ship, situation, improvised=is_improvised), ship=ship, improvised=is_improvised)


def level_in(ship: str, situation: Situation, *, improvised: bool) -> int:
    """Return the seat class of a place in a ship that is here."""
    status = situation.status(ship)
    if improvised:
        return 1 if status == CERTIFIED else NONE
    return {CERTIFIED: 0, EMERGENCY_ONLY: 2}.get(status, 3)


def _assigned(
    people: tuple[str, ...],
    now: Mapping[str, Place],
    here: list[Presence],
    situation: Situation,
    promised: Mapping[str, int | None],
) -> dict[str, Place]:
    """Return a place for each of the people: the best there are, to those who have them, then to whom they suit."""
    free = _free(people, here, situation)
    found: dict[str, Place] = {}
    for place, count in sorted(free.items(), key=lambda item: (item[0].level, item[0].ship or "", item[0].improvised)):
        able = [p for p in people if p not in found and _suits(p, place, now, here, situation, promised)]
        able.sort(key=lambda p: _order(p, place, now, situation))
        found |= dict.fromkeys(able[:count], place)
    return found | {person: Place(level=NONE, ship=None) for person in people if person not in found}


def _order(person: str, place: Place, now: Mapping[str, Place], situation: Situation) -> tuple[bool, bool]:
    """Return who takes a place first: who has it, then whose centre owns the ship; then in the order of the file."""
    is_there = (now[person].ship, now[person].improvised) == (place.ship, place.improvised)
    centre = situation.station.ships[place.ship or ""].centre
    return not is_there, situation.station.people[person].centre != centre


def _free(people: tuple[str, ...], here: list[Presence], situation: Situation) -> dict[Place, int]:
    """Return how many places of each sort the others leave."""
    found: dict[Place, int] = {}
    for ship in (presence.ship for presence in here):
        type_ = situation.station.type_of(ship)
        others = [p for p in situation.seated_in(ship) if p not in people]
        places = [p for p, other in situation.improvised.items() if other == ship and p not in people]
        seats = max(type_.seats - len(others), 0)
        found[Place(level=level_in(ship, situation, improvised=False), ship=ship)] = seats
        if situation.status(ship) == CERTIFIED:
            count = max(type_.contingency + seats - len(places), 0)
            found[Place(level=1, ship=ship, improvised=True)] = count
    return {place: count for place, count in found.items() if count > 0 and place.level < NONE}


def _suits(
    person: str,
    place: Place,
    now: Mapping[str, Place],
    here: list[Presence],
    situation: Situation,
    promised: Mapping[str, int | None],
) -> bool:
    """Tell whether somebody can take a place: fit items fit one type of ship; a ship that is not certified is no gain.

    A certified seat is theirs to go home in: in a ship that leaves before they may, it is none.
    """
    if place.improvised:
        return True
    if place.level > 1:
        return (now[person].ship == place.ship and not now[person].improvised) or _was_theirs(person, place, situation)
    leaves_s = next(presence.hi_s for presence in here if presence.ship == place.ship)
    is_late = leaves_s is None or (promised[person] or 0) <= leaves_s + DAY_S
    return is_late and situation.station.fits(person, place.ship or "")


def _was_theirs(person: str, place: Place, situation: Situation) -> bool:
    """Tell whether a seat was made for somebody: they may go back to it."""
    return situation.station.people[person].seat == place.ship


def grouped(moves: Iterable[Move]) -> Iterator[tuple[Move, ...]]:
    """Yield the moves that are one piece of work: at one time, from one ship to another."""
    found: dict[tuple[object, ...], list[Move]] = {}
    for move in moves:
        found.setdefault((move.from_s, move.from_, move.to, move.improvised), []).append(move)
    yield from (tuple(group) for group in found.values())
