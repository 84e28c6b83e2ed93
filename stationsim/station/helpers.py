"""Who can move the hatches of a posture, and when? People of the activity that demands it, or whoever is free."""

from collections.abc import Iterator

from stationsim.scenario.model import Activity, Rule
from stationsim.station.act import Act
from stationsim.station.hatch_beliefs import believed_state
from stationsim.station.health import is_lost
from stationsim.station.state import State
from stationsim.station.station import Station
from stationsim.station.transitions import ATTEMPT, RUNNING, Life


def parts(station: Station, id_: str) -> tuple[Rule, str | None]:
    """Return the rule and the activity of a posture."""
    rule, _, activity = id_.partition("/")
    return station.rules[rule], activity or None


def hatches_of(station: Station, rule: Rule, activity: Activity | None) -> tuple[str, ...]:
    """Return the hatches that a posture keeps shut: those of its rule, and those of the activity's airlock."""
    airlock = None if activity is None or activity.airlock is None else station.airlocks[activity.airlock]
    return tuple(dict.fromkeys((*rule.shuts, *(() if airlock is None else airlock.shuts))))


def insiders(state: State, rule: Rule, activity: str | None) -> tuple[str, ...]:
    """Return who of an activity takes its posture as part of their work: those in the roles that the rule names."""
    if activity is None:
        return ()
    act = state.acts[activity]
    return tuple(p for p, role in zip(act.people, act.roles, strict=True) if role in rule.roles)


def helpers(state: State, id_: str, from_s: int, takes_s: int) -> tuple[str, ...] | None:
    """Return who moves the hatches of a posture from a second on; None if too few people are free for so long.

    Nobody is called where people of the activity do it while it lasts. Else whoever is aboard, well and free for all of
    that time, awake or not: who shut them opens them, if possible; then those of the centre's segments come first.
    Hatches that are believed shut already need nobody.
    """
    rule, activity = parts(state.station, id_)
    inside, known = insiders(state, rule, activity), state.postures.get(id_)
    if activity is not None and inside and _is_at_it(state.acts[activity], from_s):
        return ()
    first = (*inside, *(() if known is None else known.people))
    centre = (
        state.activity(activity).centre if activity is not None else (rule.books or tuple(state.station.centres))[0]
    )
    count, busy = max(1, rule.count), _busy(state, id_)
    free = [
        person
        for person in sorted(_able(state, centre), key=lambda person: person not in first)
        if not any(lo_s < from_s + takes_s and from_s < hi_s for lo_s, hi_s in busy.get(person, ()))
    ]
    if len(free) < count and known is None and _are_shut(state, id_, centre):
        return ()
    return tuple(free[:count]) if len(free) >= count else None


def _are_shut(state: State, id_: str, centre: str) -> bool:
    """Tell whether a centre believes all hatches of a posture shut."""
    rule, activity = parts(state.station, id_)
    hatches = hatches_of(state.station, rule, None if activity is None else state.activity(activity))
    return all(believed_state(state, centre, hatch) != "open" for hatch in hatches)


def _is_at_it(act: Act, now_s: int) -> bool:
    """Tell whether the people of an activity are still together: in an attempt, or after one, a failed one too."""
    has_failed = act.failed_s is not None and now_s <= act.failed_s + act.after_s
    return act.life in (*ATTEMPT, Life.DONE) or has_failed


def free_s(state: State, id_: str, from_s: int, takes_s: int) -> int | None:
    """Return the first second from which enough people are free; None if nobody knows one."""
    ends = sorted({hi_s for spans in _busy(state, id_).values() for _, hi_s in spans if hi_s > from_s})
    return next((t_s for t_s in (from_s, *ends) if helpers(state, id_, t_s, takes_s) is not None), None)


def _able(state: State, centre: str) -> tuple[str, ...]:
    """Return who could help, those of a centre's segments first."""
    station = state.station
    segments = station.centres[centre].segments
    people = [
        person
        for person in station.scenario.people
        if person.id in state.aboard
        and not is_lost(state.health(centre, person.id))
        and state.sheltered.get(person.id, ("station", 0, 0))[0] in {"station", *station.volumes}
    ]
    return tuple(person.id for person in sorted(people, key=lambda person: person.segment not in segments))


def _busy(state: State, id_: str) -> dict[str, list[tuple[int, int]]]:
    """Return when people are taken: by what they do or are about to, by their ship's departure, by other hatches."""
    found: dict[str, list[tuple[int, int]]] = {}
    for ship, until_s in _arriving(state):
        for person in (person for person in state.aboard if state.fit.get(person) == ship):
            found.setdefault(person, []).append((state.now_s, until_s))
    for act in state.acts.values():
        span = None if act.id in state.station.task_list else _taken(act)
        if span is not None:
            leaves = act.ship is not None and state.station.kinds[state.activity(act.id).kind].effect in _LEAVES
            leaving = act.ship if leaves else None
            seated = (person for person in state.aboard if leaving is not None and state.fit.get(person) == leaving)
            for person in (*act.people, *seated):
                found.setdefault(person, []).append(span)
    for other, posture in state.postures.items():
        if other != id_ and posture.phase in {"taking", "lifting"}:
            for person in posture.people:
                found.setdefault(person, []).append((posture.begun_s, posture.until_s))
    return found


def _arriving(state: State) -> Iterator[tuple[str, int]]:
    """Yield the ships that are docking, and when their hatch opens: until then their people reach no other."""
    for act in state.acts.values():
        if act.ship is None or act.end_s is None or act.life not in RUNNING:
            continue
        if state.station.kinds[state.activity(act.id).kind].effect == "dock":
            yield act.ship, act.end_s


_LEAVES = ("undock", "relocate")


def _taken(act: Act) -> tuple[int, int] | None:
    if act.life is Life.DONE and act.started_s is not None and act.ended_s is not None:
        return act.started_s, act.ended_s + act.after_s
    if act.life is Life.UNDATED and act.failed_s is not None:
        return act.failed_s, act.failed_s + act.after_s
    if act.start_s is None or act.life not in (Life.PLANNED, *ATTEMPT):
        return None
    start_s = max(act.start_s, act.hold_until_s or 0)
    return act.start_s - act.before_s, start_s + act.duration_s + act.after_s
