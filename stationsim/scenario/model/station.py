"""What is a station made of? Volumes, hatches, zones, ports, airlocks, arms, and all other nodes."""

from attrs import frozen

from stationsim.scenario.fields import key
from stationsim.scenario.model.values import NO_NEEDS, Needs


@frozen(kw_only=True)
class Orbit:
    """The orbit on a day: a circle whose plane turns (see `physics/sun.py`)."""

    inclination_deg: float = key("inclination", kind="quantity", name="inclination", unit="deg")
    node_deg: float = key("right ascension of the ascending node at `at`", kind="quantity", name="node", unit="deg")
    at_s: int = key("when the node stands there", kind="time", name="at", unit="s")
    altitude_m: float = key(
        "height above the equator, for the drift of the node", kind="quantity", name="altitude", unit="m"
    )
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Resource:
    """What there are several of, none better than another: suits of a size, hours of the crew. Activities take some."""

    id: str
    name: str = key("name shown to people")
    count: int | None = key(
        "how many there are", kind="int", default=None, left_out="any number may be taken at a time"
    )
    per_day_s: int | None = key(
        "how long they may be taken in a day (UTC), the times of all that are taken added up",
        kind="duration",
        name="per_day",
        unit="s",
        default=None,
        left_out="any time",
    )
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Consumable:
    """What people aboard use up and ships bring: food, water, oxygen. It limits nothing; its margin is counted."""

    id: str
    name: str = key("name shown to people")
    stock_kg: float = key(
        "what is aboard when the scenario starts, in docked ships too", kind="quantity", name="stock", unit="kg"
    )
    use_kg_per_day: float = key(
        "what a person aboard uses, less what is recovered",
        kind="quantity",
        name="per_person_day",
        unit="kg/day",
        above=0,
    )
    reserve_s: int = key(
        "the last so many days of everybody aboard are a reserve", kind="duration", name="reserve", unit="s"
    )
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Volume:
    """A pressurised volume that hatches can seal."""

    id: str
    name: str = key("name shown to people")
    segment: str = key("segment it belongs to", kind="id")
    volume_m3: float = key("free volume", kind="quantity", name="volume", unit="m3", above=0)
    needs: Needs = key("what it hangs on", kind="record", default=NO_NEEDS)
    aliases: tuple[str, ...] = key("other names", kind="texts", default=())
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Atmosphere:
    """The cabin air when all is well, what its sensors notice, and when people must go."""

    pressure_kpa: float = key("total pressure", kind="quantity", name="pressure", unit="kPa", above=0)
    temperature_c: float = key("temperature", kind="quantity", name="temperature", unit="degC", above=-273.15)
    limit_kpa: float = key("pressure by which everybody has left", kind="quantity", name="limit", unit="kPa", above=0)
    alarm_drop_kpa: float = key("fall of pressure that alarms", kind="quantity", name="alarm_drop", unit="kPa")
    alarm_latency_s: int = key("from that fall to the alarm", kind="duration", name="alarm_latency", unit="s")
    rapid_s: int = key("reserve time below which nobody searches", kind="duration", name="rapid_below", unit="s")
    egress_s: int = key("time to reach one's ship after a rapid loss", kind="duration", name="egress", unit="s")
    passable_above_s: int | None = key(
        "reserve time of the whole station above which a compartment whose air is gone may be filled and entered",
        kind="duration",
        name="passable_above",
        unit="s",
        default=None,
        left_out="such a compartment is never entered again",
    )
    steady_s: int = key(
        "time for which the pressure must hold before people leave their ship again",
        kind="duration",
        name="steady",
        unit="s",
        default=0,
        left_out="they come out as soon as it holds",
    )
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Hatch:
    """A hatch (or hatch pair) between two volumes, or between a port's volume and the ship docked there."""

    id: str
    between: tuple[str, ...] = key("the two volumes it joins", kind="ids", refers="volume")
    usually: str = key(
        "its usual state",
        allowed=("open", "closed"),
        default="open",
        assumed="hatches inside a station stand open; engineering 3.4 names the ones that do not",
    )
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
class Neighbour:
    """What may not be used while a port or airlock is: a port by a ship that stands there, an airlock by a sortie."""

    place: str = key("port or airlock that is kept free", kind="id", refers="node")
    ship_types: tuple[str, ...] = key(
        "types of the ship at the port, or for an airlock of the ship that comes or goes",
        kind="ids",
        default=(),
        left_out="all of them",
    )
    kinds: tuple[str, ...] = key(
        "kinds of activity that may not use it",
        kind="ids",
        default=(),
        refers="kind",
        left_out="none may, and no ship stands there either",
    )
    source: str = key("where it comes from")


@frozen(kw_only=True)
class Port:
    """A place where one ship attaches."""

    id: str
    name: str = key("name shown to people")
    host: str = key("volume that carries it", kind="id", refers="volume")
    mechanism: str = key("docking or berthing mechanism", kind="id")
    direction: str = key("direction it faces", kind="id")
    status: str = key(
        "may it be used?",
        allowed=("free", "covered", "blocked"),
        default="free",
        assumed="a port is listed because ships use it; a covered or blocked one is the exception",
    )
    zone: str = key("zone of the outside it lies in", kind="id", refers="zone")
    wets: tuple[str, ...] = key("zones a release from a ship here can reach", kind="ids", default=(), refers="zone")
    services: tuple[str, ...] = key("services it offers (propellant, power, reboost)", kind="ids", default=())
    neighbours: tuple[Neighbour, ...] = key("what is kept free while a ship stands here", kind="list", default=())
    needs: Needs = key("what it hangs on besides its host", kind="record", default=NO_NEEDS)
    aliases: tuple[str, ...] = key("other names", kind="texts", default=())
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
    shuts: tuple[str, ...] = key("hatches that are shut while it is used", kind="ids", default=(), refers="hatch")
    neighbours: tuple[Neighbour, ...] = key("what is kept free while it is used", kind="list", default=())
    needs: Needs = key("what it hangs on besides its volume", kind="record", default=NO_NEEDS)
    aliases: tuple[str, ...] = key("other names", kind="texts", default=())
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Loop:
    """The liquid that gas pushes, in a component: a loop with accumulator, a tank with cushion (`physics/loop.py`)."""

    liquid_m3: float = key("liquid it holds", kind="quantity", name="liquid", unit="m3")
    gas_m3: float = key("accumulator gas at the start", kind="quantity", name="gas", unit="m3", above=0)
    pressure_kpa: float = key("pressure at the start", kind="quantity", name="pressure", unit="kPa", above=0)
    density_kg_m3: float = key("density of the liquid", kind="quantity", name="density", unit="kg/m3", above=0)
    discharge: float = key("discharge coefficient of a hole", kind="number", above=0, most=1)
    works_above_kpa: float = key(
        "pressure below which it no longer cools", kind="quantity", name="works_above", unit="kPa", above=0
    )
    alarm_below_kpa: float = key(
        "pressure at which its sensor alarms", kind="quantity", name="alarm_below", unit="kPa", above=0
    )
    alarm_latency_s: int = key("from crossing to alarm", kind="duration", name="alarm_latency", unit="s")
    fluid: str = key("what it holds, a key of `fluids`", kind="id", refers="fluid")
    fluid_known: bool = key("is the fluid known to everybody from the start?", kind="bool", default=False)


@frozen(kw_only=True)
class Tank:
    """The rigid tank of gas that a component is (see `physics/tank.py`)."""

    volume_m3: float = key("volume of the gas", kind="quantity", name="volume", unit="m3", above=0)
    pressure_kpa: float = key("pressure at the start", kind="quantity", name="pressure", unit="kPa", above=0)
    temperature_c: float = key(
        "temperature of the gas", kind="quantity", name="temperature", unit="degC", above=-273.15
    )
    gas: str = key("which gas, for its flow", allowed=("air", "helium", "nitrogen"))
    discharge: float = key("discharge coefficient of a hole", kind="number", above=0, most=1)
    works_above_kpa: float = key(
        "pressure below which it no longer serves", kind="quantity", name="works_above", unit="kPa", above=0
    )
    alarm_below_kpa: float = key(
        "pressure at which its sensor alarms", kind="quantity", name="alarm_below", unit="kPa", above=0
    )
    alarm_latency_s: int = key("from crossing to alarm", kind="duration", name="alarm_latency", unit="s")
    empty_below_kpa: float | None = key(
        "pressure below which it counts as empty",
        kind="quantity",
        name="empty_below",
        unit="kPa",
        default=None,
        left_out="1 % of that at the start",
        above=0,
    )
    fluid: str = key("what it holds, a key of `fluids`", kind="id", refers="fluid")
    fluid_known: bool = key("is the fluid known to everybody from the start?", kind="bool", default=False)


@frozen(kw_only=True)
class Thing:
    """Any other node: a component, camera, suit, function, launcher, site, rack."""

    id: str
    name: str | None = key("name shown to people", default=None, left_out="its id is shown")
    type: str = key("type of node; modes apply to types", kind="id")
    needs: Needs = key("what it hangs on", kind="record", default=NO_NEEDS)
    loop: Loop | None = key("its liquid loop", kind="record", default=None)
    tank: Tank | None = key("its tank of gas", kind="record", default=None)
    wets: tuple[str, ...] = key("zones a release from it can reach", kind="ids", default=(), refers="zone")
    families: tuple[str, ...] = key("families of design it belongs to", kind="ids", default=())
    centre: str | None = key(
        "control centre that watches it", kind="id", default=None, refers="centre", left_out="the first of the centres"
    )
    sees: tuple[str, ...] = key("zones that a camera sees", kind="ids", default=(), refers="zone")
    aliases: tuple[str, ...] = key("other names", kind="texts", default=())
    latitude_deg: float | None = key(
        "latitude of a place on the ground, north above 0",
        kind="quantity",
        name="latitude",
        unit="deg",
        default=None,
        left_out="it is no place on the ground",
    )
    longitude_deg: float | None = key(
        "longitude of a place on the ground, east above 0",
        kind="quantity",
        name="longitude",
        unit="deg",
        default=None,
        left_out="it is no place on the ground",
    )
    source: str | None = key("where its numbers come from", default=None)


@frozen(kw_only=True)
class ArmBase:
    """A place where an arm can stand, and what it reaches from there."""

    id: str
    node: str = key("node that carries it; while that is lost, it is no base", kind="id", refers="node")
    inspects: tuple[str, ...] = key("ports whose ships it can survey from there", kind="ids", default=(), refers="port")
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Arm:
    """A robotic arm: one user at a time, with set-up time between two uses."""

    id: str
    name: str = key("name shown to people")
    centre: str = key("control centre that runs it", kind="id", refers="centre")
    setup_s: int = key("set-up time between two uses", kind="duration", name="setup", unit="s")
    inspects: tuple[str, ...] = key("ports whose ships its camera can survey", kind="ids", default=(), refers="port")
    bases: tuple[ArmBase, ...] = key("places where it can stand to reach more ports", kind="records", default=())
    survey_lead_s: int = key(
        "preparation of a survey", kind="duration", name="survey_lead", unit="s", default=0, left_out="none is needed"
    )
    survey_skill: str | None = key("skill of who runs a survey", kind="id", default=None, left_out="anybody may run it")
    needs: Needs = key("what it hangs on", kind="record", default=NO_NEEDS)
    components: tuple[Thing, ...] = key("its parts", kind="records", default=())
    aliases: tuple[str, ...] = key("other names", kind="texts", default=())
    source: str = key("where its numbers come from")
