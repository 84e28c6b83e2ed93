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

PLAIN = [name for name, form in FORMATS.items() if not form.is_drawn]
"""Formats that no browser draws; `tests/browser/test_figures.py` has the others."""
FILES = {"markdown": ".md", "graphml": ".graphml", "openmct": ".json", "json": ".json"}


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("name", PLAIN)
def test_every_format_is_written_twice_to_the_same_bytes_and_leaves_nothing_beside(told, tmp_path, name):
    target = tmp_path / "deep" / f"plan{FILES.get(name, '')}"
    assert ss.export(told, target, name) == target
    first = tree(tmp_path)
    ss.export(sample_outcome(), str(target), name)  # an outcome is assessed first
    assert tree(tmp_path) == first
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize("name", PLAIN)
def test_a_run_in_which_there_is_nothing_is_written_too(empty, tmp_path, name):
    ss.export(empty, tmp_path / "out", name)


@pytest.mark.parametrize("name", PLAIN)
def test_names_of_any_kind_are_written_in_every_format(hostile, hostile_decided, tmp_path, name):
    ss.export(hostile, tmp_path / "one", name)
    ss.export(hostile_decided, tmp_path / "two", name)


def test_the_same_run_gives_the_same_bytes_under_any_hash_seed(tmp_path):
    run = ss.save(sample_outcome(), tmp_path / "run")
    code = (
        "import hashlib, sys, stationsim as ss; from stationsim.exports.formats import FORMATS;"
        "impact = ss.assess(ss.read(sys.argv[1]));"
        "made = [repr(list(one.files(impact).items())) for one in FORMATS.values() if not one.is_drawn];"
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
        "Formats: changes, brief, markdown, ical, graphml, openmct, csv, parquet, figures, json."
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


def told_of(told, path, *more, **look):
    with pytest.raises(ss.ExportError) as caught:
        ss.export(told, path, *more, **look)
    return str(caught.value)


def test_what_figures_cannot_be_is_refused_before_anything_is_drawn(told, tmp_path):
    path = tmp_path / "plan.svg"
    assert told_of(told, path, "figures", image="png", figure="plan") == (
        f"{path}: its suffix says svg, and image says png. Leave image out, or name a file that ends in .png."
    )
    assert told_of(told, path, "figures") == (
        f"{path} is one picture, and no figure is named. Name a folder, or a figure such as 'plan'."
    )
    assert told_of(told, tmp_path / "out", "figures", image="gif") == (
        "image 'gif' is not known. Write one of: png, svg, pdf."
    )
    assert told_of(told, tmp_path / "out", "figures", theme="pink") == (
        "theme 'pink' is not known. Write one of: light, dark."
    )
    assert told_of(told, tmp_path / "out", "csv", theme="dark") == (
        "theme 'dark': format csv has no figures. Leave it out, or take format figures."
    )
    known = "plan, kept, resilience, ports, people, seats, places, physics, beliefs, graph"
    assert told_of(told, tmp_path / "out", "figures", figure="plam") == (
        f"'plam' is not a figure of this run. Figures: {known}. Did you mean 'plan'?"
    )
    assert tree(tmp_path) == {}


WAY_ROUND = "Without it, report.html has every figure, and the camera button of each saves it as PNG."


def test_without_kaleido_one_line_names_the_package_and_the_way_round(told, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "kaleido", None)
    assert told_of(told, tmp_path / "out", "figures") == (
        "Pictures are drawn by the package kaleido, which is missing: pip install 'stationsim[images]'. " + WAY_ROUND
    )
    assert tree(tmp_path) == {}


@pytest.mark.parametrize(("browser", "lacking"), [(None, "none is found"), ("nosuch", "CHROMIUM=nosuch is no program")])
def test_without_a_browser_one_line_names_the_package_and_the_way_round(told, tmp_path, monkeypatch, browser, lacking):
    chromium = pytest.importorskip("choreographer.browsers.chromium")
    monkeypatch.setattr(chromium.Chromium, "find_browser", classmethod(lambda *_, **__: None))
    monkeypatch.delenv("CHROMIUM", raising=False)
    if browser:
        monkeypatch.setenv("CHROMIUM", browser)
    assert told_of(told, tmp_path / "out", "figures") == (
        f"Pictures are drawn in a Chromium, and {lacking}: install the package chromium, or name a browser with "
        "CHROMIUM=/path/to/it. " + WAY_ROUND
    )


@pytest.mark.parametrize("browser", ["/bin/false", "/etc/hostname"])
def test_a_browser_that_does_not_start_is_named(told, tmp_path, monkeypatch, browser):
    pytest.importorskip("kaleido")
    monkeypatch.setenv("CHROMIUM", browser)
    said = told_of(told, tmp_path / "out", "figures", figure="seats")
    assert said.startswith(f"Pictures are drawn in a Chromium, and the browser CHROMIUM={browser} fails: ")
    assert said.endswith(WAY_ROUND)
    assert "\n" not in said
    assert tree(tmp_path) == {}
