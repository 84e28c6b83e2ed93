"""Hatches shut while something lasts, for EVAs and behind a leak: who shuts them, and what happens if nobody can."""

import attrs
import pytest
from kernel.runs import Told, calm, overridden, shipped, told
from kernel.test_laws import obeys, without_incidents

import stationsim
from stationsim.log.kinds import Kind
from stationsim.scenario.model import Scenario
from stationsim.station.state import USUALLY

PKHO = ["zarya-pkho", "pkho-zvezda", "pkho-nauka", "pkho-poisk"]
PRK = "zvezda-prk"
KG_PER_LB = 0.45359237


def moves(run: Told, since: str, until: str) -> list[tuple[str, str, str]]:
    """(time, what, of what) of the rows about hatches and postures in a span of time."""
    kinds = {
        Kind.OPENED, Kind.CLOSED, Kind.FREED, Kind.JAMMED, Kind.DEMANDED, Kind.REFUSED, Kind.TAKEN, Kind.LIFTED,
        Kind.STOOD_DOWN,
    }  # fmt: skip
    rows = ((run.utc(row.t_s), row.kind.value, row.subject) for row in run.log if row.kind in kinds)
    return [row for row in rows if since <= row[0] < until]


def quiet(until: str = "2022-12-30") -> Scenario:
    return shipped("quiet-increment").until(until)


def crew_of(run: Told, posture: str) -> list[tuple[str, str, str]]:
    """(person, from, to) of the hours at the hatches of a posture."""
    return [(str(r.object), run.utc(r.start_s), run.utc(r.until_s)) for r in run.rows(Kind.WORKED, posture)]


# --- EVAs -------------------------------------------------------------------------------------------------------------


def test_before_a_russian_eva_the_four_hatches_of_the_back_up_airlock_are_shut_one_after_another():
    run = told(quiet())
    assert moves(run, "2022-12-14T20", "2022-12-15T12") == [
        ("2022-12-15T00:04Z", "demanded", "eva-r7/vkd-56"),
        ("2022-12-15T00:08Z", "closed", "zarya-pkho"),
        ("2022-12-15T00:12Z", "closed", "pkho-zvezda"),
        ("2022-12-15T00:16Z", "closed", "pkho-nauka"),
        ("2022-12-15T00:20Z", "closed", "pkho-poisk"),
        ("2022-12-15T00:20Z", "taken", "eva-r7/vkd-56"),
        ("2022-12-15T10:27Z", "lifted", "eva-r7/vkd-56"),
        ("2022-12-15T10:41Z", "opened", "pkho-poisk"),
        ("2022-12-15T10:45Z", "opened", "pkho-nauka"),
        ("2022-12-15T10:49Z", "opened", "pkho-zvezda"),
        ("2022-12-15T10:53Z", "opened", "zarya-pkho"),
        ("2022-12-15T10:53Z", "stood_down", "eva-r7/vkd-56"),
    ]
    assert crew_of(run, "eva-r7/vkd-56") == [
        ("rubio", "2022-12-15T00:04Z", "2022-12-15T00:20Z"),
        ("rubio", "2022-12-15T10:27Z", "2022-12-15T10:53Z"),
    ]


def test_before_a_us_eva_only_the_hatch_of_the_crew_lock_is_shut_by_who_supports_it_anyway():
    run = told(quiet())
    assert moves(run, "2022-12-19", "2022-12-20") == [
        ("2022-12-19T12:03Z", "demanded", "eva-u6/us-eva-83"),
        ("2022-12-19T12:05Z", "closed", "quest-inner"),
        ("2022-12-19T12:05Z", "taken", "eva-u6/us-eva-83"),
        ("2022-12-19T21:03Z", "lifted", "eva-u6/us-eva-83"),
        ("2022-12-19T21:15Z", "opened", "quest-inner"),
        ("2022-12-19T21:15Z", "stood_down", "eva-u6/us-eva-83"),
    ]
    assert crew_of(run, "eva-u6/us-eva-83") == []


def test_an_eva_that_is_called_off_opens_its_hatches_again_and_their_hours_are_lost():
    run = told(shipped("soyuz-ms22"))
    opened = [row for row in moves(run, "2022-12-15T02:46", "2022-12-16") if row[1] != "closed"]
    assert opened == [
        ("2022-12-15T02:46:15Z", "lifted", "eva-r7/vkd-56"),
        ("2022-12-15T03:00:15Z", "opened", "pkho-poisk"),
        ("2022-12-15T03:04:15Z", "opened", "pkho-nauka"),
        ("2022-12-15T03:08:15Z", "opened", "pkho-zvezda"),
        ("2022-12-15T03:12:15Z", "opened", "zarya-pkho"),
        ("2022-12-15T03:12:15Z", "stood_down", "eva-r7/vkd-56"),
    ]
    lifted = run.row(Kind.LIFTED, "eva-r7/vkd-56")
    assert lifted.cause == run.row(Kind.CALLED_OFF, "vkd-56").seq
    (lost,) = [
        row
        for row in run.impact.ledger.to_dict("records")
        if (row["subject"], row["quantity"]) == ("eva-r7/vkd-56", "crew_hours_lost")
    ]
    assert (lost["incident"], lost["disrupted"]) == ("loop", pytest.approx(42 / 60))


def test_without_anybody_to_shut_the_hatches_an_eva_is_held_and_called_off(tmp_path):
    text = "scenario: alone\nbase: quiet-increment\nuntil: 2022-12-16\nrules: {eva-r7: {count: 7}}\n"
    run = told(overridden(tmp_path, text))
    refused = run.row(Kind.REFUSED, "eva-r7/vkd-56")
    assert (run.utc(refused.t_s), refused.text) == ("2022-12-15T00:04Z", "nobody is free to shut hatches")
    assert run.life("vkd-56")[:3] == [
        ("2022-12-14T22:20Z", "prepared", None),
        ("2022-12-15T00:04Z", "held", "eva-r7"),
        ("2022-12-15T02:34Z", "called_off", "eva-r7"),
    ]
    assert run.row(Kind.HELD, "vkd-56").cause == refused.seq
    assert run.rows(Kind.STARTED, "vkd-56") == []
    assert [row for row in moves(run, "2022-12-14T01", "2022-12-15T03") if row[1] in {"closed", "taken"}] == []


# --- a hatch that cannot be moved -------------------------------------------------------------------------------------


def test_a_jammed_hatch_moves_the_eva_whose_posture_needs_it():
    run = told(
        quiet("2023-01-10").with_incident(
            id="jam", change="failed", node="quest-inner", at="2022-12-18T09:00Z", lasts="3 d", expect="3 d"
        )
    )
    moved = run.row(Kind.MOVED, "us-eva-83")
    reason = "the hatch between Quest equipment lock and Quest crew lock cannot be moved"
    assert (run.utc(moved.t_s), moved.rule) == ("2022-12-18T11:01Z", "eva-u6")
    assert (run.dated(moved), moved.text) == ("2022-12-23T12:45Z", reason)
    assert run.rows(Kind.JAMMED) == run.rows(Kind.REFUSED) == []


def test_a_hatch_that_jams_shut_during_an_eva_opens_when_it_works_again():
    run = told(
        quiet().with_incident(
            id="jam", change="failed", node="quest-inner", at="2022-12-19T15:00Z", lasts="8 h", expect="8 h"
        )
    )
    assert moves(run, "2022-12-19T14", "2022-12-20T12") == [
        ("2022-12-19T21:03Z", "lifted", "eva-u6/us-eva-83"),
        ("2022-12-19T21:15Z", "jammed", "quest-inner"),
        ("2022-12-19T21:15Z", "stood_down", "eva-u6/us-eva-83"),
        ("2022-12-19T23:00Z", "opened", "quest-inner"),
    ]
    assert run.life("us-eva-83")[-1][1] == "finished"


def test_a_hatch_that_jams_open_while_others_are_shut_ends_the_attempt():
    run = told(
        quiet().with_incident(
            id="jam", change="failed", node="pkho-poisk", at="2022-12-15T00:18Z", lasts="2 d", expect="2 d"
        )
    )
    assert moves(run, "2022-12-15T00:17", "2022-12-15T12")[:2] == [
        ("2022-12-15T00:20Z", "jammed", "pkho-poisk"),
        ("2022-12-15T00:20Z", "refused", "eva-r7/vkd-56"),
    ]
    assert run.row(Kind.REFUSED, "eva-r7/vkd-56").text == (
        "the hatch between Zvezda transfer compartment (PkhO) and Poisk stands open and cannot be shut"
    )
    assert run.life("vkd-56")[1][1] == "held"
    assert run.rows(Kind.CALLED_OFF, "vkd-56") != []
    assert len(run.rows(Kind.OPENED, "zarya-pkho")) >= 2


# --- work behind a hatch that is kept shut ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chronic() -> Told:
    return told(shipped("prk-chronic"))


def test_cargo_work_opens_the_hatch_after_the_one_between_the_segments_is_shut(chronic):
    assert moves(chronic, "2023-02-03", "2023-02-04") == [
        ("2023-02-03T08:00Z", "demanded", "hatch-r1"),
        ("2023-02-03T08:04Z", "closed", "pma-1-zarya"),
        ("2023-02-03T08:04Z", "taken", "hatch-r1"),
        ("2023-02-03T08:14Z", "opened", PRK),
        ("2023-02-03T11:56Z", "closed", PRK),
        ("2023-02-03T12:00Z", "lifted", "hatch-r1"),
        ("2023-02-03T12:04Z", "opened", "pma-1-zarya"),
        ("2023-02-03T12:04Z", "stood_down", "hatch-r1"),
    ]
    assert crew_of(chronic, "hatch-r1")[:2] == [
        ("kikina", "2023-02-03T08:00Z", "2023-02-03T08:04Z"),
        ("kikina", "2023-02-03T12:00Z", "2023-02-03T12:04Z"),
    ]


def test_without_the_belief_that_it_leaks_nobody_parts_the_segments(chronic):
    nominal = chronic.outcome.nominal
    assert [row for row in nominal if row.subject == "hatch-r1"] == []
    assert len([row for row in nominal if row.kind is Kind.OPENED and row.subject == PRK]) == 4


def test_the_station_loses_air_at_the_published_rate_while_the_hatch_is_open_and_only_then(chronic):
    rates = {}
    for row in chronic.rows(Kind.AIRED):
        law = {str(name): float(str(value)) for _, _, _, name, value, _ in chronic.log.attached("physics", row.seq)}
        if "zvezda" in str(row.text).split(","):
            rates[chronic.utc(row.t_s)] = law["p0_kpa"] * law["kg_per_kpa"] * law["rate_per_s"] * 86400 / KG_PER_LB
    assert rates["2023-02-03T08:14Z"] == pytest.approx(3.7, rel=0.05)
    assert rates["2023-02-03T11:56Z"] == 0
    assert all(rate == 0 or rate == pytest.approx(3.7, rel=0.1) for rate in rates.values())


def test_the_posture_of_a_leak_is_blamed_on_it(chronic):
    rows = chronic.impact.ledger.to_dict("records")
    (hours,) = [row for row in rows if row["quantity"] == "crew_hours_response"]
    assert (hours["incident"], hours["subject"], hours["disrupted"]) == ("cracks", "hatch-r1", pytest.approx(32 / 60))
    assert stationsim.why(chronic.outcome, "pma-1-zarya").text.splitlines()[1].endswith("Zarya is open")


def test_a_vestibule_that_leaks_little_is_never_lost(chronic):
    found = [
        (chronic.utc(row.t_s), row.text) for row in chronic.rows(Kind.HEALTH_CHANGED, "prk") if row.view == "truth"
    ]
    assert [text for _, text in found] == ["degraded"]  # it leaks so little that it may be filled and entered


def test_without_people_for_the_posture_the_hatch_stays_shut_and_the_work_ends(tmp_path):
    text = "scenario: alone\nbase: prk-chronic\nuntil: 2023-02-05\nrules: {hatch-r1: {count: 7}}\n"
    run = told(overridden(tmp_path, text))
    assert [row.text for row in run.rows(Kind.REFUSED)] == ["nobody is free to shut hatches"]
    assert run.rows(Kind.OPENED, PRK) == []
    assert [kind for _, kind, _ in run.life("progress-ms-20-loading")][:2] == ["started", "terminated"]


def test_a_slow_hatch_keeps_the_other_one_waiting_and_two_postures_take_two_people(tmp_path):
    second = {
        "template": "posture", "text": "another hatch too", "books": "[moscow]", "while_open": PRK, "while_sick": "prk",
        "shuts": "[zarya-rassvet]", "count": 1, "severity": "hard", "waived_by": "nobody", "source": "a test",
    }  # fmt: skip
    text = (
        "scenario: slow\nbase: prk-chronic\nuntil: 2023-02-05\n"
        "hatches: {pma-1-zarya: {closes_in: 30 min}}\nrules:\n  hatch-r2:\n"
        + "".join(f"    {key}: {value}\n" for key, value in second.items())
    )
    run = told(overridden(tmp_path, text))
    assert moves(run, "2023-02-03", "2023-02-03T11") == [
        ("2023-02-03T08:00Z", "demanded", "hatch-r1"),
        ("2023-02-03T08:00Z", "demanded", "hatch-r2"),
        ("2023-02-03T08:04Z", "closed", "zarya-rassvet"),
        ("2023-02-03T08:04Z", "taken", "hatch-r2"),
        ("2023-02-03T08:30Z", "closed", "pma-1-zarya"),
        ("2023-02-03T08:30Z", "taken", "hatch-r1"),
        ("2023-02-03T08:30Z", "opened", PRK),
    ]
    assert [crew_of(run, posture)[0][0] for posture in ("hatch-r1", "hatch-r2")] == ["kikina", "rubio"]


# --- laws -------------------------------------------------------------------------------------------------------------


def test_every_law_holds_where_hatches_move_for_a_belief():
    scenario = shipped("prk-chronic").until("2023-03-01")
    obeys(scenario, calm(without_incidents(scenario)), lambda count: list(range(60, count, 3)))


@pytest.mark.parametrize("at", ["2022-12-15T00:10Z", "2022-12-15T10:40Z", "2022-12-15T00:20Z", "2022-12-19T12:04Z"])
@pytest.mark.parametrize("node", ["pkho-nauka", "quest-inner", "rubio", "pkho"])
def test_every_law_holds_whatever_fails_while_hatches_move(node, at):
    scenario = quiet("2022-12-24").with_incident(id="it", change="failed", node=node, at=at, lasts="1 d", expect="1 d")
    obeys(scenario, calm(without_incidents(scenario)), lambda count: list(range(40, count)))


@pytest.mark.parametrize("name", ["quiet-increment", "prk-chronic", "soyuz-ms22"])
def test_a_hatch_is_open_when_nothing_keeps_it_shut_and_only_then(name):
    run = told(shipped(name))
    kept: dict[str, list[str]] = {}
    for row in run.log:
        reasons = kept.setdefault(row.subject, [])
        if row.kind is Kind.CLOSED:
            reasons.append(row.object or USUALLY)
        elif row.kind is Kind.FREED:
            reasons.remove(str(row.object))
            assert reasons
        elif row.kind is Kind.OPENED and row.subject.endswith("/hatch"):
            reasons.clear()
        elif row.kind is Kind.OPENED:
            assert not [reason for reason in reasons if reason not in {row.object, USUALLY}], row
            reasons.clear()
    postures = {reason for reasons in kept.values() for reason in reasons if reason in names(run)}
    assert postures == {row.subject for row in run.rows(Kind.TAKEN) if not ended(run, row.subject, row.seq)}


def names(run: Told) -> set[str]:
    return {row.subject for row in run.rows(Kind.DEMANDED)}


def ended(run: Told, posture: str, seq: int) -> bool:
    return any(row.seq > seq for row in run.rows(Kind.STOOD_DOWN, posture))


def test_postures_alone_change_no_date():
    """Without them the plan of the quiet increment is flown to the second as with them."""
    scenario = quiet("2023-10-15")
    without = attrs.evolve(scenario, rules=tuple(rule for rule in scenario.rules if rule.template != "posture"))
    starts = [{row.subject: row.t_s for row in calm(s) if row.kind is Kind.STARTED} for s in (scenario, without)]
    assert starts[0] == starts[1]
