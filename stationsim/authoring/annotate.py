"""Which comments help in a first file? Behind each key, once, what it means, from the model's table."""

from collections.abc import Iterator
from textwrap import wrap

import attrs
from attrs import Factory, define, frozen

from stationsim.authoring.forms import default_words
from stationsim.authoring.rows import about, file_keys, keys_in
from stationsim.errors import ScenarioError
from stationsim.scenario.model import Scenario
from stationsim.scenario.places import Place, Reading, Source
from stationsim.scenario.reader import Map, Node, Seq, read_tree
from stationsim.scenario.schema import Key

_COLUMN = 44
_WIDTH = 118


@frozen
class Line:
    """One line of a file; a switched-off one is shown behind a `#` in the first column."""

    text: str
    is_off: bool = False


@define
class _Notes:
    """The comments found so far, by number of line, and the keys each class has been shown with."""

    behind: dict[int, str] = Factory(dict)
    above: dict[int, list[str]] = Factory(dict)
    used: dict[type, set[str]] = Factory(dict)


def annotate(lines: tuple[Line, ...]) -> str:
    """Write a file with a comment behind every key that stands there for the first time.

    Args:
        lines: The lines of the file, every key on a line of its own.

    Raises:
        ScenarioError: The lines are no file.
    """
    reading = Reading(Place(Source("new file")))
    tree = read_tree("\n".join(line.text for line in lines).encode(), "new file", reading)
    reading.stop()
    if tree is None:
        raise ScenarioError("new file: This is not a file of stationsim.")
    notes = _Notes()
    for _ in _walk(Scenario, file_keys(), tree, notes):
        pass
    _comment(Scenario, file_keys(), tree, notes)
    return "".join(_shown(number, line, notes) for number, line in enumerate(lines, start=1))


def commented(text: str, indent: str = "") -> list[str]:
    """Write an explanation as lines of comment."""
    return [f"{indent}# {part}" for part in wrap(text, _WIDTH - len(indent) - 2, break_on_hyphens=False)]


def _walk(owner: type, keys: tuple[Key, ...], node: Map, notes: _Notes) -> Iterator[None]:
    """Note which keys each class of record is shown with."""
    notes.used.setdefault(owner, set()).update(node.entries)
    for key in keys:
        for record in _records(key, node):
            yield from _walk(key.record, keys_in(key), record, notes)


def _comment(
    owner: type, keys: tuple[Key, ...], node: Map, notes: _Notes, seen: set[tuple[type, str]] | None = None
) -> None:
    """Write the comments of a record's keys and of the records below them."""
    seen = set() if seen is None else seen
    for key in keys:
        entry = node.entries.get(key.name)
        if entry is None:
            continue
        line = entry.place.line
        if (owner, key.name) not in seen and line not in notes.behind:
            seen.add((owner, key.name))
            if owner is Scenario and key.record is not None:
                notes.above[line] = commented(_head(key, notes))
            else:
                notes.behind[line] = _note(key, notes)
        for record in _records(key, node):
            _comment(key.record, keys_in(key), record, notes, seen)


def _records(key: Key, node: Map) -> list[Map]:
    """Return the records that stand under a key."""
    entry = node.entries.get(key.name)
    if entry is None or key.record is None:
        return []
    below: list[Node] = [entry.node]
    if key.kind == "records" and isinstance(entry.node, Map):
        below = [inner.node for inner in entry.node.entries.values()]
    elif isinstance(entry.node, Seq):
        below = list(entry.node.items)
    return [item for item in below if isinstance(item, Map)]


def _head(key: Key, notes: _Notes) -> str:
    """Return the comment above a section."""
    what = f"{key.meaning[0].upper()}{key.meaning[1:]}. {about(key)}"
    return f"{what} {_more(key, notes)}".rstrip()


def _more(key: Key, notes: _Notes) -> str:
    """Name the keys of a record that the file does not show."""
    names = [inner.name for inner in keys_in(key) if inner.name not in notes.used.get(key.record, set())]
    return f"More keys: {', '.join(names)}." if names else ""


def _note(key: Key, notes: _Notes) -> str:
    """Return the comment behind a key."""
    words = [key.meaning]
    if key.allowed and key.kind != "ids" and not key.meaning.startswith("`"):
        words.append(f"one of {', '.join(key.allowed)}")
    default = default_words(attrs.evolve(key, assumed=None))
    if default not in ("", "nothing", "none", "no"):
        words.append(f"left out: {default}")
    if key.record is not None and (more := _more(key, notes)):
        words.append(more.lower().rstrip("."))
    return "; ".join(words)


def _shown(number: int, line: Line, notes: _Notes) -> str:
    """Return a line with its comments, behind it where they fit, else above."""
    mark = "#" if line.is_off else ""
    text, note = mark + line.text, notes.behind.get(number)
    above = list(notes.above.get(number, []))
    if note is not None:
        behind = f"{text:<{_COLUMN}}  # {note}"
        if len(behind) <= _WIDTH and "#" not in line.text:
            text = behind
        else:
            indent = " " * (len(line.text) - len(line.text.lstrip(" ")))
            name = line.text.strip().removeprefix("- ").split(":")[0]
            above += commented(f"{name}: {note}", indent)
    return "".join(f"{part}\n" for part in (*above, text))
