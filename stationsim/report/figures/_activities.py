"""What is known of one activity on the timeline? Its dates before and after, the event between, and its words."""

from collections.abc import Sequence

import pandas as pd
from attrs import evolve, field, frozen

from stationsim.report.causes import decisive
from stationsim.report.theme import outcome_word
from stationsim.report.words import Record, Words, delay, integer, label, records


@frozen(kw_only=True)
class Row:
    """One activity: where it stands, its spans and dates before and after, and the event that changed it.

    `mark_s` is where its lane after the incident has a mark: the new date, else the old one, else when it was lost [s].
    """

    change: Record
    before: tuple[Record, ...] = field(repr=False)
    after: tuple[Record, ...] = field(repr=False)
    old_s: int | None
    new_s: int | None
    event: int | None
    mark_s: int | None
    y: float = 0.0

    @property
    def subject(self) -> str:
        """Return the id of the activity."""
        return str(self.change["subject"])

    @property
    def outcome(self) -> str:
        """Return what became of it."""
        return str(self.change["outcome"])


def activity_rows(chosen: Sequence[Record], spans: pd.DataFrame, log: dict[int, Record], words: Words) -> list[Row]:
    """Return a row per activity, in the order of their first dates, returns last."""
    stood: dict[tuple[str, str], list[Record]] = {}
    for span in records(spans):
        stood.setdefault((str(span["run"]), str(span["subject"])), []).append(span)
    found = []
    for change in chosen:
        subject = str(change["subject"])
        before, after = (tuple(stood.get((run, subject), ())) for run in ("nominal", "disrupted"))
        old_s, new_s = _date(before, change["nominal_utc"], words), _date(after, change["actual_utc"], words)
        if change["outcome"] in {"postponed", "cancelled", "called_off"}:
            new_s = None
        event = decisive(subject, integer(change["cause_seq"]), log)
        lost_s = integer(log[event]["t_s"]) if event is not None else None
        is_far = old_s is None or old_s >= words.manifest.horizon_s or change["kind"] == "return"
        mark_s = new_s if new_s is not None else lost_s if is_far else old_s
        found.append(
            Row(change=change, before=before, after=after, old_s=old_s, new_s=new_s, event=event, mark_s=mark_s)
        )
    late = 2 * words.manifest.horizon_s

    def order(row: Row) -> tuple[bool, int, str]:
        dates = [date for date in (row.old_s, row.new_s) if date is not None]
        return row.change["kind"] == "return", min(dates, default=late), row.subject

    return sorted(found, key=order)


def stacked(rows: Sequence[Row], *, step: float) -> list[Row]:
    """Give each row its place, `step` below the one before."""
    return [evolve(row, y=-(index + 0.42) * step) for index, row in enumerate(rows)]


def _date(stood: Sequence[Record], utc: object, words: Words) -> int | None:
    flown = [span for span in stood if span["state"] != "called_off"]
    return integer(flown[-1]["start_s"]) if flown else words.second(utc)


def row_title(row: Row, words: Words) -> str:
    """Return the name of an activity and what became of it."""
    name = f"<b>{label(words.name(row.subject), 60)}</b>"
    old, new = (
        "" if t_s is None else words.when(row.subject, t_s).removesuffix(" UTC") for t_s in (row.old_s, row.new_s)
    )
    word = outcome_word(row.change)
    if row.outcome == "kept":
        return f"{name}  stays on {old}"
    if row.new_s is None:
        return f"{name}  {outcome_word(row.change)}{f', was {old}' if old else ''}"
    late = delay(row.change["delay_s"])
    if row.outcome == "unfinished":
        return f"{name}  {word}, {f'{late}, ' if late else ''}since {new}"
    return f"{name}  {f'{late}, now {new}' if late else f'{word}, {new}'}"


def span_state(span: Record) -> str:
    """Return the state of a span in words."""
    return str(span["state"]).replace("_", " ").capitalize()


def row_hover(said: str, row: Row, stood: Sequence[Record], date_s: int | None, words: Words) -> str:
    """Return what is shown when an activity is pointed at."""
    times = [words.span(span | {"subject": row.subject}) for span in stood]
    if not times and date_s is not None:
        times = [words.when(row.subject, date_s)]
    lines = [f"<b>{label(words.name(row.subject))}</b>", label(f"{said}: {', '.join(times)}" if times else said, 120)]
    if row.change["reason"]:
        lines.append(label(row.change["reason"], 120))
    return "<br>".join(lines)
