"""What did the incidents do? The nominal and the disrupted run of one drawn scenario."""

import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import attrs

from stationsim.kernel.parts import parts_of
from stationsim.kernel.passing import Passed
from stationsim.kernel.simulate import simulate
from stationsim.log.kinds import Kind
from stationsim.log.log import Log
from stationsim.log.outcome import Manifest, Outcome
from stationsim.planning.objective import LEVELS
from stationsim.planning.place import DAY_S, WEEKDAYS
from stationsim.planning.planners import GREEDY
from stationsim.planning.policies import DEFAULT, Policy, asks_somebody
from stationsim.scenario.aliases import aliases_of
from stationsim.scenario.draw import draw
from stationsim.scenario.incidents import SORTS
from stationsim.scenario.load import scenario_text
from stationsim.scenario.model import Calendar, Consumable, Mode, Scenario, Waiver
from stationsim.scenario.model import Kind as ActivityKind
from stationsim.scenario.sources import sources_of
from stationsim.station.own import OwnRule
from stationsim.station.responses import response_name
from stationsim.station.station import Station
from stationsim.units import format_utc


def run(  # noqa: PLR0913 - each is something that a script may pass
    scenario: Scenario,
    seed: int = 0,
    *,
    rules: Iterable[OwnRule] = (),
    modes: Iterable[Mode] = (),
    waivers: Iterable[Waiver] = (),
    policy: Policy = DEFAULT,
    planner: str = GREEDY,
    shares: bool = True,
) -> Outcome:
    """Simulate a scenario with and without its attributable incidents.

    Args:
        scenario: A scenario; its distributions are drawn with `seed`.
        seed: Seed of the draws.
        rules: Rules of a script, beside those of the scenario: objects as `stationsim.rule` makes them.
        modes: Modes of failure in place of those of the same id, or beside them.
        waivers: Rules dropped for one activity, those of a script too.
        policy: What decides at a review what of the repaired plan is carried out, in both runs.
        planner: Who repairs the plan, in both runs: `greedy`, or `optimal`, which dates the work as well as can be.
        shares: Of two or more incidents, run what some of them do alone too, so that the ledger can split the cost
            between them: all combinations of up to four incidents (2 further runs for two, 6 for three, 14 for four),
            of more one after another. A policy that asks somebody is not asked about what did not happen: then there
            are none.

    Raises:
        ScenarioError: The plan breaks rules that are not waived, or what was passed is impossible.
    """
    scenario, passed = Passed.along(scenario, rules, modes, waivers, policy, planner)
    drawn = draw(scenario, seed)
    background = tuple(incident for incident in drawn.incidents if incident.background)
    calm = attrs.evolve(drawn, incidents=background)

    def log_of(one: Scenario) -> Log:
        return simulate(one, rules=passed.rules, waivers=passed.own.waivers, policy=policy, planner=planner)

    nominal, disrupted = log_of(calm), log_of(drawn)
    is_split = shares and not asks_somebody(policy)
    parts = {part: log_of(one) for part, one in parts_of(drawn, disrupted)} if is_split else {}
    told = manifest(drawn, seed, (*parts.values(), nominal, disrupted), passed)
    return Outcome(
        manifest=attrs.evolve(told, parts=[list(part) for part in parts]),
        nominal=nominal,
        disrupted=disrupted,
        parts=parts,
    )


def manifest(scenario: Scenario, seed: int, logs: Iterable[Log], passed: Passed | None = None) -> Manifest:
    """Return what a saved run must say about itself to be read without its scenario, and what a script passed.

    Of an id that two logs give to different things, the last log counts.
    """
    passed, logs = passed or Passed(), tuple(logs)
    station = Station.of(scenario, passed.own)
    return Manifest(
        scenario=scenario.id,
        title=scenario.title,
        start_utc=format_utc(scenario.start_utc),
        horizon_s=scenario.horizon_s,
        seed=seed,
        scenario_hash=scenario.text_hash,
        scenario_text=scenario_text(scenario),
        versions=_versions(),
        names=_names(scenario, station, logs),
        people=[
            {
                "id": p.id,
                "name": p.name,
                "agency": p.agency,
                "centre": p.centre,
                "segment": p.segment,
                "calendar": station.centres[p.centre].calendar,
            }
            for p in scenario.people
        ],
        calendars=[_calendar(c) for c in scenario.calendars],
        ports=_ports(scenario, station),
        activities=_activities(scenario, station, logs),
        incidents=[
            {
                "id": i.id,
                "node": i.node,
                "at_s": i.at_s if isinstance(i.at_s, int) else None,
                "background": i.background,
                "mode": station.mode_of(i.id).text,
                "sort": next(sort for sort in SORTS if getattr(i, sort) is not None),
                "fails": i.fails,
            }
            for i in scenario.incidents
        ],
        rules={
            r.id: {
                "text": r.text,
                "source": r.source,
                "severity": r.severity,
                "waived_by": r.waived_by,
                "template": r.template,
            }
            for r in station.rules.values()
        },
        waivers=[
            {"rule": w.rule, "activity": w.activity, "rationale": w.rationale, "by": station.who_waived(w)}
            for w in station.waivers
        ],
        ships={
            s.id: {
                "name": s.name,
                "type": s.type,
                "type_name": station.types[s.type].name,
                "seats": station.types[s.type].seats,
                "life_s": station.types[s.type].life_s,
                "source": station.types[s.type].source,
                "centre": s.centre,
                "brings": dict(s.brings),
            }
            for s in scenario.vehicles
        },
        graph=_graph(station),
        limits=_limits(scenario, station),
        aliases=aliases_of(scenario),
        passed=passed.said(),
        sources=[{"source": source, "of": of} for source, of in sources_of(scenario).items()],
        consumables={c.id: _consumable(c) for c in scenario.consumables},
        levels=[{"id": id_, "unit": unit, "text": text} for id_, unit, text in LEVELS],
    )


def _consumable(one: Consumable) -> dict[str, Any]:
    return {
        "name": one.name,
        "stock_kg": one.stock_kg,
        "use_kg_per_day": one.use_kg_per_day,
        "reserve_s": one.reserve_s,
        "source": one.source,
    }


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in ("stationsim", "simpy", "networkx", "attrs", "pandas", "plotly"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def _names(scenario: Scenario, station: Station, logs: Iterable[Log]) -> dict[str, str]:
    names = {record.id: record.name for record in scenario.consumables}
    names |= {node.id: node.name for node in station.graph.nodes}
    for records in (scenario.zones, scenario.centres, scenario.types, scenario.activities, scenario.kinds):
        names |= {record.id: record.name for record in records}
    names |= {f"{person.id}-return": f"Return of {person.name}" for person in scenario.people}
    for log in logs:
        for row in log:
            if row.kind in {Kind.ADDED, Kind.LACKED} and row.object is not None and row.text is not None:
                names[row.subject] = response_name(station, row.object, row.text)
            elif row.kind is Kind.INSERTED:
                names[row.subject] = _said(log, row.seq)["name"]
    return names


def _said(log: Log, seq: int) -> dict[str, str]:
    """Return what a decision says of an activity that it inserts, by the keys of the scenario file."""
    return {str(key): str(now or "") for _, _, key, _, now in log.attached("amendments", seq)}


def _calendar(calendar: Calendar) -> dict[str, Any]:
    def spans(texts: tuple[str, ...]) -> list[list[int]]:
        return [[_clock_s(part) for part in text.split("-")] for text in texts]

    return {
        "id": calendar.id,
        "wake_s": calendar.wake_s,
        "sleep_s": calendar.sleep_s,
        "work": spans(calendar.work),
        "meals": spans(calendar.meals),
        "exercise_s": calendar.exercise_s,
        "work_per_day_s": calendar.work_per_day_s,
        "days": list(calendar.days),
    }


def _clock_s(text: str) -> int:
    hours, minutes = text.strip().split(":")
    return int(hours) * 3600 + int(minutes) * 60


def _ports(scenario: Scenario, station: Station) -> list[dict[str, Any]]:
    segments = {volume.id: volume.segment for volume in scenario.volumes}
    return [
        {"id": p.id, "name": p.name, "segment": segments[p.host], "mechanism": p.mechanism, "status": p.status}
        for p in station.ports.values()
    ]


def _activities(scenario: Scenario, station: Station, logs: Iterable[Log]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for activity in scenario.activities:
        kind = station.kinds[activity.kind]
        found[activity.id] = {
            "kind": kind.id,
            "kind_name": kind.name,
            "centre": activity.centre,
            "has_clock": activity.at.has_clock or activity.task_list,
            "layer": kind.layer,
            "weight": kind.weight,
            "wish_s": None,
            "mandatory": activity.mandatory,
            "task_list": activity.task_list,
            "effect": kind.effect,
            "outside": list(kind.outside),
            "place": activity.place,
            "source": kind.source,
            "days": _days(kind),
        }
    for log in logs:
        for row in log:
            if row.kind is Kind.PLANNED:
                found[row.subject]["wish_s"] = row.start_s
            elif row.kind is Kind.ADDED and row.object is not None and row.text is not None:
                response = next(r for r in station.mode_of(row.object).responses if r.id == row.text)
                kind = station.kinds[response.kind]
                facts = {"centre": row.by or "", "has_clock": True, "wish_s": row.start_s}
                found[row.subject] = _come_in(kind) | facts
            elif row.kind is Kind.INSERTED:
                said = _said(log, row.seq)
                facts = {"centre": said["centre"], "has_clock": False, "wish_s": None}
                found[row.subject] = _come_in(station.kinds[said["kind"]]) | facts
    return found


def _come_in(kind: ActivityKind) -> dict[str, Any]:
    """Return what the manifest says of an activity that came into the plan, by its kind."""
    return {
        "kind": kind.id,
        "kind_name": kind.name,
        "layer": kind.layer,
        "weight": kind.weight,
        "mandatory": False,
        "effect": kind.effect,
        "source": kind.source,
        "days": _days(kind),
    }


def _days(kind: ActivityKind) -> list[str]:
    """Return the days of the week to which alone dates of a kind are moved; nothing where it is any day."""
    return list(kind.days) if kind.grid_s >= DAY_S and len(kind.days) < len(WEEKDAYS) else []


def _graph(station: Station) -> dict[str, list[dict[str, Any]]]:
    picture = station.graph.picture
    nodes = [{"id": node.id, "type": node.type, "name": node.name} for node in station.graph.nodes]
    edges = [
        {"source": source, "target": target, "strength": data["strength"], "why": data["why"]}
        for source, target, data in picture.edges(data=True)
    ]
    return {"nodes": nodes, "edges": sorted(edges, key=lambda e: (e["source"], e["target"]))}


def _limits(scenario: Scenario, station: Station) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for node, thing in station.things.items():
        held = thing.loop or thing.tank
        if held is not None:
            cools = station.fluids[held.fluid].counts_as in {"coolant", "water"}
            works = "no longer cools" if cools else "no longer serves"
            limits = ((held.alarm_below_kpa, "alarm"), (held.works_above_kpa, works))
            found += [
                {
                    "subject": node,
                    "quantity": "pressure",
                    "value": value,
                    "unit": "kPa",
                    "text": text,
                    "source": _source(station, node),
                }
                for value, text in limits
            ]
    if scenario.air is not None:
        found.append(
            {
                "subject": "cabin-air",
                "quantity": "pressure",
                "value": scenario.air.limit_kpa,
                "unit": "kPa",
                "text": "everybody has left by this pressure",
                "source": scenario.air.source,
            }
        )
        found.append(
            {
                "subject": "cabin-air",
                "quantity": "reserve_time",
                "value": scenario.air.rapid_s / 3600,
                "unit": "h",
                "text": "everybody to the ships below this",
                "source": scenario.air.source,
            }
        )
    for ship in scenario.vehicles:
        cabin = station.types[ship.type].cabin
        if cabin is not None:
            found.append(
                {
                    "subject": ship.id,
                    "quantity": "temperature",
                    "value": cabin.limit_c,
                    "unit": "degC",
                    "text": "limit for a crewed return",
                    "source": cabin.source,
                }
            )
    return found


def _source(station: Station, node: str) -> str | None:
    """Return where the numbers of a thing come from: its own source, or that of the type of its ship."""
    own, ship = station.things[node].source, station.ship_of(node)
    return own if own is not None or ship is None else station.type_of(ship).source
