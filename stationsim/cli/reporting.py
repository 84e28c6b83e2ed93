"""How is the page of a run drawn anew, deeper, or beside what really happened? The command `report`; how deep to go."""

import re
from difflib import get_close_matches
from pathlib import Path

import click

from stationsim.cli.commands import SCENARIO, SEED
from stationsim.cli.deepening import DEEP, WORKERS, deepened
from stationsim.cli.sources import outcome_of, working
from stationsim.errors import ScenarioError
from stationsim.log.outcome import Manifest

_PAGES = (".html", ".htm")
_HISTORIES = (".yaml", ".yml", ".csv")


@click.command()
@SCENARIO
@click.option(
    "--history",
    type=click.Path(),
    help="A YAML or CSV file of what really happened, to be drawn on the plan; no run knows of it.",
)
@click.option(
    "--out",
    type=click.Path(),
    help="The file, or a folder that exists; else in the folder of the run, or in ./reports.",
)
@SEED
@DEEP
@WORKERS
@click.option("--quiet", "-q", is_flag=True, help="Show nothing while it works.")
def report(  # noqa: PLR0913 - click passes each option by its name
    scenario: str, *, history: str | None, out: str | None, seed: int, deep: bool, workers: int, quiet: bool
) -> None:
    """Write the page of SCENARIO or RUN, with documented history on its plan if there is one, and print the path."""
    what = "report" if history is None else "history"
    path = None if out is None else _named(Path(out), what)
    table = None
    if history is not None:
        from stationsim.scoring.history import read_history

        _require_file(Path(history))
        table = read_history(history)
    outcome = outcome_of(scenario, seed, shares=True)
    if deep:
        outcome = deepened(outcome, workers, quiet=quiet)
        if Path(scenario).is_dir():
            from stationsim.log.store import keep_deep

            keep_deep(outcome, scenario)
    with working("drawing the page", quiet=quiet):
        from stationsim.ensemble.whole import assess
        from stationsim.report.render import render

        written = render(assess(outcome), path or _usual(scenario, outcome.manifest, what), history=table)
        click.echo(str(written))


def _named(out: Path, what: str) -> Path:
    """Return the file that `--out` means: in a folder that exists, with the suffix of a page where it has none.

    Raises:
        ScenarioError: Its suffix is that of something else.
    """
    if out.is_dir():
        return out / f"{what}.html"
    if out.suffix.lower() in _PAGES:
        return out
    if re.fullmatch(r"\.[a-z]{2,5}", out.suffix.lower()):
        pages = f"Name a file that ends in .html, such as {out.with_suffix(_PAGES[0])}."
        raise ScenarioError(f"--out: {out} ends in {out.suffix}, and the page is HTML. {pages}")
    return out.with_name(f"{out.name}{_PAGES[0]}")


def _require_file(history: Path) -> None:
    """Refuse a history that is no file.

    Raises:
        ScenarioError: It is none.
    """
    if history.is_file():
        return
    beside = [path.name for path in history.parent.glob("*") if path.suffix.lower() in _HISTORIES]
    near = get_close_matches(history.name, sorted(beside), n=1)
    hint = f" Did you mean {str(history.with_name(near[0]))!r}?" if near else ""
    what = "is a folder" if history.is_dir() else "is not there"
    raise ScenarioError(
        f"--history: {history} {what}. Name a YAML file with 'history:' and 'events:', or a CSV file.{hint}"
    )


def _usual(name: str, manifest: Manifest, what: str) -> Path:
    """Return where a page goes: into the folder of the saved run, or to ./reports/NAME-HASH8-WHAT.html."""
    if Path(name).is_dir():
        return Path(name) / f"{what}.html"
    seed = f"-{manifest.seed}" if manifest.seed else ""
    return Path("reports") / f"{manifest.scenario}-{manifest.scenario_hash[:8]}{seed}-{what}.html"
