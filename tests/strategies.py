"""Random graphs and plans: small, readable when they fail, and never impossible."""

import itertools

import attrs
from hypothesis import strategies as st
from worlds import DAY, HOUR, at, fault, kind, person, role, rule, task, tiny

from stationsim.planning.place import Slot
from stationsim.planning.windows import Window
from stationsim.scenario.model import Needs, Scenario, Thing
from stationsim.station.rules import Block

LETTERS = "abcdefghij"


@st.composite
def things(draw) -> tuple[Thing, ...]:
    """Nodes that need earlier ones through every kind of gate."""
    found = []
    for number, id_ in enumerate(LETTERS[: draw(st.integers(2, len(LETTERS)))]):
        inputs = st.lists(st.sampled_from(LETTERS[:number]), unique=True, max_size=4) if number else st.just([])
        some = draw(inputs)
        needs = Needs(
            hard=tuple(draw(inputs)),
            some=tuple(some),
            of=draw(st.integers(1, max(1, len(some)))),
            soft=tuple(draw(inputs)),
        )
        found.append(Thing(id=id_, type="thing", needs=needs))
    return tuple(found)


def bare(**parts) -> Scenario:
    """A scenario of nothing but what is named."""
    nothing = (
        "volumes",
        "ports",
        "airlocks",
        "arms",
        "things",
        "types",
        "vehicles",
        "people",
        "activities",
        "incidents",
    )
    return tiny(**{**dict.fromkeys(nothing, ()), **parts})


PLAN_BOOK = (
    rule("needs-health"),
    rule("precedence"),
    rule("exclusive"),
    rule("setup"),
    rule("spacing", kinds=("daily",), others=("daily",), gap_s=2 * DAY, share="people"),
    rule("inside-crew", kinds=("daily",), roles=("hand",), count=1),
    rule("workload", limit_s=7 * HOUR),
)
PLAN_KINDS = (
    kind("hourly", "work", grid_s=HOUR, lead_s=2 * HOUR, duration_s=HOUR),
    kind("daily", "work", usual_s=9 * HOUR, lead_s=DAY, before_s=HOUR, after_s=HOUR, duration_s=4 * HOUR),
    kind("workday", "work", usual_s=9 * HOUR, days=("mon", "wed", "fri"), duration_s=6 * HOUR),
)
CREW = tuple(
    person(id_, segment, skills=("any",), aboard=True)
    for id_, segment in (("ann", "north"), ("ben", "north"), ("eve", "south"))
)

FRAGILE = ("ann", "ben", "eve", "arm", "rack")


def troubles():
    """Nodes that a centre believes lost, until a day or without an end; or well again."""
    until = st.one_of(st.none(), st.integers(3, 9).map(lambda day: day * DAY))
    return st.lists(
        st.tuples(
            st.sampled_from(FRAGILE),
            st.sampled_from(("failed", "failed", "nominal")),
            until,
            st.sampled_from(("north", "south")),
        ),
        max_size=4,
    )


@st.composite
def plans(draw) -> Scenario:
    """Work for three people with an arm and a rack, by the hour and by the day, some of it in chains."""
    names = LETTERS[: draw(st.integers(2, 6))]
    found = []
    for number, name in enumerate(names):
        who = draw(st.lists(st.sampled_from(("ann", "ben", "eve")), min_size=1, max_size=2, unique=True))
        skill = draw(st.sampled_from((None, "any")))
        follows = draw(st.lists(st.sampled_from(names[:number]), max_size=1)) if number else []
        found.append(
            task(
                name,
                at(draw(st.integers(2, 5)) * DAY, 14 * DAY),
                kind_=draw(st.sampled_from([kind_.id for kind_ in PLAN_KINDS])),
                centre=draw(st.sampled_from(("north", "south"))),
                people=tuple(role(person_, skill) for person_ in who),
                arms=draw(st.sampled_from(((), ("arm",)))),
                uses=draw(st.sampled_from(((), ("rack",)))),
                follows=tuple(follows),
                priority=draw(st.integers(1, 2)),
            )
        )
    arm = attrs.evolve(tiny().arms[0], needs=Needs(), components=(), setup_s=draw(st.sampled_from((0, 3 * HOUR))))
    return bare(
        kinds=PLAN_KINDS,
        rules=PLAN_BOOK,
        people=CREW,
        activities=tuple(found),
        arms=(arm,),
        things=(Thing(id="rack", name="Rack", type="rack"),),
        incidents=tuple(fault(f"{node}-out", node) for node in FRAGILE),
    )


# --- places and what keeps people from them -------------------------------------------------------------------

PEOPLE = ("ann", "ben", "eve")


def window(lo_s: int, hi_s: int | None) -> Window:
    block = Block(lo_s=lo_s, hi_s=hi_s, mode="start", rule="some-rule", severity="hard", reason="because", cause=None)
    return Window(lo_s=lo_s, hi_s=hi_s, block=block)


def windows():
    ends = st.tuples(st.integers(0, 20), st.one_of(st.integers(1, 30), st.none()))
    return st.lists(ends.map(lambda e: window(e[0], None if e[1] is None else e[0] + e[1])), max_size=3).map(tuple)


def slots():
    candidates = st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1, max_size=3).map(tuple)
    places = st.lists(st.builds(Slot, role=st.just("hand"), candidates=candidates), max_size=3).map(tuple)
    return places.filter(nobody_is_named_twice)


def nobody_is_named_twice(places: tuple[Slot, ...]) -> bool:
    """A check of the file refuses it."""
    named = [place.candidates for place in places if len(place.candidates) == 1]
    return len(set(named)) == len(named)


def casts(places: tuple[Slot, ...]):
    """Yield everybody who could take part, one person per place, in order of preference."""
    for people in itertools.product(*(place.candidates for place in places)):
        if len(set(people)) == len(people):
            yield people
