"""How does an event change the state? One function per kind, one table, one `apply`; nothing else may change a state."""

from collections.abc import Callable

import attrs

from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH, Log, Row
from stationsim.physics.loop import LoopDrain
from stationsim.physics.thermal import CabinHeat, HeatSink
from stationsim.station.health import NOMINAL, grade
from stationsim.station.responses import added_activity
from stationsim.station.state import (
    IN_FLIGHT,
    ON_GROUND,
    Act,
    Heat,
    Open,
    Post,
    Release,
    Review,
    Seat,
    Sick,
    State,
    Status,
    Wet,
)
from stationsim.station.station import CREWED_RETURN
from stationsim.station.transitions import Life, follow

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


def _configured(state: State, row: Row, log: Log) -> None:
    del row, log
    for ship in state.station.ships:
        state.ship_at[ship] = ON_GROUND
    station = state.station
    for id_ in (*station.centres, *station.incidents, *station.ships):
        _number(state, id_)


def _number(state: State, id_: str) -> None:
    state.order.setdefault(id_, len(state.order))


def _launched(state: State, row: Row, log: Log) -> None:
    del log
    state.ship_at[row.subject] = IN_FLIGHT
    state.launched_s[row.subject] = row.t_s


def _docked(state: State, row: Row, log: Log) -> None:
    del log
    assert row.place is not None
    state.ship_at[row.subject] = row.place
    state.docked_row[row.subject] = row.seq
    state.docked_s[row.subject] = row.t_s if row.until_s is None else row.until_s
    if row.start_s is not None:
        state.launched_s[row.subject] = row.start_s


def _undocked(state: State, row: Row, log: Log) -> None:
    del log
    state.ship_at[row.subject] = IN_FLIGHT


def _boarded(state: State, row: Row, log: Log) -> None:
    del log
    state.aboard[row.subject] = row.seq


def _left(state: State, row: Row, log: Log) -> None:
    del log
    del state.aboard[row.subject]
    state.left[row.subject] = row.object or ""
    state.seats.pop(row.subject, None)


def _fitted(state: State, row: Row, log: Log) -> None:
    del log
    state.fit[row.subject] = row.object or ""
    for centre in state.station.centres:
        _touch(state, centre, row.subject)


def _hatch(state: State, row: Row, log: Log) -> None:
    del log
    state.hatches[row.subject] = "open" if row.kind is Kind.OPENED else "closed"


def _struck(state: State, row: Row, log: Log) -> None:
    del log
    state.struck[row.subject] = row.seq


def _ended(state: State, row: Row, log: Log) -> None:
    del log
    state.ended[row.subject] = row.seq


def _leaked(state: State, row: Row, log: Log) -> None:
    law = _law(log, row.seq)
    drain = LoopDrain(
        liquid_m3=law["liquid_m3"],
        gas_m3=law["gas0_m3"],
        gas_kpa=law["pressure0_kpa"],
        density_kg_per_m3=law["density_kg_m3"],
        hole_area_m2=law["hole_area_m2"],
        discharge_coefficient=law["discharge"],
    )
    before = state.releases.get(row.subject)
    release = Release(incident=row.object or "", since_s=row.t_s, drain=drain, row=row.seq)
    if before is not None:
        release = attrs.evolve(before, since_s=row.t_s, drain=drain, row=row.seq)
    state.releases[row.subject] = release


def _crossed(state: State, row: Row, log: Log) -> None:
    del log
    if row.subject in state.heat:
        state.heat[row.subject] = attrs.evolve(state.heat[row.subject], is_hot=True)
        return
    release = state.releases[row.subject]
    is_alarm = row.text == "alarm"
    state.releases[row.subject] = attrs.evolve(
        release,
        crossed=(*release.crossed, row.text or ""),
        crossed_row=row.seq if is_alarm else release.crossed_row,
        crossed_s=row.t_s if is_alarm else release.crossed_s,
    )


def _emptied(state: State, row: Row, log: Log) -> None:
    del log
    release = state.releases[row.subject]
    drain = attrs.evolve(release.drain.after(row.t_s - release.since_s, hole_area_m2=0.0), liquid_m3=0.0)
    state.releases[row.subject] = attrs.evolve(
        release, since_s=row.t_s, drain=drain, row=row.seq, crossed=(*release.crossed, "empty")
    )


def _heated(state: State, row: Row, log: Log) -> None:
    law = _law(log, row.seq)
    sinks = tuple(
        HeatSink(conductance_w_per_k=law[f"{sink}_w_per_k"], temperature_degc=law[f"{sink}_c"])
        for sink in ("loop", "hull", "hose")
        if law[f"{sink}_w_per_k"] > 0
    )
    cabin = CabinHeat(
        temperature_degc=law["t0_c"],
        heat_capacity_j_per_k=law["capacity_j_per_k"],
        people=int(law["people"]),
        person_w=law["person_w"],
        equipment_w=law["equipment_w"],
        sinks=sinks,
    )
    state.heat[row.subject] = Heat(
        since_s=row.t_s,
        cabin=cabin,
        has_loop=law["loop_w_per_k"] > 0,
        has_hose=law["hose_w_per_k"] > 0,
        row=row.seq,
    )


def _law(log: Log, seq: int) -> dict[str, float]:
    return {str(row[3]): float(row[4]) for row in log.attached("physics", seq)}  # type: ignore[arg-type]


def _health_changed(state: State, row: Row, log: Log) -> None:
    del log
    view = state.views[row.view or TRUTH]
    node = state.station.graph.index[row.subject]
    health = grade(row.text or "")
    if row.value is not None:
        view.own[node] = int(row.value)
    view.health[node] = health
    _touch(state, row.view, row.subject)
    if health == NOMINAL:
        view.sick.pop(row.subject, None)
    else:
        view.sick[row.subject] = Sick(since_s=row.t_s, row=row.seq, incident=row.object)


def _touch(state: State, view: str | None, *keys: str) -> None:
    """Note on what the centre's answers may now differ, until its next review."""
    if view is not None and view != TRUTH:
        state.touched[view] = tuple(dict.fromkeys((*state.touched.get(view, ()), *keys)))


def _touch_incident(state: State, centre: str, incident: str) -> None:
    """Whatever a centre holds of an incident may have changed: nodes, the ship's capability, wet zones."""
    sick = (node for node, why in state.views[centre].sick.items() if why.incident == incident)
    zones = (zone for view, found, zone in state.wet if view == centre and found == incident)
    ship = state.station.ship_of(state.station.incidents[incident].node)
    own = () if ship is None else (f"{ship}/{CREWED_RETURN}",)
    _touch(state, centre, *sick, *zones, *own)


def _status_changed(state: State, row: Row, log: Log) -> None:
    del log
    _touch(state, row.view, f"{row.subject}/{CREWED_RETURN}")
    state.status[(row.view or "", row.subject)] = Status(status=row.text or "", since_s=row.t_s, row=row.seq)


def _alarmed(state: State, row: Row, log: Log) -> None:
    del log
    centre, incident = row.view or "", row.object or ""
    state.alarmed.setdefault(incident, row.seq)
    _know(state, centre, incident)
    _post(state, row)
    _review(state, centre, row.t_s + state.station.centres[centre].response_s, row.seq)


def _know(state: State, centre: str, incident: str) -> None:
    known = state.known.get(centre, ())
    if incident not in known:
        state.known[centre] = (*known, incident)


def _post(state: State, row: Row) -> None:
    """What a centre learns, the others learn after their delay."""
    others = (c for c in state.station.scenario.centres if c.id != row.view)
    new = tuple(
        Post(
            due_s=row.t_s + c.report_s, row=row.seq, centre=c.id, kind=row.kind, subject=row.subject, incident=row.object or "",
            text=row.text or "", until_s=row.until_s,
        )
        for c in others
    )
    state.posts = (*state.posts, *new)


def _review(state: State, centre: str, due_s: int, row: int) -> None:
    """A centre reviews once for everything it has learnt until then: the earlier date holds."""
    pending = state.reviews.get(centre)
    if pending is None or due_s < pending.due_s:
        state.reviews[centre] = Review(due_s=due_s, row=row)


def _reported(state: State, row: Row, log: Log) -> None:
    del log
    centre = row.view or ""
    if row.object is not None:
        _know(state, centre, row.object)
    state.posts = tuple(p for p in state.posts if not (p.centre == centre and p.row == row.cause))
    _review(state, centre, row.t_s + state.station.centres[centre].response_s, row.seq)


def _asked(state: State, row: Row, log: Log) -> None:
    del log
    key = (row.view or "", row.object or "", row.subject)
    before = state.questions.get(key)
    asked_s = row.t_s if before is None else before.asked_s
    state.questions[key] = Open(
        incident=key[1], question=key[2], asked_s=asked_s, expected_s=row.until_s, row=row.seq
    )
    _number(state, "/".join(key))
    _touch_incident(state, key[0], key[1])


def _answered(state: State, row: Row, log: Log) -> None:
    del log
    key = (row.view or "", row.object or "", row.subject)
    if row.until_s is not None:
        state.questions[key] = attrs.evolve(state.questions[key], expected_s=row.until_s, row=row.seq)
    else:
        state.questions.pop(key, None)
        state.answers[key] = row.seq
    if row.by is None:
        _post(state, row)
    _touch_incident(state, key[0], key[1])
    _review(state, key[0], row.t_s, row.seq)


def _wetted(state: State, row: Row, log: Log) -> None:
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
    _number(state, "/".join(key))
    _touch(state, row.view, row.subject)


def _cleared(state: State, row: Row, log: Log) -> None:
    del log
    state.wet.pop((row.view or "", row.object or "", row.subject), None)
    _touch(state, row.view, row.subject)
    _review(state, row.view or "", row.t_s, row.seq)


def _planned(state: State, row: Row, log: Log) -> None:
    if row.kind is Kind.ADDED:
        incident, response = row.object or "", row.text or ""
        state.added[row.subject] = added_activity(state.station, incident, response, log.attached("revisions", row.seq)[0])
        state.responses[row.subject] = (incident, response)
    _number(state, row.subject)
    act = _revised(row, log)
    state.acts[row.subject] = attrs.evolve(act, wish_s=act.start_s)


def _revised(row: Row, log: Log) -> Act:
    columns = log.attached("revisions", row.seq)[0]
    _, _, start_s, _, before_s, after_s, people, roles, ship, port, uses, _, _ = columns
    return Act(
        id=row.subject,
        life=Life.PLANNED if start_s is not None else Life.UNDATED,
        start_s=start_s,  # type: ignore[arg-type]
        duration_s=int(columns[3]) - int(start_s) if start_s is not None else 0,  # type: ignore[call-overload]
        before_s=before_s,  # type: ignore[arg-type]
        after_s=after_s,  # type: ignore[arg-type]
        people=_split(people),
        roles=_split(roles),
        ship=ship,  # type: ignore[arg-type]
        port=port,  # type: ignore[arg-type]
        uses=_split(uses),
        row=row.seq,
        wish_s=None,
    )


def _split(text: object) -> tuple[str, ...]:
    return tuple(str(text).split(",")) if text else ()


def _moved(state: State, row: Row, log: Log) -> None:
    act = state.acts[row.subject]
    life = follow(act.life, row.kind, activity=act.id, t_s=row.t_s)
    new = _revised(row, log)
    duration_s = new.duration_s if new.start_s is not None else act.duration_s
    state.acts[row.subject] = attrs.evolve(new, life=life, wish_s=act.wish_s, duration_s=duration_s)


def _lived(state: State, row: Row, log: Log) -> None:
    del log
    act = state.acts[row.subject]
    life = follow(act.life, row.kind, activity=act.id, t_s=row.t_s)
    changes: dict[str, object] = {"life": life}
    if row.kind is Kind.HELD:
        changes |= {"hold_until_s": row.until_s, "prepared_s": act.prepared_s if act.prepared_s is not None else row.t_s}
    elif row.kind is Kind.PREPARED:
        changes |= {"prepared_s": row.t_s}
    elif row.kind is Kind.RELEASED:
        changes |= {"start_s": row.start_s, "hold_until_s": None, "row": row.seq}
    elif row.kind is Kind.CALLED_OFF:
        changes |= {"hold_until_s": None, "prepared_s": None}
    elif row.kind is Kind.STARTED:
        changes |= {"started_s": row.t_s, "start_s": row.t_s}
        state.started_row[act.id] = row.seq
    elif row.kind in {Kind.FINISHED, Kind.TERMINATED, Kind.ABORTED, Kind.UNFINISHED, Kind.GIVEN_UP}:
        changes |= {"ended_s": row.t_s if row.until_s is None else row.until_s}
    state.acts[row.subject] = attrs.evolve(act, **changes)
    if row.kind is Kind.CALLED_OFF and row.by is None:
        _review(state, state.activity(act.id).centre, row.t_s, row.seq)


def _seated(state: State, row: Row, log: Log) -> None:
    del log
    state.seats[row.subject] = Seat(level=int(row.value or 0), ship=row.object, row=row.seq)


def _return(state: State, row: Row, log: Log) -> None:
    del log
    date_s = row.start_s if row.kind is Kind.RETURN_PROMISED else None
    state.returns[row.subject] = (row.object or "", date_s, row.seq)


def _reviewed(state: State, row: Row, log: Log) -> None:
    del log
    state.reviews.pop(row.subject, None)
    state.touched.pop(row.subject, None)


def _decided(state: State, row: Row, log: Log) -> None:
    del log
    state.responded.setdefault(row.subject, row.seq)


EFFECTS: dict[Kind, Effect] = {
    Kind.CONFIGURED: _configured,
    Kind.LAUNCHED: _launched,
    Kind.DOCKED: _docked,
    Kind.UNDOCKED: _undocked,
    Kind.BOARDED: _boarded,
    Kind.LEFT: _left,
    Kind.FITTED: _fitted,
    Kind.OPENED: _hatch,
    Kind.CLOSED: _hatch,
    Kind.STRUCK: _struck,
    Kind.ENDED: _ended,
    Kind.LEAKED: _leaked,
    Kind.CROSSED: _crossed,
    Kind.EMPTIED: _emptied,
    Kind.HEATED: _heated,
    Kind.HEALTH_CHANGED: _health_changed,
    Kind.STATUS_CHANGED: _status_changed,
    Kind.ALARMED: _alarmed,
    Kind.REPORTED: _reported,
    Kind.ASKED: _asked,
    Kind.ANSWERED: _answered,
    Kind.WETTED: _wetted,
    Kind.CLEARED: _cleared,
    Kind.PLANNED: _planned,
    Kind.ADDED: _planned,
    Kind.MOVED: _moved,
    Kind.REASSIGNED: _moved,
    Kind.UNDATED: _moved,
    Kind.GIVEN_UP: _lived,
    Kind.PREPARED: _lived,
    Kind.HELD: _lived,
    Kind.RELEASED: _lived,
    Kind.CALLED_OFF: _lived,
    Kind.STARTED: _lived,
    Kind.FINISHED: _lived,
    Kind.TERMINATED: _lived,
    Kind.ABORTED: _lived,
    Kind.UNFINISHED: _lived,
    Kind.SEATED: _seated,
    Kind.RETURN_PROMISED: _return,
    Kind.RETURN_LOST: _return,
    Kind.REVIEWED: _reviewed,
    Kind.DECIDED: _decided,
}
"""What each kind of event does to the state; WAIVED and WORKED say something without changing anything."""
