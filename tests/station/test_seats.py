"""Who could leave, and how well."""

import attrs
import pytest
from worlds import CAPSULE, FREIGHTER, Story, tiny

from stationsim.log.kinds import Kind
from stationsim.station.seats import LEVELS, level_of


@pytest.fixture
def story() -> Story:
    return Story(tiny())


@pytest.mark.parametrize(
    ("status", "level"), [("certified", 0), ("emergency-only", 2), ("unusable", 3), ("unknown", 3)]
)
def test_the_class_of_a_seat_follows_the_status_of_its_ship(story, status, level):
    assert level_of(story.state, "ann") == 0
    story.status("swift", status)
    assert level_of(story.state, "ann") == level


def test_the_centre_that_owns_the_ship_is_asked(story):
    story.status("swift", "unusable", view="south")
    assert level_of(story.state, "eve") == 0


def test_without_fit_items_there_is_no_seat(story):
    assert level_of(story.state, "dan") == 4


def test_a_ship_away_seats_nobody(story):
    story.tell(Kind.UNDOCKED, "swift", place="aft")
    assert level_of(story.state, "ann") == 4
    story.tell(Kind.FITTED, "ann", object="heron")
    assert level_of(story.state, "ann") == 4


def test_a_seat_is_for_one_and_who_boarded_first_has_it():
    types = [attrs.evolve(CAPSULE, seats=2), FREIGHTER]
    story = Story(tiny(types=types))
    assert [level_of(story.state, person) for person in ("ann", "ben", "eve")] == [0, 0, 4]
    story.tell(Kind.LEFT, "ann", object="swift")
    assert [level_of(story.state, person) for person in ("ben", "eve")] == [0, 0]


def test_an_improvised_place_counts_in_a_certified_ship_only(story):
    story.tell(Kind.FITTED, "eve", object="swift", text="improvised")
    assert [level_of(story.state, person) for person in ("ann", "ben", "eve")] == [0, 0, 1]
    story.status("swift", "emergency-only")
    assert [level_of(story.state, person) for person in ("ann", "ben", "eve")] == [2, 2, 4]
    story.tell(Kind.FITTED, "eve", object="swift")
    assert level_of(story.state, "eve") == 2


@pytest.mark.parametrize(("seats", "levels"), [(1, [1, 0, 4]), (2, [1, 0, 1])])
def test_there_are_only_so_many_improvised_places_and_a_free_seat_is_one(seats, levels):
    types = tuple(attrs.evolve(t, seats=seats) if t.id == CAPSULE.id else t for t in tiny().types)
    story = Story(tiny(types=types))
    for person in ("ann", "eve"):
        story.tell(Kind.FITTED, person, object="swift", text="improvised")
    assert [level_of(story.state, person) for person in ("ann", "ben", "eve")] == levels


def test_a_ship_on_its_way_between_two_ports_keeps_its_seats(story):
    story.tell(Kind.UNDOCKED, "swift", place="aft", text="relocating")
    assert level_of(story.state, "ann") == 0


def test_every_class_has_a_name():
    assert LEVELS == ("certified", "improvised", "emergency-only", "unfit or unknown", "none")
