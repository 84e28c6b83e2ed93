"""What becomes of a spoiled file: told as a mistake, or a scenario that loads, opens and, where small, runs."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from attrs import frozen
from corruptions import corrupt
from scenario.documents import SMALL

from stationsim.errors import ScenarioError
from stationsim.kernel.opening import broken
from stationsim.kernel.simulate import simulate
from stationsim.scenario.draw import draw
from stationsim.scenario.load import load
from stationsim.station.station import Station

CONFIGS = Path(__file__).parents[1] / "configs"
PLACE = re.compile(r"\S.*?:\d+:\d+: ")


@frozen
class Document:
    """A file that is spoiled, its text, and the scenario through which it is read."""

    path: Path
    text: str
    scenario: str
    is_small: bool = False


def _documents() -> tuple[Document, ...]:
    """Return the small documents several times among the shipped files, so that both are met often."""
    # Without what its rule's template does not read, it runs.
    runs = SMALL.replace("    question: usable\n    capability: crewed-return\n", "")
    small = (
        Document(Path("small.yaml"), runs, "small.yaml", True),
        Document(
            Path("first.yaml"),
            (CONFIGS / "scenarios" / "first-station.yaml").read_text(encoding="utf-8"),
            "first.yaml",
            True,
        ),
    )
    shipped = []
    for path in sorted(CONFIGS.glob("*/*.yaml")):
        name = path.stem if path.parent.name in ("scenarios", "increments") else "iss-2022-12"
        name = {"iss-2015": "iss-2015-01", "iss-2018": "iss-2018-08"}.get(path.stem, name)
        place = Path("configs") / path.parent.name / path.name
        shipped.append(Document(place, path.read_text(encoding="utf-8"), name))
    return tuple(document for other in shipped for document in (*small, other))


DOCUMENTS = _documents()


def outcome_of(document: Document, seed: int, folder: Path) -> str:
    """Return the text of the mistake that is told, or `opens` or `runs`.

    Raises:
        AssertionError: A mistake is told without its place.
    """
    home = Path.cwd()
    os.chdir(folder)
    try:
        document.path.parent.mkdir(parents=True, exist_ok=True)
        document.path.write_bytes(corrupt(document.text, seed).encode("utf-8", errors="surrogatepass"))
        return _read(document)
    finally:
        document.path.unlink()
        os.chdir(home)


def _read(document: Document) -> str:
    loaded = _or_text(lambda: load(document.scenario))
    if isinstance(loaded, str):
        assert all(PLACE.match(line) for line in _heads(loaded)), loaded
        return loaded
    text = _or_text(lambda: broken(Station.of(loaded)))
    if document.is_small and not isinstance(text, str):
        text = _or_text(lambda: simulate(draw(loaded)))
    if isinstance(text, str):
        assert text.startswith(("rules.", "activities.")) or PLACE.match(text), text
        return text
    return "runs" if document.is_small else "opens"


def _or_text(work: Callable[[], object]) -> object:
    """Return what some work returns, or the whole text of the mistake that it tells."""
    try:
        return work()
    except ScenarioError as error:
        return str(error)


def _heads(text: str) -> list[str]:
    """Return the lines that tell a problem, without those that show where, and without files that have no lines."""
    lines = [line for line in text.split("\n") if not line.startswith(("    ", "... and "))]
    return [line for line in lines if "The file is empty." not in line]
