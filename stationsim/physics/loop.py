"""How does a coolant loop run dry?

    accumulator gas ──pushes──▶ liquid ──hole──▶ vacuum        gas_m3 grows by what is lost, gas_kpa falls with it

Source: Bernoulli through a sharp hole, Q = C_d·A·√(2p/ρ), with the accumulator's gas at constant temperature,
    p·V = p₀·V₀, so dV/dt = q₀·√(V₀/V) and V = V₀·(1 + 3·q₀·t / (2·V₀))^(2/3), where q₀ is the flow now.
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
        hole_area_m2: Area of the hole [m²]; 0 is a tight loop.
        discharge_coefficient: Share of the ideal flow that passes the hole [1], above 0, at most 1.

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

    def lost_m3_at(self, t_s: float) -> float:
        """Return the volume lost `t_s` [s] from now [m³], at most all of it.

        Raises:
            ValueError: `t_s` is negative or not finite.
        """
        # V₀·((1 + x)^(2/3) − 1), written so that a small loss keeps all its digits
        grown = self.gas_m3 * math.expm1(math.log1p(1.5 * self._flow_now * elapsed(t_s) / self.gas_m3) / 1.5)
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
        return self._flow_now * math.sqrt(self.pressure_kpa_at(t_s) / self.gas_kpa)

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

    def after(self, t_s: float, *, hole_area_m2: float | None = None) -> Self:
        """Return the loop `t_s` [s] from now, on request with another hole [m²] from then on.

        Raises:
            ValueError: `t_s` is negative or not finite, or the area is negative.
        """
        lost_m3 = self.lost_m3_at(t_s)
        return attrs.evolve(
            self,
            liquid_m3=self.liquid_m3 - lost_m3,
            gas_m3=self.gas_m3 + lost_m3,
            gas_kpa=self._gas_kpa_after(lost_m3),
            hole_area_m2=self.hole_area_m2 if hole_area_m2 is None else hole_area_m2,
        )

    @property
    def _flow_now(self) -> float:
        """Flow through the hole while there is liquid and the gas has its present pressure [m³/s]."""
        speed = math.sqrt(2 * self.gas_kpa * 1e3 / self.density_kg_per_m3)
        return self.discharge_coefficient * self.hole_area_m2 * speed

    def _gas_kpa_after(self, lost_m3: float) -> float:
        return self.gas_kpa * self.gas_m3 / (self.gas_m3 + lost_m3)

    def _time_to_lost(self, lost_m3: float) -> float:
        if lost_m3 == 0:
            return 0.0
        if lost_m3 > self.liquid_m3 or self._flow_now == 0:
            return math.inf
        return self.gas_m3 * math.expm1(1.5 * math.log1p(lost_m3 / self.gas_m3)) / (1.5 * self._flow_now)
