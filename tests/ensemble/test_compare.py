"""Which policy does best: the same draws for all, the score of real runs, the same answer for any number of workers."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

from functools import cache

import attrs
import pandas as pd
import pytest
from kernel.runs import shipped

import stationsim as ss
from stationsim.ensemble.assumptions import assumptions
from stationsim.kernel.simulate import scored, simulate
from stationsim.log.kinds import Kind
from stationsim.planning.objective import DAY_S, LEVELS
from stationsim.scenario.draw import draw

POLICIES = (ss.policies.do_nothing, ss.policies.best_by_lookahead, ss.policies.rules_first)
HERON = "perilune-heron-loop"


@attrs.frozen
class Named:
    """Takes the option of an id."""

    name: str
    takes_whole: bool = True
    held: dict[str, str] = attrs.field(factory=dict)

    def decide(self, decision, look):
        return self.held.get(decision.ship, "keep")

    def revise(self, situations, proposal):
        return proposal


def lasting():
    """Return a scenario in which chance decides how long a ship has no way home to offer."""
    chance = {"lasts": "triangular(2 d, 30 d, 90 d)", "expect": "20 d"}
    calm = shipped("first-station").without("hole")
    at = {"node": "capsule-1/crewed-return", "at": "2030-01-12T00:00Z"}
    return calm.with_incident(id="gone", change="failed", **at, **chance)


@cache
def heron():
    return ss.compare(shipped(HERON), POLICIES, range(2))


def told(call):
    with pytest.raises(ss.ScenarioError) as caught:
        call()
    return str(caught.value)


def test_a_run_has_a_score_of_every_level_and_the_least_is_best():
    runs = heron().runs
    assert list(runs.columns) == ["seed", "policy", "best", *(level for level, _, _ in LEVELS)]
    assert list(zip(runs["seed"], runs["policy"], strict=True)) == [(s, p.name) for s in (0, 1) for p in POLICIES]
    assert heron().best == dict.fromkeys((0, 1), ("best-by-lookahead", "rules-first"))
    for _, group in runs.groupby("seed"):
        scores = [tuple(row) for row in group[[level for level, _, _ in LEVELS]].to_numpy().tolist()]
        assert [score == min(scores) for score in scores] == list(group["best"])


def test_a_score_is_that_of_the_real_run():
    drawn = draw(shipped(HERON), 0)
    score, log = scored(drawn, policy=ss.policies.do_nothing), simulate(drawn, policy=ss.policies.do_nothing)
    row = heron().runs.set_index(["seed", "policy"]).loc[(0, "do-nothing")]
    assert [score.of(level) for level, _, _ in LEVELS] == list(row[[level for level, _, _ in LEVELS]])
    gone = {}
    for event in log:
        if event.kind in {Kind.SEATED, Kind.LEFT}:
            gone.setdefault(event.subject, []).append((event.t_s, None if event.kind is Kind.LEFT else event.value))
    ends = [(*found[1:], (drawn.horizon_s, None)) for found in gone.values()]
    seats = [zip(found, its, strict=True) for found, its in zip(gone.values(), ends, strict=True)]
    spent = sum(end[0] - begin[0] for found in seats for begin, end in found if begin[1] == 2)
    assert score.of("class-2") == round(spent / DAY_S)


def test_waivers_of_the_file_are_not_those_of_a_decision():
    scenario = shipped("quiet-increment")
    assert scenario.waivers
    assert scored(draw(scenario)).of("waivers") == 0


def test_the_table_holds_medians_and_paired_differences():
    table = heron().table
    assert list(table.columns) == ["level", "unit", "text", "policy", "median", "difference", "lowest", "highest"]
    assert len(table) == len(LEVELS) * len(POLICIES)
    late = table[table["level"] == "launch-delay"].set_index("policy")
    assert tuple(late.loc["do-nothing", ["median", "difference"]]) == (226, 0)
    assert tuple(late.loc["best-by-lookahead", ["median", "difference", "lowest", "highest"]]) == (28, -198, -198, -198)


def test_seeds_that_draw_the_same_are_played_once():
    seen = []
    found = ss.compare(shipped(HERON), POLICIES[:2], range(3), told=lambda done, all_: seen.append((done, all_)))
    assert (seen, found.draws, list(found.best)) == ([(1, 2), (2, 2)], 1, [0, 1, 2])


def test_words_tell_levels_differences_and_who_was_best():
    said = str(heron()).splitlines()
    counted = "median of 2 seeds with 1 different draw"
    assert said[0] == f"A hole in the radiator loop of Heron 1: what each policy comes to, {counted}"
    assert said[1].split() == ["do-nothing", "best-by-lookahead", "rules-first"]
    assert "person-days of later launch                              226          28 (-198)    28 (-198)" in said
    assert said[-2:] == [
        "and 0 everywhere in 4 other levels",
        "→ best with seeds 0..1: best-by-lookahead and rules-first",
    ]


def test_policies_meet_the_same_draws_and_differ_with_the_seed():
    scenario = lasting()
    found = ss.compare(scenario, [Named("one"), Named("other")], [4, 0, 1, 4])
    assert (list(found.best), found.draws) == ([4, 0, 1], 3)
    assert set(found.best.values()) == {("one", "other")}
    assert (found.table["difference"] == 0).all()
    assert len(set(found.runs["class-2"])) > 1
    assert found.text.splitlines()[-1] == "→ all the same with seeds 0..1, 4"


def test_any_number_of_workers_gives_the_same_and_an_object_of_a_script_is_handed_on():
    policies = [*POLICIES[:2], Named("mine", held={"capsule-1": "keep"})]
    alone, two = (ss.compare(lasting(), policies, range(3), workers=workers) for workers in (1, 2))
    pd.testing.assert_frame_equal(alone.runs, two.runs)
    pd.testing.assert_frame_equal(alone.table, two.table)
    assert alone.text == two.text


def test_rules_and_waivers_of_a_script_are_played_too():
    @ss.rule(id="own-1", text="No second sortie", severity="hard", kinds=["sortie"])
    def no_second(choice, situation):
        if choice.id == "sortie-2":
            yield ss.Block(lo_s=0, hi_s=None, reason="one is enough")

    scenario, passed = shipped("first-station"), {"rules": [no_second]}
    assert "the plan breaks rule own-1" in told(lambda: ss.compare(scenario, POLICIES, [0], **passed))
    waiver = ss.Waiver(rule="own-1", activity="sortie-2", rationale="Two are better.")
    found = ss.compare(scenario, POLICIES, [0], **passed, waivers=[waiver])
    pd.testing.assert_frame_equal(found.runs, ss.compare(scenario, POLICIES, [0]).runs)


@pytest.mark.parametrize(
    ("policies", "text"),
    [
        ([], "compare(policies=...): there is none. Pass two policies or more."),
        (
            [POLICIES[0]],
            "compare(policies=...): 'do-nothing' has no other to be held against. Pass two policies or more.",
        ),
        (
            [Named("a"), Named("b"), Named("a")],
            "compare(policies=...): several are called 'a'. Give each a name of its own.",
        ),
        ([Named("a"), Named], "compare(policies=...): policy: Named is a class. Pass an object of it: Named(...)."),
        (
            [Named("a"), "do-nothing"],
            "compare(policies=...): policy: 'do-nothing' has no method revise(situations, proposal). Shipped, in stationsim.policies: best_by_lookahead, rules_first, do_nothing, Ask(choose).",
        ),
    ],
)
def test_what_cannot_be_compared_is_told(policies, text):
    assert told(lambda: ss.compare(shipped("first-station"), policies)) == text


def test_seeds_planners_and_arguments_that_are_none_are_told():
    scenario = shipped("first-station")
    none = "compare(seeds=...): there is none. Pass whole numbers from 0, for instance range(10)."
    assert told(lambda: ss.compare(scenario, POLICIES, [])) == none
    wrong = "draw(seed=...): -1 is not a seed. Write a whole number from 0."
    assert told(lambda: ss.compare(scenario, POLICIES, [-1])) == wrong
    planner = "planner: 'gredy' is no planner. Planners: greedy, optimal. Did you mean 'greedy'?"
    assert told(lambda: ss.compare(scenario, POLICIES, [0], planner="gredy")) == planner
    argument = "compare(policy=...): there is no such argument. See help(stationsim.compare)."
    assert told(lambda: ss.compare(scenario, POLICIES, [0], policy=POLICIES[0])) == argument


def test_what_cannot_be_handed_to_another_process_is_told():
    class Local(Named):
        """Is found nowhere."""

    def refused(call):
        found = told(call)
        assert "a policy or rule cannot be handed to another process (" in found
        assert found.endswith("). Pass workers=1, or define it at the top of a module.")
        return found.split(":")[0]

    policies, scenario = [POLICIES[0], Local("mine")], shipped("first-station")
    assert refused(lambda: ss.compare(scenario, policies, [0], workers=2)) == "compare(workers=2)"
    call = {"workers": 2, "names": ["centres"], "policy": policies[1]}
    assert refused(lambda: assumptions(scenario, **call)) == "assumptions(workers=2)"


def test_what_is_refused_when_it_is_run_is_refused_here():
    odd = Named("odd", held={"capsule-1": "kep"})
    found = told(lambda: ss.compare(shipped("first-station"), [POLICIES[0], odd], [0]))
    assert found == "policy odd: decide(...) returned 'kep', which is no option. Options: keep. Did you mean 'keep'?"
