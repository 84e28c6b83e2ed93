"""Names that name nothing, and nodes that share an id: one case for every space of names."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

import pytest
from scenario.documents import SMALL, spoiled

from stationsim.scenario.load import load
from stationsim.scenario.model import Scenario
from stationsim.scenario.nodes import SPACES, node_types
from stationsim.scenario.references import mentions
from stationsim.scenario.schema import keys_of

NODES = (
    "Nodes: anna, anna/sorties, boat-1, boat-1/crewed-return, boat-1/hatch, boat-1/radiator, boat-2, "
    "boat-2/crewed-return, boat-2/hatch, boat-2/radiator, boris, boris/sorties and 12 more."
)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("calendar: day", "calendar: dya", "centres.houston.calendar: 'dya' is not a calendar. Calendars: day. Did you mean 'day'?"),
        ("between: [hub, lock]", "between: [hub, lokc]", "hatches.hub-lock.between[1]: 'lokc' is not a volume. Volumes: hub, lock. Did you mean 'lock'?"),
        ("between: [hub, lock]", "between: [hub, nadir]", "hatches.hub-lock.between[1]: 'nadir' is not a volume. Volumes: hub, lock."),
        ("inspects: [nadir]", "inspects: [nadri]", "arms.crane.inspects[0]: 'nadri' is not a port. Ports: cap, nadir, side, zenith. Did you mean 'nadir'?"),
        ("worksites: [hub-outside]", "worksites: [outside]", "activities.walk.worksites[0]: 'outside' is not a zone. Zones: hub-outside. Did you mean 'hub-outside'?"),
        ("lasts: 30 min, worksite: hub-outside", "lasts: 30 min, worksite: x", "activities.walk.tasks.bolt.worksite: 'x' is not a zone. Zones: hub-outside."),
        ("airlock: door", "airlock: dor", "activities.walk.airlock: 'dor' is not an airlock. Airlocks: door. Did you mean 'door'?"),
        ("arms: [crane]", "arms: [cane]", "activities.walk.arms[0]: 'cane' is not an arm. Arms: crane. Did you mean 'crane'?"),
        ("fluid: glycol", "fluid: glycole", "types.boat.components.radiator.loop.fluid: 'glycole' is not a fluid. Fluids: glycol. Did you mean 'glycol'?"),
        ("boat-2: {name: Boat 2, type: boat,", "boat-2: {name: Boat 2, type: boot,", "vehicles.boat-2.type: 'boot' is not a ship type. Ship types: boat. Did you mean 'boat'?"),
        ("leak: drip", "leak: dirp", "incidents[0].leak: 'dirp' is not a mode. Modes: drip, stuck. Did you mean 'drip'?"),
        ("look: {kind: survey", "look: {kind: survye", "modes.drip.responses.look.kind: 'survye' is not a kind of activity. Kinds of activity: eva, survey, undocking. Did you mean 'survey'?"),
        ("rule: EVA-1", "rule: EVA-2", "waivers[0].rule: 'EVA-2' is not a rule. Rules: EVA-1. Did you mean 'EVA-1'?"),
        ("activity: look", "activity: lok", "waivers[0].activity: 'lok' is not an activity. Activities: leave, look, walk. Did you mean 'look'?"),
        ("books: [houston]", "books: [huston]", "rules.EVA-1.books[0]: 'huston' is not a centre. Centres: houston. Did you mean 'houston'?"),
        ("seat: boat-1", "seat: baot-1", "people.anna.seat: 'baot-1' is not a ship. Ships: boat-1, boat-2. Did you mean 'boat-1'?"),
        ("who: anna", "who: ana", "activities.walk.people[0].who: 'ana' is not a person. People: anna, boris. Did you mean 'anna'?"),
        ("node: crane/elbow", "node: crane/elbwo", f"incidents[1].node: 'crane/elbwo' is not a node. {NODES} Did you mean 'crane/elbow'?"),
        ("needs: [crane/hand, boat", "needs: [hand, boat", f"activities.look.needs[0]: 'hand' is not a node. {NODES}"),
        ("needs: [hub],", "needs: [hbu],", None),
        ("needs: [elbow]", "needs: [elbwo]", None),
        ("needs: {all: [hub]", "needs: {all: [hbu]", None),
        ("follows: [walk]", "follows: [wlak]", "activities.look.follows[0]: 'wlak' is not an activity. Activities: leave, look, walk. Did you mean 'walk'?"),
        ("question: usable", "question: usabel", "rules.EVA-1.question: 'usabel' is not a question. Questions: usable. Did you mean 'usable'?"),
        ("capability: crewed-return", "capability: crewed", "rules.EVA-1.capability: 'crewed' is not a capability. Capabilities: crewed-return. Did you mean 'crewed-return'?"),
        ("answers: usable", "answers: fit", "modes.drip.responses.look.answers: 'fit' is not a question. Questions: usable."),
        ("loop: radiator", "loop: radiatr", "types.boat.cabin.loop: 'radiatr' is not a component. Components: radiator. Did you mean 'radiator'?"),
        ("survey_skill: robotics", "survey_skill: robots", "arms.crane.survey_skill: Nobody has the skill 'robots'. Skills: eva, robotics. Did you mean 'robotics'?"),
    ],
    ids=str,
)  # fmt: skip
def test_name_that_names_nothing_is_told(folder, old, new, told):
    text = SMALL.replace(old, new) if told is None else spoiled(old, new)
    lines = folder.refusal(text).splitlines()
    assert len(lines) == 3
    if told is not None:
        assert lines[0].split(": ", 1)[1] == told
    else:
        assert "is not a node. Nodes: " in lines[0]
        assert "Did you mean" in lines[0]


def test_parts_are_found_inside_their_owner_first(folder):
    text = spoiled("needs: [radiator]", "needs: [radiatr]")
    assert folder.refusal(text).splitlines()[0].endswith("Did you mean 'radiator'?")
    text = spoiled("needs: [radiator]", "needs: [radiator, hub]")
    assert load(folder.write(text)).types[0].capabilities[0].needs.hard == ("radiator", "hub")


def test_two_nodes_may_not_share_an_id(folder):
    assert folder.refusal(spoiled("  camera: {type", "  side: {type", "    uses: [camera]\n", "")) == (
        "bad.yaml:68:3: things.side: 'side' is already one of the ports (bad.yaml:38). Give every node its own id.\n"
        "      side: {type: camera, needs: {all: [hub], some: [nadir, zenith], of: 1, soft: [lock]}}\n      ^"
    )


def test_component_and_capability_may_not_share_an_id(folder):
    told = folder.refusal(
        spoiled("      crewed-return: {type: cap", "      radiator: {type: cap", "    capability: crewed-return\n", "")
    )
    assert "types.boat.capabilities.radiator: 'radiator' is already a component of this ship type." in told


def test_incident_may_not_share_an_id(folder):
    assert folder.refusal(spoiled("id: joint", "id: loop")).splitlines()[0] == (
        "bad.yaml:204:10: incidents[1].id: 'loop' is already an incident. Give the incident another id."
    )
    assert "'walk' is already an activity." in folder.refusal(spoiled("id: joint", "id: walk"))


def test_every_space_that_a_key_refers_to_is_known(small):
    sections = [key.record for key in keys_of(Scenario) if key.record]
    spaces = {key.refers for cls in sections for key in keys_of(cls) if key.refers}
    assert spaces <= {*SPACES, "node"}
    assert set(SPACES) - {"person", "activity", "rule", "incident"} <= {
        mention.space for mention in mentions(small)
    } | {
        "arm",
        "consumable",
        "vehicle",
    }


def test_nodes_have_types(small):
    types = node_types(small)
    assert types["camera"] == "camera"
    assert types["boat-2/radiator"] == "loop"
    assert types["crane/elbow"] == "joint"
    assert [types[name] for name in ("hub", "hub-lock", "nadir", "door", "crane", "boat-1", "anna")] == [
        "volume", "hatch", "port", "airlock", "arm", "vehicle", "person",
    ]  # fmt: skip


def test_a_hatch_is_named_where_a_hatch_is_meant(folder):
    line = "  door: {name: Door, volume: lock, shuts: [hub-lok], suit: emu, zone: hub-outside, source: test}"
    told = folder.refusal(spoiled("shuts: [hub-lock]", "shuts: [hub-lok]"))
    assert told == (
        "bad.yaml:54:44: airlocks.door.shuts[0]: 'hub-lok' is not a hatch. Hatches: boat-1/hatch, boat-2/hatch, hub-lock. "
        f"Did you mean 'hub-lock'?\n    {line}\n    {' ' * 43}^"
    )
    assert "'hub' is not a hatch." in folder.refusal(spoiled("shuts: [hub-lock]", "shuts: [hub]"))
