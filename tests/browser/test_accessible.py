"""Can the page be heard, and seen by colour-blind readers? Chromium's accessibility tree, and pictures as they see."""

from itertools import pairwise

import pytest

SIGHTS = ("protanopia", "deuteranopia", "tritanopia")
ACTING = {
    "button", "checkbox", "combobox", "DateTime", "DisclosureTriangle", "link", "listbox", "menuitem", "option",
    "radio", "searchbox", "slider", "spinbutton", "textbox", "graphics-symbol",
}  # fmt: skip
UNFOLD = "() => document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })"
DRAWN = "() => [...document.querySelectorAll('.plot')].every((div) => div.data)"
TABLES = """() => [...document.querySelectorAll("table")]
  .filter((one) => !one.ariaLabel || !one.tHead
    || ![...one.tHead.rows[0].cells].every((cell) => cell.tagName === "TH" && cell.textContent.trim()))
  .map((one) => one.closest("section").id + " " + one.className)"""


class Heard:
    """The accessibility tree of a page, without what is ignored."""

    def __init__(self, page):
        tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        self.all = {node["nodeId"]: node for node in tree}
        self.nodes = [node for node in tree if not node["ignored"]]

    @staticmethod
    def value(node, key):
        return str(node.get(key, {}).get("value", "")).strip()

    @staticmethod
    def properties(node):
        return {one["name"]: one["value"] for one in node.get("properties", [])}

    def of(self, *roles):
        """Return the nodes of these roles in the order in which they are read."""
        return [node for node in self.read() if self.value(node, "role") in roles]

    def read(self):
        """Return the nodes from the root on, each before its children."""
        open_, found = [next(iter(self.all))], []
        while open_:
            node = self.all[open_.pop()]
            open_ += [child for child in reversed(node.get("childIds", [])) if child in self.all]
            if not node["ignored"]:
                found.append(node)
        return found


@pytest.fixture(scope="module")
def heard(browser, report):
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(report.as_uri())
    page.wait_for_selector("html[data-drawn=yes]", timeout=60_000)
    page.evaluate(UNFOLD)
    page.wait_for_function(DRAWN)
    yield Heard(page)
    page.close()


def test_whatever_acts_has_a_name(heard):
    acting = [
        node
        for node in heard.nodes
        if heard.value(node, "role") in ACTING or heard.properties(node).get("focusable", {}).get("value")
    ]
    assert len(acting) > 1000
    assert [heard.value(node, "role") for node in acting if not heard.value(node, "name")] == []


def test_every_figure_has_a_name_of_its_own_a_description_and_details(heard):
    figures = heard.of("figure")
    names = [heard.value(node, "name") for node in figures]
    assert len(names) == len(set(names)) >= 10
    assert all(0 < len(name) < 80 for name in names)
    assert all(heard.value(node, "description") for node in figures)
    assert all("details" in heard.properties(node) for node in figures)
    assert [node for node in heard.of("image", "img") if not heard.value(node, "name")] == []


def test_headings_go_down_without_a_jump_and_are_read_in_the_order_of_the_sections(heard, opened, report):
    headings = [
        (int(heard.properties(node)["level"]["value"]), heard.value(node, "name")) for node in heard.of("heading")
    ]
    levels = [level for level, _ in headings]
    assert levels[0] == levels.count(1) == 1
    assert all(lower - upper <= 1 for upper, lower in pairwise(levels))
    page = opened(report).page
    titles = page.eval_on_selector_all(
        "main > section", "(all) => all.map((one) => one.querySelector('h2').textContent)"
    )
    assert [name for level, name in headings if level == 2] == titles
    links = page.eval_on_selector_all("nav a", "(all) => all.map((one) => one.hash.slice(1))")
    assert links == page.eval_on_selector_all("main > section", "(all) => all.map((one) => one.id)")


def test_every_table_has_a_name_and_a_head_over_each_column(heard, opened, report):
    assert opened(report).page.evaluate(TABLES) == []
    tables = heard.of("table")
    assert len(tables) > 40
    assert [node for node in tables if not heard.value(node, "name")] == []
    assert len(heard.of("columnheader")) > 200
    assert len(heard.of("rowheader")) > 500


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_the_page_as_colour_blind_readers_see_it_is_kept_to_look_at(opened, report, sight, scheme):
    watched = opened(report, scheme=scheme)
    page = watched.page
    page.context.new_cdp_session(page).send("Emulation.setEmulatedVisionDeficiency", {"type": sight})
    for name in ("plan", "seats", "people", "places", "beliefs", "second", "graph"):
        page.evaluate("(id) => document.getElementById(id).scrollIntoView({ behavior: 'instant' })", name)
        watched.settle()
        watched.keep(f"{sight}-{scheme}-{name}")
    watched.check()
