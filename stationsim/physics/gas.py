"""Which gas is it, and how fast does it leave through a hole?

Source: one-dimensional flow of an ideal gas, ṁ = C_d·A·p·Γ/√(R·T) with Γ = √γ·(2/(γ+1))^((γ+1)/(2(γ−1))), 0.6847 for
    air; in volume that is C_d·A·Γ·√(R·T) per second at whatever pressure there is inside.
Assumes: choked flow, which holds while the pressure inside is more than about twice that outside: always, to vacuum.
"""

import math

import attrs

from stationsim.physics._numbers import ZERO_DEGC_K, positive

__all__ = ["AIR", "GASES", "HELIUM", "NITROGEN", "Gas"]


@attrs.frozen(kw_only=True)
class Gas:
    """An ideal gas.

    Attributes:
        gas_j_per_kg_k: Specific gas constant [J/kg/K], > 0.
        heat_ratio: Ratio of specific heats [1], > 1.

    Raises:
        ValueError: A value is outside the range above.

    >>> round(AIR.density_kg_per_m3(101.325, 21.85), 3), round(AIR.outflow_m_per_s(21.85), 1)
    (1.197, 199.3)
    """

    gas_j_per_kg_k: float = attrs.field(validator=positive)
    heat_ratio: float = attrs.field()

    @heat_ratio.validator
    def _check_heat_ratio(self, _attribute: object, value: float) -> None:
        if not 1 < value < math.inf:
            raise ValueError(f"heat_ratio is {value!r}. It must be finite and above 1.")

    def density_kg_per_m3(self, pressure_kpa: float, temperature_degc: float) -> float:
        """Return the density [kg/m³] at a pressure [kPa] and a temperature [°C].

        Raises:
            ValueError: The temperature is not above absolute zero.
        """
        return pressure_kpa * 1e3 / self._j_per_kg(temperature_degc)

    def outflow_m_per_s(self, temperature_degc: float) -> float:
        """Return the volume [m³/s] that leaves to vacuum through each m² that passes gas, at any pressure.

        Raises:
            ValueError: The temperature is not above absolute zero.
        """
        ratio = self.heat_ratio
        choked: float = math.sqrt(ratio) * (2 / (ratio + 1)) ** ((ratio + 1) / (2 * (ratio - 1)))
        return choked * math.sqrt(self._j_per_kg(temperature_degc))

    def _j_per_kg(self, temperature_degc: float) -> float:
        if not -ZERO_DEGC_K < temperature_degc < math.inf:
            raise ValueError(f"temperature_degc is {temperature_degc!r}. It must be finite and above {-ZERO_DEGC_K}.")
        return self.gas_j_per_kg_k * (temperature_degc + ZERO_DEGC_K)


AIR = Gas(gas_j_per_kg_k=287.05, heat_ratio=1.4)
HELIUM = Gas(gas_j_per_kg_k=2077.1, heat_ratio=5 / 3)
NITROGEN = Gas(gas_j_per_kg_k=296.8, heat_ratio=1.4)

GASES = {"air": AIR, "helium": HELIUM, "nitrogen": NITROGEN}
"""Gases by the name that files give them."""
