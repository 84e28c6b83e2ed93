"""When may an activity begin? A clock time, a day, a month, a window, or a time after another activity.

The bounds are half-open and a window includes its last day: `{from: 2023-02-01, to: 2023-02-03}` has three days, and
`by: {from: 5 d, to: 5 d}` means the same second as `by: 5 d`.
"""

import re
from datetime import datetime

from stationsim.scenario.model import When
from stationsim.scenario.places import Reading, Trail
from stationsim.scenario.reader import Map, Node, Scalar
from stationsim.scenario.words import clip, closest, shorten
from stationsim.units import calendar_form, parse_duration, parse_utc, parse_window

_FORMS = 'Write "2022-12-15T02:20Z", "2022-12-19", "2023-02", {from: DAY, to: DAY} or {after: ACTIVITY, by: 5 d}.'
_DATE = re.compile(r"\s*\d{4}[-/]\d\d")
_KEYS = ("from", "to", "after", "by")


def read_when(node: Node, trail: Trail, start: datetime, reading: Reading) -> When | None:
    """Read a date of the plan; None where a problem was noted."""
    if isinstance(node, Scalar):
        bounds = window_of(node, trail, start, reading, _FORMS)
        return When(lo_s=bounds[0], hi_s=bounds[1], has_clock=bounds[1] - bounds[0] == 1) if bounds else None
    if isinstance(node, Map):
        return _mapping(node, trail, start, reading)
    reading.add(node.place, trail, f"A list is not a date. {_FORMS}")
    return None


def _mapping(node: Map, trail: Trail, start: datetime, reading: Reading) -> When | None:
    """Read `{from, to}` or `{after, by}`."""
    if has_unknown(node, _KEYS, "a date", trail, reading):
        return None
    if set(node.entries) == {"from", "to"}:
        bounds = from_to(node, trail, start, reading, _FORMS)
        return When(lo_s=bounds[0], hi_s=bounds[1]) if bounds else None
    if set(node.entries) == {"after", "by"}:
        return _after(node, trail, reading)
    reading.add(node.place, trail, f"The keys {', '.join(node.entries) or '(none)'} do not make a date. {_FORMS}")
    return None


def has_unknown(node: Map, known: tuple[str, ...], noun: str, trail: Trail, reading: Reading) -> bool:
    """Note keys that a date or moment does not have; tell whether there are any."""
    unknown = [key for key in node.entries if key not in known]
    for key in unknown:
        meant = closest(key, known)
        hint = f" Did you mean {meant!r}?" if meant else ""
        message = f"{shorten(key)} is not a key of {noun}. Keys: {', '.join(known)}.{hint}"
        reading.add(node.entries[key].place, (*trail, clip(key)), message)
    return bool(unknown)


def from_to(node: Map, trail: Trail, start: datetime, reading: Reading, forms: str) -> tuple[int, int] | None:
    """Read a window from one day, month or clock time to another; `forms` says what else would do."""
    ends = [window_of(node.entries[key].node, (*trail, key), start, reading, forms) for key in ("from", "to")]
    first, last = ends
    if first is None or last is None:
        return None
    if last[1] <= first[0]:
        reading.add(node.place, trail, "The window ends before it begins. Write the earlier date under 'from'.")
        return None
    return first[0], last[1]


def _after(node: Map, trail: Trail, reading: Reading) -> When | None:
    """Read a time after another activity."""
    other, by = node.entries["after"].node, node.entries["by"].node
    bounds = _by(by, (*trail, "by"), reading)
    if not isinstance(other, Scalar) or not isinstance(other.value, str):
        reading.add(
            other.place, (*trail, "after"), "This is not the id of an activity. Write {after: ACTIVITY, by: 5 d}."
        )
        return None
    return When(lo_s=bounds[0], hi_s=bounds[1], after=other.value) if bounds else None


def _by(node: Node, trail: Trail, reading: Reading) -> tuple[int, int] | None:
    """Read a distance in time, exact or from one duration to another."""
    if isinstance(node, Map) and set(node.entries) == {"from", "to"}:
        ends = [seconds_of(node.entries[key].node, (*trail, key), reading) for key in ("from", "to")]
        lo, hi = ends
        if lo is not None and hi is not None and hi < lo:
            reading.add(node.place, trail, "The window ends before it begins. Write the shorter duration under 'from'.")
            return None
    else:
        lo = hi = seconds_of(node, trail, reading)
    return None if lo is None or hi is None else (lo, hi + 1)


def seconds_of(node: Node, trail: Trail, reading: Reading) -> int | None:
    """Read a duration."""
    if not isinstance(node, Scalar):
        reading.add(node.place, trail, "A duration must stand here. Write 5 d or {from: 5 d, to: 7 d}.")
        return None
    try:
        return parse_duration(clip(node.value) if isinstance(node.value, str) else node.value)
    except ValueError as error:
        reading.add(node.place, trail, str(error))
        return None


def window_of(node: Node, trail: Trail, start: datetime, reading: Reading, forms: str) -> tuple[int, int] | None:
    """Read a clock time, a day or a month as a half-open window [s since the start].

    `forms` says what else would do.
    """
    text = clip(node.value) if isinstance(node, Scalar) and isinstance(node.value, str) else None
    if text is None or not _DATE.match(text):
        shown = shorten(node.value if isinstance(node, Scalar) and node.text else "...")
        reading.add(node.place, trail, f"{shown} is not a date. {forms}")
        return None
    try:
        if "T" in calendar_form(text):
            second = int((parse_utc(text) - start).total_seconds())
            return second, second + 1
        first, last = parse_window(text)
    except ValueError as error:
        reading.add(node.place, trail, str(error))
        return None
    return int((first - start).total_seconds()), int((last - start).total_seconds())
