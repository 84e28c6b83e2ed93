"""What hangs on what, in a graph program? The dependency graph as GraphML, from the manifest alone."""

import io

import networkx as nx

from stationsim.impact.impact import Impact

__all__ = ["files"]


def files(impact: Impact) -> dict[str, bytes]:
    """Return `graph.graphml`.

    Nodes carry `type`, `name` and, where incidents struck them, `incident`; edges lead from what is needed to what
    needs it, with `strength` and `why`.
    """
    stream = io.BytesIO()
    nx.write_graphml_xml(_graph(impact), stream, encoding="utf-8", prettyprint=True)
    return {"graph.graphml": stream.getvalue()}


def _graph(impact: Impact) -> "nx.MultiDiGraph[str]":
    known = impact.manifest.graph
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(scenario=_legal(impact.manifest.scenario))
    for node in known.get("nodes", ()):
        facts = {"type": _legal(node["type"]), "name": _legal(node["name"])}
        struck = [str(one["id"]) for one in impact.manifest.incidents if one["node"] == node["id"]]
        graph.add_node(str(node["id"]), **facts, **({"incident": ",".join(struck)} if struck else {}))
    for edge in known.get("edges", ()):
        facts = {"strength": _legal(edge["strength"]), "why": _legal(edge["why"])}
        graph.add_edge(str(edge["source"]), str(edge["target"]), **facts)
    return graph


def _legal(value: object) -> str:
    """Return text without the characters that no XML document may hold (XML 1.0, section 2.2)."""
    plain = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
