"""Rules about how things are: health, releases and residue, ships home."""

import attrs
import pytest
from worlds import CAPSULE, DAY, FREIGHTER, HOUR, Story, fault, rule, sortie, task, tiny, traffic

from stationsim.log.kinds import Kind
from stationsim.scenario.model import NO_NEEDS, Needs, Thing, Zone
from stationsim.station.rules import blocks

RELEASE = rule("release", question="flow", hazards=("ammonia", "hypergol"), severity="safety")
RESIDUE = rule("residue", hazards=("ammonia", "hypergol"))


def found(story: Story, id_: str):
    """Return the blocks of an activity as its centre believes: from, until, mode, reason."""
    situation = story.situation(story.state.activity(id_).centre)
    return [(b.lo_s, b.hi_s, b.mode, b.reason) for b in blocks(story.choice(id_), situation)]


class TestNeedsHealth:
    def story(self, **more) -> Story:
        activities = [sortie("walk"), task("fix", needs=("pump",)), traffic("arrival", "docking", 9 * DAY)]
        return Story(tiny(rules=[rule("needs-health")], activities=activities, **more)).at(HOUR)

    def test_all_is_well(self):
        assert found(self.story(), "fix") == []

    @pytest.mark.parametrize(
        ("node", "id_", "reason"),
        [
            ("airlock", "walk", "Airlock is not available"),
            ("chamber", "walk", "Airlock is not available"),
            ("ben", "walk", "Ben is not available"),
            ("arm/elbow", "fix", "Arm is not available"),
            ("core", "arrival", "Port aft is not available"),
        ],
    )
    def test_what_is_needed_is_lost(self, node, id_, reason):
        story = self.story()
        story.health(node, "failed", view=story.state.activity(id_).centre)
        assert found(story, id_) == [(HOUR, None, "overlap", reason)]

    @pytest.mark.parametrize(("node", "is_held"), [("core", False), ("aft", True)])
    def test_a_ship_leaves_a_port_behind_which_a_volume_is_lost_but_not_a_broken_one(self, node, is_held):
        leave = traffic("leave", "undocking", 9 * DAY, ship="swift")
        story = Story(tiny(rules=[rule("needs-health")], activities=[leave])).at(HOUR)
        story.health(node, "failed")
        assert bool(found(story, "leave")) == is_held

    def test_what_is_named_is_needed_too(self):
        story = self.story()
        story.health("lab", "unknown", view="south")
        assert found(story, "fix") == [(HOUR, None, "overlap", "Pump is not available")]

    @pytest.mark.parametrize(
        ("closed", "own", "held"),
        [
            (("steppe",), NO_NEEDS, ["landing zone of the swift is not available"]),
            (("pad",), NO_NEEDS, ["launcher and site of the heron is not available"]),
            (("gulf",), NO_NEEDS, []),
            (("gulf", "cape"), NO_NEEDS, ["landing zone of the swift is not available"]),
            (("steppe",), Needs(hard=("cape",)), []),
        ],
    )
    def test_ships_of_a_type_fly_on_and_land_in_what_it_says_unless_they_say_otherwise(self, closed, own, held):
        flies = attrs.evolve(
            CAPSULE, launches_on=Needs(hard=("pad",)), lands_in=Needs(hard=("steppe",), some=("gulf", "cape"), of=1)
        )
        plan = [traffic("up", "launch", 9 * DAY), traffic("down", "undocking", 9 * DAY, ship="swift")]
        story = Story(
            tiny(
                rules=[rule("needs-health")],
                types=[flies, FREIGHTER],
                things=[Thing(id=id_, type="place") for id_ in ("pad", "steppe", "gulf", "cape")],
                vehicles=[attrs.evolve(ship, lands_in=own) for ship in tiny().vehicles],
                activities=plan,
            )
        ).at(HOUR)
        for node in closed:
            story.health(node, "failed")
        assert [told for id_ in ("up", "down") for _, _, _, told in found(story, id_)] == held

    def test_what_is_degraded_serves(self):
        story = self.story()
        story.health("airlock", "degraded")
        assert found(story, "walk") == []

    def test_another_centre_believes_otherwise(self):
        story = self.story()
        story.health("airlock", "failed", view="south")
        assert found(story, "walk") == []

    def test_it_is_expected_back(self):
        story = self.story()
        asked = story.ask("back", "joint", 5 * DAY, view="south")
        story.health("arm/elbow", "failed", view="south", incident="joint")
        assert found(story, "fix") == [(HOUR, 5 * DAY, "overlap", "Arm is not available")]
        cause = blocks(story.choice("fix"), story.situation("south"))[0].cause
        assert story.log.row(cause).subject == "arm"
        assert asked < cause

    def test_it_is_well_again(self):
        story = self.story()
        story.health("airlock", "failed")
        story.at(2 * HOUR).health("airlock", "nominal")
        assert found(story, "walk") == []

    def test_only_nodes_of_the_named_types_are_asked_about(self):
        activities = [sortie("walk"), task("fix", needs=("pump",))]
        story = Story(tiny(rules=[rule("needs-health", types=("pump",))], activities=activities)).at(HOUR)
        for node in ("arm/elbow", "lab", "ann"):
            story.health(node, "failed", view="south")
            story.health(node, "failed")
        assert found(story, "fix") == [(HOUR, None, "overlap", "Pump is not available")]
        assert found(story, "walk") == []


class TestUnexplained:
    RULE = rule("unexplained", question="flow")

    def story(self, **more) -> Story:
        leaves = traffic("leaves", "undocking", 9 * DAY, ship="swift")
        comes = traffic("comes", "docking", 12 * DAY)
        return Story(tiny(rules=[self.RULE], activities=[leaves, comes, task("fix")], **more)).at(HOUR)

    def test_what_is_asked_about_waits_for_the_answer(self):
        story = self.story()
        row = story.ask("flow", "drip", 2 * DAY)
        assert found(story, "leaves") == [
            (HOUR, 2 * DAY, "overlap", "there is an open question about loop of the swift: flow?")
        ]
        assert blocks(story.choice("leaves"), story.situation())[0].cause == row

    def test_another_ship_and_another_question_do_not_wait(self):
        story = self.story()
        story.ask("flow", "drip", 2 * DAY)
        story.ask("fluid", "drip", 3 * DAY)
        assert found(story, "comes") == []
        assert len(found(story, "leaves")) == 1

    def test_a_part_of_what_is_used_holds_it_too(self):
        story = self.story()
        story.ask("flow", "joint", None, view="south")
        assert [(lo_s, hi_s) for lo_s, hi_s, _, _ in found(story, "fix")] == [(HOUR, None)]

    def test_another_centre_asks_for_itself(self):
        story = self.story()
        story.ask("flow", "drip", 2 * DAY, view="south")
        assert found(story, "leaves") == []

    def test_without_a_date_where_the_book_says_so(self):
        story = self.story()
        strict = attrs.evolve(self.RULE, until="no-date")
        story = Story(attrs.evolve(story.station.scenario, rules=(strict,))).at(HOUR)
        story.ask("flow", "drip", 2 * DAY)
        assert [hi_s for _, hi_s, _, _ in found(story, "leaves")] == [None]


class TestReleaseAndResidue:
    def story(self, *rules, **more) -> Story:
        return Story(tiny(rules=rules, activities=[sortie("walk", **more), task("fix", worksites=("stern",))])).at(HOUR)

    def test_a_release_may_still_be_where_people_work(self):
        story = self.story(RELEASE)
        story.ask("flow", "drip", 2 * DAY)
        row = story.wet("stern", "drip")
        block = blocks(story.choice("walk"), story.situation())[0]
        assert (block.lo_s, block.hi_s, block.mode) == (HOUR, 2 * DAY, "overlap")
        assert block.reason == "a release of unidentified fluid may still be at the stern"
        assert (block.rule, block.severity, block.cause) == ("release", "safety", row)

    def test_a_release_that_has_ended_is_none(self):
        story = self.story(RELEASE)
        story.wet("stern", "drip")
        assert found(story, "walk") == []

    def test_zones_of_one_incident_make_one_block_and_of_two_incidents_two(self):
        story = self.story(RESIDUE)
        story.wet("stern", "drip", until_s=3 * DAY)
        story.at(2 * HOUR).wet("bow", "drip", until_s=4 * DAY)
        reason = "residue of unidentified fluid may lie at the stern and at the bow"
        assert found(story, "walk") == [(HOUR, 4 * DAY, "overlap", reason)]
        story.wet("bow", "joint", feared="hypergol")
        other = "residue of hypergol fluid may lie at the bow"
        assert found(story, "walk") == [(HOUR, 4 * DAY, "overlap", reason), (2 * HOUR, None, "overlap", other)]

    def test_one_zone_without_an_end_leaves_the_block_without(self):
        story = self.story(RESIDUE)
        story.wet("stern", "drip", until_s=3 * DAY)
        story.wet("bow", "drip")
        assert [hi_s for _, hi_s, _, _ in found(story, "walk")] == [None]

    @pytest.mark.parametrize(
        ("feared", "hazards", "is_forbidden"),
        [
            ("inert", ("ammonia",), False),
            ("ammonia", ("ammonia",), True),
            ("unidentified", ("ammonia",), True),
            ("unidentified", (), False),
        ],
    )
    def test_an_unidentified_fluid_counts_as_the_worst(self, feared, hazards, is_forbidden):
        story = self.story(rule("residue", hazards=hazards))
        story.wet("stern", "drip", feared=feared)
        assert bool(found(story, "walk")) is is_forbidden

    def test_work_inside_goes_on(self):
        story = self.story(RESIDUE)
        story.wet("stern", "drip", view="south")
        assert found(story, "fix") == []

    def test_only_zones_where_people_are_count_the_exit_among_them(self):
        story = self.story(RESIDUE, worksites=())
        story.wet("stern", "drip")
        assert found(story, "walk") == []
        story.wet("bow", "drip")
        assert len(found(story, "walk")) == 1

    def test_a_sortie_from_no_airlock_of_ours_has_no_exit(self):
        story = self.story(RESIDUE, airlock=None)
        story.wet("bow", "drip")
        assert found(story, "walk") == []

    def test_three_zones_are_listed(self):
        zones = tuple(Zone(id=i, name=f"at the {i}", source="a test") for i in ("stern", "keel", "bow"))
        story = Story(tiny(rules=[RESIDUE], zones=zones, activities=[sortie("walk", worksites=("stern", "keel"))]))
        for zone in zones:
            story.wet(zone.id, "drip")
        reason = "residue of unidentified fluid may lie at the stern, at the keel and at the bow"
        assert [text for *_, text in found(story, "walk")] == [reason]


class TestShipStatus:
    CERTIFIED = rule("ship-status", capability="crewed-return", roles=("ev",))
    USABLE = rule("ship-status", capability="emergency-return", question="usable", roles=("ev",))

    def story(self, *rules) -> Story:
        people = sortie("walk").people[:1]
        incidents = [*tiny().incidents, fault("rattle", "swift/engine")]
        activities = [sortie("walk", people=people), task("fix")]
        return Story(tiny(rules=rules, activities=activities, incidents=incidents)).at(HOUR)

    def test_a_certified_ship_forbids_nothing(self):
        assert found(self.story(self.CERTIFIED, self.USABLE), "walk") == []

    @pytest.mark.parametrize(
        ("status", "words"),
        [("emergency-only", "emergency-only"), ("unusable", "unusable"), ("unknown", "of unknown status")],
    )
    def test_where_a_certified_ship_is_needed_no_other_will_do(self, status, words):
        story = self.story(self.CERTIFIED)
        row = story.status("swift", status)
        reason = f"the swift, ship of Ann, is {words}: a certified ship is needed"
        assert found(story, "walk") == [(HOUR, None, "overlap", reason)]
        assert blocks(story.choice("walk"), story.situation())[0].cause == row

    @pytest.mark.parametrize(("status", "count"), [("emergency-only", 0), ("unusable", 1), ("unknown", 1)])
    def test_a_ship_for_emergencies_may_be_enough(self, status, count):
        story = self.story(self.USABLE)
        story.status("swift", status)
        reason = "the swift, ship of Ann, is {}: a ship usable at least in an emergency is needed"
        words = "of unknown status" if status == "unknown" else status
        assert found(story, "walk") == [(HOUR, None, "overlap", reason.format(words))] * count

    def test_a_ship_certified_again_forbids_nothing(self):
        story = self.story(self.CERTIFIED)
        story.status("swift", "unusable")
        story.status("swift", "certified")
        assert found(story, "walk") == []

    def test_other_roles_may_go_on(self):
        story = self.story(self.CERTIFIED)
        story.status("swift", "unusable", view="south")
        assert found(story, "fix") == []

    @pytest.mark.parametrize(("until", "hi_s"), [("expected", 2 * DAY), ("no-date", None)])
    def test_an_open_question_has_its_answer_waited_for_or_not(self, until, hi_s):
        story = self.story(attrs.evolve(self.USABLE, until=until))
        story.status("swift", "unknown")
        story.ask("usable", "drip", 2 * DAY)
        assert [(lo_s, end_s) for lo_s, end_s, *_ in found(story, "walk")] == [(HOUR, hi_s)]

    def test_of_two_open_questions_the_later_answer_is_waited_for(self):
        story = self.story(self.USABLE)
        story.status("swift", "unknown")
        story.ask("usable", "drip", 2 * DAY)
        story.ask("usable", "rattle", 3 * DAY)
        assert [hi_s for _, hi_s, *_ in found(story, "walk")] == [3 * DAY]
        story.ask("usable", "rattle", None)
        assert [hi_s for _, hi_s, *_ in found(story, "walk")] == [None]

    @pytest.mark.parametrize(("question", "incident"), [("fit", "drip"), ("usable", "joint")])
    def test_other_questions_and_questions_about_other_things_are_not_waited_for(self, question, incident):
        story = self.story(self.USABLE)
        story.status("swift", "unknown")
        story.ask(question, incident, 2 * DAY)
        assert [hi_s for _, hi_s, *_ in found(story, "walk")] == [None]

    def test_a_question_alone_forbids_nothing(self):
        story = self.story(self.USABLE)
        story.ask("usable", "drip", 2 * DAY)
        assert found(story, "walk") == []

    def test_a_freighter_carries_nobody_home(self):
        story = self.story(self.CERTIFIED)
        story.status("swift", "unusable")
        story.tell(Kind.FITTED, "ann", object="mule")
        assert found(story, "walk") == []


class TestWhileSick:
    GOVERNING = rule("while-sick", while_sick="pump", kinds=("sortie",))

    def story(self) -> Story:
        return Story(tiny(rules=[self.GOVERNING], activities=[sortie("walk"), task("fix")])).at(HOUR)

    def test_a_node_that_is_worse_than_nominal_forbids_what_does_not_need_it(self):
        story = self.story()
        assert found(story, "walk") == []
        story.health("pump", "degraded")
        assert found(story, "walk") == [(HOUR, None, "overlap", "Pump: not as it should be")]
        assert found(story, "fix") == []

    def test_it_is_forbidden_until_the_node_is_expected_back_and_for_the_reason_of_the_incident(self):
        story = self.story()
        story.ask("back", "joint", 5 * DAY)
        story.health("pump", "failed", incident="joint")
        assert found(story, "walk") == [(HOUR, 5 * DAY, "overlap", "Pump: failed")]

    def test_a_node_that_is_well_again_forbids_nothing(self):
        story = self.story()
        story.health("pump", "failed")
        story.health("pump", "nominal")
        assert found(story, "walk") == []
