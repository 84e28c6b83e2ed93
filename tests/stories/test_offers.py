"""A remedy on offer: an option of a decision, played forward, carried out, tried again, and seen to help or not."""

import pytest
from kernel.runs import Told, decided, stepped
from kernel.test_laws import folds, has_causes

from stationsim.impact.frames import records
from stationsim.log.kinds import Kind
from stationsim.planning.policies import DEFAULT, Ask, do_nothing, rules_first
from stationsim.scenario.load import load

PUMP = """
scenario: stuck
base: iss-2022-12
until: 2023-04-30
modes:
  stuck-pump:
    text: The pump of a loop sticks.
    how: change
    types: [coolant-loop]
    expect: 300 d
    responses:
      exchange:
        kind: maintenance
        by: people
        people: 1
        lead: 2 d
        lasts: 4 h
        mends: true
        answers: back
        offered: true
        source: test
    source: test
incidents:
  - {id: stick, change: stuck-pump, node: soyuz-ms-22/external-loop, at: 2023-01-04T10:00Z}
"""


@pytest.fixture
def play(tmp_path):
    def run(*changes, policy=None) -> Told:
        text = PUMP
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "offer.yaml"
        path.write_text(text, encoding="utf-8")
        return decided(load(str(path)), *(() if policy is None else (policy,)))

    return run


def state_of(run: Told, option: str) -> dict[str, object]:
    return next(row for row in records(run.impact.options) if row["option"] == option)


def test_it_is_taken_where_it_helps_and_the_ship_takes_its_people_home_again(play):
    run = play()
    (chosen,) = run.rows(Kind.CHOSEN)
    assert (chosen.object, chosen.text) == ("exchange-stick", "Soyuz MS-22: exchange")
    added = run.row(Kind.ADDED, "soyuz-ms-22-exchange")
    assert added.cause == chosen.seq
    assert run.dated(added) >= "2023-01-06"
    ended = run.row(Kind.ENDED, "stick")
    assert run.rows(Kind.SEATED)[-1].value == 0
    assert {row.subject for row in run.rows(Kind.SEATED) if row.t_s == ended.t_s} == {"prokopyev", "petelin", "rubio"}
    assert "soyuz-ms-23-launch" not in run.changes


def test_it_is_played_although_its_plan_looks_like_doing_nothing(play):
    run = play()
    assert state_of(run, "exchange-stick")["how"] == "played"
    assert state_of(run, "exchange-stick-move-seats")["how"] == "played"
    assert state_of(run, "keep")["class-4"] > 0


def test_nobody_carries_it_out_by_itself(play):
    for policy in (do_nothing, rules_first):
        assert play(policy=policy).rows(Kind.ADDED) == []


def test_what_nobody_can_do_is_shown_as_rejected_and_why(play):
    found = state_of(play(("people: 1\n", "people: 1\n        skill: plumber\n")), "exchange-stick")
    assert (found["state"], found["rule"]) == ("rejected", "people")
    assert found["reason"] == "Soyuz MS-22: exchange: nobody has the skill plumber"
    assert found["class-4"] is None


def test_what_waits_for_something_is_no_option_before(play):
    waiting = ("lead: 2 d\n", "lead: 2 d\n        after: look\n")
    ground = "look: {kind: response, by: ground, lead: 30 d, lasts: 1 h, source: test}"
    look = ("    responses:\n", f"    responses:\n      {ground}\n")
    found = state_of(play(waiting, look), "exchange-stick")
    assert (found["rule"], found["reason"]) == ("after", "Soyuz MS-22: exchange: it waits for look")


def test_an_attempt_that_fails_is_decided_anew(play):
    run = play(("node: soyuz-ms-22", "failures: {exchange: 1}, node: soyuz-ms-22"))
    failed = run.row(Kind.FAILED, "soyuz-ms-22-exchange")
    first, second = run.rows(Kind.CHOSEN)
    assert second.t_s >= failed.t_s > first.t_s
    assert failed.seq in run.up(second.seq)
    assert state_of(run, "exchange-stick")["state"] == "chosen"
    assert run.rows(Kind.ENDED)


def test_what_does_not_help_is_not_taken(play):
    run = play(("        mends: true\n        answers: back\n", ""))
    assert run.rows(Kind.ADDED) == []  # the play has shown that it does not help


def test_what_somebody_takes_in_vain_is_decided_anew(play):
    def choose(decision, look):
        return next((item.id for item in decision.open if item.id == "exchange-stick"), decision.open[0].id)

    run = play(("        mends: true\n        answers: back\n", ""), policy=Ask(choose=choose))
    done = run.row(Kind.FINISHED, "soyuz-ms-22-exchange")
    first, second = run.rows(Kind.CHOSEN)
    assert first.object == "exchange-stick"
    assert second.t_s >= done.t_s
    assert done.seq in run.up(second.seq)
    assert state_of(run, "exchange-stick")["state"] == "chosen"
    rejected = [
        row for row in records(run.impact.options) if row["decision"] == second.seq and row["rule"] == "offered"
    ]
    assert [row["option"] for row in rejected] == ["exchange-stick", "exchange-stick-move-seats"]


def test_its_kind_may_demand_a_posture(play):
    shuts = "shuts: [pma-1-zarya], count: 1, severity: hard, waived_by: nobody, source: test"
    posture = f"  watch: {{template: posture, text: shut, kinds: [maintenance], {shuts}}}"
    run = play(("modes:\n", f"rules:\n{posture}\nmodes:\n"))
    assert run.rows(Kind.CHOSEN)[0].object == "exchange-stick"
    taken = [row for row in run.rows(Kind.TAKEN) if row.object == "soyuz-ms-22-exchange"]
    assert [row.subject for row in taken] == ["watch/soyuz-ms-22-exchange"]


def test_it_may_become_a_task_of_what_is_planned(play):
    run = play(
        ("        by: people\n        people: 1\n", "        attaches_to: [eva-emu]\n"),
        ("modes:\n", "kinds: {eva-emu: {room: 6 h}}\nmodes:\n"),
    )
    chosen = run.rows(Kind.CHOSEN)[0]
    assert chosen.object.startswith("exchange-stick")
    assert [(row.subject, row.cause) for row in run.rows(Kind.ATTACHED)] == [("us-eva-84", chosen.seq)]
    assert run.row(Kind.ENDED, "stick").t_s == run.row(Kind.FINISHED, "us-eva-84").t_s


def test_the_log_of_such_a_run_keeps_its_laws(play):
    run = play(("node: soyuz-ms-22", "failures: {exchange: 1}, node: soyuz-ms-22"))
    folds(stepped(run.scenario, policy=DEFAULT))
    has_causes(run.log)
