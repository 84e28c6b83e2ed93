"""The reference pages: what the code makes, with every key, every template and no dead link."""

import re
from pathlib import Path

import pytest

from stationsim.authoring.pages import pages
from stationsim.authoring.templates import template_words
from stationsim.cli.main import main
from stationsim.scenario.model import Scenario
from stationsim.scenario.schema import keys_of, record_classes
from stationsim.station.rules import TEMPLATES
from stationsim.station.rules.checks import PARAMETERS

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


def test_the_committed_pages_are_what_the_code_makes():
    committed = {path.name: path.read_text(encoding="utf-8") for path in REFERENCE.glob("*.md")}
    assert committed == pages(), "run: stationsim explain --markdown docs/reference"


def test_every_section_has_a_page_and_every_key_a_row():
    made = pages()
    text = "\n".join(made.values())
    for cls in record_classes(Scenario):
        for key in keys_of(cls):
            assert key.kind == "hidden" or f"\n| `{key.name}` | " in text or f"[`{key.name}`]({key.name}.md)" in text
    assert {f"{key.name}.md" for key in keys_of(Scenario) if key.record} <= set(made)


def test_every_template_says_what_it_forbids_and_stands_on_the_page_of_templates():
    hint = "write text='what an instance forbids' in its Template(...)"
    assert [name for name, item in TEMPLATES.items() if not item.text] == [], hint
    rows = re.findall(r"^\| `([a-z-]+)` \|", pages()["rule-templates.md"].split("## ")[0], re.MULTILINE)
    assert rows == list(TEMPLATES)


def test_no_words_of_a_template_name_a_parameter_that_it_does_not_read():
    for item in template_words():
        named = set(re.findall(r"`([a-z_]+)`", item.forbids)) & set(PARAMETERS)
        assert named <= {*item.needs, *item.takes}, item.name


def test_no_page_links_to_a_page_that_is_not_there():
    made = pages()
    assert [link for text in made.values() for link in re.findall(r"\]\(([^)#]+)", text) if link not in made] == []


def test_no_cell_breaks_its_table():
    for name, text in pages().items():
        for row in text.splitlines():
            if row.startswith("| `"):
                assert len(re.findall(r"(?<!\\)\|", row)) in (3, 5), (name, row)


def test_the_command_writes_the_pages(tmp_path, capsys):
    with pytest.raises(SystemExit) as left:
        main(["explain", "--markdown", str(tmp_path / "pages")])
    assert left.value.code == 0
    assert {path.name for path in (tmp_path / "pages").iterdir()} == set(pages())
    assert len(capsys.readouterr().out.splitlines()) == len(pages())


def test_no_document_names_a_page_of_the_reference_that_is_not_there():
    for path in (ROOT / "docs").glob("*.md"):
        for link in re.findall(r"\]\(reference/([^)#]+)", path.read_text(encoding="utf-8")):
            assert (REFERENCE / link).is_file(), (path.name, link)
