"""What one more failure does to people: a ship, a hatch, a compartment, each in its turn."""

import itertools

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernel.runs import shipped
from station.test_isolate import HATCHES
from strategies import bare
from worlds import CAPSULE, HERE, Story, person, ship, tiny

import stationsim as ss
from stationsim.log.kinds import Kind
from stationsim.scenario.model import Needs, Thing, VehicleType
from stationsim.station.fold import apply, replay
from stationsim.station.places import is_open_to, most_placed
from stationsim.station.seats import level_of
from stationsim.station.second import Known, Loss, _told, as_it_is, candidates, failed, losses
from stationsim.station.stand import stand
from stationsim.station.state import State
from stationsim.station.station import Station

ROOMY = attrs.evolve(CAPSULE, id="roomy", name="Roomy", contingency=2)


def two_ships(*, roomy: str = "roomy", **more) -> Story:
    """Return a station where Ann and Ben have their seats in the swift, and Eve hers in the finch at another module."""
    people = [person("ann", aboard=True, seat="swift"), person("ben", aboard=True, seat="swift")]
    ships = [ship("swift", "capsule", port="aft", docked_s=0), ship("finch", roomy, port="top", docked_s=0)]
    parts = {
        "types": [CAPSULE, ROOMY],
        "vehicles": ships,
        "people": [*people, person("eve", "south", aboard=True, seat="finch")],
        "hatches": HATCHES,
        "incidents": (),
        "activities": (),
    }
    story = Story(tiny(**{**parts, **more}), is_planned=False)
    for hatch in ("core-lab", "core-chamber", "swift/hatch", "finch/hatch"):
        story.tell(Kind.OPENED, hatch)
    return story


def by_subject(story: Story) -> dict[str, list[Loss]]:
    found: dict[str, list[Loss]] = {}
    for loss in losses(story.state):
        found.setdefault(loss.subject, []).append(loss)
    return found


def only(story: Story, subject: str) -> Loss:
    (loss,) = by_subject(story)[subject]
    return loss


def test_a_lost_ship_leaves_its_people_without_a_seat_until_they_take_free_places():
    loss = only(two_ships(), "swift")
    assert (loss.without, loss.none, loss.left) == (("ann", "ben"), ("ann", "ben"), 0)
    assert only(two_ships(), "finch").left == 0


def test_where_no_place_is_free_they_are_left():
    small = attrs.evolve(CAPSULE, seats=1, contingency=0)
    people = [person("ann", aboard=True, seat="swift"), person("eve", "south", aboard=True, seat="finch")]
    story = two_ships(roomy="capsule", types=[small], people=people)
    assert only(story, "swift").left == 1


def test_the_parts_that_do_the_same_are_one_failure_with_the_ship():
    # the engine carries both returns; without the loop the ship is still there for an emergency
    assert only(two_ships(), "swift").nodes == ("swift", "swift/engine", "swift/hatch")


def test_of_two_parts_that_stand_in_for_each_other_neither_matters_until_one_is_lost():
    spare = Needs(some=("a", "b"), of=1)
    type_ = attrs.evolve(
        CAPSULE,
        cabin=None,
        components=(Thing(id="a", type="engine"), Thing(id="b", type="engine")),
        capabilities=tuple(
            Thing(id=f"{name}-return", type="capability", needs=spare) for name in ("crewed", "emergency")
        ),
    )
    story = two_ships(types=[type_, attrs.evolve(ROOMY, cabin=None)])
    assert only(story, "swift").nodes == ("swift", "swift/hatch")
    story.health("swift/a", "failed")
    assert only(story, "swift").nodes == ("swift", "swift/b", "swift/hatch")


def test_who_has_but_a_place_in_a_ship_loses_it_with_the_planned_return():
    story = two_ships()
    story.tell(Kind.FITTED, "eve", object="swift", text="improvised")
    found = {loss.nodes: (loss.without, loss.left) for loss in by_subject(story)["swift"]}
    assert found[("swift/loop",)] == (("eve",), 0)
    assert found[("swift", "swift/engine", "swift/hatch")] == (("ann", "ben", "eve"), 0)


def test_who_must_fetch_fit_items_from_a_lost_cabin_cannot_go_back_to_a_ship_kept_for_emergencies():
    story = two_ships(types=[attrs.evolve(CAPSULE, contingency=1), ROOMY])
    story.tell(Kind.FITTED, "eve", object="swift", text="improvised")
    for centre in ("north", "south"):
        story.status("finch", "emergency-only", view=centre)
    found = {loss.nodes: loss.left for loss in by_subject(story)["swift"]}
    assert found == {("swift/loop",): 0, ("swift", "swift/hatch"): 3, ("swift/engine",): 2}


def test_a_ship_that_has_nobody_costs_nobody():
    story = two_ships()
    story.tell(Kind.FITTED, "eve", object="swift")
    assert "finch" not in by_subject(story)


def test_the_air_of_a_port_sends_people_into_their_ship_and_that_of_another_module_does_nothing():
    found = by_subject(two_ships())
    (core,) = found["core"]
    assert (core.without, core.leave, core.evacuates) == ((), ("ann", "ben"), False)
    assert only(two_ships(), "lab").leave == ("eve",)
    assert "chamber" not in found


def test_everybody_must_leave_where_the_air_of_every_port_goes():
    story = two_ships(people=[person("ann", aboard=True, seat="swift"), person("ben", aboard=True, seat="swift")])
    assert only(story, "core").evacuates
    assert "lab" not in by_subject(story)


def test_air_goes_through_an_open_hatch_that_cannot_be_shut():
    story = two_ships()
    story.health("core-lab", "failed")
    loss = only(story, "lab")
    assert (loss.leave, loss.evacuates) == (("ann", "ben", "eve"), True)
    assert only(two_ships(), "lab").evacuates is False


def test_who_is_outside_is_not_in_time_for_their_ship():
    story = two_ships(activities=tiny().activities[:1])
    story = Story(story.station.scenario)
    for hatch in ("core-lab", "core-chamber", "swift/hatch", "finch/hatch"):
        story.tell(Kind.OPENED, hatch)
    story.tell(Kind.STARTED, "walk")
    loss = only(story, "core")
    assert (loss.without, loss.leave) == (("ann", "ben"), ())
    jam = only(story, "core-chamber")
    assert (jam.nodes, jam.without) == (("core-chamber",), ("ann", "ben"))


def test_what_has_failed_already_is_told_as_it_is():
    story = two_ships()
    assert as_it_is(story.state) == Loss(subject="", nodes=(), without=(), none=(), left=0)
    story.status("swift", "unusable")
    now = as_it_is(story.state)
    assert (now.without, now.none, now.left) == (("ann", "ben"), (), 0)
    assert "swift" not in by_subject(story)


def test_what_a_failure_is_asked_of_a_state_changes_nothing_in_it():
    story = two_ships()
    losses(story.state)
    assert story.state == replay(story.station, story.log)


def test_where_the_station_stands_the_same_the_failures_are_the_same():
    story = two_ships()
    before, found = stand(story.state), losses(story.state)
    story.at(3600)
    assert (stand(story.state), losses(story.state)) == (before, found)
    story.status("swift", "unusable")
    assert stand(story.state) != before


def test_a_ship_that_is_not_here_and_a_hatch_that_moves_are_no_other_stand():
    story = two_ships(vehicles=[*two_ships().station.scenario.vehicles, ship("later", "capsule")])
    before = stand(story.state)
    story.tell(Kind.CLOSED, "core-lab")
    story.tell(Kind.LAUNCHED, "later")
    assert stand(story.state) == before
    story.health("core-lab", "failed")
    assert stand(story.state) != before


def outright(state) -> dict[str, tuple[object, ...]]:
    """Return what each node does, worked out from nothing."""
    before, found = as_it_is(state), {}
    for node in candidates(state):
        twin, mark = failed(state, node)
        loss = _told(state, twin, node, before.without) if mark else before
        if not set(loss.without) <= set(before.without) or loss.leave or loss.evacuates:
            found[node] = (loss.without, loss.left, loss.leave, loss.evacuates)
    return found


def remembered(state, known) -> dict[str, tuple[object, ...]]:
    found = losses(state, known)
    return {node: (loss.without, loss.left, loss.leave, loss.evacuates) for loss in found for node in loss.nodes}


@pytest.mark.parametrize("name", ["ammonia-leak", "perilune-heron-loop"])
def test_what_is_remembered_of_other_times_is_what_would_be_found_now(name):
    outcome, known = ss.run(shipped(name)), Known()
    station = Station.of(ss.parse(outcome.manifest.scenario_text))
    for log in (outcome.nominal, outcome.disrupted):
        state = State.blank(station)
        for seq, row in enumerate(log):
            apply(state, log, seq)
            if row.kind in {Kind.DOCKED, Kind.UNDOCKED, Kind.STATUS_CHANGED, Kind.SHELTERED, Kind.STARTED, Kind.FITTED}:
                assert remembered(state, known) == outright(state)


# --- random stations against brute force ----------------------------------------------------------------------------

NAMES = ("s0", "s1", "s2")
STATUSES = ("certified", "certified", "emergency-only", "unusable")


@st.composite
def fleets(draw) -> Story:
    """Up to three ships of any size, at two modules, and up to six people somewhere in them."""
    names = NAMES[: draw(st.integers(1, 3))]
    types = [
        VehicleType(
            id=f"type-{name}",
            name=name,
            mechanism="probe",
            seats=draw(st.integers(1, 3)),
            contingency=draw(st.integers(0, 2)),
            life_s=10**7,
            volume_m3=9.0,
            components=(Thing(id="engine", type="engine"),),
            capabilities=tuple(
                Thing(id=f"{kind}-return", type="capability", needs=Needs(hard=("engine",)))
                for kind in ("crewed", "emergency")
            ),
            source=HERE,
        )
        for name in names
    ]
    base = tiny()
    hosts = [draw(st.sampled_from(("core", "lab"))) for _ in names]
    ports = [attrs.evolve(base.ports[0], id=f"p{i}", name=f"p{i}", host=host) for i, host in enumerate(hosts)]
    crew = [f"c{i}" for i in range(draw(st.integers(1, 6)))]
    homes = [draw(st.sampled_from(names)) for _ in crew]
    people = [person(who, aboard=True, seat=home) for who, home in zip(crew, homes, strict=True)]
    ships = [ship(name, f"type-{name}", port=f"p{i}", docked_s=0) for i, name in enumerate(names)]
    volumes = [volume for volume in base.volumes if volume.id in ("core", "lab")]
    parts = {"volumes": volumes, "ports": ports, "people": people, "vehicles": ships, "types": types}
    story = Story(bare(**{key: tuple(value) for key, value in parts.items()}, hatches=HATCHES[:1]), is_planned=False)
    for name in names:
        if (status := draw(st.sampled_from(STATUSES))) != "certified":
            for centre in story.station.centres:
                story.status(name, status, view=centre)
    for who in crew:
        if draw(st.booleans()):
            text = draw(st.sampled_from((None, "improvised")))
            story.tell(Kind.FITTED, who, object=draw(st.sampled_from(names)), text=text)
    return story


def has_room(story: Story, name: str, coming: list[str], people: tuple[str, ...], lost: str) -> bool:
    """Tell whether people fit into a ship beside those who keep their way home; nobody enters the lost one."""
    state, type_ = story.state, story.station.type_of(name)
    found = state.status.get(("north", name))
    here = [who for who in state.aboard if state.fit[who] == name and who not in people]
    if not coming or name == lost:
        return not coming
    if found is None:
        return len(here) + len(coming) <= type_.contingency + type_.seats
    seated = sum(who not in state.improvised for who in here)
    theirs = [
        state.fit[who] != lost
        and (story.station.people[who].seat == name or (state.fit[who] == name and who not in state.improvised))
        for who in coming
    ]
    return found.status == "emergency-only" and all(theirs) and seated + len(coming) <= type_.seats


def most_by_trying(story: Story, lost: str, people: tuple[str, ...]) -> int:
    """Return how many people could be placed, by trying every ship for everybody."""
    ships = tuple(story.station.ships)
    return max(
        sum(place is not None for place in places)
        for places in itertools.product((None, *ships), repeat=len(people))
        if all(
            has_room(story, name, [who for who, at in zip(people, places, strict=True) if at == name], people, lost)
            for name in ships
        )
    )


@given(story=fleets())
def test_lost_ships_cost_as_many_seats_as_trying_every_place_for_everybody(story):
    found = {node: loss for loss in losses(story.state) for node in loss.nodes}
    before = as_it_is(story.state).without
    for name in story.station.ships:
        twin, _ = failed(story.state, name)
        assert all(level_of(twin, who) == 4 for who in story.state.aboard if story.state.fit[who] == name)
        without = tuple(
            who for who in story.state.aboard if level_of(story.state, who) > 2 or story.state.fit[who] == name
        )
        if set(without) == set(before):
            assert name not in found
            continue
        left = len(without) - most_by_trying(story, name, without)
        assert (found[name].without, found[name].left) == (without, left)


@given(story=fleets())
def test_what_is_passed_over_does_nothing(story):
    assert remembered(story.state, Known()) == outright(story.state)


@given(story=fleets())
def test_who_is_left_was_without_and_nothing_is_found_twice(story):
    found = losses(story.state)
    nodes = [node for loss in found for node in loss.nodes]
    assert len(nodes) == len(set(nodes))
    assert set(nodes) <= set(candidates(story.state))
    for loss in found:
        assert 0 <= loss.left <= len(loss.without)
        assert not set(loss.leave) & set(loss.without)


@given(story=fleets())
def test_who_has_no_way_home_takes_no_more_places_than_there_are(story):
    without = as_it_is(story.state).without
    assert most_placed(story.state, without) == most_by_trying(story, "", without)
    assert all(isinstance(is_open_to(story.state, who, name), bool) for who in without for name in story.station.ships)
