"""How does a run begin? The opening rows: ships, people, hatches, the plan, who is promised which return."""

from collections.abc import Iterator

import attrs

from stationsim.errors import ScenarioError
from stationsim.kernel import cover
from stationsim.kernel.health import set_health
from stationsim.kernel.revisions import revision_row
from stationsim.kernel.warmth import warm
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH, Log
from stationsim.planning.opening import open_plan
from stationsim.planning.planners import GREEDY
from stationsim.planning.policies import DEFAULT, Policy
from stationsim.planning.verify import Break, verify
from stationsim.scenario.model import NOBODY, Condition, Person
from stationsim.station.act import Act
from stationsim.station.choice import cast_of
from stationsim.station.hatches import SHIP_HATCH
from stationsim.station.health import grade
from stationsim.station.rules import check_rules
from stationsim.station.situation import UNKNOWN
from stationsim.station.state import State
from stationsim.station.station import CREWED_RETURN, EMERGENCY_RETURN, Station
from stationsim.station.status import STATUS_HEALTHS, verdict


def open_world(station: Station, *, polls_all: bool = False, policy: Policy = DEFAULT, planner: str = GREEDY) -> World:
    """Begin a run: write the opening rows in one step.

    Raises:
        ScenarioError: A rule has no template, or says nothing.
    """
    check_rules(station)
    world = World(
        station=station, state=State.blank(station), log=Log(), polls_all=polls_all, policy=policy, planner=planner
    )
    world.begin_step(0)
    _open_station(world)
    for act in open_plan(world.situations()).values():
        _plan(world, act)
    for waiver in station.waivers:
        by = station.who_waived(waiver)
        world.record(Kind.WAIVED, waiver.activity, rule=waiver.rule, by=by, text=waiver.rationale)
    cover.seat(world, None)
    return world


def _open_station(world: World) -> None:
    scenario = world.station.scenario
    world.record(Kind.CONFIGURED, scenario.id, until_s=scenario.horizon_s, text=scenario.title)
    for hatch in scenario.hatches:
        world.record(Kind.OPENED if hatch.usually == "open" else Kind.CLOSED, hatch.id)
    _set_conditions(world, TRUTH)
    _open_ships(world)
    _set_hatches(world)
    for person in scenario.people:
        if person.aboard:
            _open_person(world, person)
    for centre in world.station.centres:
        _set_conditions(world, centre)
        cover.update_statuses(world, centre, None)
    _check_statuses(world)


def _set_conditions(world: World, view: str) -> None:
    """Set what is so in a view; what one centre alone believes comes last."""
    for condition in sorted(world.station.scenario.opening, key=lambda found: found.centre is not None):
        if condition.centre not in {None, view}:
            continue
        for node, health in _healths(world.station, condition, view):
            set_health(world, view, node, health, cause=None, incident=None)
        if condition.state is not None and condition.centre == view:
            world.record(Kind.HATCH_BELIEVED, condition.node, view=view, text=condition.state)


def _healths(station: Station, condition: Condition, view: str) -> Iterator[tuple[str, int]]:
    """Yield the nodes that an entry of the opening is about, each with its own health in a view."""
    if condition.health is not None:
        yield condition.node, grade(condition.health)
    if condition.status is None or (condition.status == UNKNOWN and view == TRUTH):
        return
    for capability, health in zip((CREWED_RETURN, EMERGENCY_RETURN), STATUS_HEALTHS[condition.status], strict=True):
        if f"{condition.node}/{capability}" in station.graph.index:
            yield f"{condition.node}/{capability}", health


def _check_statuses(world: World) -> None:
    """Refuse a status that something else of the opening contradicts.

    Raises:
        ScenarioError: A ship is otherwise than its status says.
    """
    for number, condition in enumerate(world.station.scenario.opening):
        for centre in world.station.centres if condition.centre is None else (condition.centre,):
            is_other = any(
                other.centre == centre and other.node == condition.node and other.status is not None
                for other in world.station.scenario.opening
            )
            if condition.status is None or (condition.centre is None and is_other):
                continue
            found = verdict(world.state, centre, condition.node).status
            if found != condition.status:
                raise ScenarioError(
                    f"opening[{number}].status: {condition.node!r} cannot be {condition.status} for {centre}: by the "
                    f"rest of the opening it is {found}. Remove one of the two, or write what else is so."
                )


def _set_hatches(world: World) -> None:
    """Let hatches stand as the file says, where that is not as usual."""
    for condition in world.station.scenario.opening:
        is_other = condition.state is not None and world.state.hatches.get(condition.node) != condition.state
        if is_other and condition.centre is None:
            world.record(Kind.OPENED if condition.state == "open" else Kind.CLOSED, condition.node)


def _open_ships(world: World) -> None:
    scenario = world.station.scenario
    hoses = {world.station.ship_of(condition.node) for condition in scenario.opening if condition.hose}
    for ship in scenario.vehicles:
        if ship.port is not None:
            docked_s = min(ship.docked_s or 0, 0)
            world.record(Kind.DOCKED, ship.id, place=ship.port, start_s=ship.launched_s, until_s=docked_s)
            is_open = world.station.opens_hatch(ship.id)
            world.record(Kind.OPENED if is_open else Kind.CLOSED, ship.id + SHIP_HATCH)
            if world.station.types[ship.type].cabin is not None:
                warm(world, ship.id, has_hose=ship.id in hoses, cause=None, text="docked")


def _open_person(world: World, person: Person) -> None:
    ship = None if person.seat is None else world.station.ships[person.seat]
    boarded_s = None if ship is None or ship.docked_s is None else min(ship.docked_s, 0)
    world.record(Kind.BOARDED, person.id, object=person.seat, start_s=boarded_s)
    if person.seat is not None:
        text = None if person.place == "seat" else person.place
        world.record(Kind.FITTED, person.id, object=person.seat, text=text)


def _plan(world: World, act: Act) -> None:
    end_s = None if act.start_s is None else act.start_s + act.duration_s
    activity = world.station.activities[act.id]
    revision = revision_row(act, activity, act.start_s, cast_of(act))
    world.record(Kind.PLANNED, act.id, start_s=act.start_s, until_s=end_s, tables={"revisions": [revision]})


def broken(station: Station) -> tuple[tuple[Break, ...], tuple[Break, ...]]:
    """Return the rules that the nominal plan breaks: those nobody waived, and those that are waived."""
    situations = open_world(station).situations()
    strict = Station.of(attrs.evolve(station.scenario, waivers=()), attrs.evolve(station.own, waivers=()))
    every = verify({centre: attrs.evolve(found, station=strict, waived={}) for centre, found in situations.items()})
    waived = tuple(
        item for item in every if (item.rule, item.activity) in station.waived or _other_waived(item, station)
    )
    return verify(situations), waived


def _other_waived(item: Break, station: Station) -> bool:
    return item.other is not None and (item.rule, item.other) in station.waived


def require_verified(world: World) -> None:
    """Refuse a nominal plan that breaks rules.

    Raises:
        ScenarioError: The plan breaks rules that are not waived; all of them are named.
    """
    found = verify(world.situations())
    if found:
        raise ScenarioError("\n".join(describe(item, world.station) for item in found))


def describe(item: Break, station: Station) -> str:
    """Return a broken rule in one sentence, with what to do."""
    return f"activities.{item.activity}: {told(item, station)}"


def told(item: Break, station: Station) -> str:
    """Say what rule is broken and what to do, for whoever knows the place; a rule of a script is waived in a script."""
    other = "" if item.other is None else f" beside {item.other}"
    waiver = f"waivers: [{{rule: {item.rule}, activity: {item.activity}, rationale: ...}}]"
    if item.rule in station.own.rules:
        waiver = f"waivers=[stationsim.Waiver(rule={item.rule!r}, activity={item.activity!r}, rationale=...)]"
    elif station.rules[item.rule].waived_by == NOBODY:
        waiver = ""
    advice = f"Plan it otherwise, or waive it: {waiver}." if waiver else "Nobody may waive it. Plan it otherwise."
    return f"the plan breaks rule {item.rule} ({item.severity}){other}: {item.reason}. {advice}"
