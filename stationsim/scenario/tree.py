"""What stands where in the tree of a file? Look-ups for what is done before records are made of it."""

from collections.abc import Iterator

from stationsim.names import Named
from stationsim.scenario.reader import Entry, Map, Node, Scalar, Seq


def value_of(node: Node | None, key: str) -> Node | None:
    """Return the value under a key of a mapping."""
    entry = node.entries.get(key) if isinstance(node, Map) else None
    return None if entry is None else entry.node


def text_of(node: Node | None) -> str | None:
    """Return the text that a node is, if it is one."""
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None


def entries_of(tree: Map, section: str) -> dict[str, Entry]:
    """Return what stands under the ids of a section."""
    node = value_of(tree, section)
    return node.entries if isinstance(node, Map) else {}


def records_of(tree: Map, section: str) -> Iterator[tuple[str, Node]]:
    """Yield the records of a section with their ids; what a layer has taken away by ~ does not stand there."""
    yield from ((id_, entry.node) for id_, entry in entries_of(tree, section).items() if isinstance(entry.node, Map))


def named(id_: str, node: Node) -> Named:
    """Return what a record is called."""
    aliases = value_of(node, "aliases")
    texts = [text_of(item) for item in aliases.items] if isinstance(aliases, Seq) else []
    return Named(id_, text_of(value_of(node, "name")), tuple(text for text in texts if text is not None))
