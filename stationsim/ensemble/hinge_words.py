"""What does a decision hang on, in words? Lines about an element, a flip, an option that could be taken then."""

from typing import Any

from stationsim.ensemble.variants import PAIR, WITHOUT, WITHOUT_BOTH
from stationsim.impact.naming import listed
from stationsim.planning.objective import LEVELS

__all__ = [
    "NO_DECISION",
    "OTHER_DAY",
    "OTHER_OPTION",
    "OTHER_PLAN",
    "OTHER_SHIP",
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

_WORDS = {level: words for level, _, words in LEVELS}
_UNITS = {level: unit for level, unit, _ in LEVELS}


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


def opening(row: dict[Any, Any]) -> str:
    """Return in words what could be done."""
    return f"{_what(row)}: {row['text']}{_more(row)}"


def flipped(row: dict[Any, Any]) -> str:
    """Return a flip in words."""
    what = _what(row) if row["sort"] in ("rule", PAIR) else f"{_what(row)}, not {row['value']}"
    if row["flip"] == NO_DECISION:
        return f"{what}: {NO_DECISION}"
    when = f"on {row['day']}, " if row["flip"] == OTHER_DAY else ""
    told = f"{what}: {when}{row['text']}"
    if row["flip"] == OTHER_PLAN or (row["flip"] == OTHER_DAY and (row["gone"] or row["come"] or row["shifted"])):
        otherwise = [*row["come"], *row["shifted"]]
        told += f"; then {listed(otherwise, most=3)}" if otherwise else ""
    return told + _more(row)


def _what(row: dict[Any, Any]) -> str:
    """Return a variant in words."""
    return f"without {row['hinge']}" if row["sort"] in ("rule", PAIR) else f"{row['hinge']} {row['variant']}"


def _more(row: dict[Any, Any]) -> str:
    """Return in words in which level something comes to something else."""
    if not isinstance(row["level"], str):
        return ""
    unit = "" if _UNITS[row["level"]] == "1" else f" {_UNITS[row['level']]}"
    return f" ({_WORDS[row['level']]} {int(str(row['amount'])):+d}{unit})"
