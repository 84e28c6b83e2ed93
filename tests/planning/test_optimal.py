"""The planner that proves: what it finds that greedy does not, what it says of what it could not prove."""

import subprocess
import sys

import attrs
import pytest
from problems import numbered
from psplib import PUBLISHED, parsed, published

from stationsim.planning.audit import audit
from stationsim.planning.optimal import StageResult, optimal, parts
from stationsim.planning.problem import (
    Ban,
    Budget,
    Gap,
    Level,
    Mode,
    Plan,
    Problem,
    Resource,
    Shift,
    Spot,
    Stage,
    Task,
    cost,
    plan_of,
)
from stationsim.planning.serial import greedy

H = 3600


def task(id_, hours, wish=0, **fields):
    mode = Mode(duration_s=hours * H, uses=("anna",))
    return Task(**{"id": id_, "modes": (mode,), "wish_s": wish * H, "step_s": H, "is_optional": True} | fields)


LONG_FIRST = Problem(
    now_s=0,
    until_s=24 * H,
    tasks=(task("a", 5), task("b", 1), task("c", 1)),
    resources=(Resource(id="anna"),),
    objective=(Stage(measure="undated"), Stage(measure="delay", unit_s=H)),
)


def test_short_work_before_long_is_found_and_proven():
    assert cost(LONG_FIRST, greedy(LONG_FIRST)) == (0, 0, 5 + 6)
    found = optimal(LONG_FIRST)
    assert (cost(LONG_FIRST, found.plan), found.is_proven) == ((0, 0, 1 + 2), True)
    assert [(stage.title, stage.value, stage.bound, stage.gap) for stage in found.stages] == [
        ("missing", 0, 0, 0.0),
        ("undated", 0, 0, 0.0),
        ("delay", 3, 3, 0.0),
    ]


def test_what_is_not_proven_has_a_gap():
    stage = StageResult(title="delay", value=8, bound=6)
    assert (stage.is_proven, stage.gap) == (False, 0.25)


def test_without_time_it_says_what_greedy_says_and_proves_what_every_task_alone_proves():
    found = optimal(LONG_FIRST, limit=0.0)
    assert found.plan == greedy(LONG_FIRST)
    assert [stage.is_proven for stage in found.stages] == [True, True, False]


def test_a_start_that_keeps_everything_is_not_made_worse_and_another_is_not_looked_at():
    best = optimal(LONG_FIRST).plan
    assert optimal(LONG_FIRST, start=best, limit=0.0).plan == best
    broken = plan_of(LONG_FIRST, {id_: Spot(start_s=0) for id_ in "abc"})
    assert optimal(LONG_FIRST, start=broken, limit=0.0).plan == greedy(LONG_FIRST)


@pytest.mark.parametrize("name", ["chain", "tight"])
def test_a_project_is_proven_to_be_at_its_shortest(name):
    problem, shortest = parsed(name)
    found = optimal(problem)
    assert (audit(problem, found.plan), found.is_proven) == ((), True)
    assert cost(problem, found.plan) == (0, shortest)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_instance_is_proven_to_be_as_short_as_published(name):
    problem, shortest = published(name)
    found = optimal(problem, limit=3.0)
    assert audit(problem, found.plan) == ()
    assert [(stage.title, stage.value, stage.bound) for stage in found.stages] == [
        ("missing", 0, 0),
        ("makespan", shortest, shortest),
    ]


def visits(count):
    """Return arrivals three hours apart and departures, all handled by one person, at three ports."""
    at, off = (Mode(duration_s=H, uses=("anna",), shifts=(Shift(level="ports", delta=delta),)) for delta in (1, -1))
    return Problem(
        now_s=0,
        until_s=(3 * count + 50) * H,
        tasks=tuple(
            task(f"{what}-{n}", 1, 3 * n + wait, modes=(mode,))
            for n in range(count)
            for what, mode, wait in (("arrive", at, 0), ("leave", off, 7 * (n % 3) + 2))
        ),
        gaps=tuple(Gap(first=f"arrive-{n}", then=f"leave-{n}", min_s=2 * H) for n in range(count)),
        resources=(Resource(id="anna"),),
        levels=(Level(id="ports", initial=0, least=0, most=3),),
        objective=(Stage(measure="undated"), Stage(measure="delay", unit_s=H)),
    )


def test_many_ships_at_few_ports_are_planned_to_proof():
    """Counters are looked at as a whole: written out pair by pair, the solver loses the plan it begins with."""
    problem = visits(40)
    assert cost(problem, greedy(problem)) == (0, 0, 1582)
    found = optimal(problem)
    assert (cost(problem, found.plan), found.is_proven) == ((0, 0, 0), True)


def test_many_tasks_are_improved_in_parts_without_which_little_is_found(monkeypatch):
    """The share of the whole is nothing here, so that all of it is found part by part."""
    problem = visits(40)
    monkeypatch.setattr(parts, "_MANY", 1)
    monkeypatch.setattr(parts, "_SIZE", 20)
    monkeypatch.setattr(parts, "share", lambda _: 0.0)
    found = optimal(problem)
    assert audit(problem, found.plan) == ()
    assert cost(problem, found.plan) == tuple(stage.value for stage in found.stages)
    assert cost(problem, found.plan) < cost(problem, greedy(problem))
    assert found == optimal(problem)


def test_the_more_tasks_the_less_of_the_limit_is_for_the_whole(monkeypatch):
    problem = visits(8)
    assert (parts.share(problem), parts.members(problem, greedy(problem))) == (1.0, ())
    monkeypatch.setattr(parts, "_MANY", 8)
    monkeypatch.setattr(parts, "_SIZE", 10)
    assert parts.share(problem) == 0.25
    assert [len(part) for part in parts.members(problem, greedy(problem))] == [10, 6]
    nothing = parts.members(problem, plan_of(problem, {}))
    assert [min(part) for part in nothing] == ["arrive-0", "arrive-7"]


@pytest.mark.parametrize("number", range(12))
def test_a_plan_of_a_part_is_one_of_the_whole_and_costs_as_much(number):
    problem = numbered(number, tasks=12)
    plan = greedy(problem)
    free = frozenset(one.id for one in problem.tasks[::2])
    part = parts.part(problem, plan, free)
    found = optimal(part, start=plan).plan
    assert {id_ for id_, spot in found.spots if id_ not in free and spot not in (None, plan[id_])} == set()
    assert cost(part, found) == cost(problem, found) <= cost(problem, plan)
    assert [breach for breach in audit(problem, found) if breach.kind != "missing"] == []


def test_what_cannot_be_has_no_date_and_nothing_is_raised():
    never = Mode(duration_s=H, forbidden=(Ban(lo_s=None, hi_s=None),))
    huge = Mode(duration_s=H, needs={"anna": 2}, hours={"day": 1})
    tasks = (Task(id="a", modes=(never,)), Task(id="b", modes=(huge,)), Task(id="c", modes=(Mode(duration_s=0),)))
    budgets = (Budget(id="day", capacity_s=0),)
    problem = Problem(now_s=0, until_s=9, tasks=tasks, resources=(Resource(id="anna"),), budgets=budgets)
    found = optimal(problem)
    assert found.plan == greedy(problem) == plan_of(problem, {"c": Spot(start_s=0)})
    assert [stage.value for stage in found.stages] == [2, 2, 0]
    assert found.is_proven
    nothing = Problem(now_s=0, until_s=0, tasks=())
    assert optimal(nothing).plan == greedy(nothing) == Plan(spots=())


def test_the_solver_is_loaded_only_when_it_is_asked():
    code = "import sys, stationsim.planning.optimal; print('ortools' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_same_problem_has_the_same_answer_twice():
    problem = numbered(7, tasks=14)
    assert optimal(problem) == optimal(problem)


def test_what_weighs_nothing_in_a_stage_may_be_late():
    stage = Stage(measure="delay", unit_s=H, weights={"a": 0, "b": 1})
    problem = attrs.evolve(LONG_FIRST, objective=(Stage(measure="undated"), stage))
    found = optimal(problem)
    assert (cost(problem, found.plan), found.plan["b"]) == ((0, 0, 0), Spot(start_s=0))
