"""Where does each number of the ledger come from? From before to after, one step per subject, as bars of HTML.

The steps add up to the difference exactly. Bars begin at the least value of the way, not at zero: the page says so.
"""

from collections.abc import Collection

from stationsim.impact.impact import Impact
from stationsim.report.tables import quantity
from stationsim.report.words import Record, Words, amount, clean, records, signed, unit

MOST_STEPS = 14
_FIRST = ("eva_delay", "crew_hours_lost", "crew_hours_displaced", "crew_hours_response")


def waterfalls(impact: Impact, words: Words, on_page: Collection[object]) -> list[dict[str, object]]:
    """Return one waterfall per quantity that differs: `id, title, unit, before, after, difference, rows`.

    Args:
        impact: Of which the ledger is told.
        words: Names and times.
        on_page: Subjects whose change stands on the page, so that a step can lead to it.
    """
    totals = [row for row in records(impact.totals) if row["difference"]]
    totals.sort(key=lambda row: _FIRST.index(str(row["quantity"])) if row["quantity"] in _FIRST else len(_FIRST))
    parts: dict[str, list[Record]] = {}
    for row in records(impact.ledger):
        if row["difference"]:
            parts.setdefault(str(row["quantity"]), []).append(row)
    return [_fall(row, parts.get(str(row["quantity"]), []), on_page, words) for row in totals]


_SPLIT = {
    "by-cause": "Each difference is booked to the incident at the top of its chain of causes.",
    "fair": (
        "Each difference is split fairly: the share of an incident is its mean over all orders in which they could "
        "have come (the Shapley value), from runs with every combination of them."
    ),
    "in-order": "There are many incidents: the share of each is what it added to those before it when it came.",
}


def by_incident(impact: Impact, words: Words) -> dict[str, object] | None:
    """Return what each of several incidents costs: `text, incidents, rows`; None for one incident."""
    shares: dict[str, dict[str, float]] = {}
    for row in records(impact.ledger):
        if row["difference"] and row["incident"]:
            found = shares.setdefault(str(row["quantity"]), {})
            found[str(row["incident"])] = found.get(str(row["incident"]), 0.0) + _number(row["difference"])
    incidents = [str(row["incident"]) for row in records(impact.incidents) if not row["background"]]
    if not incidents[1:]:
        return None
    units = {str(row["quantity"]): (unit(row["unit"]) or "count", row["difference"]) for row in records(impact.totals)}
    return {
        "text": _SPLIT[impact.split],
        "incidents": _told_apart(incidents, words),
        "rows": [
            {
                "id": name,
                "quantity": quantity(name),
                "unit": units[name][0],
                "shares": [signed(found.get(incident, 0.0)) for incident in incidents],
                "difference": signed(units[name][1]),
            }
            for name, found in shares.items()
            if name in units  # margins of different consumables come to nothing together
        ],
    }


def _told_apart(incidents: list[str], words: Words) -> list[str]:
    """Return the names of incidents; where two struck the same thing, with their ids."""
    names = [words.incident(incident) for incident in incidents]
    if len(set(names)) == len(names):
        return names
    return [f"{name} ({clean(incident)})" for name, incident in zip(names, incidents, strict=True)]


def _fall(total: Record, parts: list[Record], on_page: Collection[object], words: Words) -> dict[str, object]:
    ranked = sorted(parts, key=lambda row: (-abs(_number(row["difference"])), str(row["subject"])))
    shown, rest = ranked[:MOST_STEPS], ranked[MOST_STEPS:]
    steps = [
        (words.name(row["subject"]), str(row["subject"]), _number(row["difference"]), str(row["incident"] or ""))
        for row in shown
    ]
    if rest:
        steps.append((f"{len(rest)} more", "", sum(_number(row["difference"]) for row in rest), ""))
    before, after = _number(total["nominal"]), _number(total["disrupted"])
    levels = [before]
    for _, _, step, _ in steps:
        levels.append(levels[-1] + step)
    least, most = min(levels), max(levels)
    reach = (most - least) or 1.0
    return {
        "id": str(total["quantity"]),
        "title": quantity(total["quantity"]),
        "unit": unit(total["unit"]),
        "before": amount(before),
        "after": amount(after),
        "difference": signed(total["difference"]),
        "begins": amount(least),
        "rows": [
            {
                "name": name,
                "thing": thing,
                "has_change": thing in on_page,
                "incident": words.incident(incident) if incident else "",
                "value": signed(step),
                "sign": "more" if step > 0 else "less",
                "left": round(100 * (min(start, start + step) - least) / reach, 2),
                "wide": round(100 * abs(step) / reach, 2),
            }
            for (name, thing, step, incident), start in zip(steps, levels, strict=False)
        ],
    }


def _number(value: object) -> float:
    return float(str(value or 0))
