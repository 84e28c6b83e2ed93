"""What is planned, and what do the rules of the books say of it?"""

from attrs import frozen

from stationsim.scenario.fields import key
from stationsim.scenario.model.values import NO_DAY, WEEK, When


@frozen(kw_only=True)
class Preparation:
    """Work on days before an activity that keeps for a while: suits sized and checked, batteries charged."""

    id: str
    text: str = key("what is done")
    roles: tuple[str, ...] = key(
        "roles of the activity whose people do it", kind="ids", default=(), left_out="everybody who takes part"
    )
    each_s: int = key("time that each of them gives", kind="duration", name="lasts", unit="s")
    ahead_s: int = key(
        "how long before the preparation of the day it is done", kind="duration", name="ahead", unit="s", default=0
    )
    keeps_s: int | None = key(
        "how long it keeps: it is done again for a later start",
        kind="duration",
        name="keeps",
        unit="s",
        default=None,
        left_out="for good",
    )
    used_up: bool = key(
        "is it used up by an attempt that is called off once its people prepared for it?", kind="bool", default=False
    )
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Kind:
    """A kind of activity: phases, usual hour, grid, hold limit."""

    id: str
    name: str = key("name shown to people")
    layer: str = key("skeleton of the plan, or work", allowed=("skeleton", "work"))
    effect: str = key(
        "what it does to the station: `launch`, `dock` and `undock` at its start (the hatch of a ship that came opens "
        "at its end); `relocate` leaves the port at its start and is at the other one at its end; `outside` sends "
        "people out while it lasts; `fit` moves fit items at its end",
        allowed=("none", "launch", "dock", "undock", "relocate", "outside", "fit"),
        default="none",
    )
    usual_s: int = key(
        "usual time of day of its start",
        kind="clock",
        name="usual_hour",
        unit="s",
        default=43200,
        assumed="the middle of the crew's day, where no clock time is published; reports do not print it",
    )
    days: tuple[str, ...] = key(
        "days of the week on which it may be given a date",
        kind="ids",
        allowed=WEEK,
        default=WEEK,
        left_out="every day of the week",
        assumed="the weakest limit: operations go on every day unless a kind says otherwise",
    )
    grid_s: int = key(
        "step in which it moves",
        kind="duration",
        name="grid",
        unit="s",
        default=86400,
        left_out="whole days",
        assumed="sorties and flights are published and moved in whole days (fact table, plan)",
    )
    lead_s: int = key("from a decision to its new start", kind="duration", name="lead", unit="s", default=0)
    recycle_s: int | None = key(
        "the same for what was wished for within that time before or after",
        kind="duration",
        name="recycle",
        unit="s",
        default=None,
        left_out="no less",
    )
    before_s: int = key(
        "preparation that occupies people and places", kind="duration", name="before", unit="s", default=0
    )
    preparation: tuple[Preparation, ...] = key(
        "work on days before that keeps for a while, in hours of its people without a place in their day",
        kind="records",
        default=(),
    )
    after_s: int = key("clean-up that occupies people and places", kind="duration", name="after", unit="s", default=0)
    duration_s: int = key(
        "duration where an activity gives none",
        kind="duration",
        name="lasts",
        unit="s",
        default=3600,
        assumed="an hour, the smallest block of a published plan",
    )
    hold_s: int = key("longest hold in preparation", kind="duration", name="hold", unit="s", default=0)
    again_s: int | None = key(
        "after a failed attempt, how long until the next",
        kind="duration",
        name="again",
        unit="s",
        default=None,
        left_out="it cannot be tried again",
    )
    room_s: int = key("time in it for tasks that are added", kind="duration", name="room", unit="s", default=0)
    pause_s: int = key(
        "longest pause while it is under way",
        kind="duration",
        name="pause",
        unit="s",
        default=0,
        left_out="it is not paused: it goes on or is ended",
    )
    hold_costs: float = key(
        "preparation lost by a hold, as a multiple of its time (prebreathing again)", kind="number", default=0.0
    )
    ingress_s: int = key("from a termination to all inside", kind="duration", name="ingress", unit="s", default=0)
    outside: tuple[str, ...] = key(
        "roles whose people are outside, of a kind that goes outside", kind="ids", default=(), left_out="all of them"
    )
    weight: int = key(
        "weight of such work not flown", kind="int", default=1, assumed="all work counts the same unless told otherwise"
    )
    worth_s: int = key(
        "of a kind that moves fit items: how long a better place must be somebody's to be worth the move",
        kind="duration",
        name="worth",
        unit="s",
        default=0,
        left_out="any gain is worth it",
    )
    port_lead_s: int = key(
        "of an arrival: from a decision to arrive at another port to the arrival there",
        kind="duration",
        name="port_lead",
        unit="s",
        default=0,
        left_out="no longer than its own lead",
    )
    whole_crew: bool = key(
        "does everybody whose seat is in its ship take part, in the role `seated`?", kind="bool", default=False
    )
    source: str = key("where its numbers come from")


@frozen(kw_only=True)
class Role:
    """A place in an activity for one person."""

    role: str = key("what they do in it; the kind's `outside` and the `roles` of rules know some", kind="id")
    who: str | None = key(
        "the person; with `skill` the preferred one",
        kind="id",
        default=None,
        refers="person",
        left_out="anybody with the `skill`",
    )
    skill: str | None = key(
        "qualification that lets another person take it", kind="id", default=None, left_out="nobody else may take it"
    )


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
    at: When = key("when it is planned", kind="when", default=NO_DAY, left_out="on no day: work of the `task_list`")
    task_list: bool = key(
        "instead of `at`: is it done when time of its people that was booked falls free, without a day of its own?",
        kind="bool",
        default=False,
    )
    opportunities: tuple[When, ...] = key(
        "dates on which alone it may begin", kind="whens", default=(), left_out="any date"
    )
    pinned: bool = key(
        "does it keep its date, so that what forbids that date leaves it without one?", kind="bool", default=False
    )
    duration_s: int | None = key(
        "duration", kind="duration", name="lasts", unit="s", default=None, left_out="as long as its kind says"
    )
    people: tuple[Role, ...] = key("who takes part", kind="list", default=())
    airlock: str | None = key("airlock it uses alone", kind="id", default=None, refers="airlock", left_out="none")
    arms: tuple[str, ...] = key("arms it uses alone", kind="ids", default=(), refers="arm")
    uses: tuple[str, ...] = key("other nodes it uses alone", kind="ids", default=(), refers="node")
    takes: tuple[tuple[str, int], ...] = key(
        "how many it takes of a resource, preparation and clean-up included", kind="counts", default=()
    )
    needs: tuple[str, ...] = key("other nodes it needs in health", kind="ids", default=(), refers="node")
    worksites: tuple[str, ...] = key("zones where it works or passes", kind="ids", default=(), refers="zone")
    keeps_clear: tuple[str, ...] = key(
        "volumes in which nobody else works while it lasts", kind="ids", default=(), refers="volume"
    )
    inspects: tuple[str, ...] = key(
        "nodes that it looks into: they are no longer suspect when it is done", kind="ids", default=(), refers="node"
    )
    consent: tuple[str, ...] = key(
        "control centres that must consent, besides those whose people, ports, volumes or hatches it needs",
        kind="ids",
        default=(),
        refers="centre",
    )
    opens: tuple[str, ...] = key("hatches that are open while it is under way", kind="ids", default=(), refers="hatch")
    place: str | None = key(
        "volume where its people are inside",
        kind="id",
        default=None,
        refers="volume",
        left_out="about the station, on the side of their ship",
    )
    tasks: tuple[Task, ...] = key("its parts", kind="records", default=())
    ship: str | None = key("ship it moves, or works with where it stands", kind="id", default=None, refers="vehicle")
    port: str | None = key("port it uses", kind="id", default=None, refers="port")
    services: tuple[str, ...] = key("services it needs of the port, its own or its ship's", kind="ids", default=())
    faces: tuple[str, ...] = key("directions one of which that port must face", kind="ids", default=())
    crew: tuple[str, ...] = key(
        "people a flight brings up: ids, a number, or {count, skills, segment, agency}",
        kind="ids",
        name="crew_up",
        default=(),
        refers="person",
    )
    fits: tuple[str, ...] = key(
        "people whose fit items it moves into the ship", kind="ids", default=(), refers="person"
    )
    follows: tuple[str, ...] = key("activities that must have ended before", kind="ids", default=(), refers="activity")
    relieves: tuple[str, ...] = key("people whose relief this flight brings", kind="ids", default=(), refers="person")
    aliases: tuple[str, ...] = key("other names", kind="texts", default=())
    priority: int = key(
        "priority (1 is highest)",
        kind="int",
        default=3,
        assumed="that of the sorties in the plan of the fact table (engineering 8)",
    )
    mandatory: bool = key("must it be done?", kind="bool", default=False)
    known_on: str | None = key(
        "day by which this plan was public, `2022-12-14`", kind="day", default=None, left_out="it was always public"
    )
    source: str = key("where it comes from")


NOBODY = "nobody"
"""Who may waive a rule that is not to be waived."""


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
        "control centres whose book holds it", kind="ids", default=(), refers="centre", left_out="all of them"
    )
    consent: bool = key(
        "does it also govern what other centres do with the people, ports, volumes or hatches of its own?",
        kind="bool",
        default=False,
    )
    kinds: tuple[str, ...] = key(
        "kinds of activity it governs", kind="ids", default=(), refers="kind", left_out="all of them"
    )
    activities: tuple[str, ...] = key(
        "activities it governs", kind="ids", default=(), refers="activity", left_out="all of its kinds"
    )
    ship_types: tuple[str, ...] = key("types of the ship that is moved", kind="ids", default=(), left_out="all")
    ports: tuple[str, ...] = key("ports that are used", kind="ids", default=(), left_out="all")
    others: tuple[str, ...] = key(
        "for separations: kinds on the other side", kind="ids", default=(), refers="kind", left_out="all kinds"
    )
    question: str | None = key("question it waits for", kind="id", default=None)
    until: str = key(
        "while its question is open",
        allowed=("expected", "no-date"),
        default="expected",
        assumed="planners wait for the expected answer; a rule that gives no date at all says so",
    )
    capability: str | None = key("capability of a ship it asks about", kind="id", default=None)
    hazards: tuple[str, ...] = key("classes of fluid it fears", kind="ids", default=())
    roles: tuple[str, ...] = key("roles it asks about", kind="ids", default=(), left_out="everybody who takes part")
    types: tuple[str, ...] = key("types of node it asks about", kind="ids", default=(), left_out="all of them")
    share: str = key(
        "what two activities must have in common", allowed=("nothing", "people", "airlock"), default="nothing"
    )
    even_remedies: bool = key("does it also keep away who works on the very source?", kind="bool", default=False)
    segments: tuple[str, ...] = key("home segments of who is counted", kind="ids", default=(), left_out="all of them")
    skills: tuple[str, ...] = key(
        "skills, all of which who is counted has", kind="ids", default=(), left_out="whatever they can do"
    )
    agencies: tuple[str, ...] = key("agencies of who is counted", kind="ids", default=(), left_out="all of them")
    gap_s: int = key("least time between", kind="duration", name="gap", unit="s", default=0)
    count: int = key(
        "least number; of a posture, how many people take it; of a workload, the most activities", kind="int", default=0
    )
    limit_s: int | None = key(
        "most time that somebody works, preparation and clean-up included",
        kind="duration",
        name="limit",
        unit="s",
        default=None,
        left_out="only the activities are counted",
        above=0,
    )
    per: str = key(
        "what a workload is counted over (UTC, weeks from Monday)",
        allowed=("day", "week"),
        default="day",
        assumed="most limits are those of a day",
    )
    exempt: tuple[str, ...] = key(
        "kinds of activity that are neither counted nor limited", kind="ids", default=(), refers="kind", left_out="none"
    )
    shuts: tuple[str, ...] = key("hatches a posture keeps shut", kind="ids", default=(), refers="hatch")
    refuge: str | None = key(
        "volume where the people of a posture stay meanwhile",
        kind="id",
        default=None,
        refers="volume",
        left_out="they go on with their work",
    )
    while_open: str | None = key("hatch that must be open for a posture", kind="id", default=None, refers="hatch")
    while_sick: str | None = key(
        "node that must be believed worse than nominal for the rule to hold", kind="id", default=None, refers="node"
    )
    allowed: str = key(
        "is what a calendar names forbidden, or alone allowed?",
        allowed=("never", "only"),
        default="never",
        assumed="a rule forbids; what it alone allows says so",
    )
    part: str = key(
        "what a calendar asks about",
        allowed=("start", "whole"),
        default="start",
        assumed="most calendars are about when something begins",
    )
    days: tuple[str, ...] = key("days of the week (UTC)", kind="ids", allowed=WEEK, default=(), left_out="every day")
    hours: tuple[str, ...] = key(
        "times of the day (UTC), `08:00-12:00`", kind="intervals", default=(), left_out="every hour"
    )
    beta_above_deg: float | None = key(
        "angle between Sun and orbit above which it is forbidden",
        kind="quantity",
        name="beta_above",
        unit="deg",
        default=None,
        left_out="however the Sun stands",
    )
    daylight_at: str | None = key(
        "place on the ground where the Sun must be up `gap` after the start",
        kind="id",
        default=None,
        refers="node",
        left_out="by night too",
    )
    dates: tuple[When, ...] = key(
        "dates: days, months, clock times, windows", kind="whens", default=(), left_out="every date"
    )


@frozen(kw_only=True)
class Waiver:
    """A rule dropped for one activity, with the reason."""

    rule: str = key("the rule", kind="id", refers="rule")
    activity: str = key("the activity it is dropped for", kind="id", refers="activity")
    rationale: str = key("why")
    by: str | None = key("who waived it", default=None, left_out="who may, as the rule says")
