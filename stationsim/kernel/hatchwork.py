"""Who keeps a hatch shut, and when may it open again? Every reason is logged; the last one that goes opens the hatch.

A reason is the id of what asks for it: an activity, an incident, a posture. A hatch that is usually shut has a reason
of its own from the opening on, and so stays shut when all others are gone.
"""

from stationsim.kernel import air
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind


def shut(world: World, hatch: str, reason: str, *, cause: int) -> int:
    """Shut a hatch for a reason, or add the reason to those that keep it shut already; return the row."""
    seq = world.record(Kind.CLOSED, hatch, object=reason, cause=cause)
    air.settle(world, seq)
    return seq


def let_go(world: World, hatch: str, reason: str, *, cause: int) -> int | None:
    """Withdraw a reason to keep a hatch shut; without another it opens. Return the row, None where it was no reason."""
    kept = world.state.kept_shut.get(hatch, ())
    if reason not in kept:
        return None
    if kept != (reason,):
        return world.record(Kind.FREED, hatch, object=reason, cause=cause)
    return open_up(world, hatch, cause=cause)


def open_up(world: World, hatch: str, *, cause: int) -> int:
    """Open a hatch whatever kept it shut; return the row."""
    seq = world.record(Kind.OPENED, hatch, cause=cause)
    air.settle(world, seq)
    return seq
