"""A ship that is moved to another port takes everybody along whose seat is in it."""

import attrs
from kernel.test_laws import obeys
from worlds import DAY, HOUR, Story, activity, at, book, kind, role, sortie, task, tiny, traffic

from stationsim.kernel.opening import open_world
from stationsim.kernel.simulate import run_out, simulate
from stationsim.log.kinds import Kind
from stationsim.log.log import Log
from stationsim.planning.opening import open_plan
from stationsim.planning.repair import repair
from stationsim.scenario.model import Scenario
from stationsim.station.seats import level_of
from stationsim.station.station import Station

MOVE = traffic("move", "relocation", 5 * DAY + 10 * HOUR, ship="swift", port="side")
COME = traffic("come", "docking", 2 * DAY, port="front", crew=("dan",))
KINDS = (
    *(
        attrs.evolve(found, whole_crew=True, before_s=2 * HOUR) if found.effect == "relocate" else found
        for found in tiny().kinds
    ),
    kind("seat-move", "skeleton", "fit", duration_s=HOUR),
)
PORTS = [*tiny().ports, *(attrs.evolve(tiny().ports[0], id=id_, name=f"Port {id_}") for id_ in ("side", "front"))]


def station(*activities) -> Scenario:
    """Return the tiny station with two more ports, under the plain rules, with the move and more planned."""
    return tiny(kinds=KINDS, ports=PORTS, rules=book(), incidents=(), activities=[MOVE, *activities])


def cast(log: Log, id_: str) -> list[str]:
    """Return with whom an activity stood in the plan, each time it was revised."""
    return [str(row[6]) for row in log.tables["revisions"] if row[1] == id_]


def opened(*activities) -> dict:
    return open_plan(Story(station(*activities), is_planned=False).situations())


def test_whoever_is_seated_takes_part_and_does_nothing_else_meanwhile():
    walk = sortie("walk", at(5 * DAY, 8 * DAY))
    fix = task("fix", at(5 * DAY + 7 * HOUR, 7 * DAY), people=(role("eve"),), arms=())
    acts = opened(walk, fix)
    assert (acts["move"].people, acts["move"].roles) == (("ann", "ben", "eve"), ("seated",) * 3)
    assert acts["walk"].start_s == 6 * DAY + 10 * HOUR
    assert acts["fix"].start_s == 5 * DAY + 11 * HOUR  # two hours before, one of flight


def test_who_is_named_keeps_the_role_and_who_comes_up_in_the_ship_counts():
    move = attrs.evolve(MOVE, ship="heron", people=(role("dan", name="pilot"), role("ann", name="watch")))
    acts = open_plan(Story(tiny(kinds=KINDS, ports=PORTS, activities=[COME, move]), is_planned=False).situations())
    assert (acts["move"].people, acts["move"].roles) == (("dan", "ann"), ("pilot", "watch"))
    alone = opened(COME, attrs.evolve(MOVE, id="other", ship="heron", port="aft"))
    assert alone["other"].people == ("dan",)


def test_a_seat_that_moves_before_takes_its_person_out_and_one_after_does_not():
    early = activity("shift", "seat-move", 4 * DAY, ship="heron", fits=("eve",))
    late = activity("shift", "seat-move", 9 * DAY, ship="heron", fits=("eve",))
    assert opened(COME, early)["move"].people == ("ann", "ben")
    assert opened(COME, late)["move"].people == ("ann", "ben", "eve")


def test_whoever_leaves_before_is_not_taken_along():
    leave = traffic("leave", "undocking", 3 * DAY, ship="swift")
    assert opened(leave)["move"].people == ()


def test_everybody_gives_their_hours():
    log = simulate(station())
    hours = [(row.object, row.start_s, row.until_s) for row in log.rows if row.kind is Kind.WORKED]
    assert hours == [(who, 5 * DAY + 8 * HOUR, 5 * DAY + 11 * HOUR) for who in ("ann", "ben", "eve")]
    obeys(station(), log, lambda count: range(0, count, 3))


def test_a_seat_moved_since_changes_who_takes_part_before_the_preparation_begins():
    world = open_world(Station.of(station(COME)))
    world.begin_step(0)
    world.record(Kind.FITTED, "eve", object="mule")
    log = run_out(world).log
    assert cast(log, "move") == ["ann,ben,eve", "ann,ben"]
    told = [(row.kind, row.t_s, row.text) for row in log.rows if row.subject == "move" and row.kind is not Kind.WORKED]
    assert told[1:3] == [
        (Kind.REASSIGNED, 5 * DAY + 8 * HOUR, "everybody whose seat is in the ship takes part"),
        (Kind.PREPARED, 5 * DAY + 8 * HOUR, None),
    ]


def test_a_repair_takes_along_who_is_seated_by_then():
    story = Story(station(COME))
    story.tell(Kind.FITTED, "eve", object="mule")
    (change,) = repair(story.situations()).changes
    assert (change.id, change.start_s, [who for who, _ in change.cast]) == ("move", MOVE.at.lo_s, ["ann", "ben"])


def test_a_seat_moved_into_a_full_ship_is_a_place_in_it_and_displaces_nobody():
    """Dan and Zoe leave one seat of the heron for Ann; Ben has its one improvised place, and Eve has none."""
    come = attrs.evolve(COME, crew=("dan", "zoe"))
    shifts = [
        activity(f"shift-{who}", "seat-move", days * DAY, ship="heron", fits=(who,))
        for who, days in (("ann", 6), ("ben", 7), ("eve", 8))
    ]
    state = run_out(open_world(Station.of(station(come, *shifts)))).state
    levels = {who: level_of(state, who) for who in sorted(state.aboard)}
    assert levels == {"ann": 0, "ben": 1, "dan": 0, "eve": 4, "zoe": 0}
