"""Does a plan keep every rule."""

import attrs
import pytest
from worlds import DAY, HOUR, Story, book, role, rule, sortie, task, tiny

from stationsim.log.kinds import Kind
from stationsim.planning.verify import Break, verify
from stationsim.scenario.model import Waiver

WALK_S = 2 * DAY + 10 * HOUR
PAIR = (sortie("walk"), sortie("stroll", WALK_S + HOUR, people=(role("eve", name="ev"),)))


def story_of(*activities, rules=book(), waivers=()) -> Story:  # noqa: B008 - a tuple of frozen values
    return Story(tiny(rules=rules, activities=[*activities], waivers=[*waivers]))


def rules(story: Story) -> list[tuple[str, str]]:
    return [(broken.rule, broken.activity) for broken in verify(story.situations())]


def waiver(rule_: str, activity: str) -> Waiver:
    return Waiver(rule=rule_, activity=activity, rationale="because")


def test_a_plan_that_keeps_every_rule_breaks_none():
    assert verify(story_of(sortie("walk"), task("fix")).situations()) == ()


def test_a_break_names_rule_activity_and_reason():
    story = story_of(sortie("walk"))
    story.health("airlock", "failed")
    broken = Break(rule="needs-health", activity="walk", other=None, severity="hard", reason="Airlock is not available")
    assert verify(story.situations()) == (broken,)


def test_two_at_once_are_one_break():
    reason = "Airlock is taken by the walk"
    broken = Break(rule="exclusive", activity="stroll", other="walk", severity="hard", reason=reason)
    assert verify(story_of(*PAIR).situations()) == (broken,)


@pytest.mark.parametrize("activity", ["walk", "stroll"])
def test_a_waiver_removes_its_break(activity):
    assert verify(story_of(*PAIR, waivers=[waiver("exclusive", activity)]).situations()) == ()


def test_a_waiver_removes_exactly_its_break():
    story = story_of(*PAIR, waivers=[waiver("needs-health", "walk")])
    story.health("airlock", "failed")
    assert [(b.rule, b.activity) for b in verify(story.situations())] == [
        ("needs-health", "stroll"),
        ("exclusive", "stroll"),
    ]
    story = story_of(*PAIR, waivers=[waiver("exclusive", "walk")])
    story.health("airlock", "failed")
    assert [(b.rule, b.activity) for b in verify(story.situations())] == [
        ("needs-health", "walk"),
        ("needs-health", "stroll"),
    ]


def test_each_activity_is_judged_by_its_own_centre():
    story = story_of(sortie("walk"), task("fix"))
    story.health("airlock", "failed", view="south")
    story.health("arm/elbow", "failed", view="north")
    assert verify(story.situations()) == ()
    story.health("arm/elbow", "failed", view="south")
    assert [b.activity for b in verify(story.situations())] == ["fix"]


def test_what_has_no_date_or_is_over_breaks_nothing():
    story = story_of(*PAIR)
    story.health("airlock", "failed")
    story.plan(attrs.evolve(story.state.acts["walk"], start_s=None), Kind.UNDATED)
    story.tell(Kind.GIVEN_UP, "stroll")
    assert verify(story.situations()) == ()


def test_what_is_under_way_is_not_judged_anew_but_stands_in_the_way():
    story = story_of(*PAIR)
    story.at(WALK_S).tell(Kind.STARTED, "walk")
    story.health("airlock", "failed")
    assert [(b.rule, b.activity, b.other) for b in verify(story.situations())] == [
        ("needs-health", "stroll", None),
        ("exclusive", "stroll", "walk"),
    ]


def test_the_last_second_of_the_clean_up_counts_and_the_next_does_not():
    # a walk occupies its people from 2 h before its start until 7 h after it
    for start_s, count in ((WALK_S + 7 * HOUR - 1, 1), (WALK_S + 7 * HOUR, 0)):
        fix = task("fix", start_s, people=(role("ann"),), arms=())
        assert len(verify(story_of(sortie("walk"), fix, rules=[rule("exclusive")]).situations())) == count
