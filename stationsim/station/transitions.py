"""Which state of an activity follows which? Everything that affects the life of an activity must live in this table."""

from enum import StrEnum

from stationsim.errors import TransitionError
from stationsim.log.kinds import Kind


class Life(StrEnum):
    """Where an activity stands."""

    PLANNED = "planned"
    PREPARED = "prepared"
    HELD = "held"
    UNDER_WAY = "under_way"
    PAUSED = "paused"
    UNDATED = "undated"
    DONE = "done"
    GIVEN_UP = "given_up"
    UNFINISHED = "unfinished"


NEXT: dict[tuple[Life, Kind], Life] = {
    (Life.PLANNED, Kind.PREPARED): Life.PREPARED,
    (Life.PLANNED, Kind.STARTED): Life.UNDER_WAY,
    (Life.PLANNED, Kind.HELD): Life.HELD,
    (Life.PLANNED, Kind.MOVED): Life.PLANNED,
    (Life.PLANNED, Kind.REASSIGNED): Life.PLANNED,
    (Life.PLANNED, Kind.UNDATED): Life.UNDATED,
    (Life.PLANNED, Kind.GIVEN_UP): Life.GIVEN_UP,
    (Life.PREPARED, Kind.STARTED): Life.UNDER_WAY,
    (Life.PREPARED, Kind.HELD): Life.HELD,
    (Life.PREPARED, Kind.CALLED_OFF): Life.PLANNED,
    (Life.PREPARED, Kind.UNFINISHED): Life.UNFINISHED,
    (Life.HELD, Kind.RELEASED): Life.PREPARED,
    (Life.HELD, Kind.CALLED_OFF): Life.PLANNED,
    (Life.HELD, Kind.UNFINISHED): Life.UNFINISHED,
    (Life.UNDER_WAY, Kind.FINISHED): Life.DONE,
    (Life.UNDER_WAY, Kind.TERMINATED): Life.DONE,
    (Life.UNDER_WAY, Kind.ABORTED): Life.DONE,
    (Life.UNDER_WAY, Kind.PAUSED): Life.PAUSED,
    (Life.UNDER_WAY, Kind.FAILED): Life.UNDATED,
    (Life.UNDER_WAY, Kind.UNFINISHED): Life.UNFINISHED,
    (Life.PAUSED, Kind.RESUMED): Life.UNDER_WAY,
    (Life.PAUSED, Kind.TERMINATED): Life.DONE,
    (Life.PAUSED, Kind.ABORTED): Life.DONE,
    (Life.PAUSED, Kind.UNFINISHED): Life.UNFINISHED,
    (Life.UNDATED, Kind.MOVED): Life.PLANNED,
    (Life.UNDATED, Kind.REASSIGNED): Life.PLANNED,
    (Life.UNDATED, Kind.FILLED): Life.PLANNED,
    (Life.UNDATED, Kind.GIVEN_UP): Life.GIVEN_UP,
}
"""Every pair that is missing is forbidden."""

AHEAD = (Life.PLANNED, Life.UNDATED)
"""States in which a planner may give an activity another date."""

RUNNING = (Life.UNDER_WAY, Life.PAUSED)
"""States in which people are at it, or wait to go on."""

ATTEMPT = (Life.PREPARED, Life.HELD, *RUNNING)
"""States in which an attempt occupies people and places."""


def follow(life: Life, kind: Kind, *, activity: str, t_s: int) -> Life:
    """Return the state after an event.

    Raises:
        TransitionError: The event cannot happen to an activity in this state.
    """
    after = NEXT.get((life, kind))
    if after is None:
        allowed = ", ".join(sorted(k.value for state, k in NEXT if state is life)) or "nothing"
        msg = f"{activity} cannot be {kind.name} at t={t_s} s: it is {life.value}. Then it can be: {allowed}."
        raise TransitionError(msg)
    return after
