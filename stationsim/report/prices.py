"""What does each rule cost? A row per rule in words, dearest first, as `stationsim.price` tells them."""

from stationsim.impact.impact import Impact
from stationsim.impact.ledger import QUANTITIES
from stationsim.impact.naming import listed
from stationsim.impact.prices import ALL, costs_of, ids_of
from stationsim.report.rules import rule_rows
from stationsim.report.tables import quantity
from stationsim.report.words import Record, Words, clean, records, signed, unit

MOST_OPEN, MOST_ROWS = 8, 60
"""So many rules stand open, and so many on the page at all."""
_MOST_BOUND = 4


def price_rows(impact: Impact, words: Words) -> list[dict[str, object]]:
    """Return one dict per rule: `rule, linked, text, costs, spares, none, others, bound`; empty if not worked out."""
    if impact.prices is None:
        return []
    listed_rules = {str(rule["id"]) for rule in rule_rows(impact)}
    return [_row(row, listed_rules, words) for row in records(impact.prices)]


def _row(row: Record, known: set[str], words: Words) -> dict[str, object]:
    worse, spared = costs_of(row)
    then, others = ids_of(row["then"]), ids_of(row["outcomes"])
    is_all = row["rule"] == ALL
    none = "" if worse else "nothing by itself"
    if then and none:
        none = f"nothing by itself: without it {listed(then)} would bind"
    if row["note"] is not None:
        none = f"not known: {row['note']}"
    return {
        "rule": "All of them together" if is_all else clean(row["rule"]),
        "linked": row["rule"] in known,
        "text": "" if is_all else clean(row["text"]),
        "costs": [_part(*pair) for pair in worse.items()],
        "spares": [_part(*pair) for pair in spared.items()],
        "none": clean(none),
        "others": _otherwise(len(others)) if row["note"] is None else "",
        "bound": clean(listed([words.name(one) for one in ids_of(row["bound"])], most=_MOST_BOUND)) or "nothing",
    }


def _part(name: str, value: float) -> str:
    measured = QUANTITIES[name].unit
    return f"{quantity(name)} {signed(value)} {unit(measured)}".rstrip()


def _otherwise(count: int) -> str:
    if not count:
        return "nothing"
    return f"{count} {'activity' if count == 1 else 'activities'}"
