"""What leaves loops and tanks: growing holes, several holes, patches, tanks that never quite empty."""

import attrs
import pytest
from kernel.runs import Steps, Told, calm, compared, shipped, stepped
from kernel.test_laws import folds, goes_on, has_causes, is_in_order
from worlds import DAY, HERE, HOUR, LOOP, book, tiny

from stationsim.log.kinds import Kind
from stationsim.physics import GASES, NITROGEN
from stationsim.scenario.model import Fluid, Incident, Loop, Mode, Scenario, Tank, Thing
from stationsim.scenario.model.station import Tank as Record
from stationsim.scenario.schema import keys_of
from stationsim.station.drains import Drain

TANK = Tank(
    volume_m3=0.03,
    pressure_kpa=20_000.0,
    temperature_c=20.0,
    gas="nitrogen",
    discharge=0.65,
    works_above_kpa=2_000.0,
    alarm_below_kpa=19_000.0,
    alarm_latency_s=60,
    fluid="nitrogen",
    fluid_known=True,
)
FLUIDS = (
    Fluid(id="glycol", name="glycol", hazard="inert", clears_s=DAY, source=HERE),
    Fluid(id="nitrogen", name="nitrogen", hazard="inert", clears_s=0, counts_as="pressurant", source=HERE),
)
MODES = (
    Mode(id="drip", text="liquid escapes", how="leak", source=HERE),
    Mode(id="hiss", text="gas escapes", how="leak", releases="tank", source=HERE),
)
THINGS = (
    Thing(id="bottle", type="bottle", tank=TANK, wets=("bow",), centre="south"),
    Thing(id="coil", type="coil", loop=LOOP, wets=("stern", "bow")),
)


def leaking(*incidents: Incident) -> Scenario:
    return tiny(
        fluids=FLUIDS, modes=MODES, things=THINGS, rules=book(), activities=(), incidents=incidents, horizon_s=20 * DAY
    )


def leak(id_: str, node: str = "coil", mode: str = "drip", hole_m: float = 0.0003, **more) -> Incident:
    return Incident(id=id_, leak=mode, node=node, hole_m=hole_m, **{"at_s": DAY, **more})


def lawful(*incidents: Incident) -> Told:
    """Run it, and run it anew from every step."""
    scenario = leaking(*incidents)
    steps = stepped(scenario)
    folds(steps)
    goes_on(steps, list(range(len(steps.states))))
    is_in_order(steps.world.log)
    has_causes(steps.world.log)
    return compared(steps, calm(attrs.evolve(scenario, incidents=())))


def drain_at_the_end(run: Told, node: str) -> Drain:
    return stepped(run.scenario).world.state.releases[node].drain


def emptied_s(run: Told, node: str) -> int:
    return run.row(Kind.EMPTIED, node).t_s


FULL_KG = LOOP.liquid_m3 * LOOP.density_kg_m3


def test_a_growing_hole_empties_a_loop_sooner_and_takes_no_more():
    same, growing = (lawful(leak("a", growth_m2_per_s=growth)) for growth in (None, 1e-11))
    assert emptied_s(growing, "coil") < emptied_s(same, "coil")
    for run in (same, growing):
        assert run.row(Kind.EMPTIED, "coil").value == pytest.approx(FULL_KG, rel=1e-12)
        assert run.costs["coolant_lost"] == pytest.approx(FULL_KG, rel=1e-12)
    assert drain_at_the_end(growing, "coil").liquid_m3 == 0


def test_a_leak_that_ends_has_lost_what_is_no_longer_there():
    run = lawful(leak("a", lasts_s=2 * HOUR, growth_m2_per_s=1e-12))
    drain = drain_at_the_end(run, "coil")
    assert run.rows(Kind.EMPTIED) == []
    assert drain.flow_kg_per_s_at(0) == 0
    left_kg = drain.liquid_m3 * LOOP.density_kg_m3
    assert 0 < left_kg < FULL_KG
    assert run.costs["coolant_lost"] + left_kg == pytest.approx(FULL_KG, rel=1e-9)


def test_a_patch_of_one_hole_leaves_the_other_one_open():
    one = leak("a", lasts_s=HOUR, growth_m2_per_s=1e-11)
    other = leak("b", at_s=DAY + HOUR // 2, hole_m=0.0001)
    run = lawful(one, other)
    areas = [
        {name: value for _, _, _, name, value, _ in run.log.attached("physics", row.seq)}
        for row in run.rows(Kind.LEAKED)
    ]
    assert [row.object for row in run.rows(Kind.LEAKED)] == ["a", "b", "a"]
    assert areas[1]["hole_area_m2"] == pytest.approx(areas[0]["hole_area_m2"] + 1e-11 * HOUR / 2 + 7.853981634e-9)
    assert areas[2]["hole_area_m2"] == pytest.approx(7.853981634e-9)
    assert areas[2]["growth_m2_per_s"] == 0
    assert run.row(Kind.EMPTIED, "coil").object == "b"


def test_a_patched_loop_may_leak_again():
    run = lawful(leak("a", lasts_s=HOUR), leak("b", at_s=3 * DAY))
    first, last = run.rows(Kind.LEAKED)[0], run.rows(Kind.LEAKED)[-1]
    assert (first.object, last.object) == ("a", "b")
    assert 0 < last.value < first.value
    assert run.row(Kind.EMPTIED, "coil").value == pytest.approx(FULL_KG, rel=1e-9)
    assert run.row(Kind.EMPTIED, "coil").object == "b"


def test_an_empty_loop_that_is_struck_again_loses_nothing_more():
    run = lawful(leak("a", hole_m=0.01), leak("b", at_s=3 * DAY))
    assert [row.object for row in run.rows(Kind.LEAKED)] == ["a"]
    assert [row.object for row in run.rows(Kind.ALARMED)] == ["a", "b"]
    assert run.costs["coolant_lost"] == pytest.approx(FULL_KG, rel=1e-12)


def test_a_fault_that_ends_does_not_refill_the_loop():
    fault = Incident(id="fault", change="failed", node="coil", at_s=4 * DAY, lasts_s=DAY)
    state = stepped(leaking(leak("a", hole_m=0.01, lasts_s=2 * DAY), fault)).world.state
    assert state.health("truth", "coil") == 3


def test_a_tank_alarms_stops_serving_and_counts_as_empty():
    run = lawful(leak("a", "bottle", "hiss", growth_m2_per_s=1e-13))
    names = [row.text for row in run.rows(Kind.CROSSED, "bottle")]
    assert names == ["alarm", "works"]
    mass_kg = TANK.volume_m3 * NITROGEN.density_kg_per_m3(TANK.pressure_kpa, TANK.temperature_c)
    emptied = run.row(Kind.EMPTIED, "bottle")
    assert emptied.value == pytest.approx(0.99 * mass_kg, rel=1e-3)
    assert run.costs["pressurant_lost"] == emptied.value
    assert "coolant_lost" not in run.costs
    (began,) = run.rows(Kind.LEAKED)
    assert (began.unit, began.text) == ("kg/s", "pressurant")
    drain = drain_at_the_end(run, "bottle")
    assert drain.mass_kg == pytest.approx(mass_kg - emptied.value, rel=1e-9)
    assert drain.flow_kg_per_s_at(0) == 0
    curve = run.impact.curves[(run.impact.curves.subject == "bottle") & (run.impact.curves.quantity == "pressurant")]
    assert curve.value.iloc[0] == pytest.approx(mass_kg)
    assert curve.value.iloc[-1] == pytest.approx(mass_kg - emptied.value, rel=1e-6)


def test_a_tank_counts_as_empty_where_its_file_says():
    late = attrs.evolve(TANK, empty_below_kpa=1_000.0)
    scenario = attrs.evolve(leaking(leak("a", "bottle", "hiss")), things=(attrs.evolve(THINGS[0], tank=late),))
    steps: Steps = stepped(scenario)
    assert steps.world.state.releases["bottle"].drain.pressure_kpa == pytest.approx(1_000.0, rel=1e-2)


def test_a_release_from_a_thing_wets_its_own_zones_and_a_known_fluid_is_feared_as_what_it_is():
    run = lawful(leak("a", "bottle", "hiss"), leak("b"))
    wet = {(row.object, row.subject, row.text) for row in run.rows(Kind.WETTED)}
    assert wet == {("a", "bow", "inert"), ("b", "stern", "unidentified"), ("b", "bow", "unidentified")}


def test_a_file_may_name_every_gas_that_physics_knows_and_no_other():
    gas = next(key for key in keys_of(Record) if key.name == "gas")
    assert set(gas.allowed) == set(GASES)
    assert {key.name for key in keys_of(Loop)} & {"gas", "pressure", "fluid"}


def test_growing_holes_in_a_wall_are_solved_as_they_have_grown_whenever_a_hatch_moves():
    """The hunt shuts and opens hatches: each time the holes are as large as they are by then."""
    calm_ = shipped("soyuz-ms09-air")
    (hole,) = calm_.incidents
    scenario = attrs.evolve(calm_, incidents=(attrs.evolve(hole, growth_m2_per_s=1e-11),)).until("2018-09-02")
    steps = stepped(scenario)
    folds(steps)
    goes_on(steps, list(range(0, len(steps.states), 3)))
    run = compared(steps, calm(attrs.evolve(scenario, incidents=())))
    laws = [
        ({str(name): float(str(value)) for _, _, _, name, value, _ in run.log.attached("physics", row.seq)}, row.t_s)
        for row in run.rows(Kind.AIRED)
        if "soyuz-ms-09" in (row.text or "").split(",")
    ]
    held = [(law["rate_per_s"] * law["volume_m3"], t_s) for law, t_s in laws if law["rate_per_s"] > 0]
    assert len(held) > 2
    (first, then), *rest = held
    growth = laws[0][0]["rate_growth_per_s2"] * laws[0][0]["volume_m3"]
    assert growth > 0
    for passing, t_s in rest:
        assert passing == pytest.approx(first + growth * (t_s - then), rel=1e-9)
    holed = [body.air.law for state, _ in steps.states for body in state.bodies.values() if body.air.leaks]
    logged = {(law["rate_per_s"], law["rate_growth_per_s2"]) for law, _ in laws}
    assert {(law.decay_per_s, law.growth_per_s2) for law in holed} < logged
    quiet = compared(stepped(calm_), calm(attrs.evolve(calm_, incidents=())))
    assert run.costs["gas_lost"] > quiet.costs["gas_lost"]
