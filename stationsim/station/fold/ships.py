"""How do events move ships, people, hatches and seats?"""

import attrs

from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row
from stationsim.station.fold.notes import review, touch
from stationsim.station.state import GONE, IN_FLIGHT, JAMMED, RELOCATING, USUALLY, Seat, State


def launched(state: State, row: Row, log: Log) -> None:
    """Let a ship be in flight."""
    del log
    state.ship_at[row.subject] = IN_FLIGHT
    state.launched_s[row.subject] = row.t_s


def lost(state: State, row: Row, log: Log) -> None:
    """Let a ship be no more."""
    del log
    state.ship_at[row.subject] = GONE
    state.gone[row.subject] = row.seq


def docked(state: State, row: Row, log: Log) -> None:
    """Let a ship be at a port."""
    del log
    assert row.place is not None
    state.ship_at[row.subject] = row.place
    state.docked_s[row.subject] = row.t_s if row.until_s is None else row.until_s
    if row.start_s is not None:
        state.launched_s[row.subject] = row.start_s


def undocked(state: State, row: Row, log: Log) -> None:
    """Let a ship be away."""
    del log
    state.ship_at[row.subject] = RELOCATING if row.text == RELOCATING else IN_FLIGHT
    _agree(state, f"{row.subject}/hatch")


def boarded(state: State, row: Row, log: Log) -> None:
    """Let a person be aboard."""
    del log
    state.aboard[row.subject] = row.seq
    state.boarded_s[row.subject] = row.t_s if row.start_s is None else row.start_s


def left(state: State, row: Row, log: Log) -> None:
    """Let a person be gone."""
    del log
    del state.aboard[row.subject]
    state.left_s[row.subject] = row.t_s
    state.seats.pop(row.subject, None)


def fitted(state: State, row: Row, log: Log) -> None:
    """Let a person's fit items be in a ship."""
    del log
    state.fit[row.subject] = row.object or ""
    state.improvised.pop(row.subject, None)
    if row.text == "improvised":
        state.improvised[row.subject] = row.object or ""
    for centre in state.station.centres:
        touch(state, centre, row.subject)


def hatch(state: State, row: Row, log: Log) -> None:
    """Open or shut a hatch, and keep in mind what keeps it shut, or which activity holds it open."""
    del log
    hatch, reason = row.subject, row.object or USUALLY
    kept = state.kept_shut.pop(hatch, ())
    state.hatch_row[hatch] = row.seq
    for centre in state.station.centres:
        ways = state.aboard if hatch in state.views[centre].sick else ()
        touch(state, centre, hatch, *ways)
    if reason in state.postures:
        state.postures[reason] = attrs.evolve(state.postures[reason], moved_s=row.t_s)
    if state.hatches.get(hatch) != ("open" if row.kind is Kind.OPENED else "closed"):
        _agree(state, hatch)
    if row.kind is Kind.OPENED:
        state.hatches[hatch] = "open"
        if reason in state.acts:
            state.opened_by[hatch] = reason
            state.ways[reason] = (*state.ways.get(reason, ()), hatch)
        return
    state.hatches[hatch] = "closed"
    if reason == USUALLY:
        state.opened_by.pop(hatch, None)
    others = tuple(other for other in kept if other != reason)
    state.kept_shut[hatch] = others if row.kind is Kind.FREED else (*others, reason)


def jammed(state: State, row: Row, log: Log) -> None:
    """Let a hatch stand as it stood: open, or shut for the reason that it cannot be opened."""
    del log
    hatch = row.subject
    state.hatch_row[hatch] = row.seq
    if state.hatches.get(hatch) != "open":
        others = (other for other in state.kept_shut.get(hatch, ()) if other not in {row.object, JAMMED})
        state.kept_shut[hatch] = (*others, JAMMED)
    if row.object in state.postures:
        state.postures[row.object] = attrs.evolve(state.postures[row.object], moved_s=row.t_s)


def _agree(state: State, hatch: str) -> None:
    """Let everybody know how a hatch stands: who moves it says so."""
    for key in [key for key in state.hatch_beliefs if key[1] == hatch]:
        del state.hatch_beliefs[key]


def sheltered(state: State, row: Row, log: Log) -> None:
    """Let a person be in a ship or refuge, or be caught on the way."""
    del log
    there_s = row.t_s if row.until_s is None else row.until_s
    place = (row.object or "") if row.kind is Kind.SHELTERED else ""
    state.sheltered[row.subject] = (place, there_s, row.seq)
    for centre in state.station.centres:
        touch(state, centre, row.subject)


def went_back(state: State, row: Row, log: Log) -> None:
    """Let a person be about the station again; who comes out of a ship is planned for again."""
    del log
    state.sheltered.pop(row.subject, None)
    for centre in state.station.centres:
        touch(state, centre, row.subject)
        if row.object in state.station.ships:
            review(state, centre, row.t_s, row.seq)


def seated(state: State, row: Row, log: Log) -> None:
    """Give a person another seat class."""
    del log
    state.seats[row.subject] = Seat(level=int(row.value or 0), ship=row.object, row=row.seq)


def promised(state: State, row: Row, log: Log) -> None:
    """Give a person's return another date, or none."""
    del log
    date_s = row.start_s if row.kind is Kind.RETURN_PROMISED else None
    state.returns[row.subject] = (row.object or "", date_s, row.seq)
