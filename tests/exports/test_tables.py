"""The formats of tables, each read back to what stood in the impact."""

import csv
import io
import json

import attrs
import pyarrow as pa
import pytest
from exports.conftest import EVIL
from pyarrow import parquet

from stationsim.exports.formats import FORMATS
from stationsim.exports.tables import plain, tables_of
from stationsim.impact.frames import records
from stationsim.impact.impact import as_json

WHICH = ["told", "decided", "hostile", "hostile_decided", "empty", "deep", "hostile_deep"]


@pytest.mark.parametrize("which", WHICH)
def test_every_table_comes_back_from_csv(which, request):
    """RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180): CRLF, quoted where needed, quotes doubled."""
    impact = request.getfixturevalue(which)
    found = FORMATS["csv"].files(impact)
    assert list(found) == [f"{name}.csv" for name in tables_of(impact)]
    for name, table in tables_of(impact).items():
        text = found[f"{name}.csv"].decode()
        assert text.endswith("\r\n")
        heads, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert heads == list(table)
        assert rows == [[cell(value) for value in row.values()] for row in records(table)]


def cell(value):
    value = plain(value)
    return "" if value is None else json.dumps(value) if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("which", WHICH)
def test_every_table_comes_back_from_parquet_with_its_types(which, request):
    """Apache Parquet (https://parquet.apache.org/docs/file-format/), read by pyarrow."""
    impact = request.getfixturevalue(which)
    found = FORMATS["parquet"].files(impact)
    for name, table in tables_of(impact).items():
        read = parquet.read_table(io.BytesIO(found[f"{name}.parquet"]))
        assert read.column_names == list(table)
        assert read.to_pylist() == [{key: plain(value) for key, value in row.items()} for row in records(table)]
    ends = parquet.read_schema(io.BytesIO(found["margins.parquet"]))
    assert (ends.field("value").type, ends.field("holds").type) == (pa.float64(), pa.bool_())
    assert parquet.read_schema(io.BytesIO(found["changes.parquet"])).field("delay_s").type == pa.int64()


@pytest.mark.parametrize("which", WHICH)
def test_the_impact_comes_back_from_json(which, request):
    """RFC 8259 (https://www.rfc-editor.org/rfc/rfc8259); the keys are those of `run --json`."""
    impact = request.getfixturevalue(which)
    content = FORMATS["json"].files(impact)["impact.json"]
    read = json.loads(content, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert {key: read[key] for key in as_json(impact)} == as_json(impact)
    assert (read["scenario"], read["seed"], read["title"]) == (
        impact.manifest.scenario,
        impact.manifest.seed,
        impact.manifest.title,
    )


def test_hinges_and_second_failures_are_tables_where_they_were_worked_out(deep, told):
    more = {"second", "hinges", "hinge_decisions", "hinge_elements", "hinge_opened", "hinge_refused"}
    assert set(tables_of(deep)) - set(tables_of(told)) == more
    assert as_json(told)["second"] is as_json(told)["hinges"] is None


def sheet(impact):
    return list(csv.DictReader(io.StringIO(FORMATS["changes"].files(impact)["changes.csv"].decode(), newline="")))


def test_change_requests_are_numbered_and_say_old_new_reason_rule_cause_and_incident(told):
    rows = sheet(told)
    changed = [row for row in records(told.changes) if row["outcome"] != "kept"]
    assert [row["number"] for row in rows] == [f"CR-{number:03}" for number in range(1, len(changed) + 1)]
    assert [row["subject"] for row in rows] == [row["subject"] for row in changed]
    moved = next(row for row in rows if row["subject"] == "us-eva-83")
    assert (moved["name"], moved["outcome"], moved["old"], moved["new"], moved["incident"]) == (
        "US EVA-83",
        "moved",
        "2022-12-19",
        "2022-12-21",
        "loop",
    )
    assert moved["rule"]
    assert moved["reason"]
    assert moved["cause"].startswith("2022-12-")
    assert "rubio" in moved["people"].split(",")


def test_change_requests_tell_who_flies_where_and_how_long_nobody_could_go_home(decided):
    rows = {row["subject"]: row for row in sheet(decided)}
    assert rows["dock"]["old"] == "2022-12-31; people up: Cy"
    assert rows["dock"]["new"] == "2022-12-23; people up: none"
    assert rows["seats"]["old"] == "not planned"
    assert rows["down"]["new"] == "2023-01-05; port: Aft; people down: Ann"
    assert rows["cy-return"]["new"] == "comes up: 2023-01-08"
    assert rows["ann-return"]["new"] == "2023-01-05; ship: Boat; without a ship for: 9 d 01:00"
    assert rows["ann-return"]["people"] == "ann"


def test_no_cell_of_the_change_requests_begins_a_formula(hostile, hostile_decided):
    """OWASP, CSV injection (https://owasp.org/www-community/attacks/CSV_Injection): an apostrophe stands in front."""
    for impact in (hostile, hostile_decided):
        cells = [value for row in sheet(impact) for value in row.values()]
        assert [value for value in cells if value[:1] in {"=", "+", "-", "@", "\t", "\r"}] == []
        assert any(value.startswith("'=1+1") for value in cells)


def test_tables_for_programs_keep_what_a_spreadsheet_would_take_for_a_formula(hostile):
    rows = csv.DictReader(io.StringIO(FORMATS["csv"].files(hostile)["waivers.csv"].decode(), newline=""))
    assert next(rows)["rationale"] == EVIL


def test_a_change_of_tasks_is_told_by_the_tasks(told):
    changes = told.changes.head(1).copy()
    changes["outcome"], changes["was"], changes["now"] = "changed", [{"tasks": ["a", "b"]}], [{"tasks": []}]
    (row,) = sheet(attrs.evolve(told, changes=changes))
    assert (row["old"].partition("; ")[2], row["new"].partition("; ")[2]) == ("tasks: a, b", "tasks: none")
