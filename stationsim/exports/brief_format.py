"""What does somebody need who must decide, on one page? A decision brief, as HTML to print on A4 and as Markdown.

What does not fit is counted, not told: the other formats and the report have it.
"""

from collections.abc import Sequence

from attrs import frozen
from jinja2 import Environment, PackageLoader, StrictUndefined

from stationsim.exports.story import Story, story_of
from stationsim.exports.texts import escaped, line
from stationsim.impact.impact import Impact
from stationsim.units import with_gmt

__all__ = ["Part", "files", "parts"]

_MOST_TEXT, _MOST_LINE = 620, 170
_MOST = {"incidents": 3, "changes": 9, "costs": 8, "decisions": 2, "others": 3, "rejected": 2, "seats": 6, "waivers": 4}
_FIRST = (
    "person hours seat class 4", "person hours seat class 3", "person days without return ship",
    "person days return delay", "person days launch delay", "launches changed", "eva delay", "crew hours lost",
    "crew hours response", "coolant lost", "gas lost",
)  # fmt: skip
"""Costs that stand first; the rest follow in the order of the ledger."""


@frozen
class Part:
    """One section: its heading and its lines, the first of which may be `strong`."""

    head: str
    lines: tuple[str, ...]
    strong: str = ""


def files(impact: Impact) -> dict[str, bytes]:
    """Return `brief.html` and `brief.md`."""
    story = story_of(impact)
    found = parts(story)
    title = _cut(story.title, _MOST_LINE)
    foot = f"{line(story.run)}; {story.span}; times are UTC"
    page = _environment().get_template("brief.html.j2").render(title=title, parts=found, foot=foot)
    return {"brief.html": page.encode(), "brief.md": _document(title, found, foot).encode()}


def parts(story: Story) -> list[Part]:
    """Return the sections of a brief."""
    changes = [f"{name}: {outcome}, {_from(was)}{now}" for name, outcome, was, now, _, _ in story.screen.changes]
    costs = [f"{name}: {more} {'' if unit == '1' else unit}".rstrip() for name, _, _, more, unit in _costs(story)]
    seats = [f"{one.person}: {one.more} more, {one.since} to {one.until}, at worst {one.worst}" for one in story.seats]
    waivers = [f"{rule} for {what}{f', by {by}' if by else ''}: {why}" for rule, what, why, by in story.waivers]
    return [
        Part("What happened", _some(story.incidents, "incidents"), _cut(_sentence(story.headline), _MOST_TEXT)),
        *_decisions(story),
        Part("Who has no certified seat", _some(seats, "seats") or ("Everybody has one, as planned.",)),
        Part("What it costs, against the plan", _some(costs, "costs") or ("Nothing.",)),
        Part("What changes", _some(changes, "changes") or ("Nothing.",)),
        Part("Waivers", _some(waivers, "waivers") or ("None.",)),
    ]


def _sentence(headline: str) -> str:
    """Return what struck: the first sentence; decisions and changes have sections of their own."""
    first, dot, _ = headline.partition(". ")
    return first + ("." if dot else "")


def _from(was: str) -> str:
    return "" if was == "-" else f"{was} → "


def _costs(story: Story) -> list[tuple[str, ...]]:
    costs = [row for row in story.screen.costs if not row[0].startswith("of which")]
    return sorted(costs, key=lambda row: _FIRST.index(row[0]) if row[0] in _FIRST else len(_FIRST))


def _decisions(story: Story) -> list[Part]:
    found = []
    for one in story.decisions[: _MOST["decisions"]]:
        others = [f"instead: {text} ({lost})" for text, lost in one.others[: _MOST["others"]]]
        rejected = [f"ruled out by {rule}{f' ({text})' if text else ''}: {n}" for rule, text, n in one.rejected]
        why = f"why: {one.by}" + (f"; it comes to {one.why}" if one.why else "")
        told = [one.when, why, *([one.until] if one.until else [])]
        lines = [*told, *others, *_some(rejected, "rejected")]
        found.append(Part("What was decided, and why", tuple(_cut(text) for text in lines), _cut(one.text, _MOST_TEXT)))
    left = len(story.decisions) - len(found)
    if left > 0:
        last = found[-1]
        found[-1] = Part(
            last.head, (*last.lines, f"and {left} more {'decision' if left == 1 else 'decisions'}"), last.strong
        )
    return found or [Part("What was decided, and why", ("Nothing had to be decided.",))]


def _some(texts: Sequence[str], what: str) -> tuple[str, ...]:
    most = _MOST[what]
    rest = len(texts) - most
    shown = tuple(_cut(text) for text in texts[:most])
    return (*shown, f"and {rest} more") if rest > 0 else shown


def _cut(text: str, limit: int = _MOST_LINE) -> str:
    plain = with_gmt(line(text)) if limit == _MOST_TEXT else line(text)
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"


def _document(title: str, found: Sequence[Part], foot: str) -> str:
    lines = [f"# {escaped(title)}", ""]
    for part in found:
        lines += [f"## {part.head}", ""]
        lines += [f"**{escaped(part.strong)}**", ""] if part.strong else []
        lines += [*(f"- {escaped(text)}" for text in part.lines), *([""] if part.lines else [])]
    return "\n".join([*lines, escaped(foot)]) + "\n"


def _environment() -> Environment:
    loader = PackageLoader("stationsim.exports", ".")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
