"""How many days of food and water are there above the reserve? Stocks in closed form between the events of a log.

    stock(t) = stock₀ − n·u·(t − t₀), never below 0, and more by what a ship brings as it docks for the first time
    margin(t) = stock(t) / (n·u) − reserve

with n people aboard, each of whom uses u. The margin falls by a day a day, and jumps where people come or leave. What
is aboard at the start is in the stock already. Fractions keep it exact: the same stock by another way is the same.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

import pandas as pd
from attrs import frozen

from stationsim.impact.changes import Change
from stationsim.impact.frames import records
from stationsim.impact.reading import Reading
from stationsim.log.kinds import Kind
from stationsim.log.log import Log
from stationsim.log.outcome import Manifest

__all__ = ["Least", "Level", "behind", "compared", "last_d", "least", "levels", "rows"]

_DAY_S = 86400
_COMING = (Kind.BOARDED, Kind.LEFT)


@frozen
class Level:
    """A span [s] in which as many people use a consumable: what it begins with.

    `stock_kg` is there at `start_s` and falls by `rate_kg_per_d`, which is 0 where nobody is aboard and where nothing
    is left; `margin_s` [s] is None where nobody is aboard, else it falls with time, but not below `floor_s` [s].
    """

    consumable: str
    start_s: int
    until_s: int
    stock_kg: Fraction
    rate_kg_per_d: Fraction
    margin_s: Fraction | None
    floor_s: int

    @property
    def last_s(self) -> Fraction | None:
        """The margin at the end of the span, before whatever comes then [s]; None where nobody is aboard."""
        if self.margin_s is None or not self.rate_kg_per_d:
            return self.margin_s
        return max(self.margin_s - (self.until_s - self.start_s), Fraction(self.floor_s))


@frozen(kw_only=True)
class Least:
    """The least margin of a consumable in a run [s], rounded down, and the second by which it is reached."""

    margin_s: int
    t_s: int


def levels(log: Log, manifest: Manifest) -> Iterator[Level]:
    """Return the spans of every consumable, one after the other, from the start of a run to its end."""
    crews = _crews(log)
    for consumable, known in manifest.consumables.items():
        brought = _brought(log, manifest, consumable)
        edges = sorted({0, manifest.horizon_s, *crews, *brought})
        stock, people = Fraction(float(str(known["stock_kg"]))), 0
        for start_s, until_s in pairwise(edges):
            stock, people = stock + brought.get(start_s, 0), crews.get(start_s, people)
            for level in _spans(consumable, known, people, stock, (start_s, until_s)):
                yield level
                stock = max(stock - level.rate_kg_per_d * (level.until_s - level.start_s) / _DAY_S, Fraction(0))


def least(log: Log, manifest: Manifest) -> dict[str, Least]:
    """Return the least margin of every consumable; where nobody is ever aboard, the length of the run."""
    found = {consumable: Least(margin_s=manifest.horizon_s, t_s=0) for consumable in manifest.consumables}
    lowest: dict[str, Fraction] = {}
    for level in levels(log, manifest):
        last = level.last_s
        if last is not None and last < lowest.get(level.consumable, math.inf):
            lowest[level.consumable] = last
            t_s = level.until_s if level.rate_kg_per_d else level.start_s
            found[level.consumable] = Least(margin_s=math.floor(last), t_s=t_s)
    return found


def behind(reading: Reading, found: Iterable[Change], consumable: str, low: Least) -> str | None:
    """Return the incident behind the least margin of the disrupted run; None for none.

    That is the one behind who came, left or brought some nearest to that second, else behind an arrival that changed.
    """
    log, manifest = reading.disrupted.log, reading.manifest
    ships = {ship for ship, known in manifest.ships.items() if consumable in _brings(known)}
    changing = [row for row in log if row.kind in _COMING or (row.kind is Kind.DOCKED and row.subject in ships)]
    nearest = sorted(changing, key=lambda row: abs(row.t_s - low.t_s))
    near = (reading.chains.incident(row.seq) for row in nearest)
    late = (change.incident for change in found if reading.has_effect(change.subject, "dock"))
    return next((incident for incident in (*near, *late) if incident is not None), reading.chains.only)


def _crews(log: Log) -> dict[int, int]:
    """Return how many people are aboard from each second on at which somebody comes or leaves [s]."""
    aboard: set[str] = set()
    found: dict[int, int] = {}
    for row in log:
        if row.kind is Kind.BOARDED:
            aboard.add(row.subject)
        elif row.kind is Kind.LEFT:
            aboard.discard(row.subject)
        else:
            continue
        found[row.t_s] = len(aboard)
    return found


def _brought(log: Log, manifest: Manifest, consumable: str) -> dict[int, Fraction]:
    """Return what comes at which second [kg]: with the first docking of a ship that was not docked at the start."""
    seen: set[str] = set()
    found: dict[int, Fraction] = {}
    for row in log:
        if row.kind is Kind.DOCKED and row.subject not in seen:
            seen.add(row.subject)
            amount = _brings(manifest.ships.get(row.subject, {})).get(consumable)
            if amount and (row.t_s > 0 or row.cause is not None):  # what is docked at the start has no cause
                found[row.t_s] = found.get(row.t_s, Fraction(0)) + Fraction(amount)
    return found


def _brings(ship: dict[str, object]) -> dict[str, float]:
    known = ship.get("brings")
    return known if isinstance(known, dict) else {}


def _spans(
    consumable: str, known: dict[str, object], people: int, stock: Fraction, span: tuple[int, int]
) -> Iterator[Level]:
    """Return the one or two spans of the same people: until nothing is left, and from then on."""
    (start_s, until_s), floor_s = span, -int(str(known["reserve_s"]))
    rate = people * Fraction(float(str(known["use_kg_per_day"])))
    empty_s = start_s + math.ceil(stock / rate * _DAY_S) if rate else until_s
    none, lowest = Fraction(0), Fraction(floor_s)
    if start_s < min(empty_s, until_s):
        margin = stock / rate * _DAY_S + floor_s if rate else None
        yield Level(consumable, start_s, min(empty_s, until_s), stock, rate, margin, floor_s)
    if empty_s < until_s:
        yield Level(consumable, empty_s, until_s, none, none, lowest, floor_s)


# --- tables -----------------------------------------------------------------------------------------------------------


def rows(run: str, log: Log, manifest: Manifest) -> Iterator[tuple[object, ...]]:
    """Return the rows of table `consumables` of a run."""
    for level in levels(log, manifest):
        margin_d = None if level.margin_s is None else float(level.margin_s / _DAY_S)
        stock_kg, rate = float(level.stock_kg), float(level.rate_kg_per_d)
        yield run, level.consumable, level.start_s, level.until_s, stock_kg, rate, margin_d


def last_d(row: Mapping[str, object], reserve_d: float) -> float | None:
    """Return the margin at the end of a row of table `consumables` [d]; None where nobody is aboard."""
    if row["margin_d"] is None:
        return None
    margin_d, lasts_s = float(str(row["margin_d"])), int(str(row["until_s"])) - int(str(row["start_s"]))
    return max(margin_d - lasts_s / _DAY_S, -reserve_d) if row["rate_kg_per_d"] else margin_d


def compared(table: pd.DataFrame, manifest: Manifest) -> list[dict[str, object]]:
    """Return the least margins of both runs, that of the consumable which loses most first.

    Each is `consumable, name, reserve_d, nominal_d, nominal_s, disrupted_d, disrupted_s, difference_d` [d] and [s]:
    the margin and the second by which it is reached; None where nobody is aboard in the whole run.
    """
    found: list[dict[str, object]] = []
    for consumable, known in manifest.consumables.items():
        reserve_d = float(str(known["reserve_s"])) / _DAY_S
        told: dict[str, object] = {"consumable": consumable, "name": known["name"], "reserve_d": reserve_d}
        for run in ("nominal", "disrupted"):
            mine = records(table[(table["run"] == run) & (table["consumable"] == consumable)])
            ends = [(last, row) for row in mine if (last := last_d(row, reserve_d)) is not None]
            margin_d, row = min(ends, key=lambda end: end[0], default=(None, None))
            at = None if row is None else row["until_s" if row["rate_kg_per_d"] else "start_s"]
            told |= {f"{run}_d": margin_d, f"{run}_s": at}
        was, now = told["nominal_d"], told["disrupted_d"]
        more = now - was if isinstance(was, float) and isinstance(now, float) else None
        found.append({**told, "difference_d": more})
    return sorted(found, key=lambda one: float(str(one["difference_d"] or 0.0)))
