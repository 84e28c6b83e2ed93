"""What mends a thing: an activity of its own or a task of one that is planned, with places, suits, parts, by chance."""

import pytest
from kernel.runs import calm, overridden, told
from kernel.test_laws import obeys, without_incidents

from stationsim.log.kinds import Kind
from stationsim.scenario.draw import draw

EVA_REPAIR = """
scenario: valve
base: iss-2022-12
until: 2023-02-20
things:
  valve: {name: ammonia valve, type: valve, centre: houston, wets: [truss-centre], source: test}
modes:
  stuck-valve:
    text: A valve sticks.
    how: change
    types: [valve]
    expect: 200 d
    responses:
      exchange:
        kind: eva-emu
        roles: [{role: ev, skill: emu}, {role: ev, skill: emu}, {role: inside, skill: emu-iv}]
        airlock: quest-airlock
        uses: [emu-1, emu-2]
        worksites: [truss-centre]
        lead: 3 d
        lasts: 6 h
        mends: true
        answers: back
        source: test
    source: test
incidents:
  - {id: stick, change: stuck-valve, node: valve, at: 2023-01-04T10:00Z}
"""

TASK = """
scenario: look
base: iss-2022-12
until: 2023-02-20
kinds: {eva-emu: {room: 90 min}}
things: {mast: {name: mast, type: mast, centre: houston, source: test}}
modes:
  dented:
    text: Something has a dent.
    how: change
    health: degraded
    responses:
      closer-look:
        {kind: inspection, attaches_to: [eva-emu], worksites: [truss-centre], lasts: 1 h, answers: back, source: test}
    source: test
incidents:
  - {id: dent, change: dented, node: mast, at: 2023-01-04T10:00Z}
"""


@pytest.fixture
def play(tmp_path):
    def run(text, *changes):
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        return told(overridden(tmp_path, text))

    return run


def test_a_repair_outside_takes_people_by_skill_suits_and_the_airlock(play):
    run = play(EVA_REPAIR)
    added = run.row(Kind.ADDED, "valve-exchange")
    people = str(run.revision(added.seq)["people"]).split(",")
    assert len(set(people)) == 3
    assert run.dated(added) == "2023-01-11T12:45Z"  # not beside the departure of a ship on the day before
    assert run.utc(run.row(Kind.ENDED, "stick").t_s) == "2023-01-11T18:45Z"
    uses = str(run.log.attached("revisions", added.seq)[0][10]).split(",")
    assert uses == ["quest-airlock", "emu-1", "emu-2"]


def test_until_it_is_mended_the_end_of_the_repair_is_what_is_waited_for(play):
    run = play(EVA_REPAIR)
    asked = [run.utc(row.until_s) for row in run.rows(Kind.ASKED, "back") if row.view == "houston"]
    assert asked[-1] == "2023-01-11T18:45Z"


def test_an_attempt_that_fails_is_made_again_when_its_kind_says(play):
    run = play(EVA_REPAIR, ("node: valve, at", "node: valve, failures: {exchange: 1}, at"))
    assert [run.utc(row.t_s) for row in run.rows(Kind.FAILED)] == ["2023-01-11T18:45Z"]
    assert (
        run.utc(run.row(Kind.ENDED, "stick").t_s)[:10] == "2023-01-16"
    )  # again: 2 d, no sortie at a weekend; US EVA-84 gives way
    obeys(run.scenario, calm(without_incidents(run.scenario)), lambda count: [count // 2, count - 10])


def test_chance_decides_before_the_run_how_many_attempts_fail(tmp_path):
    text = EVA_REPAIR.replace("        mends: true\n", "        mends: true\n        works: 0.5\n")
    scenario = overridden(tmp_path, text)
    drawn = [dict(draw(scenario, seed).incidents[0].failures)["exchange"] for seed in range(60)]
    assert set(drawn) >= {0, 1, 2}
    assert draw(scenario, 3) == draw(scenario, 3)


def test_a_response_becomes_a_task_of_the_next_sortie_with_room(play):
    run = play(TASK)
    attached = run.row(Kind.ATTACHED, "us-eva-84")
    assert (attached.object, attached.text) == ("dent", "closer-look")
    assert [row for row in run.log if row.kind is Kind.ADDED] == []
    assert run.changes["us-eva-84"]["outcome"] == "changed"
    assert run.changes["us-eva-84"]["differs"] == ["tasks"]
    (answered,) = [row for row in run.rows(Kind.ANSWERED, "back") if row.view == "houston"]
    assert answered.cause is not None
    assert answered.t_s == run.row(Kind.FINISHED, "us-eva-84").t_s


def test_without_room_it_waits(play):
    run = play(TASK, ("room: 90 min", "room: 30 min"))
    assert [row for row in run.log if row.kind in {Kind.ADDED, Kind.ATTACHED}] == []
    assert run.changes == {}


def test_a_task_moves_on_when_its_sortie_does_not_take_place(play):
    knock = "\n  - {id: storm, hold: {activities: [us-eva-84]}, at: 2023-01-10T06:00Z}"
    run = play(TASK, ("at: 2023-01-04T10:00Z}", "at: 2023-01-04T10:00Z}" + knock))
    assert [row.subject for row in run.rows(Kind.ATTACHED)] == ["us-eva-84"]
    assert [row.subject for row in run.rows(Kind.DETACHED)] == []
    assert run.outcomes["us-eva-84"] == "postponed"


def test_laws_hold_for_tasks(play):
    run = play(TASK)
    obeys(run.scenario, calm(without_incidents(run.scenario)), lambda count: [count // 2, count - 30])


def test_who_mends_the_source_may_work_in_its_residue_and_others_may_not(play):
    leak = (
        "- {id: stick, change: stuck-valve, node: valve, at: 2023-01-04T10:00Z}",
        "- {id: drip, leak: station-coolant, node: cooling-b, at: 2023-01-04T06:00Z, hole: 0.02 mm}",
    )
    fix = "fluids: {ammonia: {clears: 20 d}}\nmodes: {station-coolant: {responses: {clean: %s}}}\n"
    clean = (
        "{kind: eva-emu, roles: [{role: ev, skill: emu}, {role: ev, skill: emu}], airlock: quest-airlock,"
        " worksites: [truss-centre], lead: 2 d, lasts: 5 h, source: test}"
    )
    head = "scenario: wet\nbase: iss-2022-12\nuntil: 2023-01-20\n" + fix % clean + "incidents:\n  " + leak[1]
    free = play(head)
    assert free.row(Kind.ADDED, "cooling-b-clean").start_s is not None
    strict = play(head + "\nrules: {eva-u1: {even_remedies: true}, eva-u2: {even_remedies: true}}\n")
    assert strict.rows(Kind.ADDED, "cooling-b-clean")[0].start_s != free.rows(Kind.ADDED, "cooling-b-clean")[0].start_s


SUSPECT = """
scenario: suspect
base: iss-2022-12
until: 2023-02-10
things:
  pump-1: {type: pump, centre: houston, families: [north], source: test}
  pump-2: {type: pump, centre: houston, families: [north], source: test}
activities:
  melt: {name: melt, kind: research, centre: houston, at: 2023-01-10, uses: [pump-2], source: test}
  look: {name: look, kind: inspection, centre: houston, at: 2023-01-11T08:00Z, inspects: [pump-2], source: test}
incidents:
  - {id: stop, change: unexplained-failure, node: pump-1, at: 2023-01-09T06:00Z}
"""


def test_who_has_been_inspected_is_not_suspect_any_more(play):
    run = play(SUSPECT)
    inspected = run.row(Kind.INSPECTED, "pump-2")
    assert run.utc(inspected.t_s) == "2023-01-11T14:00Z"
    assert run.changes["melt"]["actual_utc"] == "2023-01-12"
    obeys(run.scenario, calm(without_incidents(run.scenario)), lambda count: [count // 2, count - 20])


def test_the_inspection_of_another_one_clears_nothing(play):
    assert play(SUSPECT, ("inspects: [pump-2]", "inspects: [pump-1]")).changes["melt"]["actual_utc"] == "2023-01-16"


LAUNCHERS = """
scenario: launchers
base: iss-2022-12
until: 2023-04-01
things:
  falcon-9: {families: [falcon]}
  other-falcon: {type: launcher, centre: houston, families: [falcon], source: test}
incidents:
  - {id: burst, change: unexplained-failure, node: other-falcon, at: 2023-02-12T09:00Z}
"""


def test_a_launcher_whose_sister_failed_waits_for_the_cause(play):
    run = play(LAUNCHERS)
    assert run.changes["crew-6-launch"]["rule"] == "launch-u1"
    assert run.changes["crew-6-launch"]["actual_utc"] == "2023-02-19"
    assert run.changes["crew-6-launch"]["reason"] == "launcher Falcon 9 may have what struck other-falcon"
    assert "progress-ms-22-launch" not in run.changes


def test_a_launcher_of_another_family_holds_nothing(play):
    told_ = play(LAUNCHERS, ("type: launcher, centre: houston, families: [falcon]", "type: launcher, centre: houston"))
    assert told_.changes == {}
