"""Days of food above the reserve: stocks between the events of a log, and what the ledger makes of them."""

from fractions import Fraction

import attrs
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from impact.logs import DAY, Story, delayed, pair

from stationsim.impact.changes import changes
from stationsim.impact.consumables import compared, last_d, least, levels
from stationsim.impact.frames import records
from stationsim.impact.impact import as_json, assess
from stationsim.impact.ledger import Line, ledger
from stationsim.impact.reading import Reading
from stationsim.log.kinds import Kind
from stationsim.log.outcome import Outcome

FOOD = {"name": "Food", "stock_kg": 200.0, "use_kg_per_day": 2.0, "reserve_s": 10 * DAY, "source": "test"}
WATER = {"name": "Water", "stock_kg": 1000.0, "use_kg_per_day": 4.0, "reserve_s": 20 * DAY, "source": "test"}
SHIP = {"name": "Cargo", "type": "cargo", "type_name": "Cargo", "seats": 0, "life_s": None, "source": "", "centre": ""}


def aboard(*people: str) -> Story:
    """Return a story in which these are aboard from the start."""
    told = Story()
    for person in people:
        told.tell(Kind.BOARDED, person, object="a")
    return told


def eating(nominal: Story, disrupted: Story | None = None, *, days: int = 40, **more) -> Outcome:
    """Return an outcome whose people eat; ship `cargo` brings 60 kg of food."""
    outcome = pair(nominal, nominal if disrupted is None else disrupted, horizon_s=days * DAY)
    ships = {"cargo": {**SHIP, "brings": {"food": 60.0}}, "empty": SHIP}
    facts = {"consumables": {"food": FOOD}, "ships": ships} | more
    return attrs.evolve(outcome, manifest=attrs.evolve(outcome.manifest, **facts))


def days_of(outcome: Outcome) -> list[tuple[float, float, float, float, float | None]]:
    """Return begin, end [d], stock [kg], rate [kg/d] and margin [d] of each span of the nominal run."""
    rows = records(assess(outcome).consumables)
    return [
        (row["start_s"] / DAY, row["until_s"] / DAY, row["stock_kg"], row["rate_kg_per_d"], row["margin_d"])
        for row in rows
        if row["run"] == "nominal"
    ]


def test_two_people_eat_for_as_many_days_as_the_stock_lasts_above_the_reserve():
    outcome = eating(aboard("ann", "bob"))
    assert days_of(outcome) == [(0, 40, 200, 4, 40)]
    assert least(outcome.nominal, outcome.manifest)["food"].margin_s == 0


def test_who_comes_makes_the_same_stock_last_less_long_and_who_leaves_longer():
    told = aboard("ann")
    told.at(10 * DAY).tell(Kind.BOARDED, "bob", object="b")
    told.at(20 * DAY).tell(Kind.LEFT, "ann", object="a")
    told.tell(Kind.LEFT, "ann", object="a")
    assert days_of(eating(told)) == [(0, 10, 200, 2, 90), (10, 20, 180, 4, 35), (20, 40, 140, 2, 60)]


def test_a_ship_brings_once_and_one_docked_at_the_start_has_brought_before():
    told = aboard("ann", "bob")
    told.at(5 * DAY).tell(Kind.DOCKED, "cargo", place="p")
    told.at(7 * DAY).tell(Kind.UNDOCKED, "cargo", place="p")
    told.tell(Kind.DOCKED, "cargo", place="q")
    told.tell(Kind.DOCKED, "empty", place="p")
    assert days_of(eating(told)) == [(0, 5, 200, 4, 40), (5, 40, 240, 4, 50)]
    there = Story()
    there.tell(Kind.DOCKED, "cargo", place="p")
    there.at(7 * DAY).tell(Kind.DOCKED, "cargo", place="q")
    assert days_of(eating(there)) == [(0, 40, 200, 0, None)]


def test_nothing_is_eaten_below_nothing():
    told = aboard("ann", "bob", "cid", "dan")
    told.at(30 * DAY).tell(Kind.DOCKED, "cargo", place="p")
    assert days_of(eating(told, days=60)) == [
        (0, 25, 200, 8, 15),
        (25, 30, 0, 0, -10),
        (30, 37.5, 60, 8, -2.5),
        (37.5, 60, 0, 0, -10),
    ]
    outcome = eating(told, days=60)
    low = least(outcome.nominal, outcome.manifest)["food"]
    assert (low.margin_s, low.t_s) == (-10 * DAY, 25 * DAY)


def test_an_empty_stock_is_at_its_least_from_the_start():
    outcome = eating(aboard("ann"), consumables={"food": FOOD | {"stock_kg": 0.0}})
    low = least(outcome.nominal, outcome.manifest)["food"]
    assert (days_of(outcome), low.margin_s, low.t_s) == ([(0, 40, 0, 0, -10)], -10 * DAY, 0)


def test_while_nobody_is_aboard_there_is_no_margin_and_nothing_is_used():
    told = Story()
    told.at(10 * DAY).tell(Kind.BOARDED, "ann", object="a")
    assert days_of(eating(told)) == [(0, 10, 200, 0, None), (10, 40, 200, 2, 90)]
    outcome = eating(Story())
    assert least(outcome.nominal, outcome.manifest)["food"].margin_s == 40 * DAY
    (told_of,) = compared(assess(outcome).consumables, outcome.manifest)
    assert (told_of["nominal_d"], told_of["disrupted_s"], told_of["difference_d"]) == (None, None, None)


def late(day: int | None) -> Story:
    """Return a story of a ship that docks on a day, or never; an incident is behind another day than the fifth."""
    told = aboard("ann", "bob")
    hit = told.at(DAY).tell(Kind.STRUCK, "hit", object="site") if day != 5 else 0
    if day is not None:
        told.at(day * DAY).tell(Kind.DOCKED, "cargo", place="p", cause=hit)
    return told


def lines_of(outcome: Outcome) -> list[Line]:
    reading = Reading.of(outcome)
    return [line for line in ledger(reading, changes(reading)) if line.quantity == "consumable_margin"]


def test_the_ledger_has_the_least_margin_of_each_run_and_the_incident_behind_it():
    outcome = eating(late(5), late(30), consumables={"food": FOOD, "water": WATER})
    assert lines_of(outcome) == [
        Line("hit", "food", "consumable_margin", 15 * DAY, 10 * DAY),
        Line(None, "water", "consumable_margin", 65 * DAY, 65 * DAY),
    ]
    assert lines_of(eating(late(5), late(None))) == [Line("hit", "food", "consumable_margin", 15 * DAY, 0)]


def test_margins_have_no_total():
    impact = assess(eating(late(5), late(30)))
    assert "consumable_margin" not in set(impact.totals["quantity"])


def test_the_json_says_when_each_margin_is_least_the_worst_loss_first():
    outcome = eating(late(5), late(30), consumables={"water": WATER, "food": FOOD})
    food, water = as_json(assess(outcome))["consumables"]
    assert food == {
        "consumable": "food",
        "name": "Food",
        "reserve_d": 10.0,
        "nominal_d": 15.0,
        "nominal_utc": "2023-01-23T00:00Z",
        "disrupted_d": 10.0,
        "disrupted_utc": "2023-01-13T00:00Z",
        "difference_d": -5.0,
    }
    assert (water["consumable"], water["difference_d"]) == ("water", 0.0)


def test_a_run_of_before_there_were_consumables_has_none():
    impact = assess(pair(aboard("ann"), aboard("ann")))
    assert len(impact.consumables) == 0
    assert as_json(impact)["consumables"] == []


def test_several_incidents_share_what_they_take_from_the_margin():
    known = {"consumables": {"food": FOOD}, "ships": {"cargo": {**SHIP, "brings": {"food": 60.0}}}}
    outcome = delayed({("one",): 10, ("two",): 4, ("one", "two"): 10})
    docked = {(): 2, ("one",): 20, ("two",): 10, ("one", "two"): 30}

    def with_ship(log, part):
        told = Story()
        told.log = log.until(len(log))
        told.now_s = log.rows[-1].t_s
        for person in ("ann", "bob"):
            told.tell(Kind.BOARDED, person, object="a")
        told.at(told.now_s + docked[part] * DAY).tell(Kind.DOCKED, "cargo", place="p")
        return told.log

    outcome = attrs.evolve(
        outcome,
        manifest=attrs.evolve(outcome.manifest, **known),
        nominal=with_ship(outcome.nominal, ()),
        disrupted=with_ship(outcome.disrupted, ("one", "two")),
        parts={part: with_ship(log, part) for part, log in outcome.parts.items()},
    )
    rows = records(assess(outcome).ledger)
    mine = [row for row in rows if row["quantity"] == "consumable_margin"]
    lows = [least(log, outcome.manifest)["food"].margin_s / DAY for log in (outcome.nominal, outcome.disrupted)]
    assert sum(row["difference"] for row in mine) == pytest.approx(lows[1] - lows[0], rel=1e-12)
    assert sum(row["nominal"] for row in mine) == lows[0]


@st.composite
def courses(draw: st.DrawFn) -> Story:
    """Return any order of people who come and go and ships that bring."""
    told, now = aboard(*draw(st.sets(st.sampled_from("abc")))), 0
    for _ in range(draw(st.integers(0, 8))):
        now += draw(st.integers(0, 5 * DAY))
        kind = draw(st.sampled_from((Kind.BOARDED, Kind.LEFT, Kind.DOCKED)))
        told.at(now).tell(kind, "cargo" if kind is Kind.DOCKED else draw(st.sampled_from("abcd")), place="p")
    return told


@given(courses(), st.floats(0, 300), st.floats(0.1, 5))
def test_spans_cover_the_run_and_mass_is_kept(told, stock_kg, use):
    known = {"food": FOOD | {"stock_kg": stock_kg, "use_kg_per_day": use}}
    outcome = eating(told, consumables=known)
    spans = list(levels(told.log, outcome.manifest))
    assert [spans[0].start_s, *(span.until_s for span in spans)] == [*(span.start_s for span in spans), 40 * DAY]
    first = next((row.t_s for row in told.log if row.kind is Kind.DOCKED), 0)
    assert all(0 <= span.stock_kg <= Fraction(stock_kg) + (60 if first else 0) for span in spans)
    assert all((span.margin_s is None) == (span.last_s is None) for span in spans)
    lasts = [span.last_s for span in spans if span.last_s is not None]
    low = least(told.log, outcome.manifest)["food"]
    assert not lasts or low.margin_s <= min(lasts) < low.margin_s + 1
    table = assess(outcome).consumables
    assert isinstance(table, pd.DataFrame)
    shown = [last_d(row, 10) for row in records(table) if row["run"] == "nominal"]
    assert [last for last in shown if last is not None] == pytest.approx([float(last) / DAY for last in lasts])
