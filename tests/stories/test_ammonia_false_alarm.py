"""A sensor says ammonia and nothing is true: everybody shelters, a day of work is lost, no traffic moves."""

from datetime import datetime
from pathlib import Path

import attrs
import pytest
import yaml
from kernel.runs import Told, calm, overridden, shipped, told
from kernel.test_laws import obeys

from stationsim.errors import ScenarioError
from stationsim.log.kinds import Kind
from stationsim.scenario.model import Activity, Scenario

HISTORY = Path(__file__).parents[1] / "history" / "iss-2015-01.yaml"
HATCH, REFUGE = "unity-pma-1", "harmony-refuge"
MORNING, AFTERNOON = "crs-5-unloading-14-morning", "crs-5-unloading-14-afternoon"
UNLOADERS = {"wilmore", "virts", "cristoforetti"}
EVERYBODY = UNLOADERS | {"samokutyaev", "serova", "shkaplerov"}
CALLED, BACK = "2015-01-14T09:00Z", "2015-01-14T20:00Z"


@pytest.fixture(scope="module")
def alarm() -> Told:
    return told(shipped("ammonia-false-alarm"))


@pytest.fixture(scope="module")
def longer() -> Told:
    """To after the sorties and the return of March, which the scenario leaves out."""
    return told(shipped("ammonia-false-alarm").until("2015-04-10"))


def events() -> list[dict[str, str]]:
    return yaml.load(HISTORY.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["events"]


def minutes_apart(one: str, other: str) -> float:
    return abs((datetime.fromisoformat(one) - datetime.fromisoformat(other)).total_seconds()) / 60


def hatch_moves(run: Told) -> list[tuple[str, str]]:
    return [(row.kind.value, run.utc(row.t_s)) for row in run.log if row.subject == HATCH and row.t_s > 0]


def otherwise(tmp_path: Path, lines: str) -> Scenario:
    return overridden(tmp_path, f"scenario: otherwise\nbase: ammonia-false-alarm\n{lines}")


# --- the refuge -------------------------------------------------------------------------------------------------------


def test_everybody_goes_to_the_russian_segment_and_comes_back(alarm):
    segment = {volume.id: volume.segment for volume in alarm.scenario.volumes}
    gone, back = alarm.rows(Kind.SHELTERED), alarm.rows(Kind.WENT_BACK)
    assert {row.subject for row in gone} == {row.subject for row in back} == EVERYBODY
    assert {segment[str(row.object)] for row in (*gone, *back)} == {"russian"}
    assert {alarm.utc(row.t_s) for row in gone} == {CALLED}
    assert {alarm.utc(row.t_s) for row in back} == {BACK}
    assert alarm.rows(Kind.CAUGHT) == alarm.rows(Kind.LEFT) == []


def test_the_hatch_between_the_segments_is_shut_for_eleven_hours_as_documented(alarm):
    assert hatch_moves(alarm) == [("closed", CALLED), ("opened", BACK)]
    seen = {event["what"].split()[-1]: event["at"] for event in events() if HATCH in event["what"]}
    assert minutes_apart(seen["closed"], CALLED) <= 10
    assert minutes_apart(seen["opened"], BACK) <= 10


def test_nothing_of_it_is_true_and_houston_finds_out(alarm):
    assert alarm.rows(Kind.STRUCK)[0].object == "harmony"
    assert [row for row in alarm.log if row.t_s > 0 and row.kind in {Kind.HEALTH_CHANGED, Kind.STATUS_CHANGED}] == []
    assert alarm.rows(Kind.AIRED) == []
    answered = alarm.row(Kind.ANSWERED, "real", view="houston")
    assert (alarm.utc(answered.t_s), answered.text) == (BACK, "nothing was found: a false alarm")
    assert answered.t_s < alarm.row(Kind.ANSWERED, "real", view="moscow").t_s


# --- the day that is lost ---------------------------------------------------------------------------------------------


def test_the_unloading_under_way_ends_and_that_of_the_afternoon_is_not_done_that_day(alarm):
    assert alarm.outcomes[MORNING] == "terminated"
    assert alarm.utc(alarm.row(Kind.TERMINATED, MORNING).t_s) == CALLED
    assert alarm.outcomes[AFTERNOON] == "moved"
    assert alarm.utc(alarm.row(Kind.STARTED, AFTERNOON).t_s) > "2015-01-15"
    assert (alarm.changes[AFTERNOON]["rule"], alarm.changes[AFTERNOON]["incident"]) == ("gen-2", "alarm")


def test_nobody_works_anywhere_else_while_they_shelter(alarm):
    lo_s, hi_s = alarm.rows(Kind.SHELTERED)[0].t_s, alarm.rows(Kind.WENT_BACK)[0].t_s
    inside = [row for row in alarm.rows(Kind.WORKED) if (row.start_s or 0) < hi_s and (row.until_s or 0) > lo_s]
    assert {(row.subject, row.object) for row in inside} == {(REFUGE, person) for person in EVERYBODY}


def test_the_hours_are_booked_and_blamed_on_the_alarm(alarm):
    lines = alarm.impact.ledger[alarm.impact.ledger.difference != 0]
    assert set(lines.incident) == {"alarm"}
    assert alarm.costs["crew_hours_response"] == pytest.approx(6 * 11)
    assert alarm.costs["crew_hours_lost"] == pytest.approx(3 * 1)
    assert alarm.costs["people_sheltered"] == 6
    assert alarm.costs["activities_terminated"] == alarm.costs["activities_added"] == 1
    lost_h = 3 * 3
    assert alarm.costs["crew_hours_worked"] == pytest.approx(6 * 11 - lost_h)


# --- what stays -------------------------------------------------------------------------------------------------------


def test_no_sortie_arrival_departure_or_return_moves(longer):
    assert set(longer.outcomes) - {REFUGE} == set(longer.planned)
    assert all(subject.startswith("crs-5-unloading-") for subject in longer.planned)
    kinds = {activity.kind for activity in longer.scenario.activities}
    assert {"eva-emu", "unberthing", "undocking", "launch", "docking"} < kinds
    for id_ in ("us-eva-29", "us-eva-31", "crs-5-unberthing", "progress-m-26m-docking", "soyuz-tma-14m-undocking"):
        assert longer.life(id_)[-1][1] == "finished"
        assert {kind for _, kind, _ in longer.life(id_)} <= {"prepared", "started", "finished"}


def test_everybody_keeps_their_certified_seat(alarm):
    assert {(row.subject, row.value) for row in alarm.rows(Kind.SEATED)} == {(person, 0) for person in EVERYBODY}
    assert [quantity for quantity in alarm.costs if quantity.startswith("person_")] == []
    assert alarm.rows(Kind.RETURN_LOST) == []


# --- other alarms -----------------------------------------------------------------------------------------------------


def test_an_alarm_of_three_hours_leaves_the_afternoon_alone(tmp_path):
    run = told(otherwise(tmp_path, "modes: {ammonia-alarm: {questions: {real: {after: 3 h}}}}\n"))
    assert hatch_moves(run) == [("closed", CALLED), ("opened", "2015-01-14T12:00Z")]
    assert run.planned == {MORNING: "terminated"}


def test_an_alarm_calls_people_in_the_night_and_ends_no_work(tmp_path):
    alarm = "{id: alarm, reading: ammonia-alarm, node: harmony, at: 2015-01-14T02:00Z}"
    run = told(otherwise(tmp_path, f"incidents: [{alarm}]\n"))
    assert hatch_moves(run) == [("closed", "2015-01-14T02:01Z"), ("opened", "2015-01-14T13:01Z")]
    assert {row.subject for row in run.rows(Kind.SHELTERED)} == EVERYBODY
    assert run.rows(Kind.TERMINATED) == []
    assert run.utc(run.row(Kind.STARTED, MORNING).t_s) > "2015-01-15"


def test_work_that_was_to_begin_before_the_first_meeting_does_not_begin(tmp_path):
    """Nobody has planned anew yet: whoever is in the refuge does not come."""
    lines = """
activities:
  fans:
    {name: fans, kind: maintenance, centre: moscow, at: 2015-01-14T10:00Z, lasts: 1 h, source: assumed,
     people: [{role: crew, who: serova}]}
"""
    scenario = otherwise(tmp_path, lines)
    run = told(scenario)
    assert run.life("fans")[:2] == [
        ("2015-01-14T10:00Z", "held", "gen-2"),
        ("2015-01-14T10:00Z", "called_off", "gen-2"),
    ]
    assert run.utc(run.row(Kind.STARTED, "fans").t_s) > "2015-01-15"
    obeys(scenario, calm(scenario.without("alarm")), lambda count: [count // 2])


# --- laws and data ----------------------------------------------------------------------------------------------------


def test_it_obeys_every_law_of_a_run_and_goes_on_from_every_step():
    scenario = shipped("ammonia-false-alarm")
    obeys(scenario, calm(scenario.without("alarm")), lambda count: list(range(count)))


def test_in_the_background_it_costs_nothing():
    scenario = shipped("ammonia-false-alarm")
    run = told(
        attrs.evolve(scenario, incidents=tuple(attrs.evolve(found, background=True) for found in scenario.incidents))
    )
    assert run.rows(Kind.SHELTERED)
    assert (run.changes, run.costs) == ({}, {})
    assert not any(run.impact.ledger.difference)


def test_the_plan_knows_nothing_that_was_not_public_on_its_day():
    scenario = shipped("iss-2015-01")
    assert [a.id for a in scenario.activities if a.known_on and a.known_on > "2015-01-13"] == []
    assert [a.id for a in scenario.activities if a.known_on is None and "assumed" not in a.source] == []
    run = told(scenario.until("2015-06-15"))
    flown = {(event["subject"], event["at"][:10]) for event in events() if event["at"] > "2015-01-15"}
    same = {row.subject for row in run.rows(Kind.PLANNED) if (row.subject, run.dated(row)[:10]) in flown}
    assert same == {"crs-5-unberthing", "soyuz-tma-14m-undocking", "soyuz-tma-16m-launch"}
    plan: dict[str, Activity] = {activity.id: activity for activity in scenario.activities}
    assert all(plan[id_].known_on and "assumed" not in plan[id_].source for id_ in same)


def test_nobody_is_sent_for_refuge_to_where_the_alarm_is(tmp_path):
    lines = "scenario: there\nbase: ammonia-false-alarm\nincidents: [{id: alarm, reading: ammonia-alarm, node: zvezda, "
    with pytest.raises(ScenarioError) as refused:
        overridden(tmp_path, lines + "at: 2015-01-14T08:59Z}]\n")
    assert "'ammonia-alarm' sends people to 'zvezda' (response 'refuge'), and strikes it here." in str(refused.value)
