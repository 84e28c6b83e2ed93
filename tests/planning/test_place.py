"""On which day, with which people."""

import itertools
from unittest.mock import patch

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import PEOPLE, casts, slots, window, windows
from worlds import DAY, HOUR, MONDAY, Story, kind, role, rule, sortie, tiny

from stationsim.planning.clock import Clock
from stationsim.planning.place import Search, Slot, grid, slots_of

STORY = Story()


@given(slots(), windows(), st.fixed_dictionaries({name: windows() for name in PEOPLE}), st.lists(st.integers(0, 40)))
def test_the_first_start_is_the_first_that_nothing_forbids_for_somebody(places, always, of_person, candidates):
    """Against a look at every start with every cast."""

    def forbidden(choice, *_):
        return (*always, *(found for who in choice.people for found in of_person[who]))

    starts = sorted(candidates)
    search = Search(id="fix", situation=STORY.situation("south"), placed={}, slots=places)
    with patch("stationsim.planning.place.forbidden", forbidden):
        date = search.first(starts)
    allowed = [
        (start_s, people)
        for start_s in starts
        for people in casts(places)
        if not any(w.holds(start_s) for w in (*always, *(w for who in people for w in of_person[who])))
    ]
    assert date.start_s == next((start_s for start_s, _ in allowed), None)
    assert tuple(who for who, _ in date.cast) == next((people for _, people in allowed), ())


@given(slots(), windows(), st.fixed_dictionaries({name: windows() for name in PEOPLE}), st.lists(st.integers(0, 40)))
def test_what_was_in_the_way_is_told_for_every_start_that_was_tried(places, always, of_person, candidates):
    def forbidden(choice, *_):
        return (*always, *(found for who in choice.people for found in of_person[who]))

    known = window(0, 1)
    search = Search(id="fix", situation=STORY.situation("south"), placed={}, slots=places)
    with patch("stationsim.planning.place.forbidden", forbidden):
        date = search.first(sorted(candidates), known=[known])
    assert date.windows[0] == known
    assert set(date.windows) <= {known, *always, *(w for found in of_person.values() for w in found)}
    for start_s in candidates:
        if date.start_s is None or start_s < date.start_s:
            held = [w for w in always if w.holds(start_s)]
            assert any(w.holds(start_s) for w in date.windows) or not held


class TestPeople:
    def search(self, story: Story, id_: str = "walk") -> Search:
        situation = story.situation(story.state.activity(id_).centre)
        return Search(id=id_, situation=situation, placed={}, slots=slots_of(story.state.activity(id_), situation))

    def test_a_named_person_without_a_skill_cannot_be_replaced(self):
        story = Story(tiny(rules=[rule("needs-health")], activities=[sortie("walk", people=(role("ann"),))]))
        story.health("ann", "failed")
        search = self.search(story)
        assert search.slots == (Slot(role="hand", candidates=("ann",)),)
        assert [w.block.reason for w in search.windows_at(DAY)] == ["Ann is not available"]
        assert search.first([DAY]).start_s is None

    def test_candidates_are_the_named_person_then_the_own_then_the_other_centres(self):
        search = self.search(Story(tiny(activities=[sortie("walk", people=(role("zoe", "walk"), role(None, "arm")))])))
        assert [slot.candidates for slot in search.slots] == [("zoe", "ann", "ben", "dan"), ("eve", "zoe")]

    def test_a_qualified_substitute_goes_while_the_named_person_is_away(self):
        story = Story(tiny(rules=[rule("needs-health")], activities=[sortie("walk", people=(role("ann", "walk"),))]))
        assert self.search(story).first([DAY]).cast == (("ann", "hand"),)
        story.health("ann", "failed")
        assert self.search(story).first([DAY]).cast == (("ben", "hand"),)
        story.health("ann", "nominal")
        assert self.search(story).first([DAY]).cast == (("ann", "hand"),)

    def test_nobody_takes_two_places(self):
        people = (role("ann"), role("ben", "walk"))
        story = Story(tiny(rules=[rule("needs-health")], activities=[sortie("walk", people=people)]))
        story.health("ben", "failed")
        assert self.search(story).first([DAY]).cast == (("ann", "hand"), ("dan", "hand"))

    def test_people_stand_in_the_order_of_their_places(self):
        people = (role(None, "walk", "ev"), role("eve", name="iv"), role(None, "walk", "ev"))
        story = Story(tiny(activities=[sortie("walk", people=people)]))
        assert self.search(story).cast(DAY) == (("ann", "ev"), ("eve", "iv"), ("ben", "ev"))

    def test_people_are_allowed_together_not_only_one_by_one(self):
        people = (role(None, "walk"), role(None, "walk"))
        crew = [attrs.evolve(p, skills=("walk",)) for p in tiny().people[:3]]
        book = [rule("inside-crew", count=2)]
        story = Story(tiny(rules=book, people=crew, activities=[sortie("walk", people=people)]))
        search = self.search(story)
        assert search.cast(DAY) is None
        date = search.first([DAY, 2 * DAY])
        assert date.start_s is None
        assert {w.block.reason for w in date.windows} == {"only 1 people are inside"}

    @pytest.mark.parametrize(
        ("slots_", "reason"),
        [
            ((Slot(role="pilot", candidates=(), skill="fly"),), "nobody has the skill fly"),
            ((Slot(role="pilot", candidates=()),), "nobody is left for pilot"),
            ((Slot(role="hand", candidates=("ann",), skill="fly"),) * 2, "nobody else has the skill fly"),
            ((Slot(role="hand", candidates=("ann", "ben")),) * 3, "nobody else is left for hand"),
        ],
    )
    def test_a_place_for_which_nobody_is_left_says_so_and_leaves_no_date(self, slots_, reason):
        story = Story(tiny(activities=[sortie("walk")]))
        search = Search(id="walk", situation=story.situation(), placed={}, slots=slots_)
        date = search.first([DAY, 2 * DAY])
        assert (date.start_s, date.cast) == (None, ())
        assert [(w.block.rule, w.block.reason, w.hi_s) for w in date.windows] == [("people", reason, None)]

    def test_people_change_places_before_somebody_is_said_to_be_missing(self):
        story = Story(tiny(activities=[sortie("walk")]))
        slots_ = (Slot(role="a", candidates=("ann", "ben", "dan")), *(Slot(role="b", candidates=("ann", "ben")),) * 2)
        search = Search(id="walk", situation=story.situation(), placed={}, slots=slots_)
        assert search.first([DAY]).cast == (("dan", "a"), ("ann", "b"), ("ben", "b"))


class TestGrid:
    def starts(self, kind_, from_s: int, start=MONDAY, count: int = 4) -> list[int]:
        clock = Clock.of(tiny(start_utc=start))
        return list(itertools.islice(clock.grid(kind_, from_s), count))

    def test_days_at_the_usual_hour(self):
        daily = kind("daily", "work", usual_s=9 * HOUR)
        assert self.starts(daily, 9 * HOUR, count=2) == [9 * HOUR, DAY + 9 * HOUR]
        assert self.starts(daily, 9 * HOUR + 1, count=2) == [DAY + 9 * HOUR, 2 * DAY + 9 * HOUR]

    def test_only_on_its_days_of_the_week(self):
        weekly = kind("weekly", "work", usual_s=0, days=("wed", "sat"))
        assert [s // DAY for s in self.starts(weekly, 0)] == [2, 5, 9, 12]

    def test_a_scenario_that_begins_at_noon_keeps_the_hours_of_the_day(self):
        noon = MONDAY.replace(day=3, hour=12, minute=30, second=15)
        daily = kind("daily", "work", usual_s=13 * HOUR, days=("tue", "wed"))
        clock = Clock.of(tiny(start_utc=noon))
        assert (clock.midnight_s, clock.weekday) == (-(12 * HOUR + 30 * 60 + 15), 1)
        first_s = 13 * HOUR + clock.midnight_s
        assert self.starts(daily, 0, noon) == [first_s + day * DAY for day in (0, 1, 7, 8)]

    def test_hours_count_from_the_start_of_the_scenario(self):
        hourly = kind("hourly", "work", grid_s=HOUR)
        assert self.starts(hourly, 1, count=2) == [HOUR, 2 * HOUR]
        assert self.starts(hourly, HOUR, count=2) == [HOUR, 2 * HOUR]

    @pytest.mark.parametrize("grid_s", [HOUR, DAY])
    def test_a_date_years_off_is_none(self, grid_s):
        found = list(grid(kind("any", "work", grid_s=grid_s), from_s=0, midnight_s=0, weekday=0))
        assert len(found) == 3 * 366 * DAY // grid_s

    @given(
        st.integers(0, 20 * DAY),
        st.integers(0, DAY - 1),
        st.integers(0, 6),
        st.sets(st.sampled_from(range(7)), min_size=1),
    )
    def test_a_grid_of_days_is_what_a_calendar_says(self, from_s, usual_s, weekday, days):
        names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        start = MONDAY.replace(day=2 + weekday, hour=5)
        found = self.starts(
            kind("any", "work", usual_s=usual_s, days=tuple(names[d] for d in sorted(days))), from_s, start
        )
        expected = [
            second
            for day in range(60)
            if (second := day * DAY + usual_s - 5 * HOUR) >= from_s and (weekday + day) % 7 in days
        ]
        assert found == expected[:4]
