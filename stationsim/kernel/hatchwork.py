"""Who keeps a hatch shut, and when may it open again? Every reason is logged; the last one that goes opens the hatch.

A reason is the id of what asks for it: an activity, an incident, a posture. A hatch that is usually shut has a reason
of its own from the opening on, and so stays shut when all others are gone. A hatch that has failed stands as it stood:
the row says so, and one that is shut opens when it works again, if nothing else keeps it shut then.
"""

from stationsim.kernel import air
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.station.hatchways import next_hatch
from stationsim.station.postures import jams
from stationsim.station.state import JAMMED, USUALLY
from stationsim.station.transitions import RUNNING


def shut(world: World, hatch: str, reason: str, *, cause: int) -> int:
    """Shut a hatch for a reason, or add the reason to those that keep it shut already; return the row."""
    if world.state.hatches.get(hatch) == "open" and jams(world.state, hatch):
        return world.record(Kind.JAMMED, hatch, object=reason, cause=cause)
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
    return open_up(world, hatch, reason, cause=cause)


def open_up(world: World, hatch: str, reason: str | None = None, *, cause: int) -> int:
    """Open a hatch whatever kept it shut; return the row. `reason` is the last one that went, or what needs it open."""
    if world.state.hatches.get(hatch) != "open" and jams(world.state, hatch):
        return world.record(Kind.JAMMED, hatch, object=reason, cause=cause)
    seq = world.record(Kind.OPENED, hatch, object=reason, cause=cause)
    air.settle(world, seq)
    return seq


def welcome(world: World, hatch: str, *, cause: int) -> None:
    """Open the hatch of a ship that has come, unless a posture keeps it shut: then it opens with that."""
    kept = world.state.kept_shut.get(hatch, ())
    if not any(reason in world.state.postures for reason in kept):
        open_up(world, hatch, cause=cause)
        return
    for reason in kept:
        if reason not in world.state.postures:
            let_go(world, hatch, reason, cause=cause)


def unjam(world: World, hatch: str, *, cause: int) -> None:
    """Open a hatch that works again, if only its failure kept it shut."""
    let_go(world, hatch, JAMMED, cause=cause)


def pass_through(world: World, activity: str) -> None:
    """Let an activity open the way to its work, or shut it again."""
    found, act = next_hatch(world.state, activity), world.state.acts[activity]
    assert found is not None
    _, hatch, opens = found
    ended = None if act.life in RUNNING else act.end_row
    cause = world.state.started_row[activity] if ended is None else ended
    if opens:
        open_up(world, hatch, activity, cause=cause)
    else:
        shut(world, hatch, USUALLY, cause=cause)
