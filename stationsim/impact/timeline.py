"""What was where, and when? Spans of activities, of ships at ports, and of what each view held for true."""

from collections.abc import Iterable, Iterator

from stationsim.impact.fates import Attempt, Fate
from stationsim.impact.reading import Reading, Run
from stationsim.log.kinds import Kind
from stationsim.log.log import Row

__all__ = ["beliefs", "ports", "spans", "stays"]

Span = tuple[object, ...]

_WHAT = {Kind.HEALTH_CHANGED: ("health", "nominal"), Kind.STATUS_CHANGED: ("status", "certified")}
"""What such a row tells, and how things stand before the first one."""


def spans(reading: Reading, run: Run) -> Iterator[Span]:
    """Return the rows of table `spans`: every attempt, and the date of what is still ahead."""
    horizon_s = reading.manifest.horizon_s
    for fate in run.fates.values():
        head = (run.name, fate.subject, reading.kind(fate.subject), str(reading.fact(fate.subject, "layer") or "work"))
        for attempt in fate.attempts:
            if attempt.end != "open" or attempt.begun_s is not None:
                yield *head, *_attempted(attempt, horizon_s), attempt.number
        if fate.life == "ahead" and fate.start_s is not None:
            number = fate.open_attempt.number if fate.open_attempt else len(fate.attempts) + 1
            yield *head, "planned", fate.start_s, _planned_end_s(fate, fate.start_s), number


def stays(run: Run, horizon_s: int) -> list[tuple[str, str, int, int]]:
    """Return who was docked where: port, ship, from, until [s]; at the end of the run the stay is cut."""
    open_: dict[str, tuple[str, int]] = {}
    found: list[tuple[str, str, int, int]] = []
    for row in run.log:
        if row.kind in (Kind.DOCKED, Kind.UNDOCKED) and row.subject in open_:
            port, since_s = open_.pop(row.subject)
            found.append((port, row.subject, since_s, row.t_s))
        if row.kind is Kind.DOCKED:
            open_[row.subject] = (row.place or "", row.t_s)
    found += [(port, ship, since_s, horizon_s) for ship, (port, since_s) in open_.items()]
    return sorted((stay for stay in found if stay[2] < stay[3]), key=lambda stay: (stay[0], stay[2]))


def ports(run: Run, horizon_s: int) -> Iterator[Span]:
    """Return the rows of table `ports`."""
    return ((run.name, *stay) for stay in stays(run, horizon_s))


def beliefs(runs: Iterable[Run], horizon_s: int) -> Iterator[Span]:
    """Return the rows of table `beliefs`: what changed in either run, in both runs, from the start to the end."""
    told = {run.name: _told(run) for run in runs}
    keys = dict.fromkeys(key for of_run in told.values() for key in of_run)
    for name, of_run in told.items():
        for key in keys:
            subject, view, kind, _ = key
            for value, start_s, until_s in _held(_usual(key, told), of_run.get(key, []), horizon_s):
                yield name, subject, view, _WHAT[kind][0], value, start_s, until_s


_Key = tuple[str, str, Kind, str | None]


def _told(run: Run) -> dict[_Key, list[Row]]:
    found: dict[_Key, list[Row]] = {}
    for row in run.log:
        if row.kind in _WHAT:
            capability = row.object if row.kind is Kind.STATUS_CHANGED else None
            found.setdefault((row.subject, row.view or "", row.kind, capability), []).append(row)
    return found


def _usual(key: _Key, told: dict[str, dict[_Key, list[Row]]]) -> str | None:
    """Return the state before the first row; None where that row is what brings the usual state."""
    usual = _WHAT[key[2]][1]
    firsts = [rows[key][0] for rows in told.values() if key in rows]
    return usual if all(row.text != usual for row in firsts) else None


def _held(usual: str | None, rows: list[Row], horizon_s: int) -> Iterator[tuple[str, int, int]]:
    steps = [] if usual is None else [(usual, 0)]
    steps += [(row.text or "", row.t_s) for row in rows]
    ends = [t_s for _, t_s in steps[1:]] + [horizon_s]
    for (value, start_s), until_s in zip(steps, ends[: len(steps)], strict=True):
        if start_s < until_s:
            yield value, start_s, until_s


def _attempted(attempt: Attempt, horizon_s: int) -> tuple[str, int, int]:
    start_s = attempt.start_s if attempt.begun_s is None else attempt.begun_s
    if attempt.end == "open":
        return "under_way", start_s, horizon_s
    return attempt.end, start_s, attempt.until_s if attempt.until_s is not None else horizon_s


def _planned_end_s(fate: Fate, start_s: int) -> int:
    """Return the planned end of what is ahead; a hold may have shifted its start."""
    dates = fate.revision
    lasts_s = 0 if dates.start_s is None or dates.until_s is None else dates.until_s - dates.start_s
    return start_s + lasts_s
