"""When may a choice not begin: second by second."""

from unittest.mock import patch

import attrs
from hypothesis import given
from hypothesis import strategies as st
from worlds import Story, role, rule, sortie, task, tiny

from stationsim.planning.verify import verify
from stationsim.planning.windows import Placed, Window, conflicts, forbidden, own_windows, pair_windows
from stationsim.station.rules import Block, Separation, blocks
from stationsim.station.rules.blocks import FOREVER_AGO

SECONDS = range(-40, 60)
STORY = Story(tiny(activities=[task("one"), task("two"), task("three")]))
RULES, PLANNER, VERIFIER = "stationsim.station.rules", "stationsim.planning.windows", "stationsim.planning.verify"
WHY = {"rule": "some-rule", "severity": "hard", "reason": "because"}


@st.composite
def found_blocks(draw) -> tuple[Block, ...]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        lo_s = draw(st.one_of(st.integers(-20, 30), st.just(FOREVER_AGO)))
        last_s = draw(st.one_of(st.integers(max(lo_s, -20) + 1, 40), st.none()))
        found.append(Block(lo_s=lo_s, hi_s=last_s, mode=draw(st.sampled_from(("start", "overlap"))), cause=7, **WHY))
    return tuple(found)


@st.composite
def gaps(draw) -> Separation:
    ends = draw(st.lists(st.integers(-20, 20), min_size=2, max_size=2).map(sorted))
    lo_s, hi_s = (draw(st.sampled_from((end, end, None))) for end in ends)
    return Separation(lo_s=lo_s, hi_s=hi_s, **WHY)


def choices(id_: str):
    times = st.tuples(st.integers(0, 6), st.integers(1, 9), st.integers(0, 6))
    return times.map(lambda t: STORY.choice(id_, before_s=t[0], duration_s=t[1], after_s=t[2]))


def is_hit(choice, start_s: int, block: Block) -> bool:
    """Tell, second by second, whether a block forbids a start."""
    occupied = range(start_s - choice.before_s, start_s + choice.duration_s + choice.after_s)
    seconds = (start_s,) if block.mode == "start" else occupied
    return any(block.lo_s <= second and (block.hi_s is None or second < block.hi_s) for second in seconds)


def is_close(gap: Separation, apart_s: int) -> bool:
    return not ((gap.lo_s is not None and apart_s <= gap.lo_s) or (gap.hi_s is not None and apart_s >= gap.hi_s))


@given(choices("one"), found_blocks())
def test_blocks_forbid_exactly_the_seconds_they_touch(choice, found):
    with patch(f"{PLANNER}.blocks", return_value=found):
        windows = own_windows(choice, STORY.situation("south"))
    for start_s in SECONDS:
        assert [w.block for w in conflicts(windows, start_s)] == [b for b in found if is_hit(choice, start_s, b)]


@given(choices("one"), gaps(), st.integers(-10, 20), st.integers(-10, 20))
def test_distances_forbid_exactly_the_seconds_between(choice, gap, two_s, three_s):
    dates = (("two", two_s), ("three", three_s), ("one", 0))
    placed = [Placed(choice=STORY.choice(id_), start_s=at_s) for id_, at_s in dates]
    with patch(f"{RULES}.separations", return_value=(gap,)):
        windows = pair_windows(choice, STORY.situation("south"), placed)
    for start_s in SECONDS:
        expected = [id_ for id_, at_s in dates[:2] if is_close(gap, start_s - at_s)]
        assert [w.other for w in conflicts(windows, start_s)] == expected


@given(choices("one"), found_blocks(), gaps(), st.integers(-10, 20))
def test_planner_and_verifier_forbid_the_same_starts(choice, found, gap, two_s):
    placed = {"two": Placed(choice=STORY.choice("two"), start_s=two_s)}
    situation = STORY.situation("south")
    acts = {id_: STORY.state.acts[id_] for id_ in ("two", "one")}
    acts["two"] = attrs.evolve(acts["two"], start_s=two_s)

    def blocks_of(asked, _):
        return found if asked.id == "one" else ()

    with (
        patch(f"{PLANNER}.blocks", blocks_of),
        patch(f"{RULES}.separations", return_value=(gap,)),
        patch(f"{VERIFIER}.blocks", blocks_of),
        patch(f"{VERIFIER}.separations", return_value=(gap,)),
        patch(f"{VERIFIER}.choose", lambda _situation, id_, _cast: choice if id_ == "one" else placed["two"].choice),
    ):
        windows = forbidden(choice, situation, placed)
        for start_s in SECONDS:
            acts["one"] = attrs.evolve(acts["one"], start_s=start_s)
            broken = verify({"south": situation.with_acts(acts)})
            assert [(b.activity, b.other) for b in broken] == [("one", w.other) for w in conflicts(windows, start_s)]


def test_what_ends_when_a_block_begins_and_what_begins_when_it_ends_is_allowed():
    story = Story(tiny(rules=[rule("needs-health")], activities=[task("fix", duration_s=100)])).at(1000)
    story.ask("back", "joint", 2000, view="south")
    story.health("arm/elbow", "failed", view="south", incident="joint")
    windows = own_windows(story.choice("fix"), story.situation("south"))
    assert [bool(conflicts(windows, start_s)) for start_s in (900, 901, 1999, 2000)] == [False, True, True, False]


def test_a_start_block_leaves_alone_what_is_under_way():
    window = own_windows_of(Block(lo_s=10, hi_s=20, mode="start", cause=None, **WHY), before_s=5, duration_s=30)[0]
    assert [window.holds(start_s) for start_s in (9, 10, 19, 20)] == [False, True, True, False]


def own_windows_of(block: Block, **times):
    with patch(f"{PLANNER}.blocks", return_value=(block,)):
        return own_windows(STORY.choice("one", **times), STORY.situation("south"))


def test_a_window_names_the_activity_in_the_way_and_the_row_that_dated_it():
    people = (role("eve"),)
    story = Story(tiny(rules=[rule("exclusive")], activities=[task("one", people=people), task("two", people=people)]))
    placed = {"two": Placed(choice=story.choice("two"), start_s=50_000)}
    (window,) = forbidden(story.choice("one"), story.situation("south"), placed)
    assert (window.other, window.lo_s, window.hi_s) == ("two", 50_000 - 7200 + 1, 50_000 + 7200)
    assert story.log.row(window.block.cause).subject == "two"
    assert window == Window(lo_s=window.lo_s, hi_s=window.hi_s, block=window.block, other="two")


def test_a_block_that_ends_as_it_begins_forbids_nothing():
    story = Story(tiny(rules=[rule("residue", hazards=("ammonia",))], activities=[sortie("walk")])).at(1000)
    story.wet("stern", "drip", until_s=1000)
    assert blocks(story.choice("walk"), story.situation()) == ()


def test_an_answer_that_is_overdue_is_still_waited_for():
    story = Story(tiny(rules=[rule("needs-health")], activities=[task("fix")])).at(1000)
    story.ask("back", "joint", 1000, view="south")
    story.health("arm/elbow", "failed", view="south", incident="joint")
    for now_s in (1000, 5000):
        (found,) = blocks(story.choice("fix"), story.at(now_s).situation("south"))
        assert (found.lo_s, found.hi_s) == (1000, now_s + 1)
