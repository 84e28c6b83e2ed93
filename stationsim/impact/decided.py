"""How do decisions become tables? One row per decision, one per option that was weighed, one per waiver."""

from collections.abc import Iterator

import pandas as pd

from stationsim.impact.decisions import CHOSEN, REJECTED, SAME, Choice, Decision
from stationsim.impact.frames import TABLES, frame, records
from stationsim.impact.reading import Reading
from stationsim.log.kinds import Kind

__all__ = ["choices", "decided", "options_of"]


def decided(reading: Reading) -> dict[str, pd.DataFrame]:
    """Return the tables `decisions`, `options` and `waivers`."""
    found = reading.decisions
    options = [(one, option) for one in found for option in one.options]
    table = frame("options", (_option(reading, one, option) for one, option in options))
    for level in (known["id"] for known in reading.manifest.levels):
        table[level] = pd.Series([option.scores.get(level) for _, option in options], dtype="Int64")
    return {
        "decisions": frame("decisions", (_decision(reading, one) for one in found)),
        "options": table,
        "waivers": frame("waivers", _waivers(reading)),
    }


def options_of(decisions: pd.DataFrame, options: pd.DataFrame) -> list[dict[str, object]]:
    """Return the decisions as dicts, each with its options; the levels of an option stand in its `scores`."""
    rows = [_nested(row) for row in records(options)]
    return [
        row | {"options": [_without(option) for option in rows if option["decision"] == row["decision"]]}
        for row in records(decisions)
    ]


def choices(options: pd.DataFrame, decision: object) -> tuple[Choice, ...]:
    """Return the options of a decision, the chosen one first, then what could be taken by its levels, then the rest."""
    found = [_choice(row) for row in records(options[options["decision"] == decision])]
    return tuple(sorted(found, key=lambda o: (o.state != CHOSEN, not o.is_open, tuple(o.scores.values()))))


def _choice(row: dict[str, object]) -> Choice:
    scores = {name: _whole(value) for name, value in row.items() if name not in TABLES["options"]}
    text = {name: None if value is None else str(value) for name, value in row.items()}
    return Choice(
        option=text["option"] or "",
        text=text["text"] or "",
        generator=text["generator"] or "",
        state=text["state"] or "",
        rule=text["rule"],
        reason=text["reason"],
        same_as=text["same_as"],
        how=text["how"],
        scores={name: value for name, value in scores.items() if value is not None},
        loses_level=text["loses_level"],
        loses_by=_whole(row["loses_by"]),
        last_utc=text["last_utc"],
        wait_level=text["wait_level"],
        wait_by=_whole(row["wait_by"]),
    )


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def _nested(row: dict[str, object]) -> dict[str, object]:
    scores = {name: value for name, value in row.items() if name not in TABLES["options"]}
    is_scored = any(value is not None for value in scores.values())
    return {name: row[name] for name in TABLES["options"]} | {"scores": scores if is_scored else None}


def _without(option: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in option.items() if name != "decision"}


def _decision(reading: Reading, one: Decision) -> tuple[object, ...]:
    utc, best = reading.clock.utc, one.chosen
    last_s = None if best is None else best.last_s
    return (
        one.seq, utc(one.t_s), one.ship, one.incident, one.centre, list(one.people), one.policy, one.option, one.text,
        len(one.options), one.played, one.count(SAME), one.count(REJECTED), None if last_s is None else utc(last_s),
        None if best is None else best.wait_level, None if best is None else best.wait_by,
        [{"what": what, "taken": taken, "total": total} for what, taken, total in one.bounds],
    )  # fmt: skip


def _option(reading: Reading, one: Decision, option: Choice) -> tuple[object, ...]:
    utc = reading.clock.utc
    return (
        one.seq, option.option, option.text, option.generator, option.state, option.rule, option.reason, option.same_as,
        option.how, option.loses_level, option.loses_by,
        None if option.last_s is None else utc(option.last_s), option.wait_level, option.wait_by,
    )  # fmt: skip


def _waivers(reading: Reading) -> Iterator[tuple[object, ...]]:
    for waiver in reading.manifest.waivers:
        yield *(waiver.get(name) for name in ("rule", "activity", "rationale", "by")), None, None
    for row in reading.disrupted.log:
        if row.kind is Kind.WAIVED and row.cause is not None:
            yield row.rule, row.subject, row.text, row.by, reading.clock.utc(row.t_s), row.cause
