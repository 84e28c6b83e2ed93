"""In what order did it happen? The same under any hash seed, and by rank within a second."""

import os
import subprocess
import sys

import pytest
from kernel.runs import shipped, stepped, told

from stationsim.kernel.due import Rank, priority
from stationsim.log.kinds import Kind
from stationsim.station.postures import of_activity

HASH_OF_A_RUN = """
import hashlib, sys
from stationsim.kernel.run import run
from stationsim.scenario.load import load

scenario = load("soyuz-ms22")
second = {"change": "failed", "node": "emu-1", "at": "2022-12-16T10:00Z", "lasts": "20 d"}
outcome = run(scenario.with_incident(id="suit", **second))
for log in (outcome.nominal, outcome.disrupted):
    print(len(log), hashlib.sha256(repr((log.rows, log.tables)).encode()).hexdigest())
print(hashlib.sha256(repr(outcome.manifest).encode()).hexdigest())
"""


def test_the_same_scenario_gives_the_same_log_under_any_hash_seed():
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", HASH_OF_A_RUN],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in range(5)
    ]
    printed = {run.communicate()[0] for run in runs}
    assert [run.returncode for run in runs] == [0] * 5
    assert len(printed) == 1
    assert len(printed.pop().splitlines()) == 3


def test_every_timer_has_a_place_of_its_own_within_a_second():
    state = next(found for found, _ in stepped(shipped("soyuz-ms22")).states if found.wet)
    assert state.questions
    assert state.postures
    names = [f"{what}:{id_}" for id_ in state.station.incidents for what in ("incident", "release", "reading")]
    names += [f"{what}:{id_}" for id_ in state.station.centres for what in ("reports", "review")]
    names += [f"cabin:{ship}" for ship in state.heat] + [f"activity:{id_}" for id_ in state.acts]
    names += [f"hatchway:{id_}" for id_ in state.acts]
    names += [f"posture:{id_}" for act in state.acts for id_ in of_activity(state, act)] + ["posture:hatch-r1"]
    names += ["question:" + "/".join(key) for key in state.questions] + ["wet:" + "/".join(key) for key in state.wet]
    places = [priority(state, name, rank) for rank in Rank for name in names]
    assert len(places) == len(set(places))
    for before, after in zip(Rank, list(Rank)[1:], strict=False):
        assert max(priority(state, name, before) for name in names) < min(
            priority(state, name, after) for name in names
        )


def test_ranks_run_from_truth_to_start():
    assert [rank.name for rank in sorted(Rank)] == ["TRUTH", "READING", "END", "REPORT", "DECISION", "START"]


@pytest.mark.parametrize(
    ("at", "kinds"),
    [
        ("2022-12-15T02:18Z", ["prepared", "held", "called_off", "moved"]),
        ("2022-12-15T02:19Z", ["prepared", "held", "called_off", "moved"]),
        ("2022-12-15T02:19:01Z", ["prepared", "started", "finished"]),
    ],
)
def test_an_alarm_at_the_second_a_sortie_starts_keeps_the_crew_inside(at, kinds):
    """It is noticed after a minute: a reading goes before a start. A second later an arm out of order ends nothing."""
    scenario = shipped("arm-out").without("joint")
    run = told(scenario.with_incident(id="era", change="failed", node="era/elbow", at=at, lasts="9 d", expect="9 d"))
    assert [kind for _, kind, _ in run.life("vkd-56")][: len(kinds)] == kinds


def test_what_is_reported_in_a_second_is_known_to_the_review_of_that_second():
    run = told(shipped("arm-out"))
    answered = run.row(Kind.ANSWERED, "back", view="moscow")
    reviewed = run.row(Kind.REVIEWED, "moscow", t_s=answered.t_s)
    assert run.utc(answered.t_s) == "2022-12-25T09:31Z"
    assert (reviewed.step, reviewed.cause) == (answered.step + 1, answered.seq)


def test_a_moved_activity_begins_once_and_on_its_new_date():
    """Its old timer is dropped."""
    run = told(shipped("arm-out"))
    assert [run.utc(row.t_s) for row in run.rows(Kind.PREPARED, "us-eva-83")] == ["2022-12-26T07:45Z"]
    assert [run.utc(row.t_s) for row in run.rows(Kind.STARTED, "us-eva-83")] == ["2022-12-26T12:45Z"]
