"""What is asked of an incident, and when is it back, as a centre says today? Its owner revises that at each review."""

from stationsim.kernel.meetings import waiting
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.scenario.model import Question
from stationsim.station.forecast import forecast_of, lasts_s
from stationsim.station.station import BACK, FLUID

_BACK = "When is it back?"


def questions_of(world: World, incident: str) -> tuple[Question, ...]:
    """Return the questions that an incident opens: those of its mode, and for a failure when the node is back."""
    record, mode = world.station.incidents[incident], world.station.mode_of(incident)
    held = world.station.holds(record.node)
    is_crewed = world.station.is_about_crew(record.node)
    asked = tuple(
        q
        for q in mode.questions
        if (is_crewed or not q.crewed) and not (q.id == FLUID and held is not None and held.fluid_known)
    )
    if mode.how != "change":
        return asked
    forecast = forecast_of(world.station, incident)
    after_s = 0 if forecast == 0 else lasts_s(forecast, 0)
    back = Question(id=BACK, text=_BACK, after_s=after_s, source=mode.source)
    return (*asked, back)


def back_s(world: World, incident: str, asked_s: int) -> int | None:
    """Return when what was asked about at a second is believed back [s]; None where nobody can say."""
    forecast = forecast_of(world.station, incident)
    return None if forecast == 0 else asked_s + lasts_s(forecast, world.state.now_s - asked_s)


def revise(world: World, centre: str, cause: int) -> None:
    """Let a centre say anew when it expects back what it watches, where it has learnt by waiting."""
    for found in waiting(world.state, centre):
        since_s = world.station.incidents[found.incident].since_s
        expected_s = back_s(world, found.incident, found.asked_s if since_s is None else since_s)
        if expected_s != found.expected_s and not _is_worked_on(world, found.incident):
            world.record(
                Kind.ASKED, BACK, object=found.incident, view=centre, cause=cause, text=_BACK, until_s=expected_s
            )


def _is_worked_on(world: World, incident: str) -> bool:
    """Tell whether somebody mends it: then the end of that work is what is waited for."""
    mending = {response.id for response in world.station.mode_of(incident).responses if response.answers == BACK}
    return any(of == incident and name in mending for of, name in world.state.responses.values())
