"""What each of several incidents costs: fair shares against every order by hand, and laws that they keep."""

from fractions import Fraction
from itertools import combinations, permutations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from impact.logs import delayed
from worlds import DAY

from stationsim.impact.changes import changes
from stationsim.impact.impact import assess
from stationsim.impact.ledger import Line, ledger, totals
from stationsim.impact.reading import Reading
from stationsim.impact.shares import BY_CAUSE, FAIR, IN_ORDER, Part, fair, in_order, shared


@st.composite
def games(draw: st.DrawFn) -> tuple[tuple[str, ...], dict[Part, Fraction]]:
    players = tuple("abcd"[: draw(st.integers(2, 4))])
    parts = [Part(part) for count in range(len(players) + 1) for part in combinations(players, count)]
    return players, {part: Fraction(draw(st.integers(-50, 50))) for part in parts}


@given(games())
def test_a_share_is_the_mean_over_all_orders(game):
    players, worth = game
    orders = list(permutations(players))
    by_hand = dict.fromkeys(players, Fraction(0))
    for order in orders:
        for player, added in in_order(order, worth).items():
            by_hand[player] += added / len(orders)
    assert fair(players, worth) == by_hand


@given(games())
def test_shares_add_up_and_who_adds_nothing_pays_nothing(game):
    players, worth = game
    for split in (fair, in_order):
        assert sum(split(players, worth).values()) == worth[Part(players)] - worth[Part()]
    idle = {part | more: value for part, value in worth.items() for more in (Part(), Part("z"))}
    assert fair((*players, "z"), idle) == {**fair(players, worth), "z": 0}


def _delay(outcome, incident: str | None) -> float:
    reading = Reading.of(outcome)
    lines, _ = shared(outcome, ledger(reading, changes(reading)))
    found = (line for line in lines if line.quantity == "eva_delay" and line.incident == incident)
    return sum(line.disrupted - line.nominal for line in found) / DAY


def test_a_delay_that_either_of_two_would_have_made_is_shared():
    outcome = delayed({("one",): 10, ("two",): 4, ("one", "two"): 10})
    assert [_delay(outcome, incident) for incident in ("one", "two", None)] == [8, 2, 0]


def test_a_delay_of_one_alone_is_its_own():
    outcome = delayed({("one",): 0, ("two",): 4, ("one", "two"): 4})
    assert [_delay(outcome, incident) for incident in ("one", "two")] == [0, 4]


def test_of_many_incidents_each_pays_what_it_added():
    ids = ("a", "b", "c", "d", "e")
    outcome = delayed({ids[:count]: late for count, late in enumerate((1, 1, 5, 6, 9), start=1)})
    assert [_delay(outcome, incident) for incident in ids] == [1, 0, 4, 1, 3]
    assert assess(outcome).split == IN_ORDER


def test_shares_of_every_quantity_add_up_to_its_difference():
    outcome = delayed({("one",): 10, ("two",): 4, ("one", "two"): 13})
    reading = Reading.of(outcome)
    by_cause = ledger(reading, changes(reading))
    lines, split = shared(outcome, by_cause)
    assert split == FAIR
    assert totals(lines) == totals(by_cause)
    assert len({line[:3] for line in lines}) == len(lines)


def test_without_further_logs_the_chain_of_causes_says_it():
    outcome = delayed({("one",): 10, ("two",): 4, ("one", "two"): 13})
    alone = attrs.evolve(outcome, parts={})
    assert assess(alone).split == BY_CAUSE
    assert _delay(alone, "two") == 13


def test_what_both_runs_have_stands_in_a_line_without_an_incident():
    outcome = delayed({("one",): 0, ("two",): 0, ("one", "two"): 0})
    lines, _ = shared(outcome, [Line(None, "ann", "evas_flown", 2, 2)])
    assert [line for line in lines if line.subject == "ann"] == [Line(None, "ann", "evas_flown", 2, 2)]


@pytest.mark.parametrize("count", [2, 3])
def test_no_share_is_lost_by_rounding(count):
    ids = ("one", "two", "six")[:count]
    parts = [part for size in range(1, count + 1) for part in combinations(ids, size)]
    outcome = delayed({part: 1 + sum(map(ord, "".join(part))) % 11 for part in parts})
    reading = Reading.of(outcome)
    by_cause = ledger(reading, changes(reading))
    assert totals(shared(outcome, by_cause)[0]) == totals(by_cause)
