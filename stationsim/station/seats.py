"""Who could leave, and how well? The seat class of each person aboard: the first safety rule."""

from stationsim.station.access import is_cut_off
from stationsim.station.situation import CERTIFIED, EMERGENCY_ONLY
from stationsim.station.state import RELOCATING, State

LEVELS = ("certified", "improvised", "emergency-only", "unfit or unknown", "none")
"""Names of the classes 0 to 4; seat-less means class 4, without a certified seat means above 1."""


def level_of(state: State, person: str) -> int:
    """Return a person's seat class as the centre that owns their ship believes it.

    0 certified, 1 improvised place in a certified ship (a seat that is free is one as well), 2 emergency-only, 3 unfit
    or unknown, 4 none in a docked ship that they can reach.
    """
    ship = state.fit.get(person)
    at = state.ship_at.get(ship or "")
    if ship is None or not (at in state.station.ports or at == RELOCATING):
        return 4
    if is_cut_off(state, state.station.ships[ship].centre, person):
        return 4
    found = state.status.get((state.station.ships[ship].centre, ship))
    status = CERTIFIED if found is None else found.status
    type_ = state.station.type_of(ship)
    is_improvised = person in state.improvised
    alike = [p for p in state.aboard if state.fit.get(p) == ship and (p in state.improvised) == is_improvised]
    seated = sum(state.fit.get(p) == ship and p not in state.improvised for p in state.aboard)
    places = type_.contingency + max(type_.seats - seated, 0) if is_improvised else type_.seats
    if alike.index(person) >= places:
        return 4
    if is_improvised:
        return 1 if status == CERTIFIED else 4
    return {CERTIFIED: 0, EMERGENCY_ONLY: 2}.get(status, 3)
