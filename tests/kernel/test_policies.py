"""A policy is asked at every review what of the repaired plan is carried out; it sees belief only and breaks nothing new."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

import pytest
from kernel.runs import ENDS, Steps, shipped

import stationsim as ss
from stationsim.kernel.opening import open_world
from stationsim.kernel.simulate import run_out, simulate
from stationsim.log.kinds import Kind
from stationsim.report.passed import passed_rows
from stationsim.scenario.draw import draw
from stationsim.station.station import Station

DAY = 86400
TRAFFIC = {"launch", "docking", "undocking", "relocation", "berthing", "unberthing"}


class Never:
    """Change nothing."""

    def revise(self, situations, proposal):
        return ss.Revision()


class Hesitant:
    """Decide nothing in the first three days of an incident."""

    name, text = "hesitant", "Sleep on it."

    def revise(self, situations, proposal):
        asked = [found.asked_s for each in situations.values() for found in each.questions.values()]
        now_s = next(iter(situations.values())).now_s
        return proposal if not asked or now_s > min(asked) + 3 * DAY else ss.Revision()


def says(function):
    """Return a policy that answers as a function of the proposal does."""
    return type("Says", (), {"revise": lambda self, situations, proposal: function(proposal)})()


def refusal(call):
    with pytest.raises(ss.ScenarioError) as caught:
        call()
    return str(caught.value)


def struck():
    """Return a scenario in which a launch is put off, and with it a docking and seats."""
    return shipped("progress-ms21").until("2023-03-20")


def stepped(policy, *, polls_all=False):
    world = open_world(Station.of(draw(struck())), polls_all=polls_all, policy=policy)
    states = [(world.state.copy(), len(world.log))]
    run_out(world, after_step=lambda: states.append((world.state.copy(), len(world.log))))
    return Steps(world=world, states=tuple(states))


def moved(log):
    return {row.subject for row in log if row.kind in {Kind.MOVED, Kind.REASSIGNED}}


def test_the_default_carries_out_what_the_repair_proposes():
    plain, named = ss.run(struck()), ss.run(struck(), policy=ss.policies.best_by_lookahead)
    assert plain.disrupted.rows == named.disrupted.rows
    assert {row.kind for row in plain.disrupted} & {Kind.DECLINED} == set()
    assert "soyuz-ms-23-launch" in moved(plain.disrupted)


def test_do_nothing_leaves_traffic_and_what_has_gone_by_has_no_date():
    outcome = ss.run(struck(), policy=ss.policies.do_nothing)
    kinds = {id_: activity["kind"] for id_, activity in outcome.manifest.activities.items()}
    assert {kinds[subject] for subject in moved(outcome.disrupted)} & TRAFFIC == set()
    declined = [row for row in outcome.disrupted if row.kind is Kind.DECLINED]
    assert (declined[0].subject, declined[0].by, declined[0].text) == ("soyuz-ms-23-launch", "moscow", "do-nothing")
    assert outcome.disrupted.row(declined[0].cause).kind is Kind.REVIEWED
    told = ss.why(outcome, "soyuz-ms-23-launch").text
    assert "after the doubt about Progress MS-21; the policy do-nothing gave it no other date" in told
    rows = ss.assess(outcome).changes.set_index("subject")
    assert rows.loc["soyuz-ms-23-launch", "outcome"] == "postponed"


def test_a_part_of_the_proposal_is_carried_out():
    part = ss.run(shipped("soyuz-ms22").until("2022-12-31"), policy=says(lambda proposal: proposal.without(["vkd-56"])))
    rows = ss.assess(part).changes.set_index("subject")
    assert moved(part.disrupted) == {"us-eva-83"}
    assert list(rows.loc[["us-eva-83", "vkd-56"], "outcome"]) == ["moved", "postponed"]
    assert {row.subject for row in part.disrupted if row.kind is Kind.DECLINED} == {"vkd-56"}


def test_what_is_left_too_close_to_something_else_loses_its_date():
    outcome = ss.run(shipped("soyuz-ms22"), policy=Never())
    row = next(row for row in outcome.disrupted if row.kind is Kind.UNDATED and row.subject == "us-eva-83")
    assert (row.rule, row.text) == (
        "gen-3",
        "Canadarm2 needs its set-up time between this and Soyuz MS-22: inspection; the policy Never gave it no other date",
    )
    started = {row.subject for row in outcome.disrupted if row.kind is Kind.STARTED}
    assert ("soyuz-ms-22-inspection" in started, "us-eva-83" in started) == (True, False)


def test_a_policy_knows_what_the_centres_believe_and_no_truth():
    seen = []

    class Spy:
        def revise(self, situations, proposal):
            for centre, situation in situations.items():
                assert situation.centre == centre
                seen.extend((situation.now_s, item) for item in situation.station.scenario.incidents)
            return proposal

    ss.run(shipped("soyuz-ms22").until("2022-12-20"), policy=Spy())
    assert {item.id for _, item in seen} == {"loop"}
    assert {(item.at_s, item.hole_m, item.cause, item.lasts_s) for _, item in seen} == {(0, None, None, None)}
    assert min(now_s for now_s, _ in seen) > shipped("soyuz-ms22").incidents[0].at_s


@pytest.mark.parametrize(
    "policy", [ss.policies.do_nothing, Never(), Hesitant()], ids=["do-nothing", "never", "hesitant"]
)
def test_the_laws_hold_under_any_policy(policy):
    steps, every = stepped(policy), stepped(policy, polls_all=True)
    log = steps.world.log
    assert log.rows == every.world.log.rows
    assert log.tables == every.world.log.tables
    for state, count in steps.states[::9]:
        assert simulate(steps.world.station.scenario, state=state, policy=policy).rows == log.rows[count:]
    for id_ in steps.world.state.acts:
        assert len([row for row in log if row.subject == id_ and row.kind in ENDS]) <= 1
    assert all(row.cause is None or row.cause < row.seq for row in log)


def test_a_saved_run_and_its_report_name_the_policy():
    outcome = ss.run(struck().until("2023-02-20"), policy=Hesitant())
    assert outcome.manifest.passed["policy"] == {"name": "hesitant", "text": "Sleep on it."}
    assert passed_rows(ss.assess(outcome)) == [("Policy", "hesitant: Sleep on it.")]
    unnamed = ss.run(struck().until("2023-02-20"), policy=Never())
    assert unnamed.manifest.passed["policy"] == {"name": "Never", "text": "Change nothing."}
    assert passed_rows(ss.assess(ss.run(struck().until("2023-02-20")))) == []


def test_a_part_that_breaks_a_rule_anew_ends_the_run():
    told = refusal(lambda: ss.run(struck(), policy=says(lambda proposal: proposal.without(["soyuz-ms-23-docking"]))))
    assert told.splitlines()[0].startswith(
        "policy Says: its part of the proposal breaks rule gen-6 (hard) for soyuz-ms-23-docking"
    )
    assert told.splitlines()[0].endswith(
        "Carry out both changes or neither; policies.breaks(situations, proposal, part) tells."
    )


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        (says(lambda proposal: None), "policy Says: revise(...) returned a value of the type NoneType. Return proposal, proposal.only(ids), proposal.without(ids) or Revision()."),
        (Never, "policy: Never is a class. Pass an object of it: Never(...)."),
        ("do-nothing", "policy: 'do-nothing' has no method revise(situations, proposal). Shipped, in stationsim.policies: best_by_lookahead, rules_first, do_nothing, Ask(choose)."),
        (len, "policy: This builtin_function_or_method has no method revise(situations, proposal). Shipped, in stationsim.policies: best_by_lookahead, rules_first, do_nothing, Ask(choose)."),
    ],
    ids=["nothing", "class", "name", "function"],
)  # fmt: skip
def test_what_is_no_policy_is_told(policy, told):
    assert refusal(lambda: ss.run(struck(), policy=policy)) == told


def test_what_a_policy_raises_or_invents_is_told():
    def breaks(proposal):
        raise KeyError("x")

    line = breaks.__code__.co_firstlineno + 1
    assert refusal(lambda: ss.run(struck(), policy=says(breaks))) == (
        f"policy Says: revise(...) raised KeyError: 'x' at test_policies.py:{line}. Mend the policy."
    )

    class Inventive:
        def revise(self, situations, proposal):
            import attrs

            return ss.Revision(changes=tuple(attrs.evolve(change, start_s=5) for change in proposal.changes))

    told = refusal(lambda: ss.run(struck(), policy=Inventive()))
    assert told.startswith(
        "policy Inventive: revise(...) returned a change of 'soyuz-ms-23-launch' that nobody proposed. Proposed: "
    )
