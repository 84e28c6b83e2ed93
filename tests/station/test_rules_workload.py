"""How much somebody may do in a day or a week. A walk takes 2 h + 6 h + 1 h, a task 2 h; the first day is a Monday."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import DAY, HOUR, Story, role, rule, sortie, task, tiny

from stationsim.errors import ScenarioError
from stationsim.log.kinds import Kind
from stationsim.planning.repair import repair
from stationsim.planning.verify import verify
from stationsim.scenario.model import Waiver
from stationsim.station.rules import check_rules, is_limited, loads, reads
from stationsim.station.station import Station

NOON = 3 * DAY + 12 * HOUR
SHORT = rule("workload", kinds=("task",), limit_s=4 * HOUR)


def story_of(*activities, rules=(SHORT,), **more) -> Story:
    return Story(tiny(rules=rules, activities=[*activities], **more))


def beside(story: Story, id_: str):
    """Return when an activity may not begin beside all others of the plan, and why."""
    acts = story.state.acts.values()
    others = [(story.choice(act.id), act.start_s) for act in acts if act.id != id_]
    situation = story.situation(story.state.activity(id_).centre)
    return [(b.lo_s, b.hi_s, b.mode, b.reason) for b in loads(story.choice(id_), others, situation)]


def broken(story: Story):
    return [(b.rule, b.activity, b.reason) for b in verify(story.situations())]


class TestHours:
    def test_what_fits_is_free(self):
        assert beside(story_of(task("fix", NOON), task("look", NOON - 4 * HOUR)), "fix") == []

    def test_a_day_that_is_full_takes_nothing_that_reaches_into_it(self):
        story = story_of(task("fix", NOON), task("look", NOON - 4 * HOUR, duration_s=4 * HOUR))
        reason = "Eve would work more than 4 h on 2023-01-05"
        assert beside(story, "fix") == [(3 * DAY - 2 * HOUR + 1, 4 * DAY, "start", reason)]

    def test_as_much_as_is_left_may_reach_into_a_day(self):
        story = story_of(task("fix", NOON), task("look", NOON - 4 * HOUR, duration_s=3 * HOUR))
        reason = "Eve would work more than 4 h on 2023-01-05"
        assert beside(story, "fix") == [(3 * DAY - HOUR + 1, 4 * DAY - HOUR, "start", reason)]

    def test_preparation_and_clean_up_are_work(self):
        book = rule("workload", limit_s=10 * HOUR)
        story = story_of(sortie("walk"), task("fix", NOON, people=(role("ann"),)), rules=[book])
        reason = "Ann would work more than 10 h on 2023-01-04"
        assert beside(story, "fix") == [(2 * DAY - HOUR + 1, 3 * DAY - HOUR, "start", reason)]
        reason = "Ann would work more than 10 h on 2023-01-05"
        assert beside(story, "walk") == [
            (3 * DAY - 9 * HOUR + 8 * HOUR + 1 + 2 * HOUR, 4 * DAY - 6 * HOUR, "start", reason)
        ]

    def test_what_is_longer_than_the_limit_has_place_around_midnight_alone(self):
        story = story_of(task("fix", NOON, duration_s=6 * HOUR))
        found = beside(story, "fix")
        assert (
            3 * DAY - 2 * HOUR + 1,
            4 * DAY - 4 * HOUR,
            "start",
            "Eve would work more than 4 h on 2023-01-05",
        ) in found
        free = [h for h in range(24) if not any(lo <= 3 * DAY + h * HOUR < hi for lo, hi, _, _ in found)]
        assert free == [20, 21, 22]

    def test_a_week_begins_on_monday(self):
        book = rule("workload", limit_s=3 * HOUR, per="week")
        story = story_of(task("fix", NOON), task("look", DAY), rules=[book])
        reason = "Eve would work more than 3 h in the week from 2023-01-02"
        assert beside(story, "fix") == [(-HOUR + 1, 7 * DAY - HOUR, "start", reason)]

    def test_work_that_lasts_over_midnight_is_shared_between_the_days(self):
        story = story_of(task("fix", NOON), task("look", 3 * DAY - HOUR, duration_s=4 * HOUR))
        assert [lo_s for lo_s, *_ in beside(story, "fix")] == [3 * DAY - HOUR + 1]


class TestNumbers:
    BOOK = rule("workload", kinds=("sortie",), count=2, per="week", roles=("ev",))
    WALKS = tuple(sortie(f"walk-{n}", n * DAY + 10 * HOUR) for n in (1, 2, 4))

    def test_so_many_begin_in_a_week(self):
        story = story_of(*self.WALKS, rules=[self.BOOK])
        told = "{} would take part in more than 2 such activities in the week from 2023-01-02"
        assert beside(story, "walk-4") == [(0, 7 * DAY, "start", told.format(name)) for name in ("Ann", "Ben")]
        assert broken(story) == [("workload", "walk-4", told.format(name)) for name in ("Ann", "Ben")]

    def test_other_people_and_other_roles_do_not_count(self):
        walk = attrs.evolve(self.WALKS[1], people=(role("ann", name="hand"), role("eve", name="ev")))
        assert beside(story_of(self.WALKS[0], walk, self.WALKS[2], rules=[self.BOOK]), "walk-4") == []


class TestWhatCounts:
    FULL = (task("fix", NOON), task("look", NOON - 4 * HOUR, duration_s=4 * HOUR))

    def test_other_kinds_count_for_nothing(self):
        story = story_of(task("fix", NOON), sortie("walk", NOON - 8 * HOUR, people=(role("eve", name="ev"),)))
        assert beside(story, "fix") == []
        assert not is_limited(story.choice("walk").activity, story.station)

    def test_exempt_kinds_are_neither_counted_nor_limited(self):
        book = attrs.evolve(SHORT, kinds=(), exempt=("sortie",))
        story = story_of(task("fix", NOON), sortie("walk", NOON, people=(role("eve", name="ev"),)), rules=[book])
        assert beside(story, "fix") == beside(story, "walk") == []

    def test_what_a_waiver_drops_the_rule_for_counts_for_nothing(self):
        waiver = Waiver(rule="workload", activity="look", rationale="because")
        story = story_of(*self.FULL, waivers=[waiver])
        assert beside(story, "fix") == []
        assert broken(story) == []

    def test_what_another_centre_plans_for_somebody_counts(self):
        book = attrs.evolve(SHORT, books=("south",))
        fix, look = self.FULL
        story = story_of(fix, attrs.evolve(look, centre="north"), rules=[book])
        assert [reason for *_, reason in beside(story, "fix")] == ["Eve would work more than 4 h on 2023-01-05"]
        assert beside(story, "look") == []

    def test_it_reads_the_people_alone(self):
        story = story_of(*self.FULL)
        assert reads(story.choice("fix"), story.situation("south")) == ("eve",)


class TestPlanning:
    def test_a_plan_that_breaks_it_is_told_once_and_the_kept_one_is_not(self):
        story = story_of(*TestWhatCounts.FULL)
        assert broken(story) == [("workload", "look", "Eve would work more than 4 h on 2023-01-05")]

    def test_what_comes_later_goes_to_the_next_day_with_hours_left(self):
        first, second = task("fix", 3 * DAY, duration_s=3 * HOUR), task("look", 4 * DAY, duration_s=3 * HOUR)
        book = (SHORT, rule("needs-health"))
        story = story_of(first, second, rules=book)
        story.ask("back", "joint", 4 * DAY, view="south")
        story.health("arm", "failed", view="south", incident="joint")
        (change,) = repair(story.situations()).changes
        assert (change.id, change.rule) == ("fix", "needs-health")
        assert change.start_s == 5 * DAY - 1 * HOUR  # the hour before midnight, then what is left of the next day
        story.revise(repair(story.situations()))
        assert broken(story) == []

    def test_what_moved_takes_the_hours_of_what_was_not_asked(self):
        walk = task("fix", 3 * DAY, duration_s=4 * HOUR, priority=1)
        rest = task("look", 4 * DAY, arms=(), priority=3)
        story = story_of(walk, rest, rules=(SHORT, rule("needs-health")))
        story.ask("back", "joint", 4 * DAY, view="south")
        story.health("arm", "failed", view="south", incident="joint")
        found = repair(story.situations(), asked=frozenset({"fix"}))
        assert found == repair(story.situations())
        assert [(c.id, c.rule) for c in found.changes] == [("fix", "needs-health"), ("look", "workload")]

    def test_people_with_hours_left_take_the_place_of_who_has_none(self):
        full = task("look", NOON - 4 * HOUR, duration_s=4 * HOUR)
        fix = task("fix", NOON, people=(role("eve", "arm"),), arms=())
        story = story_of(full, fix)
        assert story.state.acts["fix"].people == ("zoe",)
        assert story_of(fix).state.acts["fix"].people == ("eve",)

    def test_what_is_over_still_counts(self):
        story = story_of(*TestWhatCounts.FULL[:1], task("look", NOON - 8 * HOUR, duration_s=2 * HOUR))
        story.at(NOON - 8 * HOUR).tell(Kind.STARTED, "look")
        story.at(NOON - 5 * HOUR).tell(Kind.FINISHED, "look")
        assert broken(story) == [("workload", "fix", "Eve would work more than 4 h on 2023-01-05")]


@given(st.integers(1, 30), st.integers(0, 23), st.integers(1, 12), st.integers(0, 100))
def test_the_windows_are_those_of_the_sums(lasts, hour, limit, start):
    """Counted by the hour, by hand: what overlaps each day beside what is there."""
    other = task("look", 2 * DAY + hour * HOUR, duration_s=3 * HOUR)
    story = story_of(task("fix", 0, duration_s=lasts * HOUR), other, rules=[attrs.evolve(SHORT, limit_s=limit * HOUR)])
    windows = beside(story, "fix")
    hours = [*range(48 + hour, 51 + hour), *range(start, start + lasts)]
    mine = {h // 24 for h in range(start, start + lasts)}
    is_over = any(sum(h // 24 == day for h in hours) > limit for day in mine)
    assert any(lo_s <= start * HOUR < hi_s for lo_s, hi_s, *_ in windows) == is_over


def test_a_workload_without_a_limit_is_refused():
    with pytest.raises(ScenarioError) as caught:
        check_rules(Station.of(tiny(rules=[rule("workload", per="week")])))
    assert str(caught.value) == "rules.workload: This workload limits nothing. Write 'limit', or 'count' above 0."
