"""What would one more failure do? The table of second failures in words that are read in ten seconds."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
from attrs import frozen

from stationsim.impact.clock import DAY_S, Clock
from stationsim.impact.naming import hatch_name, listed
from stationsim.log.outcome import Manifest
from stationsim.units import format_duration

__all__ = ["NEW", "ONLY_BEFORE", "SAME", "Failing", "at_worst", "failings", "said"]

NEW, SAME, ONLY_BEFORE = "new", "same", "only-before"
"""What a failure does because of the incidents, as without them or better, and without them alone."""

_HEADS = {
    NEW: "New because of the incidents:",
    SAME: "As without the incidents, or better:",
    ONLY_BEFORE: "Only without the incidents:",
}
_SHOWN = 6
_PARTS = 3
_MORE = "  ... and {count} more, of {days:.0f} d together"


@frozen(kw_only=True)
class Failing:
    """What does the same at the same time, in words.

    Attributes:
        sort: `NEW`, `SAME` or `ONLY_BEFORE`.
        start_s: From when on [s].
        until_s: Until when [s].
        span: The same as days, with how long.
        failures: What fails: any of several things.
        effect: What that does, and how it differs from the run without incidents.
    """

    sort: str
    start_s: int
    until_s: int
    span: str
    failures: str
    effect: str


def failings(table: pd.DataFrame, manifest: Manifest) -> list[Failing]:
    """Return the table of second failures in words: what is new, what is as before, what is no more; worst first."""
    clock = Clock.of(manifest)
    rows = _rows(table)
    sorted_ = {sort: [row for row in rows if _sort(row) == sort] for sort in _HEADS}
    return [one for sort, mine in sorted_.items() for one in _failings(sort, mine, manifest, clock)]


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _sort(row: dict[str, Any]) -> str:
    return (NEW if _is_new(row) else SAME) if _does(row) else ONLY_BEFORE


def _failings(sort: str, rows: list[dict[str, Any]], manifest: Manifest, clock: Clock) -> Iterator[Failing]:
    groups: dict[tuple[int, int, str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["start_s"], row["until_s"], _effect(row)), []).append(row)
    for (start_s, until_s, effect), mine in groups.items():
        yield Failing(
            sort=sort,
            start_s=start_s,
            until_s=until_s,
            span=_span(mine[0], clock),
            failures=_failures(mine, manifest),
            effect=effect,
        )


def said(table: pd.DataFrame, manifest: Manifest, since_s: int) -> str:
    """Return the table in words: what is new, what is as without the incidents, what is no more; worst first."""
    clock = Clock.of(manifest)
    found = failings(table, manifest)
    lines = [f"{manifest.title or manifest.scenario}: what one more failure would do from {clock.day(since_s)} on"]
    lines.append(at_worst(table))
    for sort, head in _HEADS.items():
        mine = [one for one in found if one.sort == sort]
        lines += [head, *(f"  {one.span}: {one.failures} {one.effect}" for one in mine[:_SHOWN])] if mine else []
        if rest := mine[_SHOWN:]:
            days = sum((one.until_s - one.start_s) / DAY_S for one in rest)
            lines.append(_MORE.format(count=len(rest), days=days))
    return "\n".join(lines)


def _does(row: dict[str, Any]) -> bool:
    """Tell whether a failure does something in the disrupted run."""
    return bool(row["without"] or row["leave"] or row["evacuates"])


def _is_new(row: dict[str, Any]) -> bool:
    is_worse = row["new"] > 0 or row["leave"] > row["nominal_leave"]
    return bool(is_worse or (row["evacuates"] and not row["nominal_evacuates"]))


def at_worst(table: pd.DataFrame, what: str = "it") -> str:
    """Return in a sentence how many people a further failure leaves without a seat at worst, and without incidents."""
    rows = _rows(table)
    if not rows:
        return "No single further failure leaves anybody without a seat."
    most, calm = (max(int(row[name]) for row in rows) for name in ("left", "nominal_left"))
    forced = (
        "some force everybody to leave" if any(row["evacuates"] for row in rows) else "none forces everybody to leave"
    )
    return f"At worst {what} leaves {_people(most)} without a seat ({calm} without the incidents); {forced}."


def _span(row: dict[str, Any], clock: Clock) -> str:
    first, last = clock.day(row["start_s"]), clock.day(row["until_s"])
    lasts = format_duration(row["until_s"] - row["start_s"]) if row["days"] < 1 else f"{row['days']:.0f} d"
    return f"{first} ({lasts})" if first == last else f"{first} to {last} ({lasts})"


def _failures(rows: list[dict[str, Any]], manifest: Manifest) -> str:
    """Return what of several things fails; the volumes together."""
    airless = [str(row["name"]) for row in rows if row["kind"] == "volume"]
    told = [_failure(row, manifest) for row in rows if row["kind"] != "volume"]
    return " or ".join(dict.fromkeys([*told, *([f"loss of the air in {_or(airless)}"] if airless else [])]))


def _failure(row: dict[str, Any], manifest: Manifest) -> str:
    """Return what fails as it stands in a sentence."""
    name, nodes, ship = row["name"], row["nodes"], row["failure"]
    if row["kind"] == "hatch":
        return f"{hatch_name(manifest.names, ship) or name} jammed"
    parts = [node for node in nodes if node not in (ship, f"{ship}/hatch")]
    if ship in nodes:
        return f"loss of {name}" if parts else f"loss of {name} with all that is in it"
    if not parts:
        return f"hatch of {name} jammed"
    if len(parts) > _PARTS:
        return f"loss of any of {len(parts)} parts of {name}"
    return f"loss of the {_or(manifest.names.get(part, part) for part in parts)}"


def _or(names: Iterable[str]) -> str:
    return listed(list(names)).replace(" and ", " or ")


def _effect(row: dict[str, Any]) -> str:
    """Return what a failure does, and how that differs from the run without incidents."""
    done = " and ".join(_done(row)) if _does(row) else _would(row)
    changes = (int(row["new"]), int(row["leave"] - row["nominal_leave"]))
    more = [f"{abs(count)} {'more' if count > 0 else 'fewer'} than without the incidents" for count in changes if count]
    already = "has" if row["already"] == 1 else "have"
    own = [f"{_people(row['already'])} {already} none even if nothing more fails"] if row["already"] else []
    told = more[:1] if _does(row) and not row["evacuates"] else []
    return "; ".join([", ".join([done, *told]), *own])


def _done(row: dict[str, Any]) -> Iterator[str]:
    left, without = int(row["left"]), int(row["without"])
    if row["evacuates"]:
        yield "forces everybody to leave"
    elif row["leave"]:
        yield f"sends {_people(row['leave'])} into their ship for good"
    if left == without > 0:
        yield f"leaves {_people(left)} without a seat"
    elif left:
        moved = "one moves" if without - left == 1 else f"{without - left} move"
        yield f"leaves {_people(left)} without a seat ({without} until {moved} to a free place)"
    elif without:
        yield f"leaves {_people(without)} without a seat until they move to a free place"


def _would(row: dict[str, Any]) -> str:
    if row["nominal_left"]:
        return f"would leave {_people(row['nominal_left'])} without a seat"
    if row["nominal_evacuates"]:
        return "would force everybody to leave"
    if row["nominal_leave"]:
        return f"would send {_people(row['nominal_leave'])} into their ship for good"
    return "would leave people without a seat until they move to a free place"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
