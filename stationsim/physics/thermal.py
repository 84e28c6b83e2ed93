"""How warm does a cabin get?

    people, equipment ──heat──▶ cabin (one heat capacity) ──conductance──▶ loop, hull, ventilation hose (fixed)

Source: C·dT/dt = Q − Σ Gᵢ·(T − Tᵢ), hence T(t) = T₀ + r·(1 − e^(−g·t))/g with the rate now r = dT/dt(0) and g = ΣGᵢ/C;
    without any conductance this is the straight line T₀ + r·t.
Assumes: one temperature for air, structure and people's surroundings; heat and sinks constant until something changes;
    no latent heat, so humidity is not followed. Heat capacities of real cabins are not published: a fitted value
    stands for everything left out.
"""

import math
from typing import Self

import attrs

from stationsim.physics._numbers import earlier, elapsed, finite, later, not_negative, positive

__all__ = ["CabinHeat", "HeatSink"]

# Below this g·t the curve is a straight line to the last digit, and dividing by g would lose digits.
_STRAIGHT = 1e-9


@attrs.frozen(kw_only=True)
class HeatSink:
    """Something that keeps its own temperature and takes heat from the cabin, or gives it.

    Attributes:
        conductance_w_per_k: Heat carried per degree of difference [W/K], >= 0.
        temperature_degc: Temperature of the sink [°C].

    Raises:
        ValueError: A value is outside the range above.
    """

    conductance_w_per_k: float = attrs.field(validator=not_negative)
    temperature_degc: float = attrs.field(validator=finite)


@attrs.frozen(kw_only=True)
class CabinHeat:
    """A cabin and what heats and cools it, at one moment; all times count from that moment.

    Another number of people, a hose laid, equipment switched off: `attrs.evolve(cabin.after(t_s), people=2)`.

    Attributes:
        temperature_degc: Temperature now [°C].
        heat_capacity_j_per_k: Heat that warms the cabin by one degree [J/K], > 0.
        people: People in the cabin, >= 0.
        person_w: Heat of one person [W], >= 0.
        equipment_w: Heat of the equipment [W], >= 0.
        sinks: Where heat can go.

    Raises:
        ValueError: A value is outside the range above.

    >>> cabin = CabinHeat(
    ...     temperature_degc=30.0, heat_capacity_j_per_k=1.4e6, people=3, person_w=136.7, equipment_w=311.0
    ... )
    >>> round(cabin.temperature_degc_at(6 * 3600), 1), cabin.time_to_warm_s(40.0)
    (41.1, 19414)
    >>> hose = HeatSink(conductance_w_per_k=60.0, temperature_degc=22.0)
    >>> cooled = attrs.evolve(cabin.after(6 * 3600), sinks=(hose,))
    >>> round(cooled.final_degc, 1), cooled.time_to_warm_s(42.0), cooled.time_to_cool_s(35.0)
    (34.0, None, 46191)
    """

    temperature_degc: float = attrs.field(validator=finite)
    heat_capacity_j_per_k: float = attrs.field(validator=positive)
    people: int = attrs.field(validator=not_negative)
    person_w: float = attrs.field(validator=not_negative)
    equipment_w: float = attrs.field(validator=not_negative)
    sinks: tuple[HeatSink, ...] = ()

    @property
    def rate_k_per_s(self) -> float:
        """Rate at which the cabin warms now [K/s]; negative while it cools."""
        taken_w = sum(sink.conductance_w_per_k * (self.temperature_degc - sink.temperature_degc) for sink in self.sinks)
        return (self.people * self.person_w + self.equipment_w - taken_w) / self.heat_capacity_j_per_k

    @property
    def final_degc(self) -> float:
        """Temperature approached if nothing changes [°C]; infinite where heat has nowhere to go."""
        if self.rate_k_per_s == 0:
            return self.temperature_degc
        if self._decay_per_s == 0:
            return math.copysign(math.inf, self.rate_k_per_s)
        return self.temperature_degc + self.rate_k_per_s / self._decay_per_s

    def temperature_degc_at(self, t_s: float) -> float:
        """Return the temperature `t_s` [s] from now [°C].

        Raises:
            ValueError: `t_s` is negative or not finite.
        """
        x = self._decay_per_s * elapsed(t_s)
        straight_s = t_s * (1 - x / 2) if x < _STRAIGHT else -math.expm1(-x) / self._decay_per_s
        return self.temperature_degc + self.rate_k_per_s * straight_s

    def time_to_warm_s(self, limit_degc: float) -> int | None:
        """Return the time until the cabin is as warm as a limit [s], rounded down; None if never, 0 if it is.

        Raises:
            ValueError: `limit_degc` [°C] is not a number.
        """
        return earlier(self._time_to_rise(limit_degc - self.temperature_degc, self.rate_k_per_s))

    def time_to_cool_s(self, limit_degc: float) -> int | None:
        """Return the time until the cabin is as cool as a limit [s], rounded up; None if never, 0 if it is.

        Raises:
            ValueError: `limit_degc` [°C] is not a number.
        """
        return later(self._time_to_rise(self.temperature_degc - limit_degc, -self.rate_k_per_s))

    def after(self, t_s: float) -> Self:
        """Return the cabin `t_s` [s] from now.

        Raises:
            ValueError: `t_s` is negative or not finite.
        """
        return attrs.evolve(self, temperature_degc=self.temperature_degc_at(t_s))

    @property
    def _decay_per_s(self) -> float:
        return sum(sink.conductance_w_per_k for sink in self.sinks) / self.heat_capacity_j_per_k

    def _time_to_rise(self, rise_k: float, rate_k_per_s: float) -> float:
        """Solve T(t) − T₀ = rise for t; warming and cooling are the same with the signs turned round."""
        if math.isnan(rise_k):
            raise ValueError("A temperature limit must be a number, but it is nan.")
        if rise_k <= 0:
            return 0.0
        if rate_k_per_s <= 0:
            return math.inf
        straight_s = rise_k / rate_k_per_s
        x = self._decay_per_s * straight_s
        if x < _STRAIGHT:
            return straight_s * (1 + x / 2)
        return -math.log1p(-x) / self._decay_per_s if x < 1 else math.inf
