"""Which plan comes from placing one task after another? Serial schedule generation: deterministic, in milliseconds.

What is frozen comes first, then the tasks by priority, none before what it follows; each at its wish or else in the way
that costs least in the order of the stages. Every task is placed beside all that are placed already, so the plan keeps
every constraint at each step. Then each that was moved may move again, and those without a date are tried once more.

Source: Kolisch and Hartmann, European Journal of Operational Research 174, 2006, 23-37 (serial scheme, latest finish
time); what is bound by a largest gap is placed together with what binds it.
"""

from collections.abc import Iterator
from functools import cached_property

import attrs

from stationsim.planning.board import Board, Node, Way
from stationsim.planning.order import Key, Rule, ordered, rules
from stationsim.planning.problem import Gap, Plan, Problem, Spot, Stage, Task, cost, of_task, plan_of, weighed

_FAR_S = 10**15
_TRIES = 50
"""How often a task is moved on so that those that are bound to it fit as well."""
_DEPTH = 6
"""How long a row of tasks bound to one another is placed together."""
_ROUNDS = 10
"""How often a plan is taken as the wish and planned again."""


def greedy(problem: Problem) -> Plan:
    """Return a plan that keeps every constraint; what finds no place has no date.

    Never raises, however little fits. Applied to its own result as the wish (`rebased`) it changes nothing, as long as
    the objective begins with tasks without a date.
    """
    serials = [_Serial(problem, rule) for rule in rules(problem)]
    best = serials[0].run()
    stay = _Serial(problem, serials[0].rule).stay() if serials[0].may_stay and not serials[0].is_calm else None
    others = [*([] if stay is None else [stay]), *(serial.run() for serial in serials[1:])]
    if not others and not best.undated:
        return best
    value = cost(problem, best)
    for plan in others:
        if (found := cost(problem, plan)) < value or (plan is stay and found == value):
            best, value = plan, found
    return _again(problem, best, value) if len(serials) > 1 or best.undated else best


def rebased(problem: Problem, plan: Plan) -> Problem:
    """Return the problem with a plan for its wishes: the mode of each task first and free, no wish without a date."""
    return attrs.evolve(problem, tasks=tuple(_wished(task, plan) for task in problem.tasks))


def _wished(task: Task, plan: Plan) -> Task:
    spot = plan[task.id]
    if spot is None:
        return attrs.evolve(task, wish_s=None)
    if spot.start_s == task.wish_s and spot.mode == task.modes[0].id and not task.modes[0].cost:
        return task
    first = [attrs.evolve(mode, cost=0) for mode in task.modes if mode.id == spot.mode]
    others = [mode for mode in task.modes if mode.id != spot.mode]
    return attrs.evolve(task, wish_s=spot.start_s, modes=(*first, *others))


def _again(problem: Problem, best: Plan, value: tuple[int, ...]) -> Plan:
    """Plan again from a plan as the wish, as long as that is better."""
    for _ in range(_ROUNDS):
        wished = rebased(problem, best)
        found, plan = min(
            ((cost(problem, plan), plan) for plan in (_Serial(wished, rule).run() for rule in rules(wished))),
            key=lambda one: one[0],
        )
        if found >= value:
            break
        best, value = plan, found
    return best


class _Serial:
    """One pass over the tasks of a problem."""

    def __init__(self, problem: Problem, rule: Rule) -> None:
        self.problem, self.rule = problem, rule
        self.board = Board(problem)
        self.nodes = tuple(self.board.nodes.values())
        self.order = ordered(self.nodes, rule)
        self.ends_s = problem.now_s
        self._placed: list[Node] = []
        self._tries = 0

    @cached_property
    def stages(self) -> dict[str, list[tuple[int, Stage]]]:
        """The stages that look at a task, each with its factor."""
        found: dict[str, list[tuple[int, Stage]]] = {task.id: [] for task in self.problem.tasks}
        for stage in self.problem.objective:
            for task, factor in weighed(self.problem, stage) if stage.measure != "undated" else ():
                found[task.id].append((factor, stage))
        return found

    @property
    def is_calm(self) -> bool:
        """Whether every task is where it was wished."""
        return all(node.is_kept for node in self.nodes)

    @property
    def may_stay(self) -> bool:
        """Whether every wish is allowed by itself."""
        return all(node.wished for node in self.nodes if node.task.wish_s is not None and _is_wished_so(node.task))

    @property
    def plan(self) -> Plan:
        """The plan as it is on the board."""
        return plan_of(self.problem, {node.task.id: node.spot for node in self.nodes})

    def run(self) -> Plan:
        """Place everything in order, what is frozen first."""
        frozen = [node for node in self.order if node.task.frozen is not None]
        for node in sorted(frozen, key=_frozen_s):
            self.seat(node)
        for node in self.order:
            self.seat(node)
        if not self.is_calm:
            self.improve()
            self.add()
        return self.plan

    def stay(self) -> Plan | None:
        """Place all wishes together and the rest around them; None if the wishes do not go together."""
        for node in self.order:
            if node.task.wish_s is None or not _is_wished_so(node.task):
                continue
            way = node.wished if node.is_open else None
            if way is None or not self._fits_now(node, way, node.task.wish_s):
                return None
            self.put(node, way, node.task.wish_s)
        if not all(count.is_within for count in self.board.counts.values()):
            return None
        self.add()
        return self.plan

    def _fits_now(self, node: Node, way: Way, start_s: int) -> bool:
        """Tell whether a start is allowed, whatever the levels say before everything is placed."""
        shifts, way.shifts = way.shifts, []
        found_s = self.board.first(node, way, start_s, start_s)
        way.shifts = shifts
        return found_s is not None

    def add(self) -> None:
        """Try what has no date until nothing more fits."""
        count = -1
        while count != len(self._placed):
            count = len(self._placed)
            for node in self.order:
                self.seat(node)

    def improve(self) -> None:
        """Lift each task that is not where it was wished, and put it where it fits best now."""
        for node in self.order:
            if node.way is None or node.is_kept or node.task.frozen is not None:
                continue
            way, start_s = node.way, node.start_s
            self.board.lift(node)
            best = self.best(node)
            if best is not None and self.key(node, *best) < self.key(node, way, start_s):
                self.board.put(node, *best)
                # Others may stand on what it did to a level.
                if all(count.is_within for count, _ in way.shifts):
                    continue
                self.board.lift(node)
            self.board.put(node, way, start_s)

    def seat(self, node: Node, depth: int = 0) -> None:
        """Place a task that has no place, and with it those that a largest gap binds to it, if that can be."""
        if node.way is not None or not node.is_open:
            return
        first = best = self.best(node)
        if depth == 0:
            self._tries = _TRIES
        bound = [(gap, then) for gap, then in node.after if gap.max_s is not None and then.way is None]
        while bound and best is not None and self._tries and depth < _DEPTH:
            self._tries -= 1
            count = len(self._placed)
            self.put(node, *best)
            from_s = self._bind(best[0], bound, depth)
            if from_s is None:
                return
            while len(self._placed) > count:
                self.board.lift(self._placed.pop())
            best = self.best(node, max(from_s, best[1] + 1))
        if first is not None:
            self.put(node, *first)

    def _bind(self, way: Way, bound: list[tuple[Gap, Node]], depth: int) -> int | None:
        """Place those bound to a task just placed in a way; if one does not fit, say from when it may be worth it [s].

        One that waits for something else is left for its own turn.
        """
        for gap, then in bound:
            if not then.is_open:
                continue
            self.seat(then, depth + 1)
            if then.way is None:
                could = self.best(then, without=gap)
                after_s = (gap.max_s or 0) + (way.mode.duration_s if gap.from_end else 0)
                return _FAR_S if could is None else could[1] - after_s
        return None

    def put(self, node: Node, way: Way, start_s: int) -> None:
        """Place a task; its place can be taken back in turn."""
        self.board.put(node, way, start_s)
        self._placed.append(node)
        self.ends_s = max(self.ends_s, start_s + way.mode.duration_s)

    def best(self, node: Node, from_s: int | None = None, *, without: Gap | None = None) -> tuple[Way, int] | None:
        """Return the way and start that add least to the stages, then the earliest, then the least wished against.

        The first start from the wish on is looked at in every mode, and one before it where there is none.
        """
        wish_s = -_FAR_S if node.task.frozen is not None or node.task.wish_s is None else node.task.wish_s
        lo_s = wish_s if from_s is None else max(wish_s, from_s)
        found: list[tuple[Key, Way, int]] = []
        for way in node.ways():
            start_s = self.board.first(node, way, lo_s, _FAR_S, without=without)
            if start_s is not None and start_s == node.task.wish_s and not way.index:
                return way, start_s
            found += [(self.key(node, way, at_s), way, at_s) for at_s in self._starts(node, way, start_s, from_s)]
        if not found:
            return None
        return min(found, key=lambda one: one[0])[1:]

    def _starts(self, node: Node, way: Way, start_s: int | None, from_s: int | None) -> Iterator[int]:
        """Yield the start itself, or one before the wish if there is none or if being early counts too."""
        if start_s is not None:
            yield start_s
        wish_s = node.task.wish_s
        if from_s is not None or wish_s is None or (start_s is not None and not self._counts_early(node)):
            return
        lo_s, hi_s = -_FAR_S if start_s is None else 2 * wish_s - start_s, wish_s - 1
        early_s = self.board.first(node, way, lo_s, hi_s)
        if early_s is not None:
            yield self._last(node, way, early_s, hi_s) if self._counts_early(node) else early_s

    def _last(self, node: Node, way: Way, early_s: int, hi_s: int) -> int:
        """Return the last start up to a moment that everything placed allows, given an earlier one, by halving."""
        lo_s = early_s + 1
        while lo_s <= hi_s:
            middle_s = (lo_s + hi_s) // 2
            found_s = self.board.first(node, way, middle_s, hi_s)
            if found_s is None:
                hi_s = middle_s - 1
            else:
                early_s, lo_s = found_s, found_s + 1
        return early_s

    def _counts_early(self, node: Node) -> bool:
        return any(stage.measure == "shift" for _, stage in self.stages[node.task.id])

    def key(self, node: Node, way: Way, start_s: int) -> Key:
        """Return what a task there adds to each stage, then the start, the cost and the place of the mode."""
        spot = Spot(start_s=start_s, mode=way.mode.id)
        ends_s = max(start_s + way.mode.duration_s, self.ends_s)
        added = (
            ends_s if stage.measure == "makespan" else factor * of_task(node.task, spot, stage)
            for factor, stage in self.stages[node.task.id]
        )
        return (*added, start_s, way.mode.cost, way.index)


def _frozen_s(node: Node) -> int:
    return 0 if node.task.frozen is None else node.task.frozen.start_s


def _is_wished_so(task: Task) -> bool:
    """Tell whether a task is not frozen anywhere but at its wish."""
    return task.frozen in (None, Spot(start_s=task.wish_s or 0, mode=task.modes[0].id))
