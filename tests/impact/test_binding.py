"""Which rules bound what: by windows that decided, and by what held or ended an attempt."""

from kernel.runs import shipped, told

from stationsim.impact.binding import bound
from stationsim.impact.reading import Reading


def binding(name):
    return bound(Reading.of(told(shipped(name)).outcome).disrupted)


def test_rules_stand_with_the_activities_they_moved_or_ended():
    assert binding("arm-out") == {
        "gen-1": ("us-eva-83",),
        "gen-3": ("us-eva-contingency",),
    }


def test_a_rule_that_ended_a_sortie_bound_it():
    assert binding("emu-water")["eva-6"][0] == "us-eva-83"


def test_nothing_bound_where_nothing_happened():
    assert binding("quiet-increment") == {}
