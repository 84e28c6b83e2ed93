"""Which numbers may enter a formula, and how does a time leave it?"""

import math
from typing import Any

import attrs

ZERO_DEGC_K = 273.15

# attrs.Attribute takes its parameter for type checkers only, hence the quotes below.


def finite(_instance: object, attribute: "attrs.Attribute[Any]", value: float) -> None:
    """Refuse infinity and not-a-number."""
    if not math.isfinite(value):
        raise ValueError(f"{attribute.name} is {value!r}. It must be finite.")


def not_negative(_instance: object, attribute: "attrs.Attribute[Any]", value: float) -> None:
    """Refuse what is below 0 or not finite."""
    if not 0 <= value < math.inf:
        raise ValueError(f"{attribute.name} is {value!r}. It must be finite and at least 0.")


def positive(_instance: object, attribute: "attrs.Attribute[Any]", value: float) -> None:
    """Refuse what is not above 0 or not finite."""
    if not 0 < value < math.inf:
        raise ValueError(f"{attribute.name} is {value!r}. It must be finite and above 0.")


def share(_instance: object, attribute: "attrs.Attribute[Any]", value: float) -> None:
    """Refuse what is not above 0 and at most 1."""
    if not 0 < value <= 1:
        raise ValueError(f"{attribute.name} is {value!r}. It must be above 0 and at most 1.")


def above_absolute_zero(_instance: object, attribute: "attrs.Attribute[Any]", value: float) -> None:
    """Refuse a temperature [°C] that nothing can have."""
    if not -ZERO_DEGC_K < value < math.inf:
        raise ValueError(f"{attribute.name} is {value!r}. It must be finite and above {-ZERO_DEGC_K}.")


def pressure_limit(limit_kpa: float) -> float:
    """Return `limit_kpa` [kPa] if a gas can reach it."""
    if not 0 < limit_kpa < math.inf:
        raise ValueError(f"{limit_kpa!r} kPa is not a limit. A limit is finite and above 0.")
    return limit_kpa


def elapsed(t_s: float) -> float:
    """Return `t_s` [s] if the formulas hold there: from now on, never before."""
    if not 0 <= t_s < math.inf:
        raise ValueError(f"{t_s!r} s is not a time from now. The formulas hold from 0 s on.")
    return t_s


def earlier(t_s: float) -> int | None:
    """Round down to whole seconds [s], the cautious side of something that hurts; infinity is None, never."""
    return math.floor(t_s) if math.isfinite(t_s) else None


def later(t_s: float) -> int | None:
    """Round up to whole seconds [s], the cautious side of something that helps; infinity is None, never."""
    return math.ceil(t_s) if math.isfinite(t_s) else None
