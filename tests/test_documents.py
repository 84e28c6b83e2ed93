"""Do the documents say what is so? Their code is run page by page, and they are built without a warning."""

import re
import subprocess
import sys

import pages
import pytest
from desk import Desk, compare


@pytest.mark.parametrize("page", pages.pages())
def test_what_a_page_says_can_be_typed_and_comes_out(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    desk, failures = Desk(page), []
    for block in pages.blocks(page):
        try:
            desk.follow(block)
        except Exception as error:  # noqa: BLE001 - the next blocks are tried too
            failures.append(f"{block.where}: {type(error).__name__}: {error}")
    assert not failures, "\n\n".join(failures)


@pytest.mark.parametrize("page", pages.pages())
def test_no_code_stands_outside_of_a_fence(page):
    assert pages.unfenced(page) == []


def test_the_documents_are_built_without_a_warning_and_every_link_leads_somewhere(tmp_path):
    command = [sys.executable, "-m", "sphinx", "-b", "dummy", "-W", "-n", "-q", str(pages.DOCS), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_shown_must_be_all_that_is_printed():
    compare("a\n...\nd\n", "a\nb\nc\nd\n")
    compare("→ reports/leak-.../report.html", "→ reports/leak-0123/report.html")
    with pytest.raises(AssertionError, match="but this is printed"):
        compare("a\n", "a\nb\n")


def block(language, text, **words):
    return pages.Block(page="page.md", line=7, language=language, words=words, text=text)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Desk("docs/say/results.md")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("sortie-1 kept", "sortie-1 kept, but it is ('postponed', None, None)"),
        ("sortie-1 postponed by dry", "sortie-1 postponed by dry, but it is ('postponed', 'way-home', None)"),
        ("hole unnoticed", "hole unnoticed, but it is explained"),
        ("cost: evas flown -2", "cost: evas flown -2 is none of ['evas flown -1', "),
        ("at 2031-06-05: Keep aft: Skiff 1", "at 2031-06-05: Keep aft: Skiff 1 is no line of\n2031-06-05T00:00Z"),
        ("nothing changes", "sortie-1 postponed by way-home to nan; "),
        ("sortie-9 kept", "sortie-9 kept, but only these are known: sortie-1 postponed"),
        ("refused: anything", "fragment.yaml is not refused"),
        ("so it goes on", "'so it goes on' says nothing that can be held against a run"),
    ],
)
def test_a_fragment_that_says_otherwise_than_its_run_is_told(desk, line, told):
    with pytest.raises(AssertionError) as caught:
        desk.follow(block("yaml", f"title: again\n# => {line}\n", over="leak"))
    assert str(caught.value).startswith(told)


def test_a_command_that_fails_shows_its_exit_code_and_an_unknown_one_is_not_typed(desk):
    desk.follow(block("console", "$ stationsim check nosuch\nnosuch: ...\n$ echo $?\n2\n"))
    with pytest.raises(AssertionError, match="nobody types rm -r here"):
        desk.follow(block("console", "$ rm -r\n"))
    with pytest.raises(AssertionError, match="make does not know cake"):
        desk.follow(block("console", "$ make cake\n"))
    with pytest.raises(AssertionError, match="nobody runs json"):
        desk.follow(block("json", "{}\n"))


def test_python_of_a_page_shares_its_names_and_its_output_is_compared(desk):
    desk.follow(block("python", "a = 2\n"))
    desk.follow(block("python", "print(a + a)\n"))
    desk.follow(block("text", "4\n"))
    with pytest.raises(AssertionError, match="but this is printed"):
        desk.follow(block("text", "5\n"))


def test_blocks_are_found_with_their_words_and_code_without_a_fence_too(tmp_path, monkeypatch):
    page = "Words.\n\n```yaml over=june wrong\na: 1\n```\n\n    code\n\n```{toctree}\nx\n```\n"
    (tmp_path / "page.md").write_text(page, encoding="utf-8")
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    (found,) = pages.blocks("page.md")
    assert (found.where, found.words, found.text) == ("page.md:3", {"over": "june", "wrong": ""}, "a: 1\n")
    assert pages.unfenced("page.md") == [7]


def test_there_are_entries_for_what_people_say_each_with_a_sentence_and_a_block():
    said = [
        part.partition("\n\n")
        for page in pages.pages()
        if page.startswith("docs/say/")
        for part in re.split("^## ", (pages.ROOT / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
        if part.startswith("…")
    ]
    titles = [title for title, _, _ in said]
    assert len(set(titles)) == len(titles) >= 40
    assert [title for title, _, text in said if not re.match(r"(?s)[A-Z`].*?\n```(yaml|python|console)", text)] == []
    assert [title for title in titles if not title.endswith("?")] == []


def test_the_glossary_has_a_russian_word_or_says_that_there_is_none():
    text = (pages.DOCS / "glossary.md").read_text(encoding="utf-8")
    rows = [row.split("|")[1:-1] for row in text.splitlines() if row.startswith("| ") and "English" not in row]
    terms = [english.strip() for english, _, _ in rows]
    assert len(set(terms)) == len(terms) >= 60
    assert [english for english, russian, _ in rows if not re.search("[а-я]|—", russian)] == []
