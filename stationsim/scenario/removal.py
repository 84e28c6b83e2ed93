"""What is left of the layers below when some of it is not there? The key `without:` of a file.

A record goes with what cannot be without it: the ports that a volume carries, its hatches and airlocks, a thing whose
needs name it under `all` or hold nothing else under `some`, a rule that would be about nothing. From other lists of
the station it is dropped; the `of` of a list of needs stays, since what is needed does not shrink with what there is.
A plan or a person that still names it is told later, by `references`.
"""

from collections.abc import Iterator
from typing import Any

import attrs
from attrs import Factory, define

from stationsim.names import Named, Names
from stationsim.scenario.model import Demand, Needs, Response, Scenario
from stationsim.scenario.nodes import NODE_SECTIONS, SPACES
from stationsim.scenario.places import Reading, Removed
from stationsim.scenario.reader import Entry, Map, Node, Scalar, Seq
from stationsim.scenario.schema import Key, keys_of
from stationsim.scenario.tree import entries_of, named, records_of, text_of, value_of
from stationsim.scenario.words import clip, closest, shorten

WITHOUT = "without"
_PLAN = ("vehicles", "people", "activities", "waivers", "opening", "incidents")
_ABOUT = {"waivers": ("rule", "activity"), "opening": ("node",)}
_RECORDS = {key.name: key.record for key in keys_of(Scenario) if key.kind == "records"}
_NEEDING = ("volumes", "ports", "airlocks", "arms", "things")
_STANDS_ON = {"ports": "host", "airlocks": "volume", "hatches": "between"}
_EMPTY_IS_ALL = ("books", "kinds", "others", "shuts")
_MISSED: dict[type, tuple[str, ...]] = {
    Demand: ("kinds",),
    Needs: ("all",),
    Response: ("arms", "uses", "needs", "worksites"),
}
"""Lists of the station from which nothing is dropped: what they name is missed, and that is told."""

_Gone = dict[tuple[str, str], Scalar]


def remove(below: Map, entry: Entry, reading: Reading) -> Map:
    """Return the layers below without what a file says is not there.

    Args:
        below: The tree of the layers below.
        entry: What stands under `without:`.
        reading: Where problems are noted, and what is gone, for those who still name it.
    """
    if not isinstance(entry.node, Seq):
        reading.add(entry.node.place, (WITHOUT,), f"This is not a list of ids. Write '{WITHOUT}: [ID, ID]'.")
        return below
    work = _Removal(below)
    for number, item in enumerate(entry.node.items):
        text = str(item.value) if isinstance(item, Scalar) and not item.broken else ""
        found = work.find(text)
        if len(found) == 1 and isinstance(item, Scalar):
            work.gone.setdefault(found[0], item)
        elif not (isinstance(item, Scalar) and item.broken):
            reading.add(item.place, (WITHOUT, number), work.fault(text, found))
    work.follow()
    for (section, id_), item in work.gone.items():
        if section in _RECORDS:
            reading.removed.append(Removed(section, work.named(section, id_), item.place, clip(str(item.value))))
    left = work.left()
    reading.thinned |= {
        (section, id_, "needs"): (item.place, clip(str(item.value))) for (section, id_), item in work.thinned.items()
    }
    return left


@define
class _Removal:
    """A tree, what is gone of it (each with what was written for it), and the names of its spaces."""

    tree: Map
    gone: _Gone = Factory(dict)
    thinned: _Gone = Factory(dict)
    known: dict[str, Names] = Factory(dict)

    def find(self, text: str) -> tuple[tuple[str, str], ...]:
        """Return everything that an item of the list may mean, as section and id."""
        head, slash, tail = text.partition("/")
        if slash and head in (*_RECORDS, "incidents", "opening"):
            found = self._in(head, tail)
            return () if found is None else ((head, found),)
        for exact in (True, False):
            every = ((section, self._in(section, text, exact=exact)) for section in (*_RECORDS, "incidents"))
            found_in = tuple((section, id_) for section, id_ in every if id_ is not None)
            if found_in:
                return found_in
        waived = self._in("waivers", text)
        return () if waived is None else (("waivers", waived),)

    def fault(self, text: str, found: tuple[tuple[str, str], ...]) -> str:
        """Say why an item means nothing that could be removed."""
        if found:
            ways = [f"{section}/{id_}" for section, id_ in found]
            return f"{shorten(text)} may mean {', '.join(ways[:-1])} or {ways[-1]}. Write one of them."
        advice = (self._names(section).advice(text) for section in _RECORDS)
        if told := next((words for words in advice if words), None):
            return told
        owner = self.find(text.partition("/")[0]) if "/" in text else ()
        if owner and owner[0][0] in ("arms", "types", "vehicles"):
            return f"{shorten(text)} is a part. Only whole records are removed here: write its key with ~ in its owner."
        meant = closest(text, [id_ for section in (*_RECORDS, "incidents", "waivers") for id_ in self._ids(section)])
        hint = f" Did you mean {meant!r}?" if meant else ""
        return f"There is no {shorten(text)} in the files below to remove.{hint}"

    def named(self, section: str, id_: str) -> Named:
        """Return what a record that is gone was called."""
        return named(id_, entries_of(self.tree, section)[id_].node)

    def follow(self) -> None:
        """Add what cannot be without what is gone, until nothing more follows."""
        size = -1
        while size != len(self.gone):
            size = len(self.gone)
            for section in (*_RECORDS, *_ABOUT):
                for id_, node in self._items(section):
                    origin = None if (section, id_) in self.gone else self._hangs_on(section, node)
                    if origin is not None:
                        self.gone[(section, id_)] = origin

    def left(self) -> Map:
        """Return the tree without what is gone."""
        entries = dict(self.tree.entries)
        for section in (*_RECORDS, *_ABOUT, "incidents"):
            entry = entries.get(section)
            if entry is None or isinstance(entry.node, Scalar):
                continue
            entries[section] = attrs.evolve(entry, node=self._kept(section, entry.node))
        return attrs.evolve(self.tree, entries=entries)

    def _kept(self, section: str, node: Seq | Map) -> Node:
        if isinstance(node, Seq):
            items = tuple(item for item in node.items if (section, _list_id(section, item)) not in self.gone)
            return attrs.evolve(node, items=items)
        kept = {id_: entry for id_, entry in node.entries.items() if (section, id_) not in self.gone}
        if section not in _PLAN:
            self._note_thinned(section, kept)
            kept = {id_: self._purged_entry(entry, _RECORDS[section]) for id_, entry in kept.items()}
        return attrs.evolve(node, entries=kept)

    def _note_thinned(self, section: str, records: dict[str, Entry]) -> None:
        """Note whose list of needs of which some must work grows shorter."""
        for id_, entry in records.items() if section in _NEEDING else ():
            some = value_of(value_of(entry.node, "needs"), "some")
            for item in some.items if isinstance(some, Seq) else ():
                origin = self._origin("node", item)
                if origin is not None:
                    self.thinned[(section, id_)] = origin

    def _purged_entry(self, entry: Entry, cls: Any) -> Entry:  # noqa: ANN401 - a class of the model
        return attrs.evolve(entry, node=self._purged(entry.node, cls))

    def _purged(self, node: Node, cls: Any) -> Node:  # noqa: ANN401 - a class of the model
        """Return a record whose lists no longer name what is gone."""
        if not isinstance(node, Map):
            return node
        entries = dict(node.entries)
        for key in keys_of(cls):
            entry = entries.get(key.name)
            if entry is not None and key.name not in _MISSED.get(cls, ()):
                entries[key.name] = attrs.evolve(entry, node=self._purged_value(key, entry.node))
        return attrs.evolve(node, entries=entries)

    def _purged_value(self, key: Key, node: Node) -> Node:
        if key.kind == "ids" and key.refers and isinstance(node, Seq):
            items = tuple(item for item in node.items if self._origin(key.refers, item) is None)
            return attrs.evolve(node, items=items)
        if key.kind == "record":
            return self._purged(node, key.record)
        if key.kind == "records" and isinstance(node, Map):
            kept = {id_: self._purged_entry(entry, key.record) for id_, entry in node.entries.items()}
            return attrs.evolve(node, entries=kept)
        return node

    def _hangs_on(self, section: str, node: Node) -> Scalar | None:
        """Return what was written for the thing without which a record cannot be; None where it can."""
        if not isinstance(node, Map):
            return None
        if section in _ABOUT:
            spaces = {"rule": "rule", "activity": "activity", "node": "node"}
            return self._first((spaces[key], value_of(node, key)) for key in _ABOUT[section])
        if section == "rules":
            return self._idle(node)
        held = value_of(node, _STANDS_ON.get(section, ""))
        items = held.items if isinstance(held, Seq) else (held,)
        stands = self._first(("volume", item) for item in items)
        return stands if stands is not None or section not in _NEEDING else self._unmet(value_of(node, "needs"))

    def _unmet(self, needs: Node | None) -> Scalar | None:
        """Return what was written for a need without which nothing works."""
        if isinstance(needs, Seq):
            return self._first(("node", item) for item in needs.items)
        if not isinstance(needs, Map):
            return None
        hard, some = value_of(needs, "all"), value_of(needs, "some")
        found = self._first(("node", item) for item in hard.items) if isinstance(hard, Seq) else None
        return found if found is not None or not isinstance(some, Seq) else self._all_of("node", some)

    def _idle(self, rule: Map) -> Scalar | None:
        """Return what was written for the last thing that a rule is about; an empty list would mean everything."""
        found = self._first((("hatch", value_of(rule, "while_open")), ("node", value_of(rule, "while_sick"))))
        spaces = {key.name: key.refers for key in keys_of(_RECORDS["rules"])}
        lists = ((str(spaces[name]), value_of(rule, name)) for name in _EMPTY_IS_ALL)
        emptied = (self._all_of(space, node) for space, node in lists if isinstance(node, Seq))
        return found if found is not None else next((item for item in emptied if item is not None), None)

    def _all_of(self, space: str, node: Seq) -> Scalar | None:
        origins = [self._origin(space, item) for item in node.items]
        return origins[0] if origins and all(origin is not None for origin in origins) else None

    def _first(self, named: Any) -> Scalar | None:  # noqa: ANN401 - pairs of a space and a node of the tree
        found = (self._origin(space, item) for space, item in named)
        return next((origin for origin in found if origin is not None), None)

    def _origin(self, space: str, item: Node | None) -> Scalar | None:
        """Return what was written for a thing that is gone and that an item names, itself or as the owner of a part."""
        name = text_of(item)
        if name is None:
            return None
        sections = {"node": NODE_SECTIONS, "hatch": ("hatches", "vehicles")}.get(space) or (SPACES[space],)
        for section in sections:
            for text in dict.fromkeys((name, name.partition("/")[0])):
                id_ = self._in(section, text)
                if id_ is not None and (section, id_) in self.gone:
                    return self.gone[(section, id_)]
        return None

    def _in(self, section: str, text: str, *, exact: bool = False) -> str | None:
        """Return the id of a section that a name means."""
        names = self._names(section)
        return text if text in names.ids else None if exact else names.meaning(text)

    def _names(self, section: str) -> Names:
        if section not in self.known:
            self.known[section] = Names.of(named(id_, node) for id_, node in self._items(section))
        return self.known[section]

    def _ids(self, section: str) -> list[str]:
        return [id_ for id_, _ in self._items(section)]

    def _items(self, section: str) -> list[tuple[str, Node]]:
        return list(_items(self.tree, section))


def _items(tree: Map, section: str) -> Iterator[tuple[str, Node]]:
    """Yield what stands in a section with its id, or of a list with what it is about."""
    node = value_of(tree, section)
    if isinstance(node, Seq):
        yield from ((_list_id(section, item), item) for item in node.items)
    yield from records_of(tree, section)


def _list_id(section: str, item: Node) -> str:
    """Return the id of an entry of a list: what it is about."""
    keys = _ABOUT.get(section, ("id",))
    found = [value_of(item, key) for key in keys] if isinstance(item, Map) else []
    return "/".join(str(part.value) for part in found if isinstance(part, Scalar))
