"""How do the reference pages read? One page per section of a file, one of rule templates, made from the table."""

from collections.abc import Iterator
from pathlib import Path

from stationsim.authoring.forms import FORM_OF_CHANCE, FORMS, Form, default_words, examples_of, form_words
from stationsim.authoring.rows import about, file_keys, keys_in
from stationsim.authoring.templates import TemplateWords, template_words
from stationsim.scenario.additions import GROWING
from stationsim.scenario.schema import Key

MADE = "<!-- Made from the code by `stationsim explain --markdown docs/reference`: change the table, not this page. -->"


def pages() -> dict[str, str]:
    """Return all reference pages by file name."""
    sections = [key for key in file_keys() if key.record is not None]
    found = {"index.md": _index(sections)}
    found |= {f"{key.name}.md": _section(key) for key in sections}
    return {**found, "rule-templates.md": _templates()}


def write_pages(folder: Path) -> tuple[Path, ...]:
    """Write all reference pages into a folder; return their paths.

    Raises:
        OSError: The folder or a page cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in pages().items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return tuple(written)


def _index(sections: list[Key]) -> str:
    """Return the page that leads to the others."""
    plain = [key for key in file_keys() if key.record is None]
    lines = [MADE, "", "# Reference: every key of a file", ""]
    lines += ["The same text for one key: `stationsim explain KEY`. For an editor: `stationsim schema`.", ""]
    lines += ["## At the top of a file", "", *_table(plain), ""]
    lines += ["## Sections", "", "| section | holds |", "|---|---|"]
    lines += [f"| [`{key.name}`]({key.name}.md) | {_cell(key.meaning)} |" for key in sections]
    lines += ["", "The templates of [`rules`](rules.md) stand on [a page of their own](rule-templates.md).", ""]
    lines += ["## How values are written", "", "| form | write | for instance |", "|---|---|---|"]
    lines += [_form_row(form) for form in (*FORMS.values(), FORM_OF_CHANCE)]
    return "\n".join(lines) + "\n"


def _section(key: Key) -> str:
    """Return the page of one section: its records, then those that they hold; a class is tabled once."""
    lines = [MADE, "", f"# `{key.name}`", "", f"{_sentence(key.meaning)} {about(key)}", ""]
    lines += [f"Write {form_words(key)}. {_merging(key)}", "", *_table(keys_in(key)), ""]
    tabled: dict[type, str] = {}
    for way, inner in _nested(key, key.name):
        lines += [
            f"## `{way}`",
            "",
            f"{_sentence(inner.meaning)} {about(inner)}",
            "",
            f"Write {form_words(inner)}.",
            "",
        ]
        first = tabled.setdefault(inner.record, way)
        lines += [*_table(keys_in(inner)), ""] if first == way else [f"The keys are those of `{first}` above.", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _merging(key: Key) -> str:
    """Say what a higher layer does to a section."""
    if key.kind == "records":
        return "A file lies over its bases record by record and key by key; `ID: ~` removes a record."
    if key.name in GROWING:
        about = " and ".join(f"`{name}`" for name in GROWING[key.name])
        return f"The entries of a file are added to those of its bases; one with the same {about} lies over it."
    if key.kind == "list":
        return "The list of a file replaces that of its bases as a whole."
    return "A file lies over its bases key by key."


def _nested(key: Key, way: str, seen: tuple[type, ...] = ()) -> Iterator[tuple[str, Key]]:
    """Yield the keys that hold records inside a section, each with the way to it; those of a class known once."""
    for inner in keys_in(key):
        if inner.record is not None:
            yield f"{way}.{inner.name}", inner
            if inner.record not in seen:
                seen = (*seen, inner.record)
                yield from _nested(inner, f"{way}.{inner.name}", seen)


def _table(keys: tuple[Key, ...] | list[Key]) -> list[str]:
    """Return keys as a table, one row each."""
    head = ["| key | meaning | write | left out |", "|---|---|---|---|"]
    return head + [
        f"| `{key.name}` | {_cell(key.meaning)} | {_cell(form_words(key))}{_examples(key)} | {_left_out(key)} |"
        for key in keys
    ]


def _examples(key: Key) -> str:
    """Return the examples of a key, which those of closed lists and of names do not need."""
    shown = () if key.allowed or key.refers or key.kind == "text" else examples_of(key)[:2]
    return f": {', '.join(f'`{example}`' for example in shown)}" if shown else ""


def _left_out(key: Key) -> str:
    """Say what it means to leave a key out."""
    return "**must be given**" if key.required else _cell(default_words(key))


def _form_row(form: Form) -> str:
    """Return one form of values as a row."""
    return f"| {form.name} | {_cell(form.words)} | {', '.join(f'`{example}`' for example in form.examples)} |"


def _templates() -> str:
    """Return the page of rule templates."""
    lines = [MADE, "", "# Rule templates", ""]
    lines += [
        "A [rule](rules.md) is an instance of a template. Each forbids something; the parameters say of what.",
        "",
    ]
    lines += ["| template | forbids | needs | may take |", "|---|---|---|---|"]
    lines += [_template_row(item) for item in template_words()]
    for item in template_words():
        lines += ["", f"## `{item.name}`", "", f"Forbids {item.forbids}.", ""]
        lines += [*_table(item.parameters), ""] if item.parameters else []
        lines += ["```{code-block} yaml", *item.example.splitlines(), "```"]
    return "\n".join(lines) + "\n"


def _template_row(item: TemplateWords) -> str:
    """Return one template as a row."""
    needs, takes = (", ".join(f"`{name}`" for name in names) for names in (item.needs, item.takes))
    return f"| `{item.name}` | {_cell(item.forbids)} | {needs} | {takes} |"


def _sentence(text: str) -> str:
    """Write a meaning as a sentence."""
    return text[0].upper() + text[1:] + ("" if text.endswith("?") else ".")


def _cell(text: str) -> str:
    """Write a text so that it may stand in a cell of a table."""
    return text.replace("|", "\\|")
