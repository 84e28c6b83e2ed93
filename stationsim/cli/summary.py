"""What happened, what changed and why, what did it cost, where is the report? The last screen of `run`."""

from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from stationsim.impact.impact import Impact
from stationsim.impact.screen import Screen, screen_of
from stationsim.units import with_gmt


def summarise(impact: Impact, report: Path, *, to_stderr: bool) -> None:
    """Print the summary of a run."""
    console = Console(stderr=to_stderr, highlight=False, soft_wrap=False)
    screen = screen_of(impact)
    console.print(f"[bold]{_plain(impact.manifest.title or impact.manifest.scenario)}[/bold]")
    console.print(_plain(with_gmt(screen.headline)))
    for line in screen.decided:
        console.print(_plain(with_gmt(line)), style="dim")
    console.print()
    for row in screen.changes:
        _change(console, row)
    if screen.costs:
        console.print(_costs(screen))
    console.print(f"→ {_plain(screen.counts)}")
    console.print(f"→ {_plain(str(report))}", soft_wrap=True)


def _plain(text: str) -> str:
    """Text of a scenario is data: square brackets in it are no markup."""
    return escape(text)


def _change(console: Console, row: tuple[str, ...]) -> None:
    name, outcome, was, now, rule, because = (_plain(with_gmt(cell)) for cell in row)
    by = "" if rule == "-" else f" by {rule}"
    then = f"now {now}" if was == "-" else f"{was} → {now}"
    console.print(f"[bold]{name}[/bold] {outcome}{by}: {then}")
    console.print(Padding(because, (0, 0, 0, 4)), style="dim")


def _costs(screen: Screen) -> Table:
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("what it cost")
    for column in ("nominal", "disrupted", "difference"):
        table.add_column(column, justify="right")
    table.add_column("unit")
    for row in screen.costs:
        table.add_row(*(_plain(cell) for cell in row))
    return table
