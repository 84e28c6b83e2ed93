"""What do all tables say, in any program? A CSV file per table of the impact.

Text is kept as it is, also where a spreadsheet would take it for a formula: these files are for programs, which read
back what stood in the tables. The change requests (`changes`) are the ones to open in a spreadsheet.
"""

import json

from stationsim.exports.tables import plain, tables_of
from stationsim.exports.texts import as_csv
from stationsim.impact.frames import records
from stationsim.impact.impact import Impact

__all__ = ["files"]


def files(impact: Impact) -> dict[str, bytes]:
    """Return `TABLE.csv` for every table; a list or a dict is a cell of JSON, yes and no are `true` and `false`."""
    return {
        f"{name}.csv": as_csv(
            [str(column) for column in table], ([_cell(value) for value in row.values()] for row in records(table))
        )
        for name, table in tables_of(impact).items()
    }


def _cell(value: object) -> object:
    return json.dumps(value) if isinstance(value, bool) else plain(value)
