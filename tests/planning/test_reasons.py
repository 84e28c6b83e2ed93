"""Why that day and no earlier one: the least windows that forbid all that was tried."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from strategies import PEOPLE, casts, slots, window, windows
from worlds import DAY, Story, at, book, rule, task, tiny

from stationsim.planning.place import Search
from stationsim.planning.reasons import reasons, tried
from stationsim.planning.repair import repair

STORY = Story()


@given(slots(), windows(), st.fixed_dictionaries({name: windows() for name in PEOPLE}), st.integers(0, 30))
def test_the_reasons_forbid_every_start_that_was_tried_and_none_of_them_is_idle(places, always, of_person, from_s):
    """Against every start with every cast."""

    def forbidden(choice, *_):
        return (*always, *(found for who in choice.people for found in of_person[who]))

    def is_free(start_s, kept):
        return any(
            not any(w.holds(start_s) and w in kept for w in (*always, *(w for who in people for w in of_person[who])))
            for people in casts(places)
        )

    starts = lambda after_s: iter(range(max(from_s, after_s), 80))  # noqa: E731
    search = Search(id="fix", situation=STORY.situation("south"), placed={}, slots=places)
    with patch("stationsim.planning.place.forbidden", forbidden):
        date = search.first(starts(0))
        found = reasons(search, tried(search, starts, from_s=from_s, end_s=date.start_s))
    earlier = range(from_s, 80 if date.start_s is None else date.start_s)
    if next(casts(places), None) is None:  # more places than people: no window is the reason
        assert found == ()
        return
    assert not any(is_free(start_s, found) for start_s in earlier)
    for one in found:
        assert any(is_free(start_s, [w for w in found if w != one]) for start_s in earlier)


def test_what_lasts_is_named_rather_than_what_ends_before():
    search = Search(id="fix", situation=STORY.situation("south"), placed={}, slots=())
    short, long_ = window(0, 4), window(0, 9)
    with patch("stationsim.planning.place.forbidden", lambda *_: (short, long_)):
        assert reasons(search, [0, 3, 5]) == (long_,)
        assert reasons(search, [20]) == ()


def test_what_is_out_of_opportunities_names_them_too():
    closed = rule("calendar", id="closed", dates=(at(0, 5 * DAY),))
    fix = task("fix", 2 * DAY, opportunities=(at(2 * DAY), at(3 * DAY)))
    story = Story(tiny(rules=[*book("opportunities"), closed], activities=[fix]))
    (change,) = repair(story.situations()).changes
    assert (change.start_s, change.rule) == (None, "closed")
    assert [(w.block.rule, w.hi_s) for w in change.binding] == [("closed", 5 * DAY), ("opportunities", None)]
