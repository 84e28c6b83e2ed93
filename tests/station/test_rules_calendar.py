"""On which days and at which hours something may, or may not, begin."""

import pytest
from worlds import DAY, HOUR, Story, at, rule, sortie, task, tiny, traffic

from stationsim.planning.clock import Clock
from stationsim.planning.place import Search, slots_of
from stationsim.planning.repair import repair
from stationsim.planning.windows import conflicts, own_windows
from stationsim.station.rules import blocks, governs


def forbidden(governing, start_s: int, *, activities=(), id_: str = "walk") -> list[str]:
    """Return the reasons for which a rule forbids an activity to begin at a time."""
    parts = {"activities": list(activities)} if activities else {}
    story = Story(tiny(rules=[governing], **parts), is_planned=True)
    found = conflicts(own_windows(story.choice(id_), story.situation()), start_s)
    return [window.block.reason for window in found]


@pytest.mark.parametrize(("day", "is_free"), [(4, True), (5, False), (6, False), (7, True), (365 + 5 - 1, False)])
def test_nothing_begins_on_a_weekend(day, is_free):
    weekends = rule("calendar", days=("sat", "sun"))
    assert forbidden(weekends, day * DAY + 10 * HOUR) == ([] if is_free else ["Sortie never on sat, sun"])


def test_a_day_of_rest_that_asks_about_the_whole_keeps_the_clean_up_out_of_it():
    late = 4 * DAY + 18 * HOUR  # six hours of work and one of clean-up, on a Friday
    assert forbidden(rule("calendar", days=("sat",)), late) == []
    assert forbidden(rule("calendar", days=("sat",), part="whole"), late) == ["Sortie never on sat"]
    assert forbidden(rule("calendar", days=("sat",), part="whole"), late - HOUR) == []


@pytest.mark.parametrize(
    ("start_s", "is_free"), [(8 * HOUR, True), (12 * HOUR - 1, True), (12 * HOUR, False), (0, False)]
)
def test_only_at_some_hours_leaves_the_others_out(start_s, is_free):
    mornings = rule("calendar", allowed="only", hours=("08:00-12:00",))
    expected = [] if is_free else ["Sortie only at 08:00-12:00 UTC"]
    assert forbidden(mornings, 3 * DAY + start_s) == expected


def test_days_hours_and_dates_must_hold_together():
    mornings = rule("calendar", days=("tue",), hours=("08:00-12:00",), dates=(at(0, 7 * DAY),))
    assert forbidden(mornings, DAY + 8 * HOUR) == ["Sortie never on tue at 08:00-12:00 UTC on the dates of the rule"]
    assert forbidden(mornings, DAY + 12 * HOUR) == []
    assert forbidden(mornings, 2 * DAY + 8 * HOUR) == []
    assert forbidden(mornings, 8 * DAY + 8 * HOUR) == []


def test_after_the_last_of_the_dates_there_is_no_date():
    story = Story(tiny(rules=[rule("calendar", allowed="only", dates=(at(9 * DAY, 11 * DAY),))]))
    found = blocks(story.choice("walk"), story.situation())
    assert [(b.lo_s, b.hi_s, b.mode) for b in found] == [(-(10**12), 9 * DAY, "start"), (11 * DAY, None, "start")]


def test_a_search_skips_quiet_days():
    story = Story(tiny(rules=[rule("calendar", days=("mon", "wed"))]))
    situation = story.situation()
    search = Search(id="walk", situation=situation, placed={}, slots=slots_of(situation.activity("walk"), situation))
    steps = Clock.of(story.station.scenario).grid(story.station.kinds["sortie"], 2 * DAY)
    assert search.first(steps).start_s == 3 * DAY + 10 * HOUR


OPPORTUNITIES = (at(12 * DAY, 14 * DAY), at(9 * DAY + 7 * HOUR), at(20 * DAY + 3 * HOUR))


@pytest.mark.parametrize(
    ("held_days", "starts"),
    [(1, []), (10, [12 * DAY + 12 * HOUR]), (13, [13 * DAY + 12 * HOUR]), (20, [20 * DAY + 3 * HOUR]), (25, [None])],
)
def test_an_activity_moves_from_opportunity_to_opportunity_and_then_has_no_date(held_days, starts):
    up = traffic("up", "launch", at(9 * DAY + 7 * HOUR), opportunities=OPPORTUNITIES)
    hold = rule("calendar", dates=(at(0, held_days * DAY),), kinds=("launch",))
    story = Story(tiny(rules=[rule("opportunities"), hold], activities=[up]))
    assert [change.start_s for change in repair(story.situations()).changes] == starts


def test_an_opportunity_given_by_the_clock_lasts_one_second():
    up = traffic("up", "launch", at(9 * DAY + 7 * HOUR), opportunities=OPPORTUNITIES)
    on_time = forbidden(rule("opportunities"), 9 * DAY + 7 * HOUR, activities=[up], id_="up")
    late = forbidden(rule("opportunities"), 9 * DAY + 7 * HOUR + 1, activities=[up], id_="up")
    assert (on_time, late) == ([], ["no opportunity"])


def test_what_has_no_opportunities_may_begin_at_any_time():
    assert forbidden(rule("opportunities"), 9 * DAY) == []


@pytest.mark.parametrize(
    ("more", "governed"),
    [
        ({"activities": ("up", "walk")}, ["walk", "up"]),
        ({"activities": ("fix",)}, ["fix"]),
        ({"ship_types": ("capsule",)}, ["up"]),
        ({"ship_types": ("freighter",)}, []),
        ({"ports": ("aft",)}, ["up"]),
        ({"ports": ("top",)}, []),
        ({"kinds": ("sortie", "launch"), "ship_types": ("capsule",)}, ["up"]),
        ({}, ["walk", "fix", "up"]),
    ],
)
def test_a_rule_governs_the_activities_ships_and_ports_it_names(more, governed):
    story = Story(tiny(activities=[sortie("walk"), task("fix"), traffic("up", "launch", 9 * DAY)]))
    named = rule("calendar", **more)
    assert [id_ for id_ in story.state.acts if governs(named, story.state.activity(id_), story.station)] == governed
