"""What led to what? Walks up the causes of the disrupted log, for arrows and for the short event table."""

from collections.abc import Iterable

import pandas as pd

from stationsim.report.words import Record, integer, records


def disrupted_events(events: pd.DataFrame) -> dict[int, Record]:
    """Return the events of the disrupted log by `seq`."""
    rows = records(events[events["run"] == "disrupted"])
    return {integer(row["seq"]) or 0: row for row in rows}


def parents(events: dict[int, Record], causes: pd.DataFrame) -> dict[int, list[int]]:
    """Return the causes of each event, the decisive one first."""
    found: dict[int, list[int]] = {}
    for seq, row in events.items():
        cause = integer(row["cause"])
        found[seq] = [] if cause is None else [cause]
    for link in records(causes):
        further, cause = integer(link["seq"]), integer(link["cause"])
        if further in found and cause in events and cause not in found[further]:
            found[further].append(cause)
    return found


def ancestors(seqs: Iterable[int], above: dict[int, list[int]]) -> set[int]:
    """Return the events and everything that led to them."""
    open_, seen = list(seqs), set[int]()
    while open_:
        seq = open_.pop()
        if seq not in seen:
            seen.add(seq)
            open_.extend(above.get(seq, []))
    return seen


def decisive(subject: str, cause_seq: int | None, events: dict[int, Record]) -> int | None:
    """Return the last event of a subject that has this cause: the row that made it change."""
    rows = [seq for seq, row in events.items() if row["subject"] == subject and integer(row["cause"]) == cause_seq]
    return rows[-1] if rows and cause_seq is not None else None


def sources(
    seq: int, subject: str, shown: set[str], events: dict[int, Record], above: dict[int, list[int]]
) -> tuple[str, ...]:
    """Return the nearest activities in `shown` that led to an event of `subject`; none if only incidents did."""
    found: list[str] = []
    layer, seen = [seq], {seq}
    while layer and not found:
        upper = [cause for item in layer for cause in above.get(item, []) if cause not in seen]
        for cause in upper:
            other = str(events[cause]["subject"])
            if other in shown and other != subject and other not in found:
                found.append(other)
        seen.update(upper)
        layer = upper
    return tuple(found)
