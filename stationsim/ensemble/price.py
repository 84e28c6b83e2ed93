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
from stationsim.ensemble.flips import Told
from stationsim.ensemble.handing import in_processes
from stationsim.errors import ScenarioError, StationSimError
from stationsim.impact.binding import bound
from stationsim.impact.frames import records
from stationsim.impact.ledger import QUANTITIES
from stationsim.impact.prices import ALL, GOOD, MAIN, plain_prices, price_table, said
from stationsim.impact.reading import Reading
from stationsim.kernel.run import run
from stationsim.log.outcome import Manifest, Outcome
from stationsim.scenario.model import Scenario
from stationsim.scenario.words import not_a
from stationsim.shown import pre
from stationsim.station.builtin import ORDER_RULE

__all__ = ["ALL", "MAIN", "Price", "price", "priced"]

_DAY = "d"


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
        return "\n".join([head, *(said(row, self.manifest.names) for row in records(self.table))])

    @property
    def plain(self) -> list[dict[str, object]]:
        """The table as values that JSON has: as a saved run keeps it."""
        return plain_prices(self.table)

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
    workers: int = 1,
    told: Told | None = None,
    **passed: Any,  # noqa: ANN401 - as for `run`
) -> Price:
    """Return what each rule costs that bound something in the disrupted run.

    Args:
        scenario: A scenario; its distributions are drawn with `seed`, the same for every rule.
        seed: Seed of the draws.
        only: Rules to price, also those that bound nothing; left out, all that bound something.
        workers: Processes that play; any number gives the same.
        told: Called with the plays that are done, and all.
        passed: What `stationsim.run` takes besides: `rules`, `modes`, `waivers`, `policy`. Rules among them are priced.

    Raises:
        ScenarioError: There is no such rule, or the scenario cannot be run as it is.
    """
    passed = {**passed, **{name: tuple(passed[name]) for name in ("rules", "waivers") if name in passed}}
    outcome = run(scenario, seed, shares=False, **passed)
    return priced(outcome, scenario, seed, only=only, workers=workers, told=told, **passed)


def priced(
    outcome: Outcome,
    scenario: Scenario,
    seed: int,
    *,
    only: Iterable[str] = (),
    workers: int = 1,
    told: Told | None = None,
    **passed: Any,  # noqa: ANN401 - as for `run`
) -> Price:
    """Return what each rule costs, of a run that was played already: that of this scenario and seed, passed the same.

    Raises:
        ScenarioError: There is no such rule.
    """
    known = outcome.manifest.rules
    asked = tuple(dict.fromkeys(only))
    if unknown := [not_a("rule", name, known) for name in asked if name not in known]:
        raise ScenarioError("\n".join(f"price(only=...): {text}" for text in unknown))
    base, binding = answer(outcome), bound(Reading.of(outcome).disrupted)
    runs = _Runs(scenario=scenario, seed=seed, binding=binding, passed=passed)
    jobs: list[tuple[str, ...]] = [(rule,) for rule in asked or binding]
    rows: list[_Row] = []
    for row in in_processes(runs.row, jobs, workers, "price"):
        rows.append(row)
        if told is not None:
            told(len(rows), len(jobs))
    rows.sort(key=lambda row: _order(row, base))
    free = tuple(row.rules[0] for row in rows if row.without is not None)
    if len(free) > 1:
        rows.append(runs.row(free))
    return Price(manifest=outcome.manifest, table=_table(rows, base, known))


@frozen(kw_only=True)
class _Runs:
    """What is played again without some rules: the same for every play."""

    scenario: Scenario = field(repr=False)
    seed: int
    binding: dict[str, tuple[str, ...]]
    passed: dict[str, Any]

    def row(self, gone: tuple[str, ...]) -> "_Row":
        """Play the scenario without some rules."""
        held = tuple(dict.fromkeys(subject for rule in gone for subject in self.binding.get(rule, ())))
        row = _Row(rules=gone, bound=held, without=None, note=None)
        own = self.passed.get("rules", ())
        written = [rule.id for rule in self.scenario.rules if rule.id in gone]
        if len(written) + sum(rule.id in gone for rule in own) < len(gone):
            return evolve(row, note=_PHYSICAL if ORDER_RULE.id in gone else _TELLING)
        left = {"rules": tuple(rule for rule in own if rule.id not in gone)} if own else {}
        if "waivers" in self.passed:
            left["waivers"] = tuple(waiver for waiver in self.passed["waivers"] if waiver.rule not in gone)
        try:
            other = run(self.scenario.without_rule(*written), self.seed, shares=False, **{**self.passed, **left})
        except StationSimError as error:
            return evolve(row, note=f"the scenario cannot be played without it: {str(error).splitlines()[0]}")
        return evolve(row, without=answer(other))


def _order(row: _Row, base: Answer) -> tuple[object, ...]:
    """Return what a rule is sorted by: its cost in each quantity, days in whole days; what is unknown comes last."""
    if row.without is None:
        return (1, row.rules)
    costs = [(name, more(name, row.without, base) * (-1 if name in GOOD else 1)) for name in MAIN]
    weighed = [-round(cost) if QUANTITIES[name].unit == _DAY else -cost for name, cost in costs]
    return (0, *weighed, -len(differing(row.without, base)), row.rules)


def _then(row: _Row) -> tuple[str, ...]:
    """Return the rules that bind what these bound, once they are gone."""
    rules = {} if row.without is None else row.without.rules
    return tuple(dict.fromkeys(rules[subject] for subject in row.bound if subject in rules))


def _table(rows: list[_Row], base: Answer, known: dict[str, dict[str, object]]) -> pd.DataFrame:
    return price_table(_told(row, base, known) for row in rows)


def _told(row: _Row, base: Answer, known: dict[str, dict[str, object]]) -> dict[str, object]:
    """Return the row of a table."""
    is_one = len(row.rules) == 1
    found: dict[str, object] = {"rule": row.rules[0] if is_one else ALL}
    found |= {name: known[row.rules[0]][name] if is_one else None for name in ("text", "severity", "waived_by")}
    found |= {"bound": row.bound, "then": _then(row), "note": row.note}
    found["outcomes"] = () if row.without is None else differing(base, row.without)
    return found | {name: None if row.without is None else more(name, row.without, base) for name in MAIN}
