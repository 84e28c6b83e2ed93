"""How does a field of the model appear in a file? Key, kind of scalar, unit and meaning, kept beside the attribute."""

from typing import Any

import attrs

_REQUIRED: Any = attrs.NOTHING


def key(  # noqa: PLR0913 - one argument per column of the reference table
    meaning: str,
    *,
    kind: str = "text",
    name: str | None = None,
    unit: str | None = None,
    default: Any = _REQUIRED,  # noqa: ANN401 - a default has the type of its attribute
    allowed: tuple[str, ...] = (),
    refers: str | None = None,
    above: float | None = None,
    most: float | None = None,
    left_out: str | None = None,
    assumed: str | None = None,
) -> Any:  # noqa: ANN401 - attrs types its fields so, for the checker to take the annotation's
    """Describe one attribute of a model class as a key of a file.

    Args:
        meaning: One sentence for the reference page and the error texts.
        kind: `text`, `id`, `int`, `bool`, `duration` (int seconds), `quantity` (float in `unit`), `number` (float
            without unit), `time` (int seconds since the start), `deadline` (the same, of a day its last second),
            `moment` (the same, or a `Chance` or `Anchor`), `when` (a `When`), `whens` (tuple of `When`), `record`,
            `records` (mapping id -> record), `list` (tuple of records), `ids` (tuple of ids), `ints` (tuple of ints),
            `texts` (tuple of texts), `utc` (a `datetime`), `clock` (int seconds since midnight, `06:00`), `intervals`
            (tuple of `08:00-12:00`), `day` (text `2022-12-14`), `counts` (mapping id -> whole number, as a tuple of
            pairs), `amounts` (mapping id -> quantity in `unit`, as a tuple of pairs), `hidden` (in no file).
        name: Key in the file where it differs from the attribute's name.
        unit: Unit of the attribute (the file may use any unit of the same dimension).
        default: Value where the key is absent; without one the key is mandatory.
        allowed: The closed list of values of a text.
        refers: What a `id` or `ids` value, or an id of `amounts`, must name, as a key of
            `stationsim.scenario.nodes.SPACES`, or `node`.
        above: What a number must be above, in `unit`; without it and below zero only on a scale of temperature.
        most: What a number may be at most, in `unit`.
        left_out: What it means to leave the key out, where the default does not say it by itself ("all of them").
        assumed: Where the default comes from. A number of the world, a habit or a choice needs it; nothing, no and
            none do not (see `is_neutral`).
    """
    metadata = {
        "meaning": meaning,
        "kind": kind,
        "key": name,
        "unit": unit,
        "allowed": allowed,
        "refers": refers,
        "above": above,
        "most": most,
        "left_out": left_out,
        "assumed": assumed,
    }
    return attrs.field(default=default, metadata=metadata)


def is_neutral(default: object) -> bool:
    """Tell whether a default says nothing of the world, so that it needs no source.

    >>> [is_neutral(default) for default in (None, (), False, 0, "", "none", 43200, True, "open")]
    [True, True, True, True, True, True, False, False, False]
    """
    if attrs.has(type(default)):
        return default == type(default)()
    return not default or default in ("none", "nothing")
