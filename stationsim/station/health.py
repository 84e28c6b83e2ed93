"""How well does a node do? Four grades as small integers, so that gates are `max` and `sorted`."""

NOMINAL, DEGRADED, UNKNOWN, FAILED = range(4)
"""Worse is larger. UNKNOWN exists as belief only: nobody relies on what is unknown, yet it is not known to be lost."""

NAMES = ("nominal", "degraded", "unknown", "failed")


def grade(name: str) -> int:
    """Return the grade of a name.

    >>> grade("failed")
    3
    """
    return NAMES.index(name)


def is_lost(health: int) -> bool:
    """Tell whether what needs this node hard may no longer rely on it.

    >>> is_lost(DEGRADED), is_lost(UNKNOWN)
    (False, True)
    """
    return health >= UNKNOWN
