"""What stands in every book without being written there? The rules and modes by which holds, failures, demands work."""

from stationsim.scenario.model import Mode, Rule

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
