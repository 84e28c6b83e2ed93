"""The dependency graph as a figure that stands still: its states by sign and colour, its labels, its arrows."""

import attrs
import pytest

import stationsim as ss
from stationsim.report import network as drawn
from stationsim.report.figures.graph import network_figure
from stationsim.report.network import BOX, HIGH, network
from stationsim.report.render import graph_picture, page
from stationsim.report.theme import INK, STATES
from stationsim.report.told import told_of


@pytest.fixture(scope="module")
def net(told, words):
    return network(told, words, told_of(told, words))


def boxes(figure, state):
    """How many boxes have this state; None where the legend does not name it."""
    trace = next(trace for trace in figure.data if trace.fill == "toself" and trace.name.endswith(state))
    return sum(at is None for at in trace.x) if trace.x != (None,) else 0


def test_at_its_worst_moment_every_node_is_a_box_with_its_state_in_colour_sign_and_words(net):
    figure = network_figure(net)
    counts = {state: boxes(figure, state) for state in ("nominal", "degraded", "unknown", "failed")}
    assert sum(counts.values()) == len(net.nodes)
    assert counts["failed"] + counts["degraded"] + counts["unknown"] > 0
    legend = [(trace.name, trace.fillcolor) for trace in figure.data if trace.showlegend]
    assert legend == [
        ("nominal", STATES["nominal"].color),
        ("≈ degraded", STATES["degraded"].color),
        ("? unknown", STATES["unknown"].color),
        ("✕ failed", STATES["failed"].color),
    ]
    assert figure.layout.legend.title.text == f"What is true at {net.moments[net.worst]['utc']}:  "
    signs = [text for text in figure.data[-1].text[1::2] if text != "<b></b>"]
    assert len(signs) == len(net.nodes) - counts["nominal"]


def test_other_moments_and_beliefs_can_be_drawn(net):
    first = network_figure(net, moment=0)
    assert boxes(first, "nominal") == len(net.nodes)
    view, whose = net.views[1]
    assert network_figure(net, view=view).layout.legend.title.text.startswith(f"{whose} at ")


def test_names_stand_inside_their_boxes_in_dark_ink_and_smaller_where_they_are_long(net):
    texts = network_figure(net, theme="dark").data[-1]
    assert texts.textfont.color == INK
    for node, x, y, text, size in zip(
        net.nodes, texts.x[::2], texts.y[::2], texts.text[::2], texts.textfont.size[::2], strict=True
    ):
        assert node["x"] < x < node["x"] + BOX
        assert y == node["y"] + HIGH / 2
        assert (text.count("<br>") < 2) == (size == 12)


def test_an_arrow_ends_where_its_box_begins(net):
    heads = next(trace for trace in network_figure(net).data if trace.mode == "markers")
    left = {(node["x"] - 4, node["y"] + HIGH // 2) for node in net.nodes}
    assert len(heads.x) == len(net.edges)
    assert set(zip(heads.x, heads.y, strict=True)) <= left


def test_it_is_as_wide_as_other_figures_or_as_it_needs(net):
    assert network_figure(net).layout.width == max(1200, net.width + 16)
    assert network_figure(attrs.evolve(net, width=2000)).layout.width == 2016


def test_it_is_among_the_figures_and_a_run_in_which_nothing_moved_says_so(told, quiet, words, net):
    assert ss.figures.graph(told) == network_figure(net) == graph_picture(told, words).figure
    assert ss.figures.graph(told, theme="dark") == network_figure(net, theme="dark")
    assert ss.figures.graph(quiet).layout.annotations[0].text == "There is nothing to draw in this run."
    assert graph_picture(quiet, words).figure is None


def test_the_page_says_how_many_boxes_have_no_room(told, words, monkeypatch):
    monkeypatch.setattr(drawn, "MOST_NODES", 0)
    few = network(told, words, told_of(told, words))
    assert few.cut > 0
    assert f"{few.cut} beside what it moved for want of room" in page(told)
    monkeypatch.undo()
    assert network(told, words, told_of(told, words)).cut == 0
    assert "for want of room" not in page(told)
