"""The section of decisions: options side by side, the chosen one first, what a rule rejects folded with that rule."""

import re

import attrs
import pytest
from impact.logs import decided_outcome
from kernel.runs import decided, whole

from stationsim.impact.impact import assess
from stationsim.report import tables
from stationsim.report.decisions import decision_rows
from stationsim.report.render import page
from stationsim.report.words import words_of

WEIGHED = (
    "9 options: 3 played forward on what was believed, 2 judged by the plan alone, 1 the same as another, "
    "3 rejected by a rule"
)


@pytest.fixture(scope="module")
def impact():
    return assess(decided_outcome())


@pytest.fixture(scope="module")
def row(impact):
    return decision_rows(impact, words_of(impact))[0]


def test_the_head_says_who_decided_what_for_whom_and_until_when(row):
    assert (row["when"], row["centre"], row["ship"]) == ("2022-12-18 12:00 UTC (GMT 352)", "North", "Tug")
    assert row["text"] == "launch Boat earlier, without people"
    assert row["facts"] == [
        ("For", "Ann, Bob"),
        ("Because of", "Hull of Tug"),
        ("To be taken by", "2022-12-20 12:00 UTC (GMT 354)"),
        ("A day's wait costs", "1 more person-day without a seat"),
        ("Waives", "R-3 for Departure of Boat"),
        ("Weighed", WEIGHED),
        ("Left out", "Not all was thought of: the next 3 of 5 flights were thought of."),
        ("Policy", "best"),
    ]  # fmt: skip


def test_the_chosen_option_stands_first_then_the_others_by_their_levels(row):
    assert [one["text"] for one in row["first"]] == [
        "launch Boat earlier, without people",
        "send Tug home empty",
        "launch Boat earlier, and nothing else",
        "launch Boat earlier to Aft",
        "keep the plan as it stands",
    ]
    assert row["first"][0] == {
        "text": "launch Boat earlier, without people",
        "things": "",
        "chip": "chosen",
        "how": "played forward",
        "against": "comes to weighted work not flown: 1; 4 changes to the published plan",
        "besides": [],
        "tone": "",
        "last": "2022-12-20 12:00 UTC (GMT 354)",
        "wait": "1 more person-day without a seat",
    }
    assert [one["wait"] for one in row["first"][1:]] == [
        "not worked out", "nothing", "it can no longer be taken", "not worked out",
    ]  # fmt: skip
    assert [one["tone"] for one in row["first"]] == ["", "better", "", "", ""]
    assert row["first"][4]["last"] == "at any time"


def test_a_decision_and_its_options_are_marked_with_their_ships_and_people():
    impact = decided(whole("soyuz-ms22")).impact
    (one,) = decision_rows(impact, words_of(impact))
    assert one["things"] == "soyuz-ms-22 prokopyev petelin rubio"
    assert one["first"][0]["things"] == "soyuz-ms-23"
    rejected = [option for group in one["rejected"] for option in group["options"]]
    (alone,) = (things for text, _, things in rejected if text.startswith("launch Crew-6") and "Stephen Bowen" in text)
    assert alone == "crew-6 bowen"


def test_rejected_options_stand_under_their_rule(row):
    assert row["rejections"] == 3
    assert [(group["rule"], group["is_rule"], len(group["options"])) for group in row["rejected"]] == [
        ("R-2", True, 2), ("lead", False, 1),
    ]  # fmt: skip
    assert row["same"] == [("launch Boat later", "keep the plan as it stands")]


def test_every_number_in_which_options_differ_stands_in_a_table(row):
    assert row["levels"]["heads"] == [
        "person-days without a seat", "weighted work not flown", "changes to the published plan",
    ]  # fmt: skip
    assert row["levels"]["rows"][3]["cells"] == [("", "0"), ("", "1"), ("decides", "6")]


def test_an_option_of_nothing_but_zeros_says_nothing(impact):
    options = impact.options.assign(**{"class-4": 0, "work": 0, "changes": 0})
    row = decision_rows(attrs.evolve(impact, options=options), words_of(impact))[0]
    assert row["first"][0]["against"] == ""
    assert row["levels"]["heads"] == []


def test_a_decision_without_options_has_its_words_alone(impact):
    decisions = impact.decisions.assign(people=[None], bounds=[None], incident=None, policy=None)
    bare = attrs.evolve(impact, decisions=decisions, options=impact.options.iloc[:0], waivers=impact.waivers.iloc[:0])
    row = decision_rows(bare, words_of(bare))[0]
    assert (row["facts"], row["first"], row["rejected"], row["same"]) == ([], [], [], [])
    assert 'id="decision-11"' in page(bare)


def test_the_page_links_changes_waivers_and_rules_to_the_decision(impact):
    text = page(impact)
    assert '<a href="#decisions">Decisions</a>' in text
    assert text.count('<a href="#decision-11">as decided on 2022-12-18 (GMT 352)</a>') == 6
    assert '<a href="#decision-11">decision</a>' in text
    assert '<a href="#rule-R-2">R-2</a> A ship is launched when it is ready.' in text
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert ids.index("ports") < ids.index("decisions") < ids.index("ledger")


def test_a_run_without_decisions_has_no_such_section(told):
    assert 'id="decisions"' not in page(told)


def test_who_comes_up_later_is_not_told_as_without_a_ship(impact):
    words = words_of(impact)
    row = next(row for row in tables.change_rows(impact, words) if row["id"] == "cy-return")
    assert (row["word"], row["was"], row["now"]) == (
        "comes up later", ["Comes up: 2022-12-31 (GMT 365)"], ["Comes up: 2023-01-08 (GMT 008)"],
    )  # fmt: skip
    tile = next(tile for tile in tables.tiles(impact, words) if tile["title"] == "returns without a ship")
    assert tile["value"] == "0"
    changes = impact.changes.copy()
    changes["now"] = [{"comes_up": None} if subject == "cy-return" else now
                      for subject, now in zip(changes["subject"], changes["now"], strict=True)]  # fmt: skip
    never = tables.change_rows(attrs.evolve(impact, changes=changes), words)
    assert next(row for row in never if row["id"] == "cy-return")["now"] == ["Does not come up in this run"]


def test_the_event_of_a_choice_says_its_words_not_its_id(impact):
    event = next(row for row in tables.event_rows(impact, words_of(impact)) if row["kind"] == "chosen")
    assert event["details"] == ["launch Boat earlier, without people"]
    assert not event["quiet"]


def test_what_would_come_if_nothing_were_done_stands_among_the_first(impact):
    kept = impact.options.iloc[[0] * 9].reset_index(drop=True)
    kept["option"] = [f"other-{number}" for number in range(8)] + ["keep"]
    kept["generator"] = ["maker"] * 8 + ["keep"]
    kept["state"] = ["chosen"] + ["played"] * 8
    kept["text"] = kept["option"]
    row = decision_rows(attrs.evolve(impact, options=kept), words_of(impact))[0]
    assert [option["text"] for option in row["first"]] == [*(f"other-{number}" for number in range(5)), "keep"]
    assert [option["text"] for option in row["more"]] == ["other-5", "other-6", "other-7"]
