"""Which hatches were open, and where was everybody? Spans over time, from the rows that changed them."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from stationsim.log.kinds import Kind
from stationsim.log.log import Log

__all__ = ["ABOARD", "AWAY", "SHIP_HATCH", "hatches", "whereabouts"]

ABOARD, AWAY = "aboard", "away"
SHIP_HATCH = "/hatch"
"""The hatch of a docked ship is `<ship>/hatch`."""

Span = tuple[str, str, int, int]
_Step = tuple[int, str | None]


def hatches(log: Log, horizon_s: int) -> Iterator[Span]:
    """Return (hatch, `open` or `closed`, from, until [s]), hatch by hatch; that of a ship ends when the ship leaves."""
    steps: dict[str, list[_Step]] = {}
    for row in log:
        if row.kind in (Kind.OPENED, Kind.CLOSED):
            steps.setdefault(row.subject, []).append((row.t_s, "open" if row.kind is Kind.OPENED else "closed"))
        elif row.kind is Kind.UNDOCKED and row.subject + SHIP_HATCH in steps:
            steps[row.subject + SHIP_HATCH].append((row.t_s, None))
    for hatch, found in steps.items():
        yield from _spans(hatch, found, horizon_s)


def whereabouts(log: Log, horizon_s: int) -> Iterator[Span]:
    """Return (person, place, from, until [s]), person by person.

    The place is `aboard`, `away`, or the ship or volume in which they shelter: they are back aboard when they went
    back, and when the hatch of that ship opens.
    """
    steps: dict[str, list[_Step]] = {}
    refuge: dict[str, str] = {}
    for row in log:
        if row.kind is Kind.BOARDED:
            steps.setdefault(row.subject, [] if row.t_s == 0 else [(0, AWAY)]).append((row.t_s, ABOARD))
        elif row.kind is Kind.LEFT:
            steps.setdefault(row.subject, [(0, ABOARD)]).append((row.t_s, AWAY))
            refuge.pop(row.subject, None)
        elif row.kind is Kind.SHELTERED:
            refuge[row.subject] = row.object or ABOARD
            there_s = row.t_s if row.until_s is None else row.until_s
            steps.setdefault(row.subject, [(0, ABOARD)]).append((there_s, refuge[row.subject]))
        elif row.kind is Kind.WENT_BACK:
            steps.setdefault(row.subject, [(0, ABOARD)]).append((row.t_s, ABOARD))
            refuge.pop(row.subject, None)
        elif row.kind is Kind.OPENED and row.subject.endswith(SHIP_HATCH):
            ship = row.subject.removesuffix(SHIP_HATCH)
            for person in [person for person, place in refuge.items() if place == ship]:
                del refuge[person]
                steps[person].append((row.t_s, ABOARD))
    for person, found in steps.items():
        yield from _spans(person, found, horizon_s)


def _spans(subject: str, steps: Iterable[_Step], horizon_s: int) -> Iterator[Span]:
    """Return the spans between steps, those of one state joined; a step to None ends without another."""
    joined: list[_Step] = []
    for t_s, state in sorted(steps, key=lambda step: step[0]):
        while joined and joined[-1][0] == t_s:
            joined.pop()
        if not joined or joined[-1][1] != state:
            joined.append((t_s, state))
    for (start_s, state), (until_s, _) in pairwise([*joined, (horizon_s, None)]):
        if state is not None and start_s < until_s:
            yield subject, state, start_s, min(until_s, horizon_s)
