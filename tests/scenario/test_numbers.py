"""Which numbers a scenario holds, and what it is when one is otherwise."""

import pytest

from stationsim.errors import ScenarioError
from stationsim.scenario.load import load
from stationsim.scenario.model import Chance
from stationsim.scenario.numbers import dates, numbers, plus, postponed, times


@pytest.fixture(scope="module")
def first():
    return load("first-station")


def named(scenario, name):
    return next(number for number in numbers(scenario) if number.name == name)


def test_a_number_stands_with_its_name_its_value_and_its_source(first):
    number = named(first, "modes.coolant-leak.responses.test.lead")
    assert (number.value, number.text, number.source, number.is_assumed) == (86400, "1 d", "assumed, made up", True)
    assert number.path[:1] == ("modes",)


def test_parts_without_a_source_have_that_of_their_owner(first):
    number = named(first, "types.capsule.components.loop.loop.liquid")
    assert number.is_assumed
    assert number.text.endswith(" m3")


def test_no_clock_no_date_and_no_default_is_a_number(first):
    names = [number.name for number in numbers(first)]
    assert [name for name in names if name.endswith(("usual_hour", ".wake", ".at", ".launched", "latitude"))] == []
    assert "modes.coolant-leak.discharge" not in names
    assert len(set(names)) == len(names)


def test_another_number_is_another_scenario_and_nothing_else_differs(first):
    changed, number = times(first, named(first, "centres.control.response"), 2)
    assert (number.text, changed.centres[0].response_s) == ("4 h", 2 * first.centres[0].response_s)
    back, _ = times(changed, number, 0.5)
    assert back == first
    assert changed.text_hash != first.text_hash


def test_whole_numbers_stay_whole_and_at_least_one(first):
    seats = named(first, "types.capsule.seats")
    assert seats.value == 3
    assert times(first, seats, 1.5)[1].value == 5
    assert times(first, seats, 0.9) is None


def test_a_distribution_is_one_number(first):
    incident = first.incidents[0]
    chance = first.without(incident.id).with_leak(incident.node, at="2030-01-10T12:00Z", hole="uniform(1 mm, 3 mm)")
    number = next(number for number in numbers(chance) if number.name.endswith(".hole"))
    assert number.text == "uniform(0.001 m, 0.003 m)"
    assert times(chance, number, 2)[1].value == Chance(shape="uniform", parameters=(0.002, 0.006))


def test_a_number_out_of_its_bounds_is_refused(first):
    with pytest.raises(ScenarioError) as caught:
        times(first, named(first, "types.capsule.components.loop.loop.discharge"), 2)
    assert str(caught.value) == (
        "types.capsule.components.loop.loop.discharge: a value here must be above 0 and at most 1."
    )


def test_a_whole_number_is_one_more_or_one_less_down_to_its_bounds(first):
    seats = named(first, "types.capsule.seats")
    changed, number = plus(first, seats, -1)
    assert (number.value, changed.types[0].seats) == (2, 2)
    assert plus(first, seats, 0) is None
    assert plus(first, named(first, "types.capsule.life"), 1) is None
    with pytest.raises(ScenarioError) as caught:
        plus(first, seats, -4)
    assert str(caught.value) == "types.capsule.seats: a value here must be at least 0."


def test_a_ready_date_comes_earlier_or_later_and_its_window_with_it():
    scenario = load("soyuz-ms22")
    (date,) = dates(scenario)
    assert (date.name, date.day(scenario)) == ("vehicles.soyuz-ms-23.ready", "2023-02-16")
    later = postponed(scenario, date, 7 * 86400)
    (moved,) = dates(later)
    assert moved.day(later) == "2023-02-23"
    assert moved.when.hi_s - moved.when.lo_s == date.when.hi_s - date.when.lo_s
    assert postponed(later, moved, -7 * 86400) == scenario
