"""The JSON Schema of a file: made from the table, true of every shipped file, and refusing what the loader refuses."""

import json
import re
from pathlib import Path

import pytest
from attrs import frozen
from authoring.files import VALIDATOR, plain, refused
from jsonschema import Draft202012Validator
from scenario.documents import SMALL, spoiled

from stationsim.authoring import json_schema
from stationsim.authoring.forms import FORMS
from stationsim.authoring.json_schema import file_schema, schema_text
from stationsim.errors import ScenarioError
from stationsim.scenario.fields import key
from stationsim.scenario.load import load
from stationsim.scenario.model import Scenario
from stationsim.scenario.schema import keys_of, record_classes

CONFIGS = Path(__file__).parents[2] / "configs"
FILES = sorted(CONFIGS.glob("*/*.yaml"))
FIRST = "# yaml-language-server: $schema=../scenario.schema.json"


def test_the_committed_schema_is_what_the_code_makes():
    committed = (CONFIGS / "scenario.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(), "run: stationsim schema > configs/scenario.schema.json"


def test_it_is_a_schema():
    Draft202012Validator.check_schema(file_schema())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_file_passes_and_tells_editors_where_the_schema_is(path):
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[0] == FIRST
    assert refused(text) == set()


def test_the_small_document_passes():
    assert refused(SMALL) == set()


@pytest.mark.parametrize(
    ("changes", "way"),
    [
        (("closes_in: 3 min", "closes_in: 3"), "hatches.hub-lock.closes_in"),
        (("closes_in: 3 min", "closes_in: 3 months"), "hatches.hub-lock.closes_in"),
        (("volume: 70 m3", "volume: 70 kPa"), "volumes.hub.volume"),
        (("volume: 70 m3", "volume: 70"), "volumes.hub.volume"),
        (("status: covered", "status: shut"), "ports.cap.status"),
        (("status: covered", "stauts: covered"), "ports.cap.stauts"),
        (("usual_hour: 12:00", "usual_hour: noon"), "kinds.eva.usual_hour"),
        (("days: [mon, tue, wed, thu, fri]", "days: [mon, dienstag]"), "kinds.survey.days[1]"),
        (("seats: 1", "seats: one"), "types.boat.seats"),
        (("seats: 1", "seats: -1"), "types.boat.seats"),
        (("discharge: 0.6", "discharge: big"), "types.boat.components.radiator.loop.discharge"),
        (("aboard: true", "aboard: yes"), "people.anna.aboard"),
        (("at: 2022-12-19T12:00Z", "at: 2022-12-19T12:00"), "activities.walk.at"),
        (("launched: 2022-09-21T13:54Z", "launched: soon"), "vehicles.boat-1.launched"),
        (("inspects: [nadir]", "inspects: nadir"), "arms.crane.inspects"),
        (("    hole: uniform(0.5 mm, 1 mm)", "    hole: normal(0.5 mm, 1 mm)"), "incidents[0].hole"),
        (("    source: test\nwaivers", "    soruce: test\nwaivers"), "activities.leave.soruce"),
        (("name: Hub, segment", "name: 12, segment"), "volumes.hub.name"),
        (("  hub: {name", "  Hub 1: {name"), "volumes"),
    ],
)
def test_what_the_loader_refuses_the_schema_refuses_at_the_same_key(changes, way, tmp_path):
    text = spoiled(*changes)
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(str(path))
    told = re.findall(r"^\S+:\d+:\d+: (.+?): ", str(caught.value), re.MULTILINE)
    assert way in refused(text)
    assert any(found == way or found.startswith(f"{way}.") for found in told), told


def test_nothing_is_required_of_a_file_that_lies_over_another():
    assert refused("base: small\nports:\n  nadir: {status: blocked}\n  zenith: ~\nair: ~\n") == set()


def test_in_a_list_the_mandatory_keys_are_required():
    assert refused("incidents:\n  - {leak: drip, node: boat-1/radiator}\n") == {"incidents[0]"}


def test_of_a_list_that_grows_only_what_an_entry_is_about_is_required():
    assert refused("waivers:\n  - {rule: EVA-1, activity: look}\nopening:\n  - {node: hub}\n") == set()
    assert refused("waivers:\n  - {rule: EVA-1, rationale: why}\n") == {"waivers[0]"}


def test_keys_that_become_others_pass_too():
    crew = "vehicles:\n  boat-1: {crew: 3}\nactivities:\n  up: {crew_up: {count: 2, skills: [eva]}}\n"
    assert refused(f"without: [hub, EVA-1/look]\nmodules:\n  hub: {{volume: 3 m3}}\n{crew}") == set()
    assert refused("vehicles:\n  boat-1: {crew: many}\n") == {"vehicles.boat-1.crew"}


def test_only_a_flight_names_its_people_in_the_list_of_a_crew():
    assert (
        refused("vehicles:\n  boat-1: {crew: [1, {count: 2}]}\nactivities:\n  up: {crew_up: [anna, {count: 2}]}\n")
        == set()
    )
    assert refused("vehicles:\n  boat-1: {crew: [anna]}\n") == {"vehicles.boat-1.crew"}


def test_days_of_the_year_pass():
    for moment in ("2022-349", "2022-349T00:45Z", "2022/349/00:45:00"):
        assert refused(f"from: {moment}\nactivities:\n  look: {{at: {moment}}}\n") == set(), moment


def test_a_list_of_needs_is_as_good_as_a_mapping():
    for needs in ("[hub]", "{some: [hub, lock], of: 1}"):
        assert refused(f"things:\n  lamp: {{type: lamp, needs: {needs}}}\n") == set()
    assert refused("things:\n  lamp: {type: lamp, needs: hub}\n") == {"things.lamp.needs"}


def test_every_way_to_write_a_date_passes():
    dates = ("2022-12-15T02:20Z", "2022-12-19", "2023-02", "{from: 2023-01-16, to: 2023-01-31}")
    for date in (*dates, "{after: walk, by: 5 d}", "{after: walk, by: {from: 5 d, to: 7 d}}"):
        assert refused(f"activities:\n  look: {{at: {date}}}\n") == set(), date
    assert refused("activities:\n  look: {at: {after: walk}}\n") == {"activities.look.at"}


def test_an_editor_shows_meaning_form_and_default_with_its_source():
    hour = file_schema()["$defs"]["Kind"]["properties"]["usual_hour"]
    assert hour["description"] == (
        "Usual time of day of its start.\nWrite a time of day in UTC.\nLeft out: 12:00 (the middle of the crew's day, "
        "where no clock time is published; reports do not print it)."
    )
    assert hour["examples"] == ["06:00"]
    assert file_schema()["$defs"]["Port"]["properties"]["host"]["description"] == (
        "Volume that carries it.\nWrite a volume, by id.\nMust be given, here or in a base."
    )


def test_every_way_to_write_a_moment_passes():
    moments = ("2022-12-15T02:20Z", "2022-12-19", "2023-02", "{from: 2023-01-16, to: 2023-01-31}")
    for moment in (*moments, "{activity: walk, phase: work, after: 45 min}", "{after: loop, by: 5 d}"):
        assert refused(f"incidents:\n  - {{id: joint, at: {moment}}}\n") == set(), moment
    assert refused("incidents:\n  - {id: joint, at: {activity: walk, phase: wrok}}\n") == {"incidents[0].at"}


def test_templates_are_a_closed_list_for_editors():
    assert "residue" in file_schema()["$defs"]["Rule"]["properties"]["template"]["enum"]
    assert refused("rules:\n  EVA-1: {template: resdue}\n") == {"rules.EVA-1.template"}


def test_every_kind_of_value_has_a_form_and_a_schema():
    kinds = {row.kind for cls in record_classes(Scenario) for row in keys_of(cls)} - {"hidden"}
    hint = "add the kind to FORMS in authoring/forms.py and to _SIMPLE in authoring/json_schema.py"
    assert kinds <= set(FORMS), hint
    others = {"text", "id", "ids", "quantity", "amounts", "record", "records", "list"}
    assert kinds - others <= set(json_schema._SIMPLE), hint


def test_a_new_key_of_a_known_kind_needs_nothing_but_its_row(monkeypatch):
    @frozen(kw_only=True)
    class Lamp:
        id: str
        light_w: float = key("its light", kind="quantity", name="light", unit="W")

    @frozen(kw_only=True)
    class House:
        lamps: tuple[Lamp, ...] = key("its lamps", kind="records", default=())

    monkeypatch.setattr(json_schema, "file_keys", lambda: keys_of(House))
    validator = Draft202012Validator(json_schema.file_schema())
    assert validator.is_valid({"lamps": {"red": {"light": "60 W"}}})
    assert not validator.is_valid({"lamps": {"red": {"light": "60"}}})


def test_the_schema_is_plain_json_that_says_the_same_after_a_round_trip():
    assert json.loads(schema_text()) == file_schema()
    assert VALIDATOR.is_valid(plain("title: Nothing else\n"))
