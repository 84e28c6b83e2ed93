"""A rule that a script passes takes part everywhere, knows what its centre believes, and is told what it does wrong."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

import pickle

import attrs
import pytest
from kernel.runs import Steps, shipped
from kernel.test_laws import verifies

import stationsim as ss
from stationsim.kernel.opening import open_world
from stationsim.kernel.simulate import run_out, simulate
from stationsim.log.kinds import Kind
from stationsim.report.passed import passed_rows
from stationsim.scenario.draw import draw
from stationsim.station.own import Own
from stationsim.station.station import Station

SORTIES = ("eva-orlan", "eva-emu")
DAY = 86400
VOLUNTEERS = ss.Waiver(rule="own-1", activity="vkd-57", rationale="they volunteered")


@ss.rule(id="own-1", text="No sorties on a holiday", source="a test", waived_by="the crew", kinds=SORTIES)
def holiday(choice, situation):
    day_s = situation.second("2022-12-21")
    yield ss.Block(lo_s=day_s, hi_s=day_s + DAY, reason="it is a holiday")


@ss.rule(id="own-2", text="Nobody goes out while anything is open", severity="safety", kinds=SORTIES)
def careful(choice, situation):
    for (incident, question), found in situation.questions.items():
        if question == "flow":
            reason = f"{incident} may still flow"
            yield ss.Block(lo_s=found.asked_s, hi_s=found.expected_s, reason=reason, cause=found.row)


@ss.pair_rule(id="own-3", text="Ten days between any two sorties", kinds=SORTIES)
def rested(a, b, situation):
    if b.kind.id in SORTIES and a.kind.id in SORTIES and situation.known:
        return [ss.Separation(lo_s=-10 * DAY, hi_s=10 * DAY, reason=f"less than 10 d from {situation.name(b.id)}")]
    return ()


class Plain:
    """A rule without help: attributes and a method."""

    id, text, source, severity, waived_by = "own-4", "No launch in March", "a test", "hard", "nobody"

    def blocks(self, choice, situation):
        first_s = situation.second("2023-03-01")
        if choice.kind.id == "docking":
            return [ss.Block(lo_s=first_s, hi_s=first_s + 10 * DAY, mode="start", reason="it is March")]
        return []


def scenario():
    return shipped("soyuz-ms22")


def slack(busy):
    """Return a scenario in which no safety rule about sorties counts for VKD-56, so that a rule of a script is alone."""
    for rule in busy.rules:
        if set(rule.kinds) & set(SORTIES) and rule.severity == "safety":
            busy = busy.with_rule(rule.id, waived_by="a test").with_waiver(rule.id, "vkd-56", "to see the other alone")
    return busy


def refusal(call):
    with pytest.raises(ss.ScenarioError) as caught:
        call()
    return str(caught.value)


def stepped(rules, *, polls_all=False):
    drawn = draw(scenario().until("2023-01-15"))
    world = open_world(Station.of(drawn, Own.of(drawn, rules, ())), polls_all=polls_all)
    states = [(world.state.copy(), len(world.log))]
    run_out(world, after_step=lambda: states.append((world.state.copy(), len(world.log))))
    return Steps(world=world, states=tuple(states))


def test_the_planner_keeps_its_windows_and_every_answer_names_it():
    outcome = ss.run(scenario(), rules=[holiday], waivers=[VOLUNTEERS])
    impact = ss.assess(outcome)
    us_eva = impact.changes.set_index("subject").loc["us-eva-83"]
    assert us_eva["actual_utc"] == "2022-12-22"
    told = ss.why(outcome, "us-eva-83", "2022-12-21").text
    assert "own-1 (No sorties on a holiday) it is a holiday; closed from 2022-12-21T00:00Z" in told


def test_a_saved_run_says_what_was_passed(tmp_path):
    from stationsim.log.store import read, save

    outcome = ss.run(scenario(), rules=[holiday], waivers=[VOLUNTEERS])
    manifest = read(save(outcome, tmp_path / "run")).manifest
    passed = [manifest.passed[key] for key in ("rules", "modes", "waivers")]
    assert passed == [["own-1"], [], ["own-1/vkd-57"]]
    assert manifest.rules["own-1"] == {
        "text": "No sorties on a holiday",
        "source": "a test",
        "severity": "hard",
        "waived_by": "the crew",
        "template": "own",
    }
    assert manifest.waivers[-1] == {
        "rule": "own-1",
        "activity": "vkd-57",
        "rationale": "they volunteered",
        "by": "the crew",
    }
    assert ss.parse(manifest.scenario_text) == draw(scenario())
    assert passed_rows(ss.assess(outcome)) == [("Rules of a script", "own-1"), ("Waivers of a script", "own-1/vkd-57")]
    waived = [row for row in outcome.nominal if row.kind is Kind.WAIVED and row.rule == "own-1"]
    assert [(row.subject, row.text) for row in waived] == [("vkd-57", "they volunteered")]


def test_a_plan_that_breaks_it_is_refused_with_the_waiver_of_a_script():
    assert refusal(lambda: ss.run(scenario(), rules=[holiday])) == (
        "activities.vkd-57: the plan breaks rule own-1 (hard): it is a holiday. Plan it otherwise, or waive it: "
        "waivers=[stationsim.Waiver(rule='own-1', activity='vkd-57', rationale=...)]."
    )
    (item,) = ss.check(scenario(), rules=[holiday])
    assert (item.rule, item.activity, item.reason) == ("own-1", "vkd-57", "it is a holiday")
    assert ss.check(scenario(), rules=[holiday], waivers=[VOLUNTEERS]) == ()


def test_a_window_of_safety_stops_who_prepares_at_once():
    calm = slack(scenario())
    log = ss.run(calm.until("2022-12-20"), rules=[careful]).disrupted
    held = next(row for row in log if row.kind is Kind.HELD and row.subject == "vkd-56")
    assert (held.rule, held.text) == ("own-2", "loop may still flow")
    assert log.row(held.cause).kind is Kind.ASKED


@pytest.mark.parametrize("rules", [[careful], [rested], [careful, rested]], ids=["blocks", "pairs", "both"])
def test_to_poll_what_is_named_is_to_poll_all_and_a_run_goes_on_from_every_step(rules):
    steps, every = stepped(rules), stepped(rules, polls_all=True)
    assert steps.world.log.rows == every.world.log.rows
    assert steps.world.log.tables == every.world.log.tables
    for state, count in steps.states[::7]:
        assert simulate(steps.world.station.scenario, state=state).rows == steps.world.log.rows[count:]


def until_then(severity):
    """Return a rule by which a sortie that began in time is over before the leak is an hour old."""

    @ss.rule(id="own-5", text="Nobody stays out after an alarm", severity=severity, kinds=SORTIES)
    def short(choice, situation):
        for incident in situation.known:
            (asked_s, row) = min((o.asked_s, o.row) for (i, _), o in situation.questions.items() if i == incident)
            yield ss.Block(lo_s=asked_s, hi_s=asked_s + DAY, reason="an alarm is a day old at most", cause=row)

    return short


@pytest.mark.parametrize(("severity", "end"), [("safety", Kind.TERMINATED), ("hard", Kind.FINISHED)])
def test_only_a_window_of_safety_ends_a_sortie_under_way(severity, end):
    calm = scenario().until("2022-12-20").without("loop")
    late = calm.with_leak("soyuz-ms-22/external-loop", at="2022-12-15T03:00Z", hole="0.8 mm")
    log = ss.run(slack(late), rules=[until_then(severity)]).disrupted
    row = next(row for row in log if row.subject == "vkd-56" and row.kind in {Kind.TERMINATED, Kind.FINISHED})
    assert row.kind is end
    assert (row.rule == "own-5") is (severity == "safety")


@pytest.mark.parametrize(("severity", "is_flown"), [("soft", True), ("hard", False)])
def test_a_soft_rule_gives_way_where_nothing_has_a_date_otherwise(severity, is_flown):
    @ss.rule(id="own-6", text="No more sorties after an alarm", severity=severity, kinds=["eva-emu"])
    def never_again(choice, situation):
        return [ss.Block(lo_s=0, hi_s=None, reason="there was an alarm")] if situation.known else []

    changes = ss.assess(ss.run(scenario().until("2023-01-05"), rules=[never_again])).changes.set_index("subject")
    assert (changes.outcome["us-eva-83"] != "postponed") is is_flown


def test_after_every_review_the_plan_keeps_it():
    steps = stepped([careful, rested])
    assert "own-3" in {row.rule for row in steps.world.log}
    verifies(steps)


def test_the_page_tells_its_words_and_its_waiver(tmp_path):
    volunteers = attrs.evolve(VOLUNTEERS, by="the commander")
    outcome = ss.run(scenario(), rules=[holiday], waivers=[volunteers])
    page = ss.render(ss.assess(outcome), tmp_path / "report.html").read_text(encoding="utf-8")
    assert "No sorties on a holiday" in page
    assert "is waived for <b>VKD-57</b> (the commander): they volunteered" in page


def test_it_governs_the_activities_of_its_book_alone():
    closed = {"text": "Closed", "kinds": ["eva-emu", "eva-orlan"]}
    found = {
        book: {
            item.activity for item in ss.check(scenario(), rules=[ss.rule(id="own-7", books=[book], **closed)(shut)])
        }
        for book in ("houston", "moscow")
    }
    assert found["houston"] == {"us-eva-83", "us-eva-84", "us-eva-85", "us-eva-contingency"}
    assert found["moscow"] == {f"vkd-{number}" for number in range(56, 62)}


def shut(choice, situation):
    return [ss.Block(lo_s=0, hi_s=None, reason="closed")]


def test_two_sorties_are_kept_apart_by_a_rule_about_pairs():
    slow = scenario().until("2023-01-15")
    impact = ss.assess(ss.run(slow, rules=[rested]))
    blocks = impact.changes.set_index("subject")
    assert set(blocks["rule"].dropna()) >= {"own-3"}


@ss.load_rule(id="own-8", text="One sortie a week for all together", kinds=SORTIES)
def weekly(choice, others, situation):
    for other, start_s in others:
        if other.kind.id in SORTIES:
            week_s = start_s - start_s % (7 * DAY)
            yield ss.Block(
                lo_s=week_s, hi_s=week_s + 7 * DAY, mode="start", reason=f"{situation.name(other.id)} is then"
            )


def test_a_rule_about_all_at_once_is_asked_by_check_and_repair_and_travels():
    broken_ = {(item.activity, item.reason) for item in ss.check(scenario(), rules=[weekly])}
    assert ("us-eva-83", "VKD-56 is then") in broken_ or ("us-eva-83", "VKD-57 is then") in broken_
    assert pickle.loads(pickle.dumps(weekly)) is weekly
    waivers = [ss.Waiver(rule="own-8", activity=activity, rationale="planned so") for activity, _ in broken_]
    outcome = ss.run(scenario(), rules=[weekly], waivers=waivers)
    assert ss.check(scenario(), rules=[weekly], waivers=waivers) == ()
    assert {"own-8"} <= set(outcome.manifest.rules)


def test_nonsense_about_all_at_once_is_told():
    made = ss.load_rule(id="own-9", text="Nonsense", kinds=["eva-emu"])(lambda choice, others, situation: [len(others)])
    told = refusal(lambda: ss.check(scenario(), rules=[made]))
    assert told.startswith("rule own-9: loads(us-eva-")
    assert told.endswith("Give stationsim.Block(lo_s=..., hi_s=..., reason=...).")


def test_what_a_rule_reads_decides_when_it_is_asked():
    asked = []

    def spy(choice, situation):
        asked.append((choice.id, situation.now_s))
        return ()

    def at_rest(reads):
        made = ss.rule(id="own-9", text="A spy", kinds=SORTIES, reads=reads)(spy)
        asked.clear()
        ss.run(scenario().until("2022-12-20"), rules=[made])
        return len(asked)

    assert at_rest(None) > at_rest(lambda choice, situation: ())


def test_a_plain_object_is_a_rule_and_a_launch_waits_for_its_arrival():
    late = scenario().with_activity("soyuz-ms-23-launch", at="2023-03-20").until("2023-03-25")
    launches = [item for item in ss.check(late, rules=[Plain()]) if item.rule in {"own-4", "gen-9"}]
    assert launches == []
    early = scenario().with_activity("soyuz-ms-23-launch", at="2023-03-05")
    told = refusal(lambda: ss.run(early, rules=[Plain()]))
    assert "activities.soyuz-ms-23-launch: the plan breaks rule" in told
    assert "activities.soyuz-ms-23-docking: the plan breaks rule own-4 (hard): it is March." in told


# --- belief only ------------------------------------------------------------------------------------------------------


def seen(given, incident):
    """Return what a rule is told of an incident, each different thing once, and when first."""
    found = {}

    def look(choice, situation):
        known = {item.id: item for item in situation.station.scenario.incidents}
        found.setdefault(known.get(incident), situation.now_s)
        assert situation.station.scenario.opening == ()
        assert (situation.station.scenario.title, situation.station.scenario.text) == ("", "")
        return ()

    ss.run(given, rules=[ss.rule(id="own-9", text="A spy")(look)])
    return found


def test_a_rule_knows_of_an_incident_when_its_centre_does_and_never_its_size_or_time():
    found = seen(scenario().until("2022-12-20"), "loop")
    assert next(iter(found)) is None
    (believed,) = [item for item in found if item is not None]
    assert found[believed] >= scenario().incidents[0].at_s
    assert (believed.leak, believed.node) == ("coolant-loop", "soyuz-ms-22/external-loop")
    assert (believed.at_s, believed.hole_m, believed.lasts_s, believed.cause) == (0, None, None, None)


def test_a_false_alarm_looks_like_a_true_one():
    given = scenario().until("2022-12-20").without("loop")
    false = given.with_incident(
        id="loop", reading="coolant-loop", node="soyuz-ms-22/external-loop", at="2022-12-15T00:45Z"
    )
    assert [item for item in seen(false, "loop") if item] == [
        item for item in seen(scenario().until("2022-12-20"), "loop") if item
    ]


def test_a_leak_of_air_is_somewhere_until_it_is_found():
    nodes = [item.node for item in seen(shipped("soyuz-ms09-air").until("2018-09-01"), "hole") if item is not None]
    assert nodes == ["somewhere", "soyuz-ms-09/orbital-module"]


def test_a_hold_to_come_stands_nowhere_before_it_is_known():
    given = shipped("soyuz-ms22").without("loop").until("2022-12-22")
    held = given.with_incident(
        id="range", hold={"kinds": ["eva-emu"]}, at="2022-12-17T09:00Z", lasts="2 d", cause="a secret exercise"
    )
    named = {}

    def look(choice, situation):
        words = {node.name for node in situation.station.graph.nodes}
        words |= {str(thing.name) for thing in situation.station.scenario.things}
        named.setdefault("a secret exercise" in words, situation.now_s)
        return ()

    ss.run(held, rules=[ss.rule(id="own-9", text="A spy")(look)])
    assert sorted(named) == [False, True]
    assert named[True] >= held.incidents[0].at_s


# --- mistakes of its author -------------------------------------------------------------------------------------------

NONSENSE = [
    (lambda c, s: None, "blocks({id}) returned a value of the type NoneType. Return or yield Blocks; an empty tuple says that there are none."),
    (lambda c, s: "no", "blocks({id}) returned 'no'. Return or yield Blocks; an empty tuple says that there are none."),
    (lambda c, s: [5], "blocks({id}) gave 5. Give stationsim.Block(lo_s=..., hi_s=..., reason=...)."),
    (lambda c, s: [ss.Block(lo_s=0.5, hi_s=None, reason="x")], "blocks({id}) gave a Block from 0.5 to None. Write whole seconds of the scenario; hi_s may be None."),
    (lambda c, s: [ss.Block(lo_s=0, hi_s=9, reason="x", mode="begin")], "blocks({id}) gave a Block of mode 'begin'. Allowed: start, overlap."),
    (lambda c, s: [ss.Block(lo_s=0, hi_s=9, reason="x", cause=10**9)], "blocks({id}) gave a Block with the cause 1000000000. Write the `row` of what the situation tells, or leave it out."),
    (lambda c, s: [ss.Block(lo_s=0, hi_s=9, reason=" ")], "blocks({id}) gave a Block without a reason. Write why, in words."),
]  # fmt: skip


@pytest.mark.parametrize(("function", "told"), NONSENSE, ids=lambda value: value if isinstance(value, str) else "")
def test_nonsense_is_told_with_the_rule_and_the_activity(function, told):
    made = ss.rule(id="own-9", text="Nonsense", kinds=["eva-emu"])(function)
    assert refusal(lambda: ss.run(scenario(), rules=[made])) == "rule own-9: " + told.format(id="us-eva-83")


def test_what_a_rule_raises_is_told_with_its_line():
    def breaks(choice, situation):
        return situation.weather

    line = breaks.__code__.co_firstlineno + 1
    told = refusal(lambda: ss.run(scenario(), rules=[ss.rule(id="own-9", text="x", kinds=["eva-emu"])(breaks)]))
    assert told == (
        "rule own-9: blocks(us-eva-83) raised AttributeError: 'Situation' object has no attribute 'weather' "
        f"at test_own_rules.py:{line}. Mend the rule."
    )


def test_nonsense_about_two_and_about_what_is_read_is_told():
    pairs = ss.pair_rule(id="own-9", text="x", kinds=["eva-emu"])(
        lambda a, b, s: [ss.Block(lo_s=0, hi_s=1, reason="x")]
    )
    told = refusal(lambda: ss.run(scenario(), rules=[pairs]))
    assert told.startswith("rule own-9: separations(")
    assert told.endswith(
        ") gave a value of the type Block. Give stationsim.Separation(lo_s=..., hi_s=..., reason=...)."
    )
    late = ss.pair_rule(id="own-9", text="x", kinds=["eva-emu"])(
        lambda a, b, s: [ss.Separation(lo_s="1", hi_s=1, reason="x")]
    )
    assert "gave a Separation from '1' to 1. Write whole seconds, or None for no bound." in refusal(
        lambda: ss.run(scenario(), rules=[late])
    )
    reads = ss.rule(id="own-9", text="x", kinds=["eva-orlan"], reads=lambda c, s: [5])(lambda c, s: ())
    assert refusal(lambda: ss.run(scenario(), rules=[reads])) == (
        "rule own-9: reads(vkd-56) gave 5, which is no name. Return names of nodes, zones and questions."
    )


def test_impossible_rules_are_told_together():
    clash = ss.rule(id="gen-1", text="x", severity="sft", kinds=["eva"], books=["hoston"])(holiday.blocks)
    spaced = ss.rule(id="own 5", text="x")(holiday.blocks)
    told = refusal(
        lambda: ss.run(scenario(), rules=[clash, len, holiday, holiday, spaced], modes=["seep"], waivers=["x"])
    )
    advice = (
        "A rule has the texts id, text, source, severity and waived_by and a method; @stationsim.rule(...) makes one."
    )
    assert [line for line in told.splitlines() if ".kinds" not in line] == [
        "modes[0]: 'seep' is not a mode. Make one with stationsim.mode(...).",
        "rules[0].severity: 'sft' is not allowed here. Allowed: hard, safety, soft. Did you mean 'soft'?",
        "rules[0].books: 'hoston' is not a centre. Centres: houston, moscow. Did you mean 'houston'?",
        f"rules[1]: this builtin_function_or_method has no text id, text, source, severity, waived_by. {advice}",
        f"rules[1]: this builtin_function_or_method has none of the methods 'blocks', 'separations' and 'loads'. {advice}",
        "rules[4].id: 'own 5' is not the number of a rule. Write letters, digits and hyphens, for instance 'EVA-1'.",
        "rules[0].id: 'gen-1' is already a rule of the scenario. Give it another id.",
        "rules[3].id: 'own-1' is already a rule of this call (rules[2]). Give it another id.",
        "waivers[0]: This is of the type str. Write stationsim.Waiver(rule=..., activity=..., rationale=...).",
    ]
    (kinds,) = [line for line in told.splitlines() if ".kinds" in line]
    assert kinds.startswith("rules[0].kinds: 'eva' is not a kind. Kinds: ")
    assert refusal(lambda: ss.run(scenario(), rules=holiday)) == (
        "rules: This is one ScriptRule, not a list. Write rules=[...]."
    )


def test_impossible_waivers_are_told_together():
    wrong = [ss.Waiver(rule="own-2", activity="vkd-5", rationale=" ")]
    assert refusal(lambda: ss.run(scenario(), rules=[holiday], waivers=wrong)).splitlines()[1:] == [
        "waivers[0].activity: 'vkd-5' is not an activity. Activities: ax-2-docking, ax-2-launch, ax-2-undocking, crew-5-undocking, crew-6-docking, crew-6-launch, crew-6-relocation, crew-6-undocking, crew-7-docking, crew-7-launch, crs-26-undocking, crs-27-docking and 35 more. Did you mean 'vkd-59'?",
        "waivers[0].rationale: The text is empty. Write the why.",
    ]


def test_a_state_keeps_the_rules_of_its_run():
    steps = stepped([holiday])
    state, _ = steps.states[3]
    assert refusal(lambda: simulate(steps.world.station.scenario, state=state, rules=[holiday])) == (
        "simulate(state=...): A state keeps the rules and waivers of its run. Pass no others."
    )


def test_a_rule_goes_to_another_process_by_its_name():
    assert pickle.loads(pickle.dumps(holiday)) is holiday
    local = ss.rule(id="own-9", text="x")(lambda c, s: ())
    assert refusal(lambda: pickle.dumps(local)) == (
        "rule own-9: it cannot go to another process. Define it at the top of a module."
    )


def test_a_mode_is_passed_in_place_of_one_of_the_scenario():
    known = next(mode for mode in scenario().modes if mode.id == "coolant-loop")
    outcome = ss.run(scenario().until("2022-12-20"), modes=[attrs.evolve(known, responses=())])
    assert outcome.manifest.passed["modes"] == [{"id": "coolant-loop", "text": known.text}]
    assert [row for row in outcome.disrupted if row.kind is Kind.ADDED] == []
