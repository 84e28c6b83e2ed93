"""Is a scenario possible? All checks beyond the single value, on whatever of it could be read."""

from typing import Any

import attrs

from stationsim.scenario.demands import check_demands
from stationsim.scenario.incidents import check_incidents
from stationsim.scenario.model import Scenario
from stationsim.scenario.opening import check_opening
from stationsim.scenario.places import Reading
from stationsim.scenario.plan import check_plan
from stationsim.scenario.references import check_references
from stationsim.scenario.roles import check_roles
from stationsim.scenario.schema import keys_of


def check(scenario: Scenario, reading: Reading) -> None:
    """Note everything that is impossible about a scenario, in names first."""
    check_references(scenario, reading)
    whole = _readable(scenario, reading)
    check_opening(whole, reading)
    check_plan(whole, reading)
    check_roles(whole, reading)
    check_incidents(whole, reading)
    check_demands(whole, reading)


def _readable(scenario: Scenario, reading: Reading) -> Scenario:
    """Return a scenario without the records in which something could not be read; lists keep their numbers."""
    kept: dict[str, Any] = {}
    for key in keys_of(Scenario):
        if key.kind == "records":
            items = getattr(scenario, key.attribute)
            kept[key.attribute] = tuple(item for item in items if (key.name, item.id) not in reading.broken)
    return attrs.evolve(scenario, **kept)
