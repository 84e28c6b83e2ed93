"""What did it cost, and why? The tables of an impact: all that the figures and sentences of a report read."""

from collections.abc import Callable

import pandas as pd
from attrs import field, frozen

from stationsim.impact import consumables
from stationsim.impact.air import air_curves
from stationsim.impact.changes import Change, changes
from stationsim.impact.clock import Clock
from stationsim.impact.cover import cover
from stationsim.impact.curves import curves
from stationsim.impact.decided import decided, options_of
from stationsim.impact.frames import TABLES, frame, records
from stationsim.impact.headline import brief, sentences
from stationsim.impact.hinged import Hinged
from stationsim.impact.hours import hours
from stationsim.impact.knowing import believed, notices
from stationsim.impact.ledger import QUANTITIES, Line, ledger, scaled, totals
from stationsim.impact.margins import margins
from stationsim.impact.places import hatches, whereabouts
from stationsim.impact.prices import plain_prices, price_table
from stationsim.impact.reading import Reading
from stationsim.impact.resilience import CAPABILITIES, recoveries, steps
from stationsim.impact.shares import BY_CAUSE, shared
from stationsim.impact.timeline import beliefs, ports, spans
from stationsim.log import table
from stationsim.log.outcome import Manifest, Outcome
from stationsim.shown import card

__all__ = ["Impact", "as_json", "assess"]


@frozen(kw_only=True, repr=False)
class Impact:
    """The difference of two logs, as tables; `run` is `nominal` or `disrupted`, times are seconds since the start [s].

    Attributes:
        manifest: What the run says about itself.
        changes: One row per activity and per person's return, kept ones too; columns `subject, kind, outcome, differs,
            planned_utc, nominal_utc, actual_utc, delay_s, attempts, was, now, rule, cause_seq, incident, reason,
            no_earlier, replaced` (`differs`, `attempts`, `was`, `now`, `no_earlier` and `replaced` hold dicts or lists,
            as in the JSON). `no_earlier` is the rule that forbids the starts just before the new date, where the reason
            is another one; `replaced` who takes part no more, and what keeps them from it.
        ledger: One row per (incident, subject, quantity) that is not zero in both runs: `incident, subject, quantity,
            unit, nominal, disrupted, difference`. Of several incidents `difference` is the share of each.
        split: How the ledger splits cost between incidents: `by-cause` (the incident at the top of a chain of causes),
            `fair` (the mean over all orders in which they could come: the Shapley value) or `in-order` (what each added
            when it came, for more than four).
        totals: One row per quantity, also those that are zero: `quantity, unit, nominal, disrupted, difference`.
        events: Both logs: `run`, the columns of `Log`, and `t_utc` as text.
        spans: What stood in the plan and what was done: `run, subject, kind, layer, state, start_s, until_s, attempt`;
            `state` is `planned` (still ahead at the horizon), `done`, `under_way`, `called_off`, `terminated` or
            `aborted`.
        cover: Seat cover: `run, person, level, name, ship, start_s, until_s` (level 0-4).
        hours: Who gave time to what: `run, person, activity, kind, role, start_s, until_s, added` (added: response).
        ports: Occupancy: `run, port, ship, start_s, until_s`.
        curves: Physics, sampled from its logged laws: `run, subject, quantity, unit, t_s, value, seq` (of the row that
            brought the law). Bodies of air have `pressure` and `reserve_time`; their subject is `cabin-air` for the
            largest one, else the ids of their compartments, comma-separated. A missing value: the body is no more, or
            its air does not run out.
        capabilities: What the station can do over time: `run, capability, start_s, until_s, value` (capability:
            `sorties` flown so far, `free_ports`, `certified_places` as a part of those aboard, `work_inside`).
        recovery: How deep each capability fell and when it was back: `capability, text, unit, depth, deepest_utc, area,
            since_utc, back_utc, days`; `area` is what is missing in all, in the unit times days.
        consumables: What people use up: `run, consumable, start_s, until_s, stock_kg, rate_kg_per_d, margin_d`. The
            stock is that of `start_s` [kg] and falls by the rate [kg/d], which is 0 where nobody is aboard or nothing
            is left; `margin_d` [d] is how long it lasts above the reserve for those then aboard, missing if nobody is.
        hatches: Hatches over time: `run, hatch, state, start_s, until_s` (state: `open` or `closed`).
        whereabouts: Where people are: `run, person, state, place, activity, start_s, until_s` (state: `ground`,
            `flight`, `aboard`, `outside`, `sheltered`, `caught` or `home`; place: the ship or volume in
            which they fly, shelter or work; activity: the sortie or response that they are at).
        beliefs: Health, status and incidents over time: `run, subject, view, what, value, start_s, until_s` (what:
            `health`, `status` or `incident`).
        incidents: How each incident of the disrupted run came to be known: `incident, node, mode, background, struck_s,
            onset_s, first_s, first_by, delay_s, state, closed_s, open_s, finding` (state: `unnoticed`, `open`, `known`,
            `explained` or `dismissed`; an unnoticed one is delayed to the end of the run).
        knowledge: What each centre learnt and asked of each incident: `incident, centre, what, subject, text, since_s,
            expected_s, put_off, answered_s, answer, by` (what: `alarm`, `report` or `question`).
        margins: Every yes or no of the disrupted run for which a number was held against a limit, the smallest relative
            margin first: `subject, verdict, quantity, value, limit, margin, unit, holds, relative, t_utc, limit_utc,
            rule, source, is_assumed, outcome, reason, seq`. Below 0 it does not hold; `relative` is of the limit, of
            dates (unit `d`, counted from the start) of the length of the run. A date without a known end has no margin.
            `seq` is the row of the disrupted log behind the number: where it was judged, or what brought its law.
        decisions: What was decided in the disrupted run: `decision, t_utc, ship, incident, centre, people, policy,
            option, text, weighed, played, same, rejected, last_utc, wait_level, wait_by, bounds`. `decision` is the
            `seq` of the row that says what was chosen; `option` and `text` are that, `weighed` options it was chosen
            of. `last_utc` is until when it could be taken, `wait_by` what deciding a day later would have cost, in
            `wait_level` (`gone`: it could not be taken any more). `bounds` says of what only a part was thought of:
            dicts of `what` (`flights` ahead; ways to choose who of the `crews` stays on a flight; options that bring a
            ship, `combined` with ports and returns), `taken`, `total`.
        options: One row per option that was weighed: `decision, option, text, generator, state, rule, reason, same_as,
            how, loses_level, loses_by, last_utc, wait_level, wait_by`, then a column per level of the objective, the
            weightiest first (`manifest.levels` says what they count). `state` is `chosen`, `played`, `screened`, `same`
            (as `same_as`) or `rejected` (by `rule`); `how` its levels were found, `played` forward on what was believed
            or `estimated` from its plan alone. `loses_level` is the first level in which it differs from the chosen
            option, `loses_by` by how much it is worse there (below 0: it looked better).
        waivers: Rules dropped for an activity: `rule, activity, rationale, by, t_utc, decision`; those of the scenario
            have no time, those of the run name the decision that they belong to.
        causes: Causal links between rows of the disrupted log: `seq, cause`.
        second: What one more failure would do: the table of `stationsim.second_failures`, worst first; None where that
            was not worked out.
        hinges: What the decisions hang on; None where that was not worked out.
        prices: What each rule costs: the table of `stationsim.price`, dearest first; None where that was not worked
            out.
        headline: What happened and what it cost, in one or two sentences.
        brief: The same in one line, for the terminal.
    """

    manifest: Manifest
    changes: pd.DataFrame = field(repr=False)
    ledger: pd.DataFrame = field(repr=False)
    split: str = BY_CAUSE
    totals: pd.DataFrame = field(repr=False)
    events: pd.DataFrame = field(repr=False)
    spans: pd.DataFrame = field(repr=False)
    cover: pd.DataFrame = field(repr=False)
    hours: pd.DataFrame = field(repr=False)
    ports: pd.DataFrame = field(repr=False)
    curves: pd.DataFrame = field(repr=False)
    capabilities: pd.DataFrame = field(repr=False)
    recovery: pd.DataFrame = field(repr=False)
    consumables: pd.DataFrame = field(repr=False)
    hatches: pd.DataFrame = field(repr=False)
    whereabouts: pd.DataFrame = field(repr=False)
    beliefs: pd.DataFrame = field(repr=False)
    incidents: pd.DataFrame = field(repr=False)
    knowledge: pd.DataFrame = field(repr=False)
    margins: pd.DataFrame = field(repr=False)
    decisions: pd.DataFrame = field(repr=False)
    options: pd.DataFrame = field(repr=False)
    waivers: pd.DataFrame = field(repr=False)
    causes: pd.DataFrame = field(repr=False)
    headline: str
    brief: str = ""
    second: pd.DataFrame | None = field(default=None, repr=False)
    hinges: Hinged | None = field(default=None, repr=False)
    prices: pd.DataFrame | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        return f"<Impact of {self.manifest.scenario}, seed {self.manifest.seed}: {self.brief or self.headline}>"

    def _repr_html_(self) -> str:
        from stationsim.impact.screen import screen_of  # it reads impacts

        screen = screen_of(self)
        changes = [[name, outcome, was, now, reason] for name, outcome, was, now, _, reason in screen.changes]
        costs = [[f"{name} [{unit}]", before, after, more] for name, before, after, more, unit in screen.costs]
        return (
            card(self.manifest.title or self.manifest.scenario, [screen.headline, *screen.decided, screen.counts])
            + card("What changed", (), ("", "outcome", "was", "is", "because"), changes)
            + card("What it cost", (), ("", "before", "after", "difference"), costs)
        )

    @property
    def costs(self) -> pd.DataFrame:
        """What is otherwise than without the incidents: the rows of `totals` whose `difference` is not zero."""
        return self.totals[self.totals["difference"] != 0].reset_index(drop=True)


def assess(outcome: Outcome) -> Impact:
    """Return what an incident cost: the difference of the two logs of an outcome."""
    reading = Reading.of(outcome)
    found = changes(reading)
    lines, split = shared(outcome, ledger(reading, found))
    return Impact(
        manifest=outcome.manifest,
        changes=_changes(found),
        ledger=frame("ledger", ((line.incident, line.subject, line.quantity, *scaled(line)) for line in lines)),
        split=split,
        totals=frame("totals", _totals(lines)),
        events=_events(reading),
        margins=frame("margins", ([getattr(m, name) for name in TABLES["margins"]] for m in margins(reading, found))),
        causes=frame("causes", _causes(reading)),
        headline=sentences(reading, found),
        brief=brief(reading, found),
        hinges=None if outcome.hinges is None else Hinged.of(outcome.hinges),
        prices=None if outcome.prices is None else price_table(outcome.prices),
        **decided(reading),
        **_resilience(reading),
        **_timelines(reading),
        **_known(reading),
    )


def as_json(impact: Impact) -> dict[str, object]:
    """Return changes, totals, incidents, decisions, waivers, margins, consumables, second failures and so on, plain.

    What is missing is None, and so are `second`, `hinges` and `prices` where they were not worked out.
    """
    rows = records(impact.totals)
    for row in rows:
        for name in ("nominal", "disrupted", "difference"):
            row[name] = int(str(row[name]).removesuffix(".0")) if row["unit"] == "1" else row[name]
        row["part_of"] = list(QUANTITIES[str(row["quantity"])].part_of)
    return {
        "changes": records(impact.changes),
        "ledger": rows,
        "shares": {"split": impact.split, "rows": records(impact.ledger) if impact.split != BY_CAUSE else []},
        "recovery": records(impact.recovery),
        "incidents": _told(impact),
        "decisions": options_of(impact.decisions, impact.options),
        "waivers": records(impact.waivers),
        "margins": records(impact.margins),
        "consumables": _consumables(impact),
        "second": None if impact.second is None else [_listed(row) for row in records(impact.second)],
        "hinges": None if impact.hinges is None else impact.hinges.plain,
        "prices": None if impact.prices is None else plain_prices(impact.prices),
    }


def _listed(row: dict[str, object]) -> dict[str, object]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in row.items()}


def _told(impact: Impact) -> list[dict[str, object]]:
    """Return the incidents, each with what the centres learnt; seconds become times in UTC."""
    utc = Clock.of(impact.manifest).utc
    known = [_dated(row, utc) for row in records(impact.knowledge)]
    return [
        _dated(row, utc) | {"known": [_without(k, "incident") for k in known if k["incident"] == row["incident"]]}
        for row in records(impact.incidents)
    ]


def _dated(row: dict[str, object], utc: Callable[[int], str]) -> dict[str, object]:
    """Return a row with times instead of seconds; what lasts stays in seconds."""
    found: dict[str, object] = {}
    for name, value in row.items():
        if name.endswith("_s") and name not in ("delay_s", "open_s"):
            found[name.removesuffix("_s") + "_utc"] = None if value is None else utc(int(str(value)))
        else:
            found[name] = value
    return found


def _consumables(impact: Impact) -> list[dict[str, object]]:
    utc = Clock.of(impact.manifest).utc
    return [_dated(row, utc) for row in consumables.compared(impact.consumables, impact.manifest)]


def _without(row: dict[str, object], name: str) -> dict[str, object]:
    return {key: value for key, value in row.items() if key != name}


def _changes(found: list[Change]) -> pd.DataFrame:
    return frame("changes", ([getattr(change, column) for column in TABLES["changes"]] for change in found))


def _totals(lines: list[Line]) -> list[tuple[object, ...]]:
    return [(line.quantity, *scaled(line)) for line in totals(lines)]


def _events(reading: Reading) -> pd.DataFrame:
    parts = []
    for run in reading.runs:
        events = table.frame(run.log)
        events.insert(0, "run", pd.Series([run.name] * len(events), dtype="str"))
        events["t_utc"] = pd.Series([reading.clock.utc(row.t_s) for row in run.log], dtype="str")
        parts.append(events)
    return pd.concat(parts, ignore_index=True)


def _causes(reading: Reading) -> list[tuple[int, int]]:
    return [(row.seq, cause) for row in reading.disrupted.log for cause in reading.chains.causes(row.seq)]


def _known(reading: Reading) -> dict[str, pd.DataFrame]:
    horizon_s, background = reading.manifest.horizon_s, reading.background
    found = notices(reading.disrupted.log)
    incidents = (
        (n.incident, n.node, n.mode, n.incident in background, n.struck_s, n.onset_s, n.first_s, n.first_by,
         n.delay_s(horizon_s), n.state, n.closed_s, n.open_s(horizon_s), n.finding)
        for n in found.values()
    )  # fmt: skip
    topics = (
        (
            n.incident,
            t.centre,
            t.what,
            t.subject,
            t.text,
            t.since_s,
            t.expected_s,
            t.put_off,
            t.answered_s,
            t.answer,
            t.by,
        )
        for n in found.values()
        for t in n.topics
    )
    held = (
        (run.name, incident, view, "incident", value, start_s, until_s)
        for run in reading.runs
        for incident, view, value, start_s, until_s in believed(run, background, horizon_s)
    )
    return {
        "incidents": frame("incidents", incidents),
        "knowledge": frame("knowledge", topics),
        "beliefs": frame("beliefs", (*held, *beliefs(reading.runs, horizon_s))),
    }


def _resilience(reading: Reading) -> dict[str, pd.DataFrame]:
    found, clock = steps(reading), reading.clock

    def utc(at_s: int | None) -> str | None:
        return None if at_s is None else clock.utc(at_s)

    back = (
        (r.capability, CAPABILITIES[r.capability][1], CAPABILITIES[r.capability][0], r.depth, utc(r.deepest_s), r.area,
         utc(r.since_s), utc(r.back_s), r.days)
        for r in recoveries(found)
    )  # fmt: skip
    return {"capabilities": frame("capabilities", found), "recovery": frame("recovery", back)}


def _timelines(reading: Reading) -> dict[str, pd.DataFrame]:
    horizon_s, runs, activities = reading.manifest.horizon_s, reading.runs, reading.manifest.activities
    seats = ((run.name, span) for run in runs for span in cover(run, horizon_s))
    works = ((run.name, work) for run in runs for work in hours(run))
    return {
        "spans": frame("spans", (span for run in runs for span in spans(reading, run))),
        "cover": frame("cover", ((name, s.person, s.level, s.name, s.ship, s.start_s, s.until_s) for name, s in seats)),
        "hours": frame(
            "hours",
            (
                (
                    name,
                    w.person,
                    w.activity,
                    reading.kind(w.activity) or "posture",
                    w.role,
                    w.start_s,
                    w.until_s,
                    w.is_added,
                )
                for name, w in works
            ),
        ),
        "ports": frame("ports", (row for run in runs for row in ports(run, horizon_s))),
        "curves": frame(
            "curves",
            (row for run in runs for row in (*curves(run, horizon_s), *air_curves(run, reading.manifest))),
        ),
        "consumables": frame(
            "consumables", (row for run in runs for row in consumables.rows(run.name, run.log, reading.manifest))
        ),
        "hatches": frame("hatches", ((run.name, *span) for run in runs for span in hatches(run.log, horizon_s))),
        "whereabouts": frame(
            "whereabouts", ((run.name, *span) for run in runs for span in whereabouts(run.log, horizon_s, activities))
        ),
    }
