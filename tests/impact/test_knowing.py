"""Who knew what, and when: alarms, reports, questions, dismissals, and what it cost that nobody knew."""

import pytest
from impact.airs import slow_outcome
from impact.logs import Story, activity, pair, sample_outcome

from stationsim.impact.changes import changes
from stationsim.impact.impact import as_json, assess
from stationsim.impact.knowing import Topic, believed, notices
from stationsim.impact.ledger import QUANTITIES, ledger, totals
from stationsim.impact.reading import Reading
from stationsim.log.kinds import SENSOR, Kind
from stationsim.log.log import TRUTH

HOUR = 3600


def ring(*, is_true: bool = False) -> Story:
    """Tell of an alarm at 60 s that is answered at one hour; the other centre lags by half an hour."""
    told = Story()
    hit = told.tell(Kind.STRUCK, "bell", object="node", text="smoke", view=TRUTH, by=None if is_true else SENSOR)
    if is_true:
        told.tell(Kind.HEALTH_CHANGED, "node", object="bell", view=TRUTH, text="failed", cause=hit)
    alarm = told.at(60).tell(Kind.ALARMED, "node", object="bell", view="east", text="smoke", cause=hit)
    told.tell(Kind.ASKED, "real", object="bell", view="east", until=HOUR, text="Is it so?", cause=alarm)
    heard = told.at(1860).tell(Kind.REPORTED, "node", object="bell", view="west", by="east", text="smoke", cause=alarm)
    told.tell(Kind.ASKED, "real", object="bell", view="west", until=HOUR, text="Is it so?", cause=heard)
    found = told.at(HOUR).tell(Kind.ANSWERED, "real", object="bell", view="east", text="nothing was found", cause=alarm)
    if not is_true:
        told.tell(Kind.DISMISSED, "bell", object="node", view="east", text="nothing was found", cause=found)
    told.at(HOUR + 1800).tell(
        Kind.ANSWERED, "real", object="bell", view="west", by="east", text="nothing was found", cause=found
    )
    if not is_true:
        facts = {"view": "west", "by": "east", "text": "nothing was found"}
        told.tell(Kind.DISMISSED, "bell", object="node", cause=found, **facts)
    return told


def notice_of(told: Story):
    return notices(told.log)["bell"]


def test_an_incident_is_told_from_its_onset_to_its_last_answer():
    found = notice_of(ring(is_true=True))
    assert (found.struck_s, found.onset_s, found.first_s, found.first_by) == (0, 0, 60, "east")
    assert (found.state, found.closed_s, found.finding) == ("explained", HOUR, "nothing was found")
    assert (found.delay_s(9 * HOUR), found.open_s(9 * HOUR)) == (60, HOUR - 60)


def test_each_centre_has_what_it_learnt_and_each_question():
    west = [topic for topic in notice_of(ring(is_true=True)).topics if topic.centre == "west"]
    assert west == [
        Topic(centre="west", what="report", subject="node", text="smoke", since_s=1860, by="east"),
        Topic(
            centre="west", what="question", subject="real", text="Is it so?", since_s=1860, expected_s=HOUR,
            answered_s=HOUR + 1800, answer="nothing was found", by="east",
        ),
    ]  # fmt: skip


def test_a_sensor_that_spoke_alone_is_dismissed_where_the_log_says_so():
    found = notice_of(ring())
    assert (found.state, found.is_false, found.closed_s) == ("dismissed", True, HOUR)


def test_an_answer_that_is_put_off_keeps_the_question_open():
    told = Story()
    told.tell(Kind.STRUCK, "bell", object="node")
    told.tell(Kind.LEAKED, "node", object="bell", value=1.0)
    alarm = told.tell(Kind.ALARMED, "node", object="bell", view="east")
    told.tell(Kind.ASKED, "flow", object="bell", view="east", until=HOUR, cause=alarm)
    told.at(HOUR).tell(Kind.ANSWERED, "flow", object="bell", view="east", until=2 * HOUR, text="still flows")
    found = notice_of(told)
    assert (found.state, found.open_s(5 * HOUR)) == ("open", 4 * HOUR + HOUR)
    (topic,) = [topic for topic in found.topics if topic.what == "question"]
    assert (topic.expected_s, topic.put_off, topic.answered_s, topic.answer) == (HOUR, 1, None, "still flows")


def test_what_asks_nothing_is_known_and_what_nobody_hears_of_is_unnoticed():
    told = Story()
    told.tell(Kind.STRUCK, "bell", object="node")
    assert (notice_of(told).state, notice_of(told).delay_s(HOUR), notice_of(told).open_s(HOUR)) == (
        "unnoticed", HOUR, None,
    )  # fmt: skip
    told.tell(Kind.ALARMED, "node", object="bell", view="east")
    assert (notice_of(told).state, notice_of(told).open_s(HOUR)) == ("known", None)


def test_the_delay_counts_from_the_first_release_where_it_comes_after_the_strike():
    told = Story()
    told.tell(Kind.STRUCK, "bell", object="node")
    told.at(100).tell(Kind.LEAKED, "node", object="bell", value=1.0)
    told.at(160).tell(Kind.ALARMED, "node", object="bell", view="east")
    assert (notice_of(told).onset_s, notice_of(told).delay_s(HOUR)) == (100, 60)


def test_belief_goes_from_nothing_over_unaware_to_explained():
    found = [span[1:] for span in believed(Reading.of(pair(Story(), ring(is_true=True))).disrupted, (), 9 * HOUR)]
    assert found == [
        (TRUTH, "true", 0, 9 * HOUR),
        ("east", "unaware", 0, 60),
        ("east", "open", 60, HOUR),
        ("east", "explained", HOUR, 9 * HOUR),
        ("west", "unaware", 0, 1860),
        ("west", "open", 1860, HOUR + 1800),
        ("west", "explained", HOUR + 1800, 9 * HOUR),
    ]


def test_of_a_false_alarm_nothing_was_true_and_nobody_was_unaware():
    run = Reading.of(pair(Story(), ring())).disrupted
    found = [(view, value) for _, view, value, _, _ in believed(run, (), 9 * HOUR)]
    assert found == [
        (TRUTH, "nothing"), ("east", "nothing"), ("east", "open"), ("east", "dismissed"),
        ("west", "nothing"), ("west", "open"), ("west", "dismissed"),
    ]  # fmt: skip
    assert list(believed(run, {"bell"}, 9 * HOUR)) == []


# --- the cost -------------------------------------------------------------------------------------------------------


def false_alarm():
    """Return a false alarm that ends an activity of two people after half an hour, and calls both for an hour."""
    people = {"ann": "crew", "bob": "crew"}
    nominal, told = Story(), Story()
    for story in (nominal, told):
        story.plan(Kind.PLANNED, "work", 10, lasts="2 h", people=people)
    nominal.fly("work", 10, 0)
    hit = told.tell(Kind.STRUCK, "bell", object="node", view=TRUTH, by=SENSOR)
    begun = told.at(10).tell(Kind.STARTED, "work", cause=0)
    alarm = told.at(1810).tell(Kind.ALARMED, "node", object="bell", view="east", cause=hit)
    told.tell(Kind.ASKED, "real", object="bell", view="east", until=5410, cause=alarm)
    ended = told.tell(Kind.TERMINATED, "work", cause=alarm)
    told.work(ended, 10, 1810)
    called = told.plan(Kind.ADDED, "shelter", 1810, lasts="1 h", people=people, object="bell", cause=alarm)
    told.fly("shelter", 1810, called)
    told.tell(Kind.ANSWERED, "real", object="bell", view="east", text="nothing was found", cause=alarm)
    told.tell(Kind.DISMISSED, "bell", object="node", view="east", text="nothing was found", cause=alarm)
    known = {name: activity("chore", None) for name in ("work", "shelter")}
    assert begun
    return pair(nominal, told, activities=known)


def lines_of(outcome):
    reading = Reading.of(outcome)
    return ledger(reading, changes(reading))


def total(outcome, quantity):
    return next(line.disrupted - line.nominal for line in totals(lines_of(outcome)) if line.quantity == quantity)


def test_a_false_alarm_costs_its_responses_and_what_it_broke_off():
    outcome = false_alarm()
    assert total(outcome, "crew_hours_response") == 2 * HOUR
    assert total(outcome, "crew_hours_lost") == HOUR
    assert total(outcome, "crew_hours_displaced") == 4 * HOUR
    assert total(outcome, "crew_hours_false_alarm") == 7 * HOUR


def test_the_hours_of_a_false_alarm_stand_in_the_three_books_and_are_no_fourth():
    outcome = false_alarm()
    parts = [line for line in lines_of(outcome) if line.quantity == "crew_hours_false_alarm"]
    books = QUANTITIES["crew_hours_false_alarm"].part_of
    for part in parts:
        mine = [line for line in lines_of(outcome) if line.quantity in books and line.subject == part.subject]
        assert part.disrupted == sum(line.disrupted for line in mine)
    told = {row["quantity"]: row["part_of"] for row in as_json(assess(outcome))["ledger"]}
    assert told["crew_hours_false_alarm"] == ["crew_hours_displaced", "crew_hours_response", "crew_hours_lost"]
    assert told["crew_hours_lost"] == []


def test_what_is_true_costs_no_false_alarm_and_a_false_alarm_no_late_detection():
    assert total(sample_outcome(), "crew_hours_false_alarm") == 0
    assert total(sample_outcome(), "detection_delay") == 5 * 60
    assert total(false_alarm(), "detection_delay") == 0
    assert total(false_alarm(), "lost_before_alarm") == 0


def test_what_leaked_before_the_alarm_is_a_part_of_what_leaked():
    for outcome, quantity in ((sample_outcome(), "coolant_lost"), (slow_outcome(), "gas_lost")):
        assert 0 < total(outcome, "lost_before_alarm") < total(outcome, quantity)
    # 100 kPa in 500 m3 that fall by 1e-5 of themselves a second: 500 s until the alarm, 1 kg per kPa and compartment
    assert total(slow_outcome(), "lost_before_alarm") == pytest.approx(500 * 1e-5 * 500, rel=0.01)


def test_of_an_unnoticed_leak_all_was_lost_before_anybody_knew():
    told = Story()
    hit = told.tell(Kind.STRUCK, "hole", object="pipe")
    leak = told.tell(Kind.LEAKED, "pipe", object="hole", value=1e-6, cause=hit)
    told.law(leak, "pipe", "loop", gas0_m3=0.005, pressure0_kpa=304.0, density_kg_m3=690.0, k=6.5e-7, liquid_m3=0.044)
    outcome = pair(Story(), told, horizon_s=HOUR)
    assert total(outcome, "lost_before_alarm") == total(outcome, "coolant_lost") > 0
    assert total(outcome, "detection_delay") == HOUR


def test_the_json_tells_each_incident_with_times_and_what_was_known():
    (told,) = as_json(assess(pair(Story(), ring())))["incidents"]
    known = told.pop("known")
    assert told == {
        "incident": "bell", "node": "node", "mode": "smoke", "background": False, "struck_utc": "2022-12-14T00:00Z",
        "onset_utc": "2022-12-14T00:00Z", "first_utc": "2022-12-14T00:01Z", "first_by": "east", "delay_s": 60,
        "state": "dismissed", "closed_utc": "2022-12-14T01:00Z", "open_s": 3540, "finding": "nothing was found",
    }  # fmt: skip
    assert [(row["centre"], row["what"], row["answered_utc"]) for row in known] == [
        ("east", "alarm", None), ("east", "question", "2022-12-14T01:00Z"),
        ("west", "report", None), ("west", "question", "2022-12-14T01:30Z"),
        ("east", "dismissal", "2022-12-14T01:00Z"), ("west", "dismissal", "2022-12-14T01:30Z"),
    ]  # fmt: skip


# --- a log that says that an alarm was dismissed ----------------------------------------------------------------------


def dismissed(*, again: bool = False) -> Story:
    """Tell of an alarm without questions that is dismissed, and perhaps heard again."""
    told = Story()
    hit = told.tell(Kind.STRUCK, "bell", object="node", by=SENSOR)
    alarm = told.at(60).tell(Kind.ALARMED, "node", object="bell", view="east", cause=hit)
    told.at(HOUR).tell(Kind.DISMISSED, "bell", object="node", view="east", text="the gauge is broken", cause=alarm)
    told.at(2 * HOUR).tell(Kind.DISMISSED, "bell", object="node", view="west", by="east", text="the gauge is broken")
    if again:
        told.tell(Kind.ALARMED, "node", object="bell", view="east", cause=hit)
    return told


def test_an_alarm_is_dismissed_where_the_log_says_so():
    found = notice_of(dismissed())
    assert (found.state, found.closed_s, found.finding) == ("dismissed", HOUR, "the gauge is broken")
    assert [(topic.centre, topic.what, topic.answered_s, topic.by) for topic in found.topics] == [
        ("east", "alarm", None, None), ("east", "dismissal", HOUR, None), ("west", "dismissal", 2 * HOUR, "east"),
    ]  # fmt: skip
    spans = believed(Reading.of(pair(Story(), dismissed())).disrupted, (), 9 * HOUR)
    assert [span[2:] for span in spans if span[1] == "east"] == [
        ("nothing", 0, 60), ("known", 60, HOUR), ("dismissed", HOUR, 9 * HOUR),
    ]  # fmt: skip


def test_an_alarm_that_comes_again_is_not_dismissed():
    assert notice_of(dismissed(again=True)).state == "known"
