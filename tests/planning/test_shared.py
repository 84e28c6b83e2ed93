"""What tasks share that is counted, as a problem states it: things, and hours and activities of people."""

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import DAY, HERE, HOUR, KINDS, Story, at, book, kind, role, rule, tiny
from worlds import activity as planned

from stationsim.planning import improve as improving
from stationsim.planning.audit import audit
from stationsim.planning.compiled import compiled
from stationsim.planning.improve import improve
from stationsim.planning.problem import Resource as Shared
from stationsim.planning.repair import repair
from stationsim.planning.revision import over
from stationsim.planning.verify import verify
from stationsim.scenario.model import Resource

CHORE = kind("chore", "work", usual_s=10 * HOUR, duration_s=3 * HOUR)
TALK = kind("talk", "work", usual_s=14 * HOUR, duration_s=2 * HOUR)
NIGHT = kind("night", "work", usual_s=23 * HOUR, duration_s=2 * HOUR)
SUITS = Resource(id="suits", name="suits", count=2, source=HERE)
LIMIT = rule("workload", limit_s=4 * HOUR)


def work(id_: str, day: int, kind_: str = "chore", who: str = "eve", **more):
    """Return work of somebody on a day from which it may move to the next ones."""
    hour = {"chore": 10, "talk": 14, "night": 23}[kind_]
    return planned(id_, kind_, at(day * DAY + hour * HOUR), people=(role(who),), centre="south", **more)


def story_of(*activities, rules=(), resources=(SUITS,), **more) -> Story:
    parts = {"kinds": (*KINDS, CHORE, TALK, NIGHT), "resources": resources, **more}
    return Story(tiny(rules=rules, activities=[*activities], **parts))


def problem_of(story: Story, fixed: frozenset[str] = frozenset()):
    """Return the problem of the plan as the greedy repair leaves it."""
    situations = story.situations()
    greedy = over(situations, repair(situations))
    acts = next(iter(greedy.values())).acts
    return compiled(greedy, story.state.acts, fixed), acts


def charged(stated, task: str):
    return [dict(mode.hours) for mode in stated.problem.by_id[task].modes]


def needed(stated, task: str):
    return [dict(mode.needs) for mode in stated.problem.by_id[task].modes]


def dates(revision):
    return {change.id: change.start_s for change in revision.changes}


class TestResources:
    def test_what_is_counted_is_a_resource(self):
        stated, acts = problem_of(story_of(work("a", 2, takes=(("suits", 2),)), work("b", 3, takes=(("suits", 1),))))
        assert stated.problem.resources == (Shared(id="suits", capacity=2, reason="counted"),)
        assert (needed(stated, "a"), needed(stated, "b")) == ([{"suits": 2}], [{"suits": 1}])
        assert audit(stated.problem, stated.plan(acts)) == ()

    def test_what_stands_takes_its_part_where_it_stands(self):
        jobs = [work(id_, day, takes=(("suits", 1),)) for id_, day in (("a", 2), ("b", 3), ("c", 2))]
        stated, acts = problem_of(story_of(*jobs), frozenset({"c"}))
        assert [task.id for task in stated.problem.tasks] == ["a", "b", "c takes suits"]
        assert stated.problem.by_id["c takes suits"].frozen.start_s == 2 * DAY + 10 * HOUR
        assert list(stated.casts) == ["a", "b"]
        assert audit(stated.problem, stated.plan(acts)) == ()

    def test_constants_that_take_too_much_are_no_matter_of_the_planner(self):
        jobs = [work("a", 2), work("b", 3), *(work(id_, 9) for id_ in ("c", "d", "e"))]
        jobs = [evolve(job, takes=(("suits", 1),)) for job in jobs]
        story = story_of(*jobs)
        stated = compiled(story.situations(), story.state.acts, frozenset({"c", "d", "e"}))
        assert stated.problem.resources[0].capacity == 3
        assert audit(stated.problem, stated.plan(story.state.acts)) == ()

    def test_what_one_task_alone_takes_is_said_by_its_bans(self):
        stated, _ = problem_of(story_of(work("a", 2, takes=(("suits", 2),)), work("b", 3)))
        assert (stated.problem.resources, needed(stated, "a")) == ((), [{}])

    def test_hours_a_day_are_a_budget(self):
        power = Resource(id="power", name="power", per_day_s=8 * HOUR, source=HERE)
        jobs = [work("a", 2, takes=(("power", 2),)), work("b", 3, takes=(("power", 1),))]
        stated, _ = problem_of(story_of(*jobs, resources=(power,)))
        (budget,) = stated.problem.budgets
        assert (budget.capacity_s, budget.day_s, budget.reason) == (8 * HOUR, DAY, "counted")
        assert charged(stated, "a") == [{"power a day": 6 * HOUR}]


class TestWorkload:
    def test_hours_of_a_person_are_a_budget(self):
        stated, acts = problem_of(story_of(work("a", 2), work("b", 3, "talk"), rules=[LIMIT]))
        (budget,) = stated.problem.budgets
        assert (budget.id, budget.capacity_s, budget.reason) == ("workload: hours of eve", 4 * HOUR, "workload")
        assert charged(stated, "a") == [{budget.id: 3 * HOUR}]
        assert audit(stated.problem, stated.plan(acts)) == ()

    def test_a_week_begins_on_monday(self):
        week = rule("workload", limit_s=9 * HOUR, per="week")
        stated, _ = problem_of(story_of(work("a", 2), work("b", 3), rules=[week], start_utc=tiny().start_utc))
        (budget,) = stated.problem.budgets
        assert (budget.day_s, budget.offset_s % (7 * DAY)) == (7 * DAY, 0)

    def test_activities_are_counted_by_their_start(self):
        most = rule("workload", count=1)
        stated, _ = problem_of(story_of(work("a", 2, "night"), work("b", 3, "night"), rules=[most]))
        (budget,) = stated.problem.budgets
        assert (budget.id, budget.capacity_s) == ("workload: activities of eve", 1)
        assert charged(stated, "a") == [{budget.id: 1}]

    def test_what_reaches_into_the_next_day_is_charged_nothing(self):
        stated, _ = problem_of(story_of(work("a", 2, "night"), work("b", 3), work("c", 4), rules=[LIMIT]))
        assert (charged(stated, "a"), charged(stated, "b")) == ([{}], [{"workload: hours of eve": 3 * HOUR}])

    def test_what_is_exempt_or_of_another_book_is_charged_nothing(self):
        free = evolve(LIMIT, exempt=("talk",))
        stated, _ = problem_of(story_of(work("a", 2), work("b", 3), work("c", 4, "talk"), rules=[free]))
        assert charged(stated, "c") == [{}]
        north = evolve(LIMIT, books=("north",))
        stated, _ = problem_of(story_of(work("a", 2), work("b", 3), rules=[north]))
        assert stated.problem.budgets == ()

    def test_what_stands_spends_its_part_of_each_day(self):
        jobs = [work("a", 2), work("b", 3), work("n", 5, "night")]
        stated, acts = problem_of(story_of(*jobs, rules=[LIMIT]), frozenset({"n"}))
        spent = {task.frozen.start_s: dict(task.modes[0].hours) for task in stated.problem.tasks if task.frozen}
        assert spent == {day * DAY: {"workload: hours of eve": HOUR} for day in (5, 6)}
        assert audit(stated.problem, stated.plan(acts)) == ()


def crowded() -> Story:
    """Day 5 is the first that is open; a chore and a talk want it, and there are hours for one of them."""
    closed = rule("calendar", id="closed", dates=(at(0, 5 * DAY),))
    first = work("a-chore", 2, opportunities=(at(5 * DAY + 10 * HOUR), at(6 * DAY + 10 * HOUR)))
    second = work("b-talk", 3, "talk", opportunities=(at(5 * DAY + 14 * HOUR),))
    return story_of(first, second, rules=[*book("exclusive"), closed, LIMIT])


def test_the_optimiser_knows_the_hours_beforehand(monkeypatch):
    """The first plan that it finds is verified: nothing has to be learned from what it breaks."""
    asked = []
    plain = improving.optimal
    monkeypatch.setattr(improving, "optimal", lambda *args, **more: asked.append(1) or plain(*args, **more))
    story = crowded()
    assert dates(repair(story.situations()))["b-talk"] is None
    revision = improve(story.situations())
    assert dates(revision)["a-chore"] == 6 * DAY + 10 * HOUR
    assert dates(revision)["b-talk"] == 5 * DAY + 14 * HOUR
    assert verify(over(story.situations(), revision)) == ()
    assert asked == [1]


def test_the_optimiser_leaves_what_is_counted_to_who_has_no_other_day():
    closed = rule("calendar", id="closed", dates=(at(0, 5 * DAY),))
    both = (("suits", 2),)
    first = work("a", 2, who="ann", takes=both, opportunities=(at(5 * DAY + 10 * HOUR), at(6 * DAY + 10 * HOUR)))
    second = work("b", 3, takes=both, opportunities=(at(5 * DAY + 10 * HOUR),))
    story = story_of(first, second, rules=[closed])
    assert dates(repair(story.situations())) == {"a": 5 * DAY + 10 * HOUR, "b": None}
    revision = improve(story.situations())
    assert dates(revision) == {"a": 6 * DAY + 10 * HOUR, "b": 5 * DAY + 10 * HOUR}
    assert verify(over(story.situations(), revision)) == ()


JOBS = st.lists(
    st.tuples(st.integers(2, 5), st.sampled_from(["chore", "talk", "night"]), st.sampled_from(["ann", "eve"])),
    min_size=2,
    max_size=6,
)


@settings(max_examples=25)
@given(jobs=JOBS, limit=st.integers(3, 7), per=st.sampled_from(["day", "week"]), number=st.integers(0, 2))
def test_budgets_forbid_no_plan_that_the_rules_allow(jobs, limit, per, number):
    """What the greedy repair makes keeps every rule, so it keeps the problem; its frozen part is no less lawful."""
    own = rule("workload", limit_s=limit * HOUR, per=per, count=number)
    acts = [work(f"j{n}", day, kind_, who, takes=(("suits", 1 + n % 2),)) for n, (day, kind_, who) in enumerate(jobs)]
    story = story_of(*acts, rules=[*book("exclusive"), own])
    for fixed in (frozenset(), frozenset({"j0"})):
        stated, greedy = problem_of(story, fixed)
        assert audit(stated.problem, stated.plan(greedy)) == ()
