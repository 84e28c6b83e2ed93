"""The planner that places one task after another: where it looks first, and what it does when nothing fits."""

from itertools import pairwise, permutations

import attrs
import pytest
from problems import numbered
from psplib import parsed

from stationsim.planning.audit import audit
from stationsim.planning.problem import (
    Ban,
    Budget,
    Gap,
    Level,
    Mode,
    Problem,
    Resource,
    Separation,
    Shift,
    Spot,
    Stage,
    Task,
    cost,
)
from stationsim.planning.serial import greedy

H = 3600


def task(id_, *, mode=None, **fields):
    modes = (Mode(duration_s=H, **(mode or {})),)
    return Task(**{"id": id_, "modes": modes, "step_s": H, "is_optional": True} | fields)


def starts(*tasks, **fields):
    """Where tasks start, in hours; None for no date."""
    problem = Problem(**{"now_s": 0, "until_s": 100 * H} | fields, tasks=tasks)
    plan = greedy(problem)
    assert audit(problem, plan) == ()
    return {id_: None if spot is None else spot.start_s / H for id_, spot in plan.spots}


def at(hour, hi=None):
    return Ban(lo_s=hour * H, hi_s=None if hi is None else hi * H)


def test_what_may_stay_stays_and_the_rest_goes_to_the_first_start_after_its_wish():
    ban = {"forbidden": (at(5, 9), at(8, 12))}
    assert starts(task("a", wish_s=5 * H, mode=ban), task("b", wish_s=4 * H, mode=ban)) == {"a": 12, "b": 4}


def test_before_the_wish_is_better_than_no_date():
    assert starts(task("a", wish_s=5 * H, mode={"forbidden": (at(5),)})) == {"a": 0}


def test_where_being_early_counts_too_the_nearest_start_is_taken():
    ban = {"forbidden": (at(5, 20),)}
    shift = (Stage(measure="undated"), Stage(measure="shift"))
    assert starts(task("a", wish_s=6 * H, mode=ban), objective=shift) == {"a": 4}


def test_the_more_urgent_goes_first_and_so_does_what_it_follows():
    anna = {"uses": ("anna",)}
    urgent = task("c", wish_s=5 * H, priority=1, mode=anna)
    other = task("b", wish_s=5 * H, priority=2, mode=anna)
    first = task("d", wish_s=5 * H, priority=3, mode=anna)
    anna = (Resource(id="anna"),)
    assert starts(other, urgent, resources=anna) == {"b": 6, "c": 5}
    gap = Gap(first="d", then="c", min_s=H)
    assert starts(other, urgent, first, resources=anna, gaps=(gap,)) == {"b": 7, "c": 6, "d": 5}


def test_a_follower_of_what_has_no_date_has_none():
    never = task("a", mode={"forbidden": (Ban(lo_s=None, hi_s=None),)})
    needs, free = Gap(first="a", then="b", min_s=0), Gap(first="a", then="c", min_s=0, needs_first=False)
    assert starts(never, task("b"), task("c"), gaps=(needs, free)) == {"a": None, "b": None, "c": 0}


def test_what_is_bound_by_a_largest_gap_moves_with_what_binds_it():
    launch = task("launch", wish_s=2 * H)
    dock = task("dock", wish_s=4 * H, mode={"forbidden": (at(0, 30),)})
    gap = Gap(first="launch", then="dock", min_s=2 * H, max_s=3 * H)
    assert starts(launch, dock, gaps=(gap,)) == {"launch": 27, "dock": 30}
    never = attrs.evolve(dock, modes=(Mode(duration_s=H, forbidden=(at(0),)),))
    assert starts(launch, never, gaps=(gap,)) == {"launch": 2, "dock": None}


def test_a_long_row_of_bound_tasks_ends_and_keeps_its_gaps():
    row = [task(f"t{n:04}", mode={"forbidden": (at(0, n),)}) for n in range(400)]
    gaps = tuple(Gap(first=a.id, then=b.id, min_s=0, max_s=H) for a, b in pairwise(row))
    assert starts(*row, gaps=gaps)["t0000"] is not None


def test_a_departure_waits_for_the_arrival_without_which_too_few_are_aboard():
    arrive = task("arrive", wish_s=5 * H, mode={"forbidden": (at(0, 20),), "shifts": (Shift(level="n", delta=3),)})
    leave = task("leave", wish_s=8 * H, mode={"shifts": (Shift(level="n", delta=-3, at="end"),)})
    level = Level(id="n", initial=3, least=3, most=6)
    assert starts(leave, arrive, levels=(level,)) == {"leave": 19, "arrive": 20}
    assert starts(leave, levels=(level,)) == {"leave": None}


def test_hours_are_charged_to_the_day_of_the_start():
    work = [task(name, wish_s=5 * H, mode={"hours": {"h": 4 * H}}) for name in "abcd"]
    budget = Budget(id="h", capacity_s=9 * H, day_s=24 * H, offset_s=-2 * H)
    assert starts(*work, budgets=(budget,)) == {"a": 5, "b": 5, "c": 22, "d": 22}
    assert starts(*work[:1], budgets=(attrs.evolve(budget, capacity_s=3 * H),)) == {"a": None}


def test_frozen_tasks_are_placed_first_and_one_of_two_that_exclude_each_other_has_no_date():
    anna = {"uses": ("anna",)}
    frozen = [task(name, frozen=Spot(start_s=5 * H), mode=anna, priority=3) for name in "ab"]
    urgent = task("c", wish_s=5 * H, mode=anna)
    assert starts(*frozen, urgent, resources=(Resource(id="anna"),)) == {"a": 5, "b": None, "c": 6}


def test_modes_are_weighed_by_the_stages():
    modes = (
        Mode(id="mine", duration_s=H, forbidden=(at(0, 30),)),
        Mode(id="dear", duration_s=H, cost=9),
        Mode(id="cheap", duration_s=H, cost=1, forbidden=(at(0, 20),)),
    )
    one = Task(id="a", modes=modes, wish_s=5 * H, step_s=H)
    for measure, start_s, mode in (("delay", 5, "dear"), ("cost", 30, "mine")):
        problem = Problem(now_s=0, until_s=99 * H, tasks=(one,), objective=(Stage(measure=measure),))
        assert greedy(problem)["a"] == Spot(start_s=start_s * H, mode=mode)


def test_separations_hold_in_their_modes_and_both_ways():
    a, b = task("a", wish_s=5 * H), task("b", wish_s=5 * H)
    for one in (Separation(a="a", b="b", lo_s=-H, hi_s=3 * H), Separation(a="b", b="a", lo_s=-3 * H, hi_s=H)):
        assert starts(a, b, separations=(one,)) == {"a": 5, "b": 6}
        assert starts(b, attrs.evolve(a, wish_s=6 * H), separations=(one,)) == {"b": 5, "a": 8}
    assert starts(a, b, separations=(Separation(a="a", b="b", lo_s=None, hi_s=None),)) == {"a": 5, "b": None}
    other = Separation(a="a", b="b", lo_s=None, hi_s=None, mode_b="")
    assert starts(a, b, separations=(other,)) == {"a": 5, "b": None}


def by_hand(problem):
    """The shortest project: every order of its jobs, each begun at the first second that has room for it."""
    jobs = {task.id: task.modes[0] for task in problem.tasks}
    firsts = {id_: [gap.first for gap in problem.gaps if gap.then == id_] for id_ in jobs}
    best = problem.until_s
    for order in permutations(jobs):
        begun = {}
        for id_ in order:
            if not all(first in begun for first in firsts[id_]):
                break
            begun[id_] = max([0, *(begun[first] + jobs[first].duration_s for first in firsts[id_])])
            while crowded(problem, jobs, begun, id_):
                begun[id_] += 1
        if len(begun) == len(jobs):
            best = min(best, max(begun[id_] + jobs[id_].duration_s for id_ in jobs))
    return best


def crowded(problem, jobs, begun, id_):
    return any(
        sum(dict(jobs[one].needs).get(room.id, 0) for one, s in begun.items() if s <= t < s + jobs[one].duration_s)
        > room.capacity
        for room in problem.resources
        for t in range(begun[id_], begun[id_] + jobs[id_].duration_s)
    )


@pytest.mark.parametrize("name", ["chain", "tight"])
def test_what_is_told_of_a_project_is_its_shortest(name):
    problem, shortest = parsed(name)
    assert by_hand(problem) == shortest


@pytest.mark.parametrize("name", ["chain", "tight"])
def test_a_project_is_laid_out_at_its_shortest(name):
    problem, shortest = parsed(name)
    plan = greedy(problem)
    assert audit(problem, plan) == ()
    assert cost(problem, plan) == (0, shortest)


def test_a_circle_of_gaps_is_opened_and_kept():
    there, back = Gap(first="a", then="b", min_s=H, needs_first=False), Gap(first="b", then="a", min_s=-2 * H)
    assert starts(task("a", wish_s=5 * H), task("b", wish_s=5 * H), gaps=(there, back)) == {"a": 3, "b": 5}
    never = Gap(first="b", then="a", min_s=0, needs_first=False)
    found = starts(task("a"), task("b"), gaps=(there, never), objective=(Stage(measure="makespan"),))
    assert sorted(found.values(), key=str) == [0, None]


def test_circles_are_opened_one_after_the_other():
    gaps = tuple(Gap(first=a, then=b, min_s=0, needs_first=False) for a, b in ("ab", "bc", "ca", "de", "ed"))
    assert set(starts(*(task(id_, wish_s=0) for id_ in "abcde"), gaps=gaps).values()) == {0}


def test_a_task_on_whose_level_another_stands_is_not_moved_away():
    problem = numbered(214, tasks=5)
    assert {breach.kind for breach in audit(problem, greedy(problem))} <= {"missing"}
