"""What holds for every plan of either planner, on random problems; each has a number and can be built again from it.

A thousand problems instead of the few of a normal run: set STATIONSIM_PROBLEMS=1000.
"""

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from problems import WEEK, best_cost, numbered, shifted

from stationsim.planning.audit import audit
from stationsim.planning.optimal import optimal
from stationsim.planning.problem import cost
from stationsim.planning.serial import greedy, rebased

EXAMPLES = int(os.environ.get("STATIONSIM_PROBLEMS", "150"))
NUMBERS = st.integers(0, 10**6)


def broken(problem, plan):
    """Breaches other than that a task is missing, which may not be avoidable."""
    return [breach for breach in audit(problem, plan) if breach.kind != "missing"]


def later(plan, by_s):
    return [(id_, spot and (spot.start_s + by_s, spot.mode)) for id_, spot in plan.spots]


@settings(max_examples=EXAMPLES)
@given(NUMBERS, st.integers(1, 12))
def test_greedy_keeps_every_constraint_and_loses_no_task(number, tasks):
    problem = numbered(number, tasks=tasks)
    plan = greedy(problem)
    assert broken(problem, plan) == []
    assert [id_ for id_, _ in plan.spots] == [task.id for task in problem.tasks]


@settings(max_examples=EXAMPLES)
@given(NUMBERS, st.integers(1, 12))
def test_greedy_leaves_its_own_plan_as_it_is(number, tasks):
    problem = numbered(number, tasks=tasks)
    plan = greedy(problem)
    assert greedy(rebased(problem, plan)) == plan


@settings(max_examples=EXAMPLES)
@given(NUMBERS, st.integers(1, 12))
def test_a_week_later_greedy_says_the_same_a_week_later(number, tasks):
    problem = numbered(number, tasks=tasks)
    assert later(greedy(problem), WEEK) == later(greedy(shifted(problem, WEEK)), 0)


@settings(max_examples=EXAMPLES)
@given(NUMBERS, st.integers(1, 12))
def test_optimal_keeps_every_constraint_and_is_never_worse_than_greedy(number, tasks):
    problem = numbered(number, tasks=tasks)
    found = optimal(problem)
    assert broken(problem, found.plan) == []
    assert [id_ for id_, _ in found.plan.spots] == [task.id for task in problem.tasks]
    assert cost(problem, found.plan) == tuple(stage.value for stage in found.stages)
    assert cost(problem, found.plan) <= cost(problem, greedy(problem))
    assert all(stage.bound <= stage.value for stage in found.stages)


@settings(max_examples=EXAMPLES)
@given(NUMBERS, st.integers(1, 3), st.integers(4, 8))
def test_no_plan_of_a_small_problem_is_better_than_the_optimal_one(number, tasks, steps):
    problem = numbered(number, tasks=tasks, steps=steps)
    found = optimal(problem)
    assert found.is_proven
    assert cost(problem, found.plan) == best_cost(problem)


@settings(max_examples=max(EXAMPLES // 10, 8))
@given(NUMBERS)
def test_no_plan_of_four_tasks_is_better_than_the_optimal_one(number):
    problem = numbered(number, tasks=4, steps=4)
    assert cost(problem, optimal(problem).plan) == best_cost(problem)


@settings(max_examples=EXAMPLES)
@given(NUMBERS, st.integers(1, 8))
def test_a_week_later_optimal_says_the_same_a_week_later(number, tasks):
    problem = numbered(number, tasks=tasks)
    assert later(optimal(problem).plan, WEEK) == later(optimal(shifted(problem, WEEK)).plan, 0)


SAY = """
from problems import numbered
from stationsim.planning.optimal import optimal
from stationsim.planning.serial import greedy
for number in range(12):
    problem = numbered(number, tasks=10)
    print(greedy(problem), optimal(problem))
"""


def test_the_order_of_hashes_and_of_runs_changes_nothing():
    said = set()
    for seed in ("0", "1", "2", "3", "4", "4"):
        where = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent.parent)}
        command = [sys.executable, "-c", SAY]
        done = subprocess.run(command, env=os.environ | where, capture_output=True, text=True, check=True)
        said.add(done.stdout)
    assert len(said) == 1
