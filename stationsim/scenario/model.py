"""What can a scenario say? Frozen values, one class per kind of record; ids instead of references, tuples not lists.

The same document describes a station, an increment and a scenario: a file names the files it stands on in `base:`, and
its keys lie over theirs (mappings are merged by id, everything else is replaced, `key: ~` removes). Every time is an
integer number of seconds since `start_utc`; every other number has its unit in its name.
"""

from datetime import datetime, timedelta

from attrs import frozen

from stationsim.scenario.fields import key

HEALTHS = ("nominal", "degraded", "failed")
"""Health a file may state; `unknown` exists as belief only."""

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@frozen(kw_only=True)
class When:
    """A date of the plan: a clock time, a window, or a time after another activity.

    `lo_s`/`hi_s` bound the start, half-open; a clock time has `has_clock` and `hi_s == lo_s + 1`. With `after` the
    bounds are counted from the start of that activity.
    """

    lo_s: int
    hi_s: int
    has_clock: bool = False
    after: str | None = None


@frozen(kw_only=True)
class Chance:
    """A distribution that `draw` replaces by one number: `uniform(2 mm, 3 mm)`, `triangular(5 d, 14 d, 40 d)`.

    `parameters` are in the unit of the attribute that holds it.
    """

    shape: str
    parameters: tuple[float, ...]


@frozen(kw_only=True)
class Needs:
    """What a node hangs on: its gate over the hard inputs, and the soft ones that at worst degrade it."""

    hard: tuple[str, ...] = key("nodes whose loss is its loss", kind="ids", name="all", default=(), refers="node")
    some: tuple[str, ...] = key("nodes of which `of` must work", kind="ids", name="some", default=(), refers="node")
    of: int = key("how many of `some` must work", kind="int", default=1)
    soft: tuple[str, ...] = key("nodes whose loss at worst degrades it", kind="ids", default=(), refers="node")


NO_NEEDS = Needs()


@frozen(kw_only=True)
class Volume:
    """A pressurised volume that hatches can seal."""

    id: str
    name: str = key("name shown to people")
    segment: str = key("segment it belongs to", kind="id")
    volume_m3: float = key("free volume", kind="quantity", name="volume", unit="m3")
    needs: Needs = key("what it hangs on", kind="record", default=NO_NEEDS)
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Hatch:
    """A hatch (or hatch pair) between two volumes, or between a port's volume and the ship docked there."""

    id: str
    between: tuple[str, ...] = key("the two volumes it joins", kind="ids", refers="volume")
    usually: str = key("its usual state", allowed=("open", "closed"), default="open")
    close_s: int = key("time to close it", kind="duration", name="closes_in", unit="s")
    leak_check_s: int = key("leak check before it may open", kind="duration", name="leak_check", unit="s", default=0)
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Zone:
    """A part of the outside that a release can wet: worksites, translation paths and airlocks lie in zones."""

    id: str
    name: str = key("name shown to people")
    source: str = key("where it comes from")


@frozen(kw_only=True)
class Port:
    """A place where one ship attaches."""

    id: str
    name: str = key("name shown to people")
    host: str = key("volume that carries it", kind="id", refers="volume")
    mechanism: str = key("docking or berthing mechanism", kind="id")
    direction: str = key("direction it faces", kind="id")
    status: str = key("may it be used?", allowed=("free", "covered", "blocked"), default="free")
    zone: str = key("zone of the outside it lies in", kind="id", refers="zone")
    wets: tuple[str, ...] = key("zones a release from a ship here can reach", kind="ids", default=(), refers="zone")
    services: tuple[str, ...] = key("services it offers (propellant, power, reboost)", kind="ids", default=())
    needs: Needs = key("what it hangs on besides its host", kind="record", default=NO_NEEDS)
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Airlock:
    """A volume from which people go outside."""

    id: str
    name: str = key("name shown to people")
    volume: str = key("volume that is depressurised", kind="id", refers="volume")
    suit: str = key("type of suit it serves", kind="id")
    zone: str = key("zone its outer hatch opens into", kind="id", refers="zone")
    cut_off_ports: tuple[str, ...] = key("ports out of reach while it is used", kind="ids", default=(), refers="port")
    needs: Needs = key("what it hangs on besides its volume", kind="record", default=NO_NEEDS)
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Arm:
    """A robotic arm: one user at a time, with set-up time between two uses."""

    id: str
    name: str = key("name shown to people")
    centre: str = key("control centre that runs it", kind="id", refers="centre")
    setup_s: int = key("set-up time between two uses", kind="duration", name="setup", unit="s")
    inspects: tuple[str, ...] = key("ports whose ships its camera can survey", kind="ids", default=(), refers="port")
    survey_lead_s: int = key("preparation of a survey", kind="duration", name="survey_lead", unit="s", default=0)
    survey_skill: str | None = key("skill of who runs a survey", kind="id", default=None)
    needs: Needs = key("what it hangs on", kind="record", default=NO_NEEDS)
    components: tuple["Thing", ...] = key("its parts", kind="records", default=())
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Loop:
    """The liquid loop with gas accumulator that a component is (see `physics/loop.py`)."""

    liquid_m3: float = key("liquid it holds", kind="quantity", name="liquid", unit="m3")
    gas_m3: float = key("accumulator gas at the start", kind="quantity", name="gas", unit="m3")
    pressure_kpa: float = key("pressure at the start", kind="quantity", name="pressure", unit="kPa")
    density_kg_m3: float = key("density of the liquid", kind="quantity", name="density", unit="kg/m3")
    discharge: float = key("discharge coefficient of a hole", kind="number")
    works_above_kpa: float = key(
        "pressure below which it no longer cools", kind="quantity", name="works_above", unit="kPa"
    )
    alarm_below_kpa: float = key("pressure at which its sensor alarms", kind="quantity", name="alarm_below", unit="kPa")
    alarm_latency_s: int = key("from crossing to alarm", kind="duration", name="alarm_latency", unit="s")
    fluid: str = key("what it holds, a key of `fluids`", kind="id", refers="fluid")
    fluid_known: bool = key("is the fluid known to everybody from the start?", kind="bool", default=False)


@frozen(kw_only=True)
class Thing:
    """Any other node: a component, camera, suit, function, launcher, site, rack."""

    id: str
    name: str | None = key("name shown to people", default=None)
    type: str = key("type of node; modes apply to types", kind="id")
    needs: Needs = key("what it hangs on", kind="record", default=NO_NEEDS)
    loop: Loop | None = key("its liquid loop", kind="record", default=None)
    centre: str | None = key("control centre that watches it", kind="id", default=None, refers="centre")
    source: str | None = key("where its numbers come from", default=None)


@frozen(kw_only=True)
class Cabin:
    """Heat balance of a ship's cabin (see `physics/thermal.py`)."""

    capacity_j_per_k: float = key("heat capacity", kind="quantity", name="capacity", unit="J/K")
    person_w: float = key("heat of one person", kind="quantity", name="person", unit="W")
    docked_w: float = key("heat of equipment while docked", kind="quantity", name="docked", unit="W")
    flight_w: float = key("heat of equipment in free flight", kind="quantity", name="flight", unit="W")
    loop: str = key("component that cools it", kind="id")
    loop_w_per_k: float = key("conductance to the loop", kind="quantity", name="loop_conductance", unit="W/K")
    loop_c: float = key("temperature of the working loop", kind="quantity", name="loop_at", unit="degC")
    hull_w_per_k: float = key("conductance to the hull", kind="quantity", name="hull_conductance", unit="W/K")
    hull_c: float = key("temperature of the hull", kind="quantity", name="hull_at", unit="degC")
    hose_w_per_k: float = key("conductance of a ventilation hose", kind="quantity", name="hose_conductance", unit="W/K")
    station_c: float = key("temperature of the station's air", kind="quantity", name="station_at", unit="degC")
    limit_c: float = key("limit for a crewed return", kind="quantity", name="limit", unit="degC")
    uncertainty_k: float = key("uncertainty of the fitted prediction", kind="quantity", name="uncertainty", unit="K")
    nominal_return_s: int = key("free flight of a planned return", kind="duration", name="nominal_return", unit="s")
    emergency_return_s: int = key(
        "free flight of an emergency return", kind="duration", name="emergency_return", unit="s"
    )
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class VehicleType:
    """What all ships of a type have in common."""

    id: str
    name: str = key("name shown to people")
    mechanism: str = key("its mechanism; fits ports of the same", kind="id")
    attaches: str = key("does it dock itself or is it berthed by an arm?", allowed=("docks", "berths"), default="docks")
    seats: int = key("seats with fit items", kind="int", default=0)
    contingency: int = key("improvised places", kind="int", default=0)
    life_s: int | None = key("certified life on orbit", kind="duration", name="life", unit="s", default=None)
    volume_m3: float = key("free volume", kind="quantity", name="volume", unit="m3")
    families: tuple[str, ...] = key("families of design or launcher it belongs to", kind="ids", default=())
    components: tuple[Thing, ...] = key("its parts; needs name parts of the same ship", kind="records", default=())
    capabilities: tuple[Thing, ...] = key("what it can do, as nodes over its parts", kind="records", default=())
    cabin: Cabin | None = key("heat balance of its cabin", kind="record", default=None)
    hatch_usually: str = key("usual state of its hatch while docked", allowed=("open", "closed"), default="open")
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Vehicle:
    """One ship. With `port` it is docked at the start; without, it is on the ground."""

    id: str
    name: str = key("name shown to people")
    type: str = key("its type", kind="id", refers="type")
    centre: str = key("control centre that owns it", kind="id", refers="centre")
    port: str | None = key("port it is docked at when the scenario starts", kind="id", default=None, refers="port")
    launched_s: int | None = key("launch, for its life on orbit", kind="time", name="launched", unit="s", default=None)
    docked_s: int | None = key("docking", kind="time", name="docked", unit="s", default=None)
    ready: When | None = key("when it can be launched at the earliest", kind="when", default=None)
    aliases: tuple[str, ...] = key("other names", kind="texts", default=())
    source: str = key("where its data come from")


@frozen(kw_only=True)
class Person:
    """One person, aboard or on the ground."""

    id: str
    name: str = key("name shown to people")
    agency: str = key("agency", kind="id")
    centre: str = key("control centre that plans their day", kind="id", refers="centre")
    segment: str = key("home segment", kind="id")
    skills: tuple[str, ...] = key("qualifications", kind="ids", default=())
    aboard: bool = key("aboard when the scenario starts?", kind="bool", default=False)
    seat: str | None = key("ship that holds their fit items", kind="id", default=None, refers="vehicle")
    source: str = key("where their data come from")


@frozen(kw_only=True)
class Calendar:
    """The daily schedule, as times of day [s since midnight UTC]."""

    id: str
    wake_s: int = key("wake-up", kind="clock", name="wake", unit="s")
    sleep_s: int = key("bed time", kind="clock", name="sleep", unit="s")
    work: tuple[str, ...] = key("working intervals, `08:00-12:00`", kind="intervals", default=())
    meals: tuple[str, ...] = key("meal intervals", kind="intervals", default=())
    exercise_s: int = key("exercise in a day", kind="duration", name="exercise", unit="s")
    work_per_day_s: int = key("scheduled tasks in a working day", kind="duration", name="work_per_day", unit="s")
    days: tuple[str, ...] = key("working days", kind="ids", allowed=WEEK, default=WEEK[:5])
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Centre:
    """A control centre: its rule book, its clocks, its own belief."""

    id: str
    name: str = key("name shown to people")
    report_s: int = key(
        "delay until another centre's report is known here", kind="duration", name="report_delay", unit="s"
    )
    response_s: int = key("from alarm to its first decision", kind="duration", name="response", unit="s")
    calendar: str = key("daily schedule of its people", kind="id", refers="calendar")
    segments: tuple[str, ...] = key("segments whose volumes, ports and hatches it watches", kind="ids", default=())
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Fluid:
    """A fluid that can be released: its class says what rules may forbid."""

    id: str
    name: str = key("name shown to people")
    hazard: str = key("class of hazard", allowed=("ammonia", "hypergol", "inert"))
    clears_s: int = key("how long residue stays after the release", kind="duration", name="clears", unit="s")
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Question:
    """A question that an incident of a mode opens, and what answers it."""

    id: str
    text: str = key("the question in words")
    after_s: int = key("from alarm to answer (the expected time)", kind="duration", name="after", unit="s")
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Response:
    """An activity that an incident of a mode adds to the plan."""

    id: str
    kind: str = key("kind of activity", kind="id", refers="kind")
    lead_s: int = key("from the decision to its earliest start", kind="duration", name="lead", unit="s", default=0)
    duration_s: int = key("how long it takes", kind="duration", name="lasts", unit="s")
    by: str | None = key("what carries it out", allowed=("arm", "people", "ground"), default=None)
    people: int = key("how many people of the owner's segment it takes", kind="int", default=0)
    priority: int = key("its priority (1 is highest)", kind="int", default=1)
    immediate: bool = key("does it begin with the alarm, in the night too?", kind="bool", default=False)
    answers: str | None = key("question that its end answers", kind="id", default=None)
    hose: bool = key("does it connect a ventilation hose to the ship?", kind="bool", default=False)
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Mode:
    """What an incident of this name makes of a node, who notices, what is asked, what is done."""

    id: str
    text: str = key("what happens, in words")
    how: str = key(
        "`leak`: physics works out its course; `change`: the node's health changes", allowed=("leak", "change")
    )
    types: tuple[str, ...] = key("node types it can strike; empty means any", kind="ids", default=())
    health: str = key("health of the node at the end", allowed=HEALTHS, default="failed")
    notice_s: int = key(
        "from onset to alarm where no sensor threshold decides",
        kind="duration",
        name="noticed_after",
        unit="s",
        default=0,
    )
    expect_s: int | None = key("forecast of its duration", kind="duration", name="expect", unit="s", default=None)
    questions: tuple[Question, ...] = key("what is asked", kind="records", default=())
    responses: tuple[Response, ...] = key("what is done", kind="records", default=())
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Incident:
    """What becomes true, and nothing about what follows."""

    id: str = key("its id", kind="id")
    leak: str | None = key("mode of leak", kind="id", default=None, refers="mode")
    change: str | None = key("mode or health the node changes to", kind="id", default=None)
    node: str = key("node it strikes", kind="id", refers="node")
    at_s: int = key("when", kind="time", name="at", unit="s")
    hole_m: "float | Chance | None" = key(
        "diameter of the hole of a leak", kind="quantity", name="hole", unit="m", default=None
    )
    lasts_s: "int | Chance | None" = key(
        "true duration; left out: for good", kind="duration", name="lasts", unit="s", default=None
    )
    expect_s: int | None = key("forecast of the duration", kind="duration", name="expect", unit="s", default=None)
    background: bool = key("stands in both runs and is attributed to nothing", kind="bool", default=False)
    cause: str | None = key("`unexplained` or words", default=None)
    source: str | None = key("where it comes from", default=None)


@frozen(kw_only=True)
class Kind:
    """A kind of activity: phases, usual hour, grid, hold limit."""

    id: str
    name: str = key("name shown to people")
    layer: str = key("skeleton of the plan, or work", allowed=("skeleton", "work"))
    effect: str = key(
        "what its end does to the station",
        allowed=("none", "launch", "dock", "undock", "relocate", "outside"),
        default="none",
    )
    usual_s: int = key("usual time of day of its start", kind="clock", name="usual_hour", unit="s", default=43200)
    days: tuple[str, ...] = key(
        "days of the week on which it may be given a date", kind="ids", allowed=WEEK, default=WEEK
    )
    grid_s: int = key("step in which it moves", kind="duration", name="grid", unit="s", default=86400)
    lead_s: int = key("from a decision to its new start", kind="duration", name="lead", unit="s", default=0)
    before_s: int = key(
        "preparation that occupies people and places", kind="duration", name="before", unit="s", default=0
    )
    after_s: int = key("clean-up that occupies people and places", kind="duration", name="after", unit="s", default=0)
    duration_s: int = key(
        "duration where an activity gives none", kind="duration", name="lasts", unit="s", default=3600
    )
    hold_s: int = key("longest hold in preparation", kind="duration", name="hold", unit="s", default=0)
    ingress_s: int = key("from a termination to all inside", kind="duration", name="ingress", unit="s", default=0)
    weight: int = key("weight of such work not flown", kind="int", default=1)
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Role:
    """A place in an activity for one person."""

    role: str = key("what they do in it", kind="id")
    who: str | None = key("the person; with `skill` the preferred one", kind="id", default=None, refers="person")
    skill: str | None = key("qualification that lets another person take it", kind="id", default=None)


@frozen(kw_only=True)
class Task:
    """A part of an activity that can be added, dropped or moved."""

    id: str
    text: str = key("what is done")
    duration_s: int = key("time it takes", kind="duration", name="lasts", unit="s", default=0)
    worksite: str | None = key("zone where it is done", kind="id", default=None, refers="zone")


@frozen(kw_only=True)
class Activity:
    """One entry of the plan."""

    id: str
    name: str = key("name shown to people")
    kind: str = key("its kind", kind="id", refers="kind")
    centre: str = key("control centre whose book governs it", kind="id", refers="centre")
    at: When = key("when it is planned", kind="when")
    duration_s: int | None = key("duration", kind="duration", name="lasts", unit="s", default=None)
    people: tuple[Role, ...] = key("who takes part", kind="list", default=())
    airlock: str | None = key("airlock it uses alone", kind="id", default=None, refers="airlock")
    arms: tuple[str, ...] = key("arms it uses alone", kind="ids", default=(), refers="arm")
    uses: tuple[str, ...] = key("other nodes it uses alone", kind="ids", default=(), refers="node")
    needs: tuple[str, ...] = key("other nodes it needs in health", kind="ids", default=(), refers="node")
    worksites: tuple[str, ...] = key("zones where it works or passes", kind="ids", default=(), refers="zone")
    tasks: tuple[Task, ...] = key("its parts", kind="records", default=())
    ship: str | None = key("ship it moves", kind="id", default=None, refers="vehicle")
    port: str | None = key("port it uses", kind="id", default=None, refers="port")
    crew: tuple[str, ...] = key("people a flight brings up", kind="ids", name="crew_up", default=(), refers="person")
    follows: tuple[str, ...] = key("activities that must have ended before", kind="ids", default=(), refers="activity")
    relieves: tuple[str, ...] = key("people whose relief this flight brings", kind="ids", default=(), refers="person")
    priority: int = key("priority (1 is highest)", kind="int", default=3)
    mandatory: bool = key("may it be given up?", kind="bool", default=False)
    known_on: str | None = key("day by which this plan was public, `2022-12-14`", kind="day", default=None)
    source: str = key("where it comes from")


@frozen(kw_only=True)
class Rule:
    """An instance of a rule template. The books are illustrative: public flight rules do not exist."""

    id: str
    template: str = key("name of the template", kind="id")
    text: str = key("the rule in words")
    source: str = key("where it comes from")
    severity: str = key("how binding", allowed=("safety", "hard", "soft"))
    waived_by: str = key("who may waive it")
    books: tuple[str, ...] = key(
        "control centres whose book holds it; empty means all", kind="ids", default=(), refers="centre"
    )
    kinds: tuple[str, ...] = key("kinds of activity it governs; empty means all", kind="ids", default=(), refers="kind")
    others: tuple[str, ...] = key("for separations: kinds on the other side", kind="ids", default=(), refers="kind")
    question: str | None = key("question it waits for", kind="id", default=None)
    until: str = key("while its question is open", allowed=("expected", "no-date"), default="expected")
    capability: str | None = key("capability of a ship it asks about", kind="id", default=None)
    hazards: tuple[str, ...] = key("classes of fluid it fears", kind="ids", default=())
    roles: tuple[str, ...] = key("roles it asks about; empty means everybody who takes part", kind="ids", default=())
    share: str = key(
        "what two activities must have in common", allowed=("nothing", "people", "airlock"), default="nothing"
    )
    gap_s: int = key("least time between", kind="duration", name="gap", unit="s", default=0)
    count: int = key("least number", kind="int", default=0)


@frozen(kw_only=True)
class Waiver:
    """A rule dropped for one activity, with the reason."""

    rule: str = key("the rule", kind="id", refers="rule")
    activity: str = key("the activity it is dropped for", kind="id", refers="activity")
    rationale: str = key("why")


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
    volumes: tuple[Volume, ...] = key("pressurised volumes", kind="records", default=())
    hatches: tuple[Hatch, ...] = key("hatches", kind="records", default=())
    zones: tuple[Zone, ...] = key("zones of the outside", kind="records", default=())
    ports: tuple[Port, ...] = key("ports", kind="records", default=())
    airlocks: tuple[Airlock, ...] = key("airlocks", kind="records", default=())
    arms: tuple[Arm, ...] = key("robotic arms", kind="records", default=())
    things: tuple[Thing, ...] = key("other nodes", kind="records", default=())
    fluids: tuple[Fluid, ...] = key("fluids", kind="records", default=())
    types: tuple[VehicleType, ...] = key("types of ship", kind="records", default=())
    modes: tuple[Mode, ...] = key("modes of failure", kind="records", default=())
    kinds: tuple[Kind, ...] = key("kinds of activity", kind="records", default=())
    rules: tuple[Rule, ...] = key("rules", kind="records", default=())
    vehicles: tuple[Vehicle, ...] = key("ships", kind="records", default=())
    people: tuple[Person, ...] = key("people", kind="records", default=())
    activities: tuple[Activity, ...] = key("the plan", kind="records", default=())
    waivers: tuple[Waiver, ...] = key("rules dropped, with the reason", kind="list", default=())
    incidents: tuple[Incident, ...] = key("what strikes", kind="list", default=())
    text_hash: str = key("hash of the resolved text", default="", kind="hidden")

    def __repr__(self) -> str:
        first, last = (self.start_utc + timedelta(seconds=second) for second in (0, self.horizon_s))
        counts = f"{len(self.activities)} activities, {len(self.incidents)} incidents"
        return f"<Scenario {self.id}: {first:%Y-%m-%d} to {last:%Y-%m-%d}, {counts}>"

    def with_leak(
        self,
        node: str,
        *,
        at: str | datetime,
        hole: str,
        mode: str | None = None,
        id: str | None = None,  # noqa: A002 - the key of a file
        **more: object,
    ) -> "Scenario":
        """Return a scenario with one more leak.

        Args:
            node: The node that leaks.
            at: When it begins, `"2022-12-15T00:45Z"`.
            hole: Diameter of the hole, `"0.8 mm"`, or a distribution, `"uniform(0.5 mm, 1 mm)"`.
            mode: Mode of leak; left out, the only one that can strike this type of node.
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

        return edit.with_activity(self, id, record)

    def without(self, *ids: str) -> "Scenario":
        """Return a scenario without these incidents or activities, and without waivers for such activities.

        Raises:
            ScenarioError: There is no such incident or activity, or another activity needs it.
        """
        from stationsim.scenario import edit

        return edit.without(self, ids)

    def until(self, text: str) -> "Scenario":
        """Return a scenario that ends at another time, `"2023-03-15"`.

        Raises:
            ScenarioError: It is no time, or comes too early.
        """
        from stationsim.scenario import edit

        return edit.until(self, text)
