"""The section of second failures: lanes over time, the figure, the rows, and the page around them."""

import re

import attrs
import pandas as pd
import pytest

from stationsim.ensemble.second import COLUMNS
from stationsim.report.figures.second import drawn_lanes, lanes, second_figure
from stationsim.report.render import page
from stationsim.report.second import MOST_OPEN, second_caption, second_rows

DAY_S = 86400


def row(failure, start_d, until_d, *, kind="ship", **more):
    """Return a row of second failures, days since the start; what is not told is zero."""
    counts = dict.fromkeys(("without", "none", "left", "already", "leave", "nominal_left", "nominal_leave"), 0) | more
    forced = {"evacuates": False, "nominal_evacuates": False} | more
    told = {"failure": failure, "name": failure.title(), "kind": kind, "nodes": more.get("nodes", (failure,))}
    times = {"start_s": start_d * DAY_S, "until_s": until_d * DAY_S, "start_utc": "", "until_utc": ""}
    new = counts["left"] - counts["nominal_left"]
    days = float(until_d - start_d)
    left = {"new": new, "days": days, "person_days": counts["left"] * days, "new_person_days": new * days, "people": ()}
    return {**told, **times, **counts, **left, **forced}


def table(*rows):
    return pd.DataFrame({name: pd.Series([one[name] for one in rows], dtype=dtype) for name, dtype in COLUMNS.items()})


@pytest.fixture
def second():
    return table(
        row("soyuz-ms-22", 1, 9, without=3, left=3, nominal_left=1),
        row("soyuz-ms-22", 9, 20, without=2, left=2, nominal_left=2),
        row("soyuz-ms-22", 1, 5, nodes=("soyuz-ms-22/engine",), without=5, left=5, nominal_left=1),
        row("zvezda", 2, 8, kind="volume", leave=3),
        row("zarya", 2, 8, kind="volume", leave=3),
        row("poisk", 3, 8, kind="volume", evacuates=True, leave=7),
    )


@pytest.fixture
def shown(told, second):
    return attrs.evolve(told, second=second)


def test_a_lane_is_the_worst_that_any_part_does_at_each_time(second):
    ship = next(lane for lane in lanes(second) if lane.failures == ("soyuz-ms-22",))
    worst = [(lo // DAY_S, hi // DAY_S, weight[1]) for lo, hi, weight in ship.disrupted]
    assert worst == [(1, 5, 5), (5, 9, 3), (9, 20, 2)]
    assert [(lo // DAY_S, hi // DAY_S, weight[1]) for lo, hi, weight in ship.nominal] == [(1, 9, 1), (9, 20, 2)]
    assert ship.new == (4 * 4 + 4 * 2) * DAY_S


def test_volumes_that_do_the_same_are_one_lane_and_what_sends_everybody_away_stands_on_top(second):
    assert [lane.failures for lane in lanes(second)] == [("poisk",), ("soyuz-ms-22",), ("zvezda", "zarya")]


def test_what_lasts_for_no_time_that_could_be_seen_is_not_drawn(second):
    brief = row("zvezda-zarya", 0, 0, kind="hatch", without=1, left=1) | {"until_s": 3600}
    longer = pd.concat([second, table(brief)], ignore_index=True)
    assert len(lanes(longer)) == 4
    assert len(drawn_lanes(longer)) == 3
    assert len(drawn_lanes(table(brief))) == 1


def test_bars_say_in_words_and_pattern_how_many_are_left(second, words):
    figure = second_figure(second, words)
    drawn = {(trace.name, trace.legendgroup, trace.showlegend): trace for trace in figure.data}
    for (name, _, is_after), trace in drawn.items():
        assert trace.marker.pattern.shape or name.startswith("nobody")
        assert is_after == bool(trace.text)
    texts = [text for trace in figure.data for text in trace.text or ()]
    assert sorted(texts) == [
        "2 without a seat", "3 into their ship", "3 without a seat", "5 without a seat", "everybody must leave",
    ]  # fmt: skip
    names = [note.text for note in figure.layout.annotations if note.text.startswith("<b>")]
    assert names[1].endswith("at worst 5 without a seat (4 d); before: 2 without a seat")
    assert names[2].startswith("<b>Air of ")


def test_rows_say_worst_first_what_fails_what_it_does_and_whether_that_is_new(shown):
    rows = second_rows(shown)
    assert [one["chip"] for one in rows] == ["new"] * 4 + ["as before"]
    assert rows[0] == {
        "sort": "new",
        "chip": "new",
        "when": "2022-12-15 (GMT 349) to 2022-12-23 (GMT 357) (8 d)",
        "failures": "Loss of Soyuz-Ms-22 with all that is in it",
        "effect": "Leaves 3 people without a seat, 2 more than without the incidents",
    }
    assert second_rows(attrs.evolve(shown, second=None)) == []


def test_the_caption_says_what_is_worst_and_how_to_read_the_bars(shown, words):
    assert second_caption(shown, words) == (
        "At worst one more failure leaves 5 people without a seat (2 without the incidents); some force everybody to "
        "leave. Each row is one thing more that fails at some time from 2022-12-15 on: the thick bar is what that "
        "would do then, the thin one above it the same without the incidents. What "
        "forces everybody to leave stands first, then what adds most person-days without a seat."
    )
    assert second_caption(attrs.evolve(shown, second=shown.second.iloc[:0]), words) == ""


def section(text):
    return re.search(r'<section id="second">.*?</section>', text, re.DOTALL)[0]


def test_the_page_shows_the_figure_the_worst_rows_and_folds_the_rest(shown):
    many = [row("soyuz-ms-22", n, n + 1, without=3, left=1 + n % 3) for n in range(1, 30)]
    text = page(attrs.evolve(shown, second=pd.concat([shown.second, table(*many)], ignore_index=True)))
    mine = section(text)
    assert '<a href="#second">Second failures</a>' in text
    assert 'data-for="second-figure"' in mine
    open_, folded = mine.split("<details>", 1)
    assert open_.count('<th scope="row">') == MOST_OPEN
    rest = len(many) + 5 - MOST_OPEN
    assert f"<summary>{rest} more</summary>" in folded
    assert folded.count('<th scope="row">') == rest
    assert page(shown) == page(shown)


def test_without_the_table_or_without_rows_the_page_says_so(told, shown):
    assert "<code>stationsim second leak</code> does it" in section(page(told)).replace(told.manifest.scenario, "leak")
    calm = section(page(attrs.evolve(shown, second=shown.second.iloc[:0])))
    assert "No single further failure leaves anybody without a seat." in calm
    assert "figure" not in calm


def test_names_in_it_are_text(shown):
    evil = "<script>alert(1)</script>"
    names = dict.fromkeys(shown.manifest.names, evil)
    second = shown.second.assign(name=evil)
    mine = section(page(attrs.evolve(shown, second=second, manifest=attrs.evolve(shown.manifest, names=names))))
    assert "<script>alert" not in mine
