"""Whatever strikes and whoever decides: seats, ports and people are consistent at every event; plans verify."""

import attrs
from attrs import frozen
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from kernel.runs import Steps, whole
from kernel.test_laws import asks_nobody_twice, folds, has_causes, has_one_ship_per_port, is_in_order, seats_everybody
from worlds import CAPSULE, DAY, DRIP, HOUR, KINDS, Incident, activity, at, kind, person, role, rule, ship, sortie, tiny

from stationsim.kernel.opening import open_world
from stationsim.kernel.simulate import run_out, simulate
from stationsim.log.kinds import Kind
from stationsim.planning.policies import Decision, Policy, best_by_lookahead, do_nothing, rules_first, takes_whole
from stationsim.planning.revision import Revision
from stationsim.planning.verify import verify
from stationsim.scenario.draw import draw
from stationsim.scenario.model import Mode, Port, Question, Response, Scenario, Waiver, When
from stationsim.station.seats import level_of
from stationsim.station.situate import situate
from stationsim.station.station import Station

LAST = 120
PORTS = (("aft", "core", "stern"), ("top", "lab", "bow"), ("side", "core", "stern"))
BOOK = (
    rule("needs-health"),
    rule("aboard"),
    rule("port-free"),
    rule("ready", kinds=("launch",)),
    rule("precedence"),
    rule("exclusive"),
    rule("setup"),
    rule("arrival", kinds=("launch",)),
    rule("life-limit", kinds=("undocking",), severity="soft", waived_by="somebody"),
)
MAYBE = (
    rule("handover", kinds=("undocking",), gap_s=5 * DAY),
    rule("airlock-port", kinds=("sortie",), capability="crewed-return"),
    rule("ship-status", kinds=("sortie",), capability="crewed-return", until="no-date"),
    rule("seats", kinds=("undocking",), severity="safety"),
    rule("segment-crew", kinds=("undocking",), count=1),
    rule("spacing", kinds=("sortie",), others=("docking", "undocking", "relocation"), gap_s=DAY),
)


HALT = Mode(
    id="halt",
    text="the pump stands still",
    how="change",
    questions=(Question(id="usable", text="usable?", after_s=DAY, source="a test"),),
    responses=(
        Response(
            id="mend", kind="task", duration_s=2 * HOUR, by="ground", lead_s=3 * DAY, mends=True,
            answers="back", offered=True, source="a test",
        ),
    ),
    source="a test",
)  # fmt: skip
STRIKES = (
    Incident(id="drip", leak="drip", node="swift/loop", at_s=DAY, hole_m=0.001),
    Incident(id="halt", change="halt", node="swift/loop", at_s=DAY),
    Incident(id="halt", change="halt", node="swift/loop", at_s=DAY, failures=(("mend", 2),)),
    Incident(id="halt", reading="halt", node="swift/loop", at_s=DAY),
)


@frozen(kw_only=True)
class Whim:
    """Takes some option or other, always the same one for the same number."""

    number: int
    name: str = "whim"
    takes_whole: bool = True

    def decide(self, decision: Decision, look) -> str:
        found = decision.open
        return found[self.number % len(found)].id

    def revise(self, situations, proposal: Revision) -> Revision:
        return proposal


POLICIES = st.one_of(
    st.sampled_from((best_by_lookahead, rules_first, do_nothing)), st.integers(0, 30).map(lambda n: Whim(number=n))
)


@st.composite
def stations(draw: st.DrawFn) -> Scenario:
    """A station of three ports, crews that come and go in capsules, and a leak on the first of them."""
    crews = (("ann", "ben", "eve")[: draw(st.integers(1, 3))], ("dan", "zoe")[: draw(st.integers(0, 2))], ("kim",))
    seats, places = draw(st.integers(max(map(len, crews)), 4)), draw(st.integers(0, 3))
    days = [draw(st.integers(20, 40)), draw(st.integers(45, 70))]
    gaps = [draw(st.integers(3, 15)) for _ in range(3)]
    other = draw(st.booleans())
    ready = [draw(st.one_of(st.none(), st.integers(5, day))) for day in days]
    vehicles = [
        ship("swift", "capsule", port="aft", launched_s=-11 * DAY, docked_s=-10 * DAY),
        *(
            ship(name, "capsule", ready=None if from_ is None else When(lo_s=from_ * DAY, hi_s=from_ * DAY + 1))
            for name, from_ in zip(("heron", "wren"), ready, strict=True)
        ),
        ship("mule", "freighter", centre="south", port="top", docked_s=-5 * DAY),
    ]
    if other:
        vehicles.append(ship("lark", "capsule", port="side", launched_s=-20 * DAY, docked_s=-19 * DAY))
    people = [
        person(id_, "south" if id_ == "eve" else "north", skills=("walk",), aboard=True, seat="swift")
        for id_ in crews[0]
    ]
    people += [person(id_, skills=("walk",), seat="heron") for id_ in crews[1]]
    people += [person(id_, "south", skills=("walk",), seat="wren") for id_ in crews[2]]
    if other:
        people.append(person("moe", "south", skills=("walk",), aboard=True, seat="lark"))
    plan = [
        *_flight("heron", "top" if other or draw(st.booleans()) else "side", days[0], gaps[0], crews[1], crews[0]),
        *_flight("wren", "aft", days[1], gaps[1], crews[2], crews[1]),
        activity("mule-off", "undocking", 15 * DAY, ship="mule", port="top", centre="south"),
        activity("swift-off", "undocking", (days[0] + gaps[2]) * DAY, ship="swift", port="aft"),
    ]
    if other:
        plan.append(activity("lark-off", "undocking", draw(st.integers(10, 100)) * DAY, ship="lark", port="side"))
    walker = role(crews[0][0], name="ev")
    plan += [
        sortie(f"walk-{n}", day * DAY + 10 * HOUR, people=(walker,))
        for n, day in enumerate(draw(st.lists(st.integers(8, days[0] - 2), max_size=3, unique=True)))
    ]
    return tiny(
        horizon_s=LAST * DAY,
        types=tuple(
            attrs.evolve(t, seats=seats, contingency=places) if t.id == CAPSULE.id else t for t in tiny().types
        ),
        ports=tuple(
            Port(
                id=id_,
                name=f"Port {id_}",
                host=host,
                mechanism="probe",
                direction=id_,
                zone=zone,
                wets=(zone,),
                source="a test",
            )
            for id_, host, zone in PORTS
        ),
        kinds=(
            *KINDS,
            kind("seat-move", "skeleton", "fit", lead_s=DAY, duration_s=4 * HOUR, usual_s=13 * HOUR, worth_s=2 * DAY),
        ),
        vehicles=vehicles,
        people=people,
        activities=plan,
        rules=(*BOOK, *draw(st.lists(st.sampled_from(MAYBE), unique_by=lambda r: r.id))),
        modes=(DRIP, HALT),
        incidents=(attrs.evolve(draw(st.sampled_from(STRIKES)), at_s=draw(st.integers(1, 30)) * DAY),),
    )


def _flight(name: str, port: str, day: int, stay: int, crew: tuple[str, ...], relieved: tuple[str, ...]):
    yield activity(f"{name}-up", "launch", day * DAY, ship=name)
    yield activity(
        f"{name}-in",
        "docking",
        at(6 * HOUR, 6 * HOUR + 1, f"{name}-up"),
        ship=name,
        port=port,
        crew=crew,
        relieves=relieved,
    )
    yield activity(
        f"{name}-off", "undocking", at((stay + 20) * DAY, (stay + 21) * DAY, f"{name}-in"), ship=name, port=port
    )


def waived(scenario: Scenario) -> Scenario | None:
    """Waive what the plan breaks from the start; None where ships or people would be in two places."""
    broken = verify(open_world(Station.of(draw(scenario))).situations())
    if any(item.rule in {rule_.id for rule_ in BOOK} for item in broken):
        return None
    pairs = dict.fromkeys((item.rule, item.activity) for item in broken)
    found = [Waiver(rule=rule_, activity=id_, rationale="so planned") for rule_, id_ in pairs]
    rules = tuple(attrs.evolve(r, waived_by="somebody") for r in scenario.rules)
    return attrs.evolve(scenario, rules=rules, waivers=tuple(found))


def seats_nobody_twice(steps: Steps) -> None:
    """A ship holds no more fit items than it has seats; everybody's cover is what the ladder says."""
    for state, _ in steps.states:
        for name in state.station.ships:
            seated = [p for p in state.aboard if state.fit.get(p) == name and p not in state.improvised]
            assert len(seated) <= max(state.station.type_of(name).seats, 0), (name, state.now_s)
        for person_, seat in state.seats.items():
            assert seat.level == level_of(state, person_), (person_, state.now_s)


def has_nobody_in_two_places(steps: Steps) -> None:
    """Who is aboard came once and has not left since."""
    aboard: set[str] = set()
    for row in steps.world.log:
        if row.kind is Kind.BOARDED:
            assert row.subject not in aboard, row
            aboard.add(row.subject)
        elif row.kind is Kind.LEFT:
            assert row.subject in aboard, row
            aboard.remove(row.subject)


def verifies_after_each_review(steps: Steps) -> None:
    """A revised plan breaks no rule, but a soft one where there is no other date: then the row of the date says so."""
    reviewed = {row.step for row in steps.world.log if row.kind is Kind.REVIEWED}
    for state, _ in steps.states:
        if state.step in reviewed:
            found = verify({centre: situate(state, centre) for centre in state.station.centres})
            told = {item: steps.world.log.row(state.acts[item.activity].row).text or "" for item in found}
            silent = [
                item
                for item in found
                if item.severity != "soft" or item.rule not in told[item].partition("there is no other date, ")[2]
            ]
            assert not silent, (
                f"t={state.now_s}: {[(item.rule, item.activity, item.other, item.reason) for item in silent]}"
            )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(stations(), POLICIES)
def test_whoever_decides_seats_ports_and_people_are_consistent(scenario, policy):
    scenario = waived(scenario)
    assume(scenario is not None)
    _is_consistent(scenario, policy)


def _is_consistent(scenario: Scenario, policy: Policy) -> None:
    """Run a scenario whose plan keeps its rules, and ask of every state and row on the way what must hold."""
    scenario = draw(scenario)
    world = open_world(Station.of(scenario), policy=policy)
    states = [(world.state.copy(), len(world.log))]
    run_out(world, after_step=lambda: states.append((world.state.copy(), len(world.log))))
    steps = Steps(world=world, states=tuple(states))
    folds(steps)
    is_in_order(world.log)
    has_causes(world.log)
    has_one_ship_per_port(steps)
    seats_everybody(steps)
    asks_nobody_twice(steps)
    has_nobody_in_two_places(steps)
    seats_nobody_twice(steps)
    if takes_whole(policy):
        verifies_after_each_review(steps)
    assert simulate(scenario, policy=policy).rows == world.log.rows


# --- the same over the plan that comes with the package ---------------------------------------------------------------

LOOPS = ("soyuz-ms-22/external-loop", "progress-ms-20/external-loop", "progress-ms-21/external-loop")


@frozen(kw_only=True)
class Turn:
    """How the increment of December 2022 goes otherwise: what leaks when, which ship is ready, how many places."""

    until: str
    node: str
    day: int
    hole_m: float
    second: str | None
    second_day: int
    ready_day: int | None
    places: int

    @property
    def scenario(self) -> Scenario:
        scenario = whole("soyuz-ms22").until(self.until)
        (loop,) = scenario.incidents
        incidents = [attrs.evolve(loop, node=self.node, at_s=self.day * DAY, hole_m=self.hole_m)]
        if self.second not in (None, self.node):
            incidents.append(attrs.evolve(loop, id="second", node=self.second, at_s=self.second_day * DAY))
        ready = None if self.ready_day is None else When(lo_s=self.ready_day * DAY, hi_s=self.ready_day * DAY + 1)
        return attrs.evolve(
            scenario,
            incidents=tuple(incidents),
            vehicles=tuple(attrs.evolve(v, ready=ready) if v.id == "soyuz-ms-23" else v for v in scenario.vehicles),
            types=tuple(attrs.evolve(t, contingency=self.places) if t.contingency else t for t in scenario.types),
        )


TURNS = st.builds(
    Turn,
    until=st.sampled_from(("2023-03-31", "2023-04-30", "2023-06-15")),
    node=st.sampled_from((LOOPS[0], *LOOPS)),
    day=st.integers(2, 60),
    hole_m=st.sampled_from((0.0008, 0.002, 0.01)),
    second=st.sampled_from((None, *LOOPS[1:])),
    second_day=st.integers(5, 90),
    ready_day=st.sampled_from((None, 60, 75, 90)),
    places=st.integers(0, 4),
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TURNS, POLICIES)
def test_whoever_decides_about_the_shipped_increment_all_is_consistent(turn, policy):
    _is_consistent(turn.scenario, policy)
