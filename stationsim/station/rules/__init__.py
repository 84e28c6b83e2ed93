"""What do the rules say? The rule book of a control centre as instances of templates, looked up once per activity.

A rule is pure and returns windows; poll, planners, verifier and explanations read the same ones.
"""

from collections.abc import Iterator, Sequence

from attrs import frozen

from stationsim.scenario.model import Activity, Rule
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
from stationsim.station.situation import Choice, Situation
from stationsim.station.station import Station, governs


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
    """Return every window in which the rules forbid a choice; one that ends as it begins forbids nothing."""
    book = _book(choice.activity, situation.station)
    free, found = _free_of_plan(book, choice, situation), list[Block]()
    for rule, make in book.blocks:
        if (rule.id, choice.id) in situation.waived:
            continue
        every = free[rule.id] if rule.id in free else make(rule, choice, _seen(rule, choice, situation))
        found.extend(one for one in every if one.hi_s is None or one.lo_s < one.hi_s)
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
    return known[1]


def _seen(rule: Rule, choice: Choice, situation: Situation) -> Situation:
    """Return the belief that a rule goes by: that of the centre in whose book it stands, where that must consent."""
    if not rule.consent or not rule.books or choice.activity.centre in rule.books:
        return situation
    centres = situation.station.consenting(choice.activity)
    return next((situation.seen_by(centre) for centre in centres if centre in rule.books), situation)


def separations(a: Choice, b: Choice, situation: Situation) -> tuple[Separation, ...]:
    """Return how far the start of `a` must be from the start of `b`, by the rules that govern either."""
    found: list[Separation] = []
    for rule, make in _pair(a.activity, b.activity, situation.station):
        if (rule.id, a.id) in situation.waived or (rule.id, b.id) in situation.waived:
            continue
        found.extend(make(rule, a, b, situation))
    return tuple(found)


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


def _pair(a: Activity, b: Activity, station: Station) -> tuple[tuple[Rule, PairRule], ...]:
    key = (a.id, a.port, b.id, b.port)
    found = station.pairs.get(key)
    if found is None:
        found = station.pairs[key] = tuple(_pages(a, b, station))
    return found  # type: ignore[return-value]


def _pages(a: Activity, b: Activity, station: Station) -> Iterator[tuple[Rule, PairRule]]:
    for rule, made in _about_two(station):
        if (rule.id, a.id) in station.waived or (rule.id, b.id) in station.waived or made.pairs is None:
            continue
        is_met = made.concerns(a, b, station) and pairs.meets(rule, a, b, station)
        if is_met and (governs(rule, a, station) or governs(rule, b, station)):
            yield rule, made.pairs


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
    "governs",
    "is_limited",
    "loads",
    "reach_s",
    "reads",
    "separations",
    "template_of",
]
