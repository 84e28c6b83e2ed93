"""How long does the air last?

    compartments with open hatches between them ═ one body of air ──holes──▶ vacuum
                                                     ▲
                                               make-up gas

Source: choked flow of an ideal gas through a hole, ṁ = C_d·A·p·Γ/√(R·T) with Γ = 0.6847 for air (`gas`), so in a
    volume V at constant temperature dp/dt = −p/τ + s with τ = V/(ΣC_d·A·Γ·√(R·T)) and s = ṁ_makeup·R·T/V, hence
    p(t) = p_inf + (p₀ − p_inf)·e^(−t/τ) with p_inf = s·τ; without holes p₀ + s·t. Holes that grow by g per second, with
    no make-up: p(t) = p₀·exp(−(A·t + g·t²/2)·C_d·Γ·√(R·T)/V).
Assumes: vacuum outside, a thin wall, walls that keep the air at its temperature, one pressure everywhere in the body,
    make-up gas that weighs what air weighs and arrives warm.
"""

import math
from collections.abc import Iterable
from typing import Any, Self

import attrs

from stationsim.physics._numbers import (
    above_absolute_zero,
    earlier,
    elapsed,
    later,
    not_negative,
    positive,
    pressure_limit,
)
from stationsim.physics._relaxation import Relaxation
from stationsim.physics.gas import AIR
from stationsim.physics.hole import Hole

__all__ = ["Air"]


def _ordered(leaks: Iterable[Hole]) -> tuple[Hole, ...]:
    """Sort the holes: bodies with the same holes are equal, whichever hatch was opened first."""
    return tuple(sorted(leaks))


@attrs.frozen(kw_only=True)
class Air:
    """One openly connected body of air, at one moment; all times count from that moment.

    A patch, a new hole, make-up turned on or off: `attrs.evolve(body.after(t_s), leaks=...)`. Hatches: see `bodies`.

    Attributes:
        volume_m3: Volume of all compartments that are openly connected [m³], > 0.
        pressure_kpa: Pressure now [kPa], >= 0.
        temperature_degc: Temperature of the air [°C], above absolute zero.
        leaks: Holes to vacuum; their flows add. They are kept in order of size.
        makeup_kg_per_s: Air that flows in [kg/s], >= 0; 0 while a hole grows.

    Raises:
        ValueError: A value is outside the range above.

    >>> from stationsim.physics import hole_area_m2
    >>> body = Air(
    ...     volume_m3=1005.0,
    ...     pressure_kpa=101.325,
    ...     temperature_degc=21.85,
    ...     leaks=(Hole(area_m2=hole_area_m2(0.0254), discharge_coefficient=1.0),),
    ... )
    >>> body.time_to_fall_s(65.33), round(body.leak_kg_per_s * 3600), round(body.lost_kg_at(3600))
    (4368, 435, 365)
    >>> fed = attrs.evolve(body.after(3600), makeup_kg_per_s=0.05)
    >>> fed.time_to_fall_s(65.33), attrs.evolve(fed, leaks=()).time_to_rise_s(101.325)
    (2013, 7300)
    """

    volume_m3: float = attrs.field(validator=positive)
    pressure_kpa: float = attrs.field(validator=not_negative)
    temperature_degc: float = attrs.field(validator=above_absolute_zero)
    leaks: tuple[Hole, ...] = attrs.field(default=(), converter=_ordered)
    makeup_kg_per_s: float = attrs.field(default=0.0)

    @makeup_kg_per_s.validator
    def _check_makeup(self, attribute: "attrs.Attribute[Any]", value: float) -> None:
        not_negative(self, attribute, value)
        if value and any(hole.growth_m2_per_s for hole in self.leaks):
            raise ValueError(
                f"makeup_kg_per_s is {value!r} while a hole grows. Both together have no closed form."
                " Let the hole grow in steps, or add the gas in lumps with repressurise()."
            )

    @property
    def kg_per_kpa(self) -> float:
        """Mass that makes 1 kPa in this volume [kg/kPa]."""
        return self.volume_m3 * AIR.density_kg_per_m3(1.0, self.temperature_degc)

    @property
    def mass_kg(self) -> float:
        """Mass of the air now [kg]."""
        return self.pressure_kpa * self.kg_per_kpa

    @property
    def law(self) -> Relaxation:
        """Equation of the pressure [kPa], for who needs more than whole seconds."""
        outflow_per_m2_s = AIR.outflow_m_per_s(self.temperature_degc) / self.volume_m3
        return Relaxation(
            decay_per_s=math.fsum(hole.passing_m2 for hole in self.leaks) * outflow_per_m2_s,
            growth_per_s2=math.fsum(hole.passing_growth_m2_per_s for hole in self.leaks) * outflow_per_m2_s,
            inflow_per_s=self.makeup_kg_per_s / self.kg_per_kpa,
        )

    @property
    def time_constant_s(self) -> float:
        """Time in which the holes of now would bring the pressure to 1/e [s]; infinite without a hole."""
        decay_per_s = self.law.decay_per_s
        return 1 / decay_per_s if decay_per_s else math.inf

    @property
    def leak_kg_per_s(self) -> float:
        """Mass leaving per second now, make-up not counted [kg/s]."""
        return self.law.decay_per_s * self.mass_kg

    @property
    def rate_kpa_per_s(self) -> float:
        """Change of the pressure now [kPa/s]; negative while it falls."""
        law = self.law
        return law.inflow_per_s - law.decay_per_s * self.pressure_kpa

    def pressure_kpa_at(self, t_s: float) -> float:
        """Return the pressure `t_s` [s] from now [kPa].

        Raises:
            ValueError: `t_s` is negative or not finite.
        """
        return self.law.at(self.pressure_kpa, elapsed(t_s))

    def mass_kg_at(self, t_s: float) -> float:
        """Return the mass of the air `t_s` [s] from now [kg]."""
        return self.pressure_kpa_at(t_s) * self.kg_per_kpa

    def lost_kg_at(self, t_s: float) -> float:
        """Return the mass that has left through the holes, `t_s` [s] from now [kg]; it never shrinks.

        Raises:
            ValueError: `t_s` is negative or not finite.
        """
        return self.law.lost(self.pressure_kpa, elapsed(t_s)) * self.kg_per_kpa

    def inflow_kg_at(self, t_s: float) -> float:
        """Return the mass of make-up gas that has come in, `t_s` [s] from now [kg].

        Raises:
            ValueError: `t_s` is negative or not finite.
        """
        return self.makeup_kg_per_s * elapsed(t_s)

    def time_to_fall_s(self, limit_kpa: float) -> int | None:
        """Return the time until the pressure has fallen to a limit [s], rounded down; None if never, 0 if it has.

        Args:
            limit_kpa: Pressure [kPa], > 0.

        Raises:
            ValueError: `limit_kpa` is not above 0 or not finite.
        """
        return earlier(self.law.time_to_fall(self.pressure_kpa, pressure_limit(limit_kpa)))

    def time_to_rise_s(self, limit_kpa: float) -> int | None:
        """Return the time until the pressure has risen to a limit [s], rounded up; None if never, 0 if it has.

        Args:
            limit_kpa: Pressure [kPa], > 0.

        Raises:
            ValueError: `limit_kpa` is not above 0 or not finite.
        """
        return later(self.law.time_to_rise(self.pressure_kpa, pressure_limit(limit_kpa)))

    def after(self, t_s: float) -> Self:
        """Return the body `t_s` [s] from now, its holes as they have grown.

        Raises:
            ValueError: `t_s` is negative or not finite.
        """
        return attrs.evolve(
            self, pressure_kpa=self.pressure_kpa_at(t_s), leaks=tuple(hole.after(t_s) for hole in self.leaks)
        )
