"""What some of the incidents do alone: which combinations are run, and what stays away with its anchor."""

import attrs
import pytest
from kernel.runs import decided, whole
from worlds import DAY, Incident, tiny

from stationsim.kernel.parts import parts_of, without_others
from stationsim.kernel.run import run
from stationsim.kernel.simulate import simulate
from stationsim.log.kinds import Kind
from stationsim.log.store import read, save
from stationsim.planning.policies import Ask, rules_first
from stationsim.scenario.model import Anchor

IDS = ("one", "two", "six", "ten", "all")


def struck(count: int, **more: object):
    """A station that is struck by so many incidents, one a day."""
    incidents = [
        Incident(id=id_, change="failed", node="swift/loop", at_s=number * DAY)
        for number, id_ in enumerate(IDS[:count], start=1)
    ]
    return tiny(incidents=(*incidents, *more.values()))


def parts(scenario) -> list[tuple[str, ...]]:
    return [part for part, _ in parts_of(scenario, simulate(scenario))]


@pytest.mark.parametrize(("count", "runs"), [(0, 0), (1, 0), (2, 2), (3, 6), (4, 14), (5, 4)])
def test_up_to_four_incidents_are_combined_and_more_come_one_after_another(count, runs):
    assert len(parts(struck(count))) == runs
    if count == 5:
        assert parts(struck(5)) == [IDS[:size] for size in range(1, 5)]


def test_what_is_in_the_background_is_in_every_part():
    usual = Incident(id="usual", change="degraded", node="swift/loop", at_s=DAY, background=True)
    for part, scenario in parts_of(struck(2, usual=usual), simulate(struck(2, usual=usual))):
        assert {found.id for found in scenario.incidents} == {*part, "usual"}


def test_what_is_counted_from_an_incident_stays_away_without_it():
    later = Incident(id="later", change="failed", node="swift/loop", at_s=Anchor(incident="two", delay_s=DAY))
    last = Incident(id="last", change="failed", node="swift/loop", at_s=Anchor(incident="later", delay_s=DAY))
    scenario = struck(2, later=later, last=last)
    assert {found.id for found in without_others(scenario, ("one", "later", "last")).incidents} == {"one"}
    assert {found.id for found in without_others(scenario, ("two", "later")).incidents} == {"two", "later"}


def test_parts_are_run_as_if_the_others_were_not_in_the_file_and_are_saved(tmp_path):
    scenario = struck(2)
    outcome = run(scenario, policy=rules_first)
    for part, log in outcome.parts.items():
        alone = attrs.evolve(scenario, incidents=tuple(i for i in scenario.incidents if i.id in part))
        assert log.rows == run(alone, policy=rules_first).disrupted.rows
    again = read(save(outcome, tmp_path / "run"))
    assert {part: log.rows for part, log in again.parts.items()} == {p: log.rows for p, log in outcome.parts.items()}
    assert (run(scenario, shares=False).parts, run(struck(1)).parts) == ({}, {})


def test_somebody_who_is_asked_is_not_asked_about_what_did_not_happen():
    assert run(struck(2), policy=Ask(choose=lambda decision, look: decision.open[0].id)).parts == {}


def test_a_leak_on_a_sister_ship_pays_for_the_days_that_it_adds():
    """The rescue ship slips by a hold of its family: both incidents together, of which the second has the days."""
    leak = {"at": "2023-02-11T09:40Z", "hole": "12 mm", "cause": "struck from outside"}
    both = decided(whole("soyuz-ms22").with_leak("progress-ms-21/external-loop", id="second", **leak), shares=True)
    assert both.impact.split == "fair"
    found = both.impact.ledger
    late = found[found["quantity"] == "person_days_return_delay"].groupby("incident")["difference"].sum()
    assert late["loop"] > 500
    assert 0 < late["second"] < 50
    assert late.sum() == both.costs["person_days_return_delay"]
    assert both.rows(Kind.CHOSEN)
