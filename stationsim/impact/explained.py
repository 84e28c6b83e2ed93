"""Why is it otherwise, why that date and no earlier one, why other people? What the log says of a change."""

from collections.abc import Mapping

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

    Of the windows that decided its date, it is the one that ends last: `rule`, `reason` and `until_utc`.
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
    return {"rule": best[1], "reason": best[2], "until_utc": reading.clock.utc(best[0])}


def replaced(reading: Reading, was: Fate, now: Fate) -> list[dict[str, object]]:
    """Return who takes part without the incidents and not with them, each with what keeps them from it, if known."""
    log = reading.disrupted.log
    known = {
        str(person): (str(rule), str(reason or ""))
        for row in now.decisive
        for _, _, person, rule, reason, _ in log.attached("replaced", row.seq)
    }
    gone = (person for person in was.revision.people if person not in now.revision.people)
    return [
        {"person": person, "rule": known[person][0], "reason": known[person][1]}
        if person in known
        else {"person": person, "rule": None, "reason": None}
        for person in gone
    ]


def further(row: Mapping[str, object], names: Mapping[str, str]) -> list[str]:
    """Return what a row of table `changes` says beside its reason: what its date and its other people come of.

    >>> bound = {"rule": "eva-4", "reason": "less than 1 d from departure of Crew-5", "until_utc": "2023-02-22T12:00Z"}
    >>> gone = {"person": "kikina", "rule": "gen-5", "reason": "Anna Kikina has left"}
    >>> further({"no_earlier": bound, "replaced": [gone]}, {"kikina": "Anna Kikina"})
    ['no earlier: less than 1 d from departure of Crew-5 (eva-4)', 'other people: Anna Kikina has left (gen-5)']
    """
    bound, gone = row["no_earlier"], row["replaced"]
    said = [f"no earlier: {_of_rule(bound)}"] if isinstance(bound, dict) else []
    whom = []
    for one in gone if isinstance(gone, list | tuple) else ():
        name = names.get(str(one["person"]), str(one["person"]))
        why = _of_rule(one) if one["rule"] is not None else ""
        if why and one["reason"] != row.get("reason"):
            whom.append(why if name in why else f"{name}: {why}")
    return [*said, *([f"other people: {'; '.join(whom)}"] if whom else [])]


def _of_rule(one: Mapping[str, object]) -> str:
    return f"{one['reason']} ({one['rule']})" if one["reason"] else str(one["rule"])
