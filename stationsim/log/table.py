"""How do other tools read a log? As typed tables (pandas) and as Parquet files (pyarrow); both are imported only here.

Text columns have the dtype `str` (missing is NaN), whole numbers `Int64` (missing is `<NA>`), measures `Float64`.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stationsim.errors import LogError
from stationsim.log.kinds import TABLES, Kind
from stationsim.log.log import COLUMNS, Log, Row

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["frame", "read_log", "table", "write_log"]

_WHOLE = {
    "seq", "step", "t_s", "cause", "start_s", "until_s", "before_s", "after_s", "lo_s", "hi_s", "priority", "binding",
    "rank", "last_s", "wait_value",
}  # fmt: skip
_MEASURED = {"value", "limit"}


def frame(log: Log) -> "pd.DataFrame":
    """Return the events, one row each, with the columns of `Row`; `kind` is a category of all kinds."""
    import pandas as pd

    events = _frame(COLUMNS, log.rows)
    events["kind"] = pd.Categorical(events["kind"], categories=[str(kind) for kind in Kind])
    return events


def table(log: Log, name: str) -> "pd.DataFrame":
    """Return a small table, one row each, with the columns of `kinds.TABLES`.

    Raises:
        LogError: There is no such table.
    """
    if name not in TABLES:
        raise LogError(f"{name!r} is not a table of a log. Tables: {', '.join(TABLES)}.")
    return _frame(TABLES[name], log.tables[name])


def write_log(log: Log, folder: Path, stem: str) -> None:
    """Write the events to `STEM.parquet` and each small table to `STEM-TABLE.parquet`."""
    _write(COLUMNS, log.rows, folder / f"{stem}.parquet")
    for name, columns in TABLES.items():
        _write(columns, log.tables[name], folder / f"{stem}-{name}.parquet")


def read_log(folder: Path, stem: str) -> Log:
    """Return the log that `write_log` wrote.

    Raises:
        LogError: A file is missing, is no Parquet file, has other columns, or its rows contradict each other.
    """
    log = Log()
    for record in _read(COLUMNS, folder / f"{stem}.parquet"):
        log.append(_row(record, folder / f"{stem}.parquet"))
    for name, columns in TABLES.items():
        for record in _read(columns, folder / f"{stem}-{name}.parquet"):
            log.attach(name, record)
    return log


def _row(record: tuple[object, ...], path: Path) -> Row:
    row = Row(*record)  # type: ignore[arg-type]
    if row.kind not in set(Kind):
        raise LogError(
            f"{path}: row {row.seq} is of kind {row.kind!r}, which this version does not know. Run it again."
        )
    return row._replace(kind=Kind(row.kind))


def _columns(names: Sequence[str], rows: Iterable[Sequence[object]]) -> dict[str, list[object]]:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return {
        name: list(column)
        if name in _WHOLE | _MEASURED
        else [None if value is None else str(value) for value in column]
        for name, column in zip(names, columns, strict=True)
    }


def _frame(names: Sequence[str], rows: Iterable[Sequence[object]]) -> "pd.DataFrame":
    import pandas as pd

    data = {}
    for name, column in _columns(names, rows).items():
        dtype = "Int64" if name in _WHOLE else "Float64" if name in _MEASURED else "str"
        data[name] = pd.Series(column, dtype=dtype)
    return pd.DataFrame(data)


def _write(names: Sequence[str], rows: Iterable[Sequence[object]], path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    arrays = []
    for name, column in _columns(names, rows).items():
        kind = pa.int64() if name in _WHOLE else pa.float64() if name in _MEASURED else pa.string()
        arrays.append(pa.array(column, kind))
    parquet.write_table(pa.table(arrays, names=list(names)), path)


def _read(names: Sequence[str], path: Path) -> list[tuple[object, ...]]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        # `partitioning` off: a folder named `a=1` would otherwise become a column
        columns = parquet.read_table(path, partitioning=None).to_pydict()
    except (OSError, pa.ArrowInvalid) as error:
        raise LogError(f"{path}: this part of a saved run is missing or cannot be read. Run it again.") from error
    if tuple(columns) != tuple(names):
        raise LogError(f"{path}: it has columns {', '.join(columns)}, not {', '.join(names)}. Run it again.")
    return list(zip(*columns.values(), strict=True))
