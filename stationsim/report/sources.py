"""Where do the numbers come from? Every source that the scenario names, with what it is the source of."""

from collections.abc import Mapping

from stationsim.log.outcome import Manifest
from stationsim.report.words import clean

MOST_ROWS = 400
_ASSUMED = "assumed"
_LONG = 600


def source_rows(manifest: Manifest) -> dict[str, object]:
    """Return the sources: `head` says how many of what, `rows` are (source, of what), `left_out` counts the rest."""
    rows = [(str(found["source"]), _of(found["of"])) for found in manifest.sources]
    assumed = sum(_ASSUMED in source for source, _ in rows)
    records = sum(count for _, of in rows for count in of.values())
    return {
        "head": f"Sources: {len(rows)} behind {records} records; {assumed} say that something is assumed",
        "rows": [
            {"source": clean(source, _LONG), "of": ", ".join(f"{table} ({count})" for table, count in of.items())}
            for source, of in rows[:MOST_ROWS]
        ],
        "left_out": max(0, len(rows) - MOST_ROWS),
    }


def _of(value: object) -> dict[str, int]:
    return {clean(table): int(str(count)) for table, count in value.items()} if isinstance(value, Mapping) else {}
