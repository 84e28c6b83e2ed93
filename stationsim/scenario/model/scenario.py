"""What is a scenario as a whole?"""

from datetime import datetime, timedelta

from attrs import field, frozen

from stationsim.scenario.fields import key
from stationsim.scenario.model.incidents import Condition, Incident
from stationsim.scenario.model.modes import Fluid, Mode
from stationsim.scenario.model.plan import Activity, Kind, Rule, Waiver
from stationsim.scenario.model.ships import Calendar, Centre, Person, Vehicle, VehicleType
from stationsim.scenario.model.station import (
    Airlock,
    Arm,
    Atmosphere,
    Consumable,
    Hatch,
    Orbit,
    Port,
    Resource,
    Thing,
    Volume,
    Zone,
)
from stationsim.scenario.places import Spots
from stationsim.shown import card


@frozen(kw_only=True, repr=False)
class Scenario:
    """A station, its ships, people and plan on a day, and the incidents that strike it."""

    id: str = key("id of the scenario", kind="id", name="scenario")
    title: str = key("title of the report", default="")
    text: str = key("what it is about", default="")
    start_utc: datetime = key("when it starts", kind="utc", name="from")
    horizon_s: int = key("when it ends", kind="time", name="until", unit="s")
    centres: tuple[Centre, ...] = key("control centres", kind="records", default=())
    calendars: tuple[Calendar, ...] = key("daily schedules", kind="records", default=())
    air: Atmosphere | None = key("the cabin air", kind="record", default=None, left_out="no cabin air is modelled")
    orbit: Orbit | None = key(
        "the orbit of the station", kind="record", default=None, left_out="no rule can ask where the Sun stands"
    )
    volumes: tuple[Volume, ...] = key("pressurised volumes", kind="records", default=())
    hatches: tuple[Hatch, ...] = key("hatches", kind="records", default=())
    zones: tuple[Zone, ...] = key("zones of the outside", kind="records", default=())
    ports: tuple[Port, ...] = key("ports", kind="records", default=())
    airlocks: tuple[Airlock, ...] = key("airlocks", kind="records", default=())
    arms: tuple[Arm, ...] = key("robotic arms", kind="records", default=())
    things: tuple[Thing, ...] = key("other nodes", kind="records", default=())
    resources: tuple[Resource, ...] = key("what there are several of", kind="records", default=())
    consumables: tuple[Consumable, ...] = key("what people use up and ships bring", kind="records", default=())
    fluids: tuple[Fluid, ...] = key("fluids", kind="records", default=())
    types: tuple[VehicleType, ...] = key("types of ship", kind="records", default=())
    modes: tuple[Mode, ...] = key("modes of failure", kind="records", default=())
    kinds: tuple[Kind, ...] = key("kinds of activity", kind="records", default=())
    rules: tuple[Rule, ...] = key("rules", kind="records", default=())
    vehicles: tuple[Vehicle, ...] = key("ships", kind="records", default=())
    people: tuple[Person, ...] = key("people", kind="records", default=())
    activities: tuple[Activity, ...] = key("the plan", kind="records", default=())
    waivers: tuple[Waiver, ...] = key("rules dropped, with the reason", kind="list", default=())
    opening: tuple[Condition, ...] = key("what is not as new when it starts", kind="list", default=())
    incidents: tuple[Incident, ...] = key("what strikes", kind="list", default=())
    text_hash: str = key("hash of the resolved text", default="", kind="hidden")
    spots: Spots = field(factory=Spots, eq=False)
    """Where its values stand in the files that were read, for problems that only a later look can tell."""

    def __repr__(self) -> str:
        first, last = (self.start_utc + timedelta(seconds=second) for second in (0, self.horizon_s))
        counts = f"{len(self.activities)} activities, {len(self.incidents)} incidents"
        return f"<Scenario {self.id}: {first:%Y-%m-%d} to {last:%Y-%m-%d}, {counts}>"

    def _repr_html_(self) -> str:
        first, last = (self.start_utc + timedelta(seconds=second) for second in (0, self.horizon_s))
        counts = (
            f"{len(self.activities)} activities, {len(self.people)} people, {len(self.vehicles)} ships, "
            f"{len(self.rules)} rules, {len(self.incidents)} incidents"
        )
        lines = [self.text] if self.text else []
        lines += [f"Scenario {self.id}, {first:%Y-%m-%d} to {last:%Y-%m-%d}", counts]
        struck = [
            [one.id, one.node or one.fails or "", one.leak or one.change or one.reading or ""] for one in self.incidents
        ]
        return card(self.title or self.id, lines, ("incident", "at", "mode"), struck)

    def with_leak(
        self,
        node: str,
        *,
        at: str | datetime,
        hole: str,
        mode: str | Mode | None = None,
        id: str | None = None,  # noqa: A002 - the key of a file
        **more: object,
    ) -> "Scenario":
        """Return a scenario with one more leak.

        Args:
            node: The node that leaks.
            at: When it begins, `"2022-12-15T00:45Z"`.
            hole: Diameter of the hole, `"0.8 mm"`, or a distribution, `"uniform(0.5 mm, 1 mm)"`.
            mode: Mode of leak, by id or as a record; left out, the only one that can strike this type of node.
            id: Id of the incident; left out, one made from the node's.
            more: Other keys of an incident, as in a file.

        Raises:
            ScenarioError: Something about the leak is impossible.
        """
        from stationsim.scenario import edit

        return edit.with_leak(self, node, {"at": at, "hole": hole, "mode": mode, "id": id, **more})

    def with_incident(self, **record: object) -> "Scenario":
        """Return a scenario with one more incident: `with_incident(id="joint", change="failed", node=..., at=...)`.

        Raises:
            ScenarioError: Something about the incident is impossible.
        """
        from stationsim.scenario import edit

        return edit.with_incident(self, record)

    def with_activity(self, id: str, **record: object) -> "Scenario":  # noqa: A002 - the key of a file
        """Return a scenario with one more activity; keys of a known one lie over what it says.

        Raises:
            ScenarioError: Something about the activity is impossible.
        """
        from stationsim.scenario import edit

        return edit.with_record(self, "activities", id, record, "with_activity")

    def with_rule(self, id: str, **record: object) -> "Scenario":  # noqa: A002 - the key of a file
        """Return a scenario with one more rule, an instance of a template; keys of a known one lie over what it says.

        A rule that no template says is a plain object for `stationsim.run(scenario, rules=[...])`.

        Raises:
            ScenarioError: Something about the rule is impossible.
        """
        from stationsim.scenario import edit

        return edit.with_record(self, "rules", id, record, "with_rule")

    def with_waiver(self, rule: str, activity: str, rationale: str, by: str | None = None) -> "Scenario":
        """Return a scenario in which a rule is dropped for one activity, by somebody or by who may.

        Raises:
            ScenarioError: There is no such rule or activity, or no reason.
        """
        from stationsim.scenario import edit

        return edit.with_waiver(
            self, {"rule": rule, "activity": activity, "rationale": rationale} | ({"by": by} if by else {})
        )

    def with_mode(self, mode: str | Mode, **record: object) -> "Scenario":
        """Return a scenario with one more mode of failure, which incidents can name.

        Args:
            mode: Its id; keys of a known one lie over what it says. A record takes the place of one of its id.
            record: Its keys, as in a file; `questions` and `responses` are mappings by id.

        Raises:
            ScenarioError: Something about the mode is impossible.
        """
        from stationsim.scenario import edit

        return edit.with_mode(self, mode, record)

    def with_record(self, section: str, id: str, **record: object) -> "Scenario":  # noqa: A002 - the key of a file
        """Return a scenario with one more record in any section: `with_record("things", "lamp", type="lamp")`.

        Keys of a known record lie over what it says; `None` leaves one out.

        Args:
            section: `volumes`, `hatches`, `ports`, `things`, `vehicles`, `people` ..., as in a file.
            id: Id of the record.
            record: Its keys, as in a file.

        Raises:
            ScenarioError: There is no such section, or something about the record is impossible.
        """
        from stationsim.scenario import edit

        return edit.with_record(self, section, id, record, "with_record")

    def at_port(self, ship: str, port: str) -> "Scenario":
        """Return a scenario in which a ship is docked elsewhere at the start; one on the ground arrives elsewhere.

        Its departure from there follows, and so does all that hangs on where it is: what a release can reach, who can
        reach it.

        Raises:
            ScenarioError: There is no such ship or port, or the port is taken, out of use or of another mechanism.
        """
        from stationsim.scenario import berths

        return berths.at_port(self, ship, port)

    def without(self, *ids: str) -> "Scenario":
        """Return a scenario without these incidents or activities, and without waivers for such activities.

        Raises:
            ScenarioError: There is no such incident or activity, or another activity needs it.
        """
        from stationsim.scenario import edit

        return edit.without(self, ids)

    def without_rule(self, *ids: str) -> "Scenario":
        """Return a scenario without these rules, and without waivers of them.

        Raises:
            ScenarioError: There is no such rule.
        """
        from stationsim.scenario import edit

        return edit.without_rules(self, ids)

    def until(self, text: str) -> "Scenario":
        """Return a scenario that ends at another time, `"2023-03-15"`.

        Raises:
            ScenarioError: It is no time, or comes too early.
        """
        from stationsim.scenario import edit

        return edit.until(self, text)

    @classmethod
    def from_text(cls, text: str) -> "Scenario":
        """Read a scenario from the text of a file: `stationsim.parse`.

        Raises:
            ScenarioError: Something in it is impossible; the text tells every problem with line and column.
        """
        from stationsim.scenario import load

        return load.parse(text)

    def to_yaml(self) -> str:
        """Return the scenario as one document without `base:`, which `stationsim.parse` and `load` read back to it."""
        from stationsim.scenario import dump

        return dump.scenario_text(self)
