"""How does a quantity that leaks in proportion to itself change?

    dy/dt = −(k + j·t)·y + s        k: decay now, j: its growth, s: constant inflow; all >= 0, and j or s is 0

Source: y(t) = y₀·e^(−kt − jt²/2) + s·(1 − e^(−kt))/k, with s·t as the last term where nothing decays. With j and s
    together the integral has no elementary form.
The formulas are written so that a decay of almost nothing, a short time and a small difference keep all their digits.
"""

import math

import attrs

# Below this k·t the series is exact to the last digit, and the plain formula would lose digits.
_SMALL = 1e-2
_STRAIGHT = 1e-9


@attrs.frozen(kw_only=True)
class Relaxation:
    """The equation above; values are in any unit, `inflow_per_s` in the same unit per second.

    >>> filling = Relaxation(decay_per_s=0.5, inflow_per_s=1.0)
    >>> round(filling.at(0.0, 1.0), 4), round(filling.lost(0.0, 1.0), 4), round(filling.time_to_rise(0.0, 1.0), 4)
    (0.7869, 0.2131, 1.3863)
    """

    decay_per_s: float
    growth_per_s2: float = 0.0
    inflow_per_s: float = 0.0

    def at(self, value: float, t_s: float) -> float:
        """Return the value after `t_s` [s]."""
        return value * math.exp(-self._exponent(t_s)) + self.inflow_per_s * self._kept_and_gone_s(t_s)[0]

    def lost(self, value: float, t_s: float) -> float:
        """Return what has left by `t_s` [s]: value + inflow − lost is the value then."""
        return value * -math.expm1(-self._exponent(t_s)) + self.inflow_per_s * self._kept_and_gone_s(t_s)[1]

    def time_to_fall(self, value: float, limit: float) -> float:
        """Return the time [s] until the value has fallen to a limit > 0; infinite if never, 0 if it has."""
        if value <= limit:
            return 0.0
        if self.inflow_per_s == 0:
            depth = math.log1p((value - limit) / limit)
            root = self.decay_per_s + math.hypot(self.decay_per_s, math.sqrt(2 * self.growth_per_s2 * depth))
            return 2 * depth / root if root else math.inf
        return self._time_to_pass(value - limit, self.decay_per_s * limit - self.inflow_per_s)

    def time_to_rise(self, value: float, limit: float) -> float:
        """Return the time [s] until the value has risen to a limit; infinite if never, 0 if it has."""
        if value >= limit:
            return 0.0
        return self._time_to_pass(limit - value, self.inflow_per_s - self.decay_per_s * limit)

    def _exponent(self, t_s: float) -> float:
        return t_s * (self.decay_per_s + self.growth_per_s2 * t_s / 2)

    def _kept_and_gone_s(self, t_s: float) -> tuple[float, float]:
        """Divide `t_s` of inflow into what is still there and what has left again [s of inflow]."""
        x = self.decay_per_s * t_s
        if x < _SMALL:
            gone_s = t_s * x / 2 * (1 - x / 3 * (1 - x / 4 * (1 - x / 5 * (1 - x / 6))))
            return t_s - gone_s, gone_s
        kept_s = -math.expm1(-x) / self.decay_per_s
        return kept_s, t_s - kept_s

    def _time_to_pass(self, distance: float, speed_at_limit: float) -> float:
        """Solve for the time to a limit `distance` away, which is crossed at `speed_at_limit`."""
        if speed_at_limit <= 0:
            return math.inf
        straight_s = distance / speed_at_limit
        x = self.decay_per_s * straight_s
        return straight_s * (1 - x / 2) if x < _STRAIGHT else math.log1p(x) / self.decay_per_s
