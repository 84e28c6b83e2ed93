"""Roles that the kind of an activity and the rules know, and sorties of which somebody is outside."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

import pytest
from scenario.documents import spoiled

from stationsim.scenario.load import load

KIND = ("effect: outside, usual", "effect: outside, outside: [ev1], usual")
RULE = (
    "rules:\n",
    "rules:\n  IN-1: {template: inside-crew, text: One stays inside, source: test, severity: soft, waived_by: nobody, kinds: [eva], roles: [inside], count: 1}\n",
)
PEOPLE = "      - {role: ev1, who: anna, skill: eva}\n      - {role: iv, skill: robotics}\n"
LOOK = "look: {kind: survey, lasts: 4 h, by: arm, answers: usable, source: test}"
GOES = "Roles that the kind 'eva' sends outside: ev1."


def refused(folder, *changes):
    lines = folder.refusal(spoiled(*KIND, *changes)).splitlines()
    assert len(lines) == 3
    return lines[0].split(": ", 1)[1], lines[1][lines[2].index("^") :]


@pytest.mark.parametrize(
    ("people", "told", "at"),
    [
        ("people: [{role: walker, who: anna}]", f"activities.walk.people[0].role: Nobody goes outside: the roles here are walker. {GOES} Write 'role: ev1' for who goes out.", "walker"),
        ("people: [{role: iv, who: anna}, {role: iv, skill: eva}]", f"activities.walk.people: Nobody goes outside: the roles here are iv. {GOES} Write 'role: ev1' for who goes out.", "[{role"),
        ("people: [{role: ev, who: anna}]", "activities.walk.people[0].role: Neither the kind 'eva' nor a rule knows the role 'ev'. They know: ev1. Did you mean 'ev1'?", "ev,"),
        ("people: [{role: ev1, who: anna}, {role: ev, skill: eva}]", "activities.walk.people[1].role: Neither the kind 'eva' nor a rule knows the role 'ev'. They know: ev1. Did you mean 'ev1'?", "ev,"),
    ],
    ids=str,
)  # fmt: skip
def test_a_sortie_of_which_nobody_is_outside_is_refused(folder, people, told, at):
    found, place = refused(folder, "    people:\n" + PEOPLE, f"    {people}\n")
    assert found == told
    assert place.startswith(at)


def test_a_sortie_without_people_is_refused(folder):
    found, place = refused(folder, "    people:\n" + PEOPLE, "")
    assert (
        found
        == f"activities.walk.people: Nobody goes outside: it has no people. {GOES} Write 'role: ev1' for who goes out."
    )
    assert place == "walk:"


def test_a_role_that_is_nearly_that_of_a_rule_is_refused(folder):
    found, place = refused(folder, *RULE, "{role: iv, skill", "{role: insid, skill")
    assert found == (
        "activities.walk.people[1].role: Neither the kind 'eva' nor a rule knows the role 'insid'. They know: ev1, inside. Did you mean 'inside'?"
    )
    assert place.startswith("insid,")


@pytest.mark.parametrize(
    ("response", "told"),
    [
        ("people: 1, skill: eva", f"people: They have no role, so nobody goes outside. {GOES} Write 'roles: [{{role: ev1, skill: SKILL}}]' instead."),
        ("everybody: true", f"everybody: They have no role, so nobody goes outside. {GOES} Write 'roles: [{{role: ev1, skill: SKILL}}]' instead."),
        ("roles: [{role: hand, skill: eva}]", f"roles[0].role: Nobody goes outside: the roles here are hand. {GOES} Write 'role: ev1' for who goes out."),
    ],
    ids=str,
)  # fmt: skip
def test_a_response_outside_is_asked_the_same(folder, response, told):
    found, _ = refused(folder, LOOK, f"look: {{kind: eva, lasts: 4 h, {response}, answers: usable, source: test}}")
    assert found == f"modes.drip.responses.look.{told}"


@pytest.mark.parametrize(
    "changes",
    [
        KIND,
        ("{role: iv, skill", "{role: helper, skill"),
        (*KIND, *RULE, "{role: iv, skill", "{role: photographer, skill"),
        ("effect: outside, usual", "effect: none, outside: [ev], usual", "{role: ev1, who", "{role: hand, who"),
        (*KIND, LOOK, LOOK.replace("survey, lasts: 4 h, by: arm", "eva, lasts: 4 h, attaches_to: [eva]")),
    ],
    ids=str,
)  # fmt: skip
def test_words_of_ones_own_stay_free(folder, changes):
    assert load(folder.write(spoiled(*changes)))
