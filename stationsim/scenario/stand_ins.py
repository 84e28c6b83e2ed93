"""What does an incident strike that breaks nothing? A hold and a failed activity get a node that stands in for them.

The stand-in of a hold is out of order while it lasts; so a hold is noticed, reported, forecast and over like a failure.
"""

import attrs

from stationsim.scenario.model import Incident, Scenario, Thing
from stationsim.scenario.nodes import node_types

HOLD, ATTEMPT = "hold", "attempt"
"""Types of stand-ins."""


def stand_ins(scenario: Scenario, incidents: tuple[Incident, ...]) -> tuple[tuple[Incident, ...], tuple[Thing, ...]]:
    """Return incidents that all have a node, and the nodes that this takes.

    Args:
        scenario: The scenario that they strike.
        incidents: Its incidents; those that already have a node are left as they are.
    """
    taken, things, placed = set(node_types(scenario)), [], []
    for incident in incidents:
        if incident.node or (incident.hold is None and incident.fails is None):
            placed.append(incident)
            continue
        ship = _ship(scenario, incident)
        if ship is not None:
            placed.append(attrs.evolve(incident, node=ship))
            continue
        thing = _stand_in(scenario, incident, taken)
        taken.add(thing.id)
        things.append(thing)
        placed.append(attrs.evolve(incident, node=thing.id))
    return tuple(placed), tuple(things)


def _ship(scenario: Scenario, incident: Incident) -> str | None:
    """Return the ship of an activity that fails."""
    return next((found.ship for found in scenario.activities if found.id == incident.fails), None)


def _stand_in(scenario: Scenario, incident: Incident, taken: set[str]) -> Thing:
    names = (incident.id, f"{incident.id}-incident", *(f"{incident.id}-incident-{n}" for n in range(2, len(taken) + 3)))
    id_ = next(name for name in names if name not in taken)
    activities = {activity.id: activity for activity in scenario.activities}
    if incident.fails is not None:
        failed = activities[incident.fails]
        return Thing(id=id_, name=failed.name, type=ATTEMPT, centre=failed.centre, source=incident.source)
    held = [activities[name].centre for name in (incident.hold.activities if incident.hold is not None else ())]
    centre = incident.centre or next(iter(held), None)
    return Thing(id=id_, name=incident.cause or f"hold {incident.id}", type=HOLD, centre=centre, source=incident.source)
