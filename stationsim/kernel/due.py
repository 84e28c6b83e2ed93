"""What is due next, and when? A pure function of the state for every process; ranks order what shares a second.

A process is named `<what>:<whom>`. Ranks: change of truth and crossing, reading, end, report, decision, start.
"""

from collections.abc import Callable
from enum import IntEnum

from attrs import frozen

from stationsim.kernel.meetings import meeting_s
from stationsim.scenario.model import Anchor, Incident
from stationsim.station.air import body_of, is_at_limit, leave_by_s, pressure_kpa, steady_since_s
from stationsim.station.air import crossings as crossed_next
from stationsim.station.drains import thresholds
from stationsim.station.hatch_beliefs import is_disputed
from stationsim.station.hatches import SHIP_HATCH
from stationsim.station.hatchways import next_hatch
from stationsim.station.postures import jams, next_move
from stationsim.station.preparing import next_s
from stationsim.station.readings import gauged_s
from stationsim.station.state import State
from stationsim.station.station import BACK, FIT, REAL
from stationsim.station.transitions import Life


class Rank(IntEnum):
    """Order within a second."""

    TRUTH = 0
    READING = 1
    END = 2
    REPORT = 3
    DECISION = 4
    START = 5


@frozen
class Due:
    """When a process is due, and in which rank."""

    t_s: int
    rank: Rank


def next_due(state: State, process: str) -> Due | None:
    """Return when a process is due next; None if nothing is ahead of it. Never in the past."""
    what, _, whom = process.partition(":")
    due = DUES[what](state, whom)
    return None if due is None else Due(max(due.t_s, state.now_s), due.rank)


def priority(state: State, process: str, rank: Rank) -> int:
    """Return the unique integer that orders a timer within its second."""
    what, _, whom = process.partition(":")
    return 2 + (int(rank) * 1_000_000 + state.order.get(whom, 0)) * len(_PLACES) + _PLACES[what]


def _incident(state: State, id_: str) -> Due | None:
    record = state.station.incidents[id_]
    if record.fails is not None:
        return None
    if id_ not in state.struck:
        strikes_s = moment_s(state, record)
        return None if strikes_s is None else Due(strikes_s, Rank.TRUTH)
    if id_ not in state.ended and isinstance(record.lasts_s, int):
        return None if id_ in state.reopened else Due(state.struck_s[id_] + record.lasts_s, Rank.TRUTH)
    if id_ in state.ended and isinstance(record.reopens_s, int) and id_ not in state.reopened:
        return Due(state.ended_s[id_] + record.reopens_s, Rank.TRUTH)
    return None


def moment_s(state: State, record: Incident) -> int | None:
    """Return when an incident strikes, as far as the run tells [s]; None while what it is counted from has not come."""
    if not isinstance(record.at_s, Anchor):
        return record.at_s if isinstance(record.at_s, int) else None
    at = record.at_s
    from_s = state.struck_s.get(at.incident or "") if at.activity is None else None
    if at.activity is not None and (at.activity, at.phase) in state.phases:
        from_s = state.phases[(at.activity, at.phase or "")][0]
    return None if from_s is None else from_s + at.delay_s


def _release(state: State, incident: str) -> Due | None:
    """The next crossing of the loop or tank that an incident opened: alarm, loss of function, empty."""
    node = state.station.incidents[incident].node
    release = state.releases.get(node)
    if release is None or release.incident != incident or not release.holes:
        return None
    times = [time_s for _, time_s in crossings(state, node)]
    return Due(release.since_s + min(times), Rank.TRUTH) if times else None


def crossings(state: State, node: str) -> list[tuple[str, int]]:
    """Return the thresholds a leak has yet to cross, with seconds from its last change, soonest first."""
    release, record = state.releases[node], state.station.holds(node)
    assert record is not None
    times = thresholds(release.drain, record)
    ahead = [(name, t) for name, t in times if t is not None and name not in release.crossed]
    return sorted(ahead, key=lambda item: item[1])


def _body(state: State, leader: str) -> Due | None:
    """The next pressure that a body of air crosses."""
    body = state.bodies.get(leader)
    ahead = crossed_next(state, leader) if body is not None else []
    return Due(body.since_s + ahead[0][1], Rank.TRUTH) if body is not None and ahead else None


def _search(state: State, incident: str) -> Due | None:
    search = state.searches.get(incident)
    return None if search is None else Due(search.due_s, Rank.READING)


def _seal(state: State, incident: str) -> Due | None:
    """The hatch that seals a leak off is shut."""
    seal = state.seals.get(incident)
    return None if seal is None or seal.due_s is None else Due(seal.due_s, Rank.READING)


def _gauge(state: State, compartment: str) -> Due | None:
    """A gauge shows that a compartment is without air, or has air again."""
    due_s = gauged_s(state, compartment)
    return None if due_s is None else Due(due_s, Rank.READING)


def _back(state: State, ship: str) -> Due | None:
    """The air before a ship in which people shelter has been steady for long enough, or the ship itself leaks."""
    there = [there_s for where, there_s, _ in state.sheltered.values() if where == ship]
    port, normal = state.station.ports.get(state.ship_at.get(ship, "")), state.station.scenario.air
    if not there or port is None or normal is None:
        return None
    own = body_of(state, ship)
    if own is not None and own.members == (ship,) and own.air.leaks:
        is_out = is_at_limit(state, pressure_kpa(state, port.host))
        return None if is_out else Due(max(own.since_s, *there) + normal.alarm_latency_s, Rank.READING)
    since_s = steady_since_s(state, port.host)
    return (
        None if since_s is None else Due(max(since_s, state.docked_s.get(ship, 0), *there) + normal.steady_s, Rank.END)
    )


def _watch(state: State, incident: str) -> Due | None:
    """The reserve time of those who breathe what leaks runs down."""
    due_s = leave_by_s(state, incident)
    return None if due_s is None else Due(due_s, Rank.END)


def _shelter(state: State, ship: str) -> Due | None:
    """The last of those who shelter in a ship is there: its hatch is shut."""
    there = [there_s for where, there_s, _ in state.sheltered.values() if where == ship]
    hatch = ship + SHIP_HATCH
    is_open = state.hatches.get(hatch) == "open" and not jams(state, hatch)
    return Due(max(there), Rank.END) if there and is_open else None


def _cabin(state: State, ship: str) -> Due | None:
    heat, cabin = state.heat.get(ship), state.station.type_of(ship).cabin
    if heat is None or cabin is None or heat.is_hot:
        return None
    time_s = heat.cabin.time_to_warm_s(cabin.limit_c)
    return None if time_s is None else Due(heat.since_s + time_s, Rank.TRUTH)


def _reading(state: State, incident: str) -> Due | None:
    """The sensor that notices an incident, or its end."""
    record, mode = state.station.incidents[incident], state.station.mode_of(incident)
    if incident not in state.struck:
        return None
    if incident not in state.alarmed:
        seen_s = _seen_s(state, incident)
        return None if seen_s is None else Due(seen_s, Rank.READING)
    owner = state.station.watchers[record.node]
    if incident in state.ended and (owner, incident, BACK) in state.questions:
        return Due(state.ended_s[incident] + mode.notice_s, Rank.READING)
    return None


def _seen_s(state: State, incident: str) -> int | None:
    """Return when a sensor shows an incident: after its threshold and latency, or after the mode's own time."""
    record, mode = state.station.incidents[incident], state.station.mode_of(incident)
    struck_s = state.struck_s[incident]
    if record.since_s is not None:
        return struck_s
    if record.state is not None and not is_disputed(state, record.node):
        return None
    is_false, air = state.station.is_false(incident), state.station.scenario.air
    if mode.how == "leak" and mode.releases == "air" and air is not None:
        alarm = (struck_s, 0) if is_false else state.air_alarms.get(incident)
        return None if alarm is None else alarm[0] + air.alarm_latency_s
    held = state.station.holds(record.node)
    if mode.how != "leak" or held is None:
        return struck_s + mode.notice_s
    if is_false:
        return struck_s + held.alarm_latency_s
    crossed_s, begun_s = state.releases[record.node].crossed_s, state.reopened_s.get(incident, struck_s)
    return None if crossed_s is None else max(crossed_s, begun_s) + held.alarm_latency_s


def _reports(state: State, centre: str) -> Due | None:
    due = [post.due_s for post in state.posts if post.centre == centre]
    return Due(min(due), Rank.REPORT) if due else None


def _question(state: State, whom: str) -> Due | None:
    """An answer that time brings, at the centre that watches the node; the others learn it by report."""
    centre, incident, question = whom.split("/", 2)
    found = state.questions.get((centre, incident, question))
    if found is None or found.expected_s is None:
        return None
    if centre != state.station.watchers[state.station.incidents[incident].node]:
        return None
    mode = state.station.mode_of(incident)
    is_hunted = mode.hunt is not None and mode.hunt.answers == question and incident in state.holes
    if is_hunted or _is_worked_on(state, incident, question):
        return None
    forced_s = forced_at(state, whom)
    return Due(found.expected_s if forced_s is None else min(found.expected_s, forced_s), Rank.REPORT)


def _is_worked_on(state: State, incident: str, question: str) -> bool:
    """Tell whether a response that is yet to come or to end answers a question, so that it has no clock of its own."""
    answering = {r.id for r in state.station.mode_of(incident).responses if r.answers == question}
    if not answering or question == REAL:
        return False
    of = [id_ for id_, (other, name) in state.responses.items() if other == incident and name in answering]
    is_over = (Life.DONE, Life.GIVEN_UP)
    return incident not in state.responded or any(state.acts[id_].life not in is_over for id_ in of)


def forced_at(state: State, whom: str) -> int | None:
    """Return when the departure of a ship forces the decision that an inconclusive assessment put off [s]."""
    centre, incident, question = whom.split("/", 2)
    found, ship = state.questions.get((centre, incident, question)), state.station.ship_of(_node(state, incident))
    if found is None or question != FIT or found.rounds == 0:
        return None
    for act in state.acts.values():
        kind = state.station.kinds[state.activity(act.id).kind]
        is_ahead = act.life not in {Life.DONE, Life.GIVEN_UP} and act.start_s is not None
        if act.ship == ship and kind.effect == "undock" and is_ahead:
            return (act.start_s or 0) - kind.lead_s
    return None


def _node(state: State, incident: str) -> str:
    return state.station.incidents[incident].node


def _wet(state: State, whom: str) -> Due | None:
    centre, incident, zone = whom.split("/", 2)
    found = state.wet.get((centre, incident, zone))
    if found is None or found.until_s is None or found.feared == "unidentified":
        return None
    if (centre, incident, "flow") in state.questions:
        return None
    return Due(found.until_s, Rank.REPORT)


def _demand(state: State, incident: str) -> Due | None:
    """The deadline of a demand."""
    found = state.demands.get(incident)
    return None if found is None else Due(found.until_s + 1, Rank.END)


def _review(state: State, centre: str) -> Due | None:
    """A review that something called for, or a regular meeting that comes before it."""
    review, meets_s = state.reviews.get(centre), meeting_s(state, centre)
    due = [time_s for time_s in (None if review is None else review.due_s, meets_s) if time_s is not None]
    return Due(min(due), Rank.DECISION) if due else None


def _activity(state: State, id_: str) -> Due | None:
    act = state.acts[id_]
    if act.life is Life.UNDER_WAY:
        return Due((act.start_s or 0) + act.duration_s, Rank.END)
    if act.life in {Life.HELD, Life.PAUSED}:
        return None if act.hold_until_s is None else Due(act.hold_until_s, Rank.END)
    if act.start_s is None:
        return None
    if act.life is Life.PLANNED:
        return Due(act.start_s - act.before_s, Rank.START)
    if act.life is Life.PREPARED:
        return Due(act.start_s, Rank.START)
    return None


def _readying(state: State, id_: str) -> Due | None:
    """Preparation on the days before an activity, or its end."""
    due_s = next_s(state, id_)
    return None if due_s is None else Due(due_s, Rank.END)


def _posture(state: State, id_: str) -> Due | None:
    """The next hatch of a posture, its begin or its end."""
    move = next_move(state, id_)
    return None if move is None else Due(move.t_s, Rank.START if move.what == "demand" else Rank.END)


def _hatchway(state: State, activity: str) -> Due | None:
    found = next_hatch(state, activity)
    return None if found is None else Due(found[0], Rank.END)


DUES: dict[str, Callable[[State, str], Due | None]] = {
    "incident": _incident,
    "release": _release,
    "body": _body,
    "search": _search,
    "seal": _seal,
    "watch": _watch,
    "shelter": _shelter,
    "back": _back,
    "gauge": _gauge,
    "cabin": _cabin,
    "reading": _reading,
    "reports": _reports,
    "question": _question,
    "wet": _wet,
    "review": _review,
    "demand": _demand,
    "activity": _activity,
    "posture": _posture,
    "hatchway": _hatchway,
    "readying": _readying,
}

_PLACES = {what: place for place, what in enumerate(DUES)}
"""The place of each sort of process in the order of the table."""
