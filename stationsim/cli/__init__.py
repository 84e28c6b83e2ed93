"""Which verb did you type? The commands of `stationsim`, from any directory."""

from stationsim.cli.main import main

__all__ = ["main"]
