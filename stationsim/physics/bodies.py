"""What becomes of the air when a hatch opens or closes, or gas is let in?

Source: conservation of mass and of energy in an ideal gas: pressures mix by volume, temperatures by mass, so bodies at
    one temperature stay at it. Holes and make-up go with the compartment they are in.
Assumes: pressures are equal at once (a hatch is large), no air passes a closed hatch.
"""

import math
from collections.abc import Callable, Sequence
from operator import attrgetter

import attrs

from stationsim.physics._numbers import not_negative, positive
from stationsim.physics.air import Air
from stationsim.physics.hole import Hole

__all__ = ["Part", "join", "repressurise", "split"]

# Sums of the same numbers in another order differ by this little; areas that grew in several steps by a little more.
_SAME_SUM = 1e-12
_SAME_GROWN_SUM = 1e-9
_AREA_M2: Callable[[Hole], float] = attrgetter("passing_m2")
_GROWTH_M2_PER_S: Callable[[Hole], float] = attrgetter("passing_growth_m2_per_s")


@attrs.frozen(kw_only=True)
class Part:
    """What one side of a closing hatch keeps.

    Attributes:
        volume_m3: Volume on this side [m³], > 0.
        leaks: Holes on this side, as they are now.
        makeup_kg_per_s: Air that flows in on this side [kg/s], >= 0.

    Raises:
        ValueError: A value is outside the range above.
    """

    volume_m3: float = attrs.field(validator=positive)
    leaks: tuple[Hole, ...] = ()
    makeup_kg_per_s: float = attrs.field(default=0.0, validator=not_negative)


def join(*bodies: Air) -> Air:
    """Return the one body after the hatches between several are opened.

    Raises:
        ValueError: There is nothing to join, or one has a growing hole and another make-up.

    >>> node = Air(volume_m3=30.0, pressure_kpa=100.0, temperature_degc=22.0)
    >>> join(node, attrs.evolve(node, volume_m3=10.0, pressure_kpa=60.0)).pressure_kpa
    90.0
    """
    if not bodies:
        raise ValueError("Nothing to join: give at least one body of air.")
    volumes_m3 = [body.volume_m3 for body in bodies]
    return Air(
        volume_m3=math.fsum(volumes_m3),
        pressure_kpa=_mixed([body.pressure_kpa for body in bodies], volumes_m3),
        temperature_degc=_mixed([body.temperature_degc for body in bodies], [body.mass_kg for body in bodies]),
        leaks=tuple(hole for body in bodies for hole in body.leaks),
        makeup_kg_per_s=math.fsum(body.makeup_kg_per_s for body in bodies),
    )


def split(body: Air, *parts: Part) -> tuple[Air, ...]:
    """Return one body per part, after the hatches between the parts are closed; all have the pressure of now.

    Args:
        body: The air before.
        parts: Together exactly the body: its volume, its holes and its make-up. A hole that appears as the hatch closes
            is added afterwards.

    Raises:
        ValueError: The parts together are not the body.

    >>> station = Air(volume_m3=1005.0, pressure_kpa=100.0, temperature_degc=22.0, makeup_kg_per_s=0.001)
    >>> aft, rest = split(station, Part(volume_m3=7.0), Part(volume_m3=998.0, makeup_kg_per_s=0.001))
    >>> aft.pressure_kpa, join(aft, rest) == station
    (100.0, True)
    """
    _check_sum("m³", body.volume_m3, [part.volume_m3 for part in parts])
    _check_sum("kg/s of make-up", body.makeup_kg_per_s, [part.makeup_kg_per_s for part in parts])
    for unit, measure in (("m² of hole", _AREA_M2), ("m²/s of growing hole", _GROWTH_M2_PER_S)):
        passing = [measure(hole) for part in parts for hole in part.leaks]
        _check_sum(
            f"{unit}, times discharge coefficient", math.fsum(map(measure, body.leaks)), passing, _SAME_GROWN_SUM
        )
    return tuple(
        attrs.evolve(body, volume_m3=part.volume_m3, leaks=part.leaks, makeup_kg_per_s=part.makeup_kg_per_s)
        for part in parts
    )


def repressurise(body: Air, added_kg: float) -> Air:
    """Return the body with air let in at once; the stock it comes from is the caller's.

    For a flow that lasts, set `makeup_kg_per_s` instead.

    Args:
        body: The air before.
        added_kg: Air let in [kg], >= 0, at the temperature of the body.

    Raises:
        ValueError: `added_kg` is negative or not finite.

    >>> cabin = Air(volume_m3=1005.0, pressure_kpa=100.0, temperature_degc=21.85)
    >>> round(repressurise(cabin, 1.58).pressure_kpa, 3)
    100.133
    """
    if not 0 <= added_kg < math.inf:
        raise ValueError(f"{added_kg!r} kg cannot be let in. Give 0 or more.")
    return attrs.evolve(body, pressure_kpa=body.pressure_kpa + added_kg / body.kg_per_kpa)


def _mixed(values: Sequence[float], weights: Sequence[float]) -> float:
    """Mean by weight; exactly the value where all are the same, and the first where nothing weighs (vacuum)."""
    total = math.fsum(weights)
    if total == 0 or len(set(values)) == 1:
        return values[0]
    return math.fsum(value * weight for value, weight in zip(values, weights, strict=True)) / total


def _check_sum(unit: str, whole: float, parts: Sequence[float], tolerance: float = _SAME_SUM) -> None:
    if not math.isclose(math.fsum(parts), whole, rel_tol=tolerance):
        raise ValueError(
            f"The parts have {math.fsum(parts)!r} {unit}, but the body has {whole!r}. Together they must be the body."
        )
