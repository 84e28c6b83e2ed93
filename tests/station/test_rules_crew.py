"""Rules about who is where: aboard, rested, enough inside, enough of each segment, relieved."""

import pytest
from worlds import DAY, HOUR, Story, person, role, rule, sortie, task, tiny, traffic

from stationsim.log.kinds import Kind
from stationsim.station.rules import blocks
from stationsim.station.rules.blocks import FOREVER_AGO

ARRIVAL = traffic("heron-docking", "docking", 8 * DAY, crew=("dan", "zoe"), relieves=("ann", "eve"))
LEAVING = traffic("swift-undocking", "undocking", 15 * DAY, ship="swift")


def story_of(*rules, activities=(), **more) -> Story:
    return Story(tiny(rules=rules, activities=[*activities], **more))


def found(story: Story, id_: str):
    situation = story.situation(story.state.activity(id_).centre)
    return [(b.lo_s, b.hi_s, b.mode, b.reason) for b in blocks(story.choice(id_), situation)]


def test_whoever_is_aboard_and_stays_takes_part_whenever():
    story = story_of(rule("aboard"), activities=[sortie("walk")])
    assert found(story, "walk") == [
        (FOREVER_AGO, -10 * DAY, "overlap", "Ann is not aboard yet"),
        (FOREVER_AGO, -10 * DAY, "overlap", "Ben is not aboard yet"),
    ]


def test_whoever_never_comes_takes_no_part():
    story = story_of(rule("aboard"), activities=[sortie("walk", people=(role("dan"),))])
    assert found(story, "walk") == [(FOREVER_AGO, None, "overlap", "Dan is not aboard")]


def test_whoever_comes_and_goes_takes_part_between():
    walk = sortie("walk", people=(role("dan"),))
    leave = traffic("heron-undocking", "undocking", 20 * DAY)
    assert found(story_of(rule("aboard"), activities=[walk, ARRIVAL, leave]), "walk") == [
        (FOREVER_AGO, 8 * DAY, "overlap", "Dan is not aboard yet"),
        (20 * DAY, None, "overlap", "Dan has left"),
    ]


def test_a_ship_that_may_not_carry_people_home_does_not_take_them_away():
    story = story_of(rule("aboard"), activities=[task("fix"), LEAVING])
    assert [lo_s for lo_s, *_ in found(story, "fix")] == [FOREVER_AGO, 15 * DAY]
    story.status("swift", "emergency-only", view="south")
    assert [lo_s for lo_s, *_ in found(story, "fix")] == [FOREVER_AGO]


def test_a_departure_takes_its_own_people_away_and_nobody_elses():
    leave = traffic("swift-undocking", "undocking", 15 * DAY, ship="swift", people=(role("eve"), role("dan")))
    heron = traffic("heron-undocking", "undocking", 12 * DAY)
    story = story_of(rule("aboard"), activities=[ARRIVAL, leave, heron])
    told = [reason for *_, reason in found(story, "swift-undocking")]
    assert told == ["Eve is not aboard yet", "Dan is not aboard yet", "Dan has left"]
    story.at(15 * DAY).tell(Kind.STARTED, "swift-undocking")
    story.tell(Kind.LEFT, "eve", object="swift")
    assert "Eve has left" not in [reason for *_, reason in found(story, "swift-undocking")]


def test_only_those_in_the_named_roles_have_to_be_aboard():
    walk = sortie("walk", people=(role("dan", name="guide"), role("ann", name="ev")))
    found_ = found(story_of(rule("aboard", roles=("ev",)), activities=[walk]), "walk")
    assert [text for *_, text in found_] == ["Ann is not aboard yet"]


def test_nobody_goes_out_in_the_first_days():
    walk = sortie("walk", people=(role("dan", name="ev"), role("eve", name="iv")))
    story = story_of(rule("after-arrival", gap_s=36 * HOUR, roles=("ev",)), activities=[walk, ARRIVAL])
    reason = "Dan has not been aboard for 1.5 d"
    assert found(story, "walk") == [(FOREVER_AGO, 8 * DAY + 36 * HOUR, "overlap", reason)]


def test_whoever_never_arrives_is_left_to_another_rule():
    walk = sortie("walk", people=(role("dan"),))
    assert found(story_of(rule("after-arrival", gap_s=DAY), activities=[walk]), "walk") == []


@pytest.mark.parametrize(
    ("count", "forbidden"), [(1, [(FOREVER_AGO, -10 * DAY)]), (2, [(FOREVER_AGO, -10 * DAY), (-10 * DAY, None)])]
)
def test_enough_people_stay_inside(count, forbidden):
    story = story_of(rule("inside-crew", roles=("ev",), count=count), activities=[sortie("walk")])
    assert [(lo_s, hi_s) for lo_s, hi_s, *_ in found(story, "walk")] == forbidden


def test_people_inside_are_counted_as_they_come_and_go():
    story = story_of(rule("inside-crew", count=3), activities=[sortie("walk", people=(role("ann"),)), ARRIVAL, LEAVING])
    assert found(story, "walk") == [
        (FOREVER_AGO, -10 * DAY, "overlap", "only 0 people are inside"),
        (-10 * DAY, 8 * DAY, "overlap", "only 2 people are inside"),
        (15 * DAY, None, "overlap", "only 2 people are inside"),
    ]


class TestSegmentCrew:
    RULE = rule("segment-crew", count=1, kinds=("undocking",))

    def test_each_segment_keeps_somebody(self):
        story = story_of(self.RULE, activities=[ARRIVAL, LEAVING])
        assert found(story, "swift-undocking") == [
            (FOREVER_AGO, 8 * DAY, "start", "only 0 people of the north segment stay"),
            (FOREVER_AGO, 8 * DAY, "start", "only 0 people of the south segment stay"),
        ]

    def test_a_segment_of_which_nobody_leaves_is_not_asked(self):
        people = [*tiny().people[:2], person("eve", "south", aboard=True)]
        story = story_of(self.RULE, activities=[LEAVING], people=people)
        assert found(story, "swift-undocking") == [
            (FOREVER_AGO, None, "start", "only 0 people of the north segment stay")
        ]

    def test_a_ship_that_takes_nobody_leaves_when_it_likes(self):
        story = story_of(self.RULE, activities=[traffic("mule-undocking", "undocking", DAY, ship="mule"), LEAVING])
        assert found(story, "mule-undocking") == []
        story.status("swift", "unusable")
        assert found(story, "swift-undocking") == []

    @pytest.mark.parametrize("id_", ["heron-docking", "fix"])
    def test_only_departures_take_people_away(self, id_):
        story = story_of(rule("segment-crew", count=9), activities=[ARRIVAL, task("fix")])
        assert found(story, id_) == []


class TestHandover:
    RULE = rule("handover", gap_s=3 * DAY)

    def test_those_who_leave_wait_for_their_relief(self):
        story = story_of(self.RULE, activities=[ARRIVAL, LEAVING])
        reason = "handover with the crew of the heron"
        assert found(story, "swift-undocking") == [(FOREVER_AGO, 11 * DAY, "start", reason)]
        cause = blocks(story.choice("swift-undocking"), story.situation())[0].cause
        assert story.log.row(cause).subject == "heron-docking"

    def test_a_relief_without_a_date_leaves_them_without(self):
        arrival = traffic("heron-docking", "docking", 8 * DAY, crew=("dan",), relieves=("ben", "ann"))
        story = story_of(self.RULE, activities=[arrival, LEAVING])
        from attrs import evolve

        from stationsim.log.kinds import Kind

        story.plan(evolve(story.state.acts["heron-docking"], start_s=None), Kind.UNDATED)
        assert found(story, "swift-undocking") == [(FOREVER_AGO, None, "start", "the relief of Ben has no date")]

    def test_the_relief_of_others_does_not_matter(self):
        arrival = traffic("heron-docking", "docking", 8 * DAY, relieves=("dan",))
        assert found(story_of(self.RULE, activities=[arrival, LEAVING]), "swift-undocking") == []


class TestMinimumCrew:
    """Ann and Ben of the north can walk, Eve of the south cannot; Dan and, of the south, Zoe come on day 8 and can."""

    BEFORE = FOREVER_AGO // DAY

    def reasons(self, id_, governing, activities=(ARRIVAL, LEAVING)):
        story = story_of(governing, activities=[sortie("walk"), task("fix"), *activities])
        return [(lo_s // DAY, None if hi_s is None else hi_s // DAY, text) for lo_s, hi_s, _, text in found(story, id_)]

    def test_a_departure_waits_until_enough_of_all_remain(self):
        expected = [(self.BEFORE, 8, "only 0 people would be aboard")]
        assert self.reasons("swift-undocking", rule("minimum-crew", count=2)) == expected

    def test_whoever_is_outside_does_not_count_where_the_roles_say_so(self):
        governing = rule("minimum-crew", count=1, skills=("walk",), roles=("ev",), kinds=("sortie",))
        assert self.reasons("walk", governing) == [(self.BEFORE, 8, "only 0 people with walk would be aboard")]

    def test_segment_agency_and_skill_must_fit_together(self):
        governing = rule("minimum-crew", count=2, skills=("walk",), segments=("south",), agencies=("agency",))
        told = self.reasons("fix", governing)
        assert told[-1] == (8, None, "only 1 person of the south segment of agency with walk would be aboard")

    def test_a_departure_that_takes_none_of_those_counted_is_not_held(self):
        assert self.reasons("swift-undocking", rule("minimum-crew", count=9, agencies=("other",))) == []

    def test_whoever_is_not_well_is_not_counted(self):
        story = story_of(rule("minimum-crew", count=3), activities=[task("fix")])
        before = found(story, "fix")
        story.health("ben", "failed", view="south")
        assert [row for row in found(story, "fix") if row not in before] == [
            (-10 * DAY, None, "overlap", "only 2 people would be aboard")
        ]

    def test_whoever_has_a_seat_in_a_ship_that_is_moved_is_away_meanwhile(self):
        move = traffic("move", "relocation", 5 * DAY, ship="swift", port="top")
        told = self.reasons("move", rule("minimum-crew", count=1), (ARRIVAL, move))
        assert told == [(self.BEFORE, 8, "only 0 people would be aboard")]


class TestNightCall:
    NIGHT = rule(
        "night-call", gap_s=8 * HOUR, hours=("00:00-06:00", "21:30-24:00"), others=("task",), kinds=("sortie",)
    )

    def windows(self, began_s, *, life=Kind.FINISHED, governing=NIGHT):
        """Return what is forbidden to a walk after Ben has worked for two hours."""
        call = task("call", began_s, people=(role("ben"),), arms=())
        story = story_of(governing, activities=[sortie("walk"), call]).at(began_s)
        story.tell(Kind.STARTED, "call", start_s=began_s)
        if life is not None:
            story.at(began_s + 2 * HOUR).tell(life, "call")
        return [(lo_s - began_s, hi_s - began_s, text) for lo_s, hi_s, _, text in found(story, "walk")]

    @pytest.mark.parametrize("life", [Kind.FINISHED, None])
    def test_whoever_worked_at_night_sleeps_late(self, life):
        called = [(2 * HOUR, 10 * HOUR, "Ben was called at night")]
        assert self.windows(DAY + 4 * HOUR, life=life) == called
        assert self.windows(DAY + 20 * HOUR, life=life) == called

    def test_work_by_day_of_another_kind_or_of_other_people_costs_no_sleep(self):
        other = rule("night-call", gap_s=8 * HOUR, hours=("00:00-06:00",), others=("launch",))
        nobody = rule("night-call", gap_s=8 * HOUR, hours=("00:00-06:00",), roles=("guide",))
        assert self.windows(DAY + 10 * HOUR) == []
        assert self.windows(DAY + 4 * HOUR, governing=other) == []
        assert self.windows(DAY + 4 * HOUR, governing=nobody) == []
