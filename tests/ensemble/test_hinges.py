"""What a decision hangs on: toggle it and see it go; what flips nothing is counted, any number of workers agrees."""

import attrs
import pytest
from ensemble.ferry import FERRY
from kernel.runs import overridden, shipped, whole

import stationsim as ss
from stationsim.ensemble.decided import Decided, Element, decided
from stationsim.ensemble.flips import Flip, elements_of
from stationsim.ensemble.hinges import hinges
from stationsim.ensemble.pairs import MOST_PAIRS, pairs_of
from stationsim.ensemble.variants import SHIFTS_D, Hinge
from stationsim.impact.hinge_text import hanging
from stationsim.kernel.simulate import simulate, until_decided
from stationsim.log.kinds import Kind
from stationsim.scenario.draw import draw

READY, SEATS, FIT = "vehicles.capsule-2.ready", "types.capsule.seats", "modes.coolant-leak.questions.fit"


@pytest.fixture(scope="module")
def ferry(tmp_path_factory):
    return overridden(tmp_path_factory.mktemp("ferry"), FERRY)


@pytest.fixture(scope="module")
def found(ferry):
    return hinges(ferry, numbers=[READY, SEATS, FIT])


def decision_of(scenario, **passed):
    return decided(until_decided(draw(scenario), **passed), 1)


def test_a_run_is_stopped_after_the_step_of_its_decision_and_is_the_same_up_to_there(ferry):
    world, whole = until_decided(draw(ferry)), simulate(draw(ferry))
    assert [row.kind for row in world.log].count(Kind.CHOSEN) == 1
    assert world.log.rows == whole.rows[: len(world.log)]
    assert whole.rows[len(world.log)].step == world.log.rows[-1].step + 1
    assert len(world.log) < len(whole)


def test_a_run_without_a_decision_goes_on_to_its_horizon():
    world = until_decided(draw(shipped("quiet-increment")))
    assert decided(world, 1) is None
    assert world.log.rows == simulate(draw(shipped("quiet-increment"))).rows[: len(world.log)]


def test_a_decision_is_taken_apart(found):
    assert (found.decision.ship, found.decision.day) == ("capsule-1", "2030-01-22")
    assert list(found.elements["element"]) == [
        "Launch of Capsule 2 on 2030-02-04, not on 2030-03-04",
        "the seat of First person goes to Capsule 2 on 2030-02-04",
        "the seat of Second person goes to Capsule 2 on 2030-02-04",
        "Departure of Capsule 2 on 2030-03-20, not on 2030-07-10",
        "Capsule 1 leaves without people as planned, on 2030-03-20",
    ]
    assert list(found.elements.columns) == [
        "element",
        "sort",
        "subject",
        "object",
        "rules",
        "numbers",
        "shifts",
        "pairs",
    ]


def test_an_element_hangs_on_what_it_does_not_come_without(found):
    launch = found.elements.set_index("sort").loc["launch-earlier"]
    assert launch["rules"] == ()
    assert launch["numbers"] == ((READY, "2030-02-04", "2030-03-04"),)
    assert ("F-1", "A ship is launched when it is ready.", "without it") in launch["shifts"]


def test_toggling_a_hinge_is_what_the_table_says(ferry, found):
    """The law: the scenario changed by hand takes the decision that its row tells, and its elements come and go so."""
    late = ferry.with_record("vehicles", "capsule-2", ready="2030-03-04")
    assert {element.sort for element in decision_of(late).elements} & {"launch-earlier"} == set()
    for row in found.table[found.table["sort"] == "rule"].to_dict("records"):
        other = decision_of(ferry.without_rule(row["hinge"]))
        assert (other.option, other.day) == (row["option"], row["day"])


def test_what_is_not_listed_flips_nothing(ferry, found):
    base = decision_of(ferry)
    still = {rule.id for rule in ferry.rules} - set(found.table["hinge"]) - set(found.refused["hinge"])
    assert {"F-3", "S-3"} <= still
    for rule in still:
        other = decision_of(ferry.without_rule(rule))
        assert (other.option, other.day, other.elements) == (base.option, base.day, base.elements)


def test_a_flip_says_what_is_chosen_then_and_in_which_level_it_comes_to_something_else(found):
    rows = found.table.set_index("hinge")
    seats = rows.loc[SEATS]
    assert (seats["value"], seats["variant"], seats["flip"]) == ("3", "2", "another option")
    assert (seats["level"], seats["amount"]) == ("launch-delay", 150)
    assert seats["come"] == ("Capsule 2 flies without Third person",)
    assert set(rows.loc[f"{FIT}.after", "flip"]) == {"decided on another day"}
    assert list(rows.loc[f"{FIT}.after", "day"]) == ["2030-01-17", "2030-02-01"]
    assert list(found.table.columns) == [
        "hinge", "sort", "value", "variant", "flip", "day", "option", "text", "level", "amount", "gone", "come",
        "shifted", "source",
    ]  # fmt: skip


def test_what_a_rule_rejects_is_told_even_where_it_would_not_be_done(ferry):
    """Ready on its day, the ferry cannot come earlier; without the rule it does, and not in the other ways."""
    found = hinges(ferry.with_record("vehicles", "capsule-2", ready="2030-03-04"), rules=["F-1"], numbers=[])
    (flip,) = found.table.to_dict("records")
    assert flip["option"] == "capsule-2-earlier-all+capsule-2-returns-early"
    opened = found.opened.set_index("option")
    assert set(opened["hinge"]) == {"F-1"}
    assert set(opened.index) <= set(found.decision.rejected)
    empty = opened.loc["capsule-2-earlier-none"]
    assert (empty["level"], empty["amount"] > 0) == ("return-delay", True)
    assert "What could be done without a rule, and would not be:" in found.text
    assert "  without F-1: launch Capsule 2 earlier, without people (person-days of later return +" in found.text


@pytest.fixture(scope="module")
def doubled(ferry):
    """Two rules say that the ferry is launched when it is ready, on its planned day."""
    late = ferry.with_record("vehicles", "capsule-2", ready="2030-03-04")
    (ready,) = (rule for rule in late.rules if rule.id == "F-1")
    return attrs.evolve(late, rules=(*late.rules, attrs.evolve(ready, id="F-7", text="Nothing flies before its day.")))


def test_two_rules_that_stand_behind_each_other_are_removed_together(doubled):
    alone = hinges(doubled, rules=["F-1"], numbers=[])
    assert (len(alone.table), alone.tried) == (0, {"rule": 1})
    found = hinges(doubled, rules=["F-1", "F-3", "F-7"], numbers=[])
    (flip,) = found.table.to_dict("records")
    assert (flip["hinge"], flip["sort"], flip["variant"]) == ("F-1 and F-7", "pair", "without both")
    assert flip["option"] == "capsule-2-earlier-all+capsule-2-returns-early"
    other = decision_of(doubled.without_rule("F-1", "F-7"))
    assert (flip["option"], flip["day"]) == (other.option, other.day)
    assert found.tried == {"rule": 3, "pair": 1}
    assert set(found.elements["pairs"]) == {()}
    seats = found.elements[found.elements["sort"] == "seat"]
    assert {row[0][::2] for row in seats["shifts"]} == {("F-1 and F-7", "without both")}
    said = found.text.splitlines()
    assert "    is otherwise without F-1 and F-7 together" in said
    assert any(line.startswith("  without F-1 and F-7: launch Capsule 2 earlier, with all its people") for line in said)
    assert said[-1] == (
        "→ 3 rules, 1 pairs of rules tried in 4 variants · 3 change nothing · 0 variants cannot be played"
    )


def test_two_rules_that_bind_a_date_together_are_removed_together(ferry):
    """Both hold the launch until the ship is ready; neither rejects an option."""
    (ready,) = (rule for rule in ferry.rules if rule.id == "F-1")
    held = attrs.evolve(ferry, rules=(*ferry.rules, attrs.evolve(ready, id="F-7", text="So does this.")))
    found = hinges(held, rules=["F-1", "F-7"], numbers=[])
    assert not {"F-1", "F-7"} & set(found.decision.rejected.values())
    (flip,) = found.table.to_dict("records")
    assert (flip["hinge"], flip["flip"]) == ("F-1 and F-7", "another plan")
    launch = found.elements.set_index("sort").loc["launch-earlier"]
    assert hanging(launch.to_dict()) == [
        "nothing was found without which it does not come", "is otherwise without F-1 and F-7 together",
    ]  # fmt: skip


def test_a_pair_that_does_what_one_of_it_does_alone_is_not_told(ferry):
    found = hinges(ferry, numbers=[])
    told = {row["hinge"]: row for row in found.table.to_dict("records")}
    for row in found.table[found.table["sort"] == "pair"].to_dict("records"):
        for rule in row["hinge"].split(" and "):
            one = told.get(rule)
            assert one is None or (one["option"], one["gone"], one["come"], one["shifted"]) != (
                row["option"], row["gone"], row["come"], row["shifted"],
            )  # fmt: skip


def test_an_element_that_only_both_rules_keep_hangs_on_the_pair_and_not_where_one_keeps_it():
    seat, waiver = (Element(sort=sort, subject="s", text=sort) for sort in ("seat", "waiver"))
    base = attrs.evolve(decision_like({}), elements=(seat, waiver))
    one = Hinge(name="A", sort="rule", value="", source="")
    both = Hinge(name="A and B", sort="pair", value="", source="", rules=("A", "B"))
    flips = [Flip(hinge=one, value="", found=base, flip="another plan", gone=(waiver,))]
    flips.append(Flip(hinge=both, value="", found=base, flip="another plan", gone=(seat, waiver)))
    rows = elements_of(base, flips).set_index("element")
    assert (rows.loc["seat", "pairs"], rows.loc["waiver", "pairs"]) == ((("A", "B"),), ())
    assert hanging(rows.loc["seat"].to_dict()) == ["does not come without A and B together"]
    assert hanging(rows.loc["waiver"].to_dict()) == ["does not come without A"]


def test_pairs_are_bounded_and_those_that_open_most_options_come_first():
    rules = [Hinge(name=f"R-{n}", sort="rule", value="", source="") for n in range(20)]
    base = decision_like({f"o{n}": f"R-{n}" for n in range(19)} | {"more": "R-3"})
    without = {f"R-{n}": decision_like({f"o{n}": f"R-{n + 1}", "more": "R-4"}) for n in range(19)}
    found = pairs_of(base, without | {"R-19": None}, rules)
    assert len(found) == MOST_PAIRS
    assert found[0].rules == ("R-3", "R-4")
    assert found[1].rules == ("R-0", "R-1")


def decision_like(rejected):
    return Decided(
        seq=0, ship="s", day="d", option="o", text="t", elements=(), scores={}, texts={}, rejected=rejected
    )  # fmt: skip


def test_words_put_elements_first_and_count_what_changes_nothing(found):
    said = str(found).splitlines()
    assert said[:5] == [
        "A ferry to the first station: what the decision of 2030-01-22 hangs on",
        "  launch Capsule 2 earlier, with all its people; bring them home in Capsule 2 when it was promised",
        "Launch of Capsule 2 on 2030-02-04, not on 2030-03-04",
        f"    does not come with {READY} 2030-03-04 instead of 2030-02-04",
        f"    is otherwise without F-1 and with another {FIT}.after and {READY}",
    ]
    assert (
        f"  {SEATS} 2, not 3: launch Capsule 2 earlier, without people; bring them home in Capsule 2 when it was "
        "promised (person-days of later launch +150 d)"
    ) in said
    assert said[-1] == (
        "→ 10 rules, 2 numbers, 1 ready dates tried in 18 variants · 8 change nothing · 1 variants cannot be played"
    )


def test_without_what_makes_it_a_case_no_decision_is_needed(ferry):
    seats = ferry.with_record("types", "capsule", life="180 d")
    table = hinges(seats.until("2030-01-25"), rules=[], numbers=[f"{FIT}.after"]).table
    assert list(zip(table["variant"], table["flip"], strict=True)) == [
        ("5 d", "decided on another day"),
        ("20 d", "no decision is needed"),
    ]
    assert table["day"].isna().tolist() == [False, True]


def test_a_variant_that_cannot_be_played_says_why(ferry):
    held = ferry.with_incident(id="storm", hold={"kinds": ["sortie"]}, at="2030-01-08T00:00Z", lasts="3 d")
    found = hinges(held, rules=["hold"], numbers=["types.capsule.life"])
    assert found.refused.to_dict("records") == [
        {
            "hinge": "hold",
            "sort": "rule",
            "variant": "without it",
            "why": "it stands in no book: without it what the files say elsewhere means nothing",
        },
        {
            "hinge": "types.capsule.life",
            "sort": "number",
            "variant": "100 d",
            "why": (
                "activities.capsule-2-undocking: the plan breaks rule F-2 (soft): Capsule 2 is certified for 100 d on "
                "orbit. Plan it otherwise, or waive it: waivers: [{rule: F-2, activity: capsule-2-undocking, "
                "rationale: ...}]."
            ),
        },
    ]


def test_any_number_of_workers_gives_the_same(ferry):
    told = []
    names = {"rules": ["F-1", "S-3"], "numbers": [SEATS]}
    alone = hinges(ferry, **names)
    again = hinges(ferry, **names, workers=2, told=lambda done, all_: told.append((done, all_)))
    assert again.text == alone.text
    assert (again.table.to_json(), again.elements.to_json()) == (alone.table.to_json(), alone.elements.to_json())
    assert told == [(number + 1, len(told)) for number in range(len(told))]


def test_a_policy_decides_in_every_variant(ferry):
    found = hinges(ferry, rules=["F-1"], numbers=[], policy=ss.policies.do_nothing)
    assert (found.decision.option, len(found.table)) == ("keep", 0)
    assert list(found.elements["sort"]) == ["return-open", "return-open"]
    assert "  nothing of what was tried" in found.text


def test_a_decision_that_leaves_everything_as_it_is_has_no_elements():
    found = hinges(shipped("first-station"), rules=["S-3"], numbers=[])
    assert str(found).splitlines() == [
        "A first station of your own: what the decision of 2030-01-22 hangs on",
        "  keep the plan as it stands",
        "It changes nothing of the plan.",
        "What makes it another decision:",
        "  nothing of what was tried",
        "→ 1 rules tried in 1 variants · 1 change nothing · 0 variants cannot be played",
    ]


def test_ready_dates_are_shifted_and_whole_numbers_stepped_once_each(ferry):
    found = hinges(ferry, rules=[], numbers=[READY, SEATS])
    assert found.played == len(SHIFTS_D) + 3
    assert list(found.tried.items()) == [("number", 1), ("date", 1)]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"rules": ["F-9"]}, "hinges(rules=...): 'F-9' is not a rule. Rules: "),
        (
            {"numbers": ["types.nil"]},
            "hinges(numbers=...): there is no number at 'types.nil' in the files of the scenario.",
        ),
        ({"decision": 9}, "hinges(decision=9): the run of ferry takes no such decision."),
        ({"decision": 0}, "hinges(decision=0): the run of ferry takes no such decision."),
        ({"policy": "best"}, "policy: 'best' has no method revise(situations, proposal). "),
        ({"planner": "slow"}, "planner: 'slow' is no planner. Planners: greedy, optimal."),
    ],
)  # fmt: skip
def test_mistakes_are_told(ferry, given, told):
    with pytest.raises(ss.ScenarioError) as caught:
        hinges(ferry, **given)
    assert str(caught.value).startswith(told)


def test_december_2022_hangs_on_the_relief_the_seats_and_a_place_in_the_dragon():
    """The return waits for the relief rule, the relief stays down for want of seats, one has a place at once."""
    found = hinges(
        whole("soyuz-ms22"),
        rules=["crew-r1", "gen-8"],
        numbers=["types.soyuz-ms.seats", "types.crew-dragon.contingency"],
    )
    elements = found.elements.set_index(["sort", "subject", "object"])
    for person in ("prokopyev", "petelin", "rubio"):
        assert elements.loc[("return-later", person, ""), "rules"] == ("crew-r1",)
        assert elements.loc[("seat", person, "soyuz-ms-23"), "rules"] == ()
    assert elements.loc[("waiver", "soyuz-ms-23-undocking", "gen-8"), "rules"] == ("gen-8", "crew-r1")
    assert elements.loc[("without", "soyuz-ms-23", ""), "numbers"] == (("types.soyuz-ms.seats", "3", "6"),)
    assert elements.loc[("seat", "rubio", "crew-5"), "numbers"] == (("types.crew-dragon.contingency", "1", "0"),)
    relief = found.table.set_index("hinge").loc["crew-r1"]
    assert relief["text"].endswith("; bring them home in Soyuz MS-23 when it was promised")
    assert (relief["flip"], relief["level"]) == ("another option", "waivers")
    assert list(found.refused["variant"]) == ["-1"]
