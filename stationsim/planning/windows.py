"""When may a choice not begin? Blocks and separations turned into windows of forbidden starts.

Poll, planner, why-not and price share this one answer.
"""

from collections.abc import Iterable, Mapping

from attrs import frozen

from stationsim.station.choice import Choice
from stationsim.station.rules import Block, Separation, blocks, gaps, is_limited, loads, reach_s
from stationsim.station.situation import Situation

_WEEK_S = 8 * 86400
"""What caps the work of a week asks about no start farther off than this [s]."""


@frozen(kw_only=True)
class Window:
    """Starts in [lo_s, hi_s) are forbidden by a block (None = for good); `other` is the activity in the way, if any."""

    lo_s: int
    hi_s: int | None
    block: Block
    other: str | None = None

    def holds(self, start_s: int) -> bool:
        """Tell whether a start lies in the window."""
        return self.lo_s <= start_s and (self.hi_s is None or start_s < self.hi_s)


@frozen(kw_only=True)
class Placed:
    """A choice with a date."""

    choice: Choice
    start_s: int


def forbidden(choice: Choice, situation: Situation, placed: Mapping[str, Placed]) -> tuple[Window, ...]:
    """Return every window of forbidden starts of a choice beside what is placed."""
    others = placed.values()
    return (
        own_windows(choice, situation)
        + pair_windows(choice, situation, others)
        + load_windows(choice, situation, others)
    )


def own_windows(choice: Choice, situation: Situation) -> tuple[Window, ...]:
    """Return the windows that come from rules about the choice alone."""
    return tuple(_window(found, choice) for found in blocks(choice, situation))


def _window(found: Block, choice: Choice) -> Window:
    if found.mode == "start":
        return Window(lo_s=found.lo_s, hi_s=found.hi_s, block=found)
    lo_s = found.lo_s - choice.duration_s - choice.after_s + 1
    hi_s = None if found.hi_s is None else found.hi_s + choice.before_s
    return Window(lo_s=lo_s, hi_s=hi_s, block=found)


def _hits(found: Block, choice: Choice, start_s: int) -> bool:
    """Tell whether a block forbids a start: whether its window holds it."""
    if found.mode == "start":
        return found.lo_s <= start_s and (found.hi_s is None or start_s < found.hi_s)
    ends_s = start_s + choice.duration_s + choice.after_s
    return found.lo_s < ends_s and (found.hi_s is None or start_s - choice.before_s < found.hi_s)


def pair_windows(choice: Choice, situation: Situation, placed: Iterable[Placed]) -> tuple[Window, ...]:
    """Return the windows that other placed choices leave."""
    found = []
    for other, gap in gaps(choice, placed, situation):
        lo_s, hi_s = span_of(gap, other.start_s)
        cause = situation.acts[other.choice.id].row
        block = Block(
            lo_s=lo_s, hi_s=hi_s, mode="start", rule=gap.rule, severity=gap.severity, reason=gap.reason, cause=cause
        )
        found.append(Window(lo_s=lo_s, hi_s=hi_s, block=block, other=other.choice.id))
    return tuple(found)


def span_of(gap: Separation, start_s: int) -> tuple[int, int | None]:
    """Return the starts that a separation forbids beside a start of the other activity [s]; None for good."""
    return (
        -(10**12) if gap.lo_s is None else start_s + gap.lo_s + 1,
        None if gap.hi_s is None else start_s + gap.hi_s,
    )


def is_clear(
    placed: Placed, situation: Situation, others: Mapping[str, Placed], *, ignores: tuple[str, ...] = ()
) -> bool:
    """Tell whether nothing forbids a date beside others: what `forbidden` says of its start, and no window is made.

    Args:
        placed: A choice with its date.
        situation: What its centre believes.
        others: What else has a date.
        ignores: Severities of the rules that do not count.
    """
    choice, start_s = placed.choice, placed.start_s
    beside = near(choice, start_s, situation, others)
    if is_close(placed, situation, beside.values(), ignores=ignores):
        return False
    if any(_hits(block, choice, start_s) and block.severity not in ignores for block in blocks(choice, situation)):
        return False
    found = load_windows(choice, situation, beside.values())
    return not any(window.holds(start_s) and window.block.severity not in ignores for window in found)


def is_close(placed: Placed, situation: Situation, others: Iterable[Placed], *, ignores: tuple[str, ...] = ()) -> bool:
    """Tell whether a date is closer to another one than a rule about two allows."""
    for other, gap in gaps(placed.choice, others, situation):
        apart_s = placed.start_s - other.start_s
        is_after = gap.lo_s is None or apart_s > gap.lo_s
        if is_after and (gap.hi_s is None or apart_s < gap.hi_s) and gap.severity not in ignores:
            return True
    return False


def near(choice: Choice, start_s: int, situation: Situation, placed: Mapping[str, Placed]) -> Mapping[str, Placed]:
    """Return what is placed so near to a start [s] that a rule about two or about a week's work may reach it."""
    reach = reach_s(choice, situation.station)
    if reach is None:
        return placed
    own_s = choice.span_s + reach
    own_s += _WEEK_S if is_limited(choice.activity, situation.station) else 0
    return {id_: other for id_, other in placed.items() if abs(other.start_s - start_s) <= own_s + other.choice.span_s}


def load_windows(choice: Choice, situation: Situation, placed: Iterable[Placed]) -> tuple[Window, ...]:
    """Return the windows in which a choice would be too much beside all that is placed."""
    if not is_limited(choice.activity, situation.station):
        return ()
    others = [(other.choice, other.start_s) for other in placed if other.choice.id != choice.id]
    return tuple(_window(found, choice) for found in loads(choice, others, situation))


def conflicts(windows: Iterable[Window], start_s: int) -> tuple[Window, ...]:
    """Return the windows that forbid a start."""
    return tuple(window for window in windows if window.holds(start_s))
