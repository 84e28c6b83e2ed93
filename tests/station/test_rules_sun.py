"""No arrival while the Sun stands far from the orbit's plane, no landing in the dark."""

import itertools

import pytest
from worlds import DAY, HERE, HOUR, Story, rule, tiny, traffic

from stationsim.scenario.model import Orbit, Thing
from stationsim.station.rules import blocks, reads

ORBIT = Orbit(inclination_deg=51.643, node_deg=151.3097, at_s=-17 * DAY + 80348, altitude_m=416.7e3, source=HERE)
STEPPE = Thing(id="steppe", name="the steppe", type="recovery-zone", latitude_deg=47.8, longitude_deg=67.7)
HIGH = "the Sun stands more than 60 deg from the plane of the orbit"


def windows(governing, **parts):
    things = [*tiny().things, STEPPE]
    plan = [traffic("come", "docking", 9 * DAY), traffic("leave", "undocking", 40 * DAY, ship="swift")]
    story = Story(tiny(rules=[governing], things=things, activities=plan, orbit=ORBIT, **parts))
    return {id_: blocks(story.choice(id_), story.situation()) for id_ in ("come", "leave")}


def test_nothing_arrives_while_the_sun_is_high_and_everything_leaves():
    found = windows(rule("sun", beta_above_deg=60.0, kinds=("docking",)))
    assert found["leave"] == ()
    assert {b.reason for b in found["come"]} == {HIGH}
    assert {b.mode for b in found["come"]} == {"start"}
    ahead = [b for b in found["come"] if 0 < b.lo_s < 61 * DAY]
    assert [(b.lo_s // DAY, (b.hi_s - b.lo_s) // DAY) for b in ahead] == [(36, 6)]


def test_a_rule_about_the_whole_keeps_the_sun_low_until_the_end():
    found = windows(rule("sun", beta_above_deg=60.0, part="whole"))
    assert {b.mode for b in found["come"]} == {"overlap"}


@pytest.mark.parametrize(("flight_h", "first", "last"), [(0, (1, 17), (13, 52)), (3, (22, 17), (10, 52))])
def test_a_ship_leaves_so_that_it_comes_down_by_daylight(flight_h, first, last):
    """28 March 2023 in Kazakhstan: the Sun is up from 01:17 to 13:52."""
    found = windows(rule("sun", daylight_at="steppe", gap_s=flight_h * HOUR))["leave"]
    day = 85 * DAY  # 28 March
    lights = [(dark.hi_s, after.lo_s) for dark, after in itertools.pairwise(found)]
    up = next((lo, hi) for lo, hi in lights if hi > day)
    clocks = [(second % DAY // HOUR, second % HOUR // 60) for second in up]
    assert clocks == [first, last]
    assert {b.reason for b in found} == {"it is dark at the steppe"}


def test_where_the_sun_never_rises_there_is_no_date():
    pole = [Thing(id="steppe", name="the pole", type="recovery-zone", latitude_deg=-89.0, longitude_deg=0.0)]
    story = Story(
        tiny(
            rules=[rule("sun", daylight_at="steppe")],
            things=[*tiny().things, *pole],
            activities=[traffic("leave", "undocking", 9 * DAY, ship="swift")],
        )
    )
    assert blocks(story.choice("leave"), story.situation())[-1].hi_s is not None  # it rises in September


def test_the_answer_hangs_on_nothing_that_is_believed():
    story = Story(tiny(rules=[rule("sun", beta_above_deg=60.0)], orbit=ORBIT))
    assert reads(story.choice("walk"), story.situation()) == ()
