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


def breathing(state: State, compartment: str) -> tuple[str, ...]:
    """Return who breathes the air of a compartment: people stay on the side of a shut hatch where their ship is.

    Who shelters in a ship breathes its air.
    """
    body = body_of(state, compartment)
    members = () if body is None else body.members
    ships = {person: state.fit.get(person, "") for person in state.aboard}
    ports = {person: state.station.ports.get(state.ship_at.get(ship, "")) for person, ship in ships.items()}
    if not any(port is not None and port.host in members for port in ports.values()):
        return ()
    inside = (person for person, port in ports.items() if port is None or port.host in members)
    return tuple(person for person in inside if person not in state.sheltered)


def leave_by_s(state: State, incident: str) -> int | None:
    """Return when whoever breathes the air that an incident lets out must go [s]; None if nobody ever must.

    Counted from the last change of the body of air, so that it does not hang on when it is asked.
    """
    gap, normal = state.holes.get(incident), state.station.scenario.air
    if gap is None or normal is None or gap.hole.area_m2 == 0 or incident not in state.alarmed:
        return None
    body = body_of(state, gap.compartment)
    time_s = None if body is None else body.air.time_to_fall_s(normal.limit_kpa)
    if body is None or time_s is None or not breathing(state, gap.compartment):
        return None
    return body.since_s + time_s - normal.rapid_s
