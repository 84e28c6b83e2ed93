"""What happened, in one line and in one or two sentences?"""

from collections.abc import Callable, Iterable, Sequence

from stationsim.impact.changes import COMES_UP, RETURN, WITHOUT, Change, is_without_ship, launch_delay_s
from stationsim.impact.decisions import Decision
from stationsim.impact.hours import hours, prepared
from stationsim.impact.knowing import DISMISSED, notices
from stationsim.impact.reading import Reading
from stationsim.log.kinds import SENSOR, Kind
from stationsim.units import format_duration

__all__ = ["brief", "sentences"]

_FATES = (
    "moved",
    "reassigned",
    "changed",
    "postponed",
    "cancelled",
    "terminated",
    "aborted",
    "failed",
    "paused",
    "unfinished",
    "called_off",
)
_MOST_NAMED = 4
_ARTICLES = ("the", "a", "an", "its", "their", "one", "some", "all", "both")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def brief(reading: Reading, found: Sequence[Change]) -> str:
    """Return the outcome in one line: `1 leak · 1 EVA moved, 2 postponed · 3 returns without a ship`."""
    parts = [_incidents(reading)]
    sorties, rest, home = _sorted(reading, found)
    parts += [_counted("EVA", sorties), _counted("other activity", rest)]
    parts += _added(reading, rest)
    parts += _home(home)
    late = _later(reading)
    later, never = sum(len(people) for days, people in late.items() if days is not None), len(late.get(None, ()))
    parts.append(f"{later} {_plural(later, 'person comes', 'people come')} up later" if later else "")
    parts.append(f"{never} {_plural(never, 'person does', 'people do')} not come up" if never else "")
    taken = len(reading.taken)
    parts.append(f"{taken} {_plural(taken, 'decision', 'decisions')}" if taken else "")
    parts += [
        f"{len(who)} {word}"
        for kind, word in ((Kind.SHELTERED, "sheltered"), (Kind.CAUGHT, "caught"))
        if (who := _people(reading, kind))
    ]
    missed = len(_missed(reading))
    parts.append(f"{missed} {_plural(missed, 'demand', 'demands')} missed" if missed else "")
    said = [part for part in parts if part]
    return " · ".join(said) if len(said) > 1 else f"{said[0]} · nothing changed"


def sentences(reading: Reading, found: Sequence[Change]) -> str:
    """Return what happened and what it cost, in one or two sentences, and between them what was decided."""
    struck = [_struck(reading, incident) for incident in reading.chains.struck]
    first = f"{_capital(_joined(struck))}." if struck else "Nothing happened that the plan did not foresee."
    first += "".join(f" {sentence}" for sentence in _decided(reading, found))
    sorties, rest, home = _sorted(reading, found)
    own = [change for change in rest if change.outcome != "added" or not reading.fact(change.subject, "task_list")]
    launches = _launches(reading, own, found)
    costs = _refuge(reading) + _flights(reading, sorties)
    costs += [f"{with_article(reading.name(change.subject))} is {_far(change)}" for change in launches]
    costs += _others([change for change in own if change not in launches]) + _refilled(reading) + _repeated(reading)
    lost = [change for change in home if _has_no_ship(change)]
    if lost:
        who = _joined([reading.name(change.subject.removesuffix("-return")) for change in lost])
        costs.append(f"{who} {'has' if len(lost) == 1 else 'have'} no certified ship to return in")
    costs += _return_otherwise(home)
    costs += _regained(reading, home) + _come_up(reading) + _missed(reading)
    return f"{first} {_capital('; '.join(costs))}." if costs else f"{first} Every activity stayed as planned."


def _has_no_ship(change: Change) -> bool:
    return is_without_ship(change.outcome, change.differs)


def _decided(reading: Reading, found: Sequence[Change]) -> list[str]:
    """Return what was decided because of the incidents, and to which date it moves traffic, a sentence each."""
    said = []
    for one in reading.taken:
        said.append(f"{reading.name(one.centre)} decided on {_when(reading, one.t_s)}: {one.text or one.option}.")
        said += [f"{_capital(_moved_to(reading, change))}." for change in _moved_by(reading, one, found)]
    return said


def _moved_by(reading: Reading, one: Decision, found: Sequence[Change]) -> list[Change]:
    """Return the activities that a decision moves, of each ship the first."""
    work = (it for it in found if it.kind != RETURN and it.cause_seq == one.seq)
    moved = (it for it in work if it.outcome == "moved" and it.delay_s)
    first: dict[str, Change] = {}
    for change in moved:
        first.setdefault(reading.disrupted.fates[change.subject].revision.ship or change.subject, change)
    return list(first.values())


def _launches(reading: Reading, own: Iterable[Change], found: Sequence[Change]) -> list[Change]:
    """Return the launches that are at another date, without those of which a decision has told that."""
    told = {change.subject for one in reading.taken for change in _moved_by(reading, one, found)}
    moved = (change for change in own if change.outcome == "moved" and change.delay_s)
    return [it for it in moved if it.subject not in told and reading.has_effect(it.subject, "launch")]


def _moved_to(reading: Reading, change: Change) -> str:
    name = with_article(reading.name(change.subject))
    return f"{name} is then on {_spoken(change.actual_utc or '')} instead of {_spoken(change.nominal_utc or '')}"


def _return_otherwise(home: Iterable[Change]) -> list[str]:
    """Return how many people go home at another time, or in another ship; those with the same delay together."""
    shared: dict[tuple[str, str], int] = {}
    for change in home:
        if change.outcome == "postponed" and COMES_UP not in change.differs and not _has_no_ship(change):
            said = ("person has no date to return", "people have no date to return")
        elif change.outcome == "moved" and change.delay_s is None:
            said = ("person has a date to return again", "people have a date to return again")
        elif change.outcome in ("moved", "reassigned"):
            how = _far(change) if change.outcome == "moved" else "in another ship"
            said = (f"person returns {how}", f"people return {how}")
        else:
            continue
        shared[said] = shared.get(said, 0) + 1
    return [f"{_number(count)} {_plural(count, *said)}" for said, count in shared.items()]


def _far(change: Change) -> str:
    """Return by how much something is later or earlier."""
    delay_s = change.delay_s or 0
    days, left = divmod(abs(delay_s), 86400)
    far = f"{abs(delay_s) / 86400:.1f} d" if left else f"{days} d"
    return f"{far} {'later' if delay_s > 0 else 'earlier'}"


def _when(reading: Reading, t_s: int) -> str:
    return _spoken(reading.clock.utc(t_s))


def _spoken(utc: str) -> str:
    return utc.replace("T", " ").replace("Z", " UTC")


def _later(reading: Reading) -> dict[int | None, list[str]]:
    """Return the names of people who come up later in another ship than without the incidents, by the days of it.

    Who does not come before the end of the run stands under None.
    """
    found: dict[int | None, list[str]] = {}
    was, now = reading.nominal.came, reading.disrupted.came
    for person, row in was.items():
        delay_s = launch_delay_s(reading, person)
        if delay_s > 0 and (person not in now or now[person].object != row.object):
            days = round(delay_s / 86400) if person in now else None
            found.setdefault(days, []).append(reading.name(person))
    return found


def _come_up(reading: Reading) -> list[str]:
    said = []
    for days, people in _later(reading).items():
        who = _joined(people) if len(people) <= _MOST_NAMED else f"{_number(len(people))} people"
        verb = _plural(len(people), "comes", "come")
        not_ = _plural(len(people), "does not come", "do not come")
        said.append(f"{who} {not_} up in this run" if days is None else f"{who} {verb} up {days} d later")
    return said


def _regained(reading: Reading, home: list[Change]) -> list[str]:
    """Return who had no certified ship for another time than planned, and has one again; equal times together."""
    shared: dict[tuple[int, int], list[str]] = {}
    for change in home:
        if WITHOUT in change.differs:
            times = int(str(change.was[WITHOUT])), int(str(change.now[WITHOUT]))
            shared.setdefault(times, []).append(reading.name(change.subject.removesuffix("-return")))
    return [f"{_joined(names)} {_bare(*times)}" for times, names in shared.items()]


def _bare(was_s: int, now_s: int) -> str:
    if was_s == 0:
        return f"had no certified ship for {format_duration(now_s)}"
    return f"had no certified ship for {format_duration(now_s)} instead of {format_duration(was_s)}"


def _sorted(reading: Reading, found: Iterable[Change]) -> tuple[list[Change], list[Change], list[Change]]:
    """Return sorties, other activities and people's returns."""
    sorties: list[Change] = []
    rest: list[Change] = []
    home: list[Change] = []
    for change in found:
        is_sortie = change.kind != RETURN and reading.has_effect(change.subject, "outside")
        (home if change.kind == RETURN else sorties if is_sortie else rest).append(change)
    return sorties, rest, home


def _incidents(reading: Reading) -> str:
    struck = list(reading.chains.struck)
    leaking = sum(_is_leak(reading, incident) for incident in struck)
    said = [
        f"{count} {_plural(count, one, many)}"
        for count, one, many in ((leaking, "leak", "leaks"), (len(struck) - leaking, "incident", "incidents"))
        if count
    ]
    return ", ".join(said) or "no incident"


def _is_leak(reading: Reading, incident: str) -> bool:
    return any(row.kind is Kind.LEAKED and row.object == incident for row in reading.disrupted.log)


def _is_air(reading: Reading, incident: str) -> bool:
    """Is the incident a hole in a wall, through which the cabin's air leaves?"""
    log = reading.disrupted.log
    leaks = [row for row in log if row.kind is Kind.LEAKED and row.object == incident]
    return any(record[2] == "hole" for row in leaks for record in log.attached("physics", row.seq))


def _people(reading: Reading, kind: Kind) -> list[str]:
    """Return the names of those that such events are about in the disrupted run and not in the nominal one."""
    was, now = ([row.subject for row in run.log if row.kind is kind] for run in reading.runs)
    return [reading.name(person) for person in dict.fromkeys(now) if person not in was]


def _refuge(reading: Reading) -> list[str]:
    sheltered, caught = _people(reading, Kind.SHELTERED), _people(reading, Kind.CAUGHT)
    said = []
    if sheltered:
        count = len(sheltered)
        said.append(f"{_number(count)} {_plural(count, 'person', 'people')} took shelter")
    if caught:
        said.append(f"{_joined(caught)} could not be in a ship before the pressure limit")
    return said


def _missed(reading: Reading) -> list[str]:
    """Return what was demanded and not done in time, in the disrupted run and not in the nominal one."""
    was = {row.subject for row in reading.nominal.log if row.kind is Kind.MISSED}
    rows = [row for row in reading.disrupted.log if row.kind is Kind.MISSED and row.subject not in was]
    said = []
    for row in rows:
        demand = reading.disrupted.log.row(row.cause or 0)
        when = _when(reading, demand.until_s or row.t_s)
        said.append(f"nothing met what {reading.name(demand.object)} needs by {when} ({row.text or row.subject})")
    return said


def _counted(noun: str, changes: list[Change]) -> str:
    counts = [(fate, sum(change.outcome == fate for change in changes)) for fate in _FATES]
    said = [(fate, count) for fate, count in counts if count]
    if not said:
        return ""
    (fate, count), *more = ((fate.replace("_", " "), count) for fate, count in said)
    many = "other activities" if noun == "other activity" else f"{noun}s"
    return ", ".join([f"{count} {_plural(count, noun, many)} {fate}", *(f"{count} {fate}" for fate, count in more)])


def _added(reading: Reading, rest: list[Change]) -> list[str]:
    """Return how many responses came in, and how much of the task list."""
    listed = [bool(reading.fact(change.subject, "task_list")) for change in rest if change.outcome == "added"]
    said = [f"{len(listed) - sum(listed)} added"] if not all(listed) else []
    return said + ([f"{sum(listed)} from the task list"] if any(listed) else [])


def _refilled(reading: Reading) -> list[str]:
    """Return how much more time than without the incidents was given to the task list, and by how many people."""
    given = [
        [work for work in hours(run) if reading.fact(work.activity, "task_list") and not work.is_lost]
        for run in reading.runs
    ]
    was_s, now_s = (sum(work.lasted_s for work in works) for works in given)
    count = len({work.person for work in given[1]})
    if now_s <= was_s:
        return []
    who = f"{_number(count)} {_plural(count, 'person', 'people')}"
    return [f"{format_duration(now_s - was_s)} of the time of {who} was refilled from the task list"]


def _repeated(reading: Reading) -> list[str]:
    """Return how much more preparation than without the incidents was done again."""
    was_s, now_s = (sum(one.lasted_s for one in prepared(run) if one.again) for run in reading.runs)
    return [f"{format_duration(now_s - was_s)} of preparation was done again"] if now_s > was_s else []


def _home(home: list[Change]) -> list[str]:
    lost = sum(_has_no_ship(change) for change in home)
    said = [f"{lost} {_plural(lost, 'return', 'returns')} without a ship"] if lost else []
    otherwise = [change for change in home if change.outcome in ("moved", "reassigned", "postponed")]
    counted = _counted("return", [it for it in otherwise if not _has_no_ship(it)])
    said += [counted] if counted else []
    bare = sum(change.outcome == "changed" for change in home)
    return said + ([f"{bare} {_plural(bare, 'return', 'returns')} without a ship for a time"] if bare else [])


def _struck(reading: Reading, incident: str) -> str:
    row = reading.disrupted.log.row(reading.chains.struck[incident])
    when = _when(reading, row.t_s)
    if (of_plan := _of_plan(reading, incident, reading.name(row.object))) is not None:
        return f"{of_plan} on {when}"
    node = with_article(reading.name(row.object), is_part="/" in (row.object or ""))
    if row.by == SENSOR or notices(reading.disrupted.log)[incident].state == DISMISSED:
        return f"a false alarm{f' ({row.text})' if row.text else ''} was raised at {node} on {when}"
    if _is_air(reading, incident):
        return f"a leak of cabin air struck {node} on {when}"
    if _is_leak(reading, incident):
        return f"a leak struck {node} on {when}"
    if row.text in {"failed", "degraded"}:
        return f"{node} {'failed' if row.text == 'failed' else 'was degraded'} on {when}"
    return f"an incident ({row.text}) struck {node} on {when}" if row.text else f"an incident struck {node} on {when}"


def with_article(name: str, *, is_part: bool = False) -> str:
    """Write a name within a sentence: what has no proper name, and a part of something, takes an article.

    >>> with_article("pump of the crystal press"), with_article("Canadarm2"), with_article("the press")
    ('the pump of the crystal press', 'Canadarm2', 'the press')
    """
    is_proper = not name[:1].islower() or name.startswith(("crew member ", "cabin air"))
    is_told = name.split(" ", 1)[0].lower() in _ARTICLES
    return name if is_told or (is_proper and not is_part) else f"the {name}"


def _of_plan(reading: Reading, incident: str, node: str) -> str | None:
    """Return what an incident did to the plan: a hold, or an activity that failed; None of all others."""
    facts = next((known for known in reading.manifest.incidents if known["id"] == incident), {})
    if facts.get("sort") == "hold":
        return f"a hold ({node}) began"
    return f"{reading.name(str(facts['fails']))} failed" if facts.get("sort") == "fails" else None


def _flights(reading: Reading, sorties: list[Change]) -> list[str]:
    """Return what became of sorties; those with the same fate share a phrase."""
    shared: dict[tuple[str, str], list[str]] = {}
    for change in sorties:
        if change.outcome != "kept":
            shared.setdefault(_phrase(change), []).append(reading.name(change.subject))
    return [f"{_joined(names)} {_plural(len(names), *phrase)}" for phrase, names in shared.items()]


def _phrase(change: Change) -> tuple[str, str]:
    """Return what is said of one sortie and of several."""
    if change.outcome == "moved" and change.delay_s:
        return f"flies {_far(change)}", f"fly {_far(change)}"
    words = {
        "postponed": ("has no date", "have no date"),
        "moved": ("has a date again", "have a date again"),
        "unfinished": ("is under way at the end of the run", "are under way at the end of the run"),
    }
    return words.get(change.outcome, (f"is {change.outcome}", f"are {change.outcome}"))


def _others(rest: list[Change]) -> list[str]:
    said = []
    for test, words in _OTHERS:
        count = sum(test(change.outcome) for change in rest)
        if count:
            said.append(f"{_number(count)} {_plural(count, 'activity was', 'activities were')} {words}")
    return said


_OTHERS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda outcome: outcome == "moved", "moved"),
    (lambda outcome: outcome == "postponed", "left without a date"),
    (lambda outcome: outcome in ("cancelled", "terminated", "aborted", "failed"), "lost"),
    (lambda outcome: outcome == "paused", "paused"),
    (lambda outcome: outcome == "reassigned", "reassigned"),
    (lambda outcome: outcome == "changed", "changed"),
    (lambda outcome: outcome == "unfinished", "under way at the end of the run"),
    (lambda outcome: outcome == "called_off", "taken up and put back on the task list"),
    (lambda outcome: outcome == "added", "added"),
)


def _plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
