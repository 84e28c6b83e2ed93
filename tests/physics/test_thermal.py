"""Cabin temperature: against an ODE solver, against itself, and against what was published."""

import math

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from stationsim.physics import CabinHeat, HeatSink

SINKS = st.builds(HeatSink, conductance_w_per_k=st.floats(0, 200), temperature_degc=st.floats(-50, 50))
CABINS = st.builds(
    CabinHeat,
    temperature_degc=st.floats(-20, 60),
    heat_capacity_j_per_k=st.floats(1e5, 1e7),
    people=st.integers(0, 7),
    person_w=st.floats(80, 200),
    equipment_w=st.floats(0, 2000),
    sinks=st.lists(SINKS, max_size=3).map(tuple),
)
# Fitted to the three numbers given in briefings: a straight line, so no conductance at all.
FITTED = CabinHeat(
    temperature_degc=30.0, heat_capacity_j_per_k=1.4e6, people=3, person_w=136.7, equipment_w=311.0, sinks=()
)
HOSE = HeatSink(conductance_w_per_k=60.0, temperature_degc=22.0)


def temperature_by_ode(cabin, spans):
    """Integrate the heat balance over (people, span) one after another; return the temperature [°C]."""
    temperature = cabin.temperature_degc
    for people, span_s in spans:

        def rate(_t, y, people=people):
            taken_w = sum(sink.conductance_w_per_k * (y[0] - sink.temperature_degc) for sink in cabin.sinks)
            return [(people * cabin.person_w + cabin.equipment_w - taken_w) / cabin.heat_capacity_j_per_k]

        solved = solve_ivp(rate, (0, span_s), [temperature], method="DOP853", rtol=1e-11, atol=1e-11)
        temperature = solved.y[0][-1]
    return temperature


@given(CABINS, st.floats(1, 100_000))
def test_temperature_agrees_with_an_ode_solver(cabin, t_s):
    expected = temperature_by_ode(cabin, [(cabin.people, t_s)])
    assert cabin.temperature_degc_at(t_s) == pytest.approx(expected, rel=1e-8, abs=1e-7)


@given(CABINS, st.lists(st.tuples(st.integers(0, 7), st.floats(1, 20_000)), min_size=1, max_size=4))
def test_people_coming_and_going_agree_with_an_ode_solver(cabin, spans):
    now = cabin
    for people, span_s in spans:
        now = attrs.evolve(now, people=people).after(span_s)
    assert now.temperature_degc == pytest.approx(temperature_by_ode(cabin, spans), rel=1e-8, abs=1e-7)


@given(CABINS, st.floats(-60, 100))
def test_a_limit_is_reached_within_the_second_that_is_named(cabin, limit_degc):
    warm_s, cool_s = cabin.time_to_warm_s(limit_degc), cabin.time_to_cool_s(limit_degc)
    assert 0 in {warm_s, cool_s}  # it is already on one side
    if warm_s:
        assert cabin.temperature_degc_at(warm_s) <= limit_degc + 1e-6
        assert cabin.temperature_degc_at(warm_s + 1) >= limit_degc - 1e-6
    if cool_s:
        assert cabin.temperature_degc_at(cool_s) <= limit_degc + 1e-6
        assert cabin.temperature_degc_at(cool_s - 1) >= limit_degc - 1e-6


@given(CABINS, st.floats(1, 50))
def test_never_means_that_even_the_final_temperature_is_on_this_side(cabin, rise_k):
    limit_degc = cabin.temperature_degc + rise_k
    assume(abs(limit_degc - cabin.final_degc) > 1e-6)
    assert (cabin.time_to_warm_s(limit_degc) is None) == (cabin.final_degc < limit_degc)


@given(CABINS.filter(lambda cabin: sum(sink.conductance_w_per_k for sink in cabin.sinks) > 1))
def test_the_final_temperature_balances_the_heat(cabin):
    settled = attrs.evolve(cabin, temperature_degc=cabin.final_degc)
    assert settled.rate_k_per_s == pytest.approx(0, abs=1e-12)
    assert cabin.temperature_degc_at(1e12) == pytest.approx(cabin.final_degc, abs=1e-6)


@given(st.floats(0, 1e-12))
def test_a_vanishing_conductance_gives_the_straight_line(conductance_w_per_k):
    leaky = attrs.evolve(FITTED, sinks=(HeatSink(conductance_w_per_k=conductance_w_per_k, temperature_degc=0.0),))
    assert leaky.temperature_degc_at(21_600) == pytest.approx(FITTED.temperature_degc_at(21_600), rel=1e-12)
    assert leaky.time_to_warm_s(40) == FITTED.time_to_warm_s(40)


@pytest.mark.parametrize(("people", "after_6_h_degc"), [(2, 39), (3, 41)])
def test_the_fitted_cabin_gives_the_temperatures_of_the_briefings(people, after_6_h_degc):
    cabin = attrs.evolve(FITTED, people=people)
    assert cabin.temperature_degc_at(6 * 3600) == pytest.approx(after_6_h_degc, abs=0.15)


def test_each_person_warms_the_fitted_cabin_by_a_third_of_a_degree_an_hour():
    empty = attrs.evolve(FITTED, people=0)
    assert empty.rate_k_per_s * 3600 == pytest.approx(0.8, abs=0.005)
    assert (FITTED.rate_k_per_s - empty.rate_k_per_s) / 3 * 3600 == pytest.approx(0.35, abs=0.005)


def test_three_people_are_too_warm_within_six_hours_and_two_are_not():
    assert FITTED.time_to_warm_s(40) < 6 * 3600
    assert attrs.evolve(FITTED, people=2).time_to_warm_s(40) > 6 * 3600


def test_a_hose_holds_the_cabin_and_its_loss_lets_it_warm_again():
    held = attrs.evolve(FITTED, people=0, sinks=(HOSE,))
    assert held.final_degc == pytest.approx(22 + 311 / 60)
    assert held.time_to_warm_s(35) is None
    assert held.time_to_cool_s(28) > 0
    assert attrs.evolve(held.after(86_400), sinks=()).time_to_warm_s(35) > 0


def test_without_heat_and_sinks_nothing_changes():
    still = attrs.evolve(FITTED, people=0, equipment_w=0.0)
    assert still.final_degc == still.temperature_degc == still.temperature_degc_at(1e6)
    assert (still.time_to_warm_s(30), still.time_to_warm_s(31), still.time_to_cool_s(29)) == (0, None, None)


def test_heat_without_a_sink_has_no_final_temperature():
    assert FITTED.final_degc == math.inf


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("temperature_degc", math.nan, "temperature_degc is nan. It must be finite."),
        ("heat_capacity_j_per_k", 0, "heat_capacity_j_per_k is 0. It must be finite and above 0."),
        ("people", -1, "people is -1. It must be finite and at least 0."),
    ],
)
def test_an_impossible_cabin_is_refused(field, value, message):
    with pytest.raises(ValueError) as refusal:
        attrs.evolve(FITTED, **{field: value})
    assert str(refusal.value) == message


def test_an_impossible_question_is_refused():
    with pytest.raises(ValueError) as refusal:
        FITTED.temperature_degc_at(-1)
    assert str(refusal.value) == "-1 s is not a time from now. The formulas hold from 0 s on."
    with pytest.raises(ValueError) as refusal:
        FITTED.time_to_warm_s(math.nan)
    assert str(refusal.value) == "A temperature limit must be a number, but it is nan."
