"""Which rule and which assumption does the answer hang on? The commands that play a scenario many times over."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from stationsim.cli.commands import JSON, PLANNER, SCENARIO, SEED
from stationsim.cli.sources import placed_scenario, telling_places, working


@click.command()
@SCENARIO
@click.option("--rule", "rules", multiple=True, help="Price this rule, even if it bound nothing; may be repeated.")
@SEED
@PLANNER
@JSON
def price(scenario: str, rules: tuple[str, ...], seed: int, planner: str, as_json: bool) -> None:  # noqa: FBT001 - an option
    """Play SCENARIO again without each rule that bound something: what does each of them cost?"""
    loaded, reading = placed_scenario(scenario)
    with working(f"pricing the rules of {loaded.id}", quiet=as_json), telling_places(loaded, reading):
        from stationsim.ensemble.price import price as price_of
        from stationsim.impact.frames import records

        found = price_of(loaded, seed, only=rules, planner=planner)
    if as_json:
        told = {
            "scenario": loaded.id,
            "scenario_hash": loaded.text_hash,
            "seed": seed,
            "planner": planner,
            "rules": records(found.table),
        }
        click.echo(json.dumps(told, allow_nan=False, ensure_ascii=False))
        return
    click.echo(found.text)


@click.command()
@SCENARIO
@click.option("--number", "names", multiple=True, help="Try this number, or all beneath this name; may be repeated.")
@click.option("--limit", type=click.IntRange(1), help="Tell at most so many numbers.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that play.")
@SEED
@PLANNER
@JSON
def assumptions(  # noqa: PLR0913 - click passes each option by its name
    scenario: str,
    *,
    names: tuple[str, ...],
    limit: int | None,
    workers: int,
    seed: int,
    planner: str,
    as_json: bool,
) -> None:
    """Play SCENARIO with each assumed number halved and doubled: on which of them does the answer hang?"""
    loaded, reading = placed_scenario(scenario)
    with telling_places(loaded, reading), _counting(loaded.id) as told:
        from stationsim.ensemble.assumptions import assumptions as assumptions_of
        from stationsim.impact.frames import records

        found = assumptions_of(loaded, seed, workers=workers, names=names, planner=planner, told=told)
    if as_json:
        rows = [{**row, **_variants(row)} for row in records(found.table)[:limit]]
        found_ = {
            "scenario": loaded.id,
            "scenario_hash": loaded.text_hash,
            "seed": seed,
            "planner": planner,
            "tried": len(found.table),
            "assumed": found.held,
            "assumed_in_part": found.partly,
            "numbers": rows,
        }
        click.echo(json.dumps(found_, allow_nan=False, ensure_ascii=False))
        return
    click.echo(found.said(limit))


def _variants(row: dict[str, Any]) -> dict[str, object]:
    """Return the variants of a number as named values."""
    return {
        "variants": [{"factor": factor, "value": value, "flips": flips} for factor, value, flips in row["variants"]],
        "refused": [{"factor": factor, "value": value, "why": why} for factor, value, why in row["refused"]],
    }


@contextmanager
def _counting(name: str) -> Iterator[Callable[[int, int], object] | None]:
    """Show on a terminal how many variants are played; nothing where standard error is none."""
    if not os.isatty(2):
        yield None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress

    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(f"varying {name}", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
