"""Which verb did you type? `python -m stationsim` is `stationsim`."""

from stationsim.cli import main

main()
