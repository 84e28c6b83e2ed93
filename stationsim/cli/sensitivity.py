"""Which rule and which assumption does the answer hang on? The commands that play a scenario many times over."""

import json

import click

from stationsim.cli.commands import JSON, SCENARIO, SEED
from stationsim.cli.sources import placed_scenario, telling_places, working


@click.command()
@SCENARIO
@click.option("--rule", "rules", multiple=True, help="Price this rule, even if it bound nothing; may be repeated.")
@SEED
@JSON
def price(scenario: str, rules: tuple[str, ...], seed: int, as_json: bool) -> None:  # noqa: FBT001 - an option
    """Play SCENARIO again without each rule that bound something: what does each of them cost?"""
    loaded, reading = placed_scenario(scenario)
    with working(f"pricing the rules of {loaded.id}", quiet=as_json), telling_places(loaded, reading):
        from stationsim.ensemble.price import price as price_of
        from stationsim.impact.frames import records

        found = price_of(loaded, seed, only=rules)
    if as_json:
        told = {
            "scenario": loaded.id,
            "scenario_hash": loaded.text_hash,
            "seed": seed,
            "rules": records(found.table),
        }
        click.echo(json.dumps(told, allow_nan=False, ensure_ascii=False))
        return
    click.echo(found.text)
