"""Leaks that no file foresaw, on the shipped plan: each kind with its own chain, zone, class and consequences."""

from functools import cache

import pytest
from kernel.runs import Told, shipped, told
from kernel.test_laws import books_no_hour_twice

from stationsim.log.kinds import Kind

PLAN = "soyuz-ms22"
HOUR_S = 3600
RELEASES = ("eva-u1", "eva-u2")


@cache
def leaking(mode: str, node: str, at: str, hole: str, until: str = "2023-03-15", **more: str) -> Told:
    calm = shipped(PLAN).without("loop").until(until)
    return told(calm.with_incident(id="leak", leak=mode, node=node, at=at, hole=hole, **more))


def wetted(run: Told, centre: str) -> list[tuple[str, str | None]]:
    return [(row.subject, row.text) for row in run.rows(Kind.WETTED) if row.view == centre]


def lost(run: Told) -> dict[str, float]:
    return {
        quantity: kg for quantity, kg in run.costs.items() if quantity.endswith("_lost") and "hours" not in quantity
    }


def health(run: Told, node: str, view: str) -> list[str | None]:
    return [row.text for row in run.rows(Kind.HEALTH_CHANGED, node) if row.view == view]


# --- ammonia ----------------------------------------------------------------------------------------------------------


def ammonia(hole: str = "0.1 mm", at: str = "2022-12-17T20:00Z") -> Told:
    return leaking("station-coolant", "cooling-b", at, hole)


def test_ammonia_two_days_before_moves_the_sortie_in_its_reach_and_no_other():
    run = ammonia()
    assert run.planned == {"us-eva-83": "moved"}
    moved = run.row(Kind.MOVED, "us-eva-83")
    reason = "residue of ammonia fluid may lie along the truss, centre (S1, S0, P1)"
    assert (moved.rule, moved.text, run.dated(moved)) == ("eva-u2", reason, "2022-12-20T12:45Z")
    assert run.log.row(moved.cause).kind is Kind.WETTED
    assert run.row(Kind.STRUCK, "leak").seq in run.up(moved.seq)
    assert run.dated(run.row(Kind.STARTED, "vkd-57")) == "2022-12-21T14:00Z"


def test_ammonia_is_feared_as_ammonia_at_once_and_nobody_asks_what_it_is():
    run = ammonia()
    assert set(wetted(run, "houston")) == {("truss-centre", "ammonia")}
    assert {row.subject for row in run.rows(Kind.ASKED)} == {"real", "flow"}


def test_the_ground_shuts_the_leak_off_and_a_day_later_the_truss_is_clear():
    run = ammonia()
    isolated = run.row(Kind.FINISHED, "cooling-b-isolate")
    answered = run.row(Kind.ANSWERED, "flow", view="houston")
    assert (answered.text, answered.t_s, answered.until_s) == ("no longer flows", isolated.t_s, None)
    assert run.row(Kind.ENDED, "leak").t_s == isolated.t_s
    assert run.row(Kind.CLEARED, "truss-centre", view="houston").t_s == isolated.t_s + 24 * HOUR_S
    assert run.rows(Kind.EMPTIED) == []


def test_shut_off_in_time_the_channel_serves_again_in_part_and_too_late_it_is_lost():
    small, large = ammonia("0.1 mm"), ammonia("0.3 mm")
    for view in ("houston", "moscow"):
        assert health(small, "cooling-b", view) == ["failed", "degraded"]
        assert health(small, "research-us", view) == ["failed", "degraded"]
        assert health(large, "cooling-b", view) == ["failed"]
    assert health(small, "cooling-b", "truth") == ["degraded"]
    assert health(large, "cooling-b", "truth") == ["degraded", "failed"]
    assert 0 < lost(small)["coolant_lost"] < 21 < lost(large)["coolant_lost"] < 283
    assert health(large, "research-us", "truth")[-1] == "failed"


def test_valves_that_are_shut_shut_off_every_hole_behind_them():
    run = told(
        ammonia().scenario.with_incident(
            id="more", leak="station-coolant", node="cooling-b", at="2022-12-18T02:00Z", hole="0.1 mm"
        )
    )
    isolated = run.row(Kind.FINISHED, "cooling-b-isolate")
    assert {row.subject: row.t_s for row in run.rows(Kind.ENDED)} == {"leak": isolated.t_s, "more": isolated.t_s}
    assert run.rows(Kind.LEAKED)[-1].value == 0
    closed = [row for row in run.rows(Kind.ANSWERED, "flow") if row.view == "houston"]
    assert [(row.object, row.text) for row in closed] == [("leak", "no longer flows"), ("more", "no longer flows")]


def test_the_other_channel_carries_the_segment_and_its_life_support_and_both_together_are_too_much():
    one = ammonia("0.3 mm")
    assert health(one, "us-cooling", "truth") == ["degraded"]
    assert health(one, "carbon-dioxide-removal-us", "truth") == ["degraded"]
    both = told(
        one.scenario.with_incident(
            id="other", leak="station-coolant", node="cooling-a", at="2022-12-18T20:00Z", hole="0.3 mm"
        )
    )
    assert health(both, "us-cooling", "truth") == ["degraded", "failed"]
    assert health(both, "carbon-dioxide-removal-us", "truth") == ["degraded", "failed"]
    assert health(both, "carbon-dioxide-removal", "truth") == ["degraded"]


def test_who_is_outside_when_ammonia_comes_comes_in_and_stays_in_the_airlock_for_it():
    run = ammonia("1 mm", at="2022-12-19T15:00Z")
    ended = run.row(Kind.TERMINATED, "us-eva-83")
    assert ended.rule == "eva-u2"
    assert ended.text.endswith("; 25 min in the airlock: suits may carry ammonia fluid")
    inert = leaking("suit-water", "emu-2", "2022-12-19T15:00Z", "1 mm").row(Kind.TERMINATED, "us-eva-83")
    assert (ended.until_s - ended.t_s) - (inert.until_s - inert.t_s) == 25 * 60
    worked = [row.until_s for row in run.rows(Kind.WORKED, "us-eva-83")]
    assert worked == [ended.until_s + 90 * 60] * 4


@cache
def waived() -> Told:
    """US EVA-83 is flown in ammonia residue by waiver, and one of its people has work right after."""
    calm = shipped(PLAN).without("loop").until("2023-03-15")
    for rule in RELEASES:
        calm = calm.with_rule(rule, waived_by="a test").with_waiver(rule, "us-eva-83", "it must be")
    calm = calm.with_activity(
        "log-entry", name="log entry", kind="maintenance", centre="houston", at="2022-12-19T21:20Z", lasts="30 min",
        people=[{"role": "hand", "who": "cassada"}], source="a test",
    )  # fmt: skip
    calm = calm.with_waiver("crew-3", "log-entry", "what was done is written down before they sleep")
    return told(
        calm.with_incident(id="leak", leak="station-coolant", node="cooling-b", at="2022-12-18T20:00Z", hole="0.1 mm")
    )


def test_a_sortie_that_is_flown_in_residue_by_waiver_ends_in_the_airlock_too():
    run = waived()
    done = run.row(Kind.FINISHED, "us-eva-83")
    assert (done.until_s - done.t_s, done.text) == (25 * 60, "25 min in the airlock: suits may carry ammonia fluid")
    assert [row.until_s for row in run.rows(Kind.WORKED, "us-eva-83")] == [done.until_s + 90 * 60] * 4
    assert run.costs["crew_hours_worked"] == pytest.approx(4 * 25 / 60 + run.costs["crew_hours_response"])


def test_who_is_in_the_airlock_begins_nothing_else():
    run = waived()
    assert run.planned == {"log-entry": "moved"}
    moved = run.row(Kind.MOVED, "log-entry")
    assert (moved.rule, run.dated(moved)) == ("gen-2", "2022-12-20T08:00Z")
    books_no_hour_twice(run.log)


# --- a spare loop -----------------------------------------------------------------------------------------------------


def test_the_spare_loop_takes_over_and_inert_coolant_keeps_nobody_in():
    run = leaking("station-coolant", "zvezda-loop-main", "2022-12-20T08:00Z", "0.5 mm")
    assert run.planned == {}
    assert health(run, "zvezda-loop-main", "truth") == ["degraded", "failed"]
    assert health(run, "zvezda-cooling", "truth") == ["degraded"]
    assert health(run, "oxygen-generator-russian", "truth") == ["degraded"]
    assert set(wetted(run, "moscow")) == {("zvezda-aft-outside", "inert")}


def test_without_the_spare_loop_what_it_cooled_is_lost():
    one = leaking("station-coolant", "zvezda-loop-main", "2022-12-20T08:00Z", "0.5 mm")
    both = told(
        one.scenario.with_incident(
            id="spare", leak="station-coolant", node="zvezda-loop-spare", at="2022-12-22T08:00Z", hole="0.5 mm"
        )
    )
    assert health(both, "zvezda-cooling", "truth")[-1] == "failed"
    assert health(both, "oxygen-generator-russian", "moscow")[-1] == "failed"
    assert health(both, "oxygen-supply", "truth")[-1] == "degraded"


# --- propellant and its gas -------------------------------------------------------------------------------------------


def test_propellant_at_the_port_beside_the_exit_keeps_people_in_for_a_week_after_it_has_gone():
    run = leaking("propellant-tank", "progress-ms-21/propellant-tanks", "2022-12-18T20:00Z", "1 mm")
    assert set(wetted(run, "moscow")) == {("poisk-outside", "hypergol")}
    moved = run.row(Kind.MOVED, "vkd-57")
    assert (moved.rule, moved.text) == ("eva-r2", "residue of hypergol fluid may lie around Poisk and its hatches")
    over = run.row(Kind.ANSWERED, "flow", view="moscow", until_s=None)
    cleared = run.row(Kind.CLEARED, "poisk-outside", view="moscow")
    assert cleared.t_s - over.t_s == 7 * 24 * HOUR_S
    assert run.row(Kind.STARTED, "vkd-57").t_s > cleared.t_s
    assert run.planned == {"vkd-57": "moved", "us-eva-contingency": "moved"}
    assert lost(run) == {"propellant_lost": pytest.approx(580e-3 * 1120)}
    assert health(run, "progress-ms-21/refuelling", "truth")[-1] == "failed"
    assert health(run, "progress-ms-21/reboost", "truth") == []


def test_a_ship_with_half_its_propellant_is_for_emergencies_only():
    run = leaking("propellant-tank", "soyuz-ms-22/propellant-a", "2022-12-18T20:00Z", "0.3 mm")
    held = [row.text for row in run.rows(Kind.STATUS_CHANGED, "soyuz-ms-22") if row.view == "moscow"]
    assert held[:2] == ["unknown", "emergency-only"]
    assert health(run, "soyuz-ms-22/propulsion", "truth") == ["degraded"]
    assert health(run, "soyuz-ms-22/emergency-return", "truth") == ["degraded"]
    assert run.changes["prokopyev-return"]["outcome"] == "postponed"
    assert run.rows(Kind.HEATED, "soyuz-ms-22")[-1].t_s == 0


def test_gas_that_is_inert_stops_nobody_outside_and_costs_what_hangs_on_it():
    run = leaking("pressurant-tank", "soyuz-ms-22/pressurant-a", "2022-12-18T20:00Z", "0.2 mm", grows="0.1 mm2/d")
    assert run.planned == {}
    assert health(run, "soyuz-ms-22/pressurisation", "truth") == ["degraded"]
    assert health(run, "soyuz-ms-22/crewed-return", "truth") == ["degraded"]
    assert run.rows(Kind.STATUS_CHANGED, "soyuz-ms-22") == []
    assert set(lost(run)) == {"pressurant_lost"}
    both = told(
        run.scenario.with_incident(
            id="other", leak="pressurant-tank", node="soyuz-ms-22/pressurant-b", at="2022-12-23T20:00Z", hole="0.2 mm"
        )
    )
    assert [r.text for r in both.rows(Kind.STATUS_CHANGED, "soyuz-ms-22") if r.view == "moscow"] == [
        "unknown",
        "unusable",
    ]
    assert {both.changes[f"{who}-return"]["outcome"] for who in ("prokopyev", "petelin", "rubio")} == {"postponed"}


# --- suits ------------------------------------------------------------------------------------------------------------


def test_water_in_a_suit_ends_the_sortie_and_holds_that_type_of_suit_only():
    run = leaking("suit-water", "emu-2", "2022-12-19T14:00Z", "0.3 mm")
    ended = run.row(Kind.TERMINATED, "us-eva-83")
    assert (ended.rule, ended.text) == ("eva-6", "EMU suit 2 is not available")
    assert run.planned == {"us-eva-83": "terminated"} | dict.fromkeys(
        ("us-eva-contingency", "us-eva-84", "us-eva-85"), "postponed"
    )
    flown = [run.dated(run.row(Kind.STARTED, f"vkd-{number}"))[:10] for number in (56, 57, 58, 59)]
    assert flown == ["2022-12-15", "2022-12-21", "2023-01-19", "2023-02-27"]
    assert lost(run) == {"water_lost": pytest.approx(3.8)}
    assert run.rows(Kind.WETTED) == []
    left = run.row(Kind.UNDATED, "us-eva-84")
    assert {rule for rule, *_ in run.blocks(left.seq)} >= {"gen-1", "eva-u5"}


def test_water_in_a_suit_that_nobody_wears_holds_its_sisters_and_ends_nothing():
    run = leaking("suit-water", "emu-4", "2022-12-19T14:00Z", "0.3 mm")
    assert run.rows(Kind.TERMINATED) == []
    assert health(run, "emu-1", "houston") == []
    left = run.row(Kind.UNDATED, "us-eva-84")
    assert (left.rule, left.text) == ("eva-u5", "EMU suit 1 may have what struck EMU suit 4")
    assert run.log.row(left.cause).kind is Kind.ASKED
    assert run.row(Kind.ASKED, "family", view="houston").until_s == left.t_s + 240 * 24 * HOUR_S - 2 * HOUR_S


def test_a_russian_suit_holds_russian_sorties_only():
    run = leaking("suit-water", "orlan-4", "2022-12-15T05:00Z", "0.3 mm")
    assert run.row(Kind.TERMINATED, "vkd-56").rule == "eva-6"
    assert run.planned == {"vkd-56": "terminated"} | dict.fromkeys(
        (f"vkd-{number}" for number in (57, 58, 59, 60, 61)), "postponed"
    )
    assert run.dated(run.row(Kind.STARTED, "us-eva-83")) == "2022-12-19T12:45Z"


def test_a_small_leak_that_grows_is_told_of_sooner():
    same = leaking("suit-water", "emu-4", "2022-12-19T14:00Z", "0.05 mm")
    grows = leaking("suit-water", "emu-4", "2022-12-19T14:00Z", "0.05 mm", grows="0.1 mm2/d")
    assert grows.row(Kind.ALARMED, "emu-4").t_s < same.row(Kind.ALARMED, "emu-4").t_s


def test_a_ship_that_leaked_before_its_launch_is_not_certified_when_it_has_come():
    calm = shipped("soyuz-ms22").without("loop").until("2023-03-25")
    run = told(calm.with_leak("soyuz-ms-23/external-loop", at="2023-02-20T00:00Z", hole="1 mm", mode="coolant-loop"))
    (docked,) = run.rows(Kind.DOCKED, "soyuz-ms-23")
    found = {row.text for row in run.rows(Kind.STATUS_CHANGED, "soyuz-ms-23") if row.t_s >= docked.t_s}
    assert found
    assert "certified" not in found
    assert {row.value for row in run.rows(Kind.SEATED, "kononenko")} <= {2, 3}


def test_a_false_alarm_of_a_suit_is_over_when_the_suit_has_been_looked_at_or_tried():
    calm = shipped("soyuz-ms22").without("loop")
    run = told(calm.with_incident(id="ghost", reading="suit-water", node="emu-2", at="2022-12-16T09:00Z"))
    over = run.rows(Kind.DISMISSED, "ghost")
    assert {row.view for row in over} == {"houston", "moscow"}
    assert all(row.t_s <= 5 * 86400 for row in over)


def test_a_loop_that_was_shut_off_leaks_again_when_its_valve_gives_way_and_is_shut_off_again():
    calm = shipped("soyuz-ms22").without("loop")
    leak = {"at": "2022-12-15T08:00Z", "hole": "0.1 mm", "mode": "station-coolant", "id": "valve", "reopens": "10 d"}
    run = told(calm.with_leak("cooling-a", **leak))
    again = run.row(Kind.REOPENED, "valve")
    assert again.t_s == run.rows(Kind.ENDED, "valve")[0].t_s + 10 * 86400
    alarms = run.rows(Kind.ALARMED, "cooling-a")
    assert [again.t_s <= row.t_s for row in alarms] == [False, True]
    assert len(run.rows(Kind.ENDED, "valve")) == 2
    assert run.rows(Kind.FINISHED, "cooling-a-isolate-2")
