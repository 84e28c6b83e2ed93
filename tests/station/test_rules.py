"""Which rules ask about an activity, and what their answers hang on."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import DAY, HOUR, Story, book, fault, rule, sortie, task, tiny, traffic

from stationsim.errors import ScenarioError
from stationsim.log.kinds import Kind
from stationsim.scenario.model import Incident, Waiver
from stationsim.station.rules import TEMPLATES, blocks, check_rules, governs, reads, separations, template_of

BELIEFS = (
    rule("needs-health"),
    rule("release", question="flow", hazards=("ammonia",)),
    rule("residue", hazards=("inert",)),
    rule("ship-status", capability="crewed-return", roles=("ev",)),
    rule("ship-status", id="ship-usable", capability="emergency-return", question="usable"),
    rule("ship-status", id="ship-known", capability="crewed-return", question="fit", until="no-date", kinds=("task",)),
    rule("family-hold", question="fit", gap_s=DAY),
    rule("unexplained", question="fit"),
    rule("aboard"),
    rule("inside-crew", roles=("ev",), count=2, kinds=("sortie",)),
    rule("segment-crew", count=1),
    rule("handover", gap_s=DAY),
    rule("after-arrival", gap_s=20 * DAY),
    rule("minimum-crew", count=2, segments=("north",), roles=("ev",)),
    rule("while-sick", while_sick="core"),
)
INCIDENTS = (
    Incident(id="drip", leak="drip", node="swift/loop", at_s=0),
    Incident(id="ooze", leak="drip", node="heron/loop", at_s=0),
    fault("joint", "arm/elbow"),
    fault("fall", "core"),
)
PLAN = (
    sortie("walk"),
    task("fix", needs=("pump",)),
    traffic("up", "docking", 8 * DAY, port="top", crew=("dan",), relieves=("ben",)),
    traffic("leave", "undocking", 15 * DAY, ship="swift"),
)
NODES = ("arm/elbow", "swift/loop", "swift/engine", "heron/loop", "chamber", "core", "ann", "eve")
names = st.sampled_from


def events():
    """What may change a centre's belief: node, zone, question, status or seat, and how."""
    incident, view, until = (
        names([i.id for i in INCIDENTS]),
        names(("north", "south")),
        st.one_of(st.none(), st.integers(0, DAY)),
    )
    return st.one_of(
        st.tuples(st.just("health"), names(NODES), names(("nominal", "degraded", "unknown", "failed")), incident, view),
        st.tuples(
            st.just("wet"), names(("stern", "bow")), names(("inert", "unidentified", "ammonia")), incident, view, until
        ),
        st.tuples(st.just("clear"), names(("stern", "bow")), incident, view),
        st.tuples(st.just("ask"), names(("flow", "fluid", "usable", "fit", "back")), incident, view, until),
        st.tuples(st.just("answer"), names(("flow", "fluid", "usable", "fit", "back")), incident, view),
        st.tuples(st.just("status"), names(("swift", "heron")), names(("certified", "unusable", "unknown")), view),
        st.tuples(st.just("fit"), names(("ann", "eve")), names(("swift", "heron", "mule"))),
    )


def tell(story: Story, event: tuple) -> None:
    what, subject, *rest = event
    if what == "health":
        story.health(subject, rest[0], incident=rest[1], view=rest[2])
    elif what == "wet":
        story.wet(subject, rest[1], feared=rest[0], view=rest[2], until_s=rest[3])
    elif what == "clear":
        story.tell(Kind.CLEARED, subject, object=rest[0], view=rest[1])
    elif what == "ask":
        story.ask(subject, rest[0], rest[2], view=rest[1])
    elif what == "answer" and (rest[1], rest[0], subject) in story.state.questions:
        story.tell(Kind.ANSWERED, subject, object=rest[0], view=rest[1], text="so it is")
    elif what == "status":
        story.status(subject, rest[0], view=rest[1])
    elif what == "fit":
        story.tell(Kind.FITTED, subject, object=rest[0])


@pytest.mark.parametrize("governing", BELIEFS, ids=lambda found: found.id)
@given(st.lists(events(), max_size=6), st.lists(events(), min_size=1, max_size=2))
def test_an_answer_changes_only_with_what_it_hangs_on(governing, before, after):
    """The law that lets a review ask only those activities whose rules read what changed."""
    story = Story(tiny(rules=[governing], incidents=INCIDENTS, activities=PLAN))
    for event in before:
        tell(story, event)
    story.at(HOUR)
    story.state.touched.clear()
    was = {id_: _answer(story, id_) for id_ in story.state.acts}
    for event in after:
        tell(story, event)
    for id_, (asked, found) in was.items():
        centre = story.state.activity(id_).centre
        if not set(asked) & set(story.state.touched.get(centre, ())):
            assert _answer(story, id_) == (asked, found)


def _answer(story: Story, id_: str):
    situation = story.situation(story.state.activity(id_).centre)
    choice = story.choice(id_)
    return reads(choice, situation), blocks(choice, situation)


def test_what_two_activities_share_hangs_on_the_plan_alone():
    story = Story()
    for name, template in TEMPLATES.items():
        if template.pairs is not None:
            assert template.reads(rule(name), story.choice("walk"), story.situation()) == ()


def test_a_sortie_hangs_on_its_places_people_zones_and_ships():
    story = Story(tiny(rules=BELIEFS[:5]))
    assert reads(story.choice("walk"), story.situation()) == (
        "airlock",
        "ann",
        "ben",
        "ann/sorties",
        "ben/sorties",
        "stern",
        "bow",
        "swift/crewed-return",
    )


def test_a_person_without_a_seat_adds_only_themselves():
    people = [attrs.evolve(p, seat=None) if p.id == "eve" else p for p in tiny().people]
    story = Story(tiny(rules=[rule("ship-status")], people=people))
    assert reads(story.choice("fix"), story.situation("south")) == ("eve",)
    assert blocks(story.choice("fix"), story.situation("south")) == ()


def test_an_unknown_template_is_refused_with_the_known_ones():
    with pytest.raises(ScenarioError) as refusal:
        template_of(rule("keep-away"))
    known = ", ".join(sorted(TEMPLATES))
    assert known.startswith("aboard, after-arrival, ")
    message = f"rules.keep-away.template: 'keep-away' is not a rule template. Templates: {known}."
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, True),
        ({"books": ("north",)}, True),
        ({"books": ("south",)}, False),
        ({"kinds": ("sortie", "task")}, True),
        ({"kinds": ("task",)}, False),
        ({"id": "dropped"}, False),
    ],
)
def test_a_rule_governs_by_book_kind_and_waiver(more, expected):
    waiver = Waiver(rule="dropped", activity="walk", rationale="because")
    story = Story(tiny(waivers=[waiver]))
    assert governs(rule("aboard", **more), story.state.activity("walk"), story.station) is expected


def test_blocks_come_in_the_order_of_the_book_and_only_from_rules_about_one_activity():
    story = Story(tiny(rules=book("exclusive", "aboard", "needs-health")))
    story.health("airlock", "failed")
    found = blocks(story.choice("walk"), story.situation())
    assert [b.rule for b in found] == ["aboard", "aboard", "needs-health"]


@pytest.mark.parametrize("waived", ["walk", "stroll"])
def test_a_waiver_of_either_drops_the_distance_between_two(waived):
    activities = [sortie("walk"), sortie("stroll")]
    waiver = Waiver(rule="exclusive", activity=waived, rationale="because")
    strict = Story(tiny(rules=book("exclusive"), activities=activities))
    lenient = Story(tiny(rules=book("exclusive"), activities=activities, waivers=[waiver]))
    for story, count in ((strict, 1), (lenient, 0)):
        assert len(separations(story.choice("walk"), story.choice("stroll"), story.situation())) == count


@pytest.mark.parametrize(("kinds", "count"), [(("sortie",), 1), (("task",), 1), (("launch",), 0)])
def test_a_rule_that_governs_either_keeps_two_apart(kinds, count):
    activities = [sortie("walk", people=()), task("fix", uses=("airlock",))]
    story = Story(tiny(rules=[rule("exclusive", kinds=kinds)], activities=activities))
    assert len(separations(story.choice("walk"), story.choice("fix"), story.situation())) == count


def refusal_of(*rules) -> list[str]:
    with pytest.raises(ScenarioError) as refusal:
        check_rules(Story(tiny(rules=rules), is_planned=False).station)
    return str(refusal.value).splitlines()


def test_rules_that_say_nothing_or_too_much_are_refused_all_at_once():
    assert refusal_of(rule("spacing"), rule("setup", count=2), rule("residue", hazards=("soup",))) == [
        "rules.spacing: Template 'spacing' says nothing without 'gap'. It reads: gap, others, share, roles. Write it.",
        "rules.setup.count: Template 'setup' does not read 'count'. It reads: no parameters. Remove it.",
        "rules.residue.hazards[0]: 'soup' is not a class of hazard. Classes: ammonia, hypergol, inert.",
    ]


def test_a_role_that_is_nearly_one_is_refused():
    assert refusal_of(rule("inside-crew", count=1, roles=("evv",))) == [
        "rules.inside-crew.roles[0]: Nobody has the role 'evv'. Roles: ev, hand. Did you mean 'ev'?"
    ]


def test_a_type_of_node_that_is_nearly_one_is_refused():
    (told,) = refusal_of(rule("needs-health", types=("pmup",)))
    assert told.startswith(
        "rules.needs-health.types[0]: Nothing is of the type 'pmup'. Types: airlock, arm, capability, "
    )
    assert told.endswith(" Did you mean 'pump'?")


def test_rules_that_say_what_they_need_pass():
    other = rule("inside-crew", count=1, roles=("pilot",))
    check_rules(Story(tiny(rules=[*BELIEFS, other]), is_planned=False).station)


@pytest.mark.parametrize(
    ("posture", "told"),
    [
        (
            rule("posture", shuts=("hatch",)),
            (
                "rules.posture: Template 'posture' says nothing without 'count'. It reads: count, shuts, refuge, "
                "roles, gap, while_open, while_sick, question. Write it.\n"
                "rules.posture: Nothing demands this posture. Write 'kinds', 'while_open', 'while_sick' or 'question'."
            ),
        ),
        (
            rule("posture", count=1, while_sick="core"),
            "rules.posture: This posture shuts no hatch. Write 'shuts: [HATCH]'.",
        ),
        (
            rule("ready", shuts=("hatch",)),
            "rules.ready.shuts: Template 'ready' does not read 'shuts'. It reads: no parameters. Remove it.",
        ),
    ],
)
def test_a_posture_says_what_demands_it_and_what_it_shuts(posture, told):
    with pytest.raises(ScenarioError) as problem:
        check_rules(Story(tiny(rules=[posture])).state.station)
    assert str(problem.value) == told
