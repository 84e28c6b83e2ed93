"""What `stationsim explain` says: rows of the table, templates, forms, what is shipped, and what was perhaps meant."""

import json
import re

import pytest

from stationsim.authoring.explain import as_json, explain, sections, text_of
from stationsim.cli.main import main
from stationsim.errors import ScenarioError
from stationsim.scenario.model import Scenario
from stationsim.scenario.schema import FILE_KEYS, keys_of


def refusal(word):
    """Return the whole text of the error about a word that means nothing."""
    with pytest.raises(ScenarioError) as caught:
        explain(word)
    return str(caught.value)


def test_a_key_is_told_with_meaning_form_unit_and_default():
    (entry,) = explain("incidents.hole")
    assert text_of(entry) == (
        "incidents.hole: diameter of the hole of a leak\n"
        "\n"
        "    write      a number with its unit (m, cm, mm, in, km); or a distribution, from which --seed draws\n"
        "    example    0.8 mm, uniform(0.8 mm, 1.6 mm)\n"
        "    counted in m\n"
        "    left out   there is none; a leak needs one\n"
        "    stands in  incidents"
    )


def test_the_end_of_a_way_is_enough():
    assert explain("hole") == explain("incidents.hole")
    assert [entry.name for entry in explain("questions.after")] == ["modes.questions.after"]


def test_a_word_with_several_meanings_is_told_with_all_of_them():
    assert {entry.name for entry in explain("after")} >= {"modes.questions.after", "kinds.after"}


def test_a_default_is_told_with_its_source():
    (entry,) = explain("kinds.usual_hour")
    assert dict(entry.facts)["left out"] == (
        "12:00 (the middle of the crew's day, where no clock time is published; reports do not print it)"
    )


def test_an_effect_is_told_with_the_moment_of_each():
    (entry,) = explain("kinds.effect")
    assert entry.meaning == (
        "what it does to the station: `launch`, `dock` and `undock` at its start (the hatch of a ship that came opens "
        "at its end); `relocate` leaves the port at its start and is at the other one at its end; `outside` sends "
        "people out while it lasts; `fit` moves fit items at its end"
    )


def test_a_crew_is_told_as_it_is_accepted():
    (aboard,), (up,) = explain("vehicles.crew"), explain("crew_up")
    assert dict(aboard.facts)["write"] == "a number of unnamed people, what they are, or a list of such entries"
    assert dict(up.facts)["write"] == (
        "a list of people by id and of unnamed people, or only a number of these or what they are"
    )
    assert dict(up.facts)["example"].startswith("[PERSON, PERSON], 3, {count: 3")


def test_a_section_lists_its_keys_and_says_which_must_be_given():
    (entry,) = explain("zones")
    assert dict(entry.facts)["about"].startswith("A part of the outside that a release can wet")
    assert [(name, meaning) for name, _, meaning in entry.keys] == [
        ("name", "name shown to people (must be given)"),
        ("source", "where it comes from (must be given)"),
    ]


def test_a_key_of_a_record_that_stands_in_many_places_is_told_once():
    (entry,) = explain("needs.some")
    assert dict(entry.facts)["stands in"].startswith("volumes.needs, ports.needs, ")


def test_a_closed_list_is_told():
    (entry,) = explain("ports.status")
    assert dict(entry.facts)["write"] == "one of free, covered, blocked"


@pytest.mark.parametrize("word", ["rules.residue", "residue"])
def test_a_rule_template_is_told_with_its_parameters_and_an_instance(word):
    (entry,) = explain(word)
    assert entry.kind == "rule template"
    facts = dict(entry.facts)
    assert facts["forbids"].startswith("sorties in zones where residue may lie, until it is identified and has cleared")
    assert (facts["needs"], facts["may take"]) == ("hazards", "question, even_remedies")
    assert [name for name, _, _ in entry.keys] == ["hazards", "question", "even_remedies"]
    assert "template: residue" in entry.lines
    assert text_of(entry).startswith("residue: a rule template\n")


def test_what_is_shipped_is_shown_as_it_stands_in_its_file():
    (entry,) = explain("modes.coolant-loop")
    assert entry.meaning.startswith("one of the modes in ")
    assert re.search(r"configs/modes/leaks\.yaml, line \d+$", entry.meaning)
    assert entry.lines.startswith("coolant-loop:\n  text: A hole in a coolant loop.")
    assert "\nstation-coolant:" not in entry.lines
    assert explain("coolant-loop")[0] == entry


def test_a_form_of_value_is_told():
    (entry,) = explain("duration")
    assert (entry.meaning, dict(entry.facts)) == (
        "a duration with units d, h, min and s",
        {"example": "2 h 30 min, 210 d, PT2M42S"},
    )


def test_the_sections_are_all_keys_at_the_top_of_a_file():
    names = [name for name, _ in sections()]
    assert names == [*FILE_KEYS["Scenario"], *(key.name for key in keys_of(Scenario) if key.kind != "hidden")]


def test_an_unknown_word_is_refused_with_what_was_perhaps_meant():
    assert refusal("hol") == (
        "'hol' is neither a key of a file, nor a rule template, nor something that comes with stationsim. "
        "Did you mean 'hole'? 'stationsim explain' lists the sections."
    )
    assert refusal("qqq") == (
        "'qqq' is neither a key of a file, nor a rule template, nor something that comes with stationsim. "
        "'stationsim explain' lists the sections."
    )


def test_an_unknown_key_of_a_section_is_refused_with_its_keys():
    assert refusal("zones.colour") == (
        "'colour' is neither a key of 'zones' nor one that comes with stationsim. Keys: name, source."
    )
    assert refusal("zones.nme") == (
        "'nme' is neither a key of 'zones' nor one that comes with stationsim. Keys: name, source. "
        "Did you mean 'zones.name'?"
    )
    assert refusal("rules.resdue").endswith(" Did you mean 'rules.residue'?")
    assert refusal("modes.coolent-loop").endswith(" Did you mean 'modes.coolant-loop'?")
    assert refusal("incidents.hole.x") == (
        "'x' is neither a key of 'incidents.hole' nor one that comes with stationsim. It has no keys."
    )


def call(*arguments):
    """Run the command line in this process; return its exit code."""
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return left.value.code


def test_the_command_prints_lists_and_refuses(capsys):
    assert call("explain", "hole") == 0
    assert capsys.readouterr().out.startswith("incidents.hole: diameter of the hole of a leak\n")
    assert call("explain") == 0
    assert "\nincidents    what strikes\n" in capsys.readouterr().out
    assert call("explain", "hol") == 2
    assert "Did you mean 'hole'?" in capsys.readouterr().err


def test_json_holds_the_columns_of_the_table(capsys):
    assert call("explain", "kinds.usual_hour", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row == as_json(explain("kinds.usual_hour")[0])
    told = {name: row[name] for name in ("form", "unit", "required", "default", "allowed", "refers", "ways")}
    assert told == {
        "form": "clock",
        "unit": "s",
        "required": False,
        "default": 43200,
        "allowed": [],
        "refers": None,
        "ways": ["kinds.usual_hour"],
    }
    assert row["default_source"].startswith("the middle of the crew's day")
    assert call("explain", "--json") == 0
    assert {"name": "scenario", "meaning": "id of the scenario"} in json.loads(capsys.readouterr().out)


def test_every_key_can_be_explained_as_words_and_as_json():
    for way in {way for entry in sections() for way in [entry[0]]}:
        for entry in explain(way):
            assert text_of(entry).startswith(f"{way}: ")
            json.dumps(as_json(entry), allow_nan=False)


def test_the_schema_is_printed_whole(capsys):
    from stationsim.authoring.json_schema import schema_text

    assert call("schema") == 0
    assert capsys.readouterr().out == schema_text()
