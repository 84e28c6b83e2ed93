"""What must be done by a day? A demand begins with the belief that it is needed, and ends met or missed."""

from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.planning.demands import could_meet
from stationsim.station.act import Act


def require(world: World, incident: str, centre: str, cause: int) -> None:
    """Let what an incident demands be mandatory from now on."""
    record, wanted = world.station.incidents[incident], world.station.mode_of(incident).demand
    if wanted is None or centre != world.station.watchers[record.node]:
        return
    until_s = record.by_s
    if until_s is None:
        assert wanted.within_s is not None
        until_s = world.state.now_s + wanted.within_s
    world.record(
        Kind.REQUIRED, incident, object=record.node, view=centre, cause=cause, until_s=until_s, text=wanted.text
    )


def meet(world: World, act: Act, cause: int) -> None:
    """Let an activity that is done have met what it can meet."""
    for incident, demand in tuple(world.state.demands.items()):
        situation = world.situation_of_centre(demand.centre)
        if could_meet(act, demand, situation):
            world.record(Kind.MET, incident, object=act.id, view=demand.centre, cause=cause)


def miss(world: World, incident: str) -> None:
    """Let a deadline pass."""
    demand = world.state.demands[incident]
    world.record(Kind.MISSED, incident, view=demand.centre, cause=demand.row, text=demand.text)
