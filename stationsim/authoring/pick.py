"""What of a station makes a good example? Nodes and times chosen by type, each tried before it is offered."""

from collections.abc import Iterator, Mapping

import attrs
from attrs import frozen

from stationsim.authoring.forms import examples_of
from stationsim.errors import ScenarioError
from stationsim.scenario.model import Incident, Mode, Scenario
from stationsim.scenario.nodes import names_in, node_types
from stationsim.scenario.schema import Key, keys_of

Record = dict[str, object]


@frozen(kw_only=True)
class Example:
    """An incident that the scenario accepts, further keys that it would take, and other nodes of the kind."""

    given: Record
    further: Record
    others: tuple[str, ...]


def leak(scenario: Scenario, name: str, at: str) -> Example | None:
    """Return a leak of the first mode that can strike something; None where nothing can leak."""
    for mode in (mode for mode in scenario.modes if mode.how == "leak"):
        for node in _nodes(scenario, mode):
            given: Record = {"id": name, "leak": mode.id, "node": node, "at": at, "hole": "1 mm"}
            if accepts(scenario, given):
                return _example(scenario, mode, node, given)
    return None


def failure(scenario: Scenario, name: str, at: str) -> Example | None:
    """Return a failure that lasts for a time: of a part of an arm if there is one, else of the first thing."""
    parts = [f"{arm.id}/{part.id}" for arm in scenario.arms for part in arm.components]
    for node in (*parts, *(thing.id for thing in scenario.things), *node_types(scenario)):
        given: Record = {"id": name, "change": "failed", "node": node, "at": at, "lasts": "9 d", "expect": "14 d"}
        if accepts(scenario, given):
            return Example(given=given, further=_further(scenario, None, given), others=tuple(parts)[1:4])
    return None


def false_alarm(scenario: Scenario, name: str, at: str) -> Example | None:
    """Return a reading of which nothing is true, of the first mode that strikes nodes of some type."""
    typed = [mode for mode in scenario.modes if mode.types]
    for mode in sorted(typed, key=lambda mode: mode.how != "reading"):
        for node in _nodes(scenario, mode):
            given: Record = {"id": name, "reading": mode.id, "node": node, "at": at}
            if accepts(scenario, given):
                return _example(scenario, mode, node, given)
    return None


def accepts(scenario: Scenario, incident: Mapping[str, object]) -> bool:
    """Tell whether an incident is possible in a scenario."""
    try:
        scenario.with_incident(**incident)
    except ScenarioError:
        return False
    return True


def _example(scenario: Scenario, mode: Mode, node: str, given: Record) -> Example:
    """Return an incident with what else it could say and strike."""
    others = tuple(other for other in _nodes(scenario, mode) if other != node)[:6]
    return Example(given=given, further=_further(scenario, mode, given), others=others)


def _nodes(scenario: Scenario, mode: Mode) -> Iterator[str]:
    """Yield the nodes that a mode can strike, those of docked ships first: there people feel it."""
    docked = tuple(f"{ship.id}/" for ship in scenario.vehicles if ship.port is not None)
    types = node_types(scenario)
    struck = [name for name, of in types.items() if not mode.types or of in mode.types]
    yield from sorted(struck, key=lambda name: not name.startswith(docked))


def _further(scenario: Scenario, mode: Mode | None, given: Record) -> Record:
    """Return the keys that an incident does not give and would accept, one by one, each with a value."""
    found: Record = {}
    for key in keys_of(Incident):
        if key.name not in given and not key.required:
            value = _sample(key, scenario, mode)
            if value not in (None, key.default) and accepts(scenario, {**given, key.name: value}):
                found[key.name] = value
    return found


def _sample(key: Key, scenario: Scenario, mode: Mode | None) -> object:
    """Return a value that could stand under a key; None where none can be known."""
    if key.refers:
        name = next(iter(names_in(scenario, key.refers)), None)
        return name if key.kind == "id" or name is None else [name]
    if key.allowed:
        return key.allowed[0]
    if key.kind == "counts":
        question = next((question.id for question in mode.questions), None) if mode else None
        return question and {question: 1}
    plain: dict[str, object] = {"bool": True, "int": 1, "ints": [1], "text": "in your words"}
    if key.kind in ("quantity", "duration"):
        return examples_of(attrs.evolve(key, chance=False))[-1 if key.kind == "quantity" else 1]
    return plain.get(key.kind)
