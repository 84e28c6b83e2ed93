"""How long will it take, as far as anybody can say? What planners go by; the truth is another number.

A forecast that is a distribution is believed at its median. The longer something has lasted, the more of the
distribution is ruled out, and what is left is believed at the median of that: each review revises it.
"""

import math

from stationsim.scenario.model import Chance
from stationsim.station.station import Station

_HOUR_S, _DAY_S = 3600, 86400
_IN_HOURS_S = 2 * _DAY_S
"""Below this a forecast is told in whole hours, above it in whole days: nobody knows it better."""


def forecast_of(station: Station, incident: str) -> int | Chance:
    """Return what was said of how long an incident lasts [s]; 0 where nobody said anything. A hold says the truth."""
    record, mode = station.incidents[incident], station.mode_of(incident)
    if record.expect_s is not None:
        return record.expect_s
    if mode.expect_s is not None:
        return mode.expect_s
    return record.lasts_s if record.hold is not None and isinstance(record.lasts_s, int) else 0


def lasts_s(forecast: int | Chance, elapsed_s: int) -> int:
    """Return how long something will have lasted in all, given that it still lasts [s].

    Args:
        forecast: What was said of it: one duration, or a distribution of durations [s].
        elapsed_s: How long it has lasted [s]. What has outlasted its forecast is given as long again.

    >>> lasts_s(14 * 86400, 5 * 86400) // 86400
    14
    >>> lasts_s(Chance(shape="uniform", parameters=(4 * 86400, 14 * 86400)), 10 * 86400) // 86400
    12
    """
    if not isinstance(forecast, Chance):
        return forecast if elapsed_s < forecast else 2 * max(elapsed_s, 1)
    if elapsed_s >= forecast.parameters[-1]:
        return 2 * max(elapsed_s, 1)
    past = _share_below(forecast, elapsed_s)
    total_s = _quantile(forecast, past + (1 - past) / 2)
    step_s = _HOUR_S if total_s < _IN_HOURS_S else _DAY_S
    return max(math.ceil(total_s / step_s) * step_s, elapsed_s + 1)


def _share_below(chance: Chance, value: float) -> float:
    """Return the probability of at most a value."""
    low, *mode, high = chance.parameters
    if value <= low:
        return 0.0
    if not mode:
        return (value - low) / (high - low)
    (peak,) = mode
    if value <= peak:
        return (value - low) ** 2 / ((high - low) * (peak - low))
    return 1 - (high - value) ** 2 / ((high - low) * (high - peak))


def _quantile(chance: Chance, share: float) -> float:
    """Return the value that this share lies below."""
    low, *mode, high = chance.parameters
    if not mode:
        return low + share * (high - low)
    (peak,) = mode
    if share <= (peak - low) / (high - low):
        return low + math.sqrt(share * (high - low) * (peak - low))
    return high - math.sqrt((1 - share) * (high - low) * (high - peak))
