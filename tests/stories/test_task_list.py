"""Time that falls free is refilled from the task list, and given back as soon as the plan or a response needs it."""

from pathlib import Path

import pytest
from kernel.runs import Told, stepped, told
from kernel.test_laws import obeys, without_incidents

from stationsim.impact.screen import screen_of
from stationsim.impact.why import why
from stationsim.kernel.simulate import simulate
from stationsim.log.kinds import Kind
from stationsim.report.render import page
from stationsim.scenario.draw import draw
from stationsim.scenario.load import load

FILE = Path(__file__).parents[2] / "examples" / "scenarios" / "freed-time.yaml"
JOBS = ("cables", "inventory", "laptops")


@pytest.fixture
def play(tmp_path):
    """Return a function that runs the file with other incidents, and texts in it replaced."""

    def run(*incidents: str, changes: tuple[tuple[str, str], ...] = ()) -> Told:
        text = FILE.read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        if incidents:
            text = text.partition("incidents:\n")[0] + "incidents:\n" + "".join(f"  - {line}\n" for line in incidents)
        path = tmp_path / "freed-time.yaml"
        path.write_text(text, encoding="utf-8")
        return told(load(str(path)))

    return run


HELD = "{id: held, hold: {activities: [us-eva-83]}, at: 2022-12-16T12:00Z, lasts: 8 d}"
RELENTS = HELD.replace("lasts: 8 d", "lasts: 1 d, expect: 8 d")


def spans(run: Told) -> list[tuple[str, str, str, str]]:
    """Return who gave time to the task list: job, person, from, until."""
    rows = [row for row in run.rows(Kind.WORKED) if row.subject in JOBS]
    return [(row.subject, str(row.object), run.utc(row.start_s), run.utc(row.until_s)) for row in rows]


def test_in_the_nominal_plan_the_task_list_has_no_date_and_takes_nobodys_time(play):
    nominal = play().outcome.nominal
    rows = [row for row in nominal if row.subject in JOBS]
    assert [(row.kind, row.start_s) for row in rows] == [(Kind.PLANNED, None)] * 3


def test_who_was_to_fly_does_the_task_list_in_the_very_time_that_fell_free(play):
    run = play()
    off = run.row(Kind.CALLED_OFF, "vkd-56")
    for job in ("cables", "inventory"):
        filled = run.row(Kind.FILLED, job)
        assert (filled.cause, filled.object, filled.t_s) == (off.seq, "vkd-56", off.t_s)
    assert spans(run) == [
        ("inventory", "kikina", "2022-12-15T03:46:15Z", "2022-12-15T05:16:15Z"),
        ("cables", "prokopyev", "2022-12-15T03:46:15Z", "2022-12-15T05:46:15Z"),
        ("cables", "petelin", "2022-12-15T03:46:15Z", "2022-12-15T05:46:15Z"),
        ("laptops", "rubio", "2022-12-19T07:45Z", "2022-12-19T10:45Z"),
    ]


def test_the_change_says_that_a_job_came_from_the_task_list(play):
    change = play().changes["cables"]
    assert (change["outcome"], change["incident"]) == ("added", "loop")
    assert change["reason"] == "from the task list: time of VKD-56 fell free"


def test_hours_are_told_gross_refilled_and_net(play):
    run = play()
    assert run.costs["crew_hours_refilled"] == 2 * 2 + 1.5 + 3
    assert run.costs["crew_hours_displaced_net"] == run.costs["crew_hours_displaced"] - 8.5
    lines = run.impact.ledger
    own = lines[(lines.quantity == "crew_hours_refilled")]
    assert set(own.incident) == {"loop"}
    assert "8 h 30 min of the time of four people was refilled from the task list" in run.impact.headline


def test_without_the_incident_nothing_falls_free(play):
    run = play("{id: aside, change: failed, node: toilet-nauka, at: 2022-12-15T00:45Z, lasts: 2 d}")
    assert spans(run) == []
    assert not set(run.changes) & set(JOBS)


def test_a_job_that_is_too_long_for_what_fell_free_waits(play):
    run = play(HELD, changes=(("lasts: 3 h", "lasts: 14 h"),))
    assert "laptops" not in run.changes
    assert run.rows(Kind.FILLED, "laptops") == []


def test_nobody_does_a_job_who_is_not_qualified(play):
    run = play(HELD)
    assert {person for job, person, *_ in spans(run) if job == "laptops"} == {"rubio"}
    assert "cables" not in run.changes  # nobody of US EVA-83 has the skill


def test_what_is_more_important_takes_the_time_first(play):
    was = "centre: moscow, task_list: true, lasts: 90 min"
    now = "centre: houston, task_list: true, lasts: 90 min, priority: 2"
    both = (("who: kikina", "skill: canadarm2"), (was, now))
    run = play(HELD, changes=both)
    assert [row.subject for row in run.rows(Kind.FILLED)] == ["inventory", "laptops"]


def test_a_job_gives_way_when_its_time_is_needed_after_all(play):
    """The hold ends sooner than expected: the sortie flies on its day and the discs go back on the list."""
    run = play(RELENTS)
    assert run.outcomes.get("us-eva-83") is None
    assert [kind for _, kind, _ in run.life("laptops")] == ["filled", "undated"]
    gone = run.row(Kind.UNDATED, "laptops")
    assert gone.text == "it gives way to US EVA-83"
    assert gone.cause == run.row(Kind.MOVED, "us-eva-83", text="back to its wish").seq
    assert "crew_hours_refilled" not in run.costs


def test_a_job_that_was_put_back_is_told_with_what_it_gave_way_to(play):
    run = play(RELENTS)
    change = run.changes["laptops"]
    told = {name: change[name] for name in ("outcome", "rule", "incident", "reason", "actual_utc")}
    assert told == {
        "outcome": "called_off",
        "rule": "gen-2",
        "incident": "held",
        "reason": "it gives way to US EVA-83",
        "actual_utc": None,
    }
    assert change["cause_seq"] == run.row(Kind.UNDATED, "laptops").cause
    assert run.costs == {"activities_called_off": 1}
    assert run.impact.headline.endswith("One activity was taken up and put back on the task list.")
    assert screen_of(run.impact).changes == (
        ("new discs for laptops", "called off", "-", "no date", "gen-2", "it gives way to US EVA-83"),
    )
    assert why(run.outcome, "laptops").text.splitlines()[:3] == [
        "new discs for laptops was taken up and put back on the task list.",
        "2022-12-17T12:00Z (GMT 351)  new discs for laptops has no date by gen-2: it gives way to US EVA-83",
        "because 2022-12-17T12:00Z (GMT 351)  US EVA-83 was moved to 2022-12-19: back to its wish",
    ]


def test_a_job_whose_start_was_forbidden_names_the_rule_that_called_it_off(play):
    run = play(HELD, "{id: discs, hold: {activities: [laptops]}, at: 2022-12-19T07:00Z, lasts: 30 d}")
    change, off = run.changes["laptops"], run.row(Kind.CALLED_OFF, "laptops")
    assert (change["outcome"], change["rule"], change["incident"]) == ("called_off", "hold", "discs")
    assert (change["reason"], change["cause_seq"]) == ("it is held: hold discs", off.seq)
    assert change["attempts"] == [{"utc": "2022-12-19T07:45Z", "end": "called_off", "rule": "hold"}]
    assert "1 other activity called off" in run.impact.brief
    told = why(run.outcome, "laptops").text.splitlines()
    assert told[0] == (
        "new discs for laptops was taken up and put back on the task list, called off 2022-12-19T07:45Z (GMT 353)."
    )
    assert told[-1].endswith("hold discs holds activities: incident discs")


def test_a_job_that_is_put_back_in_both_runs_stays_as_planned(play):
    """What sets its time free is background: the incident changes nothing of it."""
    run = play(RELENTS.replace("id: held,", "id: held, background: true,"))
    assert [row.kind for row in run.outcome.nominal if row.subject == "laptops"][1:] == [Kind.FILLED, Kind.UNDATED]
    assert "laptops" not in run.changes


def test_the_page_shows_what_was_put_back(play):
    html = page(play(RELENTS).impact)
    assert ">put back on the task list</span>" in html


def test_a_job_is_ended_when_its_people_are_called(play):
    """The ammonia alarm calls everybody at 04:30: what was done until then is lost."""
    run = play(
        "{id: loop, leak: coolant-loop, node: soyuz-ms-22/external-loop, at: 2022-12-15T00:45Z, hole: 0.8 mm}",
        "{id: alarm, reading: ammonia-alarm, node: harmony, at: 2022-12-15T04:30Z}",
    )
    assert run.outcomes["cables"] == "terminated"
    assert run.costs["crew_hours_refilled"] == 3


def test_every_law_holds_though_the_time_is_needed_again(play):
    scenario = play(RELENTS).scenario
    obeys(scenario, simulate(draw(without_incidents(scenario))), lambda count: list(range(0, count, 5)))
    assert stepped(scenario).world.state.freed
