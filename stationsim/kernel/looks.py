"""Is an alarm real? Who looks sees what is there; where nothing is seen, it may be over already."""

from stationsim.kernel import answers
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.station.health import is_lost
from stationsim.station.station import REAL


def look(world: World, incident: str, *, cause: int) -> None:
    """Look whether an alarm is real: what is seen is; where nothing is seen, a release may be over already."""
    centre = world.station.watchers[world.station.incidents[incident].node]
    found = world.state.questions.get((centre, incident, REAL))
    if found is None:
        return
    is_seen = _is_there(world, incident)
    if not is_seen and world.station.mode_of(incident).how != "leak":
        answers.answer(world, incident, REAL, cause=cause)
        return
    seq = world.record(
        Kind.ANSWERED,
        REAL,
        object=incident,
        view=centre,
        cause=cause,
        text="seen: it is real" if is_seen else "nothing seen: inconclusive",
        until_s=None if is_seen else found.expected_s,
    )
    answers.answered(world, centre, incident, REAL, seq)


def _is_there(world: World, incident: str) -> bool:
    """Tell whether there is something to see: a flow while it flows, a thing that does not work."""
    node, gap = world.station.incidents[incident].node, world.state.holes.get(incident)
    if world.station.mode_of(incident).how == "leak":
        return answers.flows(world, node) or (gap is not None and gap.hole.area_m2 > 0)
    return is_lost(world.state.health(TRUTH, node))
