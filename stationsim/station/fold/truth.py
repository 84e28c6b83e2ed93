"""How do events change what is true: incidents, releases, cabins, health of nodes?"""

import attrs

from stationsim.log.log import TRUTH, Log, Row
from stationsim.physics.air import Air
from stationsim.physics.hole import Hole
from stationsim.physics.thermal import CabinHeat, HeatSink
from stationsim.station import drains
from stationsim.station.air import is_at_limit, noticed_below_kpa, pressure_kpa, unheard
from stationsim.station.fold.notes import number, touch
from stationsim.station.hatches import compartment_of
from stationsim.station.health import NOMINAL, grade
from stationsim.station.state import Body, Gap, Heat, Release, Sick, State


def struck(state: State, row: Row, log: Log) -> None:
    """Let an incident be true."""
    del log
    state.struck[row.subject] = row.seq
    state.struck_s[row.subject] = row.t_s


def ended(state: State, row: Row, log: Log) -> None:
    """Let an incident be over; what was sealed off for it is so no longer."""
    del log
    state.ended[row.subject] = row.seq
    state.ended_s[row.subject] = row.t_s
    state.seals.pop(row.subject, None)


def reopened(state: State, row: Row, log: Log) -> None:
    """Let an incident be true again, and nobody know of it yet."""
    del log
    state.reopened[row.subject] = row.seq
    state.reopened_s[row.subject] = row.t_s
    for known in (state.ended, state.ended_s, state.alarmed, state.air_alarms, state.responded):
        known.pop(row.subject, None)


def leaked(state: State, row: Row, log: Log) -> None:
    """Let a loop or tank drain by the law that came with the row."""
    law = law_of(log, row.seq)
    drain = drains.drain_of(law)
    if drain is None:
        gapped(state, row, law)
        return
    before = state.releases.get(row.subject)
    now = Release(incident=row.object or "", since_s=row.t_s, drain=drain, row=row.seq)
    holes: dict[str, Hole] = {}
    if before is not None:
        now = attrs.evolve(before, since_s=row.t_s, drain=drain, row=row.seq)
        holes = {name: hole.after(row.t_s - before.since_s) for name, hole in before.holes}
    holes[row.object or ""] = Hole(
        area_m2=law.get("own_area_m2", law["hole_area_m2"]),
        discharge_coefficient=law["discharge"],
        growth_m2_per_s=law.get("own_growth_m2_per_s", 0.0),
    )
    open_ = tuple((name, hole) for name, hole in holes.items() if hole.area_m2 > 0)
    incident = open_[0][0] if open_ else now.incident
    state.releases[row.subject] = attrs.evolve(now, incident=incident, holes=open_)


def gapped(state: State, row: Row, law: dict[str, float]) -> None:
    """Let a wall have a hole."""
    compartment = compartment_of(state.station, row.subject) or row.subject
    hole = Hole(
        area_m2=law["area_m2"],
        discharge_coefficient=law["discharge"],
        growth_m2_per_s=law.get("growth_m2_per_s", 0.0),
    )
    state.holes[row.object or ""] = Gap(
        compartment=compartment, hole=hole, row=row.seq, since_s=row.t_s, from_kpa=pressure_kpa(state, compartment)
    )


def aired(state: State, row: Row, log: Log) -> None:
    """Let compartments share an atmosphere by the law that came with the row."""
    law = law_of(log, row.seq)
    members = tuple((row.text or "").split(","))
    known = [body for body in state.bodies.values() if set(body.members) & set(members)]
    gaps = (gap for gap in state.holes.values() if gap.compartment in members and gap.hole.area_m2 > 0)
    leaks = tuple(sorted(gap.hole_at(row.t_s) for gap in gaps))
    air = Air(
        volume_m3=law["volume_m3"],
        pressure_kpa=law["p0_kpa"],
        temperature_degc=law["temperature_degc"],
        leaks=leaks,
        makeup_kg_per_s=law["makeup_kg_per_s"],
    )
    names = dict.fromkeys(name for body in known for name in body.crossed)
    crossed = tuple(names) if is_at_limit(state, air.pressure_kpa) else ()
    steady_s = None if leaks else max((row.t_s if b.steady_s is None else b.steady_s for b in known), default=row.t_s)
    for leader, body in tuple(state.bodies.items()):
        rest = tuple(member for member in body.members if member not in members)
        if rest != body.members:
            del state.bodies[leader]
            if rest:
                state.bodies[rest[0]] = attrs.evolve(body, members=rest)
    state.bodies[row.subject] = Body(
        members=members, since_s=row.t_s, air=air, row=row.seq, steady_s=steady_s, crossed=crossed
    )
    for member in members:
        number(state, member)


def fed(state: State, row: Row, log: Log) -> None:
    """Let gas be fed into a compartment, or no longer."""
    del log
    state.feeds.pop(row.object or "", None)
    if row.value:
        state.feeds[row.object or ""] = (row.subject, row.value)


def crossed(state: State, row: Row, log: Log) -> None:
    """Remember a threshold that was crossed."""
    del log
    if row.subject in state.bodies and row.unit == "kPa" and row.subject not in state.releases:
        _body_crossed(state, row)
        return
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


def _body_crossed(state: State, row: Row) -> None:
    """Remember that a body of air has fallen to the limit, or so far that its sensors notice a hole."""
    body = state.bodies[row.subject]
    if row.text == "limit":
        state.bodies[row.subject] = attrs.evolve(body, crossed=(*body.crossed, "limit"))
        return
    for incident in unheard(state, body):
        if noticed_below_kpa(state, incident) >= (row.value or 0.0):
            state.air_alarms[incident] = (row.t_s, row.seq)


def emptied(state: State, row: Row, log: Log) -> None:
    """Let a loop or tank be empty."""
    del log
    release = state.releases[row.subject]
    drain = drains.emptied(release.drain.after(row.t_s - release.since_s))
    state.releases[row.subject] = attrs.evolve(
        release, since_s=row.t_s, drain=drain, row=row.seq, holes=(), crossed=(*release.crossed, "empty")
    )


def heated(state: State, row: Row, log: Log) -> None:
    """Let a cabin's temperature follow the law that came with the row."""
    law = law_of(log, row.seq)
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


def law_of(log: Log, seq: int) -> dict[str, float]:
    """Read the parameters of a law from table `physics`."""
    return {str(row[3]): float(row[4]) for row in log.attached("physics", seq)}  # type: ignore[arg-type]


def health_changed(state: State, row: Row, log: Log) -> None:
    """Give a node another health in one view."""
    del log
    view = state.views[row.view or TRUTH]
    node = state.station.graph.index[row.subject]
    health = grade(row.text or "")
    if row.value is not None:
        view.own[node] = int(row.value)
    view.health[node] = health
    touch(state, row.view, row.subject)
    if row.subject in state.station.passages:
        touch(state, row.view, *state.aboard)
    if health == NOMINAL:
        view.sick.pop(row.subject, None)
    else:
        view.sick[row.subject] = Sick(since_s=row.t_s, row=row.seq, incident=row.object)
