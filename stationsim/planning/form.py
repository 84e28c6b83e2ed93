"""Is every value of a planning problem of the sort that its field says? Whole numbers, texts, lists of what belongs.

What is not would end in an error of Python far from where it was written. Numbers are bounded so that sums and
differences of a few of them stay on the near side of what the planners take for never, 10**15 s.
"""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, cast, get_args, get_origin

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from attrs import AttrsInstance

    from stationsim.planning.problem import Problem

MOST = 10**14
"""No number of a problem is larger, nor smaller than its negative."""


def wrong(problem: Problem) -> Iterator[str]:
    """Yield what is of another sort than its field says, a line each."""
    yield from _record("", problem)


def _record(where: str, record: AttrsInstance) -> Iterator[str]:
    for name, sort, may_lack in _fields(type(record)):
        value = getattr(record, name)
        if type(value) is sort is int and -MOST <= value <= MOST:
            continue
        if sort is object or (value is None and may_lack) or (type(value) is sort and sort in (str, bool)):
            continue
        yield from _value(f"{where}{name}", value, sort, "Write a nearer one" + (", or None." if may_lack else "."))


@cache
def _fields(kind: type[AttrsInstance]) -> tuple[tuple[str, object, bool], ...]:
    """Return name, sort and whether it may be None, of each field that is not free."""
    found = []
    for field in attrs.fields(kind):
        sorts = get_args(field.type) if isinstance(field.type, UnionType) else (field.type,)
        sort = next(one for one in sorts if one is not type(None))
        is_told = sort in (int, str, bool) or get_origin(sort) is tuple or attrs.has(sort)
        found.append((field.name, sort if is_told else object, type(None) in sorts))
    return tuple(found)


def _value(where: str, value: object, sort: object, advice: str) -> Iterator[str]:
    """Yield what is wrong with one value that is not plainly right."""
    if sort is int:
        yield from _number(where, value, advice)
    elif sort is str:
        if not isinstance(value, str):
            yield f"{where}: {value!r} is not a text. Allowed: a text. Write {str(value)!r}."
    elif sort is bool:
        yield f"{where}: {value!r} is neither. Allowed: True or False. Write {bool(value)}."
    elif get_origin(sort) is tuple:
        yield from _listed(where, value, get_args(sort)[0], advice)
    elif isinstance(value, kind := cast("type[AttrsInstance]", sort)):
        yield from _record(f"{where}.", value)
    else:
        yield f"{where}: {value!r} is not a {kind.__name__}. Allowed: {kind.__name__}. Write {kind.__name__}(...)."


def _number(where: str, value: object, advice: str) -> Iterator[str]:
    allowed = f"Allowed: {-MOST} to {MOST}, whole."
    if not isinstance(value, int) or isinstance(value, bool):
        yield f"{where}: {value!r} is not a whole number. {allowed} Round it or write it as int."
    elif abs(value) > MOST:
        yield f"{where}: {value} is too far off. {allowed} {advice}"


def _listed(where: str, value: object, sort: object, advice: str) -> Iterator[str]:
    if not isinstance(value, tuple | list):
        one = f"({value!r},)" if sort is str else "(..., ...)"
        yield f"{where}: {value!r} is not a list of values. Allowed: a tuple. Write {one}."
        return
    for index, item in enumerate(value):
        if get_origin(sort) is tuple:
            yield from _pair(where, item, advice)
        else:
            is_named = isinstance(sort, type) and isinstance(item, sort) and hasattr(item, "id")
            there = f"{where}.{item.id}" if is_named else f"{where}[{index}]"
            yield from _value(there, item, sort, advice)


def _pair(where: str, pair: object, advice: str) -> Iterator[str]:
    if not isinstance(pair, tuple) or len(pair) != 2 or not isinstance(pair[0], str):  # noqa: PLR2004 - a pair
        yield f"{where}: {pair!r} is not a name with a number. Allowed: a mapping or pairs. Write {{'name': 1}}."
    else:
        yield from _number(f"{where}.{pair[0]}", pair[1], advice)
