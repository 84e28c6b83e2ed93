"""What would have come of the others? The options of every decision, as they were played on what was believed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from attrs import frozen
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row
from stationsim.log.outcome import Outcome
from stationsim.units import format_utc, parse_utc, with_gmt

_MOST = 5
"""So many levels are shown, those first in which options differ."""


@frozen(kw_only=True)
class _Taken:
    """One decision: its rows, and the options that were played, by id, with words and values by level."""

    run: str
    weighed: Row
    chosen: Row
    texts: dict[str, str]
    values: dict[str, tuple[int, ...]]
    levels: tuple[str, ...]


def choices(outcome: Outcome) -> tuple[str, ...]:
    """Return what was chosen, in the order of the decisions of both runs."""
    return tuple(found.chosen.object or "" for found in _every(outcome))


def tell_decisions(outcome: Outcome, *, to_stderr: bool) -> None:
    """Print the options of every decision, the best first, and the path that was chosen."""
    console = Console(stderr=to_stderr, highlight=False, soft_wrap=False)
    found = tuple(_every(outcome))
    start, names = parse_utc(outcome.manifest.start_utc), outcome.manifest.names
    for taken in found:
        ship = names.get(taken.weighed.subject, taken.weighed.subject)
        title = f"{_day(taken, start)}: options for {ship} in the {taken.run} run, as believed then"
        console.print(f"[bold]{escape(title)}[/bold]")
        console.print(_table(taken))
    for taken in found:
        ship = names.get(taken.weighed.subject, taken.weighed.subject)
        console.print(f"→ {escape(f'{_day(taken, start)}: {ship}: {taken.chosen.text} [{taken.chosen.object}]')}")
    if not found:
        console.print("→ there was nothing to decide")


def _every(outcome: Outcome) -> Iterator[_Taken]:
    for run, log in (("nominal", outcome.nominal), ("disrupted", outcome.disrupted)):
        for row in log:
            if row.kind is Kind.CHOSEN and row.cause is not None and log.row(row.cause).kind is Kind.WEIGHED:
                yield _taken(run, row, log.row(row.cause), log)


def _taken(run: str, chosen: Row, weighed: Row, log: Log) -> _Taken:
    options = [row for row in log.tables["options"] if row[0] == weighed.seq and row[4] in {"chosen", "played"}]
    values: dict[str, list[tuple[int, int]]] = {}
    levels: dict[int, str] = {}
    for seq, option, rank, level, value, _, _ in log.tables["scores"]:
        if seq == weighed.seq:
            values.setdefault(str(option), []).append((int(str(rank)), int(str(value))))
            levels[int(str(rank))] = str(level)
    return _Taken(
        run=run,
        weighed=weighed,
        chosen=chosen,
        texts={str(row[1]): str(row[3]) for row in options},
        values={str(row[1]): tuple(value for _, value in sorted(values[str(row[1])])) for row in options},
        levels=tuple(level for _, level in sorted(levels.items())),
    )


def _table(taken: _Taken) -> Table:
    ranks = [rank for rank in range(len(taken.levels)) if len({found[rank] for found in taken.values.values()}) > 1]
    shown = ranks[:_MOST]
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("")
    table.add_column("option")
    for rank in shown:
        table.add_column(taken.levels[rank], justify="right")
    for id_ in sorted(taken.values, key=lambda found: (taken.values[found], found != taken.chosen.object)):
        mark = "→" if id_ == taken.chosen.object else ""
        table.add_row(mark, escape(taken.texts[id_]), *(str(taken.values[id_][rank]) for rank in shown))
    return table


def _day(taken: _Taken, start: datetime) -> str:
    return with_gmt(format_utc(start + timedelta(seconds=taken.chosen.t_s))[:10])
