"""What became of each activity: every outcome, and the words and rows behind it."""

from impact.logs import Story, activity, pair, sample_outcome, seconds

from stationsim.impact.changes import changes
from stationsim.impact.impact import assess
from stationsim.impact.reading import Reading
from stationsim.impact.screen import screen_of
from stationsim.impact.why import why
from stationsim.log.kinds import Kind

ANN = {"ann": "Ann"}
EVA = {"lasts": "6 h", "before": "4 h", "people": {"ann": "ev1", "bob": "ev2"}}


def plan(start="2022-12-16T10:00Z", **facts) -> Story:
    told = Story()
    told.plan(Kind.PLANNED, "walk", start, **(EVA | facts))
    return told


def strike(told: Story, when="2022-12-15") -> int:
    return told.at(when).tell(Kind.STRUCK, "hit", object="truss", text="broken")


def fly(told: Story, start="2022-12-16T10:00Z", given_by=0) -> Story:
    told.fly("walk", start, given_by)
    return told


def change_of(nominal, disrupted, subject="walk", **manifest):
    manifest = {"activities": {"walk": activity("us-eva", "2022-12-16")}} | manifest
    found = changes(Reading.of(pair(nominal, disrupted, **manifest)))
    return next(change for change in found if change.subject == subject)


def test_the_sample_as_a_whole():
    found = changes(Reading.of(sample_outcome()))
    assert {change.subject: change.outcome for change in found} == {
        "vkd-56": "postponed", "us-eva-83": "moved", "vkd-57": "postponed", "crs-26-undocking": "kept",
        "us-eva-84": "kept", "us-eva-85": "kept", "progress-ms-20-undocking": "kept", "progress-ms-22-launch": "kept",
        "progress-ms-22-docking": "kept", "crew-5-undocking": "kept", "soyuz-ms-22-undocking": "kept",
        "loop-function-test": "added", "loop-inspection": "added",
        "prokopyev-return": "postponed", "petelin-return": "postponed", "rubio-return": "postponed",
        "mann-return": "kept", "cassada-return": "kept", "wakata-return": "kept", "kikina-return": "kept",
    }  # fmt: skip
    assert {change.incident for change in found if change.outcome != "kept"} == {"loop"}


def test_same_date_same_people_is_kept():
    change = change_of(fly(plan()), fly(plan()))
    assert (change.outcome, change.differs, change.delay_s) == ("kept", [], 0)
    assert (change.rule, change.cause_seq, change.incident, change.reason) == (None, None, None, None)


def test_still_ahead_in_both_runs_is_kept():
    assert change_of(plan(), plan()).outcome == "kept"


def test_a_clock_is_printed_only_where_the_plan_gives_one():
    ahead, flown = change_of(plan(), plan()), change_of(fly(plan()), fly(plan()))
    given = change_of(plan(), plan(), activities={"walk": activity("us-eva", "2022-12-16T10:00Z", has_clock=True)})
    assert (ahead.planned_utc, ahead.nominal_utc, ahead.actual_utc) == ("2022-12-16", "2022-12-16", "2022-12-16")
    assert (flown.planned_utc, flown.nominal_utc) == ("2022-12-16", "2022-12-16")
    assert (given.planned_utc, given.nominal_utc) == ("2022-12-16T10:00Z", "2022-12-16T10:00Z")


def test_another_date_is_moved_whatever_else_differs():
    told = plan()
    hit = strike(told)
    moved = told.plan(
        Kind.MOVED,
        "walk",
        "2022-12-18T10:00Z",
        cause=hit,
        rule="R-1",
        text="no way",
        people={"ann": "ev1", "cy": "ev2"},
    )
    change = change_of(fly(plan()), fly(told, "2022-12-18T10:00Z", moved))
    assert (change.outcome, change.delay_s, change.incident) == ("moved", 2 * 86400, "hit")
    assert change.differs == ["start", "people"]
    assert change.was == {"start": "2022-12-16", "people": ["ann", "bob"]}
    assert change.now == {"start": "2022-12-18", "people": ["ann", "cy"]}
    assert (change.rule, change.cause_seq, change.reason, change.row) == ("R-1", hit, "no way", moved)


def test_called_off_and_flown_later_is_moved_with_its_attempt():
    told = plan()
    told.at("2022-12-16T06:00Z").tell(Kind.PREPARED, "walk", cause=0)
    hit = strike(told, "2022-12-16T09:00Z")
    told.tell(Kind.HELD, "walk", rule="R-1", cause=hit)
    told.at("2022-12-16T12:00Z").tell(Kind.CALLED_OFF, "walk", rule="R-2", cause=hit)
    moved = told.plan(Kind.MOVED, "walk", "2022-12-17T10:00Z", cause=hit, rule="R-1")
    change = change_of(fly(plan()), fly(told, "2022-12-17T10:00Z", moved), rules={"R-1": {"text": "Not today."}})
    assert (change.outcome, change.delay_s) == ("moved", 86400)
    assert change.attempts == [{"utc": "2022-12-16T12:00Z", "end": "called_off", "rule": "R-2"}]
    assert change.reason == "Not today."


def test_a_hold_that_ends_with_a_go_moves_the_start():
    told = plan()
    told.at("2022-12-16T06:00Z").tell(Kind.PREPARED, "walk", cause=0)
    held = told.at("2022-12-16T09:00Z").tell(Kind.HELD, "walk", rule="R-1", cause=strike(told, "2022-12-16T09:00Z"))
    go = told.at("2022-12-16T11:00Z").tell(Kind.RELEASED, "walk", cause=held, start="2022-12-16T12:00Z")
    begun = told.at("2022-12-16T12:00Z").tell(Kind.STARTED, "walk", cause=go)
    told.at("2022-12-16T18:00Z").tell(Kind.FINISHED, "walk", cause=begun)
    change = change_of(fly(plan()), told)
    assert (change.outcome, change.delay_s, change.cause_seq, change.incident) == ("moved", 7200, held, "hit")


def test_a_release_without_a_new_start_keeps_the_old_one():
    told = plan()
    held = told.at("2022-12-16T06:00Z").tell(Kind.HELD, "walk", rule="R-1", cause=0)
    told.tell(Kind.RELEASED, "walk", cause=held)
    assert change_of(plan(), told).outcome == "kept"


def test_other_people_at_the_same_time_is_reassigned():
    told = plan()
    told.plan(Kind.REASSIGNED, "walk", "2022-12-16T10:00Z", cause=strike(told), people={"ann": "ev1", "cy": "ev2"})
    change = change_of(plan(), told)
    assert (change.outcome, change.differs) == ("reassigned", ["people"])


def test_swapped_roles_are_reassigned_and_another_order_is_nothing():
    swapped, reordered = plan(people={"ann": "ev2", "bob": "ev1"}), plan(people={"bob": "ev2", "ann": "ev1"})
    assert change_of(plan(), swapped).differs == ["roles"]
    assert change_of(plan(), swapped).outcome == "reassigned"
    assert change_of(plan(), reordered).outcome == "kept"


def test_another_ship_or_port_is_reassigned_and_other_tasks_are_changed():
    assert change_of(plan(port="a"), plan(port="b")).was == {"port": "a"}
    assert change_of(plan(ship="a"), plan(ship="b")).outcome == "reassigned"
    change = change_of(plan(tasks="x,y"), plan(tasks="x"))
    assert (change.outcome, change.was, change.now) == ("changed", {"tasks": ["x", "y"]}, {"tasks": ["x"]})
    assert change_of(plan(uses="arm"), plan(uses="other-arm")).outcome == "changed"


def test_without_a_date_is_postponed_and_in_both_runs_kept():
    told = plan()
    told.plan(Kind.UNDATED, "walk", cause=strike(told), rule="R-1")
    change = change_of(plan(), told)
    assert (change.outcome, change.actual_utc, change.delay_s) == ("postponed", None, None)
    assert (change.was, change.now) == ({"start": "2022-12-16"}, {"start": None})
    assert change_of(told, told).outcome == "kept"
    assert change_of(plan(start=None), plan(start=None)).outcome == "kept"


def test_a_date_where_nominally_there_is_none_is_moved():
    change = change_of(plan(start=None), plan())
    assert (change.outcome, change.nominal_utc, change.delay_s) == ("moved", None, None)


def test_given_up_is_cancelled_and_in_both_runs_kept():
    told = plan()
    told.plan(Kind.GIVEN_UP, "walk", cause=strike(told))
    assert change_of(plan(), told).outcome == "cancelled"
    assert change_of(told, told).outcome == "kept"


def test_ended_early_is_terminated_or_aborted_also_if_the_rest_waits_for_a_date():
    for kind, outcome in ((Kind.TERMINATED, "terminated"), (Kind.ABORTED, "aborted")):
        told = plan()
        begun = told.at("2022-12-16T10:00Z").tell(Kind.STARTED, "walk", cause=0)
        hit = strike(told, "2022-12-16T12:00Z")
        told.tell(kind, "walk", cause=hit, rule="R-9", until="2022-12-16T12:40Z")
        change = change_of(fly(plan()), told)
        assert begun
        assert (change.outcome, change.delay_s, change.actual_utc) == (outcome, 0, "2022-12-16")
        assert change.attempts == [{"utc": "2022-12-16T12:00Z", "end": outcome, "rule": "R-9"}]
        assert change_of(told, told).outcome == "kept"
        told.plan(Kind.UNDATED, "walk", cause=hit)
        assert change_of(fly(plan()), told).outcome == outcome
        told.plan(Kind.MOVED, "walk", "2022-12-20T10:00Z", cause=hit)
        assert change_of(fly(plan()), told).outcome == "moved"


def test_under_way_at_the_end_is_unfinished_unless_nominally_too():
    told = plan()
    told.at("2022-12-16T10:00Z").tell(Kind.STARTED, "walk", cause=0)
    told.at("2022-12-16T11:00Z").tell(Kind.UNFINISHED, "walk", cause=1)
    assert change_of(fly(plan()), told).outcome == "unfinished"
    assert change_of(told, told).outcome == "kept"


def test_what_was_moved_and_is_under_way_at_the_end_is_unfinished_with_its_delay():
    told = plan()
    given = told.plan(Kind.MOVED, "walk", "2022-12-18T10:00Z", cause=strike(told))
    told.at("2022-12-18T10:00Z").tell(Kind.STARTED, "walk", cause=given)
    told.at("2022-12-18T11:00Z").tell(Kind.UNFINISHED, "walk", cause=given)
    change = change_of(fly(plan()), told)
    assert (change.outcome, change.differs, change.delay_s) == ("unfinished", ["start"], 2 * 86400)
    assert change.incident == "hit"
    begun = plan(start="2022-12-18T08:00Z")
    begun.at("2022-12-18T08:00Z").tell(Kind.STARTED, "walk", cause=0)
    assert change_of(begun, told).outcome == "moved"  # both runs end in it


def test_what_only_one_run_has_is_added_or_cancelled():
    told = plan()
    told.plan(Kind.ADDED, "look", "2022-12-17", object="hit", cause=strike(told))
    added = change_of(plan(), told, "look", names={"hit": "the hit"})
    assert (added.outcome, added.reason, added.incident, added.kind) == ("added", "response to the hit", "hit", "")
    assert (added.differs, added.was, added.now, added.planned_utc) == ([], {}, {}, None)
    assert change_of(told, plan(), "look").outcome == "cancelled"


def test_a_revision_that_names_no_tasks_leaves_them_as_they_were():
    told = plan(tasks="x,y")
    told.plan(Kind.REASSIGNED, "walk", "2022-12-16T10:00Z", cause=strike(told), tasks="")
    assert change_of(plan(tasks="x,y"), told).outcome == "kept"


def test_a_response_says_what_and_to_what():
    told = plan()
    told.plan(Kind.ADDED, "look", "2022-12-17", object="hit", cause=strike(told), text="inspection")
    change = change_of(plan(), told, "look", incidents=[{"id": "hit", "node": "truss"}])
    assert change.reason == "response (inspection) to trouble with truss"


def test_without_a_revision_row_people_and_ship_stay():
    told = plan()
    told.at("2022-12-15").tell(Kind.MOVED, "walk", start="2022-12-17T10:00Z", until="2022-12-17T16:00Z", cause=0)
    change = change_of(plan(), told)
    assert (change.outcome, change.differs, change.reason, change.incident) == ("moved", ["start"], None, None)


def test_a_background_incident_is_blamed_for_nothing():
    told = plan()
    hit = strike(told)
    told.plan(Kind.MOVED, "walk", "2022-12-18T10:00Z", cause=hit)
    background = [{"id": "hit", "background": True}]
    assert change_of(plan(), told, incidents=background).incident is None


# --- people's returns -------------------------------------------------------------------------------------------------


def home(departs="2022-12-20T10:00Z") -> Story:
    told = Story()
    told.plan(Kind.PLANNED, "a-undocking", departs, ship="a")
    told.tell(Kind.RETURN_PROMISED, "ann-return", object="a-undocking", place="a", start=departs)
    return told


def back(nominal, disrupted):
    manifest = {"a-undocking": activity("undocking", "2022-12-20")}
    return change_of(nominal, disrupted, "ann-return", activities=manifest)


def test_a_promise_that_stands_is_kept():
    change = back(home(), home())
    assert (change.outcome, change.kind, change.planned_utc) == ("kept", "return", "2022-12-20")
    assert (change.nominal_utc, change.actual_utc, change.delay_s) == ("2022-12-20", "2022-12-20", 0)


def test_a_return_without_a_certified_ship_is_postponed_and_says_since_when():
    told = home()
    hit = strike(told)
    lost = told.tell(Kind.RETURN_LOST, "ann-return", object="a-undocking", place="a", cause=hit, text="a leaks")
    told.at("2022-12-16").tell(Kind.RETURN_LOST, "ann-return", object="a-undocking", place="a", cause=hit)
    change = back(home(), told)
    assert (change.outcome, change.actual_utc, change.incident, change.row) == ("postponed", None, "hit", lost)
    assert change.reason == "No certified ship since 2022-12-15T00:00Z (then: a leaks)"
    assert change.was == {"start": "2022-12-20", "ship": "a"}
    assert change.now == {"start": None, "ship": None}
    assert back(told, told).outcome == "kept"


def test_a_loss_without_words_or_promise_still_says_since_when():
    told = Story()
    told.plan(Kind.PLANNED, "a-undocking", "2022-12-20", ship="a")
    told.tell(Kind.RETURN_LOST, "ann-return", object="a-undocking", place="a", cause=strike(told))
    assert back(home(), told).reason == "No certified ship since 2022-12-15T00:00Z"


def test_a_new_promise_in_another_ship_is_reassigned():
    told = home()
    lost = told.tell(Kind.RETURN_LOST, "ann-return", object="a-undocking", place="a", cause=strike(told))
    told.at("2022-12-16").tell(
        Kind.RETURN_PROMISED, "ann-return", object="b-undocking", place="b", cause=lost, start="2022-12-20T10:00Z"
    )
    change = back(home(), told)
    assert (change.outcome, change.was, change.now) == (
        "reassigned", {"ship": "a", "without_ship_s": 0}, {"ship": "b", "without_ship_s": 86400},
    )  # fmt: skip


def two_ships(*people: str, ship="a") -> Story:
    """Tell of two departures, and of those who go home with the first or the other."""
    told = Story()
    for name in ("a", "b"):
        told.plan(Kind.PLANNED, f"{name}-undocking", "2022-12-20T10:00Z", ship=name)
    for person in people:
        told.tell(Kind.RETURN_PROMISED, f"{person}-return", object=f"{ship}-undocking", place=ship, start="2022-12-20")
    return told


def test_a_departure_whose_people_go_home_otherwise_is_reassigned_for_their_reason():
    told = two_ships("ann", "bob")
    hit = strike(told)
    given = told.tell(
        Kind.RETURN_PROMISED,
        "bob-return",
        object="b-undocking",
        place="b",
        cause=hit,
        start="2022-12-20",
        text="a leaks",
    )
    first, other = (change_of(two_ships("ann", "bob"), told, f"{ship}-undocking") for ship in ("a", "b"))
    assert (first.outcome, first.differs) == ("reassigned", ["crew_down"])
    assert (first.was, first.now) == ({"crew_down": ["ann", "bob"]}, {"crew_down": ["ann"]})
    assert (other.was, other.now) == ({"crew_down": []}, {"crew_down": ["bob"]})
    assert (first.row, first.reason, first.incident) == (given, "a leaks", "hit")
    assert change_of(told, told, "a-undocking").outcome == "kept"
    outcome = pair(two_ships("ann", "bob"), told, names=ANN)
    assert why(outcome, "a-undocking").text.startswith(
        "a-undocking is reassigned (2022-12-20 (GMT 354) -> 2022-12-20 (GMT 354), people down: Ann).\n"
    )


def test_a_departure_that_moves_keeps_its_reason_and_tells_its_people():
    told = two_ships("ann")
    hit = strike(told)
    told.plan(Kind.MOVED, "a-undocking", "2022-12-22T10:00Z", cause=hit, rule="R-1", text="later")
    told.tell(Kind.RETURN_PROMISED, "ann-return", object="b-undocking", place="b", cause=hit, start="2022-12-20")
    change = change_of(two_ships("ann"), told, "a-undocking")
    assert (change.outcome, change.differs, change.rule) == ("moved", ["start", "crew_down"], "R-1")


def test_a_departure_that_leaves_somebody_behind_took_nobody_home():
    def leave(story):
        story.fly("a-undocking", "2022-12-20T10:00Z", 0)
        return story

    came_home = leave(two_ships("ann"))
    came_home.tell(Kind.LEFT, "ann", object="a")
    stayed = two_ships("ann")
    stayed.tell(Kind.RETURN_LOST, "ann-return", object="a-undocking", place="a", cause=strike(stayed))
    change = change_of(came_home, leave(stayed), "a-undocking")
    assert (change.outcome, change.was, change.now) == ("reassigned", {"crew_down": ["ann"]}, {"crew_down": []})


def test_a_return_whose_ship_has_lost_its_date_alone_still_has_a_ship():
    told = home()
    told.plan(Kind.UNDATED, "a-undocking", cause=strike(told), rule="R-1", text="later")
    impact = assess(pair(home(), told, activities={"a-undocking": activity("undocking", "2022-12-20")}, names=ANN))
    assert "no certified ship" not in impact.headline
    assert impact.headline.endswith("one person has no date to return.")
    assert impact.brief.endswith("1 return postponed")
    assert screen_of(impact).changes[-1][3] == "no date"


def test_two_people_who_change_ships_change_both_departures():
    was, now = two_ships("ann"), two_ships("bob")
    for story, other in ((was, "bob"), (now, "ann")):
        strike(story)
        story.tell(Kind.RETURN_PROMISED, f"{other}-return", object="b-undocking", place="b", start="2022-12-20")
    found = [change_of(was, now, f"{ship}-undocking").now["crew_down"] for ship in ("a", "b")]
    assert found == [["bob"], ["ann"]]


def test_who_has_lost_a_ship_still_belongs_to_its_departure():
    told = two_ships("ann")
    told.tell(Kind.RETURN_LOST, "ann-return", object="a-undocking", place="a", cause=strike(told))
    assert change_of(two_ships("ann"), told, "a-undocking").outcome == "kept"


WINDOWS = (
    ("R-1", "2022-12-17", "start", "a leaks", 1),
    ("R-2", "2022-12-18T05:00Z", "overlap", "too near", 1),
    ("R-3", "2022-12-18T10:00Z", "start", "not binding", 0),
    ("R-4", None, "start", "for good", 1),
)


def moved_walk(start="2022-12-18T10:00Z", people=("ann", "cy"), windows=WINDOWS) -> tuple[Story, int]:
    """Tell of a walk that a leak moves past windows, with one other person."""
    told = plan()
    hit = strike(told)
    cast = dict(zip(people, ("ev1", "ev2"), strict=True))
    row = told.plan(Kind.MOVED, "walk", start, cause=hit, rule="R-1", text="a leaks", **(EVA | {"people": cast}))
    for rule, until, mode, reason, binding in windows:
        hi = None if until is None else seconds(until)
        told.log.attach("blocks", (row, "walk", 0, hi, mode, rule, "hard", reason, hit, binding))
    return told, row


def test_what_forbids_the_day_before_the_new_date_is_told_beside_the_reason():
    """Clean and prepared before it: a window that must not be overlapped ends 4 h before the start it allows."""
    told, _ = moved_walk()
    change = change_of(plan(), told)
    assert change.reason == "a leaks"
    assert change.no_earlier == {"rule": "R-2", "reason": "too near", "until_utc": "2022-12-18T09:00Z", "days": []}


def test_a_reason_that_gives_the_date_as_well_is_not_told_twice():
    assert change_of(plan(), moved_walk(windows=WINDOWS[:1])[0]).no_earlier is None


def test_days_on_which_it_is_given_no_date_are_told_where_nothing_else_lies_before_the_new_one():
    """From Friday afternoon to Monday: a weekend on which no dates are given."""
    windows = (("R-1", "2022-12-16T20:00Z", "start", "a leaks", 1),)

    def bound(days):
        facts = activity("us-eva", "2022-12-16") | {"days": days}
        told, _ = moved_walk("2022-12-19T10:00Z", windows=windows)
        return change_of(plan(), told, activities={"walk": facts}).no_earlier

    week = ["mon", "tue", "wed", "thu", "fri"]
    assert bound(week) == {"rule": "R-1", "reason": "a leaks", "until_utc": "2022-12-16T20:00Z", "days": ["sat", "sun"]}
    assert bound([]) is None
    assert bound([*week, "sun"]) is None  # a Sunday would have done: something else was in the way


def test_a_start_that_a_hold_gave_is_bound_by_no_window():
    told, row = moved_walk()
    told.at("2022-12-18T10:00Z").tell(Kind.RELEASED, "walk", cause=row, start="2022-12-18T12:00Z")
    assert change_of(plan(), told).no_earlier is None


def test_who_is_replaced_is_told_with_what_keeps_them():
    told, row = moved_walk()
    told.log.attach("replaced", (row, "walk", "bob", "R-5", "Bob has left", None))
    assert change_of(plan(), told).replaced == [{"person": "bob", "rule": "R-5", "reason": "Bob has left"}]
    told.plan(Kind.MOVED, "walk", "2022-12-19T10:00Z", cause=row, **(EVA | {"people": {"ann": "ev1", "cy": "ev2"}}))
    assert change_of(plan(), told).replaced == [{"person": "bob", "rule": None, "reason": None}]  # what was is over
    unknown, _ = moved_walk()
    assert change_of(plan(), unknown).replaced == [{"person": "bob", "rule": None, "reason": None}]
    assert change_of(plan(), moved_walk(people=("ann", "bob"))[0]).replaced == []


def test_date_and_people_stand_on_the_screen_beside_the_reason():
    told, row = moved_walk()
    told.log.attach("replaced", (row, "walk", "bob", "R-5", "Bob has left", None))
    (line,) = screen_of(assess(pair(plan(), told, names={"bob": "Bob"}))).changes
    assert line[-1] == "a leaks; no earlier: too near (R-2); other people: Bob has left (R-5)"


def regained(since="2022-12-16", until="2022-12-17"):
    """Tell of a return that loses its ship for a time and has it again."""
    told = home()
    hit = strike(told)
    lost = told.at(since).tell(
        Kind.RETURN_LOST, "ann-return", object="a-undocking", place="a", cause=hit, text="a is emergency-only"
    )
    told.at(until).tell(
        Kind.RETURN_PROMISED, "ann-return", object="a-undocking", place="a", cause=hit, start="2022-12-20T10:00Z"
    )
    return told, lost


def test_a_return_that_lost_its_ship_for_a_time_says_for_how_long_and_why():
    told, lost = regained()
    change = back(home(), told)
    assert (change.outcome, change.differs, change.delay_s) == ("changed", ["without_ship_s"], 0)
    assert (change.was, change.now) == ({"without_ship_s": 0}, {"without_ship_s": 86400})
    assert (change.row, change.incident, change.reason) == (lost, "hit", "a is emergency-only")
    assert back(told, told).outcome == "kept"


def test_a_return_that_has_its_ship_again_stands_in_all_words():
    outcome = pair(home(), regained()[0], activities={"a-undocking": activity("undocking", "2022-12-20")}, names=ANN)
    impact = assess(outcome)
    assert impact.headline.endswith("Ann had no certified ship for 1 d.")
    assert impact.brief == "1 incident · 1 return without a ship for a time"
    (row,) = screen_of(impact).changes
    assert row[1:4] == ("changed", "2022-12-20", "2022-12-20, without a ship for 1 d")
    assert why(outcome, "ann-return").text.startswith(
        "return of Ann is changed (2022-12-20 (GMT 354) -> 2022-12-20 (GMT 354), without a ship for 1 d).\n"
    )
    longer = pair(regained()[0], regained(until="2022-12-18")[0], names=ANN)
    assert "Ann had no certified ship for 2 d instead of 1 d" in assess(longer).headline


def test_a_departure_that_moves_takes_the_return_with_it():
    told = home()
    moved = told.plan(Kind.MOVED, "a-undocking", "2022-12-22T10:00Z", cause=strike(told), rule="R-1", text="later")
    change = back(home(), told)
    assert (change.outcome, change.delay_s, change.rule, change.row) == ("moved", 2 * 86400, "R-1", moved)


def test_a_departure_without_a_date_leaves_the_return_without_one():
    told = home()
    told.plan(Kind.UNDATED, "a-undocking", cause=strike(told), rule="R-1", text="later")
    assert (back(home(), told).outcome, back(home(), told).reason) == ("postponed", "later")


def test_who_has_landed_has_returned():
    def land(told):
        told.at("2022-12-20T10:00Z").tell(Kind.LEFT, "ann", object="a")
        told.tell(Kind.LEFT, "bob", object="a")
        return told

    change = back(land(home()), land(home()))
    assert (change.outcome, change.nominal_utc) == ("kept", "2022-12-20")


def test_a_promise_that_only_one_run_makes():
    assert back(Story(), home()).outcome == "added"
    assert back(Story(), home()).planned_utc is None
    assert back(home(), Story()).outcome == "postponed"
