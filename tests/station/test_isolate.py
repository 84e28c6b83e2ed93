"""How a leak is sealed off, and who must be on which side: a chamber, a core and a lab in a row, a ship at each end."""

import pytest
from worlds import Story, person, sortie, task, tiny

from stationsim.cli.sealing import describe
from stationsim.errors import ScenarioError
from stationsim.log.kinds import Kind
from stationsim.scenario.model import Hatch, Role
from stationsim.station.isolate import ways

HATCHES = [
    Hatch(id="core-lab", between=("core", "lab"), close_s=120, source="a test"),
    Hatch(id="core-chamber", between=("core", "chamber"), close_s=60, source="a test"),
]
PEOPLE = [
    person("ann", skills=("walk",), aboard=True, seat="swift"),
    person("ben", skills=("walk",), aboard=True, seat="swift"),
    person("eve", "south", skills=("arm",), aboard=True, seat="mule"),
    person("dan", skills=("walk",), aboard=True),
    person("zoe", "south", skills=("arm", "walk")),
]


def station(*shut: str) -> Story:
    """Return the station with every hatch open but these."""
    story = Story(tiny(hatches=HATCHES, people=PEOPLE))
    for hatch in ("core-lab", "core-chamber", "swift/hatch", "mule/hatch"):
        story.tell(Kind.CLOSED if hatch in shut else Kind.OPENED, hatch)
    return story


def way_of(story: Story, node: str, *hatches: str):
    return next(way for way in ways(story.state, node) if way.hatches == hatches)


def told(way):
    return {stand.person: (stand.known, stand.side, stand.must_to) for stand in way.stands}


def test_who_has_their_ship_beyond_must_cross_and_who_has_no_ship_too():
    way = way_of(station(), "lab", "core-lab")
    assert told(way) == {
        "ann": ("ship", "safe", None),
        "ben": ("ship", "safe", None),
        "eve": ("ship", "leaking", "core"),
        "dan": ("unknown", "unknown", "core"),
    }
    assert [stand.loses for stand in way.stands] == [None, None, "mule", None]


def test_a_hatch_is_shut_from_the_safe_side_by_somebody_who_is_there():
    (closing,) = way_of(station(), "lab", "core-lab").closings
    assert (closing.hatch, closing.side, closing.person, closing.close_s) == ("core-lab", "core", "ann", 120)
    (closing,) = way_of(station(), "core", "core-lab").closings
    assert (closing.side, closing.person) == ("lab", "eve")


def test_where_nobody_is_who_comes_across_shuts_the_hatch():
    way = way_of(station(), "core", "swift/hatch")
    assert {must_to for _, _, must_to in told(way).values()} == {"swift"}
    assert [(closing.side, closing.person) for closing in way.closings] == [("swift", "ann")]


def test_who_is_outside_comes_in_first_where_their_airlock_leaks():
    story = station()
    story.tell(Kind.STARTED, "walk")
    way = way_of(story, "chamber", "core-chamber")
    assert {name: told(way)[name] for name in ("ann", "ben", "eve")} == {
        "ann": ("outside", "leaking", "core"),
        "ben": ("outside", "leaking", "core"),
        "eve": ("ship", "safe", None),
    }
    assert way.closings[0].person == "eve"


def test_who_works_in_a_known_place_counts_there():
    story = Story(tiny(hatches=HATCHES, people=PEOPLE, activities=(sortie("walk"), task("fix", place="lab"))))
    for hatch in ("core-lab", "core-chamber", "swift/hatch", "mule/hatch"):
        story.tell(Kind.OPENED, hatch)
    story.tell(Kind.STARTED, "fix")
    way = way_of(story, "core", "core-lab")
    assert told(way)["eve"] == ("work", "safe", None)
    assert way.closings[0].person == "eve"
    assert "on the safe side already: Eve (at work in The lab)" in describe(story.station.scenario, (way,))


def test_who_shelters_counts_where_they_shelter():
    story = station()
    story.tell(Kind.SHELTERED, "ann", object="lab")
    assert told(way_of(story, "lab", "core-lab"))["ann"] == ("sheltered", "leaking", "core")


def test_behind_a_shut_hatch_nobody_has_to_move_and_nobody_is_there_to_shut_more():
    story = station("swift/hatch")
    for who in ("ann", "ben"):
        story.tell(Kind.SHELTERED, who, object="swift")
    way = way_of(story, "lab", "core-lab")
    assert told(way)["ann"] == ("sheltered", "apart", None)
    # Dan has no ship and Eve's lies beyond: both come across, and the first of them shuts the hatch
    assert (told(way)["dan"], told(way)["eve"]) == (("unknown", "unknown", "core"), ("ship", "leaking", "core"))
    assert way.closings[0].person == "eve"


def test_who_was_caught_by_the_loss_of_air_is_not_counted_on():
    story = station()
    for who in ("ann", "ben", "eve", "dan"):
        story.tell(Kind.CAUGHT, who)
    way = way_of(story, "lab", "core-lab")
    assert set(told(way).values()) == {("caught", "unknown", None)}
    assert way.closings[0].person is None


def test_of_several_hatches_the_one_that_people_cross_is_shut_last():
    ring = [*HATCHES, Hatch(id="a-bypass", between=("lab", "chamber"), close_s=30, source="a test")]
    story = Story(tiny(hatches=ring, people=PEOPLE))
    for hatch in ("core-lab", "core-chamber", "a-bypass", "swift/hatch", "mule/hatch"):
        story.tell(Kind.OPENED, hatch)
    way = way_of(story, "lab", "a-bypass", "core-lab")
    assert told(way)["eve"] == ("ship", "leaking", "chamber")
    assert [(closing.hatch, closing.side) for closing in way.closings] == [
        ("core-lab", "core"),
        ("a-bypass", "chamber"),
    ]
    text = describe(story.station.scenario, (way,))
    assert "must be in The chamber before the last hatch is shut: Eve; Dan (no docked ship)" in text
    assert "the hatch The lab / The chamber is shut from The chamber, by Ann" in text


def test_a_crew_goes_to_its_ship_and_shuts_behind_it_the_hatches_on_whose_other_side_nobody_stays():
    way = way_of(station(), "core", "core-chamber", "core-lab", "swift/hatch")
    assert told(way) == {
        "ann": ("ship", "leaking", "swift"),
        "ben": ("ship", "leaking", "swift"),
        "eve": ("ship", "safe", None),
        "dan": ("unknown", "unknown", "swift"),
    }
    assert [(closing.hatch, closing.side, closing.person) for closing in way.closings] == [
        ("core-chamber", "core", "ann"),
        ("core-lab", "lab", "eve"),
        ("swift/hatch", "swift", "ann"),
    ]
    assert (way.seats, [closing.from_leak for closing in way.closings]) == ((), [True, False, False])
    text = describe(station().station.scenario, (way,))
    assert "the hatch The core / The chamber is shut from The core, on the leaking side, by Ann" in text


def test_who_works_on_a_safe_side_without_their_ship_crosses_to_it():
    people = [person("ann", aboard=True, seat="swift"), person("ben", aboard=True, seat="swift")]
    work = task("fix", people=(Role(role="hand", who="ann"),), place="lab")
    story = Story(tiny(hatches=HATCHES, people=people, activities=(work,)))
    for hatch in ("core-lab", "core-chamber", "swift/hatch", "mule/hatch"):
        story.tell(Kind.OPENED, hatch)
    story.tell(Kind.STARTED, "fix")
    way = way_of(story, "core", "core-chamber", "core-lab", "swift/hatch")
    assert told(way) == {"ann": ("work", "safe", "swift"), "ben": ("ship", "leaking", "swift")}
    assert (way.seats, way.closings[-1].hatch) == ((), "swift/hatch")
    assert "on the safe side already" not in describe(story.station.scenario, (way,))


def test_who_is_shut_off_from_their_ship_by_the_leak_loses_it_and_the_way_costs_more():
    story = station("core-lab")
    way = next(way for way in ways(story.state, "core") if way.sealed == ("core",))
    assert [stand.loses for stand in way.stands] == [None] * 4
    story.tell(Kind.SHELTERED, "eve", object="chamber")
    story.tell(Kind.CLOSED, "core-chamber")
    cut = next(way for way in ways(story.state, "core") if way.sealed == ("core",))
    assert (cut.seats, cut.stands[2].loses) == (("eve",), "mule")
    assert cut.price > way.price


def test_every_open_hatch_of_a_cut_is_shut_from_the_other_side_or_by_who_leaves_the_leak():
    story = station()
    for node in ("core", "lab", "chamber", "swift", "mule"):
        for way in ways(story.state, node):
            assert sorted(closing.hatch for closing in way.closings) == list(way.hatches)
            assert all((closing.side in way.sealed) is closing.from_leak for closing in way.closings)
            assert all(stand.must_to not in way.sealed for stand in way.stands)


def test_the_words_say_who_must_be_where_and_who_shuts_what():
    story = station()
    story.tell(Kind.STARTED, "walk")
    story.tell(Kind.SHELTERED, "dan", object="lab")
    text, through = describe(story.station.scenario, ways(story.state, "chamber")), "outside, in through The chamber"
    through += " on the leaking side"
    assert text.splitlines()[:6] == [
        "1. shut the hatch The core / The chamber (1 min, 50 m3 on the leaking side)",
        "   sealed off: The chamber",
        "   airlocks: Airlock",
        f"   must be in The core before the hatch is shut: Ann and Ben ({through})",
        "   on the safe side already: Eve; Dan (sheltered in The lab)",
        "   it is shut from The core, by Eve",
    ]


def test_a_leak_that_shut_hatches_part_from_everybody_is_said_to_be_so():
    story = station("core-lab")
    story.tell(Kind.CLOSED, "mule/hatch")
    for who in ("ann", "ben", "eve", "dan"):
        story.tell(Kind.SHELTERED, who, object="core")
    text = describe(story.station.scenario, ways(story.state, "lab"))
    assert text.splitlines() == [
        "Shut hatches part the leak from everybody already. What follows would save more of the station.",
        "1. nothing to shut, it is shut off already (0 s, 50 m3 on the leaking side)",
        "   sealed off: The lab",
        "   ports: Port top",
        "   apart from the leak already, behind shut hatches: Ann, Ben, Eve and Dan (sheltered in The core)",
        "   lose their ship: Eve",
        "Who is neither outside nor sheltered nor at work in a known place is counted on the side of their ship.",
    ]


@pytest.mark.parametrize(
    ("node", "hint"), [("arm/elbow", ""), ("heron", ""), ("chambre", " Did you mean 'chamber'?"), ("qqq", "")]
)
def test_what_is_in_no_compartment_is_told_with_what_was_meant(node, hint):
    with pytest.raises(ScenarioError) as caught:
        ways(station().state, node)
    assert str(caught.value) == (
        f"{node!r} is in no compartment of the station at this time. Name a volume, port, airlock or docked ship.{hint}"
    )
