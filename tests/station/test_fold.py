"""What each event does to the state."""

import attrs
import pytest
from worlds import DAY, HERE, HOUR, Story, tiny

from stationsim.errors import TransitionError
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH, Row
from stationsim.log.meanings import KINDS
from stationsim.physics import hole_area_m2
from stationsim.scenario.model import Atmosphere
from stationsim.station.air import pressure_kpa
from stationsim.station.fold import EFFECTS, replay
from stationsim.station.health import FAILED, NOMINAL
from stationsim.station.state import IN_FLIGHT, ON_GROUND, Open, Post, Seat, Sick, State, Status, Wet
from stationsim.station.transitions import Life

LEAK = {
    "liquid_m3": 0.04,
    "gas0_m3": 0.005,
    "pressure0_kpa": 300.0,
    "density_kg_m3": 700.0,
    "hole_area_m2": hole_area_m2(0.001),
    "discharge": 0.6,
}
AIR = {"volume_m3": 100.0, "p0_kpa": 101.3, "temperature_degc": 22.0, "makeup_kg_per_s": 0.0}
CABIN = {
    "t0_c": 22.0,
    "capacity_j_per_k": 1e6,
    "people": 0,
    "person_w": 100.0,
    "equipment_w": 100.0,
    "loop_w_per_k": 50.0,
    "loop_c": 20.0,
    "hull_w_per_k": 10.0,
    "hull_c": 20.0,
    "hose_w_per_k": 0.0,
    "hose_c": 22.0,
}


def law(subject: str, numbers: dict[str, float]) -> dict[str, list[tuple]]:
    return {"physics": [(subject, "law", name, value, "") for name, value in numbers.items()]}


@pytest.fixture
def story() -> Story:
    return Story(tiny()).at(HOUR)


def test_every_kind_has_a_meaning_and_names_columns_that_exist():
    assert set(KINDS) == set(Kind)
    for kind, meaning in KINDS.items():
        names = [name for name, _ in meaning.columns]
        assert set(names) <= set(Row._fields) - {"seq", "step", "t_s", "kind", "cause"}, kind
        assert "subject" in names
        assert meaning.text.endswith(".")


def test_every_kind_has_an_effect_but_five_that_change_nothing():
    assert set(Kind) - set(EFFECTS) == {Kind.DECLINED, Kind.SOLVED, Kind.WEIGHED, Kind.WORKED, Kind.STAYED_AWAY}


@pytest.mark.parametrize("kind", [Kind.DECLINED, Kind.WORKED])
def test_what_has_no_effect_only_moves_the_clock(story, kind):
    before = story.state.copy()
    story.at(2 * HOUR).tell(kind, "walk")
    before.now_s, before.step, before.rows = 2 * HOUR, before.step + 1, before.rows + 1
    assert story.state == before


def test_a_log_folds_into_the_state_it_was_told_in(story):
    story.health("arm/elbow", "failed", incident="joint")
    story.ask("flow", "drip", DAY)
    story.wet("stern", "drip")
    half = len(story.log)
    middle = story.state.copy()
    story.at(DAY).tell(Kind.CLEARED, "stern", object="drip", view="north")
    assert replay(story.station, story.log) == story.state
    assert replay(story.station, story.log, until=half) == middle
    assert replay(story.station, story.log, until=0) == State.blank(story.station)


def test_a_copy_lives_its_own_life(story):
    twin = story.state.copy()
    story.health("arm/elbow", "failed")
    story.tell(Kind.UNDOCKED, "swift", place="aft")
    assert twin.health("north", "arm") == NOMINAL
    assert twin.ship_at["swift"] == "aft"


class TestShips:
    def test_ships_begin_on_the_ground_or_at_their_port(self, story):
        assert story.state.ship_at == {"swift": "aft", "heron": ON_GROUND, "mule": "top"}
        assert story.state.launched_s == {"swift": -11 * DAY}
        assert story.state.docked_s == {"swift": -10 * DAY, "mule": -5 * DAY}

    def test_ids_of_the_opening_have_their_place_in_order(self, story):
        assert list(story.state.order) == ["north", "south", "drip", "joint", "swift", "heron", "mule", "walk", "fix"]

    def test_a_ship_flies_docks_and_leaves(self, story):
        story.tell(Kind.LAUNCHED, "heron")
        assert (story.state.ship_at["heron"], story.state.launched_s["heron"]) == (IN_FLIGHT, HOUR)
        story.at(DAY).tell(Kind.DOCKED, "heron", place="top")
        assert story.state.ship_at["heron"] == "top"
        assert story.state.docked_s["heron"] == DAY
        assert story.state.launched_s["heron"] == HOUR
        story.tell(Kind.UNDOCKED, "heron", place="top")
        assert story.state.ship_at["heron"] == IN_FLIGHT

    def test_people_come_change_seats_and_go(self, story):
        row = story.tell(Kind.BOARDED, "dan", object="heron")
        story.tell(Kind.FITTED, "dan", object="heron")
        assert story.state.aboard["dan"] == row
        assert story.state.fit["dan"] == "heron"
        assert "dan" in story.state.touched["north"]
        assert "dan" in story.state.touched["south"]
        seated = story.tell(Kind.SEATED, "dan", object="heron", value=2.0)
        assert story.state.seats["dan"] == Seat(level=2, ship="heron", row=seated)
        story.tell(Kind.LEFT, "dan", object="heron")
        assert "dan" not in story.state.aboard
        assert "dan" not in story.state.seats
        assert story.state.left_s["dan"] == story.state.now_s

    def test_a_person_may_have_an_improvised_place(self, story):
        story.tell(Kind.FITTED, "ann", object="swift", text="improvised")
        assert story.state.improvised == {"ann": "swift"}
        story.tell(Kind.FITTED, "ann", object="swift")
        assert story.state.improvised == {}

    def test_people_shelter(self, story):
        row = story.tell(Kind.SHELTERED, "ann", object="swift")
        assert story.state.sheltered["ann"] == ("swift", HOUR, row)
        row = story.tell(Kind.SHELTERED, "ann", object="core", until_s=2 * HOUR)
        assert story.state.sheltered["ann"] == ("core", 2 * HOUR, row)

    def test_hatches_open_and_shut(self, story):
        story.tell(Kind.OPENED, "hatch")
        assert story.state.hatches == {"hatch": "open"}
        story.tell(Kind.CLOSED, "hatch")
        assert story.state.hatches == {"hatch": "closed"}

    def test_a_hatch_is_shut_for_as_long_as_one_reason_is_left(self, story):
        story.tell(Kind.CLOSED, "hatch")
        story.tell(Kind.CLOSED, "hatch", object="walk")
        story.tell(Kind.CLOSED, "hatch", object="leak")
        assert story.state.kept_shut == {"hatch": ("usually", "walk", "leak")}
        story.tell(Kind.FREED, "hatch", object="walk")
        assert story.state.kept_shut == {"hatch": ("usually", "leak")}
        assert story.state.hatches == {"hatch": "closed"}
        story.tell(Kind.OPENED, "hatch")
        assert (story.state.kept_shut, story.state.hatches) == ({}, {"hatch": "open"})

    def test_a_return_is_promised_and_lost(self, story):
        row = story.tell(Kind.RETURN_PROMISED, "ann-return", object="leave", start_s=DAY)
        assert story.state.returns["ann-return"] == ("leave", DAY, row)
        row = story.tell(Kind.RETURN_LOST, "ann-return", object="leave", start_s=DAY)
        assert story.state.returns["ann-return"] == ("leave", None, row)


class TestTruth:
    def test_an_incident_strikes_and_ends(self, story):
        assert story.tell(Kind.STRUCK, "joint") == story.state.struck["joint"]
        assert story.tell(Kind.ENDED, "joint") == story.state.ended["joint"]

    def test_a_loop_drains_by_the_law_that_came_with_the_row(self, story):
        node = "swift/loop"
        row = story.tell(Kind.LEAKED, node, object="drip", tables=law(node, LEAK))
        release = story.state.releases[node]
        assert (release.incident, release.since_s, release.row, release.crossed) == ("drip", HOUR, row, ())
        assert release.drain.pressure_kpa_at(0) == 300.0
        crossed = story.at(HOUR + 60).tell(Kind.CROSSED, node, text="alarm")
        release = story.state.releases[node]
        assert (release.crossed, release.crossed_row, release.crossed_s) == (("alarm",), crossed, HOUR + 60)
        story.at(HOUR + 90).tell(Kind.CROSSED, node, text="works")
        release = story.state.releases[node]
        assert (release.crossed, release.crossed_row, release.crossed_s) == (("alarm", "works"), crossed, HOUR + 60)

    def test_a_larger_hole_keeps_what_was_crossed(self, story):
        node = "swift/loop"
        story.tell(Kind.LEAKED, node, object="drip", tables=law(node, LEAK))
        story.tell(Kind.CROSSED, node, text="alarm")
        row = story.at(2 * HOUR).tell(
            Kind.LEAKED, node, object="drip", tables=law(node, {**LEAK, "pressure0_kpa": 90.0})
        )
        release = story.state.releases[node]
        assert (release.since_s, release.row, release.crossed) == (2 * HOUR, row, ("alarm",))
        assert release.drain.pressure_kpa_at(0) == 90.0

    def test_an_empty_loop_loses_nothing_more(self, story):
        node = "swift/loop"
        story.tell(Kind.LEAKED, node, object="drip", tables=law(node, LEAK))
        row = story.at(9 * DAY).tell(Kind.EMPTIED, node)
        release = story.state.releases[node]
        assert (release.since_s, release.row, release.crossed) == (9 * DAY, row, ("empty",))
        assert release.drain.liquid_m3_at(DAY) == 0
        assert release.drain.flow_m3_per_s_at(DAY) == 0

    @pytest.mark.parametrize(("hose", "loop"), [(0.0, 50.0), (30.0, 0.0), (30.0, 50.0)])
    def test_a_cabin_warms_by_the_law_that_came_with_the_row(self, story, hose, loop):
        numbers = {**CABIN, "hose_w_per_k": hose, "loop_w_per_k": loop}
        row = story.tell(Kind.HEATED, "swift", tables=law("swift", numbers))
        heat = story.state.heat["swift"]
        assert (heat.since_s, heat.row, heat.is_hot) == (HOUR, row, False)
        assert (heat.has_loop, heat.has_hose) == (loop > 0, hose > 0)
        assert len(heat.cabin.sinks) == 1 + (loop > 0) + (hose > 0)
        story.tell(Kind.CROSSED, "swift", text="hot")
        assert story.state.heat["swift"].is_hot

    def test_health_is_kept_per_view(self, story):
        story.health("arm/elbow", "failed", view=TRUTH, incident="joint")
        assert story.state.health(TRUTH, "arm") == FAILED
        assert story.state.health("north", "arm") == NOMINAL
        assert story.state.views[TRUTH].sick["arm/elbow"] == Sick(
            since_s=HOUR, row=len(story.log) - 2, incident="joint"
        )
        assert not {"arm", "arm/elbow"} & set(story.state.touched["north"])
        index = story.station.graph.index
        assert story.state.views[TRUTH].own[index["arm/elbow"]] == FAILED
        assert story.state.views[TRUTH].own[index["arm"]] == NOMINAL
        story.health("arm/elbow", "nominal", view=TRUTH)
        assert story.state.views[TRUTH].sick == {}


class TestAir:
    @pytest.fixture
    def story(self):
        air = Atmosphere(
            pressure_kpa=101.3, temperature_c=22.0, limit_kpa=65.0, alarm_drop_kpa=0.1, alarm_latency_s=60,
            rapid_s=600, egress_s=180, source=HERE,
        )  # fmt: skip
        return Story(tiny(air=air)).at(HOUR)

    def aired(self, story: Story, *members: str, p0_kpa: float = 101.3) -> int:
        numbers = {**AIR, "p0_kpa": p0_kpa}
        return story.tell(Kind.AIRED, members[0], text=",".join(members), tables=law(members[0], numbers))

    def leak(self, story: Story) -> int:
        return story.tell(Kind.LEAKED, "lab", object="joint", tables=law("lab", {"area_m2": 1e-5, "discharge": 0.6}))

    def test_a_hole_in_a_wall_is_in_its_compartment(self, story):
        row = self.leak(story)
        gap = story.state.holes["joint"]
        assert (gap.compartment, gap.hole.area_m2, gap.row) == ("lab", 1e-5, row)

    def test_compartments_share_air_and_its_holes(self, story):
        self.leak(story)
        row = self.aired(story, "core", "lab")
        body = story.state.bodies["core"]
        assert (body.members, body.since_s, body.row, len(body.air.leaks)) == (("core", "lab"), HOUR, row, 1)

    def test_a_shut_hatch_parts_the_air_and_what_was_crossed_stays_known(self, story):
        self.leak(story)
        self.aired(story, "core", "lab", "swift")
        crossed = story.tell(Kind.CROSSED, "core", value=101.2, unit="kPa", text="alarm")
        assert story.state.air_alarms == {"joint": (HOUR, crossed)}
        self.aired(story, "core", "swift")
        assert story.state.bodies["lab"].members == ("lab",)
        assert story.state.bodies["core"].air.leaks == ()
        story.tell(Kind.CROSSED, "lab", value=101.2, unit="kPa", text="alarm")
        story.tell(Kind.CROSSED, "lab", value=65.0, unit="kPa", text="limit")
        assert story.state.bodies["lab"].crossed == ("limit",)
        assert story.state.air_alarms == {"joint": (HOUR, crossed)}
        self.aired(story, "lab", "core", "swift")
        assert list(story.state.bodies) == ["lab"]
        assert story.state.bodies["lab"].crossed == ()
        self.aired(story, "lab", p0_kpa=30.0)
        assert story.state.bodies["lab"].crossed == ()
        story.tell(Kind.CROSSED, "lab", value=65.0, unit="kPa", text="limit")
        self.aired(story, "lab", "core", p0_kpa=40.0)
        assert story.state.bodies["lab"].crossed == ("limit",)

    def test_a_hole_that_opens_again_is_heard_again_and_counts_from_the_pressure_of_then(self, story):
        self.leak(story)
        self.aired(story, "core", "lab", p0_kpa=99.0)
        story.tell(Kind.CROSSED, "core", value=101.2, unit="kPa", text="alarm")
        story.tell(Kind.ALARMED, "core", object="joint", view="north", text="joint")
        story.tell(Kind.DECIDED, "joint", view="north", text="respond")
        story.tell(Kind.SEALED, "joint", object="core-lab", place="lab", until_s=2 * HOUR, text="lab")
        story.at(2 * HOUR).tell(Kind.ENDED, "joint")
        assert (story.state.ended_s, story.state.seals) == ({"joint": 2 * HOUR}, {})
        again = story.tell(Kind.REOPENED, "joint", object="lab")
        assert story.state.reopened == {"joint": again}
        state = story.state
        assert not any("joint" in known for known in (state.ended, state.ended_s, state.alarmed, state.responded))
        assert state.air_alarms == {}
        kpa = pressure_kpa(state, "lab")
        self.leak(story)
        assert 90 < kpa < 99
        assert state.holes["joint"].from_kpa == kpa

    def test_a_hunt_goes_from_hatch_to_hatch(self, story):
        row = story.tell(Kind.SEARCHED, "joint", object="core-lab", until_s=2 * HOUR, text="core,lab")
        hunt = story.state.searches["joint"]
        assert (hunt.suspects, hunt.door, hunt.begun_s, hunt.due_s, hunt.row) == (
            ("core", "lab"), "core-lab", HOUR, 2 * HOUR, row,
        )  # fmt: skip
        assert (hunt.place, hunt.tests) == (None, 0)
        story.at(2 * HOUR).tell(Kind.SEARCHED, "joint", object="core-lab", start_s=HOUR, until_s=3 * HOUR, text="lab")
        assert story.state.searches["joint"].begun_s == HOUR
        story.at(3 * HOUR).tell(Kind.SEARCHED, "joint")
        assert story.state.searches == {}


class TestBelief:
    def test_an_alarm_is_known_told_and_reviewed(self, story):
        row = story.tell(Kind.ALARMED, "swift/loop", object="drip", view="north", text="drip")
        state = story.state
        assert state.alarmed == {"drip": row}
        assert state.known == {"north": ("drip",)}
        post = Post(
            due_s=3 * HOUR, row=row, centre="south", kind=Kind.ALARMED, subject="swift/loop", incident="drip",
            text="drip", until_s=None,
        )  # fmt: skip
        assert state.posts == (post,)
        assert state.reviews["north"].due_s == HOUR + 600
        assert story.tell(Kind.ALARMED, "swift/loop", object="drip", view="north", text="drip") > state.alarmed["drip"]
        assert state.known == {"north": ("drip",)}

    def test_a_report_is_read_once(self, story):
        row = story.tell(Kind.ALARMED, "swift/loop", object="drip", view="north", text="drip")
        story.at(3 * HOUR).tell(Kind.REPORTED, "swift/loop", object="drip", view="south", by="north", cause=row)
        assert story.state.posts == ()
        assert story.state.known["south"] == ("drip",)
        assert story.state.reviews["south"].due_s == 3 * HOUR + 900
        story.tell(Kind.REPORTED, "swift/loop", view="south", by="north")
        assert story.state.known["south"] == ("drip",)

    def test_the_earlier_review_holds(self, story):
        first = story.tell(Kind.ALARMED, "swift/loop", object="drip", view="north")
        story.at(HOUR + 60).tell(Kind.ALARMED, "arm/elbow", object="joint", view="north")
        assert (story.state.reviews["north"].due_s, story.state.reviews["north"].row) == (HOUR + 600, first)
        cleared = story.tell(Kind.CLEARED, "stern", object="drip", view="north")
        assert (story.state.reviews["north"].due_s, story.state.reviews["north"].row) == (HOUR + 60, cleared)
        story.tell(Kind.REVIEWED, "north", view="north")
        assert "north" not in story.state.reviews
        assert "north" not in story.state.touched

    def test_a_question_opens_is_put_off_and_closes(self, story):
        key = ("north", "drip", "flow")
        first = story.ask("flow", "drip", DAY)
        assert story.state.questions[key] == Open(
            incident="drip", question="flow", asked_s=HOUR, expected_s=DAY, row=first
        )
        assert "swift/crewed-return" in story.state.touched["north"]
        again = story.at(2 * HOUR).ask("flow", "drip", 2 * DAY)
        assert story.state.questions[key] == Open(
            incident="drip", question="flow", asked_s=HOUR, expected_s=2 * DAY, row=again
        )
        later = story.at(DAY).tell(Kind.ANSWERED, "flow", object="drip", view="north", until_s=3 * DAY, text="still")
        assert (story.state.questions[key].expected_s, story.state.questions[key].row) == (3 * DAY, later)
        assert (story.state.posts[-1].kind, story.state.posts[-1].until_s) == (Kind.ANSWERED, 3 * DAY)
        row = story.at(3 * DAY).tell(Kind.ANSWERED, "flow", object="drip", view="north", text="no longer")
        assert story.state.questions == {}
        assert story.state.answers == {key: (3 * DAY, row)}
        assert story.state.reviews["north"].due_s == DAY

    def test_an_answer_from_elsewhere_is_not_sent_back(self, story):
        story.ask("flow", "drip", DAY, view="south")
        story.tell(Kind.ANSWERED, "flow", object="drip", view="south", by="north", text="no longer")
        assert story.state.posts == ()

    def test_an_incident_elsewhere_touches_what_is_held_because_of_it(self, story):
        story.health("arm/elbow", "failed", incident="joint", view="south")
        story.wet("bow", "joint", view="south")
        story.tell(Kind.REVIEWED, "south", view="south")
        story.ask("back", "joint", DAY, view="south")
        assert story.state.touched["south"] == ("question:back", "arm/elbow", "arm", "bow")

    def test_a_zone_is_wet_since_the_first_word_of_it(self, story):
        story.wet("stern", "drip", until_s=DAY)
        row = story.at(2 * HOUR).wet("stern", "drip", until_s=2 * DAY, feared="inert")
        key = ("north", "drip", "stern")
        assert story.state.wet[key] == Wet(
            zone="stern", incident="drip", since_s=HOUR, until_s=2 * DAY, feared="inert", row=row
        )
        assert "stern" in story.state.touched["north"]
        story.tell(Kind.REVIEWED, "north", view="north")
        story.tell(Kind.CLEARED, "stern", object="drip", view="north")
        assert story.state.wet == {}
        assert story.state.touched["north"] == ("stern",)

    def test_a_status_is_held_per_centre(self, story):
        row = story.status("swift", "unusable")
        assert story.state.status == {("north", "swift"): Status(status="unusable", since_s=HOUR, row=row)}
        assert story.state.touched["north"][-1] == "swift/crewed-return"

    def test_the_first_decision_answers_an_incident(self, story):
        row = story.tell(Kind.DECIDED, "drip", view="north")
        story.tell(Kind.DECIDED, "drip", view="north")
        assert story.state.responded == {"drip": row}


class TestPlan:
    def test_the_first_date_is_the_wish_and_stays_it(self, story):
        act = story.state.acts["walk"]
        assert (act.life, act.start_s, act.wish_s) == (Life.PLANNED, 2 * DAY + 10 * HOUR, 2 * DAY + 10 * HOUR)
        moved = attrs.evolve(act, start_s=5 * DAY, people=("ben",), roles=("ev",))
        row = story.plan(moved, Kind.MOVED, rule="aboard", text="because")
        now = story.state.acts["walk"]
        assert (now.start_s, now.end_s, now.wish_s, now.people) == (5 * DAY, 5 * DAY + 6 * HOUR, act.wish_s, ("ben",))
        assert (now.row, now.rule, now.reason) == (row, "aboard", "because")

    def test_without_a_date_an_activity_keeps_its_wish_and_duration(self, story):
        act = story.state.acts["walk"]
        story.plan(attrs.evolve(act, start_s=None), Kind.UNDATED, rule="aboard", text="because")
        now = story.state.acts["walk"]
        assert (now.life, now.start_s, now.end_s, now.wish_s, now.duration_s) == (
            Life.UNDATED, None, None, act.wish_s, 6 * HOUR,
        )  # fmt: skip
        story.plan(act, Kind.MOVED)
        assert story.state.acts["walk"].life is Life.PLANNED

    def test_a_file_may_leave_an_activity_without_a_date(self):
        story = Story(tiny(), is_planned=False)
        act = Story(tiny()).state.acts["walk"]
        story.plan(attrs.evolve(act, start_s=None, people=(), roles=(), uses=()))
        now = story.state.acts["walk"]
        assert (now.life, now.wish_s, now.people, now.uses) == (Life.UNDATED, None, (), ())

    def test_an_attempt_is_prepared_held_released_and_flown(self, story):
        story.tell(Kind.PREPARED, "walk")
        story.at(2 * HOUR).tell(Kind.HELD, "walk", until_s=3 * HOUR)
        act = story.state.acts["walk"]
        assert (act.life, act.prepared_s, act.hold_until_s) == (Life.HELD, HOUR, 3 * HOUR)
        row = story.tell(Kind.RELEASED, "walk", start_s=2 * HOUR + 60)
        act = story.state.acts["walk"]
        assert (act.life, act.start_s, act.hold_until_s, act.row) == (Life.PREPARED, 2 * HOUR + 60, None, row)
        started = story.at(2 * HOUR + 60).tell(Kind.STARTED, "walk")
        act = story.state.acts["walk"]
        assert (act.life, act.start_s, act.started_s) == (Life.UNDER_WAY, 2 * HOUR + 60, 2 * HOUR + 60)
        assert story.state.started_row["walk"] == started
        story.at(9 * HOUR).tell(Kind.FINISHED, "walk")
        assert (story.state.acts["walk"].life, story.state.acts["walk"].ended_s) == (Life.DONE, 9 * HOUR)

    def test_an_activity_held_before_its_preparation_counts_from_the_hold(self, story):
        story.tell(Kind.HELD, "walk", until_s=2 * HOUR)
        assert story.state.acts["walk"].prepared_s == HOUR

    @pytest.mark.parametrize(("by", "is_reviewed"), [(None, True), ("north", False)])
    def test_an_attempt_called_off_is_reviewed_unless_a_review_did_it(self, story, by, is_reviewed):
        story.tell(Kind.PREPARED, "walk")
        story.tell(Kind.CALLED_OFF, "walk", by=by, rule="release", text="because")
        act = story.state.acts["walk"]
        assert (act.life, act.prepared_s, act.rule, act.reason) == (Life.PLANNED, None, "release", "because")
        assert ("north" in story.state.reviews) is is_reviewed

    @pytest.mark.parametrize("kind", [Kind.TERMINATED, Kind.ABORTED])
    def test_an_activity_ended_early_ends_when_all_are_inside(self, story, kind):
        story.tell(Kind.STARTED, "walk")
        story.tell(kind, "walk", until_s=2 * HOUR)
        assert (story.state.acts["walk"].life, story.state.acts["walk"].ended_s) == (Life.DONE, 2 * HOUR)

    def test_an_activity_given_up_is_over(self, story):
        story.tell(Kind.GIVEN_UP, "walk")
        assert (story.state.acts["walk"].life, story.state.acts["walk"].ended_s) == (Life.GIVEN_UP, HOUR)

    def test_what_cannot_follow_is_refused_and_changes_nothing_of_the_activity(self, story):
        before = story.state.acts["walk"]
        with pytest.raises(TransitionError):
            story.tell(Kind.FINISHED, "walk")
        assert story.state.acts["walk"] == before

    def test_a_response_comes_into_the_plan_with_its_own_record(self, story):
        act = attrs.evolve(
            story.state.acts["fix"], id="drip-survey", start_s=DAY, people=("eve",), roles=("arm",),
            uses=("arm", "pump"),
        )  # fmt: skip
        story.plan(act, Kind.ADDED, object="drip", text="outside-survey")
        assert story.state.responses == {"drip-survey": ("drip", "outside-survey")}
        record = story.state.activity("drip-survey")
        assert (record.kind, record.centre, record.duration_s, record.at.lo_s) == ("task", "north", 2 * HOUR, DAY)
        assert (record.arms, record.uses) == (("arm",), ("pump",))
        assert [(role.role, role.who) for role in record.people] == [("arm", "eve")]
        assert story.state.acts["drip-survey"].wish_s == DAY

    def test_a_response_without_places_or_date_still_asks_for_its_people(self, story):
        act = attrs.evolve(story.state.acts["fix"], id="drip-test", start_s=None, people=(), roles=(), uses=())
        story.plan(act, Kind.ADDED, object="drip", text="outside-survey")
        record = story.state.activity("drip-test")
        assert (record.arms, record.uses, record.at.lo_s) == ((), (), 0)
        assert [(role.role, role.who, role.skill) for role in record.people] == [("outside-survey", None, None)]
        assert story.state.acts["drip-test"].life is Life.UNDATED


class TestDismissedAndHatches:
    def test_a_dismissal_is_told_on_and_lets_no_answer_hold_anything_up(self):
        story = Story(tiny()).at(HOUR)
        story.ask("family", "drip", DAY)
        story.tell(Kind.ANSWERED, "family", object="drip", view="north", text="common")
        assert ("north", "drip", "family") in story.state.answers
        row = story.tell(Kind.DISMISSED, "drip", object="swift/loop", view="north", text="nothing there")
        assert story.state.dismissed == {("north", "drip"): row}
        assert story.state.answers == {}
        assert [(post.centre, post.kind, post.incident) for post in story.state.posts if post.row == row] == [
            ("south", Kind.DISMISSED, "drip")
        ]

    def test_an_inconclusive_round_is_counted_and_another_date_is_not(self):
        story = Story(tiny()).at(HOUR)
        story.ask("fit", "drip", DAY)
        story.tell(Kind.ANSWERED, "fit", object="drip", view="north", text="inconclusive", until_s=2 * DAY)
        story.ask("fit", "drip", 3 * DAY)
        found = story.state.questions[("north", "drip", "fit")]
        assert (found.rounds, found.expected_s) == (1, 3 * DAY)

    def test_a_belief_of_a_hatch_lasts_until_it_agrees_or_the_hatch_moves(self):
        story = Story(tiny()).at(HOUR)
        story.tell(Kind.OPENED, "swift/hatch")
        story.tell(Kind.HATCH_BELIEVED, "swift/hatch", view="south", text="closed")
        assert story.state.hatch_beliefs == {("south", "swift/hatch"): "closed"}
        story.tell(Kind.HATCH_BELIEVED, "swift/hatch", view="south", text="open")
        assert story.state.hatch_beliefs == {}
        story.tell(Kind.HATCH_BELIEVED, "swift/hatch", view="south", text="closed")
        story.tell(Kind.CLOSED, "swift/hatch")
        assert story.state.hatch_beliefs == {}
