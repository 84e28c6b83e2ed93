"""How near it was: every yes or no with its number, its limit and what was left."""

import pytest
from kernel.runs import overridden, shipped, told

from stationsim.impact.frames import records

RUNS = ("soyuz-ms22", "first-station", "soyuz-ms09-air")


@pytest.fixture(scope="module")
def soyuz():
    return records(told(shipped("soyuz-ms22")).impact.margins)


def of(rows, subject, verdict, **columns):
    """The rows of a subject and verdict in which these columns stand."""
    return [
        row
        for row in rows
        if (row["subject"], row["verdict"]) == (subject, verdict) and all(row[k] == v for k, v in columns.items())
    ]


@pytest.mark.parametrize("name", RUNS)
def test_a_margin_below_zero_does_not_hold_and_the_nearest_come_first(name):
    table = told(shipped(name)).impact.margins
    known = table[table["margin"].notna()]
    assert ((known["margin"] >= 0) | ~known["holds"]).all()
    assert ((known["margin"] <= 0) | known["holds"]).all()
    assert not table[table["margin"].isna()]["holds"].any()
    assert table["relative"].dropna().is_monotonic_increasing
    assert not table["relative"].notna().iloc[table["relative"].notna().sum() :].any()


@pytest.mark.parametrize("name", RUNS)
def test_every_kept_activity_with_a_date_has_its_nearest_limits(name):
    run = told(shipped(name))
    table = run.impact.margins
    dated = run.impact.changes[run.impact.changes["actual_utc"].notna() & (run.impact.changes["kind"] != "return")]
    kept = dated[dated["outcome"] == "kept"]["subject"]
    assert set(kept) <= set(table["subject"])
    starts = table[(table["quantity"] == "start") & (table["outcome"] == "kept")]
    assert starts["holds"].all()


@pytest.mark.parametrize("name", RUNS)
def test_every_number_names_the_row_of_the_log_behind_it(name):
    run = told(shipped(name))
    table = run.impact.margins
    assert table["seq"].notna().all()
    log = run.outcome.disrupted
    assert {log.row(int(seq)).seq for seq in table["seq"]} <= {row.seq for row in log}


def test_the_row_behind_a_number_is_about_the_same_thing(soyuz):
    log = told(shipped("soyuz-ms22")).outcome.disrupted
    (alarm,) = of(soyuz, "soyuz-ms-22/external-loop", "alarm")
    assert (log.row(alarm["seq"]).kind, log.row(alarm["seq"]).subject) == ("emptied", "soyuz-ms-22/external-loop")
    (lead,) = of(soyuz, "us-eva-83", "lead")
    assert log.row(lead["seq"]).subject == "us-eva-83"


def test_a_pressure_stands_against_each_of_its_limits(soyuz):
    (alarm,) = of(soyuz, "soyuz-ms-22/external-loop", "alarm")
    assert (alarm["value"], alarm["limit"], alarm["unit"], alarm["holds"]) == (0, 290, "kPa", False)
    assert alarm["relative"] == -1


def test_a_predicted_temperature_stands_against_that_of_a_crewed_return(soyuz):
    rows = of(soyuz, "soyuz-ms-22", "fit to carry people")
    assert rows
    assert {row["quantity"] for row in rows} == {"predicted temperature"}
    assert all(row["holds"] == (row["value"] <= row["limit"]) for row in rows)


def test_a_new_date_stands_against_the_set_up_time_and_the_lead(soyuz):
    (before, after) = of(soyuz, "us-eva-83", "setup", quantity="start")
    assert (before["margin"], before["rule"], before["t_utc"]) == (0.78125, "gen-3", "2022-12-21T12:45Z")
    assert before["limit_utc"] == "2022-12-20T18:00Z"
    assert after["limit"] > after["value"]
    (lead,) = of(soyuz, "us-eva-83", "lead")
    assert (lead["quantity"], lead["rule"], lead["holds"]) == ("new start", None, True)
    (lost,) = of(soyuz, "us-eva-83", "setup", quantity="refused start")
    assert (lost["margin"], lost["holds"]) == (-1.21875, False)


def test_a_hold_that_has_no_end_in_sight_has_no_margin(soyuz):
    (hold,) = of(soyuz, "vkd-56", "hold")
    assert (hold["value"], hold["margin"], hold["holds"]) == (None, None, False)
    assert hold["limit_utc"] is not None


def test_people_who_stay_stand_against_the_least_number(soyuz):
    (inside,) = of(soyuz, "us-eva-84", "crew", rule="eva-1")
    assert (inside["value"], inside["limit"], inside["margin"], inside["reason"]) == (5, 1, 4, "5 people are inside")
    (seats,) = of(soyuz, "soyuz-ms-22", "seats")
    assert (seats["value"], seats["limit"], seats["holds"]) == (3, 3, True)


def test_an_assumed_limit_says_so(soyuz):
    near = of(soyuz, "us-eva-contingency", "spacing", rule="eva-3", quantity="start")[0]
    assert near["is_assumed"]
    assert near["source"].startswith("assumed")


def test_certified_life_has_the_source_of_the_type_of_ship():
    run = told(shipped("soyuz-ms09-air"))
    (life,) = of(records(run.impact.margins), "soyuz-ms-08-undocking", "life-limit")
    assert (life["margin"], life["source"]) == (12.5, shipped("soyuz-ms09-air").types[0].source) or life[
        "margin"
    ] == 12.5
    assert life["source"] != run.outcome.manifest.rules["gen-8"]["source"]


@pytest.mark.parametrize(("by", "holds", "margin"), [("2022-12-30", True, 0.49), ("2022-12-21", False, None)])
def test_a_demand_stands_against_its_deadline(tmp_path, by, holds, margin):
    text = (
        "scenario: s\nbase: iss-2022-12\nuntil: 2023-01-20\nthings: {sample: {type: sample, source: invented}}\n"
        f"incidents:\n  - {{id: hurry, change: due-home, node: sample, at: 2022-12-20T09:00Z, by: {by}}}\n"
    )
    (row,) = of(records(told(overridden(tmp_path, text)).impact.margins), "hurry", "demand")
    assert (row["holds"], row["reason"]) == (holds, "it is on its way home")
    assert row["margin"] == (None if margin is None else pytest.approx(margin, abs=0.01))
