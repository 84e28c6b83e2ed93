"""What the station can do over time: how deep it falls, what is missing in all, and when it is back."""

from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from impact.logs import Story, activity, pair, sample_outcome
from kernel.runs import decided, whole
from worlds import DAY, HOUR

from stationsim.impact.reading import Reading
from stationsim.impact.resilience import WEEK_S, Recovery, Step, recoveries, steps
from stationsim.log.kinds import Kind


def of(outcome, capability: str) -> Recovery:
    (found,) = (one for one in recoveries(steps(Reading.of(outcome))) if one.capability == capability)
    return found


def values(outcome, capability: str, run: str) -> list[tuple[int, int, float]]:
    found = (step for step in steps(Reading.of(outcome)) if (step.capability, step.run) == (capability, run))
    return [(step.start_s, step.until_s, step.value) for step in found]


def test_the_same_log_twice_loses_nothing():
    outcome = sample_outcome()
    same = attrs.evolve(outcome, disrupted=outcome.nominal)
    found = recoveries(steps(Reading.of(same)))
    assert found
    assert all(one == Recovery(capability=one.capability) for one in found)


def seated(*changes: tuple[int, str, float]) -> Story:
    told = Story()
    for at_s, person, level in changes:
        told.at(at_s).tell(Kind.SEATED, person, value=level, object="a")
    return told


def test_seats_fall_and_come_back():
    nominal = seated((0, "ann", 0.0), (0, "bob", 0.0))
    fall, rise = ((2 * DAY, "ann", 3.0), (3 * DAY, "bob", 2.0)), ((5 * DAY, "bob", 0.0), (7 * DAY, "ann", 0.0))
    disrupted = seated((0, "ann", 0.0), (0, "bob", 0.0), *fall, *rise)
    outcome = pair(nominal, disrupted, horizon_s=10 * DAY)
    found = of(outcome, "certified_places")
    assert found == Recovery(
        capability="certified_places", depth=1.0, deepest_s=3 * DAY, area=0.5 + 2 * 1.0 + 2 * 0.5, since_s=2 * DAY,
        back_s=7 * DAY,
    )  # fmt: skip
    assert found.days == 5


def test_what_is_below_at_the_end_has_not_recovered():
    outcome = pair(seated((0, "ann", 0.0)), seated((0, "ann", 0.0), (DAY, "ann", 4.0)), horizon_s=3 * DAY)
    found = of(outcome, "certified_places")
    assert (found.area, found.back_s, found.days) == (2.0, None, None)


def flown(*days: int) -> Story:
    told = Story()
    for number, day in enumerate(days):
        told.plan(Kind.PLANNED, f"walk-{number}", day * DAY, people={"ann": "ev1"})
    for number, day in enumerate(days):
        begun = told.at(day * DAY).tell(Kind.STARTED, f"walk-{number}", cause=0)
        told.at(day * DAY + HOUR).tell(Kind.FINISHED, f"walk-{number}", cause=begun)
    return told


def test_sorties_that_fly_later_are_missing_until_the_last_one_has():
    facts = {f"walk-{number}": activity("eva", day * DAY) | {"effect": "outside"} for number, day in enumerate((1, 3))}
    outcome = pair(flown(1, 3), flown(4, 8), horizon_s=10 * DAY, activities=facts)
    found = of(outcome, "sorties")
    assert (found.depth, found.area, found.since_s) == (2.0, 3 + 5, DAY + HOUR)
    assert found.back_s == 8 * DAY + HOUR


def test_a_port_that_is_taken_or_held_to_be_lost_is_no_port_to_come_to():
    nominal, disrupted = Story(), Story()
    for told in (nominal, disrupted):
        told.tell(Kind.DOCKED, "tug", place="fore")
    hit = disrupted.at(DAY).tell(Kind.STRUCK, "hit", object="aft")
    disrupted.tell(Kind.HEALTH_CHANGED, "aft", view="truth", text="failed", cause=hit)
    disrupted.at(DAY + HOUR).tell(Kind.HEALTH_CHANGED, "aft", view="north", text="failed", cause=hit)
    disrupted.at(3 * DAY + HOUR).tell(Kind.HEALTH_CHANGED, "aft", view="north", text="nominal", cause=hit)
    ports = [{"id": port, "name": port, "segment": "s", "mechanism": "m", "status": "free"} for port in ("fore", "aft")]
    ports.append({"id": "top", "name": "top", "segment": "s", "mechanism": "m", "status": "covered"})
    outcome = pair(nominal, disrupted, horizon_s=6 * DAY, ports=ports)
    assert values(outcome, "free_ports", "nominal") == [(0, 6 * DAY, 1.0)]
    assert of(outcome, "free_ports").area == 2.0


def worked(*spans: tuple[int, int]) -> Story:
    told = Story()
    told.plan(Kind.PLANNED, "job", DAY, people={"ann": "does"})
    for start_s, until_s in spans:
        told.at(until_s).tell(Kind.WORKED, "job", object="ann", start_s=start_s, until_s=until_s)
    return told


def test_work_inside_is_counted_by_the_week_in_which_it_is_done():
    facts = {"job": activity("work", DAY) | {"effect": "none", "layer": "work"}}
    nominal = worked((DAY, DAY + 4 * HOUR), (WEEK_S - HOUR, WEEK_S + HOUR))
    outcome = pair(nominal, worked((DAY, DAY + HOUR)), horizon_s=2 * WEEK_S, activities=facts)
    assert values(outcome, "work_inside", "nominal") == [(0, WEEK_S, 5.0), (WEEK_S, 2 * WEEK_S, 1.0)]
    assert of(outcome, "work_inside").depth == 4.0


STEPS = st.lists(st.tuples(st.integers(1, 39), st.integers(0, 4)), max_size=6, unique_by=lambda pair: pair[0])


@given(STEPS, STEPS)
def test_depth_area_and_recovery_are_those_of_every_second(before, after):
    end_s = 40

    def spans(run: str, points: list[tuple[int, int]]) -> list[Step]:
        edges = [(0, 2), *sorted(points), (end_s, 0)]
        return [Step(run, "x", lo, hi, float(v)) for (lo, v), (hi, _) in pairwise(edges)]

    nominal, disrupted = spans("nominal", before), spans("disrupted", after)
    (found,) = recoveries([*nominal, *disrupted])

    def at(run: list[Step], second: int) -> float:
        return next(step.value for step in run if step.start_s <= second < step.until_s)

    short = [max(at(nominal, second) - at(disrupted, second), 0) for second in range(end_s)]
    below = [second for second, by in enumerate(short) if by]
    assert found.depth == max(short)
    assert found.area == pytest.approx(sum(short) / DAY)
    assert found.since_s == (below[0] if below else None)
    assert found.back_s == (below[-1] + 1 if below and below[-1] + 1 < end_s else None)


def test_the_leak_of_december_costs_seats_for_months_and_sorties_until_the_year_after():
    run = decided(whole("soyuz-ms22"))
    seats, sorties = of(run.outcome, "certified_places"), of(run.outcome, "sorties")
    assert run.utc(seats.since_s)[:10] == "2022-12-15"
    assert run.utc(seats.back_s)[:7] == "2023-02"
    assert sorties.depth >= 2
    assert sorties.back_s is not None
