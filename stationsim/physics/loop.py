"""How does a coolant loop run dry?

    accumulator gas ──pushes──▶ liquid ──hole──▶ vacuum        gas_m3 grows by what is lost, gas_kpa falls with it

Source: Bernoulli through a sharp hole, Q = C_d·A·√(2p/ρ), with the accumulator's gas at constant temperature,
    p·V = p₀·V₀, so dV/dt = c·A(t)·√(V₀/V) and V = V₀·(1 + 3·c·∫A dt / (2·V₀))^(2/3), where c = C_d·√(2p₀/ρ). The
    area grows evenly: ∫A dt = A₀·t + g·t²/2.
Assumes: one pressure in the whole loop (the pump is off or its head is small), a liquid that neither boils nor freezes
    in the hole, a bladder that keeps the gas, no losses in the pipe. All liquid can reach the hole. Figures of real
    loops are published only through the press, so the result is an estimate: see the tests for how it compares.
"""

import math
from typing import Self

import attrs

from stationsim.physics._numbers import earlier, elapsed, not_negative, positive, share

__all__ = ["LoopDrain"]


@attrs.frozen(kw_only=True)
class LoopDrain:
    """A pressurised loop with a hole, at one moment; all times count from that moment.

    Attributes:
        liquid_m3: Liquid that can still be lost [m³], >= 0.
        gas_m3: Volume of the accumulator's gas [m³], > 0.
        gas_kpa: Absolute pressure of that gas [kPa], > 0.
        density_kg_per_m3: Density of the liquid [kg/m³], > 0.
        hole_area_m2: Area of the hole now [m²]; 0 is a loop that is tight, or whose hole has yet to grow.
        discharge_coefficient: Share of the ideal flow that passes the hole [1], above 0, at most 1.
        growth_m2_per_s: Area gained per second [m²/s], >= 0.

    Raises:
        ValueError: A value is outside the range above.

    >>> from stationsim.physics import hole_area_m2
    >>> loop = LoopDrain(
    ...     liquid_m3=0.044,
    ...     gas_m3=0.005,
    ...     gas_kpa=304.0,
    ...     density_kg_per_m3=690.0,
    ...     hole_area_m2=hole_area_m2(0.0008),
    ...     discharge_coefficient=0.62,
    ... )
    >>> loop.time_to_lost_s(0.99 * 0.044), round(loop.pressure_kpa_at(3600), 1)
    (10545, 61.5)
    >>> patched = loop.after(3600, hole_area_m2=0.0)
    >>> round(patched.liquid_m3 * 1000, 1), patched.time_to_empty_s()
    (24.3, None)
    """

    liquid_m3: float = attrs.field(validator=not_negative)
    gas_m3: float = attrs.field(validator=positive)
    gas_kpa: float = attrs.field(validator=positive)
    density_kg_per_m3: float = attrs.field(validator=positive)
    hole_area_m2: float = attrs.field(validator=not_negative)
    discharge_coefficient: float = attrs.field(validator=share)
    growth_m2_per_s: float = attrs.field(default=0.0, validator=not_negative)

    def lost_m3_at(self, t_s: float) -> float:
        """Return the volume lost `t_s` [s] from now [m³], at most all of it.

        Raises:
            ValueError: `t_s` is negative or not finite.
        """
        # V₀·((1 + x)^(2/3) − 1), written so that a small loss keeps all its digits
        pushed_m3 = self._m_per_s * self._opened_m2s(elapsed(t_s))
        grown = self.gas_m3 * math.expm1(math.log1p(1.5 * pushed_m3 / self.gas_m3) / 1.5)
        return min(grown, self.liquid_m3)

    def liquid_m3_at(self, t_s: float) -> float:
        """Return the liquid left `t_s` [s] from now [m³]; exactly 0 once the loop is empty."""
        return self.liquid_m3 - self.lost_m3_at(t_s)

    def pressure_kpa_at(self, t_s: float) -> float:
        """Return the pressure in the loop `t_s` [s] from now [kPa]; 0 once it is empty and open to vacuum."""
        lost_m3 = self.lost_m3_at(t_s)
        return self._gas_kpa_after(lost_m3) if lost_m3 < self.liquid_m3 else 0.0

    def flow_m3_per_s_at(self, t_s: float) -> float:
        """Return the volume leaving per second, `t_s` [s] from now [m³/s]."""
        area_m2 = self.hole_area_m2 + self.growth_m2_per_s * elapsed(t_s)
        return self._m_per_s * area_m2 * math.sqrt(self.pressure_kpa_at(t_s) / self.gas_kpa)

    def flow_kg_per_s_at(self, t_s: float) -> float:
        """Return the mass leaving per second, `t_s` [s] from now [kg/s]."""
        return self.flow_m3_per_s_at(t_s) * self.density_kg_per_m3

    def time_to_lost_s(self, lost_m3: float) -> int | None:
        """Return the time until a volume is lost [s], rounded down; None if that never happens.

        Args:
            lost_m3: Volume lost from now on [m³], >= 0.

        Raises:
            ValueError: `lost_m3` is negative.
        """
        if not lost_m3 >= 0:
            raise ValueError(f"{lost_m3!r} m³ cannot be lost. A loss is 0 or more.")
        return earlier(self._time_to_lost(lost_m3))

    def time_to_pressure_s(self, limit_kpa: float) -> int | None:
        """Return the time until the loop's pressure has fallen to a limit [s], rounded down; None if never.

        A limit below the pressure at which the liquid runs out is reached when it runs out.

        Args:
            limit_kpa: Absolute pressure [kPa], > 0.

        Raises:
            ValueError: `limit_kpa` is not above 0.
        """
        if not limit_kpa > 0:
            raise ValueError(f"{limit_kpa!r} kPa is not a limit the loop can fall to. A limit is above 0.")
        lost_m3 = max(self.gas_m3 * (self.gas_kpa / limit_kpa - 1), 0.0)
        return earlier(self._time_to_lost(min(lost_m3, self.liquid_m3)))

    def time_to_empty_s(self) -> int | None:
        """Return the time until all liquid is lost [s], rounded down; None if the loop is tight."""
        return earlier(self._time_to_lost(self.liquid_m3))

    def after(self, t_s: float, *, hole_area_m2: float | None = None, growth_m2_per_s: float = 0.0) -> Self:
        """Return the loop `t_s` [s] from now, its hole as it has grown; on request with another hole from then on.

        Args:
            t_s: From now [s].
            hole_area_m2: Area of the other hole [m²]; None leaves the hole there is.
            growth_m2_per_s: Growth of the other hole [m²/s].

        Raises:
            ValueError: `t_s` is negative or not finite, or the area or its growth is negative.
        """
        lost_m3 = self.lost_m3_at(t_s)
        grown_m2 = self.hole_area_m2 + self.growth_m2_per_s * t_s
        return attrs.evolve(
            self,
            liquid_m3=self.liquid_m3 - lost_m3,
            gas_m3=self.gas_m3 + lost_m3,
            gas_kpa=self._gas_kpa_after(lost_m3),
            hole_area_m2=grown_m2 if hole_area_m2 is None else hole_area_m2,
            growth_m2_per_s=self.growth_m2_per_s if hole_area_m2 is None else growth_m2_per_s,
        )

    @property
    def _m_per_s(self) -> float:
        """Volume that leaves per second through each m² of hole at the present pressure [m³/s/m²]."""
        return self.discharge_coefficient * math.sqrt(2 * self.gas_kpa * 1e3 / self.density_kg_per_m3)

    def _opened_m2s(self, t_s: float) -> float:
        """Return the area of the hole summed over time [m²·s]."""
        return t_s * (self.hole_area_m2 + self.growth_m2_per_s * t_s / 2)

    def _gas_kpa_after(self, lost_m3: float) -> float:
        return self.gas_kpa * self.gas_m3 / (self.gas_m3 + lost_m3)

    def _time_to_lost(self, lost_m3: float) -> float:
        if lost_m3 == 0:
            return 0.0
        if lost_m3 > self.liquid_m3:
            return math.inf
        pushed_m3 = self.gas_m3 * math.expm1(1.5 * math.log1p(lost_m3 / self.gas_m3)) / 1.5
        opened_m2s = pushed_m3 / self._m_per_s
        root = self.hole_area_m2 + math.hypot(self.hole_area_m2, math.sqrt(2 * self.growth_m2_per_s * opened_m2s))
        return 2 * opened_m2s / root if root else math.inf
