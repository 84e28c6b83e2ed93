"""What cannot become true."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

import pytest
from scenario.documents import spoiled

from stationsim.scenario.draw import draw
from stationsim.scenario.load import load

JOINT = (
    '{id: joint, change: stuck, node: crane/elbow, at: 2022-12-20, lasts: "triangular(5 d, 9 d, 20 d)", expect: 9 d}'
)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (("    leak: drip\n", ""), "incidents[0]: This is nothing that becomes true. Write one of 'leak: MODE', 'change: MODE', 'reading: MODE', 'fails: ACTIVITY' and 'hold: {kinds: [KIND]}'."),
        (("leak: drip", "leak: drip\n    change: failed"), "incidents[0]: This is both 'leak:' and 'change:'. Write one of 'leak: MODE', 'change: MODE', 'reading: MODE', 'fails: ACTIVITY' and 'hold: {kinds: [KIND]}'."),
        (("leak: drip", "leak: stuck"), "incidents[0].leak: 'stuck' is not a mode of leak. Modes of leak: drip."),
        (("    hole: uniform(0.5 mm, 1 mm)\n", ""), "incidents[0]: A leak needs a hole. Write 'hole: 0.8 mm'."),
        (("hole: uniform(0.5 mm, 1 mm)", "hole: 0 mm"), "incidents[0].hole: The hole has no size. Write 'hole: 0.8 mm'."),
        (("node: boat-1/radiator", "node: crane/elbow"), "incidents[0].node: 'crane/elbow' is a joint, which 'drip' cannot strike. It strikes: boat-1/radiator, boat-2/radiator."),
        (("    types: [loop]\n", "", "node: boat-1/radiator", "node: camera"), "incidents[0].node: 'camera' has no 'loop:', so that nothing can leak from it. Nodes with a loop: boat-1/radiator, boat-2/radiator."),
        (("    types: [loop]\n", "", "node: boat-1/radiator", "node: hub"), "incidents[0].node: 'hub' has no 'loop:', so that nothing can leak from it. Nodes with a loop: boat-1/radiator, boat-2/radiator."),
        (("    types: [loop]\n", "    releases: tank\n", "node: boat-1/radiator", "node: camera"), "incidents[0].node: 'camera' has no 'tank:', so that nothing can leak from it. Nodes with a tank: none."),
        (("hole: uniform(0.5 mm, 1 mm)", "hole: 1 mm\n    grows: 0 mm2/d"), "incidents[0].grows: The hole does not grow. Remove it or write 'grows: 0.05 mm2/d'."),
        (("hole: uniform(0.5 mm, 1 mm)", "hole: 1 mm\n    grows: 0.1 mm"), "incidents[0].grows: '0.1 mm': 'mm' is a unit of length. Units of growth of area: m2/s, mm2/s, mm2/h, mm2/d."),
        (("change: stuck,", "change: stuck, grows: 1 mm2/d,"), "incidents[1].grows: Only the hole of a leak grows. Remove it or write 'leak: MODE'."),
        (("node: crane/elbow", "node: camera"), "incidents[1].node: 'camera' is a camera, which 'stuck' cannot strike. It strikes: crane/elbow, crane/hand."),
        (("change: stuck", "change: stukc"), "incidents[1].change: 'stukc' is neither a mode of change nor a health. Modes and healths: degraded, failed, nominal, stuck. Did you mean 'stuck'?"),
        (("change: stuck", "change: drip"), "incidents[1].change: 'drip' is neither a mode of change nor a health. Modes and healths: degraded, failed, nominal, stuck."),
        (("change: stuck,", "change: stuck, hole: 1 mm,"), "incidents[1].hole: Only a leak has a hole. Remove it or write 'leak: MODE'."),
        (("change: stuck", "reading: drop", 'lasts: "triangular(5 d, 9 d, 20 d)", ', ""), "incidents[1].reading: 'drop' is not a mode. Modes: drip, stuck. Did you mean 'drip'?"),
        (("leak: drip", "reading: drip"), "incidents[0].hole: A reading changes nothing that is true, so it has no 'hole'. Remove it."),
        (("change: stuck", "reading: stuck"), "incidents[1].lasts: A reading changes nothing that is true, so it has no 'lasts'. Remove it."),
        (("leak: drip", "reading: stuck", "    hole: uniform(0.5 mm, 1 mm)\n", ""), "incidents[0].node: 'boat-1/radiator' is a loop, which 'stuck' cannot strike. It strikes: crane/elbow, crane/hand."),
        (("    types: [loop]\n", "", "leak: drip", "reading: drip", "    hole: uniform(0.5 mm, 1 mm)\n", "", "node: boat-1/radiator", "node: camera"), "incidents[0].node: 'camera' has no 'loop:', so that nothing can leak from it. Nodes with a loop: boat-1/radiator, boat-2/radiator."),
        (("leak: drip", "leak: drip\n    inconclusive: {fat: 1}"), "incidents[0].inconclusive.fat: 'fat' is not a question of its mode. Questions of its mode: usable."),
        (("leak: drip", "leak: drip\n    inconclusive: {usable: -1}"), "incidents[0].inconclusive.usable: -1 is negative. Write a whole number from 0 to 1000000000."),
        (("leak: drip", "leak: drip\n    inconclusive: 1"), "incidents[0].inconclusive: The value 1 stands here instead of a mapping. Write '{ID: 1}'."),
        (("leak: drip", "leak: drip\n    state: open"), "incidents[0]: A report of a hatch is a reading. Write 'reading:', 'centre:' and 'state:' of it."),
        (("change: stuck", "reading: stuck, centre: houston, state: open", 'lasts: "triangular(5 d, 9 d, 20 d)", ', ""), "incidents[1].state: 'crane/elbow' is a joint. Only a hatch is open or closed."),
        (("    hole: uniform(0.5 mm, 1 mm)", "    hole: 1 mm\n    reopens: 3 d"), "incidents[0].reopens: Nothing closes a hole of mode 'drip'. Remove it, or write 'lasts:'."),
        (("change: stuck,", "change: stuck, reopens: 3 d,"), "incidents[1].reopens: Only the hole of a leak opens again. Remove it or write 'leak: MODE'."),
        (("leak: drip", "leak: drip\n    misreads: [1, 3]"), "incidents[0].misreads: Nobody hunts here, so that no test is read wrong. Remove it, or name a mode of leak with 'hunt:'."),
        (("leak: drip", "leak: drip\n    misreads: [x]"), "incidents[0].misreads[0]: 'x' is not a whole number. Write digits only, for instance 2."),
        (("leak: drip", "leak: drip\n    misreads: [1, 1]"), "incidents[0].misreads[1]: 1 stands twice in this list. Remove one of them."),
        (("at: 2022-12-15T00:45Z", "at: 2022-12-13T23:59:59Z"), "incidents[0].at: The incident comes before the scenario starts. Write a later time."),
        (("at: 2022-12-15T00:45Z", "at: 2023-01-14"), "incidents[0].at: The incident comes when the scenario is over. Write an earlier time."),
    ],
    ids=str,
)  # fmt: skip
def test_impossible_incident_is_told(folder, changes, told):
    lines = folder.refusal(spoiled(*changes)).splitlines()
    assert lines[0].split(": ", 1)[1] == told
    assert len(lines) == 3


def test_a_hole_may_grow_by_chance(folder):
    text = spoiled("hole: uniform(0.5 mm, 1 mm)", "hole: 1 mm\n    grows: uniform(0.1 mm2/d, 0.2 mm2/d)")
    growth = draw(load(folder.write(text))).incidents[0].growth_m2_per_s
    assert 0.1e-6 / 86400 < growth < 0.2e-6 / 86400


@pytest.mark.parametrize("health", ["nominal", "degraded", "failed"])
def test_change_to_a_health_strikes_any_node(folder, health):
    text = spoiled("change: stuck, node: crane/elbow", f"change: {health}, node: anna")
    assert load(folder.write(text)).incidents[1].change == health


def test_a_question_that_is_never_answered_is_told(folder):
    lines = folder.refusal(spoiled("after: 36 h, source", "after: 36 h, inconclusive: 1, source")).splitlines()
    where = "modes.drip.questions.usable.inconclusive"
    assert (
        lines[0].split(": ", 1)[1] == f"{where}: 1 is no probability of a round among others. Write a number below 1."
    )


@pytest.mark.parametrize(
    "changes",
    [
        ("leak: drip", "reading: drip", "    hole: uniform(0.5 mm, 1 mm)\n", ""),
        ("change: stuck", "reading: stuck", 'lasts: "triangular(5 d, 9 d, 20 d)", ', ""),
    ],
    ids=["leak", "change"],
)
def test_a_reading_of_any_mode_is_fine(folder, changes):
    found = load(folder.write(spoiled(*changes))).incidents
    assert [incident.reading for incident in found if incident.reading] == [changes[1].split()[1]]


def test_mode_without_types_strikes_any_node(folder):
    text = spoiled("    types: [joint]\n", "", "node: crane/elbow", "node: hub")
    assert load(folder.write(text)).incidents[1].node == "hub"


def test_incident_at_the_first_and_last_second_is_fine(folder):
    text = spoiled("at: 2022-12-15T00:45Z", "at: 2022-12-14T00:00Z", "at: 2022-12-20,", "at: 2023-01-13T23:59:59Z,")
    assert [incident.at_s for incident in load(folder.write(text)).incidents] == [0, 31 * 86400 - 1]


@pytest.mark.parametrize("closed", ["lasts: 2 d", ""])
def test_a_hole_that_is_closed_may_open_again(folder, closed):
    mends = ("by: arm, answers: usable", "by: arm, answers: usable, mends: true") if not closed else ()
    hole = ("    hole: uniform(0.5 mm, 1 mm)", f"    hole: 1 mm\n    reopens: 3 d\n    {closed}")
    assert load(folder.write(spoiled(*hole, *mends))).incidents[0].reopens_s == 3 * 86400
