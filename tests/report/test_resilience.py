"""The section of resilience: its figure, table and caption say the same."""

from kernel.runs import shipped
from kernel.runs import told as run_of

from stationsim.report.figures.resilience import resilience_figure
from stationsim.report.resilience import missing, of_capability, recovery_rows, resilience_caption
from stationsim.report.words import words_of


def test_each_capability_has_a_panel_with_before_after_and_what_is_missing(told, words):
    figure = resilience_figure(told.capabilities, words)
    names = set(told.capabilities["capability"])
    assert {trace.name for trace in figure.data} == {"before", "after", "missing"}
    assert len(figure.data) == 3 * len(names)
    assert sum(trace.showlegend for trace in figure.data) == 3
    for after, best in zip(figure.data[::3], figure.data[1::3], strict=True):
        assert best.y[0] >= after.y[0]
        assert after.line.shape == "hv"


def test_what_fell_is_told_with_its_depth_and_what_did_not_says_so(told):
    rows = {row["text"]: row for row in recovery_rows(told)}
    seats = rows["People aboard with a place in a certified ship"]
    assert (seats["depth"], seats["deepest"], seats["back"]) == ("−43 %", "2022-12-15 00:50", "not in this run")
    assert rows["Ports that a ship could come to"]["depth"] == "never below"
    caption = resilience_caption(told.recovery)
    assert "People aboard with a place in a certified ship: 43 % less at worst, not level again in this run" in caption
    assert "Ports" not in caption


def test_depth_and_recovery_lead_to_the_event_or_the_change_behind_them():
    impact = run_of(shipped("soyuz-ms22")).impact
    sorties, _, seats = recovery_rows(impact, {"vkd-59"})
    assert sorties["deepest_link"] == "change-vkd-59"  # it is flown then without the incident
    assert sorties["back_link"] == ""
    (event,) = impact.events[
        (impact.events["run"] == "disrupted") & (impact.events["seq"] == int(seats["deepest_link"][6:]))
    ].to_dict("records")
    assert event["kind"] == "seated"
    assert recovery_rows(impact)[0]["deepest_link"] == ""


def test_a_run_in_which_nothing_falls_says_so(quiet):
    assert resilience_caption(quiet.recovery) == (
        "Nothing that the station can do falls below the run without the incidents."
    )
    assert {row["depth"] for row in recovery_rows(quiet)} == {"never below"}
    assert len(resilience_figure(quiet.capabilities, words_of(quiet)).data)


def test_a_share_is_told_in_percent():
    assert of_capability(0.4286, "share") == "43 %"


def test_what_is_missing_in_all_has_the_unit_of_the_capability_times_days(told):
    assert missing("sorties", 3.0) == "3 sortie-days"
    assert missing("free_ports", 28.0) == "28 port-days"
    assert missing("certified_places", 22.29) == "22.3 days of the whole crew"
    assert missing("work_inside", 10.5) == "1.5 h"
    areas = {row["text"]: row["area"] for row in recovery_rows(told, ())}
    assert areas["People aboard with a place in a certified ship"].endswith(" days of the whole crew")
