"""Can a ship carry its people home?"""

import attrs
import pytest
from worlds import CABIN, CAPSULE, FREIGHTER, HOUR, Story, tiny

from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.station.status import cools_in_truth, docked_cabin, predicted_c, verdict, words


def story_of(**cabin) -> Story:
    """A story whose capsule has this cabin, at the station's temperature now."""
    capsule = attrs.evolve(CAPSULE, cabin=attrs.evolve(CABIN, **cabin) if cabin is not None else None)
    story = Story(tiny(types=[capsule, FREIGHTER]))
    law = {
        "t0_c": 22.0, "capacity_j_per_k": 1e6, "people": 0, "person_w": 100.0, "equipment_w": 0.0,
        "loop_w_per_k": 0.0, "loop_c": 20.0, "hull_w_per_k": 10.0, "hull_c": 22.0, "hose_w_per_k": 0.0, "hose_c": 22.0,
    }  # fmt: skip
    rows = [("swift", "cabin", name, value, "") for name, value in law.items()]
    story.tell(Kind.HEATED, "swift", tables={"physics": rows})
    return story.at(HOUR)


def heat_of(story: Story, view: str = "north") -> float:
    return predicted_c(story.state, view, "swift", people=3, flight_s=2 * HOUR)


def status_of(story: Story, view: str = "north") -> str:
    return verdict(story.state, view, "swift").status


def test_a_ship_with_all_it_needs_is_certified():
    assert verdict(story_of().state, "north", "swift") == type(verdict(story_of().state, "north", "swift"))(
        status="certified"
    )


def test_degraded_is_good_enough():
    story = story_of()
    story.health("swift/loop", "degraded")
    assert status_of(story) == "certified"


def test_while_it_is_open_whether_it_is_usable_at_all_its_status_is_unknown():
    story = story_of()
    story.health("swift/loop", "failed")
    story.ask("usable", "drip")
    assert status_of(story) == "unknown"
    story.tell(Kind.ANSWERED, "usable", object="drip", view="north", text="usable")
    assert status_of(story) == "emergency-only"


@pytest.mark.parametrize(
    ("question", "incident", "view"),
    [("fit", "drip", "north"), ("usable", "joint", "north"), ("usable", "drip", "south")],
)
def test_other_questions_other_ships_and_other_centres_leave_it_open_for_nobody_else(question, incident, view):
    story = story_of()
    story.health("swift/loop", "failed")
    story.ask(question, incident, view=view)
    assert status_of(story) == "emergency-only"


def test_a_ship_that_cannot_leave_at_all_is_unusable():
    story = story_of()
    story.health("swift/engine", "failed")
    assert status_of(story) == "unusable"


def test_a_type_without_an_emergency_return_has_none():
    capsule = attrs.evolve(CAPSULE, capabilities=CAPSULE.capabilities[:1])
    story = Story(tiny(types=[capsule, FREIGHTER]))
    story.health("swift/loop", "failed")
    assert status_of(story) == "unusable"


def test_where_no_cabin_is_known_the_graph_alone_decides():
    story = Story(tiny(types=[attrs.evolve(CAPSULE, cabin=None), FREIGHTER]))
    story.health("swift/loop", "failed")
    found = verdict(story.state, "north", "swift")
    assert (found.status, found.margin_k) == ("emergency-only", None)


def test_each_centre_holds_its_own():
    story = story_of()
    story.health("swift/loop", "failed")
    assert (status_of(story), status_of(story, "south")) == ("emergency-only", "certified")


@pytest.mark.parametrize(
    ("above_k", "status"),
    [(2.001, "emergency-only"), (1.999, "unknown"), (0.0, "unknown"), (-1.999, "unknown"), (-2.001, "unusable")],
)
def test_a_margin_within_its_uncertainty_decides_nothing(above_k, status):
    hot = story_of()
    hot.health("swift/loop", "failed")
    story = story_of(limit_c=heat_of(hot) + above_k, uncertainty_k=2.0)
    story.health("swift/loop", "failed")
    found = verdict(story.state, "north", "swift")
    assert found.status == status
    assert found.margin_k == pytest.approx(above_k)


def test_fewer_people_are_cooler():
    story = story_of()
    three = predicted_c(story.state, "north", "swift", people=3, flight_s=HOUR)
    one = predicted_c(story.state, "north", "swift", people=1, flight_s=HOUR)
    assert one < three


def test_a_prediction_hangs_on_the_loop_as_it_is_believed():
    story = story_of()
    cool = heat_of(story)
    story.health("swift/loop", "failed")
    assert heat_of(story) > cool == heat_of(story, "south")
    assert cools_in_truth(story.state, "swift", CABIN)
    story.health("swift/loop", "failed", view=TRUTH)
    assert not cools_in_truth(story.state, "swift", CABIN)


@pytest.mark.parametrize("has_hose", [True, False])
@pytest.mark.parametrize("has_loop", [True, False])
def test_a_docked_cabin_without_a_temperature_is_at_its_equilibrium(has_loop, has_hose):
    cabin = docked_cabin(CABIN, None, has_loop=has_loop, has_hose=has_hose)
    assert cabin.people == 0
    assert cabin.temperature_degc_at(10 * HOUR) == pytest.approx(cabin.temperature_degc)
    assert len(cabin.sinks) == 1 + has_loop + has_hose
    warm = docked_cabin(CABIN, 35.0, has_loop=has_loop, has_hose=has_hose)
    assert warm.temperature_degc == 35.0
    assert warm.final_degc == pytest.approx(cabin.temperature_degc)


def test_a_status_stands_in_a_sentence():
    assert [words(status) for status in ("unknown", "unusable")] == ["of unknown status", "unusable"]
