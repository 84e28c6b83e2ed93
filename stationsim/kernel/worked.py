"""Who gave time to what? One row per person, so that no hour is booked twice and none is lost."""

from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.station.act import Act


def log_work(world: World, act: Act, from_s: int, until_s: int, *, cause: int) -> None:
    """Log that the people of an activity worked on it, preparation and clean-up included."""
    for person, role in zip(act.people, act.roles, strict=True):
        world.record(Kind.WORKED, act.id, object=person, cause=cause, start_s=from_s, until_s=until_s, text=role)
