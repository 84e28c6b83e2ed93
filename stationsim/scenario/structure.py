"""How does a tree become a `Scenario`? Key by key from the model's metadata; a problem is noted and does not stop it.

A value that cannot be read becomes `BROKEN`, and its record takes part in no check that would need it; so one pass
tells everything that is wrong, and nothing that is only the echo of something else.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

import attrs

from stationsim.scenario.model import Needs, Rule, Scenario
from stationsim.scenario.moments import read_moment as read_incident_moment
from stationsim.scenario.places import Reading, Spot, Trail
from stationsim.scenario.reader import Entry, Map, Node, Scalar, Seq
from stationsim.scenario.scalars import EPOCH, check_rule_number, check_slug, read_moment, read_scalar
from stationsim.scenario.schema import FILE_KEYS, Key, has_outer_id, keys_of
from stationsim.scenario.when import read_when
from stationsim.scenario.words import candidates, class_noun, clip, closest, one, shorten
from stationsim.units import example_of


class Broken(Enum):
    """A value that could not be read."""

    BROKEN = "broken"


BROKEN = Broken.BROKEN
T = TypeVar("T")
_LISTS = ("ids", "texts", "intervals", "ints", "counts", "amounts", "whens")


def structure(tree: Map, reading: Reading) -> Scenario:
    """Return the scenario a tree says; broken values are `BROKEN`, and `reading` says why."""
    reading.spots[()] = Spot(tree.place, ())
    return record(Scenario, tree, (), start_of(tree), reading)


def start_of(tree: Map) -> datetime:
    """Return when a scenario starts, or a stand-in where that cannot be read."""
    entry = tree.entries.get("from")
    try:
        return read_moment(entry.node.value if entry and isinstance(entry.node, Scalar) else None)
    except ValueError:
        return EPOCH


def record(cls: type[T], node: Node, trail: Trail, start: datetime, reading: Reading) -> T:
    """Return the record of a class that a node says."""
    entries = node.entries if isinstance(node, Map) else {}
    keys = [key for key in keys_of(cls) if key.kind != "hidden"]
    values: dict[str, Any] = {"id": trail[-1]} if has_outer_id(cls) else {}
    if not isinstance(node, Map):
        _no_record(cls, node, trail, reading)
        return cls(**values, **{key.attribute: _broken(key) for key in keys})
    explained = _unknown_keys(cls, keys, entries, trail, reading)
    for key in keys:
        entry = entries.get(key.name)
        if entry is None or _is_removed(entry):
            values[key.attribute] = _absent(key, node, trail, explained, reading)
        else:
            where = (*trail, key.name)
            reading.spots[where] = Spot(entry.node.place, where)
            values[key.attribute] = _value(key, entry, where, start, reading)
    return cls(**values)


def _no_record(cls: type, node: Node, trail: Trail, reading: Reading) -> None:
    """Note that a list or single value stands where a record must be."""
    if isinstance(node, Scalar) and node.broken:
        reading.broken.add(trail[:2])
        return
    what = f"The value {shorten(node.value)}" if isinstance(node, Scalar) else "A list"
    if isinstance(node, Scalar) and node.text == "":
        what = "An empty value"
    keys = [key.name for key in keys_of(cls) if key.required] or [key.name for key in keys_of(cls)]
    keys = [key.name for key in keys_of(cls)] if len(keys) == 1 else keys  # one key alone says too little
    needed = ", ".join(keys)
    reading.add(node.place, trail, f"{what} is not {one(class_noun(cls))}. Write a mapping with the keys {needed}.")


def _unknown_keys(cls: type, keys: list[Key], entries: dict[str, Entry], trail: Trail, reading: Reading) -> set[str]:
    """Note the keys that a record does not have; return those whose absence they explain."""
    names = [key.name for key in keys] + list(FILE_KEYS.get(cls.__name__, ()))
    explained = set()
    for name, entry in entries.items():
        if name in names:
            continue
        free = [known for known in names if known not in entries]
        meant = closest(name, free)
        explained |= {meant} if meant else set()
        advice = candidates("Keys", names, meant or name)
        if meant is None or "Did you mean" not in advice:
            advice = advice.split(" Did you mean")[0]
        message = f"{shorten(name)} is not a key of {one(class_noun(cls))}. {advice}"
        reading.add(entry.place, (*trail, clip(name)), message)
    return explained


def _broken(key: Key) -> object:
    """Return what stands in for a value that could not be read."""
    return () if key.kind in ("records", "list", *_LISTS) else BROKEN


def _is_removed(entry: Entry) -> bool:
    """Tell whether an entry says `~`."""
    node = entry.node
    return isinstance(node, Scalar) and node.value is None and node.text != "" and not node.broken


def _absent(key: Key, node: Map, trail: Trail, explained: set[str], reading: Reading) -> object:
    """Return the default of a key that is not there, or note that it is missing."""
    if not key.required:
        return key.default
    reading.broken.add((*trail, key.name)[:2])
    if key.name not in explained:
        spot = reading.spots.get(trail)
        message = f"{key.name!r} is missing: {key.meaning}. Write '{key.name}: ...'."
        reading.add(spot.place if spot else node.place, trail, message)
    return _broken(key)


def _value(key: Key, entry: Entry, trail: Trail, start: datetime, reading: Reading) -> object:
    """Return the value of one key."""
    node = entry.node
    if isinstance(node, Scalar) and (node.broken or (node.value is None and node.text == "")):
        if not node.broken:
            reading.add(entry.place, trail, "There is no value. Write one, or ~ to leave the key out.")
        reading.broken.add(trail[:2])
        return _broken(key)
    return _READERS.get(key.kind, _scalar)(key, node, trail, start, reading)


def _when(key: Key, node: Node, trail: Trail, start: datetime, reading: Reading) -> object:
    """Return a date of the plan."""
    return read_when(node, trail, start, reading) or BROKEN


def _moment(key: Key, node: Node, trail: Trail, start: datetime, reading: Reading) -> object:
    """Return when an incident strikes."""
    found = read_incident_moment(node, trail, start, reading)
    return BROKEN if found is None else found


def _whens(key: Key, node: Node, trail: Trail, start: datetime, reading: Reading) -> object:
    """Return the dates of a list, none of which hangs on another activity."""
    if not isinstance(node, Seq):
        what = "A mapping" if isinstance(node, Map) else f"The value {shorten(node.value)}"
        reading.add(node.place, trail, f"{what} stands here instead of a list. Begin each date with '- '.")
        return ()
    found = []
    for number, item in enumerate(node.items):
        where = (*trail, number)
        reading.spots[where] = Spot(item.place, where)
        when = read_when(item, where, start, reading)
        if when is not None and when.after is not None:
            message = (
                "A date of a list cannot hang on another activity. Write a day, a clock time or {from: DAY, to: DAY}."
            )
            reading.add(item.place, where, message)
        found.append(when or BROKEN)
    return tuple(found)


def _scalar(key: Key, node: Node, trail: Trail, start: datetime, reading: Reading) -> object:
    """Return a single value."""
    if not isinstance(node, Scalar):
        what = "A mapping" if isinstance(node, Map) else "A list"
        reading.add(node.place, trail, f"{what} stands here instead of a single value: {key.meaning}.")
        return BROKEN
    if node.broken:
        reading.broken.add(trail[:2])
        return BROKEN
    value: object = node.value
    if not isinstance(value, str) and key.kind in ("text", "id", "ids", "texts"):
        value = _as_written(node)
    try:
        return read_scalar(key, value, start)
    except ValueError as error:
        reading.add(node.place, trail, str(error))
        return BROKEN


def _as_written(node: Scalar) -> object:
    """Return a number as its author wrote it, so that the advice to quote it keeps its form."""
    return node.value if isinstance(node.value, bool) or node.value is None else _Written(node.text or str(node.value))


class _Written:
    """A number shown as it was written, which is not text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


def _record_value(key: Key, node: Node, trail: Trail, start: datetime, reading: Reading) -> object:
    """Return a nested record; a list of needs means that all of them are needed."""
    if key.record is Needs and isinstance(node, Seq):
        rows = next(column for column in keys_of(Needs) if column.attribute == "hard")
        hard = _ids(rows, node, trail, start, reading)
        for number in range(len(node.items)):
            if spot := reading.spots.get((*trail, number)):
                reading.spots[(*trail, rows.name, number)] = spot
        return Needs(hard=hard)  # type: ignore[arg-type]
    return record(key.record, node, trail, start, reading)


def _records(key: Key, node: Node, trail: Trail, start: datetime, reading: Reading) -> object:
    """Return the records of a mapping, each under its id."""
    noun = class_noun(key.record)
    if not isinstance(node, Map):
        what = "A list" if isinstance(node, Seq) else f"The value {shorten(node.value)}"
        reading.add(node.place, trail, f"{what} stands here instead of a mapping. Write 'ID: {{...}}' for each {noun}.")
        return ()
    found = []
    for name, entry, where in _entries(node, trail, reading):
        try:
            (check_rule_number if key.record is Rule else check_slug)(name)
        except ValueError as error:
            reading.add(entry.place, where, str(error))
        found.append(record(key.record, entry.node, where, start, reading))
    return tuple(found)


def _entries(node: Map, trail: Trail, reading: Reading) -> Iterator[tuple[str, Entry, Trail]]:
    """Yield the entries of a mapping with where each stands, but for those that take one of a lower layer away."""
    for name, entry in node.entries.items():
        where = (*trail, clip(name))
        reading.spots[where] = Spot(entry.place, where)
        if _is_removed(entry):
            _check_removal(name, entry, node, where, reading)
        else:
            yield name, entry, where


def _check_removal(name: str, entry: Entry, node: Map, trail: Trail, reading: Reading) -> None:
    """Refuse to remove what no lower layer has."""
    if not entry.hides:
        others = [known for known, other in node.entries.items() if not _is_removed(other)]
        reading.add(entry.place, trail, f"There is no {shorten(name)} to remove. {candidates('Here', others, name)}")


def _list(key: Key, node: Node, trail: Trail, start: datetime, reading: Reading) -> object:
    """Return the records of a list."""
    if not isinstance(node, Seq):
        what = "A mapping" if isinstance(node, Map) else f"The value {shorten(node.value)}"
        reading.add(
            node.place, trail, f"{what} stands here instead of a list. Begin each {class_noun(key.record)} with '- '."
        )
        return ()
    found = []
    for number, item in enumerate(node.items):
        where = (*trail, number)
        reading.spots[where] = Spot(item.place, where)
        found.append(record(key.record, item, where, start, reading))
    return tuple(found)


def _ids(key: Key, node: Node, trail: Trail, start: datetime, reading: Reading) -> object:
    """Return the texts of a list, each of which may stand there once."""
    if not isinstance(node, Seq):
        shown = clip(str(node.value)) if isinstance(node, Scalar) else "..."
        what = "A mapping" if isinstance(node, Map) else f"The value {shorten(node.value)}"
        reading.add(node.place, trail, f"{what} stands here instead of a list. Write [{shown}].")
        return ()
    found: list[object] = []
    seen: set[object] = set()
    for number, item in enumerate(node.items):
        where = (*trail, number)
        reading.spots[where] = Spot(item.place, where)
        value = _scalar(key, item, where, start, reading)
        if value is not BROKEN and value in seen:
            reading.add(item.place, where, f"{shorten(value)} stands twice in this list. Remove one of them.")
        found.append(value)
        seen.add(value)
    return tuple(found)


def _counts(key: Key, node: Node, trail: Trail, start: datetime, reading: Reading) -> object:
    """Return the whole numbers of a mapping, each with its id."""
    if not isinstance(node, Map):
        what = "A list" if isinstance(node, Seq) else f"The value {shorten(node.value)}"
        reading.add(node.place, trail, f"{what} stands here instead of a mapping. Write '{{ID: 1}}'.")
        return ()
    found = []
    for name, entry in node.entries.items():
        where = (*trail, clip(name))
        reading.spots[where] = Spot(entry.node.place, where)
        value = _scalar(attrs.evolve(key, kind="int"), entry.node, where, start, reading)
        found.append((clip(name), value))
    return tuple(found)


def _amounts(key: Key, node: Node, trail: Trail, start: datetime, reading: Reading) -> object:
    """Return the quantities of a mapping, each with its id; `~` takes one of a lower layer away."""
    if not isinstance(node, Map):
        what = "A list" if isinstance(node, Seq) else f"The value {shorten(node.value)}"
        example = example_of(key.unit or "1")
        reading.add(node.place, trail, f"{what} stands here instead of a mapping. Write '{{ID: {example}}}'.")
        return ()
    found = []
    for name, entry, where in _entries(node, trail, reading):
        found.append((clip(name), _scalar(attrs.evolve(key, kind="quantity"), entry.node, where, start, reading)))
    return tuple(found)


_READERS = {
    "amounts": _amounts,
    "counts": _counts,
    "records": _records,
    "list": _list,
    "record": _record_value,
    "when": _when,
    "moment": _moment,
    "whens": _whens,
    "ids": _ids,
    "texts": _ids,
    "intervals": _ids,
    "ints": _ids,
}
