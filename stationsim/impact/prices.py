"""What does each rule cost? The table of a run played once more without it, and the same in words.

What a rule costs is what the incidents cost with it, less what they cost without it. `stationsim.price` works it out,
a saved run keeps it as plain values.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from stationsim.errors import LogError
from stationsim.impact.frames import records
from stationsim.impact.ledger import QUANTITIES
from stationsim.impact.naming import listed

__all__ = ["ALL", "GOOD", "MAIN", "costs_of", "ids_of", "plain_prices", "price_table", "said"]

ALL = "all of them"
"""What stands as the rule in the row of all rules together."""

MAIN = (
    "people_caught",
    "evas_flown",
    "person_days_without_return_ship",
    "person_days_return_delay",
    "activities_postponed",
    "activities_cancelled",
    "activities_terminated",
    "activities_aborted",
    "eva_delay",
    "launches_changed",
    "activities_moved",
    "people_sheltered",
    "crew_hours_lost",
    "crew_hours_displaced",
    "crew_hours_response",
)
"""The quantities that are told, the one that weighs most first: rules are in the order of what they cost of these."""

GOOD = ("evas_flown",)
"""Quantities of which less is worse."""

_TEXTS, _LISTS = ("rule", "text", "severity", "waived_by", "note"), ("bound", "outcomes", "then")
_COLUMNS = ("rule", "text", "severity", "waived_by", *_LISTS, *MAIN, "note")


def price_table(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Return prices as a table, whose columns `stationsim.price` describes.

    Raises:
        LogError: Rows that a saved run keeps are of another form.
    """
    found = list(rows)
    try:
        cells = {name: [row[name] for row in found] for name in _COLUMNS}
        return pd.DataFrame({name: _column(name, cells[name]) for name in _COLUMNS})
    except (KeyError, TypeError, ValueError) as error:
        mend = "Work it out again with `stationsim report RUN --deep`."
        raise LogError(f"prices.json: what each rule costs is of another form ({error!r}). {mend}") from error


def _column(name: str, cells: list[Any]) -> "pd.Series[Any]":
    if name in _LISTS:
        return pd.Series([tuple(cell) for cell in cells], dtype="object")
    return pd.Series(cells, dtype="str" if name in _TEXTS else "Float64")


def plain_prices(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return prices as values that JSON has."""
    return [
        {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}
        for row in records(table)
    ]


def costs_of(row: Mapping[str, object]) -> tuple[dict[str, float], dict[str, float]]:
    """Return what a rule costs and what it spares: quantity -> difference, each without those that do not differ."""
    known = {name: float(str(row[name])) for name in MAIN if row[name] is not None}
    worse = {name: cost for name, cost in known.items() if cost and (cost < 0) == (name in GOOD)}
    return worse, {name: cost for name, cost in known.items() if cost and name not in worse}


def said(row: Mapping[str, object], names: Mapping[str, str]) -> str:
    """Return a rule in words: what it costs and what it spares, what it says, what it bound."""
    held = listed([names.get(subject, subject) for subject in ids_of(row["bound"])], most=6)
    lines = [f"{row['rule']}: {_cost(row)}"]
    if row["rule"] != ALL:
        lines += [f"    {row['text']} ({row['severity']}, waived by {row['waived_by']})"]
    return "\n".join([*lines, f"    bound {held or 'nothing'}"])


def ids_of(cell: object) -> list[str]:
    """Return the ids in a cell of the table: none where the cell is empty."""
    return [str(item) for item in cell] if isinstance(cell, list | tuple) else []


def _cost(row: Mapping[str, object]) -> str:
    if row["note"] is not None:
        return f"not known, {row['note']}"
    dearer, spared = ([_part(*pair) for pair in costs.items()] for costs in costs_of(row))
    count, then = len(ids_of(row["outcomes"])), ids_of(row["then"])
    told = ", ".join(dearer) or "no cost by itself"
    told += f": without it {listed(then)} would bind" if then and not dearer else ""
    told += f"; it spares {', '.join(spared)}" if spared else ""
    return told + (f"; {count} {'activity comes' if count == 1 else 'activities come'} out otherwise" if count else "")


def _part(quantity: str, value: float) -> str:
    unit = QUANTITIES[quantity].unit
    return f"{quantity.replace('_', ' ')} {value:+,.4g}{'' if unit == '1' else f' {unit}'}"
