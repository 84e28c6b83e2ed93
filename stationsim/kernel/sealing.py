"""How could a leak be sealed off at a time? The scenario is played to that time, then the hatches are asked."""

from datetime import UTC, datetime

from stationsim.errors import ScenarioError
from stationsim.kernel.simulate import state_at
from stationsim.scenario.aliases import names_of
from stationsim.scenario.draw import draw
from stationsim.scenario.model import Scenario
from stationsim.station.isolate import Way, ways
from stationsim.units import format_utc, parse_span


def isolate(scenario: Scenario, node: str, at: str | datetime, *, seed: int = 0) -> tuple[Way, ...]:
    """Return the ways to seal off the compartment of a node, least loss first.

    Args:
        scenario: A scenario; its incidents are played.
        node: A volume, port, airlock, docked ship or part of one.
        at: When: a clock time `2022-12-17T12:00Z`, a day (its first second), or an aware datetime.
        seed: Seed of the draws.

    Raises:
        ScenarioError: It is no such time or lies outside the run, the node's name fits several nodes, or it is in no
            compartment then.
    """
    at_s = _second(scenario, at)
    names = names_of(scenario, "node")
    if advice := names.advice(node):
        raise ScenarioError(f"isolate(node=...): {advice}")
    return ways(state_at(draw(scenario, seed), at_s), names.meaning(node) or node)


def _second(scenario: Scenario, at: str | datetime) -> int:
    try:
        moment = at if isinstance(at, datetime) else parse_span(at)[0]
    except ValueError as problem:
        raise ScenarioError(f"isolate(at=...): {problem}") from None
    at_s = int((moment.astimezone(UTC) - scenario.start_utc).total_seconds())
    if not 0 <= at_s < scenario.horizon_s:
        start = format_utc(scenario.start_utc)
        msg = f"isolate(at=...): {format_utc(moment)} lies outside the run, which begins {start}."
        raise ScenarioError(msg)
    return at_s
