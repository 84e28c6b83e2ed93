"""The second leak: the ship that leaks leaves on its day, and the ship that three people wait for comes days later."""

from pathlib import Path

import pytest
import yaml
from kernel.runs import Told, overridden, shipped, told

import stationsim
from stationsim.log.kinds import Kind
from stationsim.log.log import Log

DAY_S = 86400
MOVED = ["soyuz-ms-23-launch", "soyuz-ms-23-docking", "soyuz-ms-23-seat-move", "soyuz-ms-23-seat-move-rubio"]
ADDED = ["look", "safing", "inspection"]
WAITING = {"prokopyev": 2, "petelin": 2, "rubio": 1}
HISTORY = Path(__file__).parents[1] / "history" / "iss-2023-02.yaml"


@pytest.fixture(scope="module")
def leak() -> Told:
    return told(shipped("progress-ms21"))


def starts(log: Log) -> dict[str, int]:
    return {row.subject: row.t_s for row in log if row.kind is Kind.STARTED}


def delays_s(run: Told) -> dict[str, object]:
    """How much later each thing of the plan is, of what is later."""
    return {id_: run.changes[id_]["delay_s"] for id_ in run.planned}


def waits_h(run: Told) -> dict[tuple[str, str], float]:
    """What differs in people's hours per seat class above 0."""
    rows = run.impact.ledger.to_dict("records")
    seats = [row for row in rows if row["quantity"].startswith("person_hours_seat_class_") and row["difference"]]
    found: dict[tuple[str, str], float] = {}
    for row in seats:
        if row["quantity"] != "person_hours_seat_class_0":
            key = (row["subject"], row["quantity"][-1])
            found[key] = found.get(key, 0) + row["difference"]
    return found


# --- the opening: a degraded ship and an improvised place, before anything strikes ------------------------------------


def test_three_people_have_no_certified_seat_when_it_begins(leak):
    seated = {row.subject: (row.object, row.value) for row in leak.rows(Kind.SEATED) if row.t_s == 0}
    assert {person: seated[person] for person in WAITING} == {
        "prokopyev": ("soyuz-ms-22", 2),
        "petelin": ("soyuz-ms-22", 2),
        "rubio": ("crew-5", 1),
    }
    assert {value for person, (_, value) in seated.items() if person not in WAITING} == {0}
    held = {row.view: row.text for row in leak.rows(Kind.STATUS_CHANGED, "soyuz-ms-22") if row.t_s == 0}
    assert held == {"houston": "emergency-only", "moscow": "emergency-only"}
    assert leak.rows(Kind.ALARMED, "soyuz-ms-22/external-loop") == []


def test_they_are_promised_a_return_when_their_seats_are_in_the_new_ship_and_not_before(leak):
    for person, move in zip(WAITING, [MOVED[2], MOVED[2], MOVED[3]], strict=True):
        promised = leak.row(Kind.RETURN_PROMISED, f"{person}-return")
        assert (promised.object, promised.t_s) == ("soyuz-ms-23-undocking", leak.row(Kind.FINISHED, move).t_s)


def test_nothing_moves_without_the_leak(leak):
    assert told(shipped("progress-ms21").without("loop")).planned == {}
    for id_, start in (("soyuz-ms-23-launch", "2023-02-20T12:00Z"), ("soyuz-ms-23-docking", "2023-02-22T12:00Z")):
        assert leak.utc(starts(leak.outcome.nominal)[id_]) == start


# --- the leak ---------------------------------------------------------------------------------------------------------


def test_loop_is_empty_before_anybody_is_told(leak):
    node = "progress-ms-21/external-loop"
    emptied, alarmed = leak.row(Kind.EMPTIED, node), leak.row(Kind.ALARMED, node)
    assert emptied.t_s - leak.row(Kind.STRUCK, "loop").t_s < 60
    assert emptied.t_s < alarmed.t_s
    assert leak.costs["coolant_lost"] == pytest.approx(44e-3 * 690)


def test_leaking_ship_leaves_on_its_day(leak):
    undocking = leak.row(Kind.UNDOCKED, "progress-ms-21")
    assert leak.utc(undocking.t_s) == "2023-02-18T02:26Z"
    assert [kind for _, kind, _ in leak.life("progress-ms-21-undocking")] == ["prepared", "started", "finished"]
    assert "progress-ms-21-undocking" not in leak.outcomes


def test_sister_ship_is_held_until_the_family_is_cleared_and_it_is_prepared_again(leak):
    moved = leak.row(Kind.MOVED, "soyuz-ms-23-launch")
    asked = leak.row(Kind.ASKED, "family", view="moscow")
    assert (leak.utc(moved.t_s), moved.rule, moved.by) == ("2023-02-11T11:41Z", "launch-r1", "moscow")
    assert moved.text == "Soyuz MS-23 may have what struck Progress MS-21"
    assert moved.cause == asked.seq
    assert leak.row(Kind.STRUCK, "loop").seq in leak.up(moved.seq)
    binding = [block for block in leak.blocks(moved.seq) if block[4]]
    assert [block[:3] for block in binding] == [("launch-r1", "2023-02-11T09:41Z", "2023-02-24T09:41Z")]
    assert leak.utc(leak.row(Kind.ANSWERED, "family", view="moscow").t_s) == "2023-02-18T09:41Z"
    assert leak.utc(leak.row(Kind.LAUNCHED, "soyuz-ms-23").t_s) == "2023-02-24T12:00Z"


def test_rule_answers_why_not_on_any_day_before(leak):
    for day in range(20, 24):
        forbidding = stationsim.why(leak.outcome, "soyuz-ms-23-launch", not_at=f"2023-02-{day}").forbidding
        assert {block.rule for block in forbidding} == {"launch-r1"}, day
    assert stationsim.why(leak.outcome, "soyuz-ms-23-launch", not_at="2023-02-24").forbidding == ()


def test_arrival_and_both_seat_moves_follow_at_the_same_distance(leak):
    assert delays_s(leak) == dict.fromkeys(MOVED, 4 * DAY_S)
    for before, after in ((MOVED[0], MOVED[1]), (MOVED[1], MOVED[2]), (MOVED[1], MOVED[3])):
        row = leak.row(Kind.MOVED, after)
        assert (row.rule, row.cause) == ("gen-6", leak.row(Kind.MOVED, before).seq)


def test_nothing_else_moves(leak):
    """Crew-6, the exchange of crews and all cargo traffic keep their second; what is added are the responses."""
    assert leak.planned == dict.fromkeys(MOVED, "moved")
    returns = dict.fromkeys(("prokopyev-return", "petelin-return"), "changed")
    assert leak.outcomes == leak.planned | returns | {f"progress-ms-21-{response}": "added" for response in ADDED}
    was, now = starts(leak.outcome.nominal), starts(leak.log)
    kept = set(was) - set(MOVED)
    assert {"crew-6-launch", "crew-5-undocking", "crs-27-launch", "soyuz-ms-22-undocking"} <= kept
    assert {id_: now[id_] for id_ in kept} == {id_: was[id_] for id_ in kept}


def test_people_wait_exactly_as_much_longer_as_their_seats_move_later(leak):
    hours = {move: float(delay_s) / 3600 for move, delay_s in delays_s(leak).items()}
    assert waits_h(leak) == {
        ("prokopyev", "2"): hours["soyuz-ms-23-seat-move"],
        ("petelin", "2"): hours["soyuz-ms-23-seat-move"],
        ("rubio", "1"): hours["soyuz-ms-23-seat-move-rubio"],
    }
    assert leak.costs["person_hours_seat_class_0"] == -3 * 96


def test_it_costs_that_and_nothing_else(leak):
    assert {quantity for quantity in leak.costs if not quantity.startswith(("person_hours", "crew_hours"))} == {
        "activities_moved",
        "activities_added",
        "launches_changed",
        "port_days_occupied",
        "vehicle_days_docked",
        "coolant_lost",
        "person_days_without_return_ship",
        "lost_before_alarm",
        "detection_delay",
    }
    assert leak.costs["vehicle_days_docked"] == -4
    assert leak.costs["person_days_without_return_ship"] == 2 * 4


def test_days_are_the_documented_ones(leak):
    """Not a prediction: the clock of `family` and the gap of the rule were read off this case."""
    history = yaml.load(HISTORY.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["events"]
    flown = {event["subject"]: event["at"][:10] for event in history if event.get("attributable") != "false"}
    for id_ in ("progress-ms-21-undocking", *MOVED[:3], "soyuz-ms-22-undocking"):
        assert leak.utc(starts(leak.log)[id_])[:10] == flown[id_], id_


# --- other rules, other clocks, other ships ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        "rules: {launch-r1: ~}\n",
        "waivers: [{rule: launch-r1, activity: soyuz-ms-23-launch, rationale: The state commission takes the risk.}]\n",
        "rules: {launch-r1: {gap: 2 d}}\n",
        "modes: {coolant-loop: {questions: {family: {after: 3 d}}}}\n",
    ],
    ids=["no rule", "waived", "ready again in two days", "answered in three days"],
)
def test_without_the_hold_nothing_moves(tmp_path, lines):
    run = told(overridden(tmp_path, f"scenario: otherwise\nbase: progress-ms21\n{lines}"))
    assert run.planned == {}
    assert waits_h(run) == {}


@pytest.mark.parametrize("days", [6, 7, 8, 10, 14])
def test_launch_slips_with_the_answer(tmp_path, days):
    clock = f"modes: {{coolant-loop: {{questions: {{family: {{after: {days} d}}}}}}}}\n"
    run = told(overridden(tmp_path, f"scenario: later\nbase: progress-ms21\n{clock}"))
    slip_s = (days - 3) * DAY_S
    assert {id_: delays_s(run)[id_] for id_ in MOVED} == dict.fromkeys(MOVED, slip_s)
    assert waits_h(run).items() >= {(person, str(level)): slip_s / 3600 for person, level in WAITING.items()}.items()
    assert "crew-6-launch" not in run.planned
    # A day is left before Crew-5 would leave without a place for Rubio: then its crew waits for him.
    assert ("crew-5-undocking" in run.planned) == (days > 7)
    if days > 7:
        assert run.changes["crew-5-undocking"]["rule"] == "gen-6"
        assert run.changes["crew-5-undocking"]["delay_s"] == (days - 7) * DAY_S


@pytest.mark.parametrize(
    ("node", "is_held"),
    [
        ("progress-ms-22/external-loop", True),
        ("ng-18/radiator-loop", False),
        ("crew-5/radiator-loop-a", False),
    ],
)
def test_only_a_sister_ship_raises_the_doubt(node, is_held):
    scenario = shipped("progress-ms21").without("loop")
    run = told(scenario.with_leak(node, at="2023-02-11T09:40Z", hole="12 mm", id="loop"))
    assert ("soyuz-ms-23-launch" in run.planned) == is_held
    assert set(run.planned) == set(MOVED if is_held else ())


def test_first_leak_holds_no_launch_of_its_increment():
    """In December the doubt was over six weeks before the next launch of the family."""
    run = told(shipped("soyuz-ms22"))
    assert [row.subject for row in run.log if row.rule == "launch-r1"] == []
    assert starts(run.log)["progress-ms-22-launch"] == starts(run.outcome.nominal)["progress-ms-22-launch"]


def test_whoever_moves_into_a_ship_that_has_leaked_too_has_lost_their_return_to_that_leak():
    calm = shipped("progress-ms21").without("loop")
    run = told(calm.with_leak("soyuz-ms-23/external-loop", at="2023-02-24T12:00Z", hole="1 mm", id="second"))
    (lost,) = run.rows(Kind.RETURN_LOST, "rubio-return")
    assert lost.text == "Soyuz MS-23 is emergency-only"
    assert {run.changes[f"{person}-return"]["incident"] for person in WAITING} == {"second"}


def test_whoever_waits_for_a_ship_that_does_not_come_has_lost_their_return_to_what_holds_it(tmp_path):
    clock = "modes: {coolant-loop: {questions: {family: {after: 300 d}}}}\n"
    run = told(overridden(tmp_path, f"scenario: never\nbase: progress-ms21\n{clock}"))
    returns = {person: run.changes[f"{person}-return"] for person in WAITING}
    assert {change["incident"] for change in returns.values()} == {"loop"}
    assert {change["rule"] for change in returns.values()} == {"gen-6"}
