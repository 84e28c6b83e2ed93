"""Who is called for a response, with what, and for when? The first arm, camera and people that can."""

from collections.abc import Iterator

import attrs

from stationsim.kernel.world import World
from stationsim.planning.clock import Clock
from stationsim.planning.place import DAY_S, Date, Search, Slot, slots_of
from stationsim.planning.windows import Placed, conflicts
from stationsim.scenario.model import Activity, Arm, Response, When
from stationsim.scenario.model import Kind as ActivityKind
from stationsim.station.act import Act
from stationsim.station.air import reserve_s
from stationsim.station.choice import cast_of, choose
from stationsim.station.responses import needs_of, response_name
from stationsim.station.situation import Situation
from stationsim.station.transitions import ATTEMPT, Life


def arms_for(world: World, incident: str, response: Response) -> Iterator[Arm | None]:
    """Yield the arms that can look at the ship where it stands; None where no arm is asked for."""
    if response.by != "arm":
        yield None
        return
    node = world.station.incidents[incident].node
    port = world.state.ship_at.get(world.station.ship_of(node) or "")
    situation = world.situation_of_centre(world.station.watchers[node])
    yield from (arm for arm in world.station.scenario.arms if port in _reach(arm, situation))


def _reach(arm: Arm, situation: Situation) -> tuple[str, ...]:
    """Return the ports whose ships an arm can look at: always, and from those bases that are believed in health."""
    bases = (base for base in arm.bases if situation.sick(base.node) is None)
    return (*arm.inspects, *(port for base in bases for port in base.inspects))


def cameras_for(world: World, incident: str, response: Response, centre: str) -> Iterator[str | None]:
    """Yield the cameras in health that see a zone the release may wet, first those that see where it comes from.

    None where no camera is asked for.
    """
    if response.by != "camera":
        yield None
        return
    situation = world.situation_of_centre(centre)
    wet = [zone for view, of, zone in world.state.wet if (view, of) == (centre, incident)]
    things = world.station.things.items()
    seeing = dict.fromkeys(id_ for zone in wet for id_, thing in things if zone in thing.sees)
    yield from (id_ for id_ in seeing if situation.sick(id_) is None)


def spares_for(world: World, response: Response) -> Iterator[str | None]:
    """Yield the parts that a response could use up, first those that are aboard; None where it takes none."""
    if response.spare is None:
        yield None
        return
    state = world.state
    pending = (act for act in state.acts.values() if act.id in state.responses and act.life is not Life.GIVEN_UP)
    taken = {use for act in pending for use in act.uses}
    parts = [id_ for id_, thing in world.station.things.items() if thing.type == response.spare]
    free = [part for part in parts if part not in taken and part not in state.used]
    yield from sorted(free, key=lambda part: world.station.carriers.get(part) not in {None, *state.docked_s})


def draft(world: World, id_: str, incident: str, response: Response, centre: str, arm: Arm | None) -> Activity:
    """Return the activity that a response becomes with an arm."""
    now_s = world.state.now_s
    return Activity(
        id=id_,
        name=response_name(world.station, incident, response.id),
        kind=response.kind,
        centre=centre,
        at=When(lo_s=now_s, hi_s=now_s + 1),
        duration_s=response.duration_s,
        people=response.roles,
        airlock=response.airlock,
        arms=response.arms if arm is None else (*response.arms, arm.id),
        uses=response.uses,
        worksites=response.worksites,
        place=response.place,
        inspects=response.inspects,
        needs=needs_of(world.station, incident, response),
        priority=response.priority,
        source=response.source,
    )


def date_of(world: World, incident: str, activity: Activity, response: Response, arm: Arm | None) -> Date:
    """Look for the first date of a response beside what is prepared, under way or of higher or equal rank."""
    found = _with(world.situation_of_centre(activity.centre), activity, world.station.kinds[activity.kind])
    situation = attrs.evolve(found, remedies={**found.remedies, activity.id: (incident,)})
    placed = _placed(world, situation, response)
    free = slots_of(activity, situation) if response.roles else _slots(world, response, arm, activity.centre)
    is_pressing = response.mends and _is_pressing(world, incident)
    search = Search(id=activity.id, situation=situation, placed=placed, slots=free)
    if response.immediate or is_pressing:
        able = _who_is_free(search)
        if able or response.immediate:  # what nobody can begin now waits for somebody
            search = attrs.evolve(search, slots=able)
    lead_s = response.lead_s if arm is None else max(response.lead_s, arm.survey_lead_s)
    kind = world.station.kinds[response.kind]
    from_s = world.state.now_s + lead_s + kind.before_s
    if response.immediate:
        search_ = world.state.searches.get(incident)
        return search.first(iter((world.state.now_s if search_ is None else search_.begun_s,)))
    if is_pressing:
        return search.first(iter((from_s,)))
    steps = Clock.of(world.station.scenario).grid(kind, from_s)
    if response.by == "people":
        steps = (step_s for step_s in steps if _is_awake(world, activity.centre, step_s, response.duration_s))
    return search.first(steps)


def _is_pressing(world: World, incident: str) -> bool:
    """Tell whether the air that an incident lets out is too short for people to finish their day or their sleep."""
    hunt, gap = world.station.mode_of(incident).hunt, world.state.holes.get(incident)
    left_s = None if gap is None else reserve_s(world.state, gap.compartment)
    return hunt is not None and left_s is not None and left_s <= hunt.waits_above_s


def _is_awake(world: World, centre: str, start_s: int, duration_s: int) -> bool:
    """Tell whether the people of a centre are up for the whole of a piece of work."""
    calendar = world.station.calendar_of(centre)
    clock_s = (start_s - Clock.of(world.station.scenario).midnight_s) % DAY_S
    return calendar.wake_s <= clock_s and clock_s + min(duration_s, DAY_S // 2) <= calendar.sleep_s


def undated(activity: Activity, kind: ActivityKind) -> Act:
    """Return a response as it stands before it has a date."""
    return Act(
        id=activity.id,
        life=Life.UNDATED,
        start_s=None,
        duration_s=activity.duration_s if activity.duration_s is not None else kind.duration_s,
        before_s=kind.before_s,
        after_s=kind.after_s,
        people=(),
        ship=None,
        port=None,
        uses=(*(() if activity.airlock is None else (activity.airlock,)), *activity.arms, *activity.uses),
        row=-1,
        wish_s=None,
    )


def _with(situation: Situation, activity: Activity, kind: ActivityKind) -> Situation:
    act = undated(activity, kind)
    added = {**situation.added, activity.id: activity}
    return attrs.evolve(situation, added=added, acts={**situation.acts, activity.id: act})


def _placed(world: World, situation: Situation, response: Response) -> dict[str, Placed]:
    """Return what a response must not disturb: attempts, what is done, traffic, and what does not rank below it.

    What begins at once disturbs nothing: whoever is about to begin something else is not called. What preempts calls
    everybody: no work inside is in its way.
    """
    found = {}
    for act in world.state.acts.values():
        activity = world.state.activity(act.id)
        if activity.task_list:
            continue
        ranks = response.immediate or activity.priority <= response.priority
        ranks = ranks or world.station.kinds[activity.kind].layer == "skeleton"
        if response.preempts and world.station.kinds[activity.kind].effect == "none":
            ranks = False
        if act.start_s is not None and (act.life in (*ATTEMPT, Life.DONE) or (act.life is Life.PLANNED and ranks)):
            start_s = act.started_s if act.started_s is not None else act.start_s
            took_s = None if act.ended_s is None else act.ended_s - start_s
            choice = choose(situation, act.id, cast_of(act), took_s)
            found[act.id] = Placed(choice=choice, start_s=start_s)
    return found


def _slots(world: World, response: Response, arm: Arm | None, centre: str) -> tuple[Slot, ...]:
    skill = response.skill if arm is None else arm.survey_skill
    able = [p for p in world.station.scenario.people if skill is None or skill in p.skills]
    first = arm.centre if arm is not None else centre
    ranked = [p.id for p in able if p.centre == first] + [p.id for p in able if p.centre != first]
    count = len(world.state.aboard) if response.everybody else response.people
    return tuple(Slot(role=response.id, candidates=tuple(ranked), skill=skill) for _ in range(count))


def _who_is_free(search: Search) -> tuple[Slot, ...]:
    """Return as many places as there are free people: what cannot wait is done by those who can."""
    slots, now_s = search.slots, search.situation.now_s
    people = slots[0].candidates if slots else ()
    able = [p for p in people if not conflicts(search.person(p, slots[0].role), now_s)]
    return slots[: len(able)]
