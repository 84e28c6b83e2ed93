"""`stationsim new`: a file that checks and runs as it is, and as well with everything switched on."""

import re
from pathlib import Path

import pytest

from stationsim.authoring.annotate import Line, annotate
from stationsim.authoring.starter import FIRST, new_file, scalar, write_new
from stationsim.cli.main import main
from stationsim.errors import ScenarioError
from stationsim.kernel.run import run
from stationsim.scenario.load import load
from stationsim.scenario.model import Scenario
from stationsim.scenario.schema import keys_of

BASES = ("iss-2015-01", "iss-2018-08", "iss-2022-12", "iss-2023-02", FIRST, "soyuz-ms22")


@pytest.fixture(autouse=True)
def empty(tmp_path, monkeypatch):
    """An empty directory to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*arguments):
    """Run the command line in this process; return its exit code."""
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return left.value.code


def switched_on(text: str) -> str:
    """Return a new file with the # of every switched-off line removed."""
    return re.sub(r"^#(?! \S)", "", text, flags=re.MULTILINE)


def refusal(name, base, path="mine.yaml"):
    """Return the whole text of the error about a file that cannot be made."""
    with pytest.raises(ScenarioError) as caught:
        new_file(name, base, Path(path))
    return str(caught.value)


@pytest.mark.parametrize("base", BASES)
def test_a_file_over_any_base_checks_as_it_is_and_with_everything_switched_on(base, capsys):
    assert call("new", "mine", "--from", base) == 0
    assert call("check", "mine.yaml") == 0
    text = Path("mine.yaml").read_text(encoding="utf-8")
    Path("all.yaml").write_text(switched_on(text), encoding="utf-8")
    assert call("check", "all.yaml") == 0
    capsys.readouterr()
    full, given = load("all.yaml"), load("mine.yaml")
    assert [incident.id for incident in given.incidents][:1] == ["leak"]
    assert len(full.incidents) > len(given.incidents)
    assert {thing.id for thing in full.things} - {thing.id for thing in given.things} == {"my-pump", "my-rack"}


@pytest.mark.parametrize("base", [None, "iss-2022-12"])
def test_a_new_file_runs_and_its_incidents_strike(base):
    write_new(new_file("mine", base, Path("mine.yaml")), Path("mine.yaml"), is_forced=False)
    outcome = run(load("mine.yaml"), 0)
    struck = {row.subject for row in outcome.disrupted.rows} - {row.subject for row in outcome.nominal.rows}
    assert struck


def test_a_station_of_its_own_shows_every_section():
    text = new_file("mine", None, Path("mine.yaml"))
    shown = re.findall(r"^([a-z]+):", text, re.MULTILINE)
    needed = [key.name for key in keys_of(Scenario) if key.record is not None]
    assert [name for name in needed if name not in shown] == [], f"add it to configs/scenarios/{FIRST}.yaml"


def test_a_station_of_its_own_says_the_same_as_the_one_it_is_made_from():
    Path("mine.yaml").write_text(new_file("mine", None, Path("mine.yaml")), encoding="utf-8")
    mine, first = load("mine.yaml"), load(FIRST)
    for key in keys_of(Scenario):
        assert getattr(mine, key.attribute) == getattr(first, key.attribute) or key.name in ("scenario", "text_hash")
    assert mine.id == "mine"


def test_a_file_over_a_base_is_commented_from_the_table():
    text = new_file("mine", "iss-2022-12", Path("mine.yaml"))
    assert "    leak: coolant-loop                        # mode of leak\n" in text
    assert "    node: soyuz-ms-22/external-loop" in text
    assert (
        "#    grows: 0.05 mm2/d                        # growth of the hole's area; left out: it stays as it is\n"
        in text
    )
    assert "  # Something leaks; physics works out its course. Another node: " in text
    assert max(len(line) for line in text.splitlines()) <= 150


def test_an_editor_is_told_of_a_schema_that_lies_near():
    assert new_file("mine", None, Path("mine.yaml")).splitlines()[2] == (
        "# For an editor that completes keys: stationsim schema > scenario.schema.json, and a first line "
        "# yaml-language-server: $schema=scenario.schema.json"
    )
    Path("scenario.schema.json").write_text("{}", encoding="utf-8")
    first = new_file("mine", None, Path("mine.yaml")).splitlines()[0]
    assert first == "# yaml-language-server: $schema=scenario.schema.json"
    first = new_file("mine", None, Path("sub") / "mine.yaml").splitlines()[0]
    assert first.startswith("# stationsim check FILE")
    Path("sub").mkdir()
    first = new_file("mine", None, Path("sub") / "mine.yaml").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../scenario.schema.json"


def test_a_file_that_exists_is_overwritten_only_by_force(empty, capsys):
    Path("mine.yaml").write_text("mine\n", encoding="utf-8")
    assert call("new", "mine") == 2
    assert capsys.readouterr().err == (
        "mine.yaml exists. Choose another place with --out, or overwrite it with --force.\n"
    )
    assert Path("mine.yaml").read_text(encoding="utf-8") == "mine\n"
    assert call("new", "mine", "--force") == 0
    assert load("mine.yaml").id == "mine"
    assert call("new", "mine", "--out", "there/other.yaml") == 0
    assert sorted(path.name for path in empty.rglob("*.yaml")) == ["mine.yaml", "other.yaml"]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(empty, capsys):
    Path("there").write_text("a file\n", encoding="utf-8")
    assert call("new", "mine", "--out", "there/mine.yaml") == 2
    assert "Traceback" not in capsys.readouterr().err
    Path("folder").mkdir()
    assert call("new", "mine", "--out", "folder", "--force") == 2
    assert [path.name for path in empty.iterdir()] == ["there", "folder"] or len(list(empty.iterdir())) == 2


def test_what_cannot_be_a_name_or_a_base_is_told():
    assert refusal("Mine 2", None) == (
        "NAME: 'Mine 2' is not an id. Write lower-case letters, digits and hyphens: 'mine-2'."
    )
    assert refusal("mine", "../other").startswith("--from: '../other' leaves the search path. Names: ")
    assert refusal("mine", "iss-2022-21").startswith(
        "--from: 'iss-2022-21' is not the name of an increment or a scenario. Names: "
    )
    assert refusal("mine", "iss-2022-21").endswith(" Did you mean 'iss-2022-12'?")
    assert refusal("mine", "leaks").startswith(
        "--from: 'leaks' is only a part of scenarios, without a plan to begin with. Names: "
    )
    Path("mine.yaml").write_text("scenario: mine\n", encoding="utf-8")
    assert refusal("mine", "mine") == "--from: mine.yaml would stand on itself. Choose another NAME."
    assert "mine.yaml:1:1: 'from' is missing: when it starts." in refusal("other", "mine", "other.yaml")


def test_a_base_without_nodes_still_makes_a_file_that_loads():
    centre = "{name: A, report_delay: 1 h, response: 1 h, calendar: day, source: s}"
    calendar = "{wake: 06:00, sleep: 21:00, exercise: 1 h, work_per_day: 6 h, source: s}"
    bare = ("scenario: bare", "from: 2030-01-01", "until: 2030-02-01", f"centres: {{a: {centre}}}")
    Path("bare.yaml").write_text("\n".join((*bare, f"calendars: {{day: {calendar}}}", "")), encoding="utf-8")
    Path("mine.yaml").write_text(new_file("mine", "bare", Path("mine.yaml")), encoding="utf-8")
    assert load("mine.yaml").incidents == ()


def test_values_are_written_so_that_they_are_read_as_they_were_meant():
    assert [scalar(value) for value in ("no", "3 d", "12", "a: b", "# x", "~", "", "2030-01-01T00:00Z", 3, False)] == [
        "no", "3 d", '"12"', '"a: b"', '"# x"', '"~"', '""', "2030-01-01T00:00Z", "3", "false",
    ]  # fmt: skip


def test_a_comment_stands_behind_the_first_line_of_a_key_and_above_a_line_that_is_too_long():
    lines = ("zones:", "  a: {name: A, source: s}", "  b:", "    name: B", f"    source: {'s' * 90}")
    text = annotate(tuple(Line(line) for line in lines))
    assert text == (
        "# Zones of the outside. A part of the outside that a release can wet: worksites, translation paths and "
        "airlocks lie in\n# zones.\nzones:\n"
        "  a: {name: A, source: s}                     # name shown to people\n"
        "  b:\n"
        "    name: B\n"
        "    # source: where it comes from\n"
        f"    source: {'s' * 90}\n"
    )


def test_a_switched_off_line_keeps_its_comment():
    text = annotate((Line("title: T"), Line("until: 2030-01-01", is_off=True)))
    assert text.splitlines()[1] == "#until: 2030-01-01                            # when it ends"
