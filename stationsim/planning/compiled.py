"""How is a station's plan stated as a problem? Work that is ahead as tasks, all the rest as it stands.

Traffic, what is under way and what a demand has placed are constants: only a decision changes them. A mode of a task is
a cast of people who may take its places; its bans are the windows that the rules leave beside the constants.
"""

import itertools
from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from stationsim.planning.clock import Clock
from stationsim.planning.place import DAY_S
from stationsim.planning.problem import Ban, Gap, Mode, Plan, Problem, Separation, Spot, Stage, Task, plan_of
from stationsim.planning.shared import Asking, Shared, shared
from stationsim.planning.windows import Placed, Window, forbidden
from stationsim.planning.wishes import as_placed, earliest_s, slots_for
from stationsim.station.act import Act
from stationsim.station.choice import Choice, cast_of, choose
from stationsim.station.rules import separations
from stationsim.station.situation import Situation
from stationsim.station.transitions import AHEAD, ATTEMPT, Life

_CASTS = 8
"""So many casts of an activity are looked at, in order of preference."""
_BY_GAPS = ("precedence", "no-later")
"""Templates about what an activity follows: between two tasks they are gaps."""

Cast = tuple[tuple[str, str], ...]


@frozen(kw_only=True, slots=False)
class Compiled:
    """A problem, and what its modes mean: the cast by task and mode. A task without casts is a constant."""

    problem: Problem
    casts: Mapping[str, Mapping[str, Cast]]

    def plan(self, acts: Mapping[str, Act]) -> Plan:
        """Return a plan of the station in the terms of the problem."""
        spots = {task.id: task.frozen or self._spot(acts[task.id]) for task in self.problem.tasks}
        return plan_of(self.problem, spots)

    def _spot(self, act: Act) -> Spot | None:
        modes = (mode for mode, cast in self.casts[act.id].items() if cast == cast_of(act))
        return None if act.start_s is None else Spot(start_s=act.start_s, mode=next(modes))


def compiled(situations: Mapping[str, Situation], present: Mapping[str, Act], fixed: frozenset[str]) -> Compiled:
    """State the work ahead as a problem.

    Args:
        situations: What each control centre believes, by centre, over a plan that keeps the rules: that of the greedy
            repair. What is no task stands where this plan has it.
        present: The same activities where they are planned now.
        fixed: Work that is no task either.
    """
    any_ = next(iter(situations.values()))
    tasks = [act for act in present.values() if act.life in AHEAD and _is_work(act.id, any_) and act.id not in fixed]
    ids = frozenset(act.id for act in tasks)
    constants = dict(_constants(situations, ids))
    choices = {act.id: _choices(act, situations) for act in tasks}
    horizon_s = any_.station.scenario.horizon_s
    until_s = 1 + max([horizon_s, any_.now_s, *(act.start_s or 0 for act in any_.acts.values())])
    made = [_task(act, choices[act.id], _of(act.id, situations), constants, ids, until_s) for act in tasks]
    asking = [Asking(id=task.id, choices=choices[task.id], starts=_starts(task)) for task in made]
    common = shared(asking, constants, any_)
    return Compiled(
        problem=Problem(
            now_s=any_.now_s,
            until_s=until_s,
            tasks=(*(_sharing(task, common) for task in made), *common.constants),
            resources=common.resources,
            budgets=common.budgets,
            gaps=tuple(gap for act in tasks for gap in _gaps(act, _of(act.id, situations), ids)),
            separations=tuple(_apart(tasks, choices, situations)),
            objective=_objective(made),
        ),
        casts={id_: {str(n): cast_in(choice) for n, choice in enumerate(found)} for id_, found in choices.items()},
    )


def _starts(task: Task) -> tuple[int, ...] | None:
    """Return every start that a task may have; None where they are a grid."""
    wish = () if task.wish_s is None else (task.wish_s,)
    return None if task.starts is None else (*wish, *task.kept, *task.starts)


def _sharing(task: Task, common: Shared) -> Task:
    """Return a task with what its modes take of what is shared."""
    modes = enumerate(task.modes)
    taken = ((mode, common.needs.get((task.id, n), ()), common.hours.get((task.id, n), ())) for n, mode in modes)
    return evolve(task, modes=tuple(evolve(mode, needs=needs, hours=hours) for mode, needs, hours in taken))


def cast_in(choice: Choice) -> Cast:
    """Return who takes part in a choice, with roles."""
    return tuple(zip(choice.people, choice.roles, strict=True))


def _is_work(id_: str, situation: Situation) -> bool:
    return situation.station.kinds[situation.activity(id_).kind].layer == "work"


def _of(id_: str, situations: Mapping[str, Situation]) -> Situation:
    """Return the belief of the centre that plans an activity."""
    any_ = next(iter(situations.values()))
    return situations[any_.activity(id_).centre]


def _constants(situations: Mapping[str, Situation], tasks: frozenset[str]) -> Iterator[tuple[str, Placed]]:
    for act in next(iter(situations.values())).acts.values():
        situation = _of(act.id, situations)
        if act.life in ATTEMPT or act.life is Life.DONE:
            yield act.id, as_placed(act, situation)
        elif act.id not in tasks and act.life is Life.PLANNED and act.start_s is not None:
            yield act.id, Placed(choice=choose(situation, act.id, cast_of(act)), start_s=act.start_s)


def _choices(act: Act, situations: Mapping[str, Situation]) -> tuple[Choice, ...]:
    """Return an activity in each of its modes: the wished people, those of the plan, and all others who may."""
    situation = _of(act.id, situations)
    slots = slots_for(act, situation)
    every = (
        tuple(zip(people, (slot.role for slot in slots), strict=True))
        for people in itertools.product(*(slot.candidates for slot in slots))
        if len(set(people)) == len(people)
    )
    planned = next(iter(situations.values())).acts[act.id]
    known = (cast_of(planned), cast_of(act))
    casts = dict.fromkeys((*itertools.islice(every, 1), *known, *every))
    return tuple(choose(situation, act.id, cast) for cast in itertools.islice(casts, _CASTS))


def _task(
    act: Act,
    choices: tuple[Choice, ...],
    situation: Situation,
    constants: Mapping[str, Placed],
    tasks: frozenset[str],
    until_s: int,
) -> Task:
    activity = situation.activity(act.id)
    kind = choices[0].kind
    from_s = max(earliest_s(act, situation), situation.now_s if act.goal_s is None else act.goal_s)
    is_listed = bool(activity.opportunities) or kind.grid_s >= DAY_S or activity.pinned
    steps = iter(()) if activity.pinned else Clock.of(situation.station.scenario).starts(activity, kind, from_s)
    stands = (act.start_s, situation.acts[act.id].start_s)
    kept = {start_s for start_s in stands if start_s is not None and start_s - act.before_s >= situation.now_s}
    soonest_s = situation.now_s + act.before_s if activity.pinned else earliest_s(act, situation)
    is_late = act.goal_s is not None and act.goal_s not in kept and act.goal_s < soonest_s
    late = (Ban(lo_s=act.goal_s, hi_s=act.goal_s + 1, reason="lead"),) if is_late and act.goal_s is not None else ()
    return Task(
        id=act.id,
        modes=tuple(
            Mode(
                id=str(number),
                duration_s=choice.duration_s,
                before_s=choice.before_s,
                after_s=choice.after_s,
                forbidden=(*late, *_bans(choice, situation, constants, tasks)),
                cost=sum(1 for one in cast_in(choice) if one not in cast_in(choices[0])),
            )
            for number, choice in enumerate(choices)
        ),
        wish_s=act.goal_s,
        kept=tuple(sorted(kept)),
        priority=activity.priority,
        is_optional=True,
        earliest_s=from_s,
        starts=tuple(itertools.takewhile(lambda start_s: start_s < until_s, steps)) if is_listed else None,
        step_s=min(kind.grid_s, DAY_S),
    )


def _bans(
    choice: Choice, situation: Situation, constants: Mapping[str, Placed], tasks: frozenset[str]
) -> Iterator[Ban]:
    rows = frozenset(act.row for act in situation.acts.values() if act.id in tasks)
    for window in forbidden(choice, situation, constants):
        if not (window.block.cause in rows and _template(window, situation) in _BY_GAPS):
            yield Ban(lo_s=window.lo_s, hi_s=window.hi_s, reason=window.block.rule)


def _template(window: Window, situation: Situation) -> str | None:
    rule = situation.station.rules.get(window.block.rule)
    return None if rule is None else rule.template


def _gaps(act: Act, situation: Situation, tasks: frozenset[str]) -> Iterator[Gap]:
    """Yield what an activity that follows other tasks must keep to, by the windows that the rules leave about them."""
    activity = situation.activity(act.id)
    after = () if activity.at.after is None else (activity.at.after,)
    rules = dict.fromkeys(
        window.block.rule
        for window in forbidden(choose(situation, act.id, cast_of(act)), situation, {})
        if _template(window, situation) in _BY_GAPS
    )
    for other in dict.fromkeys((*activity.follows, *after)):
        for rule in (situation.station.rules[id_] for id_ in rules) if other in tasks else ():
            if rule.template == "no-later":
                yield Gap(first=other, then=act.id, max_s=rule.gap_s, reason=rule.id)
            else:
                least_s = activity.at.lo_s if other in after else situation.acts[other].duration_s
                yield Gap(first=other, then=act.id, min_s=least_s, reason=rule.id)


def _apart(
    tasks: list[Act], choices: Mapping[str, tuple[Choice, ...]], situations: Mapping[str, Situation]
) -> Iterator[Separation]:
    """Yield how far two tasks must be apart: in any modes where it is the same for all, else mode by mode."""
    for a, b in itertools.combinations(tasks, 2):
        found: dict[tuple[int | None, int | None, str], list[tuple[int, int]]] = {}
        pairs = list(itertools.product(enumerate(choices[a.id]), enumerate(choices[b.id])))
        for (n, one), (m, two) in pairs:
            for gap in separations(one, two, _of(a.id, situations)):
                found.setdefault((gap.lo_s, gap.hi_s, gap.rule), []).append((n, m))
        for (lo_s, hi_s, rule), modes in found.items():
            is_any = len(dict.fromkeys(modes)) == len(pairs)
            for mode_a, mode_b in ((None, None),) if is_any else dict.fromkeys(modes):
                yield Separation(
                    a=a.id,
                    b=b.id,
                    lo_s=lo_s,
                    hi_s=hi_s,
                    mode_a=None if mode_a is None else str(mode_a),
                    mode_b=None if mode_b is None else str(mode_b),
                    reason=rule,
                )


def _objective(tasks: list[Task]) -> tuple[Stage, ...]:
    """Work that is not flown, the most urgent first; then changes of the published plan; then days from the wishes."""
    urgencies = sorted({task.priority for task in tasks})
    undated = tuple(Stage(measure="undated", upto=upto, name=f"undated of priority 1-{upto}") for upto in urgencies)
    return (
        *undated,
        Stage(measure="changed", name="changes to the plan"),
        Stage(measure="shift", unit_s=DAY_S, name="days from the wishes"),
        Stage(measure="cost", name="people changed"),
    )
