"""How long will it take? Laws of what is believed of a duration, with SciPy's distributions for a second opinion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from worlds import DAY, HOUR, tiny

from stationsim.scenario.model import Chance, Hold, Incident
from stationsim.station.forecast import forecast_of, lasts_s
from stationsim.station.station import Station

TWO_DAYS = 2 * DAY
_ROUNDING = 1e-9

seconds = st.integers(1, 200 * DAY)


@st.composite
def chances(draw, least_s=1):
    """A distribution of durations that may end on its peak; its last second is not before `least_s`."""
    low, high = sorted((draw(st.integers(0, 100 * DAY)), draw(st.integers(least_s, 200 * DAY))))
    high = max(high, low + 1, least_s)
    if draw(st.booleans()):
        return Chance(shape="uniform", parameters=(low, high))
    peak = draw(st.one_of(st.just(low), st.just(high), st.integers(low, high)))
    return Chance(shape="triangular", parameters=(low, peak, high))


def share(chance: Chance, value_s: float) -> float:
    """Probability of at most a value, by SciPy."""
    low, *mode, high = chance.parameters
    width = high - low
    if not mode:
        return float(stats.uniform.cdf(value_s, low, width))
    return float(stats.triang.cdf(value_s, (mode[0] - low) / width, low, width))


def left(chance: Chance, value_s: float, elapsed_s: int) -> float:
    """Probability of at most a value of what has outlasted a time already."""
    past = share(chance, elapsed_s)
    return (share(chance, value_s) - past) / (1 - past)


@given(st.one_of(seconds, chances()), st.integers(0, 300 * DAY))
def test_what_still_lasts_is_never_believed_to_be_over(forecast, elapsed_s):
    assert lasts_s(forecast, elapsed_s) > elapsed_s


@given(chances(), st.floats(0, 0.95))
def test_a_distribution_is_believed_at_the_median_of_what_waiting_has_left(chance, waited):
    elapsed_s = int(waited * chance.parameters[-1])
    believed_s = lasts_s(chance, elapsed_s)
    step_s = HOUR if believed_s <= TWO_DAYS else DAY
    assert left(chance, believed_s, elapsed_s) >= 0.5 - _ROUNDING
    assert believed_s == elapsed_s + 1 or left(chance, believed_s - step_s, elapsed_s) <= 0.5 + _ROUNDING


@given(chances(), st.floats(0, 0.95))
def test_it_is_told_in_whole_hours_and_above_two_days_in_whole_days(chance, waited):
    elapsed_s = int(waited * chance.parameters[-1])
    believed_s = lasts_s(chance, elapsed_s)
    if believed_s != elapsed_s + 1:
        assert believed_s % (HOUR if believed_s <= TWO_DAYS else DAY) == 0


@given(st.one_of(seconds, chances(least_s=HOUR)), st.integers(0, 300 * DAY), st.integers(0, 100 * DAY))
def test_waiting_longer_never_makes_the_end_come_sooner(forecast, elapsed_s, more_s):
    assert lasts_s(forecast, elapsed_s) <= lasts_s(forecast, elapsed_s + more_s)


@given(seconds, st.integers(0, 300 * DAY))
def test_a_single_number_holds_until_it_is_reached_and_then_as_long_again(forecast, elapsed_s):
    assert lasts_s(forecast, elapsed_s) == (forecast if elapsed_s < forecast else 2 * elapsed_s)


@given(chances(), st.integers(0, 100 * DAY))
def test_what_outlasts_the_whole_distribution_is_given_as_long_again(chance, more_s):
    elapsed_s = int(chance.parameters[-1]) + more_s
    assert lasts_s(chance, elapsed_s) == 2 * elapsed_s


@given(chances(), st.integers(1, 200 * DAY))
def test_a_distribution_moved_later_is_believed_later(chance, shift_s):
    later = Chance(shape=chance.shape, parameters=tuple(value + shift_s for value in chance.parameters))
    assert lasts_s(chance, 0) <= lasts_s(later, 0)


@pytest.mark.parametrize(
    ("chance", "days"),
    [
        (Chance(shape="uniform", parameters=(4 * DAY, 14 * DAY)), [(0, 9), (4, 9), (10, 12), (13, 14)]),
        (Chance(shape="triangular", parameters=(5 * DAY, 14 * DAY, 40 * DAY)), [(0, 19), (14, 22), (30, 33), (39, 40)]),
    ],
    ids=["uniform", "triangular"],
)
def test_days_worked_out_by_hand(chance, days):
    """By hand: 40 − √(½·35·26) = 18.7; of what is left after 14 d, 40 − 26·√½ = 21.6; after 30 d, 40 − 10·√½ = 32.9."""
    assert [(elapsed, lasts_s(chance, elapsed * DAY) // DAY) for elapsed, _ in days] == days


class TestWhatWasSaid:
    def said(self, **incident):
        record = Incident(id="x", at_s=DAY, **incident)
        return forecast_of(Station.of(tiny(incidents=[record])), "x")

    def test_of_the_incident_comes_before_that_of_its_mode(self):
        mode_s = self.said(change="broken", node="pump")
        assert self.said(change="broken", node="pump", expect_s=3 * DAY) == 3 * DAY != mode_s

    def test_the_truth_of_a_failure_is_not_known(self):
        assert self.said(change="broken", node="pump", lasts_s=7 * DAY) == self.said(change="broken", node="pump")

    def test_a_hold_says_how_long_it_lasts_unless_it_says_something_else(self):
        hold = Hold(kinds=("sortie",))
        assert self.said(hold=hold, lasts_s=2 * DAY) == 2 * DAY
        assert self.said(hold=hold, lasts_s=2 * DAY, expect_s=DAY) == DAY
        assert self.said(hold=hold) == 0
