"""What did a scenario come to, and where does another one come to something else? Outcomes, days, costs."""

from attrs import frozen

from stationsim.impact.changes import RETURN, changes
from stationsim.impact.ledger import ledger, scaled, totals
from stationsim.impact.reading import Reading
from stationsim.log.outcome import Outcome

__all__ = ["Answer", "answer", "differing", "more"]

_NOISE = 9
"""Decimals to which costs are told apart: the ledger itself counts in whole seconds and pieces."""


@frozen(kw_only=True)
class Answer:
    """What a pair of runs came to.

    Attributes:
        fates: Activity -> (outcome, day of its start in UTC, None without a date), responses too, in order of the plan.
        rules: Activity that did not stay as planned -> the rule that binds it, where one does.
        costs: Quantity of the ledger -> disrupted minus nominal, in the unit of `ledger.QUANTITIES`.
    """

    fates: dict[str, tuple[str, str | None]]
    rules: dict[str, str]
    costs: dict[str, float]


def answer(outcome: Outcome) -> Answer:
    """Return what an outcome came to; unlike `assess` it makes no tables."""
    reading = Reading.of(outcome)
    found = changes(reading)
    return Answer(
        fates={row.subject: (row.outcome, _day(row.actual_utc)) for row in found if row.kind != RETURN},
        rules={row.subject: row.rule for row in found if row.kind != RETURN and row.rule is not None},
        costs={line.quantity: scaled(line)[3] for line in totals(ledger(reading, found))},
    )


def differing(before: Answer, after: Answer) -> tuple[str, ...]:
    """Return the activities with another outcome or another day, or in one answer only; in the order of the plan."""
    subjects = dict.fromkeys((*before.fates, *after.fates))
    return tuple(subject for subject in subjects if before.fates.get(subject) != after.fates.get(subject))


def more(quantity: str, before: Answer, after: Answer) -> float:
    """Return by how much a quantity costs more after than before, in the unit of the ledger."""
    return round(after.costs[quantity] - before.costs[quantity], _NOISE) + 0.0


def _day(utc: str | None) -> str | None:
    return None if utc is None else utc[:10]
