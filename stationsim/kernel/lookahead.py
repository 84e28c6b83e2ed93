"""What would come of it? A believed world is played from now to the horizon and scored; the log knows nothing of it.

The believed world holds what is known and no more: truth is what the centre that decides believes, there is no leak
without an alarm, what struck lasts as long as it is expected to, open questions are answered when they are expected to
be. Inside a play no further play is made.
"""

import attrs

from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH, Log
from stationsim.planning.objective import Score, days
from stationsim.planning.policies import rules_first
from stationsim.scenario.model import Incident
from stationsim.station.promises import promise_s
from stationsim.station.state import State
from stationsim.station.station import BACK, Station
from stationsim.station.transitions import Life


def believed(world: World, centre: str) -> World:
    """Return the world as a centre believes it, with a log that begins now.

    The plan, and where everybody and everything is, are the same; truth is what the centre believes.
    """
    state = world.state.copy()
    known = tuple(_expected(_believed(incident, state, centre), state, centre) for incident in _known(world.state))
    ids = [incident.id for incident in known]
    station = _station(world.station, known)
    state.station = station
    state.views[TRUTH] = state.views[centre].copy()
    for table in (state.struck, state.struck_s, state.ended, state.ended_s, state.reopened, state.reopened_s):
        for incident in [key for key in table if key not in ids]:
            del table[incident]
    for node in [node for node, release in state.releases.items() if release.incident not in ids]:
        del state.releases[node]
    for incident in [key for key in state.holes if key not in ids]:
        del state.holes[incident]
    return World(
        station=station, state=state, log=Log(first=state.rows), policy=rules_first, planner=world.planner, is_play=True
    )


def _known(state: State) -> tuple[Incident, ...]:
    """Return the incidents that any centre knows of: what one of them has yet to hear is on its way."""
    named = {*state.alarmed, *(post.incident for post in state.posts)}
    named |= {incident for _, incident, _ in (*state.questions, *state.answers)}
    named |= {incident for known in state.known.values() for incident in known}
    views = (view for name, view in state.views.items() if name != TRUTH)
    named |= {sick.incident or "" for view in views for sick in view.sick.values()}
    return tuple(incident for incident in state.station.scenario.incidents if incident.id in named)


def _believed(incident: Incident, state: State, centre: str) -> Incident:
    """Return an incident as a centre holds it: a false alarm that nobody has dismissed is as good as the real thing.

    What is said to let air out, or of a hatch, stays a word: of it the centre believes what it does as a word too.
    """
    station, mode = state.station, state.station.mode_of(incident.id)
    is_word = incident.reading is None or incident.state is not None or station.leaks_air(incident.id)
    if is_word or mode.how not in {"leak", "change"} or (centre, incident.id) in state.dismissed:
        return incident
    if mode.how == "leak":
        return attrs.evolve(incident, reading=None, leak=mode.id)
    return attrs.evolve(incident, reading=None, change=mode.id)


def _expected(incident: Incident, state: State, centre: str) -> Incident:
    """Return an incident as it is expected to go on: it ends when it is believed back, and nothing is inconclusive."""
    back = state.questions.get((centre, incident.id, BACK))
    struck_s = state.struck_s.get(incident.id)
    lasts_s = incident.lasts_s
    if incident.id not in state.ended and struck_s is not None and (back is not None or lasts_s is not None):
        expected_s = None if back is None else back.expected_s
        lasts_s = None if expected_s is None else max(expected_s - struck_s, 1)
    return attrs.evolve(incident, lasts_s=lasts_s, reopens_s=None, inconclusive=(), failures=(), misread_tests=())


def _station(station: Station, incidents: tuple[Incident, ...]) -> Station:
    """Return a station with other incidents; what does not hang on them is not compiled again."""
    twin = Station(scenario=attrs.evolve(station.scenario, incidents=incidents), graph=station.graph, own=station.own)
    twin.books, twin.pairs, twin.reaches = station.books, station.pairs, station.reaches
    twin.two_sided, twin.spans, twin.sides = station.two_sided, station.spans, station.sides
    twin.choices, twin.apart = station.choices, station.apart
    return twin


def play_out(world: World) -> None:
    """Run a world to its horizon."""
    from stationsim.kernel.agenda import Agenda

    Agenda(world).run(world.station.scenario.horizon_s)


def score(before: State, world: World) -> Score:
    """Return what a course came to, from a state to the horizon.

    Args:
        before: The state from which it was played.
        world: The world at the horizon, with the log of the course.
    """
    end_s = world.station.scenario.horizon_s
    levels = _person_s(before, world, end_s)
    late_s, stranded = _returns(before, world.state, end_s)
    work, changed, shift_s = _plan(world, end_s)
    kinds = [row.kind for row in world.log if row.seq >= before.rows]
    return Score.of_course(
        levels,
        {
            "stranded": stranded,
            "demands": kinds.count(Kind.MISSED),
            "waivers": kinds.count(Kind.WAIVED),
            "work": work,
            "return-delay": days(late_s),
            "launch-delay": days(_launch_delay_s(before, world.state, end_s)),
            "changes": changed,
            "shift": days(shift_s),
        },
    )


def _person_s(before: State, world: World, end_s: int) -> list[int]:
    """Return for how long people are in each seat class [person-s]."""
    found = [0] * 5
    now = {person: (seat.level, before.now_s) for person, seat in before.seats.items()}
    for row in world.log:
        if row.kind in {Kind.SEATED, Kind.LEFT} and row.subject in now:
            level, since_s = now.pop(row.subject)
            found[level] += row.t_s - since_s
        if row.kind is Kind.SEATED:
            now[row.subject] = (int(row.value or 0), row.t_s)
    for level, since_s in now.values():
        found[level] += end_s - since_s
    return found


def _returns(before: State, after: State, end_s: int) -> tuple[int, int]:
    """Return by how much people come home later than promised [person-s], and how many do not."""
    late_s, stranded = 0, 0
    for person in (*before.aboard, *(p for p in after.boarded_s if p not in before.aboard and p not in before.left_s)):
        promised_s = promise_s(person, after)
        if promised_s is not None and promised_s < end_s:
            late_s += max(after.left_s.get(person, end_s) - promised_s, 0)
            stranded += person in after.aboard
    return late_s, stranded


def _launch_delay_s(before: State, after: State, end_s: int) -> int:
    """Return by how much people come up later than the file has it [person-s]."""
    found = 0
    for activity in after.station.scenario.activities:
        wish_s = after.acts[activity.id].wish_s
        if after.station.kinds[activity.kind].effect == "dock" and wish_s is not None and wish_s < end_s:
            coming = (p for p in activity.crew if p not in before.aboard and p not in before.left_s)
            found += sum(max(after.boarded_s.get(person, end_s) - wish_s, 0) for person in coming)
    return found


def _plan(world: World, end_s: int) -> tuple[int, int, int]:
    """Return the weight of work not flown, how many activities were not at their wish, and by how much [s]."""
    work, changed, shift_s = 0, 0, 0
    for act in world.state.acts.values():
        kind = world.station.kinds[world.state.activity(act.id).kind]
        if act.wish_s is None or act.wish_s >= end_s or act.id in world.state.responses:
            continue
        is_done = act.life is Life.DONE and not act.is_cut
        work += kind.weight if kind.layer == "work" and not is_done else 0
        start_s = act.started_s if act.started_s is not None else act.start_s
        if start_s != act.wish_s:
            changed += 1
            shift_s += abs(min(end_s if start_s is None else start_s, end_s) - act.wish_s)
    return work, changed, shift_s
