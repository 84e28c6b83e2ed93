"""What do all tables say, with their types? A Parquet file per table of the impact."""

import io
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from stationsim.exports.tables import plain, tables_of
from stationsim.impact.frames import records
from stationsim.impact.impact import Impact

__all__ = ["files"]


def files(impact: Impact) -> dict[str, bytes]:
    """Return `TABLE.parquet` for every table; a list or a dict is text of JSON."""
    return {f"{name}.parquet": _bytes(table) for name, table in tables_of(impact).items()}


def _bytes(table: pd.DataFrame) -> bytes:
    rows = records(table)
    names = [str(name) for name in table]
    arrays = [pa.array([plain(row[name]) for row in rows], _type(table[name])) for name in names]
    stream = io.BytesIO()
    parquet.write_table(pa.table(arrays, names=names), stream)
    return stream.getvalue()


def _type(column: "pd.Series[Any]") -> pa.DataType:
    if pd.api.types.is_bool_dtype(column):
        return pa.bool_()
    if pd.api.types.is_integer_dtype(column):
        return pa.int64()
    return pa.float64() if pd.api.types.is_float_dtype(column) else pa.string()
