"""Somebody decides: at the terminal or by a file of choices; a mistake is told, and the same choices give the same log."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

import io
import json
import sys
from pathlib import Path

import pytest
from test_cli import call

import stationsim as ss

NAME = "perilune-heron-loop"
OPEN = "Options: heron-2-none, keep."
HELP = "A number or an id takes an option, ?3 plays option 3 forward on what is believed, ? lists them again."
SITUATION = """\

Decision 1
2034-10-29T03:22:17Z (GMT 302): Kiruna decides about Heron 1
Without a certified way home
  Asha Rao: a seat for emergencies only in Heron 1, which is emergency-only
  Mikkel Lund: a seat for emergencies only in Heron 1, which is emergency-only
  crew member 1 of Heron 1: a seat for emergencies only in Heron 1, which is emergency-only
  crew member 2 of Heron 1: a seat for emergencies only in Heron 1, which is emergency-only
  Heron 1 is emergency-only
Open questions
  radiator loop of Heron 1: Is it the make of the ship? (answer expected: 2034-11-14 (GMT 318))
Next in the plan
  2034-10-31 (GMT 304)  launch of Mule 4
"""
OPTIONS = """\
Options, the best by its plan first
   1  keep the plan as it stands [keep]
      by its plan: people whose promised return does not come 4; person-days with a seat for emergencies only 311; person-days of later return 194; ...
   2  launch Heron 2 when planned, without people [heron-2-none]
      by its plan: people whose promised return does not come 4; person-days with a seat for emergencies only 311; weighted work not flown 2; ...
Not to be taken
   -  launch Heron 2 earlier, with all its people [heron-2-earlier-all]: per-14: launch of Heron 2: Heron 2 may have what struck Heron 1
   -  launch Heron 2 earlier, without people [heron-2-earlier-none]: per-14: launch of Heron 2: Heron 2 may have what struck Heron 1
   -  keep Heron 1 where it is, as a lifeboat [hold-heron-1]: the same plan as [keep]
   -  send Heron 1 home empty as soon as may be [heron-1-empty]: per-28: departure of Heron 1: Heron 1, ship of Asha Rao, is emergency-only: a certified ship is needed
"""
PLAYED = """\
keep the plan as it stands [keep]
  by its plan: people whose promised return does not come 4; person-days with a seat for emergencies only 311; person-days of later return 194; ...
  played forward: people whose promised return does not come 4; person-days with a seat for emergencies only 311; person-days of later return 194; person-days of later launch 28; changes to the published plan 8; days by which activities are shifted 225
"""


@pytest.fixture
def answers(tmp_path, monkeypatch):
    """Stand in an empty directory, and answer what is asked with these lines."""
    monkeypatch.chdir(tmp_path)
    return lambda *lines: monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def listed(text, name="choices.yaml"):
    Path(name).write_text(text, encoding="utf-8")
    return ("--policy", "ask", "--choices", name)


def test_somebody_sees_what_is_believed_and_is_asked_until_the_answer_is_an_option(answers, capsys):
    answers("?", "?1", "9", "keeep", "hold-heron-1", "? heron-1-empty", "", "1")
    assert call("run", NAME, "--policy", "ask", "--out", "out") == 0
    printed = capsys.readouterr()
    assert printed.err.startswith(SITUATION)
    opening, again, *asked = printed.err.split("Choose 1 to 2: ")
    assert opening.endswith(f"{OPTIONS}{HELP}\n")
    assert again == f"{OPTIONS}{HELP}\n"
    assert asked == [
        PLAYED,
        f"9 is no number of an option. Numbers: 1 to 2. {HELP}\n",
        f"You chose 'keeep', which is no option. {OPEN} Did you mean 'keep'? {HELP}\n",
        f"You chose 'hold-heron-1', which comes to the same plan as 'keep'. Take that. {HELP}\n",
        f"You chose 'heron-1-empty', which rule per-28 rejects: departure of Heron 1: Heron 1, ship of Asha Rao, is emergency-only: a certified ship is needed. Take an open option. {HELP}\n",
        f"Nothing was chosen. Numbers: 1 to 2. {HELP}\n",
        "Taken: keep the plan as it stands. To be held against it, the other open options (1) are played.\n",
    ]
    assert printed.out.endswith("→ 2034-10-29 (GMT 302): Heron 1: keep the plan as it stands [keep]\n")


def test_afterwards_the_options_are_told_with_what_was_to_come_of_them(answers, capsys):
    answers("heron-2-none")
    assert call("run", NAME, "--policy", "ask", "--out", "out") == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    title = lines.index("2034-10-29 (GMT 302): options for Heron 1 in the disrupted run, as believed then")
    table = [line for line in lines[title + 1 :] if line and not line.startswith("─")]
    assert table[:3] == [
        "option work launch-delay shift",
        "keep the plan as it stands 0 28 225",
        "→ launch Heron 2 when planned, without people 2 226 299",
    ]


def test_the_same_choices_give_the_same_log_from_the_terminal_and_from_a_file(answers, capsys):
    answers("?1", "?2", "2")
    assert call("run", NAME, "--policy", "ask", "--out", "asked", "--quiet") == 0
    choices = listed("# mine\n\n- 'heron-2-none'  # without people\n")
    assert call("run", NAME, *choices, "--out", "listed", "--quiet") == 0
    asked, again = (ss.read(name).disrupted for name in ("asked", "listed"))
    assert (asked.rows, asked.tables) == (again.rows, again.tables)
    assert capsys.readouterr().out == "asked/report.html\nlisted/report.html\n"
    manifest = json.loads(Path("asked/manifest.json").read_text(encoding="utf-8"))
    assert manifest["passed"]["policy"]["name"] == "ask"


def test_runs_of_other_policies_and_choices_go_elsewhere(answers, capsys):
    answers()
    for choices in ("keep", "heron-2-none"):
        assert call("run", NAME, *listed(choices), "--quiet") == 0
    for policy in ("do-nothing", "best-by-lookahead"):
        assert call("run", NAME, "--policy", policy, "--quiet") == 0
    assert call("run", NAME, "--quiet") == 0
    *others, named, usual = capsys.readouterr().out.splitlines()
    assert len({*others, named}) == 4
    assert named == usual


def test_json_tells_the_policy_and_leaves_words_to_standard_error(answers, capsys):
    answers()
    assert call("run", NAME, *listed("keep"), "--json", "--out", "out") == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["policy"] == "ask"
    assert printed.err.endswith("→ 2034-10-29 (GMT 302): Heron 1: keep the plan as it stands [keep]\n")


def test_a_run_without_a_decision_asks_nothing(answers, capsys):
    answers()
    assert call("run", "quiet-increment", "--policy", "ask", "--out", "out") == 0
    printed = capsys.readouterr()
    assert (printed.err, printed.out.splitlines()[-1]) == ("", "→ there was nothing to decide")


def test_where_the_input_ends_nothing_is_saved(answers, capsys):
    answers("?2")
    assert call("run", NAME, "--policy", "ask") == 2
    told = "ask: the input ends at decision 1, about Heron 1 on 2034-10-29. Nothing is saved. Choose there, or write the choices into a file for --choices.\n"
    assert capsys.readouterr().err.endswith(told)
    assert list(Path().iterdir()) == []


def test_who_interrupts_is_told_that_nothing_is_saved(answers, capsys, monkeypatch):
    answers()

    class Interrupted:
        def readline(self):
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Interrupted())
    assert call("run", NAME, "--policy", "ask") == 130
    told = "Choose 1 to 2: \nStopped at decision 1, about Heron 1 on 2034-10-29: nothing is saved.\n\n"
    assert capsys.readouterr().err.endswith(told)
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "\n- kep\n",
            f"choices.yaml:2: decision 1, about Heron 1 on 2034-10-29, is given 'kep', which is no option. {OPEN} Did you mean 'keep'?",
        ),
        (
            "hold-heron-1",
            "choices.yaml:1: decision 1, about Heron 1 on 2034-10-29, is given 'hold-heron-1', which comes to the same plan as 'keep'. Take that.",
        ),
        (
            "heron-2-earlier-all",
            "choices.yaml:1: decision 1, about Heron 1 on 2034-10-29, is given 'heron-2-earlier-all', which rule per-14 rejects: launch of Heron 2: Heron 2 may have what struck Heron 1. Take an open option.",
        ),
        (
            "# none\n",
            "choices.yaml: there is no choice for decision 1, about Heron 1 on 2034-10-29; the file holds 0 choices. Add one of: keep, heron-2-none.",
        ),
        (
            "keep\n\nkeep\n",
            "choices.yaml:3: 'keep' is a choice too many: the nominal and the disrupted run took 1 decision. Take it out, and what follows it.",
        ),
    ],
)
def test_a_file_of_choices_that_does_not_fit_is_told(answers, capsys, text, told):
    answers()
    assert call("run", NAME, *listed(text)) == 2
    assert capsys.readouterr().err == f"{told}\n"
    assert list(Path().iterdir()) == [Path("choices.yaml")]


def test_a_file_of_choices_that_is_no_text_or_no_file_is_told(answers, capsys):
    answers()
    Path("odd").write_bytes(b"\xff\xfe\x00")
    assert call("run", NAME, "--policy", "ask", "--choices", "odd") == 2
    assert capsys.readouterr().err == "odd: this is no text in UTF-8. Write the id of an option on each line.\n"
    assert call("run", NAME, "--policy", "ask", "--choices", "nowhere") == 2
    assert "Invalid value for '--choices': File 'nowhere' does not exist." in capsys.readouterr().err


def test_choices_for_a_policy_that_asks_nobody_are_told(answers, capsys):
    answers()
    _, _, *choices = listed("keep")
    assert call("run", NAME, "--policy", "rules-first", *choices) == 2
    told = "--choices: the policy 'rules-first' asks nobody. Add --policy ask, or leave --choices out.\n"
    assert capsys.readouterr().err == told


def test_a_policy_of_no_name_is_told_by_every_verb(answers, capsys):
    answers()
    known = "best-by-lookahead, do-nothing, rules-first."
    assert call("run", NAME, "--policy", "asc") == 2
    told = f"policy: 'asc' is no policy here. Policies: ask, {known} Did you mean 'ask'?\n"
    assert capsys.readouterr().err == told
    for verb in ("price", "assumptions", "compare"):
        assert call(verb, "first-station", "--policy", "ask") == 2
        told = f"policy: 'ask' is no policy here. Only a single run can ask. Policies: {known}\n"
        assert capsys.readouterr().err == told


def test_price_and_assumptions_take_a_policy(capsys):
    assert call("price", "first-station", "--rule", "S-1", "--policy", "do-nothing", "--json") == 0
    assert json.loads(capsys.readouterr().out)["policy"] == "do-nothing"
    number = ("--number", "centres.control.response")
    assert call("assumptions", "first-station", *number, "--policy", "rules-first", "--json") == 0
    assert json.loads(capsys.readouterr().out)["policy"] == "rules-first"


def test_compare_tells_words_or_data(capsys):
    assert call("compare", "first-station", "--seeds", "0..2,5") == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "A first station of your own: what each policy comes to, median of 4 seeds with 1 different draw"
    assert out[-1] == "→ all the same with seeds 0..2, 5"
    named = ("--policy", "rules-first", "--policy", "do-nothing")
    assert call("compare", "first-station", *named, "--runs", "2", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["scenario", "scenario_hash", "planner", "policies", "seeds", "draws", "levels", "runs"]
    assert (found["policies"], found["seeds"], found["draws"]) == (["rules-first", "do-nothing"], [0, 1], 1)
    assert found["levels"][6] == {
        "level": "class-2",
        "unit": "d",
        "text": "person-days with a seat for emergencies only",
        "policy": "rules-first",
        "median": 93.0,
        "difference": 0.0,
        "lowest": 0,
        "highest": 0,
    }
    assert [found["runs"][0][key] for key in ("policy", "best", "class-2")] == ["rules-first", True, 93]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--seeds", "9..0"], "--seeds: '9..0' is no span of seeds. Write 0..9, or 3,5,8."),
        (["--seeds", "0,-1"], "--seeds: '-1' is no span of seeds. Write 0..9, or 3,5,8."),
        (["--seeds", "0..9", "--runs", "3"], "--runs: 3 runs, but --seeds says '0..9'. Leave one of them out."),
        (
            ["--policy", "do-nothing", "--policy", "do-nothing"],
            "--policy: 'do-nothing' has no other to be held against. Name another, or leave it out.",
        ),
    ],
)
def test_what_compare_cannot_do_is_told(capsys, arguments, told):
    assert call("compare", "first-station", *arguments) == 2
    assert capsys.readouterr().err == f"{told}\n"
