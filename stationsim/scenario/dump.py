"""What does a scenario say, written out as one document? `load` reads it back to an equal scenario.

Numbers stand in the unit of the model, defaults are left out, and nothing is left of the layers.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import yaml

from stationsim.scenario.model import Anchor, Chance, Incident, Scenario, When
from stationsim.scenario.schema import Key, keys_of
from stationsim.units import format_utc

_DAY_S = 86400
_UNITS_S = ((_DAY_S, "d"), (3600, "h"), (60, "min"), (1, "s"))
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def scenario_text(scenario: Scenario) -> str:
    """Write a scenario as one YAML document without `base:`."""
    return str(
        yaml.dump(plain(scenario, scenario.start_utc), Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=120)
    )


def scenario_hash(scenario: Scenario) -> str:
    """Return the hash of what a scenario says, however its files say it: 16 hexadecimal digits."""
    text = json.dumps(plain(scenario, scenario.start_utc), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def plain(record: Any, start: datetime) -> dict[str, object]:  # noqa: ANN401 - any record of the model
    """Return a record as plain mappings, lists and texts, in the form of a file."""
    written: dict[str, object] = {}
    for key in keys_of(type(record)):
        value = getattr(record, key.attribute)
        if key.kind == "list":
            value = tuple(item for item in value if not _is_of_opening(item))
        if key.kind != "hidden" and (key.required or value != key.default):
            written[key.name] = _plain_value(key, value, start)
    return written


def _plain_value(key: Key, value: Any, start: datetime) -> object:  # noqa: ANN401 - one of the model's values
    """Return the value of one key in the form of a file."""
    if key.kind == "moment":
        return _plain_moment(value, start)
    if isinstance(value, Chance):
        return f"{value.shape}({', '.join(_number(key, number) for number in value.parameters)})"
    if value is None or key.kind not in _WRITERS:
        return list(value) if isinstance(value, tuple) else value
    return _WRITERS[key.kind](key, value, start)


def _number(key: Key, value: float) -> str:
    """Write a number with its unit."""
    if key.kind == "quantity":
        return f"{float(value)!r} {key.unit}"
    return duration_text(int(value))


def number_text(key: Key, value: float | Chance) -> str:
    """Write a number as a file has it, with its unit; for people, so that binary digits are not shown."""
    if isinstance(value, Chance):
        return f"{value.shape}({', '.join(number_text(key, number) for number in value.parameters)})"
    if key.kind == "duration":
        return duration_text(round(value))
    return f"{value:g} {key.unit}" if key.kind == "quantity" else f"{value:g}"


def duration_text(seconds: int) -> str:
    """Write a duration as a file has it.

    >>> duration_text(483600), duration_text(0)
    ('5 d 14 h 20 min', '0 s')
    """
    parts = []
    left = seconds
    for size, unit in _UNITS_S:
        count, left = divmod(left, size)
        parts += [f"{count} {unit}"] if count else []
    return " ".join(parts) or "0 s"


def _plain_when(when: When, start: datetime) -> object:
    """Return a date of the plan in the form of a file."""
    if when.after is not None:
        lo, hi = duration_text(when.lo_s), duration_text(when.hi_s - 1)
        return {"after": when.after, "by": lo if lo == hi else {"from": lo, "to": hi}}
    return _utc(when.lo_s, start) if when.has_clock else _plain_window(when.lo_s, when.hi_s, start)


def _plain_window(lo_s: int, hi_s: int, start: datetime) -> object:
    """Return a half-open window in the form of a file: in days where they are whole."""
    first, last = start + timedelta(seconds=lo_s), start + timedelta(seconds=hi_s)
    if _is_midnight(first) and _is_midnight(last):
        days = [str(first.date()), str((last - timedelta(days=1)).date())]
        return days[0] if days[0] == days[1] else {"from": days[0], "to": days[1]}
    return {"from": _utc(lo_s, start), "to": _utc(hi_s - 1, start)}


def _plain_moment(value: int | Chance | Anchor | None, start: datetime) -> object:
    """Return when an incident strikes, in the form of a file."""
    if isinstance(value, Chance):
        lo_s, last_s = (int(number) for number in value.parameters)
        return _plain_window(lo_s, last_s + 1, start)
    if isinstance(value, Anchor):
        delay = duration_text(value.delay_s)
        if value.incident is not None:
            return {"after": value.incident, "by": delay}
        return {"activity": value.activity, "phase": value.phase, "after": delay}
    return value if value is None else _utc(value, start)


def _is_of_opening(record: object) -> bool:
    """Tell whether a record stands for what an entry of `opening:` says already: an incident that struck before."""
    return isinstance(record, Incident) and record.since_s is not None


def _is_midnight(moment: datetime) -> bool:
    """Tell whether a time is the first second of a day."""
    return (moment.hour, moment.minute, moment.second) == (0, 0, 0)


def _utc(seconds: int, start: datetime) -> str:
    """Write a time of the scenario in UTC."""
    return format_utc(start + timedelta(seconds=seconds))


_WRITERS: dict[str, Callable[[Key, Any, datetime], object]] = {
    "records": lambda _, value, start: {item.id: plain(item, start) for item in value},
    "list": lambda _, value, start: [plain(item, start) for item in value],
    "record": lambda _, value, start: plain(value, start),
    "counts": lambda _, value, __: dict(value),
    "amounts": lambda key, value, _: {name: f"{float(amount)!r} {key.unit}" for name, amount in value},
    "when": lambda _, value, start: _plain_when(value, start),
    "whens": lambda _, value, start: [_plain_when(when, start) for when in value],
    "utc": lambda _, value, __: format_utc(value),
    "deadline": lambda _, value, start: _utc(value, start),
    "time": lambda _, value, start: _utc(value, start),
    "duration": lambda key, value, _: _number(key, value),
    "clock": lambda key, value, _: _number(key, value),
    "quantity": lambda key, value, _: _number(key, value),
}
