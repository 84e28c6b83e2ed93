"""What if a ship were at another port? Where it is docked at the start or arrives, with its departure from there."""

from collections.abc import Iterator

import attrs

from stationsim.errors import ScenarioError
from stationsim.scenario.aliases import names_of
from stationsim.scenario.arguments import reading_of
from stationsim.scenario.edit import checked
from stationsim.scenario.model import Activity, Port, Scenario, Vehicle
from stationsim.scenario.words import not_a, shorten


def at_port(scenario: Scenario, ship: str, port: str) -> Scenario:
    """Return a scenario in which a ship is docked at another port at the start, or one on the ground arrives there.

    Raises:
        ScenarioError: There is no such ship or port, the ship never comes, or the port is taken, out of use or of
            another mechanism.
    """
    vehicle, place = _named(scenario, ship, port)
    arrival = None if vehicle.port is not None else _arrival(scenario, vehicle)
    _check_free(scenario, vehicle, place)
    old = vehicle.port if arrival is None else arrival.port
    moved = [] if arrival is None else [arrival.id]
    moved += _departure(scenario, vehicle, old)
    return checked(
        scenario,
        reading_of("at_port"),
        vehicles=tuple(
            attrs.evolve(item, port=place.id) if item is vehicle and arrival is None else item
            for item in scenario.vehicles
        ),
        activities=tuple(
            attrs.evolve(item, port=place.id) if item.id in moved else item for item in scenario.activities
        ),
    )


def _named(scenario: Scenario, ship: str, port: str) -> tuple[Vehicle, Port]:
    """Return the ship and the port of these ids.

    Raises:
        ScenarioError: One of them is not there, or neither is.
    """
    ships = {item.id: item for item in scenario.vehicles}
    ports = {item.id: item for item in scenario.ports}
    ship_names, port_names = names_of(scenario, "vehicle"), names_of(scenario, "port")
    ship, port = (str(names.meaning(str(n)) or n) for names, n in ((ship_names, ship), (port_names, port)))
    told = []
    if ship not in ships:
        told.append(f"at_port(ship=...): {ship_names.advice(ship) or not_a('ship', ship, ships)}")
    if port not in ports:
        told.append(f"at_port(port=...): {port_names.advice(port) or not_a('port', port, ports)}")
    if told:
        raise ScenarioError("\n".join(told))
    return ships[ship], ports[port]


def _arrival(scenario: Scenario, vehicle: Vehicle) -> Activity:
    """Return the activity that docks a ship that is on the ground.

    Raises:
        ScenarioError: There is none.
    """
    found = next(_traffic(scenario, vehicle.id, "dock"), None)
    if found is None:
        known = [item.id for item in scenario.vehicles if item.port or any(_traffic(scenario, item.id, "dock"))]
        which = f"Ships at a port or with an arrival: {', '.join(sorted(known)) or 'none'}."
        raise ScenarioError(
            f"at_port(ship=...): {shorten(vehicle.id)} is on the ground, and nothing planned brings it. {which}"
        )
    return found


def _departure(scenario: Scenario, vehicle: Vehicle, old: str | None) -> list[str]:
    """Return the departures of a ship from the port that it was at; one that is relocated before leaves another."""
    if any(_traffic(scenario, vehicle.id, "relocate")):
        return []
    return [item.id for item in _traffic(scenario, vehicle.id, "undock") if item.port == old]


def _traffic(scenario: Scenario, ship: str, effect: str) -> Iterator[Activity]:
    """Yield the activities of a ship whose kind has this effect."""
    kinds = {kind.id for kind in scenario.kinds if kind.effect == effect}
    return (item for item in scenario.activities if item.ship == ship and item.kind in kinds)


def _check_free(scenario: Scenario, vehicle: Vehicle, port: Port) -> None:
    """Refuse a port that a ship cannot be at, and say at which it can.

    Raises:
        ScenarioError: It is out of use, of another mechanism, or taken.
    """
    wrong = _fault(scenario, vehicle, port)
    if wrong is not None:
        others = (item for item in scenario.ports if item.id not in (port.id, vehicle.port))
        fitting = [item.id for item in others if _fault(scenario, vehicle, item) is None]
        advice = f"Free ports that fit {shorten(vehicle.id)}: {', '.join(sorted(fitting)) or 'none'}."
        raise ScenarioError(f"at_port(port=...): {wrong} {advice}")


def _fault(scenario: Scenario, vehicle: Vehicle, port: Port) -> str | None:
    """Say why a ship cannot be at a port; for one that comes later, a ship that leaves is not in the way."""
    mechanism = next((item.mechanism for item in scenario.types if item.id == vehicle.type), port.mechanism)
    if port.mechanism != mechanism:
        return f"{shorten(port.id)} has the mechanism {port.mechanism}, but {shorten(vehicle.id)} has {mechanism}."
    if port.status != "free":
        return f"{shorten(port.id)} is {port.status}."
    for other in scenario.vehicles:
        leaves = any((*_traffic(scenario, other.id, "undock"), *_traffic(scenario, other.id, "relocate")))
        if other is not vehicle and other.port == port.id and (vehicle.port is not None or not leaves):
            return f"{shorten(port.id)} is taken by {shorten(other.id)}."
    return None
