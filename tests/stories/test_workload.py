"""A day has six and a half hours of tasks, and who was outside sleeps first: the shipped rules crew-2 and crew-3."""

from pathlib import Path

import pytest
from kernel.runs import Told, overridden, told

import stationsim as ss
from stationsim.log.kinds import Kind

PEOPLE = "people: [{role: hand, who: mann}]"


def run(folder: Path, *activities: str, base: str = "iss-2022-12", incidents: str = "") -> Told:
    lines = "\n".join(f"  {line}" for line in activities)
    return told(overridden(folder, f"scenario: x\nbase: {base}\nuntil: 2023-01-05\nactivities:\n{lines}\n{incidents}"))


def work(id_: str, kind: str, at: str, more: str = "", people: str = PEOPLE) -> str:
    return f"{id_}: {{name: {id_}, kind: {kind}, centre: houston, at: {at}, {people}, {more}source: test}}"


def starts(found: Told, id_: str) -> list[str]:
    return [found.utc(row.t_s) for row in found.rows(Kind.STARTED, id_)]


ROUTINE = work("routine", "research", "2022-12-21T13:00Z", "priority: 1, ")
CHECK = work("check", "maintenance", "2022-12-20", "needs: [emu-3], ")
OUT = "incidents: [{id: out, change: failed, node: emu-3, at: 2022-12-20T00:00Z, lasts: 18 h, expect: 18 h}]\n"


@pytest.mark.parametrize(("routine", "day"), [((ROUTINE,), "2022-12-22T08:00Z"), ((), "2022-12-21T08:00Z")])
def test_what_moves_goes_to_the_next_day_with_hours_left(tmp_path, routine, day):
    found = run(tmp_path, CHECK, *routine, incidents=OUT)
    assert starts(found, "check") == [day]
    if routine:
        told_ = ss.why(found.outcome, "check", "2022-12-21T08:00Z").text
        assert "crew-2 (Nobody has more than six and a half hours of tasks on a day" in told_
        assert "Nicole Mann would work more than 6.5 h on 2022-12-21" in told_


def test_a_plan_with_too_many_hours_is_refused_by_check_and_by_run_alike(tmp_path):
    full = work("longer", "maintenance", "2022-12-21T08:00Z")
    with pytest.raises(ss.ScenarioError, match=r"breaks rule crew-2 \(hard\): Nicole Mann would work more than 6.5 h"):
        run(tmp_path, ROUTINE, full)


def test_who_was_outside_sleeps_before_they_work_again(tmp_path):
    early = work("early", "research", "2022-12-22T04:00Z", "priority: 4, ", "people: [{role: hand, who: cassada}]")
    found = run(tmp_path, early, base="soyuz-ms22")
    assert starts(found, "us-eva-83") == ["2022-12-21T12:45Z"]
    moved = found.impact.changes.set_index("subject").loc["early"]
    assert (moved["outcome"], moved["rule"]) == ("moved", "crew-3")
