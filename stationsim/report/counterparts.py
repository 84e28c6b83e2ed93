"""Which event of a run corresponds to one that was published? The one about the same thing, in the same sense, nearest.

What happened is told in a few free words, and the first of them with a known sense counts: `called off` is held against
an attempt that ended, `flown` against a start, `leak detected` against an alarm. Each event of the run is used once.
"""

import re
from collections.abc import Sequence
from datetime import timedelta

from attrs import field, frozen

from stationsim.impact.impact import Impact
from stationsim.log.kinds import Kind
from stationsim.report.causes import disrupted_events
from stationsim.report.words import DAY_S, Record, Words, integer, records

__all__ = ["Counterpart", "counterparts"]


@frozen(kw_only=True)
class Counterpart:
    """An event of the run beside one of history.

    Attributes:
        seq: The event of the disrupted run.
        what: Its kind in words.
        at: When, as its plan gives it: a day `2023-02-24`, or a clock time `2022-12-15 02:46 UTC`.
        days: Run minus history [d]: whole days where either has no clock.
    """

    seq: int
    what: str
    at: str
    days: float


@frozen
class _Sense:
    """Words that tell what happened, and the kinds of event that say so of an activity, and of anything else."""

    words: str
    of_activity: tuple[Kind, ...]
    of_thing: tuple[Kind, ...] = ()


_BEGUN = (Kind.STARTED,)
_DATED = _Sense(r"date\b", (Kind.MOVED,))
_MOVED_SHIP = _Sense(r"relocat", _BEGUN, (Kind.UNDOCKED,))
_TESTED = _Sense(r"test|hot.?fire", _BEGUN, _BEGUN)
_LOOKED = _Sense(r"survey|inspect", _BEGUN, _BEGUN)
_SENSES = (
    _Sense(
        r"call(ed)? off|cancel|abort|terminat|scrub|broken off|ended early|fail",
        (Kind.CALLED_OFF, Kind.TERMINATED, Kind.ABORTED, Kind.FAILED, Kind.GIVEN_UP),
        (Kind.LOST,),
    ),
    _DATED,
    _Sense(
        r"decid|decision|set for|put off|postpon|replan|reschedul|moved to",
        (Kind.AMENDED, Kind.MOVED, Kind.UNDATED, Kind.INSERTED, Kind.GIVEN_UP),
        (Kind.CHOSEN, Kind.DECIDED),
    ),
    _Sense(r"leak|alarm|falling pressure|hole|struck|damage", (), (Kind.ALARMED,)),
    _Sense(r"seat|liner", _BEGUN, (Kind.FITTED,)),
    _MOVED_SHIP,
    _TESTED,
    _LOOKED,
    _Sense(r"photograph|burn", _BEGUN),  # of a ship they are no event of any run
    _Sense(r"flown|launch|lifted off", _BEGUN, (Kind.LAUNCHED,)),
    _Sense(r"dock|berth|arriv", _BEGUN, (Kind.DOCKED, Kind.BOARDED)),
    _Sense(r"undock|unberth|released|depart|left|land|return|came home", _BEGUN, (Kind.UNDOCKED, Kind.LEFT)),
)
_OTHER = _Sense("", _BEGUN)
"""Of an activity whatever else is said counts as done."""
_SORTS = {_TESTED.words: "test", _LOOKED.words: "inspection"}


def counterparts(events: Sequence[Record], impact: Impact, words: Words) -> list[Counterpart | None]:
    """Return for each event of history its counterpart in the disrupted run; None where the run has none.

    Args:
        events: With `at`, `subject` and `what`.
        impact: Of the run.
        words: Names and times.
    """
    run = _Run.of(impact)
    groups: dict[tuple[str, str], list[tuple[float, int, int]]] = {}
    offered: dict[tuple[int, int], Counterpart] = {}
    for number, event in enumerate(events):
        at_s, sense = words.second(event["at"]), _sense(str(event["what"]))
        for seq, t_s in run.candidates(str(event["subject"]), sense) if at_s is not None else ():
            offered[number, seq] = _beside(event, run.events[seq], seq, t_s, words)
            group = groups.setdefault((str(event["subject"]), sense.words), [])
            middle_s = (at_s or 0) + (0 if "T" in str(event["at"]) else DAY_S // 2)
            group.append((abs(t_s - middle_s), number, seq))
    chosen = {number: seq for group in groups.values() for number, seq in _nearest(group)}
    return [offered[number, chosen[number]] if number in chosen else None for number in range(len(events))]


def _sense(what: str) -> _Sense:
    """Return the sense of the first word that has one.

    >>> _sense("surveyed after undocking") is _LOOKED, _sense("put back on the list") is _OTHER
    (True, True)
    """
    found = [(match.start(), sense) for sense in _SENSES if (match := re.search(rf"\b({sense.words})", what.lower()))]
    return min(found, key=lambda pair: pair[0])[1] if found else _OTHER


def _nearest(group: list[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Pair events of history and of the run, the nearest in time first, each one once.

    >>> _nearest([(5, 0, 7), (1, 1, 7), (9, 0, 8)])
    [(1, 7), (0, 8)]
    """
    found: dict[int, int] = {}
    for _, number, seq in sorted(group):
        if number not in found and seq not in found.values():
            found[number] = seq
    return list(found.items())


@frozen(kw_only=True)
class _Run:
    """The disrupted run: its events by `seq`, activity -> kind, incident -> node, response -> node it is about."""

    events: dict[int, Record] = field(repr=False)
    sorts: dict[str, str] = field(repr=False)
    nodes: dict[str, str] = field(repr=False)
    responses: dict[str, str] = field(repr=False)

    @classmethod
    def of(cls, impact: Impact) -> "_Run":
        """Read an impact."""
        events = disrupted_events(impact.events)
        nodes = {str(incident["id"]): str(incident["node"]) for incident in impact.manifest.incidents}
        return cls(
            events=events,
            sorts={str(row["subject"]): str(row["kind"]) for row in records(impact.changes) if row["kind"] != "return"},
            nodes=nodes,
            responses={
                str(row["subject"]): nodes.get(str(row["object"]), "")
                for row in events.values()
                if row["kind"] == Kind.ADDED
            },
        )

    def candidates(self, subject: str, sense: _Sense) -> list[tuple[int, int]]:
        """Return the events about a subject in that sense, but the opening: (seq, second that counts)."""
        kinds = sense.of_activity if subject in self.sorts else sense.of_thing
        return [
            (seq, (integer(row["start_s"]) if sense is _DATED else integer(row["t_s"])) or 0)
            for seq, row in self.events.items()
            if row["kind"] in kinds
            and self._is_about(row, subject, sense)
            and (integer(row["t_s"]) or row["kind"] in {Kind.STARTED, Kind.ALARMED})
        ]

    def _is_about(self, row: Record, subject: str, sense: _Sense) -> bool:
        of = str(row["subject"])
        if subject in self.sorts:
            return of == subject
        if row["kind"] == Kind.STARTED:  # what was done to a ship is a response to what struck it
            return _within(self.responses.get(of, ""), subject) and _SORTS[sense.words] in self.sorts.get(of, "")
        if row["kind"] == Kind.FITTED:
            return subject in (of, row["object"])
        if row["kind"] == Kind.UNDOCKED:
            return of == subject and (row["text"] == "relocating") == (sense is _MOVED_SHIP)
        struck = self.nodes.get(str(row["object"]), "") if row["kind"] == Kind.ALARMED else ""
        return _within(of, subject) or _within(struck, subject) or row["object"] == subject


def _within(node: str, thing: str) -> bool:
    return node == thing or node.startswith(f"{thing}/")


def _beside(event: Record, row: Record, seq: int, t_s: int, words: Words) -> Counterpart:
    """Return an event of the run beside one of history."""
    is_date = row["kind"] == Kind.MOVED and _sense(str(event["what"])) is _DATED
    as_planned = is_date or row["kind"] == Kind.STARTED
    at = words.when(row["subject"], t_s) if as_planned else f"{words.clock(t_s)} UTC"
    at_s = words.second(event["at"]) or 0
    has_clocks = "T" in str(event["at"]) and at.endswith("UTC")
    days = round((t_s - at_s) / DAY_S, 1) + 0.0 if has_clocks else float(_day(t_s, words) - _day(at_s, words))
    what = "date set" if is_date else str(row["kind"]).replace("_", " ")
    return Counterpart(seq=seq, what=what, at=at, days=days)


def _day(t_s: int, words: Words) -> int:
    """Return the number of the day in UTC in which a second lies."""
    return (words.start + timedelta(seconds=t_s)).toordinal()
