"""Which event of a run is held against one of history: about the same, in the same sense, each one once."""

import pytest

from stationsim.report.counterparts import counterparts


@pytest.fixture(scope="module")
def found(told, words):
    def find(*events):
        rows = [{"at": at, "subject": subject, "what": what} for at, subject, what in events]
        return [None if one is None else (one.what, one.at, one.days) for one in counterparts(rows, told, words)]

    return find


def test_an_attempt_that_ended_is_held_against_the_attempt_that_ended_not_against_the_flight(found):
    assert found(("2022-12-15T02:45Z", "vkd-56", "called off")) == [("called off", "2022-12-15 03:10 UTC", 0.0)]


def test_what_was_flown_is_held_against_the_start_in_whole_days_where_either_has_no_clock(found):
    assert found(
        ("2022-12-22T13:19Z", "us-eva-83", "flown"),
        ("2023-01-20", "us-eva-84", "done at last"),
    ) == [("started", "2022-12-21", -1.0), ("started", "2023-01-20", 0.0)]


def test_a_date_is_held_against_a_date_and_a_decision_against_the_moment_of_the_change(found):
    assert found(
        ("2022-12-23", "us-eva-83", "second date"),
        ("2022-12-15", "us-eva-83", "put off to another date, as decided"),
    ) == [("date set", "2022-12-21", -2.0), ("moved", "2022-12-15 04:00 UTC", 0.0)]


def test_of_a_ship_its_alarm_its_test_and_its_survey_are_found_and_what_no_run_has_is_not(found):
    assert found(
        ("2022-12-15T00:45Z", "soyuz-ms-22", "leak detected"),
        ("2022-12-16T08:08Z", "soyuz-ms-22", "thruster test"),
        ("2022-12-17", "soyuz-ms-22", "survey by Canadarm2"),
        ("2022-12-18", "soyuz-ms-22", "photographed after undocking"),
        ("2022-12-19", "soyuz-ms-22", "deorbit burn"),
        ("2022-12-20", "soyuz-ms-22", "relocated"),
        ("2023-01-08T12:30Z", "crs-26", "undocked"),
        ("2023-02-09", "progress-ms-22", "launched"),
        ("2023-02-09", "rubio", "seat liner moved"),
    ) == [
        ("alarmed", "2022-12-15 00:50 UTC", 0.0),
        ("started", "2022-12-16", 0.0),
        ("started", "2022-12-18", 1.0),
        None,
        None,
        None,
        ("undocked", "2023-01-09 12:30 UTC", 1.0),
        ("launched", "2023-02-09 06:24 UTC", 0.0),
        None,
    ]


def test_each_event_of_the_run_is_used_once_for_the_nearest_in_time(found):
    assert found(
        ("2022-12-20", "us-eva-83", "flown"),
        ("2022-12-22", "us-eva-83", "flown again"),
        ("2022-12-21", "us-eva-83", "flown"),
    ) == [None, None, ("started", "2022-12-21", 0.0)]


def test_what_is_no_time_or_nothing_of_the_run_has_no_counterpart(found):
    assert found(("", "us-eva-83", "flown"), ("2022-12-21", "moon-1", "flown")) == [None, None]
