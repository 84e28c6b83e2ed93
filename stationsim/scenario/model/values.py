"""What do values look like that many records share: dates, distributions, needs?"""

from attrs import frozen

from stationsim.scenario.fields import key

HEALTHS = ("nominal", "degraded", "failed")
"""Health a file may state; `unknown` exists as belief only."""


WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@frozen(kw_only=True)
class When:
    """A date of the plan: a clock time, a window, or a time after another activity.

    `lo_s`/`hi_s` bound the start, half-open; a clock time has `has_clock` and `hi_s == lo_s + 1`. With `after` the
    bounds are counted from the start of that activity.
    """

    lo_s: int = 0
    hi_s: int = 0
    has_clock: bool = False
    after: str | None = None


NO_DAY = When()
"""When work of the task list is planned: on no day."""


@frozen(kw_only=True)
class Chance:
    """A distribution that `draw` replaces by one number: `uniform(2 mm, 3 mm)`, `triangular(5 d, 14 d, 40 d)`.

    `parameters` are in the unit of the attribute that holds it.
    """

    shape: str
    parameters: tuple[float, ...]


PHASES = ("preparation", "work", "clean-up")
"""Phases of an attempt at an activity, in order."""


@frozen(kw_only=True)
class Anchor:
    """A moment that is counted from when a phase of an activity begins, or from when another incident strikes."""

    activity: str | None = None
    phase: str | None = None
    incident: str | None = None
    delay_s: int = 0


@frozen(kw_only=True)
class Needs:
    """What a node hangs on: its gate over the hard inputs, and the soft ones that at worst degrade it."""

    hard: tuple[str, ...] = key("nodes whose loss is its loss", kind="ids", name="all", default=(), refers="node")
    some: tuple[str, ...] = key("nodes of which `of` must work", kind="ids", name="some", default=(), refers="node")
    of: int = key(
        "how many of `some` must work",
        kind="int",
        default=1,
        left_out="one of them is enough",
        assumed="the weakest gate, so that a redundancy is never asked for by accident",
    )
    soft: tuple[str, ...] = key("nodes whose loss at worst degrades it", kind="ids", default=(), refers="node")


NO_NEEDS = Needs()
