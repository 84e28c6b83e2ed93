"""Can this become true? One incident is one leak, change or reading, of a node it can strike, while the run lasts."""

from stationsim.scenario.cycles import cycles
from stationsim.scenario.model import HEALTHS, Anchor, Chance, Incident, Mode, Scenario
from stationsim.scenario.nodes import node_types, thing_nodes
from stationsim.scenario.places import Reading, Trail
from stationsim.scenario.plan_incidents import check_demand, check_plan_incident
from stationsim.scenario.words import candidates, not_a, one, shorten

SORTS = ("leak", "change", "reading", "fails", "hold")
"""Keys of which an incident has exactly one."""

_FORMS = "'leak: MODE', 'change: MODE', 'reading: MODE', 'fails: ACTIVITY' and 'hold: {kinds: [KIND]}'"


_CHANGING = ("change", "event")


def check_incidents(scenario: Scenario, reading: Reading) -> None:
    """Note incidents that cannot happen; names that name nothing are passed over."""
    types = node_types(scenario)
    _check_doubt(scenario, reading)
    _check_anchors(scenario, reading)
    for number, incident in enumerate(scenario.incidents):
        trail = ("incidents", number)
        if trail in reading.broken:
            continue
        _check_time(scenario, incident, trail, reading)
        _check_rounds(scenario, incident, trail, reading)
        _check_report(incident, types, trail, reading)
        _check_of_air(scenario, incident, trail, reading)
        given = [name for name in SORTS if getattr(incident, name) is not None]
        check_plan_incident(scenario, incident, trail, reading)
        check_demand(scenario, incident, trail, reading)
        if len(given) != 1:
            what = "both " + " and ".join(f"'{name}:'" for name in given) if given else "nothing that becomes true"
            reading.tell(trail, f"This is {what}. Write one of {_FORMS}.")
        elif incident.fails is not None or incident.hold is not None:
            continue
        elif incident.node == "":
            reading.tell(trail, "'node' is missing: node it strikes. Write 'node: NODE'.")
        elif incident.leak is not None:
            _check_leak(scenario, incident, types, trail, reading)
        elif incident.reading is not None:
            _check_reading(scenario, incident, types, trail, reading)
        else:
            _check_change(scenario, incident, types, trail, reading)


def leak_modes(scenario: Scenario, kind: str) -> tuple[str, ...]:
    """Return the modes of leak that can strike a node of this type."""
    return tuple(mode.id for mode in scenario.modes if mode.how == "leak" and (not mode.types or kind in mode.types))


def _check_doubt(scenario: Scenario, reading: Reading) -> None:
    """Refuse questions that are never answered."""
    for mode in scenario.modes:
        for question in mode.questions:
            if question.inconclusive >= 1:
                message = (
                    f"{question.inconclusive:g} is no probability of a round among others. Write a number below 1."
                )
                reading.tell(("modes", mode.id, "questions", question.id, "inconclusive"), message)


def _check_report(incident: Incident, types: dict[str, str], trail: Trail, reading: Reading) -> None:
    """Refuse half a report, and one of what is no hatch."""
    if incident.state is None and (incident.centre is None or incident.hold is not None):
        return
    if incident.state is None or incident.centre is None or incident.reading is None:
        message = "A report of a hatch is a reading. Write 'reading:', 'centre:' and 'state:' of it."
        reading.tell(trail, message)
    elif types.get(incident.node, "hatch") != "hatch":
        message = f"{shorten(incident.node)} is {one(types[incident.node])}. Only a hatch is open or closed."
        reading.tell((*trail, "state"), message)


def _check_rounds(scenario: Scenario, incident: Incident, trail: Trail, reading: Reading) -> None:
    """Refuse inconclusive rounds of what the mode does not ask."""
    mode = _mode(scenario, incident.leak or incident.change or incident.reading)
    for name, _ in incident.inconclusive:
        names = [question.id for question in mode.questions] if mode else []
        if name not in names:
            reading.tell((*trail, "inconclusive", name), not_a("question of its mode", name, names))


def _check_time(scenario: Scenario, incident: Incident, trail: Trail, reading: Reading) -> None:
    """Refuse no time, two, or one outside the scenario."""
    if incident.fails is not None:
        return
    if incident.at_s is None and incident.rate_per_s is None:
        reading.tell(trail, "'at' is missing: when. Write 'at: ...', or 'rate: 0.03 1/y' where chance decides.")
    elif incident.at_s is not None and incident.rate_per_s is not None:
        reading.tell((*trail, "rate"), "The incident has a time and a rate. Remove 'at:' or 'rate:'.")
    elif incident.rate_per_s == 0:
        reading.tell((*trail, "rate"), "At this rate it never happens. Write '0.03 1/y', or remove the incident.")
    if {("from",), ("until",)} & reading.broken or incident.at_s is None or isinstance(incident.at_s, Anchor):
        return
    is_window = isinstance(incident.at_s, Chance)
    lo_s, hi_s = incident.at_s.parameters if isinstance(incident.at_s, Chance) else (incident.at_s, incident.at_s)
    if lo_s < 0:
        what = "The window begins" if is_window else "The incident comes"
        reading.tell((*trail, "at"), f"{what} before the scenario starts. Write a later time.")
    elif hi_s >= scenario.horizon_s:
        what = "The window ends" if is_window and lo_s < scenario.horizon_s else "The incident comes"
        reading.tell((*trail, "at"), f"{what} when the scenario is over. Write an earlier time.")


def _check_anchors(scenario: Scenario, reading: Reading) -> None:
    """Refuse incidents that wait for themselves, and what stands in both runs and waits for what does not."""
    apart = {incident.id for incident in scenario.incidents if not incident.background}
    for number, incident in enumerate(scenario.incidents):
        at = incident.at_s
        if incident.background and isinstance(at, Anchor) and at.incident in apart:
            message = (
                f"It stands in both runs, but {shorten(at.incident)}, from which it is counted, does not. "
                "Write 'background: true' there too, or give it a time of its own."
            )
            reading.tell(("incidents", number, "at"), message)
    waits = {i.id: [i.at_s.incident] for i in scenario.incidents if isinstance(i.at_s, Anchor) and i.at_s.incident}
    for ring in cycles(waits):
        number = next(n for n, incident in enumerate(scenario.incidents) if incident.id == ring[0])
        message = f"An incident waits for itself: {' -> '.join(ring)}. Give one of them a time of its own."
        reading.tell(("incidents", number, "at"), message)


def _check_of_air(scenario: Scenario, incident: Incident, trail: Trail, reading: Reading) -> None:
    """Refuse to open again what is no leak, and wrong readings where nobody hunts or of no test."""
    mode = _mode(scenario, incident.leak)
    if reading.is_partial("modes"):
        return
    if incident.reopens_s is not None and (mode is None or mode.how != "leak"):
        message = "Only the hole of a leak opens again. Remove it or write 'leak: MODE'."
        reading.tell((*trail, "reopens"), message)
    elif incident.reopens_s is not None and mode is not None and not _is_closed(incident, mode):
        message = f"Nothing closes a hole of mode {shorten(mode.id)}. Remove it, or write 'lasts:'."
        reading.tell((*trail, "reopens"), message)
    if incident.misread_tests and (mode is None or mode.hunt is None):
        message = "Nobody hunts here, so that no test is read wrong. Remove it, or name a mode of leak with 'hunt:'."
        reading.tell((*trail, "misreads"), message)
    for number, test in enumerate(incident.misread_tests or ()):
        if test == 0:
            reading.tell((*trail, "misreads", number), "Tests are counted from 1. Write the number of a test.")


def _is_closed(incident: Incident, mode: Mode) -> bool:
    """Tell whether a hole can ever be closed, so that it may open again."""
    return incident.lasts_s is not None or any(response.mends for response in mode.responses)


def _check_leak(scenario: Scenario, incident: Incident, types: dict[str, str], trail: Trail, reading: Reading) -> None:
    """Refuse a leak without a hole, of a mode that does not leak, or of a node that cannot."""
    mode = _mode(scenario, incident.leak)
    if mode and mode.how != "leak":
        names = [item.id for item in scenario.modes if item.how == "leak"]
        reading.tell((*trail, "leak"), not_a("mode of leak", mode.id, names))
        return
    if incident.hole_m is None:
        reading.tell(trail, "A leak needs a hole. Write 'hole: 0.8 mm'.")
    elif incident.hole_m == 0:
        reading.tell((*trail, "hole"), "The hole has no size. Write 'hole: 0.8 mm'.")
    if incident.growth_m2_per_s == 0:
        reading.tell((*trail, "grows"), "The hole does not grow. Remove it or write 'grows: 0.05 mm2/d'.")
    if mode and _check_type(incident, mode, types, trail, reading):
        _check_leaks(scenario, incident, mode, types, (*trail, "leak"), reading)


def _check_leaks(
    scenario: Scenario, incident: Incident, mode: Mode, types: dict[str, str], trail: Trail, reading: Reading
) -> None:
    """Refuse a leak of what the station does not have; `trail` is the way to the name of the mode."""
    if mode.releases == "air":
        if scenario.air is None:
            reading.tell(trail, "The station has no cabin air that could leak. Write 'air:' first.")
        return
    holders = [name for name, thing in thing_nodes(scenario).items() if getattr(thing, mode.releases) is not None]
    if incident.node in types and incident.node not in holders:
        message = f"{shorten(incident.node)} has no '{mode.releases}:', so that nothing can leak from it. "
        reading.tell(
            (*trail[:-1], "node"), message + candidates(f"Nodes with a {mode.releases}", holders, incident.node)
        )


def _check_reading(
    scenario: Scenario, incident: Incident, types: dict[str, str], trail: Trail, reading: Reading
) -> None:
    """Refuse a reading of what is no mode or cannot strike there, and a hole or a duration of what is not true."""
    mode = _mode(scenario, incident.reading)
    if mode is None and not reading.is_partial("modes"):
        names = [item.id for item in scenario.modes]
        reading.tell((*trail, "reading"), not_a("mode", str(incident.reading), names))
    told = (("hole", incident.hole_m), ("grows", incident.growth_m2_per_s), ("lasts", incident.lasts_s))
    for name, value in told:
        if value is not None:
            reading.tell((*trail, name), f"A reading changes nothing that is true, so it has no {name!r}. Remove it.")
    if mode is not None and _check_type(incident, mode, types, trail, reading) and mode.how == "leak":
        _check_leaks(scenario, incident, mode, types, (*trail, "reading"), reading)


def _check_change(
    scenario: Scenario, incident: Incident, types: dict[str, str], trail: Trail, reading: Reading
) -> None:
    """Refuse a change to what is neither a mode nor a health, and a hole in it."""
    mode = _mode(scenario, incident.change)
    names = [item.id for item in scenario.modes if item.how in _CHANGING]
    if incident.change not in (*names, *HEALTHS) and not reading.is_partial("modes"):
        message = f"{shorten(incident.change)} is neither a mode of change nor a health. "
        where = (*trail, "change")
        reading.tell(where, message + candidates("Modes and healths", (*names, *HEALTHS), str(incident.change)))
    if incident.hole_m is not None:
        reading.tell((*trail, "hole"), "Only a leak has a hole. Remove it or write 'leak: MODE'.")
    if incident.growth_m2_per_s is not None:
        reading.tell((*trail, "grows"), "Only the hole of a leak grows. Remove it or write 'leak: MODE'.")
    if mode and mode.how in _CHANGING:
        _check_type(incident, mode, types, trail, reading)


def _check_type(incident: Incident, mode: Mode, types: dict[str, str], trail: Trail, reading: Reading) -> bool:
    """Refuse a mode for a node it cannot strike; return whether it can."""
    kind = types.get(incident.node)
    if kind is None or not mode.types or kind in mode.types:
        _check_refuge(incident, mode, trail, reading)
        return True
    struck = [node for node, of in types.items() if of in mode.types]
    message = f"{shorten(incident.node)} is {one(kind)}, which {shorten(mode.id)} cannot strike. "
    reading.tell((*trail, "node"), message + candidates("It strikes", struck, incident.node).split(" Did you mean")[0])
    return False


def _check_refuge(incident: Incident, mode: Mode, trail: Trail, reading: Reading) -> None:
    """Refuse an incident in the very place to which its own mode sends people."""
    for response in mode.responses:
        if response.refuge == incident.node:
            message = (
                f"{shorten(mode.id)} sends people to {shorten(incident.node)} (response {shorten(response.id)}), and "
                "strikes it here. Name another node, or another 'refuge:' in the mode."
            )
            reading.tell((*trail, "node"), message)


def _mode(scenario: Scenario, name: str | None) -> Mode | None:
    """Return the mode of this name, if there is one."""
    return next((mode for mode in scenario.modes if mode.id == name), None)
