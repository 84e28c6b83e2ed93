"""The optimal planner: never worse than the greedy repair, verified, explained, and changing nothing for nothing."""

from worlds import DAY, Story, at, book, rule, task, tiny

from stationsim.planning.improve import improve
from stationsim.planning.repair import repair
from stationsim.planning.revision import over
from stationsim.planning.verify import verify


def two_days_for_one() -> Story:
    """Both need Ann and the first days are closed; the first may begin on day 5 or 6, the second on day 5 alone."""
    closed = rule("calendar", id="closed", dates=(at(0, 4 * DAY),))
    first = task("a-first", 2 * DAY, opportunities=(at(2 * DAY), at(5 * DAY), at(6 * DAY)))
    second = task("b-second", 3 * DAY, opportunities=(at(3 * DAY), at(5 * DAY)))
    return Story(tiny(rules=[*book("exclusive"), closed], activities=[first, second]))


def dates(revision):
    return {change.id: change.start_s for change in revision.changes}


def test_the_greedy_repair_takes_the_only_day_that_another_has():
    story = two_days_for_one()
    assert dates(repair(story.situations())) == {"a-first": 5 * DAY, "b-second": None}


def test_the_optimal_planner_leaves_it_to_the_other():
    story = two_days_for_one()
    revision = improve(story.situations())
    assert dates(revision) == {"a-first": 6 * DAY, "b-second": 5 * DAY}
    assert verify(over(story.situations(), revision)) == ()
