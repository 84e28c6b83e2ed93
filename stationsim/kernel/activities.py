"""How does an activity live? Preparation, go/no-go, start, end, and what it does to ships and people."""

import math

from stationsim.kernel import (
    air,
    answers,
    cover,
    demands,
    failures,
    hatchwork,
    looks,
    polls,
    responses,
    truth,
    verdicts,
)
from stationsim.kernel.revisions import revision_row
from stationsim.kernel.warmth import warm
from stationsim.kernel.worked import log_work
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.planning.place import SEATED, crew_slots
from stationsim.station.access import obstacle
from stationsim.station.act import Act
from stationsim.station.choice import cast_of
from stationsim.station.contact import also, contact_of, said
from stationsim.station.hatches import SHIP_HATCH, compartment_of
from stationsim.station.responses import response_of
from stationsim.station.situation import CERTIFIED
from stationsim.station.state import RELOCATING
from stationsim.station.station import REAL
from stationsim.station.transitions import Life


def activity(world: World, id_: str) -> None:
    """Let an activity take its next step."""
    act = _with_crew(world, world.state.acts[id_])
    if act.life is Life.PAUSED:
        polls.end_pause(world, id_)
    elif act.life is Life.HELD:
        found = polls.no_go(world, id_, max(act.start_s or 0, world.state.now_s))
        if found:
            polls.call_off(world, id_, found, by=None)
        else:
            release(world, id_, cause=act.row)
    elif act.life is Life.UNDER_WAY:
        _finish(world, act)
    elif polls.hold_if_blocked(world, id_):
        return
    elif act.life is Life.PLANNED and act.before_s > 0:
        world.record(Kind.PREPARED, id_, cause=act.row, until_s=act.start_s)
    else:
        _start(world, act)


def _with_crew(world: World, act: Act) -> Act:
    """Let those take part whose seat is in the ship by now, where the kind asks for them; return the activity then."""
    record = world.state.activity(act.id)
    if act.life is not Life.PLANNED or not world.station.kinds[record.kind].whole_crew:
        return act
    named = cast_of(act)[: len(record.people)]
    slots = crew_slots(record, world.situation_of(act.id), world.state.now_s)
    crew = tuple((slot.candidates[0], SEATED) for slot in slots)
    if (*named, *crew) == cast_of(act):
        return act
    revision = revision_row(act, record, act.start_s, (*named, *crew))
    world.record(
        Kind.REASSIGNED,
        act.id,
        cause=act.row,
        by=record.centre,
        rule=act.rule,
        start_s=act.start_s,
        until_s=act.end_s,
        text="everybody whose seat is in the ship takes part",
        tables={"revisions": [revision]},
    )
    return world.state.acts[act.id]


def release(world: World, id_: str, *, cause: int) -> None:
    """Let a held activity go on; its start comes later by as much as the hold took, and what is to be done again."""
    act, now_s = world.state.acts[id_], world.state.now_s
    kind = world.station.kinds[world.state.activity(id_).kind]
    held_s = now_s - ((act.hold_until_s or now_s) - kind.hold_s)
    start_s = max((act.start_s or 0) + math.ceil(kind.hold_costs * held_s), now_s)
    world.record(Kind.RELEASED, id_, cause=cause, start_s=start_s, until_s=start_s + act.duration_s)


def _start(world: World, act: Act) -> None:
    now_s = world.state.now_s
    seq = world.record(
        Kind.STARTED,
        act.id,
        cause=act.row,
        start_s=now_s,
        until_s=now_s + act.duration_s,
        tables={} if world.is_play else {"verdicts": verdicts.of_start(world, act.id, now_s)},
    )
    effect = world.station.kinds[world.state.activity(act.id).kind].effect
    fails = failures.failing(world, act) if effect in failures.AT_ONCE else None
    if fails is not None:
        failures.fail(world, world.state.acts[act.id], fails)
        return
    if act.id in world.state.responses:
        responses.enter_refuge(world, act.id, seq)
        _feed(world, act, seq)
        responses.step_in(world, act.id, seq)
    if act.ship is None:
        return
    if effect == "launch":
        world.record(Kind.LAUNCHED, act.ship, cause=seq)
    elif effect == "dock":
        _dock(world, act, seq)
    elif effect in {"undock", "relocate"}:
        _undock(world, act, seq, leaves_for_good=effect == "undock")


def _finish(world: World, act: Act) -> None:
    now_s = world.state.now_s
    kind = world.station.kinds[world.state.activity(act.id).kind]
    fails = None if kind.effect in failures.AT_ONCE else failures.failing(world, act)
    if fails is not None:
        failures.fail(world, act, fails)
        return
    situation = world.situation_of(act.id)
    contact = contact_of(world.choice(act.id, situation), situation)
    inside_s = now_s if contact is None else now_s + contact.time_s
    columns = {} if contact is None else {"until_s": inside_s, "text": said(contact), "tables": also(contact)}
    seq = world.record(Kind.FINISHED, act.id, cause=_started_row(world, act), **columns)
    began_s = act.started_s if act.started_s is not None else now_s
    from_s = min(act.prepared_s if act.prepared_s is not None else began_s, began_s)
    log_work(world, act, from_s, inside_s + act.after_s, cause=seq)
    if kind.effect == "relocate":
        _dock(world, act, seq)
    if kind.effect in {"dock", "relocate"} and act.ship is not None and _opens(world, act.ship):
        hatchwork.welcome(world, act.ship + SHIP_HATCH, cause=seq)
    if kind.effect == "fit":
        _fit(world, act, seq)
    if act.id in world.state.responses:
        incident, response = world.state.responses[act.id]
        responses.leave_refuge(world, act.id, seq)
        _accomplish(world, act, incident, response, seq)
    demands.meet(world, act, seq)
    for node in world.state.activity(act.id).inspects:
        world.record(Kind.INSPECTED, node, object=act.id, cause=seq)
    for incident, response in world.state.attached.get(act.id, ()):
        _accomplish(world, act, incident, response, seq)


def _opens(world: World, ship: str) -> bool:
    """Tell whether the hatch of a ship that has come is opened: not while people shelter behind it."""
    return world.station.opens_hatch(ship) and all(where != ship for where, _, _ in world.state.sheltered.values())


def _started_row(world: World, act: Act) -> int:
    return world.state.started_row[act.id]


def _accomplish(world: World, act: Act, incident: str, response: str, seq: int) -> None:
    """Draw the consequences of a response that is done: a question answered, a hose laid, a part used up."""
    record = response_of(world.station, incident, response)
    node = world.station.incidents[incident].node
    ship = world.station.ship_of(node)
    for part in act.uses:
        if record.spare is not None and world.station.node_type(part) == record.spare:
            world.record(Kind.USED, part, object=act.id, cause=seq)
    if record.hose and ship in world.state.heat:
        warm(world, ship, has_hose=True, cause=seq, text="a ventilation hose from the station")
    mended = _mended(world, incident) if record.mends else ()
    for found in mended:
        truth.end(world, found, cause=seq)
    if act.id in world.state.responses:
        responses.step_out(world, act.id, seq)
    compartment = compartment_of(world.station, node)
    if record.adds_kpa > 0 and compartment is not None:
        air.feed(world, act.id, compartment, 0.0, seq)
    responses.begin_after(world, incident, world.station.watchers[node], record.id, seq)
    if record.answers == REAL:
        looks.look(world, incident, cause=seq)
    elif record.answers is not None:
        for found in dict.fromkeys((incident, *mended)):
            answers.answer(world, found, record.answers, cause=seq)


def _feed(world: World, act: Act, cause: int) -> None:
    """Let a response that adds pressure feed gas while it lasts."""
    incident, response = world.state.responses[act.id]
    adds_kpa = response_of(world.station, incident, response).adds_kpa
    compartment = compartment_of(world.station, world.station.incidents[incident].node)
    if adds_kpa > 0 and compartment is not None:
        air.feed(world, act.id, compartment, adds_kpa, cause)


def _mended(world: World, incident: str) -> tuple[str, ...]:
    """Return what the end of a response closes: its own hole, and what leaks alike behind the valves that are shut."""
    station, state = world.station, world.state
    mode, node = station.mode_of(incident), station.incidents[incident].node
    open_ = [other for other in state.struck if other not in state.ended and not station.is_false(other)]
    if mode.releases == "air":
        return (incident,) if incident in open_ else ()
    return tuple(
        other for other in open_ if station.incidents[other].node == node and station.mode_of(other).id == mode.id
    )


def _dock(world: World, act: Act, cause: int) -> None:
    assert act.ship is not None
    known_s = world.state.launched_s.get(act.ship)
    seq = world.record(Kind.DOCKED, act.ship, place=act.port, cause=cause, start_s=known_s)
    for person in world.state.activity(act.id).crew:
        if person not in world.state.aboard:
            world.record(Kind.BOARDED, person, object=act.ship, cause=seq)
            world.record(Kind.FITTED, person, object=act.ship, cause=seq)
    cabin = world.station.type_of(act.ship).cabin
    if cabin is not None:
        warm(world, act.ship, has_hose=False, cause=seq, text="docked")
    for centre in world.station.centres:
        cover.update_statuses(world, centre, seq)
    cover.seat(world, seq)


def _fit(world: World, act: Act, cause: int) -> None:
    """Move people's fit items into a ship: from now on it is theirs; where its seats are taken, as a place."""
    assert act.ship is not None
    for person in world.state.activity(act.id).fits:
        if person in world.state.aboard:
            text = None if _has_free_seat(world, act.ship, person) else "improvised"
            world.record(Kind.FITTED, person, object=act.ship, cause=cause, text=text)
    cover.seat(world, cause)


def _has_free_seat(world: World, ship: str, person: str) -> bool:
    """Tell whether the others aboard leave a seat of a ship free that somebody's fit items are made for."""
    state = world.state
    if not state.station.fits(person, ship):
        return False
    others = (p for p in state.aboard if p != person and p not in state.improvised)
    return sum(state.fit.get(p) == ship for p in others) < state.station.type_of(ship).seats


def _undock(world: World, act: Act, cause: int, *, leaves_for_good: bool) -> None:
    """Let a ship leave; whoever has their fit items in it goes too, if it may carry them."""
    state, ship = world.state, act.ship
    assert ship is not None
    owner = state.station.ships[ship].centre
    status = state.status.get((owner, ship))
    may_carry = state.station.is_crew_ship(ship) and (status is None or status.status == CERTIFIED)
    seated = tuple(p for p in state.aboard if state.fit.get(p) == ship and p not in state.improvised)
    going = tuple(p for p in seated if obstacle(state, owner, p) is None) if leaves_for_good and may_carry else ()
    if state.hatches.get(ship + SHIP_HATCH) == "open":
        hatchwork.shut(world, ship + SHIP_HATCH, act.id, cause=cause)
    text = None if leaves_for_good else RELOCATING
    seq = world.record(Kind.UNDOCKED, ship, place=state.ship_at.get(ship), cause=cause, text=text)
    for person in going:
        world.record(Kind.LEFT, person, object=ship, cause=seq)
    cover.seat(world, seq)
