"""Why, and why not then: whole texts."""

# ruff: noqa: E501 - a link and the whole of what it says are one line

import re

import pytest
from impact.logs import Story, activity, pair, sample_outcome

from stationsim.errors import ScenarioError
from stationsim.impact.why import why
from stationsim.log.kinds import Kind

DAY = 86400
LEAK = """\
because 2022-12-15T00:50Z (GMT 349)  TsUP Moscow was told of trouble with External loop of Soyuz MS-22 at 200 kPa
because 2022-12-15T00:48Z (GMT 349)  External loop of Soyuz MS-22 reached 200 kPa (alarm_below)
because 2022-12-15T00:45Z (GMT 349)  External loop of Soyuz MS-22 began to leak
because 2022-12-15T00:45Z (GMT 349)  incident loop struck External loop of Soyuz MS-22 (coolant-loop), hole 0.8 mm"""
SHIP = (
    "EVA-R1 (No sortie while the ship of its crew is not certified) Soyuz MS-22 is of unknown status; "
    "closed from 2022-12-15T00:50Z (GMT 349) until further notice"
)
WET = (
    "EVA-R2 (No sortie through a zone wet with an unidentified fluid) Rassvet may be wet; "
    "closed from 2022-12-15T00:50Z (GMT 349) until further notice"
)
ARM = (
    "ARM-1 (Two uses of an arm lie its set-up time apart) survey of the loop; "
    "closed from 2022-12-18T10:00Z (GMT 352) to 2022-12-20T14:00Z (GMT 354)"
)


def test_a_sortie_without_a_date_leads_down_to_the_hole():
    reasons = why(sample_outcome(), "vkd-56", not_at="2022-12-17")
    assert (
        reasons.text
        == f"""\
VKD-56 is postponed (2022-12-15T02:20Z (GMT 349) -> no date, called off 2022-12-15T03:10Z (GMT 349)).
It was decided by these together:
  {SHIP}
  {WET}
2022-12-17: 2 windows forbid it.
  {SHIP}
  {WET}
2022-12-15T03:10Z (GMT 349)  VKD-56 has no date by EVA-R1: Soyuz MS-22 is not certified for its crew
  and     2022-12-15T00:50Z (GMT 349)  Rassvet outside counts as wet at TsUP Moscow (feared: unknown)
because 2022-12-15T00:50Z (GMT 349)  Soyuz MS-22 counts as unknown for its crew at TsUP Moscow
{LEAK}"""
    )
    assert (reasons.outcome, reasons.not_at) == ("postponed", "2022-12-17")
    assert [row["kind"] for row in reasons.rows] == [
        "undated", "status_changed", "alarmed", "crossed", "leaked", "struck",
    ]  # fmt: skip
    assert reasons.rows[-1]["t_utc"] == "2022-12-15T00:45Z"
    assert [block.rule for block in reasons.forbidding] == ["EVA-R1", "EVA-R2"]
    assert reasons.deciding == reasons.forbidding
    assert reasons.alternatives == ()


def test_a_day_on_which_the_arm_is_set_up():
    reasons = why(sample_outcome(), "us-eva-83", not_at="2022-12-19")
    assert (
        reasons.text
        == f"""\
US EVA-83 is moved (2022-12-19 (GMT 353) -> 2022-12-21 (GMT 355)).
It was decided by:
  {ARM}
2022-12-19: 1 window forbids it.
  {ARM}
2022-12-15T04:00Z (GMT 349)  US EVA-83 was moved to 2022-12-21 (GMT 355) by ARM-1: the arm is set up for a survey
because 2022-12-15T04:00Z (GMT 349)  Inspection of the loop was added for 2022-12-18 (GMT 352), in response to incident loop
{LEAK}"""
    )
    assert reasons.alternatives == (
        ("2022-12-16T12:00Z", "2022-12-18T02:00Z"), ("2022-12-20T19:00Z", None),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("not_at", "rules"),
    [
        ("2022-12-15", ["EVA-U1"]),
        ("2022-12-17", []),
        ("2022-12-18T02:00Z", []),
        ("2022-12-18T02:01Z", ["ARM-1"]),
        ("2022-12-20T18:59Z", ["ARM-1"]),
        ("2022-12-20T19:00Z", []),
        ("2022-12-20", ["ARM-1"]),
        ("2022-12-21", []),
        ("2022-12", ["ARM-1", "EVA-U1"]),
        (int(2.5 * DAY), []),
    ],
)
def test_a_time_is_forbidden_by_what_it_occupies_and_a_day_by_its_usual_hour(not_at, rules):
    reasons = why(sample_outcome(), "us-eva-83", not_at=not_at)
    assert [block.rule for block in reasons.forbidding] == rules
    flew = not_at == "2022-12-21"
    assert ("it began then" in reasons.text) == flew
    assert ("nothing in the log forbids it." in reasons.text) == (rules == [] and not flew)


def test_a_day_that_had_passed_is_said_to_have():
    text = why(sample_outcome(), "us-eva-83", not_at="2022-12-14").text
    assert "  It had passed when the plan was last revised, 2022-12-15T04:00Z (GMT 349).\n" in text


def test_what_stayed_says_so_and_knows_no_windows():
    reasons = why(sample_outcome(), "us-eva-84", not_at="2022-12-17")
    assert reasons.text == (
        "US EVA-84 stays as planned (2023-01-20 (GMT 020)): nothing in this run changed it.\n"
        "2022-12-17: nothing in the log forbids it; no windows were recorded for US EVA-84."
    )
    assert (reasons.outcome, reasons.rows, reasons.alternatives) == ("kept", (), ())


def test_a_return_leads_through_the_ship_to_the_hole():
    text = why(sample_outcome(), "petelin-return").text
    assert (
        text
        == f"""\
return of Dmitry Petelin is postponed (2023-03-28 (GMT 087) -> no date).
2022-12-16T12:00Z (GMT 350)  return of Dmitry Petelin has no certified ship: Soyuz MS-22 is kept for emergencies only
because 2022-12-16T12:00Z (GMT 350)  Soyuz MS-22 counts as emergency-only for its crew at TsUP Moscow, margin -1.5 K
because 2022-12-16T12:00Z (GMT 350)  TsUP Moscow has an answer to "Is the ship usable at all?": usable in an emergency
because 2022-12-16T11:00Z (GMT 350)  Function test of Soyuz MS-22 was done
because 2022-12-16T08:00Z (GMT 350)  Function test of Soyuz MS-22 began
because 2022-12-15T04:00Z (GMT 349)  Function test of Soyuz MS-22 was added for 2022-12-16 (GMT 350), in response to incident loop
{LEAK}"""
    )


@pytest.mark.parametrize(
    ("subject", "first"),
    [
        ("soyuz-ms-22", "Soyuz MS-22 counts as emergency-only for its crew at MCC Houston, margin -1.5 K"),
        ("rubio", "Frank Rubio has seat class 2 (emergency-only) in Soyuz MS-22"),
        ("soyuz-ms-22/external-loop", "External loop of Soyuz MS-22 is failed"),
        ("rassvet", "Rassvet outside counts as wet at TsUP Moscow (feared: unknown)"),
        ("poisk-outside", "Poisk outside counts as clear at TsUP Moscow"),
        ("loop", "incident loop struck External loop of Soyuz MS-22 (coolant-loop), hole 0.8 mm"),
        ("loop/usable", 'MCC Houston has an answer to "Is the ship usable at all?": usable in an emergency'),
    ],
)
def test_ships_people_nodes_zones_and_incidents_have_reasons_too(subject, first):
    reasons = why(sample_outcome(), subject)
    lines = reasons.text.splitlines()
    assert lines[1].split("  ", 1)[1] == first
    assert lines[-1].endswith("incident loop struck External loop of Soyuz MS-22 (coolant-loop), hole 0.8 mm")
    assert reasons.outcome == "changed"


@pytest.mark.parametrize(("subject", "name"), [("mann", "Nicole Mann"), ("canadarm2", "canadarm2")])
def test_what_nothing_changed_says_so(subject, name):
    reasons = why(sample_outcome(), subject)
    assert (reasons.outcome, reasons.text) == ("kept", f"{name}: nothing in this run changed it.")


def refused(text, subject, not_at=None):
    with pytest.raises(ScenarioError, match=f"^{re.escape(text)}$"):
        why(sample_outcome(), subject, not_at)


def test_an_unknown_subject_is_refused_with_what_was_perhaps_meant():
    refused("'vkd56' is nothing that this run knows. Did you mean 'vkd-56'?", "vkd56")
    refused("'∂' is nothing that this run knows.", "∂")


def test_only_activities_have_dates():
    refused("'rubio' has no dates. Ask `not_at` of an activity.", "rubio", "2022-12-17")


def test_a_time_without_a_zone_is_refused():
    text = "'2022-12-17T10:00' has no time zone. If it is UTC, write \"2022-12-17T10:00Z\"."
    refused(text, "vkd-56", "2022-12-17T10:00")


def test_what_is_no_time_is_refused_with_every_form_of_one():
    text = (
        '\'yesterday\' is not a time. Write a clock time in UTC "2023-03-16T12:00Z", a day "2023-03-16" or "2023-075", '
        'or a month "2023-03".'
    )
    refused(text, "vkd-56", "yesterday")


def test_a_day_of_an_activity_that_never_had_a_date_is_taken_as_a_whole():
    told = Story()
    row = told.plan(Kind.PLANNED, "walk", None)
    told.block(row, DAY, DAY + 3600, "R-1", "", mode="start")
    outcome = pair(Story(), told, activities={"walk": activity("us-eva", None)})
    assert why(outcome, "walk", not_at="2022-12-15").text == (
        "walk is added (no date -> no date).\n2022-12-15: 1 window forbids it.\n"
        "  R-1; no start from 2022-12-15T00:00Z (GMT 349) to 2022-12-15T01:00Z (GMT 349)"
    )
    assert why(outcome, "walk").alternatives == (
        ("2022-12-14T00:00Z", "2022-12-15T00:00Z"), ("2022-12-15T01:00Z", None),
    )  # fmt: skip
