"""How much stands on the page? A plan of a thousand activities gives a page that is read and loaded like any other.

What is left out is counted where it would stand, and the saved run and `stationsim export --format csv` have all of it.
"""

from collections.abc import Sequence
from typing import TypeVar

MOST_CHANGES = 100
"""Rows of what changed."""
MOST_OPEN = 30
"""Rows of what changed that are not folded away."""
MOST_KEPT = 80
"""Rows, and dots of the figure, of what stays as planned: those nearest to the incident."""
MOST_LEDGER = 120
"""Rows of the ledger by incident and subject."""
MOST_CAUSES = 5
"""Causes that a step of the story or a row of the events links to; an event may have hundreds."""
_MOST_TEXT, _FIRST_TEXT = 130_000, 40_000

_KNOTS, _LEAST_KNOTS, _ALL_KNOTS = 60, 8, 800

Item = TypeVar("Item")


def knots(trees: int) -> int:
    """Return how many events a tree of causes may show, if there are so many trees.

    >>> knots(25), knots(60), knots(1000)
    (32, 13, 8)
    """
    return max(_LEAST_KNOTS, min(_KNOTS, _ALL_KNOTS // max(trees, 1)))


def beginning(text: str) -> str:
    """Return a text that is not too long whole, of any other the beginning.

    >>> len(beginning("a" * 130_000)), len(beginning("a" * 130_001))
    (130000, 40000)
    """
    return text if len(text) <= _MOST_TEXT else text[:_FIRST_TEXT]


def nearest(items: Sequence[Item], times_s: Sequence[int], at_s: int, most: int) -> list[Item]:
    """Return the items whose times are nearest to a moment [s], at most so many, in their order.

    >>> nearest("abcd", [1, 5, 6, 90], 6, 2)
    ['b', 'c']
    """
    ranked = sorted(range(len(items)), key=lambda index: (abs(times_s[index] - at_s), index))
    return [items[index] for index in sorted(ranked[:most])]
