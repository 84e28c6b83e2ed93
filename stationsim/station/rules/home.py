"""Templates about the way home: places for everybody, doubtful ships, ships for the stranded, and the ways to them."""

from collections.abc import Iterator

from stationsim.scenario.model import Rule
from stationsim.station.choice import Choice
from stationsim.station.rules.blocks import FOREVER_AGO, Block, block
from stationsim.station.situation import CERTIFIED, CREWED_RETURN, UNUSABLE, Situation, Stay
from stationsim.station.station import Station
from stationsim.station.status import words

Span = tuple[int, int | None]
"""From when to when [s]; None without an end."""


def seats(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid a departure that takes more seats along than people, where those who stay would have too few places."""
    ship, station = choice.activity.ship, situation.station
    if ship is None or choice.kind.effect != "undock" or situation.status(ship) == UNUSABLE:
        return
    leaving = _leaving(choice.id, ship, situation)
    if not station.is_crew_ship(ship) or station.type_of(ship).seats <= len(leaving):
        return
    stays = [(s.ship, _until_departure(s, situation)) for s in situation.stays if s.ship != ship]
    stays = [(other, span) for other, span in stays if situation.status(other) != UNUSABLE]
    here = [span for person, span in situation.presence.items() if person not in leaving]
    edges = sorted({FOREVER_AGO, *_edges([span for _, span in stays]), *_edges(here)})
    for lo_s, hi_s in zip(edges, [*edges[1:], None], strict=True):
        people = sum(_covers(span, lo_s) for span in here)
        places = sum(_places(other, station) for other, span in stays if _covers(span, lo_s))
        if people > places:
            reason = f"{places} places would be left for {people} people"
            yield block(rule, lo_s, hi_s, reason, mode="start", cause=_status_row(ship, situation))


def _leaving(id_: str, ship: str, situation: Situation) -> tuple[str, ...]:
    """Return who leaves with a ship: whose fit items will be in it then, if it may carry them."""
    act = situation.acts.get(id_)
    at_s = situation.now_s if act is None or act.start_s is None else act.start_s
    return situation.crew_at(ship, at_s) if situation.status(ship) == CERTIFIED else ()


def _until_departure(stay: Stay, situation: Situation) -> Span:
    """Return from when to when a ship is a way home where it stands: until it begins to leave, with its people."""
    kinds = situation.station.kinds
    for act in situation.acts.values():
        is_departure = act.ship == stay.ship and kinds[situation.activity(act.id).kind].effect == "undock"
        if is_departure and act.start_s is not None and stay.hi_s == act.start_s + act.duration_s:
            return stay.lo_s, act.start_s
    return stay.lo_s, stay.hi_s


def _places(ship: str, station: Station) -> int:
    """Return for how many people a ship has a place, contingency ones included."""
    type_ = station.type_of(ship)
    return type_.seats + type_.contingency if station.is_crew_ship(ship) else 0


def _edges(spans: list[Span]) -> Iterator[int]:
    for lo_s, hi_s in spans:
        yield lo_s
        if hi_s is not None:
            yield hi_s


def _covers(span: Span, at_s: int) -> bool:
    return span[0] <= at_s and (span[1] is None or at_s < span[1])


def _status_row(ship: str, situation: Situation) -> int | None:
    found = situation.statuses.get(ship)
    return None if found is None else found.row


def occupants(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid a move of fit items into a ship that is not certified, with which too many would rely on it."""
    ship, coming = choice.activity.ship, choice.activity.fits
    if ship is None or choice.kind.effect != "fit" or situation.status(ship) == CERTIFIED:
        return
    status = situation.statuses.get(ship)
    moves = sorted(act.start_s for act in situation.acts.values() if act.ship is not None and act.start_s is not None)
    edges = [FOREVER_AGO, *(start_s + 1 for start_s in dict.fromkeys(moves))]
    for lo_s, hi_s in zip(edges, [*edges[1:], None], strict=True):
        there = {*situation.crew_at(ship, max(lo_s, situation.now_s)), *coming}
        if len(there) > rule.count:
            state = words(situation.status(ship))
            reason = f"{situation.station.name(ship)} is {state}: {len(there)} people would rely on it"
            yield block(rule, lo_s, hi_s, reason, mode="start", cause=None if status is None else status.row)


def reads_target(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name the ship that is filled with its capability, and those who come."""
    del rule, situation
    ship = choice.activity.ship
    return () if ship is None else (ship, f"{ship}/{CREWED_RETURN}", *choice.activity.fits)


def replacement(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid an arrival with people that leaves no place for those whom it relieves and whose ship is not certified."""
    ship, activity = choice.activity.ship, choice.activity
    if ship is None or choice.kind.effect != "dock" or not activity.crew:
        return
    stranded = [person for person in activity.relieves if _is_stranded(person, choice.id, situation)]
    seats_ = situation.station.type_of(ship).seats
    if stranded and len(activity.crew) + len(stranded) > seats_:
        name, status = situation.station.name, situation.statuses[situation.fit[stranded[0]]]
        reason = (
            f"{name(ship)} has {seats_} seats for a crew of {len(activity.crew)} and for {len(stranded)} without a ship"
        )
        yield block(rule, status.since_s, None, reason, mode="start", cause=status.row)


def _is_stranded(person: str, arrival: str, situation: Situation) -> bool:
    """Tell whether somebody is aboard whose ship is not certified, and no seat move before an arrival changes that."""
    ship, act = situation.fit.get(person), situation.acts.get(arrival)
    if person not in situation.aboard or ship is None or situation.status(ship) == CERTIFIED:
        return False
    at_s = situation.now_s if act is None or act.start_s is None else act.start_s
    docked = {stay.ship for stay in situation.stays}
    ways = (other for other in sorted(docked) if situation.status(other) == CERTIFIED)
    return not any(person in situation.crew_at(other, at_s) for other in ways)


def reads_relieved(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name those who are relieved, and the capability of every ship that may take people home."""
    del rule
    station = situation.station
    ships = (f"{ship}/{CREWED_RETURN}" for ship in station.ships if station.is_crew_ship(ship))
    return (*choice.activity.relieves, *ships) if choice.activity.relieves else ()


def way_home(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid while somebody who does not take part (in `roles`) cannot reach their ship."""
    name, outside = situation.station.name, choice.in_role(rule.roles)
    for person, wall in situation.cut_off.items():
        if person not in outside:
            sick, ship = situation.view.sick[wall], situation.fit[person]
            hi_s = situation.expected_s(sick.incident, "back")
            reason = f"{name(person)} cannot reach {name(ship)}: {name(wall)} is lost"
            yield block(rule, sick.since_s, hi_s, reason, cause=sick.row)


def reads_ways(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name everybody, and all that may be in somebody's way: volumes, hatches, ships."""
    del rule, choice
    station = situation.station
    return (*station.people, *station.volumes, *situation.hatches, *station.ships)
