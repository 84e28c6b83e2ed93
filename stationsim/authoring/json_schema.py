"""What may an editor complete and mark? A JSON Schema (draft 2020-12) of one file, made from the model's table.

A file may lie over others, and then says only what is new: nothing is required of the top of a file nor of a record
that layers merge. In a list the mandatory keys are required; where a list grows (`waivers:`, `opening:`), those by
which an entry is known. Every other key may be `~`, which removes what a lower layer says. What only the whole scenario
can tell (names, dates, people taken twice) is told by `stationsim check`.
"""

import json
from typing import Any

from stationsim.authoring import forms
from stationsim.authoring.forms import default_words, examples_of, form_words
from stationsim.authoring.rows import file_keys, keys_in
from stationsim.scenario.additions import GROWING
from stationsim.scenario.model import PHASES, Needs, Rule
from stationsim.scenario.schema import Key
from stationsim.station.rules import TEMPLATES
from stationsim.units import units_like

Json = dict[str, Any]

_MOST = 1_000_000_000
_WHOLE_RECORD = "InList"
_STRING = {"type": "string"}
_TEXTS = {"type": "array", "items": {"type": "string", "minLength": 1}, "uniqueItems": True}


def file_schema() -> Json:
    """Return the schema of a file of any folder under `configs/`."""
    definitions: Json = {}
    properties = {key.name: _property(key, definitions, is_whole=False) for key in file_keys()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of stationsim: a station, a type of ship, modes, rules, an increment or a scenario",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """Write the schema as a file holds it."""
    return json.dumps(file_schema(), indent=1, ensure_ascii=False) + "\n"


def _property(key: Key, definitions: Json, *, is_whole: bool) -> Json:
    """Return the schema of one key with its words; `is_whole` in records that no other layer completes."""
    value = _value(key, definitions, is_whole=is_whole)
    if not (is_whole and key.required):
        value = _or_null(value)
    examples = _yaml_examples(key)
    return {"description": describe(key), **value, **({"examples": list(examples)} if examples else {})}


def describe(key: Key) -> str:
    """Say in a few lines what a key means, how it is written and what it means to leave it out."""
    lines = [f"{key.meaning[0].upper()}{key.meaning[1:]}.", f"Write {form_words(key)}."]
    lines.append("Must be given, here or in a base." if key.required else f"Left out: {default_words(key)}.")
    return "\n".join(lines)


def _yaml_examples(key: Key) -> tuple[str, ...]:
    """Return examples that are texts in a file; numbers, lists and mappings would not be what they look like."""
    if key.record is not None or key.allowed or key.refers or key.kind in ("int", "number", "bool"):
        return ()
    return tuple(example for example in examples_of(key) if example[0] not in "[{")


def _or_null(value: Json) -> Json:
    """Return a schema that allows `~` too; that of a record which layers merge does so itself.

    An alternative around it would hide from an editor which key of the record is wrong.
    """
    if "$ref" in value and not value["$ref"].endswith(_WHOLE_RECORD):
        return value
    if "$ref" in value or "anyOf" in value:
        return {"anyOf": [*value.get("anyOf", [value]), {"type": "null"}]}
    types = value.get("type")
    if types is None:
        return value
    wider = {**value, "type": [*([types] if isinstance(types, str) else types), "null"]}
    return {**wider, "enum": [*wider["enum"], None]} if "enum" in wider else wider


def _value(key: Key, definitions: Json, *, is_whole: bool) -> Json:
    """Return the schema of the values of one key."""
    if key.record is not None:
        return _records(key, definitions, is_whole=is_whole)
    if key.name in _CREWS:
        return _CREWS[key.name]
    simple = _bounded(_SIMPLE.get(key.kind, {}), key)
    if key.kind == "ids":
        return {"type": "array", "items": _name(key), "uniqueItems": True}
    if key.kind in ("id", "text"):
        return _name(key)
    if key.kind in ("quantity", "amounts"):
        value = _either(_quantity(key), chance=key.chance)
        return value if key.kind == "quantity" else {"type": "object", "additionalProperties": _or_null(value)}
    return _either(simple, chance=key.chance and key.kind != "moment")


def _records(key: Key, definitions: Json, *, is_whole: bool) -> Json:
    """Return the schema of a nested record, a list of records, or a mapping of them."""
    in_list = key.kind == "list" or is_whole
    ref = _reference(key, definitions, is_whole=in_list)
    if key.kind == "record":
        return {"anyOf": [ref, _TEXTS]} if key.record is Needs else ref
    if key.kind == "list":
        return {"type": "array", "items": ref}
    names = forms.RULE_NUMBER if key.record is Rule else forms.SLUG
    return {"type": "object", "propertyNames": {"pattern": names}, "additionalProperties": ref}


def _reference(key: Key, definitions: Json, *, is_whole: bool) -> Json:
    """Return a reference to the schema of a class, which is added to the definitions."""
    name = key.record.__name__ + (_WHOLE_RECORD if is_whole else "")
    if name not in definitions:
        definitions[name] = {}
        inner = keys_in(key)
        definitions[name] = {
            "type": "object" if is_whole else ["object", "null"],
            "additionalProperties": False,
            "properties": {one.name: _property(one, definitions, is_whole=is_whole) for one in inner},
        }
        # Entries of a list that grows lie over one below that is about the same: only what they are about is needed.
        about = GROWING.get(key.name) if is_whole else None
        required = [one.name for one in inner if one.required and (about is None or one.name in about)]
        if is_whole and required:
            definitions[name]["required"] = required
    return {"$ref": f"#/$defs/{name}"}


def _name(key: Key) -> Json:
    """Return the schema of a text or an id."""
    if key.allowed:
        return {**_STRING, "enum": list(key.allowed)}
    if key.attribute == "template":
        return {**_STRING, "enum": sorted(TEMPLATES)}
    if key.kind != "text" and not key.refers:
        return {**_STRING, "pattern": forms.PART}
    return {**_STRING, "pattern": r"\S"} if key.required else dict(_STRING)


def _quantity(key: Key) -> Json:
    """Return the schema of a number with its unit, or of a plain factor."""
    units = "K" if key.unit == "K" else "|".join(units_like(key.unit or "1"))
    sign = "[+-]?" if key.unit in ("degC", "deg") else r"\+?"
    text = {**_STRING, "pattern": rf"^\s*{sign}{forms.NUMBER}([eE][+-]?[0-9]+)?\s*({units})\s*$"}
    return text if key.unit != "1" else {"anyOf": [text, {"type": "number", "minimum": 0}]}


def _bounded(value: Json, key: Key) -> Json:
    """Return a schema of plain numbers with the bounds of a key; those of texts with units are told by `check`."""
    if value.get("type") not in ("integer", "number"):
        return value
    most = {} if key.most is None else {"maximum": key.most}
    return {**value, **most, **({} if key.above is None else {"exclusiveMinimum": key.above})}


def _either(value: Json, *, chance: bool) -> Json:
    """Return a schema that allows a distribution too, where chance may decide."""
    return {"anyOf": [value, {**_STRING, "pattern": forms.CHANCE}]} if chance else dict(value)


def _text(pattern: str) -> Json:
    return {**_STRING, "pattern": pattern}


_DURATION = _text(forms.DURATION)
_WINDOW: Json = {
    "type": "object",
    "additionalProperties": False,
    "required": ["from", "to"],
    "properties": {"from": _text(forms.DATE), "to": _text(forms.DATE)},
}
_LATER: Json = {
    "type": "object",
    "additionalProperties": False,
    "required": ["after", "by"],
    "properties": {
        "after": _STRING,
        "by": {
            "anyOf": [
                _DURATION,
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["from", "to"],
                    "properties": {"from": _DURATION, "to": _DURATION},
                },
            ]
        },
    },
}
_OF_ACTIVITY: Json = {
    "type": "object",
    "additionalProperties": False,
    "required": ["activity"],
    "properties": {
        "activity": _STRING,
        "phase": {**_STRING, "enum": list(PHASES)},
        "after": _DURATION,
    },
}
_OF_INCIDENT: Json = {
    "type": "object",
    "additionalProperties": False,
    "required": ["after", "by"],
    "properties": {"after": _STRING, "by": _DURATION},
}
_WHOLE = {"type": "integer", "minimum": 0, "maximum": _MOST}

_CREW_OF: Json = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "count": _WHOLE,
        "skills": _TEXTS,
        "segment": _text(forms.SLUG),
        "agency": _text(forms.SLUG),
    },
}
_CREWS: dict[str, Json] = {
    name: {"anyOf": [_WHOLE, _CREW_OF, {"type": "array", "items": {"anyOf": [item, _CREW_OF]}}]}
    for name, item in (("crew", _WHOLE), ("crew_up", _STRING))
}
"""Whoever is aboard has a record of their own in `people`; a flight names people too."""

_SIMPLE: dict[str, Json] = {
    "names": _TEXTS,
    "base": {"anyOf": [_STRING, _TEXTS]},
    "int": _WHOLE,
    "number": {"type": "number", "minimum": 0},
    "bool": {"type": "boolean"},
    "duration": _DURATION,
    "time": _text(forms.TIME),
    "utc": _text(forms.TIME),
    "deadline": _text(forms.TIME),
    "moment": {"anyOf": [_text(forms.DATE), _WINDOW, _OF_ACTIVITY, _OF_INCIDENT]},
    "clock": _text(forms.CLOCK),
    "day": _text(forms.DAY),
    "when": {"anyOf": [_text(forms.DATE), _WINDOW, _LATER]},
    "whens": {"type": "array", "items": {"anyOf": [_text(forms.DATE), _WINDOW]}},
    "texts": _TEXTS,
    "ints": {"type": "array", "items": _WHOLE, "uniqueItems": True},
    "intervals": {"type": "array", "items": _text(forms.INTERVAL), "uniqueItems": True},
    "counts": {"type": "object", "additionalProperties": _WHOLE},
}
"""Schema of each kind that needs nothing but itself; what has no row is left to `stationsim check`."""
