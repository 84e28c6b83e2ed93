"""Cabin air: against an ODE solver, against itself, and against what was published."""

import math

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from stationsim.physics import CabinAir, equalise, hole_area_from_leak_m2, hole_area_m2

MMHG_KPA = 0.133322387415
AIRS = st.builds(
    CabinAir,
    volume_m3=st.floats(5, 2000),
    pressure_kpa=st.floats(20, 110),
    temperature_degc=st.floats(-20, 50),
    hole_area_m2=st.floats(1e-8, 1e-2),
    discharge_coefficient=st.floats(0.3, 1),
)
STATION = CabinAir(
    volume_m3=1005.0,
    pressure_kpa=760 * MMHG_KPA,
    temperature_degc=21.85,
    hole_area_m2=0.0,
    discharge_coefficient=1.0,
)
PRK = attrs.evolve(STATION, volume_m3=7.0, pressure_kpa=730 * MMHG_KPA)


def with_hole(air, diameter_mm, discharge_coefficient=1.0):
    return attrs.evolve(air, hole_area_m2=hole_area_m2(diameter_mm * 1e-3), discharge_coefficient=discharge_coefficient)


def leaking(air, kg_per_day):
    """The same air with the hole that loses so much at one atmosphere."""
    area_m2 = hole_area_from_leak_m2(
        kg_per_day / 86400,
        101.325,
        temperature_degc=air.temperature_degc,
        discharge_coefficient=air.discharge_coefficient,
    )
    return attrs.evolve(air, hole_area_m2=area_m2)


def pressure_by_ode(air, areas_and_times):
    """Integrate the mass balance with the textbook's choked flow; return the pressure [kPa]."""
    gas = 287.05 * (air.temperature_degc + 273.15)
    pressure = air.pressure_kpa
    for area_m2, span_s in areas_and_times:

        def fall(_t, y, area_m2=area_m2):
            density = y[0] * 1e3 / gas
            flow = (
                air.discharge_coefficient * area_m2 * math.sqrt(1.4 * y[0] * 1e3 * density * (2 / 2.4) ** (2.4 / 0.4))
            )
            return [-flow * gas / air.volume_m3 / 1e3]

        solved = solve_ivp(fall, (0, span_s), [pressure], method="DOP853", rtol=1e-11, atol=1e-14)
        pressure = solved.y[0][-1]
    return pressure


@given(AIRS, st.floats(0.001, 5))
def test_pressure_agrees_with_an_ode_solver(air, time_constants):
    t_s = time_constants * air.time_constant_s
    assert air.pressure_kpa_at(t_s) == pytest.approx(pressure_by_ode(air, [(air.hole_area_m2, t_s)]), rel=1e-8)


@given(AIRS, st.lists(st.tuples(st.floats(0, 3), st.floats(0.001, 1)), min_size=1, max_size=4))
def test_a_chain_of_holes_agrees_with_an_ode_solver(air, changes):
    areas_and_times = [(air.hole_area_m2 * factor, share * air.time_constant_s) for factor, share in changes]
    now = air
    for area_m2, span_s in areas_and_times:
        now = now.after(0, hole_area_m2=area_m2).after(span_s)
    assert now.pressure_kpa == pytest.approx(pressure_by_ode(air, areas_and_times), rel=1e-8)


@given(AIRS, st.floats(0.05, 1))
def test_time_to_a_pressure_is_the_last_whole_second_before_it(air, share):
    limit_kpa = share * air.pressure_kpa
    t_s = air.time_to_pressure_s(limit_kpa)
    assert air.pressure_kpa_at(t_s) >= limit_kpa * (1 - 1e-9)
    assert air.pressure_kpa_at(t_s + 1) <= limit_kpa * (1 + 1e-9)


@given(st.lists(AIRS, min_size=1, max_size=5))
def test_opening_hatches_loses_no_air_and_no_heat(parts):
    joined = equalise(*parts)
    assert joined.mass_kg == pytest.approx(sum(part.mass_kg for part in parts))
    assert joined.pressure_kpa * joined.volume_m3 == pytest.approx(
        sum(part.pressure_kpa * part.volume_m3 for part in parts)
    )
    assert joined.hole_area_m2 == pytest.approx(sum(part.hole_area_m2 for part in parts))


@given(AIRS, AIRS)
def test_a_larger_volume_lasts_longer_and_a_tight_one_leaks_from_the_other(leaky, other):
    tight = attrs.evolve(
        other, hole_area_m2=0.0, pressure_kpa=leaky.pressure_kpa, temperature_degc=leaky.temperature_degc
    )
    joined = equalise(leaky, tight)
    assert joined.discharge_coefficient == pytest.approx(leaky.discharge_coefficient)
    assert joined.time_constant_s == pytest.approx(leaky.time_constant_s * joined.volume_m3 / leaky.volume_m3)


@pytest.mark.parametrize(
    ("diameter_mm", "kg_per_h", "mmhg_per_h", "reserve_h", "reserve_h_sharp"),
    [
        (1, 0.67, 0.43, 783, 1205),
        (2, 2.70, 1.70, 196, 301),
        (3, 6.07, 3.83, 87, 134),
        (6, 24.3, 15.3, 21.8, 33.5),
        (10, 67.4, 42.6, 7.8, 12.0),
        (25.4, 435, 275, 1.2, 1.9),
        (100, 6741, 4260, 0.08, 0.12),
    ],
)
def test_the_published_table_of_holes(diameter_mm, kg_per_h, mmhg_per_h, reserve_h, reserve_h_sharp):
    ideal, sharp = with_hole(STATION, diameter_mm), with_hole(STATION, diameter_mm, 0.65)
    evacuation_kpa = 490 * MMHG_KPA
    assert ideal.leak_kg_per_s_at(0) * 3600 == pytest.approx(kg_per_h, rel=0.01)
    assert ideal.pressure_kpa / ideal.time_constant_s * 3600 / MMHG_KPA == pytest.approx(mmhg_per_h, rel=0.01)
    assert ideal.time_to_pressure_s(evacuation_kpa) / 3600 == pytest.approx(reserve_h, rel=0.01, abs=0.06)
    assert sharp.time_to_pressure_s(evacuation_kpa) / 3600 == pytest.approx(reserve_h_sharp, rel=0.01, abs=0.06)


def test_a_one_inch_hole_is_unacceptable_in_about_an_hour():
    # NASA's Marshall center said so in 1999, when the station was still smaller.
    for volume_m3 in (916, 1005):
        air = attrs.evolve(with_hole(STATION, 25.4), volume_m3=volume_m3)
        assert 0.9 < air.time_to_pressure_s(490 * MMHG_KPA) / 3600 < 1.3


@pytest.mark.parametrize(("until_mmhg", "hours", "kg_per_day"), [(678, 11.5, 1.29), (620, 18, 1.8)])
def test_the_isolated_transfer_chamber_falls_as_published(until_mmhg, hours, kg_per_day):
    air = leaking(PRK, kg_per_day)
    assert air.time_to_pressure_s(until_mmhg * MMHG_KPA) / 3600 == pytest.approx(hours, rel=0.02)
    assert air.pressure_kpa_at(hours * 3600) / MMHG_KPA == pytest.approx(until_mmhg, abs=2)


def test_the_worst_seep_of_2024_is_a_matter_of_logistics():
    air = leaking(STATION, 3.7 * 0.45359237)
    assert (air.pressure_kpa - air.pressure_kpa_at(86400)) / MMHG_KPA == pytest.approx(1.06, abs=0.01)
    assert air.time_to_pressure_s(490 * MMHG_KPA) > 200 * 86400


def test_a_cubic_metre_of_station_air_weighs_what_it_should():
    assert STATION.mass_kg == pytest.approx(1203, abs=1)


def test_closing_a_hatch_leaves_both_sides_at_the_pressure_of_that_moment():
    air = with_hole(STATION, 10)
    isolated = attrs.evolve(air.after(3600), volume_m3=7.0)
    safe = attrs.evolve(air.after(3600, hole_area_m2=0.0), volume_m3=998.0)
    assert isolated.pressure_kpa == safe.pressure_kpa == air.pressure_kpa_at(3600)
    assert isolated.time_constant_s == pytest.approx(air.time_constant_s * 7 / 1005)
    assert safe.time_to_pressure_s(490 * MMHG_KPA) is None


def test_a_tight_cabin_keeps_its_pressure():
    assert STATION.time_constant_s == math.inf
    assert STATION.pressure_kpa_at(1e9) == STATION.pressure_kpa
    assert STATION.leak_kg_per_s_at(1e9) == 0
    assert STATION.time_to_pressure_s(200) == 0
    assert equalise(STATION, PRK).discharge_coefficient == STATION.discharge_coefficient


def test_a_small_volume_with_a_large_hole_ends_in_vacuum():
    gone = with_hole(PRK, 100).after(86_400)
    assert (gone.pressure_kpa, gone.mass_kg, gone.leak_kg_per_s_at(0)) == (0, 0, 0)
    assert gone.time_to_pressure_s(65) == 0
    assert equalise(gone, gone).pressure_kpa == 0
    refilled = equalise(gone, STATION)
    assert refilled.pressure_kpa == pytest.approx(STATION.pressure_kpa * 1005 / 1012)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("volume_m3", 0, "volume_m3 is 0. It must be finite and above 0."),
        ("temperature_degc", -300, "temperature_degc is -300. It must be finite and above -273.15."),
    ],
)
def test_impossible_air_is_refused(field, value, message):
    with pytest.raises(ValueError) as refusal:
        attrs.evolve(STATION, **{field: value})
    assert str(refusal.value) == message


def test_an_impossible_question_is_refused():
    for ask, message in (
        (lambda: STATION.pressure_kpa_at(-1), "-1 s is not a time from now. The formulas hold from 0 s on."),
        (
            lambda: STATION.time_to_pressure_s(0),
            "0 kPa is not a limit the cabin can fall to. A limit is above 0.",
        ),
        (
            lambda: hole_area_from_leak_m2(1, 0, temperature_degc=20, discharge_coefficient=1),
            "0 kPa drives no leak. The pressure is above 0.",
        ),
        (equalise, "Nothing to equalise: give at least one volume."),
        (lambda: leaking(STATION, -86400), "-1.0 kg/s is not a leak. It is 0 or more."),
    ):
        with pytest.raises(ValueError) as refusal:
            ask()
        assert str(refusal.value) == message
