"""What does a figure say to those who cannot see it? The same spans as a table under each figure."""

from collections.abc import Callable, Mapping

import pandas as pd

from stationsim.impact.impact import Impact
from stationsim.impact.naming import is_air
from stationsim.impact.resilience import CAPABILITIES
from stationsim.report.consumables import consumable_rows
from stationsim.report.theme import LEVELS
from stationsim.report.words import Record, Words, amount, clean, integer, records, sentence, unit

MOST_ROWS = 250
_RUNS = {"nominal": "before", "disrupted": "after"}


def twins(impact: Impact, words: Words) -> dict[str, dict[str, object]]:
    """Return figure -> `heads`, `rows` of text and `left_out`, of every figure that no other table tells."""
    found = {
        "ports": _twin(
            impact.ports, ("Port", "Ship"), lambda row: (words.name(row["port"]), words.name(row["ship"])), words
        ),
        "people": _twin(
            impact.hours,
            ("Person", "Work"),
            lambda row: (words.name(row["person"]), words.name(row["activity"]) + ", response" * bool(row["added"])),
            words,
        ),
        "seats": _twin(
            impact.cover,
            ("Person", "Seat"),
            lambda row: (words.name(row["person"]), f"{_level(row)}{_in(row['ship'], words)}"),
            words,
        ),
        "resilience": _twin(
            impact.capabilities,
            ("What", "Value"),
            lambda row: (sentence(CAPABILITIES[str(row["capability"])][1]), amount(row["value"])),
            words,
        ),
        "hatches": _twin(
            impact.hatches, ("Hatch", "State"), lambda row: (words.name(row["hatch"]), clean(row["state"])), words
        ),
        "places": _twin(
            impact.whereabouts,
            ("Person", "Where"),
            lambda row: (words.name(row["person"]), f"{clean(row['state'])}{_in(row['place'], words)}"),
            words,
        ),
        "beliefs": _twin(
            impact.beliefs,
            ("What", "State"),
            lambda row: (
                words.incident(str(row["subject"])) if row["what"] == "incident" else words.name(row["subject"]),
                f"{clean(row['value'])} ({words.name(row['view'])})",
            ),
            words,
        ),
        "air": _curves(impact.curves, words, of_air=True),
        "consumables": _cut(*consumable_rows(impact, words)),
        "physics": _curves(impact.curves, words, of_air=False),
    }  # fmt: skip
    return {name: twin for name, twin in found.items() if twin["rows"]}


def _level(row: Record) -> str:
    level = min(integer(row["level"]) or 0, len(LEVELS) - 1)
    return f"class {level}, {LEVELS[level].word}"


def _in(place: object, words: Words) -> str:
    return "" if place is None else f", {words.name(place)}"


def _twin(
    table: pd.DataFrame, heads: tuple[str, str], said: Callable[[Record], tuple[str, str]], words: Words
) -> dict[str, object]:
    """Return a table of spans; what is the same in both runs stands once."""
    runs: dict[tuple[str, str, str, str], list[str]] = {}
    for row in records(table):
        key = (*said(row), words.clock(row["start_s"]), words.clock(row["until_s"]))
        runs.setdefault(key, []).append(_RUNS.get(str(row["run"]), ""))
    rows: list[tuple[str, ...]] = [(*key, "both" if len(set(names)) > 1 else names[0]) for key, names in runs.items()]
    rows.sort(key=lambda row: (row[4] == "both", row[0], row[2]))
    return _cut((*heads, "From (UTC)", "Until (UTC)", "Run"), rows)


def _curves(curves: pd.DataFrame, words: Words, *, of_air: bool) -> dict[str, object]:
    """Return where each quantity begins, its extremes and its end."""
    rows: list[tuple[str, ...]] = []
    for (run, subject, quantity, measured), mine in curves.groupby(["run", "subject", "quantity", "unit"], sort=False):
        told = [row for row in records(mine.sort_values("t_s", kind="stable")) if row["value"] is not None]
        if not told or is_air(words.manifest, str(subject), str(quantity)) != of_air:
            continue
        picks: Mapping[str, Record] = {
            "first": told[0], "least": min(told, key=_value), "most": max(told, key=_value), "last": told[-1],
        }  # fmt: skip
        rows += [
            (
                f"{words.name(subject)}, {sentence(quantity).lower()}",
                f"{what} {amount(row['value'])} {unit(measured)}".rstrip(),
                words.clock(row["t_s"]),
                "",
                _RUNS.get(str(run), ""),
            )
            for what, row in picks.items()
        ]
    return _cut(("Quantity", "Value", "At (UTC)", "", "Run"), rows)


def _value(row: Record) -> float:
    return float(str(row["value"]))


def _cut(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> dict[str, object]:
    return {"heads": heads, "rows": rows[:MOST_ROWS], "left_out": max(0, len(rows) - MOST_ROWS)}
