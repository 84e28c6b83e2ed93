"""What do the decisions of a run hang on, and what does each rule cost? Its scenario is played again many times.

    outcome = stationsim.deepen(stationsim.run(scenario), workers=2)
    stationsim.save(outcome, folder)            # the folder keeps it: a report of the run shows it again

A saved run is enough: it holds the scenario that it is of, and who decided.
"""

from attrs import evolve

from stationsim.ensemble.flips import Told
from stationsim.ensemble.hinges import hinges
from stationsim.ensemble.price import priced
from stationsim.errors import LogError, ScenarioError
from stationsim.impact.binding import bound
from stationsim.impact.reading import Reading
from stationsim.kernel.run import run
from stationsim.log.kinds import Kind
from stationsim.log.outcome import Manifest, Outcome
from stationsim.planning.planners import GREEDY
from stationsim.planning.policies import DEFAULT, POLICIES, Policy, name_of, policy_named
from stationsim.scenario.load import parse
from stationsim.scenario.model import Scenario

__all__ = ["deepen"]


def deepen(outcome: Outcome, *, policy: Policy | None = None, workers: int = 1, told: Told | None = None) -> Outcome:
    """Return a run with what its decisions hang on, dozens of plays for each, and with what each rule costs.

    Args:
        outcome: A run, saved ones too. Where nothing was decided and no rule bound anything it is returned as it is.
        policy: What decides; left out, the policy of that name that decided in the run.
        workers: Processes that play; any number gives the same.
        told: Called with the variants that are done, and all as far as they are known.

    Raises:
        ScenarioError: A script passed rules, waivers or a policy to the run, which cannot be played again from it.
        LogError: The scenario that the run holds is of another version, or something else comes of it now.
    """
    chosen = [row for row in outcome.disrupted if row.kind is Kind.CHOSEN]
    binding = bound(Reading.of(outcome).disrupted)
    if not chosen and not binding:
        return outcome
    manifest = outcome.manifest
    by = _policy(manifest) if policy is None else policy
    planner = str(manifest.passed.get("planner", GREEDY))
    scenario, seed, found = _scenario(manifest), manifest.seed, []
    again = run(scenario, seed, shares=False, policy=by, planner=planner)
    if list(again.disrupted) != list(outcome.disrupted):
        raise LogError(f"{manifest.scenario}: this version of stationsim plays it otherwise. Run it again.")
    for number in range(1, len(chosen) + 1):
        one = hinges(scenario, seed, decision=number, policy=by, planner=planner, workers=workers, told=told)
        found.append(one.plain)
    priced_ = priced(again, scenario, seed, workers=workers, told=told, policy=by, planner=planner)
    return evolve(outcome, hinges=found if chosen else None, prices=priced_.plain)


def _policy(manifest: Manifest) -> Policy:
    """Return the policy that decided in a run.

    Raises:
        ScenarioError: It is none that can be named, or a script passed something that the run does not hold.
    """
    passed = manifest.passed
    if own := [what for what in ("rules", "waivers") if passed.get(what)]:
        raise ScenarioError(
            f"{manifest.scenario}: a script passed {' and '.join(own)} to this run, which it does not hold. "
            "What its decisions hang on cannot be worked out from it."
        )
    policy = passed.get("policy")
    name = str(policy.get("name")) if isinstance(policy, dict) else name_of(DEFAULT)
    if name not in POLICIES:
        raise ScenarioError(
            f"{manifest.scenario}: policy {name!r} decided in this run, and cannot decide again without whoever made "
            f"it. What decisions hang on is worked out under: {', '.join(POLICIES)}."
        )
    return policy_named(name)


def _scenario(manifest: Manifest) -> Scenario:
    try:
        return parse(manifest.scenario_text)
    except ScenarioError as problem:
        msg = f"{manifest.scenario}: this version of stationsim cannot read the scenario of the run. Run it again."
        raise LogError(msg) from problem
