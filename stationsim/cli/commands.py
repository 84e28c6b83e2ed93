"""What does each verb do? Every command: data on standard output, everything for people beside it on standard error."""

import json
from pathlib import Path

import click

from stationsim.cli.choosing import OneOf
from stationsim.cli.deepening import DEEP, WORKERS, deepened, require_replayable
from stationsim.cli.sources import (
    complete_scenario,
    meant,
    outcome_of,
    placed_scenario,
    run_folder,
    scenario_of,
    stop_at_breaks,
    telling_places,
    working,
)

SCENARIO = click.argument("scenario", shell_complete=complete_scenario)
SEED = click.option(
    "--seed", type=int, default=0, show_default=True, envvar="STATIONSIM_SEED", help="Seed of the draws."
)
PLANNER = click.option(
    "--planner",
    type=OneOf(["greedy", "optimal"]),
    default="greedy",
    show_default=True,
    help="Who repairs the plan at a review.",
)
BEST = "best-by-lookahead"
"""The policy of every run for which no other is named."""
POLICY = click.option(
    "--policy",
    default=BEST,
    show_default=True,
    metavar="NAME",
    help="Who decides about ships that do not take people home: best-by-lookahead, rules-first or do-nothing.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
QUIET = click.option("--quiet", "-q", is_flag=True, help="Print only the path of the report.")


@click.command()
@SCENARIO
@click.option("--out", type=click.Path(file_okay=False), envvar="STATIONSIM_OUT", help="Folder of the run.")
@SEED
@PLANNER
@click.option(
    "--policy",
    default=BEST,
    show_default=True,
    metavar="NAME",
    help="Who decides about ships that do not take people home: best-by-lookahead, rules-first, do-nothing; ask: you.",
)
@click.option(
    "--choices",
    type=click.Path(exists=True, dir_okay=False),
    help="What is chosen at each decision, an id of an option a line; with --policy ask.",
)
@DEEP
@WORKERS
@JSON
@QUIET
def run(  # noqa: PLR0913 - click passes each option by its name
    scenario: str,
    *,
    out: str | None,
    seed: int,
    planner: str,
    policy: str,
    choices: str | None,
    deep: bool,
    workers: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """Simulate SCENARIO with and without its incidents; save the run and its report."""
    from stationsim.cli.deciders import decider

    by = decider(policy, choices)
    require_replayable(deep=deep, is_asked=by.is_asked)
    loaded, reading = placed_scenario(scenario)
    with working(f"running {loaded.id}", quiet=quiet or as_json or by.is_asked), telling_places(loaded, reading):
        from stationsim.kernel.run import run as run_scenario

        outcome = run_scenario(loaded, seed, planner=planner, policy=by.policy)
        by.require_used()
    if deep:
        outcome = deepened(outcome, workers, quiet=quiet)
    with working(f"telling {loaded.id}", quiet=quiet or as_json or by.is_asked):
        from stationsim.ensemble.whole import assess
        from stationsim.impact.impact import as_json as impact_json
        from stationsim.log.store import save
        from stationsim.report.render import render

        impact = assess(outcome)
        folder = save(outcome, run_folder(loaded, seed, out, (planner, *by.path(outcome))))
        report = render(impact, folder / "report.html")
    if as_json:
        found = {
            "scenario": loaded.id,
            "scenario_hash": loaded.text_hash,
            "seed": seed,
            "planner": planner,
            "policy": policy,
            "versions": outcome.manifest.versions,
            **impact_json(impact),
            "report": str(report),
        }
        click.echo(json.dumps(found, allow_nan=False, ensure_ascii=False))
    if quiet:
        click.echo(str(report), err=as_json)
        return
    from stationsim.cli.summary import summarise

    summarise(impact, report, to_stderr=as_json)
    if by.is_asked:
        from stationsim.cli.decided import tell_decisions

        tell_decisions(outcome, to_stderr=as_json)


@click.command()
@SCENARIO
@JSON
def check(scenario: str, as_json: bool) -> None:  # noqa: FBT001 - an option
    """Read SCENARIO and report every problem of its files and every rule its plan breaks."""
    loaded, reading = placed_scenario(scenario)
    from stationsim.kernel.opening import broken
    from stationsim.station.station import Station

    station = Station.of(loaded)
    breaks, waived = broken(station)
    if as_json:
        rows = [
            {"rule": b.rule, "activity": b.activity, "other": b.other, "reason": b.reason, "waived": is_waived}
            for group, is_waived in ((breaks, False), (waived, True))
            for b in group
        ]
        click.echo(json.dumps({"scenario": loaded.id, "scenario_hash": loaded.text_hash, "breaks": rows}))
    stop_at_breaks(breaks, station, reading)
    for item in waived:
        click.echo(f"waived: {item.activity} breaks {item.rule}: {item.reason}", err=as_json)
    counted = f"{len(loaded.activities)} activities, {len(loaded.people)} people, {len(loaded.rules)} rules"
    click.echo(f"{loaded.id}: no problems ({counted}, {len(waived)} rules waived)", err=as_json)


@click.command()
@SCENARIO
@click.argument("subject")
@click.option("--not-at", help="A day 2022-12-17, a month or a clock time 2022-12-17T12:00Z: what forbids it?")
@SEED
@JSON
def why(scenario: str, subject: str, not_at: str | None, seed: int, as_json: bool) -> None:  # noqa: FBT001 - an option
    """Explain what became of SUBJECT (an activity, ship, node, person, PERSON-return) in SCENARIO or RUN."""
    from stationsim.impact.why import why as explain

    reasons = explain(outcome_of(scenario, seed), subject, not_at)
    if as_json:
        from attrs import asdict

        click.echo(json.dumps(asdict(reasons), allow_nan=False, ensure_ascii=False, default=str))
        return
    click.echo(reasons.text)


@click.command()
@SCENARIO
@click.option("--at", required=True, help="A clock time 2022-12-17T12:00Z or a day.")
@SEED
@JSON
def show(scenario: str, at: str, seed: int, as_json: bool) -> None:  # noqa: FBT001 - an option
    """Show the status board of SCENARIO or RUN: ports, hatches, ships, seats, people, beliefs, what is next."""
    from stationsim.impact.board import show as board_at

    board = board_at(outcome_of(scenario, seed), at)
    if as_json:
        from attrs import asdict

        click.echo(json.dumps(asdict(board), allow_nan=False, ensure_ascii=False))
        return
    click.echo(board.text)


@click.command()
@SCENARIO
@click.argument("node", required=False)
@JSON
def graph(scenario: str, node: str | None, as_json: bool) -> None:  # noqa: FBT001 - an option
    """Show what NODE needs and what needs it; without NODE the whole graph, an arrow a line."""
    loaded = scenario_of(scenario)
    from stationsim.cli.arrows import arrows, neighbourhood
    from stationsim.station.graph import graph_of

    built = graph_of(loaded)
    found = arrows(built) if node is None else neighbourhood(built, meant(loaded, node))
    click.echo(json.dumps(found.data, ensure_ascii=False) if as_json else found.text)


@click.command()
@SCENARIO
@click.argument("node")
@click.option("--at", required=True, help="A clock time 2022-12-17T12:00Z or a day.")
@SEED
@JSON
def isolate(scenario: str, node: str, at: str, seed: int, as_json: bool) -> None:  # noqa: FBT001 - an option
    """List the ways to seal off the compartment of NODE in SCENARIO, least loss first."""
    loaded = scenario_of(scenario)
    from stationsim.cli.sealing import describe
    from stationsim.kernel.sealing import isolate as find

    ways = find(loaded, node, at, seed=seed)
    if as_json:
        from attrs import asdict

        click.echo(json.dumps([asdict(way) for way in ways], ensure_ascii=False))
        return
    click.echo(describe(loaded, ways))


@click.command("list")
@JSON
def list_(as_json: bool) -> None:  # noqa: FBT001 - an option
    """List the scenarios that can be named."""
    from stationsim.scenario.load import available

    found = available()
    if as_json:
        click.echo(json.dumps([{"name": n, "title": t, "path": str(Path(p))} for n, t, p in found], ensure_ascii=False))
        return
    width = max((len(name) for name, _, _ in found), default=0)
    for name, title, _ in found:
        click.echo(f"{name:<{width}}  {title}")
