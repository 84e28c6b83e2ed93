"""What a script sees at a prompt: short reprs, and answers that print as words."""

import pytest

import stationsim as ss


@pytest.fixture(scope="module")
def outcome():
    return ss.run(ss.load("soyuz-ms22").until("2022-12-25"), seed=1)


def test_every_value_has_a_short_repr(outcome):
    events = f"{len(outcome.nominal)} nominal and {len(outcome.disrupted)} disrupted events"
    assert repr(outcome) == f"<Outcome of soyuz-ms22, seed 1: {events}>"
    assert repr(outcome.nominal) == f"<Log: {len(outcome.nominal)} events>"
    impact = ss.assess(outcome)
    assert repr(impact) == f"<Impact of soyuz-ms22, seed 1: {impact.brief}>"
    graph = ss.graph_of(ss.load("soyuz-ms22"))
    assert repr(graph) == f"<Graph: {len(graph.ids)} nodes, {graph.picture.number_of_edges()} arrows>"
    made = ss.mode("seep", text="It seeps", how="leak", types=["loop"], source="a test")
    assert repr(made) == "<Mode seep: leak of loop, 0 questions, 0 responses>"


def test_reasons_and_the_board_print_as_words(outcome):
    reasons = ss.why(outcome, "us-eva-83")
    assert str(reasons) == reasons.text
    assert repr(reasons) == f"<Reasons: us-eva-83 is moved, {len(reasons.rows)} events back to its origin>"
    board = ss.show(outcome, "2022-12-17T12:00Z")
    assert str(board) == board.text
    assert repr(board) == f"<Board at 2022-12-17T12:00Z: {len(board.ships)} ships, {len(board.people)} people>"


def test_costs_are_the_totals_that_differ(outcome):
    impact = ss.assess(outcome)
    assert set(impact.costs["quantity"]) == set(impact.totals[impact.totals["difference"] != 0]["quantity"])
    assert 0 < len(impact.costs) < len(impact.totals)


def test_help_names_what_a_script_can_do():
    assert ss.policies.do_nothing.name == "do-nothing"
    for name in ss.__all__:
        assert getattr(ss, name).__doc__, name
    for name in ("load", "parse", "check", "run", "rule", "policies", "assess", "why", "isolate"):
        assert name in (ss.__doc__ or "")
