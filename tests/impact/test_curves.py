"""Curves: the laws that were logged, sampled."""

import math

import pytest
from impact.logs import Story, pair

from stationsim.errors import LogError
from stationsim.impact.curves import curves, laws, lost_kg
from stationsim.impact.reading import Reading
from stationsim.log.kinds import Kind
from stationsim.physics import LoopDrain

LOOP = {"gas0_m3": 0.005, "pressure0_kpa": 304.0, "density_kg_m3": 690.0, "k": 6.541e-7, "liquid_m3": 0.044}
HORIZON = 30 * 86400


def told_with(kind=Kind.LEAKED, model="loop", **law):
    told = Story()
    told.law(told.at(100).tell(kind, "loop"), "loop", model, **law)
    return told


def sampled(told, quantity, horizon_s=HORIZON):
    run = Reading.of(pair(Story(), told, horizon_s=horizon_s)).disrupted
    rows = [row for row in curves(run, horizon_s) if row[2] == quantity]
    assert [row[4] for row in rows] == sorted(row[4] for row in rows)
    assert {row[6] for row in rows} <= {law.seq for law in laws(run.log, horizon_s)}
    return {row[4]: row[5] for row in rows}, {row[:4] for row in rows}


def test_a_loop_that_nobody_notices_to_be_empty_is_empty_at_its_time():
    coolant, heads = sampled(told_with(**LOOP), "coolant")
    pressure, _ = sampled(told_with(**LOOP), "pressure")
    empty_s = 100 + math.ceil((0.049**1.5 - 0.005**1.5) / (1.5 * 6.541e-7))
    assert heads == {("disrupted", "loop", "coolant", "kg")}
    assert coolant[100] == pytest.approx(30.36)
    assert coolant[empty_s] == coolant[HORIZON] == 0.0
    assert pressure[100] == 304.0
    assert pressure[empty_s] == pressure[HORIZON] == 0.0
    values = list(coolant.values())
    assert values == sorted(values, reverse=True)
    # halfway in time, by the closed form
    t_s = min(pressure, key=lambda t_s: abs(t_s - 5000))
    volume = (0.005**1.5 + 1.5 * 6.541e-7 * (t_s - 100)) ** (2 / 3)
    assert pressure[t_s] == pytest.approx(304.0 * 0.005 / volume, rel=1e-12)
    assert coolant[t_s] == pytest.approx((0.049 - volume) * 690.0, rel=1e-12)


def test_a_growing_hole_empties_the_loop_as_physics_has_it():
    drain = LoopDrain(
        liquid_m3=0.044, gas_m3=0.005, gas_kpa=304.0, density_kg_per_m3=690.0, hole_area_m2=5e-7,
        discharge_coefficient=0.6, growth_m2_per_s=1e-11,
    )  # fmt: skip
    k, growth = drain.flow_m3_per_s_at(0) * math.sqrt(0.005), 1e-11 / 5e-7
    told = told_with(**LOOP | {"k": k, "k_growth": k * growth})
    coolant, _ = sampled(told, "coolant")
    for t_s, left_kg in coolant.items():
        assert left_kg == pytest.approx(drain.liquid_m3_at(t_s - 100) * 690.0, abs=1e-9)
    assert min(t_s for t_s, left_kg in coolant.items() if left_kg == 0) == 100 + drain.time_to_empty_s() + 1


def test_a_tank_blows_down_until_it_counts_as_empty_and_keeps_the_rest():
    law = {"pressure0_kpa": 20e3, "kg_per_kpa": 1e-4, "rate_per_s": 1e-5, "rate_growth_per_s2": 1e-10}
    told = told_with(model="tank", **law)
    told.at(90_100).tell(Kind.EMPTIED, "loop", value=1.0)
    pressure, _ = sampled(told, "pressure")
    assert pressure[100] == 20e3
    assert pressure[90_100] == pressure[HORIZON] == pytest.approx(20e3 * math.exp(-0.9 - 0.405))
    mass, heads = sampled(told, "coolant")
    assert mass[HORIZON] == pytest.approx(2.0 * math.exp(-1.305))
    assert heads == {("disrupted", "loop", "coolant", "kg")}
    first, last = laws(told.log, HORIZON)
    assert lost_kg(first) == pytest.approx(2.0 * (1 - math.exp(-1.305)))
    assert lost_kg(last) == 0


def test_a_loop_told_to_be_empty_stays_so_without_a_law_of_its_own():
    told = told_with(**LOOP)
    told.at(5000).tell(Kind.EMPTIED, "loop", value=30.0)
    coolant, _ = sampled(told, "coolant")
    assert coolant[5000] == coolant[HORIZON] == 0.0
    assert len([law for law in laws(told.log, HORIZON) if law.start_s == 5000]) == 1


def test_a_tight_loop_keeps_its_pressure():
    pressure, _ = sampled(told_with(**LOOP | {"k": 0.0}), "pressure")
    assert set(pressure.values()) == {304.0}


def test_a_cabin_approaches_its_target_or_warms_in_a_line():
    near, heads = sampled(told_with(Kind.HEATED, "cabin", t0_c=22.0, target_c=32.0, rate_per_s=1e-4), "temperature")
    line, _ = sampled(
        told_with(Kind.HEATED, "cabin", t0_c=22.0, rate_per_s=0.0, slope_k_per_s=1e-4), "temperature", 10100
    )
    assert heads == {("disrupted", "loop", "temperature", "degC")}
    assert near[100] == 22.0
    assert near[HORIZON] == pytest.approx(32.0)
    t_s = min(near, key=lambda t_s: abs(t_s - 10100))
    assert near[t_s] == pytest.approx(32.0 - 10.0 * math.exp(-1e-4 * (t_s - 100)))
    assert line[10100] == pytest.approx(23.0)


def test_a_law_holds_until_the_next_of_its_subject_and_model():
    told = told_with(Kind.HEATED, "cabin", t0_c=22.0, target_c=32.0, rate_per_s=1e-4)
    told.law(told.at(5100).tell(Kind.HEATED, "loop"), "loop", "cabin", t0_c=26.0, target_c=20.0, rate_per_s=1e-4)
    told.law(told.tell(Kind.HEATED, "loop"), "loop", "cabin", t0_c=27.0, target_c=20.0, rate_per_s=1e-4)
    found = laws(told.log, HORIZON)
    assert [(law.start_s, law.until_s) for law in found] == [(100, 5100), (5100, HORIZON)]
    assert found[1].parameters["t0_c"] == 27.0


def test_a_model_without_a_picture_draws_nothing():
    told = told_with(Kind.LEAKED, "magic", k=1.0)
    run = Reading.of(pair(Story(), told)).disrupted
    assert list(curves(run, HORIZON)) == []


def test_a_missing_parameter_is_named():
    text = r"^Row 0: its law 'cabin' lacks 'target_c'. It has: t0_c, rate_per_s.$"
    with pytest.raises(LogError, match=text):
        sampled(told_with(Kind.HEATED, "cabin", t0_c=22.0, rate_per_s=1e-4), "temperature")


def test_a_loop_that_was_never_described_may_be_empty():
    told = Story()
    told.tell(Kind.EMPTIED, "loop", value=1.0)
    assert laws(told.log, HORIZON) == []
