"""Which tables does an impact have, and how is a cell that holds several values written?"""

import json

import attrs
import pandas as pd

from stationsim.impact.impact import Impact

__all__ = ["plain", "tables_of"]


def tables_of(impact: Impact) -> dict[str, pd.DataFrame]:
    """Return every table of an impact by its name."""
    values = {field.name: getattr(impact, field.name) for field in attrs.fields(Impact)}
    found = {name: value for name, value in values.items() if isinstance(value, pd.DataFrame)}
    return found if impact.hinges is None else found | impact.hinges.tables


def plain(value: object) -> object:
    """Return a value of one cell; a list or a dict becomes JSON.

    >>> plain([1, "é"]), plain("a"), plain(None)
    ('[1, "é"]', 'a', None)
    """
    return json.dumps(value, allow_nan=False, ensure_ascii=False) if isinstance(value, list | tuple | dict) else value
