"""Template of the Sun: how far it stands from the plane of the orbit, and whether it is up where a ship comes down.

When limits are crossed is worked out once per scenario; it hangs on nothing that a centre believes.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from stationsim.physics import Orbit, beta_above, daylight
from stationsim.scenario.model import Rule
from stationsim.station.choice import Choice
from stationsim.station.rules.blocks import Block, block
from stationsim.station.rules.calendar import Span, reach, without
from stationsim.station.situation import Situation
from stationsim.station.station import Station

_NOON_2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
_DAY_S = 86400


def sun(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid while the Sun stands too far from the orbit's plane, or a start after which it is not up at a place."""
    station = situation.station
    if rule.daylight_at is not None:
        place = station.name(rule.daylight_at)
        yield from without(rule, _spans(rule, station), f"it is dark at {place}", is_endless=False)
        return
    for lo_s, hi_s in _spans(rule, station):
        reason = f"the Sun stands more than {rule.beta_above_deg:g} deg from the plane of the orbit"
        yield block(rule, lo_s, hi_s, reason, mode="start" if rule.part == "start" else "overlap")


def _spans(rule: Rule, station: Station) -> tuple[Span, ...]:
    found = station.spans.get(rule.id)
    if found is None:
        found = station.spans[rule.id] = (
            _daylight(rule, station) if rule.daylight_at is not None else _high(rule, station)
        )
    return found


def _daylight(rule: Rule, station: Station) -> tuple[Span, ...]:
    """Return when something may begin that comes down `gap` later, by daylight."""
    place = station.things[rule.daylight_at or ""]
    assert place.latitude_deg is not None
    assert place.longitude_deg is not None
    up = daylight(place.latitude_deg, place.longitude_deg, _day(station, 0), reach(station))
    return tuple((lo_s - rule.gap_s, hi_s - rule.gap_s) for lo_s, hi_s in up)


def _high(rule: Rule, station: Station) -> tuple[Span, ...]:
    record = station.scenario.orbit
    assert record is not None
    assert rule.beta_above_deg is not None
    orbit = Orbit(
        inclination_deg=record.inclination_deg,
        node_deg=record.node_deg,
        day=_day(station, record.at_s),
        altitude_m=record.altitude_m,
    )
    return beta_above(orbit, rule.beta_above_deg, _day(station, 0), reach(station))


def _day(station: Station, second: int) -> float:
    """Return a second of the scenario as `physics.sun` counts days."""
    return ((station.scenario.start_utc - _NOON_2000).total_seconds() + second) / _DAY_S
