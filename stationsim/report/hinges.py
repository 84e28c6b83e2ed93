"""What do the decisions hang on? What was changed, and what becomes of each decision then, in plain words."""

from itertools import groupby

from stationsim.impact.hinge_text import (
    NO_DECISION,
    OTHER_DAY,
    OTHER_OPTION,
    OTHER_PLAN,
    OTHER_SHIP,
    PAIR,
    hanging,
)
from stationsim.impact.impact import Impact
from stationsim.impact.options_text import difference
from stationsim.report.words import Record, Words, clean, integer, records

MOST_OPEN, MOST_ROWS = 8, 60
"""So many changes stand open, and so many on the page at all."""

_ORDER = (OTHER_SHIP, NO_DECISION, OTHER_OPTION, OTHER_DAY, OTHER_PLAN)
_SECTIONS = {"types": "type", "vehicles": "", "kinds": "kind", "modes": "mode", "rules": "rule"}
_MOST_TEXTS = 3


def hinge_rows(impact: Impact, words: Words) -> list[dict[str, object]]:
    """Return one dict per decision: `id, when, ship, text, counted, elements, flips, opened`; none without hinges."""
    if impact.hinges is None:
        return []
    known = _linked(impact)
    return [_decision(row, impact, known, words) for row in records(impact.hinges.decisions)]


def _linked(impact: Impact) -> set[str]:
    """Return the rules that the page has a row for."""
    named = [*impact.changes["rule"], *impact.events["rule"], *impact.waivers["rule"], *impact.options["rule"]]
    return {rule for rule in named if isinstance(rule, str) and rule in impact.manifest.rules}


def _decision(row: Record, impact: Impact, known: set[str], words: Words) -> dict[str, object]:
    assert impact.hinges is not None
    elements, flips, opened = (
        [one for one in records(table) if one["decision"] == row["decision"]]
        for table in (impact.hinges.elements, impact.hinges.flips, impact.hinges.opened)
    )
    ranked = sorted(flips, key=lambda one: _ORDER.index(str(one["flip"])) if one["flip"] in _ORDER else len(_ORDER))
    return {
        "id": integer(row["decision"]),
        "when": clean(row["day"]),
        "ship": words.name(row["ship"]),
        "text": clean(row["text"], 600),
        "counted": _counted(row),
        "elements": [
            {"elements": [_told(one["element"]) for one in alike], "lines": [_told(line) for line in lines]}
            for lines, alike in groupby(elements, key=hanging)
        ],
        "flips": [_flip(one, impact, known) for one in ranked],
        "opened": sum(one["sort"] == "rule" for one in opened),
    }


def _counted(row: Record) -> str:
    names = ("rules", "numbers", "dates", "pairs")
    words = dict(zip(names, ("rules", "numbers", "ready dates", "pairs of rules"), strict=True))
    tried = ", ".join(f"{row[name]} {words[name]}" for name in names if row[name])
    again = "were changed, one at a time, and the decision was taken again each time"
    return f"{tried} {again}; {row['still']} of them change nothing."


def _flip(row: Record, impact: Impact, known: set[str]) -> dict[str, object]:
    is_rule = row["sort"] in ("rule", PAIR)
    return {
        "sort": str(row["sort"]),
        "what": f"Without {clean(row['hinge'])}" if is_rule else _named(str(row["hinge"]), impact),
        "rule": row["hinge"] if row["hinge"] in known else None,
        "from": clean(row["value"], 160) if is_rule else f"{clean(row['value'])} → {clean(row['variant'])}",
        "path": "" if is_rule else clean(row["hinge"]),
        "flip": _capital(_becomes(row)),
        "tone": "bad" if row["flip"] in _ORDER[:3] else "",
        "then": _then(row),
        "costs": _costs(row, impact),
    }


def _costs(row: Record, impact: Impact) -> str:
    """Return in words the first level in which the other decision comes to something else."""
    by = integer(row["amount"])
    return (
        "" if row["level"] is None or by is None else clean(difference(impact.manifest.levels, str(row["level"]), by))
    )


def _becomes(row: Record) -> str:
    return f"decided on {row['day']}" if row["flip"] == OTHER_DAY else clean(row["flip"])


def _then(row: Record) -> list[str]:
    """Return what is decided then: the option where it is another, and what of the plan goes, comes and moves."""
    if row["flip"] == NO_DECISION:
        return []
    said = [_capital(clean(row["text"], 400))] if row["flip"] in (OTHER_OPTION, OTHER_SHIP) else []
    for head, name in (("no longer", "gone"), ("then", "come"), ("otherwise", "shifted")):
        listed = row[name]
        texts = list(listed) if isinstance(listed, list | tuple) else []
        if texts:
            rest = f" and {len(texts) - _MOST_TEXTS} more" if len(texts) > _MOST_TEXTS else ""
            said.append(f"{_capital(head)}: {'; '.join(clean(text) for text in texts[:_MOST_TEXTS])}{rest}")
    return said


def _named(path: str, impact: Impact) -> str:
    """Return a number of the files in words: `types.soyuz-ms.seats` is the seats of type Soyuz MS."""
    section, _, below = path.partition(".")
    owner, *rest = below.split(".")
    types = {str(ship["type"]): str(ship["type_name"]) for ship in impact.manifest.ships.values()}
    name = {**impact.manifest.names, **types}.get(owner, owner.replace("-", " "))
    of = " ".join(part for part in (_SECTIONS.get(section, section), name) if part)
    return clean(f"{_capital(' '.join(rest).replace('_', ' ').replace('-', ' '))} of {of}") if rest else clean(path)


def _told(text: object) -> str:
    return _capital(clean(text))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
