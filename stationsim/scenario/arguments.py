"""How does an argument of a Python call become the tree that a file would give? Each value keeps the argument's name.

A problem names the argument: `with_leak(node=...): 'soyuz' is not a node. ...`
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from stationsim.scenario.dump import duration_text
from stationsim.scenario.places import Place, Reading, Source, Trail, trail_text
from stationsim.scenario.reader import MAX_DEPTH, Entry, Map, Node, Scalar, Seq, control_fault
from stationsim.scenario.words import clip
from stationsim.units import format_utc

_HUGE = 10**18


def reading_of(call: str) -> Reading:
    """Return an empty reading whose problems name a call."""
    return Reading(Place(Source(f"{call}(...)")))


def mapping(values: Mapping[str, object], call: str, names: Mapping[str, str], reading: Reading) -> Map:
    """Return arguments as the tree that a file would give."""
    entries = {}
    for key, value in values.items():
        trail = (names.get(key, key),)
        entries[key] = Entry(argument(call, trail), _tree(value, call, trail, reading))
    return Map(reading.home, entries)


def argument(call: str, trail: Trail) -> Place:
    """Return the place of an argument; one that nobody gave has the place of the call."""
    return Place(Source(call if call.endswith("(...)") else f"{call}({trail_text(trail)}=...)"))


def _tree(value: object, call: str, trail: Trail, reading: Reading) -> Node:
    """Return one value as the tree that a file would give."""
    place = argument(call, trail)
    if len(trail) > MAX_DEPTH:
        reading.add(place, (), f"Values are nested deeper than {MAX_DEPTH}. Write them flatter.")
    elif isinstance(value, Mapping):
        entries = {
            str(key): Entry(argument(call, (*trail, str(key))), _tree(item, call, (*trail, str(key)), reading))
            for key, item in value.items()
        }
        return Map(place, entries)
    elif isinstance(value, list | tuple):
        return Seq(tuple(_tree(item, call, (*trail, number), reading) for number, item in enumerate(value)), place)
    else:
        return _scalar(value, place, reading)
    return Scalar(None, place, broken=True)


def _scalar(value: object, place: Place, reading: Reading) -> Scalar:
    """Return a single value as a file would give it."""
    try:
        if isinstance(value, datetime):
            value = format_utc(value)
        elif isinstance(value, timedelta):
            value = duration_text(int(value.total_seconds()))
    except ValueError as error:
        reading.add(place, (), str(error))
        return Scalar(None, place, broken=True)
    if value is None:
        return Scalar(None, place, "~")
    if not isinstance(value, str | int | float) or (isinstance(value, int) and abs(value) >= _HUGE):
        kind = type(value).__name__
        reading.add(place, (), f"A value of the type {clip(kind)} is not allowed. Write text as in a file.")
        return Scalar(None, place, broken=True)
    if fault := control_fault(str(value)):
        reading.add(place, (), fault)
        return Scalar(None, place, broken=True)
    return Scalar(value, place, str(value) or "''")
