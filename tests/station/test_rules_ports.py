"""What a port offers, and what its use keeps free."""

import attrs
import pytest
from worlds import DAY, HERE, HOUR, Story, rule, sortie, task, tiny, traffic

from stationsim.scenario.model import Neighbour
from stationsim.station.rules import blocks, reads, separations
from stationsim.station.rules.blocks import FOREVER_AGO


def story_of(template: str, *activities, airlock=(), **neighbours) -> Story:
    """Return a story under one rule, with neighbours of ports by port and of the airlock; `top` offers unloading."""
    ports = [
        attrs.evolve(port, services=("unloading",) if port.id == "top" else (), neighbours=neighbours.get(port.id, ()))
        for port in tiny().ports
    ]
    locks = [attrs.evolve(tiny().airlocks[0], neighbours=airlock)]
    return Story(tiny(rules=[rule(template)], ports=ports, airlocks=locks, activities=list(activities))).at(HOUR)


def found(story: Story, id_: str):
    situation = story.situation(story.state.activity(id_).centre)
    return [(b.lo_s, b.hi_s, b.mode, b.reason) for b in blocks(story.choice(id_), situation)]


def keeps(place: str, **more) -> Neighbour:
    return Neighbour(place=place, source=HERE, **more)


class TestPortService:
    def test_work_waits_until_its_ship_stands_at_a_port_with_the_service(self):
        move = traffic("move", "relocation", 5 * DAY, ship="swift", port="top")
        story = story_of("port-service", task("unload", ship="swift", services=("unloading",)), move)
        reason = "the swift is not at a port with unloading"
        assert found(story, "unload") == [(FOREVER_AGO, 5 * DAY + HOUR, "overlap", reason)]

    def test_work_must_be_over_when_its_ship_leaves_the_port(self):
        leave = traffic("leave", "undocking", 9 * DAY, ship="mule")
        story = story_of("port-service", task("unload", ship="mule", faces=("top",)), leave)
        reason = "the mule is not at a port with top"
        assert found(story, "unload") == [
            (FOREVER_AGO, -5 * DAY, "overlap", reason),
            (9 * DAY + HOUR, None, "overlap", reason),
        ]

    def test_there_is_no_date_where_the_ship_never_stands_right(self):
        story = story_of("port-service", task("unload", ship="swift", services=("unloading",)))
        assert found(story, "unload") == [(FOREVER_AGO, None, "overlap", "the swift is not at a port with unloading")]

    def test_a_port_that_is_named_must_offer_it_itself(self):
        come = traffic("come", "docking", 9 * DAY, port="aft", services=("unloading",))
        other = traffic("other", "docking", 9 * DAY, port="top", services=("unloading",))
        story = story_of("port-service", come, other)
        assert found(story, "come") == [(FOREVER_AGO, None, "overlap", "Port aft is no port with unloading")]
        assert found(story, "other") == []

    def test_a_port_that_fails_offers_nothing_and_is_read(self):
        story = story_of("port-service", task("unload", ship="mule", services=("unloading",)))
        story.health("top", "failed", view="south")
        assert found(story, "unload")[-1] == (HOUR, None, "overlap", "Port top is not available")
        assert reads(story.choice("unload"), story.situation("south")) == ("top",)


class TestNeighbour:
    def test_a_ship_of_a_class_at_a_port_keeps_an_airlock_free(self):
        walk, leave = sortie("walk"), traffic("leave", "undocking", 9 * DAY, ship="mule")
        story = story_of("neighbour", walk, leave, top=(keeps("airlock", ship_types=("freighter",)),))
        assert found(story, "walk") == [(-5 * DAY, 9 * DAY + HOUR, "overlap", "the mule stands at Port top")]

    @pytest.mark.parametrize("kept", [{"ship_types": ("capsule",)}, {"kinds": ("docking",)}])
    def test_another_class_of_ship_or_kind_of_activity_is_not_concerned(self, kept):
        assert found(story_of("neighbour", sortie("walk"), top=(keeps("airlock", **kept),)), "walk") == []

    def test_two_ports_that_keep_each_other_free_take_one_ship(self):
        come = traffic("come", "docking", 9 * DAY, port="aft")
        either = {"top": (keeps("aft"),), "aft": ()}
        one, other = story_of("neighbour", come, **either), story_of("neighbour", come, aft=(keeps("top"),))
        assert found(one, "come") == [(-5 * DAY, None, "overlap", "the mule stands at Port top")]
        assert found(other, "come") == [(-5 * DAY, None, "start", "the mule stands at Port top")]

    def test_nothing_leaves_a_port_that_is_kept_free_for_departures(self):
        leave = traffic("leave", "undocking", 9 * DAY, ship="swift", port=None)
        story = story_of("neighbour", leave, top=(keeps("aft", kinds=("undocking",)),))
        assert found(story, "leave") == [(-5 * DAY, None, "overlap", "the mule stands at Port top")]

    def test_nothing_uses_a_port_while_a_sortie_goes_out_beside_it(self):
        come = traffic("come", "docking", 9 * DAY, port="aft")
        story = story_of("neighbour", sortie("walk"), come, airlock=(keeps("aft", kinds=("docking",)),))
        situation = story.situation()
        (gap,) = separations(story.choice("walk"), story.choice("come"), situation)
        assert (gap.lo_s, gap.hi_s, gap.reason) == (-7 * HOUR, 3 * HOUR, "the come is next to it")
        other = story_of("neighbour", sortie("walk"), come, airlock=(keeps("aft", kinds=("undocking",)),))
        assert separations(other.choice("walk"), other.choice("come"), other.situation()) == ()
