"""What do the tables of the page say? Rows of plain text for the template, which escapes them."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from stationsim.impact.changes import COMES_UP, CREW_DOWN, WITHOUT
from stationsim.impact.clock import Clock
from stationsim.impact.explained import further
from stationsim.impact.impact import Impact
from stationsim.impact.ledger import QUANTITIES
from stationsim.log.kinds import Kind
from stationsim.log.meanings import KINDS
from stationsim.report.bounds import MOST_CAUSES, MOST_CHANGES, MOST_KEPT, nearest
from stationsim.report.captions import uncertified_hours
from stationsim.report.causes import ancestors, disrupted_events, parents
from stationsim.report.kin import owners
from stationsim.report.theme import LEVELS, has_no_ship, outcome_style, outcome_word
from stationsim.report.words import (
    Record,
    Words,
    amount,
    clean,
    delay,
    integer,
    measure,
    records,
    sentence,
    signed,
    unit,
)
from stationsim.units import format_duration, with_gmt

_TELLING = {
    Kind.STRUCK, Kind.ENDED, Kind.EMPTIED, Kind.ALARMED, Kind.ANSWERED, Kind.STATUS_CHANGED, Kind.RETURN_LOST,
    Kind.CALLED_OFF, Kind.TERMINATED, Kind.ABORTED, Kind.FAILED, Kind.PAUSED, Kind.RESUMED, Kind.LOST,
    Kind.STAYED_AWAY, Kind.DECIDED, Kind.WAIVED, Kind.UNDATED, Kind.MOVED, Kind.ADDED, Kind.FILLED,
    Kind.PERISHED, Kind.GIVEN_UP, Kind.REASSIGNED, Kind.HELD, Kind.SEARCHED, Kind.SEALED, Kind.SHELTERED, Kind.CAUGHT,
    Kind.WENT_BACK, Kind.DISMISSED, Kind.LACKED, Kind.WEIGHED, Kind.CHOSEN, Kind.AMENDED, Kind.INSERTED,
    Kind.UNFINISHED,
}  # fmt: skip
_PLACES = {Kind.AIRED, Kind.SEARCHED, Kind.SEALED}
_MOST_TILES = 6
_MOST_NEAR = 8
_MOST_ASSUMED = 20
_DAY_S = 86400
MOST_EVENTS = 4000
"""Rows of a log that the page holds whole."""
_SPELT = {
    "Evas": "EVAs", "Eva ": "EVA ", "Person hours": "Person-hours", "Person days": "Person-days",
    "Crew hours": "Crew-hours", "Port days": "Port-days", "Vehicle days": "Vehicle-days",
}  # fmt: skip
_KEYS = {"crew_up": "People up", CREW_DOWN: "People down"}
_CLASS = "person_hours_seat_class_"
_FALSE = "crew_hours_false_alarm"
_FIRST_COSTS = (
    "people_caught",
    "people_sheltered",
    "evas_flown",
    "eva_delay",
    "launches_changed",
    "crew_hours_false_alarm",
    "crew_hours_response",
    "coolant_lost",
    "propellant_lost",
    "pressurant_lost",
    "water_lost",
    "gas_lost",
    "crew_hours_lost",
)


def tiles(impact: Impact, words: Words) -> list[dict[str, str]]:
    """Return the main numbers: what changed, who lost a way home, then the largest costs."""
    changed = [row for row in records(impact.changes) if row["outcome"] != "kept"]
    work = [row for row in changed if row["kind"] != "return"]
    counts = {
        outcome: sum(row["outcome"] == outcome for row in work)
        for outcome in dict.fromkeys(str(r["outcome"]) for r in work)
    }
    total = len(impact.changes)
    lost = sum(row["kind"] == "return" and has_no_ship(row) for row in changed)
    found = [
        _tile(
            "activities changed",
            str(len(work)),
            ", ".join(f"{n} {outcome_style(o).word}" for o, n in counts.items()) or f"of {total}",
            "changes",
        ),
        _tile(
            "returns without a ship",
            str(lost),
            f"of {sum(kind == 'return' for kind in impact.changes['kind'])} promised",
            "changes",
            bad=lost > 0,
        ),
    ]
    hours = uncertified_hours(impact.cover)
    cover = impact.cover[impact.cover["run"] == "disrupted"]
    worst = max((integer(level) or 0 for level in cover["level"]), default=0)
    note = f"at worst {LEVELS[min(worst, len(LEVELS) - 1)].word}" if hours > 0 else "nobody's seat gets worse"
    found.append(_tile("person-hours without a certified seat", amount(round(hours)), note, "seats", bad=hours > 0))
    costs = [row for row in records(impact.totals) if row["difference"] and not _is_told(str(row["quantity"]))]
    if any(row["quantity"] == _FALSE for row in costs):
        costs = [row for row in costs if row["quantity"] not in QUANTITIES[_FALSE].part_of]
    costs.sort(
        key=lambda row: _FIRST_COSTS.index(row["quantity"]) if row["quantity"] in _FIRST_COSTS else len(_FIRST_COSTS)
    )
    return found + [_cost_tile(row) for row in costs[: _MOST_TILES - len(found)]]


def _cost_tile(row: Record) -> dict[str, str]:
    value = f"{signed(row['difference'])} {unit(row['unit'])}".rstrip()
    link = f"ledger-{row['quantity']}"
    if row["quantity"] == _FALSE:
        return _tile("crew-hours for a false alarm", value, "responses, lost and displaced work", link, bad=True)
    note = f"{amount(row['nominal'])} → {amount(row['disrupted'])}"
    return _tile(_small(quantity(row["quantity"])), value, note, link)


def _tile(title: str, value: str, note: str, link: str, *, bad: bool = False) -> dict[str, str]:
    """Return a tile; `link` is what stands behind its number."""
    return {"title": title, "value": value, "note": note, "link": link, "tone": "bad" if bad else ""}


def _is_told(quantity: str) -> bool:
    return quantity.startswith(("activities_", "person_")) or quantity in {
        "crew_hours_worked", "crew_hours_displaced_net", "lost_before_alarm", "detection_delay",
    }  # fmt: skip


def quantity(name: object) -> str:
    """Return the name of a quantity of the ledger for people.

    >>> quantity("person_hours_seat_class_3"), quantity("coolant_lost")
    ('Person-hours in seat class 3 (unfit or unknown)', 'Coolant lost')
    >>> quantity("crew_hours_false_alarm")
    'Of which: crew-hours false alarm'
    """
    text = str(name)
    if text.startswith(_CLASS):
        level = int(text.removeprefix(_CLASS))
        return f"Person-hours in seat class {level} ({LEVELS[level].word})"
    words = sentence(name)
    for plain, right in _SPELT.items():
        words = words.replace(plain, right)
    return f"Of which: {_small(words)}" if text in QUANTITIES and QUANTITIES[text].part_of else words


def _small(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def change_rows(impact: Impact, words: Words) -> list[dict[str, object]]:
    """Return one row per activity and return: changed ones first, in the order in which they would have come.

    Of very many the first that changed are returned, and those that stay nearest to the incident.
    """
    rows = sorted(records(impact.changes), key=lambda row: (row["kind"] == "return", _first(row)))
    changed = [row for row in rows if row["outcome"] != "kept"][:MOST_CHANGES]
    kept = [row for row in rows if row["outcome"] == "kept"]
    times = [words.second(row["nominal_utc"]) or 0 for row in kept]
    return [_change(row, impact, words) for row in (*changed, *nearest(kept, times, words.first_s, MOST_KEPT))]


def _first(row: Record) -> str:
    return str(row["nominal_utc"] or row["actual_utc"] or "9")


def _change(row: Record, impact: Impact, words: Words) -> dict[str, object]:
    rule = None if row["rule"] is None else str(row["rule"])
    record = impact.manifest.activities.get(str(row["subject"]), {})
    was, now = _side(row["was"], row, words), _side(row["now"], row, words)
    if row["outcome"] in ("reassigned", "changed") and row["kind"] != "return" and was and now:
        was, now = [_utc(row["nominal_utc"]), *was], [_utc(row["actual_utc"]), *now]
    return {
        "id": str(row["subject"]),
        "name": words.name(row["subject"]),
        "kind": clean(record.get("kind_name") or sentence(row["kind"])),
        "outcome": str(row["outcome"]),
        "word": outcome_word(row),
        "delay": delay(row["delay_s"]),
        "was": was or ["not planned" if row["outcome"] == "added" else _utc(row["nominal_utc"])],
        "now": now or ["given up" if row["outcome"] == "cancelled" else _utc(row["actual_utc"])],
        "rule": rule,
        "rule_text": "" if rule is None else clean(impact.manifest.rules.get(rule, {}).get("text", "")),
        "reason": "" if row["reason"] is None else clean(row["reason"]),
        "further": [sentence(with_gmt(clean(line))) for line in further(row, impact.manifest.names)],
        "cause": integer(row["cause_seq"]),
        "decided": _decided(row, impact),
        "attempts": _attempts(row["attempts"]),
    }


def _decided(row: Record, impact: Impact) -> str:
    """Return the day of the decision that made a change, if one did; its words stand with it."""
    days = zip(impact.decisions["decision"].tolist(), impact.decisions["t_utc"].tolist(), strict=True)
    found = {int(seq): with_gmt(str(utc)[:10]) for seq, utc in days}
    return found.get(integer(row["cause_seq"]) or -1, "") if str(row["reason"]).startswith("as decided") else ""


def _attempts(attempts: object) -> list[str]:
    """Return one line per attempt that came to nothing."""
    listed = attempts if isinstance(attempts, list | tuple) else []
    return [
        f"{clean(one.get('end', 'tried')).replace('_', ' ')} {_utc(one.get('utc'))}"
        for one in listed
        if isinstance(one, dict)
    ]


def _utc(text: object) -> str:
    return "no date" if text is None else with_gmt(clean(text).replace("T", " ").replace("Z", " UTC"))


def _side(values: object, row: Record, words: Words) -> list[str]:
    """Return one line per thing that differs; a date stands first and without its name."""
    if not isinstance(values, dict):
        return []
    wanted = row["differs"] if isinstance(row["differs"], list | tuple) and row["differs"] else list(values)
    found: list[str] = []
    for key in [str(key) for key in wanted if key in values]:
        value = values[key]
        if key in {"start", "start_utc", "date", "planned_utc", "nominal_utc", "actual_utc"}:
            found.insert(0, _utc(value))
        elif key == COMES_UP:
            found.append("Does not come up in this run" if value is None else f"Comes up: {_utc(value)}")
        elif key == WITHOUT:
            found.append(f"Without a ship: {format_duration(integer(value) or 0) if value else 'never'}")
        else:
            found.append(f"{_KEYS.get(key) or sentence(key)}: {_value(value, words)}")
    return found


def _value(value: object, words: Words) -> str:
    if value is None or value in ([], ()):
        return "none"
    if isinstance(value, dict):
        return ", ".join(f"{clean(key)} {_value(item, words)}" for key, item in value.items())
    if isinstance(value, list | tuple | set):
        return ", ".join(_value(item, words) for item in value)
    return amount(value) if isinstance(value, int | float) else words.name(value)


def ledger_rows(table: pd.DataFrame, words: Words) -> list[dict[str, object]]:
    """Return the rows of totals or ledger as text."""
    return [
        {
            "incident": words.name(row.get("incident")), "subject": words.name(row.get("subject")),
            "id": str(row["quantity"]), "quantity": quantity(row["quantity"]), "unit": unit(row["unit"]) or "count",
            "nominal": amount(row["nominal"]), "disrupted": amount(row["disrupted"]),
            "difference": signed(row["difference"]), "zero": not row["difference"],
        }
        for row in records(table)
    ]  # fmt: skip


def event_rows(impact: Impact, words: Words, named: Iterable[int] = ()) -> list[dict[str, Any]]:
    """Return the events of the disrupted run; `quiet` ones led to no change and are folded away at first.

    Of a log of more than `MOST_EVENTS` rows the quiet ones are left out, but not those that the page has `named`: it
    stays light, and the saved run has all.
    """
    events = disrupted_events(impact.events)
    above = parents(events, impact.causes)
    changed = impact.changes[impact.changes["outcome"] != "kept"]
    shown = {seq for seq in changed["cause_seq"].dropna().astype(int).tolist() if seq in events}
    first = min((t_s for t_s, _ in words.marks), default=None)
    shown |= {seq for seq, row in events.items() if _tells(row, first)}
    telling = ancestors(shown, above)
    linked = telling | ancestors((seq for seq in named if seq in events), above)
    kept = events if len(events) <= MOST_EVENTS else {seq: row for seq, row in events.items() if seq in linked}
    asked = {
        (row["object"], row["subject"]): clean(row["text"]) for row in events.values() if row["kind"] == Kind.ASKED
    }
    told = [_event(seq, row, above[seq], words, quiet=seq not in telling) for seq, row in kept.items()]
    for row in told:  # a question is called by its words, not by its id
        if question := asked.get((events[row["seq"]]["object"], events[row["seq"]]["subject"])):
            row |= {"name": question, "details": [text for text in row["details"] if text != question]}
    return told


def _tells(row: Record, first_s: int | None) -> bool:
    return first_s is not None and (integer(row["t_s"]) or 0) >= first_s and row["kind"] in _TELLING


def _event(seq: int, row: Record, causes: list[int], words: Words, *, quiet: bool) -> dict[str, Any]:
    kind = str(row["kind"])
    value = "" if row["value"] is None else measure(row["value"], row["unit"])
    text = words.places(row["text"]) if kind in _PLACES and row["text"] else _line(row["text"])
    thing = "" if kind == Kind.CHOSEN else words.name(row["object"])  # an option is told by its text
    details = [thing, words.name(row["place"]), "" if kind == Kind.AIRED else text, value]
    view, by = words.name(row["view"]), words.name(row["by"])
    name = words.subject(row) if kind in set(Kind) else words.name(row["subject"])
    return {
        "seq": seq,
        "utc": _utc(row["t_utc"]).replace(" UTC", ""),
        "kind": kind.replace("_", " "),
        "meaning": KINDS[Kind(kind)].text if kind in set(Kind) else "",
        "name": name,
        "details": [detail for detail in details if detail and detail != name],
        "who": view if by in {"", view} else f"{view} (from {by})" if view else by,
        "rule": row["rule"],
        "causes": causes[:MOST_CAUSES],
        "more": max(0, len(causes) - MOST_CAUSES),
        "things": " ".join(
            dict.fromkeys(str(row[key]) for key in ("subject", "object", "place") if row[key] is not None)
        ),
        "quiet": quiet,
    }


def _line(text: object) -> str:
    line = "" if text is None else clean(text)
    return line if " " in line else line.replace("_", " ")


def near_rows(impact: Impact, words: Words) -> list[dict[str, object]]:
    """Return the kept activities that came nearest to a limit, each with the nearest; not those without any slack.

    A start at the first second that is allowed has no slack by its plan, so it tells nothing.
    """
    table = impact.margins
    end = Clock.of(impact.manifest).utc(impact.manifest.horizon_s)
    is_within = table["t_utc"].isna() | (table["t_utc"] <= end)  # what comes after the end of the run is not its affair
    close = table[table["holds"] & (table["margin"] > 0) & (table["outcome"] == "kept") & is_within]
    return [
        {
            "thing": " ".join(owners(words.manifest, str(row["subject"]))),
            "seq": integer(row["seq"]),
            "name": words.name(row["subject"]),
            "margin": _margin(row),
            "limit": clean(row["reason"] or row["verdict"]),
            "rule": clean(row["rule"] or ""),
        }
        for row in records(close.drop_duplicates("subject").head(_MOST_NEAR))
    ]


def assumed_rows(impact: Impact, words: Words) -> list[dict[str, object]]:
    """Return the limits that rest on an assumption and held a number back or let it pass, the tightest first."""
    table = impact.margins
    assumed = table[table["is_assumed"].astype(bool)].drop_duplicates(["source", "limit"])
    return [
        {
            "thing": " ".join(owners(words.manifest, str(row["subject"]))),
            "seq": integer(row["seq"]),
            "name": words.name(row["subject"]),
            "verdict": clean(row["verdict"]),
            "value": _held(row, "value", "t_utc"),
            "limit": _held(row, "limit", "limit_utc"),
            "holds": "yes" if row["holds"] else "no",
            "source": clean(row["source"] or ""),
        }
        for row in records(assumed.head(_MOST_ASSUMED))
    ]


def _held(row: Record, number: str, day: str) -> str:
    """Return a number of a margin, or the day that it stands for: a date is counted from the start of the run."""
    if row[number] is None:
        return ""
    if row["unit"] == "d" and row["limit_utc"] and row[day]:
        return str(row[day]).replace("T", " ").removesuffix("Z")
    return f"{amount(row[number])} {unit(row['unit'])}".rstrip()


def _margin(row: Record) -> str:
    value = float(str(row["margin"]))
    return (
        format_duration(round(value * _DAY_S))
        if row["unit"] == "d"
        else f"{amount(value)} {unit(row['unit'])}".rstrip()
    )
