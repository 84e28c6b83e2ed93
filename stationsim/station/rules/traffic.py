"""Templates for ships: one per port, certified life on orbit, readiness, and ships on the port of an airlock in use."""

from collections.abc import Iterator

from stationsim.scenario.model import Rule
from stationsim.station.builtin import ORDER_RULE
from stationsim.station.choice import Choice, cast_of, choose
from stationsim.station.rules.blocks import FOREVER_AGO, Block, block
from stationsim.station.rules.condition import ground_of
from stationsim.station.rules.order import followed
from stationsim.station.situation import Situation

DAY_S = 86400


def port_free(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid an arrival while another ship is at the port."""
    port, ship = choice.activity.port, choice.activity.ship
    if choice.kind.effect not in {"dock", "relocate"} or port is None:
        return
    for stay in situation.stays_by_port.get(port, ()):
        if stay.ship != ship:
            reason = f"{situation.station.name(stay.ship)} is at {situation.station.name(port)}"
            yield block(rule, stay.lo_s, stay.hi_s, reason, mode="start")


def life_limit(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid a departure after the certified life on orbit."""
    ship = choice.activity.ship
    if ship is None or choice.kind.effect != "undock":
        return
    life_s = situation.station.type_of(ship).life_s
    launched_s = launch_s(ship, situation)
    if life_s is not None and launched_s is not None:
        reason = f"{situation.station.name(ship)} is certified for {life_s / 86400:g} d on orbit"
        yield block(rule, launched_s + life_s, None, reason, mode="start")


def launch_s(ship: str, situation: Situation) -> int | None:
    """Return when a ship was or will be launched [s]; None if no date is known."""
    if ship in situation.launched_s:
        return situation.launched_s[ship]
    for act in situation.acts.values():
        if act.ship == ship and situation.station.kinds[situation.activity(act.id).kind].effect == "launch":
            return act.start_s
    return None


def ready(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid a launch before the ship is ready, and, unless it can be called up, before its planned day.

    The call-up counts from the decision: from now, or from when the launch was first given another date.
    """
    ship = choice.activity.ship
    if ship is None or choice.kind.effect != "launch":
        return
    record, name = situation.station.ships[ship], situation.station.name(ship)
    planned_s = _planned_s(choice, situation)
    if record.ready is not None:
        yield block(rule, FOREVER_AGO, record.ready.lo_s, f"{name} is not ready yet", mode="start")
    if record.call_up_s is not None:
        called_s = situation.acts[choice.id].called_s if choice.id in situation.acts else None
        soonest_s = (situation.now_s if called_s is None else called_s) + record.call_up_s
        from_s = soonest_s if planned_s is None else min(planned_s, soonest_s)
        days = f"{record.call_up_s / DAY_S:g} d"
        yield block(rule, FOREVER_AGO, from_s, f"{name} is launched {days} after it is called up", mode="start")
    elif record.ready is None and planned_s is not None:
        yield block(rule, FOREVER_AGO, planned_s, f"{name} is planned for no earlier day", mode="start")


def _planned_s(choice: Choice, situation: Situation) -> int | None:
    """Return when a launch was planned: its wish, or while the plan is made, the first second that the file allows."""
    act, at = situation.acts.get(choice.id), choice.activity.at
    if act is not None and act.wish_s is not None:
        return act.wish_s
    return at.lo_s if at.after is None else None


def family_hold(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Hold a ship, or who uses a thing, while it is open whether what struck a sister is common, and a while after."""
    station = situation.station
    for (incident, question), found in situation.questions.items():
        pair = _sisters(choice, incident, situation, found.asked_s) if question == rule.question else None
        if pair is not None:
            expected_s = found.expected_s
            hi_s = None if expected_s is None or rule.until == "no-date" else expected_s + rule.gap_s
            reason = f"{station.name(pair[0])} may have what struck {station.name(pair[1])}"
            yield block(rule, found.asked_s, hi_s, reason, mode="start", cause=found.row)
    for (incident, question), (answered_s, row) in situation.answers.items():
        pair = _sisters(choice, incident, situation, 0) if question == rule.question else None
        if pair is not None:
            reason = f"{station.name(pair[0])} is prepared again after the doubt about {station.name(pair[1])}"
            yield block(rule, answered_s, answered_s + rule.gap_s, reason, mode="start", cause=row)


def _sisters(choice: Choice, incident: str, situation: Situation, since_s: int) -> tuple[str, str] | None:
    """Return what a choice relies on of the family of what an incident struck, and that; the first, None for none.

    What has been inspected since then is not suspect.
    """
    station = situation.station
    node = station.incidents[incident].node
    struck, families = station.ship_of(node) or node, station.families_of(node)
    for own in _relied_on(choice, situation):
        is_suspect = own != struck and situation.inspected_s.get(own, -1) < since_s
        if is_suspect and any(family in families for family in station.families_of(own)):
            return own, struck
    return None


def _relied_on(choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Return what may be of a family: the ship that is moved, its launcher and site, what is used, what that needs."""
    ship, station = choice.activity.ship, situation.station
    moved = () if ship is None else (ship, *ground_of(choice, station))
    named = (*moved, *choice.uses, *choice.activity.needs)
    return tuple(dict.fromkeys(own for node in named for own in (node, *station.hard_inputs(node))))


def reads_families(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name the families of the ship and of what is used."""
    del rule
    families = (name for own in _relied_on(choice, situation) for name in situation.station.families_of(own))
    return tuple(dict.fromkeys(f"family:{name}" for name in families))


def arrival(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid a launch whose arrival would be forbidden: what holds the arrival holds the launch so much earlier."""
    from stationsim.station.rules import blocks

    for docking in _arrivals(choice, situation):
        every = [(found, situation.station.rules[found.rule].template) for found in blocks(docking, situation)]
        kept = [found for found, template in every if not _is_about_launch(template, docking)]
        if any(template == "precedence" for _, template in every):
            others = (other for other in docking.activity.follows if other != choice.id)
            kept += followed(rule, others, docking, situation)
        wish_s = situation.acts[docking.id].wish_s
        if docking.activity.pinned and wish_s is not None:
            reason = f"{situation.name(docking.id)} is pinned to its date"
            yield block(rule, wish_s - docking.activity.at.lo_s + 1, None, reason, mode="start")
        for found in kept:
            early_s, late_s = docking.activity.at.lo_s, docking.activity.at.lo_s
            if found.mode != "start":
                early_s += docking.duration_s + docking.after_s - 1
                late_s -= docking.before_s
            hi_s = None if found.hi_s is None else found.hi_s - late_s
            yield block(rule, found.lo_s - early_s, hi_s, found.reason, mode="start", cause=found.cause)


def _is_about_launch(template: str, docking: Choice) -> bool:
    """Tell whether a block of an arrival may be its launch's own doing; what else it follows is asked apart."""
    return template in ("precedence", ORDER_RULE.template) or (template in _ABOUT_DATE and _may_come_later(docking))


_ABOUT_DATE = ("opportunities", "no-later")
"""Templates about the date of an arrival: where it may come later, they choose how long the flight is."""


def _may_come_later(docking: Choice) -> bool:
    """Tell whether an arrival has a window after its launch, so that the flight may be short or long."""
    return docking.activity.at.hi_s - docking.activity.at.lo_s > 1


def _arrivals(choice: Choice, situation: Situation) -> Iterator[Choice]:
    """Yield the dockings and berthings that are dated after a launch and have yet to come."""
    if choice.kind.effect != "launch":
        return
    for id_ in situation.followers.get(choice.id, ()):
        if situation.activity(id_).ship == choice.activity.ship:
            yield choose(situation, id_, cast_of(situation.acts[id_]))


def reads_arrival(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name what the rules about the arrival hang on."""
    del rule
    from stationsim.station.rules import reads

    return tuple(key for docking in _arrivals(choice, situation) for key in reads(docking, situation))


def airlock_port(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid the use of an airlock while it would cut a crew ship off."""
    airlock = choice.activity.airlock
    if airlock is None:
        return
    for port in situation.station.airlocks[airlock].cut_off_ports:
        for stay in situation.stays_by_port.get(port, ()):
            if f"{stay.ship}/{rule.capability}" in situation.station.graph.index:
                reason = f"{situation.station.name(stay.ship)} at {situation.station.name(port)} would be cut off"
                yield block(rule, stay.lo_s, stay.hi_s, reason)
