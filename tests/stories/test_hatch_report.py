"""Two centres hold a hatch for open and for shut: they ask each other, the crew looks, and a departure waits for it."""

import pytest
from kernel.runs import Told, calm, overridden, shipped, told
from kernel.test_laws import obeys

from stationsim import isolate, show
from stationsim.kernel.simulate import state_at
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.scenario.draw import draw
from stationsim.station.hatch_beliefs import believed_state, is_disputed

HATCH = "progress-ms-21/hatch"
REPORT = f"reading: hatch-report, node: {HATCH}"


@pytest.fixture(scope="module")
def story() -> Told:
    return told(shipped("progress-ms21-hatch"))


def reported(folder, at: str, centre: str = "houston", state: str = "open", lines: str = "") -> Told:
    incident = f"{{id: report, {REPORT}, at: {at}, centre: {centre}, state: {state}}}"
    return told(overridden(folder, f"scenario: reported\nbase: progress-ms21\nincidents: [{incident}]\n{lines}"))


def beliefs(run: Told) -> list[tuple[str, str | None, str | None]]:
    return [(run.utc(row.t_s), row.view, row.text) for row in run.rows(Kind.HATCH_BELIEVED)]


# --- the contradiction ------------------------------------------------------------------------------------------------


def test_both_ask_the_crew_looks_and_both_know(story):
    assert beliefs(story) == [
        ("2023-02-11T14:00Z", "houston", "open"),
        ("2023-02-11T15:30Z", "houston", "closed"),
    ]
    asked = [(row.view, story.utc(row.t_s)) for row in story.rows(Kind.ASKED, "hatch")]
    assert {view for view, _ in asked} == {"moscow", "houston"}
    look = story.row(Kind.STARTED, "progress-ms-21-hatch-check")
    assert story.utc(look.t_s) == "2023-02-11T14:45Z"
    assert len(story.rows(Kind.WORKED, "progress-ms-21-hatch-check")) == 1
    answer = story.row(Kind.ANSWERED, "hatch", view="moscow")
    assert (story.utc(answer.t_s), answer.text) == ("2023-02-11T15:00Z", "it is shut")
    assert [(row.view, row.text) for row in story.rows(Kind.DISMISSED)] == [
        ("moscow", "Open or shut? It is shut"),
        ("houston", "Open or shut? It is shut"),
    ]


def test_the_hatch_itself_never_moves_and_the_leak_goes_as_without_the_report(story):
    assert [row for row in story.log if row.subject == HATCH and row.kind is Kind.OPENED and row.t_s > 0] == []
    alone = told(shipped("progress-ms21"))
    assert story.planned == alone.planned
    assert set(story.outcomes) - set(alone.outcomes) == {"progress-ms-21-hatch-check"}


def test_in_between_each_centre_has_its_own_belief_and_truth_stays():
    scenario = draw(shipped("progress-ms21-hatch"))
    state = state_at(scenario, 14 * 3600 + 600)
    assert state.hatches[HATCH] == "closed"
    assert (believed_state(state, "moscow", HATCH), believed_state(state, "houston", HATCH)) == ("closed", "open")
    assert is_disputed(state, HATCH)
    assert not is_disputed(state_at(scenario, 16 * 3600), HATCH)


def test_the_board_tells_both(story):
    board = show(story.outcome, "2023-02-11T14:10Z")
    assert board.reported == (("houston", HATCH, "open"),)
    assert "Progress MS-21 at Poisk zenith, hatch closed" in board.text
    assert "Believed of hatches\n  Houston: hatch of Progress MS-21 is open\n" in board.text
    later = show(story.outcome, "2023-02-11T16:00Z")
    assert later.reported == ()
    assert "Believed of hatches" not in later.text


def test_what_may_stand_open_is_not_counted_as_sealed():
    scenario = shipped("progress-ms21-hatch")
    first = [isolate(scenario, "progress-ms-21", at)[0].hatches for at in ("2023-02-11T13:00Z", "2023-02-11T14:10Z")]
    assert first == [(), (HATCH,)]
    assert isolate(scenario, "progress-ms-21", "2023-02-11T16:00Z")[0].hatches == ()


def test_it_is_the_same_where_the_centre_that_watches_it_is_wrong(tmp_path):
    run = reported(tmp_path, "2023-02-11T14:00Z", centre="moscow")
    assert beliefs(run) == [("2023-02-11T14:00Z", "moscow", "open"), ("2023-02-11T16:45Z", "moscow", "closed")]
    assert run.row(Kind.ANSWERED, "hatch", view="moscow").text == "it is shut"


def test_a_report_that_is_right_contradicts_nobody(tmp_path):
    run = reported(tmp_path, "2023-02-11T14:00Z", state="closed")
    assert [row for row in run.rows(Kind.ASKED) if row.subject == "hatch"] == []
    assert beliefs(run) == []


def test_nobody_asks_about_the_hatch_of_a_ship_that_has_left(tmp_path):
    run = reported(tmp_path, "2023-02-18T02:10Z")
    assert beliefs(run) == [("2023-02-18T02:10Z", "houston", "open")]
    assert run.rows(Kind.ALARMED) == []
    assert reported(tmp_path, "2023-02-18T12:00Z").rows(Kind.HATCH_BELIEVED) == []


# --- what reads it ----------------------------------------------------------------------------------------------------


def test_a_departure_waits_until_both_agree(tmp_path):
    run = reported(tmp_path, "2023-02-17T22:00Z")
    life = run.life("progress-ms-21-undocking")
    assert life[:3] == [
        ("2023-02-17T23:06Z", "held", "gen-10"),
        ("2023-02-17T23:06Z", "called_off", "gen-10"),
        ("2023-02-17T23:06Z", "moved", "gen-10"),
    ]
    reason = "there is an open question about hatch of Progress MS-21: Open or shut?"
    assert run.rows(Kind.HELD, "progress-ms-21-undocking")[0].text == reason
    assert run.changes["progress-ms-21-undocking"]["incident"] == "report"
    assert run.utc(run.row(Kind.UNDOCKED, "progress-ms-21").t_s) > "2023-02-18T12:00Z"
    assert set(run.impact.ledger[run.impact.ledger.difference != 0].incident) == {"report"}


def test_a_report_days_before_moves_nothing(tmp_path):
    run = reported(tmp_path, "2023-02-13T10:00Z")
    assert run.planned == {}


def test_of_another_hatch_it_holds_nothing(tmp_path):
    text = "{id: r, reading: hatch-report, node: zarya-rassvet, at: 2023-02-17T22:00Z, centre: houston, state: closed}"
    run = told(overridden(tmp_path, f"scenario: other\nbase: progress-ms21\nincidents: [{text}]\n"))
    assert run.planned == {}
    assert run.row(Kind.ANSWERED, "hatch", view="moscow").text == "it is open"


# --- from the start ---------------------------------------------------------------------------------------------------

OPENING = """
scenario: begun
base: progress-ms21
incidents: []
opening:
  - {node: soyuz-ms-22/external-loop, health: failed, hose: true, source: assumed}
  - {node: progress-ms-21/hatch, state: open, centre: houston, source: assumed}
  - {node: toilet-tranquility, health: unknown, centre: houston, source: assumed}
  - {node: zvezda-prk, state: open, source: assumed}
"""


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Told:
    return told(overridden(tmp_path_factory.mktemp("begun"), OPENING))


def test_a_belief_of_one_centre_is_nobody_elses(begun):
    held = {(row.view, row.subject): row.text for row in begun.rows(Kind.HEALTH_CHANGED) if row.t_s == 0}
    assert held[("houston", "toilet-tranquility")] == "unknown"
    assert ("moscow", "toilet-tranquility") not in held
    assert (TRUTH, "toilet-tranquility") not in held
    assert held[("moscow", "soyuz-ms-22/external-loop")] == held[(TRUTH, "soyuz-ms-22/external-loop")] == "failed"


def test_a_hatch_stands_as_the_opening_says(begun):
    moves = [row.kind for row in begun.log if row.subject == "zvezda-prk" and row.t_s == 0]
    assert moves == [Kind.CLOSED, Kind.OPENED]


def test_a_contradiction_from_the_start_is_asked_in_both_runs_and_costs_nothing(begun):
    assert beliefs(begun) == [("2023-02-11T00:00Z", "houston", "open"), ("2023-02-11T06:45Z", "houston", "closed")]
    assert begun.row(Kind.ANSWERED, "hatch", view="moscow").text == "it is shut"
    assert begun.outcome.nominal.rows == begun.log.rows
    assert (begun.changes, begun.costs) == ({}, {})


# --- laws -------------------------------------------------------------------------------------------------------------


def test_reports_obey_every_law_of_a_run(tmp_path, begun):
    scenario = reported(tmp_path, "2023-02-17T22:00Z").scenario
    obeys(scenario, calm(scenario.without("report")), lambda count: list(range(0, count, 5)))
    obeys(begun.scenario, calm(begun.scenario), lambda count: list(range(0, count, 7)))
