"""What follows when a centre learns that an alarm was false? All that it believed of it is taken back."""

from stationsim.kernel import cover, hatchwork, responses
from stationsim.kernel.health import set_health
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.station.hatches import kept_by
from stationsim.station.health import NOMINAL, grade
from stationsim.station.station import BACK, BREAKING


def dismiss(world: World, centre: str, incident: str, cause: int, *, by: str | None, text: str) -> None:
    """Dismiss an incident at one centre: questions closed, zones clear, node well, responses withdrawn.

    Args:
        world: The run.
        centre: The centre that learns it.
        incident: The false alarm.
        cause: The row that showed it.
        by: The centre it was learnt from; None where this one found it out, and the others are told.
        text: What showed it.
    """
    if (centre, incident) in world.state.dismissed:
        return
    node = world.station.incidents[incident].node
    seq = world.record(Kind.DISMISSED, incident, object=node, view=centre, by=by, cause=cause, text=text)
    is_owner = centre == world.station.watchers[node]
    _close_questions(world, centre, incident, seq)
    for zone in [key[2] for key in world.state.wet if key[:2] == (centre, incident)]:
        world.record(Kind.CLEARED, zone, object=incident, view=centre, cause=seq)
    if world.station.mode_of(incident).how in BREAKING:
        set_health(world, centre, node, _health_without(world, centre, incident), cause=seq, incident=incident)
    if (centre, node) in world.state.hatch_beliefs:
        stands = world.state.hatches[node]
        world.record(Kind.HATCH_BELIEVED, node, object=incident, view=centre, cause=seq, text=stands)
    if is_owner:
        _end_hunt(world, incident, centre, seq)
        for question in world.station.mode_of(incident).questions:
            responses.finish_with(world, incident, question.id, seq)
        responses.withdraw(world, incident, centre, seq)
    cover.update(world, centre, seq)


def _close_questions(world: World, centre: str, incident: str, cause: int) -> None:
    """Close what is still asked; nobody is told, who hears of the dismissal closes their own."""
    for key in [key for key in world.state.questions if key[:2] == (centre, incident)]:
        world.record(
            Kind.ANSWERED, key[2], object=incident, view=centre, by=centre, cause=cause, text="dismissed: a false alarm"
        )


def _health_without(world: World, centre: str, incident: str) -> int:
    """Return what a centre holds of a node without one incident: how it was at the start, and what else struck it."""
    node = world.station.incidents[incident].node
    opening = (found for found in world.station.scenario.opening if found.node == node)
    held = [grade(found.health) for found in opening if found.health and found.centre in {None, centre}]
    for other in world.state.known.get(centre, ()):
        mode = world.station.mode_of(other)
        is_over = mode.how == "change" and (centre, other, BACK) not in world.state.questions
        if world.station.incidents[other].node != node or other == incident or mode.how not in BREAKING or is_over:
            continue
        if (centre, other) not in world.state.dismissed and not world.station.leaks_air(other):
            held.append(grade(mode.health))
    return max(held, default=NOMINAL)


def _end_hunt(world: World, incident: str, centre: str, cause: int) -> None:
    """Let a hunt be over that nothing was found in; its hatch opens again."""
    found = world.state.searches.get(incident)
    if found is None:
        return
    for hatch in kept_by(world.state, incident):
        hatchwork.let_go(world, hatch, incident, cause=cause)
    text = ",".join(found.suspects)
    world.record(Kind.SEARCHED, incident, view=centre, cause=cause, start_s=found.begun_s, text=text)
