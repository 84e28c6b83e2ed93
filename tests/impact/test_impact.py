"""The impact as a whole: tables, their columns, the JSON."""

import json
import time

import attrs
import pandas as pd
import pytest
from impact.logs import Story, decided_outcome, pair, sample_outcome

from stationsim.impact.frames import TABLES, records
from stationsim.impact.impact import Impact, as_json, assess
from stationsim.log.kinds import Kind
from stationsim.log.log import COLUMNS


def quiet():
    outcome = sample_outcome()
    return attrs.evolve(outcome, disrupted=outcome.nominal)


@pytest.mark.parametrize("outcome", [sample_outcome(), quiet(), decided_outcome(), pair(Story(), Story())])
def test_every_table_has_its_columns_and_types_also_when_empty(outcome):
    impact = assess(outcome)
    for name, dtypes in TABLES.items():
        table = getattr(impact, name)
        found = {column: str(dtype) for column, dtype in table.dtypes.items()}
        levels = [level["id"] for level in impact.manifest.levels] if name == "options" else []
        assert found == dtypes | dict.fromkeys(levels, "Int64")
    assert tuple(impact.events.columns) == ("run", *COLUMNS, "t_utc")


def test_the_columns_stand_in_the_docstring():
    text = " ".join(Impact.__doc__.split())
    for name, dtypes in TABLES.items():
        assert f"`{', '.join(dtypes)}`" in text, name


def test_nothing_changes_without_an_incident():
    impact = assess(quiet())
    assert set(impact.changes["outcome"]) == {"kept"}
    assert impact.changes["incident"].isna().all()
    assert (impact.totals["difference"] == 0).all()
    assert (impact.ledger["difference"] == 0).all()
    assert impact.brief == "no incident · nothing changed"


def test_totals_are_the_sums_of_the_ledger():
    impact = assess(sample_outcome())
    sums = impact.ledger.groupby("quantity")["difference"].sum()
    for row in records(impact.totals):
        assert row["difference"] == pytest.approx(sums.get(row["quantity"], 0.0), rel=1e-12)
        assert row["difference"] == pytest.approx(row["disrupted"] - row["nominal"], rel=1e-12)


def test_events_are_those_of_both_logs():
    outcome = sample_outcome()
    events = assess(outcome).events
    assert len(events) == len(outcome.nominal) + len(outcome.disrupted)
    assert events["t_utc"][0] == "2022-12-14T00:00Z"
    assert events[events["kind"] == "struck"]["t_utc"].tolist() == ["2022-12-15T00:45Z"]


def test_causes_come_from_the_column_and_the_table():
    outcome = sample_outcome()
    causes = set(assess(outcome).causes.itertuples(index=False, name=None))
    undated = next(row for row in outcome.disrupted if row.kind is Kind.UNDATED)
    assert {cause for seq, cause in causes if seq == undated.seq} == {63, 61}
    assert all(cause < seq for seq, cause in causes)


def test_the_json_holds_every_change_and_every_quantity():
    impact = assess(sample_outcome())
    text = json.dumps(as_json(impact), allow_nan=False)
    said = json.loads(text)
    first = ["changes", "ledger", "shares", "recovery", "incidents", "decisions", "waivers", "margins", "consumables"]
    assert list(said) == [*first, "second", "hinges", "prices"]
    assert len(said["changes"]) == len(impact.changes)
    assert said["changes"][0] == {
        "subject": "vkd-56", "kind": "vkd", "outcome": "postponed", "differs": ["start"],
        "planned_utc": "2022-12-15T02:20Z", "nominal_utc": "2022-12-15T02:20Z", "actual_utc": None, "delay_s": None,
        "attempts": [{"utc": "2022-12-15T03:10Z", "end": "called_off", "rule": "EVA-R1"}],
        "was": {"start": "2022-12-15T02:20Z"}, "now": {"start": None}, "rule": "EVA-R1", "cause_seq": 63,
        "incident": "loop", "reason": "Soyuz MS-22 is not certified for its crew",
            "no_earlier": None, "replaced": [],
        }  # fmt: skip
    ledger = {row["quantity"]: row for row in said["ledger"]}
    assert ledger["evas_flown"] == {
        "quantity": "evas_flown", "unit": "1", "nominal": 5, "disrupted": 3, "difference": -2, "part_of": [],
    }  # fmt: skip
    assert ledger["gas_lost"] == {
        "quantity": "gas_lost", "unit": "kg", "nominal": 0.0, "disrupted": 0.0, "difference": 0.0, "part_of": [],
    }  # fmt: skip
    assert '"nominal": 5,' in text


def test_an_assessment_takes_a_fraction_of_a_second():
    """About 0.04 s undisturbed; the bound leaves room for coverage and for slow machines."""
    outcome = sample_outcome()
    assess(outcome)
    tries = []
    for _ in range(5):
        begun = time.process_time()
        assess(outcome)
        tries.append(time.process_time() - begun)
    assert min(tries) < 0.4


def test_records_have_no_missing_values_but_none():
    table = pd.DataFrame({"a": pd.Series([1, None], dtype="Int64"), "b": pd.Series([None, "x"], dtype="str")})
    assert records(table) == [{"a": 1, "b": None}, {"a": None, "b": "x"}]
    assert records(table.iloc[:0]) == []
