"""The front door: public names, documents whose code runs, and what a wheel must hold."""

import re
from pathlib import Path

import pytest

import stationsim
from stationsim.cli.main import main
from stationsim.scenario.load import load

ROOT = Path(__file__).parent.parent


def blocks(name, language):
    """Return the code blocks of a document."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_every_public_name_can_be_had_and_no_other_is_offered():
    for name in stationsim.__all__:
        assert getattr(stationsim, name) is not None
    assert dir(stationsim) == sorted(stationsim.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = stationsim.nothing


def test_no_room_bears_the_name_of_a_public_function():
    rooms = {path.name for path in (ROOT / "stationsim").iterdir() if path.is_dir()}
    assert not rooms & {name for name in stationsim.__all__ if name.islower()}


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in blocks("README.md", "python"):
        exec(compile(block, "README.md", "exec"), names)
    assert (tmp_path / "report.html").exists()
    assert "Soyuz MS-22" in capsys.readouterr().out


def test_the_output_in_the_readme_is_what_is_printed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main(["run", "soyuz-ms22"])
    printed = " ".join(capsys.readouterr().out.split())
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text.split("ends like this:\n")[1].split("![The report")[0]
    for part in block.split("..."):
        assert " ".join(part.split()) in printed


def test_the_scenario_of_the_readme_loads(tmp_path):
    (block,) = blocks("README.md", "yaml")
    path = tmp_path / "leak-at-poisk.yaml"
    path.write_text(block, encoding="utf-8")
    assert [incident.id for incident in load(str(path)).incidents] == ["hole", "joint"]


def test_no_document_names_a_template_that_does_not_exist():
    from stationsim.station.rules import TEMPLATES

    text = (ROOT / "docs" / "files.md").read_text(encoding="utf-8").split("## Rule templates")[1]
    first = [row.split("|")[1] for row in text.splitlines() if row.startswith("| `")]
    assert sorted(re.findall(r"`([a-z-]+)`", " ".join(first))) == sorted(TEMPLATES)
