"""What really happened? A file of documented history becomes a table, to be drawn beside a run and never put into one.

    history: iss-2022-12
    events:
      - {at: 2022-12-22T13:19Z, subject: us-eva-83, what: flown, source: "blog of the agency"}

The same as CSV: a line of the keys of an event, then a line for each. No configuration and no run reads such a file.
"""

import csv
from pathlib import Path

import pandas as pd
from attrs import frozen

from stationsim.scenario.fields import key
from stationsim.scenario.places import Place, Reading, Source, split_lines
from stationsim.scenario.reader import Entry, Map, Scalar, Seq, read_tree, resolve
from stationsim.scenario.scalars import EPOCH, read_moment
from stationsim.scenario.structure import record
from stationsim.units import format_utc

__all__ = ["COLUMNS", "read_history"]

COLUMNS = ("at", "subject", "what", "attributable", "conf", "source")
_CSV = ".csv"


@frozen(kw_only=True)
class Event:
    """Something that happened, as published."""

    at: str = key("when it happened, a clock time or a day")
    subject: str = key("the activity of the scenario that it belongs to, or what it is about", kind="id")
    what: str = key("what happened, in a few words")
    attributable: bool = key("whether the incident caused it", kind="bool", default=True, assumed="most are listed so")
    conf: str | None = key(
        "how sure it is: H several sources, M one, L a doubtful one", default=None, allowed=("H", "M", "L")
    )
    source: str = key("who says so")


@frozen(kw_only=True)
class History:
    """What was published about one time."""

    history: str = key("its name", kind="id")
    trigger: str | None = key("when it began, a clock time or a day", default=None)
    events: tuple[Event, ...] = key("what happened", kind="list")


def read_history(path: str | Path) -> pd.DataFrame:
    """Read documented history from a YAML or CSV file.

    Returns:
        One row per event in the order of the file; columns `at` (text in UTC: `2022-12-22T13:19Z`, or a day where no
        clock is known), `subject`, `what`, `attributable`, `conf`, `source`. `attrs["history"]` is its name.

    Raises:
        ScenarioError: Something in the file is impossible; the text tells every problem with its place.
        OSError: The file cannot be read.
    """
    file = Path(path)
    data = file.read_bytes()
    reading = Reading(Place(Source(str(path))))
    tree = _csv_tree(data, file, reading) if file.suffix.lower() == _CSV else read_tree(data, str(path), reading)
    if tree is None:
        reading.stop()
        raise AssertionError  # no tree without a problem
    _require_history(tree, reading)
    history = record(History, tree, (), EPOCH, reading)
    rows = [_row(event, number, reading) for number, event in enumerate(history.events)]
    if not rows and not reading.problems:
        reading.tell(("events",), "There is no event. Write '- {at: DAY, subject: ID, what: TEXT, source: TEXT}'.")
    reading.stop()
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table.attrs["history"] = history.history
    return table


def _require_history(tree: Map, reading: Reading) -> None:
    """Refuse the file of a scenario, or of a part of one, once and for all its keys."""
    other = next((key for key in ("scenario", "base", "station", "incidents") if key in tree.entries), None)
    if other is not None and not {"history", "events"} & set(tree.entries):
        what = "This is the file of a scenario, not of what really happened. Give a file with 'history:' and 'events:'."
        reading.add(tree.entries[other].place, (other,), f"{what} The scenario is named beside it.")
        reading.stop()


def _row(event: Event, number: int, reading: Reading) -> tuple[object, ...]:
    return (
        _moment(event.at, ("events", number, "at"), reading), event.subject, event.what, event.attributable,
        event.conf or "", event.source,
    )  # fmt: skip


def _moment(text: object, trail: tuple[str | int, ...], reading: Reading) -> str:
    """Return a time as text, a day as a day; what is neither is noted."""
    if not isinstance(text, str):
        return ""
    try:
        moment = read_moment(text)
    except ValueError as error:
        reading.tell(trail, str(error))
        return ""
    return format_utc(moment) if "T" in text else moment.date().isoformat()


def _csv_tree(data: bytes, file: Path, reading: Reading) -> Map | None:
    """Return the tree that a YAML file of the same events would have; each value knows its line."""
    try:
        text = data.decode("utf-8-sig")
        lines = split_lines(text)
        source = Source(reading.home.source.name, lines)
        rows = csv.reader(lines, strict=True)
        listed = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    except UnicodeDecodeError:
        reading.add(reading.home, (), "This is not UTF-8 text. Save it as CSV in UTF-8.")
        return None
    except csv.Error as error:
        reading.add(reading.home, (), f"This is not CSV: {error}. Close each quote on the line that it began on.")
        return None
    _, heads = listed[0] if listed else (1, [])
    events = tuple(_csv_event(heads, row, Place(source, line, 1), reading) for line, row in listed[1:])
    home = Place(source, 1, 1)
    name = "".join(c if c.isalnum() else "-" for c in file.stem.lower()).strip("-") or "history"
    return Map(home, {
        "history": Entry(home, Scalar(name, home, name)),
        "events": Entry(home, Seq(events, home)),
    })  # fmt: skip


def _csv_event(heads: list[str], row: list[str], place: Place, reading: Reading) -> Map:
    if len(row) > len(heads):
        reading.add(
            place, (), f"The line has {len(row)} cells, and the first line names {len(heads)}. Quote the commas."
        )
    entries: dict[str, Entry] = {}
    for name, cell in zip(heads, row, strict=False):
        known = resolve(cell.strip()) if name.strip() == "attributable" else cell.strip()
        if cell.strip():
            entries[name.strip()] = Entry(place, Scalar(known, place, cell.strip()))
    return Map(place, entries)
