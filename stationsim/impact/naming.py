"""What are things called that the manifest gives no name of their own? Bodies of air, and hatches named by their id."""

from stationsim.log.kinds import Kind
from stationsim.log.outcome import Manifest

__all__ = [
    "CABIN",
    "air_name",
    "compartments",
    "hatch_name",
    "is_air",
    "is_body",
    "is_told_of_air",
    "listed",
    "trouble",
]

CABIN = "cabin-air"
"""Id of the largest body of air; any other body has the ids of its compartments, comma-separated."""

_MOST = 3


def listed(names: list[str], most: int = _MOST) -> str:
    """Return names as people list them; a long list is cut.

    >>> listed(["a"]), listed(["a", "b"]), listed(list("abcdef"))
    ('a', 'a and b', 'a, b, c and 3 more')
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def compartments(manifest: Manifest, *types: str) -> tuple[str, ...]:
    """Return the ids of everything that holds air: volumes and ships, or only these types."""
    wanted = types or ("volume", "vehicle")
    nodes = tuple(str(node["id"]) for node in manifest.graph.get("nodes", ()) if node.get("type") in wanted)
    return tuple(dict.fromkeys((*nodes, *(manifest.ships if "vehicle" in wanted else ()))))


def air_name(names: dict[str, str], thing: str) -> str | None:
    """Return the name of a body of air, None for anything else.

    >>> air_name({"a": "A"}, "cabin-air"), air_name({"a": "A"}, "a,b"), air_name({"a": "A"}, "a")
    ('cabin air', 'A and b', None)
    """
    if thing == CABIN:
        return names.get(thing, "cabin air")
    return listed([names.get(part, part) for part in thing.split(",")]) if "," in thing else None


def hatch_name(names: dict[str, str], thing: str) -> str | None:
    """Return the name of a hatch that is called by its id and whose id is made of two others; None for anything else.

    >>> hatch_name({"unity-pma-1": "unity-pma-1", "unity": "Unity", "pma-1": "PMA-1"}, "unity-pma-1")
    'hatch Unity / PMA-1'
    """
    if names.get(thing) != thing:
        return None
    parts = thing.split("-")
    ends = (("-".join(parts[:cut]), "-".join(parts[cut:])) for cut in range(1, len(parts)))
    return next((f"hatch {names[a]} / {names[b]}" for a, b in ends if a in names and b in names), None)


def is_body(manifest: Manifest, subject: str) -> bool:
    """Is this the id of a body of air?"""
    return subject == CABIN or set(subject.split(",")) <= set(compartments(manifest))


def is_air(manifest: Manifest, subject: str, quantity: str) -> bool:
    """Is this curve one of the air in the cabin?"""
    return quantity in {"pressure", "reserve_time"} and is_body(manifest, subject)


def is_told_of_air(manifest: Manifest, kind: Kind, subject: str, incident: str | None, unit: str | None) -> bool:
    """Does such an event name a compartment, but mean the air that it shares?"""
    if kind not in {Kind.CROSSED, Kind.ALARMED, Kind.REPORTED} or subject not in compartments(manifest):
        return False
    nodes = {str(known["id"]): known["node"] for known in manifest.incidents}
    return unit == "kPa" or (kind is Kind.REPORTED and incident in nodes and nodes[incident] != subject)


def trouble(manifest: Manifest, incident: str) -> str:
    """Return the name of an incident; of one without a name, what it struck."""
    if incident in manifest.names:
        return manifest.names[incident]
    node = next((str(known["node"]) for known in manifest.incidents if known["id"] == incident), incident)
    return f"trouble with {manifest.names.get(node, node)}"
