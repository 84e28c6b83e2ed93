"""What if it were otherwise: the same records, texts and checks as a file; problems name the argument."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

from datetime import UTC, datetime, timedelta

import attrs
import pytest
from scenario.documents import SMALL, spoiled

from stationsim.errors import ScenarioError
from stationsim.scenario.edit import mode
from stationsim.scenario.load import load, parse, scenario_text
from stationsim.scenario.model import Scenario, When


def refusal(call):
    with pytest.raises(ScenarioError) as caught:
        call()
    return str(caught.value)


def test_leak_is_added_with_the_only_mode_and_a_plain_id(small):
    before = scenario_text(small)
    moved = small.without("loop").with_leak("boat-2/radiator", at="2022-12-15T00:45Z", hole="0.8 mm")
    leak = moved.incidents[-1]
    assert (leak.id, leak.leak, leak.node, leak.at_s, leak.hole_m) == (
        "leak-boat-2-radiator", "drip", "boat-2/radiator", 89100, 0.0008,
    )  # fmt: skip
    assert moved.text_hash != small.text_hash
    assert scenario_text(small) == before
    twice = moved.with_leak("boat-2/radiator", at="2022-12-16", hole="0.8 mm")
    assert twice.incidents[-1].id == "leak-boat-2-radiator-2"


def test_leak_takes_other_keys(small):
    more = small.with_leak(
        "boat-2/radiator", at=datetime(2022, 12, 15, tzinfo=UTC), hole="1 mm", mode="drip", id="x", background=True
    )
    assert (more.incidents[-1].id, more.incidents[-1].at_s, more.incidents[-1].background) == ("x", 86400, True)


def test_adding_and_removing_gives_the_same_scenario(small):
    again = small.with_leak("boat-2/radiator", at="2022-12-16", hole="0.8 mm").without("leak-boat-2-radiator")
    assert again == small


def test_a_rule_goes_with_its_waivers(small):
    rule, activity = small.rules[0].id, small.activities[0].id
    waived = small.with_waiver(rule, activity, "a test")
    assert waived.without_rule(rule).rules == small.rules[1:]
    assert waived.without_rule(rule).waivers == tuple(w for w in small.waivers if w.rule != rule)
    told = refusal(lambda: small.without_rule("no-1"))
    assert told.startswith("without_rule(...): 'no-1' is not a rule. Rules: ")


def test_edit_equals_the_file(folder, small):
    edited = small.without("joint").with_incident(
        id="joint", change="stuck", node="crane/hand", at="2022-12-20", lasts=timedelta(days=9)
    )
    line = SMALL.splitlines()[-1]
    text = spoiled(line, "  - {id: joint, change: stuck, node: crane/hand, at: 2022-12-20, lasts: 9 d}")
    assert edited == load(folder.write(text))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"node": "boat-2/radiatr"}, "with_leak(node=...): 'boat-2/radiatr' is not a node. Nodes: anna, anna/sorties, boat-1, boat-1/crewed-return, boat-1/hatch, boat-1/radiator, boat-2, boat-2/crewed-return, boat-2/hatch, boat-2/radiator, boris, boris/sorties and 12 more. Did you mean 'boat-2/radiator'?"),
        ({"node": "camera"}, "with_leak(node=...): 'camera' is a camera, which cannot leak. Nodes that can leak: boat-1/radiator, boat-2/radiator."),
        ({"node": "camera", "mode": "drip"}, "with_leak(node=...): 'camera' is a camera, which 'drip' cannot strike. It strikes: boat-1/radiator, boat-2/radiator."),
        ({"mode": "dirp"}, "with_leak(mode=...): 'dirp' is not a mode. Modes: drip, stuck. Did you mean 'drip'?"),
        ({"mode": "stuck"}, "with_leak(mode=...): 'stuck' is not a mode of leak. Modes of leak: drip."),
        ({"hole": 0.0008}, 'with_leak(hole=...): 0.0008 has no unit. Units of length: m, cm, mm, in, km. Write it like "0.8 mm".'),
        ({"hole": "0 mm"}, "with_leak(hole=...): The hole has no size. Write 'hole: 0.8 mm'."),
        ({"at": "2022-12-15T00:45"}, "with_leak(at=...): '2022-12-15T00:45' has no time zone. If it is UTC, write \"2022-12-15T00:45Z\"."),
        ({"at": datetime(2022, 12, 15)}, "with_leak(at=...): 2022-12-15T00:00:00 has no time zone. Give it one, for instance datetime.UTC."),  # noqa: DTZ001
        ({"at": "2023-01-14"}, "with_leak(at=...): The incident comes when the scenario is over. Write an earlier time."),
        ({"at": object}, "with_leak(at=...): A value of the type type is not allowed. Write text as in a file."),
        ({"at": 10**20}, "with_leak(at=...): A value of the type int is not allowed. Write text as in a file."),
        ({"at": None}, "with_leak(...): incidents[2]: 'at' is missing: when. Write 'at: ...', or 'rate: 0.03 1/y' where chance decides."),
        ({"id": "loop"}, "with_leak(id=...): 'loop' is already an incident. Give the incident another id."),
        ({"id": "A B"}, "with_leak(id=...): 'A B' is not an id. Write lower-case letters, digits and hyphens: 'a-b'."),
        ({"caus": "x"}, "with_leak(caus=...): 'caus' is not a key of an incident. Keys: at, attempts, background, by, cause, centre, change, expect, fails, failures, grows, hold and 14 more. Did you mean 'cause'?"),
        ({"cause": "a\x00b"}, "with_leak(cause=...): The text holds control character U+0000. Remove it."),
    ],
    ids=str,
)  # fmt: skip
def test_impossible_leak_names_the_argument(small, arguments, told):
    given = {"node": "boat-2/radiator", "at": "2022-12-15T00:45Z", "hole": "0.8 mm"} | arguments
    node = given.pop("node")
    assert refusal(lambda: small.with_leak(node, **given)) == told


def test_node_of_several_modes_needs_one_named(folder):
    second = "modes:\n  burst: {text: It bursts, how: leak, types: [loop], source: test}\n"
    scenario = load(folder.write(spoiled("modes:\n", second)))
    assert refusal(lambda: scenario.with_leak("boat-2/radiator", at="2022-12-15", hole="1 mm")) == (
        "with_leak(mode=...): 'boat-2/radiator' can leak in several ways: burst, drip. Name one of them."
    )
    assert (
        scenario.with_leak("boat-2/radiator", at="2022-12-15", hole="1 mm", mode="burst").incidents[-1].leak == "burst"
    )


def test_incident_takes_the_keys_of_a_file_and_tells_all_problems(small):
    told = refusal(lambda: small.with_incident(id="x", chagne="failed", node="hbu", at=["2022-12-20"]))
    assert [line.split(": ")[0] for line in told.splitlines()] == [
        "with_incident(at=...)",
        "with_incident(chagne=...)",
        "with_incident(node=...)",
    ]


def test_activity_is_added_or_laid_over_a_known_one(small):
    later = small.with_activity("walk", at="2022-12-22T12:00Z")
    assert later.activities[0].at == When(lo_s=8 * 86400 + 43200, hi_s=8 * 86400 + 43201, has_clock=True)
    assert later.activities[0].people == small.activities[0].people
    more = small.with_activity(
        "rest",
        name="Rest",
        kind="survey",
        centre="houston",
        at="2022-12-20",
        source="test",
        people=[{"role": "it", "who": "boris"}],
    )
    assert more.activities[:-1] == small.activities
    assert more.activities[-1].people[0].who == "boris"
    assert small.with_activity("walk", airlock=None).activities[0].airlock is None
    replaced = small.with_activity("look", at={"from": "2022-12-20", "to": "2022-12-21"})
    assert replaced.activities[1].at.after is None


def test_impossible_activity_names_the_argument(small):
    told = refusal(lambda: small.with_activity("walk", people=[{"role": "ev1", "who": "ana"}], lasts=5))
    assert told.splitlines() == [
        'with_activity(lasts=...): 5 is not a duration. Write "2 min 42 s" or "PT2M42S".',
        "with_activity(people[0].who=...): 'ana' is not a person. People: anna, boris. Did you mean 'anna'?",
    ]
    told = refusal(
        lambda: small.with_activity("New One", name="x", kind="eva", centre="houston", at="2022-12-20", source="x")
    )
    assert (
        told
        == "with_activity(id=...): 'New One' is not an id. Write lower-case letters, digits and hyphens: 'new-one'."
    )
    assert "with_activity(...): activities.new: 'kind' is missing" in refusal(lambda: small.with_activity("new"))
    deep: list[object] = []
    deep.append(deep)
    assert "Values are nested deeper than 50." in refusal(lambda: small.with_activity("walk", people=deep))


def test_without_takes_incidents_and_activities(small):
    assert small.without("loop", "joint").incidents == ()
    less = small.without("look")
    assert [activity.id for activity in less.activities] == ["walk", "leave"]
    assert less.waivers == ()
    assert small.without() == small


def test_without_an_unknown_id_is_told_with_its_like(small):
    assert refusal(lambda: small.without("lop")) == (
        "without(...): 'lop' is neither an incident nor an activity. Incidents: joint, loop. Did you mean 'loop'?"
    )


def test_without_what_others_follow_is_told(small):
    assert refusal(lambda: small.without("walk")).splitlines() == [
        "without(...): activities.look.at.after: 'walk' is not an activity. Activities: leave, look.",
        "without(...): activities.look.follows[0]: 'walk' is not an activity. Activities: leave, look.",
    ]


def test_until_moves_the_end(small):
    assert small.until("2023-01-01").horizon_s == 18 * 86400
    assert small.until("2022-12-25T06:00Z").horizon_s == 11 * 86400 + 21600
    assert refusal(lambda: small.until("soon")) == (
        'until(text=...): \'soon\' is not a time. Write "2022-12-15T00:45Z" or a day, "2022-12-15".'
    )
    assert refusal(lambda: small.until("2022-12-01")).splitlines()[0] == (
        "until(...): incidents[0].at: The incident comes when the scenario is over. Write an earlier time."
    )
    assert refusal(lambda: small.without("loop", "joint").until("2022-12-01")) == (
        "until(text=...): The scenario ends before it begins. Write a time after 'from'."
    )


def test_a_rule_forgets_an_activity_that_is_gone_and_goes_with_its_last(folder):
    named = "EVA-2: {template: calendar, text: x, source: x, severity: hard, waived_by: x, days: [sat], activities: "
    both, one = f"{named}[walk, leave]}}\n  ", f"{named}[leave]}}\n  ".replace("EVA-2", "EVA-3")
    scenario = load(folder.write(spoiled("EVA-1:", f"{both}{one}EVA-1:")))
    assert [(rule.id, rule.activities) for rule in scenario.without("leave").rules] == [
        ("EVA-2", ("walk",)),
        ("EVA-1", ()),
    ]


def test_any_record_is_added_or_laid_over_a_known_one(small):
    more = small.with_record("things", "lamp", type="lamp", needs=["hub"])
    assert (more.things[-1].id, more.things[-1].needs.hard) == ("lamp", ("hub",))
    assert more.with_record("things", "lamp", type="torch").things[-1].needs.hard == ("hub",)
    assert small.with_record("people", "boris", skills=["robotics"]).people[1].name == "Boris"
    assert refusal(lambda: small.with_record("thigns", "lamp", type="lamp")) == (
        "with_record(section=...): 'thigns' is not a section. Sections: activities, airlocks, arms, calendars, centres, consumables, fluids, hatches, kinds, modes, people, ports and 7 more. Did you mean 'things'?"
    )
    assert refusal(lambda: small.with_record("things", "A lamp", type="lamp")) == (
        "with_record(id=...): 'A lamp' is not an id. Write lower-case letters, digits and hyphens: 'a-lamp'."
    )


def test_rule_is_added_or_laid_over_a_known_one(small):
    assert small.with_rule("EVA-1", severity="soft").rules[0].severity == "soft"
    assert small.with_rule("EVA-1", severity="soft").rules[0].text == small.rules[0].text
    more = small.with_rule(
        "GEN-1", template="precedence", text="In order", source="me", severity="hard", waived_by="me"
    )
    assert [rule.id for rule in more.rules] == ["EVA-1", "GEN-1"]
    assert refusal(lambda: small.with_rule("GEN 1", severity="sft")).splitlines()[-2:] == [
        "with_rule(id=...): 'GEN 1' is not the number of a rule. Write letters, digits and hyphens, for instance 'EVA-1'.",
        "with_rule(severity=...): 'sft' is not allowed here. Allowed: hard, safety, soft. Did you mean 'soft'?",
    ]


def test_waiver_drops_a_rule_and_a_second_one_changes_the_reason(small):
    waived = small.with_waiver("EVA-1", "walk", "urgent")
    assert [(w.rule, w.activity, w.rationale) for w in waived.waivers[1:]] == [("EVA-1", "walk", "urgent")]
    assert waived.with_waiver("EVA-1", "walk", "very urgent").waivers[1:][0].rationale == "very urgent"
    assert refusal(lambda: small.with_waiver("EVA-2", "wlk", "urgent")).splitlines() == [
        "with_waiver(activity=...): 'wlk' is not an activity. Activities: leave, look, walk. Did you mean 'walk'?",
        "with_waiver(rule=...): 'EVA-2' is not a rule. Rules: EVA-1. Did you mean 'EVA-1'?",
    ]


BURST = {"text": "It bursts", "how": "leak", "types": ["loop"], "source": "test"}


def test_mode_is_added_and_incidents_name_it(small):
    more = small.with_mode("burst", **BURST)
    assert more.with_leak("boat-2/radiator", at="2022-12-16", hole="1 mm", mode="burst").incidents[-1].leak == "burst"
    assert more.with_mode("burst", text="It breaks").modes[-1].types == ("loop",)
    assert refusal(lambda: small.with_mode("Burst", **BURST | {"how": "leek"})).splitlines() == [
        "with_mode(how=...): 'leek' is not allowed here. Allowed: change, event, leak, reading. Did you mean 'leak'?",
        "with_mode(mode=...): 'Burst' is not an id. Write lower-case letters, digits and hyphens: 'burst'.",
    ]


def test_mode_made_apart_may_stand_where_its_name_may(small):
    burst = mode("burst", **BURST)
    known = small.with_mode(burst).with_leak("boat-2/radiator", at="2022-12-16", hole="1 mm", mode="burst")
    assert small.with_leak("boat-2/radiator", at="2022-12-16", hole="1 mm", mode=burst) == known
    worn = mode("worn", **BURST | {"how": "change", "text": "It wears"})
    assert small.with_incident(id="x", change=worn, node="boat-2/radiator", at="2022-12-16").modes[-1] == worn
    assert small.with_mode(attrs.evolve(small.modes[0], types=())).modes[0].types == ()


def test_impossible_mode_names_the_argument(small):
    assert refusal(lambda: mode("burst", text="It bursts", how="leak", expect=9)).splitlines() == [
        "mode(...): modes.burst: 'source' is missing: where its numbers come from. Write 'source: ...'.",
        'mode(expect=...): 9 is not a duration. Write "2 min 42 s" or "PT2M42S".',
    ]
    response = {"look": {"kind": "servey", "lasts": "2 h", "source": "test"}}
    burst = mode("burst", **BURST, responses=response)
    assert refusal(lambda: small.with_leak("boat-2/radiator", at="2022-12-16", hole="1 mm", mode=burst)) == (
        "with_leak(mode.responses.look.kind=...): 'servey' is not a kind of activity. Kinds of activity: eva, survey, undocking. Did you mean 'survey'?"
    )
    wrong = attrs.evolve(burst, notice_s="soon")
    assert refusal(lambda: small.with_mode(wrong)) == (
        "with_mode(mode=...): 'burst' holds a value of another type. Make it with stationsim.mode(...), which tells every problem."
    )


def test_text_is_read_as_a_file_and_written_back(small):
    text = small.to_yaml()
    assert Scenario.from_text(text) == parse(text) == small
    changed = small.with_mode("burst", **BURST).with_record("things", "lamp", type="lamp").until("2023-01-12")
    assert parse(changed.to_yaml()) == changed
    assert parse(changed.to_yaml()).text_hash == changed.text_hash


def test_text_may_stand_on_files(folder):
    folder.write(SMALL, "small.yaml")
    above = parse("base: small\nuntil: 2023-01-12\n")
    assert (above.id, above.horizon_s) == ("small", 29 * 86400)
    assert (
        refusal(lambda: parse("base: smal\n"))
        .splitlines()[0]
        .startswith("<text>:1:7: base: 'smal' is not a file beside this one, in ./configs or in the package. Files: ")
    )


def test_impossible_text_names_line_and_column(folder):
    assert (
        refusal(lambda: parse(spoiled("id: loop\n", "id: Loop\n")))
        .splitlines()[0]
        .endswith("incidents[0].id: 'Loop' is not an id. Write lower-case letters, digits and hyphens: 'loop'.")
    )
    assert refusal(lambda: parse("")) == "<text>: The file is empty. A scenario begins with 'scenario: NAME'."
    assert refusal(lambda: parse(5)) == (
        "parse(text=...): This is of the type int. Give the text of a file, or use load(...)."
    )
