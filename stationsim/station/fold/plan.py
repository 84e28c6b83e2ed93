"""How do events change the plan and the life of its activities?"""

from collections.abc import Callable
from typing import Any

import attrs

from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row
from stationsim.scenario.model import PHASES
from stationsim.station import freed, postures
from stationsim.station.act import Act, Ready
from stationsim.station.amend import split
from stationsim.station.fold.notes import TRAFFIC, decide_on, number, review, touch
from stationsim.station.responses import added_activity, with_tasks
from stationsim.station.state import State
from stationsim.station.transitions import RUNNING, Life, follow

_PHASES_OF = {
    Life.PREPARED: PHASES[:1],
    Life.HELD: PHASES[:1],
    Life.UNDER_WAY: PHASES[:2],
    Life.DONE: PHASES,
}
"""The phases that an activity has entered by a state of its life; an incident may be counted from the first time.

What needs no preparation enters it as it begins.
"""


def planned(state: State, row: Row, log: Log) -> None:
    """Take an activity into the plan; this date and these people are its wish."""
    if row.kind is Kind.ADDED:
        incident, response = row.object or "", row.text or ""
        state.added[row.subject] = added_activity(
            state.station, incident, response, log.attached("revisions", row.seq)[0]
        )
        state.responses[row.subject] = (incident, response)
        decide_on(state, row)
    number(state, row.subject)
    for rule in postures.demanding(state.station, state.activity(row.subject)):
        number(state, postures.id_of(rule, row.subject))
    act = revised(row, log)
    if act.start_s is None:  # without a date it is still as long as its record says
        activity = state.activity(act.id)
        usual_s = state.station.kinds[activity.kind].duration_s
        act = attrs.evolve(act, duration_s=usual_s if activity.duration_s is None else activity.duration_s)
    state.acts[row.subject] = attrs.evolve(act, wish_s=act.start_s, wish_people=act.people)


def lacked(state: State, row: Row, log: Log) -> None:
    """Note what a response lacks, so that it is said once."""
    (block,) = log.attached("blocks", row.seq)
    state.lacks[row.object or "", row.text or ""] = str(block[7])


def tasked(state: State, row: Row, log: Log) -> None:
    """Let a response be a task of an activity, or be none any more; its worksites are the activity's too."""
    del log
    task = (row.object or "", row.text or "")
    known = state.attached.get(row.subject, ())
    left = tuple(other for other in known if other != task)
    state.attached[row.subject] = (*left, task) if row.kind is Kind.ATTACHED else left
    own = state.station.activities.get(row.subject) or state.added[row.subject]
    state.added[row.subject] = with_tasks(state.station, own, state.attached[row.subject])
    decide_on(state, row)
    for centre in state.station.centres:
        touch(state, centre, row.subject)


def used(state: State, row: Row, log: Log) -> None:
    """Let a spare part be used up."""
    del log
    state.used[row.subject] = row.seq
    for centre in state.station.centres:
        touch(state, centre, row.subject)


def inspected(state: State, row: Row, log: Log) -> None:
    """Let a node be no longer suspect; what relies on its family is asked again, soon."""
    del log
    state.inspected_s[row.subject] = row.t_s
    for centre in state.station.centres:
        touch(state, centre, *(f"family:{name}" for name in state.station.families_of(row.subject)))
        review(state, centre, row.t_s, row.seq)


def readied(state: State, row: Row, log: Log) -> None:
    """Let a part of an activity's preparation be done, or perish."""
    del log
    state.ready[(row.subject, row.object or "")] = Ready(
        row=row.seq,
        spent_s=int(row.value or 0),
        until_s=row.until_s,
        has_perished=row.kind is Kind.PERISHED,
    )


def revised(row: Row, log: Log) -> Act:
    """Read an activity as a row of table `revisions` has it."""
    columns = log.attached("revisions", row.seq)[0]
    _, _, start_s, _, before_s, after_s, people, roles, ship, port, uses, _, _ = columns
    return Act(
        id=row.subject,
        life=Life.PLANNED if start_s is not None else Life.UNDATED,
        start_s=start_s,  # type: ignore[arg-type]
        duration_s=int(columns[3]) - int(start_s) if start_s is not None else 0,  # type: ignore[call-overload]
        before_s=before_s,  # type: ignore[arg-type]
        after_s=after_s,  # type: ignore[arg-type]
        people=split(people),
        roles=split(roles),
        ship=ship,  # type: ignore[arg-type]
        port=port,  # type: ignore[arg-type]
        uses=split(uses),
        row=row.seq,
        wish_s=None,
    )


def moved(state: State, row: Row, log: Log) -> None:
    """Give an activity another date, other people, or no date."""
    act = state.acts[row.subject]
    life = follow(act.life, row.kind, activity=act.id, t_s=row.t_s)
    new = revised(row, log)
    duration_s = new.duration_s if new.start_s is not None else act.duration_s
    state.acts[row.subject] = attrs.evolve(
        new,
        life=life,
        wish_s=act.wish_s,
        wish_people=act.wish_people,
        duration_s=duration_s,
        rule=row.rule,
        reason=row.text,
        because=row.seq,
        end_row=act.end_row,
        failures=act.failures,
        failed_s=act.failed_s,
        called_s=row.t_s if act.called_s is None and new.start_s is not None else act.called_s,
        aim_s=act.aim_s,
        aim_row=act.aim_row,
        amended_row=act.amended_row,
    )
    freed.note(state, act, row.kind, row.seq)


def lived(state: State, row: Row, log: Log) -> None:
    """Let an activity take its next step in life."""
    del log
    act = state.acts[row.subject]
    life = follow(act.life, row.kind, activity=act.id, t_s=row.t_s)
    changes = {"life": life, **_changes(act, row)}
    if row.kind is Kind.STARTED:
        state.started_row[act.id] = row.seq
    state.acts[row.subject] = attrs.evolve(act, **changes)
    freed.note(state, act, row.kind, row.seq)
    if row.kind is Kind.FAILED:
        _look_again(state, act, row)
    is_traffic = state.station.kinds[state.activity(act.id).kind].layer == "skeleton"
    if is_traffic and row.kind in {Kind.FAILED, Kind.GIVEN_UP}:
        for centre in state.station.centres:
            touch(state, centre, TRAFFIC)
    is_over = row.kind in {Kind.FINISHED, Kind.TERMINATED}
    if is_over and row.until_s is not None and row.until_s > (act.end_s or 0):
        _keep_longer(state, act, row)
    _go(state, act, life)
    for phase in _PHASES_OF.get(life, ()):
        state.phases.setdefault((act.id, phase), (row.t_s, row.seq))
    if row.kind is Kind.CALLED_OFF and row.by is None:
        review(state, state.activity(act.id).centre, row.t_s, row.seq)


def _changes(act: Act, row: Row) -> dict[str, Any]:
    """Return what a step in life changes of an activity."""
    return _OF_KIND.get(row.kind, _ended)(act, row)


def _begun(act: Act, row: Row) -> dict[str, Any]:
    begun_s = act.prepared_s if act.prepared_s is not None else row.t_s
    return {"prepared_s": begun_s, "hold_until_s": row.until_s if row.kind is Kind.HELD else None}


def _called_off(act: Act, row: Row) -> dict[str, Any]:
    del act
    why = {"rule": row.rule, "reason": row.text, "because": row.seq}
    return {"hold_until_s": None, "prepared_s": None, "end_row": row.seq, **why}


def _resumed(act: Act, row: Row) -> dict[str, Any]:
    lasts_s = (row.until_s or 0) - (act.start_s or 0)
    return {"hold_until_s": None, "pause_row": None, "duration_s": lasts_s}


def _ended(act: Act, row: Row) -> dict[str, Any]:
    is_cut = row.kind in {Kind.TERMINATED, Kind.ABORTED}
    start_s = None if row.kind is Kind.GIVEN_UP else act.start_s
    ended_s = row.t_s if row.until_s is None else row.until_s
    return {"start_s": start_s, "ended_s": ended_s, "is_cut": is_cut, "end_row": row.seq}


def _failed(act: Act, row: Row) -> dict[str, Any]:
    """Return what changes of an activity whose attempt failed: it waits for another date."""
    return {
        "start_s": None,
        "started_s": None,
        "prepared_s": None,
        "hold_until_s": None,
        "row": row.seq,
        "rule": None,
        "reason": row.text,
        "because": row.seq,
        "end_row": row.seq,
        "failures": act.failures + 1,
        "failed_s": row.t_s,
    }


_OF_KIND: dict[Kind, Callable[[Act, Row], dict[str, Any]]] = {
    Kind.HELD: _begun,
    Kind.PREPARED: _begun,
    Kind.RELEASED: lambda _, row: {"start_s": row.start_s, "hold_until_s": None, "row": row.seq},
    Kind.CALLED_OFF: _called_off,
    Kind.STARTED: lambda _, row: {"started_s": row.t_s, "start_s": row.t_s},
    Kind.PAUSED: lambda _, row: {"hold_until_s": row.until_s, "pause_row": row.seq},
    Kind.RESUMED: _resumed,
    Kind.FAILED: _failed,
}
"""What each kind of step changes; every other one ends an activity."""


def _look_again(state: State, act: Act, row: Row) -> None:
    """Let whatever hangs on an attempt that failed be asked again, soon."""
    for centre in state.station.scenario.centres:
        touch(state, centre.id, act.id, *(() if act.ship is None else (act.ship,)))
    centre_id = state.activity(act.id).centre
    review(state, centre_id, row.t_s + state.station.centres[centre_id].response_s, row.seq)


def _go(state: State, act: Act, life: Life) -> None:
    """Let whatever hangs on where people are be asked again, where an activity takes them there or leaves them."""
    if (act.life in RUNNING) != (life in RUNNING):
        for centre in state.station.centres:
            touch(state, centre, *act.people)


def _keep_longer(state: State, act: Act, row: Row) -> None:
    """Let whatever else waits for the people of an activity be asked again: they are inside later than planned."""
    for centre in state.station.centres:
        touch(state, centre, *act.people)
        review(state, centre, row.t_s, row.seq)
