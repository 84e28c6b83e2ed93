"""What comes with the package under this name? Records of the files in `./configs` and in the package, as written."""

from pathlib import Path

from attrs import frozen

from stationsim.errors import ScenarioError
from stationsim.scenario.folders import FOLDERS, config_roots, shown
from stationsim.scenario.layers import read_file
from stationsim.scenario.places import Place, Reading, Source
from stationsim.scenario.reader import Entry, Map


@frozen(kw_only=True)
class Shipped:
    """A record that stands under its id in a file, with its lines."""

    section: str
    id: str
    file: str
    line: int
    text: str


def shipped() -> tuple[Shipped, ...]:
    """Return every record of the files that a name can mean, file by file, without files that cannot be read."""
    found = []
    for root in config_roots():
        for folder in FOLDERS:
            for path in sorted((root / folder).glob("*.yaml")):
                found += _records(path)
    return tuple(dict.fromkeys(found))


def _records(path: Path) -> list[Shipped]:
    """Return the records in the sections of one file; none of one that cannot be read."""
    try:
        tree = read_file(path, Reading(Place(Source(shown(path)))))
    except ScenarioError:
        tree = None
    return [
        Shipped(section=section, id=name, file=shown(path), line=record.place.line, text=_lines(record))
        for section, entry in (tree.entries if tree else {}).items()
        if isinstance(entry.node, Map)
        for name, record in entry.node.entries.items()
        if isinstance(record.node, Map)
    ]


def _lines(record: Entry) -> str:
    """Return the lines of a record: its own, and those below that are indented deeper."""
    lines, first = record.place.source.lines, record.place.line - 1
    taken = [lines[first]]
    for line in lines[first + 1 :]:
        if line.strip() and len(line) - len(line.lstrip(" ")) < record.place.column:
            break
        taken.append(line)
    while taken and (not taken[-1].strip() or taken[-1].lstrip().startswith("#")):
        taken.pop()
    indent = record.place.column - 1
    return "\n".join(line[indent:] for line in taken)
