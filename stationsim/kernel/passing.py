"""What did a script pass beside the scenario? Rules, modes, waivers, a policy: checked at once, told by a saved run."""

from collections.abc import Iterable

from attrs import frozen

from stationsim.errors import ScenarioError
from stationsim.planning.planners import GREEDY, planner_named
from stationsim.planning.policies import DEFAULT, Policy, fault, name_of, text_of
from stationsim.scenario.edit import with_mode
from stationsim.scenario.model import Mode, Scenario, Waiver
from stationsim.scenario.words import shorten
from stationsim.station.own import Own, OwnRule, listed


@frozen(kw_only=True)
class Passed:
    """What a script passed: rules and waivers, a policy, and modes, which the scenario then holds."""

    own: Own = Own()
    modes: tuple[Mode, ...] = ()
    policy: Policy = DEFAULT
    planner: str = GREEDY

    @classmethod
    def along(
        cls,
        scenario: Scenario,
        rules: Iterable[OwnRule],
        modes: Iterable[Mode],
        waivers: Iterable[Waiver],
        policy: Policy = DEFAULT,
        planner: str = GREEDY,
    ) -> tuple[Scenario, "Passed"]:
        """Return the scenario with these modes, and what else was passed.

        Raises:
            ScenarioError: Something of it is impossible; the text tells every problem.
        """
        told, held, own = [], listed("modes", modes), Own()
        for number, mode in enumerate(held):
            try:
                scenario = _with_mode(scenario, mode, number)
            except ScenarioError as error:
                told.append(str(error))
        try:
            own = Own.of(scenario, rules, waivers)
        except ScenarioError as error:
            told.append(str(error))
        try:
            planner_named(planner)
        except ScenarioError as error:
            told.append(str(error))
        wrong = fault(policy)
        told += [] if wrong is None else [wrong]
        if told:
            raise ScenarioError("\n".join(told))
        return scenario, cls(own=own, modes=held, policy=policy, planner=planner)

    @property
    def rules(self) -> tuple[OwnRule, ...]:
        """The rules as objects."""
        return tuple(self.own.rules.values())

    def said(self) -> dict[str, object]:
        """Return what a saved run says of it; the words of rules and waivers stand with those of the scenario."""
        return {
            "rules": [rule.id for rule in self.own.records],
            "modes": [{"id": mode.id, "text": mode.text} for mode in self.modes],
            "waivers": [f"{waiver.rule}/{waiver.activity}" for waiver in self.own.waivers],
            "policy": {"name": name_of(self.policy), "text": text_of(self.policy)},
            "planner": self.planner,
        }


def _with_mode(scenario: Scenario, mode: object, number: int) -> Scenario:
    """Return a scenario with a mode of a script.

    Raises:
        ScenarioError: It is no mode, or an impossible one.
    """
    if not isinstance(mode, Mode):
        what = shorten(mode) if isinstance(mode, str) else f"A value of the type {type(mode).__name__}"
        raise ScenarioError(f"modes[{number}]: {what} is not a mode. Make one with stationsim.mode(...).")
    return with_mode(scenario, mode, {}, f"modes[{number}]")
