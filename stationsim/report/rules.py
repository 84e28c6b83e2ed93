"""Which rules does the page name, and which were dropped? Rows of plain text for the template, which escapes them."""

from collections.abc import Iterable

from stationsim.impact.impact import Impact
from stationsim.report.words import Record, Words, clean, integer, records


def rule_rows(impact: Impact) -> list[dict[str, object]]:
    """Return the rules that changes (with what forbids an earlier date), events, waivers, options and prices name."""
    beside = [one for column in ("no_earlier", "replaced") for cell in impact.changes[column] for one in _dicts(cell)]
    priced = () if impact.prices is None else impact.prices["rule"]
    named: Iterable[object] = [
        *impact.changes["rule"],
        *(one["rule"] for one in beside),
        *impact.events["rule"],
        *impact.waivers["rule"],
        *(rule for rule in (*impact.options["rule"], *priced) if rule in impact.manifest.rules),
    ]
    used = sorted({str(rule) for rule in named if isinstance(rule, str)})
    return [
        {"id": rule, **{key: clean(value) for key, value in impact.manifest.rules.get(rule, {}).items()}}
        for rule in used
    ]


def _dicts(cell: object) -> list[Record]:
    """Return the dicts in a cell of table `changes`: one, several or none."""
    listed = cell if isinstance(cell, list | tuple) else [cell]
    return [one for one in listed if isinstance(one, dict)]


def waiver_rows(impact: Impact, words: Words) -> list[dict[str, object]]:
    """Return the waivers, with names: those of the scenario, then those that belong to a decision."""
    return [
        {
            "rule": clean(waiver["rule"]),
            "activity": words.name(waiver["activity"]),
            "rationale": clean(waiver["rationale"], 600),
            "by": clean(waiver["by"] or ""),
            "decision": integer(waiver["decision"]),
        }
        for waiver in records(impact.waivers)
    ]
