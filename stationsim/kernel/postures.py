"""How is a posture taken and left? People shut its hatches one after another, and open them when its reason is gone.

Without people, or with a hatch that cannot be shut, it is refused, and what demands it does not begin.
"""

from stationsim.kernel import hatchwork, polls
from stationsim.kernel.activities import release
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.station.helpers import hatches_of, helpers, insiders, parts
from stationsim.station.postures import (
    demand,
    hatch_name,
    held,
    move_s,
    next_move,
    openers,
    shutting_s,
    stuck,
)
from stationsim.station.transitions import RUNNING, Life

ROLE = "hatches"
"""What people do in a posture."""


def posture(world: World, id_: str) -> None:
    """Let a posture take its next step."""
    move = next_move(world.state, id_)
    assert move is not None
    if move.what == "demand":
        _demand(world, id_)
    elif move.what == "shut":
        _shut(world, id_, move.hatch)
    elif move.what == "take":
        _take(world, id_)
    elif move.what == "lift":
        _lift(world, id_)
    elif move.what == "open":
        hatchwork.let_go(world, move.hatch, id_, cause=world.state.postures[id_].row)
    else:
        _stand_down(world, id_)


def _demand(world: World, id_: str) -> None:
    """Choose who shuts the hatches; say why where nobody can."""
    state, now_s = world.state, world.state.now_s
    rule, activity = parts(world.station, id_)
    why = demand(state, id_)
    assert why is not None
    hatches = hatches_of(world.station, rule, None if activity is None else state.activity(activity))
    takes_s = shutting_s(world.station, hatches)
    people, jam = helpers(state, id_, now_s, takes_s), stuck(state, why.centre, hatches)
    if jam is not None or people is None:
        _refuse(
            world, id_, why.rows[0], _stands_open(world, jam) if jam is not None else "nobody is free to shut hatches"
        )
        return
    world.record(
        Kind.DEMANDED,
        id_,
        object=activity,
        place=rule.refuge,
        view=why.centre,
        cause=why.rows[0],
        rule=rule.id,
        start_s=now_s,
        until_s=now_s + takes_s,
        text=why.why,
        tables={
            "postures": [(id_, ",".join(hatches), ",".join(people))],
            "causes": [(row,) for row in why.rows[1:]],
        },
    )


def _stands_open(world: World, hatch: str) -> str:
    return f"{hatch_name(world.station, hatch)} stands open and cannot be shut"


def _refuse(world: World, id_: str, cause: int, why: str) -> None:
    """Let a posture not come about: what demands it waits, or ends if it has begun and needs a hatch open."""
    rule, activity = parts(world.station, id_)
    centre = _centre(world, id_)
    _book_hours(world, id_, cause)
    seq = world.record(Kind.REFUSED, id_, object=activity, view=centre, cause=cause, rule=rule.id, text=why)
    for other in _who_demands(world, id_):
        act = world.state.acts[other]
        if act.life is Life.PREPARED:
            polls.hold_if_blocked(world, other)
        elif act.life in RUNNING and rule.while_open in world.state.activity(other).opens:
            polls.stop(world, other, {"rule": rule.id, "text": why, "cause": seq})


def _centre(world: World, id_: str) -> str:
    why = demand(world.state, id_)
    return "" if why is None else why.centre


def _who_demands(world: World, id_: str) -> tuple[str, ...]:
    rule, activity = parts(world.station, id_)
    if activity is not None:
        return (activity,)
    return () if rule.while_open is None else openers(world.state, rule.while_open)


def _shut(world: World, id_: str, hatch: str) -> None:
    found = world.state.postures[id_]
    seq = hatchwork.shut(world, hatch, id_, cause=found.row)
    if id_ not in world.state.kept_shut.get(hatch, ()):
        _refuse(world, id_, seq, _stands_open(world, hatch))


def _take(world: World, id_: str) -> None:
    """Let a posture be in force; whoever waited for it goes on."""
    rule, activity = parts(world.station, id_)
    found, now_s = world.state.postures[id_], world.state.now_s
    seq = world.record(Kind.TAKEN, id_, object=activity, cause=found.row, rule=rule.id)
    _log_hours(world, id_, found.people, found.begun_s, seq)
    if rule.refuge is not None:
        for person in found.people or insiders(world.state, rule, activity):
            world.record(Kind.SHELTERED, person, object=rule.refuge, cause=seq, until_s=now_s)
    for other in _who_demands(world, id_):
        act = world.state.acts[other]
        if act.life is Life.HELD and not polls.no_go(world, other, max(act.start_s or 0, now_s)):
            release(world, other, cause=seq)


def _lift(world: World, id_: str) -> None:
    """Let people open the hatches again, the last one first."""
    state, now_s = world.state, world.state.now_s
    rule, activity = parts(world.station, id_)
    found = state.postures[id_]
    hatches = tuple(reversed(held(state, id_, found)))
    takes_s = sum(move_s(world.station, hatch, opens=True) for hatch in hatches)
    cause = _end_row(world, id_)
    _book_hours(world, id_, cause)
    seq = world.record(
        Kind.LIFTED,
        id_,
        object=activity,
        cause=cause,
        rule=rule.id,
        start_s=now_s,
        until_s=now_s + takes_s,
        tables={
            "postures": [(id_, ",".join(hatches), ",".join(helpers(state, id_, now_s, takes_s) or ()))],
            "causes": [(found.row,)] if found.row != cause else [],
        },
    )
    if rule.refuge is not None:
        for person in [who for who, (place, _, _) in state.sheltered.items() if place == rule.refuge]:
            if person in (found.people or insiders(state, rule, activity)):
                world.record(Kind.WENT_BACK, person, object=rule.refuge, cause=seq)


def _end_row(world: World, id_: str) -> int:
    """Return the row that took the reason of a posture away: the end of its activity, or a hatch that moved."""
    rule, activity = parts(world.station, id_)
    found = world.state.postures[id_]
    if activity is not None:
        ended = world.state.acts[activity].end_row
        return found.row if ended is None else ended
    moved = world.state.hatch_row.get(rule.while_open or "", found.row)
    return max(found.row, moved)


def _stand_down(world: World, id_: str) -> None:
    rule, activity = parts(world.station, id_)
    found = world.state.postures[id_]
    _book_hours(world, id_, found.row)
    world.record(Kind.STOOD_DOWN, id_, object=activity, cause=found.row, rule=rule.id)


def _book_hours(world: World, id_: str, cause: int) -> None:
    """Log the time of those who are at the hatches of a posture now."""
    found = world.state.postures.get(id_)
    if found is not None and found.phase in {"taking", "lifting"}:
        _log_hours(world, id_, found.people, found.begun_s, cause)


def _log_hours(world: World, id_: str, people: tuple[str, ...], begun_s: int, cause: int) -> None:
    for person in people:
        if begun_s < world.state.now_s:
            world.record(
                Kind.WORKED, id_, object=person, cause=cause, start_s=begun_s, until_s=world.state.now_s, text=ROLE
            )
