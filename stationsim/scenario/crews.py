"""Who comes without a name? `crew_up: 3` and `crew: 3` become people, before records are made of a file.

The people of a ship are `SHIP-1`, `SHIP-2` and so on, and what the file says of a person of such an id lies over what
is assumed here: their segment is the first that the centre of the ship watches, their centre the one that watches their
segment, their agency the one most people of that centre have, and they have no skills but those that are given.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

import attrs
from attrs import Factory, define

from stationsim.names import Names
from stationsim.scenario.layers import merge
from stationsim.scenario.places import Place, Reading, Trail
from stationsim.scenario.reader import Entry, Map, Node, Scalar, Seq
from stationsim.scenario.tree import entries_of, named, records_of, text_of, value_of
from stationsim.scenario.words import clip, closest, shorten

UP, ABOARD = "crew_up", "crew"
_KEYS = ("count", "skills", "segment", "agency")
_FORMS = "Write a number of people or {count: 3, skills: [SKILL], segment: SEGMENT, agency: AGENCY}"
_MOST = 99


def with_crews(tree: Map, reading: Reading) -> Map:
    """Return the tree of a document in which everybody has a record of their own."""
    work = _Crews(tree, reading)
    ships = {id_: work.ship(id_, node) for id_, node in records_of(tree, "vehicles")}
    flights = {id_: work.flight(id_, node) for id_, node in records_of(tree, "activities")}
    with_ships = _with_records(tree, "vehicles", ships)
    return _with_records(_with_records(with_ships, "activities", flights), "people", work.everybody())


def _with_records(tree: Map, section: str, records: Mapping[str, Node]) -> Map:
    """Return a tree with these records in a section, each where it stood or at the end."""
    known = entries_of(tree, section)
    if all(id_ in known and known[id_].node is node for id_, node in records.items()):
        return tree
    section_place = tree.entries[section].node.place if section in tree.entries else tree.place
    new = {id_: Entry(node.place, node) for id_, node in records.items() if id_ not in known}
    kept = {id_: attrs.evolve(entry, node=records.get(id_, entry.node)) for id_, entry in known.items()}
    entry = Entry(section_place, Map(section_place, {**kept, **new}))
    return attrs.evolve(tree, entries={**tree.entries, section: entry})


@define
class _Crews:
    """A document, and the people it has without names."""

    tree: Map
    reading: Reading
    people: dict[str, Map] = Factory(dict)
    seated: Counter[str] = Factory(Counter)

    def ship(self, id_: str, node: Node) -> Node:
        """Return a ship without `crew:`, whose people are aboard."""
        crew = value_of(node, ABOARD)
        if crew is None or not isinstance(node, Map):
            return node
        trail: Trail = ("vehicles", id_, ABOARD)
        items = crew.items if isinstance(crew, Seq) else () if _is_gone(crew) else (crew,)
        aboard = [person for item in items for person in self._unnamed(id_, item, trail, is_aboard=True)]
        if aboard and text_of(value_of(node, "port")) is None:
            message = f"{shorten(id_)} is not docked, so nobody is aboard. Write '{UP}: 3' in its docking."
            self.reading.add(crew.place, trail, message)
        return attrs.evolve(node, entries={key: entry for key, entry in node.entries.items() if key != ABOARD})

    def flight(self, id_: str, node: Node) -> Node:
        """Return an activity whose `crew_up:` is a list of ids."""
        crew = value_of(node, UP)
        is_named = isinstance(crew, Seq) and not any(isinstance(item, Map) for item in crew.items)
        if crew is None or is_named or _is_gone(crew) or not isinstance(node, Map):
            return node
        trail: Trail = ("activities", id_, UP)
        ship = self._ship_of(node)
        if value_of(node, "ship") is None:
            self.reading.add(crew.place, trail, "People without names are those of a ship. Write 'ship: SHIP'.")
        ids: list[Node] = []
        for item in crew.items if isinstance(crew, Seq) else (crew,):
            known = isinstance(crew, Seq) and isinstance(item, Scalar)
            ids += [item] if known else self._unnamed(ship, item, trail, is_aboard=False)
        entries = {**node.entries, UP: Entry(node.entries[UP].place, Seq(tuple(ids), crew.place))}
        return attrs.evolve(node, entries=entries)

    def everybody(self) -> dict[str, Node]:
        """Return the people without names; what the file says of one of them lies over what is assumed."""
        said = entries_of(self.tree, "people")
        found: dict[str, Node] = {}
        for id_, unnamed in self.people.items():
            node = said[id_].node if id_ in said else None
            found[id_] = merge(unnamed, node) if isinstance(node, Map) else unnamed
        return found

    def _ship_of(self, node: Node) -> str | None:
        names = Names.of(named(id_, found) for id_, found in records_of(self.tree, "vehicles"))
        return names.meaning(text_of(value_of(node, "ship")) or "")

    def _unnamed(self, ship: str | None, item: Node, trail: Trail, *, is_aboard: bool) -> list[Node]:
        """Add the people that a number or a mapping means; return their ids."""
        count = self._count(item, trail)
        if ship is None or count is None:
            return []
        ids: list[Node] = []
        for _ in range(count):
            self.seated[ship] += 1
            id_ = f"{ship}-{self.seated[ship]}"
            self.people[id_] = self._person(ship, self.seated[ship], item, is_aboard=is_aboard)
            ids.append(_scalar(id_, item.place))
        return ids

    def _count(self, item: Node, trail: Trail) -> int | None:
        """Return how many people are meant; None where a problem was noted."""
        if isinstance(item, Map) and self._has_unknown(item, trail):
            return None
        number = value_of(item, "count") if isinstance(item, Map) else item
        found = number.value if isinstance(number, Scalar) else None
        if isinstance(number, Scalar) and number.broken:
            self.reading.broken.add(trail[:2])
            return None
        if type(found) is not int or not 0 <= found <= _MOST:
            shown = shorten(found) if isinstance(number, Scalar) else "What stands here"
            place = item.place if number is None else number.place
            message = f"{shown} is not a number of people from 0 to {_MOST}. {_FORMS}{_named_too(number, trail)}."
            self.reading.add(place, trail, message)
            return None
        return found

    def _has_unknown(self, item: Map, trail: Trail) -> bool:
        """Note the keys that mean nothing here; tell whether there are any."""
        unknown = [key for key in item.entries if key not in _KEYS]
        for key in unknown:
            meant = closest(key, _KEYS)
            hint = f" Did you mean {meant!r}?" if meant else ""
            message = f"{shorten(key)} is not a key of people without names. Keys: {', '.join(_KEYS)}.{hint}"
            self.reading.add(item.entries[key].place, (*trail, clip(key)), message)
        return bool(unknown)

    def _person(self, ship: str, number: int, item: Node, *, is_aboard: bool) -> Map:
        record = entries_of(self.tree, "vehicles")[ship].node
        own = text_of(value_of(record, "centre")) or ""
        segment = text_of(value_of(item, "segment")) or next(iter(self._segments(own)), own)
        watching = [id_ for id_, _ in records_of(self.tree, "centres") if segment in self._segments(id_)]
        centre = own if own in watching or not watching else watching[0]
        name = f"crew member {number} of {text_of(value_of(record, 'name')) or ship}"
        entries: dict[str, Node] = {
            "name": _scalar(name, item.place),
            "agency": value_of(item, "agency") or _scalar(self._agency(centre), item.place),
            "centre": _scalar(centre, item.place),
            "segment": value_of(item, "segment") or _scalar(segment, item.place),
            "aboard": Scalar(is_aboard, item.place, str(is_aboard).lower()),
            "seat": _scalar(ship, item.place),
            "source": _scalar("assumed, no name is given", item.place),
        }
        skills = value_of(item, "skills")
        if skills is not None:
            entries["skills"] = skills
        return Map(item.place, {key: Entry(node.place, node) for key, node in entries.items()})

    def _segments(self, centre: str) -> Iterator[str]:
        """Yield the segments that a centre, whatever it is called, watches."""
        names = Names.of(named(id_, found) for id_, found in records_of(self.tree, "centres"))
        known = entries_of(self.tree, "centres").get(names.meaning(centre) or "")
        segments = value_of(known.node, "segments") if known is not None else None
        if isinstance(segments, Seq):
            yield from (str(item.value) for item in segments.items if isinstance(item, Scalar))

    def _agency(self, centre: str) -> str:
        """Return the agency that most people of a centre have, the first of them where several do."""
        people = [node for _, node in records_of(self.tree, "people") if text_of(value_of(node, "centre")) == centre]
        agencies = Counter(text_of(value_of(node, "agency")) for node in people)
        agencies.pop(None, None)
        return str(agencies.most_common(1)[0][0]) if agencies else centre


def _named_too(number: Node | None, trail: Trail) -> str:
    """Say where people with names stand: in the list of a flight, but aboard each in a record of their own."""
    if trail[-1] != ABOARD:
        return ", or the ids of people, [PERSON, PERSON]"
    is_name = isinstance(number, Scalar) and isinstance(number.value, str)
    return f". Who has a name is one of 'people:', with 'aboard: true' and 'seat: {trail[1]}'" if is_name else ""


def _is_gone(node: Node) -> bool:
    """Tell whether a key has no value, or one that says that there is none."""
    return isinstance(node, Scalar) and node.value is None and not node.broken


def _scalar(text: str, place: Place) -> Scalar:
    return Scalar(text, place, text)
