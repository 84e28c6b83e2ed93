"""Rules about the way home. A capsule has three seats and one contingency place; Ann, Ben and Eve came in the swift."""

import attrs
import pytest
from worlds import DAY, HOUR, Story, activity, kind, role, rule, ship, sortie, tiny, traffic

from stationsim.log.kinds import Kind
from stationsim.planning.repair import repair
from stationsim.station.rules import blocks, reads

ARRIVAL = traffic("heron-docking", "docking", 8 * DAY, crew=("dan", "zoe"), relieves=("ann", "eve"))
LEAVING = traffic("swift-undocking", "undocking", 15 * DAY, ship="swift")
AWAY = traffic("heron-undocking", "undocking", 20 * DAY)
KINDS = (*tiny().kinds, kind("seat-move", "skeleton", "fit", duration_s=HOUR))
DOUBTS = ("emergency-only", "unknown")


def story_of(template: str, *activities, status: str | None = None, **more) -> Story:
    story = Story(tiny(rules=[rule(template, **more)], activities=[*activities], kinds=KINDS))
    if status is not None:
        for view in ("north", "south"):
            story.status("swift", status, view=view)
    return story


def found(story: Story, id_: str):
    situation = story.situation(story.state.activity(id_).centre)
    return [(b.lo_s, b.hi_s, b.mode, b.reason) for b in blocks(story.choice(id_), situation)]


class TestSeats:
    def test_a_certified_ship_takes_its_people_along_and_may_leave(self):
        assert found(story_of("seats", LEAVING), "swift-undocking") == []

    @pytest.mark.parametrize("status", DOUBTS)
    def test_a_ship_kept_for_emergencies_stays_while_its_people_have_no_other_place(self, status):
        story = story_of("seats", LEAVING, status=status)
        assert found(story, "swift-undocking")[-1] == (-10 * DAY, None, "start", "0 places would be left for 3 people")
        (block,) = blocks(story.choice("swift-undocking"), story.situation())
        assert story.log.row(block.cause or 0).kind is Kind.STATUS_CHANGED

    def test_it_leaves_when_there_are_places_for_all(self):
        alone = attrs.evolve(ARRIVAL, crew=(), relieves=())
        story = story_of("seats", LEAVING, alone, status="emergency-only")
        reason = "0 places would be left for 3 people"
        assert found(story, "swift-undocking") == [(-10 * DAY, 8 * DAY, "start", reason)]

    def test_contingency_places_count_and_no_more(self):
        story = story_of("seats", LEAVING, ARRIVAL, AWAY, status="emergency-only")
        assert {lo_s: told for lo_s, _, _, told in found(story, "swift-undocking")} == {
            -10 * DAY: "0 places would be left for 3 people",
            8 * DAY: "4 places would be left for 5 people",
            20 * DAY: "0 places would be left for 3 people",
        }

    def test_what_is_unusable_or_a_freighter_saves_nobody(self):
        mule = traffic("mule-undocking", "undocking", 9 * DAY, ship="mule", port="top")
        story = story_of("seats", LEAVING, mule, status="unusable")
        assert found(story, "swift-undocking") == found(story, "mule-undocking") == []
        assert found(story_of("seats", sortie("walk")), "walk") == []

    def test_it_hangs_on_people_and_on_the_ships_that_carry_them(self):
        named = reads(story_of("seats", LEAVING).choice("swift-undocking"), story_of("seats", LEAVING).situation())
        assert named == ("ann", "ben", "eve", "dan", "zoe", "swift/crewed-return", "heron/crewed-return")

    def test_a_repair_leaves_the_last_lifeboat_where_it_is(self):
        (change,) = repair(story_of("seats", LEAVING, status="emergency-only").situations()).changes
        assert (change.id, change.start_s, change.rule) == ("swift-undocking", None, "seats")


class TestOccupants:
    MOVE = activity("move", "seat-move", 9 * DAY, ship="swift", fits=("dan",), people=(role("dan"),))
    OUT = activity("out", "seat-move", 10 * DAY, ship="heron", fits=("ann", "ben"), people=(role("ann"),))

    def test_a_doubtful_ship_takes_nobody_more(self):
        story = story_of("occupants", ARRIVAL, self.MOVE, status="emergency-only", count=2)
        reason = "the swift is emergency-only: 4 people would rely on it"
        assert {told for *_, told in found(story, "move")} == {reason}
        assert found(story, "move")[-1][1] is None

    def test_it_may_once_enough_have_left_it(self):
        story = story_of("occupants", ARRIVAL, self.OUT, self.MOVE, status="emergency-only", count=2)
        assert found(story, "move")[-1][:2] == (9 * DAY + 1, 10 * DAY + 1)
        assert found(story, "out") == []

    def test_a_certified_ship_may_be_filled(self):
        story = story_of("occupants", ARRIVAL, self.MOVE, sortie("walk"), count=2)
        assert found(story, "move") == found(story, "walk") == []
        assert reads(story.choice("move"), story.situation()) == ("swift", "swift/crewed-return", "dan")
        assert reads(story.choice("walk"), story.situation()) == ()


class TestReplacement:
    def test_a_ship_for_the_stranded_brings_nobody_who_takes_their_seats(self):
        story = story_of("replacement", ARRIVAL, status="unknown")
        reason = "the heron has 3 seats for a crew of 2 and for 2 without a ship"
        assert found(story, "heron-docking") == [(0, None, "start", reason)]
        relieved = ("ann", "eve", "swift/crewed-return", "heron/crewed-return")
        assert reads(story.choice("heron-docking"), story.situation()) == relieved

    def test_a_seat_that_is_moved_before_needs_no_other(self):
        move = activity("move", "seat-move", 7 * DAY, ship="rook", fits=("ann", "eve"), people=(role("ann"),))
        rook = ship("rook", "capsule", port="side", docked_s=-DAY)
        side = attrs.evolve(tiny().ports[0], id="side", name="Port side")
        parts = {"vehicles": [*tiny().vehicles, rook], "ports": [*tiny().ports, side]}
        for moves in ((move,), ()):
            story = Story(tiny(rules=[rule("replacement")], activities=[ARRIVAL, *moves], kinds=KINDS, **parts))
            story.status("swift", "emergency-only")
            assert bool(found(story, "heron-docking")) is not bool(moves)

    @pytest.mark.parametrize(
        ("more", "status"),
        [({}, None), ({"crew": ()}, "unknown"), ({"crew": ("dan",)}, "unknown"), ({"relieves": ()}, "unknown")],
        ids=["certified", "without people", "with a seat left", "relieves nobody"],
    )
    def test_it_comes_as_planned_where_there_is_a_seat_for_all(self, more, status):
        story = story_of("replacement", attrs.evolve(ARRIVAL, **more), LEAVING, status=status)
        assert found(story, "heron-docking") == found(story, "swift-undocking") == []


class TestWayHome:
    def test_nobody_goes_out_while_somebody_inside_cannot_reach_their_ship(self):
        walk = sortie("walk", people=(role("ann", name="ev"), role("ben", name="inside")))
        story = story_of("way-home", walk, roles=("ev",))
        assert found(story, "walk") == []
        assert {"eve", "core", "lab", "swift"} <= set(reads(story.choice("walk"), story.situation()))
        row = story.ask("back", "joint", 4 * DAY)
        story.health("core", "failed", incident="joint")
        told = [(0, 4 * DAY, "overlap", f"{name} cannot reach the swift: The core is lost") for name in ("Ben", "Eve")]
        assert sorted(found(story, "walk")) == told
        assert all(block.cause > row for block in blocks(story.choice("walk"), story.situation()))
