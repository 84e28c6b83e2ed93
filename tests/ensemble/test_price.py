"""What each rule costs: the rule that a reason names matters, one that has no say does not."""

import pytest
from kernel.runs import shipped

import stationsim as ss
from stationsim.ensemble.answers import answer, differing
from stationsim.ensemble.price import ALL, MAIN, price
from stationsim.errors import ScenarioError

LAWFUL = ("arm-out", "emu-water", "first-station")


@pytest.fixture(scope="module")
def arm():
    return price(shipped("arm-out"))


def test_dearest_rule_comes_first_and_all_together_last(arm):
    assert list(arm.table["rule"]) == ["gen-1", "gen-3", ALL]
    assert arm.table["then"].tolist() == [(), ("eva-2",), ()]
    first = arm.table.iloc[0]
    assert (first["bound"], first["outcomes"]) == (("us-eva-83",), ("us-eva-83", "us-eva-contingency"))
    assert (first["eva_delay"], first["activities_moved"], first["crew_hours_lost"]) == (9, 2, 0)
    assert (first["severity"], first["waived_by"]) == ("hard", "mission management team")
    assert list(arm.table.columns) == [
        "rule", "text", "severity", "waived_by", "bound", "outcomes", "then", *MAIN, "note",
    ]  # fmt: skip


def test_words_say_what_it_costs_and_who_would_bind_otherwise():
    said = price(shipped("emu-water"), only=["eva-6", "gen-1"]).text.splitlines()
    assert said[0] == "Water in a US suit: what each rule costs, dearest first"
    assert said[1].startswith("eva-6: evas flown -1, activities terminated +1, crew hours lost +35.42 h")
    assert said[2] == "    Whoever is outside in a suit that fails comes in. (safety, waived by nobody)"
    assert said[4].startswith("gen-1: no cost by itself: without it ")
    assert said[4].endswith(" and gen-6 would bind")
    assert said[7].startswith(f"{ALL}: ")


def reasons(name, *gone):
    """What a reader is told of each activity: outcome, days, rule and reason."""
    changes = ss.assess(ss.run(shipped(name).without_rule(*gone))).changes
    told = changes[["subject", "outcome", "nominal_utc", "actual_utc", "rule", "reason"]]
    return {row[0]: row[1:] for row in told.astype(object).where(told.notna(), None).itertuples(index=False)}


@pytest.mark.parametrize("name", LAWFUL)
def test_without_the_rule_that_a_reason_names_the_answer_is_another(name):
    as_it_is = reasons(name)
    named = {subject: row[3] for subject, row in as_it_is.items() if row[3] is not None}
    assert named
    for rule in dict.fromkeys(named.values()):
        without = reasons(name, rule)
        alike = [subject for subject, own in named.items() if own == rule and without.get(subject) == as_it_is[subject]]
        assert alike == []


@pytest.mark.parametrize("name", LAWFUL)
def test_a_rule_that_has_no_say_changes_nothing(name):
    scenario = shipped(name)
    kind = scenario.kinds[0].id
    idle = scenario.with_rule(
        "idle-1", template="calendar", kinds=[kind], dates=["1999-01-01"], text="Not on that day.", severity="safety",
        waived_by="nobody", source="assumed",
    )  # fmt: skip
    assert price(idle, only=["idle-1"]).text.splitlines()[1] == "idle-1: no cost by itself"
    before, after = answer(ss.run(scenario)), answer(ss.run(idle))
    assert (before.fates, before.rules, before.costs) == (after.fates, after.rules, after.costs)
    assert differing(before, after) == ()


def test_a_rule_of_a_script_has_its_price_and_its_waiver_goes_with_it():
    scenario = shipped("first-station")
    kind, activity = scenario.kinds[0].id, scenario.activities[0].id
    own = ss.rule(id="own-1", text="Never", severity="hard", kinds=[kind])(lambda choice, situation: ())
    waiver = ss.Waiver(rule="own-1", activity=activity, rationale="a test")
    priced = price(scenario, only=["own-1"], rules=[own], waivers=[waiver])
    assert list(priced.table["rule"]) == ["own-1"]
    assert priced.table["note"].isna().all()


def test_what_an_incident_says_cannot_be_taken_away():
    scenario = shipped("quiet-increment")
    held = scenario.with_incident(id="storm", hold={"kinds": ["eva-emu"]}, at="2022-12-19T00:00Z", lasts="3 d")
    said = price(held).text
    assert "\nhold: not known, it stands in no book: without it what the incident says means nothing\n" in said


def test_a_plan_that_needs_a_rule_says_so_and_comes_last():
    """Without the calendar the tour takes its first day, which is too near to the sortie of the next one."""
    said = {"text": "a test", "severity": "hard", "waived_by": "nobody", "source": "assumed"}
    scenario = (
        shipped("first-station")
        .with_record("kinds", "tour", name="tour", layer="skeleton", source="assumed")
        .with_activity(
            "tour",
            name="tour",
            kind="tour",
            centre="control",
            at={"from": "2030-01-14", "to": "2030-02-01"},
            source="assumed",
        )
        .with_rule(
            "late-1",
            template="calendar",
            activities=["tour"],
            dates=[{"from": "2030-01-01", "to": "2030-01-20"}],
            **said,
        )
        .with_rule("far-1", template="spacing", kinds=["tour"], others=["sortie"], gap="2 d", **said)
    )
    table = price(scenario, only=["late-1", "far-1"]).table
    assert list(table["rule"]) == ["far-1", "late-1"]
    assert table["note"].iloc[1].startswith("the scenario cannot be played without it: activities.tour: ")
    assert table["evas_flown"].isna().tolist() == [False, True]


def test_without_the_rule_of_order_ships_still_come_after_their_launch():
    """The model's own rule takes its place, and that one nobody can do without."""
    scenario = shipped("perilune-heron-loop")
    told = price(scenario, only=["per-08"])
    assert told.table["then"].iloc[0] == ("order-of-flight", "per-04")
    without = scenario.without_rule("per-08")
    assert price(without, only=["order-of-flight"]).table["note"].iloc[0] == (
        "it stands in no book: nobody can do without it"
    )


def test_nothing_bound_has_no_price():
    priced = price(shipped("quiet-increment"))
    assert priced.table.empty
    assert str(priced).splitlines()[1] == "No rule bound anything."


def test_unknown_rule_is_told():
    with pytest.raises(ScenarioError) as caught:
        price(shipped("first-station"), only=["S-9"])
    assert str(caught.value).startswith("price(only=...): 'S-9' is not a rule. Rules: S-1, S-2")
