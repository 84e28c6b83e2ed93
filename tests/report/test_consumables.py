"""The section of consumables: the figure, its caption, its table, and the page around it."""

import attrs
import pytest
from impact.logs import DAY, sample_outcome

from stationsim import figures
from stationsim.impact.impact import Impact, assess
from stationsim.report.consumables import consumable_caption, consumable_rows
from stationsim.report.figures.consumables import consumable_figure
from stationsim.report.render import page
from stationsim.report.words import words_of

FOOD = {"name": "Food", "stock_kg": 980.0, "use_kg_per_day": 2.0, "reserve_s": 10 * DAY, "source": "test"}
WATER = {"name": "Water <b>", "stock_kg": 9000.0, "use_kg_per_day": 4.0, "reserve_s": 20 * DAY, "source": "test"}


def fed(*, is_late: bool = False, **consumables) -> Impact:
    """Return the leak of December, with people who eat; Progress MS-22 brings 140 kg of food, or it never comes."""
    outcome = sample_outcome()
    ships = outcome.manifest.ships
    ships = ships | {"progress-ms-22": ships["progress-ms-22"] | {"brings": {"food": 140.0}}}
    facts = {"consumables": consumables or {"water": WATER, "food": FOOD}, "ships": ships}
    gone = next(
        row.seq for row in outcome.disrupted if row.subject == "progress-ms-22" and row.kind == "docked" and row.t_s
    )
    log = outcome.disrupted.until(gone) if is_late else outcome.disrupted
    return assess(attrs.evolve(outcome, manifest=attrs.evolve(outcome.manifest, **facts), disrupted=log))


@pytest.fixture(scope="module")
def late() -> Impact:
    return fed(is_late=True)


def test_a_panel_has_a_line_per_run_through_its_vertices_and_the_reserve_at_zero(late):
    figure = consumable_figure(late.consumables, words_of(late))
    assert [(line.name, line.line.width) for line in figure.data] == [("after", 3.5), ("before", 1.5)] * 2
    after, before = figure.data[:2]
    assert list(after.y) == [60.0, -3.0]
    assert list(before.y) == [60.0, 0.62, 10.62, 7.0]
    assert [shape.y0 for shape in figure.layout.shapes if shape.line.dash == "dashdot"] == [0, 0]
    assert (figure.layout.xaxis.matches, figure.layout.xaxis2.matches) == (None, "x")
    texts = [note.text for note in figure.layout.annotations]
    assert texts[1:3] == ["the reserve of 10 d begins", "<b>Food</b>  days above the reserve"]
    assert figure == figures.consumables(late)


def test_what_loses_most_stands_first_and_names_stay_text(late):
    titles = [note.text for note in consumable_figure(late.consumables, words_of(late)).layout.annotations]
    assert [text for text in titles if text.startswith("<b>")] == [
        "<b>Food</b>  days above the reserve",
        "<b>Water &lt;b&gt;</b>  days above the reserve",
    ]


def test_the_caption_says_what_is_least_and_when_and_what_it_was(late):
    said = consumable_caption(late, words_of(late))
    assert said.startswith("Food comes down to")
    assert "Water <b> comes down to" in said
    calm = fed()
    assert ", instead of" not in consumable_caption(calm, words_of(calm))


def test_who_draws_upon_the_reserve_is_told():
    short = fed(food=FOOD | {"stock_kg": 100.0})
    assert "The reserve of food is drawn upon." in consumable_caption(short, words_of(short))


def test_the_table_says_a_span_of_both_runs_once(late):
    heads, rows = consumable_rows(late, words_of(late))
    assert len(heads) == len(rows[0])
    assert rows[-1][0] == "Water <b>"
    assert rows[-1][-1] == "both"
    assert {row[-1] for row in rows if row[0] == "Food"} >= {"before"}


def test_the_page_has_the_section_only_where_there_are_consumables(late, told):
    shown = page(late)
    assert '<section id="consumables">' in shown
    assert '<a href="#consumables">Consumables</a>' in shown
    assert shown.index('<section id="physics">') < shown.index('<section id="consumables">')
    assert 'id="consumables"' not in page(told)
    assert "Consumable margin" in shown


def test_nobody_aboard_uses_nothing(late):
    none = late.consumables.assign(rate_kg_per_d=0.0, margin_d=float("nan"))
    alone = attrs.evolve(late, consumables=none)
    assert consumable_caption(alone, words_of(alone)) == "Nobody is aboard, so nothing is used up."
    assert not consumable_figure(none, words_of(alone)).data
    assert "Nobody is aboard, so nothing is used up." in page(alone)
    assert consumable_rows(alone, words_of(alone))[1][0][2] == "nobody aboard"
    assert figures.consumables(alone).layout.annotations[0].text == "There is nothing to draw in this run."


def test_the_figure_stays_small(late):
    assert len(consumable_figure(late.consumables, words_of(late)).to_json()) < 30_000
