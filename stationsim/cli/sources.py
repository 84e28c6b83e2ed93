"""What does X name? A saved run where there is one, else a scenario, which is then run."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stationsim.errors import ScenarioError
from stationsim.log.outcome import Outcome
from stationsim.scenario.load import load

if TYPE_CHECKING:
    from stationsim.scenario.model import Scenario


@contextmanager
def working(text: str, *, quiet: bool = False) -> Iterator[None]:
    """Show on a terminal that work goes on."""
    if quiet or not os.isatty(2):
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield


def outcome_of(name: str, seed: int = 0) -> Outcome:
    """Return a saved run, or run the scenario of that name.

    Raises:
        ScenarioError: It is neither, or the scenario cannot be run.
        LogError: The saved run is damaged.
    """
    if Path(name).is_dir():
        from stationsim.log.store import read

        return read(name)
    scenario = load(name)
    from stationsim.kernel.run import run

    with working(f"running {scenario.id}"):
        return run(scenario, seed)


def scenario_of(name: str) -> "Scenario":
    """Return the scenario of a name, or that of a saved run."""
    if Path(name).is_dir():
        raise ScenarioError(
            f"{name} is a folder. This command takes a scenario: a path or a name of `stationsim list`."
        )
    return load(name)


def meant(scenario: "Scenario", node: str) -> str:
    """Return the id of the node that a name means, or the name where it means none.

    Raises:
        ScenarioError: It fits several nodes.
    """
    from stationsim.scenario.aliases import names_of

    names = names_of(scenario, "node")
    if advice := names.advice(node):
        raise ScenarioError(advice)
    return names.meaning(node) or node


def run_folder(scenario: "Scenario", seed: int, out: str | None) -> Path:
    """Return where a run goes: `--out`, or ./reports/NAME-HASH8."""
    if out is not None:
        return Path(out)
    from hashlib import blake2b

    digest = blake2b(f"{scenario.text_hash}/{seed}".encode(), digest_size=4).hexdigest()
    return Path("reports") / f"{scenario.id}-{digest}"


def complete_scenario(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Complete a scenario's name in the shell."""
    del context, parameter
    from stationsim.scenario.load import available

    return [name for name, _, _ in available() if name.startswith(incomplete)]
