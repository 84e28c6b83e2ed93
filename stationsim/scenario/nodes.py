"""What can a name name? The nodes of a scenario with their types, and the other spaces of names."""

from collections.abc import Iterable

from stationsim.scenario.model import Arm, Scenario, Thing, VehicleType

NODE_SECTIONS = ("volumes", "hatches", "ports", "airlocks", "arms", "things", "vehicles", "people")
"""Sections whose ids are nodes; no two nodes share an id."""

SORTIES = "/sorties"
"""The node `<person>/sorties` is a person's fitness to go outside; whoever is not well is not fit for it either."""

SPACES = {
    "centre": "centres",
    "calendar": "calendars",
    "volume": "volumes",
    "hatch": "hatches",
    "zone": "zones",
    "port": "ports",
    "airlock": "airlocks",
    "arm": "arms",
    "consumable": "consumables",
    "fluid": "fluids",
    "type": "types",
    "mode": "modes",
    "kind": "kinds",
    "rule": "rules",
    "vehicle": "vehicles",
    "person": "people",
    "activity": "activities",
    "incident": "incidents",
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
    found |= dict.fromkeys((person.id + SORTIES for person in scenario.people), "fitness")
    found |= dict.fromkeys((f"{ship.id}/hatch" for ship in scenario.vehicles), "hatch")
    return found | {name: thing.type for name, thing in thing_nodes(scenario).items()}


def thing_nodes(scenario: Scenario) -> dict[str, Thing]:
    """Return the records of all things, and of the parts of arms and ships as `owner/part`."""
    found = {thing.id: thing for thing in scenario.things}
    types = {item.id: item for item in scenario.types}
    wholes: list[tuple[str, VehicleType | Arm | None]] = [(arm.id, arm) for arm in scenario.arms]
    wholes += [(vehicle.id, types.get(vehicle.type)) for vehicle in scenario.vehicles]
    for owner, whole in wholes:
        found |= {f"{owner}/{part.id}": part for part in own_parts(whole)} if whole else {}
    return found


def own_parts(whole: VehicleType | Arm) -> tuple[Thing, ...]:
    """Return the components and capabilities of a ship type, or the components of an arm."""
    return (*whole.components, *whole.capabilities) if isinstance(whole, VehicleType) else whole.components


def names_in(scenario: Scenario, space: str) -> Iterable[str]:
    """Return the names of a space."""
    if space == "node":
        return node_types(scenario)
    if space == "hatch":
        return [name for name, noun in node_types(scenario).items() if noun == "hatch"]
    return [item.id for item in getattr(scenario, SPACES[space])]
