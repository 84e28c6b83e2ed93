"""By which law does a node lose what it holds? Loops and tanks behind one face, and how a law stands in the log."""

import math
from collections.abc import Iterable

import attrs

from stationsim.physics.gas import GASES, Gas
from stationsim.physics.hole import Hole
from stationsim.physics.loop import LoopDrain
from stationsim.physics.tank import GasTank
from stationsim.scenario.model import Loop, Tank

Drain = LoopDrain | GasTank
"""What both have: `pressure_kpa_at`, `flow_kg_per_s_at`, `time_to_pressure_s`, `after`."""

LOOP, TANK = "loop", "tank"
"""Names of the laws in table `physics`."""

_EMPTY_SHARE = 0.01
"""A tank of gas never quite empties: without `empty_below` this share of its pressure counts as nothing left."""


def full(record: Loop | Tank) -> Drain:
    """Return what a node holds when nothing leaks."""
    if isinstance(record, Loop):
        return LoopDrain(
            liquid_m3=record.liquid_m3,
            gas_m3=record.gas_m3,
            gas_kpa=record.pressure_kpa,
            density_kg_per_m3=record.density_kg_m3,
            hole_area_m2=0.0,
            discharge_coefficient=record.discharge,
        )
    return GasTank(
        volume_m3=record.volume_m3,
        pressure_kpa=record.pressure_kpa,
        temperature_degc=record.temperature_c,
        gas=GASES[record.gas],
    )


def holed(drain: Drain, holes: Iterable[Hole], discharge: float) -> Drain:
    """Return a drain with these holes and no others."""
    open_ = tuple(holes)
    hole = Hole(
        area_m2=math.fsum(hole.area_m2 for hole in open_),
        discharge_coefficient=discharge,
        growth_m2_per_s=math.fsum(hole.growth_m2_per_s for hole in open_),
    )
    if isinstance(drain, LoopDrain):
        return attrs.evolve(drain, hole_area_m2=hole.area_m2, growth_m2_per_s=hole.growth_m2_per_s)
    return attrs.evolve(drain, leaks=(hole,))


def emptied(drain: Drain) -> Drain:
    """Return a drain that has given all it gives: a loop without liquid, a tank with its last gas, both tight."""
    if isinstance(drain, LoopDrain):
        return attrs.evolve(drain, liquid_m3=0.0, hole_area_m2=0.0, growth_m2_per_s=0.0)
    return attrs.evolve(drain, leaks=())


def left_kg(drain: Drain) -> float:
    """Return the mass that can still be lost [kg]."""
    return drain.liquid_m3 * drain.density_kg_per_m3 if isinstance(drain, LoopDrain) else drain.mass_kg


def flows(drain: Drain) -> bool:
    """Tell whether a drain loses something now."""
    return drain.flow_kg_per_s_at(0) > 0


def thresholds(drain: Drain, record: Loop | Tank) -> tuple[tuple[str, int | None], ...]:
    """Return the times until alarm, loss of function and the end of the release [s]; None for never."""
    if isinstance(drain, LoopDrain):
        empty_s = drain.time_to_empty_s()
    else:
        empty_s = drain.time_to_pressure_s(empty_below_kpa(record))
    return (
        ("alarm", drain.time_to_pressure_s(record.alarm_below_kpa)),
        ("works", drain.time_to_pressure_s(record.works_above_kpa)),
        ("empty", empty_s),
    )


def empty_below_kpa(record: Loop | Tank) -> float:
    """Return the pressure below which a tank of gas counts as empty [kPa]."""
    stated = record.empty_below_kpa if isinstance(record, Tank) else None
    return record.pressure_kpa * _EMPTY_SHARE if stated is None else stated


def law_of(drain: Drain) -> tuple[str, tuple[tuple[str, float, str], ...]]:
    """Return the name of a drain's law and its parameters, as they stand in table `physics`."""
    if isinstance(drain, LoopDrain):
        per_m2 = drain.discharge_coefficient * math.sqrt(2 * drain.gas_kpa * 1e3 / drain.density_kg_per_m3)
        per_m2 *= math.sqrt(drain.gas_m3)
        return LOOP, (
            ("gas0_m3", drain.gas_m3, "m3"),
            ("pressure0_kpa", drain.gas_kpa, "kPa"),
            ("density_kg_m3", drain.density_kg_per_m3, "kg/m3"),
            ("liquid_m3", drain.liquid_m3, "m3"),
            ("hole_area_m2", drain.hole_area_m2, "m2"),
            ("growth_m2_per_s", drain.growth_m2_per_s, "m2/s"),
            ("discharge", drain.discharge_coefficient, "1"),
            ("k", per_m2 * drain.hole_area_m2, "m4.5/s"),
            ("k_growth", per_m2 * drain.growth_m2_per_s, "m4.5/s2"),
        )
    (hole,) = drain.leaks
    return TANK, (
        ("volume_m3", drain.volume_m3, "m3"),
        ("pressure0_kpa", drain.pressure_kpa, "kPa"),
        ("temperature_degc", drain.temperature_degc, "degC"),
        ("gas_j_per_kg_k", drain.gas.gas_j_per_kg_k, "J/kg/K"),
        ("heat_ratio", drain.gas.heat_ratio, "1"),
        ("hole_area_m2", hole.area_m2, "m2"),
        ("growth_m2_per_s", hole.growth_m2_per_s, "m2/s"),
        ("discharge", hole.discharge_coefficient, "1"),
        ("rate_per_s", drain.law.decay_per_s, "1/s"),
        ("rate_growth_per_s2", drain.law.growth_per_s2, "1/s2"),
        ("kg_per_kpa", drain.volume_m3 * drain.gas.density_kg_per_m3(1.0, drain.temperature_degc), "kg/kPa"),
    )


def drain_of(law: dict[str, float]) -> Drain | None:
    """Read a drain from the parameters of its law; None if they are those of a hole in a wall."""
    growth_m2_per_s = law.get("growth_m2_per_s", 0.0)
    if "gas0_m3" in law:
        return LoopDrain(
            liquid_m3=law["liquid_m3"],
            gas_m3=law["gas0_m3"],
            gas_kpa=law["pressure0_kpa"],
            density_kg_per_m3=law["density_kg_m3"],
            hole_area_m2=law["hole_area_m2"],
            discharge_coefficient=law["discharge"],
            growth_m2_per_s=growth_m2_per_s,
        )
    if "gas_j_per_kg_k" not in law:
        return None
    hole = Hole(area_m2=law["hole_area_m2"], discharge_coefficient=law["discharge"], growth_m2_per_s=growth_m2_per_s)
    return GasTank(
        volume_m3=law["volume_m3"],
        pressure_kpa=law["pressure0_kpa"],
        temperature_degc=law["temperature_degc"],
        gas=Gas(gas_j_per_kg_k=law["gas_j_per_kg_k"], heat_ratio=law["heat_ratio"]),
        leaks=(hole,),
    )
