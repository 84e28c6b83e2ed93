"""The status board at a moment."""

import re
from datetime import UTC, datetime

import pytest
from impact.logs import Story, pair, sample_outcome

from stationsim.errors import ScenarioError
from stationsim.impact.board import show
from stationsim.log.kinds import Kind

DAY = 86400


def test_the_first_night_of_the_sample():
    board = show(sample_outcome(), "2022-12-15T02:00Z")
    assert (
        board.text
        == """\
2022-12-15T02:00Z

Ports
  Rassvet nadir: Soyuz MS-22
  Zvezda aft: Progress MS-20
  Poisk zenith: Progress MS-21
  Harmony forward: Crew-5 Dragon
  Harmony zenith: CRS-26 Dragon
  Unity nadir: Cygnus NG-18

Ships
  Soyuz MS-22 at Rassvet nadir: unknown (TsUP Moscow), unknown (MCC Houston)
  Progress MS-20 at Zvezda aft
  Progress MS-21 at Poisk zenith
  Crew-5 Dragon at Harmony forward
  CRS-26 Dragon at Harmony zenith
  Cygnus NG-18 at Unity nadir

Hatches
  rassvet-soyuz-ms-22: open
  zvezda-progress-ms-20: open
  poisk-zvezda: open
  poisk-progress-ms-21: closed
  harmony-crew-5: open

People
  Sergey Prokopyev: class 3 unfit or unknown, Soyuz MS-22
  Dmitry Petelin: class 3 unfit or unknown, Soyuz MS-22
  Frank Rubio: class 3 unfit or unknown, Soyuz MS-22
  Nicole Mann: class 0 certified, Crew-5 Dragon
  Josh Cassada: class 0 certified, Crew-5 Dragon
  Koichi Wakata: class 0 certified, Crew-5 Dragon
  Anna Kikina: class 0 certified, Crew-5 Dragon

Open questions
  TsUP Moscow: Which fluid, does it still flow? Expected 2022-12-18T18:00Z.
  TsUP Moscow: Is the ship usable at all? Expected 2022-12-16T12:00Z.
  MCC Houston: Is the ship usable at all? Expected 2022-12-16T12:00Z.

Believed wet
  Rassvet outside (TsUP Moscow: unknown)
  Poisk outside (TsUP Moscow: unknown)

Not nominal
  External loop of Soyuz MS-22: degraded (truth)
  External loop of Soyuz MS-22: unknown (TsUP Moscow)

Under way
  VKD-56: held since 2022-12-15T00:50Z

Next
  2022-12-19  US EVA-83
  2022-12-21  VKD-57
  2023-01-09  CRS-26 undocking
  2023-01-20  US EVA-84
  2023-02-02  US EVA-85
  2023-02-07  Progress MS-20 undocking
  2023-02-09T06:15Z  Progress MS-22 launch
  2023-02-11  Progress MS-22 docking"""
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
    assert "Returns without a certified ship\n  return of Sergey Prokopyev, since 2022-12-16T12:00Z\n" in board.text
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
    text = '\'soon\' is not a day or a month. Write "2023-03-16" or "2023-03".'
    with pytest.raises(ScenarioError, match=f"^{re.escape(text)}$"):
        show(sample_outcome(), "soon")
