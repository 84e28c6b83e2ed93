"""Templates that ask how things are: health of what is needed, releases and residue, people's ships home."""

from collections.abc import Iterator

from stationsim.scenario.model import Rule
from stationsim.scenario.nodes import SORTIES
from stationsim.station.choice import Choice
from stationsim.station.graph import LANDING, LAUNCH
from stationsim.station.hatches import SHIP_HATCH
from stationsim.station.health import NOMINAL, is_lost
from stationsim.station.rules.blocks import Block, block
from stationsim.station.situation import CERTIFIED, CREWED_RETURN, EMERGENCY_ONLY, Situation
from stationsim.station.state import Wet
from stationsim.station.station import Station
from stationsim.station.status import words

_GROUND = {"launch": LAUNCH, "undock": LANDING}
"""What of the ground a ship needs, by what an activity does with it."""


def needed_nodes(choice: Choice, station: Station) -> tuple[str, ...]:
    """Return the nodes that a choice needs in health: what it uses, names and moves, where it is, and its people.

    Who opens the way to a place brings the air there. A launch needs what its ship flies on, a departure where it
    comes down.
    """
    activity = choice.activity
    port = () if activity.port is None else (activity.port,)
    ship = () if activity.ship is None or choice.kind.effect != "launch" else (activity.ship,)
    place = () if activity.place is None or activity.opens else (activity.place,)
    hatches = (*activity.opens, *(() if departing_hatch(choice) is None else (departing_hatch(choice) or "",)))
    ground = ground_of(choice, station)
    people = _people(choice, choice.people)
    return tuple(dict.fromkeys((*choice.uses, *activity.needs, *port, *ship, *ground, *place, *hatches, *people)))


def ground_of(choice: Choice, station: Station) -> tuple[str, ...]:
    """Return the node that stands for what a launch flies on, or where a departure comes down."""
    node = f"{choice.activity.ship}{_GROUND.get(choice.kind.effect)}"
    return (node,) if node in station.graph.index else ()


def _people(choice: Choice, people: tuple[str, ...]) -> tuple[str, ...]:
    """Return people of a choice, each who goes outside with their fitness for it."""
    outside = choice.in_role(choice.kind.outside) if choice.kind.effect == "outside" else ()
    return (*people, *(person + SORTIES for person in people if person in outside))


def departing_hatch(choice: Choice) -> str | None:
    """Return the hatch that is shut before a ship leaves; None for what is no departure."""
    ship = choice.activity.ship
    return None if ship is None or choice.kind.effect not in {"undock", "relocate"} else ship + SHIP_HATCH


def needs_health(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid while a needed node is believed lost or unknown, until it is expected back.

    With roles, only the people in them are asked about; with types, only the nodes of these types. A ship may leave a
    port behind which a volume is lost. Nor does anybody come where the air is believed below its limit.
    """
    yield from _without_air(rule, choice, situation)
    for node in _asked_about(rule, choice, situation.station):
        sick = situation.sick(node)
        if node == departing_hatch(choice) and situation.hatches.get(node) != "open":
            continue
        if node.endswith(SORTIES) and situation.sick(node.removesuffix(SORTIES)) is not None:
            continue  # who is not well is asked about already
        if sick is not None and not _leaves_lost_volume(choice, node, situation):
            hi_s = situation.expected_s(sick.incident, "back")
            yield block(rule, sick.since_s, hi_s, f"{situation.station.name(node)} is not available", cause=sick.row)


def _without_air(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid that people come into a volume that may be filled and entered, and has not been filled."""
    for volume in entered(choice, situation.station):
        found = situation.airless.get(volume)
        is_asked = not rule.roles and (not rule.types or situation.station.node_type(volume) in rule.types)
        if found is None or not is_asked or choice.id in situation.remedies or situation.sick(volume) is not None:
            continue
        sick = situation.view.sick.get(volume)
        hi_s = None if sick is None else situation.expected_s(sick.incident, "back")
        reason = f"the air in {situation.station.name(volume)} is below its limit"
        yield block(rule, found[0], hi_s, reason, cause=found[1])


def entered(choice: Choice, station: Station) -> tuple[str, ...]:
    """Return the volumes into which people come who bring no air there: by ship, or to work without opening a way."""
    activity = choice.activity
    port = station.ports.get(activity.port or "") if choice.kind.effect in {"dock", "relocate"} else None
    has_people = choice.kind.effect == "relocate" or bool(activity.crew)
    comes = (port.host,) if port is not None and has_people else ()
    return (*comes, *(() if activity.place is None or activity.opens else (activity.place,)))


def _asked_about(rule: Rule, choice: Choice, station: Station) -> tuple[str, ...]:
    nodes = _people(choice, choice.in_role(rule.roles)) if rule.roles else needed_nodes(choice, station)
    return nodes if not rule.types else tuple(node for node in nodes if station.node_type(node) in rule.types)


def _leaves_lost_volume(choice: Choice, node: str, situation: Situation) -> bool:
    own = situation.view.own[situation.station.graph.index[node]]
    return choice.kind.effect == "undock" and node == choice.activity.port and not is_lost(own)


def reads_needed(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name the nodes that the choice needs, and the volumes into which its people come."""
    del rule
    return tuple(dict.fromkeys((*needed_nodes(choice, situation.station), *entered(choice, situation.station))))


def unexplained(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Hold what a question is open about: its ship, its port, or something it uses."""
    nodes, station = _about(choice), situation.station
    for (incident, question), found in situation.questions.items():
        node = station.incidents[incident].node
        if question == rule.question and (node in nodes or node.split("/", maxsplit=1)[0] in nodes):
            hi_s = found.expected_s if rule.until == "expected" else None
            texts = {q.id: q.text for q in station.mode_of(incident).questions}
            asked = texts.get(question, question)
            reason = f"there is an open question about {station.name(node)}: {asked}"
            yield block(rule, found.asked_s, hi_s, reason, cause=found.row)


def while_sick(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid while a node of the station is believed worse than nominal, whether the choice needs it or not."""
    del choice
    station, node = situation.station, rule.while_sick or ""
    found = situation.view.sick.get(node)
    if found is None or situation.view.health[station.graph.index[node]] == NOMINAL:
        return
    text = "not as it should be" if found.incident is None else station.mode_of(found.incident).text.rstrip(".")
    hi_s = situation.expected_s(found.incident, "back")
    yield block(rule, found.since_s, hi_s, f"{station.name(node)}: {text}", cause=found.row)


def reads_while_sick(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name the node of the rule."""
    del choice, situation
    return (rule.while_sick or "",)


def open_question(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Hold an activity while a question is open about anything, wherever it is."""
    del choice
    for (incident, question), found in situation.questions.items():
        if question == rule.question:
            hi_s = found.expected_s if rule.until == "expected" else None
            texts = {q.id: q.text for q in situation.station.mode_of(incident).questions}
            yield block(rule, found.asked_s, hi_s, f"it is open: {texts.get(question, question)}", cause=found.row)


def reads_open(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name the question itself."""
    del choice, situation
    return (f"question:{rule.question}",)


def reads_questions(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name what a question may be open about."""
    del rule, situation
    return _about(choice)


def _about(choice: Choice) -> tuple[str, ...]:
    activity = choice.activity
    named = (activity.ship, activity.port, *choice.uses, *activity.needs)
    return tuple(dict.fromkeys(node for node in named if node is not None))


def outside_zones(choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Return the zones where people of the choice are outside: worksites, paths, and in front of the airlock."""
    if choice.kind.effect != "outside":
        return ()
    airlock = choice.activity.airlock
    exits = () if airlock is None else (situation.station.airlocks[airlock].zone,)
    return tuple(dict.fromkeys((*choice.activity.worksites, *exits)))


def release(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Keep people out of zones that an active or unexplained release can reach."""
    for incident, wet in _wet(rule, choice, situation).items():
        found = situation.questions.get((incident, rule.question or ""))
        if found is not None:
            reason = f"a release of {wet[0].feared} fluid may still be {_names(wet, situation)}"
            yield block(rule, min(w.since_s for w in wet), found.expected_s, reason, cause=wet[0].row)


def residue(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Keep people out of zones where residue may lie, until it is identified and cleared."""
    for wet in _wet(rule, choice, situation).values():
        ends = [w.until_s for w in wet]
        hi_s = None if None in ends else max(end for end in ends if end is not None)
        reason = f"residue of {wet[0].feared} fluid may lie {_names(wet, situation)}"
        yield block(rule, min(w.since_s for w in wet), hi_s, reason, cause=wet[0].row)


def _wet(rule: Rule, choice: Choice, situation: Situation) -> dict[str, list[Wet]]:
    """Return the wet zones of a choice that the rule fears, per incident; not of what the choice itself mends."""
    found: dict[str, list[Wet]] = {}
    own = () if rule.even_remedies else situation.remedies.get(choice.id, ())
    for zone in outside_zones(choice, situation):
        for wet in situation.wet.get(zone, ()):
            if _is_feared(wet.feared, rule) and wet.incident not in own:
                found.setdefault(wet.incident, []).append(wet)
    return found


def _names(wet: list[Wet], situation: Situation) -> str:
    names = [situation.station.name(w.zone) for w in wet]
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]


def _is_feared(feared: str, rule: Rule) -> bool:
    """An unidentified fluid counts as the worst: every rule that fears anything fears it."""
    return feared in rule.hazards or (feared == "unidentified" and bool(rule.hazards))


def reads_zones(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name the zones where people are outside."""
    del rule
    return outside_zones(choice, situation)


def ship_status(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid while the ship of someone who takes part is not good enough to carry them home.

    With capability `crewed-return` it must be certified; with `emergency-return` a ship kept for emergencies will do.
    Where the rule names the question that stands open, it may say that the answer is waited for (`until: expected`).
    """
    enough = {CERTIFIED} if rule.capability == CREWED_RETURN else {CERTIFIED, EMERGENCY_ONLY}
    name = situation.station.name
    for person in choice.in_role(rule.roles):
        ship = situation.fit.get(person)
        if ship is not None and person in situation.cut_off:
            yield _cut_off(rule, person, ship, situation)
            continue
        if ship is None or not situation.station.is_crew_ship(ship) or situation.status(ship) in enough:
            continue
        status = situation.statuses[ship]
        open_ = situation.open_about(ship, rule.question or "") if rule.until == "expected" else ()
        dates = [found.expected_s for found in open_]
        hi_s = None if not dates or None in dates else max(date for date in dates if date is not None)
        need = "a certified ship" if enough == {CERTIFIED} else "a ship usable at least in an emergency"
        reason = f"{name(ship)}, ship of {name(person)}, is {words(status.status)}: {need} is needed"
        moved_s = next(
            (at_s for at_s, other in situation.placed_after(person) if situation.status(other) in enough), None
        )
        hi_s = moved_s if hi_s is None else hi_s if moved_s is None else min(hi_s, moved_s)
        yield block(rule, status.since_s, hi_s, reason, cause=status.row)


def _cut_off(rule: Rule, person: str, ship: str, situation: Situation) -> Block:
    """Forbid a begin while somebody cannot reach their ship, until what is in their way is expected back."""
    name, wall = situation.station.name, situation.cut_off[person]
    sick = situation.view.sick[wall]
    hi_s = situation.expected_s(sick.incident, "back") if rule.until == "expected" else None
    reason = f"{name(ship)}, ship of {name(person)}, cannot be reached: {name(wall)} is lost"
    return block(rule, sick.since_s, hi_s, reason, mode="start", cause=sick.row)


def reads_ships(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name those who take part, and the capability of the ships that would carry them home."""
    ships = (situation.fit.get(person) for person in choice.in_role(rule.roles))
    capabilities = (f"{ship}/{CREWED_RETURN}" for ship in ships if ship is not None)
    return tuple(dict.fromkeys((*choice.in_role(rule.roles), *capabilities)))
