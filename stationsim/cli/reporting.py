"""How is the page of a run drawn anew, deeper, or beside what really happened? The command `report`; how deep to go."""

from pathlib import Path

import click

from stationsim.cli.commands import SCENARIO, SEED
from stationsim.cli.deepening import DEEP, WORKERS, deepened
from stationsim.cli.sources import outcome_of, working
from stationsim.log.outcome import Manifest


@click.command()
@SCENARIO
@click.option(
    "--history",
    type=click.Path(exists=True, dir_okay=False),
    help="A YAML or CSV file of what really happened, to be drawn on the plan; no run knows of it.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False), help="The file; else in the folder of the run, or in ./reports."
)
@SEED
@DEEP
@WORKERS
@click.option("--quiet", "-q", is_flag=True, help="Show nothing while it works.")
def report(  # noqa: PLR0913 - click passes each option by its name
    scenario: str, *, history: str | None, out: str | None, seed: int, deep: bool, workers: int, quiet: bool
) -> None:
    """Write the page of SCENARIO or RUN, with documented history on its plan if there is one, and print the path."""
    table = None
    if history is not None:
        from stationsim.scoring.history import read_history

        table = read_history(history)
    outcome = outcome_of(scenario, seed, shares=True)
    if deep:
        outcome = deepened(outcome, workers, quiet=quiet)
        if Path(scenario).is_dir():
            from stationsim.log.store import keep_hinges

            keep_hinges(outcome, scenario)
    with working("drawing the page", quiet=quiet):
        from stationsim.ensemble.whole import assess
        from stationsim.report.render import render

        path = Path(out) if out else _usual(scenario, outcome.manifest, "report" if history is None else "history")
        click.echo(str(render(assess(outcome), path, history=table)))


def _usual(name: str, manifest: Manifest, what: str) -> Path:
    """Return where a page goes: into the folder of the saved run, or to ./reports/NAME-HASH8-WHAT.html."""
    if Path(name).is_dir():
        return Path(name) / f"{what}.html"
    seed = f"-{manifest.seed}" if manifest.seed else ""
    return Path("reports") / f"{manifest.scenario}-{manifest.scenario_hash[:8]}{seed}-{what}.html"
