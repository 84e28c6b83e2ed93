"""Where a reader sits who types what a page says: a folder, Python names, a command line.

What comes out must be what the page shows. White space counts once, `...` stands for anything. Of `make` only the
target is looked up: its targets run these tests. Behind a fragment of YAML comments `# =>` say what follows from it:

    # => us-eva-83 moved by gen-1 to 2022-12-26     what became of an activity, a return or an incident
    # => us-eva-83 kept on 2022-12-19
    # => cost: evas flown -1                        a line of "what it cost": its name and its difference
    # => at 2022-12-17: Rassvet nadir: Soyuz MS-22  a line of the status board
    # => nothing changes
    # => refused: ...                               the error that the fragment raises
"""

import contextlib
import io
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pages

from stationsim.cli.main import main
from stationsim.errors import ScenarioError
from stationsim.impact.board import show
from stationsim.impact.impact import Impact, assess
from stationsim.impact.screen import screen_of
from stationsim.kernel.opening import broken, describe
from stationsim.kernel.run import run
from stationsim.log.outcome import Outcome
from stationsim.scenario.load import load
from stationsim.scenario.model import Scenario
from stationsim.station.station import Station

_FATE = re.compile(r"(?P<subject>\S+) (?P<outcome>[a-z]+)(?: by (?P<rule>\S+))?(?: (?:to|on) (?P<to>\S+))?")
_MAKE = (pages.ROOT / "Makefile").read_text(encoding="utf-8")


class Desk:
    """The reader of one page; the working directory is theirs alone."""

    def __init__(self, page: str) -> None:
        self.names: dict[str, object] = {"__name__": "__main__"}
        self.printed = ""
        self.code = 0
        for block in pages.borrowed(page):
            write(block)

    def follow(self, block: pages.Block) -> None:
        """Do what a block says.

        Raises:
            AssertionError: Something else comes out than the page shows.
        """
        act: dict[str, Callable[[pages.Block], None]] = {
            "yaml": self.yaml,
            "python": self.python,
            "text": self.text,
            "console": self.console,
        }
        assert block.language in act, f"nobody runs {block.language or 'a block without a language'}"
        act[block.language](block)

    def yaml(self, block: pages.Block) -> None:
        """Write a file or complete a fragment; check it, and run it where it says what follows."""
        if "file" in block.words:
            write(block)
            if "wrong" in block.words or not re.search(r"^scenario:", block.text, re.MULTILINE):
                return
            name = block.words["file"]
        else:
            name = "fragment.yaml"
            Path(name).write_text(whole(block), encoding="utf-8")
        expect(name, [line.removeprefix("# => ") for line in block.text.splitlines() if line.startswith("# => ")])

    def python(self, block: pages.Block) -> None:
        """Run a block in the names of the page."""
        self.printed = captured(lambda: exec(compile(block.text, block.where, "exec"), self.names))

    def text(self, block: pages.Block) -> None:
        """Compare with what was printed last; a `figure` is only looked at."""
        if "figure" not in block.words:
            compare(block.text, self.printed)

    def console(self, block: pages.Block) -> None:
        """Type each command and compare what comes out."""
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            words = command.split("  #")[0].split()
            self.printed = captured(lambda words=words: self.type(words))
            if words[0] != "make":
                compare(shown, self.printed)

    def type(self, words: list[str]) -> None:
        """Do one command of a shell."""
        match words:
            case ["stationsim", *arguments]:
                self.code = leave(arguments)
            case ["python", name]:
                exec(compile(Path(name).read_text(encoding="utf-8"), name, "exec"), {"__name__": "__main__"})
            case ["make", target]:
                assert re.search(rf"^{target}:", _MAKE, re.MULTILINE), f"make does not know {target}"
            case ["source", path]:
                assert path.endswith(".venv/bin/activate")
            case ["mkdir", name]:
                Path(name).mkdir()
            case ["cd", name]:
                os.chdir(name)
            case ["echo", "$?"]:
                print(self.code)  # noqa: T201 - what a shell prints
            case _:
                raise AssertionError(f"nobody types {' '.join(words)} here")


def write(block: pages.Block) -> None:
    """Put the file of a block into the folder."""
    path = Path(block.words["file"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8")


def whole(block: pages.Block) -> str:
    """Return a fragment as a scenario; `over` names its base, `until` its end."""
    if "over" not in block.words:
        return block.text
    until = f"until: {block.words['until']}\n" if "until" in block.words else ""
    return f"scenario: fragment\nbase: [{block.words['over']}]\n{until}{block.text}"


def leave(arguments: list[str]) -> int:
    """Run the command line and return its exit code."""
    try:
        main(arguments)
    except SystemExit as left:
        return int(str(left.code or 0))
    raise AssertionError("the command line did not leave")


def captured(act: Callable[[], object]) -> str:
    """Return what an act prints, on both streams, in order."""
    paper = io.StringIO()
    with contextlib.redirect_stdout(paper), contextlib.redirect_stderr(paper):
        act()
    return paper.getvalue()


def compare(shown: str, printed: str) -> None:
    """Hold what is shown against what was printed."""
    parts = [re.escape(" ".join(part.split())) for part in shown.split("...")]
    pattern, text = r"\s?.*?\s?".join(parts), " ".join(printed.split())
    assert re.fullmatch(pattern, text, re.DOTALL), f"the page shows\n{shown}\nbut this is printed\n{printed}"


def expect(name: str, lines: list[str]) -> None:
    """Check a scenario, and hold what a page says of it against its run."""
    refused = [line.removeprefix("refused: ") for line in lines if line.startswith("refused: ")]
    if refused:
        try:
            checked(name)
        except ScenarioError as error:
            compare(" ".join(refused), str(error))
            return
        raise AssertionError(f"{name} is not refused")
    scenario = checked(name)
    if lines:
        outcome = played(scenario)
        impact = assess(outcome)
        for line in lines:
            hold(line, outcome, impact)


def checked(name: str) -> Scenario:
    """Return a scenario whose plan keeps the rules.

    Raises:
        ScenarioError: It does not, or something in it is impossible.
    """
    scenario = load(name)
    station = Station.of(scenario)
    found, _ = broken(station)
    if found:
        raise ScenarioError("\n".join(describe(item, station) for item in found))
    return scenario


@cache
def played(scenario: Scenario) -> Outcome:
    """Return both logs of a scenario."""
    return run(scenario)


def hold(line: str, outcome: Outcome, impact: Impact) -> None:
    """Hold one thing that a page says against a run."""
    if line == "nothing changes":
        assert set(impact.changes["outcome"]) <= {"kept"}, fates(impact)
        assert not impact.totals["difference"].any()
    elif line.startswith("cost: "):
        costs = [f"{row[0]} {row[3]}" for row in screen_of(impact).costs]
        assert line.removeprefix("cost: ") in costs, f"{line} is none of {costs}"
    elif line.startswith("at "):
        at, _, text = line.removeprefix("at ").partition(": ")
        board = show(outcome, at).text
        assert text in [row.strip() for row in board.splitlines()], f"{line} is no line of\n{board}"
    else:
        _hold_fate(line, impact)


def _hold_fate(line: str, impact: Impact) -> None:
    found = _FATE.fullmatch(line)
    assert found, f"{line!r} says nothing that can be held against a run"
    for row in impact.incidents.to_dict("records"):
        if row["incident"] == found["subject"]:
            assert row["state"] == found["outcome"], f"{line}, but it is {row['state']}"
            return
    rows = [row for row in impact.changes.to_dict("records") if row["subject"] == found["subject"]]
    assert rows, f"{line}, but only these are known: {fates(impact)}"
    (row,) = rows
    told = (row["outcome"], row["rule"] if found["rule"] else None, row["actual_utc"] if found["to"] else None)
    assert told == (found["outcome"], found["rule"], found["to"]), f"{line}, but it is {told}"


def fates(impact: Impact) -> str:
    """Return what is not kept, for the text of a failure."""
    rows = [row for row in impact.changes.to_dict("records") if row["outcome"] != "kept"]
    return "; ".join(f"{row['subject']} {row['outcome']} by {row['rule']} to {row['actual_utc']}" for row in rows)
