"""Documented history on the plan: crosses of their own, words that they are no input, and nothing without a file."""

import attrs
import pandas as pd
import pytest
from report.test_render import Elements, figures

import stationsim as ss
from stationsim.report.documented import LEGEND, documented, with_documented
from stationsim.report.figures.timeline import kept_figure, plan_figure
from stationsim.report.render import page

COLUMNS = ("at", "subject", "what", "attributable", "conf", "source")


@pytest.fixture
def history():
    rows = [
        ("2022-12-15T02:45Z", "vkd-56", "called off", True, "H", "agency"),
        ("2022-12-22", "us-eva-83", "flown", False, "H", "blog"),
        ("2023-01-20", "us-eva-84", "flown", True, "M", "blog"),
        ("2023-04-06T08:45Z", "soyuz-ms-23", "relocated", True, "H", "<b>agency</b>"),
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table.attrs["history"] = "iss-2022-12"
    return table


def crosses(figure):
    return next(trace for trace in figure.data if trace.name == LEGEND)


def test_a_cross_stands_in_the_row_of_its_activity_at_the_documented_time(told, words, history):
    figure = with_documented(plan_figure(told.changes, told.spans, told.events, told.causes, words), history, words)
    drawn = crosses(figure)
    rows = {thing: y for y, thing in figure.layout.meta["things"]}
    assert list(drawn.x)[:2] == ["2022-12-15T02:45:00", "2022-12-22T12:00:00"]  # a day without a clock: at its noon
    assert list(drawn.y)[:2] == [rows["vkd-56"] - 0.26, rows["us-eva-83"] - 0.26]
    assert (drawn.marker.symbol, drawn.showlegend) == ("cross", None)
    assert drawn.hovertext[1] == (
        "<b>US EVA-83</b><br>Documented, not an input: 2022-12-22 (GMT 356)<br>flown<br>Source: blog"
    )
    assert figure.layout.showlegend


def test_what_stays_as_planned_has_its_crosses_too(told, words, history):
    figure = with_documented(kept_figure(told.changes, told.spans, words), history, words, "kept")
    assert list(crosses(figure).x) == ["2023-01-20T12:00:00"]


def test_the_section_says_that_it_is_no_input_and_who_says_so(told, history):
    text = page(told, history)
    assert "<b>✚ Documented history, not an input.</b> 3 of 4 published events (iss-2022-12)" in text
    assert "No plan, rule or decision of this run knows them." in text
    assert "Sources: agency; blog; &lt;b&gt;agency&lt;/b&gt;." in text
    assert "flown (not because of the incident)" in text
    assert any(trace.get("name") == LEGEND for trace in figures(text)["plan"]["data"])
    ids = Elements(text).ids()
    assert len(ids) == len(set(ids))


def test_it_is_off_by_default_and_changes_nothing_else(told, history):
    plain = page(told)
    assert "ocumented" not in plain.replace(".documented", "")
    assert figures(plain)["seats"] == figures(page(told, history))["seats"]
    assert ss.figures.plan(told, history=history) != ss.figures.plan(told)


def test_the_table_sets_each_event_beside_its_counterpart_in_this_run(told, words, history):
    said = documented(history, told, words)
    assert [(row["name"], row["when"], row["now"], row["days"]) for row in said.rows] == [
        ("VKD-56", "2022-12-15 02:45 UTC (GMT 349)", "called off 2022-12-15 03:10 UTC (GMT 349)", "0"),
        ("US EVA-83", "2022-12-22 (GMT 356)", "started 2022-12-21 (GMT 355)", "−1"),
        ("US EVA-84", "2023-01-20 (GMT 020)", "started 2023-01-20 (GMT 020)", "0"),
        ("soyuz-ms-23", "2023-04-06 08:45 UTC (GMT 096)", "no counterpart: the run is over by then", ""),
    ]
    assert said.met == (3, 2)
    text = page(told, history)
    assert '<td data-head="Days (this run minus history)">−1</td>' in text
    assert all(f'href="#event-{seq}"' in text and f'id="event-{seq}"' in text for seq in said.seqs)


def test_where_the_run_has_no_counterpart_the_table_says_what_it_has(told, words, history):
    other = history.assign(at="2023-01-15", what=["flown", "cancelled", "photographed after docking", "relocated"])
    assert [row["now"] for row in documented(other, told, words).rows] == [
        "no counterpart; here: no date",
        "no counterpart; here: moved, 2022-12-21 (GMT 355)",
        "started 2023-01-20 (GMT 020)",
        "no counterpart",
    ]


def test_the_history_of_something_else_is_refused(told, words, history):
    other = history.assign(subject="moon-1")
    other.attrs["history"] = "moon"
    with pytest.raises(ss.ScenarioError) as caught:
        documented(other, told, words)
    assert str(caught.value) == (
        "moon: none of its 4 events is about an activity of soyuz-ms22. Give the history of the same plan. "
        "Its activities: vkd-56, us-eva-83, vkd-57, crs-26-undocking ..."
    )
    with pytest.raises(ss.ScenarioError) as caught:
        page(told, history.drop(columns="source"))
    assert str(caught.value) == (
        "history: the column 'source' is missing. Columns: at, subject, what, attributable, source. "
        "Read a file with stationsim.read_history."
    )


def test_a_page_with_nothing_changed_takes_a_history(quiet, history):
    calm = attrs.evolve(quiet, changes=quiet.changes)
    assert "✚ Documented history" in page(calm, history)
