"""People without names: how many, in which ship, and what is assumed of them."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

import pytest
from scenario.documents import SMALL

from stationsim.errors import ScenarioError
from stationsim.scenario.load import load

ARRIVE = """\
  arrive:
    name: Arrive
    kind: docking
    centre: houston
    at: 2023-01-11
    ship: Boat 2
    port: zenith
    crew_up: %s
    source: test
waivers:
"""
BASE = SMALL.replace(
    "kinds:\n", "kinds:\n  docking: {name: Docking, layer: skeleton, effect: dock, source: test}\n", 1
).replace("calendar: day, source", "calendar: day, segments: [usos, lab], source")
MOSCOW = BASE.replace(
    "centres:\n",
    "centres:\n  moscow: {name: M, report_delay: 1 h, response: 1 h, calendar: day, segments: [rs], source: t}\n",
    1,
)
FORMS = "Write a number of people or {count: 3, skills: [SKILL], segment: SEGMENT, agency: AGENCY}"


def flown(crew, text=BASE):
    return text.replace("waivers:\n", ARRIVE % crew, 1)


def aboard(crew, text=BASE):
    return text.replace("    port: nadir\n    launched", f"    port: nadir\n    crew: {crew}\n    launched", 1)


def test_number_of_people_who_come_up_is_that_many_people(folder):
    scenario = load(folder.write(flown("2")))
    new = scenario.people[2:]
    assert [(person.id, person.name) for person in new] == [
        ("boat-2-1", "crew member 1 of Boat 2"),
        ("boat-2-2", "crew member 2 of Boat 2"),
    ]
    assert scenario.activities[-1].crew == ("boat-2-1", "boat-2-2")
    first = new[0]
    assert (first.agency, first.centre, first.segment) == ("test", "houston", "usos")
    assert (first.skills, first.aboard, first.seat) == ((), False, "boat-2")
    assert first.source == "assumed, no name is given"


def test_what_is_given_of_them_comes_before_what_is_assumed(folder):
    text = flown("{count: 1, skills: [eva], segment: lab, agency: other}")
    (person,) = load(folder.write(text)).people[2:]
    assert (person.skills, person.segment, person.agency, person.centre) == (("eva",), "lab", "other", "houston")


def test_centre_is_the_one_that_watches_their_segment(folder):
    text = flown("[anna, {count: 1, segment: rs}, {count: 1}]", MOSCOW)
    scenario = load(folder.write(text))
    assert scenario.activities[-1].crew == ("anna", "boat-2-1", "boat-2-2")
    assert [(person.centre, person.agency) for person in scenario.people[2:]] == [
        ("moscow", "moscow"),
        ("houston", "test"),
    ]


def test_people_of_a_docked_ship_are_aboard_beside_those_with_names(folder):
    text = aboard("1").replace("    aboard: true\n    seat: boat-1\n", "", 1)
    (person,) = load(folder.write(text)).people[2:]
    assert (person.id, person.aboard, person.seat) == ("boat-1-1", True, "boat-1")


def test_more_people_than_places_are_told_where_the_number_stands(folder):
    assert folder.refusal(aboard("1")).splitlines()[0] == (
        "bad.yaml:150:11: people.boat-1-1.seat: 'boat-1' has places for 1, but 2 people have seats in it. "
        "Give 'boat-1-1' another seat."
    )


def test_one_of_them_may_be_told_more_of_or_given_a_name(folder):
    text = flown("2").replace("people:\n", "people:\n  boat-2-2: {name: Carla, skills: [eva]}\n", 1)
    people = {person.id: person for person in load(folder.write(text)).people}
    assert (people["boat-2-2"].name, people["boat-2-2"].skills) == ("Carla", ("eva",))
    assert people["boat-2-2"].seat == "boat-2"


def test_nobody_may_come(folder):
    scenario = load(folder.write(flown("0")))
    assert (scenario.activities[-1].crew, len(scenario.people)) == ((), 2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (flown("-1"), f"crew_up: -1 is not a number of people from 0 to 99. {FORMS}, or the ids of people, [PERSON, PERSON]."),
        (flown("2.5"), f"crew_up: 2.5 is not a number of people from 0 to 99. {FORMS}, or the ids of people, [PERSON, PERSON]."),
        (flown("all"), f"crew_up: 'all' is not a number of people from 0 to 99. {FORMS}, or the ids of people, [PERSON, PERSON]."),
        (flown("{skills: [eva]}"), f"crew_up: What stands here is not a number of people from 0 to 99. {FORMS}, or the ids of people, [PERSON, PERSON]."),
        (flown("{cuont: 1}"), "crew_up.cuont: 'cuont' is not a key of people without names. Keys: count, skills, segment, agency. Did you mean 'count'?"),
        (flown("3").replace("    ship: Boat 2\n", "", 1), "crew_up: People without names are those of a ship. Write 'ship: SHIP'."),
        (aboard("[anna]"), f"crew: 'anna' is not a number of people from 0 to 99. {FORMS}. Who has a name is one of 'people:', with 'aboard: true' and 'seat: boat-1'."),
        (aboard("[2.5]"), f"crew: 2.5 is not a number of people from 0 to 99. {FORMS}."),
        (BASE.replace("ready: 2023-01,", "ready: 2023-01, crew: 1,", 1), "crew: 'boat-2' is not docked, so nobody is aboard. Write 'crew_up: 3' in its docking."),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_crew_is_told(folder, text, told):
    first = next(line for line in folder.refusal(text).splitlines() if ".crew" in line)
    assert first.partition(".crew")[2] == told.removeprefix("crew")


def test_people_of_a_call_of_python_are_the_same(folder):
    scenario = load(folder.write(BASE))
    called = scenario.with_activity(
        "arrive", name="Arrive", kind="docking", centre="houston", at="2023-01-11", ship="boat-2", port="zenith",
        crew_up={"count": 2, "skills": ["eva"]}, source="test",
    )  # fmt: skip
    written = load(folder.write(flown("{count: 2, skills: [eva]}")))
    assert called.activities == written.activities
    assert [person.name for person in called.people] == [person.name for person in written.people]
    with pytest.raises(ScenarioError) as caught:
        called.with_activity("arrive", crew_up="many")
    assert str(caught.value) == (
        f"with_activity(crew_up=...): 'many' is not a number of people from 0 to 99. {FORMS}, or the ids of people, "
        "[PERSON, PERSON]."
    )
