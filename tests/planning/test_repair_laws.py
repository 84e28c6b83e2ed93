"""What holds for every repaired plan, whatever broke."""

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import plans, troubles
from worlds import DAY, HOUR, Story, activity, shifted

from stationsim.log.kinds import Kind
from stationsim.planning.improve import improve
from stationsim.planning.repair import repair
from stationsim.planning.verify import verify
from stationsim.scenario.model import Scenario
from stationsim.station.rules import reads
from stationsim.station.transitions import AHEAD, Life

WEEK = 7 * DAY
both = pytest.mark.parametrize("plan", [repair, improve], ids=["greedy", "optimal"])
"""Laws of every planner."""
NOW = st.integers(0, 6 * 24).map(lambda hour: hour * HOUR)


def planned(scenario: Scenario) -> Story:
    """Return a story whose plan keeps every rule."""
    story = Story(scenario)
    assume(not verify(story.situations()))
    return story


def fly(story: Story, until_s: int) -> None:
    """Let what the plan has until then begin and end."""
    due = []
    for act in story.state.acts.values():
        if act.life is Life.PLANNED:
            times = (act.start_s - act.before_s, act.start_s, act.end_s)
            due += [(t_s, n, act.id) for n, t_s in enumerate(times)]
    for t_s, number, id_ in sorted(due):
        if t_s < until_s:
            story.at(max(t_s, story.state.now_s)).tell((Kind.PREPARED, Kind.STARTED, Kind.FINISHED)[number], id_)
    story.at(until_s)


def break_(story: Story, found: list) -> None:
    for node, health, until_s, view in found:
        if health == "failed":
            story.ask("back", f"{node}-out", until_s, view=view)
        story.health(node, health, view=view, incident=f"{node}-out")


def broken(scenario: Scenario, now_s: int, found: list) -> Story:
    story = planned(scenario)
    fly(story, now_s)
    break_(story, found)
    return story


def outline(revision) -> list[tuple]:
    return [(change.id, change.start_s, change.cast, change.rule) for change in revision.changes]


@both
@settings(max_examples=60)
@given(plans())
def test_nothing_changes_when_nothing_is_wrong(plan, scenario):
    assert plan(planned(scenario).situations()).changes == ()


@both
@settings(max_examples=60)
@given(plans(), NOW)
def test_nothing_changes_while_time_goes_by(plan, scenario, now_s):
    assert plan(broken(scenario, now_s, []).situations()).changes == ()


@both
@settings(max_examples=60)
@given(plans(), NOW, troubles())
def test_repairing_twice_changes_nothing_more(plan, scenario, now_s, found):
    story = broken(scenario, now_s, found)
    story.revise(plan(story.situations()))
    assert outline(plan(story.situations())) == []


@both
@settings(max_examples=60)
@given(plans(), NOW, troubles())
def test_a_revision_names_an_activity_once_and_only_what_lies_ahead(plan, scenario, now_s, found):
    story = broken(scenario, now_s, found)
    changes = plan(story.situations()).changes
    assert [id_ for id_, count in Counter(change.id for change in changes).items() if count > 1] == []
    assert all(story.state.acts[change.id].life in AHEAD for change in changes)
    for change in changes:
        act = story.state.acts[change.id]
        assert (change.start_s, change.cast) != (act.start_s, tuple(zip(act.people, act.roles, strict=True)))


@both
@settings(max_examples=60)
@given(plans(), NOW, troubles())
def test_a_repaired_plan_keeps_every_rule(plan, scenario, now_s, found):
    story = broken(scenario, now_s, found)
    story.revise(plan(story.situations()))
    assert verify(story.situations()) == ()


@both
@settings(max_examples=60)
@given(plans(), NOW, troubles())
def test_what_cannot_move_into_the_past_has_its_lead_and_its_preparation(plan, scenario, now_s, found):
    story = broken(scenario, now_s, found)
    for change in plan(story.situations()).changes:
        act = story.state.acts[change.id]
        if change.start_s is not None:
            lead_s = (
                0 if change.start_s == act.start_s else story.station.kinds[story.state.activity(change.id).kind].lead_s
            )
            assert change.start_s >= now_s + max(lead_s, act.before_s)


@both
@settings(max_examples=60)
@given(plans(), NOW, troubles())
def test_a_follower_of_an_undated_activity_is_undated(plan, scenario, now_s, found):
    story = broken(scenario, now_s, found)
    story.revise(plan(story.situations()))
    acts = story.state.acts
    undated = {act.id for act in acts.values() if act.life is Life.UNDATED}
    for act in acts.values():
        if act.life in AHEAD and undated & set(story.state.activity(act.id).follows):
            assert act.id in undated


@both
@settings(max_examples=60)
@given(plans(), NOW, troubles())
def test_wishes_are_never_overwritten(plan, scenario, now_s, found):
    story = broken(scenario, now_s, found)
    wishes = {id_: act.wish_s for id_, act in story.state.acts.items()}
    story.revise(plan(story.situations()))
    assert {id_: act.wish_s for id_, act in story.state.acts.items()} == wishes


@both
@settings(max_examples=60)
@given(plans(), NOW, troubles())
def test_work_that_no_rule_is_about_stays_as_it_is(plan, scenario, now_s, found):
    import attrs

    alone = [
        activity(id_, kind, 3 * DAY + 5 * HOUR, priority=priority)
        for id_, kind, priority in (("p", "hourly", 1), ("q", "daily", 3))
    ]
    with_alone = attrs.evolve(scenario, activities=(*scenario.activities, *alone))
    story = broken(with_alone, now_s, found)
    changes = outline(plan(story.situations()))
    assert not {id_ for id_, *_ in changes} & {"p", "q"}
    assert changes == outline(plan(broken(scenario, now_s, found).situations()))


@settings(max_examples=60)
@given(plans(), NOW, troubles(), NOW, troubles())
def test_asking_only_what_is_affected_gives_the_same_answer(scenario, now_s, found, more_s, later):
    story = broken(scenario, now_s, found)
    story.revise(repair(story.situations()))
    story.state.touched.clear()
    fly(story, now_s + more_s)
    before = {id_: asks(story, id_) for id_ in story.state.acts}
    break_(story, later)
    affected = frozenset(
        id_
        for id_ in before
        if (before[id_] | asks(story, id_)) & set(story.state.touched.get(story.state.activity(id_).centre, ()))
    )
    assert repair(story.situations(), asked=affected) == repair(story.situations())


def asks(story: Story, id_: str) -> set[str]:
    return set(reads(story.choice(id_), story.situation(story.state.activity(id_).centre)))


@both
@settings(max_examples=60)
@given(plans(), NOW, troubles(), st.integers(1, 3))
def test_a_plan_weeks_later_is_repaired_weeks_later(plan, scenario, now_s, found, weeks):
    later_s = weeks * WEEK
    early = broken(scenario, now_s, found)
    late = broken(
        shifted(scenario, later_s),
        now_s + later_s,
        [(node, health, None if until_s is None else until_s + later_s, view) for node, health, until_s, view in found],
    )
    expected = [
        (id_, None if start_s is None else start_s + later_s, *rest)
        for id_, start_s, *rest in outline(plan(early.situations()))
    ]
    assert outline(plan(late.situations())) == expected
