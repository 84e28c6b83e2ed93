"""What does somebody need who must decide, on one page? A decision brief, as HTML to print on A4 and as Markdown.

What does not fit is counted, not told: the other formats and the report have it. Lines are whole and wrap; they are
cut only where even a few of them would not fit whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from unicodedata import east_asian_width

from attrs import evolve, field, frozen
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
_LINES = 65
"""So many printed lines of small text are sure to fit on a page of A4."""
_LINE, _STRONG, _TITLE, _FOOT = 55.0, 49.5, 34.0, 66.0
"""Widths of a line in sizes of its letters: of small text, of bold text, of the title, of the foot."""
_WIDTHS = (("il|'.,:;!j ()[]ftrI-", 0.34), ("mwMW%@→—…", 1.0))
_CAPITAL, _IDEOGRAPH, _LETTER = 0.72, 1.0, 0.61
"""Widths of letters in a wide font; most others are narrower."""
_WHOLE = 5
"""Rather than being told of so many fewer things of each sort, people read lines that are cut."""
_THRIFTIEST = 8
_WRAPPED = 300
"""Letters of a line that is cut only if it is longer than three printed ones."""
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
    title, foot = _title(story), _foot(story)
    page = _environment().get_template("brief.html.j2").render(title=title, parts=found, foot=foot)
    return {"brief.html": page.encode(), "brief.md": _document(title, found, foot).encode()}


def _title(story: Story) -> str:
    return _cut(story.title, _MOST_LINE)


def _foot(story: Story) -> str:
    return f"{line(story.run)}; {story.span}; times are UTC"


def parts(story: Story) -> list[Part]:
    """Return the sections of a brief, as much of each as fits on a page."""
    tried = list(_brevities())
    first = next((one for one in tried if _fits(story, one)), tried[-1])
    return _parts(story, _filled(story, first))


@frozen(kw_only=True)
class _Brevity:
    """How much is told: so many of each sort, lines and bold sentences of so many letters, None for whole ones."""

    most: Mapping[str, int] = field(repr=False)
    letters: int | None = None
    bold: int | None = None

    @classmethod
    def of(cls, thrift: int, letters: int | None = None, bold: int | None = None) -> "_Brevity":
        """Return a brevity that tells so many fewer of each sort than is useful, but one."""
        return cls(most={what: max(1, most - thrift) for what, most in _MOST.items()}, letters=letters, bold=bold)

    def cut(self, text: object) -> str:
        """Return a line."""
        return _cut(text, self.letters)

    def strong(self, text: str) -> str:
        """Return a sentence that is set bold."""
        return _cut(with_gmt(line(text)), self.bold)

    def some(self, texts: Sequence[str], what: str) -> tuple[str, ...]:
        """Return the first of some lines, and how many more there are."""
        rest = len(texts) - self.most[what]
        shown = tuple(self.cut(text) for text in texts[: self.most[what]])
        return (*shown, f"and {rest} more") if rest > 0 else shown


def _brevities() -> Iterator[_Brevity]:
    """Yield from the longest to the shortest: whole lines, fewer of them; cut ones; at last a line of everything."""
    for letters, bold in ((None, None), (_WRAPPED, _MOST_TEXT)):
        yield from (_Brevity.of(thrift, letters, bold) for thrift in range(_WHOLE + 1))
    for thrift in range(_THRIFTIEST + 1):
        yield _Brevity.of(thrift, _MOST_LINE - 10 * thrift, _MOST_TEXT - 60 * thrift)


def _filled(story: Story, brevity: _Brevity) -> _Brevity:
    """Return a brevity that tells more where the page has room: one more of each sort in turn, as long as it fits."""
    found, open_ = brevity, list(_MOST)
    while open_:
        what = open_.pop(0)
        more = evolve(found, most={**found.most, what: found.most[what] + 1})
        if more.most[what] <= _MOST[what] and _fits(story, more):
            found = more
            open_.append(what)
    return found


def _fits(story: Story, brevity: _Brevity) -> bool:
    """Tell whether a brief is sure to be one page: the title has larger letters, the foot smaller ones."""
    title, foot = _printed(_title(story), _TITLE), _printed(_foot(story), _FOOT)
    return 0.5 + 1.6 * title + 0.7 + 0.9 * foot + _height(_parts(story, brevity)) <= _LINES


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


def _height(found: Sequence[Part]) -> float:
    """Return how many printed lines sections take: a heading is as high as two, a bold sentence has room below it."""
    lines = sum(_printed(text, _LINE) for part in found for text in part.lines)
    return lines + sum(2.1 + (_printed(part.strong, _STRONG) + 0.3 if part.strong else 0) for part in found)


def _printed(text: str, wide: float) -> int:
    """Return how many lines of a width a text takes that wraps between words.

    >>> _printed("one two three", 10.0), _printed("one two three", 5.0), _printed("x" * 30, 10.0)
    (1, 2, 2)
    """
    lines, free = 1, wide
    for word in text.split():
        width = _width(word)
        if width > free:
            lines += 1 if width <= wide else ceil((width - free) / wide)
            free = wide - width % wide
        else:
            free -= width
        free -= _width(" ")
    return lines


def _width(text: str) -> float:
    return sum(map(_wide, text))


def _wide(letter: str) -> float:
    known = next((width for letters, width in _WIDTHS if letter in letters), None)
    if known is not None:
        return known
    if east_asian_width(letter) in "WF":
        return _IDEOGRAPH
    return _CAPITAL if letter.isupper() else _LETTER


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
    most = brevity.most["decisions"]
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
    others = [f"instead: {text} ({lost})" for text, lost in one.others[: brevity.most["others"]]]
    rejected = [f"ruled out by {rule}{f' ({text})' if text else ''}: {n}" for rule, text, n in one.rejected]
    why = f"why: {one.by}" + (f"; it comes to {one.why}" if one.why else "")
    told = [one.when, why, *([one.until] if one.until else []), *others]
    lines = (*(brevity.cut(text) for text in told), *brevity.some(rejected, "rejected"))
    return Part("What was decided, and why", lines, brevity.strong(one.text))


def _cut(text: object, limit: int | None) -> str:
    plain = line(text)
    return plain if limit is None or len(plain) <= limit else plain[: limit - 1].rstrip() + "…"


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
