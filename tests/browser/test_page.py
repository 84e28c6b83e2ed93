"""Does the page do what it says, in a real browser? Pictures of each state are kept in build/screens."""

import re
from pathlib import Path

import attrs
import pytest

import stationsim as ss
from stationsim.impact.hinged import Hinged
from stationsim.report import twins

SECTIONS = [
    "story", "plan", "changes", "seats", "people", "resilience", "ports", "hatches", "places", "physics", "consumables",
    "beliefs",
    "decisions", "hinges", "second", "graph", "ledger", "margins", "rules", "events", "provenance",
]  # fmt: skip
SHAPES = "(id) => (document.getElementById(`${id}-figure`).layout.shapes || []).length"
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
TEXTS = [
    "h1", ".headline", ".costs", ".tile b", ".tile small", "nav a", "figcaption", ".lead", "td small", ".when",
    "summary", "a", ".key .s-degraded", ".key .s-unknown", ".key .s-failed", "button.main",
]  # fmt: skip
CONTRAST = """(selectors) => {
  const canvas = document.createElement("canvas").getContext("2d");
  const rgb = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const linear = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const bright = (colour) => rgb(colour).reduce((sum, v, i) => sum + linear(v / 255) * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)") return colour;
    }
    return "white";
  };
  return Object.fromEntries(selectors.map((selector) => {
    const element = document.querySelector(selector);
    const two = [bright(getComputedStyle(element).color), bright(ground(element))];
    return [selector, (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05)];
  }));
}"""
NAMELESS = """() => {
  const sorts = ["button", "input", "select", "[role=button]", "[tabindex]"].map((sort) => `main ${sort}`);
  const named = (e) => e.getAttribute("aria-label") || e.textContent.trim() || e.closest("label");
  return [...document.querySelectorAll(sorts.join())].filter((e) => !e.closest(".plot") && !named(e)).length;
}"""
WIDEST = """() => [...document.querySelectorAll("header *, main *")]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll, svg, pre, .plot"))
  .map((e) => `${e.tagName} ${e.className} ${e.textContent.slice(0, 40)}`).slice(0, 5)"""


def test_every_section_stands_there_in_order_and_nothing_is_asked_for(opened, report):
    watched = opened(report)
    ids = watched.page.eval_on_selector_all("main > section", "(all) => all.map((one) => one.id)")
    assert ids == SECTIONS
    links = watched.page.eval_on_selector_all("nav a", "(all) => all.map((one) => one.hash.slice(1))")
    assert links == SECTIONS
    assert watched.page.locator("nav").evaluate("(nav) => nav.scrollWidth <= nav.clientWidth")
    assert watched.page.locator(".tile").count() == 6
    watched.keep("top")
    watched.keep("whole", full_page=True)
    watched.check()


def test_every_figure_is_drawn_without_a_button_that_uploads(opened, report):
    watched = opened(report)
    watched.page.evaluate("() => document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
    watched.page.wait_for_function("() => [...document.querySelectorAll('.plot')].every((div) => div.data)")
    watched.settle()
    plots = watched.page.locator(".plot").count()
    assert plots >= 8
    assert watched.page.locator(".plot .main-svg").count() >= plots
    titles = watched.page.eval_on_selector_all(".modebar-btn", "(all) => all.map((one) => one.dataset.title || '')")
    assert titles
    assert not [title for title in titles if re.search(r"cloud|studio|upload|edit", title, re.IGNORECASE)]
    watched.check()


def test_the_policy_of_the_page_forbids_the_network(opened, report):
    watched = opened(report)
    refused = watched.page.evaluate(
        """async () => {
          const blocked = [];
          document.addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
          await fetch("https://example.invalid/").catch(() => {});
          const image = new Image();
          image.src = "https://example.invalid/a.png";
          await new Promise((done) => setTimeout(done, 200));
          return blocked;
        }"""
    )
    assert set(refused) == {"connect-src", "img-src"}


def test_the_slider_colours_the_graph_and_a_box_says_why(opened, report):
    watched = opened(report)
    page = watched.page
    slide = (
        "(at) => { const s = document.getElementById('graph-at'); s.value = at; s.dispatchEvent(new Event('input')); }"
    )
    page.evaluate(slide, 0)
    assert page.locator("#graph .node.s-nominal").count() == page.locator("#graph .node").count()
    page.evaluate(slide, 99)
    failed = page.locator("#graph .node.s-failed")
    assert failed.count() == 3
    assert page.locator("#graph-when").inner_text().startswith("2023-02-16")
    loop = page.locator('[data-node="soyuz-ms-22/external-loop"]')
    assert loop.get_attribute("aria-label").endswith(": failed")
    loop.focus()
    page.keyboard.press("Enter")
    why = page.locator("#graph-why")
    assert "external cooling loop of Soyuz MS-22" in why.inner_text()
    assert "struck external cooling loop" in why.inner_text()
    assert why.locator("a").count() >= 2
    page.locator("#graph").scroll_into_view_if_needed()
    watched.keep("graph")
    page.select_option("#graph-view", "houston")
    page.evaluate(slide, 2)
    assert page.locator("#graph .node.s-failed").count() == 0  # Houston is told later
    watched.check()


def test_the_slider_moves_by_keys(opened, report):
    watched = opened(report)
    watched.page.locator("#graph-at").focus()
    watched.page.keyboard.press("Home")
    before = watched.page.locator("#graph-when").inner_text()
    watched.page.keyboard.press("ArrowRight")
    assert watched.page.locator("#graph-when").inner_text() != before


def test_the_story_steps_in_words_and_the_page_follows(opened, report):
    watched = opened(report)
    page = watched.page
    first = page.locator("#story-now").inner_text()
    assert "struck external cooling loop of Soyuz MS-22" in first
    lines = page.evaluate(SHAPES, "plan")
    page.click("[data-step=on]")
    watched.settle()
    assert page.locator("#story-at").inner_text().startswith("2 of ")
    assert page.locator("#story-now").inner_text() != first
    assert page.evaluate(SHAPES, "plan") > lines
    page.focus("#teller")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    watched.settle()
    assert page.locator("#story-at").inner_text().startswith("12 of ")
    assert page.locator("#graph-when").inner_text().startswith("2022-12-15 00:46")
    watched.keep("story")
    page.keyboard.press("ArrowLeft")
    assert page.locator("#story-at").inner_text().startswith("11 of ")
    assert page.locator("#story-now a").count() >= 1
    watched.check()


def test_what_is_chosen_in_a_table_is_marked_everywhere_and_escape_clears_it(opened, report):
    watched = opened(report)
    page = watched.page
    before = {name: page.evaluate(SHAPES, name) for name in ("plan", "people")}
    page.click('[data-pick="vkd-56"]')
    watched.settle()
    assert page.locator("#chosen").inner_text().startswith("Chosen: VKD-56")
    assert page.locator('[data-pick="vkd-56"]').get_attribute("aria-pressed") == "true"
    assert page.evaluate(SHAPES, "plan") == before["plan"] + 1
    assert page.evaluate(SHAPES, "people") > before["people"]
    assert page.locator("#event-table tr.chosen").count() >= 3
    assert page.locator("#ledger tr.chosen").count() >= 1
    page.evaluate("() => scrollTo(0, document.getElementById('plan').offsetTop)")
    watched.keep("chosen")
    page.keyboard.press("Escape")
    watched.settle()
    assert {name: page.evaluate(SHAPES, name) for name in before} == before
    assert page.locator("tr.chosen").count() == 0
    assert page.locator("#chosen").is_hidden()
    watched.check()


def test_what_is_chosen_in_a_figure_is_marked_in_tables_and_other_figures(opened, report):
    watched = opened(report)
    page = watched.page
    before = page.evaluate(SHAPES, "ports")
    page.locator("#plan").scroll_into_view_if_needed()
    spot = page.evaluate(
        """() => {
          const div = document.getElementById("plan-figure");
          div.scrollIntoView({ block: "start", behavior: "instant" });
          scrollBy({ top: -80, behavior: "instant" });
          const [y, thing] = div.layout.meta.things.find(([, id]) => id === "vkd-56");
          const isIt = (at) => Math.abs(at - (y - 0.38)) < 0.01;
          const trace = div.data.find((one) => one.mode === "markers" && one.y.some(isIt));
          const index = trace.y.findIndex(isIt);
          const box = div.getBoundingClientRect();
          const { xaxis, yaxis } = div._fullLayout;
          const x = xaxis._offset + xaxis.d2p(trace.x[index]);
          return [box.left + x, box.top + yaxis._offset + yaxis.d2p(trace.y[index])];
        }"""
    )
    page.mouse.move(*spot)
    watched.settle()
    page.mouse.click(*spot)
    watched.settle()
    assert page.locator("#chosen").inner_text().startswith("Chosen: VKD-56")
    assert page.locator('tr[data-thing="vkd-56"].chosen').count() >= 1
    page.keyboard.press("Escape")
    page.click('[data-pick="soyuz-ms-23-launch"]')  # an activity brings its ship along
    watched.settle()
    assert page.evaluate(SHAPES, "ports") > before
    watched.check()


@pytest.mark.parametrize(
    ("thing", "sections"),
    [
        ("soyuz-ms-22", {"physics", "decisions"}),
        ("vkd-56", {"physics", "resilience", "consumables", "margins"}),
        ("crew-5", {"margins", "physics"}),
        ("prokopyev", {"decisions", "seats"}),
    ],
)
def test_a_chosen_thing_is_marked_in_sections_without_a_row_of_it_too(opened, report, thing, sections):
    watched = opened(report)
    page = watched.page
    count = """(id) => document.querySelectorAll(`#${id} .chosen[data-thing]`).length
      + ((document.getElementById(`${id}-figure`) || {}).layout?.shapes || []).length"""
    before = {name: page.evaluate(count, name) for name in sections}
    row = page.locator(f'#event-table tr[data-thing^="{thing} "], #event-table tr[data-thing="{thing}"]')
    row.first.evaluate("(one) => { location.hash = one.id; }")
    watched.settle()
    assert page.locator("#chosen").is_visible()
    assert {name for name in sections if page.evaluate(count, name) > before[name]} == sections
    page.wait_for_timeout(900)
    page.evaluate("() => document.getElementById('physics').scrollIntoView({ behavior: 'instant' })")
    watched.settle()
    watched.keep(f"chosen-{thing}")
    page.keyboard.press("Escape")
    watched.settle()
    assert {name: page.evaluate(count, name) for name in sections} == before
    watched.check()


def test_a_link_to_an_event_lands_even_where_it_is_folded_away(opened, report):
    quiet = opened(report).page.eval_on_selector_all("tr.quiet", "(all) => all[60].id")
    for target in (quiet, "event-201"):
        watched = opened(report, to=f"#{target}")
        watched.settle()
        watched.page.wait_for_timeout(900)
        row = watched.page.locator(f"#{target}")
        assert row.is_visible()
        box = row.bounding_box()
        assert 0 <= box["y"] < 1000
        assert "chosen" in row.get_attribute("class")
        watched.check()
    watched.keep("event")


@pytest.mark.parametrize("target", ["why-vkd-58", "ledger-coolant_lost", "change-us-eva-83"])
def test_a_link_opens_what_is_folded_around_its_target(opened, report, target):
    watched = opened(report, to=f"#{target}")
    watched.page.wait_for_timeout(600)
    found = watched.page.locator(f"#{target}")
    assert found.is_visible()
    if not target.startswith("change"):
        assert found.evaluate("(one) => one.open")
    watched.check()


def test_every_number_leads_to_the_events_behind_it(opened, report):
    page = opened(report).page
    dead = page.evaluate(
        "() => [...document.links].filter((a) => !document.getElementById(a.hash.slice(1))).map((a) => a.hash)"
    )
    assert dead == []
    page.locator(".tile", has_text="EVA delay").click()
    page.wait_for_timeout(600)
    assert page.evaluate("() => location.hash") == "#ledger-eva_delay"
    page.locator("#ledger-eva_delay a").first.click()
    cause = page.locator("tr:has(th:target) td[data-head=Cause] a")
    cause.click()
    page.wait_for_timeout(600)
    assert page.locator("#event-table tr:target").is_visible()


def test_steps_of_a_waterfall_add_up(opened, report):
    page = opened(report).page
    sums = page.evaluate(
        """() => [...document.querySelectorAll(".fall")].map((fall) => {
          const bars = [...fall.querySelectorAll(".bar span")].map((bar) => bar.style);
          const ends = bars.map((bar) => [parseFloat(bar.marginLeft), parseFloat(bar.width)]);
          return ends.every(([left, wide]) => left >= -0.01 && left + wide <= 100.05);
        })"""
    )
    assert sums
    assert all(sums)


def test_the_events_are_filtered_by_text_kind_time_and_what_is_chosen(opened, report):
    watched = opened(report)
    page = watched.page
    rows = page.locator("#event-table tbody tr:visible")
    said = page.locator("#count-event")

    def shown():
        count = rows.count()
        assert said.inner_text().startswith(f"{count} of ")
        return count

    every = shown()
    page.fill("#find-event", "vkd-57")
    assert 0 < shown() < 20
    page.fill("#find-event", "")
    assert shown() == every
    assert "more led to no change" in said.inner_text()
    page.check("#all-events")
    assert shown() > every
    assert "more" not in said.inner_text()
    page.locator("#kind-event").focus()
    page.keyboard.type("alarmed")  # a select is chosen from by its letters
    assert page.input_value("#kind-event") == "alarmed"
    assert shown() == 1
    page.click("#clear-event")
    page.fill("#from-event", "2022-12-15 00:45")
    page.fill("#until-event", "2022-12-15 00:46")
    times = page.locator("#event-table tbody tr:visible .utc").all_inner_texts()
    assert {time[:16] for time in times} == {"2022-12-15 00:45", "2022-12-15 00:46"}
    assert 10 < shown() < 60
    page.fill("#from-event", "2022-12-16")
    page.fill("#until-event", "2022-12-16")
    times = page.locator("#event-table tbody tr:visible .utc").all_inner_texts()
    assert {time[:10] for time in times} == {"2022-12-16"}  # a day alone is the whole day
    page.click("#clear-event")
    page.check("#chosen-event")
    whole = shown()
    page.click('[data-pick="vkd-56"]')
    assert 3 < shown() < whole
    assert page.locator("#event-table tbody tr:visible:not(.chosen)").count() == 0
    watched.keep("filtered")
    page.evaluate("() => { location.hash = '#event-0'; }")  # a link into what is filtered away clears the filter
    page.wait_for_timeout(600)
    assert page.locator("#event-0").is_visible()
    watched.check()


def test_a_twin_that_is_too_long_for_the_page_is_whole_when_it_is_unfolded(opened, impact, tmp_path, monkeypatch):
    monkeypatch.setattr(twins, "MOST_ROWS", 20)
    monkeypatch.setattr(twins, "MOST_PACKED", 100)
    watched = opened(ss.render(impact, tmp_path / "short.html"))
    page = watched.page
    rows = page.locator("#places .twin tbody tr")
    assert rows.count() == 20
    page.locator("#places .twin summary").click()
    page.wait_for_timeout(200)
    assert rows.count() == 120
    assert rows.nth(100).locator("td").count() == page.locator("#places .twin thead th").count()
    assert "more rows; stationsim export soyuz-ms22 --format csv has them all" in page.locator("#places").inner_text()
    dead = page.evaluate(
        "() => [...document.links].filter((a) => !document.getElementById(a.hash.slice(1))).map((a) => a.hash)"
    )
    assert dead == []
    watched.check()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_its_ground(opened, report, scheme):
    watched = opened(report, scheme=scheme)
    ratios = watched.page.evaluate(CONTRAST, TEXTS)
    assert {name: round(ratio, 1) for name, ratio in ratios.items() if ratio < 4.5} == {}


def test_dark_is_dark_and_follows_the_reader(opened, report):
    watched = opened(report, scheme="dark")
    page = watched.page
    ground = "() => getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(16, 22, 28)"
    ink = "() => document.getElementById('plan-figure').layout.template.layout.font.color"
    assert page.evaluate(ink) == "#e8edf2"
    watched.keep("dark")
    page.locator("#graph").scroll_into_view_if_needed()
    watched.keep("dark-graph")
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(800)
    assert page.evaluate(ink) == "#16202b"
    watched.check()


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_scrolls_sideways(opened, report, width):
    watched = opened(report, width=width, height=844)
    page = watched.page
    assert page.evaluate(SIDEWAYS) <= 0
    page.evaluate("() => document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
    page.wait_for_timeout(800)
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(WIDEST) == []
    page.evaluate("() => document.querySelectorAll('main details').forEach((fold) => { fold.open = false; })")
    if width == 390:
        for name in ("story", "changes", "seats", "graph", "ledger"):
            page.locator(f"#{name}").scroll_into_view_if_needed()
            page.evaluate("(id) => document.getElementById(id).scrollIntoView({ behavior: 'instant' })", name)
            watched.keep(f"phone-{name}")
    watched.check()


def test_names_of_rows_end_inside_a_narrow_page(opened, report):
    watched = opened(report, width=390, height=844)
    page = watched.page
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".plot .annotation")]
          .filter((one) => one.getBoundingClientRect().right > one.closest(".plot").getBoundingClientRect().right + 4)
          .map((one) => `${one.closest(".plot").id}: ${one.textContent}`)"""
    )
    assert cut == []
    page.evaluate("() => document.getElementById('events').scrollIntoView({ behavior: 'instant' })")
    watched.settle()
    watched.keep("phone-events")
    watched.check()


def test_the_page_prints_on_paper_without_being_cut(opened, report, tmp_path):
    watched = opened(report)
    paper = watched.page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True, print_background=True)
    assert paper.startswith(b"%PDF")
    pages = len(re.findall(rb"/Type\s*/Page\b", paper))
    assert 5 < pages < 45
    watched.page.emulate_media(media="print")
    watched.page.set_viewport_size({"width": 696, "height": 1000})
    watched.page.wait_for_timeout(500)
    assert watched.page.evaluate(SIDEWAYS) <= 0
    assert watched.page.locator("nav").is_hidden()
    assert (
        watched.page.evaluate("() => getComputedStyle(document.querySelector('.headline')).color") == "rgb(22, 32, 43)"
    )
    watched.keep("print", full_page=True)
    watched.check()


def test_each_figure_has_a_text_twin_and_a_name(opened, report):
    page = opened(report).page
    for figure in page.locator("figure:has(.plot)").all():
        assert figure.locator("figcaption").inner_text() or not figure.is_visible()
        assert figure.get_attribute("aria-label")
        for told in ("aria-describedby", "aria-details"):
            assert page.locator(f"#{figure.get_attribute(told)}").count() == 1
    names = (
        "seats",
        "people",
        "resilience",
        "ports",
        "hatches",
        "places",
        "physics",
        "consumables",
        "beliefs",
        "graph",
    )
    for name in names:
        assert page.locator(f"#{name} .twin tbody tr").count() > 0
    assert page.evaluate(NAMELESS) == 0


def test_second_failures_are_drawn_in_lanes_and_told_in_rows_worst_first(opened, report):
    watched = opened(report)
    page = watched.page
    page.locator("#second").scroll_into_view_if_needed()
    watched.settle()
    data = page.evaluate("() => document.getElementById('second-figure').data.map((trace) => trace.name)")
    assert {"1 or 2 without a seat", "3 or 4 without a seat", "5 or more without a seat"} <= set(data)
    assert page.locator("#second-figure .main-svg").count() > 0
    shown = page.locator("#second .second tbody tr:visible")
    assert shown.count() == 8
    assert "Loss of Soyuz MS-23 with all that is in it" in shown.first.inner_text()
    assert page.locator("#second .chip.new:visible").count() == 8
    page.locator("#second details summary").click()
    assert page.locator("#second .second tbody tr:visible").count() == 60
    watched.keep("second")
    watched.check()


def test_a_report_that_was_not_played_again_says_which_command_does_it(opened, report):
    page = opened(report).page
    assert "stationsim run soyuz-ms22 --deep" in page.locator("#hinges").inner_text()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_what_decisions_hang_on_is_told_and_links_to_decision_and_rule(opened, impact, tmp_path, scheme, width):
    (decision,) = impact.decisions.to_dict("records")
    flip = {"hinge": "crew-r1", "sort": "rule", "value": "A crew leaves after its relief.", "variant": "without it",
            "flip": "another option", "day": "2023-01-11", "option": "other", "text": "bring them home as promised",
            "level": "waivers", "amount": -1, "gone": ["three come home later"], "come": [], "shifted": [],
            "source": ""}  # fmt: skip
    element = {"element": "three come home later", "sort": "return", "subject": "rubio", "object": "",
               "rules": ["crew-r1"], "numbers": [], "shifts": [], "pairs": [["gen-7", "gen-8"]]}  # fmt: skip
    told = {"seq": decision["decision"], "ship": decision["ship"], "day": "2023-01-11", "option": decision["option"],
            "text": decision["text"]}  # fmt: skip
    found = {"decision": told, "tried": {"rule": 51}, "played": 51, "held": 0, "elements": [element],
             "flips": [flip] * 12, "opened": [], "refused": []}  # fmt: skip
    deep = ss.render(attrs.evolve(impact, hinges=Hinged.of([found])), tmp_path / "deep.html")
    assert deep.stat().st_size < 6_000_000
    watched = opened(deep, scheme=scheme, width=width)
    page = watched.page
    said = page.locator("#hinges").inner_text()
    assert "Does not come without crew-r1" in said
    assert "Does not come without gen-7 and gen-8 together" in said
    assert "1 fewer rule waived" in said
    assert page.locator("#hinges .hinges tbody tr:visible").count() == 8
    page.locator("#hinges a[href='#rule-crew-r1']").first.click()
    assert page.locator("#rule-crew-r1").is_visible()
    page.locator("#hinges h3 a").click()
    assert page.evaluate("() => location.hash") == f"#decision-{decision['decision']}"
    assert page.evaluate(SIDEWAYS) <= 0
    watched.check()


def test_documented_history_is_a_trace_that_can_be_taken_away(opened, impact, tmp_path):
    history = ss.read_history(Path(__file__).parents[1] / "history" / "iss-2022-12.yaml")
    watched = opened(ss.render(impact, tmp_path / "history.html", history=history))
    page = watched.page
    entry = page.locator("#plan .legendtext", has_text="documented, not an input")
    assert entry.count() == 1
    count = "() => document.querySelectorAll('#plan-figure .scatterlayer .trace.scatter').length"
    before = page.evaluate(count)
    entry.scroll_into_view_if_needed()
    box = entry.bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)
    page.wait_for_timeout(600)
    assert page.evaluate(count) == before - 1
    assert "Documented history, not an input." in page.locator("#documented").inner_text()
    page.locator("#documented summary").click()
    assert page.locator("#documented tbody tr").count() == len(history)
    watched.keep("history")
    watched.check()
