"""Does the plan keep the rules before anything strikes? The rules that it breaks, those of a script too."""

from collections.abc import Iterable

from stationsim.kernel.opening import broken
from stationsim.kernel.passing import Passed
from stationsim.planning.verify import Break
from stationsim.scenario.model import Mode, Scenario, Waiver
from stationsim.station.own import OwnRule
from stationsim.station.station import Station


def check(
    scenario: Scenario,
    *,
    rules: Iterable[OwnRule] = (),
    modes: Iterable[Mode] = (),
    waivers: Iterable[Waiver] = (),
) -> tuple[Break, ...]:
    """Return every rule that the plan of a scenario breaks and nobody waived, as it stands before any incident.

    Args:
        scenario: A scenario; `run` refuses one whose plan breaks a rule.
        rules: Rules of a script, as in `run`.
        modes: Modes of a script, as in `run`.
        waivers: Waivers of a script, as in `run`.

    Raises:
        ScenarioError: What was passed is impossible.
    """
    scenario, passed = Passed.along(scenario, rules, modes, waivers)
    return broken(Station.of(scenario, passed.own))[0]
