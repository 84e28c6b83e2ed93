"""Does every name name something, and every node only one thing?"""

from collections.abc import Iterator
from typing import Any

import attrs
from attrs import frozen

from stationsim.names import Names
from stationsim.scenario.aliases import names_of
from stationsim.scenario.model import Anchor, Scenario, When
from stationsim.scenario.nodes import NODE_SECTIONS, SPACES, names_in, own_parts
from stationsim.scenario.places import Place, Reading, Removed, Trail, trail_text
from stationsim.scenario.schema import Key, keys_of
from stationsim.scenario.words import not_a, shorten, space_noun


@frozen
class Mention:
    """A name standing somewhere, and what it must be the name of."""

    trail: Trail
    space: str
    name: str


def check_references(scenario: Scenario, reading: Reading) -> None:
    """Note every name that names nothing and every node that shares its id."""
    _check_nodes(scenario, reading)
    _check_ids(scenario, reading)
    known = {space: frozenset(names_in(scenario, space)) for space in (*SPACES, "node")}
    missed: dict[Place, list[Mention]] = {}
    for mention in mentions(scenario):
        local = _local(scenario, mention)
        if mention.name in known[mention.space] or mention.name in local or _is_partial(mention.space, reading):
            continue
        if gone := _removed(mention, reading):
            missed.setdefault(gone.place, []).append(mention)
            continue
        noun, advice = space_noun(mention.space), names_of(scenario, mention.space).advice(mention.name)
        reading.tell(mention.trail, advice or not_a(noun, mention.name, (*local, *known[mention.space])))
    for place, missing in missed.items():
        _tell_missed(scenario, place, missing, reading)


def _removed(mention: Mention, reading: Reading) -> Removed | None:
    """Return the record that a name means and that `without:` took away."""
    sections = {"node": NODE_SECTIONS, "hatch": ("hatches", "vehicles")}.get(mention.space) or (SPACES[mention.space],)
    gone = [item for item in reading.removed if item.section in sections]
    names = Names.of(item.named for item in gone)
    found = {names.meaning(text) for text in (mention.name, mention.name.partition("/")[0])}
    return next((item for item in gone if item.named.id in found), None)


def _tell_missed(scenario: Scenario, place: Place, missed: list[Mention], reading: Reading) -> None:
    """Say who still names what one word of a `without:` took away, all at once and ready to be copied."""
    by = next(item.by for item in reading.removed if item.place == place)
    users: dict[str, list[str]] = {}
    for mention in missed:
        who = mention.trail[1] if len(mention.trail) > 1 else mention.trail[0]
        if mention.trail[0] in ("incidents", "waivers", "opening"):
            who = getattr(getattr(scenario, str(mention.trail[0]))[who], "id", trail_text(mention.trail[:2]))
        key = next((step for step in mention.trail[2:] if isinstance(step, str)), "")
        users.setdefault(str(who), []).append(f"{key}: {mention.name}")
    named = [f"{who} ({', '.join(dict.fromkeys(keys))})" for who, keys in users.items()]
    them = "them" if len(users) > 1 else "it"
    message = (
        f"{shorten(by)} is gone with all that cannot be without it, but this is still named by {'; '.join(named)}. "
        f"Add {', '.join(users)} to 'without:' too, or let {them} name something else."
    )
    reading.add(place, ("without",), message)


def mentions(scenario: Scenario) -> Iterator[Mention]:
    """Yield every name that refers to something, section by section."""
    yield from _mentions(scenario, ())


def _mentions(record: Any, trail: Trail) -> Iterator[Mention]:  # noqa: ANN401 - any record of the model
    """Yield the names in a record and in the records it holds."""
    for key in keys_of(type(record)):
        yield from _of_key(key, getattr(record, key.attribute), (*trail, key.name))


def _of_key(key: Key, value: object, trail: Trail) -> Iterator[Mention]:
    """Yield the names under one key; what could not be read yields none."""
    if isinstance(value, When) and value.after is not None:
        yield Mention((*trail, "after"), "activity", value.after)
    elif isinstance(value, Anchor):
        said = (("activity", "activity", value.activity), ("after", "incident", value.incident))
        yield from (Mention((*trail, name), space, found) for name, space, found in said if found is not None)
    elif isinstance(value, str) and key.refers and value:
        yield Mention(trail, key.refers, value)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            if attrs.has(type(item)):
                outer = getattr(item, "id", number) if key.kind == "records" else number
                yield from _mentions(item, (*trail, outer))
            elif isinstance(item, str) and key.refers:
                yield Mention((*trail, number), key.refers, item)
            elif isinstance(item, tuple) and key.refers:
                yield Mention((*trail, item[0]), key.refers, item[0])
    elif attrs.has(type(value)) and not isinstance(value, When) and key.record:
        yield from _mentions(value, trail)


def _local(scenario: Scenario, mention: Mention) -> tuple[str, ...]:
    """Return the parts that a name inside a ship type or an arm may mean."""
    if mention.space != "node" or mention.trail[0] not in ("types", "arms"):
        return ()
    wholes = getattr(scenario, str(mention.trail[0]))
    return tuple(part.id for whole in wholes if whole.id == mention.trail[1] for part in own_parts(whole))


def _is_partial(space: str, reading: Reading) -> bool:
    """Tell whether a whole section could not be read, so that nothing can be said about its names."""
    sections = (*NODE_SECTIONS, "types") if space == "node" else (SPACES[space],)
    return any((section,) in reading.broken for section in sections)


def _check_nodes(scenario: Scenario, reading: Reading) -> None:
    """Refuse two nodes of the same id."""
    first: dict[str, str] = {}
    for section in NODE_SECTIONS:
        for item in getattr(scenario, section):
            if item.id in first and first[item.id] != section:
                spot = reading.spot((first[item.id], item.id))
                where = f" ({spot.place.source.name}:{spot.place.line})" if spot.place.line else ""
                message = (
                    f"{shorten(item.id)} is already one of the {first[item.id]}{where}. Give every node its own id."
                )
                reading.tell((section, item.id), message)
            first.setdefault(item.id, section)


def _check_ids(scenario: Scenario, reading: Reading) -> None:
    """Refuse an id that stands twice where mappings do not prevent it."""
    for whole in scenario.types:
        components = {part.id for part in whole.components}
        for part in whole.capabilities:
            if part.id in components:
                message = f"{shorten(part.id)} is already a component of this ship type. Give it another id."
                reading.tell(("types", whole.id, "capabilities", part.id), message)
    seen: dict[object, str] = {activity.id: "an activity" for activity in scenario.activities}
    for number, incident in enumerate(scenario.incidents):
        if incident.id in seen:
            message = f"{shorten(incident.id)} is already {seen[incident.id]}. Give the incident another id."
            reading.tell(("incidents", number, "id"), message)
        # An id that could not be read is a marker, which is not said twice.
        seen |= {incident.id: "an incident"} if ("incidents", number) not in reading.broken else {}
