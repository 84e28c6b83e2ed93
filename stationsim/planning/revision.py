"""What becomes of an activity, and why? A revision of the plan: the windows that bind, those that were in the way."""

from collections.abc import Iterable

import attrs
from attrs import frozen

from stationsim.planning.place import Date, Search, Slot
from stationsim.planning.windows import Window
from stationsim.station.situation import cast_of
from stationsim.station.state import Act


@frozen(kw_only=True)
class Change:
    """What becomes of one activity: its new date and people, why, and every window that was in the way."""

    id: str
    start_s: int | None
    cast: tuple[tuple[str, str], ...]
    rule: str | None
    reason: str
    cause: int | None
    windows: tuple[Window, ...]
    binding: tuple[Window, ...]


@frozen(kw_only=True)
class Revision:
    """The changed activities, in the order in which they were placed; what is missing is kept."""

    changes: tuple[Change, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The activities that are changed."""
        return tuple(change.id for change in self.changes)

    def only(self, ids: Iterable[str]) -> "Revision":
        """Return the changes of these activities alone."""
        kept = tuple(ids)
        return Revision(changes=tuple(change for change in self.changes if change.id in kept))

    def without(self, ids: Iterable[str]) -> "Revision":
        """Return the changes of all other activities."""
        left = tuple(ids)
        return Revision(changes=tuple(change for change in self.changes if change.id not in left))


def named(act: Act) -> tuple[Slot, ...]:
    """Return the places of an activity, each for who takes it now and nobody else."""
    return tuple(Slot(role=role, candidates=(person,)) for person, role in cast_of(act))


def change_of(act: Act, date: Date, cast: tuple[tuple[str, str], ...], search: Search) -> Change:
    """Name what binds, and of that the window that ends last; nothing binds where only the lead of a new date does."""
    binding = _binding(act, date, search)
    last = max(binding, key=lambda w: (w.hi_s is None, w.hi_s or 0), default=None)
    if last is None:
        reason = "back to its wish" if date.start_s == act.wish_s else "first date after the lead of a new date"
    else:
        reason = last.block.reason
    return Change(
        id=act.id,
        start_s=date.start_s,
        cast=cast,
        rule=None if last is None else last.block.rule,
        reason=reason,
        cause=None if last is None else last.block.cause,
        windows=tuple(dict.fromkeys((*binding, *date.windows, *_ahead(search)))),
        binding=binding,
    )


def _binding(act: Act, date: Date, search: Search) -> tuple[Window, ...]:
    """Return the windows whose removal would allow the same people or the wish.

    Where the wish is free by now, an activity that was moved before keeps its reason: nothing binds it anew.
    """
    if date.start_s is not None and date.start_s == act.start_s:
        return attrs.evolve(search, slots=named(act)).windows_at(date.start_s)
    over = () if act.wish_s is None else search.windows_at(act.wish_s)
    if over:
        return over
    if date.start_s is None:
        return tuple(window for window in date.windows if window.hi_s is None)
    return () if act.rule is not None else date.windows


def _ahead(search: Search) -> tuple[Window, ...]:
    """Return the windows that still lie ahead: they answer why not on another day."""
    now_s = search.situation.now_s
    return tuple(window for window in search.base if window.hi_s is None or window.hi_s > now_s)
