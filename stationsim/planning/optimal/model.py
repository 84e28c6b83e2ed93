"""How does CP-SAT make one stage small? Each stage as an expression, solved with the values of those before it held."""

from math import ceil

from ortools.sat.python import cp_model

from stationsim.planning.optimal.encode import Encoding, Item
from stationsim.planning.problem import Plan, Problem, Spot, Stage, of_task, plan_of, weighed

_SEED = 1
_CLOSE = 1e-6
_LITERALS = ("undated", "changed", "cost")
"""Sums of few literals; cores would raise the bound of a sum of seconds by one at a time."""


class Model:
    """A problem in CP-SAT; number 0 is the stage of tasks that must have a date, the others follow."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.code = Encoding(problem)
        self._expressions: dict[int, cp_model.LinearExpr] = {}

    def hold(self, number: int, value: int) -> None:
        """Let no further plan be worse than a value in a stage."""
        self.code.cp.add(self._expression(number) <= value)

    def solve(self, number: int, plan: Plan, limit: float) -> tuple[Plan | None, int]:
        """Return the best plan found in one stage, if any, and a bound for its value.

        Args:
            number: The stage.
            plan: A plan to begin with.
            limit: Deterministic time.
        """
        self.code.cp.minimize(self._expression(number))
        best, bound = None, 0
        measure = self.problem.objective[number - 1].measure if number else "undated"
        rounds = (True, False) if measure in _LITERALS else (False,)
        for by_cores in rounds:
            solver = _solver(limit / len(rounds), by_cores=by_cores)
            found, least, is_done = self._round(plan if best is None else best, solver)
            best, bound = (best if found is None else found), max(bound, least)
            if is_done:
                break
        return best, bound

    def _round(self, plan: Plan, solver: cp_model.CpSolver) -> tuple[Plan | None, int, bool]:
        """Search once, hinted with a plan; return the best plan found, a bound, and whether that is all there is."""
        cp = self.code.cp
        cp.clear_hints()  # type: ignore[no-untyped-call]
        for variable, value in self.code.hints:
            cp.add_hint(variable, int(value(plan)))
        status = solver.solve(cp)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, 0, False
        return self._read(solver), max(0, ceil(solver.best_objective_bound - _CLOSE)), status == cp_model.OPTIMAL

    def _read(self, solver: cp_model.CpSolver) -> Plan:
        spots = {}
        for id_, item in self.code.items.items():
            for mode, literal in item.modes:
                if solver.boolean_value(literal):
                    spots[id_] = Spot(start_s=item.base_s + solver.value(item.step) * item.step_s, mode=mode.id)
        return plan_of(self.problem, spots)

    def _expression(self, number: int) -> cp_model.LinearExpr:
        if number not in self._expressions:
            made = self._stage(self.problem.objective[number - 1]) if number else self._missing()
            self._expressions[number] = made
        return self._expressions[number]

    def _missing(self) -> cp_model.LinearExpr:
        must = [task.id for task in self.problem.tasks if not task.is_optional]
        return sum(1 - self.code.items[id_].is_dated if id_ in self.code.items else 1 for id_ in must) + self._zero

    @property
    def _zero(self) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.constant(0)

    def _stage(self, stage: Stage) -> cp_model.LinearExpr:
        if stage.measure == "makespan":
            return self._makespan(stage)
        total = self._zero
        for task, factor in weighed(self.problem, stage):
            item = self.code.items.get(task.id)
            if item is None:
                total += factor * of_task(task, None, stage)
            elif factor:
                total += factor * self._of(item, stage)
        return total

    def _of(self, item: Item, stage: Stage) -> cp_model.LinearExpr:
        if stage.measure == "undated":
            return 1 - item.is_dated
        if stage.measure == "cost":
            return sum((mode.cost * literal for mode, literal in item.modes), self._zero)
        if item.task.wish_s is None:
            return self._zero
        return self._changed(item) if stage.measure == "changed" else self._late(item, stage)

    def _changed(self, item: Item) -> cp_model.LinearExpr:
        task, wish_s = item.task, item.task.wish_s or 0
        wished = [literal for mode, literal in item.modes if mode.id == task.modes[0].id]
        if not wished or (wish_s - item.base_s) % item.step_s:
            return self._zero + 1
        stage = Stage(measure="changed")
        is_kept = self.code.new_bool(lambda plan: not of_task(task, plan[task.id], stage))
        self.code.cp.add_implication(is_kept, wished[0])
        self.code.cp.add(item.step == (wish_s - item.base_s) // item.step_s).only_enforce_if(is_kept)
        return 1 - is_kept

    def _late(self, item: Item, stage: Stage) -> cp_model.LinearExpr:
        """Return the units by which a task is late, or early too where that counts; 0 without a date."""
        task, cp = item.task, self.code.cp
        after_s = item.start * self.code.unit_s + (self.code.origin_s - (task.wish_s or 0))
        ends = [Spot(start_s=start_s, mode=task.modes[0].id) for start_s in (item.base_s, item.last_s)]
        most = max(of_task(task, spot, stage) for spot in ends)
        if not most:
            return self._zero
        units = self.code.new_int(0, most, lambda plan: of_task(task, plan[task.id], stage))
        is_calm = not of_task(task, Spot(start_s=item.rest_s, mode=task.modes[0].id), stage)
        signs = (1, -1) if stage.measure == "shift" else (1,)
        for sign in signs:
            told = cp.add(units * stage.unit_s >= after_s * sign)
            if not is_calm:
                told.only_enforce_if(item.is_dated)
        return units

    def _makespan(self, stage: Stage) -> cp_model.LinearExpr:
        code, found = self.code, weighed(self.problem, stage)
        items = [code.items[task.id] for task, _ in found if task.id in code.items]
        ends = [item.last_s + mode.duration_s for item in items for mode, _ in item.modes]
        most = -(-max(0, max(ends, default=0) - self.problem.now_s) // stage.unit_s)
        units = code.new_int(0, most, lambda plan: _makespan(self.problem, plan, stage))
        for item in items:
            for duration_s, literals in item.by(lambda mode: mode.duration_s).items():
                for literal in literals:
                    end_s = item.start * code.unit_s + (code.origin_s + duration_s - self.problem.now_s)
                    code.cp.add(units * stage.unit_s >= end_s).only_enforce_if(literal)
        return self._zero + units


def _makespan(problem: Problem, plan: Plan, stage: Stage) -> int:
    ends = [
        spot.start_s + problem.mode(task.id, spot).duration_s - problem.now_s
        for task, _ in weighed(problem, stage)
        if (spot := plan[task.id]) is not None
    ]
    return -(-max([0, *ends]) // stage.unit_s)


def _solver(limit: float, *, by_cores: bool) -> cp_model.CpSolver:
    """Return a solver that repeats itself.

    Measured on random stations of 200 tasks: linear relaxations, symmetries and probing cost far more than they bring;
    cores of unsatisfiable assumptions prove sums of changes, and plain search finds better plans where they do not.
    Levels written out pair by pair lose the hint, and with it minutes until there is a first plan of 1,000 tasks.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = _SEED
    solver.parameters.max_deterministic_time = limit
    solver.parameters.linearization_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.expand_reservoir_constraints = False
    solver.parameters.optimize_with_core = by_cores
    return solver
