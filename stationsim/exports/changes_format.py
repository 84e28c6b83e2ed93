"""What is asked of whoever keeps the plan? Numbered change requests per activity and person, as CSV and Markdown."""

import attrs
from attrs import frozen

from stationsim.exports.texts import Record, Told, as_csv, escaped, line, markdown_table, sheet_text
from stationsim.impact.changes import COMES_UP, CREW_DOWN, PAUSED, RETURN, WITHOUT, is_without_ship
from stationsim.impact.explained import further
from stationsim.impact.frames import records
from stationsim.impact.impact import Impact
from stationsim.units import format_duration

__all__ = ["Request", "files", "requests"]

_WORDS = {
    "crew_up": "people up", CREW_DOWN: "people down", WITHOUT: "without a ship for", PAUSED: "paused for",
    COMES_UP: "comes up",
}  # fmt: skip
_SECONDS = (WITHOUT, PAUSED)
_PLAIN = ("tasks", "uses", "roles")


@frozen(kw_only=True)
class Request:
    """One change request; all values are text for people.

    Attributes:
        number: `CR-001` and so on, in the order of the plan.
        subject: Id of the activity, or `PERSON-return`.
        name: Its name.
        kind: Its kind; `return` of a person's return.
        outcome: What became of it.
        old: As it was planned.
        new: As it is now.
        reason: Why, and what the new date and other people come of.
        rule: Id of the rule that asks for it.
        cause: The event behind it, with its time.
        incident: Id of the incident at the root.
        people: Ids of everybody whose time or way it changes, comma-separated.
    """

    number: str
    subject: str
    name: str
    kind: str
    outcome: str
    old: str
    new: str
    reason: str
    rule: str
    cause: str
    incident: str
    people: str


def files(impact: Impact) -> dict[str, bytes]:
    """Return `changes.csv` and `changes.md`."""
    told = Told.of(impact)
    found = requests(told)
    heads = [field.name for field in attrs.fields(Request)]
    rows = [[sheet_text(cell) for cell in attrs.astuple(one)] for one in found]
    return {"changes.csv": as_csv(heads, rows), "changes.md": _document(told, found).encode()}


def requests(told: Told) -> list[Request]:
    """Return a request for every activity and every return that is not as planned."""
    changed = [row for row in records(told.impact.changes) if row["outcome"] != "kept"]
    return [_request(told, row, number) for number, row in enumerate(changed, 1)]


def _request(told: Told, row: Record, number: int) -> Request:
    text = {key: "" if row[key] is None else str(row[key]) for key in ("rule", "incident", "kind")}
    reason = [] if row["reason"] is None else [str(row["reason"])]
    return Request(
        number=f"CR-{number:03}",
        subject=str(row["subject"]),
        name=told.name(row["subject"]),
        outcome=str(row["outcome"]).replace("_", " "),
        old=_state(told, row, "was", row["nominal_utc"]),
        new=_state(told, row, "now", row["actual_utc"]),
        cause=told.cause(row["cause_seq"]),
        people=",".join(_people(told.impact, row)),
        reason="; ".join([*reason, *further(row, told.impact.manifest.names)]),
        **text,
    )


def _state(told: Told, row: Record, side: str, utc: object) -> str:
    """Return one side of a change: its date, then what else differs."""
    values = row[side]
    facts: Record = values if isinstance(values, dict) else {}
    if row["outcome"] == "added" and side == "was":
        return "not planned"
    none = "no ship" if row["kind"] == RETURN and is_without_ship(str(row["outcome"]), facts) else "no date"
    if row["kind"] == RETURN and utc is None and COMES_UP in facts:
        none = ""
    said = [none if utc is None else str(utc)]
    said += [f"{_WORDS.get(key, key)}: {_value(told, key, value)}" for key, value in facts.items() if key != "start"]
    return "; ".join(part for part in said if part)


def _value(told: Told, key: str, value: object) -> str:
    if key in _SECONDS:
        return format_duration(int(str(value)))
    if key == COMES_UP:
        return "not in this run" if value is None else str(value)
    ids = value if isinstance(value, list) else [] if value in (None, "") else [value]
    if key in _PLAIN:
        return ", ".join(str(id_) for id_ in ids) or "none"
    return told.names(ids) or "none"


def _people(impact: Impact, row: Record) -> list[str]:
    """Return everybody who a change is about, in the order of the manifest."""
    subject = str(row["subject"])
    found = {subject.removesuffix("-return")}
    found |= set(impact.hours.loc[impact.hours["activity"] == subject, "person"])
    for side in ("was", "now"):
        values = row[side]
        facts: Record = values if isinstance(values, dict) else {}
        for key in ("people", "crew_up", "relieves", CREW_DOWN):
            ids = facts.get(key)
            found |= set(ids) if isinstance(ids, list) else set()
    return [str(person["id"]) for person in impact.manifest.people if person["id"] in found]


def _document(told: Told, found: list[Request]) -> str:
    manifest = told.impact.manifest
    run = f"Scenario {escaped(manifest.scenario)}, seed {manifest.seed}, hash {manifest.scenario_hash}."
    count = f"{len(found)} {'request' if len(found) == 1 else 'requests'}."
    lines = [f"# Change requests: {escaped(manifest.title or manifest.scenario)}", ""]
    lines += [f"{run} {count} Times are UTC.", ""]
    for one in found:
        facts = (
            ("Old", one.old), ("New", one.new), ("Reason", one.reason), ("Rule", _rule(told, one.rule)),
            ("Cause", one.cause), ("Incident", told.name(one.incident) if one.incident else ""),
            ("People", told.names(one.people.split(",")) if one.people else ""),
        )  # fmt: skip
        lines += [f"## {one.number} {escaped(one.name)}: {one.outcome}", ""]
        lines += [f"- {head}: {escaped(text)}" for head, text in facts if line(text)] + [""]
    return "\n".join([*lines, *_by_person(told, found)]) + "\n"


def _rule(told: Told, rule: str) -> str:
    text = told.words.rule_text(rule) if rule else None
    return f"{rule} ({text})" if text else rule


def _by_person(told: Told, found: list[Request]) -> list[str]:
    people = [str(person["id"]) for person in told.impact.manifest.people]
    rows = [(told.name(id_), ", ".join(one.number for one in found if id_ in one.people.split(","))) for id_ in people]
    rows = [row for row in rows if row[1]]
    return ["## By person", "", *markdown_table(("Person", "Requests"), rows)] if rows else ["Nobody's plan changes."]
