"""What may a script know of the station? All but the truth: of incidents only what its centre believes."""

import attrs

from stationsim.scenario.model import Incident
from stationsim.scenario.stand_ins import ATTEMPT, HOLD
from stationsim.station.graph import Graph
from stationsim.station.station import Station

STAND_INS = (HOLD, ATTEMPT)
"""Types of the nodes that stand in for an incident which breaks nothing."""

SOMEWHERE = "somewhere"
"""The node of an incident whose place is still asked for."""


def blind(station: Station, known: tuple[str, ...], lost: tuple[str, ...]) -> Station:
    """Return a station that knows of no incident but these, and of these no time, size or end; kept once it is made.

    Args:
        station: The station with the truth.
        known: Incidents that a centre knows of.
        lost: Those of them whose place it does not know.
    """
    key = (known, lost)
    if key not in station.blind:
        incidents = tuple(_believed(station, incident, is_lost=incident in lost) for incident in known)
        nodes = {incident.node for incident in incidents}
        bare = attrs.evolve(
            station.scenario,
            incidents=incidents,
            things=tuple(t for t in station.scenario.things if t.type not in STAND_INS or t.id in nodes),
            opening=(),
            title="",
            text="",
            text_hash="",
        )
        station.blind[key] = attrs.evolve(station, scenario=bare, graph=_without_stand_ins(station.graph, nodes))
    return station.blind[key]


def _without_stand_ins(graph: Graph, nodes: set[str]) -> Graph:
    """Return a graph whose stand-ins for what is not known yet say nothing; every node keeps its place in it."""
    told = tuple(
        attrs.evolve(node, name=node.id, type="none") if node.type in STAND_INS and node.id not in nodes else node
        for node in graph.nodes
    )
    return attrs.evolve(graph, nodes=told)


def _believed(station: Station, incident: str, *, is_lost: bool) -> Incident:
    """Return an incident as it is thought of: whoever has only a sensor's word takes it for true."""
    record, mode = station.incidents[incident], station.mode_of(incident)
    how = "" if record.fails is not None or record.hold is not None else mode.how
    return Incident(
        id=incident,
        leak=mode.id if how == "leak" else None,
        change=mode.id if how == "change" else None,
        reading=mode.id if how == "reading" else None,
        fails=record.fails,
        hold=record.hold,
        stops=record.stops,
        mode=record.mode,
        node=SOMEWHERE if is_lost else record.node,
        at_s=0,
        state=record.state,
        centre=record.centre,
    )
