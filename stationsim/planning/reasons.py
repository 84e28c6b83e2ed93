"""Why that day and no earlier one? A least set of windows: without any one of them, a start that was tried is free.

The minimal reason of a date is what a deletion filter leaves of all windows that were in the way [1]: each is taken
out in turn, and stays out where the others forbid every start all the same.

    [1] J. W. Chinneck, E. W. Dravnieks, Locating minimal infeasible constraint sets in linear programs, ORSA Journal on
    Computing 3 (1991) 157-168.
"""

from collections.abc import Callable, Iterable, Iterator

from stationsim.planning.place import HORIZON_S, Search
from stationsim.planning.windows import Window

Starts = Callable[[int], Iterator[int]]
"""The starts worth trying from a moment on [s], in order of time."""


def tried(search: Search, starts: Starts, *, from_s: int, end_s: int | None) -> tuple[int, ...]:
    """Return one start of every span between two edges of windows in which nothing changes.

    Args:
        search: The search for a date, after it has looked.
        starts: The starts that it tried, or would have if any day were an opportunity.
        from_s: The first moment [s].
        end_s: The date that was found [s]; None if none was.
    """
    end_s = from_s + HORIZON_S if end_s is None else end_s
    edges = {edge for w in search.seen() for edge in (w.lo_s, w.hi_s) if edge is not None and from_s < edge < end_s}
    found: dict[int, None] = {}
    for edge_s in (from_s, *sorted(edges)):
        start_s = next(starts(edge_s), None)
        if start_s is None or start_s >= end_s:
            break
        found[start_s] = None
    return tuple(found)


def reasons(search: Search, points: Iterable[int]) -> tuple[Window, ...]:
    """Return a least set of windows that forbids every one of these starts to everybody; a free one asks for none.

    What is kept rather: what forbids the first of the starts, what a rule says of the activity itself over what another
    activity is in the way of, the windows of an event over those that always stand, and of these the ones that last.
    """
    asked = tuple(points)
    kept = list(dict.fromkeys(window for start_s in asked for window in search.in_the_way(start_s)))
    forbidden = [start_s for start_s in asked if not search.is_free(start_s, kept)]
    order = {window: -place for place, window in enumerate(kept)}
    for window in sorted(kept, key=lambda w: (*_rank(w, asked[0]), order[w])):
        left = [other for other in kept if other != window]
        if not any(search.is_free(start_s, left) for start_s in forbidden):
            kept = left
    return tuple(kept)


def chief(windows: Iterable[Window], wish_s: int | None, start_s: int | None) -> Window | None:
    """Return the one that is named first.

    That is one that forbids the wish rather than a later day, one of an event rather than one that always stands, one
    that is over by the new date rather than one that is not, and of several the one that ends last.
    """

    def rank(window: Window) -> tuple[bool, bool, bool, bool, int]:
        is_over = start_s is not None and window.hi_s is not None and window.hi_s <= start_s
        forbids_wish = wish_s is not None and window.holds(wish_s)
        return forbids_wish, window.block.cause is not None, is_over, *_end(window)

    return max(windows, key=rank, default=None)


def _rank(window: Window, first_s: int) -> tuple[bool, bool, bool, bool, int]:
    """Order in which windows are taken out."""
    is_of_event = window.block.cause is not None
    return window.holds(first_s), window.other is None, is_of_event, *_end(window)


def _end(window: Window) -> tuple[bool, int]:
    return window.hi_s is None, window.hi_s or 0
