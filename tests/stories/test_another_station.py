"""A station in lunar orbit that stands on no file of the ISS: a leak, something that is no leak, and controls.

A control changes one word of a scenario; so what comes of the scenario comes for that reason.
"""

import re
from pathlib import Path

import attrs
import pytest
import yaml
from kernel.runs import Told, calm, told
from kernel.test_laws import obeys, without_incidents

from stationsim.impact.why import why
from stationsim.log.kinds import Kind
from stationsim.scenario.load import load

CONFIGS = Path(__file__).parents[2] / "configs"
LEAK, NO_LEAK = "perilune-heron-loop", "perilune-no-catch"
ELSEWHERE = re.compile(
    r"\b(iss|soyuz|progress|dragon|cygnus|canadarm\w*|houston|moscow|orlan|emu|vkd|zvezda|quest|poisk|roscosmos|nasa)\b",
    re.IGNORECASE,
)


@pytest.fixture
def play(tmp_path):
    """Return a function that runs a scenario, with texts in it replaced and lines after it."""

    def run(name: str, *changes: tuple[str, str], more: str = "") -> Told:
        text = (CONFIGS / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / f"{name}.yaml"
        path.write_text(text + more, encoding="utf-8")
        return told(load(str(path)))

    return run


def moved(run: Told) -> dict[str, str]:
    """Return the new dates of what moved."""
    return {subject: str(row["actual_utc"]) for subject, row in run.changes.items() if row["outcome"] == "moved"}


def undated(run: Told) -> list[str]:
    """Return what has no date, returns left out."""
    return [subject for subject, outcome in run.planned.items() if outcome == "postponed"]


# --- the station ------------------------------------------------------------------------------------------------------


def test_its_files_stand_on_each_other_alone():
    paths = sorted(CONFIGS.rglob("perilune*.yaml"))
    assert len(paths) == 9
    for path in paths:
        base = yaml.safe_load(path.read_text(encoding="utf-8")).get("base", [])
        assert all(name.startswith("perilune") for name in ([base] if isinstance(base, str) else base)), path.name


def test_it_has_four_ports_one_centre_and_nothing_of_another_station():
    scenario = load("perilune-2034")
    assert [port.mechanism for port in scenario.ports] == ["clasp", "clasp", "clasp", "cradle"]
    assert [centre.id for centre in scenario.centres] == ["kiruna"]
    assert ELSEWHERE.search(repr(attrs.asdict(scenario))) is None
    assert scenario.waivers == ()


def test_its_plan_flies_as_it_was_wished():
    run = told(load("perilune-2034"))
    assert run.changes == {}
    ends = {row.subject for row in run.log if row.kind is Kind.FINISHED}
    assert ends == {activity.id for activity in run.scenario.activities}


@pytest.mark.parametrize("name", [LEAK, NO_LEAK])
def test_no_word_of_another_station_is_said_of_it(name):
    run = told(load(name))
    said = [run.impact.headline, run.impact.brief, repr(run.changes)]
    said += [why(run.outcome, subject).text for subject in run.changes]
    assert [text for text in said if ELSEWHERE.search(text)] == []


@pytest.mark.parametrize("name", [LEAK, NO_LEAK])
def test_in_the_background_nothing_is_attributed(name):
    scenario = load(name)
    quiet = tuple(attrs.evolve(incident, background=True) for incident in scenario.incidents)
    run = told(attrs.evolve(scenario, incidents=quiet))
    assert run.changes == {}
    assert run.costs == {}
    assert [row.kind for row in run.outcome.nominal] == [row.kind for row in run.outcome.disrupted]


@pytest.mark.parametrize("name", [LEAK, NO_LEAK])
def test_every_law_holds(name):
    scenario = load(name)
    obeys(scenario, calm(without_incidents(scenario)), lambda count: [count // 3, count // 2, count - 12])


# --- a leak -----------------------------------------------------------------------------------------------------------


def test_a_hole_in_the_crew_ship_holds_its_sister_and_the_ship_itself(play):
    run = play(LEAK)
    assert moved(run) == {
        "sortie-2": "2034-12-06",
        "heron-2-launch": "2034-11-21",
        "heron-2-docking": "2034-11-26",
        "sortie-3": "2034-12-11",
    }
    assert run.changes["heron-2-launch"]["rule"] == "per-14"
    assert run.changes["heron-2-launch"]["reason"] == "Heron 2 may have what struck Heron 1"
    assert undated(run) == ["heron-1-casting-off", "heron-2-relocation", "mule-5-launch", "mule-5-docking"]
    assert run.changes["heron-1-casting-off"]["rule"] == "per-28"


def test_who_came_in_it_cannot_go_home_and_the_newcomers_go_out(play):
    run = play(LEAK)
    lost = [subject for subject, outcome in run.outcomes.items() if outcome == "postponed" and "return" in subject]
    assert lost == ["rao-return", "lund-return", "heron-1-1-return", "heron-1-2-return"]
    people = run.changes["sortie-2"]["was"]["people"], run.changes["sortie-2"]["now"]["people"]
    assert people == (
        ["lund", "rao", "heron-1-1"],
        ["okoro", "heron-2-1", "heron-1-1"],
    )


def test_the_same_hole_in_the_cargo_ship_keeps_the_sorties_and_everybodys_seat(play):
    run = play(LEAK, ("heron-1/radiator", "mule-3/radiator"))
    assert moved(run) == {}
    assert undated(run) == ["mule-4-launch", "mule-4-docking", "refuelling-1"]
    assert run.changes["mule-4-launch"]["reason"] == "Mule 4 may have what struck Mule 3"
    assert run.costs["coolant_lost"] == pytest.approx(20 * 1.06, rel=0.01)


def test_an_inquiry_that_is_over_sooner_leaves_the_next_crew_its_day(play):
    run = play(LEAK, more="modes: {radiator-hole: {questions: {family: {after: 20 d}}}}\n")
    assert moved(run)["sortie-2"] == "2034-11-29"
    assert "heron-2-launch" not in run.changes


def test_without_the_rule_the_ship_leaves_its_people_behind(play):
    run = play(LEAK, more="rules: {per-28: ~}\n")
    assert undated(run) == []
    assert run.costs["person_hours_seat_class_4"] > 0


# --- no leak ----------------------------------------------------------------------------------------------------------


def test_a_pump_is_replaced_the_next_morning_and_the_ship_is_caught_two_days_later(play):
    run = play(NO_LEAK)
    assert moved(run) == {"mule-4-docking": "2034-11-07", "refuelling-1": "2034-11-10"}
    assert run.changes["mule-4-docking"]["rule"] == "per-26"
    assert run.utc(run.row(Kind.ENDED, "stall").t_s) == "2034-10-24T13:00Z"
    assert [row.subject for row in run.rows(Kind.USED)] == ["spare-press-pump"]


def test_a_spare_that_comes_with_the_ship_comes_late_and_so_does_the_press(play):
    run = play(NO_LEAK, more="vehicles: {mule-4: {carries: [spare-press-pump]}}\n")
    assert run.dated(run.row(Kind.ADDED, "press-pump-exchange"))[:10] == "2034-11-06"
    assert {name: moved(run)[name] for name in ("press-2", "press-3")} == {
        "press-2": "2034-11-09",
        "press-3": "2034-11-10",
    }


def test_where_the_ship_that_is_not_caught_is_another_one_the_spare_comes_in_time(play):
    spare = "vehicles: {mule-4: {carries: [spare-press-pump]}}\n"
    run = play(NO_LEAK, ("fails: mule-4-docking", "fails: mule-5-docking"), more=spare)
    assert moved(run) == {"press-2": "2034-11-07", "mule-5-docking": "2034-12-19"}


def test_where_nobody_asks_why_it_is_tried_again_the_next_day(play):
    run = play(NO_LEAK, (", mode: no-catch", ""))
    assert moved(run) == {"mule-4-docking": "2034-11-06", "refuelling-1": "2034-11-09"}
