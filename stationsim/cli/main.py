"""Which verb did you type? The table of commands and what their exit codes mean.

Exit: 0 done · 1 our bug · 2 the input or the surroundings, mendable by the user · 3 done in part · 130 interrupted.
"""

import sys
import traceback

import click

from stationsim.cli.authoring import explain, new, schema
from stationsim.cli.commands import check, graph, isolate, list_, run, show, why
from stationsim.cli.further import second
from stationsim.cli.handing import diff, export
from stationsim.cli.reporting import report
from stationsim.cli.sensitivity import assumptions, compare, hinges, price
from stationsim.errors import StationSimError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="stationsim")
def cli() -> None:
    """What a leak costs a space station's operations, why, and what to do about it.

    SCENARIO is a path if one exists, else a name in ./configs/scenarios, else one that comes with stationsim
    (`stationsim list`). `report`, `why`, `show`, `second`, `diff` and `export` also take the folder of a saved run,
    RUN.
    """


_COMMANDS = (
    run, report, check, why, show, second, price, assumptions, hinges, compare, diff, export, graph, isolate, list_,
    new, explain, schema,
)  # fmt: skip
for _command in _COMMANDS:
    cli.add_command(_command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(_code(arguments))


def _code(arguments: list[str] | None) -> int:
    """Run, and turn every way of failing into words and an exit code."""
    try:
        result = cli.main(args=arguments, prog_name="stationsim", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        return 130
    except (click.ClickException, StationSimError, OSError) as problem:
        return _mendable(problem)
    except Exception:  # noqa: BLE001 - the last frame: our bug is told as one, with all that helps to mend it
        traceback.print_exc()
        click.echo("This is a bug in stationsim: please report the lines above with the scenario.", err=True)
        return 1
    return result if isinstance(result, int) else 0


def _mendable(problem: Exception) -> int:
    """Say what the user can mend; a reader that closed the pipe has mended it."""
    if isinstance(problem, click.ClickException):
        problem.show()
    elif isinstance(problem, BrokenPipeError):
        sys.stderr.close()
        return 0
    elif isinstance(problem, OSError):
        where = "" if problem.filename is None else f"{problem.filename}: "
        click.echo(
            f"{where}{problem.strerror or problem}. Choose another place with --out, or mend this one.", err=True
        )
    else:
        click.echo(str(problem), err=True)
    return 2
