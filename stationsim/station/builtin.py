"""What stands in every book without being written there? Rules and modes by which holds, failures, demands work."""

from collections.abc import Iterator

from attrs import evolve

from stationsim.scenario.model import Mode, Rule, Scenario, Waiver

FAILED_ATTEMPT = Mode(
    id="failed-attempt",
    text="An activity does not succeed.",
    how="event",
    source="the incident",
)
"""What a failed activity is where its incident names no mode: nothing is asked, nothing is broken."""

HELD = Mode(id="hold", text="Activities may not begin.", how="change", source="the incident")
"""What a hold is where its incident names no mode: its stand-in among the nodes is out of order while it lasts."""

HOLD_RULE = Rule(
    id="hold",
    template="hold",
    text="What is held does not begin.",
    source="the incident that holds it",
    severity="hard",
    waived_by="who holds it",
)
"""The rule by which holds work; it stands in every book of a scenario that has holds."""

DEMAND_RULE = Rule(
    id="demand",
    template="demand",
    text="What must be done by a day is done by then; soft rules give way.",
    source="the mode that demands it",
    severity="hard",
    waived_by="nobody",
)
"""The rule by which demands work; it stands in every book of a scenario whose incidents demand something."""

ORDER_RULE = Rule(
    id="order-of-flight",
    template="order-of-flight",
    text="A ship comes after its launch and leaves after it has come.",
    source="nothing is at a place before it got there",
    severity="safety",
    waived_by="nobody",
)
"""The rule by which ships come and go in order; it stands in every book unless rules say so of all traffic."""

COUNTED_RULE = Rule(
    id="counted",
    template="counted",
    text="No more of a resource is taken than there is.",
    source="the resources of the station",
    severity="hard",
    waived_by="nobody",
)
"""The rule by which resources are shared; it stands in every book of a scenario whose activities take some."""

BUILTIN = (HOLD_RULE.id, DEMAND_RULE.id, ORDER_RULE.id, COUNTED_RULE.id)
"""Numbers that no other rule may have."""


def needed_rules(scenario: Scenario, waivers: tuple[Waiver, ...]) -> tuple[Rule, ...]:
    """Return the rules that stand in every book of a scenario without being written there.

    Args:
        scenario: The scenario with the rules that are written.
        waivers: Further waivers than its own.
    """
    written = [rule.template for rule in scenario.rules]
    found = [HOLD_RULE] if any(incident.hold is not None for incident in scenario.incidents) else []
    found += [DEMAND_RULE] if any(mode.demand is not None for mode in scenario.modes) else []
    found = [rule for rule in found if rule.template not in written]
    known = [rule.id for rule in scenario.rules]
    found += [ORDER_RULE] if ORDER_RULE.id not in known and _lacks_order(scenario, waivers) else []
    takers = tuple(activity.id for activity in scenario.activities if activity.takes)
    found += [evolve(COUNTED_RULE, activities=takers)] if takers and COUNTED_RULE.id not in known else []
    return tuple(found)


def is_binding_order(rule: Rule) -> bool:
    """Tell whether a rule of a book has what follows come after, and never gives way."""
    return rule.template == "precedence" and rule.severity != "soft"


def _lacks_order(scenario: Scenario, waivers: tuple[Waiver, ...]) -> bool:
    """Tell whether a ship comes up or leaves again, and no rule of the books has it do so in order."""
    effects = {kind.id: kind.effect for kind in scenario.kinds}
    waived = [waiver.rule for waiver in (*scenario.waivers, *waivers)]
    binding = (rule for rule in scenario.rules if is_binding_order(rule) and rule.id not in waived)
    is_said = any(not any(_bounds(rule)) for rule in binding)
    launches = [(act.id, act.ship) for act in scenario.activities if effects.get(act.kind) == "launch"]
    away = [ship.id for ship in scenario.vehicles if ship.port is None]
    for act in scenario.activities:
        effect, named = effects.get(act.kind), (*act.follows, act.at.after) if is_said else ()
        if effect == "dock" and any(ship == act.ship and launch not in named for launch, ship in launches):
            return True
        if effect in ("undock", "relocate") and act.ship in away and not is_said:
            return True
    return False


def _bounds(rule: Rule) -> Iterator[tuple[str, ...]]:
    """Yield what a rule may name so as not to govern everything."""
    yield from (rule.books, rule.kinds, rule.activities, rule.ship_types, rule.ports)
