"""What does each rule cost? The scenario once more without it, with and without its incidents.

    price = stationsim.price(scenario)
    print(price.text)

What a rule costs is what the incidents cost with it, less what they cost without it. A rule may cost nothing by itself
although it bound something: then another one stands behind it, and only both together cost something.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd
from attrs import evolve, field, frozen

from stationsim.ensemble.answers import Answer, answer, differing, more
from stationsim.errors import ScenarioError, StationSimError
from stationsim.impact.binding import bound
from stationsim.impact.ledger import QUANTITIES
from stationsim.impact.naming import listed
from stationsim.kernel.run import run
from stationsim.log.outcome import Manifest
from stationsim.scenario.model import Scenario
from stationsim.scenario.words import not_a
from stationsim.shown import pre
from stationsim.station.builtin import ORDER_RULE

__all__ = ["ALL", "MAIN", "Price", "price"]

ALL = "all of them"
"""What stands as the rule in the row of all rules together."""

MAIN = (
    "people_caught",
    "evas_flown",
    "person_days_without_return_ship",
    "person_days_return_delay",
    "activities_postponed",
    "activities_cancelled",
    "activities_terminated",
    "activities_aborted",
    "eva_delay",
    "launches_changed",
    "activities_moved",
    "people_sheltered",
    "crew_hours_lost",
    "crew_hours_displaced",
    "crew_hours_response",
)
"""The quantities that are told, the one that weighs most first: rules are in the order of what they cost of these."""

_DAY = "d"
_GOOD = ("evas_flown",)
"""Quantities of which less is worse."""


@frozen(kw_only=True)
class Price:
    """What each rule costs.

    Attributes:
        manifest: What the run as it is says about itself.
        table: One row per rule that bound something in the disrupted run, dearest first, then one of all together:
            `rule, text, severity, waived_by, bound, outcomes, then, <each quantity of MAIN>, note`. `bound` are the
            activities it moved, held or ended, `outcomes` those with another outcome or day without it, `then` the
            rules that bind what it bound where it is gone (tuples of ids). A quantity [unit of the ledger] is its
            difference with the rule less its difference without it; missing where the scenario cannot be played
            without the rule, and then `note` says why.
    """

    manifest: Manifest = field(repr=False)
    table: pd.DataFrame = field(repr=False)

    @property
    def text(self) -> str:
        """The same in words, a paragraph per rule."""
        head = f"{self.manifest.title or self.manifest.scenario}: what each rule costs, dearest first"
        if self.table.empty:
            return f"{head}\nNo rule bound anything."
        return "\n".join([head, *(_said(row, self.manifest.names) for row in self.table.to_dict("records"))])

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return pre(self.text)


_TELLING = "it stands in no book: without it what the incident says means nothing"
_PHYSICAL = "it stands in no book: nobody can do without it"
"""Notes about rules that the model brings along: what incidents say goes by them, or they are how things are."""


@frozen(kw_only=True)
class _Row:
    rules: tuple[str, ...]
    bound: tuple[str, ...]
    without: Answer | None
    note: str | None


def price(
    scenario: Scenario,
    seed: int = 0,
    *,
    only: Iterable[str] = (),
    **passed: Any,  # noqa: ANN401 - as for `run`
) -> Price:
    """Return what each rule costs that bound something in the disrupted run.

    Args:
        scenario: A scenario; its distributions are drawn with `seed`, the same for every rule.
        seed: Seed of the draws.
        only: Rules to price, also those that bound nothing; left out, all that bound something.
        passed: What `stationsim.run` takes besides: `rules`, `modes`, `waivers`, `policy`. Rules among them are priced.

    Raises:
        ScenarioError: There is no such rule, or the scenario cannot be run as it is.
    """
    passed = {**passed, **{name: tuple(passed[name]) for name in ("rules", "waivers") if name in passed}}
    outcome = run(scenario, seed, shares=False, **passed)
    known = outcome.manifest.rules
    asked = tuple(dict.fromkeys(only))
    if unknown := [not_a("rule", name, known) for name in asked if name not in known]:
        raise ScenarioError("\n".join(f"price(only=...): {told}" for told in unknown))
    base = answer(outcome)
    binding = bound(base.reading.disrupted)
    priced = asked or tuple(binding)
    rows = [_played(scenario, seed, (rule,), binding, passed) for rule in priced]
    rows.sort(key=lambda row: _order(row, base))
    free = tuple(row.rules[0] for row in rows if row.without is not None)
    if len(free) > 1:
        rows.append(_played(scenario, seed, free, binding, passed))
    return Price(manifest=outcome.manifest, table=_table(rows, base, known))


def _played(
    scenario: Scenario, seed: int, gone: tuple[str, ...], binding: dict[str, tuple[str, ...]], passed: dict[str, Any]
) -> _Row:
    """Play a scenario without some rules."""
    held = tuple(dict.fromkeys(subject for rule in gone for subject in binding.get(rule, ())))
    row = _Row(rules=gone, bound=held, without=None, note=None)
    own = passed.get("rules", ())
    written = [rule.id for rule in scenario.rules if rule.id in gone]
    if len(written) + sum(rule.id in gone for rule in own) < len(gone):
        return evolve(row, note=_PHYSICAL if ORDER_RULE.id in gone else _TELLING)
    left = {name: tuple(item for item in items if item.id not in gone) for name, items in (("rules", own),) if items}
    if "waivers" in passed:
        left["waivers"] = tuple(waiver for waiver in passed["waivers"] if waiver.rule not in gone)
    try:
        return evolve(
            row, without=answer(run(scenario.without_rule(*written), seed, shares=False, **{**passed, **left}))
        )
    except StationSimError as error:
        return evolve(row, note=f"the scenario cannot be played without it: {str(error).splitlines()[0]}")


def _order(row: _Row, base: Answer) -> tuple[object, ...]:
    """Return what a rule is sorted by: its cost in each quantity, days in whole days; what is unknown comes last."""
    if row.without is None:
        return (1, row.rules)
    costs = [(name, more(name, row.without, base) * (-1 if name in _GOOD else 1)) for name in MAIN]
    weighed = [-round(cost) if QUANTITIES[name].unit == _DAY else -cost for name, cost in costs]
    return (0, *weighed, -len(differing(row.without, base)), row.rules)


def _then(row: _Row) -> tuple[str, ...]:
    """Return the rules that bind what these bound, once they are gone."""
    rules = {} if row.without is None else row.without.rules
    return tuple(dict.fromkeys(rules[subject] for subject in row.bound if subject in rules))


def _table(rows: list[_Row], base: Answer, known: dict[str, dict[str, object]]) -> pd.DataFrame:
    columns: dict[str, pd.Series[Any]] = {
        "rule": pd.Series([row.rules[0] if len(row.rules) == 1 else ALL for row in rows], dtype="str")
    }
    for name in ("text", "severity", "waived_by"):
        cells = [known[row.rules[0]][name] if len(row.rules) == 1 else None for row in rows]
        columns[name] = pd.Series(cells, dtype="str")
    columns["bound"] = pd.Series([row.bound for row in rows], dtype="object")
    changed = [() if row.without is None else differing(base, row.without) for row in rows]
    columns["outcomes"] = pd.Series(changed, dtype="object")
    columns["then"] = pd.Series([_then(row) for row in rows], dtype="object")
    for name in MAIN:
        cells = [None if row.without is None else more(name, row.without, base) for row in rows]
        columns[name] = pd.Series(cells, dtype="Float64")
    columns["note"] = pd.Series([row.note for row in rows], dtype="str")
    return pd.DataFrame(columns)


def _said(row: dict[Any, Any], names: dict[str, str]) -> str:
    """Return a rule in words: what it costs and what it spares, what it says, what it bound."""
    held = listed([names.get(subject, subject) for subject in row["bound"]], most=6)
    lines = [f"{row['rule']}: {_cost(row)}"]
    if row["rule"] != ALL:
        lines += [f"    {row['text']} ({row['severity']}, waived by {row['waived_by']})"]
    return "\n".join([*lines, f"    bound {held or 'nothing'}"])


def _cost(row: dict[Any, Any]) -> str:
    if isinstance(row["note"], str):
        return f"not known, {row['note']}"
    costs = {name: float(row[name]) for name in MAIN if row[name] != 0}
    dearer = [_part(name, cost) for name, cost in costs.items() if (cost < 0) == (name in _GOOD)]
    spared = [_part(name, cost) for name, cost in costs.items() if (cost < 0) != (name in _GOOD)]
    count = len(row["outcomes"])
    said = ", ".join(dearer) or "no cost by itself"
    said += f": without it {listed(list(row['then']))} would bind" if row["then"] and not dearer else ""
    said += f"; it spares {', '.join(spared)}" if spared else ""
    return said + (f"; {count} {'activity comes' if count == 1 else 'activities come'} out otherwise" if count else "")


def _part(quantity: str, value: float) -> str:
    unit = QUANTITIES[quantity].unit
    return f"{quantity.replace('_', ' ')} {value:+,.4g}{'' if unit == '1' else f' {unit}'}"
