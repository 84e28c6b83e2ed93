"""How does an activity stand in the log? The rows of `revisions`, `blocks`, `replaced`, column by column."""

from collections.abc import Collection

from stationsim.planning.revision import Change
from stationsim.planning.windows import Window
from stationsim.scenario.model import Activity
from stationsim.station.act import Act


def revision_row(
    act: Act, activity: Activity, start_s: int | None, cast: tuple[tuple[str, str], ...]
) -> tuple[object, ...]:
    """Return the row that says when and with whom an activity stands in the plan, without its `seq`.

    Args:
        act: The activity as it is: its length, ship, port and places.
        activity: Its record: tasks and priority.
        start_s: Its start [s]; None without a date.
        cast: Who takes part, as (person, role).
    """
    return (
        act.id,
        start_s,
        None if start_s is None else start_s + act.duration_s,
        act.before_s,
        act.after_s,
        ",".join(person for person, _ in cast),
        ",".join(role for _, role in cast),
        act.ship,
        act.port,
        ",".join(act.uses),
        ",".join(task.id for task in activity.tasks),
        activity.priority,
    )


def block_rows(id_: str, windows: Collection[Window], binding: Collection[Window]) -> list[tuple[object, ...]]:
    """Return the rows that say which windows were in the way of an activity and which decided, without their `seq`."""
    return [
        (
            id_,
            w.block.lo_s,
            w.block.hi_s,
            w.block.mode,
            w.block.rule,
            w.block.severity,
            w.block.reason,
            w.block.cause,
            int(w in binding),
        )
        for w in windows
    ]


def replaced_rows(change: Change) -> list[tuple[object, ...]]:
    """Return the rows that say who was to take part and what keeps them from it, without their `seq`."""
    blocks = ((person, window.block) for person, window in change.replaced)
    return [(change.id, person, block.rule, block.reason, block.cause) for person, block in blocks]
