"""How did the cabin's air go? Bodies of air from their logged laws: pressure, reserve time, and what was lost.

    p = p_inf + (p0 − p_inf)·e^(−rate·t), p_inf = makeup / (rate·kg_per_kpa); p0 + makeup·t / kg_per_kpa without a hole;
    p0·e^(−rate·t − rate_growth·t²/2) while holes grow, which they do without make-up only

A body is replaced, compartment by compartment, by the later ones that share compartments with it.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from attrs import evolve, frozen

from stationsim.impact.curves import Law, samples
from stationsim.impact.naming import CABIN, compartments
from stationsim.impact.reading import Run
from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row
from stationsim.log.outcome import Manifest

__all__ = ["Body", "air_at", "air_curves", "bodies", "gas_lost_kg", "limit_kpa", "pressure_kpa", "reserve_s"]

_SETTLED = 8.0
"""Time constants after which the pressure is at rest in a picture."""
_NOTICED_KPA = 0.05
"""A body that holds its air is as usual if its pressure is as near to that before the first hole [kPa]."""


@frozen(kw_only=True)
class Body:
    """Compartments that share one atmosphere from `start_s` to `until_s` [s], by a law that may have begun earlier."""

    subject: str
    members: tuple[str, ...]
    start_s: int
    until_s: int
    law: Law


_Known = dict[tuple[str, ...], Law]


def limit_kpa(manifest: Manifest) -> float | None:
    """Return the pressure by which everybody has left [kPa]; None if the manifest has none."""
    limits = (row for row in manifest.limits if (row["subject"], row["quantity"]) == (CABIN, "pressure"))
    return next((float(str(row["value"])) for row in limits), None)


def bodies(log: Log, manifest: Manifest) -> list[Body]:
    """Return every body of air that the log tells of, in the order in which they came to be."""
    rows = (row for row in log if row.kind in (Kind.AIRED, Kind.UNDOCKED))
    known: _Known = {}
    epochs: list[tuple[int, _Known]] = []
    for t_s, changes in groupby(rows, key=lambda row: row.t_s):
        for row in changes:
            known = _after(known, row, log)
        epochs.append((t_s, known))
    volumes = compartments(manifest, "volume")
    ends = [*(t_s for t_s, _ in epochs[1:]), manifest.horizon_s][: len(epochs)]
    found: list[Body] = []
    for (start_s, here), until_s in zip(epochs, ends, strict=True):
        _extend(found, here, _largest(here, volumes), start_s, until_s)
    return found


def _after(known: _Known, row: Row, log: Log) -> _Known:
    """Return the bodies after a row: it replaces the compartments that it names; a ship that leaves takes its air."""
    members = (row.subject,) if row.kind is Kind.UNDOCKED else tuple((row.text or row.subject).split(","))
    rests = ((tuple(part for part in body if part not in members), law) for body, law in known.items())
    after = {rest: law for rest, law in rests if rest}
    if row.kind is Kind.AIRED:
        given = {str(name): float(str(value)) for _, _, _, name, value, _ in log.attached("physics", row.seq)}
        after[members] = Law(
            subject=row.subject, model="air", start_s=row.t_s, until_s=row.t_s, seq=row.seq, parameters=given
        )
    return after


def _largest(known: _Known, volumes: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the largest body; None where more volumes still have the air they always had."""
    if not known:
        return None
    largest = max(known, key=lambda members: known[members].parameter("volume_m3"))
    touched = {member for members in known for member in members}
    untouched = sum(volume not in touched for volume in volumes)
    return largest if len(largest) > untouched else None


def _extend(found: list[Body], known: _Known, largest: tuple[str, ...] | None, start_s: int, until_s: int) -> None:
    if start_s >= until_s:
        return
    for members, law in known.items():
        subject = CABIN if members == largest else ",".join(members)
        place = next((i for i, body in enumerate(found) if _goes_on(body, subject, members, law, start_s)), None)
        if place is None:
            found.append(Body(subject=subject, members=members, start_s=start_s, until_s=until_s, law=law))
        else:
            found[place] = evolve(found[place], until_s=until_s)


def _goes_on(body: Body, subject: str, members: tuple[str, ...], law: Law, start_s: int) -> bool:
    return (body.subject, body.members, body.until_s, body.law.seq) == (subject, members, start_s, law.seq)


# --- what a body does -------------------------------------------------------------------------------------------------


def pressure_kpa(body: Body, t_s: float) -> float:
    """Return the pressure at a second of the run [kPa]."""
    rate, start, rest = _numbers(body.law)
    after_s = t_s - body.law.start_s
    if growth := _growth(body.law):
        return start * math.exp(-after_s * (rate + growth * after_s / 2))
    if rate == 0:
        return start + body.law.parameter("makeup_kg_per_s") / body.law.parameter("kg_per_kpa") * after_s
    return rest + (start - rest) * math.exp(-rate * after_s)


def reserve_s(body: Body, t_s: float, limit: float) -> float | None:
    """Return the time left at a second until the pressure is at a limit [s]; None if it never falls so far."""
    rate, start, rest = _numbers(body.law)
    if pressure_kpa(body, t_s) <= limit:
        return 0.0
    if growth := _growth(body.law):
        depth = math.log(start / limit)
        fallen_s = 2 * depth / (rate + math.hypot(rate, math.sqrt(2 * growth * depth)))
        return max(0.0, fallen_s - (t_s - body.law.start_s))
    if rate == 0 or rest >= limit:
        return None
    return max(0.0, math.log((start - rest) / (limit - rest)) / rate - (t_s - body.law.start_s))


def _growth(law: Law) -> float:
    """Return by how much the rate grows [1/s²]; logs of holes that keep their size do not say."""
    return law.parameters.get("rate_growth_per_s2", 0.0)


def _numbers(law: Law) -> tuple[float, float, float]:
    """Return rate [1/s], pressure at the start and pressure at rest [kPa]."""
    rate, start = law.parameter("rate_per_s"), law.parameter("p0_kpa")
    return rate, start, law.parameter("makeup_kg_per_s") / (rate * law.parameter("kg_per_kpa")) if rate else start


def _lost_kg(body: Body) -> float:
    """Return what flows out of a body [kg]."""
    if _growth(body.law):
        fallen_kpa = pressure_kpa(body, body.start_s) - pressure_kpa(body, body.until_s)
        fed_kg = body.law.parameter("makeup_kg_per_s") * (body.until_s - body.start_s)
        return fallen_kpa * body.law.parameter("kg_per_kpa") + fed_kg
    rate, start, rest = _numbers(body.law)
    lo_s, hi_s = (t_s - body.law.start_s for t_s in (body.start_s, body.until_s))
    fallen = (start - rest) * (math.exp(-rate * lo_s) - math.exp(-rate * hi_s))
    return (rate * rest * (hi_s - lo_s) + fallen) * body.law.parameter("kg_per_kpa") if rate else 0.0


# --- tables -----------------------------------------------------------------------------------------------------------


def air_curves(run: Run, manifest: Manifest) -> Iterator[tuple[str, str, str, str, int, float | None, int]]:
    """Return rows of table `curves`: a missing value ends a body, or stands where no limit will be reached."""
    limit = limit_kpa(manifest)
    found = bodies(run.log, manifest)
    begins = {(body.subject, body.start_s) for body in found}
    scarce = {b.subject for b in found if limit is not None and reserve_s(b, b.start_s, limit) is not None}
    for subject in dict.fromkeys(body.subject for body in found):
        for quantity, unit, value_at in _quantities(limit if subject in scarce else None):
            for body in (body for body in found if body.subject == subject):
                for t_s in _times(body, limit):
                    yield run.name, subject, quantity, unit, t_s, value_at(body, t_s), body.law.seq
                if (subject, body.until_s) not in begins:
                    yield run.name, subject, quantity, unit, body.until_s, None, body.law.seq


def _quantities(limit: float | None) -> Iterable[tuple[str, str, Callable[[Body, float], float | None]]]:
    yield "pressure", "kPa", pressure_kpa
    if limit is not None:
        yield "reserve_time", "h", lambda body, t_s: _hours(reserve_s(body, t_s, limit))


def _hours(time_s: float | None) -> float | None:
    return None if time_s is None else time_s / 3600


def _times(body: Body, limit: float | None) -> list[int]:
    """Return the seconds to sample, that at which the limit is reached among them."""
    rate = body.law.parameter("rate_per_s")
    piece = evolve(body.law, start_s=body.start_s, until_s=body.until_s)
    settled_s = _SETTLED / rate if rate else 0.0 if body.law.parameter("makeup_kg_per_s") == 0 else math.inf
    if growth := _growth(body.law):
        settled_s = 2 * _SETTLED / (rate + math.hypot(rate, math.sqrt(2 * growth * _SETTLED)))
    left_s = None if limit is None else reserve_s(body, body.start_s, limit)
    reached = set() if left_s is None else {min(body.start_s + math.ceil(left_s), body.until_s)}
    return sorted({*samples(piece, settled_s), *reached})


def air_at(log: Log, manifest: Manifest, at_s: int) -> tuple[tuple[str, float, float | None], ...]:
    """Return body, pressure [kPa] and reserve time [s] of every body that leaks or whose pressure is not as usual."""
    limit, found = limit_kpa(manifest), bodies(log, manifest)
    if not found:
        return ()
    usual = pressure_kpa(found[0], found[0].start_s)
    here = [body for body in found if body.start_s <= at_s < body.until_s or at_s == body.until_s == manifest.horizon_s]
    told = ((b.subject, pressure_kpa(b, at_s), None if limit is None else reserve_s(b, at_s, limit), b) for b in here)
    unusual = (
        (subject, now, left)
        for subject, now, left, body in told
        if abs(now - usual) > _NOTICED_KPA or body.law.parameter("rate_per_s") > 0
    )
    return tuple(sorted(unusual, key=lambda body: body[0] != CABIN))


def gas_lost_kg(run: Run, manifest: Manifest, until_s: int | None = None) -> dict[str, float]:
    """Return what left through each holed node [kg]; holes of one body share its loss by their size.

    Args:
        run: The run.
        manifest: What the run says about itself.
        until_s: What left by this second [s]; to the end of the run if None.
    """
    leaks = [(row, passing) for row in run.log if (passing := _passing_m2(run.log, row)) is not None]
    sums: dict[str, float] = {}
    for whole in bodies(run.log, manifest):
        body = whole if until_s is None else evolve(whole, until_s=max(whole.start_s, min(until_s, whole.until_s)))
        lost = _lost_kg(body)
        shares = _holes(leaks, body) if lost else {}
        for node, passing in (shares or {body.subject: 1.0}).items():
            sums[node] = sums.get(node, 0.0) + lost * passing / (sum(shares.values()) or 1.0)
    return {node: kg for node, kg in sums.items() if kg}


def _passing_m2(log: Log, row: Row) -> float | None:
    if row.kind is not Kind.LEAKED:
        return None
    given = {str(name): float(str(value)) for _, _, model, name, value, _ in log.attached("physics", row.seq)
             if model == "hole"}  # fmt: skip
    return given["area_m2"] * given.get("discharge", 1.0) if "area_m2" in given else None


def _holes(leaks: list[tuple[Row, float]], body: Body) -> dict[str, float]:
    """Return the holed nodes of a body and how much passes there; all holes, if none is told to be in it."""
    latest = {row.object: (row.subject, passing) for row, passing in leaks if row.t_s <= body.start_s}
    open_ = [(node, passing) for node, passing in latest.values() if passing > 0]
    inside = [(node, passing) for node, passing in open_ if {node, node.split("/")[0]} & set(body.members)]
    shares: dict[str, float] = {}
    for node, passing in inside or open_:
        shares[node] = shares.get(node, 0.0) + passing
    return shares
