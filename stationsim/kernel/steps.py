"""What happens when a process is due? The table of steps, and which processes a step's rows concern."""

from collections.abc import Callable, Iterator

from stationsim.kernel import (
    activities,
    air,
    answers,
    belief,
    demands,
    gauges,
    hatchwork,
    hunt,
    postures,
    readying,
    reviews,
    sealoff,
    shelter,
    truth,
)
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import Row
from stationsim.station.hatches import SHIP_HATCH
from stationsim.station.postures import concerned, of_activity

STEPS: dict[str, Callable[[World, str], None]] = {
    "incident": truth.incident,
    "release": truth.release,
    "body": air.cross,
    "search": hunt.search,
    "seal": sealoff.seal,
    "watch": hunt.watch,
    "shelter": shelter.shut_in,
    "back": shelter.come_back,
    "gauge": gauges.read,
    "cabin": truth.cabin,
    "reading": belief.reading,
    "reports": belief.reports,
    "question": answers.question,
    "wet": belief.wet,
    "review": reviews.review,
    "demand": demands.miss,
    "activity": activities.activity,
    "posture": postures.posture,
    "hatchway": hatchwork.pass_through,
    "readying": readying.ready,
}

_WHO_BREATHES = {Kind.BOARDED, Kind.LEFT, Kind.FITTED, Kind.DOCKED, Kind.UNDOCKED}
_PEOPLE_MOVE = {Kind.STARTED, Kind.FINISHED, Kind.TERMINATED, Kind.ABORTED, Kind.FAILED}
_TO_HATCHES = {Kind.OPENED, Kind.CLOSED, Kind.HATCH_BELIEVED, Kind.DOCKED, Kind.UNDOCKED}
_MOVES_HATCHES = {Kind.OPENED, Kind.CLOSED, Kind.FREED, Kind.TAKEN, Kind.STOOD_DOWN, Kind.HEALTH_CHANGED}
_PHYSICS = {Kind.CROSSED, Kind.HEATED, Kind.AIRED, Kind.LEAKED, Kind.EMPTIED}
_TO_CENTRES = {
    Kind.ALARMED,
    Kind.CLEARED,
    Kind.REPORTED,
    Kind.ASKED,
    Kind.ANSWERED,
    Kind.DISMISSED,
    Kind.REVIEWED,
    Kind.CALLED_OFF,
    Kind.FINISHED,
    Kind.FAILED,
    Kind.INSPECTED,
    Kind.GAUGED,
    Kind.WENT_BACK,
}


def touched(world: World, since: int) -> tuple[str, ...]:
    """Return the processes that the rows written since row index `since` concern, in the order of the rows."""
    found: dict[str, None] = {}
    for row in world.log.rows[since:]:
        found |= dict.fromkeys(_concerned(world, row))
    if len(world.log.rows) > since:
        found |= dict.fromkeys(f"posture:{id_}" for id_ in concerned(world.state))
    return tuple(found)


def _concerned(world: World, row: Row) -> Iterator[str]:
    state = world.state
    if row.subject in state.acts:
        yield from (f"{what}:{row.subject}" for what in ("activity", "hatchway", "readying"))
        yield from (f"posture:{id_}" for id_ in of_activity(state, row.subject))
        yield from (f"incident:{id_}" for id_ in state.station.anchored.get(row.subject, ()))
        yield from _questions_on(world, row.subject)
    incident = row.subject if row.subject in state.station.incidents else row.object
    if incident in state.station.incidents:
        sorts = ("incident", "release", "reading", "search", "seal", "watch", "demand")
        yield from (f"{what}:{incident}" for what in sorts)
        yield from ("question:" + "/".join(key) for key in state.questions if key[1] == incident)
    if row.kind is Kind.STRUCK:
        yield from (f"incident:{id_}" for id_ in state.station.anchored.get(row.subject, ()))
    yield from _hatches(world, row)
    if incident in state.holes:
        yield f"gauge:{state.holes[incident].compartment}"
    if row.kind in {Kind.ASKED, Kind.ANSWERED}:
        yield f"question:{row.view}/{row.object}/{row.subject}"
        yield from ("wet:" + "/".join(key) for key in state.wet if key[:2] == (row.view, row.object))
    if row.kind in {Kind.WETTED, Kind.CLEARED}:
        yield f"wet:{row.view}/{row.object}/{row.subject}"
    if row.kind in _TO_CENTRES:
        yield from (f"{what}:{c}" for c in state.station.centres for what in ("reports", "review"))
    yield from _of_air(world, row)
    if row.kind in _PHYSICS:
        yield from _physics(world, row)


def _of_air(world: World, row: Row) -> Iterator[str]:
    """Yield the processes of people who breathe and shelter, and of gauges."""
    state = world.state
    if row.kind in _WHO_BREATHES or row.kind in _PEOPLE_MOVE:
        yield from (f"watch:{name}" for name in state.holes)
    if row.kind in {Kind.SHELTERED, Kind.CAUGHT, Kind.WENT_BACK, Kind.AIRED, Kind.DOCKED, Kind.UNDOCKED}:
        ships = dict.fromkeys(where for where, _, _ in state.sheltered.values() if where in state.station.ships)
        yield from (f"{what}:{row.object}" for what in ("shelter", "back") if row.object in state.station.ships)
        yield from (f"back:{ship}" for ship in ships)
        yield from (f"watch:{name}" for name in state.holes)
    is_place = row.subject in state.station.volumes or row.subject in state.station.ships
    if row.kind is Kind.HEALTH_CHANGED and is_place:
        yield f"gauge:{row.subject}"
    elif row.kind is Kind.AIRED:
        yield from (f"gauge:{member}" for member in (row.text or "").split(","))
    elif row.kind is Kind.CROSSED and row.text == "limit" and row.subject in state.bodies:
        yield from (f"gauge:{member}" for member in state.bodies[row.subject].members)


def _questions_on(world: World, activity: str) -> Iterator[str]:
    """Yield the questions that a response answers, or whose decision a ship's departure forces."""
    state = world.state
    incident, ship = state.responses.get(activity, ("", ""))[0], state.acts[activity].ship
    for key in state.questions:
        node = state.station.incidents[key[1]].node
        if key[1] == incident or (ship is not None and state.station.ship_of(node) == ship):
            yield "question:" + "/".join(key)


def _hatches(world: World, row: Row) -> Iterator[str]:
    """Yield what hangs on hatches: work that opens one, ships whose people wait to shut theirs, readings of them."""
    state = world.state
    if row.kind in _MOVES_HATCHES:
        known, added = state.station.opening, state.added
        yield from (f"hatchway:{id_}" for id_ in state.acts if (added[id_].opens if id_ in added else id_ in known))
    if row.kind is Kind.HEALTH_CHANGED and row.subject in state.hatches:
        yield f"shelter:{row.subject.removesuffix(SHIP_HATCH)}"
    if row.kind in _TO_HATCHES:
        hatches = (row.subject, row.subject + SHIP_HATCH)
        yield from (f"reading:{i.id}" for i in state.station.incidents.values() if i.node in hatches)


def _physics(world: World, row: Row) -> Iterator[str]:
    state = world.state
    if row.subject in state.releases:
        names = (name for name, incident in state.station.incidents.items() if incident.node == row.subject)
        yield from (f"{what}:{name}" for name in names for what in ("release", "reading"))
    if row.subject in state.heat:
        yield f"cabin:{row.subject}"
    if row.kind is Kind.AIRED:
        yield from (f"body:{member}" for member in (row.text or "").split(","))
        yield from (f"body:{leader}" for leader in state.bodies)
    elif row.subject in state.bodies:
        yield f"body:{row.subject}"
        yield from (f"reading:{name}" for name in state.holes)
