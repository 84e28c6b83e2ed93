"""What happened, in words? The events of the disrupted run said one by one, and the tree of causes of each change."""

import re
from typing import Any

from attrs import field, frozen

from stationsim.impact.impact import Impact
from stationsim.impact.words import Words as EventWords
from stationsim.log.kinds import Kind
from stationsim.log.log import COLUMNS, Row
from stationsim.report.bounds import MOST_CAUSES, knots
from stationsim.report.causes import decisive, disrupted_events, parents
from stationsim.report.words import Record, Words, clean, integer, sentence
from stationsim.units import with_gmt

_ISO = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?Z")
_WHOLE = {"seq", "step", "t_s", "cause", "start_s", "until_s"}
MOST_STEPS = 250
"""Events that the story steps through."""
_QUIET = {Kind.READIED, Kind.PREPARED, Kind.REVIEWED, Kind.WORKED}
"""Kinds that fill a story without moving it on."""


@frozen(kw_only=True)
class Told:
    """The events of the disrupted run: as records, what led to each, and the words for them."""

    events: dict[int, Record] = field(repr=False)
    above: dict[int, list[int]] = field(repr=False)
    _rows: dict[int, Row] = field(repr=False)
    _say: EventWords = field(repr=False)
    _words: Words = field(repr=False)

    def line(self, seq: int) -> str:
        """Return an event in words, without its time."""
        said = _ISO.sub(r"\1 \2 UTC", self._say.say(self._rows[seq]))
        return with_gmt(clean(sentence(said), 600))

    def utc(self, seq: int) -> str:
        """Return when an event was, in UTC."""
        return with_gmt(f"{self._words.clock(self.events[seq]['t_s'])} UTC")

    def things(self, seq: int) -> list[str]:
        """Return the ids that an event is about."""
        row = self.events[seq]
        return list(dict.fromkeys(str(row[key]) for key in ("subject", "object", "place") if row[key] is not None))


def told_of(impact: Impact, words: Words) -> Told:
    """Return the events of an impact's disrupted run."""
    events = disrupted_events(impact.events)
    known = {seq: record for seq, record in events.items() if record["kind"] in set(Kind)}
    rows = {seq: _row(record) for seq, record in known.items()}
    above = {seq: [up for up in ups if up in known] for seq, ups in parents(known, impact.causes).items()}
    say = EventWords(impact.manifest, rows.values())
    return Told(events=known, above=above, rows=rows, say=say, words=words)


def _row(record: Record) -> Row:
    values: dict[str, Any] = {
        name: integer(record[name]) if name in _WHOLE else record[name] for name in COLUMNS if name != "kind"
    }
    return Row(**values, kind=Kind(str(record["kind"])))


def story(told: Told, shown: set[int], words: Words) -> list[dict[str, object]]:
    """Return the steps of the story: the events in `shown`, from the first incident on, each with its causes."""
    if not words.marks:
        return []
    struck = words.marks[0][0]
    later = (seq for seq in sorted(shown) if seq in told.events and (integer(told.events[seq]["t_s"]) or 0) >= struck)
    steps = [seq for seq in later if told.events[seq]["kind"] not in _QUIET]
    return [
        {
            "seq": seq,
            "t_s": integer(told.events[seq]["t_s"]) or 0,
            "utc": told.utc(seq),
            "text": told.line(seq),
            "things": " ".join(told.things(seq)),
            "causes": told.above[seq][:MOST_CAUSES],
            "more": max(0, len(told.above[seq]) - MOST_CAUSES),
        }
        for seq in steps[:MOST_STEPS]
    ]


def tree(told: Told, subject: str, cause_seq: object, most: int = knots(1)) -> dict[str, object] | None:
    """Return the tree of causes of a change, its root first; None for a change without a cause.

    Each knot has `seq`, `utc`, `text`, `up` (the knots of its causes), `again`: it stands in the tree already, and
    `cut`: how many of its causes are left out, because there are `most` knots already. The first cause of each event
    comes first, so the line up to the incident is what is left out last.
    """
    cause = integer(cause_seq)
    if cause is None or cause not in told.events:
        return None
    root = decisive(subject, cause, told.events)
    return _knot(told, cause if root is None else root, set(), most)


def _knot(told: Told, seq: int, seen: set[int], most: int) -> dict[str, object]:
    again = seq in seen
    seen.add(seq)
    up: list[dict[str, object]] = []
    for cause in () if again else told.above[seq]:
        if len(seen) >= most:
            break
        up.append(_knot(told, cause, seen, most))
    return {
        "seq": seq,
        "utc": told.utc(seq),
        "text": told.line(seq),
        "up": up,
        "again": again and told.above[seq] != [],
        "cut": 0 if again else len(told.above[seq]) - len(up),
    }
