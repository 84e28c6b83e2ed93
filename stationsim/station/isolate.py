"""How could a leak be sealed off, and at what price? Minimum cuts over hatches, priced by what lies beyond."""

from difflib import get_close_matches

import networkx as nx
from attrs import frozen

from stationsim.errors import ScenarioError
from stationsim.station.graph import downstream
from stationsim.station.hatch_beliefs import may_be_open
from stationsim.station.hatches import compartment_of, compartments
from stationsim.station.sides import Closing, Stand, stands
from stationsim.station.state import State

_HATCH = 1_000_000
"""What a hatch costs in a cut beside its closing time in seconds: fewest hatches first, then the quickest."""


@frozen(kw_only=True)
class Way:
    """One way to seal a leak off.

    Attributes:
        hatches: Hatches to shut; those already shut are left out.
        sealed: Compartments on the leaking side; nobody may stay there.
        seats: People who lose their ship: it is on the leaking side, or the leak is between them and it.
        ships: Ships there.
        ports: Ports there.
        airlocks: Airlocks there.
        functions: Functions and capabilities that need something there.
        volume_m3: Volume that may be lost [m3].
        close_s: Time to shut the hatches one after another [s].
        stands: Where everybody aboard is now, and who must cross before the last hatch is shut.
        closings: Each hatch to shut in the order of shutting, from which compartment and by whom.
    """

    hatches: tuple[str, ...]
    sealed: tuple[str, ...]
    seats: tuple[str, ...]
    ships: tuple[str, ...]
    ports: tuple[str, ...]
    airlocks: tuple[str, ...]
    functions: tuple[str, ...]
    volume_m3: float
    close_s: int
    stands: tuple[Stand, ...] = ()
    closings: tuple[Closing, ...] = ()

    @property
    def price(self) -> tuple[int, int, int, int, int, float, tuple[str, ...]]:
        """What is lost, the dearest first: seats, airlocks, functions, ports, ships, volume."""
        counts = (len(self.seats), len(self.airlocks), len(self.functions), len(self.ports), len(self.ships))
        return (*counts, self.volume_m3, self.hatches)


def ways(state: State, node: str, *, freed: tuple[str, ...] = ()) -> tuple[Way, ...]:
    """Return the ways to seal off the compartment of a node, least loss first.

    Each is a minimum cut between that compartment and another one (fewest hatches, then quickest to shut), or all
    hatches around it. It works on what the centres believe: a hatch that any of them holds open is not counted as
    sealed, whoever is right.

    Args:
        state: The station as it stands.
        node: A volume, port, airlock, docked ship or part of one.
        freed: Shut hatches that would be open if they are not among those that seal the leak off.

    Raises:
        ScenarioError: The node is in no compartment of the station as it stands.
    """
    source = compartment_of(state.station, node)
    graph = compartments(state)
    if source is None or source not in graph:
        msg = f"{node!r} is in no compartment of the station at this time. Name a volume, port, airlock or docked ship."
        msg += _hint(state, node)
        raise ScenarioError(msg)
    for _, _, data in graph.edges(data=True):
        is_open = may_be_open(state, data["door"].id)
        data["capacity"] = _HATCH + data["door"].close_s if is_open else int(data["door"].id in freed)
    shut = [(a, b) for a, b, data in graph.edges(data=True) if data["capacity"] == 0]
    graph.remove_edges_from(shut)
    found: dict[tuple[str, ...], Way] = {}
    reach = nx.node_connected_component(graph, source)
    for other in sorted(reach - {source}):
        _, (_, side) = nx.minimum_cut(graph, other, source)  # of equal cuts the one nearest to the leak
        way = _way(state, graph, side & reach)
        found.setdefault(way.sealed, way)
    alone = _way(state, graph, {source})
    found.setdefault(alone.sealed, alone)
    return tuple(sorted(found.values(), key=lambda way: way.price))


def _hint(state: State, node: str) -> str:
    """Return what was probably meant by something that nobody knows."""
    if node in state.station.graph.index:
        return ""
    known = (*state.station.volumes, *state.station.ports, *state.station.airlocks, *state.station.ships)
    close = get_close_matches(node, known, n=1)
    return f" Did you mean {close[0]!r}?" if close else ""


def way_of(state: State, sealed: tuple[str, ...]) -> Way:
    """Return what it takes and costs to part these compartments from all others as they stand."""
    graph = compartments(state)
    for _, _, data in graph.edges(data=True):
        data["capacity"] = _HATCH if may_be_open(state, data["door"].id) else 0
    return _way(state, graph, set(sealed))


def _way(state: State, graph: "nx.Graph[str]", side: set[str]) -> Way:
    station = state.station
    edges = [(a, b, data) for a, b, data in graph.edges(data=True) if data["capacity"] >= _HATCH]
    cut = [data["door"] for a, b, data in edges if (a in side) != (b in side)]
    closing = sorted(cut, key=lambda door: door.id)
    sealed = tuple(sorted(side))
    ships = tuple(ship for ship in sealed if ship in station.ships)
    here, moves = stands(state, graph, side, closing)
    ports = tuple(port.id for port in station.ports.values() if port.host in side and port.status == "free")
    return Way(
        hatches=tuple(door.id for door in closing),
        sealed=sealed,
        seats=tuple(stand.person for stand in here if stand.loses is not None),
        ships=ships,
        ports=ports,
        airlocks=tuple(airlock.id for airlock in station.airlocks.values() if airlock.volume in side),
        functions=_functions(state, sealed),
        volume_m3=sum(station.volume_m3(part) for part in sealed),
        close_s=sum(door.close_s for door in closing),
        stands=here,
        closings=moves,
    )


def _functions(state: State, sealed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the functions of the station that hang on a sealed volume."""
    graph = state.station.graph
    hit = dict.fromkeys(node for part in sealed if part in graph.index for node in downstream(graph, part))
    return tuple(node for node in hit if graph.nodes[graph.index[node]].type == "function" and "/" not in node)
