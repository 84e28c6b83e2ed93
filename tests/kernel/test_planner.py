"""A run with the optimal planner: better where the greedy one is caught, else the same, and just as exact."""

from pathlib import Path

import pytest
from kernel.runs import shipped
from lantern import lantern

import stationsim as ss
from stationsim.kernel.opening import open_world
from stationsim.kernel.simulate import run_out, simulate
from stationsim.log.kinds import Kind
from stationsim.planning.planners import PLANNERS
from stationsim.scenario.draw import draw
from stationsim.station.station import Station

SCENARIOS = Path(__file__).parents[2] / "examples" / "scenarios"
BOTH = """
activities:
  furnace-run: {opportunities: [2031-06-10, 2031-06-16, 2031-06-17]}
  melt: {name: melt, kind: work, centre: bergen, at: 2031-06-11, opportunities: [2031-06-11, 2031-06-16],
    people: [{role: science, who: vik}], uses: [furnace], source: invented}
rules:
  listed: {template: opportunities, text: Only on its days., severity: hard, waived_by: nobody, source: invented}
incidents:
  - {id: out, change: failed, node: furnace, at: 2031-06-09T10:00Z, lasts: 4 d, expect: 4 d}
"""


def days(outcome) -> dict[str, str]:
    table = ss.assess(outcome).changes.set_index("subject").actual_utc.fillna("no date")
    return {id_: table[id_][:10] for id_ in ("furnace-run", "melt")}


def test_who_may_wait_gives_way_to_who_may_not(tmp_path):
    scenario = lantern(tmp_path, BOTH)
    assert days(ss.run(scenario)) == {"furnace-run": "2031-06-16", "melt": "no date"}
    outcome = ss.run(scenario, planner="optimal")
    assert days(outcome) == {"furnace-run": "2031-06-17", "melt": "2031-06-16"}
    assert outcome.manifest.passed["planner"] == "optimal"
    (solved,) = [row for row in outcome.disrupted if row.kind is Kind.SOLVED]
    assert solved.text == (
        "undated of priority 1-3 0 proven · changes to the plan 2 proven · days from the wishes 12 proven · "
        "people changed 0 proven"
    )
    assert "in-order" in ss.why(outcome, "furnace-run").text


def test_it_goes_on_from_every_step_and_is_the_same_each_time(tmp_path):
    drawn = draw(lantern(tmp_path, BOTH), 0)
    states = []
    world = open_world(Station.of(drawn), planner="optimal")
    run_out(world, after_step=lambda: states.append((world.state.copy(), len(world.log))))
    assert simulate(drawn, planner="optimal").rows == world.log.rows
    for state, count in states:
        assert simulate(drawn, state=state, planner="optimal").rows == world.log.rows[count:]


def test_where_the_greedy_plan_is_best_the_log_is_the_same():
    drawn = draw(shipped("arm-out"), 0)
    best, greedy = ([row for row in simulate(drawn, planner=name) if row.kind is not Kind.SOLVED] for name in PLANNERS)
    assert [(row.t_s, row.kind, row.subject, row.start_s) for row in best] == [
        (row.t_s, row.kind, row.subject, row.start_s) for row in greedy
    ]


def test_a_planner_that_is_none_is_told(tmp_path):
    with pytest.raises(ss.ScenarioError) as caught:
        ss.run(lantern(tmp_path, ""), planner="optimol")
    assert str(caught.value) == "planner: 'optimol' is no planner. Planners: greedy, optimal. Did you mean 'optimal'?"


def test_the_task_list_is_left_to_freed_time():
    """With either planner its work goes where time of its people fell free."""
    scenario = ss.load(str(SCENARIOS / "freed-time.yaml"))
    best, greedy = (ss.assess(ss.run(scenario, planner=name)).changes for name in ("optimal", "greedy"))
    assert best[["subject", "outcome", "actual_utc"]].equals(greedy[["subject", "outcome", "actual_utc"]])


def test_no_work_is_kept_at_the_price_of_a_response():
    drawn = draw(shipped("soyuz-ms09-air"), 0)
    best, greedy = (
        [
            (row.t_s, row.subject)
            for row in simulate(drawn, planner=name)
            if row.kind is Kind.STARTED and "patch" in row.subject
        ]
        for name in ("optimal", "greedy")
    )
    assert best == greedy != []
