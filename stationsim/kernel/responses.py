"""What is done about an incident? The responses of its mode become activities, by the first arm and people that can."""

from collections.abc import Iterator
from itertools import product

import attrs

from stationsim.kernel import hatchwork, lacks, tasks
from stationsim.kernel.calling import arms_for, cameras_for, date_of, draft, spares_for, undated
from stationsim.kernel.cover import departure_of
from stationsim.kernel.forecasts import questions_of
from stationsim.kernel.revisions import block_rows, revision_row
from stationsim.kernel.worked import log_work
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.planning.place import Date
from stationsim.planning.windows import Window
from stationsim.scenario.model import Activity, Response
from stationsim.station.act import Act
from stationsim.station.air import is_at_limit, is_inhabited, mixed
from stationsim.station.hatches import SHIP_HATCH, doors, joined
from stationsim.station.health import is_lost
from stationsim.station.responses import response_name, response_of
from stationsim.station.state import USUALLY
from stationsim.station.station import REAL
from stationsim.station.transitions import AHEAD, ATTEMPT, RUNNING, Life


def _of(world: World, incident: str) -> tuple[Response, ...]:
    """Return the responses that come by themselves: not those that a decision has to take."""
    is_crewed = world.station.is_about_crew(world.station.incidents[incident].node)
    every = (response for response in world.station.mode_of(incident).responses if not response.offered)
    return tuple(response for response in every if is_crewed or not response.crewed)


def take_offer(world: World, incident: str, response: str, cause: int) -> None:
    """Carry out a response that is on offer, as a decision takes it."""
    record = response_of(world.station, incident, response)
    _add(world, incident, record, world.station.watchers[world.station.incidents[incident].node], cause)


def why_not(world: World, incident: str, response: str) -> tuple[str, str] | None:
    """Return the rule, and why, by which a response on offer cannot be taken; None if it can."""
    record = response_of(world.station, incident, response)
    name = response_name(world.station, incident, response)
    if not _is_possible(world, incident, record) or _is_planned(world, incident, record):
        return "offered", f"{name}: it is under way, or was tried, or its ship is not here"
    centre = world.station.watchers[world.station.incidents[incident].node]
    if not _has_come(world, incident, record, centre):
        return "after", f"{name}: it waits for {record.after}"
    found = _way(world, incident, record, centre)
    if isinstance(found, lacks.Lack):
        return found.key, f"{name}: {found.reason}"
    if isinstance(found, Act) or found[1].start_s is not None:
        return None
    last = _closing(found[1])[-1].block
    return last.rule, f"{name}: {last.reason}"


def begin_immediate(world: World, incident: str, centre: str, cause: int) -> None:
    """Begin at once what cannot wait for a meeting: people are called, in the night too."""
    for response in _of(world, incident):
        hunts = world.station.mode_of(incident).hunt is not None
        is_idle = hunts and response.ends_with is not None and incident not in world.state.searches
        if response.immediate and not is_idle:
            if response.preempts:
                _preempt(world, centre, cause)
            _add(world, incident, response, centre, cause)


def begin_planned(world: World, incident: str, centre: str, cause: int) -> None:
    """Put the other responses into the plan."""
    for response in _of(world, incident):
        if not response.immediate and response.after is None:
            _add(world, incident, response, centre, cause)


def try_again(world: World, centre: str, cause: int) -> None:
    """Look anew for what could not be planned yet: tasks that wait for an activity with room, repairs for a part."""
    for incident in tuple(world.state.known.get(centre, ())):
        node = world.station.incidents[incident].node
        is_over = incident in world.state.ended or (centre, incident) in world.state.dismissed
        if is_over or incident not in world.state.responded or world.station.watchers[node] != centre:
            continue
        tasks.let_go(world, incident, cause)
        for response in _of(world, incident):
            waits = bool(response.attaches_to or response.spare) and not response.immediate
            if waits and _has_come(world, incident, response, centre) and not _is_planned(world, incident, response):
                _add(world, incident, response, centre, cause)


def _has_come(world: World, incident: str, response: Response, centre: str) -> bool:
    """Tell whether what a response waits for has come."""
    after, state = response.after, world.state
    if after is None or (centre, incident, after) in state.answers:
        return True
    return any(task == (incident, after) and state.acts[id_].life is Life.DONE for id_, task in state.responses.items())


def _is_planned(world: World, incident: str, response: Response) -> bool:
    own = (id_ for id_, task in world.state.responses.items() if task == (incident, response.id))
    is_added = any(world.state.acts[id_].life is not Life.GIVEN_UP for id_ in own)
    return is_added or tasks.is_covered(world, incident, response)


def begin_after(world: World, incident: str, centre: str, question: str, cause: int) -> None:
    """Put the responses into the plan that waited for the answer to a question."""
    if (centre, incident) in world.state.dismissed:
        return
    for response in _of(world, incident):
        if response.after == question:
            _add(world, incident, response, centre, cause)


def finish_with(world: World, incident: str, question: str, cause: int) -> None:
    """End the responses that the answer to a question ends."""
    for id_, (of, name) in tuple(world.state.responses.items()):
        act = world.state.acts[id_]
        record = response_of(world.station, incident, name) if of == incident else None
        if record is not None and record.ends_with == question and act.life is Life.UNDER_WAY:
            started = world.state.started_row[id_]
            seq = world.record(Kind.FINISHED, id_, cause=started, tables={"causes": [(cause,)]})
            log_work(world, act, act.started_s or world.state.now_s, world.state.now_s, cause=seq)
            leave_refuge(world, id_, seq)


def withdraw(world: World, incident: str, centre: str, cause: int) -> None:
    """Give up the responses to a false alarm that have not begun; what is under way goes on to its end.

    What another incident of the same node waits for is added for that one.
    """
    for id_, (of, name) in tuple(world.state.responses.items()):
        life = world.state.acts[id_].life
        if of != incident or life not in (*AHEAD, Life.PREPARED, Life.HELD):
            continue
        if life in {Life.PREPARED, Life.HELD}:
            world.record(Kind.CALLED_OFF, id_, by=centre, cause=cause, text="a false alarm")
        seq = world.record(Kind.GIVEN_UP, id_, by=centre, cause=cause, text="a false alarm")
        for other in _alike(world, incident, centre):
            for response in _of(world, other):
                if response.id == name:
                    _add(world, other, response, centre, seq)


def _alike(world: World, incident: str, centre: str) -> Iterator[str]:
    """Yield the other incidents of the same node that a centre has decided on and still believes."""
    incidents = world.station.incidents
    for other in world.state.known.get(centre, ()):
        is_same = other != incident and incidents[other].node == incidents[incident].node
        if is_same and other in world.state.responded and (centre, other) not in world.state.dismissed:
            yield other


def _preempt(world: World, centre: str, cause: int) -> None:
    """End what people do inside, so that they can come; who is outside is not asked."""
    now_s = world.state.now_s
    for act in tuple(world.state.acts.values()):
        effect = world.station.kinds[world.state.activity(act.id).kind].effect
        if act.life not in ATTEMPT or effect != "none":
            continue
        if act.life in RUNNING:
            seq = world.record(Kind.TERMINATED, act.id, cause=cause, until_s=now_s, text="everybody is called")
        else:
            seq = world.record(Kind.CALLED_OFF, act.id, by=centre, cause=cause, text="everybody is called")
        begun_s = act.prepared_s if act.prepared_s is not None else act.started_s
        if begun_s is not None and begun_s < now_s:
            log_work(world, act, begun_s, now_s, cause=seq)


def step_in(world: World, id_: str, cause: int) -> None:
    """Open a hatch for those who mend a wall behind shut ones, if there is air enough for both sides."""
    state = world.state
    incident, response = state.responses[id_]
    gap = state.holes.get(incident)
    if gap is None or not response_of(world.station, incident, response).mends or is_inhabited(state, gap.compartment):
        return
    for door in doors(state):
        other = next((end for end in door.between if end != gap.compartment), "")
        if gap.compartment in door.between and is_inhabited(state, other):
            opened = joined(state, {**state.hatches, door.id: "open"})
            whole = next(part for part in opened if other in part)
            if not is_at_limit(state, mixed(state, whole).pressure_kpa):
                hatchwork.open_up(world, door.id, cause=cause)
                return


def step_out(world: World, id_: str, cause: int) -> None:
    """Shut the hatches again that are usually shut when a wall has been worked on."""
    state = world.state
    incident, response = state.responses[id_]
    gap = state.holes.get(incident)
    if gap is None or not response_of(world.station, incident, response).mends:
        return
    usually = {hatch.id: hatch.usually == "open" for hatch in world.station.scenario.hatches}
    usually |= {ship + SHIP_HATCH: world.station.opens_hatch(ship) for ship in world.station.ships}
    for door in doors(state):
        if gap.compartment in door.between and state.hatches.get(door.id) == "open" and not usually[door.id]:
            hatchwork.shut(world, door.id, USUALLY, cause=cause)


def leave(world: World, cause: int, further: dict[str, list[tuple[int]]]) -> None:
    """End in order what people do inside who go to their ship; whoever works beside them goes too."""
    state = world.state
    for act in tuple(state.acts.values()):
        is_inside = world.station.kinds[state.activity(act.id).kind].effect == "none"
        if act.life in RUNNING and is_inside and any(person in state.sheltered for person in act.people):
            text = "its people go to their ship"
            seq = world.record(Kind.TERMINATED, act.id, cause=cause, until_s=state.now_s, text=text, tables=further)
            if act.started_s is not None and act.started_s < state.now_s:
                log_work(world, act, act.started_s, state.now_s, cause=seq)
            if act.id in state.responses:
                step_out(world, act.id, seq)


def enter_refuge(world: World, id_: str, cause: int) -> None:
    """Let the people of a response go to its refuge, and shut its hatches behind them."""
    incident, response = world.state.responses[id_]
    record = response_of(world.station, incident, response)
    if record.refuge is None:
        return
    for person in world.state.acts[id_].people:
        world.record(Kind.SHELTERED, person, object=record.refuge, cause=cause, until_s=world.state.now_s)
    for hatch in record.shuts:
        hatchwork.shut(world, hatch, id_, cause=cause)


def leave_refuge(world: World, id_: str, cause: int) -> None:
    """Open the hatches of a response again, and let its people go where they work."""
    incident, response = world.state.responses[id_]
    record = response_of(world.station, incident, response)
    if record.refuge is None:
        return
    for hatch in record.shuts:
        hatchwork.let_go(world, hatch, id_, cause=cause)
    for person in world.state.acts[id_].people:
        if world.state.sheltered.get(person, ("", 0, 0))[0] == record.refuge:
            world.record(Kind.WENT_BACK, person, object=record.refuge, cause=cause)


def _add(world: World, incident: str, response: Response, centre: str, cause: int) -> None:
    """Add a response at the earliest date that any arm and people allow; without one it stands in the plan undated."""
    if not _is_possible(world, incident, response):
        return
    found = _way(world, incident, response, centre)
    if isinstance(found, lacks.Lack):
        lacks.tell(world, _new_id(world, incident, response), incident, response, cause, found)
    elif isinstance(found, Act):
        tasks.attach(world, found, incident, response, centre, cause)
    else:
        _plan(world, incident, response, cause, found)


def _way(world: World, incident: str, response: Response, centre: str) -> lacks.Lack | Act | tuple[Activity, Date]:
    """Return what a response becomes: an activity with its date, a task of a planned one, or what it lacks for that."""
    if response.supplied_by is not None and not _is_supplied(world, incident, response.supplied_by):
        return lacks.of_supply(response)
    best = _best(world, _new_id(world, incident, response), incident, response, centre)
    host = tasks.host_for(world, response) if response.attaches_to else None
    stands_alone = response.by is not None or response.roles or response.people > 0
    start_s = None if best is None else best[1].start_s
    if host is not None and (start_s is None or not stands_alone or (host.start_s or 0) <= start_s):
        return host
    if response.attaches_to and not stands_alone:
        return lacks.of_room(world, response)
    if best is None:
        return lacks.of_means(world, incident, response, centre)
    return _lack(world, incident, response, best[1]) or best


def _best(world: World, id_: str, incident: str, response: Response, centre: str) -> tuple[Activity, Date] | None:
    """Return the activity that a response becomes, with the arm, camera and part that allow the earliest date."""
    options: list[tuple[bool, int, int, Activity, Date]] = []
    for arm in arms_for(world, incident, response):
        drafted = draft(world, id_, incident, response, centre, arm)
        cameras = cameras_for(world, incident, response, centre)
        for camera, spare in product(cameras, spares_for(world, response)):
            with_ = tuple(use for use in (camera, spare) if use is not None)
            activity = attrs.evolve(drafted, uses=(*drafted.uses, *with_))
            date = date_of(world, incident, activity, response, arm)
            options.append((date.start_s is None, date.start_s or 0, len(options), activity, date))
    return min(options, key=lambda option: option[:3])[3:] if options else None


def _plan(world: World, incident: str, response: Response, cause: int, way: tuple[Activity, Date]) -> None:
    """Write a response into the plan, and when its answer is now expected."""
    activity, date = way
    id_, centre = activity.id, activity.centre
    kind = world.station.kinds[response.kind]
    end_s = None if date.start_s is None else date.start_s + response.duration_s
    revision = revision_row(undated(activity, kind), activity, date.start_s, date.cast)
    why = () if date.start_s is not None else _closing(date)
    seq = world.record(
        Kind.ADDED,
        id_,
        object=incident,
        by=centre,
        cause=cause,
        rule=why[-1].block.rule if why else None,
        start_s=date.start_s,
        until_s=end_s,
        text=response.id,
        tables={"revisions": [revision], "blocks": block_rows(id_, date.windows, why) if why else []},
    )
    is_sure = response.answers is not None and response.answers != REAL
    if is_sure and (centre, incident, response.answers) in world.state.questions:
        question = next(q for q in questions_of(world, incident) if q.id == response.answers)
        world.record(
            Kind.ASKED, question.id, object=incident, view=centre, cause=seq, text=question.text, until_s=end_s
        )


def _lack(world: World, incident: str, response: Response, date: Date) -> lacks.Lack | None:
    """Return why the best date of a response is none at all."""
    if response.by == "people" and not date.cast and date.start_s is not None:
        return lacks.of_people()
    if response.by == "camera" and date.start_s is None:
        return lacks.of_date(date)
    return lacks.of_time(world, incident, date) if _leaves_before(world, incident, response, date.start_s) else None


def _closing(date: Date) -> tuple[Window, ...]:
    """Return the windows that leave a response without a date: those without an end, or else all, the last one last."""
    for_good = tuple(window for window in date.windows if window.hi_s is None)
    return for_good or tuple(sorted(date.windows, key=lambda window: window.hi_s or 0))


def _is_possible(world: World, incident: str, response: Response) -> bool:
    """Tell whether a response makes sense: its ship is here, and the same is not under way for the same node."""
    node = world.station.incidents[incident].node
    ship = world.station.ship_of(node)
    is_here = ship is None or world.state.ship_at.get(ship) in world.station.ports
    for id_, (other, name) in world.state.responses.items():
        is_same = name == response.id and world.station.incidents[other].node == node
        if is_same and world.state.acts[id_].life not in {Life.DONE, Life.GIVEN_UP}:
            return False
    return is_here


def _is_supplied(world: World, incident: str, capability: str) -> bool:
    """Tell whether a docked ship has what a response takes, as far as the centre that plans it believes."""
    state, centre = world.state, world.station.watchers[world.station.incidents[incident].node]
    docked = (ship for ship, port in state.ship_at.items() if port in world.station.ports)
    nodes = (f"{ship}/{capability}" for ship in docked)
    return any(found in world.station.graph.index and not is_lost(state.health(centre, found)) for found in nodes)


def _leaves_before(world: World, incident: str, response: Response, start_s: int | None) -> bool:
    """Tell whether the ship has left before a response to what struck it could end."""
    ship = world.station.ship_of(world.station.incidents[incident].node)
    departure = None if ship is None else departure_of(world, ship)
    if start_s is None or departure is None or departure.start_s is None:
        return False
    return departure.start_s < start_s + response.duration_s


def _new_id(world: World, incident: str, response: Response) -> str:
    node = world.station.incidents[incident].node
    base = f"{node.split('/')[0]}-{response.id}"
    taken = {*world.state.acts, *world.station.activities}
    number = 2
    id_ = base
    while id_ in taken:
        id_, number = f"{base}-{number}", number + 1
    return id_
