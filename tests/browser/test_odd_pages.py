"""Does the page stay sound where the run is odd? Hostile names, nothing at all, an end in the middle, no seat left."""

import attrs
import pytest
from impact.logs import sample_outcome
from report.crowd import crowded

import stationsim as ss

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)> {{ 7*7 }}",
    "\u202eright to left\u202c שלום",
    "n" * 300,
    "🛰️ satellite 👩‍🚀",
    "javascript:alert(1)",
)
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def told():
    return ss.assess(sample_outcome())


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("width", [390, 1280])
def test_a_hostile_name_is_text_and_nothing_runs(opened, tmp_path, name, width):
    impact = told()
    names = dict.fromkeys(impact.manifest.names, name)
    nodes = [node | {"name": name, "type": name} for node in impact.manifest.graph["nodes"]]
    manifest = attrs.evolve(
        impact.manifest, names=names, title=name, scenario_text=name, versions={name: name},
        graph=impact.manifest.graph | {"nodes": nodes},
    )  # fmt: skip
    hostile = attrs.evolve(impact, manifest=manifest, changes=impact.changes.assign(reason=name), headline=name)
    watched = opened(ss.render(hostile, tmp_path / "report.html"), width=width)
    page = watched.page
    page.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    for button in ("[data-step=on]", "[data-pick]"):
        page.locator(button).first.click()
    for node in page.locator("#graph .node").all()[:2]:
        node.focus()
        page.keyboard.press("Enter")
    watched.settle()
    assert page.locator(".tile").first.bounding_box()["y"] < (900 if width > 640 else 1500)  # the numbers stay in sight
    assert page.locator("main img, main script:not(.figure), main iframe, svg[onload]").count() == 0
    assert page.evaluate(SIDEWAYS) <= 0
    shown = page.locator("h1").inner_text()
    assert shown[:8] == name.replace("\u202e", "")[:8]
    watched.check()


def test_a_run_in_which_nothing_happens_says_so(opened, tmp_path):
    outcome = sample_outcome()
    calm = attrs.evolve(outcome.manifest, incidents=[], title="A quiet increment")
    impact = ss.assess(attrs.evolve(outcome, manifest=calm, disrupted=outcome.nominal))
    watched = opened(ss.render(impact, tmp_path / "report.html"))
    text = watched.page.locator("main").inner_text()
    assert "Nothing changed: every activity stays as planned." in text
    assert "Nothing struck, so there is no story to tell." in text
    assert "No part changed its health in this run." in text
    watched.keep("quiet", full_page=True)
    watched.check()


def test_a_run_without_anything_gives_a_page(opened, tmp_path):
    impact = told()
    tables = {
        field.name: getattr(impact, field.name).iloc[:0]
        for field in attrs.fields(type(impact))
        if hasattr(getattr(impact, field.name), "iloc")
    }
    bare = attrs.evolve(
        impact.manifest, people=[], ports=[], calendars=[], activities={}, waivers=[], limits=[], incidents=[],
        ships={}, graph={"nodes": [], "edges": []},
    )  # fmt: skip
    watched = opened(ss.render(attrs.evolve(impact, manifest=bare, **tables), tmp_path / "report.html"))
    assert watched.page.locator("main > section").count() >= 12
    watched.check()


def test_a_run_that_ends_in_the_middle_of_an_eva_says_that_it_is_not_finished(opened, tmp_path):
    impact = ss.assess(ss.run(ss.load("soyuz-ms22").until("2022-12-21T15:00Z")))
    ended = impact.events[(impact.events["run"] == "disrupted") & (impact.events["kind"] == "unfinished")]
    assert ended["subject"].tolist() == ["us-eva-83"]
    watched = opened(ss.render(impact, tmp_path / "report.html"))
    assert "US EVA-83 was under way when the run ended" in watched.page.locator("#story-steps").text_content()
    row = watched.page.locator('#changes tr[data-thing="us-eva-83"]')
    assert row.locator(".chip").inner_text() == "under way at the end"
    assert row.locator("small", has_text="later").count() == 1
    assert "under way at the end, 2 d later, since" in watched.page.locator("#plan-figure").inner_html()
    assert "US EVA-83 is under way at the end of the run" in watched.page.locator(".costs").inner_text()
    assert "1 under way at the end" in watched.page.locator(".tile").first.inner_text()
    watched.keep("mid-eva", full_page=True)
    watched.check()


def test_the_loss_of_all_seats_is_told(opened, tmp_path):
    impact = told()
    lost = impact.cover["run"] == "disrupted"
    cover = impact.cover.assign(
        level=impact.cover["level"].mask(lost, 4), name=impact.cover["name"].mask(lost, "none"), ship=None
    )
    watched = opened(ss.render(attrs.evolve(impact, cover=cover), tmp_path / "report.html"))
    assert "at worst a seat of class 4 (no seat)" in watched.page.locator("#seats figcaption").inner_text()
    assert "class 4, no seat" in watched.page.locator("#seats .twin").text_content()
    assert "no seat" in watched.page.locator(".tile.bad").first.locator("xpath=..").inner_text()
    watched.keep("no-seats")
    watched.check()


def test_a_plan_of_a_thousand_activities_stays_light_and_legible(opened, tmp_path):
    path = ss.render(crowded(told()), tmp_path / "report.html")
    assert path.stat().st_size < 6_000_000
    watched = opened(path)
    page = watched.page
    assert page.evaluate("() => document.querySelectorAll('*').length") < 30_000
    assert page.locator("#changes tbody tr:visible").count() == 30
    assert page.locator(".costs li").count() <= 16
    assert page.evaluate("() => document.documentElement.scrollHeight") < 20_000
    page.evaluate("() => document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
    page.wait_for_function("() => [...document.querySelectorAll('.plot')].every((div) => div.data)")
    assert page.evaluate("() => Math.max(...[...document.querySelectorAll('.plot')].map((p) => p.clientHeight))") < 4500
    assert page.evaluate(SIDEWAYS) <= 0
    page.locator("#changes .more").first.scroll_into_view_if_needed()
    watched.keep("thousand")
    watched.check()


def test_the_same_log_gives_the_same_bytes(impact, outcome, report, tmp_path):
    again = ss.render(ss.assess(outcome), tmp_path / "again.html")
    assert again.read_bytes() == report.read_bytes()
