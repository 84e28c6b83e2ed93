"""Can this be so when a scenario starts? What each entry of `opening:` says, and of what it may say it."""

from stationsim.scenario.model import Condition, Scenario
from stationsim.scenario.nodes import node_types
from stationsim.scenario.places import Reading, Trail
from stationsim.scenario.words import candidates, one, shorten

CREWED_RETURN, EMERGENCY_RETURN = "crewed-return", "emergency-return"
"""Capabilities by which a ship has a status."""


def check_conditions(scenario: Scenario, reading: Reading) -> None:
    """Refuse an entry that says nothing, a state of what is no hatch, and a truth that nobody knows."""
    types = node_types(scenario)
    for number, condition in enumerate(scenario.opening):
        trail: Trail = ("opening", number)
        if trail in reading.broken:
            continue
        _check_said(condition, trail, reading)
        _check_status(scenario, condition, trail, reading)
        _check_struck(scenario, condition, trail, reading)
        if condition.state is not None and types.get(condition.node, "hatch") != "hatch":
            message = f"{shorten(condition.node)} is {one(types[condition.node])}. Only a hatch is open or closed."
            reading.tell((*trail, "state"), message)
        if condition.health == "unknown" and condition.centre is None:
            message = "Nothing is unknown in truth. Write 'centre:' for who does not know, or another health."
            reading.tell((*trail, "health"), message)


def _check_said(condition: Condition, trail: Trail, reading: Reading) -> None:
    """Refuse an entry that says nothing, or the same thing in two ways."""
    said = {name: getattr(condition, name) for name in ("health", "state", "status", "mode")}
    given = [name for name, value in said.items() if value is not None]
    if not given:
        message = "This says nothing of the node. Write 'health:', 'state:' of a hatch, 'status:' of a ship or 'mode:'."
        reading.tell(trail, message)
    if "mode" in given and len(given) > 1:
        others = " and ".join(f"'{name}:'" for name in given if name != "mode")
        reading.tell((*trail, "mode"), f"The mode says what became of the node. Remove it, or {others}.")
    for name in ("since", "expect", "lasts"):
        if "mode" not in given and getattr(condition, f"{name}_s") is not None:
            reading.tell((*trail, name), "Only what has struck began at a time and has an end. Write 'mode: MODE' too.")


def _check_status(scenario: Scenario, condition: Condition, trail: Trail, reading: Reading) -> None:
    """Refuse a status of what takes nobody home, and one that its type does not have."""
    if condition.status is None or reading.is_partial("vehicles") or reading.is_partial("types"):
        return
    types = {whole.id: [part.id for part in whole.capabilities] for whole in scenario.types}
    ships = {ship.id: types.get(ship.type, []) for ship in scenario.vehicles}
    if CREWED_RETURN not in ships.get(condition.node, ()):
        crewed = [ship for ship, able in ships.items() if CREWED_RETURN in able]
        message = f"{shorten(condition.node)} takes nobody home, so it has no status. "
        reading.tell((*trail, "status"), message + candidates("Ships that do", crewed, condition.node))
    elif condition.status == "emergency-only" and EMERGENCY_RETURN not in ships[condition.node]:
        message = f"The type of {shorten(condition.node)} has no capability {EMERGENCY_RETURN!r}. Write 'unusable'."
        reading.tell((*trail, "status"), message)


def _check_struck(scenario: Scenario, condition: Condition, trail: Trail, reading: Reading) -> None:
    """Refuse a mode whose course is not told by its name, one that cannot strike there, and a future one."""
    mode = next((item for item in scenario.modes if item.id == condition.mode), None)
    if mode is None:
        return
    kind = node_types(scenario).get(condition.node)
    if mode.how == "leak":
        message = "A leak has a course of its own. Write it under 'incidents:', or here the 'health:' that it left."
        reading.tell((*trail, "mode"), message)
    elif mode.how == "reading" and "hatch" in mode.types:
        message = "What a centre holds a hatch for is said by 'centre:' and 'state:'. Remove 'mode:'."
        reading.tell((*trail, "mode"), message)
    elif kind is not None and mode.types and kind not in mode.types:
        message = f"{shorten(condition.node)} is {one(kind)}, which {shorten(mode.id)} cannot strike."
        reading.tell((*trail, "node"), message)
    if condition.lasts_s is not None and mode.how == "reading":
        message = "A reading changes nothing that is true, so it has no 'lasts'. Remove it."
        reading.tell((*trail, "lasts"), message)
    elif condition.lasts_s is not None and condition.lasts_s + (condition.since_s or 0) <= 0:
        message = "It is over when the scenario starts. Remove the entry, or write a longer duration."
        reading.tell((*trail, "lasts"), message)
    if condition.centre is not None:
        message = (
            "What has struck is known to every centre. Remove 'centre:', or write the 'health:' that one believes."
        )
        reading.tell((*trail, "centre"), message)
    if condition.since_s is not None and condition.since_s > 0:
        message = "This comes after the scenario starts. Write it under 'incidents:' with 'at:', or an earlier time."
        reading.tell((*trail, "since"), message)
