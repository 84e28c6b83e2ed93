"""Where is what in a scenario? The scenario compiled once: lookups by id, the graph, who watches which node."""

import copy
from functools import cached_property
from typing import Any

import attrs
from attrs import define, field

from stationsim.scenario.model import (
    NOBODY,
    Activity,
    Airlock,
    Anchor,
    Arm,
    Calendar,
    Centre,
    Fluid,
    Incident,
    Kind,
    Loop,
    Mode,
    Person,
    Port,
    Resource,
    Rule,
    Scenario,
    Tank,
    Thing,
    Vehicle,
    VehicleType,
    Volume,
    Waiver,
)
from stationsim.station.builtin import FAILED_ATTEMPT, HELD, is_binding_order, needed_rules
from stationsim.station.graph import Graph, graph_of
from stationsim.station.own import Own

CREWED_RETURN = "crewed-return"
"""The capability whose loss takes a person's way home."""

USABLE, FLOW, FLUID, FIT, BACK, REAL = "usable", "flow", "fluid", "fit", "back", "real"
"""Questions with a meaning of their own: usable at all? still flowing? which fluid? fit for people? back when? real?"""

INCONCLUSIVE = "inconclusive"
"""How a round ends that does not answer its question; another one begins."""

EMERGENCY_RETURN = "emergency-return"
"""The capability that an emergency-only ship still has."""

RETURN_SUFFIX = "-return"
"""A person's return is the activity `<person>-return`."""


_OF_INCIDENTS = ("incidents", "needs_consent", "_consenting", "failing", "holding", "anchored")
"""What a station has looked up and that hangs on its incidents, or may: looked up anew where these are others."""

_OF_PLAN = ("books", "pairs", "sides", "choices", "apart", "reaches", "demanding", "hasty", "spans")
"""Lookups by activity of what the file says; a run adds its own activities to them, so that no two runs share them."""

BREAKING = ("leak", "change")
"""How modes strike that leave their node worse than it was."""


@define(eq=False, slots=False)
class Station:
    """A drawn scenario with everything that follows from it alone; never changed after it is made.

    `books`, `pairs`, `sides`, `reaches`, `two_sided` and `spans` are filled by `station.rules`: which rules govern an
    activity or two, and what their calendars name, is looked up once; `blind` by `station.blind`. `choices` are those
    made so far, so that the same choice is the same object, and `apart` what is kept between two of them; `demanding`
    and `hasty` are filled by `station.postures`.
    """

    scenario: Scenario = field(repr=False)
    graph: Graph = field(repr=False)
    own: Own = field(factory=Own, repr=False)
    books: dict[tuple[str, str | None], object] = field(factory=dict, init=False, repr=False)
    pairs: dict[int, Any] = field(factory=dict, init=False, repr=False)
    sides: dict[tuple[str, str | None], Any] = field(factory=dict, init=False, repr=False)
    choices: dict[tuple[object, ...], tuple[Activity, Any]] = field(factory=dict, init=False, repr=False)
    apart: dict[tuple[int, int], tuple[object, object, Any]] = field(factory=dict, init=False, repr=False)
    reaches: dict[tuple[str, tuple[str, ...]], int | None] = field(factory=dict, init=False, repr=False)
    demanding: dict[str, tuple[Activity, tuple[Rule, ...]]] = field(factory=dict, init=False, repr=False)
    hasty: dict[tuple[str, str, int], tuple[Activity, bool]] = field(factory=dict, init=False, repr=False)
    two_sided: list[tuple[Rule, object]] = field(factory=list, init=False, repr=False)
    spans: dict[str, tuple[tuple[int, int], ...]] = field(factory=dict, init=False, repr=False)
    blind: dict[object, "Station"] = field(factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, scenario: Scenario, own: Own | None = None) -> "Station":
        """Compile a scenario, with what a script brings along.

        Raises:
            ScenarioError: The needs form a circle.
        """
        if new := needed_rules(scenario, () if own is None else own.waivers):
            scenario = attrs.evolve(scenario, rules=(*scenario.rules, *new))
        return cls(scenario=scenario, graph=graph_of(scenario), own=own or Own())

    def with_incidents(self, incidents: tuple[Incident, ...]) -> "Station":
        """Return a station with other incidents; what does not hang on them is not compiled again.

        Safe as long as no run has gone on over this station: what a run adds by the id of an activity that an incident
        called for would tell of another one.
        """
        twin = copy.copy(self)
        for name in _OF_INCIDENTS:
            twin.__dict__.pop(name, None)
        for name in _OF_PLAN:
            setattr(twin, name, dict(getattr(self, name)))
        twin.two_sided, twin.blind = list(self.two_sided), {}
        twin.scenario = attrs.evolve(self.scenario, incidents=incidents)
        return twin

    @cached_property
    def centres(self) -> dict[str, Centre]:
        """Control centres by id."""
        return {centre.id: centre for centre in self.scenario.centres}

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Kinds of activity by id."""
        return {kind.id: kind for kind in self.scenario.kinds}

    @cached_property
    def ports(self) -> dict[str, Port]:
        """Ports by id."""
        return {port.id: port for port in self.scenario.ports}

    @cached_property
    def volumes(self) -> dict[str, Volume]:
        """Volumes by id."""
        return {volume.id: volume for volume in self.scenario.volumes}

    @cached_property
    def airlocks(self) -> dict[str, Airlock]:
        """Airlocks by id."""
        return {airlock.id: airlock for airlock in self.scenario.airlocks}

    @cached_property
    def arms(self) -> dict[str, Arm]:
        """Arms by id."""
        return {arm.id: arm for arm in self.scenario.arms}

    @cached_property
    def resources(self) -> dict[str, Resource]:
        """Resources by id."""
        return {resource.id: resource for resource in self.scenario.resources}

    @cached_property
    def people(self) -> dict[str, Person]:
        """People by id."""
        return {person.id: person for person in self.scenario.people}

    @cached_property
    def ships(self) -> dict[str, Vehicle]:
        """Ships by id."""
        return {ship.id: ship for ship in self.scenario.vehicles}

    @cached_property
    def types(self) -> dict[str, VehicleType]:
        """Types of ship by id."""
        return {type_.id: type_ for type_ in self.scenario.types}

    @cached_property
    def modes(self) -> dict[str, Mode]:
        """Modes by id."""
        return {mode.id: mode for mode in self.scenario.modes}

    @cached_property
    def fluids(self) -> dict[str, Fluid]:
        """Fluids by id."""
        return {fluid.id: fluid for fluid in self.scenario.fluids}

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Rules by id, those of a script last."""
        return {rule.id: rule for rule in (*self.scenario.rules, *self.own.records)}

    @cached_property
    def waivers(self) -> tuple[Waiver, ...]:
        """Rules dropped, with the reason; those of a script last."""
        return (*self.scenario.waivers, *self.own.waivers)

    @cached_property
    def passages(self) -> frozenset[str]:
        """What people go through: volumes, ships and hatches; asked, never iterated."""
        hatches = (node.id for node in self.graph.nodes if node.type == "hatch")
        return frozenset((*self.volumes, *self.ships, *hatches))

    @cached_property
    def posture_rules(self) -> tuple[Rule, ...]:
        """Rules that demand postures."""
        return tuple(rule for rule in self.scenario.rules if rule.template == "posture")

    @cached_property
    def precedences(self) -> tuple[Rule, ...]:
        """Rules that have what follows come after, and never give way."""
        return tuple(rule for rule in self.scenario.rules if is_binding_order(rule))

    @cached_property
    def posture_kinds(self) -> frozenset[str]:
        """Kinds of activity that demand postures of their own."""
        return frozenset(kind for rule in self.posture_rules for kind in rule.kinds)

    @cached_property
    def posturing(self) -> frozenset[str]:
        """Activities of the file that demand postures of their own; asked, never iterated."""
        return frozenset(one.id for one in self.scenario.activities if one.kind in self.posture_kinds)

    @cached_property
    def opening(self) -> frozenset[str]:
        """Activities of the file that open hatches; asked, never iterated."""
        return frozenset(one.id for one in self.scenario.activities if one.opens)

    @cached_property
    def incidents(self) -> dict[str, Incident]:
        """Incidents by id."""
        return {incident.id: incident for incident in self.scenario.incidents}

    @cached_property
    def needs_consent(self) -> bool:
        """Tell whether what another centre than the governing one says can matter: by a rule, or by a hold."""
        return any(rule.consent for rule in self.scenario.rules) or bool(self.holding)

    def consenting(self, activity: Activity) -> tuple[str, ...]:
        """Return the other centres that must consent to an activity: whose people, places or hatches it needs."""
        if not self.needs_consent:
            return ()
        known = self._consenting.get(activity.id)
        if known is None:
            named = (activity.port, activity.airlock, activity.place, *activity.opens, *activity.keeps_clear)
            people = (role.who for role in activity.people)
            owners = (self.watchers.get(node or "") for node in (*named, *people, *activity.arms, *activity.uses))
            every = dict.fromkeys(centre for centre in (*activity.consent, *owners) if centre is not None)
            known = self._consenting[activity.id] = tuple(centre for centre in every if centre != activity.centre)
        return known

    @cached_property
    def _consenting(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def carriers(self) -> dict[str, str]:
        """The ship that brings a thing up, by thing; what no ship brings is aboard from the start."""
        return {thing: ship.id for ship in self.scenario.vehicles if ship.port is None for thing in ship.carries}

    @cached_property
    def failing(self) -> dict[str, tuple[Incident, ...]]:
        """Incidents by which attempts at an activity fail, by activity."""
        found: dict[str, tuple[Incident, ...]] = {}
        for incident in self.scenario.incidents:
            if incident.fails is not None:
                found[incident.fails] = (*found.get(incident.fails, ()), incident)
        return found

    @cached_property
    def holding(self) -> tuple[Incident, ...]:
        """Incidents that hold activities."""
        return tuple(incident for incident in self.scenario.incidents if incident.hold is not None)

    @cached_property
    def _hard_inputs(self) -> dict[str, tuple[str, ...]]:
        return {}

    def hard_inputs(self, node: str) -> tuple[str, ...]:
        """Return every node whose loss is the loss of a node, nearest first; without what others could replace."""
        known = self._hard_inputs.get(node)
        if known is None:
            index = self.graph.index
            hard = self.graph.nodes[index[node]].needs.hard if node in index else ()
            further = (name for source in hard for name in (source, *self.hard_inputs(source)))
            known = self._hard_inputs[node] = tuple(dict.fromkeys((*hard, *further)))
        return known

    @cached_property
    def anchored(self) -> dict[str, tuple[str, ...]]:
        """Incidents whose moment is counted from an activity or from another incident, by the id of that."""
        found: dict[str, tuple[str, ...]] = {}
        for incident in self.scenario.incidents:
            if isinstance(incident.at_s, Anchor):
                from_ = incident.at_s.activity or incident.at_s.incident or ""
                found[from_] = (*found.get(from_, ()), incident.id)
        return found

    @cached_property
    def activities(self) -> dict[str, Activity]:
        """Activities of the file by id; those added in a run stand in the state."""
        return {activity.id: activity for activity in self.scenario.activities}

    def who_waived(self, waiver: Waiver) -> str | None:
        """Return who waived a rule: who did as the waiver says, or who may as the rule says; None if nobody may."""
        may = self.rules[waiver.rule].waived_by
        return waiver.by or (None if may == NOBODY else may)

    @cached_property
    def task_list(self) -> tuple[str, ...]:
        """Work that waits for free time, by priority, then by id."""
        listed = (activity for activity in self.scenario.activities if activity.task_list)
        return tuple(found.id for found in sorted(listed, key=lambda one: (one.priority, one.id)))

    @cached_property
    def waived(self) -> frozenset[tuple[str, str]]:
        """(rule, activity) pairs that a waiver drops; asked, never iterated."""
        return frozenset((waiver.rule, waiver.activity) for waiver in self.waivers)

    @cached_property
    def things(self) -> dict[str, Thing]:
        """Parts of ships and arms, and other things, by node id."""
        found = {thing.id: thing for thing in self.scenario.things}
        for arm in self.scenario.arms:
            found |= {f"{arm.id}/{part.id}": part for part in arm.components}
        for ship in self.scenario.vehicles:
            type_ = self.types[ship.type]
            found |= {f"{ship.id}/{part.id}": part for part in (*type_.components, *type_.capabilities)}
        return found

    @cached_property
    def watchers(self) -> dict[str, str]:
        """The centre that watches a node and plans what mends it, by node id."""
        segments = {segment: centre.id for centre in self.scenario.centres for segment in centre.segments}
        first = self.scenario.centres[0].id
        found = {volume.id: segments.get(volume.segment, first) for volume in self.scenario.volumes}
        found |= {port.id: found.get(port.host, first) for port in self.scenario.ports}
        found |= {hatch.id: found.get(hatch.between[0], first) for hatch in self.scenario.hatches}
        found |= {airlock.id: found.get(airlock.volume, first) for airlock in self.scenario.airlocks}
        found |= {thing.id: thing.centre or first for thing in self.scenario.things}
        found |= {person.id: person.centre for person in self.scenario.people}
        owners = {arm.id: arm.centre for arm in self.scenario.arms}
        owners |= {ship.id: ship.centre for ship in self.scenario.vehicles}
        owners |= {person.id: person.centre for person in self.scenario.people}
        parts = {node: owners[node.split("/")[0]] for node in self.graph.ids if "/" in node}
        return found | owners | parts

    @cached_property
    def _names(self) -> dict[str, str]:
        zones = {zone.id: zone.name for zone in self.scenario.zones}
        return {node.id: node.name for node in self.graph.nodes} | zones

    def name(self, id_: str) -> str:
        """Return the name of a node or zone that people know it by."""
        return self._names.get(id_, id_)

    def calendar_of(self, centre: str) -> Calendar:
        """Return the daily schedule of a centre's people."""
        return next(c for c in self.scenario.calendars if c.id == self.centres[centre].calendar)

    def loop(self, node: str) -> Loop | None:
        """Return the liquid loop that a node is, if it is one."""
        thing = self.things.get(node)
        return None if thing is None else thing.loop

    def holds(self, node: str) -> Loop | Tank | None:
        """Return what a node holds that can leak to space: its loop or its tank."""
        thing = self.things.get(node)
        return None if thing is None else thing.loop or thing.tank

    def node_type(self, node: str) -> str:
        """Return the type of a node."""
        return self.graph.nodes[self.graph.index[node]].type

    def families_of(self, node: str) -> tuple[str, ...]:
        """Return the families of design of a node: its own, with those of its ship; of a whole ship also its parts'."""
        thing, ship = self.things.get(node), self.ship_of(node)
        found = () if thing is None else thing.families
        if ship is None:
            return found
        type_ = self.type_of(ship)
        parts = (name for part in type_.components for name in part.families) if node == ship else ()
        return tuple(dict.fromkeys((*type_.families, *found, *parts)))

    def type_of(self, ship: str) -> VehicleType:
        """Return the type of a ship."""
        return self.types[self.ships[ship].type]

    def volume_m3(self, compartment: str) -> float:
        """Return the free volume of a volume or a ship [m3]."""
        volume = self.volumes.get(compartment)
        return volume.volume_m3 if volume is not None else self.type_of(compartment).volume_m3

    def is_about_crew(self, node: str) -> bool:
        """Tell whether a node is a ship that carries people home, or part of one."""
        ship = self.ship_of(node)
        return ship is not None and self.is_crew_ship(ship)

    def opens_hatch(self, ship: str) -> bool:
        """Tell whether a ship's hatch stands open while it is docked."""
        return (self.ships[ship].hatch or self.type_of(ship).hatch_usually) == "open"

    def is_crew_ship(self, ship: str) -> bool:
        """Tell whether a ship can carry people home when all is well."""
        return f"{ship}/{CREWED_RETURN}" in self.graph.index

    def fits(self, person: str, ship: str) -> bool:
        """Tell whether somebody's fit items are made for a ship of this type; if nothing says for which, they are."""
        record = self.people[person]
        is_made = record.seat is not None and record.place == "seat"
        return not is_made or self.ships[record.seat or ""].type == self.ships[ship].type

    def ship_of(self, node: str) -> str | None:
        """Return the ship a node is or is part of."""
        owner = node.split("/", maxsplit=1)[0]
        return owner if owner in self.ships else None

    def inconclusive(self, incident: str, question: str) -> int:
        """Return how many rounds of a question about an incident end inconclusive."""
        return dict(self.incidents[incident].inconclusive).get(question, 0)

    def is_false(self, incident: str) -> bool:
        """Tell whether an incident is a sensor's word alone: evidence of its mode, and nothing of it true."""
        return self.incidents[incident].reading is not None

    def leaks_air(self, incident: str) -> bool:
        """Tell whether an incident is, or is said to be, a hole through which cabin air escapes."""
        mode = self.mode_of(incident)
        return mode.how == "leak" and mode.releases == "air"

    def mode_of(self, incident: str) -> Mode:
        """Return the mode of an incident; a bare health is a mode that everybody notices at once and nobody answers."""
        record = self.incidents[incident]
        if record.fails is not None or record.hold is not None:
            return self.modes.get(record.mode or "") or (FAILED_ATTEMPT if record.fails is not None else HELD)
        name = record.leak or record.change or record.reading or ""
        return self.modes.get(name) or Mode(id=name, text=name, how="change", health=name, source="the incident")
