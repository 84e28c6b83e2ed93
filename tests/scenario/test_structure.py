"""Keys and single values: the whole texts of what is refused, and what is read."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

import pytest
from scenario.documents import SMALL, spoiled

from stationsim.scenario.load import load
from stationsim.scenario.model import Chance, Needs


def one(folder, old, new):
    """Return the first line of the only problem, and check the caret under it."""
    lines = folder.refusal(spoiled(old, new)).splitlines()
    assert len(lines) == 3
    column = int(lines[0].split(":")[2])
    assert lines[2] == " " * (column + 3) + "^"
    return lines[0]


def test_small_document_is_read(small):
    assert small.id == "small"
    assert small.horizon_s == 31 * 86400
    assert small.volumes[1].needs == Needs(hard=("hub",))
    assert small.things[0].needs == Needs(hard=("hub",), some=("nadir", "zenith"), of=1, soft=("lock",))
    assert (small.calendars[0].wake_s, small.calendars[0].sleep_s) == (21600, 77400)
    assert small.calendars[0].days == ("mon", "tue", "wed", "thu", "fri")
    assert small.kinds[0].usual_s == 43200
    assert small.types[0].components[0].loop.liquid_m3 == pytest.approx(0.04)
    assert small.types[0].cabin.loop_c == -5.0
    assert small.vehicles[0].launched_s == -(83 * 86400 + 36360)
    assert small.incidents[0].hole_m == Chance(shape="uniform", parameters=(0.0005, 0.001))
    assert small.incidents[1].lasts_s == Chance(shape="triangular", parameters=(432000, 777600, 1728000))
    assert small.activities[0].tasks[0].id == "bolt"


def test_unknown_key_is_told_with_its_like_and_hides_the_missing_one(folder):
    assert folder.refusal(spoiled("host: hub\n    mechanism: cbm", "hots: hub\n    mechanism: cbm")) == (
        "bad.yaml:40:5: ports.side.hots: 'hots' is not a key of a port. Keys: aliases, direction, host, mechanism, name, needs, "
        "neighbours, services, source, status, wets, zone. Did you mean 'host'?\n        hots: hub\n        ^"
    )


def test_unknown_key_of_the_document_is_told_with_its_like(folder):
    assert one(folder, "waivers:\n", "waivrs:\n").endswith(
        ": waivrs: 'waivrs' is not a key of a scenario. Keys: activities, air, airlocks, arms, base, calendars, centres, "
        "consumables, fluids, from, hatches, incidents and 20 more. Did you mean 'waivers'?"
    )


def test_misspelt_base_is_told(folder):
    assert "Did you mean 'base'?" in one(folder, "title: A small", "bsae: A small")


def test_hidden_keys_are_unknown(folder):
    assert "'text_hash' is not a key of a scenario." in one(folder, "title: A", "text_hash: A")


def test_missing_key_says_what_it_is_for(folder):
    assert folder.refusal(spoiled("    host: hub\n    mechanism: cbm", "    mechanism: cbm")) == (
        "bad.yaml:38:3: ports.side: 'host' is missing: volume that carries it. Write 'host: ...'.\n      side:\n      ^"
    )


def test_missing_key_of_a_list_item_is_told_at_the_item(folder):
    assert one(folder, ", rationale: Nobody goes outside", "") == (
        "bad.yaml:197:5: waivers[0]: 'rationale' is missing: why. Write 'rationale: ...'."
    )


def test_missing_time_is_told_at_the_document(folder):
    assert (
        one(folder, "until: 2023-01-14\n", "") == "bad.yaml:1:1: 'until' is missing: when it ends. Write 'until: ...'."
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("seats: 1", "seats: two", "types.boat.seats: 'two' is not a whole number. Write digits only, for instance 2."),
        ("seats: 1", "seats: 2.7", "types.boat.seats: 2.7 is not a whole number. Write digits only, for instance 2."),
        ("seats: 1", "seats: true", "types.boat.seats: true is not a whole number. Write digits only, for instance 2."),
        ("seats: 1", "seats: 010", "types.boat.seats: '010' is not a whole number. Write digits only, for instance 2."),
        ("seats: 1", "seats: -1", "types.boat.seats: -1 is negative. Write a whole number from 0 to 1000000000."),
        ("seats: 1", "seats: 1000000001", "types.boat.seats: 1000000001 is too large. Write a whole number from 0 to 1000000000."),
        ("aboard: true", "aboard: yes", "people.anna.aboard: 'yes' is neither true nor false. Write true or false."),
        ("aboard: true", "aboard: 1", "people.anna.aboard: 1 is neither true nor false. Write true or false."),
        ("discharge: 0.6", "discharge: much", "types.boat.components.radiator.loop.discharge: 'much' is not a number. Write it like 0.65."),
        ("discharge: 0.6", "discharge: .inf", "types.boat.components.radiator.loop.discharge: inf is not a number. Write it like 0.65."),
        ("discharge: 0.6", "discharge: -0.6", "types.boat.components.radiator.loop.discharge: -0.6 is negative. Write a number from 0."),
        ("life: 200 d", "life: 200", 'types.boat.life: 200 is not a duration. Write "2 min 42 s" or "PT2M42S".'),
        ("life: 200 d", "life: soon", "types.boat.life: 'soon' is not a duration. Write \"2 min 42 s\" or \"PT2M42S\"."),
        ("life: 200 d", "life: -200 d", "types.boat.life: '-200 d' is negative. A duration counts forward: write \"200 d\"."),
        ("life: 200 d", "life: 99999 d", "types.boat.life: '99999 d' is longer than 100 years. Write a shorter duration."),
        ("volume: 70 m3", "volume: 70", 'volumes.hub.volume: 70 has no unit. Units of volume: m3, ft3, L. Write it like "44 L".'),
        ("volume: 70 m3", "volume: 70 M3", "volumes.hub.volume: '70 M3': 'M3' is not a unit. Units of volume: m3, ft3, L. Did you mean 'm3'?"),
        ("volume: 70 m3", "volume: 70 kPa", "volumes.hub.volume: '70 kPa': 'kPa' is a unit of pressure. Units of volume: m3, ft3, L."),
        ("volume: 70 m3", "volume: -70 m3", "volumes.hub.volume: '-70 m3' is negative. Write a quantity from 0."),
        ("pressure: 200 kPa", "pressure: 1e308 bar", "types.boat.components.radiator.loop.pressure: '1e308 bar' is too large. Write a smaller number."),
        ("hazard: inert", "hazard: inret", "fluids.glycol.hazard: 'inret' is not allowed here. Allowed: ammonia, hypergol, inert. Did you mean 'inert'?"),
        ("days: [mon, tue", "days: [mno, tue", "kinds.survey.days[0]: 'mno' is not allowed here. Allowed: fri, mon, sat, sun, thu, tue, wed. Did you mean 'mon'?"),
        ("days: [mon, tue", "days: [tue, tue", "kinds.survey.days[1]: 'tue' stands twice in this list. Remove one of them."),
        ("title: A small station", "title: 2022", 'title: 2022 is not text. Write it in quotes: "2022".'),
        ("title: A small station", "title: 1e3", 'title: 1e3 is not text. Write it in quotes: "1e3".'),
        ("title: A small station", "title: true", 'title: true is not text. Write it in quotes: "True".'),
        ("title: A small station", "title: [a]", "title: A list stands here instead of a single value: title of the report."),
        ("title: A small station", "title: {a: b}", "title: A mapping stands here instead of a single value: title of the report."),
        ("seat: boat-1", "seat: ''", "people.anna.seat: The name is empty: ship that holds their fit items. Write it, or leave the key out."),
        ("inspects: [nadir]", "inspects: ['']", "arms.crane.inspects[0]: The name is empty: ports whose ships its camera can survey. Write it, or leave the key out."),
        ("name: Hub,", "name: '',", "volumes.hub.name: The text is empty, but it is needed: name shown to people. Write it."),
        ("direction: nadir", "direction: Nadir", "ports.nadir.direction: 'Nadir' is not an id. Write lower-case letters, digits and hyphens: 'nadir'."),
        ("skills: [eva]", "skills: eva", "people.boris.skills: The value 'eva' stands here instead of a list. Write [eva]."),
        ("skills: [eva]", "skills: {eva: 1}", "people.boris.skills: A mapping stands here instead of a list. Write [...]."),
        ("skills: [eva]", "skills: [1]", 'people.boris.skills[0]: 1 is not text. Write it in quotes: "1".'),
        ("until: 2023-01-14", "until: soon", 'until: \'soon\' is not a time. Write "2022-12-15T00:45Z" or a day, "2022-12-15".'),
        ("until: 2023-01-14", "until: 2023-01-14T00:00", "until: '2023-01-14T00:00' has no time zone. If it is UTC, write \"2023-01-14T00:00Z\"."),
        ("until: 2023-01-14", "until: 2023-02-30", "until: '2023-02-30' is not in the calendar. Write a day of 2023-02 from 01 to 28."),
        ("from: 2022-12-14T00:00Z", "from: 12:30", 'from: \'12:30\' is not a time. Write "2022-12-15T00:45Z" or a day, "2022-12-15".'),
        ("wake: 06:00", "wake: 25:00", "calendars.day.wake: '25:00' is not a time of day. Write it like \"06:00\"."),
        ("wake: 06:00", "wake: 06:60", "calendars.day.wake: '06:60' is not a time of day. Write it like \"06:00\"."),
        ("wake: 06:00", "wake: 6", 'calendars.day.wake: 6 is not a time of day. Write it like "06:00".'),
        ('"08:00-12:00"', '"22:30-07:00"', "calendars.day.work[0]: '22:30-07:00' passes midnight. Write two intervals: \"22:30-24:00\", \"00:00-07:00\"."),
        ('"08:00-12:00"', '"22:30-00:00"', "calendars.day.work[0]: '22:30-00:00' passes midnight. Write \"22:30-24:00\"."),
        ('"08:00-12:00"', '"08:00-08:00"', "calendars.day.work[0]: '08:00-08:00' is not an interval of the day. Write it like \"08:00-12:00\"."),
        ('"08:00-12:00"', '"12:00-25:00"', "calendars.day.work[0]: '12:00-25:00' is not an interval of the day. Write it like \"08:00-12:00\"."),
        ('"08:00-12:00"', "morning", "calendars.day.work[0]: 'morning' is not an interval of the day. Write it like \"08:00-12:00\"."),
        ("known_on: 2022-12-01", "known_on: December", "activities.walk.known_on: 'December' is not a day. Write it like \"2022-12-14\"."),
        ("known_on: 2022-12-01", "known_on: 2022-12-41", "activities.walk.known_on: '2022-12-41' is not in the calendar. Write a day of 2022-12 from 01 to 31."),
        ("hole: uniform(0.5 mm, 1 mm)", "hole: 0.8", 'incidents[0].hole: 0.8 has no unit. Units of length: m, cm, mm, in, km. Write it like "0.8 mm".'),
        ("hole: uniform(0.5 mm, 1 mm)", "hole: uniform(0.5 mm)", "incidents[0].hole: 'uniform(0.5 mm)' does not have 2 values. Write uniform(low, high)."),
        ("hole: uniform(0.5 mm, 1 mm)", "hole: uniform(2 mm, 1 mm)", "incidents[0].hole: 'uniform(2 mm, 1 mm)' does not rise. Write uniform(low, high) from small to large."),
        ("hole: uniform(0.5 mm, 1 mm)", "hole: uniform(1 mm, 1 mm)", "incidents[0].hole: 'uniform(1 mm, 1 mm)' does not rise. Write uniform(low, high) from small to large."),
        ("hole: uniform(0.5 mm, 1 mm)", "hole: uniform(1, 2 mm)", "incidents[0].hole: '1' has no unit. Units of length: m, cm, mm, in, km. Write it like \"0.8 mm\"."),
        ("hole: uniform(0.5 mm, 1 mm)", "hole: unifrom(1 mm, 2 mm)", "incidents[0].hole: 'unifrom' is not a distribution. Distributions: triangular, uniform. Did you mean 'uniform'?"),
        ("hazard: inert, ", "hazard: , ", "fluids.glycol.hazard: There is no value. Write one, or ~ to leave the key out."),
    ],
    ids=str,
)  # fmt: skip
def test_wrong_value_is_told(folder, old, new, told):
    assert one(folder, old, new).split(": ", 1)[1] == told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  hub-outside: {name", "  Hub Outside: {name", "zones.Hub Outside: 'Hub Outside' is not an id. Write lower-case letters, digits and hyphens: 'hub-outside'."),
        ("  hub-outside: {name", "  '': {name", "zones.: '' is not an id. Write lower-case letters, digits and hyphens."),
    ],
    ids=["capitals", "empty"],
)  # fmt: skip
def test_bad_id_is_told(folder, old, new, told):
    assert folder.refusal(spoiled(old, new)).splitlines()[0].split(": ", 1)[1] == told


def test_flight_rules_keep_their_capitals(folder, small):
    assert small.rules[0].id == "EVA-1"
    assert "rules.EVA 1: 'EVA 1' is not the number of a rule." in folder.refusal(spoiled("  EVA-1:\n", "  EVA 1:\n"))


def test_id_inside_a_record_is_unknown(folder):
    assert "'id' is not a key of a zone." in one(folder, "{name: Around the hub,", "{id: x, name: Around the hub,")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("[a, b]", "zones: A list stands here instead of a mapping. Write 'ID: {...}' for each zone."),
        ("12", "zones: The value 12 stands here instead of a mapping. Write 'ID: {...}' for each zone."),
        ("{a: 12}", "zones.a: The value 12 is not a zone. Write a mapping with the keys name, source."),
        ("{a: [b]}", "zones.a: A list is not a zone. Write a mapping with the keys name, source."),
        ("{a: }", "zones.a: An empty value is not a zone. Write a mapping with the keys name, source."),
    ],
)
def test_section_that_is_none_is_told(folder, value, told):
    text = SMALL.replace("zones:\n  hub-outside: {name: Around the hub, source: test}\n", f"zones: {value}\n")
    assert f": {told}\n" in folder.refusal(text)


def test_unreadable_section_makes_no_name_in_it_dangle(folder):
    text = SMALL.replace("zones:\n  hub-outside: {name: Around the hub, source: test}\n", "zones: 12\n")
    assert len(folder.refusal(text).splitlines()) == 3


def test_unreadable_record_makes_no_name_dangle(folder):
    for old in (
        "name: Hub,",
        "type: boat, centre: houston, ready",
        "name: Anna",
        "kind: eva\n",
        "type: loop\n",
        "text: It leaks",
    ):
        key = old.split(":")[0]
        assert one(folder, old, old.replace(key + ":", key + ": !x", 1)).endswith(
            "is not allowed. Write the value without it."
        )


def test_needs_are_a_list_or_a_record(folder):
    assert "'al' is not a key of 'needs'. Keys: all, of, soft, some. Did you mean 'all'?" in one(
        folder, "{all: [hub],", "{al: [hub],"
    )
    assert one(folder, "needs: [hub]", "needs: hub").endswith(
        ": volumes.lock.needs: The value 'hub' is not 'needs'. Write a mapping with the keys all, some, of, soft."
    )


def test_text_is_data(folder):
    scenario = load(folder.write(spoiled("title: A small station", "title: '${HOME} {{ 1 + 1 }} %s <b>'")))
    assert scenario.title == "${HOME} {{ 1 + 1 }} %s <b>"


def test_all_problems_come_at_once_in_order(folder):
    text = spoiled(
        "seats: 1",
        "seats: two",
        "volume: 70 m3",
        "volume: 70",
        "who: anna",
        "who: ana",
        "hazard: inert",
        "hazrd: inert",
    )
    lines = [line for line in folder.refusal(text).splitlines() if line.startswith("bad.yaml")]
    assert [line.split(" ")[1] for line in lines] == [
        "volumes.hub.volume:",
        "fluids.glycol.hazrd:",
        "types.boat.seats:",
        "activities.walk.people[0].who:",
    ]


def test_endless_problems_are_cut(folder):
    text = SMALL + "".join(f"key{number}: 1\n" for number in range(150))
    message = folder.refusal(text)
    assert message.endswith("... and 50 more problems.")


def test_long_values_are_cut(folder):
    message = folder.refusal(spoiled("life: 200 d", f"life: {'9' * 5000}x"))
    assert len(message) < 400


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("waivers:\n  -", "waivers:\n  a:", "waivers: A mapping stands here instead of a list. Begin each waiver with '- '."),
        ("waivers:\n  - {rule: EVA-1, activity: look, rationale: Nobody goes outside}", "waivers: none", "waivers: The value 'none' stands here instead of a list. Begin each waiver with '- '."),
    ],
    ids=["mapping", "text"],
)  # fmt: skip
def test_list_that_is_none_is_told(folder, old, new, told):
    assert one(folder, old, new).split(": ", 1)[1] == told


def test_unreadable_item_of_a_list_is_told_once(folder):
    assert one(folder, "skills: [eva]", "skills: [*a]").endswith("Alias '*a' is not allowed. Write the value out.")
    assert one(folder, "skills: [eva]", "skills: *a").endswith("Alias '*a' is not allowed. Write the value out.")
    assert one(folder, "waivers:\n  - {rule: EVA-1, activity: look, rationale: Nobody goes outside}", "waivers: [*a]")
