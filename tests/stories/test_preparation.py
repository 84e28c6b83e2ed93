"""What was prepared on the days before keeps for a while: it is not done twice before that, and again after it."""

import pytest
from kernel.runs import calm, overridden, told
from kernel.test_laws import obeys, without_incidents

from stationsim.log.kinds import Kind

PLAN = """\
scenario: preparation
base: iss-2022-12
until: 2023-02-10
kinds:
  eva-emu:
    preparation:
      tools: ~
      suits: {text: suits sized and checked, roles: [ev], lasts: 8 h, ahead: 4 d, keeps: 12 d, source: a test}
      charge:
        {text: batteries charged, roles: [ev, inside], lasts: 3 h, ahead: 1 d, keeps: 7 d, used_up: true, source: test}
activities:
  us-eva-contingency: ~
incidents:
"""
HELD = "  - {id: held, hold: {activities: [us-eva-83]}, at: 2022-12-16T12:00Z, lasts: 8 d}\n"
LONG = HELD.replace("8 d", "20 d")
ON_THE_DAY = "  - {id: held, hold: {activities: [us-eva-83]}, at: 2022-12-19T08:30Z, lasts: 4 d}\n"
ASIDE = "  - {id: aside, change: failed, node: toilet-nauka, at: 2022-12-16T12:00Z, lasts: 2 d}\n"


@pytest.fixture
def play(tmp_path):
    return lambda incident: told(overridden(tmp_path, PLAN + incident))


def done(run, subject="us-eva-83"):
    """Return (day, done or perished, part, hours of its people) of an activity's preparation."""
    rows = [row for row in run.log if row.subject == subject and row.kind in {Kind.READIED, Kind.PERISHED}]
    return [(run.utc(row.t_s)[:10], row.kind.value, row.object, row.value / 3600) for row in rows]


def test_as_planned_each_part_is_done_once_on_the_days_before(play):
    run = play(ASIDE)
    assert done(run) == [("2022-12-15", "readied", "suits", 16), ("2022-12-18", "readied", "charge", 9)]
    assert "crew_hours_prepared" not in run.costs


def test_what_keeps_until_the_new_day_is_not_done_twice(play):
    run = play(HELD)
    assert run.changes["us-eva-83"]["actual_utc"] == "2022-12-26"
    assert done(run) == [("2022-12-15", "readied", "suits", 16), ("2022-12-25", "readied", "charge", 9)]
    assert "crew_hours_prepared_again" not in run.costs
    assert "crew_hours_lost" not in run.costs


def test_what_perishes_before_the_new_day_is_lost_and_done_again(play):
    run = play(LONG)
    assert done(run) == [
        ("2022-12-15", "readied", "suits", 16),
        ("2022-12-27", "perished", "suits", 16),
        ("2023-01-02", "readied", "suits", 16),
        ("2023-01-05", "readied", "charge", 9),
    ]
    perished = run.row(Kind.PERISHED, "us-eva-83")
    assert perished.cause == run.row(Kind.MOVED, "us-eva-83").seq
    assert run.rows(Kind.READIED, "us-eva-83")[1].cause == perished.seq
    assert run.costs["crew_hours_prepared_again"] == run.costs["crew_hours_lost"] == 16
    assert "16 h of preparation was done again" in run.impact.headline


def test_who_prepared_stands_in_the_log(play):
    run = play(ASIDE)
    suits, charge = run.rows(Kind.READIED, "us-eva-83")
    assert list(run.log.attached("preparations", suits.seq)) == [(suits.seq, "us-eva-83", "cassada,rubio", 8 * 3600)]
    assert list(run.log.attached("preparations", charge.seq)) == [
        (charge.seq, "us-eva-83", "cassada,rubio,mann", 3 * 3600)
    ]


def test_an_attempt_that_is_called_off_uses_up_what_it_needs_and_nothing_else(play):
    """The hours of the day itself are lost with the attempt, as they always were; the suits stay sized and checked."""
    run = play(ON_THE_DAY)
    off = run.row(Kind.CALLED_OFF, "us-eva-83")
    assert run.changes["us-eva-83"]["actual_utc"] == "2022-12-26"
    assert done(run) == [
        ("2022-12-15", "readied", "suits", 16),
        ("2022-12-18", "readied", "charge", 9),
        ("2022-12-19", "perished", "charge", 9),
        ("2022-12-25", "readied", "charge", 9),
    ]
    assert run.row(Kind.PERISHED, "us-eva-83").cause == off.seq
    attempt = sum(row.until_s - row.start_s for row in run.rows(Kind.WORKED, "us-eva-83") if row.cause == off.seq)
    assert run.costs["crew_hours_lost"] == pytest.approx(attempt / 3600 + 9)
    assert run.costs["crew_hours_prepared_again"] == 9


def test_each_cost_of_it_names_the_incident(play):
    ledger = play(LONG).impact.ledger
    own = ledger[(ledger.quantity.isin(["crew_hours_prepared_again", "crew_hours_lost"])) & (ledger.difference != 0)]
    assert list(own.incident) == ["held", "held"]


@pytest.mark.parametrize("incident", [LONG, ON_THE_DAY])
def test_every_law_holds(play, incident):
    scenario = play(incident).scenario
    obeys(scenario, calm(without_incidents(scenario)), lambda count: list(range(0, count, 4)))
