"""Is there a better plan of the work than the greedy one? The same revision, or one that costs less and is verified.

Traffic, responses, what a demand has placed, what traffic follows and what is under way stay as the greedy repair
leaves them.
"""

from collections.abc import Iterator, Mapping

import attrs

from stationsim.planning.audit import audit
from stationsim.planning.compiled import Compiled, compiled
from stationsim.planning.optimal import StageResult, optimal
from stationsim.planning.place import Date, Search
from stationsim.planning.problem import Plan, cost
from stationsim.planning.repair import repair
from stationsim.planning.revision import Change, Revision, change_of, over
from stationsim.planning.verify import verify
from stationsim.planning.windows import Placed
from stationsim.planning.wishes import days_for, planned, slots_for
from stationsim.station.act import Act
from stationsim.station.builtin import DEMAND_RULE
from stationsim.station.choice import cast_of, choose
from stationsim.station.situation import Situation
from stationsim.station.transitions import AHEAD, ATTEMPT, Life


def improve(situations: Mapping[str, Situation], *, asked: frozenset[str] | None = None) -> Revision:
    """Repair the plan, and then date the work anew as well as an optimiser can.

    What is better: more work flown, the most urgent first; then fewer changes; then fewer days from the wishes.

    Args:
        situations: What each control centre believes, by centre, all over the same plan and moment.
        asked: As for `repair`.

    Returns:
        The changes against the present plan; those of the greedy repair unless others cost less and keep every rule.
    """
    situations = planned(situations)
    proposal = repair(situations, asked=asked)
    present, greedy = _acts(situations), over(situations, proposal)
    fixed = frozenset(_fixed(_acts(greedy), present, next(iter(greedy.values())), proposal))
    known = frozenset(item.key for item in verify(greedy))
    while (stated := _stated(greedy, present, fixed)) is not None:
        first = stated.plan(_acts(greedy))
        best = optimal(stated.problem, start=first)
        found, proof = best.plan, " · ".join(_told(stage) for stage in best.stages[1:])
        if cost(stated.problem, found) >= cost(stated.problem, first):
            return attrs.evolve(proposal, proof=proof)
        revision = _revision(situations, proposal, stated, _nearest(stated, found, present))
        broken = [item for item in verify(over(situations, revision)) if item.key not in known]
        if not broken:
            return attrs.evolve(revision, proof=proof)
        # What no constraint of the problem says (hours of work that reaches into another day) is learned from what it
        # breaks.
        named = frozenset(id_ for item in broken for id_ in (item.activity, item.other or "") if id_ in stated.casts)
        if not named:
            break
        fixed |= named
    return proposal


def _told(stage: StageResult) -> str:
    """Say what a stage came to; the first, tasks that must have a date, holds none here."""
    return f"{stage.title} {stage.value} " + ("proven" if stage.is_proven else f"(at least {stage.bound})")


def _stated(greedy: Mapping[str, Situation], present: Mapping[str, Act], fixed: frozenset[str]) -> Compiled | None:
    """Return the problem of the work ahead, in which the greedy plan keeps every constraint; None without any work.

    Work that the greedy repair left where a rule forbids it (a soft one that gave way, one about other traffic) stays.
    """
    while True:
        stated = compiled(greedy, present, fixed)
        broken = audit(stated.problem, stated.plan(_acts(greedy)))
        if not broken:
            return stated if stated.casts else None
        fixed |= frozenset(task for breach in broken for task in breach.tasks)


def _fixed(
    greedy: Mapping[str, Act], present: Mapping[str, Act], situation: Situation, proposal: Revision
) -> Iterator[str]:
    """Yield the work that is not for this planner.

    That is what answers an incident, what a demand placed, what traffic follows, and the near term: what stands nearer
    than the lead of a new date, and may stay, is not moved for the good of others.
    """
    yield from situation.added
    yield from (change.id for change in proposal.changes if change.rule == DEMAND_RULE.id)
    for act in greedy.values():
        activity = situation.activity(act.id)
        kind = situation.station.kinds[activity.kind]
        if kind.layer == "skeleton":
            yield from activity.follows
            yield from () if activity.at.after is None else (activity.at.after,)
        elif act.start_s is not None and act.start_s < situation.now_s + kind.lead_s:
            yield from (act.id,) if act.start_s == present[act.id].start_s else ()


def _nearest(stated: Compiled, found: Plan, present: Mapping[str, Act]) -> Plan:
    """Return the plan as it stands where that costs no more: nothing is changed for nothing."""
    if any(cast_of(present[task]) not in casts.values() for task, casts in stated.casts.items()):
        return found
    stands = stated.plan(present)
    is_as_good = cost(stated.problem, stands) <= cost(stated.problem, found) and not audit(stated.problem, stands)
    return stands if is_as_good else found


def _revision(situations: Mapping[str, Situation], proposal: Revision, stated: Compiled, plan: Plan) -> Revision:
    """Return the changes that lead to a plan of the work, each with its reasons beside the others there."""
    present, greedy = _acts(situations), _acts(over(situations, proposal))
    before = stated.plan(greedy)
    acts = {**greedy, **{task: _dated(present[task], task, stated, plan) for task in stated.casts}}
    after = {centre: situation.with_acts(acts) for centre, situation in situations.items()}
    placed = dict(_placed(after))
    kept = {change.id: change for change in proposal.changes}
    changes = []
    for id_ in dict.fromkeys((*kept, *stated.casts)):
        if id_ not in stated.casts or plan[id_] == before[id_]:
            changes += [kept[id_]] if id_ in kept else []
        elif (acts[id_].start_s, cast_of(acts[id_])) != (present[id_].start_s, cast_of(present[id_])):
            changes.append(_change(present[id_], acts[id_], after, placed))
    return Revision(changes=tuple(changes))


def _dated(act: Act, task: str, stated: Compiled, plan: Plan) -> Act:
    """Return an activity where a plan of its problem has it."""
    spot = plan[task]
    if spot is None:
        return attrs.evolve(act, start_s=None, life=Life.UNDATED)
    people, roles = zip(*stated.casts[task][spot.mode], strict=True) if stated.casts[task][spot.mode] else ((), ())
    return attrs.evolve(act, start_s=spot.start_s, life=Life.PLANNED, people=people, roles=roles)


def _acts(situations: Mapping[str, Situation]) -> Mapping[str, Act]:
    return next(iter(situations.values())).acts


def _placed(situations: Mapping[str, Situation]) -> Iterator[tuple[str, Placed]]:
    for act in _acts(situations).values():
        situation = situations[next(iter(situations.values())).activity(act.id).centre]
        if act.start_s is not None and (act.life in (*AHEAD, *ATTEMPT) or act.life is Life.DONE):
            yield act.id, Placed(choice=choose(situation, act.id, cast_of(act)), start_s=act.start_s)


def _change(act: Act, new: Act, situations: Mapping[str, Situation], placed: Mapping[str, Placed]) -> Change:
    situation = situations[next(iter(situations.values())).activity(act.id).centre]
    others = {id_: one for id_, one in placed.items() if id_ != act.id}
    search = Search(id=act.id, situation=situation, placed=others, slots=slots_for(act, situation))
    windows = () if act.goal_s is None else search.windows_at(act.goal_s)
    date = Date(start_s=new.start_s, cast=cast_of(new), windows=windows)
    change = change_of(act, date, cast_of(new), search, lambda from_s: days_for(act, situation, from_s))
    is_given = change.rule is None and new.start_s != act.goal_s
    return attrs.evolve(change, reason="the plan as a whole is better so") if is_given else change
