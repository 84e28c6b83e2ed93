"""Why not all of them: the fewest tasks and reasons, each needed."""

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from problems import numbered

from stationsim.errors import ScenarioError
from stationsim.planning.audit import audit
from stationsim.planning.conflict import Conflict, conflict, minimal
from stationsim.planning.optimal import optimal
from stationsim.planning.problem import Ban, Budget, Gap, Level, Mode, Problem, Resource, Separation, Shift, Spot, Task

H = 3600


def task(id_, *, mode=None, **fields):
    modes = (Mode(duration_s=H, **(mode or {})),)
    return Task(**{"id": id_, "modes": modes, "step_s": H, "is_optional": True} | fields)


def why(*tasks, asked=None, **fields):
    problem = Problem(**{"now_s": 0, "until_s": 10 * H} | fields, tasks=tasks)
    return conflict(problem, asked or [one.id for one in tasks])


def test_tasks_that_can_all_have_a_date_have_no_conflict():
    assert why(task("a"), task("b")) is None


def test_the_reasons_that_meet_are_told_and_no_others():
    early = Ban(lo_s=None, hi_s=6 * H, reason="EVA-1")
    late = Ban(lo_s=5 * H, hi_s=None, reason="EVA-2")
    other = Ban(lo_s=2 * H, hi_s=3 * H, reason="EVA-3")
    both = task("a", mode={"forbidden": (early, other, late)})
    assert why(both, task("b")) == Conflict(tasks=("a",), reasons=("EVA-1", "EVA-2"), is_proven=True)


def test_tasks_that_exclude_each_other_are_told_with_what_they_share():
    anna = {"uses": ("anna",)}
    tasks = (task("a", mode=anna, due_s=H), task("b", mode=anna, due_s=H), task("c", mode=anna))
    found = why(*tasks, resources=(Resource(id="anna"),))
    assert found == Conflict(tasks=("a", "b"), reasons=("resource anna", "dates of a", "dates of b"), is_proven=True)


def test_what_a_task_needs_is_told_though_nobody_asked_for_it():
    never = task("a", mode={"forbidden": (Ban(lo_s=None, hi_s=None),)})
    found = why(never, task("b"), asked=["b"], gaps=(Gap(first="a", then="b"),))
    assert found == Conflict(tasks=("b",), reasons=("ban of a", "gap a, b"), is_proven=True)


def test_every_kind_of_constraint_can_be_the_reason():
    levels = (Level(id="n", initial=0, most=0),)
    assert why(task("a", mode={"shifts": (Shift(level="n", delta=1),)}), levels=levels).reasons == ("level n",)
    budgets = (Budget(id="h", capacity_s=1, reason="sleep"),)
    assert why(task("a", mode={"hours": {"h": 2}}), budgets=budgets).reasons == ("sleep",)
    apart = (Separation(a="a", b="b", lo_s=None, hi_s=None),)
    assert why(task("a"), task("b"), separations=apart).reasons == ("separation a, b",)
    frozen = task("a", frozen=Spot(start_s=3 * H), mode={"forbidden": (Ban(lo_s=3 * H, hi_s=4 * H),)})
    assert why(frozen).reasons == ("ban of a", "dates of a")


def test_without_time_it_is_said_that_nothing_is_proven():
    anna = {"uses": ("anna",)}
    tasks = tuple(task(name, mode=anna, due_s=2 * H, release_s=0) for name in "abc")
    problem = Problem(now_s=0, until_s=10 * H, tasks=tasks, resources=(Resource(id="anna"),))
    found = conflict(problem, ["a", "b", "c"], limit=0.0)
    assert (found.is_proven, found.tasks) == (False, ("a", "b", "c"))


def test_a_minimal_part_of_nothing_is_nothing():
    assert minimal((1, 2), lambda some: True) == ()
    assert minimal((1, 2, 3), lambda some: len(some) > 1) in {(1, 2), (1, 3), (2, 3)}


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(2, 6))
def test_without_any_one_of_the_tasks_the_others_can(number, tasks):
    problem = numbered(number, tasks=tasks)
    found = conflict(problem, [one.id for one in problem.tasks])
    assume(found is not None)
    assert found.is_proven
    for left_out in found.tasks:
        rest = [id_ for id_ in found.tasks if id_ != left_out]
        assert conflict(problem, rest) is None
    must = tuple(attrs.evolve(one, is_optional=one.id not in found.tasks) for one in problem.tasks)
    wanted = attrs.evolve(problem, tasks=must)
    assert any(breach.kind == "missing" for breach in audit(wanted, optimal(wanted).plan))


def test_a_name_that_is_none_is_told():
    with pytest.raises(ScenarioError) as caught:
        conflict(Problem(now_s=0, until_s=9, tasks=(Task(id="walk", modes=(Mode(duration_s=5),)),)), ("wlk",))
    assert str(caught.value) == "conflict(tasks=...): 'wlk' is not a task. Tasks: walk. Did you mean 'walk'?"


@pytest.mark.parametrize("until_s", [0, 10])
def test_where_no_start_is_left_at_all_the_starts_are_the_reason(until_s):
    alone = Task(id="a", modes=(Mode(duration_s=5),), step_s=100, offset_s=50)
    found = conflict(Problem(now_s=0, until_s=until_s, tasks=(alone,)), ("a",))
    assert (found.tasks, found.reasons) == (("a",), ("starts of a",))
