"""Change requests, summary and brief: what they say, and that names in them are data."""

import re
import shutil
import subprocess
from html.parser import HTMLParser

import attrs
import pytest
from markdown_it import MarkdownIt

from stationsim.exports.brief_format import parts
from stationsim.exports.formats import FORMATS
from stationsim.exports.story import Seat, story_of

MARKDOWN = [("changes", "changes.md"), ("markdown", "summary.md"), ("brief", "brief.md")]


def rendered(text):
    """Turn Markdown into HTML as CommonMark (https://spec.commonmark.org) and the tables of GFM say."""
    return MarkdownIt("commonmark").enable("table").render(text)


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


PLAIN = {"h1", "h2", "p", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize(("form", "name"), MARKDOWN)
@pytest.mark.parametrize("which", ["told", "decided", "hostile", "hostile_decided", "hostile_deep", "empty"])
def test_names_in_markdown_are_text(form, name, which, request):
    """CommonMark (https://spec.commonmark.org) and GFM tables (https://github.github.com/gfm/#tables-extension-)."""
    text = FORMATS[form].files(request.getfixturevalue(which))[name].decode()
    page = Tags(rendered(text))
    assert set(page.tags) <= PLAIN
    assert ("<script>alert(1)</script>" in page.text) == which.startswith("hostile")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200d]", text)
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


def test_the_change_requests_are_told_by_person_too(told):
    text = FORMATS["changes"].files(told)["changes.md"].decode()
    assert "## By person" in text
    assert re.search(r"\| Frank Rubio \| CR-\d{3}", text)
    quiet = attrs.evolve(told, changes=told.changes.iloc[:0])
    assert (
        FORMATS["changes"]
        .files(quiet)["changes.md"]
        .decode()
        .endswith("0 requests. Times are UTC.\n\nNobody's plan changes.\n")
    )


def test_the_summary_has_every_section(decided):
    text = FORMATS["markdown"].files(decided)["summary.md"].decode()
    assert re.findall("^## (.*)$", text, re.MULTILINE) == [
        "What happened",
        "What changes",
        "What was decided",
        "Who has no certified seat",
        "What it costs",
        "Waivers",
    ]
    assert "**launch Boat earlier, without people**" in text
    assert "- Chosen of 9 options by policy best\n" in text
    assert "- Rejected by R-2 (A ship is launched when it is ready): 2\n" in text
    assert "| send Tug home empty | looked better:" in text


def test_the_brief_says_what_happened_what_it_costs_what_was_decided_and_what_else_could_have_been(decided):
    found = {part.head: part for part in parts(story_of(decided))}
    assert list(found) == [
        "What happened",
        "What was decided, and why",
        "Who has no certified seat",
        "What it costs, against the plan",
        "What changes",
        "Waivers",
    ]
    chosen = found["What was decided, and why"]
    assert chosen.strong == "launch Boat earlier, without people"
    assert "to be taken by 2022-12-20T12:00Z; a day's wait costs: 1 more person-day without a seat" in chosen.lines
    assert "ruled out by R-2 (A ship is launched when it is ready): 2" in chosen.lines
    assert any(line.startswith("instead: ") for line in chosen.lines)
    assert found["Waivers"].lines[1] == "R-3 for Walk, by the director: as planned"  # a decision needs the other one


def test_the_summary_says_what_one_more_failure_would_do_and_what_the_decisions_hang_on(deep):
    text = FORMATS["markdown"].files(deep)["summary.md"].decode()
    assert (
        "## If one more thing fails\n\n"
        "At worst one more failure leaves 2 people without a seat (1 without the incidents); none forces everybody to "
        "leave.\n\n"
        "| If this fails too | Then | When |\n|---|---|---|\n"
        "| loss of Tug | leaves 2 people without a seat, 1 more than without the incidents | 2022-12-14 to 2022-12-16 "
        "(2 d) |\n"
    ) in text
    assert (
        "## What the decisions hang on\n\n| It brings | That hangs on |\n|---|---|\n"
        "| Tug leaves; Tug leaves | does not come without R-1; does not come without R-2 and R-3 together |\n"
    ) in text


def test_the_brief_says_so_in_a_line_each(deep):
    found = {part.head: part for part in parts(story_of(deep))}
    assert found["If one more thing fails"].lines[1].startswith("loss of Tug leaves 2 people without a seat")
    assert found["What the decisions hang on"].lines == (
        "Tug leaves; Tug leaves: does not come without R-1; does not come without R-2 and R-3 together",
    )


def test_the_brief_says_who_has_no_certified_seat_for_how_long(told):
    (seats,) = (part.lines for part in parts(story_of(told)) if part.head == "Who has no certified seat")
    more = "62.0 d more, 2022-12-15T00:50Z to the end of the run, at worst class 3 (unfit or unknown)"
    assert seats == tuple(f"{name}: {more}" for name in ("Sergey Prokopyev", "Dmitry Petelin", "Frank Rubio"))


def test_a_brief_of_a_quiet_run_says_that_nothing_had_to_be_decided(empty):
    found = {part.head: part.lines for part in parts(story_of(empty))}
    assert found["What was decided, and why"] == ("Nothing had to be decided.",)
    assert found["Who has no certified seat"] == ("Everybody has one, as planned.",)
    assert (found["What changes"], found["Waivers"]) == (("Nothing.",), ("None.",))


@pytest.mark.parametrize("which", ["told", "hostile", "hostile_decided", "hostile_deep", "empty"])
def test_the_page_of_the_brief_stands_alone_and_names_in_it_are_text(which, request):
    """HTML (https://html.spec.whatwg.org): no script, nothing loaded, whatever things are called."""
    text = FORMATS["brief"].files(request.getfixturevalue(which))["brief.html"].decode()
    page = Tags(text)
    assert {"script", "img", "link", "iframe"}.isdisjoint(page.tags)
    assert page.tags.count("title") == 1
    assert "http:" not in text
    assert "https:" not in text
    assert "default-src 'none'" in text


def many(impact, long="a rather long line of words " * 40):
    """Make every list of a brief as long as can be."""
    story = story_of(impact)
    seat = Seat(person=long, more=long, since=long, until=long, worst=long)
    decision = attrs.evolve(
        story.decisions[0], text=long, when=long, why=long, until=long, others=((long, long),) * 20,
        rejected=(("R", long, 2),) * 20,
    )  # fmt: skip
    return attrs.evolve(
        story, title=long, headline=long, incidents=(long,) * 20, decisions=(decision,) * 5,
        screen=attrs.evolve(story.screen, changes=((long,) * 6,) * 50, costs=((long,) * 5,) * 50),
        seats=(seat,) * 20, waivers=((long,) * 4,) * 20,
    )  # fmt: skip


LONG = {
    "many": "a rather long line of words " * 40, "wide": "WOMBAT 空间站 " * 60,
    "middling": "Mission words, 2022-12-15 " * 7,
}  # fmt: skip


def test_however_much_there_is_to_tell_the_brief_is_cut(decided):
    found = parts(many(decided))
    assert all(len(line) <= 170 for part in found for line in part.lines)
    left = {part.head: part.lines[-1] for part in found}
    assert left["What changes"] == "and 46 more"
    assert left["What was decided, and why"] == "and 3 more decisions"


def test_a_long_line_is_whole_where_the_page_has_room(decided):
    long = "because " * 80 + "of this"
    story = attrs.evolve(story_of(decided), waivers=(("R-3", "Walk", long, "the director"),))
    found = {part.head: part.lines for part in parts(story)}
    assert found["Waivers"] == (f"R-3 for Walk, by the director: {long}",)


def test_fewer_lines_are_told_before_any_is_cut_and_the_page_is_filled_up(decided):
    waivers = tuple((f"R-{number}", "Walk", "because " * 70 + "of this", "") for number in range(4))
    changes = tuple((f"sortie {number}", "moved", "a", "b", "", "") for number in range(30))
    story = story_of(decided)
    story = attrs.evolve(story, waivers=waivers, screen=attrs.evolve(story.screen, changes=changes))
    lines = [text for part in parts(story) for text in part.lines]
    assert not any(text.endswith("…") for text in lines)
    assert sum(text.startswith("sortie") for text in lines) == 9
    assert sum(text.startswith("R-") for text in lines) == 2
    assert "and 2 more" in lines


@pytest.mark.skipif(shutil.which("chromium") is None, reason="printing needs a browser")
@pytest.mark.parametrize("which", ["told", "decided", "many", "wide", "middling"])
def test_the_brief_prints_on_one_page(which, request, tmp_path, monkeypatch):
    """CSS Paged Media (https://www.w3.org/TR/css-page-3/): one page of A4."""
    if which in LONG:
        monkeypatch.setattr("stationsim.exports.brief_format.story_of", lambda impact: many(impact, LONG[which]))
    impact = request.getfixturevalue("decided" if which in LONG else which)
    page, printed = tmp_path / "brief.html", tmp_path / "brief.pdf"
    page.write_bytes(FORMATS["brief"].files(impact)["brief.html"])
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={printed}", page.as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=60)
    content = printed.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    width, height = re.search(rb"/MediaBox\s*\[0 0 ([0-9.]+) ([0-9.]+)\]", content).groups()
    assert (round(float(width)), round(float(height))) in {(595, 842), (596, 842), (594, 841)}
