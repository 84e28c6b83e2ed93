"""Rules about order: what follows what, and ships, which come after their launch and leave after they have come."""

import pytest
from attrs import evolve
from worlds import DAY, HOUR, Story, activity, at, book, fault, rule, task, tiny, traffic

from stationsim.errors import ScenarioError
from stationsim.kernel.opening import broken
from stationsim.kernel.simulate import simulate
from stationsim.log.kinds import Kind
from stationsim.planning.repair import repair
from stationsim.planning.verify import verify
from stationsim.scenario.model import Waiver
from stationsim.station.builtin import ORDER_RULE
from stationsim.station.rules import blocks, reads
from stationsim.station.rules.blocks import FOREVER_AGO
from stationsim.station.station import Station
from stationsim.station.transitions import Life

UP = traffic("up", "launch", 9 * DAY, port=None)
DOCK = traffic("dock", "docking", 11 * DAY, port="top")
LATE = rule("calendar", dates=(at(0, 14 * DAY),), kinds=("launch",))


def story_of(*rules, activities=(), **more) -> Story:
    return Story(tiny(rules=rules, activities=[*activities], **more))


def found(story: Story, id_: str):
    situation = story.situation(story.state.activity(id_).centre)
    return [(b.lo_s, b.hi_s, b.mode, b.reason) for b in blocks(story.choice(id_), situation)]


def moved(story: Story):
    return {c.id: (c.start_s, c.rule, c.reason) for c in repair(story.situations()).changes}


class TestPrecedence:
    def test_a_follower_begins_when_the_other_has_ended(self):
        activities = [task("fix", 2 * DAY), task("check", 3 * DAY, follows=("fix",))]
        story = story_of(rule("precedence"), activities=activities)
        assert found(story, "check") == [(FOREVER_AGO, 2 * DAY + 2 * HOUR, "start", "follows the fix")]
        cause = blocks(story.choice("check"), story.situation("south"))[0].cause
        assert story.log.row(cause).subject == "fix"
        assert found(story, "fix") == []

    def test_a_date_after_another_counts_from_its_start(self):
        launch = traffic("heron-launch", "launch", 7 * DAY)
        arrival = activity("heron-docking", "docking", at(DAY, 3 * DAY, after="heron-launch"), ship="heron", port="aft")
        story = story_of(rule("precedence"), activities=[launch, arrival])
        assert found(story, "heron-docking") == [(FOREVER_AGO, 8 * DAY, "start", "follows the heron-launch")]

    def test_a_follower_of_an_undated_activity_has_no_date(self):
        activities = [task("fix", 2 * DAY), task("check", 3 * DAY, follows=("fix",))]
        story = story_of(rule("precedence"), activities=activities)
        story.plan(evolve(story.state.acts["fix"], start_s=None), Kind.UNDATED)
        assert found(story, "check") == [(FOREVER_AGO, None, "start", "the fix has no date")]


def test_a_follower_comes_no_later_than_so_long_after_what_it_follows():
    first = task("first", 3 * DAY)
    late = task("late", 9 * DAY, follows=("first",))
    story = Story(tiny(rules=[rule("no-later", gap_s=4 * DAY)], activities=[first, late]))
    assert found(story, "late") == [(7 * DAY + 1, None, "start", "later than 4 d after the first")]
    assert found(story, "first") == []


class TestOrderOfFlight:
    """It stands in every book by itself: no test writes it down."""

    def test_a_ship_comes_after_its_launch(self):
        story = story_of(activities=[UP, DOCK])
        assert found(story, "dock") == [(FOREVER_AGO, 9 * DAY + 600, "start", "follows the up")]
        block = blocks(story.choice("dock"), story.situation())[0]
        assert (block.rule, block.severity) == ("order-of-flight", "safety")
        assert story.log.row(block.cause).subject == "up"
        assert found(story, "up") == []
        assert reads(story.choice("dock"), story.situation()) == ("heron", "up")

    def test_a_flight_takes_as_long_as_the_plan_says(self):
        dock = traffic("dock", "docking", at(2 * DAY, 2 * DAY + 1, after="up"), port="top")
        assert found(story_of(activities=[UP, dock]), "dock") == [(FOREVER_AGO, 11 * DAY, "start", "follows the up")]

    def test_it_moves_with_its_launch(self):
        assert moved(story_of(LATE, activities=[UP, DOCK])) == {
            "up": (14 * DAY + 12 * HOUR, "calendar", "Launch never on the dates of the rule"),
            "dock": (15 * DAY + 12 * HOUR, "order-of-flight", "follows the up"),
        }

    def test_it_has_no_date_while_its_launch_has_none(self):
        never = evolve(LATE, dates=(at(0, 20_000 * DAY),))
        dates = {
            id_: (start_s, reason)
            for id_, (start_s, _, reason) in moved(story_of(never, activities=[UP, DOCK])).items()
        }
        assert dates["dock"] == (None, "the up has no date")
        assert dates["up"][0] is None

    def test_a_launch_that_is_held_has_not_happened(self):
        story = story_of(activities=[UP, DOCK])
        story.at(9 * DAY).tell(Kind.HELD, "up", until_s=12 * DAY)
        story.at(11 * DAY)
        assert story.state.acts["up"].life is Life.HELD
        assert found(story, "dock") == [(FOREVER_AGO, 11 * DAY + 600, "start", "follows the up")]

    def test_after_the_launch_it_says_nothing(self):
        story = story_of(activities=[UP, DOCK]).at(9 * DAY)
        story.tell(Kind.STARTED, "up", start_s=9 * DAY, until_s=9 * DAY + 600)
        story.tell(Kind.LAUNCHED, "heron")
        assert found(story, "dock") == []

    def test_of_two_launches_the_one_that_is_not_given_up_counts(self):
        again = traffic("again", "launch", 10 * DAY, port=None)
        story = story_of(activities=[UP, again, DOCK])
        story.tell(Kind.GIVEN_UP, "up")
        assert found(story, "dock") == [(FOREVER_AGO, 10 * DAY + 600, "start", "follows the again")]
        story.tell(Kind.GIVEN_UP, "again")
        assert found(story, "dock") == [(FOREVER_AGO, None, "start", "the up was given up")]

    def test_a_ship_without_a_launch_in_the_plan_comes_when_it_comes(self):
        story = story_of(activities=[DOCK])
        assert (found(story, "dock"), ORDER_RULE.id in story.station.rules) == ([], False)

    def test_a_ship_leaves_after_it_has_come(self):
        leave = traffic("leave", "undocking", 20 * DAY)
        story = story_of(activities=[UP, DOCK, leave])
        assert found(story, "leave") == [(FOREVER_AGO, 11 * DAY + HOUR, "start", "the heron has not come yet")]
        assert "heron" in reads(story.choice("leave"), story.situation())
        undated = evolve(story.state.acts["dock"], start_s=None)
        story.plan(undated, Kind.UNDATED)
        assert found(story, "leave") == [(FOREVER_AGO, None, "start", "the heron has no date of arrival")]

    def test_a_plan_against_it_is_broken(self):
        early = traffic("dock", "docking", 8 * DAY, port="top")
        story = story_of(activities=[UP, early])
        assert [(b.rule, b.activity, b.reason) for b in verify(story.situations())] == [
            ("order-of-flight", "dock", "follows the up")
        ]
        assert [b.rule for b in broken(Station.of(story.station.scenario))[0]] == ["order-of-flight"]

    def test_what_the_books_say_is_not_said_twice(self):
        named = evolve(DOCK, follows=("up",))
        leave = traffic("leave", "undocking", 20 * DAY)
        story = story_of(*book("precedence"), activities=[UP, named, leave])
        assert ORDER_RULE.id not in story.station.rules
        assert [b.rule for id_ in ("dock", "leave") for b in blocks(story.choice(id_), story.situation())] == [
            "precedence",
            "precedence",
        ]

    @pytest.mark.parametrize(
        ("own", "rules"),
        [
            (rule("precedence", severity="soft"), ["precedence", "order-of-flight"]),
            (rule("precedence", kinds=("task",)), ["order-of-flight"]),
            (rule("precedence", books=("south",)), ["order-of-flight"]),
            (rule("precedence", kinds=("docking",)), ["precedence"]),
        ],
    )
    def test_it_stands_beside_a_rule_that_gives_way_or_does_not_govern(self, own, rules):
        story = story_of(own, activities=[UP, evolve(DOCK, follows=("up",))])
        assert [b.rule for b in blocks(story.choice("dock"), story.situation())] == rules

    def test_a_waiver_of_the_books_rule_does_not_drop_it(self):
        waivers = (Waiver(rule="precedence", activity="dock", rationale="because"),)
        story = story_of(*book("precedence"), activities=[UP, evolve(DOCK, follows=("up",))], waivers=waivers)
        assert [b.rule for b in blocks(story.choice("dock"), story.situation())] == ["order-of-flight"]

    def test_it_goes_by_the_launch_that_the_books_do_not_know_of(self):
        story = story_of(*book("precedence"), activities=[UP, DOCK])
        assert [b.rule for b in blocks(story.choice("dock"), story.situation())] == ["order-of-flight"]

    def test_a_launch_does_not_wait_for_itself(self):
        dock = traffic("dock", "docking", at(2 * DAY, 2 * DAY + 1, after="up"), port="top")
        assert found(story_of(*book("arrival"), activities=[UP, dock]), "up") == []

    def test_no_ship_docks_before_it_is_launched(self):
        """The pump that the launch needs fails for days that nobody foresees; the books say nothing of order."""
        up = evolve(UP, needs=("pump",))
        fails = evolve(fault("dead", "pump", at_s=8 * DAY), lasts_s=20 * DAY)
        log = simulate(tiny(rules=book("needs-health"), activities=[up, DOCK], incidents=(fails,)))
        seen = [(row.kind, row.t_s) for row in log.rows if row.subject == "heron"]
        times = {kind_: t_s for kind_, t_s in seen if kind_ in {Kind.LAUNCHED, Kind.DOCKED}}
        assert 28 * DAY <= times[Kind.LAUNCHED] < times[Kind.DOCKED]

    def test_a_plan_against_it_is_refused(self):
        early = traffic("dock", "docking", 8 * DAY, port="top")
        with pytest.raises(ScenarioError) as told:
            simulate(tiny(activities=[UP, early], incidents=()))
        assert str(told.value) == (
            "activities.dock: the plan breaks rule order-of-flight (safety): follows the up. "
            "Nobody may waive it. Plan it otherwise."
        )
