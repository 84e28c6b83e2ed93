"""On which rule and number does the answer, or a decision, hang? The commands that play a scenario many times."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stationsim.cli.commands import JSON, PLANNER, POLICY, SCENARIO, SEED
from stationsim.cli.sources import counting, placed_scenario, telling_places, working
from stationsim.errors import ScenarioError
from stationsim.scenario.words import shorten

if TYPE_CHECKING:
    from stationsim.planning.policies import Policy


@click.command()
@SCENARIO
@click.option("--rule", "rules", multiple=True, help="Price this rule, even if it bound nothing; may be repeated.")
@SEED
@PLANNER
@POLICY
@JSON
def price(scenario: str, *, rules: tuple[str, ...], seed: int, planner: str, policy: str, as_json: bool) -> None:
    """Play SCENARIO again without each rule that bound something: what does each of them cost?"""
    by = _named(policy)
    loaded, reading = placed_scenario(scenario)
    with working(f"pricing the rules of {loaded.id}", quiet=as_json), telling_places(loaded, reading):
        from stationsim.ensemble.price import price as price_of
        from stationsim.impact.frames import records

        found = price_of(loaded, seed, only=rules, planner=planner, policy=by)
    if as_json:
        told = {
            "scenario": loaded.id,
            "scenario_hash": loaded.text_hash,
            "seed": seed,
            "planner": planner,
            "policy": policy,
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
@POLICY
@JSON
def assumptions(  # noqa: PLR0913 - click passes each option by its name
    scenario: str,
    *,
    names: tuple[str, ...],
    limit: int | None,
    workers: int,
    seed: int,
    planner: str,
    policy: str,
    as_json: bool,
) -> None:
    """Play SCENARIO with each assumed number halved and doubled: on which of them does the answer hang?"""
    by = _named(policy)
    loaded, reading = placed_scenario(scenario)
    with telling_places(loaded, reading), counting(f"varying {loaded.id}") as told:
        from stationsim.ensemble.assumptions import assumptions as assumptions_of
        from stationsim.impact.frames import records

        found = assumptions_of(loaded, seed, workers=workers, names=names, planner=planner, policy=by, told=told)
    if as_json:
        rows = [{**row, **_variants(row)} for row in records(found.table)[:limit]]
        found_ = {
            "scenario": loaded.id,
            "scenario_hash": loaded.text_hash,
            "seed": seed,
            "planner": planner,
            "policy": policy,
            "tried": len(found.table),
            "assumed": found.held,
            "assumed_in_part": found.partly,
            "numbers": rows,
        }
        click.echo(json.dumps(found_, allow_nan=False, ensure_ascii=False))
        return
    click.echo(found.said(limit))


@click.command()
@SCENARIO
@click.option(
    "--policy",
    "names",
    multiple=True,
    metavar="NAME",
    help="A policy, best-by-lookahead, rules-first or do-nothing; given twice or more, the others are held against the "
    "first. Left out: all of them.",
)
@click.option("--seeds", "spans", metavar="SEEDS", help="Seeds of the draws: 0..9, or 3,5,8. Left out: 0..9.")
@click.option("--runs", type=click.IntRange(1), help="So many seeds from 0 on, instead of --seeds.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that play.")
@PLANNER
@JSON
def compare(  # noqa: PLR0913 - click passes each option by its name
    scenario: str,
    *,
    names: tuple[str, ...],
    spans: str | None,
    runs: int | None,
    workers: int,
    planner: str,
    as_json: bool,
) -> None:
    """Play SCENARIO under several policies on the same draws: which of them does best, and by how much?"""
    from stationsim.planning.policies import POLICIES

    policies = [_named(name) for name in dict.fromkeys(names or POLICIES)]
    if len(policies) == 1:
        raise ScenarioError(f"--policy: {names[0]!r} has no other to be held against. Name another, or leave it out.")
    seeds = _seeds(spans, runs)
    loaded, reading = placed_scenario(scenario)
    with telling_places(loaded, reading), counting(f"comparing on {loaded.id}") as told:
        from stationsim.ensemble.compare import compare as compare_on

        found = compare_on(loaded, policies, seeds, workers=workers, planner=planner, told=told)
    if as_json:
        told_ = {
            "scenario": loaded.id,
            "scenario_hash": loaded.text_hash,
            "planner": planner,
            "policies": found.policies,
            "seeds": list(found.best),
            "draws": found.draws,
            "levels": found.table.to_dict("records"),
            "runs": found.runs.to_dict("records"),
        }
        click.echo(json.dumps(told_, allow_nan=False, ensure_ascii=False))
        return
    click.echo(found.text)


def _named(policy: str) -> "Policy":
    """Return a policy that asks nobody: these verbs play a scenario many times over."""
    from stationsim.planning.policies import policy_named

    return policy_named(policy)


_SPAN = re.compile(r"(\d+)(?:\.\.(\d+))?")
_SEEDS = 10


def _seeds(spans: str | None, runs: int | None) -> list[int]:
    """Return the seeds that were asked for.

    Raises:
        ScenarioError: They are written otherwise, or said twice.
    """
    if spans is None:
        return list(range(runs or _SEEDS))
    if runs is not None:
        raise ScenarioError(f"--runs: {runs} runs, but --seeds says {shorten(spans)}. Leave one of them out.")
    found: list[int] = []
    for part in spans.split(","):
        match = _SPAN.fullmatch(part.strip())
        lo, hi = (0, -1) if match is None else (int(match[1]), int(match[2] or match[1]))
        if hi < lo:
            raise ScenarioError(f"--seeds: {shorten(part.strip())} is no span of seeds. Write 0..9, or 3,5,8.")
        found += range(lo, hi + 1)
    return found


@click.command()
@SCENARIO
@click.option("--rule", "rules", multiple=True, help="Remove this rule; may be repeated.")
@click.option("--number", "names", multiple=True, help="Vary this number or date, or all beneath it; may be repeated.")
@click.option("--rules-only", is_flag=True, help="Vary no numbers.")
@click.option("--decision", type=click.IntRange(1), default=1, show_default=True, help="Which decision of the run.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that play.")
@click.option("--out", type=click.Path(dir_okay=False, writable=True), help="Write the JSON object to this file too.")
@SEED
@PLANNER
@JSON
def hinges(  # noqa: PLR0913 - click passes each option by its name
    scenario: str,
    *,
    rules: tuple[str, ...],
    names: tuple[str, ...],
    rules_only: bool,
    decision: int,
    workers: int,
    out: str | None,
    seed: int,
    planner: str,
    as_json: bool,
) -> None:
    """Play SCENARIO as far as its decision, without each rule and with other numbers: what does the decision hang on?

    With --rule or --number nothing else is tried than what is named.
    """
    loaded, reading = placed_scenario(scenario)
    with telling_places(loaded, reading), counting(loaded.id) as told:
        from stationsim.ensemble.hinges import hinges as hinges_of

        is_named = bool(rules or names)
        found = hinges_of(
            loaded,
            seed,
            rules=rules if is_named else None,
            numbers=names if is_named or rules_only else None,
            decision=decision,
            planner=planner,
            workers=workers,
            told=told,
        )
    said = {
        "scenario": loaded.id,
        "scenario_hash": loaded.text_hash,
        "seed": seed,
        "planner": planner,
        **found.plain,
    }
    text = json.dumps(said, allow_nan=False, ensure_ascii=False)
    if out is not None:
        Path(out).write_text(f"{text}\n", encoding="utf-8")
    click.echo(text if as_json else found.text)


def _variants(row: dict[str, Any]) -> dict[str, object]:
    """Return the variants of a number as named values."""
    return {
        "variants": [{"factor": factor, "value": value, "flips": flips} for factor, value, flips in row["variants"]],
        "refused": [{"factor": factor, "value": value, "why": why} for factor, value, why in row["refused"]],
    }
