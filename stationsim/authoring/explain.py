"""What does a word of the files mean? Keys, sections, rule templates, forms of values, what comes with the package."""

from collections.abc import Iterable
from textwrap import wrap
from typing import Any

from attrs import frozen

from stationsim.authoring.forms import FORMS, default_words, examples_of, form_words
from stationsim.authoring.rows import Row, about, keys_in, rows
from stationsim.authoring.shipped import Shipped, shipped
from stationsim.authoring.templates import TemplateWords, template_words
from stationsim.errors import ScenarioError
from stationsim.scenario.schema import Key
from stationsim.scenario.words import closest, shorten

_WIDTH = 110


@frozen(kw_only=True)
class Entry:
    """What one word means: its head line, facts by name, the keys it holds, and lines of a file."""

    kind: str
    name: str
    meaning: str
    facts: tuple[tuple[str, str], ...] = ()
    keys: tuple[tuple[str, str, str], ...] = ()
    lines: str = ""
    row: Row | None = None


def sections() -> tuple[tuple[str, str], ...]:
    """Return the keys at the top of a file with their meanings."""
    return tuple((row.key.name, row.key.meaning) for row in rows() if row.is_section)


def explain(word: str) -> tuple[Entry, ...]:
    """Return everything that a word of the files can mean.

    Args:
        word: A key (`hole`), a way to one (`incidents.hole`), a section, a rule template (`rules.residue`), a form
            of value (`duration`), or the id of something that comes with the package (`modes.coolant-loop`).

    Raises:
        ScenarioError: It means nothing here.
    """
    found = [_of_row(row) for row in _rows_of(word)]
    found += [_of_template(item) for item in template_words() if word in (item.name, f"rules.{item.name}")]
    found += [_of_form(name) for name in _form_names() if word == name and not found]
    if not found:
        found = [_of_shipped(item) for item in shipped() if word in (item.id, f"{item.section}.{item.id}")]
    if not found:
        raise ScenarioError(_unknown(word))
    return tuple(found)


def as_json(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain values; one of a key with the columns of the table."""
    found: dict[str, Any] = {"kind": entry.kind, "name": entry.name, "meaning": entry.meaning}
    found |= {name.replace(" ", "_"): text for name, text in entry.facts}
    if entry.row is not None:
        key = entry.row.key
        found |= {"form": key.kind, "unit": key.unit, "required": key.required, "default": _plain(key)}
        found |= {"default_source": key.assumed, "allowed": list(key.allowed), "refers": key.refers}
        found |= {"ways": list(entry.row.ways)}
    found["keys"] = [{"name": name, "write": form, "meaning": meaning} for name, form, meaning in entry.keys]
    return {**found, "lines": entry.lines}


def text_of(entry: Entry) -> str:
    """Write an entry for a terminal."""
    lines = (
        [f"{entry.name}: {entry.meaning}", ""]
        if entry.kind != "rule template"
        else [f"{entry.name}: a rule template", ""]
    )
    for name, text in entry.facts:
        lines += wrap(
            text, _WIDTH, initial_indent=f"    {name:<11}", subsequent_indent=" " * 15, break_on_hyphens=False
        )
    if entry.keys:
        width = max(len(name) for name, _, _ in entry.keys)
        lines += ["", "    keys:"]
        for name, form, meaning in entry.keys:
            lines += wrap(
                f"{meaning}: {form}",
                _WIDTH,
                initial_indent=f"      {name:<{width}}  ",
                subsequent_indent=" " * (width + 8),
                break_on_hyphens=False,
            )
    lines += ["", *(f"    {line}" for line in entry.lines.splitlines())] if entry.lines else []
    return "\n".join(line.rstrip() for line in lines)


def _plain(key: Key) -> object:
    """Return a default as JSON can say it, in the unit of the model; a record that says nothing is none."""
    value = None if key.required or key.record is not None else key.default
    return list(value) if isinstance(value, tuple) else value


def facts_of(key: Key) -> tuple[tuple[str, str], ...]:
    """Return what the table says of a key, column by column, in words; empty columns are left out."""
    shown = key.kind != "text" and (not key.allowed or key.kind == "ids")
    examples = ", ".join(examples_of(key)) if shown else ""
    columns = (
        ("write", form_words(key)),
        ("example", examples),
        ("counted in", key.unit if key.kind == "quantity" else ""),
        ("left out", "it must be given" if key.required else default_words(key)),
    )
    return tuple((name, text) for name, text in columns if text)


def _rows_of(word: str) -> list[Row]:
    """Return the rows with this way or this end of a way; a section before all keys of its name."""
    table = rows()
    exact = [row for row in table if word in row.ways]
    return exact or [row for row in table if any(way.endswith(f".{word}") for way in row.ways)]


def _of_row(row: Row) -> Entry:
    """Return what a key means."""
    places = ", ".join(dict.fromkeys(way.rpartition(".")[0] for way in row.ways))
    where = (("stands in", places or "the top of a file"),)
    inner = tuple((key.name, form_words(key), _with_default(key)) for key in keys_in(row.key))
    return Entry(
        kind="section" if row.is_section else "key",
        name=row.ways[0],
        meaning=row.key.meaning,
        facts=(*((("about", about(row.key)),) if row.key.record else ()), *facts_of(row.key), *where),
        keys=inner,
        row=row,
    )


def _with_default(key: Key) -> str:
    """Return the meaning of a key in a list of keys, with a mark where it must be given."""
    return f"{key.meaning} (must be given)" if key.required else key.meaning


def _of_template(item: TemplateWords) -> Entry:
    """Return what a rule template says."""
    facts = [("forbids", item.forbids)]
    facts += [("needs", ", ".join(item.needs) or "no parameters")]
    facts += [("may take", ", ".join(item.takes))] if item.takes else []
    keys = tuple((key.name, form_words(key), key.meaning) for key in item.parameters)
    return Entry(
        kind="rule template",
        name=item.name,
        meaning="a rule template",
        facts=tuple(facts),
        keys=keys,
        lines=item.example,
    )


def _of_form(name: str) -> Entry:
    """Return how values of one form are written."""
    form = next(form for form in FORMS.values() if form.name == name)
    return Entry(
        kind="form",
        name=name,
        meaning=form.words,
        facts=(("example", ", ".join(form.examples)),) if form.examples else (),
    )


def _form_names() -> tuple[str, ...]:
    """Return the names of the forms of values."""
    return tuple(form.name for form in FORMS.values())


def _of_shipped(item: Shipped) -> Entry:
    """Return what comes with the package under an id."""
    return Entry(
        kind="shipped",
        name=f"{item.section}.{item.id}",
        meaning=f"one of the {item.section} in {item.file}, line {item.line}",
        facts=(("keys", f"stationsim explain {item.section}"),),
        lines=item.text,
    )


def _unknown(word: str) -> str:
    """Say that a word means nothing here, and what was perhaps meant."""
    table = rows()
    ways = dict.fromkeys(way for row in table for way in row.ways)
    head, _, last = word.rpartition(".")
    if head in ways:
        return _not_inside(head, last, ways)
    names = [name for row in table for name in (row.key.name, *row.ways)]
    names += [name for item in template_words() for name in (item.name, f"rules.{item.name}")]
    names += [name for item in shipped() for name in (item.id, f"{item.section}.{item.id}")]
    meant = closest(word, (*names, *_form_names()))
    hint = f" Did you mean {meant!r}?" if meant else ""
    return (
        f"{shorten(word)} is neither a key of a file, nor a rule template, nor something that comes with stationsim."
        f"{hint} 'stationsim explain' lists the sections."
    )


def _not_inside(head: str, last: str, ways: Iterable[str]) -> str:
    """Say that there is nothing of this name below a key, and what there is."""
    keys = [way.rpartition(".")[2] for way in ways if way.rpartition(".")[0] == head]
    others = [item.id for item in shipped() if item.section == head]
    others += [item.name for item in template_words()] if head == "rules" else []
    meant = closest(last, (*keys, *others))
    hint = f" Did you mean {f'{head}.{meant}'!r}?" if meant else ""
    told = f"Keys: {', '.join(keys)}." if keys else "It has no keys."
    return f"{shorten(last)} is neither a key of {shorten(head)} nor one that comes with stationsim. {told}{hint}"
