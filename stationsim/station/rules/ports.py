"""Templates for what a port offers and what its use keeps free: services, directions, neighbours."""

from collections.abc import Iterator

from stationsim.scenario.model import Activity, Neighbour, Port, Rule
from stationsim.station.choice import Choice
from stationsim.station.rules.blocks import FOREVER_AGO, Block, Separation, apart, block
from stationsim.station.rules.calendar import merged, without
from stationsim.station.situation import Situation, Stay
from stationsim.station.station import Station

_NO_END_S = 10**12
"""Stands for the end of a stay that has none [s]."""


def port_service(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid while the ship stands at no port that offers the services and faces the way an activity needs."""
    activity, station = choice.activity, situation.station
    wanted = " and ".join((*activity.services, *activity.faces))
    if not wanted:
        return
    if activity.port is not None:
        if not _offers(station.ports[activity.port], choice):
            yield block(rule, FOREVER_AGO, None, f"{station.name(activity.port)} is no port with {wanted}")
        return
    stays = [s for s in situation.stays if s.ship == activity.ship and _offers(station.ports[s.port], choice)]
    spans = merged((stay.lo_s, _NO_END_S if stay.hi_s is None else stay.hi_s) for stay in stays)
    reason = f"{station.name(activity.ship or '')} is not at a port with {wanted}"
    lasts = bool(spans) and spans[-1][1] == _NO_END_S
    for found in without(rule, spans, reason, is_endless=not lasts):
        yield block(rule, found.lo_s, found.hi_s, reason)
    for port in dict.fromkeys(stay.port for stay in stays):
        sick = situation.sick(port)
        if sick is not None:
            hi_s = situation.expected_s(sick.incident, "back")
            yield block(rule, sick.since_s, hi_s, f"{station.name(port)} is not available", cause=sick.row)


def _offers(port: Port, choice: Choice) -> bool:
    activity = choice.activity
    has_services = all(service in port.services for service in activity.services)
    return has_services and (not activity.faces or port.direction in activity.faces)


def reads_ports(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name the ports at which an activity that needs one could be."""
    del rule
    if not (choice.activity.services or choice.activity.faces):
        return ()
    return tuple(port.id for port in situation.station.scenario.ports if _offers(port, choice))


def neighbour(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid the use of a place while a ship stands at a neighbour that keeps it free, and such an arrival."""
    station = situation.station
    for port in station.scenario.ports:
        for found in port.neighbours:
            for stay in situation.stays_by_port.get(port.id, ()):
                if stay.ship != choice.activity.ship and _bars(found, choice, stay.ship, situation):
                    yield block(rule, stay.lo_s, stay.hi_s, _stands(stay, station))
            if port.id == choice.activity.port and choice.kind.effect in {"dock", "relocate"} and not found.kinds:
                yield from _standing(rule, found, choice, situation)


def _bars(found: Neighbour, choice: Choice, ship: str | None, situation: Situation) -> bool:
    """Tell whether a neighbour keeps free what a choice uses, because of a ship of this class."""
    is_class = not found.ship_types or (ship is not None and situation.station.ships[ship].type in found.ship_types)
    is_kind = not found.kinds or choice.activity.kind in found.kinds
    return is_class and is_kind and found.place in _used(choice, situation)


def _used(choice: Choice, situation: Situation) -> tuple[str | None, ...]:
    """Return the port and airlock that a choice uses; a ship that leaves uses the port where it stands."""
    activity = choice.activity
    left = situation.ship_at.get(activity.ship or "") if choice.kind.effect in {"undock", "relocate"} else None
    return activity.port, activity.airlock, left


def _standing(rule: Rule, found: Neighbour, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid an arrival that would keep free where another ship stands."""
    station, ship = situation.station, choice.activity.ship or ""
    if found.ship_types and station.ships[ship].type not in found.ship_types:
        return
    for stay in situation.stays_by_port.get(found.place, ()):
        if stay.ship != ship:
            yield block(rule, stay.lo_s, stay.hi_s, _stands(stay, station), mode="start")


def _stands(stay: Stay, station: Station) -> str:
    return f"{station.name(stay.ship)} stands at {station.name(stay.port)}"


def has_neighbours(activity: Activity, station: Station) -> bool:
    """Tell whether an activity uses an airlock that keeps something free."""
    airlock = station.airlocks.get(activity.airlock or "")
    return airlock is not None and bool(airlock.neighbours)


def neighbouring(rule: Rule, a: Choice, b: Choice, situation: Situation) -> Iterator[Separation]:
    """Keep apart the use of an airlock and that of what it keeps free, preparation and clean-up included."""
    if any(_shuts_out(one, two, situation) for one, two in ((a, b), (b, a))):
        lo_s = -(a.duration_s + a.after_s + b.before_s)
        hi_s = b.duration_s + b.after_s + a.before_s
        yield apart(rule, lo_s, hi_s, f"{situation.name(b.id)} is next to it")


def _shuts_out(one: Choice, two: Choice, situation: Situation) -> bool:
    """Tell whether the airlock that one choice uses keeps free what the other uses."""
    airlock = situation.station.airlocks.get(one.activity.airlock or "")
    return airlock is not None and any(_bars(found, two, two.activity.ship, situation) for found in airlock.neighbours)
