"""Who can reach their ship, and what is in the way?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kernel.runs import shipped, told

from stationsim.kernel.health import set_health
from stationsim.kernel.opening import open_world
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.scenario.draw import draw
from stationsim.station.access import obstacle, whereabouts
from stationsim.station.health import FAILED
from stationsim.station.seats import level_of
from stationsim.station.station import Station

STATION = Station.of(draw(shipped("quiet-increment")))
SOYUZ = ("prokopyev", "petelin", "rubio")
DRAGON = ("mann", "cassada", "wakata", "kikina")
SHIP = dict.fromkeys(SOYUZ, "soyuz-ms-22") | dict.fromkeys(DRAGON, "crew-5")
OWNER = {"soyuz-ms-22": "moscow", "crew-5": "houston"}
HOST = {"soyuz-ms-22": "rassvet", "crew-5": "pma-2"}
ROOMS = [volume.id for volume in STATION.scenario.volumes]
HATCHES = [hatch.id for hatch in STATION.scenario.hatches] + [f"{ship}/hatch" for ship in OWNER]


def lost(*nodes: str, shut: tuple[str, ...] = (), at: dict[str, str] | None = None) -> World:
    """The station as it opens, with nodes lost to both centres, hatches shut, and people sheltering in volumes."""
    world = open_world(STATION)
    world.begin_step(1)
    for hatch in shut:
        world.record(Kind.CLOSED, hatch, object="test", cause=0)
    for person, room in (at or {}).items():
        world.record(Kind.SHELTERED, person, object=room, cause=0, until_s=1)
    for view in OWNER.values():
        for node in nodes:
            set_health(world, view, node, FAILED, cause=0, incident=None)
    return world


@pytest.mark.parametrize("node", ["rassvet", "soyuz-ms-22"])
def test_the_loss_of_a_ship_or_of_its_ports_volume_takes_the_seats_of_its_crew(node):
    world = lost(node)
    assert [level_of(world.state, person) for person in SOYUZ] == [4, 4, 4]
    assert [level_of(world.state, person) for person in DRAGON] == [0, 0, 0, 0]
    assert obstacle(world.state, "moscow", "rubio") == node


def test_a_lost_volume_on_the_way_is_none_for_who_can_go_round_before():
    world = lost("pkho")
    assert {level_of(world.state, person) for person in SHIP} == {0}


def test_who_is_behind_a_lost_volume_has_no_seat():
    world = lost("pkho", at={"kikina": "nauka", "rubio": "zarya"})
    assert (level_of(world.state, "kikina"), level_of(world.state, "rubio")) == (4, 0)
    assert obstacle(world.state, "houston", "kikina") == "pkho"


def test_a_shut_hatch_is_no_cut_and_one_that_jams_shut_is():
    assert obstacle(lost(shut=("pkho-nauka",), at={"kikina": "nauka"}).state, "houston", "kikina") is None
    jammed = lost("pkho-nauka", shut=("pkho-nauka",), at={"kikina": "nauka"})
    assert obstacle(jammed.state, "houston", "kikina") == "pkho-nauka"
    assert obstacle(lost("pkho-nauka", at={"kikina": "nauka"}).state, "houston", "kikina") is None


def test_a_ships_own_hatch_counts_only_when_it_is_shut():
    assert level_of(lost("soyuz-ms-22/hatch").state, "rubio") == 0
    assert level_of(lost("soyuz-ms-22/hatch", shut=("soyuz-ms-22/hatch",)).state, "rubio") == 4


def test_who_is_in_the_ship_needs_no_way_to_it():
    world = lost("rassvet", at={"rubio": "soyuz-ms-22"})
    assert [level_of(world.state, person) for person in SOYUZ] == [4, 4, 0]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*ROOMS, *HATCHES, *OWNER]), max_size=5, unique=True),
    st.lists(st.sampled_from(HATCHES), max_size=6, unique=True),
    st.sampled_from(sorted(SHIP)),
    st.none() | st.sampled_from(ROOMS),
)
def test_a_search_from_room_to_room_says_the_same(nodes, shut, person, room):
    world = lost(*nodes, shut=tuple(shut), at={} if room is None else {person: room})
    ship = SHIP[person]
    walls = {node for node in nodes if node not in HATCHES}
    stuck = {h for h in nodes if h in HATCHES and world.state.hatches[h] != "open"}
    doors = {hatch.id: hatch.between for hatch in STATION.scenario.hatches} | {f"{ship}/hatch": (ship, HOST[ship])}
    start = HOST[ship] if room is None else room
    seen, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        for door, ends in doors.items():
            for there in set(ends) - {here} if here in ends and door not in stuck else ():
                if there not in seen | walls:
                    seen.add(there)
                    ahead.append(there)
    expected = ship in seen and not (room is None and start in walls) and HOST[ship] not in walls - {room}
    assert (obstacle(world.state, OWNER[ship], person) is None) == expected


def test_people_are_where_they_work():
    run = told(shipped("quiet-increment").until("2022-12-20"))
    from stationsim.kernel.simulate import state_at

    state = state_at(draw(run.scenario), (24 + 4) * 3600)
    assert {person: whereabouts(state, person) for person in SHIP} == {
        **dict.fromkeys(SHIP, None),
        "prokopyev": "poisk",
        "petelin": "poisk",
        "kikina": "nauka",
    }


# --- in a run ---------------------------------------------------------------------------------------------------------


def test_a_port_volume_lost_for_days_takes_seats_and_returns_and_gives_them_back():
    run = told(
        shipped("quiet-increment")
        .until("2022-12-30")
        .with_incident(id="gone", change="failed", node="rassvet", at="2022-12-17T09:00Z", lasts="3 d", expect="3 d")
    )
    for person in SOYUZ:
        seats = [(run.utc(row.t_s), row.value) for row in run.rows(Kind.SEATED, person) if row.t_s > 0]
        assert seats == [("2022-12-17T09:01Z", 4), ("2022-12-20T09:01Z", 0)]
        lost_return = run.row(Kind.RETURN_LOST, f"{person}-return")
        assert lost_return.text == "Soyuz MS-22 cannot be reached: Rassvet is lost"
        assert run.row(Kind.STRUCK, "gone").seq in run.up(lost_return.seq)
    assert {row.subject for row in run.rows(Kind.SEATED) if row.t_s > 0} == set(SOYUZ)


def test_who_works_behind_a_compartment_that_is_lost_has_no_seat_until_the_work_ends():
    run = told(
        shipped("quiet-increment")
        .without_rule("eva-r8")  # it would end the work at once
        .until("2022-12-20")
        .with_incident(id="gone", change="failed", node="pkho", at="2022-12-15T05:00Z")
    )
    seats = {row.subject: [] for row in run.rows(Kind.SEATED)}
    for row in run.rows(Kind.SEATED):
        seats[row.subject].append((run.utc(row.t_s), row.value))
    ended = run.rows(Kind.FINISHED, "vkd-56") + run.rows(Kind.TERMINATED, "vkd-56")
    assert seats["kikina"] == [
        ("2022-12-14T00:00Z", 0),
        ("2022-12-15T05:31Z", 4),
        (run.utc(ended[0].t_s), 0),
    ]
    assert len(seats["mann"]) == 1


def test_a_departure_leaves_behind_who_cannot_reach_the_ship():
    run = told(
        shipped("quiet-increment").with_incident(id="gone", change="failed", node="rassvet", at="2023-03-20T09:00Z")
    )
    assert not [row for row in run.rows(Kind.LEFT) if row.object == "soyuz-ms-22"]
