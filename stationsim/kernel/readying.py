"""Who prepares on the days before? What keeps is done once; what perished, or was used up, is done again."""

from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.scenario.model import Preparation
from stationsim.station.act import Act
from stationsim.station.choice import cast_of
from stationsim.station.preparing import due_s, is_lacking, parts, perishes_s


def ready(world: World, activity: str) -> None:
    """Let parts of an activity's preparation perish whose time is over, and those be done that are due."""
    now_s = world.state.now_s
    for part in parts(world.state, activity):
        act = world.state.acts[activity]
        lost_s = perishes_s(world.state, act, part)
        if lost_s is not None and lost_s <= now_s:
            _perish(world, act, part)
        done_s = due_s(act, part)
        if done_s is not None and done_s <= now_s and is_lacking(world.state, act, part):
            _do(world, act, part)


def _perish(world: World, act: Act, part: Preparation) -> None:
    """Let what was done be lost: by the end of the attempt that used it up, or by the row that gave another date."""
    found = world.state.ready[(act.id, part.id)]
    is_used = part.used_up and act.end_row is not None and act.end_row > found.row
    world.record(
        Kind.PERISHED,
        act.id,
        object=part.id,
        cause=act.end_row if is_used else act.row,
        value=float(found.spent_s),
        unit="s",
        text=part.text,
    )


def _do(world: World, act: Act, part: Preparation) -> None:
    """Let the people of an activity do a part of its preparation: for the first time, or because it perished."""
    found = world.state.ready.get((act.id, part.id))
    cast = [(person, role) for person, role in cast_of(act) if person in world.state.aboard]
    people = [person for person, role in cast if not part.roles or role in part.roles]
    world.record(
        Kind.READIED,
        act.id,
        object=part.id,
        cause=act.row if found is None else found.row,
        until_s=None if part.keeps_s is None else world.state.now_s + part.keeps_s,
        value=float(part.each_s * len(people)),
        unit="s",
        text=part.text,
        tables={"preparations": [(act.id, ",".join(people), part.each_s)]},
    )
