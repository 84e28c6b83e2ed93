"""What helps a person to write a file? Commands that explain keys, print the schema and begin a scenario."""

import json
from pathlib import Path

import click

from stationsim.cli.commands import JSON


@click.command()
@click.argument("key", required=False)
@JSON
@click.option(
    "--markdown", type=click.Path(file_okay=False), help="Write the reference pages into this folder instead."
)
def explain(key: str | None, as_json: bool, markdown: str | None) -> None:  # noqa: FBT001 - an option
    """Explain KEY: a section, a key (hole, incidents.hole), a rule template, or what comes with stationsim.

    Without KEY the sections of a file are listed.
    """
    if markdown is not None:
        from stationsim.authoring.pages import write_pages

        for path in write_pages(Path(markdown)):
            click.echo(str(path))
        return
    from stationsim.authoring import explain as words

    if key is None:
        listed = words.sections()
        rows = [{"name": name, "meaning": meaning} for name, meaning in listed]
        text = "\n".join(f"{name:<12} {meaning}" for name, meaning in listed)
        click.echo(json.dumps(rows, ensure_ascii=False) if as_json else text)
        return
    found = words.explain(key)
    if as_json:
        click.echo(json.dumps([words.as_json(entry) for entry in found], ensure_ascii=False))
        return
    click.echo("\n\n".join(words.text_of(entry) for entry in found))


@click.command()
def schema() -> None:
    """Print the JSON Schema of a file, by which an editor completes and marks keys."""
    from stationsim.authoring.json_schema import schema_text

    click.echo(schema_text(), nl=False)


@click.command()
@click.argument("name")
@click.option("--from", "base", help="Increment or scenario to begin from; left out: a small station of its own.")
@click.option("--out", type=click.Path(dir_okay=False), help="The file; left out: NAME.yaml here.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
def new(name: str, base: str | None, out: str | None, force: bool) -> None:  # noqa: FBT001 - an option
    """Write a commented scenario NAME that runs as it is, to be changed."""
    from stationsim.authoring.starter import new_file, write_new

    path = Path(f"{name}.yaml" if out is None else out)
    write_new(new_file(name, base, path), path, is_forced=force)
    click.echo(f"{path}: now try 'stationsim check {path}' and 'stationsim run {path}'")
