"""How does an error name what was written and what would do? Nouns, candidates and did-you-mean, in one voice."""

import difflib
import heapq
from collections.abc import Iterable

_SHOWN = 12
_LONGEST = 60
_MANY = 1000
_SPACES = {"type": "ship type", "vehicle": "ship", "kind": "kind of activity"}
_CLASSES = {
    "VehicleType": "ship type",
    "Vehicle": "ship",
    "Thing": "node",
    "Needs": "'needs'",
    "Loop": "loop",
    "Tank": "tank",
    "ArmBase": "base of an arm",
}


def shorten(value: object) -> str:
    """Write a value for an error text, never longer than a line.

    >>> shorten("harmony-zenit"), shorten(2.7), shorten(True)
    ("'harmony-zenit'", '2.7', 'true')
    """
    if isinstance(value, bool):
        return str(value).lower()
    return repr(clip(value)) if isinstance(value, str) else clip(str(value))


def clip(text: str) -> str:
    """Cut a text that is too long for a line.

    >>> clip("a" * 100)[-3:]
    'aa…'
    """
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def plural(noun: str) -> str:
    """Write a noun of the scenario for several.

    >>> plural("person"), plural("port"), plural("hatch"), plural("capability"), plural("mode of leak")
    ('people', 'ports', 'hatches', 'capabilities', 'modes of leak')
    """
    if noun == "person":
        return "people"
    head, of, rest = noun.partition(" of ")
    ending = "es" if head.endswith("ch") else "s"
    return (head[:-1] + "ies" if head.endswith("y") else head + ending) + of + rest


def one(noun: str) -> str:
    """Write a noun of the scenario with its article.

    >>> one("airlock"), one("port"), one("'needs'")
    ('an airlock', 'a port', "'needs'")
    """
    if noun.startswith("'"):
        return noun
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"


def class_noun(cls: type) -> str:
    """Return what people call a record of this class.

    >>> class_noun(type("VehicleType", (), {}))
    'ship type'
    """
    return _CLASSES.get(cls.__name__, cls.__name__.lower())


def space_noun(space: str) -> str:
    """Return what people call what a key refers to.

    >>> space_noun("vehicle"), space_noun("port")
    ('ship', 'port')
    """
    return _SPACES.get(space, space)


def closest(wrong: str, names: Iterable[str]) -> str | None:
    """Return the name that was perhaps meant.

    >>> closest("Harmony-Zenit", ["harmony-zenith", "rassvet"])
    'harmony-zenith'
    """
    meant = {name.lower(): name for name in sorted(names)}
    if len(meant) > _MANY:  # comparing letter by letter takes its time
        meant = {name: meant[name] for name in [name for name in meant if name[:1] == wrong[:1].lower()][:_MANY]}
    found = difflib.get_close_matches(clip(wrong).lower(), meant, n=1)
    return meant[found[0]] if found else None


def candidates(title: str, names: Iterable[str], wrong: str) -> str:
    """Say what would do, cut sensibly, and what was perhaps meant.

    >>> candidates("Ports", ["rassvet", "poisk"], "posk")
    "Ports: poisk, rassvet. Did you mean 'poisk'?"
    >>> candidates("Ports", [], "posk")
    'Ports: none.'
    """
    known = set(names)
    shown = ", ".join(heapq.nsmallest(_SHOWN, known)) or "none"
    rest = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    meant = closest(wrong, known)
    return f"{title}: {shown}{rest}." + (f" Did you mean {meant!r}?" if meant else "")


def not_a(noun: str, wrong: str, names: Iterable[str]) -> str:
    """Say that a name names nothing of this noun, and what would.

    >>> not_a("port", "posk", ["poisk"])
    "'posk' is not a port. Ports: poisk. Did you mean 'poisk'?"
    """
    return f"{shorten(wrong)} is not {one(noun)}. {candidates(plural(noun).capitalize(), names, wrong)}"
