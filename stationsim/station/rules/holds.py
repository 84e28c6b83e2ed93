"""Template of holds: what an incident holds does not begin while it lasts, as far as its centre believes."""

from collections.abc import Iterator

from attrs import evolve

from stationsim.scenario.model import Hold, Incident, Rule
from stationsim.station.choice import Choice
from stationsim.station.rules.blocks import Block, block
from stationsim.station.rules.condition import needed_nodes
from stationsim.station.situation import Situation
from stationsim.station.station import BACK, Station


def hold(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid what an incident holds, until it is expected to be over."""
    for incident in _holding(choice, situation.station):
        seen = _seen(incident, choice, situation)
        sick = seen.sick(incident.node)
        if sick is not None:
            hi_s = seen.expected_s(incident.id, BACK)
            found = block(rule, sick.since_s, hi_s, _why(incident, situation.station), cause=sick.row)
            yield evolve(found, severity="safety") if incident.stops else found


def _seen(incident: Incident, choice: Choice, situation: Situation) -> Situation:
    """Return the belief that a hold goes by: the one of who holds, where that centre must consent."""
    is_partner = incident.centre in situation.station.consenting(choice.activity)
    return situation.seen_by(incident.centre or "") if is_partner else situation


def _why(incident: Incident, station: Station) -> str:
    return f"it is held: {station.name(incident.node)}"


def reads_holds(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name the stand-ins of the holds that may concern a choice."""
    del rule
    return tuple(incident.node for incident in _holding(choice, situation.station))


def _holding(choice: Choice, station: Station) -> Iterator[Incident]:
    for incident in station.holding:
        if incident.hold is not None and _may_hold(incident, choice, station) and holds(incident.hold, choice, station):
            yield incident


def _may_hold(incident: Incident, choice: Choice, station: Station) -> bool:
    """Tell whether who holds has a say in a choice: it governs it, or must consent."""
    centre = incident.centre
    return centre in {None, choice.activity.centre} or centre in station.consenting(choice.activity)


def holds(wanted: Hold, choice: Choice, station: Station) -> bool:
    """Tell whether a choice fits every key of a hold."""
    activity, ship = choice.activity, choice.activity.ship
    said = (
        (wanted.kinds, (activity.kind,)),
        (wanted.activities, (activity.id,)),
        (wanted.centres, (activity.centre,)),
        (wanted.people, choice.people),
        (wanted.worksites, activity.worksites),
        (wanted.ships, () if ship is None else (ship,)),
        (wanted.types, () if ship is None else (station.ships[ship].type,)),
        (wanted.ports, () if activity.port is None else (activity.port,)),
        (wanted.airlocks, () if activity.airlock is None else (activity.airlock,)),
    )
    fits = all(any(name in has for name in names) for names, has in said if names)
    return fits and (not wanted.needs or any(node in wanted.needs for node in _relied_on(choice, station)))


def _relied_on(choice: Choice, station: Station) -> Iterator[str]:
    for node in needed_nodes(choice, station):
        yield node
        yield from station.hard_inputs(node)
