"""What does a control centre believe now? The frozen value that rules and planners read. No leak, no truth."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from stationsim.scenario.model import Activity, Kind
from stationsim.scenario.scalars import read_time
from stationsim.station.act import Act
from stationsim.station.blind import blind
from stationsim.station.choice import Choice
from stationsim.station.health import is_lost
from stationsim.station.state import Demanded, Open, Posture, Sick, Status, View, Wet
from stationsim.station.station import CREWED_RETURN, Station
from stationsim.station.transitions import Life

CERTIFIED, EMERGENCY_ONLY, UNUSABLE, UNKNOWN = "certified", "emergency-only", "unusable", "unknown"


@attrs.frozen(kw_only=True)
class Stay:
    """A ship at a port: from its docking to the end of its departure (None = no departure planned)."""

    ship: str
    port: str
    lo_s: int
    hi_s: int | None


@attrs.frozen(kw_only=True, slots=False, eq=False)
class Situation:
    """What the governing centre believes, with the plan at present dates and the timelines folded from these.

    Attributes:
        station: What stands in the files. For a script's rule or policy its incidents have neither time nor size.
        centre: Who believes it, at `now_s` [s].
        questions: Open questions by (incident, question): `asked_s`, `expected_s` (None: no date), `row`.
        answers: (answered [s], row) by (incident, question).
        wet: What may lie in a zone, by zone: `incident`, `feared`, `since_s`, `until_s`, `row`.
        statuses: Ships whose crewed return is not as new; ask `status(ship)`.
        fit: The ship that holds a person's fit items, by person; `improvised` who has but a place in it.
        aboard: Since when people are aboard, by person; `presence` also says until when, and who comes.
        airless: (since, row) of compartments whose air is believed below its limit.
        shut_in: (ship, since, row) of who shelters behind a shut hatch; `cut_off`: what is in the way to their ship.
        ship_at: The port of a ship, or `ground`, `flight`, `relocating`; `stays` also says what is planned.
        hatches: `open` or `closed`, by hatch.
        acts: The plan by activity: `start_s` (None: no date), `end_s`, `people`, `ship`, `port`, `life`, `row`.
        waived: Rules that are dropped, by (rule, activity), with the row that says so.
        known: Incidents that the centre knows of.
        rows: How many rows the log has; a `cause` is one of them.
        kept: What rules say that do not read the plan; shared by all plans over one belief.
        said: What rules say over this very plan, by choice, with the act that stood for it (`station.rules`).
        common: What follows from the plan and from where everybody is; shared by all centres over one plan (`over`).
    """

    station: Station = attrs.field(repr=False)
    centre: str
    now_s: int
    view: View = attrs.field(repr=False)
    questions: Mapping[tuple[str, str], Open]
    answers: Mapping[tuple[str, str], tuple[int, int]]
    wet: Mapping[str, tuple[Wet, ...]]
    statuses: Mapping[str, Status]
    fit: Mapping[str, str]
    improvised: Mapping[str, str]
    aboard: Mapping[str, int]
    boarded_s: Mapping[str, int]
    left_s: Mapping[str, int]
    airless: Mapping[str, tuple[int, int]]
    shut_in: Mapping[str, tuple[str, int, int]]
    ship_at: Mapping[str, str]
    hatches: Mapping[str, str]
    kept_shut: Mapping[str, tuple[str, ...]]
    postures: Mapping[str, Posture]
    cut_off: Mapping[str, str]
    docked_s: Mapping[str, int]
    gone: Mapping[str, int]
    launched_s: Mapping[str, int]
    acts: Mapping[str, Act] = attrs.field(repr=False)
    added: Mapping[str, Activity] = attrs.field(repr=False)
    demands: Mapping[str, Demanded] = attrs.field(factory=dict)
    remedies: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    used: Mapping[str, int] = attrs.field(factory=dict)
    inspected_s: Mapping[str, int] = attrs.field(factory=dict)
    waived: Mapping[tuple[str, str], int] = attrs.field(factory=dict)
    peers: Mapping[str, "Situation"] = attrs.field(factory=dict, repr=False)
    known: tuple[str, ...] = ()
    rows: int = 0
    kept: dict[Any, Any] = attrs.field(factory=dict, repr=False)
    said: dict[int, tuple[Choice, Act | None, Any]] = attrs.field(factory=dict, init=False, repr=False)
    common: dict[Any, Any] = attrs.field(factory=dict, init=False, repr=False)

    @cached_property
    def blind(self) -> "Situation":
        """The same, for the rules and policies of a script: its `station` knows of incidents what the centre does."""
        peers = {centre: peer.blind for centre, peer in self.peers.items()}
        return attrs.evolve(self, station=blind(self.station, self._known, self._lost), peers=peers)

    @property
    def _known(self) -> tuple[str, ...]:
        """Every incident that a belief of the centre names."""
        named = [incident for incident, _ in (*self.questions, *self.answers)]
        named += [wet.incident for found in self.wet.values() for wet in found]
        named += [sick.incident for sick in self.view.sick.values() if sick.incident is not None]
        return tuple(
            incident for incident in dict.fromkeys((*self.known, *named)) if incident in self.station.incidents
        )

    @property
    def _lost(self) -> tuple[str, ...]:
        """Incidents whose place a hunt has yet to find."""
        hunts = {incident: self.station.mode_of(incident).hunt for incident in self._known}
        return tuple(i for i, hunt in hunts.items() if hunt is not None and (i, hunt.answers) not in self.answers)

    def second(self, text: str) -> int:
        """Return a clock time `2022-12-17T12:00Z`, or the first second of a day, in seconds of the scenario [s].

        Raises:
            ValueError: It is neither.
        """
        return read_time(text, self.station.scenario.start_utc)

    def seen_by(self, centre: str) -> "Situation":
        """Return what another centre believes over the same plan; the same belief where there is no such peer."""
        peer = self.peers.get(centre)
        return self if peer is None else attrs.evolve(peer, acts=self.acts, added=self.added)

    def with_acts(self, acts: Mapping[str, Act]) -> "Situation":
        """Return the same belief over another plan."""
        return attrs.evolve(self, acts=acts)

    def activity(self, id_: str) -> Activity:
        """Return the record of an activity."""
        return self.added.get(id_) or self.station.activities[id_]

    @cached_property
    def followers(self) -> dict[str, tuple[str, ...]]:
        """Activities of the plan that are dated after another one, by the id of that, in the order of the plan."""
        found: dict[str, tuple[str, ...]] = {}
        for id_ in self.acts:
            after = self.activity(id_).at.after
            if after is not None:
                found[after] = (*found.get(after, ()), id_)
        return found

    @cached_property
    def reliefs(self) -> tuple[str, ...]:
        """Activities of the plan that bring somebody's relief, in the order of the plan."""
        return tuple(id_ for id_ in self.acts if self.activity(id_).relieves)

    def name(self, id_: str) -> str:
        """Return the name of an activity."""
        return self.activity(id_).name

    def sick(self, node: str) -> Sick | None:
        """Return why the centre believes a node lost or unknown; None while it may be relied on."""
        if node not in self.view.sick or not is_lost(self.view.health[self.station.graph.index[node]]):
            return None
        return self.view.sick[node]

    def expected_s(self, incident: str | None, question: str) -> int | None:
        """Return when the centre expects an open question answered; None if it is not open or has no date."""
        found = self.questions.get((incident or "", question))
        return None if found is None else found.expected_s

    def status(self, ship: str) -> str:
        """Return what the centre holds of a ship's crewed return."""
        if ship in self.statuses:
            return self.statuses[ship].status
        return CERTIFIED if self.station.is_crew_ship(ship) else UNUSABLE

    def open_about(self, ship: str, question: str) -> tuple[Open, ...]:
        """Return the open questions of one name about incidents on a ship."""
        incidents = self.station.incidents
        return tuple(
            found
            for (incident, name), found in self.questions.items()
            if name == question and self.station.ship_of(incidents[incident].node) == ship
        )

    @cached_property
    def stays(self) -> tuple[Stay, ...]:
        """Every stay of a ship at a port, past dockings of present ships included, in order of time."""
        found: tuple[Stay, ...] | None = self.common.get("stays")
        if found is None:
            found = self.common["stays"] = tuple(sorted(self._stays(), key=lambda stay: (stay.lo_s, stay.ship)))
        return found

    def _stays(self) -> Iterator[Stay]:
        here = {
            ship: (port, self.docked_s.get(ship, 0))
            for ship, port in self.ship_at.items()
            if port in self.station.ports
        }
        for start_s, act, kind in self._traffic:
            ship, port = act.ship or "", act.port or ""
            if kind.effect in {"undock", "relocate"} and ship in here:
                from_port, lo_s = here.pop(ship)
                yield Stay(ship=ship, port=from_port, lo_s=lo_s, hi_s=start_s + act.duration_s)
            if kind.effect == "dock" and ship not in here:
                here[ship] = (port, start_s)
            if kind.effect == "relocate":
                here[ship] = (port, start_s + act.duration_s)
        for ship, (port, lo_s) in here.items():
            yield Stay(ship=ship, port=port, lo_s=lo_s, hi_s=None)

    @cached_property
    def _traffic(self) -> tuple[tuple[int, Act, Kind], ...]:
        known: tuple[tuple[int, Act, Kind], ...] | None = self.common.get("traffic")
        if known is not None:
            return known
        ahead = (Life.PLANNED, Life.PREPARED, Life.HELD)
        found = (
            (act.start_s, act, self.station.kinds[self.activity(act.id).kind])
            for act in self.acts.values()
            if act.life in ahead and act.start_s is not None and act.ship is not None
        )
        known = self.common["traffic"] = tuple(sorted(found, key=lambda item: (item[0], item[1].id)))
        return known

    @cached_property
    def stays_by_port(self) -> dict[str, tuple[Stay, ...]]:
        """Stays per port, in order of time."""
        if "ports" in self.common:
            known: dict[str, tuple[Stay, ...]] = self.common["ports"]
            return known
        found: dict[str, tuple[Stay, ...]] = {}
        for stay in self.stays:
            found[stay.port] = (*found.get(stay.port, ()), stay)
        self.common["ports"] = found
        return found

    @cached_property
    def presence(self) -> dict[str, tuple[int, int | None]]:
        """When each person is aboard: from, until. A ship that may not carry them home does not take them away."""
        found: dict[str, tuple[int, int | None]] = {
            person: (self.boarded_s.get(person, 0), left_s) for person, left_s in self.left_s.items()
        }
        found |= {person: (self.boarded_s.get(person, 0), None) for person in self.aboard}
        for change in self._seatings:
            for person in change.comes:
                found[person] = (change.at_s, None)
            for person in change.leaves:
                if person not in self.cut_off:
                    found[person] = (found[person][0], change.at_s)
        return found

    @cached_property
    def coming(self) -> dict[str, int]:
        """The row that made the flight with which somebody comes aboard another one than planned, by person."""
        found: dict[str, int] = {}
        for act in self.acts.values():
            activity = self.activity(act.id)
            row = act.amended_row if act.start_s == act.wish_s or act.amended_row is not None else act.row
            if row is not None and activity.crew and self.station.kinds[activity.kind].effect == "dock":
                found |= dict.fromkeys((person for person in activity.crew if person not in self.aboard), row)
        return found

    @cached_property
    def _seatings(self) -> tuple["_Seating", ...]:
        """What the plan does to where people's fit items are, in order of time."""
        held = tuple((ship, found.status) for ship, found in self.statuses.items())
        known: tuple[_Seating, ...] | None = self.common.get(held)
        if known is None:
            known = self.common[held] = tuple(self._reseated())
        return known

    def _reseated(self) -> Iterator["_Seating"]:
        seats = {p: ship for p in self.aboard if (ship := self.fit.get(p)) is not None and p not in self.improvised}
        places = {p: self.fit[p] for p in self.aboard if p in self.fit}
        for start_s, act, kind in self._traffic:
            ship, activity = act.ship or "", self.activity(act.id)
            comes: tuple[str, ...] = ()
            leaves: tuple[str, ...] = ()
            if kind.effect == "dock":
                comes = activity.crew
                if comes:
                    seats, places = seats | dict.fromkeys(comes, ship), places | dict.fromkeys(comes, ship)
            elif kind.effect == "fit":
                seats, places = dict(seats), dict(places)
                for person in activity.fits:
                    seats.pop(person, None)
                    places[person] = ship
                    if self._has_seat(person, ship, seats):
                        seats[person] = ship
            elif kind.effect == "undock" and self.status(ship) == CERTIFIED:
                leaves = tuple(person for person, own in seats.items() if own == ship)
                if leaves:
                    seats = {person: own for person, own in seats.items() if own != ship}
            else:
                continue
            yield _Seating(at_s=start_s, seats=seats, places=places, comes=comes, leaves=leaves)

    def _has_seat(self, person: str, ship: str, seats: Mapping[str, str]) -> bool:
        """Tell whether a ship has a seat left for somebody whose fit items are made for it."""
        taken = sum(own == ship for own in seats.values())
        return self.station.fits(person, ship) and taken < self.station.type_of(ship).seats

    def crew_at(self, ship: str, at_s: int) -> tuple[str, ...]:
        """Return whose fit items will be in a ship at a time [s]: now, and after what the plan has until then."""
        seats = {p: own for p in self.aboard if (own := self.fit.get(p)) is not None and p not in self.improvised}
        for change in self._seatings:
            if change.at_s >= at_s:
                break
            seats = change.seats  # type: ignore[assignment]
        return tuple(person for person, own in seats.items() if own == ship)

    def placed_after(self, person: str) -> Iterator[tuple[int, str]]:
        """Yield when somebody is given a place in another ship by the plan, in order of time; improvised ones too."""
        before = self.fit.get(person)
        for change in self._seatings:
            own = change.places.get(person)
            if own is not None and own != before:
                yield change.at_s, own
            before = own

    def seated_in(self, ship: str) -> tuple[str, ...]:
        """Return who has their fit items in a ship: aboard now, or coming up in it."""
        aboard = tuple(p for p in self.aboard if self.fit.get(p) == ship and p not in self.improvised)
        coming = tuple(
            person
            for act in self.acts.values()
            if act.ship == ship and act.life is Life.PLANNED
            for person in self.activity(act.id).crew
            if person not in aboard
        )
        return aboard + coming


@attrs.frozen(kw_only=True)
class _Seating:
    """Whose seat, or place, is in which ship after a docking, a departure or a move of fit items."""

    at_s: int
    seats: Mapping[str, str]
    places: Mapping[str, str]
    comes: tuple[str, ...]
    leaves: tuple[str, ...]


def over(situations: Mapping[str, Situation], acts: Mapping[str, Act]) -> dict[str, Situation]:
    """Return the beliefs of all centres over another plan; what follows from that alone is looked up once for all.

    Args:
        situations: What each believes, by centre, in one state: they differ in nothing else than their beliefs.
        acts: The plan.
    """
    found = {centre: situation.with_acts(acts) for centre, situation in situations.items()}
    common: dict[Any, Any] = {}
    for situation in found.values():
        object.__setattr__(situation, "common", common)  # not by `evolve`: another plan begins with nothing in common
    return found


__all__ = [
    "CERTIFIED",
    "CREWED_RETURN",
    "EMERGENCY_ONLY",
    "UNKNOWN",
    "UNUSABLE",
    "Situation",
    "Stay",
    "over",
]
