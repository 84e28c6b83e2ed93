"""How is a value of each kind written? Words, examples and patterns; a new kind of value has its row here.

Patterns are for editors: they are the same in Python and ECMAScript, and no stricter than the readers in `scenario/`.
"""

from attrs import frozen

from stationsim.scenario.dump import duration_text
from stationsim.scenario.model import Needs
from stationsim.scenario.schema import Key, bounds_of
from stationsim.scenario.words import class_noun, one, plural, space_noun
from stationsim.units import example_of, units_like

NUMBER = r"[0-9]+(\.[0-9]+)?"
_PLAIN = rf"(?=[0-9])({NUMBER}\s*d(ays?)?)?\s*({NUMBER}\s*h)?\s*({NUMBER}\s*min)?\s*({NUMBER}\s*s)?"
_ISO = rf"P(?=T?[0-9])({NUMBER}D)?(T(?=[0-9])({NUMBER}H)?({NUMBER}M)?({NUMBER}S)?)?"
_CLOCK = r"[0-9]{2}:[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?"
_DASHED = r"[0-9]{4}-([0-9]{2}-[0-9]{2}|[0-9]{3})"
_SLASHED = r"[0-9]{4}/[0-9]{3}"
_DAY = rf"({_DASHED}|{_SLASHED})"
_UTC = rf"({_DASHED}T{_TIME}Z|{_SLASHED}/{_TIME}Z?)"

_CREW_UP = "crew_up"
"""A list of ids that may also be a number: the reader of crews makes ids of it before a record is made."""

SLUG = r"^[a-z0-9][a-z0-9-]*$"
PART = r"^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)?$"
RULE_NUMBER = r"^[A-Za-z0-9][A-Za-z0-9-]*$"
CHANCE = r"^\s*(uniform|triangular)\(.*\)\s*$"
DURATION = rf"^\s*({_PLAIN}|{_ISO})\s*$"
TIME = rf"^\s*({_UTC}|{_DAY})\s*$"
DATE = rf"^\s*({_UTC}|{_DAY}|[0-9]{{4}}-[0-9]{{2}})\s*$"
DAY = rf"^{_DAY}$"
CLOCK = rf"^\s*({_CLOCK}|{_PLAIN}|{_ISO})\s*$"
INTERVAL = rf"^{_CLOCK}-{_CLOCK}$"


@frozen(kw_only=True)
class Form:
    """How a value of one kind is written: its name, what to write, and examples that can be copied."""

    name: str
    words: str
    examples: tuple[str, ...] = ()


FORMS = {
    "base": Form(
        name="files",
        words="the name of a file or a list of names, looked up beside the file, in ./configs and in the package",
        examples=("my-station", "[my-station, my-ships]"),
    ),
    "names": Form(
        name="list of names",
        words="a list of ids, aliases or names of records below, SECTION/ID, RULE/ACTIVITY or opening/NODE",
        examples=("[some-id, ports/some-id]",),
    ),
    "crew": Form(
        name="people",
        words="a number of unnamed people, what they are, or a list of such entries",
        examples=("3", "{count: 3, skills: [SKILL], segment: SEGMENT, agency: AGENCY}"),
    ),
    "crew_up": Form(
        name="people of a flight",
        words="a list of people by id and of unnamed people, or only a number of these or what they are",
        examples=("[PERSON, PERSON]", "3", "{count: 3, skills: [SKILL], segment: SEGMENT, agency: AGENCY}"),
    ),
    "text": Form(name="text", words="text; in quotes where it looks like a number", examples=("Aft port",)),
    "id": Form(name="id", words="an id: lower-case letters, digits and hyphens", examples=("some-id", "owner/part")),
    "int": Form(name="whole number", words="a whole number from 0", examples=("3",)),
    "number": Form(name="number", words="a number from 0, without unit", examples=("0.65",)),
    "bool": Form(name="yes or no", words="true or false", examples=("true",)),
    "duration": Form(
        name="duration", words="a duration with units d, h, min and s", examples=("2 h 30 min", "210 d", "PT2M42S")
    ),
    "quantity": Form(name="quantity", words="a number with its unit", examples=("0.8 mm", "101.3 kPa", "40 degC")),
    "time": Form(
        name="time",
        words="a clock time in UTC, which needs its Z, or a day, which means its first second",
        examples=("2022-12-15T00:45Z", "2022-12-15"),
    ),
    "utc": Form(
        name="start",
        words="a clock time in UTC, which needs its Z, or a day, which means its first second",
        examples=("2022-12-14T00:00Z", "2022-12-14"),
    ),
    "when": Form(
        name="date",
        words="a clock time, a day or a month (windows), a window of your own, or a time after another activity",
        examples=(
            "2022-12-15T02:20Z",
            "2022-12-19",
            "2022-353",
            "2023-02",
            "{from: 2023-01-16, to: 2023-01-31}",
            "{after: ACTIVITY, by: 5 d}",
            "{after: ACTIVITY, by: {from: 5 d, to: 7 d}}",
        ),
    ),
    "whens": Form(
        name="list of dates",
        words="a list of dates, each a clock time, a day, a month or a window",
        examples=("[2023-02-26, 2023-02-27, {from: 2023-03-02, to: 2023-03-04}]",),
    ),
    "deadline": Form(
        name="deadline",
        words="a clock time in UTC, which needs its Z, or a day, which means its last second",
        examples=("2022-12-15T00:45Z", "2022-12-15"),
    ),
    "moment": Form(
        name="moment",
        words="a clock time, a window in which chance decides, or a time after a phase of an activity or an incident",
        examples=(
            "2022-12-15T00:45Z",
            "2022-12-15",
            "2022-12",
            "{from: 2022-12-15, to: 2022-12-20}",
            "{activity: ACTIVITY, phase: work, after: 45 min}",
            "{after: INCIDENT, by: 5 d}",
        ),
    ),
    "clock": Form(name="time of day", words="a time of day in UTC", examples=("06:00",)),
    "day": Form(name="day", words="a day", examples=("2022-12-14",)),
    "ids": Form(name="list of ids", words="a list of ids, each once", examples=("[first-id, second-id]",)),
    "texts": Form(name="list of texts", words="a list of texts, each once", examples=("[old name, short name]",)),
    "ints": Form(name="list of whole numbers", words="a list of whole numbers, each once", examples=("[1, 3]",)),
    "intervals": Form(
        name="list of intervals", words="a list of intervals of the day", examples=("[08:00-12:00, 13:00-17:00]",)
    ),
    "counts": Form(name="counts", words="a mapping from ids to whole numbers", examples=("{fit: 1}",)),
    "amounts": Form(
        name="amounts", words="a mapping from ids to amounts with their unit", examples=("{food: 500 kg}",)
    ),
    "record": Form(name="record", words="a mapping with the keys below"),
    "records": Form(name="records", words="a mapping from ids to records; a higher layer lies over it key by key"),
    "list": Form(name="list", words="a list of records, each after '- '; a higher layer replaces it as a whole"),
}
"""Every kind of value that stands in files (see `fields.key`)."""

FORM_OF_CHANCE = Form(
    name="distribution",
    words="a distribution, from which --seed draws",
    examples=("uniform(0.5 mm, 1 mm)", "triangular(5 d, 14 d, 40 d)"),
)


def form_of(key: Key) -> Form:
    """Return how values of a key are written; a kind without a row is named and no more."""
    kind = _CREW_UP if key.name == _CREW_UP else key.kind
    return FORMS.get(kind, Form(name=kind, words=kind))


def examples_of(key: Key) -> tuple[str, ...]:
    """Return values that could stand under a key, as a file has them.

    Those of names are made up; what they must name says `refers`.
    """
    if key.record is Needs:
        return ("[NODE, NODE]", "{some: [NODE, NODE], of: 1, soft: [NODE]}")
    if key.allowed:
        return (f"[{', '.join(key.allowed[:2])}]",) if key.kind == "ids" else key.allowed
    if key.kind == "amounts":
        return (
            (f"{{{key.refers.upper()}: {example_of(key.unit)}}}",) if key.refers and key.unit else form_of(key).examples
        )
    if key.refers and key.name != _CREW_UP:
        name = key.refers.upper()
        return (f"[{name}, {name}]",) if key.kind == "ids" else (name,)
    plain = form_of(key).examples
    if key.kind == "quantity" and key.unit:
        plain = ("2 K",) if key.unit == "K" else (example_of(key.unit),)
    return (*plain, _chance_example(key)) if key.chance and key.kind != "moment" else plain


def form_words(key: Key) -> str:
    """Say how to write a value of a key, in one clause without examples."""
    if key.record is not None:
        return _record_words(key)
    if key.allowed:
        one_of = "one of" if key.kind != "ids" else "a list, each once, of"
        return f"{one_of} {', '.join(key.allowed)}"
    if key.kind == "amounts" and key.refers and key.unit:
        masses = ", ".join(units_like(key.unit))
        return f"a mapping from {plural(space_noun(key.refers))}, by id, to amounts with their unit ({masses})"
    if key.refers and key.name != _CREW_UP:
        return (
            f"a list of {plural(space_noun(key.refers))}, by id"
            if key.kind == "ids"
            else f"{one(space_noun(key.refers))}, by id"
        )
    words = form_of(key).words
    if key.kind == "quantity" and key.unit:
        units = ("K",) if key.unit == "K" else units_like(key.unit)  # a difference, not a point of a scale
        words = f"a number with its unit ({', '.join(units)})"
    if bounds := bounds_of(key):
        words = f"{words}, {bounds}"
    return f"{words}; or {FORM_OF_CHANCE.words}" if key.chance and key.kind != "moment" else words


def default_words(key: Key) -> str:
    """Say what a key that is left out means; nothing for one that must be given.

    The source of a default that needs one stands in brackets.
    """
    if key.required:
        return ""
    value = _default_value(key)
    words = key.left_out or value
    if key.left_out and key.assumed and value not in key.left_out:
        words = f"{value}: {key.left_out}"
    return f"{words} ({key.assumed})" if key.assumed else words


def _default_value(key: Key) -> str:
    """Write a default as a file would have it, and the empty ones in words."""
    value = key.default
    if isinstance(value, bool):
        return "true" if value else "no"
    if key.record is not None or value is None or value in ((), "", "none", "nothing"):
        return "nothing" if key.kind not in ("records", "list", "ids", "texts", "ints", "counts", "amounts") else "none"
    if key.kind == "clock":
        return f"{value // 3600:02}:{value // 60 % 60:02}"
    if key.kind == "duration":
        return duration_text(value)
    if key.kind == "quantity":
        return f"{value:g} {key.unit}"
    return (
        f"[{', '.join(value)}]"
        if isinstance(value, tuple)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )


def _record_words(key: Key) -> str:
    """Say how a key is written that holds records."""
    noun = class_noun(key.record).strip("'")
    if key.record is Needs:
        return "a list of nodes, all of which it needs, or a mapping with the keys of 'needs'"
    if key.kind == "records":
        return f"a mapping from ids to {plural(noun)}"
    return f"a list of {plural(noun)}" if key.kind == "list" else f"a mapping with the keys of {one(noun)}"


def _chance_example(key: Key) -> str:
    """Return a distribution over values of a key."""
    if key.kind == "duration":
        return "triangular(5 d, 14 d, 40 d)"
    number, unit = example_of(key.unit or "").split(" ", 1)
    return f"uniform({number} {unit}, {2 * float(number):g} {unit})"
