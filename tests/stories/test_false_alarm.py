"""A sensor says leak, or failure, and nothing is true: people believe and do as for the true thing, until they know."""

import attrs
import pytest
from kernel.runs import Told, calm, overridden, shipped, told
from kernel.test_laws import obeys

from stationsim.log.kinds import SENSOR, Kind
from stationsim.log.log import TRUTH
from stationsim.scenario.model import Scenario

LOOP = "soyuz-ms-22/external-loop"
ONSET = "2022-12-15T00:45Z"
KNOWN = "2022-12-22T00:46Z"
"""When the ground would know the fluid of a leak that began then: it finds none."""

CREW = ["prokopyev", "petelin", "rubio"]
SOON = "modes: {coolant-loop: {questions: {real: {after: %s}}}}\n"
BLIND = "{truss-camera-starboard: {sees: []}, truss-camera-port: {sees: []}}"
UNLOOKED = "modes: {coolant-loop: {questions: {real: ~}, responses: {look: ~}}}\n"
"""Nobody asks whether it is real: only the other questions' clocks can tell."""


def ghost(name: str = "soyuz-ms22", node: str = LOOP, at: str = ONSET, reading: str = "coolant-loop", **more: str):
    scenario = shipped(name)
    calm_ = scenario.without(*(incident.id for incident in scenario.incidents))
    return calm_.with_incident(id="ghost", reading=reading, node=node, at=at, **more)


@pytest.fixture(scope="module")
def loop(tmp_path_factory) -> Told:
    lines = f"scenario: unlooked\nbase: soyuz-ms22\nincidents: [{_line()}]\n{UNLOOKED}"
    return told(overridden(tmp_path_factory.mktemp("unlooked"), lines))


@pytest.fixture(scope="module")
def looked() -> Told:
    return told(ghost())


@pytest.fixture(scope="module")
def arm() -> Told:
    return told(ghost("arm-out", "canadarm2/elbow", "2022-12-16T09:00Z", "failed", expect="4 d"))


@pytest.fixture(scope="module")
def air() -> Told:
    return told(ghost("soyuz-ms09-air", "soyuz-ms-09/orbital-module", "2018-08-29T22:10Z", "cabin-air"))


def believed(run: Told, until_s: int) -> list[tuple[object, ...]]:
    """What the centres hold, ask, do and are afraid of until some time after the alarm."""
    alarm_s = run.rows(Kind.ALARMED)[0].t_s
    dates = (Kind.HELD, Kind.CALLED_OFF, Kind.UNDATED, Kind.MOVED, Kind.ADDED, Kind.SEATED, Kind.RETURN_LOST)
    beliefs = (Kind.ASKED, Kind.ANSWERED, Kind.HEALTH_CHANGED, Kind.STATUS_CHANGED, Kind.WETTED, Kind.DECIDED)
    return [
        (row.t_s - alarm_s if row.kind in beliefs else None, row.kind, row.subject, row.view, row.rule, row.text)
        for row in run.log
        if row.kind in (*dates, *beliefs) and row.view != TRUTH and alarm_s <= row.t_s < alarm_s + until_s
    ]


# --- what nobody can tell apart ---------------------------------------------------------------------------------------


def test_until_somebody_knows_a_false_leak_is_believed_as_a_true_one(loop):
    true = told(loop.scenario.without("ghost").with_leak(LOOP, at=ONSET, hole="0.8 mm", id="ghost"))
    assert believed(loop, 24 * 3600) == believed(true, 24 * 3600)
    assert len(believed(loop, 24 * 3600)) > 50


def test_nothing_of_it_is_true(loop):
    assert [(row.subject, row.by) for row in loop.rows(Kind.STRUCK)] == [("ghost", SENSOR)]
    physics = {Kind.LEAKED, Kind.CROSSED, Kind.EMPTIED, Kind.ENDED}
    assert [row for row in loop.log if row.kind in physics] == []
    assert [row for row in loop.rows(Kind.HEALTH_CHANGED) if row.view == TRUTH and row.t_s > 0] == []


def test_the_sensor_of_the_thing_decides_how_soon_it_alarms(loop, arm, air):
    alarms = [(run.utc(run.rows(Kind.ALARMED)[0].t_s), run.rows(Kind.ALARMED)[0].view) for run in (loop, arm, air)]
    assert alarms == [
        ("2022-12-15T00:46Z", "moscow"),
        ("2022-12-16T09:01Z", "houston"),
        ("2018-08-29T22:11Z", "moscow"),
    ]


# --- what it is taken back by -----------------------------------------------------------------------------------------


def test_each_centre_dismisses_it_in_its_own_time(loop):
    rows = [(row.view, loop.utc(row.t_s), row.by, row.object, row.text) for row in loop.rows(Kind.DISMISSED)]
    shown = "What is it, and where did it go? Nothing was found"
    assert rows == [
        ("moscow", KNOWN, None, LOOP, shown),
        ("houston", "2022-12-22T01:16Z", "moscow", LOOP, shown),
    ]
    assert loop.row(Kind.ANSWERED, "fluid", view="moscow").text == "nothing was found: a false alarm"
    closed = [(row.subject, row.view) for row in loop.rows(Kind.ANSWERED) if row.text == "dismissed: a false alarm"]
    assert closed == [("fit", "moscow"), ("family", "moscow")] + [(q, "houston") for q in ("fluid", "fit", "family")]


def test_a_test_that_a_sound_ship_passes_and_a_flow_that_nobody_sees_prove_nothing(loop):
    answers = {row.subject: (loop.utc(row.t_s), row.text) for row in loop.rows(Kind.ANSWERED) if row.view == "moscow"}
    assert answers["flow"] == ("2022-12-15T06:46Z", "no longer flows")
    assert answers["usable"] == ("2022-12-16T09:00Z", "usable in an emergency")
    assert {row.t_s for row in loop.rows(Kind.DISMISSED)}.isdisjoint(
        {loop.row(Kind.ANSWERED, "flow", view="moscow").t_s}
    )


def test_health_zones_seats_and_returns_are_as_before(loop):
    for view in ("moscow", "houston"):
        ship = [row for row in loop.rows(Kind.HEALTH_CHANGED) if row.view == view and row.subject.startswith("soyuz")]
        assert {row.subject: row.text for row in ship} == dict.fromkeys({row.subject for row in ship}, "nominal")
        assert loop.rows(Kind.STATUS_CHANGED)[-1].text == "certified"
        wet = {row.subject for row in loop.rows(Kind.WETTED) if row.view == view}
        assert wet == {row.subject for row in loop.rows(Kind.CLEARED) if row.view == view}
        assert len(wet) == 3
    for person in CREW:
        assert [row.value for row in loop.rows(Kind.SEATED, person)] == [0, 3, 2, 0]
        assert loop.changes[f"{person}-return"]["differs"] == ["without_ship_s"]


def test_sorties_without_a_date_get_one_and_the_cost_is_the_alarms(loop):
    assert loop.planned == {
        "vkd-56": "moved",
        "vkd-57": "moved",
        "us-eva-83": "moved",
        "us-eva-contingency": "moved",
    }
    assert loop.dated(loop.row(Kind.STARTED, "vkd-56")) == "2022-12-23T14:00Z"
    lines = loop.impact.ledger[loop.impact.ledger.difference != 0]
    assert set(lines.incident) == {"ghost"}
    assert loop.costs["crew_hours_lost"] >= 3 * (4 + 26 / 60)
    assert loop.costs["crew_hours_false_alarm"] > loop.costs["crew_hours_lost"]
    assert loop.impact.headline.startswith("A false alarm (coolant-loop) was raised at")


def test_a_failure_that_was_none_is_known_when_the_part_was_expected_back(arm):
    dismissed = arm.rows(Kind.DISMISSED)
    assert [(row.view, arm.utc(row.t_s)) for row in dismissed] == [
        ("houston", "2022-12-20T09:01Z"),
        ("moscow", "2022-12-20T09:31Z"),
    ]
    held = [(row.view, row.text) for row in arm.rows(Kind.HEALTH_CHANGED, "canadarm2") if row.t_s > 0]
    assert held == [("houston", "failed"), ("moscow", "failed"), ("houston", "nominal"), ("moscow", "nominal")]
    assert arm.planned == {"us-eva-83": "moved"}


def test_a_hunt_finds_that_the_pressure_falls_on_neither_side(air):
    looks = [(air.utc(row.t_s), row.object, row.text) for row in air.rows(Kind.SEARCHED)]
    assert [at for at, _, _ in looks] == ["2018-08-29T22:11Z", "2018-08-30T06:30Z", "2018-08-30T06:47Z"]
    assert looks[1][1] == "unity-pma-1"
    assert looks[2][1:] == (None, "")
    moves = [(row.kind, air.utc(row.t_s)) for row in air.log if row.subject == "unity-pma-1" and row.t_s > 0]
    assert moves == [(Kind.CLOSED, "2018-08-30T06:30Z"), (Kind.OPENED, "2018-08-30T06:47Z")]
    assert [row.view for row in air.rows(Kind.DISMISSED)] == ["moscow", "houston"]
    assert air.life("soyuz-ms-09-search")[-1][:2] == ("2018-08-30T06:47Z", "finished")
    assert [row for row in air.rows(Kind.ADDED) if row.text == "patch"] == []


# --- confirmation -----------------------------------------------------------------------------------------------------


def test_a_camera_sees_what_flows_and_the_alarm_is_confirmed_at_once():
    run = told(shipped("soyuz-ms22"))
    look = run.row(Kind.ADDED, "soyuz-ms-22-look")
    assert (run.dated(look), run.revision(look.seq)["people"]) == ("2022-12-15T00:46:15Z", "")
    answers = [(row.view, run.utc(row.t_s), row.text) for row in run.rows(Kind.ANSWERED, "real")]
    assert answers == [
        ("moscow", "2022-12-15T01:16:15Z", "seen: it is real"),
        ("houston", "2022-12-15T01:46:15Z", "seen: it is real"),
    ]
    assert run.row(Kind.ANSWERED, "real", view="moscow").cause == run.row(Kind.FINISHED, "soyuz-ms-22-look").seq
    reviews = [run.utc(row.t_s) for row in run.rows(Kind.REVIEWED, "moscow")]
    assert reviews[0] == "2022-12-15T02:46:15Z"


def test_where_it_may_be_over_already_nothing_seen_decides_nothing():
    """Twelve millimetres empty the loop in less than a minute: who looks comes too late, and readings are compared."""
    run = told(shipped("progress-ms21"))
    answers = [(run.utc(row.t_s), row.text) for row in run.rows(Kind.ANSWERED, "real") if row.view == "moscow"]
    assert answers == [
        ("2023-02-11T10:11Z", "nothing seen: inconclusive"),
        ("2023-02-11T12:41Z", "several readings agree: it is real"),
    ]
    assert run.rows(Kind.DISMISSED) == []


def test_of_a_false_alarm_nothing_is_seen_and_the_cross_check_shows_it(looked):
    answers = [(looked.utc(row.t_s), row.text) for row in looked.rows(Kind.ANSWERED, "real") if row.view == "moscow"]
    assert answers == [
        ("2022-12-15T01:16Z", "nothing seen: inconclusive"),
        ("2022-12-15T03:46Z", "nothing was found: a false alarm"),
    ]
    assert [(row.view, looked.utc(row.t_s)) for row in looked.rows(Kind.DISMISSED)] == [
        ("moscow", "2022-12-15T03:46Z"),
        ("houston", "2022-12-15T04:16Z"),
    ]


def test_known_after_the_first_review_the_sortie_is_called_off_and_flown_later(looked):
    kinds = [(at, kind) for at, kind, _ in looked.life("vkd-56")]
    assert kinds[1:4] == [
        ("2022-12-15T00:46Z", "held"),
        ("2022-12-15T02:46Z", "called_off"),
        ("2022-12-15T02:46Z", "undated"),
    ]
    assert looked.outcomes["vkd-56"] == "moved"
    assert looked.dated(looked.row(Kind.STARTED, "vkd-56")) == "2022-12-16T14:00Z"
    assert set(looked.impact.ledger[looked.impact.ledger.difference != 0].incident) == {"ghost"}
    assert looked.costs["crew_hours_lost"] > 0
    assert looked.costs["eva_delay"] > 0


@pytest.mark.parametrize(
    ("lines", "camera"),
    [
        ("", "truss-camera-starboard"),
        ("things: {truss-camera-starboard: {sees: []}}\n", "era/camera"),
        ("opening: [{node: truss-camera-starboard, health: failed, source: assumed}]\n", "era/camera"),
        (f"things: {BLIND}\narms: {{era: {{components: {{camera: {{sees: []}}}}}}}}\n", None),
    ],
)  # fmt: skip
def test_the_first_camera_in_health_that_sees_a_wet_zone_looks(tmp_path, lines, camera):
    run = told(overridden(tmp_path, f"scenario: cameras\nbase: soyuz-ms22\n{lines}"))
    looks = [run.log.attached("revisions", row.seq)[0][10] for row in run.rows(Kind.ADDED) if row.text == "look"]
    assert looks == ([] if camera is None else [camera])
    at = "2022-12-15T01:16:15Z" if camera else "2022-12-15T03:46:15Z"
    assert run.utc(run.row(Kind.ANSWERED, "real", view="moscow").t_s) == at


def test_people_can_go_and_look_at_what_does_not_work(tmp_path):
    """Who stands before a thing sees whether it works: a failure stays, so nothing seen is an answer."""
    mode = """
modes:
  silent-fan:
    {text: a fan is silent, how: change, types: [pump], noticed_after: 1 min, expect: 20 d, source: assumed,
     questions: {real: {text: Is it real?, after: 9 d, source: assumed}},
     responses: {look: {kind: response, by: people, people: 1, lasts: 30 min, answers: real, source: assumed}}}
"""
    line = "node: quest-depress-pump, at: 2022-12-16T10:00Z}"
    false = told(
        overridden(tmp_path, f"scenario: a\nbase: arm-out\nincidents: [{{id: fan, reading: silent-fan, {line}]\n{mode}")
    )
    true = told(
        overridden(tmp_path, f"scenario: b\nbase: arm-out\nincidents: [{{id: fan, change: silent-fan, {line}]\n{mode}")
    )
    for run, text in ((false, "nothing was found: a false alarm"), (true, "seen: it is real")):
        answer = run.row(Kind.ANSWERED, "real", view="houston")
        assert (run.utc(answer.t_s), answer.text) == ("2022-12-16T12:45Z", text)
        assert run.log.row(answer.cause or 0).kind is Kind.FINISHED
    assert len(false.rows(Kind.DISMISSED)) == 2
    assert true.rows(Kind.DISMISSED) == []


# --- known in time ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "life"),
    [
        ("90 min", [("2022-12-15T02:16Z", "released"), ("2022-12-15T02:20Z", "started")]),
        ("115 min", [("2022-12-15T02:41Z", "released"), ("2022-12-15T02:41Z", "started")]),
    ],
)
def test_known_within_the_hold_the_sortie_goes_on_time_or_late(tmp_path, after, life):
    run = told(overridden(tmp_path, f"scenario: soon\nbase: soyuz-ms22\nincidents: [{_line()}]\n{SOON % after}"))
    found = [(at, kind) for at, kind, _ in run.life("vkd-56")]
    assert found[:4] == [("2022-12-14T22:20Z", "prepared"), ("2022-12-15T00:46Z", "held"), *life]
    assert run.planned == ({"vkd-56": "moved"} if after == "115 min" else {})
    assert run.rows(Kind.DECIDED) == []
    assert [row.text for row in run.rows(Kind.ADDED)] == ["look", "safing"]
    obeys(run.scenario, calm(run.scenario.without("ghost")), lambda count: [count // 3, count // 2])


def _line() -> str:
    return f"{{id: ghost, reading: coolant-loop, node: {LOOP}, at: {ONSET}}}"


def test_what_has_not_begun_is_given_up(tmp_path):
    run = told(overridden(tmp_path, f"scenario: soon\nbase: soyuz-ms22\nincidents: [{_line()}]\n{SOON % '3 h'}"))
    given_up = [(row.subject, row.by, row.text) for row in run.rows(Kind.GIVEN_UP)]
    assert given_up == [(f"soyuz-ms-22-{id_}", "moscow", "a false alarm") for id_ in ("hose", "test", "inspection")]
    assert {row.cause for row in run.rows(Kind.GIVEN_UP)} == {run.rows(Kind.DISMISSED)[0].seq}
    assert [row.subject for row in run.rows(Kind.STARTED) if row.subject.startswith("soyuz-ms-22-s")] == [
        "soyuz-ms-22-safing"
    ]
    assert "us-eva-83" not in run.planned
    assert run.outcomes["vkd-56"] == "moved"


def test_a_true_leak_of_the_same_loop_keeps_it_lost(tmp_path):
    true = f"{{id: loop, leak: coolant-loop, node: {LOOP}, at: 2022-12-15T01:45Z, hole: 0.8 mm}}"
    lines = f"scenario: both\nbase: soyuz-ms22\nincidents: [{_line()}, {true}]\n{SOON % '3 h'}"
    run = told(overridden(tmp_path, lines))
    assert [row.subject for row in run.rows(Kind.DISMISSED)] == ["ghost", "ghost"]
    assert {row.text for row in run.rows(Kind.HEALTH_CHANGED, LOOP) if row.view != TRUTH} == {"failed"}
    assert run.rows(Kind.STATUS_CHANGED)[-1].text == "emergency-only"
    assert run.outcomes["vkd-56"] == "postponed"


# --- laws -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["loop", "looked", "arm", "air"])
def test_it_obeys_every_law_of_a_run_and_goes_on_from_every_step(which, request):
    scenario: Scenario = request.getfixturevalue(which).scenario
    obeys(scenario, calm(scenario.without("ghost")), lambda count: list(range(0, count, 3)))


def test_in_the_background_it_costs_nothing(loop):
    run = told(attrs.evolve(loop.scenario, incidents=(attrs.evolve(loop.scenario.incidents[0], background=True),)))
    assert run.rows(Kind.DISMISSED)
    assert (run.changes, run.costs) == ({}, {})


def test_the_older_reading_ends_so_too():
    run = told(shipped("ammonia-false-alarm"))
    rows = [(row.view, run.utc(row.t_s), row.text) for row in run.rows(Kind.DISMISSED)]
    shown = "Is there ammonia in the cabin? Nothing was found"
    assert rows == [("houston", "2015-01-14T20:00Z", shown), ("moscow", "2015-01-14T20:30Z", shown)]
