"""What is the state of everything? A value that is a fold over the log (`fold.apply`), and nothing beside it.

Truth and belief stand side by side: `TRUTH` is a view like the control centres, but decisions never read it.
"""

import copy

import attrs

from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.physics.air import Air
from stationsim.physics.hole import Hole
from stationsim.physics.thermal import CabinHeat
from stationsim.scenario.model import Activity
from stationsim.station.act import Act, Freed, Ready
from stationsim.station.drains import Drain
from stationsim.station.health import NOMINAL
from stationsim.station.station import Station

ON_GROUND, IN_FLIGHT, RELOCATING, GONE = "ground", "flight", "relocating", "lost"

USUALLY, JAMMED = "usually", "jammed"
"""Reasons of its own that keep a hatch shut: it is usually shut, or it cannot be opened."""


@attrs.frozen(kw_only=True)
class Sick:
    """Why a view holds a node for less than nominal: since when, by which row, because of which incident."""

    since_s: int
    row: int
    incident: str | None


@attrs.frozen(kw_only=True)
class View:
    """Health of every node as one view has it, in the order of `graph.ids`."""

    own: list[int]
    health: list[int]
    sick: dict[str, Sick]

    def copy(self) -> "View":
        """Return an independent copy."""
        return View(own=list(self.own), health=list(self.health), sick=dict(self.sick))


@attrs.frozen(kw_only=True)
class Open:
    """An open question of a centre about an incident; `rounds` have ended inconclusive."""

    incident: str
    question: str
    asked_s: int
    expected_s: int | None
    row: int
    rounds: int = 0


@attrs.frozen(kw_only=True)
class Wet:
    """A zone that a centre believes wet: by which incident, what it fears, until when it expects it."""

    zone: str
    incident: str
    since_s: int
    until_s: int | None
    feared: str
    row: int


@attrs.frozen(kw_only=True)
class Status:
    """What a centre holds of a ship's crewed return."""

    status: str
    since_s: int
    row: int


@attrs.frozen(kw_only=True)
class Release:
    """A loop or tank that loses what it holds, by its law since `since_s`; holes by incident, as they were then."""

    incident: str
    since_s: int
    drain: Drain
    row: int
    holes: tuple[tuple[str, Hole], ...] = ()
    crossed: tuple[str, ...] = ()
    crossed_row: int | None = None
    crossed_s: int | None = None


@attrs.frozen(kw_only=True)
class Heat:
    """A cabin's temperature, by its law since `since_s`."""

    since_s: int
    cabin: CabinHeat
    has_loop: bool
    has_hose: bool
    row: int
    is_hot: bool = False


@attrs.frozen(kw_only=True)
class Gap:
    """A hole in a wall: in which compartment, how large at `since_s`, and the pressure there when it opened."""

    compartment: str
    hole: Hole
    row: int
    from_kpa: float
    since_s: int = 0

    def hole_at(self, now_s: int) -> Hole:
        """Return the hole as it has grown until a second [s], not before `since_s`."""
        return self.hole.after(now_s - self.since_s)


@attrs.frozen(kw_only=True)
class Body:
    """Compartments that share one atmosphere, by its law since `since_s`, without a hole since `steady_s`."""

    members: tuple[str, ...]
    since_s: int
    air: Air
    row: int
    steady_s: int | None
    crossed: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Search:
    """A hunt for a leak of air: where it may be, which hatch is shut for a test or where people look, when it goes on.

    `tests` is the number of tests so far.
    """

    suspects: tuple[str, ...]
    door: str | None
    place: str | None
    tests: int
    begun_s: int
    due_s: int
    row: int


@attrs.frozen(kw_only=True)
class Posture:
    """A posture: `taking` until its hatches are shut, then `taken`, `lifting` while they are opened, or `refused`.

    `people` work on its hatches from `begun_s` to `until_s`; `moved_s` is when the last one moved.
    """

    rule: str
    activity: str | None
    phase: str
    hatches: tuple[str, ...]
    people: tuple[str, ...]
    begun_s: int
    until_s: int
    moved_s: int
    row: int
    reason: str | None = None


@attrs.frozen(kw_only=True)
class Seal:
    """A leak that is sealed off: with which compartments, in which of them if known, which hatch is being shut."""

    sealed: tuple[str, ...]
    place: str | None
    hatch: str | None
    due_s: int | None
    row: int


@attrs.frozen(kw_only=True)
class Post:
    """Something a centre will learn from another one."""

    due_s: int
    row: int
    centre: str
    kind: Kind
    subject: str
    incident: str
    text: str
    until_s: int | None
    is_airless: bool = False


@attrs.frozen(kw_only=True)
class Seat:
    """A person's seat cover now."""

    level: int
    ship: str | None
    row: int


@attrs.frozen(kw_only=True)
class Decided:
    """What was decided about a ship that does not take its people home: which option, for whom, in which step.

    `acts` are the activities that it changed or added, `remedies` those of them that carry out a response on offer.
    `moved_row` is the first row that moved one of them later on, or ended a remedy: one sees whether it has helped.
    """

    option: str
    people: tuple[str, ...]
    step: int
    row: int
    acts: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()
    moved_row: int | None = None

    @property
    def is_stale(self) -> bool:
        """Is it to be decided again?"""
        return self.moved_row is not None


@attrs.frozen(kw_only=True)
class Demanded:
    """What must be done by when: which kinds of activity meet it, with what, for whom."""

    incident: str
    centre: str
    until_s: int
    kinds: tuple[str, ...]
    capability: str | None
    person: str | None
    text: str
    row: int


@attrs.frozen(kw_only=True)
class Review:
    """A review that a centre is about to hold, and why."""

    due_s: int
    row: int


@attrs.define(slots=True, eq=True)
class State:
    """Everything that a run is at one moment. Only `fold.apply` changes it."""

    station: Station = attrs.field(repr=False, eq=False)
    now_s: int = 0
    step: int = -1
    rows: int = 0
    order: dict[str, int] = attrs.field(factory=dict)
    views: dict[str, View] = attrs.field(factory=dict)
    acts: dict[str, Act] = attrs.field(factory=dict)
    added: dict[str, Activity] = attrs.field(factory=dict)
    freed: tuple[Freed, ...] = ()
    ready: dict[tuple[str, str], Ready] = attrs.field(factory=dict)
    started_row: dict[str, int] = attrs.field(factory=dict)
    responses: dict[str, tuple[str, str]] = attrs.field(factory=dict)
    lacks: dict[tuple[str, str], str] = attrs.field(factory=dict)
    ship_at: dict[str, str] = attrs.field(factory=dict)
    launched_s: dict[str, int] = attrs.field(factory=dict)
    gone: dict[str, int] = attrs.field(factory=dict)
    docked_s: dict[str, int] = attrs.field(factory=dict)
    aboard: dict[str, int] = attrs.field(factory=dict)
    boarded_s: dict[str, int] = attrs.field(factory=dict)
    left_s: dict[str, int] = attrs.field(factory=dict)
    fit: dict[str, str] = attrs.field(factory=dict)
    improvised: dict[str, str] = attrs.field(factory=dict)
    hatches: dict[str, str] = attrs.field(factory=dict)
    kept_shut: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    hatch_beliefs: dict[tuple[str, str], str] = attrs.field(factory=dict)
    hatch_row: dict[str, int] = attrs.field(factory=dict)
    opened_by: dict[str, str] = attrs.field(factory=dict)
    ways: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    postures: dict[str, Posture] = attrs.field(factory=dict)
    phases: dict[tuple[str, str], tuple[int, int]] = attrs.field(factory=dict)
    struck: dict[str, int] = attrs.field(factory=dict)
    struck_s: dict[str, int] = attrs.field(factory=dict)
    ended: dict[str, int] = attrs.field(factory=dict)
    alarmed: dict[str, int] = attrs.field(factory=dict)
    known: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    questions: dict[tuple[str, str, str], Open] = attrs.field(factory=dict)
    answers: dict[tuple[str, str, str], tuple[int, int]] = attrs.field(factory=dict)
    wet: dict[tuple[str, str, str], Wet] = attrs.field(factory=dict)
    airless: dict[tuple[str, str], tuple[int, int]] = attrs.field(factory=dict)
    dismissed: dict[tuple[str, str], int] = attrs.field(factory=dict)
    status: dict[tuple[str, str], Status] = attrs.field(factory=dict)
    releases: dict[str, Release] = attrs.field(factory=dict)
    heat: dict[str, Heat] = attrs.field(factory=dict)
    holes: dict[str, Gap] = attrs.field(factory=dict)
    bodies: dict[str, Body] = attrs.field(factory=dict)
    feeds: dict[str, tuple[str, float]] = attrs.field(factory=dict)
    air_alarms: dict[str, tuple[int, int]] = attrs.field(factory=dict)
    searches: dict[str, Search] = attrs.field(factory=dict)
    seals: dict[str, Seal] = attrs.field(factory=dict)
    ended_s: dict[str, int] = attrs.field(factory=dict)
    reopened: dict[str, int] = attrs.field(factory=dict)
    reopened_s: dict[str, int] = attrs.field(factory=dict)
    sheltered: dict[str, tuple[str, int, int]] = attrs.field(factory=dict)
    posts: tuple[Post, ...] = ()
    attached: dict[str, tuple[tuple[str, str], ...]] = attrs.field(factory=dict)
    used: dict[str, int] = attrs.field(factory=dict)
    inspected_s: dict[str, int] = attrs.field(factory=dict)
    demands: dict[str, Demanded] = attrs.field(factory=dict)
    reviewed_s: dict[str, int] = attrs.field(factory=dict)
    reviews: dict[str, Review] = attrs.field(factory=dict)
    touched: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    responded: dict[str, int] = attrs.field(factory=dict)
    decisions: dict[str, Decided] = attrs.field(factory=dict)
    waived: dict[tuple[str, str], int] = attrs.field(factory=dict)
    seats: dict[str, Seat] = attrs.field(factory=dict)
    returns: dict[str, tuple[str, int | None, int]] = attrs.field(factory=dict)

    @classmethod
    def blank(cls, station: Station) -> "State":
        """Return the state before the first row of a log."""
        count = len(station.graph.ids)
        views = {
            view: View(own=[NOMINAL] * count, health=[NOMINAL] * count, sick={})
            for view in (TRUTH, *(centre.id for centre in station.scenario.centres))
        }
        return cls(station=station, views=views)

    def copy(self) -> "State":
        """Return an independent copy; values are shared, containers are not."""
        twin = copy.copy(self)
        for field in attrs.fields(State):
            value = getattr(self, field.name)
            if isinstance(value, dict):
                setattr(twin, field.name, {k: v.copy() if isinstance(v, View) else v for k, v in value.items()})
        return twin

    def activity(self, id_: str) -> Activity:
        """Return the record of an activity, from the file or added in the run."""
        return self.added.get(id_) or self.station.activities[id_]

    def health(self, view: str, node: str) -> int:
        """Return a node's health as a view has it."""
        return self.views[view].health[self.station.graph.index[node]]
