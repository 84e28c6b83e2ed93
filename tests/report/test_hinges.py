"""The section of what the decisions hang on, from what a saved run keeps."""

import re

import attrs
import pytest

from stationsim.impact.hinged import Hinged
from stationsim.report.hinges import MOST_OPEN, hinge_rows
from stationsim.report.render import page

FLIP = {"value": "3", "variant": "2", "day": "2023-01-11", "option": "o", "text": "launch it earlier", "level": None,
        "amount": None, "gone": [], "come": [], "shifted": [], "source": ""}  # fmt: skip


def element(text, **more):
    return {"element": text, "sort": "seat", "subject": "s", "object": "", "rules": [], "numbers": [], "shifts": [],
            "pairs": []} | more  # fmt: skip


def kept(seq, *flips):
    """Return what a run keeps of one decision."""
    return {
        "decision": {"seq": seq, "ship": "soyuz-ms-22", "day": "2023-01-11", "option": "keep", "text": "send another"},
        "tried": {"rule": 2, "number": 3, "pair": 1}, "played": 9, "held": 0,
        "elements": [
            element("the seat of Ann goes to B", rules=["R-1"], shifts=[["R-2 and R-3", "", "without both"]]),
            element("the seat of Ben goes to B", rules=["R-1"], shifts=[["R-2 and R-3", "", "without both"]]),
            element("C leaves without people", pairs=[["R-2", "R-3"]]),
        ],
        "flips": list(flips),
        "opened": [{"hinge": "R-1", "sort": "rule", "variant": "without it", "option": "x", "text": "x",
                    "level": None, "amount": None}],
        "refused": [],
    }  # fmt: skip


FLIPS = (
    FLIP | {"hinge": "types.soyuz-ms.seats", "sort": "number", "flip": "another plan", "gone": ["a"],
            "come": list("bcdef")},
    FLIP | {"hinge": "R-2 and R-3", "sort": "pair", "value": "Both.", "variant": "without both",
            "flip": "another option", "level": "class-4", "amount": -2},
    FLIP | {"hinge": "R-1", "sort": "rule", "value": "One.", "variant": "without it", "flip": "no decision is needed"},
    FLIP | {"hinge": "modes.leak.questions.fit.after", "sort": "number", "flip": "decided on another day"},
)  # fmt: skip


@pytest.fixture
def shown(told):
    levels = [{"id": "class-4", "unit": "d", "text": "person-days without a seat"}]
    manifest = attrs.evolve(told.manifest, levels=levels)
    return attrs.evolve(told, manifest=manifest, hinges=Hinged.of([kept(7, *FLIPS)]))


def test_what_overturns_the_decision_stands_before_what_moves_a_day(shown, words):
    (one,) = hinge_rows(shown, words)
    assert (one["id"], one["when"], one["text"]) == (7, "2023-01-11", "send another")
    assert [(row["what"], row["flip"], row["tone"]) for row in one["flips"]] == [
        ("Without R-1", "No decision is needed", "bad"),
        ("Without R-2 and R-3", "Another option", "bad"),
        ("Questions fit after of mode leak", "Decided on 2023-01-11", ""),
        ("Seats of type Soyuz", "Another plan", ""),
    ]
    assert one["flips"][1]["then"] == ["Launch it earlier"]
    assert one["flips"][1]["costs"] == "2 fewer person-days without a seat"
    assert one["flips"][3]["from"] == "3 → 2"
    assert one["flips"][3]["then"] == ["No longer: a", "Then: b; c; d and 2 more"]


def test_elements_that_hang_on_the_same_stand_together(shown, words):
    (one,) = hinge_rows(shown, words)
    assert one["elements"] == [
        {
            "elements": ["The seat of Ann goes to B", "The seat of Ben goes to B"],
            "lines": ["Does not come without R-1", "Is otherwise without R-2 and R-3 together"],
        },
        {"elements": ["C leaves without people"], "lines": ["Does not come without R-2 and R-3 together"]},
    ]
    assert one["counted"] == (
        "2 rules, 3 numbers, 1 pairs of rules were changed, one at a time, and the decision was taken again each time; "
        "2 of them change nothing."
    )


def section(text):
    return re.search(r'<section id="hinges">.*?</section>', text, re.DOTALL)[0]


def test_the_page_shows_the_first_flips_and_folds_the_rest(shown):
    many = [FLIPS[2] | {"hinge": f"R-{n}"} for n in range(20)]
    text = page(attrs.evolve(shown, hinges=Hinged.of([kept(7, *many), kept(8)])))
    mine = section(text)
    assert '<a href="#hinges">Hinges</a>' in text
    assert mine.split("<details>")[0].count("No decision is needed") == MOST_OPEN
    assert f"<summary>{20 - MOST_OPEN} more</summary>" in mine
    assert "Nothing of what was tried." in mine
    assert "1 options that a rule rejects could be taken without it, and would not be." in mine


def test_a_run_that_decides_and_was_not_played_again_says_which_command_does_it(shown):
    from impact.logs import decided_outcome

    from stationsim.impact.impact import assess

    text = page(assess(decided_outcome()))
    assert "--deep</code> does it, or <code>stationsim report RUN --deep</code> for a saved run." in section(text)
    assert '<a href="#hinges">Hinges</a>' in text


def test_where_nothing_was_decided_there_is_no_such_section(told):
    text = page(told)
    assert '<section id="hinges">' not in text
    assert 'href="#hinges"' not in text


def test_names_in_it_are_text(shown):
    evil = "<script>alert(1)</script>"
    flips = [one | {"text": evil, "come": [evil], "hinge": evil, "value": evil} for one in FLIPS]
    kept_ = kept(7, *flips)
    kept_["elements"] = [element(evil, rules=[evil], numbers=[[evil, evil, evil]])]
    kept_["decision"]["text"] = evil
    assert "<script>alert" not in section(page(attrs.evolve(shown, hinges=Hinged.of([kept_]))))
