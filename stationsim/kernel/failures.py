"""Which attempts at an activity fail, and what shares their fate? That they fail is true; everybody sees it at once."""

from stationsim.kernel import responses, truth
from stationsim.kernel.worked import log_work
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.scenario.model import Incident
from stationsim.station.act import Act
from stationsim.station.transitions import AHEAD

AT_ONCE = ("dock", "undock", "relocate")
"""Effects of an activity that fails as it begins: the ship does not hold, or does not leave."""


def failing(world: World, act: Act) -> Incident | None:
    """Return the incident by which the present attempt at an activity fails; None for one that succeeds."""
    of, response = world.state.responses.get(act.id, ("", ""))
    if of and act.failures < dict(world.station.incidents[of].failures).get(response, 0):
        return world.station.incidents[of]
    first = 0
    for incident in world.station.failing.get(act.id, ()):
        first += incident.attempts
        if act.failures < first:
            return incident
    return None


def fail(world: World, act: Act, incident: Incident) -> None:
    """Let an attempt fail: nothing of what it was for has come about."""
    struck, now_s = world.state.struck.get(incident.id), world.state.now_s
    cause = truth.strike(world, incident.id) if struck is None else struck
    started = world.state.started_row[act.id]
    activity = world.state.activity(act.id)
    kind = world.station.kinds[activity.kind]
    text = incident.cause if incident.fails is not None and incident.cause else "it did not succeed"
    seq = world.record(Kind.FAILED, act.id, by=activity.centre, cause=cause, text=text, tables={"causes": [(started,)]})
    begun_s = min(act.prepared_s if act.prepared_s is not None else now_s, act.started_s or now_s)
    log_work(world, act, begun_s, now_s + act.after_s, cause=seq)
    if act.id in world.state.responses:
        responses.step_out(world, act.id, seq)
    if kind.effect == "launch" and act.ship is not None:
        world.record(Kind.LOST, act.ship, cause=seq)
    if kind.again_s is None:
        given_up = world.record(Kind.GIVEN_UP, act.id, by=activity.centre, cause=seq, text="it cannot be tried again")
        if kind.effect in {"launch", "dock"} and act.ship is not None:
            _share_fate(world, act.ship, given_up)


def _share_fate(world: World, ship: str, cause: int) -> None:
    """Give up what a ship was to do that does not come."""
    for other in tuple(world.state.acts.values()):
        if other.ship == ship and other.life in AHEAD:
            text = f"{world.station.name(ship)} does not come"
            world.record(Kind.GIVEN_UP, other.id, by=world.state.activity(other.id).centre, cause=cause, text=text)
