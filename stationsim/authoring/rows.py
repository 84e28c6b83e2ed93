"""Where may a key stand? Every row of the model's table with all the ways to it, from the top of a file."""

from collections.abc import Iterator
from inspect import getdoc

from attrs import frozen

from stationsim.scenario.model import Scenario
from stationsim.scenario.schema import FILE_KEYS, Key, keys_of

_OTHER = FILE_KEYS["Scenario"]
_KINDS = {"base": "base", "without": "names", "crew": "crew"}


def _extra(name: str, meaning: str) -> Key:
    """Return the row of a key that has become another before a record is made of it (`schema.FILE_KEYS`)."""
    same = next((key for key in keys_of(Scenario) if f"`{key.name}`" in meaning), None)
    return Key(
        attribute=name,
        name=name,
        kind=_KINDS.get(name, same.kind if same else "any"),
        meaning=meaning,
        unit=None,
        allowed=(),
        refers=None,
        above=None,
        most=None,
        required=False,
        default=(),
        left_out=None,
        assumed=None,
        record=same.record if same else None,
        chance=False,
    )


def _extras(owner: type) -> tuple[Key, ...]:
    """Return the keys of a file that no attribute of a class has."""
    return tuple(_extra(name, meaning) for name, meaning in FILE_KEYS.get(owner.__name__, {}).items())


@frozen(kw_only=True)
class Row:
    """One key of one class of record, and the ways to it: keys joined by dots, without the ids between them."""

    owner: type
    key: Key
    ways: tuple[str, ...]

    @property
    def is_section(self) -> bool:
        """Tell whether it stands at the top of a file."""
        return self.owner is Scenario


def file_keys() -> tuple[Key, ...]:
    """Return the keys at the top of a file, in order."""
    return (*_extras(Scenario), *(key for key in keys_of(Scenario) if key.kind != "hidden"))


def rows() -> tuple[Row, ...]:
    """Return every key of every record once, in the order in which a file shows them."""
    found: dict[tuple[type, str], list[str]] = {}
    keys: dict[tuple[type, str], Key] = {}
    for owner, key, way in _walk(Scenario, file_keys(), "", ()):
        found.setdefault((owner, key.name), []).append(way)
        keys[owner, key.name] = key
    return tuple(Row(owner=owner, key=keys[owner, name], ways=tuple(ways)) for (owner, name), ways in found.items())


def keys_in(key: Key) -> tuple[Key, ...]:
    """Return the keys of the records that a key holds, in order."""
    if key.record is None:
        return ()
    return (*(inner for inner in keys_of(key.record) if inner.kind != "hidden"), *_extras(key.record))


def about(key: Key) -> str:
    """Return what a record under a key is, in the words of its class; nothing for a single value."""
    text = getdoc(key.record) if key.record is not None else None
    return " ".join((text or "").split("\n\n")[0].split())


def _walk(owner: type, keys: tuple[Key, ...], above: str, inside: tuple[type, ...]) -> Iterator[tuple[type, Key, str]]:
    """Yield class, key and way of all keys, those of the nested records after those of the record they stand in."""
    for key in keys:
        yield owner, key, above + key.name
    for key in keys:
        if key.record is not None and key.record not in inside and not (owner is Scenario and key.name in _OTHER):
            yield from _walk(key.record, keys_in(key), f"{above}{key.name}.", (*inside, key.record))
