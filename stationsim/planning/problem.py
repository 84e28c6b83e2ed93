"""What is to be planned? Tasks in modes, what holds between them, and what a better plan is; nothing of a station.

Every time is an integer number of seconds on one clock, within 10**14 s of 0; every interval is half-open. The plan in
which no task has a date keeps every constraint below, so a planner always has an answer; which tasks must have a date
is `is_optional`.

The form is the multi-mode resource-constrained project scheduling problem with optional tasks, time windows and
cumulative levels (Hartmann and Briskorn, European Journal of Operational Research 297, 2022, 1-14).
"""

from collections.abc import Hashable, Mapping
from functools import cached_property

from attrs import field, frozen

from stationsim.planning import wellformed

DAY_S = 86400
MEASURES = ("undated", "delay", "shift", "changed", "cost", "makespan")
"""What a stage may measure; see `Stage`."""

Pairs = tuple[tuple[str, int], ...]


def _pairs(given: Mapping[str, int] | Pairs) -> Pairs:
    """Turn a mapping into pairs, in its own order; whatever else is none is refused by the problem that holds it."""
    return tuple(given.items()) if isinstance(given, Mapping) else given


@frozen(kw_only=True)
class Ban:
    """Starts in [lo_s, hi_s) are forbidden; None is unbounded. `reason` is the rule or whatever the caller knows it by.

    Attributes:
        lo_s: First forbidden start [s].
        hi_s: First start after it that is not forbidden by it [s].
        reason: Known to the caller only; bans of one reason are one group in `conflict`.
    """

    lo_s: int | None
    hi_s: int | None
    reason: Hashable = ""


@frozen(kw_only=True)
class Shift:
    """A change of a level by `delta`, when the task starts or when its duration is over (`at` is start or end)."""

    level: str
    delta: int
    at: str = "start"


@frozen(kw_only=True)
class Mode:
    """A way to do a task. It occupies what it uses and needs in [start - before_s, start + duration_s + after_s).

    Attributes:
        id: Name, unique within the task.
        duration_s: How long it takes [s], >= 0.
        before_s: Preparation before the start [s], >= 0.
        after_s: What follows the end [s], >= 0.
        forbidden: Windows of forbidden starts.
        uses: Resources taken whole, whatever their capacity.
        needs: (resource, amount), amount >= 1 [units of the resource]; a mapping is taken too.
        hours: (budget, seconds), charged whole to the day on which the task starts [s]; a mapping is taken too.
        shifts: What it does to levels.
        cost: How much less it is wished than the wished mode, whose cost is 0; >= 0.
        earliest_s: First start in this mode [s], also of a start that is kept (a change of port has its own lead).
    """

    id: str = ""
    duration_s: int
    before_s: int = 0
    after_s: int = 0
    forbidden: tuple[Ban, ...] = ()
    uses: tuple[str, ...] = ()
    needs: Pairs = field(default=(), converter=_pairs)
    hours: Pairs = field(default=(), converter=_pairs)
    shifts: tuple[Shift, ...] = ()
    cost: int = 0
    earliest_s: int | None = None


@frozen(kw_only=True)
class Spot:
    """A start [s] in a mode."""

    start_s: int
    mode: str = ""


@frozen(kw_only=True)
class Task:
    """Something to be dated. The first of its modes is the wished one.

    A start is allowed in a mode if it lies in the problem's [now_s, until_s), not before `release_s` nor the mode's
    `earliest_s`, ends by `due_s`, lies in no ban, and is either kept (`wish_s` or one of `kept`) or new: from
    `earliest_s` to `latest_s` and one of `starts`, or on the grid where there are none. A `frozen` task is allowed
    there alone; of the above only the bans of the mode hold for it.

    Attributes:
        id: Name, unique within the problem.
        modes: At least one.
        wish_s: The wished start [s]; None if any is as good.
        kept: Further starts that remain allowed though they are not on the grid or before `earliest_s`, rising [s].
        priority: 1 goes first.
        weight: What its date and its delay weigh, >= 0.
        is_optional: May stay without a date. Any other without one counts first of all, before every stage.
        release_s: No start before it [s].
        due_s: No end (start + duration) after it [s].
        earliest_s: No new start before it [s], the lead.
        latest_s: No new start after it [s].
        starts: The new starts, rising [s]; None for the grid.
        step_s: Distance of the grid's starts [s], >= 1.
        offset_s: One start of the grid [s].
        frozen: The only start and mode it may have.
    """

    id: str
    modes: tuple[Mode, ...]
    wish_s: int | None = None
    kept: tuple[int, ...] = ()
    priority: int = 1
    weight: int = 1
    is_optional: bool = False
    release_s: int | None = None
    due_s: int | None = None
    earliest_s: int | None = None
    latest_s: int | None = None
    starts: tuple[int, ...] | None = None
    step_s: int = 1
    offset_s: int = 0
    frozen: Spot | None = None


@frozen(kw_only=True)
class Resource:
    """Something of which never more than `capacity` is occupied at a time [units]; 1 for a person, a port, an arm."""

    id: str
    capacity: int = 1
    reason: Hashable = ""


@frozen(kw_only=True)
class Budget:
    """Seconds that tasks may charge per day, to the day on which they start.

    Attributes:
        id: Name.
        capacity_s: What one day holds [s].
        day_s: Length of a day [s].
        offset_s: A moment at which a day begins [s].
        reason: As in `Ban`.
    """

    id: str
    capacity_s: int
    day_s: int = DAY_S
    offset_s: int = 0
    reason: Hashable = ""


@frozen(kw_only=True)
class Level:
    """A counter that is never outside [least, most] from `now_s` on, once everything of one second has happened.

    Attributes:
        id: Name.
        initial: Value at `now_s`, within the bounds; what shifted it before `now_s` is in it already.
        least: Lower bound; None for none.
        most: Upper bound; None for none.
        reason: As in `Ban`.
    """

    id: str
    initial: int
    least: int | None = None
    most: int | None = None
    reason: Hashable = ""


@frozen(kw_only=True)
class Gap:
    """From `first` to `then` it takes at least `min_s` and at most `max_s`, if both have a date.

    Attributes:
        first: A task.
        then: Another task.
        min_s: Least difference of starts [s]; None for none.
        max_s: Largest difference of starts [s]; None for none.
        from_end: Counted from the end (start + duration) of `first` instead of its start.
        needs_first: Without a date of `first` there is none of `then`.
        reason: As in `Ban`.
    """

    first: str
    then: str
    min_s: int | None = None
    max_s: int | None = None
    from_end: bool = False
    needs_first: bool = True
    reason: Hashable = ""


@frozen(kw_only=True)
class Separation:
    """start_a - start_b may not lie in the open interval (lo_s, hi_s) [s]; None is unbounded. In two modes, or in any.

    Attributes:
        a: A task.
        b: Another task.
        lo_s: Lower end [s].
        hi_s: Upper end [s].
        mode_a: The mode of `a` for which it holds; None for every one.
        mode_b: The mode of `b` for which it holds; None for every one.
        reason: As in `Ban`.
    """

    a: str
    b: str
    lo_s: int | None
    hi_s: int | None
    mode_a: str | None = None
    mode_b: str | None = None
    reason: Hashable = ""


@frozen(kw_only=True)
class Stage:
    """One number to be made small, after those of all stages before it.

    | measure  | what it adds up |
    |----------|-----------------|
    | undated  | weight of each task without a date |
    | delay    | weight x started units of `unit_s` by which a task starts after its wish |
    | shift    | the same, after or before its wish |
    | changed  | 1 for each task with a wish that does not start there in its first mode |
    | cost     | cost of each mode |
    | makespan | started units of `unit_s` from `now_s` to the last end; no sum and no weight |

    Attributes:
        measure: One of `MEASURES`.
        unit_s: What a delay is counted in [s], e.g. a day.
        upto: Only tasks of this priority or a more urgent one; None for all.
        weights: (task, weight): only these tasks, with this factor instead of the one above; a mapping is taken too.
        name: Shown name; the measure if it is empty.
    """

    measure: str
    unit_s: int = 1
    upto: int | None = None
    weights: Pairs = field(default=(), converter=_pairs)
    name: str = ""

    @property
    def title(self) -> str:
        """Name to show."""
        return self.name or self.measure


@frozen(kw_only=True, slots=False, eq=False)
class Problem:
    """Tasks, what holds for and between them, and what is better. Starts lie in [now_s, until_s) [s].

    Raises:
        ScenarioError: Something names what is not there, or a value is outside of what is allowed.
    """

    now_s: int
    until_s: int
    tasks: tuple[Task, ...]
    resources: tuple[Resource, ...] = ()
    budgets: tuple[Budget, ...] = ()
    levels: tuple[Level, ...] = ()
    gaps: tuple[Gap, ...] = ()
    separations: tuple[Separation, ...] = ()
    objective: tuple[Stage, ...] = (Stage(measure="undated"), Stage(measure="delay"))

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be meant."""
        wellformed.check(self)

    @cached_property
    def by_id(self) -> dict[str, Task]:
        """Tasks by id."""
        return {task.id: task for task in self.tasks}

    def mode(self, task: str, spot: Spot) -> Mode:
        """Return the mode of a spot."""
        return next(mode for mode in self.by_id[task].modes if mode.id == spot.mode)


@frozen(kw_only=True, slots=False, hash=True)
class Plan:
    """A spot per task, None for no date; in the order of the problem's tasks."""

    spots: tuple[tuple[str, Spot | None], ...]

    @cached_property
    def by_id(self) -> dict[str, Spot | None]:
        """Spots by task."""
        return dict(self.spots)

    def __getitem__(self, task: str) -> Spot | None:
        return self.by_id[task]

    @property
    def undated(self) -> tuple[str, ...]:
        """Tasks without a date."""
        return tuple(task for task, spot in self.spots if spot is None)


def plan_of(problem: Problem, spots: Mapping[str, Spot | None]) -> Plan:
    """Return the plan with these spots; a task that is not among them has no date."""
    return Plan(spots=tuple((task.id, spots.get(task.id)) for task in problem.tasks))


def cost(problem: Problem, plan: Plan) -> tuple[int, ...]:
    """Return what a plan costs, from its spots alone.

    Returns:
        First the number of tasks that must have a date and have none, then one value per stage; smaller is better,
        compared from the left.
    """
    missing = sum(1 for task in problem.tasks if plan[task.id] is None and not task.is_optional)
    return (missing, *(_measure(problem, plan, stage) for stage in problem.objective))


def weighed(problem: Problem, stage: Stage) -> tuple[tuple[Task, int], ...]:
    """Return the tasks that a stage looks at, each with its factor."""
    unit = stage.measure not in ("undated", "delay", "shift")
    own = dict(stage.weights)
    return tuple(
        (task, own.get(task.id, 1 if unit else task.weight))
        for task in problem.tasks
        if (stage.upto is None or task.priority <= stage.upto) and (not own or task.id in own)
    )


def _measure(problem: Problem, plan: Plan, stage: Stage) -> int:
    tasks = weighed(problem, stage)
    if stage.measure == "makespan":
        ends = [_end_s(problem, task.id, plan) - problem.now_s for task, _ in tasks if plan[task.id] is not None]
        return -(-max([0, *ends]) // stage.unit_s)
    return sum(weight * of_task(task, plan[task.id], stage) for task, weight in tasks)


def _end_s(problem: Problem, task: str, plan: Plan) -> int:
    spot = plan[task]
    return 0 if spot is None else spot.start_s + problem.mode(task, spot).duration_s


def of_task(task: Task, spot: Spot | None, stage: Stage) -> int:
    """Return what one task in a spot adds to a stage other than makespan, before its factor."""
    if stage.measure == "undated":
        return int(spot is None)
    if stage.measure == "changed":
        return int(task.wish_s is not None and spot != Spot(start_s=task.wish_s, mode=task.modes[0].id))
    if spot is None:
        return 0
    if stage.measure == "cost":
        return next(mode.cost for mode in task.modes if mode.id == spot.mode)
    late_s = 0 if task.wish_s is None else spot.start_s - task.wish_s
    late_s = abs(late_s) if stage.measure == "shift" else max(0, late_s)
    return -(-late_s // stage.unit_s)
