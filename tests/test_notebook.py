"""How values look in a notebook: short, escaped, without scripts, and the same things that print says."""

from html.parser import HTMLParser

import attrs
import pytest
from impact.logs import sample_outcome

import stationsim as ss

EVIL = "<script>alert(1)</script>\u202e&\"'\U0001f680" + "n" * 400


class Tags(HTMLParser):
    """The elements of a piece of HTML; each is closed again."""

    def __init__(self, text):
        super().__init__()
        self.open, self.found, self.attributes, self.text = [], [], [], ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.found.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def outcome():
    return sample_outcome()


@pytest.fixture(scope="module")
def hostile(outcome):
    manifest = attrs.evolve(outcome.manifest, title=EVIL, names=dict.fromkeys(outcome.manifest.names, EVIL))
    return attrs.evolve(outcome, manifest=manifest)


def shown(value):
    html = value._repr_html_()
    tags = Tags(html)
    assert set(tags.found) <= {"div", "strong", "p", "table", "thead", "tbody", "tr", "th", "td", "pre"}
    assert tags.attributes == []
    assert len(html) < 12_000
    return tags.text


def test_a_scenario_tells_what_it_holds():
    text = shown(ss.load("soyuz-ms22"))
    assert "A coolant leak on Soyuz MS-22" in text
    assert "Scenario soyuz-ms22, 2022-12-14 to 2023-" in text
    assert "soyuz-ms-22/external-loop" in text
    assert "coolant-loop" in text


def test_an_outcome_an_impact_and_what_is_asked_of_them_tell_what_came_of_it(outcome):
    assert "What changed and what it cost" not in shown(outcome)
    assert "stationsim.assess(outcome) tells what changed and what it cost." in shown(outcome)
    impact = ss.assess(outcome)
    text = shown(impact)
    assert impact.headline in text
    assert "US EVA-83" in text
    assert "What it cost" in text
    for value in (ss.why(outcome, "vkd-56"), ss.show(outcome, "2022-12-17"), ss.diff(outcome, outcome)):
        assert shown(value).splitlines()[0] == str(value).splitlines()[0]


def test_names_are_text_and_are_cut(hostile):
    for value in (hostile, ss.assess(hostile), ss.why(hostile, "vkd-56"), ss.show(hostile, "2022-12-17")):
        text = shown(value)
        assert "\u202e" not in text
        assert "n" * 601 not in text
    assert "<script>" in shown(hostile)  # as text: Tags found no such element


def test_a_scenario_with_hostile_words_is_text():
    scenario = attrs.evolve(ss.load("arm-out"), title=EVIL, text=EVIL)
    assert shown(scenario).startswith("<script>alert(1)</script>&\"'\U0001f680nnn")


def test_long_tables_and_texts_are_cut_and_say_so():
    from stationsim.shown import card, pre

    assert "and 92 more" in Tags(card("t", (), ["n"], [[n] for n in range(100)])).text
    assert Tags(pre("\n".join(str(n) for n in range(100)))).text.endswith(
        "39\n... and 60 more lines: print it to see them"
    )


def test_tables_are_frames_whose_cells_are_text(hostile):
    impact = ss.assess(hostile)
    names = [field.name for field in attrs.fields(type(impact)) if hasattr(getattr(impact, field.name), "iloc")]
    assert len(names) > 15
    for name in names:
        html = getattr(impact, name)._repr_html_()
        assert "<script" not in html


def test_a_figure_is_returned_and_shows_itself(outcome):
    figure = ss.figures.plan(ss.assess(outcome), theme="dark")
    assert hasattr(figure, "_repr_mimebundle_")


@pytest.mark.parametrize("name", ["assumptions", "price", "hinges", "compare", "second_failures"])
def test_every_answer_in_words_has_html(name):
    import importlib
    import inspect

    module = importlib.import_module(ss._HOME[name])
    told = [
        one
        for _, one in inspect.getmembers(module, inspect.isclass)
        if one.__module__ == module.__name__ and hasattr(one, "text") and not one.__name__.startswith("_")
    ]
    assert told
    assert all(hasattr(one, "_repr_html_") for one in told)
