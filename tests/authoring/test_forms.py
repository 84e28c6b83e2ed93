"""How values are written: patterns no stricter than the readers, and examples that can be read."""

import re
from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stationsim.authoring import forms
from stationsim.authoring.forms import FORMS, default_words, examples_of, form_words
from stationsim.authoring.rows import file_keys, keys_in, rows
from stationsim.scenario.model import Incident, Kind, Needs, Rule, Scenario
from stationsim.scenario.scalars import read_scalar
from stationsim.scenario.schema import keys_of
from stationsim.units import example_of, parse_duration, parse_quantity, units_like

START = datetime(2022, 12, 14, tzinfo=UTC)
SCALARS = ("duration", "quantity", "time", "utc", "clock", "day", "text", "id")


def row(cls, name):
    return next(key for key in keys_of(cls) if key.name == name)


@pytest.mark.parametrize("item", [item for item in rows() if item.key.kind in SCALARS], ids=lambda item: item.ways[0])
def test_every_example_of_a_single_value_can_be_read(item):
    for text in examples_of(item.key):
        read_scalar(item.key, text, START)


NUMBER = st.integers(0, 99).map(str) | st.floats(0, 99).map(lambda value: f"{value:.2f}")
PARTS = st.tuples(*(st.none() | NUMBER for _ in range(4)))


@given(PARTS, st.sampled_from(["", " "]))
def test_every_duration_that_can_be_read_fits_its_pattern(parts, gap):
    units = zip(parts, ("d", "h", "min", "s"), strict=True)
    text = gap.join(f"{number}{gap}{unit}" for number, unit in units if number is not None)
    days, *clock = [number and number + unit for number, unit in zip(parts, "DHMS", strict=True)]
    iso = "P" + (days or "") + ("T" + "".join(part or "" for part in clock) if any(clock) else "")
    for written in (text, iso):
        try:
            parse_duration(written)
        except ValueError:
            continue
        assert re.search(forms.DURATION, written)


@given(st.text("PTDHMS0123456789.dhmins ", max_size=12))
@example("P1DT")
@example("PT")
@example("5")
def test_what_is_no_duration_for_its_pattern_is_none_for_the_reader(text):
    if not re.search(forms.DURATION, text):
        with pytest.raises(ValueError, match=r"is not a duration|is negative|counts months or years"):
            parse_duration(text)


def test_a_duration_without_unit_or_of_months_does_not_fit():
    for text in ("5", "", "3 months", "1 y", "P1M", "PT", "P", "-5 d"):
        assert not re.search(forms.DURATION, text), text


@pytest.mark.parametrize("unit", ["m", "kPa", "degC", "W/K", "J/K", "m3", "kg/m3", "m2/s"])
def test_an_example_of_a_unit_can_be_read_and_its_units_are_known(unit):
    parse_quantity(example_of(unit), unit)
    assert unit in units_like(unit)


def test_a_unit_that_is_unknown_has_no_like_and_still_an_example():
    assert (units_like("parsec"), example_of("parsec")) == ((), "1 parsec")


def test_defaults_are_told_as_a_file_would_have_them():
    assert default_words(row(Kind, "usual_hour")).startswith("12:00 (")
    assert default_words(row(Kind, "grid")).startswith("1 d: whole days (")
    assert default_words(row(Kind, "lead")) == "0 s"
    assert default_words(row(Rule, "kinds")) == "all of them"
    assert default_words(row(Incident, "background")) == "no"
    assert default_words(row(Incident, "id")) == ""
    assert default_words(row(Needs, "of")).startswith("1: one of them is enough (")


def test_forms_are_told_in_words():
    assert form_words(row(Rule, "severity")) == "one of safety, hard, soft"
    assert form_words(row(Rule, "books")) == "a list of centres, by id"
    assert form_words(row(Incident, "lasts")) == (
        "a duration with units d, h, min and s; or a distribution, from which --seed draws"
    )
    assert form_words(row(Scenario, "vehicles")) == "a mapping from ids to ships"
    assert examples_of(row(Incident, "grows"))[1] == "uniform(0.05 mm2/d, 0.1 mm2/d)"


def test_a_kind_of_value_without_words_is_named():
    strange = attrs.evolve(row(Kind, "grid"), kind="riddle", unit=None)
    assert (form_words(strange), examples_of(strange)) == ("riddle", ())
    assert "riddle" not in FORMS


def test_the_ways_to_a_key_lead_from_the_top_of_a_file():
    ways = {way for item in rows() for way in item.ways}
    assert {key.name for key in file_keys()} <= ways
    assert "types.components.loop.liquid" in ways
    assert keys_in(row(Kind, "grid")) == ()
