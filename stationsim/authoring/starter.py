"""With what does a person begin? A file that runs as it is, explains its keys, and holds more to switch on."""

import json
import os
import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

import attrs

from stationsim.authoring import pick
from stationsim.authoring.annotate import Line, annotate, commented
from stationsim.errors import ScenarioError
from stationsim.scenario.folders import ambiguity, base_fault, config_roots, find_base, find_scenario, names_of
from stationsim.scenario.layers import read_file
from stationsim.scenario.load import load
from stationsim.scenario.model import HAZARDS, Scenario
from stationsim.scenario.places import Place, Reading, Source
from stationsim.scenario.reader import resolve
from stationsim.scenario.scalars import check_slug
from stationsim.scenario.words import candidates, shorten

FIRST = "first-station"
"""The scenario that a file without a base is made from."""

_SCHEMA = "scenario.schema.json"
_EDITOR = "# yaml-language-server: $schema="
_HEAD = (
    "# stationsim check FILE tells every mistake, stationsim run FILE plays it, stationsim explain KEY helps.",
    "# A line that begins with # and is no sentence is switched off: remove the # in its first column to use it.",
)
_HINT = f"# For an editor that completes keys: stationsim schema > {_SCHEMA}, and a first line {_EDITOR}{_SCHEMA}"
_PLAIN = re.compile(r"[A-Za-z0-9][\w ./()'-]*|\d{4}-\d\d-\d\dT\d\d:\d\dZ")
_LONGEST = timedelta(days=90)
_MADE_UP = "my own assumption"


def new_file(name: str, base: str | None, path: Path) -> str:
    """Return the text of a new scenario.

    Args:
        name: Its id.
        base: The name of an increment or scenario it lies over; None for a small station of its own.
        path: Where it will stand: beside it the base and the schema are looked up.

    Raises:
        ScenarioError: The name is no id, or there is no such base, or something is wrong with it.
    """
    try:
        check_slug(name)
    except ValueError as error:
        raise ScenarioError(f"NAME: {error}") from error
    lines = _own(name) if base is None else _over(name, base, _base(base, path))
    return "\n".join((*_first_lines(path.parent), "", annotate(lines)))


def write_new(text: str, path: Path, *, is_forced: bool) -> None:
    """Write a new file, whole or not at all.

    Raises:
        ScenarioError: There is one already.
        OSError: It cannot be written.
    """
    if path.exists() and not is_forced:
        raise ScenarioError(f"{path} exists. Choose another place with --out, or overwrite it with --force.")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _base(name: str, path: Path) -> Scenario:
    """Return what a new file will stand on."""
    known = names_of(config_roots(), ("scenarios", "increments"))
    if fault := base_fault(name):
        raise ScenarioError(f"--from: {shorten(name)} {fault}. {candidates('Names', known, name)}")
    if several := ambiguity(name, path.parent):
        raise ScenarioError(f"--from: {several}")
    found, _ = find_base(name, path.parent)
    if found is None:
        advice = candidates("Names", known, name)
        raise ScenarioError(f"--from: {shorten(name)} is not the name of an increment or a scenario. {advice}")
    if found.resolve() == path.resolve():
        raise ScenarioError(f"--from: {path} would stand on itself. Choose another NAME.")
    tree = read_file(found, Reading(Place(Source(name))))
    if tree is not None and "scenario" not in tree.entries:
        advice = candidates("Names", known, "")
        raise ScenarioError(
            f"--from: {shorten(name)} is only a part of scenarios, without a plan to begin with. {advice}"
        )
    return load(str(found))


def _first_lines(folder: Path) -> list[str]:
    """Return the comment at the top: for the editor, and for the reader."""
    known = [way for way in (_SCHEMA, f"../{_SCHEMA}") if (folder / way).is_file()]
    editor = [f"{_EDITOR}{known[0]}"] if known else []
    return [*editor, *_HEAD, *([] if known else [_HINT])]


def _own(name: str) -> tuple[Line, ...]:
    """Return the small station as a scenario of this name, without its own comments."""
    path = find_scenario(FIRST)
    if path is None:
        raise ScenarioError(f"new: the scenario {FIRST!r}, which a new file is made from, is missing from the package.")
    text = path.read_text(encoding="utf-8").replace(f"scenario: {FIRST}\n", f"scenario: {name}\n", 1)
    return tuple(Line(line) for line in text.splitlines() if not line.startswith("#"))[1:]


def _over(name: str, base: str, known: Scenario) -> tuple[Line, ...]:
    """Return a scenario that lies over another: incidents on its nodes, and what else could be said, switched off."""
    below = attrs.evolve(known, incidents=())
    lines = [f"scenario: {name}", f"base: {base}", f"title: {scalar(f'What strikes {below.title or below.id}')}"]
    until = min(below.start_utc + _LONGEST, below.start_utc + timedelta(seconds=below.horizon_s)).date()
    on = [Line(line) for line in (*lines, f"until: {until}", "")] + _incidents(below)
    for part in (_opening(below), _activities(below), _things(below), _modes(), _rules(below)):
        on += [Line(""), *(Line(line, is_off=True) for line in part)] if part else []
    return tuple(on)


def _incidents(below: Scenario) -> list[Line]:
    """Return the incidents: a leak and a failure that strike, and a false alarm switched off."""
    first, second, third = (str((below.start_utc + timedelta(days=days)).date()) for days in (1, 3, 5))
    found = [
        (pick.leak(below, "leak", f"{first}T06:00Z"), "Something leaks; physics works out its course.", False),
        (
            pick.failure(below, "failure", f"{second}T09:00Z"),
            "Something fails, for longer or shorter than is thought.",
            False,
        ),
        (pick.false_alarm(below, "false-alarm", f"{third}T09:00Z"), "A sensor shows what is not there.", True),
    ]
    lines = [Line("incidents:")]
    for example, words, is_off in found:
        if example is not None:
            others = f" Another node: {', '.join(example.others)}." if example.others else ""
            lines += [Line(line) for line in commented(words + others, "  ")]
            lines += [Line(line, is_off=is_off) for line in item(example.given)]
            # What would be switched off inside a switched-off record could not be told from it.
            lines += (
                []
                if is_off
                else [Line(f"    {key}: {scalar(value)}", is_off=True) for key, value in example.further.items()]
            )
    return lines if len(lines) > 1 else [Line("incidents: []")]


def _opening(below: Scenario) -> list[str]:
    """Return something that is not as new at the start, where the base says nothing of the kind that it would hide."""
    feared = {rule.while_sick for rule in below.rules}
    free = (thing.id for thing in below.things if thing.id not in feared)
    node = next(free, None) if not below.opening else None
    return ["opening:", *item({"node": node, "health": "degraded", "source": _MADE_UP})] if node else []


def _activities(below: Scenario) -> list[str]:
    """Return an activity of one's own, of the first kind of plain work."""
    kind = next((kind for kind in below.kinds if kind.layer == "work" and kind.effect == "none"), None)
    who = next((person for person in below.people if person.aboard), None)
    if kind is None or who is None:
        return []
    days = [str((below.start_utc + timedelta(days=day)).date()) for day in (7, 21)]
    given = {"name": "My own work", "kind": kind.id, "centre": who.centre, "at": {"from": days[0], "to": days[1]}}
    people = ["    people:", "      - role: hand", f"        who: {who.id}"]
    return [
        "activities:",
        "  my-work:",
        *keys(given, "    "),
        *people,
        *keys({"lasts": "2 h", "source": _MADE_UP}, "    "),
    ]


def _things(below: Scenario) -> list[str]:
    """Return a component of one's own and what hangs on it."""
    where = [volume.id for volume in below.volumes[:1]]
    pump = keys({"name": "My pump", "type": "my-pump", "needs": where, "source": _MADE_UP}, "    ")
    rack = keys({"name": "My rack", "type": "my-rack", "needs": ["my-pump"], "source": _MADE_UP}, "    ")
    return ["things:", "  my-pump:", *pump, "  my-rack:", *rack]


def _modes() -> list[str]:
    """Return a mode of failure of one's own, with what is asked."""
    mode = keys(
        {"text": "The pump stands still.", "how": "change", "types": ["my-pump"], "noticed_after": "5 min"}, "    "
    )
    more = keys({"expect": "6 d", "source": _MADE_UP}, "    ")
    asked = keys({"text": "Why did it stop?", "after": "2 d", "source": _MADE_UP}, "        ")
    return ["modes:", "  my-failure:", *mode, *more, "    questions:", "      why:", *asked]


def _rules(below: Scenario) -> list[str]:
    """Return a rule of one's own, which no plan breaks before something leaks."""
    outside = [kind.id for kind in below.kinds if kind.effect == "outside"]
    given = {
        "template": "residue",
        "text": "Nobody goes where residue may lie.",
        "hazards": list(HAZARDS),
        "kinds": outside,
    }
    told = {"severity": "safety", "waived_by": "flight director", "source": _MADE_UP}
    return ["rules:", "  MY-1:", *keys({**given, **told}, "    ")] if outside else []


def item(given: Mapping[str, object]) -> list[str]:
    """Write a record of a list."""
    first, *rest = keys(given, "    ")
    return [f"  - {first.strip()}", *rest]


def keys(given: Mapping[str, object], indent: str) -> list[str]:
    """Write the keys of a record, one a line."""
    return [f"{indent}{key}: {scalar(value)}" for key, value in given.items()]


def scalar(value: object) -> str:
    """Write a value on one line, in quotes where it could be read as something else.

    >>> scalar("2 h"), scalar("a: b"), scalar(["hub", "lab"]), scalar({"fit": 1}), scalar(True), scalar("12")
    ('2 h', '"a: b"', '[hub, lab]', '{fit: 1}', 'true', '"12"')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {scalar(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and isinstance(resolve(value), str) and value == value.strip()
        return value if plain else json.dumps(value, ensure_ascii=False)
    return "[" + ", ".join(scalar(inner) for inner in value) + "]" if isinstance(value, Iterable) else str(value)
