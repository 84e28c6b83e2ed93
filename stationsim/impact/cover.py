"""In what would each person leave, and when? Spans of seat class per person, from the rows that changed it."""

from attrs import frozen

from stationsim.impact.reading import Run
from stationsim.log.kinds import Kind
from stationsim.log.log import Row

__all__ = ["LEVELS", "Cover", "cover"]

LEVELS = ("certified", "improvised", "emergency-only", "unfit or unknown", "none")
"""Names of the classes 0 to 4 where a log gives none."""


@frozen(kw_only=True)
class Cover:
    """A span [s] in which a person has one seat class; row `seq` began it."""

    person: str
    level: int
    name: str
    ship: str | None
    start_s: int
    until_s: int
    seq: int


def cover(run: Run, horizon_s: int) -> list[Cover]:
    """Return everybody's seat cover, person by person, until they leave or the run ends."""
    rows: dict[str, list[Row]] = {}
    for row in run.log:
        if row.kind is Kind.SEATED or (row.kind is Kind.LEFT and row.subject in rows):
            rows.setdefault(row.subject, []).append(row)
    return [span for person in rows.values() for span in _spans(person, horizon_s)]


def _spans(rows: list[Row], horizon_s: int) -> list[Cover]:
    ends = [row.t_s for row in rows[1:]] + [horizon_s]
    return [
        _span(row, until_s)
        for row, until_s in zip(rows, ends, strict=True)
        if row.kind is Kind.SEATED and row.t_s < until_s
    ]


def _span(row: Row, until_s: int) -> Cover:
    level = int(row.value or 0)
    name = row.text or LEVELS[level]
    return Cover(
        person=row.subject, level=level, name=name, ship=row.object, start_s=row.t_s, until_s=until_s, seq=row.seq
    )
