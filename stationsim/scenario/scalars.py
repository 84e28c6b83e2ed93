"""What does a single value of a file mean for its key? Text becomes numbers; nothing is guessed or interpolated."""

# ruff: noqa: TRY004 - a wrong type in a file is told like every other wrong value, by ValueError

import math
import re
from datetime import UTC, datetime

from stationsim.scenario.model import Chance
from stationsim.scenario.schema import Key, bounds_of
from stationsim.scenario.words import candidates, clip, shorten
from stationsim.units import calendar_form, parse_duration, parse_quantity, parse_utc, parse_window

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in for a start that could not be read."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_PART = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CLOCK = re.compile(r"(\d\d):(\d\d)", re.ASCII)
_CHANCE = re.compile(r"([a-z]+)\((.*)\)", re.DOTALL)
_SHAPES = {"uniform": ("low", "high"), "triangular": ("low", "mode", "high")}
_MINUTES = 60
_DAY_S = 86400
_LONGEST_S = 36525 * _DAY_S
_MOST = 1_000_000_000
# No quantity of a station lies beyond them in its own unit, and what lies within them can be squared and cubed.
_LARGEST, _SMALLEST = 1e12, 1e-30


def read_scalar(key: Key, value: object, start: datetime) -> object:
    """Return the model's value for one scalar of a file.

    Args:
        key: The key it stands under.
        value: What the file says, with plain numbers and truth values resolved.
        start: Start of the scenario.

    Raises:
        ValueError: It is none; the message says what would be.
    """
    if key.chance and isinstance(value, str) and _CHANCE.fullmatch(value.strip()):
        return _chance(key, value.strip())
    text = clip(value) if isinstance(value, str) and key.kind != "text" else value
    return _bounded(key, _READERS[key.kind](key, text, start), text)


def _bounded(key: Key, number: object, value: object) -> object:
    """Return a number that lies in the bounds of its key, and whatever is no number."""
    if isinstance(number, int | float) and not isinstance(number, bool):
        is_low = key.above is not None and number <= key.above
        if is_low or (key.most is not None and number > key.most):
            raise ValueError(f"{shorten(value)} is out of bounds. Write a value {bounds_of(key)}.")
    return number


def check_slug(value: str) -> None:
    """Refuse a text that is no id.

    Raises:
        ValueError: It is no lower-case slug.

    >>> check_slug("Port 1")
    Traceback (most recent call last):
        ...
    ValueError: 'Port 1' is not an id. Write lower-case letters, digits and hyphens: 'port-1'.
    """
    if not _SLUG.fullmatch(value):
        slug = re.sub(r"[^a-z0-9]+", "-", clip(value).lower()).strip("-")
        raise ValueError(
            f"{shorten(value)} is not an id. Write lower-case letters, digits and hyphens"
            + (f": {slug!r}." if slug else ".")
        )


def check_rule_number(value: str) -> None:
    """Refuse a text that is no number of a flight rule, which people cite with capitals.

    Raises:
        ValueError: It is none.

    >>> check_rule_number("EVA 1")
    Traceback (most recent call last):
        ...
    ValueError: 'EVA 1' is not the number of a rule. Write letters, digits and hyphens, for instance 'EVA-1'.
    """
    if not _SLUG.fullmatch(value.lower()) or not value.isascii():
        raise ValueError(
            f"{shorten(value)} is not the number of a rule. Write letters, digits and hyphens, for instance 'EVA-1'."
        )


def read_time(value: object, start: datetime) -> int:
    """Return a clock time, or a day's first second, as seconds since the start [s].

    Raises:
        ValueError: It is neither.
    """
    return int((read_moment(value) - start).total_seconds())


def read_moment(value: object) -> datetime:
    """Return a clock time, or a day's first second, in UTC.

    Raises:
        ValueError: It is neither.
    """
    written = calendar_form(value) if isinstance(value, str) else ""
    if _DAY.fullmatch(written.strip()):
        return parse_window(value)[0]
    if "T" in written:
        return parse_utc(value)
    raise ValueError(f'{shorten(value)} is not a time. Write "2022-12-15T00:45Z" or a day, "2022-12-15".')


def _text(key: Key, value: object, start: datetime) -> str:
    """Return a text, one of the allowed ones where they are listed."""
    if not isinstance(value, str):
        raise ValueError(f'{shorten(value)} is not text. Write it in quotes: "{clip(str(value))}".')
    if key.required and not value.strip():
        raise ValueError(f"The text is empty, but it is needed: {key.meaning}. Write it.")
    if key.allowed and value not in key.allowed:
        raise ValueError(f"{shorten(value)} is not allowed here. {candidates('Allowed', key.allowed, value)}")
    return value


def _id(key: Key, value: object, start: datetime) -> str:
    """Return an id; what it refers to is checked later, with better advice."""
    text = _text(key, value, start)
    if not text.strip():
        raise ValueError(f"The name is empty: {key.meaning}. Write it, or leave the key out.")
    if not key.refers and not key.allowed and not _PART.fullmatch(text):
        check_slug(text)
    return text


def _plain_text(key: Key, value: object, start: datetime) -> str:
    """Return one text of a list."""
    return _text(key, value, start)


def _int(key: Key, value: object, start: datetime) -> int:
    """Return a whole number, never negative."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{shorten(value)} is not a whole number. Write digits only, for instance 2.")
    if not 0 <= value <= _MOST:
        raise ValueError(
            f"{value} is {'negative' if value < 0 else 'too large'}. Write a whole number from 0 to {_MOST}."
        )
    return value


def _bool(key: Key, value: object, start: datetime) -> bool:
    """Return a truth value."""
    if not isinstance(value, bool):
        raise ValueError(f"{shorten(value)} is neither true nor false. Write true or false.")
    return value


def _number(key: Key, value: object, start: datetime) -> float:
    """Return a finite number without unit, never negative."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{shorten(value)} is not a number. Write it like 0.65.")
    if value < 0:
        raise ValueError(f"{value} is negative. Write a number from 0.")
    return float(value)


def _duration(key: Key, value: object, start: datetime) -> int:
    """Return a duration [s]."""
    seconds = parse_duration(value)
    if seconds > _LONGEST_S:
        raise ValueError(f"{shorten(value)} is longer than 100 years. Write a shorter duration.")
    return seconds


def _quantity(key: Key, value: object, start: datetime) -> float:
    """Return a quantity in the key's unit; only temperatures on a scale and angles may be negative."""
    unit = key.unit or "1"
    number = parse_quantity(value, unit)
    if not abs(number) <= _LARGEST:
        raise ValueError(f"{shorten(value)} is too large. Write a smaller number.")
    if 0 < abs(number) < _SMALLEST:
        raise ValueError(f"{shorten(value)} is too small. Write a larger number, or 0.")
    if unit == "K" and str(value).strip().endswith("degC"):
        raise ValueError(f"{shorten(value)} is a point of a scale, but this is a difference. Write it in K.")
    if number < 0 and unit not in ("degC", "deg"):
        raise ValueError(f"{shorten(value)} is negative. Write a quantity from 0.")
    return number


def _time(key: Key, value: object, start: datetime) -> int:
    """Return a time as seconds since the start [s]."""
    return read_time(value, start)


def _deadline(key: Key, value: object, start: datetime) -> int:
    """Return a time as seconds since the start, of a day its last one [s]."""
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        return int((parse_window(value)[1] - start).total_seconds()) - 1
    return read_time(value, start)


def _utc(key: Key, value: object, start: datetime) -> datetime:
    """Return a time in UTC."""
    return read_moment(value)


def _clock(key: Key, value: object, start: datetime) -> int:
    """Return a time of day [s since midnight]."""
    if isinstance(value, str) and (match := _CLOCK.fullmatch(value.strip())):
        seconds = (int(match[1]) * _MINUTES + int(match[2])) * _MINUTES
        good = int(match[2]) < _MINUTES and seconds <= _DAY_S
    else:
        try:
            seconds = parse_duration(value)
        except ValueError:
            seconds = _DAY_S + 1
        good = seconds <= _DAY_S
    if not good:
        raise ValueError(f'{shorten(value)} is not a time of day. Write it like "06:00".')
    return seconds


def _interval(key: Key, value: object, start: datetime) -> str:
    """Return an interval of the day, as text."""
    ends = value.split("-") if isinstance(value, str) else []
    try:
        lo, hi = (_clock(key, end, start) for end in ends if _CLOCK.fullmatch(end))
    except ValueError:
        lo, hi = 0, 0
    if lo > hi and len(ends) == 2:  # noqa: PLR2004 - from and to
        raise ValueError(f"{shorten(value)} passes midnight. {_split(*ends)}")
    if lo >= hi:
        raise ValueError(f'{shorten(value)} is not an interval of the day. Write it like "08:00-12:00".')
    return str(value)


def _split(from_: str, to: str) -> str:
    """Say how to write an interval that passes midnight: as two, or up to midnight."""
    before, after = f'"{from_}-24:00"', f'"00:00-{to}"'
    return f"Write {before}." if to == "00:00" else f"Write two intervals: {before}, {after}."


def _day(key: Key, value: object, start: datetime) -> str:
    """Return a day, as text."""
    day = calendar_form(value) if isinstance(value, str) else ""
    if not _DAY.fullmatch(day):
        raise ValueError(f'{shorten(value)} is not a day. Write it like "2022-12-14".')
    parse_window(day)
    return day


def _chance(key: Key, text: str) -> Chance:
    """Return a distribution over the key's values."""
    match = _CHANCE.fullmatch(text)
    shape, inside = (match[1], match[2]) if match else ("", "")
    if shape not in _SHAPES:
        raise ValueError(f"{shorten(shape)} is not a distribution. {candidates('Distributions', _SHAPES, shape)}")
    names = _SHAPES[shape]
    parts = [part.strip() for part in inside.split(",")]
    if len(parts) != len(names):
        raise ValueError(f"{shorten(text)} does not have {len(names)} values. Write {shape}({', '.join(names)}).")
    values = tuple(float(_parameter(key, part)) for part in parts)
    if list(values) != sorted(values) or values[0] == values[-1]:
        raise ValueError(f"{shorten(text)} does not rise. Write {shape}({', '.join(names)}) from small to large.")
    return Chance(shape=shape, parameters=values)


def _parameter(key: Key, part: str) -> float:
    """Return one parameter of a distribution in the unit of its key."""
    number = _duration(key, clip(part), EPOCH) if key.kind == "duration" else _quantity(key, clip(part), EPOCH)
    _bounded(key, number, part)
    return number


_READERS = {
    "text": _text,
    "id": _id,
    "ids": _id,
    "texts": _plain_text,
    "int": _int,
    "ints": _int,
    "bool": _bool,
    "number": _number,
    "duration": _duration,
    "quantity": _quantity,
    "time": _time,
    "deadline": _deadline,
    "utc": _utc,
    "clock": _clock,
    "intervals": _interval,
    "day": _day,
}
