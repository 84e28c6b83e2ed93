"""How many of those without a way home could take a place that is free? Places against people, as many as can be.

Free is what nobody with a way home holds: in a certified ship every contingency place and every seat, taken without fit
items (an improvised place); in a ship kept for emergencies a seat that was made for the person, if their fit items can
still be fetched. They must reach the ship. Who has a way home keeps it.
"""

from collections.abc import Mapping, Sequence

from stationsim.station.access import is_cut_off
from stationsim.station.situation import CERTIFIED, EMERGENCY_ONLY
from stationsim.station.state import State


def most_placed(state: State, people: Sequence[str]) -> int:
    """Return how many of some people could take a free place at the same time.

    Args:
        state: The station as it stands.
        people: Who has no way home.
    """
    free = free_places(state, people) if people else {}
    may = {person: [ship for ship in free if is_open_to(state, person, ship)] for person in people}
    holders: dict[str, list[str]] = {ship: [] for ship in free}
    return sum(_seated(person, may, free, (holders, set())) for person in people)


def free_places(state: State, people: Sequence[str]) -> dict[str, int]:
    """Return how many places each docked ship has that nobody but these people holds, where there are any."""
    station = state.station
    found: dict[str, int] = {}
    for ship in sorted(
        ship for ship, at in state.ship_at.items() if at in station.ports and station.is_crew_ship(ship)
    ):
        type_ = station.type_of(ship)
        others = [person for person in state.aboard if state.fit.get(person) == ship and person not in people]
        improvised = sum(person in state.improvised for person in others)
        seats = max(type_.seats - (len(others) - improvised), 0)
        count = {CERTIFIED: seats + type_.contingency - improvised, EMERGENCY_ONLY: seats}.get(
            status_of(state, ship), 0
        )
        if count > 0:
            found[ship] = count
    return found


def is_open_to(state: State, person: str, ship: str) -> bool:
    """Tell whether somebody could take a free place in a docked ship."""
    if is_cut_off(state, state.station.ships[ship].centre, person, ship):
        return False
    if status_of(state, ship) == CERTIFIED:
        return True
    old = state.fit.get(person)
    if old == ship:
        return person not in state.improvised or state.station.people[person].seat == ship
    if state.station.people[person].seat != ship:
        return False
    is_here = old is not None and state.ship_at.get(old) in state.station.ports
    return is_here and not is_cut_off(state, state.station.ships[old or ""].centre, person)


def status_of(state: State, ship: str) -> str:
    """Return a ship's status as the centre that owns it believes it."""
    found = state.status.get((state.station.ships[ship].centre, ship))
    return CERTIFIED if found is None else found.status


def _seated(
    person: str,
    may: Mapping[str, Sequence[str]],
    free: Mapping[str, int],
    taken: tuple[dict[str, list[str]], set[str]],
) -> bool:
    """Give somebody a place, where need be by letting others take another one; tell whether there is one."""
    holders, asked = taken
    for ship in may[person]:
        if ship in asked:
            continue
        asked.add(ship)
        others = holders[ship]
        if len(others) < free[ship]:
            others.append(person)
            return True
        for other in tuple(others):
            if _seated(other, may, free, taken):
                others[others.index(other)] = person
                return True
    return False
