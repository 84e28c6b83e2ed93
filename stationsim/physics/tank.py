"""How fast does a pressurant tank blow down?

    gas in a rigid tank ──holes──▶ vacuum

Source: choked flow of an ideal gas at constant temperature (`gas`), so m(t) = m₀·e^(−t/τ), τ = V/(ΣC_d·A·Γ·√(R·T)), and
    the pressure falls alike.
Assumes: walls that keep the gas at its temperature, right for a leak of hours. A fast one cools the gas: its pressure
    falls sooner, its mass leaves later. At 20-30 MPa a real tank holds some 5-15 % less.

A tank of liquid (propellant, or the water of a suit) that a cushion of gas pushes out has no class of its own: it is a
`LoopDrain` with the cushion as its accumulator. Where a regulator keeps the pressure up, make the cushion very large.
"""

import math
from typing import Self

import attrs

from stationsim.physics._numbers import (
    above_absolute_zero,
    earlier,
    elapsed,
    not_negative,
    positive,
    pressure_limit,
)
from stationsim.physics._relaxation import Relaxation
from stationsim.physics.gas import Gas
from stationsim.physics.hole import Hole

__all__ = ["GasTank"]


@attrs.frozen(kw_only=True)
class GasTank:
    """A rigid tank of gas with holes to vacuum, at one moment; all times count from that moment.

    A patch or a new hole: `attrs.evolve(tank.after(t_s), leaks=...)`.

    Attributes:
        volume_m3: Volume of the gas [m³], > 0.
        pressure_kpa: Absolute pressure now [kPa], >= 0.
        temperature_degc: Temperature of the gas [°C], above absolute zero.
        gas: Which gas.
        leaks: Holes to vacuum; their flows add.

    Raises:
        ValueError: A value is outside the range above.

    >>> from stationsim.physics import HELIUM, hole_area_m2
    >>> pinhole = Hole(area_m2=hole_area_m2(0.0001), discharge_coefficient=0.65)
    >>> tank = GasTank(volume_m3=0.03, pressure_kpa=20e3, temperature_degc=20.0, gas=HELIUM, leaks=(pinhole,))
    >>> round(tank.mass_kg, 3), round(tank.lost_kg_at(3600), 3), tank.time_to_pressure_s(2000.0)
    (0.985, 0.289, 23878)
    """

    volume_m3: float = attrs.field(validator=positive)
    pressure_kpa: float = attrs.field(validator=not_negative)
    temperature_degc: float = attrs.field(validator=above_absolute_zero)
    gas: Gas
    leaks: tuple[Hole, ...] = ()

    @property
    def mass_kg(self) -> float:
        """Mass of the gas now [kg]."""
        return self.volume_m3 * self.gas.density_kg_per_m3(self.pressure_kpa, self.temperature_degc)

    def pressure_kpa_at(self, t_s: float) -> float:
        """Return the pressure `t_s` [s] from now [kPa].

        Raises:
            ValueError: `t_s` is negative or not finite.
        """
        return self.law.at(self.pressure_kpa, elapsed(t_s))

    def lost_kg_at(self, t_s: float) -> float:
        """Return the mass that has left, `t_s` [s] from now [kg].

        Raises:
            ValueError: `t_s` is negative or not finite.
        """
        return self.law.lost(self.mass_kg, elapsed(t_s))

    def flow_kg_per_s_at(self, t_s: float) -> float:
        """Return the mass leaving per second, `t_s` [s] from now [kg/s].

        Raises:
            ValueError: `t_s` is negative or not finite.
        """
        law = self.law
        return self.mass_kg * law.at(1.0, elapsed(t_s)) * (law.decay_per_s + law.growth_per_s2 * t_s)

    def time_to_pressure_s(self, limit_kpa: float) -> int | None:
        """Return the time until the pressure has fallen to a limit [s], rounded down; None if never, 0 if it has.

        Args:
            limit_kpa: Pressure [kPa], > 0.

        Raises:
            ValueError: `limit_kpa` is not above 0 or not finite.
        """
        return earlier(self.law.time_to_fall(self.pressure_kpa, pressure_limit(limit_kpa)))

    def after(self, t_s: float) -> Self:
        """Return the tank `t_s` [s] from now, its holes as they have grown.

        Raises:
            ValueError: `t_s` is negative or not finite.
        """
        return attrs.evolve(
            self, pressure_kpa=self.pressure_kpa_at(t_s), leaks=tuple(hole.after(t_s) for hole in self.leaks)
        )

    @property
    def law(self) -> Relaxation:
        """Equation of the pressure [kPa], for who needs more than whole seconds."""
        outflow_per_m2_s = self.gas.outflow_m_per_s(self.temperature_degc) / self.volume_m3
        return Relaxation(
            decay_per_s=math.fsum(hole.passing_m2 for hole in self.leaks) * outflow_per_m2_s,
            growth_per_s2=math.fsum(hole.passing_growth_m2_per_s for hole in self.leaks) * outflow_per_m2_s,
        )
