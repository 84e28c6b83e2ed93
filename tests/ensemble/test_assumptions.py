"""On which assumed numbers an answer hangs: same answer for any number of workers, nothing that matters is left out."""

import pytest
from kernel.runs import shipped
from kernel.test_planner import BOTH
from lantern import lantern

from stationsim.ensemble.assumptions import assumptions
from stationsim.errors import ScenarioError
from stationsim.planning.planners import PLANNERS
from stationsim.scenario.numbers import numbers


@pytest.fixture(scope="module")
def first():
    return assumptions(shipped("first-station"))


def test_numbers_stand_in_the_order_of_what_they_flip(first):
    table = first.table
    assert list(table.columns) == ["number", "value", "source", "flips", "activities", "variants", "refused"]
    order = list(zip(-table["flips"], table["number"], strict=True))
    assert order == sorted(order)
    top = table.iloc[0]
    assert (top["number"], top["value"], top["source"]) == ("centres.control.response", "2 h", "assumed, made up")
    assert (top["flips"], top["activities"]) == (1, ("capsule-1-test",))
    assert top["variants"] == ((0.5, "1 h", 0), (2.0, "4 h", 1))


def test_words_say_what_hangs_on_a_number_and_how_many_were_tried(first):
    said = str(first).splitlines()
    assert said[0] == "A first station of your own: assumed numbers by how many activities come out otherwise"
    assert said[1] == "  1  centres.control.response = 2 h (1 h: 0, 4 h: 1): Capsule 1: test"
    assert said[-1] == (
        "→ 33 numbers tried in 64 variants, of 50 assumed ones · 31 change nothing · 1 variants refused by the checks"
    )
    assert first.said(1).splitlines()[2] == "     and 1 more"


def test_a_variant_that_the_checks_refuse_is_told(first):
    row = first.table.set_index("number").loc["types.capsule.components.loop.loop.discharge"]
    assert [factor for factor, *_ in row["variants"]] == [0.5]
    ((factor, _, why),) = row["refused"]
    assert (factor, why.split(": ")[1]) == (2.0, "a value here must be above 0 and at most 1.")


def test_any_number_of_workers_gives_the_same(first):
    told = []
    again = assumptions(
        shipped("first-station"),
        workers=2,
        names=["centres", "rules"],
        told=lambda done, all_: told.append((done, all_)),
    )
    alone = assumptions(shipped("first-station"), names=["centres", "rules"])
    assert again.table.to_json() == alone.table.to_json()
    assert again.text == alone.text
    assert told == [(number + 1, len(told)) for number in range(len(told))]


def test_what_is_not_tried_changes_nothing(first):
    """The law behind the speed: numbers that are left out cannot matter."""
    tried = set(first.table["number"])
    left = [n.name for n in numbers(shipped("first-station")) if n.is_assumed and n.name not in tried]
    assert len(left) > 10
    assert assumptions(shipped("first-station"), names=left).table["flips"].sum() == 0


def test_other_factors_and_numbers_of_any_source_can_be_tried():
    found = assumptions(shipped("soyuz-ms22"), factors=[3], names=["modes.coolant-loop.questions.usable.after"])
    (row,) = found.table.to_dict("records")
    assert not row["source"].startswith("assumed")
    assert [factor for factor, *_ in row["variants"]] == [3]
    assert found.partly > 0
    assert f"and {found.partly} assumed in part" in found.text


@pytest.mark.parametrize("workers", [1, 2])
def test_every_variant_is_played_with_the_planner_that_is_asked_for(tmp_path, workers):
    """The optimiser dates the melt where the greedy planner leaves it without a date: a longer failure moves it."""
    scenario = lantern(tmp_path, BOTH)
    turned = {}
    for planner in PLANNERS:
        found = assumptions(scenario, names=["incidents.out", "centres"], planner=planner, workers=workers)
        turned[planner] = found.table["activities"][0]
    assert turned == {"greedy": ("furnace-run",), "optimal": ("furnace-run", "melt")}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"planner": "optimol"},
            "planner: 'optimol' is no planner. Planners: greedy, optimal. Did you mean 'optimal'?",
        ),
        ({"names": ["r.1"]}, "assumptions(names=...): there is no number at 'r.1' in the files of the scenario."),
        ({"factors": [0.5, 0]}, "assumptions(factors=...): (0.5, 0) are no factors. Give numbers above 0."),
        ({"factors": []}, "assumptions(factors=...): () are no factors. Give numbers above 0."),
    ],
)  # fmt: skip
def test_mistakes_are_told(given, told):
    with pytest.raises(ScenarioError) as caught:
        assumptions(shipped("first-station"), **given)
    assert str(caught.value) == told
