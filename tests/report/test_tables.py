import attrs
import pandas as pd
import pytest
from kernel.runs import decided, shipped, whole
from kernel.runs import told as run_of

from stationsim.report import captions, tables
from stationsim.report.causes import ancestors, decisive, disrupted_events, parents, sources
from stationsim.report.rules import rule_rows
from stationsim.report.theme import outcome_word
from stationsim.report.words import words_of


def change(told, words, subject):
    return next(row for row in tables.change_rows(told, words) if row["id"] == subject)


def test_tiles_tell_changes_lost_returns_and_the_largest_costs(told, words):
    tiles = {tile["title"]: tile for tile in tables.tiles(told, words)}
    assert tiles["activities changed"]["value"] == "5"
    assert tiles["activities changed"]["note"] == "2 no date, 1 moved, 2 added"
    assert tiles["returns without a ship"] == {
        "title": "returns without a ship", "value": "3", "note": "of 7 promised", "link": "changes", "tone": "bad",
    }  # fmt: skip
    assert tiles["EVAs flown"]["note"] == "5 → 3"
    assert tiles["EVA delay"]["value"] == "+2 d"
    assert len(tiles) == 6


def test_tiles_of_a_quiet_increment_are_all_zero(quiet):
    assert [tile["value"] for tile in tables.tiles(quiet, words_of(quiet))] == ["0", "0", "0"]


def test_a_moved_sortie_is_told_with_dates_rule_reason_and_cause(told, words):
    row = change(told, words, "us-eva-83")
    assert (row["word"], row["delay"], row["rule"]) == ("moved", "2 d later", "ARM-1")
    assert row["was"] == ["2022-12-19 (GMT 353)"]
    assert row["now"] == ["2022-12-21 (GMT 355)"]
    assert row["rule_text"] == "Two uses of an arm lie its set-up time apart."
    assert row["reason"] == "the arm is set up for a survey"
    assert row["cause"] is not None


def test_a_lost_return_names_the_ship_it_had(told, words):
    row = change(told, words, "rubio-return")
    assert (row["name"], row["word"]) == ("Return of Frank Rubio", "no ship")
    assert row["was"] == ["2023-03-28 (GMT 087)", "Ship: Soyuz MS-22"]
    assert row["now"] == ["no date", "Ship: none"]


def test_an_added_activity_was_not_planned(told, words):
    assert change(told, words, "loop-inspection")["was"] == ["not planned"]


def test_attempts_that_came_to_nothing_are_listed(told, words):
    assert change(told, words, "vkd-56")["attempts"] == ["called off 2022-12-15 03:10 UTC (GMT 349)"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (["mann", "wakata"], "Nicole Mann, Koichi Wakata"),
        ({"ev1": "mann"}, "ev1 Nicole Mann"),
        ([], "none"),
        (3, "3"),
    ],
)
def test_values_of_what_differs_are_named(told, words, value, said):
    row = told.changes[told.changes["subject"] == "us-eva-83"]
    row = row.assign(differs=[["people"]], was=[{"people": value}], now=[{"people": None}])
    told_row = tables.change_rows(attrs.evolve(told, changes=row), words)[0]
    assert told_row["was"] == [f"People: {said}"]
    assert told_row["now"] == ["People: none"]


def test_changed_rows_come_before_kept_ones(told, words):
    outcomes = [row["outcome"] == "kept" for row in tables.change_rows(told, words)]
    assert outcomes == sorted(outcomes)


def test_the_ledger_shows_every_quantity_also_zero_ones(told, words):
    rows = tables.ledger_rows(told.totals, words)
    assert len(rows) == len(told.totals)
    assert any(row["zero"] for row in rows)
    classes = [row["quantity"] for row in rows if "class 3" in row["quantity"]]
    assert classes == ["Person-hours in seat class 3 (unfit or unknown)"]


def test_events_that_led_to_a_change_are_not_folded_away(told, words):
    rows = {row["seq"]: row for row in tables.event_rows(told, words)}
    causes = told.changes.loc[told.changes["outcome"] != "kept", "cause_seq"].dropna()
    assert not any(rows[int(seq)]["quiet"] for seq in causes)
    assert rows[0]["quiet"]
    assert not [cause for row in rows.values() if not row["quiet"] for cause in row["causes"] if rows[cause]["quiet"]]
    assert next(row for row in rows.values() if row["kind"] == "struck")["details"][-1] == "0.8 mm"


def test_an_event_of_an_unknown_kind_is_shown_as_it_is(told, words):
    events = told.events.assign(kind="eclipsed_twice")
    assert {row["kind"] for row in tables.event_rows(attrs.evolve(told, events=events), words)} == {"eclipsed twice"}


def test_rules_in_use_are_listed_with_their_text(told):
    rules = {rule["id"]: rule for rule in rule_rows(told)}
    assert {"EVA-R1", "ARM-1", "EVA-U1"} <= set(rules)
    assert rules["EVA-U1"]["text"].startswith("No sortie while")


def test_a_rule_that_gives_a_date_or_keeps_somebody_away_is_listed_too(told):
    bound, gone = {"rule": "ARM-9", "reason": "x", "until_utc": "y", "days": []}, {"person": "mann", "rule": "AWAY-9"}
    cells = {"no_earlier": [bound], "replaced": [[gone]]}
    changes = told.changes.head(1).assign(**cells)
    assert {"ARM-9", "AWAY-9"} <= {row["id"] for row in rule_rows(attrs.evolve(told, changes=changes))}


def test_a_rule_that_the_manifest_does_not_know_is_still_listed(told):
    changes = told.changes.assign(rule="LOST-9")
    assert {"id": "LOST-9"} in rule_rows(attrs.evolve(told, changes=changes))


def test_the_cause_of_a_move_is_the_inspection_not_only_the_leak(told):
    events = disrupted_events(told.events)
    above = parents(events, told.causes)
    row = told.changes[told.changes["subject"] == "us-eva-83"].iloc[0]
    moved = decisive("us-eva-83", int(row["cause_seq"]), events)
    shown = {"us-eva-83", "loop-inspection", "vkd-56"}
    assert sources(moved, "us-eva-83", shown, events, above) == ("loop-inspection",)
    assert sources(moved, "us-eva-83", {"us-eva-83"}, events, above) == ()
    assert {events[seq]["kind"] for seq in ancestors([moved], above)} >= {"struck", "leaked", "alarmed", "added"}


def test_nothing_decides_what_has_no_cause(told):
    assert decisive("us-eva-84", None, disrupted_events(told.events)) is None


def test_captions_say_what_to_see(told, words):
    plan = captions.plan_caption(told.changes, words)
    assert plan.startswith("No date: VKD-56 and VKD-57. Moved: US EVA-83 (2 d later). Added: ")
    assert captions.kept_caption(told.changes, words).endswith("6 more come after the end of the run.")
    assert captions.port_caption(told.ports, words).startswith("Every ship comes and leaves as planned")
    assert "Sergey Prokopyev, Dmitry Petelin and Frank Rubio have at worst a seat of class 3" in captions.seat_caption(
        told.cover, words
    )
    assert "Response work (orange) took 9 person-hours" in captions.people_caption(told.hours, words)
    assert "Soyuz MS-22: temperature from 22 to 30.9 °C" in captions.physics_caption(told.curves, words)
    assert "TsUP Moscow after 5 min" in captions.belief_caption(told.beliefs, words)


def test_captions_of_a_quiet_increment_say_that_nothing_changes(quiet):
    words = words_of(quiet)
    assert captions.plan_caption(quiet.changes, words) == "Every activity stays as planned."
    assert captions.seat_caption(quiet.cover, words).startswith("Everybody keeps the seat they had")
    assert captions.people_caption(quiet.hours, words).startswith("Nobody gave time to a response.")


def test_a_changed_stay_is_named_in_its_caption(told, words):
    first = told.ports.index[(told.ports["run"] == "disrupted") & (told.ports["ship"] == "crs-26")]
    ports = told.ports.drop(first)
    assert captions.port_caption(ports, words).startswith("Stays change for CRS-26 Dragon")


def test_times_are_utc_and_windows_have_no_clock(words):
    assert words.axis(2700) == "2022-12-14T00:45:00"
    assert words.when("vkd-56", 94800) == "2022-12-15 02:20 UTC"
    assert words.when("us-eva-83", 94800) == "2022-12-15"
    assert words.second("2022-12-15") == 86400
    assert words.second("2022-12") == -13 * 86400
    assert words.second(None) is None
    assert words.lasting(0, 90000) == "2022-12-14 00:00 to 2022-12-15 01:00 UTC"


def test_an_incident_without_a_name_is_called_after_what_it_struck(words):
    assert words.incident("loop") == "External loop of Soyuz MS-22"


def test_background_incidents_are_no_marks(told):
    background = [incident | {"background": True} for incident in told.manifest.incidents]
    calm = attrs.evolve(told, manifest=attrs.evolve(told.manifest, incidents=background))
    assert words_of(calm).marks == ()
    assert isinstance(tables.tiles(calm, words_of(calm)), list)


def test_missing_numbers_of_a_table_are_none():
    from stationsim.report.words import records

    table = pd.DataFrame({"a": pd.array([1, None], dtype="Int64"), "b": ["x", None]})
    assert records(table) == [{"a": 1, "b": "x"}, {"a": None, "b": None}]


@pytest.mark.parametrize(("lasts_s", "says"), [(129_600, "1 d 12:00"), (0, "never")])
def test_a_return_without_a_ship_for_a_time_says_for_how_long(told, words, lasts_s, says):
    row = {"kind": "return", "outcome": "changed", "differs": ["without_ship_s"]}
    assert outcome_word(row) == "no ship for a time"
    assert tables._side({"without_ship_s": lasts_s}, row, words) == [f"Without a ship: {says}"]


def test_a_seat_that_is_bad_for_longer_than_planned_is_not_called_unchanged(quiet):
    """Nobody's class is worse than it was to be, but it lasts two days longer."""
    row = {"person": "ann", "level": 2, "name": "emergency-only", "ship": "a", "start_s": 0}
    ends = {"nominal": 86_400, "disrupted": 3 * 86_400}
    cover = pd.DataFrame([row | {"run": run, "until_s": until_s} for run, until_s in ends.items()])
    assert captions.seat_caption(cover, words_of(quiet)) == (
        "Nobody's class gets worse than it was planned to be, but it lasts longer: 48 person-hours more without a "
        "certified seat."
    )


def test_what_was_kept_but_near_a_limit_stands_once_with_what_was_left():
    impact = run_of(shipped("soyuz-ms22")).impact
    rows = tables.near_rows(impact, words_of(impact))
    assert len({row["name"] for row in rows}) == len(rows) > 3
    first = rows[0]
    assert first.pop("seq") in impact.events["seq"].tolist()
    assert first == {
        "thing": "us-eva-85",
        "name": "US EVA-85",
        "margin": "2 d",
        "limit": "follows US EVA-84",
        "rule": "gen-6",
    }


def test_questions_postures_and_incidents_without_a_name_are_told_in_words():
    impact = decided(whole("soyuz-ms22")).impact
    words = words_of(impact)
    rows = tables.event_rows(impact, words)
    asked = next(row for row in rows if row["kind"] == "asked" and "flow" in row["things"])
    answered = next(row for row in rows if row["kind"] == "answered" and "flow" in row["things"])
    assert asked["name"] == answered["name"] == "Does it still flow?"
    assert "Does it still flow?" not in asked["details"]
    struck = next(row for row in rows if row["kind"] == "struck")
    assert (struck["name"], struck["details"]) == ("external cooling loop of Soyuz MS-22", ["coolant-loop", "0.8 mm"])
    assert words.name("eva-r7/vkd-56") == "posture of eva-r7 for VKD-56"
    assert words.name("loop") == "external cooling loop of Soyuz MS-22"
    assert words.name("nothing-of-the-kind") == "nothing-of-the-kind"


def test_what_comes_after_the_end_of_the_run_is_near_to_nothing(told, words):
    margins = told.margins.assign(outcome="kept", holds=True, margin=1.0, unit="d", t_utc="2099-01-01T00:00Z")
    assert tables.near_rows(attrs.evolve(told, margins=margins), words) == []
    assert tables.near_rows(attrs.evolve(told, margins=margins.assign(t_utc="2022-12-15T00:00Z")), words)


def test_what_keeps_its_date_with_other_people_shows_the_date_on_both_sides(words, told):
    row = told.changes[told.changes["subject"] == "us-eva-84"].iloc[:1]
    other = row.assign(outcome="reassigned", differs=[["port"]], was=[{"port": "a"}], now=[{"port": "b"}])
    (shown,) = tables.change_rows(attrs.evolve(told, changes=other), words)
    assert [side[0] for side in (shown["was"], shown["now"])] == [shown["was"][0]] * 2
    assert shown["was"][0].startswith("20")
    assert shown["now"][1] == "Port: b"
