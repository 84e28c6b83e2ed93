"""How does an event change the state? One table of effects, one `apply`; nothing else may change a state."""

from collections.abc import Callable

from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row
from stationsim.station.fold import belief, decisions, notes, plan, postures, ships, truth
from stationsim.station.state import ON_GROUND, State
from stationsim.station.station import Station

Effect = Callable[[State, Row, Log], None]


def apply(state: State, log: Log, seq: int) -> None:
    """Apply one row of a log to the state.

    Raises:
        TransitionError: The row cannot follow what happened before.
    """
    row = log.row(seq)
    state.now_s, state.step, state.rows = row.t_s, row.step, seq + 1
    effect = EFFECTS.get(row.kind)
    if effect is not None:
        effect(state, row, log)
    if state.decisions:
        decisions.outdate(state, row)


def _configured(state: State, row: Row, log: Log) -> None:
    del row, log
    for ship in state.station.ships:
        state.ship_at[ship] = ON_GROUND
    station = state.station
    standing = (rule.id for rule in station.posture_rules if not rule.kinds)
    for id_ in (*station.centres, *station.incidents, *station.ships, *standing):
        notes.number(state, id_)


def transferred(state: State, station: Station) -> State:
    """Return a copy of a state over a station that has other incidents, while none of any has struck.

    Until then a state holds of incidents their place in the order of ids and no more (`_configured`), so that it is
    what `replay` makes of the same rows over the other station. No incident may have the id of something else.
    """
    found, known = state.copy(), state.station.incidents
    others = [id_ for id_ in state.order if id_ not in known]
    first = len(station.centres)
    ids = (*others[:first], *station.incidents, *others[first:])
    found.station, found.order = station, {id_: place for place, id_ in enumerate(ids)}
    return found


EFFECTS: dict[Kind, Effect] = {
    Kind.CONFIGURED: _configured,
    Kind.LAUNCHED: ships.launched,
    Kind.DOCKED: ships.docked,
    Kind.UNDOCKED: ships.undocked,
    Kind.LOST: ships.lost,
    Kind.BOARDED: ships.boarded,
    Kind.LEFT: ships.left,
    Kind.FITTED: ships.fitted,
    Kind.OPENED: ships.hatch,
    Kind.CLOSED: ships.hatch,
    Kind.FREED: ships.hatch,
    Kind.HATCH_BELIEVED: belief.hatch_believed,
    Kind.JAMMED: ships.jammed,
    Kind.DEMANDED: postures.begun,
    Kind.LIFTED: postures.begun,
    Kind.TAKEN: postures.taken,
    Kind.REFUSED: postures.refused,
    Kind.STOOD_DOWN: postures.stood_down,
    Kind.STRUCK: truth.struck,
    Kind.ENDED: truth.ended,
    Kind.REOPENED: truth.reopened,
    Kind.LEAKED: truth.leaked,
    Kind.CROSSED: truth.crossed,
    Kind.EMPTIED: truth.emptied,
    Kind.HEATED: truth.heated,
    Kind.AIRED: truth.aired,
    Kind.FED: truth.fed,
    Kind.SEARCHED: belief.searched,
    Kind.SEALED: belief.sealed,
    Kind.GAUGED: belief.gauged,
    Kind.SHELTERED: ships.sheltered,
    Kind.CAUGHT: ships.sheltered,
    Kind.WENT_BACK: ships.went_back,
    Kind.HEALTH_CHANGED: truth.health_changed,
    Kind.STATUS_CHANGED: belief.status_changed,
    Kind.ALARMED: belief.alarmed,
    Kind.REPORTED: belief.reported,
    Kind.ASKED: belief.asked,
    Kind.ANSWERED: belief.answered,
    Kind.WETTED: belief.wetted,
    Kind.CLEARED: belief.cleared,
    Kind.DISMISSED: belief.dismissed,
    Kind.PLANNED: plan.planned,
    Kind.ADDED: plan.planned,
    Kind.LACKED: plan.lacked,
    Kind.ATTACHED: plan.tasked,
    Kind.DETACHED: plan.tasked,
    Kind.USED: plan.used,
    Kind.INSPECTED: plan.inspected,
    Kind.MOVED: plan.moved,
    Kind.REASSIGNED: plan.moved,
    Kind.UNDATED: plan.moved,
    Kind.FILLED: plan.moved,
    Kind.GIVEN_UP: plan.lived,
    Kind.READIED: plan.readied,
    Kind.PERISHED: plan.readied,
    Kind.PREPARED: plan.lived,
    Kind.HELD: plan.lived,
    Kind.RELEASED: plan.lived,
    Kind.CALLED_OFF: plan.lived,
    Kind.STARTED: plan.lived,
    Kind.PAUSED: plan.lived,
    Kind.RESUMED: plan.lived,
    Kind.FINISHED: plan.lived,
    Kind.TERMINATED: plan.lived,
    Kind.ABORTED: plan.lived,
    Kind.FAILED: plan.lived,
    Kind.UNFINISHED: plan.lived,
    Kind.SEATED: ships.seated,
    Kind.RETURN_PROMISED: ships.promised,
    Kind.RETURN_LOST: ships.promised,
    Kind.REQUIRED: belief.required,
    Kind.MET: belief.satisfied,
    Kind.MISSED: belief.satisfied,
    Kind.REVIEWED: belief.reviewed,
    Kind.DECIDED: belief.decided,
    Kind.CHOSEN: decisions.chosen,
    Kind.AMENDED: decisions.amend,
    Kind.INSERTED: decisions.insert,
    Kind.WAIVED: decisions.waive,
}
"""What each kind does to the state. DECLINED, SOLVED, WEIGHED, WORKED and STAYED_AWAY change nothing."""


def replay(station: Station, log: Log, *, until: int | None = None) -> State:
    """Fold a log into the state it ends in.

    Args:
        station: The compiled scenario that the log is of.
        log: The log.
        until: Number of rows to fold; all of them if None.
    """
    state = State.blank(station)
    for seq in range(len(log) if until is None else until):
        apply(state, log, seq)
    return state
