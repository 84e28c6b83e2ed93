"""Everything that is refused before a value means anything: the whole texts, with place, source line and caret."""

import pytest
from scenario.documents import SMALL, spoiled

from stationsim.scenario.load import load
from stationsim.scenario.places import Place, Reading, Source
from stationsim.scenario.reader import MAX_BYTES, MAX_LINES, MAX_VALUES, Map, Scalar, read_tree, resolve

EMPTY = "bad.yaml: The file is empty. A scenario begins with 'scenario: NAME'."


def read(text):
    reading = Reading(Place(Source("x")))
    tree = read_tree(text.encode(), "x", reading)
    assert not reading.problems
    return tree


@pytest.mark.parametrize("text", ["", " \n\n", "# only a remark\n", "---\n", "\ufeff"])
def test_empty_file_is_refused(folder, text):
    assert folder.refusal(text) == EMPTY


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("- a\n- b\n", "a list", "- a"),
        ("[]", "a list", "[]"),
        ("soyuz", "the single value 'soyuz'", "soyuz"),
        ("12", "the single value 12", "12"),
    ],
)
def test_what_is_no_mapping_is_refused(folder, text, what, line):
    assert folder.refusal(text) == (
        f"bad.yaml:1:1: The file holds {what}, but must be a mapping. Begin with 'scenario: NAME'.\n    {line}\n    ^"
    )


def test_duplicate_key_names_its_first_line(folder):
    text = spoiled("    direction: nadir\n", "    direction: nadir\n    host: lock\n")
    assert folder.refusal(text) == (
        "bad.yaml:29:5: 'host' stands twice (first on line 26). Remove one of them.\n        host: lock\n        ^"
    )


def test_keys_that_only_look_different_are_duplicates(folder):
    text = spoiled("title: A small station", "'title': A\n\"title\": B")
    assert "bad.yaml:3:1: 'title' stands twice (first on line 2). Remove one of them." in folder.refusal(text)


@pytest.mark.parametrize(
    ("title", "message", "caret"),
    [
        ("!!str A", "Tag '!!str' is not allowed. Write the value without it.", 8),
        ("!!python/name:os.system x", "Tag '!!python/name:os.system' is not allowed. Write the value without it.", 8),
        ("! A", "Tag '!' is not allowed. Write the value without it.", 8),
        ("&a A", "Anchor '&a' is not allowed. Write the value out.", 8),
    ],
)
def test_tags_and_anchors_are_refused(folder, title, message, caret):
    text = spoiled("title: A small station", f"title: {title}")
    assert folder.refusal(text) == f"bad.yaml:2:{caret}: {message}\n    title: {title}\n    {' ' * (caret - 1)}^"


def test_alias_is_refused_once_and_hides_nothing_else(folder):
    text = spoiled(
        "title: A small station", "title: &t A", "name: Hub nadir", "name: *t", "mechanism: cbm", "mecanism: cbm"
    )
    assert folder.refusal(text) == (
        "bad.yaml:2:8: Anchor '&t' is not allowed. Write the value out.\n"
        "    title: &t A\n"
        "           ^\n"
        "bad.yaml:25:11: Alias '*t' is not allowed. Write the value out.\n"
        "        name: *t\n"
        "              ^\n"
        "bad.yaml:41:5: ports.side.mecanism: 'mecanism' is not a key of a port. Keys: aliases, direction, host, "
        "mechanism, name, needs, neighbours, services, source, status, wets, zone. Did you mean 'mechanism'?\n"
        "        mecanism: cbm\n"
        "        ^"
    )


def test_billion_laughs_are_refused_without_growing(folder):
    bomb = "a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n"
    assert folder.refusal(bomb).count("Alias ") == 8


@pytest.mark.parametrize(
    ("sign", "what"),
    [("\x00", "A NUL character"), ("\x1b", "Control character U+001B"), ("\x9b", "Control character U+009B")],
)
def test_control_characters_are_refused_and_never_printed(folder, sign, what):
    message = folder.refusal(spoiled("title: A small station", f"title: A{sign}B"))
    shown = "    title: A\N{REPLACEMENT CHARACTER}B\n            ^"
    assert message == f"bad.yaml:2:9: {what} is not allowed. Remove it.\n{shown}"


def test_escaped_control_character_is_refused(folder):
    assert folder.refusal(spoiled("title: A small station", 'title: "A\\0B"')) == (
        'bad.yaml:2:8: The text holds control character U+0000. Remove it.\n    title: "A\\0B"\n           ^'
    )


@pytest.mark.parametrize(
    "bomb", ["[" * 1_000_000, "a: " + "{a: " * 100_000, "\n".join(" " * i + "-" for i in range(2000))]
)
def test_nesting_bomb_is_refused_at_once(folder, bomb):
    message = folder.refusal(bomb)
    assert "Values are nested deeper than 50. Write them flatter." in message
    assert len(message) < 500


def test_nesting_of_fifty_is_read():
    tree = read("a: " + "[" * 49 + "]" * 49)
    assert isinstance(tree, Map)


def test_file_over_five_megabytes_is_refused(folder):
    message = folder.refusal("# " + "x" * MAX_BYTES)
    assert message == "bad.yaml: The file is larger than 5 MB. Split it and use 'base:'."


def test_more_lines_or_values_than_anybody_writes_are_refused_at_once(folder):
    message = folder.refusal("scenario: x\n" + "\n" * MAX_LINES)
    assert message == "bad.yaml: The file has more than 100,000 lines. Split it and use 'base:'."
    message = folder.refusal("scenario: x\nthings: [" + "a," * MAX_VALUES + "]\n")
    assert message.startswith("bad.yaml:2:99998: The file holds more than 50,000 values. Split it and use 'base:'.\n")


def test_a_file_of_nothing_but_control_characters_is_refused_with_the_first_twenty(folder):
    text = folder.refusal(b"\x00" * 1_000_000)
    assert text.count("A NUL character is not allowed. Remove it.") == 20
    assert max(len(line) for line in text.splitlines()) < 150


def test_a_file_with_more_problems_than_anybody_reads_is_not_read_to_its_end(folder):
    text = folder.refusal("scenario: x\n" + "".join(f"a{number}: 1\n" for number in range(9000)))
    assert text.endswith("\n... and at least 100 more problems.")
    assert text.count(" is not a key of a scenario. ") == 100


@pytest.mark.parametrize("text", [SMALL.replace("\n", "\r\n"), "\ufeff" + SMALL, SMALL.replace("\n", "\r")])
def test_files_of_other_systems_are_read(folder, text):
    folder.write("", "small.yaml")
    (folder.path / "small.yaml").write_bytes(text.encode())
    assert load("small.yaml").id == "small"


def test_other_encodings_are_refused(folder):
    assert folder.refusal(b"scenario: small\ntitle: \xe9tage\n") == (
        "bad.yaml:2:8: Byte 0xe9 is not UTF-8. Save the file as UTF-8.\n"
        "    title: \N{REPLACEMENT CHARACTER}tage\n           ^"
    )
    assert folder.refusal("scenario: small".encode("utf-16")).startswith("bad.yaml:1:1: Byte 0xff is not UTF-8.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: b: c",
            (
                "1:5: This is not YAML: mapping values are not allowed in this context. Put a text with ': ' in it "
                "into quotes, end the line above with ':', or begin this key in the column of its neighbours."
                "\n    a: b: c\n        ^"
            ),
        ),
        (
            "\ta: b",
            (
                "1:1: This is not YAML: found character that cannot start any token (while scanning for the next "
                "token). Indent with spaces, not tabs.\n    \ta: b\n    ^"
            ),
        ),
        ("a: b\n---\nc: d", "2:1: A second document begins. Write one document per file.\n    ---\n    ^"),
    ],
)
def test_what_is_no_yaml_is_refused(folder, text, message):
    assert folder.refusal(text) == f"bad.yaml:{message}"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("title: 'open\n", "Close the quote."),
        ("a: {b: c\nd: e\n", "Close the bracket { that is open, or put a comma between two entries."),
        ("a: [b\nd: e\n", "Close the bracket [ that is open, or put a comma between two entries."),
        ("a: b\n c\n- d\n", "Keys of one record stand in the same column, each as 'key: value'."),
        ("a:\n  - b\n  c: d\n", "Entries of one list stand in the same column, each after '- '."),
        ("a: b\nc\nd: e\n", "Write 'key: value'."),
        ("a: @b\n", "Put a text that begins with this sign into quotes."),
    ],
)
def test_what_is_no_yaml_is_told_with_what_to_do(folder, text, advice):
    assert folder.refusal(text).splitlines()[0].endswith(advice)


def test_directives_are_refused(folder):
    message = folder.refusal("%TAG ! tag:x,2022:\n---\n" + SMALL)
    assert message == "bad.yaml:1:1: Directives (%) are not allowed. Remove this line.\n    %TAG ! tag:x,2022:\n    ^"


@pytest.mark.parametrize("text", ["? [a, b]\n: c", "~: c", "? {a: b}\n: c"])
def test_key_must_be_a_word(folder, text):
    assert "A key must be a word. Write 'key: value'." in folder.refusal(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12:30", "12:30"),
        ("3:20", "3:20"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("010", "010"),
        ("-010", "-010"),
        ("010.5", "010.5"),
        ("0", 0),
        ("-7", -7),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("1_000", "1_000"),
        ("9" * 19, "9" * 19),
        ("true", True),
        ("False", False),
        ("tRUE", "tRUE"),
        ("~", None),
        ("null", None),
        ("nil", "nil"),
        ("2022-12-15", "2022-12-15"),
        ("-.inf", float("-inf")),
        ("<<", "<<"),
    ],
)
def test_plain_scalars_follow_yaml_1_2(text, value):
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)
    tree = read(f"a: {text}")
    assert tree.entries["a"].node == Scalar(value, tree.entries["a"].node.place, text)


def test_quoted_scalars_are_text():
    tree = read("a: '12'\nb: \"true\"\nc: ''")
    assert [entry.node.value for entry in tree.entries.values()] == ["12", "true", ""]


def test_not_a_number_is_a_float():
    assert resolve(".nan") != resolve(".nan")


def test_long_source_lines_are_cut_around_the_caret(folder):
    text = spoiled("title: A small station", f"title: {{a: '{'x' * 5000}', a: 2}}")
    message = folder.refusal(text)
    assert "'a' stands twice" in message
    assert max(len(line) for line in message.splitlines() if not line.startswith("bad.yaml")) <= 130


def test_columns_count_characters_not_bytes(folder):
    text = spoiled("{name: Hub, segment", "{name: Станция, segmet")
    assert folder.refusal(text).splitlines()[1:3] == [
        "      hub: {name: Станция, segmet: usos, volume: 70 m3, source: test}",
        "                           ^",
    ]
