"""What became of each activity in one log? Its last date, its attempts, how it stands at the end of the run."""

from collections.abc import Callable
from typing import Self

from attrs import Factory, define, evolve, frozen

from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row

__all__ = ["Attempt", "Fate", "Revision", "fates"]

_COMING = frozenset({Kind.PLANNED, Kind.ADDED, Kind.INSERTED})
"""Kinds with which the life of an activity begins."""

DATING = _COMING | {Kind.MOVED, Kind.REASSIGNED, Kind.UNDATED, Kind.FILLED, Kind.GIVEN_UP}
"""Kinds that give an activity a date, people, a ship and a port, or take them away."""

_CHANGING = DATING - {Kind.PLANNED}
DECISIVE = _CHANGING | {
    Kind.HELD, Kind.RELEASED, Kind.CALLED_OFF, Kind.TERMINATED, Kind.ABORTED, Kind.FAILED, Kind.PAUSED,
    Kind.ATTACHED, Kind.DETACHED, Kind.AMENDED,
}  # fmt: skip
"""Kinds that make an activity differ from its plan."""

_BROKEN = {Kind.TERMINATED: "terminated", Kind.ABORTED: "aborted", Kind.FAILED: "failed"}


@frozen(kw_only=True)
class Revision:
    """An activity as the plan has it: when, who, with what."""

    start_s: int | None = None
    until_s: int | None = None
    before_s: int = 0
    after_s: int = 0
    people: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    ship: str | None = None
    port: str | None = None
    uses: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()

    @property
    def work_s(self) -> int:
        """Time of all people together, with preparation and clean-up [s]; 0 without a date."""
        if self.start_s is None or self.until_s is None:
            return 0
        return len(self.people) * (self.before_s + self.until_s - self.start_s + self.after_s)


@define
class Attempt:
    """One try at an activity: from its preparation to its end; `end` is `open` while it lasts."""

    number: int
    seq: int
    start_s: int
    begun_s: int | None = None
    until_s: int | None = None
    end: str = "open"
    end_s: int | None = None
    rule: str | None = None


@define
class Fate:
    """The life of an activity in one log.

    `life` is `ahead`, `under_way`, `done`, `terminated`, `aborted`, `failed`, `undated` or `given_up`; `decisive` are
    the rows that made it differ from its plan; it paused for `paused_s`, since `pause_s` if it does now. `amended`
    holds what decisions made of its record: by the key of the scenario file, what stood there first and what does now.
    """

    subject: str
    is_added: bool
    life: str = "undated"
    start_s: int | None = None
    revision: Revision = Revision()
    attempts: list[Attempt] = Factory(list)
    decisive: list[Row] = Factory(list)
    paused_s: int = 0
    pause_s: int | None = None
    planned_seq: int = 0
    amended: dict[str, tuple[str, str]] = Factory(dict)

    @classmethod
    def of(cls, row: Row) -> Self:
        """Return the life that begins with this row."""
        return cls(subject=row.subject, is_added=row.kind is not Kind.PLANNED, planned_seq=row.seq)

    @property
    def is_taken_up(self) -> bool:
        """Tell whether work of the task list had a date at any time."""
        return any(row.kind is Kind.FILLED for row in self.decisive)

    @property
    def open_attempt(self) -> Attempt | None:
        """Return the attempt that is going on."""
        return self.attempts[-1] if self.attempts and self.attempts[-1].end == "open" else None


def fates(log: Log, until_s: int | None = None) -> dict[str, Fate]:
    """Return the life of every activity, up to a second [s] or to the end, in the order in which they were planned."""
    found: dict[str, Fate] = {}
    for row in log:
        if until_s is not None and row.t_s > until_s:
            break
        if row.kind in _COMING and row.subject not in found:
            found[row.subject] = Fate.of(row)
        fate = found.get(row.subject)
        if fate is not None:
            _follow(fate, row, log)
    return found


def _follow(fate: Fate, row: Row, log: Log) -> None:
    if row.kind in DECISIVE:
        fate.decisive.append(row)
    if row.kind is Kind.INSERTED:
        # its start is the date from which on it is wanted: it has none of its own yet
        _date(fate, row._replace(start_s=None), log)
    elif row.kind in DATING:
        _date(fate, row, log)
    elif row.kind is Kind.AMENDED:
        _amend(fate, row, log)
    elif row.kind in _ON_THE_WAY:
        _ON_THE_WAY[row.kind](fate, row)
    elif row.kind is Kind.STARTED:
        _attempt(fate, row).begun_s = row.t_s
        fate.life, fate.start_s = "under_way", row.t_s
    elif row.kind is Kind.FINISHED:
        _end(fate, row, "done")
        fate.life = "done"
    elif row.kind is Kind.CALLED_OFF:
        _end(fate, row, "called_off")
        fate.life = "ahead"
    elif row.kind in _BROKEN:
        _end(fate, row, _BROKEN[row.kind])
        fate.life = _BROKEN[row.kind]


def _date(fate: Fate, row: Row, log: Log) -> None:
    fate.revision = _revision(fate.revision, row, log)
    if row.kind is Kind.GIVEN_UP and fate.life != _BROKEN[Kind.FAILED]:
        fate.life, fate.start_s = "given_up", None
    elif row.start_s is not None:
        fate.life, fate.start_s = "ahead", row.start_s
    elif fate.life not in _BROKEN.values():
        # a sortie that was ended early stays so, even if what is left of it waits for a date
        fate.life, fate.start_s = "undated", None


def _revision(earlier: Revision, row: Row, log: Log) -> Revision:
    for record in log.attached("revisions", row.seq):
        _, _, start_s, until_s, before_s, after_s, people, roles, ship, port, uses, tasks, _ = record
        return Revision(
            start_s=row.start_s,
            until_s=row.until_s if until_s is None or start_s is None else int(str(until_s)),
            before_s=int(str(before_s or 0)),
            after_s=int(str(after_s or 0)),
            people=_ids(people),
            roles=_ids(roles),
            ship=None if ship is None else str(ship),
            port=None if port is None else str(port),
            uses=_ids(uses),
            # what lost all its tasks would be given up: no tasks in a row means that they are as they were
            tasks=_ids(tasks) or earlier.tasks,
        )
    return Revision(
        start_s=row.start_s, until_s=row.until_s, before_s=earlier.before_s, after_s=earlier.after_s,
        people=earlier.people, roles=earlier.roles, ship=earlier.ship, port=earlier.port, uses=earlier.uses,
        tasks=earlier.tasks,
    )  # fmt: skip


def _amend(fate: Fate, row: Row, log: Log) -> None:
    """Note what a decision makes of the record of an activity."""
    for _, _, key, was, now in log.attached("amendments", row.seq):
        first = fate.amended.get(str(key), (str(was or ""), ""))[0]
        fate.amended[str(key)] = first, str(now or "")
        if key == "port":
            fate.revision = evolve(fate.revision, port=None if now is None else str(now))


def _ids(text: object) -> tuple[str, ...]:
    return tuple(part for part in str(text or "").split(",") if part)


def _task(fate: Fate, row: Row) -> None:
    """Add a task to an activity, or take one away."""
    name = row.text or ""
    others = tuple(task for task in fate.revision.tasks if task != name)
    fate.revision = evolve(fate.revision, tasks=(*others, name) if row.kind is Kind.ATTACHED else others)


def _pause(fate: Fate, row: Row) -> None:
    """Begin a pause, or count the one that is over."""
    if fate.pause_s is not None:
        fate.paused_s, fate.pause_s = fate.paused_s + row.t_s - fate.pause_s, None
    if row.kind is Kind.PAUSED:
        fate.pause_s = row.t_s


def _attempt(fate: Fate, row: Row) -> Attempt:
    if fate.open_attempt is None:
        fate.attempts.append(Attempt(number=len(fate.attempts) + 1, seq=row.seq, start_s=row.t_s))
    return fate.attempts[-1]


def _release(fate: Fate, row: Row) -> None:
    fate.start_s = fate.start_s if row.start_s is None else row.start_s


_ON_THE_WAY: dict[Kind, Callable[[Fate, Row], object]] = {
    Kind.PREPARED: _attempt,
    Kind.HELD: _attempt,
    Kind.RELEASED: _release,
    Kind.ATTACHED: _task,
    Kind.DETACHED: _task,
    Kind.PAUSED: _pause,
    Kind.RESUMED: _pause,
}
"""What happens to an activity between its begin and its end, or to its tasks."""


def _end(fate: Fate, row: Row, end: str) -> None:
    attempt = _attempt(fate, row)
    _pause(fate, row)
    attempt.end, attempt.end_s, attempt.rule = end, row.t_s, row.rule
    attempt.until_s = row.t_s if row.until_s is None else max(row.t_s, row.until_s)
