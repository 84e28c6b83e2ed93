"""Why is it otherwise, why that date and no earlier one, why other people? What the log says of a change."""

from collections.abc import Mapping

from stationsim.impact.clock import DAY_S, days_named
from stationsim.impact.fates import Fate
from stationsim.impact.naming import trouble
from stationsim.impact.reading import Reading
from stationsim.log.kinds import Kind
from stationsim.log.log import Row

__all__ = ["further", "no_earlier", "reason_of", "replaced"]


def reason_of(reading: Reading, row: Row | None) -> dict[str, object]:
    """Return what a change says of the row that decided it: rule, cause, incident, reason and the row itself."""
    if row is None:
        return {"rule": None, "cause_seq": None, "incident": None, "reason": None, "row": None}
    return {
        "rule": row.rule,
        "cause_seq": row.cause,
        "incident": reading.chains.incident(row.seq),
        "reason": _because(reading, row),
        "row": row.seq,
    }


def _because(reading: Reading, row: Row) -> str | None:
    incident = reading.chains.incident(row.seq)
    decision = reading.decision(row)
    if decision is not None:
        more = f"; {row.text}" if row.kind is Kind.GIVEN_UP and row.text else ""
        return f"as decided: {decision.text}{more}"
    if row.kind is Kind.ADDED and incident is not None:
        return f"response{f' ({row.text})' if row.text else ''} to {trouble(reading.manifest, incident)}"
    if row.kind is Kind.FILLED:
        return f"from the task list: {row.text}"
    rule = reading.manifest.rules.get(row.rule or "", {})
    return row.text or (str(rule["text"]) if "text" in rule else None)


def no_earlier(reading: Reading, fate: Fate) -> dict[str, object] | None:
    """Return what forbids the starts just before the date of an activity in the disrupted run; None if unknown.

    Of the windows that decided its date, it is the one that ends last: `rule`, `reason` and `until_utc`; `days` are the
    days of the week between its end and the date, where only such lie there on which it is given none.
    """
    log = reading.disrupted.log
    dated = (row for row in reversed(fate.decisive) if log.attached("blocks", row.seq))
    row = next(dated, None)
    if row is None or row.start_s is None or row.start_s != fate.start_s:
        return None
    best: tuple[int, str, str] | None = None
    for _, _, _, hi, mode, rule, _, reason, _, binding in log.attached("blocks", row.seq):
        if not binding or hi is None:
            continue
        ends_s = int(str(hi)) + (0 if mode == "start" else fate.revision.before_s)
        if ends_s <= row.start_s and (best is None or ends_s > best[0]):
            best = ends_s, str(rule), str(reason or "")
    if best is None:
        return None
    days = _passed_over(reading, fate.subject, best[0], row.start_s)
    return {"rule": best[1], "reason": best[2], "until_utc": reading.clock.utc(best[0]), "days": days}


def _passed_over(reading: Reading, subject: str, from_s: int, start_s: int) -> list[str]:
    """Return the days of the week that lie before a date because an activity is given none on them; else nothing."""
    allowed = reading.fact(subject, "days")
    from_s = max(from_s, start_s - 7 * DAY_S)  # a week holds every day: one of them would have done
    passed = [reading.clock.weekday(at_s) for at_s in range(start_s - DAY_S, from_s - 1, -DAY_S)][::-1]
    if not isinstance(allowed, list) or not allowed or any(day in allowed for day in passed):
        return []
    return passed


def replaced(reading: Reading, was: Fate, now: Fate) -> list[dict[str, object]]:
    """Return who takes part without the incidents and not with them, each with what keeps them from it, if known."""
    log = reading.disrupted.log
    dated = next((row.seq for row in reversed(now.decisive) if log.attached("revisions", row.seq)), None)
    told = () if dated is None else log.attached("replaced", dated)
    known = {str(person): (str(rule), str(reason or "")) for _, _, person, rule, reason, _ in told}
    gone = (person for person in was.revision.people if person not in now.revision.people)
    return [
        {"person": person, "rule": known[person][0], "reason": known[person][1]}
        if person in known
        else {"person": person, "rule": None, "reason": None}
        for person in gone
    ]


def further(row: Mapping[str, object], names: Mapping[str, str]) -> list[str]:
    """Return what a row of table `changes` says beside its reason: what its date and its other people come of.

    >>> bound = {"rule": "eva-4", "reason": "less than 1 d from departure of Crew-5", "days": ["sat", "sun"]}
    >>> gone = {"person": "kikina", "rule": "gen-5", "reason": "Anna Kikina has left"}
    >>> row = {"reason": "Crew-5 leaves", "no_earlier": bound, "replaced": [gone]}
    >>> for line in further(row, {"kikina": "Anna Kikina"}):
    ...     print(line)
    no earlier: less than 1 d from departure of Crew-5 (eva-4); then Saturday and Sunday, when it is given no date
    other people: Anna Kikina has left (gen-5)
    """
    bound, gone = row["no_earlier"], row["replaced"]
    said = [f"no earlier: {'; then '.join(_bound(row, bound))}"] if isinstance(bound, dict) else []
    whom = []
    for one in gone if isinstance(gone, list | tuple) else ():
        name = names.get(str(one["person"]), str(one["person"]))
        why = _of_rule(one) if one["rule"] is not None else ""
        if why and one["reason"] != row.get("reason"):
            whom.append(why if name in why else f"{name}: {why}")
    return [*said, *([f"other people: {'; '.join(whom)}"] if whom else [])]


def _bound(row: Mapping[str, object], bound: Mapping[str, object]) -> list[str]:
    """Return what forbids an earlier date, without what the reason of the change says already."""
    is_told = (bound["rule"], bound["reason"]) == (row.get("rule"), row.get("reason"))
    days = bound.get("days")
    passed = [f"{days_named(days)}, when it is given no date"] if isinstance(days, list) and days else []
    return passed if is_told else [_of_rule(bound), *passed]


def _of_rule(one: Mapping[str, object]) -> str:
    return f"{one['reason']} ({one['rule']})" if one["reason"] else str(one["rule"])
