"""When was somebody to go home? The date by which a return counts as late."""

from stationsim.station.situation import Situation
from stationsim.station.state import State


def promise_s(person: str, seen: State | Situation) -> int | None:
    """Return when somebody aboard was to go home [s]: the wish of the departure of the ship that they are seated in.

    Whoever comes up with another flight than the file has it is promised nothing by it.
    """
    station = seen.station
    record = station.people[person]
    came_as_planned = record.aboard or seen.boarded_s.get(person) == seen.docked_s.get(record.seat or "", -1)
    if record.place != "seat" or not came_as_planned:
        return None
    for act in seen.acts.values():
        if act.ship == record.seat and station.kinds[seen.activity(act.id).kind].effect == "undock":
            return act.wish_s
    return None
