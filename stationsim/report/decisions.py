"""What was decided? A table of the options side by side for each decision, as plain text for the template."""

from collections.abc import Sequence
from typing import Any

from stationsim.impact.decided import choices
from stationsim.impact.decisions import CHOSEN, PLAYED, REJECTED, SAME, Choice
from stationsim.impact.impact import Impact
from stationsim.impact.options_text import besides, bounded, comes_to, loses, waiting
from stationsim.report.words import Record, Words, clean, integer, records
from stationsim.units import with_gmt

_FIRST = 6
"""So many options stand in the open; the rest is folded."""
_KEEP = "keep"
"""The generator of the option that changes nothing."""
_MOST_LEVELS = 4
_LONG = 400


def decision_rows(impact: Impact, words: Words) -> list[dict[str, object]]:
    """Return the decisions in the order of the run."""
    return [_decision(row, impact, words) for row in records(impact.decisions)]


def _decision(row: Record, impact: Impact, words: Words) -> dict[str, object]:
    found = choices(impact.options, row["decision"])
    open_ = _with_keep_in_sight([option for option in found if option.is_open])
    names = {option.option: option.text for option in found}
    chosen = next(iter(_in(found, CHOSEN)), None)
    shown = [_option(option, chosen, impact) for option in open_]
    return {
        "id": integer(row["decision"]),
        "when": when(row["t_utc"]),
        "centre": words.name(row["centre"]),
        "ship": words.name(row["ship"]),
        "things": " ".join(str(thing) for thing in (row["ship"], *_list(row["people"])) if thing is not None),
        "text": clean(row["text"] or row["option"], _LONG),
        "facts": [(name, text) for name, text in _facts(row, found, impact, words) if text],
        "first": shown[:_FIRST],
        "more": shown[_FIRST:],
        "rejected": _rejected(found, impact),
        "rejections": len(_in(found, REJECTED)),
        "same": [(clean(o.text, _LONG), clean(names.get(o.same_as or "", o.same_as), _LONG)) for o in _in(found, SAME)],
        "levels": _levels(open_, impact),
    }


def _with_keep_in_sight(found: list[Choice]) -> list[Choice]:
    """Return the options with that of changing nothing among the first: what would come if nothing were done?"""
    keep = next((option for option in found[_FIRST:] if option.generator == _KEEP), None)
    if keep is None:
        return found
    return [*found[: _FIRST - 1], keep, *(option for option in found[_FIRST - 1 :] if option is not keep)]


def when(utc: object) -> str:
    """Return a moment of a table, without the seconds: a decision is no matter of seconds."""
    text = str(utc).replace("T", " ").replace("Z", "")
    return with_gmt(f"{text[:16]} UTC")


def _in(options: Sequence[Choice], state: str) -> list[Choice]:
    return [option for option in options if option.state == state]


def _facts(row: Record, found: Sequence[Choice], impact: Impact, words: Words) -> list[tuple[str, str]]:
    chosen = next(iter(_in(found, CHOSEN)), None)
    people = _list(row["people"])
    waived = [waiver for waiver in records(impact.waivers) if waiver["decision"] == row["decision"]]
    last = None if chosen is None else chosen.last_utc
    return [
        ("For", ", ".join(words.name(person) for person in people)),
        ("Because of", words.incident(str(row["incident"])) if row["incident"] else ""),
        ("To be taken by", when(last) if last else ""),
        ("A day's wait costs", "" if chosen is None else waiting(impact.manifest.levels, chosen)),
        ("Waives", ", ".join(f"{clean(one['rule'])} for {words.name(one['activity'])}" for one in waived)),
        ("Weighed", _counted(found)),
        ("Left out", bounded((b["what"], b["taken"], b["total"]) for b in _list(row["bounds"]))),
        ("Policy", clean(row["policy"] or "")),
    ]


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _counted(found: Sequence[Choice]) -> str:
    parts = (
        (sum(option.how == PLAYED for option in found), "played forward on what was believed"),
        (sum(option.how not in (None, PLAYED) for option in found), "judged by the plan alone"),
        (len(_in(found, SAME)), "the same as another"),
        (len(_in(found, REJECTED)), "rejected by a rule"),
    )
    said = ", ".join(f"{count} {word}" for count, word in parts if count)
    return f"{len(found)} options: {said}" if said else ""


def _option(option: Choice, chosen: Choice | None, impact: Impact) -> dict[str, object]:
    levels, is_chosen = impact.manifest.levels, option.state == CHOSEN
    return {
        "text": clean(option.text, _LONG),
        "things": _things(option, impact),
        "chip": "chosen" if is_chosen else "",
        "how": "played forward" if option.how == PLAYED else "by its plan alone",
        "against": _sum(option, levels) if is_chosen else loses(levels, option),
        "besides": [] if is_chosen else besides(levels, chosen, option),
        "tone": "better" if (option.loses_by or 0) < 0 else "",
        "last": when(option.last_utc) if option.last_utc else "at any time",
        "wait": waiting(levels, option) or "not worked out",
    }


def _things(option: Choice, impact: Impact) -> str:
    """Return the ships that an option's id names, and the people that its text does."""
    manifest, of_id = impact.manifest, f"-{option.option.replace('+', '-')}-"
    ships = [ship for ship in manifest.ships if f"-{ship}-" in of_id]
    named = ((str(one["id"]), manifest.names.get(str(one["id"]), "")) for one in manifest.people)
    return " ".join([*ships, *(person for person, name in named if name and name in option.text)])


def _sum(option: Choice, levels: Sequence[dict[str, str]]) -> str:
    """Return the weightiest numbers of an option that are not zero."""
    said = [comes_to(levels, level, value) for level, value in option.scores.items() if value]
    return f"comes to {'; '.join(said[:_MOST_LEVELS])}" if said else ""


def _rejected(found: Sequence[Choice], impact: Impact) -> list[dict[str, object]]:
    groups: dict[str, list[Choice]] = {}
    for option in _in(found, REJECTED):
        groups.setdefault(option.rule or "", []).append(option)
    return [
        {
            "rule": clean(rule),
            "is_rule": rule in impact.manifest.rules,
            "rule_text": clean(impact.manifest.rules.get(rule, {}).get("text", "")),
            "options": [
                (clean(option.text, _LONG), clean(option.reason or ""), _things(option, impact)) for option in options
            ],
        }
        for rule, options in groups.items()
    ]


def _levels(open_: Sequence[Choice], impact: Impact) -> dict[str, object]:
    """Return every level in which any two options differ, with the numbers of each option."""
    scored = [option for option in open_ if option.scores]
    levels = [
        level for level in impact.manifest.levels if len({option.scores.get(level["id"]) for option in scored}) > 1
    ]
    return {
        "heads": [level["text"] for level in levels],
        "rows": [
            {
                "text": clean(option.text, _LONG),
                "chip": "chosen" if option.state == CHOSEN else "",
                "cells": [
                    ("decides" if level["id"] == option.loses_level else "", f"{option.scores.get(level['id'], 0):,}")
                    for level in levels
                ],
            }
            for option in scored
        ],
    }
