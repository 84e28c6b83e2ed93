import doctest

from impact.logs import delayed
from kernel.runs import shipped
from kernel.runs import told as run_of

from stationsim.impact.impact import assess
from stationsim.report import layers
from stationsim.report.causes import disrupted_events
from stationsim.report.kin import owners, whens
from stationsim.report.layers import layered
from stationsim.report.network import MOST_NODES, network
from stationsim.report.tables import event_rows
from stationsim.report.told import story, told_of, tree
from stationsim.report.twins import twins
from stationsim.report.waterfall import by_incident, waterfalls
from stationsim.report.words import records, words_of


def knots(one):
    yield one
    for upper in one["up"]:
        yield from knots(upper)


def test_every_change_has_a_tree_that_ends_at_the_incident_or_in_the_plan(told, words):
    said = told_of(told, words)
    changed = [row for row in records(told.changes) if row["outcome"] != "kept" and row["cause_seq"] is not None]
    assert changed
    for row in changed:
        root = tree(said, row["subject"], row["cause_seq"])
        ends = [knot for knot in knots(root) if not knot["up"] and not knot["again"]]
        assert all(not said.above[knot["seq"]] for knot in ends)
        assert any(said.events[knot["seq"]]["kind"] == "struck" for knot in knots(root))


def test_a_tree_tells_each_event_with_its_causes_once(told, words):
    said = told_of(told, words)
    for row in records(told.changes):
        root = tree(said, row["subject"], row["cause_seq"])
        whole = [knot["seq"] for knot in knots(root) if not knot["again"] and knot["up"]] if root else []
        assert len(whole) == len(set(whole))


def test_the_story_begins_with_the_incident_and_goes_forward(told, words):
    shown = {row["seq"] for row in event_rows(told, words) if not row["quiet"]}
    steps = story(told_of(told, words), shown, words)
    assert steps[0]["t_s"] == words.marks[0][0]
    assert [step["t_s"] for step in steps] == sorted(step["t_s"] for step in steps)
    assert all(step["text"] for step in steps)


def test_a_quiet_run_has_neither_story_nor_graph_nor_steps(quiet):
    words = words_of(quiet)
    said = told_of(quiet, words)
    assert story(said, {0, 1}, words) == []
    assert network(quiet, words, said) is None
    assert waterfalls(quiet, words, ()) == []


def test_the_steps_of_a_number_add_up_to_its_difference(told, words):
    ledger = records(told.ledger)
    for fall in waterfalls(told, words, {"us-eva-83"}):
        parts = sum(row["difference"] for row in ledger if row["quantity"] == fall["id"])
        total = next(row for row in records(told.totals) if row["quantity"] == fall["id"])
        assert abs(parts - total["difference"]) < 1e-9 * max(1, abs(parts))
        assert all(0 <= row["left"] <= row["left"] + row["wide"] <= 100.02 for row in fall["rows"])
        assert {row["thing"] for row in fall["rows"] if row["has_change"]} <= {"us-eva-83"}


def test_the_graph_has_what_failed_and_whose_seat_hangs_on_it(told, words):
    net = network(told, words, told_of(told, words))
    names = {node["id"] for node in net.nodes}
    assert str(told.manifest.incidents[0]["node"]) in names
    assert len(net.nodes) <= MOST_NODES + len(told.manifest.people)
    for edge in net.edges:
        assert {edge["source"], edge["target"]} <= names
    spots = [(node["x"], node["y"]) for node in net.nodes]
    assert all(abs(a[1] - b[1]) >= 42 for i, a in enumerate(spots) for b in spots[i + 1 :] if a[0] == b[0])


def test_layers_put_inputs_to_the_left_and_leave_room_for_passing_edges():
    edges = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d"), ("x", "d")]
    layout = layered(["a", "b", "c", "d", "x"], edges)
    assert all(layout.places[a][0] < layout.places[b][0] for a, b in edges)
    assert layout.places["x"][0] == layout.places["d"][0] - 1
    assert len(layout.routes["a", "d"]) == 4
    assert layered(["a", "b", "c", "d", "x"], edges) == layout
    assert doctest.testmod(layers).failed == 0


def test_every_figure_of_spans_has_a_twin(told, words):
    found = twins(told, words)
    assert {"ports", "people", "seats", "beliefs", "physics"} <= set(found)
    for twin in found.values():
        assert all(len(row.cells) == len(twin.heads) for row in twin.rows)
        assert all(twin.heads)


def test_a_row_of_a_twin_leads_to_the_event_at_its_first_second():
    impact = run_of(shipped("soyuz-ms22")).impact
    words = words_of(impact)
    events = disrupted_events(impact.events)
    found = twins(impact, words)
    for name, twin in found.items():
        linked = [row for row in twin.rows if row.seq is not None]
        assert linked, name
        assert all(row.cells[-1] != "before" for row in linked)
        if name != "physics":  # a curve leads to the event that brought its law
            assert all(words.clock(events[row.seq]["t_s"]) == row.cells[twin.time] for row in linked)
    (failed,) = (row for row in found["beliefs"].rows if row.cells[:2] == (
        "external cooling loop of Soyuz MS-22", "failed (Houston)"))  # fmt: skip
    assert events[failed.seq]["view"] == "houston"
    first = found["physics"].rows[0]
    assert (events[first.seq]["kind"], first.things) == ("crossed", ("soyuz-ms-22/external-loop",))
    assert first.cells[1].startswith("crosses alarm")
    dry = [row for row in found["seats"].rows if row.cells[1].startswith("class 3") and row.seq is not None]
    assert {events[row.seq]["kind"] for row in dry} == {"seated"}  # which names the status as its cause


def test_what_each_of_several_incidents_costs_stands_beside_what_they_cost_together():
    days = {("one",): 10, ("two",): 4, ("one", "two"): 10}
    both = assess(delayed(days))
    found = by_incident(both, words_of(both))
    assert found["incidents"] == ["one", "two"]
    assert "every combination" in found["text"]
    (row,) = (row for row in found["rows"] if row["id"] == "eva_delay")
    assert (row["quantity"], row["unit"], row["shares"], row["difference"]) == ("EVA delay", "d", ["+8", "+2"], "+10")


def test_one_incident_alone_pays_for_all(told, words):
    assert by_incident(told, words) is None


def test_parts_activities_and_returns_name_their_ship_or_person(told):
    assert owners(told.manifest, "soyuz-ms-22/external-loop") == ("soyuz-ms-22/external-loop", "soyuz-ms-22")
    assert owners(told.manifest, "rubio-return") == ("rubio-return", "rubio")
    assert owners(told.manifest, "vkd-56") == ("vkd-56",)


def test_activities_and_returns_have_a_time_for_figures_without_rows(told, words):
    found = whens(told, words)
    assert found["us-eva-83"]
    assert all(from_s <= until_s for times in found.values() for from_s, until_s in times)
    assert "rubio-return" not in found  # it has no date in this run
