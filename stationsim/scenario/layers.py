"""Which files does a scenario stand on, and what do they say together? Lookup of `base:`, and the merge of the layers.

A file lies over its bases, a later base over an earlier one; a file that several bases share counts once, at the
bottom. Mappings are merged key by key, everything else is replaced, and so is a date (`at:`, `ready:`), even one
written as a mapping; `waivers:` and `opening:` are added to. `key: ~` removes what a lower layer says under that key,
`without:` whole records with all that cannot be without them. Every value keeps the place where it was written.
"""

from pathlib import Path

from attrs import Factory, define

from stationsim.scenario.additions import grown, with_volumes
from stationsim.scenario.folders import (
    ambiguity,
    base_fault,
    config_roots,
    find_base,
    find_scenario,
    looks_like_path,
    names_of,
    shown,
)
from stationsim.scenario.places import Place, Reading, Source
from stationsim.scenario.reader import MAX_BYTES, Entry, Map, Node, Scalar, Seq, read_tree
from stationsim.scenario.removal import WITHOUT, remove
from stationsim.scenario.words import candidates, shorten

BASE = "base"
_WHOLE = frozenset({"at", "ready"})
_MOST = 50


@define
class _Stack:
    """The layers found so far, lowest first, and the chain of files being read."""

    trees: dict[Path, Map] = Factory(dict)
    chain: list[Path] = Factory(list)
    seen: set[Path] = Factory(set)


def read_layers(name: str, reading: Reading) -> Map | None:
    """Read a scenario and everything it stands on into one tree.

    Args:
        name: A path if a file is there, else the name of a scenario.
        reading: Where problems are noted.

    Returns:
        The merged tree, or None where a layer is missing or unreadable.
    """
    try:
        path = find_scenario(name)
        several = None if path is None or Path(name).is_file() else ambiguity(name)
    except (OSError, ValueError) as error:
        reading.add(reading.home, (), f"cannot be read: {_why(error)}.")
        return None
    if path is None or several is not None:
        reading.add(reading.home, (), several or _unknown(name))
        return None
    stack = _Stack()
    if not _add_layer(path, stack, reading):
        return None
    merged = Map(Place(Source(shown(path))))
    for tree in stack.trees.values():
        merged = _over(merged, with_volumes(tree, reading), reading)
    return merged


def read_text(text: str, name: str, reading: Reading) -> Map | None:
    """Read the text of a file and everything it stands on into one tree; `base:` is looked up in the working directory.

    Args:
        text: The text.
        name: Name shown for it.
        reading: Where problems are noted.

    Returns:
        The merged tree, or None where a layer is missing or unreadable.
    """
    tree = read_tree(text.encode("utf-8", errors="surrogatepass"), name, reading)
    if tree is None:
        return None
    stack = _Stack()
    below = [_add_base(item, Path(), stack, reading) for item in _names(tree.entries.pop(BASE, None), reading)]
    if not all(below):
        return None
    merged = Map(Place(Source(name)))
    for layer in (*stack.trees.values(), tree):
        merged = _over(merged, with_volumes(layer, reading), reading)
    return merged


def _over(below: Map, tree: Map, reading: Reading) -> Map:
    """Lay a file over those below: what it is without goes, what it adds is added, the rest is merged."""
    entries = dict(tree.entries)
    without = entries.pop(WITHOUT, None)
    left = below if without is None else remove(below, without, reading)
    for key, entry in entries.items():
        longer = grown(key, left.entries[key].node, entry.node, reading) if key in left.entries else None
        entries[key] = entry if longer is None else Entry(entry.place, longer)
    return merge(left, Map(tree.place, entries))


def merge(under: Map, over: Map) -> Map:
    """Lay one mapping over another."""
    entries = dict(under.entries)
    for key, entry in over.entries.items():
        below = entries.get(key)
        node: Node = entry.node
        if below and isinstance(below.node, Map) and isinstance(node, Map) and key not in _WHOLE:
            node = merge(below.node, node)
        entries[key] = Entry(entry.place, node, hides=below is not None)
    return Map(over.place, entries)


def _unknown(name: str) -> str:
    """Say that there is no such scenario, and which there are."""
    if looks_like_path(name):
        return "There is no such file."
    known = names_of(config_roots(), ("scenarios",))
    return f"This is neither a file nor the name of a scenario. {candidates('Scenarios', known, name)}"


def _why(error: Exception) -> str:
    """Say in words why a file cannot be read."""
    return getattr(error, "strerror", None) or str(error)


def _add_layer(path: Path, stack: _Stack, reading: Reading) -> bool:
    """Read one file after its bases; return whether all of them could be read."""
    resolved = path.resolve()
    if resolved in stack.seen:
        return True
    stack.seen.add(resolved)
    tree = read_file(path, reading)
    if tree is None:
        return False
    entry = tree.entries.pop(BASE, None)
    stack.chain.append(path)
    below = [_add_base(name, path.parent, stack, reading) for name in _names(entry, reading)]
    stack.chain.pop()
    stack.trees[resolved] = tree
    return all(below)


def read_file(path: Path, reading: Reading) -> Map | None:
    """Read one file into a tree; None where it cannot be read as a whole."""
    name = shown(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reading.add(Place(Source(name)), (), f"cannot be read: {_why(error)}.")
        return None
    return read_tree(data, name, reading)


def _names(entry: Entry | None, reading: Reading) -> list[Scalar]:
    """Return the names in `base:`."""
    if entry is None or (isinstance(entry.node, Scalar) and entry.node.text in ("~", "null")):
        return []
    items = entry.node.items if isinstance(entry.node, Seq) else (entry.node,)
    names = []
    for item in items:
        if isinstance(item, Scalar) and isinstance(item.value, str):
            names.append(item)
        elif not (isinstance(item, Scalar) and item.broken):
            reading.add(
                item.place, (BASE,), "This is not the name of a file. Write 'base: NAME' or 'base: [NAME, NAME]'."
            )
    return names


def _add_base(item: Scalar, beside: Path, stack: _Stack, reading: Reading) -> bool:
    """Read the file that a name in `base:` means."""
    name = str(item.value)
    fault = base_fault(name)
    if fault:
        advice = "Write the name of a file beside this one, in ./configs or in the package."
        reading.add(item.place, (BASE,), f"{shorten(name)} {fault}. {advice}")
        return False
    try:
        path, strayed = find_base(name, beside)
        several = ambiguity(name, beside)
    except OSError as error:
        reading.add(item.place, (BASE,), f"{shorten(name)} cannot be read: {_why(error)}.")
        return False
    if several is not None:
        reading.add(item.place, (BASE,), several)
        return False
    if path is None:
        reading.add(item.place, (BASE,), _no_base(name, strayed, beside))
        return False
    return _below(path, item, stack, reading)


def _below(path: Path, item: Scalar, stack: _Stack, reading: Reading) -> bool:
    """Read a base, unless it stands on itself."""
    chain = [known.resolve() for known in stack.chain]
    if path.resolve() in chain:
        files = [shown(known) for known in (*stack.chain[chain.index(path.resolve()) :], path)]
        reading.add(item.place, (BASE,), f"The file stands on itself: {' -> '.join(files)}. Remove one 'base:'.")
        return False
    if len(stack.seen) >= _MOST:
        reading.add(item.place, (BASE,), f"A scenario may stand on {_MOST} files at most.")
        return False
    return _add_layer(path, stack, reading)


def _no_base(name: str, strayed: bool, beside: Path) -> str:  # noqa: FBT001 - a finding, not an option
    """Say that a base cannot be found, and which there are."""
    if strayed:
        return f"{shorten(name)} is a link that leaves the search path. Put the file itself there."
    names = (*names_of((beside,), (".",)), *names_of(config_roots()))
    advice = candidates("Files", names, name)
    return f"{shorten(name)} is not a file beside this one, in ./configs or in the package. {advice}"
