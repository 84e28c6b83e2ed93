"""What was known when, as the page tells it."""

import re

import pytest
from impact.logs import Story, pair, sample_outcome
from impact.test_knowing import ring
from kernel.runs import shipped
from kernel.runs import told as run_of

from stationsim.impact.impact import assess
from stationsim.log.kinds import Kind
from stationsim.report.causes import disrupted_events
from stationsim.report.knowledge import incident_rows
from stationsim.report.render import page
from stationsim.report.words import words_of


def told_of(told, **manifest):
    facts = {"incidents": [{"id": "bell", "node": "node", "background": False}], "names": {"node": "Node"}} | manifest
    impact = assess(pair(Story(), told, **facts))
    return incident_rows(impact, words_of(impact))


def test_a_dismissed_alarm_says_who_knew_first_how_long_it_was_open_and_that_it_was_false():
    (found,) = told_of(ring())
    assert found["name"] == "Node"
    assert found["said"] == (
        "Struck 2022-12-14 00:00 UTC (smoke). east knew first, 1 min after its onset (2022-12-14 00:01 UTC). "
        "Dismissed as a false alarm at 2022-12-14 01:00 UTC: it was open for 59 min."
    )


def test_each_centre_has_a_row_for_what_it_learnt_and_one_per_question():
    (found,) = told_of(ring(is_true=True))
    assert [list(row.values())[:9] for row in found["rows"]][2:] == [
        ["west", "Report", "2022-12-14 00:31", "31 min after the onset", "", "", "", "", "from east"],
        ["west", "Is it so?", "2022-12-14 00:31", "", "2022-12-14 01:00", "", "2022-12-14 01:30", "nothing was found",
         "from east"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("puts_off", "says"), [(0, ("", "")), (1, ("put off once", "still flows")), (2, ("put off 2 times", "still flows"))]
)
def test_an_open_question_says_so_and_how_often_it_was_put_off(puts_off, says):
    told = Story()
    told.tell(Kind.STRUCK, "bell", object="node")
    told.tell(Kind.LEAKED, "node", object="bell", value=1.0)
    told.tell(Kind.ALARMED, "node", object="bell", view="east")
    told.tell(Kind.ASKED, "flow", object="bell", view="east", until=60)
    for _ in range(puts_off):
        told.tell(Kind.ANSWERED, "flow", object="bell", view="east", until=7200, text="still flows")
    (found,) = told_of(told, horizon_s=7200)
    assert str(found["said"]).endswith("Questions were still open at the end of the run, 2 h later.")
    row = found["rows"][-1]
    assert (row["answered"], (row["put_off"], row["answer"])) == ("still open", says)


def test_what_nobody_learns_and_what_nobody_asks_is_told():
    told = Story()
    told.tell(Kind.STRUCK, "bell", object="node", text="crack")
    (found,) = told_of(told)
    assert found["said"] == ("Struck 2022-12-14 00:00 UTC (crack). Nobody learnt of it before the end of the run.")
    told.at(60).tell(Kind.LEAKED, "node", object="bell", value=1.0)
    told.at(90).tell(Kind.ALARMED, "node", object="bell", view="east")
    (found,) = told_of(told)
    assert found["said"] == (
        "Struck 2022-12-14 00:00 UTC (crack). It began to show at 2022-12-14 00:01 UTC. east knew first, 30 s after "
        "its onset (2022-12-14 00:01 UTC). Nothing was asked about it."
    )


def test_background_incidents_are_left_out():
    assert told_of(ring(), incidents=[{"id": "bell", "node": "node", "background": True}]) == []


def test_the_page_has_the_table_under_the_figure_of_beliefs():
    html = page(assess(sample_outcome()))
    part = html[html.index('id="beliefs"') : html.index('<section id="graph"')]
    assert "What was known when: External loop of Soyuz MS-22" in part
    assert re.search(r"TsUP Moscow</th><td>Alarm.*?5 min after the onset", part, re.DOTALL)


def test_what_was_learnt_asked_and_answered_leads_to_its_event():
    impact = run_of(shipped("soyuz-ms22")).impact
    events = disrupted_events(impact.events)
    (found,) = incident_rows(impact, words_of(impact))
    assert {events[row["since_seq"]]["kind"] for row in found["rows"]} == {"alarmed", "reported", "asked"}
    answers = [row["answered_seq"] for row in found["rows"] if row["answered"] not in ("", "still open")]
    assert {events[seq]["kind"] for seq in answers} == {"answered"}
    centres = {row["centre"]: set() for row in found["rows"]}
    for row in found["rows"]:
        centres[row["centre"]].add(events[row["since_seq"]]["view"])
    assert centres == {"Moscow": {"moscow"}, "Houston": {"houston"}}
