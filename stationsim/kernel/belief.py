"""Who learns what, and when? Readings become alarms, alarms questions; answers and reports change beliefs."""

from stationsim.kernel import cover, demands, gauges, hunt, polls, responses
from stationsim.kernel.answers import answered, clear_s, recovered
from stationsim.kernel.dismissal import dismiss
from stationsim.kernel.forecasts import back_s, questions_of
from stationsim.kernel.health import set_health
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.scenario.model import Question
from stationsim.station.air import body_of, pressure_kpa
from stationsim.station.contact import UNIDENTIFIED
from stationsim.station.health import grade
from stationsim.station.state import Post
from stationsim.station.station import BACK, BREAKING


def reading(world: World, incident: str) -> None:
    """Let a sensor tell the centre that watches the node of an incident, or of its end."""
    record = world.station.incidents[incident]
    centre = world.station.watchers[record.node]
    if incident in world.state.alarmed:
        seq = world.record(
            Kind.ANSWERED, BACK, object=incident, view=centre, cause=world.state.ended[incident], text="back in service"
        )
        recovered(world, centre, incident, seq)
        return
    if world.station.leaks_air(incident):
        _pressure_falls(world, centre, incident)
        return
    release = None if world.station.is_false(incident) else world.state.releases.get(record.node)
    cause = world.state.struck[incident] if release is None or release.crossed_row is None else release.crossed_row
    value = None if release is None else release.drain.pressure_kpa_at(world.state.now_s - release.since_s)
    seq = world.record(
        Kind.ALARMED,
        record.node,
        object=incident,
        view=centre,
        cause=cause,
        value=value,
        unit=None if value is None else "kPa",
        text=world.station.mode_of(incident).id,
    )
    _learn(world, centre, incident, seq)
    if record.since_s is None:
        responses.begin_immediate(world, incident, centre, seq)


def _pressure_falls(world: World, centre: str, incident: str) -> None:
    """Let a centre know that the cabin's pressure falls, and not where the air goes."""
    compartment = hunt.leaking(world, incident)
    body = body_of(world.state, compartment)
    subject = compartment if body is None else body.members[0]
    seq = world.record(
        Kind.ALARMED,
        subject,
        object=incident,
        view=centre,
        cause=world.state.air_alarms.get(incident, (0, world.state.struck[incident]))[1],
        value=pressure_kpa(world.state, compartment),
        unit="kPa",
        text=world.station.mode_of(incident).id,
    )
    _learn(world, centre, incident, seq)
    hunt.begin(world, incident, seq)
    responses.begin_immediate(world, incident, centre, seq)


def _learn(world: World, centre: str, incident: str, cause: int) -> None:
    """Let a centre believe an incident: health, questions, wet zones, status of the ship, and who must wait."""
    record, mode = world.station.incidents[incident], world.station.mode_of(incident)
    for question in questions_of(world, incident):
        world.record(
            Kind.ASKED,
            question.id,
            object=incident,
            view=centre,
            cause=cause,
            text=question.text,
            until_s=_expected_s(world, centre, incident, question),
        )
    is_sought = world.station.leaks_air(incident) and mode.hunt is not None
    if mode.how in BREAKING and not is_sought:
        set_health(world, centre, record.node, grade(mode.health), cause=cause, incident=incident)
    _wet(world, centre, incident, cause)
    demands.require(world, incident, centre, cause)
    cover.update(world, centre, cause)
    polls.poll(world, centre, cause)


def _expected_s(world: World, centre: str, incident: str, question: Question) -> int | None:
    """A centre that learns of a question takes over the owner's expectation.

    What had struck before the start is asked since then; an answer that is overdue takes another round from now.
    """
    owner = world.station.watchers[world.station.incidents[incident].node]
    known = world.state.questions.get((owner, incident, question.id))
    if centre != owner and known is not None:
        return known.expected_s
    if question.id == BACK and question.after_s == 0:
        return None
    record, now_s = world.station.incidents[incident], world.state.now_s
    if record.since_s is None:
        return now_s + question.after_s
    if record.expect_s is not None or question.id == BACK:
        return back_s(world, incident, record.since_s)
    is_overdue = record.since_s + question.after_s <= now_s
    return (now_s if is_overdue else record.since_s) + question.after_s


def _wet(world: World, centre: str, incident: str, cause: int) -> None:
    """Believe wet what the release could have reached from where the ship stands; unidentified counts as worst."""
    node = world.station.incidents[incident].node
    held = world.station.holds(node)
    if world.station.mode_of(incident).how != "leak" or held is None:
        return
    feared = world.station.fluids[held.fluid].hazard if held.fluid_known else UNIDENTIFIED
    for zone in wets(world, node):
        until_s = clear_s(world, centre, incident, feared)
        world.record(Kind.WETTED, zone, object=incident, view=centre, cause=cause, until_s=until_s, text=feared)


def wets(world: World, node: str) -> tuple[str, ...]:
    """Return the zones that a release from a node can reach: its own, and those of the port its ship is docked at."""
    thing, ship = world.station.things.get(node), world.station.ship_of(node)
    port = world.station.ports.get(world.state.ship_at.get(ship or "", ""))
    own = () if thing is None else thing.wets
    return tuple(dict.fromkeys((*own, *(() if port is None else port.wets))))


def reports(world: World, centre: str) -> None:
    """Let a centre learn what another one knew a while ago."""
    due = [post for post in world.state.posts if post.centre == centre and post.due_s <= world.state.now_s]
    for post in due:
        sender = _sender(world, post)
        seq = world.record(
            Kind.REPORTED, post.subject, object=post.incident, view=centre, by=sender, cause=post.row, text=post.text
        )
        if post.kind is Kind.ALARMED:
            _learn(world, centre, post.incident, seq)
        elif post.kind is Kind.DISMISSED:
            dismiss(world, centre, post.incident, seq, by=sender, text=post.text)
        elif post.kind is Kind.GAUGED:
            gauges.learn(world, centre, post.subject, post.text, seq)
        elif (centre, post.incident, post.subject) not in world.state.questions:
            continue
        else:
            world.record(
                post.kind,
                post.subject,
                object=post.incident,
                view=centre,
                by=sender,
                cause=seq,
                text=post.text,
                until_s=post.until_s,
            )
            if post.kind is Kind.ANSWERED:
                answered(world, centre, post.incident, post.subject, seq)


def _sender(world: World, post: Post) -> str:
    is_of_node = post.kind is Kind.GAUGED
    return world.station.watchers[post.subject if is_of_node else world.station.incidents[post.incident].node]


def wet(world: World, whom: str) -> None:
    """Let a zone be clear once its residue has had its time."""
    centre, incident, zone = whom.split("/", 2)
    found = world.state.wet[(centre, incident, zone)]
    world.record(Kind.CLEARED, zone, object=incident, view=centre, cause=found.row)
