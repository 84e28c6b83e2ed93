"""Debris, storms and closed zones: nothing of the station breaks, and who would be outside or land waits."""

from pathlib import Path

import attrs
import pytest
from kernel.runs import Told, calm, overridden, shipped, told
from kernel.test_laws import obeys

from stationsim.log.kinds import Kind

ZONES = ("off-pensacola", "off-panama-city", "off-tallahassee", "off-tampa", "off-jacksonville", "off-daytona")


def starts(run: Told, id_: str) -> list[str]:
    """Return when the attempts of an activity began."""
    return [run.utc(row.t_s) for row in run.rows(Kind.STARTED, id_)]


def with_(folder: Path, incidents: str, base: str = "iss-2022-12", until: str = "2023-01-15") -> Told:
    """Return a run of an increment with these incidents."""
    return told(overridden(folder, f"scenario: x\nbase: {base}\nuntil: {until}\nincidents:\n{incidents}\n"))


def test_the_sortie_of_december_2022_waits_for_the_arm_and_then_for_debris():
    run = told(shipped("debris-avoidance"))
    assert ("2022-12-21T11:01Z", Kind.CALLED_OFF.value) in [step[:2] for step in run.life("us-eva-83")]
    assert starts(run, "us-eva-83") == ["2022-12-22T12:45Z"]
    obeys(run.scenario, calm(run.scenario.without("loop", "debris")), lambda count: [count // 2, count - 9])


@pytest.mark.parametrize(
    ("gone", "start"),
    [(("debris",), "2022-12-21T12:45Z"), (("loop",), "2022-12-19T12:45Z"), (("loop", "debris"), "2022-12-19T12:45Z")],
)
def test_without_debris_or_without_the_leak_before_it_the_sortie_is_flown_earlier(gone, start):
    assert starts(told(shipped("debris-avoidance").without(*gone)), "us-eva-83") == [start]


def test_debris_of_the_night_before_or_in_both_runs_changes_nothing(tmp_path):
    early = "  - {id: pass, change: conjunction, node: flight-path, at: 2022-12-18T15:00Z, lasts: 3 h, expect: 3 h}"
    both = "  - {id: pass, change: conjunction, node: flight-path, at: 2022-12-19T09:00Z, lasts: 6 h, background: true}"
    assert with_(tmp_path, early).changes == {}
    run = with_(tmp_path, both)
    assert run.changes == {}
    assert starts(run, "us-eva-83") == ["2022-12-20T12:45Z"]


def test_a_storm_ends_a_sortie_and_the_next_waits_until_it_is_over(tmp_path):
    storm = "  - {id: storm, change: radiation-storm, node: radiation-level, at: 2022-12-19T14:00Z, lasts: 40 h}"
    run = with_(tmp_path, storm)
    assert [run.utc(row.t_s) for row in run.rows(Kind.TERMINATED, "us-eva-83")] == ["2022-12-19T14:10Z"]
    assert "vkd-57" in run.changes


def test_a_ship_lands_in_a_zone_that_is_open_by_daylight():
    run = told(shipped("landing-by-daylight"))
    assert starts(run, "soyuz-ms-22-undocking") == ["2023-04-01T08:00Z"]
    assert run.changes["soyuz-ms-22-undocking"]["rule"] == "gen-1"


@pytest.mark.parametrize("closed", [6, 7])
def test_one_zone_of_seven_is_enough(tmp_path, closed):
    lines = [
        f"  - {{id: {zone}, change: failed, node: {zone}, at: 2023-01-08T00:00Z, lasts: 9 d, expect: 9 d}}"
        for zone in (*ZONES, "off-canaveral")[:closed]
    ]
    run = with_(tmp_path, "\n".join(lines), until="2023-02-15")
    assert ("crs-26-undocking" in run.changes) == (closed == 7)


def test_a_plan_that_leaves_in_the_dark_or_off_the_orbits_breaks_the_rules_of_the_sky():
    from stationsim.kernel.opening import broken
    from stationsim.station.station import Station

    scenario = shipped("landing-by-daylight")
    noon = [attrs.evolve(kind, usual_s=43200) if kind.id == "undocking" else kind for kind in scenario.kinds]
    breaks, _ = broken(Station.of(attrs.evolve(scenario, kinds=tuple(noon))))
    assert [(item.rule, item.activity) for item in breaks if item.rule.startswith("land")] == [
        ("land-r1", "soyuz-ms-22-undocking"),
        ("land-r2", "soyuz-ms-22-undocking"),
        ("land-r1", "soyuz-ms-23-undocking"),
        ("land-r2", "soyuz-ms-23-undocking"),
    ]


def test_wind_at_the_only_landing_zones_holds_the_return_for_a_day(tmp_path):
    gale = "  - {id: gale, change: high-wind, node: kazakhstan, at: 2023-03-27T18:00Z, lasts: 30 h, expect: 1 d}"
    run = with_(tmp_path, gale, until="2023-04-05")
    changes = run.impact.changes.set_index("subject")
    assert (changes.rule["soyuz-ms-22-undocking"], starts(run, "soyuz-ms-22-undocking")) == (
        "gen-1",
        ["2023-03-30T12:00Z"],
    )
