"""How does a scenario go? A function of the drawn scenario: the same scenario gives the same log, to the byte."""

from collections.abc import Callable, Iterable
from contextlib import suppress

from stationsim.errors import ScenarioError
from stationsim.kernel import courses, verdicts
from stationsim.kernel.agenda import Agenda
from stationsim.kernel.lookahead import score
from stationsim.kernel.opening import open_world, require_verified
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import Log
from stationsim.planning.objective import Score
from stationsim.planning.planners import GREEDY, planner_named
from stationsim.planning.policies import DEFAULT, Policy
from stationsim.scenario.model import Anchor, Incident, Scenario, Waiver
from stationsim.station.own import Own, OwnRule
from stationsim.station.state import State
from stationsim.station.station import Station
from stationsim.station.transitions import AHEAD, ATTEMPT


def simulate(
    drawn: Scenario,
    *,
    state: State | None = None,
    rules: Iterable[OwnRule] = (),
    waivers: Iterable[Waiver] = (),
    policy: Policy = DEFAULT,
    planner: str = GREEDY,
) -> Log:
    """Simulate a drawn scenario to its horizon.

    Args:
        drawn: A scenario without chance (`draw` makes one).
        state: A state to go on from, with the rules and waivers of its run; then the log holds what comes after it, and
            `seq` goes on.
        rules: Rules of a script, beside those of the scenario.
        waivers: Rules dropped for one activity, those of a script too.
        policy: What decides at a review what of the repaired plan is carried out; a run that goes on is given its own.
        planner: `greedy`, or `optimal`; a run that goes on is given its own.

    Raises:
        ScenarioError: The plan breaks rules that are not waived, or what was passed is impossible.
    """
    planner_named(planner)
    own = Own.of(drawn, rules, waivers)
    if state is None:
        return _from_start(courses.begin(drawn, own, policy=policy, planner=planner)).log
    if own:
        raise ScenarioError("simulate(state=...): A state keeps the rules and waivers of its run. Pass no others.")
    world = World(station=state.station, state=state.copy(), log=Log(first=state.rows), policy=policy, planner=planner)
    return run_out(world).log


def scored(
    drawn: Scenario,
    *,
    rules: Iterable[OwnRule] = (),
    waivers: Iterable[Waiver] = (),
    policy: Policy = DEFAULT,
    planner: str = GREEDY,
) -> Score:
    """Simulate a drawn scenario as `simulate` does, and return what its course comes to, from its opening on.

    Raises:
        ScenarioError: The plan breaks rules that are not waived, or what was passed is impossible.
    """
    planner_named(planner)
    begun = courses.begin(drawn, Own.of(drawn, rules, waivers), policy=policy, planner=planner)
    return score(begun.opened, _from_start(begun))


def _from_start(begun: courses.Begun) -> World:
    """Run what has begun to the horizon of its scenario; on the way its plan's course is learnt."""
    world = begun.world
    horizon_s, agenda = world.station.scenario.horizon_s, Agenda(world)
    agenda.run(begun.quiet_s)
    begun.learn()
    agenda.run(horizon_s)
    _close(world, horizon_s)
    return world


def state_at(drawn: Scenario, at_s: int) -> State:
    """Return the state of a drawn scenario at a second; what happens in that second has happened."""
    world = open_world(Station.of(drawn))
    Agenda(world).run(at_s + 1)
    return world.state


class _TakenError(Exception):
    """The decision that was waited for has been taken."""


def until_decided(
    drawn: Scenario,
    number: int = 1,
    *,
    rules: Iterable[OwnRule] = (),
    waivers: Iterable[Waiver] = (),
    policy: Policy = DEFAULT,
    planner: str = GREEDY,
) -> World:
    """Simulate a drawn scenario up to the end of the step in which its decision of this number is taken.

    Returns:
        The world as it is then, with the log so far; at the horizon, and not closed, if fewer decisions are taken.

    Raises:
        ScenarioError: The plan breaks rules that are not waived, or what was passed is impossible.
    """
    planner_named(planner)
    world = open_world(Station.of(drawn, Own.of(drawn, rules, waivers)), policy=policy, planner=planner)
    require_verified(world)
    seen, taken = 0, 0

    def stop() -> None:
        nonlocal seen, taken
        taken += sum(row.kind is Kind.CHOSEN for row in world.log.rows[seen:])
        seen = len(world.log)
        if taken >= number:
            raise _TakenError

    with suppress(_TakenError):
        Agenda(world).run(drawn.horizon_s, after_step=stop)
    return world


def run_out(world: World, *, after_step: Callable[[], None] | None = None) -> World:
    """Run a world to the horizon of its scenario and close what is under way."""
    horizon_s = world.station.scenario.horizon_s
    Agenda(world).run(horizon_s, after_step=after_step)
    _close(world, horizon_s)
    return world


def _close(world: World, horizon_s: int) -> None:
    """Give every attempt that is under way at the horizon its end, and say which incidents never had their moment."""
    open_ = [act for act in world.state.acts.values() if act.life in ATTEMPT]
    away = [incident for incident in world.station.scenario.incidents if incident.id not in world.state.struck]
    if open_ or away:
        world.begin_step(horizon_s)
    for act in world.state.acts.values():
        if act.life in AHEAD and act.start_s is not None and act.row >= world.log.first:
            for verdict in verdicts.of_start(world, act.id, act.start_s):
                world.log.attach("verdicts", (act.row, *verdict))
    for act in open_:
        world.record(Kind.UNFINISHED, act.id, cause=act.row)
    for incident in away:
        world.record(Kind.STAYED_AWAY, incident.id, text=_why_away(world, incident))


def _why_away(world: World, incident: Incident) -> str:
    """Say why an incident has not come."""
    at = incident.at_s
    if not isinstance(at, Anchor):
        return "by chance it comes later than the end"
    if at.activity is not None:
        has_come = (at.activity, at.phase) in world.state.phases
        name = world.state.activity(at.activity).name
        return f"{at.phase} of {name} " + ("was too late for it" if has_come else "never came")
    return f"{at.incident} " + ("was too late for it" if at.incident in world.state.struck else "never came")
