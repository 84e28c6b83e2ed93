"""Who chooses? A person at the terminal, or a file of choices: what the policy `ask` asks."""

import sys
from pathlib import Path

import click
from attrs import Factory, define

from stationsim.cli.deciding import about, estimate_words, option_lines, score_words, situation_lines
from stationsim.errors import ScenarioError
from stationsim.planning.options.weigh import Weighed
from stationsim.planning.policies import Decision, Look, open_option
from stationsim.units import with_gmt

_HELP = "A number or an id takes an option, ?3 plays option 3 forward on what is believed, ? lists them again."


@define
class Person:
    """Somebody at the terminal, who is asked again until the answer is an open option."""

    asked: int = 0

    def choose(self, decision: Decision, look: Look) -> str:
        """Show what is believed and the options; return the one that is chosen.

        Raises:
            ScenarioError: The input ends before something is chosen.
        """
        self.asked += 1
        _show(f"\nDecision {self.asked}", *situation_lines(decision), *option_lines(decision), _HELP)
        try:
            found = self._found(decision, look)
        except KeyboardInterrupt:
            _show(f"\nStopped at decision {self.asked}, {about(decision)}: nothing is saved.")
            raise
        others = len(decision.open) - 1
        if others:
            _show(f"Taken: {found.option.text}. To be held against it, the other open options ({others}) are played.")
        return found.id

    def _found(self, decision: Decision, look: Look) -> Weighed:
        while True:
            click.echo(f"Choose 1 to {len(decision.open)}: ", nl=False, err=True)
            line = sys.stdin.readline()
            if not line:
                told = f"ask: the input ends at decision {self.asked}, {about(decision)}. Nothing is saved."
                raise ScenarioError(f"{told} Choose there, or write the choices into a file for --choices.")
            found = self._answered(line.strip(), decision, look)
            if found is not None:
                return found

    def _answered(self, text: str, decision: Decision, look: Look) -> Weighed | None:
        """Return what an answer takes; None if it asks back, or is none."""
        if text == "?":
            _show(*option_lines(decision), _HELP)
            return None
        try:
            found = _meant(text.removeprefix("?").strip(), decision)
        except ScenarioError as error:
            _show(f"{error} {_HELP}")
            return None
        if not text.startswith("?"):
            return found
        _show(f"{found.option.text} [{found.id}]", f"  {estimate_words(found)}")
        _show(f"  played forward: {score_words(look(found.id))}")
        return None


@define
class Listed:
    """A file of choices: an id a line, one for each decision in their order.

    Empty lines and what stands behind `#` are left out; a `-` before each id makes it a list in YAML.
    """

    path: Path
    ids: tuple[tuple[int, str], ...]
    asked: list[str] = Factory(list)

    @classmethod
    def of(cls, path: str) -> "Listed":
        """Read a file of choices.

        Raises:
            ScenarioError: It is no text.
        """
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise ScenarioError(f"{path}: this is no text in UTF-8. Write the id of an option on each line.") from error
        lines = (line.partition("#")[0].strip().removeprefix("- ").strip(" \t'\"") for line in text.splitlines())
        return cls(path=Path(path), ids=tuple((number, id_) for number, id_ in enumerate(lines, 1) if id_))

    def choose(self, decision: Decision, look: Look) -> str:
        """Return the next choice.

        Raises:
            ScenarioError: There is none, or it is no open option.
        """
        del look
        number = len(self.asked)
        self.asked.append(about(decision))
        if number >= len(self.ids):
            held = f"{len(self.ids)} choice{'' if len(self.ids) == 1 else 's'}"
            ids = ", ".join(item.id for item in decision.open)
            told = (
                f"{self.path}: there is no choice for decision {number + 1}, {self.asked[-1]}; the file holds {held}."
            )
            raise ScenarioError(f"{told} Add one of: {ids}.")
        line, id_ = self.ids[number]
        return open_option(
            decision.options, id_, f"{self.path}:{line}: decision {number + 1}, {self.asked[-1]}, is given"
        ).id

    def require_used(self) -> None:
        """Refuse choices for which there was no decision.

        Raises:
            ScenarioError: There are some.
        """
        if len(self.ids) > len(self.asked):
            line, id_ = self.ids[len(self.asked)]
            count = f"{len(self.asked)} decision{'' if len(self.asked) == 1 else 's'}"
            told = f"{self.path}:{line}: {id_!r} is a choice too many: the nominal and the disrupted run took {count}."
            raise ScenarioError(f"{told} Take it out, and what follows it.")


def _meant(text: str, decision: Decision) -> Weighed:
    """Return the open option that a number or an id means.

    Raises:
        ScenarioError: It means none.
    """
    if text.isdecimal() and 1 <= int(text) <= len(decision.open):
        return decision.open[int(text) - 1]
    if not text or text.isdecimal():
        given = f"{text} is no number of an option." if text else "Nothing was chosen."
        raise ScenarioError(f"{given} Numbers: 1 to {len(decision.open)}.")
    return open_option(decision.options, text, "You chose")


def _show(*lines: str) -> None:
    for line in lines:
        click.echo(with_gmt(line), err=True)
