"""What have all runs of a plan in common? Its course until the first incident, found by the first run and kept.

Incidents alone differ between the replications of an ensemble, and until one of them strikes it tells on nothing. So a
run begins with the rows that another run of the same plan has written until then, and goes on from there, as a run may
from any step. What is not known yet of the course is simulated as ever, and then kept for the next run.

It is safe because of three laws that the tests hold: the log alone gives the state, a run that goes on from a state
writes the same tail, and no row before the first incident differs from that of the run without incidents. It asks for
the very same records (`is`, not `==`): a scenario with another plan, rule or horizon has another course. Rules of a
script and holds, which are asked about from the start, have none, and a review ends it, since there a policy is asked.
Few courses are kept, the last ones used.
"""

import threading
from bisect import bisect_left

import attrs

from stationsim.kernel.opening import open_world, require_verified
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import Log
from stationsim.planning.policies import Policy
from stationsim.scenario.model import Anchor, Incident, Scenario
from stationsim.station.fold import apply, transferred
from stationsim.station.own import Own
from stationsim.station.state import State
from stationsim.station.station import Station

_MOST = 4
"""So many courses are kept."""

_NEVER_S = 10**12
"""After the end of every run [s]."""

_PLAN = tuple(field.name for field in attrs.fields(Scenario) if field.name not in {"incidents", "spots"})
"""What a course hangs on: all that a scenario says, but for its incidents and where it was read."""


@attrs.frozen(kw_only=True, eq=False)
class _Course:
    """The rows of a plan before `until_s`, as they are without incidents; of a plan just opened, those of the opening.

    Nothing runs over its station, and nothing changes its log and states: every run is given copies.
    """

    plan: Scenario
    station: Station
    log: Log
    opened: State
    state: State
    until_s: int = 0

    def is_of(self, drawn: Scenario) -> bool:
        """Tell whether a scenario has this plan."""
        return all(getattr(drawn, name) is getattr(self.plan, name) for name in _PLAN)

    def state_before(self, at_s: int, station: Station) -> State:
        """Return the state before a second, or that of the opening, over the station of a run."""
        if at_s >= self.until_s:
            return transferred(self.state, station)
        found = transferred(self.opened, station)
        for seq in range(found.rows, bisect_left(self.log.rows, at_s, found.rows, key=lambda row: row.t_s)):
            apply(found, self.log, seq)
        return found


@attrs.frozen(kw_only=True, eq=False)
class Begun:
    """A run at its beginning, which shares what comes before `quiet_s` with the other runs of its plan.

    `opened` is its state when it opened; `course` is None where nothing is shared.
    """

    world: World
    opened: State
    quiet_s: int = 0
    course: _Course | None = None

    def learn(self) -> None:
        """Keep what the run, which stands at `quiet_s` now, has shown of the course of its plan."""
        course, world = self.course, self.world
        if course is None or self.quiet_s <= course.until_s:
            return
        log, until_s, state = world.log, self.quiet_s, world.state
        asked = next((row.t_s for row in log if row.kind is Kind.REVIEWED), None)
        if asked is not None:
            until_s = min(asked, until_s)
            log = log.until(bisect_left(log.rows, until_s, course.opened.rows, key=lambda row: row.t_s))
            state = transferred(course.state, course.station)
            for seq in range(state.rows, len(log)):
                apply(state, log, seq)
        known = world.station.with_incidents(())
        found = attrs.evolve(
            course, station=known, log=log.until(len(log)), state=transferred(state, known), until_s=until_s
        )
        if until_s > course.until_s:
            _keep(found)


_lock = threading.Lock()
_kept: list[_Course] = []
"""The courses of the last plans that were run, the last one first."""


def begin(drawn: Scenario, own: Own, *, policy: Policy, planner: str) -> Begun:
    """Begin a run with what is known of the course of its plan.

    Raises:
        ScenarioError: The plan breaks rules that are not waived.
    """
    course = None if own or any(incident.hold is not None for incident in drawn.incidents) else _course(drawn)
    if course is None or any(incident.id in course.state.order for incident in drawn.incidents):
        world = open_world(Station.of(drawn, own), policy=policy, planner=planner)
        require_verified(world)
        return Begun(world=world, opened=world.state.copy())
    quiet_s = min((_quiet_s(incident) for incident in drawn.incidents), default=drawn.horizon_s)
    quiet_s = max(0, min(quiet_s, drawn.horizon_s))
    station = course.station.with_incidents(drawn.incidents)
    state = course.state_before(quiet_s, station)
    world = World(station=station, state=state, log=course.log.until(state.rows), policy=policy, planner=planner)
    return Begun(world=world, opened=transferred(course.opened, station), quiet_s=quiet_s, course=course)


def _quiet_s(incident: Incident) -> int:
    """Return until when an incident cannot tell [s]: what is counted from an activity may come with any of its steps.

    One that is counted from another incident comes no sooner than that.
    """
    if isinstance(incident.at_s, Anchor) and incident.at_s.activity is None:
        return _NEVER_S
    return incident.at_s if isinstance(incident.at_s, int) and incident.fails is None else 0


def _course(drawn: Scenario) -> _Course:
    """Return what is known of the course of a plan; of a new one, its opening."""
    with _lock:
        found = next((course for course in _kept if course.is_of(drawn)), None)
    if found is None:
        plan = attrs.evolve(drawn, incidents=())
        world = open_world(Station.of(plan))
        require_verified(world)
        known = world.station.with_incidents(())
        opened = transferred(world.state, known)
        found = _Course(plan=plan, station=known, log=world.log, opened=opened, state=opened)
    _keep(found)
    return found


def _keep(course: _Course) -> None:
    with _lock:
        others = [other for other in _kept if not other.is_of(course.plan)]
        _kept[:] = [course, *others[: _MOST - 1]]
