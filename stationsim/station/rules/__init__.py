"""What do the rules say? The rule book of a control centre as instances of templates, looked up once per activity.

A rule is pure and returns windows; poll, planners, verifier and explanations read the same ones.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from attrs import frozen

from stationsim.scenario.model import Activity, Rule
from stationsim.station.choice import Choice
from stationsim.station.governs import governs, is_named
from stationsim.station.rules import crew, pairs, script
from stationsim.station.rules.blocks import (
    EVERYTHING,
    Block,
    BlockRule,
    LoadRule,
    Other,
    PairRule,
    Reads,
    Separation,
    reads_nothing,
)
from stationsim.station.rules.checks import check_rules
from stationsim.station.rules.templates import TEMPLATES, Template, template_of
from stationsim.station.situation import Situation
from stationsim.station.station import Station


class _Placed(Protocol):
    """Something with a choice: an activity with its date."""

    @property
    def choice(self) -> Choice:
        """The activity in its mode."""


P = TypeVar("P", bound=_Placed)


def _maker(rule: Rule, station: Station) -> Template:
    """Return what says the windows of a rule: its template, or the object that a script brought along."""
    own = station.own.rules.get(rule.id)
    if own is None:
        return template_of(rule)
    return Template(
        blocks=script.blocks_of(own),
        pairs=script.pairs_of(own),
        loads=script.loads_of(own),
        reads=script.reads_of(own),
    )


def blocks(choice: Choice, situation: Situation) -> tuple[Block, ...]:
    """Return every window in which the rules forbid a choice; one that ends as it begins forbids nothing.

    Kept with the situation: as long as its own act is the same, a choice is told the same over the same plan. Whoever
    changes the plan under a situation must know that no rule about another choice reads it (`reads_of_plan`).
    """
    act = situation.acts.get(choice.id)
    known = situation.said.get(id(choice))
    if known is None or known[1] is not act:
        known = situation.said[id(choice)] = (choice, act, _blocks(choice, situation))
    found: tuple[Block, ...] = known[2]
    return found


def reads_of_plan(situation: Situation) -> frozenset[str] | None:
    """Return the activities of which rules about another one read when they are; None where a script's rule may any.

    They read of ships, of what others follow or are dated after, and of who relieves somebody; of an activity itself
    its own choice is told. What is over or under way has its time, whatever is planned.
    """
    if situation.station.own.rules:
        return None
    records = [situation.activity(id_) for id_ in situation.acts]
    found = [act.id for act in situation.acts.values() if act.ship is not None]
    found += [record.id for record in records if record.relieves]
    found += [before for record in records for before in (*record.follows, record.at.after) if before is not None]
    return frozenset(found)


def _blocks(choice: Choice, situation: Situation) -> tuple[Block, ...]:
    book, waived = _book(choice.activity, situation.station), situation.waived
    free, found = _free_of_plan(book, choice, situation), list[Block]()
    for rule, make in book.blocks:
        if waived and (rule.id, choice.id) in waived:
            continue
        every: Iterable[Block] | None = free.get(rule.id)
        if every is None:
            seen = _seen(rule, choice, situation) if rule.consent else situation
            every = make(rule, choice, seen)
        for one in every:
            if one.hi_s is None or one.lo_s < one.hi_s:
                found.append(one)
    return tuple(found)


def _free_of_plan(book: "_Book", choice: Choice, situation: Situation) -> dict[str, tuple[Block, ...]]:
    """Return the windows of the rules that do not read the plan; looked up once for each belief."""
    of = (book, choice.activity, choice.roles, situation.now_s, situation.remedies.get(choice.id))
    key = (choice.id, choice.people)
    known = situation.kept.get(key)
    if known is None or known[0][0] is not book or known[0][1] is not choice.activity or known[0][2:] != of[2:]:
        windows = {
            rule.id: tuple(make(rule, choice, _seen(rule, choice, situation)))
            for rule, make in book.blocks
            if rule.id in book.free
        }
        known = situation.kept[key] = (of, windows)
    found: dict[str, tuple[Block, ...]] = known[1]
    return found


def _seen(rule: Rule, choice: Choice, situation: Situation) -> Situation:
    """Return the belief that a rule goes by: that of the centre in whose book it stands, where that must consent."""
    if not rule.consent or not rule.books or choice.activity.centre in rule.books:
        return situation
    centres = situation.station.consenting(choice.activity)
    return next((situation.seen_by(centre) for centre in centres if centre in rule.books), situation)


def separations(a: Choice, b: Choice, situation: Situation) -> tuple[Separation, ...]:
    """Return how far the start of `a` must be from the start of `b`, by the rules that govern either.

    What is kept between two says the same both ways round, but for its words: where `b` is free of `a`, `a` is of `b`.
    """
    apart = situation.station.apart
    known = apart.get((id(a), id(b)))
    if known is None and (mirrored := apart.get((id(b), id(a)))) is not None and not mirrored[2]:
        known = apart[id(a), id(b)] = (a, b, ())
    if known is None:
        pages = _pair(a.activity, b.activity, situation.station)
        if not pages.rules:
            apart[id(a), id(b)] = (a, b, ())
            return ()
        every = list[Separation]()
        for rule, make in pages.rules:
            if pages.of_two or not _is_waived(rule.id, a, b, situation):
                every.extend(make(rule, a, b, situation))
        said = tuple(every)
        if not pages.of_two:
            return said
        # Both choices are kept with the answer, so that no other one can have their ids.
        known = apart[id(a), id(b)] = (a, b, said)
    found: tuple[Separation, ...] = known[2]
    if not found or not situation.waived:
        return found
    return tuple(gap for gap in found if not _is_waived(gap.rule, a, b, situation))


def gaps(choice: Choice, placed: Iterable[P], situation: Situation) -> Iterator[tuple[P, Separation]]:
    """Yield how far a choice must be from others that are placed, each with the other; nothing about itself."""
    apart, own = situation.station.apart, id(choice)
    for other in placed:
        beside = other.choice
        known = apart.get((own, id(beside)))
        # Most have nothing to do with each other: of these the answer is known, and no waiver makes more of it.
        if (known is None or known[2]) and beside.id != choice.id:
            for gap in separations(choice, beside, situation):
                yield other, gap


def _is_waived(rule: str, a: Choice, b: Choice, situation: Situation) -> bool:
    """Tell whether a rule is dropped for one of two choices."""
    return (rule, a.id) in situation.waived or (rule, b.id) in situation.waived


def reach_s(choice: Choice, station: Station) -> int | None:
    """Return a time that rules about two activities do not reach beyond; None where nobody can say.

    Between two starts that lie farther apart than the spans of both choices and this time of either, no rule keeps
    anything apart. What a rule of a script says is known only when it is asked.
    """
    key = (choice.activity.id, choice.activity.arms)
    if key not in station.reaches:
        station.reaches[key] = _reach_s(choice, station)
    return station.reaches[key]


def _reach_s(choice: Choice, station: Station) -> int | None:
    two_sided = _about_two(station)
    if any(rule.id in station.own.rules for rule, _ in two_sided):
        return None
    activity = choice.activity
    gaps = (rule.gap_s for rule, _ in two_sided if pairs.may_meet(rule, activity, station))
    setups = (station.arms[arm].setup_s for arm in activity.arms)
    return max(gaps, default=0) + max(setups, default=0)


def loads(choice: Choice, others: Sequence[Other], situation: Situation) -> tuple[Block, ...]:
    """Return every window in which a choice would be too much beside all the others with their dates."""
    pages = _book(choice.activity, situation.station).loads
    asked = ((rule, make) for rule, make in pages if (rule.id, choice.id) not in situation.waived)
    return tuple(found for rule, make in asked for found in make(rule, choice, others, situation))


def is_limited(activity: Activity, station: Station) -> bool:
    """Tell whether what other activities take from its people may be too much for an activity."""
    return bool(_book(activity, station).loads)


_LEFT = {
    "inside-crew": crew.left_inside,
    "segment-crew": crew.left_of_segments,
    "minimum-crew": crew.left_aboard,
}
"""What the templates count that ask for a least number of people."""


def fewest(choice: Choice, situation: Situation, lo_s: int, hi_s: int) -> tuple[tuple[Rule, crew.Left], ...]:
    """Return each rule that asks for a least number of people, with the fewest that are left within [lo_s, hi_s)."""
    found = []
    for rule in situation.station.rules.values():
        if rule.template in _LEFT and governs(rule, choice.activity, situation.station):
            spans = _LEFT[rule.template](rule, choice, _seen(rule, choice, situation))
            within = [left for left in spans if left.lo_s < hi_s and (left.hi_s is None or lo_s < left.hi_s)]
            found += [(rule, min(within, key=lambda left: left.number))] if within else []
    return tuple(found)


def reads(choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Return the nodes, zones and capabilities that the rules' answer about a choice hangs on."""
    book = _book(choice.activity, situation.station)
    return tuple(dict.fromkeys(key for rule, read in book.reads for key in read(rule, choice, situation)))


@frozen(kw_only=True)
class _Book:
    """The rules that govern one activity, looked up once per scenario; `free` are those that do not read the plan."""

    blocks: tuple[tuple[Rule, BlockRule], ...]
    loads: tuple[tuple[Rule, LoadRule], ...]
    reads: tuple[tuple[Rule, Reads], ...]
    free: frozenset[str]


def _book(activity: Activity, station: Station) -> _Book:
    key = (activity.id, activity.port)
    found = station.books.get(key)
    if not isinstance(found, _Book):
        every = [(rule, _maker(rule, station)) for rule in station.rules.values()]
        makers = [(rule, made) for rule, made in every if governs(rule, activity, station)]
        # A script's rule about two activities may hang on a belief: who it meets is asked, governed or not.
        met = [(rule, made) for rule, made in every if rule.id in station.own.rules and made.pairs is not None]
        found = _Book(
            blocks=tuple((rule, made.blocks) for rule, made in makers if made.blocks is not None),
            loads=tuple((rule, made.loads) for rule, made in makers if made.loads is not None),
            reads=tuple((rule, made.reads) for rule, made in (*makers, *met) if made.reads is not reads_nothing),
            free=frozenset(rule.id for rule, made in makers if made.is_free),
        )
        station.books[key] = found
    return found


@frozen(kw_only=True)
class _Pages:
    """The rules that keep two activities apart; those `of_two` alone say the same whatever is believed."""

    rules: tuple[tuple[Rule, PairRule], ...]
    of_two: bool


def _pair(a: Activity, b: Activity, station: Station) -> _Pages:
    """Return the rules that keep two activities apart: that concern them, govern one, and are waived for none.

    What holds of one activity is asked once and not for every two: bit n stands for rule n.
    """
    one = station.sides.get((a.id, a.port)) or _sides(a, station)
    two = station.sides.get((b.id, b.port)) or _sides(b, station)
    met = (one.named & two.other) | (two.named & one.other)
    bits = met & (one.governing | two.governing) & (one.concerned | two.concerned) & ~(one.waived | two.waived)
    found: _Pages | None = station.pairs.get(bits)
    if found is None:
        made = [item for place, item in enumerate(_about_two(station)) if bits >> place & 1]
        rules = tuple((rule, template.pairs) for rule, template in made if template.pairs is not None)
        found = station.pairs[bits] = _Pages(rules=rules, of_two=all(template.of_two for _, template in made))
    return found


@frozen(kw_only=True)
class _Sides:
    """Which of the rules about two name an activity, have it among their others, govern it, concern it, are waived."""

    named: int
    other: int
    governing: int
    concerned: int
    waived: int


def _sides(activity: Activity, station: Station) -> _Sides:
    named = other = governing = concerned = waived = 0
    for place, (rule, made) in enumerate(_about_two(station)):
        named |= is_named(rule, activity, station) << place
        other |= pairs.is_other(rule, activity) << place
        governing |= governs(rule, activity, station) << place
        concerned |= made.concerns(activity, station) << place
        waived |= ((rule.id, activity.id) in station.waived) << place
    found = _Sides(named=named, other=other, governing=governing, concerned=concerned, waived=waived)
    station.sides[activity.id, activity.port] = found
    return found


def _about_two(station: Station) -> list[tuple[Rule, Template]]:
    """Return the rules that keep two activities apart, looked up once per scenario."""
    found: list[tuple[Rule, Template]] = station.two_sided  # type: ignore[assignment]
    if not found:
        every = ((rule, _maker(rule, station)) for rule in station.rules.values())
        found.extend((rule, made) for rule, made in every if made.pairs is not None)
    return found


__all__ = [
    "EVERYTHING",
    "TEMPLATES",
    "Block",
    "Separation",
    "Template",
    "blocks",
    "check_rules",
    "fewest",
    "gaps",
    "governs",
    "is_limited",
    "loads",
    "reach_s",
    "reads",
    "reads_of_plan",
    "separations",
    "template_of",
]
