"""What if it were otherwise? A changed scenario from a given one, with the same records, texts and checks as a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from stationsim.errors import ScenarioError
from stationsim.names import Named, Names
from stationsim.scenario.aliases import names_of, with_ids
from stationsim.scenario.arguments import argument, mapping, reading_of
from stationsim.scenario.check import check
from stationsim.scenario.crews import with_crews
from stationsim.scenario.dump import plain, scenario_hash
from stationsim.scenario.incidents import leak_modes
from stationsim.scenario.layers import merge
from stationsim.scenario.model import Activity, Incident, Mode, Person, Rule, Scenario, Waiver
from stationsim.scenario.nodes import SPACES, node_types
from stationsim.scenario.places import Place, Reading, Source, Spot
from stationsim.scenario.reader import Entry, Map
from stationsim.scenario.scalars import EPOCH, check_rule_number, check_slug, read_time
from stationsim.scenario.schema import Key, keys_of
from stationsim.scenario.structure import record
from stationsim.scenario.tree import records_of
from stationsim.scenario.words import candidates, clip, not_a, one, shorten


def with_leak(scenario: Scenario, node: str, values: Mapping[str, object]) -> Scenario:
    """Return a scenario with one more leak; without `mode` it is the only one that can strike the node.

    Raises:
        ScenarioError: Something about the leak is impossible.
    """
    node = _meant(names_of(scenario, "node"), node, "with_leak(node=...)")
    given = dict(values)
    mode, name = given.pop("mode", None), given.pop("id", None)
    if isinstance(mode, Mode):
        scenario, mode = with_mode(scenario, mode, {}, "with_leak"), mode.id
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
    given = dict(values)
    for key in ("leak", "change", "reading", "mode"):
        named = given.get(key)
        if isinstance(named, Mode):
            scenario, given[key] = with_mode(scenario, named, {}, "with_incident"), named.id
    return _with_incident(scenario, given, "with_incident", {})


def with_record(scenario: Scenario, section: str, name: str, values: Mapping[str, object], call: str) -> Scenario:
    """Return a scenario with one more record in a section, or with these keys laid over those of the record of that id.

    Args:
        scenario: What is changed.
        section: Section of a file whose records stand under their ids: `rules`, `things`, `activities` ...
        name: Id of the record.
        values: Its keys, as in a file.
        call: The call that problems name.

    Raises:
        ScenarioError: There is no such section, or something about the record is impossible.
    """
    reading = reading_of(call)
    key = _section(section, call)
    space = next((noun for noun, known in SPACES.items() if known == section), None)
    name = name if space is None else names_of(scenario, space).meaning(str(name)) or name
    tree = mapping(values, call, {}, reading)
    old = next((item for item in getattr(scenario, key.attribute) if item.id == name), None)
    if old is not None:
        tree = merge(mapping(plain(old, scenario.start_utc), f"{call}(...)", {}, reading), tree)
    return _with_tree(scenario, key, name, tree, reading)


def with_mode(scenario: Scenario, mode: str | Mode, values: Mapping[str, object], call: str = "with_mode") -> Scenario:
    """Return a scenario with one more mode of failure: a record in place of one of its id, or an id with its keys.

    Raises:
        ScenarioError: Something about the mode is impossible.
    """
    if not isinstance(mode, Mode):
        return with_record(scenario, "modes", mode, values, call)
    reading = reading_of(call)
    given = plain_mode(mode, call)
    tree = merge(
        mapping(given, call, {key: f"mode.{key}" for key in given}, reading), mapping(values, call, {}, reading)
    )
    return _with_tree(scenario, _section("modes", call), mode.id, tree, reading)


def plain_mode(mode: Mode, call: str) -> dict[str, object]:
    """Return a mode that was made in Python as a file would say it.

    Raises:
        ScenarioError: A value of it has another type than the model says.
    """
    try:
        return plain(mode, EPOCH)
    except (AttributeError, TypeError, ValueError) as error:
        advice = "Make it with stationsim.mode(...), which tells every problem."
        raise ScenarioError(f"{call}(mode=...): {shorten(mode.id)} holds a value of another type. {advice}") from error


def mode(id: str, **record_: object) -> Mode:  # noqa: A002 - the key of a file
    """Return a mode of failure from the keys of a file: `mode("burst", how="leak", types=["loop"], ...)`.

    Args:
        id: Its id.
        record_: Its keys; `questions` and `responses` are mappings by id. What they name is checked where a scenario
            takes the mode: `with_mode(mode)`, `with_leak(..., mode=mode)`, `run(..., modes=[mode])`.

    Raises:
        ScenarioError: Something about the mode is impossible.
    """
    reading = reading_of("mode")
    tree = mapping(record_, "mode", {}, reading)
    _check_id(id, Mode, "mode", reading)
    made: Mode = record(Mode, tree, ("modes", clip(str(id))), EPOCH, reading)
    reading.stop()
    return made


def with_waiver(scenario: Scenario, values: Mapping[str, object]) -> Scenario:
    """Return a scenario in which a rule is dropped for one activity; another rationale replaces the one before.

    Raises:
        ScenarioError: There is no such rule or activity.
    """
    reading = reading_of("with_waiver")
    tree = mapping(values, "with_waiver", {}, reading)
    same = tuple(names_of(scenario, key).meaning(str(values[key])) for key in ("rule", "activity"))
    kept = tuple(waiver for waiver in scenario.waivers if (waiver.rule, waiver.activity) != same)
    new = record(Waiver, tree, ("waivers", len(kept)), scenario.start_utc, reading)
    return checked(scenario, reading, waivers=(*kept, new))


def _crewed(scenario: Scenario, name: str, tree: Map, reading: Reading) -> tuple[Map, tuple[Person, ...]]:
    """Return an activity whose people all have records, and the records of those who had none."""
    start = scenario.start_utc
    sections = {
        section: {item.id: plain(item, start) for item in getattr(scenario, section)}
        for section in ("centres", "vehicles", "people")
    }
    whole = mapping(sections, "with_activity(...)", {}, reading)
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
    reading = reading_of("without")
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
    return checked(
        scenario,
        reading,
        incidents=tuple(incident for incident in scenario.incidents if incident.id not in ids),
        activities=tuple(activity for activity in scenario.activities if activity.id not in ids),
        waivers=tuple(waiver for waiver in scenario.waivers if waiver.activity not in ids),
        rules=tuple(_still_named(scenario.rules, ids)),
    )


def without_rules(scenario: Scenario, ids: Sequence[str]) -> Scenario:
    """Return a scenario without these rules, and without waivers of them.

    Raises:
        ScenarioError: There is no such rule.
    """
    known = [rule.id for rule in scenario.rules]
    unknown = [not_a("rule", str(name), known) for name in ids if name not in known]
    if unknown:
        raise ScenarioError("\n".join(f"without_rule(...): {told}" for told in unknown))
    return checked(
        scenario,
        reading_of("without_rule"),
        rules=tuple(rule for rule in scenario.rules if rule.id not in ids),
        waivers=tuple(waiver for waiver in scenario.waivers if waiver.rule not in ids),
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
    reading = reading_of("until")
    spot = Spot(Place(Source("until(text=...)")), ("until",))
    reading.spots[("until",)] = spot
    horizon_s = 0
    try:
        horizon_s = read_time(clip(text) if isinstance(text, str) else text, scenario.start_utc)
    except ValueError as error:
        reading.add(spot.place, spot.trail, str(error))
    return checked(scenario, reading, horizon_s=horizon_s)


def _with_incident(scenario: Scenario, values: Mapping[str, object], call: str, names: Mapping[str, str]) -> Scenario:
    """Return a scenario with one more incident; `names` says which argument gave a key of another name."""
    reading = reading_of(call)
    trail = ("incidents", len(scenario.incidents))
    tree = mapping(values, call, names, reading)
    new = record(Incident, tree, trail, scenario.start_utc, reading)
    return checked(scenario, reading, incidents=(*scenario.incidents, new))


def _with_tree(scenario: Scenario, key: Key, name: str, tree: Map, reading: Reading) -> Scenario:
    """Return a scenario with what a tree says under an id, in place of what stood there or behind all others."""
    call = reading.home.source.name.removesuffix("(...)")
    _check_id(name, key.record, call, reading)
    trail, people = (key.name, clip(str(name))), scenario.people
    if key.record is Activity:
        tree, more = _crewed(scenario, str(name), tree, reading)
        people = (*people, *more)
    new = record(key.record, tree, trail, scenario.start_utc, reading)
    reading.spots[trail] = Spot(reading.home, trail)
    olds = getattr(scenario, key.attribute)
    is_known = any(item.id == name for item in olds)
    kept = tuple(new if item.id == name else item for item in olds)
    return checked(scenario, reading, **{"people": people, key.attribute: kept if is_known else (*kept, new)})


def _check_id(name: object, cls: type, call: str, reading: Reading) -> None:
    """Note an id that is none."""
    try:
        (check_rule_number if cls is Rule else check_slug)(name if isinstance(name, str) else str(name))
    except ValueError as error:
        reading.add(argument(call, ("mode" if cls is Mode and call != "mode" else "id",)), (), str(error))


def _section(name: str, call: str) -> Key:
    """Return the section of a file in which records stand under their ids.

    Raises:
        ScenarioError: There is none of that name.
    """
    found = {key.name: key for key in keys_of(Scenario) if key.kind == "records"}
    if name not in found:
        raise ScenarioError(f"{call}(section=...): {not_a('section', str(name), found)}")
    return found[name]


def checked(scenario: Scenario, reading: Reading, **changes: object) -> Scenario:
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
