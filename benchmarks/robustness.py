"""How long does the worst file take? Random corruptions of the shipped files: loaded, opened, and the small ones run.

    python benchmarks/robustness.py [FIRST_SEED] [COUNT]

Prints what is neither a told mistake nor a scenario that works, and the slowest files in processor time, which other
work on the machine does not change. The promise is 2 s for each.
"""

import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from corrupted import DOCUMENTS, outcome_of


def main(first: int, count: int) -> None:
    """Corrupt every document in turn with the seeds from `first` on."""
    told, slow = Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + count):
            document = DOCUMENTS[seed % len(DOCUMENTS)]
            begun = time.process_time()
            try:
                ending = outcome_of(document, seed, Path(folder))
            except Exception:  # noqa: BLE001 - whatever comes is what is looked for
                ending = "our bug"
                print(f"--- {document.path.name}, seed {seed}")
                traceback.print_exc(limit=-4, file=sys.stdout)
            told[ending if ending in ("runs", "opens", "our bug") else "told"] += 1
            slow.append((time.process_time() - begun, document.path.name, seed, ending[:60]))
    for seconds, name, seed, ending in sorted(slow, reverse=True)[:8]:
        print(f"{seconds:6.2f} s  {name}, seed {seed}: {ending!r}")
    print(dict(told))


main(*(int(argument) for argument in (sys.argv[1:] + ["0", "500"][len(sys.argv) - 1 :])))
