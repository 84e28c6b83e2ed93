"""How large is the hole, and what does it let through?"""

import math
from typing import Self

import attrs

from stationsim.physics._numbers import elapsed, not_negative, share
from stationsim.physics.gas import AIR

__all__ = ["Hole", "hole_area_from_leak_m2", "hole_area_m2"]


@attrs.frozen(kw_only=True, order=True)
class Hole:
    """A hole to vacuum, at one moment.

    Attributes:
        area_m2: Area now [m²]; 0 is a hole that is patched or has yet to grow.
        discharge_coefficient: Share of the ideal flow that passes the hole [1], above 0, at most 1.
        growth_m2_per_s: Area gained per second [m²/s], >= 0.

    Raises:
        ValueError: A value is outside the range above.

    >>> crack = Hole(area_m2=1e-7, discharge_coefficient=0.65, growth_m2_per_s=1e-14)
    >>> round(crack.after(86_400).area_m2 * 1e6, 6)
    0.100864
    """

    area_m2: float = attrs.field(validator=not_negative)
    discharge_coefficient: float = attrs.field(validator=share)
    growth_m2_per_s: float = attrs.field(default=0.0, validator=not_negative)

    @property
    def passing_m2(self) -> float:
        """Area of the ideal hole that lets as much through now [m²]."""
        return self.discharge_coefficient * self.area_m2

    @property
    def passing_growth_m2_per_s(self) -> float:
        """Growth of `passing_m2` [m²/s]."""
        return self.discharge_coefficient * self.growth_m2_per_s

    def after(self, t_s: float) -> Self:
        """Return the hole `t_s` [s] from now.

        Raises:
            ValueError: `t_s` is negative or not finite.
        """
        gained_m2 = self.growth_m2_per_s * elapsed(t_s)
        return attrs.evolve(self, area_m2=self.area_m2 + gained_m2) if gained_m2 else self


def hole_area_m2(diameter_m: float) -> float:
    """Return the area of a round hole [m²].

    Args:
        diameter_m: Diameter [m], >= 0.

    Raises:
        ValueError: The diameter is negative or not finite.

    >>> round(hole_area_m2(0.0008) * 1e6, 4)
    0.5027
    """
    if not 0 <= diameter_m < math.inf:
        raise ValueError(f"{diameter_m!r} m is not the diameter of a hole. It is 0 (no hole) or more.")
    return math.pi * diameter_m**2 / 4


def hole_area_from_leak_m2(
    leak_kg_per_s: float, pressure_kpa: float, *, temperature_degc: float, discharge_coefficient: float
) -> float:
    """Return the area of the hole that loses so much cabin air at this pressure [m²].

    Args:
        leak_kg_per_s: Air lost [kg/s], >= 0.
        pressure_kpa: Pressure at which that was measured [kPa], > 0.
        temperature_degc: Temperature of the air [°C], above absolute zero.
        discharge_coefficient: Share of the ideal flow that passes the hole [1], above 0, at most 1.

    Raises:
        ValueError: A value is outside the range above.

    >>> area_m2 = hole_area_from_leak_m2(1.68 / 86400, 101.325, temperature_degc=21.85, discharge_coefficient=1.0)
    >>> round(math.sqrt(area_m2 * 4 / math.pi) * 1e3, 2)
    0.32
    """
    if not 0 <= leak_kg_per_s < math.inf:
        raise ValueError(f"{leak_kg_per_s!r} kg/s is not a leak. It is 0 or more.")
    if not 0 < pressure_kpa < math.inf:
        raise ValueError(f"{pressure_kpa!r} kPa drives no leak. The pressure is finite and above 0.")
    # The gas checks the temperature, the hole the coefficient, and each says what is wrong with it.
    unit_hole = Hole(area_m2=1.0, discharge_coefficient=discharge_coefficient)
    density_kg_per_m3 = AIR.density_kg_per_m3(pressure_kpa, temperature_degc)
    return leak_kg_per_s / (density_kg_per_m3 * unit_hole.passing_m2 * AIR.outflow_m_per_s(temperature_degc))
