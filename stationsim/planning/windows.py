"""When may a choice not begin? Blocks and separations turned into windows of forbidden starts.

Poll, planner, why-not and price share this one answer.
"""

from collections.abc import Iterable, Mapping

from attrs import frozen

from stationsim.station.rules import Block, blocks, is_limited, loads, reach_s, separations
from stationsim.station.situation import Choice, Situation

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


def pair_windows(choice: Choice, situation: Situation, placed: Iterable[Placed]) -> tuple[Window, ...]:
    """Return the windows that other placed choices leave."""
    found = []
    for other in placed:
        if other.choice.id == choice.id:
            continue
        for gap in separations(choice, other.choice, situation):
            lo_s = -(10**12) if gap.lo_s is None else other.start_s + gap.lo_s + 1
            hi_s = None if gap.hi_s is None else other.start_s + gap.hi_s
            cause = situation.acts[other.choice.id].row
            block = Block(
                lo_s=lo_s, hi_s=hi_s, mode="start", rule=gap.rule, severity=gap.severity, reason=gap.reason, cause=cause
            )
            found.append(Window(lo_s=lo_s, hi_s=hi_s, block=block, other=other.choice.id))
    return tuple(found)


def near(choice: Choice, start_s: int, situation: Situation, placed: Mapping[str, Placed]) -> Mapping[str, Placed]:
    """Return what is placed so near to a start [s] that a rule about two or about a week's work may reach it."""
    reach = reach_s(choice, situation.station)
    if reach is None:
        return placed
    own_s = choice.before_s + choice.duration_s + choice.after_s + reach
    own_s += _WEEK_S if is_limited(choice.activity, situation.station) else 0
    return {
        id_: other
        for id_, other in placed.items()
        if abs(other.start_s - start_s)
        <= own_s + other.choice.before_s + other.choice.duration_s + other.choice.after_s
    }


def load_windows(choice: Choice, situation: Situation, placed: Iterable[Placed]) -> tuple[Window, ...]:
    """Return the windows in which a choice would be too much beside all that is placed."""
    if not is_limited(choice.activity, situation.station):
        return ()
    others = [(other.choice, other.start_s) for other in placed if other.choice.id != choice.id]
    return tuple(_window(found, choice) for found in loads(choice, others, situation))


def conflicts(windows: Iterable[Window], start_s: int) -> tuple[Window, ...]:
    """Return the windows that forbid a start."""
    return tuple(window for window in windows if window.holds(start_s))
