"""Which rule templates are there? Each by name, with what an instance needs and takes."""

from difflib import get_close_matches

from attrs import frozen

from stationsim.errors import ScenarioError
from stationsim.scenario.model import Rule
from stationsim.station.rules import calendar, condition, crew, holds, pairs, ports, posture, sun, traffic
from stationsim.station.rules.blocks import BlockRule, PairRule, Reads, reads_nothing


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
    "night-call": Template(
        blocks=crew.night_call, reads=crew.reads_people, needs=("gap", "hours"), takes=("others", "roles")
    ),
    "aboard": Template(blocks=crew.aboard, reads=crew.reads_aboard, takes=("roles",)),
    "after-arrival": Template(blocks=crew.after_arrival, needs=("gap",), takes=("roles",)),
    "inside-crew": Template(blocks=crew.inside_crew, reads=crew.reads_departures, needs=("count",), takes=("roles",)),
    "segment-crew": Template(blocks=crew.segment_crew, reads=crew.reads_departures, needs=("count",)),
    "minimum-crew": Template(
        blocks=crew.minimum_crew,
        reads=crew.reads_departures,
        needs=("count",),
        takes=("segments", "skills", "agencies", "roles"),
    ),
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
    "while-sick": Template(blocks=condition.while_sick, reads=condition.reads_while_sick, needs=("while_sick",)),
    "unexplained": Template(
        blocks=condition.unexplained, reads=condition.reads_questions, needs=("question",), takes=("until",)
    ),
    "demand": Template(),
    "hold": Template(blocks=holds.hold, reads=holds.reads_holds),
    "airlock-port": Template(blocks=traffic.airlock_port, needs=("capability",)),
    "port-service": Template(blocks=ports.port_service, reads=ports.reads_ports),
    "neighbour": Template(blocks=ports.neighbour, pairs=ports.neighbouring),
    "no-later": Template(blocks=traffic.no_later, needs=("gap",)),
    "precedence": Template(blocks=traffic.precedence, reads=traffic.reads_before),
    "posture": Template(
        blocks=posture.posture,
        reads=posture.reads_posture,
        needs=("count",),
        takes=("shuts", "refuge", "roles", "gap", "while_open", "while_sick", "question"),
    ),
    "calendar": Template(blocks=calendar.calendar, takes=("allowed", "part", "days", "hours", "dates")),
    "sun": Template(blocks=sun.sun, takes=("beta_above", "daylight_at", "gap", "part")),
    "opportunities": Template(blocks=calendar.opportunities),
    "exclusive": Template(pairs=pairs.exclusive),
    "keep-out": Template(pairs=pairs.keep_out),
    "setup": Template(pairs=pairs.setup),
    "rest": Template(pairs=pairs.rest, needs=("gap",), takes=("others", "roles")),
    "spacing": Template(pairs=pairs.spacing, needs=("gap",), takes=("others", "share", "roles")),
}


def template_of(rule: Rule) -> Template:
    """Return the template of a rule.

    Raises:
        ScenarioError: There is no such template.
    """
    if rule.template not in TEMPLATES:
        raise ScenarioError(f"rules.{rule.id}.template: {no_template(rule)}")
    return TEMPLATES[rule.template]


def no_template(rule: Rule) -> str:
    """Say that a rule's template does not exist, and which ones do."""
    known = ", ".join(sorted(TEMPLATES))
    near = get_close_matches(rule.template, TEMPLATES, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"{rule.template!r} is not a rule template. Templates: {known}.{hint}"
