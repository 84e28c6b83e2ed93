"""How does a saved run become a page again? The command `report`, and how deep a run goes."""

import click

from stationsim.cli.sources import counting, working
from stationsim.errors import ScenarioError
from stationsim.log.outcome import Outcome

DEEP = click.option(
    "--deep", is_flag=True, help="Work out what the decisions hang on as well: dozens of plays, some minutes."
)
WORKERS = click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that play, with --deep."
)


def deepened(outcome: Outcome, workers: int, *, quiet: bool) -> Outcome:
    """Return a run with what its decisions hang on, and show on a terminal how far the plays are."""
    from stationsim.ensemble.deep import deepen

    with counting(f"what {outcome.manifest.scenario} hangs on", quiet=quiet) as told:
        return deepen(outcome, workers=workers, told=told)


@click.command()
@click.argument("run", type=click.Path(exists=True, file_okay=False))
@click.option("--out", type=click.Path(dir_okay=False), help="The page; else report.html in the folder of the run.")
@DEEP
@WORKERS
@click.option("--quiet", "-q", is_flag=True, help="Show nothing while it works.")
def report(run: str, *, out: str | None, deep: bool, workers: int, quiet: bool) -> None:
    """Write the report of a saved RUN again, and print its path."""
    from pathlib import Path

    from stationsim.log.store import keep_hinges, read

    outcome = read(run)
    if deep:
        outcome = deepened(outcome, workers, quiet=quiet)
        keep_hinges(outcome, run)
    with working(f"drawing {outcome.manifest.scenario}", quiet=quiet):
        from stationsim.ensemble.whole import assess
        from stationsim.report.render import render

        path = render(assess(outcome), Path(run) / "report.html" if out is None else out)
    click.echo(str(path))


def require_replayable(*, deep: bool, is_asked: bool) -> None:
    """Refuse to play the decisions of somebody who was asked.

    Raises:
        ScenarioError: That is what was asked for.
    """
    if deep and is_asked:
        raise ScenarioError(
            "--deep: every decision is played dozens of times, and --policy ask would ask you each time."
        )
