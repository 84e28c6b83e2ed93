"""What can a name name? The nodes of a scenario with their types, and the other spaces of names."""

from collections.abc import Iterable, Iterator

from stationsim.scenario.model import Arm, Scenario, Vehicle, VehicleType

NODE_SECTIONS = ("volumes", "hatches", "ports", "airlocks", "arms", "things", "vehicles", "people")
"""Sections whose ids are nodes; no two nodes share an id."""

SPACES = {
    "centre": "centres",
    "calendar": "calendars",
    "volume": "volumes",
    "zone": "zones",
    "port": "ports",
    "airlock": "airlocks",
    "arm": "arms",
    "fluid": "fluids",
    "type": "types",
    "mode": "modes",
    "kind": "kinds",
    "rule": "rules",
    "vehicle": "vehicles",
    "person": "people",
    "activity": "activities",
}
"""What `refers` may say, and the section whose ids it means; `node` means all nodes."""

_NODE_TYPES = {
    "volumes": "volume",
    "hatches": "hatch",
    "ports": "port",
    "airlocks": "airlock",
    "arms": "arm",
    "vehicles": "vehicle",
    "people": "person",
}


def node_types(scenario: Scenario) -> dict[str, str]:
    """Return every node's type: that of its record for things and parts, else the noun of its section."""
    found: dict[str, str] = {}
    for section, noun in _NODE_TYPES.items():
        found |= dict.fromkeys((item.id for item in getattr(scenario, section)), noun)
    found |= {thing.id: thing.type for thing in scenario.things}
    for arm in scenario.arms:
        found |= parts(arm.id, arm)
    types = {item.id: item for item in scenario.types}
    for vehicle in scenario.vehicles:
        found |= ship_parts(vehicle, types)
    return found


def ship_parts(vehicle: Vehicle, types: dict[str, VehicleType]) -> dict[str, str]:
    """Return the parts and capabilities of a ship, as `ship/part`, with their types."""
    kind = types.get(vehicle.type)
    return parts(vehicle.id, kind) if kind else {}


def parts(owner: str, whole: VehicleType | Arm) -> dict[str, str]:
    """Return the parts of a ship type or an arm, as `owner/part`, with their types."""
    return {f"{owner}/{name}": kind for name, kind in own_parts(whole)}


def own_parts(whole: VehicleType | Arm) -> Iterator[tuple[str, str]]:
    """Yield id and type of each component and capability."""
    inside = (*whole.components, *whole.capabilities) if isinstance(whole, VehicleType) else whole.components
    # What could not be read stands there as a marker without these attributes.
    yield from ((part.id, part.type) for part in inside)


def names_in(scenario: Scenario, space: str) -> Iterable[str]:
    """Return the names of a space."""
    if space == "node":
        return node_types(scenario)
    return [item.id for item in getattr(scenario, SPACES[space])]
