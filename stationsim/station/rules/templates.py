"""Which rule templates are there? Each by name, with what an instance needs and takes."""

from difflib import get_close_matches

from attrs import frozen

from stationsim.errors import ScenarioError
from stationsim.scenario.model import Rule
from stationsim.station.rules import (
    calendar,
    condition,
    crew,
    holds,
    home,
    order,
    pairs,
    ports,
    posture,
    resources,
    sun,
    traffic,
    workload,
)
from stationsim.station.rules.blocks import BlockRule, Concerns, LoadRule, PairRule, Reads, anything, reads_nothing


@frozen(kw_only=True)
class Template:
    """A rule template: windows for one choice, alone or beside all others, distances between two, what it hangs on.

    `text` says what an instance forbids, `needs` are the parameters without which it says nothing, and `takes` are
    further ones it reads. A template that `is_free` of the plan says the same over every plan: its windows are looked
    up once for each belief. `concerns` says from its record alone whether an activity gives it something to keep apart
    from others; one that is `of_two` alone says the same of two choices whatever is believed. Reference pages and
    `stationsim explain` are made from them.
    """

    text: str = ""
    blocks: BlockRule | None = None
    pairs: PairRule | None = None
    loads: LoadRule | None = None
    concerns: Concerns = anything
    reads: Reads = reads_nothing
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    is_free: bool = False
    of_two: bool = False


TEMPLATES: dict[str, Template] = {
    "needs-health": Template(
        is_free=True,
        text=(
            "anything while a node it needs is believed lost, what its ship launches on or lands in too, and while "
            "the air into which its people come by ship, or to a `place`, is believed below its limit; with "
            "`roles`, while one of these people is not well; with `types`, only nodes of these types count"
        ),
        blocks=condition.needs_health,
        reads=condition.reads_needed,
        takes=("roles", "types"),
    ),
    "release": Template(
        is_free=True,
        text=(
            "sorties in zones that a release may still reach, while `question` is open about it; a remedy of the "
            "source goes on unless `even_remedies`"
        ),
        blocks=condition.release,
        reads=condition.reads_zones,
        needs=("question", "hazards"),
        takes=("even_remedies",),
    ),
    "residue": Template(
        is_free=True,
        text=(
            "sorties in zones where residue may lie, until it is identified and has cleared; a remedy of the "
            "source goes on unless `even_remedies`"
        ),
        blocks=condition.residue,
        reads=condition.reads_zones,
        needs=("hazards",),
        takes=("question", "even_remedies"),
    ),
    "ship-status": Template(
        text=(
            "anything while the ship of someone in `roles` is not certified (`capability: crewed-return`) or not "
            "usable even in an emergency (`emergency-return`); with `until: expected` until the answer to "
            "`question`"
        ),
        blocks=condition.ship_status,
        reads=condition.reads_ships,
        needs=("capability",),
        takes=("question", "until", "roles"),
    ),
    "night-call": Template(
        text=(
            "anything of someone in the `gap` after work (of `others`; all, if none is named) that fell into the "
            "`hours`"
        ),
        blocks=crew.night_call,
        reads=crew.reads_people,
        needs=("gap", "hours"),
        takes=("others", "roles"),
    ),
    "aboard": Template(
        text="anything while someone who takes part is not aboard, moves hatches or shelters",
        blocks=crew.aboard,
        reads=crew.reads_aboard,
        takes=("roles",),
    ),
    "after-arrival": Template(
        text="anything of someone who came aboard less than `gap` ago",
        blocks=crew.after_arrival,
        needs=("gap",),
        takes=("roles",),
    ),
    "inside-crew": Template(
        text="a sortie while fewer than `count` people would stay inside",
        blocks=crew.inside_crew,
        reads=crew.reads_departures,
        needs=("count",),
        takes=("roles",),
    ),
    "segment-crew": Template(
        text="a departure that leaves fewer than `count` people of a segment that it takes people from",
        blocks=crew.segment_crew,
        reads=crew.reads_departures,
        needs=("count",),
    ),
    "minimum-crew": Template(
        text=(
            "anything while fewer than `count` people of the named segments, agencies and skills (all of them) "
            "are aboard and well; who leaves, who sits in a ship that is moved, and who takes part in `roles` is "
            "away"
        ),
        blocks=crew.minimum_crew,
        reads=crew.reads_departures,
        needs=("count",),
        takes=("segments", "skills", "agencies", "roles"),
    ),
    "handover": Template(
        text="a departure before the relief of those who leave has been aboard for `gap`",
        blocks=crew.handover,
        reads=crew.reads_departures,
        needs=("gap",),
    ),
    "seats": Template(
        text=(
            "a departure that takes more seats along than people, while those who stay would be more than the places "
            "in ships that are not known to be unusable"
        ),
        blocks=home.seats,
        reads=crew.reads_departures,
    ),
    "occupants": Template(
        text="a move of fit items into a ship that is not certified, with which more than `count` would rely on it",
        blocks=home.occupants,
        reads=home.reads_target,
        takes=("count",),
    ),
    "replacement": Template(
        text=(
            "an arrival with so many people that those whom it relieves, and whose ship is not certified, have no seat "
            "in the ship that comes"
        ),
        blocks=home.replacement,
        reads=home.reads_relieved,
    ),
    "way-home": Template(
        text="anything while somebody who does not take part in it (in one of `roles`) cannot reach their ship",
        blocks=home.way_home,
        reads=home.reads_ways,
        takes=("roles",),
    ),
    "port-free": Template(text="an arrival at a port where another ship is", blocks=traffic.port_free),
    "life-limit": Template(text="a departure after the certified life of the ship on orbit", blocks=traffic.life_limit),
    "arrival": Template(
        text="a launch whose arrival would be forbidden", blocks=traffic.arrival, reads=traffic.reads_arrival
    ),
    "ready": Template(
        text=(
            "a launch before the ship is ready: from its `ready`, or `call_up` after a decision; with neither, "
            "before its planned day"
        ),
        blocks=traffic.ready,
    ),
    "family-hold": Template(
        is_free=True,
        text=(
            "a ship's activity, or the use of a thing, while it is open whether what struck a sister is common to"
            " its family (`question`), and for `gap` after the answer"
        ),
        blocks=traffic.family_hold,
        reads=traffic.reads_families,
        needs=("question",),
        takes=("gap", "until"),
    ),
    "open-question": Template(
        is_free=True,
        text=("anything while `question` is open about anything, wherever it is; with `until: no-date` without a date"),
        blocks=condition.open_question,
        reads=condition.reads_open,
        needs=("question",),
        takes=("until",),
    ),
    "while-sick": Template(
        is_free=True,
        text=("anything while the node `while_sick` is believed worse than nominal, whether it is needed or not"),
        blocks=condition.while_sick,
        reads=condition.reads_while_sick,
        needs=("while_sick",),
    ),
    "unexplained": Template(
        is_free=True,
        text=(
            "anything while `question` is open about its ship, its port or what it uses; with `until: no-date` "
            "without a date"
        ),
        blocks=condition.unexplained,
        reads=condition.reads_questions,
        needs=("question",),
        takes=("until",),
    ),
    "demand": Template(
        text=(
            "nothing by itself: by this name a demand of a mode is told that goes before a rule; it stands in "
            "every book by itself"
        ),
    ),
    "hold": Template(
        is_free=True,
        text="what the `hold` of an incident keeps from beginning; it stands in every book by itself",
        blocks=holds.hold,
        reads=holds.reads_holds,
    ),
    "airlock-port": Template(
        text="the use of an airlock that would cut off a docked ship which has `capability`",
        blocks=traffic.airlock_port,
        needs=("capability",),
    ),
    "port-service": Template(
        text="an activity while its ship stands at no port with the `services` and `faces` that it needs",
        blocks=ports.port_service,
        reads=ports.reads_ports,
    ),
    "neighbour": Template(
        text="the use of what the `neighbours` of a port or airlock in use keep free",
        blocks=ports.neighbour,
        pairs=ports.neighbouring,
        concerns=ports.has_neighbours,
    ),
    "no-later": Template(
        text="an activity that begins more than `gap` after what it `follows` began",
        blocks=order.no_later,
        needs=("gap",),
    ),
    "precedence": Template(
        text="an activity before what it `follows`, or before the time `after` another from which it counts",
        blocks=order.precedence,
        reads=order.reads_before,
    ),
    "order-of-flight": Template(
        text=(
            "an arrival before the launch of its ship, and a departure before its arrival; it stands in every book by "
            "itself where no `precedence` governs them"
        ),
        blocks=order.order_of_flight,
        reads=order.reads_flight,
    ),
    "posture": Template(
        text=(
            "a start before the hatches of the posture are shut, and anything that demands it while they cannot "
            "be; the posture is demanded by activities of `kinds`, while the hatch `while_open` is open, while "
            "`while_sick` is believed worse than nominal, or while `question` is open"
        ),
        blocks=posture.posture,
        reads=posture.reads_posture,
        needs=("count",),
        takes=("shuts", "refuge", "roles", "gap", "while_open", "while_sick", "question"),
    ),
    "calendar": Template(
        is_free=True,
        text=(
            "a start on its `days` of the week, at its `hours` (UTC), on its `dates`, all together; with "
            "`allowed: only` at all other times; with `part: whole` being under way then"
        ),
        blocks=calendar.calendar,
        takes=("allowed", "part", "days", "hours", "dates"),
    ),
    "sun": Template(
        is_free=True,
        text=(
            "a start while the Sun stands more than `beta_above` from the plane of the orbit (`part: whole` asks "
            "about all of the activity), or `gap` after which it is dark at the place `daylight_at`"
        ),
        blocks=sun.sun,
        takes=("beta_above", "daylight_at", "gap", "part"),
    ),
    "opportunities": Template(
        is_free=True, text="a start outside the `opportunities` that an activity lists", blocks=calendar.opportunities
    ),
    "exclusive": Template(
        of_two=True,
        text="two activities at a time that need the same person, airlock, arm, hatch or thing used alone",
        pairs=pairs.exclusive,
    ),
    "keep-out": Template(
        of_two=True,
        text="work in a volume that another activity `keeps_clear` while it lasts",
        pairs=pairs.keep_out,
        concerns=pairs.keeps_clear,
    ),
    "setup": Template(
        of_two=True, text="two uses of an arm with less than its `setup` between them", pairs=pairs.setup
    ),
    "rest": Template(
        of_two=True,
        text=(
            "one of `others` less than `gap` after the end of one of `kinds`, for the same people (`roles`: "
            "theirs in the first)"
        ),
        pairs=pairs.rest,
        needs=("gap",),
        takes=("others", "roles"),
    ),
    "workload": Template(
        text=(
            "an activity with which somebody (of `roles`) would work more than `limit`, or take part in more than "
            "`count` activities, `per` day or week; kinds that are `exempt` count for nothing"
        ),
        loads=workload.workload,
        reads=crew.reads_people,
        takes=("limit", "count", "per", "exempt", "roles"),
    ),
    "counted": Template(
        text=(
            "an activity that takes (`takes`) more of a resource than others leave of its `count`, or of its hours "
            "`per_day`; it stands in every book by itself"
        ),
        loads=resources.counted,
    ),
    "spacing": Template(
        of_two=True,
        text=(
            "less than `gap` between the starts of an activity of `kinds` and one of `others`, if they `share` "
            "what the rule says"
        ),
        pairs=pairs.spacing,
        needs=("gap",),
        takes=("others", "share", "roles"),
    ),
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
