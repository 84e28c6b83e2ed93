"""What does a script bring along beside the scenario? Rules as objects, and waivers, checked as those of a file are."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from attrs import field, frozen

from stationsim.errors import ScenarioError
from stationsim.scenario.model import Rule, Scenario, Waiver
from stationsim.scenario.scalars import check_rule_number
from stationsim.scenario.words import candidates, not_a, shorten
from stationsim.station.builtin import BUILTIN

OWN = "own"
"""What stands as the template of a rule that a script brought along."""

SEVERITIES = ("safety", "hard", "soft")
_TEXTS = ("id", "text", "source", "severity", "waived_by")
METHODS = ("blocks", "separations", "loads")
"""What such a rule can say; one of them at least."""

_ADVICE = "A rule has the texts id, text, source, severity and waived_by and a method; @stationsim.rule(...) makes one."
T = TypeVar("T")


class OwnRule(Protocol):
    """What a rule of a script must have; `stationsim.rule` makes one from a function.

    It has `blocks(choice, situation)`, which returns or yields `Block`s: when the choice may not be; or
    `separations(a, b, situation)`, which returns or yields `Separation`s: how far two choices must be apart; or
    `loads(choice, others, situation)`, which returns or yields `Block`s: when the choice would be too much beside all
    `(other, start_s)`; or several of them.
    It may have `kinds` and `books`, the kinds of activity and the centres that it governs (without them all), and
    `reads(choice, situation)`, the nodes, zones and questions that its answer hangs on (without it everything).
    """

    @property
    def id(self) -> str:
        """Its number."""

    @property
    def text(self) -> str:
        """The rule in words."""

    @property
    def source(self) -> str:
        """Where it comes from."""

    @property
    def severity(self) -> str:
        """How binding it is: `safety`, `hard` or `soft`."""

    @property
    def waived_by(self) -> str:
        """Who may waive it."""


@frozen(kw_only=True)
class Own:
    """Rules and waivers of a script, the rules by id and as the records that books and reports read."""

    records: tuple[Rule, ...] = ()
    rules: dict[str, OwnRule] = field(factory=dict)
    waivers: tuple[Waiver, ...] = ()

    @classmethod
    def of(cls, scenario: Scenario, rules: Iterable[OwnRule] = (), waivers: Iterable[Waiver] = ()) -> "Own":
        """Take rules and waivers along with a scenario.

        Raises:
            ScenarioError: One of them is impossible beside it; the text tells every problem.
        """
        given, dropped = listed("rules", rules), listed("waivers", waivers)
        told = [
            text for number, rule in enumerate(given) for text in _rule_problems(f"rules[{number}]", rule, scenario)
        ]
        told += _clashes(given, scenario)
        known = [*(rule.id for rule in scenario.rules), *(str(getattr(rule, "id", "")) for rule in given)]
        for number, item in enumerate(dropped):
            told += _waiver_problems(f"waivers[{number}]", item, known, scenario)
        if told:
            raise ScenarioError("\n".join(told))
        records = tuple(_record(rule) for rule in given)
        return cls(records=records, rules={rule.id: rule for rule in given}, waivers=dropped)

    def __bool__(self) -> bool:
        return bool(self.records or self.waivers)


def listed(name: str, given: Iterable[T]) -> tuple[T, ...]:
    """Return what was passed as a tuple.

    Raises:
        ScenarioError: It is one thing, not several.
    """
    try:
        return tuple(given)
    except TypeError as error:
        what = type(given).__name__
        raise ScenarioError(f"{name}: This is one {what}, not a list. Write {name}=[...].") from error


def _rule_problems(where: str, rule: object, scenario: Scenario) -> Iterator[str]:
    """Yield what is wrong with one rule alone."""
    texts = {name: getattr(rule, name, None) for name in _TEXTS}
    missing = [name for name, value in texts.items() if not isinstance(value, str) or not value.strip()]
    if missing:
        yield f"{where}: {_who(rule)} has no text {', '.join(missing)}. {_ADVICE}"
    if not any(callable(getattr(rule, name, None)) for name in METHODS):
        yield f"{where}: {_who(rule)} has none of the methods 'blocks', 'separations' and 'loads'. {_ADVICE}"
    number, severity = texts["id"], texts["severity"]
    if isinstance(number, str) and number.strip():
        try:
            check_rule_number(number)
        except ValueError as error:
            yield f"{where}.id: {error}"
    if isinstance(severity, str) and severity.strip() and severity not in SEVERITIES:
        allowed = candidates("Allowed", SEVERITIES, severity)
        yield f"{where}.severity: {shorten(severity)} is not allowed here. {allowed}"
    for noun, name, items in (("kind", "kinds", scenario.kinds), ("centre", "books", scenario.centres)):
        yield from _unknown(f"{where}.{name}", noun, getattr(rule, name, ()), [item.id for item in items])


def _unknown(where: str, noun: str, names: object, known: list[str]) -> Iterator[str]:
    """Yield the names of a tuple that name nothing."""
    if not isinstance(names, tuple | list):
        yield f"{where}: {shorten(str(names))} is not a tuple. Write ({shorten(str(names))},)."
        return
    for name in names:
        if name not in known:
            yield f"{where}: {not_a(noun, str(name), known)}"


def _who(rule: object) -> str:
    """Name a rule by what is known of it."""
    number = getattr(rule, "id", None)
    return f"the rule {shorten(number)}" if isinstance(number, str) else f"this {type(rule).__name__}"


def _clashes(rules: tuple[object, ...], scenario: Scenario) -> Iterator[str]:
    """Yield the numbers that stand for two rules."""
    taken = dict.fromkeys(BUILTIN, "of the model") | {rule.id: "of the scenario" for rule in scenario.rules}
    for number, rule in enumerate(rules):
        name = getattr(rule, "id", None)
        if isinstance(name, str):
            if name in taken:
                yield f"rules[{number}].id: {shorten(name)} is already a rule {taken[name]}. Give it another id."
            taken.setdefault(name, f"of this call (rules[{number}])")


def _waiver_problems(where: str, item: object, known: list[str], scenario: Scenario) -> Iterator[str]:
    """Yield what is wrong with one waiver."""
    if not isinstance(item, Waiver):
        yield (
            f"{where}: This is of the type {type(item).__name__}. "
            "Write stationsim.Waiver(rule=..., activity=..., rationale=...)."
        )
        return
    activities = [activity.id for activity in scenario.activities]
    if item.rule not in known:
        yield f"{where}.rule: {not_a('rule', str(item.rule), known)}"
    if item.activity not in activities:
        yield f"{where}.activity: {not_a('activity', str(item.activity), activities)}"
    if not str(item.rationale).strip():
        yield f"{where}.rationale: The text is empty. Write the why."


def _record(rule: OwnRule) -> Rule:
    """Return what books and reports read of a rule."""
    return Rule(
        id=rule.id,
        template=OWN,
        text=rule.text,
        source=rule.source,
        severity=rule.severity,
        waived_by=rule.waived_by,
        kinds=tuple(getattr(rule, "kinds", ())),
        books=tuple(getattr(rule, "books", ())),
    )
