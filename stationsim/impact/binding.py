"""Which rules bound a decision? Of one log: each rule with the activities that it moved, held or ended."""

from stationsim.impact.reading import Run

__all__ = ["bound"]

_RULE, _BINDING = 5, 9
"""Columns of table `blocks`."""


def bound(run: Run) -> dict[str, tuple[str, ...]]:
    """Return the activities that each rule bound, rules and activities in the order in which they first did.

    A rule binds by a window that decided a new date (`binding` in table `blocks`), or as the rule of a hold, a call-off
    or an early end.
    """
    found: dict[str, dict[str, None]] = {}
    for row, subject in sorted((row, fate.subject) for fate in run.fates.values() for row in fate.decisive):
        windows = run.log.attached("blocks", row.seq)
        rules = [row.rule, *(str(window[_RULE]) for window in windows if window[_BINDING])]
        for rule in rules:
            if rule is not None:
                found.setdefault(rule, {})[subject] = None
    return {rule: tuple(subjects) for rule, subjects in found.items()}
