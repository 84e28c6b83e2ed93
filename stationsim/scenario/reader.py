"""What stands in a file? Text becomes a tree whose values know their line and column; nothing is executed or copied.

The tree is built from the parser's events with a stack of its own, so that no nesting, however deep, meets the limit
of Python's recursion. Plain scalars follow the core schema of YAML 1.2: `12:30`, `no` and `010` stay text, `1e3` is a
number.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import yaml
from attrs import Factory, define, field, frozen

from stationsim.scenario.places import Place, Reading, Source, split_lines
from stationsim.scenario.words import clip, shorten

MAX_BYTES = 5_000_000
MAX_LINES = 100_000
MAX_VALUES = 50_000
MAX_DEPTH = 50

_SHOWN = 20
_ADVICE = {
    "mapping values are not allowed": "Put a text with ': ' in it into quotes, end the line above with ':', or begin "
    "this key in the column of its neighbours.",
    "quoted scalar": "Close the quote.",
    "flow mapping": "Close the bracket { that is open, or put a comma between two entries.",
    "flow sequence": "Close the bracket [ that is open, or put a comma between two entries.",
    "block mapping": "Keys of one record stand in the same column, each as 'key: value'.",
    "block collection": "Entries of one list stand in the same column, each after '- '.",
    "could not find expected ':'": "Write 'key: value'.",
    "cannot start any token": "Put a text that begins with this sign into quotes.",
}
"""What the parser says, and what to do about it; the first that fits."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# A leading zero is not a decimal number to everybody, and no number here has more than 18 digits: both stay text.
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"(?=.*[.eE])[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


@frozen
class Scalar:
    """A single value; `text` is what was written, `broken` marks one that could not be read."""

    value: str | int | float | bool | None
    place: Place
    text: str = ""
    broken: bool = False


@frozen
class Seq:
    """A list."""

    items: "tuple[Node, ...]"
    place: Place


@frozen
class Entry:
    """A key's place and its value; `hides` says that it lies over a value of a lower layer."""

    place: Place
    node: "Node"
    hides: bool = False


@frozen
class Map:
    """A mapping, in the order of the file."""

    place: Place
    entries: dict[str, Entry] = field(factory=dict)


Node = Scalar | Seq | Map


@define
class _Open:
    """A list or mapping whose end has not come yet; a mapping's keys and values alternate."""

    place: Place
    is_map: bool
    children: list[Node] = Factory(list)


def read_tree(data: bytes, name: str, reading: Reading) -> Map | None:
    """Read one file into a tree; what is wrong goes to `reading`.

    Args:
        data: The bytes of the file.
        name: The name shown for it.
        reading: Where problems are noted.

    Returns:
        The tree, or None where the file cannot be read as a whole.
    """
    text, source = _decode(data, name, reading)
    if text is None or not _clean(text, source, reading):
        return None
    root: Node | None = None
    try:
        root = _compose(text, source, reading)
    except yaml.YAMLError as error:
        _syntax(error, source, reading)
        return None
    except (ValueError, OverflowError) as error:  # the parser without C lets impossible escapes through
        reading.add(Place(source), (), f"This is not YAML: {error}.")
        return None
    return root if isinstance(root, Map) else None


def resolve(text: str) -> str | int | float | bool | None:
    """Return what a plain scalar means in the core schema of YAML 1.2.

    >>> [resolve(text) for text in ("12:30", "no", "010", "1e3", "~", "true", "2022-12-15")]
    ['12:30', 'no', '010', 1000.0, None, True, '2022-12-15']
    """
    if text in _NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _SPECIAL.fullmatch(text):
        return float(text.replace(".", "", 1))
    return text


def control_fault(text: str) -> str | None:
    """Say which control character a text holds, or return None.

    >>> control_fault("a" + chr(0))
    'The text holds control character U+0000. Remove it.'
    """
    found = _CONTROL.search(text)
    return f"The text holds control character U+{ord(found[0]):04X}. Remove it." if found else None


def _decode(data: bytes, name: str, reading: Reading) -> tuple[str | None, Source]:
    """Decode UTF-8 and refuse what is too long."""
    if len(data) > MAX_BYTES:
        source = Source(name)
        reading.add(
            Place(source), (), f"The file is larger than {MAX_BYTES // 1_000_000} MB. Split it and use 'base:'."
        )
        return None, source
    text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    if text.count("\n") > MAX_LINES:
        reading.add(Place(Source(name)), (), f"The file has more than {MAX_LINES:,} lines. Split it and use 'base:'.")
        return None, Source(name)
    source = Source(name, split_lines(text))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = split_lines(data[: error.start].decode("utf-8").removeprefix("\ufeff"))
        place = Place(source, len(before), len(before[-1]) + 1)
        reading.add(place, (), f"Byte 0x{data[error.start]:02x} is not UTF-8. Save the file as UTF-8.")
        return None, source
    return text, source


def _clean(text: str, source: Source, reading: Reading) -> bool:
    """Refuse empty files and control characters."""
    found = list(islice(_CONTROL.finditer(text), _SHOWN))
    for match in found:
        before = split_lines(text[: match.start()])
        sign = ord(match[0])
        what = "A NUL character" if not sign else f"Control character U+{sign:04X}"
        reading.add(Place(source, len(before), len(before[-1]) + 1), (), f"{what} is not allowed. Remove it.")
    if not found and not text.strip():
        reading.add(Place(source), (), "The file is empty. A scenario begins with 'scenario: NAME'.")
        return False
    return not found


def _compose(text: str, source: Source, reading: Reading) -> Node | None:
    """Build the tree from the parser's events.

    Raises:
        yaml.YAMLError: The text is not YAML.
    """
    stack: list[_Open] = []
    root: Node | None = None
    for number, event in enumerate(_events(text)):
        if number > MAX_VALUES:
            _note(event, source, reading, f"The file holds more than {MAX_VALUES:,} values. Split it and use 'base:'.")
            return None
        if isinstance(event, yaml.DocumentStartEvent):
            if root is not None:
                _note(event, source, reading, "A second document begins. Write one document per file.")
                return None
            if event.version or event.tags:
                _note(event, source, reading, "Directives (%) are not allowed. Remove this line.")
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            _no_extras(event, source, reading)
            stack.append(_Open(_place(event, source), isinstance(event, yaml.MappingStartEvent)))
            if len(stack) > MAX_DEPTH:
                _note(event, source, reading, f"Values are nested deeper than {MAX_DEPTH}. Write them flatter.")
                return None
        elif node := _node(event, stack, source, reading):
            if stack:
                stack[-1].children.append(node)
            else:
                root = node
    return _check_root(root, source, reading)


def _events(text: str) -> Iterator[Any]:
    """Yield the parser's events."""
    return iter(yaml.parse(text, Loader=_LOADER))


def _node(event: Any, stack: list[_Open], source: Source, reading: Reading) -> Node | None:  # noqa: ANN401 - PyYAML's events share no useful type
    """Return the node an event completes, if it completes one."""
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event, source, reading)
    if isinstance(event, yaml.AliasEvent):
        _note(event, source, reading, f"Alias '*{clip(event.anchor or '')}' is not allowed. Write the value out.")
        return Scalar(None, _place(event, source), broken=True)
    if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
        closed = stack.pop()
        return _map(closed, reading) if closed.is_map else Seq(tuple(closed.children), closed.place)
    return None


def _scalar(event: Any, source: Source, reading: Reading) -> Scalar:  # noqa: ANN401 - PyYAML's events share no useful type
    """Return a scalar, resolved if it was written plain."""
    refused = _no_extras(event, source, reading)
    place, text = _place(event, source), event.value
    if fault := control_fault(text):
        _note(event, source, reading, fault)
        refused = True
    value = resolve(text) if event.implicit[0] else text
    return Scalar(value, place, text if event.implicit[0] else text or "''", refused)


def _map(closed: _Open, reading: Reading) -> Map:
    """Pair up keys and values, refusing keys that stand twice or are no text."""
    entries: dict[str, Entry] = {}
    pairs = zip(closed.children[::2], closed.children[1::2], strict=True)
    for key, value in pairs:
        if not isinstance(key, Scalar) or key.broken or key.value is None:
            if not (isinstance(key, Scalar) and key.broken):
                reading.add(key.place, (), "A key must be a word. Write 'key: value'.")
            continue
        name = key.value if isinstance(key.value, str) else key.text
        if first := entries.get(name):
            message = f"{shorten(name)} stands twice (first on line {first.place.line}). Remove one of them."
            reading.add(key.place, (), message)
        else:
            entries[name] = Entry(key.place, value)
    return Map(closed.place, entries)


def _check_root(root: Node | None, source: Source, reading: Reading) -> Node | None:
    """Refuse a document that is empty or no mapping."""
    if root is None or (isinstance(root, Scalar) and root.text == ""):
        reading.add(Place(source), (), "The file is empty. A scenario begins with 'scenario: NAME'.")
        return None
    if not isinstance(root, Map) and not (isinstance(root, Scalar) and root.broken):
        what = "a list" if isinstance(root, Seq) else f"the single value {shorten(root.value)}"
        reading.add(root.place, (), f"The file holds {what}, but must be a mapping. Begin with 'scenario: NAME'.")
    return root


def _no_extras(event: Any, source: Source, reading: Reading) -> bool:  # noqa: ANN401 - PyYAML's events share no useful type
    """Refuse tags and anchors; return whether there was one."""
    if event.tag is not None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        _note(event, source, reading, f"Tag {shorten(tag)} is not allowed. Write the value without it.")
    if event.anchor is not None:
        _note(event, source, reading, f"Anchor '&{clip(event.anchor)}' is not allowed. Write the value out.")
    return event.tag is not None


def _note(event: Any, source: Source, reading: Reading, message: str) -> None:  # noqa: ANN401 - PyYAML's events share no useful type
    """Note a problem where an event begins."""
    reading.add(_place(event, source), (), message)


def _place(event: Any, source: Source) -> Place:  # noqa: ANN401 - PyYAML's events share no useful type
    """Return where an event begins."""
    return Place(source, event.start_mark.line + 1, event.start_mark.column + 1)


def _syntax(error: yaml.YAMLError, source: Source, reading: Reading) -> None:
    """Note what the parser could not read."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Place(source, mark.line + 1, mark.column + 1) if mark else Place(source)
    problem = getattr(error, "problem", None) or str(error).split("\n", maxsplit=1)[0]
    context = getattr(error, "context", None)
    line = source.lines[place.line - 1] if 0 < place.line <= len(source.lines) else ""
    advice = " Indent with spaces, not tabs." if "\t" in line[: place.column] else _advice(problem, context or "")
    reading.add(place, (), f"This is not YAML: {problem}{f' ({context})' if context else ''}.{advice}")


def _advice(problem: str, context: str) -> str:
    """Say what is mostly meant by what the parser says, or nothing."""
    told = f"{problem} {context}"
    return next((f" {advice}" for sign, advice in _ADVICE.items() if sign in told), "")
