"""Can this befall the plan? An activity that does not succeed, and a hold of activities, say no more than they mean."""

from stationsim.scenario.model import Hold, Incident, Scenario
from stationsim.scenario.places import Reading, Trail
from stationsim.scenario.schema import keys_of
from stationsim.scenario.words import not_a

_OF_NODES = ("hole_m", "growth_m2_per_s", "reopens_s", "misread_tests", "state")
_OF_HOLDS = ("at_s", "rate_per_s", "lasts_s", "expect_s")


def check_plan_incident(scenario: Scenario, incident: Incident, trail: Trail, reading: Reading) -> None:
    """Note keys of an incident that its sort does not read, and holds that hold nothing."""
    names = {key.attribute: key.name for key in keys_of(Incident)}
    if incident.fails is not None:
        for attribute in (*_OF_NODES, *(() if incident.mode else _OF_HOLDS)):
            if getattr(incident, attribute) is not None:
                message = f"An activity fails when it is tried, so it has no {names[attribute]!r}. Remove it."
                reading.tell((*trail, names[attribute]), message)
        if incident.attempts == 0:
            reading.tell((*trail, "attempts"), "No attempt fails. Write 'attempts: 1', or remove the incident.")
        return
    if incident.hold is not None:
        _check_hold(incident, names, trail, reading)
    for name, is_given, needs in (
        ("attempts", incident.attempts != 1, "fails: ACTIVITY"),
        ("stops", incident.stops and incident.hold is None, "hold: {kinds: [KIND]}"),
        ("mode", incident.mode is not None and incident.hold is None, "fails: ACTIVITY"),
    ):
        if is_given:
            reading.tell((*trail, name), f"{name!r} says nothing here. Remove it or write '{needs}'.")
    _check_mode(scenario, incident, trail, reading)


def check_demand(scenario: Scenario, incident: Incident, trail: Trail, reading: Reading) -> None:
    """Refuse a deadline of what nobody demands, and a demand without one."""
    name = incident.leak or incident.change or incident.reading or incident.mode
    mode = next((mode for mode in scenario.modes if mode.id == name), None)
    demand = None if mode is None else mode.demand
    if incident.by_s is not None and demand is None:
        reading.tell((*trail, "by"), "Its mode demands nothing that could be due. Remove it, or write 'demand:' there.")
    elif demand is not None and demand.within_s is None and incident.by_s is None:
        reading.tell(trail, f"{name!r} demands something by a day. Write 'by: 2023-01-20'.")
    names = [response.id for response in mode.responses] if mode else []
    for response, _ in incident.failures:
        if response not in names:
            reading.tell((*trail, "failures", response), not_a("response of its mode", response, names))


def _check_hold(incident: Incident, names: dict[str, str], trail: Trail, reading: Reading) -> None:
    hold = incident.hold
    assert hold is not None
    keys = keys_of(Hold)
    if not any(getattr(hold, key.attribute) for key in keys):
        known = ", ".join(key.name for key in keys)
        reading.tell((*trail, "hold"), f"This holds nothing. Write one of: {known}, for instance 'kinds: [KIND]'.")
    for attribute in (*_OF_NODES, "node"):
        if getattr(incident, attribute) not in {None, ""}:
            message = f"A hold breaks nothing, so it has no {names[attribute]!r}. Remove it."
            reading.tell((*trail, names[attribute]), message)


def _check_mode(scenario: Scenario, incident: Incident, trail: Trail, reading: Reading) -> None:
    """Refuse a hold by a mode that does not last: its stand-in must be out of order meanwhile."""
    mode = next((mode for mode in scenario.modes if mode.id == incident.mode), None)
    if incident.hold is not None and mode is not None and (mode.how, mode.health) != ("change", "failed"):
        message = f"'{mode.id}' is no mode of a hold. Name one with 'how: change' and 'health: failed', or none."
        reading.tell((*trail, "mode"), message)
