"""When is preparation that keeps for a while due, and when has it perished? A pure function of the state."""

from stationsim.scenario.model import Preparation
from stationsim.station.act import Act
from stationsim.station.freed import is_off
from stationsim.station.state import State
from stationsim.station.transitions import AHEAD, Life


def parts(state: State, activity: str) -> tuple[Preparation, ...]:
    """Return the parts of the preparation that an activity's kind asks for."""
    return state.station.kinds[state.activity(activity).kind].preparation


def perishes_s(state: State, act: Act, part: Preparation) -> int | None:
    """Return when what was done of the preparation is lost [s]; None while it serves.

    An attempt that was called off, or failed, uses up what is `used_up`; what keeps too short for the present date, or
    has no date to keep for, perishes when it has kept its time, or is done again for the new date before that.
    """
    found = state.ready.get((act.id, part.id))
    if found is None or found.has_perished or act.life not in AHEAD:
        return None
    if part.used_up and act.end_row is not None and act.end_row > found.row:
        return state.now_s
    if found.until_s is None or (act.start_s is not None and act.start_s <= found.until_s):
        return None
    again_s = due_s(act, part)
    return found.until_s if again_s is None else min(found.until_s, again_s)


def is_lacking(state: State, act: Act, part: Preparation) -> bool:
    """Tell whether a part of the preparation is yet to be done, or to be done again."""
    found = state.ready.get((act.id, part.id))
    return found is None or found.has_perished


def due_s(act: Act, part: Preparation) -> int | None:
    """Return when a part of the preparation is done for the present date [s]; None without one."""
    if act.life is not Life.PLANNED or act.start_s is None or is_off(act):
        return None
    return act.start_s - act.before_s - part.ahead_s


def next_s(state: State, activity: str) -> int | None:
    """Return when something of an activity's preparation is done next, or perishes [s]."""
    act = state.acts[activity]
    times = [
        due_s(act, part) if is_lacking(state, act, part) else perishes_s(state, act, part)
        for part in parts(state, activity)
    ]
    return min((t_s for t_s in times if t_s is not None), default=None)
