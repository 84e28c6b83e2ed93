"""What becomes of an activity, and why? A revision of the plan: the windows that bind, those that were in the way."""

from collections.abc import Iterable, Iterator, Mapping

import attrs
from attrs import frozen

from stationsim.planning.place import Date, Search, Slot
from stationsim.planning.reasons import Starts, chief, reasons, tried
from stationsim.planning.windows import Window
from stationsim.station.act import Act
from stationsim.station.choice import cast_of
from stationsim.station.rules import Block
from stationsim.station.situation import Situation
from stationsim.station.situation import over as over_plan
from stationsim.station.transitions import Life

PINNED = "pinned"
"""Rule of the window that a pin is."""


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
    replaced: tuple[tuple[str, Window], ...] = ()
    """Who was to take part and does not, each with the window that keeps them from the new date."""


@frozen(kw_only=True)
class Revision:
    """The changed activities, in the order in which they were placed; what is missing is kept.

    `proof` says of an optimiser's plan, stage by stage, what it costs and whether that is proven to be the least.
    """

    changes: tuple[Change, ...] = ()
    proof: str = ""

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


def over(situations: Mapping[str, Situation], revision: Revision) -> dict[str, Situation]:
    """Return the same beliefs over the plan as a revision changes it."""
    acts = dict(next(iter(situations.values())).acts)
    acts |= {change.id: _changed(acts[change.id], change) for change in revision.changes}
    return over_plan(situations, acts)


def _changed(act: Act, change: Change) -> Act:
    return attrs.evolve(
        act,
        start_s=change.start_s,
        people=tuple(person for person, _ in change.cast),
        roles=tuple(role for _, role in change.cast),
        life=Life.UNDATED if change.start_s is None else Life.PLANNED,
    )


def named(act: Act) -> tuple[Slot, ...]:
    """Return the places of an activity, each for who takes it now and nobody else."""
    return tuple(Slot(role=role, candidates=(person,)) for person, role in cast_of(act))


def change_of(act: Act, date: Date, cast: tuple[tuple[str, str], ...], search: Search, starts: Starts) -> Change:
    """Name what binds, and of that the chief window; nothing binds where only the lead of a new date does.

    Args:
        act: The activity as it is planned.
        date: What the search found for it.
        cast: Who takes part.
        search: The search that found the date.
        starts: The starts that it tried.
    """
    is_later = act.start_s is not None and (date.start_s is None or date.start_s > act.start_s)
    if act.aim_row is not None and is_later:
        act = attrs.evolve(act, aim_s=act.start_s)  # wanted as soon as may be: what keeps it from the date it had?
    binding = (*_binding(act, date, search, starts), *_pin(act, date, search))
    first = chief(binding, act.goal_s, date.start_s)
    if first is not None and first.block.rule != act.rule and _is_little(act, date, search.situation.now_s):
        first = chief((w for w in binding if w.block.rule == act.rule), act.goal_s, date.start_s)
    reason = _unbound(act, date) if first is None else first.block.reason
    over = () if act.goal_s is None else search.windows_at(act.goal_s)
    return Change(
        id=act.id,
        start_s=date.start_s,
        cast=cast,
        rule=None if first is None else first.block.rule,
        reason=reason,
        cause=None if first is None else first.block.cause,
        windows=tuple(dict.fromkeys((*binding, *over, *date.windows, *_ahead(search)))),
        binding=binding,
        replaced=tuple(_replaced(act, date, cast, search)),
    )


def _replaced(act: Act, date: Date, cast: tuple[tuple[str, str], ...], search: Search) -> Iterator[tuple[str, Window]]:
    """Yield who was wished for, or takes part now, and cannot at the new date; who could is left out."""
    taking = {person for person, _ in cast}
    wished = zip(act.wish_people, act.roles, strict=False)
    for person, role in dict.fromkeys((*wished, *cast_of(act))):
        if date.start_s is None or person in taking:
            continue
        found = chief(search.keeping(person, role, date.start_s), date.start_s, None)
        if found is not None:
            yield person, found


def _unbound(act: Act, date: Date) -> str:
    """Say why an activity has the date that no rule binds."""
    if act.aim_s is not None:
        return "as decided"
    return "back to its wish" if date.start_s == act.wish_s else "first date after the lead of a new date"


def _pin(act: Act, date: Date, search: Search) -> tuple[Window, ...]:
    """Return the window that a pin is: no day after the wish."""
    if date.start_s is not None or act.wish_s is None or not search.situation.activity(act.id).pinned:
        return ()
    found = Block(
        lo_s=act.wish_s + 1, hi_s=None, mode="start", rule=PINNED, severity="hard", reason="it is pinned to its date"
    )
    return (Window(lo_s=found.lo_s, hi_s=None, block=found),)


def _is_little(act: Act, date: Date, now_s: int) -> bool:
    """Tell whether the reason for which an activity lost its wish still tells more than the one for its new date.

    So it is once the wish has gone by: where it had no date and has one now, or is moved on by less than before.
    """
    wish_s, present_s, start_s = act.goal_s, act.start_s, date.start_s
    if act.rule is None or wish_s is None or start_s is None or wish_s - act.before_s >= now_s:
        return False
    return present_s is None or 0 < start_s - present_s < present_s - wish_s


def _binding(act: Act, date: Date, search: Search, starts: Starts) -> tuple[Window, ...]:
    """Return a least set of windows that forbids the same people or the wish, and every start before the new date.

    Where an activity that was moved before comes back towards its wish, it keeps its reason: nothing binds it anew.
    """
    if date.start_s is not None and date.start_s == act.start_s:
        own = attrs.evolve(search, slots=named(act))
        return reasons(own, [date.start_s])
    now_s, wish_s = search.situation.now_s, act.goal_s
    is_at_wish = wish_s is not None and (act.start_s == wish_s or wish_s - act.before_s >= now_s)
    wished = (wish_s,) if wish_s is not None and is_at_wish and search.windows_at(wish_s) else ()
    comes_back = date.start_s is not None and act.start_s is not None and date.start_s < act.start_s
    if not wished and act.rule is not None and comes_back:
        return ()
    from_s = now_s if wish_s is None else max(wish_s, now_s)
    return reasons(search, (*wished, *tried(search, starts, from_s=from_s, end_s=date.start_s)))


def _ahead(search: Search) -> tuple[Window, ...]:
    """Return the windows that still lie ahead: they answer why not on another day."""
    now_s = search.situation.now_s
    return tuple(window for window in search.base if window.hi_s is None or window.hi_s > now_s)
