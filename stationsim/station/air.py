"""What is the cabin's air like now? Pressure, reserve time and next threshold of a body of air, from the state."""

import math
from collections.abc import Iterable

from stationsim.physics.air import Air
from stationsim.physics.reserve import reserve_time_s
from stationsim.scenario.model import Atmosphere
from stationsim.station.access import is_outside
from stationsim.station.hatches import joined
from stationsim.station.health import DEGRADED, FAILED, NOMINAL
from stationsim.station.state import Body, State
from stationsim.station.transitions import RUNNING, Life

_AT_THE_LIMIT = 1.01
"""A crossing is noted a little before the pressure is there, by less than a second: what still counts as there."""


_NOT_YET = 10**12
"""The end of a sortie that is under way [s]: nobody knows it yet."""


def outside_until_s(state: State, person: str) -> int | None:
    """Return until when a person is outside or on the way in [s]; None for who is inside."""
    for act in state.acts.values():
        if person not in act.people or not is_outside(state, act.id, person):
            continue
        if act.life in RUNNING:
            return _NOT_YET
        if act.life is Life.DONE and act.ended_s is not None and act.ended_s > state.now_s:
            return act.ended_s
    return None


def normal_air(state: State) -> Atmosphere:
    """Return the air as it is when all is well."""
    normal = state.station.scenario.air
    assert normal is not None
    return normal


def body_of(state: State, compartment: str) -> Body | None:
    """Return the body of air that a compartment shares; None while its air is as always."""
    return next((body for body in state.bodies.values() if compartment in body.members), None)


def pressure_kpa(state: State, compartment: str) -> float:
    """Return the pressure in a compartment now [kPa]."""
    body = body_of(state, compartment)
    if body is None:
        return normal_air(state).pressure_kpa
    return body.air.pressure_kpa_at(state.now_s - body.since_s)


def unheard(state: State, body: Body) -> tuple[str, ...]:
    """Return the incidents whose holes let the air of a body out, and no sensor has noticed."""
    gaps = state.holes.items()
    return tuple(
        name
        for name, gap in gaps
        if gap.compartment in body.members and gap.hole.area_m2 > 0 and name not in state.air_alarms
    )


def noticed_below_kpa(state: State, incident: str) -> float:
    """Return the pressure at which sensors notice the hole of an incident [kPa]."""
    return state.holes[incident].from_kpa - normal_air(state).alarm_drop_kpa


def is_at_limit(state: State, kpa: float) -> bool:
    """Tell whether a pressure counts as fallen to the limit by which everybody has left."""
    return kpa <= normal_air(state).limit_kpa * _AT_THE_LIMIT


def crossings(state: State, leader: str) -> list[tuple[str, int, float]]:
    """Return what a body's pressure has yet to cross: name, seconds from its last change, pressure [kPa]; in order."""
    body = state.bodies[leader]
    limits = [("alarm", noticed_below_kpa(state, incident)) for incident in unheard(state, body)]
    if "limit" not in body.crossed:
        limits.append(("limit", normal_air(state).limit_kpa))
    times = ((name, body.air.time_to_fall_s(limit), limit) for name, limit in limits if limit > 0)
    return sorted(((name, t, limit) for name, t, limit in times if t is not None), key=lambda item: item[1:])


def reserve_s(state: State, compartment: str) -> int | None:
    """Return the reserve time of a compartment's body of air [s]; None if its pressure does not fall to the limit."""
    body, normal = body_of(state, compartment), state.station.scenario.air
    if body is None or normal is None:
        return None
    return reserve_time_s(body.air.after(state.now_s - body.since_s), normal.limit_kpa)


def mixed(state: State, members: Iterable[str]) -> Air:
    """Return the air that compartments would share if the hatches between them were open now."""
    rooms = tuple(members)
    volumes = {room: state.station.volume_m3(room) for room in rooms}
    whole_m3 = math.fsum(volumes.values())
    kpa = math.fsum(pressure_kpa(state, room) * volume for room, volume in volumes.items()) / whole_m3
    gaps = (gap for gap in state.holes.values() if gap.compartment in rooms and gap.hole.area_m2 > 0)
    holes = tuple(sorted(gap.hole_at(state.now_s) for gap in gaps))
    return Air(volume_m3=whole_m3, pressure_kpa=kpa, temperature_degc=normal_air(state).temperature_c, leaks=holes)


def reserve_if_open_s(state: State, compartment: str, hatches: Iterable[str]) -> int | None:
    """Return the reserve time of a compartment [s] if these hatches were open; None if its air would not fall."""
    opened = {**state.hatches, **dict.fromkeys(hatches, "open")}
    members = next(part for part in joined(state, opened) if compartment in part)
    return reserve_time_s(mixed(state, members), normal_air(state).limit_kpa)


def station_reserve_s(state: State, compartment: str) -> int | None:
    """Return the reserve time of a station full of air that shares the holes of a compartment's body [s].

    It says whether the compartment can be filled and entered: what leaks little may be opened at will.
    """
    body, normal = body_of(state, compartment), normal_air(state)
    if body is None:
        return None
    rooms = [room for part in joined(state) for room in part]
    whole_m3 = math.fsum(state.station.volume_m3(room) for room in rooms)
    full = Air(
        volume_m3=whole_m3,
        pressure_kpa=normal.pressure_kpa,
        temperature_degc=normal.temperature_c,
        leaks=body.air.after(state.now_s - body.since_s).leaks,
    )
    return reserve_time_s(full, normal.limit_kpa)


def is_passable(state: State, compartment: str) -> bool:
    """Tell whether a compartment may be filled with air and entered, holes and all."""
    above_s, left_s = normal_air(state).passable_above_s, station_reserve_s(state, compartment)
    return left_s is None or (above_s is not None and left_s > above_s)


def is_airless(state: State, compartment: str) -> bool:
    """Tell whether the air of a compartment has fallen to the limit."""
    body = body_of(state, compartment)
    return body is not None and "limit" in body.crossed


def worth(state: State, compartment: str) -> int:
    """Return what a compartment is worth by its air: nominal, degraded (empty, may be filled), or failed (lost)."""
    if not is_airless(state, compartment):
        return NOMINAL
    return DEGRADED if is_passable(state, compartment) else FAILED


def breathing(state: State, compartment: str) -> tuple[str, ...]:
    """Return who breathes the air of a compartment: people stay on the side of a shut hatch where their ship is.

    Who shelters in a ship breathes its air; who is outside, or on the way in, that of a suit.
    """
    body = body_of(state, compartment)
    members = () if body is None else body.members
    ships = {person: state.fit.get(person, "") for person in state.aboard}
    ports = {person: state.station.ports.get(state.ship_at.get(ship, "")) for person, ship in ships.items()}
    if not any(port is not None and port.host in members for port in ports.values()):
        return ()
    here = (person for person, port in ports.items() if port is None or port.host in members)
    inside = (person for person in here if person not in state.sheltered)
    return tuple(person for person in inside if outside_until_s(state, person) is None)


def is_inhabited(state: State, compartment: str) -> bool:
    """Tell whether people are about on this side of the shut hatches: somebody's ship is docked there."""
    part = next((part for part in joined(state) if compartment in part), ())
    ships = (state.fit.get(person, "") for person in state.aboard if person not in state.sheltered)
    ports = (state.station.ports.get(state.ship_at.get(ship, "")) for ship in ships)
    return any(port is not None and port.host in part for port in ports)


def leave_by_s(state: State, incident: str) -> int | None:
    """Return when whoever breathes the air that an incident lets out must go [s]; None if nobody ever must.

    Counted from the last change of the body of air, so that it does not hang on when it is asked.
    """
    gap, normal = state.holes.get(incident), state.station.scenario.air
    if gap is None or normal is None or gap.hole.area_m2 == 0 or incident not in state.alarmed:
        return None
    body = body_of(state, gap.compartment)
    time_s = None if body is None else body.air.time_to_fall_s(normal.limit_kpa)
    if body is None or time_s is None:
        return None
    soonest_s = body.since_s + time_s - normal.rapid_s
    if breathing(state, gap.compartment):
        return soonest_s
    back_s = [until_s for until_s in (outside_until_s(state, person) for person in state.aboard) if until_s is not None]
    return max(soonest_s, min(back_s)) if back_s and min(back_s) < _NOT_YET else None


def steady_since_s(state: State, compartment: str) -> int | None:
    """Return since when a compartment has air that does not fall [s]; None while it has none, or it falls."""
    body = body_of(state, compartment)
    if body is None:
        return 0
    return None if "limit" in body.crossed else body.steady_s
