"""How is a run handed on, and held against another? The commands `export` and `diff`."""

import json
from pathlib import Path

import click

from stationsim.cli.choosing import OneOf
from stationsim.cli.commands import JSON, SCENARIO, SEED
from stationsim.cli.sources import complete_scenario, outcome_of, working
from stationsim.exports.formats import FORMATS, IMAGES, THEMES, Format
from stationsim.log.outcome import Manifest


@click.command(epilog=" · ".join(f"{one.id}: {one.text}" for one in FORMATS.values()))
@SCENARIO
@click.option("--format", "form", type=OneOf(list(FORMATS)), required=True, help="What is written.")
@click.option("--out", type=click.Path(), help="A file or a folder; else beside the run, or under ./reports.")
@click.option("--image", type=OneOf(IMAGES), help="Of figures: the sort of picture; else by --out, else png.")
@click.option("--theme", type=OneOf(THEMES), help="Of figures: ink on paper, or light on dark.")
@click.option("--figure", metavar="ID", help="Of figures: the only one, such as plan, seats or ports; else every one.")
@SEED
def export(scenario: str, *, form: str, out: str | None, seed: int, **look: str | None) -> None:
    """Write SCENARIO or RUN in another format, and print the path."""
    outcome = outcome_of(scenario, seed, shares=True)
    with working(f"writing {form}"):
        from stationsim.ensemble.whole import assess
        from stationsim.exports.export import export as write

        alone = f"{look['figure']}.{look['image'] or IMAGES[0]}" if look["figure"] else None
        path = Path(out) if out else _usual(scenario, outcome.manifest, FORMATS[form], alone)
        written = write(assess(outcome), path, form, **look)
        click.echo(str(written / alone if alone and written.is_dir() else written))


@click.command()
@click.argument("a", shell_complete=complete_scenario)
@click.argument("b", shell_complete=complete_scenario)
@SEED
@JSON
def diff(a: str, b: str, seed: int, as_json: bool) -> None:  # noqa: FBT001 - an option
    """Hold A and B side by side, each a scenario or a saved run: what came out differently?"""
    outcomes = [outcome_of(name, seed) for name in (a, b)]
    with working("comparing", quiet=as_json):
        from stationsim.impact.diff import as_json as plain
        from stationsim.impact.diff import diff as compare

        found = compare(*outcomes)
    click.echo(json.dumps(plain(found), allow_nan=False, ensure_ascii=False) if as_json else found.text)


def _usual(name: str, manifest: Manifest, form: Format, alone: str | None) -> Path:
    """Return where an export goes: beside the saved run, or to ./reports/NAME-HASH8-FORMAT; of one figure the file."""
    last = alone if alone and form.is_drawn else f"{form.id}{form.suffix or ''}"
    if Path(name).is_dir():
        run = Path(name).resolve()
        return run.parent / f"{run.name}-{last}"
    seed = f"-{manifest.seed}" if manifest.seed else ""
    return Path("reports") / f"{manifest.scenario}-{manifest.scenario_hash[:8]}{seed}-{last}"
