"""What does a run come to, in a document or a ticket? A summary in Markdown (CommonMark, with the tables of GFM)."""

from stationsim.exports.story import Deciding, Story, story_of
from stationsim.exports.texts import escaped, markdown_table
from stationsim.impact.impact import Impact
from stationsim.units import with_gmt

__all__ = ["files"]

_MOST_SECOND = 8


def files(impact: Impact) -> dict[str, bytes]:
    """Return `summary.md`."""
    return {"summary.md": _document(story_of(impact)).encode()}


def _document(story: Story) -> str:
    lines = [f"# {escaped(story.title)}", "", escaped(with_gmt(story.headline)), ""]
    lines += [f"{escaped(story.run[:1].upper() + story.run[1:])}; {story.span}. Times are UTC.", ""]
    lines += _section("What happened", [f"- {escaped(line)}" for line in story.incidents])
    changes = markdown_table(("Activity", "Outcome", "Was", "Now", "Rule", "Why"), story.screen.changes)
    lines += _section("What changes", changes if story.screen.changes else [])
    for one in story.decisions:
        lines += _section("What was decided", _decided(one))
    seats = [(one.person, one.more, one.since, one.until, one.worst) for one in story.seats]
    heads = ("Person", "More than planned", "From", "To", "At worst")
    lines += _section("Who has no certified seat", markdown_table(heads, seats) if seats else [])
    lines += _further(story)
    costs = markdown_table(("Quantity", "Nominal", "Disrupted", "Difference", "Unit"), story.screen.costs)
    lines += _section("What it costs", costs if story.screen.costs else [])
    if story.hanging:
        lines += _section("What the decisions hang on", markdown_table(("It brings", "That hangs on"), story.hanging))
    waivers = markdown_table(("Rule", "For", "Why", "By"), story.waivers)
    lines += _section("Waivers", waivers if story.waivers else [])
    return "\n".join(lines).rstrip("\n") + "\n"


def _further(story: Story) -> list[str]:
    """Return what one more failure would do, where that was worked out."""
    if story.at_worst is None:
        return []
    table = markdown_table(("If this fails too", "Then", "When"), story.second[:_MOST_SECOND]) if story.second else []
    rest = len(story.second) - _MOST_SECOND
    table += ["", f"{rest} more are new because of the incidents, and do less."] if rest > 0 else []
    return _section("If one more thing fails", [escaped(story.at_worst), *(["", *table] if table else [])])


def _section(head: str, lines: list[str]) -> list[str]:
    return [f"## {head}", "", *(lines or ["Nothing."]), ""]


def _decided(one: Deciding) -> list[str]:
    lines = [f"**{escaped(one.text)}**", "", f"- {escaped(one.when)}", f"- {escaped(one.by[:1].upper() + one.by[1:])}"]
    lines += [f"- Comes to {escaped(one.why)}"] if one.why else []
    lines += [f"- {escaped(one.until[:1].upper() + one.until[1:])}"] if one.until else []
    lines += [
        f"- Rejected by {escaped(rule)}{f' ({escaped(text)})' if text else ''}: {count}"
        for rule, text, count in one.rejected
    ]
    others = markdown_table(("It could have been", "It loses by"), one.others)
    return lines + (["", *others] if one.others else [])
