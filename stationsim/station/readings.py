"""What do gauges say of a compartment's air, and does a view hold something else?"""

from stationsim.log.log import TRUTH
from stationsim.station.air import body_of, is_airless, normal_air
from stationsim.station.health import FAILED, NOMINAL, grade
from stationsim.station.state import State


def of_air(state: State) -> tuple[str, ...]:
    """Return the compartments that can be lost with their air: volumes, and ships that have a hole themselves."""
    holed = tuple(gap.compartment for gap in state.holes.values() if gap.compartment in state.station.ships)
    return tuple(dict.fromkeys((*state.station.volumes, *holed)))


def read_worth(state: State, centre: str, compartment: str) -> int:
    """Return the health that a centre reads from the gauges of a compartment, knowing where holes are.

    What is being sealed off is given up while it still has air.
    """
    sick = state.views[TRUTH].sick.get(compartment)
    is_of_air = sick is not None and sick.incident in state.holes
    read = state.views[TRUTH].own[state.station.graph.index[compartment]] if is_of_air else NOMINAL
    given_up = any(seal.place == compartment for seal in state.seals.values())
    return max(read, FAILED if given_up else NOMINAL, place_worth(state, centre, compartment))


def place_worth(state: State, centre: str, compartment: str) -> int:
    """Return the health of a compartment in whose wall a centre knows a hole, patched or not."""
    station, worth = state.station, NOMINAL
    for incident in state.holes:
        hunt = station.mode_of(incident).hunt
        known = state.known.get(centre, ())
        is_known = incident in known if hunt is None else (centre, incident, hunt.answers) in state.answers
        if is_known and station.incidents[incident].node == compartment:
            worth = max(worth, grade(station.mode_of(incident).health))
    return worth


def believes_otherwise(state: State, view: str, compartment: str, health: int) -> bool:
    """Tell whether a view holds another health of a compartment for reasons of air, or too good a one."""
    own = state.views[view].own[state.station.graph.index[compartment]]
    sick = state.views[view].sick.get(compartment)
    is_of_air = own == NOMINAL or (sick is not None and sick.incident in state.holes)
    return own != health and (is_of_air or health > own)


def _breathed_s(state: State, centre: str, compartment: str) -> int | None:
    """Return when a gauge shows that a compartment which may be entered has no air, or has it again [s]."""
    body, sick = body_of(state, compartment), state.views[TRUTH].sick.get(compartment)
    is_entered = state.views[centre].own[state.station.graph.index[compartment]] != FAILED
    is_believed = (centre, compartment) in state.airless
    if body is None or is_airless(state, compartment) is is_believed or not is_entered:
        return None
    since_s = max(body.since_s, 0 if sick is None else sick.since_s)
    return since_s + normal_air(state).alarm_latency_s


def gauged_s(state: State, compartment: str) -> int | None:
    """Return when the centre that watches a compartment reads that its air is another than it believes [s]."""
    if state.station.scenario.air is None or not state.holes or compartment not in of_air(state):
        return None
    centre = state.station.watchers[compartment]
    health = read_worth(state, centre, compartment)
    sick = state.views[TRUTH].sick.get(compartment)
    if not believes_otherwise(state, centre, compartment, health):
        return _breathed_s(state, centre, compartment)
    return state.now_s if sick is None else sick.since_s + state.station.scenario.air.alarm_latency_s
