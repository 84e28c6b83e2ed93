"""What does a response lack, so that it does not come into the plan at all? A row says so, once for each reason."""

from attrs import frozen

from stationsim.kernel.calling import arms_for, cameras_for
from stationsim.kernel.revisions import block_rows
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.planning.place import PEOPLE, Date
from stationsim.planning.windows import Window
from stationsim.scenario.model import Response
from stationsim.station.rules import Block


@frozen(kw_only=True)
class Lack:
    """What is missing: the key of the response that asks for it, and the reason in words."""

    key: str
    reason: str


def tell(world: World, id_: str, incident: str, response: Response, cause: int, lack: Lack) -> None:
    """Note why a response cannot be planned, unless this was said before."""
    if world.state.lacks.get((incident, response.id)) == lack.reason:
        return
    now_s = world.state.now_s
    found = Block(lo_s=now_s, hi_s=None, mode="start", rule=lack.key, severity="hard", reason=lack.reason)
    window = Window(lo_s=now_s, hi_s=None, block=found)
    world.record(
        Kind.LACKED,
        id_,
        object=incident,
        by=world.station.watchers[world.station.incidents[incident].node],
        cause=cause,
        rule=lack.key,
        text=response.id,
        tables={"blocks": block_rows(id_, (window,), (window,))},
    )


def of_supply(response: Response) -> Lack:
    """Return that no ship supplies what a response takes."""
    return Lack(key="supplied_by", reason=f"no docked ship that works has the capability {response.supplied_by}")


def of_means(world: World, incident: str, response: Response, centre: str) -> Lack:
    """Return what no way to carry a response out has: an arm, a camera, a part."""
    node = world.station.incidents[incident].node
    if not any(True for _ in arms_for(world, incident, response)):
        where = world.station.name(world.station.ship_of(node) or node)
        return Lack(key="by", reason=f"no arm that works reaches {where}")
    if not any(True for _ in cameras_for(world, incident, response, centre)):
        return Lack(key="by", reason="no camera that works sees where the release may reach")
    return Lack(key="spare", reason=f"no part of the type {response.spare} is left")


def of_room(world: World, response: Response) -> Lack:
    """Return that nothing is planned of which a response could become a task."""
    kinds = " or ".join(world.station.kinds[kind].name for kind in response.attaches_to)
    return Lack(key="attaches_to", reason=f"no {kinds} that is planned has room for it in time")


def of_people() -> Lack:
    """Return that nobody is free for what begins at once."""
    return Lack(key=PEOPLE, reason="nobody is free")


def of_date(date: Date) -> Lack:
    """Return what forbids every date."""
    last = max((window.block for window in date.windows), key=lambda found: (found.hi_s is None, found.hi_s or 0))
    return Lack(key=last.rule, reason=last.reason)


def of_time(world: World, incident: str, date: Date) -> Lack:
    """Return that the ship a response is about has left by then, and what delays it so long."""
    ship = world.station.ship_of(world.station.incidents[incident].node)
    why = f"; until then {of_date(date).reason}" if date.windows else ""
    return Lack(key="departure", reason=f"{world.station.name(ship or '')} leaves before it could end{why}")
