"""When does the plan stand nominally? Windows become dates: the first day of each that the rules allow."""

from collections.abc import Iterator, Mapping

import attrs

from stationsim.planning.clock import Clock
from stationsim.planning.place import DAY_S, Search, slots_of
from stationsim.planning.windows import Placed
from stationsim.scenario.model import Activity
from stationsim.station.act import Act
from stationsim.station.choice import choose
from stationsim.station.situation import Situation
from stationsim.station.transitions import Life


def open_plan(situations: Mapping[str, Situation]) -> dict[str, Act]:
    """Give every activity of the file its nominal date and people.

    Args:
        situations: What each control centre believes when the scenario starts, over an empty plan.

    Returns:
        The activities by id, in the order of the file.
    """
    any_ = next(iter(situations.values()))
    acts = {activity.id: _blank(activity, any_) for activity in any_.station.scenario.activities}
    placed: dict[str, Placed] = {}
    for activity in (found for found in _in_order(any_) if not found.task_list):
        situation = situations[activity.centre].with_acts(acts)
        acts[activity.id] = _dated(activity, situation, placed)
    return {id_: attrs.evolve(act, wish_s=act.start_s) for id_, act in acts.items()}


def _blank(activity: Activity, situation: Situation) -> Act:
    choice = choose(attrs.evolve(situation, acts={}), activity.id, ())
    return Act(
        id=activity.id,
        life=Life.UNDATED,
        start_s=None,
        duration_s=choice.duration_s,
        before_s=choice.before_s,
        after_s=choice.after_s,
        people=(),
        ship=activity.ship,
        port=activity.port,
        uses=choice.uses,
        row=-1,
        wish_s=None,
    )


def _in_order(situation: Situation) -> list[Activity]:
    """Return traffic before work, fixed days before windows, then by first day, what comes before what follows it."""
    station = situation.station
    activities = station.activities

    def depth(activity: Activity) -> int:
        return 1 + max((depth(other) for other in before(activity)), default=0)

    def lo_s(activity: Activity) -> int:
        after = activity.at.after
        own_s = activity.at.lo_s + (lo_s(activities[after]) if after is not None else 0)
        return max([own_s, *(lo_s(other) for other in before(activity))])

    def before(activity: Activity) -> list[Activity]:
        after = [] if activity.at.after is None else [activity.at.after]
        return [activities[id_] for id_ in (*activity.follows, *after)]

    def order(activity: Activity) -> tuple[bool, bool, int, int, int, str]:
        is_work = station.kinds[activity.kind].layer == "work"
        is_open = activity.at.after is not None or not _is_fixed(activity)
        return is_work, is_open, lo_s(activity), depth(activity), activity.priority, activity.id

    return sorted(activities.values(), key=order)


def _dated(activity: Activity, situation: Situation, placed: dict[str, Placed]) -> Act:
    act = situation.acts[activity.id]
    first_s = _first_s(activity, situation)
    slots = slots_of(activity, situation, first_s)
    search = Search(id=activity.id, situation=situation, placed=placed, slots=slots)
    start_s, cast = first_s, None
    if first_s is not None and not _is_fixed(activity):
        date = search.first(_starts(activity, situation))
        start_s, cast = (date.start_s, date.cast) if date.start_s is not None else (first_s, None)
    if cast is None:
        cast = (search.cast(start_s) if start_s is not None else None) or _preferred(search)
    if start_s is not None:
        placed[activity.id] = Placed(choice=choose(situation, activity.id, cast), start_s=start_s)
    return attrs.evolve(
        act,
        start_s=start_s,
        life=Life.UNDATED if start_s is None else Life.PLANNED,
        people=tuple(person for person, _ in cast),
        roles=tuple(role for _, role in cast),
    )


def _preferred(search: Search) -> tuple[tuple[str, str], ...]:
    return tuple((slot.candidates[0], slot.role) for slot in search.slots)


def _is_fixed(activity: Activity) -> bool:
    """Tell whether the file leaves no choice of the day."""
    return activity.at.hi_s - activity.at.lo_s <= DAY_S


def _first_s(activity: Activity, situation: Situation) -> int | None:
    return next(_starts(activity, situation), None)


def _starts(activity: Activity, situation: Situation) -> Iterator[int]:
    """Yield the starts the file's window allows: the moment itself, or the kind's usual hours in it."""
    base_s = 0
    if activity.at.after is not None:
        after_s = situation.acts[activity.at.after].start_s
        if after_s is None:
            return
        base_s = after_s
    lo_s, hi_s = base_s + activity.at.lo_s, base_s + activity.at.hi_s
    if hi_s - lo_s <= 1:
        yield lo_s
        return
    kind = situation.station.kinds[activity.kind]
    found = False
    for start_s in Clock.of(situation.station.scenario).starts(activity, kind, lo_s):
        if start_s >= hi_s:
            break
        found = True
        yield start_s
    if not found:
        yield lo_s + kind.usual_s % max(hi_s - lo_s, 1)
