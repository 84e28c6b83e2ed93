"""What if it were otherwise? A changed scenario from a given one, with the same records, texts and checks as a file.

A problem names the argument: `with_leak(node=...): 'soyuz' is not a node. ...`
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import attrs

from stationsim.errors import ScenarioError
from stationsim.names import Named, Names
from stationsim.scenario.aliases import names_of, with_ids
from stationsim.scenario.check import check
from stationsim.scenario.crews import with_crews
from stationsim.scenario.dump import duration_text, plain, scenario_hash
from stationsim.scenario.incidents import leak_modes
from stationsim.scenario.layers import merge
from stationsim.scenario.model import Activity, Incident, Person, Rule, Scenario
from stationsim.scenario.nodes import node_types
from stationsim.scenario.places import Place, Reading, Source, Spot, Trail, trail_text
from stationsim.scenario.reader import MAX_DEPTH, Entry, Map, Node, Scalar, Seq, control_fault
from stationsim.scenario.scalars import check_slug, read_time
from stationsim.scenario.structure import record
from stationsim.scenario.tree import records_of
from stationsim.scenario.words import candidates, clip, not_a, one, shorten
from stationsim.units import format_utc

_HUGE = 10**18


def with_leak(scenario: Scenario, node: str, values: Mapping[str, object]) -> Scenario:
    """Return a scenario with one more leak; without `mode` it is the only one that can strike the node.

    Raises:
        ScenarioError: Something about the leak is impossible.
    """
    node = _meant(names_of(scenario, "node"), node, "with_leak(node=...)")
    given = dict(values)
    mode, name = given.pop("mode", None), given.pop("id", None)
    if mode is None:
        mode = _only_mode(scenario, node)
    if name is None:
        name = _free_id(scenario, node)
    tree = {"id": name, "leak": mode, "node": node, **given}
    return _with_incident(scenario, tree, "with_leak", {"leak": "mode"})


def with_incident(scenario: Scenario, values: Mapping[str, object]) -> Scenario:
    """Return a scenario with one more incident, from the keys of a file.

    Raises:
        ScenarioError: Something about the incident is impossible.
    """
    return _with_incident(scenario, values, "with_incident", {})


def with_activity(scenario: Scenario, name: str, values: Mapping[str, object]) -> Scenario:
    """Return a scenario with one more activity, or with these keys laid over those of the activity of that id.

    Raises:
        ScenarioError: Something about the activity is impossible.
    """
    reading = _reading("with_activity")
    name = names_of(scenario, "activity").meaning(name) or name
    old = next((activity for activity in scenario.activities if activity.id == name), None)
    tree = _mapping(values, "with_activity", {}, reading)
    if old is not None:
        tree = merge(_mapping(plain(old, scenario.start_utc), "with_activity(...)", {}, reading), tree)
    try:
        check_slug(name)
    except ValueError as error:
        reading.add(_argument("with_activity", ("id",)), (), str(error))
    tree, people = _crewed(scenario, name, tree, reading)
    new: Activity = record(Activity, tree, ("activities", name), scenario.start_utc, reading)
    reading.spots[("activities", name)] = Spot(reading.home, ("activities", name))
    kept = tuple(new if activity is old else activity for activity in scenario.activities)
    activities = kept if old is not None else (*kept, new)
    return _checked(scenario, reading, activities=activities, people=(*scenario.people, *people))


def _crewed(scenario: Scenario, name: str, tree: Map, reading: Reading) -> tuple[Map, tuple[Person, ...]]:
    """Return an activity whose people all have records, and the records of those who had none."""
    start = scenario.start_utc
    sections = {
        section: {item.id: plain(item, start) for item in getattr(scenario, section)}
        for section in ("centres", "vehicles", "people")
    }
    whole = _mapping(sections, "with_activity(...)", {}, reading)
    flight = Map(tree.place, {name: Entry(tree.place, tree)})
    crewed = with_crews(Map(whole.place, {**whole.entries, "activities": Entry(tree.place, flight)}), reading)
    known = {person.id for person in scenario.people}
    new = [(id_, node) for id_, node in records_of(crewed, "people") if id_ not in known]
    people = tuple(record(Person, node, ("people", id_), start, reading) for id_, node in new)
    found = dict(records_of(crewed, "activities"))[name]
    assert isinstance(found, Map)
    return found, people


def without(scenario: Scenario, ids: Sequence[str]) -> Scenario:
    """Return a scenario without these incidents or activities, and without waivers for such activities.

    Raises:
        ScenarioError: There is no such incident or activity, or another activity needs it.
    """
    reading = _reading("without")
    known = _taken(scenario)
    plan = (Named(activity.id, activity.name, activity.aliases) for activity in scenario.activities)
    names = Names.of((*(Named(incident.id) for incident in scenario.incidents), *plan))
    ids = [names.meaning(str(name)) or name for name in ids]
    for name in ids:
        if advice := names.advice(str(name)):
            reading.add(reading.home, (), advice)
        elif name not in known:
            what = f"{shorten(name)} is neither an incident nor an activity. "
            first = [incident.id for incident in scenario.incidents]
            advice = candidates("Incidents", first, str(name)).split(" Did you mean")[0]
            meant = candidates("", known, str(name)).partition(" Did you mean")
            reading.add(reading.home, (), what + advice + meant[1] + meant[2])
    return _checked(
        scenario,
        reading,
        incidents=tuple(incident for incident in scenario.incidents if incident.id not in ids),
        activities=tuple(activity for activity in scenario.activities if activity.id not in ids),
        waivers=tuple(waiver for waiver in scenario.waivers if waiver.activity not in ids),
        rules=tuple(_still_named(scenario.rules, ids)),
    )


def _still_named(rules: Iterable[Rule], ids: Sequence[str]) -> Iterator[Rule]:
    """Yield rules without the activities that are gone; one that governed nothing else goes too."""
    for rule in rules:
        kept = tuple(name for name in rule.activities if name not in ids)
        if kept or not rule.activities:
            yield rule if kept == rule.activities else attrs.evolve(rule, activities=kept)


def until(scenario: Scenario, text: object) -> Scenario:
    """Return a scenario that ends at another time.

    Raises:
        ScenarioError: It is no time, or comes too early.
    """
    reading = _reading("until")
    spot = Spot(Place(Source("until(text=...)")), ("until",))
    reading.spots[("until",)] = spot
    horizon_s = 0
    try:
        horizon_s = read_time(clip(text) if isinstance(text, str) else text, scenario.start_utc)
    except ValueError as error:
        reading.add(spot.place, spot.trail, str(error))
    return _checked(scenario, reading, horizon_s=horizon_s)


def _with_incident(scenario: Scenario, values: Mapping[str, object], call: str, names: Mapping[str, str]) -> Scenario:
    """Return a scenario with one more incident; `names` says which argument gave a key of another name."""
    reading = _reading(call)
    trail = ("incidents", len(scenario.incidents))
    tree = _mapping(values, call, names, reading)
    new = record(Incident, tree, trail, scenario.start_utc, reading)
    return _checked(scenario, reading, incidents=(*scenario.incidents, new))


def _checked(scenario: Scenario, reading: Reading, **changes: object) -> Scenario:
    """Return a changed scenario if it is possible.

    Raises:
        ScenarioError: It is not.
    """
    changed: Scenario = with_ids(attrs.evolve(scenario, **changes), reading)  # type: ignore[arg-type]
    check(changed, reading)
    reading.stop()
    return attrs.evolve(changed, text_hash=scenario_hash(changed))


def _meant(names: Names, name: str, argument: str) -> str:
    """Return the id that a name means, or the name where it means nothing.

    Raises:
        ScenarioError: It fits several things.
    """
    if advice := names.advice(str(name)):
        raise ScenarioError(f"{argument}: {advice}")
    return names.meaning(str(name)) or name


def _only_mode(scenario: Scenario, node: str) -> str:
    """Return the one mode of leak that can strike a node.

    Raises:
        ScenarioError: There is no such node, or not exactly one such mode.
    """
    types = node_types(scenario)
    if node not in types:
        raise ScenarioError(f"with_leak(node=...): {not_a('node', str(node), types)}")
    modes = leak_modes(scenario, types[node])
    if not modes:
        leaks = [kind for mode in scenario.modes if mode.how == "leak" for kind in mode.types]
        struck = [name for name, kind in types.items() if kind in leaks]
        advice = candidates("Nodes that can leak", struck, node)
        raise ScenarioError(f"with_leak(node=...): {shorten(node)} is {one(types[node])}, which cannot leak. {advice}")
    if len(modes) > 1:
        ways = ", ".join(modes)
        raise ScenarioError(f"with_leak(mode=...): {shorten(node)} can leak in several ways: {ways}. Name one of them.")
    return modes[0]


def _taken(scenario: Scenario) -> set[str]:
    """Return the ids of all incidents and activities."""
    return {incident.id for incident in scenario.incidents} | {activity.id for activity in scenario.activities}


def _free_id(scenario: Scenario, node: str) -> str:
    """Return an id for a leak of a node, the same whenever the scenario is the same."""
    taken = _taken(scenario)
    stem = "leak-" + str(node).replace("/", "-")
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _reading(call: str) -> Reading:
    """Return an empty reading whose problems name a call."""
    return Reading(Place(Source(f"{call}(...)")))


def _mapping(values: Mapping[str, object], call: str, names: Mapping[str, str], reading: Reading) -> Map:
    """Return arguments as the tree that a file would give."""
    entries = {}
    for key, value in values.items():
        trail = (names.get(key, key),)
        entries[key] = Entry(_argument(call, trail), _tree(value, call, trail, reading))
    return Map(reading.home, entries)


def _argument(call: str, trail: Trail) -> Place:
    """Return the place of an argument; one that nobody gave has the place of the call."""
    return Place(Source(call if call.endswith("(...)") else f"{call}({trail_text(trail)}=...)"))


def _tree(value: object, call: str, trail: Trail, reading: Reading) -> Node:
    """Return one value as the tree that a file would give."""
    place = _argument(call, trail)
    if len(trail) > MAX_DEPTH:
        reading.add(place, (), f"Values are nested deeper than {MAX_DEPTH}. Write them flatter.")
    elif isinstance(value, Mapping):
        entries = {
            str(key): Entry(_argument(call, (*trail, str(key))), _tree(item, call, (*trail, str(key)), reading))
            for key, item in value.items()
        }
        return Map(place, entries)
    elif isinstance(value, list | tuple):
        return Seq(tuple(_tree(item, call, (*trail, number), reading) for number, item in enumerate(value)), place)
    else:
        return _scalar(value, place, reading)
    return Scalar(None, place, broken=True)


def _scalar(value: object, place: Place, reading: Reading) -> Scalar:
    """Return a single value as a file would give it."""
    try:
        if isinstance(value, datetime):
            value = format_utc(value)
        elif isinstance(value, timedelta):
            value = duration_text(int(value.total_seconds()))
    except ValueError as error:
        reading.add(place, (), str(error))
        return Scalar(None, place, broken=True)
    if value is None:
        return Scalar(None, place, "~")
    if not isinstance(value, str | int | float) or (isinstance(value, int) and abs(value) >= _HUGE):
        kind = type(value).__name__
        reading.add(place, (), f"A value of the type {clip(kind)} is not allowed. Write text as in a file.")
        return Scalar(None, place, broken=True)
    if fault := control_fault(str(value)):
        reading.add(place, (), fault)
        return Scalar(None, place, broken=True)
    return Scalar(value, place, str(value) or "''")
