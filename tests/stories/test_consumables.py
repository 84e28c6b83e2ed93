"""A cargo ship docks late: three days of food less, and the one that kept it away pays for them."""

import pytest

import stationsim as ss
from stationsim.impact.frames import records
from stationsim.impact.impact import Impact, as_json

FAILS = "progress-ms-22-docking"


@pytest.fixture(scope="module")
def plan() -> ss.Scenario:
    return ss.load("quiet-increment").until("2023-02-15T00:00Z")


def margins(impact: Impact) -> dict[str, list[tuple[str | None, float]]]:
    """Return the incident and difference [d] of each line of a margin that differs."""
    found: dict[str, list[tuple[str | None, float]]] = {}
    for row in records(impact.ledger):
        if row["quantity"] == "consumable_margin" and row["difference"]:
            found.setdefault(row["subject"], []).append((row["incident"], row["difference"]))
    return found


def test_a_docking_that_fails_costs_the_days_until_the_next_try(plan, tmp_path):
    outcome = ss.run(plan.with_incident(id="knock", fails=FAILS))
    impact = ss.assess(outcome)
    assert margins(impact) == {"food": [("knock", -3.0)], "water": [("knock", -3.0)]}
    food = next(one for one in as_json(impact)["consumables"] if one["consumable"] == "food")
    assert (food["nominal_utc"], food["disrupted_utc"]) == ("2023-02-11T12:00Z", "2023-02-14T12:00Z")
    before, after = records(impact.consumables.query("run == 'disrupted' and consumable == 'food'"))
    used_kg = 7 * 1.8 * (before["until_s"] - before["start_s"]) / 86400
    assert after["stock_kg"] == pytest.approx(before["stock_kg"] - used_kg + 450)
    again = ss.assess(ss.read(ss.save(outcome, tmp_path / "run")))
    assert again.consumables.equals(impact.consumables)


def test_of_two_incidents_each_pays_its_share_and_the_shares_add_up(plan):
    both = plan.with_incident(id="knock", fails=FAILS).with_incident(
        id="late", hold={"kinds": ["launch"]}, at="2023-02-08", lasts="4 d"
    )
    impact = ss.assess(ss.run(both))
    assert impact.split == "fair"
    for one in as_json(impact)["consumables"]:
        shares = margins(impact)[one["consumable"]]
        assert {incident for incident, _ in shares} <= {"knock", "late"}
        assert sum(share for _, share in shares) == pytest.approx(one["difference_d"], abs=2 / 86400)


def test_nothing_is_lost_where_nothing_strikes(plan):
    impact = ss.assess(ss.run(plan))
    assert margins(impact) == {}
    assert [one["difference_d"] for one in as_json(impact)["consumables"]] == [0.0, 0.0]
