"""What can something do, what does it make people ask, and what do they do about it? Modes, and what they let out."""

from attrs import frozen

from stationsim.scenario.fields import key
from stationsim.scenario.model.plan import Role
from stationsim.scenario.model.values import HEALTHS, Chance

HAZARDS = ("ammonia", "hypergol", "inert")
"""Classes of hazard of a released fluid; what is not identified counts as all of them."""


@frozen(kw_only=True)
class Fluid:
    """A fluid that can be released: its class says what rules may forbid."""

    id: str
    name: str = key("name shown to people")
    hazard: str = key("class of hazard", allowed=HAZARDS)
    clears_s: int = key("how long residue stays after the release", kind="duration", name="clears", unit="s")
    contact_s: int = key(
        "extra time in the airlock for who may carry it in",
        kind="duration",
        name="contact",
        unit="s",
        default=0,
        left_out="no extra time",
    )
    counts_as: str = key(
        "what its loss counts as",
        allowed=("coolant", "propellant", "pressurant", "water"),
        default="coolant",
        assumed="most of what leaked on stations was coolant (fact table, incidents)",
    )
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Question:
    """A question that an incident of a mode opens, and what answers it."""

    id: str
    text: str = key("the question in words")
    crewed: bool = key("is it asked only of ships that carry people home?", kind="bool", default=False)
    after_s: int = key("from alarm to answer (the expected time)", kind="duration", name="after", unit="s")
    inconclusive: float = key(
        "probability that a round ends inconclusive",
        kind="number",
        default=0.0,
        left_out="every round ends with an answer",
        most=1,
    )
    again_s: int | None = key(
        "how long a further round takes",
        kind="duration",
        name="again",
        unit="s",
        default=None,
        left_out="as long as the first",
    )
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Response:
    """An activity that an incident of a mode adds to the plan."""

    id: str
    kind: str = key("kind of activity", kind="id", refers="kind")
    lead_s: int = key("from the decision to its earliest start", kind="duration", name="lead", unit="s", default=0)
    duration_s: int = key("how long it takes", kind="duration", name="lasts", unit="s")
    by: str | None = key(
        "what carries it out",
        allowed=("arm", "camera", "people", "ground"),
        default=None,
        left_out="nothing and nobody is taken for it",
    )
    roles: tuple[Role, ...] = key("who it takes, place by place; instead of `people`", kind="list", default=())
    skill: str | None = key("qualification that its people need", kind="id", default=None, left_out="anybody can")
    airlock: str | None = key("airlock it uses alone", kind="id", default=None, refers="airlock")
    arms: tuple[str, ...] = key("arms it uses alone", kind="ids", default=(), refers="arm")
    uses: tuple[str, ...] = key("other nodes it uses alone", kind="ids", default=(), refers="node")
    needs: tuple[str, ...] = key("other nodes it needs in health", kind="ids", default=(), refers="node")
    worksites: tuple[str, ...] = key("zones where it works or passes", kind="ids", default=(), refers="zone")
    place: str | None = key(
        "volume where its people are inside",
        kind="id",
        default=None,
        refers="volume",
        left_out="about the station, on the side of their ship",
    )
    spare: str | None = key(
        "type of spare part that it uses up; one must be aboard", kind="id", default=None, left_out="none is used up"
    )
    inspects: tuple[str, ...] = key(
        "nodes that it looks into: they are no longer suspect when it is done",
        kind="ids",
        default=(),
        refers="node",
        left_out="none",
    )
    attaches_to: tuple[str, ...] = key(
        "kinds of planned activity of which it may become a task, where one comes sooner and has room",
        kind="ids",
        default=(),
        refers="kind",
        left_out="it is always an activity of its own",
    )
    works: float = key(
        "probability that an attempt succeeds",
        kind="number",
        default=1.0,
        left_out="every attempt succeeds",
        assumed="the weakest limit: where nothing is known of failures, none is made up",
        most=1,
    )
    crewed: bool = key("is it done only for ships that carry people home?", kind="bool", default=False)
    people: int = key("how many people of the owner's segment it takes", kind="int", default=0, most=100)
    priority: int = key(
        "its priority (1 is highest)",
        kind="int",
        default=1,
        assumed="a response to an incident goes before planned work",
    )
    immediate: bool = key("does it begin with the alarm, in the night too?", kind="bool", default=False)
    offered: bool = key(
        "is it done only where a decision about a ship takes it? Its kind may demand a posture",
        kind="bool",
        default=False,
    )
    preempts: bool = key("does it end what people do inside, so that they can come?", kind="bool", default=False)
    refuge: str | None = key(
        "volume where its people stay meanwhile",
        kind="id",
        default=None,
        refers="volume",
        left_out="they stay where their work is",
    )
    shuts: tuple[str, ...] = key("hatches that are shut meanwhile", kind="ids", default=(), refers="node")
    everybody: bool = key("does it take everybody who is free?", kind="bool", default=False)
    ends_with: str | None = key(
        "question whose answer ends it before its time", kind="id", default=None, left_out="it ends after its time"
    )
    after: str | None = key(
        "question whose answer, or response whose end, it waits for",
        kind="id",
        default=None,
        left_out="it waits for nothing",
    )
    mends: bool = key("does its end close the hole?", kind="bool", default=False)
    supplied_by: str | None = key(
        "capability of a docked ship that it takes from", kind="id", default=None, left_out="no ship is needed"
    )
    adds_kpa: float = key(
        "pressure it adds to the cabin while it lasts", kind="quantity", name="adds", unit="kPa", default=0.0
    )
    answers: str | None = key(
        "question that its end answers; `real`: it looks", kind="id", default=None, left_out="none"
    )
    hose: bool = key("does it connect a ventilation hose to the ship?", kind="bool", default=False)
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Demand:
    """What an incident makes mandatory, by when, and which activities of the plan are what is demanded."""

    text: str = key("what must be done, in words")
    kinds: tuple[str, ...] = key("kinds of activity that meet it", kind="ids", refers="kind")
    capability: str | None = key(
        "capability that the ship of such an activity must have", kind="id", default=None, left_out="any ship will do"
    )
    within_s: int | None = key(
        "from the alarm to the deadline",
        kind="duration",
        name="within",
        unit="s",
        default=None,
        left_out="the incident says `by`",
    )
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Hunt:
    """How a leak of cabin air is found: hatches are shut one after another to see on which side the pressure falls."""

    gather_s: int = key(
        "from the start of the hunt until everybody is at the hatches", kind="duration", name="gather", unit="s"
    )
    test_s: int = key("time in which a shut part shows whether it leaks", kind="duration", name="test", unit="s")
    waits_above_s: int = key(
        "reserve time above which the hunt waits for the next waking", kind="duration", name="waits_above", unit="s"
    )
    keeps_shut_below_s: int = key(
        "reserve time below which a hatch that was shown to lead to the leak stays shut",
        kind="duration",
        name="keeps_shut_below",
        unit="s",
        default=0,
        left_out="every hatch is opened again",
    )
    look_s: int = key(
        "time to look for the hole in the last compartment",
        kind="duration",
        name="look",
        unit="s",
        default=0,
        left_out="it is seen at once",
    )
    misreads: float = key(
        "probability that a test is read wrong", kind="number", default=0.0, left_out="no test is", most=1
    )
    answers: str = key(
        "question that finding the compartment answers",
        kind="id",
        default="where",
        assumed="`where` is the name that the shipped modes give this question",
    )
    source: str = key("where its numbers come from")


@frozen(kw_only=True, repr=False)
class Mode:
    """What an incident of this name makes of a node, who notices, what is asked, what is done."""

    id: str
    text: str = key("what happens, in words")
    how: str = key(
        "`leak`: physics works out its course; `change`: the node's health changes; `event`: nothing breaks, but "
        "something is asked or demanded; `reading`: only a sensor says so",
        allowed=("leak", "change", "event", "reading"),
    )
    types: tuple[str, ...] = key("node types it can strike", kind="ids", default=(), left_out="any")
    health: str = key(
        "health of the node at the end",
        allowed=HEALTHS,
        default="failed",
        assumed="what cannot be said to work is counted as lost: the cautious side",
    )
    part_health: str | None = key(
        "health of a part of a ship or arm, where it is another",
        allowed=HEALTHS,
        name="health_of_parts",
        default=None,
        left_out="as of every node",
    )
    notice_s: int = key(
        "from onset to alarm where no sensor threshold decides",
        kind="duration",
        name="noticed_after",
        unit="s",
        default=0,
        left_out="at once",
    )
    expect_s: int | Chance | None = key(
        "forecast of its duration; of a distribution planners believe the median, and the longer it takes, the later",
        kind="duration",
        name="expect",
        unit="s",
        default=None,
        left_out="nobody knows how long",
    )
    releases: str = key(
        "what a leak of this mode lets out: the liquid of a loop, the gas of a tank, or cabin air",
        allowed=("loop", "tank", "air"),
        default="loop",
        assumed="most modes of leak are of liquid loops (fact table, incidents)",
    )
    discharge: float = key(
        "discharge coefficient of a hole in a wall",
        kind="number",
        default=1.0,
        left_out="an ideal hole",
        assumed="the cautious side: no contraction, the fastest leak a hole allows; a sharp-edged one has 0.6",
        above=0,
        most=1,
    )
    hunt: Hunt | None = key("how its place is found", kind="record", default=None, left_out="nobody searches")
    demand: Demand | None = key("what it makes mandatory", kind="record", default=None, left_out="nothing")
    questions: tuple[Question, ...] = key("what is asked", kind="records", default=())
    responses: tuple[Response, ...] = key("what is done", kind="records", default=())
    source: str = key("where its numbers come from")

    def __repr__(self) -> str:
        counts = f"{len(self.questions)} questions, {len(self.responses)} responses"
        return f"<Mode {self.id}: {self.how} of {', '.join(self.types) or 'any node'}, {counts}>"
