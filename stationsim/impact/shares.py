"""What does each of several incidents cost? The difference that both make is split between them.

What an incident costs depends on what has already happened. The fair share is its mean over all orders in which the
incidents could have come (the Shapley value), from the logs with every combination of them; of more than four incidents
it is what each added when it came. Shares of a quantity add up to its difference exactly.

Source: L. S. Shapley, "A value for n-person games", Contributions to the Theory of Games II, 1953.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial

from stationsim.impact.chains import Chains
from stationsim.impact.changes import changes
from stationsim.impact.ledger import QUANTITIES, Line, ledger
from stationsim.impact.reading import Reading
from stationsim.log.outcome import Outcome

__all__ = ["BY_CAUSE", "FAIR", "IN_ORDER", "shared"]

BY_CAUSE, FAIR, IN_ORDER = "by-cause", "fair", "in-order"
"""How cost is split: by the incident at the top of a chain of causes, fairly, or in the order of the incidents."""

Key = tuple[str, str]
Part = frozenset[str]


def shared(outcome: Outcome, lines: Sequence[Line]) -> tuple[list[Line], str]:
    """Return the lines of a ledger split between the incidents, and how; without further logs they stay as they are.

    Args:
        outcome: A run, with its further logs.
        lines: The lines of its ledger, each with the incident at the top of its chain of causes.
    """
    if not outcome.parts:
        return list(lines), BY_CAUSE
    players = tuple(Chains(outcome.disrupted, outcome.manifest).struck)
    none, all_ = Part(), Part(players)
    sums = {none: _sums(lines, "nominal"), all_: _sums(lines, "disrupted")}
    for part, log in outcome.parts.items():
        reading = Reading.of(Outcome(manifest=outcome.manifest, nominal=outcome.nominal, disrupted=log))
        sums[Part(part)] = _sums(ledger(reading, changes(reading)), "disrupted")
    is_fair = len(sums) == 2 ** len(players)
    found: list[Line] = []
    for key in dict.fromkeys(key for part in sums.values() for key in part):
        worth = {part: Fraction(values.get(key, 0)) for part, values in sums.items()}
        by_incident = fair(players, worth) if is_fair else in_order(players, worth)
        found += _lines(key, float(worth[none]), float(worth[all_]), by_incident)
    order = {quantity: index for index, quantity in enumerate(QUANTITIES)}
    return sorted(found, key=lambda line: order[line.quantity]), FAIR if is_fair else IN_ORDER


def fair(players: Sequence[str], worth: Mapping[Part, Fraction]) -> dict[str, Fraction]:
    """Return the mean of what each adds over all orders in which they could come.

    Args:
        players: The incidents.
        worth: What every combination of them comes to, that of none included.

    >>> fair(("a", "b"), {Part(): Fraction(0), Part("a"): Fraction(4), Part("b"): Fraction(0), Part("ab"): Fraction(6)})
    {'a': Fraction(5, 1), 'b': Fraction(1, 1)}
    """
    count, found = len(players), dict[str, Fraction]()
    for player in players:
        others, share = [other for other in players if other != player], Fraction(0)
        for size in range(count):
            weight = Fraction(factorial(size) * factorial(count - size - 1), factorial(count))
            for before in map(Part, combinations(others, size)):
                share += weight * (worth[before | {player}] - worth[before])
        found[player] = share
    return found


def in_order(players: Sequence[str], worth: Mapping[Part, Fraction]) -> dict[str, Fraction]:
    """Return what each adds to those before it."""
    steps = [Part(players[:count]) for count in range(len(players) + 1)]
    return {
        player: worth[after] - worth[before] for player, before, after in zip(players, steps, steps[1:], strict=False)
    }


def _sums(lines: Sequence[Line], column: str) -> dict[Key, float]:
    """Return what each quantity of each subject comes to in a run."""
    found: dict[Key, float] = {}
    for line in lines:
        key = (line.subject, line.quantity)
        found[key] = found.get(key, 0) + getattr(line, column)
    return found


def _lines(key: Key, nominal: float, disrupted: float, shares: Mapping[str, Fraction]) -> list[Line]:
    """Return a line for what both runs have, and one for the share of each incident; the last takes the rounding."""
    paying = [(incident, float(share)) for incident, share in shares.items() if share]
    found = [Line(None, *key, nominal, nominal)] if nominal or not paying else []
    left = disrupted - nominal
    for number, (incident, share) in enumerate(paying, start=1):
        own = left if number == len(paying) else share
        left -= own
        found.append(Line(incident, *key, 0.0, own))
    return [line for line in found if line.nominal or line.disrupted]
