"""What a figure wears: the clothes of the page, light or dark, or a template of one's own."""

import json

import plotly.graph_objects as go
import plotly.io as pio
import pytest

from stationsim import figures
from stationsim.report.theme import INK, PAPER, REMOVED_BUTTONS

ALL = (
    "plan", "kept", "seats", "people", "resilience", "ports", "hatches", "places", "air", "physics", "consumables",
    "beliefs",
)  # fmt: skip


def worn(figure):
    return figure.layout.template.layout


def test_light_is_ink_on_paper_and_the_default(told):
    light = figures.plan(told)
    assert (worn(light).font.color, worn(light).paper_bgcolor) == (INK, PAPER)
    assert light == figures.plan(told, theme="light")


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("theme", ["light", "dark", "plotly_dark", "simple_white"])
def test_every_figure_wears_every_theme_and_never_a_button_that_uploads(told, name, theme):
    figure = getattr(figures, name)(told, theme=theme)
    assert isinstance(figure, go.Figure)
    assert tuple(worn(figure).modebar.remove) == REMOVED_BUTTONS
    assert worn(figure).paper_bgcolor == {
        "light": PAPER, "dark": "#18212A", "plotly_dark": "rgb(17,17,17)", "simple_white": "white",
    }[theme]  # fmt: skip


def test_nothing_is_drawn_in_dark_ink_on_a_dark_ground(told):
    dark = figures.plan(told, theme="dark")
    assert INK.lower() not in json.dumps(dark.to_plotly_json(), default=str).lower()
    assert {note.bgcolor for note in dark.layout.annotations if note.bgcolor} == {"rgba(24,33,42,0.92)"}
    arrows = next(trace for trace in dark.data if trace.name == "caused the change")
    assert (arrows.line.color, arrows.marker.color) == ("#E8EDF2", "#E8EDF2")


def test_a_template_of_ones_own_is_laid_over_that_of_the_page(told):
    mine = go.layout.Template(layout={"font": {"color": "#223344", "family": "Georgia"}})
    for given in (mine, mine.to_plotly_json()):
        figure = figures.seats(told, theme=given)
        assert (worn(figure).font.family, worn(figure).font.size) == ("Georgia", 13)
        assert worn(figure).legend.orientation == "h"
        assert worn(figure).paper_bgcolor == PAPER
    open_ = {"layout": {"modebar": {"remove": ["zoom"]}}}
    assert tuple(worn(figures.seats(told, theme=open_)).modebar.remove) == REMOVED_BUTTONS
    pio.templates["desk"] = mine
    try:
        assert worn(figures.seats(told, theme="desk")).font.family == "Georgia"
    finally:
        del pio.templates["desk"]


def test_an_unknown_theme_is_refused_with_those_that_there_are(told):
    with pytest.raises(ValueError) as caught:
        figures.plan(told, theme="drak")
    known = ", ".join(["light", "dark", *pio.templates])
    assert str(caught.value) == f"'drak' is not a theme. Themes: {known}. Did you mean 'dark'?"


@pytest.mark.parametrize("name", ALL)
def test_where_there_is_nothing_to_draw_the_figure_says_so(bare, name):
    figure = getattr(figures, name)(bare)
    assert len(figure.data) == 0
    assert [note.text for note in figure.layout.annotations] == ["There is nothing to draw in this run."]
