"""The status board at a moment."""

import re
from datetime import UTC, datetime

import pytest
from impact.logs import Story, pair, sample_outcome
from impact.test_knowing import ring

from stationsim.errors import ScenarioError
from stationsim.impact.board import show
from stationsim.log.kinds import Kind

DAY = 86400


def test_the_first_night_of_the_sample():
    board = show(sample_outcome(), "2022-12-15T02:00Z")
    assert (
        board.text
        == """\
2022-12-15T02:00Z (GMT 349)

Ports
  Rassvet nadir: Soyuz MS-22
  Zvezda aft: Progress MS-20
  Poisk zenith: Progress MS-21
  Harmony forward: Crew-5 Dragon
  Harmony zenith: CRS-26 Dragon
  Unity nadir: Cygnus NG-18

Incidents
  incident loop at External loop of Soyuz MS-22: open since 2022-12-15T00:50Z (GMT 349) (TsUP Moscow knew first)

Ships
  Soyuz MS-22 at Rassvet nadir: unknown (TsUP Moscow), unknown (MCC Houston)
  Progress MS-20 at Zvezda aft
  Progress MS-21 at Poisk zenith
  Crew-5 Dragon at Harmony forward
  CRS-26 Dragon at Harmony zenith
  Cygnus NG-18 at Unity nadir

Hatches
  poisk-progress-ms-21: closed
  the other 4 are open

People
  Sergey Prokopyev: class 3 unfit or unknown, Soyuz MS-22
  Dmitry Petelin: class 3 unfit or unknown, Soyuz MS-22
  Frank Rubio: class 3 unfit or unknown, Soyuz MS-22
  Nicole Mann: class 0 certified, Crew-5 Dragon
  Josh Cassada: class 0 certified, Crew-5 Dragon
  Koichi Wakata: class 0 certified, Crew-5 Dragon
  Anna Kikina: class 0 certified, Crew-5 Dragon

Open questions
  TsUP Moscow: Which fluid, does it still flow? Expected 2022-12-18T18:00Z (GMT 352).
  TsUP Moscow: Is the ship usable at all? Expected 2022-12-16T12:00Z (GMT 350).
  MCC Houston: Is the ship usable at all? Expected 2022-12-16T12:00Z (GMT 350).

Believed wet
  Rassvet outside (TsUP Moscow: unknown)
  Poisk outside (TsUP Moscow: unknown)

Not nominal
  External loop of Soyuz MS-22: degraded (truth)
  External loop of Soyuz MS-22: unknown (TsUP Moscow)

Under way
  VKD-56: held since 2022-12-15T00:50Z (GMT 349)

Next
  2022-12-19 (GMT 353)  US EVA-83
  2022-12-21 (GMT 355)  VKD-57
  2023-01-09 (GMT 009)  CRS-26 undocking
  2023-01-20 (GMT 020)  US EVA-84
  2023-02-02 (GMT 033)  US EVA-85
  2023-02-07 (GMT 038)  Progress MS-20 undocking
  2023-02-09T06:15Z (GMT 040)  Progress MS-22 launch
  2023-02-11 (GMT 042)  Progress MS-22 docking"""
    )


def test_a_week_later():
    board = show(sample_outcome(), datetime(2022, 12, 21, 13, tzinfo=UTC))
    assert board.at_utc == "2022-12-21T13:00Z"
    assert board.people[2] == ("rubio", 2, "emergency-only", "soyuz-ms-22")
    assert board.without_ship[0] == ("prokopyev-return", "2022-12-16T12:00Z")
    assert board.questions == ()
    assert board.zones == (("moscow", "rassvet", "unknown", "loop"),)
    assert board.under_way == (("us-eva-83", "under way", "2022-12-21T12:10Z"),)
    assert board.undated == ("vkd-56", "vkd-57")
    assert (
        "Returns without a certified ship\n  return of Sergey Prokopyev, since 2022-12-16T12:00Z (GMT 350)\n"
        in board.text
    )
    assert "Without a date\n  VKD-56\n  VKD-57" in board.text


def test_a_day_is_its_first_second_and_that_second_has_happened():
    told = Story()
    told.at(DAY).tell(Kind.OPENED, "hatch")
    told.at(DAY + 1).tell(Kind.CLOSED, "hatch")
    assert show(pair(Story(), told), "2022-12-15").hatches == (("hatch", "open"),)
    assert show(pair(Story(), told), DAY - 1).hatches == ()
    assert show(pair(Story(), told), DAY + 1).hatches == (("hatch", "closed"),)


def test_preparation_and_a_hold_that_ended():
    told = Story()
    told.plan(Kind.PLANNED, "walk", DAY)
    told.at(100).tell(Kind.PREPARED, "walk")
    told.at(200).tell(Kind.HELD, "walk")
    told.at(300).tell(Kind.RELEASED, "walk")
    boards = [show(pair(Story(), told), at) for at in (150, 250, 350)]
    assert [board.under_way[0][1:] for board in boards] == [
        ("prepared", "2022-12-14T00:01:40Z"), ("held", "2022-12-14T00:03:20Z"), ("prepared", "2022-12-14T00:01:40Z"),
    ]  # fmt: skip
    assert boards[0].ahead == ()


def test_ships_come_and_go_and_people_with_them():
    told = Story()
    told.tell(Kind.LAUNCHED, "a")
    told.tell(Kind.SEATED, "ann", value=4.0, text="none")
    told.tell(Kind.RETURN_LOST, "ann-return", object="down")
    told.tell(Kind.RETURN_LOST, "bob-return", object="down")
    told.at(100).tell(Kind.DOCKED, "a", place="p")
    told.tell(Kind.RETURN_PROMISED, "bob-return", object="down")
    told.at(200).tell(Kind.UNDOCKED, "a", place="p")
    told.tell(Kind.LEFT, "ann", object="a")
    covered = [{"id": "p", "status": "free"}, {"id": "q", "status": "covered"}]
    start, docked, gone = (show(pair(Story(), told, ports=covered), at) for at in (0, 100, 200))
    assert start.ships == gone.ships == (("a", "in flight", ()),)
    assert docked.ports == (("p", "a", "free"), ("q", None, "covered"))
    assert gone.ports == (("p", None, "free"), ("q", None, "covered"))
    assert "  a in flight\n" in start.text
    assert "  q: covered\n" in gone.text
    assert "  ann: class 4 none\n" in docked.text
    assert [board.without_ship for board in (start, docked, gone)] == [
        (("ann-return", "2022-12-14T00:00Z"), ("bob-return", "2022-12-14T00:00Z")),
        (("ann-return", "2022-12-14T00:00Z"),), (),
    ]  # fmt: skip
    assert gone.people == ()


DOWN = {"down": {"kind": "undocking", "effect": "undock"}}


def test_a_ship_whose_departure_is_done_is_gone_and_its_people_with_it():
    told = Story()
    told.tell(Kind.DOCKED, "a", place="p")
    told.tell(Kind.BOARDED, "ann", object="a")
    told.plan(Kind.PLANNED, "down", 100, ship="a", port="p")
    told.at(100).tell(Kind.STARTED, "down")
    told.tell(Kind.UNDOCKED, "a", place="p")
    told.tell(Kind.LEFT, "ann", object="a")
    told.at(400).tell(Kind.FINISHED, "down")
    under_way, done = (show(pair(Story(), told, activities=DOWN), at) for at in (200, 400))
    assert under_way.ships == (("a", "in flight", ()),)
    assert done.ships == (("a", "departed", ()),)
    assert (done.ports, done.whereabouts) == ((), ())
    assert "\nDeparted\n  a" in done.text
    assert "\nShips" not in done.text


def test_a_ship_on_its_way_to_another_port_is_relocating():
    told = Story()
    told.tell(Kind.DOCKED, "a", place="p")
    told.at(100).tell(Kind.UNDOCKED, "a", place="p", text="relocating")
    board = show(pair(Story(), told), 100)
    assert board.ships == (("a", "relocating", ()),)
    assert "  a relocating" in board.text


def test_people_on_their_way_up_are_in_flight():
    told = Story()
    told.at(100).tell(Kind.LAUNCHED, "a")
    told.at(300).tell(Kind.DOCKED, "a", place="p")
    for person in ("ann", "bob"):
        told.tell(Kind.BOARDED, person, object="a")
    ground, flight, aboard = (show(pair(Story(), told), at) for at in (0, 100, 300))
    assert ground.whereabouts == ()
    assert flight.whereabouts == (("ann", "flight", "a", None), ("bob", "flight", "a", None))
    assert "\nIn flight\n  a: ann and bob" in flight.text
    assert [state for _, state, _, _ in aboard.whereabouts] == ["aboard", "aboard"]
    assert "In flight" not in aboard.text


def test_a_hatch_says_what_keeps_it_shut_until_the_last_reason_is_gone():
    told = Story()
    told.tell(Kind.OPENED, "door")
    told.tell(Kind.CLOSED, "vault")
    told.at(100).tell(Kind.CLOSED, "door", object="walk")
    told.at(200).tell(Kind.CLOSED, "door", object="leak")
    told.at(300).tell(Kind.FREED, "door", object="walk")
    told.at(400).tell(Kind.OPENED, "door")
    boards = [show(pair(Story(), told), at) for at in (0, 100, 200, 300, 400)]
    assert [board.kept_shut for board in boards] == [
        (), (("door", ("walk",)),), (("door", ("walk", "leak")),), (("door", ("leak",)),), (),
    ]  # fmt: skip
    assert "Hatches\n  door: closed for walk and leak\n  vault: closed" in boards[2].text
    assert "Hatches\n  vault: closed\n  the other is open" in boards[4].text


def test_who_is_outside_or_at_a_response_is_told_with_the_seat():
    told = Story()
    for person in ("ann", "bob"):
        told.tell(Kind.BOARDED, person)
        told.tell(Kind.SEATED, person, value=0.0, text="certified", object="a")
    told.plan(Kind.PLANNED, "walk", 10, lasts="90 s", people={"ann": "ev1"})
    told.plan(Kind.ADDED, "look", 10, lasts="90 s", people={"bob": "eyes"}, object="leak")
    for subject in ("walk", "look"):
        told.at(10).tell(Kind.STARTED, subject)
    board = show(pair(Story(), told, activities={"walk": {"effect": "outside"}}), 50)
    assert board.whereabouts == (("ann", "outside", None, "walk"), ("bob", "aboard", None, "look"))
    assert "  ann: class 0 certified, a; outside, walk\n  bob: class 0 certified, a; at look" in board.text


def test_incidents_stand_as_they_are_known_at_that_time():
    boards = [show(pair(Story(), ring()), at) for at in (0, 60, 3600)]
    assert [board.incidents[0][2:] for board in boards] == [
        ("unnoticed", "2022-12-14T00:00Z", None), ("open", "2022-12-14T00:01Z", "east"),
        ("dismissed", "2022-12-14T01:00Z", "east"),
    ]  # fmt: skip
    assert "Incidents\n  bell at node: unnoticed since 2022-12-14T00:00Z" in boards[0].text


def test_an_answer_put_off_leaves_the_question_open_with_another_date():
    told = Story()
    told.tell(Kind.ASKED, "fluid", object="hit", view="m", text="Which?")
    told.at(100).tell(Kind.ANSWERED, "fluid", object="hit", view="m", until=DAY, text="not yet")
    told.tell(Kind.ANSWERED, "other", object="hit", view="m", until=DAY, text="When?")
    told.at(200).tell(Kind.ANSWERED, "fluid", object="hit", view="m", text="water")
    boards = [show(pair(Story(), told), at) for at in (0, 100, 200)]
    other = ("m", "hit", "other", "When?", "2022-12-15T00:00Z")
    assert [board.questions for board in boards] == [
        (("m", "hit", "fluid", "Which?", None),),
        (("m", "hit", "fluid", "Which?", "2022-12-15T00:00Z"), other),
        (other,),
    ]
    assert "  m: Which? Expected at no known time." in boards[0].text


def test_a_port_that_only_the_log_knows_is_shown():
    told = Story()
    told.tell(Kind.DOCKED, "a", place="p")
    told.tell(Kind.HEALTH_CHANGED, "arm", text="failed", view="truth")
    told.at(100).tell(Kind.HEALTH_CHANGED, "arm", text="nominal", view="truth")
    board = show(pair(Story(), told), 100)
    assert (board.ports, board.health) == ((("p", "a", "free"),), ())


@pytest.mark.parametrize("at", ["2022-12-13", "2023-02-16", -1])
def test_a_time_outside_the_run_is_refused(at):
    with pytest.raises(
        ScenarioError, match=r"lies outside the run. The run goes from 2022-12-14T00:00Z to 2023-02-15T00:00Z.$"
    ):
        show(sample_outcome(), at)


def test_no_time_at_all_is_refused():
    text = (
        '\'soon\' is not a time. Write a clock time in UTC "2023-03-16T12:00Z", a day "2023-03-16" or "2023-075", '
        'or a month "2023-03".'
    )
    with pytest.raises(ScenarioError, match=f"^{re.escape(text)}$"):
        show(sample_outcome(), "soon")
