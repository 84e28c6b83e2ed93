"""What does a rule say? Windows in which something is forbidden, and how far two things must be apart."""

from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from stationsim.scenario.model import Activity, Rule
from stationsim.station.choice import Choice
from stationsim.station.situation import Situation
from stationsim.station.station import Station

FOREVER_AGO = -(10**12)
"""A window that was always there begins here [s]."""


@frozen(kw_only=True)
class Block:
    """A half-open window in which a choice may not begin (`start`) or be under way (`overlap`); None = no end known.

    A rule of a script gives `lo_s`, `hi_s` and `reason`, perhaps `mode` and `cause`; `rule` and `severity` are its own.
    """

    lo_s: int
    hi_s: int | None
    mode: str = "overlap"
    rule: str = ""
    severity: str = ""
    reason: str
    cause: int | None = None


@frozen(kw_only=True)
class Separation:
    """start_a - start_b may not lie in the open interval (lo_s, hi_s); None is unbounded.

    A rule of a script gives `lo_s`, `hi_s` and `reason`; `rule` and `severity` are its own.
    """

    lo_s: int | None
    hi_s: int | None
    rule: str = ""
    severity: str = ""
    reason: str


BlockRule = Callable[[Rule, Choice, Situation], Iterator[Block]]
PairRule = Callable[[Rule, Choice, Choice, Situation], Iterator[Separation]]
Other = tuple[Choice, int]
"""Another choice with its start [s]."""

LoadRule = Callable[[Rule, Choice, Sequence[Other], Situation], Iterator[Block]]
Concerns = Callable[[Activity, Station], bool]
Reads = Callable[[Rule, Choice, Situation], tuple[str, ...]]


EVERYTHING = "*"
"""Read by a rule that does not say what its answer hangs on: it is always asked."""


def anything(activity: Activity, station: Station) -> bool:
    """Say that a rule may keep an activity apart from any other."""
    del activity, station
    return True


def reads_nothing(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Say that an answer hangs on the plan alone."""
    del rule, choice, situation
    return ()


def block(
    rule: Rule, lo_s: int, hi_s: int | None, reason: str, *, mode: str = "overlap", cause: int | None = None
) -> Block:
    """Make a block of a rule."""
    return Block(lo_s=lo_s, hi_s=hi_s, mode=mode, rule=rule.id, severity=rule.severity, reason=reason, cause=cause)


def apart(rule: Rule, lo_s: int | None, hi_s: int | None, reason: str) -> Separation:
    """Make a separation of a rule."""
    return Separation(lo_s=lo_s, hi_s=hi_s, rule=rule.id, severity=rule.severity, reason=reason)
