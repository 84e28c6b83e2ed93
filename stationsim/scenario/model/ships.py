"""Who comes, stays and decides? Ships and their types, people and their day, control centres."""

from attrs import frozen

from stationsim.scenario.fields import key
from stationsim.scenario.model.station import Thing
from stationsim.scenario.model.values import NO_NEEDS, WEEK, Needs, When


@frozen(kw_only=True)
class Cabin:
    """Heat balance of a ship's cabin (see `physics/thermal.py`)."""

    capacity_j_per_k: float = key("heat capacity", kind="quantity", name="capacity", unit="J/K", above=0)
    person_w: float = key("heat of one person", kind="quantity", name="person", unit="W")
    docked_w: float = key("heat of equipment while docked", kind="quantity", name="docked", unit="W")
    flight_w: float = key("heat of equipment in free flight", kind="quantity", name="flight", unit="W")
    loop: str = key("component that cools it", kind="id")
    loop_w_per_k: float = key("conductance to the loop", kind="quantity", name="loop_conductance", unit="W/K")
    loop_c: float = key("temperature of the working loop", kind="quantity", name="loop_at", unit="degC", above=-273.15)
    hull_w_per_k: float = key("conductance to the hull", kind="quantity", name="hull_conductance", unit="W/K")
    hull_c: float = key("temperature of the hull", kind="quantity", name="hull_at", unit="degC", above=-273.15)
    hose_w_per_k: float = key("conductance of a ventilation hose", kind="quantity", name="hose_conductance", unit="W/K")
    station_c: float = key(
        "temperature of the station's air", kind="quantity", name="station_at", unit="degC", above=-273.15
    )
    limit_c: float = key("limit for a crewed return", kind="quantity", name="limit", unit="degC", above=-273.15)
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
    attaches: str = key(
        "does it dock itself or is it berthed by an arm?",
        allowed=("docks", "berths"),
        default="docks",
        assumed="most ships dock themselves; who is berthed by an arm says so",
    )
    seats: int = key("seats with fit items", kind="int", default=0)
    contingency: int = key("improvised places", kind="int", default=0)
    life_s: int | None = key(
        "certified life on orbit", kind="duration", name="life", unit="s", default=None, left_out="no limit"
    )
    volume_m3: float = key("free volume", kind="quantity", name="volume", unit="m3", above=0)
    families: tuple[str, ...] = key("families of design or launcher it belongs to", kind="ids", default=())
    components: tuple[Thing, ...] = key("its parts; needs name parts of the same ship", kind="records", default=())
    capabilities: tuple[Thing, ...] = key("what it can do, as nodes over its parts", kind="records", default=())
    launches_on: Needs = key("launcher, site and whatever else its launch needs", kind="record", default=NO_NEEDS)
    lands_in: Needs = key("recovery zones and whatever else its coming down needs", kind="record", default=NO_NEEDS)
    cabin: Cabin | None = key(
        "heat balance of its cabin", kind="record", default=None, left_out="its temperature decides nothing"
    )
    hatch_usually: str = key(
        "usual state of its hatch while docked",
        allowed=("open", "closed"),
        default="open",
        assumed="the hatch of a docked ship stands open, so that it can be reached and aired",
    )
    hatch_close_s: int = key(
        "time to shut its hatch", kind="duration", name="hatch_closes_in", unit="s", default=0, left_out="at once"
    )
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Vehicle:
    """One ship. With `port` it is docked at the start; without, it is on the ground."""

    id: str
    name: str = key("name shown to people")
    type: str = key("its type", kind="id", refers="type")
    centre: str = key("control centre that owns it", kind="id", refers="centre")
    hatch: str | None = key(
        "state of its hatch while docked",
        allowed=("open", "closed"),
        default=None,
        left_out="the usual one of its type",
    )
    port: str | None = key(
        "port it is docked at when the scenario starts",
        kind="id",
        default=None,
        refers="port",
        left_out="it is on the ground",
    )
    launched_s: int | None = key(
        "launch, for its life on orbit",
        kind="time",
        name="launched",
        unit="s",
        default=None,
        left_out="its age is counted from a launch in the plan, if there is one",
    )
    docked_s: int | None = key(
        "docking",
        kind="time",
        name="docked",
        unit="s",
        default=None,
        left_out="it has been there since before the start",
    )
    carries: tuple[str, ...] = key("things it brings up", kind="ids", default=(), refers="node")
    brings: tuple[tuple[str, float], ...] = key(
        "how much it brings of each consumable, to be used as soon as it has docked during the scenario",
        kind="amounts",
        unit="kg",
        default=(),
        refers="consumable",
    )
    ready: When | None = key(
        "when it can be launched at the earliest", kind="when", default=None, left_out="its readiness limits nothing"
    )
    call_up_s: int | None = key(
        "from the decision to launch it to its launch, where that is before the planned day",
        kind="duration",
        name="call_up",
        unit="s",
        default=None,
        left_out="it cannot be called up",
    )
    launches_on: Needs = key("what its launch needs", kind="record", default=NO_NEEDS, left_out="what its type says")
    lands_in: Needs = key("what its coming down needs", kind="record", default=NO_NEEDS, left_out="what its type says")
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
    place: str = key(
        "their place in that ship",
        allowed=("seat", "improvised"),
        default="seat",
        assumed="everybody who comes up has a seat of their own; an improvised place is an emergency",
    )
    seat: str | None = key(
        "ship that holds their fit items", kind="id", default=None, refers="vehicle", left_out="they have none"
    )
    aliases: tuple[str, ...] = key("other names", kind="texts", default=())
    source: str = key("where their data come from")


@frozen(kw_only=True)
class Calendar:
    """The daily schedule, as times of day [s since midnight UTC]."""

    id: str
    wake_s: int = key("wake-up", kind="clock", name="wake", unit="s")
    sleep_s: int = key("bed time", kind="clock", name="sleep", unit="s")
    work: tuple[str, ...] = key(
        "working intervals, `08:00-12:00`", kind="intervals", default=(), left_out="no working hours"
    )
    meals: tuple[str, ...] = key("meal intervals", kind="intervals", default=())
    exercise_s: int = key("exercise in a day", kind="duration", name="exercise", unit="s")
    work_per_day_s: int = key("scheduled tasks in a working day", kind="duration", name="work_per_day", unit="s")
    days: tuple[str, ...] = key(
        "working days",
        kind="ids",
        allowed=WEEK,
        default=WEEK[:5],
        left_out="Monday to Friday",
        assumed="about five working days a week, weekends off (fact table, engineering 5: S19b M)",
    )
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
    meets: tuple[str, ...] = key(
        "days of the week on which it meets, besides when something happens",
        kind="ids",
        allowed=WEEK,
        default=(),
        left_out="only when something happens",
    )
    meets_at_s: int = key(
        "when it meets on these days",
        kind="clock",
        name="meets_at",
        unit="s",
        default=54000,
        assumed="the afternoon of a working day, so that the day's findings are in; no such hour is public",
    )
    calendar: str = key("daily schedule of its people", kind="id", refers="calendar")
    segments: tuple[str, ...] = key("segments whose volumes, ports and hatches it watches", kind="ids", default=())
    source: str = key("where its numbers come from")
