"""Can a ship carry its people home? Certification falls by the graph; physics tells emergency-only from unusable."""

from collections.abc import Iterator

from attrs import frozen

from stationsim.log.log import TRUTH
from stationsim.physics.thermal import CabinHeat, HeatSink
from stationsim.scenario.model import Cabin
from stationsim.station.health import FAILED, NOMINAL, is_lost
from stationsim.station.health import UNKNOWN as NOT_KNOWN
from stationsim.station.situation import CERTIFIED, EMERGENCY_ONLY, UNKNOWN, UNUSABLE
from stationsim.station.state import State
from stationsim.station.station import CREWED_RETURN, EMERGENCY_RETURN, USABLE

STATUS_HEALTHS = {
    CERTIFIED: (NOMINAL, NOMINAL),
    EMERGENCY_ONLY: (FAILED, NOMINAL),
    UNUSABLE: (FAILED, FAILED),
    UNKNOWN: (NOT_KNOWN, NOT_KNOWN),
}
"""Own health of the crewed and of the emergency return by which a ship is what an opening says of it."""


@frozen(kw_only=True)
class Verdict:
    """A ship's status, with the heat of an emergency return against its limit where a cabin decides.

    `margin_k` is the limit minus the prediction [K]; a margin within the model's uncertainty decides nothing.
    """

    status: str
    margin_k: float | None = None


def verdict(state: State, centre: str, ship: str) -> Verdict:
    """Return what a centre must hold of a ship's crewed return."""
    if not is_lost(state.health(centre, f"{ship}/{CREWED_RETURN}")):
        return Verdict(status=CERTIFIED)
    if state.health(centre, f"{ship}/{CREWED_RETURN}") == NOT_KNOWN or any(
        view == centre and q == USABLE and _is_on(state, i, ship) for view, i, q in state.questions
    ):
        return Verdict(status=UNKNOWN)
    emergency = f"{ship}/{EMERGENCY_RETURN}"
    if emergency not in state.station.graph.index or is_lost(state.health(centre, emergency)):
        return Verdict(status=UNUSABLE)
    cabin = state.station.type_of(ship).cabin
    if cabin is None or ship not in state.heat:
        return Verdict(status=EMERGENCY_ONLY)
    people = sum(1 for person in state.aboard if state.fit.get(person) == ship)
    margin_k = cabin.limit_c - predicted_c(state, centre, ship, people=people, flight_s=cabin.emergency_return_s)
    if margin_k > cabin.uncertainty_k:
        return Verdict(status=EMERGENCY_ONLY, margin_k=margin_k)
    return Verdict(status=UNUSABLE if margin_k < -cabin.uncertainty_k else UNKNOWN, margin_k=margin_k)


def _is_on(state: State, incident: str, ship: str) -> bool:
    return state.station.ship_of(state.station.incidents[incident].node) == ship


def predicted_c(state: State, centre: str, ship: str, *, people: int, flight_s: int) -> float:
    """Return the cabin temperature a centre predicts for the end of a free flight that begins now [degC].

    The temperature now is telemetry; whether the loop cools is what the centre believes.
    """
    cabin = state.station.type_of(ship).cabin
    assert cabin is not None
    heat = state.heat[ship]
    now_c = heat.cabin.temperature_degc_at(state.now_s - heat.since_s)
    cools = not is_lost(state.health(centre, f"{ship}/{cabin.loop}"))
    return _flight(cabin, now_c, people=people, has_loop=cools).temperature_degc_at(flight_s)


def _flight(cabin: Cabin, now_c: float, *, people: int, has_loop: bool) -> CabinHeat:
    return CabinHeat(
        temperature_degc=now_c,
        heat_capacity_j_per_k=cabin.capacity_j_per_k,
        people=people,
        person_w=cabin.person_w,
        equipment_w=cabin.flight_w,
        sinks=tuple(_sinks(cabin, has_loop=has_loop, has_hose=False)),
    )


def docked_cabin(cabin: Cabin, now_c: float | None, *, has_loop: bool, has_hose: bool) -> CabinHeat:
    """Return the cabin of a docked ship with nobody in it; without a temperature now, at its equilibrium."""
    docked = CabinHeat(
        temperature_degc=cabin.station_c if now_c is None else now_c,
        heat_capacity_j_per_k=cabin.capacity_j_per_k,
        people=0,
        person_w=cabin.person_w,
        equipment_w=cabin.docked_w,
        sinks=tuple(_sinks(cabin, has_loop=has_loop, has_hose=has_hose)),
    )
    if now_c is not None:
        return docked
    return docked_cabin(cabin, docked.final_degc, has_loop=has_loop, has_hose=has_hose)


def _sinks(cabin: Cabin, *, has_loop: bool, has_hose: bool) -> Iterator[HeatSink]:
    if has_loop:
        yield HeatSink(conductance_w_per_k=cabin.loop_w_per_k, temperature_degc=cabin.loop_c)
    yield HeatSink(conductance_w_per_k=cabin.hull_w_per_k, temperature_degc=cabin.hull_c)
    if has_hose:
        yield HeatSink(conductance_w_per_k=cabin.hose_w_per_k, temperature_degc=cabin.station_c)


def cools_in_truth(state: State, ship: str, cabin: Cabin) -> bool:
    """Tell whether a ship's loop really cools its cabin."""
    return not is_lost(state.health(TRUTH, f"{ship}/{cabin.loop}"))


def words(status: str) -> str:
    """Return a status as it stands in a sentence.

    >>> words("unknown")
    'of unknown status'
    """
    return "of unknown status" if status == UNKNOWN else status
