"""Can the station look like this at the start? Ships at ports, people in seats, nodes that need each other."""

from collections import Counter
from collections.abc import Iterator

from attrs import Factory, frozen

from stationsim.scenario.conditions import check_conditions
from stationsim.scenario.cycles import cycles
from stationsim.scenario.model import Airlock, Needs, Port, Scenario, Thing, Vehicle
from stationsim.scenario.nodes import own_parts
from stationsim.scenario.places import Reading, Trail
from stationsim.scenario.words import not_a, shorten

_BOTH_SIDES = 2


def check_opening(scenario: Scenario, reading: Reading) -> None:
    """Note what cannot be at the start; names that name nothing are passed over."""
    _check_dates(scenario, reading)
    _check_centres(scenario, reading)
    _check_docked(scenario, reading)
    _check_seats(scenario, reading)
    _check_needs(scenario, reading)
    for thing in scenario.things:
        _check_contents(thing, ("things", thing.id), reading)
    check_conditions(scenario, reading)
    for hatch in scenario.hatches:
        if len(hatch.between) != _BOTH_SIDES:
            message = f"A hatch joins two volumes, but this names {len(hatch.between)}. Write [VOLUME, VOLUME]."
            reading.tell(("hatches", hatch.id, "between"), message)
    for whole in scenario.types:
        for part in whole.components:
            _check_contents(part, ("types", whole.id, "components", part.id), reading)
        names = [part.id for part in whole.components]
        if whole.cabin and whole.cabin.loop not in names:
            reading.tell(("types", whole.id, "cabin", "loop"), not_a("component", whole.cabin.loop, names))


def _check_contents(thing: Thing, trail: Trail, reading: Reading) -> None:
    """Refuse a node that holds liquid and gas: each leaks by a law of its own."""
    if thing.loop is not None and thing.tank is not None:
        reading.tell((*trail, "tank"), "It has a 'loop:' too. Write two nodes, one for the liquid and one for the gas.")


def _check_dates(scenario: Scenario, reading: Reading) -> None:
    """Refuse a scenario that ends before it begins."""
    if ("from",) not in reading.broken and ("until",) not in reading.broken and scenario.horizon_s <= 0:
        reading.tell(("until",), "The scenario ends before it begins. Write a time after 'from'.")


def _check_centres(scenario: Scenario, reading: Reading) -> None:
    """Refuse a scenario in which nobody decides."""
    if not scenario.centres and not reading.is_partial("centres"):
        reading.tell(("centres",), "Nobody decides here. Write a control centre, or stand on a base that has one.")


def _check_docked(scenario: Scenario, reading: Reading) -> None:
    """Refuse ports with two ships, of another mechanism, or out of use."""
    first: dict[str, str] = {}
    for vehicle in scenario.vehicles:
        if vehicle.port is None:
            continue
        where = ("vehicles", vehicle.id, "port")
        if vehicle.port in first:
            message = f"{shorten(vehicle.port)} is taken by {shorten(first[vehicle.port])}. Dock one of them elsewhere."
            reading.tell(where, message)
        first.setdefault(vehicle.port, vehicle.id)
        check_fit(scenario, vehicle, vehicle.port, where, reading)


def check_fit(scenario: Scenario, vehicle: Vehicle | None, port_id: str, trail: Trail, reading: Reading) -> None:
    """Note a port that is out of use, or that has another mechanism than the ship."""
    port = next((item for item in scenario.ports if item.id == port_id), None)
    if port is None:
        return
    usable = [item for item in scenario.ports if item.status == "free"]
    if port.status != "free":
        message = f"{shorten(port_id)} is {port.status}. Free ports: {_ids(item.id for item in usable)}."
        reading.tell(trail, message)
    kind = next((item for item in scenario.types if vehicle and item.id == vehicle.type), None)
    if vehicle and kind and kind.mechanism != port.mechanism:
        fitting = _ids(item.id for item in usable if item.mechanism == kind.mechanism)
        message = (
            f"{shorten(port_id)} has the mechanism {port.mechanism}, but {shorten(vehicle.id)} has {kind.mechanism}. "
            f"Ports that fit: {fitting}."
        )
        reading.tell(trail, message)


def _ids(names: Iterator[str]) -> str:
    """Write names for an error."""
    return ", ".join(sorted(names)) or "none"


def _check_seats(scenario: Scenario, reading: Reading) -> None:
    """Refuse people aboard whose seat is elsewhere, and ships with more people than places."""
    ships = {vehicle.id: vehicle for vehicle in scenario.vehicles}
    aboard = [person for person in scenario.people if person.aboard and person.seat in ships]
    docked = [vehicle.id for vehicle in scenario.vehicles if vehicle.port is not None]
    for person in aboard:
        if person.seat is not None and ships[person.seat].port is None:
            message = f"{shorten(person.seat)} is not docked, but {shorten(person.id)} is aboard."
            reading.tell(("people", person.id, "seat"), f"{message} Docked: {_ids(iter(docked))}.")
    counts = Counter(person.seat for person in aboard)
    for whole in scenario.types:
        for vehicle in scenario.vehicles:
            places = whole.seats + whole.contingency
            if vehicle.type == whole.id and counts[vehicle.id] > places:
                last = [person for person in aboard if person.seat == vehicle.id][places]
                message = (
                    f"{shorten(vehicle.id)} has places for {places}, but {counts[vehicle.id]} people have seats in it."
                )
                reading.tell(("people", last.id, "seat"), f"{message} Give {shorten(last.id)} another seat.")


def _check_needs(scenario: Scenario, reading: Reading) -> None:
    """Refuse nodes that need themselves, or more of some nodes than there are."""
    needs: dict[str, list[str]] = {}
    trails: dict[str, Trail] = {}
    for node in _needing(scenario):
        needs[node.name] = [node.local.get(name, name) for name in (*node.fixed, *_all(node.needs))]
        trails[node.name] = (*node.trail, "needs")
        if node.needs.some and not 1 <= node.needs.of <= len(node.needs.some):
            message = f"{node.needs.of} of {len(node.needs.some)} cannot work. Write 1 to {len(node.needs.some)}."
            reading.tell((*node.trail, "needs", "of"), message + _thinned(node, reading))
    for ring in cycles(needs):
        reading.tell(trails[ring[0]], f"A node needs itself: {' -> '.join(ring)}. Remove one of these needs.")


def _thinned(node: "_Needing", reading: Reading) -> str:
    """Say that a list of needs is shorter than it was written, and where to say what is needed of the rest."""
    place, by = reading.thinned.get((*node.trail, "needs"), (None, ""))
    if place is None:
        return ""
    where = f"{place.source.name}:{place.line}"
    return (
        f" Since {shorten(by)} is gone ({where}), say there how many of the rest are needed, or remove {node.name} too."
    )


@frozen
class _Needing:
    """A node with its needs, the nodes its place makes it need, and what its names mean inside its owner."""

    name: str
    trail: Trail
    needs: Needs
    fixed: tuple[str, ...] = ()
    local: dict[str, str] = Factory(dict)


def _needing(scenario: Scenario) -> Iterator[_Needing]:
    """Yield every node that can need others."""
    for section in ("volumes", "ports", "airlocks", "arms", "things"):
        for item in getattr(scenario, section):
            fixed = {Port: "host", Airlock: "volume"}.get(type(item))
            yield _Needing(item.id, (section, item.id), item.needs, (getattr(item, fixed),) if fixed else ())
    for section, columns in (("types", ("components", "capabilities")), ("arms", ("components",))):
        for whole in getattr(scenario, section):
            local = {part.id: f"{whole.id}/{part.id}" for part in own_parts(whole)}
            for column in columns:
                for part in getattr(whole, column):
                    yield _Needing(local[part.id], (section, whole.id, column, part.id), part.needs, (), local)


def _all(needs: Needs) -> tuple[str, ...]:
    """Return all inputs of a node."""
    return (*needs.hard, *needs.some, *needs.soft)
