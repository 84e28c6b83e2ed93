"""Does a plan keep every rule."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import DAY, HOUR, Story, book, role, rule, sortie, task, tiny

import stationsim as ss
from stationsim.kernel.opening import broken
from stationsim.log.kinds import Kind
from stationsim.planning.verify import Break, verify
from stationsim.scenario.model import Waiver
from stationsim.station.choice import cast_of, choose
from stationsim.station.own import Own
from stationsim.station.rules import separations
from stationsim.station.station import Station

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


GAPS = st.sampled_from([0, HOUR, DAY, 9 * DAY])


@st.composite
def crowded(draw):
    """A story with many activities close together and far apart, and every rule about two of them."""
    share = draw(st.sampled_from(["nothing", "people", "airlock"]))
    names = draw(st.sampled_from([(), ("sortie",), ("task",)]))
    about_two = [
        rule("exclusive"), rule("setup"), rule("keep-out"), rule("neighbour"),
        rule("spacing", gap_s=draw(GAPS), kinds=names, others=draw(st.sampled_from([(), ("sortie",)])), share=share),
        rule("rest", gap_s=draw(GAPS), kinds=("sortie",), others=draw(st.sampled_from([(), ("task",)]))),
    ]  # fmt: skip
    found = []
    for number in range(draw(st.integers(2, 12))):
        start_s = draw(st.integers(0, 40)) * draw(st.sampled_from([HOUR, 6 * HOUR, DAY]))
        more = {"duration_s": draw(st.sampled_from([None, HOUR, 3 * DAY]))}
        more |= {"place": draw(st.sampled_from([None, "lab"])), "keeps_clear": draw(st.sampled_from([(), ("lab",)]))}
        who = draw(st.sampled_from(["ann", "ben", "eve"]))
        make = draw(st.sampled_from([sortie, task]))
        people = (role(who, name=draw(st.sampled_from(["ev", "hand"]))),)
        found.append(make(f"a{number}", start_s, people=people, **more))
    return Story(tiny(rules=about_two, activities=found))


def pair_by_pair(story: Story) -> list[Break]:
    """Every pair asked, however far apart: the plain meaning of the rules about two."""
    situations, found = story.situations(), []
    acts = [act for act in story.state.acts.values() if act.start_s is not None]
    choices = [choose(situations[story.state.activity(act.id).centre], act.id, cast_of(act)) for act in acts]
    for index, (act, a) in enumerate(zip(acts, choices, strict=True)):
        for other, b in zip(acts[:index], choices[:index], strict=True):
            for gap in separations(a, b, situations[a.activity.centre]):
                apart_s = act.start_s - other.start_s
                if (gap.lo_s is None or apart_s > gap.lo_s) and (gap.hi_s is None or apart_s < gap.hi_s):
                    said = {"rule": gap.rule, "severity": gap.severity, "reason": gap.reason}
                    found.append(Break(activity=act.id, other=other.id, **said))
    return found


@given(crowded())
def test_only_those_near_in_time_are_asked_and_none_is_missed(story):
    assert [found for found in verify(story.situations()) if found.other is not None] == pair_by_pair(story)


def test_a_rule_of_a_script_reaches_as_far_as_it_says():
    plan = tiny(activities=[sortie("walk"), sortie("stroll", 50 * DAY, people=(role("eve", name="ev"),))], rules=[])
    far = ss.pair_rule(id="far", text="Never twice", kinds=["sortie"])(
        lambda a, b, situation: [ss.Separation(lo_s=None, hi_s=None, reason="never twice")]
    )
    station = Station.of(plan, Own.of(plan, [far], ()))
    assert [(found.rule, found.activity, found.other) for found in broken(station)[0]] == [("far", "stroll", "walk")]
