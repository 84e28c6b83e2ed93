"""What a control centre believes, with the timelines folded from it."""

import attrs
import pytest
from worlds import DAY, HOUR, Story, role, sortie, task, tiny, traffic

from stationsim.log.kinds import Kind
from stationsim.station.choice import cast_of, choose
from stationsim.station.situate import situate
from stationsim.station.situation import Stay
from stationsim.station.state import Wet

UP = traffic("heron-docking", "docking", 8 * DAY, port="top", crew=("dan", "zoe"))
AWAY = traffic("mule-undocking", "undocking", 6 * DAY, ship="mule", port="top")


def story_of(*activities, **more) -> Story:
    return Story(tiny(activities=[*activities], **more)).at(HOUR)


def stay(ship: str, port: str, lo_s: int, hi_s: int | None) -> Stay:
    return Stay(ship=ship, port=port, lo_s=lo_s, hi_s=hi_s)


def test_later_events_do_not_show_in_it():
    story = story_of(sortie("walk"))
    situation = story.situation()
    story.health("arm/elbow", "failed")
    story.tell(Kind.UNDOCKED, "swift", place="aft")
    story.ask("flow", "drip", DAY)
    assert situation.sick("arm") is None
    assert situation.ship_at["swift"] == "aft"
    assert situation.questions == {}


def test_each_centre_has_its_own_questions_zones_and_statuses():
    story = story_of(sortie("walk"))
    asked = story.ask("flow", "drip", DAY)
    row = story.wet("stern", "drip", until_s=DAY)
    again = story.wet("stern", "joint", feared="inert")
    story.status("swift", "unknown")
    north, south = situate(story.state, "north"), situate(story.state, "south")
    wet = Wet(zone="stern", incident="drip", since_s=HOUR, until_s=DAY, feared="unidentified", row=row)
    other = Wet(zone="stern", incident="joint", since_s=HOUR, until_s=None, feared="inert", row=again)
    assert north.wet == {"stern": (wet, other)}
    assert north.questions[("drip", "flow")].row == asked
    assert (north.status("swift"), south.status("swift")) == ("unknown", "certified")
    assert (south.wet, south.questions) == ({}, {})


def test_a_freighter_is_unusable_for_a_crewed_return():
    assert story_of().situation().status("mule") == "unusable"


def test_a_question_is_expected_only_while_it_is_open():
    story = story_of(sortie("walk"))
    story.ask("flow", "drip", DAY)
    assert story.situation().expected_s("drip", "flow") == DAY
    assert story.situation().expected_s("drip", "fluid") is None
    assert story.situation().expected_s(None, "flow") is None
    row = story.tell(Kind.ANSWERED, "flow", object="drip", view="north", text="no longer")
    assert story.situation().expected_s("drip", "flow") is None
    assert story.situation().answers == {("drip", "flow"): (HOUR, row)}


def test_open_questions_about_a_ship_are_those_of_incidents_on_it():
    story = story_of()
    story.ask("usable", "drip", DAY)
    story.ask("usable", "joint", DAY)
    story.ask("flow", "drip", DAY)
    assert [found.incident for found in story.situation().open_about("swift", "usable")] == ["drip"]
    assert story.situation().open_about("heron", "usable") == ()


@pytest.mark.parametrize(
    ("name", "is_sick"), [("nominal", False), ("degraded", False), ("unknown", True), ("failed", True)]
)
def test_a_node_is_sick_when_it_may_not_be_relied_on(name, is_sick):
    story = story_of()
    story.health("arm/elbow", name)
    assert (story.situation().sick("arm") is not None) is is_sick


class TestStays:
    def test_docked_ships_stay_until_they_have_a_departure(self):
        assert story_of().situation().stays == (
            stay("swift", "aft", -10 * DAY, None),
            stay("mule", "top", -5 * DAY, None),
        )

    def test_ships_come_and_go_in_order_of_time(self):
        situation = story_of(UP, AWAY, sortie("walk")).situation()
        assert situation.stays == (
            stay("swift", "aft", -10 * DAY, None),
            stay("mule", "top", -5 * DAY, 6 * DAY + HOUR),
            stay("heron", "top", 8 * DAY, None),
        )
        assert [s.ship for s in situation.stays_by_port["top"]] == ["mule", "heron"]
        assert situation.stays_by_port["aft"] == (stay("swift", "aft", -10 * DAY, None),)

    def test_a_relocated_ship_is_at_one_port_after_the_other(self):
        move = traffic("move", "relocation", 7 * DAY, ship="swift", port="top")
        assert story_of(AWAY, move).situation().stays == (
            stay("swift", "aft", -10 * DAY, 7 * DAY + HOUR),
            stay("mule", "top", -5 * DAY, 6 * DAY + HOUR),
            stay("swift", "top", 7 * DAY + HOUR, None),
        )

    def test_a_second_docking_of_a_docked_ship_and_a_departure_of_an_absent_one_do_nothing(self):
        again = traffic("again", "docking", 9 * DAY, ship="swift", port="top")
        absent = traffic("absent", "undocking", 9 * DAY)
        assert [s.ship for s in story_of(again, absent).situation().stays] == ["swift", "mule"]

    def test_only_what_lies_ahead_with_a_date_counts(self):
        story = story_of(UP, AWAY)
        story.plan(attrs.evolve(story.state.acts["mule-undocking"], start_s=None), Kind.UNDATED)
        story.tell(Kind.STARTED, "heron-docking")
        assert [(s.ship, s.hi_s) for s in story.situation().stays] == [("swift", None), ("mule", None)]


class TestPresence:
    def test_people_are_aboard_from_their_docking_until_their_ship_leaves(self):
        leave = traffic("leave", "undocking", 15 * DAY, ship="swift")
        presence = story_of(UP, leave, traffic("back", "undocking", 30 * DAY)).situation().presence
        assert presence == {
            **dict.fromkeys(("ann", "ben", "eve"), (-10 * DAY, 15 * DAY)),
            **dict.fromkeys(("dan", "zoe"), (8 * DAY, 30 * DAY)),
        }

    def test_a_ship_that_is_not_certified_takes_nobody_away(self):
        story = story_of(traffic("leave", "undocking", 15 * DAY, ship="swift"))
        story.status("swift", "unknown")
        assert story.situation().presence["ann"] == (-10 * DAY, None)

    def test_somebody_without_a_seat_stays(self):
        people = [attrs.evolve(p, seat=None) if p.id == "eve" else p for p in tiny().people]
        story = story_of(traffic("leave", "undocking", 15 * DAY, ship="swift"), people=people)
        assert story.situation().presence["eve"] == (0, None)

    def test_seats_are_of_those_aboard_and_those_who_come_up(self):
        story = story_of(UP)
        assert story.situation().seated_in("swift") == ("ann", "ben", "eve")
        assert story.situation().seated_in("heron") == ("dan", "zoe")
        story.tell(Kind.BOARDED, "dan", object="heron")
        story.tell(Kind.FITTED, "dan", object="heron")
        assert story.situation().seated_in("heron") == ("dan", "zoe")


class TestChoice:
    def test_a_choice_takes_its_times_from_the_kind(self):
        choice = story_of(sortie("walk"), task("fix", duration_s=60, uses=("pump",))).choice("walk")
        assert (choice.id, choice.duration_s, choice.before_s, choice.after_s) == ("walk", 6 * HOUR, 2 * HOUR, HOUR)
        assert choice.uses == ("airlock",)

    def test_an_activity_may_have_a_duration_of_its_own(self):
        story = story_of(task("fix", duration_s=0, uses=("pump",)))
        choice = story.choice("fix")
        assert (choice.duration_s, choice.uses, choice.people, choice.roles) == (
            0,
            ("arm", "pump"),
            ("eve",),
            ("hand",),
        )

    def test_people_are_asked_by_role(self):
        story = story_of(sortie("walk", people=(role("ann", name="ev"), role("eve", name="iv"))))
        choice = story.choice("walk")
        assert choice.in_role(("ev",)) == ("ann",)
        assert choice.in_role(()) == ("ann", "eve")
        assert cast_of(story.state.acts["walk"]) == (("ann", "ev"), ("eve", "iv"))
        assert choose(story.situation(), "walk", (("dan", "ev"),)).people == ("dan",)

    def test_another_plan_leaves_the_belief(self):
        story = story_of(sortie("walk"))
        situation = story.situation()
        other = situation.with_acts({})
        assert (other.acts, other.view) == ({}, situation.view)
        assert situation.name("walk") == "the walk"
