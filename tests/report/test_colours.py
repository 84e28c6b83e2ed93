"""Do colour-blind readers tell apart what means different things? Where colours do not, a second sign does."""

from itertools import combinations

import pytest
from kernel.runs import decided, shipped, whole
from kernel.runs import told as run_of
from report.seen import MACHADO, PAPERS, distance, nearest, on

from stationsim.report.dress import DARK, LIGHT, dressed
from stationsim.report.figures import air, people, places, second
from stationsim.report.figures._lanes import Bar, bars
from stationsim.report.render import pictures
from stationsim.report.theme import LEVELS, OUTCOMES, STATES
from stationsim.report.words import words_of

APART = 20.0
"""Least CIE 1976 distance of two colours that speak alone; one just noticeable step is about 2.3."""
DRAWN = 10.0
"""Least distance of a pattern's strokes from the fill that they are on."""

SETS = {
    "outcomes": list(OUTCOMES.values()),
    "seats": list(LEVELS),
    "states": list(STATES.values()),
    "places": [*places._STATES.values(), places._AT_WORK],
    "hatches": [places._OPEN, places._SHUT],
    "second": list(second._STYLES),
    "people, behind": [people._SLEEP, people._WORK],
    "people": [people._BEFORE, people._AFTER, people._ADDED],
}
"""Styles that mean different things within one figure of bars."""


def close(looks, paper):
    """Return every two words whose colours somebody takes for one another, with the looks."""
    found = dict.fromkeys(looks)
    return [
        (one, other)
        for one, other in combinations(found, 2)
        if one[0] != other[0] and nearest(one[1][0], other[1][0], paper)[0] < APART
    ]


def test_the_simulation_is_that_of_its_source():
    assert all(sum(row) == pytest.approx(1.0, abs=1e-5) for matrix in MACHADO.values() for row in matrix)
    assert distance("#000000", "#FFFFFF", "#FFFFFF", "tritanopia") == pytest.approx(100, abs=0.1)
    red, green = "#D04A3A", "#7A7A1E"
    seen = {sight: distance(red, green, "#FFFFFF", sight) for sight in MACHADO}
    assert seen["deuteranopia"] < seen["normal"] / 3
    assert nearest("#0072B2", "#009E73", "#FFFFFF")[1] == "tritanopia"
    assert distance("rgba(0,0,0,0)", "#18212A", "#18212A", "normal") == 0


@pytest.mark.parametrize("theme", PAPERS)
@pytest.mark.parametrize("name", SETS)
def test_styles_of_a_figure_differ_in_colour_or_pattern(name, theme):
    looks = [(style.word, (style.color, style.pattern)) for style in SETS[name]]
    if name == "states":  # what is as bad looks the same, whatever it is of, and shares an entry of the legend
        looks = [("", look) for look in dict.fromkeys(look for _, look in looks)]
        looks = [(str(number), look) for number, (_, look) in enumerate(looks)]
    assert [pair for pair in close(looks, PAPERS[theme]) if pair[0][1][1] == pair[1][1][1]] == []


@pytest.mark.parametrize("theme", PAPERS)
def test_outcomes_differ_in_colour_or_symbol(theme):
    looks = [(style.word, (style.color, style.symbol)) for style in OUTCOMES.values()]
    assert [pair for pair in close(looks, PAPERS[theme]) if pair[0][1][1] == pair[1][1][1]] == []


@pytest.mark.parametrize("theme", PAPERS)
@pytest.mark.parametrize("name", SETS)
def test_a_pattern_can_be_seen_on_its_fill(name, theme, words):
    for style in SETS[name]:
        if not style.pattern:
            continue
        marker = bars("", [Bar(y=0, start_s=0, until_s=1)], words, style=style, height=1)["marker"]
        assert marker["pattern"]["shape"] == style.pattern
        paper = PAPERS[theme]
        for sight in MACHADO:
            drawn = over(marker["pattern"]["fgcolor"], marker["color"], paper)
            assert distance(drawn, marker["color"], paper, sight) >= DRAWN, (style.word, sight)


def over(stroke, fill, paper):
    """Return what a stroke of some transparency is on a fill, as a colour."""
    ground = "#" + "".join(f"{round(255 * part):02x}" for part in on(fill, paper))
    return "#" + "".join(f"{round(255 * part):02x}" for part in on(stroke, ground))


def sign(trace):
    """Return what of a trace speaks beside its colour: pattern and thickness, symbol, or dash and width."""
    if trace.type == "bar":
        return "bar", trace.marker.pattern.shape, trace.width
    if "markers" in trace.mode:
        return "marker", trace.marker.symbol, ""
    return "line", trace.line.dash or "solid", trace.line.width


def colour(trace):
    if trace.type == "bar":
        return trace.marker.line.color if trace.marker.color == "rgba(0,0,0,0)" else trace.marker.color
    return trace.marker.color if "markers" in trace.mode else trace.fillcolor or trace.line.color


@pytest.fixture(scope="module", params=["told", "soyuz-ms22", "soyuz-ms09-air"])
def impact(request, told):
    if request.param == "told":
        return told
    return (
        decided(whole("soyuz-ms22")).impact if request.param == "soyuz-ms22" else run_of(shipped(request.param)).impact
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_second_sign_is_really_drawn_in_every_figure(impact, theme):
    relying = set()
    for picture in pictures(impact, words_of(impact)):
        if picture.figure is None:
            continue
        traces = dressed(picture.figure, theme).data
        looks = [(t.name, (colour(t), sign(t))) for t in traces if isinstance(colour(t), str)]
        pairs = close(looks, PAPERS[theme])
        assert [(picture.id, *pair) for pair in pairs if pair[0][1][1] == pair[1][1][1]] == []
        relying |= {picture.id for _ in pairs}
    assert "plan" in relying  # grey circles and grey rings, say: there the sign is needed


def test_lines_of_air_differ_in_dash():
    assert len(set(air._DASH.values())) == len(air._DASH)
