"""What did the user say? A name or path in, a checked scenario out, or one error that tells every problem."""

from pathlib import Path

import attrs

from stationsim.errors import ScenarioError
from stationsim.scenario.aliases import with_ids
from stationsim.scenario.check import check
from stationsim.scenario.crews import with_crews
from stationsim.scenario.dump import scenario_hash, scenario_text
from stationsim.scenario.folders import config_roots, find_scenario, names_of, shown
from stationsim.scenario.layers import read_file, read_layers, read_text
from stationsim.scenario.model import Scenario
from stationsim.scenario.places import Place, Reading, Source, Spots
from stationsim.scenario.reader import Entry, Map, Scalar
from stationsim.scenario.structure import structure

__all__ = ["available", "load", "parse", "placed", "scenario_text"]


def load(name_or_path: str) -> Scenario:
    """Read a scenario with everything it stands on, and check it.

    Args:
        name_or_path: A path if a file is there, else a name in `./configs/*`, else one shipped with the package.

    Raises:
        ScenarioError: It cannot be found or read, or something in it is impossible; the text tells every problem
            with file, line and column.
    """
    return placed(name_or_path)[0]


def placed(name_or_path: str) -> tuple[Scenario, Reading]:
    """Read a scenario as `load` does; return it with the place of every value, for what is found out later.

    Raises:
        ScenarioError: As of `load`.
    """
    reading = Reading(Place(Source(str(name_or_path))))
    return _checked(read_layers(str(name_or_path), reading), reading), reading


def parse(text: str) -> Scenario:
    """Read a scenario from the text of a file, with everything it stands on, and check it.

    Args:
        text: A document as in a file; `base:` names files beside the working directory, in `./configs` or in the
            package.

    Raises:
        ScenarioError: Something in it is impossible; the text tells every problem with line and column.
    """
    given: object = text
    if not isinstance(given, str):
        kind = type(given).__name__
        raise ScenarioError(f"parse(text=...): This is of the type {kind}. Give the text of a file, or use load(...).")
    reading = Reading(Place(Source("<text>")))
    return _checked(read_text(text, "<text>", reading), reading)


def _checked(tree: Map | None, reading: Reading) -> Scenario:
    """Return the scenario that a tree says if it is possible.

    Raises:
        ScenarioError: It is not, or there is no tree.
    """
    if tree is None:
        reading.stop()
        raise AssertionError  # no tree without a problem
    scenario = with_ids(structure(with_crews(tree, reading), reading), reading)
    check(scenario, reading)
    reading.stop()
    return attrs.evolve(scenario, text_hash=scenario_hash(scenario), spots=Spots(reading.spots))


def available() -> tuple[tuple[str, str, str], ...]:
    """Return name, title and path of every scenario that `load` finds by name."""
    found = []
    for name in names_of(config_roots(), ("scenarios",)):
        path = find_scenario(name)
        if path is not None:
            entry = _entry(path, "title")
            title = entry.node.value if entry and isinstance(entry.node, Scalar) else ""
            found.append((name, str(title or ""), shown(path)))
    return tuple(found)


def _entry(path: Path, key: str) -> Entry | None:
    """Return one entry of a file, if it can be read so far."""
    try:
        tree = read_file(path, Reading(Place(Source(shown(path)))))
    except ScenarioError:
        return None
    return tree.entries.get(key) if tree else None
