"""Where does a value stand, and how is a problem with it told? File, line and column, source line and caret."""

import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import Factory, define, frozen

from stationsim.errors import ScenarioError
from stationsim.names import Named

Trail = tuple[str | int, ...]
"""Way to a value: keys of mappings and numbers of list items."""

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_WIDTH = 120
_MOST = 100
_ENOUGH = 200


@frozen
class Source:
    """A text that was read: the name shown for it, and its lines. Without lines it is an argument of a Python call."""

    name: str
    lines: tuple[str, ...] = ()


@frozen
class Place:
    """A character in a source; line and column count from 1, line 0 stands for the source as a whole."""

    source: Source
    line: int = 0
    column: int = 0


@frozen
class Spot:
    """A value's place and the way to it as its author wrote it."""

    place: Place
    trail: Trail


@frozen
class Problem:
    """One thing that is wrong, and where."""

    place: Place
    trail: Trail
    message: str


@frozen
class Removed:
    """A record that a layer has taken away from those below: what it was called, where, and by which word."""

    section: str
    named: Named
    place: Place
    by: str


@define
class Reading:
    """What is found while a scenario is read: problems, the place of every value, the records that are broken.

    It is filled along the way, so that one pass tells every problem at once.
    """

    home: Place
    problems: list[Problem] = Factory(list)
    spots: dict[Trail, Spot] = Factory(dict)
    broken: set[Trail] = Factory(set)
    removed: list[Removed] = Factory(list)
    thinned: dict[Trail, tuple[Place, str]] = Factory(dict)

    def add(self, place: Place, trail: Trail, message: str) -> None:
        """Note that a value cannot be read; the record it lies in takes part in no further check."""
        self._note(Problem(place, trail, message))
        self.broken.add(trail[:2])

    def tell(self, trail: Trail, message: str) -> None:
        """Note what is impossible about a value already read, at its own place or the nearest known one around it."""
        spot = self.spot(trail)
        self._note(Problem(spot.place, spot.trail, message))

    def spot(self, trail: Trail) -> Spot:
        """Return where a value stands, or the nearest value around it whose place is known."""
        for length in range(len(trail), -1, -1):
            if found := self.spots.get(trail[:length]):
                return found if length == len(trail) else Spot(found.place, found.trail + trail[length:])
        return Spot(self.home, trail)

    def _note(self, problem: Problem) -> None:
        """Keep a problem, once; a file with more of them than anybody reads is not read to its end."""
        if problem not in self.problems:
            self.problems.append(problem)
        if len(self.problems) >= _ENOUGH:
            self.stop()

    def is_partial(self, section: str) -> bool:
        """Tell whether something of a section could not be read, so that nothing can be said to be missing from it."""
        return any(trail[:1] == (section,) for trail in self.broken)

    def stop(self) -> None:
        """Raise everything found so far.

        Raises:
            ScenarioError: There is a problem.
        """
        if self.problems:
            raise ScenarioError(tell_all(self.problems))


class Spots(Mapping[Trail, Spot]):
    """Where the values of a scenario stand; no part of what it says, so it shows and compares as nothing."""

    def __init__(self, spots: Mapping[Trail, Spot] | None = None) -> None:
        """Keep these places."""
        self._spots = dict(spots or {})

    def __getitem__(self, trail: Trail) -> Spot:
        return self._spots[trail]

    def __iter__(self) -> Iterator[Trail]:
        return iter(self._spots)

    def __len__(self) -> int:
        return len(self._spots)

    def __repr__(self) -> str:
        return f"<places of {len(self)} values>"


def refusal(told: Iterable[tuple[Trail, str]], spots: Mapping[Trail, Spot]) -> ScenarioError | None:
    """Return the error that tells what is wrong with a scenario already loaded, each problem at its place.

    Args:
        told: Problems as (way to the value, message).
        spots: Places of the scenario's values, `Scenario.spots`; without them only the way is told.
    """
    reading = Reading(Place(Source("")), spots=dict(spots))
    for trail, message in told:
        reading.tell(trail, message)
    return ScenarioError(tell_all(reading.problems)) if reading.problems else None


def split_lines(text: str) -> tuple[str, ...]:
    """Split a text as YAML counts lines.

    >>> split_lines("a" + chr(10) + "b")
    ('a', 'b')
    """
    return tuple(_BREAK.split(text))


def trail_text(trail: Trail) -> str:
    """Write a way for people.

    >>> trail_text(("incidents", 0, "hole"))
    'incidents[0].hole'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in trail).removeprefix(".")


def tell_all(problems: Iterable[Problem]) -> str:
    """Write all problems, one block each, by file and line."""
    ordered = sorted(
        problems, key=lambda problem: (problem.place.source.name, problem.place.line, problem.place.column)
    )
    blocks = [_block(problem) for problem in ordered[:_MOST]]
    if len(ordered) > _MOST:
        least = "at least " if len(ordered) >= _ENOUGH else ""
        blocks.append(f"... and {least}{len(ordered) - _MOST} more problems.")
    return "\n".join(blocks)


def printable(text: str) -> str:
    """Replace what a terminal would obey instead of show; the length stays.

    >>> printable("a" + chr(27) + "[31m")
    'a�[31m'
    """
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _block(problem: Problem) -> str:
    """Write one problem with its source line and caret."""
    place = problem.place
    where = f"{place.source.name}:{place.line}:{place.column}: " if place.line else f"{place.source.name}: "
    where = where if place.source.name else ""
    # The name of a Python argument is its way already.
    way = trail_text(problem.trail) if place.line or not place.source.name.endswith("=...)") else ""
    head = printable(where + (f"{way}: " if way else "") + problem.message)
    if not 0 < place.line <= len(place.source.lines):
        return head
    return head + "\n" + _caret(place.source.lines[place.line - 1], place.column)


def _caret(line: str, column: int) -> str:
    """Write a source line and a caret under one of its columns, cut around the caret where it is long."""
    first = max(0, column - _WIDTH // 2) if len(line) > _WIDTH else 0
    part = printable(line[first : first + _WIDTH])
    blank = "".join("\t" if sign == "\t" else " " for sign in part[: column - 1 - first])
    return f"    {part}\n    {blank}^"
