"""When does the plan stand nominally."""

import pytest
from worlds import DAY, HOUR, Story, activity, at, book, kind, role, rule, sortie, task, tiny, traffic

from stationsim.planning.opening import open_plan
from stationsim.station.transitions import Life

BOOK = book()
KINDS = (
    *tiny().kinds,
    kind("workday", "work", usual_s=9 * HOUR, days=("mon", "tue", "wed", "thu", "fri"), duration_s=HOUR),
)


def opened(*activities, rules=BOOK, **more) -> dict:
    story = Story(tiny(rules=rules, activities=[*activities], kinds=KINDS, **more), is_planned=False)
    return open_plan(story.situations())


def dates(*activities, **more) -> dict[str, int | None]:
    return {id_: act.start_s for id_, act in opened(*activities, **more).items()}


def test_a_clock_time_is_the_date():
    acts = opened(sortie("walk", 12345))
    assert (acts["walk"].start_s, acts["walk"].wish_s, acts["walk"].life) == (12345, 12345, Life.PLANNED)
    assert (acts["walk"].people, acts["walk"].roles, acts["walk"].uses) == (("ann", "ben"), ("ev", "ev"), ("airlock",))


def test_a_day_is_its_usual_hour_and_stays_whatever_the_rules_say():
    days = at(3 * DAY, 4 * DAY)
    assert dates(sortie("one", days), sortie("two", days)) == {"one": 3 * DAY + 10 * HOUR, "two": 3 * DAY + 10 * HOUR}


def test_a_window_is_the_first_day_that_the_rules_allow():
    window = at(3 * DAY, 9 * DAY)
    found = dates(sortie("one", window), sortie("two", window), sortie("three", 4 * DAY + 10 * HOUR))
    assert found == {"one": 3 * DAY + 10 * HOUR, "three": 4 * DAY + 10 * HOUR, "two": 5 * DAY + 10 * HOUR}


def test_a_window_without_an_allowed_day_is_its_first_day():
    crowded = at(3 * DAY, 5 * DAY)
    found = dates(*(sortie(id_, crowded) for id_ in ("one", "two", "three")))
    assert sorted(found.values()) == [3 * DAY + 10 * HOUR, 3 * DAY + 10 * HOUR, 4 * DAY + 10 * HOUR]


def test_in_a_window_the_days_of_the_week_count():
    assert dates(activity("meet", "workday", at(5 * DAY, 9 * DAY))) == {"meet": 7 * DAY + 9 * HOUR}


def test_a_day_on_which_its_kind_is_never_planned_is_kept():
    assert dates(activity("meet", "workday", at(5 * DAY, 6 * DAY))) == {"meet": 5 * DAY + 9 * HOUR}


@pytest.mark.parametrize(("window", "start_s"), [((1, HOUR // 2), 1 + 43200 % (HOUR // 2 - 1)), ((1, HOUR + 1), HOUR)])
def test_a_window_shorter_than_the_grid_has_a_start_too(window, start_s):
    assert dates(activity("quick", "task", at(*window))) == {"quick": start_s}


class TestAfter:
    CHAIN = (
        activity("third", "task", at(2 * HOUR, after="second")),
        activity("second", "docking", at(DAY, 3 * DAY, after="first"), ship="heron", port="aft"),
        activity("first", "launch", at(6 * DAY, 7 * DAY), ship="heron"),
    )

    def test_dates_after_others_count_from_them_in_whatever_order_the_file_has(self):
        leave = traffic("leave", "undocking", 2 * DAY, ship="swift")
        found = dates(*self.CHAIN, leave)
        assert list(found) == ["third", "second", "first", "leave"]
        assert (found["first"], found["second"]) == (6 * DAY + 12 * HOUR, 7 * DAY + 12 * HOUR)
        assert found["third"] == found["second"] + 2 * HOUR

    def test_a_chain_of_dates_is_counted_to_its_end(self):
        chain = (activity("a", "task", at(HOUR, after="b")), activity("b", "task", at(HOUR, after="c")))
        found = dates(*chain, activity("c", "task", at(DAY)))
        assert found == {"a": DAY + 2 * HOUR, "b": DAY + HOUR, "c": DAY}

    def test_traffic_cannot_wait_for_work(self):
        """Traffic is dated first: a file that dates it after work leaves it without a date."""
        acts = opened(traffic("up", "docking", at(DAY, after="fix"), port="top"), task("fix"))
        assert (acts["up"].start_s, acts["up"].wish_s, acts["up"].life) == (None, None, Life.UNDATED)

    def test_what_follows_is_placed_after_what_it_follows(self):
        window = at(2 * DAY, 9 * DAY)
        found = dates(sortie("b", window, follows=("a",), priority=1), sortie("a", window))
        assert found == {"b": 3 * DAY + 10 * HOUR, "a": 2 * DAY + 10 * HOUR}


class TestPeople:
    def test_a_substitute_flies_while_the_preferred_one_is_not_aboard(self):
        acts = opened(sortie("walk", people=(role("dan", "walk"),)))
        assert acts["walk"].people == ("ann",)

    def test_a_fixed_date_that_nobody_can_keep_has_the_preferred_people(self):
        acts = opened(sortie("walk", people=(role("dan"), role("zoe", "arm"))))
        assert acts["walk"].people == ("dan", "zoe")
        acts = opened(sortie("walk"), sortie("wander", people=(role("dan", "walk"), role("ann", "walk"))))
        assert acts["wander"].people == ("dan", "ann")

    def test_people_come_before_they_work(self):
        up = traffic("up", "docking", 3 * DAY, port="top", crew=("dan",))
        found = dates(sortie("walk", at(DAY, 9 * DAY), people=(role("dan"),)), up)
        assert found["walk"] == 3 * DAY + 10 * HOUR


def test_traffic_is_dated_before_work():
    spacing = rule("spacing", kinds=("sortie",), others=("docking",), gap_s=DAY)
    window = at(3 * DAY, 9 * DAY)
    up = traffic("up", "docking", at(3 * DAY, 9 * DAY), port="top")
    found = dates(sortie("walk", window), up, task("fix"), rules=(rule("exclusive"), spacing))
    assert found["up"] == 3 * DAY + 12 * HOUR
    assert found["walk"] == 5 * DAY + 10 * HOUR
