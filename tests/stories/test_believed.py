"""What a decision may not know: a false alarm that is still open is weighed as the real thing is."""

import pytest
from kernel.runs import Told, decided

from stationsim.log.kinds import Kind
from stationsim.scenario.load import load

ALARM = """
scenario: word
base: iss-2022-12
until: 2023-04-30
modes:
  stuck-pump:
    text: The pump of a loop sticks.
    how: change
    types: [coolant-loop]
    expect: 300 d
    questions: {real: {text: Is it real?, after: 20 d, source: test}}
    source: test
incidents:
  - {id: stick, change: stuck-pump, node: soyuz-ms-22/external-loop, at: 2023-01-04T10:00Z}
"""


@pytest.fixture
def play(tmp_path):
    def run(what: str) -> Told:
        path = tmp_path / f"{what}.yaml"
        path.write_text(ALARM.replace("change: stuck-pump", f"{what}: stuck-pump"), encoding="utf-8")
        return decided(load(str(path)))

    return run


def weighed(run: Told, table: str) -> list[tuple[object, ...]]:
    """Return what was weighed in the first decision: every option, or every number of one."""
    return [row[1:] for row in run.log.attached(table, run.rows(Kind.WEIGHED)[0].seq)]


def test_an_open_false_alarm_is_weighed_as_if_it_were_real(play):
    real, false = play("change"), play("reading")
    first = [run.rows(Kind.CHOSEN)[0] for run in (real, false)]
    assert (first[0].t_s, first[0].object) == (first[1].t_s, first[1].object)
    assert weighed(real, "options") == weighed(false, "options")
    pairs = list(zip(weighed(real, "scores"), weighed(false, "scores"), strict=True))
    assert {one[:3] for one, _ in pairs} == {other[:3] for _, other in pairs}
    # people in a cabin that has yet to warm are on the way to the limit two hours later
    assert max(abs(one[3] - other[3]) for one, other in pairs) <= 1


def test_once_it_is_dismissed_the_ship_takes_its_people_home_again(play):
    run = play("reading")
    (dismissed,) = [row for row in run.rows(Kind.DISMISSED) if row.view == "moscow"]
    assert run.utc(dismissed.t_s) > run.utc(run.rows(Kind.CHOSEN)[0].t_s)
    assert {row.value for row in run.rows(Kind.SEATED, "prokopyev") if row.t_s >= dismissed.t_s} == {0.0}
