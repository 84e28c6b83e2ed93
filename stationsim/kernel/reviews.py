"""What does a centre decide at a review? It answers incidents, lifts or ends holds, and has the plan repaired."""

import attrs

from stationsim.kernel import cover, decisions, forecasts, polls, responses, verdicts
from stationsim.kernel.activities import release
from stationsim.kernel.meetings import waiting
from stationsim.kernel.revisions import block_rows, replaced_rows, revision_row
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.planning.planners import planner_named
from stationsim.planning.policies import crowded, name_of, revised, takes_whole
from stationsim.planning.repair import repair
from stationsim.planning.revision import Change, Revision
from stationsim.planning.windows import Window
from stationsim.station.act import Act
from stationsim.station.choice import cast_of
from stationsim.station.responses import response_of
from stationsim.station.station import REAL
from stationsim.station.transitions import AHEAD, Life


def review(world: World, centre: str) -> None:
    """Review the plan in the light of what the centre believes; only work moves, and traffic that is blocked."""
    pending = world.state.reviews.get(centre)
    cause = waiting(world.state, centre)[0].row if pending is None else pending.row
    asked = _asked(world)
    seq = world.record(Kind.REVIEWED, centre, view=centre, cause=cause)
    for incident in world.state.known.get(centre, ()):
        node = world.station.incidents[incident].node
        is_new = incident in world.state.alarmed and incident not in world.state.responded
        is_open = is_new and (centre, incident) not in world.state.dismissed
        if world.station.watchers[node] == centre and is_open:
            cause = world.state.alarmed[incident]
            decided = world.record(
                Kind.DECIDED, incident, object=node, view=centre, cause=cause, text="respond and hold what it forbids"
            )
            responses.begin_planned(world, incident, centre, decided)
    responses.try_again(world, centre, seq)
    forecasts.revise(world, centre, seq)
    _decide_holds(world, centre, seq)
    if decisions.decide(world, centre, seq):
        asked = None
    _repair(world, asked, seq)


def replan(world: World, cause: int) -> None:
    """Have the plan repaired after a decision."""
    _repair(world, None, cause)


def _asked(world: World) -> frozenset[str] | None:
    """Return the activities ahead whose rules read what changed since their centre's last review."""
    if world.polls_all or not takes_whole(world.policy):
        return None  # what a policy declined before must be proposed again, though nothing about it changed
    situations = world.situations()
    found = []
    for act in world.state.acts.values():
        if act.life in AHEAD:
            centre = world.state.activity(act.id).centre
            touched = tuple(key for c in world.who_has_say(act.id) for key in world.state.touched.get(c, ()))
            if world.is_asked(act.id, touched, situations[centre]):
                found.append(act.id)
    return frozenset(found)


def _decide_holds(world: World, centre: str, cause: int) -> None:
    """Let go what is clear again, call off what cannot be clear before its hold limit."""
    for act in tuple(world.state.acts.values()):
        if act.life not in {Life.HELD, Life.PAUSED} or not world.has_say(centre, act.id):
            continue
        if act.life is Life.PAUSED:
            polls.resume_if_clear(world, act.id, cause=cause)
            continue
        found = polls.no_go(world, act.id, max(act.start_s or 0, world.state.now_s))
        if not found:
            release(world, act.id, cause=cause)
        elif any(w.hi_s is None or w.hi_s > (act.hold_until_s or 0) for w in found):
            polls.call_off(world, act.id, found, by=centre)


def _repair(world: World, asked: frozenset[str] | None, review_row: int, *, is_second: bool = False) -> None:
    proposal = _proposal(world, asked)
    revision = proposal if takes_whole(world.policy) else revised(world.policy, world.situations(), proposal)
    if proposal.proof and proposal.changes:
        by = world.state.activity(proposal.changes[0].id).centre
        world.record(Kind.SOLVED, by, view=by, cause=review_row, text=proposal.proof)
    lapsed = _lapsed(world, proposal, revision)
    for change in proposal.without(revision.ids).changes:
        _decline(world, change, review_row)
    renewed: dict[int, int] = {}
    for change in (*revision.changes, *lapsed):
        before = world.state.acts[change.id].row
        record_change(world, _renewed(change, renewed), review_row)
        renewed[before] = world.state.acts[change.id].row
    if renewed:
        cover.seat(world, review_row)
    if any(_reexpect(world, change.id, review_row) for change in revision.changes) and not is_second:
        _repair(world, asked, review_row, is_second=True)


def _proposal(world: World, asked: frozenset[str] | None) -> Revision:
    """Return the repaired plan; in a world that is only thought of, without reasons."""
    if world.is_play:
        return repair(world.situations(), asked=asked, explains=False)
    return planner_named(world.planner)(world.situations(), asked)


def _reexpect(world: World, id_: str, cause: int) -> bool:
    """Expect the answer of a response at its new end; tell whether that is another time."""
    incident, name = world.state.responses.get(id_, ("", ""))
    answers = response_of(world.station, incident, name).answers if incident else None
    act = world.state.acts[id_]
    centre = world.state.activity(id_).centre
    found = world.state.questions.get((centre, incident, answers or ""))
    if found is None or answers == REAL or found.expected_s == act.end_s:
        return False
    text = next(question.text for question in forecasts.questions_of(world, incident) if question.id == answers)
    world.record(Kind.ASKED, found.question, object=incident, view=centre, cause=cause, text=text, until_s=act.end_s)
    return True


def _decline(world: World, change: Change, review_row: int) -> None:
    """Write that a proposed change is not carried out."""
    centre = world.state.activity(change.id).centre
    world.record(
        Kind.DECLINED,
        change.id,
        cause=review_row,
        by=centre,
        rule=change.rule,
        start_s=change.start_s,
        text=name_of(world.policy),
    )


def _lapsed(world: World, proposal: Revision, chosen: Revision) -> tuple[Change, ...]:
    """Return what a policy left without a date: it was called off, its time has gone by, or it is in the way there."""
    left, found = proposal.without(chosen.ids).changes, []
    close = crowded(world.situations(), proposal, chosen) if left else ()
    for change in left:
        act = world.state.acts[change.id]
        is_off = change.id in close or (act.end_row is not None and act.end_row > act.row)
        if act.start_s is not None and (is_off or act.start_s - act.before_s < world.state.now_s):
            reason = f"{change.reason}; the policy {name_of(world.policy)} gave it no other date"
            found.append(attrs.evolve(change, start_s=None, cast=cast_of(act), reason=reason))
    return tuple(found)


def _renewed(change: Change, rows: dict[int, int]) -> Change:
    """Let a reason that names another activity's old date name the row of this review that changed it."""

    def renew(window: Window) -> Window:
        cause = window.block.cause
        if cause is None or cause not in rows:
            return window
        return attrs.evolve(window, block=attrs.evolve(window.block, cause=rows[cause]))

    return attrs.evolve(
        change,
        cause=rows.get(change.cause, change.cause) if change.cause is not None else None,
        windows=tuple(renew(window) for window in change.windows),
        binding=tuple(renew(window) for window in change.binding),
        replaced=tuple((person, renew(window)) for person, window in change.replaced),
    )


def record_change(world: World, change: Change, review_row: int) -> None:
    """Write a revised activity: its new date and people, the rule that binds, and every window that was in the way."""
    act = world.state.acts[change.id]
    kind = _kind_of(act, change)
    end_s = None if change.start_s is None else change.start_s + act.duration_s
    decided = review_row if act.aim_row is None else act.aim_row
    cause = decided if change.cause is None or change.cause < 0 else change.cause
    lasting = [w for w in change.binding if change.start_s is not None or w.hi_s is None]
    further = {w.block.cause for w in lasting if w.block.cause is not None and w.block.cause >= 0}
    revision = revision_row(act, world.state.activity(act.id), change.start_s, change.cast)
    rule, reason = change.rule, change.reason
    if rule is None and act.rule is not None and change.start_s != act.wish_s:
        rule, reason = act.rule, act.reason or change.reason
        cause = review_row if act.because is None else act.because
    world.record(
        kind,
        act.id,
        cause=cause,
        by=world.state.activity(act.id).centre,
        rule=rule,
        start_s=change.start_s,
        until_s=end_s,
        text=reason,
        tables={
            "revisions": [revision],
            "blocks": block_rows(act.id, change.windows, change.binding),
            "replaced": replaced_rows(change),
            "causes": [(row,) for row in sorted({*further, review_row, decided} - {cause})],
            "verdicts": [] if world.is_play else verdicts.of_date(world, act, change.start_s),
        },
    )


def _kind_of(act: Act, change: Change) -> Kind:
    if change.start_s is None:
        return Kind.UNDATED
    return Kind.REASSIGNED if change.start_s == act.start_s else Kind.MOVED
