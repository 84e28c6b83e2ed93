"""Go or no-go? When a belief changes, whoever is preparing or outside is asked whether now lies inside a block."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from stationsim.kernel import responses, verdicts
from stationsim.kernel.worked import log_work
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.planning.windows import Placed, Window, conflicts, load_windows, own_windows, pair_windows
from stationsim.station.choice import cast_of, choose
from stationsim.station.contact import contact_of, said
from stationsim.station.rules import Block, blocks
from stationsim.station.situation import Situation
from stationsim.station.transitions import ATTEMPT, RUNNING, Life


def poll(world: World, centre: str, cause: int) -> None:
    """Ask the activities in preparation or under way whose rules read what a centre's belief changed."""
    changed = world.state.touched.get(centre, ())
    for act in tuple(world.state.acts.values()):
        if act.life not in {Life.PREPARED, *RUNNING} or not world.has_say(centre, act.id):
            continue
        if not world.is_asked(act.id, changed, world.situation_of(act.id)):
            continue
        if act.life is Life.PREPARED:
            hold_if_blocked(world, act.id)
        else:
            _interrupt(world, act.id, cause)


def no_go(world: World, id_: str, start_s: int) -> tuple[Window, ...]:
    """Return what forbids a start under what the governing centre believes, or who is called to something else."""
    situation = world.situation_of(id_)
    choice = world.choice(id_, situation)
    listed = world.station.task_list
    acts = (act for act in world.state.acts.values() if id_ in listed or act.id not in listed)
    attempts = (act for act in acts if act.life in ATTEMPT)
    takes = bool(choice.activity.takes)
    busy = (act for act in attempts if takes or set(act.people) & set(choice.people))
    others = [Placed(choice=world.choice(act.id, situation), start_s=act.start_s or 0) for act in busy]
    people = [other for other in others if set(other.choice.people) & set(choice.people)] if takes else others
    every = own_windows(choice, situation) + pair_windows(choice, situation, people)
    found = conflicts((*every, *load_windows(choice, situation, chain(others, _worked(world, situation)))), start_s)
    return tuple(window for window in found if window.block.severity != "soft")


def _worked(world: World, situation: Situation) -> Iterator[Placed]:
    """Yield what is over, as long as it took."""
    for act in world.state.acts.values():
        if act.life is Life.DONE and act.started_s is not None and act.ended_s is not None:
            choice = choose(situation, act.id, cast_of(act), act.ended_s - act.started_s)
            yield Placed(choice=choice, start_s=act.started_s)


def hold_if_blocked(world: World, id_: str) -> bool:
    """Hold an activity whose start is forbidden; say whether it is held.

    An activity that cannot wait is called off in the same step.
    """
    act = world.state.acts[id_]
    found = no_go(world, id_, max(act.start_s or 0, world.state.now_s))
    if not found:
        return False
    hold_s = world.station.kinds[world.state.activity(id_).kind].hold_s
    until_s = world.state.now_s + hold_s
    columns = _because(world, id_, found)
    columns["tables"] = {**columns["tables"], "verdicts": [verdicts.of_hold(id_, found, until_s)]}
    world.record(Kind.HELD, id_, until_s=until_s, **columns)
    if hold_s == 0:
        call_off(world, id_, found, by=None)
    return True


def because(windows: tuple[Window, ...]) -> dict[str, Any]:
    """Return the columns that say why: rule and cause of the window that ends last, the others as further causes."""
    last = max(windows, key=lambda w: (w.hi_s is None, w.hi_s or 0))
    further = sorted({w.block.cause for w in windows if w.block.cause is not None} - {last.block.cause})
    return {
        "rule": last.block.rule,
        "text": "; ".join(dict.fromkeys(w.block.reason for w in windows)),
        "cause": last.block.cause,
        "tables": {"causes": [(cause,) for cause in further]},
    }


def _because(world: World, id_: str, windows: tuple[Window, ...]) -> dict[str, Any]:
    """Return the columns that say why an attempt waits or is called off; what no event forbade began with its date."""
    columns = because(windows)
    return columns if columns["cause"] is not None else {**columns, "cause": world.state.acts[id_].row}


def call_off(world: World, id_: str, windows: tuple[Window, ...], *, by: str | None) -> None:
    """Call an attempt off; the people who prepared for it have given their time."""
    act = world.state.acts[id_]
    seq = world.record(Kind.CALLED_OFF, id_, by=by, **_because(world, id_, windows))
    if act.prepared_s is not None and world.state.now_s > act.prepared_s:
        log_work(world, act, act.prepared_s, world.state.now_s, cause=seq)


def _interrupt(world: World, id_: str, cause: int) -> None:
    """End an activity in order if a safety block has reached it, or let it pause if a hard one has and it can."""
    reached = _reached(world, id_)
    unsafe = tuple(window for window in reached if window.block.severity == "safety")
    pause_s = world.station.kinds[world.state.activity(id_).kind].pause_s
    if unsafe:
        stop(world, id_, _columns(unsafe, cause))
    elif reached and pause_s > 0 and world.state.acts[id_].life is Life.UNDER_WAY:
        world.record(Kind.PAUSED, id_, until_s=world.state.now_s + pause_s, **_columns(reached, cause))


def _columns(windows: tuple[Window, ...], cause: int) -> dict[str, object]:
    columns = because(windows)
    return {**columns, "cause": columns["cause"] if columns["cause"] is not None else cause}


def _reached(world: World, id_: str) -> tuple[Window, ...]:
    """Return the binding blocks that have reached an activity under way."""
    situation, now_s = world.situation_of(id_), world.state.now_s
    found = (block for block in blocks(world.choice(id_, situation), situation) if _reaches(block, now_s))
    return tuple(Window(lo_s=b.lo_s, hi_s=b.hi_s, block=b) for b in found)


def resume_if_clear(world: World, id_: str, *, cause: int) -> bool:
    """Let a paused activity go on if nothing stops it any more; its end comes later by as much as it paused."""
    act = world.state.acts[id_]
    if _reached(world, id_):
        return False
    pause_s = world.station.kinds[world.state.activity(id_).kind].pause_s
    paused_s = (act.hold_until_s or 0) - pause_s
    until_s = (act.end_s or 0) + world.state.now_s - paused_s
    world.record(Kind.RESUMED, id_, cause=cause, until_s=until_s)
    return True


def end_pause(world: World, id_: str) -> None:
    """Let an activity go on or end whose longest pause is over."""
    paused = world.state.acts[id_].pause_row or 0
    if not resume_if_clear(world, id_, cause=paused):
        stop(world, id_, {**because(_reached(world, id_)), "cause": paused})


def stop(world: World, id_: str, columns: dict[str, object]) -> None:
    """End an activity under way in order, for the reason that the columns say."""
    act, now_s = world.state.acts[id_], world.state.now_s
    situation = world.situation_of(id_)
    contact = contact_of(world.choice(id_, situation), situation)
    inside_s = now_s + world.station.kinds[world.state.activity(id_).kind].ingress_s
    if contact is not None:
        inside_s += contact.time_s
        columns = {**columns, "text": f"{columns['text']}; {said(contact)}"}
    seq = world.record(Kind.TERMINATED, id_, until_s=inside_s, **columns)
    from_s = act.prepared_s if act.prepared_s is not None else (act.started_s or now_s)
    log_work(world, act, from_s, inside_s + act.after_s, cause=seq)
    if id_ in world.state.responses:
        responses.step_out(world, id_, seq)


def _reaches(block: Block, now_s: int) -> bool:
    is_now = block.lo_s <= now_s and (block.hi_s is None or now_s < block.hi_s)
    return block.mode == "overlap" and block.severity != "soft" and is_now
