"""Every rule that published cases show stands in the shipped books or in the model, and the page says where."""

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from stationsim.scenario.load import load
from stationsim.station.station import Station

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "rulebook.md"
BOOKS = {"general": None, "environment": None, "seats": None, "houston": "houston", "moscow": "moscow", "sky": ...}
"""Whose book it is: None for all centres, ... for what each of its rules says."""

NUMBERS = [*(f"G{n}" for n in range(1, 13)), *(f"R{n:02}" for n in range(1, 19) if n != 8)]  # fmt: skip
TEXTS = ("text", "source", "severity", "waived_by")


@cache
def rules() -> dict[str, dict[str, object]]:
    """Return every rule of the shipped files of the ISS as it is written, with the name of its file as `book`."""
    found: dict[str, dict[str, object]] = {}
    for path in sorted((ROOT / "configs").rglob("*.yaml")):
        for id_, rule in (
            yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader).get("rules") or {}
        ).items():
            assert id_ not in found, f"{id_} stands in {found[id_]['book']} and in {path.stem}"
            found[id_] = {**rule, "book": path.stem}
    return found


@cache
def rows() -> dict[str, list[str]]:
    """Return the rows of the page by number: what is known, rules, what else, tests."""
    lines = re.findall(r"^\| ([GR]\d+) \|(.*)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [number for number, _ in lines] == NUMBERS
    return {number: [cell.strip() for cell in cells.split("|")] for number, cells in lines}


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_known_stands_in_a_rule_or_in_the_model_and_is_tested(number):
    known, said, otherwise, tests = rows()[number]
    assert known
    assert named(said) or otherwise
    assert [id_ for id_ in named(said) if rules().get(id_, {}).get("book") not in BOOKS] == []
    assert named(tests)
    assert [name for name in named(tests) if not (ROOT / "tests" / name).is_file()] == []


def test_a_rule_that_names_a_constraint_as_its_source_stands_in_the_row_of_it():
    for id_, rule in rules().items():
        for number in re.findall(r"\bR\d\d\b", str(rule["source"])):
            assert id_ in named(rows()[number][1]), f"{id_} cites {number}"


def test_every_shipped_rule_says_what_where_from_how_binding_and_who_may_waive_it():
    assert [(id_, key) for id_, rule in rules().items() for key in TEXTS if not str(rule.get(key, "")).strip()] == []


@pytest.mark.parametrize(("book", "centre"), BOOKS.items())
def test_there_is_one_book_per_control_centre(book, centre):
    own = {id_: rule.get("books") for id_, rule in rules().items() if rule["book"] == book}
    assert own
    if centre is not ...:
        assert set(map(str, own.values())) == {str(None if centre is None else [centre])}
    assert f"| `{book}` |" in PAGE.read_text(encoding="utf-8")


def test_what_one_centre_asks_of_its_evas_launches_and_crews_the_other_does_too():
    """By template; what only one station part needs is named: Moscow's airlock cuts ports off, its vestibule leaks."""
    asked = {
        centre: {str(rule["template"]) for id_, rule in rules().items() if rule["book"] == centre}
        for centre in ("houston", "moscow")
    }
    assert asked["moscow"] - asked["houston"] == {"airlock-port"}
    assert asked["houston"] - asked["moscow"] == set()


@pytest.mark.parametrize("centre", ["houston", "moscow"])
def test_the_book_of_a_centre_governs_its_own_activities_alone(centre):
    from stationsim.station.rules import governs

    station = Station.of(load("iss-2022-12"))
    own = [rule for rule in station.rules.values() if rule.books == (centre,)]
    for activity in station.scenario.activities:
        asked = [rule.id for rule in own if governs(rule, activity, station)]
        assert not asked or activity.centre == centre
