"""What an incident asks for and cannot have: the reason is told, and nobody's work is done by nobody."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

import pytest
from kernel.runs import calm, overridden, told
from kernel.test_laws import obeys, without_incidents

from stationsim.impact.why import why
from stationsim.log.kinds import Kind

PATCH = "soyuz-ms-09-patch"
ADDED = "2018-08-30T07:49Z (GMT 242)"


@pytest.fixture
def play(tmp_path):
    def run(patch, more="", hunt="{}"):
        mode = f"modes: {{cabin-air: {{hunt: {hunt}, responses: {{patch: {patch}}}}}}}\n"
        return told(overridden(tmp_path, f"scenario: undated\nbase: soyuz-ms09-air\n{mode}{more}"))

    return run


def test_a_patch_for_which_nobody_has_the_skill_gets_no_date_and_says_why(play):
    run = play("{skill: glue}")
    added = run.row(Kind.ADDED, PATCH)
    assert (added.start_s, added.rule) == (None, "people")
    assert [row.kind for row in run.rows(Kind.STARTED, PATCH)] == []
    reasons = why(run.outcome, PATCH, not_at="2018-09-03")
    assert reasons.text.splitlines()[:6] == [
        "Soyuz MS-09: patch is added (no date -> no date).",
        "It was decided by:",
        f"  people: nobody has the skill glue; no start from {ADDED} until further notice",
        "2018-09-03: 1 window forbids it.",
        f"  people: nobody has the skill glue; no start from {ADDED} until further notice",
        f"{ADDED}  Soyuz MS-09: patch was added without a date by people, in response to incident hole",
    ]
    assert reasons.alternatives == ()


def test_a_patch_that_waits_for_somebody_is_done_by_them(play):
    ill = "{id: ill, change: failed, node: prokopyev, at: 2018-08-29T22:00Z, lasts: 3 d, expect: 3 d}"
    hole = "{id: hole, leak: cabin-air, node: soyuz-ms-09/orbital-module, at: 2018-08-29T22:10Z, hole: 1.5 mm}"
    run = play(
        "{people: 0, roles: [{role: hand, who: prokopyev}]}", f"incidents: [{hole}, {ill}]\n", "{waits_above: 60 d}"
    )
    added, moved = run.row(Kind.ADDED, PATCH), run.rows(Kind.MOVED, PATCH)[0]
    assert (added.start_s, added.rule) == (None, "gen-1")
    assert [block[7] for block in run.log.attached("blocks", added.seq)] == ["Sergey Prokopyev is not available"]
    assert run.revision(moved.seq)["people"] == "prokopyev"
    assert (moved.until_s or 0) - (moved.start_s or 0) == 3 * 3600
    assert [row.object for row in run.rows(Kind.WORKED, PATCH)] == ["prokopyev"]


def test_laws_hold_for_what_has_no_date(play):
    run = play("{skill: glue}")
    obeys(run.scenario, calm(without_incidents(run.scenario)), lambda count: [count // 2, count - 10])


@pytest.mark.parametrize(
    ("patch", "more", "told_"),
    [
        ("{spare: tape}", "", "spare: no part of the type tape is left"),
        ("{by: camera}", "", "by: no camera that works sees where the release may reach"),
        ("{supplied_by: glue}", "", "supplied_by: no docked ship that works has the capability glue"),
        ("{by: ~, people: 0, attaches_to: [eva-orlan]}", "", "attaches_to: no Russian EVA that is planned has room for it in time"),
        (
            "{kind: mending}",
            "kinds: {mending: {name: mending, layer: work, grid: 15 min, source: test}}\nrules: {never: {template: calendar, kinds: [mending], hours: [00:00-24:00], text: Never., severity: hard, waived_by: nobody, source: test}}\n",
            "departure: Soyuz MS-09 leaves before it could end; until then mending never at 00:00-24:00 UTC",
        ),
    ],
)  # fmt: skip
def test_a_patch_that_cannot_be_planned_at_all_says_what_it_lacks(play, patch, more, told_):
    run = play(patch, more)
    lacked = run.row(Kind.LACKED, PATCH)
    assert (lacked.object, lacked.text) == ("hole", "patch")
    reasons = why(run.outcome, "Soyuz MS-09: patch", not_at="2018-09-03")
    line = f"  {told_}; no start from {ADDED} until further notice"
    assert reasons.text.splitlines()[:6] == [
        "Soyuz MS-09: patch:",
        "It was decided by:",
        line,
        "2018-09-03: 1 window forbids it.",
        line,
        f"{ADDED}  Soyuz MS-09: patch cannot be planned by {lacked.rule}, in response to incident hole",
    ]
    assert reasons.outcome == "changed"


def test_what_it_lacks_is_said_once_and_the_part_that_comes_is_used(play):
    tape = "things: {tape: {name: tape, type: tape, source: test}}\n"
    assert play("{spare: tape}", tape).rows(Kind.LACKED) == []
    obeys((run := play("{spare: tape}")).scenario, calm(without_incidents(run.scenario)), lambda count: [count // 2])
    assert len(run.rows(Kind.REVIEWED)) > len(run.rows(Kind.LACKED)) == 1
