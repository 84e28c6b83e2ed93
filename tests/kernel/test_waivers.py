"""A waiver names its rule, activity, reason and who waived it: in the scenario, the log, the page and the JSON."""

import pytest
from kernel.runs import overridden, shipped, told

import stationsim as ss
from stationsim.impact.impact import as_json
from stationsim.log.kinds import Kind
from stationsim.station.station import Station

EARLY = "waivers: [{rule: gen-6, activity: vkd-57, rationale: The two are apart.%s}]"


def waived(run) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    return {(row.rule or "", row.subject): (row.by, row.text) for row in run.rows(Kind.WAIVED)}


def test_both_logs_say_which_rule_for_what_by_whom_and_why():
    run = told(shipped("soyuz-ms22"))
    rows = [row for row in run.outcome.nominal if row.kind is Kind.WAIVED]
    assert [(row.rule, row.subject) for row in rows] == [("eva-r4", "vkd-60"), ("eva-r4", "vkd-61")] == [*waived(run)]
    by, text = waived(run)[("eva-r4", "vkd-60")]
    assert by == "flight director Moscow"
    assert str(text).startswith("The plan of December 2022 keeps Soyuz MS-23 at Poisk until September")


def test_who_waived_it_is_said_or_else_who_may(tmp_path):
    run = told(overridden(tmp_path, f"scenario: x\nbase: soyuz-ms22\n{EARLY % ', by: Ann'}"))
    assert waived(run)[("gen-6", "vkd-57")] == ("Ann", "The two are apart.")
    run = told(overridden(tmp_path, f"scenario: x\nbase: soyuz-ms22\n{EARLY % ''}"))
    assert waived(run)[("gen-6", "vkd-57")] == ("mission management team", "The two are apart.")


def test_what_nobody_may_waive_is_not_waived_whoever_says_so(tmp_path):
    firm = (
        "'gen-2' is a rule that nobody may waive. A rule may be waived whose 'waived_by' says by whom. "
        "Plan 'vkd-57' otherwise, or write in the rule who may waive it."
    )
    with pytest.raises(ss.ScenarioError) as caught:
        shipped("soyuz-ms22").with_waiver("gen-2", "vkd-57", "to see it", by="a teacher")
    assert str(caught.value) == f"with_waiver(rule=...): {firm}"
    with pytest.raises(ss.ScenarioError) as caught:
        overridden(tmp_path, f"scenario: x\nbase: soyuz-ms22\n{EARLY.replace('gen-6', 'gen-2') % ''}")
    line = str(caught.value).splitlines()[0].replace(str(tmp_path), "")
    assert line == f"/override.yaml:3:18: waivers[2].rule: {firm}"


def test_a_rule_that_says_who_may_is_waived_after_all():
    scenario = shipped("soyuz-ms22").with_rule("gen-2", waived_by="a teacher").with_waiver("gen-2", "vkd-57", "to see")
    assert Station.of(scenario).who_waived(scenario.waivers[-1]) == "a teacher"
    assert ss.parse(scenario.to_yaml()).waivers == scenario.waivers


def test_a_broken_rule_that_nobody_may_waive_is_told_as_such(tmp_path):
    scenario = overridden(tmp_path, "scenario: x\nbase: soyuz-ms22\nrules: {eva-r4: {waived_by: nobody}}\nwaivers: ~\n")
    with pytest.raises(ss.ScenarioError) as caught:
        ss.run(scenario)
    assert str(caught.value).splitlines()[0] == (
        "activities.vkd-60: the plan breaks rule eva-r4 (safety): Soyuz MS-23 at Poisk zenith would be cut off. "
        "Nobody may waive it. Plan it otherwise."
    )


def test_the_json_and_the_page_hold_them(tmp_path):
    run = told(shipped("soyuz-ms22"))
    (first, second) = as_json(run.impact)["waivers"]
    assert (first["rule"], first["activity"], first["by"]) == ("eva-r4", "vkd-60", "flight director Moscow")
    assert second["rationale"].startswith("As for VKD-60")
    page = ss.render(run.impact, tmp_path / "report.html").read_text(encoding="utf-8")
    assert "is waived for <b>VKD-60</b> (flight director Moscow): The plan of December 2022" in page
