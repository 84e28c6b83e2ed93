"""What do people read instead of ids and seconds? Names, times and durations, safe to put into a figure."""

import html
import unicodedata
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
from attrs import field, frozen

from stationsim.impact.impact import Impact
from stationsim.impact.naming import air_name, hatch_name, is_told_of_air
from stationsim.log.kinds import Kind
from stationsim.log.outcome import Manifest
from stationsim.shown import line
from stationsim.units import format_duration, parse_utc, parse_window

Record = dict[str, object]

DAY_S = 86400
_MANY, _HUNDREDS = 1000, 100
_MOST_PLACES = 3


def records(table: pd.DataFrame) -> list[Record]:
    """Return the rows of a table as dicts; what is missing is None."""
    names = [str(name) for name in table.columns]
    columns = [_plain(table[name]) for name in table.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(column: "pd.Series[Any]") -> list[object]:
    gone = column.isna().tolist()
    return [None if missing else value for value, missing in zip(column.tolist(), gone, strict=True)]


def integer(value: object) -> int | None:
    """Return a number of a table as an int; what is missing stays None.

    >>> integer(3.0), integer(None)
    (3, None)
    """
    return None if value is None else int(float(str(value)))


def clean(text: object, limit: int = 300) -> str:
    r"""Return text on one line, without control and direction marks, cut to `limit` characters.

    >>> clean("a\u202eb\nc"), clean("abcdef", 4)
    ('ab c', 'abc…')
    """
    return line(text, limit)


def label(text: object, limit: int = 44) -> str:
    """Return text that Plotly shows as it is: its own small markup is escaped.

    Behind a name written from right to left stands a mark, or a number after it would be drawn before it.

    >>> label("<b>Port</b>"), label("\u05e9\u05dc")[2:] == "\u200e"
    ('&lt;b&gt;Port&lt;/b&gt;', True)
    """
    plain = clean(text, limit)
    turns = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in plain)
    return html.escape(plain, quote=False) + ("\u200e" if turns else "")


_SMALL = {"m": (1000, "mm"), "m3/s": (1_000_000, "mL/s")}
_UNITS = {"degC": "°C", "m3": "m³", "m3/s": "m³/s", "1": ""}


def unit(text: object) -> str:
    """Return a unit as people write it; a count has none.

    >>> unit("degC"), unit("1"), unit("kg")
    ('°C', '', 'kg')
    """
    return _UNITS.get(str(text), "" if text is None else clean(text))


def sentence(text: object) -> str:
    """Return an id or a lower-case phrase with spaces and a capital first letter.

    >>> sentence("seat_hours_unfit")
    'Seat hours unfit'
    """
    plain = clean(text).replace("_", " ")
    return plain[:1].upper() + plain[1:]


def amount(value: object) -> str:
    """Return a number with as many digits as people read.

    >>> amount(777.0), amount(343.49), amount(-2), amount(12345.6), amount(30.36), amount(0.12345), amount(9.25e-6)
    ('777', '343.5', '−2', '12 346', '30.4', '0.123', '9.25e-06')
    """
    number = float(str(value))
    big = abs(number)
    whole = big >= _MANY or number == int(number)
    text = f"{big:,.0f}".replace(",", " ") if whole else f"{big:.{4 if big >= _HUNDREDS else 3}g}"
    return ("−" if number < 0 else "") + text


def measure(value: object, of: object) -> str:
    """Return a value with its unit, small lengths and flows in units that people read.

    >>> measure(0.0008, "m"), measure(9.25e-6, "m3/s"), measure(200.0, "kPa"), measure(3, "1")
    ('0.8 mm', '9.25 mL/s', '200 kPa', '3')
    """
    number, name = float(str(value)), str(of)
    factor, shown = _SMALL.get(name, (1, ""))
    if shown and 0 < abs(number) * factor < _MANY:
        return f"{amount(round(number * factor, 9))} {shown}"
    return f"{amount(value)} {unit(of)}".rstrip()


def signed(value: object) -> str:
    """Return a difference with its sign.

    >>> signed(2), signed(-2), signed(0)
    ('+2', '−2', '0')
    """
    return ("+" if float(str(value)) > 0 else "") + amount(value)


@frozen(kw_only=True)
class Words:
    """Names and times of one run.

    Attributes:
        manifest: What the run says about itself.
        start: Its first second.
        marks: Incidents that became true: (t_s, id), background ones left out.
    """

    manifest: Manifest = field(repr=False)
    start: datetime
    marks: tuple[tuple[int, str], ...]

    @property
    def first_s(self) -> int:
        """Return when the first incident struck [s]; without one, the start."""
        return self.marks[0][0] if self.marks else 0

    def name(self, thing: object) -> str:
        """Return the name of an id, or the id."""
        key = "" if thing is None else str(thing)
        person = key.removesuffix("-return")
        if key not in self.manifest.names and person in self.manifest.names:
            return f"Return of {clean(self.manifest.names[person])}"
        names = self.manifest.names
        return clean(hatch_name(names, key) or air_name(names, key) or names.get(key) or self._unnamed(key))

    def _unnamed(self, key: str) -> str:
        """Return words for an id without a name: the rule and activity of a posture, what an incident struck."""
        rule, _, activity = key.partition("/")
        if rule in self.manifest.rules:
            return f"posture of {rule}{f' for {self.name(activity)}' if activity else ''}"
        nodes = {str(known["id"]): known["node"] for known in self.manifest.incidents}
        return self.name(nodes[key]) if nodes.get(key) not in (None, key) else key

    def places(self, things: object) -> str:
        """Return the names of comma-separated compartments, or how many there are."""
        ids = str(things or "").split(",")
        return self.name(things) if len(ids) <= _MOST_PLACES else f"{len(ids)} compartments"

    def subject(self, row: Record) -> str:
        """Return the name of what an event is about; of a compartment whose air is meant, the air."""
        incident = None if row["object"] is None else str(row["object"])
        kind, unit_ = Kind(str(row["kind"])), None if row["unit"] is None else str(row["unit"])
        if is_told_of_air(self.manifest, kind, str(row["subject"]), incident, unit_):
            return "Cabin air"
        return f"Air of {self.places(row['text'])}" if kind is Kind.AIRED else self.name(row["subject"])

    def incident(self, incident: str) -> str:
        """Return the name of an incident; without one, of what it struck."""
        nodes = {str(known["id"]): known["node"] for known in self.manifest.incidents}
        return self.name(incident if incident in self.manifest.names else nodes.get(incident, incident))

    def axis(self, t_s: object) -> str:
        """Return a second as Plotly reads it on a date axis: UTC, without a zone."""
        return self._moment(t_s).replace(tzinfo=None).isoformat(timespec="seconds")

    def clock(self, t_s: object) -> str:
        """Return a second as day and time, in UTC."""
        return self._moment(t_s).strftime("%Y-%m-%d %H:%M")

    def lasting(self, start_s: object, until_s: object) -> str:
        """Return a span as two clock times, in UTC."""
        first, last = self.clock(start_s), self.clock(until_s)
        return f"{first} to {last[11:] if last[:10] == first[:10] else last} UTC"

    def when(self, subject: object, t_s: object) -> str:
        """Return a second of an activity as its plan gives it: without a clock that nobody gave."""
        activity = self.manifest.activities.get(str(subject), {})
        return f"{self.clock(t_s)} UTC" if activity.get("has_clock") else self._moment(t_s).strftime("%Y-%m-%d")

    def second(self, utc: object) -> int | None:
        """Return the second of a day, a month or a clock time in a table; None for none."""
        if not isinstance(utc, str) or not utc:
            return None
        moment = parse_utc(utc) if "T" in utc else parse_window(utc)[0]
        return int((moment - self.start).total_seconds())

    def span(self, row: Record) -> str:
        """Return when something with `subject`, `start_s` and `until_s` lasts."""
        if not self.manifest.activities.get(str(row["subject"]), {}).get("has_clock"):
            return self.clock(row["start_s"])[:10]
        return self.lasting(row["start_s"], row["until_s"])

    def _moment(self, t_s: object) -> datetime:
        return self.start + timedelta(seconds=integer(t_s) or 0)


def words_of(impact: Impact) -> Words:
    """Return the words of an impact."""
    manifest = impact.manifest
    background = {str(incident["id"]) for incident in manifest.incidents if incident.get("background")}
    struck = impact.events[(impact.events["run"] == "disrupted") & (impact.events["kind"] == "struck")]
    marks = {
        str(row["subject"]): integer(row["t_s"]) or 0
        for row in records(struck)
        if str(row["subject"]) not in background
    }
    ordered = sorted((t_s, name) for name, t_s in marks.items())
    return Words(manifest=manifest, start=parse_utc(manifest.start_utc), marks=tuple(ordered))


def delay(delay_s: object) -> str:
    """Return a delay in words.

    >>> delay(2 * 86400), delay(-3600), delay(None)
    ('2 d later', '1 h earlier', '')
    """
    seconds = integer(delay_s)
    if not seconds:
        return ""
    return f"{format_duration(abs(seconds))} {'later' if seconds > 0 else 'earlier'}"
