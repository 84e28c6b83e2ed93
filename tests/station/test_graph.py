"""What depends on what, and how far a failure reaches."""

import attrs
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import bare, things
from worlds import tiny

from stationsim.errors import ScenarioError
from stationsim.scenario.model import Hatch, Needs, Thing
from stationsim.station.graph import downstream, evaluate, graph_of, propagate, upstream
from stationsim.station.health import DEGRADED, FAILED, NAMES, NOMINAL, UNKNOWN, grade

GRADES = st.integers(NOMINAL, FAILED)


@st.composite
def changes(draw):
    """A graph, own healths, and one node whose own health becomes another."""
    graph = graph_of(bare(things=draw(things())))
    own = draw(st.lists(GRADES, min_size=len(graph.ids), max_size=len(graph.ids)))
    node = draw(st.integers(0, len(graph.ids) - 1))
    return graph, own, node, draw(GRADES)


def graph_with(**needs: Needs):
    return graph_of(bare(things=[Thing(id=id_, type="thing", needs=needs.get(id_, Needs())) for id_ in "abcxyz"]))


def health_of(graph, node, **own: int) -> str:
    """Return the evaluated health of a node, where only these are less than nominal themselves."""
    return NAMES[evaluate(graph, [own.get(id_, NOMINAL) for id_ in graph.ids])[graph.index[node]]]


@given(changes())
def test_following_a_change_gives_what_a_full_evaluation_gives(case):
    graph, own, node, after = case
    before = evaluate(graph, own)
    own[node] = after
    now = list(before)
    for change in propagate(graph, own, before, node):
        assert change.before == before[change.node] != change.after
        now[change.node] = change.after
    assert now == evaluate(graph, own)


@given(changes())
def test_a_change_is_told_after_the_changes_of_its_inputs_and_only_once(case):
    graph, own, node, after = case
    before = evaluate(graph, own)
    own[node] = after
    told = [change.node for change in propagate(graph, own, before, node)]
    assert told == sorted(set(told))
    for later, what in enumerate(told[1:], start=1):
        assert any(graph.picture.has_edge(graph.ids[source], graph.ids[what]) for source in told[:later])


@given(changes())
def test_the_decisive_input_is_one_that_decides(case):
    graph, own, node, after = case
    before = evaluate(graph, own)
    own[node] = after
    changed = propagate(graph, own, before, node)
    health = evaluate(graph, own)
    for change in changed:
        gate = graph.gates[change.node]
        if change.decisive is None:
            assert change.after == own[change.node]
        elif change.decisive in (*gate.hard, *gate.some) and health[change.decisive] == change.after:
            assert own[change.node] < change.after
            better = sum(health[source] < change.after for source in gate.some)
            assert change.decisive in gate.hard or better < gate.of
        else:
            assert change.decisive in gate.soft
            assert health[change.decisive] >= DEGRADED == change.after > own[change.node]


@given(changes())
def test_a_soft_input_at_worst_degrades(case):
    graph, own, _, _ = case
    health = evaluate(graph, own)
    hard = graph_of(
        bare(
            things=[Thing(id=node.id, type=node.type, needs=attrs.evolve(node.needs, soft=())) for node in graph.nodes]
        )
    )
    without = evaluate(hard, [own[graph.index[id_]] for id_ in hard.ids])
    for node, id_ in enumerate(graph.ids):
        assert health[node] == max(own[node], without[hard.index[id_]]) or health[node] == DEGRADED


@given(changes())
def test_losing_more_never_helps(case):
    graph, own, node, after = case
    worse = [*own]
    worse[node] = max(own[node], after)
    assert all(a <= b for a, b in zip(evaluate(graph, own), evaluate(graph, worse), strict=True))


@given(things(), st.randoms(use_true_random=False))
def test_the_order_of_a_file_leaves_the_graph_as_it_is(found, random):
    shuffled = random.sample(found, len(found))
    one, other = graph_of(bare(things=found)), graph_of(bare(things=shuffled))
    assert one.ids == other.ids
    assert one.children == other.children
    assert one.gates == other.gates


@given(things())
def test_every_input_has_the_smaller_index(found):
    graph = graph_of(bare(things=found))
    for node, gate in enumerate(graph.gates):
        assert all(source < node for source in (*gate.hard, *gate.some, *gate.soft))
    for node, children in enumerate(graph.children):
        assert children == tuple(sorted(graph.index[id_] for id_ in graph.picture.successors(graph.ids[node])))


@given(things())
def test_upstream_and_downstream_are_ancestors_and_descendants_in_order(found):
    graph = graph_of(bare(things=found))
    for id_ in graph.ids:
        assert upstream(graph, id_) == tuple(i for i in graph.ids if i in nx.ancestors(graph.picture, id_))
        assert downstream(graph, id_) == tuple(i for i in graph.ids if i in nx.descendants(graph.picture, id_))


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({}, "nominal"),
        ({"a": FAILED}, "failed"),
        ({"a": DEGRADED, "b": UNKNOWN}, "unknown"),
        ({"a": DEGRADED}, "degraded"),
        ({"x": UNKNOWN, "a": FAILED}, "failed"),
    ],
)
def test_all_hard_inputs_pass_their_health_on(own, expected):
    assert health_of(graph_with(x=Needs(hard=("a", "b"))), "x", **own) == expected


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"a": FAILED}, "nominal"),
        ({"a": FAILED, "b": DEGRADED}, "degraded"),
        ({"a": FAILED, "b": UNKNOWN}, "unknown"),
        ({"a": FAILED, "b": FAILED}, "failed"),
    ],
)
def test_two_of_three_are_as_well_as_the_second_best(own, expected):
    assert health_of(graph_with(x=Needs(some=("a", "b", "c"), of=2)), "x", **own) == expected


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"a": DEGRADED}, "degraded"),
        ({"a": FAILED}, "degraded"),
        ({"x": UNKNOWN, "a": FAILED}, "unknown"),
        ({}, "nominal"),
    ],
)
def test_a_lost_soft_input_degrades(own, expected):
    assert health_of(graph_with(x=Needs(soft=("a",))), "x", **own) == expected


def test_a_port_needs_its_host_an_airlock_its_volume_and_a_part_its_ship():
    graph = graph_of(tiny())
    assert upstream(graph, "aft") == ("core",)
    assert upstream(graph, "airlock") == ("chamber",)
    assert upstream(graph, "arm") == ("arm/elbow",)
    assert upstream(graph, "swift/crewed-return") == ("swift", "swift/engine", "swift/loop")
    assert downstream(graph, "core") == ("aft", "lab", "pump", "top")
    assert graph.picture.edges["core", "aft"] == {"strength": "hard", "why": "host of the port"}
    assert not graph.picture.has_edge("swift/loop", "swift")
    assert graph.picture.edges["swift/loop", "swift/crewed-return"] == {"strength": "hard", "why": "type of swift"}
    assert nx.is_frozen(graph.picture)


def test_a_host_that_the_file_names_too_stands_in_the_gate_once():
    ports = [attrs.evolve(tiny().ports[0], needs=Needs(hard=("core",)))]
    graph = graph_of(bare(volumes=tiny().volumes, ports=ports))
    assert graph.gates[graph.index["aft"]].hard == (graph.index["core"],)


def test_hatches_are_nodes_that_need_nothing():
    hatch = Hatch(id="core-lab", between=("core", "lab"), close_s=600, source="a test")
    graph = graph_of(tiny(hatches=[hatch]))
    assert upstream(graph, "core-lab") == ()
    assert graph.nodes[graph.index["core-lab"]].type == "hatch"


def test_a_part_is_named_with_what_it_is_a_part_of():
    graph = graph_of(tiny())
    names = {node.id: node.name for node in graph.nodes}
    assert names["swift/emergency-return"] == "emergency return of the swift"
    assert names["arm/elbow"] == "elbow of Arm"


def test_a_circle_is_refused():
    needs = {"a": Needs(hard=("b",)), "b": Needs(soft=("c",)), "c": Needs(some=("a",))}
    with pytest.raises(ScenarioError) as refusal:
        graph_with(**needs)
    message = "needs: a -> c -> b form a circle. A node cannot need itself. Remove one of these needs."
    assert str(refusal.value) == message


@pytest.mark.parametrize("look", [upstream, downstream])
def test_an_unknown_node_is_refused_with_the_nearest_name(look):
    graph = graph_of(tiny())
    with pytest.raises(ScenarioError) as refusal:
        look(graph, "swift/lop")
    count = len(graph.ids)
    assert str(refusal.value) == (f"'swift/lop' is not a node of the graph ({count} nodes). Did you mean 'swift/loop'?")
    with pytest.raises(ScenarioError) as refusal:
        look(graph, "%")
    assert str(refusal.value) == f"'%' is not a node of the graph ({count} nodes)."


def test_grades_have_the_order_of_their_names():
    assert [grade(name) for name in ("nominal", "degraded", "unknown", "failed")] == [
        NOMINAL,
        DEGRADED,
        UNKNOWN,
        FAILED,
    ]
