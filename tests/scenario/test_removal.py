"""What a file is without: the record, what cannot be without it, and who is told to go too."""

import pytest
from scenario.documents import SMALL, spoiled

from stationsim.scenario.load import load

STATION = SMALL[: SMALL.index("incidents:")]


def names(scenario, section):
    return [item.id for item in getattr(scenario, section)]


def over(folder, text, below=STATION):
    folder.write(below, "station.yaml")
    return load(folder.write(f"base: station\n{text}\n", "over.yaml"))


def refusal(folder, text, below=STATION):
    folder.write(below, "station.yaml")
    return folder.refusal(f"base: station\n{text}\n")


def test_volume_goes_with_its_hatches_ports_airlocks_and_what_needs_it(folder):
    toilet = "  toilet: {type: toilet, needs: [lock]}\n  hut: {type: hut, needs: {all: [toilet]}}\n"
    below = STATION.replace("fluids:\n", toilet + "fluids:\n").replace("    airlock: door\n", "")
    left = over(folder, "without: [lock]", below.replace("shuts: [hub-lock], ", ""))
    assert names(left, "volumes") == ["hub"]
    assert names(left, "hatches") == []
    assert names(left, "airlocks") == []
    assert names(left, "things") == ["camera"]
    assert left.things[0].needs.soft == ()


def test_what_still_stands_is_equal_to_what_was_written_without_it(folder):
    below = STATION.replace("some: [nadir, zenith], of: 1", "some: [side, zenith], of: 1")
    without = over(folder, "without: [side, cap]", below)
    assert names(without, "ports") == ["nadir", "zenith"]
    assert without.things[0].needs.some == ("zenith",)
    assert without.things[0].needs.of == 1


def test_number_that_is_needed_does_not_shrink_with_what_there_is(folder):
    below = STATION.replace("some: [nadir, zenith], of: 1", "some: [side, zenith], of: 2")
    assert refusal(folder, "without: [side]", below).splitlines()[0] == (
        "station.yaml:68:72: things.camera.needs.of: 2 of 1 cannot work. Write 1 to 1. Since 'side' is gone "
        "(bad.yaml:2), say there how many of the rest are needed, or remove camera too."
    )
    assert over(folder, "without: [side]\nthings: {camera: {needs: {of: 1}}}", below).things[0].needs.of == 1


def test_thing_of_which_nothing_needed_is_left_goes_too(folder):
    below = STATION.replace("some: [nadir, zenith], of: 1", "some: [side, cap], of: 1").replace("uses: [camera]", "")
    assert names(over(folder, "without: [side, cap]", below), "things") == []


def test_plan_that_names_what_is_gone_is_told_at_once_with_what_to_add(folder):
    assert refusal(folder, "without: [crane, zenith, boat-1]") == (
        "bad.yaml:2:11: without: 'crane' is gone with all that cannot be without it, but this is still named by walk "
        "(arms: crane); look (needs: crane/hand). Add walk, look to 'without:' too, or let them name something else.\n"
        "    without: [crane, zenith, boat-1]\n              ^\n"
        "bad.yaml:2:26: without: 'boat-1' is gone with all that cannot be without it, but this is still named by anna "
        "(seat: boat-1); look (needs: boat-1/radiator); leave (ship: boat-1). Add anna, look, leave to 'without:' too, "
        "or let them name something else.\n"
        "    without: [crane, zenith, boat-1]\n                             ^"
    )


def test_what_goes_with_it_and_is_still_named_is_told_under_the_word_that_was_written(folder):
    assert refusal(folder, "without: [lock]").splitlines()[0] == (
        "bad.yaml:2:11: without: 'lock' is gone with all that cannot be without it, but this is still named by walk "
        "(airlock: door). Add walk to 'without:' too, or let it name something else."
    )


def test_plan_that_is_added_to_the_list_goes(folder):
    left = over(folder, "without: [boat-1, anna, walk, look, leave, crane]")
    assert names(left, "vehicles") == ["boat-2"]
    assert names(left, "people") == ["boris"]
    assert names(left, "activities") == []
    assert left.waivers == ()  # that of an activity that is gone


def test_name_or_alias_will_do_and_the_layer_may_say_it_anew(folder):
    below = STATION.replace("name: Hub side\n", "name: Hub side\n    aliases: [Port 3]\n")
    left = over(folder, "without: [port_3, Hub forward]\nports: {cap: {name: New cap, host: hub, mechanism: ssvp, "
                "direction: aft, zone: hub-outside, source: test}}", below)  # fmt: skip
    assert names(left, "ports") == ["nadir", "zenith", "cap"]
    assert (left.ports[2].name, left.ports[2].status) == ("New cap", "free")


def test_rule_about_nothing_goes_rather_than_being_about_everything(folder):
    assert names(over(folder, "without: [eva, walk, look]"), "rules") == []
    wider = STATION.replace("kinds: [eva]", "kinds: [eva, survey]")
    assert over(folder, "without: [eva, walk, look]", wider).rules[0].kinds == ("survey",)


def test_response_that_would_be_done_without_what_it_takes_is_told(folder):
    taking = "by: arm, arms: [crane], uses: [side], answers"
    below = STATION.replace("by: arm, answers", taking).replace("[crane]\n", "[]\n")
    told = refusal(folder, "without: [side, crane, look]", below).splitlines()
    assert told[0].endswith("this is still named by drip (responses: side). Add drip to 'without:' too, or let it name "
                            "something else.")  # fmt: skip
    assert "this is still named by drip (responses: crane)" in told[3]


def test_waiver_and_opening_are_removed_by_what_they_are_about(folder):
    opening = (
        "opening:\n  - {node: camera, health: failed, source: test}\n  - {node: side, health: failed, source: test}\n"
    )
    assert over(folder, "without: [EVA-1/look]").waivers == ()
    left = over(folder, "without: [opening/camera]", STATION + opening)
    assert [condition.node for condition in left.opening] == ["side"]


def test_incident_is_removed_by_its_id(folder):
    assert [incident.id for incident in over(folder, "without: [loop]", SMALL).incidents] == ["joint"]


def test_id_of_two_records_needs_its_section(folder):
    below = STATION.replace("  camera: {type: camera,", "  glycol: {type: camera,").replace("[camera]", "[glycol]")
    assert refusal(folder, "without: [glycol]", below).splitlines()[0] == (
        "bad.yaml:2:11: without[0]: 'glycol' may mean things/glycol or fluids/glycol. Write one of them."
    )
    left = over(folder, "without: [things/glycol, look]", below)
    assert (names(left, "things"), names(left, "fluids")) == ([], ["glycol"])


@pytest.mark.parametrize(
    ("without", "told"),
    [
        ("[hubb]", "[0]: There is no 'hubb' in the files below to remove. Did you mean 'hub'?"),
        ("[zzz]", "[0]: There is no 'zzz' in the files below to remove."),
        ("[things/side]", "[0]: There is no 'things/side' in the files below to remove."),
        (
            "[crane/hand]",
            "[0]: 'crane/hand' is a part. Only whole records are removed here: write its key with ~ in its owner.",
        ),
        ("hub", ": This is not a list of ids. Write 'without: [ID, ID]'."),
        ("{hub: ~}", ": This is not a list of ids. Write 'without: [ID, ID]'."),
        ("[[hub]]", "[0]: There is no '' in the files below to remove."),
    ],
)
def test_what_cannot_be_removed_is_told(folder, without, told):
    (line,) = [line for line in refusal(folder, f"without: {without}").splitlines() if line.startswith("bad")]
    assert line.partition("without")[2] == told


def test_file_without_anything_below_has_nothing_to_remove(folder):
    assert folder.refusal(f"without: [hub]\n{STATION}").splitlines()[0] == (
        "bad.yaml:1:11: without[0]: There is no 'hub' in the files below to remove."
    )


def test_modules_are_volumes(folder):
    plain = load(folder.write(STATION))
    assert load(folder.write(STATION.replace("volumes:\n", "modules:\n"))) == plain
    both = STATION.replace("volumes:\n", "modules:\n").replace(
        "hatches:\n", "volumes:\n  attic: {name: Attic, segment: usos, volume: 7 m3, source: test}\nhatches:\n"
    )
    assert sorted(names(load(folder.write(both)), "volumes")) == ["attic", "hub", "lock"]
    assert over(folder, "modules: {hub: {name: Centre}}").volumes[0].name == "Centre"


def test_module_that_is_a_volume_too_is_refused(folder):
    text = spoiled("volumes:\n", "modules:\n  hub: {name: Other}\nvolumes:\n")
    assert folder.refusal(text).splitlines()[0] == (
        "bad.yaml:17:3: modules.hub: 'hub' stands under 'volumes' too (line 19). Remove one of them."
    )
    assert refusal(folder, "modules: ~\nvolumes: {}").splitlines()[0] == (
        "bad.yaml:2:1: modules: 'volumes' and 'modules' are the same. Write one of them."
    )


def test_waivers_and_opening_are_added_to_those_below(folder):
    opening = "opening:\n  - {node: camera, health: failed, source: test}\n"
    more = (
        "waivers:\n  - {rule: EVA-1, activity: walk, rationale: Once}\n"
        "opening:\n  - {node: side, health: failed, source: more}"
    )
    both = over(folder, more, STATION + opening)
    assert [(waiver.rule, waiver.activity) for waiver in both.waivers] == [("EVA-1", "look"), ("EVA-1", "walk")]
    assert [condition.node for condition in both.opening] == ["camera", "side"]


def test_entry_about_the_same_lies_over_the_one_below(folder):
    opening = "opening:\n  - {node: camera, health: failed, hose: true, source: test}\n"
    same = "waivers:\n  - {rule: EVA-1, activity: look, rationale: Later}\nopening: [{node: camera, health: degraded}]"
    laid = over(folder, same, STATION + opening)
    assert [waiver.rationale for waiver in laid.waivers] == ["Later"]
    (condition,) = laid.opening
    assert (condition.health, condition.hose, condition.source) == ("degraded", True, "test")


def test_empty_list_that_would_add_nothing_is_refused(folder):
    assert refusal(folder, "waivers: []") == (
        "bad.yaml:2:10: waivers: An empty list adds nothing to the 1 entries below. Remove one by "
        "'without: [RULE/ACTIVITY]' or all by 'waivers: ~', or leave this key out.\n    waivers: []\n             ^"
    )
    assert over(folder, "waivers: ~").waivers == ()
