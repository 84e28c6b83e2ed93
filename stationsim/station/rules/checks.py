"""Does every rule say what its template reads, and nothing else? All problems at once, each at its place."""

from collections.abc import Iterator
from difflib import get_close_matches

from stationsim.scenario.model import HAZARDS, Rule
from stationsim.scenario.places import Trail, refusal
from stationsim.scenario.schema import keys_of
from stationsim.station.rules.templates import TEMPLATES, no_template
from stationsim.station.station import Station

_LIKE = 0.75
"""So alike a name must be to one of the scenario's to count as misspelt: a book may speak of ships of other years."""

Told = tuple[Trail, str]
"""A problem: the way to what it is about, and the message."""

SELECTORS = ("kinds", "activities", "ship_types", "ports")
"""What every rule may say of the activities it governs."""

_WORDS = ("template", "text", "source", "severity", "waived_by", "books", "consent", *SELECTORS)

PARAMETERS = tuple(key for key in keys_of(Rule) if key.name not in _WORDS)
"""Keys of a rule that not every template reads."""


def check_rules(station: Station) -> None:
    """Refuse rules that say nothing, or say what their template does not read; all of them at once.

    Raises:
        ScenarioError: A rule has no template, lacks a parameter or has one too many, or asks about unknown roles.
    """
    known = _known(station)
    told = [found for rule in station.scenario.rules for found in _problems(rule, known)]
    error = refusal(told, station.scenario.spots)
    if error is not None:
        raise error


def _known(station: Station) -> dict[str, tuple[str, list[str]]]:
    """Return, by parameter, how its names are refused and which ones the scenario has."""
    scenario = station.scenario
    found = {
        "roles": ("Nobody has the role", {role.role for activity in scenario.activities for role in activity.people}),
        "types": ("Nothing is of the type", {node.type for node in station.graph.nodes}),
        "ship_types": ("No ship is of the type", {type_.id for type_ in scenario.types}),
        "ports": ("There is no port", {port.id for port in scenario.ports}),
        "skills": ("Nobody has the skill", {skill for person in scenario.people for skill in person.skills}),
        "segments": ("Nobody is of the segment", {person.segment for person in scenario.people}),
        "agencies": ("Nobody is of the agency", {person.agency for person in scenario.people}),
    }
    return {name: (what, sorted(names)) for name, (what, names) in found.items()}


def _problems(rule: Rule, known: dict[str, tuple[str, list[str]]]) -> Iterator[Told]:
    where: Trail = ("rules", rule.id)
    if rule.template not in TEMPLATES:
        yield (*where, "template"), no_template(rule)
        return
    yield from _parameter_problems(rule, where)
    if rule.template == "posture":
        yield from _posture_problems(rule, where)
    if rule.template == "calendar" and not (rule.days or rule.hours or rule.dates):
        yield where, "This calendar names nothing. Write 'days', 'hours' or 'dates'."
    if rule.template == "workload" and not (rule.limit_s or rule.count):
        yield where, "This workload limits nothing. Write 'limit', or 'count' above 0."
    for number, hazard in enumerate(rule.hazards):
        if hazard not in HAZARDS:
            yield (*where, "hazards", number), f"{hazard!r} is not a class of hazard. Classes: {', '.join(HAZARDS)}."
    for name, (what, names) in known.items():
        yield from _unknown((*where, name), what, getattr(rule, name), names)


def _parameter_problems(rule: Rule, where: Trail) -> Iterator[Told]:
    template = TEMPLATES[rule.template]
    given = [key.name for key in PARAMETERS if getattr(rule, key.attribute) != key.default]
    may = (*template.needs, *template.takes)
    reads = ", ".join(may) or "no parameters"
    for name in template.needs:
        if name not in given:
            yield where, f"Template {rule.template!r} says nothing without {name!r}. It reads: {reads}. Write it."
    for name in given:
        if name not in may:
            yield (*where, name), f"Template {rule.template!r} does not read {name!r}. It reads: {reads}. Remove it."


def _unknown(where: Trail, what: str, names: tuple[str, ...], known: list[str]) -> Iterator[Told]:
    """Tell of names that are probably misspelt; a book may speak of what a station does not have."""
    title = str(where[-1]).replace("_", " ").capitalize()
    for number, name in enumerate(names):
        near = () if name in known else get_close_matches(name, known, n=1, cutoff=_LIKE)
        if near:
            yield (*where, number), f"{what} {name!r}. {title}: {', '.join(known)}. Did you mean {near[0]!r}?"


def _posture_problems(rule: Rule, where: Trail) -> Iterator[Told]:
    if not (rule.kinds or rule.while_open or rule.while_sick or rule.question):
        reasons = "'kinds', 'while_open', 'while_sick' or 'question'"
        yield where, f"Nothing demands this posture. Write {reasons}."
    if not (rule.kinds or rule.shuts):
        yield where, "This posture shuts no hatch. Write 'shuts: [HATCH]'."
