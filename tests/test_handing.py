"""`export` and `diff` as a person meets them: what is printed, where, with which exit code."""

import json
from pathlib import Path

import pytest
from impact.logs import decided_outcome, sample_outcome

from stationsim.cli.main import main
from stationsim.exports.formats import FORMATS
from stationsim.log.store import save
from stationsim.scenario.load import available


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A directory with two saved runs to stand in."""
    monkeypatch.chdir(tmp_path)
    save(sample_outcome(), tmp_path / "leak")
    save(decided_outcome(), tmp_path / "ferry")
    return tmp_path


def call(*arguments):
    """Run the command line in this process; return its exit code."""
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    return left.value.code


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if not form.is_drawn])
def test_a_saved_run_is_exported_beside_itself(here, capsys, name):
    assert call("export", "leak", "--format", name) == 0
    printed = capsys.readouterr()
    path = here / f"leak-{name}{FORMATS[name].suffix or ''}"
    assert (printed.out, printed.err) == (f"{path}\n", "")
    assert path.exists()


def test_a_scenario_is_run_and_exported_under_reports(here, capsys):
    assert call("export", "arm-out", "--format", "changes", "--seed", "3") == 0
    path = Path(capsys.readouterr().out.strip())
    assert path.parts[0] == "reports"
    assert path.name.startswith("arm-out-")
    assert path.name.endswith("-3-changes")
    assert "CR-001" in (path / "changes.csv").read_text(encoding="utf-8")


def test_out_names_the_place(here, capsys):
    assert call("export", "leak", "--format", "brief", "--out", "for-the-director.html") == 0
    assert capsys.readouterr().out == "for-the-director.html\n"
    assert (here / "for-the-director.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("export", "leak", "--format", "json", "--out", "ferry"),
            "ferry is a folder, and this writes one file. Name a file, such as ferry/json.json.\n",
        ),
        (
            ("export", "leak", "--format", "csv", "--out", "ferry"),
            "ferry: there is something else, not an export. Name an empty or a new folder.\n",
        ),
        (
            ("export", "leak", "--format", "xlsx"),
            (
                "Usage: stationsim export [OPTIONS] SCENARIO\nTry 'stationsim export --help' for help.\n\n"
                "Error: Invalid value for '--format': 'xlsx' is not one of 'changes', 'brief', 'markdown', 'ical', "
                "'graphml', 'openmct', 'csv', 'parquet', 'figures', 'json'.\n"
            ),
        ),
        (
            ("export", "leak", "--format", "figure"),
            (
                "Usage: stationsim export [OPTIONS] SCENARIO\nTry 'stationsim export --help' for help.\n\n"
                "Error: Invalid value for '--format': 'figure' is not one of 'changes', 'brief', 'markdown', 'ical', "
                "'graphml', 'openmct', 'csv', 'parquet', 'figures', 'json'. Did you mean 'figures'?\n"
            ),
        ),
        (
            ("export", "gone/leak", "--format", "json"),
            "gone/leak: There is no such file, and no such folder of a saved run.\n",
        ),
        (
            ("export", "leak", "--format", "figures", "--out", "plan.pdf"),
            "plan.pdf is one picture, and no figure is named. Name a folder, or a figure such as 'plan'.\n",
        ),
        (
            ("export", "leak", "--format", "brief", "--figure", "plan"),
            "figure 'plan': format brief has no figures. Leave it out, or take format figures.\n",
        ),
        (
            ("export", ".", "--format", "json"),
            ". is no saved run: it has no manifest.json. Save one with `stationsim run`.\n",
        ),
        (
            ("diff", "leak", "."),
            ". is no saved run: it has no manifest.json. Save one with `stationsim run`.\n",
        ),
    ],
)
def test_what_cannot_be_done_is_told_and_ends_with_2(here, capsys, arguments, told):
    assert call(*arguments) == 2
    assert capsys.readouterr() == ("", told)


@pytest.mark.parametrize("arguments", [("export", "nosuch", "--format", "json"), ("diff", "leak", "nosuch")])
def test_a_run_that_is_not_there_is_told(here, capsys, arguments):
    assert call(*arguments) == 2
    scenarios = ", ".join(sorted(name for name, _, _ in available())[:12])
    assert capsys.readouterr().err == (
        "nosuch: This is neither the folder of a saved run, nor a file, nor the name of a scenario. "
        f"Scenarios: {scenarios} and {len(available()) - 12} more.\n"
    )


def drawn(impact, look):
    return {f"{look.figure or 'plan'}.{look.image}": b"picture"}


@pytest.mark.parametrize(
    ("more", "printed"),
    [
        ((), "{here}/leak-seats.png"),
        (("--image", "svg"), "{here}/leak-seats.svg"),
        (("--out", "one.pdf"), "one.pdf"),
        (("--out", "slides"), "slides/seats.png"),
    ],
)
def test_of_one_figure_its_file_is_printed(here, capsys, monkeypatch, more, printed):
    monkeypatch.setattr("stationsim.exports.figures_format.files", drawn)
    assert call("export", "leak", "--format", "figures", "--figure", "seats", *more) == 0
    path = printed.format(here=here)
    assert capsys.readouterr().out == f"{path}\n"
    assert Path(path).read_bytes() == b"picture"


def test_two_runs_are_told_apart_in_words_and_as_json(here, capsys):
    assert call("diff", "leak", "ferry") == 0
    text = capsys.readouterr().out
    assert text.startswith("A: soyuz-ms22, seed 0, hash 5f0c2a19\nB: small, seed 0, hash 00000000\n\n")
    assert call("diff", "leak", "ferry", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["b"] == "small, seed 0, hash 00000000"
    assert {row["subject"] for row in found["outcomes"]} >= {"vkd-56", "walk"}


def test_a_run_and_its_scenario_are_the_same(here, capsys):
    assert call("run", "arm-out", "--out", "arm", "--quiet") == 0
    capsys.readouterr()
    assert call("diff", "arm", "arm-out") == 0
    assert capsys.readouterr().out.endswith("\n\nOutcomes, costs and decisions are the same.\n")
