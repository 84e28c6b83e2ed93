"""What a planning problem refuses, and what a plan costs."""

import attrs
import pytest

from stationsim.errors import ScenarioError
from stationsim.planning.audit import audit
from stationsim.planning.optimal import optimal
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
    Stage,
    Task,
    cost,
    plan_of,
)
from stationsim.planning.serial import greedy

DAY = 86400


def task(id_, **fields):
    return Task(**{"id": id_, "modes": (Mode(duration_s=10),)} | fields)


def problem(*tasks, **fields):
    return Problem(now_s=0, until_s=100 * DAY, tasks=tasks, **fields)


A, B = task("a"), task("b")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"tasks": (A, A)}, "tasks: 'a' is there twice. Allowed: every name once."),
        ({"until_s": -1}, "until_s: -1 is before now_s. Allowed: 0 or more."),
        ({"tasks": (task("a", modes=()),)}, "tasks.a.modes: () is empty. Allowed: one mode or more."),
        ({"tasks": (task("a", step_s=0),)}, "tasks.a.step_s: 0 is too small. Allowed: 1 or more."),
        ({"tasks": (task("a", weight=-1),)}, "tasks.a.weight: -1 is too small. Allowed: 0 or more."),
        (
            {"tasks": (task("a", starts=(2, 2)),)},
            "tasks.a.starts: (2, 2) does not rise. Allowed: every start once, the earliest first.",
        ),
        (
            {"tasks": (task("a", kept=(3, 1)),)},
            "tasks.a.kept: (3, 1) does not rise. Allowed: every start once, the earliest first.",
        ),
        (
            {"tasks": (task("a", frozen=Spot(start_s=0, mode="x")),)},
            "tasks.a.frozen.mode: 'x' is not a mode of a. Allowed: ''.",
        ),
        (
            {"tasks": (task("a", modes=(Mode(id="m", duration_s=-1),)),)},
            "tasks.a.modes.m.duration_s: -1 is too small. Allowed: 0 or more.",
        ),
        (
            {"tasks": (task("a", modes=(Mode(id="m", duration_s=1, uses=("anna",)),)),)},
            "tasks.a.modes.m.uses: 'anna' is not a resource. Allowed: none.",
        ),
        (
            {"tasks": (task("a", modes=(Mode(id="m", duration_s=1, needs={"suit": 0}),)),)},
            (
                "tasks.a.modes.m.needs: 'suit' is not a resource. Allowed: none.\n"
                "tasks.a.modes.m.needs.suit: 0 is too small. Allowed: 1 or more."
            ),
        ),
        (
            {
                "tasks": (task("a", modes=(Mode(id="m", duration_s=1, uses=("r",), needs={"r": 1}),)),),
                "resources": (Resource(id="r"),),
            },
            "tasks.a.modes.m.uses and needs: 'r' is there twice. Allowed: every name once.",
        ),
        (
            {"tasks": (task("a", modes=(Mode(id="m", duration_s=1, hours=(("h", 1), ("h", 2))),)),)},
            (
                "tasks.a.modes.m.hours: 'h' is not a budget. Allowed: none.\n"
                "tasks.a.modes.m.hours: 'h' is not a budget. Allowed: none.\n"
                "tasks.a.modes.m.hours: 'h' is there twice. Allowed: every name once."
            ),
        ),
        (
            {
                "tasks": (
                    task("a", modes=(Mode(id="m", duration_s=1, shifts=(Shift(level="l", delta=1, at="noon"),)),)),
                )
            },
            (
                "tasks.a.modes.m.shifts.level: 'l' is not a level. Allowed: none.\n"
                "tasks.a.modes.m.shifts.at: 'noon' is not a moment. Allowed: end, start."
            ),
        ),
        ({"resources": (Resource(id="r", capacity=-1),)}, "resources.r.capacity: -1 is too small. Allowed: 0 or more."),
        (
            {"budgets": (Budget(id="h", capacity_s=-1, day_s=0),)},
            (
                "budgets.h.capacity_s: -1 is too small. Allowed: 0 or more.\n"
                "budgets.h.day_s: 0 is too small. Allowed: 1 or more."
            ),
        ),
        (
            {"levels": (Level(id="l", initial=3, most=2),)},
            "levels.l.initial: 3 is out of bounds. Allowed: any to 2.",
        ),
        (
            {"levels": (Level(id="l", initial=0, least=1),)},
            "levels.l.initial: 0 is out of bounds. Allowed: 1 to any.",
        ),
        ({"gaps": (Gap(first="a", then="z"),)}, "gaps[0].then: 'z' is not a task. Allowed: a, b."),
        (
            {"gaps": (Gap(first="a", then="a", needs_first=False),)},
            "gaps[0].then: 'a' is the same task as first. Allowed: another task.",
        ),
        (
            {"gaps": (Gap(first="a", then="b", min_s=2, max_s=1),)},
            "gaps[0].max_s: 1 is less than min_s. Allowed: 2 or more.",
        ),
        (
            {"gaps": (Gap(first="a", then="b"), Gap(first="b", then="a"))},
            "gaps: a, b need each other's dates first. Allowed: no circle of needs_first.",
        ),
        (
            {"separations": (Separation(a="a", b="b", lo_s=0, hi_s=1, mode_a="m"),)},
            "separations[0].mode_a: 'm' is not a mode of a. Allowed: ''.",
        ),
        (
            {"objective": (Stage(measure="joy", unit_s=0, weights={"z": -1}),)},
            (
                "objective[0].measure: 'joy' is not a measure. "
                "Allowed: changed, cost, delay, makespan, shift, undated.\n"
                "objective[0].unit_s: 0 is too small. Allowed: 1 or more.\n"
                "objective[0].weights: 'z' is not a task. Allowed: a, b.\n"
                "objective[0].weights.z: -1 is too small. Allowed: 0 or more."
            ),
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_where_what_and_what_is_allowed(fields, told):
    with pytest.raises(ScenarioError) as caught:
        Problem(**{"now_s": 0, "until_s": 9, "tasks": (A, B)} | fields)
    assert str(caught.value) == told


FAR = "Allowed: -100000000000000 to 100000000000000, whole."


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"now_s": 0.5}, f"now_s: 0.5 is not a whole number. {FAR} Round it or write it as int."),
        ({"until_s": 10**15}, f"until_s: 1000000000000000 is too far off. {FAR} Write a nearer one."),
        (
            {"tasks": (task("a", wish_s=1.5, due_s=-(10**15), is_optional=1),)},
            (
                f"tasks.a.wish_s: 1.5 is not a whole number. {FAR} Round it or write it as int.\n"
                "tasks.a.is_optional: 1 is neither. Allowed: True or False. Write True.\n"
                f"tasks.a.due_s: -1000000000000000 is too far off. {FAR} Write a nearer one, or None."
            ),
        ),
        (
            {
                "tasks": (
                    task("a", modes=(Mode(id="m", duration_s=True, uses="ann", needs="ann", hours={"day": 0.5}),)),
                )
            },
            (
                f"tasks.a.modes.m.duration_s: True is not a whole number. {FAR} Round it or write it as int.\n"
                "tasks.a.modes.m.uses: 'ann' is not a list of values. Allowed: a tuple. Write ('ann',).\n"
                "tasks.a.modes.m.needs: 'ann' is not a list of values. Allowed: a tuple. Write (..., ...).\n"
                f"tasks.a.modes.m.hours.day: 0.5 is not a whole number. {FAR} Round it or write it as int."
            ),
        ),
        (
            {"tasks": (task("a", modes=(Mode(id="m", duration_s=1, uses=(7,), needs=("suit", 2)),)),)},
            (
                "tasks.a.modes.m.uses[0]: 7 is not a text. Allowed: a text. Write '7'.\n"
                "tasks.a.modes.m.needs: 'suit' is not a name with a number. Allowed: a mapping or pairs. "
                "Write {'name': 1}.\n"
                "tasks.a.modes.m.needs: 2 is not a name with a number. Allowed: a mapping or pairs. Write {'name': 1}."
            ),
        ),
        (
            {"tasks": (task("a", modes=(Mode(id="m", duration_s=1, forbidden=(Ban(lo_s=0.5, hi_s=None),)),)),)},
            (f"tasks.a.modes.m.forbidden[0].lo_s: 0.5 is not a whole number. {FAR} Round it or write it as int."),
        ),
        (
            {"tasks": (task("a", kept=3, starts=(1, 2.5), frozen=5),)},
            (
                "tasks.a.kept: 3 is not a list of values. Allowed: a tuple. Write (..., ...).\n"
                f"tasks.a.starts[1]: 2.5 is not a whole number. {FAR} Round it or write it as int.\n"
                "tasks.a.frozen: 5 is not a Spot. Allowed: Spot. Write Spot(...)."
            ),
        ),
        (
            {"tasks": ("a",), "resources": (Resource(id=3),)},
            (
                "tasks[0]: 'a' is not a Task. Allowed: Task. Write Task(...).\n"
                "resources.3.id: 3 is not a text. Allowed: a text. Write '3'."
            ),
        ),
        (
            {
                "gaps": (Gap(first="a", then="b", min_s=1e20),),
                "objective": (Stage(measure="delay", weights={"a": 2.0}),),
            },
            (
                f"gaps[0].min_s: 1e+20 is not a whole number. {FAR} Round it or write it as int.\n"
                f"objective[0].weights.a: 2.0 is not a whole number. {FAR} Round it or write it as int."
            ),
        ),
    ],
)
def test_a_value_of_another_sort_is_refused_with_where_what_and_what_to_do(fields, told):
    with pytest.raises(ScenarioError) as caught:
        Problem(**{"now_s": 0, "until_s": 9, "tasks": (A, B)} | fields)
    assert str(caught.value) == told


def test_a_list_and_a_reason_of_any_sort_are_taken():
    stated = problem(
        task("a", modes=[Mode(duration_s=1, uses=["r"], forbidden=[Ban(lo_s=5, hi_s=6, reason=4)])]),
        resources=[Resource(id="r")],
    )
    assert greedy(stated)["a"] == Spot(start_s=0)


LAST = 10**14


@pytest.mark.parametrize("planner", [greedy, lambda stated: optimal(stated).plan])
@pytest.mark.parametrize("weight", [1, LAST])
def test_what_is_as_far_off_as_can_be_is_planned(planner, weight):
    """Two at the end of the clock and one after the other; sums beyond what a solver adds up are left to greedy."""
    mode = Mode(duration_s=0, uses=("r",), needs={"s": LAST}, cost=weight, before_s=1)
    tasks = tuple(task(f"t{n}", modes=(mode,), wish_s=wish_s, weight=weight) for n, wish_s in enumerate((-LAST, LAST)))
    stated = Problem(
        now_s=-LAST,
        until_s=LAST,
        tasks=tasks,
        resources=(Resource(id="r"), Resource(id="s", capacity=LAST)),
        gaps=(Gap(first="t1", then="t0", min_s=LAST),),
        objective=(Stage(measure="undated"), Stage(measure="shift"), Stage(measure="cost"), Stage(measure="makespan")),
    )
    plan = planner(stated)
    assert [breach for breach in audit(stated, plan) if breach.kind != "missing"] == []
    assert cost(stated, plan) <= cost(stated, greedy(stated))


def test_every_record_is_a_value():
    assert hash(task("a", modes=(Mode(duration_s=1, needs={"r": 2}),))) == hash(
        task("a", modes=(Mode(duration_s=1, needs=(("r", 2),)),))
    )
    assert attrs.evolve(A, weight=2) != A


def test_a_plan_has_a_place_for_every_task():
    plan = plan_of(problem(A, B), {"b": Spot(start_s=3)})
    assert plan == Plan(spots=(("a", None), ("b", Spot(start_s=3))))
    assert (plan.undated, plan["b"], plan["a"]) == (("a",), Spot(start_s=3), None)


TWO = (Mode(id="one", duration_s=10), Mode(id="two", duration_s=20, cost=7))
THREE = (
    task("a", modes=TWO, wish_s=DAY, weight=2, priority=1),
    task("b", modes=TWO, wish_s=DAY, weight=3, priority=2, is_optional=True),
    task("c", modes=TWO, priority=3),
)


@pytest.mark.parametrize(
    ("stage", "spots", "value"),
    [
        (Stage(measure="undated"), {}, 2 + 3 + 1),
        (Stage(measure="undated", upto=1), {}, 2),
        (Stage(measure="undated", weights={"b": 5}), {}, 5),
        (Stage(measure="delay", unit_s=DAY), {"a": (DAY + 1, "one"), "b": (3 * DAY, "one")}, 2 * 1 + 3 * 2),
        (Stage(measure="delay"), {"a": (DAY - 5, "one"), "c": (DAY, "one")}, 0),
        (Stage(measure="shift"), {"a": (DAY - 5, "one"), "b": (DAY + 4, "one")}, 2 * 5 + 3 * 4),
        (Stage(measure="changed"), {"a": (DAY, "one"), "b": (DAY, "two")}, 1),
        (Stage(measure="changed"), {"c": (DAY, "two")}, 2),
        (Stage(measure="cost"), {"a": (DAY, "two"), "b": (DAY, "two"), "c": (0, "one")}, 14),
        (Stage(measure="makespan", unit_s=DAY), {"a": (DAY, "one"), "c": (0, "two")}, 2),
        (Stage(measure="makespan"), {"a": (DAY, "one"), "c": (0, "two")}, DAY + 10),
        (Stage(measure="makespan"), {}, 0),
    ],
)
def test_a_stage_adds_up_what_it_names(stage, spots, value):
    its = problem(*THREE, objective=(stage,))
    plan = plan_of(its, {id_: Spot(start_s=at, mode=mode) for id_, (at, mode) in spots.items()})
    missing = sum(plan[id_] is None for id_ in ("a", "c"))
    assert cost(its, plan) == (missing, value)


def test_a_stage_is_shown_by_its_name_or_its_measure():
    assert [Stage(measure="delay").title, Stage(measure="delay", name="launches").title] == ["delay", "launches"]
