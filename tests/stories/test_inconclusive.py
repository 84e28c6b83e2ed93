"""A round may end without an answer: another begins, whoever waits plans anew, a departure forces a decision."""

import attrs
import pytest
from kernel.runs import Told, calm, overridden, shipped, told
from kernel.test_laws import obeys

from stationsim.log.kinds import Kind
from stationsim.scenario.draw import draw

LEAK = "{id: loop, leak: coolant-loop, node: soyuz-ms-22/external-loop, at: 2022-12-15T00:45Z, hole: 0.8 mm, %s}"
LONG = "modes: {coolant-loop: {questions: {fit: {again: 14 d}}}}\n"


def doubtful(folder, rounds: str, lines: str = "", until: str = "2023-03-15") -> Told:
    leak = LEAK % f"inconclusive: {{{rounds}}}"
    text = f"scenario: doubtful\nbase: soyuz-ms22\nuntil: {until}\nincidents: [{leak}]\n{lines}"
    return told(overridden(folder, text))


def answers(run: Told, question: str) -> list[tuple[str, str | None, str]]:
    rows = [row for row in run.rows(Kind.ANSWERED, question) if row.view == "moscow"]
    return [(run.utc(row.t_s), row.text, run.utc(row.until_s)) for row in rows]


def decisions(run: Told) -> list[tuple[str, str | None]]:
    return [(run.utc(row.t_s), row.text) for row in run.rows(Kind.DECIDED)][1:]


def test_an_inconclusive_assessment_is_extended_and_then_decides(tmp_path):
    run = doubtful(tmp_path, "fit: 2", LONG)
    found = answers(run, "fit")
    assert found[:2] == [
        ("2023-01-11T00:46:15Z", "inconclusive", "2023-01-25T00:46:15Z"),
        ("2023-01-25T00:46:15Z", "inconclusive", "2023-02-08T00:46:15Z"),
    ]
    assert (found[2][0], found[2][2]) == ("2023-02-08T00:46:15Z", "")
    assert found[2][1].startswith("emergency-only; ")
    assert decisions(run) == [("2023-02-08T00:46:15Z", "not certified for a planned return")]


def test_a_further_round_takes_as_long_as_the_first_where_nothing_is_said(tmp_path):
    run = doubtful(tmp_path, "fit: 1")
    assert answers(run, "fit")[0] == ("2023-01-11T00:46:15Z", "inconclusive", "2023-02-07T00:46:15Z")


def test_who_waits_for_the_answer_waits_for_the_next_round(tmp_path):
    """Houston's people whose ship must be usable wait for a second test, which the ground does by its own clock."""
    run = doubtful(tmp_path, "usable: 3")
    found = answers(run, "usable")
    assert [at for at, _, _ in found] == [
        "2022-12-16T09:00Z",
        "2022-12-17T21:00Z",
        "2022-12-19T09:00Z",
        "2022-12-20T21:00Z",
    ]
    assert [text for _, text, _ in found] == ["inconclusive"] * 3 + ["usable in an emergency"]
    seats = [run.utc(row.t_s) for row in run.rows(Kind.SEATED, "rubio") if row.value == 2]
    assert seats == ["2022-12-20T21:00Z"]
    once = told(shipped("soyuz-ms22"))
    assert run.dated(run.row(Kind.STARTED, "us-eva-83")) == once.dated(once.row(Kind.STARTED, "us-eva-83"))


def test_a_fourth_round_moves_the_us_sortie_as_well(tmp_path):
    run = doubtful(tmp_path, "usable: 4")
    assert answers(run, "usable")[-1][0] == "2022-12-22T09:00Z"
    assert run.dated(run.row(Kind.STARTED, "us-eva-83")) == "2022-12-23T12:45Z"
    assert run.changes["us-eva-83"]["rule"] == "eva-u3"


def test_the_other_centre_is_told_that_it_waits(tmp_path):
    run = doubtful(tmp_path, "fluid: 1")
    rows = [(row.view, run.utc(row.t_s), row.text, run.utc(row.until_s)) for row in run.rows(Kind.ANSWERED, "fluid")]
    assert rows[:2] == [
        ("moscow", "2022-12-22T00:46:15Z", "inconclusive", "2022-12-29T00:46:15Z"),
        ("houston", "2022-12-22T01:16:15Z", "inconclusive", "2022-12-29T00:46:15Z"),
    ]
    assert {run.utc(row.t_s)[:10] for row in run.rows(Kind.CLEARED)} == {"2022-12-30"}


def test_a_departure_before_the_next_round_forces_the_decision(tmp_path):
    run = doubtful(tmp_path, "fit: 9", LONG, until="2023-04-15")
    last = answers(run, "fit")[-1]
    assert (last[0], last[2]) == ("2023-03-26T12:00Z", "")
    assert last[1].startswith("emergency-only; ")
    assert last[1].endswith("; inconclusive, decided under what is believed")
    text = "not certified for a planned return: forced by the departure of Soyuz MS-22, the assessment is inconclusive"
    assert decisions(run) == [("2023-03-26T12:00Z", text)]
    undocked = run.row(Kind.UNDOCKED, "soyuz-ms-22")
    assert run.utc(undocked.t_s) == "2023-03-28T12:00Z"
    assert [row.subject for row in run.rows(Kind.LEFT) if row.object == "soyuz-ms-22"] == []
    obeys(
        run.scenario, calm(run.scenario.without("loop")), lambda count: [count // 2, count - 20, count - 8, count - 3]
    )


def test_a_departure_that_comes_later_leaves_more_time(tmp_path):
    site = "{id: site, change: failed, node: kazakhstan, at: 2023-03-23T00:00Z, lasts: 8 d, expect: 8 d}"
    leak = LEAK % "inconclusive: {fit: 9}"
    text = f"scenario: later\nbase: soyuz-ms22\nuntil: 2023-04-15\nincidents: [{leak}, {site}]\n{LONG}"
    run = told(overridden(tmp_path, text))
    left_s = run.row(Kind.UNDOCKED, "soyuz-ms-22").t_s
    decided = next(row for row in run.rows(Kind.DECIDED) if "forced by" in (row.text or ""))
    assert run.utc(left_s) == "2023-03-31T12:00Z"
    assert left_s - decided.t_s == 2 * 86400
    obeys(run.scenario, calm(run.scenario.without("loop", "site")), lambda count: [count // 2, count - 25, count - 12])


def test_a_false_alarm_is_decided_on_without_knowing_that_it_is_one(tmp_path):
    """Under what is then believed: nobody has found out, so the ship is not certified, though nothing is wrong."""
    ghost = "{id: loop, reading: coolant-loop, node: soyuz-ms-22/external-loop, at: 2023-02-20, inconclusive: {%s}}"
    rounds = "real: 9, fluid: 9, family: 9, fit: 9"
    asked = "{real: {again: 40 d}, fit: {after: 20 d, again: 20 d}, fluid: {again: 90 d}}"
    more = f"modes: {{coolant-loop: {{questions: {asked}}}}}\n"
    text = f"scenario: x\nbase: soyuz-ms22\nuntil: 2023-04-01\nincidents: [{ghost % rounds}]\n{more}"
    run = told(overridden(tmp_path, text))
    assert run.rows(Kind.DISMISSED) == []
    assert decisions(run)[0][1].startswith("not certified for a planned return: forced by")


# --- chance -----------------------------------------------------------------------------------------------------------


def test_chance_decides_before_the_run_from_a_stream_of_the_incident_and_question(tmp_path):
    lines = "modes: {coolant-loop: {questions: {fit: {inconclusive: 0.6}, family: {inconclusive: 0.6}}}}\n"
    scenario = overridden(tmp_path, f"scenario: chance\nbase: soyuz-ms22\n{lines}")
    found = [dict(draw(scenario, seed).incidents[0].inconclusive) for seed in range(200)]
    assert {tuple(rounds) for rounds in found} == {("fit", "family")}
    assert sum(rounds["fit"] for rounds in found) / 200 == pytest.approx(0.6 / 0.4, abs=0.4)
    assert any(rounds["fit"] != rounds["family"] for rounds in found)
    more = scenario.with_incident(id="aside", change="failed", node="toilet-nauka", at="2022-12-14T06:00Z")
    assert [draw(more, seed).incidents[0].inconclusive for seed in range(9)] == [
        tuple(rounds.items()) for rounds in found[:9]
    ]


def test_what_a_file_says_is_not_drawn(tmp_path):
    run = doubtful(tmp_path, "fit: 1", "modes: {coolant-loop: {questions: {fit: {inconclusive: 0.9}}}}\n")
    assert draw(run.scenario, 5).incidents[0].inconclusive == (("fit", 1),)


def test_without_doubt_nothing_is_drawn():
    scenario = shipped("soyuz-ms22")
    assert draw(scenario) == attrs.evolve(scenario)
