"""What becomes true, and what is so from the start? Incidents and the opening situation."""

from attrs import frozen

from stationsim.scenario.fields import key
from stationsim.scenario.model.values import HEALTHS, Anchor, Chance

STATUSES = ("certified", "emergency-only", "unusable", "unknown")
"""What a control centre may hold of a ship that carries people home."""


@frozen(kw_only=True)
class Condition:
    """What is true and known to everybody when the scenario starts, or with a centre, what that one believes.

    Truth itself is never unknown: an `unknown` status is what the centres believe.
    """

    node: str = key("the node", kind="id", refers="node")
    health: str | None = key(
        "its own health", allowed=(*HEALTHS, "unknown"), default=None, left_out="nothing is said of it"
    )
    state: str | None = key(
        "whether a hatch is open", allowed=("open", "closed"), default=None, left_out="nothing is said of it"
    )
    status: str | None = key(
        "what a crew ship is held to be for taking its people home",
        allowed=STATUSES,
        default=None,
        left_out="nothing is said of it",
    )
    mode: str | None = key(
        "mode that has struck it already, known to everybody and with its questions open",
        kind="id",
        default=None,
        refers="mode",
        left_out="none",
    )
    since_s: int | None = key(
        "when that mode struck", kind="time", name="since", unit="s", default=None, left_out="when the scenario starts"
    )
    expect_s: int | Chance | None = key(
        "from then to when it is expected to be over or explained",
        kind="duration",
        name="expect",
        unit="s",
        default=None,
        left_out="as the mode says",
    )
    lasts_s: int | None = key(
        "true duration of that mode", kind="duration", name="lasts", unit="s", default=None, left_out="for good"
    )
    centre: str | None = key(
        "the centre that believes it, alone",
        kind="id",
        default=None,
        refers="centre",
        left_out="true and known to everybody",
    )
    hose: bool = key("is a ventilation hose laid to its ship?", kind="bool", default=False)
    source: str = key("where it comes from")


@frozen(kw_only=True)
class Hold:
    """Which activities a hold keeps from beginning: those that fit every key that is given."""

    kinds: tuple[str, ...] = key("of these kinds", kind="ids", default=(), refers="kind", left_out="of any kind")
    activities: tuple[str, ...] = key("these", kind="ids", default=(), refers="activity", left_out="any")
    ships: tuple[str, ...] = key("of these ships", kind="ids", default=(), refers="vehicle", left_out="any or none")
    types: tuple[str, ...] = key("of ships of these types", kind="ids", default=(), refers="type", left_out="any")
    ports: tuple[str, ...] = key("at these ports", kind="ids", default=(), refers="port", left_out="any or none")
    airlocks: tuple[str, ...] = key(
        "through these airlocks", kind="ids", default=(), refers="airlock", left_out="any or none"
    )
    people: tuple[str, ...] = key(
        "in which one of these people takes part", kind="ids", default=(), refers="person", left_out="anybody"
    )
    needs: tuple[str, ...] = key(
        "that need one of these nodes", kind="ids", default=(), refers="node", left_out="whatever they need"
    )
    worksites: tuple[str, ...] = key(
        "that work or pass in one of these zones", kind="ids", default=(), refers="zone", left_out="wherever they work"
    )
    centres: tuple[str, ...] = key(
        "that these control centres govern", kind="ids", default=(), refers="centre", left_out="every centre"
    )


@frozen(kw_only=True)
class Incident:
    """What becomes true, and nothing about what follows."""

    id: str = key("its id", kind="id")
    leak: str | None = key("mode of leak", kind="id", default=None, refers="mode")
    change: str | None = key("mode or health the node changes to", kind="id", default=None)
    reading: str | None = key(
        "mode that a sensor shows though nothing of it is true: a false alarm", kind="id", default=None
    )
    fails: str | None = key("activity that does not succeed", kind="id", default=None, refers="activity")
    attempts: int = key(
        "how many attempts at it fail",
        kind="int",
        default=1,
        assumed="an incident says one thing; that the next attempt fails too is another one",
        above=0,
        most=1000,
    )
    hold: Hold | None = key("activities that may not begin while it lasts", kind="record", default=None)
    stops: bool = key("does a hold also end what is under way?", kind="bool", default=False)
    mode: str | None = key(
        "of a failed activity or a hold: the mode that says what is asked and done",
        kind="id",
        default=None,
        refers="mode",
        left_out="nothing is asked and nothing is done",
    )
    node: str = key("node it strikes", kind="id", default="", refers="node", left_out="of a failed activity, its ship")
    at_s: int | Chance | Anchor | None = key(
        "when: a time, a window in which chance decides, or counted from a phase of an activity or another incident",
        kind="moment",
        name="at",
        unit="s",
        default=None,
        left_out="when the failed activity is attempted, or by its `rate`",
    )
    rate_per_s: float | None = key(
        "instead of `at`: how often such a thing happens; the first time counts, if it comes before the end",
        kind="quantity",
        name="rate",
        unit="1/s",
        default=None,
        left_out="it happens once, as `at` says",
    )
    hole_m: float | Chance | None = key(
        "diameter of the hole of a leak",
        kind="quantity",
        name="hole",
        unit="m",
        default=None,
        left_out="there is none; a leak needs one",
    )
    growth_m2_per_s: float | Chance | None = key(
        "growth of the hole's area",
        kind="quantity",
        name="grows",
        unit="m2/s",
        default=None,
        left_out="it stays as it is",
    )
    lasts_s: int | Chance | None = key(
        "true duration", kind="duration", name="lasts", unit="s", default=None, left_out="for good"
    )
    expect_s: int | Chance | None = key(
        "what planners are told of the duration",
        kind="duration",
        name="expect",
        unit="s",
        default=None,
        left_out="what its mode expects",
    )
    by_s: int | None = key(
        "deadline of what its mode demands; a day counts to its end",
        kind="deadline",
        name="by",
        unit="s",
        default=None,
        left_out="as long after the alarm as the mode says",
    )
    failures: tuple[tuple[str, int], ...] = key(
        "how many attempts fail, per response",
        kind="counts",
        default=(),
        left_out="chance decides, as the response `works`",
    )
    inconclusive: tuple[tuple[str, int], ...] = key(
        "how many rounds end inconclusive, per question",
        kind="counts",
        default=(),
        left_out="chance decides, with the probability of the question",
    )
    misread_tests: tuple[int, ...] | None = key(
        "tests of the hunt that are read wrong, by number from 1",
        kind="ints",
        name="misreads",
        default=None,
        left_out="chance decides, with the probability of the hunt",
    )
    reopens_s: int | Chance | None = key(
        "how long after it was closed the hole of a leak opens again, once",
        kind="duration",
        name="reopens",
        unit="s",
        default=None,
        left_out="never",
    )
    background: bool = key("stands in both runs and is attributed to nothing", kind="bool", default=False)
    state: str | None = key("what a reading says of a hatch", allowed=("open", "closed"), default=None)
    centre: str | None = key("centre that believes it of the hatch", kind="id", default=None, refers="centre")
    cause: str | None = key("`unexplained` or words", default=None)
    source: str | None = key("where it comes from", default=None)
    since_s: int | None = key("when it struck, of what an opening says", kind="hidden", default=None)
