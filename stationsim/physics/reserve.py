"""How long may the crew stay, as physics knows it and as the crew works it out?

The crew times how long the pressure takes to fall by 1 mmHg (T1mm), then reads the reserve time from a table for the
pressure of now. `reserve_time_s` is the exact value, `reserve_time_by_table_s` what the table says.
"""

import math

from stationsim.physics._numbers import pressure_limit
from stationsim.physics.air import Air

__all__ = ["MMHG_KPA", "reserve_time_by_table_s", "reserve_time_s", "seconds_per_mmhg"]

MMHG_KPA = 0.133322387415
"""One millimetre of mercury [kPa]."""


def seconds_per_mmhg(body: Air) -> float | None:
    """Return the time in which the pressure falls by 1 mmHg from now [s]; None if it never falls so far.

    >>> from stationsim.physics import Hole, hole_area_m2
    >>> hole = Hole(area_m2=hole_area_m2(0.006), discharge_coefficient=1.0)
    >>> body = Air(volume_m3=1005.0, pressure_kpa=101.325, temperature_degc=21.85, leaks=(hole,))
    >>> t1mm_s = seconds_per_mmhg(body)
    >>> now = body.after(t1mm_s)
    >>> round(t1mm_s), reserve_time_by_table_s(now.pressure_kpa, t1mm_s, 65.33), reserve_time_s(now, 65.33)
    (235, 78004, 78056)
    """
    limit_kpa = body.pressure_kpa - MMHG_KPA
    time_s = body.law.time_to_fall(body.pressure_kpa, limit_kpa) if limit_kpa > 0 else math.inf
    return time_s if math.isfinite(time_s) else None


def reserve_time_s(body: Air, limit_kpa: float) -> int | None:
    """Return the time left until the body reaches the limit [s], rounded down; None if never, 0 if it has.

    Args:
        body: The air as it is.
        limit_kpa: Pressure at which the crew must have left [kPa], > 0.

    Raises:
        ValueError: `limit_kpa` is not above 0 or not finite.
    """
    return body.time_to_fall_s(limit_kpa)


def reserve_time_by_table_s(pressure_kpa: float, seconds_per_mmhg: float, limit_kpa: float) -> int:
    """Return the reserve time as the crew reads it from a table [s], rounded down; 0 at or below the limit.

    Args:
        pressure_kpa: Pressure read at the end of the timed millimetre [kPa], > 0.
        seconds_per_mmhg: Time in which it fell by that last 1 mmHg [s], > 0.
        limit_kpa: Pressure at which the crew must have left [kPa], > 0.

    Raises:
        ValueError: A value is outside the range above.

    Source: τ = T1mm·p in mmHg and T_res = τ·ln(p/limit), the reserve time of a body with constant holes.
    Error: for constant holes without make-up the exact τ is T1mm/ln(1 + 1/p), so the result is too short by 1/(2p) of
        itself (p in mmHg: 0.07 % at 760, 0.1 % at 490) and never too long; with the pressure from before the timing it
        is too long by as much. With make-up it is too short, the more the nearer make-up comes to the leak. While a
        hole grows it is too long. An error of the stopwatch enters in proportion.

    >>> reserve_time_by_table_s(99.99, 235.0, 65.33)
    75013
    """
    if not 0 < seconds_per_mmhg < math.inf:
        raise ValueError(f"{seconds_per_mmhg!r} s per mmHg is not a fall. It is finite and above 0.")
    pressure_limit(limit_kpa)
    if not 0 < pressure_kpa < math.inf:
        raise ValueError(f"{pressure_kpa!r} kPa is not a pressure in a table. It is finite and above 0.")
    if pressure_kpa <= limit_kpa:
        return 0
    return math.floor(seconds_per_mmhg * pressure_kpa / MMHG_KPA * math.log(pressure_kpa / limit_kpa))
