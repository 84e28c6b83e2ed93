"""Things of which there are several: two suits, so many hours of the crew. A walk takes 2 h + 6 h + 1 h, a task 2 h."""

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from worlds import DAY, HERE, HOUR, Story, book, role, task, tiny

from stationsim.kernel.opening import open_world
from stationsim.kernel.polls import no_go
from stationsim.planning.repair import repair
from stationsim.planning.verify import verify
from stationsim.scenario.model import Resource
from stationsim.station.builtin import COUNTED_RULE
from stationsim.station.rules import blocks, is_limited, loads
from stationsim.station.rules.blocks import FOREVER_AGO
from stationsim.station.station import Station
from stationsim.station.transitions import Life

SUITS = Resource(id="suits", name="suits", count=2, source=HERE)
CREW = Resource(id="crew", name="crew time", per_day_s=5 * HOUR, source=HERE)
NOON = 3 * DAY + 12 * HOUR


def job(id_: str, start_s: int, who: str = "eve", **takes: int):
    return task(id_, start_s, people=(role(who),), arms=(), takes=tuple(takes.items()))


def story_of(*activities, resources=(SUITS, CREW), **more) -> Story:
    return Story(tiny(resources=resources, activities=[*activities], rules=(), **more))


def beside(story: Story, id_: str):
    """Return when an activity may not be beside all others of the plan, and why."""
    acts = story.state.acts.values()
    others = [(story.choice(act.id), act.start_s) for act in acts if act.id != id_]
    situation = story.situation(story.state.activity(id_).centre)
    return [(b.lo_s, b.hi_s, b.mode, b.reason) for b in loads(story.choice(id_), others, situation)]


def moved(story: Story):
    return {c.id: (c.start_s, c.rule, c.reason) for c in repair(story.situations()).changes}


class TestAtATime:
    def test_as_many_as_there_are_go_together(self):
        assert beside(story_of(job("fix", NOON, suits=1), job("look", NOON, "ann", suits=1)), "fix") == []

    def test_more_than_there_are_do_not(self):
        story = story_of(job("fix", NOON, suits=1), job("look", NOON, "ann", suits=2))
        reason = "2 of 2 suits are taken by the look"
        assert beside(story, "fix") == [(NOON, NOON + 2 * HOUR, "overlap", reason)]
        situation = story.situation("south")
        found = loads(story.choice("fix"), [(story.choice("look"), NOON)], situation)[0]
        assert (found.rule, found.severity) == ("counted", "hard")
        assert story.log.row(found.cause).subject == "look"

    def test_several_leave_too_few_where_they_overlap(self):
        story = story_of(job("a", NOON, suits=1), job("b", NOON + HOUR, "ann", suits=1), job("c", NOON, "ben", suits=1))
        reason = "2 of 2 suits are taken by the a, the b"
        assert beside(story, "c") == [(NOON + HOUR, NOON + 2 * HOUR, "overlap", reason)]

    def test_what_follows_at_once_takes_what_is_given_back(self):
        story = story_of(job("a", NOON, suits=2), job("b", NOON + 2 * HOUR, "ann", suits=2), job("c", DAY, suits=1))
        assert beside(story, "c") == [(NOON, NOON + 4 * HOUR, "overlap", "2 of 2 suits are taken by the a, the b")]
        assert verify(story.situations()) == ()

    def test_who_takes_none_is_not_asked(self):
        story = story_of(job("fix", NOON, suits=2), job("look", NOON, "ann"))
        assert not is_limited(story.station.activities["look"], story.station)
        assert beside(story, "look") == []

    def test_nobody_takes_more_than_there_are(self):
        story = story_of(job("fix", NOON, suits=3))
        assert beside(story, "fix") == [(FOREVER_AGO, None, "overlap", "there are 2 suits, and it takes 3")]


class TestPerDay:
    def test_hours_of_all_that_are_taken_add_up(self):
        story = story_of(job("fix", NOON, crew=1), job("look", NOON, "ann", crew=2))
        reason = "more than 5 h of crew time would be taken on 2023-01-05"
        assert beside(story, "fix") == [(3 * DAY - HOUR + 1, 4 * DAY - HOUR, "start", reason)]
        assert beside(story_of(job("fix", NOON, crew=1), job("look", NOON, "ann", crew=1)), "fix") == []

    def test_of_two_at_a_time_half_as_long_is_left(self):
        story = story_of(job("fix", NOON, crew=2), job("look", NOON, "ann", crew=1))
        reason = "more than 5 h of crew time would be taken on 2023-01-05"
        assert beside(story, "fix") == [(3 * DAY - HOUR // 2 + 1, 4 * DAY - HOUR // 2 * 3, "start", reason)]

    def test_alone_it_may_be_too_much(self):
        story = story_of(job("fix", NOON, crew=3))
        assert (NOON // DAY, True) in [(lo // DAY + 1, lo <= NOON < hi) for lo, hi, _, _ in beside(story, "fix")]


class TestThePlan:
    def test_the_later_one_moves(self):
        story = story_of(job("fix", NOON, suits=1), job("look", NOON + HOUR, "ann", suits=2))
        assert [(b.rule, b.activity, b.reason) for b in verify(story.situations())] == [
            ("counted", "look", "1 of 2 suits are taken by the fix")
        ]
        assert moved(story) == {"look": (NOON + 2 * HOUR, "counted", "1 of 2 suits are taken by the fix")}

    def test_it_cannot_be_waived_and_stands_where_something_is_taken(self):
        assert COUNTED_RULE.id in story_of(job("fix", NOON, suits=1)).station.rules
        assert COUNTED_RULE.id not in story_of(job("fix", NOON)).station.rules
        assert (
            blocks(story_of(job("fix", NOON, suits=1)).choice("fix"), story_of(job("fix", NOON, suits=1)).situation())
            == ()
        )

    def test_the_poll_before_a_start_counts_what_is_under_way_whoever_does_it(self):
        jobs = [job("fix", NOON, suits=2), job("look", NOON + 2 * HOUR, "ann", suits=1), job("rest", NOON, "ben")]
        world = open_world(Station.of(tiny(resources=(SUITS,), rules=(), incidents=(), activities=jobs)))
        assert no_go(world, "look", NOON + 2 * HOUR) == ()
        begun = evolve(world.state.acts["fix"], life=Life.UNDER_WAY, start_s=NOON + HOUR)
        world.state.acts["fix"] = begun
        told = [(window.block.rule, window.hi_s) for window in no_go(world, "look", NOON + 2 * HOUR)]
        assert told == [("counted", NOON + 3 * HOUR)]
        assert no_go(world, "rest", NOON + 2 * HOUR) == ()


def _most(story: Story, name: str) -> int:
    """Count by the second, hour by hour: all times are whole hours here."""
    spans = []
    for act in story.state.acts.values():
        number = dict(story.state.activity(act.id).takes).get(name, 0)
        if act.start_s is not None:
            spans.append((act.start_s - act.before_s, act.start_s + act.duration_s + act.after_s, number))
    return max((sum(n for lo, hi, n in spans if lo <= t < hi) for t in range(0, 30 * DAY, HOUR)), default=0)


@given(
    jobs=st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["ann", "ben", "eve"]), st.integers(1, 3)), max_size=6),
    count=st.integers(3, 4),
)
def test_a_repaired_plan_never_takes_more_than_there_are(jobs, count):
    activities = [job(f"j{n}", NOON + hour * HOUR, who, suits=number) for n, (hour, who, number) in enumerate(jobs)]
    story = Story(tiny(resources=(evolve(SUITS, count=count),), rules=book("exclusive"), activities=activities))
    story.revise(repair(story.situations()))
    assert all(act.start_s is not None for act in story.state.acts.values())
    assert _most(story, "suits") <= count
    assert verify(story.situations()) == ()
