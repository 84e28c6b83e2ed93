"""What holds for every plan of either planner, on random problems; each has a number and can be built again from it.

A thousand problems instead of the few of a normal run: set STATIONSIM_PROBLEMS=1000.
"""

import os

from hypothesis import given, settings
from hypothesis import strategies as st
from problems import WEEK, numbered, shifted

from stationsim.planning.audit import audit
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
