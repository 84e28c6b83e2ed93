"""Are the logs still the same, to the byte? The blake2b of rows and tables of every shipped scenario.

    python benchmarks/fingerprints.py > before.txt        # then change something that must not change any log
    python benchmarks/fingerprints.py | diff before.txt -

Every scenario runs as it is and without incidents under `rules-first`, soyuz-ms22 under `best-by-lookahead` too. What
takes chance is drawn with seed 0. Beside each: events and processor time, on the error stream.
"""

import hashlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import attrs

from stationsim.kernel.simulate import simulate
from stationsim.log.log import Log
from stationsim.planning.policies import Policy, best_by_lookahead, rules_first
from stationsim.scenario.draw import draw
from stationsim.scenario.load import load
from stationsim.scenario.model import Scenario


def fingerprint(log: Log) -> str:
    """Return the blake2b of the rows and the tables of a log."""
    found = hashlib.blake2b(digest_size=16)
    for row in log.rows:
        found.update(repr(row).encode())
    for name in sorted(log.tables):
        found.update(repr((name, log.tables[name])).encode())
    return found.hexdigest()


def runs() -> Iterator[tuple[str, Scenario, Policy]]:
    """Yield what is run: a name, a drawn scenario, a policy."""
    for path in sorted((Path(__file__).parents[1] / "configs" / "scenarios").glob("*.yaml")):
        name, drawn = path.stem, draw(load(path))
        yield name, drawn, rules_first
        if drawn.incidents:
            yield f"{name} without incidents", attrs.evolve(drawn, incidents=()), rules_first
    yield "soyuz-ms22 by lookahead", draw(load("soyuz-ms22")), best_by_lookahead


def main() -> None:
    """Print one line for each run."""
    for name, drawn, policy in runs():
        begun = time.process_time()
        log = simulate(drawn, policy=policy)
        print(f"{fingerprint(log)}  {name}", flush=True)
        print(f"{len(log.rows):6} events {time.process_time() - begun:8.2f} s  {name}", file=sys.stderr)


if __name__ == "__main__":
    main()
