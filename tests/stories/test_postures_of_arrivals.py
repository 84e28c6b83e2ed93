"""Hatches shut while a ship comes: before it has come, by who is aboard; else it does not dock."""

import pytest
from kernel.runs import Told, calm, told
from kernel.test_laws import obeys, without_incidents
from lantern import EMPTY, lantern

from stationsim.log.kinds import Kind

SHUT = """
rules:
  shut:
    {template: posture, text: The laboratory is shut while a ship comes., kinds: [docking], shuts: [keep-lab], count: 1,
     gap: 30 min, severity: hard, waived_by: nobody, source: a test}
"""
HATCHES = {Kind.OPENED, Kind.CLOSED, Kind.DEMANDED, Kind.REFUSED, Kind.TAKEN, Kind.LIFTED, Kind.STOOD_DOWN, Kind.HELD,
           Kind.CALLED_OFF, Kind.DOCKED}  # fmt: skip


def moves(run: Told, since: str = "2031-06-19", until: str = "2031-06-22") -> list[tuple[str, str, str]]:
    """(time, what, of what) of the rows about hatches, postures and arrivals in a span of time."""
    rows = ((run.utc(row.t_s), row.kind.value, row.subject) for row in run.log if row.kind in HATCHES)
    return [row for row in rows if since <= row[0] < until]


def test_hatches_are_shut_so_long_before_a_ship_comes_though_nobody_prepares_for_it(tmp_path):
    run = told(lantern(tmp_path, SHUT))
    assert moves(run) == [
        ("2031-06-21T11:28Z", "demanded", "shut/skiff-2-docking"),
        ("2031-06-21T11:30Z", "closed", "keep-lab"),
        ("2031-06-21T11:30Z", "taken", "shut/skiff-2-docking"),
        ("2031-06-21T12:00Z", "docked", "skiff-2"),
        ("2031-06-21T12:20Z", "opened", "skiff-2/hatch"),
        ("2031-06-21T13:20Z", "lifted", "shut/skiff-2-docking"),
        ("2031-06-21T13:22Z", "opened", "keep-lab"),
        ("2031-06-21T13:22Z", "stood_down", "shut/skiff-2-docking"),
    ]


def test_a_ship_does_not_come_where_nobody_is_aboard_to_shut_the_hatches(tmp_path):
    run = told(lantern(tmp_path, SHUT + EMPTY))
    assert moves(run, until="2031-06-21T14") == [
        ("2031-06-21T11:28Z", "refused", "shut/skiff-2-docking"),
        ("2031-06-21T12:00Z", "held", "skiff-2-docking"),
        ("2031-06-21T12:00Z", "called_off", "skiff-2-docking"),
        ("2031-06-21T12:00Z", "stood_down", "shut/skiff-2-docking"),
    ]
    assert {row.rule for row in run.rows(Kind.CALLED_OFF, "skiff-2-docking")} == {"shut"}
    assert run.rows(Kind.DOCKED, "skiff-2") == []


def test_hatches_that_are_shut_already_need_nobody(tmp_path):
    closed = "opening: [{node: keep-lab, state: closed, source: a test}]\n"
    run = told(lantern(tmp_path, SHUT + EMPTY + closed))
    assert run.rows(Kind.REFUSED) == []
    assert run.utc(run.row(Kind.DOCKED, "skiff-2").t_s) == "2031-06-21T12:00Z"
    assert run.rows(Kind.OPENED, "keep-lab") == run.rows(Kind.OPENED, "keep-lab")[:1]  # that of the opening


def test_a_hatch_that_jams_unseen_holds_the_ship_that_needs_it_shut(tmp_path):
    jam = "incidents: [{id: jam, change: failed, node: keep-lab, at: 2031-06-21T11:29:30Z, lasts: 2 d, expect: 2 d}]\n"
    run = told(lantern(tmp_path, SHUT + jam))
    assert moves(run)[:4] == [
        ("2031-06-21T11:28Z", "demanded", "shut/skiff-2-docking"),
        ("2031-06-21T11:30Z", "refused", "shut/skiff-2-docking"),
        ("2031-06-21T12:00Z", "held", "skiff-2-docking"),
        ("2031-06-21T12:00Z", "called_off", "skiff-2-docking"),
    ]
    assert run.utc(run.row(Kind.DOCKED, "skiff-2").t_s) >= "2031-06-23T11:29:30Z"


def test_an_arrival_that_moves_lets_the_hatches_open_until_it_comes(tmp_path):
    hold = "incidents: [{id: no, hold: {kinds: [docking]}, at: 2031-06-21T11:40Z, lasts: 3 d}]\n"
    run = told(lantern(tmp_path, SHUT + hold))
    lab = [(run.utc(row.t_s), row.kind.value) for row in run.log if row.subject == "keep-lab"][1:]
    docked = run.utc(run.row(Kind.DOCKED, "skiff-2").t_s)
    assert [kind for _, kind in lab] == ["closed", "opened", "closed", "opened"]
    assert lab[1][0] < "2031-06-22" < lab[2][0] < docked < lab[3][0]


# --- the crew that comes ----------------------------------------------------------------------------------------------

AGAINST = """
rules:
  apart:
    {template: posture, text: The ship is kept apart from bad air., books: [bergen], while_sick: lab,
     shuts: [HATCH], count: 1, severity: hard, waived_by: nobody, source: a test}
incidents: [{id: bad, change: failed, node: lab, at: 2031-06-10T00:00Z, lasts: 20 d}]
"""


def test_a_crew_that_comes_keeps_the_hatch_of_its_ship_shut(tmp_path):
    run = told(lantern(tmp_path, AGAINST.replace("HATCH", "skiff-2/hatch") + EMPTY))
    assert moves(run) == [("2031-06-21T12:00Z", "docked", "skiff-2")]
    assert run.rows(Kind.REFUSED) == []
    opened = run.row(Kind.OPENED, "skiff-2/hatch")
    assert run.utc(opened.t_s) > "2031-06-30"
    assert opened.object == "apart"


def test_a_crew_that_comes_shuts_other_hatches_when_its_own_is_open(tmp_path):
    run = told(lantern(tmp_path, AGAINST.replace("HATCH", "keep-lab") + EMPTY))
    assert [row for row in moves(run) if row[1] != "refused"] == [
        ("2031-06-21T12:00Z", "docked", "skiff-2"),
        ("2031-06-21T12:20Z", "opened", "skiff-2/hatch"),
        ("2031-06-21T12:20Z", "demanded", "apart"),
        ("2031-06-21T12:22Z", "closed", "keep-lab"),
        ("2031-06-21T12:22Z", "taken", "apart"),
    ]


@pytest.mark.parametrize("more", ["", EMPTY])
@pytest.mark.parametrize(
    "rule", [SHUT, AGAINST.replace("HATCH", "keep-lab"), AGAINST.replace("HATCH", "skiff-2/hatch")]
)
def test_every_law_holds_whatever_is_shut_for_an_arrival(tmp_path, rule, more):
    scenario = lantern(tmp_path, rule + more)
    obeys(scenario, calm(without_incidents(scenario)), lambda count: list(range(0, count, 3)))
