"""One body of air: against an ODE solver and against itself."""

import math

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from stationsim.physics import Air, Hole

HOLES = st.builds(Hole, area_m2=st.floats(1e-8, 1e-2), discharge_coefficient=st.floats(0.3, 1))
AIRS = st.builds(
    Air,
    volume_m3=st.floats(5, 2000),
    pressure_kpa=st.floats(20, 110),
    temperature_degc=st.floats(-20, 50),
    leaks=st.lists(HOLES, min_size=1, max_size=4),
)
SPANS = st.floats(0.001, 5)
STATION = Air(volume_m3=1005.0, pressure_kpa=101.325, temperature_degc=21.85)
INCH = Hole(area_m2=math.pi * 0.0254**2 / 4, discharge_coefficient=1.0)


@st.composite
def fed_airs(draw):
    """Air with make-up between nothing and three times what leaks now."""
    air = draw(AIRS)
    return attrs.evolve(air, makeup_kg_per_s=draw(st.floats(0, 3)) * air.leak_kg_per_s)


@st.composite
def growing_airs(draw):
    """Air whose holes grow, up to threefold in one time constant of now."""
    air = draw(AIRS)
    return attrs.evolve(
        air,
        leaks=tuple(
            attrs.evolve(hole, growth_m2_per_s=draw(st.floats(0, 3)) * hole.area_m2 / air.time_constant_s)
            for hole in air.leaks
        ),
    )


def by_ode(air, t_s):
    """Integrate the mass balance with the textbook's choked flow; return pressure [kPa] and mass lost [kg]."""
    gas = 287.05 * (air.temperature_degc + 273.15)

    def balance(t, y):
        pressure_pa = y[0] * 1e3
        flow = math.sqrt(1.4 * pressure_pa * (pressure_pa / gas) * (2 / 2.4) ** (2.4 / 0.4))
        lost = sum(hole.discharge_coefficient * (hole.area_m2 + hole.growth_m2_per_s * t) * flow for hole in air.leaks)
        return [(air.makeup_kg_per_s - lost) * gas / air.volume_m3 / 1e3, lost]

    solved = solve_ivp(balance, (0, t_s), [air.pressure_kpa, 0.0], method="DOP853", rtol=1e-11, atol=[1e-30, 1e-14])
    return solved.y[0][-1], solved.y[1][-1]


@given(st.one_of(AIRS, fed_airs(), growing_airs()), SPANS)
def test_pressure_and_loss_agree_with_an_ode_solver(air, time_constants):
    t_s = time_constants * air.time_constant_s
    pressure_kpa, lost_kg = by_ode(air, t_s)
    assert air.pressure_kpa_at(t_s) == pytest.approx(pressure_kpa, rel=1e-8)
    assert air.lost_kg_at(t_s) == pytest.approx(lost_kg, rel=1e-8)


@given(st.one_of(AIRS, fed_airs(), growing_airs()), SPANS)
def test_what_is_there_and_what_left_is_what_was_there_and_what_came(air, time_constants):
    t_s = time_constants * air.time_constant_s
    there_kg = air.mass_kg_at(t_s) + air.lost_kg_at(t_s)
    assert there_kg == pytest.approx(air.mass_kg + air.inflow_kg_at(t_s), rel=1e-12)
    assert air.after(t_s).mass_kg == pytest.approx(air.mass_kg_at(t_s), rel=1e-12)


@given(st.one_of(AIRS, fed_airs(), growing_airs()), SPANS, st.floats(0, 1))
def test_waiting_in_two_steps_is_waiting_in_one(air, time_constants, share):
    t_s = time_constants * air.time_constant_s
    halfway = air.after(share * t_s)
    assert halfway.pressure_kpa_at(t_s - share * t_s) == pytest.approx(air.pressure_kpa_at(t_s), rel=1e-11)


@given(st.one_of(AIRS, fed_airs(), growing_airs()), st.floats(0.05, 1))
def test_time_to_fall_is_the_last_whole_second_before_the_limit(air, share):
    limit_kpa = share * air.pressure_kpa
    t_s = air.time_to_fall_s(limit_kpa)
    if t_s is None:
        assert air.pressure_kpa_at(1e3 * air.time_constant_s) >= limit_kpa * (1 - 1e-9)
    else:
        assert air.pressure_kpa_at(t_s) >= limit_kpa * (1 - 1e-9)
        # What stands at the limit has reached it, and may be fed so well that it rises again.
        assert limit_kpa == air.pressure_kpa or air.pressure_kpa_at(t_s + 1) <= limit_kpa * (1 + 1e-9)


@given(fed_airs(), st.floats(1, 3))
def test_time_to_rise_is_the_first_whole_second_at_the_limit(air, factor):
    limit_kpa = factor * air.pressure_kpa
    t_s = air.time_to_rise_s(limit_kpa)
    if t_s is None:
        assert air.pressure_kpa_at(1e3 * air.time_constant_s) <= limit_kpa * (1 + 1e-9)
    else:
        assert air.pressure_kpa_at(t_s) >= limit_kpa * (1 - 1e-9)
        assert air.pressure_kpa_at(max(t_s - 1, 0)) <= limit_kpa * (1 + 1e-9)


@given(st.one_of(fed_airs(), growing_airs()), st.floats(0, 1e-3))
def test_the_rate_is_the_slope_of_the_pressure(air, time_constants):
    now = air.after(time_constants * air.time_constant_s)
    step_s = 1e-6 * now.time_constant_s
    slope = (now.pressure_kpa_at(step_s) - now.pressure_kpa) / step_s
    assert now.rate_kpa_per_s == pytest.approx(slope, rel=1e-4, abs=1e-5 * now.pressure_kpa / now.time_constant_s)


@given(AIRS, AIRS)
def test_several_holes_add(air, other):
    both = attrs.evolve(air, leaks=(*air.leaks, *other.leaks))
    alone = attrs.evolve(air, leaks=other.leaks)
    assert both.leak_kg_per_s == pytest.approx(air.leak_kg_per_s + alone.leak_kg_per_s, rel=1e-12)
    assert both == attrs.evolve(air, leaks=(*other.leaks, *air.leaks))


@given(st.one_of(fed_airs(), growing_airs()), st.integers(0, 3), st.floats(0.05, 1))
def test_doubling_a_hole_never_lengthens_the_time_left(air, which, share):
    limit_kpa = share * air.pressure_kpa
    hole, *others = air.leaks[which % len(air.leaks) :] + air.leaks[: which % len(air.leaks)]
    doubled = attrs.evolve(air, leaks=(*others, attrs.evolve(hole, area_m2=2 * hole.area_m2)))
    before_s, after_s = air.time_to_fall_s(limit_kpa), doubled.time_to_fall_s(limit_kpa)
    assert before_s is None or after_s <= before_s


@given(AIRS, st.floats(1, 10), st.floats(0.05, 0.999))
def test_make_up_that_covers_the_leak_never_lets_the_limit_come(air, factor, share):
    fed = attrs.evolve(air, makeup_kg_per_s=factor * air.leak_kg_per_s)
    assert fed.time_to_fall_s(share * fed.pressure_kpa) is None


@given(AIRS, st.floats(0.5, 0.999), st.floats(0.05, 0.95))
def test_make_up_that_falls_short_only_lengthens_the_time_left(air, short, share):
    fed = attrs.evolve(air, makeup_kg_per_s=short * air.leak_kg_per_s)
    limit_kpa = share * air.pressure_kpa
    t_s = fed.time_to_fall_s(limit_kpa)
    assume(abs(share - short) > 1e-9)
    assert (t_s is None) == (share < short)
    assert t_s is None or t_s >= air.time_to_fall_s(limit_kpa)


@pytest.mark.parametrize("area_m2", [1e-30, 5e-324])
def test_a_hole_of_almost_nothing_is_the_limit_without_a_hole(area_m2):
    fed = attrs.evolve(STATION, makeup_kg_per_s=0.001)
    pricked = attrs.evolve(fed, leaks=(Hole(area_m2=area_m2, discharge_coefficient=1.0),))
    assert pricked.pressure_kpa_at(1e6) == pytest.approx(fed.pressure_kpa_at(1e6), rel=1e-15)
    assert pricked.time_to_rise_s(110) == fed.time_to_rise_s(110)
    assert pricked.time_to_fall_s(100) is None


def test_make_up_without_a_hole_is_a_straight_line():
    fed = attrs.evolve(STATION, pressure_kpa=90.0, makeup_kg_per_s=0.01)
    assert fed.mass_kg_at(1000) == pytest.approx(fed.mass_kg + 10, rel=1e-14)
    assert (fed.lost_kg_at(1000), fed.inflow_kg_at(1000), fed.leak_kg_per_s) == (0, 10, 0)
    assert fed.time_to_rise_s(101.325) == math.ceil((101.325 - 90) * fed.kg_per_kpa / 0.01)
    assert fed.rate_kpa_per_s == pytest.approx(0.01 / fed.kg_per_kpa)


def test_vacuum_fills_up_to_the_balance_of_make_up_and_leak():
    empty = Air(volume_m3=50.0, pressure_kpa=0.0, temperature_degc=20.0, leaks=(INCH,), makeup_kg_per_s=0.01)
    balance_kpa = 0.01 / (attrs.evolve(empty, pressure_kpa=1.0).leak_kg_per_s)
    assert empty.pressure_kpa_at(100 * empty.time_constant_s) == pytest.approx(balance_kpa, rel=1e-12)
    assert empty.time_to_rise_s(balance_kpa * 1.0001) is None
    assert empty.time_to_rise_s(balance_kpa / 2) == math.ceil(math.log(2) * empty.time_constant_s)
    assert empty.time_to_fall_s(1) == 0


def test_a_tight_body_keeps_its_air():
    assert STATION.time_constant_s == math.inf
    assert STATION.pressure_kpa_at(1e9) == STATION.pressure_kpa
    assert (STATION.lost_kg_at(1e9), STATION.leak_kg_per_s, STATION.rate_kpa_per_s) == (0, 0, 0)
    assert (STATION.time_to_fall_s(65), STATION.time_to_rise_s(110)) == (None, None)
    assert (STATION.time_to_fall_s(101.325), STATION.time_to_rise_s(101.325)) == (0, 0)


def test_a_small_body_with_a_large_hole_ends_in_vacuum():
    wide = Hole(area_m2=math.pi * 0.1**2 / 4, discharge_coefficient=1.0)
    gone = Air(volume_m3=7.0, pressure_kpa=97.0, temperature_degc=21.85, leaks=(wide,)).after(86_400)
    assert (gone.pressure_kpa, gone.mass_kg, gone.leak_kg_per_s) == (0, 0, 0)
    assert gone.time_to_fall_s(65) == 0


def test_a_hole_that_starts_from_nothing_grows_into_a_leak():
    crack = Hole(area_m2=0.0, discharge_coefficient=0.65, growth_m2_per_s=1e-14)
    body = attrs.evolve(STATION, leaks=(crack,))
    t_s = body.time_to_fall_s(100.0)
    assert body.pressure_kpa_at(t_s) == pytest.approx(100, abs=1e-6)
    assert body.after(t_s).leaks[0].area_m2 == pytest.approx(1e-14 * t_s)
    # The exponent grows with the square of time, so half the logarithm takes 1/√2 of the time.
    assert body.time_to_fall_s(math.sqrt(100 * 101.325)) == pytest.approx(t_s / math.sqrt(2), abs=1)


def test_a_cubic_metre_of_station_air_weighs_what_it_should():
    # facts/engineering 3.1: 1005 m³ hold 1203 kg, 1 mmHg is 1.58 kg.
    assert STATION.mass_kg == pytest.approx(1203, abs=1)
    assert STATION.kg_per_kpa * 0.133322 == pytest.approx(1.58, abs=0.005)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("volume_m3", 0, "volume_m3 is 0. It must be finite and above 0."),
        ("pressure_kpa", -1, "pressure_kpa is -1. It must be finite and at least 0."),
        ("temperature_degc", -300, "temperature_degc is -300. It must be finite and above -273.15."),
        ("makeup_kg_per_s", -1, "makeup_kg_per_s is -1. It must be finite and at least 0."),
    ],
)
def test_impossible_air_is_refused(field, value, message):
    with pytest.raises(ValueError) as refusal:
        attrs.evolve(STATION, **{field: value})
    assert str(refusal.value) == message


def test_make_up_while_a_hole_grows_is_refused():
    crack = Hole(area_m2=1e-6, discharge_coefficient=1.0, growth_m2_per_s=1e-12)
    with pytest.raises(ValueError) as refusal:
        attrs.evolve(STATION, leaks=(crack,), makeup_kg_per_s=0.001)
    assert str(refusal.value) == (
        "makeup_kg_per_s is 0.001 while a hole grows. Both together have no closed form."
        " Let the hole grow in steps, or add the gas in lumps with repressurise()."
    )


@pytest.mark.parametrize("ask", ["pressure_kpa_at", "mass_kg_at", "lost_kg_at", "inflow_kg_at", "after"])
def test_the_past_is_refused(ask):
    with pytest.raises(ValueError) as refusal:
        getattr(STATION, ask)(-1)
    assert str(refusal.value) == "-1 s is not a time from now. The formulas hold from 0 s on."


@pytest.mark.parametrize("ask", ["time_to_fall_s", "time_to_rise_s"])
def test_a_limit_of_nothing_is_refused(ask):
    with pytest.raises(ValueError) as refusal:
        getattr(STATION, ask)(0)
    assert str(refusal.value) == "0 kPa is not a limit. A limit is finite and above 0."
