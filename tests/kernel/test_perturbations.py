"""The same leak otherwise: each change of the scenario changes the outcome for its own reason."""

import subprocess
import sys

import pytest
from kernel.runs import Told, overridden, shipped, told

from stationsim.errors import ScenarioError
from stationsim.kernel.opening import broken, describe
from stationsim.kernel.simulate import simulate
from stationsim.log.kinds import Kind
from stationsim.station.station import Station

KNOWN = (
    "scenario: known\nbase: soyuz-ms22\ntypes: {soyuz-ms: {components: {external-loop: {loop: {fluid_known: true}}}}}\n"
)
ELSEWHERE = [
    {"role": "ev", "who": "cassada"},
    {"role": "ev", "who": "wakata"},
    {"role": "arm", "skill": "era-inside", "who": "kikina"},
]
"""People for the sortie whose seats are in another ship than the leaking one."""


def leaking(node: str = "soyuz-ms-22/external-loop", at: str = "2022-12-15T00:45Z") -> Told:
    return told(shipped("soyuz-ms22").without("loop").with_leak(node, at=at, hole="0.8 mm", id="loop"))


def failing(node: str, at: str = "2022-12-16T09:00Z", **more: str) -> Told:
    calm = shipped("arm-out").without("joint")
    return told(
        calm.with_incident(id="joint", change="failed", node=node, at=at, **{"lasts": "9 d", "expect": "9 d", **more})
    )


# --- the arm ----------------------------------------------------------------------------------------------------------


def test_the_other_arm_stops_the_other_segment():
    run = failing("era/elbow")
    assert run.planned == {"vkd-57": "moved", "us-eva-contingency": "moved"}
    vkd = run.row(Kind.MOVED, "vkd-57")
    assert (run.dated(vkd), vkd.rule, vkd.text) == (
        "2022-12-26T14:00Z",
        "gen-1",
        "European robotic arm is not available",
    )
    assert vkd.cause == run.row(Kind.HEALTH_CHANGED, "era", view="moscow", text="failed").seq
    contingency = run.row(Kind.MOVED, "us-eva-contingency")
    assert (run.dated(contingency), contingency.rule) == ("2022-12-28T12:45Z", "eva-3")
    assert contingency.text == "less than 1 d from VKD-57"
    assert contingency.cause == vkd.seq
    assert run.dated(run.row(Kind.STARTED, "us-eva-83")) == "2022-12-19T12:45Z"


def test_a_week_later_only_the_later_sortie_needs_the_arm():
    run = failing("canadarm2/elbow", at="2022-12-23T09:00Z")
    assert run.planned == {"us-eva-contingency": "moved"}
    row = run.row(Kind.MOVED, "us-eva-contingency")
    assert (run.dated(row), row.rule, row.text) == ("2023-01-02T12:45Z", "gen-1", "Canadarm2 is not available")


def test_a_forecast_that_is_too_short_moves_the_sortie_again_and_again():
    """Decisions know the forecast only; while it is not back, as long again is expected; the truth comes last."""
    run = failing("canadarm2/elbow", expect="4 d")
    moves = [(run.utc(row.t_s), run.dated(row)) for row in run.rows(Kind.MOVED, "us-eva-83")]
    assert moves == [
        ("2022-12-16T11:01Z", "2022-12-23T12:45Z"),
        ("2022-12-20T09:01Z", "2022-12-26T12:45Z"),
        ("2022-12-24T09:01Z", "2023-01-02T12:45Z"),
        ("2022-12-25T09:01Z", "2022-12-26T12:45Z"),
    ]


def test_another_qualified_operator_flies_when_the_first_has_left():
    calm = shipped("arm-out").without("joint").until("2023-06-01")
    lasts = {"lasts": "75 d", "expect": "75 d"}
    run = told(calm.with_incident(id="era", change="failed", node="era/elbow", at="2022-12-14T12:00Z", **lasts))
    row = run.row(Kind.MOVED, "vkd-56")
    assert (run.dated(row), row.rule) == ("2023-02-28T14:00Z", "gen-1")
    assert run.revision(row.seq)["people"] == "prokopyev,petelin,fedyaev"
    assert run.utc(run.row(Kind.LEFT, "kikina").t_s) == "2023-02-21T12:00Z"
    (kept_out,) = run.log.attached("replaced", row.seq)
    assert kept_out[1:5] == ("vkd-56", "kikina", "gen-5", "Anna Kikina has left")
    assert [row.object for row in run.rows(Kind.WORKED, "vkd-56")] == ["prokopyev", "petelin", "fedyaev"]
    assert set(run.changes["vkd-56"]["differs"]) == {"start", "people"}
    dates = [run.dated(run.row(Kind.STARTED, f"vkd-{number}"))[:10] for number in (56, 57, 58, 59)]
    assert dates == ["2023-02-28", "2023-03-02", "2023-03-06", "2023-03-08"]


# --- the leak ---------------------------------------------------------------------------------------------------------


def test_three_days_later_the_sortie_is_flown_and_the_next_one_is_not():
    run = leaking(at="2022-12-18T00:45Z")
    assert run.life("vkd-56")[-1] == ("2022-12-15T08:57Z", "finished", None)
    assert run.planned == {
        "vkd-57": "postponed",
        "vkd-58": "postponed",
        "vkd-59": "postponed",
        "us-eva-83": "moved",
        "us-eva-contingency": "moved",
    }
    assert run.changes["vkd-57"]["rule"] == "eva-r3"
    assert run.dated(run.row(Kind.ADDED, "soyuz-ms-22-inspection")) == "2022-12-21T12:00Z"
    assert (run.dated(run.row(Kind.MOVED, "us-eva-83")), run.changes["us-eva-83"]["rule"]) == (
        "2022-12-26T12:45Z",
        "gen-3",
    )


def test_the_loop_of_the_progress_takes_nobodys_way_home():
    """At Poisk it wets the exit: the sortie waits for the residue to be identified and gone, and is flown."""
    run = leaking("progress-ms-21/external-loop")
    assert run.life("vkd-56")[:4] == [
        ("2022-12-14T22:20Z", "prepared", None),
        ("2022-12-15T00:46:15Z", "held", "eva-r2"),
        ("2022-12-15T02:46:15Z", "called_off", "eva-r2"),
        ("2022-12-15T02:46:15Z", "moved", "eva-r2"),
    ]
    assert run.dated(run.row(Kind.STARTED, "vkd-56")) == "2022-12-23T14:00Z"
    assert {row.subject for row in run.rows(Kind.WETTED)} == {"poisk-outside"}
    assert run.planned == dict.fromkeys(["vkd-56", "vkd-57", "us-eva-83", "us-eva-contingency"], "moved")
    assert (run.changes["vkd-57"]["rule"], run.changes["us-eva-contingency"]["rule"]) == ("gen-6", "eva-3")
    assert run.rows(Kind.RETURN_LOST) == []
    assert run.rows(Kind.STATUS_CHANGED) == []
    assert {row.value for row in run.rows(Kind.SEATED)} == {0}
    assert run.dated(run.row(Kind.STARTED, "progress-ms-21-undocking")) == "2023-02-18T12:00Z"


def test_a_ship_far_from_every_worksite_costs_hours_and_coolant_only():
    """No arm reaches Zvezda aft, and nobody rides in it: windows are shuttered, and that is all."""
    run = leaking("progress-ms-20/external-loop")
    assert run.planned == {}
    assert [kind for _, kind, _ in run.life("vkd-56")] == ["prepared", "started", "finished"]
    assert set(run.outcomes) == {"progress-ms-20-safing"}
    known = {"detection_delay", "lost_before_alarm"}
    assert set(run.costs) - known == {"activities_added", "crew_hours_worked", "crew_hours_response", "coolant_lost"}
    assert run.costs["crew_hours_response"] == run.costs["crew_hours_worked"] == 4
    assert [row.kind for row in run.log if row.subject == "progress-ms-20-inspection"] == [Kind.LACKED]


def test_a_crew_with_seats_in_another_ship_is_kept_in_by_the_release_alone():
    run = told(shipped("soyuz-ms22").with_activity("vkd-56", people=ELSEWHERE))
    held = run.row(Kind.HELD, "vkd-56")
    assert held.rule == "eva-r2"
    assert "ship of" not in held.text
    assert {rule for _, _, rule in run.life("vkd-56")} == {None, "eva-r2"}
    assert run.dated(run.row(Kind.STARTED, "vkd-56")) == "2022-12-23T14:00Z"
    next_ = run.row(Kind.UNDATED, "vkd-57")
    assert (next_.rule, next_.text[:30]) == ("eva-r3", "Soyuz MS-22, ship of Sergey Pr")


def test_a_harmless_fluid_leaves_the_ship_alone_to_keep_them_in(tmp_path):
    run = told(overridden(tmp_path, KNOWN))
    held = run.row(Kind.HELD, "vkd-56")
    assert held.rule == "eva-r3"
    assert "release" not in held.text
    assert "residue" not in held.text
    assert run.log.attached("causes", held.seq) == ()
    assert run.life("vkd-56")[2:] == [
        ("2022-12-15T02:46:15Z", "called_off", "eva-r3"),
        ("2022-12-15T02:46:15Z", "undated", "eva-r3"),
    ]
    assert run.rows(Kind.ASKED, "fluid") == []
    assert {row.text for row in run.rows(Kind.WETTED)} == {"inert"}


def test_a_harmless_fluid_and_a_crew_from_another_ship_let_the_sortie_fly(tmp_path):
    run = told(overridden(tmp_path, KNOWN).with_activity("vkd-56", people=ELSEWHERE))
    assert "vkd-56" not in run.changes
    assert run.life("vkd-56") == [
        ("2022-12-14T22:20Z", "prepared", None),
        ("2022-12-15T02:20Z", "started", None),
        ("2022-12-15T08:57Z", "finished", None),
    ]
    assert run.changes["vkd-57"]["rule"] == "eva-r3"


def test_a_us_sortie_that_needs_no_arm_keeps_its_day():
    run = told(shipped("soyuz-ms22").with_activity("us-eva-83", arms=[]))
    assert "us-eva-83" not in run.changes
    assert run.dated(run.row(Kind.STARTED, "us-eva-83")) == "2022-12-19T12:45Z"
    assert run.dated(run.row(Kind.ADDED, "soyuz-ms-22-inspection")) == "2022-12-18T12:00Z"
    assert run.changes["vkd-56"]["rule"] == "eva-r3"


def test_a_leak_while_the_crew_is_outside_ends_the_sortie():
    """They are inside 45 min later, and 25 min more for a fluid that nobody knows: the worst is feared."""
    run = leaking(at="2022-12-15T05:00Z")
    ended = run.row(Kind.TERMINATED, "vkd-56")
    assert (run.utc(ended.t_s), run.utc(ended.until_s), ended.rule) == (
        "2022-12-15T05:01:15Z",
        "2022-12-15T06:11:15Z",
        "eva-r3",
    )
    assert run.rows(Kind.CALLED_OFF, "vkd-56") == []
    assert run.changes["vkd-56"]["outcome"] == "terminated"
    worked = [(row.object, run.dated(row), run.utc(row.until_s)) for row in run.rows(Kind.WORKED, "vkd-56")]
    assert worked == [
        (person, "2022-12-14T22:20Z", "2022-12-15T07:41:15Z") for person in ("prokopyev", "petelin", "kikina")
    ]
    assert (run.changes["vkd-57"]["outcome"], run.changes["vkd-57"]["rule"]) == ("postponed", "gen-6")
    assert run.changes["vkd-57"]["reason"] == "VKD-56 was not completed"


def test_a_smaller_hole_is_noticed_later_and_empties_the_loop_later():
    run = told(
        shipped("soyuz-ms22")
        .without("loop")
        .with_leak("soyuz-ms-22/external-loop", at="2022-12-15T00:45Z", hole="0.1 mm", id="loop")
    )
    whole = leaking()
    for kind, view in ((Kind.ALARMED, "moscow"), (Kind.EMPTIED, "truth")):
        (late,), (soon,) = ([row.t_s for row in told_.rows(kind) if row.view == view] for told_ in (run, whole))
        assert late > soon
    assert run.row(Kind.EMPTIED, "soyuz-ms-22/external-loop").value == pytest.approx(44e-3 * 690)


# --- a plan that breaks a rule ----------------------------------------------------------------------------------------

BROKEN = (
    "activities.vkd-60: the plan breaks rule eva-r4 (safety): Soyuz MS-23 at Poisk zenith would be cut off. "
    "Plan it otherwise, or waive it: waivers: [{rule: eva-r4, activity: vkd-60, rationale: ...}]."
)
UNWAIVED = """
scenario: unwaived
base: quiet-increment
without: [eva-r4/vkd-60]
"""


def test_every_rule_that_the_plan_breaks_is_waived_by_name():
    breaks, waived = broken(Station.of(shipped("quiet-increment")))
    assert breaks == ()
    assert {(item.rule, item.activity) for item in waived} == {("eva-r4", "vkd-60"), ("eva-r4", "vkd-61")}


def test_without_its_waiver_the_plan_is_refused(tmp_path):
    scenario = overridden(tmp_path, UNWAIVED)
    station = Station.of(scenario)
    breaks, _ = broken(station)
    assert [describe(item, station) for item in breaks] == [BROKEN]
    with pytest.raises(ScenarioError) as refused:
        simulate(scenario)
    assert str(refused.value) == BROKEN


@pytest.mark.parametrize("verb", ["check", "run"])
def test_check_and_run_leave_with_2_and_write_nothing(tmp_path, verb):
    overridden(tmp_path, UNWAIVED)
    done = subprocess.run(
        [sys.executable, "-m", "stationsim", verb, "override.yaml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f":3: {BROKEN}\n      vkd-60:\n      ^\n")
    assert [path.name for path in tmp_path.iterdir()] == ["override.yaml"]


def test_a_port_that_is_not_free_holds_the_launch_and_not_the_arrival_alone():
    run = told(
        shipped("quiet-increment")
        .until("2023-03-15")
        .with_incident(
            id="port", change="failed", node="zvezda-aft", at="2023-02-07T11:05Z", lasts="20 d", expect="21 d"
        )
    )
    launch, docking = run.changes["progress-ms-22-launch"], run.changes["progress-ms-22-docking"]
    assert (launch["outcome"], launch["rule"]) == ("moved", "gen-9")
    assert (docking["actual_utc"], launch["actual_utc"]) == ("2023-03-02", "2023-02-28")


def test_whoever_is_outside_and_no_longer_well_comes_in():
    run = told(
        shipped("quiet-increment")
        .until("2023-03-15")
        .with_incident(id="ill", change="failed", node="petelin", at="2022-12-15T05:00Z", lasts="3 d")
    )
    assert (run.changes["vkd-56"]["outcome"], run.changes["vkd-56"]["rule"]) == ("terminated", "eva-5")
    assert run.changes["vkd-57"]["reason"] == "VKD-56 was not completed"
