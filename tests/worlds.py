"""The smallest station that works, and a log told by hand over it.

    told = Story(tiny(activities=[sortie("walk")]))
    told.tell(Kind.WETTED, "stern", object="drip", view="north", text="unidentified")
    told.choice("walk"), told.situation("north")

North owns the module *core* with the port *aft*, where the crew ship *swift* stands, and the airlock; south owns the
module *lab* with the port *top*, where the freighter *mule* stands. The crew ship *heron* is on the ground. Ann, Ben
and Eve are aboard, Dan and Zoe come with the heron. The first day is a Monday.
"""

from datetime import UTC, datetime

import attrs

from stationsim.log.kinds import Kind as Event
from stationsim.log.log import Log, Row
from stationsim.planning.opening import open_plan
from stationsim.planning.revision import Revision
from stationsim.scenario.model import (
    NO_NEEDS,
    Activity,
    Airlock,
    Arm,
    Cabin,
    Centre,
    Fluid,
    Incident,
    Kind,
    Loop,
    Mode,
    Needs,
    Person,
    Port,
    Question,
    Response,
    Role,
    Rule,
    Scenario,
    Thing,
    Vehicle,
    VehicleType,
    Volume,
    When,
    Zone,
)
from stationsim.station.act import Act
from stationsim.station.choice import Choice, cast_of, choose
from stationsim.station.fold import apply
from stationsim.station.graph import propagate
from stationsim.station.health import NAMES, grade
from stationsim.station.rules import TEMPLATES
from stationsim.station.situate import situate
from stationsim.station.situation import Situation
from stationsim.station.state import State
from stationsim.station.station import Station

HOUR, DAY = 3600, 86400
MONDAY = datetime(2023, 1, 2, tzinfo=UTC)
HERE = "a test"

CABIN = Cabin(
    capacity_j_per_k=1e6,
    person_w=100.0,
    docked_w=100.0,
    flight_w=200.0,
    loop="loop",
    loop_w_per_k=50.0,
    loop_c=20.0,
    hull_w_per_k=10.0,
    hull_c=20.0,
    hose_w_per_k=30.0,
    station_c=22.0,
    limit_c=40.0,
    uncertainty_k=2.0,
    nominal_return_s=6 * HOUR,
    emergency_return_s=2 * HOUR,
    source=HERE,
)
LOOP = Loop(
    liquid_m3=0.04,
    gas_m3=0.005,
    pressure_kpa=300.0,
    density_kg_m3=700.0,
    discharge=0.6,
    works_above_kpa=100.0,
    alarm_below_kpa=200.0,
    alarm_latency_s=60,
    fluid="glycol",
)
CAPSULE = VehicleType(
    id="capsule",
    name="Capsule",
    mechanism="probe",
    seats=3,
    contingency=1,
    life_s=200 * DAY,
    volume_m3=9.0,
    families=("capsules",),
    components=(Thing(id="loop", type="loop", loop=LOOP), Thing(id="engine", type="engine")),
    capabilities=(
        Thing(id="crewed-return", type="capability", needs=Needs(hard=("engine", "loop"))),
        Thing(id="emergency-return", type="capability", needs=Needs(hard=("engine",))),
    ),
    cabin=CABIN,
    source=HERE,
)
FREIGHTER = VehicleType(id="freighter", name="Freighter", mechanism="probe", volume_m3=9.0, source=HERE)
DRIP = Mode(
    id="drip",
    text="coolant escapes",
    how="leak",
    questions=tuple(
        Question(id=name, text=f"{name}?", after_s=DAY, source=HERE) for name in ("flow", "fluid", "usable", "fit")
    ),
    responses=(
        Response(
            id="outside-survey", kind="task", duration_s=2 * HOUR, by="arm", people=1, answers="fluid", source=HERE
        ),
    ),
    source=HERE,
)


def tiny(**parts) -> Scenario:
    """Return the smallest scenario that works; parts replace the attributes of the same name."""
    zones = tuple(Zone(id=id_, name=f"at the {id_}", source=HERE) for id_ in ("stern", "bow"))
    standard = {
        "id": "tiny",
        "title": "A tiny station",
        "start_utc": MONDAY,
        "horizon_s": 60 * DAY,
        "centres": (
            Centre(
                id="north",
                name="North",
                report_s=HOUR,
                response_s=600,
                calendar="day",
                segments=("north",),
                source=HERE,
            ),
            Centre(
                id="south",
                name="South",
                report_s=2 * HOUR,
                response_s=900,
                calendar="day",
                segments=("south",),
                source=HERE,
            ),
        ),
        "volumes": tuple(
            Volume(id=id_, name=f"The {id_}", segment=segment, volume_m3=50.0, needs=needs, source=HERE)
            for id_, segment, needs in (
                ("core", "north", NO_NEEDS),
                ("lab", "south", Needs(soft=("core",))),
                ("chamber", "north", NO_NEEDS),
            )
        ),
        "zones": zones,
        "ports": tuple(
            Port(
                id=id_,
                name=f"Port {id_}",
                host=host,
                mechanism="probe",
                direction=id_,
                zone=zone,
                wets=(zone,),
                source=HERE,
            )
            for id_, host, zone in (("aft", "core", "stern"), ("top", "lab", "bow"))
        ),
        "airlocks": (
            Airlock(
                id="airlock",
                name="Airlock",
                volume="chamber",
                suit="suit",
                zone="bow",
                cut_off_ports=("top",),
                source=HERE,
            ),
        ),
        "arms": (
            Arm(
                id="arm",
                name="Arm",
                centre="south",
                setup_s=3 * HOUR,
                needs=Needs(hard=("elbow",)),
                components=(Thing(id="elbow", type="joint"),),
                source=HERE,
            ),
        ),
        "things": (Thing(id="pump", name="Pump", type="pump", needs=Needs(hard=("lab",))),),
        "fluids": (Fluid(id="glycol", name="glycol", hazard="inert", clears_s=DAY, source=HERE),),
        "types": (CAPSULE, FREIGHTER),
        "modes": (DRIP,),
        "kinds": KINDS,
        "vehicles": (
            ship("swift", "capsule", port="aft", launched_s=-11 * DAY, docked_s=-10 * DAY),
            ship("heron", "capsule", ready=When(lo_s=5 * DAY, hi_s=6 * DAY)),
            ship("mule", "freighter", centre="south", port="top", docked_s=-5 * DAY),
        ),
        "people": (
            person("ann", skills=("walk",), aboard=True, seat="swift"),
            person("ben", skills=("walk",), aboard=True, seat="swift"),
            person("eve", "south", skills=("arm",), aboard=True, seat="swift"),
            person("dan", skills=("walk",)),
            person("zoe", "south", skills=("arm", "walk")),
        ),
        "activities": (sortie("walk"), task("fix")),
        "incidents": (
            Incident(id="drip", leak="drip", node="swift/loop", at_s=DAY, hole_m=0.001),
            fault("joint", "arm/elbow"),
        ),
    }
    return Scenario(
        **{key: tuple(value) if isinstance(value, list) else value for key, value in {**standard, **parts}.items()}
    )


def kind(id_: str, layer: str, effect: str = "none", **more) -> Kind:
    return Kind(id=id_, name=id_.capitalize(), layer=layer, effect=effect, source=HERE, **more)


KINDS = (
    kind(
        "sortie",
        "work",
        "outside",
        usual_s=10 * HOUR,
        lead_s=DAY,
        before_s=2 * HOUR,
        after_s=HOUR,
        duration_s=6 * HOUR,
        hold_s=HOUR,
    ),
    kind("task", "work", grid_s=HOUR, duration_s=2 * HOUR),
    kind("launch", "skeleton", "launch", lead_s=DAY, duration_s=600),
    kind("docking", "skeleton", "dock", lead_s=DAY, duration_s=HOUR),
    kind("undocking", "skeleton", "undock", lead_s=DAY, duration_s=HOUR),
    kind("relocation", "skeleton", "relocate", lead_s=DAY, duration_s=HOUR),
)


def ship(id_: str, type_: str, *, centre: str = "north", **more) -> Vehicle:
    return Vehicle(id=id_, name=f"the {id_}", type=type_, centre=centre, source=HERE, **more)


def person(id_: str, segment: str = "north", **more) -> Person:
    return Person(id=id_, name=id_.capitalize(), agency="agency", centre=segment, segment=segment, source=HERE, **more)


def fault(id_: str, node: str, change: str = "failed", at_s: int = DAY) -> Incident:
    """Return an incident that changes a node's health."""
    return Incident(id=id_, change=change, node=node, at_s=at_s)


def rule(template: str, **more) -> Rule:
    """Return an instance of a template; its id is the template's unless told otherwise."""
    standard = {"id": template, "text": template, "severity": "hard", "waived_by": "nobody", "source": HERE}
    return Rule(template=template, **{**standard, **more})


def book(*templates: str) -> tuple[Rule, ...]:
    """Return plain instances of templates; all of those that need no parameters if none is named."""
    plain = ("needs-health", "aboard", "port-free", "life-limit", "ready", "precedence", "exclusive", "setup")
    assert set(templates or plain) <= set(TEMPLATES)
    return tuple(rule(template) for template in templates or plain)


def at(lo_s: int, hi_s: int | None = None, after: str | None = None) -> When:
    """Return a date: a clock time, or a window if it has an end."""
    return When(
        lo_s=lo_s, hi_s=lo_s + 1 if hi_s is None else hi_s, has_clock=hi_s is None and after is None, after=after
    )


def role(who: str | None = None, skill: str | None = None, name: str = "hand") -> Role:
    return Role(role=name, who=who, skill=skill)


def activity(id_: str, kind_: str, when: When | int, **more) -> Activity:
    standard = {"name": f"the {id_}", "centre": "north", "source": HERE}
    when = at(when) if isinstance(when, int) else when
    return Activity(id=id_, kind=kind_, at=when, **{**standard, **more})


def sortie(id_: str, when: When | int = 2 * DAY + 10 * HOUR, **more) -> Activity:
    """Return a sortie of Ann and Ben through the airlock to the stern."""
    standard = {
        "people": (role("ann", name="ev"), role("ben", name="ev")),
        "airlock": "airlock",
        "worksites": ("stern",),
    }
    return activity(id_, "sortie", when, **{**standard, **more})


def task(id_: str, when: When | int = 3 * DAY, kind_: str = "task", **more) -> Activity:
    """Return work inside by Eve, with the arm."""
    return activity(id_, kind_, when, **{"people": (role("eve"),), "arms": ("arm",), "centre": "south", **more})


def traffic(id_: str, kind_: str, when: When | int, **more) -> Activity:
    """Return the launch, docking, undocking or relocation of the heron, at the port aft."""
    return activity(id_, kind_, when, **{"ship": "heron", "port": "aft", **more})


class Story:
    """A scenario whose events a test tells by hand; the state follows by the fold."""

    def __init__(self, scenario: Scenario | None = None, *, is_planned: bool = True) -> None:
        self.station = Station.of(scenario or tiny())
        self.log = Log()
        self.state = State.blank(self.station)
        self.state.step = 0
        self._open()
        if is_planned:
            for act in open_plan(self.situations()).values():
                self.plan(act)

    def _open(self) -> None:
        self.tell(Event.CONFIGURED, self.station.scenario.id)
        for vehicle in self.station.scenario.vehicles:
            if vehicle.port is not None:
                times = {"start_s": vehicle.launched_s, "until_s": vehicle.docked_s}
                self.tell(Event.DOCKED, vehicle.id, place=vehicle.port, **times)
        for who in self.station.scenario.people:
            if who.aboard:
                docked = {vehicle.id: vehicle.docked_s for vehicle in self.station.scenario.vehicles}
                self.tell(Event.BOARDED, who.id, object=who.seat, start_s=docked.get(who.seat))
                if who.seat is not None:
                    self.tell(Event.FITTED, who.id, object=who.seat)

    def at(self, now_s: int) -> "Story":
        """Go forward to a time."""
        self.state.now_s, self.state.step = now_s, self.state.step + 1
        return self

    def tell(self, kind_: Event, subject: str, *, tables: dict | None = None, **columns) -> int:
        """Append a row, with rows of small tables without their `seq`, and apply it."""
        seq = len(self.log)
        self.log.append(
            Row(seq=seq, step=self.state.step, t_s=self.state.now_s, kind=kind_, subject=subject, **columns)
        )
        for name, rows in (tables or {}).items():
            for values in rows:
                self.log.attach(name, (seq, *values))
        apply(self.state, self.log, seq)
        return seq

    def plan(self, act: Act, kind_: Event = Event.PLANNED, **columns) -> int:
        """Put an activity into the plan as it is, or revise it."""
        people, roles, uses = (",".join(ids) for ids in (act.people, act.roles, act.uses))
        revision = (
            act.id,
            act.start_s,
            act.end_s,
            act.before_s,
            act.after_s,
            people,
            roles,
            act.ship,
            act.port,
            uses,
            "",
            3,
        )
        return self.tell(kind_, act.id, tables={"revisions": [revision]}, **columns)

    def revise(self, revision: Revision) -> None:
        """Write what a repair found into the plan."""
        for change in revision.changes:
            act = self.state.acts[change.id]
            kind_ = Event.REASSIGNED if change.start_s == act.start_s else Event.MOVED
            people, roles = tuple(p for p, _ in change.cast), tuple(r for _, r in change.cast)
            new = attrs.evolve(act, start_s=change.start_s, people=people, roles=roles)
            self.plan(new, Event.UNDATED if change.start_s is None else kind_, rule=change.rule, text=change.reason)

    def health(self, node: str, name: str, *, view: str = "north", incident: str | None = None) -> None:
        """Give a node its own health in a view, and everything that hangs on it what follows."""
        graph, belief = self.station.graph, self.state.views[view]
        index = graph.index[node]
        own = [*belief.own]
        own[index] = grade(name)
        for change in propagate(graph, own, belief.health, index):
            value = own[index] if change.node == index else None
            self.tell(
                Event.HEALTH_CHANGED,
                graph.ids[change.node],
                object=incident,
                view=view,
                value=value,
                text=NAMES[change.after],
            )

    def ask(self, question: str, incident: str, until_s: int | None = None, *, view: str = "north") -> int:
        """Open a question of a centre."""
        return self.tell(Event.ASKED, question, object=incident, view=view, until_s=until_s, text=f"{question}?")

    def wet(
        self, zone: str, incident: str, *, until_s: int | None = None, feared: str = "unidentified", view: str = "north"
    ) -> int:
        """Let a centre believe a zone wet."""
        return self.tell(Event.WETTED, zone, object=incident, view=view, until_s=until_s, text=feared)

    def status(self, ship_: str, name: str, *, view: str = "north") -> int:
        """Let a centre hold a status of a ship."""
        return self.tell(Event.STATUS_CHANGED, ship_, object="crewed-return", view=view, text=name)

    def situation(self, centre: str = "north") -> Situation:
        return situate(self.state, centre)

    def situations(self) -> dict[str, Situation]:
        return {centre: situate(self.state, centre) for centre in self.station.centres}

    def choice(self, id_: str, **changes) -> Choice:
        """Return an activity in its present mode, with some attributes otherwise."""
        situation = self.situation(self.state.activity(id_).centre)
        return attrs.evolve(choose(situation, id_, cast_of(self.state.acts[id_])), **changes)


def shifted(scenario: Scenario, later_s: int) -> Scenario:
    """Return the same plan later."""
    moved = [
        attrs.evolve(item, at=attrs.evolve(item.at, lo_s=item.at.lo_s + later_s, hi_s=item.at.hi_s + later_s))
        if item.at.after is None
        else item
        for item in scenario.activities
    ]
    return attrs.evolve(scenario, activities=tuple(moved), horizon_s=scenario.horizon_s + later_s)
