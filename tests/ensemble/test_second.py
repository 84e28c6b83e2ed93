"""What one more failure would do over time: laws, and the winter of a leak in a docked ship."""

import json
from itertools import pairwise

import attrs
import pandas as pd
import pytest
from kernel.runs import overridden, shipped

import stationsim as ss
from stationsim.cli.main import main
from stationsim.ensemble.second import COLUMNS, second_failures
from stationsim.errors import LogError
from stationsim.impact.second_text import said


@pytest.fixture(scope="module")
def winter(tmp_path_factory):
    """The leak of December 2022 in a run that goes on until the autumn."""
    text = "scenario: long\nbase: soyuz-ms22\nuntil: 2023-10-15\n"
    outcome = ss.run(overridden(tmp_path_factory.mktemp("winter"), text))
    return outcome, second_failures(outcome)


@pytest.fixture(scope="module")
def first():
    return ss.run(shipped("first-station"))


def rows(second, failure, start):
    """Return the rows of a failure that begin on a day, by the nodes that do it."""
    table = second.table
    mine = table[(table["failure"] == failure) & table["start_utc"].str.startswith(start)]
    return mine.to_dict("records")


def by_node(table, column, since_s):
    """Return the person-seconds of a column from a second on, by the node that fails."""
    found: dict[str, int] = {}
    for row in table.to_dict("records"):
        lasts_s = max(0, row["until_s"] - max(row["start_s"], since_s))
        for node in row["nodes"] if row[column] * lasts_s else ():
            found[node] = found.get(node, 0) + row[column] * lasts_s
    return found


# --- laws -------------------------------------------------------------------------------------------------------------


def test_without_incidents_nothing_is_new(first):
    calm = attrs.evolve(first, disrupted=first.nominal)
    second = second_failures(calm)
    assert second.since_s == 0
    assert second.table["left"].tolist() == second.table["nominal_left"].tolist()
    assert second.table["leave"].tolist() == second.table["nominal_leave"].tolist()
    assert not second.table["new"].any()
    assert "New because" not in second.text


def test_the_nominal_columns_are_the_table_of_the_run_without_its_incidents(winter):
    outcome, second = winter
    calm = second_failures(attrs.evolve(outcome, disrupted=outcome.nominal)).table
    alone = by_node(calm, "left", second.since_s)
    assert alone
    assert by_node(second.table, "nominal_left", second.since_s) == alone
    assert by_node(second.table, "nominal_leave", second.since_s) == by_node(calm, "leave", second.since_s)


def test_the_rows_of_a_node_never_overlap(winter):
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in winter[1].table.to_dict("records"):
        for node in row["nodes"]:
            spans.setdefault(node, []).append((row["start_s"], row["until_s"]))
    for mine in spans.values():
        mine.sort()
        assert all(before[1] <= after[0] for before, after in pairwise(mine))


def test_numbers_of_a_row_hang_together(winter):
    outcome, second = winter
    table = second.table
    assert list(table.columns) == list(COLUMNS)
    assert (table["without"] == table["people"].map(len)).all()
    assert (table["new"] == table["left"] - table["nominal_left"]).all()
    assert (table["start_s"] < table["until_s"]).all()
    assert table["start_s"].min() == second.since_s
    assert table["until_s"].max() == outcome.manifest.horizon_s
    assert table["person_days"].tolist() == pytest.approx((table["left"] * table["days"]).tolist())


def test_the_same_run_gives_the_same_table_saved_or_not(winter, tmp_path):
    outcome, second = winter
    again = second_failures(ss.read(ss.save(outcome, tmp_path / "run")))
    pd.testing.assert_frame_equal(again.table, second.table)
    assert again.text == second.text == str(second)


# --- December 2022 ----------------------------------------------------------------------------------------------------


def test_while_the_ship_is_unknown_the_loss_of_the_other_leaves_everybody_without_a_seat(winter):
    (row,) = rows(winter[1], "crew-5", "2022-12-15T00:46")
    assert (row["without"], row["left"], row["already"], row["nominal_left"], row["new"]) == (7, 7, 2, 4, 3)
    assert {"crew-5", "crew-5/hatch", "crew-5/avionics"} <= set(row["nodes"])


def test_the_place_given_in_the_other_ship_is_lost_with_it(winter):
    found = {row["nodes"]: row for row in rows(winter[1], "crew-5", "2023-01-12") if row["days"] > 1}
    whole = found[("crew-5", "crew-5/hatch")]
    assert (whole["left"], whole["nominal_left"], whole["new"]) == (5, 4, 1)
    assert "rubio" in whole["people"]
    # with the cabin still there the fit items go back to the ship kept for emergencies
    parts = next(row for nodes, row in found.items() if "crew-5/avionics" in nodes)
    assert (parts["without"], parts["left"], parts["new"]) == (5, 4, 0)
    # what keeps the ship from a planned return only takes the place, not the seats
    planned = next(row for nodes, row in found.items() if "crew-5/thermal-control" in nodes)
    assert (planned["people"], planned["left"]) == (("rubio",), 0)


def test_once_everybody_is_seated_again_the_risk_is_the_nominal_one(winter):
    later = winter[1].table.query("start_utc >= '2023-04-12'")
    assert not later.query("failure == 'crew-6' or failure == 'crew-7' or failure == 'soyuz-ms-23'")["new"].any()


def test_words_say_worst_first_from_when_to_when_and_what_is_new(winter):
    lines = winter[1].text.splitlines()
    assert lines[0] == "A coolant leak on Soyuz MS-22: what one more failure would do from 2022-12-15 on"
    assert lines[1] == (
        "At worst it leaves 7 people without a seat (4 without the incidents); none forces everybody to leave."
    )
    assert lines[2] == "New because of the incidents:"
    assert (
        "  2023-01-12 to 2023-02-16 (35 d): loss of Crew-5 (Dragon Endurance) with all that is in it leaves 5 people "
        "without a seat, 1 more than without the incidents"
    ) in lines
    assert (
        "  2022-12-15 to 2022-12-16 (1 d): loss of Crew-5 (Dragon Endurance) leaves 7 people without a seat, 3 more "
        "than without the incidents; 2 people have none even if nothing more fails"
    ) in lines


CALM = dict.fromkeys(("without", "none", "left", "already", "leave", "nominal_left", "nominal_leave", "new"), 0)


def row(failure, kind, *nodes, **more):
    """Return a row of one day; what is not told is zero."""
    times = {"start_s": 0, "until_s": 86400, "start_utc": "", "until_utc": "", "days": 1.0}
    people = {"people": ("ann",) * more.get("without", 0), "evacuates": False, "nominal_evacuates": False}
    name = {"failure": failure, "name": failure.title(), "kind": kind, "nodes": nodes or (failure,)}
    return {**name, **times, **people, **CALM, "person_days": 0.0, "new_person_days": 0.0, **more}


def words(manifest, *rows):
    """Return the words of some rows, without the heading."""
    return said(pd.DataFrame(list(rows), columns=list(COLUMNS)), manifest, 0).splitlines()[1:]


def test_words_of_every_effect(first):
    manifest = attrs.evolve(first.manifest, names={})
    day = "2030-01-07 to 2030-01-08 (1 d)"
    assert words(manifest) == ["No single further failure leaves anybody without a seat."]
    more, fewer = "1 more than without the incidents", "1 fewer than without the incidents"
    bare = "1 person has none even if nothing more fails"
    place, crow = "to a free place", "loss of Crow with all that is in it"
    assert words(
        manifest,
        row("core", "volume", evacuates=True),
        row("lab", "volume", evacuates=True),
        row("door", "hatch", without=2, left=1, new=1),
        row("swift", "ship", "swift/hatch", without=1, left=1, new=1),
        row("swift", "ship", "swift/a", "swift/b", without=1),
        row("heron", "ship", *(f"heron/{n}" for n in range(4)), without=3, left=1, nominal_left=2, new=-1),
        row("attic", "volume", leave=1, nominal_leave=1),
        row("finch", "ship", nominal_left=2, new=-1, already=1),
        row("cellar", "volume", nominal_evacuates=True),
        row("hall", "volume", nominal_leave=1),
        row("crow", "ship"),
    ) == [
        "At worst it leaves 1 person without a seat (2 without the incidents); some force everybody to leave.",
        "New because of the incidents:",
        f"  {day}: loss of the air in Core or Lab forces everybody to leave",
        f"  {day}: Door jammed leaves 1 person without a seat (2 until one moves {place}), {more}",
        f"  {day}: hatch of Swift jammed leaves 1 person without a seat, {more}",
        "As without the incidents, or better:",
        f"  {day}: loss of the swift/a or swift/b leaves 1 person without a seat until they move to a free place",
        f"  {day}: loss of any of 4 parts of Heron leaves 1 person without a seat (3 until 2 move {place}), {fewer}",
        f"  {day}: loss of the air in Attic sends 1 person into their ship for good",
        "Only without the incidents:",
        f"  {day}: loss of Finch with all that is in it would leave 2 people without a seat; {bare}",
        f"  {day}: loss of the air in Cellar would force everybody to leave",
        f"  {day}: loss of the air in Hall would send 1 person into their ship for good",
        f"  {day}: {crow} would leave people without a seat until they move {place}",
    ]


# --- on the command line, and what cannot be read ---------------------------------------------------------------------


def call(*arguments):
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return int(str(left.value.code or 0))


def test_the_command_tells_it_of_a_scenario_and_of_a_saved_run(first, tmp_path, capsys):
    folder = str(ss.save(first, tmp_path / "run"))
    assert call("second", folder) == 0
    out = capsys.readouterr().out
    assert out.rstrip("\n") == second_failures(first).text
    assert call("second", "first-station", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["scenario", "scenario_hash", "seed", "since_s", "failures"]
    assert list(found["failures"][0]) == list(COLUMNS)


def test_a_run_whose_scenario_no_longer_reads_says_so(first):
    old = attrs.evolve(first, manifest=attrs.evolve(first.manifest, scenario_text="scenario: old\n"))
    with pytest.raises(LogError) as caught:
        second_failures(old)
    assert str(caught.value) == (
        "first-station: this version of stationsim cannot read the scenario of the run. Run it again."
    )
