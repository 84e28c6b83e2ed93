"""Rules for two activities: what both need alone, set-up time, days between."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import plans
from worlds import DAY, HOUR, Story, role, rule, sortie, task, tiny

from stationsim.station.rules import separations


def apart(story: Story, one: str, other: str):
    """Return between which distances of their starts two activities may not lie, and why."""
    situation = story.situation(story.state.activity(one).centre)
    return [(s.lo_s, s.hi_s, s.reason) for s in separations(story.choice(one), story.choice(other), situation)]


def story_of(template: str, *activities, **more) -> Story:
    return Story(tiny(rules=[rule(template, **more)], activities=[*activities]))


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"people": (role("ben"),), "arms": ()}, "Ben"),
        ({"uses": ("airlock",)}, "Airlock"),
        ({"people": (role("ann"), role("ben")), "uses": ("airlock",)}, "Ann"),
    ],
)
def test_what_both_need_serves_one_preparation_and_clean_up_included(more, what):
    story = story_of("exclusive", sortie("walk"), task("fix", **more))
    # a walk takes 2 h + 6 h + 1 h, a fix 2 h
    assert apart(story, "walk", "fix") == [(-7 * HOUR, 4 * HOUR, f"{what} is taken by the fix")]
    assert apart(story, "fix", "walk") == [(-4 * HOUR, 7 * HOUR, f"{what} is taken by the walk")]


def test_what_shares_nothing_may_be_at_once():
    assert apart(story_of("exclusive", sortie("walk"), task("fix")), "walk", "fix") == []


def test_an_arm_needs_its_set_up_time_between_two_uses():
    story = story_of("setup", task("fix"), task("look", duration_s=HOUR, people=()), sortie("walk"))
    reason = "Arm needs its set-up time between this and the look"
    assert apart(story, "fix", "look") == [(-5 * HOUR, 4 * HOUR, reason)]
    assert apart(story, "fix", "walk") == []


def test_an_arm_without_set_up_time_needs_none():
    from attrs import evolve

    arm = evolve(tiny().arms[0], setup_s=0)
    story = Story(tiny(rules=[rule("setup")], arms=[arm], activities=[task("fix"), task("look")]))
    assert apart(story, "fix", "look") == []


class TestSpacing:
    def test_two_kinds_begin_days_apart(self):
        story = story_of("spacing", sortie("walk"), task("fix"), kinds=("sortie",), others=("task",), gap_s=DAY)
        assert apart(story, "walk", "fix") == [(-DAY, DAY, "less than 1 d from the fix")]
        assert apart(story, "fix", "walk") == [(-DAY, DAY, "less than 1 d from the walk")]

    def test_other_kinds_do_not_matter(self):
        story = story_of("spacing", task("look"), task("fix"), kinds=("sortie",), others=("task",), gap_s=DAY)
        assert apart(story, "look", "fix") == []

    def test_a_rule_without_kinds_is_about_all(self):
        assert len(apart(story_of("spacing", task("look"), task("fix"), gap_s=DAY), "look", "fix")) == 1

    @pytest.mark.parametrize(("who", "name", "count"), [("ann", "ev", 1), ("ann", "iv", 0), ("eve", "ev", 0)])
    def test_only_the_same_people_in_these_roles_need_rest(self, who, name, count):
        stroll = sortie("stroll", people=(role(who, name=name),))
        story = story_of("spacing", sortie("walk"), stroll, share="people", roles=("ev",), gap_s=2 * DAY)
        assert len(apart(story, "walk", "stroll")) == count

    @pytest.mark.parametrize(
        ("mine", "yours", "count"), [("airlock", "airlock", 1), ("airlock", None, 0), (None, None, 0)]
    )
    def test_only_the_same_airlock_needs_time(self, mine, yours, count):
        activities = sortie("walk", airlock=mine), sortie("stroll", airlock=yours)
        assert len(apart(story_of("spacing", *activities, share="airlock", gap_s=DAY), "walk", "stroll")) == count


@given(plans(), st.data())
def test_the_distance_is_the_same_seen_from_either(scenario, data):
    story = Story(scenario)
    one, other = data.draw(st.sampled_from(list(itertools.combinations(story.state.acts, 2))))
    forth = [(rule_, lo_s, hi_s) for rule_, (lo_s, hi_s, _) in _with_rules(story, one, other)]
    back = [(rule_, -hi_s, -lo_s) for rule_, (lo_s, hi_s, _) in _with_rules(story, other, one)]
    assert forth == back


def _with_rules(story: Story, one: str, other: str):
    found = separations(story.choice(one), story.choice(other), story.situation())
    return [(s.rule, (s.lo_s, s.hi_s, s.reason)) for s in found]


class TestRest:
    """A walk takes 6 h with 2 h before and 1 h after it, a fix 2 h."""

    WALK, FIX = sortie("walk"), task("fix", people=(role("ben"), role("eve")), arms=())

    def test_people_rest_after_what_tires_them_and_not_before(self):
        story = story_of("rest", self.WALK, self.FIX, kinds=("sortie",), others=("task",), gap_s=8 * HOUR)
        reason = "Ben needs 8 h of rest between this and the {}"
        assert apart(story, "walk", "fix") == [(-15 * HOUR, 1, reason.format("fix"))]
        assert apart(story, "fix", "walk") == [(-1, 15 * HOUR, reason.format("walk"))]

    def test_two_of_a_kind_have_rest_between_them_whichever_is_first(self):
        story = story_of("rest", self.WALK, sortie("stroll"), kinds=("sortie",), gap_s=8 * HOUR)
        reason = "Ann needs 8 h of rest between this and the stroll"
        assert apart(story, "walk", "stroll") == [(-17 * HOUR, 17 * HOUR, reason)]

    def test_whoever_is_in_another_role_or_not_in_both_needs_none(self):
        named = story_of("rest", self.WALK, self.FIX, kinds=("sortie",), others=("task",), gap_s=HOUR, roles=("hand",))
        other = story_of("rest", self.WALK, task("fix"), kinds=("sortie",), others=("task",), gap_s=HOUR)
        assert apart(named, "walk", "fix") == apart(other, "walk", "fix") == []
