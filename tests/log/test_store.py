"""Saved runs: whole or not at all."""

import json
import re

import attrs
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from impact.logs import Story, sample_outcome, small_manifest
from pyarrow import parquet

from stationsim.errors import LogError
from stationsim.log import store
from stationsim.log.kinds import TABLES, Kind
from stationsim.log.outcome import Outcome
from stationsim.log.store import is_run, read, save

ROWS = st.tuples(
    st.sampled_from(Kind),
    st.text(max_size=5),
    st.none() | st.text(max_size=5),
    st.none() | st.integers(0, 99),
    st.none() | st.floats(allow_nan=False),
)


def same(one: Outcome, other: Outcome) -> bool:
    return one.manifest == other.manifest and all(
        getattr(one, run).rows == getattr(other, run).rows and getattr(one, run).tables == getattr(other, run).tables
        for run in ("nominal", "disrupted")
    )


def test_what_was_saved_is_read(tmp_path):
    outcome = sample_outcome()
    folder = save(outcome, tmp_path / "a" / "run")
    assert same(read(str(folder)), outcome)
    assert isinstance(read(folder).disrupted.rows[0].kind, Kind)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["manifest.json"]
        + [f"{run}.parquet" for run in ("nominal", "disrupted")]
        + [f"{run}-{name}.parquet" for run in ("nominal", "disrupted") for name in TABLES]
    )


def test_a_run_saved_before_there_were_consumables_is_read(tmp_path):
    folder = save(sample_outcome(), tmp_path / "run")
    path = folder / "manifest.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    del said["consumables"]
    path.write_text(json.dumps(said), encoding="utf-8")
    assert same(read(folder), sample_outcome())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(rows=st.lists(ROWS))
def test_any_log_comes_back_as_it_was(tmp_path, rows):
    told = Story()
    for kind, subject, text, until_s, value in rows:
        told.tell(kind, subject, text=text, until_s=until_s, value=value)
    outcome = Outcome(manifest=small_manifest(), nominal=told.log, disrupted=Story().log)
    assert same(read(save(outcome, tmp_path / "run")), outcome)


def test_a_folder_name_with_an_equals_sign_adds_no_column(tmp_path):
    assert same(read(save(sample_outcome(), tmp_path / "seed=1" / "run")), sample_outcome())


def test_a_run_takes_the_place_of_an_earlier_one(tmp_path):
    save(sample_outcome(), tmp_path / "run")
    (tmp_path / "run" / "report.html").write_text("of the earlier run")
    other = attrs.evolve(sample_outcome(), manifest=small_manifest(title="Other"))
    save(other, tmp_path / "run")
    assert read(tmp_path / "run").manifest.title == "Other"
    assert not (tmp_path / "run" / "report.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "run").mkdir()
    assert is_run(save(sample_outcome(), tmp_path / "run"))


@pytest.mark.parametrize("is_file", [True, False])
def test_something_else_is_left_alone(tmp_path, is_file):
    other = tmp_path / "mine"
    if is_file:
        other.write_text("text")
    else:
        other.mkdir()
        (other / "thesis.txt").write_text("text")
    text = f"{other}: there is something else, not a saved run. Name an empty or a new folder."
    with pytest.raises(LogError, match=f"^{re.escape(text)}$"):
        save(sample_outcome(), other)
    assert (other if is_file else other / "thesis.txt").read_text() == "text"


def test_a_run_that_cannot_be_written_leaves_nothing(tmp_path, monkeypatch):
    save(sample_outcome(), tmp_path / "run")
    monkeypatch.setattr(store, "_write", lambda *_: (_ for _ in ()).throw(OSError("no space left")))
    with pytest.raises(OSError, match="no space left"):
        save(attrs.evolve(sample_outcome(), manifest=small_manifest()), tmp_path / "run")
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
    assert same(read(tmp_path / "run"), sample_outcome())


def test_a_manifest_that_is_no_json_is_refused_before_anything_is_written(tmp_path):
    outcome = attrs.evolve(sample_outcome(), manifest=small_manifest(limits=[{"value": float("nan")}]))
    with pytest.raises(ValueError, match="not JSON compliant"):
        save(outcome, tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def refused(folder, text):
    with pytest.raises(LogError, match=f"^{re.escape(text)}$"):
        read(folder)


def test_a_folder_without_a_manifest_is_no_run(tmp_path):
    refused(tmp_path, f"{tmp_path} is no saved run: it has no manifest.json. Save one with `stationsim run`.")
    assert not is_run(tmp_path)


def test_a_manifest_that_is_no_json_is_said(tmp_path):
    path = tmp_path / "manifest.json"
    path.write_text("{")
    refused(tmp_path, f"{path}: this is not JSON. Run the scenario again.")


@pytest.mark.parametrize("text", ["[]", '{"format": "stationsim-run-0"}'])
def test_another_format_is_said(tmp_path, text):
    path = tmp_path / "manifest.json"
    path.write_text(text)
    found = None if text == "[]" else "stationsim-run-0"
    refused(
        tmp_path,
        f"{path}: its format is {found!r}, this version of stationsim reads 'stationsim-run-1'. Run it again.",
    )


def test_a_manifest_of_other_keys_is_said(tmp_path):
    path = save(sample_outcome(), tmp_path / "run") / "manifest.json"
    values = json.loads(path.read_text())
    del values["seed"]
    path.write_text(json.dumps(values | {"colour": "blue"}))
    refused(tmp_path / "run", f"{path}: missing or unknown: colour, seed. Run the scenario again.")


@pytest.mark.parametrize("is_there", [True, False])
def test_a_broken_file_is_named(tmp_path, is_there):
    path = save(sample_outcome(), tmp_path / "run") / "disrupted-blocks.parquet"
    if is_there:
        path.write_bytes(b"PAR1")
    else:
        path.unlink()
    refused(tmp_path / "run", f"{path}: this part of a saved run is missing or cannot be read. Run it again.")


def test_other_columns_are_named(tmp_path):
    path = save(sample_outcome(), tmp_path / "run") / "nominal-causes.parquet"
    parquet.write_table(pa.table({"seq": [1], "because": [0]}), path)
    refused(tmp_path / "run", f"{path}: it has columns seq, because, not seq, cause. Run it again.")


def test_an_unknown_kind_is_named(tmp_path):
    path = save(sample_outcome(), tmp_path / "run") / "nominal.parquet"
    events = parquet.read_table(path)
    kinds = ["exploded", *events["kind"].to_pylist()[1:]]
    index = events.column_names.index("kind")
    parquet.write_table(events.set_column(index, "kind", pa.array(kinds)), path)
    refused(tmp_path / "run", f"{path}: row 0 is of kind 'exploded', which this version does not know. Run it again.")
