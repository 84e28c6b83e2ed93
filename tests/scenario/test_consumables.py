"""What people use up and ships bring: read, written, merged, and refused with every word of why."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

import pytest
from scenario.documents import SMALL, spoiled

from stationsim.scenario.dump import plain, scenario_text
from stationsim.scenario.load import load, parse

FOOD = """\
consumables:
  food: {name: Food, stock: 2.3 t, per_person_day: 1.8 kg/day, reserve: 45 d, source: test}
"""
BOAT = "boat-2: {name: Boat 2, type: boat, centre: houston, ready: 2023-01, source: test"


def with_food(brings: str, *changes: str) -> str:
    """Return the small document with food, some of which the second boat brings."""
    return spoiled("waivers:\n", FOOD + "waivers:\n", BOAT, f"{BOAT}, brings: {brings}", *changes)


def test_consumables_are_read_in_their_units_and_written_back(folder):
    scenario = load(folder.write(with_food("{food: 0.5 t}")))
    food = scenario.consumables[0]
    assert (food.stock_kg, food.use_kg_per_day, food.reserve_s) == (2300, 1.8, 45 * 86400)
    assert scenario.vehicles[1].brings == (("food", 500.0),)
    assert plain(scenario.vehicles[1], scenario.start_utc)["brings"] == {"food": "500.0 kg"}
    again = parse(scenario_text(scenario))
    assert (again.consumables, again.vehicles) == (scenario.consumables, scenario.vehicles)


@pytest.mark.parametrize(
    ("brings", "changes", "told"),
    [
        ("{foot: 500 kg}", (), "vehicles.boat-2.brings.foot: 'foot' is not a consumable. Consumables: food. Did you mean 'food'?"),
        ("{food: 500}", (), 'vehicles.boat-2.brings.food: 500 has no unit. Units of mass: kg, g, lb, lbm, t. Write it like "600 kg".'),
        ("{food: -5 kg}", (), "vehicles.boat-2.brings.food: '-5 kg' is negative. Write a quantity from 0."),
        ("[food]", (), "vehicles.boat-2.brings: A list stands here instead of a mapping. Write '{ID: 600 kg}'."),
        ("500 kg", (), "vehicles.boat-2.brings: The value '500 kg' stands here instead of a mapping. Write '{ID: 600 kg}'."),
        ("{food: ~}", (), "vehicles.boat-2.brings.food: There is no 'food' to remove. Here: none."),
        ("{}", ("    port: nadir\n    launched", "    port: nadir\n    brings: {food: 5 kg}\n    launched"), "vehicles.boat-1.brings: The ship is docked when the scenario starts, so what it brought is part of 'stock'. Remove this."),
        ("{}", ("per_person_day: 1.8 kg/day", "per_person_day: 0 kg/day"), "consumables.food.per_person_day: '0 kg/day' is out of bounds. Write a value above 0 kg/day."),
        ("{}", ("reserve: 45 d", "reserve: 45"), 'consumables.food.reserve: 45 is not a duration. Write "2 min 42 s" or "PT2M42S".'),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_consumable_or_no_amount_is_told(folder, brings, changes, told):
    text = with_food(brings)
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        text = text.replace(old, new)
    lines = folder.refusal(text).splitlines()
    assert [line.split(": ", 1)[1] for line in lines[:1]] == [told]
    assert len(lines) == 3


def test_a_layer_lies_over_what_a_ship_brings_amount_by_amount(folder):
    water = "  water: {name: Water, stock: 1 t, per_person_day: 1 kg/day, reserve: 45 d, source: test}\n"
    text = with_food("{food: 500 kg, water: 400 kg}")
    folder.write(text.replace("waivers:\n", water + "waivers:\n", 1), "below.yaml")
    over = "scenario: over\nbase: below\nvehicles: {boat-2: {brings: {food: ~, water: 420 kg}}}\nconsumables: {food: {stock: 1 t}}\n"
    scenario = load(folder.write(over, "over.yaml"))
    assert scenario.vehicles[1].brings == (("water", 420.0),)
    assert [(one.id, one.stock_kg, one.use_kg_per_day) for one in scenario.consumables] == [
        ("food", 1000, 1.8),
        ("water", 1000, 1.0),
    ]


def test_a_consumable_may_be_named_as_people_call_it(folder):
    text = with_food("{Food: 500 kg}")
    assert load(folder.write(text)).vehicles[1].brings == (("food", 500.0),)


def test_a_file_without_a_consumable_that_a_ship_brings_is_told_who_does(folder):
    folder.write(with_food("{food: 500 kg}"), "below.yaml")
    told = folder.refusal("scenario: over\nbase: below\nwithout: [food]\n")
    assert (
        "'food' is gone with all that cannot be without it, but this is still named by boat-2 (brings: food)." in told
    )


def test_a_scenario_without_consumables_says_nothing_of_them(folder):
    assert "consumables" not in scenario_text(load(folder.write(SMALL)))
