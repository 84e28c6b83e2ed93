"""What did a run bring? Two logs of one drawn scenario, and what is needed to read them without the scenario."""

from attrs import field, frozen

from stationsim.log.log import Log
from stationsim.shown import card


@frozen(kw_only=True)
class Manifest:
    """What a saved run says about itself; plain values only, so that it is JSON.

    Attributes:
        scenario: Id of the scenario.
        title: Its title.
        start_utc: Start as text, `2022-12-14T00:00Z`.
        horizon_s: End of the run [s].
        seed: Seed of the draws.
        scenario_hash: Hash of the resolved scenario, 8 hex digits or more.
        scenario_text: The resolved scenario as YAML.
        versions: (name, version) of what ran.
        names: id -> name shown to people (ships, ports, people, activities, zones, rules ...).
        aliases: id -> other names, of nodes and activities that have any.
        people: One dict per person: `id, name, agency, centre, segment, calendar`.
        calendars: One dict per calendar: `id, wake_s, sleep_s, work, meals, exercise_s, work_per_day_s, days` (work and
            meals as lists of [from_s, to_s] in seconds of the day; days as names `mon`..`sun`).
        ports: One dict per port: `id, name, segment, mechanism, status`.
        activities: id -> dict `kind, kind_name, centre, has_clock, layer, weight, wish_s, mandatory, effect, source`
            (of its kind), for planned, added and inserted ones; of planned ones `task_list` too.
        incidents: One dict per incident: `id, node, at_s, background, mode, sort, fails`.
        rules: id -> dict `text, source, severity, waived_by, template`.
        waivers: One dict per waiver: `rule, activity, rationale, by`.
        ships: id -> dict `name, type, type_name, seats, life_s, source` (of its type), `centre`, `brings`
            (consumable -> kg), `loop_limits` ...
        graph: The dependency graph: `nodes` [{id, type, name}], `edges` [{source, target, strength, why}].
        limits: One dict per threshold to draw: `subject, quantity, value, unit, text, source`.
        passed: What a script passed to the run: `rules` (ids), `modes` (`id, text`), `waivers` (`rule/activity`),
            `policy` (`name, text`), `planner`.
        sources: One dict per source that the scenario names: `source`, `of` (table -> number of its records).
        consumables: id -> dict `name, stock_kg, use_kg_per_day, reserve_s, source`, what people aboard use up.
        parts: Ids of the incidents of each further log of the run, in its order: combinations of some of them.
        levels: One dict per level of the objective by which options are compared, the weightiest first: `id, unit,
            text`.
    """

    scenario: str
    title: str
    start_utc: str
    horizon_s: int
    seed: int
    scenario_hash: str
    scenario_text: str = field(repr=False)
    versions: dict[str, str] = field(repr=False)
    names: dict[str, str] = field(repr=False)
    people: list[dict[str, object]] = field(repr=False)
    calendars: list[dict[str, object]] = field(repr=False)
    ports: list[dict[str, object]] = field(repr=False)
    activities: dict[str, dict[str, object]] = field(repr=False)
    incidents: list[dict[str, object]] = field(repr=False)
    rules: dict[str, dict[str, object]] = field(repr=False)
    waivers: list[dict[str, object]] = field(repr=False)
    ships: dict[str, dict[str, object]] = field(repr=False)
    graph: dict[str, list[dict[str, object]]] = field(repr=False)
    limits: list[dict[str, object]] = field(repr=False)
    aliases: dict[str, list[str]] = field(factory=dict, repr=False)
    passed: dict[str, object] = field(repr=False, factory=dict)
    levels: list[dict[str, str]] = field(repr=False, factory=list)
    sources: list[dict[str, object]] = field(repr=False, factory=list)
    parts: list[list[str]] = field(repr=False, factory=list)
    consumables: dict[str, dict[str, object]] = field(repr=False, factory=dict)


@frozen(kw_only=True, repr=False)
class Outcome:
    """The nominal and the disrupted log of one drawn scenario.

    Attributes:
        manifest: What the run says about itself.
        nominal: The log without the attributable incidents.
        disrupted: The log with them.
        parts: Of two or more incidents the logs with some of them alone, by their ids in the order in which they
            struck: what it takes to split the cost between them.
        hinges: What each decision hangs on, as plain values (`stationsim.deepen`); None where that was not worked out.
        prices: What each rule costs, as plain values (`stationsim.deepen`); None where that was not worked out.
    """

    manifest: Manifest
    nominal: Log = field(repr=False)
    disrupted: Log = field(repr=False)
    parts: dict[tuple[str, ...], Log] = field(factory=dict, repr=False)
    hinges: list[dict[str, object]] | None = field(default=None, repr=False)
    prices: list[dict[str, object]] | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        counts = f"{len(self.nominal)} nominal and {len(self.disrupted)} disrupted events"
        return f"<Outcome of {self.manifest.scenario}, seed {self.manifest.seed}: {counts}>"

    def _repr_html_(self) -> str:
        manifest = self.manifest
        days = f"{manifest.horizon_s / 86400:g} days"
        lines = [
            f"Scenario {manifest.scenario}, seed {manifest.seed}, from {manifest.start_utc}, {days}",
            f"{len(self.nominal)} events without the incidents, {len(self.disrupted)} with them",
            "stationsim.assess(outcome) tells what changed and what it cost.",
        ]
        struck = [
            [manifest.names.get(str(one["node"]), one["node"]), one.get("mode", "")] for one in manifest.incidents
        ]
        return card(manifest.title or manifest.scenario, lines, ("incident at", "mode"), struck)
