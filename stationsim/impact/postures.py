"""Which postures were in force at a moment, and why?"""

from stationsim.impact.words import Words
from stationsim.log.kinds import Kind
from stationsim.log.log import Log

__all__ = ["posture_line", "postures_at"]

Standing = tuple[str, str, tuple[str, ...], str]


def postures_at(log: Log, words: Words, at_s: int) -> tuple[Standing, ...]:
    """Return (posture, why, hatches, since) of every posture that stands at a second [s], the oldest first."""
    found: dict[str, Standing] = {}
    for row in log:
        if row.t_s > at_s:
            break
        if row.kind is Kind.DEMANDED:
            hatches = tuple(str(log.attached("postures", row.seq)[0][2] or "").split(","))
            found[row.subject] = (row.subject, f"for {row.text}", hatches, words.clock.utc(row.t_s))
        elif row.kind is Kind.REFUSED:
            found[row.subject] = (row.subject, f"refused: {row.text}", (), words.clock.utc(row.t_s))
        elif row.kind is Kind.STOOD_DOWN:
            found.pop(row.subject, None)
    return tuple(found.values())


def posture_line(posture: str, why: str, hatches: tuple[str, ...], since: str, words: Words) -> str:
    """Return a posture in force as a line of the status board."""
    shut = ", ".join(words.name(hatch).removeprefix("hatch ") for hatch in hatches)
    return f"{posture.partition('/')[0]}, {why}, since {since}{f': shut {shut}' if shut else ''}"
