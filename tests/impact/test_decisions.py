"""What was decided, between what, and what it did to the plan; each word is the log's own."""

import json

import attrs
import pytest
from impact.logs import FERRY, FERRY_NAMES, OBJECTIVE, Story, amend, decided_outcome, pair
from kernel.runs import decided as run_of
from kernel.runs import whole

from stationsim.impact.changes import changes
from stationsim.impact.decided import choices
from stationsim.impact.decisions import Choice, decisions
from stationsim.impact.frames import records
from stationsim.impact.headline import brief, sentences
from stationsim.impact.impact import as_json, assess
from stationsim.impact.options_text import as_lines, besides, comes_to, counts, loses, waiting
from stationsim.impact.reading import Reading
from stationsim.impact.screen import screen_of
from stationsim.impact.why import why
from stationsim.impact.words import Words
from stationsim.log.kinds import Kind

DAY = 86400
TEXT = "launch Boat earlier, without people"
DECISION = (
    "Decision of 2022-12-18 about Tug: one of 9 options; 3 rejected; to be taken by 2022-12-20T12:00Z; "
    "a day later: 1 more person-day without a seat"
)
DECIDED = f"""\
2022-12-18T12:00Z (GMT 352)  North decided about Tug because of incident hole: {TEXT}
  No certified way home: Ann, Bob.
  It was chosen of 9 options: 3 played forward, 2 judged by the plan alone, 1 the same as another, 3 rejected by a \
rule (policy best).
  Not all was thought of: the next 3 of 5 flights were thought of.
  It could be taken until 2022-12-20T12:00Z (GMT 354); a day later: 1 more person-day without a seat.
  Instead it could have been:
    send Tug home empty (looked better: weighted work not flown: 1 fewer, by its plan alone)
    launch Boat earlier, and nothing else (equal in every level)
    launch Boat earlier to Aft (2 more changes to the published plan)
  Rejected:
    2 by R-2 (A ship is launched when it is ready), such as: launch Boat tomorrow (Launch of Boat: not ready)
    1 by lead: let the crews change ships (no reason given)
"""


@pytest.fixture(scope="module")
def outcome():
    return decided_outcome()


@pytest.fixture(scope="module")
def impact(outcome):
    return assess(outcome)


def change_of(impact, subject):
    return next(row for row in records(impact.changes) if row["subject"] == subject)


def test_a_decision_is_one_row_with_all_that_was_asked_of_it(impact):
    (row,) = records(impact.decisions)
    assert row == {
        "decision": 11, "t_utc": "2022-12-18T12:00Z", "ship": "tug", "incident": "hole", "centre": "north",
        "people": ["ann", "bob"], "policy": "best", "option": "early", "text": TEXT, "weighed": 9, "played": 3,
        "same": 1, "rejected": 3, "last_utc": "2022-12-20T12:00Z", "wait_level": "class-4", "wait_by": 1,
        "bounds": [{"what": "flights", "taken": 3, "total": 5}],
    }  # fmt: skip


def test_an_option_says_what_it_loses_by_and_how_that_was_found(impact):
    rows = {row["option"]: row for row in records(impact.options)}
    told = {name: (row["state"], row["how"], row["loses_level"], row["loses_by"]) for name, row in rows.items()}
    assert told == {
        "keep": ("screened", "estimated", "class-4", 9),
        "early": ("chosen", "played", None, None),
        "early-aft": ("played", "played", "changes", 2),
        "twin": ("played", "played", None, None),
        "later": ("same", None, None, None),
        "rosy": ("screened", "estimated", "work", -1),
        "now": ("rejected", None, None, None),
        "now-aft": ("rejected", None, None, None),
        "swap": ("rejected", None, None, None),
    }
    assert [rows["early-aft"][level["id"]] for level in OBJECTIVE] == [0, 1, 6]
    assert rows["now"]["class-4"] is None
    assert (rows["now"]["rule"], rows["now"]["reason"]) == ("R-2", "Launch of Boat: not ready")
    assert (rows["later"]["same_as"], rows["early-aft"]["wait_level"]) == ("keep", "gone")


def test_the_json_nests_the_options_and_their_scores(impact):
    said = json.loads(json.dumps(as_json(impact), allow_nan=False))["decisions"]
    assert [one["option"] for one in said] == ["early"]
    options = {option["option"]: option for option in said[0]["options"]}
    assert options["early"]["scores"] == {"class-4": 0, "work": 1, "changes": 4}
    assert options["now"]["scores"] is None
    assert "decision" not in options["now"]


def test_waivers_of_the_run_stand_with_those_of_the_scenario(impact):
    assert as_json(impact)["waivers"] == [
        {"rule": "R-3", "activity": "walk", "rationale": "as planned", "by": "the director", "t_utc": None,
         "decision": None},
        {"rule": "R-3", "activity": "down", "rationale": "too long; waived for this", "by": "the board",
         "t_utc": "2022-12-18T12:00Z", "decision": 11},
    ]  # fmt: skip


def test_what_a_decision_inserts_is_added_and_its_incident_known(impact):
    row = change_of(impact, "seats")
    assert (row["outcome"], row["actual_utc"], row["incident"], row["cause_seq"]) == ("added", "2022-12-24", "hole", 11)
    assert row["reason"] == f"as decided: {TEXT}"
    ledger = impact.ledger[impact.ledger["subject"] == "seats"].set_index("quantity")["difference"].to_dict()
    assert ledger == {"activities_added": 1, "crew_hours_worked": 1, "crew_hours_response": 1}


def test_what_a_decision_amends_says_what_differs(impact):
    dock, second, down = (change_of(impact, subject) for subject in ("dock", "dock-2", "down"))
    assert (dock["outcome"], dock["was"], dock["now"]) == (
        "moved", {"start": "2022-12-31", "crew_up": ["cy"]}, {"start": "2022-12-23", "crew_up": []},
    )  # fmt: skip
    assert (dock["rule"], dock["reason"]) == (None, f"as decided: {TEXT}")  # R-2 gives the date, not the change
    assert (second["outcome"], second["was"], second["now"]) == (
        "reassigned", {"crew_up": ["dee"]}, {"crew_up": ["cy"]},
    )  # fmt: skip
    # what an activity waits for is its own affair: `follows` is no change of it
    assert (down["outcome"], down["differs"], down["was"], down["now"]) == (
        "reassigned", ["port", "crew_down"],
        {"port": "fore", "crew_down": ["cy"]}, {"port": "aft", "crew_down": ["ann"]},
    )  # fmt: skip


def test_what_moved_for_another_reason_keeps_it(impact):
    assert change_of(impact, "walk")["reason"] == "Cy is not aboard yet"


def test_a_later_event_has_the_last_word_over_a_decision():
    later = Story()
    later.plan(Kind.PLANNED, "dock", "2022-12-31")
    hit = later.at("2022-12-15").tell(Kind.STRUCK, "hole", object="hull")
    chosen = later.tell(Kind.CHOSEN, "tug", object="early", cause=hit, text=TEXT)
    amend(later, chosen, "dock", TEXT, port=(None, "aft"))
    moved = later.at("2022-12-16").plan(Kind.MOVED, "dock", "2023-01-02", cause=hit, text="fog")
    calm = Story()
    calm.plan(Kind.PLANNED, "dock", "2022-12-31")
    found = changes(Reading.of(pair(calm, later, activities=FERRY)))
    assert (found[0].reason, found[0].row) == ("fog", moved)


def test_what_moves_an_arranged_flight_later_does_not_take_the_decision_from_those_it_is_for(outcome):
    """The flight moves for another reason; that somebody else sits in it, and a seat is moved at all, was decided."""
    disrupted = outcome.disrupted
    told = Story()
    told.log.rows, told.log.tables, told.log._index = list(disrupted.rows), disrupted.tables, disrupted._index
    told.now_s = told.log.rows[-1].t_s
    told.tell(Kind.MOVED, "dock", cause=7, start=told.now_s, text="fog")
    told.tell(Kind.MOVED, "seats", cause=7, start=told.now_s, text="fog")
    impact = assess(attrs.evolve(outcome, disrupted=told.log))
    assert change_of(impact, "dock")["reason"] == "fog"
    for subject in ("seats", "cy-return", "ann-return"):
        assert change_of(impact, subject)["reason"] == f"as decided: {TEXT}"


def test_a_seat_move_that_a_later_decision_drops_is_cancelled():
    told, calm = Story(), Story()
    hit = told.at(DAY).tell(Kind.STRUCK, "hole", object="hull")
    first = told.tell(Kind.CHOSEN, "tug", object="a", cause=hit, text="go early")
    told.plan(Kind.INSERTED, "seats", None, cause=first, text="go early", people={"ann": "fitted"})
    second = told.at(2 * DAY).tell(Kind.CHOSEN, "tug", object="b", cause=hit, text="stay")
    told.plan(Kind.GIVEN_UP, "seats", None, cause=second, text="another arrangement takes its place")
    impact = assess(
        pair(calm, told, activities=FERRY, incidents=[{"id": "hole", "node": "hull", "background": False, "at_s": 0}])
    )
    row = change_of(impact, "seats")
    assert (row["outcome"], row["cause_seq"], row["incident"]) == ("cancelled", second, "hole")
    assert row["reason"] == "as decided: stay; another arrangement takes its place"
    assert impact.ledger["quantity"].tolist() == ["activities_cancelled", "detection_delay"]


def test_whoever_changes_ships_comes_up_later_and_is_not_without_a_ship(impact):
    row = change_of(impact, "cy-return")
    assert (row["outcome"], row["differs"]) == ("postponed", ["comes_up"])
    assert (row["was"], row["now"]) == ({"comes_up": "2022-12-31"}, {"comes_up": "2023-01-08"})
    assert row["incident"] == "hole"
    totals = impact.totals.set_index("quantity")["difference"]
    assert totals["person_days_launch_delay"] == pytest.approx(8)
    lines = impact.ledger[impact.ledger["quantity"] == "person_days_launch_delay"]
    assert lines[["incident", "subject"]].to_numpy().tolist() == [["hole", "cy"]]
    assert "1 return without" not in impact.brief


def test_who_does_not_come_up_in_the_run_counts_to_its_end(outcome):
    log = outcome.disrupted
    gone = Story()
    kept = [row for row in log if row.kind is not Kind.BOARDED]
    gone.log.rows = [row._replace(seq=seq) for seq, row in enumerate(kept)]
    gone.log.tables, gone.log._index = log.tables, log._index
    impact = assess(attrs.evolve(outcome, disrupted=gone.log))
    assert change_of(impact, "cy-return")["now"] == {"comes_up": None}
    assert "Cy does not come up in this run" in impact.headline
    assert any("does not come up in this run" in row[3] for row in screen_of(impact).changes)
    assert "does not come up in this run" in why(attrs.evolve(outcome, disrupted=gone.log), "cy-return").text
    days = impact.totals.set_index("quantity")["difference"]["person_days_launch_delay"]
    assert days == pytest.approx(30 - 17 - 1 / 24)


def test_the_return_of_whom_a_decision_moves_is_attributed_to_it(impact):
    row = change_of(impact, "ann-return")
    assert (row["outcome"], row["incident"], row["reason"]) == ("moved", "hole", f"as decided: {TEXT}")


def test_headline_and_counts_tell_the_decision(impact):
    assert f" North decided on 2022-12-18 12:00 UTC: {TEXT}. " in impact.headline
    assert "Cy comes up 8 d later" in impact.headline
    assert impact.brief.endswith("1 person comes up later · 1 decision")


def test_a_decision_that_the_nominal_run_takes_too_is_no_news(outcome):
    same = Reading.of(attrs.evolve(outcome, nominal=outcome.disrupted))
    assert [one.option for one in same.decisions] == ["early"]
    assert same.taken == ()
    assert "decided" not in sentences(same, changes(same))
    assert "decision" not in brief(same, changes(same))


def test_the_screen_tells_a_decision_in_one_line_and_points_to_it(impact):
    screen = screen_of(impact)
    assert screen.decided == (DECISION,)
    rows = {row[0]: row for row in screen.changes}
    assert rows["Seat of Ann to Boat"][5] == "as decided on 2022-12-18"
    assert rows["Arrival of Boat 2"][3] == "2023-01-08, people up: Cy"
    assert rows["Departure of Boat"][3] == "2023-01-05, people down: Ann, port: Aft"


def test_where_there_was_one_option_the_screen_says_so(impact):
    alone = impact.decisions.assign(weighed=1, rejected=0, last_utc=None, wait_level=None)
    told = screen_of(attrs.evolve(impact, decisions=alone)).decided
    assert told == ("Decision of 2022-12-18 about Tug: the only option",)


def test_a_decision_of_which_the_log_says_no_more_is_told_as_it_is():
    told = Story()
    told.tell(Kind.CHOSEN, "tug", object="early")
    outcome = pair(Story(), told, names=FERRY_NAMES, activities=FERRY)
    (one,) = decisions(told.log)
    assert (one.options, one.people, one.incident, one.chosen) == ((), (), None, None)
    impact = assess(outcome)
    assert records(impact.decisions)[0]["last_utc"] is None
    assert screen_of(impact).decided == ("Decision of 2022-12-14 about Tug",)
    assert why(outcome, "tug").text.startswith("Tug:\n2022-12-14T00:00Z")


@pytest.mark.parametrize("subject", ["tug", "hole", "ann", "ann-return", "dock", "seats", "down", "cy-return"])
def test_why_tells_the_decision_behind_a_thing(outcome, subject):
    reasons = why(outcome, subject)
    assert DECIDED.rstrip() in reasons.text
    assert [one.option for one in reasons.decisions] == ["early"]


def test_why_of_what_was_only_repaired_with_it_names_it_in_two_lines(outcome):
    text = why(outcome, "walk").text
    assert "  The plan was repaired with that decision, and this too.\n" in text
    assert "Instead it could have been" not in text


def test_why_of_what_no_decision_touched_says_nothing_of_it(outcome):
    assert why(attrs.evolve(outcome, disrupted=outcome.nominal), "walk").decisions == ()


def test_what_an_option_loses_by_in_words(impact):
    found = {option.option: option for option in choices(impact.options, 11)}
    assert list(found)[:3] == ["early", "rosy", "twin"]
    assert loses(OBJECTIVE, found["keep"]) == "9 more person-days without a seat"
    assert loses(OBJECTIVE, found["now"]) == ""
    better = attrs.evolve(found["early-aft"], loses_by=-1)
    assert loses(OBJECTIVE, better) == "looked better: 1 fewer change to the published plan, and was not chosen"
    assert waiting(OBJECTIVE, found["early-aft"]) == "it can no longer be taken"
    assert (waiting(OBJECTIVE, found["twin"]), waiting(OBJECTIVE, found["keep"])) == ("nothing", "")
    assert comes_to([], "class-9", 2) == "class-9: 2"


def test_what_was_only_estimated_is_held_against_the_estimate_of_the_chosen_option(outcome):
    log = outcome.disrupted
    weighed = log.row(next(row for row in log if row.kind is Kind.CHOSEN).cause)
    (one,) = decisions(log)
    assert {o.option: o.loses_by for o in one.options}["rosy"] == -1  # against what was played it looks better
    told = Story()
    told.log.rows, told.log.tables, told.log._index = list(log.rows), dict(log.tables), dict(log._index)
    for level, value in one.chosen.scores.items():
        told.log.attach("estimates", (weighed.seq, "early", level, 0 if level == "work" else value))
    again = {o.option: o for o in decisions(told.log)[0].options}
    assert (again["rosy"].loses_level, again["rosy"].loses_by) == ("changes", -3)
    assert (again["early-aft"].loses_level, again["early-aft"].loses_by) == ("changes", 2)  # both were played


def test_in_what_else_an_option_differs_is_told_by_weight_and_never_across_two_sorts_of_numbers():
    levels = [{"id": name, "text": f"people {name}"} for name in ("stuck", "late", "tired")]
    best = Choice(
        option="a", text="", generator="", state="chosen", how="played", scores={"stuck": 0, "late": 3, "tired": 2}
    )
    other = attrs.evolve(
        best, state="played", scores={"stuck": 1, "late": 1, "tired": 9}, loses_level="stuck", loses_by=1
    )
    assert besides(levels, best, other) == ["2 fewer people late", "7 more people tired"]
    assert besides(levels, best, other, most=1) == ["2 fewer people late"]
    assert besides(levels, best, attrs.evolve(other, how="estimated")) == []
    assert besides(levels, None, other) == []


def test_where_nothing_else_could_be_nothing_else_is_told(outcome):
    one = Reading.of(outcome).decisions[0]
    alone = attrs.evolve(one, people=(), bounds=(), options=(attrs.evolve(one.chosen, last_s=None),))
    assert as_lines(alone, Words(outcome.manifest), OBJECTIVE) == [
        f"2022-12-18T12:00Z  North decided about Tug because of incident hole: {TEXT}",
        "  It was chosen of 1 option: 1 played forward (policy best).",
    ]


def test_one_option_is_counted_as_one(outcome):
    one = Reading.of(outcome).decisions[0]
    assert counts(attrs.evolve(one, options=one.options[:1])) == "1 option: 1 judged by the plan alone"
    assert counts(attrs.evolve(one, options=())) == "0 options"


def test_a_shipped_case_tells_its_decisions_from_the_log_alone():
    impact = run_of(whole("soyuz-ms22")).impact
    assert len(impact.decisions) > 0
    levels = [level["id"] for level in impact.manifest.levels]
    for row in records(impact.decisions):
        found = choices(impact.options, row["decision"])
        assert len(found) == row["weighed"]
        assert found[0].option == row["option"]
        assert all(list(option.scores) == levels for option in found if option.is_open)
        assert all(option.rule and option.reason for option in found if option.state == "rejected")
        assert row["incident"] in {str(known["id"]) for known in impact.manifest.incidents}
    inserted = {row["subject"] for row in records(impact.events) if row["kind"] == "inserted"}
    assert inserted <= set(impact.manifest.activities)
    assert all(impact.manifest.names[subject] != subject for subject in inserted)
