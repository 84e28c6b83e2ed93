"""A policy chooses one of the options; what it looks at changes nothing but what is told of the options."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

from functools import cache

import pytest
from kernel.runs import shipped

import stationsim as ss
from stationsim.log.kinds import TABLES
from stationsim.planning.policies import POLICIES, Ask, policy_named

NAME = "perilune-heron-loop"
OPEN = ["keep", "heron-2-none"]


class Says:
    """Answers as a function of the decision and the look does."""

    name, text, takes_whole = "says", "Says so.", True

    def __init__(self, function):
        self.decide = function

    def revise(self, situations, proposal):
        return proposal


@cache
def played(name):
    return run(policy_named(name))


def run(policy):
    return ss.run(shipped(NAME), policy=policy).disrupted


def refusal(call):
    with pytest.raises(ss.ScenarioError) as caught:
        call()
    return str(caught.value)


def whole(log):
    """Return all that a log holds."""
    return repr((log.rows, log.tables))


def test_the_decision_tells_the_ship_its_people_and_the_open_options():
    seen = []
    run(Says(lambda decision, look: seen.append(decision) or "keep"))
    (decision,) = seen
    assert (decision.ship, decision.people[0], decision.now_s // 86400) == ("heron-1", "rao", 58)
    assert [item.id for item in decision.open] == ["keep", "heron-2-none"]
    assert len(decision.options) == 6


def test_a_look_changes_nothing_but_what_is_told_of_the_options():
    blindly = run(Says(lambda decision, look: "heron-2-none"))
    looking = run(Says(lambda decision, look: [look(item.id) for item in decision.open] and "heron-2-none"))
    assert looking.rows == blindly.rows
    for name in set(TABLES) - {"options", "scores", "estimates"}:
        assert looking.tables[name] == blindly.tables[name]
    played = [row[:4] for row in looking.tables["options"]], [row[:4] for row in blindly.tables["options"]]
    assert played[0] == played[1]
    assert [row[4] for row in looking.tables["options"] if row[1] in OPEN] == ["played", "chosen"]
    assert [row[4] for row in blindly.tables["options"] if row[1] in OPEN] == ["screened", "chosen"]


def test_a_look_is_the_same_however_often_and_in_which_order():
    seen = []
    run(Says(lambda decision, look: seen.append([look(i) for i in OPEN]) or "keep"))
    run(Says(lambda decision, look: seen.append([look(i) for i in reversed(OPEN)][::-1]) or "keep"))
    run(Says(lambda decision, look: seen.append([look(i) for i in OPEN * 2][2:]) or "keep"))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0].of("class-2") == 311


def test_the_same_choices_give_the_same_log_whatever_was_looked_at():
    def looks(decision, look):
        assert look("keep") < look("heron-2-none")
        return "heron-2-none"

    blindly = run(Ask(lambda decision, look: "heron-2-none"))
    assert whole(run(Ask(looks))) == whole(blindly)
    states = {row[1]: row[4] for row in blindly.tables["options"]}
    assert [states[id_] for id_ in OPEN] == ["played", "chosen"]
    assert {row[1] for row in blindly.tables["scores"]} == set(OPEN)


def test_who_chooses_what_a_policy_takes_gets_its_run():
    taken = next(row.object for row in played("best-by-lookahead") if row.kind == "chosen")
    asked = run(Ask(lambda decision, look: taken))
    assert [row._replace(by=None) for row in asked] == [row._replace(by=None) for row in played("best-by-lookahead")]


def test_policies_have_names():
    assert list(POLICIES) == ["best-by-lookahead", "rules-first", "do-nothing"]
    assert all(policy_named(name).name == name for name in POLICIES)
    assert policy_named("ask", lambda decision, look: "keep").name == "ask"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "rule-first",
            "policy: 'rule-first' is no policy here. Policies: best-by-lookahead, do-nothing, rules-first. Did you mean 'rules-first'?",
        ),
        (
            "ask",
            "policy: 'ask' is no policy here. Only a single run can ask. Policies: best-by-lookahead, do-nothing, rules-first.",
        ),
    ],
)
def test_a_name_of_no_policy_is_told(name, told):
    assert refusal(lambda: policy_named(name)) == told


def test_where_somebody_can_be_asked_that_is_named_too():
    told = refusal(lambda: policy_named("asc", lambda decision, look: "keep"))
    assert told.endswith("Policies: ask, best-by-lookahead, do-nothing, rules-first. Did you mean 'ask'?")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("kept", "'kept', which is no option. Options: heron-2-none, keep. Did you mean 'keep'?"),
        (None, "None, which is no option. Options: heron-2-none, keep."),
        (["keep"], "['keep'], which is no option. Options: heron-2-none, keep."),
        ("hold-heron-1", "'hold-heron-1', which comes to the same plan as 'keep'. Take that."),
        (
            "heron-2-earlier-all",
            "'heron-2-earlier-all', which rule per-14 rejects: launch of Heron 2: Heron 2 may have what struck Heron 1. Take an open option.",
        ),
    ],
)
def test_what_is_no_open_option_is_told_wherever_it_is_given(given, told):
    assert refusal(lambda: run(Says(lambda decision, look: given))) == f"policy says: decide(...) returned {told}"
    assert refusal(lambda: run(Ask(lambda decision, look: given))) == f"policy ask: decide(...) returned {told}"
    assert refusal(lambda: run(Says(lambda decision, look: look(given)))) == f"look(...) was given {told}"


def test_a_policy_that_raises_is_told():
    told = refusal(lambda: run(Says(lambda decision, look: 1 // 0)))
    assert told.startswith("policy says: decide(...) raised ")
    assert told.endswith(" Mend the policy.")


def test_an_option_after_which_something_would_come_after_itself_is_rejected():
    """Without these rules a ship waits for the seats that come up after it has left; sorting them had no end."""
    loose = shipped("soyuz-ms22").without_rule("eva-r3", "gen-3", "gen-6", "gen-7", "eva-4", "eva-2", "eva-r5")
    options = ss.run(loose, shares=False).disrupted.tables["options"]
    (reason,) = {row[6] for row in options if row[5] == "order"}
    assert reason == "departure of Crew-5: it would come after itself"
