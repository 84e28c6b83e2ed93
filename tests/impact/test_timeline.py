"""Spans of activities, ports and beliefs; seat cover and hours."""

import pytest
from impact.logs import Story, activity, pair, sample_outcome, seconds

from stationsim.impact.cover import cover
from stationsim.impact.hours import hours
from stationsim.impact.impact import assess
from stationsim.impact.reading import Reading
from stationsim.impact.timeline import beliefs, spans, stays
from stationsim.log.kinds import Kind

DAY = 86400
HORIZON = 30 * DAY


def reading(told, nominal=None, **manifest):
    return Reading.of(pair(nominal or Story(), told, **manifest))


def spans_of(told, **manifest):
    read = reading(told, **manifest)
    return [span[1:] for span in spans(read, read.disrupted)]


def test_each_attempt_and_the_date_ahead_is_a_span():
    told = Story()
    told.plan(Kind.PLANNED, "walk", 2 * DAY, lasts="6 h")
    told.at(DAY).tell(Kind.PREPARED, "walk")
    told.at(2 * DAY).tell(Kind.CALLED_OFF, "walk", rule="R")
    told.plan(Kind.MOVED, "walk", 3 * DAY)
    told.at(3 * DAY).tell(Kind.STARTED, "walk")
    told.at(3 * DAY + 60).tell(Kind.TERMINATED, "walk", until_s=3 * DAY + 90)
    told.plan(Kind.MOVED, "walk", 5 * DAY)
    known = {"walk": activity("us-eva", None)}
    assert spans_of(told, activities=known) == [
        ("walk", "us-eva", "work", "called_off", DAY, 2 * DAY, 1),
        ("walk", "us-eva", "work", "terminated", 3 * DAY, 3 * DAY + 90, 2),
        ("walk", "us-eva", "work", "planned", 5 * DAY, 5 * DAY + 21600, 3),
    ]


def test_under_way_at_the_end_is_cut_there():
    told = Story()
    told.plan(Kind.PLANNED, "walk", 2 * DAY)
    told.at(2 * DAY).tell(Kind.STARTED, "walk")
    assert spans_of(told) == [("walk", "", "work", "under_way", 2 * DAY, HORIZON, 1)]


def test_in_preparation_at_the_end_is_planned_for_its_last_start():
    told = Story()
    told.plan(Kind.PLANNED, "walk", 2 * DAY, lasts="1 h")
    told.at(DAY).tell(Kind.HELD, "walk")
    told.tell(Kind.RELEASED, "walk", start_s=2 * DAY + 60)
    assert spans_of(told) == [("walk", "", "work", "planned", 2 * DAY + 60, 2 * DAY + 3660, 1)]


def test_without_a_date_or_given_up_there_is_no_span():
    told = Story()
    told.plan(Kind.PLANNED, "walk", 2 * DAY)
    told.plan(Kind.UNDATED, "walk")
    told.plan(Kind.PLANNED, "talk", 2 * DAY)
    told.plan(Kind.GIVEN_UP, "talk")
    told.tell(Kind.FINISHED, "nobody-planned-this")
    assert spans_of(told) == []


def test_a_date_without_an_end_has_no_length():
    told = Story()
    told.tell(Kind.PLANNED, "walk", start_s=DAY)
    assert spans_of(told) == [("walk", "", "work", "planned", DAY, DAY, 1)]


def test_a_stay_ends_with_undocking_with_another_docking_or_with_the_run():
    told = Story()
    told.tell(Kind.DOCKED, "a", place="p")
    told.tell(Kind.DOCKED, "b", place="q")
    told.tell(Kind.UNDOCKED, "c", place="r")
    told.at(DAY).tell(Kind.UNDOCKED, "a", place="p")
    told.at(2 * DAY).tell(Kind.DOCKED, "b", place="p")
    assert stays(reading(told).disrupted, HORIZON) == [
        ("p", "a", 0, DAY), ("p", "b", 2 * DAY, HORIZON), ("q", "b", 0, 2 * DAY),
    ]  # fmt: skip


def test_beliefs_stand_in_both_runs_from_the_start():
    told = Story()
    told.at(DAY).tell(Kind.HEALTH_CHANGED, "loop", view="truth", text="failed")
    told.at(2 * DAY).tell(Kind.STATUS_CHANGED, "a", object="crewed-return", view="m", text="unknown")
    told.tell(Kind.STATUS_CHANGED, "b", object="crewed-return", view="m", text="certified")
    read = reading(told)
    assert list(beliefs(read.runs, HORIZON)) == [
        ("nominal", "loop", "truth", "health", "nominal", 0, HORIZON),
        ("nominal", "a", "m", "status", "certified", 0, HORIZON),
        ("disrupted", "loop", "truth", "health", "nominal", 0, DAY),
        ("disrupted", "loop", "truth", "health", "failed", DAY, HORIZON),
        ("disrupted", "a", "m", "status", "certified", 0, 2 * DAY),
        ("disrupted", "a", "m", "status", "unknown", 2 * DAY, HORIZON),
        # a ship that arrives is not certified before it is there
        ("disrupted", "b", "m", "status", "certified", 2 * DAY, HORIZON),
    ]


def test_a_state_told_at_the_opening_stands_alone():
    told = Story()
    told.tell(Kind.HEALTH_CHANGED, "loop", view="truth", text="failed")
    read = reading(told, nominal=told)
    assert [row[3:] for row in beliefs(read.runs, HORIZON)] == [("health", "failed", 0, HORIZON)] * 2


def test_cover_lasts_until_the_next_class_or_until_the_person_leaves():
    told = Story()
    told.tell(Kind.SEATED, "ann", value=0.0, object="a", text="certified")
    told.tell(Kind.LEFT, "nobody", object="a")
    told.at(DAY).tell(Kind.SEATED, "ann", value=4.0)
    told.at(2 * DAY).tell(Kind.LEFT, "ann", object="a")
    found = [(s.level, s.name, s.ship, s.start_s, s.until_s) for s in cover(reading(told).disrupted, HORIZON)]
    assert found == [(0, "certified", "a", 0, DAY), (4, "none", None, DAY, 2 * DAY)]


def test_a_class_that_lasts_no_time_is_no_span():
    told = Story()
    told.tell(Kind.SEATED, "ann", value=0.0)
    told.tell(Kind.SEATED, "ann", value=3.0)
    assert [span.level for span in cover(reading(told).disrupted, HORIZON)] == [3]


@pytest.mark.parametrize("end", [Kind.CALLED_OFF, Kind.TERMINATED, Kind.ABORTED, Kind.FINISHED])
def test_time_is_lost_where_its_attempt_was_cut_short(end):
    told = Story()
    told.plan(Kind.PLANNED, "walk", DAY, lasts="1 h", people={"ann": "ev1"})
    told.at(DAY).tell(Kind.STARTED, "walk")
    cut = told.at(DAY + 60).tell(end, "walk")
    told.work(cut, DAY, DAY + 60)
    told.plan(Kind.MOVED, "walk", 2 * DAY)
    told.fly("walk", 2 * DAY, cut)
    assert [(work.is_lost, work.lasted_s) for work in hours(reading(told).disrupted)] == [
        (end is not Kind.FINISHED, 60), (False, 3600),
    ]  # fmt: skip


def test_the_tables_of_the_sample():
    impact = assess(sample_outcome())
    stays_ = impact.ports[(impact.ports["run"] == "disrupted") & (impact.ports["port"] == "zvezda-aft")]
    assert stays_["ship"].tolist() == ["progress-ms-20", "progress-ms-22"]
    mine = impact.cover[(impact.cover["run"] == "disrupted") & (impact.cover["person"] == "rubio")]
    assert mine[["level", "start_s"]].values.tolist() == [
        [0, 0], [3, seconds("2022-12-15T00:50Z")], [2, seconds("2022-12-16T12:00Z")],
    ]  # fmt: skip
    assert set(impact.hours[impact.hours["added"]]["activity"]) == {"loop-inspection", "loop-function-test"}
