"""What would each option come to? Completed with the best seats, repaired, verified, and estimated from its plan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import takewhile

import attrs
from attrs import frozen

from stationsim.planning.objective import DAY_S, LEVELS, Score
from stationsim.planning.options import generators
from stationsim.planning.options.estimate import estimate
from stationsim.planning.options.fleet import departure, flights, kind_with
from stationsim.planning.options.generators import Case
from stationsim.planning.options.moments import last_s
from stationsim.planning.options.option import Edit, Option, applied, change, merged
from stationsim.planning.options.seating import Move, grouped, place_of, seating
from stationsim.planning.place import Search
from stationsim.planning.repair import repair
from stationsim.planning.revision import Revision, over
from stationsim.planning.verify import Break, verify
from stationsim.planning.windows import Window
from stationsim.planning.wishes import candidates_for, slots_for
from stationsim.scenario.model import NOBODY
from stationsim.station.act import Act
from stationsim.station.situation import Situation
from stationsim.station.transitions import AHEAD

BRINGING = 2
"""So many of the best options that bring a ship are combined with where it stands and when it leaves."""

_FORCED_S = 36 * 3600
"""Who must leave a ship for a worse place does so as late as this before it departs [s]."""


@frozen(kw_only=True)
class Weighed:
    """An option with what it comes to by the plan.

    Attributes:
        option: The option as proposed.
        edits: What it changes, seats included.
        revision: How the plan is repaired then.
        rule, reason: What rejects it; None where nothing does.
        same_as: The option before it that comes to the same plan.
        waives: Soft rules that its plan breaks, and nobody has waived yet.
        estimate: Its score as far as the plan tells; None where it is rejected.
        last_s: Until when it can be taken: the first of its dates less its lead [s]; None where nothing has a date.
        brings: The ships in which the people have their seats by it, other than their own.
        plan: Activity, start, port and people of everything ahead, to tell plans apart.
    """

    option: Option
    edits: tuple[Edit, ...] = ()
    revision: Revision = Revision()
    rule: str | None = None
    reason: str | None = None
    same_as: str | None = None
    waives: tuple[Break, ...] = ()
    estimate: Score | None = None
    last_s: int | None = None
    brings: tuple[str, ...] = ()
    plan: tuple[object, ...] = attrs.field(default=(), repr=False)

    @property
    def id(self) -> str:
        """What it is called."""
        return self.option.id

    @property
    def size(self) -> int:
        """How much it changes or adds: of options that come to the same, the smaller is the better one."""
        return len(self.edits) + len(self.option.calls)

    @property
    def is_open(self) -> bool:
        """May it be taken?"""
        return self.rule is None and self.same_as is None and self.estimate is not None


@frozen(kw_only=True)
class Bound:
    """What a decision thinks only in part: `flights` ahead, `crews` of a flight, options that are `combined`."""

    what: str
    taken: int
    total: int


def bounds(case: Case, weighed: Sequence[Weighed]) -> tuple[Bound, ...]:
    """Return where a decision was bounded: how many flights are ahead, how many options could have been combined."""
    ahead = sum(1 for flight in flights(case.situation) if flight.ship != case.ship)
    firsts = {option.id for make in generators.FIRST for option in make(case)}
    bring = sum(1 for item in weighed if item.id in firsts and item.is_open and item.brings)
    every = (
        Bound(what="flights", taken=generators.FLIGHTS, total=ahead),
        Bound(what="crews", taken=generators.WHO, total=generators.who_could_stay(case)),
        Bound(what="combined", taken=BRINGING, total=bring),
    )
    return tuple(bound for bound in every if bound.taken < bound.total)


def weigh(case: Case, situations: Mapping[str, Situation]) -> Iterator[Weighed]:
    """Yield every option of a case with what it comes to, in the order of the generators.

    Args:
        case: The ship that does not take its people home.
        situations: What each centre believes, by centre, over the plan as it stands.
    """
    known = frozenset(item.key for item in verify(situations))
    found: list[Weighed] = []
    for option in (option for make in generators.FIRST for option in make(case)):
        found.append(_weighed(option, case, situations, known, found))
        yield found[-1]
    for make in generators.FURTHER:
        best = sorted((item for item in found if item.is_open and item.brings), key=_rank)
        for chosen, ship in ((item, ship) for item in best[:BRINGING] for ship in item.brings):
            for more in make(_case_after(case, chosen, situations), ship):
                found.append(_weighed(chosen.option.and_(more), case, situations, known, found))
                yield found[-1]


def _rank(item: Weighed) -> tuple[Score, int, str]:
    assert item.estimate is not None
    return item.estimate, item.size, item.id


def _brings(case: Case, plan: Situation) -> tuple[str, ...]:
    """Return the ships in which a plan gives the people of a case seats of their own."""
    placed = ((person, at_s, ship) for person in case.people for at_s, ship in plan.placed_after(person))
    seated = (ship for person, at_s, ship in placed if person in plan.crew_at(ship, at_s + 1))
    return tuple(dict.fromkeys(ship for ship in seated if ship != case.ship))


def _case_after(case: Case, item: Weighed, situations: Mapping[str, Situation]) -> Case:
    """Return the case over the plan that an option comes to."""
    plan = over(applied(item.edits, situations), item.revision)
    return attrs.evolve(case, situation=plan[case.situation.centre])


def _weighed(
    option: Option,
    case: Case,
    situations: Mapping[str, Situation],
    known: frozenset[tuple[str, str, str | None]],
    before: Sequence[Weighed],
) -> Weighed:
    edits = merged((*(_dropped(case) if option.moves_seats else ()), *option.edits))
    ruled_out = _circle(edits, situations) or _ruled_out(option, edits, situations)
    if ruled_out is not None:
        return Weighed(option=option, edits=edits, rule=ruled_out[0], reason=ruled_out[1])
    first, revision = _repaired(edits, situations)
    if option.moves_seats:
        moved = tuple(_seat_edits(case, first[case.situation.centre]))
        if moved:
            edits = merged((*edits, *moved))
            if (circle := _circle(edits, situations)) is not None:
                return Weighed(option=option, edits=edits, rule=circle[0], reason=circle[1])
            first, revision = _repaired(edits, situations)
    plan = first[case.situation.centre]
    base = Weighed(option=option, edits=edits, revision=revision)
    for want in option.wants:
        act = plan.acts[want.activity]
        if act.start_s is None or act.start_s >= want.before_s:
            rule, reason = _why_late(want.activity, plan)
            return attrs.evolve(base, rule=rule, reason=reason)
    broken = [item for item in verify(first) if item.key not in known]
    rules = plan.station.rules
    hard = next((i for i in broken if i.severity != "soft" or rules[i.rule].waived_by == NOBODY), None)
    if hard is not None and edits:  # what stands may stand, whatever it breaks
        return attrs.evolve(base, rule=hard.rule, reason=f"{plan.name(hard.activity)}: {hard.reason}")
    looks = (option.calls, *_signature(plan, edits))
    same = next((item.id for item in before if item.plan == looks and item.rule is None), None)
    soft = tuple({(item.rule, item.activity): item for item in broken if item.severity == "soft"}.values())
    return attrs.evolve(
        base,
        plan=looks,
        same_as=same,
        waives=soft,
        estimate=estimate(case, plan, len(soft)),
        last_s=last_s(option, edits, case.situation, plan),
        brings=_brings(case, plan),
    )


def waiting(item: Weighed, case: Case, situations: Mapping[str, Situation]) -> tuple[str, int] | None:
    """Return what it costs to decide an option a day later: how much more of which level; None where nothing.

    `gone` is an option that can then not be taken any more.
    """
    if item.estimate is None:
        return None
    late = {centre: attrs.evolve(found, now_s=found.now_s + DAY_S, kept={}) for centre, found in situations.items()}
    then = attrs.evolve(case, situation=late[case.situation.centre])
    known = frozenset(found.key for found in verify(late))
    later = _weighed(item.option, then, late, known, ())
    if later.estimate is None:
        return "gone", 1
    waited = [place_of(person, case.situation).level for person in case.people]
    day = (waited.count(int(level[-1])) if level.startswith("class-") else 0 for level, _, _ in LEVELS)
    values = zip(later.estimate.values, day, strict=True)
    return Score(values=tuple(a + b for a, b in values)).against(item.estimate)


def _dropped(case: Case) -> Iterator[Edit]:
    """Yield what earlier decisions planned for these people's seats: it is planned anew."""
    kinds = case.situation.station.kinds
    for act in case.situation.acts.values():
        activity = case.situation.activity(act.id)
        is_move = kinds[activity.kind].effect == "fit" and act.life in AHEAD
        if is_move and act.id not in case.situation.station.activities and set(activity.fits) <= set(case.people):
            yield Edit(activity=act.id, is_dropped=True)
            for other in case.situation.acts.values():
                follows = case.situation.activity(other.id).follows
                if act.id in follows and other.life in AHEAD:
                    yield change(case.situation, other.id, {"follows": [f for f in follows if f != act.id]})


def _circle(edits: Iterable[Edit], situations: Mapping[str, Situation]) -> tuple[str, str] | None:
    """Return why an option has no order, where something would come after itself; None where it has one."""
    plan = next(iter(applied(edits, situations).values()))
    after = {id_: [*plan.activity(id_).follows, plan.activity(id_).at.after] for id_ in plan.acts}
    try:
        TopologicalSorter({id_: [other for other in others if other] for id_, others in after.items()}).prepare()
    except CycleError as circle:
        return "order", f"{plan.name(circle.args[1][0])}: it would come after itself"
    return None


def _ruled_out(option: Option, edits: tuple[Edit, ...], situations: Mapping[str, Situation]) -> tuple[str, str] | None:
    """Return the rule, and why, by which what an option is for cannot be, whatever else is planned; None if it may."""
    plan = applied(edits, situations)
    for want in option.wants:
        any_ = next(iter(plan.values()))
        act, situation = any_.acts[want.activity], plan[any_.activity(want.activity).centre]
        search = Search(id=act.id, situation=situation, placed={}, slots=slots_for(act, situation))
        starts = takewhile(lambda start_s: start_s < want.before_s, candidates_for(act, situation))  # noqa: B023
        date = search.first(starts)
        if date.start_s is not None:
            continue
        return _told(act.id, date.windows, situation)
    return None


def _repaired(edits: Iterable[Edit], situations: Mapping[str, Situation]) -> tuple[dict[str, Situation], Revision]:
    asked = applied(edits, situations)
    revision = repair(asked, explains=False)
    return over(asked, revision), revision


def _why_late(id_: str, plan: Situation) -> tuple[str, str]:
    """Say which rule keeps an activity from the date that an option is for."""
    act = plan.acts[id_]
    search = Search(id=id_, situation=plan, placed={}, slots=slots_for(act, plan))
    found = () if act.goal_s is None else search.windows_at(max(act.goal_s, plan.now_s))
    return _told(id_, found, plan)


def _told(id_: str, windows: Iterable[Window], plan: Situation) -> tuple[str, str]:
    """Return the rule, and why, of the hard window that ends last; without one it is the lead that a date lacks."""
    hard = [window for window in windows if window.block.severity != "soft"]
    if not hard:
        return "lead", f"{plan.name(id_)}: a new date needs its lead"
    last = max(hard, key=lambda w: (w.hi_s is None, w.hi_s or 0))
    return last.block.rule, f"{plan.name(id_)}: {last.block.reason}"


def _signature(plan: Situation, edits: Iterable[Edit]) -> tuple[object, ...]:
    """Return what tells plans apart: dates, ports, people, who flies with what; not what it is called."""
    new = {edit.activity for edit in edits if edit.is_new}
    acts: list[tuple[object, ...]] = []
    for act in plan.acts.values():
        activity = plan.activity(act.id)
        if act.life in AHEAD:
            name = activity.kind if act.id in new else act.id
            acts.append((name, act.ship, act.port, act.start_s, act.people, activity.crew, activity.relieves))
    return tuple(sorted(acts, key=str))


# --- seats ----------------------------------------------------------------------------------------------------------


def _seat_edits(case: Case, plan: Situation) -> Iterator[Edit]:
    """Yield the moves of seats that a plan leaves room for, and let every ship that people leave wait for them."""
    kind = kind_with(plan.station, "fit")
    if kind is None:
        return
    found = seating(case.people, plan, until_s=plan.station.scenario.horizon_s)
    taken: dict[str, int] = {}
    for group in grouped(found.moves):
        first = group[0]
        known = _planned_move(group, plan)
        if known is not None:
            id_ = known.id
            yield change(plan, id_, {}, _wanted_s(first, plan))
        else:
            stem = f"{first.to}-seats"
            taken[stem] = taken.get(stem, 0) + 1
            id_ = _free_id(stem, taken[stem], plan)
            yield _seat_move(id_, kind, group, plan)
        leaves = departure(plan, first.from_)
        if leaves is not None and id_ not in plan.activity(leaves.id).follows:
            before = plan.activity(leaves.id).follows
            yield change(plan, leaves.id, {"follows": (*before, id_)})


def _planned_move(group: tuple[Move, ...], plan: Situation) -> Act | None:
    """Return the activity ahead that moves just these people's seats to that ship: nobody needs a second one."""
    people, to = {move.person for move in group}, group[0].to
    for act in plan.acts.values():
        activity = plan.activity(act.id)
        is_move = act.life in AHEAD and plan.station.kinds[activity.kind].effect == "fit"
        if is_move and act.ship == to and set(activity.fits) == people and not group[0].improvised:
            return act
    return None


def _wanted_s(first: Move, plan: Situation) -> int:
    """Return from when on a move is wanted [s]: when the place is there, or just before the old one is gone."""
    return first.from_s if first.by_s is None else max(plan.now_s, first.by_s - _FORCED_S)


def _free_id(stem: str, number: int, plan: Situation) -> str:
    """Return an id that nothing in the plan has, the same for the same plan."""
    while True:
        id_ = stem if number == 1 else f"{stem}-{number}"
        if id_ not in plan.acts:
            return id_
        number += 1


def _seat_move(id_: str, kind: str, group: tuple[Move, ...], plan: Situation) -> Edit:
    first, name = group[0], plan.station.name
    people = ",".join(move.person for move in group)
    arrival = next((f.arrival.id for f in flights(plan) if f.ship == first.to), "")
    what = "Place" if first.improvised else "Seat"
    who = ", ".join(name(move.person) for move in group)
    fields = (
        ("kind", "", kind),
        ("name", "", f"{what}{'s' if len(group) > 1 else ''} of {who} to {name(first.to)}"),
        ("centre", "", plan.station.ships[first.to].centre),
        ("ship", "", first.to),
        ("people", "", people),
        ("fits", "", people),
        ("follows", "", arrival),
    )
    return Edit(activity=id_, fields=fields, aim_s=_wanted_s(first, plan), is_new=True)
