"""What does a figure say to those who cannot see it? The same spans as a table under each figure."""

from collections.abc import Callable, Mapping

import pandas as pd
from attrs import frozen

from stationsim.impact.impact import Impact
from stationsim.impact.naming import is_air, is_told_of_air
from stationsim.impact.resilience import CAPABILITIES
from stationsim.log.kinds import Kind
from stationsim.report.behind import KINDS, Behind, behind
from stationsim.report.causes import disrupted_events
from stationsim.report.consumables import consumable_rows
from stationsim.report.resilience import of_capability
from stationsim.report.theme import LEVELS
from stationsim.report.words import Record, Words, amount, clean, integer, measure, records, sentence, unit

MOST_ROWS, MOST_PACKED = 250, 1000
"""Rows of a twin that stand in the page, and those after them that its script makes when the twin is unfolded."""
_RUNS = {"nominal": "before", "disrupted": "after"}
_CROSSING = {Kind.CROSSED: "crosses", Kind.EMPTIED: "is empty", Kind.ALARMED: "sets off an alarm"}


@frozen(kw_only=True)
class TwinRow:
    """A row of a twin: its texts, the event behind its first time, and the things that it is about."""

    cells: tuple[str, ...]
    seq: int | None = None
    things: tuple[str, ...] = ()


@frozen(kw_only=True)
class Twin:
    """The table that says the same as a figure; `time` is the column of the times that lead to events."""

    heads: tuple[str, ...]
    rows: tuple[TwinRow, ...]
    packed: tuple[TwinRow, ...] = ()
    time: int
    left_out: int

    @property
    def pack(self) -> list[list[object]]:
        """Return the packed rows as lists: the texts, the event, the things."""
        return [[row.cells, row.seq, " ".join(row.things)] for row in self.packed]


@frozen(kw_only=True)
class Span:
    """What a twin says of a row of a table: two texts, and the things whose event began it, the nearest first."""

    said: tuple[str, str]
    things: tuple[object, ...] = ()
    view: object = None
    seq: int | None = None


def twins(impact: Impact, words: Words) -> dict[str, Twin]:
    """Return figure -> its twin, of every figure that no other table tells."""
    log = behind(impact)
    spans: dict[str, tuple[pd.DataFrame, tuple[str, str], Callable[[Record], Span]]] = {
        "ports": (
            impact.ports, ("Port", "Ship"),
            lambda row: Span(
                said=(words.name(row["port"]), words.name(row["ship"])), things=(row["ship"], row["port"])
            ),
        ),
        "people": (
            impact.hours, ("Person", "Work"),
            lambda row: Span(
                said=(words.name(row["person"]), words.name(row["activity"]) + ", response" * bool(row["added"])),
                things=(row["activity"], row["person"]),
            ),
        ),
        "seats": (
            impact.cover, ("Person", "Seat"),
            lambda row: Span(
                said=(words.name(row["person"]), f"{_level(row)}{_in(row['ship'], words)}"),
                things=(row["person"], row["ship"]),
            ),
        ),
        "resilience": (
            impact.capabilities, ("What", "Value"),
            lambda row: Span(
                said=(
                    sentence(CAPABILITIES[str(row["capability"])][1]),
                    of_capability(row["value"], CAPABILITIES[str(row["capability"])][0]),
                ),
                seq=log.of_kind(row["start_s"], KINDS.get(str(row["capability"]), ())),
            ),
        ),
        "hatches": (
            impact.hatches, ("Hatch", "State"),
            lambda row: Span(said=(words.name(row["hatch"]), clean(row["state"])), things=(row["hatch"],)),
        ),
        "places": (
            impact.whereabouts, ("Person", "Where"),
            lambda row: Span(
                said=(words.name(row["person"]), f"{clean(row['state'])}{_in(row['place'], words)}"),
                things=(row["person"], row["activity"], row["place"]),
            ),
        ),
        "beliefs": (
            impact.beliefs, ("What", "State"),
            lambda row: Span(
                said=(
                    words.incident(str(row["subject"])) if row["what"] == "incident" else words.name(row["subject"]),
                    f"{clean(row['value'])} ({words.name(row['view'])})",
                ),
                things=(row["subject"],), view=row["view"],
            ),
        ),
    }  # fmt: skip
    found = {name: _twin(table, heads, said, (words, log)) for name, (table, heads, said) in spans.items()}
    found |= {name: _curves(impact, words, of_air=name == "air") for name in ("air", "physics")}
    found["consumables"] = _consumables(impact, words, log)
    return {name: twin for name, twin in found.items() if twin.rows}


def _level(row: Record) -> str:
    level = min(integer(row["level"]) or 0, len(LEVELS) - 1)
    return f"class {level}, {LEVELS[level].word}"


def _in(place: object, words: Words) -> str:
    return "" if place is None else f", {words.name(place)}"


def _twin(
    table: pd.DataFrame, heads: tuple[str, str], said: Callable[[Record], Span], known: tuple[Words, Behind]
) -> Twin:
    """Return a table of spans; what is the same in both runs stands once, with the event of the disrupted one."""
    words, log = known
    runs: dict[tuple[str, ...], list[str]] = {}
    told: dict[tuple[str, ...], tuple[int | None, tuple[str, ...]]] = {}
    for row in records(table):
        span = said(row)
        key = (*span.said, words.clock(row["start_s"]), words.clock(row["until_s"]))
        runs.setdefault(key, []).append(_RUNS.get(str(row["run"]), ""))
        seq = None
        if row["run"] == "disrupted":
            seq = log.event(row["start_s"], *span.things, view=span.view) if span.things else span.seq
        things = tuple(str(thing) for thing in span.things if thing is not None)
        told[key] = (seq, things)
    rows = [
        TwinRow(cells=(*key, "both" if len(set(names)) > 1 else names[0]), seq=told[key][0], things=told[key][1])
        for key, names in runs.items()
    ]
    rows.sort(key=lambda row: (row.cells[4] == "both", row.cells[0], row.cells[2]))
    return _cut((*heads, "From (UTC)", "Until (UTC)", "Run"), rows, 2)


def _consumables(impact: Impact, words: Words, log: Behind) -> Twin:
    """Return the spans of what people use up; they begin where people or ships come or go."""
    heads, told = consumable_rows(impact, words)
    starts = {words.clock(t_s): t_s for t_s in impact.consumables["start_s"].tolist()}
    seqs = {clock: log.of_kind(t_s, KINDS["consumable"]) for clock, t_s in starts.items()}
    rows = [TwinRow(cells=row, seq=None if row[-1] == "before" else seqs[row[3]]) for row in told]
    return _cut(heads, rows, 3)


def _curves(impact: Impact, words: Words, *, of_air: bool) -> Twin:
    """Return what is crossed, then where each quantity begins, its extremes and its end."""
    rows = _crossings(impact, words, of_air=of_air)
    kinds = impact.curves.groupby(["run", "subject", "quantity", "unit"], sort=False)
    drawn = False
    for (run, subject, quantity, measured), mine in kinds:
        told = [row for row in records(mine.sort_values("t_s", kind="stable")) if row["value"] is not None]
        if not told or is_air(words.manifest, str(subject), str(quantity)) != of_air:
            continue
        drawn = True
        picks: Mapping[str, Record] = {
            "first": told[0], "least": min(told, key=_value), "most": max(told, key=_value), "last": told[-1],
        }  # fmt: skip
        rows += [
            TwinRow(
                cells=(
                    f"{words.name(subject)}, {sentence(quantity).lower()}",
                    f"{what} {amount(row['value'])} {unit(measured)}".rstrip(),
                    words.clock(row["t_s"]),
                    _RUNS.get(str(run), ""),
                ),
                seq=integer(row["seq"]) if run == "disrupted" else None,
                things=tuple(str(subject).split(",")),
            )
            for what, row in picks.items()
        ]
    return _cut(("Quantity", "Value", "At (UTC)", "Run"), rows if drawn else [], 2)


def _crossings(impact: Impact, words: Words, *, of_air: bool) -> list[TwinRow]:
    """Return the events at which what is drawn crossed a threshold, with their own second."""
    found = []
    for row in disrupted_events(impact.events).values():
        if row["kind"] not in _CROSSING:
            continue
        kind, subject = Kind(str(row["kind"])), str(row["subject"])
        incident = None if row["object"] is None else str(row["object"])
        unit_ = None if row["unit"] is None else str(row["unit"])
        if (
            is_told_of_air(words.manifest, kind, subject, incident, unit_)
            or is_air(words.manifest, subject, "pressure")
        ) != of_air:
            continue
        at = "" if row["value"] is None else measure(row["value"], row["unit"])
        value = " ".join(part for part in (_CROSSING[kind], clean(row["text"] or "").replace("_", " "), at) if part)
        found.append(
            TwinRow(
                cells=(words.subject(row), value, words.clock(row["t_s"]), _RUNS["disrupted"]),
                seq=integer(row["seq"]),
                things=(subject,),
            )
        )
    return found


def _value(row: Record) -> float:
    return float(str(row["value"]))


def _cut(heads: tuple[str, ...], rows: list[TwinRow], time: int) -> Twin:
    most = MOST_ROWS + MOST_PACKED
    whole, packed = tuple(rows[:MOST_ROWS]), tuple(rows[MOST_ROWS:most])
    return Twin(heads=heads, rows=whole, packed=packed, time=time, left_out=max(0, len(rows) - most))
