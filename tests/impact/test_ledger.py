"""What it cost: lines, totals, and the laws that hold between them."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from impact.logs import LEVELS, Story, activity, pair, sample_outcome

from stationsim.impact.changes import changes
from stationsim.impact.ledger import QUANTITIES, Line, ledger, scaled, totals
from stationsim.impact.reading import Reading
from stationsim.log.kinds import Kind

DAY = 86400


def lines_of(outcome):
    reading = Reading.of(outcome)
    return ledger(reading, changes(reading))


def total(outcome, quantity):
    return next(line for line in totals(lines_of(outcome)) if line.quantity == quantity)


def test_the_same_log_twice_costs_nothing():
    outcome = sample_outcome()
    for log in (outcome.nominal, outcome.disrupted):
        lines = lines_of(attrs.evolve(outcome, nominal=log, disrupted=log))
        assert all(line.nominal == line.disrupted and line.incident is None for line in lines)


def test_lines_add_up_to_the_totals_exactly():
    lines = lines_of(sample_outcome())
    for line in totals(lines):
        rows = [row for row in lines if row.quantity == line.quantity]
        assert sum(row.disrupted - row.nominal for row in rows) == line.disrupted - line.nominal
    added = [quantity for quantity, known in QUANTITIES.items() if known.is_sum]
    assert [line.quantity for line in totals(lines)] == added


def test_what_differs_has_an_incident_and_what_does_not_has_none():
    lines = lines_of(sample_outcome())
    assert all((line.incident == "loop") == (line.nominal != line.disrupted) for line in lines)
    assert len({line[:3] for line in lines}) == len(lines)


def test_the_totals_of_the_sample():
    found = {line.quantity: line[3:] for line in totals(lines_of(sample_outcome())) if line.nominal or line.disrupted}
    crew, ahead = 7 * 63 * DAY, 24 * 3600 + 3000
    assert found == {
        "evas_flown": (5, 3),
        "eva_delay": (0, 2 * DAY),
        "activities_moved": (0, 1),
        "activities_postponed": (0, 2),
        "activities_added": (0, 2),
        "crew_hours_worked": (665460, 505800),
        "crew_hours_displaced": (0, 3 * 41820 + 3 * 39600 + 3 * 46800),
        "crew_hours_displaced_net": (0, 3 * 41820 + 3 * 39600 + 3 * 46800),
        "crew_hours_response": (0, 3 * 3600 + 6 * 3600),
        "crew_hours_lost": (0, 3 * 17400),
        "person_hours_seat_class_0": (crew * 1, crew - 3 * (63 * DAY - ahead)),
        "person_hours_seat_class_2": (0, 3 * (63 * DAY - 60 * 3600)),
        "person_hours_seat_class_3": (0, 3 * (60 * 3600 - ahead)),
        "person_days_without_return_ship": (0, 3 * (63 * DAY - 60 * 3600)),
        "port_days_occupied": (29176200, 29176200),
        "vehicle_days_docked": (29176200, 29176200),
        "coolant_lost": (0, 30.36),
        "lost_before_alarm": (0, pytest.approx(690 * ((0.005**1.5 + 1.5 * 6.541e-7 * 300) ** (2 / 3) - 0.005))),
        "detection_delay": (0, 5 * 60),
    }


def test_a_line_is_shown_in_hours_and_days():
    assert scaled(Line(None, "", "crew_hours_lost", 3600, 9000)) == ("h", 1.0, 2.5, 1.5)
    assert scaled(Line(None, "", "eva_delay", 0, -DAY)) == ("d", 0.0, -1.0, -1.0)


def test_no_hour_is_booked_twice():
    """An added activity that is called off is lost time, not response."""
    told = Story()
    hit = told.tell(Kind.STRUCK, "hit", object="a")
    told.plan(Kind.ADDED, "look", "2022-12-16", lasts="2 h", people={"ann": "arm"}, object="hit", cause=hit)
    told.at("2022-12-16").tell(Kind.STARTED, "look", cause=1)
    ended = told.at("2022-12-16T01:00Z").tell(Kind.ABORTED, "look", cause=hit, until="2022-12-16T01:30Z")
    told.work(ended, 2 * DAY, 2 * DAY + 5400)
    outcome = pair(Story(), told, activities={"look": activity("inspection", None)})
    assert total(outcome, "crew_hours_lost").disrupted == 5400
    assert total(outcome, "crew_hours_response").disrupted == 0
    assert total(outcome, "crew_hours_worked").disrupted == 5400


def test_work_on_something_unknown_counts_as_work_alone():
    told = Story()
    told.tell(Kind.WORKED, "chore", object="ann")
    told.tell(Kind.WORKED, "chore", object="ann", start_s=0, until_s=60)
    assert lines_of(pair(Story(), told)) == [Line(None, "chore", "crew_hours_worked", 0, 60)]


def test_what_never_had_a_date_displaces_nobody():
    nominal, told = Story(), Story()
    nominal.plan(Kind.PLANNED, "walk", None, people={"ann": "ev1"})
    told.plan(Kind.PLANNED, "walk", DAY, people={"ann": "ev1"})
    found = total(pair(nominal, told), "crew_hours_displaced")
    assert (found.nominal, found.disrupted) == (0, 0)
    assert total(pair(nominal, told), "activities_moved").disrupted == 1


def test_each_incident_pays_for_its_own_seats():
    told = Story()
    told.tell(Kind.SEATED, "ann", value=0.0, object="a")
    nominal = Story()
    nominal.tell(Kind.SEATED, "ann", value=0.0, object="a")
    for day, incident, level in ((1, "one", 2), (2, "two", 3)):
        hit = told.at(day * DAY).tell(Kind.STRUCK, incident, object="a")
        told.tell(Kind.SEATED, "ann", value=float(level), object="a", cause=hit)
    lines = lines_of(pair(nominal, told, horizon_s=4 * DAY))
    assert [line for line in lines if "seat" in line.quantity] == [
        Line(None, "ann", "person_hours_seat_class_0", DAY, DAY),
        Line("one", "ann", "person_hours_seat_class_0", DAY, 0),
        Line("two", "ann", "person_hours_seat_class_0", 2 * DAY, 0),
        Line("one", "ann", "person_hours_seat_class_2", 0, DAY),
        Line("two", "ann", "person_hours_seat_class_3", 0, 2 * DAY),
    ]


def test_who_is_aboard_in_one_run_only_is_charged_too():
    nominal, told = Story(), Story()
    nominal.at(DAY).tell(Kind.SEATED, "ann", value=0.0, object="a")
    nominal.at(3 * DAY).tell(Kind.LEFT, "ann", object="a")
    hit = told.tell(Kind.STRUCK, "hit", object="a")
    told.at(2 * DAY).tell(Kind.SEATED, "ann", value=1.0, object="b", cause=hit)
    lines = lines_of(pair(nominal, told, horizon_s=5 * DAY))
    assert [line for line in lines if "seat" in line.quantity] == [
        Line("hit", "ann", "person_hours_seat_class_0", 2 * DAY, 0),
        Line("hit", "ann", "person_hours_seat_class_1", 0, 3 * DAY),
    ]


def test_a_launch_that_slips_shifts_days_at_ports():
    def fly(start, kind=None):
        told = Story()
        told.plan(Kind.PLANNED, "a-launch", 2 * DAY, ship="a")
        hit = told.tell(Kind.STRUCK, "hit", object="site") if kind else 0
        row = told.plan(kind, "a-launch", start, cause=hit) if kind else 0
        told.fly("a-launch", start, row)
        told.tell(Kind.DOCKED, "a", place="p", cause=row)
        return told

    outcome = pair(
        fly(2 * DAY),
        fly(4 * DAY, Kind.MOVED),
        horizon_s=10 * DAY,
        activities={"a-launch": activity("launch", "2022-12-16")},
    )
    assert total(outcome, "launches_changed")[3:] == (0, 1)
    assert [line for line in lines_of(outcome) if "days" in line.quantity] == [
        Line("hit", "p", "port_days_occupied", 8 * DAY - 3600, 6 * DAY - 3600),
        Line("hit", "a", "vehicle_days_docked", 8 * DAY - 3600, 6 * DAY - 3600),
    ]


def test_a_return_that_is_delayed_or_regained_is_counted():
    def home(told):
        told.plan(Kind.PLANNED, "a-undocking", 5 * DAY, ship="a")
        told.tell(Kind.RETURN_PROMISED, "ann-return", object="a-undocking", place="a", start=5 * DAY)
        return told

    told = home(Story())
    hit = told.tell(Kind.STRUCK, "hit", object="a")
    told.at(DAY).tell(Kind.RETURN_LOST, "ann-return", object="a-undocking", place="a", cause=hit)
    told.at(3 * DAY).tell(Kind.RETURN_PROMISED, "ann-return", object="b-undocking", place="b", start=9 * DAY, cause=hit)
    outcome = pair(home(Story()), told)
    assert total(outcome, "person_days_without_return_ship")[3:] == (0, 2 * DAY)
    assert total(outcome, "person_days_return_delay")[3:] == (0, 4 * DAY)
    assert total(pair(home(Story()), Story()), "person_days_without_return_ship")[3:] == (0, 0)


def leak(told: Story, k: float, liquid_m3: float = 0.044) -> Story:
    hit = told.at(DAY).tell(Kind.STRUCK, "hit", object="loop")
    row = told.tell(Kind.LEAKED, "loop", object="hit", cause=hit, value=1.0)
    law = {"gas0_m3": 0.005, "pressure0_kpa": 304.0, "density_kg_m3": 690.0, "k": k, "liquid_m3": liquid_m3}
    told.law(row, "loop", "loop", **law)
    return told


def test_coolant_lost_comes_from_the_law_where_the_loop_does_not_run_dry():
    outcome = pair(Story(), leak(Story(), 1e-9), horizon_s=2 * DAY)
    (line,) = [line for line in lines_of(outcome) if line.quantity == "coolant_lost"]
    lost_m3 = (0.005**1.5 + 1.5e-9 * DAY) ** (2 / 3) - 0.005
    assert line[:4] == ("hit", "loop", "coolant_lost", 0.0)
    assert line.disrupted == pytest.approx(lost_m3 * 690.0, rel=1e-12)


def test_a_loop_that_ran_dry_lost_what_the_log_says():
    told = leak(Story(), 6.5e-7)
    told.at(DAY + 11000).tell(Kind.EMPTIED, "loop", value=30.36, unit="kg", cause=1)
    told.tell(Kind.EMPTIED, "other", value=30.36, unit="kg", cause=1)
    assert total(pair(Story(), told), "coolant_lost").disrupted == 30.36


def test_a_patched_loop_loses_no_more():
    told = leak(Story(), 6.5e-7)
    row = told.at(DAY + 3600).tell(Kind.LEAKED, "loop", object="hit", cause=1, value=0.0)
    told.law(row, "loop", "loop", gas0_m3=0.025, pressure0_kpa=60.0, density_kg_m3=690.0, k=0.0, liquid_m3=0.024)
    at_once = total(pair(Story(), told, horizon_s=DAY + 3600), "coolant_lost").disrupted
    assert total(pair(Story(), told), "coolant_lost").disrupted == at_once > 10


@given(
    st.lists(
        st.tuples(st.sampled_from(["ann", "bob"]), st.integers(0, 4), st.integers(0, 30 * DAY), st.booleans()),
        max_size=12,
    )
)
def test_every_second_of_everybody_has_one_class_and_one_incident(steps):
    nominal, told = Story(), Story()
    for story in (nominal, told):
        for person in ("ann", "bob"):
            story.tell(Kind.SEATED, person, value=0.0, object="a")
    hits = [told.tell(Kind.STRUCK, name, object="a") for name in ("one", "two")]
    for person, level, t_s, is_first in sorted(steps, key=lambda step: step[2]):
        told.at(t_s).tell(Kind.SEATED, person, value=float(level), text=LEVELS[level], cause=hits[is_first])
    outcome = pair(nominal, told, horizon_s=30 * DAY)
    lines = [line for line in lines_of(outcome) if "seat" in line.quantity]
    assert sum(line.nominal for line in lines) == sum(line.disrupted for line in lines) == 2 * 30 * DAY
    assert len({line[:3] for line in lines}) == len(lines)
    assert all((line.incident is None) == (line.nominal == line.disrupted) for line in lines)
