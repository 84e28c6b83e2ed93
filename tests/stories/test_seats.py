"""Rules about seats: what they hold while nobody decides, and that a plan with seats for all goes through."""

from kernel.runs import decided, overridden, shipped, told

from stationsim.log.kinds import Kind


def outcomes(run, *ids: str) -> list[str]:
    changes = run.impact.changes.set_index("subject").fillna({"rule": "no rule"})
    return [f"{changes.outcome[id_]} by {changes.rule[id_]}" for id_ in ids]


def test_the_last_lifeboat_stays_and_its_relief_waits_for_a_decision():
    run = told(shipped("last-lifeboat"))
    held = outcomes(run, "soyuz-ms-22-undocking", "soyuz-ms-23-launch")
    assert held == ["postponed by seat-1", "postponed by gen-9"]
    told_ = [run.rows(Kind.UNDATED, id_)[0].text for id_ in ("soyuz-ms-22-undocking", "soyuz-ms-23-launch")]
    assert told_ == [
        "5 places would be left for 7 people",
        "Soyuz MS-23 has 3 seats for a crew of 3 and for 3 without a ship",
    ]
    assert not [seat for seat in run.rows(Kind.SEATED) if seat.value == 4]


def test_without_these_rules_it_leaves_and_three_people_have_no_seat(tmp_path):
    run = told(overridden(tmp_path, "scenario: x\nbase: soyuz-ms22\nuntil: 2023-04-30\n"))
    assert outcomes(run, "soyuz-ms-22-undocking") == ["reassigned by no rule"]
    assert run.changes["soyuz-ms-22-undocking"]["now"] == {"crew_down": []}
    assert sorted(seat.subject for seat in run.rows(Kind.SEATED) if seat.value == 4) == [
        "petelin",
        "prokopyev",
        "rubio",
    ]


def test_seats_that_the_plan_moves_anyhow_are_moved_earlier_and_not_twice():
    """Of three seats that are wanted in the new ship the plan moves two, a month after it can: one move is new."""
    people = ("prokopyev", "petelin")
    move = {
        "name": "seats in time", "kind": "seat-move", "centre": "moscow", "at": "2023-03-20T12:00Z",
        "people": [{"role": "seat", "who": person} for person in people], "ship": "soyuz-ms-23", "fits": [*people],
        "follows": ["soyuz-ms-23-docking"], "priority": 2, "source": "a test",
    }  # fmt: skip
    scenario = shipped("soyuz-ms22").until("2023-04-10").with_record("activities", "seats-in-time", **move)
    run = decided(scenario)
    chosen = run.row(Kind.CHOSEN, "soyuz-ms-22")
    assert run.row(Kind.AMENDED, "seats-in-time").cause == chosen.seq
    new = [row.seq for row in run.log if row.kind is Kind.INSERTED]
    assert [run.revision(seq)["people"] for seq in new] == ["rubio", "rubio"]  # to a place, and then to the new ship
    fitted = {row.subject: run.utc(row.t_s)[:10] for row in run.rows(Kind.FITTED) if row.object == "soyuz-ms-23"}
    assert fitted | dict.fromkeys(people, "2023-02-16") == fitted
    assert run.utc(run.row(Kind.STARTED, "seats-in-time").t_s)[:10] == "2023-02-16"


def test_seats_whose_move_the_plan_puts_days_after_the_arrival_are_moved_then_and_not_by_a_second_move():
    run = decided(shipped("progress-ms21"))
    assert [row.subject for row in run.log if row.kind is Kind.INSERTED] == []
    assert run.utc(run.row(Kind.STARTED, "soyuz-ms-23-seat-move").t_s)[:10] == "2023-03-02"


def test_a_ship_that_comes_without_people_and_takes_their_seats_goes_through(tmp_path):
    run = told(overridden(tmp_path, "scenario: x\nbase: [progress-ms21, seats]\n"))
    assert outcomes(run, "soyuz-ms-22-undocking") == ["kept by no rule"]
    assert not {row.rule for row in run.log} & {"seat-1", "seat-2", "seat-3"}
