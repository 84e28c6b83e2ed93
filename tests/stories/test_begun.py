"""What is so when a run begins: a ship for emergencies only, a failure and a reading that are known and open."""

import pytest
from kernel.runs import Told, calm, overridden, told
from kernel.test_laws import obeys

from stationsim.errors import ScenarioError
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.scenario.load import load, scenario_text

HEAD = "scenario: begun\nbase: iss-2022-12\nuntil: 2023-02-01\n"
CALM = HEAD + (
    "without: [vkd-56, vkd-57, vkd-58, vkd-59, vkd-60, vkd-61, us-eva-83, us-eva-contingency, us-eva-84, us-eva-85]\n"
)
SHIP = "  - {node: 68S, status: %s, source: assumed}\n"
ALARM = """
modes:
  smoke:
    text: A sensor shows combustion products.
    how: reading
    noticed_after: 1 min
    questions:
      source: {text: "What burns?", after: 3 d, source: assumed}
    responses:
      everybody: {kind: response, by: people, everybody: true, immediate: true, lasts: 2 h, source: assumed}
    source: assumed
rules:
  smoke-1:
    template: open-question
    text: No EVA while it is open what burns.
    kinds: [eva-emu]
    question: source
    until: no-date
    severity: hard
    waived_by: nobody
    source: assumed
opening:
  - {node: destiny, mode: smoke, since: 2022-12-12T06:00Z, source: assumed}
"""


def begun(folder, *lines: str, head: str = CALM) -> Told:
    return told(overridden(folder, head + "opening:\n" + "".join(lines)))


def statuses(run: Told) -> dict[str | None, str | None]:
    """The status of the Soyuz at each centre when the run begins."""
    return {row.view: row.text for row in run.rows(Kind.STATUS_CHANGED, "soyuz-ms-22") if row.t_s == 0}


def healths(run: Told, node: str) -> dict[str | None, str | None]:
    return {row.view: row.text for row in run.rows(Kind.HEALTH_CHANGED, node) if row.t_s == 0}


def test_ship_for_emergencies_only_is_so_in_truth_and_for_everybody(tmp_path):
    run = begun(tmp_path, SHIP % "emergency-only")
    assert statuses(run) == dict.fromkeys(("houston", "moscow"), "emergency-only")
    assert set(healths(run, "soyuz-ms-22/crewed-return")) == {TRUTH, "houston", "moscow"}
    assert healths(run, "soyuz-ms-22/emergency-return") == {}
    assert {row.subject for row in run.rows(Kind.RETURN_LOST) if row.t_s == 0} == {
        "petelin-return", "prokopyev-return", "rubio-return",
    }  # fmt: skip
    assert run.costs == {}


@pytest.mark.parametrize("status", ["unusable", "unknown"])
def test_other_statuses_stand_as_they_are_given(tmp_path, status):
    run = begun(tmp_path, SHIP % status)
    assert statuses(run) == dict.fromkeys(("houston", "moscow"), status)
    lost = {"unusable": {TRUTH, "houston", "moscow"}, "unknown": {"houston", "moscow"}}
    assert set(healths(run, "soyuz-ms-22/emergency-return")) == lost[status]


def test_one_centre_may_hold_another_status(tmp_path):
    houston = "  - {node: soyuz-ms-22, status: certified, centre: houston, source: assumed}\n"
    run = begun(tmp_path, houston, SHIP % "emergency-only")
    assert statuses(run) == {"moscow": "emergency-only"}
    doubt = "  - {node: soyuz-ms-22, status: unknown, centre: houston, source: assumed}\n"
    assert statuses(begun(tmp_path, doubt)) == {"houston": "unknown"}


def test_ship_on_the_ground_may_have_a_status_too(tmp_path):
    run = begun(tmp_path, "  - {node: 69S, status: emergency-only, source: assumed}\n")
    assert set(healths(run, "soyuz-ms-23/crewed-return")) == {TRUTH, "houston", "moscow"}
    assert run.costs == {}


def test_status_that_the_rest_of_the_opening_contradicts_is_refused(tmp_path):
    with pytest.raises(ScenarioError) as caught:
        begun(tmp_path, SHIP % "certified", "  - {node: 68S/external-loop, health: failed, source: assumed}\n")
    assert str(caught.value) == (
        "opening[0].status: 'soyuz-ms-22' cannot be certified for houston: by the rest of the opening it is "
        "unusable. Remove one of the two, or write what else is so."
    )


@pytest.fixture(scope="module")
def joint(tmp_path_factory) -> Told:
    entry = "  - {node: canadarm2/elbow, mode: failed, since: 2022-12-10, expect: 8 d, source: assumed}\n"
    return begun(tmp_path_factory.mktemp("joint"), entry, head=HEAD)


def test_failure_from_before_is_known_to_everybody_from_the_first_second(joint):
    assert healths(joint, "canadarm2") == dict.fromkeys((TRUTH, "houston", "moscow"), "failed")
    asked = {row.view: joint.utc(row.until_s) for row in joint.rows(Kind.ASKED, "back")}
    assert asked == dict.fromkeys(("houston", "moscow"), "2022-12-18T00:00Z")
    assert {row.t_s for row in joint.rows(Kind.ASKED)} == {0}


def test_what_was_so_before_stands_in_both_runs_and_costs_nothing(joint):
    assert joint.outcome.nominal.rows == joint.log.rows
    assert (joint.changes, joint.costs) == ({}, {})
    (known,) = joint.outcome.manifest.incidents
    assert (known["id"], known["node"], known["at_s"], known["background"]) == (
        "canadarm2-elbow-failed", "canadarm2/elbow", 0, True,
    )  # fmt: skip


def test_it_may_be_over_after_a_time_that_counts_from_then(tmp_path):
    entry = "  - {node: canadarm2/elbow, mode: failed, since: 2022-12-10, expect: 8 d, lasts: 9 d, source: assumed}\n"
    run = begun(tmp_path, entry, head=HEAD)
    assert run.utc(run.row(Kind.ENDED, "canadarm2-elbow-failed").t_s) == "2022-12-19T00:00Z"


def test_scenario_that_was_drawn_is_written_without_what_the_opening_says(joint, tmp_path):
    text = joint.outcome.manifest.scenario_text
    (tmp_path / "again.yaml").write_text(text, encoding="utf-8")
    assert load(str(tmp_path / "again.yaml")) == joint.scenario
    assert scenario_text(joint.scenario) == text


def test_reading_from_before_is_asked_since_then_and_nobody_runs_any_more(tmp_path):
    run = told(overridden(tmp_path, HEAD + ALARM))
    assert {row.view: run.utc(row.until_s) for row in run.rows(Kind.ASKED, "source")} == dict.fromkeys(
        ("houston", "moscow"), "2022-12-15T06:00Z"
    )
    assert run.rows(Kind.ADDED) == []
    assert run.rows(Kind.ANSWERED, "source")[0].t_s == 30 * 3600


def test_answer_that_is_overdue_takes_another_round_from_the_start(tmp_path):
    run = told(overridden(tmp_path, HEAD + ALARM.replace("2022-12-12T06:00Z", "2022-12-01")))
    assert {run.utc(row.until_s) for row in run.rows(Kind.ASKED, "source")} == {"2022-12-17T00:00Z"}


def test_reading_from_before_holds_what_a_rule_holds(tmp_path):
    run = told(overridden(tmp_path, HEAD + ALARM.replace("T06:00Z, ", "T06:00Z, expect: 20 d, ")))
    assert [row.rule for row in run.rows(Kind.UNDATED, "us-eva-83")] == ["smoke-1"]
    assert run.costs == {}


def test_beginnings_obey_every_law_of_a_run(tmp_path, joint):
    obeys(joint.scenario, calm(joint.scenario), lambda count: list(range(0, count, 25)))
    scenario = overridden(tmp_path, CALM + ALARM + "  - {node: 68S, status: unusable, source: assumed}\n")
    obeys(scenario, calm(scenario), lambda count: list(range(0, count, 25)))
