"""In what order did it happen? SimPy runs the processes; each waits for a time, never for a resource."""

from collections.abc import Callable, Generator, Iterable

import simpy
from simpy.events import EventPriority

from stationsim.kernel import cover, filling
from stationsim.kernel.due import Due, next_due, priority
from stationsim.kernel.steps import STEPS, touched
from stationsim.kernel.world import World
from stationsim.station.postures import concerned
from stationsim.station.readings import of_air


class Agenda:
    """The timers of a run. A changed plan drops the old timer of a process and starts the process again."""

    def __init__(self, world: World) -> None:
        """Start every process that has something ahead of it."""
        self._world = world
        self._env = simpy.Environment(initial_time=world.state.now_s)
        self._timers: dict[str, tuple[Due, simpy.Event]] = {}
        self._stepping: str | None = None
        self._refresh(_all_processes(world))

    def run(self, until_s: int, *, after_step: Callable[[], None] | None = None) -> None:
        """Run to a time, itself left out.

        Args:
            until_s: End of the run [s].
            after_step: Called after each step; a test's window into the run.
        """
        self._after_step = after_step
        if until_s > self._env.now:
            self._env.run(until=until_s)

    def _process(self, process: str) -> Generator[simpy.Event, object, None]:
        while (due := next_due(self._world.state, process)) is not None:
            yield self._timer(process, due)
            self._step(process)
        self._timers.pop(process, None)

    def _timer(self, process: str, due: Due) -> simpy.Event:
        event = simpy.Event(self._env)
        event._ok = True  # noqa: SLF001 - a timeout with a priority of our own; SimPy's has none
        event._value = None  # noqa: SLF001
        rank = EventPriority(priority(self._world.state, process, due.rank))
        self._env.schedule(event, priority=rank, delay=due.t_s - self._env.now)
        self._timers[process] = (due, event)
        return event

    def _step(self, process: str) -> None:
        world = self._world
        before = len(world.log)
        world.begin_step(int(self._env.now))
        self._stepping = process
        what, _, whom = process.partition(":")
        STEPS[what](world, whom)
        filling.keep_up(world, before)
        cover.keep_up(world, before)
        self._refresh(touched(world, before))
        self._stepping = None
        if self._after_step is not None:
            self._after_step()

    def _refresh(self, processes: Iterable[str]) -> None:
        """Start again the processes whose due time changed; never the one that is stepping."""
        for process in processes:
            if process == self._stepping:
                continue
            due = next_due(self._world.state, process)
            current = self._timers.get(process)
            if current is not None and current[0] == due:
                continue
            if current is not None and current[1].callbacks is not None:
                current[1].callbacks.clear()
                del self._timers[process]
            if due is not None:
                self._env.process(self._process(process))


def _all_processes(world: World) -> tuple[str, ...]:
    state = world.state
    sorts = ("incident", "release", "reading", "watch", "search", "seal", "demand")
    incidents = tuple(f"{what}:{id_}" for id_ in state.station.incidents for what in sorts)
    centres = tuple(f"{what}:{id_}" for id_ in state.station.centres for what in ("reports", "review"))
    bodies = tuple(f"body:{leader}" for leader in state.bodies)
    ships = dict.fromkeys(where for where, _, _ in state.sheltered.values())
    shelters = tuple(f"{what}:{ship}" for ship in ships for what in ("shelter", "back"))
    gauges = tuple(f"gauge:{compartment}" for compartment in of_air(state))
    cabins = tuple(f"cabin:{ship}" for ship in state.heat)
    questions = tuple("question:" + "/".join(key) for key in state.questions)
    wet = tuple("wet:" + "/".join(key) for key in state.wet)
    activities = tuple(f"{what}:{id_}" for id_ in state.acts for what in ("activity", "hatchway", "readying"))
    postures = tuple(f"posture:{id_}" for id_ in dict.fromkeys(concerned(state)))
    return incidents + centres + bodies + shelters + gauges + cabins + questions + wet + activities + postures
