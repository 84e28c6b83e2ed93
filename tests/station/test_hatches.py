"""Which volumes share one atmosphere, and what could part them."""

import pytest
from worlds import Story, tiny

from stationsim.log.kinds import Kind
from stationsim.scenario.model import Hatch
from stationsim.station.hatches import compartment_of, compartments, dividing_door, doors, joined, kept_by


@pytest.fixture
def story() -> Story:
    hatch = Hatch(id="core-lab", between=("core", "lab"), close_s=600, source="a test")
    return Story(tiny(hatches=[hatch]))


def test_doors_are_hatches_and_those_to_docked_ships_in_order(story):
    found = [(door.id, door.between) for door in doors(story.state)]
    assert found == [("core-lab", ("core", "lab")), ("mule/hatch", ("mule", "lab")), ("swift/hatch", ("swift", "core"))]


def test_a_ship_that_left_has_no_door(story):
    story.tell(Kind.UNDOCKED, "mule", place="top")
    assert [door.id for door in doors(story.state)] == ["core-lab", "swift/hatch"]
    assert "mule" not in compartments(story.state)


def test_open_hatches_join_and_shut_ones_part(story):
    for hatch in ("core-lab", "swift/hatch"):
        story.tell(Kind.OPENED, hatch)
    assert joined(story.state) == (("chamber",), ("core", "lab", "swift"), ("mule",))
    story.tell(Kind.CLOSED, "core-lab")
    assert joined(story.state) == (("chamber",), ("core", "swift"), ("lab",), ("mule",))


@pytest.mark.parametrize(
    ("node", "compartment"),
    [("core", "core"), ("top", "lab"), ("airlock", "chamber"), ("swift/loop", "swift"), ("arm/elbow", None)],
)
def test_a_node_stands_in_a_compartment(story, node, compartment):
    assert compartment_of(story.station, node) == compartment


def test_hatches_may_be_asked_about_as_they_would_be(story):
    story.tell(Kind.OPENED, "swift/hatch")
    stand = {**story.state.hatches, "core-lab": "open"}
    assert joined(story.state, stand) == (("chamber",), ("core", "lab", "swift"), ("mule",))
    assert joined(story.state) == (("chamber",), ("core", "swift"), ("lab",), ("mule",))


def test_a_hatch_parts_evenly_unless_one_side_is_where_a_leak_was_before(story):
    for hatch in ("core-lab", "swift/hatch", "mule/hatch"):
        story.tell(Kind.OPENED, hatch)
    suspects = ("core", "lab", "mule", "swift")
    assert dividing_door(story.state, suspects).id == "core-lab"
    assert dividing_door(story.state, suspects, ("swift",)).id == "swift/hatch"
    assert dividing_door(story.state, suspects, ("core",)).id == "core-lab"
    assert dividing_door(story.state, ("lab",)) is None


def test_a_reason_names_the_hatches_that_it_keeps_shut(story):
    for hatch, reason in (("swift/hatch", "leak"), ("core-lab", "leak"), ("core-lab", "swift")):
        story.tell(Kind.CLOSED, hatch, object=reason)
    assert kept_by(story.state, "leak") == ("core-lab", "swift/hatch")
    assert kept_by(story.state, "swift") == ("core-lab",)
