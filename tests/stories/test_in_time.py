"""When incidents come: counted from a phase, from each other; what never has its moment; holds, by whom and of what."""

import pytest
from kernel.runs import calm, overridden, told
from kernel.test_laws import obeys, without_incidents

from stationsim.log.kinds import Kind

HEAD = "scenario: s\nbase: iss-2022-12\nuntil: %s\nincidents:\n"


@pytest.fixture
def play(tmp_path):
    def run(*incidents, until="2023-01-10", more=""):
        return told(overridden(tmp_path, HEAD % until + "".join(f"  - {{{text}}}\n" for text in incidents) + more))

    return run


JOINT = "id: joint, change: failed, node: canadarm2/elbow, lasts: 2 d"


def test_an_incident_is_counted_from_a_phase_of_an_activity(play):
    run = play(JOINT + ", at: {activity: us-eva-83, phase: work, after: 45 min}")
    struck = run.row(Kind.STRUCK, "joint")
    assert run.utc(struck.t_s) == "2022-12-19T13:30Z"
    assert struck.cause is None  # an incident begins a chain; what it was counted from stands beside
    (started,) = [int(str(row[1])) for row in run.log.attached("causes", struck.seq)]
    assert run.log.row(started).kind is Kind.STARTED
    obeys(run.scenario, calm(without_incidents(run.scenario)), lambda count: [count // 3, count // 2, count - 5])


def test_where_the_activity_moves_so_does_the_incident(play):
    storm = "id: storm, hold: {activities: [us-eva-83]}, at: 2022-12-18T06:00Z, lasts: 2 d"
    gyro = "id: gyro, change: failed, node: gyro-1, at: {activity: us-eva-83, phase: preparation}"
    run = play(storm, gyro)
    assert run.utc(run.row(Kind.STRUCK, "gyro").t_s) == "2022-12-20T07:45Z"
    assert run.row(Kind.STRUCK, "gyro").t_s == run.row(Kind.PREPARED, "us-eva-83").t_s


def test_an_incident_whose_phase_never_comes_stays_away_and_the_log_says_so(play):
    storm = "id: storm, hold: {activities: [us-eva-83]}, at: 2022-12-18T06:00Z"
    run = play(storm, JOINT + ", at: {activity: us-eva-83, after: 1 h}")
    assert run.rows(Kind.STRUCK, "joint") == []
    assert run.row(Kind.STAYED_AWAY, "joint").text == "work of US EVA-83 never came"


def test_an_incident_is_counted_from_another_one(play):
    first = "id: first, change: failed, node: gyro-1, at: 2022-12-20T00:00Z"
    run = play(first, "id: second, change: failed, node: gyro-2, at: {after: first, by: 36 h}")
    assert run.utc(run.row(Kind.STRUCK, "second").t_s) == "2022-12-21T12:00Z"


def test_what_is_too_rare_stays_away(play):
    run = play("id: rare, change: failed, node: gyro-1, rate: 0.0001 1/y")
    assert run.row(Kind.STAYED_AWAY, "rare").text == "by chance it comes later than the end"
    assert run.changes == {}


# --- holds ------------------------------------------------------------------------------------------------------------


def test_a_hold_moves_a_launch_by_as_long_as_it_lasts_and_what_follows_it(play):
    run = play(
        "id: slip, hold: {kinds: [launch], ships: [crew-6]}, at: 2023-02-15T12:00Z, lasts: 3 d", until="2023-04-01"
    )
    delays = {row["delay_s"] for row in run.changes.values() if row["outcome"] == "moved"}
    assert delays == {3 * 86400}
    assert run.changes["crew-6-launch"]["rule"] == "hold"


@pytest.mark.parametrize(
    ("held", "count"),
    [
        ("{activities: [vkd-56]}", ["vkd-56"]),
        ("{airlocks: [quest-airlock]}", ["us-eva-83"]),
        ("{people: [rubio]}", ["us-eva-83"]),
        ("{worksites: [nauka-outside], centres: [moscow]}", ["vkd-56"]),
        ("{needs: [us-power], kinds: [eva-emu]}", ["us-eva-83"]),
        ("{kinds: [eva-orlan], centres: [houston]}", []),
    ],
)
def test_a_hold_holds_what_fits_every_key(play, held, count):
    run = play(f"id: stop, hold: {held}, at: 2022-12-14T12:00Z", until="2022-12-20")
    assert [subject for subject, outcome in run.planned.items() if outcome == "postponed"][:1] == count


def test_a_storm_that_stops_brings_people_in(play):
    run = play("id: storm, hold: {kinds: [eva-emu, eva-orlan]}, stops: true, at: 2022-12-19T14:00Z, lasts: 12 h")
    ended = run.row(Kind.TERMINATED, "us-eva-83")
    assert (run.utc(ended.t_s), ended.rule) == ("2022-12-19T14:00Z", "hold")


def test_a_hold_without_stops_lets_them_finish(play):
    run = play("id: storm, hold: {kinds: [eva-emu, eva-orlan]}, at: 2022-12-19T14:00Z, lasts: 12 h")
    assert run.rows(Kind.TERMINATED) == []
    assert "us-eva-83" not in run.changes


def test_of_an_announced_hold_planners_may_be_told_otherwise(play):
    run = play("id: slip, hold: {ships: [crew-6]}, at: 2023-02-15T12:00Z, lasts: 3 d, expect: 10 d", until="2023-04-01")
    first = run.rows(Kind.MOVED, "crew-6-launch")[0]
    assert run.dated(first)[:10] == "2023-02-25"
    assert run.changes["crew-6-launch"]["actual_utc"] == "2023-02-19"


# --- consent ----------------------------------------------------------------------------------------------------------

WORK = """
activities:
  lift:
    {name: lift, kind: heavy-move, centre: houston, at: 2022-12-20T08:00Z, needs: [trolley],
    people: [{role: a, who: mann}, {role: b, who: petelin}], source: test}
things: {trolley: {name: trolley, type: trolley, centre: moscow, source: test}}
"""
RULE = (
    "rules: {own-1: {template: unexplained, text: Ours do not touch it., consent: %s, books: [moscow],"
    " kinds: [heavy-move], question: explained, severity: hard, waived_by: nobody, source: test}, gen-14: ~}\n"
)
SMOKE = "id: smoke, reading: combustion-products, node: trolley, at: 2022-12-20T07:55Z"


def test_a_partner_whose_person_takes_part_must_consent_by_its_own_book_and_belief(play):
    """Moscow knows at 07:56, Houston half an hour later: at 08:00 only Moscow's belief can hold it."""
    run = play(SMOKE, more=WORK + RULE % "true")
    held = run.row(Kind.HELD, "lift")
    assert (run.utc(held.t_s), held.rule) == ("2022-12-20T08:00Z", "own-1")


def test_without_consent_the_book_of_a_partner_says_nothing(play):
    assert play(SMOKE, more=WORK + RULE % "false").changes == {}


def test_a_partner_without_people_in_it_has_no_say(play):
    assert play(SMOKE, more=WORK.replace("who: petelin", "who: wakata") + RULE % "true").changes == {}
