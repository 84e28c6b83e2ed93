"""Where is what in a scenario."""

import pytest
from worlds import DAY, sortie, tiny, traffic

from stationsim.scenario.model import Centre, Hatch
from stationsim.station.responses import response_name, response_of
from stationsim.station.station import Station


@pytest.fixture
def station() -> Station:
    hatch = Hatch(id="core-lab", between=("core", "lab"), close_s=600, source="a test")
    return Station.of(
        tiny(hatches=[hatch], activities=[sortie("walk"), traffic("up", "docking", DAY, crew=("dan", "zoe"))])
    )


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("centres", ["north", "south"]),
        ("kinds", ["sortie", "task", "launch", "docking", "undocking", "relocation"]),
        ("ports", ["aft", "top"]),
        ("airlocks", ["airlock"]),
        ("arms", ["arm"]),
        ("people", ["ann", "ben", "eve", "dan", "zoe"]),
        ("ships", ["swift", "heron", "mule"]),
        ("types", ["capsule", "freighter"]),
        ("modes", ["drip"]),
        ("fluids", ["glycol"]),
        ("rules", []),
        ("incidents", ["drip", "joint"]),
        ("activities", ["walk", "up"]),
    ],
)
def test_records_are_found_by_id_in_the_order_of_the_file(station, name, ids):
    assert list(getattr(station, name)) == ids


def test_every_node_but_people_and_places_is_a_thing(station):
    parts = [
        f"{owner}/{part}"
        for owner in ("swift", "heron")
        for part in ("loop", "engine", "crewed-return", "emergency-return")
    ]
    assert list(station.things) == ["pump", "arm/elbow", *parts]


def test_every_node_is_watched_by_the_centre_of_its_segment_or_owner(station):
    assert set(station.watchers) == set(station.graph.ids)
    south = {node for node, centre in station.watchers.items() if centre == "south"}
    assert south == {"lab", "top", "arm", "arm/elbow", "mule", "mule/hatch", "eve", "eve/sorties", "zoe", "zoe/sorties"}


def test_what_no_centre_claims_the_first_watches():
    lonely = Centre(id="only", name="Only", report_s=0, response_s=0, calendar="day", source="a test")
    scenario = tiny(centres=[lonely], people=[], activities=[], vehicles=[], arms=[])
    assert set(Station.of(scenario).watchers.values()) == {"only"}


def test_nodes_and_zones_have_names_and_anything_else_its_id(station):
    assert [station.name(id_) for id_ in ("swift", "stern", "walk")] == ["the swift", "at the stern", "walk"]


def test_a_loop_is_known_by_its_node(station):
    assert station.loop("swift/loop").fluid == "glycol"
    assert station.loop("swift/engine") is None
    assert station.loop("core") is None


def test_a_ship_is_known_by_its_parts(station):
    assert [station.ship_of(node) for node in ("swift/loop", "swift", "arm/elbow", "core")] == [
        "swift",
        "swift",
        None,
        None,
    ]
    assert station.type_of("mule").id == "freighter"
    assert [station.is_crew_ship(id_) for id_ in ("swift", "heron", "mule")] == [True, True, False]


def test_a_bare_health_is_a_mode_that_nobody_answers(station):
    assert station.mode_of("drip").responses
    mode = station.mode_of("joint")
    assert (mode.id, mode.how, mode.health, mode.questions, mode.responses) == ("failed", "change", "failed", (), ())


def test_a_response_is_named_after_the_ship_or_thing_it_is_about(station):
    assert response_of(station, "drip", "outside-survey").kind == "task"
    assert response_name(station, "drip", "outside-survey") == "the swift: outside survey"
    assert response_name(station, "joint", "repair") == "elbow of Arm: repair"
