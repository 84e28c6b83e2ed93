"""Every kind of breach, alone: a plan that keeps the constraint to the last second, and one that breaks it by one."""

import attrs
import pytest

from stationsim.planning.audit import audit
from stationsim.planning.problem import (
    Ban,
    Budget,
    Gap,
    Level,
    Mode,
    Plan,
    Problem,
    Resource,
    Separation,
    Shift,
    Spot,
    Task,
    plan_of,
)


def case(tasks, good, bad, **fields):
    """Two plans of one problem, as starts by task; a spot of its own where there is a mode."""
    problem = Problem(**{"now_s": 100, "until_s": 1000} | fields, tasks=tasks)
    return problem, *(plan_of(problem, {id_: spot(at) for id_, at in plan.items()}) for plan in (good, bad))


def spot(at):
    return Spot(start_s=at[0], mode=at[1]) if isinstance(at, tuple) else Spot(start_s=at)


def one(**fields):
    names = {field.name for field in attrs.fields(Mode)} - {"earliest_s"}
    mode = {name: fields.pop(name) for name in list(fields) if name in names}
    id_ = fields.pop("task", "a")
    return Task(id=id_, modes=(Mode(**{"duration_s": 10} | mode, id=""),), **fields)


def two(**fields):
    return one(**fields), one(task="b", **fields)


TWO_MODES = (Mode(id="m", duration_s=10), Mode(id="n", duration_s=10))
CASES = {
    "ban": case((one(forbidden=(Ban(lo_s=200, hi_s=300, reason="R"),)),), {"a": 300}, {"a": 299}),
    "ban from its first second": case((one(forbidden=(Ban(lo_s=200, hi_s=None),)),), {"a": 199}, {"a": 200}),
    "ban from ever": case((one(forbidden=(Ban(lo_s=None, hi_s=200),)),), {"a": 200}, {"a": 199}),
    "ban of a frozen one": case(
        (one(forbidden=(Ban(lo_s=0, hi_s=9),), frozen=Spot(start_s=9)),
         one(task="b", forbidden=(Ban(lo_s=0, hi_s=9),), frozen=Spot(start_s=8))),
        {"a": 9}, {"a": 9, "b": 8},
    ),
    "frozen": case((one(frozen=Spot(start_s=7)),), {"a": 7}, {"a": 8}),
    "frozen in a mode": case(
        (Task(id="a", modes=TWO_MODES, frozen=Spot(start_s=7, mode="m")),), {"a": (7, "m")}, {"a": (7, "n")}
    ),
    "start after now": case((one(),), {"a": 100}, {"a": 99}),
    "start before the horizon": case((one(),), {"a": 999}, {"a": 1000}),
    "start after the release": case((one(release_s=200, wish_s=199),), {"a": 200}, {"a": 199}),
    "due": case((one(due_s=210),), {"a": 200}, {"a": 201}),
    "earliest": case((one(earliest_s=200, wish_s=150, kept=(160,)),), {"a": 160}, {"a": 199}),
    "start up to the latest": case((one(latest_s=200, wish_s=300),), {"a": 300}, {"a": 201}),
    "grid": case((one(step_s=60, offset_s=7, wish_s=128),), {"a": 127}, {"a": 129}),
    "grid of starts": case((one(starts=(200, 300), wish_s=250),), {"a": 250}, {"a": 251}),
    "resource": case(two(uses=("r",)), {"a": 200, "b": 210}, {"a": 200, "b": 209}, resources=(Resource(id="r"),)),
    "resource with preparation": case(
        two(uses=("r",), before_s=3, after_s=2), {"a": 200, "b": 215}, {"a": 200, "b": 214},
        resources=(Resource(id="r"),),
    ),
    "resource that is counted": case(
        (*two(needs={"r": 1}), one(task="c", needs={"r": 2})),
        {"a": 200, "b": 200, "c": 210}, {"a": 200, "b": 190, "c": 209}, resources=(Resource(id="r", capacity=2),),
    ),
    "resource taken whole": case(
        (one(uses=("r",)), one(task="b", needs={"r": 1})), {"a": 200, "b": 210}, {"a": 200, "b": 209},
        resources=(Resource(id="r", capacity=5),),
    ),
    "resource that is none": case(
        (one(uses=("r",), duration_s=0), one(task="b", uses=("r",))), {"a": 200}, {"b": 200},
        resources=(Resource(id="r", capacity=0),),
    ),
    "budget": case(
        two(hours={"other": 99, "h": 30}), {"a": 149, "b": 150}, {"a": 150, "b": 249},
        budgets=(Budget(id="h", capacity_s=59, day_s=100, offset_s=50), Budget(id="other", capacity_s=999)),
    ),
    "level": case(
        (one(shifts=(Shift(level="l", delta=2),)), one(task="b", shifts=(Shift(level="l", delta=-2, at="end"),))),
        {"a": 210, "b": 200}, {"a": 209, "b": 200}, levels=(Level(id="l", initial=2, most=3),),
    ),
    "level below": case(
        (one(shifts=(Shift(level="l", delta=-2),)), one(task="b", shifts=(Shift(level="l", delta=2, at="end"),))),
        {"a": 210, "b": 200}, {"a": 209, "b": 200}, levels=(Level(id="l", initial=1, least=0),),
    ),
    "level without what is past": case(
        (one(shifts=(Shift(level="l", delta=2),), frozen=Spot(start_s=99)),
         one(task="b", shifts=(Shift(level="l", delta=2),), frozen=Spot(start_s=100))),
        {"a": 99}, {"a": 99, "b": 100}, levels=(Level(id="l", initial=1, most=2),),
    ),
    "gap of at least": case(
        two(), {"a": 200, "b": 205}, {"a": 200, "b": 204}, gaps=(Gap(first="a", then="b", min_s=5),)
    ),
    "gap of at most": case(
        two(), {"a": 200, "b": 205}, {"a": 200, "b": 206}, gaps=(Gap(first="a", then="b", max_s=5),)
    ),
    "gap from the end": case(
        two(), {"a": 200, "b": 215}, {"a": 200, "b": 214}, gaps=(Gap(first="a", then="b", min_s=5, from_end=True),)
    ),
    "needs": case(
        (*two(), one(task="c")), {"a": 200, "c": 100}, {"b": 200},
        gaps=(Gap(first="a", then="b", min_s=5), Gap(first="b", then="c", needs_first=False)),
    ),
    "separation": case(
        two(), {"a": 205, "b": 200}, {"a": 204, "b": 200}, separations=(Separation(a="a", b="b", lo_s=-3, hi_s=5),)
    ),
    "separation below": case(
        two(), {"a": 197, "b": 200}, {"a": 198, "b": 200}, separations=(Separation(a="a", b="b", lo_s=-3, hi_s=None),)
    ),
    "separation without a lower end": case(
        two(), {"a": 205, "b": 200}, {"a": 150, "b": 200}, separations=(Separation(a="a", b="b", lo_s=None, hi_s=5),)
    ),
    "separation of modes": case(
        (Task(id="a", modes=TWO_MODES), Task(id="b", modes=TWO_MODES)),
        {"a": (200, "m"), "b": (200, "m")}, {"a": (200, "m"), "b": (200, "n")},
        separations=(Separation(a="a", b="b", lo_s=-9, hi_s=9, mode_a="m", mode_b="n"),
                     Separation(a="a", b="b", lo_s=-9, hi_s=9, mode_a="n")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_constraint_is_kept_to_the_last_second_and_broken_by_the_next(name):
    problem, good, bad = CASES[name]
    assert [found for found in audit(problem, good) if found.kind != "missing"] == []
    broken = [found for found in audit(problem, bad) if found.kind != "missing"]
    assert {found.kind for found in broken} == {name.split()[0]}


def test_a_start_in_a_mode_has_its_own_lead_even_if_it_is_kept():
    task = one(wish_s=150, earliest_s=None)
    mode = attrs.evolve(task.modes[0], earliest_s=151)
    problem = Problem(now_s=100, until_s=1000, tasks=(attrs.evolve(task, modes=(mode,)),))
    assert audit(problem, plan_of(problem, {"a": Spot(start_s=151)})) == ()
    (found,) = audit(problem, plan_of(problem, {"a": Spot(start_s=150)}))
    assert (found.kind, found.value, found.limit) == ("earliest", 150, 151)


def test_who_has_no_date_is_missing_unless_optional():
    problem = Problem(now_s=0, until_s=9, tasks=(one(), one(task="b", is_optional=True)))
    assert [(found.kind, found.tasks) for found in audit(problem, plan_of(problem, {}))] == [("missing", ("a",))]


def test_a_task_that_is_lost_told_twice_or_invented_is_told():
    problem = Problem(now_s=0, until_s=9, tasks=(one(), one(task="b", is_optional=True)))
    plan = Plan(spots=(("a", Spot(start_s=0)), ("a", Spot(start_s=0)), ("c", None)))
    found = [(b.kind, b.tasks, b.value, b.limit) for b in audit(problem, plan)]
    assert found == [("lost", ("a",), 2, 1), ("lost", ("b",), 0, 1), ("lost", ("c",), 1, 0)]
    unknown = plan_of(problem, {"a": Spot(start_s=0, mode="x")})
    assert [(b.kind, b.where) for b in audit(problem, unknown)] == [("unknown", "mode x")]


def test_a_breach_says_who_what_when_and_how_much():
    problem, _, bad = CASES["resource with preparation"]
    (found,) = audit(problem, bad)
    assert str(found) == "a, b: resource r at t=211 s: 2 is not allowed. Limit: 1."
    problem, _, bad = CASES["ban"]
    (found,) = audit(problem, bad)
    assert (str(found), found.reason) == ("a: ban at t=299 s: 299 is not allowed. Limit: 300.", "R")
