"""Who is behind an event?"""

from impact.logs import Story, sample_outcome, small_manifest

from stationsim.impact.chains import Chains
from stationsim.log.kinds import Kind


def chains(told, **manifest):
    return Chains(told.log, small_manifest(**manifest))


def test_every_change_of_the_sample_leads_up_to_the_leak():
    outcome = sample_outcome()
    found = Chains(outcome.disrupted, outcome.manifest)
    for row in outcome.disrupted:
        if row.kind in (Kind.MOVED, Kind.UNDATED, Kind.CALLED_OFF, Kind.RETURN_LOST):
            assert found.incident(row.seq) == "loop"
            assert outcome.disrupted.rows[found.path(row.seq)[-1]].kind is Kind.STRUCK


def test_a_chain_that_begins_with_the_plan_has_no_incident():
    told = Story()
    told.fly("walk", "2022-12-16", told.plan(Kind.PLANNED, "walk", "2022-12-16"))
    found = chains(told)
    assert (found.incident(2), found.incident(None), found.only) == (None, None, None)
    assert found.up(2) == found.path(2) == (2, 1, 0)


def test_a_further_cause_counts_where_the_decisive_one_leads_nowhere():
    told = Story()
    start = told.tell(Kind.CONFIGURED, "x")
    weather = told.tell(Kind.STRUCK, "weather", object="site")
    hit = told.tell(Kind.STRUCK, "hit", object="truss")
    seen = told.tell(Kind.ALARMED, "truss", cause=hit)
    moved = told.tell(Kind.MOVED, "walk", cause=weather)
    told.also(moved, start, seen, seen)
    told.also(seen, start)
    told.also(weather, start)
    found = chains(told, incidents=[{"id": "weather", "background": True}, {"id": "hit", "background": False}])
    assert found.causes(moved) == (weather, start, seen)
    assert found.incident(moved) == "hit"
    assert found.path(moved) == (moved, seen, hit)
    assert found.up(moved) == (moved, weather)
    assert found.only == "hit"


def test_each_of_two_incidents_is_blamed_for_its_own():
    told = Story()
    one, two = told.tell(Kind.STRUCK, "one", object="a"), told.tell(Kind.STRUCK, "two", object="b")
    first, second = told.tell(Kind.MOVED, "x", cause=one), told.tell(Kind.MOVED, "y", cause=two)
    found = chains(told)
    assert (found.incident(first), found.incident(second), found.only) == ("one", "two", None)
