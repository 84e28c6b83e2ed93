"""Where is the Sun, seen from an orbit and from a place on the ground? Beta angle, its limits, sunrise and sunset.

Closed forms; where a limit is crossed is solved for, never looked for step by step. A `day` is a number of days since
noon (UTC) of 1 January 2000, and a fraction of a day is its time.

Source: low-precision coordinates of the Sun, The Astronomical Almanac, section C (0.01 deg between 1950 and 2050);
    node drift of the first zonal harmonic J2, Vallado, Fundamentals of Astrodynamics, section 9.6. Assumes a circular
    orbit of constant height and takes UTC for the time of the ephemeris (69 s apart in 2023).
"""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise

from attrs import field, frozen

from stationsim.physics._numbers import positive

_EARTH_KM3_PER_S2 = 398600.4418
_EARTH_RADIUS_KM = 6378.137
_J2 = 1.08263e-3
_DAY_S = 86400
_LOWEST_DEG = -0.833
"""Height of the Sun's centre when its limb rises or sets: 34' of refraction and 16' of radius."""

Span = tuple[int, int]
"""A half-open stretch of time [s]."""


@frozen(kw_only=True)
class Orbit:
    """A circular orbit whose plane turns about the Earth's axis.

    Attributes:
        inclination_deg: Inclination [deg].
        node_deg: Right ascension of the ascending node at `day` [deg].
        day: When the node stands there [d since noon of 1 January 2000].
        altitude_m: Height above the equator's radius [m], > 0.
    """

    inclination_deg: float
    node_deg: float
    day: float
    altitude_m: float = field(validator=positive)

    @property
    def drift_deg_per_day(self) -> float:
        """How fast the node moves [deg/d], westward below zero.

        >>> round(Orbit(inclination_deg=51.64, node_deg=0.0, day=0.0, altitude_m=417e3).drift_deg_per_day, 2)
        -4.95
        """
        radius_km = _EARTH_RADIUS_KM + self.altitude_m / 1000
        mean_motion = math.sqrt(_EARTH_KM3_PER_S2 / radius_km**3)
        share = 1.5 * _J2 * (_EARTH_RADIUS_KM / radius_km) ** 2
        return -math.degrees(share * mean_motion * math.cos(math.radians(self.inclination_deg))) * _DAY_S

    def beta_deg(self, day: float) -> float:
        """Return the angle between the direction to the Sun and the plane of the orbit [deg].

        Source: sin β = cos δ·sin i·sin(Ω − α) + sin δ·cos i (engineering 5; S49 S56).
        """
        ascension, declination = sun_deg(day)
        node = self.node_deg + self.drift_deg_per_day * (day - self.day)
        delta, tilt = math.radians(declination), math.radians(self.inclination_deg)
        across = math.cos(delta) * math.sin(tilt) * math.sin(math.radians(node - ascension))
        return math.degrees(math.asin(across + math.sin(delta) * math.cos(tilt)))


def sun_deg(day: float) -> tuple[float, float]:
    """Return right ascension and declination of the Sun [deg].

    >>> [round(angle, 1) for angle in sun_deg(8206.885)]  # 2022-06-21T09:14Z, the solstice
    [90.0, 23.4]
    """
    anomaly = math.radians(357.528 + 0.9856003 * day)
    longitude = math.radians(280.460 + 0.9856474 * day + 1.915 * math.sin(anomaly) + 0.020 * math.sin(2 * anomaly))
    tilt = math.radians(23.439 - 4e-7 * day)
    ascension = math.atan2(math.cos(tilt) * math.sin(longitude), math.cos(longitude))
    return math.degrees(ascension) % 360, math.degrees(math.asin(math.sin(tilt) * math.sin(longitude)))


def beta_above(orbit: Orbit, limit_deg: float, first_day: float, reach: Span) -> tuple[Span, ...]:
    """Return when the beta angle lies further from zero than a limit, rounded to the cautious second.

    Args:
        orbit: The orbit.
        limit_deg: Limit of the angle, whatever its sign [deg].
        first_day: The day of second 0.
        reach: From when until when it is asked [s].
    """

    def excess(second: float) -> float:
        return abs(orbit.beta_deg(first_day + second / _DAY_S)) - limit_deg

    return tuple(_positive(excess, reach))


def _positive(excess: Callable[[float], float], reach: Span) -> Iterator[Span]:
    """Yield where a function that turns slowly is positive: its signs day by day, and its peaks between them."""
    days = [*range(reach[0], reach[1], _DAY_S), reach[1]]
    threes = zip(days, days[1:], days[2:], strict=False)
    peaks = [_peak(excess, a, c) for a, b, c in threes if excess(b) <= 0 and excess(a) < excess(b) >= excess(c)]
    since: int | None = None
    for lo, hi in pairwise(sorted({*days, *peaks})):
        if since is None and excess(lo) > 0:
            since = lo
        if since is None and excess(hi) > 0:
            since = _root(excess, lo, hi)
        elif since is not None and excess(hi) <= 0:
            yield since, _root(excess, lo, hi) + 1
            since = None
    if since is not None:
        yield since, reach[1]


def _root(excess: Callable[[float], float], lo: int, hi: int) -> int:
    """Return the last whole second before a change of sign between two seconds."""
    was_positive = excess(lo) > 0
    while hi - lo > 1:
        middle = (lo + hi) // 2
        lo, hi = (middle, hi) if (excess(middle) > 0) == was_positive else (lo, middle)
    return lo


def _peak(excess: Callable[[float], float], lo: int, hi: int) -> int:
    """Return the second at which a function that rises and falls between two seconds is largest."""
    while hi - lo > 2:  # noqa: PLR2004 - thirds of two seconds are none
        third = (hi - lo) // 3
        left, right = lo + third, hi - third
        lo, hi = (left, hi) if excess(left) < excess(right) else (lo, right)
    return (lo + hi) // 2


def daylight(latitude_deg: float, longitude_deg: float, first_day: float, reach: Span) -> tuple[Span, ...]:
    """Return when the Sun is up at a place, from sunrise to sunset, rounded to the cautious second.

    Args:
        latitude_deg: Latitude of the place, north above zero [deg].
        longitude_deg: Longitude of the place, east above zero [deg].
        first_day: The day of second 0.
        reach: From when until when it is asked [s]; a day that only touches it is whole.
    """
    first, last = (first_day + second / _DAY_S for second in reach)
    found: list[Span] = []
    for number in range(math.floor(first) - 1, math.ceil(last) + 2):
        up = _sun_up(latitude_deg, longitude_deg, number)
        if up is None or up[1] <= first or up[0] >= last:
            continue
        lo, hi = math.ceil((up[0] - first_day) * _DAY_S), math.floor((up[1] - first_day) * _DAY_S)
        if found and lo <= found[-1][1] + 60:  # the Sun does not set: noons are not quite a day apart
            found[-1] = (found[-1][0], hi)
        else:
            found.append((lo, hi))
    return tuple(found)


def _sun_up(latitude_deg: float, longitude_deg: float, number: int) -> tuple[float, float] | None:
    """Return sunrise and sunset around the noon of a day, half a day away where it does not set, None if not up."""
    noon = number - longitude_deg / 360
    noon -= _equation_days(noon)
    ends = []
    for side in (-1, 1):
        moment = noon
        for _ in range(4):  # the Sun moves by 0.4 deg of declination in a day: each pass gains two digits
            half = _half_day(latitude_deg, sun_deg(moment)[1])
            moment = number - longitude_deg / 360 - _equation_days(moment) + side * half
        ends.append(moment)
    return None if ends[0] >= ends[1] else (ends[0], ends[1])


def _half_day(latitude_deg: float, declination_deg: float) -> float:
    """Return the time from noon to sunset [d], 0 if the Sun is not up, half a day if it does not set."""
    latitude, declination = math.radians(latitude_deg), math.radians(declination_deg)
    height = math.sin(math.radians(_LOWEST_DEG)) - math.sin(latitude) * math.sin(declination)
    across = math.cos(latitude) * math.cos(declination)
    if abs(height) >= across:
        return 0.0 if height > 0 else 0.5
    return math.acos(height / across) / math.tau


def _equation_days(day: float) -> float:
    """Return by how much the Sun is ahead of the clock [d]: its mean longitude less its right ascension."""
    mean = 280.460 + 0.9856474 * day
    return ((mean - sun_deg(day)[0] + 180) % 360 - 180) / 360
