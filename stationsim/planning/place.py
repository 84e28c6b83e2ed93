"""On which day, with which people? The first start on an activity's grid that no window forbids."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from stationsim.planning.windows import Placed, Window, conflicts, forbidden
from stationsim.scenario.model import Activity, Kind
from stationsim.station.choice import Choice, choose
from stationsim.station.rules import Block
from stationsim.station.situation import Situation

DAY_S = 86400
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HORIZON_S = 3 * 366 * DAY_S
"""A date further off than this is no date."""
PEOPLE = "people"
"""Rule of the window that closes an activity for whose places there are not people enough."""


@frozen(kw_only=True)
class Slot:
    """A place in an activity: who may take it, in order of preference, and the skill it asks for, if any."""

    role: str
    candidates: tuple[str, ...]
    skill: str | None = None


@frozen(kw_only=True)
class Date:
    """A start with the people for it; without `start_s` there is no date. `windows` is all that was in the way."""

    start_s: int | None
    cast: tuple[tuple[str, str], ...]
    windows: tuple[Window, ...]


SEATED = "seated"
"""Role of who takes part because their seat is in the ship."""


def slots_of(activity: Activity, situation: Situation, at_s: int | None = None) -> tuple[Slot, ...]:
    """Return the places of an activity: a named person alone, or everybody who is qualified, the named one first.

    Args:
        activity: The activity.
        situation: What its centre believes.
        at_s: When it is to be, for who is seated in its ship by then [s]; None for now.
    """
    slots = tuple(
        Slot(role=role.role, candidates=_candidates(role.who, role.skill, activity, situation), skill=role.skill)
        for role in activity.people
    )
    return slots + crew_slots(activity, situation, situation.now_s if at_s is None else at_s)


def crew_slots(activity: Activity, situation: Situation, at_s: int) -> tuple[Slot, ...]:
    """Return the places of those who take part because their seat is in the ship, if the kind asks for them."""
    if activity.ship is None or not situation.station.kinds[activity.kind].whole_crew:
        return ()
    named = [role.who for role in activity.people]
    crew = situation.crew_at(activity.ship, at_s)
    return tuple(Slot(role=SEATED, candidates=(person,)) for person in crew if person not in named)


def _candidates(who: str | None, skill: str | None, activity: Activity, situation: Situation) -> tuple[str, ...]:
    """Return who may take a place: who is named, or has the skill; anybody where neither is said."""
    first = () if who is None else (who,)
    if skill is None and first:
        return first
    able = [person for person in situation.station.scenario.people if skill is None or skill in person.skills]
    own = [person.id for person in able if person.centre == activity.centre]
    others = [person.id for person in able if person.centre != activity.centre]
    return tuple(dict.fromkeys((*first, *own, *others)))


@frozen(kw_only=True, slots=False, eq=False)
class Search:
    """Looks for a date of one activity beside what is placed; as a last resort it `ignores_soft` rules."""

    id: str
    situation: Situation = field(repr=False)
    placed: Mapping[str, Placed] = field(repr=False)
    slots: tuple[Slot, ...]
    ignores_soft: bool = False
    every: dict[int, tuple[Choice, tuple[Window, ...]]] = field(factory=dict, repr=False)
    """All windows of the choices that were looked at; a search that differs in its places or severities shares them."""

    @cached_property
    def _places(self) -> tuple[tuple[Slot, bool], ...]:
        """Every place, and whether one person alone can take it; of two that ask for the same one, only the first."""
        found: list[tuple[Slot, bool]] = []
        for slot in self.slots:
            taken = [other.candidates[0] for other, is_fixed in found if is_fixed]
            found.append((slot, len(slot.candidates) == 1 and slot.candidates[0] not in taken))
        return tuple(found)

    @cached_property
    def _fixed(self) -> tuple[tuple[str, str], ...]:
        return tuple((slot.candidates[0], slot.role) for slot, is_fixed in self._places if is_fixed)

    @cached_property
    def _open(self) -> tuple[Slot, ...]:
        return tuple(slot for slot, is_fixed in self._places if not is_fixed)

    @cached_property
    def base(self) -> tuple[Window, ...]:
        """Windows with the people that cannot be replaced."""
        return self._forbidden(self._choice(()))

    def _forbidden(self, choice: Choice) -> tuple[Window, ...]:
        """Return the windows of a choice; a search of last resort leaves out the soft ones."""
        known = self.every.get(id(choice))
        if known is None:
            known = self.every[id(choice)] = (choice, forbidden(choice, self.situation, self.placed))
        found = known[1]
        return tuple(w for w in found if w.block.severity != "soft") if self.ignores_soft else found

    @cached_property
    def _with(self) -> dict[tuple[tuple[str, str], ...], tuple[Window, ...]]:
        return {}

    def _choice(self, extra: tuple[tuple[str, str], ...]) -> Choice:
        return choose(self.situation, self.id, (*self._fixed, *extra))

    def _windows(self, extra: tuple[tuple[str, str], ...]) -> tuple[Window, ...]:
        """Return the windows of the choice with more people in it: (person, role) for the first of the open places."""
        if extra not in self._with:
            self._with[extra] = self._forbidden(self._choice(extra))
        return self._with[extra]

    def person(self, person: str, role: str) -> tuple[Window, ...]:
        """Return the windows of the choice with one more person in it."""
        return self._windows(((person, role),))

    def keeping(self, person: str, role: str, start_s: int) -> tuple[Window, ...]:
        """Return what keeps a person from a start that is free for others; nothing of who may not take the role."""
        asks = any(slot.role == role and person in slot.candidates for slot in self._open)
        return conflicts(self.person(person, role), start_s) if asks else ()

    def _next(self, extra: tuple[tuple[str, str], ...]) -> Iterator[tuple[tuple[str, str], ...]]:
        """Yield the people with one more in the next open place, by preference; nobody takes two places."""
        slot, taken = self._open[len(extra)], [person for person, _ in (*self._fixed, *extra)]
        yield from ((*extra, (person, slot.role)) for person in slot.candidates if person not in taken)

    def _fill(self, extra: tuple[tuple[str, str], ...], start_s: int) -> tuple[tuple[str, str], ...] | None:
        """Fill the open places that are left, looking further where somebody is the only one for a later place."""
        if len(extra) == len(self._open):
            return extra
        free = (more for more in self._next(extra) if not conflicts(self._windows(more), start_s))
        filled = (self._fill(more, start_s) for more in free)
        return next((found for found in filled if found is not None), None)

    def cast(self, start_s: int) -> tuple[tuple[str, str], ...] | None:
        """Return people for a start that nothing else forbids; None if a place cannot be filled."""
        found = self._fill((), start_s)
        if found is None:
            return None
        chosen = iter(found)
        return tuple((slot.candidates[0], slot.role) if is_fixed else next(chosen) for slot, is_fixed in self._places)

    def windows_at(self, start_s: int) -> tuple[Window, ...]:
        """Return what forbids a start: for the named people, or else for those who could take an unfilled place."""
        found = conflicts(self.base, start_s) or self._short
        if found or self.cast(start_s) is not None:
            return found
        return self._unfilled((), start_s)

    def _unfilled(self, extra: tuple[tuple[str, str], ...], start_s: int) -> tuple[Window, ...]:
        """Return what keeps the preferred person from the first place that nobody can take."""
        options = list(self._next(extra))
        for more in options:
            if not conflicts(self._windows(more), start_s):
                return self._unfilled(more, start_s) if len(more) < len(self._open) else ()
        return conflicts(self._windows(options[0]), start_s) if options else ()

    def in_the_way(self, start_s: int) -> tuple[Window, ...]:
        """Return every window that keeps somebody, or everybody, from a start: as far as people were looked at."""
        found: dict[Window, None] = dict.fromkeys((*conflicts(self.base, start_s), *self._short))
        if not found:
            self._blocked((), start_s, found)
        return tuple(found)

    def _blocked(self, extra: tuple[tuple[str, str], ...], start_s: int, found: dict[Window, None]) -> None:
        for more in self._next(extra) if len(extra) < len(self._open) else ():
            held = conflicts(self._windows(more), start_s)
            found |= dict.fromkeys(held)
            if not held:
                self._blocked(more, start_s, found)

    def is_free(self, start_s: int, windows: Collection[Window]) -> bool:
        """Tell whether some people could start then if these windows were the only ones."""
        if self._short:
            return self._short[0] not in windows and not any(w in windows for w in conflicts(self.base, start_s))
        return self._is_free((), start_s, windows)

    def _is_free(self, extra: tuple[tuple[str, str], ...], start_s: int, windows: Collection[Window]) -> bool:
        found = self._windows(extra) if extra else self.base
        if any(window.holds(start_s) and window in windows for window in found):
            return False
        return len(extra) == len(self._open) or any(self._is_free(more, start_s, windows) for more in self._next(extra))

    def seen(self) -> tuple[Window, ...]:
        """Return the windows of everybody who was looked at."""
        return tuple(dict.fromkeys((*self.base, *self._short, *(w for found in self._with.values() for w in found))))

    @cached_property
    def _short(self) -> tuple[Window, ...]:
        """The window of the first place for which nobody is left, whenever it is; nothing where people are enough."""
        taken = {person: -1 for person, _ in self._fixed}
        for number, slot in enumerate(self._open):
            if not self._seat(number, taken, set()):
                return (self._nobody(slot),)
        return ()

    def _seat(self, number: int, taken: dict[str, int], asked: set[str]) -> bool:
        """Note in `taken` who takes an open place, letting others change theirs; tell whether somebody can."""
        for person in self._open[number].candidates:
            if person in asked or taken.get(person) == -1:
                continue
            asked.add(person)
            if person not in taken or self._seat(taken[person], taken, asked):
                taken[person] = number
                return True
        return False

    def _nobody(self, slot: Slot) -> Window:
        reason = f"nobody {'else ' if slot.candidates else ''}" + (
            f"has the skill {slot.skill}" if slot.skill else f"is left for {slot.role}"
        )
        now_s = self.situation.now_s
        found = Block(lo_s=now_s, hi_s=None, mode="start", rule=PEOPLE, severity="hard", reason=reason)
        return Window(lo_s=now_s, hi_s=None, block=found)

    def first(self, candidates: Iterable[int], *, known: Iterable[Window] = ()) -> Date:
        """Return the first candidate that nothing forbids, with everything that was in the way."""
        rejected: dict[Window, None] = dict.fromkeys((*known, *self._short))
        if self._short:
            return Date(start_s=None, cast=(), windows=tuple(rejected))
        skip_s: int | None = None
        for start_s in candidates:
            if skip_s is not None and start_s < skip_s:
                continue
            found = self.windows_at(start_s)
            cast = None if found else self.cast(start_s)
            if cast is not None:
                return Date(start_s=start_s, cast=cast, windows=tuple(rejected))
            rejected |= dict.fromkeys(found)
            skip_s = self._next_chance_s(start_s)
            if skip_s is None:
                break
        return Date(start_s=None, cast=(), windows=tuple(rejected))

    def _next_chance_s(self, start_s: int) -> int | None:
        """Return when what forbids a start has gone: all of it, or for one of several people some of it; None: never.

        The windows of a team hold those of its first members, so that nobody is free before one of them ends.
        """
        always = conflicts(self.base, start_s)
        ends = [window.hi_s for window in always or self.in_the_way(start_s)]
        if always:
            return None if None in ends else max(end for end in ends if end is not None)
        return min((end for end in ends if end is not None), default=None)


def grid(kind: Kind, *, from_s: int, midnight_s: int, weekday: int) -> Iterator[int]:
    """Yield the starts a kind allows, from a moment on.

    Args:
        kind: Kind of activity: grid, usual hour, days of the week.
        from_s: First moment [s].
        midnight_s: A midnight UTC on the scenario's clock, at most 0 [s].
        weekday: Day of the week of that midnight, 0 = Monday.
    """
    if kind.grid_s < DAY_S:
        first = from_s + (-from_s) % kind.grid_s
        yield from range(first, from_s + HORIZON_S, kind.grid_s)
        return
    day = (from_s - midnight_s) // DAY_S
    while day * DAY_S + midnight_s < from_s + HORIZON_S:
        start_s = midnight_s + day * DAY_S + kind.usual_s
        if start_s >= from_s and WEEKDAYS[(weekday + day) % 7] in kind.days:
            yield start_s
        day += 1
