"""Do the shipped files say what is known, with sources, and nothing that nobody could know on the day?"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import attrs
import networkx as nx
import pytest
import yaml

from stationsim.physics import CabinHeat, HeatSink, LoopDrain, hole_area_m2
from stationsim.scenario.load import load
from stationsim.scenario.model import Activity, Cabin, Scenario, Thing, VehicleType
from stationsim.scenario.schema import keys_of

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "configs").rglob("*.yaml"))
NAMES = sorted(path.stem for path in FILES if path.parent.name in ("scenarios", "increments"))
INCREMENTS = {"iss-2022-12": "2022-12-14", "iss-2023-02": "2023-02-10", "iss-2018-08": "2018-08-28",
              "iss-2015-01": "2015-01-13"}  # fmt: skip
"""The day whose knowledge each plan is."""

FACT = re.compile(r"\bS\d\d[a-z]?\b|\bengineering\b|\bincidents\b|\bplan\b")
MACHINE_PATH = re.compile(r"(?<![\w.])[/~\\]\w|\w:\\")


def read(path: Path) -> dict:
    """Read a file with every scalar as text, so that dates stay as they are written."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.fixture(scope="module")
def increment() -> Scenario:
    return load("iss-2022-12")


@pytest.fixture(scope="module", params=INCREMENTS)
def any_increment(request) -> Scenario:
    return load(request.param)


@pytest.fixture(scope="module")
def later() -> Scenario:
    return load("iss-2023-02")


@pytest.fixture(scope="module")
def earlier() -> Scenario:
    return load("iss-2018-08")


@pytest.fixture(scope="module")
def soyuz(increment) -> VehicleType:
    return next(kind for kind in increment.types if kind.id == "soyuz-ms")


# ------------------------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_and_increment_loads(name):
    assert load(name).id == name


def test_every_file_is_part_of_a_scenario():
    used = set(NAMES)
    for path in FILES:
        base = read(path).get("base", [])
        used |= {base} if isinstance(base, str) else set(base)
    assert {path.stem for path in FILES} == used


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_names_no_path_of_a_machine_and_has_no_line_too_long_to_read(path):
    text = path.read_text(encoding="utf-8")
    assert not [line for line in text.splitlines() if MACHINE_PATH.search(line)]
    assert not [line for line in text.splitlines() if len(line) > 150]


def test_quiet_increment_is_the_increment_and_nothing_else(increment):
    quiet = load("quiet-increment")
    assert quiet.incidents == ()
    assert (quiet.activities, quiet.horizon_s) == (increment.activities, increment.horizon_s)


@pytest.mark.parametrize(
    ("name", "base", "more"),
    [
        ("soyuz-ms22", "iss-2022-12", ()),
        ("arm-out", "iss-2022-12", ()),
        ("progress-ms21", "iss-2023-02", ("vehicles",)),
        ("progress-ms21-open", "iss-2023-02", ("vehicles",)),
        ("soyuz-ms09-air", "iss-2018-08", ()),
        ("ammonia-false-alarm", "iss-2015-01", ()),
        ("prk-chronic", "iss-2022-12", ("modes", "activities")),
        ("ammonia-leak", "iss-2022-12", ()),
        ("emu-water", "iss-2022-12", ()),
    ],
)
def test_a_scenario_adds_one_incident_and_changes_nothing_of_the_plan(name, base, more):
    scenario, increment = load(name), load(base)
    same = attrs.evolve(
        scenario,
        incidents=(),
        **{field: getattr(increment, field) for field in ("id", "title", "text", "horizon_s", "text_hash", *more)},
    )
    assert same == increment
    assert len(scenario.incidents) == 1


def test_two_reports_of_one_leak_differ_in_the_hatch_alone():
    shut, open_, increment = load("progress-ms21"), load("progress-ms21-open"), load("iss-2023-02")
    for scenario, hatch in ((shut, "closed"), (open_, "open")):
        told = {ship.id: ship for ship in scenario.vehicles}
        assert told["progress-ms-21"].hatch == hatch
        others = [ship for ship in increment.vehicles if ship.id != "progress-ms-21"]
        assert [ship for ship in scenario.vehicles if ship.id != "progress-ms-21"] == others
    assert open_.incidents == shut.incidents


def test_a_slow_leak_adds_the_way_it_leaks_and_no_other_mode():
    modes = {mode.id: mode for mode in load("prk-chronic").modes}
    own = modes.pop("structural-leak")
    assert tuple(modes.values()) == load("iss-2022-12").modes
    assert own.discharge == modes["cabin-air"].discharge
    assert (own.hunt, own.responses) == (None, ())


# ----------------------------------------------------------------------------------------------------------- sources


def records(value: object) -> Iterator[object]:
    """Yield every record of a scenario, itself first."""
    if attrs.has(type(value)):
        yield value
        for field in attrs.fields(type(value)):
            yield from records(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from records(item)


def holds_number(record: object) -> bool:
    """Tell whether a record states a number or a date, itself or in what it holds, other than by default."""
    for field in attrs.fields(type(record)):
        value = getattr(record, field.name)
        if isinstance(value, int | float | datetime) and not isinstance(value, bool) and value != field.default:
            return True
        if attrs.has(type(value)) and not hasattr(value, "source") and holds_number(value):
            return True
    return False


def test_whatever_holds_a_number_says_where_it_comes_from():
    silent = [
        record
        for name in NAMES
        for record in records(load(name))
        if hasattr(record, "source") and holds_number(record) and not record.source
    ]
    assert silent == []


def test_every_source_names_a_fact_or_admits_what_it_is():
    admitted = ("assumed", "recall")
    vague = [
        (type(record).__name__, getattr(record, "id", None), record.source)
        for name in NAMES
        for record in records(load(name))
        if getattr(record, "source", None) and not FACT.search(record.source)
        if not any(word in record.source for word in admitted)
    ]
    # The plan table knows these by name only.
    assert [row for row in vague if not re.search(r"\((plan|incidents)", row[2])] == []


def test_every_rule_says_who_may_waive_it_and_every_waiver_why(increment):
    assert all(rule.waived_by and rule.text and rule.source for rule in increment.rules)
    assert all(len(waiver.rationale) > 60 for waiver in increment.waivers)


def test_every_kind_template_and_fluid_of_the_files_is_spelled_once(increment):
    """Text that differs only in case or blanks would be two things to the program and one to the reader."""
    for section in ("kinds", "rules", "fluids", "zones"):
        names = [getattr(item, "name", item.id) for item in getattr(increment, section)]
        assert len({name.casefold().replace(" ", "") for name in names}) == len(names)


# ------------------------------------------------------------------------------------------------------ no hindsight


def documented(increment: str) -> list[tuple[str, str]]:
    """Return (day, subject) of what happened after the day of a trigger."""
    history = read(ROOT / "tests" / "history" / f"{increment}.yaml")
    trigger = history["trigger"][:10]
    return [(event["at"][:10], event["subject"]) for event in history["events"] if event["at"][:10] > trigger]


@pytest.fixture(scope="module")
def flown() -> dict[str, str]:
    """What was documented later, by day."""
    return dict(documented("iss-2022-12"))


def first_s(activity: Activity, plan: dict[str, Activity]) -> int:
    """Return the first moment at which a plan has an activity."""
    after = activity.at.after
    return activity.at.lo_s + (first_s(plan[after], plan) if after else 0)


def day_of(scenario: Scenario, second: int) -> str:
    return (scenario.start_utc + timedelta(seconds=second)).date().isoformat()


def test_the_history_lists_the_days_that_a_plan_must_not_know(flown):
    assert len(flown) > 25
    assert {"2022-12-22", "2023-02-24", "2023-04-19", "2023-09-27"} <= set(flown)


def test_no_date_of_the_plan_is_a_later_one_unless_it_was_public_before(increment, flown):
    plan = {activity.id: activity for activity in increment.activities}
    suspicious = {
        id_: flown[day]
        for id_, activity in plan.items()
        if (day := day_of(increment, first_s(activity, plan))) in flown
        if activity.known_on is None or activity.known_on > "2022-12-14" or "assumed" in activity.source
    }
    assert suspicious == {}


def test_no_ship_on_the_ground_is_ready_on_a_day_known_only_later(increment, flown):
    ready = {ship.id: day_of(increment, ship.ready.lo_s) for ship in increment.vehicles if ship.ready}
    assert ready
    assert not set(ready.values()) & set(flown)


def test_no_date_of_the_later_plan_is_the_one_flown_unless_it_was_public_before(later):
    """By subject: two months on, the days of other things are too many to keep clear of."""
    plan = {activity.id: activity for activity in later.activities}
    days = set(documented("iss-2023-02"))
    assert len(days) > 15
    suspicious = [
        id_
        for id_, activity in plan.items()
        if (day_of(later, first_s(activity, plan)), id_) in days
        if activity.known_on is None or "assumed" in activity.source
    ]
    assert suspicious == []
    ready = {(day_of(later, ship.ready.lo_s), f"{ship.id}-launch") for ship in later.vehicles if ship.ready}
    assert ready
    assert not ready & days


def test_no_date_of_the_earlier_plan_is_the_one_flown_unless_it_was_public_before(earlier):
    plan = {activity.id: activity for activity in earlier.activities}
    days = set(documented("iss-2018-08"))
    assert {("2018-10-04", "soyuz-ms-08-undocking"), ("2018-12-20", "soyuz-ms-09-undocking")} <= days
    same = {id_ for id_, activity in plan.items() if (day_of(earlier, first_s(activity, plan)), id_) in days}
    assert same == {"soyuz-ms-08-undocking", "soyuz-ms-10-launch"}
    assert all(plan[id_].known_on and "assumed" not in plan[id_].source for id_ in same)


def test_nothing_of_the_plan_was_public_only_after_the_scenario_starts(any_increment):
    day = INCREMENTS[any_increment.id]
    assert [a.id for a in any_increment.activities if a.known_on and a.known_on > day] == []


def test_what_was_not_public_says_that_it_is_assumed(any_increment):
    silent = [a.id for a in any_increment.activities if a.known_on is None and "assumed" not in a.source]
    assert silent == []


def test_no_plan_begins_in_the_past(any_increment):
    plan = {activity.id: activity for activity in any_increment.activities}
    assert [id_ for id_, activity in plan.items() if first_s(activity, plan) < 0] == []


def test_files_hold_no_outcome():
    """No key of the model can hold one, and no shipped text tells one."""
    told = re.compile(r"2023-04-19|2023-05-03|2023-09-27|2023-02-2[46]|370\.9|371 d")
    lines = [
        (path.name, line.strip())
        for path in FILES
        for line in path.read_text(encoding="utf-8").splitlines()
        if told.search(line)
    ]
    # The day planned for Crew-6 in February; it slipped, and another ship came.
    assert lines == [("iss-2023-02.yaml", "at: 2023-02-26")]


# ----------------------------------------------------------------------------------------------------------- station


def test_the_volumes_add_up_to_the_published_station(increment):
    assert sum(volume.volume_m3 for volume in increment.volumes) == pytest.approx(1005, rel=0.01)


def test_every_volume_can_be_reached_and_the_segments_meet_at_one_hatch(increment):
    graph = nx.Graph([hatch.between for hatch in increment.hatches])
    assert set(graph) == {volume.id for volume in increment.volumes}
    assert nx.is_connected(graph)
    segment = {volume.id: volume.segment for volume in increment.volumes}
    assert [edge for edge in graph.edges if segment[edge[0]] != segment[edge[1]]] == [("pma-1", "zarya")]
    assert set(graph["pkho"]) == {"zarya", "zvezda", "poisk", "nauka"}


def test_the_station_of_2018_has_pirs_and_nothing_that_came_later(increment, earlier):
    """916 m3 before BEAM, of 16 m3 (engineering 1.1); Prichal, Nauka and Bishop came from 2020 on."""
    assert sum(volume.volume_m3 for volume in earlier.volumes) == pytest.approx(916 + 16, rel=0.01)
    was, now = ({volume.id for volume in scenario.volumes} for scenario in (earlier, increment))
    assert (was - now, now - was) == ({"pirs"}, {"nauka", "prichal", "bishop"})
    graph = nx.Graph([hatch.between for hatch in earlier.hatches])
    assert set(graph) == was
    assert nx.is_connected(graph)
    assert set(graph["pkho"]) == {"zarya", "zvezda", "poisk", "pirs"}
    assert [port.id for port in earlier.ports if port.mechanism == "ssvp-g4000"] == [
        "zvezda-aft",
        "poisk-zenith",
        "rassvet-nadir",
        "pirs-nadir",
    ]
    assert {airlock.id for airlock in earlier.airlocks if airlock.suit == "orlan"} == {"poisk-airlock", "pirs-airlock"}
    assert [arm.id for arm in earlier.arms] == ["canadarm2"]
    assert not re.search("nauka|prichal|bishop|era/", repr(attrs.asdict(earlier)))


def test_the_station_of_2018_has_the_same_rules_modes_and_kinds(increment, earlier):
    for section in ("centres", "calendars", "air", "fluids", "types", "modes", "kinds", "rules"):
        assert getattr(earlier, section) == getattr(increment, section)


def test_three_ships_are_docked_in_august_2018_and_six_people_have_seats_in_two(earlier):
    assert {ship.id: ship.port for ship in earlier.vehicles if ship.port} == {
        "soyuz-ms-09": "rassvet-nadir",
        "soyuz-ms-08": "poisk-zenith",
        "progress-ms-09": "pirs-nadir",
    }
    assert {person.id: person.seat for person in earlier.people if person.aboard} == {
        "feustel": "soyuz-ms-08",
        "arnold": "soyuz-ms-08",
        "artemyev": "soyuz-ms-08",
        "prokopyev": "soyuz-ms-09",
        "gerst": "soyuz-ms-09",
        "aunon-chancellor": "soyuz-ms-09",
    }
    assert earlier.opening == ()


def test_the_plan_of_2018_breaks_one_rule_by_itself(earlier):
    assert [(waiver.rule, waiver.activity) for waiver in earlier.waivers] == [("crew-r1", "soyuz-ms-08-undocking")]
    assert all(len(waiver.rationale) > 60 for waiver in earlier.waivers)


def test_eight_ports_are_usable_and_the_radial_ones_are_covered(increment):
    by_mechanism = {}
    for port in increment.ports:
        by_mechanism.setdefault((port.status, port.mechanism), []).append(port.id)
    assert by_mechanism == {
        ("free", "ssvp-g4000"): ["zvezda-aft", "poisk-zenith", "rassvet-nadir", "prichal-nadir"],
        ("free", "idss"): ["harmony-forward", "harmony-zenith"],
        ("free", "cbm"): ["harmony-nadir", "unity-nadir"],
        ("covered", "ssvp-m"): ["prichal-forward", "prichal-aft", "prichal-port", "prichal-starboard"],
    }


def test_a_release_reaches_its_surroundings_and_no_us_port_reaches_a_russian_worksite(increment):
    russian = {zone for a in increment.activities if a.kind == "eva-orlan" for zone in a.worksites}
    russian |= {airlock.zone for airlock in increment.airlocks if airlock.suit == "orlan"}
    for port in increment.ports:
        if port.status == "free":
            assert port.zone in port.wets
            assert port.mechanism == "ssvp-g4000" or not russian & set(port.wets)


def test_six_ships_are_docked_and_seven_people_have_seats_in_two_of_them(increment):
    assert {ship.id: ship.port for ship in increment.vehicles if ship.port} == {
        "soyuz-ms-22": "rassvet-nadir",
        "crew-5": "harmony-forward",
        "crs-26": "harmony-zenith",
        "ng-18": "unity-nadir",
        "progress-ms-21": "poisk-zenith",
        "progress-ms-20": "zvezda-aft",
    }
    assert {person.id: person.seat for person in increment.people if person.aboard} == {
        "prokopyev": "soyuz-ms-22",
        "petelin": "soyuz-ms-22",
        "rubio": "soyuz-ms-22",
        "mann": "crew-5",
        "cassada": "crew-5",
        "wakata": "crew-5",
        "kikina": "crew-5",
    }


def test_two_months_later_five_ships_are_docked_or_due_and_three_people_have_no_certified_seat(later):
    assert {ship.id: ship.port for ship in later.vehicles if ship.port} == {
        "soyuz-ms-22": "rassvet-nadir",
        "crew-5": "harmony-forward",
        "ng-18": "unity-nadir",
        "progress-ms-21": "poisk-zenith",
    }
    plan = {activity.id: activity for activity in later.activities}
    arrival = plan["progress-ms-22-docking"]
    assert (arrival.port, day_of(later, arrival.at.lo_s), arrival.at.has_clock) == ("zvezda-aft", "2023-02-11", True)
    assert {person.id: (person.seat, person.place) for person in later.people if person.aboard} == {
        "prokopyev": ("soyuz-ms-22", "seat"),
        "petelin": ("soyuz-ms-22", "seat"),
        "rubio": ("crew-5", "improvised"),
        "mann": ("crew-5", "seat"),
        "cassada": ("crew-5", "seat"),
        "wakata": ("crew-5", "seat"),
        "kikina": ("crew-5", "seat"),
    }
    assert [(found.node, found.health, found.hose) for found in later.opening] == [
        ("soyuz-ms-22/external-loop", "failed", True)
    ]


def test_the_later_increment_is_the_same_station_under_the_same_rules(increment, later):
    for section in ("centres", "volumes", "hatches", "zones", "ports", "airlocks", "arms", "things", "fluids", "types"):
        assert getattr(later, section) == getattr(increment, section)
    assert (later.modes, later.kinds, later.rules) == (increment.modes, increment.kinds, increment.rules)
    assert [(w.rule, w.activity) for w in later.waivers] == [("gen-8", "soyuz-ms-23-undocking")]


# -------------------------------------------------------------------------------------------------------------- plan


def test_traffic_is_named_after_its_ship_and_kind(any_increment):
    increment = any_increment
    skeleton = {kind.id for kind in increment.kinds if kind.layer == "skeleton"}
    traffic = [activity for activity in increment.activities if activity.kind in skeleton]
    assert [a.id for a in traffic if not a.fits and a.id != f"{a.ship}-{a.kind}"] == []
    assert [a.id for a in traffic if a.fits and not a.id.startswith(f"{a.ship}-{a.kind}")] == []
    assert {a.ship for a in traffic} == {ship.id for ship in increment.vehicles}


def test_whoever_has_no_certified_seat_moves_into_the_ship_that_comes_before_their_own_leaves(later):
    plan = {activity.id: activity for activity in later.activities}
    moves = [activity for activity in later.activities if activity.fits]
    assert {person: move.ship for move in moves for person in move.fits} == dict.fromkeys(
        ("prokopyev", "petelin", "rubio"), "soyuz-ms-23"
    )
    for move in moves:
        assert {role.who for role in move.people} == set(move.fits)
        assert move.follows == ("soyuz-ms-23-docking",)
    assert plan["crew-5-undocking"].follows == ("soyuz-ms-23-seat-move-rubio",)
    assert plan["soyuz-ms-22-undocking"].follows == ("soyuz-ms-23-seat-move",)
    assert plan["soyuz-ms-23-docking"].crew == ()


def test_every_ship_comes_before_it_goes_and_nobody_shares_a_port(any_increment):
    """By the plan's first days alone; the rules look closer."""
    increment = any_increment
    plan = {activity.id: activity for activity in increment.activities}
    stays: dict[str, list[tuple[int, str, str]]] = {}
    for ship in increment.vehicles:
        if ship.port:
            stays.setdefault(ship.port, []).append((-1, "comes", ship.id))
    # A departure leaves the port where the ship was last: crew-6 leaves zenith when it moves.
    at = {ship.id: ship.port for ship in increment.vehicles}
    for activity in sorted(plan.values(), key=lambda a: first_s(a, plan)):
        effect = next(kind.effect for kind in increment.kinds if kind.id == activity.kind)
        if effect in ("undock", "relocate"):
            stays.setdefault(at[activity.ship], []).append((first_s(activity, plan), "goes", activity.ship))
            at[activity.ship] = None
        if effect in ("dock", "relocate"):
            assert at[activity.ship] is None
            stays.setdefault(activity.port, []).append((first_s(activity, plan), "comes", activity.ship))
            at[activity.ship] = activity.port
    for events in stays.values():
        assert [what for _, what, _ in events[::2]] == ["comes"] * len(events[::2])
        for (came_s, _, ship), (went_s, what, other) in pairwise(events):
            assert came_s <= went_s
            assert what == "comes" or ship == other


def test_who_comes_up_has_a_seat_in_that_ship_and_is_relieved_by_the_next(any_increment):
    increment = any_increment
    seats = {person.id: person.seat for person in increment.people}
    relieved = set()
    for activity in increment.activities:
        assert {seats[person] for person in activity.crew} <= {activity.ship}
        relieved |= set(activity.relieves)
    # Private crews are not relieved, the last ones not within the horizon.
    left_over = {seats[person] for person in seats if person not in relieved}
    last = {"iss-2018-08": {"soyuz-ms-09", "soyuz-ms-10"}, "iss-2015-01": {"soyuz-tma-15m", "soyuz-tma-16m"}}
    assert left_over == last.get(increment.id, {"ax-2", "crew-7", "soyuz-ms-24"})


# ------------------------------------------------------------------------------------------------------------- ships


def loops(increment: Scenario) -> Iterator[tuple[str, Thing]]:
    for kind in increment.types:
        yield from ((kind.id, part) for part in kind.components if part.type == "coolant-loop")


def holders(increment: Scenario) -> list[Thing]:
    parts = [part for kind in increment.types for part in kind.components]
    return [part for part in (*increment.things, *parts) if part.loop or part.tank]


def test_whatever_can_leak_alarms_before_it_fails_and_holds_a_fluid_of_a_known_loss(increment):
    fluids = {fluid.id: fluid for fluid in increment.fluids}
    losses = {part.type: set() for part in holders(increment)}
    for part in holders(increment):
        held = part.loop or part.tank
        assert held.works_above_kpa < held.alarm_below_kpa < held.pressure_kpa, part.id
        assert 0.3 <= held.discharge <= 1
        losses[part.type].add(fluids[held.fluid].counts_as)
    assert losses == {
        "coolant-loop": {"coolant"},
        "cooling-channel": {"coolant"},
        "propellant-tank": {"propellant"},
        "pressurant-tank": {"pressurant"},
        "suit-emu": {"water"},
        "suit-orlan": {"water"},
    }


def test_an_ammonia_loop_holds_its_charge(increment):
    """600 to 650 lb in each of two loops (engineering 4)."""
    channels = [thing for thing in increment.things if thing.loop and thing.loop.fluid == "ammonia"]
    assert len(channels) == 2
    for thing in channels:
        assert 600 < thing.loop.liquid_m3 * thing.loop.density_kg_m3 / 0.45359237 < 650


def test_every_part_that_holds_something_can_be_struck_by_a_mode_of_its_own(increment):
    for part in holders(increment):
        modes = [mode for mode in increment.modes if part.type in mode.types and mode.how == "leak"]
        assert [mode.releases for mode in modes] == ["loop" if part.loop else "tank"], part.id


def drain(part: Thing, hole_m: float) -> LoopDrain:
    loop = part.loop
    return LoopDrain(
        liquid_m3=loop.liquid_m3,
        gas_m3=loop.gas_m3,
        gas_kpa=loop.pressure_kpa,
        density_kg_per_m3=loop.density_kg_m3,
        hole_area_m2=hole_area_m2(hole_m),
        discharge_coefficient=loop.discharge,
    )


def test_the_documented_hole_empties_the_loop_in_more_than_three_hours(increment):
    """Seen for more than 3 h; 2.3 to 4.3 h for 99 % with accumulators of 2 to 10 L (engineering 4)."""
    for kind, part in loops(increment):
        if kind in ("soyuz-ms", "progress-ms"):
            law = drain(part, 0.0008)
            assert 3.0 < law.time_to_lost_s(0.99 * law.liquid_m3) / 3600 < 4.3


def test_a_hole_of_twelve_millimetres_empties_it_in_about_a_minute(increment):
    for kind, part in loops(increment):
        if kind == "progress-ms":
            assert drain(part, 0.012).time_to_empty_s() < 90


def test_a_leak_is_noticed_within_minutes_and_before_cooling_is_lost(increment):
    for _, part in loops(increment):
        law = drain(part, 0.0008)
        alarm_s = law.time_to_pressure_s(part.loop.alarm_below_kpa) + part.loop.alarm_latency_s
        assert alarm_s < 300 < law.time_to_pressure_s(part.loop.works_above_kpa)


def warm(cabin: Cabin, at_c: float, people: int, heat_w: float, *sinks: tuple[float, float]) -> CabinHeat:
    return CabinHeat(
        temperature_degc=at_c,
        heat_capacity_j_per_k=cabin.capacity_j_per_k,
        people=people,
        person_w=cabin.person_w,
        equipment_w=heat_w,
        sinks=tuple(HeatSink(conductance_w_per_k=g, temperature_degc=t) for g, t in sinks),
    )


def test_the_docked_cabin_stands_at_22_passes_30_within_a_day_and_settles_below_30_with_the_hose(soyuz):
    cabin = soyuz.cabin
    hull, loop = (cabin.hull_w_per_k, cabin.hull_c), (cabin.loop_w_per_k, cabin.loop_c)
    hose = (cabin.hose_w_per_k, cabin.station_c)
    assert warm(cabin, 22, 0, cabin.docked_w, hull, loop).final_degc == pytest.approx(22, abs=0.1)
    lost = warm(cabin, 22, 0, cabin.docked_w, hull)
    assert 12 * 3600 < lost.time_to_warm_s(30) < 24 * 3600
    assert 28 < warm(cabin, 27, 0, cabin.docked_w, hull, hose).final_degc < 30


@pytest.mark.parametrize(("people", "degc"), [(2, 39), (3, 41)])
def test_free_flight_gives_the_briefing_numbers_after_six_hours(soyuz, people, degc):
    cabin = soyuz.cabin
    flight = warm(cabin, 30, people, cabin.flight_w, (cabin.hull_w_per_k, cabin.hull_c))
    assert flight.temperature_degc_at(cabin.nominal_return_s) == pytest.approx(degc, abs=0.5)
    assert flight.temperature_degc_at(cabin.emergency_return_s) < cabin.limit_c


def test_a_soyuz_without_its_loop_may_still_serve_in_an_emergency_but_not_for_a_planned_return(soyuz):
    needs = {part.id: part.needs for part in soyuz.capabilities}
    assert "thermal-control" in needs["crewed-return"].hard
    assert "thermal-control" in needs["emergency-return"].soft
    assert "thermal-control" in needs["uncrewed-return"].soft


def test_soyuz_and_progress_are_one_family_and_no_other_ship_is(increment):
    assert {kind.id for kind in increment.types if "r7-pao" in kind.families} == {"soyuz-ms", "progress-ms"}


def test_every_scalar_key_of_the_model_that_has_a_unit_is_written_with_one():
    """Numbers without a unit are counts, ratios or shares."""
    plain = {"of", "people", "priority", "count", "weight", "seats", "contingency", "discharge", "hold_costs"}

    def bare(node: object, key: str = "") -> Iterator[str]:
        if isinstance(node, dict):
            for name, value in node.items():
                yield from bare(value, "count" if key == "takes" else name)
        elif isinstance(node, list):
            for value in node:
                yield from bare(value, key)
        elif re.fullmatch(r"[\d.]+", str(node)) and key not in plain:
            yield f"{key}: {node}"

    assert [(path.name, found) for path in FILES for found in bare(read(path))] == []


def test_every_section_of_the_model_is_used():
    lists = [key.attribute for key in keys_of(Scenario) if key.kind in ("records", "list")]
    scenarios = [load(name) for name in NAMES]
    assert [name for name in lists if not any(getattr(scenario, name) for scenario in scenarios)] == []
