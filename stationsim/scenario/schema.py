"""Which keys has a record of a file? One row per attribute, from the metadata that `fields.key` keeps beside it."""

from collections.abc import Iterator
from typing import Any, get_args

import attrs
from attrs import frozen

from stationsim.scenario.model import Anchor, Chance, When


@frozen(kw_only=True)
class Key:
    """One key of a record (see `fields.key` for the meaning of the columns)."""

    attribute: str
    name: str
    kind: str
    meaning: str
    unit: str | None
    allowed: tuple[str, ...]
    refers: str | None
    above: float | None
    most: float | None
    required: bool
    default: Any
    left_out: str | None
    assumed: str | None
    record: Any
    chance: bool


FILE_KEYS: dict[str, dict[str, str]] = {
    "Scenario": {
        "base": "names of the files that this one lies over",
        "without": "ids of records of the files below that are not there",
        "modules": "the same as `volumes`",
    },
    "Vehicle": {"crew": "how many unnamed people are aboard with seats in it, or {count, skills, segment, agency}"},
}
"""Keys of a file that have become others before a record is made of it: class, key, meaning."""

_KNOWN: dict[type, tuple[Key, ...]] = {}


def keys_of(cls: type) -> tuple[Key, ...]:
    """Return the keys of a class of the model, in order, without an id that stands outside the record."""
    if cls not in _KNOWN:
        attrs.resolve_types(cls)
        _KNOWN[cls] = tuple(_key(attribute) for attribute in attrs.fields(cls) if attribute.metadata)
    return _KNOWN[cls]


def bounds_of(key: Key) -> str:
    """Say in which bounds a number under a key must lie; nothing for one without bounds of its own."""
    unit = f" {key.unit}" if key.kind in ("quantity", "duration") else ""
    told = [] if key.above is None else [f"above {key.above:g}{unit}"]
    told += [] if key.most is None else [f"at most {key.most:g}{unit}"]
    return " and ".join(told)


def record_classes(first: type) -> tuple[type, ...]:
    """Return a class of the model and all classes of the records it can hold, each once, in the order of the table."""
    found = [first]
    for cls in found:
        found += [key.record for key in keys_of(cls) if key.record is not None and key.record not in found]
    return tuple(found)


def has_outer_id(cls: type) -> bool:
    """Tell whether records of this class are written under their id."""
    first = attrs.fields(cls)[0]
    return bool(first.name == "id" and not first.metadata)


def _key(attribute: Any) -> Key:  # noqa: ANN401 - attrs.Attribute is generic in a type unknown here
    """Return the row of one attribute."""
    column = attribute.metadata
    parts = list(_types(attribute.type))
    records = [part for part in parts if attrs.has(part) and part not in (Anchor, Chance, When)]
    return Key(
        attribute=attribute.name,
        name=column["key"] or attribute.name,
        kind=column["kind"],
        meaning=column["meaning"],
        unit=column["unit"],
        allowed=column["allowed"],
        refers=column["refers"],
        above=column["above"],
        most=column["most"],
        required=attribute.default is attrs.NOTHING,
        default=attribute.default,
        left_out=column["left_out"],
        assumed=column["assumed"],
        record=records[0] if records else None,
        chance=Chance in parts,
    )


def _types(hint: Any) -> Iterator[Any]:  # noqa: ANN401 - a type hint may be anything
    """Yield the classes a type hint is made of."""
    if isinstance(hint, type):
        yield hint
    for part in get_args(hint):
        yield from _types(part)
