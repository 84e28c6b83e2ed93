"""What is written where, whole or not at all, and what is refused."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from impact.logs import sample_outcome

import stationsim as ss
from stationsim.exports.export import is_export
from stationsim.exports.formats import FORMATS

FILES = {"markdown": ".md", "graphml": ".graphml", "openmct": ".json", "json": ".json"}


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_twice_to_the_same_bytes_and_leaves_nothing_beside(told, tmp_path, name):
    target = tmp_path / "deep" / f"plan{FILES.get(name, '')}"
    assert ss.export(told, target, name) == target
    first = tree(tmp_path)
    ss.export(sample_outcome(), str(target), name)  # an outcome is assessed first
    assert tree(tmp_path) == first
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize("name", FORMATS)
def test_a_run_in_which_there_is_nothing_is_written_too(empty, tmp_path, name):
    ss.export(empty, tmp_path / "out", name)


@pytest.mark.parametrize("name", FORMATS)
def test_names_of_any_kind_are_written_in_every_format(hostile, hostile_decided, tmp_path, name):
    ss.export(hostile, tmp_path / "one", name)
    ss.export(hostile_decided, tmp_path / "two", name)


def test_the_same_run_gives_the_same_bytes_under_any_hash_seed(tmp_path):
    run = ss.save(sample_outcome(), tmp_path / "run")
    code = (
        "import hashlib, sys, stationsim as ss; from stationsim.exports.formats import FORMATS;"
        "impact = ss.assess(ss.read(sys.argv[1]));"
        "made = [repr(list(one.files(impact).items())) for one in FORMATS.values()];"
        "print([hashlib.sha256(text.encode()).hexdigest() for text in made])"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code, str(run)],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(ss.__file__).parent.parent)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "4711")
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("name", "path", "begins"),
    [
        ("changes", "a.csv", b"number,subject,name"),
        ("changes", "a.md", b"# Change requests: A leak on Soyuz MS-22"),
        ("brief", "a.HTML", b"<!doctype html>"),
        ("brief", "a.md", b"# A leak on Soyuz MS-22"),
        ("ical", "a.ics", b"BEGIN:VCALENDAR\r\n"),
    ],
)
def test_one_file_of_a_folder_is_written_alone_where_its_suffix_is_named(told, tmp_path, name, path, begins):
    assert ss.export(told, tmp_path / path, name).read_bytes().startswith(begins)


def test_a_folder_says_what_it_is_and_an_earlier_one_is_replaced_whole(told, tmp_path):
    folder = ss.export(told, tmp_path / "out", "csv")
    card = json.loads((folder / "export.json").read_text(encoding="utf-8"))
    assert (card["format"], card["export"], card["scenario"]) == ("stationsim-export-1", "csv", "soyuz-ms22")
    assert sorted([*card["files"], "export.json"]) == sorted(tree(folder))
    ss.export(told, folder, "brief")
    assert sorted(tree(folder)) == ["brief.html", "brief.md", "export.json"]
    assert is_export(folder)


def refused(told, path, name):
    before = tree(path.parent)
    with pytest.raises(ss.ExportError) as caught:
        ss.export(told, path, name)
    assert tree(path.parent) == before
    return str(caught.value)


def test_an_unknown_format_is_refused_with_those_that_there_are(told, tmp_path):
    assert refused(told, tmp_path / "out", "xlsx") == (
        "'xlsx' is not a format. "
        "Formats: changes, brief, markdown, ical, graphml, openmct, csv, parquet, json."
    )  # fmt: skip


def test_what_stands_at_the_path_is_left_alone(told, tmp_path):
    folder, file = tmp_path / "mine.md", tmp_path / "mine.txt"
    folder.mkdir()
    (folder / "diary.txt").write_text("dear diary", encoding="utf-8")
    file.write_text("mine", encoding="utf-8")
    assert refused(told, folder, "json") == (
        f"{folder} is a folder, and this writes one file. Name a file, such as {folder / 'json.json'}."
    )
    assert refused(told, folder, "brief") == (
        f"{folder} is a folder, and this writes one file. Name a file, such as {folder / 'brief.md'}."
    )
    assert refused(told, folder, "csv") == (
        f"{folder}: there is something else, not an export. Name an empty or a new folder."
    )
    assert refused(told, file, "csv") == (
        f"{file} is a file, and format csv writes a folder. Name an empty or a new folder."
    )


def test_the_folder_of_an_earlier_export_is_not_taken_for_a_file(told, tmp_path):
    folder = ss.export(told, tmp_path / "out", "csv")
    assert refused(told, folder, "json") == (
        f"{folder} is a folder, and this writes one file. Name a file, such as {folder / 'json.json'}."
    )


def test_a_disk_that_fails_leaves_the_earlier_file_and_nothing_else(told, tmp_path, monkeypatch):
    target = tmp_path / "impact.json"
    target.write_text("earlier", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        ss.export(told, target, "json")
    assert tree(tmp_path) == {"impact.json": b"earlier"}
