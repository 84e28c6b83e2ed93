"""Two runs side by side: what differs in outcomes, costs and decisions, as tables, as JSON and in words."""

import json

import attrs
import pytest
from impact.logs import Story, activity, decided_outcome, pair, sample_outcome

import stationsim as ss
from stationsim.impact.diff import as_json
from stationsim.impact.frames import records
from stationsim.log.kinds import Kind


@pytest.fixture(scope="module")
def leak():
    return sample_outcome()


def other_policy():
    """Return the run with a decision, had another been taken on another day."""
    outcome = decided_outcome()
    chosen = next(row for row in outcome.disrupted if row.kind is Kind.CHOSEN)
    outcome.disrupted.rows[chosen.seq] = chosen._replace(object="keep", text="keep the plan as it stands")
    passed = {"policy": {"name": "do-nothing", "text": "Keep."}, "planner": "greedy"}
    return attrs.evolve(outcome, manifest=attrs.evolve(outcome.manifest, seed=3, passed=passed))


def test_a_run_does_not_differ_from_itself(leak):
    found = ss.diff(leak, ss.assess(leak))
    assert found.is_empty
    assert found.text == (
        "A: soyuz-ms22, seed 0, hash 5f0c2a19\n"
        "B: soyuz-ms22, seed 0, hash 5f0c2a19\n"
        "\n"
        "Outcomes, costs and decisions are the same."
    )
    called = "soyuz-ms22, seed 0, hash 5f0c2a19"
    assert repr(found) == f"<Diff of {called} and {called}: 0 outcomes, 0 costs and 0 decisions differ>"


def test_a_run_with_its_leak_differs_from_the_one_without(leak):
    calm = attrs.evolve(leak, disrupted=leak.nominal)
    found = ss.diff(calm, leak)
    changed = ss.assess(leak).changes.query("outcome != 'kept'")
    assert sorted(found.outcomes["subject"]) == sorted(changed["subject"])
    (moved,) = (row for row in records(found.outcomes) if row["subject"] == "us-eva-83")
    assert (moved["outcome_a"], moved["outcome_b"], moved["later_s"]) == ("kept", "moved", 2 * 86400)
    costs = ss.assess(leak).costs
    assert dict(zip(found.costs["quantity"], found.costs["cost_b"], strict=True)) == dict(
        zip(costs["quantity"], costs["difference"], strict=True)
    )
    assert (found.costs["cost_a"] == 0).all()
    assert (found.costs["difference"] == found.costs["cost_b"]).all()


def test_the_other_way_round_everything_is_the_other_way_round(leak):
    calm = attrs.evolve(leak, disrupted=leak.nominal)
    there, back = ss.diff(calm, leak), ss.diff(leak, calm)
    assert list(there.outcomes["outcome_a"]) == [
        back.outcomes.set_index("subject")["outcome_b"].get(subject) for subject in there.outcomes["subject"]
    ]
    assert sorted(there.costs["difference"]) == sorted(-back.costs["difference"])


def test_a_decision_that_differs_is_told_with_both_sides():
    found = ss.diff(decided_outcome(), other_policy())
    (row,) = records(found.decisions)
    assert row == {
        "ship": "tug",
        "name": "Tug",
        "incident": "hole",
        "number": 1,
        "t_utc_a": "2022-12-18T12:00Z",
        "t_utc_b": "2022-12-18T12:00Z",
        "option_a": "early",
        "option_b": "keep",
        "text_a": "launch Boat earlier, without people",
        "text_b": "keep the plan as it stands",
    }
    assert str(found).split("\n\n")[:3] == [
        "A: small, seed 0, hash 00000000\nB: small, seed 3, policy do-nothing, planner greedy, hash 00000000",
        f"{len(found.outcomes)} outcomes, 0 costs and 1 decision differ.",
        (
            "decision 1 about Tug because of incident hole\n"
            "  A: 2022-12-18T12:00Z: launch Boat earlier, without people\n"
            "  B: 2022-12-18T12:00Z: keep the plan as it stands"
        ),
    ]


def small(start, kind=Kind.MOVED, *, clock=False, names=None):
    """Return a run in which one walk is moved, or not."""
    nominal, disrupted = Story(), Story()
    for told in (nominal, disrupted):
        told.tell(Kind.CONFIGURED, "small")
        told.plan(Kind.PLANNED, "walk", "2022-12-20T10:00Z" if clock else "2022-12-20")
    if start is not None:
        disrupted.plan(kind, "walk", start, cause=0, rule="R-1", text="the wind")
    facts = {"walk": activity("vkd", "2022-12-20", has_clock=clock)}
    return pair(nominal, disrupted, activities=facts, names=names or {"walk": "Walk"})


@pytest.mark.parametrize(
    ("a", "b", "clock", "lines"),
    [
        (None, "2022-12-22", False, ["Walk, in B 2 d later", "  A: kept, 2022-12-20",
                                     "  B: moved by R-1, 2022-12-22 (the wind)"]),
        ("2022-12-22T12:30Z", None, True, ["Walk, in B 2 d 02:30 earlier",
                                           "  A: moved by R-1, 2022-12-22T12:30Z (the wind)",
                                           "  B: kept, 2022-12-20T10:00Z"]),
    ],
)  # fmt: skip
def test_an_outcome_is_told_with_both_sides_and_by_how_much_it_is_later(a, b, clock, lines):
    text = ss.diff(small(a, clock=clock), small(b, clock=clock)).text.splitlines()
    at = next(n for n, line in enumerate(text) if line.startswith("Walk"))
    assert text[at : at + 3] == lines


def test_what_only_one_run_knows_is_told_as_such_and_what_has_no_date_has_none(leak):
    text = ss.diff(small(None, names={"walk": "Walk"}), leak).text
    assert "Walk\n  A: kept, 2022-12-20\n  B: not in this run" in text
    assert "VKD-57\n  A: not in this run\n  B: postponed by " in text
    assert "\nreturn of Frank Rubio\n" in text
    assert ", no ship (" in text
    assert ", no date (" in text


def test_costs_are_told_with_their_units(leak):
    text = ss.diff(attrs.evolve(leak, disrupted=leak.nominal), leak).text
    costs = text.split("what it costs (A → B)\n")[1].splitlines()
    assert "  activities postponed: 0 → 2 (+2)" in costs
    assert any(line.startswith("  crew hours response: 0 → ") and line.split(" (")[0].endswith(" h") for line in costs)
    assert not any("e+" in line for line in costs)


def test_the_json_holds_the_tables_and_no_text_for_what_is_missing(leak):
    found = json.loads(json.dumps(as_json(ss.diff(small(None), leak)), allow_nan=False))
    assert list(found) == ["a", "b", "outcomes", "costs", "decisions"]
    walk = next(row for row in found["outcomes"] if row["subject"] == "walk")
    assert (walk["outcome_a"], walk["outcome_b"], walk["later_s"], walk["now_b"]) == ("kept", None, None, None)


def test_somebody_who_comes_up_later_is_not_told_as_without_a_ship():
    calm = attrs.evolve(decided_outcome(), disrupted=decided_outcome().nominal)
    text = ss.diff(calm, decided_outcome()).text
    assert "  B: postponed, comes up 2023-01-08 (as decided: launch Boat earlier, without people)" in text


def test_a_decision_that_is_the_same_is_not_told():
    assert ss.diff(decided_outcome(), decided_outcome()).is_empty
