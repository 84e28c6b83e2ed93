"""Which hatch does an activity move next? It opens the way to its work, and shuts it again before it ends."""

from stationsim.scenario.model import Activity
from stationsim.station.act import Act
from stationsim.station.postures import demand, id_of, jams, move_s
from stationsim.station.state import USUALLY, State
from stationsim.station.transitions import RUNNING


def next_hatch(state: State, id_: str) -> tuple[int, str, bool] | None:
    """Return when an activity moves its next hatch, which one, and whether it opens it; None if none is ahead.

    A hatch that something else keeps shut stays shut; one whose opening demands a posture waits until that is taken.
    What was opened once is not opened again: whoever shut it since then had a reason.
    """
    act, activity = state.acts[id_], state.activity(id_)
    if not activity.opens:
        return None
    closing = _closing(state, act, activity)
    opening = _opening(state, act, activity) if act.life in RUNNING else None
    if opening is not None and (closing is None or opening[0] < closing[0]):
        return opening
    return closing


def _closing(state: State, act: Act, activity: Activity) -> tuple[int, str, bool] | None:
    mine = [hatch for hatch in reversed(activity.opens) if state.opened_by.get(hatch) == act.id]
    mine = [hatch for hatch in mine if not jams(state, hatch)]
    if not mine:
        return None
    first_s = move_s(state.station, mine[0], opens=False)
    if act.life in RUNNING:
        return (act.end_s or 0) - _shutting_s(state, mine), mine[0], False
    return (act.ended_s or 0) + first_s, mine[0], False


def _opening(state: State, act: Act, activity: Activity) -> tuple[int, str, bool] | None:
    due_s = act.started_s or 0
    for hatch in activity.opens:
        due_s += move_s(state.station, hatch, opens=True)
        if state.hatches.get(hatch) == "open" or hatch in state.ways.get(act.id, ()):
            continue
        taken_s = _postures_taken_s(state, hatch)
        others = [reason for reason in state.kept_shut.get(hatch, ()) if reason != USUALLY]
        if others or jams(state, hatch) or taken_s is None:
            return None
        opened_s = max(due_s, taken_s)
        return (
            None if opened_s >= (act.end_s or 0) - _shutting_s(state, list(activity.opens)) else (opened_s, hatch, True)
        )
    return None


def _postures_taken_s(state: State, hatch: str) -> int | None:
    """Return when the postures were taken that an open hatch demands; None while one of them is not."""
    taken_s = 0
    for rule in state.station.posture_rules:
        if rule.while_open == hatch and not rule.kinds and demand(state, rule.id) is not None:
            found = state.postures.get(id_of(rule, None))
            if found is None or found.phase != "taken":
                return None
            taken_s = max(taken_s, found.moved_s)
    return taken_s


def _shutting_s(state: State, hatches: list[str]) -> int:
    return sum(move_s(state.station, hatch, opens=False) for hatch in hatches)
