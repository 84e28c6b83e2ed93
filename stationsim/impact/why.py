"""Why did it come so, and why not on that day? A walk from the last change of a thing up to the incident behind it."""

import difflib
from collections.abc import Iterable
from datetime import datetime

from attrs import field, frozen

from stationsim.errors import ScenarioError
from stationsim.impact.changes import COMES_UP, CREW_DOWN, WITHOUT, Change, changes
from stationsim.impact.clock import DAY_S, days_named
from stationsim.impact.decisions import Decision
from stationsim.impact.explained import further
from stationsim.impact.fates import DECISIVE, Revision
from stationsim.impact.options_text import as_lines
from stationsim.impact.reading import Reading
from stationsim.impact.returns import SUFFIX
from stationsim.impact.windows import Block, Takes, blocks, forbids, free
from stationsim.impact.words import Words
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH, Log, Row
from stationsim.log.outcome import Outcome
from stationsim.names import Names
from stationsim.shown import pre
from stationsim.units import format_duration, with_gmt

__all__ = ["Block", "Reasons", "why"]


@frozen(kw_only=True, repr=False)
class Reasons:
    """Why a thing is as it is at the end of the disrupted run; printed, it is `text`.

    Attributes:
        subject: The thing asked about.
        outcome: What became of it, as in table `changes`; for other things `changed` or `kept`.
        rows: The rows from its last change up to the incident, as dicts with the columns of `Log` and `t_utc`.
        text: The same in words, one line per link; the last line is the incident.
        deciding: The windows that decided its last revision.
        not_at: The day or time asked about, if any.
        forbidding: Every window that forbids that day or time.
        enough: The fewest of them that do so alone, where they decided its date.
        alternatives: Windows (first start, latest start or None for no end) in which nothing forbade it when its last
            revision was made.
        decisions: The decisions that made it so, or that are about it: each with all options that were weighed.
    """

    subject: str
    outcome: str
    rows: tuple[dict[str, object], ...] = field(repr=False)
    text: str = field(repr=False)
    deciding: tuple[Block, ...] = ()
    not_at: str | None = None
    forbidding: tuple[Block, ...] = ()
    enough: tuple[Block, ...] = ()
    alternatives: tuple[tuple[str, str | None], ...] = ()
    decisions: tuple[Decision, ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Reasons: {self.subject} is {self.outcome}, {len(self.rows)} events back to its origin>"

    def _repr_html_(self) -> str:
        return pre(self.text)


_TELLING = DECISIVE | {
    Kind.STRUCK, Kind.LEAKED, Kind.EMPTIED, Kind.HEALTH_CHANGED, Kind.STATUS_CHANGED, Kind.ALARMED, Kind.WETTED,
    Kind.CLEARED, Kind.SEATED, Kind.RETURN_LOST, Kind.RETURN_PROMISED, Kind.UNDOCKED, Kind.DOCKED, Kind.LAUNCHED,
    Kind.LEFT, Kind.OPENED, Kind.CLOSED, Kind.FREED, Kind.HEATED, Kind.ASKED, Kind.ANSWERED, Kind.ENDED,
    Kind.JAMMED, Kind.CHOSEN, Kind.REFUSED, Kind.TAKEN, Kind.STOOD_DOWN, Kind.LACKED,
}  # fmt: skip
"""Kinds that change how a thing is."""

_FIRST = (
    {Kind.STATUS_CHANGED},
    {Kind.SEATED, Kind.RETURN_LOST, Kind.RETURN_PROMISED, Kind.STRUCK},
    {Kind.HEALTH_CHANGED, Kind.WETTED, Kind.CLEARED},
)
"""Of a ship its status, of a person the seat, of a node its health: asked first, before the rest of `_TELLING`."""


def why(outcome: Outcome, subject: str, not_at: str | int | datetime | None = None) -> Reasons:
    """Explain an activity, `<person>-return`, ship, node, person, zone or incident.

    Args:
        outcome: The two logs and the manifest.
        subject: Its id, an alias, or its name.
        not_at: A day `2022-12-17` or a clock time `2022-12-17T12:00Z`: what forbids a start then?

    Raises:
        ScenarioError: Nothing in the run has that name or several things have it, `not_at` is no time, or only an
            activity has dates.
    """
    said = _said(outcome, subject)
    chain = () if said.row is None else said.reading.chains.path(said.row.seq)
    asked = None if not_at is None else _asked(said, not_at)
    return Reasons(
        subject=said.subject,
        outcome=said.change.outcome if said.change else "kept" if said.row is None else "changed",
        rows=tuple(_record(said.reading, seq) for seq in chain),
        text=with_gmt("\n".join([_title(said), *_told(said, asked), *_links(said, chain)])),
        deciding=tuple(block for block in said.blocks if block.is_binding),
        not_at=asked.when if asked else None,
        forbidding=asked.blocks if asked else (),
        enough=asked.enough if asked else (),
        alternatives=_alternatives(said),
        decisions=_about(said),
    )


@frozen(kw_only=True)
class _Said:
    """What the logs say about one thing."""

    reading: Reading
    words: Words
    subject: str
    change: Change | None
    row: Row | None
    dated: Row | None
    blocks: tuple[Block, ...]
    takes: Takes


@frozen(kw_only=True)
class _Asked:
    when: str
    blocks: tuple[Block, ...]
    enough: tuple[Block, ...]
    lines: tuple[str, ...]


def _said(outcome: Outcome, subject: str) -> _Said:
    reading, words = Reading.of(outcome), Words(outcome.manifest, outcome.disrupted)
    subject = _meant(reading, subject)
    _check(reading, subject)
    change = next((change for change in changes(reading) if change.subject == subject), None)
    dated = _last_dated(outcome.disrupted, subject)
    return _Said(
        reading=reading,
        words=words,
        subject=subject,
        change=change,
        row=_decisive(reading, subject, change),
        dated=dated,
        blocks=() if dated is None else blocks(outcome.disrupted, dated.seq, words),
        takes=_takes(reading, subject),
    )


def _takes(reading: Reading, subject: str) -> Takes:
    """Return what an activity occupies; without a date it still has the length that the plan gave it."""
    dates = [run.fates[subject].revision for run in reversed(reading.runs) if subject in run.fates]
    dated = (revision for revision in dates if revision.until_s is not None)
    return Takes.of(next(dated, Revision()))


def _check(reading: Reading, subject: str) -> None:
    known = _subjects(reading)
    if subject not in known:
        close = difflib.get_close_matches(subject, known, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise ScenarioError(f"{subject!r} is nothing that this run knows.{hint}")


def _meant(reading: Reading, subject: str) -> str:
    """Return the id that a name means; what means nothing is told by `_check`."""
    manifest, known = reading.manifest, _subjects(reading)
    if subject in known:
        return subject
    names = Names.told(manifest.names, manifest.aliases, known)
    if advice := names.advice(subject):
        raise ScenarioError(advice)
    person = names.meaning(subject.removesuffix(SUFFIX)) if subject.endswith(SUFFIX) else None
    return names.meaning(subject) or (subject if person is None else person + SUFFIX)


def _subjects(reading: Reading) -> dict[str, None]:
    logged = (row.subject for run in reading.runs for row in run.log)
    nodes = (str(node["id"]) for node in reading.manifest.graph.get("nodes", []))
    return dict.fromkeys((*reading.manifest.activities, *reading.manifest.ships, *logged, *nodes))


def _decisive(reading: Reading, subject: str, change: Change | None) -> Row | None:
    """Return the row that made a thing as it is; None if it is as it always was."""
    rows = reading.disrupted.log.rows
    if change is not None:
        return None if change.row is None else rows[change.row]
    told = [row for row in rows if row.subject == subject and row.kind in _TELLING and row.cause is not None]
    told += [row for row in rows if row.subject == subject and row.kind is Kind.STRUCK]
    for kinds in (*_FIRST, _TELLING):
        found = [row for row in told if row.kind in kinds]
        if found:
            # what is true has a shorter story than what a centre came to believe
            return next((row for row in reversed(found) if row.view == TRUTH), found[-1])
    return None


def _last_dated(log: Log, subject: str) -> Row | None:
    """Return the last row of an activity that has windows, or else the last that dates it."""
    rows = [row for row in log if row.subject == subject]
    for table in ("blocks", "revisions"):
        found = [row for row in rows if log.attached(table, row.seq)]
        if found:
            return found[-1]
    return None


# --- why not then? ----------------------------------------------------------------------------------------------------


def _asked(said: _Said, not_at: str | int | datetime) -> _Asked:
    lo_s, hi_s = said.reading.clock.window(not_at)
    if said.dated is None:
        raise ScenarioError(f"{said.subject!r} has no dates. Ask `not_at` of an activity.")
    is_moment = hi_s - lo_s == 1
    when = said.words.clock.utc(lo_s) if is_moment else str(not_at)
    starts = _usual_start(said, lo_s) if hi_s - lo_s == DAY_S else (lo_s, hi_s)
    known = _known_by(said, lo_s)
    flown = _started(said, lo_s, hi_s) if hi_s - lo_s <= DAY_S else None
    found = () if flown is not None else tuple(block for block in known if forbids(block, *starts, said.takes))
    decided = tuple(block for block in found if block.is_binding)
    enough = decided if decided and hi_s - lo_s <= DAY_S else found
    also = tuple(block for block in found if block not in enough)
    if found:
        head = f"{when}: {len(enough)} {'window forbids' if len(enough) == 1 else 'windows forbid'} it."
        lines = [head, *(f"  {block.said()}" for block in enough)]
        lines += ["  Without that, these would:", *(f"  {block.said()}" for block in also)] if also else []
    else:
        lines = [f"{when}: nothing in the log forbids it{_but(said, lo_s)}."]
    if flown is not None:
        lines = [f"{when}: it began then, {said.words.clock.utc(flown)}."]
    elif said.dated.t_s >= hi_s:
        lines.append(f"  It had passed when the plan was last revised, {said.words.clock.utc(said.dated.t_s)}.")
    return _Asked(when=when, blocks=found, enough=enough, lines=tuple(lines))


def _known_by(said: _Said, t_s: int) -> tuple[Block, ...]:
    """Return the windows of the revision that stood at a second: the last one before it, or else the first of all."""
    log = said.reading.disrupted.log
    revised = [row for row in log if row.subject == said.subject and log.attached("blocks", row.seq)]
    stood = [row for row in revised if row.t_s <= t_s] or revised[:1]
    return blocks(log, stood[-1].seq, said.words) if stood else ()


def _started(said: _Said, lo_s: int, hi_s: int) -> int | None:
    """Return when the activity began, if it did in a span of time."""
    log = said.reading.disrupted.log
    began = (row.t_s for row in log if row.subject == said.subject and row.kind is Kind.STARTED)
    return next((t_s for t_s in began if lo_s <= t_s < hi_s), None)


def _usual_start(said: _Said, day_s: int) -> tuple[int, int]:
    """Return the second of a day at which the activity would start: it is moved by whole days."""
    runs = reversed(said.reading.runs)  # at the hour that it has now; without a date, at the one it had
    dates = [run.fates[said.subject].revision.start_s for run in runs if said.subject in run.fates]
    usual_s = next((start_s for start_s in dates if start_s is not None), None)
    if usual_s is None:
        return day_s, day_s + DAY_S
    start_s = day_s + (usual_s - day_s) % DAY_S
    return start_s, start_s + 1


def _but(said: _Said, at_s: int) -> str:
    days, day = said.reading.fact(said.subject, "days"), said.reading.clock.weekday(at_s)
    if isinstance(days, list) and days and day not in days:
        return f", but it is a {days_named([day])}: new dates are on {days_named(days)} alone"
    return "" if said.blocks else f"; no windows were recorded for {said.words.name(said.subject)}"


def _alternatives(said: _Said) -> tuple[tuple[str, str | None], ...]:
    if not said.blocks or said.dated is None:
        return ()
    utc = said.words.clock.utc
    spans = free(said.blocks, said.dated.t_s, said.takes)
    return tuple((utc(lo_s), None if hi_s is None else utc(hi_s)) for lo_s, hi_s in spans)


# --- decisions --------------------------------------------------------------------------------------------------------


def _about(said: _Said) -> tuple[Decision, ...]:
    """Return the decisions about a thing, and those with which the date of an activity was repaired."""
    fate = said.reading.disrupted.fates.get(said.subject)
    steps = {row.step for row in fate.decisive} if fate is not None else set()
    return tuple(one for one in said.reading.decisions if one.step in steps or _is_own(said, one))


def _is_own(said: _Said, one: Decision) -> bool:
    """Is a decision about this ship, incident or person, or does it say something of this activity?"""
    if said.subject in (one.ship, one.incident) or said.subject.removesuffix(SUFFIX) in one.people:
        return True
    told = (row.cause for row in said.reading.disrupted.log if row.subject == said.subject)
    return one.seq in told or (said.change is not None and said.change.cause_seq == one.seq)


# --- words ------------------------------------------------------------------------------------------------------------


def _title(said: _Said) -> str:
    name, change = said.words.name(said.subject), said.change
    if change is None:
        is_told = said.row is not None or any(_is_own(said, one) for one in said.reading.decisions)
        return f"{name}:" if is_told else f"{name}: nothing in this run changed it."
    if change.outcome == "kept":
        return f"{name} stays as planned ({change.nominal_utc or 'no date'}): nothing in this run changed it."
    was, now = change.nominal_utc or "no date", change.actual_utc or "no date"
    if COMES_UP in change.differs:
        day = change.now[COMES_UP]
        now += ", does not come up in this run" if day is None else f", comes up {day}"
    if CREW_DOWN in change.differs:
        down = change.now[CREW_DOWN]
        now += f", people down: {_named(said, down) if isinstance(down, list) and down else 'none'}"
    if WITHOUT in change.differs:
        now += f", without a ship for {format_duration(int(str(change.now[WITHOUT])))}"
    attempts = "".join(f", {attempt['end']} {attempt['utc']}".replace("_", " ") for attempt in change.attempts)
    if change.outcome == "called_off":
        return f"{name} was taken up and put back on the task list{attempts}."
    return f"{name} is {change.outcome} ({was} -> {now}{attempts})."


def _named(said: _Said, ids: list[str]) -> str:
    return ", ".join(said.words.name(id_) for id_ in ids)


def _told(said: _Said, asked: "_Asked | None") -> list[str]:
    """Return the decisions, the windows that decided, and what was asked."""
    levels, decided = said.reading.manifest.levels, list[str]()
    for one in _about(said):
        lines = as_lines(one, said.words, levels)
        decided += (
            lines if _is_own(said, one) else [lines[0], "  The plan was repaired with that decision, and this too."]
        )
    return [*decided, *_blocks(said), *(asked.lines if asked else ())]


def _blocks(said: _Said) -> list[str]:
    deciding = [block for block in said.blocks if block.is_binding]
    if said.row is None or not deciding:
        return []
    head = "It was decided by:" if len(deciding) == 1 else "It was decided by these together:"
    also = [f"  {block.said()}" for block in _also(said)]
    gone = said.change.replaced if said.change is not None else []
    others = further({"no_earlier": None, "replaced": gone}, said.reading.manifest.names)
    return [
        head,
        *(f"  {block.said()}" for block in deciding),
        *(["On its day this forbade it too:", *also] if also else []),
        *(f"{line[:1].upper()}{line[1:]}" for line in others),
    ]


def _also(said: _Said) -> tuple[Block, ...]:
    """Return the windows that forbade the planned date as well: without them it would be the same."""
    nominal = said.reading.nominal.fates.get(said.subject)
    start_s = None if nominal is None else nominal.revision.start_s
    if start_s is None:
        return ()
    rest = (block for block in said.blocks if not block.is_binding)
    return tuple(block for block in rest if forbids(block, start_s, start_s + 1, said.takes))


def _links(said: _Said, chain: Iterable[int]) -> list[str]:
    rows, chains = said.reading.disrupted.log.rows, said.reading.chains
    on_path = tuple(chain)
    lines: list[str] = []
    for index, seq in enumerate(on_path):
        lines.append(f"{'because ' if index else ''}{said.words.line(rows[seq])}")
        others = [cause for cause in chains.causes(seq) if cause not in on_path]
        lines += [f"  and     {said.words.line(rows[cause])}" for cause in others]
    return lines


def _record(reading: Reading, seq: int) -> dict[str, object]:
    row = reading.disrupted.log.row(seq)
    return {**row._asdict(), "kind": str(row.kind), "t_utc": reading.clock.utc(row.t_s)}
