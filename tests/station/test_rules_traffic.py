"""Rules about ships: one per port, life on orbit, readiness, airlocks that cut ships off, arrivals."""

import pytest
from attrs import evolve
from worlds import DAY, HOUR, Story, at, book, fault, rule, sortie, task, tiny, traffic

from stationsim.log.kinds import Kind
from stationsim.planning.repair import repair
from stationsim.scenario.model import Thing
from stationsim.station.builtin import ORDER_RULE
from stationsim.station.rules import blocks, reads
from stationsim.station.rules.blocks import FOREVER_AGO

ARRIVAL = traffic("heron-docking", "docking", 8 * DAY)
LEAVING = traffic("swift-undocking", "undocking", 7 * DAY, ship="swift")


def story_of(*rules, activities=(), **more) -> Story:
    return Story(tiny(rules=rules, activities=[*activities], **more))


def found(story: Story, id_: str):
    """Return what the rules of the book say; what stands in every book is another file's."""
    every = blocks(story.choice(id_), story.situation(story.state.activity(id_).centre))
    return [(b.lo_s, b.hi_s, b.mode, b.reason) for b in every if b.rule != ORDER_RULE.id]


def called(call_up_s, **changes) -> Story:
    """The heron is to be launched in 40 days, and can be called up."""
    scenario = tiny(rules=[rule("ready")], activities=[traffic("heron-launch", "launch", 40 * DAY)])
    vehicles = [
        evolve(ship, call_up_s=call_up_s, **changes) if ship.id == "heron" else ship for ship in scenario.vehicles
    ]
    return Story(evolve(scenario, vehicles=tuple(vehicles)))


def test_a_port_takes_one_ship_at_a_time():
    story = story_of(rule("port-free"), activities=[ARRIVAL])
    assert found(story, "heron-docking") == [(-10 * DAY, None, "start", "the swift is at Port aft")]


def test_a_port_is_free_when_the_departure_has_ended():
    story = story_of(rule("port-free"), activities=[ARRIVAL, LEAVING])
    assert found(story, "heron-docking") == [(-10 * DAY, 7 * DAY + HOUR, "start", "the swift is at Port aft")]


def test_a_relocation_needs_a_free_port_and_frees_its_old_one():
    move = traffic("swift-relocation", "relocation", 5 * DAY, ship="swift", port="top")
    story = story_of(rule("port-free"), activities=[ARRIVAL, move])
    assert found(story, "swift-relocation") == [(-5 * DAY, None, "start", "the mule is at Port top")]
    assert [b[:2] for b in found(story, "heron-docking")] == [(-10 * DAY, 5 * DAY + HOUR)]


@pytest.mark.parametrize("id_", ["swift-undocking", "anywhere"])
def test_departures_and_arrivals_without_a_port_need_none(id_):
    anywhere = traffic("anywhere", "docking", 9 * DAY, port=None)
    assert found(story_of(rule("port-free"), activities=[LEAVING, anywhere]), id_) == []


class TestLifeLimit:
    def test_a_ship_leaves_within_its_certified_life(self):
        story = story_of(rule("life-limit"), activities=[LEAVING])
        reason = "the swift is certified for 200 d on orbit"
        assert found(story, "swift-undocking") == [(-11 * DAY + 200 * DAY, None, "start", reason)]

    def test_the_life_of_a_ship_to_come_counts_from_its_planned_launch(self):
        launch = traffic("heron-launch", "launch", 7 * DAY)
        leave = traffic("heron-undocking", "undocking", 30 * DAY)
        story = story_of(rule("life-limit"), activities=[leave, ARRIVAL, launch])
        assert [lo_s for lo_s, *_ in found(story, "heron-undocking")] == [207 * DAY]
        story.plan(evolve(story.state.acts["heron-launch"], start_s=None), Kind.UNDATED)
        assert found(story, "heron-undocking") == []
        story.at(6 * DAY).tell(Kind.LAUNCHED, "heron")
        assert [lo_s for lo_s, *_ in found(story, "heron-undocking")] == [206 * DAY]

    def test_a_ship_of_unknown_launch_or_life_is_not_limited(self):
        leave = [traffic(f"{ship}-undocking", "undocking", DAY, ship=ship) for ship in ("mule", "heron")]
        story = story_of(rule("life-limit"), activities=leave)
        assert found(story, "mule-undocking") == []
        assert found(story, "heron-undocking") == []

    @pytest.mark.parametrize("id_", ["heron-docking", "drill"])
    def test_only_departures_are_limited(self, id_):
        drill = traffic("drill", "undocking", DAY, ship=None)
        assert found(story_of(rule("life-limit"), activities=[ARRIVAL, drill]), id_) == []


class TestReady:
    def test_a_ship_is_launched_when_it_is_ready(self):
        story = story_of(rule("ready"), activities=[traffic("heron-launch", "launch", 7 * DAY)])
        assert found(story, "heron-launch") == [(FOREVER_AGO, 5 * DAY, "start", "the heron is not ready yet")]

    def test_a_ship_of_which_nothing_is_said_is_launched_on_its_planned_day_at_the_earliest(self):
        story = story_of(rule("ready"), activities=[traffic("flight", "launch", 7 * DAY, ship="mule")])
        assert found(story, "flight") == [(FOREVER_AGO, 7 * DAY, "start", "the mule is planned for no earlier day")]

    def test_a_ship_that_can_be_called_up_is_launched_so_long_after_the_call_but_never_later_than_planned(self):
        story = called(30 * DAY, ready=None)
        assert [lo_hi[1] for lo_hi in found(story, "heron-launch")] == [30 * DAY]
        assert [lo_hi[1] for lo_hi in found(story.at(4 * DAY), "heron-launch")] == [34 * DAY]
        (window,) = found(story.at(20 * DAY), "heron-launch")
        assert window == (FOREVER_AGO, 40 * DAY, "start", "the heron is launched 30 d after it is called up")

    def test_a_ship_that_is_ready_later_waits_for_both(self):
        story = called(3 * DAY)
        reasons = ["the heron is not ready yet", "the heron is launched 3 d after it is called up"]
        assert [(window[1], window[3]) for window in found(story, "heron-launch")] == [
            (5 * DAY, reasons[0]),
            (3 * DAY, reasons[1]),
        ]

    def test_the_call_counts_from_the_decision_that_gave_another_date(self):
        story = called(30 * DAY, ready=None).at(2 * DAY)
        story.plan(evolve(story.state.acts["heron-launch"], start_s=33 * DAY), Kind.MOVED)
        assert [window[1] for window in found(story.at(20 * DAY), "heron-launch")] == [32 * DAY]

    @pytest.mark.parametrize(("kind", "ship"), [("docking", "heron"), ("launch", None)])
    def test_nothing_else_waits(self, kind, ship):
        assert found(story_of(rule("ready"), activities=[traffic("flight", kind, DAY, ship=ship)]), "flight") == []


class TestFamilyHold:
    RULE = rule("family-hold", question="fit", gap_s=2 * DAY)
    LAUNCH = traffic("heron-launch", "launch", 7 * DAY)
    DOUBT = "the heron may have what struck the swift"

    def test_a_sister_ship_waits_for_the_answer_and_a_while_after(self):
        story = story_of(self.RULE, activities=[self.LAUNCH]).at(HOUR)
        story.ask("fit", "drip", 9 * DAY)
        assert found(story, "heron-launch") == [(HOUR, 11 * DAY, "start", self.DOUBT)]
        story.at(5 * DAY).tell(Kind.ANSWERED, "fit", object="drip", view="north", text="not common")
        reason = "the heron is prepared again after the doubt about the swift"
        assert found(story, "heron-launch") == [(5 * DAY, 7 * DAY, "start", reason)]

    @pytest.mark.parametrize(("until", "expected_s"), [("no-date", 9 * DAY), ("expected", None)])
    def test_without_an_expected_answer_there_is_no_date(self, until, expected_s):
        story = story_of(evolve(self.RULE, until=until), activities=[self.LAUNCH]).at(HOUR)
        story.ask("fit", "drip", expected_s)
        assert found(story, "heron-launch") == [(HOUR, None, "start", self.DOUBT)]

    @pytest.mark.parametrize(("question", "incident"), [("flow", "drip"), ("fit", "joint")])
    def test_other_questions_and_what_is_no_ship_cast_no_doubt(self, question, incident):
        story = story_of(self.RULE, activities=[self.LAUNCH]).at(HOUR)
        story.ask(question, incident, 9 * DAY)
        assert found(story, "heron-launch") == []
        story.tell(Kind.ANSWERED, question, object=incident, view="north", text="so it is")
        assert found(story, "heron-launch") == []

    @pytest.mark.parametrize("ship", ["swift", "mule", None])
    def test_the_ship_itself_and_other_families_are_left_alone(self, ship):
        story = story_of(self.RULE, activities=[traffic("leave", "undocking", 7 * DAY, ship=ship)]).at(HOUR)
        story.ask("fit", "drip", 9 * DAY)
        assert found(story, "leave") == []

    def suits(self, *uses: str) -> Story:
        things = [
            *(Thing(id=f"soft-{n}", name=f"Soft suit {n}", type="suit", families=("soft",)) for n in (1, 2, 3)),
            Thing(id="hard-1", name="Hard suit 1", type="suit", families=("hard",)),
        ]
        tear = fault("tear", "soft-1")
        return story_of(self.RULE, activities=[sortie("walk", uses=uses)], things=things, incidents=[tear]).at(HOUR)

    def test_who_uses_a_sister_of_a_suit_waits_too_and_is_asked_again(self):
        story = self.suits("soft-2", "soft-3")
        assert story.ask("fit", "tear", 9 * DAY)
        doubt = "Soft suit 2 may have what struck Soft suit 1"
        assert found(story, "walk") == [(HOUR, 11 * DAY, "start", doubt)]
        assert set(reads(story.choice("walk"), story.situation())) & set(story.state.touched["north"])

    @pytest.mark.parametrize("uses", ["soft-1", "hard-1"])
    def test_the_suit_itself_and_another_type_of_suit_are_left_alone(self, uses):
        story = self.suits(uses)
        story.ask("fit", "tear", 9 * DAY)
        assert found(story, "walk") == []

    def test_a_family_carries_no_health(self):
        story = self.suits("soft-2")
        story.health("soft-1", "failed", incident="tear")
        assert story.situation().sick("soft-1") is not None
        assert story.situation().sick("soft-2") is None


class TestAirlockPort:
    RULE = rule("airlock-port", capability="crewed-return")

    def test_an_airlock_is_not_used_while_it_cuts_a_crew_ship_off(self):
        arrival = traffic("heron-docking", "docking", 8 * DAY, port="top")
        leave = [
            traffic("mule-undocking", "undocking", 6 * DAY, ship="mule"),
            traffic("heron-undocking", "undocking", 9 * DAY),
        ]
        story = story_of(self.RULE, activities=[sortie("walk"), arrival, *leave])
        reason = "the heron at Port top would be cut off"
        assert found(story, "walk") == [(8 * DAY, 9 * DAY + HOUR, "overlap", reason)]

    def test_a_freighter_may_be_cut_off(self):
        assert found(story_of(self.RULE, activities=[sortie("walk"), task("fix")]), "walk") == []

    def test_without_an_airlock_nothing_is_cut_off(self):
        assert found(story_of(self.RULE, activities=[sortie("walk"), task("fix")]), "fix") == []


def test_a_launch_that_slips_may_cost_the_short_flight():
    """Docking three hours after the first launch day; after the second one only two days later."""
    up = traffic("up", "launch", 9 * DAY)
    docks = tuple(at(day * DAY + 3 * HOUR) for day in (9, 12))
    dock = traffic("dock", "docking", at(3 * HOUR, 3 * DAY + 1, after="up"), opportunities=docks)
    rules = [*book("precedence", "arrival", "opportunities")]
    story = Story(tiny(rules=rules, activities=[up, dock]))
    assert [story.state.acts[id_].start_s for id_ in ("up", "dock")] == [9 * DAY, 9 * DAY + 3 * HOUR]
    held = rule("calendar", dates=(at(0, 10 * DAY),), kinds=("launch",))
    slipped = Story(tiny(rules=[*rules, held], activities=[up, dock]))
    moved = {change.id: change.start_s for change in repair(slipped.situations()).changes}
    assert moved == {"up": 10 * DAY + 12 * HOUR, "dock": 12 * DAY + 3 * HOUR}


def test_a_launch_waits_for_what_its_arrival_follows_though_the_port_is_free():
    clear = task("clear", 9 * DAY)
    up = traffic("up", "launch", 10 * DAY, port="top")
    dock = traffic("dock", "docking", at(2 * DAY, 2 * DAY + 1, after="up"), port="top", follows=("clear",))
    rules = [*book("precedence", "arrival")]
    story = Story(tiny(rules=rules, activities=[clear, up, dock]))
    free_s = 9 * DAY + 2 * HOUR - 2 * DAY
    assert found(story, "up") == [(FOREVER_AGO - 2 * DAY, free_s, "start", "follows the clear")]
    assert "clear" in reads(story.choice("up"), story.situation("north"))


@pytest.mark.parametrize("days", [20, 20_000])
def test_an_arrival_and_its_launch_move_with_the_work_that_the_arrival_follows(days):
    clear = task("clear", 9 * DAY)
    up = traffic("up", "launch", 10 * DAY, port="top")
    dock = traffic("dock", "docking", at(2 * DAY, 2 * DAY + 1, after="up"), port="top", follows=("clear",))
    held = rule("calendar", dates=(at(0, days * DAY),), activities=("clear",))
    late = Story(tiny(rules=[*book("precedence", "arrival"), held], activities=[clear, up, dock]))
    moved = {change.id: change.start_s for change in repair(late.situations()).changes}
    if days == 20:
        assert moved["dock"] == moved["up"] + 2 * DAY >= moved["clear"] + 2 * HOUR
    else:
        assert moved == {"clear": None, "up": None, "dock": None}
