"""A plan of a thousand activities: the page is bounded, says what it leaves out, and every link leads somewhere."""

import pytest
from plotly.offline import get_plotlyjs
from report.crowd import crowded
from report.test_render import Elements, figures

from stationsim.report import bounds
from stationsim.report.figures.timeline import kept_figure
from stationsim.report.render import page
from stationsim.report.told import told_of, tree
from stationsim.report.words import words_of


@pytest.fixture(scope="module")
def many(told):
    return crowded(told)


@pytest.fixture(scope="module")
def text(many):
    return page(many)


def test_the_page_stays_light(text):
    assert len(text.replace(get_plotlyjs(), "").encode()) < 900_000


def test_rows_are_bounded_and_the_rest_is_counted(many, text):
    kept = int((many.changes["outcome"] == "kept").sum())
    changed = len(many.changes) - kept
    assert text.count('id="change-') == bounds.MOST_CHANGES + bounds.MOST_KEPT
    assert (
        f"And {changed - bounds.MOST_CHANGES} more changed; <code>stationsim export soyuz-ms22 --format csv</code>"
        in text
    )
    assert f"And {kept - bounds.MOST_KEPT} more farther from the incident;" in text
    assert f"<summary>{kept} kept as planned</summary>" in text
    assert f"<summary>{bounds.MOST_CHANGES - bounds.MOST_OPEN} more changed</summary>" in text
    assert f"And {len(many.ledger) - bounds.MOST_LEDGER} more;" in text
    assert f"{280_000 - 40_000} more characters stand in the saved run." in text


def test_every_link_leads_somewhere(text):
    found = Elements(text)
    ids = set(found.ids())
    links = {a["href"].removeprefix("#") for tag, a in found.found if tag == "a" and a["href"].startswith("#")}
    assert links <= ids


def test_what_stays_is_drawn_near_the_incident_and_the_caption_counts_the_rest(many, text):
    words = words_of(many)
    figure = kept_figure(many.changes, many.spans, words)
    assert len(figure.data[0].x) == bounds.MOST_KEPT
    assert max(figure.data[0].x) < "2022-12-20"
    assert figure.layout.height < 2600
    assert f"The {bounds.MOST_KEPT} nearest to the incident are drawn, " in text
    assert len(figures(text)["plan"]["layout"]["meta"]["things"]) <= 68


def test_a_tree_of_causes_is_cut_far_from_its_root_and_says_so(told, words):
    said = told_of(told, words)
    row = told.changes[told.changes["outcome"] != "kept"].iloc[0]
    whole, cut = (tree(said, row["subject"], row["cause_seq"], most) for most in (60, 2))

    def line(knot):
        return [knot["seq"], *(line(knot["up"][0]) if knot["up"] else [])]

    assert len(line(whole)) > 2
    assert line(cut) == line(whole)[:2]
    assert cut["cut"] + cut["up"][0]["cut"] > 0
    assert whole["cut"] == 0


def test_little_is_shown_whole(told):
    text = page(told)
    assert 'class="lead more"' not in text
    assert "left out)" not in text
