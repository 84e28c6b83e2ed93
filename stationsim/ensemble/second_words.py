"""What would one more failure do? The table of second failures in words that are read in ten seconds."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from stationsim.impact.clock import Clock
from stationsim.impact.naming import hatch_name, listed
from stationsim.log.outcome import Manifest
from stationsim.units import format_duration

__all__ = ["said"]

_SHOWN = 6
_PARTS = 3
_MORE = "  ... and {count} more, of {days:.0f} d together"


def said(table: pd.DataFrame, manifest: Manifest, since_s: int) -> str:
    """Return the table in words: what is new, what is as without the incidents, what is no more; worst first."""
    clock = Clock.of(manifest)
    rows: list[dict[str, Any]] = [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
    lines = [f"{manifest.title or manifest.scenario}: what one more failure would do from {clock.day(since_s)} on"]
    lines.append(_at_worst(rows))
    does = [row for row in rows if _does(row)]
    for head, mine in (
        ("New because of the incidents:", [row for row in does if _is_new(row)]),
        ("As without the incidents, or better:", [row for row in does if not _is_new(row)]),
        ("Only without the incidents:", [row for row in rows if not _does(row)]),
    ):
        if mine:
            lines += [head, *_section(mine, manifest, clock)]
    return "\n".join(lines)


def _does(row: dict[str, Any]) -> bool:
    """Tell whether a failure does something in the disrupted run."""
    return bool(row["without"] or row["leave"] or row["evacuates"])


def _is_new(row: dict[str, Any]) -> bool:
    is_worse = row["new"] > 0 or row["leave"] > row["nominal_leave"]
    return bool(is_worse or (row["evacuates"] and not row["nominal_evacuates"]))


def _at_worst(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "No single further failure leaves anybody without a seat."
    most, calm = (max(int(row[name]) for row in rows) for name in ("left", "nominal_left"))
    forced = (
        "some force everybody to leave" if any(row["evacuates"] for row in rows) else "none forces everybody to leave"
    )
    return f"At worst it leaves {_people(most)} without a seat ({calm} without the incidents); {forced}."


def _section(rows: list[dict[str, Any]], manifest: Manifest, clock: Clock) -> Iterator[str]:
    """Yield a line for what does the same at the same time."""
    groups: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    for row in rows:
        key = (row["start_s"], row["until_s"], _effect(row))
        groups.setdefault(key, []).append(row)
    for (_, _, effect), mine in list(groups.items())[:_SHOWN]:
        yield f"  {_span(mine[0], clock)}: {_failures(mine, manifest)} {effect}"
    rest = list(groups.values())[_SHOWN:]
    if rest:
        yield _MORE.format(count=len(rest), days=sum(mine[0]["days"] for mine in rest))


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
    own = [f"{_people(row['already'])} {already} none already"] if row["already"] else []
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
