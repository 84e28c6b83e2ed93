"""Which task is placed first? Orders in which none comes before what it follows."""

from collections.abc import Callable, Sequence
from heapq import heapify, heappop, heappush

from stationsim.planning.board import Node
from stationsim.planning.problem import Gap, Problem, Task

Key = tuple[int, ...]
Rule = Callable[[Node], Key]
"""The smaller, the earlier a task is placed."""


def ordered(listed: Sequence[Node], rule: Rule) -> list[Node]:
    """Return tasks in the order of a rule, each after those it follows; a circle is opened where the rule says."""
    waiting = {node.task.id: sum(_leads(gap) for gap, _ in node.before) for node in listed}
    keyed = [(*rule(node), number) for number, node in enumerate(listed)]
    numbers = {node.task.id: number for number, node in enumerate(listed)}
    ready = [key for key, node in zip(keyed, listed, strict=True) if not waiting[node.task.id]]
    heapify(ready)
    late = sorted(keyed, reverse=True) if len(ready) < len(listed) else []
    order: list[Node] = []
    done: set[int] = set()
    while len(order) < len(listed):
        number = heappop(ready)[-1] if ready else late.pop()[-1]
        if number in done:
            continue
        done.add(number)
        order.append(listed[number])
        for gap, then in listed[number].after:
            if _leads(gap):
                waiting[then.task.id] -= 1
                if not waiting[then.task.id]:
                    heappush(ready, keyed[numbers[then.task.id]])
    return order


def _leads(gap: Gap) -> bool:
    """Tell whether a gap orders its two tasks in time, or in having a date."""
    return gap.needs_first or (gap.min_s is not None and gap.min_s >= 0)


def rules(problem: Problem) -> tuple[Rule, ...]:
    """Return the orders to try: one by priority and wish, or several for a short makespan."""
    measures = [stage.measure for stage in problem.objective]
    if measures[:1] != ["makespan"] and measures[:2] != ["undated", "makespan"]:
        return (_by_priority(problem),)
    latest = _latest_starts(problem)
    return (_by_latest_finish(latest), _by_latest_start(latest), _by_followers(problem, latest))


def _by_priority(problem: Problem) -> Rule:
    """Order by priority (a task is as urgent as what follows it), those that can keep their wish, wish, id."""
    urgent = _inherited(problem)
    rank = {id_: number for number, id_ in enumerate(sorted(urgent))}

    def rule(node: Node) -> Key:
        task = node.task
        wish_s = task.wish_s if task.wish_s is not None else _from(problem, task)
        return urgent[task.id], node.wished is None, wish_s, rank[task.id]

    return rule


def _from(problem: Problem, task: Task) -> int:
    return max(problem.now_s, task.release_s or problem.now_s, task.earliest_s or problem.now_s)


def _inherited(problem: Problem) -> dict[str, int]:
    """Return priorities by task, none less urgent than that of a follower."""
    if not problem.gaps:
        return {task.id: task.priority for task in problem.tasks}
    firsts: dict[str, list[str]] = {}
    for gap in problem.gaps:
        if _leads(gap):
            firsts.setdefault(gap.then, []).append(gap.first)
    found: dict[str, int] = {}
    for task in sorted(problem.tasks, key=lambda task: task.priority):
        open_ = [task.id]
        while open_:
            id_ = open_.pop()
            if id_ not in found:
                found[id_] = task.priority
                open_ += firsts.get(id_, [])
    return found


def _latest_starts(problem: Problem) -> dict[str, int]:
    """Return the latest start of each task in its shortest mode that leaves time for all that follows [s]."""
    due = ((task, problem.until_s if task.due_s is None else task.due_s) for task in problem.tasks)
    found = {task.id: due_s - _short_s(task) for task, due_s in due}
    gaps = [
        (gap, gap.min_s + (_short_s(problem.by_id[gap.first]) if gap.from_end else 0))
        for gap in reversed(problem.gaps)
        if gap.min_s is not None and gap.min_s >= 0
    ]
    for _ in problem.tasks:
        late = [(gap.first, found[gap.then] - apart_s) for gap, apart_s in gaps]
        if all(found[first] <= start_s for first, start_s in late):
            break
        for gap, apart_s in gaps:
            found[gap.first] = min(found[gap.first], found[gap.then] - apart_s)
    return found


def _short_s(task: Task) -> int:
    return min(mode.duration_s for mode in task.modes)


def _by_latest_start(latest: dict[str, int]) -> Rule:
    return lambda node: (latest[node.task.id], node.task.priority)


def _by_latest_finish(latest: dict[str, int]) -> Rule:
    return lambda node: (latest[node.task.id] + _short_s(node.task), node.task.priority)


def _by_followers(problem: Problem, latest: dict[str, int]) -> Rule:
    count: dict[str, int] = {}
    for gap in problem.gaps:
        count[gap.first] = count.get(gap.first, 0) + 1
    return lambda node: (latest[node.task.id], -count.get(node.task.id, 0), node.task.priority)
