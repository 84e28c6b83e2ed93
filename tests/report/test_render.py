import json
import re
from html.parser import HTMLParser

import attrs
import pytest
from kernel.runs import shipped
from kernel.runs import told as run_of
from plotly.offline import get_plotlyjs

from stationsim.report import tables
from stationsim.report.render import page, pictures, render
from stationsim.report.words import words_of

SECTIONS = [
    "story", "plan", "changes", "seats", "people", "resilience", "ports", "physics", "beliefs", "second", "graph",
    "ledger",
    "margins", "rules", "events",
]  # fmt: skip
FIGURES = ["plan", "kept", "seats", "people", "resilience", "ports", "places", "physics", "beliefs"]


class Elements(HTMLParser):
    """The elements of a page, the scripts with their text."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.scripts = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append([dict(attrs), ""])

    def handle_data(self, data):
        if self.found and self.found[-1][0] == "script" and self.lasttag == "script":
            self.scripts[-1][1] += data

    def ids(self):
        return [attributes["id"] for _, attributes in self.found if "id" in attributes]


@pytest.fixture(scope="module")
def told_page(told):
    return page(told)


def own(text):
    """The page without Plotly's bundle, which names hosts and buttons that it never uses."""
    return text.replace(get_plotlyjs(), "")


def figures(text):
    return {
        attributes["data-for"].removesuffix("-figure"): json.loads(data)
        for attributes, data in Elements(text).scripts
        if attributes.get("class") == "figure"
    }


def test_the_page_has_every_section_once_and_in_order(told_page):
    ids = Elements(told_page).ids()
    assert [name for name in ids if name in [*SECTIONS, "provenance"]] == [*SECTIONS, "provenance"]
    assert len(ids) == len(set(ids))


def test_every_figure_stands_in_a_figure_with_a_caption(told_page):
    found = Elements(told_page).found
    assert sum(tag == "figure" for tag, _ in found) == sum(tag == "figcaption" for tag, _ in found) == len(FIGURES)
    assert list(figures(told_page)) == FIGURES


def test_the_same_impact_gives_the_same_bytes(told, tmp_path):
    first = render(told, tmp_path / "a.html").read_bytes()
    assert first == render(told, tmp_path / "b.html").read_bytes()


def test_render_makes_folders_replaces_the_file_and_leaves_nothing_beside_it(quiet, tmp_path):
    target = tmp_path / "reports" / "quiet" / "report.html"
    assert render(quiet, target) == target
    before = target.read_bytes()
    assert render(quiet, str(target)).read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == ["report.html"]


def test_a_failed_write_leaves_the_old_page_and_no_rest(quiet, tmp_path, monkeypatch):
    target = tmp_path / "report.html"
    target.write_text("old")
    monkeypatch.setattr("pathlib.Path.replace", lambda self, other: (_ for _ in ()).throw(OSError("disk")))
    with pytest.raises(OSError, match="disk"):
        render(quiet, target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_the_page_holds_one_bundle_and_stays_below_six_megabytes(told_page):
    assert told_page.count(get_plotlyjs()) == 1
    assert len(told_page.encode()) < 6_000_000


def test_the_page_may_not_ask_for_anything(told_page):
    elements = Elements(told_page)
    policy = next(a["content"] for _, a in elements.found if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == ("default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:")
    assert not [a for _, a in elements.found if {"src", "srcset", "action"} & set(a)]
    assert not [a for _, a in elements.found if not a.get("href", "#").startswith("#")]
    assert "http" not in own(told_page).replace("http-equiv", "")
    assert "url(" not in own(told_page)


def test_the_button_that_uploads_a_chart_is_gone(told_page):
    for figure in figures(told_page).values():
        assert "sendChartToCloud" in figure["layout"]["template"]["layout"]["modebar"]["remove"]
    config = next(data for attributes, data in Elements(told_page).scripts if attributes.get("id") == "config")
    assert json.loads(config)["displaylogo"] is False


def test_every_link_has_a_target(told_page):
    elements = Elements(told_page)
    wanted = {a["href"].removeprefix("#") for tag, a in elements.found if tag == "a"}
    assert wanted <= set(elements.ids())
    assert {name for name in wanted if name.startswith("event-")}


def test_every_margin_and_assumed_limit_opens_the_event_behind_it():
    text = page(run_of(shipped("soyuz-ms22")).impact)
    start = text.index('<section id="margins"')
    rows = re.findall(r"<tr data-thing=.*?</tr>", text[start : text.index("</section>", start)])
    assert len(rows) > 10
    assert all(re.search(r'<a href="#event-\d+">', row) for row in rows)
    assert {f"event-{seq}" for seq in re.findall(r'href="#event-(\d+)"', "".join(rows))} <= set(Elements(text).ids())


HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "\"><b>'{{ 7*7 }}",
    "<!--<script>",
    "\u202eright to left",
    "x" * 400,
    "%{customdata} 🛰",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(told, told_page, name):
    names = dict.fromkeys([*told.manifest.names, "loop"], name)
    rules = {rule: record | {"text": name} for rule, record in told.manifest.rules.items()}
    manifest = attrs.evolve(
        told.manifest, names=names, rules=rules, title=name, scenario_text=name, versions={name: name},
        ports=[port | {"name": name} for port in told.manifest.ports],
        limits=[limit | {"text": name} for limit in told.manifest.limits],
    )  # fmt: skip
    changes = told.changes.assign(reason=name)
    text = page(attrs.evolve(told, manifest=manifest, changes=changes, headline=name))
    tags = [tag for tag, _ in Elements(text).found]
    plain = [tag for tag, _ in Elements(told_page).found]
    for tag in ("script", "img", "b"):
        assert tags.count(tag) == plain.count(tag)
    assert not any(key.startswith("on") for _, attributes in Elements(text).found for key in attributes)
    drawn = json.dumps(figures(text))
    assert not re.search(r"<(?!/?b>|br>|extra>|/extra>)", drawn)


def test_a_quiet_increment_says_that_nothing_changed(quiet):
    text = page(quiet)
    assert "Nothing changed: every activity stays as planned." in text
    assert "Nothing struck: both runs are the same" in text
    assert list(figures(text)) == ["kept", "seats", "people", "resilience", "ports"]
    assert [name for name in Elements(text).ids() if name in SECTIONS] == SECTIONS


def test_a_run_without_anything_still_gives_a_page(bare):
    text = page(bare)
    assert not figures(text)
    assert [name for name in Elements(text).ids() if name in SECTIONS] == SECTIONS


def test_the_loss_of_all_seats_is_on_the_page(told):
    lost = told.cover["run"] == "disrupted"
    cover = told.cover.assign(
        level=told.cover["level"].mask(lost, 4), name=told.cover["name"].mask(lost, "none"), ship=None
    )
    text = page(attrs.evolve(told, cover=cover))
    assert "at worst a seat of class 4 (no seat)" in text
    assert any(trace["name"] == "4 no seat" for trace in figures(text)["seats"]["data"])


def test_headline_tiles_changes_and_provenance_are_told_in_words(told, told_page):
    body = own(told_page)
    first = re.sub("<[^>]*>", "", body[body.index('<p class="headline">') : body.index("</header>")])
    for sentence in told.headline.replace(" UTC", " UTC (GMT 349)").split(". "):
        assert all(clause in first for clause in sentence.removesuffix(".").split("; "))
    assert "person-hours without a certified seat" in body
    assert "Soyuz MS-22 is not certified for its crew" in body
    assert "No sortie while the ship of its crew is not certified." in body
    assert told.manifest.scenario_hash in body
    assert "is waived for <b>US EVA-84</b> (state commission): the plan of record" in body


def test_figures_have_fixed_ids_and_say_utc(told, told_page):
    ids = Elements(told_page).ids()
    for picture in pictures(told, words_of(told)):
        assert f"{picture.id}-figure" in ids
        titles = [axis["title"]["text"] for key, axis in picture.figure.layout.to_plotly_json().items()
                  if key.startswith("xaxis") and axis.get("type") == "date"]  # fmt: skip
        assert titles
        assert set(titles) - {""} == {"UTC"}


def test_a_long_log_keeps_the_page_light_and_its_links_whole(told, monkeypatch):
    monkeypatch.setattr(tables, "MOST_EVENTS", 50)
    text = page(told)
    rows = text.count('<tr id="event-')
    total = int((told.events["run"] == "disrupted").sum())
    assert 0 < rows < total
    assert f"{total - rows} events that led to no change are left out" in text
    ids = set(Elements(text).ids())
    links = {a["href"].removeprefix("#") for tag, a in Elements(text).found if tag == "a" and a["href"].startswith("#")}
    assert links <= ids


def test_the_page_writes_its_span_in_one_form(told_page):
    assert "<dt>From, until</dt><dd>2022-12-14 00:00 to 2023-02-15 00:00 UTC</dd>" in told_page
