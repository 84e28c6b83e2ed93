"""When does the station stand as before, as far as further failures hang on it? Keys to what was worked out then."""

from stationsim.station.access import whereabouts
from stationsim.station.air import outside_until_s
from stationsim.station.hatches import SHIP_HATCH
from stationsim.station.health import FAILED
from stationsim.station.state import RELOCATING, State

Key = tuple[object, ...]


def stand(state: State) -> Key:
    """Return all that `second.losses` hangs on, but for how warm a cabin is: where it is the same, they are the same.

    A ship that is not here and a hatch that moves do nothing to anybody; a hatch that cannot be moved does.
    """
    return (*scene_key(state), tuple(sorted(_here(state).items())))


def scene_key(state: State) -> Key:
    """Return all that the effect of one further failure hangs on, but for how warm a cabin is.

    A ship that takes nobody home, and in which nobody is, counts only by a hatch that cannot be moved.
    """
    sick = dict.fromkeys(node for centre in state.station.centres for node in state.views[centre].sick)
    held = {node: state.hatches[node] for node in sick if node in state.hatches and _is_lost(state, node)}
    people = tuple(_person(state, person) for person in state.aboard)
    inside = {place for _, _, _, *places in people for place in places}
    ships = {
        ship: at
        for ship, at in _here(state).items()
        if state.station.is_crew_ship(ship) or ship in inside or ship + SHIP_HATCH in held
    }
    return (
        _beliefs(state),
        people,
        tuple(sorted(ships.items())),
        tuple(sorted(held.items())),
        tuple(sorted((*key, found.status) for key, found in state.status.items() if key[1] in ships)),
        tuple(sorted(state.questions)),
        tuple(sorted((ship, heat.has_loop, heat.has_hose) for ship, heat in state.heat.items() if ship in ships)),
    )


def _here(state: State) -> dict[str, str]:
    return {ship: at for ship, at in state.ship_at.items() if at in state.station.ports or at == RELOCATING}


def _beliefs(state: State) -> Key:
    index = state.station.graph.index
    views = ((centre, state.views[centre]) for centre in state.station.centres)
    return tuple(
        (centre, *((node, view.own[index[node]], view.health[index[node]]) for node in sorted(view.sick)))
        for centre, view in views
    )


def _person(state: State, person: str) -> tuple[str, str | None, bool, str | None, str, bool]:
    return (
        person,
        state.fit.get(person),
        person in state.improvised,
        whereabouts(state, person),
        state.sheltered.get(person, ("",))[0],
        outside_until_s(state, person) is not None,
    )


def _is_lost(state: State, node: str) -> bool:
    return any(state.health(centre, node) == FAILED for centre in state.station.centres)
