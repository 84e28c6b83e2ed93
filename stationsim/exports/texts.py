"""How does text of a scenario stay data? Names, dates and tables for documents that people read.

Formats for machines (`csv`, `parquet`, `json`, `graphml`, `ical`, `openmct`) keep every character and escape it as
their description says. Documents (`changes`, `markdown`, `brief`) put text on one line without control and direction
marks, as the report does.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

from attrs import field, frozen

from stationsim.impact.frames import records
from stationsim.impact.impact import Impact
from stationsim.impact.words import Words
from stationsim.log.kinds import Kind
from stationsim.log.log import COLUMNS, Row

__all__ = ["Record", "Told", "as_csv", "escaped", "line", "markdown_table", "sheet_text"]

Record = dict[str, object]

_MARKUP = frozenset("\\`*_{}[]<>#|&~")
_BEGINS = re.compile(r"^([0-9]*)((?<=[0-9])[.)](?=\s|$)|(?<![0-9])[-+=](?![0-9A-Za-z]))")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@frozen
class Told:
    """Says things of one impact in words.

    Attributes:
        impact: The impact.
        words: Names and phrases.
        rows: The events of the disrupted run.
    """

    impact: Impact
    words: Words
    rows: tuple[Row, ...] = field(repr=False)

    @classmethod
    def of(cls, impact: Impact) -> "Told":
        """Return what says things of an impact."""
        events = (row for row in records(impact.events) if row["run"] == "disrupted")
        rows = tuple(_row(row) for row in events)
        return cls(impact, Words(impact.manifest, rows), rows)

    def name(self, thing: object) -> str:
        """Return the name of an id."""
        return self.words.name(None if thing is None else str(thing))

    def names(self, things: Iterable[object]) -> str:
        """Return the names of several ids."""
        return ", ".join(self.name(thing) for thing in things)

    def cause(self, seq: object) -> str:
        """Return the event of that `seq` with its time; empty for none."""
        at = None if seq is None else int(str(seq))
        return next((self.words.line(row) for row in self.rows if row.seq == at), "")


def _row(record: Record) -> Row:
    values = {column: record[column] for column in COLUMNS}
    return Row(**values | {"kind": Kind(str(record["kind"]))})  # type: ignore[arg-type]


def line(text: object) -> str:
    r"""Return text on one line, without control and direction marks.

    >>> line("a\u202eb\nc"), line(None)
    ('ab c', '')
    """
    plain = "" if text is None else " ".join(str(text).split())
    return "".join(c for c in plain if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})


def escaped(text: object) -> str:
    r"""Return text as Markdown that shows it as it is: no markup, no HTML, no cell border in it.

    >>> print(escaped("<script> a|b *c*"))
    \<script\> a\|b \*c\*
    """
    plain = "".join(f"\\{c}" if c in _MARKUP else c for c in line(text))
    # what begins a list or a heading only does so at the beginning of a line
    return _BEGINS.sub(r"\1\\\2", plain)


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return a table of GitHub Flavored Markdown, its cells escaped."""
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return lines + [f"| {' | '.join(cell if cell == '-' else escaped(cell) for cell in row)} |" for row in rows]


def sheet_text(text: object) -> str:
    """Return text for a cell of a spreadsheet: what it would take for a formula gets an apostrophe in front.

    >>> sheet_text("=1+1"), sheet_text("-"), sheet_text("a=b")
    ("'=1+1", "'-", 'a=b')
    """
    plain = line(text)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as CSV (RFC 4180, UTF-8): a line of names, lines end in CRLF, None is an empty field."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return stream.getvalue().encode()
