"""How warm are the cabins of docked ships? Their heat balance is solved again when a loop or a hose comes or goes."""

import math

from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.physics.thermal import CabinHeat
from stationsim.scenario.model import Cabin
from stationsim.station.status import cools_in_truth, docked_cabin


def rewarm(world: World, rows: dict[str, int]) -> None:
    """Solve again the cabins whose loop came or went."""
    for ship, heat in tuple(world.state.heat.items()):
        cabin = world.station.type_of(ship).cabin
        assert cabin is not None
        has_loop = cools_in_truth(world.state, ship, cabin)
        if has_loop != heat.has_loop:
            cause = rows.get(f"{ship}/{cabin.loop}")
            text = "the loop cools" if has_loop else "the loop cools no longer"
            warm(world, ship, has_hose=heat.has_hose, cause=cause, text=text)


def warm(world: World, ship: str, *, has_hose: bool, cause: int | None, text: str) -> None:
    """Log the heat balance of a docked ship's cabin from now on."""
    cabin = world.station.type_of(ship).cabin
    assert cabin is not None
    known = world.state.heat.get(ship)
    now_c = None if known is None else known.cabin.temperature_degc_at(world.state.now_s - known.since_s)
    has_loop = cools_in_truth(world.state, ship, cabin)
    heat = docked_cabin(cabin, now_c, has_loop=has_loop, has_hose=has_hose)
    rows = [(ship, "cabin", name, value, unit) for name, value, unit in _law(cabin, heat, has_loop, has_hose)]
    world.record(
        Kind.HEATED,
        ship,
        view=TRUTH,
        cause=cause,
        value=heat.temperature_degc,
        unit="degC",
        text=text,
        tables={"physics": rows},
    )


def _law(cabin: Cabin, heat: CabinHeat, has_loop: bool, has_hose: bool) -> tuple[tuple[str, float, str], ...]:  # noqa: FBT001
    sinks_w_per_k = sum(sink.conductance_w_per_k for sink in heat.sinks)
    rate = sinks_w_per_k / heat.heat_capacity_j_per_k
    final_c = heat.final_degc
    return (
        ("t0_c", heat.temperature_degc, "degC"),
        ("target_c", final_c if math.isfinite(final_c) else heat.temperature_degc, "degC"),
        ("rate_per_s", rate, "1/s"),
        ("slope_k_per_s", heat.rate_k_per_s if rate == 0 else 0.0, "K/s"),
        ("capacity_j_per_k", heat.heat_capacity_j_per_k, "J/K"),
        ("people", float(heat.people), "1"),
        ("person_w", heat.person_w, "W"),
        ("equipment_w", heat.equipment_w, "W"),
        ("loop_w_per_k", cabin.loop_w_per_k if has_loop else 0.0, "W/K"),
        ("loop_c", cabin.loop_c, "degC"),
        ("hull_w_per_k", cabin.hull_w_per_k, "W/K"),
        ("hull_c", cabin.hull_c, "degC"),
        ("hose_w_per_k", cabin.hose_w_per_k if has_hose else 0.0, "W/K"),
        ("hose_c", cabin.station_c, "degC"),
    )
