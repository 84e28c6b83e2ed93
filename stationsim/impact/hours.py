"""Who gave time to what? Every stretch of work, with the attempt it belongs to and how that ended.

Preparation on the days before has no place in anybody's day; it is told in hours alone.
"""

from attrs import frozen

from stationsim.impact.fates import Attempt
from stationsim.impact.reading import Run
from stationsim.log.kinds import Kind
from stationsim.log.log import Row

__all__ = ["Prepared", "Work", "hours", "prepared"]

LOST = frozenset({"called_off", "terminated", "aborted", "failed"})


@frozen(kw_only=True)
class Work:
    """A person's time for an activity [s]; `is_lost` if that attempt was called off or ended early."""

    person: str
    activity: str
    role: str | None
    start_s: int
    until_s: int
    is_added: bool
    is_lost: bool

    @property
    def lasted_s(self) -> int:
        """Return the time given [s]."""
        return self.until_s - self.start_s


def hours(run: Run) -> list[Work]:
    """Return who worked on what, in the order of the log.

    The hours of a posture share the fate of the activity that demands it; where a belief demands it, they are added.
    """
    demanded = {row.subject: row.object for row in run.log if row.kind is Kind.DEMANDED}
    return [_work(run, row, demanded) for row in run.log if row.kind is Kind.WORKED]


def _work(run: Run, row: Row, demanded: dict[str, str | None]) -> Work:
    fate = run.fates.get(demanded.get(row.subject) or row.subject)
    attempt = _attempt_of(row, fate.attempts if fate else [])
    start_s = row.t_s if row.start_s is None else row.start_s
    return Work(
        person=row.object or "",
        activity=row.subject,
        role=row.text,
        start_s=start_s,
        until_s=row.t_s if row.until_s is None else row.until_s,
        is_added=demanded.get(row.subject, row.subject) is None if fate is None else fate.is_added,
        is_lost=attempt is not None and attempt.end in LOST,
    )


def _attempt_of(row: Row, attempts: list[Attempt]) -> Attempt | None:
    """Return the last attempt that began before a row: work is logged when an attempt ends."""
    return next((attempt for attempt in reversed(attempts) if attempt.seq < row.seq), None)


@frozen(kw_only=True)
class Prepared:
    """Time of people together for a part of an activity's preparation [s], said by row `seq`.

    It is done for the first time, done `again`, or `is_lost`: it perished.
    """

    activity: str
    part: str
    lasted_s: int
    seq: int
    again: bool
    is_lost: bool


def prepared(run: Run) -> list[Prepared]:
    """Return what preparation was done on the days before and what of it perished, in the order of the log."""
    found: list[Prepared] = []
    for row in run.log:
        if row.kind in (Kind.READIED, Kind.PERISHED):
            part = row.object or ""
            again = any((one.activity, one.part) == (row.subject, part) for one in found)
            found.append(
                Prepared(
                    activity=row.subject,
                    part=part,
                    lasted_s=int(row.value or 0),
                    seq=row.seq,
                    again=again and row.kind is Kind.READIED,
                    is_lost=row.kind is Kind.PERISHED,
                )
            )
    return found
