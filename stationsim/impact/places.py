"""Which hatches were open, and where was everybody? Spans over time, from the rows that changed them.

Of a person three things are told at once, and the first that holds is shown: where they shelter, whether their activity
takes them outside or to a place, and whether they are on the ground, in flight, aboard or gone home.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row

__all__ = [
    "ABOARD",
    "CAUGHT",
    "FLIGHT",
    "GROUND",
    "HOME",
    "OUTSIDE",
    "SHELTERED",
    "SHIP_HATCH",
    "Stay",
    "hatches",
    "whereabouts",
]

GROUND, FLIGHT, ABOARD, OUTSIDE, HOME = "ground", "flight", "aboard", "outside", "home"
SHELTERED, CAUGHT = "sheltered", "caught"
"""States of a person; `home` is who left for good, from the undocking on, `caught` who was in no ship when the air was
lost."""
SHIP_HATCH = "/hatch"
"""The hatch of a docked ship is `<ship>/hatch`."""

_EV = "ev"
"""Roles that begin so (EV, EV1, EV2) are outside, where the record of an activity has no `outside`, as older runs."""

Records = Mapping[str, Mapping[str, object]]
Span = tuple[str, str, int, int]
_Step = tuple[int, str | None]
_Doing = tuple[int, int, str, str | None, str]


class Stay(NamedTuple):
    """A span [s] in which a person is in one state; at a place and an activity, where the log tells."""

    person: str
    state: str
    place: str | None
    activity: str | None
    start_s: int
    until_s: int


def hatches(log: Log, horizon_s: int) -> Iterator[Span]:
    """Return (hatch, `open` or `closed`, from, until [s]), hatch by hatch; that of a ship ends when the ship leaves."""
    steps: dict[str, list[_Step]] = {}
    for row in log:
        if row.kind in (Kind.OPENED, Kind.CLOSED):
            steps.setdefault(row.subject, []).append((row.t_s, "open" if row.kind is Kind.OPENED else "closed"))
        elif row.kind is Kind.UNDOCKED and row.subject + SHIP_HATCH in steps:
            steps[row.subject + SHIP_HATCH].append((row.t_s, None))
    for hatch, found in steps.items():
        for state, start_s, until_s in _spans(found, horizon_s):
            yield hatch, state, start_s, until_s


def whereabouts(log: Log, horizon_s: int, activities: Records | None = None) -> Iterator[Stay]:
    """Return where everybody is, person by person, from the start to the end.

    The place is the ship in which they fly, or the ship or volume in which they shelter or work; the activity is the
    sortie or response that they are at. They are out of a shelter when they went back, and when its ship's hatch opens.

    Args:
        log: The log.
        horizon_s: End of the run [s].
        activities: Records of the manifest: `effect`; `outside`, the roles that go outside (none: all); `place`, where
            people work.
    """
    courses, refuges = _courses(log), _refuges(log)
    doings = _doings(log, horizon_s, activities or {})
    for person in dict.fromkeys((*courses, *refuges, *doings)):
        course, sheltered = (list(_spans(steps.get(person, []), horizon_s)) for steps in (courses, refuges))
        yield from _joined(person, course, sheltered, doings.get(person, []), horizon_s)


def _courses(log: Log) -> dict[str, list[_Step]]:
    """Return when each person is on the ground, in flight (`flight:<ship>`), aboard or gone home."""
    steps: dict[str, list[_Step]] = {}
    launched: dict[str, int] = {}
    for row in log:
        if row.kind is Kind.LAUNCHED:
            launched[row.subject] = row.t_s
        elif row.kind is Kind.BOARDED and row.t_s == 0:
            steps[row.subject] = [(0, ABOARD)]
        elif row.kind is Kind.BOARDED:
            flown_s = launched.get(row.object or "", row.t_s)
            steps.setdefault(row.subject, [(0, GROUND)]).extend(
                [(flown_s, f"{FLIGHT}:{row.object}"), (row.t_s, ABOARD)]
            )
        elif row.kind is Kind.LEFT:
            steps.setdefault(row.subject, [(0, ABOARD)]).append((row.t_s, HOME))
    return steps


def _refuges(log: Log) -> dict[str, list[_Step]]:
    """Return when each person shelters where; None for out of the shelter."""
    steps: dict[str, list[_Step]] = {}
    refuge: dict[str, str] = {}
    for row in log:
        if row.kind is Kind.SHELTERED and row.object is not None:
            refuge[row.subject] = row.object
            there_s = row.t_s if row.until_s is None else row.until_s
            steps.setdefault(row.subject, []).append((there_s, row.object))
        elif row.kind is Kind.CAUGHT:
            refuge[row.subject] = CAUGHT
            steps.setdefault(row.subject, []).append((row.t_s, CAUGHT))
        elif row.kind in (Kind.LEFT, Kind.WENT_BACK) and row.subject in refuge:
            steps[row.subject].append((row.t_s, None))
            del refuge[row.subject]
        elif row.kind is Kind.OPENED and row.subject.endswith(SHIP_HATCH):
            ship = row.subject.removesuffix(SHIP_HATCH)
            for person in [person for person, place in refuge.items() if place == ship]:
                del refuge[person]
                steps[person].append((row.t_s, None))
    return steps


def _doings(log: Log, horizon_s: int, activities: Records) -> dict[str, list[_Doing]]:
    """Return the sorties and responses of each person, and whatever else has a place."""
    added: set[str] = set()
    casts: dict[str, list[tuple[str, str]]] = {}
    begun: dict[str, int] = {}
    found: dict[str, list[_Doing]] = {}
    for row in log:
        if row.kind in (Kind.ADDED, Kind.INSERTED):
            added.add(row.subject)
        for record in log.attached("revisions", row.seq):
            casts[row.subject] = _cast(record)
        if row.kind is Kind.STARTED:
            begun[row.subject] = row.t_s
        elif row.kind in _ENDS and row.subject in begun:
            span = begun.pop(row.subject), _end_s(row)
            _do(found, row.subject, casts, span, activities.get(row.subject, {}), is_added=row.subject in added)
    for subject, start_s in begun.items():
        span = start_s, horizon_s
        _do(found, subject, casts, span, activities.get(subject, {}), is_added=subject in added)
    return found


_ENDS = {Kind.FINISHED, Kind.TERMINATED, Kind.ABORTED, Kind.FAILED, Kind.UNFINISHED}


def _end_s(row: Row) -> int:
    return row.t_s if row.until_s is None else row.until_s


def _cast(record: tuple[object, ...]) -> list[tuple[str, str]]:
    people, roles = (str(record[column] or "").split(",") for column in (6, 7))
    return [(person, roles[i] if i < len(roles) else "") for i, person in enumerate(people) if person]


def _do(
    found: dict[str, list[_Doing]],
    activity: str,
    casts: dict[str, list[tuple[str, str]]],
    span: tuple[int, int],
    record: Mapping[str, object],
    *,
    is_added: bool,
) -> None:
    place = None if record.get("place") is None else str(record["place"])
    for person, role in casts.get(activity, []):
        state, where = (OUTSIDE, None) if _is_outside(role, record) else (ABOARD, place)
        if state == OUTSIDE or where is not None or is_added:
            found.setdefault(person, []).append((*span, state, where, activity))


def _is_outside(role: str, record: Mapping[str, object]) -> bool:
    named = record.get("outside")
    if record.get("effect") != OUTSIDE:
        return False
    if not isinstance(named, list | tuple):
        return role.startswith(_EV)
    return not named or role in named


_Found = list[tuple[str, int, int]]


def _joined(person: str, course: _Found, sheltered: _Found, doings: list[_Doing], horizon_s: int) -> Iterator[Stay]:
    """Lay the three over each other; spans that say the same are one."""
    edges = {0, horizon_s, *(t_s for _, lo_s, hi_s in (*sheltered, *course) for t_s in (lo_s, hi_s))}
    edges |= {min(t_s, horizon_s) for lo_s, hi_s, *_ in doings for t_s in (lo_s, hi_s)}
    stays: list[Stay] = []
    for lo_s, hi_s in pairwise(sorted(edges)):
        now = Stay(person, *_at(lo_s, course, sheltered, doings), lo_s, hi_s)
        if stays and stays[-1][:4] == now[:4]:
            now = stays.pop()._replace(until_s=hi_s)
        stays.append(now)
    yield from stays


def _at(t_s: int, course: _Found, sheltered: _Found, doings: list[_Doing]) -> tuple[str, str | None, str | None]:
    """Return state, place and activity at a second."""
    base = next((state for state, lo_s, hi_s in course if lo_s <= t_s < hi_s), ABOARD)
    if base != ABOARD:
        state, _, ship = base.partition(":")
        return state, ship or None, None
    refuge = next((place for place, lo_s, hi_s in sheltered if lo_s <= t_s < hi_s), None)
    doing = next(((*what,) for lo_s, hi_s, *what in doings if lo_s <= t_s < hi_s), None)
    state, place, activity = (ABOARD, None, None) if doing is None else (str(doing[0]), doing[1], doing[2])
    if refuge == CAUGHT:
        return CAUGHT, None, None
    return (state, place, activity) if refuge is None else (SHELTERED, refuge, activity)


def _spans(steps: Iterable[_Step], horizon_s: int) -> Iterator[tuple[str, int, int]]:
    """Return the spans between steps, those of one state joined; a step to None ends without another."""
    joined: list[_Step] = []
    for t_s, state in sorted(steps, key=lambda step: step[0]):
        while joined and joined[-1][0] == t_s:
            joined.pop()
        if not joined or joined[-1][1] != state:
            joined.append((t_s, state))
    for (start_s, state), (until_s, _) in pairwise([*joined, (horizon_s, None)]):
        if state is not None and start_s < until_s:
            yield state, start_s, min(until_s, horizon_s)
