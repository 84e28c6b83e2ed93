"""What do a brief and a summary tell? Incidents, costs, changes, decisions, seats and waivers as lines of words."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import field, frozen

from stationsim.exports.texts import Record, Told
from stationsim.impact.clock import DAY_S
from stationsim.impact.decided import choices
from stationsim.impact.decisions import CHOSEN, REJECTED, SAME, Choice
from stationsim.impact.frames import records
from stationsim.impact.hinge_text import hanging
from stationsim.impact.impact import Impact
from stationsim.impact.naming import trouble
from stationsim.impact.options_text import comes_to, loses, waiting
from stationsim.impact.screen import Screen, screen_of
from stationsim.impact.second_text import NEW, at_worst, failings
from stationsim.units import format_duration

__all__ = ["Deciding", "Seat", "Story", "story_of"]

_MOST_LEVELS = 4


@frozen(kw_only=True)
class Deciding:
    """One decision.

    Attributes:
        text: What was chosen.
        when: By whom, when, about what and for whom.
        by: Of how many options it was chosen, and by which policy.
        why: What it comes to.
        until: Until when it could be taken, and what a day of waiting costs.
        others: (option, what it loses by) of what else could have been, the best first.
        rejected: (rule, its words, how many options it rejects).
    """

    text: str
    when: str
    by: str
    why: str
    until: str
    others: tuple[tuple[str, str], ...]
    rejected: tuple[tuple[str, str, int], ...]


@frozen(kw_only=True)
class Seat:
    """Who has no certified seat: for how long more than without the incidents, from when to when, at worst what."""

    person: str
    more: str
    since: str
    until: str
    worst: str


@frozen(kw_only=True)
class Story:
    """An impact in words.

    Attributes:
        title: Title of the scenario.
        run: Scenario, seed, hash, and who decided.
        span: First and last moment.
        headline: What happened and what it cost, in a few sentences.
        incidents: A sentence for each incident.
        screen: Changes and costs as the terminal shows them.
        decisions: What was decided.
        seats: Who has no certified seat.
        waivers: (rule, activity, rationale, by) of rules dropped, by a decision first.
        at_worst: How many people one more failure leaves without a seat at worst; None where that was not worked out.
        second: (what fails, what that does, when) of what is new because of the incidents, worst first.
        hanging: (what decisions bring, what that hangs on); empty where that was not worked out.
    """

    title: str
    run: str
    span: str
    headline: str
    incidents: tuple[str, ...]
    screen: Screen = field(repr=False)
    decisions: tuple[Deciding, ...]
    seats: tuple[Seat, ...]
    waivers: tuple[tuple[str, str, str, str], ...]
    at_worst: str | None = None
    second: tuple[tuple[str, str, str], ...] = ()
    hanging: tuple[tuple[str, str], ...] = ()


def story_of(impact: Impact) -> Story:
    """Return an impact in words."""
    told, manifest = Told.of(impact), impact.manifest
    policy = manifest.passed.get("policy")
    by = f", policy {policy['name']}" if isinstance(policy, dict) and "name" in policy else ""
    utc = told.words.clock.utc
    return Story(
        title=manifest.title or manifest.scenario,
        run=f"scenario {manifest.scenario}, seed {manifest.seed}, hash {manifest.scenario_hash}{by}",
        span=f"{utc(0)} to {utc(manifest.horizon_s)}",
        headline=impact.headline,
        incidents=tuple(_incident(told, row) for row in records(impact.incidents)),
        screen=screen_of(impact),
        decisions=tuple(_deciding(told, row) for row in records(impact.decisions)),
        seats=tuple(_seats(told)),
        waivers=tuple(_waiver(told, row) for row in sorted(records(impact.waivers), key=_is_of_plan)),
        at_worst=None if impact.second is None else at_worst(impact.second, "one more failure"),
        second=tuple(_second(impact)),
        hanging=tuple(_hanging(impact)),
    )


def _second(impact: Impact) -> Iterator[tuple[str, str, str]]:
    """Yield what is new because of the incidents if one more thing fails, worst first."""
    found = () if impact.second is None else failings(impact.second, impact.manifest)
    yield from ((one.failures, one.effect, one.span) for one in found if one.sort == NEW)


def _hanging(impact: Impact) -> Iterator[tuple[str, str]]:
    """Yield what decisions bring, those together that hang on the same, and on what."""
    rows = () if impact.hinges is None else records(impact.hinges.elements)
    for lines, alike in groupby(rows, key=hanging):
        yield "; ".join(str(row["element"]) for row in alike), "; ".join(lines)


def _incident(told: Told, row: Record) -> str:
    utc = told.words.clock.utc
    known = f"known to {told.name(row['first_by'])} after {format_duration(int(str(row['delay_s'])))}"
    parts = [f"{told.name(row['node'])} ({row['mode'] or row['incident']}), {utc(int(str(row['struck_s'])))}"]
    parts.append("nobody noticed" if row["first_s"] is None else known)
    if row["finding"]:
        parts.append(f"found: {row['finding']}")
    return "; ".join(parts)


def _deciding(told: Told, row: Record) -> Deciding:
    found, levels = choices(told.impact.options, row["decision"]), told.impact.manifest.levels
    chosen = next((option for option in found if option.state == CHOSEN), None)
    people = row["people"] if isinstance(row["people"], list) else []
    because = f" because of {trouble(told.impact.manifest, str(row['incident']))}" if row["incident"] else ""
    whom = f" for {told.names(people)}" if people else ""
    centre = told.name(row["centre"]) or "somebody"
    return Deciding(
        text=str(row["text"] or row["option"]),
        when=f"{centre}, {row['t_utc']}, about {told.name(row['ship'])}{whom}{because}",
        by=f"{_chosen_of(len(found))} by policy {row['policy']}",
        why="" if chosen is None else _sum(chosen, levels),
        until="" if chosen is None else _until(chosen, levels),
        others=tuple((o.text, loses(levels, o) or "not worked out") for o in found if _could_be(o)),
        rejected=tuple(_rejected(told, found)),
    )


def _chosen_of(many: int) -> str:
    return f"chosen of {many} options" if many > 1 else "chosen"


def _could_be(option: Choice) -> bool:
    return option.state not in (CHOSEN, REJECTED, SAME)


def _sum(option: Choice, levels: Sequence[dict[str, str]]) -> str:
    said = [comes_to(levels, level, value) for level, value in option.scores.items() if value]
    return "; ".join(said[:_MOST_LEVELS])


def _until(option: Choice, levels: Sequence[dict[str, str]]) -> str:
    cost = waiting(levels, option)
    last = f"to be taken by {option.last_utc}" if option.last_utc else "at any time"
    return f"{last}; a day's wait costs: {cost}" if cost else last


def _rejected(told: Told, found: Sequence[Choice]) -> list[tuple[str, str, int]]:
    counts: dict[str, int] = {}
    for option in found:
        if option.state == REJECTED:
            counts[option.rule or ""] = counts.get(option.rule or "", 0) + 1
    return [(rule, told.words.rule_text(rule) or "", count) for rule, count in counts.items()]


def _seats(told: Told) -> list[Seat]:
    """Return who is without a certified seat for longer than without the incidents, the longest first."""
    found = []
    cover = records(told.impact.cover)
    for person in (str(one["id"]) for one in told.impact.manifest.people):
        was, now = (
            [row for row in cover if (row["run"], row["person"]) == (run, person) and row["level"] != 0]
            for run in ("nominal", "disrupted")
        )
        more_s = _long(now) - _long(was)
        if more_s > 0:
            found.append((more_s, _seat(told, person, more_s, now)))
    return [seat for _, seat in sorted(found, key=lambda pair: -pair[0])]


def _seat(told: Told, person: str, more_s: int, spans: Sequence[Record]) -> Seat:
    utc, horizon_s = told.words.clock.utc, told.impact.manifest.horizon_s
    until_s = max(int(str(row["until_s"])) for row in spans)
    worst = max(spans, key=lambda row: int(str(row["level"])))
    return Seat(
        person=told.name(person),
        more=_days(more_s),
        since=utc(min(int(str(row["start_s"])) for row in spans)),
        until="the end of the run" if until_s >= horizon_s else utc(until_s),
        worst=f"class {worst['level']} ({worst['name']})",
    )


def _long(spans: Sequence[Record]) -> int:
    return sum(int(str(row["until_s"])) - int(str(row["start_s"])) for row in spans)


def _days(seconds: int) -> str:
    return f"{seconds / DAY_S:.1f} d" if seconds >= DAY_S else format_duration(seconds)


def _is_of_plan(waiver: Record) -> bool:
    """Tell whether a waiver stands in the scenario: those that a decision needs are told first."""
    return waiver["decision"] is None


def _waiver(told: Told, row: Record) -> tuple[str, str, str, str]:
    return str(row["rule"]), told.name(row["activity"]), str(row["rationale"] or ""), str(row["by"] or "")
