"""Hatches over time, and where people are."""

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
    assert mine[mine["person"] == "ann"][["place", "start_s", "until_s"]].to_numpy().tolist() == [
        ["aboard", 0, 1200], ["ferry", 1200, 15_000], ["aboard", 15_000, HORIZON],
    ]  # fmt: skip
    assert mine[mine["person"] == "cid"]["place"].tolist() == ["aboard"]
    assert set(table[table["run"] == "nominal"]["place"]) == {"aboard"}


def test_people_go_back_from_a_refuge():
    told = Story()
    told.tell(Kind.BOARDED, "ann")
    told.at(10).tell(Kind.SHELTERED, "ann", object="node")
    told.at(20).tell(Kind.WENT_BACK, "ann", object="node")
    assert list(whereabouts(told.log, 30)) == [
        ("ann", "aboard", 0, 10),
        ("ann", "node", 10, 20),
        ("ann", "aboard", 20, 30),
    ]


def test_people_come_and_leave_also_from_a_shelter():
    told = Story()
    told.at(10).tell(Kind.BOARDED, "ann")
    told.at(20).tell(Kind.SHELTERED, "ann", object="ferry", until=25)
    told.at(50).tell(Kind.LEFT, "ann", object="ferry")
    told.tell(Kind.LEFT, "bob", object="ferry")
    told.at(60).tell(Kind.OPENED, "ferry/hatch")
    assert list(whereabouts(told.log, 70)) == [
        ("ann", "away", 0, 10), ("ann", "aboard", 10, 25), ("ann", "ferry", 25, 50), ("ann", "away", 50, 70),
        ("bob", "aboard", 0, 50), ("bob", "away", 50, 70),
    ]  # fmt: skip


def test_who_is_not_there_before_the_end_is_on_the_way():
    told = Story()
    told.tell(Kind.SHELTERED, "ann", object="ferry", until=500)
    assert list(whereabouts(told.log, 100)) == [("ann", "aboard", 0, 100)]


def test_each_person_counts_once():
    ledger = assess(rapid_outcome()).ledger
    found = {
        quantity: ledger[ledger["quantity"] == quantity][["subject", "incident", "difference"]].to_numpy().tolist()
        for quantity in ("people_sheltered", "people_caught")
    }
    assert found == {
        "people_sheltered": [["ann", "leak", 1.0], ["bob", "leak", 1.0]], "people_caught": [["cid", "leak", 1.0]],
    }  # fmt: skip
