"""What is the answer, and what follows from it? Questions are answered from the truth when their time has come."""

from stationsim.kernel import cover, responses
from stationsim.kernel.cover import departure_of
from stationsim.kernel.dismissal import dismiss
from stationsim.kernel.forecasts import back_s, questions_of
from stationsim.kernel.health import set_health
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.station.contact import UNIDENTIFIED
from stationsim.station.health import DEGRADED, FAILED, NOMINAL, grade, is_lost
from stationsim.station.situation import CERTIFIED
from stationsim.station.state import Open
from stationsim.station.station import BACK, EMERGENCY_RETURN, FIT, FLOW, FLUID, INCONCLUSIVE, REAL, USABLE
from stationsim.station.status import predicted_c

UNFIT = "not usable"
"""What a function test says of a ship that could not even take people down in an emergency."""


def clear_s(world: World, centre: str, incident: str, feared: str) -> int | None:
    """When a zone is expected clear: the open questions answered, then the time the residue takes to go."""
    open_ = [world.state.questions.get((centre, incident, q)) for q in (FLOW, FLUID)]
    expected = [found.expected_s for found in open_ if found is not None]
    if any(expected_s is None for expected_s in expected):
        return None
    clears = [f.clears_s for f in world.station.scenario.fluids if feared in {f.hazard, UNIDENTIFIED}]
    return max([world.state.now_s, *(e for e in expected if e is not None)]) + max(clears, default=0)


def question(world: World, whom: str) -> None:
    """Answer a question whose time has come, or put it off where the truth does not allow an answer yet."""
    centre, incident, name = whom.split("/", 2)
    found = world.state.questions[(centre, incident, name)]
    if found.expected_s is not None and world.state.now_s < found.expected_s:
        _force(world, found, centre)
    else:
        answer(world, incident, name, cause=found.row)


def _force(world: World, found: Open, centre: str) -> None:
    """Decide under what is believed: the ship leaves before the next round could end."""
    incident = found.incident
    node = world.station.incidents[incident].node
    departure = departure_of(world, world.station.ship_of(node) or "")
    text = f"{_assessed(world, centre, node)}; inconclusive, decided under what is believed"
    seq = world.record(Kind.ANSWERED, FIT, object=incident, view=centre, cause=found.row, text=text)
    answered(world, centre, incident, FIT, seq)
    by = "its departure" if departure is None else world.state.activity(departure.id).name
    further = () if departure is None or departure.row < 0 else ((departure.row,),)
    world.record(
        Kind.DECIDED,
        incident,
        object=node,
        view=centre,
        cause=seq,
        text=f"{_decision(text)}: forced by the {by}, the assessment is inconclusive",
        tables={"causes": list(further)},
    )


def _decision(text: str) -> str:
    """Say what an assessment decides."""
    return "keep as it is" if text.startswith(CERTIFIED) else "not certified for a planned return"


def answer(world: World, incident: str, name: str, *, cause: int) -> None:
    """Answer a question at the centre that watches the node."""
    node = world.station.incidents[incident].node
    centre = world.station.watchers[node]
    found = world.state.questions.get((centre, incident, name))
    if found is None:
        return
    if found.rounds < world.station.inconclusive(incident, name):
        _put_off(world, found, centre, cause)
        return
    if _shows_false(world, incident, name):
        _dismiss(world, found, centre, cause)
        return
    text, again_s = _truth(world, found, centre)
    seq = world.record(
        Kind.ANSWERED,
        name,
        object=incident,
        view=centre,
        cause=cause,
        text=text,
        until_s=None if again_s is None else world.state.now_s + again_s,
    )
    answered(world, centre, incident, name, seq)
    if name == FIT:
        world.record(Kind.DECIDED, incident, object=node, view=centre, cause=seq, text=_decision(text))


def _put_off(world: World, found: Open, centre: str, cause: int) -> None:
    """Let a round end inconclusive and the next one begin; whoever waits for its answer plans anew."""
    record = next(q for q in questions_of(world, found.incident) if q.id == found.question)
    again_s = max(record.after_s if record.again_s is None else record.again_s, 1)
    seq = world.record(
        Kind.ANSWERED,
        found.question,
        object=found.incident,
        view=centre,
        cause=cause,
        text=INCONCLUSIVE,
        until_s=world.state.now_s + again_s,
    )
    answered(world, centre, found.incident, found.question, seq)


def flows(world: World, node: str) -> bool:
    """Tell whether something flows out of a node now."""
    release = world.state.releases.get(node)
    return release is not None and release.drain.flow_kg_per_s_at(world.state.now_s - release.since_s) > 0


def _shows_false(world: World, incident: str, name: str) -> bool:
    """Tell whether an answer shows a false alarm: that nothing flows does not, nor a test that a sound ship passes.

    The last one shows it, whichever it is: by then everything has been looked at.
    """
    centre = world.station.watchers[world.station.incidents[incident].node]
    is_last = all(key[:2] != (centre, incident) or key[2] == name for key in world.state.questions)
    return world.station.is_false(incident) and (is_last or name not in {FLOW, USABLE})


def _dismiss(world: World, found: Open, centre: str, cause: int) -> None:
    """Answer that nothing was found, and dismiss the incident; the dismissal is what the others are told."""
    asked = next(q.text for q in questions_of(world, found.incident) if q.id == found.question)
    record, shown = world.station.incidents[found.incident], "nothing was found: a false alarm"
    if record.state is not None:
        shown = "it is open" if world.state.hatches.get(record.node) == "open" else "it is shut"
    seq = world.record(
        Kind.ANSWERED,
        found.question,
        object=found.incident,
        view=centre,
        by=centre,
        cause=cause,
        text=shown,
    )
    says = "Nothing was found" if record.state is None else shown.capitalize()
    dismiss(world, centre, found.incident, seq, by=None, text=f"{asked} {says}")


def _truth(world: World, found: Open, centre: str) -> tuple[str, int | None]:
    """Return the answer to a question, and after how long it is asked again if there is none yet.

    What stays open is asked again after as long as it has been open: a year of a slow leak takes tens of answers.
    """
    node = world.station.incidents[found.incident].node
    after_s = max(world.state.now_s - found.asked_s, 1)
    if found.question == FLOW:
        return ("still flows", after_s) if flows(world, node) else ("no longer flows", None)
    if found.question == REAL:
        return "several readings agree: it is real", None
    if found.question == FLUID:
        held = world.station.holds(node)
        return (world.station.fluids[held.fluid].name if held is not None else "unknown", None)
    if found.question == BACK:
        if not is_lost(world.state.health(TRUTH, node)):
            return "back in service", None
        expected_s = back_s(world, found.incident, found.asked_s)
        return "not back yet", after_s if expected_s is None else expected_s - world.state.now_s
    return _found(world, found, centre), None


def _found(world: World, found: Open, centre: str) -> str:
    """Return what a search, a function test, an assessment or an inquiry finds."""
    incident, node = found.incident, world.station.incidents[found.incident].node
    if incident in world.state.holes and _is_place(world, incident, found.question):
        return f"the leak is in {world.station.name(world.state.holes[incident].compartment)}"
    if found.question == USABLE:
        return _tested(world, node)
    if found.question == FIT:
        return _assessed(world, centre, node)
    return world.station.incidents[incident].cause or "cause bounded"


def _tested(world: World, node: str) -> str:
    """Say what a function test finds: whether the ship could still take people down in an emergency."""
    emergency = f"{world.station.ship_of(node)}/{EMERGENCY_RETURN}"
    index = world.station.graph.index
    return (
        UNFIT if emergency not in index or is_lost(world.state.health(TRUTH, emergency)) else "usable in an emergency"
    )


def _assessed(world: World, centre: str, node: str) -> str:
    """Say what an assessment finds of the ship: the graph decides, physics supports."""
    ship = world.station.ship_of(node)
    if ship is None:
        return "assessed"
    found = world.state.status.get((centre, ship))
    status = "certified" if found is None else found.status
    record = world.station.type_of(ship).cabin
    if record is None or ship not in world.state.heat:
        return status
    people = sum(1 for person in world.state.aboard if world.state.fit.get(person) == ship)
    flight_s = record.nominal_return_s
    end_c = predicted_c(world.state, centre, ship, people=people, flight_s=flight_s)
    margin_k = record.limit_c - end_c
    sure = (
        "decides nothing" if abs(margin_k) < record.uncertainty_k else ("allows it" if margin_k > 0 else "forbids it")
    )
    return (
        f"{status}; {people} people after {flight_s / 3600:.3g} h of flight: {end_c:.1f} degC"
        f" against {record.limit_c:g} degC,"
        f" margin {margin_k:+.1f} K, uncertainty {record.uncertainty_k:g} K: physics {sure}"
    )


def answered(world: World, centre: str, incident: str, name: str, seq: int) -> None:
    """Draw the consequences of an answer in one centre's belief."""
    if name == BACK and (centre, incident, BACK) not in world.state.questions:
        recovered(world, centre, incident, seq)
        return
    is_open = (centre, incident, name) in world.state.questions
    if incident in world.state.holes and _is_place(world, incident, name) and not is_open:
        mode = world.station.mode_of(incident)
        node = world.station.incidents[incident].node
        own = world.state.views[centre].own[world.station.graph.index[node]]
        found = (mode.part_health if "/" in node else None) or mode.health
        set_health(world, centre, node, max(own, grade(found)), cause=seq, incident=incident)
    is_owner = centre == world.station.watchers[world.station.incidents[incident].node]
    if is_owner and not is_open:
        responses.finish_with(world, incident, name, seq)
        responses.begin_after(world, incident, centre, name, seq)
    ship = world.station.ship_of(world.station.incidents[incident].node)
    if (
        name == USABLE
        and world.log.row(seq).text == UNFIT
        and f"{ship}/{EMERGENCY_RETURN}" in world.station.graph.index
    ):
        set_health(world, centre, f"{ship}/{EMERGENCY_RETURN}", FAILED, cause=seq, incident=incident)
    if name in {FLOW, FLUID}:
        _rewet(world, centre, incident, seq)
    if name == FLOW and (centre, incident, FLOW) not in world.state.questions:
        _read_what_is_left(world, centre, incident, seq)
    cover.update(world, centre, seq)


def _is_place(world: World, incident: str, name: str) -> bool:
    found = world.station.mode_of(incident).hunt
    return found is not None and name == found.answers


def _rewet(world: World, centre: str, incident: str, cause: int) -> None:
    """Look again at wet zones after an answer: another fear, another end, or clear at once."""
    held = world.station.holds(world.station.incidents[incident].node)
    unknown = (centre, incident, FLUID) in world.state.questions
    feared = UNIDENTIFIED if unknown or held is None else world.station.fluids[held.fluid].hazard
    flows = (centre, incident, FLOW) in world.state.questions
    zones = [key[2] for key in world.state.wet if key[:2] == (centre, incident)]
    for zone in zones:
        until_s = clear_s(world, centre, incident, feared)
        if not unknown and not flows and until_s is not None and until_s <= world.state.now_s:
            world.record(Kind.CLEARED, zone, object=incident, view=centre, cause=cause)
        else:
            world.record(Kind.WETTED, zone, object=incident, view=centre, cause=cause, until_s=until_s, text=feared)


def _read_what_is_left(world: World, centre: str, incident: str, cause: int) -> None:
    """Read the pressure of what was isolated: with enough of it left it serves again, in part."""
    node, mode = world.station.incidents[incident].node, world.station.mode_of(incident)
    held, found = world.station.holds(node), world.state.releases.get(node)
    if held is None or found is None or not any(r.mends and r.answers == FLOW for r in mode.responses):
        return
    left_kpa = found.drain.pressure_kpa_at(world.state.now_s - found.since_s)
    if left_kpa > held.works_above_kpa and "works" not in found.crossed:
        set_health(world, centre, node, DEGRADED, cause=cause, incident=incident)


def recovered(world: World, centre: str, incident: str, cause: int) -> None:
    """Believe a node well again."""
    node = world.station.incidents[incident].node
    set_health(world, centre, node, NOMINAL, cause=cause, incident=incident)
    cover.update(world, centre, cause)
