"""Which starts, and which people, are worth trying for an activity? Asked alike by every planner."""

import heapq
from collections.abc import Iterator, Mapping

import attrs

from stationsim.planning.clock import Clock
from stationsim.planning.place import Slot, slots_of
from stationsim.planning.windows import Placed
from stationsim.scenario.model import Kind
from stationsim.station.act import Act
from stationsim.station.choice import cast_of, choose
from stationsim.station.situation import Situation


def planned(situations: Mapping[str, Situation]) -> dict[str, Situation]:
    """Return the same beliefs over the plan without its task list, which is in nobody's way and fills what is left."""
    any_ = next(iter(situations.values()))
    acts = {id_: act for id_, act in any_.acts.items() if not any_.activity(id_).task_list}
    return {centre: situation.with_acts(acts) for centre, situation in situations.items()}


def slots_for(act: Act, situation: Situation) -> tuple[Slot, ...]:
    """Return the places of an activity, whoever was to take them first before all others."""
    activity = situation.activity(act.id)
    slots = slots_of(activity, situation, act.start_s)
    wished = act.wish_people[: len(activity.people)]
    return tuple(
        attrs.evolve(slot, candidates=tuple(dict.fromkeys((*wished[n : n + 1], *slot.candidates))))
        for n, slot in enumerate(slots)
    )


def candidates_for(act: Act, situation: Situation, after_s: int | None = None) -> Iterator[int]:
    """Yield the starts worth trying in order of time: goal, present date, and the grid after a new date's lead.

    What is pinned has its wish alone.

    Args:
        act: The activity as it is planned.
        situation: What its centre believes.
        after_s: From when on [s]; None for all.
    """
    activity = situation.activity(act.id)
    kind = situation.station.kinds[activity.kind]
    soonest_s = earliest_s(act, situation)
    kept_s = situation.now_s + act.before_s
    early = {act.goal_s} if act.goal_s is not None and act.goal_s >= soonest_s else set()
    early |= {act.start_s} if act.start_s is not None and act.start_s >= kept_s else set()
    early |= {start_s for start_s in _at_its_lag(act, situation) if start_s >= soonest_s}
    from_s = soonest_s if act.goal_s is None else max(soonest_s, act.goal_s)
    if after_s is not None:
        early, from_s = {start_s for start_s in early if start_s >= after_s}, max(from_s, after_s)
    if activity.pinned:  # its date is no new one: it needs time to prepare, and no lead
        early = {act.wish_s} if act.wish_s is not None and act.wish_s >= kept_s else set()
    waiting = sorted(early)
    steps = Clock.of(situation.station.scenario).starts(activity, kind, from_s)
    for step_s in steps if not activity.pinned else ():
        while waiting and waiting[0] < step_s:
            yield waiting.pop(0)
        yield step_s
    yield from waiting


def _at_its_lag(act: Act, situation: Situation) -> Iterator[int]:
    """Yield the start that the file counts to the second from that of another activity, which has moved."""
    at = situation.activity(act.id).at
    from_s = None if at.after is None else situation.acts[at.after].start_s
    if from_s is not None and at.hi_s - at.lo_s <= 1:
        yield from_s + at.lo_s


def days_for(act: Act, situation: Situation, after_s: int) -> Iterator[int]:
    """Yield the starts from a moment on [s] that were worth trying if any day were an opportunity."""
    listed = candidates_for(act, situation, after_s)
    activity = situation.activity(act.id)
    if not activity.opportunities or activity.pinned:
        return listed
    kind = situation.station.kinds[activity.kind]
    every = Clock.of(situation.station.scenario).grid(kind, max(after_s, earliest_s(act, situation)))
    return heapq.merge(listed, every)


def earliest_s(act: Act, situation: Situation) -> int:
    """Return the first new start of an activity [s]: after its lead, and with time to prepare."""
    kind = situation.station.kinds[situation.activity(act.id).kind]
    return situation.now_s + max(lead_s(act, kind, situation), act.before_s)


def lead_s(act: Act, kind: Kind, situation: Situation) -> int:
    """Return how far ahead a new date must lie [s].

    Less, where an activity can be recycled: what was wished for about now is ready. After a failure, as its kind says.
    """
    if act.failed_s is not None and kind.again_s is not None:
        again_s = act.failed_s + kind.again_s - situation.now_s
        return max(again_s, 0)
    is_near = act.wish_s is not None and abs(act.wish_s - situation.now_s) <= kind.lead_s
    return kind.recycle_s if is_near and kind.recycle_s is not None else kind.lead_s


def as_placed(act: Act, situation: Situation) -> Placed:
    """Return an activity that is under way or done where it is, as long as it took."""
    start_s = act.started_s if act.started_s is not None else act.start_s
    assert start_s is not None
    took_s = None if act.ended_s is None else act.ended_s - start_s
    return Placed(choice=choose(situation, act.id, cast_of(act), took_s), start_s=start_s)
