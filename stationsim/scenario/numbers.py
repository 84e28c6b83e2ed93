"""Which numbers does a scenario hold, who vouches for them, and what if one of them were otherwise?

A number is a duration, a quantity, a plain number or a whole number that a file gives: no clock times and dates, no
places on the ground, and no defaults. A distribution is one number: all its parameters change together.
"""

import math
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import attrs
from attrs import field, frozen

from stationsim.errors import ScenarioError
from stationsim.scenario.arguments import reading_of
from stationsim.scenario.dump import number_text
from stationsim.scenario.edit import checked
from stationsim.scenario.model import Chance, Incident, Scenario, When
from stationsim.scenario.schema import Key, bounds_of, keys_of

__all__ = ["ASSUMED", "Date", "Number", "dates", "numbers", "plus", "postponed", "times"]

ASSUMED = "assumed"
"""What the source of an assumed record begins with."""

_KINDS = ("duration", "quantity", "number", "int")
_PLACES = ("latitude", "longitude")


@frozen(kw_only=True)
class Number:
    """A number of a record: where it stands, what it is, and the source of its record.

    `path` leads to it from the scenario: attributes, and positions in tuples.
    """

    name: str
    path: tuple[str | int, ...] = field(repr=False)
    key: Key = field(repr=False)
    value: float | Chance
    source: str = field(repr=False)

    @property
    def text(self) -> str:
        """The number as a file has it, with its unit."""
        return number_text(self.key, self.value)

    @property
    def is_assumed(self) -> bool:
        """Tell whether the source says that it is assumed, before anything else."""
        return self.source.startswith(ASSUMED)

    @property
    def is_partly_assumed(self) -> bool:
        """Tell whether the source says further on that something of the record is assumed, but not what."""
        return ASSUMED in self.source and not self.is_assumed


def numbers(scenario: Scenario) -> Iterator[Number]:
    """Yield every number that the files of a scenario give, in the order of the model."""
    yield from _numbers(scenario, "", (), "")


def _numbers(record: Any, name: str, path: tuple[str | int, ...], source: str) -> Iterator[Number]:  # noqa: ANN401 - a record of the model
    source = getattr(record, "source", None) or source
    for key in keys_of(type(record)):
        value, own, here = getattr(record, key.attribute), f"{name}{key.name}", (*path, key.attribute)
        if key.kind == "record" and value is not None:
            yield from _numbers(value, f"{own}.", here, source)
        elif key.kind in ("records", "list"):
            for number, item in enumerate(value):
                if not (isinstance(item, Incident) and item.since_s is not None):
                    yield from _numbers(item, f"{own}.{getattr(item, 'id', number)}.", (*here, number), source)
        elif key.kind in _KINDS and key.name not in _PLACES and value and (key.required or value != key.default):
            yield Number(name=own, path=here, key=key, value=value, source=source)


def times(scenario: Scenario, number: Number, factor: float) -> tuple[Scenario, Number] | None:
    """Return a scenario in which one of its numbers is so many times as large, and that number.

    Whole numbers and seconds are rounded, halves up; a whole number stays at least one. None if it is the same then.

    Raises:
        ScenarioError: The number is out of its bounds, or the scenario is impossible with it.
    """
    value = _times(number.key, number.value, factor)
    if value == number.value:
        return None
    if any(not _fits(number.key, part) for part in _parts(value)):
        raise ScenarioError(f"{number.name}: a value here must be {bounds_of(number.key)}.")
    return _with(scenario, attrs.evolve(number, value=value))


def plus(scenario: Scenario, number: Number, more: int) -> tuple[Scenario, Number] | None:
    """Return a scenario in which a whole number is larger by so much, and that number; None if it is no whole number.

    Raises:
        ScenarioError: The number is out of its bounds, or the scenario is impossible with it.
    """
    if number.key.kind != "int" or isinstance(number.value, Chance) or not more:
        return None
    value = round(number.value) + more
    if value < 0 or not _fits(number.key, value):
        raise ScenarioError(f"{number.name}: a value here must be {bounds_of(number.key) or 'at least 0'}.")
    return _with(scenario, attrs.evolve(number, value=value))


def _with(scenario: Scenario, changed: Number) -> tuple[Scenario, Number]:
    first = str(changed.path[0])
    section = _replaced(getattr(scenario, first), changed.path[1:], changed.value)
    return checked(scenario, reading_of(changed.name), **{first: section}), changed


@frozen(kw_only=True)
class Date:
    """A day from which on a ship can be launched: `vehicles.SHIP.ready`, and the source of its record."""

    name: str
    position: int = field(repr=False)
    when: When
    source: str = field(repr=False)

    def day(self, scenario: Scenario) -> str:
        """The day, in UTC."""
        return (scenario.start_utc + timedelta(seconds=self.when.lo_s)).date().isoformat()


def dates(scenario: Scenario) -> Iterator[Date]:
    """Yield from when on each ship can be launched whose file says so, in the order of the model."""
    for position, ship in enumerate(scenario.vehicles):
        if ship.ready is not None:
            yield Date(name=f"vehicles.{ship.id}.ready", position=position, when=ship.ready, source=ship.source)


def postponed(scenario: Scenario, date: Date, by_s: int) -> Scenario:
    """Return a scenario in which a ship can be launched so much later [s], earlier below 0.

    Raises:
        ScenarioError: The scenario is impossible with it.
    """
    when = attrs.evolve(date.when, lo_s=date.when.lo_s + by_s, hi_s=date.when.hi_s + by_s)
    vehicles = _replaced(scenario.vehicles, (date.position, "ready"), when)
    return checked(scenario, reading_of(date.name), vehicles=vehicles)


def _times(key: Key, value: float | Chance, factor: float) -> float | Chance:
    if isinstance(value, Chance):
        return attrs.evolve(value, parameters=tuple(part * factor for part in value.parameters))
    if key.kind in ("duration", "int"):
        return max(1, math.floor(value * factor + 0.5))
    return value * factor


def _parts(value: float | Chance) -> tuple[float, ...]:
    return value.parameters if isinstance(value, Chance) else (value,)


def _fits(key: Key, value: float) -> bool:
    return not (key.above is not None and value <= key.above) and not (key.most is not None and value > key.most)


def _replaced(record: Any, path: tuple[str | int, ...], value: object) -> Any:  # noqa: ANN401 - what the model holds
    """Return a value of the model with another one at the end of a path."""
    if not path:
        return value
    step, *rest = path
    if isinstance(step, int):
        return (*record[:step], _replaced(record[step], tuple(rest), value), *record[step + 1 :])
    return attrs.evolve(record, **{step: _replaced(getattr(record, step), tuple(rest), value)})
