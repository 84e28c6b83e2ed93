"""How do decisions change the plan: what is wanted from when on, with whom, at which port, and what is new in it?"""

import attrs

from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row
from stationsim.station.amend import amended, inserted, split
from stationsim.station.fold.notes import TRAFFIC, decide_on, number, review, touch
from stationsim.station.fold.plan import revised
from stationsim.station.state import Decided, State
from stationsim.station.transitions import Life


def chosen(state: State, row: Row, log: Log) -> None:
    """Have decided about a ship; what the decision changes follows in the same step."""
    del log
    before = state.decisions.get(row.subject)
    people = [person for person in state.aboard if state.fit.get(person) == row.subject]
    people += [person for person in (() if before is None else before.people) if person in state.aboard]
    tried = () if before is None else before.remedies
    state.decisions[row.subject] = Decided(
        option=row.object or "",
        people=tuple(dict.fromkeys(people)),
        step=row.step,
        row=row.seq,
        acts=() if before is None else before.acts,
        remedies=tuple(id_ for id_ in tried if state.acts[id_].life not in {Life.DONE, Life.GIVEN_UP}),
    )


def amend(state: State, row: Row, log: Log) -> None:
    """Let an activity be another one than the file has it."""
    activity = state.activity(row.subject)
    for _, _, field, _, now in log.attached("amendments", row.seq):
        activity = amended(activity, str(field), str(now or ""))
    state.added[row.subject] = activity
    act = attrs.evolve(state.acts[row.subject], port=activity.port, amended_row=row.seq)
    if row.start_s is not None:
        act = attrs.evolve(act, aim_s=row.start_s, aim_row=row.seq)
    state.acts[row.subject] = act
    _note(state, row)


def insert(state: State, row: Row, log: Log) -> None:
    """Take an activity into the plan that the file did not hold; repair gives it its date."""
    fields = [(str(field), str(now or "")) for _, _, field, _, now in log.attached("amendments", row.seq)]
    activity = inserted(row.subject, fields, row.start_s or 0)
    kind = state.station.kinds[activity.kind]
    state.added[row.subject] = activity
    number(state, row.subject)
    state.acts[row.subject] = attrs.evolve(
        revised(row, log),
        duration_s=kind.duration_s,
        wish_people=split(dict(fields).get("people", "")),
        aim_s=row.start_s,
        aim_row=row.seq,
    )
    _note(state, row)


def waive(state: State, row: Row, log: Log) -> None:
    """Drop a rule for an activity."""
    del log
    state.waived[row.rule or "", row.subject] = row.seq


def _note(state: State, row: Row) -> None:
    """Remember what belongs to a decision; whatever hangs on who comes and goes is asked again."""
    decide_on(state, row)
    for centre in state.station.centres:
        touch(state, centre, TRAFFIC)


def outdate(state: State, row: Row) -> None:
    """Let a decision be open again when what it arranged is moved by something else, or its remedy is done."""
    for ship, found in state.decisions.items():
        is_moved = row.kind in {Kind.MOVED, Kind.UNDATED, Kind.FAILED, Kind.GIVEN_UP} and row.subject in found.acts
        is_tried = row.kind is Kind.FINISHED and row.subject in found.remedies
        if (is_moved or is_tried) and row.step != found.step and not found.is_stale:
            state.decisions[ship] = attrs.evolve(found, moved_row=row.seq)
            review(state, state.station.ships[ship].centre, row.t_s, row.seq)
