"""Which free time does work of the task list take? The first in which its people are free and no rule forbids it."""

from collections.abc import Iterable, Mapping

import attrs
from attrs import frozen

from stationsim.planning.place import Search, Slot, slots_of
from stationsim.planning.windows import Placed
from stationsim.planning.wishes import as_placed
from stationsim.station.act import Act, Freed
from stationsim.station.choice import Choice, choose
from stationsim.station.freed import booked, without
from stationsim.station.situation import Situation
from stationsim.station.transitions import ATTEMPT, Life


@frozen(kw_only=True)
class Filling:
    """A start [s] with the people for it, as (person, role), and the free time that each of them gives."""

    start_s: int
    cast: tuple[tuple[str, str], ...]
    freed: tuple[Freed, ...]


def open_time(freed: Iterable[Freed], situation: Situation) -> tuple[Freed, ...]:
    """Return what nobody has used again of the time that fell free, from now on.

    Args:
        freed: What fell free.
        situation: The plan now, with the people who move hatches.
    """
    taken: dict[str, tuple[tuple[int, int], ...]] = {}
    for act in situation.acts.values():
        for person in act.people:
            taken[person] = (*taken.get(person, ()), *booked(act))
    for posture in situation.postures.values():
        if posture.phase in {"taking", "lifting"}:
            for person in posture.people:
                taken[person] = (*taken.get(person, ()), (posture.begun_s, posture.until_s))
    return tuple(
        attrs.evolve(one, lo_s=lo_s, hi_s=hi_s)
        for one in freed
        if one.hi_s > situation.now_s
        for lo_s, hi_s in without((max(one.lo_s, situation.now_s), one.hi_s), taken.get(one.person, ()))
    )


def first_filling(job: str, free: tuple[Freed, ...], situation: Situation) -> Filling | None:
    """Return the first start at which a job fits into the free time of people who may do it; None if it fits nowhere.

    Args:
        job: Work of the task list.
        free: Whose time is free when.
        situation: What its centre believes; nothing that is planned in it is touched, soft rules are kept too.
    """
    choice = choose(situation, job, ())
    soonest_s = situation.now_s + max(choice.kind.lead_s, choice.before_s)
    slots, placed = slots_of(choice.activity, situation), occupying(situation.acts.values(), situation)
    last_s = max((one.hi_s for one in free), default=0) - choice.duration_s - choice.after_s
    ahead = sorted({max(one.lo_s + choice.before_s, soonest_s) for one in free})
    while ahead and ahead[0] <= last_s:
        start_s = ahead.pop(0)
        there = _there(free, choice, start_s)
        able = tuple(attrs.evolve(slot, candidates=tuple(p for p in slot.candidates if p in there)) for slot in slots)
        if not all(slot.candidates for slot in able):
            continue
        search = Search(id=job, situation=situation, placed=placed, slots=able)
        found = search.windows_at(start_s)
        cast = None if found else search.cast(start_s)
        if cast is not None and _is_each_once(cast, able):
            return Filling(start_s=start_s, cast=cast, freed=tuple(there[person] for person, _ in cast))
        ahead = sorted({*ahead, *(w.hi_s for w in found if w.hi_s is not None and w.hi_s > start_s)})
    return None


def _there(free: tuple[Freed, ...], choice: Choice, start_s: int) -> dict[str, Freed]:
    """Return whose free time holds the whole of a job that starts then."""
    lo_s, hi_s = start_s - choice.before_s, start_s + choice.duration_s + choice.after_s
    return {one.person: one for one in reversed(free) if one.lo_s <= lo_s and hi_s <= one.hi_s}


def _is_each_once(cast: tuple[tuple[str, str], ...], slots: tuple[Slot, ...]) -> bool:
    """Tell whether nobody takes two places; a place that one alone can take is not looked at by the search."""
    return len({person for person, _ in cast}) == len(slots)


def occupying(acts: Iterable[Act], situation: Situation) -> Mapping[str, Placed]:
    """Return what occupies people and places: what is planned with a date, goes on, or is done."""
    lives = (Life.PLANNED, *ATTEMPT, Life.DONE)
    dated = (act for act in acts if act.start_s is not None and act.life in lives and booked(act))
    return {act.id: as_placed(act, situation) for act in dated}
