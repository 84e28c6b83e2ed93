"""No crew comes into air below its limit: its ship does not dock there, nor is it launched, while that is believed."""

import pytest
from kernel.runs import Told, calm, told
from kernel.test_laws import obeys, without_incidents
from lantern import EMPTY, lantern

from stationsim.log.kinds import Kind

WALL = """
modes:
  wall:
    {text: A hole in a wall., how: leak, releases: air, types: [volume], health: HEALTH, source: a test,
     hunt: {gather: 10 min, test: 10 min, waits_above: 40 h, look: 1 h, source: a test},
     questions: {where: {text: "Where does it go?", after: 1 d, source: a test}},
     responses: {hunt: {kind: response, by: people, everybody: true, immediate: true, preempts: true, lasts: 1 d,
                        ends_with: where, source: a test}}}
"""
HOLE = "incidents: [{id: hole, leak: wall, node: lab, at: 2031-06-16T09:00Z, hole: 1 mm}]\n"
PASSABLE = "air: {passable_above: 10 h}\n"


def lines(*more: str, health: str = "failed", hole: str = HOLE) -> str:
    return WALL.replace("HEALTH", health) + hole + "".join(more)


def is_waiting(run: Told) -> bool:
    """Tell whether the launch and the arrival of Skiff 2 have no date, and nobody was caught."""
    never = run.rows(Kind.LAUNCHED, "skiff-2") == run.rows(Kind.DOCKED, "skiff-2") == run.rows(Kind.CAUGHT) == []
    return never and {run.planned.get(f"skiff-2-{what}") for what in ("launch", "docking")} == {"postponed"}


@pytest.mark.parametrize("health", ["failed", "degraded"])
@pytest.mark.parametrize("crew", [EMPTY, ""])
def test_a_crew_is_not_launched_to_a_station_whose_air_is_known_to_be_below_the_limit(tmp_path, health, crew):
    run = told(lantern(tmp_path, lines(PASSABLE, crew, health=health)))
    gauged = run.row(Kind.GAUGED, "keep")
    assert (run.utc(gauged.t_s)[:10], gauged.text) == ("2031-06-20", "degraded")
    assert is_waiting(run)
    undated = {row.subject: row for row in run.rows(Kind.UNDATED)}
    assert (undated["skiff-2-launch"].rule, undated["skiff-2-launch"].cause) == ("arrival", gauged.seq)
    assert undated["skiff-2-launch"].text == "the air in Keep is below its limit"


def test_a_volume_that_nobody_may_enter_holds_the_crew_as_before(tmp_path):
    assert is_waiting(told(lantern(tmp_path, lines(EMPTY))))


def test_a_crew_in_flight_waits_before_the_port_until_there_is_air(tmp_path):
    late = HOLE.replace("2031-06-16T09:00Z", "2031-06-17T09:00Z")
    run = told(lantern(tmp_path, lines(PASSABLE, EMPTY, hole=late)))
    assert run.utc(run.row(Kind.LAUNCHED, "skiff-2").t_s) == "2031-06-20T12:00Z"
    (undated,) = run.rows(Kind.UNDATED, "skiff-2-docking")
    assert (undated.rule, undated.text) == ("in-order", "the air in Keep is below its limit")
    assert run.rows(Kind.DOCKED, "skiff-2") == run.rows(Kind.CAUGHT) == []


def test_a_ship_without_people_may_come(tmp_path):
    empty = EMPTY.replace("relieves: []", "relieves: [], crew_up: []")
    run = told(lantern(tmp_path, lines(PASSABLE, empty)))
    assert run.utc(run.row(Kind.DOCKED, "skiff-2").t_s) == "2031-06-21T12:00Z"


def test_the_air_of_a_room_that_was_degraded_before_is_read_too(tmp_path):
    run = told(
        lantern(tmp_path, lines(PASSABLE, "", health="degraded").replace("hole: 1 mm", "hole: 1 mm, misreads: []"))
    )
    assert [row.text for row in run.rows(Kind.GAUGED, "lab")] == ["degraded"]


@pytest.mark.parametrize("health", ["failed", "degraded"])
@pytest.mark.parametrize("more", [EMPTY, "", "rules: {in-order: {books: [bergen]}}\n"])
def test_every_law_holds_while_a_crew_waits_for_air(tmp_path, health, more):
    scenario = lantern(tmp_path, lines(PASSABLE, more, health=health))
    obeys(scenario, calm(without_incidents(scenario)), lambda count: list(range(0, count, 3)))
