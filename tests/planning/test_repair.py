"""What becomes of one activity when something is in its way."""

import attrs
import pytest
from worlds import DAY, HOUR, Story, activity, at, book, role, rule, sortie, task, tiny, traffic

from stationsim.log.kinds import Kind
from stationsim.planning.improve import improve
from stationsim.planning.repair import repair

WALK_S = 2 * DAY + 10 * HOUR
BOOK = book()


def story_of(*activities, rules=BOOK, **more) -> Story:
    return Story(tiny(rules=rules, activities=[*activities], **more))


def lose(story: Story, node: str, until_s: int | None = None, view: str = "north") -> None:
    """Let a centre believe a node lost until a day."""
    story.ask("back", "joint", until_s, view=view)
    story.health(node, "failed", view=view, incident="joint")


def found(story: Story) -> dict[str, tuple]:
    """Return the changes of a repair: start, rule and reason by activity."""
    return {c.id: (c.start_s, c.rule, c.reason) for c in repair(story.situations()).changes}


class TestDates:
    def test_work_goes_to_the_first_day_after_what_was_in_its_way(self):
        story = story_of(sortie("walk"))
        lose(story, "airlock", 4 * DAY)
        assert found(story) == {"walk": (4 * DAY + 10 * HOUR, "needs-health", "Airlock is not available")}

    def test_without_an_end_in_sight_there_is_no_date(self):
        story = story_of(sortie("walk"))
        lose(story, "airlock")
        (change,) = repair(story.situations()).changes
        assert (change.start_s, change.rule, change.reason) == (None, "needs-health", "Airlock is not available")
        assert change.cast == (("ann", "ev"), ("ben", "ev"))
        assert story.log.row(change.cause).subject == "airlock"
        assert [w.hi_s for w in change.binding] == [None]

    def test_work_comes_back_to_its_wish(self):
        story = story_of(sortie("walk"))
        lose(story, "airlock", 4 * DAY)
        story.revise(repair(story.situations()))
        story.at(HOUR).health("airlock", "nominal")
        assert found(story) == {"walk": (WALK_S, None, "back to its wish")}

    def test_a_wish_within_the_lead_of_a_new_date_is_gone(self):
        story = story_of(sortie("walk"))
        lose(story, "airlock", 4 * DAY)
        story.revise(repair(story.situations()))
        story.at(WALK_S - DAY + 1).health("airlock", "nominal")
        assert found(story) == {"walk": (3 * DAY + 10 * HOUR, None, "first date after the lead of a new date")}

    def test_a_date_that_stands_needs_no_lead(self):
        story = story_of(sortie("walk")).at(WALK_S - 2 * HOUR)
        assert found(story) == {}

    def test_a_date_whose_preparation_should_have_begun_is_past(self):
        story = story_of(sortie("walk")).at(WALK_S - 2 * HOUR + 1)
        assert found(story) == {"walk": (WALK_S + DAY, None, "first date after the lead of a new date")}

    def test_once_the_wish_is_past_all_that_was_tried_binds(self):
        story = story_of(sortie("walk"))
        lose(story, "airlock", 9 * DAY)
        story.revise(repair(story.situations()))
        story.at(5 * DAY).ask("back", "joint", 12 * DAY)
        (change,) = repair(story.situations()).changes
        assert (change.start_s, change.rule) == (12 * DAY + 10 * HOUR, "needs-health")
        assert change.binding == tuple(w for w in change.windows if w in change.binding)
        assert change.binding

    def test_windows_that_still_lie_ahead_are_told_too(self):
        leave = traffic("leave", "undocking", 20 * DAY, ship="swift")
        story = story_of(sortie("walk"), leave)
        lose(story, "airlock", 4 * DAY)
        (change,) = repair(story.situations()).changes
        assert [w.block.reason for w in change.windows if w.hi_s is None] == ["Ann has left", "Ben has left"]

    def test_a_date_that_no_rule_could_give_is_asked_for_again(self):
        story = story_of(sortie("walk"))
        story.plan(attrs.evolve(story.state.acts["walk"], start_s=None), Kind.UNDATED, text="because")
        assert found(story) == {"walk": (WALK_S, None, "back to its wish")}

    def test_what_never_had_a_wish_gets_the_first_date(self):
        base = activity("first", "task", at(DAY))
        later = activity("later", "task", at(HOUR, DAY, after="first"))
        story = Story(tiny(rules=BOOK, activities=[base, later]), is_planned=False)
        template = attrs.evolve(Story().state.acts["fix"], people=(), roles=(), uses=(), wish_s=None)
        story.plan(attrs.evolve(template, id="first", start_s=DAY))
        story.plan(attrs.evolve(template, id="later", start_s=None))
        assert found(story) == {"later": (DAY + HOUR, "precedence", "follows the first")}


class TestPeople:
    def test_a_qualified_substitute_takes_the_place_on_the_same_day(self):
        story = story_of(sortie("walk", people=(role("ann", "walk"),)))
        lose(story, "ann", 30 * DAY)
        (change,) = repair(story.situations()).changes
        assert (change.start_s, change.cast, change.rule) == (WALK_S, (("ben", "hand"),), "needs-health")

    def test_who_is_replaced_is_named_with_what_keeps_them(self):
        story = story_of(sortie("walk", people=(role("ann", "walk"),)))
        lose(story, "ann", 30 * DAY)
        (change,) = repair(story.situations()).changes
        assert [(person, w.block.rule, w.block.reason) for person, w in change.replaced] == [
            ("ann", "needs-health", "Ann is not available")
        ]

    def test_who_is_free_and_gives_way_is_kept_by_nothing(self):
        """The preferred one takes the place back: nothing keeps the substitute from it."""
        story = story_of(sortie("walk", people=(role("ann", "walk"),)))
        lose(story, "ann", 30 * DAY)
        story.revise(repair(story.situations()))
        story.at(HOUR).health("ann", "nominal")
        (change,) = repair(story.situations()).changes
        assert change.replaced == ()

    def test_nobody_is_replaced_where_there_is_no_date(self):
        story = story_of(sortie("walk", people=(role("ann", "walk"),)))
        lose(story, "airlock")
        (change,) = repair(story.situations()).changes
        assert (change.start_s, change.replaced) == (None, ())

    def test_the_preferred_one_takes_it_back(self):
        story = story_of(sortie("walk", people=(role("ann", "walk"),)))
        lose(story, "ann", 30 * DAY)
        story.revise(repair(story.situations()))
        assert story.state.acts["walk"].people == ("ben",)
        story.at(HOUR).health("ann", "nominal")
        (change,) = repair(story.situations()).changes
        assert (change.start_s, change.cast) == (WALK_S, (("ann", "hand"),))

    def test_of_two_that_need_one_person_the_first_priority_keeps_its_date(self):
        walk = sortie("walk", people=(role("ann"),), priority=2)
        fix = task("fix", 4 * DAY + 10 * HOUR, people=(role("ann"),), arms=(), centre="north", priority=1)
        story = story_of(walk, fix)
        lose(story, "airlock", 4 * DAY)
        assert found(story) == {"walk": (5 * DAY + 10 * HOUR, "needs-health", "Airlock is not available")}

    def test_nobody_moves_who_need_not(self):
        walk = sortie("walk", people=(role("ann"),))
        late = task("late", 4 * DAY + 12 * HOUR, people=(role("ann"),), arms=(), centre="north")
        story = story_of(walk, late)
        lose(story, "airlock", 4 * DAY)
        assert list(found(story)) == ["walk"]

    def test_who_is_outside_is_not_called_in(self):
        fix = task("fix", WALK_S + 7 * HOUR, people=(role("ann"),), arms=(), centre="north")
        story = story_of(sortie("walk"), fix).at(WALK_S)
        story.tell(Kind.STARTED, "walk")
        assert found(story) == {}
        story.plan(attrs.evolve(story.state.acts["fix"], start_s=WALK_S + 3 * HOUR), Kind.MOVED, rule="setup")
        assert found(story) == {"fix": (WALK_S + 7 * HOUR, None, "back to its wish")}

    def test_what_ended_early_leaves_people_free(self):
        fix = task("fix", WALK_S + 3 * HOUR, people=(role("ann"),), arms=(), centre="north")
        story = story_of(sortie("walk"), fix).at(WALK_S)
        story.tell(Kind.STARTED, "walk")
        assert found(story) == {"fix": (WALK_S + 7 * HOUR, "exclusive", "Ann is taken by the walk")}
        story.at(WALK_S + 60).tell(Kind.TERMINATED, "walk", until_s=WALK_S + HOUR)
        assert found(story) == {}


class TestChains:
    CHAIN = (
        task("a", 2 * DAY, people=(role("eve"),)),
        task("b", 2 * DAY + 3 * HOUR, people=(role("ann"),), arms=(), follows=("a",), priority=1),
        task("c", 3 * DAY, people=(role("ben"),), arms=(), follows=("b",), priority=2),
        task("d", 4 * DAY, people=(role("ben"),), arms=()),
    )

    def test_who_follows_moves_with_whom_it_follows_whatever_its_priority(self):
        story = story_of(*self.CHAIN)
        lose(story, "arm/elbow", 3 * DAY, view="south")
        assert found(story) == {
            "a": (3 * DAY, "needs-health", "Arm is not available"),
            "b": (3 * DAY + 2 * HOUR, "precedence", "follows the a"),
            "c": (3 * DAY + 4 * HOUR, "precedence", "follows the b"),
        }

    def test_a_follower_of_an_undated_activity_is_undated(self):
        story = story_of(*self.CHAIN)
        lose(story, "arm/elbow", view="south")
        assert found(story) == {
            "a": (None, "needs-health", "Arm is not available"),
            "b": (None, "precedence", "the a has no date"),
            "c": (None, "precedence", "the b has no date"),
        }

    def test_a_follower_does_not_bar_the_way_of_what_it_follows(self):
        spacing = rule("spacing", kinds=("sortie",), others=("sortie",), gap_s=2 * DAY)
        story = story_of(sortie("a"), sortie("b", WALK_S + 2 * DAY, follows=("a",)), rules=(*BOOK, spacing))
        lose(story, "airlock", 3 * DAY)
        assert {id_: start_s for id_, (start_s, *_) in found(story).items()} == {
            "a": WALK_S + DAY,
            "b": WALK_S + 3 * DAY,
        }

    def test_an_activity_dated_after_another_moves_with_it(self):
        story = story_of(task("a", 2 * DAY), task("b", at(4 * HOUR, 5 * HOUR, after="a"), arms=()))
        lose(story, "arm/elbow", 3 * DAY, view="south")
        assert [start_s for start_s, *_ in found(story).values()] == [3 * DAY, 3 * DAY + 4 * HOUR]


class TestTraffic:
    LAUNCH = traffic("heron-launch", "launch", 7 * DAY + 12 * HOUR, port=None)
    DOCK = activity("heron-docking", "docking", at(DAY, after="heron-launch"), ship="heron", port="aft", crew=("dan",))
    LEAVE = traffic("swift-undocking", "undocking", 7 * DAY, ship="swift")

    def test_an_arrival_waits_for_the_departure_that_frees_its_port(self):
        story = story_of(self.LEAVE, self.LAUNCH, self.DOCK)
        lose(story, "aft", 20 * DAY)
        changes = found(story)
        assert changes["swift-undocking"][0] == 20 * DAY + 12 * HOUR
        assert changes["heron-docking"][0] > changes["swift-undocking"][0]
        assert "heron-launch" not in changes

    def test_work_follows_those_who_do_the_work(self):
        walk = sortie("walk", 10 * DAY + 10 * HOUR, people=(role("dan"),), centre="south")
        story = story_of(self.LEAVE, self.LAUNCH, self.DOCK, walk)
        lose(story, "aft", 20 * DAY)
        asked = repair(story.situations(), asked=frozenset({"heron-docking", "swift-undocking"}))
        assert asked == repair(story.situations())
        dates = {change.id: change.start_s for change in asked.changes}
        assert dates["walk"] > dates["heron-docking"] > dates["swift-undocking"]

    def test_a_soft_rule_gives_way_before_a_ship_has_no_date(self):
        story = story_of(self.LEAVE, rules=[rule("life-limit", severity="soft"), rule("needs-health")])
        lose(story, "aft", 200 * DAY)
        why = "Port aft is not available; there is no other date, life-limit gives way"
        assert found(story) == {"swift-undocking": (200 * DAY + 12 * HOUR, "needs-health", why)}
        (change,) = repair(story.situations()).changes
        assert "life-limit" in {window.block.rule for window in change.windows}
        hard = story_of(self.LEAVE, rules=[rule("life-limit"), rule("needs-health")])
        lose(hard, "aft", 200 * DAY)
        assert found(hard)["swift-undocking"][0] is None

    def test_traffic_that_nothing_forbids_stays(self):
        assert found(story_of(self.LEAVE, self.LAUNCH, self.DOCK)) == {}


def test_what_is_not_asked_gives_way_to_what_moves():
    walk = sortie("walk", people=(role("ann"),), priority=1)
    fix = task("fix", 4 * DAY + 10 * HOUR, people=(role("ann"),), arms=())
    free = task("free", 4 * DAY + 10 * HOUR, people=(role("ben"),), arms=())
    story = story_of(walk, fix, free)
    lose(story, "airlock", 4 * DAY)
    revision = repair(story.situations(), asked=frozenset({"walk"}))
    assert [change.id for change in revision.changes] == ["walk", "fix"]
    assert revision == repair(story.situations())


def test_what_began_late_stands_in_the_way_of_what_is_not_asked():
    fix = task("fix", WALK_S + 7 * HOUR, people=(role("ann"),), arms=(), centre="north")
    story = story_of(sortie("walk"), fix).at(WALK_S + HOUR)
    story.tell(Kind.STARTED, "walk")
    revision = repair(story.situations(), asked=frozenset())
    assert [(change.id, change.start_s) for change in revision.changes] == [("fix", WALK_S + 8 * HOUR)]
    assert revision == repair(story.situations())


def test_the_answer_does_not_hang_on_the_order_of_the_centres():
    story = story_of(sortie("walk"), task("fix"))
    lose(story, "airlock", 4 * DAY)
    lose(story, "arm/elbow", 9 * DAY, view="south")
    situations = story.situations()
    turned = dict(reversed(situations.items()))
    assert repair(situations) == repair(turned)
    assert len(repair(situations).changes) == 2


@pytest.mark.parametrize("ending", [Kind.GIVEN_UP, Kind.UNFINISHED])
def test_what_is_over_without_being_done_occupies_nothing(ending):
    fix = task("fix", WALK_S + 2 * DAY, people=(role("ann"),), arms=(), centre="north")
    story = story_of(sortie("walk"), fix)
    if ending is Kind.UNFINISHED:
        story.at(WALK_S).tell(Kind.STARTED, "walk")
    story.tell(ending, "walk")
    assert found(story) == {}


@pytest.mark.parametrize("plan", [repair, improve])
def test_what_is_pinned_has_its_day_or_none(plan):
    story = story_of(sortie("walk", pinned=True))
    lose(story, "airlock", 4 * DAY)
    (change,) = plan(story.situations()).changes
    assert (change.start_s, change.rule) == (None, "needs-health")
    story.revise(plan(story.situations()))
    story.at(HOUR).health("airlock", "nominal")
    (change,) = plan(story.situations()).changes
    assert (change.start_s, change.reason) == (WALK_S, "back to its wish")


def test_a_date_that_stands_after_the_last_opportunity_is_kept():
    closed = rule("calendar", id="closed", dates=(at(0, 4 * DAY),))
    story = story_of(task("fix", 3 * DAY, opportunities=(at(3 * DAY),)), rules=[*BOOK, closed])
    story.plan(attrs.evolve(story.state.acts["fix"], start_s=5 * DAY), Kind.MOVED)
    assert found(story) == {}


@pytest.mark.parametrize("plan", [repair, improve])
def test_a_pinned_day_needs_time_to_prepare_and_no_lead(plan):
    story = story_of(sortie("walk", pinned=True))
    lose(story, "airlock", 4 * DAY)
    story.revise(plan(story.situations()))
    story.at(WALK_S - 12 * HOUR).health("airlock", "nominal")
    (change,) = plan(story.situations()).changes
    assert change.start_s == WALK_S


@pytest.mark.parametrize("plan", [repair, improve])
def test_a_wish_nearer_than_the_lead_of_a_new_date_is_gone_for_every_planner(plan):
    story = story_of(sortie("walk"))
    lose(story, "airlock", 4 * DAY)
    story.revise(plan(story.situations()))
    story.at(WALK_S - 12 * HOUR).health("airlock", "nominal")
    assert [change.start_s for change in plan(story.situations()).changes] == [WALK_S + DAY]


def test_the_pin_is_among_the_reasons():
    story = story_of(sortie("walk", pinned=True))
    lose(story, "airlock", 4 * DAY)
    (change,) = repair(story.situations()).changes
    assert [(w.block.rule, w.hi_s) for w in change.binding] == [("needs-health", 98 * HOUR), ("pinned", None)]


def test_a_launch_whose_arrival_is_pinned_is_in_time_for_it_or_has_no_date():
    up = traffic("up", "launch", 10 * DAY, port="top")
    dock = traffic("dock", "docking", at(2 * DAY, 2 * DAY + 1, after="up"), port="top", pinned=True)
    held = rule("calendar", id="held", dates=(at(0, 20 * DAY),), activities=("up",))
    story = Story(tiny(rules=[*book("precedence", "arrival"), held], activities=[up, dock]))
    assert {c.id: c.start_s for c in repair(story.situations()).changes} == {"up": None, "dock": None}
