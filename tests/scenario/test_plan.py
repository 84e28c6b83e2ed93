"""What no plan can mean."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

from datetime import UTC, datetime

import pytest
from scenario.documents import spoiled

from stationsim.scenario.dump import plain
from stationsim.scenario.load import load
from stationsim.scenario.model import NO_DAY

MONDAY = datetime(2022, 12, 12, tzinfo=UTC)

SECOND = """\
  second:
    name: Second
    kind: eva
    centre: houston
    at: {at}
    {use}
    source: test
"""


def with_second(at, use):
    return spoiled("waivers:\n", SECOND.replace("{at}", at).replace("{use}", use) + "waivers:\n")


@pytest.mark.parametrize(
    ("use", "told"),
    [
        (
            "people: [{role: ev1, who: anna}]",
            "people[0].who: 'anna' is used by 'walk' at the same time. Move one of them.",
        ),
        ("airlock: door", "airlock: 'door' is used by 'walk' at the same time. Move one of them."),
        ("arms: [crane]", "arms[0]: 'crane' is used by 'walk' at the same time. Move one of them."),
    ],
)
def test_two_uses_at_one_time_are_told(folder, use, told):
    lines = folder.refusal(with_second("2022-12-19T17:59Z", use)).splitlines()
    assert lines[0].split(": ", 1)[1] == f"activities.second.{told}"
    assert len(lines) == 3


@pytest.mark.parametrize("at", ["2022-12-19T18:00Z", "2022-12-19T06:00Z", "2022-12-19", "{after: walk, by: 1 h}"])
def test_uses_one_after_the_other_or_without_a_clock_are_fine(folder, at):
    assert len(load(folder.write(with_second(at, "airlock: door"))).activities) == 4


def test_duration_of_the_activity_counts_before_that_of_its_kind(folder):
    text = with_second("2022-12-19T11:00Z", "airlock: door\n    lasts: 1 h")
    assert load(folder.write(text))
    message = folder.refusal(text.replace("lasts: 1 h", "lasts: 61 min"))
    assert "activities.walk.airlock: 'door' is used by 'second' at the same time." in message


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (("follows: [walk]", "follows: [look]"), "activities.look.follows: An activity waits for itself: look -> look. Remove one of these steps."),
        (("airlock: door", "airlock: door\n    follows: [look]"), "activities.look.follows: An activity waits for itself: look -> walk -> look. Remove one of these steps."),
        (("at: {after: walk, by: {from: 2 d, to: 3 d}}", "at: {after: look, by: 1 d}"), "activities.look.at: An activity waits for itself: look -> look. Remove one of these steps."),
        (("{role: iv, skill: robotics}", "{role: iv}"), "activities.walk.people[1]: Nobody can take this role. Write 'who: PERSON', 'skill: SKILL' or both."),
        (("{role: iv, skill: robotics}", "{role: iv, skill: robotix}"), "activities.walk.people[1].skill: Nobody has the skill 'robotix'. Skills: eva, robotics. Did you mean 'robotics'?"),
        (("{role: iv, skill: robotics}", "{role: iv, who: anna}"), "activities.walk.people[1].who: 'anna' already has a role in this activity. Name another person."),
        (("ship: boat-1\n    port: nadir", "ship: boat-1\n    port: side"), "activities.leave.port: 'side' has the mechanism cbm, but 'boat-1' has ssvp. Ports that fit: nadir, zenith."),
        (("ship: boat-1\n    port: nadir", "ship: boat-1\n    port: cap"), "activities.leave.port: 'cap' is covered. Free ports: nadir, side, zenith."),
        (("    ship: boat-1\n    port: nadir\n", ""), "activities.leave: Its kind moves a ship (effect: undock). Write 'ship: SHIP'."),
        (("effect: undock", "effect: dock", "ship: boat-1\n    port: nadir", "ship: boat-1"), "activities.leave: Its kind needs a port (effect: dock). Write 'port: PORT'."),
    ],
    ids=str,
)  # fmt: skip
def test_impossible_plan_is_told(folder, changes, told):
    lines = folder.refusal(spoiled(*changes)).splitlines()
    assert lines[0].split(": ", 1)[1] == told
    assert len(lines) == 3


RESOURCES = """\
resources:
  suits:
    name: Suits
    {limit}
    source: test
"""


def with_suits(takes, limit="count: 2"):
    changed = ("airlock: door", f"airlock: door\n    takes: {takes}")
    return spoiled(*changed, "waivers:\n", RESOURCES.replace("{limit}", limit) + "waivers:\n")


@pytest.mark.parametrize(
    ("takes", "limit", "told"),
    [
        ("{suits: 3}", "count: 2", "activities.walk.takes.suits: 3 of 'Suits' are more than there are. Allowed: 1 to 2. Take fewer, or raise 'count' of 'suits'."),
        ("{suits: 2}", "count: 1", "activities.walk.takes.suits: 2 of 'Suits' are more than there are. Allowed: 1. Take fewer, or raise 'count' of 'suits'."),
        ("{suits: 1}", "count: 0", "activities.walk.takes.suits: 1 of 'Suits' are more than there are. Allowed: none. Take fewer, or raise 'count' of 'suits'."),
        ("{suits: 0}", "count: 2", "activities.walk.takes.suits: 0 is no number to take. Allowed: 1 or more. Remove it, or take some."),
        ("{suit: 1}", "count: 2", "activities.walk.takes.suit: 'suit' is not a resource. Resources: suits. Did you mean 'suits'?"),
        ("{suits: 1}", "", "resources.suits: This resource limits nothing. Write 'count', 'per_day' or both."),
    ],
    ids=str,
)  # fmt: skip
def test_what_takes_more_than_there_is_is_told(folder, takes, limit, told):
    lines = folder.refusal(with_suits(takes, limit)).splitlines()
    assert lines[0].split(": ", 1)[1] == told
    assert len(lines) == 3


def test_resources_are_read_and_written(folder):
    scenario = load(folder.write(with_suits("{suits: 2}", "count: 2\n    per_day: 20 h")))
    suits = scenario.resources[0]
    assert (suits.count, suits.per_day_s, scenario.activities[0].takes) == (2, 72000, (("suits", 2),))
    assert plain(scenario.activities[0], scenario.start_utc)["takes"] == {"suits": 2}


def test_skill_is_not_missed_where_a_person_cannot_be_read(folder):
    message = folder.refusal(spoiled("aboard: true", "aboard: 3", "skills: [robotics, eva]", "skills: 7"))
    assert "Nobody has the skill" not in message


LISTED = """\
  chore:
    name: Chore
    kind: {kind}
    centre: houston
    {lines}
    source: test
"""


def with_chore(lines, kind="survey"):
    return spoiled("waivers:\n", LISTED.replace("{kind}", kind).replace("{lines}", lines) + "waivers:\n")


def test_work_of_the_task_list_has_no_day(folder):
    chore = load(folder.write(with_chore("task_list: true\n    people: [{role: hand, skill: robotics}]"))).activities[
        -1
    ]
    assert (chore.task_list, chore.at) == (True, NO_DAY)
    assert "at" not in plain(chore, MONDAY)


@pytest.mark.parametrize(
    ("lines", "kind", "told"),
    [
        (
            "priority: 4",
            "survey",
            "chore: 'at' is missing: when it is planned. Write 'at: ...', or 'task_list: true' for what waits for time.",
        ),
        (
            "at: 2022-12-20\n    task_list: true\n    people: [{role: hand, skill: robotics}]",
            "survey",
            "chore.task_list: Work of the task list has no day. Remove 'task_list', or 'at' and 'opportunities'.",
        ),
        (
            "task_list: true",
            "survey",
            "chore.task_list: Work of the task list waits for somebody's time. Write 'people:'.",
        ),
        (
            "task_list: true\n    people: [{role: hand, skill: robotics}]",
            "eva",
            "chore.task_list: The kind 'eva' is no work inside. Give this a day with 'at:'.",
        ),
    ],
)
def test_what_cannot_stand_in_the_task_list_is_told(folder, lines, kind, told):
    assert folder.refusal(with_chore(lines, kind)).splitlines()[0].split(": ", 1)[1] == f"activities.{told}"


def test_work_of_the_task_list_takes_nothing_that_is_counted(folder):
    lines = "task_list: true\n    people: [{role: hand, skill: robotics}]\n    takes: {suits: 1}"
    resources = RESOURCES.replace("{limit}", "count: 2")
    chore = LISTED.replace("{kind}", "survey").replace("{lines}", lines)
    told = folder.refusal(spoiled("waivers:\n", f"{chore}{resources}waivers:\n")).splitlines()[0]
    assert told.split(": ", 1)[1] == (
        "activities.chore.takes: Work of the task list takes nothing that is counted. Remove 'takes', or write 'at'."
    )


def test_nothing_waits_for_the_task_list(folder):
    text = with_chore("task_list: true\n    people: [{role: hand, skill: robotics}]").replace(
        "airlock: door", "airlock: door\n    follows: [chore]", 1
    )
    assert (
        "activities.walk.follows: 'chore' stands in the task list and may never be done. Follow something with a day."
        in folder.refusal(text)
    )


def test_preparation_keeps_until_the_start(folder):
    part = "preparation: {suits: {text: Suits, lasts: 2 h, ahead: 3 d, keeps: 2 d, source: test}}"
    text = spoiled("usual_hour: 12:00, lasts: 6 h,", f"usual_hour: 12:00, lasts: 6 h, {part},")
    assert (
        "kinds.eva.preparation.suits.keeps: It perishes before the start. Let it keep for at least 'ahead' and 'before' together."
        in folder.refusal(text)
    )
    assert load(folder.write(text.replace("keeps: 2 d", "keeps: 3 d"))).kinds[0].preparation[0].keeps_s == 3 * 86400
