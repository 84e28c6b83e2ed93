"""Templates of order: what follows, and ships, which come after their launch and leave after they have come."""

from collections.abc import Iterable, Iterator

from stationsim.scenario.model import Activity, Rule
from stationsim.station.act import Act
from stationsim.station.choice import Choice
from stationsim.station.governs import governs
from stationsim.station.rules.blocks import FOREVER_AGO, Block, block
from stationsim.station.situation import Situation
from stationsim.station.state import GONE, ON_GROUND, RELOCATING
from stationsim.station.transitions import Life


def precedence(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Let a follower begin only after what it follows; a follower of an undated activity is undated.

    A ship leaves after it has come.
    """
    activity = choice.activity
    yield from _not_here(rule, choice, situation)
    after = () if activity.at.after is None else (activity.at.after,)
    yield from followed(rule, (*activity.follows, *after), choice, situation)


def followed(rule: Rule, others: Iterable[str], choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid a start before others have ended, or before the time after one of them from which it counts."""
    activity = choice.activity
    for other in others:
        act = situation.acts[other]
        if act.life is Life.GIVEN_UP and situation.station.kinds[situation.activity(other).kind].effect == "undock":
            continue  # a ship that does not come is in nobody's way
        if act.start_s is None or act.is_cut:
            yield block(rule, FOREVER_AGO, None, _not_done(act, situation), mode="start", cause=act.row)
            continue
        least_s = activity.at.lo_s if other == activity.at.after else act.duration_s
        # What is held has not begun, whenever it was to begin.
        begins_s = max(act.start_s, situation.now_s) if act.life is Life.HELD else act.start_s
        reason = f"follows {situation.name(other)}"
        yield block(rule, FOREVER_AGO, begins_s + least_s, reason, mode="start", cause=act.row)


def no_later(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Let a follower begin at the latest so long after the start of what it follows."""
    activity = choice.activity
    after = () if activity.at.after is None else (activity.at.after,)
    for other in dict.fromkeys((*activity.follows, *after)):
        act = situation.acts[other]
        if act.start_s is not None:
            reason = f"later than {rule.gap_s / 86400:g} d after {situation.name(other)}"
            yield block(rule, act.start_s + rule.gap_s + 1, None, reason, mode="start", cause=act.row)


def order_of_flight(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Let a ship come after its launch and leave after it has come, where no binding rule of the books says so."""
    activity = choice.activity
    is_said = any(governs(own, activity, situation.station) for own in situation.station.precedences)
    named = (*activity.follows, activity.at.after) if is_said else ()
    if not is_said:
        yield from _not_here(rule, choice, situation)
    launches = _launches(activity, situation)[:1]
    yield from followed(rule, (launch for launch in launches if launch not in named), choice, situation)


def reads_flight(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name the ship that comes or leaves, and its launches."""
    del rule
    launches = _launches(choice.activity, situation)
    return launches if choice.activity.ship is None else (choice.activity.ship, *launches)


def _launches(activity: Activity, situation: Situation) -> tuple[str, ...]:
    """Return the launches of a ship on the ground that is to come: what is given up last, what is followed first."""
    station, ship = situation.station, activity.ship
    if station.kinds[activity.kind].effect != "dock" or situation.ship_at.get(ship or "") != ON_GROUND:
        return ()
    acts = (act for act in situation.acts.values() if act.ship == ship)
    found = [act for act in acts if station.kinds[situation.activity(act.id).kind].effect == "launch"]
    named = (*activity.follows, activity.at.after)
    ranked = sorted(found, key=lambda act: (act.life is Life.GIVEN_UP, act.id not in named))
    return tuple(act.id for act in ranked)


def reads_before(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name the ship that is moved, and what the activity follows."""
    del rule, situation
    activity = choice.activity
    before = (*activity.follows, *(() if activity.at.after is None else (activity.at.after,)))
    return before if activity.ship is None else (activity.ship, *before)


def _not_here(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid a departure of a ship that has not come yet, or never will, and that fit items are moved into it."""
    ship, station = choice.activity.ship, situation.station
    if ship is None or choice.kind.effect not in {"undock", "relocate", "fit"}:
        return
    where = situation.ship_at.get(ship)
    if where in station.ports or where == RELOCATING:
        return
    name, coming = station.name(ship), _coming(ship, situation)
    if where == GONE or coming is None:
        why = "is lost" if where == GONE else "does not come"
        yield block(rule, FOREVER_AGO, None, f"{name} {why}", mode="start", cause=situation.gone.get(ship))
    elif coming.start_s is None:
        yield block(rule, FOREVER_AGO, None, f"{name} has no date of arrival", mode="start", cause=coming.row)
    else:
        hi_s = coming.start_s + coming.duration_s
        yield block(rule, FOREVER_AGO, hi_s, f"{name} has not come yet", mode="start", cause=coming.row)


def _coming(ship: str, situation: Situation) -> Act | None:
    """Return the arrival of a ship that is yet to come."""
    kinds = situation.station.kinds
    return next(
        (
            act
            for act in situation.acts.values()
            if act.ship == ship
            and act.life is not Life.GIVEN_UP
            and kinds[situation.activity(act.id).kind].effect == "dock"
        ),
        None,
    )


def _not_done(act: Act, situation: Situation) -> str:
    name = situation.name(act.id)
    if act.start_s is not None:
        return f"{name} was not completed"
    return (
        f"{name} has failed"
        if act.failures
        else f"{name} {'was given up' if act.life is Life.GIVEN_UP else 'has no date'}"
    )
