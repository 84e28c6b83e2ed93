"""How do events change the plan and the life of its activities?"""

from typing import Any

import attrs

from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row
from stationsim.station import postures
from stationsim.station.fold.notes import number, review, touch
from stationsim.station.responses import added_activity
from stationsim.station.state import Act, State
from stationsim.station.transitions import Life, follow


def planned(state: State, row: Row, log: Log) -> None:
    """Take an activity into the plan; this date and these people are its wish."""
    if row.kind is Kind.ADDED:
        incident, response = row.object or "", row.text or ""
        state.added[row.subject] = added_activity(
            state.station, incident, response, log.attached("revisions", row.seq)[0]
        )
        state.responses[row.subject] = (incident, response)
    number(state, row.subject)
    for rule in postures.demanding(state.station, state.activity(row.subject)):
        number(state, postures.id_of(rule, row.subject))
    act = revised(row, log)
    state.acts[row.subject] = attrs.evolve(act, wish_s=act.start_s, wish_people=act.people)


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


def split(text: object) -> tuple[str, ...]:
    """Read comma-separated ids."""
    return tuple(str(text).split(",")) if text else ()


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
    )


def lived(state: State, row: Row, log: Log) -> None:
    """Let an activity take its next step in life."""
    del log
    act = state.acts[row.subject]
    life = follow(act.life, row.kind, activity=act.id, t_s=row.t_s)
    changes: dict[str, Any] = {"life": life}
    if row.kind is Kind.HELD:
        changes |= {
            "hold_until_s": row.until_s,
            "prepared_s": act.prepared_s if act.prepared_s is not None else row.t_s,
        }
    elif row.kind is Kind.PREPARED:
        changes |= {"prepared_s": row.t_s}
    elif row.kind is Kind.RELEASED:
        changes |= {"start_s": row.start_s, "hold_until_s": None, "row": row.seq}
    elif row.kind is Kind.CALLED_OFF:
        changes |= {"hold_until_s": None, "prepared_s": None, "rule": row.rule, "reason": row.text, "because": row.seq}
        changes |= {"end_row": row.seq}
    elif row.kind is Kind.STARTED:
        changes |= {"started_s": row.t_s, "start_s": row.t_s}
        state.started_row[act.id] = row.seq
    elif row.kind in {Kind.FINISHED, Kind.TERMINATED, Kind.ABORTED, Kind.UNFINISHED, Kind.GIVEN_UP}:
        is_cut = row.kind in {Kind.TERMINATED, Kind.ABORTED}
        changes |= {"ended_s": row.t_s if row.until_s is None else row.until_s, "is_cut": is_cut, "end_row": row.seq}
    state.acts[row.subject] = attrs.evolve(act, **changes)
    is_over = row.kind in {Kind.FINISHED, Kind.TERMINATED}
    if is_over and row.until_s is not None and row.until_s > (act.end_s or 0):
        _keep_longer(state, act, row)
    _go(state, act, life)
    if row.kind is Kind.CALLED_OFF and row.by is None:
        review(state, state.activity(act.id).centre, row.t_s, row.seq)


def _go(state: State, act: Act, life: Life) -> None:
    """Let whatever hangs on where people are be asked again, where an activity takes them there or leaves them."""
    if (act.life is Life.UNDER_WAY) != (life is Life.UNDER_WAY):
        for centre in state.station.centres:
            touch(state, centre, *act.people)


def _keep_longer(state: State, act: Act, row: Row) -> None:
    """Let whatever else waits for the people of an activity be asked again: they are inside later than planned."""
    for centre in state.station.centres:
        touch(state, centre, *act.people)
        review(state, centre, row.t_s, row.seq)
