"""What became of the plan? One row per activity and per person's return, kept ones too."""

from collections.abc import Iterable

from attrs import Factory, evolve, frozen

from stationsim.impact.explained import no_earlier, reason_of, replaced
from stationsim.impact.fates import Fate
from stationsim.impact.reading import Reading, Run
from stationsim.impact.returns import SUFFIX as RETURN_SUFFIX
from stationsim.impact.returns import Return
from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row

__all__ = ["Change", "behind_launch", "changes", "is_without_ship", "launch_delay_s"]

RETURN = "return"
WITHOUT = "without_ship_s"
"""What differs of a return that lost its ship for a time and has one again: how long it had none [s]."""
PAUSED = "paused_s"
"""What differs of an activity that paused: for how long in all [s]."""
COMES_UP = "comes_up"
"""What differs of the return of somebody who comes aboard at another time: the day of it, None if not in this run."""
CREW_DOWN = "crew_down"
"""What differs of a departure with which other people go home."""
_PEOPLE = ("people", "roles", "ship", "port")
_RECORD = ("crew_up", "relieves")
"""What decisions change of the record of an activity and its dates do not tell: who comes up, and whom they relieve."""
_REST = ("uses", "tasks")
_ENDS = {
    "given_up": "cancelled", "undated": "postponed", "terminated": "terminated", "aborted": "aborted",
    "failed": "failed",
}  # fmt: skip


@frozen(kw_only=True)
class Change:
    """A row of table `changes`; `row`, the decisive row of the disrupted log, is no column of it.

    `reason` says what made it differ; `no_earlier` what forbids the starts just before its new date, where that is
    something else; `replaced` who takes part no more, and what keeps them from it.
    """

    subject: str
    kind: str
    outcome: str
    differs: list[str]
    planned_utc: str | None
    nominal_utc: str | None
    actual_utc: str | None
    delay_s: int | None
    attempts: list[dict[str, object]]
    was: dict[str, object]
    now: dict[str, object]
    rule: str | None
    cause_seq: int | None
    incident: str | None
    reason: str | None
    row: int | None
    no_earlier: dict[str, object] | None = None
    replaced: list[dict[str, object]] = Factory(list)


def changes(reading: Reading) -> list[Change]:
    """Compare both runs at their end, activities first, then people's returns, each in the order of the plan."""
    nominal, disrupted = reading.nominal, reading.disrupted
    work = [
        _activity(reading, nominal.fates.get(subject), disrupted.fates.get(subject))
        for subject in dict.fromkeys((*nominal.fates, *disrupted.fates))
    ]
    home = [
        _return(reading, nominal.returns.get(subject), disrupted.returns.get(subject))
        for subject in dict.fromkeys((*nominal.returns, *disrupted.returns))
    ]
    return _with_crews_down(reading, work, home) + home


def _activity(reading: Reading, was: Fate | None, now: Fate | None) -> Change:
    subject = (was or now).subject  # type: ignore[union-attr]
    outcome, differs = _outcome(was, now), _differs(was, now)
    if outcome == "moved" and was is not None and was.start_s is None and reading.fact(subject, "task_list"):
        outcome = "added"  # it had no date of its own to be moved from
    decisive = None if outcome == "kept" or now is None or not now.decisive else now.decisive[-1]
    if decisive is not None and now is not None:
        decisive = _decided(reading, now) or decisive
    wish_s = reading.fact(subject, "wish_s")
    why = reason_of(reading, decisive)
    bound = no_earlier(reading, now) if now is not None and "start" in differs else None
    if bound is not None and not bound["days"] and (bound["rule"], bound["reason"]) == (why["rule"], why["reason"]):
        bound = None
    return Change(
        subject=subject,
        kind=reading.kind(subject),
        outcome=outcome,
        differs=differs,
        planned_utc=reading.date(subject, wish_s if isinstance(wish_s, int) else None),
        nominal_utc=_start(reading, was),
        actual_utc=_start(reading, now),
        delay_s=_delay(was, now),
        attempts=[] if now is None else _attempts(reading, now),
        was=_values(reading, was, differs, now),
        now=_values(reading, now, differs, was),
        no_earlier=bound,
        replaced=replaced(reading, was, now) if was is not None and now is not None and "people" in differs else [],
        **why,  # type: ignore[arg-type]
    )


def _with_crews_down(reading: Reading, work: list[Change], home: list[Change]) -> list[Change]:
    """Return the changes of activities, of departures also whether other people go home with them.

    A departure of which nothing else differs is reassigned for the reason for which these people go home otherwise.
    """
    was, now = ({way.subject: way.departure for way in run.returns.values() if _goes(run, way)} for run in reading.runs)
    by_subject = {change.subject: change for change in work}
    for subject in dict.fromkeys((*was.values(), *now.values())):
        change = by_subject.get(subject)
        crews = [[id_.removesuffix(RETURN_SUFFIX) for id_ in ways if ways[id_] == subject] for ways in (was, now)]
        if change is None or change.outcome in ("added", "cancelled") or set(crews[0]) == set(crews[1]):
            continue
        others = set(crews[0]) ^ set(crews[1])
        why = next((it for it in home if it.row is not None and it.subject.removesuffix(RETURN_SUFFIX) in others), None)
        told: dict[str, object] = {}
        if change.outcome == "kept":
            told = {"outcome": "reassigned", **({} if why is None else _same_reason(why))}
        by_subject[subject] = evolve(
            change,
            differs=[*change.differs, CREW_DOWN],
            was=change.was | {CREW_DOWN: crews[0]},
            now=change.now | {CREW_DOWN: crews[1]},
            **told,  # type: ignore[arg-type]
        )
    return list(by_subject.values())


def _goes(run: Run, way: Return) -> bool:
    """Does somebody go home with the departure that holds their seat? Nobody does with one that left without them."""
    departs = run.fates.get(way.departure)
    return departs is None or departs.life != "done" or way.landed_s is not None


def _same_reason(change: Change) -> dict[str, object]:
    return {name: getattr(change, name) for name in ("rule", "cause_seq", "incident", "reason", "row")}


def _decided(reading: Reading, fate: Fate) -> Row | None:
    """Return the row with which a decision made an activity as it stands; None where something else had the last word.

    The repair that follows a decision in the same step gives the date; the decision is why there is another one.
    """
    own = _own(reading, fate)
    if own and own[-1].kind is Kind.INSERTED:
        return own[-1]  # whatever moves it later, it is there as decided
    return own[-1] if own and own[-1].step == fate.decisive[-1].step else None


def _own(reading: Reading, fate: Fate) -> list[Row]:
    """Return the rows with which decisions changed an activity."""
    return [row for row in fate.decisive if reading.decision(row) is not None]


def _outcome(was: Fate | None, now: Fate | None) -> str:
    """Return the outcome of an activity, by its state at the end of both runs."""
    if now is None:
        return "cancelled"
    if was is None:
        return "cancelled" if now.life == "given_up" and now.decisive[0].kind is Kind.INSERTED else "added"
    if now.life == "undated" and now.is_taken_up and not was.is_taken_up:
        return "called_off"
    if now.life in _ENDS and (was.life, was.start_s) != (now.life, now.start_s):
        return _ENDS[now.life]
    return _compared(was, now)


def _compared(was: Fate, now: Fate) -> str:
    """Return the outcome of an activity that has a date, or that neither run gives one."""
    if now.life in ("given_up", "undated"):
        return "kept"
    if now.life == "under_way" and was.life != "under_way":
        return "unfinished"  # whether it was moved as well stands in what differs
    differs = _differs(was, now)
    if "start" in differs:
        return "moved"
    if any(name in differs for name in (*_PEOPLE, *_RECORD)):
        return "reassigned"
    if PAUSED in differs:
        return "paused"
    return "changed" if differs else "kept"


def _differs(was: Fate | None, now: Fate | None) -> list[str]:
    if was is None or now is None:
        return []
    paused = [PAUSED] if was.paused_s != now.paused_s else []
    record = [key for key in _RECORD if _record(was, key, now) != _record(now, key, was)]
    return _plan_differs(was, now) + record + paused


def _record(fate: Fate, key: str, other: Fate | None) -> str:
    """Return what the record of an activity says; a run that leaves it has what stood there before the other one."""
    if key in fate.amended:
        return fate.amended[key][1]
    return "" if other is None or key not in other.amended else other.amended[key][0]


def _plan_differs(was: Fate, now: Fate) -> list[str]:
    start = ["start"] if was.start_s != now.start_s else []
    if _crew(was) == _crew(now):
        rest = [name for name in ("ship", "port", *_REST) if getattr(was.revision, name) != getattr(now.revision, name)]
        return start + rest
    return start + [name for name in (*_PEOPLE, *_REST) if getattr(was.revision, name) != getattr(now.revision, name)]


def _crew(fate: Fate) -> list[tuple[str, str]]:
    people, roles = fate.revision.people, fate.revision.roles
    return sorted(zip(people, roles or ("",) * len(people), strict=False))


def _values(reading: Reading, fate: Fate | None, differs: list[str], other: Fate | None) -> dict[str, object]:
    if fate is None:
        return {}
    values: dict[str, object] = {"start": _start(reading, fate)} if "start" in differs else {}
    for name in differs:
        if name == PAUSED:
            values[name] = fate.paused_s
        elif name in _RECORD:
            values[name] = [id_ for id_ in _record(fate, name, other).split(",") if id_]
        elif name != "start":
            value = getattr(fate.revision, name)
            values[name] = list(value) if isinstance(value, tuple) else value
    return values


def _start(reading: Reading, fate: Fate | None) -> str | None:
    return None if fate is None else reading.date(fate.subject, fate.start_s)


def _delay(was: Fate | Return | None, now: Fate | Return | None) -> int | None:
    if was is None or now is None or was.start_s is None or now.start_s is None:
        return None
    return now.start_s - was.start_s


def _attempts(reading: Reading, fate: Fate) -> list[dict[str, object]]:
    return [
        {"utc": reading.clock.utc(attempt.end_s), "end": attempt.end, "rule": attempt.rule}
        for attempt in fate.attempts
        if attempt.end not in ("done", "open") and attempt.end_s is not None
    ]


# --- people's returns -------------------------------------------------------------------------------------------------


def _return(reading: Reading, was: Return | None, now: Return | None) -> Change:
    subject = (was or now).subject  # type: ignore[union-attr]
    outcome, differs = _return_outcome(was, now), _return_differs(was, now)
    up = {} if outcome == "kept" else _comes_up(reading, subject)
    decisive = None if outcome == "kept" or now is None else _decisive(now)
    if outcome == "changed" and now is not None and now.losses:
        decisive = now.losses[-1]
    why = reason_of(reading, decisive)
    unmoved = None
    if why["incident"] is None and outcome != "kept":
        unmoved = _moved(reading, now) or _unmoved(reading, was)
    if unmoved is not None:
        why = reason_of(reading, unmoved)
    elif now is not None and now.lost is not None and now.without_s is not None and outcome == "postponed":
        since = f"No certified ship since {reading.clock.utc(now.without_s)}"
        why["reason"] = f"{since} (then: {now.lost.text})" if now.lost.text else since
    return Change(
        subject=subject,
        kind=RETURN,
        outcome=outcome,
        differs=[*differs, *up],
        planned_utc=None if was is None else reading.date(was.departure, was.promised_s),
        nominal_utc=_return_start(reading, was),
        actual_utc=_return_start(reading, now),
        delay_s=_delay(was, now),
        attempts=[],
        was=_return_values(reading, was, differs) | {key: days[0] for key, days in up.items()},
        now=_return_values(reading, now, differs) | {key: days[1] for key, days in up.items()},
        **why,  # type: ignore[arg-type]
    )


def _unmoved(reading: Reading, was: Return | None) -> Row | None:
    """Return what became of the move, or of the flight up, that gave a person the ship they would have gone home in."""
    if was is None:
        return None
    person, log = was.subject.removesuffix(RETURN_SUFFIX), reading.nominal.log
    return _last_of(reading, log, _fitted(log, was), person)


def _moved(reading: Reading, now: Return | None) -> Row | None:
    """Return the decision by which a person got the ship of their return, where there was one."""
    if now is None:
        return None
    person, log = now.subject.removesuffix(RETURN_SUFFIX), reading.disrupted.log
    row = _last_of(reading, log, _fitted(log, now), person)
    return row if row is not None and reading.decision(row) is not None else None


def _fitted(log: Log, way: Return) -> Row | None:
    """Return the last row with which a person's fit items came into the ship of their return."""
    ids = way.subject.removesuffix(RETURN_SUFFIX), way.ship
    rows = (row for row in reversed(log.rows) if row.kind is Kind.FITTED)
    return next((row for row in rows if (row.subject, row.object) == ids), None)


def _last_of(reading: Reading, log: Log, row: Row | None, person: str) -> Row | None:
    """Return what made the activity behind a row of either log as it is in the disrupted run; None if nothing did.

    Of a flight on which a decision lets a person fly no more, that is the decision, whatever moved the flight later.
    """
    while row is not None:
        fate = reading.disrupted.fates.get(row.subject)
        if fate is not None and fate.decisive:
            was, now = (ids.split(",") for ids in fate.amended.get("crew_up", ("", "")))
            own = _own(reading, fate) if (person in was) != (person in now) else []
            return own[-1] if own else _decided(reading, fate) or fate.decisive[-1]
        row = None if row.cause is None else log.row(row.cause)
    return None


def is_without_ship(outcome: str, differs: Iterable[object]) -> bool:
    """Is there no ship for a return at the end?

    Of people who have not come up yet, none is promised; a ship that has lost its date alone is still there.
    """
    found = tuple(differs)
    return outcome == "postponed" and COMES_UP not in found and ("ship" in found or "start" not in found)


def launch_delay_s(reading: Reading, person: str) -> int:
    """Return by how much a person comes aboard later [s]; who does not come in a run counts to its end."""
    was_s, now_s = (run.came[person].t_s if person in run.came else reading.manifest.horizon_s for run in reading.runs)
    return now_s - was_s


def behind_launch(reading: Reading, person: str) -> Row | None:
    """Return what made the flight with which a person was to come, or else comes, as it is in the disrupted run."""
    found = (_last_of(reading, run.log, run.came.get(person), person) for run in reading.runs)
    return next((row for row in found if row is not None), None)


def _comes_up(reading: Reading, subject: str) -> dict[str, list[str | None]]:
    """Return the days on which somebody comes aboard in either run, where they differ."""
    person = subject.removesuffix(RETURN_SUFFIX)
    if not launch_delay_s(reading, person):
        return {}
    rows = (run.came.get(person) for run in reading.runs)
    return {COMES_UP: [None if row is None else reading.clock.day(row.t_s) for row in rows]}


def _return_outcome(was: Return | None, now: Return | None) -> str:
    if now is None or (was is not None and was.start_s is not None and now.start_s is None):
        return "postponed"
    if was is None:
        return "added"
    if "start" in _return_differs(was, now):
        return "moved"
    if "ship" in _return_differs(was, now):
        return "reassigned"
    return "changed" if _return_differs(was, now) else "kept"


def _return_differs(was: Return | None, now: Return | None) -> list[str]:
    if was is None or now is None:
        return []
    start = ["start"] if was.start_s != now.start_s else []
    ship = ["ship"] if _return_ship(was) != _return_ship(now) else []
    # what has no ship at the end has no date either, and says since when; here it was lost and regained
    regained = was.lost is None and now.lost is None and was.bare_s != now.bare_s
    return start + ship + ([WITHOUT] if regained else [])


def _return_ship(way: Return) -> str | None:
    return way.ship if way.lost is None else None


def _return_values(reading: Reading, way: Return | None, differs: list[str]) -> dict[str, object]:
    if way is None:
        return {}
    values = {"start": _return_start(reading, way), "ship": _return_ship(way), WITHOUT: way.bare_s}
    return {name: values[name] for name in differs}


def _return_start(reading: Reading, way: Return | None) -> str | None:
    if way is None:
        return None
    return reading.date(way.departure, way.start_s)


def _decisive(way: Return) -> Row:
    """Return the row that made a return differ: its ship was lost, another promised, or its departure changed."""
    if way.lost is not None:
        return way.lost
    moved = way.departs.decisive[-1] if way.departs is not None and way.departs.decisive else None
    return moved if moved is not None and (moved.seq > way.row.seq or moved.seq == way.row.cause) else way.row
