import attrs
import pandas as pd
import pytest
from kernel.runs import decided, whole

from stationsim.report.captions import seat_caption
from stationsim.report.figures.beliefs import belief_figure
from stationsim.report.figures.people import people_figure
from stationsim.report.figures.physics import physics_figure
from stationsim.report.figures.ports import port_figure
from stationsim.report.figures.seats import seat_figure
from stationsim.report.figures.timeline import kept_figure, plan_figure
from stationsim.report.render import pictures
from stationsim.report.words import words_of


def trace(figure, name):
    named = [trace for trace in figure.data if trace.name == name]
    return next((trace for trace in named if trace.showlegend is not False), named[0] if named else None)


def texts(figure):
    return " | ".join(note.text for note in figure.layout.annotations)


@pytest.fixture(scope="module")
def plan(told, words):
    return plan_figure(told.changes, told.spans, told.events, told.causes, words)


def test_a_moved_sortie_is_linked_from_its_old_date_to_its_new_one(plan):
    assert list(trace(plan, "moved").x) == ["2022-12-21T12:10:00"]
    assert "2022-12-19T12:10:00" in trace(plan, "before").x
    links = list(trace(plan, "old to new date").x)
    assert links[links.index("2022-12-19T12:10:00") :][:4] == [
        "2022-12-19T12:10:00", "2022-12-19T12:10:00", "2022-12-21T12:10:00", None,
    ]  # fmt: skip


def test_an_arrow_leads_from_the_inspection_to_the_sortie_it_moved(plan):
    arrow = trace(plan, "caused the change")
    x = list(arrow.x)
    assert ["2022-12-18T12:00:00", "2022-12-18T12:00:00", "2022-12-21T12:10:00", None] in [
        x[index : index + 4] for index in range(len(x))
    ]
    assert ["2022-12-15T00:45:00", "2022-12-18T12:00:00", None] in [x[index : index + 3] for index in range(len(x))]
    assert [size for size, after in zip(arrow.marker.size, [*x[1:], 0], strict=True) if after is None] == [
        12
    ] * x.count(None)


def test_what_has_no_date_stands_in_a_column_at_the_right_edge(plan):
    column = next(trace for trace in plan.data if trace.xaxis == "x2")
    assert len(column.x) == 5  # two sorties and three returns
    assert plan.layout.xaxis.domain[1] == plan.layout.xaxis2.domain[0]
    assert "no date" in texts(plan)


def test_the_incident_is_a_vertical_line(plan, told, words):
    lines = [shape for shape in plan.layout.shapes if shape.x0 == shape.x1 == "2022-12-15T00:45:00"]
    assert len(lines) == 1
    assert "▼" in texts(plan)


def test_incidents_close_together_share_one_text_and_have_a_line_each(told, words):
    busy = attrs.evolve(words, marks=((89100, "loop"), (89400, "b"), (90000, "c"), (40 * 86400, "d")))
    figure = port_figure(told.ports, busy)
    said = [note.text for note in figure.layout.annotations if note.text.startswith("▼")]
    assert said == [f"▼ {words.incident('loop')} and 2 more", "▼ d"]
    assert len([shape for shape in figure.layout.shapes if shape.xref == "x"]) == 4


def test_the_plan_says_in_words_what_became_of_each_activity(plan):
    said = texts(plan)
    assert "<b>US EVA-83</b>  2 d later, now 2022-12-21" in said
    assert "<b>VKD-56</b>  no date, was 2022-12-15 02:20" in said
    assert "<b>Return of Frank Rubio</b>  no ship, was 2023-03-28" in said


def test_a_return_that_is_bare_for_another_time_says_so_and_not_that_it_has_other_tasks(told, words):
    changes = told.changes.copy()
    changes.loc[changes["subject"] == "rubio-return", ["outcome", "actual_utc"]] = ["changed", "2023-03-28"]
    figure = plan_figure(changes, told.spans, told.events, told.causes, words)
    assert "<b>Return of Frank Rubio</b>  no ship for a time, 2023-03-28" in texts(figure)
    assert {"no ship for a time", "no date"} <= {trace.name for trace in figure.data}
    assert "other tasks" not in {trace.name for trace in figure.data}


def test_what_is_under_way_at_the_end_says_so_and_since_when(told, words):
    changes = told.changes.copy()
    changes.loc[changes["subject"] == "us-eva-83", "outcome"] = "unfinished"
    said = texts(plan_figure(changes, told.spans, told.events, told.causes, words))
    assert "<b>US EVA-83</b>  under way at the end, 2 d later, since 2022-12-21" in said


def test_a_name_from_right_to_left_is_closed_so_that_numbers_stay_behind_it(told, words):
    names = words.manifest.names | {"us-eva-83": "\u05e9\u05dc\u05d5\u05dd"}
    turned = attrs.evolve(words, manifest=attrs.evolve(words.manifest, names=names))
    said = texts(plan_figure(told.changes, told.spans, told.events, told.causes, turned))
    assert "<b>\u05e9\u05dc\u05d5\u05dd\u200e</b>  2 d later" in said


def test_a_day_without_a_clock_is_shown_without_one(plan):
    hovers = [hover for trace in plan.data for hover in trace.hovertext or ()]
    assert not [hover for hover in hovers if "VKD-57" in hover and "12:00" in hover]


def test_the_first_view_holds_every_date_that_changes(plan):
    (title, lo, hi), whole = plan.layout.meta["views"]
    assert title == "Days of change"
    assert lo < "2022-12-15"
    assert hi > "2022-12-21T18"
    assert whole[1:] == ["2022-12-14T00:00:00", "2023-02-15T00:00:00"]


def test_kept_activities_are_named_beside_their_marks(told, words):
    figure = kept_figure(told.changes, told.spans, words)
    kept = trace(figure, "as planned")
    assert len(kept.x) == len(kept.text)
    assert "US EVA-84" in " ".join(kept.text)
    assert "VKD-56" not in " ".join(kept.text)


def test_a_call_off_before_the_given_start_is_drawn_forward(told, words):
    off = told.spans["state"] == "called_off"
    spans = told.spans.assign(until_s=told.spans["until_s"].mask(off, told.spans["start_s"] - 3600))
    figure = plan_figure(told.changes, spans, told.events, told.causes, words)
    assert min(length for bar in figure.data if bar.type == "bar" for length in bar.x) > 0


def test_stays_that_do_not_change_are_drawn_once(told, words):
    figure = port_figure(told.ports, words)
    assert [trace.name for trace in figure.data] == ["as planned"]
    assert sorted(set(figure.data[0].text)) == sorted(
        [
            "Soyuz MS-22",
            "Progress MS-20",
            "Progress MS-21",
            "Progress MS-22",
            "Crew-5 Dragon",
            "CRS-26 Dragon",
            "Cygnus NG-18",
        ]
    )


def test_a_stay_that_changes_is_drawn_before_and_after(told, words):
    longer = (told.ports["run"] == "disrupted") & (told.ports["ship"] == "crs-26")
    ports = told.ports.assign(until_s=told.ports["until_s"].mask(longer, told.ports["until_s"] + 86400))
    figure = port_figure(ports, words)
    assert list(trace(figure, "before").text) == list(trace(figure, "after").text) == ["CRS-26 Dragon"]
    assert trace(figure, "after").x[0] - trace(figure, "before").x[0] == 86_400_000


def test_sleep_is_drawn_every_night_and_work_on_working_days_only(told, words):
    figure = people_figure(told.hours, told.cover, words)
    sleep, work = trace(figure, "sleep"), trace(figure, "working hours")
    assert {pd.Timestamp(x).day_name() for x in work.base} == {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}
    nights = [pd.Timestamp(x) for x, y in zip(sleep.base, sleep.y, strict=True) if y == sleep.y[0]]
    assert len(nights) == 12
    assert all(length <= 8.5 * 3600 * 1000 for length in sleep.x)


def test_response_work_stands_apart_from_planned_work(told, words):
    figure = people_figure(told.hours, told.cover, words)
    assert sorted(trace(figure, "response work").text) == ["Function test of Soyuz MS-22", "Inspection of the loop"]
    assert "US EVA-83" in trace(figure, "after").text


def test_people_without_a_calendar_have_no_background(told, words):
    bare = attrs.evolve(words, manifest=attrs.evolve(told.manifest, calendars=[]))
    assert "sleep" not in [trace.name for trace in people_figure(told.hours, told.cover, bare).data]


def test_a_worse_seat_has_a_colour_a_pattern_and_a_word(told, words):
    figure = seat_figure(told.cover, words)
    names = [trace.name for trace in figure.data if trace.showlegend]
    assert names == ["0 certified", "2 emergency-only", "3 unfit or unknown"]
    worst = trace(figure, "3 unfit or unknown")
    assert worst.marker.pattern.shape
    assert set(worst.text) == {"unfit or unknown"}
    assert len(worst.base) == 3


def test_whoever_loses_most_stands_on_top(told, words):
    rows = [note.text for note in seat_figure(told.cover, words).layout.annotations if note.text.startswith("<b>")]
    assert all("at worst unfit or unknown" in row for row in rows[:3])
    assert all(row.endswith("certified") for row in rows[3:])


def test_who_does_not_come_aboard_has_no_seat_to_be_told_of(told, words):
    cover = told.cover[(told.cover["person"] != "mann") | (told.cover["run"] == "nominal")]
    assert "<b>Nicole Mann</b>  not aboard in this run" in texts(seat_figure(cover, words))


def test_each_quantity_has_a_panel_with_its_limit(told, words):
    figure = physics_figure(told.curves, words)
    assert {(trace.xaxis, trace.yaxis) for trace in figure.data} == {("x", "y"), ("x2", "y2"), ("x3", "y3")}
    assert "limit for a crewed return: 30 °C" in texts(figure)
    levels = [shape.y0 for shape in figure.layout.shapes if shape.y0 == shape.y1]
    assert levels == [200.0, 30.0]


def test_a_course_that_does_not_change_has_no_panel(told, words):
    same = pd.concat(
        [told.curves[told.curves["run"] == "disrupted"].assign(run=run) for run in ("nominal", "disrupted")]
    )
    assert not physics_figure(same, words).data


def test_the_truth_stands_above_what_centres_believe(told, words):
    figure = belief_figure(told.beliefs, words)
    rows = dict(zip(figure.layout.yaxis.ticktext, figure.layout.yaxis.tickvals, strict=True))
    assert next(iter(figure.layout.yaxis.ticktext)) == "truth"
    assert rows["truth"] > rows["TsUP Moscow"]
    assert {"failed", "unknown"} <= {trace.name for trace in figure.data}


def test_beliefs_that_never_change_are_left_out(quiet):
    assert not belief_figure(quiet.beliefs, words_of(quiet)).data


def test_a_thousand_activities_stay_few_traces(told, words):
    row = told.changes[told.changes["subject"] == "us-eva-83"]
    many = pd.concat([row.assign(subject=f"eva-{index}") for index in range(1000)], ignore_index=True)
    spans = told.spans[told.spans["subject"] == "us-eva-83"]
    spans = pd.concat([spans.assign(subject=f"eva-{index}") for index in range(1000)], ignore_index=True)
    figure = plan_figure(many, spans, told.events, told.causes, words)
    assert len(figure.data) < 12


def test_an_incident_stands_first_in_the_figure_of_beliefs_with_the_time_in_which_nobody_knew(told, words):
    figure = belief_figure(told.beliefs, words)
    names = [note.text for note in figure.layout.annotations if "<b>" in (note.text or "")]
    assert names[0] == "<b>External loop of Soyuz MS-22</b>  incident"
    (unaware,) = [trace for trace in figure.data if trace.name == "unaware"]
    assert list(unaware.x) == [300 * 1000, 1200 * 1000]
    assert "Until all knew" in [title for title, _, _ in figure.layout.meta["views"]]


def test_a_cabin_at_rest_that_only_comes_later_has_no_panel(told, words):
    row = {"subject": "crew-5", "quantity": "temperature", "unit": "degC", "value": 22.0}
    times = {"nominal": (100, 200), "disrupted": (150, 200)}
    curves = pd.DataFrame([row | {"run": run, "t_s": t_s} for run, found in times.items() for t_s in found])
    assert not physics_figure(curves, words).data
    warmer = curves.assign(value=curves["value"].where(curves["run"] == "nominal", 25.0))
    assert physics_figure(warmer, words).data


def test_no_axis_runs_beyond_the_end_of_the_run_or_far_before_it():
    impact = decided(whole("soyuz-ms22")).impact
    words = words_of(impact)
    end = words.axis(impact.manifest.horizon_s)
    found = {picture.id: picture.figure.layout for picture in pictures(impact, words) if picture.figure}
    assert {"plan", "hatches", "physics"} <= set(found)
    for name, layout in found.items():
        views = (layout.meta or {}).get("views", [])
        spans = [(lo, hi) for _, lo, hi in views] + [tuple(layout[axis].range) for axis in layout if axis == "xaxis"]
        for lo, hi in spans:
            assert hi <= end, name
            assert lo >= words.axis(-10 * 86400), name


def test_a_long_name_of_an_activity_is_not_cut_where_there_is_room():
    impact = decided(whole("soyuz-ms22")).impact
    figure = plan_figure(impact.changes, impact.spans, impact.events, impact.causes, words_of(impact))
    assert "<b>Seats of Sergey Prokopyev, Dmitry Petelin to Soyuz MS-23</b>  added, 2023-02-16" in texts(figure)


def test_the_caption_of_seats_says_for_how_long_who_is_worst_off(told, words):
    said = seat_caption(told.cover, words)
    assert "at worst a seat of class 3 (unfit or unknown), for " in said
    lasting = {"prokopyev": 3600, "rubio": 7200}
    rows = [
        (run, person, 0, lasts_s, level)
        for run, level in (("nominal", 0), ("disrupted", 3))
        for person, lasts_s in lasting.items()
    ]
    cover = pd.DataFrame(rows, columns=["run", "person", "start_s", "until_s", "level"])
    worst = "at worst a seat of class 3 (unfit or unknown)"
    assert f"Frank Rubio have {worst}, for 1 h to 2 h. In all classes but 0 it is 3 " in seat_caption(cover, words)
    one = cover[cover["person"] == "rubio"]
    assert f"Frank Rubio has {worst}, for 2 h. In all classes but 0 it is 2 person" in seat_caption(one, words)
