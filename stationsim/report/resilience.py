"""How deep did it fall, and when was it back? The table and the caption beside the figure of resilience."""

from collections.abc import Collection

import pandas as pd

from stationsim.impact.impact import Impact
from stationsim.impact.resilience import SHARE
from stationsim.report.behind import KINDS, behind
from stationsim.report.words import Record, amount, clean, records, sentence, unit

_WEEK_D = 7
_DAYS = {"sorties": "sortie-days", "free_ports": "port-days", "certified_places": "days of the whole crew"}
"""What a day in which one less can be done is called, by capability."""
_NOTHING = "Nothing that the station can do falls below the run without the incidents."


def resilience_caption(recovery: pd.DataFrame) -> str:
    """Say which capability fell, how deep, and when it was back."""
    said = [_fell(row) for row in records(recovery) if row["depth"]]
    return f"{'. '.join(said)}. Orange is what is missing." if said else _NOTHING


def recovery_rows(impact: Impact, on_page: Collection[object] = ()) -> list[dict[str, str]]:
    """Return how deep each capability fell and when it was back, as text; what never fell says so.

    Both moments lead to what stands behind them (`deepest_link`, `back_link`): the event of the run, or what became of
    the activity that the run without the incidents had then, if that change is `on_page`.
    """
    return [_row(row, impact, on_page) for row in records(impact.recovery)]


def _row(row: Record, impact: Impact, on_page: Collection[object]) -> dict[str, str]:
    found = {"text": sentence(clean(row["text"])), "depth": "never below", "deepest": "", "area": "", "back": ""}
    found |= {"deepest_link": "", "back_link": ""}
    if not row["depth"]:
        return found
    back = "not in this run"
    if row["back_utc"]:
        back = f"{str(row['back_utc'])[:10]}, after {amount(row['days'])} d"
    return found | {
        "depth": f"−{of_capability(row['depth'], row['unit'])}",
        "deepest": str(row["deepest_utc"]).replace("T", " ")[:16],
        "deepest_link": _link(row["capability"], row["deepest_utc"], impact, on_page),
        "area": missing(row["capability"], row["area"]),
        "back": back,
        "back_link": _link(row["capability"], row["back_utc"], impact, on_page),
    }


def _link(capability: object, utc: object, impact: Impact, on_page: Collection[object]) -> str:
    """Return the anchor of what changed a capability at a moment; empty for none."""
    kinds = KINDS.get(str(capability), set())
    here = impact.events[impact.events["t_utc"] == utc]
    if here.empty or not kinds:
        return ""
    seq = behind(impact).of_kind(int(here["t_s"].iloc[0]), kinds)
    if seq is not None:
        return f"event-{seq}"
    planned = (subject for subject in here[here["run"] == "nominal"]["subject"].tolist() if subject in on_page)
    return next((f"change-{subject}" for subject in planned), "")


def _fell(row: Record) -> str:
    back = f"level again on {str(row['back_utc'])[:10]}" if row["back_utc"] else "not level again in this run"
    return f"{sentence(clean(row['text']))}: {of_capability(row['depth'], row['unit'])} less at worst, {back}"


def missing(capability: object, area: object) -> str:
    """Return what is missing of a capability in all, in the unit that its depth times days has.

    >>> missing("sorties", 343.49), missing("certified_places", 22.29), missing("work_inside", 14.0)
    ('343.5 sortie-days', '22.3 days of the whole crew', '2 h')
    """
    if capability == "work_inside":  # hours a week, over days
        return f"{amount(float(str(area)) / _WEEK_D)} h"
    return f"{amount(area)} {_DAYS.get(str(capability), 'days')}"


def of_capability(value: object, measured: object) -> str:
    """Return a number of a capability with its unit; a share in percent.

    >>> of_capability(0.4286, "share"), of_capability(3.0, "1"), of_capability(2.5, "h")
    ('43 %', '3', '2.5 h')
    """
    if measured == SHARE:
        return f"{amount(round(100 * float(str(value))))} %"
    return f"{amount(value)} {unit(measured)}".strip()
