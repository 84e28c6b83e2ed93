"""How deep did it fall, and when was it back? The table and the caption beside the figure of resilience."""

import pandas as pd

from stationsim.impact.resilience import SHARE
from stationsim.report.words import Record, amount, clean, records, sentence, unit

_NOTHING = "Nothing that the station can do falls below the run without the incidents."


def resilience_caption(recovery: pd.DataFrame) -> str:
    """Say which capability fell, how deep, and when it was back."""
    said = [_fell(row) for row in records(recovery) if row["depth"]]
    return f"{'. '.join(said)}. Orange is what is missing." if said else _NOTHING


def recovery_rows(recovery: pd.DataFrame) -> list[dict[str, str]]:
    """Return how deep each capability fell and when it was back, as text; what never fell says so."""
    return [_row(row) for row in records(recovery)]


def _row(row: Record) -> dict[str, str]:
    found = {"text": sentence(clean(row["text"])), "depth": "never below", "deepest": "", "area": "", "back": ""}
    if not row["depth"]:
        return found
    back = "not in this run"
    if row["back_utc"]:
        back = f"{str(row['back_utc'])[:10]}, after {amount(row['days'])} d"
    return found | {
        "depth": f"−{of_capability(row['depth'], row['unit'])}",
        "deepest": str(row["deepest_utc"]).replace("T", " ")[:16],
        "area": f"{amount(row['area'])} {'h·d' if row['unit'] == 'h' else 'd'}",
        "back": back,
    }


def _fell(row: Record) -> str:
    back = f"level again on {str(row['back_utc'])[:10]}" if row["back_utc"] else "not level again in this run"
    return f"{sentence(clean(row['text']))}: {of_capability(row['depth'], row['unit'])} less at worst, {back}"


def of_capability(value: object, measured: object) -> str:
    """Return a number of a capability with its unit; a share in percent.

    >>> of_capability(0.4286, "share"), of_capability(3.0, "1"), of_capability(2.5, "h")
    ('43 %', '3', '2.5 h')
    """
    if measured == SHARE:
        return f"{amount(round(100 * float(str(value))))} %"
    return f"{amount(value)} {unit(measured)}".strip()
