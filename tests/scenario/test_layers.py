"""What lies over what, and where files may lie."""

import pytest
from scenario.documents import SMALL

from stationsim.scenario.load import available, load

INCIDENTS = SMALL.index("incidents:")
STATION = SMALL[:INCIDENTS]


def names(scenario, section):
    return [item.id for item in getattr(scenario, section)]


def test_file_lies_over_its_base(folder, small):
    folder.write(STATION, "station.yaml")
    folder.write("base: station\nscenario: other\nports: {nadir: {name: Changed}}\n", "over.yaml")
    over = load("over.yaml")
    assert over.id == "other"
    assert over.title == "A small station"
    assert over.incidents == ()
    assert [port.name for port in over.ports] == ["Changed", "Hub zenith", "Hub side", "Hub forward"]
    assert over.ports[1:] == small.ports[1:]


def test_later_base_lies_over_earlier_one(folder):
    folder.write(STATION, "station.yaml")
    folder.write("title: One\nports: {nadir: {name: One}}\n", "one.yaml")
    folder.write("title: Two\n", "two.yaml")
    folder.write("base: [station, one, two]\n", "over.yaml")
    over = load("over.yaml")
    assert (over.title, over.ports[0].name) == ("Two", "One")


def test_shared_base_counts_once_at_the_bottom(folder):
    folder.write(STATION, "station.yaml")
    folder.write("base: station\ntitle: One\n", "one.yaml")
    folder.write("base: station\ntext: Two\n", "two.yaml")
    folder.write("base: [one, two]\n", "over.yaml")
    over = load("over.yaml")
    assert (over.title, over.text) == ("One", "Two")


def test_lists_and_dates_are_replaced_whole(folder):
    folder.write(SMALL, "station.yaml")
    folder.write(
        "base: station\npeople: {anna: {skills: [robotics]}}\nincidents: []\n"
        "activities: {look: {at: {from: 2022-12-20, to: 2022-12-22}}, walk: {people: [{role: ev1, skill: eva}]}}\n",
        "over.yaml",
    )
    over = load("over.yaml")
    assert over.people[0].skills == ("robotics",)
    assert over.incidents == ()
    look = next(activity for activity in over.activities if activity.id == "look")
    assert (look.at.after, look.at.lo_s) == (None, 6 * 86400)
    assert len(over.activities[0].people) == 1


def test_tilde_removes_an_entry_and_an_optional_key(folder):
    folder.write(SMALL, "station.yaml")
    folder.write("base: station\nactivities: {look: ~, walk: {airlock: null}}\nwaivers: ~\n", "over.yaml")
    over = load("over.yaml")
    assert names(over, "activities") == ["walk", "leave"]
    assert over.activities[0].airlock is None
    assert over.waivers == ()


def test_removing_what_is_not_there_is_refused(folder):
    folder.write(SMALL, "station.yaml")
    assert folder.refusal("base: station\nactivities:\n  lok: ~\n") == (
        "bad.yaml:3:3: activities.lok: There is no 'lok' to remove. Here: leave, look, walk. Did you mean 'look'?\n"
        "      lok: ~\n      ^"
    )


def test_removing_a_mandatory_key_is_refused(folder):
    folder.write(SMALL, "station.yaml")
    assert folder.refusal("base: station\nports:\n  nadir:\n    host: ~\n") == (
        "bad.yaml:3:3: ports.nadir: 'host' is missing: volume that carries it. Write 'host: ...'.\n"
        "      nadir:\n      ^"
    )


def test_empty_value_does_not_remove(folder):
    folder.write(SMALL, "station.yaml")
    assert folder.refusal("base: station\nactivities:\n") == (
        "bad.yaml:2:1: activities: There is no value. Write one, or ~ to leave the key out.\n    activities:\n    ^"
    )


def test_every_layer_keeps_its_places_and_all_are_told_at_once(folder):
    folder.write(STATION.replace("host: hub\n    mechanism: cbm", "host: hbu\n    mechanism: cbm"), "station.yaml")
    folder.write("title: 3\n", "one.yaml")
    message = folder.refusal("base: [station, one]\nscenaro: x\n")
    assert [line.split(" ")[0] for line in message.splitlines() if not line.startswith(" ")] == [
        "bad.yaml:2:1:",
        "one.yaml:1:8:",
        "station.yaml:40:11:",
    ]


def test_unreadable_layers_are_all_told(folder):
    folder.write("a: b: c", "one.yaml")
    folder.write("", "two.yaml")
    message = folder.refusal("base: [one, two, three]\nnonsense: 1\n")
    assert message == (
        "bad.yaml:1:18: base: 'three' is not a file beside this one, in ./configs or in the package. "
        "Files: air, alarms, "
        + message.split("Files: air, alarms, ")[1].split("\n")[0]
        + "\n    base: [one, two, three]\n                     ^\n"
        "one.yaml:1:5: This is not YAML: mapping values are not allowed in this context. Put a text with ': ' in it "
        "into quotes, end the line above with ':', or begin this key in the column of its neighbours."
        "\n    a: b: c\n        ^\n"
        "two.yaml: The file is empty. A scenario begins with 'scenario: NAME'."
    )


ELSEWHERE = "Write the name of a file beside this one, in ./configs or in the package."


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("../secret", "leaves the search path"),
        ("a/../../secret", "leaves the search path"),
        ("..", "leaves the search path"),
        ("/etc/passwd", "is an absolute path"),
        ("~/secret", "is an absolute path"),
        ("C:secret", "is an absolute path"),
        ("a/..\\secret", "leaves the search path"),
        ("a b", "is not the name of a file"),
        ("a//b", "is not the name of a file"),
        (".hidden", "is not the name of a file"),
    ],
)
def test_base_outside_the_search_path_is_refused(folder, name, fault):
    assert folder.refusal(f"base: '{name}'\n") == (
        f"bad.yaml:1:7: base: {name!r} {fault}. {ELSEWHERE}\n    base: '{name}'\n          ^"
    )


def test_link_that_leaves_the_search_path_is_refused(folder):
    folder.write(STATION, "elsewhere/station.yaml")
    folder.write("base: station\n", "here/over.yaml")
    (folder.path / "here" / "station.yaml").symlink_to(folder.path / "elsewhere" / "station.yaml")
    assert folder.refusal("base: station\n", "here/bad.yaml") == (
        "here/bad.yaml:1:7: base: 'station' is a link that leaves the search path. Put the file itself there.\n"
        "    base: station\n          ^"
    )


def test_link_inside_the_search_path_is_followed(folder):
    folder.write(STATION, "configs/stations/real.yaml")
    (folder.path / "configs" / "stations" / "alias.yaml").symlink_to("real.yaml")
    folder.write("base: alias\n", "over.yaml")
    assert load("over.yaml").id == "small"


def test_cycle_of_bases_is_refused_with_the_chain(folder):
    folder.write("base: two\n", "one.yaml")
    folder.write("base: bad\n", "two.yaml")
    assert folder.refusal("base: one\n") == (
        "two.yaml:1:7: base: The file stands on itself: bad.yaml -> one.yaml -> two.yaml -> bad.yaml. "
        "Remove one 'base:'.\n"
        "    base: bad\n          ^"
    )


@pytest.mark.parametrize("value", ["12", "{a: b}", "[[a]]", "[~]"])
def test_base_must_be_names(folder, value):
    assert "This is not the name of a file. Write 'base: NAME' or 'base: [NAME, NAME]'." in folder.refusal(
        f"base: {value}\n"
    )


def test_base_may_be_removed(folder):
    assert load(folder.write("base: ~\n" + SMALL)).id == "small"


def test_beside_comes_before_configs_and_configs_before_the_package(folder):
    folder.write(STATION.replace("A small station", "configs"), "configs/stations/station.yaml")
    folder.write("base: station\n", "here/over.yaml")
    assert load("here/over.yaml").title == "configs"
    folder.write(STATION.replace("A small station", "beside"), "here/station.yaml")
    assert load("here/over.yaml").title == "beside"
    folder.write(STATION.replace("A small station", "mine"), "configs/scenarios/quiet-increment.yaml")
    assert load("quiet-increment").title == "mine"


def test_a_name_of_two_files_in_one_configs_directory_is_refused(folder):
    for folder_ in ("stations", "rules"):
        folder.write(STATION.replace("A small station", folder_), f"configs/{folder_}/twin.yaml")
    told = (
        "'twin' means several files: configs/rules/twin.yaml, configs/stations/twin.yaml. "
        "Write rules/twin or stations/twin."
    )
    assert folder.refusal("base: twin\n") == f"bad.yaml:1:7: base: {told}\n    base: twin\n          ^"
    assert load(folder.write("base: stations/twin\n")).title == "stations"
    assert str(refused("twin")) == f"twin: {told}"
    folder.write(STATION.replace("A small station", "mine"), "configs/scenarios/twin.yaml")
    assert load("twin").title == "mine"  # a scenario is asked for
    folder.write(STATION.replace("A small station", "beside"), "twin.yaml")
    assert load(folder.write("base: twin\n")).title == "beside"


def test_one_file_under_two_names_is_one_file(folder):
    folder.write(STATION, "configs/stations/twin.yaml")
    (folder.path / "configs/rules").mkdir()
    (folder.path / "configs/rules/twin.yaml").symlink_to(folder.path / "configs/stations/twin.yaml")
    assert load(folder.write("base: twin\n")).title == "A small station"


def test_folder_of_a_scenarios_name_does_not_hide_it(folder):
    folder.write(SMALL, "configs/scenarios/walk.yaml")
    (folder.path / "walk").mkdir()
    assert load("walk").id == "small"


def test_unknown_name_is_refused_with_advice(folder):
    folder.write(SMALL, "configs/scenarios/walk.yaml")
    assert str(refused("wlak")).startswith("wlak: This is neither a file nor the name of a scenario. Scenarios: ")
    assert str(refused("wlak")).endswith("Did you mean 'walk'?")


@pytest.mark.parametrize("name", ["nowhere.yaml", "./nowhere", "no/where", "nowhere.yml"])
def test_path_without_a_file_is_refused(folder, name):
    assert str(refused(name)) == f"{name}: There is no such file."


@pytest.mark.parametrize("name", ["", "\x00", "x" * 5000, "..", "/"])
def test_impossible_names_are_refused(folder, name):
    assert refused(name)


def refused(name):
    from stationsim.errors import ScenarioError

    with pytest.raises(ScenarioError) as caught:
        load(name)
    return caught.value


def test_available_lists_scenarios_with_titles_even_broken_ones(folder):
    folder.write(SMALL, "configs/scenarios/walk.yaml")
    folder.write("a: b: c", "configs/scenarios/broken.yaml")
    folder.write("title: [x]", "configs/scenarios/odd.yaml")
    assert available()[:3] == (
        ("broken", "", "configs/scenarios/broken.yaml"),
        ("odd", "", "configs/scenarios/odd.yaml"),
        ("walk", "A small station", "configs/scenarios/walk.yaml"),
    )


def test_endless_bases_are_refused(folder):
    for number in range(60):
        folder.write(f"base: layer-{number + 1}\n", f"layer-{number}.yaml")
    message = folder.refusal("base: layer-0\n")
    assert message == (
        "layer-48.yaml:1:7: base: A scenario may stand on 50 files at most.\n    base: layer-49\n          ^"
    )


def test_file_that_cannot_be_opened_is_told(folder, monkeypatch):
    folder.write(SMALL)

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert str(refused("bad.yaml")) == "bad.yaml: cannot be read: Permission denied."
