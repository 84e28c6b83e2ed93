"""Templates that ask who is where: aboard, rested after arrival, enough inside, enough of each segment, relieved."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stationsim.scenario.model import Rule
from stationsim.station.choice import Choice
from stationsim.station.rules.blocks import FOREVER_AGO, Block, block
from stationsim.station.rules.calendar import named
from stationsim.station.rules.condition import reads_ships
from stationsim.station.situation import CERTIFIED, CREWED_RETURN, Situation
from stationsim.station.transitions import Life


def aboard(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid while someone who takes part is not aboard, moves hatches, or sits in another ship with its hatch shut.

    Without roles, also while something that is used has not come up yet.
    """
    if not rule.roles:
        yield from _things_aboard(rule, choice, situation)
    for person in choice.in_role(rule.roles):
        yield from _at_hatches(rule, person, situation)
        ship, since_s, row = situation.shut_in.get(person, (choice.activity.ship, 0, 0))
        if ship != choice.activity.ship:
            where = f"shelters in {situation.station.name(ship)}" if ship else "was caught by the loss of air"
            yield block(rule, since_s, None, f"{situation.station.name(person)} {where}", cause=row)
        stay = situation.presence.get(person)
        if stay is None:
            yield block(rule, FOREVER_AGO, None, f"{situation.station.name(person)} is not aboard")
            continue
        reason, late = f"{situation.station.name(person)} is not aboard yet", situation.coming.get(person)
        yield block(rule, FOREVER_AGO, stay[0], reason, cause=late)
        if stay[1] is not None and not _leaves_by(choice, person, situation):
            yield block(rule, stay[1], None, f"{situation.station.name(person)} has left")


def _leaves_by(choice: Choice, person: str, situation: Situation) -> bool:
    """Tell whether it is this very departure that takes somebody away."""
    act = situation.acts.get(choice.id)
    has_gone = act is not None and act.started_s is not None and situation.left_s.get(person) == act.started_s
    return choice.kind.effect == "undock" and (has_gone or person in _leaving(choice, situation))


def _things_aboard(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid while something used is on its way up, and for good when it is used up or was lost."""
    station = situation.station
    for node in (*choice.uses, *choice.activity.needs):
        if node in situation.used:
            reason = f"{station.name(node)} is used up"
            yield block(rule, FOREVER_AGO, None, reason, mode="start", cause=situation.used[node])
        ship = station.carriers.get(node)
        if ship is not None and ship not in situation.docked_s:
            yield _on_its_way(rule, node, ship, situation)


def _on_its_way(rule: Rule, node: str, ship: str, situation: Situation) -> Block:
    name, by = situation.station.name(node), situation.station.name(ship)
    coming = next((stay for stay in situation.stays if stay.ship == ship), None)
    if coming is None:
        why = f"{name} was lost with {by}" if ship in situation.gone else f"{name} comes with {by}, which has no date"
        return block(rule, FOREVER_AGO, None, why, mode="start", cause=situation.gone.get(ship))
    arrival = next(act for act in situation.acts.values() if act.ship == ship and act.port == coming.port)
    unloaded_s = coming.lo_s + arrival.duration_s + arrival.after_s
    return block(rule, FOREVER_AGO, unloaded_s, f"{name} comes with {by}", mode="start", cause=arrival.row)


def reads_aboard(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name those who take part with the ships that would carry them home, and the ships that bring what is used."""
    carriers = (situation.station.carriers.get(node) for node in (*choice.uses, *choice.activity.needs))
    ships = tuple(ship for ship in carriers if ship is not None)
    return (*reads_ships(rule, choice, situation), *ships, *choice.uses)


def _at_hatches(rule: Rule, person: str, situation: Situation) -> Iterator[Block]:
    for found in situation.postures.values():
        if person in found.people and found.phase in {"taking", "lifting"}:
            reason = f"{situation.station.name(person)} moves hatches"
            yield block(rule, found.begun_s, found.until_s, reason, cause=found.row)


def after_arrival(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid in the first days after someone's arrival."""
    for person in choice.in_role(rule.roles):
        stay = situation.presence.get(person)
        if stay is not None:
            reason = f"{situation.station.name(person)} has not been aboard for {rule.gap_s / 86400:g} d"
            yield block(rule, FOREVER_AGO, stay[0] + rule.gap_s, reason, cause=situation.coming.get(person))


def night_call(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid while someone sleeps late who was called at night: for a while after work that fell into its hours."""
    for act in situation.acts.values():
        is_call = not rule.others or situation.activity(act.id).kind in rule.others
        if act.id == choice.id or act.life not in {Life.UNDER_WAY, Life.DONE} or not is_call:
            continue
        called = [person for person in choice.in_role(rule.roles) if person in act.people]
        lo_s = act.started_s or 0
        hi_s = lo_s + act.duration_s if act.ended_s is None else act.ended_s
        if called and any(night[0] < hi_s and lo_s < night[1] for night in named(rule, situation.station)):
            reason = f"{situation.station.name(called[0])} was called at night"
            yield block(rule, hi_s, hi_s + rule.gap_s, reason, cause=act.end_row)


_NO_END_S = 10**12
"""Stands for the time of a departure that has none [s]."""


class Left(NamedTuple):
    """How many people are left from a second to another one [s], and who is counted, in words."""

    lo_s: int
    hi_s: int | None
    number: int
    who: str


def inside_crew(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid while too few people stay inside."""
    for left in left_inside(rule, choice, situation):
        if left.number < rule.count:
            yield block(rule, left.lo_s, left.hi_s, f"only {left.who}")


def left_inside(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Left]:
    """Count who stays inside."""
    for lo_s, hi_s, count in _counts(situation, without=choice.in_role(rule.roles)):
        yield Left(lo_s, hi_s, count, f"{count} people are inside")


def segment_crew(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid a departure that leaves too few people of a segment."""
    for left in left_of_segments(rule, choice, situation):
        if left.number < rule.count:
            yield block(rule, left.lo_s, left.hi_s, f"only {left.who}", mode="start")


def left_of_segments(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Left]:
    """Count who stays of each segment that people leave."""
    leaving = _leaving(choice, situation)
    for segment in dict.fromkeys(person.segment for person in situation.station.scenario.people):
        people = [p for p in situation.presence if situation.station.people[p].segment == segment]
        if any(person in leaving for person in people):
            for lo_s, hi_s, count in _counts(situation, without=leaving, among=people):
                yield Left(lo_s, hi_s, count, f"{count} people of the {segment} segment stay")


def minimum_crew(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid while too few people of some segments, skills and agencies are aboard, well and not taken away by this.

    Who leaves with a ship, or is in one that is moved to another port, is away; so is who takes part in one of `roles`,
    where roles are named. A departure that takes none of those who are counted away is nobody's business.
    """
    mode = "start" if choice.kind.effect == "undock" else "overlap"
    for left in left_aboard(rule, choice, situation):
        if left.number < rule.count:
            yield block(rule, left.lo_s, left.hi_s, f"only {left.who}", mode=mode)


def left_aboard(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Left]:
    """Count who is aboard and well of those whom a rule counts, without those whom a choice takes away."""
    people = [person for person in situation.presence if _is_counted(rule, person, situation)]
    away = _away(rule, choice, situation)
    if choice.kind.effect in {"undock", "relocate"} and not any(person in away for person in people):
        return
    lost = [person for person in people if situation.sick(person) is not None]
    for lo_s, hi_s, count in _counts(situation, without=(*away, *lost), among=people):
        yield Left(
            lo_s, hi_s, count, f"{count} {'person' if count == 1 else 'people'}{_described(rule)} would be aboard"
        )


def _is_counted(rule: Rule, person: str, situation: Situation) -> bool:
    record = situation.station.people[person]
    of_segment = not rule.segments or record.segment in rule.segments
    of_agency = not rule.agencies or record.agency in rule.agencies
    return of_segment and of_agency and all(skill in record.skills for skill in rule.skills)


def _away(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Return who is not aboard because of a choice."""
    if choice.kind.effect == "relocate":
        return situation.seated_in(choice.activity.ship or "")
    return (*_leaving(choice, situation), *(choice.in_role(rule.roles) if rule.roles else ()))


def _described(rule: Rule) -> str:
    parts = [f" of the {' or '.join(rule.segments)} segment"] if rule.segments else []
    parts += [f" of {' or '.join(rule.agencies)}"] if rule.agencies else []
    parts += [f" with {' and '.join(rule.skills)}"] if rule.skills else []
    return "".join(parts)


def _leaving(choice: Choice, situation: Situation) -> tuple[str, ...]:
    ship = choice.activity.ship
    if ship is None or choice.kind.effect != "undock" or situation.status(ship) != CERTIFIED:
        return ()
    act = situation.acts.get(choice.id)
    if act is None or act.started_s is not None or situation.ship_at.get(ship) == "flight":
        return situation.seated_in(ship)
    at_s = act.start_s if act.start_s is not None else act.goal_s
    return situation.crew_at(ship, _NO_END_S if at_s is None else at_s)


def _counts(
    situation: Situation, *, without: Iterable[str], among: Iterable[str] | None = None
) -> Iterator[tuple[int, int | None, int]]:
    """Yield (from, until, number of people aboard), leaving some out; nobody is counted before the first arrival."""
    people = situation.presence if among is None else among
    stays = [situation.presence[person] for person in people if person not in without]
    steps = {FOREVER_AGO: 0}
    for lo_s, hi_s in stays:
        steps[lo_s] = steps.get(lo_s, 0) + 1
        if hi_s is not None:
            steps[max(lo_s, hi_s)] = steps.get(max(lo_s, hi_s), 0) - 1
            steps.setdefault(hi_s, 0)
    edges, count = sorted(steps), 0
    for lo_s, until_s in zip(edges, [*edges[1:], None], strict=True):
        count += steps[lo_s]
        yield lo_s, until_s, count


def handover(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid a departure before the relief of those who leave has been aboard for a while."""
    leaving = _leaving(choice, situation)
    for id_ in situation.reliefs if leaving else ():
        act = situation.acts[id_]
        relieved = [person for person in situation.activity(id_).relieves if person in leaving]
        if not relieved:
            continue
        if act.start_s is None:
            reason = f"the relief of {situation.station.name(relieved[0])} has no date"
            yield block(rule, FOREVER_AGO, None, reason, mode="start", cause=act.row)
        else:
            reason = f"handover with the crew of {situation.station.name(act.ship or '')}"
            yield block(rule, FOREVER_AGO, act.start_s + rule.gap_s, reason, mode="start", cause=act.row)


def reads_people(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name those who take part: what they did last tells whether they sleep."""
    del situation
    return choice.in_role(rule.roles)


def reads_departures(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name everybody, and the capability of every ship that may take people home: who stays hangs on both."""
    del rule, choice
    station = situation.station
    ships = (f"{ship}/{CREWED_RETURN}" for ship in station.ships if station.is_crew_ship(ship))
    return (*station.people, *ships)
