"""What happened, what changed and why, what did it cost, where is the report? The last screen of `run`."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from stationsim.impact.impact import Impact
from stationsim.impact.screen import Screen, screen_of


def summarise(impact: Impact, report: Path, *, to_stderr: bool) -> None:
    """Print the summary of a run."""
    console = Console(stderr=to_stderr, highlight=False, soft_wrap=False)
    screen = screen_of(impact)
    console.print(f"[bold]{_plain(impact.manifest.title or impact.manifest.scenario)}[/bold]")
    console.print(_plain(screen.headline))
    if screen.changes:
        console.print(_changes(screen))
    if screen.costs:
        console.print(_costs(screen))
    console.print(f"→ {_plain(screen.counts)}")
    console.print(f"→ {_plain(str(report))}", soft_wrap=True)


def _plain(text: str) -> str:
    """Text of a scenario is data: square brackets in it are no markup."""
    from rich.markup import escape

    return escape(text)


def _changes(screen: Screen) -> Table:
    table = Table(title="What changed, and why", title_justify="left", header_style="bold", pad_edge=False)
    for column in ("", "outcome", "was", "is", "rule", "because"):
        table.add_column(column, overflow="fold")
    for row in screen.changes:
        table.add_row(*(_plain(cell) for cell in row))
    return table


def _costs(screen: Screen) -> Table:
    table = Table(title="What it cost", title_justify="left", header_style="bold", pad_edge=False)
    table.add_column("quantity")
    for column in ("nominal", "disrupted", "difference"):
        table.add_column(column, justify="right")
    table.add_column("unit")
    for row in screen.costs:
        table.add_row(*(_plain(cell) for cell in row))
    return table
