"""What is looked up once, or asked in a shorter way, is what would be found anew and in full."""

from collections.abc import Iterator
from itertools import pairwise

import attrs
import pytest
from kernel.runs import shipped, stepped

from stationsim.kernel.opening import open_world
from stationsim.kernel.simulate import run_out
from stationsim.planning import repair as repairing
from stationsim.planning.policies import rules_first
from stationsim.planning.windows import Placed, forbidden, is_clear
from stationsim.scenario.draw import draw
from stationsim.scenario.model import Activity
from stationsim.station.act import Act
from stationsim.station.choice import cast_of, choose
from stationsim.station.rules import blocks, gaps, separations
from stationsim.station.situate import situate
from stationsim.station.situation import UNUSABLE, Situation, over
from stationsim.station.state import State, Status
from stationsim.station.station import Station
from stationsim.station.transitions import AHEAD

NAMES = ("soyuz-ms22", "debris-avoidance", "landing-by-daylight")
KEPT = {"kept", "said", "peers"}
"""What a situation only looks up, and who else believes something over the same plan."""


def states(name: str, count: int = 6) -> Iterator[State]:
    """Yield some states of a shipped scenario, a decision among what led to them."""
    found = stepped(shipped(name), policy=rules_first).states
    yield from (state for state, _ in found[:: max(1, len(found) // count)])


def situations_of(state: State) -> dict[str, Situation]:
    """Return what every centre believes in a state."""
    return {centre: situate(state, centre) for centre in state.station.centres}


def dated(situation: Situation) -> dict[str, Placed]:
    """Return everything ahead that has a date."""
    acts = (act for act in situation.acts.values() if act.life in AHEAD and act.start_s is not None)
    return {a.id: Placed(choice=choose(situation, a.id, cast_of(a)), start_s=a.start_s or 0) for a in acts}


@pytest.mark.parametrize("name", NAMES)
def test_what_a_centre_believes_between_two_rows_is_the_same(name: str) -> None:
    world = open_world(Station.of(draw(shipped(name))), policy=rules_first)
    fields = [field.name for field in attrs.fields(Situation) if field.name not in KEPT]

    def compare() -> None:
        for centre in world.station.centres:
            new = situate(world.state, centre)
            kept = world.situation_of_centre(centre)
            assert all(getattr(kept, field) == getattr(new, field) for field in fields)

    run_out(world, after_step=compare)
    world.begin_step(world.state.now_s + 60)
    assert [found.now_s for found in world.situations().values()] == [world.state.now_s] * len(world.station.centres)


@pytest.mark.parametrize("name", NAMES)
def test_a_date_is_clear_where_no_window_holds_it(name: str) -> None:
    answers = set()
    for state in states(name):
        for situation in situations_of(state).values():
            every = dated(situation)
            for id_, placed in every.items():
                others = {other: beside for other, beside in every.items() if other != id_}
                for shift_s in (0, 3600, -43200, 7 * 86400):
                    moved = attrs.evolve(placed, start_s=placed.start_s + shift_s)
                    held = [w for w in forbidden(placed.choice, situation, others) if w.holds(moved.start_s)]
                    for ignored in ((), ("soft",)):
                        expected = not any(w.block.severity not in ignored for w in held)
                        assert is_clear(moved, situation, others, ignores=ignored) == expected
                        answers.add(expected)
    assert answers == {True, False}


@pytest.mark.parametrize("name", NAMES)
def test_two_choices_are_free_of_each_other_both_ways_round(name: str) -> None:
    for state in states(name, 3):
        for situation in situations_of(state).values():
            every = list(dated(situation).values())
            for one in every:
                beside = [(other, gap) for other, gap in gaps(one.choice, every, situation)]
                assert beside == [
                    (other, gap)
                    for other in every
                    if other is not one
                    for gap in separations(one.choice, other.choice, new(situation))
                ]


def new(situation: Situation) -> Situation:
    """Return the same belief over a station that has not been asked anything about two choices."""
    station = situation.station.with_incidents(situation.station.scenario.incidents)
    station.apart = {}
    return attrs.evolve(situation, station=station)


def wishing(act: Act, number: int) -> Act:
    """Return an activity that is wished for some days sooner or later: a plan in which much is in the way of much."""
    is_ahead = act.life in AHEAD and act.wish_s is not None
    return attrs.evolve(act, wish_s=(act.wish_s or 0) + (number % 5 - 2) * 86400) if is_ahead else act


def in_a_row(state: State) -> dict[str, Activity]:
    """Return the traffic ahead, each of it following the work that is wished for before it."""
    kinds, found = state.station.kinds, [act for act in state.acts.values() if act.life in AHEAD and act.wish_s]
    ordered = sorted(found, key=lambda act: (act.wish_s, act.id))
    records = [state.activity(act.id) for act in ordered]
    return {
        two.id: attrs.evolve(two, follows=(*two.follows, one.id))
        for one, two in pairwise(records)
        if kinds[one.kind].layer == "work" and kinds[two.kind].layer == "skeleton" and one.id not in two.follows
    }


@pytest.mark.parametrize("name", NAMES)
def test_rules_say_the_same_of_a_plan_that_a_repair_has_changed_under_them(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = 0
    for state in states(name, 12):
        acts = {id_: wishing(act, number) for number, (id_, act) in enumerate(state.acts.items())}
        added = state.added | in_a_row(state)
        situations = {c: attrs.evolve(found, acts=acts, added=added) for c, found in situations_of(state).items()}
        kept = repairing.repair(situations, explains=True)
        with monkeypatch.context() as patched:
            patched.setattr(repairing, "reads_of_plan", lambda _: None)
            assert repairing.repair(situations, explains=True) == kept
        changed += len(kept.changes)
    assert changed > 50


@pytest.mark.parametrize("name", NAMES)
def test_what_a_rule_said_of_a_choice_is_asked_again_once_its_own_act_is_another(name: str) -> None:
    for state in states(name, 3):
        for situation in situations_of(state).values():
            acts: dict[str, Act] = dict(situation.acts)
            over = situation.with_acts(acts)
            for id_, placed in dated(over).items():
                before = blocks(placed.choice, over)
                assert blocks(placed.choice, over) is before
                acts[id_] = attrs.evolve(acts[id_], life=acts[id_].life, start_s=None)
                assert blocks(placed.choice, over) == blocks(placed.choice, over.with_acts(acts))
                acts[id_] = situation.acts[id_]


@pytest.mark.parametrize("name", NAMES)
def test_what_all_centres_have_in_common_is_what_each_finds_alone(name: str) -> None:
    for state in states(name):
        situations = situations_of(state)
        last = list(situations)[-1]
        unfit = {ship: Status(status=UNUSABLE, since_s=0, row=0) for ship in state.station.ships}
        situations[last] = attrs.evolve(situations[last], statuses=unfit)
        for acts in (state.acts, {id_: wishing(act, number) for number, (id_, act) in enumerate(state.acts.items())}):
            for centre, shared in over(situations, acts).items():
                alone = situations[centre].with_acts(acts)
                assert shared.stays == alone.stays
                assert shared.stays_by_port == alone.stays_by_port
                assert shared.presence == alone.presence
                for ship in state.station.ships:
                    days = range(0, state.station.scenario.horizon_s, 10 * 86400)
                    assert [shared.crew_at(ship, t_s) for t_s in days] == [alone.crew_at(ship, t_s) for t_s in days]
