"""How long does the air last?

Source: choked flow of an ideal gas through a hole, ṁ = C_d·A·p·Γ/√(R·T) with Γ = 0.6847 for air, so in a volume V at
    constant temperature p(t) = p₀·e^(−t/τ), τ = V/(C_d·A·Γ·√(R·T)). Reserve time is the time to the pressure at which
    the crew must have left.
Assumes: vacuum outside (the flow is choked whenever the pressure inside is more than 1.89 times that outside), a thin
    wall, walls that keep the air at its temperature, one pressure everywhere in the volume, no make-up gas.
"""

import math
from typing import Self

import attrs

from stationsim.physics._numbers import earlier, elapsed, not_negative, positive, share

__all__ = ["CabinAir", "equalise", "hole_area_from_leak_m2"]

_AIR_J_PER_KG_K = 287.05
_HEAT_RATIO = 1.4
_CHOKED: float = math.sqrt(_HEAT_RATIO) * (2 / (_HEAT_RATIO + 1)) ** ((_HEAT_RATIO + 1) / (2 * (_HEAT_RATIO - 1)))
_ZERO_DEGC_K = 273.15


@attrs.frozen(kw_only=True)
class CabinAir:
    """Openly connected compartments with a hole to vacuum, at one moment; all times count from that moment.

    Closing a hatch is `attrs.evolve(air.after(t_s), volume_m3=...)`, once for each side.

    Attributes:
        volume_m3: Volume of all compartments that are openly connected [m³], > 0.
        pressure_kpa: Pressure now [kPa], >= 0.
        temperature_degc: Temperature of the air [°C], above absolute zero.
        hole_area_m2: Area of the hole [m²]; 0 is a tight cabin.
        discharge_coefficient: Share of the ideal flow that passes the hole [1], above 0, at most 1.

    Raises:
        ValueError: A value is outside the range above.

    >>> from stationsim.physics import hole_area_m2
    >>> air = CabinAir(
    ...     volume_m3=1005.0,
    ...     pressure_kpa=101.325,
    ...     temperature_degc=21.85,
    ...     hole_area_m2=hole_area_m2(0.0254),
    ...     discharge_coefficient=1.0,
    ... )
    >>> air.time_to_pressure_s(65.33), round(air.leak_kg_per_s_at(0) * 3600)
    (4368, 435)
    """

    volume_m3: float = attrs.field(validator=positive)
    pressure_kpa: float = attrs.field(validator=not_negative)
    temperature_degc: float = attrs.field()
    hole_area_m2: float = attrs.field(validator=not_negative)
    discharge_coefficient: float = attrs.field(validator=share)

    @temperature_degc.validator
    def _check_temperature(self, _attribute: object, value: float) -> None:
        if not -_ZERO_DEGC_K < value < math.inf:
            raise ValueError(f"temperature_degc is {value!r}. It must be finite and above {-_ZERO_DEGC_K}.")

    @property
    def mass_kg(self) -> float:
        """Mass of the air now [kg]."""
        return self.pressure_kpa * 1e3 * self.volume_m3 / _gas_j_per_kg(self.temperature_degc)

    @property
    def time_constant_s(self) -> float:
        """Time in which the pressure falls to 1/e [s]; infinite without a hole."""
        return self.volume_m3 / self._outflow_m3_per_s if self._outflow_m3_per_s else math.inf

    def pressure_kpa_at(self, t_s: float) -> float:
        """Return the pressure `t_s` [s] from now [kPa].

        Raises:
            ValueError: `t_s` is negative or not finite.
        """
        return self.pressure_kpa * math.exp(-elapsed(t_s) / self.time_constant_s)

    def leak_kg_per_s_at(self, t_s: float) -> float:
        """Return the mass leaving per second, `t_s` [s] from now [kg/s]."""
        return self._outflow_m3_per_s * self.pressure_kpa_at(t_s) * 1e3 / _gas_j_per_kg(self.temperature_degc)

    def time_to_pressure_s(self, limit_kpa: float) -> int | None:
        """Return the time until the pressure has fallen to a limit [s], rounded down; None if never, 0 if it has.

        With the pressure at which the crew must have left, this is the reserve time.

        Args:
            limit_kpa: Pressure [kPa], > 0.

        Raises:
            ValueError: `limit_kpa` is not above 0.
        """
        if not limit_kpa > 0:
            raise ValueError(f"{limit_kpa!r} kPa is not a limit the cabin can fall to. A limit is above 0.")
        if limit_kpa >= self.pressure_kpa:
            return 0
        return earlier(self.time_constant_s * math.log(self.pressure_kpa / limit_kpa))

    def after(self, t_s: float, *, hole_area_m2: float | None = None) -> Self:
        """Return the air `t_s` [s] from now, on request with another hole [m²] from then on.

        Raises:
            ValueError: `t_s` is negative or not finite, or the area is negative.
        """
        return attrs.evolve(
            self,
            pressure_kpa=self.pressure_kpa_at(t_s),
            hole_area_m2=self.hole_area_m2 if hole_area_m2 is None else hole_area_m2,
        )

    @property
    def _outflow_m3_per_s(self) -> float:
        """Volume leaving per second, at any pressure [m³/s]."""
        return (
            self.discharge_coefficient * self.hole_area_m2 * _CHOKED * math.sqrt(_gas_j_per_kg(self.temperature_degc))
        )


def equalise(*parts: CabinAir) -> CabinAir:
    """Return the air of several volumes after the hatches between them are opened.

    No air and no heat is lost: pressures mix by volume. Holes add up.

    Raises:
        ValueError: There is nothing to join.

    >>> tight = CabinAir(
    ...     volume_m3=30.0, pressure_kpa=100.0, temperature_degc=22.0, hole_area_m2=0.0, discharge_coefficient=1.0
    ... )
    >>> equalise(tight, attrs.evolve(tight, volume_m3=10.0, pressure_kpa=60.0)).pressure_kpa
    90.0
    """
    if not parts:
        raise ValueError("Nothing to equalise: give at least one volume.")
    volume_m3 = math.fsum(part.volume_m3 for part in parts)
    energy_kj = math.fsum(part.pressure_kpa * part.volume_m3 for part in parts)
    mass_kg = math.fsum(part.mass_kg for part in parts)
    # In vacuum on both sides no gas is left that could have a temperature.
    warmth_degc = energy_kj * 1e3 / (mass_kg * _AIR_J_PER_KG_K) - _ZERO_DEGC_K if mass_kg else parts[0].temperature_degc
    hole_m2 = math.fsum(part.hole_area_m2 for part in parts)
    passing_m2 = math.fsum(part.hole_area_m2 * part.discharge_coefficient for part in parts)
    return CabinAir(
        volume_m3=volume_m3,
        pressure_kpa=energy_kj / volume_m3,
        temperature_degc=warmth_degc,
        hole_area_m2=hole_m2,
        discharge_coefficient=passing_m2 / hole_m2 if hole_m2 else parts[0].discharge_coefficient,
    )


def hole_area_from_leak_m2(
    leak_kg_per_s: float, pressure_kpa: float, *, temperature_degc: float, discharge_coefficient: float
) -> float:
    """Return the area of the hole that loses so much air at this pressure [m²].

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
    if not pressure_kpa > 0:
        raise ValueError(f"{pressure_kpa!r} kPa drives no leak. The pressure is above 0.")
    # The object checks the other two values and says which one is wrong.
    unit_hole = CabinAir(
        volume_m3=1.0,
        pressure_kpa=pressure_kpa,
        temperature_degc=temperature_degc,
        hole_area_m2=1.0,
        discharge_coefficient=discharge_coefficient,
    )
    return leak_kg_per_s / unit_hole.leak_kg_per_s_at(0)


def _gas_j_per_kg(temperature_degc: float) -> float:
    """R·T of air [J/kg]."""
    return _AIR_J_PER_KG_K * (temperature_degc + _ZERO_DEGC_K)
