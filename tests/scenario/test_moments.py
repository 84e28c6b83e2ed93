"""When an incident strikes: at a clock time, some time in a window, or counted from something else."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

import pytest
from scenario.documents import spoiled

from stationsim.scenario.draw import draw
from stationsim.scenario.load import load, scenario_text
from stationsim.scenario.model import Anchor, Chance

DAY = 86400
FORMS = (
    'Write "2022-12-15T00:45Z", "2022-12-15", "2022-12", {from: DAY, to: DAY}, '
    "{activity: ACTIVITY, phase: work, after: 45 min} or {after: INCIDENT, by: 5 d}."
)


def at(said):
    """The small document whose first incident strikes then."""
    return spoiled("at: 2022-12-15T00:45Z", f"at: {said}")


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2022-12-15T00:45Z", DAY + 2700),
        ("2022-12-15", Chance(shape="uniform", parameters=(DAY, 2 * DAY - 1))),
        ("{from: 2022-12-15, to: 2022-12-17}", Chance(shape="uniform", parameters=(DAY, 4 * DAY - 1))),
        ("{from: 2022-12-15T06:00Z, to: 2022-12-15T06:00Z}", DAY + 6 * 3600),
        ("{activity: walk}", Anchor(activity="walk", phase="work")),
        ("{activity: walk, after: 45 min}", Anchor(activity="walk", phase="work", delay_s=2700)),
        (
            "{activity: walk, phase: preparation, after: 1 h}",
            Anchor(activity="walk", phase="preparation", delay_s=3600),
        ),
        ("{after: joint, by: 2 d}", Anchor(incident="joint", delay_s=2 * DAY)),
    ],
)
def test_a_moment_is_read_and_written_back(folder, said, moment):
    scenario = load(folder.write(at(said)))
    assert scenario.incidents[0].at_s == moment
    assert load(folder.write(scenario_text(scenario), "again.yaml")).incidents == scenario.incidents


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("[1]", f"at: A list is not a moment. {FORMS}"),
        ("soon", f"at: 'soon' is not a date. {FORMS}"),
        ("{activity: walk, phase: lunch}", "at.phase: 'lunch' is not a phase of an activity. Phases: clean-up, preparation, work."),
        ("{activity: walk, phse: work}", "at.phse: 'phse' is not a key of a moment. Keys: from, to, activity, phase, after, by. Did you mean 'phase'?"),
        ("{activity: wlk}", "at.activity: 'wlk' is not an activity. Activities: leave, look, walk. Did you mean 'walk'?"),
        ("{after: jont, by: 1 d}", "at.after: 'jont' is not an incident. Incidents: joint, loop. Did you mean 'joint'?"),
        ("{after: joint}", f"at: The keys after do not make a moment. {FORMS}"),
        ("{after: loop, by: 1 d}", "at: An incident waits for itself: loop -> loop. Give one of them a time of its own."),
        ("{from: 2022-12-17, to: 2022-12-15}", "at: The window ends before it begins. Write the earlier date under 'from'."),
        ("2022-12-13", "at: The window begins before the scenario starts. Write a later time."),
        ("2023-01", "at: The window ends when the scenario is over. Write an earlier time."),
    ],
)  # fmt: skip
def test_what_is_no_moment_is_told(folder, said, told):
    assert folder.refusal(at(said)).splitlines()[0].split(": ", 1)[1] == f"incidents[0].{told}"


def test_two_incidents_that_wait_for_each_other_are_told(folder):
    text = spoiled(
        "at: 2022-12-15T00:45Z", "at: {after: joint, by: 1 d}", "at: 2022-12-20,", "at: {after: loop, by: 1 h},"
    )
    assert "An incident waits for itself: joint -> loop -> joint." in folder.refusal(text)


def test_what_stands_in_both_runs_cannot_wait_for_what_does_not(folder):
    told = folder.refusal(at("{after: joint, by: 1 d}\n    background: true"))
    assert "It stands in both runs, but 'joint', from which it is counted, does not." in told


def test_a_window_is_drawn_by_the_seed_in_whole_minutes(folder):
    scenario = load(folder.write(at("{from: 2022-12-15, to: 2022-12-17}")))
    found = [draw(scenario, seed).incidents[0].at_s for seed in range(20)]
    assert all(DAY <= second < 4 * DAY and second % 60 == 0 for second in found)
    assert len(set(found)) > 10


def test_a_rate_becomes_a_time_that_may_come_too_late(folder):
    text = spoiled("    at: 2022-12-15T00:45Z\n", "    rate: 12 1/y\n")
    found = [draw(load(folder.write(text)), seed).incidents[0].at_s for seed in range(200)]
    horizon_s = 31 * DAY
    share = sum(second < horizon_s for second in found) / len(found)
    assert 0.5 < share < 0.75  # 1 - exp(-31 d * 12 / 365.25 d) = 0.64


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", "incidents[0]: 'at' is missing: when. Write 'at: ...', or 'rate: 0.03 1/y' where chance decides."),
        ("    at: 2022-12-15T00:45Z\n    rate: 1 1/y\n", "incidents[0].rate: The incident has a time and a rate. Remove 'at:' or 'rate:'."),
        ("    rate: 0 1/y\n", "incidents[0].rate: At this rate it never happens. Write '0.03 1/y', or remove the incident."),
    ],
)  # fmt: skip
def test_one_of_time_and_rate_is_needed(folder, lines, told):
    refusal = folder.refusal(spoiled("    at: 2022-12-15T00:45Z\n", lines))
    assert refusal.splitlines()[0].split(": ", 1)[1] == told
