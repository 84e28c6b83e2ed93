"""How do events change what a control centre believes, asks, is told and is about to review?"""

import attrs

from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row
from stationsim.station.air import is_airless
from stationsim.station.fold.notes import number, review, touch, touch_incident
from stationsim.station.state import Demanded, Open, Post, Seal, Search, State, Status, Wet
from stationsim.station.station import CREWED_RETURN, INCONCLUSIVE, REAL


def status_changed(state: State, row: Row, log: Log) -> None:
    """Hold another status of a ship."""
    del log
    touch(state, row.view, f"{row.subject}/{CREWED_RETURN}")
    state.status[(row.view or "", row.subject)] = Status(status=row.text or "", since_s=row.t_s, row=row.seq)


def alarmed(state: State, row: Row, log: Log) -> None:
    """Know of an incident, tell the others, and review soon."""
    del log
    centre, incident = row.view or "", row.object or ""
    state.alarmed.setdefault(incident, row.seq)
    know(state, centre, incident)
    post(state, row)
    review(state, centre, row.t_s + state.station.centres[centre].response_s, row.seq)


def know(state: State, centre: str, incident: str) -> None:
    """Add an incident to what a centre knows."""
    known = state.known.get(centre, ())
    if incident not in known:
        state.known[centre] = (*known, incident)


def post(state: State, row: Row) -> None:
    """What a centre learns, the others learn after their delay; what had struck before the start they know."""
    others = (c for c in state.station.scenario.centres if c.id != row.view)
    struck = state.station.incidents.get(row.object or "")
    is_known = row.kind is Kind.ALARMED and struck is not None and struck.since_s is not None
    new = tuple(
        Post(
            due_s=row.t_s + (0 if is_known else c.report_s),
            row=row.seq,
            centre=c.id,
            kind=row.kind,
            subject=row.subject,
            incident=(row.subject if row.kind is Kind.DISMISSED else row.object) or "",
            text=row.text or "",
            until_s=row.until_s,
            is_airless=row.kind is Kind.GAUGED and is_airless(state, row.subject),
        )
        for c in others
    )
    state.posts = (*state.posts, *new)


def reported(state: State, row: Row, log: Log) -> None:
    """Know what another centre knew."""
    del log
    centre = row.view or ""
    if row.object is not None:
        know(state, centre, row.object)
    for told in (p for p in state.posts if p.centre == centre and p.row == row.cause and p.kind is Kind.GAUGED):
        _breathe(state, row, is_without=told.is_airless)
    state.posts = tuple(p for p in state.posts if not (p.centre == centre and p.row == row.cause))
    review(state, centre, row.t_s + state.station.centres[centre].response_s, row.seq)


def asked(state: State, row: Row, log: Log) -> None:
    """Open a question, or expect its answer at another time."""
    del log
    key = (row.view or "", row.object or "", row.subject)
    before = state.questions.get(key)
    asked_s = row.t_s if before is None else before.asked_s
    state.questions[key] = Open(
        incident=key[1],
        question=key[2],
        asked_s=asked_s,
        expected_s=row.until_s,
        row=row.seq,
        rounds=0 if before is None else before.rounds,
    )
    number(state, "/".join(key))
    touch(state, key[0], f"question:{key[2]}")
    touch_incident(state, key[0], key[1])
    if before is not None and row.by is None:
        post(state, row)


def answered(state: State, row: Row, log: Log) -> None:
    """Close a question, or put its answer off; tell the others and review now."""
    del log
    key = (row.view or "", row.object or "", row.subject)
    if row.until_s is not None:
        before = state.questions[key]
        rounds = before.rounds + (row.text == INCONCLUSIVE)
        state.questions[key] = attrs.evolve(before, expected_s=row.until_s, row=row.seq, rounds=rounds)
    else:
        state.questions.pop(key, None)
        if key[:2] not in state.dismissed:
            state.answers[key] = (row.t_s, row.seq)
    if row.by is None:
        post(state, row)
    touch(state, key[0], f"question:{key[2]}")
    touch_incident(state, key[0], key[1])
    # That it is real was believed already: nobody meets for it any sooner.
    later_s = state.station.centres[key[0]].response_s if row.subject == REAL else 0
    review(state, key[0], row.t_s + later_s, row.seq)


def searched(state: State, row: Row, log: Log) -> None:
    """Let a hunt go on; without a next look it is over."""
    del log
    if row.until_s is None:
        state.searches.pop(row.subject, None)
        return
    suspects = tuple((row.text or "").split(","))
    begun_s = row.t_s if row.start_s is None else row.start_s
    state.searches[row.subject] = Search(
        suspects=suspects,
        door=row.object,
        place=row.place,
        tests=int(row.value or 0),
        begun_s=begun_s,
        due_s=row.until_s,
        row=row.seq,
    )


def sealed(state: State, row: Row, log: Log) -> None:
    """Let a leak be sealed off hatch by hatch, or no longer."""
    del log
    if row.text is None:
        state.seals.pop(row.subject, None)
        return
    state.seals[row.subject] = Seal(
        sealed=tuple(row.text.split(",")), place=row.place, hatch=row.object, due_s=row.until_s, row=row.seq
    )


def gauged(state: State, row: Row, log: Log) -> None:
    """Read how a compartment's air is, tell the others, and review soon."""
    del log
    centre = row.view or ""
    _breathe(state, row, is_without=is_airless(state, row.subject))
    post(state, row)
    review(state, centre, row.t_s + state.station.centres[centre].response_s, row.seq)


def _breathe(state: State, row: Row, *, is_without: bool) -> None:
    """Believe that a compartment has air, or that it has fallen to the limit."""
    key = (row.view or "", row.subject)
    if is_without:
        state.airless.setdefault(key, (row.t_s, row.seq))
    else:
        state.airless.pop(key, None)
    touch(state, row.view, row.subject)


def wetted(state: State, row: Row, log: Log) -> None:
    """Believe a zone wet."""
    del log
    key = (row.view or "", row.object or "", row.subject)
    before = state.wet.get(key)
    state.wet[key] = Wet(
        zone=row.subject,
        incident=key[1],
        since_s=row.t_s if before is None else before.since_s,
        until_s=row.until_s,
        feared=row.text or "",
        row=row.seq,
    )
    number(state, "/".join(key))
    touch(state, row.view, row.subject)


def cleared(state: State, row: Row, log: Log) -> None:
    """Believe a zone clear, and review now."""
    del log
    state.wet.pop((row.view or "", row.object or "", row.subject), None)
    touch(state, row.view, row.subject)
    review(state, row.view or "", row.t_s, row.seq)


def dismissed(state: State, row: Row, log: Log) -> None:
    """Know that an incident is a false alarm: its answers hold nothing up, the others are told, and review now."""
    del log
    centre, incident = row.view or "", row.subject
    state.dismissed[(centre, incident)] = row.seq
    for key in [key for key in state.answers if key[:2] == (centre, incident)]:
        del state.answers[key]
    if row.by is None:
        post(state, row)
    touch_incident(state, centre, incident)
    review(state, centre, row.t_s, row.seq)


def hatch_believed(state: State, row: Row, log: Log) -> None:
    """Hold a hatch open or shut; what agrees with how it stands needs no note."""
    del log
    key = (row.view or "", row.subject)
    state.hatch_beliefs.pop(key, None)
    if row.text != state.hatches.get(row.subject):
        state.hatch_beliefs[key] = row.text or ""


def required(state: State, row: Row, log: Log) -> None:
    """Let something be mandatory."""
    del log
    wanted = state.station.mode_of(row.subject).demand
    assert wanted is not None
    state.demands[row.subject] = Demanded(
        incident=row.subject,
        centre=row.view or "",
        until_s=row.until_s or 0,
        kinds=wanted.kinds,
        capability=wanted.capability,
        person=row.object if row.object in state.station.people else None,
        text=wanted.text,
        row=row.seq,
    )


def satisfied(state: State, row: Row, log: Log) -> None:
    """Let a demand be over."""
    del log
    state.demands.pop(row.subject, None)


def reviewed(state: State, row: Row, log: Log) -> None:
    """Have reviewed: nothing is left to ask again."""
    del log
    state.reviews.pop(row.subject, None)
    state.reviewed_s[row.subject] = row.t_s
    state.touched.pop(row.subject, None)


def decided(state: State, row: Row, log: Log) -> None:
    """Have decided what to do about an incident; to seal a compartment off leaves the rest to decide."""
    del log
    if row.place is None:
        state.responded.setdefault(row.subject, row.seq)
