"""Who sits where until when? The seats of people without a certified way home, over all stays at once.

In every span between two arrivals or departures the best places go to as many as there are: a certified seat, an
improvised place in a certified ship, the seat in their own ship, none. Nobody moves without need, and out of a ship
before it leaves, unless it takes them home when their return was promised or later.
"""

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from stationsim.planning.options.fleet import Presence, fleet
from stationsim.station.situation import CERTIFIED, EMERGENCY_ONLY, Situation

DAY_S = 86400


@frozen(kw_only=True)
class Place:
    """A place in a ship: its seat class, and whether it is improvised. `ship` None is no place."""

    level: int
    ship: str | None
    improvised: bool = False


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
        moves: May they move? Without, the seats they have are counted.
    """
    asked = tuple(people)
    ships = fleet(situation)
    promised = {person: promise_s(person, situation) for person in asked}
    edges = sorted({situation.now_s, until_s, *(e for ship in ships for e in (ship.lo_s, ship.hi_s) if e is not None)})
    edges = [edge for edge in edges if situation.now_s <= edge <= until_s]
    now = {person: _place_of(person, situation) for person in asked}
    home: dict[str, None] = {}
    found, person_s = [], [0] * 5
    for lo_s, hi_s in zip(edges, edges[1:], strict=False):
        here = [ship for ship in ships if ship.lo_s <= lo_s and (ship.hi_s is None or ship.hi_s >= hi_s)]
        left = tuple(person for person in asked if person not in home)
        places = _assigned(left, now, here, situation, promised) if moves else {}
        gone = {ship.ship: ship.hi_s for ship in ships if ship.hi_s is not None and ship.hi_s <= lo_s}
        for person in left:
            old = now[person]
            new = places.get(person, old)
            if old.ship in gone and old.level == 0 and (promised[person] or 0) <= (gone[old.ship] or 0) + DAY_S:
                home[person] = None  # it took them along
                continue
            if not moves and old.ship in gone:
                new = Place(level=4, ship=None)
            if new.ship is not None and (new.ship, new.improvised) != (old.ship, old.improvised):
                by_s = gone.get(old.ship or "")
                found.append(
                    Move(
                        person=person,
                        from_=old.ship or "",
                        to=new.ship,
                        improvised=new.improvised,
                        from_s=lo_s,
                        by_s=by_s,
                    )
                )
            now[person] = new
            person_s[new.level] += hi_s - lo_s
    return Seating(moves=tuple(found), person_s=tuple(person_s))  # type: ignore[arg-type]


def promise_s(person: str, situation: Situation) -> int | None:
    """Return when somebody was to go home: the wish of the departure of the ship that the file seats them in [s]."""
    record = situation.station.people[person]
    for act in situation.acts.values() if record.place == "seat" else ():
        if act.ship == record.seat and situation.station.kinds[situation.activity(act.id).kind].effect == "undock":
            return act.wish_s
    return None


def _place_of(person: str, situation: Situation) -> Place:
    ship = situation.fit.get(person)
    if ship is None or situation.ship_at.get(ship) not in (*situation.station.ports, "relocating"):
        return Place(level=4, ship=None)
    is_improvised = person in situation.improvised
    return Place(level=_level(ship, situation, improvised=is_improvised), ship=ship, improvised=is_improvised)


def _level(ship: str, situation: Situation, *, improvised: bool) -> int:
    status = situation.status(ship)
    if improvised:
        return 1 if status == CERTIFIED else 4
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
    return found | {person: Place(level=4, ship=None) for person in people if person not in found}


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
        found[Place(level=_level(ship, situation, improvised=False), ship=ship)] = seats
        if situation.status(ship) == CERTIFIED:
            count = max(type_.contingency + seats - len(places), 0)
            found[Place(level=1, ship=ship, improvised=True)] = count
    return {place: count for place, count in found.items() if count > 0 and place.level < 4}


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
