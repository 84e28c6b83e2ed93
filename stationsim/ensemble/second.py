"""Which single further failure leaves somebody without a way home, and for how long? A table over time, from both logs.

    second = stationsim.second_failures(outcome)
    print(second.text)

Both logs are folded again; wherever the station stands differently, one thing more is let fail, each in its turn. The
same failure in the nominal run tells what is new. A saved run is enough: it holds the scenario that it is of.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pandas as pd
from attrs import evolve, field, frozen

from stationsim.errors import LogError, ScenarioError
from stationsim.impact.clock import DAY_S, Clock
from stationsim.impact.second_text import said
from stationsim.log.kinds import Kind
from stationsim.log.log import Log
from stationsim.log.outcome import Manifest, Outcome
from stationsim.scenario.load import parse
from stationsim.shown import pre
from stationsim.station.fold import apply
from stationsim.station.second import Known, Loss, as_it_is, losses
from stationsim.station.stand import stand
from stationsim.station.state import State
from stationsim.station.station import Station

__all__ = ["COLUMNS", "Second", "second_failures"]

COLUMNS: dict[str, str] = {
    "failure": "str", "name": "str", "kind": "str", "nodes": "object", "start_s": "int64", "until_s": "int64",
    "start_utc": "str", "until_utc": "str", "days": "float64", "people": "object", "without": "int64",
    "none": "int64", "left": "int64", "already": "int64", "leave": "int64", "evacuates": "bool",
    "nominal_left": "int64", "nominal_leave": "int64", "nominal_evacuates": "bool", "new": "int64",
    "person_days": "float64", "new_person_days": "float64",
}  # fmt: skip
"""Columns of the table and their types."""

_BEGINS = {Kind.ALARMED, Kind.REPORTED, Kind.DECIDED, Kind.CHOSEN}


@frozen(kw_only=True)
class Second:
    """What one more failure would do.

    Attributes:
        manifest: What the run says about itself.
        since_s: From when on [s]: the first alarm or decision that the nominal run has not; 0 without one.
        table: One row per failure and span of time in which it does the same, worst first: `failure` (the ship whose
            part it is, or the node), `name`, `kind` (`ship`, `hatch`, `volume`), `nodes` (each of them alone does it),
            `start_s, until_s` [s] and as UTC, `days`; `people` (ids, in seat class 3 or 4 then, before anybody moves),
            `without` (how many they are), `none` (how many of them in class 4), `left` (how many have no way home even
            after as many as can have taken a free place), `already` (the same if nothing more fails), `leave` (how many
            must go into their ship and stay there), `evacuates` (nobody can stay); `nominal_left`, `nominal_leave`,
            `nominal_evacuates` (the same failure at the same time in the nominal run); `new` (`left` less
            `nominal_left`), `person_days` (`left` times `days`), `new_person_days` (`new` times `days`). A failure that
            does something in the nominal run alone has a row too, without `people`.
    """

    manifest: Manifest = field(repr=False)
    since_s: int
    table: pd.DataFrame = field(repr=False)

    @property
    def text(self) -> str:
        """The same in words, worst first: what is new because of the incidents, then the rest."""
        return said(self.table, self.manifest, self.since_s)

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return pre(self.text)


def second_failures(outcome: Outcome) -> Second:
    """Return which single further failure leaves people without a way home in the disrupted run, and since when.

    Args:
        outcome: A run, saved ones too.

    Raises:
        LogError: The scenario that the run holds is of another version.
    """
    station = _station(outcome.manifest)
    clock = Clock.of(outcome.manifest)
    known = Known()
    nominal = list(_stands(station, outcome.nominal, clock.horizon_s, known))
    disrupted = list(_stands(station, outcome.disrupted, clock.horizon_s, known))
    since_s = _since_s(outcome)
    rows = [_row(span, station, clock) for span in _joined(_spans(nominal, disrupted, since_s, clock.horizon_s))]
    rows.sort(key=_worst_first)
    columns = {name: pd.Series([row[name] for row in rows], dtype=dtype) for name, dtype in COLUMNS.items()}
    return Second(manifest=outcome.manifest, since_s=since_s, table=pd.DataFrame(columns))


def _station(manifest: Manifest) -> Station:
    try:
        return Station.of(parse(manifest.scenario_text))
    except ScenarioError as problem:
        msg = f"{manifest.scenario}: this version of stationsim cannot read the scenario of the run. Run it again."
        raise LogError(msg) from problem


@frozen(kw_only=True)
class _Stand:
    """What further failures do where the station stands in one way, from `start_s` on [s]."""

    start_s: int
    base: Loss
    by_node: dict[str, Loss]
    losses: tuple[Loss, ...]

    @property
    def already(self) -> int:
        """How many have no way home although nothing more fails."""
        return self.base.left


@frozen(kw_only=True)
class _Span:
    """One failure in a span [s], with what it does in the nominal run."""

    start_s: int
    until_s: int
    loss: Loss
    already: int
    nominal: tuple[int, int, bool]


def _stands(station: Station, log: Log, horizon_s: int, known: Known) -> Iterator[_Stand]:
    """Yield how further failures do, whenever that changes; what is known of a way to stand is not worked out again."""
    state, last = State.blank(station), None
    for seq, row in enumerate(log.rows):
        apply(state, log, seq)
        is_last = seq + 1 == len(log) or log.rows[seq + 1].t_s > row.t_s
        if not is_last or row.t_s >= horizon_s:
            continue
        key = stand(state)
        if key == last:
            continue
        last = key
        found = losses(state, known)
        by_node = {node: loss for loss in found for node in loss.nodes}
        yield _Stand(start_s=row.t_s, base=as_it_is(state, known), by_node=by_node, losses=found)


def _since_s(outcome: Outcome) -> int:
    """Return when the disrupted run first has an alarm or a decision that the nominal one has not [s]."""
    calm = {(row.t_s, row.kind, row.subject) for row in outcome.nominal if row.kind in _BEGINS}
    rows = (row for row in outcome.disrupted if row.kind in _BEGINS)
    return next((row.t_s for row in rows if (row.t_s, row.kind, row.subject) not in calm), 0)


def _spans(nominal: list[_Stand], disrupted: list[_Stand], since_s: int, horizon_s: int) -> Iterator[_Span]:
    """Yield every failure in every span in which neither run changes, in order of time."""
    starts = {since_s, *(found.start_s for found in (*nominal, *disrupted) if found.start_s > since_s)}
    for lo_s, hi_s in pairwise([*sorted(starts), horizon_s]):
        here = [found for found in disrupted if found.start_s <= lo_s][-1]
        calm = [found for found in nominal if found.start_s <= lo_s][-1]
        for loss in here.losses:
            for nodes, told in _compared(loss, calm):
                mine = evolve(loss, nodes=nodes)
                yield _Span(start_s=lo_s, until_s=hi_s, loss=mine, already=here.already, nominal=told)
        for loss in calm.losses:
            if nodes := tuple(node for node in loss.nodes if node not in here.by_node):
                gone = evolve(here.base, subject=loss.subject, nodes=nodes, without=(), none=())
                yield _Span(start_s=lo_s, until_s=hi_s, loss=gone, already=here.already, nominal=_weight(loss))


def _compared(loss: Loss, calm: _Stand) -> Iterator[tuple[tuple[str, ...], tuple[int, int, bool]]]:
    """Yield the nodes of a loss by what each of them does in the nominal run."""
    found: dict[tuple[int, int, bool], tuple[str, ...]] = {}
    for node in loss.nodes:
        other = calm.by_node.get(node)
        told = _weight(calm.base if other is None else other)
        found[told] = (*found.get(told, ()), node)
    yield from ((nodes, told) for told, nodes in found.items())


def _weight(loss: Loss) -> tuple[int, int, bool]:
    return loss.left, len(loss.leave), loss.evacuates


def _joined(spans: Iterator[_Span]) -> list[_Span]:
    """Return the spans in which a failure does the same without a break, each once."""
    found: dict[tuple[object, ...], list[_Span]] = {}
    for span in spans:
        loss = evolve(span.loss, none=())
        mine = found.setdefault((loss.subject, loss.nodes, loss, span.already, span.nominal), [])
        if mine and mine[-1].until_s == span.start_s:
            mine[-1] = evolve(mine[-1], until_s=span.until_s)
        else:
            mine.append(span)
    return [span for mine in found.values() for span in mine]


def _row(span: _Span, station: Station, clock: Clock) -> dict[str, object]:
    loss, days = span.loss, (span.until_s - span.start_s) / DAY_S
    nominal_left, nominal_leave, nominal_evacuates = span.nominal
    new = loss.left - nominal_left
    return {
        "failure": loss.subject,
        "name": station.name(loss.subject),
        "kind": "ship" if loss.subject in station.ships else station.node_type(loss.subject),
        "nodes": loss.nodes,
        "start_s": span.start_s,
        "until_s": span.until_s,
        "start_utc": clock.utc(span.start_s),
        "until_utc": clock.utc(span.until_s),
        "days": days,
        "people": loss.without,
        "without": len(loss.without),
        "none": len(loss.none),
        "left": loss.left,
        "already": span.already,
        "leave": len(loss.leave),
        "evacuates": loss.evacuates,
        "nominal_left": nominal_left,
        "nominal_leave": nominal_leave,
        "nominal_evacuates": nominal_evacuates,
        "new": new,
        "person_days": loss.left * days,
        "new_person_days": new * days,
    }


def _worst_first(row: dict[str, Any]) -> tuple[object, ...]:
    """Return the order of rows: evacuations, person-days that are new, person-days, people who must go."""
    is_new = row["evacuates"] and not row["nominal_evacuates"]
    weights = (row["new_person_days"], row["person_days"], row["leave"] * row["days"])
    return (
        not is_new,
        not row["evacuates"],
        *(-weight for weight in weights),
        row["failure"],
        row["start_s"],
        row["nodes"],
    )
