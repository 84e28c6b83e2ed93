"""What happened? One event table in columns, and the small tables its rows refer to: the only output of a run."""

from collections.abc import Iterator
from typing import NamedTuple

from stationsim.errors import LogError
from stationsim.log.kinds import TABLES, Kind

TRUTH = "truth"


class Row(NamedTuple):
    """One event; column meanings per kind stand in `kinds.KINDS`. Times in seconds since the start [s]."""

    seq: int
    step: int
    t_s: int
    kind: Kind
    subject: str
    object: str | None = None
    place: str | None = None
    view: str | None = None
    by: str | None = None
    cause: int | None = None
    rule: str | None = None
    start_s: int | None = None
    until_s: int | None = None
    value: float | None = None
    unit: str | None = None
    text: str | None = None


COLUMNS = Row._fields


class Log:
    """Append-only rows and small tables; `seq` counts from `first`, which is 0 unless the run goes on from a state."""

    def __init__(self, first: int = 0) -> None:
        """Start empty; the first row to come has `seq` `first`."""
        self.first = first
        self.rows: list[Row] = []
        self.tables: dict[str, list[tuple[object, ...]]] = {name: [] for name in TABLES}
        self._index: dict[str, dict[int, list[tuple[object, ...]]]] = {name: {} for name in TABLES}

    def __repr__(self) -> str:
        return f"<Log: {len(self.rows)} events>"

    def until(self, seq: int) -> "Log":
        """Return a log of the rows before a `seq` with what is attached to them; neither log grows with the other."""
        found = Log(first=self.first)
        found.rows = self.rows[: seq - self.first]
        for name, rows in self.tables.items():
            found.tables[name] = [row for row in rows if row[0] < seq]  # type: ignore[operator]
            found._index[name] = {of: list(own) for of, own in self._index[name].items() if of < seq}
        return found

    def append(self, row: Row) -> None:
        """Append a row whose `seq` is the next and whose cause is earlier.

        Raises:
            LogError: `seq` is not the next one, time runs backwards, or the cause is not an earlier row.
        """
        if row.seq != self.first + len(self.rows):
            last = self.first + len(self.rows) - 1
            msg = f"Row {row.seq} of kind {row.kind} cannot follow row {last}. Rows are numbered without gaps."
            raise LogError(msg)
        if self.rows and (row.t_s, row.step) < (self.rows[-1].t_s, self.rows[-1].step):
            msg = (
                f"Row {row.seq} ({row.kind} at t={row.t_s} s) lies before row {row.seq - 1}. Time never runs backwards."
            )
            raise LogError(msg)
        if row.cause is not None and not 0 <= row.cause < row.seq:
            msg = f"Row {row.seq} ({row.kind}) names row {row.cause} as its cause. A cause is an earlier row."
            raise LogError(msg)
        self.rows.append(row)

    def attach(self, table: str, row: tuple[object, ...]) -> None:
        """Attach a row of a small table; its first column is the `seq` of the event row it belongs to."""
        seq = row[0]
        if not isinstance(seq, int) or not self.first <= seq < self.first + len(self.rows):
            msg = f"A row of table {table!r} refers to event {seq!r}, which does not exist."
            raise LogError(msg)
        self.tables[table].append(row)
        self._index[table].setdefault(seq, []).append(row)

    def row(self, seq: int) -> Row:
        """Return the row with a `seq`."""
        return self.rows[seq - self.first]

    def attached(self, table: str, seq: int) -> tuple[tuple[object, ...], ...]:
        """Return the rows of a small table that belong to an event row."""
        return tuple(self._index[table].get(seq, ()))

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        """Iterate over the events in order."""
        return iter(self.rows)
