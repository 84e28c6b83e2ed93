"""Hatches over time, and where people are."""

import pytest
from impact.airs import HORIZON, rapid_outcome, slow_outcome
from impact.logs import Story

from stationsim.impact.impact import assess
from stationsim.impact.places import hatches, whereabouts
from stationsim.log.kinds import Kind


def test_a_hatch_is_open_shut_and_open_again():
    table = assess(slow_outcome()).hatches
    mine = table[(table["run"] == "disrupted") & (table["hatch"] == "node-lab")]
    assert mine[["state", "start_s", "until_s"]].to_numpy().tolist() == [
        ["open", 0, 3000], ["closed", 3000, 4000], ["open", 4000, HORIZON],
    ]  # fmt: skip


def test_the_hatch_of_a_ship_is_no_more_when_the_ship_has_left():
    found = [span for span in hatches(slow_outcome().nominal, HORIZON) if span[0] == "barge/hatch"]
    assert found == [("barge/hatch", "open", 0, 9000)]


def test_what_is_told_twice_is_one_span():
    told = Story()
    told.tell(Kind.CLOSED, "a")
    told.tell(Kind.OPENED, "a")
    told.at(10).tell(Kind.OPENED, "a")
    assert list(hatches(told.log, 100)) == [("a", "open", 0, 100)]


def test_people_shelter_in_their_ship_until_its_hatch_opens():
    table = assess(rapid_outcome()).whereabouts
    mine = table[(table["run"] == "disrupted")]
    assert mine[mine["person"] == "ann"][["state", "start_s", "until_s"]].to_numpy().tolist() == [
        ["aboard", 0, 1200], ["sheltered", 1200, 15_000], ["aboard", 15_000, HORIZON],
    ]  # fmt: skip
    assert mine[mine["person"] == "cid"]["state"].tolist() == ["aboard", "caught"]
    assert set(table[table["run"] == "nominal"]["state"]) == {"aboard"}


def test_people_go_back_from_a_refuge():
    told = Story()
    told.tell(Kind.BOARDED, "ann")
    told.at(10).tell(Kind.SHELTERED, "ann", object="node")
    told.at(20).tell(Kind.WENT_BACK, "ann", object="node")
    assert list(whereabouts(told.log, 30)) == [
        ("ann", "aboard", None, None, 0, 10),
        ("ann", "sheltered", "node", None, 10, 20),
        ("ann", "aboard", None, None, 20, 30),
    ]


def test_people_come_and_leave_also_from_a_shelter():
    told = Story()
    told.at(10).tell(Kind.BOARDED, "ann")
    told.at(20).tell(Kind.SHELTERED, "ann", object="ferry", until=25)
    told.at(50).tell(Kind.LEFT, "ann", object="ferry")
    told.tell(Kind.LEFT, "bob", object="ferry")
    told.at(60).tell(Kind.OPENED, "ferry/hatch")
    assert list(whereabouts(told.log, 70)) == [
        ("ann", "ground", None, None, 0, 10), ("ann", "aboard", None, None, 10, 25),
        ("ann", "sheltered", "ferry", None, 25, 50),
        ("ann", "home", None, None, 50, 70), ("bob", "aboard", None, None, 0, 50), ("bob", "home", None, None, 50, 70),
    ]  # fmt: skip


def test_who_is_not_there_before_the_end_is_on_the_way():
    told = Story()
    told.tell(Kind.SHELTERED, "ann", object="ferry", until=500)
    assert list(whereabouts(told.log, 100)) == [("ann", "aboard", None, None, 0, 100)]


def test_people_are_in_flight_from_the_launch_of_the_ship_in_which_they_come():
    told = Story()
    told.at(10).tell(Kind.LAUNCHED, "ferry")
    told.at(40).tell(Kind.BOARDED, "ann", object="ferry")
    assert list(whereabouts(told.log, 50)) == [
        ("ann", "ground", None, None, 0, 10), ("ann", "flight", "ferry", None, 10, 40),
        ("ann", "aboard", None, None, 40, 50),
    ]  # fmt: skip


WALK = {"walk": {"effect": "outside"}}
CREW = {"ann": "ev1", "bob": "arm"}


def sortie(end: Kind | None, **more) -> Story:
    told = Story()
    for person in ("ann", "bob"):
        told.tell(Kind.BOARDED, person)
    told.plan(Kind.PLANNED, "walk", 10, lasts="30 s", people=CREW)
    told.at(10).tell(Kind.STARTED, "walk")
    if end is not None:
        told.at(30).tell(end, "walk", **more)
    return told


@pytest.mark.parametrize(
    ("end", "more", "until_s"),
    [
        (Kind.FINISHED, {}, 30),
        (Kind.TERMINATED, {"until": 35}, 35),
        (Kind.ABORTED, {"until": 33}, 33),
        (None, {}, 50),
    ],
)
def test_who_walks_is_outside_until_all_are_inside_and_who_helps_stays_in(end, more, until_s):
    found = list(whereabouts(sortie(end, **more).log, 50, WALK))
    assert [stay for stay in found if stay[1] == "outside"] == [("ann", "outside", None, "walk", 10, until_s)]
    assert {stay[1:4] for stay in found if stay[0] == "bob"} == {("aboard", None, None)}


def test_the_record_of_an_activity_may_name_who_is_outside_and_where_the_others_are():
    told = {"walk": {"effect": "outside", "outside": ["arm"], "place": "node"}}
    found = {stay[:4] for stay in whereabouts(sortie(Kind.FINISHED).log, 50, told) if stay.activity}
    assert found == {("ann", "aboard", "node", "walk"), ("bob", "outside", None, "walk")}


def test_where_no_role_is_named_everybody_of_a_sortie_is_outside():
    told = {"walk": {"effect": "outside", "outside": [], "place": None}}
    found = [stay[0] for stay in whereabouts(sortie(Kind.FINISHED).log, 50, told) if stay.state == "outside"]
    assert found == ["ann", "bob"]


def test_who_is_at_a_response_is_aboard_with_it_and_who_shelters_is_in_the_shelter():
    told = Story()
    for person in ("ann", "bob"):
        told.tell(Kind.BOARDED, person)
    told.plan(Kind.ADDED, "look", 10, lasts="20 s", people=CREW, object="leak")
    told.at(10).tell(Kind.STARTED, "look")
    told.tell(Kind.SHELTERED, "bob", object="node")
    told.at(30).tell(Kind.FINISHED, "look")
    told.tell(Kind.WENT_BACK, "bob", object="node")
    assert [stay for stay in whereabouts(told.log, 50) if stay.activity] == [
        ("ann", "aboard", None, "look", 10, 30), ("bob", "sheltered", "node", "look", 10, 30),
    ]  # fmt: skip


def test_the_people_of_the_revision_that_flew_are_outside():
    told = Story()
    told.plan(Kind.PLANNED, "walk", 10, lasts="30 s", people={"ann": "ev1"})
    told.plan(Kind.REASSIGNED, "walk", people={"cid": "ev1"})
    told.at(10).tell(Kind.STARTED, "walk")
    told.at(30).tell(Kind.FINISHED, "walk")
    assert {stay[0] for stay in whereabouts(told.log, 50, WALK)} == {"cid"}


def test_each_person_counts_once():
    ledger = assess(rapid_outcome()).ledger
    found = {
        quantity: ledger[ledger["quantity"] == quantity][["subject", "incident", "difference"]].to_numpy().tolist()
        for quantity in ("people_sheltered", "people_caught")
    }
    assert found == {
        "people_sheltered": [["ann", "leak", 1.0], ["bob", "leak", 1.0]], "people_caught": [["cid", "leak", 1.0]],
    }  # fmt: skip
