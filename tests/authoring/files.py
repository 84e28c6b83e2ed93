"""A file as an editor sees it: plain values, and the ways to what its schema refuses."""

import re
from collections.abc import Iterator

from jsonschema import Draft202012Validator, ValidationError

from stationsim.authoring.json_schema import file_schema
from stationsim.scenario.places import Place, Reading, Source
from stationsim.scenario.reader import Map, Node, Seq, read_tree

VALIDATOR = Draft202012Validator(file_schema())


def plain(text: str) -> object:
    """Return what a file says, with scalars resolved as the loader does."""
    tree = read_tree(text.encode(), "file.yaml", Reading(Place(Source("file.yaml"))))
    assert tree is not None
    return _plain(tree)


def _plain(node: Node) -> object:
    if isinstance(node, Map):
        return {name: _plain(entry.node) for name, entry in node.entries.items()}
    return [_plain(item) for item in node.items] if isinstance(node, Seq) else node.value


def refused(text: str) -> set[str]:
    """Return the ways to the keys that the schema refuses, `people.anna.seat` for short."""
    return {way for error in VALIDATOR.iter_errors(plain(text)) for way in _ways(error)}


def _ways(error: ValidationError) -> Iterator[str]:
    way = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
    if error.validator == "additionalProperties":
        names = re.findall(r"'([^']*)'", error.message.split("(")[1])
        yield from (f"{way}.{name}".removeprefix(".") for name in names)
    else:
        yield way.removeprefix(".")
