"""How deep does a run go? The options with which it works out what its decisions hang on and what its rules cost."""

import click

from stationsim.cli.sources import counting
from stationsim.errors import ScenarioError
from stationsim.log.outcome import Outcome

DEEP = click.option(
    "--deep",
    is_flag=True,
    help="Work out what the decisions hang on and what each rule costs as well: dozens of plays, some minutes.",
)
WORKERS = click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that play, with --deep."
)


def deepened(outcome: Outcome, workers: int, *, quiet: bool) -> Outcome:
    """Return a run with what its decisions hang on and its rules cost, and show on a terminal how far the plays are."""
    from stationsim.ensemble.deep import deepen

    with counting(f"playing {outcome.manifest.scenario} otherwise", quiet=quiet) as told:
        return deepen(outcome, workers=workers, told=told)


def require_replayable(*, deep: bool, is_asked: bool) -> None:
    """Refuse to play the decisions of somebody who was asked.

    Raises:
        ScenarioError: That is what was asked for.
    """
    if deep and is_asked:
        raise ScenarioError(
            "--deep: every decision is played dozens of times, and --policy ask would ask you each time."
        )
