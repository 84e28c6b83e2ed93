"""What is the cabin's air like now? Pressure, reserve time and next threshold of a body of air, from the state."""

from stationsim.physics.reserve import reserve_time_s
from stationsim.station.state import Body, State


def body_of(state: State, compartment: str) -> Body | None:
    """Return the body of air that a compartment shares; None while its air is as always."""
    return next((body for body in state.bodies.values() if compartment in body.members), None)


def pressure_kpa(state: State, compartment: str) -> float:
    """Return the pressure in a compartment now [kPa]."""
    body = body_of(state, compartment)
    if body is None:
        assert state.station.scenario.air is not None
        return state.station.scenario.air.pressure_kpa
    return body.air.pressure_kpa_at(state.now_s - body.since_s)


def crossings(state: State, leader: str) -> list[tuple[str, int, float]]:
    """Return what a body's pressure has yet to cross: name, seconds from its last change, pressure [kPa]; in order."""
    body, normal = state.bodies[leader], state.station.scenario.air
    assert normal is not None
    limits = (("alarm", normal.pressure_kpa - normal.alarm_drop_kpa), ("limit", normal.limit_kpa))
    times = ((name, body.air.time_to_fall_s(limit), limit) for name, limit in limits if name not in body.crossed)
    return sorted(((name, t, limit) for name, t, limit in times if t is not None), key=lambda item: item[1])


def reserve_s(state: State, compartment: str) -> int | None:
    """Return the reserve time of a compartment's body of air [s]; None if its pressure does not fall to the limit."""
    body, normal = body_of(state, compartment), state.station.scenario.air
    if body is None or normal is None:
        return None
    return reserve_time_s(body.air.after(state.now_s - body.since_s), normal.limit_kpa)
