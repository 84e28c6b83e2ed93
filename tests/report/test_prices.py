"""What each rule costs, beside the rules: from what a saved run keeps."""

import re

import attrs
import pytest

from stationsim.impact.prices import ALL, MAIN, plain_prices, price_table, said
from stationsim.report.prices import MOST_OPEN, price_rows
from stationsim.report.render import page
from stationsim.report.rules import rule_rows


def priced(rule, **more):
    """Return what a run keeps of one rule."""
    facts = {"text": "A way home.", "severity": "safety", "waived_by": "nobody", "bound": ["vkd-56"], "outcomes": []}
    return {"rule": rule, **facts, "then": [], **dict.fromkeys(MAIN, 0.0), "note": None} | more


ROWS = (
    priced("EVA-R1", eva_delay=161.5, evas_flown=-1.0, crew_hours_lost=-2.0, outcomes=["vkd-56", "vkd-57"]),
    priced("EVA-2", then=["EVA-R1", "EVA-3"], bound=[]),
    priced("hold", **dict.fromkeys(MAIN), note="it stands in no book"),
    priced(ALL, text=None, severity=None, waived_by=None, activities_moved=1.0, outcomes=["us-eva-83"]),
)


@pytest.fixture
def shown(told):
    return attrs.evolve(told, prices=price_table(ROWS))


def test_a_rule_says_what_it_costs_and_spares_and_what_it_bound(shown, words):
    found = price_rows(shown, words)
    assert [(row["rule"], row["none"], row["costs"], row["spares"], row["others"], row["bound"]) for row in found] == [
        ("EVA-R1", "", ["EVAs flown −1", "EVA delay +161.5 d"], ["Crew-hours lost −2 h"], "2 activities", "VKD-56"),
        ("EVA-2", "nothing by itself: without it EVA-R1 and EVA-3 would bind", [], [], "nothing", "nothing"),
        ("hold", "not known: it stands in no book", [], [], "", "VKD-56"),
        ("All of them together", "", ["Activities moved +1"], [], "1 activity", "VKD-56"),
    ]
    assert [row["text"] for row in found] == ["A way home.", "A way home.", "A way home.", ""]


def test_the_page_shows_them_beside_the_rules_and_links_those_it_lists(shown, words):
    text = page(shown)
    mine = re.search(r'<section id="rules">.*?</section>', text, re.DOTALL)[0]
    assert '<h3 id="prices">What each rule costs</h3>' in mine
    assert "<div>EVA delay +161.5 d</div>" in mine
    targets = set(re.findall(r'id="(rule-[^"]+)"', mine))
    assert set(re.findall(r'href="#(rule-[^"]+)"', mine)) <= targets


def test_a_rule_that_has_a_price_stands_among_the_rules(told):
    named = {row["id"] for row in rule_rows(told)}
    rules = {**told.manifest.rules, "R-9": {"text": "Nobody said so."}}
    more = attrs.evolve(told, manifest=attrs.evolve(told.manifest, rules=rules))
    found = rule_rows(attrs.evolve(more, prices=price_table([priced("R-9"), priced(ALL)])))
    assert {row["id"] for row in found} == named | {"R-9"}


def test_without_it_the_page_says_in_a_line_how_to_get_it(told, quiet, words):
    assert price_rows(told, words) == []
    line = "<code>stationsim run soyuz-ms22 --deep</code> does it, or <code>stationsim report RUN --deep</code>"
    assert line in re.search(r'<p class="nothing" id="prices">.*?</p>', page(told), re.DOTALL)[0]
    assert 'id="prices"' not in page(attrs.evolve(told, prices=price_table([])))


def test_very_many_are_folded(told):
    many = [priced(f"R-{number}", eva_delay=1.0) for number in range(70)]
    text = page(attrs.evolve(told, prices=price_table(many)))
    open_, folded = text.split('<h3 id="prices">')[1].split("<details>", 1)
    assert open_.count('<th scope="row">') == MOST_OPEN
    assert "<summary>62 more</summary>" in folded
    assert "10 more stand in the saved run." in folded


def test_what_is_kept_is_read_again_and_told_in_words():
    table = price_table(ROWS)
    assert plain_prices(table) == list(ROWS)
    assert said(plain_prices(table)[0], {"vkd-56": "VKD-56"}) == (
        "EVA-R1: evas flown -1, eva delay +161.5 d; it spares crew hours lost -2 h; 2 activities come out otherwise\n"
        "    A way home. (safety, waived by nobody)\n"
        "    bound VKD-56"
    )
