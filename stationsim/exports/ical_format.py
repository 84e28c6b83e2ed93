"""When is what, in a calendar program? The revised plan as iCalendar (RFC 5545): all of it, per person, per ship.

Times are UTC; what was never given a clock is an event of a whole day. Nothing comes from the clock of the machine:
`DTSTAMP` is the start of the run, and a `UID` is made of ids, so a later run of the scenario replaces its events.
"""

from collections.abc import Iterable
from datetime import timedelta

from attrs import frozen

from stationsim.exports.texts import Record, Told
from stationsim.impact.clock import Clock
from stationsim.impact.frames import records
from stationsim.impact.impact import Impact
from stationsim.units import parse_utc, parse_window

__all__ = ["Event", "calendar", "files", "folded", "text_value"]

_OCTETS = 75
"""No line of an iCalendar file is longer, its end apart (RFC 5545, section 3.1)."""
_CALLED_OFF = "called_off"


@frozen(kw_only=True)
class Event:
    """One event: a span [s], or the days that it touches where `has_clock` is false."""

    uid: str
    summary: str
    start_s: int
    until_s: int
    has_clock: bool = True
    description: str = ""
    location: str = ""
    category: str = ""
    is_cancelled: bool = False


def files(impact: Impact) -> dict[str, bytes]:
    """Return `plan.ics`, and `people/PERSON.ics` and `ships/SHIP.ics` of everybody and every ship with any event."""
    told = Told.of(impact)
    plan, owners, clock = _plan(told), _owners(told), Clock.of(impact.manifest)
    title = impact.manifest.title or impact.manifest.scenario
    # a calendar holds at least one event (RFC 5545, section 3.6)
    whole = Event(uid=_uid(told, "run"), summary=title, start_s=0, until_s=clock.horizon_s, has_clock=False)
    found = {"plan.ics": calendar(told, title, plan.values() or [whole])}
    for person in (str(one["id"]) for one in impact.manifest.people):
        if events := _of_person(told, person):
            found[f"people/{person}.ics"] = calendar(told, told.name(person), events)
    for ship in impact.manifest.ships:
        own = [event for (subject, _), event in plan.items() if owners.get(subject) == ship]
        if events := _docked(told, ship) + own:
            found[f"ships/{ship}.ics"] = calendar(told, told.name(ship), events)
    return found


def calendar(told: Told, name: str, events: Iterable[Event]) -> bytes:
    """Return a calendar of that name, its events in the order of time."""
    manifest = told.impact.manifest
    version = manifest.versions.get("stationsim", "")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//stationsim//{text_value(version)}//EN", "CALSCALE:GREGORIAN"]
    lines += [f"NAME:{text_value(name)}", f"X-WR-CALNAME:{text_value(name)}"]
    for event in sorted(events, key=lambda e: (e.start_s, e.uid)):
        lines += _lines(Clock.of(manifest), event)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def text_value(text: str) -> str:
    r"""Return a value of type TEXT (RFC 5545, section 3.3.11); control characters that it forbids are left out.

    >>> print(text_value("a,b;c\\d\ne"))
    a\,b\;c\\d\ne
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for character in ("\\", ";", ","):
        plain = plain.replace(character, f"\\{character}")
    return "".join(c for c in plain.replace("\n", "\\n") if c == "\t" or (c >= " " and not "\x7f" <= c <= "\x9f"))


def folded(line: str) -> str:
    """Return a line folded to at most 75 octets a piece, never within a character (RFC 5545, section 3.1)."""
    pieces, piece, room = [], "", _OCTETS
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", _OCTETS - 1  # the space that begins the next piece counts too
        piece += character
        room -= size
    return "\r\n ".join([*pieces, piece])


def _lines(clock: Clock, event: Event) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{text_value(event.uid)}", f"DTSTAMP:{_stamp(clock, 0)}", *_span(clock, event)]
    lines.append(f"SUMMARY:{text_value(event.summary)}")
    for name, text in (
        ("DESCRIPTION", event.description),
        ("LOCATION", event.location),
        ("CATEGORIES", event.category),
    ):
        lines += [f"{name}:{text_value(text)}"] if text else []
    return [*lines, f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}", "END:VEVENT"]


def _span(clock: Clock, event: Event) -> list[str]:
    if event.has_clock:
        # no DTEND that is not after DTSTART (section 3.8.2.2): a moment has only its start
        end = [f"DTEND:{_stamp(clock, event.until_s)}"] if event.until_s > event.start_s else []
        return [f"DTSTART:{_stamp(clock, event.start_s)}", *end]
    first = clock.start + timedelta(seconds=event.start_s)
    last = clock.start + timedelta(seconds=max(event.until_s - 1, event.start_s))
    days = f"{first:%Y%m%d}", f"{last + timedelta(days=1):%Y%m%d}"
    return [f"DTSTART;VALUE=DATE:{days[0]}", f"DTEND;VALUE=DATE:{days[1]}"]


def _stamp(clock: Clock, t_s: int) -> str:
    return f"{clock.start + timedelta(seconds=t_s):%Y%m%dT%H%M%SZ}"


def _uid(told: Told, *parts: object) -> str:
    return f"{'.'.join(str(part) for part in parts)}.{told.impact.manifest.scenario}@stationsim.invalid"


def _has_clock(told: Told, activity: str) -> bool:
    return bool(told.impact.manifest.activities.get(activity, {}).get("has_clock"))


def _plan(told: Told) -> dict[tuple[str, int], Event]:
    """Return every try of every activity of the revised plan, by its id and number."""
    changes = {str(row["subject"]): row for row in records(told.impact.changes)}
    spans = [row for row in records(told.impact.spans) if row["run"] == "disrupted"]
    return {(str(s["subject"]), int(str(s["attempt"]))): _tried(told, s, changes.get(str(s["subject"]))) for s in spans}


def _tried(told: Told, span: Record, change: Record | None) -> Event:
    subject, state = str(span["subject"]), str(span["state"])
    is_off = state == _CALLED_OFF
    return Event(
        uid=_uid(told, subject, span["attempt"]),
        summary=told.name(subject) + (" (called off)" if is_off else ""),
        start_s=int(str(span["start_s"])),
        until_s=int(str(span["until_s"])),
        has_clock=_has_clock(told, subject) or is_off,
        description=_described(change),
        category=_kind_name(told, subject),
        is_cancelled=is_off,
    )


def _kind_name(told: Told, activity: str) -> str:
    return str(told.impact.manifest.activities.get(activity, {}).get("kind_name", ""))


def _described(change: Record | None) -> str:
    """Return what became of an activity; nothing where it is as planned."""
    if change is None or change["outcome"] == "kept":
        return ""
    was = f", planned for {change['nominal_utc']}" if change["nominal_utc"] else ""
    why = f": {change['reason']}" if change["reason"] else ""
    rule = f" (rule {change['rule']})" if change["rule"] else ""
    return f"{str(change['outcome']).replace('_', ' ')}{was}{why}{rule}"


def _of_person(told: Told, person: str) -> list[Event]:
    """Return what somebody gives time to, and their way home."""
    hours = [row for row in records(told.impact.hours) if (row["run"], row["person"]) == ("disrupted", person)]
    counts: dict[tuple[str, str], int] = {}
    found = []
    for row in hours:
        activity, role = str(row["activity"]), str(row["role"])
        number = counts[activity, role] = counts.get((activity, role), 0) + 1
        found.append(
            Event(
                uid=_uid(told, person, activity, role, number),
                summary=told.name(activity),
                start_s=int(str(row["start_s"])),
                until_s=int(str(row["until_s"])),
                has_clock=_has_clock(told, activity.rpartition("/")[2]),
                description=f"as {role}" if role else "",
                category=_kind_name(told, activity) or str(row["kind"]),
            )
        )
    return found + _home(told, person)


def _home(told: Told, person: str) -> list[Event]:
    rows = [row for row in records(told.impact.changes) if row["subject"] == f"{person}-return" and row["actual_utc"]]
    clock, found = Clock.of(told.impact.manifest), []
    for row in rows:
        text = str(row["actual_utc"])
        moment = parse_utc(text) if "T" in text else parse_window(text)[0]
        start_s = int((moment - clock.start).total_seconds())
        found.append(
            Event(
                uid=_uid(told, row["subject"]),
                summary=told.name(row["subject"]),
                start_s=start_s,
                until_s=start_s,
                has_clock="T" in text,
                description=_described(row),
                category="return",
            )
        )
    return found


def _docked(told: Told, ship: str) -> list[Event]:
    rows = [row for row in records(told.impact.ports) if (row["run"], row["ship"]) == ("disrupted", ship)]
    clock = Clock.of(told.impact.manifest)
    return [
        Event(
            uid=_uid(told, ship, row["port"], number),
            summary=f"{told.name(ship)} at {told.name(row['port'])}",
            start_s=int(str(row["start_s"])),
            until_s=int(str(row["until_s"])),
            has_clock=False,
            description=_until(clock, int(str(row["until_s"]))),
            location=told.name(row["port"]),
            category="docked",
        )
        for number, row in enumerate(rows, 1)
    ]


def _until(clock: Clock, until_s: int) -> str:
    return "still there at the end of the run" if until_s >= clock.horizon_s else ""


def _owners(told: Told) -> dict[str, str]:
    """Return the ship of each activity that moves one, or whose id begins with that of one."""
    ships, started = told.impact.manifest.ships, {row.seq: row.subject for row in told.rows if row.kind == "started"}
    found = {}
    for activity in told.impact.manifest.activities:
        named = [ship for ship in ships if activity.startswith(f"{ship}-")]
        if named:
            found[activity] = max(named, key=len)
    moved = {started[row.cause]: row.subject for row in told.rows if row.cause in started and row.subject in ships}
    return found | moved
