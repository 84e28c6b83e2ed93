"""Holes and the gas that passes them."""

import math

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationsim.physics import AIR, HELIUM, NITROGEN, Air, Gas, Hole, hole_area_from_leak_m2, hole_area_m2

HOLE = Hole(area_m2=1e-6, discharge_coefficient=0.65)


def test_choked_flow_has_the_textbook_factors():
    # NASA Glenn, mass flow choking: √γ·(2/(γ+1))^((γ+1)/(2(γ−1))) is 0.6847 at γ = 1.4 and 0.7262 at 5/3.
    for gas, factor in ((AIR, 0.6847), (NITROGEN, 0.6847), (HELIUM, 0.7262)):
        speed = gas.outflow_m_per_s(20.0) / math.sqrt(gas.gas_j_per_kg_k * 293.15)
        assert speed == pytest.approx(factor, abs=5e-5)


@given(st.floats(0, 1e-2), st.floats(1, 110), st.floats(-20, 50), st.floats(0.3, 1))
def test_the_hole_of_a_leak_leaks_that_much(leak_kg_per_s, pressure_kpa, temperature_degc, coefficient):
    area_m2 = hole_area_from_leak_m2(
        leak_kg_per_s, pressure_kpa, temperature_degc=temperature_degc, discharge_coefficient=coefficient
    )
    body = Air(
        volume_m3=100.0,
        pressure_kpa=pressure_kpa,
        temperature_degc=temperature_degc,
        leaks=(Hole(area_m2=area_m2, discharge_coefficient=coefficient),),
    )
    assert body.leak_kg_per_s == pytest.approx(leak_kg_per_s, rel=1e-12, abs=1e-300)


def test_a_hole_grows_in_proportion_to_time():
    crack = attrs.evolve(HOLE, growth_m2_per_s=1e-12)
    assert crack.after(1e6).area_m2 == pytest.approx(2e-6)
    assert crack.after(1e6).passing_m2 == pytest.approx(1.3e-6)
    assert crack.passing_growth_m2_per_s == pytest.approx(0.65e-12)
    assert HOLE.after(1e6) == HOLE


def test_what_cannot_be_is_refused():
    for ask, message in (
        (lambda: Hole(area_m2=-1, discharge_coefficient=1), "area_m2 is -1. It must be finite and at least 0."),
        (
            lambda: Hole(area_m2=1, discharge_coefficient=0),
            "discharge_coefficient is 0. It must be above 0 and at most 1.",
        ),
        (
            lambda: attrs.evolve(HOLE, growth_m2_per_s=-1),
            "growth_m2_per_s is -1. It must be finite and at least 0.",
        ),
        (lambda: HOLE.after(-1), "-1 s is not a time from now. The formulas hold from 0 s on."),
        (lambda: hole_area_m2(math.nan), "nan m is not the diameter of a hole. It is 0 (no hole) or more."),
        (
            lambda: hole_area_from_leak_m2(-1, 100, temperature_degc=20, discharge_coefficient=1),
            "-1 kg/s is not a leak. It is 0 or more.",
        ),
        (
            lambda: hole_area_from_leak_m2(1, 0, temperature_degc=20, discharge_coefficient=1),
            "0 kPa drives no leak. The pressure is finite and above 0.",
        ),
        (
            lambda: hole_area_from_leak_m2(1, 100, temperature_degc=-300, discharge_coefficient=1),
            "temperature_degc is -300. It must be finite and above -273.15.",
        ),
        (lambda: Gas(gas_j_per_kg_k=0, heat_ratio=1.4), "gas_j_per_kg_k is 0. It must be finite and above 0."),
        (lambda: Gas(gas_j_per_kg_k=287, heat_ratio=1), "heat_ratio is 1. It must be finite and above 1."),
    ):
        with pytest.raises(ValueError) as refusal:
            ask()
        assert str(refusal.value) == message
