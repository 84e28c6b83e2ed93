"""Which planners are there? One signature: what the centres believe in, the changes of the plan out."""

from collections.abc import Callable, Mapping

from stationsim.errors import ScenarioError
from stationsim.planning.improve import improve
from stationsim.planning.repair import repair
from stationsim.planning.revision import Revision
from stationsim.scenario.words import candidates, shorten
from stationsim.station.situation import Situation

Planner = Callable[[Mapping[str, Situation], frozenset[str] | None], Revision]

GREEDY = "greedy"
"""The planner of every run for which no other was named."""

PLANNERS: dict[str, Planner] = {
    GREEDY: lambda situations, asked: repair(situations, asked=asked),
    "optimal": lambda situations, asked: improve(situations, asked=asked),
}


def planner_named(name: str) -> Planner:
    """Return a planner.

    Raises:
        ScenarioError: There is none of that name.
    """
    if name not in PLANNERS:
        raise ScenarioError(f"planner: {shorten(name)} is no planner. {candidates('Planners', PLANNERS, name)}")
    return PLANNERS[name]
