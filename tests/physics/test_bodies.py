"""Hatches and gas let in: against an ODE solver over random chains of changes, and the laws of join and split."""

import math

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from stationsim.physics import Air, Hole, Part, join, repressurise, split

DEGC = 21.85
GAS_J_PER_KG = 287.05 * (DEGC + 273.15)
STATION = Air(volume_m3=1005.0, pressure_kpa=101.325, temperature_degc=DEGC)
SHARES = st.floats(0.02, 1)


@st.composite
def chains(draw):
    """Draw 2 to 5 compartments behind closed hatches, and 5 to 12 changes, each with the wait after it."""
    count = draw(st.integers(2, 5))
    volumes_m3 = draw(st.lists(st.floats(5, 500), min_size=count, max_size=count))
    pressures_kpa = draw(st.lists(st.floats(20, 110), min_size=count, max_size=count))
    where = st.integers(0, count - 1)
    # Make-up and growth exclude each other, so a chain has the one or the other.
    feeding = st.one_of(
        st.tuples(st.just("make-up"), where, st.floats(1e-5, 0.05)),
        st.tuples(st.just("make-up"), where, st.just(0.0)),
        st.tuples(st.just("hole"), where, st.floats(1e-7, 1e-3), st.floats(0.3, 1), st.just(0.0)),
    )
    growing = st.tuples(st.just("hole"), where, st.floats(0, 1e-3), st.floats(0.3, 1), st.floats(0, 1e-8))
    changes = st.one_of(
        st.tuples(st.just("open"), where, st.integers(1, count - 1)),
        st.tuples(st.just("close"), st.integers(0, 9)),
        draw(st.sampled_from([feeding, growing])),
        st.tuples(st.just("patch"), where),
        st.tuples(st.just("gas"), where, st.floats(0, 20)),
    )
    steps = draw(st.lists(st.tuples(changes, SHARES), min_size=5, max_size=12))
    return volumes_m3, pressures_kpa, steps


class Plumbing:
    """What both sides of the comparison share: open hatches, holes and make-up per compartment, and no pressure."""

    def __init__(self, volumes_m3):
        self.volumes_m3 = volumes_m3
        self.hatches = set()
        self.holes = [() for _ in volumes_m3]
        self.makeup_kg_per_s = [0.0 for _ in volumes_m3]

    def apply(self, change):
        kind, place, *rest = change
        if kind == "open":
            self.hatches |= {frozenset((place, (place + rest[0]) % len(self.volumes_m3)))}
        elif kind == "close":
            # Which of those that are open; nothing happens where none is.
            known = sorted(self.hatches, key=sorted)
            self.hatches -= set(known[place % len(known) :][:1]) if known else set()
        elif kind == "hole":
            area_m2, coefficient, growth = rest
            hole = Hole(area_m2=area_m2, discharge_coefficient=coefficient, growth_m2_per_s=growth)
            self.holes[place] = (*self.holes[place], hole)
        elif kind == "patch":
            self.holes[place] = self.holes[place][1:]
        elif kind == "make-up":
            (self.makeup_kg_per_s[place],) = rest

    def wait(self, span_s):
        self.holes = [tuple(hole.after(span_s) for hole in holes) for holes in self.holes]

    def groups(self):
        """Return the openly connected compartments, each group in order."""
        group_of = [{place} for place in range(len(self.volumes_m3))]
        for hatch in self.hatches:
            one, other = hatch
            merged = group_of[one] | group_of[other]
            for place in merged:
                group_of[place] = merged
        return sorted({tuple(sorted(group)) for group in group_of})

    def part(self, group):
        return Part(
            volume_m3=math.fsum(self.volumes_m3[place] for place in group),
            leaks=tuple(hole for place in group for hole in self.holes[place]),
            makeup_kg_per_s=math.fsum(self.makeup_kg_per_s[place] for place in group),
        )


def change_bodies(bodies, plumbing, change):
    """Do to the values under test what the change says: evolve, repressurise, join or split."""
    kind, place, *rest = change
    if kind not in {"open", "close"}:
        before = next(group for group in bodies if place in group)
        if kind == "gas":
            return {**bodies, before: repressurise(bodies[before], *rest)}
        part = plumbing.part(before)
        return {
            **bodies,
            before: attrs.evolve(bodies[before], leaks=part.leaks, makeup_kg_per_s=part.makeup_kg_per_s),
        }
    changed = {}
    for group in plumbing.groups():
        met = [members for members in bodies if set(members) & set(group)]
        if len(met) > 1:
            changed[group] = join(*(bodies[members] for members in met))
        elif met[0] == group:
            changed[group] = bodies[group]
        else:
            siblings = [other for other in plumbing.groups() if set(other) <= set(met[0])]
            parts = split(bodies[met[0]], *(plumbing.part(sibling) for sibling in siblings))
            changed[group] = parts[siblings.index(group)]
    return changed


def pressures_by_ode(plumbing, pressures_kpa, span_s):
    """Equalise every group and integrate its mass balance; return the pressure of every compartment [kPa]."""
    groups = plumbing.groups()
    parts = [plumbing.part(group) for group in groups]
    start = [
        sum(pressures_kpa[place] * plumbing.volumes_m3[place] for place in group) / part.volume_m3
        for group, part in zip(groups, parts, strict=True)
    ]

    def balance(t, y):
        slopes = []
        for pressure_kpa, part in zip(y, parts, strict=True):
            pressure_pa = pressure_kpa * 1e3
            flow = math.sqrt(1.4 * pressure_pa * (pressure_pa / GAS_J_PER_KG) * (2 / 2.4) ** (2.4 / 0.4))
            lost = sum(h.discharge_coefficient * (h.area_m2 + h.growth_m2_per_s * t) * flow for h in part.leaks)
            slopes.append((part.makeup_kg_per_s - lost) * GAS_J_PER_KG / part.volume_m3 / 1e3)
        return slopes

    ended = solve_ivp(balance, (0, span_s), start, method="DOP853", rtol=1e-11, atol=1e-30).y[:, -1]
    end_of = {place: end for group, end in zip(groups, ended, strict=True) for place in group}
    return [end_of[place] for place in range(len(pressures_kpa))]


@given(chains())
def test_a_chain_of_hatches_holes_patches_and_gas_agrees_with_an_ode_solver(chain):
    volumes_m3, pressures_kpa, steps = chain
    plumbing = Plumbing(volumes_m3)
    bodies = {
        (place,): Air(volume_m3=volume_m3, pressure_kpa=pressure_kpa, temperature_degc=DEGC)
        for place, (volume_m3, pressure_kpa) in enumerate(zip(volumes_m3, pressures_kpa, strict=True))
    }
    balance_kg = start_kg = math.fsum(body.mass_kg for body in bodies.values())
    for change, share in steps:
        plumbing.apply(change)
        bodies = change_bodies(bodies, plumbing, change)
        if change[0] == "gas":
            _, place, added_kg = change
            pressures_kpa[place] += added_kg * GAS_J_PER_KG / volumes_m3[place] / 1e3
            balance_kg += added_kg
        # A wait of the fastest body's time constant, or of a quarter of an hour where that is less.
        span_s = share * min(900.0, *(body.time_constant_s for body in bodies.values()))
        pressures_kpa = pressures_by_ode(plumbing, pressures_kpa, span_s)
        balance_kg += math.fsum(body.inflow_kg_at(span_s) - body.lost_kg_at(span_s) for body in bodies.values())
        bodies = {group: body.after(span_s) for group, body in bodies.items()}
        plumbing.wait(span_s)
        for group, body in bodies.items():
            for place in group:
                assert body.pressure_kpa == pytest.approx(pressures_kpa[place], rel=1e-8)
    mass_kg = math.fsum(body.mass_kg for body in bodies.values())
    assert mass_kg == pytest.approx(balance_kg, rel=1e-12, abs=1e-12 * start_kg)


HOLES = st.builds(
    Hole, area_m2=st.floats(0, 1e-2), discharge_coefficient=st.floats(0.3, 1), growth_m2_per_s=st.floats(0, 1e-9)
)
AIRS = st.builds(
    Air,
    volume_m3=st.floats(5, 2000),
    pressure_kpa=st.floats(0, 110),
    temperature_degc=st.floats(-20, 50),
    leaks=st.lists(HOLES, max_size=3),
)
PARTS = st.builds(Part, volume_m3=st.floats(1, 500), leaks=st.lists(HOLES, max_size=3).map(tuple))
FED_PARTS = st.builds(Part, volume_m3=st.floats(1, 500), makeup_kg_per_s=st.floats(0, 0.1))


def whole_of(parts, pressure_kpa):
    return Air(
        volume_m3=math.fsum(part.volume_m3 for part in parts),
        pressure_kpa=pressure_kpa,
        temperature_degc=DEGC,
        leaks=[hole for part in parts for hole in part.leaks],
        makeup_kg_per_s=math.fsum(part.makeup_kg_per_s for part in parts),
    )


@given(
    st.one_of(st.lists(PARTS, min_size=1, max_size=5), st.lists(FED_PARTS, min_size=1, max_size=5)), st.floats(0, 110)
)
def test_joining_what_was_split_gives_the_same_air(parts, pressure_kpa):
    whole = whole_of(parts, pressure_kpa)
    bodies = split(whole, *parts)
    assert join(*bodies) == whole
    assert join(*reversed(bodies)) == whole
    assert {body.pressure_kpa for body in bodies} == {pressure_kpa}
    assert math.fsum(body.mass_kg for body in bodies) == pytest.approx(whole.mass_kg, rel=1e-12)


@given(st.lists(AIRS, min_size=1, max_size=5))
def test_opening_hatches_loses_no_air_no_heat_and_no_hole(bodies):
    joined = join(*bodies)
    assert joined.mass_kg == pytest.approx(math.fsum(body.mass_kg for body in bodies), rel=1e-12)
    energy_kj = math.fsum(body.pressure_kpa * body.volume_m3 for body in bodies)
    assert joined.pressure_kpa * joined.volume_m3 == pytest.approx(energy_kj, rel=1e-12)
    assert len(joined.leaks) == sum(len(body.leaks) for body in bodies)


@given(AIRS, st.floats(0, 500))
@example(attrs.evolve(STATION, pressure_kpa=0.0), 0.0)
def test_gas_let_in_is_there(body, added_kg):
    fuller = repressurise(body, added_kg)
    assert fuller.mass_kg == pytest.approx(body.mass_kg + added_kg, rel=1e-12)
    assert attrs.evolve(fuller, pressure_kpa=body.pressure_kpa) == body


def test_gas_let_in_at_once_or_over_an_hour_is_the_same_in_a_tight_body():
    slowly = attrs.evolve(STATION, makeup_kg_per_s=10 / 3600).after(3600)
    assert slowly.pressure_kpa == pytest.approx(repressurise(STATION, 10.0).pressure_kpa, rel=1e-14)


def test_vacuum_takes_its_share_and_two_vacua_stay_one():
    empty = Air(volume_m3=7.0, pressure_kpa=0.0, temperature_degc=-50.0)
    filled = join(empty, STATION)
    assert filled.pressure_kpa == pytest.approx(101.325 * 1005 / 1012)
    # Nothing in there had a temperature.
    assert filled.temperature_degc == pytest.approx(DEGC)
    assert join(empty, attrs.evolve(empty, temperature_degc=20.0)).temperature_degc == -50


def test_closing_a_hatch_leaves_both_sides_at_the_pressure_of_that_moment():
    hole = Hole(area_m2=7.85e-5, discharge_coefficient=1.0)
    before = attrs.evolve(STATION, leaks=(hole,)).after(3600)
    isolated, safe = split(before, Part(volume_m3=7.0, leaks=(hole,)), Part(volume_m3=998.0))
    assert isolated.pressure_kpa == safe.pressure_kpa == before.pressure_kpa
    assert isolated.time_constant_s == pytest.approx(before.time_constant_s * 7 / 1005)
    assert safe.time_to_fall_s(65.3) is None


@pytest.mark.parametrize(
    ("parts", "have"),
    [
        ((), "0.0 m³, but the body has 1005.0"),
        (
            (Part(volume_m3=7.0), Part(volume_m3=990.0)),
            "997.0 m³, but the body has 1005.0",
        ),
        (
            (Part(volume_m3=7.0), Part(volume_m3=998.0)),
            "0.0 m² of hole, times discharge coefficient, but the body has 5e-05",
        ),
        (
            (Part(volume_m3=1005.0, leaks=(Hole(area_m2=5e-5, discharge_coefficient=1.0, growth_m2_per_s=1e-9),)),),
            "1e-09 m²/s of growing hole, times discharge coefficient, but the body has 0.0",
        ),
        (
            (Part(volume_m3=1005.0, makeup_kg_per_s=0.5),),
            "0.5 kg/s of make-up, but the body has 0.0",
        ),
    ],
)
def test_parts_that_are_not_the_body_are_refused(parts, have):
    body = attrs.evolve(STATION, leaks=(Hole(area_m2=1e-4, discharge_coefficient=0.5),))
    with pytest.raises(ValueError) as refusal:
        split(body, *parts)
    assert str(refusal.value) == f"The parts have {have}. Together they must be the body."


def test_a_body_with_a_growing_hole_and_one_with_make_up_cannot_be_joined():
    growing = attrs.evolve(STATION, leaks=(Hole(area_m2=0.0, discharge_coefficient=1.0, growth_m2_per_s=1e-12),))
    with pytest.raises(ValueError) as refusal:
        join(growing, attrs.evolve(STATION, makeup_kg_per_s=0.001))
    assert str(refusal.value).startswith("makeup_kg_per_s is 0.001 while a hole grows.")


def test_what_cannot_be_is_refused():
    for ask, message in (
        (join, "Nothing to join: give at least one body of air."),
        (lambda: repressurise(STATION, -1), "-1 kg cannot be let in. Give 0 or more."),
        (lambda: repressurise(STATION, math.inf), "inf kg cannot be let in. Give 0 or more."),
        (lambda: Part(volume_m3=0), "volume_m3 is 0. It must be finite and above 0."),
    ):
        with pytest.raises(ValueError) as refusal:
            ask()
        assert str(refusal.value) == message
