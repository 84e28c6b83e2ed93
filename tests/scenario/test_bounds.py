"""Numbers that no station can have are told where they stand, not found by a formula in the middle of a run."""

import pytest
from scenario.documents import spoiled

from stationsim.errors import ScenarioError
from stationsim.scenario.load import load
from stationsim.scenario.model import Loop, Mode
from stationsim.scenario.schema import bounds_of, keys_of


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("discharge: 0.6", "discharge: 1.6", "discharge: 1.6 is out of bounds. Write a value above 0 and at most 1."),
        ("discharge: 0.6", "discharge: 0", "discharge: 0 is out of bounds. Write a value above 0 and at most 1."),
        ("works_above: 50 kPa", "works_above: 0 kPa", "'0 kPa' is out of bounds. Write a value above 0 kPa."),
        ("volume: 70 m3", "volume: 0 m3", "'0 m3' is out of bounds. Write a value above 0 m3."),
        ("volume: 70 m3", "volume: 1e300 m3", "'1e300 m3' is too large. Write a smaller number."),
        ("volume: 70 m3", "volume: 1e-300 m3", "'1e-300 m3' is too small. Write a larger number, or 0."),
        ("hull_at: 0 degC", "hull_at: -300 degC", "'-300 degC' is out of bounds. Write a value above -273.15 degC."),
        ("limit: 40 degC\n", "limit: -1000 K\n", "'-1000 K' is out of bounds. Write a value above -273.15 degC."),
        (
            "uncertainty: 2 K",
            "uncertainty: 2 degC",
            "'2 degC' is a point of a scale, but this is a difference. Write it in K.",
        ),
        (
            "    template: needs-health\n",
            "    template: workload\n    limit: 0 h\n",
            "rules.EVA-1.limit: '0 h' is out of bounds. Write a value above 0 s.",
        ),
        (
            "look: {kind: survey, lasts: 4 h",
            "look: {people: 1000000, kind: survey, lasts: 4 h",
            "1000000 is out of bounds. Write a value at most 100.",
        ),
        (
            "after: 36 h, source: test}",
            "after: 36 h, inconclusive: 1.5, source: test}",
            "inconclusive: 1.5 is out of bounds. Write a value at most 1.",
        ),
    ],
)
def test_a_number_out_of_bounds_is_told(folder, old, new, told):
    first = folder.refusal(spoiled(old, new)).splitlines()[0]
    assert first.startswith("bad.yaml:")
    assert first.endswith(told)


def test_the_parameters_of_a_distribution_have_the_bounds_of_their_key(folder):
    text = spoiled("hole: uniform(0.5 mm, 1 mm)", "hole: uniform(0.5 mm, 1e20 m)")
    assert folder.refusal(text).startswith("bad.yaml:")
    assert "'1e20 m' is too large. Write a smaller number." in folder.refusal(text)


def test_a_python_call_is_told_the_same(small):
    with pytest.raises(ScenarioError) as caught:
        small.with_leak("boat-1/radiator", at="2022-12-16", hole="1e20 m", id="other")
    assert str(caught.value) == "with_leak(hole=...): '1e20 m' is too large. Write a smaller number."


def test_bounds_are_told_in_words():
    rows = {(cls.__name__, key.name): key for cls in (Loop, Mode) for key in keys_of(cls)}
    assert bounds_of(rows["Loop", "discharge"]) == "above 0 and at most 1"
    assert bounds_of(rows["Loop", "pressure"]) == "above 0 kPa"
    assert bounds_of(rows["Mode", "expect"]) == ""


def test_the_bounds_themselves_are_allowed(folder):
    for old, new in (("discharge: 0.6", "discharge: 1"), ("life: 200 d", "life: 0 s")):
        assert load(folder.write(spoiled(old, new), "good.yaml")).id == "small"


@pytest.mark.parametrize("section", ["orbit", "air"])
def test_a_section_without_keys_is_told_and_nothing_else(folder, section):
    text = folder.refusal(spoiled("volumes:\n  hub:", f"{section}:\nvolumes:\n  hub:"))
    assert text == (
        f"bad.yaml:16:1: {section}: There is no value. Write one, or ~ to leave the key out.\n    {section}:\n    ^"
    )
