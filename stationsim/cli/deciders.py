"""Which policy does an option name, and whom does it ask?"""

from attrs import frozen

from stationsim.cli.asking import Listed, Person
from stationsim.errors import ScenarioError
from stationsim.log.outcome import Outcome
from stationsim.planning.policies import ASK, Policy, policy_named


@frozen(kw_only=True)
class Decider:
    """A policy, and whom it asks."""

    policy: Policy
    asked: Person | Listed | None

    @property
    def is_asked(self) -> bool:
        """Is somebody asked?"""
        return self.asked is not None

    def require_used(self) -> None:
        """Refuse a file with more choices than there were decisions."""
        if isinstance(self.asked, Listed):
            self.asked.require_used()

    def path(self, outcome: Outcome) -> tuple[str, ...]:
        """Return the policy and what was chosen, where somebody was asked: runs of other choices are other runs."""
        name: str = getattr(self.policy, "name", "")
        if self.asked is None:
            return (name,)
        from stationsim.cli.decided import choices

        return (name, *choices(outcome))


def decider(name: str, choices: str | None) -> Decider:
    """Return the policy of a name; `ask` asks at the terminal, or reads a file of choices.

    Raises:
        ScenarioError: There is no such policy, or choices are given to one that does not ask.
    """
    asked = Person() if choices is None else Listed.of(choices)
    policy = policy_named(name, asked.choose)
    if name != ASK and choices is not None:
        raise ScenarioError(f"--choices: the policy {name!r} asks nobody. Add --policy ask, or leave --choices out.")
    return Decider(policy=policy, asked=asked if name == ASK else None)
