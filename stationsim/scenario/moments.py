"""When does an incident strike? At a clock time, some time in a window, or counted from an activity or an incident.

A window (a day, a month, `{from, to}`) is a distribution like every other: `draw` chooses the second. A moment that is
counted from something else is known only in the run, and never comes if that does not.
"""

from datetime import datetime

from stationsim.scenario.model import PHASES, Anchor, Chance
from stationsim.scenario.places import Reading, Trail
from stationsim.scenario.reader import Map, Node, Scalar
from stationsim.scenario.when import from_to, has_unknown, seconds_of, window_of
from stationsim.scenario.words import candidates, shorten

_FORMS = (
    'Write "2022-12-15T00:45Z", "2022-12-15", "2022-12", {from: DAY, to: DAY}, '
    "{activity: ACTIVITY, phase: work, after: 45 min} or {after: INCIDENT, by: 5 d}."
)
_KEYS = ("from", "to", "activity", "phase", "after", "by")


def read_moment(node: Node, trail: Trail, start: datetime, reading: Reading) -> int | Chance | Anchor | None:
    """Read when an incident strikes [s since the start]; None where a problem was noted."""
    if isinstance(node, Scalar):
        return _between(window_of(node, trail, start, reading, _FORMS))
    if not isinstance(node, Map):
        reading.add(node.place, trail, f"A list is not a moment. {_FORMS}")
        return None
    return _mapping(node, trail, start, reading)


def _between(bounds: tuple[int, int] | None) -> int | Chance | None:
    """Return the one second of a window, or chance over all of it."""
    if bounds is None or bounds[1] - bounds[0] <= 1:
        return None if bounds is None else bounds[0]
    return Chance(shape="uniform", parameters=(float(bounds[0]), float(bounds[1] - 1)))


def _mapping(node: Map, trail: Trail, start: datetime, reading: Reading) -> int | Chance | Anchor | None:
    if has_unknown(node, _KEYS, "a moment", trail, reading):
        return None
    keys = set(node.entries)
    if keys == {"from", "to"}:
        return _between(from_to(node, trail, start, reading, _FORMS))
    if keys == {"after", "by"}:
        name, delay_s = _name(node, "after", trail, reading), _delay(node, "by", trail, reading)
        return None if name is None or delay_s is None else Anchor(incident=name, delay_s=delay_s)
    if "activity" in keys and keys <= {"activity", "phase", "after"}:
        return _of_activity(node, trail, reading)
    reading.add(node.place, trail, f"The keys {', '.join(node.entries) or '(none)'} do not make a moment. {_FORMS}")
    return None


def _of_activity(node: Map, trail: Trail, reading: Reading) -> Anchor | None:
    name, delay_s, phase = _name(node, "activity", trail, reading), 0, "work"
    if "after" in node.entries:
        found = _delay(node, "after", trail, reading)
        if found is None:
            return None
        delay_s = found
    if "phase" in node.entries:
        said = node.entries["phase"].node
        phase = str(said.value) if isinstance(said, Scalar) else ""
        if phase not in PHASES:
            advice = candidates("Phases", PHASES, phase)
            reading.add(said.place, (*trail, "phase"), f"{shorten(phase)} is not a phase of an activity. {advice}")
            return None
    return None if name is None else Anchor(activity=name, phase=phase, delay_s=delay_s)


def _name(node: Map, key: str, trail: Trail, reading: Reading) -> str | None:
    said = node.entries[key].node
    if isinstance(said, Scalar) and isinstance(said.value, str):
        return said.value
    noun = "an activity" if key == "activity" else "an incident"
    reading.add(said.place, (*trail, key), f"This is not the id of {noun}. {_FORMS}")
    return None


def _delay(node: Map, key: str, trail: Trail, reading: Reading) -> int | None:
    return seconds_of(node.entries[key].node, (*trail, key), reading)
