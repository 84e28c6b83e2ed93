"""What do the decisions of a run hang on? What was worked out of it, as tables that a report reads."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from attrs import field, frozen

from stationsim.errors import LogError
from stationsim.impact.frames import records

__all__ = ["Hinged"]

_OF = {"decision": "int64"}
_WHICH = {"hinge": "str", "sort": "str", "variant": "str"}
_DECISIONS = {
    **_OF, "ship": "str", "day": "str", "option": "str", "text": "str", "rules": "int64", "numbers": "int64",
    "dates": "int64", "pairs": "int64", "played": "int64", "still": "int64",
}  # fmt: skip
_TABLES: dict[str, dict[str, str]] = {
    "elements": {
        **_OF, "element": "str", "sort": "str", "subject": "str", "object": "str", "rules": "object",
        "numbers": "object", "shifts": "object", "pairs": "object",
    },
    "flips": {
        **_OF, "hinge": "str", "sort": "str", "value": "str", "variant": "str", "flip": "str", "day": "str",
        "option": "str", "text": "str", "level": "str", "amount": "Int64", "gone": "object", "come": "object",
        "shifted": "object", "source": "str",
    },
    "opened": {**_OF, **_WHICH, "option": "str", "text": "str", "level": "str", "amount": "Int64"},
    "refused": {**_OF, **_WHICH, "why": "str"},
}  # fmt: skip
_TRIED = {"rules": "rule", "numbers": "number", "dates": "date", "pairs": "pair"}

Plain = Mapping[str, Any]


@frozen(kw_only=True, repr=False)
class Hinged:
    """What the decisions of a run hang on; `decision` is the `seq` of the row that says what is chosen.

    Attributes:
        decisions: One row per decision: `decision, ship, day, option, text`, how many `rules, numbers, dates, pairs`
            (of rules) were tried, in how many variants (`played`), and how many of them change nothing (`still`).
        elements: One row per element of a decision: `decision` and the columns of `stationsim.hinges(...).elements`.
        flips: One row per variant that makes it another decision: `decision` and the columns of its `table`.
        opened: What could be done without a rule and would not be: `decision` and the columns of its `opened`.
        refused: Which variants cannot be played: `decision` and the columns of its `refused`.
    """

    decisions: pd.DataFrame = field(repr=False)
    elements: pd.DataFrame = field(repr=False)
    flips: pd.DataFrame = field(repr=False)
    opened: pd.DataFrame = field(repr=False)
    refused: pd.DataFrame = field(repr=False)

    @classmethod
    def of(cls, found: Sequence[Plain]) -> "Hinged":
        """Return the tables of what a saved run keeps, `stationsim.hinges(...).plain` of each decision.

        Raises:
            LogError: Something is missing or of another form.
        """
        try:
            tables = {name: _frame(_rows(found, name), dtypes) for name, dtypes in _TABLES.items()}
            return cls(decisions=_frame([_decision(one) for one in found], _DECISIONS), **tables)
        except (KeyError, TypeError, ValueError) as error:
            told = f"what its decisions hang on is of another form ({error!r})"
            raise LogError(f"hinges.json: {told}. Work it out again with `stationsim report RUN --deep`.") from error

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by the names that exports give them."""
        names = {"hinges": self.flips, "hinge_decisions": self.decisions, "hinge_elements": self.elements}
        return names | {"hinge_opened": self.opened, "hinge_refused": self.refused}

    @property
    def plain(self) -> dict[str, list[dict[str, object]]]:
        """The tables as plain values."""
        names = ("decisions", *_TABLES)
        return {name: records(getattr(self, name)) for name in names}


def _decision(one: Plain) -> dict[str, object]:
    told, tried = one["decision"], one["tried"]
    flipping = {(row["sort"], row["hinge"]) for row in one["flips"]}
    counts = {name: tried.get(sort, 0) for name, sort in _TRIED.items()}
    still = sum(tried.values()) - len(flipping) - one["held"]
    return {"decision": told["seq"], **told, **counts, "played": one["played"], "still": still}


def _rows(found: Sequence[Plain], name: str) -> list[dict[str, object]]:
    return [{"decision": one["decision"]["seq"], **row} for one in found for row in one[name]]


def _frame(rows: Sequence[dict[str, object]], dtypes: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=dtype) for name, dtype in dtypes.items()}
    )  # fmt: skip
