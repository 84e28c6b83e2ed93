"""What should one see in the figure of consumables? A sentence, and the same spans as a table."""

from stationsim.impact.consumables import compared, last_d
from stationsim.impact.impact import Impact
from stationsim.report.captions import listed
from stationsim.report.words import Record, Words, amount, clean, records

_KEY = (
    "The thin line is before, the thick one after; it falls by a day a day and jumps where people or ships come or go."
)
_HEADS = ("What", "Left at first", "Days above the reserve", "From (UTC)", "Until (UTC)", "Run")
_RUNS = {"nominal": "before", "disrupted": "after"}
_DIFFERS_D = 0.05
"""What no reader of a tenth would see [d]."""


def consumable_caption(impact: Impact, words: Words) -> str:
    """Say what each comes down to, when, and whether the incidents change it."""
    parts, below = [], []
    for one in compared(impact.consumables, impact.manifest):
        was, now, at = one["nominal_d"], one["disrupted_d"], one["disrupted_s"]
        if not isinstance(now, float):
            continue
        before = isinstance(was, float) and abs(now - was) > _DIFFERS_D
        instead = f", instead of {_days(was)}" if before else ""
        parts.append(
            f"{clean(one['name'])} comes down to {_days(now)} above its reserve by {words.clock(at)} UTC{instead}"
        )
        below += [clean(one["name"]).lower()] if now < 0 else []
    if not parts:
        return "Nobody is aboard, so nothing is used up."
    short = f" The reserve of {listed(below)} is drawn upon." if below else ""
    return f"{'. '.join(parts)}.{short} {_KEY}"


def _days(value: object) -> str:
    return f"{amount(round(float(str(value)), 1))} d"


def consumable_rows(impact: Impact, words: Words) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return heads and rows of the table under the figure; a span of both runs stands once."""
    runs: dict[tuple[str, ...], list[str]] = {}
    for row in records(impact.consumables):
        known = impact.manifest.consumables[str(row["consumable"])]
        key = (
            clean(known["name"]),
            f"{amount(round(float(str(row['stock_kg']))))} kg",
            _margins(row, float(str(known["reserve_s"])) / 86400),
            words.clock(row["start_s"]),
            words.clock(row["until_s"]),
        )
        runs.setdefault(key, []).append(_RUNS[str(row["run"])])
    rows = [(*key, "both" if len(names) > 1 else names[0]) for key, names in runs.items()]
    return _HEADS, sorted(rows, key=lambda row: (row[0], row[3]))


def _margins(row: Record, reserve_d: float) -> str:
    if row["margin_d"] is None:
        return "nobody aboard"
    return f"{_days(row['margin_d'])} to {_days(last_d(row, reserve_d))}"
