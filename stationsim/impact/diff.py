"""How do two runs differ? Outcomes, costs and decisions side by side, as tables and in words."""

import pandas as pd
from attrs import field, frozen

from stationsim.impact.changes import COMES_UP, RETURN, is_without_ship
from stationsim.impact.clock import DAY_S
from stationsim.impact.frames import records
from stationsim.impact.impact import Impact, assess
from stationsim.impact.words import Words
from stationsim.log.outcome import Manifest, Outcome
from stationsim.shown import pre
from stationsim.units import format_duration, parse_utc, parse_window

__all__ = ["Diff", "as_json", "diff"]

Record = dict[str, object]

_MANY = 1000
"""From here on a cost is written whole."""
_FATE = ("outcome", "actual_utc", "rule", "reason", "now")
_TABLES = {
    "outcomes": {
        "subject": "str", "name": "str", "kind": "str", "outcome_a": "str", "outcome_b": "str", "actual_a": "str",
        "actual_b": "str", "later_s": "Int64", "rule_a": "str", "rule_b": "str", "reason_a": "str", "reason_b": "str",
        "now_a": "object", "now_b": "object",
    },
    "costs": {
        "quantity": "str", "unit": "str", "cost_a": "float64", "cost_b": "float64", "difference": "float64",
    },
    "decisions": {
        "ship": "str", "name": "str", "incident": "str", "number": "int64", "t_utc_a": "str", "t_utc_b": "str",
        "option_a": "str", "option_b": "str", "text_a": "str", "text_b": "str",
    },
}  # fmt: skip


@frozen(kw_only=True, repr=False)
class Diff:
    """Two runs, A and B, side by side; a run is held against its own nominal run first, then A against B.

    Attributes:
        a: Which run is A: its scenario, seed and hash.
        b: Which run is B.
        outcomes: One row per activity and per return that came out differently: `subject, name, kind, outcome_a,
            outcome_b, actual_a, actual_b, later_s, rule_a, rule_b, reason_a, reason_b, now_a, now_b`. `later_s` is by
            how much it is later in B [s]; what one run does not know has no outcome there.
        costs: One row per quantity that costs another amount: `quantity, unit, cost_a, cost_b, difference`; a cost is
            what the incidents of that run add, `difference` is B less A.
        decisions: One row per decision that differs: `ship, name, incident, number, t_utc_a, t_utc_b, option_a,
            option_b, text_a, text_b`; `number` counts those about the ship because of the incident.
    """

    a: str
    b: str
    outcomes: pd.DataFrame = field(repr=False)
    costs: pd.DataFrame = field(repr=False)
    decisions: pd.DataFrame = field(repr=False)

    def __repr__(self) -> str:
        return f"<Diff of {self.a} and {self.b}: {self._counts}>"

    def _repr_html_(self) -> str:
        return pre(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def is_empty(self) -> bool:
        """Is nothing different?"""
        return not len(self.outcomes) and not len(self.costs) and not len(self.decisions)

    @property
    def text(self) -> str:
        """Return both runs side by side, in words."""
        lines = [f"A: {self.a}", f"B: {self.b}", ""]
        if self.is_empty:
            return "\n".join([*lines, "Outcomes, costs and decisions are the same."])
        lines.append(f"{self._counts[:1].upper()}{self._counts[1:]}.")
        for row in records(self.decisions):
            lines += ["", *_decision_lines(row)]
        for row in records(self.outcomes):
            lines += ["", *_outcome_lines(row)]
        lines += (
            ["", "what it costs (A → B)", *(_cost_line(row) for row in records(self.costs))] if len(self.costs) else []
        )
        return "\n".join(lines)

    @property
    def _counts(self) -> str:
        parts = ((self.outcomes, "outcome"), (self.costs, "cost"), (self.decisions, "decision"))
        said = [f"{len(table)} {noun}{'' if len(table) == 1 else 's'}" for table, noun in parts]
        return f"{said[0]}, {said[1]} and {said[2]} differ"


def diff(a: Outcome | Impact, b: Outcome | Impact) -> Diff:
    """Hold two runs side by side: which activities, costs and decisions came out differently?

    The runs may be of different scenarios: what only one of them knows is told as such.

    Args:
        a: What `run`, `read` or `assess` returned.
        b: The same of the other run.
    """
    first, second = (assess(one) if isinstance(one, Outcome) else one for one in (a, b))
    return Diff(
        a=_called(first.manifest),
        b=_called(second.manifest),
        outcomes=_frame("outcomes", _outcomes(first, second)),
        costs=_frame("costs", _costs(first, second)),
        decisions=_frame("decisions", _decisions(first, second)),
    )


def as_json(found: Diff) -> dict[str, object]:
    """Return two runs side by side as plain values; what is missing is None."""
    tables = {name: records(getattr(found, name)) for name in _TABLES}
    return {"a": found.a, "b": found.b, **tables}


def _frame(name: str, rows: list[Record]) -> pd.DataFrame:
    return pd.DataFrame(
        {column: pd.Series([row[column] for row in rows], dtype=dtype) for column, dtype in _TABLES[name].items()}
    )


def _called(manifest: Manifest) -> str:
    policy, planner = manifest.passed.get("policy"), manifest.passed.get("planner")
    more = [f"policy {policy['name']}"] if isinstance(policy, dict) and "name" in policy else []
    more += [f"planner {planner}"] if planner else []
    return ", ".join([manifest.scenario, f"seed {manifest.seed}", *more, f"hash {manifest.scenario_hash}"])


def _outcomes(a: Impact, b: Impact) -> list[Record]:
    was, now = ({str(row["subject"]): row for row in records(one.changes)} for one in (a, b))
    found = []
    for subject in dict.fromkeys((*was, *now)):
        first, second = was.get(subject), now.get(subject)
        if first is None or second is None or any(first[key] != second[key] for key in _FATE):
            found.append(_outcome(subject, first, second, b if subject in now else a))
    return found


def _outcome(subject: str, first: Record | None, second: Record | None, known: Impact) -> Record:
    one, other = first or {}, second or {}
    row: Record = {
        "subject": subject,
        "name": Words(known.manifest).name(subject),
        "kind": (second or first or {}).get("kind"),
        "actual_a": one.get("actual_utc"),
        "actual_b": other.get("actual_utc"),
        "later_s": _later_s(one.get("actual_utc"), other.get("actual_utc")),
    }
    for key in ("outcome", "rule", "reason", "now"):
        row |= {f"{key}_a": one.get(key), f"{key}_b": other.get(key)}
    return row


def _later_s(was: object, now: object) -> int | None:
    """Return by how much a date is later [s]; a date without a clock counts in whole days."""
    if was is None or now is None:
        return None
    texts = str(was), str(now)
    if all("T" in text for text in texts):
        return int((parse_utc(texts[1]) - parse_utc(texts[0])).total_seconds())
    first, second = (parse_window(text[:10])[0] for text in texts)
    return round((second - first).total_seconds() / DAY_S) * DAY_S


def _costs(a: Impact, b: Impact) -> list[Record]:
    was, now = ({str(row["quantity"]): row for row in records(one.totals)} for one in (a, b))
    found: list[Record] = []
    for quantity in dict.fromkeys((*was, *now)):
        first, second = (float(str(one[quantity]["difference"])) if quantity in one else 0.0 for one in (was, now))
        if first != second:
            unit = (now.get(quantity) or was[quantity])["unit"]
            row = {"quantity": quantity, "unit": unit, "cost_a": first, "cost_b": second}
            found.append(row | {"difference": second - first})
    return found


def _decisions(a: Impact, b: Impact) -> list[Record]:
    was, now = (_numbered(one) for one in (a, b))
    found: list[Record] = []
    for key in dict.fromkeys((*was, *now)):
        first, second = was.get(key, {}), now.get(key, {})
        if any(first.get(name) != second.get(name) for name in ("t_utc", "option", "text")):
            ship, incident, number = key
            row: Record = {"ship": ship, "incident": incident, "number": number}
            row["name"] = Words((b if key in now else a).manifest).name(ship)
            for name in ("t_utc", "option", "text"):
                row |= {f"{name}_a": first.get(name), f"{name}_b": second.get(name)}
            found.append(row)
    return found


def _numbered(impact: Impact) -> dict[tuple[str, str | None, int], Record]:
    """Return the decisions by their ship, incident and number."""
    found: dict[tuple[str, str | None, int], Record] = {}
    for row in records(impact.decisions):
        of = str(row["ship"]), None if row["incident"] is None else str(row["incident"])
        number = 1 + sum(key[:2] == of for key in found)
        found[(*of, number)] = row
    return found


# --- words ------------------------------------------------------------------------------------------------------------


def _decision_lines(row: Record) -> list[str]:
    because = f" because of incident {row['incident']}" if row["incident"] else ""
    head = f"decision {row['number']} about {row['name']}{because}"
    return [head, *(f"  {side.upper()}: {_decided(row, side)}" for side in "ab")]


def _decided(row: Record, side: str) -> str:
    if row[f"t_utc_{side}"] is None:
        return "not taken"
    return f"{row[f't_utc_{side}']}: {row[f'text_{side}'] or row[f'option_{side}']}"


def _outcome_lines(row: Record) -> list[str]:
    later = row["later_s"]
    said = ""
    if later:
        seconds = int(str(later))
        said = f", in B {format_duration(abs(seconds))} {'later' if seconds > 0 else 'earlier'}"
    return [f"{row['name']}{said}", *(f"  {side.upper()}: {_fate(row, side)}" for side in "ab")]


def _fate(row: Record, side: str) -> str:
    outcome = row[f"outcome_{side}"]
    if outcome is None:
        return "not in this run"
    now = row[f"now_{side}"]
    facts = now if isinstance(now, dict) else {}
    up, is_bare = facts.get(COMES_UP), row["kind"] == RETURN and is_without_ship(str(outcome), facts)
    none = f"comes up {up}" if up else "no ship" if is_bare else "no date"
    rule = f" by {row[f'rule_{side}']}" if row[f"rule_{side}"] else ""
    reason = f" ({row[f'reason_{side}']})" if row[f"reason_{side}"] else ""
    return f"{str(outcome).replace('_', ' ')}{rule}, {row[f'actual_{side}'] or none}{reason}"


def _cost_line(row: Record) -> str:
    first, second, more = (_number(row[name]) for name in ("cost_a", "cost_b", "difference"))
    unit = "" if row["unit"] == "1" else f" {row['unit']}"
    sign = "" if more.startswith("-") else "+"
    return f"  {str(row['quantity']).replace('_', ' ')}: {first} → {second}{unit} ({sign}{more})"


def _number(value: object) -> str:
    """Write a cost with four digits, and above them whole, never as a power of ten."""
    number = float(str(value))
    return f"{number:,.0f}" if abs(number) >= _MANY else f"{number:,.4g}"
