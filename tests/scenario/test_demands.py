"""What rules and activities ask of a station that cannot give it."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

import pytest
from scenario.documents import spoiled

from stationsim.scenario.load import load

ORBIT = "orbit: {inclination: 51.6 deg, node: -20 deg, at: 2022-12-14, altitude: 417 km, source: test}\n"


def with_rule(keys: str, more: str = "") -> str:
    """Return the small document with another rule, and with something before its things."""
    rule = f"  SUN-1: {{text: x, source: x, severity: hard, waived_by: x, {keys}}}\n"
    return spoiled(
        "rules:\n",
        f"rules:\n{rule}",
        "things:\n",
        f"{more}things:\n  steppe: {{type: zone, latitude: 47 deg, longitude: -69.6 deg}}\n",
    )


@pytest.mark.parametrize(
    ("keys", "more"),
    [("template: sun, beta_above: 60 deg", ORBIT), ("template: sun, daylight_at: steppe, gap: 3 h 24 min", "")],
)
def test_a_rule_about_the_sun_is_read(folder, keys, more):
    assert load(folder.write(with_rule(keys, more))).rules[0].template == "sun"


@pytest.mark.parametrize(
    ("keys", "more", "told"),
    [
        (
            "template: sun, beta_above: 60 deg",
            "",
            "rules.SUN-1.beta_above: The station has no orbit. Write 'orbit: {inclination: ..., node: ..., at: ..., altitude: ..., source: ...}'.",
        ),
        (
            "template: sun, daylight_at: hub",
            "",
            "rules.SUN-1.daylight_at: 'hub' has no 'latitude' and 'longitude'. Places: steppe.",
        ),
        (
            "template: sun",
            "",
            "rules.SUN-1: A rule about the Sun asks one thing. Write either 'beta_above' or 'daylight_at'.",
        ),
        (
            "template: sun, beta_above: 60 deg, daylight_at: steppe",
            ORBIT,
            "rules.SUN-1: A rule about the Sun asks one thing. Write either 'beta_above' or 'daylight_at'.",
        ),
        (
            "template: sun, beta_above: 60",
            ORBIT,
            'rules.SUN-1.beta_above: 60 has no unit. Units of angle: deg. Write it like "51.6 deg".',
        ),
    ],
)
def test_a_rule_about_the_sun_that_cannot_be_kept_is_refused(folder, keys, more, told):
    assert folder.refusal(with_rule(keys, more)).splitlines()[0].split(": ", 1)[1] == told


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("latitude: 47 deg", "things.steppe: A place on the ground needs both angles. Write 'longitude: ...'."),
        ("longitude: 47 deg", "things.steppe: A place on the ground needs both angles. Write 'latitude: ...'."),
        (
            "latitude: 91 deg, longitude: 0 deg",
            "things.steppe.latitude: 91 deg is no latitude. Write -90 deg to 90 deg, north above 0.",
        ),
        (
            "latitude: 9 deg, longitude: 361 deg",
            "things.steppe.longitude: 361 deg is no longitude. Write -180 deg to 180 deg, east above 0.",
        ),
    ],
)
def test_half_a_place_and_one_off_the_globe_are_refused(folder, place, told):
    text = with_rule("template: ready").replace("latitude: 47 deg, longitude: -69.6 deg", place)
    assert folder.refusal(text).splitlines()[0].split(": ", 1)[1] == told


def test_an_orbit_on_the_ground_is_refused(folder):
    told = folder.refusal(with_rule("template: ready", ORBIT.replace("417 km", "0 km"))).splitlines()[0]
    assert told.endswith("orbit.altitude: The orbit lies on the ground. Write a height like '417 km'.")


def test_a_ship_cannot_land_in_more_zones_than_there_are(folder):
    told = folder.refusal(spoiled("    seats: 1\n", "    seats: 1\n    lands_in: {some: [hub, lock], of: 3}\n"))
    assert told.splitlines()[0].endswith("types.boat.lands_in.of: 3 of 2 cannot work. Write 1 to 2.")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (
            "ship: boat-1\n    services: [reboots]",
            "activities.look.services[0]: 'reboots' is not a service of a port. Services of a port: reboost. Did you mean 'reboost'?",
        ),
        (
            "ship: boat-1\n    faces: [aft]",
            "activities.look.faces[0]: 'aft' is not a direction of a port. Directions of a port: forward, nadir, port, zenith.",
        ),
        ("services: [reboost]", "activities.look.services: It is at no port. Write 'ship: SHIP' or 'port: PORT'."),
    ],
)
def test_services_that_no_port_offers_are_refused(folder, keys, told):
    text = spoiled(
        "uses: [camera]\n",
        f"uses: [camera]\n    {keys}\n",
        "direction: zenith\n",
        "direction: zenith\n    services: [reboost]\n",
    )
    assert folder.refusal(text).splitlines()[0].split(": ", 1)[1] == told


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (
            "hub",
            "ports.zenith.neighbours[0].place: 'hub' is neither a port nor an airlock. Ports and airlocks: cap, door, nadir, side, zenith.",
        ),
        (
            "zenith",
            "ports.zenith.neighbours[0].place: 'zenith' is no neighbour of itself. Name another port or airlock.",
        ),
    ],
)
def test_a_neighbour_that_is_no_place_of_use_is_refused(folder, place, told):
    kept = f"direction: zenith\n    neighbours: [{{place: {place}, source: test}}]\n"
    assert folder.refusal(spoiled("direction: zenith\n", kept)).splitlines()[0].split(": ", 1)[1] == told
