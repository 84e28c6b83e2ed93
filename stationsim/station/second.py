"""What if one more thing fails? Who has no way home then, as the station stands and as it is believed to be.

One more failure is one node of the graph that fails: a docked ship or what its return hangs on, a hatch that is shut
and cannot be opened again, a compartment that loses its air. What follows from it is worked out as in a run: by the
graph, the verdict on each ship, and the ways that people have. Nobody has begun to ask what the failure means.
"""

import copy
from collections.abc import Iterator

import attrs
from attrs import field, frozen

from stationsim.station.access import whereabouts
from stationsim.station.air import outside_until_s
from stationsim.station.graph import propagate
from stationsim.station.hatches import SHIP_HATCH, doors
from stationsim.station.health import FAILED, is_lost
from stationsim.station.places import most_placed
from stationsim.station.seats import level_of
from stationsim.station.stand import scene_key
from stationsim.station.state import RELOCATING, Sick, State, Status
from stationsim.station.station import CREWED_RETURN, EMERGENCY_RETURN
from stationsim.station.status import verdict

WAY_HOME = 2
"""The worst seat class in which somebody could still leave: emergency-only."""

_CAPABILITY = "capability"

Mark = tuple[tuple[str, ...], ...]
"""What a failure moves: (centre, passage that fails) and (centre, ship, status that it has then)."""


@frozen(kw_only=True)
class Loss:
    """What one more failure does to people.

    Attributes:
        subject: The ship of the node that fails, or the node itself.
        nodes: Each of these alone does this.
        without: Who is then in seat class 3 or 4, before anybody moves: those too who were so before.
        none: Who of them is in class 4 by one of the nodes: no seat, ship away or out of reach.
        left: How many have no way home even after as many as can have taken a free place (`places.most_placed`).
        leave: Who keeps a way home only by going into their ship at once and staying there: the way back is lost.
        evacuates: Nobody can stay: no volume of the station has air, or everybody must leave.
    """

    subject: str
    nodes: tuple[str, ...]
    without: tuple[str, ...]
    none: tuple[str, ...]
    left: int
    leave: tuple[str, ...] = ()
    evacuates: bool = False


@frozen(kw_only=True)
class Scene:
    """What is known of further failures where the station stands in one way, as far as they hang on it.

    `before` is what is so although nothing fails, `far` whether something keeps anybody in a place, `ways` what people
    who are about the station need for leaving, `losses` what each node does, `effects` the same by what it moves.
    """

    before: Loss
    far: bool
    ways: frozenset[str]
    losses: dict[str, Loss | None] = field(factory=dict)
    effects: dict[Mark, Loss] = field(factory=dict)


@frozen(kw_only=True)
class Known:
    """What is known of further failures of one station, so that the same is not worked out twice."""

    scenes: dict[tuple[object, ...], Scene] = field(factory=dict)


def as_it_is(state: State, known: Known | None = None) -> Loss:
    """Return who has no way home although nothing more fails; `known` as of `losses`."""
    return _scene(state, Known() if known is None else known).before


def losses(state: State, known: Known | None = None) -> tuple[Loss, ...]:
    """Return every single further failure that takes somebody's way home or sends them away, by node.

    Failures of one ship that do the same are one; of others each is told by itself.

    Args:
        state: The station as it stands.
        known: What is known of the same station at other times; what is found is added to it.
    """
    scene = _scene(state, Known() if known is None else known)
    found: dict[tuple[object, ...], Loss] = {}
    for node in candidates(state):
        if node not in scene.losses:
            scene.losses[node] = _one(state, node, scene)
        loss = scene.losses[node]
        if loss is None:
            continue
        key = (loss.subject, loss.without, loss.left, loss.leave, loss.evacuates)
        alike = found.get(key, attrs.evolve(loss, nodes=(), none=()))
        none = tuple(person for person in loss.without if person in alike.none or person in loss.none)
        found[key] = attrs.evolve(alike, nodes=(*alike.nodes, node), none=none)
    return tuple(found.values())


def _scene(state: State, known: Known) -> Scene:
    key = scene_key(state)
    if key not in known.scenes:
        far = any(whereabouts(state, person) is not None for person in state.aboard)
        known.scenes[key] = Scene(before=_loss(state, "", ()), far=far, ways=_ways(state))
    return known.scenes[key]


def _one(state: State, node: str, scene: Scene) -> Loss | None:
    """Return what the failure of a node does; None where that is nothing."""
    twin, mark = failed(state, node)
    if not mark or _is_aside(state, twin, mark, scene):
        return None
    if mark not in scene.effects:
        scene.effects[mark] = _told(state, twin, node, scene.before.without)
    loss = attrs.evolve(scene.effects[mark], subject=state.station.ship_of(node) or node, nodes=(node,))
    if set(loss.without) <= set(scene.before.without) and not loss.leave and not loss.evacuates:
        return None
    return loss


def _is_aside(state: State, twin: State, mark: Mark, scene: Scene) -> bool:
    """Tell whether a failure is in nobody's way home: people are about the station, and no ship and no host fails."""
    moves_status = any(len(entry) > 2 for entry in mark)  # noqa: PLR2004 - centre, ship and status
    return not (scene.far or moves_status or any(name in scene.ways for _, name in mark) or _is_empty(twin))


def _ways(state: State) -> frozenset[str]:
    """Return every docked ship that somebody could leave in, with its hatch and the volume that it stands at."""
    station = state.station
    mine = {state.fit.get(person) for person in state.aboard}
    docked = ((ship, at) for ship, at in state.ship_at.items() if at in station.ports)
    here = [(ship, at) for ship, at in docked if ship in mine or station.is_crew_ship(ship)]
    return frozenset(node for ship, at in here for node in (ship, ship + SHIP_HATCH, station.ports[at].host))


def candidates(state: State) -> tuple[str, ...]:
    """Return the nodes whose failure could matter, ships and their parts first.

    Docked ships with everything that their crewed and their emergency return hang on, then hatches, then volumes. What
    a ship can do does not fail by itself: something that it hangs on does. A hatch between volumes parts nobody from
    their ship while everybody is about the station.
    """
    station, graph = state.station, state.station.graph
    here = [ship for ship, at in state.ship_at.items() if at in station.ports or at == RELOCATING]
    found = dict.fromkeys(sorted(here))
    for ship in sorted(here):
        returns = [f"{ship}/{name}" for name in (CREWED_RETURN, EMERGENCY_RETURN) if f"{ship}/{name}" in graph.index]
        needed = {node for name in returns for node in _needed(state, name)}
        found |= dict.fromkeys(sorted(node for node in needed if station.node_type(node) != _CAPABILITY))
    is_far = any(whereabouts(state, person) is not None for person in state.aboard)
    found |= dict.fromkeys(door.id for door in doors(state) if is_far or station.ship_of(door.id) is not None)
    found |= dict.fromkeys(sorted(station.volumes))
    return tuple(found)


def _needed(state: State, node: str) -> Iterator[str]:
    """Yield a node and everything that it hangs on, through every gate."""
    graph = state.station.graph
    waiting, seen = [graph.index[node]], {graph.index[node]}
    while waiting:
        gate = graph.gates[current := waiting.pop()]
        yield graph.ids[current]
        new = dict.fromkeys(source for source in (*gate.hard, *gate.some, *gate.soft) if source not in seen)
        seen.update(new)
        waiting += new


def failed(state: State, node: str) -> tuple[State, Mark]:
    """Return the state in which a node has failed and every centre knows it, and what that moves.

    Two nodes that move the same do the same to people. A compartment without air takes with it those that open hatches
    join to it which cannot be shut; a hatch is shut.
    """
    twin = copy.copy(state)
    twin.views = {name: view.copy() for name, view in state.views.items()}
    twin.hatches, twin.status = dict(state.hatches), dict(state.status)
    lost = _airless_with(state, node)
    if state.station.node_type(node) == "hatch":
        twin.hatches[node] = "closed"
    mark: list[tuple[str, ...]] = []
    for centre in state.station.centres:
        moved = [name for part in lost for name in _fail(twin, centre, part)]
        mark += [(centre, name) for name in moved if name in state.station.passages]
        for ship in _doubted(state, twin, centre, moved):
            status = verdict(twin, centre, ship).status
            twin.status[(centre, ship)] = Status(status=status, since_s=state.now_s, row=-1)
            mark.append((centre, ship, status))
    return twin, tuple(mark)


def _doubted(state: State, twin: State, centre: str, moved: list[str]) -> Iterator[str]:
    """Yield the ships of which a centre has lost what a verdict reads; the verdict on all others stands."""
    station = state.station
    for ship in dict.fromkeys(station.ship_of(name) for name in moved):
        if ship is None or not station.is_crew_ship(ship):
            continue
        cabin = station.type_of(ship).cabin
        parts = (CREWED_RETURN, EMERGENCY_RETURN, *([] if cabin is None else [cabin.loop]))
        read = [f"{ship}/{part}" for part in parts if f"{ship}/{part}" in moved]
        if any(is_lost(twin.health(centre, part)) and not is_lost(state.health(centre, part)) for part in read):
            yield ship


def _airless_with(state: State, node: str) -> tuple[str, ...]:
    """Return what fails with a node: a compartment's neighbours behind open hatches that cannot be shut."""
    station = state.station
    if node not in station.volumes and node not in station.ships:
        return (node,)
    held = [hatch for hatch, stands in state.hatches.items() if stands == "open" and _is_lost(state, hatch)]
    stuck = [door.between for door in doors(state) if door.id in held] if held else []
    found = [node]
    for part in found:
        found += dict.fromkeys(
            other for ends in stuck if part in ends for other in ends if other not in found and other != part
        )
    return tuple(found)


def _fail(twin: State, centre: str, node: str) -> tuple[str, ...]:
    """Let a node fail in a view, with all that hangs on it; return the nodes whose health changed."""
    graph, view = twin.station.graph, twin.views[centre]
    index = graph.index[node]
    view.own[index] = FAILED
    moved = propagate(graph, view.own, view.health, index)
    for change in moved:
        view.health[change.node] = change.after
        view.sick.setdefault(graph.ids[change.node], Sick(since_s=twin.now_s, row=-1, incident=None))
    return tuple(graph.ids[change.node] for change in moved)


def _told(state: State, twin: State, node: str, already: tuple[str, ...]) -> Loss:
    """Return what a failure does: who hears the air go reaches the side of their ship, or the ship itself, in time."""
    if node not in state.station.volumes:
        return _loss(twin, node, ())
    going = tuple(person for person in state.aboard if person not in already and _must_go(twin, person))
    twin.sheltered = {**state.sheltered, **{person: (state.fit[person], state.now_s, -1) for person in going}}
    leave = tuple(p for p in going if level_of(twin, p) <= WAY_HOME and _is_lost(twin, _host(twin, p)))
    loss = _loss(twin, node, leave)
    return attrs.evolve(loss, evacuates=bool(state.aboard) and (_is_empty(twin) or leave == tuple(state.aboard)))


def _is_empty(state: State) -> bool:
    return all(_is_lost(state, volume) for volume in state.station.volumes)


def _must_go(twin: State, person: str) -> bool:
    """Tell whether somebody must move at once to keep their ship; who is outside is not in time."""
    return level_of(twin, person) > WAY_HOME and outside_until_s(twin, person) is None


def _host(state: State, person: str) -> str:
    """Return the volume that the docked ship of a person stands at."""
    return state.station.ports[state.ship_at[state.fit[person]]].host


def _is_lost(state: State, node: str) -> bool:
    return any(state.health(centre, node) == FAILED for centre in state.station.centres)


def _loss(state: State, node: str, leave: tuple[str, ...]) -> Loss:
    levels = {person: level_of(state, person) for person in state.aboard}
    without = tuple(person for person, level in levels.items() if level > WAY_HOME)
    return Loss(
        subject=state.station.ship_of(node) or node,
        nodes=(node,) if node else (),
        without=without,
        none=tuple(person for person in without if levels[person] > WAY_HOME + 1),
        left=len(without) - most_placed(state, without),
        leave=leave,
    )
