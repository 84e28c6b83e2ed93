"""When does a centre meet without being called? On its days of the week, while it waits for what is only forecast."""

from stationsim.planning.clock import Clock
from stationsim.planning.place import DAY_S, WEEKDAYS
from stationsim.scenario.model import Chance
from stationsim.station.forecast import forecast_of
from stationsim.station.state import Open, State
from stationsim.station.station import BACK


def waiting(state: State, centre: str) -> tuple[Open, ...]:
    """Return the open questions of a centre whose answer it revises by waiting: when what it watches is back."""
    station = state.station
    return tuple(
        found
        for (view, incident, question), found in state.questions.items()
        if view == centre == station.watchers[station.incidents[incident].node]
        and question == BACK
        and isinstance(forecast_of(station, incident), Chance)
    )


def meeting_s(state: State, centre: str) -> int | None:
    """Return when a centre meets next [s]; None while it has nothing to revise, or no days on which it meets."""
    record, questions = state.station.centres[centre], waiting(state, centre)
    if not record.meets or not questions:
        return None
    after_s = max(state.reviewed_s.get(centre, 0), min(found.asked_s for found in questions))
    clock = Clock.of(state.station.scenario)
    day = (after_s - clock.midnight_s) // DAY_S
    times = (
        clock.midnight_s + number * DAY_S + record.meets_at_s
        for number in range(day, day + len(WEEKDAYS) + 1)
        if WEEKDAYS[(clock.weekday + number) % len(WEEKDAYS)] in record.meets
    )
    return next(time_s for time_s in times if time_s > after_s)
