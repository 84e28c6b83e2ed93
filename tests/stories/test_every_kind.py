"""Incidents of every kind, none of them a leak: the small files of `examples/scenarios`, what comes of them, controls.

A control changes one word of the file and nothing else; so what comes of the file comes for that reason.
"""

from datetime import timedelta
from pathlib import Path

import attrs
import pytest
from kernel.runs import Told, calm, told
from kernel.test_laws import obeys, without_incidents

from stationsim.log.kinds import Kind
from stationsim.scenario.load import load

FOLDER = Path(__file__).parents[2] / "examples" / "scenarios"
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.fixture
def play(tmp_path):
    """Return a function that runs a file of the folder, with texts in it replaced."""

    def run(name: str, *changes: tuple[str, str]) -> Told:
        text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return told(load(str(path)))

    return run


def moved(run: Told) -> dict[str, str]:
    """Return the new dates of what moved, returns left out."""
    return {
        subject: str(row["actual_utc"])
        for subject, row in run.changes.items()
        if row["outcome"] == "moved" and not subject.endswith("-return")
    }


def test_there_are_eleven_of_them_and_each_is_short():
    assert len(FILES) == 11
    assert all(len(path.read_text(encoding="utf-8").splitlines()) <= 15 for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_in_the_background_nothing_is_attributed(path):
    scenario = load(str(path))
    quiet = tuple(attrs.evolve(incident, background=True) for incident in scenario.incidents)
    run = told(attrs.evolve(scenario, incidents=quiet))
    assert run.changes == {}
    assert run.costs == {}
    assert [row.kind for row in run.outcome.nominal] == [row.kind for row in run.outcome.disrupted]
    assert any(row.kind is Kind.STRUCK for row in run.outcome.nominal)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_law_holds(path):
    scenario = load(str(path))
    obeys(scenario, calm(without_incidents(scenario)), lambda count: [count // 3, count // 2, count - 12])


# --- a person ---------------------------------------------------------------------------------------------------------


def test_who_may_do_no_sorties_works_inside_all_the_same(play):
    run = play("no-sorties")
    assert moved(run) == {"us-eva-83": "2022-12-27", "us-eva-contingency": "2022-12-30"}
    assert run.changes["us-eva-83"]["rule"] == "gen-1"
    assert run.changes["us-eva-83"]["reason"] == "fitness of Josh Cassada for sorties is not available"
    assert "rack-run" not in run.changes


def test_who_is_not_well_at_all_does_not_work_inside_either(play):
    run = play("no-sorties", ("cassada/sorties", "cassada"))
    assert moved(run)["rack-run"] == "2022-12-28"  # the day before belongs to the sortie
    assert run.changes["rack-run"]["reason"] == "Josh Cassada is not available"


def test_another_person_may_do_no_sorties_and_nothing_of_it_changes(play):
    assert play("no-sorties", ("cassada/sorties", "kikina/sorties")).changes == {}


# --- a family of design -----------------------------------------------------------------------------------------------


def test_what_stands_on_a_pump_of_the_same_make_waits_and_another_make_goes_on(play):
    run = play("pump-of-one-make")
    assert moved(run) == {"melt": "2023-01-16"}
    assert run.changes["melt"]["rule"] == "gen-13"
    assert run.changes["melt"]["reason"] == "pump-2 may have what struck pump-1"


def test_of_another_make_it_goes_on_and_the_other_one_waits(play):
    run = play("pump-of-one-make", ("needs: [pump-2]", "needs: [pump-3]"), ("uses: [pump-3]", "uses: [pump-2]"))
    assert moved(run) == {"grow": "2023-01-17"}


def test_a_failure_that_is_explained_makes_nobody_suspect(play):
    assert play("pump-of-one-make", ("change: unexplained-failure", "change: failed")).changes == {}


# --- a duration that is only forecast ---------------------------------------------------------------------------------


def test_planners_go_by_the_forecast_until_it_is_back(play):
    run = play("arm-joint")
    assert run.utc(run.row(Kind.ASKED, "back", view="houston").until_s) == "2023-01-04T09:01Z"
    first = run.rows(Kind.MOVED, "us-eva-83")[0]
    assert run.dated(first)[:10] == "2023-01-05"
    assert moved(run)["us-eva-83"] == "2022-12-26"


def test_each_meeting_revises_the_forecast_of_what_takes_longer(play):
    run = play("arm-joint", ("lasts: 9 d", "lasts: 30 d"))
    told_by_owner = [row for row in run.rows(Kind.ASKED, "back") if row.view == "houston"]
    expected = [run.utc(row.until_s)[:10] for row in told_by_owner]
    assert expected == sorted(expected)
    assert len(expected) > 3
    assert {run.log.row(row.cause).kind for row in told_by_owner[1:]} == {Kind.REVIEWED}
    assert [row.subject for row in run.rows(Kind.REVIEWED) if row.t_s % 86400 == 15 * 3600][:3] == ["houston"] * 3


def test_a_forecast_that_is_right_moves_it_once(play):
    run = play("arm-joint", ("expect: triangular(5 d, 14 d, 40 d)", "expect: 9 d"))
    assert [run.dated(row)[:10] for row in run.rows(Kind.MOVED, "us-eva-83")] == ["2022-12-26"]


def test_the_truth_does_not_show_before_it_comes(play):
    """Another truth behind the same forecast: the first plan is the same."""
    dates = [
        run.dated(run.rows(Kind.MOVED, "us-eva-83")[0])
        for run in (play("arm-joint"), play("arm-joint", ("lasts: 9 d", "lasts: 30 d")))
    ]
    assert dates[0] == dates[1]


# --- an activity that does not succeed --------------------------------------------------------------------------------


def test_a_docking_that_fails_is_tried_again_and_the_ship_is_not_there_before(play):
    run = play("docking-fails")
    assert moved(run) == {"progress-ms-22-docking": "2023-02-14"}
    failed = run.row(Kind.FAILED, "progress-ms-22-docking")
    assert (run.utc(failed.t_s), failed.text) == ("2023-02-11T12:00Z", "the latches did not catch")
    assert [attempt["end"] for attempt in run.changes["progress-ms-22-docking"]["attempts"]] == ["failed"]
    assert [run.utc(row.t_s) for row in run.rows(Kind.DOCKED, "progress-ms-22")] == ["2023-02-14T12:00Z"]


def test_a_docking_that_fails_twice_takes_twice_as_long(play):
    run = play("docking-fails", ("fails: progress-ms-22-docking", "fails: progress-ms-22-docking, attempts: 2"))
    assert moved(run)["progress-ms-22-docking"] == "2023-02-17"


def test_a_launch_that_fails_loses_the_ship_and_what_it_was_to_do(play):
    run = play("docking-fails", ("progress-ms-22-docking", "progress-ms-22-launch"), ("2023-04-01", "2023-07-01"))
    assert run.outcomes["progress-ms-22-launch"] == "failed"
    assert [run.outcomes[f"progress-ms-22-{what}"] for what in ("docking", "undocking")] == ["cancelled"] * 2
    assert run.rows(Kind.LOST)[0].subject == "progress-ms-22"
    assert "progress-ms-23-launch" not in run.changes  # its port is free all the same


def test_people_of_a_launch_that_fails_do_not_come_and_nobody_is_relieved(play):
    run = play("docking-fails", ("progress-ms-22-docking", "crew-6-launch"))
    assert run.rows(Kind.BOARDED, "bowen") == []
    assert run.outcomes["crew-5-undocking"] == "postponed"
    assert run.outcomes["mann-return"] == "postponed"


# --- a place that is closed -------------------------------------------------------------------------------------------


def test_a_return_waits_for_its_recovery_zone(play):
    run = play("zone-closed")
    assert moved(run) == {"soyuz-ms-22-undocking": "2023-03-30"}
    assert {run.outcomes[f"{who}-return"] for who in ("prokopyev", "petelin", "rubio")} == {"moved"}


def test_a_zone_that_is_open_again_in_time_holds_nothing(play):
    assert moved(play("zone-closed", ("lasts: 5 d, expect: 5 d", "lasts: 3 d, expect: 3 d"))) == {}


# --- evidence that nobody can explain ---------------------------------------------------------------------------------


def test_a_reading_that_nobody_can_explain_holds_the_use_of_what_it_is_about(play):
    run = play("smoke-reading")
    assert moved(run) == {"melt": "2023-01-16"}
    assert run.changes["melt"]["rule"] == "gen-14"
    assert [row for row in run.rows(Kind.HEALTH_CHANGED) if row.object == "smoke"] == []


def test_the_reading_of_another_rack_holds_that_one(play):
    assert list(moved(play("smoke-reading", ("node: furnace", "node: freezer")))) == ["freeze"]


# --- a posture, a partner ---------------------------------------------------------------------------------------------


def test_a_partner_whose_person_helps_stops_the_move_and_it_goes_on_later(play):
    run = play("heavy-rack")
    assert run.outcomes == {"rack": "paused"}
    assert run.changes["rack"]["now"] == {"paused_s": 2 * 3600}
    assert [(time, kind) for time, kind, _ in run.life("rack")] == [
        ("2023-01-11T08:00Z", "started"),
        ("2023-01-11T09:30Z", "paused"),
        ("2023-01-11T11:30Z", "resumed"),
        ("2023-01-11T14:00Z", "finished"),
    ]


def test_nobody_works_next_door_meanwhile(play):
    nominal = play("heavy-rack").outcome.nominal
    start = play("heavy-rack").scenario.start_utc
    dates = {
        row.subject: start + timedelta(seconds=row.start_s)
        for row in nominal
        if row.kind is Kind.PLANNED and row.start_s
    }
    assert (dates["rack"].day, dates["next-door"].day) == (11, 12)
    free = play("heavy-rack", ("keeps_clear: [destiny]", "keeps_clear: [columbus]")).outcome.nominal
    assert [row.start_s for row in free if row.kind is Kind.PLANNED and row.subject == "next-door"] == [
        next(row.start_s for row in free if row.kind is Kind.PLANNED and row.subject == "rack")
    ]


def test_a_partner_without_a_say_stops_nothing(play):
    assert (
        play(
            "heavy-rack",
            ("who: petelin", "who: wakata"),
            ("who: wakata}], source: invented}\nincidents", "who: cassada}], source: invented}\nincidents"),
        ).changes
        == {}
    )


# --- redundancy -------------------------------------------------------------------------------------------------------


def test_one_of_two_channels_is_lost_and_nothing_stops(play):
    assert play("one-of-two").changes == {}


def test_where_both_are_needed_it_stops(play):
    run = play("one-of-two", ("of: 1", "of: 2"))
    assert run.changes["run"]["reason"] == "bus is not available"


# --- spares -----------------------------------------------------------------------------------------------------------


def test_a_repair_waits_for_its_part_and_the_work_for_the_repair(play):
    run = play("spare-in-next-ship")
    assert moved(run) == {"run": "2023-02-14"}
    (repair,) = [row for row in run.log if row.kind is Kind.ADDED]
    assert run.dated(repair) == "2023-02-13T08:00Z"
    assert [row.subject for row in run.rows(Kind.USED)] == ["spare-pump"]
    assert run.utc(run.row(Kind.ENDED, "stop").t_s) == "2023-02-13T11:00Z"


def test_a_part_that_is_aboard_is_used_the_next_day(play):
    run = play("spare-in-next-ship", ("vehicles: {progress-ms-22: {carries: [spare-pump]}}\n", ""))
    assert run.dated(run.row(Kind.ADDED, "pump-exchange")) == "2023-01-10T08:00Z"
    assert "run" not in run.changes


def test_a_ship_that_comes_later_brings_the_part_later(play):
    knock = "\n  - {id: knock, fails: progress-ms-22-docking}"
    run = play("spare-in-next-ship", ("at: 2023-01-09T10:00Z}", "at: 2023-01-09T10:00Z}" + knock))
    assert run.utc(run.row(Kind.ENDED, "stop").t_s)[:10] == "2023-02-15"


# --- demands ----------------------------------------------------------------------------------------------------------


def test_a_return_that_can_bring_the_sample_home_leaves_earlier(play):
    run = play("sample-home")
    assert moved(run) == {"crs-26-undocking": "2022-12-30"}
    assert run.changes["crs-26-undocking"]["rule"] == "demand"
    assert run.changes["crs-26-undocking"]["reason"] == "it is on its way home by 2022-12-30"
    assert [row.object for row in run.rows(Kind.MET)] == ["crs-26-undocking"]


def test_a_later_deadline_is_met_by_the_plan(play):
    run = play("sample-home", ("by: 2022-12-30", "by: 2023-01-20"))
    assert run.changes == {}
    assert [row.object for row in run.rows(Kind.MET)] == ["crs-26-undocking"]


def test_a_deadline_that_nothing_can_meet_is_missed(play):
    run = play("sample-home", ("by: 2022-12-30", "by: 2022-12-21"))
    assert run.changes == {}
    assert run.utc(run.row(Kind.MISSED, "hurry").t_s) == "2022-12-22T00:00Z"
