"""How near was it? Every yes or no of a run for which a number was held against a limit, nearest first.

Starts, holds, leads and crews stand in the log's table `verdicts`; pressures and temperatures follow from its laws,
refused dates, predicted temperatures, demands and seats from its rows. A relative margin is one of the limit, of dates
one of the length of the run.
"""

from collections.abc import Iterable, Iterator

from attrs import evolve, field, frozen

from stationsim.impact.air import air_curves
from stationsim.impact.changes import Change
from stationsim.impact.curves import curves
from stationsim.impact.reading import Reading
from stationsim.log.kinds import Kind
from stationsim.log.log import Row

__all__ = ["Margin", "margins"]

_DAY_S = 86400
_ASSUMED = "assumed"
_WORDS = {"start": "start", "hold": "expected clearing", "lead": "new start", "crew": "people"}
"""What is held against a limit in each verdict of the log."""

_LIFE = "life-limit"


@frozen(kw_only=True)
class Margin:
    """A row of table `margins`; of dates, value and limit are days since the start of the run [d].

    `seq` is the row of the disrupted log behind the number; the same number of several rows is that of the first.
    """

    subject: str
    verdict: str
    quantity: str
    value: float | None
    limit: float | None
    margin: float | None
    unit: str
    holds: bool
    relative: float | None
    t_utc: str
    limit_utc: str | None
    rule: str | None
    source: str | None
    is_assumed: bool
    outcome: str | None = None
    reason: str | None
    seq: int | None = field(eq=False)


def margins(reading: Reading, found: Iterable[Change]) -> list[Margin]:
    """Return the verdicts of the disrupted run, the smallest relative margin first, those without a margin last.

    Args:
        reading: Both logs, read.
        found: What became of the plan: each verdict says what became of its subject.
    """
    outcomes = {change.subject: change.outcome for change in found}
    verdicts = dict.fromkeys([
        *_logged(reading),
        *_refused(reading),
        *_physical(reading),
        *_predicted(reading),
        *_demanded(reading),
        *_seats(reading),
    ])  # fmt: skip
    told = [evolve(verdict, outcome=outcomes.get(verdict.subject)) for verdict in verdicts]
    return sorted(told, key=lambda m: (m.relative is None, m.relative or 0.0, m.subject, m.verdict, m.rule or ""))


# --- dates ------------------------------------------------------------------------------------------------------------


def _logged(reading: Reading) -> Iterator[Margin]:
    """Yield what stands in table `verdicts`."""
    for seq, subject, verdict, value, limit, unit, sense, rule, reason in reading.disrupted.log.tables["verdicts"]:
        numbers = [None if number is None else float(str(number)) for number in (value, limit)]
        row = reading.disrupted.log.row(int(str(seq)))
        about = {
            "subject": str(subject),
            "verdict": str(verdict) if verdict != "start" else _template(reading, str(rule)),
            "quantity": _WORDS[str(verdict)],
            "rule": None if rule is None else str(rule),
            "source": _source(reading, str(subject), str(verdict), None if rule is None else str(rule)),
            "reason": None if reason is None else str(reason),
        }
        if unit == "s":
            yield _date(reading, row, about, numbers[0], numbers[1], str(sense))
        else:
            yield _number(reading, row, about | {"unit": str(unit)}, (numbers[0], numbers[1]), str(sense))


def _refused(reading: Reading) -> Iterator[Margin]:
    """Yield the dates that activities had and lost, each against the end of a window that was in the way."""
    log = reading.disrupted.log
    for fate in reading.disrupted.fates.values():
        had_s = log.row(fate.planned_seq).start_s
        for row in fate.decisive:
            for _, _, _, hi, mode, rule, _, reason, _, binding in log.attached("blocks", row.seq):
                if binding and had_s is not None:
                    before_s = fate.revision.before_s if mode == "overlap" else 0
                    about = {
                        "subject": fate.subject,
                        "verdict": _template(reading, str(rule)),
                        "quantity": "refused start",
                        "rule": str(rule),
                        "source": _source(reading, fate.subject, "start", str(rule)),
                        "reason": str(reason),
                    }
                    limit = None if hi is None else float(str(hi)) + before_s
                    yield _date(reading, row, about, float(had_s), limit, "at-least")
            had_s = row.start_s if row.start_s is not None else had_s


def _date(
    reading: Reading, row: Row, about: dict[str, str | None], value_s: float | None, limit_s: float | None, sense: str
) -> Margin:
    """Return a verdict about dates."""
    margin_s = _margin(value_s, limit_s, sense)
    return Margin(
        **about,  # type: ignore[arg-type]
        value=None if value_s is None else value_s / _DAY_S,
        limit=None if limit_s is None else limit_s / _DAY_S,
        margin=None if margin_s is None else margin_s / _DAY_S,
        unit="d",
        holds=_holds(margin_s, sense),
        relative=None if margin_s is None else margin_s / reading.manifest.horizon_s,
        t_utc=reading.clock.utc(row.t_s if value_s is None else int(value_s)),
        limit_utc=None if limit_s is None else reading.clock.utc(int(limit_s)),
        is_assumed=_is_assumed(about["source"]),
        seq=row.seq,
    )


def _demanded(reading: Reading) -> Iterator[Margin]:
    """Yield demands that were met or missed, against their deadline."""
    required = {row.subject: row for row in reading.disrupted.log if row.kind is Kind.REQUIRED}
    for row in reading.disrupted.log:
        if row.kind in (Kind.MET, Kind.MISSED) and (demand := required.get(row.subject)) is not None:
            deadline = None if demand.until_s is None else float(demand.until_s)
            met = float(row.t_s) if row.kind is Kind.MET else None
            about = {"subject": row.subject, "verdict": "demand", "quantity": "done", "rule": None, "source": None}
            yield _date(reading, row, {**about, "reason": demand.text}, met, deadline, "at-most")


# --- other numbers ----------------------------------------------------------------------------------------------------


def _physical(reading: Reading) -> Iterator[Margin]:
    """Yield the lowest pressure and reserve time, and the highest temperature, against each of their limits."""
    run, manifest = reading.disrupted, reading.manifest
    worst: dict[tuple[str, str], tuple[float, int, int]] = {}
    for _, subject, quantity, _, t_s, value, seq in (*curves(run, manifest.horizon_s), *air_curves(run, manifest)):
        key, sign = (subject, quantity), -1 if quantity == "temperature" else 1
        if value is not None and (key not in worst or sign * value < sign * worst[key][0]):
            worst[key] = (value, t_s, seq)
    for limit in manifest.limits:
        subject, quantity = str(limit["subject"]), str(limit["quantity"])
        if (subject, quantity) in worst:
            value, t_s, seq = worst[(subject, quantity)]
            about = _about_limit(limit, str(limit["text"]))
            sense = "at-most" if quantity == "temperature" else "at-least"
            row = run.log.row(seq)
            yield _number(reading, row, about, (value, float(str(limit["value"]))), sense, t_s)


def _predicted(reading: Reading) -> Iterator[Margin]:
    """Yield the temperatures that were predicted for a return when it was decided whether a ship is fit."""
    limits = {limit["subject"]: limit for limit in reading.manifest.limits if limit["quantity"] == "temperature"}
    for row in reading.disrupted.log:
        if row.kind is Kind.STATUS_CHANGED and row.value is not None and row.subject in limits:
            limit = limits[row.subject]
            most = float(str(limit["value"]))
            about = _about_limit(limit, "fit to carry people") | {"quantity": "predicted temperature"}
            yield _number(reading, row, about, (most - row.value, most), "at-most")


def _seats(reading: Reading) -> Iterator[Margin]:
    """Yield the most people that ever had their seat in a ship, against its seats."""
    place: dict[str, str] = {}
    most: dict[str, tuple[int, Row]] = {}
    for row in reading.disrupted.log:
        if row.kind is Kind.FITTED and row.object is not None and row.text != "improvised":
            place[row.subject] = row.object
            count = sum(ship == row.object for ship in place.values())
            if count > (most[row.object][0] if row.object in most else 0):
                most[row.object] = (count, row)
        elif row.kind is Kind.LEFT:
            place.pop(row.subject, None)
    for ship, (count, row) in most.items():
        facts = reading.manifest.ships[ship]
        source = str(facts["source"]) if facts.get("source") else None
        about = {"subject": ship, "verdict": "seats", "quantity": "people with a seat", "rule": None, "source": source}
        seats = float(str(facts["seats"]))
        yield _number(reading, row, {**about, "unit": "1", "reason": None}, (float(count), seats), "at-most")


def _number(
    reading: Reading,
    row: Row,
    about: dict[str, str | None],
    numbers: tuple[float | None, float | None],
    sense: str,
    t_s: int | None = None,
) -> Margin:
    """Return a verdict about a number and its limit, at a second or that of the row behind it."""
    value, limit = numbers
    margin = _margin(value, limit, sense)
    return Margin(
        **about,  # type: ignore[arg-type]
        value=value,
        limit=limit,
        margin=margin,
        holds=_holds(margin, sense),
        relative=margin / abs(limit) if margin is not None and limit else None,
        t_utc=reading.clock.utc(row.t_s if t_s is None else t_s),
        limit_utc=None,
        is_assumed=_is_assumed(about["source"]),
        seq=row.seq,
    )


def _about_limit(limit: dict[str, object], verdict: str) -> dict[str, str | None]:
    source = limit.get("source")
    return {
        "subject": str(limit["subject"]),
        "verdict": verdict,
        "quantity": str(limit["quantity"]),
        "unit": str(limit["unit"]),
        "rule": None,
        "source": None if source is None else str(source),
        "reason": None,
    }


# --- what they share --------------------------------------------------------------------------------------------------


def _margin(value: float | None, limit: float | None, sense: str) -> float | None:
    """Return what is left until the limit, below 0 beyond it; None if either is not known."""
    if value is None or limit is None:
        return None
    return value - limit if sense == "at-least" else limit - value


def _holds(margin: float | None, sense: str) -> bool:
    return margin is not None and (margin > 0 if sense == "below" else margin >= 0)


def _template(reading: Reading, rule: str) -> str:
    return str(reading.manifest.rules.get(rule, {}).get("template") or rule)


def _source(reading: Reading, subject: str, verdict: str, rule: str | None) -> str | None:
    """Return where a limit comes from: the rule; of holds and leads the kind; of a certified life the type of ship."""
    facts: dict[str, object] = reading.manifest.rules.get(rule or "", {})
    if verdict in ("hold", "lead"):
        facts = reading.manifest.activities.get(subject, {})
    elif rule is not None and _template(reading, rule) == _LIFE:
        fate = reading.disrupted.fates.get(subject)
        facts = reading.manifest.ships.get((fate.revision.ship if fate else None) or "", facts)
    source = facts.get("source")
    return None if source is None else str(source)


def _is_assumed(source: str | None) -> bool:
    return source is not None and source.startswith(_ASSUMED)
