"""One line, and one or two sentences."""

import pytest
from impact.logs import Story, activity, pair, sample_outcome

from stationsim.impact.changes import changes
from stationsim.impact.headline import brief, sentences
from stationsim.impact.reading import Reading
from stationsim.log.kinds import Kind

DAY = 86400
KNOWN = {
    "walk": activity("us-eva", None), "walk-2": activity("us-eva", None), "up": activity("launch", None),
    "down": activity("undocking", None),
}  # fmt: skip


def said(nominal, told):
    reading = Reading.of(pair(nominal, told, activities=KNOWN, names={"walk": "Walk", "ann": "Ann"}))
    found = changes(reading)
    return brief(reading, found), sentences(reading, found)


def plan(**more):
    told = Story()
    for subject in ("walk", "walk-2", "up", "down"):
        told.plan(Kind.PLANNED, subject, 5 * DAY)
    told.tell(Kind.RETURN_PROMISED, "ann-return", object="down", place="a", start=5 * DAY)
    return told


def struck(mode="broken"):
    told = plan()
    hit = told.at(DAY).tell(Kind.STRUCK, "hit", object="truss", text=mode)
    return told, hit


def test_the_sample():
    reading = Reading.of(sample_outcome())
    found = changes(reading)
    assert brief(reading, found) == "1 leak · 1 EVA moved, 2 postponed · 2 added · 3 returns without a ship"
    assert sentences(reading, found) == (
        "A leak struck the External loop of Soyuz MS-22 on 2022-12-15 00:45 UTC. VKD-56 and VKD-57 have no date; "
        "US EVA-83 flies 2 d later; two activities were added; "
        "Sergey Prokopyev, Dmitry Petelin and Frank Rubio have no certified ship to return in."
    )


def test_nothing():
    assert said(plan(), plan()) == (
        "no incident · nothing changed",
        "Nothing happened that the plan did not foresee. Every activity stayed as planned.",
    )


@pytest.mark.parametrize(("mode", "words"), [("broken", "An incident (broken)"), (None, "An incident")])
def test_an_incident_that_changes_nothing(mode, words):
    told, _ = struck(mode)
    assert said(plan(), told) == (
        "1 incident · nothing changed",
        f"{words} struck the truss on 2022-12-15 00:00 UTC. Every activity stayed as planned.",
    )


def test_two_incidents_and_every_sort_of_change():
    told, hit = struck()
    other = told.tell(Kind.STRUCK, "leak", object="loop")
    told.tell(Kind.LEAKED, "loop", object="leak", cause=other)
    told.plan(Kind.MOVED, "walk", 5 * DAY - 43200, cause=hit)
    told.plan(Kind.GIVEN_UP, "walk-2", cause=hit)
    told.plan(Kind.UNDATED, "up", cause=hit)
    told.plan(Kind.MOVED, "down", 6 * DAY, cause=hit)
    told.plan(Kind.ADDED, "look", 6 * DAY, cause=hit)
    line, text = said(plan(), told)
    assert line == (
        "1 leak, 1 incident · 1 EVA moved, 1 cancelled · 1 other activity moved, 1 postponed · 1 added · 1 return moved"
    )
    assert text == (
        "An incident (broken) struck the truss on 2022-12-15 00:00 UTC and a leak struck the loop on 2022-12-15 "
        "00:00 UTC. "
        "Walk flies 0.5 d earlier; walk-2 is cancelled; one activity was moved; one activity was left without a date; "
        "one activity was added; one person returns 1 d later."
    )


def test_a_person_alone_without_a_ship_and_rarer_ends():
    told, hit = struck()
    told.plan(Kind.GIVEN_UP, "up", cause=hit)
    told.plan(Kind.REASSIGNED, "down", 5 * DAY, cause=hit, ship="b")
    told.plan(Kind.REASSIGNED, "walk", 5 * DAY, cause=hit, people={"bob": "ev1"})
    told.tell(Kind.RETURN_LOST, "ann-return", object="down", place="a", cause=hit)
    line, text = said(plan(), told)
    assert line == "1 incident · 1 EVA reassigned · 1 other activity reassigned, 1 cancelled · 1 return without a ship"
    assert text == (
        "An incident (broken) struck the truss on 2022-12-15 00:00 UTC. Walk is reassigned; one activity was lost; "
        "one activity was reassigned; Ann has no certified ship to return in."
    )


def test_a_date_where_there_was_none():
    nominal, (told, _) = Story(), struck()
    nominal.plan(Kind.PLANNED, "walk", None)
    assert said(nominal, told)[1].startswith(
        "An incident (broken) struck the truss on 2022-12-15 00:00 UTC. Walk has a date again; walk-2 is added;"
    )


def test_many_are_counted_in_figures():
    told, hit = struck()
    for number in range(13):
        told.plan(Kind.ADDED, f"look-{number}", 6 * DAY, cause=hit)
    assert said(plan(), told)[1].endswith(" 13 activities were added.")


def test_a_demand_that_nothing_met_is_no_plan_that_stayed():
    told, hit = struck()
    way = "she is on her way"
    asked = told.tell(Kind.REQUIRED, "hit", object="ann", view="north", until=3 * DAY, text=way, cause=hit)
    told.at(3 * DAY).tell(Kind.MISSED, "hit", view="north", text=way, cause=asked)
    assert said(plan(), told) == (
        "1 incident · 1 demand missed",
        (
            "An incident (broken) struck the truss on 2022-12-15 00:00 UTC. "
            "Nothing met what Ann needs by 2022-12-17 00:00 UTC (she is on her way)."
        ),
    )
    assert said(told, told)[0] == "1 incident · nothing changed"


def test_a_launch_at_another_date_is_named_and_not_counted_again():
    told, hit = struck()
    told.plan(Kind.MOVED, "up", 4 * DAY, cause=hit)
    told.plan(Kind.MOVED, "down", 7 * DAY, cause=hit)
    known = KNOWN | {"up": activity("launch", None) | {"effect": "launch"}}
    reading = Reading.of(pair(plan(), told, activities=known, names={"up": "launch of A"}))
    assert "The launch of A is 1 d earlier; one activity was moved;" in sentences(reading, changes(reading))
