"""What could be done? Small general generators: each proposes, the rules dispose.

Every generator is given the case, a ship that does not take its people home, and yields options. None knows a ship, a
person or a station by name.
"""

from collections.abc import Callable, Iterator
from itertools import combinations, islice

from attrs import frozen

from stationsim.planning.options.fleet import Flight, departure, effect_of, flights, kind_with, starts_s
from stationsim.planning.options.option import Edit, Option, Want, change
from stationsim.station.act import Act
from stationsim.station.promises import promise_s
from stationsim.station.responses import response_name
from stationsim.station.situation import CERTIFIED, Situation

FLIGHTS = 3
"""So many of the next flights are thought of in a decision."""

WHO = 3
"""So many ways to choose who stays on a flight on which some give their seats away."""


@frozen(kw_only=True)
class Case:
    """What a decision is about.

    Attributes:
        situation: What the centre that decides believes, over the plan as it stands.
        ship: The ship that does not take its people home.
        people: Whose it was: who has no certified way home.
    """

    situation: Situation
    ship: str
    people: tuple[str, ...]

    def name(self, id_: str) -> str:
        """Return the name of a ship, port or person."""
        return self.situation.station.name(id_)

    @property
    def flights(self) -> tuple[Flight, ...]:
        """The next flights of ships that could carry people home."""
        return tuple(islice((f for f in flights(self.situation) if f.ship != self.ship), FLIGHTS))


def keep(case: Case) -> Iterator[Option]:
    """Keep the plan and everybody's seat."""
    del case
    yield Option(id="keep", generator="keep", text="keep the plan as it stands", moves_seats=False)


def move_seats(case: Case) -> Iterator[Option]:
    """Move people to the best places that the plan leaves."""
    if kind_with(case.situation.station, "fit") is not None:
        yield Option(id="move-seats", generator="move-seats", text="move people to better places, and nothing else")


def hold(case: Case) -> Iterator[Option]:
    """Hold the ship itself, as long as the run sees."""
    leaves = departure(case.situation, case.ship)
    if leaves is not None:
        end_s = case.situation.station.scenario.horizon_s
        edit = Edit(activity=leaves.id, aim_s=end_s)
        text = f"keep {case.name(case.ship)} where it is, as a lifeboat"
        yield Option(id=f"hold-{case.ship}", generator="hold", text=text, edits=(edit,))


def return_empty(case: Case) -> Iterator[Option]:
    """Send the ship home without people as soon as others have places for them."""
    leaves = departure(case.situation, case.ship)
    if leaves is not None:
        edit = Edit(activity=leaves.id, aim_s=case.situation.now_s)
        text = f"send {case.name(case.ship)} home empty as soon as may be"
        before_s = leaves.start_s if leaves.start_s is not None else case.situation.station.scenario.horizon_s
        wants = (Want(activity=leaves.id, before_s=before_s),)
        yield Option(id=f"{case.ship}-empty", generator="return-empty", text=text, edits=(edit,), wants=wants)


def launches(case: Case) -> Iterator[Option]:
    """Launch a ship earlier, or when planned, with all, some or none of its people; or later, with all."""
    for flight in case.flights:
        name = case.name(flight.ship)
        for staying, which, with_whom in _crews(case, flight):
            crew = _crew_edits(case, flight, staying)
            if flight.launch.start_s is not None:
                want = Want(activity=flight.launch.id, before_s=flight.launch.start_s)
                edits = (*crew, *_aimed(flight, case.situation.now_s))
                id_, text = f"{flight.ship}-earlier-{which}", f"launch {name} earlier, {with_whom}"
                yield Option(id=id_, generator="launch-earlier", text=text, edits=edits, wants=(want,))
            if staying != flight.crew:
                text = f"launch {name} when planned, {with_whom}"
                yield Option(id=f"{flight.ship}-{which}", generator="launch-crew", text=text, edits=crew)
        later_s = _next_slot_s(case, flight)
        if later_s is not None:
            edits = _aimed(flight, later_s)
            text = f"launch {name} later, with all its people"
            yield Option(id=f"{flight.ship}-later", generator="launch-later", text=text, edits=edits)


def swaps(case: Case) -> Iterator[Option]:
    """Let the crews of two flights change ships."""
    for flight, other in zip(case.flights, case.flights[1:], strict=False):
        types = {case.situation.station.ships[ship].type for ship in (flight.ship, other.ship)}
        if len(types) == 1 and flight.crew and other.crew:
            edits = tuple(
                change(case.situation, a.arrival.id, {"crew_up": b.crew, "relieves": b.relieves})
                for a, b in ((flight, other), (other, flight))
            )
            text = f"let the crews of {case.name(flight.ship)} and {case.name(other.ship)} change ships"
            yield Option(id=f"swap-{flight.ship}-{other.ship}", generator="swap-crews", text=text, edits=edits)


def _crews(case: Case, flight: Flight) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield who stays on a flight, with a word for it in ids and in texts.

    All; as many as leave seats for those without, who of them in several ways; nobody.
    """
    yield flight.crew, "all", "with all its people"
    for number, staying in enumerate(islice(_some(case, flight), WHO), start=1):
        names = " and ".join(case.name(person) for person in staying)
        yield staying, "some" if number == 1 else f"some-{number}", f"with {names} alone of its people"
    if flight.crew:
        yield (), "none", "without people"


def _some(case: Case, flight: Flight) -> Iterator[tuple[str, ...]]:
    """Yield who could stay where some give their seats to those without; who can do the same is as good."""
    station = case.situation.station
    count = station.type_of(flight.ship).seats - len(case.people)
    known: dict[tuple[object, ...], None] = {}
    for staying in combinations(flight.crew, count) if 0 < count < len(flight.crew) else ():
        people = (station.people[person] for person in staying)
        can = tuple(sorted((person.centre, tuple(sorted(person.skills))) for person in people))
        if can not in known:
            known[can] = None
            yield staying


def who_could_stay(case: Case) -> int:
    """Return the most ways there are to choose who of a flight stays on it."""
    return max((sum(1 for _ in _some(case, flight)) for flight in case.flights), default=0)


def _crew_edits(case: Case, flight: Flight, staying: tuple[str, ...]) -> tuple[Edit, ...]:
    """Return what becomes of crews when some do not fly: they take the next ship of the type, and so does its crew."""
    situation, station = case.situation, case.situation.station
    if staying == flight.crew:
        return ()
    relieves = flight.relieves if staying else ()
    edits = [change(situation, flight.arrival.id, {"crew_up": staying, "relieves": relieves})]
    waiting = tuple(person for person in flight.crew if person not in staying)
    passed = flight.relieves if not staying else ()
    type_ = station.ships[flight.ship].type
    for later in flights(situation):
        if not waiting:
            break
        is_after = starts_s(later.launch) > starts_s(flight.launch)
        if not is_after or station.ships[later.ship].type != type_:
            continue
        every = (*waiting, *later.crew)
        seats = station.type_of(later.ship).seats
        relieved = passed if len(waiting) >= seats and passed else (*passed, *later.relieves)
        edits.append(change(situation, later.arrival.id, {"crew_up": every[:seats], "relieves": relieved}))
        waiting, passed = every[seats:], later.relieves if len(waiting) >= seats else ()
    return tuple(edits)


def _aimed(flight: Flight, aim_s: int) -> tuple[Edit, ...]:
    """Return the edits that let a flight aim at another date: its launch, and the arrival after it."""
    return Edit(activity=flight.launch.id, aim_s=aim_s), Edit(activity=flight.arrival.id, aim_s=aim_s)


def _next_slot_s(case: Case, flight: Flight) -> int | None:
    """Return when the next ship of the type is to be launched."""
    station = case.situation.station
    types = station.ships[flight.ship].type
    after = (f for f in flights(case.situation) if starts_s(f.launch) > starts_s(flight.launch))
    found = next((f for f in after if station.ships[f.ship].type == types), None)
    return None if found is None else found.launch.goal_s


def ports(case: Case, ship: str) -> Iterator[Option]:
    """Let a ship arrive at another port, or be relocated to one after it has come."""
    situation, station = case.situation, case.situation.station
    arrival = next((f.arrival for f in flights(situation) if f.ship == ship), None)
    stands = situation.ship_at.get(ship, "") if arrival is None else (arrival.port or "")
    mechanism = station.type_of(ship).mechanism
    kind = kind_with(station, "relocate")
    for port in station.scenario.ports:
        if port.id == stands or port.mechanism != mechanism:
            continue
        leaves = departure(situation, ship)
        away = () if leaves is None else (change(situation, leaves.id, {"port": (port.id,)}),)
        if arrival is not None:
            there = {"port": (port.id,), "follows": _still_follows(case, arrival)}
            edits = (*_in_time(case, ship, arrival), change(situation, arrival.id, there), *away)
            text = f"let {case.name(ship)} arrive at {port.name}"
            yield Option(id=f"{ship}-to-{port.id}", generator="other-port", text=text, edits=edits)
        if kind is not None and stands in station.ports:
            yield _relocation(case, ship, port.id, kind, arrival, away)


def _still_follows(case: Case, arrival: Act) -> tuple[str, ...]:
    """Return what an arrival follows wherever it goes: not the departures that free the port it was to come to."""
    situation = case.situation

    def frees(id_: str) -> bool:
        before = situation.acts[id_]
        return effect_of(situation, before) in {"undock", "relocate"} and _left(situation, before) == arrival.port

    return tuple(id_ for id_ in situation.activity(arrival.id).follows if not frees(id_))


def _left(situation: Situation, act: Act) -> str | None:
    """Return the port that a ship leaves."""
    if effect_of(situation, act) == "undock" and act.port is not None:
        return act.port
    return next((stay.port for stay in situation.stays if stay.ship == act.ship), None)


def _in_time(case: Case, ship: str, arrival: Act) -> tuple[Edit, ...]:
    """Return the edits that let a flight come no sooner than its arrival at another port can be prepared."""
    situation = case.situation
    activity = situation.activity(arrival.id)
    soonest_s = situation.now_s + situation.station.kinds[activity.kind].port_lead_s
    if arrival.start_s is None or arrival.start_s >= soonest_s:
        return ()
    launch = next(f.launch for f in flights(situation) if f.ship == ship)
    lag_s = activity.at.lo_s if activity.at.after == launch.id else 0
    return Edit(activity=launch.id, aim_s=soonest_s - lag_s), Edit(activity=arrival.id, aim_s=soonest_s)


def _relocation(case: Case, ship: str, port: str, kind: str, arrival: Act | None, away: tuple[Edit, ...]) -> Option:
    station = case.situation.station
    fields = (
        ("kind", "", kind),
        ("name", "", f"{case.name(ship)} to {case.name(port)}"),
        ("centre", "", station.ships[ship].centre),
        ("ship", "", ship),
        ("port", "", port),
        ("follows", "", "" if arrival is None else arrival.id),
    )
    id_ = f"{ship}-relocation-{port}"
    new = Edit(activity=id_, fields=fields, aim_s=case.situation.now_s, is_new=True)
    end_s = station.scenario.horizon_s
    text = f"relocate {case.name(ship)} to {case.name(port)}"
    wants = (Want(activity=id_, before_s=end_s),)
    return Option(id=f"relocate-{ship}-{port}", generator="relocate", text=text, edits=(new, *away), wants=wants)


def early_returns(case: Case, ship: str) -> Iterator[Option]:
    """Let the people go home with another ship when they were promised, not when that ship was to leave."""
    situation = case.situation
    leaves = departure(situation, ship)
    promised = [at_s for at_s in (promise_s(p, situation) for p in case.people) if at_s is not None]
    if leaves is None or not promised or situation.status(ship) != CERTIFIED:
        return
    goal_s = leaves.start_s if leaves.start_s is not None else leaves.goal_s
    if goal_s is not None and goal_s <= max(promised):
        return
    own = change(situation, leaves.id, {"after": ()}, aim_s=max(promised))
    # a week of grace: a return that waits for whatever else is another option
    want = Want(activity=leaves.id, before_s=max(promised) + 7 * 86400)
    text = f"bring them home in {case.name(ship)} when it was promised"
    yield Option(id=f"{ship}-returns-early", generator="return-early", text=text, edits=(own,), wants=(want,))


def remedies(case: Case) -> Iterator[Option]:
    """Carry out a response that is on offer against what struck the ship; with and without better places meanwhile.

    It comes into the plan as an activity of its own, or as a task of one that is planned. A posture is taken where the
    kind of the response demands one.
    """
    situation = case.situation
    station = situation.station
    for incident in situation.known:
        if station.ship_of(station.incidents[incident].node) != case.ship:
            continue
        for response in (found for found in station.mode_of(incident).responses if found.offered):
            text = response_name(station, incident, response.id)
            calls = ((incident, response.id),)
            id_ = f"{response.id}-{incident}"
            yield Option(id=id_, generator="remedy", text=text, moves_seats=False, calls=calls)
            moved = f"{text}; move people to better places meanwhile"
            yield Option(id=f"{id_}-move-seats", generator="remedy", text=moved, calls=calls)


FIRST: tuple[Callable[[Case], Iterator[Option]], ...] = (
    keep,
    move_seats,
    launches,
    hold,
    return_empty,
    swaps,
    remedies,
)
"""What is thought of first; `rules-first` takes the first of them, in this order, that leaves nobody without a seat."""

FURTHER: tuple[Callable[[Case, str], Iterator[Option]], ...] = (ports, early_returns)
"""What is combined with the best options that bring a ship, in this order: where it stands, then when it leaves."""
