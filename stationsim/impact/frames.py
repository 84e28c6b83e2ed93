"""How do rows become the tables of an impact, and back? Column names and types of every table stand here."""

from collections.abc import Iterable, Sequence

import pandas as pd

__all__ = ["TABLES", "frame", "records"]

_RUN = {"run": "str"}
_SPAN = {"start_s": "int64", "until_s": "int64"}
_DIFFERENCE = {"unit": "str", "nominal": "float64", "disrupted": "float64", "difference": "float64"}

TABLES: dict[str, dict[str, str]] = {
    "changes": {
        "subject": "str", "kind": "str", "outcome": "str", "differs": "object", "planned_utc": "str",
        "nominal_utc": "str", "actual_utc": "str", "delay_s": "Int64", "attempts": "object", "was": "object",
        "now": "object", "rule": "str", "cause_seq": "Int64", "incident": "str", "reason": "str",
        "no_earlier": "object", "replaced": "object",
    },
    "ledger": {"incident": "str", "subject": "str", "quantity": "str", **_DIFFERENCE},
    "totals": {"quantity": "str", **_DIFFERENCE},
    "spans": {
        **_RUN, "subject": "str", "kind": "str", "layer": "str", "state": "str", **_SPAN, "attempt": "int64",
    },
    "cover": {**_RUN, "person": "str", "level": "int64", "name": "str", "ship": "str", **_SPAN},
    "hours": {
        **_RUN, "person": "str", "activity": "str", "kind": "str", "role": "str", **_SPAN, "added": "bool",
    },
    "ports": {**_RUN, "port": "str", "ship": "str", **_SPAN},
    "curves": {
        **_RUN, "subject": "str", "quantity": "str", "unit": "str", "t_s": "int64", "value": "float64", "seq": "int64",
    },
    "consumables": {
        **_RUN, "consumable": "str", **_SPAN, "stock_kg": "float64", "rate_kg_per_d": "float64", "margin_d": "float64",
    },
    "hatches": {**_RUN, "hatch": "str", "state": "str", **_SPAN},
    "whereabouts": {**_RUN, "person": "str", "state": "str", "place": "str", "activity": "str", **_SPAN},
    "capabilities": {**_RUN, "capability": "str", **_SPAN, "value": "float64"},
    "recovery": {
        "capability": "str", "text": "str", "unit": "str", "depth": "float64", "deepest_utc": "str", "area": "float64",
        "since_utc": "str", "back_utc": "str", "days": "float64",
    },
    "beliefs": {**_RUN, "subject": "str", "view": "str", "what": "str", "value": "str", **_SPAN},
    "incidents": {
        "incident": "str", "node": "str", "mode": "str", "background": "bool", "struck_s": "int64", "onset_s": "int64",
        "first_s": "Int64", "first_by": "str", "delay_s": "int64", "state": "str", "closed_s": "Int64",
        "open_s": "Int64", "finding": "str",
    },
    "knowledge": {
        "incident": "str", "centre": "str", "what": "str", "subject": "str", "text": "str", "since_s": "int64",
        "expected_s": "Int64", "put_off": "int64", "answered_s": "Int64", "answer": "str", "by": "str",
    },
    "margins": {
        "subject": "str", "verdict": "str", "quantity": "str", "value": "float64", "limit": "float64",
        "margin": "float64", "unit": "str", "holds": "bool", "relative": "float64", "t_utc": "str", "limit_utc": "str",
        "rule": "str", "source": "str", "is_assumed": "bool", "outcome": "str",
        "reason": "str", "seq": "Int64",
    },
    "decisions": {
        "decision": "int64", "t_utc": "str", "ship": "str", "incident": "str", "centre": "str", "people": "object",
        "policy": "str", "option": "str", "text": "str", "weighed": "int64", "played": "int64", "same": "int64",
        "rejected": "int64", "last_utc": "str", "wait_level": "str", "wait_by": "Int64", "bounds": "object",
    },
    "options": {
        "decision": "int64", "option": "str", "text": "str", "generator": "str", "state": "str", "rule": "str",
        "reason": "str", "same_as": "str", "how": "str", "loses_level": "str", "loses_by": "Int64", "last_utc": "str",
        "wait_level": "str", "wait_by": "Int64",
    },
    "waivers": {
        "rule": "str", "activity": "str", "rationale": "str", "by": "str", "t_utc": "str", "decision": "Int64",
    },
    "causes": {"seq": "int64", "cause": "int64"},
}  # fmt: skip


def frame(name: str, rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """Return a table of an impact from rows in the order of its columns."""
    dtypes = TABLES[name]
    columns: list[Sequence[object]] = list(zip(*rows, strict=True)) or [()] * len(dtypes)
    pairs = zip(dtypes.items(), columns, strict=True)
    return pd.DataFrame({column: pd.Series(list(values), dtype=dtype) for (column, dtype), values in pairs})


def records(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows of a table as dicts; what is missing is None.

    >>> records(pd.DataFrame({"rule": pd.Series(["EVA-1", None], dtype="str")}))
    [{'rule': 'EVA-1'}, {'rule': None}]
    """
    columns = {
        str(name): [
            None if gone else value for value, gone in zip(values.tolist(), values.isna().tolist(), strict=True)
        ]
        for name, values in table.items()
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
