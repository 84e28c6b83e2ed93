"""Pressurant tanks: against an ODE solver and against themselves."""

import math

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from stationsim.physics import HELIUM, NITROGEN, GasTank, Hole, LoopDrain

TANKS = st.builds(
    GasTank,
    volume_m3=st.floats(0.005, 0.5),
    pressure_kpa=st.floats(100, 35_000),
    temperature_degc=st.floats(-20, 50),
    gas=st.sampled_from([HELIUM, NITROGEN]),
    leaks=st.lists(
        st.builds(Hole, area_m2=st.floats(1e-10, 1e-5), discharge_coefficient=st.floats(0.3, 1)),
        min_size=1,
        max_size=3,
    ).map(tuple),
)
TANK = GasTank(volume_m3=0.03, pressure_kpa=20e3, temperature_degc=20.0, gas=HELIUM)


def by_ode(tank, t_s):
    """Integrate the textbook's choked flow; return the mass left [kg]."""
    gas, ratio = tank.gas.gas_j_per_kg_k * (tank.temperature_degc + 273.15), tank.gas.heat_ratio
    power = (ratio + 1) / (ratio - 1)

    def loss(t, y):
        density = y[0] / tank.volume_m3
        flow = math.sqrt(ratio * density * density * gas * (2 / (ratio + 1)) ** power)
        return [-sum(h.discharge_coefficient * (h.area_m2 + h.growth_m2_per_s * t) * flow for h in tank.leaks)]

    return solve_ivp(loss, (0, t_s), [tank.mass_kg], method="DOP853", rtol=1e-11, atol=1e-30).y[0][-1]


@given(TANKS, st.floats(0.01, 5), st.floats(0, 3))
def test_blow_down_agrees_with_an_ode_solver(tank, time_constants, growth):
    tau_s = tank.volume_m3 / sum(h.passing_m2 for h in tank.leaks) / tank.gas.outflow_m_per_s(tank.temperature_degc)
    leaks = tuple(attrs.evolve(hole, growth_m2_per_s=growth * hole.area_m2 / tau_s) for hole in tank.leaks)
    growing = attrs.evolve(tank, leaks=leaks)
    t_s = time_constants * tau_s
    left_kg = by_ode(growing, t_s)
    assert growing.after(t_s).mass_kg == pytest.approx(left_kg, rel=1e-8)
    assert growing.lost_kg_at(t_s) == pytest.approx(growing.mass_kg - left_kg, rel=1e-8)
    assert growing.lost_kg_at(t_s) + growing.after(t_s).mass_kg == pytest.approx(tank.mass_kg, rel=1e-12)


@given(TANKS, st.floats(0.05, 1))
def test_time_to_fall_is_the_last_whole_second_before_the_limit(tank, share):
    limit_kpa = share * tank.pressure_kpa
    t_s = tank.time_to_pressure_s(limit_kpa)
    assert tank.pressure_kpa_at(t_s) >= limit_kpa * (1 - 1e-9)
    assert tank.pressure_kpa_at(t_s + 1) <= limit_kpa * (1 + 1e-9)


def test_a_tight_tank_keeps_its_gas():
    assert (TANK.lost_kg_at(1e9), TANK.time_to_pressure_s(1.0), TANK.after(1e9)) == (0, None, TANK)


def test_a_regulated_tank_of_liquid_drains_at_a_constant_rate():
    # What the docstring advises: a cushion so large that its pressure hardly falls.
    water = LoopDrain(
        liquid_m3=0.004,
        gas_m3=1e3,
        gas_kpa=100.0,
        density_kg_per_m3=1000.0,
        hole_area_m2=1e-8,
        discharge_coefficient=0.62,
    )
    steady_s = 0.004 / (0.62 * 1e-8 * math.sqrt(2 * 100e3 / 1000))
    assert water.time_to_empty_s() == pytest.approx(steady_s, abs=1)


def test_what_cannot_be_is_refused():
    for ask, message in (
        (lambda: attrs.evolve(TANK, volume_m3=0), "volume_m3 is 0. It must be finite and above 0."),
        (lambda: TANK.pressure_kpa_at(-1), "-1 s is not a time from now. The formulas hold from 0 s on."),
        (lambda: TANK.time_to_pressure_s(0), "0 kPa is not a limit. A limit is finite and above 0."),
    ):
        with pytest.raises(ValueError) as refusal:
            ask()
        assert str(refusal.value) == message


@given(TANKS, st.floats(0, 3))
def test_flow_is_the_slope_of_the_loss(tank, time_constants):
    t_s = 1 + time_constants / tank.law.decay_per_s
    step_s = 1e-3 * t_s
    slope = (tank.lost_kg_at(t_s + step_s) - tank.lost_kg_at(t_s - step_s)) / (2 * step_s)
    assert tank.flow_kg_per_s_at(t_s) == pytest.approx(slope, rel=1e-4)
