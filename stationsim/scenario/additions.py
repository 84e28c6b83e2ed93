"""How does a whole file lie over those below? Some lists grow instead of being replaced, and modules are volumes."""

from stationsim.scenario.places import Reading
from stationsim.scenario.reader import Entry, Map, Node, Scalar, Seq
from stationsim.scenario.words import shorten

MODULES, VOLUMES = "modules", "volumes"
GROWING = {"waivers": ("rule", "activity"), "opening": ("node", "centre")}
"""Lists to which a layer adds, and the keys by which an entry lies over one below."""


def with_volumes(tree: Map, reading: Reading) -> Map:
    """Return a file in which what stands under `modules` stands under `volumes`."""
    entry = tree.entries.get(MODULES)
    if entry is None:
        return tree
    other = tree.entries.get(VOLUMES)
    entries = {VOLUMES if key == MODULES else key: value for key, value in tree.entries.items() if key != VOLUMES}
    if other is not None and not (isinstance(entry.node, Map) and isinstance(other.node, Map)):
        message = f"'{VOLUMES}' and '{MODULES}' are the same. Write one of them."
        reading.add(entry.place, (MODULES,), message)
    elif isinstance(entry.node, Map) and other is not None and isinstance(other.node, Map):
        for id_ in (id_ for id_ in entry.node.entries if id_ in other.node.entries):
            first = other.node.entries[id_].place.line
            message = f"{shorten(id_)} stands under '{VOLUMES}' too (line {first}). Remove one of them."
            reading.add(entry.node.entries[id_].place, (MODULES, id_), message)
        joined = Map(other.node.place, {**entry.node.entries, **other.node.entries})
        entries[VOLUMES] = Entry(other.place, joined)
    return Map(tree.place, entries)


def grown(key: str, below: Node, over: Node, reading: Reading) -> Node | None:
    """Return a list that a layer adds to one below; None for any other key, whose value is replaced."""
    if key not in GROWING or not isinstance(below, Seq) or not isinstance(over, Seq):
        return None
    if below.items and not over.items:
        one = "opening/NODE" if key == "opening" else "RULE/ACTIVITY"
        message = (
            f"An empty list adds nothing to the {len(below.items)} entries below. "
            f"Remove one by 'without: [{one}]' or all by '{key}: ~', or leave this key out."
        )
        reading.add(over.place, (key,), message)
    items = list(below.items)
    for item in over.items:
        same = [number for number, old in enumerate(items[: len(below.items)]) if _is_same(key, old, item)]
        if same:
            items[same[0]] = _laid(items[same[0]], item)
        else:
            items.append(item)
    return Seq(tuple(items), over.place)


def _is_same(key: str, old: Node, new: Node) -> bool:
    return isinstance(old, Map) and isinstance(new, Map) and _about(key, old) == _about(key, new)


def _about(key: str, item: Map) -> tuple[object, ...]:
    found = (item.entries.get(name) for name in GROWING[key])
    return tuple(entry.node.value if entry and isinstance(entry.node, Scalar) else None for entry in found)


def _laid(old: Node, new: Node) -> Node:
    assert isinstance(old, Map)
    assert isinstance(new, Map)
    return Map(new.place, {**old.entries, **new.entries})
