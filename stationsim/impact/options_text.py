"""How are options told to people? What each loses by, until when it can be taken, what a day of waiting costs."""

from collections.abc import Iterable, Sequence

from stationsim.impact.decisions import CHOSEN, GONE, PLAYED, REJECTED, SAME, Choice, Decision
from stationsim.impact.words import Words

__all__ = ["as_lines", "besides", "bounded", "comes_to", "counts", "difference", "loses", "rejected", "waiting"]

_ALTERNATIVES = 3
_ONE = {
    "person-days": "person-day", "people": "person", "demands": "demand", "rules": "rule", "changes": "change",
    "days": "day",
}  # fmt: skip

Levels = Sequence[dict[str, str]]


def comes_to(levels: Levels, level: str, value: int, more: str = "") -> str:
    """Return a number of a level of the objective in words; `more` is `more` or `fewer`.

    >>> days = [{"id": "class-4", "text": "person-days without a seat"}, {"id": "work", "text": "work not flown"}]
    >>> comes_to(days, "class-4", 2, "more"), comes_to(days, "class-4", 1), comes_to(days, "work", 4, "more")
    ('2 more person-days without a seat', '1 person-day without a seat', 'work not flown: 4 more')
    """
    text = next((known["text"] for known in levels if known["id"] == level), level)
    noun, _, rest = text.partition(" ")
    if noun not in _ONE:
        return f"{text}: {value:,}{f' {more}' if more else ''}"
    head = _ONE[noun] if value == 1 else noun
    return " ".join(part for part in (f"{value:,}", more, head, rest) if part)


def difference(levels: Levels, level: str, by: int) -> str:
    """Return by how much an option is worse in a level, or better where the number is below 0."""
    return comes_to(levels, level, abs(by), "more" if by > 0 else "fewer")


def loses(levels: Levels, option: Choice) -> str:
    """Return what an option that was not chosen loses by; where it looked better, that it did."""
    if option.loses_level is None or option.loses_by is None:
        return "equal in every level" if option.scores else ""
    said = difference(levels, option.loses_level, option.loses_by)
    if option.loses_by > 0:
        return said
    return f"looked better: {said}, {'and was not chosen' if option.how == PLAYED else 'by its plan alone'}"


def besides(levels: Levels, chosen: Choice | None, option: Choice, most: int = 3) -> list[str]:
    """Return in what else an option differs from the chosen one, the weightiest first; nothing of two sorts of numbers.

    Args:
        levels: The levels of the objective.
        chosen: What was chosen.
        option: What was not.
        most: So many levels.
    """
    if chosen is None or option.how != chosen.how:
        return []
    by = {key: option.scores.get(key, 0) - chosen.scores.get(key, 0) for key in (level["id"] for level in levels)}
    return [difference(levels, key, by[key]) for key in by if by[key] and key != option.loses_level][:most]


def waiting(levels: Levels, option: Choice) -> str:
    """Return what it costs to decide an option a day later; empty where nobody asked."""
    if option.wait_level == GONE:
        return "it can no longer be taken"
    if option.wait_level is None or option.wait_by is None:
        return "nothing" if option.state in (CHOSEN, PLAYED) else ""
    return difference(levels, option.wait_level, option.wait_by)


def counts(one: Decision) -> str:
    """Return how many options were weighed, and how."""
    many = len(one.options)
    parts = (
        (one.played, "played forward"),
        (sum(option.how is not None and option.how != PLAYED for option in one.options), "judged by the plan alone"),
        (one.count(SAME), "the same as another"),
        (one.count(REJECTED), "rejected by a rule"),
    )
    said = ", ".join(f"{count} {word}" for count, word in parts if count)
    return f"{many} {'option' if many == 1 else 'options'}{f': {said}' if said else ''}"


_BOUNDS = {
    "flights": "the next {taken} of {total} flights were thought of",
    "crews": "{taken} of {total} ways to choose who stays on a flight were thought of",
    "combined": "the best {taken} of {total} options that bring a ship were combined with ports and returns",
}


def bounded(bounds: Iterable[tuple[str, int, int]]) -> str:
    """Return of what only a part was thought of, as a sentence; empty where all was.

    >>> bounded([("flights", 3, 5)])
    'Not all was thought of: the next 3 of 5 flights were thought of.'
    """
    said = [_BOUNDS[what].format(taken=taken, total=total) for what, taken, total in bounds]
    return f"Not all was thought of: {'; '.join(said)}." if said else ""


def rejected(one: Decision) -> dict[str, list[Choice]]:
    """Return the rejected options by the rule that rejects them, in the order in which they were proposed."""
    found: dict[str, list[Choice]] = {}
    for option in one.options:
        if option.state == REJECTED:
            found.setdefault(option.rule or "", []).append(option)
    return found


def as_lines(one: Decision, words: Words, levels: Levels) -> list[str]:
    """Return a decision in lines: who, when, what, because of what, and what else could have been."""
    why = f" because of {words.reason(one.incident)}" if one.incident else ""
    who = words.name(one.centre) or "somebody"
    lines = [f"{words.clock.utc(one.t_s)}  {who} decided about {words.name(one.ship)}{why}: {one.text or one.option}"]
    if one.people:
        lines.append(f"  No certified way home: {', '.join(words.name(person) for person in one.people)}.")
    if not one.options:
        return lines
    lines.append(f"  It was chosen of {counts(one)} (policy {one.policy}).")
    if one.bounds:
        lines.append(f"  {bounded(one.bounds)}")
    if one.chosen is not None and one.chosen.last_s is not None:
        cost = waiting(levels, one.chosen)
        lines.append(f"  It could be taken until {words.clock.utc(one.chosen.last_s)}; a day later: {cost}.")
    others = [option for option in one.ranked if option.state != CHOSEN][:_ALTERNATIVES]
    if others:
        lines += ["  Instead it could have been:", *(f"    {o.text} ({loses(levels, o)})" for o in others)]
    ruled_out = rejected(one)
    if ruled_out:
        lines += ["  Rejected:", *(f"    {line}" for line in _rejected(ruled_out, words))]
    return lines


def _rejected(found: dict[str, list[Choice]], words: Words) -> Iterable[str]:
    for rule, options in found.items():
        text, first = words.rule_text(rule), options[0]
        head = f"{len(options)} by {rule}{f' ({text})' if text else ''}"
        yield f"{head}{', such as' if len(options) > 1 else ''}: {first.text} ({first.reason or 'no reason given'})"
