"""What do the rules say? Templates by name, and the rule book of a control centre as their instances.

A rule is pure and returns windows; poll, planners, verifier and explanations read the same ones.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from attrs import frozen

from stationsim.errors import ScenarioError
from stationsim.scenario.model import HAZARDS, Activity, Rule
from stationsim.station.rules import condition, crew, holds, pairs, posture, script, traffic
from stationsim.station.rules.blocks import (
    EVERYTHING,
    Block,
    BlockRule,
    PairRule,
    Reads,
    Separation,
    reads_nothing,
)
from stationsim.station.situation import Choice, Situation
from stationsim.station.station import Station, governs


@frozen(kw_only=True)
class Template:
    """A rule template: windows for one choice, or distances between two, what the answer hangs on, what it needs.

    `needs` are the parameters without which an instance says nothing; `takes` are further ones it reads.
    """

    blocks: BlockRule | None = None
    pairs: PairRule | None = None
    reads: Reads = reads_nothing
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


PARAMETERS = {"question": None, "until": "expected", "capability": None, "hazards": (), "roles": (), "types": (),
              "others": (), "share": "nothing", "gap": 0, "count": 0, "shuts": (), "refuge": None, "while_open": None,
              "while_sick": None, "even_remedies": False}  # fmt: skip
"""Parameters of rules that not every template reads, with the value that says nothing."""


TEMPLATES: dict[str, Template] = {
    "needs-health": Template(blocks=condition.needs_health, reads=condition.reads_needed, takes=("roles", "types")),
    "release": Template(
        blocks=condition.release,
        reads=condition.reads_zones,
        needs=("question", "hazards"),
        takes=("even_remedies",),
    ),
    "residue": Template(
        blocks=condition.residue,
        reads=condition.reads_zones,
        needs=("hazards",),
        takes=("question", "even_remedies"),
    ),
    "ship-status": Template(
        blocks=condition.ship_status,
        reads=condition.reads_ships,
        needs=("capability",),
        takes=("question", "until", "roles"),
    ),
    "aboard": Template(blocks=crew.aboard, reads=crew.reads_aboard, takes=("roles",)),
    "after-arrival": Template(blocks=crew.after_arrival, needs=("gap",), takes=("roles",)),
    "inside-crew": Template(blocks=crew.inside_crew, reads=crew.reads_departures, needs=("count",), takes=("roles",)),
    "segment-crew": Template(blocks=crew.segment_crew, reads=crew.reads_departures, needs=("count",)),
    "handover": Template(blocks=crew.handover, reads=crew.reads_departures, needs=("gap",)),
    "port-free": Template(blocks=traffic.port_free),
    "life-limit": Template(blocks=traffic.life_limit),
    "arrival": Template(blocks=traffic.arrival, reads=traffic.reads_arrival),
    "ready": Template(blocks=traffic.ready),
    "family-hold": Template(
        blocks=traffic.family_hold, reads=traffic.reads_families, needs=("question",), takes=("gap", "until")
    ),
    "open-question": Template(
        blocks=condition.open_question, reads=condition.reads_open, needs=("question",), takes=("until",)
    ),
    "unexplained": Template(
        blocks=condition.unexplained, reads=condition.reads_questions, needs=("question",), takes=("until",)
    ),
    "demand": Template(),
    "hold": Template(blocks=holds.hold, reads=holds.reads_holds),
    "airlock-port": Template(blocks=traffic.airlock_port, needs=("capability",)),
    "precedence": Template(blocks=traffic.precedence, reads=traffic.reads_before),
    "posture": Template(
        blocks=posture.posture,
        reads=posture.reads_posture,
        needs=("count",),
        takes=("shuts", "refuge", "roles", "gap", "while_open", "while_sick", "question"),
    ),
    "exclusive": Template(pairs=pairs.exclusive),
    "keep-out": Template(pairs=pairs.keep_out),
    "setup": Template(pairs=pairs.setup),
    "spacing": Template(pairs=pairs.spacing, needs=("gap",), takes=("others", "share", "roles")),
}


def template_of(rule: Rule) -> Template:
    """Return the template of a rule.

    Raises:
        ScenarioError: There is no such template.
    """
    if rule.template not in TEMPLATES:
        known = ", ".join(sorted(TEMPLATES))
        msg = f"rules.{rule.id}.template: {rule.template!r} is not a rule template. Templates: {known}."
        raise ScenarioError(msg)
    return TEMPLATES[rule.template]


def _maker(rule: Rule, station: Station) -> Template:
    """Return what says the windows of a rule: its template, or the object that a script brought along."""
    own = station.own.rules.get(rule.id)
    if own is None:
        return template_of(rule)
    return Template(blocks=script.blocks_of(own), pairs=script.pairs_of(own), reads=script.reads_of(own))


def check_rules(station: Station) -> None:
    """Refuse rules that say nothing, or say what their template does not read; all of them at once.

    Raises:
        ScenarioError: A rule has no template, lacks a parameter or has one too many, or asks about unknown roles.
    """
    roles = {role.role for activity in station.scenario.activities for role in activity.people}
    types = {node.type for node in station.graph.nodes}
    told = [text for rule in station.scenario.rules for text in _problems(rule, sorted(roles), sorted(types))]
    if told:
        raise ScenarioError("\n".join(told))


def _problems(rule: Rule, roles: list[str], types: list[str]) -> Iterator[str]:
    template = template_of(rule)
    given = [name for name, nothing in PARAMETERS.items() if _value(rule, name) != nothing]
    may = (*template.needs, *template.takes)
    where, reads_ = f"rules.{rule.id}", ", ".join(may) or "no parameters"
    for name in template.needs:
        if name not in given:
            yield f"{where}: template {rule.template!r} says nothing without {name!r}. It reads: {reads_}. Write it."
    for name in given:
        if name not in may:
            yield f"{where}.{name}: template {rule.template!r} does not read {name!r}. It reads: {reads_}. Remove it."
    if rule.template == "posture":
        yield from _posture_problems(rule, where)
    for hazard in rule.hazards:
        if hazard not in HAZARDS:
            yield f"{where}.hazards: {hazard!r} is not a class of hazard. Classes: {', '.join(HAZARDS)}."
    yield from _unknown(f"{where}.roles: nobody has the role", rule.roles, "Roles", roles)
    yield from _unknown(f"{where}.types: nothing is of the type", rule.types, "Types", types)


def _unknown(where: str, names: tuple[str, ...], title: str, known: list[str]) -> Iterator[str]:
    """Tell of names that are probably misspelt; a book may speak of what a station does not have."""
    for name in names:
        near = () if name in known else get_close_matches(name, known, n=1)
        if near:
            yield f"{where} {name!r}. {title}: {', '.join(known)}. Did you mean {near[0]!r}?"


def _posture_problems(rule: Rule, where: str) -> Iterator[str]:
    if not (rule.kinds or rule.while_open or rule.while_sick or rule.question):
        reasons = "'kinds', 'while_open', 'while_sick' or 'question'"
        yield f"{where}: nothing demands this posture. Write {reasons}."
    if not (rule.kinds or rule.shuts):
        yield f"{where}: this posture shuts no hatch. Write 'shuts: [HATCH]'."


def _value(rule: Rule, name: str) -> object:
    return rule.gap_s if name == "gap" else getattr(rule, name)


def blocks(choice: Choice, situation: Situation) -> tuple[Block, ...]:
    """Return every window in which the rules forbid a choice; one that ends as it begins forbids nothing."""
    book = _book(choice.activity, situation.station)
    every = (found for rule, make in book.blocks for found in make(rule, choice, _seen(rule, choice, situation)))
    return tuple(found for found in every if found.hi_s is None or found.lo_s < found.hi_s)


def _seen(rule: Rule, choice: Choice, situation: Situation) -> Situation:
    """Return the belief that a rule goes by: that of the centre in whose book it stands, where that must consent."""
    if not rule.consent or not rule.books or choice.activity.centre in rule.books:
        return situation
    centres = situation.station.consenting(choice.activity)
    return next((situation.seen_by(centre) for centre in centres if centre in rule.books), situation)


def separations(a: Choice, b: Choice, situation: Situation) -> tuple[Separation, ...]:
    """Return how far the start of `a` must be from the start of `b`, by the rules that govern either."""
    pages = _pair(a.activity, b.activity, situation.station)
    return tuple(found for rule, make in pages for found in make(rule, a, b, situation))


def reads(choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Return the nodes, zones and capabilities that the rules' answer about a choice hangs on."""
    book = _book(choice.activity, situation.station)
    return tuple(dict.fromkeys(key for rule, read in book.reads for key in read(rule, choice, situation)))


@frozen(kw_only=True)
class _Book:
    """The rules that govern one activity, looked up once per scenario."""

    blocks: tuple[tuple[Rule, BlockRule], ...]
    reads: tuple[tuple[Rule, Reads], ...]


def _book(activity: Activity, station: Station) -> _Book:
    found = station.books.get(activity.id)
    if not isinstance(found, _Book):
        every = [(rule, _maker(rule, station)) for rule in station.rules.values()]
        makers = [(rule, made) for rule, made in every if governs(rule, activity, station)]
        # A script's rule about two activities may hang on a belief: who it meets is asked, governed or not.
        met = [(rule, made) for rule, made in every if rule.id in station.own.rules and made.pairs is not None]
        found = _Book(
            blocks=tuple((rule, made.blocks) for rule, made in makers if made.blocks is not None),
            reads=tuple((rule, made.reads) for rule, made in (*makers, *met) if made.reads is not reads_nothing),
        )
        station.books[activity.id] = found
    return found


def _pair(a: Activity, b: Activity, station: Station) -> tuple[tuple[Rule, PairRule], ...]:
    key = (a.id, b.id)
    found = station.pairs.get(key)
    if found is None:
        found = station.pairs[key] = tuple(_pages(a, b, station))
    return found  # type: ignore[return-value]


def _pages(a: Activity, b: Activity, station: Station) -> Iterator[tuple[Rule, PairRule]]:
    for rule in station.rules.values():
        make = _maker(rule, station).pairs
        if make is None or (rule.id, a.id) in station.waived or (rule.id, b.id) in station.waived:
            continue
        if pairs.meets(rule, a, b) and (governs(rule, a, station) or governs(rule, b, station)):
            yield rule, make


__all__ = [
    "EVERYTHING",
    "TEMPLATES",
    "Block",
    "Separation",
    "Template",
    "blocks",
    "check_rules",
    "governs",
    "reads",
    "separations",
    "template_of",
]
