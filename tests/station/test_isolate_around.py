"""How a leak could be sealed off: minimum cuts, and the hatches around the place itself."""

import pytest
from worlds import Story, tiny

from stationsim.log.kinds import Kind
from stationsim.scenario.model import Hatch
from stationsim.station.isolate import way_of, ways

HATCHES = ("chamber-core", "core-lab", "swift/hatch", "mule/hatch")


@pytest.fixture
def story() -> Story:
    """Chamber, core with the crew ship, lab with the freighter, in a row, all hatches open."""
    hatches = [
        Hatch(id=f"{a}-{b}", between=(a, b), close_s=close_s, source="a test")
        for a, b, close_s in (("chamber", "core", 60), ("core", "lab", 600))
    ]
    story = Story(tiny(hatches=hatches))
    for hatch in HATCHES:
        story.tell(Kind.OPENED, hatch)
    return story


def test_the_hatches_around_a_place_keep_more_than_one_hatch_beside_it(story):
    best = ways(story.state, "core")[0]
    assert (best.sealed, best.hatches, best.seats) == (("core",), ("chamber-core", "core-lab", "swift/hatch"), ())
    one = next(way for way in ways(story.state, "core") if way.hatches == ("core-lab",))
    assert one.sealed == ("chamber", "core", "swift")
    assert one.seats == ("ann", "ben", "eve")
    assert best.price < one.price


def test_a_hatch_that_a_hunt_keeps_shut_counts_as_shut_and_costs_no_time(story):
    story.tell(Kind.CLOSED, "core-lab", object="leak")
    best = ways(story.state, "lab", freed=("core-lab",))[0]
    assert (best.sealed, best.hatches, best.close_s) == (
        ("lab",),
        ("mule/hatch",),
        story.station.types["freighter"].hatch_close_s,
    )
    behind = next(way for way in ways(story.state, "lab", freed=("core-lab",)) if way.sealed == ("lab", "mule"))
    assert (behind.hatches, behind.close_s) == ((), 0)


def test_what_is_parted_already_costs_what_lies_behind(story):
    story.tell(Kind.CLOSED, "core-lab", object="leak")
    way = way_of(story.state, ("lab", "mule"))
    assert (way.hatches, way.ships, way.ports, way.seats) == ((), ("mule",), ("top",), ())
