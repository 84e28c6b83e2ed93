"""Where the Sun stands, against published dates, cities and orbits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationsim.physics import Orbit, beta_above, daylight, sun_deg

NOON_2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
DAY = 86400


def day(text: str) -> float:
    return (datetime.fromisoformat(text) - NOON_2000).total_seconds() / DAY


STATION = Orbit(inclination_deg=51.643, node_deg=151.3097, day=day("2022-12-16T22:19:08Z"), altitude_m=416.7e3)
"""The elements of the space station on 16 December 2022."""


@pytest.mark.parametrize(
    ("moment", "declination"),
    [
        ("2022-03-20T15:33Z", 0.0),
        ("2022-06-21T09:14Z", 23.44),
        ("2022-09-23T01:04Z", 0.0),
        ("2022-12-21T21:48Z", -23.44),
        ("2015-06-21T16:38Z", 23.44),
    ],
)
def test_solstices_and_equinoxes_come_when_they_were_published(moment, declination):
    assert sun_deg(day(moment))[1] == pytest.approx(declination, abs=0.015)


@pytest.mark.parametrize(("moment", "ascension"), [("2022-03-20T15:33Z", 0.0), ("2022-09-23T01:04Z", 180.0)])
def test_right_ascension_counts_from_the_equinox_of_spring(moment, ascension):
    assert (sun_deg(day(moment))[0] - ascension + 180) % 360 - 180 == pytest.approx(0, abs=0.015)


@pytest.mark.parametrize(
    ("place", "midnight", "rises", "sets"),
    [
        ((51.5074, -0.1278), "2022-06-21T00:00Z", "2022-06-21T03:43:06Z", "2022-06-21T20:21:33Z"),  # London
        ((51.5074, -0.1278), "2022-12-21T00:00Z", "2022-12-21T08:03:43Z", "2022-12-21T15:53:21Z"),
        ((-33.8688, 151.2093), "2022-12-21T12:00Z", "2022-12-21T18:41:06Z", "2022-12-22T09:05:52Z"),  # Sydney
        ((47.8, 67.7), "2023-03-28T00:00Z", "2023-03-28T01:17:03Z", "2023-03-28T13:52:38Z"),  # Zhezkazgan
        ((69.65, 18.96), "2022-05-01T00:00Z", "2022-05-01T01:21:03Z", "2022-05-01T20:05:49Z"),  # Tromso
    ],
)
def test_the_sun_rises_and_sets_when_an_ephemeris_says(place, midnight, rises, sets):
    """Reference: Skyfield 1.55 with the ephemeris DE421, horizon at -50'."""
    (found,) = (span for span in daylight(*place, day(midnight), (0, DAY - 1)) if span[0] > 0)
    seconds = [round((day(text) - day(midnight)) * DAY) for text in (rises, sets)]
    assert found == pytest.approx(tuple(seconds), abs=10)


def test_it_is_light_all_day_in_a_northern_summer_and_never_in_its_winter():
    assert len(daylight(78.2, 15.6, day("2022-06-01T00:00Z"), (0, 30 * DAY))) == 1
    assert daylight(78.2, 15.6, day("2022-12-01T00:00Z"), (0, 30 * DAY)) == ()


@pytest.mark.parametrize(
    ("later_d", "degrees"),
    [(0, -65.19), (10, -18.85), (20, 20.54), (30, 26.15), (45, -30.26), (60, -56.46), (90, 45.26)],
)
def test_beta_is_that_of_the_real_orbit_to_a_degree_in_three_months(later_d, degrees):
    """Reference: Skyfield 1.55, SGP4 with the two-line elements of 16 December 2022."""
    assert STATION.beta_deg(STATION.day + later_d) == pytest.approx(degrees, abs=0.75)


def test_the_node_drifts_as_the_elements_of_a_week_later_say():
    later = day("2022-12-23T13:31:49Z") - STATION.day
    assert STATION.node_deg + STATION.drift_deg_per_day * later == pytest.approx(118.4508, abs=0.05)


@given(st.floats(0, 20_000), st.floats(0, 360))
def test_beta_never_exceeds_inclination_and_tilt_together(moment, node):
    """The published bound is 75.1 deg (engineering 5)."""
    orbit = Orbit(inclination_deg=51.64, node_deg=node, day=0.0, altitude_m=417e3)
    assert abs(orbit.beta_deg(moment)) <= 75.09


def test_above_a_limit_is_exactly_where_the_angle_is():
    spans = beta_above(STATION, 60, STATION.day, (0, 400 * DAY))
    assert len(spans) > 4
    for lo, hi in spans[1:]:
        at = [abs(STATION.beta_deg(STATION.day + second / DAY)) for second in (lo, lo + 2, (lo + hi) // 2, hi - 2, hi)]
        assert at[0] <= 60 < min(at[1:4])
        assert at[4] <= 60


def test_a_peak_of_minutes_between_two_days_is_found():
    top = max(range(20 * DAY, 80 * DAY, 60), key=lambda second: abs(STATION.beta_deg(STATION.day + second / DAY)))
    limit = abs(STATION.beta_deg(STATION.day + top / DAY)) - 1e-4
    (span,) = beta_above(STATION, limit, STATION.day, (20 * DAY, 80 * DAY))
    assert span[0] < top < span[1]
    assert timedelta(seconds=span[1] - span[0]) < timedelta(hours=4)


def test_what_is_above_at_both_ends_of_the_time_asked_about_is_cut_there():
    assert beta_above(STATION, 60, STATION.day, (0, DAY)) == ((0, DAY),)


def test_an_orbit_on_the_ground_is_refused():
    with pytest.raises(ValueError, match=r"^altitude_m is 0\.0\. It must be finite and above 0\.$"):
        Orbit(inclination_deg=51.6, node_deg=0.0, day=0.0, altitude_m=0.0)
