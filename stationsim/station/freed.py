"""Whose time has fallen free? What a planned activity had booked and needs no more, until the time has passed."""

from stationsim.log.kinds import Kind
from stationsim.station.act import Act, Freed
from stationsim.station.state import State
from stationsim.station.transitions import Life

_OVER = frozenset({Kind.CALLED_OFF, Kind.TERMINATED, Kind.ABORTED, Kind.FAILED})
"""Kinds that end an attempt before its time."""

FREEING = _OVER | {Kind.MOVED, Kind.REASSIGNED, Kind.UNDATED, Kind.GIVEN_UP}
"""Kinds by which an activity may need less of its people's time."""


def is_off(act: Act) -> bool:
    """Tell whether the last attempt was called off and the activity has no new date yet."""
    return act.life is Life.PLANNED and act.end_row is not None and act.end_row > act.row


def booked(act: Act) -> tuple[tuple[int, int], ...]:
    """Return the half-open spans that an activity books its people for [s], preparation and clean-up included."""
    spent = () if act.failed_s is None else ((act.failed_s, act.failed_s + act.after_s),)
    if act.start_s is None or is_off(act):
        return spent
    until_s = act.start_s + act.duration_s if act.ended_s is None else act.ended_s
    return (*spent, (act.start_s - act.before_s, until_s + act.after_s))


def note(state: State, before: Act, kind: Kind, row: int) -> None:
    """Note in the state what a row set free of the time that an activity of the file had booked before it.

    What responses had booked was nobody's plan, nor is a new date that is changed again before anybody was at it; what
    the task list had is free already. A scenario without a task list notes nothing.
    """
    station, after = state.station, state.acts[before.id]
    is_planned = before.id in station.activities and before.id not in station.task_list
    is_meant = before.start_s == before.wish_s or kind in _OVER
    if not station.task_list or kind not in FREEING or not is_planned or not is_meant:
        return
    ahead = ((max(lo_s, state.now_s), hi_s) for lo_s, hi_s in booked(before) if hi_s > state.now_s)
    spans = [(person, span) for span in ahead for person in before.people]
    kept = {person: booked(after) for person in after.people}
    found = [
        Freed(person=person, lo_s=lo_s, hi_s=hi_s, activity=before.id, row=row)
        for person, span in spans
        for lo_s, hi_s in without(span, kept.get(person, ()))
    ]
    state.freed = (*(freed for freed in state.freed if freed.hi_s > state.now_s), *found)


def without(span: tuple[int, int], taken: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Return what is left of a half-open span beside others, in order of time.

    >>> without((0, 10), ((3, 5), (8, 20)))
    ((0, 3), (5, 8))
    """
    left = [span]
    for lo_s, hi_s in taken:
        pieces = (((a, min(b, lo_s)), (max(a, hi_s), b)) for a, b in left)
        left = [piece for pair in pieces for piece in pair if piece[0] < piece[1]]
    return tuple(sorted(left))
