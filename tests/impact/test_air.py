"""Bodies of air: their laws, reserve times, and what was lost."""

import math

import attrs
import pytest
from impact.airs import ALL, HORIZON, LIMIT, RATE, REST, air, hole, manifest, rapid_outcome, slow_outcome
from impact.logs import Story, pair, sample_outcome

from stationsim.impact.air import air_at, air_curves, bodies, gas_lost_kg, limit_kpa, pressure_kpa, reserve_s
from stationsim.impact.board import show
from stationsim.impact.impact import assess
from stationsim.impact.reading import Reading
from stationsim.log.outcome import Outcome


def sampled(outcome, quantity="pressure", subject="cabin-air"):
    curves = assess(outcome).curves
    mine = curves[(curves["quantity"] == quantity) & (curves["subject"] == subject) & (curves["run"] == "disrupted")]
    assert mine["t_s"].is_monotonic_increasing
    return list(zip(mine["t_s"], mine["value"], strict=True)), set(mine["unit"])


def alone(told, **changes):
    return Outcome(manifest=manifest(**changes), nominal=Story().log, disrupted=told.log)


def only(members="node,lab,lock", **law):
    told = Story()
    air(told.at(100), members, **law)
    (body,) = bodies(told.log, manifest())
    return body


def test_a_body_is_replaced_compartment_by_compartment():
    found = bodies(slow_outcome().disrupted, manifest())
    assert [(b.subject, b.start_s, b.until_s) for b in found] == [
        ("cabin-air", 1000, 3000), ("cabin-air", 3000, 4000), ("lab", 3000, 4000), ("cabin-air", 4000, 6000),
        ("cabin-air", 6000, 8000), ("cabin-air", 8000, 9000), ("cabin-air", 9000, HORIZON),
    ]  # fmt: skip
    assert [b.members for b in found[:3]] == [tuple(ALL.split(",")), tuple(REST.split(",")), ("lab",)]


def test_the_rest_of_a_body_stays_as_it_was():
    told = Story()
    air(told, "lab,lock,node", 100.0, RATE)
    air(told.at(5000), "lab", 90.0)
    found = bodies(told.log, manifest())
    assert [(b.subject, b.start_s, b.until_s) for b in found] == [
        ("cabin-air", 0, 5000), ("cabin-air", 5000, HORIZON), ("lab", 5000, HORIZON),
    ]  # fmt: skip
    assert pressure_kpa(found[1], 6000) == pytest.approx(100 * math.exp(-6000 * RATE))


def test_a_body_is_no_cabin_air_where_more_volumes_have_their_usual_air():
    assert only("ferry", p0=100.0).subject == "ferry"
    assert only("lab,node", p0=100.0).subject == "lab,node"
    assert only("lab,lock,node", p0=100.0).subject == "cabin-air"


def test_pressure_falls_to_its_rest_or_rises_in_proportion():
    body = only(p0=100.0, rate=1e-4, makeup=3e-3)  # 3 kg per kPa: rests at 10 kPa
    assert pressure_kpa(body, 100) == 100.0
    assert pressure_kpa(body, 10_100) == pytest.approx(10 + 90 / math.e)
    assert pressure_kpa(only(p0=90.0, makeup=3e-3), 1100) == pytest.approx(91.0)


def test_reserve_time_ends_at_the_limit():
    body = only(p0=100.0, rate=1e-4)
    left = reserve_s(body, 100, 60.0)
    assert left == pytest.approx(math.log(100 / 60) / 1e-4)
    assert pressure_kpa(body, 100 + left) == pytest.approx(60.0)
    assert reserve_s(body, 1100, 60.0) == pytest.approx(left - 1000)
    assert reserve_s(body, 100 + left + 1, 60.0) == 0.0
    assert reserve_s(only(p0=100.0, rate=1e-4, makeup=0.03), 100, 60.0) is None
    assert reserve_s(only(p0=100.0), 100, 60.0) is None
    assert reserve_s(only(p0=50.0), 100, 60.0) == 0.0


def test_curves_hold_the_pressure_of_each_body_and_end_with_it():
    cabin, unit = sampled(slow_outcome())
    assert unit == {"kPa"}
    assert cabin[0] == (1000, 100.0)
    assert cabin[-2] == (HORIZON, 99.0)
    assert cabin[-1][0] == HORIZON
    assert math.isnan(cabin[-1][1])
    lab, _ = sampled(slow_outcome(), subject="lab")
    assert lab[0] == (3000, 98.0)
    assert lab[-2] == (4000, pytest.approx(98 * math.exp(-0.05)))
    assert lab[-1][0] == 4000
    assert math.isnan(lab[-1][1])


def test_reserve_time_is_missing_while_no_limit_is_ahead():
    cabin, unit = sampled(slow_outcome(), "reserve_time")
    assert unit == {"h"}
    assert cabin[0] == (1000, pytest.approx(math.log(100 / 60) / RATE / 3600))
    assert all(math.isnan(value) for t_s, value in cabin if 3000 < t_s < 4000 or t_s > 6000)
    assert sampled(slow_outcome(), "reserve_time", "barge")[0] == []


def test_the_second_at_which_the_limit_is_reached_is_sampled():
    rapid = dict(sampled(rapid_outcome(), "reserve_time")[0])
    reached = min(t_s for t_s, value in rapid.items() if value == 0)
    assert reached == 1200 + math.ceil(math.log(82 / 60) / 1.25e-3)


def test_without_a_limit_there_is_no_reserve_time():
    outcome = slow_outcome()
    bare = attrs.evolve(outcome, manifest=manifest(limits=[]))
    assert limit_kpa(bare.manifest) is None
    assert limit_kpa(manifest()) == LIMIT["value"]
    assert sampled(bare)[0][:50] == sampled(outcome)[0][:50]
    assert sampled(bare, "reserve_time")[0] == []
    assert show(bare, 2000).air == (("cabin-air", pytest.approx(100 * math.exp(-0.01)), None),)


def test_gas_is_lost_through_the_hole_and_blamed_on_its_incident():
    ledger = assess(slow_outcome()).ledger
    (row,) = ledger[ledger["quantity"] == "gas_lost"].to_dict("records")
    lost = 500 * -math.expm1(-0.02) + 98 * -math.expm1(-0.05) + 485 * -math.expm1(-0.02)
    assert (row["subject"], row["incident"], row["unit"], row["nominal"]) == ("lab", "leak", "kg", 0.0)
    assert row["disrupted"] == pytest.approx(lost)


def test_make_up_gas_leaves_through_the_hole_too():
    told = Story()
    hole(told, "lab", 1e-5)
    air(told, "lab,lock,node", 10.0, 1e-4, makeup=3e-3)  # at rest: what comes in goes out
    run = Reading.of(alone(told)).disrupted
    assert gas_lost_kg(run, manifest()) == {"lab": pytest.approx(3e-3 * HORIZON)}


def test_two_holes_share_a_loss_by_their_size():
    told = Story()
    hole(told, "lab", 1e-5)
    hole(told, "ferry/cabin", 3e-5, "other")
    hole(told, "attic", 3e-5, "third")
    air(told, "ferry,lab,node", 100.0, 1e-4)
    lost = gas_lost_kg(Reading.of(alone(told)).disrupted, manifest())
    assert lost["ferry/cabin"] == pytest.approx(3 * lost["lab"])
    assert sum(lost.values()) == pytest.approx(300 * -math.expm1(-2))


def test_a_hole_that_is_told_elsewhere_still_counts():
    told = Story()
    hole(told, "port", 1e-5)
    air(told, "lab,lock,node", 100.0, 1e-4)
    assert set(gas_lost_kg(Reading.of(alone(told)).disrupted, manifest())) == {"port"}
    told = Story()
    air(told, "lab,lock,node", 100.0, 1e-4)
    assert set(gas_lost_kg(Reading.of(alone(told)).disrupted, manifest())) == {"cabin-air"}


def test_nothing_of_air_without_a_leak():
    outcome = sample_outcome()
    assert list(air_curves(Reading.of(outcome).disrupted, outcome.manifest)) == []
    assert show(outcome, 1000).air == show(pair(Story(), Story()), 0).air == ()


def test_the_board_tells_of_air_that_is_not_as_usual():
    outcome = slow_outcome()
    leaking = show(outcome, 3500)
    assert [(body, round(kpa, 2), None if left is None else round(left)) for body, kpa, left in leaking.air] == [
        ("cabin-air", 98.0, None), ("lab", 95.58, 9312),
    ]  # fmt: skip
    assert "Air\n  cabin air: 98.0 kPa, no limit ahead\n  Lab: 95.6 kPa, reserve time 2 h 35 min 12 s\n" in leaking.text
    assert show(outcome, 999).air == ()
    assert [body for body, _, _ in air_at(outcome.disrupted, outcome.manifest, HORIZON)] == ["cabin-air"]
    assert "cabin air: 30.2 kPa, at or below the limit" in show(rapid_outcome(), 2000).text


def test_the_board_tells_of_hatches_of_ships_and_of_who_sheltered():
    board = show(rapid_outcome(), 2000)
    assert ("ferry/hatch", "closed") in board.hatches
    assert "  Ferry at low, hatch closed\n  Barge at high, hatch open\n" in board.text
    assert "Hatches\n  all 2 are open\n" in board.text
    assert board.sheltered == (("ann", "ferry"), ("bob", "ferry"))
    assert "Sheltered\n  Ann in Ferry\n  Bob in Ferry" in board.text
    assert show(rapid_outcome(), 15_000).sheltered == ()
    assert "barge/hatch" not in dict(show(slow_outcome(), 9000).hatches)
