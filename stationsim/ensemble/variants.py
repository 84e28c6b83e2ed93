"""What could be otherwise before a decision? The scenario without a rule, with another number, with another ready date.

What is tried unless names are given: every rule; the numbers of types of ship that are there, with the cabin of the
ship that is struck; of ships; of kinds that launch, dock, undock, move seats or relocate; the weights of work; the
questions `fit` and `usable` of modes that strike; the numbers of rules. Each is halved and doubled, a whole one also
one less and one more; a ready date comes earlier and later.
"""

import math
from collections.abc import Iterable, Iterator

from attrs import field, frozen

from stationsim.errors import ScenarioError
from stationsim.impact.hinge_text import PAIR, WITHOUT, WITHOUT_BOTH
from stationsim.scenario.model import Chance, Scenario
from stationsim.scenario.numbers import Date, Number, dates, numbers, plus, postponed, times
from stationsim.scenario.words import candidates
from stationsim.station.station import FIT, USABLE, Station

__all__ = ["FACTORS", "SHIFTS_D", "Hinge", "Variant", "changed", "hinges_of", "variants"]

FACTORS = (0.5, 2.0)
"""By how much a number is multiplied unless told otherwise."""

SHIFTS_D = (-28, -7, 7, 28)
"""By how much a ready date is shifted unless told otherwise [d]."""

_STEPS = (-1, 1)
_DAY_S = 86400
_TRAFFIC = ("launch", "dock", "undock", "relocate", "fit")


@frozen(kw_only=True)
class Hinge:
    """Something that a decision may hang on.

    Attributes:
        name: Id of a rule, or name of a number or date: `types.skiff.seats`.
        sort: `rule`, `number`, `date` or `pair` (two rules).
        value: What a rule says, or the number or date as a file has it.
        source: Where it comes from.
        of: The number or date; None of a rule.
        rules: Ids of the two rules of a pair.
    """

    name: str
    sort: str
    value: str
    source: str
    of: Number | Date | None = field(default=None, repr=False)
    rules: tuple[str, ...] = ()


@frozen(kw_only=True)
class Variant:
    """One way in which a hinge is otherwise: without the rule, a factor, so much more, so many days later."""

    hinge: Hinge
    way: str
    by: float = 0.0

    @property
    def text(self) -> str:
        """The way in words, for one that cannot be had."""
        words = {"without": WITHOUT, "both": WITHOUT_BOTH, "later": f"{self.by:+g} d", "plus": f"{self.by:+g}"}
        return words.get(self.way, f"times {self.by:g}")


def hinges_of(
    scenario: Scenario, ship: str, rules: Iterable[str] | None, numbers_: Iterable[str] | None, call: str
) -> tuple[Hinge, ...]:
    """Return what is tried.

    Args:
        scenario: The scenario as it is, drawn.
        ship: The ship that the decision is about.
        rules: Ids of rules; None for all.
        numbers_: Names of numbers and dates, or what they begin with; None for those that can matter.
        call: The call that problems name.

    Raises:
        ScenarioError: There is no such rule or number.
    """
    station = Station.of(scenario)
    every = tuple(_every(scenario))
    told = []
    asked = None if rules is None else tuple(dict.fromkeys(rules))
    told += [
        f"{call}(rules=...): {id_!r} is not a rule. {candidates('Rules', tuple(station.rules), id_)}"
        for id_ in asked or ()
        if id_ not in station.rules
    ]
    named = None if numbers_ is None else tuple(dict.fromkeys(numbers_))
    told += [
        f"{call}(numbers=...): there is no number at {name!r} in the files of the scenario."
        for name in named or ()
        if not any(_is_at(hinge, name) for hinge in every)
    ]
    if told:
        raise ScenarioError("\n".join(told))
    removed = tuple(
        Hinge(name=rule.id, sort="rule", value=rule.text, source=rule.source)
        for rule in station.rules.values()
        if asked is None or rule.id in asked
    )
    if named is None:
        return (*removed, *(hinge for hinge in every if _may_matter(hinge, station, ship)))
    return (*removed, *(hinge for hinge in every if any(_is_at(hinge, name) for name in named)))


def _every(scenario: Scenario) -> Iterator[Hinge]:
    for number in numbers(scenario):
        yield Hinge(name=number.name, sort="number", value=number.text, source=number.source, of=number)
    for date in dates(scenario):
        day = date.day(scenario)
        yield Hinge(name=date.name, sort="date", value=day, source=date.source, of=date)


def _is_at(hinge: Hinge, name: str) -> bool:
    return hinge.name == name or hinge.name.startswith(f"{name}.")


def _may_matter(hinge: Hinge, station: Station, ship: str) -> bool:
    """Can a number matter for who flies and sits where, and when?"""
    section, owner, *rest = hinge.name.split(".")
    if section == "types":
        is_there = any(one.type == owner and station.is_crew_ship(one.id) for one in station.ships.values())
        return is_there and (len(rest) == 1 or (rest[0] == "cabin" and station.ships[ship].type == owner))
    if section == "kinds":
        kind = station.kinds[owner]
        has_any = any(activity.kind == owner for activity in station.activities.values())
        is_work = kind.layer == "work" and rest == ["weight"] and has_any
        return is_work or kind.effect in _TRAFFIC
    if section == "modes":
        struck = {station.mode_of(incident).id for incident in station.incidents}
        return owner in struck and rest[:1] == ["questions"] and rest[1] in (FIT, USABLE)
    return section in ("vehicles", "rules")


def variants(hinge: Hinge) -> Iterator[Variant]:
    """Yield the ways in which a hinge is otherwise."""
    if hinge.sort == "rule":
        yield Variant(hinge=hinge, way="without")
    elif hinge.sort == PAIR:
        yield Variant(hinge=hinge, way="both")
    elif isinstance(hinge.of, Date):
        yield from (Variant(hinge=hinge, way="later", by=days) for days in SHIFTS_D)
    elif hinge.of is not None and hinge.of.key.kind == "int" and not isinstance(hinge.of.value, Chance):
        value = round(hinge.of.value)
        found = (*(max(1, math.floor(value * factor + 0.5)) - value for factor in FACTORS), *_STEPS)
        yield from (Variant(hinge=hinge, way="plus", by=more) for more in sorted(dict.fromkeys(found)) if more)
    else:
        yield from (Variant(hinge=hinge, way="times", by=factor) for factor in FACTORS)


def changed(scenario: Scenario, variant: Variant) -> tuple[Scenario, str] | None:
    """Return the scenario with a variant, and its value; None where nothing is otherwise.

    Raises:
        ScenarioError: It cannot be otherwise in this way.
    """
    hinge = variant.hinge
    if hinge.sort == "rule":
        if not any(rule.id == hinge.name for rule in scenario.rules):
            raise ScenarioError("it stands in no book: without it what the files say elsewhere means nothing")
        return scenario.without_rule(hinge.name), WITHOUT
    if hinge.sort == PAIR:
        return scenario.without_rule(*hinge.rules), WITHOUT_BOTH
    if isinstance(hinge.of, Date):
        later = postponed(scenario, hinge.of, round(variant.by) * _DAY_S)
        return later, next(date for date in dates(later) if date.name == hinge.name).day(later)
    assert hinge.of is not None
    if variant.way == "plus":
        found = plus(scenario, hinge.of, round(variant.by))
    else:
        found = times(scenario, hinge.of, variant.by)
    return None if found is None else (found[0], found[1].text)
