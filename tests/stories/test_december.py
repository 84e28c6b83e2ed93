"""December 2022 to October 2023: what is decided about three people whose ship leaks, and what each part hangs on."""

from functools import cache

import attrs
import pytest
from kernel.runs import Told, decided, whole

from stationsim.impact.why import why
from stationsim.log.kinds import Kind
from stationsim.planning.objective import LEVELS
from stationsim.planning.policies import do_nothing, rules_first
from stationsim.scenario.model import Scenario, When

DAY = 86400
OWN = ("prokopyev", "petelin", "rubio")
RELIEF = ("kononenko", "chub", "ohara")
SORTIES = ("vkd-56", "vkd-57", "vkd-58", "vkd-59")
DECISION = "2023-01-11"


def story() -> Told:
    return decided(whole("soyuz-ms22"))


@cache
def otherwise(change) -> Told:
    """The same leak where one thing is otherwise."""
    return decided(change(whole("soyuz-ms22")))


def without(*rules: str):
    return lambda scenario: attrs.evolve(scenario, rules=tuple(r for r in scenario.rules if r.id not in rules))


def varied(section: str, id_: str, **fields):
    def change(scenario: Scenario) -> Scenario:
        records = getattr(scenario, section)
        found = tuple(attrs.evolve(record, **fields) if record.id == id_ else record for record in records)
        return attrs.evolve(scenario, **{section: found})

    return change


def day(run_: Told, kind: Kind, subject: str, **columns) -> str:
    rows = [r for r in run_.rows(kind, subject) if all(getattr(r, key) == value for key, value in columns.items())]
    return run_.utc(rows[-1].t_s)[:10] if rows else "never"


def chosen(run_: Told) -> str | None:
    rows = run_.rows(Kind.CHOSEN)
    return rows[0].object if rows else None


def options(run_: Told, number: int = 0) -> dict[str, dict[str, object]]:
    """What was weighed in a decision: option -> its row, with its score by level."""
    (row,) = run_.rows(Kind.WEIGHED)[number : number + 1]
    names = ("generator", "text", "state", "rule", "reason", "as_option", "last_s", "wait_level", "wait_value")
    found = {str(o[1]): dict(zip(names, o[2:], strict=True)) for o in run_.log.attached("options", row.seq)}
    for _, option, _, level, value, _, _ in run_.log.attached("scores", row.seq):
        found[str(option)].setdefault("score", {})[level] = value
    return found


# --- the story --------------------------------------------------------------------------------------------------------


def test_the_decision_comes_with_the_verdict_on_the_ship_and_names_the_leak():
    (weighed,) = story().rows(Kind.WEIGHED)
    assert (story().utc(weighed.t_s)[:10], weighed.object, weighed.view) == (DECISION, "loop", "moscow")
    assert weighed.text == "prokopyev,petelin,rubio"
    assert story().rows(Kind.STRUCK)[0].seq in story().up(weighed.seq)


def test_the_next_ship_flies_empty_weeks_early_and_not_before_it_is_ready():
    launched = day(story(), Kind.LAUNCHED, "soyuz-ms-23")
    assert "2023-02-16" <= launched <= "2023-02-28", launched
    assert not [row for row in story().rows(Kind.BOARDED) if row.object == "soyuz-ms-23"]
    (moved,) = story().rows(Kind.MOVED, "soyuz-ms-23-launch")
    assert (moved.rule, moved.text) == ("gen-7", "Soyuz MS-23 is not ready yet")


def test_its_crew_flies_with_the_ship_after_it():
    assert [day(story(), Kind.BOARDED, person, object="soyuz-ms-24") for person in RELIEF] == ["2023-09-16"] * 3


def test_the_three_come_home_in_the_new_ship_after_the_handover_with_their_relief():
    home = {day(story(), Kind.LEFT, person, object="soyuz-ms-23") for person in OWN}
    assert home == {"2023-09-27"}


def test_one_of_them_has_a_place_in_the_dragon_until_the_new_ship_is_there():
    moved = [(row.subject, row.object, row.text) for row in story().rows(Kind.FITTED) if row.subject in OWN][3:]
    assert moved[0] == ("rubio", "crew-5", "improvised")
    assert sorted(moved[1:]) == [(person, "soyuz-ms-23", None) for person in sorted(OWN)]
    rescue = [row.t_s for row in story().rows(Kind.FITTED, "rubio") if row.object == "soyuz-ms-23"]
    assert rescue < [row.t_s for row in story().rows(Kind.UNDOCKED, "crew-5")]


def test_the_damaged_ship_goes_home_empty_on_its_day():
    assert day(story(), Kind.UNDOCKED, "soyuz-ms-22") == "2023-03-28"
    assert not [row for row in story().rows(Kind.LEFT) if row.object == "soyuz-ms-22"]


def test_no_crew_ship_stands_on_the_airlocks_port_when_the_sorties_are_flown_one_after_the_other():
    flown = [day(story(), Kind.FINISHED, sortie) for sortie in SORTIES]
    assert flown == sorted(flown)
    assert "never" not in flown
    assert flown[0] > day(story(), Kind.DOCKED, "soyuz-ms-23")
    ports = {row.place for row in story().rows(Kind.DOCKED, "soyuz-ms-23")}
    assert "poisk-zenith" not in ports


def test_a_sortie_that_moves_says_what_holds_now_and_why_not_on_a_sunday():
    moved = story().rows(Kind.MOVED, "vkd-56")[-1]
    assert moved.text == "Soyuz MS-22, ship of Sergey Prokopyev, is emergency-only: a certified ship is needed"
    sunday = why(story().outcome, "vkd-56", not_at="2023-02-19")
    assert "2023-02-19: nothing in the log forbids it, but it is a Sunday: new dates are on Monday, " in sunday.text
    monday = why(story().outcome, "vkd-56", not_at="2023-02-20")
    assert [block.rule for block in monday.forbidding] == ["eva-4"]
    change = next(row for row in story().impact.changes.to_dict("records") if row["subject"] == "vkd-58")
    assert change["no_earlier"]["days"] == ["sat", "sun"]


def test_a_sortie_of_people_who_come_later_as_decided_moves_because_of_that_decision():
    moved = story().rows(Kind.MOVED, "vkd-60")[-1]
    assert moved.text == "Oleg Kononenko has not been aboard for 14 d"
    assert story().row(Kind.CHOSEN, "soyuz-ms-22").seq in story().up(moved.seq)


def test_the_other_way_to_free_the_port_is_shown_with_what_it_loses_by():
    found = options(story())
    (taken,) = (option for option in found.values() if option["state"] == "chosen")
    (other,) = (
        o
        for o in found.values()
        if o["text"].endswith("relocate Soyuz MS-23 to Prichal nadir") and "earlier" in o["text"]
    )
    assert taken["text"].endswith("let Soyuz MS-23 arrive at Prichal nadir")
    level = next(name for name, _, _ in LEVELS if taken["score"][name] != other["score"][name])
    assert (level, taken["score"][level] < other["score"][level]) == ("class-2", True)


def test_the_certified_life_of_the_rescue_ship_is_waived_by_who_may():
    (waived,) = story().rows(Kind.WAIVED, "soyuz-ms-23-undocking")
    assert (waived.rule, waived.by) == ("gen-8", "mission management team")
    assert waived.text.startswith("Soyuz MS-23 is certified for 210 d on orbit; waived to launch Soyuz MS-23 earlier")


def test_an_early_return_is_among_the_options_and_loses_by_the_relief_rule():
    early = [option for option in options(story()).values() if option["generator"] == "return-early"]
    assert {(option["state"], option["rule"]) for option in early} == {("rejected", "crew-r1")}


def test_nobody_is_ever_without_a_seat_and_no_other_crew_loses_its_ship():
    assert not [row for row in story().rows(Kind.SEATED) if row.value == 4]
    assert {row.subject for row in story().rows(Kind.LEFT) if row.object == "crew-5"} == {
        "mann",
        "cassada",
        "wakata",
        "kikina",
    }


def test_each_option_has_its_last_moment_and_what_waiting_costs():
    (taken,) = (option for option in options(story()).values() if option["state"] == "chosen")
    assert story().utc(taken["last_s"])[:10] == "2023-02-10"  # the lead of a launch before the day on which it is ready
    assert (taken["wait_level"], taken["wait_value"]) == ("class-2", 1)


def test_who_stays_on_a_flight_that_gives_seats_away_is_somebody_for_each_thing_they_can_do():
    """Of four people three can do the same: one stands for them; the fourth is another option."""
    texts = [option["text"] for option in options(story()).values() if option["text"].endswith("of its people")]
    named = {text.partition(", with ")[2] for text in texts if text.startswith("launch Crew-6")}
    assert named == {"Stephen Bowen alone of its people", "Andrey Fedyaev alone of its people"}


def test_a_decision_says_of_what_it_thought_only_in_part():
    (weighed,) = story().rows(Kind.WEIGHED)
    bounds = [row[1:] for row in story().log.attached("bounds", weighed.seq)]
    assert bounds == [("flights", 3, 5)]


def test_an_option_can_be_taken_until_the_seats_are_moved_that_the_ship_before_leaves_no_time_for_later():
    """Its own dates lie in May; but who has a place in the Dragon must be out of it before that leaves."""
    found = options(story())["soyuz-ms-23-none+soyuz-ms-23-to-zvezda-aft"]
    leaves = next(row.start_s for row in story().rows(Kind.PLANNED, "crew-5-undocking"))
    assert found["last_s"] < leaves
    assert story().utc(found["last_s"])[:7] == "2023-02"


# --- toggle it and see it go ------------------------------------------------------------------------------------------


def test_without_the_relief_rule_and_a_minimum_crew_they_come_home_when_promised():
    run_ = otherwise(without("crew-r1", "crew-u1", "crew-1"))
    assert str(chosen(run_)).endswith("+soyuz-ms-23-returns-early")
    assert {day(run_, Kind.LEFT, person) for person in OWN} == {"2023-03-28"}


def ports_of(run_: Told, ship: str) -> list[str | None]:
    return [row.place for row in run_.rows(Kind.DOCKED, ship)]


def test_where_a_port_change_takes_two_months_the_new_ship_is_relocated_and_only_by_the_rule_of_the_airlocks_port():
    late = varied("kinds", "docking", port_lead_s=60 * DAY)
    assert ports_of(otherwise(late), "soyuz-ms-23") == ["poisk-zenith", "prichal-nadir"]
    assert ports_of(decided(late(whole("soyuz-ms22")).without_rule("eva-r4")), "soyuz-ms-23") == ["poisk-zenith"]


def test_with_six_seats_the_new_ship_brings_its_crew_as_well():
    run_ = otherwise(varied("types", "soyuz-ms", seats=6))
    assert {row.subject for row in run_.rows(Kind.BOARDED) if row.object == "soyuz-ms-23"} == set(RELIEF)


def test_without_a_day_on_which_it_is_ready_the_new_ship_flies_no_earlier_than_planned():
    run_ = otherwise(varied("vehicles", "soyuz-ms-23", ready=None))
    assert day(run_, Kind.LAUNCHED, "soyuz-ms-23") == "2023-03-16"
    refused = options(run_)["soyuz-ms-23-earlier-none"]
    assert (refused["state"], refused["rule"]) == ("rejected", "gen-7")


def test_without_a_contingency_place_nobody_moves_to_the_dragon():
    run_ = otherwise(varied("types", "crew-dragon", contingency=0))
    assert not [row for row in run_.rows(Kind.FITTED) if row.object == "crew-5" and row.subject in OWN]


def test_without_a_limit_on_its_life_nothing_is_waived():
    run_ = otherwise(without("gen-8"))
    assert not [row for row in run_.rows(Kind.WAIVED) if row.t_s > 0]


def test_a_ship_that_may_come_down_without_cooling_needs_no_decision():
    def change(scenario: Scenario) -> Scenario:
        modes = tuple(attrs.evolve(m, health="degraded") if m.id == "coolant-loop" else m for m in scenario.modes)
        return attrs.evolve(scenario, modes=modes)

    run_ = otherwise(change)
    assert chosen(run_) is None
    assert {day(run_, Kind.LEFT, person, object="soyuz-ms-22") for person in OWN} == {"2023-03-28"}


# --- other stories, each for its reason -------------------------------------------------------------------------------


def test_with_four_contingency_places_all_move_to_the_dragon_and_the_sorties_begin_in_january():
    run_ = otherwise(varied("types", "crew-dragon", contingency=4))
    moved = {row.subject for row in run_.rows(Kind.FITTED) if row.object == "crew-5" and row.subject in OWN}
    assert moved == set(OWN)
    assert day(run_, Kind.FINISHED, "vkd-56")[:7] == "2023-01"


def test_a_book_that_takes_a_ship_for_emergencies_lets_the_sorties_go_on_in_december():
    run_ = otherwise(varied("rules", "eva-r3", capability="emergency-return"))
    assert day(run_, Kind.FINISHED, "vkd-56")[:7] == "2022-12"


def test_whoever_does_nothing_leaves_three_people_without_a_seat():
    run_ = decided(whole("soyuz-ms22"), do_nothing)
    assert chosen(run_) == "keep"
    assert {row.subject for row in run_.rows(Kind.SEATED) if row.value == 4} == set(OWN)


def test_the_first_rule_that_will_do_brings_an_empty_ship_to_the_port_it_was_to_come_to():
    run_ = decided(whole("soyuz-ms22"), rules_first)
    assert chosen(run_) == "soyuz-ms-23-earlier-none"


def june(scenario: Scenario) -> Scenario:
    """The next ship planned and ready only in June, and those whom it relieves go home after that."""
    start_s = 169 * DAY
    for id_, at_s in (("soyuz-ms-23-launch", start_s), ("soyuz-ms-22-undocking", start_s + 12 * DAY)):
        scenario = varied("activities", id_, at=When(lo_s=at_s, hi_s=at_s + DAY))(scenario)
    scenario = scenario.with_waiver("gen-8", "soyuz-ms-22-undocking", "the next ship comes in June")
    return varied("vehicles", "soyuz-ms-23", ready=When(lo_s=start_s, hi_s=start_s + DAY))(scenario)


def test_with_the_next_ship_only_in_june_the_leaking_one_stays_until_then():
    run_ = otherwise(june)
    assert day(run_, Kind.DOCKED, "soyuz-ms-23") >= "2023-06-01"
    assert day(run_, Kind.UNDOCKED, "soyuz-ms-22") > day(run_, Kind.DOCKED, "soyuz-ms-23")
    assert not [row for row in run_.rows(Kind.SEATED) if row.value == 4]


# --- a second leak in the same run ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def both() -> Told:
    leak = {"at": "2023-02-11T09:40Z", "hole": "12 mm", "cause": "struck from outside"}
    return decided(whole("soyuz-ms22").with_leak("progress-ms-21/external-loop", id="second", **leak))


def test_a_leak_on_a_sister_ship_lets_the_rescue_ship_slip_by_days(both):
    first, second = (day(found, Kind.LAUNCHED, "soyuz-ms-23") for found in (story(), both))
    assert first < second <= "2023-02-28"
    rows = [row for row in both.rows(Kind.MOVED, "soyuz-ms-23-launch") if row.rule == "launch-r1"]
    assert rows
    assert any(row.kind is Kind.STRUCK and row.subject == "second" for row in map(both.log.row, both.up(rows[0].seq)))


def test_it_is_decided_again_and_what_was_decided_stays_the_best(both):
    assert [row.object for row in both.rows(Kind.CHOSEN)][1:] == ["keep"]
    assert not [row for row in both.rows(Kind.SEATED) if row.value == 4]
