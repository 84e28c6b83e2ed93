"""What does X name? A saved run where there is one, else a scenario, which is then run."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stationsim.errors import ScenarioError
from stationsim.log.outcome import Outcome
from stationsim.scenario.load import placed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stationsim.planning.verify import Break
    from stationsim.scenario.model import Scenario
    from stationsim.scenario.places import Reading
    from stationsim.station.station import Station

_USUAL = ("greedy", "best-by-lookahead")


@contextmanager
def working(text: str, *, quiet: bool = False) -> Iterator[None]:
    """Show on a terminal that work goes on."""
    if quiet or not os.isatty(2):
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield


@contextmanager
def counting(text: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], object] | None]:
    """Show on a terminal how many of the runs are played; nothing where standard error is none, or quiet."""
    if quiet or not os.isatty(2):
        yield None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress

    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def outcome_of(name: str, seed: int = 0, *, shares: bool = False) -> Outcome:
    """Return a saved run, or run the scenario of that name.

    Args:
        name: A folder of a saved run, or a scenario.
        seed: Seed of the draws.
        shares: Is the cost of several incidents to be split between them?

    Raises:
        ScenarioError: It is neither, or the scenario cannot be run.
        LogError: The saved run is damaged.
    """
    if Path(name).is_dir():
        from stationsim.log.store import read

        return read(name)
    _require_there(name)
    scenario, reading = placed(name)
    from stationsim.kernel.run import run

    with working(f"running {scenario.id}"), telling_places(scenario, reading):
        return run(scenario, seed, shares=shares)


def _require_there(name: str) -> None:
    """Refuse a name of nothing, where a saved run would do as well as a scenario.

    Raises:
        ScenarioError: It is the name of nothing.
    """
    from stationsim.scenario.folders import config_roots, find_scenario, looks_like_path, names_of
    from stationsim.scenario.words import candidates

    try:
        found = find_scenario(name)
    except (OSError, ValueError):  # a path that cannot be looked at is told by who reads it
        return
    if found is None and looks_like_path(name):
        raise ScenarioError(f"{name}: There is no such file, and no such folder of a saved run.")
    if found is None:
        known = candidates("Scenarios", names_of(config_roots(), ("scenarios",)), name)
        raise ScenarioError(
            f"{name}: This is neither the folder of a saved run, nor a file, nor the name of a scenario. {known}"
        )


@contextmanager
def telling_places(scenario: "Scenario", reading: "Reading") -> Iterator[None]:
    """Tell with file, line and column which rules the plan breaks, where a run is refused for them."""
    try:
        yield
    except ScenarioError:
        from stationsim.kernel.opening import broken
        from stationsim.station.station import Station

        station = Station.of(scenario)
        stop_at_breaks(broken(station)[0], station, reading)
        raise


def stop_at_breaks(breaks: "Iterable[Break]", station: "Station", reading: "Reading") -> None:
    """Refuse a plan that breaks rules.

    Raises:
        ScenarioError: It does; each rule is told where its activity stands.
    """
    from stationsim.kernel.opening import told

    for item in breaks:
        reading.tell(("activities", item.activity), told(item, station))
    reading.stop()


def scenario_of(name: str) -> "Scenario":
    """Return the scenario of a name, or that of a saved run."""
    return placed_scenario(name)[0]


def placed_scenario(name: str) -> "tuple[Scenario, Reading]":
    """Return the scenario of a name, and where each of its values stands.

    Raises:
        ScenarioError: It is a folder, or the scenario is impossible.
    """
    if Path(name).is_dir():
        raise ScenarioError(
            f"{name} is a folder. This command takes a scenario: a path or a name of `stationsim list`."
        )
    return placed(name)


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


def run_folder(scenario: "Scenario", seed: int, out: str | None, by: tuple[str, ...] = ()) -> Path:
    """Return where a run goes: `--out`, or ./reports/NAME-HASH8.

    Args:
        scenario: What was run.
        seed: Its seed.
        out: What `--out` says.
        by: Planner, policy and choices; those that every run has unless told otherwise count for nothing.
    """
    if out is not None:
        return Path(out)
    from hashlib import blake2b

    other = "".join(f"/{name}" for name in by if name not in _USUAL)
    digest = blake2b(f"{scenario.text_hash}/{seed}{other}".encode(), digest_size=4).hexdigest()
    return Path("reports") / f"{scenario.id}-{digest}"


def complete_scenario(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Complete a scenario's name in the shell."""
    del context, parameter
    from stationsim.scenario.load import available

    return [name for name, _, _ in available() if name.startswith(incomplete)]
