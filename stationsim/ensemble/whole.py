"""What did a run cost, and what would one more failure do? The tables of an impact with all that a report shows."""

from attrs import evolve

from stationsim.ensemble.second import second_failures
from stationsim.errors import LogError
from stationsim.impact import impact as tables
from stationsim.impact.impact import Impact
from stationsim.log.outcome import Outcome

__all__ = ["assess"]


def assess(outcome: Outcome) -> Impact:
    """Return what the incidents cost: the difference of the two logs of an outcome, and what one more failure would do.

    What its decisions hang on is there if the run holds it (`stationsim.deepen`). `second` is None where this version
    cannot read the scenario of a saved run.
    """
    impact = tables.assess(outcome)
    try:
        return evolve(impact, second=second_failures(outcome).table)
    except LogError:
        return impact
