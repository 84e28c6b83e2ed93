"""The shipped scenarios, told: this plan and this trigger, then these events, at these times, by these rules."""

import pytest
from kernel.runs import Told, overridden, shipped, told

import stationsim
from stationsim.log.kinds import Kind

RADIATOR = ["rassvet-outside", "nauka-outside", "poisk-outside"]
CREW = ["prokopyev", "petelin", "rubio"]


@pytest.fixture(scope="module")
def arm() -> Told:
    return told(shipped("arm-out"))


@pytest.fixture(scope="module")
def leak() -> Told:
    return told(shipped("soyuz-ms22"))


# --- an arm joint fails for nine days ---------------------------------------------------------------------------------


def test_what_needs_the_arm_moves_and_what_does_not_stays_to_the_second(arm):
    assert arm.planned == {"us-eva-83": "moved", "us-eva-contingency": "moved"}
    assert arm.outcomes == arm.planned
    assert arm.life("us-eva-83")[0] == ("2022-12-16T11:01Z", "moved", "gen-1")
    assert arm.changes["us-eva-83"]["reason"] == "Canadarm2 is not available"
    assert arm.dated(arm.row(Kind.STARTED, "us-eva-83")) == "2022-12-26T12:45Z"
    assert arm.dated(arm.row(Kind.STARTED, "us-eva-contingency")) == "2022-12-29T12:45Z"
    assert arm.changes["us-eva-contingency"]["rule"] == "gen-3"
    kept = set(starts(arm.outcome.nominal)) - {"us-eva-83", "us-eva-contingency"}
    assert {id_: starts(arm.log)[id_] for id_ in kept} == {id_: starts(arm.outcome.nominal)[id_] for id_ in kept}


def starts(log) -> dict[str, int]:
    return {row.subject: row.t_s for row in log if row.kind is Kind.STARTED}


def test_windows_say_what_forbade_each_day_until_the_arm_was_back(arm):
    moved = arm.row(Kind.MOVED, "us-eva-83")
    binding = [block for block in arm.blocks(moved.seq) if block[4]]
    assert binding == [("gen-1", "2022-12-16T09:01Z", "2022-12-25T09:01Z", "Canadarm2 is not available", True)]
    other = ("eva-3", "2022-12-20T14:00:01Z", "2022-12-22T14:00Z", "less than 1 d from VKD-57", False)
    assert other in arm.blocks(moved.seq)
    for day in range(19, 26):
        forbidding = stationsim.why(arm.outcome, "us-eva-83", not_at=f"2022-12-{day}").forbidding
        assert "gen-1" in {block.rule for block in forbidding}, day
    assert stationsim.why(arm.outcome, "us-eva-83", not_at="2022-12-26").forbidding == ()


def test_a_move_hangs_on_the_belief_that_the_joint_is_out(arm):
    moved = arm.row(Kind.MOVED, "us-eva-83")
    believed = arm.row(Kind.HEALTH_CHANGED, "canadarm2", view="houston", text="failed")
    assert moved.cause == believed.seq
    assert arm.row(Kind.STRUCK, "joint").seq in arm.up(moved.seq)
    assert arm.row(Kind.MOVED, "us-eva-contingency").cause == moved.seq


def test_each_centre_learns_in_its_own_time(arm):
    told_at = {row.view: arm.utc(row.t_s) for row in arm.rows(Kind.HEALTH_CHANGED, "canadarm2") if row.text == "failed"}
    assert told_at == {"truth": "2022-12-16T09:00Z", "houston": "2022-12-16T09:01Z", "moscow": "2022-12-16T09:31Z"}
    back = [arm.utc(row.t_s) for row in arm.rows(Kind.HEALTH_CHANGED, "canadarm2") if row.text == "nominal"]
    assert back == ["2022-12-25T09:00Z", "2022-12-25T09:01Z", "2022-12-25T09:31Z"]


def test_nobody_loses_a_way_home_to_an_arm(arm):
    late_h = 1 / 60
    assert arm.costs == {
        "eva_delay": 9, "activities_moved": 2, "crew_hours_displaced": 107, "crew_hours_displaced_net": 107,
        "detection_delay": late_h,
    }  # fmt: skip


# --- a coolant leak on a Soyuz ----------------------------------------------------------------------------------------


def test_loop_empties_in_two_to_four_and_a_half_hours(leak):
    emptied = leak.row(Kind.EMPTIED, "soyuz-ms-22/external-loop")
    hours = (emptied.t_s - leak.row(Kind.STRUCK, "loop").t_s) / 3600
    assert 2 < hours < 4.5
    assert emptied.value == pytest.approx(44e-3 * 690)
    assert leak.costs["coolant_lost"] == pytest.approx(44e-3 * 690)


def test_sortie_is_held_and_called_off_before_egress_within_the_hold_limit(leak):
    assert leak.life("vkd-56") == [
        ("2022-12-14T22:20Z", "prepared", None),
        ("2022-12-15T00:46:15Z", "held", "eva-r3"),
        ("2022-12-15T02:46:15Z", "called_off", "eva-r3"),
        ("2022-12-15T02:46:15Z", "undated", "eva-r3"),
    ]
    held = leak.row(Kind.HELD, "vkd-56")
    called_off = leak.row(Kind.CALLED_OFF, "vkd-56")
    assert leak.utc(held.until_s) == "2022-12-15T03:16:15Z"
    assert called_off.t_s < held.until_s
    assert called_off.by == "moscow"


def test_release_and_ship_each_suffice_to_hold_it(leak):
    """The release at its worksite is the other cause of the same row."""
    for kind in (Kind.HELD, Kind.CALLED_OFF):
        row = leak.row(kind, "vkd-56")
        status = leak.row(Kind.STATUS_CHANGED, "soyuz-ms-22", view="moscow", text="unknown")
        wetted = leak.rows(Kind.WETTED, "rassvet-outside")[0]
        assert row.cause == status.seq
        assert [int(cause) for _, cause in leak.log.attached("causes", row.seq)] == [wetted.seq]
        assert "a release of unidentified fluid may still be around Rassvet" in row.text
        assert "residue of unidentified fluid may lie around Rassvet" in row.text
        assert "Soyuz MS-22, ship of Dmitry Petelin, is of unknown status" in row.text
    rules = {(rule, until) for rule, _, until, _, _ in leak.blocks(leak.row(Kind.UNDATED, "vkd-56").seq)}
    assert {("eva-r1", "2022-12-15T06:46:15Z"), ("eva-r2", "2022-12-29T00:46:15Z"), ("eva-r3", "")} <= rules


def test_release_wets_what_lies_below_its_port(leak):
    first = [row.subject for row in leak.rows(Kind.WETTED) if row.view == "moscow" and row.text == "unidentified"]
    assert list(dict.fromkeys(first)) == RADIATOR
    cleared = {row.subject: leak.utc(row.t_s) for row in leak.rows(Kind.CLEARED) if row.view == "moscow"}
    assert cleared == dict.fromkeys(RADIATOR, "2022-12-23T00:46:15Z")


def test_later_russian_sorties_go_without_a_date_with_it_and_occupy_nothing(leak):
    for before, id_ in (("vkd-56", "vkd-57"), ("vkd-57", "vkd-58"), ("vkd-58", "vkd-59")):
        row = leak.row(Kind.UNDATED, id_)
        assert (row.rule, row.text, row.start_s) == ("gen-6", f"{before.upper()} has no date", None)
        assert row.cause == leak.row(Kind.UNDATED, before).seq
        assert leak.changes[id_]["outcome"] == "postponed"
        assert [kind for _, kind, _ in leak.life(id_)] == ["undated"]
        revision = leak.revision(row.seq)
        assert (revision["start_s"], revision["until_s"]) == (None, None)
        assert leak.rows(Kind.WORKED, id_) == []
    told = leak.blocks(leak.row(Kind.UNDATED, "vkd-57").seq)
    assert {rule for rule, _, _, _, binds in told if binds} == {"gen-6"}
    assert "eva-r3" in {rule for rule, *_ in told}


def test_inspection_by_arm_is_inserted_and_moves_the_us_sortie_by_two_days(leak):
    inspection = leak.row(Kind.ADDED, "soyuz-ms-22-inspection")
    assert (leak.dated(inspection), inspection.by, inspection.object) == ("2022-12-18T12:00Z", "moscow", "loop")
    assert leak.revision(inspection.seq)["people"] == "rubio"
    assert inspection.cause == leak.row(Kind.DECIDED, "loop", text="respond and hold what it forbids").seq
    moved = leak.row(Kind.MOVED, "us-eva-83")
    assert (leak.dated(moved), moved.rule) == ("2022-12-21T12:45Z", "gen-3")
    assert moved.text == "Canadarm2 needs its set-up time between this and Soyuz MS-22: inspection"
    assert moved.cause == inspection.seq
    assert leak.changes["us-eva-83"]["delay_s"] == 2 * 86400


def test_us_sortie_waits_for_a_function_test_and_no_longer(leak):
    """`usable at all?` is open for about a day and a half; then an emergency-only ship is enough for Houston."""
    test = leak.row(Kind.FINISHED, "soyuz-ms-22-test")
    assert leak.utc(test.t_s) == "2022-12-16T09:00Z"
    answer = leak.row(Kind.ANSWERED, "usable", view="moscow")
    assert (answer.cause, answer.text) == (test.seq, "usable in an emergency")
    assert leak.utc(leak.row(Kind.ANSWERED, "usable", view="houston").t_s) == "2022-12-16T09:30Z"
    usable = [block[1:3] for block in leak.blocks(leak.row(Kind.MOVED, "us-eva-83").seq) if block[0] == "eva-u3"]
    assert usable == [("2022-12-15T01:16:15Z", "2022-12-16T12:46:15Z")]


def test_without_set_up_time_the_us_sortie_stays_on_its_day(tmp_path):
    """The negative of the arm's rule: nothing else moves it."""
    run = told(overridden(tmp_path, "scenario: quick\nbase: soyuz-ms22\narms: {canadarm2: {setup: 0 s}}\n"))
    assert "us-eva-83" not in run.changes
    assert run.dated(run.row(Kind.STARTED, "us-eva-83")) == "2022-12-19T12:45Z"
    assert run.dated(run.row(Kind.ADDED, "soyuz-ms-22-inspection")) == "2022-12-18T12:00Z"


@pytest.mark.parametrize(
    "id_",
    [
        "us-eva-contingency",
        "us-eva-84",
        "us-eva-85",
        "crs-26-undocking",
        "ng-18-unberthing",
        "progress-ms-20-undocking",
        "progress-ms-22-launch",
        "progress-ms-22-docking",
        "progress-ms-21-undocking",
        "crew-6-launch",
        "crew-5-undocking",
    ],
)
def test_negative_controls_are_kept_to_the_second(leak, id_):
    assert id_ not in leak.changes
    assert starts(leak.log)[id_] == starts(leak.outcome.nominal)[id_]
    assert leak.rows(Kind.MOVED, id_) == []


def test_ship_is_not_certified_because_a_function_that_its_return_needs_is_gone(leak):
    status = leak.row(Kind.STATUS_CHANGED, "soyuz-ms-22", view="moscow", text="unknown")
    chain = []
    row = status
    while row.cause is not None:
        row = leak.log.row(row.cause)
        chain.append((row.kind, row.subject, row.text))
    assert chain == [
        (Kind.HEALTH_CHANGED, "soyuz-ms-22/crewed-return", "failed"),
        (Kind.HEALTH_CHANGED, "soyuz-ms-22/thermal-control", "failed"),
        (Kind.HEALTH_CHANGED, "soyuz-ms-22/external-loop", "failed"),
        (Kind.ALARMED, "soyuz-ms-22/external-loop", "coolant-loop"),
        (Kind.CROSSED, "soyuz-ms-22/external-loop", "alarm"),
        (Kind.LEAKED, "soyuz-ms-22/external-loop", "coolant"),
        (Kind.STRUCK, "loop", "coolant-loop"),
    ]


def test_assessment_leaves_it_for_emergencies_only_and_physics_decides_nothing(leak):
    later = leak.row(Kind.STATUS_CHANGED, "soyuz-ms-22", view="moscow", text="emergency-only")
    assert leak.utc(later.t_s) == "2022-12-16T09:00Z"
    assert later.value == pytest.approx(5.1, abs=0.1)
    fit = leak.row(Kind.ANSWERED, "fit", view="moscow")
    assert leak.utc(fit.t_s) == "2023-01-11T00:46:15Z"
    assert fit.text.startswith("emergency-only; 3 people after 6 h of flight: ")
    assert fit.text.endswith("uncertainty 2 K: physics decides nothing")
    decided = leak.row(Kind.DECIDED, "loop", cause=fit.seq)
    assert decided.text == "not certified for a planned return"


@pytest.mark.parametrize("person", CREW)
def test_its_people_have_no_ship_to_return_in_since_the_alarm(leak, person):
    lost = leak.row(Kind.RETURN_LOST, f"{person}-return")
    assert (leak.utc(lost.t_s), lost.place) == ("2022-12-15T00:46:15Z", "soyuz-ms-22")
    assert lost.cause == leak.row(Kind.STATUS_CHANGED, "soyuz-ms-22", view="moscow", text="unknown").seq
    change = leak.changes[f"{person}-return"]
    assert (change["outcome"], change["nominal_utc"], change["actual_utc"]) == ("postponed", "2023-03-28", None)
    seats = [(row.value, leak.utc(row.t_s)) for row in leak.rows(Kind.SEATED, person)]
    assert seats == [(0, "2022-12-14T00:00Z"), (3, "2022-12-15T00:46:15Z"), (2, "2022-12-16T09:00Z")]


def test_person_hours_per_seat_class_add_up(leak):
    unknown_h, until_h = 3 * (32 + 13.75 / 60), 3 * 24 * 91
    assert leak.costs["person_hours_seat_class_3"] == pytest.approx(unknown_h)
    without_h = until_h - 3 * (24 + 46.25 / 60)
    assert leak.costs["person_hours_seat_class_2"] == pytest.approx(without_h - unknown_h)
    assert leak.costs["person_hours_seat_class_0"] == pytest.approx(-without_h)
    assert leak.costs["person_days_without_return_ship"] == pytest.approx(without_h / 24)


def test_response_costs_named_people_their_hours(leak):
    worked = {
        id_: [row.object for row in leak.rows(Kind.WORKED, f"soyuz-ms-22-{id_}")]
        for id_ in ("safing", "hose", "test", "inspection")
    }
    assert worked == {
        "safing": ["rubio", "mann"],
        "hose": ["prokopyev", "petelin"],
        "test": [],
        "inspection": ["rubio"],
    }
    assert leak.costs["crew_hours_response"] == 2 * 2 + 2 * 2 + 6
    perished_h = 2 * (8 + 6 + 3)  # suits, tools and charge of VKD-56, which has no date to keep them for
    assert leak.costs["crew_hours_lost"] == pytest.approx(3 * (4 + 26.25 / 60) + 42 / 60 + perished_h)


def test_why_walks_down_to_the_hole_and_names_the_rules_of_a_day(leak):
    reasons = stationsim.why(leak.outcome, "vkd-56", not_at="2022-12-17")
    assert (reasons.rows[-1]["kind"], reasons.rows[-1]["value"]) == ("struck", pytest.approx(0.8e-3))
    assert {block.rule for block in reasons.forbidding} == {"eva-r2", "eva-r3"}
    assert [block.rule for block in reasons.enough] == ["eva-r3"]


# --- nothing strikes --------------------------------------------------------------------------------------------------


def test_quiet_increment_changes_nothing():
    run = told(shipped("quiet-increment"))
    assert run.changes == {}
    assert run.costs == {}
    assert run.log.rows == run.outcome.nominal.rows
    assert set(run.impact.changes.outcome) == {"kept"}


def test_quiet_increment_flies_every_sortie_and_brings_everybody_home():
    run = told(shipped("quiet-increment"))
    done = {row.subject for row in run.rows(Kind.FINISHED)}
    assert {f"vkd-{number}" for number in range(56, 62)} | {"us-eva-83", "us-eva-84", "us-eva-85"} <= done
    assert {row.subject for row in run.rows(Kind.LEFT)} >= {*CREW, "mann", "cassada", "wakata", "kikina", "kononenko"}
