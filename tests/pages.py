"""What code stands in a page of the documents? Its blocks, in order, each with the words of its first line.

    ```yaml over=iss-2022-12 until=2023-01-15      a fragment, completed by a scenario that stands on this base
    ```yaml file=leak.yaml                         a file in the reader's folder; a scenario is checked
    ```yaml file=bad.yaml wrong                    a file with a mistake, for the command below it
    ```python                                      one namespace per page; a ```text block below it is what it prints
    ```console                                     lines with `$ ` are typed, the lines below them are what comes out
    ```{toctree}                                   a word to Sphinx, no code

`with-files-of: PAGE` in a comment of a page puts the files of another page into the folder first.
"""

import re
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"

_BLOCK = re.compile(r"^```(\{?[a-z]*\}?)([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BORROWED = re.compile(r"<!-- with-files-of: (\S+) -->")


@frozen(kw_only=True)
class Block:
    """A fenced block: its language, `key=value` and bare words beside it, its text."""

    page: str
    line: int
    language: str
    words: dict[str, str]
    text: str

    @property
    def where(self) -> str:
        """Page and line, for the text of a failure."""
        return f"{self.page}:{self.line}"


def pages() -> tuple[str, ...]:
    """Return the names of all pages, as seen from the top of the repository."""
    return ("README.md", *(str(path.relative_to(ROOT)) for path in sorted(DOCS.rglob("*.md"))))


def blocks(page: str) -> tuple[Block, ...]:
    """Return the code blocks of a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return tuple(
        Block(
            page=page,
            line=text.count("\n", 0, found.start()) + 1,
            language=found[1],
            words={key: value for key, _, value in (word.partition("=") for word in found[2].split())},
            text=found[3],
        )
        for found in _BLOCK.finditer(text)
        if not found[1].startswith("{")
    )


def borrowed(page: str) -> tuple[Block, ...]:
    """Return the files that a page takes from other pages."""
    text = (ROOT / page).read_text(encoding="utf-8")
    names = [str((ROOT / page).parent.joinpath(name).resolve().relative_to(ROOT)) for name in _BORROWED.findall(text)]
    return tuple(block for name in names for block in blocks(name) if "file" in block.words)


def unfenced(page: str) -> list[int]:
    """Return the lines of code that no fence marks, which would not be run."""
    text = (ROOT / page).read_text(encoding="utf-8")
    outside = _BLOCK.sub(lambda found: "\n" * found[0].count("\n"), text)
    before, lines = "", []
    for number, line in enumerate(outside.splitlines(), 1):
        if line.startswith("    ") and not before.strip():
            lines.append(number)
        before = line
    return lines
