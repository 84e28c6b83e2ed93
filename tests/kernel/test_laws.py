"""What is true of every run, whatever strikes: of the shipped scenarios and of perturbations nobody thought of."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kernel.runs import ENDS, UNDECIDED, Steps, Told, calm, compared, shipped, stepped, told, whole

from stationsim.kernel.simulate import simulate
from stationsim.log.kinds import Kind
from stationsim.log.log import Log
from stationsim.planning.policies import DEFAULT, Policy
from stationsim.planning.verify import verify
from stationsim.scenario.draw import draw
from stationsim.scenario.model import Scenario
from stationsim.station.fold import apply, replay
from stationsim.station.situate import situate
from stationsim.station.state import State
from stationsim.station.station import Station
from stationsim.station.transitions import AHEAD, ATTEMPT, Life
from stationsim.units import format_utc

SHIPPED = ("arm-out", "soyuz-ms22", "quiet-increment")
HORIZON = "2023-03-15"
LAST_DAY = 60
OUTCOMES = {
    "kept", "moved", "reassigned", "changed", "postponed", "cancelled", "terminated", "aborted", "failed", "paused",
    "added", "called_off", "unfinished",
}  # fmt: skip

# --- what is true of every run ----------------------------------------------------------------------------------------


def folds(steps: Steps) -> None:
    """The log alone gives the state, at the end and after every step."""
    state = State.blank(steps.world.station)
    at = 0
    for seen, count in steps.states:
        while at < count:
            apply(state, steps.world.log, at)
            at += 1
        assert state == seen
    assert replay(steps.world.station, steps.world.log) == steps.world.state


def goes_on(steps: Steps, chosen: list[int]) -> None:
    """A run that goes on from the state after a step writes the same tail."""
    log = steps.world.log
    for index in chosen:
        state, count = steps.states[index]
        tail = simulate(steps.world.station.scenario, state=state, policy=steps.world.policy)
        assert tail.rows == log.rows[count:], f"from step {index}"
        assert tail.tables == {
            name: [row for row in rows if int(str(row[0])) >= count] for name, rows in log.tables.items()
        }


def is_asked_enough(steps: Steps, scenario: Scenario) -> None:
    """To poll only those whose rules read what changed gives the same log as to poll all."""
    every = stepped(scenario, polls_all=True, policy=steps.world.policy).world.log
    assert every.rows == steps.world.log.rows
    assert every.tables == steps.world.log.tables


def is_in_order(log: Log) -> None:
    """Rows are numbered, time never runs backwards, a cause is an earlier row, a step is one second."""
    assert [row.seq for row in log] == list(range(len(log)))
    for before, after in pairwise(log):
        assert (before.t_s, before.step) <= (after.t_s, after.step)
        assert before.step != after.step or before.t_s == after.t_s
    assert all(row.cause < row.seq for row in log if row.cause is not None)
    assert all(0 <= int(str(cause)) < int(str(seq)) for seq, cause in log.tables["causes"])


def has_causes(log: Log) -> None:
    """Only opening rows and incidents begin a chain; a start hangs on the row that gave its date, an end on it."""
    dated: dict[str, int] = {}
    started: dict[str, int] = {}
    for row in log:
        if row.step > 0:
            assert (row.cause is None) == (row.kind in {Kind.STRUCK, Kind.STAYED_AWAY}), row
        if row.kind in {Kind.PLANNED, Kind.ADDED, Kind.MOVED, Kind.REASSIGNED, Kind.FILLED, Kind.RELEASED}:
            dated[row.subject] = row.seq
        elif row.kind is Kind.STARTED:
            assert row.cause == dated[row.subject], row
            started[row.subject] = row.seq
        elif row.kind is Kind.FINISHED:
            assert row.cause == started[row.subject], row


GOING_ON = {Kind.RELEASED, Kind.PAUSED, Kind.RESUMED, Kind.WORKED}
"""Kinds that an attempt goes through without an end."""


def ends_once(steps: Steps) -> None:
    """An activity has one end or is still ahead; every attempt ends before the next begins."""
    log, acts = steps.world.log, steps.world.state.acts
    for id_, act in acts.items():
        rows = [row for row in log if row.subject == id_]
        ends = [row for row in rows if row.kind in ENDS]
        assert len(ends) == (0 if act.life in AHEAD else 1), id_
        assert act.life not in ATTEMPT, id_
        is_open = False
        for row in rows:
            if row.kind is Kind.CALLED_OFF or row.kind in ENDS:
                assert is_open or row.kind is Kind.GIVEN_UP, row
                is_open = False
            elif row.kind is Kind.FAILED:
                assert is_open, row
                is_open = False
            elif row.kind in {Kind.PREPARED, Kind.HELD, Kind.STARTED}:
                is_open = True
            else:
                assert not is_open or row.kind in GOING_ON, row
        assert not is_open, id_


def occupies_nothing_without_a_date(steps: Steps) -> None:
    for state, _ in steps.states:
        for act in state.acts.values():
            assert (act.start_s is None) == (act.life in {Life.UNDATED, Life.GIVEN_UP}), act


def has_one_ship_per_port(steps: Steps) -> None:
    state = State.blank(steps.world.station)
    for seq in range(len(steps.world.log)):
        apply(state, steps.world.log, seq)
        ports = [place for place in state.ship_at.values() if place in state.station.ports]
        assert len(ports) == len(set(ports)), steps.world.log.row(seq)


def seats_everybody(steps: Steps) -> None:
    """Whoever is aboard has a seat class, that of the ship with their fit items; nobody else has one."""
    for state, _ in steps.states:
        assert set(state.seats) == set(state.aboard)
        for person, seat in state.seats.items():
            assert seat.ship == state.fit.get(person)
            assert steps.world.log.row(seat.row).kind is Kind.SEATED


def books_no_hour_twice(log: Log) -> None:
    worked: dict[str, list[tuple[int, int, str]]] = {}
    for row in log:
        if row.kind is Kind.WORKED:
            worked.setdefault(str(row.object), []).append((row.start_s or 0, row.until_s or 0, row.subject))
    for person, spans in worked.items():
        for (_, until_s, before), (start_s, _, after) in pairwise(sorted(spans)):
            assert until_s <= start_s, f"{person}: {before} and {after}"
        assert all(start_s < until_s for start_s, until_s, _ in spans), person


def asks_nobody_twice(steps: Steps) -> None:
    """Nobody and nothing that serves one at a time is in two attempts at once."""
    for state, _ in steps.states:
        taken: dict[str, str] = {}
        for act in state.acts.values():
            if act.life in ATTEMPT:
                for thing in (*act.people, *act.uses):
                    assert thing not in taken, f"{thing}: {taken.get(thing)} and {act.id} at {state.now_s}"
                    taken[thing] = act.id


def is_blamed(run: Told) -> None:
    """Whoever asks why comes to the incident: it stands up the causes of the row that decided each change."""
    struck = {row.subject: row.seq for row in run.rows(Kind.STRUCK)}
    for subject, change in run.changes.items():
        assert change["incident"] in struck, change
        caused = [row for row in run.log if row.cause == change["cause_seq"]]
        # A return may be lost to what became of the move into its ship, and a departure takes others for that reason.
        by_others = change["kind"] == "return" or "crew_down" in change["differs"]
        row = [row for row in caused if row.subject == subject or by_others][-1]
        assert struck[str(change["incident"])] in run.up(row.seq), subject


def verifies(steps: Steps) -> None:
    """After each review the plan breaks no rule that is not waived."""
    reviewed = {row.step for row in steps.world.log if row.kind is Kind.REVIEWED}
    for state, _ in steps.states:
        if state.step in reviewed:
            found = verify({centre: situate(state, centre) for centre in state.station.centres})
            assert not found, f"t={state.now_s}: {[(item.rule, item.activity, item.other) for item in found]}"


def adds_up(run: Told) -> None:
    """The ledger is the difference of the two logs, and its lines add up to the totals."""
    lines = run.impact.ledger
    for total in run.impact.totals.to_dict("records"):
        own = lines[lines.quantity == total["quantity"]]
        for column in ("nominal", "disrupted", "difference"):
            assert own[column].sum() == pytest.approx(total[column], rel=1e-9, abs=1e-9)
    seats = run.impact.totals[run.impact.totals.quantity.str.startswith("person_hours_seat_class")]
    assert seats.nominal.sum() == pytest.approx(sum(aboard_h(run.outcome.nominal, run)), rel=1e-12)
    assert seats.disrupted.sum() == pytest.approx(sum(aboard_h(run.log, run)), rel=1e-12)


def loses_nothing(run: Told) -> None:
    """Planned = kept + moved + postponed + ...: what the file plans has one outcome, and so has what was added."""
    told = run.impact.changes
    activities = told[told.kind != "return"]
    assert len(set(activities.subject)) == len(activities)
    added = {row.subject for row in (*run.outcome.nominal, *run.log) if row.kind in {Kind.ADDED, Kind.INSERTED}}
    assert set(activities.subject) == {activity.id for activity in run.scenario.activities} | added
    assert set(activities.outcome) <= OUTCOMES


def aboard_h(log: Log, run: Told) -> list[float]:
    """Return how long each stay of a person lasted [h], up to the horizon."""
    since: dict[str, int] = {}
    stays = []
    for row in log:
        if row.kind is Kind.BOARDED:
            since[row.subject] = row.t_s
        elif row.kind is Kind.LEFT:
            stays.append((row.t_s - since.pop(row.subject)) / 3600)
    return stays + [(run.scenario.horizon_s - t_s) / 3600 for t_s in since.values()]


def obeys(scenario: Scenario, nominal: Log, chosen: Callable[[int], list[int]], policy: Policy = UNDECIDED) -> None:
    """Everything above; `chosen` gives the steps, of so many, after which the run goes on anew."""
    steps = stepped(scenario, policy=policy)
    folds(steps)
    goes_on(steps, chosen(len(steps.states)))
    is_asked_enough(steps, scenario)
    is_in_order(steps.world.log)
    has_causes(steps.world.log)
    ends_once(steps)
    occupies_nothing_without_a_date(steps)
    has_one_ship_per_port(steps)
    seats_everybody(steps)
    books_no_hour_twice(steps.world.log)
    asks_nobody_twice(steps)
    verifies(steps)
    run = compared(steps, nominal)
    is_blamed(run)
    adds_up(run)
    loses_nothing(run)


# --- the shipped scenarios --------------------------------------------------------------------------------------------


def without_incidents(scenario: Scenario) -> Scenario:
    return attrs.evolve(scenario, incidents=tuple(found for found in scenario.incidents if found.background))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_obeys_every_law_and_goes_on_from_every_step(name):
    scenario = shipped(name)
    obeys(scenario, calm(without_incidents(scenario)), lambda count: list(range(count)))


def test_a_scenario_in_which_something_is_decided_obeys_every_law_and_goes_on_around_the_decision():
    scenario = whole("soyuz-ms22")

    def chosen(count: int) -> list[int]:
        rows = stepped(scenario, policy=DEFAULT).world.log
        step = next(row.step for row in rows if row.kind is Kind.CHOSEN)
        return [step - 1, step, step + 1, count // 2, count - 1]

    obeys(scenario, calm(without_incidents(scenario)), chosen, DEFAULT)


def test_a_run_and_its_steps_are_the_same_log():
    scenario = shipped("soyuz-ms22")
    assert told(scenario).log.rows == stepped(scenario).world.log.rows
    assert told(scenario).outcome.nominal.rows == calm(without_incidents(scenario)).rows


# --- perturbations nobody thought of ----------------------------------------------------------------------------------

CALM = shipped("soyuz-ms22").without("loop").until(HORIZON)
STATION = Station.of(CALM)
LEAKS = tuple(
    (mode.id, node.id)
    for node in STATION.graph.nodes
    for mode in CALM.modes
    if mode.how == "leak" and node.type in mode.types and STATION.holds(node.id) is not None
    if STATION.ship_of(node.id) is None or STATION.ships[STATION.ship_of(node.id) or ""].port is not None
)
"""What can leak where: coolant of ships and of the station, propellant and its gas, water of suits."""
BREAKABLE = tuple(
    node.id
    for node in STATION.graph.nodes
    if node.type in {"arm", "arm-joint", "latching-end", "airlock", "suit-emu", "suit-orlan"}
    or (node.type == "person" and STATION.people[node.id].aboard)
)
NEEDED_BY_NOTHING = ("toilet-nauka", "treadmill-zvezda", "truss-camera-port", "beam")

TIGHT = tuple(
    int((datetime.fromisoformat(text) - CALM.start_utc).total_seconds())
    for text in ("2022-12-15T00:45Z", "2022-12-15T02:18:45Z", "2022-12-15T02:19Z", "2022-12-19T12:44Z")
)
"""Moments shortly before a sortie, some with the alarm in the very second of its start."""

seconds = st.sampled_from(TIGHT) | st.integers(0, LAST_DAY * 86400)
hours = st.integers(1, 60 * 24).map("{} h".format)


@st.composite
def perturbed(draw: st.DrawFn) -> Scenario:
    """The plan of December 2022 with one or two incidents: leaks and failures, false ones too."""
    scenario = CALM
    for number in range(draw(st.integers(1, 2))):
        at = format_utc(CALM.start_utc + timedelta(seconds=draw(seconds)))
        record: dict[str, object] = {"id": f"trouble-{number}", "at": at}
        if draw(st.booleans()):
            mode, node = draw(st.sampled_from(LEAKS))
            is_false = draw(st.booleans())
            record |= {"reading" if is_false else "leak": mode, "node": node}
            record |= {} if is_false else {"hole": f"{draw(st.integers(3, 120)) / 10} mm"}
            if not is_false and draw(st.booleans()):
                record |= {"grows": f"{draw(st.integers(1, 500)) / 10} mm2/d"}
            if not is_false and draw(st.booleans()):
                record |= {"lasts": draw(hours)}
        else:
            is_false = draw(st.booleans())
            record |= {"reading" if is_false else "change": "failed", "node": draw(st.sampled_from(BREAKABLE))}
            keys = ("expect",) if is_false else ("lasts", "expect")
            record |= {key: draw(hours) for key in keys if draw(st.booleans())}
        scenario = scenario.with_incident(**record)
    return scenario


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(perturbed(), st.randoms(use_true_random=False))
def test_whatever_strikes_every_law_holds(scenario, random):
    obeys(scenario, calm(CALM), lambda count: random.sample(range(count), 3))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(perturbed())
def test_without_an_attributable_incident_there_is_no_impact(scenario):
    background = tuple(attrs.evolve(incident, background=True) for incident in scenario.incidents)
    run = told(attrs.evolve(scenario, incidents=background))
    assert run.changes == {}
    assert run.costs == {}


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(perturbed(), st.sampled_from(NEEDED_BY_NOTHING), st.booleans())
def test_an_incident_that_nothing_hangs_on_changes_nothing_else(scenario, node, background):
    alone = told(scenario)
    at = format_utc(CALM.start_utc + timedelta(days=3))
    both = told(
        scenario.with_incident(id="aside", change="failed", node=node, at=at, lasts="2 d", background=background)
    )
    assert starts(both.log) == starts(alone.log)
    assert both.outcomes == alone.outcomes
    assert {q: both.costs[q] for q in both.costs if q != "detection_delay"} == pytest.approx(
        {q: alone.costs[q] for q in alone.costs if q != "detection_delay"}
    )


def starts(log: Log) -> list[tuple[int, str]]:
    return [(row.t_s, row.subject) for row in log if row.kind is Kind.STARTED]


def test_an_unrelated_activity_or_incident_leaves_draws_unchanged():
    """Each number comes from the stream of its own incident."""
    leak = {"at": "2022-12-15T00:45Z", "hole": "uniform(0.5 mm, 1 mm)", "id": "loop"}
    alone = CALM.with_leak("soyuz-ms-22/external-loop", **leak)
    other = alone.with_incident(
        id="aside", change="failed", node="toilet-nauka", at="2022-12-14T06:00Z", lasts="uniform(1 d, 2 d)"
    )
    one, two = (draw(scenario, seed=7).incidents for scenario in (alone, other))
    assert one[0] == two[0]
    assert 0.5e-3 < one[0].hole_m < 1e-3
    moved = stepped(alone).world.log
    flown = stepped(alone.without("us-eva-85")).world.log
    assert [row.value for row in moved if row.kind is Kind.STRUCK] == [
        row.value for row in flown if row.kind is Kind.STRUCK
    ]
