"""What does a rule of a script say? Its windows as those of a template; what it does wrong is told as its author's.

@stationsim.rule(id="own-1", text="No sorties on a holiday", kinds=("eva-orlan", "eva-emu"))
def holiday(choice, situation):
    day_s = situation.second("2022-12-25")
    yield stationsim.Block(lo_s=day_s, hi_s=day_s + 86400, reason="it is Christmas")
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs

from stationsim.errors import ScenarioError
from stationsim.scenario.model import Rule
from stationsim.scenario.words import shorten
from stationsim.station.choice import Choice
from stationsim.station.own import OwnRule
from stationsim.station.rules.blocks import EVERYTHING, Block, BlockRule, LoadRule, Other, PairRule, Reads, Separation
from stationsim.station.situation import Situation

MODES = ("start", "overlap")

Blocks = Callable[[Choice, Situation], Iterable[Block]]
Separations = Callable[[Choice, Choice, Situation], Iterable[Separation]]
Loads = Callable[[Choice, tuple[Other, ...], Situation], Iterable[Block]]
Reading = Callable[[Choice, Situation], Iterable[str]]


@attrs.frozen(kw_only=True)
class ScriptRule:
    """A rule made of functions; `rule`, `pair_rule` and `load_rule` make one from a single function."""

    id: str
    text: str
    source: str
    severity: str
    waived_by: str
    kinds: tuple[str, ...]
    books: tuple[str, ...]
    blocks: Blocks | None = attrs.field(default=None, repr=False)
    separations: Separations | None = attrs.field(default=None, repr=False)
    loads: Loads | None = attrs.field(default=None, repr=False)
    reads: Reading | None = attrs.field(default=None, repr=False)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process by name: the module there makes the same rule.

        Raises:
            ScenarioError: No module calls this rule by the name of its function.
        """
        made_of: Any = self.blocks or self.separations or self.loads
        name = (made_of.__module__, made_of.__qualname__)
        try:
            is_found = named(*name) is self
        except (AttributeError, ImportError):
            is_found = False
        if not is_found:
            raise ScenarioError(f"rule {self.id}: it cannot go to another process. Define it at the top of a module.")
        return named, name


def named(module: str, name: str) -> object:
    """Return what a module calls by this name."""
    found: object = import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return found


def rule(  # noqa: PLR0913 - one argument per key of a rule
    *,
    id: str,  # noqa: A002 - the key of a file
    text: str,
    source: str = "a script",
    severity: str = "hard",
    waived_by: str = "nobody",
    kinds: Iterable[str] = (),
    books: Iterable[str] = (),
    reads: Reading | None = None,
) -> Callable[[Blocks], ScriptRule]:
    """Make a rule of a function `(choice, situation)` that returns or yields when the choice may not be.

    Args:
        id: Its number, free in the scenario.
        text: The rule in words.
        source: Where it comes from.
        severity: `safety` (its window ends a sortie under way), `hard`, or `soft` (the last resort breaks it).
        waived_by: Who may waive it.
        kinds: Kinds of activity that it governs; without them all.
        books: Centres whose activities it governs; without them all.
        reads: A function `(choice, situation)` that names the nodes, zones and questions (`question:fit`) on which the
            answer hangs. It may hang on the people of the choice and their ships, on nothing else. Without it the rule
            is asked whenever a belief changes.
    """

    def made(function: Blocks) -> ScriptRule:
        return ScriptRule(
            id=id, text=text, source=source, severity=severity, waived_by=waived_by,
            kinds=tuple(kinds), books=tuple(books), blocks=function, reads=reads,
        )  # fmt: skip

    return made


def pair_rule(  # noqa: PLR0913 - one argument per key of a rule
    *,
    id: str,  # noqa: A002 - the key of a file
    text: str,
    source: str = "a script",
    severity: str = "hard",
    waived_by: str = "nobody",
    kinds: Iterable[str] = (),
    books: Iterable[str] = (),
    reads: Reading | None = None,
) -> Callable[[Separations], ScriptRule]:
    """Make a rule of a function `(a, b, situation)` that returns or yields how far two choices must be apart.

    It is asked of every two activities of which one is of its `kinds`, in either order. Arguments as of `rule`.
    """

    def made(function: Separations) -> ScriptRule:
        return ScriptRule(
            id=id, text=text, source=source, severity=severity, waived_by=waived_by,
            kinds=tuple(kinds), books=tuple(books), separations=function, reads=reads,
        )  # fmt: skip

    return made


def load_rule(  # noqa: PLR0913 - one argument per key of a rule
    *,
    id: str,  # noqa: A002 - the key of a file
    text: str,
    source: str = "a script",
    severity: str = "hard",
    waived_by: str = "nobody",
    kinds: Iterable[str] = (),
    books: Iterable[str] = (),
    reads: Reading | None = None,
) -> Callable[[Loads], ScriptRule]:
    """Make a rule of a function `(choice, others, situation)` about a choice beside all others that have a date.

    `others` are pairs of a choice and its start [s]; what it returns or yields is as of `rule`. It is asked for a date,
    never of what is under way. Arguments as of `rule`.
    """

    def made(function: Loads) -> ScriptRule:
        return ScriptRule(
            id=id, text=text, source=source, severity=severity, waived_by=waived_by,
            kinds=tuple(kinds), books=tuple(books), loads=function, reads=reads,
        )  # fmt: skip

    return made


# --- as a template --------------------------------------------------------------------------------------------------


def blocks_of(own: OwnRule) -> BlockRule | None:
    """Return the windows of a rule as a template gives them; None if it says nothing of one choice."""
    method = getattr(own, "blocks", None)
    if method is None:
        return None

    def blocks(rule_: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
        given = _answer(own, "blocks", "Blocks", method, (choice, situation.blind))
        return _blocks(own, rule_, given, f"blocks({choice.id})", situation)

    return blocks


def loads_of(own: OwnRule) -> LoadRule | None:
    """Return the windows of a rule beside all others as a template gives them; None if it says nothing of that."""
    method = getattr(own, "loads", None)
    if method is None:
        return None

    def loads(rule_: Rule, choice: Choice, others: Sequence[Other], situation: Situation) -> Iterator[Block]:
        given = _answer(own, "loads", "Blocks", method, (choice, tuple(others), situation.blind))
        return _blocks(own, rule_, given, f"loads({choice.id})", situation)

    return loads


def _blocks(own: OwnRule, rule_: Rule, given: tuple[object, ...], asked: str, situation: Situation) -> Iterator[Block]:
    """Yield the windows that a rule gave, as its own.

    Raises:
        ScenarioError: One of them is none.
    """
    for found in given:
        fault = _block_fault(found, situation)
        if fault is not None:
            raise ScenarioError(f"rule {own.id}: {asked} gave {fault}")
        assert isinstance(found, Block)
        yield attrs.evolve(found, rule=rule_.id, severity=rule_.severity)


def pairs_of(own: OwnRule) -> PairRule | None:
    """Return the distances of a rule as a template gives them; None if it says nothing of two choices."""
    method = getattr(own, "separations", None)
    if method is None:
        return None

    def separations(rule_: Rule, a: Choice, b: Choice, situation: Situation) -> Iterator[Separation]:
        for found in _answer(own, "separations", "Separations", method, (a, b, situation.blind)):
            fault = _separation_fault(found)
            if fault is not None:
                raise ScenarioError(f"rule {own.id}: separations({a.id}, {b.id}) gave {fault}")
            yield attrs.evolve(found, rule=rule_.id, severity=rule_.severity)

    return separations


def reads_of(own: OwnRule) -> Reads:
    """Return what a rule reads as a template tells it; everything where it does not say."""
    method = getattr(own, "reads", None)

    def reads(rule_: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
        if method is None:
            return (EVERYTHING,)
        found = _answer(own, "reads", "names", method, (choice, situation.blind))
        wrong = [name for name in found if not isinstance(name, str)]
        if wrong:
            advice = "Return names of nodes, zones and questions."
            raise ScenarioError(
                f"rule {own.id}: reads({choice.id}) gave {_shown(wrong[0])}, which is no name. {advice}"
            )
        return found

    return reads


def _answer(own: OwnRule, call: str, what: str, method: Any, arguments: tuple[Any, ...]) -> tuple[Any, ...]:  # noqa: ANN401 - anything may come from a script
    """Return what a method of a rule gives, gathered here so that whatever it raises is told as its author's mistake.

    Raises:
        ScenarioError: It raised something, or gave nothing that can be gone through.
    """
    asked = f"{call}({', '.join(item.id for item in arguments if isinstance(item, Choice))})"
    try:
        given = method(*arguments)
        if given is not None and not isinstance(given, str):
            return tuple(given)
    except Exception as error:
        raise ScenarioError(f"rule {own.id}: {asked} raised {told(error)}. Mend the rule.") from error
    advice = f"Return or yield {what}; an empty tuple says that there are none."
    raise ScenarioError(f"rule {own.id}: {asked} returned {_shown(given)}. {advice}")


def told(error: Exception) -> str:
    """Say what code of a script raised, and where.

    >>> told(KeyError("x"))
    "KeyError: 'x'"
    """
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = "" if last is None else f" at {Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}"
    return f"{type(error).__name__}: {error}{where}"


def _shown(value: object) -> str:
    return shorten(value) if isinstance(value, str | int | float) else f"a value of the type {type(value).__name__}"


def _block_fault(found: object, situation: Situation) -> str | None:
    """Say what is wrong with a window."""
    if not isinstance(found, Block):
        return f"{_shown(found)}. Give stationsim.Block(lo_s=..., hi_s=..., reason=...)."
    if not _is_second(found.lo_s) or not (found.hi_s is None or _is_second(found.hi_s)):
        return f"a Block from {found.lo_s!r} to {found.hi_s!r}. Write whole seconds of the scenario; hi_s may be None."
    if found.mode not in MODES:
        return f"a Block of mode {shorten(found.mode)}. Allowed: {', '.join(MODES)}."
    if found.cause is not None and not (_is_second(found.cause) and -1 <= found.cause < situation.rows):
        return f"a Block with the cause {found.cause!r}. Write the `row` of what the situation tells, or leave it out."
    return _reason_fault("Block", found.reason)


def _separation_fault(found: object) -> str | None:
    """Say what is wrong with a distance."""
    if not isinstance(found, Separation):
        return f"{_shown(found)}. Give stationsim.Separation(lo_s=..., hi_s=..., reason=...)."
    if not all(end is None or _is_second(end) for end in (found.lo_s, found.hi_s)):
        return f"a Separation from {found.lo_s!r} to {found.hi_s!r}. Write whole seconds, or None for no bound."
    return _reason_fault("Separation", found.reason)


def _reason_fault(what: str, reason: object) -> str | None:
    return None if isinstance(reason, str) and reason.strip() else f"a {what} without a reason. Write why, in words."


def _is_second(value: object) -> bool:
    return type(value) is int
