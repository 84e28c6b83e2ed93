"""Each open question has a clock of its own: who moves one clock moves what reads it, and nothing else."""

from collections import Counter
from pathlib import Path

import pytest
from kernel.runs import Told, overridden, shipped, told

from stationsim.log.kinds import Kind

COOLANT = "modes: {coolant-loop: {questions: {%s: {after: %s}}}}\n"


def moved(folder: Path, base: str, question: str, after: str, mode: str = "coolant-loop") -> Told:
    """The same scenario with one clock at another time."""
    lines = f"modes: {{{mode}: {{questions: {{{question}: {{after: {after}}}}}}}}}\n"
    return told(overridden(folder, f"scenario: clock\nbase: {base}\n{lines}"))


def dates(run: Told) -> dict[str, str]:
    """The last start of each activity; those without one have no date."""
    found = {row.subject: "no date" for row in run.log if row.kind in (Kind.PLANNED, Kind.ADDED, Kind.UNDATED)}
    return found | {row.subject: run.utc(row.t_s) for row in run.rows(Kind.STARTED)}


def differing(run: Told, other: Told) -> dict[str, tuple[str | None, str | None]]:
    """Which activities go at another time in the one run and in the other."""
    one, two = dates(run), dates(other)
    return {id_: (one.get(id_), two.get(id_)) for id_ in {**one, **two} if one.get(id_) != two.get(id_)}


def facts(run: Told) -> Counter[tuple[object, ...]]:
    """What is believed, decided and done, when; reviews, expectations and reports of these left out."""
    quiet = (Kind.REVIEWED, Kind.ASKED, Kind.REPORTED, Kind.WETTED, Kind.CONFIGURED, Kind.WORKED)
    return Counter((run.utc(r.t_s), r.kind, r.subject, r.view, r.start_s) for r in run.log if r.kind not in quiet)


def kinds(run: Told, other: Told) -> set[tuple[Kind, str]]:
    """Kind and subject of every fact that is not the same in both runs."""
    one, two = facts(run), facts(other)
    return {(key[1], key[2]) for key in (*(one - two), *(two - one))}  # type: ignore[misc]


# --- December 2022 ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def soyuz() -> Told:
    return told(shipped("soyuz-ms22"))


CREW = ("prokopyev", "petelin", "rubio")


def test_real_is_read_by_nobody_where_the_camera_saw_it(tmp_path, soyuz):
    run = moved(tmp_path, "soyuz-ms22", "real", "20 h")
    assert kinds(run, soyuz) == set()


def test_real_decides_when_a_false_alarm_is_over(tmp_path):
    """The test of the ship begins at eight on the second day: it is flown or given up by when it is known."""
    ghost = "incidents: [{id: loop, reading: coolant-loop, node: soyuz-ms-22/external-loop, at: 2022-12-15T00:45Z}]\n"
    runs = []
    for after in ("3 h", "30 h", "40 h"):
        text = f"scenario: ghost\nbase: soyuz-ms22\n{ghost}{COOLANT % ('real', after)}"
        runs.append(told(overridden(tmp_path, text)))
    soon, late, later = runs
    assert differing(later, late) == {"soyuz-ms-22-test": ("2022-12-16T08:00Z", "no date")}
    assert set(differing(late, soon)) == {"vkd-56", "vkd-57", "us-eva-83", "soyuz-ms-22-hose"}


def test_usable_moves_seats_and_status_alone(tmp_path, soyuz):
    """The ground's test answers it: the clock is the test's lead. Houston's sortie waits for the arm anyway."""
    lines = "modes: {coolant-loop: {responses: {test: {lead: 53 h}}}}\n"
    run = told(overridden(tmp_path, f"scenario: clock\nbase: soyuz-ms22\n{lines}"))
    assert differing(run, soyuz) == {"soyuz-ms-22-test": ("2022-12-17T08:00Z", "2022-12-16T08:00Z")}
    assert kinds(run, soyuz) == {
        *((kind, "soyuz-ms-22-test") for kind in (Kind.ADDED, Kind.STARTED, Kind.FINISHED)),
        (Kind.ANSWERED, "usable"),
        (Kind.STATUS_CHANGED, "soyuz-ms-22"),
        *((Kind.SEATED, person) for person in CREW),
    }


def test_usable_late_moves_the_us_sortie_too(tmp_path, soyuz):
    """The day of the sortie comes before the test: it waits, and Houston has been told of the later test."""
    lines = "modes: {coolant-loop: {responses: {test: {lead: 158 h}}}}\n"
    run = told(overridden(tmp_path, f"scenario: clock\nbase: soyuz-ms22\n{lines}"))
    assert set(differing(run, soyuz)) == {"soyuz-ms-22-test", "us-eva-83"}


def test_flow_moves_its_own_answer_alone(tmp_path, soyuz):
    run = moved(tmp_path, "soyuz-ms22", "flow", "12 h")
    assert kinds(run, soyuz) == {(Kind.ANSWERED, "flow")}


def test_fluid_moves_its_answer_and_the_zones(tmp_path, soyuz):
    run = moved(tmp_path, "soyuz-ms22", "fluid", "10 d")
    zones = ("rassvet-outside", "nauka-outside", "poisk-outside")
    assert kinds(run, soyuz) == {(Kind.ANSWERED, "fluid"), *((Kind.CLEARED, zone) for zone in zones)}


def test_fit_moves_its_answer_and_its_decision(tmp_path, soyuz):
    run = moved(tmp_path, "soyuz-ms22", "fit", "40 d")
    decision = {(Kind.WEIGHED, "soyuz-ms-22"), (Kind.CHOSEN, "soyuz-ms-22")}
    assert kinds(run, soyuz) == {(Kind.ANSWERED, "fit"), (Kind.DECIDED, "loop"), *decision}


def test_family_moves_its_answer_alone_while_no_sister_is_to_be_launched(tmp_path, soyuz):
    run = moved(tmp_path, "soyuz-ms22", "family", "10 d")
    assert kinds(run, soyuz) == {(Kind.ANSWERED, "family")}


# --- February 2023 ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def progress() -> Told:
    return told(shipped("progress-ms21"))


@pytest.mark.parametrize(("question", "after"), [("flow", "9 h"), ("fluid", "9 d"), ("real", "5 h"), ("usable", "9 h")])
def test_no_clock_but_the_familys_moves_a_ship(tmp_path, progress, question, after):
    run = moved(tmp_path, "progress-ms21", question, after)
    assert differing(run, progress) == {}
    assert {subject for kind, subject in kinds(run, progress) if kind is Kind.ANSWERED} <= {question}


def test_family_moves_the_sister_ship_and_what_hangs_on_it(tmp_path, progress):
    """Three days more of doubt: the ship, the seats moved into it, the ship that leaves after them, and who follows."""
    run = moved(tmp_path, "progress-ms21", "family", "10 d")
    assert differing(run, progress) == {
        "soyuz-ms-23-launch": ("2023-02-27T12:00Z", "2023-02-24T12:00Z"),
        "soyuz-ms-23-docking": ("2023-03-01T12:00Z", "2023-02-26T12:00Z"),
        "soyuz-ms-23-seat-move": ("2023-03-05T13:00Z", "2023-03-02T13:00Z"),
        "soyuz-ms-23-seat-move-rubio": ("2023-03-06T13:00Z", "2023-03-03T13:00Z"),
        "crew-5-undocking": ("2023-03-07T12:00Z", "2023-03-04T12:00Z"),
        "crs-27-launch": ("2023-03-08T12:00Z", "2023-03-05T12:00Z"),
        "crs-27-docking": ("2023-03-09T12:00Z", "2023-03-06T12:00Z"),
        "crs-27-undocking": ("2023-04-08T12:00Z", "2023-04-05T12:00Z"),
        "crew-6-relocation": ("no date", "2023-04-12T12:00Z"),
    }


# --- August 2018 ------------------------------------------------------------------------------------------------------


def test_where_has_the_hunt_for_a_clock(tmp_path):
    """Finding the place answers it: its own clock is what people expect, and nobody waits for it here."""
    air = told(shipped("soyuz-ms09-air"))
    assert kinds(moved(tmp_path, "soyuz-ms09-air", "where", "18 h", mode="cabin-air"), air) == set()


def test_a_hunt_that_tests_longer_moves_what_hangs_on_the_place(tmp_path):
    air = told(shipped("soyuz-ms09-air"))
    lines = "modes: {cabin-air: {hunt: {test: 40 min}}}\n"
    run = told(overridden(tmp_path, f"scenario: clock\nbase: soyuz-ms09-air\n{lines}"))
    changed = {subject for kind, subject in kinds(run, air) if kind is Kind.ANSWERED}
    assert changed == {"where"}
