"""What can a rule of my own say? The rule templates in words, with their parameters and an instance to copy."""

from attrs import frozen

from stationsim.authoring.forms import examples_of
from stationsim.scenario.model import Rule
from stationsim.scenario.schema import Key, keys_of
from stationsim.station.rules import TEMPLATES


@frozen(kw_only=True)
class TemplateWords:
    """A rule template: what an instance forbids, its parameters as rows of the table, and an example."""

    name: str
    forbids: str
    needs: tuple[str, ...]
    takes: tuple[str, ...]
    parameters: tuple[Key, ...]
    example: str


def template_words() -> tuple[TemplateWords, ...]:
    """Return all rule templates, in the order of the code."""
    keys = {key.name: key for key in keys_of(Rule)}
    return tuple(
        TemplateWords(
            name=name,
            forbids=item.text,
            needs=item.needs,
            takes=item.takes,
            parameters=tuple(keys[parameter] for parameter in (*item.needs, *item.takes)),
            example=_example(name, tuple(keys[parameter] for parameter in item.needs)),
        )
        for name, item in TEMPLATES.items()
    )


def _example(name: str, needed: tuple[Key, ...]) -> str:
    """Write the shortest instance of a template; what must be replaced stands in capitals."""
    given = [key for key in keys_of(Rule) if key.required and key.name != "template"]
    lines = [f"    {key.name}: {_value(key)}" for key in (*given, *needed)]
    return "\n".join(["rules:", "  MY-1:", f"    template: {name}", *lines])


def _value(key: Key) -> str:
    """Return a value for a key of a rule."""
    if key.allowed:
        return key.allowed[-1]
    if key.kind in ("text", "id"):
        return key.name.upper()
    return f"[{key.name.upper()}]" if key.kind == "ids" else examples_of(key)[0]
