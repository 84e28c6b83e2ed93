"""The command line as a person meets it: what it prints, where, with which exit code, and what it leaves on disk."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from stationsim.cli.main import main

BAD = """\
scenario: bad
base: iss-2022-12
until: 2023-03-15
incidents:
  - {id: hole, leak: coolant-loop, node: soyuz-ms-22/external-lop, at: 2022-12-15T00:45Z, hole: 0.8 mm}
"""


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """An empty directory to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*arguments):
    """Run the command line in this process; return its exit code."""
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    return left.value.code


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A saved run of the quiet increment's sister with the arm out."""
    folder = tmp_path_factory.mktemp("runs") / "arm"
    call("run", "arm-out", "--out", folder, "--quiet")
    return folder


def test_run_prints_what_changed_and_where_the_report_is(empty, capsys):
    assert call("run", "arm-out") == 0
    out = capsys.readouterr().out
    assert "US EVA-83 moved by gen-1: 2022-12-19 (GMT 353) → 2022-12-26 (GMT 360)" in out
    report = Path(out.splitlines()[-1].removeprefix("→ "))
    assert report.parts[0] == "reports"
    assert (empty / report).read_text(encoding="utf-8").startswith("<!doctype html>")


def test_json_is_one_object_on_standard_output_and_words_go_to_standard_error(empty, capsys):
    assert call("run", "arm-out", "--json", "--out", "here", "--seed", "3") == 0
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert list(found) == [
        "scenario",
        "scenario_hash",
        "seed",
        "planner",
        "policy",
        "versions",
        "changes",
        "ledger",
        "shares",
        "recovery",
        "incidents",
        "decisions",
        "waivers",
        "margins",
        "consumables",
        "second",
        "hinges",
        "prices",
        "report",
    ]
    assert (found["scenario"], found["seed"], found["report"]) == ("arm-out", 3, "here/report.html")
    assert set(found["ledger"][0]) == {"quantity", "unit", "nominal", "disrupted", "difference", "part_of"}
    moved = next(row for row in found["changes"] if row["subject"] == "us-eva-83")
    assert (moved["outcome"], moved["delay_s"], moved["rule"]) == ("moved", 7 * 86400, "gen-1")
    assert "US EVA-83 moved" in printed.err
    assert (empty / "here" / "manifest.json").exists()


def test_a_saved_run_is_enough_to_ask_why_and_to_show(saved, capsys):
    assert call("why", saved, "us-eva-83", "--not-at", "2022-12-20") == 0
    assert "gen-1 (An activity needs every node it uses in working order" in capsys.readouterr().out
    assert call("show", saved, "--at", "2022-12-17T12:00Z") == 0
    assert "Elbow joint" not in capsys.readouterr().err
    assert call("why", saved, "us-eva-83", "--json") == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "moved"


def test_price_says_what_each_rule_costs(capsys):
    assert call("price", "first-station") == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "A first station of your own: what each rule costs, dearest first"
    assert out[1].startswith("S-2: ")
    assert call("price", "first-station", "--rule", "S-1", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["scenario", "scenario_hash", "seed", "planner", "policy", "rules"]
    (row,) = found["rules"]
    assert (row["rule"], row["bound"], row["evas_flown"]) == ("S-1", [], 0)
    assert call("price", "first-station", "--rule", "S-9") == 2
    assert "'S-9' is not a rule" in capsys.readouterr().err


def test_assumptions_says_on_which_numbers_the_answer_hangs(capsys):
    assert call("assumptions", "first-station", "--number", "centres.control", "--limit", "1") == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[1] == "  1  centres.control.response = 2 h (1 h: 0, 4 h: 1): Capsule 1: test"
    assert printed.err == ""
    assert call("assumptions", "first-station", "--number", "centres.control.response", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == [
        "scenario",
        "scenario_hash",
        "seed",
        "planner",
        "policy",
        "tried",
        "assumed",
        "assumed_in_part",
        "numbers",
    ]
    assert (found["tried"], found["assumed"], found["assumed_in_part"]) == (1, 50, 0)
    assert found["numbers"][0]["variants"][1] == {"factor": 2.0, "value": "4 h", "flips": 1}
    number = ("--number", "centres.control.response")
    assert call("assumptions", "first-station", *number, "--planner", "optimal", "--json") == 0
    assert json.loads(capsys.readouterr().out)["planner"] == "optimal"
    assert call("assumptions", "first-station", "--number", "nothing") == 2
    assert "there is no number at 'nothing'" in capsys.readouterr().err


def test_hinges_says_what_a_decision_hangs_on(capsys, tmp_path):
    fit = "modes.coolant-leak.questions.fit.after"
    out = tmp_path / "hinges.json"
    assert call("hinges", "first-station", "--rule", "S-2", "--number", fit, "--out", str(out)) == 0
    printed = capsys.readouterr()
    assert f"  {fit} 5 d, not 10 d: on 2030-01-17, keep the plan as it stands" in printed.out
    assert printed.err == ""
    found = json.loads(out.read_text(encoding="utf-8"))
    assert list(found) == [
        "scenario",
        "scenario_hash",
        "seed",
        "planner",
        "decision",
        "tried",
        "played",
        "held",
        "elements",
        "flips",
        "opened",
        "refused",
    ]
    assert found["decision"] == {
        "seq": 56,
        "ship": "capsule-1",
        "day": "2030-01-22",
        "option": "keep",
        "text": "keep the plan as it stands",
    }
    assert (found["tried"], found["played"]) == ({"rule": 1, "number": 1}, 3)
    assert {row["hinge"] for row in found["flips"]} == {fit}
    assert call("hinges", "first-station", "--rules-only", "--json") == 0
    assert json.loads(capsys.readouterr().out)["tried"] == {"rule": 4}
    assert call("hinges", "first-station", "--rule", "S-9") == 2
    assert "hinges(rules=...): 'S-9' is not a rule." in capsys.readouterr().err
    assert call("hinges", "quiet-increment") == 2
    assert "hinges(decision=1): the run of quiet-increment takes no such decision." in capsys.readouterr().err


def test_check_names_the_waived_rules(capsys):
    assert call("check", "soyuz-ms22") == 0
    out = capsys.readouterr().out
    assert "waived: vkd-60 breaks eva-r4" in out
    assert "soyuz-ms22: no problems" in out


def test_a_plan_that_breaks_a_rule_is_refused(empty, capsys):
    Path("strict.yaml").write_text("scenario: strict\nbase: iss-2022-12\nwaivers: ~\n", encoding="utf-8")
    told = (
        "activities.vkd-60: the plan breaks rule eva-r4 (safety): Soyuz MS-23 at Poisk zenith would be cut off. "
        "Plan it otherwise, or waive it: waivers: [{rule: eva-r4, activity: vkd-60, rationale: ...}].\n"
    )
    for verb in ("check", "run"):
        assert call(verb, "strict.yaml") == 2
        err = capsys.readouterr().err
        assert f":3: {told}      vkd-60:\n" in err
        assert "Traceback" not in err
    assert list(empty.iterdir()) == [empty / "strict.yaml"]


def test_check_tells_where_the_activity_stands_that_breaks_a_rule(empty, capsys):
    Path("strict.yaml").write_text(
        "scenario: strict\nbase: iss-2022-12\nwithout: [eva-r4/vkd-60]\nactivities:\n"
        "  vkd-61: {at: 2023-08-25}\n  us-eva-84:\n    at: 2022-12-20\n",
        encoding="utf-8",
    )
    assert call("check", "strict.yaml") == 2
    first, line, caret, second, *rest = capsys.readouterr().err.splitlines()
    place, _, message = first.partition(": ")
    name, row, column = place.split(":")
    assert message == (
        "activities.vkd-60: the plan breaks rule eva-r4 (safety): Soyuz MS-23 at Poisk zenith would be cut off. "
        "Plan it otherwise, or waive it: waivers: [{rule: eva-r4, activity: vkd-60, rationale: ...}]."
    )
    assert (line, caret) == ("      vkd-60:", "      ^")
    assert (Path(name).name, column) == ("iss-2022-12.yaml", "3")
    assert Path(name).read_text(encoding="utf-8").splitlines()[int(row) - 1] == "  vkd-60:"
    assert second.startswith("strict.yaml:6:3: activities.us-eva-84: the plan breaks rule ")
    assert rest[:2] == ["      us-eva-84:", "      ^"]


def test_a_mistake_is_told_with_its_place_and_nothing_is_written(empty, capsys):
    Path("bad.yaml").write_text(BAD, encoding="utf-8")
    assert call("run", "bad.yaml") == 2
    err = capsys.readouterr().err
    assert err.startswith("bad.yaml:5:42: incidents[0].node: 'soyuz-ms-22/external-lop' is not a node.")
    assert "Did you mean 'soyuz-ms-22/external-loop'?" in err
    assert list(empty.iterdir()) == [empty / "bad.yaml"]


def test_graph_shows_what_a_node_needs_and_what_needs_it(capsys):
    assert call("graph", "soyuz-ms22", "soyuz-ms-22/thermal-control") == 0
    out = capsys.readouterr().out
    needs, needed_by = out.split("is needed by:")
    assert "soyuz-ms-22/external-loop (coolant-loop)" in needs
    assert "soyuz-ms-22/crewed-return (capability)" in needed_by
    assert call("graph", "soyuz-ms22", "--json") == 0
    assert set(json.loads(capsys.readouterr().out)) == {"nodes", "edges"}


def test_list_names_the_scenarios(capsys):
    assert call("list") == 0
    assert "soyuz-ms22" in capsys.readouterr().out
    assert call("list", "--json") == 0
    assert {row["name"] for row in json.loads(capsys.readouterr().out)} >= {"arm-out", "quiet-increment", "soyuz-ms22"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("why", "arm-out", "vkd-65"), "'vkd-65' is nothing that this run knows."),
        (("graph", "arm-out", "canadarm"), "Did you mean 'canadarm2'?"),
        (("run", "nosuch"), "nosuch: This is neither a file nor the name of a scenario."),
        (("show", "arm-out", "--at", "soon"), "soon"),
        (("check", "."), ". is a folder. This command takes a scenario"),
        (("run", "arm-out", "--ouch"), "No such option '--ouch'. Did you mean '--out'?"),
    ],
)
def test_what_the_user_can_mend_exits_with_2_and_no_traceback(arguments, says, capsys, empty):
    assert empty.exists()
    assert call(*arguments) == 2
    err = capsys.readouterr().err
    assert says in err
    assert "Traceback" not in err


def test_a_place_that_cannot_be_written_is_told(empty, capsys):
    Path("taken").write_text("something else", encoding="utf-8")
    assert call("run", "arm-out", "--out", "taken/below", "--quiet") == 2
    assert "taken" in capsys.readouterr().err
    assert Path("taken").read_text(encoding="utf-8") == "something else"


def test_the_module_is_the_command(empty):
    done = subprocess.run(
        [sys.executable, "-m", "stationsim", "list"], cwd=empty, capture_output=True, text=True, check=True
    )
    assert "soyuz-ms22" in done.stdout


def test_isolate_says_who_must_be_where_in_words_and_as_data(capsys):
    asked = ("isolate", "arm-out", "zvezda", "--at", "2022-12-17")
    assert call(*asked) == 0
    second = capsys.readouterr().out.split("\n2. ")[1].splitlines()
    assert second[0] == "shut the hatch Unity / PMA-1 (2 min, 279 m3 on the leaking side)"
    assert second[5:9] == [
        "   must be in Unity before the hatch is shut: Sergey Prokopyev, Dmitry Petelin and Frank Rubio",
        "   on the safe side already: Nicole Mann, Josh Cassada, Koichi Wakata and Anna Kikina",
        "   it is shut from Unity, by Nicole Mann",
        "   lose their ship: Sergey Prokopyev, Dmitry Petelin, Frank Rubio",
    ]
    assert call(*asked, "--json") == 0
    way = json.loads(capsys.readouterr().out)[1]
    assert way["stands"][0] == {
        "person": "prokopyev", "known": "ship", "at": "rassvet", "side": "leaking", "must_to": "unity",
        "loses": "soyuz-ms-22",
    }  # fmt: skip
    assert way["closings"] == [
        {
            "hatch": "unity-pma-1",
            "between": ["unity", "pma-1"],
            "side": "unity",
            "person": "mann",
            "close_s": 120,
            "from_leak": False,
        }
    ]


@pytest.mark.parametrize(
    ("node", "at", "says"),
    [
        ("zvzda", "2022-12-17", "'zvzda' is in no compartment of the station at this time."),
        ("zvezda", "2022-12-13", "isolate(at=...): 2022-12-13T00:00Z lies outside the run, which begins 2022-12-14"),
        ("zvezda", "noon", "isolate(at=...): 'noon' is not"),
    ],
)  # fmt: skip
def test_isolate_refuses_what_it_cannot_answer(node, at, says, capsys):
    assert call("isolate", "arm-out", node, "--at", at) == 2
    assert capsys.readouterr().err.startswith(says)


def test_aliases_are_known_on_the_command_line_and_in_a_saved_run(empty, capsys):
    assert call("run", "soyuz-ms22", "--out", "saved", "--quiet") == 0
    capsys.readouterr()
    assert call("why", "saved", "68S") == 0
    called = capsys.readouterr().out
    assert call("why", "saved", "soyuz-ms-22") == 0
    assert capsys.readouterr().out == called
    assert call("graph", "soyuz-ms22", "68s/external-loop") == 0
    assert capsys.readouterr().out.startswith("external cooling loop of Soyuz MS-22 (soyuz-ms-22/external-loop, ")
    assert call("isolate", "soyuz-ms22", "sm", "--at", "2022-352") == 0
    called = capsys.readouterr().out
    assert call("isolate", "soyuz-ms22", "zvezda", "--at", "2022-12-18") == 0
    assert capsys.readouterr().out == called


def test_a_name_of_several_things_is_refused_with_the_candidates(empty, capsys):
    told = "'ms-22' may mean progress-ms-22 or soyuz-ms-22. Write one of them.\n"
    assert call("why", "soyuz-ms22", "ms-22") == 2
    assert capsys.readouterr().err.endswith(told)
    assert call("graph", "soyuz-ms22", "ms-22") == 2
    assert capsys.readouterr().err == told
    assert call("isolate", "soyuz-ms22", "ms-22", "--at", "2022-12-18") == 2
    assert capsys.readouterr().err == f"isolate(node=...): {told}"


HAPPENED = "at,subject,what,source\n2022-12-22,us-eva-83,flown,a blog\n"


def test_report_draws_the_page_anew_and_history_only_if_it_is_asked_for(empty, saved, capsys):
    Path("happened.csv").write_text(HAPPENED, encoding="utf-8")
    logs = {path.name: path.read_bytes() for path in saved.glob("*.parquet")}
    assert logs
    assert call("report", saved) == 0
    assert capsys.readouterr().out == f"{saved / 'report.html'}\n"
    assert "Documented history" not in (saved / "report.html").read_text(encoding="utf-8")
    assert call("report", saved, "--history", "happened.csv") == 0
    assert capsys.readouterr().out == f"{saved / 'history.html'}\n"
    assert "Documented history, not an input." in (saved / "history.html").read_text(encoding="utf-8")
    assert "Documented history" not in (saved / "report.html").read_text(encoding="utf-8")
    assert {path.name: path.read_bytes() for path in saved.glob("*.parquet")} == logs
    assert call("report", "arm-out", "--out", "deep/page.html") == 0
    assert Path("deep/page.html").is_file()


def test_a_history_with_a_mistake_or_of_something_else_writes_nothing(empty, saved, capsys):
    Path("bad.csv").write_text("at,subject,what,source\nyesterday,us-eva-83,flown,a blog\n", encoding="utf-8")
    Path("moon.csv").write_text("at,subject,what,source\n2022-12-22,moon,landed,a blog\n", encoding="utf-8")
    assert call("report", saved, "--history", "bad.csv", "--out", "new/page.html") == 2
    assert capsys.readouterr().err.startswith("bad.csv:2:1: events[0].at: 'yesterday' is not a time. Write ")
    assert call("report", saved, "--history", "moon.csv", "--out", "new/page.html") == 2
    assert capsys.readouterr().err.startswith("moon: none of its 1 events is about an activity of arm-out. Give ")
    assert call("report", saved, "--history", "nosuch.csv") == 2
    files = "Name a YAML file with 'history:' and 'events:', or a CSV file."
    assert capsys.readouterr().err == f"--history: nosuch.csv is not there. {files}\n"
    assert call("report", saved, "--history", "mon.csv") == 2
    assert capsys.readouterr().err == f"--history: mon.csv is not there. {files} Did you mean 'moon.csv'?\n"
    assert call("report", saved, "--history", saved) == 2
    assert capsys.readouterr().err == f"--history: {saved} is a folder. {files}\n"
    assert sorted(path.name for path in empty.iterdir()) == ["bad.csv", "moon.csv"]


def test_the_page_goes_where_a_person_means_it_to_go(empty, saved, capsys):
    (empty / "folder").mkdir()
    for out, file in (
        ("page", "page.html"),
        ("v1.2", "v1.2.html"),
        ("folder", "folder/report.html"),
        ("a.HTM", "a.HTM"),
    ):
        assert call("report", saved, "--out", out, "--quiet") == 0
        assert capsys.readouterr().out == f"{file}\n"
        assert (empty / file).read_text(encoding="utf-8").startswith("<!doctype html>")
    assert call("report", saved, "--out", "page.pdf") == 2
    assert capsys.readouterr().err == (
        "--out: page.pdf ends in .pdf, and the page is HTML. Name a file that ends in .html, such as page.html.\n"
    )


def test_a_day_that_does_not_exist_is_told_with_those_that_do(saved, capsys):
    assert call("show", saved, "--at", "2022-13-17") == 2
    assert capsys.readouterr().err == "'2022-13-17' is not in the calendar. Write a month of 2022 from 01 to 12.\n"
