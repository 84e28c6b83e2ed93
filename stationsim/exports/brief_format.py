"""What does somebody need who must decide, on one page? A decision brief, as HTML to print on A4 and as Markdown.

What does not fit is counted, not told: the other formats and the report have it.
"""

from collections.abc import Sequence
from math import ceil
from unicodedata import east_asian_width

from attrs import evolve, frozen
from jinja2 import Environment, PackageLoader, StrictUndefined

from stationsim.exports.story import Deciding, Story, story_of
from stationsim.exports.texts import escaped, line
from stationsim.impact.impact import Impact
from stationsim.units import with_gmt

__all__ = ["Part", "files", "parts"]

_MOST_TEXT, _MOST_LINE = 620, 170
_MOST = {
    "incidents": 3, "changes": 9, "costs": 8, "decisions": 2, "others": 3, "rejected": 2, "seats": 6, "waivers": 4,
    "second": 2, "hanging": 3,
}  # fmt: skip
_LINES, _WIDE, _STRONG = 58, 100, 90
"""So many printed lines are sure to fit on a page, of so many letters each, of so many where they are bold."""
_THRIFTIEST = 8
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
    """Return the sections of a brief, as much of each as fits on a page."""
    brevities = (_Brevity(thrift) for thrift in range(_THRIFTIEST + 1))
    tried = (_parts(story, brevity) for brevity in brevities)
    return next((found for found in tried if _height(found) <= _LINES), _parts(story, _Brevity(_THRIFTIEST)))


@frozen
class _Brevity:
    """How much is told, from 0 (as much as is useful) to 8 (a line of everything)."""

    thrift: int

    def most(self, what: str) -> int:
        """Return how many of something are told."""
        return max(1, _MOST[what] - self.thrift)

    def cut(self, text: object) -> str:
        """Return a line."""
        return _cut(text, _MOST_LINE - 10 * self.thrift)

    def strong(self, text: str) -> str:
        """Return a sentence that is set bold."""
        return _cut(with_gmt(line(text)), _MOST_TEXT - 60 * self.thrift)

    def some(self, texts: Sequence[str], what: str) -> tuple[str, ...]:
        """Return the first of some lines, and how many more there are."""
        rest = len(texts) - self.most(what)
        shown = tuple(self.cut(text) for text in texts[: self.most(what)])
        return (*shown, f"and {rest} more") if rest > 0 else shown


def _parts(story: Story, brevity: _Brevity) -> list[Part]:
    changes = [f"{name}: {outcome}, {_from(was)}{now}" for name, outcome, was, now, _, _ in story.screen.changes]
    costs = [f"{name}: {more} {'' if unit == '1' else unit}".rstrip() for name, _, _, more, unit in _costs(story)]
    seats = [f"{one.person}: {one.more} more, {one.since} to {one.until}, at worst {one.worst}" for one in story.seats]
    waivers = [f"{rule} for {what}{f', by {by}' if by else ''}: {why}" for rule, what, why, by in story.waivers]
    some = brevity.some
    return [
        Part("What happened", some(story.incidents, "incidents"), brevity.strong(_sentence(story.headline))),
        *_decisions(story, brevity),
        Part("Who has no certified seat", some(seats, "seats") or ("Everybody has one, as planned.",)),
        *_further(story, brevity),
        Part("What it costs, against the plan", some(costs, "costs") or ("Nothing.",)),
        Part("What changes", some(changes, "changes") or ("Nothing.",)),
        Part("Waivers", some(waivers, "waivers") or ("None.",)),
    ]


def _height(found: Sequence[Part]) -> int:
    """Return how many printed lines sections take, headings included."""
    lines = sum(ceil(_width(text) / _WIDE) for part in found for text in part.lines)
    return lines + sum(2 + ceil(_width(part.strong) / _STRONG) for part in found)


def _width(text: str) -> float:
    """Return how many letters wide a text is: capitals and ideographs are wider than small letters."""
    return sum(2 if east_asian_width(c) in "WF" else 1.4 if c.isupper() else 1 for c in text)


def _sentence(headline: str) -> str:
    """Return what struck: the first sentence; decisions and changes have sections of their own."""
    first, dot, _ = headline.partition(". ")
    return first + ("." if dot else "")


def _from(was: str) -> str:
    return "" if was == "-" else f"{was} → "


def _costs(story: Story) -> list[tuple[str, ...]]:
    costs = [row for row in story.screen.costs if not row[0].startswith("of which")]
    return sorted(costs, key=lambda row: _FIRST.index(row[0]) if row[0] in _FIRST else len(_FIRST))


def _decisions(story: Story, brevity: _Brevity) -> list[Part]:
    if not story.decisions:
        return [Part("What was decided, and why", ("Nothing had to be decided.",))]
    most = brevity.most("decisions")
    left = len(story.decisions) - most
    more = (f"and {left} more {'decision' if left == 1 else 'decisions'}",) if left > 0 else ()
    shown = [_decision(one, brevity) for one in story.decisions[:most]]
    return [*shown[:-1], evolve(shown[-1], lines=(*shown[-1].lines, *more))]


def _further(story: Story, brevity: _Brevity) -> list[Part]:
    """Return what one more failure would do and what the decisions hang on, where that was worked out."""
    found = []
    if story.at_worst is not None:
        second = [f"{failures} {effect} ({when})" for failures, effect, when in story.second]
        lines = (brevity.cut(story.at_worst), *brevity.some(second, "second"))
        found.append(Part("If one more thing fails", lines))
    if story.hanging:
        # what no change takes away comes last
        ranked = sorted(story.hanging, key=lambda pair: not pair[1].startswith("does not come"))
        hanging = [f"{element}: {lines}" for element, lines in ranked]
        found.append(Part("What the decisions hang on", brevity.some(hanging, "hanging")))
    return found


def _decision(one: Deciding, brevity: _Brevity) -> Part:
    others = [f"instead: {text} ({lost})" for text, lost in one.others[: brevity.most("others")]]
    rejected = [f"ruled out by {rule}{f' ({text})' if text else ''}: {n}" for rule, text, n in one.rejected]
    why = f"why: {one.by}" + (f"; it comes to {one.why}" if one.why else "")
    told = [one.when, why, *([one.until] if one.until else []), *others]
    lines = (*(brevity.cut(text) for text in told), *brevity.some(rejected, "rejected"))
    return Part("What was decided, and why", lines, brevity.strong(one.text))


def _cut(text: object, limit: int) -> str:
    plain = line(text)
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
