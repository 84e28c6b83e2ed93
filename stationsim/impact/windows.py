"""What forbids a start, and when is one free? The windows that were logged with the last revision of an activity."""

from collections.abc import Iterable

from attrs import field, frozen

from stationsim.impact.fates import Revision
from stationsim.impact.words import Words
from stationsim.log.log import Log

__all__ = ["Block", "Takes", "blocks", "forbids", "free"]


@frozen(kw_only=True)
class Block:
    """A window [s] that forbids dates of an activity: `hi_s` and `hi_utc` are None while its end is unknown.

    `mode` is `start` (may not begin in it) or `overlap` (may not be under way in it); `is_binding` if it decided.
    """

    rule: str
    rule_text: str | None
    severity: str
    reason: str
    mode: str
    lo_s: int = field(repr=False)
    hi_s: int | None = field(repr=False)
    lo_utc: str
    hi_utc: str | None
    cause: int | None
    is_binding: bool

    def said(self) -> str:
        """Return the window in words."""
        rule = f"{self.rule} ({self.rule_text})" if self.rule_text else self.rule
        until = f"to {self.hi_utc}" if self.hi_utc else "until further notice"
        what = "no start" if self.mode == "start" else "closed"
        reason = f"{' ' if self.rule_text else ': '}{self.reason}" if self.reason else ""
        return f"{rule}{reason}; {what} from {self.lo_utc} {until}"


@frozen(kw_only=True)
class Takes:
    """What an activity occupies around its start: [start − before, start + lasts), clean-up included [s]."""

    before_s: int
    lasts_s: int

    @classmethod
    def of(cls, dates: Revision) -> "Takes":
        """Return what an activity with these dates occupies."""
        inner_s = 0 if dates.start_s is None or dates.until_s is None else dates.until_s - dates.start_s
        return cls(before_s=dates.before_s, lasts_s=inner_s + dates.after_s)


def blocks(log: Log, seq: int, words: Words) -> tuple[Block, ...]:
    """Return the windows that were logged with a row."""
    return tuple(_block(record, words) for record in log.attached("blocks", seq))


def forbids(block: Block, lo_s: int, hi_s: int, takes: Takes) -> bool:
    """Does a window stand against starts in [lo_s, hi_s)? Against a second exactly, else if it touches that span."""
    if block.mode != "start" and hi_s - lo_s == 1:
        lo_s, hi_s = lo_s - takes.before_s, lo_s + max(takes.lasts_s, 1)
    return block.lo_s < hi_s and (block.hi_s is None or block.hi_s > lo_s)


def free(found: Iterable[Block], from_s: int, takes: Takes) -> tuple[tuple[int, int | None], ...]:
    """Return the spans (first start, latest start [s]; None for no end) that no window forbids."""
    free_: list[tuple[int, int | None]] = []
    at_s = from_s
    for lo_s, hi_s in sorted((_starts(block, takes) for block in found), key=lambda span: span[0]):
        if lo_s > at_s:
            free_.append((at_s, lo_s))
        if hi_s is None:
            return tuple(free_)
        at_s = max(at_s, hi_s)
    return (*free_, (at_s, None))


def _starts(block: Block, takes: Takes) -> tuple[int, int | None]:
    """Return the starts that a window forbids."""
    if block.mode == "start":
        return block.lo_s, block.hi_s
    return block.lo_s - takes.lasts_s, None if block.hi_s is None else block.hi_s + takes.before_s


def _block(record: tuple[object, ...], words: Words) -> Block:
    _, _, lo, hi, mode, rule, severity, reason, cause, binding = record
    lo_s, hi_s = int(str(lo or 0)), None if hi is None else int(str(hi))
    return Block(
        rule=str(rule),
        rule_text=words.rule_text(str(rule)),
        severity=str(severity),
        reason=str(reason or ""),
        mode=str(mode),
        lo_s=lo_s,
        hi_s=hi_s,
        # What was always forbidden is told from the beginning of the run.
        lo_utc=words.clock.utc(max(lo_s, 0)),
        hi_utc=None if hi_s is None else words.clock.utc(hi_s),
        cause=None if cause is None else int(str(cause)),
        is_binding=bool(binding),
    )
