"""What a manifest may leave out."""

import pytest
from impact.logs import Story, pair

from stationsim.impact.reading import Reading


def reading(**facts):
    return Reading.of(pair(Story(), Story(), activities={"x": facts}))


@pytest.mark.parametrize(
    ("facts", "effect", "has_it"),
    [
        ({"kind": "walk", "effect": "outside"}, "outside", True),
        ({"kind": "us-eva", "effect": "none"}, "outside", False),
        ({}, "launch", False),
    ],
)
def test_the_effect_of_an_activity_is_what_the_manifest_says(facts, effect, has_it):
    assert reading(**facts).has_effect("x", effect) is has_it


def test_names_fall_back_on_ids():
    assert (reading().name("x"), reading().name(None)) == ("x", "")
