"""Where a scenario's numbers come from: every record that names a source is counted under it, once."""

import attrs
from worlds import HERE, tiny

from stationsim.scenario.load import load
from stationsim.scenario.sources import sources_of


def test_records_are_counted_by_table_under_the_source_that_they_name():
    scenario = tiny()
    assert sources_of(scenario)[HERE]["centres"] == len(scenario.centres)
    zones = (attrs.evolve(scenario.zones[0], source="an atlas"), *scenario.zones[1:])
    found = sources_of(attrs.evolve(scenario, zones=zones))
    assert found["an atlas"] == {"zones": 1}
    assert found[HERE]["zones"] == len(zones) - 1


def test_what_stands_inside_a_record_counts_with_its_table():
    (mode,) = tiny().modes
    inside = len(mode.questions) + len(mode.responses)
    assert sources_of(tiny())[HERE]["modes"] == 1 + inside


def test_every_number_of_the_shipped_increment_has_a_source():
    found = sources_of(load("soyuz-ms22"))
    assert all(source.strip() for source in found)
    assert {"ports", "types", "modes", "rules", "people", "activities"} <= {
        table for of in found.values() for table in of
    }
