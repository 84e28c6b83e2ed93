"""What does a number in a file mean?

Text from files and command lines becomes plain numbers here, once, and turns back into text for people. Nothing is
guessed: a number without a unit, a clock time without `Z` and a month given as a duration are refused, and the error
says what to write instead. Every function raises `ValueError` with one finished sentence; whoever knows the file and
the line puts them in front.
"""

import difflib
import math
import re
from calendar import isleap, monthrange
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

__all__ = [
    "calendar_form",
    "example_of",
    "format_duration",
    "format_utc",
    "parse_duration",
    "parse_quantity",
    "parse_span",
    "parse_utc",
    "parse_window",
    "units_like",
    "with_gmt",
]

_MINUTE_S = 60
_HOUR_S = 3600
_DAY_S = 86400
_DECEMBER = 12
_LB_KG = 0.45359237
_PSI_PA = 6894.757293168361

# dimension -> unit -> how many base units it is (the base unit has 1). Temperatures need an offset as well.
_UNITS: dict[str, dict[str, float]] = {
    "volume": {"m3": 1.0, "ft3": 0.028316846592, "L": 1e-3},
    "pressure": {
        "Pa": 1.0,
        "kPa": 1e3,
        "mbar": 1e2,
        "bar": 1e5,
        "atm": 101325.0,
        "mmHg": 133.322387415,
        "psi": _PSI_PA,
        "psia": _PSI_PA,
    },
    "mass": {"kg": 1.0, "g": 1e-3, "lb": _LB_KG, "lbm": _LB_KG, "t": 1e3},
    "mass flow": {
        "kg/s": 1.0,
        "g/s": 1e-3,
        "kg/h": 1 / _HOUR_S,
        "kg/day": 1 / _DAY_S,
        "lb/day": _LB_KG / _DAY_S,
    },
    "growth of area": {
        "m2/s": 1.0,
        "mm2/s": 1e-6,
        "mm2/h": 1e-6 / _HOUR_S,
        "mm2/d": 1e-6 / _DAY_S,
    },
    "length": {"m": 1.0, "cm": 1e-2, "mm": 1e-3, "in": 0.0254, "km": 1e3},
    "time": {"s": 1.0, "min": float(_MINUTE_S), "h": float(_HOUR_S), "d": float(_DAY_S)},
    "temperature": {"K": 1.0, "degC": 1.0},
    "power": {"W": 1.0, "kW": 1e3},
    "thermal conductance": {"W/K": 1.0},
    "heat capacity": {"J/K": 1.0, "kJ/K": 1e3, "MJ/K": 1e6},
    "speed": {"m/s": 1.0},
    "density": {"kg/m3": 1.0},
    "rate": {"1/s": 1.0, "1/h": 1 / _HOUR_S, "1/d": 1 / _DAY_S, "1/y": 1 / (365.25 * _DAY_S)},
    "angle": {"deg": 1.0},
    "share": {"1": 1.0, "%": 1e-2},
}
_OFFSET_K = {"degC": 273.15}
_EXAMPLE = {
    "volume": "44 L",
    "pressure": "101.3 kPa",
    "mass": "600 kg",
    "mass flow": "2.5 kg/day",
    "growth of area": "0.05 mm2/d",
    "length": "0.8 mm",
    "time": "90 min",
    "temperature": "40 degC",
    "power": "300 W",
    "thermal conductance": "20 W/K",
    "heat capacity": "1.4 MJ/K",
    "speed": "7 m/s",
    "density": "690 kg/m3",
    "rate": "0.03 1/y",
    "angle": "51.6 deg",
    "share": "0.65",
}

_NUMBER = r"\d+(?:\.\d+)?"
_QUANTITY = re.compile(rf"([+-]?{_NUMBER}(?:[eE][+-]?\d+)?)\s*(\S*)", re.ASCII)
_PLAIN = re.compile(
    rf"(?:({_NUMBER})\s*(?:d|days?))?\s*(?:({_NUMBER})\s*h)?\s*(?:({_NUMBER})\s*min)?\s*(?:({_NUMBER})\s*s)?", re.ASCII
)
_ISO = re.compile(rf"P(?:({_NUMBER})D)?(?:T(?:({_NUMBER})H)?(?:({_NUMBER})M)?(?:({_NUMBER})S)?)?", re.ASCII)
_CALENDAR = re.compile(rf"P(?:{_NUMBER}[YM])+.*|.*{_NUMBER}\s*(?:y|yr|years?|mo|months?)\b.*", re.ASCII)
_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MONTH = re.compile(r"\d{4}-\d\d", re.ASCII)
_SHOWN = re.compile(
    r"(?<![\w-])(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d)?Z|(?: \d\d:\d\d(?::\d\d)? UTC)|(?![\w:-]| \d\d:))(?! \(GMT)",
    re.ASCII,
)
_YEAR_DAY = re.compile(r"(\d{4})(?:-(\d{3})(T.*)?|/(\d{3})(?:/(\d\d:\d\d(?::\d\d)?)Z?)?)", re.ASCII)


def parse_duration(text: object) -> int:
    """Read a duration as whole seconds [s].

    Accepted are ISO 8601 without years, months and weeks (`P2D`, `PT6H30M`) and numbers with the units d, h, min and
    s in this order, each at most once (`6h`, `90 min`, `2 min 42 s`, `1.5 d`). A day is 86400 s.

    Args:
        text: What stands in the file. Only text can be a duration: a bare number has no unit.

    Raises:
        ValueError: It is not a duration, is negative, counts months or years, or is no whole number of seconds.

    >>> parse_duration("PT6H30M"), parse_duration("1.5 d"), parse_duration("2 min 42 s")
    (23400, 129600, 162)
    >>> parse_duration(2.7)
    Traceback (most recent call last):
        ...
    ValueError: 2.7 is not a duration. Write "2 min 42 s" or "PT2M42S".
    """
    stripped = text.strip() if isinstance(text, str) else ""
    if stripped.startswith("-") and _duration_s(stripped[1:].strip()) is not None:
        raise ValueError(f'{text!r} is negative. A duration counts forward: write "{stripped[1:].strip()}".')
    seconds = _duration_s(stripped)
    if seconds is None:
        if _CALENDAR.fullmatch(stripped):
            raise ValueError(f'{text!r} counts months or years, whose length varies. Write days: "30 d" or "P30D".')
        raise ValueError(f'{text!r} is not a duration. Write "2 min 42 s" or "PT2M42S".')
    if seconds.denominator != 1:
        raise ValueError(f'{text!r} is not a whole number of seconds. Write "{round(seconds)} s".')
    return int(seconds)


def parse_quantity(text: object, unit: str) -> float:
    """Read a number with its unit and convert it into `unit`.

    The units form a closed table. Pressures are absolute, also psi; temperatures are points on the scale, never
    differences. A bare number is accepted only where `unit` is `"1"` (a share or a plain factor).

    Args:
        text: What stands in the file, for instance `"0.8 mm"`.
        unit: The unit the program counts in, for instance `"m"`; it also fixes the dimension.

    Raises:
        ValueError: No number, no unit, a unit of another dimension, or no unit at all.

    >>> parse_quantity("0.8 mm", "m"), parse_quantity("90 min", "h"), parse_quantity("40 degC", "K")
    (0.0008, 1.5, 313.15)
    >>> parse_quantity("65 %", "1"), parse_quantity(0.65, "1")
    (0.65, 0.65)
    >>> parse_quantity("44 kpa", "kPa")
    Traceback (most recent call last):
        ...
    ValueError: '44 kpa': 'kpa' is not a unit. Units of pressure: Pa, kPa, mbar, bar, atm, mmHg, psi, psia. Did you \
mean 'kPa'?
    """
    dimension = _dimension(unit)
    if dimension is None:
        raise ValueError(
            f"{unit!r} is not a unit. Units: {', '.join(name for table in _UNITS.values() for name in table)}."
        )
    value, given = _number_and_unit(text, dimension)
    if given == unit:
        return value
    table = _UNITS[dimension]
    if given not in table:
        raise ValueError(f"{text!r}: {_wrong_unit(given, dimension)}")
    if dimension == "temperature":
        return value + _OFFSET_K.get(given, 0.0) - _OFFSET_K.get(unit, 0.0)
    return value * table[given] / table[unit]


def calendar_form(text: str) -> str:
    """Write a date given by the day of its year by month and day; any other text stays as it is.

    The form with slashes is that of mission control, which is always GMT and therefore takes no `Z`.

    Raises:
        ValueError: The year has no such day.

    >>> calendar_form("2022-349"), calendar_form("2022-349T00:45Z"), calendar_form("2022/349/00:45:00")
    ('2022-12-15', '2022-12-15T00:45Z', '2022-12-15T00:45:00Z')
    >>> calendar_form("2022-12"), calendar_form("tomorrow")
    ('2022-12', 'tomorrow')
    """
    match = _YEAR_DAY.fullmatch(text.strip())
    if match is None:
        return text
    year, number = int(match[1]), int(match[2] or match[4])
    last = 365 + isleap(year)
    if not year or not 1 <= number <= last:
        days = "" if not year else f" Write a day of {year} from {year:04}-001 to {year:04}-{last}."
        raise ValueError(f"{text!r} is not in the calendar.{days}")
    day = date(year, 1, 1) + timedelta(days=number - 1)
    return day.isoformat() + (match[3] or (f"T{match[5]}Z" if match[5] else ""))


def with_gmt(text: str) -> str:
    """Put the day of the year beside every day and clock time of a text for people.

    >>> with_gmt("2022-12-15T02:20Z"), with_gmt("from 2022-12-19 on"), with_gmt("no date")
    ('2022-12-15T02:20Z (GMT 349)', 'from 2022-12-19 (GMT 353) on', 'no date')
    """

    def beside(match: re.Match[str]) -> str:
        try:
            return f"{match[0]} (GMT {date.fromisoformat(match[1]):%j})"
        except ValueError:
            return match[0]

    return _SHOWN.sub(beside, text)


def parse_utc(text: object) -> datetime:
    """Read a clock time in UTC, whole seconds, as an aware `datetime`; the day may be that of the year.

    Raises:
        ValueError: It is no such time, has no `Z`, or has an offset instead.

    >>> parse_utc("2022-12-15T00:45Z")
    datetime.datetime(2022, 12, 15, 0, 45, tzinfo=datetime.timezone.utc)
    >>> parse_utc("2022-12-15T03:45+03:00")
    Traceback (most recent call last):
        ...
    ValueError: '2022-12-15T03:45+03:00' has an offset, but every time here is UTC. Write "2022-12-15T00:45Z".
    """
    stripped = calendar_form(text).strip() if isinstance(text, str) else ""
    match = _UTC.fullmatch(stripped)
    try:
        found = datetime.fromisoformat(stripped) if match else None
        moment = found and (found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        moment = None
    if match and moment is None and (hint := _calendar_hint(stripped[:10])):
        raise ValueError(f"{text!r} is not in the calendar.{hint}")
    if match is None or moment is None:
        raise ValueError(f'{text!r} is not a time. Write it in UTC, as in "2022-12-15T00:45Z".')
    if match[1] is None:
        raise ValueError(f'{text!r} has no time zone. If it is UTC, write "{format_utc(moment)}".')
    if match[1] != "Z":
        raise ValueError(f'{text!r} has an offset, but every time here is UTC. Write "{format_utc(moment)}".')
    return moment


def parse_window(text: object) -> tuple[datetime, datetime]:
    """Read a bare day, also one of the year, or a month as the half-open window [start, end) in UTC.

    Raises:
        ValueError: It is neither a day nor a month, or no such day exists.

    >>> start, end = parse_window("2023-03")
    >>> format_utc(start), format_utc(end)
    ('2023-03-01T00:00Z', '2023-04-01T00:00Z')
    """
    stripped = calendar_form(text).strip() if isinstance(text, str) else ""
    try:
        if _DAY.fullmatch(stripped):
            start = datetime.fromisoformat(stripped).replace(tzinfo=UTC)
            return start, start + timedelta(days=1)
        if _MONTH.fullmatch(stripped):
            start = datetime.fromisoformat(stripped + "-01").replace(tzinfo=UTC)
            year, month = (start.year + 1, 1) if start.month == _DECEMBER else (start.year, start.month + 1)
            return start, start.replace(year=year, month=month)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is not in the calendar.{_calendar_hint(stripped)}") from error
    raise ValueError(f'{text!r} is not a day or a month. Write "2023-03-16" or "2023-03".')


def parse_span(text: object) -> tuple[datetime, datetime]:
    """Read a clock time, a day or a month as the half-open span [start, end) in UTC; a clock time lasts a second.

    Raises:
        ValueError: It is none of them, or no such time exists.

    >>> start, end = parse_span("2023-075T12:00Z")
    >>> format_utc(start), format_utc(end)
    ('2023-03-16T12:00Z', '2023-03-16T12:00:01Z')
    """
    stripped = calendar_form(text).strip() if isinstance(text, str) else ""
    if _DAY.fullmatch(stripped) or _MONTH.fullmatch(stripped):
        return parse_window(text)
    if not _DAY.match(stripped) or stripped[10:11] != "T":
        clock, days = '"2023-03-16T12:00Z"', '"2023-03-16" or "2023-075"'
        forms = f'Write a clock time in UTC {clock}, a day {days}, or a month "2023-03".'
        raise ValueError(f"{text!r} is not a time. {forms}")
    start = parse_utc(stripped)
    return start, start + timedelta(seconds=1)


def format_duration(seconds: int) -> str:
    """Write a number of seconds [s] for people; parts that are zero are left out.

    >>> format_duration(483600), format_duration(7500), format_duration(162), format_duration(-86400)
    ('5 d 14:20', '2 h 5 min', '2 min 42 s', '-1 d')
    """
    days, rest = divmod(abs(seconds), _DAY_S)
    hours, rest = divmod(rest, _HOUR_S)
    minutes, left = divmod(rest, _MINUTE_S)
    if days:
        clock = f" {hours:02}:{minutes:02}" + (f":{left:02}" if left else "") if hours or minutes or left else ""
        words = f"{days} d{clock}"
    else:
        parts = ((hours, "h"), (minutes, "min"), (left, "s"))
        words = " ".join(f"{value} {unit}" for value, unit in parts if value) or "0 s"
    return f"-{words}" if seconds < 0 else words


def format_utc(moment: datetime) -> str:
    """Write an aware time in UTC; seconds only if there are any.

    Raises:
        ValueError: The time has no zone.

    >>> format_utc(datetime(2022, 12, 15, 0, 45, tzinfo=UTC)), format_utc(datetime(2023, 3, 28, 9, 57, 27, tzinfo=UTC))
    ('2022-12-15T00:45Z', '2023-03-28T09:57:27Z')
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone. Give it one, for instance datetime.UTC.")
    clock = moment.astimezone(UTC).replace(tzinfo=None)
    return clock.isoformat(timespec="seconds" if clock.second else "minutes") + "Z"


def units_like(unit: str) -> tuple[str, ...]:
    """Return all units of the dimension of a unit, as files may use them.

    >>> units_like("m")
    ('m', 'cm', 'mm', 'in', 'km')
    """
    dimension = _dimension(unit)
    return tuple(_UNITS[dimension]) if dimension else ()


def example_of(unit: str) -> str:
    """Return how a quantity with the dimension of a unit is written.

    >>> example_of("m"), example_of("kPa")
    ('0.8 mm', '101.3 kPa')
    """
    return _EXAMPLE.get(_dimension(unit) or "", f"1 {unit}")


def _calendar_hint(text: str) -> str:
    """Say which months or days there are; empty where the day exists."""
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:10] or 1)
    if year and not 1 <= month <= _DECEMBER:
        return f" Write a month of {text[:4]} from 01 to {_DECEMBER}."
    last = monthrange(year, month)[1] if year else day
    return "" if 1 <= day <= last else f" Write a day of {text[:7]} from 01 to {last}."


def _duration_s(text: str) -> Fraction | None:
    """Return the exact seconds of a well-formed duration, or None."""
    match = _ISO.fullmatch(text) or _PLAIN.fullmatch(text)
    if match is None or not any(match.groups()) or text.endswith("T"):
        return None
    sizes = (_DAY_S, _HOUR_S, _MINUTE_S, 1)
    return sum((Fraction(part) * size for part, size in zip(match.groups(), sizes, strict=True) if part), Fraction())


def _number_and_unit(text: object, dimension: str) -> tuple[float, str]:
    """Split into number and unit; a plain number has the unit "1"."""
    match = None if isinstance(text, bool) else _QUANTITY.fullmatch(str(text).strip())
    if match is None:
        raise ValueError(f'{text!r} is not a {dimension}. Write it like "{_EXAMPLE[dimension]}".')
    value, given = float(match[1]), match[2]
    if not math.isfinite(value):
        raise ValueError(f'{text!r} is not a finite number. Write it like "{_EXAMPLE[dimension]}".')
    if not given and dimension != "share":
        units = ", ".join(_UNITS[dimension])
        raise ValueError(f'{text!r} has no unit. Units of {dimension}: {units}. Write it like "{_EXAMPLE[dimension]}".')
    return value, given or "1"


def _wrong_unit(given: str, dimension: str) -> str:
    """Say why a unit does not fit, what does, and what was perhaps meant."""
    other = _dimension(given)
    what = f"{given!r} is a unit of {other}" if other else f"{given!r} is not a unit"
    meant = {name.lower(): name for name in _UNITS[dimension]}
    # of a short unit one letter behind the first is mistyped more often than left out: 'mn' is 'mm', not 'm'
    slips = [name for name in meant if len(name) == len(given) == 2 and name[0] == given[0].lower()]  # noqa: PLR2004
    close = [] if other else slips or difflib.get_close_matches(given.lower(), meant, n=1)
    hint = f" Did you mean {meant[close[0]]!r}?" if close else ""
    return f"{what}. Units of {dimension}: {', '.join(_UNITS[dimension])}.{hint}"


def _dimension(unit: str) -> str | None:
    """Return the dimension a unit belongs to, or None."""
    return next((dimension for dimension, table in _UNITS.items() if unit in table), None)
