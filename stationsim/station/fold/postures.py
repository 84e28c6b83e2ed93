"""How do events change the postures in force?"""

import attrs

from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row
from stationsim.station.fold.notes import touch
from stationsim.station.state import Posture, State


def begun(state: State, row: Row, log: Log) -> None:
    """Let people begin to shut the hatches of a posture, or to open them again."""
    hatches, people = (tuple(str(text).split(",")) if text else () for text in log.attached("postures", row.seq)[0][2:])
    state.postures[row.subject] = Posture(
        rule=row.rule or "",
        activity=row.object,
        phase="taking" if row.kind is Kind.DEMANDED else "lifting",
        hatches=hatches,
        people=people,
        begun_s=row.t_s,
        until_s=row.t_s if row.until_s is None else row.until_s,
        moved_s=row.t_s,
        row=row.seq,
    )
    _touch(state, *people, row.subject)


def taken(state: State, row: Row, log: Log) -> None:
    """Let a posture be in force."""
    del log
    found = state.postures[row.subject]
    state.postures[row.subject] = attrs.evolve(found, phase="taken", until_s=row.t_s, moved_s=row.t_s, row=row.seq)
    _touch(state, *found.people, row.subject)


def refused(state: State, row: Row, log: Log) -> None:
    """Let a posture not come about; what it has shut stays shut until its reason is gone."""
    del log
    found = state.postures.get(row.subject)
    hatches, begun_s = ((), row.t_s) if found is None else (found.hatches, found.begun_s)
    state.postures[row.subject] = Posture(
        rule=row.rule or "",
        activity=row.object,
        phase="refused",
        hatches=hatches,
        people=(),
        begun_s=begun_s,
        until_s=row.t_s,
        moved_s=row.t_s,
        row=row.seq,
        reason=row.text,
    )
    _touch(state, *(() if found is None else found.people), row.subject)


def stood_down(state: State, row: Row, log: Log) -> None:
    """Let nothing be left of a posture."""
    del log
    found = state.postures.pop(row.subject)
    _touch(state, *found.people, row.subject)


def _touch(state: State, *keys: str) -> None:
    for centre in state.station.centres:
        touch(state, centre, *keys)
