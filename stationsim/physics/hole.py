"""How large is the hole?"""

import math

__all__ = ["hole_area_m2"]


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
