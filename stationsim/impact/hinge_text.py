"""What does a decision hang on, in words? Lines about an element, a flip, an option that could be taken then."""

from collections.abc import Sequence
from typing import Any

from stationsim.impact.naming import listed

__all__ = [
    "NO_DECISION",
    "OTHER_DAY",
    "OTHER_OPTION",
    "OTHER_PLAN",
    "OTHER_SHIP",
    "PAIR",
    "WITHOUT",
    "WITHOUT_BOTH",
    "changed",
    "flipped",
    "hanging",
    "opening",
]

NO_DECISION, OTHER_DAY, OTHER_SHIP, OTHER_OPTION, OTHER_PLAN = (
    "no decision is needed",
    "decided on another day",
    "decided about another ship",
    "another option",
    "another plan",
)
"""How a decision flips."""

_MOST = 9
"""So many rules or numbers are named in a line of words."""

WITHOUT = "without it"
"""What the value of a rule is where it is removed."""

PAIR, WITHOUT_BOTH = "pair", "without both"
"""The sort of two rules that are removed together, and what their value is then."""

Levels = Sequence[dict[str, str]]
"""`id`, `unit` and `text` of each level of the objective, as `Manifest.levels` has them."""


def hanging(row: dict[Any, Any]) -> list[str]:
    """Return what an element hangs on, in words."""
    lines = [f"does not come without {listed(list(row['rules']), most=_MOST)}"] if row["rules"] else []
    lines += [f"does not come with {name} {other} instead of {value}" for name, value, other in row["numbers"]]
    lines += [f"does not come without {first} and {second} together" for first, second in row["pairs"]]
    if not lines:
        lines = ["nothing was found without which it does not come"]
    gone = dict.fromkeys(name for name, _, other in row["shifts"] if other == WITHOUT)
    both = dict.fromkeys(name for name, _, other in row["shifts"] if other == WITHOUT_BOTH)
    others = dict.fromkeys(name for name, _, other in row["shifts"] if other not in (WITHOUT, WITHOUT_BOTH))
    ways = [f"without {listed(list(gone), most=_MOST)}"] if gone else []
    ways += [f"without {name} together" for name in both]
    ways += [f"with another {listed(list(others), most=_MOST)}"] if others else []
    return [*lines, f"is otherwise {' and '.join(ways)}"] if ways else lines


def opening(row: dict[Any, Any], levels: Levels) -> str:
    """Return in words what could be done."""
    return f"{changed(row)}: {row['text']}{_more(row, levels)}"


def flipped(row: dict[Any, Any], levels: Levels) -> str:
    """Return a flip in words."""
    what = changed(row) if row["sort"] in ("rule", PAIR) else f"{changed(row)}, not {row['value']}"
    if row["flip"] == NO_DECISION:
        return f"{what}: {NO_DECISION}"
    when = f"on {row['day']}, " if row["flip"] == OTHER_DAY else ""
    told = f"{what}: {when}{row['text']}"
    if row["flip"] == OTHER_PLAN or (row["flip"] == OTHER_DAY and (row["gone"] or row["come"] or row["shifted"])):
        otherwise = [*row["come"], *row["shifted"]]
        told += f"; then {listed(otherwise, most=3)}" if otherwise else ""
    return told + _more(row, levels)


def changed(row: dict[Any, Any]) -> str:
    """Return a variant in words."""
    return f"without {row['hinge']}" if row["sort"] in ("rule", PAIR) else f"{row['hinge']} {row['variant']}"


def _more(row: dict[Any, Any], levels: Levels) -> str:
    said = _costs(row, levels)
    return f" ({said})" if said else ""


def _costs(row: dict[Any, Any], levels: Levels) -> str:
    """Return in words in which level something comes to something else; empty where in none."""
    if not isinstance(row["level"], str):
        return ""
    level = next((one for one in levels if one["id"] == row["level"]), {"text": row["level"], "unit": "1"})
    unit = "" if level["unit"] == "1" else f" {level['unit']}"
    return f"{level['text']} {int(str(row['amount'])):+d}{unit}"
