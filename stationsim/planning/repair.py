"""Which plan is best now? Greedy repair from the original wishes: what can stays, the rest takes its next opportunity.

A round places what is under way, then traffic in order of time, then work by priority; within a priority what can keep
its wish goes first, so that nobody moves who need not. Only its own blocks move the skeleton: all other changes of it
are decisions.
"""

from collections.abc import Mapping
from datetime import timedelta

import attrs

from stationsim.planning.demands import candidates, is_met, starts
from stationsim.planning.place import SEATED, Date, Search, crew_slots
from stationsim.planning.revision import Change, Revision, change_of, named
from stationsim.planning.windows import Placed, is_clear, is_close, load_windows
from stationsim.planning.wishes import as_placed, candidates_for, days_for, earliest_s, planned, slots_for
from stationsim.scenario.model import Kind
from stationsim.station.act import Act
from stationsim.station.builtin import DEMAND_RULE
from stationsim.station.choice import cast_of, choose
from stationsim.station.rules import reads_of_plan
from stationsim.station.situation import Situation, over
from stationsim.station.state import Demanded
from stationsim.station.transitions import AHEAD, ATTEMPT, Life

_ROUNDS = 4
"""How often traffic is settled anew; what is still forbidden then has no date until the next review."""


@attrs.define(slots=True)
class _Round:
    """One pass over the plan.

    `moves` counts how often traffic has been given another date, `seen` says how many of these each activity's date
    has seen: those after it may have broken it. `read` are the activities whose dates rules about others read (None:
    any): only after such a change is there another plan to believe something over.
    """

    situations: Mapping[str, Situation]
    asked: frozenset[str] | None
    acts: dict[str, Act]
    plan: Mapping[str, Act]
    explains: bool
    placed: dict[str, Placed] = attrs.field(factory=dict)
    moved: dict[str, Placed] = attrs.field(factory=dict)
    changes: list[Change] = attrs.field(factory=list)
    has_traffic_moved: bool = False
    moves: int = 0
    seen: dict[str, int] = attrs.field(factory=dict)
    read: frozenset[str] | None = None
    kinds: dict[str, Kind] = attrs.field(init=False)
    centres: dict[str, str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Look up what does not change with the dates."""
        any_ = next(iter(self.situations.values()))
        records = {id_: any_.activity(id_) for id_ in self.plan}
        self.kinds = {id_: any_.station.kinds[record.kind] for id_, record in records.items()}
        self.centres = {id_: record.centre for id_, record in records.items()}

    def replan(self, act: Act) -> None:
        """Let an activity be as it is planned now."""
        self.acts[act.id] = act
        if self.read is None or act.id in self.read:
            self.situations = over(self.situations, self.acts)


def repair(
    situations: Mapping[str, Situation], *, asked: frozenset[str] | None = None, explains: bool = True
) -> Revision:
    """Repair the plan under what the control centres believe.

    Args:
        situations: What each control centre believes, by centre, all over the same plan and moment.
        asked: Activities about which something changed; the others keep their wish unless something moves into their
            way. None asks all of them; the answer is the same.
        explains: Is it said of every change what binds it? A plan that is only thought of needs no reasons.

    Returns:
        The changes against the present plan.
    """
    plan = next(iter(planned(situations).values())).acts
    wishes = {id_: _at_wish(act) for id_, act in plan.items()}
    work = _Round(
        situations=over(situations, wishes),
        asked=asked,
        acts=wishes,
        plan=plan,
        explains=explains,
        read=reads_of_plan(next(iter(situations.values())).with_acts(plan)),
    )
    for act in plan.values():
        if act.life in ATTEMPT or act.life is Life.DONE:
            _put(act, as_placed(act, _situation(act, work)), work)
    ahead = sorted((act for act in plan.values() if act.life in AHEAD), key=lambda a: _order(a, work))
    for act in ahead:
        if _kind(act, work).layer == "skeleton":
            _settle(act, work)
    _mend(ahead, work)
    rest = [act for act in ahead if _kind(act, work).layer == "work"]
    ranks = {act.id: _rank(act, work) for act in rest}
    for rank in sorted(set(ranks.values())):
        peers = [act for act in rest if ranks[act.id] == rank]
        movers = [a for a in peers if _waits(a, work) or not _keeps(a, work) or a.people != a.wish_people]
        for act in movers:
            _settle(act, work)
    for demand in next(iter(situations.values())).demands.values():
        _meet(demand, work)
    _mend(ahead, work)
    return Revision(changes=tuple(work.changes))


def _meet(demand: Demanded, work: _Round) -> None:
    """Move the first activity that can meet a demand in time, if none does by itself; soft rules give way."""
    seen = work.situations[demand.centre]
    found = candidates(demand, seen)
    if any(is_met(work.acts[act.id], demand) for act in found):
        return
    for act in (work.acts[act.id] for act in found if act.life in AHEAD and not _is_pinned(act, work)):
        situation = _situation(act, work)
        kind = _kind(act, work)
        soonest_s = earliest_s(act, situation)
        others = {id_: placed for id_, placed in work.placed.items() if id_ != act.id}
        search = Search(
            id=act.id, situation=situation, placed=others, slots=slots_for(act, situation), ignores_soft=True
        )
        date = search.first(starts(situation.acts[act.id], kind, demand, soonest_s, situation))
        if date.start_s is not None:
            _demand(act, date, demand, work)
            return


def _is_pinned(act: Act, work: _Round) -> bool:
    return _situation(act, work).activity(act.id).pinned


def _demand(act: Act, date: Date, demand: Demanded, work: _Round) -> None:
    """Give an activity the date that a demand asks for, and say which rules it outranks."""
    situation = _situation(act, work)
    work.changes = [change for change in work.changes if change.id != act.id]
    cast = date.cast or cast_of(act)
    work.replan(attrs.evolve(act, start_s=date.start_s, people=tuple(p for p, _ in cast), life=Life.PLANNED))
    assert date.start_s is not None
    work.placed.pop(act.id, None)
    search = Search(id=act.id, situation=_situation(act, work), placed=work.placed, slots=named(work.acts[act.id]))
    outranked = search.windows_at(date.start_s)
    placed = Placed(choice=choose(_situation(act, work), act.id, cast), start_s=date.start_s)
    work.placed[act.id] = work.moved[act.id] = placed
    if _kind(act, work).layer == "skeleton":
        work.has_traffic_moved, work.moves = True, work.moves + 1
    work.seen[act.id] = work.moves
    present = work.plan[act.id]
    if (date.start_s, cast) == (present.start_s, cast_of(present)):
        return
    day = (situation.station.scenario.start_utc + timedelta(seconds=demand.until_s)).date()
    over = ", ".join(dict.fromkeys(window.block.rule for window in outranked))
    reason = f"{demand.text} by {day}" + (f"; this outranks {over}" if over else "")
    change = Change(
        id=act.id,
        start_s=date.start_s,
        cast=cast,
        rule=DEMAND_RULE.id,
        reason=reason,
        cause=demand.row,
        windows=outranked,
        binding=(),
    )
    work.changes.append(change)


def _mend(ahead: list[Act], work: _Round) -> None:
    """Settle anew the traffic whose date, kept or new, hung on what has moved later in the round.

    What goes round in a circle ends without a date: of what is still broken then, one after the other loses its own.
    """
    for round_ in range(_ROUNDS + len(ahead)):
        broken = _broken(ahead, work)
        for act in broken if round_ < _ROUNDS else broken[:1]:
            work.changes = [change for change in work.changes if change.id != act.id]
            work.moved.pop(act.id, None)
            work.moves += 1
            del work.placed[act.id]
            if round_ < _ROUNDS:
                _settle(act, work)
            else:
                _give_up_date(act, work)
        if not broken:
            return


def _broken(ahead: list[Act], work: _Round) -> list[Act]:
    """Return the traffic whose date is forbidden by what the round did after it, in the order of placing."""
    dated = (act for act in ahead if act.id in work.placed)
    traffic = (act for act in dated if _kind(act, work).layer == "skeleton")
    return [act for act in traffic if _may_be_broken(act, work) and _breaks(act, work)]


def _give_up_date(act: Act, work: _Round) -> None:
    """Leave an activity without a date, for what forbids the one that it had in the round."""
    now, situation = work.acts[act.id], _situation(act, work)
    search = Search(id=act.id, situation=situation, placed=work.placed, slots=named(now))
    windows = search.windows_at(now.start_s) if now.start_s is not None else ()
    _note(act, Date(start_s=None, cast=(), windows=windows), search, work)


def _may_be_broken(act: Act, work: _Round) -> bool:
    return work.seen.get(act.id) != work.moves or any(
        other in work.moved or other not in work.placed for other in _before(act, work)
    )


def _breaks(act: Act, work: _Round) -> bool:
    """Tell whether the date that a round has given an activity is forbidden by what the round did after it."""
    now = work.acts[act.id]
    if now.start_s is None:
        return False
    situation = _situation(act, work)
    placed = Placed(choice=choose(situation, act.id, cast_of(now)), start_s=now.start_s)
    return not _is_one_each(now) or not is_clear(placed, situation, work.placed, ignores=("soft",))


def _is_one_each(act: Act) -> bool:
    """Tell whether nobody takes two places in an activity: nobody can."""
    return len(set(act.people)) == len(act.people)


def _waits(act: Act, work: _Round) -> bool:
    """Tell whether an activity follows one that has no date yet in this round: its own comes after that."""
    before = [work.acts[id_] for id_ in _before(act, work)]
    return any(other.life in AHEAD and other.id not in work.placed for other in before)


def _before(act: Act, work: _Round) -> tuple[str, ...]:
    """Return what an activity follows."""
    activity = _situation(act, work).activity(act.id)
    return activity.follows if activity.at.after is None else (*activity.follows, activity.at.after)


def _rank(act: Act, work: _Round) -> int:
    """Return an activity's priority, 1 goes first; what follows other work does not go before it."""
    before = (_rank(work.acts[id_], work) for id_ in _before(act, work) if _kind(work.acts[id_], work).layer == "work")
    return max((_situation(act, work).activity(act.id).priority, *before))


def _at_wish(act: Act) -> Act:
    is_off = act.life in AHEAD and act.start_s != act.goal_s
    return attrs.evolve(act, start_s=act.goal_s) if is_off else act


def _kind(act: Act, work: _Round) -> Kind:
    return work.kinds[act.id]


def _order(act: Act, work: _Round) -> tuple[int, int, str]:
    """Order of placing: by wish, what follows after what it follows, then by id."""
    situation = next(iter(work.situations.values()))
    depth, seen = 0, act.id
    while True:
        activity = situation.activity(seen)
        before = activity.follows[0] if activity.follows else activity.at.after
        if before is None:
            break
        depth, seen = depth + 1, before
    goal_s = act.goal_s if act.goal_s is not None else situation.now_s
    return (goal_s, depth, act.id)


def _situation(act: Act, work: _Round) -> Situation:
    return work.situations[work.centres[act.id]]


def _keeps(act: Act, work: _Round) -> bool:
    """Place an activity at its wish if it stands there and nothing forbids it; say whether it does."""
    situation = _situation(act, work)
    goal_s = act.goal_s
    if goal_s is None or act.start_s != goal_s or goal_s - act.before_s < situation.now_s:
        return False
    if not _has_crew(act, situation):
        return False
    placed = Placed(choice=choose(situation, act.id, cast_of(act)), start_s=goal_s)
    if _is_asked(act, work):
        clear = _is_one_each(act) and is_clear(placed, situation, work.placed)
    else:
        found = load_windows(placed.choice, situation, work.placed.values())
        clear = not any(window.holds(goal_s) for window in found)
        clear = clear and not is_close(placed, situation, work.moved.values())
    if clear:
        _put(act, placed, work)
    return clear


def _has_crew(act: Act, situation: Situation) -> bool:
    """Tell whether those take part in an activity whose seat will be in its ship, where its kind asks for them."""
    crew = crew_slots(situation.activity(act.id), situation, act.start_s or situation.now_s)
    return [slot.candidates[0] for slot in crew] == [p for p, role in cast_of(act) if role == SEATED]


def _is_asked(act: Act, work: _Round) -> bool:
    """Tell whether all of an activity's rules must be read, not only those about what has come into its way."""
    if work.asked is None or act.id in work.asked or work.has_traffic_moved or act.id in _situation(act, work).added:
        return True
    return any(work.acts[other].start_s != work.acts[other].goal_s for other in _before(act, work))


def _put(act: Act, placed: Placed, work: _Round) -> None:
    """Place an activity; what the plan did not hold, there and then, may be in the way of what it did."""
    work.placed[act.id] = placed
    work.seen[act.id] = work.moves
    if placed.start_s != act.goal_s or act.id in _situation(act, work).added:
        work.moved[act.id] = placed


def _settle(act: Act, work: _Round) -> None:
    """Give an activity its first possible date from its wish on, and note a change against the present plan."""
    if _kind(act, work).layer == "skeleton" and _keeps(act, work):
        return
    situation = _situation(act, work)
    search = Search(id=act.id, situation=situation, placed=work.placed, slots=slots_for(act, situation))
    date = search.first(candidates_for(act, situation))
    if date.start_s is None:
        search = attrs.evolve(search, ignores_soft=True)
        date = attrs.evolve(search.first(candidates_for(act, situation)), windows=date.windows)
    _note(act, date, search, work)


def _note(act: Act, date: Date, search: Search, work: _Round) -> None:
    cast = date.cast or cast_of(act)
    work.replan(
        attrs.evolve(
            act,
            start_s=date.start_s,
            people=tuple(p for p, _ in cast),
            roles=tuple(r for _, r in cast),
            life=Life.UNDATED if date.start_s is None else Life.PLANNED,
        )
    )
    situation = _situation(act, work)
    if date.start_s is not None:
        choice = choose(_situation(act, work), act.id, cast)
        work.placed[act.id] = Placed(choice=choice, start_s=date.start_s)
    if _kind(act, work).layer == "skeleton" and date.start_s != act.goal_s:
        work.moves += 1  # what was placed before has seen it at its goal
    work.seen[act.id] = work.moves
    if date.start_s == act.start_s and (date.start_s is None or cast == cast_of(act)):
        return
    if date.start_s is not None:
        work.moved[act.id] = work.placed[act.id]
    kind = _kind(act, work)
    if kind.layer == "skeleton":
        work.has_traffic_moved, work.moves = True, work.moves + 1
        work.seen[act.id] = work.moves
    if work.explains:
        change = change_of(act, date, cast, search, lambda from_s: days_for(act, situation, from_s))
        if search.ignores_soft:
            change = _with_gave_way(change, attrs.evolve(search, ignores_soft=False, slots=named(work.acts[act.id])))
    else:
        change = Change(
            id=act.id, start_s=date.start_s, cast=cast, rule=None, reason="", cause=None, windows=(), binding=()
        )
    work.changes.append(change)


def _with_gave_way(change: Change, search: Search) -> Change:
    """Return a change of last resort with the soft rules that gave way to its date."""
    found = () if change.start_s is None else search.windows_at(change.start_s)
    rules = ", ".join(dict.fromkeys(window.block.rule for window in found))
    if not rules:
        return change
    return attrs.evolve(
        change,
        reason=f"{change.reason}; there is no other date, {rules} gives way",
        windows=tuple(dict.fromkeys((*change.windows, *found))),
    )
