"""Which id does a name of a scenario mean? Aliases and shown names become ids wherever they refer to something."""

from typing import Any

import attrs

from stationsim.names import Named, Names
from stationsim.scenario.model import Anchor, Scenario, When
from stationsim.scenario.nodes import NODE_SECTIONS, SPACES, node_types, own_parts, thing_nodes
from stationsim.scenario.places import Reading, Trail
from stationsim.scenario.schema import Key, keys_of
from stationsim.scenario.words import shorten


def names_of(scenario: Scenario, space: str) -> Names:
    """Return the names of a space (see `nodes.SPACES`), or of all nodes."""
    if space not in ("node", "hatch"):
        return Names.of(_named(scenario, SPACES[space]))
    found = {thing.id: thing for section in NODE_SECTIONS for thing in _named(scenario, section)}
    found |= {id_: Named(id_, None, aliases) for id_, aliases in _part_aliases(scenario).items()}
    kinds = node_types(scenario)
    wanted = kinds if space == "node" else [id_ for id_, kind in kinds.items() if kind == "hatch"]
    return Names.of(found.get(id_, Named(id_)) for id_ in wanted)


def aliases_of(scenario: Scenario) -> dict[str, list[str]]:
    """Return the other names of every node and activity that has any, by id."""
    found = {
        thing.id: list(thing.aliases)
        for section in (*NODE_SECTIONS, "activities")
        for thing in _named(scenario, section)
        if thing.aliases
    }
    return found | {id_: list(aliases) for id_, aliases in _part_aliases(scenario).items() if aliases}


def with_ids(scenario: Scenario, reading: Reading) -> Scenario:
    """Return a scenario in which every name that means one thing is the id of that thing.

    What means nothing, or several things, is left for `check_references` to tell.
    """
    return _Spaces(scenario, reading).whole()


@attrs.define
class _Spaces:
    """The names of every space that a scenario has needed so far."""

    scenario: Scenario
    reading: Reading
    known: dict[str, Names] = attrs.Factory(dict)

    def whole(self) -> Scenario:
        return attrs.evolve(self.scenario, **self._changes(self.scenario, (), ()))

    def _changes(self, record: Any, trail: Trail, local: tuple[str, ...]) -> dict[str, Any]:  # noqa: ANN401
        """Return the attributes of a record that hold names, with ids."""
        found: dict[str, Any] = {}
        for key in keys_of(type(record)):
            old = getattr(record, key.attribute)
            new = self._value(key, old, (*trail, key.name), local)
            if new is not old:
                found[key.attribute] = new
        return found

    def _value(self, key: Key, value: Any, trail: Trail, local: tuple[str, ...]) -> Any:  # noqa: ANN401 - any value
        if isinstance(value, When):
            after = None if value.after is None else self._id("activity", value.after, ())
            return value if after == value.after else attrs.evolve(value, after=after)
        if isinstance(value, Anchor):
            activity = None if value.activity is None else self._id("activity", value.activity, ())
            incident = None if value.incident is None else self._id("incident", value.incident, ())
            same = (activity, incident) == (value.activity, value.incident)
            return value if same else attrs.evolve(value, activity=activity, incident=incident)
        if isinstance(value, str):
            return self._id(key.refers, value, local) if key.refers else value
        if isinstance(value, tuple):
            return self._items(key, value, trail, local)
        if key.record and attrs.has(type(value)):
            return self._record(value, trail, local)
        return value

    def _items(self, key: Key, values: tuple[Any, ...], trail: Trail, local: tuple[str, ...]) -> tuple[Any, ...]:
        found = []
        for number, item in enumerate(values):
            if key.record and attrs.has(type(item)):
                step = item.id if key.kind == "records" else number
                found.append(self._record(item, (*trail, step), local))
            elif key.kind == "amounts":
                meant = self._id(key.refers, item[0], local)
                found.append(item if meant == item[0] else (meant, item[1]))
            else:
                found.append(self._id(key.refers, item, local) if key.refers and isinstance(item, str) else item)
        if key.refers:
            self._tell_twice(values, found, trail)
        same = all(new is old for new, old in zip(found, values, strict=True))
        return values if same else tuple(found)

    def _record(self, record: Any, trail: Trail, local: tuple[str, ...]) -> Any:  # noqa: ANN401 - any record
        if trail[0] in ("types", "arms") and len(trail) == 2:  # noqa: PLR2004 - section and id
            local = tuple(part.id for part in own_parts(record))
        changes = self._changes(record, trail, local)
        return attrs.evolve(record, **changes) if changes else record

    def _id(self, space: str | None, name: str, local: tuple[str, ...]) -> str:
        if space is None or name in local:
            return name
        if space not in self.known:
            self.known[space] = names_of(self.scenario, space)
        return self.known[space].meaning(name) or name

    def _tell_twice(self, written: tuple[Any, ...], ids: list[Any], trail: Trail) -> None:
        for number, id_ in enumerate(ids):
            if isinstance(id_, str) and id_ in ids[:number] and written[number] not in written[:number]:
                message = f"{shorten(written[number])} is {id_}, which stands twice in this list. Remove one of them."
                self.reading.tell((*trail, number), message)


def _named(scenario: Scenario, section: str) -> list[Named]:
    return [Named(item.id, _text(item, "name"), _texts(item)) for item in getattr(scenario, section)]


def _part_aliases(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Return what the parts of ships and arms are called behind their owner."""
    parts = {id_: thing for id_, thing in thing_nodes(scenario).items() if "/" in id_}
    return {
        id_: tuple(name for name in (_text(thing, "name"), *_texts(thing)) if name is not None)
        for id_, thing in parts.items()
    }


def _text(record: Any, attribute: str) -> str | None:  # noqa: ANN401 - any record; what could not be read is no text
    value = getattr(record, attribute, None)
    return value if isinstance(value, str) else None


def _texts(record: Any) -> tuple[str, ...]:  # noqa: ANN401 - any record
    return tuple(alias for alias in getattr(record, "aliases", ()) if isinstance(alias, str))
