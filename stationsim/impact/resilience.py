"""How deep did the station fall, and when was it back? What it can do over time, before and after.

A capability is a number that is better when it is greater, constant between two events. Its *depth* is the most by
which the disrupted run is below the nominal one, its *area* what is missing over time (its unit times days), and it has
recovered when it is never below the nominal run again.

Source: the resilience triangle of M. Bruneau et al., "A framework to quantitatively assess and enhance the seismic
resilience of communities", Earthquake Spectra 19 (2003).
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from attrs import frozen

from stationsim.impact.cover import cover
from stationsim.impact.hours import hours
from stationsim.impact.reading import Reading, Run
from stationsim.impact.timeline import stays
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH

__all__ = ["CAPABILITIES", "SHARE", "Recovery", "Step", "recoveries", "steps"]

WEEK_S, DAY_S, HOUR_S = 7 * 86400, 86400, 3600
SHARE = "share"
"""Unit of a part of the whole, from 0 to 1."""
_IMPROVISED = 1
_LOST = {"failed", "unknown"}
"""States of a port in which nobody docks at it."""


class Step(NamedTuple):
    """A span [s] in which a capability has a value, in one run."""

    run: str
    capability: str
    start_s: int
    until_s: int
    value: float


@frozen(kw_only=True)
class Recovery:
    """What became of a capability.

    Attributes:
        capability: Its id.
        depth: The most by which the disrupted run is below the nominal one.
        deepest_s: When that is so for the first time [s]; None where it never is below.
        area: What is missing over time, in its unit times days.
        since_s: From when on it is below [s].
        back_s: When it is level again for good [s]; None where it still is below at the end, or never was.
    """

    capability: str
    depth: float = 0.0
    deepest_s: int | None = None
    area: float = 0.0
    since_s: int | None = None
    back_s: int | None = None

    @property
    def days(self) -> float | None:
        """How long it took from the first loss until it was level for good [d]."""
        return None if self.since_s is None or self.back_s is None else (self.back_s - self.since_s) / DAY_S


Points = dict[int, float]


def _sorties(run: Run, reading: Reading) -> Points:
    """Sorties flown to their end, so far."""
    ends = sorted(
        fate.attempts[-1].until_s or 0
        for fate in run.fates.values()
        if reading.has_effect(fate.subject, "outside") and fate.life == "done" and fate.attempts
    )
    return {0: 0.0} | {at_s: float(count) for count, at_s in enumerate(ends, start=1)}


def _free_ports(run: Run, reading: Reading) -> Points:
    """Ports that ships may use, that are free, and held to be sound by every centre."""
    horizon_s = reading.manifest.horizon_s
    ports = [str(port["id"]) for port in reading.manifest.ports if port.get("status") in {None, "free"}]
    taken: dict[str, list[tuple[int, int]]] = {port: [] for port in ports}
    for port, _, start_s, until_s in stays(run, horizon_s):
        taken.setdefault(port, []).append((start_s, until_s))  # a port of no use that a ship stands at counts as none
    for port, start_s, until_s in _unsound(run, ports, horizon_s):
        taken[port].append((start_s, until_s))
    edges = sorted({0, *(edge for spans in taken.values() for span in spans for edge in span)})
    return {
        edge: float(sum(not any(lo_s <= edge < hi_s for lo_s, hi_s in taken[port]) for port in ports))
        for edge in edges
        if edge < horizon_s
    }


def _unsound(run: Run, ports: list[str], horizon_s: int) -> Iterator[tuple[str, int, int]]:
    """Yield when a centre holds a port to be lost."""
    since: dict[tuple[str, str], int] = {}
    for row in run.log:
        if row.kind is not Kind.HEALTH_CHANGED or row.subject not in ports or row.view == TRUTH:
            continue
        key, is_lost = (row.subject, row.view or ""), (row.text or "") in _LOST
        if is_lost:
            since.setdefault(key, row.t_s)
        elif key in since:
            yield row.subject, since.pop(key), row.t_s
    yield from ((port, start_s, horizon_s) for (port, _), start_s in since.items())


def _seats(run: Run, reading: Reading) -> Points:
    """The part of those aboard who have a place in a certified ship: a seat, or an improvised one."""
    spans = cover(run, reading.manifest.horizon_s)
    found: Points = {}
    for edge in sorted({0, *(edge for span in spans for edge in (span.start_s, span.until_s))}):
        here = [span.level for span in spans if span.start_s <= edge < span.until_s]
        found[edge] = sum(level <= _IMPROVISED for level in here) / len(here) if here else 1.0
    return found


def _research(run: Run, reading: Reading) -> Points:
    """Crew-hours a week for planned work inside."""
    weeks: Points = dict.fromkeys(range(0, reading.manifest.horizon_s, WEEK_S), 0.0)
    for work in hours(run):
        is_inside = reading.fact(work.activity, "layer") == "work" and reading.has_effect(work.activity, "none")
        if work.is_added or work.is_lost or not is_inside:
            continue
        for week_s in range(work.start_s // WEEK_S * WEEK_S, work.until_s, WEEK_S):
            given_s = min(work.until_s, week_s + WEEK_S) - max(work.start_s, week_s)
            weeks[week_s] = weeks.get(week_s, 0.0) + given_s / HOUR_S
    return weeks


CAPABILITIES: dict[str, tuple[str, str, Callable[[Run, Reading], Points]]] = {
    "sorties": ("1", "sorties flown so far", _sorties),
    "free_ports": ("1", "ports that a ship could come to", _free_ports),
    "certified_places": (SHARE, "people aboard with a place in a certified ship", _seats),
    "work_inside": ("h", "crew-hours a week for planned work inside", _research),
}
"""Id -> unit, words, and how it is read from a log: the moments [s] from which on it has a value."""


def steps(reading: Reading) -> list[Step]:
    """Return what the station can do over time, in both runs; what is never anything in either run is left out."""
    found: list[Step] = []
    for capability, (_, _, read) in CAPABILITIES.items():
        both = [list(_spans(run, capability, read(run, reading), reading.manifest.horizon_s)) for run in reading.runs]
        if any(step.value for run in both for step in run):
            found += [step for run in both for step in run]
    return found


def _spans(run: Run, capability: str, points: Points, horizon_s: int) -> Iterator[Step]:
    """Yield the spans between the moments at which a value changes."""
    changes: list[tuple[int, float]] = []
    for at_s, value in sorted(points.items()):
        if at_s < horizon_s and (not changes or changes[-1][1] != value):
            changes.append((at_s, value))
    for (start_s, value), (until_s, _) in pairwise([*changes, (horizon_s, 0.0)]):
        yield Step(run.name, capability, start_s, until_s, value)


def recoveries(found: Iterable[Step]) -> list[Recovery]:
    """Return for each capability how deep it fell against the nominal run, how much in all, and when it was back."""
    by_name: dict[str, tuple[list[Step], list[Step]]] = {}
    for step in found:
        nominal, disrupted = by_name.setdefault(step.capability, ([], []))
        (nominal if step.run == "nominal" else disrupted).append(step)
    return [_recovery(name, nominal, disrupted) for name, (nominal, disrupted) in by_name.items()]


def _recovery(name: str, nominal: list[Step], disrupted: list[Step]) -> Recovery:
    edges = sorted({edge for step in (*nominal, *disrupted) for edge in (step.start_s, step.until_s)})
    missing = [
        (lo_s, hi_s, short)
        for lo_s, hi_s in pairwise(edges)
        if (short := _at(nominal, lo_s) - _at(disrupted, lo_s)) > 0
    ]
    if not missing:
        return Recovery(capability=name)
    depth = max(short for _, _, short in missing)
    last_s = missing[-1][1]
    return Recovery(
        capability=name,
        depth=depth,
        deepest_s=next(lo_s for lo_s, _, short in missing if short == depth),
        area=sum((hi_s - lo_s) * short for lo_s, hi_s, short in missing) / DAY_S,
        since_s=missing[0][0],
        back_s=None if last_s == edges[-1] else last_s,
    )


def _at(found: list[Step], at_s: int) -> float:
    return next((step.value for step in found if step.start_s <= at_s < step.until_s), 0.0)
