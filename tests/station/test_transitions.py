"""Which state of an activity follows which."""

import itertools

import pytest

from stationsim.errors import TransitionError
from stationsim.log.kinds import Kind
from stationsim.station.transitions import AHEAD, ATTEMPT, NEXT, Life, follow

MISSING = [pair for pair in itertools.product(Life, Kind) if pair not in NEXT]


@pytest.mark.parametrize(("life", "kind"), MISSING, ids=lambda value: value.value)
def test_what_the_table_does_not_name_cannot_happen(life, kind):
    with pytest.raises(TransitionError):
        follow(life, kind, activity="walk", t_s=0)


@pytest.mark.parametrize(("pair", "after"), NEXT.items(), ids=str)
def test_what_the_table_names_happens(pair, after):
    assert follow(*pair, activity="walk", t_s=0) is after


def test_a_refusal_says_what_can_happen():
    with pytest.raises(TransitionError) as refusal:
        follow(Life.HELD, Kind.STARTED, activity="walk", t_s=480)
    assert str(refusal.value) == (
        "walk cannot be STARTED at t=480 s: it is held. Then it can be: called_off, released, unfinished."
    )
    with pytest.raises(TransitionError) as refusal:
        follow(Life.DONE, Kind.STARTED, activity="walk", t_s=480)
    assert str(refusal.value) == "walk cannot be STARTED at t=480 s: it is done. Then it can be: nothing."


def test_every_state_can_be_reached_and_every_end_is_an_end():
    assert {*NEXT.values(), Life.PLANNED} == set(Life)
    ends = {Life.DONE, Life.GIVEN_UP, Life.UNFINISHED}
    assert {life for life, _ in NEXT} == set(Life) - ends
    assert not {*AHEAD, *ATTEMPT} & ends
