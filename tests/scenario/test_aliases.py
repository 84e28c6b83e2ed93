"""Whatever a thing is called, its id is meant; what fits several things is refused with the candidates."""

import pytest
from scenario.documents import SMALL, spoiled

from stationsim.errors import ScenarioError
from stationsim.scenario.load import load, scenario_text

BOATS = ("    launched: 2022-09-21T13:54Z\n", "    launched: 2022-09-21T13:54Z\n    aliases: [68S, Old One]\n")
NADIR = ("    name: Hub nadir\n", "    name: Hub nadir\n    aliases: [SM aft]\n")


def refusal(call):
    with pytest.raises(ScenarioError) as caught:
        call()
    return str(caught.value)


@pytest.mark.parametrize("name", ["68S", "68s", "old one", "Old-One", "OLD_ONE", "Boat 1", "boat 1", "BOAT_1"])
def test_alias_or_shown_name_of_a_ship_is_its_id_wherever_it_stands(folder, name):
    plain = load(folder.write(spoiled(*BOATS)))
    called = spoiled(*BOATS, "seat: boat-1", f"seat: {name}", "ship: boat-1", f"ship: {name}").replace(
        "boat-1/radiator", f"{name}/radiator"
    )
    assert load(folder.write(called)) == plain


def test_aliases_of_other_things_are_known_too(folder):
    base = spoiled(*NADIR, "  walk:\n    name: Walk\n", "  walk:\n    name: Walk\n    aliases: [EVA 1]\n")
    called = base.replace("{after: walk,", "{after: eva_1,").replace("follows: [walk]", "follows: [EVA 1]")
    called = called.replace("inspects: [nadir]", "inspects: [sm_aft]").replace("who: anna", "who: ANNA")
    called = called.replace("worksites: [hub-outside]", "worksites: [around the hub]").replace("[crane]", "[Crane]")
    assert load(folder.write(called)) == load(folder.write(base, "plain.yaml"))


def test_part_is_known_by_its_own_name_behind_the_name_of_its_ship(folder):
    base = spoiled(
        *BOATS,
        "      radiator:\n        type: loop\n",
        "      radiator:\n        name: Cold loop\n        type: loop\n",
    )
    called = base.replace("node: boat-1/radiator", "node: 68S/cold loop")
    assert load(folder.write(called)) == load(folder.write(base, "plain.yaml"))


def test_part_of_the_same_type_comes_before_an_alias(folder):
    text = spoiled("  camera: {type: camera,", "  camera: {type: camera, aliases: [elbow],")
    arm = load(folder.write(text)).arms[0]
    assert arm.components[1].needs.hard == ("elbow",)


def test_id_comes_before_alias_and_alias_before_shown_name(folder):
    alias = "  boat-2: {name: Hub nadir, type: boat, aliases: [boat-1, Boat 1],"
    text = spoiled("  boat-2: {name: Boat 2, type: boat,", alias, "seat: boat-1", "seat: Boat_1")
    assert load(folder.write(text)).people[0].seat == "boat-1"
    named = spoiled("  boat-2: {name: Boat 2, type: boat,", "  boat-2: {name: Red, type: boat, aliases: [Boat One],")
    named = named.replace("name: Boat 1\n", "name: Boat One\n").replace("ship: boat-1", "ship: boat one")
    assert load(folder.write(named)).activities[2].ship == "boat-2"


def test_name_of_two_things_is_refused_with_both(folder):
    text = spoiled(*BOATS, "boat-2: {name: Boat 2, type: boat,", "boat-2: {name: Boat 2, type: boat, aliases: [68s],")
    assert folder.refusal(text.replace("ship: boat-1", "ship: 68S")).splitlines()[0] == (
        "bad.yaml:194:11: activities.leave.ship: '68S' may mean boat-1 or boat-2. Write one of them."
    )


def test_tail_of_several_ids_is_no_name_and_gets_the_same_advice(folder, small):
    more = SMALL.replace("boat-1", "red-ms-1").replace("boat-2:", "blue-ms-1:")
    told = folder.refusal(more.replace("ship: red-ms-1", "ship: ms-1"))
    assert told.splitlines()[0] == (
        "bad.yaml:193:11: activities.leave.ship: 'ms-1' may mean blue-ms-1 or red-ms-1. Write one of them."
    )
    loaded = load(folder.write(more))
    assert refusal(lambda: loaded.with_leak("MS 1/radiator", at="2022-12-16", hole="1 mm")) == (
        "with_leak(node=...): 'MS 1/radiator' may mean blue-ms-1/radiator or red-ms-1/radiator. Write one of them."
    )
    assert refusal(lambda: small.with_leak("radiator", at="2022-12-16", hole="1 mm")) == (
        "with_leak(node=...): 'radiator' may mean boat-1/radiator or boat-2/radiator. Write one of them."
    )


def test_tail_of_one_id_is_no_name(folder):
    assert folder.refusal(spoiled("ship: boat-1", "ship: '2'")).splitlines()[0] == (
        "bad.yaml:193:11: activities.leave.ship: '2' is not a ship. Ships: boat-1, boat-2."
    )


def test_thing_named_twice_in_a_list_by_two_names_is_refused(folder):
    text = spoiled(*NADIR, "inspects: [nadir]", "inspects: [nadir, SM aft]")
    assert folder.refusal(text).splitlines()[0] == (
        "bad.yaml:61:23: arms.crane.inspects[1]: 'SM aft' is nadir, which stands twice in this list. "
        "Remove one of them."
    )


def test_calls_of_python_know_aliases(folder):
    scenario = load(folder.write(spoiled(*BOATS, "  look:\n    name: Look\n", "  look:\n    name: Second look\n")))
    leak = scenario.with_leak("68S/radiator", at="2022-12-16", hole="0.8 mm").incidents[-1]
    assert (leak.node, leak.id) == ("boat-1/radiator", "leak-boat-1-radiator")
    assert scenario.with_incident(id="x", change="stuck", node="Crane/hand", at="2022-12-16").incidents[-1].node == (
        "crane/hand"
    )
    assert [activity.id for activity in scenario.without("Second Look").activities] == ["walk", "leave"]
    assert scenario.with_activity("SECOND look", priority=1).activities[1].priority == 1


def test_scenario_written_out_keeps_its_aliases(folder):
    scenario = load(folder.write(spoiled(*BOATS, *NADIR)))
    assert load(folder.write(scenario_text(scenario), "again.yaml")) == scenario
    assert scenario.vehicles[0].aliases == ("68S", "Old One")
