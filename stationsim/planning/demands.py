"""Who meets a demand? What must be done by a day is done by then, by the first activity of the plan that can."""

from collections.abc import Iterator

from stationsim.planning.clock import Clock
from stationsim.scenario.model import Kind
from stationsim.station.act import Act
from stationsim.station.health import is_lost
from stationsim.station.situation import Situation
from stationsim.station.state import Demanded
from stationsim.station.transitions import AHEAD, ATTEMPT, Life


def candidates(demand: Demanded, situation: Situation) -> tuple[Act, ...]:
    """Return the activities that could meet a demand, soonest first."""
    found = (
        act for act in situation.acts.values() if act.life in (*AHEAD, *ATTEMPT) and could_meet(act, demand, situation)
    )
    return tuple(sorted(found, key=lambda act: (act.start_s is None, act.start_s or 0, act.id)))


def could_meet(act: Act, demand: Demanded, situation: Situation) -> bool:
    """Tell whether an activity is of what is demanded: by its kind, its ship and who goes with it."""
    activity, station = situation.activity(act.id), situation.station
    if activity.kind not in demand.kinds:
        return False
    if demand.person is not None and situation.fit.get(demand.person) != act.ship:
        return False
    if demand.capability is None:
        return True
    node = f"{act.ship}/{demand.capability}"
    return node in station.graph.index and not is_lost(situation.view.health[station.graph.index[node]])


def is_met(act: Act, demand: Demanded) -> bool:
    """Tell whether an activity, as it is dated, meets a demand in time."""
    if act.life not in (Life.PLANNED, *ATTEMPT) or act.start_s is None:
        return False
    return act.start_s + act.duration_s <= demand.until_s


def starts(act: Act, kind: Kind, demand: Demanded, soonest_s: int, situation: Situation) -> Iterator[int]:
    """Yield the starts by which an activity meets a demand: as it is dated, as wished, then back from the deadline."""
    last_s = demand.until_s - act.duration_s
    for start_s in (act.start_s, act.wish_s):
        if start_s is not None and situation.now_s + act.before_s <= start_s <= last_s:
            yield start_s
    found = []
    for start_s in Clock.of(situation.station.scenario).starts(situation.activity(act.id), kind, soonest_s):
        if start_s > last_s:
            break
        found.append(start_s)
    yield from reversed(found)
