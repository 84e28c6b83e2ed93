"""Reserve time: exact, and as the crew works it out."""

import math

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationsim.physics import (
    MMHG_KPA,
    Air,
    Hole,
    hole_area_m2,
    reserve_time_by_table_s,
    reserve_time_s,
    seconds_per_mmhg,
)
from stationsim.units import parse_quantity

LIMIT_KPA = 490 * MMHG_KPA
BODIES = st.builds(
    Air,
    volume_m3=st.floats(5, 2000),
    pressure_kpa=st.floats(520 * MMHG_KPA, 785 * MMHG_KPA),
    temperature_degc=st.floats(-20, 50),
    leaks=st.tuples(
        st.builds(Hole, area_m2=st.floats(0.0005, 0.05).map(hole_area_m2), discharge_coefficient=st.floats(0.3, 1))
    ),
)


def timed(body):
    """Time one millimetre; return that time [s] and the body at its end."""
    t1mm_s = seconds_per_mmhg(body)
    return t1mm_s, body.after(t1mm_s)


def test_a_millimetre_of_mercury_is_the_one_of_the_units():
    assert parse_quantity("1 mmHg", "kPa") == pytest.approx(MMHG_KPA, rel=1e-15)


@given(BODIES)
def test_after_the_timed_seconds_one_millimetre_is_gone(body):
    _, now = timed(body)
    assert body.pressure_kpa - now.pressure_kpa == pytest.approx(MMHG_KPA, rel=1e-10)


@given(BODIES)
def test_the_table_is_short_by_half_a_millimetre_in_the_pressure_and_never_long(body):
    t1mm_s, now = timed(body)
    by_table_s, exact_s = reserve_time_by_table_s(now.pressure_kpa, t1mm_s, LIMIT_KPA), reserve_time_s(now, LIMIT_KPA)
    error = 1 / (2 * now.pressure_kpa / MMHG_KPA)
    assert by_table_s <= exact_s
    assert by_table_s >= exact_s * (1 - error) - 1


@given(BODIES)
def test_with_the_pressure_from_before_the_timing_the_table_is_as_much_too_long(body):
    t1mm_s = seconds_per_mmhg(body)
    exact_s = reserve_time_s(body, LIMIT_KPA)
    error = 1 / (2 * body.pressure_kpa / MMHG_KPA)
    by_table_s = reserve_time_by_table_s(body.pressure_kpa, t1mm_s, LIMIT_KPA)
    assert exact_s - 1 <= by_table_s <= (exact_s + 1) * (1 + 1.01 * error) + 1


@given(BODIES, st.floats(0.01, 0.6))
def test_with_make_up_the_table_errs_on_the_cautious_side(body, share):
    fed = attrs.evolve(body, makeup_kg_per_s=share * body.leak_kg_per_s)
    t1mm_s, now = timed(fed)
    exact_s = reserve_time_s(now, LIMIT_KPA)
    assert exact_s is None or reserve_time_by_table_s(now.pressure_kpa, t1mm_s, LIMIT_KPA) <= exact_s


def test_while_a_hole_grows_the_table_is_too_long():
    crack = Hole(area_m2=1e-6, discharge_coefficient=1.0, growth_m2_per_s=1e-9)
    body = Air(volume_m3=1005.0, pressure_kpa=101.325, temperature_degc=21.85, leaks=(crack,))
    t1mm_s, now = timed(body)
    assert reserve_time_by_table_s(now.pressure_kpa, t1mm_s, LIMIT_KPA) > reserve_time_s(now, LIMIT_KPA)


@pytest.mark.parametrize("pressure_kpa", [101.325, MMHG_KPA, 0.05])
def test_what_never_falls_by_a_millimetre_has_no_seconds_for_it(pressure_kpa):
    body = Air(volume_m3=10.0, pressure_kpa=pressure_kpa, temperature_degc=21.85)
    assert seconds_per_mmhg(body) is None
    pinhole = Hole(area_m2=1e-6, discharge_coefficient=1.0)
    leaking = seconds_per_mmhg(attrs.evolve(body, leaks=(pinhole,)))
    assert (leaking is None) == (pressure_kpa <= MMHG_KPA)


def test_at_the_limit_no_time_is_left():
    assert reserve_time_by_table_s(LIMIT_KPA, 10.0, LIMIT_KPA) == 0
    assert reserve_time_s(Air(volume_m3=1.0, pressure_kpa=LIMIT_KPA, temperature_degc=20.0), LIMIT_KPA) == 0


def test_an_impossible_reading_is_refused():
    for ask, message in (
        (lambda: reserve_time_by_table_s(0, 10, 65), "0 kPa is not a pressure in a table. It is finite and above 0."),
        (lambda: reserve_time_by_table_s(100, 0, 65), "0 s per mmHg is not a fall. It is finite and above 0."),
        (lambda: reserve_time_by_table_s(100, 10, math.nan), "nan kPa is not a limit. A limit is finite and above 0."),
    ):
        with pytest.raises(ValueError) as refusal:
            ask()
        assert str(refusal.value) == message
