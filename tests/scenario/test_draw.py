"""Chance enters before the run, each number from a stream of its own."""

import attrs
import pytest
from scenario.documents import spoiled

from stationsim.errors import ScenarioError
from stationsim.scenario.draw import draw
from stationsim.scenario.load import load
from stationsim.scenario.model import Chance


def test_no_chance_is_left_and_numbers_lie_in_range(small):
    for seed in range(50):
        loop, joint = draw(small, seed).incidents
        assert 0.0005 <= loop.hole_m <= 0.001
        assert 5 * 86400 <= joint.lasts_s <= 20 * 86400
        assert isinstance(joint.lasts_s, int)


def test_same_seed_same_numbers(small):
    assert draw(small, 7) == draw(small, 7)
    assert draw(small, 7) != draw(small, 8)
    assert draw(small) == draw(small, 0)


def test_only_chance_changes(small):
    drawn = draw(small, 3)
    assert drawn.text_hash == small.text_hash
    assert drawn.activities is small.activities
    assert draw(drawn, 4) == drawn


def test_another_incident_leaves_the_draws_unchanged(small):
    more = small.with_incident(
        id="early", change="stuck", node="crane/hand", at="2022-12-16", lasts="uniform(1 d, 2 d)"
    )
    assert draw(more, 5).incidents[:2] == draw(small, 5).incidents
    assert draw(more.without("loop"), 5).incidents == draw(more, 5).incidents[1:]


def test_two_fields_of_an_incident_have_their_own_streams(folder):
    text = spoiled("hole: uniform(0.5 mm, 1 mm)", "hole: uniform(0 m, 1 m)\n    lasts: uniform(0 s, 1000000 s)")
    loop = draw(load(folder.write(text)), 1).incidents[0]
    assert round(loop.hole_m * 1_000_000) != loop.lasts_s


def test_numbers_stay_what_they_are(small):
    loop, joint = draw(small, 0).incidents
    assert loop.hole_m == pytest.approx(HOLE_M, rel=1e-12)
    assert joint.lasts_s == LASTS_S


HOLE_M = 0.0009715797170972092
LASTS_S = 626104


@pytest.mark.parametrize("seed", [-1, 1.0, True, "1", None])
def test_seed_must_be_a_whole_number(small, seed):
    with pytest.raises(ScenarioError) as caught:
        draw(small, seed)
    assert str(caught.value) == f"draw(seed=...): {seed!r} is not a seed. Write a whole number from 0."


def test_chance_is_a_value():
    assert Chance(shape="uniform", parameters=(1.0, 2.0)) == Chance(shape="uniform", parameters=(1.0, 2.0))


def misread(probability: float, seed: int, **more) -> tuple[int, ...] | None:
    """Draw which tests of the hunt of August 2018 are read wrong."""
    scenario = load("soyuz-ms09-air")
    modes = tuple(
        attrs.evolve(mode, hunt=attrs.evolve(mode.hunt, misreads=probability)) if mode.hunt else mode
        for mode in scenario.modes
    )
    incidents = tuple(attrs.evolve(incident, **more) for incident in scenario.incidents)
    return draw(attrs.evolve(scenario, modes=modes, incidents=incidents), seed).incidents[0].misread_tests


def test_tests_are_read_wrong_by_chance_as_often_as_the_mode_says():
    counts = [len(misread(0.25, seed) or ()) for seed in range(40)]
    assert sum(counts) / (40 * 64) == pytest.approx(0.25, abs=0.03)
    assert misread(0.25, 3) == misread(0.25, 3)
    assert misread(1.0, 0) == tuple(range(1, 65))
    assert misread(0.0, 0) is None


def test_what_the_file_says_of_wrong_readings_holds():
    assert misread(0.25, 1, misread_tests=(2,)) == (2,)
    assert misread(0.25, 1, misread_tests=()) == ()
