"""The figures of a leak of cabin air: pressure and reserve time, hatches, where everybody is."""

import json

import attrs
import pytest
from impact.airs import HORIZON, manifest, rapid_outcome, slow_outcome
from impact.logs import sample_outcome

from stationsim.impact.impact import assess
from stationsim.report import air_captions, captions, tables
from stationsim.report.figures.air import air_figure, air_rows, air_views, alarms
from stationsim.report.figures.physics import physics_figure
from stationsim.report.figures.places import hatch_figure, hatch_rows, place_figure, place_rows
from stationsim.report.render import page, pictures
from stationsim.report.words import words_of


@pytest.fixture(scope="module")
def slow():
    return assess(slow_outcome())


@pytest.fixture(scope="module")
def rapid():
    return assess(rapid_outcome())


def named(figure, name, yaxis="y"):
    return next(t for t in figure.data if t.name == name and (t.yaxis or "y") == yaxis)


def texts(figure):
    return " | ".join(note.text for note in figure.layout.annotations)


def test_every_body_of_air_has_a_line_that_says_whether_it_falls(slow):
    figure = air_figure(slow.curves, words_of(slow))
    assert [trace.name for trace in figure.data if trace.showlegend] == ["cabin air", "parted off, falls"]
    cabin, lab = named(figure, "cabin air"), named(figure, "parted off, falls")
    assert (cabin.x[0], cabin.y[0]) == ("2022-12-14T00:16:40", 100.0)
    assert (lab.x[0], lab.y[0]) == ("2022-12-14T00:50:00", 98.0)
    assert lab.y[-1] is None
    assert lab.hovertext[0] == "<b>Lab</b><br>Pressure: 98 kPa<br>2022-12-14 00:50 UTC"
    assert cabin.line.dash != lab.line.dash


def test_a_ship_that_is_shut_off_holds_its_pressure(rapid):
    figure = air_figure(rapid.curves, words_of(rapid))
    ferry = named(figure, "parted off, holds")
    assert {value for value in ferry.y if value is not None} == {82.0}


def test_a_far_limit_is_named_and_a_near_one_is_drawn(slow, rapid):
    far, near = (air_figure(impact.curves, words_of(impact)) for impact in (slow, rapid))
    assert "▼ leave by: 60 kPa" in texts(far)
    assert not [shape for shape in far.layout.shapes if shape.y0 == shape.y1 == 60.0]
    assert far.layout.yaxis.range[0] > 80
    assert "▼ leave by" not in texts(near)
    assert [shape.y0 for shape in near.layout.shapes if shape.y0 == shape.y1] == [60.0]


def test_a_short_reserve_time_is_told_in_minutes(slow, rapid):
    far, near = (air_figure(impact.curves, words_of(impact)) for impact in (slow, rapid))
    assert far.layout.yaxis2.title.text == "h"
    assert near.layout.yaxis2.title.text == "min"
    assert named(near, "cabin air", "y2").y[0] == pytest.approx(8.5, abs=0.1)


def test_without_a_limit_only_the_pressure_is_drawn():
    outcome = slow_outcome()
    impact = assess(attrs.evolve(outcome, manifest=manifest(limits=[])))
    figure = air_figure(impact.curves, words_of(impact))
    assert {trace.yaxis for trace in figure.data} == {"y"}
    assert "Reserve" not in air_captions.air_caption(impact.curves, impact.totals, words_of(impact))


def test_the_figure_opens_with_what_happens(slow, rapid):
    views = {i.brief: air_views(air_rows(i.curves, words_of(i)), words_of(i)) for i in (slow, rapid)}
    assert [title for title, _, _ in views[slow.brief]] == ["While it changes", "Shut hatches", "Whole run"]
    (_, lo, hi), *_, (_, _, end) = views[slow.brief]
    assert 0 <= lo < 1000
    assert 8000 < hi < end == HORIZON
    assert views[rapid.brief][0][2] < 10_000


def test_air_without_any_cabin_air():
    outcome = slow_outcome()
    impact = assess(attrs.evolve(outcome, manifest=manifest()))
    curves = impact.curves[impact.curves["subject"] == "lab"]
    assert air_views(air_rows(curves, words_of(impact)), words_of(impact))[0][0] == "While it changes"
    assert air_captions.air_caption(curves, impact.totals.iloc[:0], words_of(impact)).startswith(
        "The air of Lab fell from 98.0"
    )


def test_air_has_no_panel_among_coolant_and_temperature(slow, told):
    assert not physics_figure(slow.curves, words_of(slow)).data
    assert "Lab" not in captions.physics_caption(slow.curves, words_of(slow))
    assert air_rows(told.curves, words_of(told)) == []
    assert not air_figure(told.curves, words_of(told)).data


def test_only_hatches_that_are_not_as_planned_are_drawn(slow, rapid):
    assert list(hatch_rows(slow.hatches)) == ["node-lab"]
    figure = hatch_figure(slow.hatches, words_of(slow))
    assert "<b>Hatch Node / Lab</b>" in texts(figure)
    shut = named(figure, "shut")
    assert (list(shut.base), list(shut.x)) == (["2022-12-14T00:50:00"], [1_000_000])
    assert list(hatch_rows(rapid.hatches)) == ["ferry/hatch"]
    assert [view[0] for view in figure.layout.meta["views"]] == ["Moves of hatches", "Whole run"]
    near = hatch_figure(slow.hatches, words_of(slow), (10, 20)).layout.meta["views"][0]
    assert near == ["As above", "2022-12-14T00:00:10", "2022-12-14T00:00:20"]


def test_places_are_drawn_only_if_somebody_sheltered(slow, rapid):
    assert place_rows(slow.whereabouts, words_of(slow)) == {}
    figure = place_figure(rapid.whereabouts, words_of(rapid))
    assert list(named(figure, "sheltered").text) == ["Ferry", "Ferry"]
    assert "<b>Cid</b>" in texts(figure)
    title, lo, hi = figure.layout.meta["views"][0]
    assert title == "First hours"
    assert lo < "2022-12-14T00:16:40"  # the hole
    assert hi > "2022-12-14T04:10:00"  # the hatch of the ship opens


def test_captions_tell_the_main_numbers(slow, rapid):
    words = words_of(slow)
    assert air_captions.air_caption(slow.curves, slow.totals, words) == (
        "Cabin air fell from 100.0 to 95.0 kPa by 2022-12-14 01:40 UTC and ends at 99.0 kPa; 24.3 kg of gas were lost. "
        "The reserve time was 14 h 11 min at first and never below 2 h 26 min in the air of Lab. Dashed and dotted "
        "lines are compartments behind a shut hatch: point at them for their names. Where no reserve time is drawn, no "
        "limit is ahead."
    )
    assert air_captions.hatch_caption(slow.hatches, words) == (
        "Shut and opened again: hatch Node / Lab. Hatches that move as planned are not drawn."
    )
    words = words_of(rapid)
    assert "The reserve time was 8 min 31 s and ran out at 2022-12-14 00:24 UTC" in air_captions.air_caption(
        rapid.curves, rapid.totals, words
    )
    assert air_captions.place_caption(rapid.whereabouts, rapid.events, words) == (
        "From 2022-12-14 00:20 UTC on Ann and Bob shelter in Ferry. The first are back in the station at "
        "2022-12-14 04:10 UTC. In no ship before the pressure limit: Cid."
    )


def test_captions_tell_what_stays_so(rapid):
    words = words_of(rapid)
    stays = rapid.hatches[~((rapid.hatches["hatch"] == "ferry/hatch") & (rapid.hatches["start_s"] == 15_000))]
    stays = stays.assign(until_s=stays["until_s"].mask(stays["state"] == "closed", HORIZON))
    assert air_captions.hatch_caption(stays, words).startswith("Shut until the end of the run: hatch of Ferry.")
    opened = rapid.hatches.assign(state="open")
    assert air_captions.hatch_caption(opened, words).startswith("Otherwise not as planned: hatch of Ferry.")
    gone = rapid.whereabouts[rapid.whereabouts["start_s"] < 15_000]
    assert "Nobody is back in the station before the end" in air_captions.place_caption(gone, rapid.events, words)


def test_the_page_has_the_sections_that_are_needed(slow, rapid):
    ids = [[picture.id for picture in pictures(impact, words_of(impact))] for impact in (slow, rapid)]
    assert [[id_ for id_ in found if id_ in ("air", "hatches", "places")] for found in ids] == [
        ["air", "hatches"], ["air", "hatches", "places"],
    ]  # fmt: skip
    text = page(rapid)
    for id_ in ("air", "hatches", "places"):
        assert f'<section id="{id_}">' in text
        assert f'href="#{id_}"' in text
    assert '<section id="air">' not in page(assess(sample_outcome()))
    assert "NaN" not in json.dumps([picture.json for picture in pictures(slow, words_of(slow)) if picture.figure])


def test_events_of_air_are_told_with_names(slow):
    rows = {(row["kind"], row["utc"]): row for row in tables.event_rows(slow, words_of(slow))}
    assert rows["aired", "2022-12-14 00:16:40 (GMT 348)"]["name"] == "Air of 5 compartments"
    assert rows["aired", "2022-12-14 00:16:40 (GMT 348)"]["details"] == ["100 kPa"]
    assert rows["alarmed", "2022-12-14 00:25 (GMT 348)"]["name"] == "Cabin air"
    assert rows["searched", "2022-12-14 00:50 (GMT 348)"]["details"] == ["hatch Node / Lab", "5 compartments"]
    assert not rows["searched", "2022-12-14 00:50 (GMT 348)"]["quiet"]


def test_people_who_shelter_or_are_caught_stand_among_the_main_numbers(rapid):
    found = {tile["title"]: tile["value"] for tile in tables.tiles(rapid, words_of(rapid))}
    assert (found["people caught"], found["people sheltered"]) == ("+1", "+2")


def test_the_alarm_is_a_limit_that_the_log_tells(slow):
    words = words_of(slow)
    told = alarms(slow.events)
    assert told == [{"subject": "cabin-air", "quantity": "pressure", "value": 99.5, "unit": "kPa", "text": "alarm"}]
    figure = air_figure(slow.curves, words, told)
    assert "alarm: 99.5 kPa" in texts(figure)
    assert 99.5 in [shape.y0 for shape in figure.layout.shapes]
    assert "alarm: 99.5 kPa" in page(slow)


def test_a_reserve_time_limit_is_drawn_where_the_manifest_has_one(slow):
    limit = {"subject": "cabin-air", "quantity": "reserve_time", "value": 5.0, "unit": "h", "text": "to the ships"}
    assert "to the ships: 5 h" in texts(air_figure(slow.curves, words_of(slow), [limit]))


def test_a_long_reserve_time_is_told_in_days_and_pointed_at_in_words(slow):
    curves = slow.curves.copy()
    reserve = curves["quantity"] == "reserve_time"
    curves.loc[reserve, "value"] *= 10
    figure = air_figure(curves, words_of(slow))
    assert figure.layout.yaxis2.title.text == "d"
    assert named(figure, "cabin air", "y2").y[0] == pytest.approx(14.19 * 10 / 24, rel=0.01)
    assert "Reserve time: 5 d 21:" in named(figure, "cabin air", "y2").hovertext[0]


def test_the_figure_opens_with_the_time_until_the_limit_where_air_goes_on_leaving_for_long(rapid):
    """The limit is reached after 511 s of a fall that takes hours to end."""
    rows = air_rows(rapid.curves, words_of(rapid))
    (title, lo, hi), *others = air_views(rows, words_of(rapid))
    assert title == "Until the limit"
    assert lo < 1000
    assert 1511 < hi < 2000
    assert others[0][0] == "While it changes"


def test_where_the_reserve_time_has_run_out_only_the_moment_is_drawn(rapid):
    trace = named(air_figure(rapid.curves, words_of(rapid)), "cabin air", "y2")
    assert [value for value in trace.y if value is not None].count(0.0) == 1


def test_who_was_caught_is_shown_as_caught(rapid):
    figure = place_figure(rapid.whereabouts, words_of(rapid))
    assert list(named(figure, "caught by the loss of air").base) == ["2022-12-14T00:17:40"]


def test_a_body_that_is_parted_off_can_be_marked_by_its_compartments(rapid):
    meta = air_figure(rapid.curves, words_of(rapid)).layout.meta
    bodies = {row["subject"] for row in air_rows(rapid.curves, words_of(rapid))} - {"cabin-air"}
    assert bodies
    assert {",".join(things) for things, *_ in meta["boxes"]} == bodies
    assert all(x0 <= x1 and y0 <= y1 for _, _, x0, x1, _, y0, y1 in meta["boxes"])
