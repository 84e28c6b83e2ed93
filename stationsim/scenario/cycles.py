"""Does anything hang on itself? Every cycle of an ordered graph, found and written the same way each time."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

_MOST = 20


def cycles(needs: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Return cycles, first name repeated at the end; cutting the last step of each leaves none.

    Args:
        needs: For each name the names it hangs on.

    >>> cycles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]})
    [('a', 'b', 'c', 'a')]
    """
    left = {name: list(others) for name, others in needs.items()}
    found: list[tuple[str, ...]] = []
    while len(found) < _MOST:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            # graphlib walks from what is needed to who needs it.
            ring = tuple(reversed(error.args[1]))[:-1]
            first = ring.index(min(ring))
            ring = (*ring[first:], *ring[:first], ring[first])
            left[ring[-2]].remove(ring[-1])
            found.append(ring)
        else:
            break
    return found
