"""Where do the numbers of a scenario come from? Every source that its records name, and of what."""

from collections.abc import Iterator
from typing import Any

import attrs

from stationsim.scenario.model import Scenario


def sources_of(scenario: Scenario) -> dict[str, dict[str, int]]:
    """Return for each source how many records of which table name it, those inside others counted with these.

    Sources stand in the order in which the scenario names them first.
    """
    found: dict[str, dict[str, int]] = {}
    for field in attrs.fields(Scenario):
        for source in _named(getattr(scenario, field.name)):
            tables = found.setdefault(source, {})
            tables[field.name] = tables.get(field.name, 0) + 1
    return found


def _named(value: object) -> Iterator[str]:
    """Yield the sources in a record, and in what it holds, one for each record that names one."""
    if isinstance(value, tuple):
        for item in value:
            yield from _named(item)
        return
    record: Any = type(value)
    for field in attrs.fields(record) if attrs.has(record) else ():
        held = getattr(value, field.name)
        if field.name == "source" and isinstance(held, str) and held:
            yield held
        elif field.name != "source":
            yield from _named(held)
