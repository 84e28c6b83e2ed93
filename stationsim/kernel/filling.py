"""Who does what of the task list? After each step its work gives way to the plan, and takes the time that fell free.

Nothing else is moved for it, and nobody else asks about it: neither repair nor responses see the task list.
"""

import attrs
from attrs import frozen

from stationsim.kernel.revisions import revision_row
from stationsim.kernel.worked import log_work
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.planning.task_list import Filling, first_filling, occupying, open_time
from stationsim.planning.windows import conflicts, pair_windows
from stationsim.station.act import Act
from stationsim.station.choice import choose
from stationsim.station.freed import FREEING, is_off
from stationsim.station.transitions import ATTEMPT, RUNNING, Life

_BOOKING = FREEING | {
    Kind.ADDED,
    Kind.RELEASED,
    Kind.PREPARED,
    Kind.STARTED,
    Kind.RESUMED,
    Kind.FINISHED,
    Kind.DEMANDED,
    Kind.LIFTED,
    Kind.REVIEWED,
}
"""Kinds after which somebody may need the time that work of the task list has taken, or planners look at the plan."""


@frozen(kw_only=True)
class _Reason:
    """Why a job is let go: the columns of the row that says so."""

    cause: int
    rule: str | None
    text: str


def keep_up(world: World, since: int) -> None:
    """Bring the task list up to date after a step whose rows stand from row index `since` on."""
    if not world.station.task_list or not any(row.kind in _BOOKING for row in world.log.rows[since:]):
        return
    for id_ in world.station.task_list:
        _give_way(world, world.state.acts[id_])
    if any(freed.hi_s > world.state.now_s for freed in world.state.freed):
        for id_ in world.station.task_list:
            _fill(world, world.state.acts[id_])


def _give_way(world: World, act: Act) -> None:
    """Let a job go whose people or places are needed, or whose start was forbidden."""
    if act.life not in (Life.PLANNED, *ATTEMPT):
        return
    if is_off(act):
        _back(world, act, _Reason(cause=act.end_row or act.row, rule=act.rule, text=act.reason or ""))
        return
    reason = _in_the_way(world, act)
    if reason is None:
        return
    begun_s = act.prepared_s if act.prepared_s is not None else act.started_s
    if act.life in RUNNING:
        ended = world.record(Kind.TERMINATED, act.id, until_s=world.state.now_s, **attrs.asdict(reason))
        reason = attrs.evolve(reason, cause=ended)
    elif act.life is not Life.PLANNED:
        ended = world.record(Kind.CALLED_OFF, act.id, by=_centre(world, act), **attrs.asdict(reason))
        reason = attrs.evolve(reason, cause=ended)
    if begun_s is not None and begun_s < world.state.now_s:
        log_work(world, act, begun_s, world.state.now_s, cause=reason.cause)
    if act.life not in RUNNING:
        _back(world, act, reason)


def _in_the_way(world: World, act: Act) -> _Reason | None:
    """Return what a job gives way to: what is planned, or for one that has begun, what begins.

    Of the hatches of a posture only what goes on is known.
    """
    situation, now_s, people = world.situation_of(act.id), world.state.now_s, set(act.people)
    for posture in world.state.postures.values():
        is_now = posture.phase in {"taking", "lifting"} and posture.until_s > now_s
        if act.life in ATTEMPT and is_now and people & set(posture.people):
            return _Reason(cause=posture.row, rule=None, text="its people move hatches")
    lives = ATTEMPT if act.life in ATTEMPT else (Life.PLANNED, *ATTEMPT, Life.DONE)
    acts = world.state.acts.values()
    others = [other for other in acts if other.id not in world.station.task_list and other.life in lives]
    choice = world.choice(act.id, situation)
    windows = pair_windows(choice, situation, occupying(others, situation).values())
    found = next(iter(conflicts(windows, act.start_s or 0)), None)
    if found is None:
        return None
    other = found.other or ""
    text = f"it gives way to {situation.name(other)}"
    return _Reason(cause=world.state.acts[other].row, rule=found.block.rule, text=text)


def _back(world: World, act: Act, reason: _Reason) -> None:
    """Put a job back on the task list."""
    tables = {"revisions": [revision_row(act, world.state.activity(act.id), None, ())]}
    world.record(Kind.UNDATED, act.id, by=_centre(world, act), tables=tables, **attrs.asdict(reason))


def _fill(world: World, act: Act) -> None:
    """Let a job take the first time that fell free and that it fits into."""
    if act.life is not Life.UNDATED or act.failures:
        return
    situation = world.situation_of(act.id)
    found = first_filling(act.id, open_time(world.state.freed, situation), situation)
    if found is not None:
        _record(world, act, found)


def _record(world: World, act: Act, found: Filling) -> None:
    choice = choose(world.situation_of(act.id), act.id, found.cast)
    timed = attrs.evolve(act, duration_s=choice.duration_s, before_s=choice.before_s, after_s=choice.after_s)
    whose = dict.fromkeys(freed.activity for freed in found.freed)
    rows = dict.fromkeys(freed.row for freed in found.freed)
    names = " and ".join(world.state.activity(id_).name for id_ in whose)
    world.record(
        Kind.FILLED,
        act.id,
        object=next(iter(whose)),
        by=_centre(world, act),
        cause=next(iter(rows)),
        start_s=found.start_s,
        until_s=found.start_s + choice.duration_s,
        text=f"time of {names} fell free",
        tables={
            "revisions": [revision_row(timed, choice.activity, found.start_s, found.cast)],
            "causes": [(row,) for row in tuple(rows)[1:]],
        },
    )


def _centre(world: World, act: Act) -> str:
    return world.state.activity(act.id).centre
