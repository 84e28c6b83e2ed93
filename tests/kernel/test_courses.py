"""A run that shares its beginning with other runs of its plan writes the log that it writes alone."""

from functools import cached_property

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kernel.runs import shipped

from stationsim.kernel import courses
from stationsim.kernel.opening import open_world
from stationsim.kernel.simulate import run_out, scored, simulate, until_decided
from stationsim.log.kinds import Kind
from stationsim.log.log import Log
from stationsim.planning.planners import GREEDY
from stationsim.planning.policies import rules_first
from stationsim.scenario.draw import draw
from stationsim.scenario.load import available
from stationsim.scenario.model import Anchor, Scenario
from stationsim.station.fold import replay
from stationsim.station.own import Own
from stationsim.station.station import Station

DAY_S = 86400
PERILUNE = "perilune-heron-loop"


def alone(drawn: Scenario) -> Log:
    """Return the log of a run that shares nothing."""
    return run_out(open_world(Station.of(drawn), policy=rules_first)).log


def shared(drawn: Scenario) -> Log:
    """Return the log of a run that shares its beginning."""
    return simulate(drawn, policy=rules_first)


def same(one: Log, other: Log) -> bool:
    """Tell whether two logs are the same, what is attached to their rows too."""
    names_ = one.tables
    attached = all(one.attached(name, row.seq) == other.attached(name, row.seq) for name in names_ for row in one)
    return one.rows == other.rows and one.tables == other.tables and attached


def at(drawn: Scenario, *times: int) -> Scenario:
    """Return a scenario whose first incident strikes at these times [s], by other names; without times never."""
    first = drawn.incidents[0]
    struck = (attrs.evolve(first, id=f"{first.id}-{number}", at_s=at_s) for number, at_s in enumerate(times))
    return attrs.evolve(drawn, incidents=tuple(struck))


@given(st.lists(st.lists(st.integers(0, 140 * DAY_S), max_size=2), min_size=1, max_size=4))
@settings(max_examples=6)
def test_runs_of_one_plan_in_any_order_write_what_each_writes_alone(orders: list[list[int]]) -> None:
    known = draw(shipped(PERILUNE))
    plan = attrs.evolve(known, activities=(*known.activities,))
    for times in orders:
        drawn = at(plan, *times)
        assert same(shared(drawn), alone(drawn)), times


@pytest.mark.parametrize("name", ["first-station", "perilune-no-catch", "ammonia-false-alarm"])
def test_a_shipped_scenario_writes_the_same_before_and_after_its_course_is_known(name: str) -> None:
    drawn = draw(shipped(name))
    expected, calm = alone(drawn), attrs.evolve(drawn, incidents=())
    assert same(shared(drawn), expected)
    assert same(shared(calm), alone(calm))
    assert same(shared(drawn), expected)
    assert same(shared(calm), alone(calm))


def test_no_row_before_the_first_incident_differs_from_the_run_without_incidents() -> None:
    for name, _, _ in available():
        drawn = draw(shipped(name))
        moments = [incident.at_s for incident in drawn.incidents if isinstance(incident.at_s, int)]
        drawn = attrs.evolve(drawn, horizon_s=min(moments, default=0) + DAY_S)
        first = shared(drawn)
        struck = next((row.seq for row in first if row.kind is Kind.STRUCK), len(first))
        quiet = shared(attrs.evolve(drawn, incidents=()))
        assert first.rows[:struck] == quiet.rows[:struck], name


def test_a_state_over_other_incidents_is_what_the_log_makes_of_it_there() -> None:
    drawn = at(draw(shipped(PERILUNE)), 40 * DAY_S, 50 * DAY_S)
    begun = courses.begin(drawn, Own(), policy=rules_first, planner=GREEDY)
    assert begun.opened == replay(begun.world.station, begun.world.log, until=begun.opened.rows)
    assert begun.world.state == replay(begun.world.station, begun.world.log)
    assert next(iter(begun.world.state.order)) == next(iter(begun.world.station.centres))


def test_a_station_with_other_incidents_says_of_everything_what_a_new_one_says() -> None:
    looked_up = [name for name, value in vars(Station).items() if isinstance(value, cached_property)]
    for name in ("debris-avoidance", "perilune-no-catch"):
        drawn = draw(shipped(name))
        after = attrs.evolve(
            drawn.incidents[0], id="later", at_s=Anchor(activity=drawn.activities[0].id, phase="start", delay_s=60)
        )
        drawn = attrs.evolve(drawn, incidents=(*drawn.incidents, after))
        station = Station.of(attrs.evolve(drawn, incidents=()))
        for one in looked_up:
            getattr(station, one)
        twin, new = station.with_incidents(drawn.incidents), Station.of(drawn)
        assert twin.scenario == new.scenario
        for one in looked_up:
            assert getattr(twin, one) == getattr(new, one), one
        assert station.incidents == {}


def test_another_rule_horizon_or_wish_has_another_course() -> None:
    drawn = at(draw(shipped(PERILUNE)))
    shared(drawn)
    activity = next(one for one in drawn.activities if not one.task_list and one.at.hi_s - one.at.lo_s > DAY_S)
    later = attrs.evolve(activity, at=attrs.evolve(activity.at, lo_s=activity.at.lo_s + DAY_S))
    others = (
        attrs.evolve(drawn, horizon_s=drawn.horizon_s - 30 * DAY_S),
        attrs.evolve(drawn, rules=drawn.rules[1:]),
        attrs.evolve(drawn, activities=tuple(later if one is activity else one for one in drawn.activities)),
    )
    for other in others:
        assert same(shared(other), alone(other))


def test_what_somebody_does_to_a_log_no_other_run_sees() -> None:
    drawn = at(draw(shipped(PERILUNE)))
    expected = alone(drawn)
    for _ in range(2):
        log = shared(drawn)
        log.rows.clear()
        for rows in log.tables.values():
            rows.clear()
    assert same(shared(drawn), expected)


def test_few_courses_are_kept() -> None:
    drawn = at(draw(shipped("first-station")))
    for days in range(8):
        shared(attrs.evolve(drawn, horizon_s=drawn.horizon_s - days * DAY_S))
    assert len(courses._kept) == courses._MOST


def test_a_score_counts_from_the_opening_of_a_course_that_is_known() -> None:
    drawn = at(draw(shipped(PERILUNE)))
    new = attrs.evolve(drawn, activities=(*drawn.activities,))
    assert scored(new, policy=rules_first) == scored(new, policy=rules_first) == scored(drawn, policy=rules_first)
    assert until_decided(drawn, policy=rules_first).log.rows == shared(drawn).rows
