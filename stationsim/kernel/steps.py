"""What happens when a process is due? The table of steps, and which processes a step's rows concern."""

from collections.abc import Callable

from stationsim.kernel import activities, belief, reviews, truth
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind

STEPS: dict[str, Callable[[World, str], None]] = {
    "incident": truth.incident,
    "release": truth.release,
    "cabin": truth.cabin,
    "reading": belief.reading,
    "reports": belief.reports,
    "question": belief.question,
    "wet": belief.wet,
    "review": reviews.review,
    "activity": activities.activity,
}

_TO_CENTRES = {Kind.ALARMED, Kind.CLEARED, Kind.REPORTED, Kind.ANSWERED, Kind.REVIEWED, Kind.CALLED_OFF, Kind.FINISHED}


def touched(world: World, since: int) -> tuple[str, ...]:
    """Return the processes that the rows written since row index `since` concern, in the order of the rows."""
    found: dict[str, None] = {}
    state = world.state
    for row in world.log.rows[since:]:
        if row.subject in state.acts:
            found[f"activity:{row.subject}"] = None
        incident = row.subject if row.subject in state.station.incidents else row.object
        if incident in state.station.incidents:
            found |= dict.fromkeys(f"{what}:{incident}" for what in ("incident", "release", "reading"))
        if row.kind is Kind.CROSSED and row.subject in state.releases:
            name = state.releases[row.subject].incident
            found |= dict.fromkeys((f"release:{name}", f"reading:{name}"))
        if row.kind in {Kind.HEATED, Kind.CROSSED} and row.subject in state.heat:
            found[f"cabin:{row.subject}"] = None
        if row.kind in {Kind.ASKED, Kind.ANSWERED}:
            found[f"question:{row.view}/{row.object}/{row.subject}"] = None
            found |= {"wet:" + "/".join(key): None for key in state.wet if key[:2] == (row.view, row.object)}
        if row.kind in {Kind.WETTED, Kind.CLEARED}:
            found[f"wet:{row.view}/{row.object}/{row.subject}"] = None
        if row.kind in _TO_CENTRES:
            found |= dict.fromkeys(f"{what}:{c}" for c in state.station.centres for what in ("reports", "review"))
    return tuple(found)
