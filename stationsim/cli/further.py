"""What if one thing more fails? The command that lets everything fail once more, each thing in its turn."""

import json

import click

from stationsim.cli.commands import JSON, SCENARIO, SEED
from stationsim.cli.sources import outcome_of, working


@click.command()
@SCENARIO
@SEED
@JSON
def second(scenario: str, seed: int, as_json: bool) -> None:  # noqa: FBT001 - an option
    """Which single further failure leaves people without a seat in SCENARIO or RUN, and for how long?"""
    outcome = outcome_of(scenario, seed)
    with working(f"letting more fail in {outcome.manifest.scenario}", quiet=as_json):
        from stationsim.ensemble.second import second_failures
        from stationsim.impact.frames import records

        found = second_failures(outcome)
    if as_json:
        told = {
            "scenario": outcome.manifest.scenario,
            "scenario_hash": outcome.manifest.scenario_hash,
            "seed": outcome.manifest.seed,
            "since_s": found.since_s,
            "failures": records(found.table),
        }
        click.echo(json.dumps(told, allow_nan=False, ensure_ascii=False))
        return
    click.echo(found.text)
