"""What is done along the way? A response may become a task of an activity that is planned anyway and has room."""

from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.scenario.model import Response
from stationsim.station.act import Act
from stationsim.station.responses import response_of
from stationsim.station.transitions import AHEAD, ATTEMPT, Life


def host_for(world: World, response: Response) -> Act | None:
    """Return the first planned activity of which a response may become a task; None if there is none."""
    hosts = [act for act in world.state.acts.values() if _takes(world, act, response)]
    return min(hosts, key=lambda act: (act.start_s or 0, act.id), default=None)


def _takes(world: World, act: Act, response: Response) -> bool:
    """Tell whether an activity can take a response as a task: its kind, its room, its people, time to prepare it."""
    activity = world.state.activity(act.id)
    kind = world.station.kinds[activity.kind]
    if activity.task_list or kind.id not in response.attaches_to or act.life is not Life.PLANNED or act.start_s is None:
        return False
    others = (response_of(world.station, *task) for task in world.state.attached.get(act.id, ()))
    room_s = kind.room_s - sum(other.duration_s for other in others)
    lead_s = max(kind.lead_s, response.lead_s)
    skills = {skill for person in act.people for skill in world.station.people[person].skills}
    is_able = response.skill is None or response.skill in skills
    return room_s >= response.duration_s and act.start_s - act.before_s >= world.state.now_s + lead_s and is_able


def attach(world: World, host: Act, incident: str, response: Response, centre: str, cause: int) -> None:
    """Make a response a task of an activity."""
    world.record(
        Kind.ATTACHED, host.id, object=incident, by=centre, cause=cause, start_s=host.start_s, text=response.id
    )


def is_covered(world: World, incident: str, response: Response) -> bool:
    """Tell whether a response is a task of something that is still to come with a date, or is done."""
    task = (incident, response.id)
    hosts = (world.state.acts[id_] for id_, tasks in world.state.attached.items() if task in tasks)
    return any(_covers(host) for host in hosts)


def _covers(host: Act) -> bool:
    return host.life in (Life.PLANNED, *ATTEMPT) or (host.life is Life.DONE and not host.is_cut)


def let_go(world: World, incident: str, cause: int) -> None:
    """Take the tasks of an incident off activities that cannot do them: without a date, given up, ended early."""
    for id_, tasks in tuple(world.state.attached.items()):
        host = world.state.acts[id_]
        is_open = host.life in AHEAD and host.start_s is not None
        if is_open or _covers(host):
            continue
        for of, name in tasks:
            if of == incident:
                world.record(Kind.DETACHED, id_, object=of, cause=cause, text=name)
