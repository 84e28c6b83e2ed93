"""Documented history: what is read, and every way in which a file is refused."""

from pathlib import Path

import pytest

import stationsim as ss
from stationsim.scoring.history import COLUMNS, read_history

HISTORY = Path(__file__).parents[1] / "history"


@pytest.mark.parametrize("path", sorted(HISTORY.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_documented_histories_are_read(path):
    table = read_history(path)
    assert tuple(table.columns) == COLUMNS
    assert table.attrs["history"] == path.stem
    assert len(table) == path.read_text(encoding="utf-8").count("- {at:")
    assert (table["source"] != "").all()


def test_a_time_stays_a_time_and_a_day_a_day():
    table = read_history(HISTORY / "iss-2022-12.yaml").set_index("what")
    assert table.loc["flown without crew", "at"].tolist() == ["2023-02-24T00:24:29Z", "2023-03-28T09:57Z"]
    assert table.loc["decided to fly without crew", "at"] == "2023-01-11"
    assert table.loc["second leak", "attributable"] is False or not table.loc["second leak", "attributable"]


def test_a_table_says_the_same(tmp_path):
    path = tmp_path / "What happened.csv"
    path.write_text(
        "\ufeffat,subject,what,attributable,conf,source\r\n"
        '2022-12-22T13:19Z,us-eva-83,"flown, late",false,H,a blog\r\n\r\n'
        "2022-349,vkd-56,called off,,,a paper\r\n",
        encoding="utf-8",
    )
    table = read_history(path)
    assert table.attrs["history"] == "what-happened"
    assert table.to_numpy().tolist() == [
        ["2022-12-22T13:19Z", "us-eva-83", "flown, late", False, "H", "a blog"],
        ["2022-12-15", "vkd-56", "called off", True, "", "a paper"],
    ]


def refused(path):
    with pytest.raises(ss.ScenarioError) as caught:
        read_history(path)
    return str(caught.value)


BAD = """history: mine
events:
  - {at: yesterday, subject: us-eva-83, what: flown, source: a blog}
  - {at: 2022-12-22, subject: US EVA 83, what: flown, sauce: a blog}
  - {at: 2022-12-22, subject: us-eva-83, what: flown, conf: X, attributable: perhaps, source: a blog}
"""


def test_every_problem_is_told_at_once_with_its_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("bad.yaml").write_text(BAD, encoding="utf-8")
    said = refused("bad.yaml")
    for line in (
        'bad.yaml:3:10: events[0].at: \'yesterday\' is not a time. Write "2022-12-15T00:45Z" or a day, "2022-12-15".',
        "bad.yaml:4:31: events[1].subject: 'US EVA 83' is not an id. Write lower-case letters, digits ",
        "bad.yaml:4:55: events[1].sauce: 'sauce' is not a key of an event. Keys: at, attributable, conf, ",
        "what. Did you mean 'source'?",
        "bad.yaml:5:61: events[2].conf: 'X' is not allowed here. Allowed: H, L, M.",
    ):
        assert line in said
    assert "events[2].attributable: 'perhaps' is neither true nor false. Write true or false." in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("at,subject,what\n2022-12-22,us-eva-83,flown\n", "x.csv:2:1: events[0]: 'source' is missing: who says so."),
        ("at,subject,what,source\n22.12.2022,a,b,c\n", "x.csv:2:1: events[0].at: '22.12.2022' is not a time."),
        ("at,subject,what,source\n2022-12-22,us-eva-83,a,b,c,d\n", "x.csv:2:1: The line has 6 cells, and the first"),
        ('at,subject,what,source\n2022-12-22,"us-eva-83,a,b\n', "x.csv: This is not CSV: "),
        ("", "x.csv:1:1: events: There is no event. Write '- {at: DAY, subject: ID, what: TEXT, source: TEXT}'."),
        ("at,subject,what,source\n", "x.csv:1:1: events: There is no event."),
    ],
)  # fmt: skip
def test_a_table_is_refused_with_its_line(tmp_path, monkeypatch, text, told):
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_text(text, encoding="utf-8")
    assert refused("x.csv").startswith(told)


def test_what_is_no_text_or_no_mapping_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_bytes(b"\xff\xfe\x00")
    assert refused("a.csv") == "a.csv: This is not UTF-8 text. Save it as CSV in UTF-8."
    Path("a.yaml").write_text("- a\n", encoding="utf-8")
    assert refused("a.yaml").startswith("a.yaml:1:1:")
    Path("b.yaml").write_text("history: b\nevents: {}\n", encoding="utf-8")
    assert "b.yaml:2:9: events: A mapping stands here instead of a list." in refused("b.yaml")
    with pytest.raises(OSError, match="nosuch"):
        read_history("nosuch.yaml")


def test_the_file_of_a_scenario_is_told_to_be_one_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("leak.yaml").write_text("scenario: leak\nbase: iss-2022-12\nincidents: []\n", encoding="utf-8")
    assert refused("leak.yaml") == (
        "leak.yaml:1:1: scenario: This is the file of a scenario, not of what really happened. Give a file with "
        "'history:' and 'events:'. The scenario is named beside it.\n"
        "    scenario: leak\n"
        "    ^"
    )
