"""What is somebody told who decides? The situation as believed and the options, as lines for a terminal."""

from collections.abc import Iterator
from datetime import timedelta

from stationsim.impact.naming import listed
from stationsim.planning.objective import LEVELS, Score
from stationsim.planning.options.fleet import effect_of
from stationsim.planning.options.seating import place_of
from stationsim.planning.options.weigh import Weighed
from stationsim.planning.policies import Decision
from stationsim.station.situation import Situation
from stationsim.station.state import Open
from stationsim.station.transitions import AHEAD
from stationsim.units import format_utc, with_gmt

NEXT = 8
"""So many of the activities ahead are told, traffic first of all."""

FIRST = 3
"""So many levels of an estimate are told; a score that was played is told in full."""

_ALL = 99
_SEATS = (
    "a certified seat",
    "an improvised place",
    "a seat for emergencies only",
    "a seat that is unfit or unknown",
    "no seat",
)
_TRAFFIC = frozenset({"launch", "dock", "undock", "relocate"})


def situation_lines(decision: Decision) -> Iterator[str]:
    """Yield what is believed: whose ship does not take them home, what is asked about it, what is planned."""
    believed, station = decision.situation, decision.situation.station
    ship = station.name(decision.ship)
    yield f"{_moment(decision.now_s, believed)}: {station.centres[decision.centre].name} decides about {ship}"
    yield "Without a certified way home"
    for person in decision.people:
        place = place_of(person, believed)
        where = "" if place.ship is None else f" in {station.name(place.ship)}, which is {believed.status(place.ship)}"
        yield f"  {station.name(person)}: {_SEATS[place.level]}{where}"
    yield f"  {ship} is {believed.status(decision.ship)}"
    asked = [_asked(found, believed) for found in believed.questions.values()]
    yield from ["Open questions", *(f"  {line}" for line in asked)] if asked else ["No question is open"]
    yield from ["Next in the plan", *(f"  {line}" for line in _ahead(believed))]


def option_lines(decision: Decision) -> Iterator[str]:
    """Yield the options: those that may be taken, numbered, the best by its plan first; then the others and why not."""
    believed = decision.situation
    yield "Options, the best by its plan first"
    for number, item in enumerate(decision.open, 1):
        last = "" if item.last_s is None else f"; until {_moment(item.last_s, believed)}"
        yield f"{number:>4}  {item.option.text} [{item.id}]"
        yield f"      {estimate_words(item)}{last}"
    shut = [item for item in decision.options if not item.is_open]
    if shut:
        yield "Not to be taken"
    for item in shut:
        why = f"the same plan as [{item.same_as}]" if item.rule is None else f"{item.rule}: {item.reason}"
        yield f"   -  {item.option.text} [{item.id}]: {why}"


def estimate_words(item: Weighed) -> str:
    """Return the first levels of an estimate that are not 0, in words."""
    assert item.estimate is not None
    waived = list(dict.fromkeys(found.rule for found in item.waives))
    rules = f"; waives {listed(waived, most=_ALL)}" if waived else ""
    return f"by its plan: {score_words(item.estimate, most=FIRST)}{rules}"


def score_words(score: Score, *, most: int = len(LEVELS)) -> str:
    """Return the first levels of a score that are not 0, in words."""
    levels = zip(LEVELS, score.values, strict=True)
    found = [f"{text} {value}" for (_, _, text), value in levels if value]
    return "; ".join([*found[:most], *(["..."] if len(found) > most else [])]) or "nothing lost, late or changed"


def about(decision: Decision) -> str:
    """Return what a decision is about, and on which day, for an error text."""
    station = decision.situation.station
    return f"about {station.name(decision.ship)} on {_moment(decision.now_s, decision.situation)[:10]}"


def _ahead(believed: Situation) -> Iterator[str]:
    """Yield what is planned next: traffic, and then other activities, in order of time."""
    found = [act for act in believed.acts.values() if act.life in AHEAD and act.start_s is not None]
    found.sort(key=lambda act: (effect_of(believed, act) not in _TRAFFIC, act.start_s or 0, act.id))
    for act in sorted(found[:NEXT], key=lambda act: (act.start_s or 0, act.id)):
        yield f"{with_gmt(_moment(act.start_s or 0, believed)[:10])}  {believed.name(act.id)}"


def _asked(found: Open, believed: Situation) -> str:
    station = believed.station
    mode = station.mode_of(found.incident)
    words = next((question.text for question in mode.questions if question.id == found.question), found.question)
    node = station.incidents[found.incident].node
    where = f"{station.name(node)}: " if node else ""
    expected = "no date" if found.expected_s is None else with_gmt(_moment(found.expected_s, believed)[:10])
    return f"{where}{words} (answer expected: {expected})"


def _moment(at_s: int, believed: Situation) -> str:
    return format_utc(believed.station.scenario.start_utc + timedelta(seconds=at_s))
