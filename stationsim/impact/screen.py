"""What fits on one screen? The changes and costs of an impact as lines of words."""

from collections.abc import Iterable

from attrs import evolve, frozen

from stationsim.impact.changes import COMES_UP, CREW_DOWN, PAUSED, RETURN, WITHOUT, is_without_ship
from stationsim.impact.decisions import CHOSEN, Choice
from stationsim.impact.explained import further
from stationsim.impact.frames import records
from stationsim.impact.impact import Impact
from stationsim.impact.ledger import QUANTITIES
from stationsim.impact.options_text import waiting
from stationsim.log.outcome import Manifest
from stationsim.units import format_duration

_MANY = 1000
"""From here on a total is written whole."""


@frozen(kw_only=True)
class Screen:
    """The shortest honest account of an impact.

    Attributes:
        headline: What happened and what it cost, in one or two sentences.
        counts: The same as counts, `41 events · 1 leak · 1 EVA moved`.
        decided: A line per decision that the headline tells: of how many options, until when, what a day costs.
        changes: (name, outcome, was, is, rule, because) of everything that is not as planned.
        costs: (quantity, nominal, disrupted, difference, unit) of every quantity that differs.
    """

    headline: str
    counts: str
    decided: tuple[str, ...]
    changes: tuple[tuple[str, ...], ...]
    costs: tuple[tuple[str, ...], ...]


def screen_of(impact: Impact) -> Screen:
    """Return what one screen says of an impact."""
    changed = [row for row in records(impact.changes) if row["outcome"] != "kept"]
    different = [row for row in records(impact.totals) if row["difference"] != 0]
    if all(row["quantity"] != "crew_hours_refilled" for row in different):
        different = [row for row in different if row["quantity"] != "crew_hours_displaced_net"]  # it says nothing new
    days = {str(row["text"]): str(row["t_utc"])[:10] for row in records(impact.decisions)}
    events = sum(1 for row in records(impact.events) if row["run"] == "disrupted")
    return Screen(
        headline=impact.headline,
        counts=" · ".join([f"{events} events", *([impact.brief] if impact.brief else [])]),
        decided=tuple(_decided(row, impact.manifest) for row in records(impact.decisions)),
        changes=_together(_change(row, impact.manifest.names, days) for row in changed),
        costs=tuple(_cost(row) for row in different),
    )


def _together(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Let things with the same fate for the same reason share a line."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name, *rest in rows:
        found.setdefault(tuple(rest), []).append(name)
    return tuple((", ".join(names), *rest) for rest, names in found.items())


def _decided(row: dict[str, object], manifest: Manifest) -> str:
    many = int(str(row["weighed"]))
    parts = [f"one of {many} options" if many > 1 else "the only option"] if many else []
    parts += [f"{row['rejected']} rejected"] if row["rejected"] else []
    if row["last_utc"] is not None:
        parts.append(f"to be taken by {row['last_utc']}")
    wait = _waited(row, manifest)
    parts += [f"a day later: {wait}"] if wait else []
    name = manifest.names.get(str(row["ship"]), str(row["ship"]))
    return f"Decision of {str(row['t_utc'])[:10]} about {name}{_after(parts)}"


def _after(parts: list[str]) -> str:
    return f": {'; '.join(parts)}" if parts else ""


def _waited(row: dict[str, object], manifest: Manifest) -> str:
    if row["wait_level"] is None:
        return ""
    option = Choice(option="", text="", generator="", state=CHOSEN, wait_level=str(row["wait_level"]))
    by = None if row["wait_by"] is None else int(str(row["wait_by"]))
    return waiting(manifest.levels, evolve(option, wait_by=by))


def _because(reason: str | None, days: dict[str, str]) -> str:
    """Return a reason; of a decision that is told above, only its day."""
    if reason is None:
        return "-"
    day = next((day for text, day in days.items() if reason == f"as decided: {text}"), None)
    return reason if day is None else f"as decided on {day}"


def _change(row: dict[str, object], names: dict[str, str], days: dict[str, str]) -> tuple[str, ...]:
    subject = str(row["subject"])
    told = row["now"] if isinstance(row["now"], dict) else {}
    none = "no ship" if row["kind"] == RETURN and is_without_ship(str(row["outcome"]), told) else "no date"
    now = row["actual_utc"] or none
    if isinstance(row["now"], dict) and COMES_UP in row["now"]:
        day = row["now"][COMES_UP]
        up = "does not come up in this run" if day is None else f"comes up {day}"
        now = up if row["actual_utc"] is None else f"{now}, {up}"
    for key, what in (("crew_up", "people up"), (CREW_DOWN, "people down"), ("port", "port")):
        if isinstance(row["now"], dict) and key in row["now"] and (row["outcome"] == "reassigned" or key == CREW_DOWN):
            now = f"{now}, {what}: {_named(row['now'][key], names)}"
    without_s = row["now"].get(WITHOUT) if isinstance(row["now"], dict) else None
    if without_s is not None:
        now = f"{now}, without a ship for {format_duration(int(without_s))}"
    paused_s = row["now"].get(PAUSED) if isinstance(row["now"], dict) else None
    if paused_s is not None:
        now = f"{now}, paused for {format_duration(int(paused_s))}"
    tasks = row["now"].get("tasks") if isinstance(row["now"], dict) else None
    if tasks is not None:
        now = f"{now}, with {', '.join(str(task).replace('-', ' ') for task in tasks) or 'no task'}"
    return (
        names.get(subject, subject),
        str(row["outcome"]).replace("_", " "),
        str(row["nominal_utc"] or "-"),
        str(now),
        str(row["rule"] or "-"),
        "; ".join([_because(None if row["reason"] is None else str(row["reason"]), days), *further(row, names)]),
    )


def _named(value: object, names: dict[str, str]) -> str:
    ids = value if isinstance(value, list) else [value] if value else []
    return ", ".join(names.get(str(id_), str(id_)) for id_ in ids) or "none"


def _cost(row: dict[str, object]) -> tuple[str, ...]:
    numbers = (_number(row[column]) for column in ("nominal", "disrupted"))
    quantity = str(row["quantity"])
    part = "of which: " if QUANTITIES[quantity].part_of else ""
    return (
        part + quantity.replace("_", " "),
        *numbers,
        ("+" if float(str(row["difference"])) >= 0 else "") + _number(row["difference"]),
        str(row["unit"]),
    )


def _number(value: object) -> str:
    """Write a total with four digits, and above them whole, never as a power of ten.

    >>> _number(13812.25), _number(8985), _number(-0.41667), _number(0)
    ('13,812', '8,985', '-0.4167', '0')
    """
    number = float(str(value))
    return f"{number:,.0f}" if abs(number) >= _MANY else f"{number:,.4g}"
